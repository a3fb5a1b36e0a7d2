//! What is a caller told when a request is wrong, and what is never told?

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use serde_json::json;

use super::shop::{EMAIL, PHONE, Shop, order, send, settings};
use crate::routes::{Web, dressed};

#[tokio::test]
async fn a_body_that_is_no_wanted_json_is_told_by_its_place() {
    let shop = Shop::open().await;
    let send = async |body: &[u8]| shop.post_with(&shop.clerk, "/v1/collect", body.to_vec(), &[]).await;
    let broken = send(b"{\n  \"parts\": oops}").await;
    broken.is(400, "json");
    assert_eq!((&broken.json()["line"], &broken.json()["column"]), (&json!(2), &json!(12)));
    let unknown = send(b"{\"parts\": [], \"secret\": 1}").await;
    unknown.is(400, "json");
    assert!(!unknown.text().contains("secret") && unknown.text().contains("`parts`"));
    send(b"{\"parts\": [\xff]}").await.is(400, "json");
    send(b"{\"parts\": [{\"purpose\": \"\xff\xfe\"}]}").await.is(400, "json");
    send(b"").await.is(400, "json");
    send(b"[]").await.is(400, "json");
    send(b"{\"parts\": []}").await.is(400, "nothing_to_collect");
    let deep = "[".repeat(10_000);
    send(deep.as_bytes()).await.is(400, "json");
}

#[tokio::test]
async fn another_content_type_and_a_huge_body_are_refused() {
    let shop = Shop::open().await;
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "multipart/form-data"]
    {
        let headers = [("content-type", content_type)];
        let body = order().to_string().into_bytes();
        shop.post_with(&shop.clerk, "/v1/collect", body, &headers).await.is(415, "media_type");
    }
    let headers = [("content-type", "Application/JSON; charset=utf-8")];
    let good = shop.post_with(&shop.clerk, "/v1/collect", order().to_string().into_bytes(), &headers).await;
    assert_eq!(good.status, 201);
    let huge = vec![b' '; crate::routes::JSON_LIMIT + 1];
    shop.post_with(&shop.clerk, "/v1/collect", huge, &[]).await.is(413, "too_large");
}

#[tokio::test]
async fn a_document_larger_than_the_limit_is_refused() {
    let small = crate::settings::Settings { max_document_bytes: 1024, ..settings() };
    let shop = Shop::with(small).await;
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".to_vec();
    body.extend(vec![b'x'; 200_000]);
    body.extend(b"\r\n--b--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=b")];
    shop.post_with(&shop.clerk, "/v1/documents", body, &headers).await.is(413, "too_large");
    for bad in
        ["", "--b\r\nbroken", "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"]
    {
        let answer = shop.post_with(&shop.clerk, "/v1/documents", bad.into(), &headers).await;
        answer.is(400, "form_malformed");
    }
}

#[tokio::test]
async fn errors_speak_the_callers_language() {
    let shop = Shop::open().await;
    let body = json!({ "subject": { "id": "a".repeat(32) }, "purpose": "order", "attributes": ["phone"] });
    let mut told = std::collections::BTreeSet::new();
    for (header, tag) in [("kk-KZ", "kk"), ("ru", "ru"), ("en-GB,en;q=0.9", "en"), ("de", "ru")] {
        let headers = [("accept-language", header)];
        let bytes = body.to_string().into_bytes();
        let answer = shop.post_with(&shop.clerk, "/v1/retrieve", bytes, &headers).await;
        answer.is(403, "no_record");
        assert_eq!(answer.header("content-language"), tag);
        let problem = answer.json();
        assert_eq!(problem["type"], "/problems/no_record");
        assert!(problem["receipt"]["index"].is_i64() && problem["clause"].is_string());
        told.insert(problem["title"].as_str().unwrap().to_owned());
    }
    assert_eq!(told.len(), 3);
}

#[tokio::test]
async fn no_error_repeats_a_personal_value() {
    let shop = Shop::open().await;
    shop.customer().await;
    const IIN: &str = "910725490024";
    let bodies = [
        (
            "/v1/collect",
            json!({ "parts": [{ "purpose": "invoice", "reference": "A-1", "values": { "full_name": EMAIL, "iin": IIN } }] }),
        ),
        (
            "/v1/collect",
            json!({ "parts": [{ "purpose": "order", "reference": "A-1", "values": { "iin": IIN } }] }),
        ),
        ("/v1/collect", json!({ "parts": [{ "purpose": EMAIL, "values": { EMAIL: PHONE } }] })),
        ("/v1/collect", json!({ "parts": [{ "purpose": "order", "source": EMAIL, "values": {} }] })),
        ("/v1/collect", json!({ "parts": EMAIL })),
        ("/v1/collect", json!({ "parts": [], EMAIL: 1 })),
        (
            "/v1/collect",
            json!({ "subject": { "attribute": "email", "value": "not-an-address-910725490024" }, "parts": [{ "purpose": "order", "values": {} }] }),
        ),
        ("/v1/look-up", json!({ "purpose": "order", "attribute": "email", "value": IIN })),
        ("/v1/look-up", json!({ "purpose": "order", "attribute": "iin", "value": IIN })),
        ("/v1/look-up", json!({ "purpose": "marketing", "attribute": "phone", "value": PHONE })),
        ("/v1/retrieve", json!({ "subject": { "id": EMAIL }, "purpose": "order", "attributes": [] })),
        (
            "/v1/retrieve",
            json!({ "subject": { "attribute": EMAIL, "value": PHONE }, "purpose": "order", "attributes": [] }),
        ),
        (
            "/v1/rectify",
            json!({ "subject": { "attribute": "email", "value": EMAIL }, "purpose": "order", "values": { "phone": IIN } }),
        ),
        (
            "/v1/restrict",
            json!({ "subject": { "attribute": "email", "value": EMAIL }, "purpose": "order", "reason": PHONE }),
        ),
        (
            "/v1/restrict",
            json!({ "subject": { "attribute": "email", "value": EMAIL }, "purpose": "order", "reason": "ordered", "scope": EMAIL }),
        ),
        (
            "/v1/restrict",
            json!({ "subject": { "attribute": "email", "value": EMAIL }, "purpose": "order", "reason": "ordered", "until": PHONE }),
        ),
    ];
    for (path, body) in bodies {
        let answer = shop.post(path, &body).await;
        assert!(answer.status.is_client_error(), "{path} {body}: {}", answer.status);
        for value in [EMAIL, PHONE, IIN] {
            assert!(!answer.text().contains(value), "{path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn a_value_that_is_not_accepted_is_named_by_its_attribute() {
    let shop = Shop::open().await;
    let mut body = order();
    body["parts"][0]["values"]["phone"] = json!("12");
    let answer = shop.post("/v1/collect", &body).await;
    answer.is(422, "value_malformed");
    assert_eq!(answer.json()["attribute"], "phone");
    let twice =
        r#"{"parts": [{"purpose": "order", "reference": "A-1", "values": {"phone": "1", "phone": "2"}}]}"#;
    let answer = shop.post_with(&shop.clerk, "/v1/collect", twice.into(), &[]).await;
    answer.is(400, "attribute_twice");
}

#[tokio::test]
async fn a_policy_with_errors_is_answered_with_its_findings() {
    let shop = Shop::open().await;
    let body = json!({ "files": { "policy.toml": "format = 1\nversion = \"two\"\n" } });
    let answer = shop.post_with(&shop.admin, "/v1/policies", body.to_string().into_bytes(), &[]).await;
    answer.is(422, "policy");
    let problem = answer.json();
    let findings = problem["findings"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["file"] == "policy.toml" && f["line"].as_u64().unwrap() > 0));
}

#[tokio::test]
async fn a_handler_that_breaks_off_is_told_as_an_incident_without_its_message() {
    let shop = Shop::open().await;
    let web = Web::new(std::sync::Arc::clone(&shop.app), settings());
    let routes = Router::new().route("/breaks", get(async || -> &'static str { panic!("{EMAIL}") }));
    let request = Request::get("/breaks").body(Body::empty()).unwrap();
    let answer = send(&dressed(routes, web), request).await;
    answer.is(500, "internal");
    assert_eq!(answer.json()["incident"].as_str().unwrap().len(), 32);
    assert!(!answer.text().contains(EMAIL));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn every_code_has_words_in_every_language() {
    let shop = Shop::open().await;
    let mut keys = std::collections::BTreeSet::new();
    for folder in ["src", "../app/src"] {
        collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut keys);
    }
    assert!(keys.len() > 50, "{keys:?}");
    for key in keys {
        for language in saqta_domain::terms::names::Language::ALL {
            assert_ne!(shop.app.words().word(&key, language), key, "{language:?}");
        }
    }
}

/// The words that the sources ask for.
fn collect(folder: &std::path::Path, keys: &mut std::collections::BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|n| n != "tests") {
            collect(&path, keys);
        }
        let source = if path.is_file() { std::fs::read_to_string(&path).unwrap() } else { String::new() };
        for (mark, prefix) in [
            ("Malformed(\"", "malformed-"),
            ("Version(\"", "version-"),
            ("self.plain(status, \"", "problem-"),
            ("self.plain(failure.status(), \"", "problem-"),
            ("word(\"page-", "page-"),
            ("word(\"problem-", "problem-"),
        ] {
            for rest in source.split(mark).skip(1) {
                let word = rest.split('"').next().unwrap();
                let word = if prefix == "problem-" { word.replace('_', "-") } else { word.to_owned() };
                keys.insert(format!("{prefix}{word}"));
            }
        }
    }
}
