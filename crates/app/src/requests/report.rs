//! What is held about somebody, who saw it, and until when: the copy that a person asked for (clauses 3.2, 4.1)?
//!
//! All that is held of the persons the request is about, in every compartment, with purposes, grounds, sources and terms, and every
//! operation that the ledger has of them. What tells of somebody else is left out and said to be. The look itself is on record.

use std::collections::BTreeMap;

use jiff::Timestamp;
use saqta_documents::papers::access_answer::{self, AccessAnswer, Datum, Held, Holding, Masked, PurposeHeld};
use saqta_documents::sheet::Sheet;
use saqta_domain::rules::may_copy::{may_copy, of_others};
use saqta_domain::rules::must_destroy::{Life, life};
use saqta_domain::rules::{Permit, Read};
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::operation::Operation;
use saqta_store::vault::Record;
use serde::Serialize;

use super::CaseDraft;
use super::copy::{file_name, is_theirs_to_have};
use super::entries::Placed;
use super::papers::Desk;
use crate::act::Entry;
use crate::error::Error;
use crate::instance::App;

/// How many operations a paper lists; the copy for machines has all of them.
const ON_PAPER: usize = 1_000;

/// A copy as data.
#[derive(Serialize)]
pub(super) struct Copy {
    format: u8,
    request: u64,
    at: String,
    operator: String,
    policy_version: u32,
    records: Vec<CopyRecord>,
    operations: Vec<CopyOperation>,
}

/// What is held in one compartment.
#[derive(Serialize)]
struct CopyRecord {
    compartment: String,
    since: String,
    values: Vec<CopyValue>,
    documents: Vec<CopyDocument>,
    left_out: Vec<String>,
    purposes: Vec<CopyPurpose>,
    consents: Vec<CopyConsent>,
}

#[derive(Serialize)]
struct CopyValue {
    attribute: String,
    label: String,
    value: String,
    source: String,
    recorded_at: String,
    confirmed_at: String,
    purposes: Vec<String>,
}

/// A document, by the name it has in the file that is fetched.
#[derive(Serialize)]
struct CopyDocument {
    attribute: String,
    label: String,
    media_type: String,
    bytes: u64,
    file: String,
}

#[derive(Serialize)]
struct CopyPurpose {
    purpose: String,
    title: String,
    state: String,
    basis: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct CopyConsent {
    purpose: String,
    channel: Option<String>,
    state: &'static str,
    policy_version: u32,
    text_digest: String,
}

#[derive(Serialize, Clone)]
struct CopyOperation {
    at: String,
    operation: String,
    permitted: bool,
    purpose: Option<String>,
    attributes: Vec<String>,
    actor: String,
    clause: Option<String>,
    ledger: (i64, i64),
}

/// What a request for a copy comes to.
pub(super) struct Report {
    /// The records that were looked at, with the leaf of each look.
    pub looked: Vec<(Entry, Record)>,
    pub answer: Answer,
}

/// The content of the copy, ready for a paper and for machines.
pub(super) struct Answer {
    copy: Copy,
    held: Option<Held>,
    masked: Vec<Masked>,
}

impl Answer {
    /// The copy for machines.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec_pretty(&self.copy).map_err(|_| Error::Unreadable)
    }

    /// The paper.
    pub fn sheet(self, desk: &Desk<'_>, number: u64, draft: &CaseDraft<'_>) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let holding = match self.held {
            Some(held) => Holding::Data(Box::new(held)),
            None => Holding::Nothing { help: desk.word("answer-nothing-help") },
        };
        let paper = AccessAnswer {
            header: desk.header(number),
            request: desk.asked(request, particulars),
            representative: desk.representative(particulars)?,
            holding,
            masked: self.masked,
            remedies: desk.remedies(),
            signed: desk.signed(),
        };
        Ok(desk.sheet(|words| paper.sheet(words))?)
    }
}

impl App {
    /// Gathers all that is held of the persons a request is about.
    pub(super) async fn report(&self, desk: &Desk<'_>, draft: &CaseDraft<'_>) -> Result<Report, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let policy = &desk.view.version.policy;
        let mut answer = Answer {
            copy: Copy {
                format: 1,
                request: request.number.0,
                at: desk.view.now.to_string(),
                operator: policy.operator.name.in_language(desk.language).to_owned(),
                policy_version: policy.version,
                records: Vec::new(),
                operations: Vec::new(),
            },
            held: None,
            masked: Vec::new(),
        };
        let mut looked = Vec::new();
        let (mut data, mut purposes) = (Vec::new(), Vec::new());
        for record in self.records_of(&particulars.persons()?).await? {
            let Ok(permit) = may_copy(request, record.standing()) else { continue };
            let values = record.read(&permit)?;
            let others = of_others(policy, &permit, &values);
            let told: BTreeMap<&AttributeName, &str> = values
                .iter()
                .filter(|(name, _)| !others.contains(*name))
                .map(|(name, value)| (name, value.reveal(&permit)))
                .collect();
            data.extend(data_of(desk, &record, &told)?);
            let documents = self.documents_of(desk, &record, &permit).await?;
            data.extend(documents.iter().filter_map(|document| datum_of(desk, &record, document)));
            let of_record = purposes_of(desk, &record);
            purposes.extend(of_record.iter().map(|purpose| PurposeHeld {
                purpose: purpose.title.clone(),
                basis: purpose.basis.clone().unwrap_or_else(|| desk.word("answer-basis-term")),
                until: purpose.until.clone().unwrap_or_else(|| desk.word("answer-until-ground-ends")),
            }));
            for name in &others {
                answer.masked.push(Masked {
                    what: desk.attribute(name.as_str()),
                    why: desk.word("answer-masked-other-person"),
                });
            }
            answer.copy.operations.extend(self.operations_of(&record).await?);
            answer.copy.records.push(copy_of(desk, &record, &told, documents, &others, of_record));
            looked.push((Entry::permitted(Operation::Retrieval, &permit).detail("copy"), record));
        }
        answer.copy.operations.sort_by(|a, b| (&a.at, a.ledger).cmp(&(&b.at, b.ledger)));
        // Data may lie where the policy in force names no purpose any more: they are held all the same.
        if purposes.is_empty() && !looked.is_empty() {
            purposes.push(PurposeHeld {
                purpose: desk.word("paper-nothing"),
                basis: desk.word("answer-basis-term"),
                until: desk.word("answer-until-ground-ends"),
            });
        }
        if !data.is_empty() && !answer.copy.operations.is_empty() {
            answer.held = Some(self.held(desk, data, purposes, &answer.copy.operations)?);
        }
        Ok(Report { looked, answer })
    }

    fn held(
        &self,
        desk: &Desk<'_>,
        data: Vec<Datum>,
        purposes: Vec<PurposeHeld>,
        operations: &[CopyOperation],
    ) -> Result<Held, Error> {
        let policy = &desk.view.version.policy;
        let first = operations.len().saturating_sub(ON_PAPER);
        let told = operations.iter().skip(first).map(|one| -> Result<access_answer::Operation, Error> {
            let at: Timestamp = one.at.parse().map_err(|_| Error::Unreadable)?;
            let name = Operation::from_word(&one.operation);
            let what =
                name.map_or_else(|| one.operation.clone(), |op| self.words.operation(op, desk.language));
            let what =
                if one.permitted { what } else { desk.told("answer-refused", &[("operation", &what)]) };
            let actor = one.actor.split(':').next().unwrap_or_default();
            Ok(access_answer::Operation {
                at: desk.zoned(at),
                what,
                who: desk.word(&format!("answer-actor-{actor}")),
                purpose: one
                    .purpose
                    .as_deref()
                    .map_or_else(|| desk.word("answer-your-request"), |purpose| desk.purpose(purpose)),
                place: format!("{}/{}", one.ledger.0, one.ledger.1),
            })
        });
        let operations = told.collect::<Result<Vec<_>, _>>()?;
        let foreign =
            policy.recipients.values().filter(|recipient| recipient.country != policy.operator.storage);
        let abroad = foreign.map(|recipient| {
            let title = recipient.title.in_language(desk.language);
            desk.told("answer-abroad", &[("recipient", title), ("country", &recipient.country)])
        });
        Ok(Held {
            purposes,
            methods: vec![desk.word("answer-method")],
            place: desk.told("answer-place", &[("country", &policy.operator.storage)]),
            data,
            access: vec![desk.word("answer-access-staff"), desk.word("answer-access-programs")],
            recipients: Vec::new(),
            processors: Vec::new(),
            abroad: abroad.collect(),
            measures: (1..=4).map(|number| desk.word(&format!("answer-measure-{number}"))).collect(),
            operations,
        })
    }

    /// The documents of a record that are about the person; their content is in the file that is fetched.
    async fn documents_of(
        &self,
        desk: &Desk<'_>,
        record: &Record,
        permit: &Permit<Read>,
    ) -> Result<Vec<CopyDocument>, Error> {
        let held = self.vault.documents(record, permit).await?;
        let theirs = held.iter().filter(|(_, header)| is_theirs_to_have(&desk.view.version.policy, header));
        let told = theirs.map(|(id, header)| CopyDocument {
            attribute: header.attribute.clone(),
            label: desk.attribute(&header.attribute),
            media_type: header.media_type.clone(),
            bytes: header.bytes,
            file: file_name(*id, header),
        });
        Ok(told.collect())
    }

    /// Every operation that the ledger has of a record, with its place.
    async fn operations_of(&self, record: &Record) -> Result<Vec<CopyOperation>, Error> {
        let told = |Placed { place, leaf, .. }: Placed| {
            let at = Timestamp::from_microsecond(leaf.at).map_err(|_| Error::Unreadable)?;
            Ok(CopyOperation {
                at: at.to_string(),
                operation: leaf.operation,
                permitted: leaf.permitted,
                purpose: leaf.purpose,
                attributes: leaf.attributes,
                // Which member of staff or which program it was is no part of the answer.
                actor: leaf.actor.split(':').next().unwrap_or_default().to_owned(),
                clause: leaf.clause,
                ledger: place,
            })
        };
        self.entries_under(record.tags()).await?.into_iter().map(told).collect()
    }
}

fn data_of(
    desk: &Desk<'_>,
    record: &Record,
    told: &BTreeMap<&AttributeName, &str>,
) -> Result<Vec<Datum>, Error> {
    let mut data = Vec::new();
    for (name, value) in told {
        let Some(held) = record.standing().held.get(*name) else { continue };
        data.push(Datum {
            label: desk.attribute(name.as_str()),
            value: (*value).to_owned(),
            source: desk.word(&format!("answer-source-{}", held.source.as_str())),
            since: desk.zoned(held.recorded_at),
        });
    }
    Ok(data)
}

/// A document as it stands on the paper.
fn datum_of(desk: &Desk<'_>, record: &Record, document: &CopyDocument) -> Option<Datum> {
    let held = record.standing().held.get(document.attribute.as_str())?;
    let size = document.bytes.to_string();
    Some(Datum {
        label: document.label.clone(),
        value: desk.told("answer-document", &[("type", &document.media_type), ("bytes", &size)]),
        source: desk.word(&format!("answer-source-{}", held.source.as_str())),
        since: desk.zoned(held.recorded_at),
    })
}

fn purposes_of(desk: &Desk<'_>, record: &Record) -> Vec<CopyPurpose> {
    let situation = desk.view.situation();
    let standing = record.standing();
    let mut purposes = Vec::new();
    for purpose in situation.policy.purposes.values().filter(|p| p.compartment == *record.compartment()) {
        let (state, basis, until) = match life(&situation, purpose, standing) {
            Life::Unborn => continue,
            Life::Open(basis) => ("open", Some(desk.app.words.basis(Some(basis), desk.language)), None),
            Life::KeptUntil(until, _) => {
                let day = desk.app.words.date(desk.zoned(until).date(), desk.language);
                let because =
                    purpose.keep.as_ref().map(|keep| keep.because.in_language(desk.language).to_owned());
                ("kept", because, Some(day))
            }
            Life::Over(cause) => ("over", Some(desk.app.words.end_cause(cause, desk.language)), None),
        };
        purposes.push(CopyPurpose {
            purpose: purpose.name.to_string(),
            title: purpose.title.in_language(desk.language).to_owned(),
            state: state.to_owned(),
            basis,
            until,
        });
    }
    purposes
}

fn copy_of(
    desk: &Desk<'_>,
    record: &Record,
    told: &BTreeMap<&AttributeName, &str>,
    documents: Vec<CopyDocument>,
    others: &std::collections::BTreeSet<AttributeName>,
    purposes: Vec<CopyPurpose>,
) -> CopyRecord {
    use saqta_domain::terms::consent::ConsentState;
    let standing = record.standing();
    let values = told.iter().filter_map(|(name, value)| {
        let held = standing.held.get(*name)?;
        Some(CopyValue {
            attribute: name.as_str().to_owned(),
            label: desk.attribute(name.as_str()),
            value: (*value).to_owned(),
            source: held.source.as_str().to_owned(),
            recorded_at: held.recorded_at.to_string(),
            confirmed_at: held.confirmed_at.to_string(),
            purposes: held.purposes.iter().map(ToString::to_string).collect(),
        })
    });
    let consents = standing.consents.iter().map(|consent| CopyConsent {
        purpose: consent.purpose.to_string(),
        channel: consent.channel.as_ref().map(ToString::to_string),
        state: match consent.state {
            ConsentState::Given { .. } => "given",
            ConsentState::Refused { .. } => "refused",
            ConsentState::Withdrawn { .. } => "withdrawn",
        },
        policy_version: consent.policy_version,
        text_digest: data_encoding::HEXLOWER.encode(&consent.text_digest),
    });
    CopyRecord {
        compartment: record.compartment().to_string(),
        since: standing.since.to_string(),
        values: values.collect(),
        documents,
        left_out: others.iter().map(|name| name.as_str().to_owned()).collect(),
        purposes,
        consents: consents.collect(),
    }
}
