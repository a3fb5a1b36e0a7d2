//! How does a consent look to a program that reads Kantara consent receipts 1.1?
//!
//! That form knows a yes and nothing else, so there is one receipt for each channel to which somebody said yes, and its
//! `termination` says whether and when it ended. A telephone of the operator is wanted there and declared nowhere; it is empty.

use jiff::Timestamp;
use saqta_app::operations::consent_record::{AnswerOnRecord, ConsentsOnRecord};
use saqta_domain::rules::may_inspect::KnownConsentState;
use saqta_domain::terms::attribute::{Attribute, Sensitivity};
use saqta_domain::terms::names::Language;
use serde_json::{Value, json};

use crate::api::wire::uuid;

/// The receipts.
pub(super) fn receipts(told: &ConsentsOnRecord, host: &str) -> Value {
    told.answers.iter().filter_map(|answer| receipt(told, answer, host)).collect::<Vec<_>>().into()
}

fn receipt(told: &ConsentsOnRecord, answer: &AnswerOnRecord, host: &str) -> Option<Value> {
    let known = &answer.known;
    if known.state == KnownConsentState::Refused {
        return None;
    }
    let (policy, language) = (&answer.version.policy, known.language);
    let purpose = policy.purpose(&told.purpose)?;
    let operator = &policy.operator;
    let name = operator.name.in_language(language);
    let used = purpose.needs.iter().chain(&purpose.may).filter_map(|name| policy.attribute(name));
    let used: Vec<&Attribute> = used.collect();
    let sensitive: Vec<&Attribute> =
        used.iter().copied().filter(|a| a.sensitivity == Sensitivity::Restricted).collect();
    let others = purpose.to.iter().filter_map(|to| policy.recipient(to));
    let others = others.filter(|other| other.gets_for(&purpose.name).is_some_and(|gets| !gets.is_empty()));
    let others: Vec<&str> = others.map(|other| other.title.in_language(language)).collect();
    Some(json!({
        "version": "KI-CR-v1.1.0",
        "jurisdiction": policy.jurisdictions.iter().map(|law| law.to_uppercase()).collect::<Vec<_>>().join(", "),
        "consentTimestamp": known.answered_at.as_second(),
        "collectionMethod": match &known.channel {
            Some(channel) => format!("answer to the published consent text, channel {channel}"),
            None => "answer to the published consent text".to_owned(),
        },
        "consentReceiptID": uuid(answer.id),
        "language": language.tag(),
        "piiPrincipalId": uuid(told.person),
        "piiControllers": [{
            "piiController": name,
            "onBehalf": false,
            "contact": name,
            "address": { "streetAddress": operator.address.in_language(language) },
            "email": operator.email,
            "phone": "",
            "piiControllerUrl": operator.sites.first(),
        }],
        "policyUrl": format!("{host}/policy/v/{}/{}", known.policy_version, language.tag()),
        "services": [{
            "service": operator.sites.first().map_or(name, String::as_str),
            "purposes": [{
                "purpose": purpose.title.in_language(language),
                "purposeCategory": [purpose.name.as_str()],
                "consentType": "EXPLICIT",
                "piiCategory": labels(&used, language),
                "primaryPurpose": false,
                "termination": termination(answer, told.stopped_at),
                "thirdPartyDisclosure": !others.is_empty(),
                "thirdPartyName": others.join(", "),
            }],
        }],
        "sensitive": !sensitive.is_empty(),
        "spiCat": labels(&sensitive, language),
    }))
}

fn labels<'a>(attributes: &[&'a Attribute], language: Language) -> Vec<&'a str> {
    attributes.iter().map(|attribute| attribute.label.in_language(language)).collect()
}

/// When it ended, or will end.
fn termination(answer: &AnswerOnRecord, stopped_at: Option<Timestamp>) -> String {
    let known = &answer.known;
    match (known.withdrawn_at, stopped_at, known.until) {
        (Some(at), ..) => format!("withdrawn {at}"),
        (None, Some(at), _) => format!("all processing stopped {at}"),
        (None, None, Some(until)) if known.state == KnownConsentState::Expired => format!("expired {until}"),
        (None, None, Some(until)) => format!("{until}"),
        (None, None, None) => known.state.as_str().to_owned(),
    }
}
