//! How is a consent record written for machines: the fields of ISO/IEC TS 27560 in the words of the Data Privacy Vocabulary?
//!
//! Each channel is a process of its own, described by the version of the policy whose text was shown last, with everything that
//! was said about it. What the vocabulary has no word for stands under `saqta:`.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use saqta_app::operations::consent_record::{AnswerOnRecord, ConsentsOnRecord, Said, Shown, What};
use saqta_domain::rules::may_inspect::KnownConsentState;
use saqta_domain::terms::attribute::{Attribute, Sensitivity};
use saqta_domain::terms::consent::GivenBy;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::{Language, PurposeName, Wording};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::{Operator, Policy};
use saqta_domain::terms::purpose::Purpose;
use serde_json::{Map, Value, json};

use crate::api::wire::uuid;

/// What the prefixes stand for.
pub(super) fn context() -> Value {
    json!({
        "dpv": "https://w3id.org/dpv#",
        "pd": "https://w3id.org/dpv/pd#",
        "loc": "https://w3id.org/dpv/loc#",
        "dct": "http://purl.org/dc/terms/",
        "saqta": "urn:saqta:",
    })
}

/// The record by itself.
pub(super) fn record(told: &ConsentsOnRecord, host: &str) -> Value {
    let mut record = Map::from_iter([("@context".to_owned(), context())]);
    if let Value::Object(rest) = without_context(told, host) {
        record.extend(rest);
    }
    record.into()
}

/// The record as a part of something that has the context.
pub(super) fn without_context(told: &ConsentsOnRecord, host: &str) -> Value {
    let id = uuid(told.id);
    let statuses = told.answers.iter().flat_map(|answer| statuses(answer, host, told.at));
    let processes = told.answers.iter().filter_map(|answer| process(told, answer, host));
    let mut record = json!({
        "@id": format!("urn:uuid:{id}"),
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": { "@id": "https://w3id.org/dpv/schema/dpv-27560#record" },
        "dct:identifier": id,
        "dct:modified": told.at.to_string(),
        "dpv:hasDataSubject": { "@id": format!("urn:uuid:{}", uuid(told.person)), "@type": "dpv:DataSubject" },
        "dpv:hasProcess": processes.collect::<Vec<_>>(),
        "dpv:hasConsentStatus": statuses.collect::<Vec<_>>(),
    });
    if let (Some(stopped_at), Some(record)) = (told.stopped_at, record.as_object_mut()) {
        record.insert("saqta:stoppedAt".to_owned(), stopped_at.to_string().into());
    }
    record
}

fn process_id(answer: &AnswerOnRecord) -> String {
    format!("urn:uuid:{}", uuid(answer.id))
}

fn process(told: &ConsentsOnRecord, answer: &AnswerOnRecord, host: &str) -> Option<Value> {
    let policy = &answer.version.policy;
    let purpose = policy.purpose(&told.purpose)?;
    let recipients = purpose.to.iter().filter_map(|name| recipient(policy, &purpose.name, name.as_str()));
    let laws = policy.jurisdictions.iter().map(|law| term("loc", &law.to_uppercase()));
    let mut process = json!({
        "@id": process_id(answer),
        "@type": "dpv:Process",
        "saqta:state": answer.known.state.as_str(),
        "dct:language": answer.known.language.tag(),
        "dpv:hasPurpose": {
            "@type": purpose_types(purpose),
            "dct:identifier": purpose.name.as_str(),
            "dct:title": wording(&purpose.title),
        },
        "dpv:hasPersonalData": personal_data(policy, purpose),
        "dpv:hasProcessing": purpose.operations.iter().map(|o| term("dpv", processing(*o))).collect::<Vec<_>>(),
        "dpv:hasLegalBasis": term("dpv", "ExpressedConsent"),
        "dpv:hasDataController": controller(&policy.operator),
        "dpv:hasStorageCondition": storage(policy, purpose),
        "dpv:hasRecipient": recipients.collect::<Vec<_>>(),
        "dpv:hasJurisdiction": laws.collect::<Vec<_>>(),
        "dpv:hasConsentControl": [
            { "@id": format!("{host}/my"), "@type": "dpv:WithdrawConsent" },
            { "@id": format!("mailto:{}", policy.operator.email), "@type": "dpv:WithdrawConsent" },
        ],
    });
    if let (Some(channel), Some(process)) = (&answer.known.channel, process.as_object_mut()) {
        process.insert("saqta:channel".to_owned(), channel.as_str().into());
    }
    Some(process)
}

/// What is asked for channel by channel is leave to write to somebody.
fn purpose_types(purpose: &Purpose) -> Value {
    let writes = purpose.consent.as_ref().is_some_and(|terms| !terms.channels.is_empty());
    if writes { json!(["dpv:Purpose", "dpv:DirectMarketing"]) } else { json!(["dpv:Purpose"]) }
}

fn personal_data(policy: &Policy, purpose: &Purpose) -> Vec<Value> {
    let used = purpose.needs.iter().map(|name| (name, "Required"));
    let used = used.chain(purpose.may.iter().map(|name| (name, "Optional")));
    let declared = used.filter_map(|(name, necessity)| Some((policy.attribute(name)?, necessity)));
    let told = declared.map(|(attribute, necessity)| {
        json!({
            "@type": data_types(attribute),
            "dct:identifier": attribute.name.as_str(),
            "dct:title": wording(&attribute.label),
            "dpv:hasNecessity": term("dpv", necessity),
        })
    });
    told.collect()
}

fn data_types(attribute: &Attribute) -> Vec<&'static str> {
    let mut types = vec!["dpv:PersonalData"];
    types.extend(match attribute.kind {
        Kind::Name => Some("pd:Name"),
        Kind::Email => Some("pd:EmailAddress"),
        Kind::Phone => Some("pd:TelephoneNumber"),
        Kind::Address => Some("pd:PhysicalAddress"),
        Kind::Iin => Some("pd:OfficialID"),
        _ => None,
    });
    types.extend((attribute.sensitivity == Sensitivity::Restricted).then_some("dpv:SensitivePersonalData"));
    types
}

fn processing(operation: Operation) -> &'static str {
    match operation {
        Operation::Collection => "Collect",
        Operation::Recording => "Record",
        Operation::Systematisation => "Organise",
        Operation::Accumulation => "Acquire",
        Operation::Storage => "Store",
        Operation::Rectification | Operation::Updating => "Modify",
        Operation::Alteration => "Alter",
        Operation::Retrieval => "Retrieve",
        Operation::Use => "Use",
        Operation::Transfer => "Transfer",
        Operation::Dissemination => "Disseminate",
        Operation::Provision => "Disclose",
        Operation::Access => "Access",
        Operation::Depersonalisation => "Pseudonymise",
        Operation::Blocking => "Restrict",
        Operation::Erasure => "Erase",
        Operation::Destruction => "Destruct",
    }
}

fn controller(operator: &Operator) -> Value {
    json!({
        "@type": "dpv:DataController",
        "dpv:hasName": wording(&operator.name),
        "dpv:hasIdentifier": operator.bin,
        "dpv:hasAddress": wording(&operator.address),
        "dpv:hasContact": { "@id": format!("mailto:{}", operator.email) },
        "saqta:site": operator.sites,
    })
}

fn storage(policy: &Policy, purpose: &Purpose) -> Vec<Value> {
    let place =
        json!({ "@type": "dpv:StorageLocation", "dpv:hasLocation": term("loc", &policy.operator.storage) });
    let term = purpose
        .consent
        .as_ref()
        .map(|terms| json!({ "@type": "dpv:StorageDuration", "dpv:hasDuration": terms.term.to_string() }));
    let longer = purpose.keep.as_ref().map(|keep| {
        json!({
            "@type": "dpv:StorageDuration",
            "dpv:hasDuration": keep.term.to_string(),
            "dct:description": wording(&keep.because),
        })
    });
    std::iter::once(place).chain(term).chain(longer).collect()
}

fn recipient(policy: &Policy, purpose: &PurposeName, name: &str) -> Option<Value> {
    let recipient = policy.recipients.get(name)?;
    let gets = recipient.gets_for(purpose)?;
    let labels = gets.iter().filter_map(|attribute| policy.attribute(attribute));
    Some(json!({
        "@type": "dpv:Recipient",
        "dct:identifier": recipient.name.as_str(),
        "dpv:hasName": wording(&recipient.title),
        "dpv:hasLocation": term("loc", &recipient.country),
        "dpv:hasPersonalData": labels.map(|a| json!({ "@type": data_types(a), "dct:identifier": a.name.as_str() })).collect::<Vec<_>>(),
    }))
}

/// What was said, and what has become of it without a word.
fn statuses(answer: &AnswerOnRecord, host: &str, now: Timestamp) -> Vec<Value> {
    let mut given = false;
    let mut statuses: Vec<Value> = Vec::new();
    for said in &answer.said {
        let (state, shown, until) = match &said.what {
            What::Given(shown, until) if given => ("RenewedConsentGiven", Some(shown), Some(until)),
            What::Given(shown, until) => ("ConsentGiven", Some(shown), Some(until)),
            What::Refused(shown) => ("ConsentRefused", Some(shown), None),
            What::Withdrawn => ("ConsentWithdrawn", None, None),
        };
        given |= matches!(said.what, What::Given(..));
        let mut status = status(answer, state, said.at);
        status.insert("dpv:isIndicatedBy".to_owned(), who(shown.map(|shown| shown.by).unwrap_or_default()));
        if let Some(shown) = shown {
            status.insert("dpv:hasNotice".to_owned(), notice(shown, host));
            status.insert("saqta:gpc".to_owned(), shown.signalled.into());
        }
        if let Some(until) = until {
            status.insert("dct:valid".to_owned(), until.to_string().into());
        }
        statuses.push(status.into());
    }
    statuses.extend(over(answer, now));
    statuses
}

/// Who answered. Whoever takes an answer back does so for themselves.
fn who(by: GivenBy) -> Value {
    let [subject, guardian] = ["DataSubject", "GuardianOfDataSubject"].map(|who| term("dpv", who));
    match by {
        GivenBy::Subject => subject,
        GivenBy::Together => json!([subject, guardian]),
        GivenBy::Representative => guardian,
    }
}

/// A yes whose term is over, or that the policy has outgrown.
fn over(answer: &AnswerOnRecord, now: Timestamp) -> Option<Value> {
    let until = match answer.said.last()? {
        Said { what: What::Given(_, until), .. } => *until,
        _ => return None,
    };
    match answer.known.state {
        KnownConsentState::Expired => Some(status(answer, "ConsentExpired", until).into()),
        KnownConsentState::Outgrown => Some(status(answer, "ConsentInvalidated", now).into()),
        _ => None,
    }
}

fn status(answer: &AnswerOnRecord, state: &str, at: Timestamp) -> Map<String, Value> {
    let mut status = Map::new();
    status.insert("@type".to_owned(), format!("dpv:{state}").into());
    status.insert("dpv:isIndicatedAtTime".to_owned(), at.to_string().into());
    status.insert("saqta:process".to_owned(), json!({ "@id": process_id(answer) }));
    status
}

/// Which text was shown, and its words.
fn notice(shown: &Shown, host: &str) -> Value {
    let tag = shown.language.tag();
    let mut notice = json!({
        "@id": format!("{host}/policy/v/{}/{tag}", shown.policy_version),
        "@type": "dpv:ConsentNotice",
        "dct:language": tag,
        "saqta:policyVersion": shown.policy_version,
        "saqta:sha256": HEXLOWER.encode(&shown.text_digest),
    });
    if let (Some(text), Some(notice)) = (&shown.text, notice.as_object_mut()) {
        notice.insert("dct:description".to_owned(), json!({ "@value": text, "@language": tag }));
    }
    notice
}

fn term(prefix: &str, name: &str) -> Value {
    json!({ "@id": format!("{prefix}:{name}") })
}

/// A wording in its languages; once where all of them say the same.
fn wording(wording: &Wording) -> Value {
    if wording.kk == wording.ru && wording.ru == wording.en {
        return wording.ru.as_str().into();
    }
    let told = Language::ALL
        .map(|language| json!({ "@value": wording.in_language(language), "@language": language.tag() }));
    json!(told)
}
