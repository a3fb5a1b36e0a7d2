//! What the tests of requests share: a customer, and what they ask.

use std::collections::BTreeSet;

use saqta_app::requests::desk::Deed;
use saqta_app::requests::file::Filing;
use saqta_app::requests::record::RepresentativeSeen;
use saqta_domain::terms::request::{Applicant, Matter};
use saqta_testkit::office::{HERE, code, from_page, seen};
use saqta_testkit::shop::Shop;
use serde_json::json;

pub const PHONE: &str = "+77000010001";

pub fn withdrawal() -> Matter {
    Matter::Withdrawal { purposes: BTreeSet::new(), channel: None }
}

pub fn destruction() -> Matter {
    Matter::Destruction { ground: None, purposes: BTreeSet::new() }
}

/// A customer with an open order who agreed to advertising by SMS.
pub async fn customer(shop: &Shop) -> (saqta_testkit::shop::Key, String) {
    let key = shop.key(&["order", "marketing", "delivery", "service_book"]).await;
    let subject = shop.customer(&key, 1).await;
    let body = json!({ "subject": { "id": subject }, "parts": [{
        "purpose": "marketing", "values": { "phone": PHONE },
        "consents": [shop.answer_to("marketing", Some("sms"), true)],
    }] });
    shop.post(&key, "/v1/collect", body).await.done();
    (key, subject)
}

/// Somebody who keeps a service book here, and has an open order.
pub async fn driver(shop: &Shop) -> (saqta_testkit::shop::Key, String) {
    let key = shop.key(&["service_book", "order"]).await;
    let body = json!({ "parts": [{
        "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
        "consents": [shop.answer_to("service_book", None, true)],
    }, { "purpose": "order", "reference": "A-1", "values": {
        "full_name": "Айгерим Сапарова", "phone": PHONE, "email": "aigerim1@mail.example" } }] });
    let done = shop.post(&key, "/v1/collect", body).await.done();
    (key, done["subject"].as_str().unwrap().to_owned())
}

/// A child of twelve who keeps a service book here, as a parent agreed.
pub async fn child(shop: &Shop) {
    let key = shop.key(&["order", "service_book"]).await;
    let mut consent = shop.answer_to("service_book", None, true);
    consent["given_by"] = "representative".into();
    let body = json!({ "parts": [{
        "purpose": "service_book",
        "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389", "birth_date": "2013-05-01" },
        "consents": [consent],
    }, { "purpose": "order", "reference": "A-1", "values": {
        "full_name": "Айгерим Сапарова", "phone": PHONE, "email": "aigerim1@mail.example" } }] });
    shop.post(&key, "/v1/collect", body).await.done();
}

/// A request of somebody who says they act for the customer.
pub fn of_a_representative(matter: Matter) -> Filing {
    let mut filing = from_page(matter, PHONE);
    filing.by = Applicant::Representative;
    filing.answer_to = "+77000017777".to_owned();
    filing
}

/// The authority of a parent.
pub fn birth_certificate() -> Deed {
    Deed::IdentifyRepresentative(RepresentativeSeen {
        kind: "свидетельство о рождении".into(),
        number: "0123456".into(),
        until: "2031-05-01".into(),
    })
}

pub async fn may_advertise(shop: &Shop, key: &saqta_testkit::shop::Key, subject: &str) -> bool {
    let body = json!({ "subject": { "id": subject }, "purpose": "marketing", "channel": "sms", "attributes": ["phone"] });
    shop.post(key, "/v1/use", body).await.status == 200
}

/// Shows by another code that they are still there.
pub async fn show_anew(shop: &Shop, letters: &std::path::Path, filed: &saqta_app::requests::file::Filed) {
    let language = seen(shop, filed).await.language;
    shop.app().send_code_again(&filed.secret, HERE, language).await.unwrap();
    let sent = code(shop, letters).await.unwrap();
    shop.app().confirm_code(&filed.secret, &sent, HERE, language).await.unwrap();
}
