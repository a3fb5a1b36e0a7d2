//! What does a shop ask of the server day by day, and in which words?

use saqta_domain::terms::names::CompartmentName;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::vault::Record;
use saqta_testkit::shop::{Key, Shop, example_files};
use serde_json::{Map, Value, json};

/// A request about somebody for a purpose, with what else it says.
pub fn about(subject: &str, purpose: &str, more: Value) -> Value {
    let mut request = json!({ "subject": { "id": subject }, "purpose": purpose });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    request
}

/// Values of somebody, new or known, for one purpose, on the evidence named.
pub fn values(subject: Option<&str>, purpose: &str, reference: &str, values: Value) -> Value {
    let mut request = json!({ "parts": [{ "purpose": purpose, "reference": reference, "values": values }] });
    if let Some(subject) = subject {
        request["subject"] = json!({ "id": subject });
    }
    request
}

/// Something that happened to somebody.
pub fn event(subject: &str, event: &str, reference: &str) -> Value {
    json!({ "subject": { "id": subject }, "event": event, "reference": reference })
}

/// The example policy as a request to approve and publish it, some of its words replaced.
pub fn policy_with(changes: &[(&str, &str)]) -> Value {
    let mut request = draft_with(changes);
    request["approved_by"] = APPROVER.into();
    request
}

/// Who approves versions. It stands sealed in the version, and nowhere else.
pub const APPROVER: &str = "Сарсенова А., директор";

/// The example policy as a request to keep it as a draft, some of its words replaced.
pub fn draft_with(changes: &[(&str, &str)]) -> Value {
    let mut files: Map<String, Value> = Map::new();
    for (name, bytes) in example_files() {
        let mut text = String::from_utf8(bytes).unwrap();
        if name == "policy.toml" {
            for (old, new) in changes {
                assert!(text.contains(old), "`{old}` is not in the policy");
                text = text.replacen(old, new, 1);
            }
        }
        files.insert(name, text.into());
    }
    files.retain(|name, _| !name.starts_with("story"));
    json!({ "files": files })
}

/// The words of the second version of the policy, in force from the fourth of March 2026.
pub const SECOND_VERSION: [(&str, &str); 2] = [
    ("version        = 1", "version        = 2"),
    ("effective_from = 2026-01-12", "effective_from = 2026-03-04"),
];

/// Opens the service book of a customer, with their consent.
pub async fn opens_service_book(shop: &Shop, key: &Key, subject: &str) {
    let mut request = values(
        Some(subject),
        "service_book",
        "",
        json!({ "car_plate": "412ABK02", "car_vin": "ZZZAA11B5S0000101" }),
    );
    request["parts"][0]["consents"] = json!([shop.answer_to("service_book", None, true)]);
    shop.post(key, "/v1/collect", request).await.done();
}

/// Takes a yes to advertising through a channel.
pub async fn agrees_to_marketing(shop: &Shop, key: &Key, subject: &str, channel: &str) {
    let consents = json!({ "consents": [shop.answer_to("marketing", Some(channel), true)] });
    shop.post(key, "/v1/consents", about(subject, "marketing", consents)).await.done();
}

/// The decision behind an answer, by the receipt in it.
pub async fn decision(shop: &Shop, key: &Key, answer: &Value) -> Value {
    let receipt = &answer["receipt"];
    shop.get(Some(key), &format!("/v1/decisions/{}-{}", receipt["log"], receipt["index"])).await.done()
}

/// The latest decisions about somebody in a purpose's compartment, the latest first.
pub async fn decisions(shop: &Shop, key: &Key, subject: &str, purpose: &str) -> Vec<Value> {
    let found = shop.post(key, "/v1/decisions", about(subject, purpose, json!({}))).await.done();
    found["decisions"].as_array().unwrap().clone()
}

/// What the store below has of somebody in a compartment.
pub async fn record(shop: &Shop, compartment: &str, subject: &str) -> Option<Record> {
    let compartment = CompartmentName::new(compartment).unwrap();
    let subject = SubjectId::from_hex(subject).unwrap();
    shop.app().vault().record(&compartment, subject).await.unwrap()
}
