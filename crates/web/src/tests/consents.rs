//! Can a shop ask for consent, show what was answered, and can anybody check it?

use axum::body::Body;
use axum::http::Request;
use saqta_app::receipts::verified;
use serde_json::{Value, json};

use super::shop::{Answer, EMAIL, NAME, PHONE, Shop};

async fn of_another_host(shop: &Shop, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path).header("origin", "https://shop.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = shop.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("set-cookie"), "", "{path}");
    if answer.status.is_success() {
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
    }
    answer
}

/// Answers to the texts of advertising, as the form of a shop has them.
async fn answers(shop: &Shop, given: bool, gpc: bool) -> Value {
    let told = of_another_host(shop, "/w/consents.json?purpose=marketing&language=kk", &[]).await.good();
    let text = &told["consents"][0];
    let boxes = text["boxes"].as_array().unwrap().iter().map(|shown| {
        json!({ "channel": shown["channel"], "given": given, "text_digest": text["digest"],
            "language": told["language"], "evidence": "checkout form", "gpc": gpc })
    });
    boxes.collect::<Vec<_>>().into()
}

/// A customer who has said yes to both channels.
async fn agreed(shop: &Shop) -> (Value, Value) {
    let subject = shop.customer().await;
    let consents = answers(shop, true, true).await;
    let body = json!({ "subject": subject, "purpose": "marketing", "consents": consents });
    (subject, shop.post("/v1/consents", &body).await.good())
}

async fn record(shop: &Shop, subject: &Value, form: &str) -> Value {
    let body = json!({ "subject": subject, "purpose": "marketing", "form": form });
    shop.post("/v1/consents/record", &body).await.good()
}

#[tokio::test]
async fn a_page_of_another_host_reads_the_texts_in_its_language() {
    let shop = Shop::open().await;
    for (language, agree) in [("ru", "по SMS"), ("kk", "SMS арқылы"), ("en", "by SMS")] {
        let path = format!("/w/consents.json?purpose=marketing&language={language}");
        let answer = of_another_host(&shop, &path, &[]).await;
        assert!(answer.bytes.len() < 5_000, "{}", answer.bytes.len());
        let told = answer.good();
        assert_eq!((&told["language"], &told["gpc"]), (&json!(language), &json!(false)));
        let text = &told["consents"][0];
        assert_eq!(text["boxes"][1], json!({ "channel": "sms", "label": agree }));
        let policy = shop.get("/policy.json").await.good();
        let declared = policy["purposes"].as_array().unwrap().iter().find(|p| p["name"] == "marketing");
        let declared = &declared.unwrap()["consent"]["texts"][language];
        assert_eq!((&text["text"], &text["digest"]), (&declared["text"], &declared["digest"]));
    }
    let all = of_another_host(&shop, "/w/consents.json", &[("accept-language", "en")]).await;
    assert!(all.header("vary").contains("sec-gpc"));
    let all = all.good();
    let names: Vec<_> = all["consents"].as_array().unwrap().iter().map(|c| c["purpose"].clone()).collect();
    assert_eq!(names, ["marketing", "service_book"]);
    assert_eq!(all["consents"][1]["boxes"], json!([{ "label": "I agree" }]));
    for nothing in ["order", "nothing", "marketing,order"] {
        of_another_host(&shop, &format!("/w/consents.json?purpose={nothing}"), &[])
            .await
            .is(404, "not_found");
    }
    of_another_host(&shop, "/w/consents.json?purpose=E", &[]).await.is(400, "purpose_malformed");
}

#[tokio::test]
async fn the_signal_of_a_browser_is_told_back_only_when_it_is_exact() {
    let shop = Shop::open().await;
    let path = "/w/consents.json?purpose=marketing";
    for (value, heard) in [("1", true), ("0", false), ("true", false)] {
        let told = of_another_host(&shop, path, &[("sec-gpc", value)]).await.good();
        assert_eq!(told["gpc"], heard, "{value}");
    }
}

#[tokio::test]
async fn a_stopped_purpose_is_asked_for_by_no_form() {
    let shop = Shop::open().await;
    let reason = json!({ "reason": "the authority asked for it" }).to_string().into_bytes();
    shop.post_with(&shop.admin, "/v1/purposes/marketing/stop", reason, &[]).await.good();
    let told = of_another_host(&shop, "/w/consents.json?purpose=marketing", &[]).await.good();
    assert_eq!(told["consents"], json!([]));
}

#[tokio::test]
async fn the_script_is_served_to_everybody_and_kept_for_an_hour() {
    let shop = Shop::open().await;
    let script = of_another_host(&shop, "/w/v1.js", &[]).await;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.header("cache-control").contains("max-age=3600"));
    let tag = script.header("etag").to_owned();
    let again = of_another_host(&shop, "/w/v1.js", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    assert_eq!(again.header("access-control-allow-origin"), "*");
    assert_eq!(shop.get("/policy").await.header("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn an_answer_names_the_record_that_has_it() {
    let shop = Shop::open().await;
    let (subject, taken) = agreed(&shop).await;
    let consents = taken["consents"].as_array().unwrap();
    assert_eq!(consents.len(), 2);
    assert_eq!(consents[0]["record_at"], "/v1/consents/record");
    let told = record(&shop, &subject, "record").await;
    for consent in consents {
        assert_eq!(
            (&consent["record"], &consent["given"]),
            (&told["document"]["dct:identifier"], &json!(true))
        );
    }
    // The answer to a request without an answer to a text is as it always was.
    let part = json!({ "purpose": "order", "reference": "A-1003", "values": { "full_name": NAME } });
    let plain = shop.post("/v1/collect", &json!({ "subject": subject, "parts": [part] })).await;
    assert!(plain.good().get("consents").is_none());
}

#[tokio::test]
async fn a_record_tells_the_text_the_times_and_the_signal_and_nothing_of_the_person() {
    let shop = Shop::open().await;
    let (subject, _) = agreed(&shop).await;
    shop.post("/v1/withdraw", &json!({ "subject": subject, "purpose": "marketing", "channel": "sms" }))
        .await
        .good();
    let told = record(&shop, &subject, "record").await;
    let document = &told["document"];
    assert_eq!(document["@type"], "dpv:ConsentRecord");
    assert_eq!(document["dct:conformsTo"]["@id"], "https://w3id.org/dpv/schema/dpv-27560#record");
    let states: Vec<_> =
        document["dpv:hasConsentStatus"].as_array().unwrap().iter().map(|s| s["@type"].clone()).collect();
    assert_eq!(states, ["dpv:ConsentGiven", "dpv:ConsentGiven", "dpv:ConsentWithdrawn"]);
    let given = &document["dpv:hasConsentStatus"][0];
    assert_eq!((&given["saqta:gpc"], &given["dpv:hasNotice"]["dct:language"]), (&json!(true), &json!("kk")));
    assert!(given["dpv:hasNotice"]["dct:description"]["@value"].as_str().unwrap().contains("Келісім 2 жыл"));
    assert_eq!(given["dpv:hasNotice"]["saqta:sha256"], shop.digest("marketing").await);
    let process = &document["dpv:hasProcess"][0];
    assert_eq!((&process["saqta:state"], &process["saqta:channel"]), (&json!("in_force"), &json!("email")));
    assert_eq!(document["dpv:hasProcess"][1]["saqta:state"], "withdrawn");
    assert_eq!(process["dpv:hasJurisdiction"], json!([{ "@id": "loc:KZ" }]));
    assert_eq!(process["dpv:hasRecipient"][0]["dct:identifier"], "sms.dala");
    assert_eq!(process["dpv:hasStorageCondition"][1]["dpv:hasDuration"], "P2Y");
    for form in ["record", "receipt", "kantara"] {
        let told = record(&shop, &subject, form).await;
        for personal in [subject["id"].as_str().unwrap(), NAME, PHONE, EMAIL, "Айгүл", "checkout form"] {
            assert!(!told.to_string().contains(personal), "{form} {personal}");
        }
    }
    // In the record of another purpose the same person has another name.
    let texts = of_another_host(&shop, "/w/consents.json?purpose=service_book&language=kk", &[]).await.good();
    let answer = json!({ "given": false, "text_digest": texts["consents"][0]["digest"], "language": "kk", "evidence": "form" });
    let body = json!({ "subject": subject, "purpose": "service_book", "consents": [answer] });
    shop.post("/v1/consents", &body).await.good();
    let body = json!({ "subject": subject, "purpose": "service_book" });
    let other = shop.post("/v1/consents/record", &body).await.good();
    assert_eq!(other["document"]["dpv:hasConsentStatus"][0]["@type"], "dpv:ConsentRefused");
    assert_ne!(other["document"]["dpv:hasDataSubject"]["@id"], document["dpv:hasDataSubject"]["@id"]);
}

#[tokio::test]
async fn a_receipt_verifies_by_the_published_key_and_names_its_leaf() {
    let shop = Shop::open().await;
    let (subject, _) = agreed(&shop).await;
    let before = shop.leaves().await;
    let told = record(&shop, &subject, "receipt").await;
    assert_eq!(shop.leaves().await, before + 1);
    let published = shop.get("/.well-known/privacy-operations.json").await.good();
    let key = &published["receipt_keys"]["keys"][0];
    assert_eq!((&key["kty"], &key["crv"], &key["alg"]), (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA")));
    let jws = told["jws"].as_str().unwrap();
    let payload = verified(jws, key["x"].as_str().unwrap()).unwrap();
    let payload: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(payload, told["document"]);
    assert_eq!(payload["@type"], "dpv:ConsentReceipt");
    assert_eq!(payload["saqta:ledger"]["saqta:index"], told["receipt"]["index"]);
    assert_eq!(payload["dct:hasPart"]["@type"], "dpv:ConsentRecord");
    let again = record(&shop, &subject, "receipt").await;
    assert_ne!(again["document"]["dct:identifier"], told["document"]["dct:identifier"]);
    assert_eq!(again["document"]["dct:hasPart"]["@id"], told["document"]["dct:hasPart"]["@id"]);
    assert!(record(&shop, &subject, "record").await.get("jws").is_none());
}

#[tokio::test]
async fn kantara_receipts_are_one_for_each_yes() {
    let shop = Shop::open().await;
    let (subject, _) = agreed(&shop).await;
    let told = record(&shop, &subject, "kantara").await;
    let receipts = told["document"].as_array().unwrap();
    assert_eq!(receipts.len(), 2);
    let one = &receipts[0];
    for field in [
        "version",
        "jurisdiction",
        "consentTimestamp",
        "collectionMethod",
        "consentReceiptID",
        "piiPrincipalId",
        "piiControllers",
        "policyUrl",
        "services",
        "sensitive",
        "spiCat",
    ] {
        assert!(!one[field].is_null(), "{field}");
    }
    assert_eq!((&one["version"], &one["jurisdiction"]), (&json!("KI-CR-v1.1.0"), &json!("KZ")));
    let purpose = &one["services"][0]["purposes"][0];
    assert_eq!(
        (&purpose["consentType"], &purpose["thirdPartyDisclosure"]),
        (&json!("EXPLICIT"), &json!(true))
    );
    assert_ne!(one["consentReceiptID"], receipts[1]["consentReceiptID"]);
    let body =
        json!({ "subject": subject, "purpose": "marketing", "consents": answers(&shop, false, false).await });
    shop.post("/v1/consents", &body).await.good();
    let told = record(&shop, &subject, "kantara").await;
    let ended = told["document"][0]["services"][0]["purposes"][0]["termination"].as_str().unwrap().to_owned();
    assert!(ended.starts_with("withdrawn 2026-03-02"), "{ended}");
}

#[tokio::test]
async fn who_was_never_asked_has_no_record_and_another_form_is_not_known() {
    let shop = Shop::open().await;
    let subject = shop.customer().await;
    let of = |purpose: &str| json!({ "subject": subject, "purpose": purpose });
    shop.post("/v1/consents/record", &of("order")).await.is(404, "not_found");
    shop.post("/v1/consents/record", &of("marketing")).await.is(403, "no_record");
    let body = json!({ "subject": subject, "purpose": "marketing", "form": "pdf" });
    shop.post("/v1/consents/record", &body).await.is(400, "json");
}

#[tokio::test]
async fn programs_find_the_operator_at_the_known_addresses() {
    let shop = Shop::with(crate::settings::Settings {
        public_url: "https://privacy.shop.example/".to_owned(),
        ..super::shop::settings()
    })
    .await;
    let gpc = shop.get("/.well-known/gpc.json").await;
    assert_eq!(gpc.header("content-type"), "application/json");
    assert_eq!(gpc.good(), json!({ "gpc": true, "lastUpdate": "2026-01-12" }));
    let security = shop.get("/.well-known/security.txt").await;
    assert_eq!(security.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        security.text(),
        "Contact: mailto:privacy@shop.example\nExpires: 2026-08-29T00:00:00Z\nPreferred-Languages: kk, ru, en\n\
         Canonical: https://privacy.shop.example/.well-known/security.txt\nPolicy: https://privacy.shop.example/policy\n"
    );
    let told = shop.get("/.well-known/privacy-operations.json").await.good();
    assert_eq!((&told["policy_version"], &told["effective_from"]), (&json!(1), &json!("2026-01-12")));
    assert_eq!(told["policy_digest"], shop.get("/policy.json").await.good()["digest"]);
    assert_eq!(told["request_endpoint"], "https://privacy.shop.example/my");
    assert_eq!(told["contact_email"], "privacy@shop.example");
    assert!(told["subject_lines"]["rectification"][0].as_str().unwrap().starts_with("Актуализация"));
    assert_eq!(
        told["deadlines"]["access"],
        json!({ "count": 3, "unit": "working_days", "counts_from": "filed" })
    );
    let rights = told["rights"].as_array().unwrap();
    assert!(rights.contains(&json!("withdrawal")) && !rights.contains(&json!("authority")));
    assert!(Shop::open().await.get("/.well-known/security.txt").await.text().starts_with("Contact: "));
}
