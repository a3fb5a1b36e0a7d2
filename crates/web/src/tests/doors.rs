//! Who passes, who does not, and what does somebody learn who only tries doors?

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use super::shop::{Shop, empty_app, publish, send, settings};
use crate::caller::OPEN;
use crate::setup_token::SetupToken;

fn operations() -> Vec<(Method, String, Value)> {
    let document: Value = serde_json::from_str(&crate::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_uppercase().parse().unwrap();
            found.push((method, path.clone(), operation.clone()));
        }
    }
    assert!(found.len() >= 37, "{}", found.len());
    found
}

fn filled(path: &str) -> String {
    path.replace("{receipt}", "0-0")
        .replace("{version}", "7")
        .replace("{name}", "order")
        .replace("{id}", &"a".repeat(32))
}

#[tokio::test]
async fn every_route_refuses_who_has_no_key_and_none_says_what_it_is() {
    let shop = Shop::open().await;
    let before = shop.leaves().await;
    for (method, path, operation) in operations() {
        let open = OPEN.contains(&path.as_str()) || !path.starts_with("/v1/");
        assert_eq!(operation.get("security").is_some(), open, "{path}");
        for key in [None, Some("Bearer saqta_nobody"), Some("Basic YTpi"), Some("Bearer ")] {
            let mut request = Request::builder().method(&method).uri(filled(&path));
            if let Some(key) = key {
                request = request.header("authorization", key);
            }
            let answer = shop.send(request.body(Body::from("{}")).unwrap()).await;
            if open {
                assert_ne!(answer.status, 401, "{path}");
            } else {
                answer.is(401, "unknown_key");
                assert_eq!(answer.header("www-authenticate"), "Bearer");
            }
        }
    }
    assert_eq!(shop.leaves().await, before);
}

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_look_like_those_that_do() {
    let shop = Shop::open().await;
    for (method, path) in [
        (Method::GET, "/v1"),
        (Method::GET, "/v1/"),
        (Method::POST, "/v1/nothing"),
        (Method::GET, "/v1/collect"),
        (Method::OPTIONS, "/v1/collect"),
        (Method::DELETE, "/v1/keys"),
        (Method::GET, "/v1/ledger/key/"),
    ] {
        let request = Request::builder().method(&method).uri(path).body(Body::empty()).unwrap();
        shop.send(request).await.is(401, "unknown_key");
    }
    shop.get_as(&shop.clerk, "/v1/nothing").await.is(404, "not_found");
}

#[tokio::test]
async fn every_described_path_is_there_with_its_method() {
    let shop = Shop::open().await;
    for (method, path, operation) in operations() {
        let request = Request::put(filled(&path)).header("authorization", format!("Bearer {}", shop.admin));
        let answer = shop.send(request.body(Body::empty()).unwrap()).await;
        answer.is(405, "method");
        assert!(answer.header("allow").contains(method.as_str()), "{path}: {}", answer.header("allow"));
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{path}");
        for status in ["400", "429", "500", "503"] {
            assert!(operation["responses"].get(status).is_some(), "{path} {status}");
        }
    }
}

#[tokio::test]
async fn a_clerk_administers_nothing_and_an_administrator_sees_no_person() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    shop.get_as(&shop.clerk, "/v1/keys").await.is(403, "not_administrator");
    for (path, body) in [
        ("/v1/keys", json!({ "label": "x", "scope": {} })),
        ("/v1/policies", json!({ "files": {} })),
        ("/v1/purposes/order/stop", json!({ "reason": "x" })),
        ("/v1/purposes/order/resume", json!({})),
        ("/v1/jobs/run", json!({})),
        ("/v1/epochs", json!({})),
    ] {
        shop.post(path, &body).await.is(403, "not_administrator");
    }
    let wanted = json!({ "subject": customer, "purpose": "order", "attributes": ["phone"] });
    let answer = shop.post_with(&shop.admin, "/v1/retrieve", wanted.to_string().into_bytes(), &[]).await;
    answer.is(403, "not_authorised");
}

#[tokio::test]
async fn an_administrator_makes_lists_and_ends_keys() {
    let shop = Shop::open().await;
    let scope = json!({ "purposes": ["order"], "operations": ["retrieval"], "undertaking": "No. 13" });
    let body = json!({ "label": "call centre", "scope": scope }).to_string().into_bytes();
    let made = shop.post_with(&shop.admin, "/v1/keys", body, &[]).await;
    assert_eq!(made.status, 201);
    let made = made.good();
    let (id, key) = (made["id"].as_str().unwrap(), made["key"].as_str().unwrap());
    assert!(key.starts_with("saqta_"));
    let listed = shop.get_as(&shop.admin, "/v1/keys").await;
    assert!(!listed.text().contains(key));
    assert!(listed.good()["keys"].as_array().unwrap().iter().any(|k| k["label"] == "call centre"));
    assert_eq!(shop.get_as(key, "/v1/policies").await.status, 200);
    let revoke = Request::delete(format!("/v1/keys/{id}"));
    let revoke = revoke.header("authorization", format!("Bearer {}", shop.admin)).body(Body::empty());
    shop.send(revoke.unwrap()).await.good();
    shop.get_as(key, "/v1/policies").await.is(401, "unknown_key");
}

#[tokio::test]
async fn a_stopped_purpose_refuses_until_it_is_resumed() {
    let shop = Shop::open().await;
    let reason = json!({ "reason": "the authority asked for it" }).to_string().into_bytes();
    shop.post_with(&shop.admin, "/v1/purposes/order/stop", reason, &[]).await.good();
    shop.post("/v1/collect", &super::shop::order()).await.is(403, "purpose_stopped");
    shop.post_with(&shop.admin, "/v1/purposes/order/resume", Vec::new(), &[]).await.good();
    shop.customer().await;
}

#[tokio::test]
async fn jobs_epochs_and_policies_answer_an_administrator() {
    let shop = Shop::open().await;
    let run = shop.post_with(&shop.admin, "/v1/jobs/run", b"{\"dry_run\": true}".to_vec(), &[]).await.good();
    assert_eq!(run["due"], 0);
    shop.post_with(&shop.admin, "/v1/jobs/run", b"{}".to_vec(), &[]).await.good();
    let turned = shop.post_with(&shop.admin, "/v1/epochs", Vec::new(), &[]).await.good();
    assert!(turned["epoch"].as_u64().unwrap() > 0);
    let versions = shop.get_as(&shop.clerk, "/v1/policies").await.good();
    assert_eq!(versions["versions"][0]["in_force"], true);
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let slow = crate::settings::Settings { requests_per_second: std::num::NonZeroU32::MIN, ..settings() };
    let shop = Shop::with(slow).await;
    let mut refused = 0;
    for _ in 0..50 {
        let answer = shop.get_as(&shop.clerk, "/v1/policies").await;
        if answer.status == 429 {
            answer.is(429, "rate_limited");
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
            refused += 1;
        }
    }
    assert!(refused > 0);
    // Another key has a limit of its own.
    assert_eq!(shop.get_as(&shop.admin, "/v1/policies").await.status, 200);
}

#[tokio::test]
async fn the_set_up_token_makes_one_key_and_no_other() {
    let (app, _folder) = empty_app().await;
    let (secret, token) = SetupToken::issue(&app).unwrap();
    let setup = Some(std::sync::Arc::new(token));
    let router =
        crate::router(std::sync::Arc::clone(&app), crate::settings::Settings { setup, ..settings() });
    publish(&app).await;
    let post = |token: &str| {
        let body = json!({ "token": token }).to_string();
        Request::post("/v1/setup").header("content-type", "application/json").body(Body::from(body)).unwrap()
    };
    send(&router, post("wrong")).await.is(403, "setup_over");
    let link = format!("/staff/setup?token={secret}");
    let page = send(&router, Request::get(&link).body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(&secret) && page.header("cache-control") == "no-store");
    let made = send(&router, post(&secret)).await;
    assert_eq!(made.status, 201);
    let key = made.good()["key"].as_str().unwrap().to_owned();
    let keys = Request::get("/v1/keys").header("authorization", format!("Bearer {key}"));
    assert_eq!(send(&router, keys.body(Body::empty()).unwrap()).await.status, 200);
    send(&router, post(&secret)).await.is(403, "setup_over");
    send(&router, Request::get(&link).body(Body::empty()).unwrap()).await.is(403, "link_over");
}
