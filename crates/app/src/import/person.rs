//! What does one row say of one person, who is that, and what does the gate say to it?
//!
//! Whoever is known already is looked up first, by the identifiers in the order of the mapping. A later identifier that
//! leads to somebody who is held under another value of an earlier one leads to somebody else: two people who share a
//! telephone are not merged (clause 5.3). An answer to a consent text that stands here is younger than any export: it is
//! neither renewed nor overruled.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::terms::consent::ConsentState;
use saqta_domain::terms::names::{AttributeName, CompartmentName, Language, PurposeName};
use saqta_domain::terms::purpose::ConsentTerms;
use saqta_domain::terms::refusal::{Refusal, RefusalCode};
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;

use super::mapping::{Condition, Mapping, PartMap};
use super::rejects::Reject;
use super::rows::Row;
use crate::act::{Caller, Idempotency, Who};
use crate::admission::sha256;
use crate::error::Error;
use crate::instance::{App, View};
use crate::operations::collect::{Answer, Collect, Collected, Declined, Part};

/// How often a row is tried again when somebody else took an identifier at the same moment.
const TRIES: u8 = 4;

/// What tells values apart within a run, without being one.
pub(super) type Mark = [u8; 32];

/// What a row asks for.
pub(super) struct Intake {
    pub(super) row: u64,
    pub(super) line: u64,
    /// The identifiers that are filled, the most telling first.
    pub(super) identifiers: Vec<(AttributeName, String, Mark)>,
    /// What the row would leave behind to be found by.
    pub(super) findable: Vec<(CompartmentName, AttributeName, String, Mark)>,
    parts: Vec<Wanted>,
    /// Parts that do not apply, and why.
    pub(super) skipped: Vec<(String, &'static str)>,
}

impl Intake {
    /// Everything by which the row could touch the same person as another one.
    pub(super) fn marks(&self) -> impl Iterator<Item = Mark> {
        let identifiers = self.identifiers.iter().map(|(_, _, mark)| *mark);
        identifiers.chain(self.findable.iter().map(|(_, _, _, mark)| *mark))
    }

    /// What the row brings, and where it would lie.
    pub(super) fn brings(&self) -> impl Iterator<Item = (&CompartmentName, &AttributeName)> {
        self.parts.iter().flat_map(|part| part.values.iter().map(|(name, _)| (&part.compartment, name)))
    }
}

struct Wanted {
    name: String,
    purpose: PurposeName,
    compartment: CompartmentName,
    reference: String,
    source: Source,
    values: Vec<(AttributeName, String)>,
    answer: Option<Answer>,
}

/// What became of a row.
pub(super) enum Outcome {
    /// It came in, or would.
    Accepted {
        /// Who it joined; nobody, when the person is new.
        known: Option<SubjectId>,
        /// The parts by which consents were taken.
        consents: Vec<String>,
        /// Parts that do not apply, and why.
        skipped: Vec<(String, &'static str)>,
    },
    /// In a dry run: it lacks what an earlier row of the same file may have brought.
    Incomplete {
        /// What the gate says, as long as nothing was brought.
        refusal: Box<Refusal>,
        /// Who it would join.
        known: Option<SubjectId>,
        /// The parts by which consents would be taken.
        consents: Vec<String>,
        /// Parts that do not apply, and why.
        skipped: Vec<(String, &'static str)>,
    },
    /// It did not; everything that is wrong with it.
    Rejected {
        /// What is wrong, the decisive thing first.
        rejects: Vec<Reject>,
        /// Parts that do not apply, and why.
        skipped: Vec<(String, &'static str)>,
    },
}

impl Outcome {
    pub(super) fn rejected(reject: Reject) -> Self {
        Self::Rejected { rejects: vec![reject], skipped: Vec::new() }
    }
}

/// Reads a row by the mapping.
pub(super) fn intake(
    view: &View,
    mapping: &Mapping,
    row: &Row,
    number: u64,
    line: u64,
) -> Result<Intake, Outcome> {
    let policy = &view.version.policy;
    let mut skipped = Vec::new();
    let mut parts = Vec::new();
    for part in &mapping.parts {
        match wanted(view, part, row) {
            Ok(wanted) => parts.push(wanted),
            Err(why) => skipped.push((part.name(), why)),
        }
    }
    if parts.is_empty() {
        return Err(Outcome::Rejected { rejects: vec![Reject::NoPurpose], skipped });
    }
    let mut faulty: BTreeSet<AttributeName> = BTreeSet::new();
    let mut rejects = Vec::new();
    let mut mark = |attribute: &AttributeName, value: &str| -> Option<Mark> {
        let kind = policy.attribute(attribute)?.kind;
        match kind.normalise(value) {
            Ok(plain) => {
                let mut bytes = attribute.as_str().as_bytes().to_vec();
                bytes.push(0);
                bytes.extend_from_slice(plain.to_be_sealed());
                Some(sha256(&bytes))
            }
            Err(fault) => {
                if faulty.insert(attribute.clone()) {
                    rejects.push(Reject::Value(attribute.clone(), fault));
                }
                None
            }
        }
    };
    let mut identifiers = Vec::new();
    for attribute in mapping.identify.iter().map(|a| &a.value) {
        let value = mapping.text_of(attribute).map(|text| text.joined(row)).unwrap_or_default();
        if !value.is_empty()
            && let Some(mark) = mark(attribute, &value)
        {
            identifiers.push((attribute.clone(), value, mark));
        }
    }
    let mut findable = Vec::new();
    for part in &parts {
        for (attribute, value) in &part.values {
            let mark = mark(attribute, value);
            if policy.attribute(attribute).is_some_and(|a| a.findable)
                && let Some(mark) = mark
            {
                findable.push((part.compartment.clone(), attribute.clone(), value.clone(), mark));
            }
        }
    }
    findable.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    findable.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    if rejects.is_empty()
        && identifiers.is_empty()
        && let Some(first) = mapping.identify.first()
    {
        rejects.push(Reject::IdentifierMissing(first.value.clone()));
    }
    if !rejects.is_empty() {
        return Err(Outcome::Rejected { rejects, skipped: Vec::new() });
    }
    Ok(Intake { row: number, line, identifiers, findable, parts, skipped })
}

fn wanted(view: &View, part: &PartMap, row: &Row) -> Result<Wanted, &'static str> {
    let holds = |conditions: &[Condition]| conditions.iter().all(|condition| condition.holds(row));
    if !holds(&part.when) {
        return Err("condition_not_met");
    }
    let purpose = view.version.policy.purpose(&part.purpose.value).ok_or("purpose_gone")?;
    let answer = match (&part.consent, &purpose.consent) {
        (Some(consent), Some(terms)) => {
            if !holds(&consent.given_when) {
                return Err("consent_not_given");
            }
            // A consent whose proof cannot be named is none (clause 6.1).
            let evidence = consent.evidence.value.filled(row).ok_or("evidence_missing")?;
            let day = consent.given_at.value.filled(row).and_then(|text| day(view, &text));
            let given_at = day.filter(|day| *day <= view.now).ok_or("consent_date_missing")?;
            Some(Answer {
                channel: part.channel.as_ref().map(|channel| channel.value.clone()),
                given: true,
                text_digest: digest_in(terms, consent.language),
                language: consent.language,
                evidence,
                by: Default::default(),
                given_at: Some(given_at),
            })
        }
        _ => None,
    };
    let values = part.columns.iter().map(|(attribute, text)| (attribute.value.clone(), text.joined(row)));
    Ok(Wanted {
        name: part.name(),
        purpose: purpose.name.clone(),
        compartment: purpose.compartment.clone(),
        reference: part.reference.as_ref().and_then(|text| text.value.filled(row)).unwrap_or_default(),
        source: part.source,
        values: values.filter(|(_, value)| !value.is_empty()).collect(),
        answer,
    })
}

/// The beginning of a day that is written as a date, with or without a time after it.
fn day(view: &View, text: &str) -> Option<Timestamp> {
    let date = text.trim().split([' ', 'T']).next()?;
    let parts: Vec<&str> = date.split(['.', '/']).collect();
    let iso = match parts.as_slice() {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => date.to_owned(),
    };
    let date: Date = iso.parse().ok()?;
    Some(date.to_zoned(view.law.calendar.zone.clone()).ok()?.timestamp())
}

fn digest_in(terms: &ConsentTerms, language: Language) -> [u8; 32] {
    let [kk, ru, en] = terms.digests;
    match language {
        Language::Kazakh => kk,
        Language::Russian => ru,
        Language::English => en,
    }
}

/// What deals with rows, one at a time or many at once.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) caller: Caller,
    /// The compartments in which the mapping's purposes lie.
    pub(super) compartments: BTreeSet<CompartmentName>,
    /// Names the file together with the mapping.
    pub(super) import: [u8; 32],
    pub(super) dry_run: bool,
}

impl Desk<'_> {
    /// Takes rows that may be about one person, in their order.
    pub(super) async fn in_order(&self, rows: Vec<Intake>) -> Result<Vec<(Intake, Outcome)>, Error> {
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            let outcome = self.take(&row).await?;
            outcomes.push((row, outcome));
        }
        Ok(outcomes)
    }

    async fn take(&self, intake: &Intake) -> Result<Outcome, Error> {
        let mut caller = self.caller.clone();
        let digest = sha256(&[self.import.as_slice(), &intake.row.to_be_bytes()].concat());
        // The digest names the row of this very file, so there is nothing more that its content could tell apart.
        caller.idempotency = Some(Idempotency { digest, body_digest: digest, kept: None });
        for _ in 0..TRIES {
            let outcome = self.take_once(&caller, intake).await;
            return match outcome {
                Err(Error::IdentifierTaken) => continue,
                Err(Error::Refused(refused)) => {
                    Ok(Outcome::rejected(Reject::Refused(Box::new(refused.refusal))))
                }
                Err(Error::Value { attribute, fault }) => {
                    Ok(Outcome::rejected(Reject::Value(attribute, fault)))
                }
                Err(Error::Malformed(code)) => Ok(Outcome::rejected(Reject::Malformed(code))),
                settled => settled,
            };
        }
        Ok(Outcome::rejected(Reject::IdentifierTaken(None)))
    }

    async fn take_once(&self, caller: &Caller, intake: &Intake) -> Result<Outcome, Error> {
        let view = self.app.view().await?;
        let before = if self.dry_run { None } else { self.app.before::<Collected>(caller).await? };
        let known = match self.find(&view, intake).await? {
            Ok(known) => known,
            Err(reject) => return Ok(Outcome::rejected(reject)),
        };
        if before.is_none()
            && let Some(attribute) = self.of_another(&view, intake, known).await?
        {
            return Ok(Outcome::rejected(Reject::IdentifierTaken(Some(attribute))));
        }
        let mut parts = Vec::new();
        let mut consents = Vec::new();
        let mut skipped = intake.skipped.clone();
        for wanted in &intake.parts {
            let answers = match self.answer(&view, wanted, known).await? {
                Standing::Open => wanted.answer.iter().cloned().collect(),
                Standing::Given { evidence } => {
                    // The row came in before a crash, and this is the consent that came with it.
                    if before.is_some() && wanted.answer.as_ref().is_some_and(|a| a.evidence == evidence) {
                        consents.push(wanted.name.clone());
                    }
                    Vec::new()
                }
                Standing::Against => {
                    skipped.push((wanted.name.clone(), "own_answer_stands"));
                    continue;
                }
            };
            if before.is_none() && !answers.is_empty() {
                consents.push(wanted.name.clone());
            }
            parts.push(Part {
                purpose: wanted.purpose.clone(),
                reference: wanted.reference.clone(),
                source: wanted.source,
                values: wanted.values.clone(),
                answers,
            });
        }
        if let Some(done) = before {
            return Ok(Outcome::Accepted { known: known.filter(|_| !done.outcome.new), consents, skipped });
        }
        // A consent that stands needs no new record when it brings no value either.
        parts.retain(|part| !part.answers.is_empty() || !part.values.is_empty());
        if parts.is_empty() {
            return Ok(match known.filter(|_| skipped.len() < intake.skipped.len() + intake.parts.len()) {
                Some(known) => Outcome::Accepted { known: Some(known), consents, skipped },
                None => Outcome::Rejected { rejects: vec![Reject::NoPurpose], skipped },
            });
        }
        let recognised = |attribute: &AttributeName| {
            parts.iter().any(|part| {
                view.version.policy.purpose(&part.purpose).is_some_and(|purpose| purpose.uses(attribute))
            })
        };
        let identifier = intake.identifiers.iter().find(|(attribute, ..)| recognised(attribute));
        let subject = match (known, identifier) {
            (Some(id), _) => Some(Who::Subject(id)),
            (None, Some((attribute, value, _))) => {
                Some(Who::Identifier { attribute: attribute.clone(), value: value.clone() })
            }
            (None, None) => None,
        };
        let request = Collect { subject, parts };
        if self.dry_run {
            return match self.app.plan_collect(caller, &request).await {
                Ok(_) => Ok(Outcome::Accepted { known, consents, skipped }),
                Err(Declined::Refused(_, refusal)) if refusal.code == RefusalCode::AttributeMissing => {
                    Ok(Outcome::Incomplete { refusal, known, consents, skipped })
                }
                Err(Declined::Refused(_, refusal)) => Ok(Outcome::rejected(Reject::Refused(refusal))),
                Err(Declined::Failed(error)) => Err(error),
            };
        }
        let done = self.app.collect(caller, &request).await?;
        let known = if done.outcome.new { None } else { SubjectId::from_hex(&done.outcome.subject) };
        Ok(Outcome::Accepted { known, consents, skipped })
    }

    /// Who the row is about, among those that are known.
    async fn find(&self, view: &View, intake: &Intake) -> Result<Result<Option<SubjectId>, Reject>, Error> {
        for (place, (attribute, value, _)) in intake.identifiers.iter().enumerate() {
            let who = Who::Identifier { attribute: attribute.clone(), value: value.clone() };
            for compartment in &self.compartments {
                let Some(record) = self.app.facts_in(view, compartment, &who).await? else { continue };
                let standing = record.standing();
                let mut earlier = intake.identifiers.iter().take(place).map(|(earlier, _, _)| earlier);
                if let Some(other) = earlier.find(|earlier| standing.held.contains_key(*earlier)) {
                    return Ok(Err(Reject::IdentifiersDisagree(other.clone())));
                }
                return Ok(Ok(Some(standing.id)));
            }
        }
        Ok(Ok(None))
    }

    /// A value of the row under which somebody else is known where it would be kept.
    async fn of_another(
        &self,
        view: &View,
        intake: &Intake,
        known: Option<SubjectId>,
    ) -> Result<Option<AttributeName>, Error> {
        for (compartment, attribute, value, _) in &intake.findable {
            let who = Who::Identifier { attribute: attribute.clone(), value: value.clone() };
            let record = self.app.facts_in(view, compartment, &who).await?;
            if record.is_some_and(|record| Some(record.standing().id) != known) {
                return Ok(Some(attribute.clone()));
            }
        }
        Ok(None)
    }

    /// What the person has answered here before.
    async fn answer(
        &self,
        view: &View,
        wanted: &Wanted,
        known: Option<SubjectId>,
    ) -> Result<Standing, Error> {
        let (Some(answer), Some(known)) = (&wanted.answer, known) else { return Ok(Standing::Open) };
        let Some(record) = self.app.vault().record(&wanted.compartment, known).await? else {
            return Ok(Standing::Open);
        };
        let mut answers = record.standing().consents.iter().rev();
        let last = answers.find(|c| c.purpose == wanted.purpose && c.channel == answer.channel);
        Ok(match last.map(|consent| (consent, consent.state)) {
            None => Standing::Open,
            Some((consent, ConsentState::Given { until, .. })) if until > view.now => {
                Standing::Given { evidence: consent.evidence.clone() }
            }
            Some(_) => Standing::Against,
        })
    }
}

/// How a person stands to a consent text.
enum Standing {
    /// Nothing was answered here.
    Open,
    /// A consent is in force.
    Given {
        /// Where its proof lies.
        evidence: String,
    },
    /// The person said no, took the consent back, or its term is over.
    Against,
}
