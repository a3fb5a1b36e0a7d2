//! Clause 4.1: people see, correct, block and withdraw by requests of their own; nobody does so for somebody else.

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::pack::verify_pack;
use saqta_domain::terms::request::Matter;
use saqta_domain::terms::request::Outcome;
use saqta_domain::terms::request::course::RequestState;
use saqta_testkit::office::{HERE, file, file_and_confirm, from_page, post, seen};
use saqta_testkit::shop::{Key, Shop, on_both};
use serde_json::{Value, json};

use crate::acts::{about, opens_service_book};

const PHONE: &str = "+77000010001";

/// A buyer whose parcel goes to somebody else.
async fn buys_for_another(shop: &Shop, key: &Key) -> String {
    let body = json!({ "parts": [
        { "purpose": "order", "reference": "A-1", "values": {
            "full_name": "Айгерим Сапарова", "phone": PHONE, "email": "aigerim1@mail.example" } },
        { "purpose": "delivery", "reference": "A-1", "source": "other", "values": {
            "recipient_name": "Нурлан Оспанов", "recipient_phone": "+77000020002",
            "delivery_address": "Шымкент, улица Ста Дорог, 7" } },
    ] });
    shop.post(key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned()
}

#[test]
fn a_copy_has_everything_of_the_person_and_nothing_of_another() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["order", "delivery"]).await;
        buys_for_another(shop, &key).await;
        let filed = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
        let copy: Value = serde_json::from_slice(&shop.app().copy_of(&filed.secret).await.unwrap()).unwrap();
        let text = copy.to_string();
        for own in ["Айгерим Сапарова", PHONE, "aigerim1@mail.example"] {
            assert!(text.contains(own), "{own} is missing");
        }
        for of_another in ["Нурлан", "+77000020002", "Шымкент"] {
            assert!(!text.contains(of_another), "{of_another} is about another person");
        }
        let left_out = copy["records"][0]["left_out"].as_array().unwrap();
        assert_eq!(left_out.len(), 3, "what is left out is said to be: {left_out:?}");
        // Every operation is in it, each with its place in the ledger.
        let operations = copy["operations"].as_array().unwrap();
        assert!(operations.iter().any(|one| one["operation"] == "collection" && one["ledger"][0].is_i64()));
    });
}

/// The documents that are held belong to the copy; each is on record as opened, and whoever shows nothing gets none.
#[test]
fn a_copy_brings_the_documents_along() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["order", "delivery", "service_book"]).await;
        let subject = buys_for_another(shop, &key).await;
        opens_service_book(shop, &key, &subject).await;
        // More than one chunk, so that the file cannot be one piece.
        let text = "Договор о покупке автомобиля. ".repeat(9_000);
        let scan = about(&subject, "service_book", json!({ "attribute": "contract_scan" }));
        shop.upload(&key, &scan, "text/plain", text.as_bytes()).await.done();
        let filed = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        let copy: Value = serde_json::from_slice(&shop.app().copy_of(&filed.secret).await.unwrap()).unwrap();
        let records = copy["records"].as_array().unwrap();
        let documents: Vec<&Value> =
            records.iter().flat_map(|record| record["documents"].as_array().unwrap()).collect();
        assert_eq!((documents.len(), &documents[0]["media_type"]), (1, &json!("text/plain")));

        let mut parts = shop.app().copy_zip(&filed.secret).await.unwrap();
        let (mut bytes, mut pieces) = (Vec::new(), 0);
        while let Some(part) = parts.next(shop.app()).await.unwrap() {
            bytes.extend(part);
            pieces += 1;
        }
        assert!(pieces > 3, "the file is written while it is fetched");
        let found = verify_pack(&bytes, None).unwrap();
        assert_eq!((found.ok, found.files), (true, 3), "{:?}", found.failures);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut read = String::new();
        let name = documents[0]["file"].as_str().unwrap();
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut read).unwrap();
        assert_eq!(read, text);

        shop.wait(31.minutes()).await;
        let late = shop.app().copy_zip(&filed.secret).await.err();
        assert!(matches!(late, Some(Error::Request(RequestFault::ProofOver))));
    });
}

#[test]
fn a_stranger_who_knows_the_number_and_the_contact_gets_nothing() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["order", "delivery"]).await;
        buys_for_another(shop, &key).await;
        // The code goes to the contact on file, and the stranger does not have it.
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        let language = seen(shop, &filed).await.language;
        for code in ["", "000000", "abcdef", "0000000"] {
            let tried = shop.app().confirm_code(&filed.secret, code, HERE, language).await;
            assert!(matches!(tried, Err(Error::Request(RequestFault::CodeWrong))), "{code}");
        }
        assert!(shop.app().copy_of(&filed.secret).await.is_err());
        assert!(shop.app().consent_switches(&filed.secret, language).await.is_err());
        drop(letters);
    });
}

#[test]
fn a_shop_passes_on_a_request_only_with_a_key_that_may_give_access() {
    on_both(async |shop| {
        let _letters = post(shop);
        let key = shop.key(&["order", "delivery"]).await;
        let subject = buys_for_another(shop, &key).await;
        let body = json!({ "subject": { "id": subject }, "kind": "access", "language": "kk" });
        let filed = shop.post(&key, "/v1/requests", body.clone()).await.done();
        assert_eq!((filed["awaits_identity"].as_bool(), filed["number"].as_u64()), (Some(false), Some(1)));
        let copy = shop.app().copy_of(filed["secret"].as_str().unwrap()).await.unwrap();
        assert!(String::from_utf8(copy.to_vec()).unwrap().contains("aigerim1@mail.example"));
        let courier = shop.key_with(&["delivery"], &["retrieval", "use"], Some("7 of 2026-01-12")).await;
        let refused = shop.post(&courier, "/v1/requests", body).await;
        assert_eq!((refused.status, refused.body["code"].as_str()), (403, Some("not_authorised")));
    });
}
