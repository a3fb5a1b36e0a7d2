//! What did one person answer to the consent texts of one purpose, when, and to which text (clauses 3.2, 4.1, 6.1)?
//!
//! It is what an operator shows when asked to prove a consent. No value of the person is in it, and no id that is known
//! elsewhere: the person has another name in the record of each purpose, so that two records do not join (clause 5.3). The
//! answers come from the sealed history, because the standing keeps only the last of each channel. It is a look at a person: it
//! passes the gate like [`inspect`](crate::operations::inspect), leaves a leaf, and counts among the persons that one key may
//! read in a day.

use std::collections::BTreeSet;

use jiff::Timestamp;
use saqta_domain::rules::may_inspect::{KnownConsent, may_inspect};
use saqta_domain::terms::consent::{Consent, ConsentState, GivenBy};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{ChannelName, Clause, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::SubjectId;
use saqta_seal::index::PseudonymKey;
use saqta_store::error::{Conflict, Error as StoreError};
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Entry, Who, settle, store};
use crate::error::Error;
use crate::instance::{App, Version, View};

/// What is written behind the evidence of an answer whose browser asked not to be tracked.
const SIGNAL: &str = "; Sec-GPC: 1";

/// The evidence of an answer, with the signal of the browser that gave it.
pub fn with_signal(evidence: &str) -> String {
    format!("{}{SIGNAL}", evidence.trim_end())
}

/// Evidence without that signal, and whether it bore one.
pub(crate) fn without_signal(evidence: &str) -> (&str, bool) {
    evidence.strip_suffix(SIGNAL).map_or((evidence, false), |plain| (plain, true))
}

/// The answers of one person to one purpose.
pub struct ConsentsOnRecord {
    /// The id of the record, the same whenever it is asked for.
    pub id: [u8; 16],
    /// What the person is called in it, and nowhere else.
    pub person: [u8; 16],
    /// Drawn for this answer alone.
    pub drawn: [u8; 16],
    /// To which purpose.
    pub purpose: PurposeName,
    /// The latest answer for each channel with what came before it.
    pub answers: Vec<AnswerOnRecord>,
    /// Since when all processing about the person is stopped, if it is.
    pub stopped_at: Option<Timestamp>,
    /// The instant of the look.
    pub at: Timestamp,
    /// The clause by which it is told.
    pub clause: Clause,
}

/// What was answered for one channel.
pub struct AnswerOnRecord {
    /// The id of this answer's part of the record.
    pub id: [u8; 16],
    /// How it stands now.
    pub known: KnownConsent,
    /// Everything that was said, in order.
    pub said: Vec<Said>,
    /// The version of the policy whose text was shown last.
    pub version: Version,
}

/// One thing that a person said about a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What a person can say about a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Yes.
    Given(Shown, Timestamp),
    /// No.
    Refused(Shown),
    /// Not any more.
    Withdrawn,
}

/// What was shown when somebody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The version of the policy.
    pub policy_version: u32,
    /// SHA-256 of the text.
    pub text_digest: [u8; 32],
    /// The text itself, as it stands in that version.
    pub text: Option<String>,
    /// In which language.
    pub language: Language,
    /// Who answered.
    pub by: GivenBy,
    /// Whether the browser asked not to be tracked (Sec-GPC).
    pub signalled: bool,
}

impl App {
    /// Tells what was answered, or refuses. [`Error::NotFound`] where nothing ever was.
    pub async fn consent_record(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
    ) -> Result<Done<ConsentsOnRecord>, Error> {
        settle!(self.consent_record_once(caller, who, purpose))
    }

    async fn consent_record_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
    ) -> Result<Done<ConsentsOnRecord>, Error> {
        let view = self.view_for(caller).await?;
        if let Err(refusal) = self.within_limit(caller, &view, purpose, 1) {
            return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, None).await);
        }
        // Read anew even where it is remembered: the history has to be that of this very standing.
        let record = self.facts(&view, purpose, who).await?;
        let standing = record.as_ref().map(Record::standing);
        let (permit, known) = match may_inspect(&view.situation(), &caller.actor, purpose, standing) {
            Ok(told) => told,
            Err(refusal) => {
                let record = record.as_ref();
                return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, record).await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let history = self.history_of(&view, purpose, who, &record).await?;
        let entry = Entry::permitted(Operation::Retrieval, &permit).detail("consent_record");
        // Of what is held nothing is told here, and a purpose that is stopped for everybody is asked about then above all.
        let entry = Entry { attributes: BTreeSet::new(), needs_purpose: false, ..entry };
        let receipt = self.record_look(caller, &view, entry, &record).await?;
        if known.consents.is_empty() {
            return Err(Error::NotFound);
        }
        let subject = permit.subject();
        let answers = known.consents.into_iter().map(|known| {
            Ok(AnswerOnRecord {
                id: self.record_id(subject, purpose, known.channel.as_ref())?,
                said: self.with_texts(purpose, said(&history, purpose, known.channel.as_ref())),
                version: self.version(known.policy_version).ok_or(Error::Unreadable)?,
                known,
            })
        });
        let outcome = ConsentsOnRecord {
            id: self.consent_record_id(subject, purpose)?,
            person: self.named_for("consent person", subject, purpose.as_str())?,
            drawn: self.vault.draw_id()?,
            purpose: purpose.clone(),
            answers: answers.collect::<Result<_, Error>>()?,
            stopped_at: known.stop.map(|stop| stop.at),
            at: view.now,
            clause: permit.reason().clause.clone(),
        };
        Ok(Done { receipt, outcome })
    }

    /// The history behind a standing that was just read. Where something happened in between, all is read again.
    async fn history_of(
        &self,
        view: &View,
        purpose: &PurposeName,
        who: &Who,
        record: &Record,
    ) -> Result<Vec<StandingEvent>, Error> {
        let error = match self.vault.history(record).await {
            Ok(history) => return Ok(history),
            Err(error) => error,
        };
        let version = |record: &Record| (record.pseudonym(), record.standing().version);
        let now = self.facts(view, purpose, who).await?;
        if now.as_ref().map(version) == Some(version(record)) {
            return Err(error.into());
        }
        Err(Error::Store(StoreError::Conflict(Conflict::Stale)))
    }

    /// The same with the texts that were shown: each stands in its version for ever, and is known by its digest.
    pub(crate) fn with_texts(&self, purpose: &PurposeName, mut said: Vec<Said>) -> Vec<Said> {
        for one in &mut said {
            let (What::Given(shown, _) | What::Refused(shown)) = &mut one.what else { continue };
            let Some(version) = self.version(shown.policy_version) else { continue };
            let terms = version.policy.purpose(purpose).and_then(|purpose| purpose.consent.as_ref());
            let digests = terms.map(|terms| terms.digests).unwrap_or_default();
            let mut written = Language::ALL.into_iter().zip(digests);
            if written.any(|(language, digest)| language == shown.language && digest == shown.text_digest) {
                shown.text = terms.map(|terms| terms.text.in_language(shown.language).to_owned());
            }
        }
        said
    }

    /// The id of the record of what a person answered to a purpose: the same for ever, and good for that purpose alone.
    pub fn consent_record_id(&self, subject: SubjectId, purpose: &PurposeName) -> Result<[u8; 16], Error> {
        self.named_for("consent record", subject, purpose.as_str())
    }

    pub(crate) fn record_id(
        &self,
        subject: SubjectId,
        purpose: &PurposeName,
        channel: Option<&ChannelName>,
    ) -> Result<[u8; 16], Error> {
        let Some(channel) = channel else { return self.consent_record_id(subject, purpose) };
        self.named_for("consent record", subject, &format!("{purpose} {channel}"))
    }

    /// A name for a person that leads back to nobody. No compartment is called so: their names have no spaces.
    fn named_for(&self, kind: &str, subject: SubjectId, what: &str) -> Result<[u8; 16], Error> {
        let key = PseudonymKey::derive(self.vault.keyring().custody(), &format!("{kind} {what}"));
        Ok(key.map_err(store)?.pseudonym(subject.bytes()))
    }
}

/// What was said for one channel, as far as it is not forgotten.
pub(crate) fn said(
    history: &[StandingEvent],
    purpose: &PurposeName,
    channel: Option<&ChannelName>,
) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for event in history {
        match event {
            StandingEvent::ConsentAnswered(consent)
                if &consent.purpose == purpose && consent.channel.as_ref() == channel =>
            {
                said.extend(answered(consent));
            }
            StandingEvent::ConsentWithdrawn { purpose: of, channel: through, at }
                if of == purpose && (through.is_none() || through.as_ref() == channel) =>
            {
                // Taking back what does not hold says nothing.
                if matches!(said.last(), Some(Said { what: What::Given(_, until), .. }) if at <= until) {
                    said.push(Said { at: *at, what: What::Withdrawn });
                }
            }
            StandingEvent::Erased { purposes, .. } if purposes.contains(purpose) => said.clear(),
            _ => {}
        }
    }
    said
}

fn answered(consent: &Consent) -> Option<Said> {
    let shown = Shown {
        policy_version: consent.policy_version,
        text_digest: consent.text_digest,
        language: consent.language,
        text: None,
        by: consent.by,
        signalled: consent.evidence.ends_with(SIGNAL),
    };
    let (at, what) = match consent.state {
        ConsentState::Given { at, until } => (at, What::Given(shown, until)),
        ConsentState::Refused { at } => (at, What::Refused(shown)),
        // Nobody answers so; it comes about by what happens to an answer.
        ConsentState::Withdrawn { .. } => return None,
    };
    Some(Said { at, what })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn purpose(name: &str) -> PurposeName {
        PurposeName::new(name).unwrap()
    }

    fn answer(of: &str, channel: &str, state: ConsentState, evidence: &str) -> StandingEvent {
        StandingEvent::ConsentAnswered(Consent {
            purpose: purpose(of),
            channel: ChannelName::new(channel).ok(),
            policy_version: 1,
            text_digest: [1; 32],
            language: Language::Russian,
            evidence: evidence.to_owned(),
            by: GivenBy::Subject,
            state,
        })
    }

    fn takes_back(channel: Option<&str>, second: i64) -> StandingEvent {
        let channel = channel.map(|name| ChannelName::new(name).unwrap());
        StandingEvent::ConsentWithdrawn { purpose: purpose("marketing"), channel, at: at(second) }
    }

    fn told(history: &[StandingEvent], channel: &str) -> Vec<(i64, &'static str)> {
        let told = said(history, &purpose("marketing"), ChannelName::new(channel).ok().as_ref());
        let word = |said: &Said| match &said.what {
            What::Given(shown, _) if shown.signalled => "given against the signal",
            What::Given(..) => "given",
            What::Refused(_) => "refused",
            What::Withdrawn => "withdrawn",
        };
        told.iter().map(|said| (said.at.as_second(), word(said))).collect()
    }

    #[test]
    fn what_was_said_is_told_for_its_channel_in_order() {
        let given = |second: i64| ConsentState::Given { at: at(second), until: at(second + 100) };
        let history = [
            answer("marketing", "email", ConsentState::Refused { at: at(1) }, "form"),
            answer("marketing", "email", given(2), &with_signal("form ")),
            answer("marketing", "sms", given(3), "form"),
            answer("other", "email", given(4), "form"),
            takes_back(Some("sms"), 5),
            takes_back(None, 6),
            answer("marketing", "email", given(7), "form"),
            takes_back(None, 200),
        ];
        let email = [(1, "refused"), (2, "given against the signal"), (6, "withdrawn"), (7, "given")];
        assert_eq!(told(&history, "email"), email);
        assert_eq!(told(&history, "sms"), [(3, "given"), (5, "withdrawn")]);
        assert_eq!(told(&history, "fax"), []);
    }

    #[test]
    fn what_was_forgotten_is_not_told() {
        let given = ConsentState::Given { at: at(1), until: at(100) };
        let erased = StandingEvent::Erased {
            attributes: BTreeSet::new(),
            purposes: BTreeSet::from([purpose("marketing")]),
            at: at(2),
        };
        let history = [answer("marketing", "email", given, "form"), erased];
        assert_eq!(told(&history, "email"), []);
        assert_eq!(with_signal("form 7 "), "form 7; Sec-GPC: 1");
    }
}
