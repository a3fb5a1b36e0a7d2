//! How is a consent on record certified: to which words, when, where and how it was given, and who asked the gate about it since?
//!
//! A certificate is a paper of the request in which it was asked for: the request has shown who the person is, and its number says so
//! on the paper. What it tells comes from the sealed record of the person and from the ledger, and looking there is on record. The
//! words are those of the version of the policy that was shown, whose digest the consent names.

use std::collections::BTreeSet;

use jiff::Timestamp;
use saqta_documents::papers::consent_certificate::{ConsentCertificate, ConsentState as State, Enquiry};
use saqta_domain::rules::may_certify::{may_certify, was_given};
use saqta_domain::terms::consent::{Consent, ConsentState, GivenBy};
use saqta_domain::terms::names::{ChannelName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::Purpose;
use saqta_domain::terms::request::Applicant;
use saqta_store::guesses::Allowance;
use saqta_store::vault::Record;

use super::desk::on_duty;
use super::entries::Placed;
use super::identity::applicant;
use super::papers::Desk;
use super::{CaseDraft, OpenCase, RequestFault};
use crate::act::{Caller, Entry, settle};
use crate::error::Error;
use crate::instance::{App, Version, View};
use crate::operations::consent_record::{What, said, without_signal};

/// How often whoever filed a request may have certificates made.
const BY_HOLDER: Allowance = Allowance { window: 24 * 60 * 60_000_000, limit: 10 };

/// How many enquiries a paper lists.
const ON_PAPER: usize = 1_000;

/// Looks at how a person stands, which ask nothing of the consent.
const LOOKS: [&str; 4] = ["inspect", "consent_record", "decisions", "consent_certificate"];

/// A consent that can be certified.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConsentNamed {
    /// To what.
    pub purpose: PurposeName,
    /// Through which channel, where it is given for each.
    pub channel: Option<ChannelName>,
}

impl App {
    /// Certifies a consent of the person a request is about; gives the number of the paper.
    pub async fn certify_consent(
        &self,
        caller: &Caller,
        number: u64,
        named: &ConsentNamed,
    ) -> Result<u64, Error> {
        on_duty(caller)?;
        settle!(self.certify_consent_once(caller, number, named))
    }

    async fn certify_consent_once(
        &self,
        caller: &Caller,
        number: u64,
        named: &ConsentNamed,
    ) -> Result<u64, Error> {
        let view = self.view().await?;
        let case = self.vault.case_numbered(number).await?.ok_or(Error::NotFound)?;
        self.certify(caller, &view, &OpenCase::read(case)?, named).await
    }

    /// The same for the person, while it was shown lately who they are.
    pub async fn certify_own_consent(
        &self,
        secret: &str,
        named: &ConsentNamed,
        language: Language,
    ) -> Result<u64, Error> {
        let (view, open) = (self.view().await?, self.by_secret(secret).await?);
        self.at_hand(&view, &open).await?;
        self.count_tries(&[(self.bucket("certificate", &open), BY_HOLDER)]).await?;
        let caller = applicant(language);
        settle!(self.certify_own_consent_once(&caller, secret, named))
    }

    async fn certify_own_consent_once(
        &self,
        caller: &Caller,
        secret: &str,
        named: &ConsentNamed,
    ) -> Result<u64, Error> {
        let (view, open) = (self.view().await?, self.by_secret(secret).await?);
        self.at_hand(&view, &open).await?;
        self.certify(caller, &view, &open, named).await
    }

    /// The consents that can be certified in a request: none before it was shown whose it is.
    pub(super) async fn certifiable(&self, open: &OpenCase) -> Result<BTreeSet<ConsentNamed>, Error> {
        let mut certifiable = BTreeSet::new();
        for record in self.records_of(&open.particulars.persons()?).await? {
            for consent in &record.standing().consents {
                let (purpose, channel) = (&consent.purpose, consent.channel.as_ref());
                if may_certify(&open.request, record.standing(), purpose, channel).is_ok() {
                    certifiable.insert(ConsentNamed { purpose: purpose.clone(), channel: channel.cloned() });
                }
            }
        }
        Ok(certifiable)
    }

    async fn certify(
        &self,
        caller: &Caller,
        view: &View,
        open: &OpenCase,
        named: &ConsentNamed,
    ) -> Result<u64, Error> {
        let records = self.records_of(&open.particulars.persons()?).await?;
        // Of several persons under one contact, the one whose consent holds, or was given last.
        let given = |record: &Record| {
            let found = record.standing().consent(&named.purpose, named.channel.as_ref());
            found.filter(|consent| was_given(consent)).map(|consent| match consent.state {
                ConsentState::Given { at, until } => (view.now < until, at),
                ConsentState::Withdrawn { given_at, .. } => (false, given_at),
                ConsentState::Refused { at } => (false, at),
            })
        };
        let with_it = records.into_iter().filter(|record| given(record).is_some());
        let record = with_it.max_by_key(|record| given(record)).ok_or(Error::NotFound)?;
        let told = may_certify(&open.request, record.standing(), &named.purpose, named.channel.as_ref());
        let (permit, consent) = match told {
            Ok(told) => told,
            Err(refusal) => {
                return Err(self.refuse_move(caller, view, Some(open), "paper.issued", refusal).await);
            }
        };
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let desk = self.papers_for(caller, view, &yard, open.request.language).await?;
        let number = self.vault.db().next_paper_number().await?;
        let mut draft = CaseDraft::new(caller, &yard, open);
        let history = self.vault.history(&record).await?;
        let said = self.with_texts(&named.purpose, said(&history, &named.purpose, named.channel.as_ref()));
        let shown = said.into_iter().rev().find_map(|one| match one.what {
            What::Given(shown, until) if shown.text_digest == consent.text_digest => {
                Some((shown.text?, until))
            }
            What::Given(..) | What::Refused(_) | What::Withdrawn => None,
        });
        let certified = Certified {
            consent,
            version: self.version(consent.policy_version).ok_or(Error::Unreadable)?,
            shown: shown.ok_or(Error::Request(RequestFault::NothingToDo))?,
            id: self.record_id(permit.subject(), &named.purpose, named.channel.as_ref())?,
            entries: self.entries_under(record.tags()).await?,
        };
        let sheet = desk.certificate(number, &draft, &certified)?;
        draft.issue(&sheet)?;
        let entry = Entry::permitted(Operation::Retrieval, &permit).detail("consent_certificate");
        // Of what is held nothing is told, and a purpose that is stopped is asked about then above all.
        draft.look(Entry { needs_purpose: false, ..entry }, record.tags());
        draft.step(record.unchanged());
        draft.wake_at = Some(view.now);
        self.commit_case(draft, view, Vec::new()).await?;
        Ok(number)
    }
}

/// What is certified, and what shows it.
struct Certified<'a> {
    consent: &'a Consent,
    /// The version of the policy whose text was shown.
    version: Version,
    /// The text, and the end of the term.
    shown: (String, Timestamp),
    /// The id of its record.
    id: [u8; 16],
    /// What the ledger has of the person in that compartment.
    entries: Vec<Placed>,
}

impl Certified<'_> {
    fn purpose(&self) -> Result<&Purpose, Error> {
        self.version.policy.purpose(&self.consent.purpose).ok_or(Error::Unreadable)
    }

    fn given_at(&self) -> Timestamp {
        match self.consent.state {
            ConsentState::Given { at, .. } | ConsentState::Refused { at } => at,
            ConsentState::Withdrawn { given_at, .. } => given_at,
        }
    }

    /// The entry that says what the person answered at a moment. What an earlier base brought was entered after it was said.
    fn entry(&self, detail: &str, at: Timestamp) -> Option<&Placed> {
        let of_this = |entry: &&Placed| {
            entry.leaf.permitted
                && entry.leaf.detail.as_deref() == Some(detail)
                && entry.leaf.purpose.as_deref() == Some(self.consent.purpose.as_str())
                && entry.leaf.at >= at.as_microsecond()
        };
        self.entries.iter().find(of_this)
    }

    /// What the gate was asked about the consent since it was given.
    fn asked(&self) -> Vec<&Placed> {
        let channel = self.consent.channel.as_ref().map(|channel| format!("channel {channel}"));
        let asks = |entry: &&Placed| {
            let leaf = &entry.leaf;
            let detail = leaf.detail.as_deref();
            let gate = match Operation::from_word(&leaf.operation) {
                Some(Operation::Use) => detail.is_none() || channel.as_deref() == detail,
                Some(Operation::Retrieval) => detail.is_none_or(|detail| !LOOKS.contains(&detail)),
                _ => false,
            };
            gate && leaf.purpose.as_deref() == Some(self.consent.purpose.as_str())
                && leaf.at >= self.given_at().as_microsecond()
        };
        self.entries.iter().filter(asks).collect()
    }
}

impl Desk<'_> {
    fn certificate(
        &self,
        number: u64,
        draft: &CaseDraft<'_>,
        certified: &Certified<'_>,
    ) -> Result<saqta_documents::sheet::Sheet, Error> {
        let (consent, purpose) = (certified.consent, certified.purpose()?);
        let policy = &certified.version.policy;
        let (place, signalled) = without_signal(&consent.evidence);
        let given = certified.entry("consent_given", certified.given_at());
        let title = purpose.title.in_language(self.language);
        let title = match &consent.channel {
            Some(channel) => format!("{title}: {}", self.channel(channel)),
            None => title.to_owned(),
        };
        let third = purpose.to.iter().filter_map(|name| policy.recipients.get(name));
        let abroad = third.clone().filter(|recipient| recipient.country != policy.operator.storage);
        let named = |title: &str, country: &str| {
            self.told("answer-certificate-third", &[("recipient", title), ("country", country)])
        };
        let public = purpose.operations.contains(&Operation::Dissemination);
        let (text, until) = &certified.shown;
        let asked = certified.asked();
        let before = asked.len().saturating_sub(ON_PAPER);
        let paper = ConsentCertificate {
            header: self.header(number),
            person: self.consenting(draft),
            given_by: match consent.by {
                GivenBy::Subject => None,
                by => Some(self.word(&format!("answer-certificate-given-{}", by.as_str()))),
            },
            purposes: vec![title],
            data: purpose.needs.union(&purpose.may).map(|name| self.attribute(name.as_str())).collect(),
            actions: purpose
                .operations
                .iter()
                .map(|op| self.app.words.operation(*op, self.language))
                .collect(),
            third_persons: third.map(|r| named(r.title.in_language(self.language), &r.country)).collect(),
            abroad: abroad.map(|r| named(r.title.in_language(self.language), &r.country)).collect(),
            public: public.then(|| self.word("answer-certificate-public")).into_iter().collect(),
            until: self.told("answer-certificate-until", &[("day", &self.day(*until))]),
            withdrawal: self.told(
                "answer-certificate-withdrawal",
                &[("page", &self.app.address(&format!("/my/{}", self.language.tag())))],
            ),
            shown: text.clone(),
            version: self.told(
                "answer-certificate-version",
                &[("version", &policy.version.to_string()), ("day", &self.day(policy.effective_from))],
            ),
            digest: data_encoding::HEXLOWER.encode(&consent.text_digest),
            language: self.app.words.word("paper-language-name", consent.language),
            given: self.zoned(certified.given_at()),
            place: match place.trim() {
                "" => self.word("answer-certificate-no-place"),
                place => place.to_owned(),
            },
            deed: match given {
                Some(entry) => self.word(&format!("answer-certificate-by-{}", entry.leaf.channel)),
                None => self.word("answer-certificate-by-unknown"),
            },
            evidence: self.evidence(certified, given, signalled),
            state: self.state(certified),
            asked: asked.into_iter().skip(before).map(|one| self.enquiry(one)).collect::<Result<_, _>>()?,
            asked_before: u64::try_from(before).unwrap_or(u64::MAX),
            signed: self.signed(),
        };
        Ok(self.sheet(|words| paper.sheet(words))?)
    }

    /// Who consented, as the request knows them, and how that was shown. Whoever acts for somebody is not the one who consented.
    fn consenting(&self, draft: &CaseDraft<'_>) -> String {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let contact = particulars.contact.as_ref().map(|contact| contact.value.clone());
        let person = match request.by {
            Applicant::Representative => contact,
            Applicant::Subject | Applicant::Authority => None,
        };
        let person = person.unwrap_or_else(|| self.person(request, particulars));
        let (number, identity) = (request.number.0.to_string(), self.identity(request));
        let said = [("person", &*person), ("number", &*number), ("identity", &*identity)];
        self.told("answer-certificate-person", &said)
    }

    fn state(&self, certified: &Certified<'_>) -> State {
        let terms = self.view.version.policy.purpose(&certified.consent.purpose);
        let covered = terms.and_then(|purpose| purpose.consent.as_ref()).map(|terms| terms.covered_since);
        match certified.consent.state {
            ConsentState::Withdrawn { at, .. } => State::Withdrawn(self.zoned(at)),
            ConsentState::Given { until, .. } if until <= self.view.now => State::Expired(self.zoned(until)),
            ConsentState::Given { .. } | ConsentState::Refused { .. } => {
                match covered.filter(|since| certified.consent.policy_version < *since) {
                    Some(since) => State::Outgrown(since),
                    None => State::Holds,
                }
            }
        }
    }

    /// What shows it: the entries of the ledger, the record of the consent, and a signal of the browser against it.
    fn evidence(&self, certified: &Certified<'_>, given: Option<&Placed>, signalled: bool) -> Vec<String> {
        let withdrawn = match certified.consent.state {
            ConsentState::Withdrawn { at, .. } => certified.entry("consent_withdrawn", at),
            ConsentState::Given { .. } | ConsentState::Refused { .. } => None,
        };
        let entry = |key: &str, entry: &Placed| {
            self.told(key, &[("place", &entry.named()), ("digest", &entry.digest)])
        };
        let id = data_encoding::HEXLOWER.encode(&certified.id);
        let mut evidence = vec![self.told("answer-certificate-record", &[("id", &id)])];
        evidence.extend(given.map(|given| entry("answer-certificate-entry", given)));
        evidence.extend(withdrawn.map(|taken| entry("answer-certificate-entry-withdrawn", taken)));
        evidence.extend(signalled.then(|| self.word("answer-certificate-signal")));
        evidence
    }

    fn enquiry(&self, placed: &Placed) -> Result<Enquiry, Error> {
        let refused = self.app.refusal_told(&placed.leaf, self.language).map(|told| told.what);
        Ok(Enquiry {
            decision: placed.named(),
            who: self.who(&placed.leaf),
            at: self.zoned(placed.at()?),
            answer: match (placed.leaf.permitted, refused) {
                (true, _) => self.word("answer-certificate-yes"),
                (false, Some(why)) => self.told("answer-certificate-no", &[("why", &why)]),
                (false, None) => self.word("answer-certificate-no-bare"),
            },
        })
    }

    fn day(&self, at: Timestamp) -> String {
        self.app.words.date(self.zoned(at).date(), self.language)
    }

    /// What people call a channel; its own name where nobody has put it in words.
    fn channel(&self, channel: &ChannelName) -> String {
        let key = format!("portal-channel-{channel}");
        let told = self.word(&key);
        if told == key { channel.to_string() } else { told }
    }
}
