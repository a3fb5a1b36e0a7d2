//! How is what happened to a request, and what was said in it, written down before it is sealed?
//!
//! Everything lies in the body of the case, as JSON with words in it: a later program reads what an earlier one wrote, and a word
//! it does not know makes the case unreadable instead of another one.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::terms::law::Within;
use saqta_domain::terms::names::{AttributeName, ChannelName, Language, PurposeName};
use saqta_domain::terms::request::event::{Identity, RequestEvent};
use saqta_domain::terms::request::{
    Applicant, CorrectionGround, Effect, Intake, Matter, Objection, Outcome, Relation, RequestKind,
    RequestNumber, Rung,
};
use saqta_domain::terms::subject::SubjectId;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::kept::{LetterKept, Undelivered};
use crate::error::Error;

/// What lies in the body of a case.
#[derive(Serialize, Deserialize)]
pub(crate) struct Body {
    events: Vec<EventRecord>,
    particulars: Particulars,
}

impl Body {
    pub fn write(events: &[RequestEvent], particulars: &Particulars) -> Result<Zeroizing<Vec<u8>>, Error> {
        let body =
            Self { events: events.iter().map(EventRecord::of).collect(), particulars: particulars.clone() };
        serde_json::to_vec(&body).map(Zeroizing::new).map_err(|_| Error::Unreadable)
    }

    pub fn read(bytes: &[u8]) -> Result<(Vec<RequestEvent>, Particulars), Error> {
        let body: Self = serde_json::from_slice(bytes).map_err(|_| Error::Unreadable)?;
        let events: Option<Vec<_>> = body.events.iter().map(EventRecord::event).collect();
        Ok((events.ok_or(Error::Unreadable)?, body.particulars))
    }
}

/// What was said and found in a case. All of it is personal; it is wiped when it is no longer needed.
#[derive(Clone, Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Particulars {
    /// The persons whom the contact led to, in hexadecimal. Empty where nobody is on file under it.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Whether the contact led to exactly these persons when the request came. It may have ended since, by the request itself.
    #[serde(default)]
    pub was_on_file: bool,
    /// What the applicant calls themselves.
    #[serde(default)]
    pub name: String,
    /// The contact by which the person is looked for, as it is kept; the kind says whether it is an e-mail or a phone.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// Where the answer goes, where that is another contact: a representative's own.
    #[serde(default)]
    pub answer_to: Option<Contact>,
    /// What was asked, in the applicant's own words.
    #[serde(default)]
    pub text: String,
    /// The values that are said to be right.
    #[serde(default)]
    pub proposed: Vec<Proposed>,
    /// Whose authority was seen.
    #[serde(default)]
    pub representative: Option<RepresentativeSeen>,
    /// The letter of an authority.
    #[serde(default)]
    pub letter: Option<AuthorityLetter>,
    /// What the supporting documents were, as staff saw them. No copy is kept.
    #[serde(default)]
    pub evidence: String,
    /// What was sent to show who asks.
    #[serde(default)]
    pub code: Option<SentCode>,
    /// The digest of the secret that opens the page of the request.
    #[serde(default)]
    pub secret: Vec<u8>,
    /// All digests under which the case is found.
    #[serde(default)]
    pub digests: Vec<[u8; 32]>,
    /// What staff wrote down.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// The blocks that were placed for it.
    #[serde(default)]
    pub blocks: Vec<PlacedBlock>,
    /// What became of each purpose, as it was told.
    #[serde(default)]
    pub fates: Vec<Fate>,
    /// Values before and after a correction.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// What was destroyed.
    #[serde(default)]
    pub ending: Option<Ending>,
    /// The number of the paper that said when an answer comes.
    #[serde(default)]
    pub acknowledged: Option<u64>,
    /// When it was shown anew, by a code, who asks, in microseconds since 1970.
    #[serde(default)]
    pub shown_at: Option<i64>,
    /// The letters that came by e-mail, the first of them the one it began with.
    #[serde(default)]
    pub letters: Vec<LetterKept>,
    /// Letters of ours that did not arrive.
    #[serde(default)]
    pub undelivered: Vec<Undelivered>,
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Contact {
    /// `email` or `phone`.
    pub kind: String,
    /// The contact as it is kept.
    pub value: String,
}

/// A value that is said to be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Proposed {
    /// Of which attribute.
    pub attribute: String,
    /// The value, as it was written.
    pub value: String,
}

impl Proposed {
    pub(super) fn of((attribute, value): &(AttributeName, String)) -> Self {
        Self { attribute: attribute.as_str().to_owned(), value: value.trim().to_owned() }
    }
}

/// Authority to act for somebody, seen by a member of staff. No copy is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct RepresentativeSeen {
    /// What it is: a power of attorney, a birth certificate.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its last day, as `2027-01-31`.
    pub until: String,
}

/// What an authority wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct AuthorityLetter {
    /// Who.
    pub authority: String,
    /// The number of the letter.
    pub number: String,
    /// Its date, as `2026-03-11`.
    pub dated: String,
    /// What it asks, point by point.
    pub questions: Vec<String>,
    /// The answers, in the order of the questions; fewer while they are being written.
    pub answers: Vec<String>,
}

/// A code and a link that were sent to the contact on file.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct SentCode {
    /// The digest of the code.
    pub code: Vec<u8>,
    /// Until when the code counts, in microseconds.
    pub code_until: i64,
    /// The digest of what the link carries.
    pub link: Vec<u8>,
    /// Until when the link counts, in microseconds.
    pub link_until: i64,
}

/// Something staff wrote down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Note {
    /// When, in microseconds.
    pub at: i64,
    /// The account of who did.
    pub by: String,
    /// What.
    pub text: String,
}

/// A block that was placed for a request.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct PlacedBlock {
    /// Whose data.
    pub subject: String,
    /// In which compartment.
    pub compartment: String,
    /// Its id.
    pub restriction: String,
}

/// What became of a purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Fate {
    /// The purpose.
    pub purpose: String,
    /// `stopped`, `continues` or `kept`.
    pub state: String,
    /// The ground it continues on.
    pub basis: Option<String>,
    /// Until when its data are kept, in microseconds.
    pub until: Option<i64>,
    /// Since when nothing is done for it, in microseconds.
    pub since: Option<i64>,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Change {
    /// Of which attribute.
    pub attribute: String,
    /// What stood there.
    pub before: Option<String>,
    /// What stands there now, or will once a block has ended.
    pub after: Option<String>,
    /// When, in microseconds.
    pub at: i64,
    /// False while it waits for the end of a block.
    pub applied: bool,
}

/// What was destroyed, and where that is on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Ending {
    /// When the data left use, in microseconds.
    pub at: i64,
    /// The attributes.
    pub attributes: Vec<String>,
    /// The leaves of the erasures: log and index.
    pub leaves: Vec<(i64, i64)>,
    /// How many records were touched.
    pub records: u64,
    /// How many of them are still there.
    pub left: u64,
}

impl Particulars {
    /// The persons it is about.
    pub fn persons(&self) -> Result<Vec<SubjectId>, Error> {
        self.subjects.iter().map(|id| SubjectId::from_hex(id).ok_or(Error::Unreadable)).collect()
    }
}

/// One event. Which fields there are depends on what happened.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct EventRecord {
    what: String,
    at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    matter: Option<MatterRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intake: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rung: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pack: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct MatterRecord {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    purposes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
}

fn names<T: ToString>(names: &BTreeSet<T>) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

impl MatterRecord {
    fn of(matter: &Matter) -> Self {
        let mut record = Self { kind: matter.kind().to_string(), ..Self::default() };
        match matter {
            Matter::Rectification { ground, attributes } => {
                record.word = Some(ground.to_string());
                record.attributes = attributes.iter().map(|a| a.as_str().to_owned()).collect();
            }
            Matter::Restriction { ground, attributes } => {
                record.word = ground.map(|ground| ground.to_string());
                record.attributes = attributes.iter().map(|a| a.as_str().to_owned()).collect();
            }
            Matter::Destruction { ground, purposes } => {
                record.word = ground.map(|ground| ground.to_string());
                record.purposes = names(purposes);
            }
            Matter::Withdrawal { purposes, channel } => {
                record.purposes = names(purposes);
                record.channel = channel.as_ref().map(ToString::to_string);
            }
            Matter::Objection(objection) => record.word = Some(objection.to_string()),
            Matter::Dissemination { attributes } => {
                record.attributes = attributes.iter().map(|a| a.as_str().to_owned()).collect();
            }
            Matter::Authority { letter_due } => record.day = letter_due.map(|day| day.to_string()),
            Matter::Access
            | Matter::Unrestriction
            | Matter::Stop
            | Matter::Explanation
            | Matter::Complaint => {}
        }
        record
    }

    fn matter(&self) -> Option<Matter> {
        let attributes = || self.attributes.iter().map(|a| AttributeName::new(a).ok()).collect::<Option<_>>();
        let purposes = || self.purposes.iter().map(|p| PurposeName::new(p).ok()).collect::<Option<_>>();
        let ground = match &self.word {
            Some(word) if self.kind != RequestKind::Objection.as_str() => {
                Some(CorrectionGround::from_word(word)?)
            }
            _ => None,
        };
        Some(match RequestKind::from_word(&self.kind)? {
            RequestKind::Access => Matter::Access,
            RequestKind::Rectification => {
                Matter::Rectification { ground: ground?, attributes: attributes()? }
            }
            RequestKind::Restriction => Matter::Restriction { ground, attributes: attributes()? },
            RequestKind::Unrestriction => Matter::Unrestriction,
            RequestKind::Destruction => Matter::Destruction { ground, purposes: purposes()? },
            RequestKind::Withdrawal => {
                let channel = match &self.channel {
                    Some(channel) => Some(ChannelName::new(channel).ok()?),
                    None => None,
                };
                Matter::Withdrawal { purposes: purposes()?, channel }
            }
            RequestKind::Stop => Matter::Stop,
            RequestKind::Objection => Matter::Objection(Objection::from_word(self.word.as_deref()?)?),
            RequestKind::Dissemination => Matter::Dissemination { attributes: attributes()? },
            RequestKind::Explanation => Matter::Explanation,
            RequestKind::Complaint => Matter::Complaint,
            RequestKind::Authority => {
                let letter_due = match &self.day {
                    Some(day) => Some(day.parse::<Date>().ok()?),
                    None => None,
                };
                Matter::Authority { letter_due }
            }
        })
    }
}

impl EventRecord {
    fn of(event: &RequestEvent) -> Self {
        let mut record =
            Self { what: event.as_str().to_owned(), at: event.at().as_microsecond(), ..Self::default() };
        let proven = |identity: &Identity| match identity {
            Identity::Proven(rung) => Some(rung.to_string()),
            Identity::Awaited => None,
        };
        match event {
            RequestEvent::Filed { matter, intake, by, identity, language, .. } => {
                record.matter = Some(MatterRecord::of(matter));
                record.intake = Some(intake.to_string());
                record.by = Some(by.to_string());
                record.rung = proven(identity);
                record.language = Some(language.tag().to_owned());
            }
            RequestEvent::Identified { rung, .. } => record.rung = Some(rung.to_string()),
            RequestEvent::Paused { pack, reason, .. } => {
                record.pack = Some(pack.clone());
                record.reason = Some(reason.clone());
            }
            RequestEvent::Extended { pack, reason, adds, .. } => {
                record.pack = Some(pack.clone());
                record.reason = Some(reason.clone());
                record.word = Some(adds.to_string());
            }
            RequestEvent::Reclassified { from, to, identity, by, .. } => {
                record.word = Some(from.to_string());
                record.matter = Some(MatterRecord::of(to));
                record.rung = proven(identity);
                record.by = Some(by.clone());
            }
            RequestEvent::Related { number, relation, .. } => {
                record.number = Some(number.0);
                record.word = Some(relation.to_string());
            }
            RequestEvent::Planned { by, .. } => record.by.clone_from(by),
            RequestEvent::Approved { by, .. } => record.by = Some(by.clone()),
            RequestEvent::Scheduled { until, .. } => record.until = Some(until.as_microsecond()),
            RequestEvent::Executed { what, .. } => record.word = Some(what.to_string()),
            RequestEvent::Answered { outcome, .. } => record.word = Some(outcome.to_string()),
            RequestEvent::IdentityFailed { .. }
            | RequestEvent::DocumentsSeen { .. }
            | RequestEvent::Resumed { .. }
            | RequestEvent::Undone { .. }
            | RequestEvent::TakenBack { .. }
            | RequestEvent::Lapsed { .. }
            | RequestEvent::Noted { .. } => {}
        }
        record
    }

    fn event(&self) -> Option<RequestEvent> {
        let at = Timestamp::from_microsecond(self.at).ok()?;
        let identity = match &self.rung {
            Some(rung) => Identity::Proven(Rung::from_word(rung)?),
            None => Identity::Awaited,
        };
        let word = self.word.as_deref();
        Some(match self.what.as_str() {
            "filed" => RequestEvent::Filed {
                matter: self.matter.as_ref()?.matter()?,
                intake: Intake::from_word(self.intake.as_deref()?)?,
                by: Applicant::from_word(self.by.as_deref()?)?,
                identity,
                language: Language::from_tag(self.language.as_deref()?)?,
                at,
            },
            "identified" => RequestEvent::Identified { rung: Rung::from_word(self.rung.as_deref()?)?, at },
            "identity_failed" => RequestEvent::IdentityFailed { at },
            "documents_seen" => RequestEvent::DocumentsSeen { at },
            "paused" => RequestEvent::Paused { pack: self.pack.clone()?, reason: self.reason.clone()?, at },
            "resumed" => RequestEvent::Resumed { at },
            "extended" => RequestEvent::Extended {
                pack: self.pack.clone()?,
                reason: self.reason.clone()?,
                adds: Within::from_word(word?)?,
                at,
            },
            "reclassified" => RequestEvent::Reclassified {
                from: RequestKind::from_word(word?)?,
                to: self.matter.as_ref()?.matter()?,
                identity,
                by: self.by.clone()?,
                at,
            },
            "related" => RequestEvent::Related {
                number: RequestNumber(self.number?),
                relation: Relation::from_word(word?)?,
                at,
            },
            "planned" => RequestEvent::Planned { by: self.by.clone(), at },
            "approved" => RequestEvent::Approved { by: self.by.clone()?, at },
            "scheduled" => {
                RequestEvent::Scheduled { until: Timestamp::from_microsecond(self.until?).ok()?, at }
            }
            "undone" => RequestEvent::Undone { at },
            "executed" => RequestEvent::Executed { what: Effect::from_word(word?)?, at },
            "answered" => RequestEvent::Answered { outcome: Outcome::from_word(word?)?, at },
            "taken_back" => RequestEvent::TakenBack { at },
            "lapsed" => RequestEvent::Lapsed { at },
            "noted" => RequestEvent::Noted { at },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_event() -> Vec<RequestEvent> {
        let at = Timestamp::from_microsecond(1_772_424_000_000_000).unwrap();
        let attributes = BTreeSet::from([AttributeName::new("phone").unwrap()]);
        let purposes = BTreeSet::from([PurposeName::new("marketing").unwrap()]);
        let ground = CorrectionGround::OutOfDate;
        let matters = [
            Matter::Access,
            Matter::Rectification { ground, attributes: attributes.clone() },
            Matter::Restriction { ground: None, attributes: attributes.clone() },
            Matter::Restriction { ground: Some(ground), attributes: BTreeSet::new() },
            Matter::Unrestriction,
            Matter::Destruction { ground: Some(ground), purposes: purposes.clone() },
            Matter::Withdrawal { purposes, channel: ChannelName::new("sms").ok() },
            Matter::Stop,
            Matter::Objection(Objection::Marketing),
            Matter::Objection(Objection::AutomatedDecision),
            Matter::Dissemination { attributes },
            Matter::Explanation,
            Matter::Complaint,
            Matter::Authority { letter_due: Some(jiff::civil::date(2026, 3, 26)) },
            Matter::Authority { letter_due: None },
        ];
        let mut events: Vec<RequestEvent> = matters
            .into_iter()
            .map(|matter| RequestEvent::Filed {
                matter,
                intake: Intake::Portal,
                by: Applicant::Subject,
                identity: Identity::Awaited,
                language: Language::Kazakh,
                at,
            })
            .collect();
        let (pack, reason) = ("kz".to_owned(), "documents".to_owned());
        events.extend([
            RequestEvent::Identified { rung: Rung::ContactCode, at },
            RequestEvent::IdentityFailed { at },
            RequestEvent::DocumentsSeen { at },
            RequestEvent::Paused { pack: pack.clone(), reason: reason.clone(), at },
            RequestEvent::Resumed { at },
            RequestEvent::Extended { pack, reason, adds: Within::from_word("5wd").unwrap(), at },
            RequestEvent::Reclassified {
                from: RequestKind::Explanation,
                to: Matter::Access,
                identity: Identity::Proven(Rung::OrderFacts),
                by: "7".into(),
                at,
            },
            RequestEvent::Related { number: RequestNumber(3), relation: Relation::Duplicate, at },
            RequestEvent::Planned { by: None, at },
            RequestEvent::Planned { by: Some("7".into()), at },
            RequestEvent::Approved { by: "8".into(), at },
            RequestEvent::Scheduled { until: at, at },
            RequestEvent::Undone { at },
            RequestEvent::Executed { what: Effect::Destroyed, at },
            RequestEvent::Answered { outcome: Outcome::Partly, at },
            RequestEvent::TakenBack { at },
            RequestEvent::Lapsed { at },
            RequestEvent::Noted { at },
        ]);
        events
    }

    #[test]
    fn every_event_reads_back_what_was_written() {
        let events = every_event();
        let mut particulars = Particulars::default();
        particulars.subjects.push("07".repeat(16));
        particulars.text = "Где мои данные?".into();
        let bytes = Body::write(&events, &particulars).unwrap();
        let (read, kept) = Body::read(&bytes).unwrap();
        assert_eq!(read, events);
        assert_eq!((kept.persons().unwrap().len(), kept.text.as_str()), (1, "Где мои данные?"));
    }

    #[test]
    fn a_word_that_nobody_knows_makes_a_case_unreadable() {
        let bytes = Body::write(&every_event(), &Particulars::default()).unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        for (known, unknown) in
            [("\"portal\"", "\"pigeon\""), ("\"lapsed\"", "\"forgotten\""), ("\"access\"", "\"all\"")]
        {
            let changed = text.replace(known, unknown);
            assert_ne!(changed, text);
            assert!(matches!(Body::read(changed.as_bytes()), Err(Error::Unreadable)), "{unknown}");
        }
    }
}
