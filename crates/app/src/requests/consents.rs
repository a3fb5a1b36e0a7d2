//! Which consents has a person given, and how do they switch one on or off on their own page (clauses 4.1, 6.1, 7.4)?

use jiff::Timestamp;
use saqta_domain::rules::may_certify::was_given;
use saqta_domain::terms::consent::{ConsentState, GivenBy};
use saqta_domain::terms::names::{ChannelName, Language, PurposeName};
use saqta_domain::terms::purpose::ConsentTerms;
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::request::Applicant;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;

use super::holder::AT_HAND;
use super::identity::applicant;
use super::{OpenCase, RequestFault};
use crate::act::Who;
use crate::error::Error;
use crate::instance::{App, View};
use crate::operations::collect::{Answer, Collect, Part};

/// A consent that a person can give or take back.
pub struct ConsentSwitch {
    /// To what.
    pub purpose: PurposeName,
    /// What people read for it.
    pub title: String,
    /// Through which channel, where it is given for each.
    pub channel: Option<ChannelName>,
    /// The text that is agreed to.
    pub text: String,
    /// SHA-256 of it, in hexadecimal: it comes back with the form, so that nobody agrees to a text they did not see.
    pub digest: String,
    /// Whether it is in force.
    pub on: bool,
    /// When it was given, or taken back; nothing where it was never asked.
    pub since: Option<Timestamp>,
    /// Until when it is in force.
    pub until: Option<Timestamp>,
    /// Whether somebody said yes to it, whatever became of that: then it can be certified.
    pub certifiable: bool,
}

impl App {
    /// The consents of whoever a request belongs to, while it was shown lately who that is: every one that the policy asks for.
    pub async fn consent_switches(
        &self,
        secret: &str,
        language: Language,
    ) -> Result<Vec<ConsentSwitch>, Error> {
        let (view, open) = (self.view().await?, self.by_secret(secret).await?);
        let persons = self.at_hand(&view, &open).await?;
        let records = self.records_of(&persons).await?;
        let mut switches = Vec::new();
        for purpose in view.version.policy.purposes.values() {
            let Some(terms) = &purpose.consent else { continue };
            let channels: Vec<Option<ChannelName>> = match terms.channels.is_empty() {
                true => vec![None],
                false => terms.channels.iter().cloned().map(Some).collect(),
            };
            for channel in channels {
                let mut switch = ConsentSwitch {
                    purpose: purpose.name.clone(),
                    title: purpose.title.in_language(language).to_owned(),
                    channel: channel.clone(),
                    text: terms.text.in_language(language).to_owned(),
                    digest: data_encoding::HEXLOWER.encode(&digest_of(terms, language)),
                    on: false,
                    since: None,
                    until: None,
                    certifiable: false,
                };
                let answers = records
                    .iter()
                    .filter_map(|record| record.standing().consent(&purpose.name, channel.as_ref()));
                for consent in answers {
                    switch.certifiable |= was_given(consent);
                    match consent.state {
                        ConsentState::Given { at, until } if view.now < until => {
                            (switch.on, switch.since, switch.until) = (true, Some(at), Some(until));
                        }
                        ConsentState::Given { until, .. } => switch.since = switch.since.max(Some(until)),
                        ConsentState::Refused { at } | ConsentState::Withdrawn { at, .. } => {
                            switch.since = switch.since.max(Some(at));
                        }
                    }
                }
                switches.push(switch);
            }
        }
        Ok(switches)
    }

    /// Gives a consent, or takes it back: as easy as giving it. A consent is given to the text that was shown and no other.
    pub async fn switch_consent(
        &self,
        secret: &str,
        purpose: &PurposeName,
        channel: Option<&ChannelName>,
        on: bool,
        digest: &str,
        language: Language,
    ) -> Result<(), Error> {
        let (view, open) = (self.view().await?, self.by_secret(secret).await?);
        let persons = self.at_hand(&view, &open).await?;
        let caller = applicant(language);
        let (given, text_digest) = (on, data_encoding::HEXLOWER.decode(digest.as_bytes()));
        if !given {
            for person in persons {
                match self.withdraw(&caller, &Who::Subject(person), purpose, channel).await {
                    // Another record of the same person has nothing to take back.
                    Err(Error::Refused(refused))
                        if refused.refusal.code == RefusalCode::NothingToWithdraw => {}
                    done => drop(done?),
                }
            }
            return Ok(());
        }
        let text_digest = text_digest.ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let person = persons.first().copied().ok_or(Error::Request(RequestFault::NobodyOnFile))?;
        let by = match open.request.by {
            Applicant::Representative => GivenBy::Representative,
            _ => GivenBy::Subject,
        };
        let answer = Answer {
            channel: channel.cloned(),
            given,
            text_digest: text_digest.ok_or(Error::Request(RequestFault::WordsMissing))?,
            language,
            evidence: format!("request {}", open.request.number.0),
            by,
            given_at: None,
        };
        let part = Part {
            purpose: purpose.clone(),
            reference: String::new(),
            source: Source::Subject,
            values: Vec::new(),
            answers: vec![answer],
        };
        let collect = Collect { subject: Some(Who::Subject(person)), parts: vec![part] };
        self.collect(&caller, &collect).await.map(drop)
    }

    /// The persons of a request, while it was shown lately that they ask.
    pub(super) async fn at_hand(&self, view: &View, open: &OpenCase) -> Result<Vec<SubjectId>, Error> {
        if !self.proven_lately(open, AT_HAND) {
            return Err(Error::Request(RequestFault::ProofOver));
        }
        // A child agrees to nothing alone.
        if self.asks_alone_as_a_child(view, &open.request, &open.particulars).await? {
            return Err(Error::Request(RequestFault::AuthorityMissing));
        }
        open.particulars.persons()
    }
}

fn digest_of(terms: &ConsentTerms, language: Language) -> [u8; 32] {
    let [kk, ru, en] = &terms.digests;
    *match language {
        Language::Kazakh => kk,
        Language::Russian => ru,
        Language::English => en,
    }
}
