//! Does each request about a person do what it says, and leave a leaf?

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::shop::{EMAIL, NAME, PHONE, Shop, order};

/// Sends a request that must be good, and must leave a leaf.
async fn done(shop: &Shop, path: &str, body: Value) -> Value {
    let before = shop.leaves().await;
    let answer = shop.post(path, &body).await.good();
    assert!(shop.leaves().await > before, "{path} left no leaf");
    answer
}

#[tokio::test]
async fn every_request_about_a_person_leaves_a_leaf() {
    let shop = Shop::open().await;
    let collected = done(&shop, "/v1/collect", order()).await;
    assert_eq!(collected["new"], true);
    let subject = json!({ "id": collected["subject"] });
    let by_email = json!({ "attribute": "email", "value": "aigul@MAIL.example" });
    let found =
        done(&shop, "/v1/look-up", json!({ "purpose": "order", "attribute": "email", "value": EMAIL })).await;
    assert_eq!(found["subject"], collected["subject"]);
    let wanted = json!({ "subject": by_email, "purpose": "order", "attributes": ["full_name", "phone"] });
    let values = done(&shop, "/v1/retrieve", wanted.clone()).await;
    assert_eq!(values["values"], json!({ "full_name": NAME, "phone": PHONE }));
    assert_eq!(values["basis"], "contract");
    let page = done(&shop, "/v1/list", json!({ "purpose": "order", "attributes": ["phone"] })).await;
    assert_eq!(page["persons"][0]["values"]["phone"], PHONE);
    let known = done(&shop, "/v1/inspect", json!({ "subject": subject, "purpose": "order" })).await;
    assert_eq!((&known["now"]["basis"], &known["subject"]), (&json!("contract"), &collected["subject"]));
    let used = done(&shop, "/v1/use", wanted.clone()).await;
    assert_eq!((&used["allowed"], &used["subject"]), (&json!(true), &collected["subject"]));

    let answer = |channel: &str, digest: String| json!({ "channel": channel, "given": true, "text_digest": digest, "language": "kk", "evidence": "form 7" });
    let digest = shop.digest("marketing").await;
    let consents =
        json!({ "subject": subject, "purpose": "marketing", "consents": [answer("email", digest)] });
    done(&shop, "/v1/consents", consents).await;
    let withdrawn = done(&shop, "/v1/withdraw", json!({ "subject": subject, "purpose": "marketing" })).await;
    assert_eq!(withdrawn["purposes"][0]["state"], "stopped");

    let of = |more: Value| {
        let mut body = json!({ "subject": subject, "purpose": "order" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let rectified =
        done(&shop, "/v1/rectify", of(json!({ "values": { "phone": "+77000000003" }, "source": "staff" })))
            .await;
    assert_eq!(rectified["applied"], true);
    done(&shop, "/v1/confirm", of(json!({ "attributes": ["phone"] }))).await;
    let block = json!({ "reason": "inaccurate", "scope": { "attributes": ["phone"] } });
    let block = done(&shop, "/v1/restrict", of(block)).await;
    shop.post("/v1/retrieve", &wanted).await.is(403, "blocked");
    done(&shop, "/v1/unrestrict", of(json!({ "restriction": block["restriction"] }))).await;
    let hold = done(&shop, "/v1/hold", of(json!({ "ground": "court order 7514-26" }))).await;
    done(&shop, "/v1/lift-hold", of(json!({ "hold": hold["hold"] }))).await;
    let event = json!({ "subject": subject, "event": "order.closed", "reference": "A-1002" });
    let ended = done(&shop, "/v1/events", event).await;
    assert!(ended["ended"]["order"].as_str().unwrap().starts_with("2029"), "{ended}");

    let about = shop.post("/v1/decisions", &of(json!({}))).await.good();
    let decisions = about["decisions"].as_array().unwrap();
    assert!(decisions.len() > 10);
    assert!(decisions.iter().any(|d| d["code"] == "blocked" && d["told"]["needs"].is_string()));
}

#[tokio::test]
async fn what_ends_data_says_what_stays_and_a_dry_run_ends_nothing() {
    let shop = Shop::open().await;
    let digest = shop.digest("marketing").await;
    let consent = json!({ "channel": "email", "given": true, "text_digest": digest, "language": "kk", "evidence": "form" });
    let part = json!({ "purpose": "marketing", "values": { "email": EMAIL }, "consents": [consent] });
    for path in ["/v1/erase", "/v1/destroy"] {
        let collected = done(&shop, "/v1/collect", json!({ "parts": [part] })).await;
        let whose = json!({ "subject": { "id": collected["subject"] }, "purpose": "marketing" });
        done(&shop, "/v1/withdraw", whose.clone()).await;
        let mut trial = whose.clone();
        trial["dry_run"] = json!(true);
        let planned = shop.post(path, &trial).await.good();
        assert_eq!(planned["attributes"], json!(["email"]));
        let ended = done(&shop, path, whose.clone()).await;
        assert_eq!((&ended["attributes"], &ended["anything_left"]), (&json!(["email"]), &json!(false)));
        let wanted = json!({ "subject": whose["subject"], "purpose": "marketing", "attributes": ["email"] });
        shop.post("/v1/retrieve", &wanted).await.is(403, "no_record");
    }
}

#[tokio::test]
async fn a_demand_to_stop_says_what_goes_on() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let stopped = done(&shop, "/v1/stop", json!({ "subject": customer })).await;
    let lines = stopped["purposes"].as_array().unwrap();
    assert!(lines.iter().any(|l| l["purpose"] == "order" && l["state"] == "kept"), "{stopped}");
}

#[tokio::test]
async fn a_document_comes_back_as_an_attachment_and_as_it_was() {
    let shop = Shop::open().await;
    let digest = shop.digest("service_book").await;
    let consent = json!({ "given": true, "text_digest": digest, "language": "kk", "evidence": "form" });
    let values = json!({ "car_plate": "087CDE01", "car_vin": "ZZZAA11B0S0000202" });
    let part = json!({ "purpose": "service_book", "values": values, "consents": [consent] });
    let collected = done(&shop, "/v1/collect", json!({ "parts": [part] })).await;
    let whose = json!({ "subject": { "id": collected["subject"] }, "purpose": "service_book", "attribute": "contract_scan" });
    let form = |boundary: &str, media_type: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n{whose}\r\n--{boundary}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{NAME}.pdf\"\r\nContent-Type: {media_type}\r\n\r\n\
             %PDF-1.7 scan\r\n--{boundary}--\r\n"
        )
        .into_bytes()
    };
    let send = async |boundary: &str, media_type: &str, key: &str| {
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let headers = [("content-type", content_type.as_str()), ("idempotency-key", key)];
        shop.post_with(&shop.clerk, "/v1/documents", form(boundary, media_type), &headers).await
    };
    let before = shop.leaves().await;
    let kept = send("one", "application/pdf", "d-1").await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text());
    let kept = kept.good();
    assert!(shop.leaves().await > before);
    // The boundary between the parts is another, the request is the same.
    assert_eq!(send("two", "application/pdf", "d-1").await.good(), kept);
    send("one", "text/plain", "d-1").await.is(409, "idempotency_conflict");
    send("one", "text/html", "d-2").await.is(415, "media_type_not_accepted");
    let mut wanted = whose.clone();
    wanted["document"] = kept["document"].clone();
    let opened = shop.post("/v1/documents/open", &wanted).await;
    assert_eq!(opened.bytes, b"%PDF-1.7 scan");
    assert_eq!(opened.header("content-type"), "application/pdf");
    assert_eq!(opened.header("content-disposition"), "attachment");
    assert_eq!(opened.header("x-content-type-options"), "nosniff");
    shop.post("/v1/documents", &whose).await.is(415, "media_type");
}

#[tokio::test]
async fn a_visitor_becomes_a_customer() {
    let shop = Shop::open().await;
    let policy = shop.app.view().await.unwrap().version.policy;
    let link = policy.links.first().expect("the example declares a link");
    let part =
        json!({ "purpose": "site_visit", "reference": "visit 7", "values": { "visitor_id": "vis-7f3a02" } });
    let visitor = done(&shop, "/v1/collect", json!({ "parts": [part] })).await;
    let customer = shop.customer().await;
    let body = json!({
        "visitor": { "id": visitor["subject"] },
        "customer": customer,
        "from": link.from.as_str(),
        "to": link.to.as_str(),
    });
    done(&shop, "/v1/link", body).await;
}

#[tokio::test]
async fn the_same_request_sent_twice_happens_once() {
    let shop = Shop::open().await;
    let body = order().to_string().into_bytes();
    let headers = [("idempotency-key", "order-A-1002")];
    let first = shop.post_with(&shop.clerk, "/v1/collect", body.clone(), &headers).await;
    let leaves = shop.leaves().await;
    let second = shop.post_with(&shop.clerk, "/v1/collect", body.clone(), &headers).await;
    assert_eq!((first.status, &first.bytes), (second.status, &second.bytes));
    assert_eq!(shop.leaves().await, leaves);
    let other = [body, b" ".to_vec()].concat();
    shop.post_with(&shop.clerk, "/v1/collect", other, &headers).await.is(409, "idempotency_conflict");
    for bad in ["", "a b", &"k".repeat(129)] {
        let answer =
            shop.post_with(&shop.clerk, "/v1/collect", b"{}".to_vec(), &[("idempotency-key", bad)]).await;
        answer.is(400, "idempotency_key_malformed");
    }
}

#[tokio::test]
async fn a_decision_is_proved_to_those_who_may_see_it() {
    let shop = Shop::open().await;
    let collected = shop.post("/v1/collect", &order()).await.good();
    let receipt = &collected["receipt"];
    let place = format!("{}-{}", receipt["log"], receipt["index"]);
    let decision = shop.get_as(&shop.clerk, &format!("/v1/decisions/{place}")).await;
    assert!(!decision.text().contains(EMAIL) && !decision.text().contains(PHONE));
    let decision = decision.good();
    assert_eq!((&decision["operation"], &decision["permitted"]), (&json!("collection"), &json!(true)));
    assert_eq!(decision["explanation"]["clause"]["number"], decision["clause"]);
    let proof = shop.get_as(&shop.clerk, &format!("/v1/ledger/proof/{place}")).await.good();
    let proof: saqta_app::evidence::InclusionProof = serde_json::from_value(proof).unwrap();
    assert!(saqta_app::evidence::verify_proof(&proof).unwrap() > 0);
    let key = shop.get("/v1/ledger/key").await;
    assert_eq!(key.text(), proof.verifier_key);
    let note = shop.get("/v1/ledger/checkpoint").await;
    assert!(note.header("content-type").starts_with("text/plain"));
    let size = shop.leaves().await;
    let path = format!("/v1/ledger/consistency?log={}&old=1&new={size}", receipt["log"]);
    assert!(shop.get(&path).await.good()["hashes"].is_array());
    shop.get("/v1/ledger/consistency?log=1&old=1").await.is(400, "query_malformed");
    shop.get_as(&shop.clerk, "/v1/decisions/0-999999").await.is(404, "not_found");
    shop.get_as(&shop.clerk, "/v1/decisions/x").await.is(400, "receipt_malformed");
}

#[tokio::test]
async fn a_decision_is_explained_by_the_words_of_its_clause_and_the_line_of_the_law() {
    let shop = Shop::open().await;
    let collected = shop.post("/v1/collect", &order()).await.good();
    let subject = json!({ "id": collected["subject"] });
    let explained = async |receipt: &Value, language: &str| {
        let path = format!("/v1/decisions/{}-{}", receipt["log"], receipt["index"]);
        let told = shop.get_in(&shop.clerk, &path, language).await;
        for personal in [EMAIL, PHONE, NAME, collected["subject"].as_str().unwrap()] {
            assert!(!told.text().contains(personal), "{}", told.text());
        }
        told.good()
    };

    let read = json!({ "subject": subject, "purpose": "order", "attributes": ["phone"] });
    let permitted = shop.post("/v1/retrieve", &read).await.good();
    let told = explained(&permitted["receipt"], "ru").await;
    let view = shop.app.view().await.unwrap();
    let clause = saqta_domain::terms::names::Clause::fixed("6.4");
    let language = saqta_domain::terms::names::Language::Russian;
    let text = &view.version.texts.document(language).unwrap().clause(&clause).unwrap().markdown;
    let why = &told["explanation"];
    assert_eq!((&told["rule"], &told["clause"]), (&json!("basis_stands"), &json!("6.4")));
    assert_eq!((&why["clause"]["text"], &why["clause"]["language"]), (&json!(text), &json!("ru")));
    assert_eq!(why["basis"], "договор");
    assert!(why["policy"]["url"].as_str().unwrap().ends_with("/policy/v/1"));
    assert!(why["policy"]["digest"].as_str().unwrap().starts_with(told["policy_digest"].as_str().unwrap()));
    assert_eq!((&why["law"]["knows"], &why["law"]["certainty"]), (&json!(false), &json!("T")));
    assert!(why["law"]["source"].as_str().unwrap().starts_with("94-V art. 7(1)"));
    assert_eq!(told["law_verified"], true);
    let sentences = told["told"]["sentences"].to_string();
    assert!(sentences.contains("Разрешено по пункту 6.4") && sentences.contains("не знает"), "{sentences}");

    let too_much = json!({ "subject": subject, "purpose": "order", "attributes": ["iin"] });
    let refused = shop.post("/v1/retrieve", &too_much).await;
    let told = explained(&refused.json()["receipt"], "en").await;
    assert_eq!((&told["permitted"], &told["code"]), (&json!(false), &json!("attribute_not_needed")));
    assert_eq!(told["explanation"]["clause"]["number"], "5.5");
    let sentences = told["told"]["sentences"].to_string();
    assert!(
        sentences.contains("It was refused by clause 5.5") && sentences.contains("What would be needed: "),
        "{sentences}"
    );
    let kazakh = explained(&refused.json()["receipt"], "kk").await;
    assert!(kazakh["told"]["sentences"].to_string().contains("5.5-тармақ бойынша бас тартылды"));
}
