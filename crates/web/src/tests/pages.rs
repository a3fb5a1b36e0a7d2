//! Can anybody read the public pages, and do they call no foreign host?

use axum::body::Body;
use axum::http::Request;

use super::shop::{Shop, empty_app, publish, publish_in_russian, send, settings};

#[tokio::test]
async fn the_policy_is_readable_in_three_languages_without_a_script() {
    let shop = Shop::open().await;
    for tag in ["kk", "ru", "en"] {
        let page = shop.get(&format!("/policy/{tag}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-language"), tag);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("link"), "</policy>; rel=\"privacy-policy\"");
        let text = page.text();
        assert!(text.contains(&format!("<html lang=\"{tag}\">")));
        assert!(text.contains("href=\"#c-5\"") && text.contains("id=\"c-5.2\""), "{tag}");
        assert!(text.contains("990140000017") && text.contains("datetime=\"2026-01-12\""), "{tag}");
        for foreign in ["<script", "style=", "src=", "onclick"] {
            assert!(!text.contains(foreign), "{tag} {foreign}");
        }
        let style = text.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let style = shop.get(style).await;
        assert!(style.header("cache-control").contains("immutable"));
        assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    }
    shop.get("/policy/de").await.is(404, "not_found");
}

#[tokio::test]
async fn the_policy_comes_in_the_language_of_the_browser_and_only_when_it_changed() {
    let shop = Shop::open().await;
    let ask = |name: &str, value: &str| {
        Request::get("/policy")
            .header("accept-language", "en")
            .header(name, value)
            .body(Body::empty())
            .unwrap()
    };
    let first = shop.send(ask("x-nothing", "1")).await;
    assert_eq!(first.header("content-location"), "/policy/en");
    assert_eq!(first.header("vary"), "accept-language");
    let tag = first.header("etag").to_owned();
    let second = shop.send(ask("if-none-match", &tag)).await;
    assert_eq!((second.status.as_u16(), second.bytes.len()), (304, 0));
    assert_eq!(shop.get("/").await.header("location"), "/policy");
    let json = shop.get("/policy.json").await.good();
    assert_eq!(json["version"], 1);
    assert!(json["texts"]["ru"]["clauses"].as_array().unwrap().len() > 30);
}

#[tokio::test]
async fn a_policy_in_one_language_is_offered_in_no_other() {
    let (app, _folder) = empty_app().await;
    publish_in_russian(&app).await;
    let router = crate::router(app, settings());
    let ask = async |path: &str| {
        let request = Request::get(path).header("accept-language", "kk").body(Body::empty()).unwrap();
        send(&router, request).await
    };
    let page = ask("/policy").await;
    assert_eq!((page.status.as_u16(), page.header("content-language")), (200, "ru"));
    assert!(!page.text().contains("/policy/kk"), "no link leads to a page that is not there");
    ask("/policy/kk").await.is(404, "not_found");
    let told = ask("/policy.json").await.json();
    assert_eq!(told["texts"].as_object().unwrap().keys().collect::<Vec<_>>(), ["ru"]);
    for purpose in told["purposes"].as_array().unwrap() {
        let Some(texts) = purpose["consent"]["texts"].as_object() else { continue };
        assert_eq!(texts.keys().collect::<Vec<_>>(), ["ru"], "{}", purpose["name"]);
    }
    let visit = told["purposes"].as_array().unwrap().iter().find(|p| p["name"] == "site_visit").unwrap();
    assert!(visit["balancing"]["kk"].as_str().unwrap().starts_with("Дүкеннің мүддесі"));
    assert_eq!(visit["keep"]["because"]["ru"], "investigating failures and attacks on the site");
}

#[tokio::test]
async fn every_answer_carries_the_guarding_headers() {
    let shop = Shop::open().await;
    for path in [
        "/policy",
        "/docs",
        "/docs/shapes",
        "/openapi.json",
        "/healthz",
        "/v1/keys",
        "/nothing",
        "/v1/ledger/key",
    ] {
        let answer = shop.get(path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            answer.header("cache-control") == "no-store",
            path.starts_with("/v1") || path == "/nothing",
            "{path}"
        );
    }
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let shop = Shop::open().await;
    for path in ["/policy", "/healthz", "/docs", "/docs/shapes"] {
        let head = shop.send(Request::head(path).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0), "{path}");
    }
    let options = Request::options("/policy").body(Body::empty()).unwrap();
    let options = shop.send(options).await;
    options.is(405, "method");
    assert_eq!(options.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_server_is_ready_once_a_policy_is_in_force() {
    let (app, _folder) = empty_app().await;
    let router = crate::router(std::sync::Arc::clone(&app), settings());
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    assert_eq!(send(&router, get("/healthz")).await.status, 200);
    let answer = send(&router, get("/readyz")).await;
    answer.is(503, "not_ready");
    assert_eq!(answer.json()["incident"].as_str().unwrap().len(), 32);
    send(&router, get("/policy")).await.is(503, "no_policy");
    publish(&app).await;
    assert_eq!(send(&router, get("/readyz")).await.status, 200);
}

#[tokio::test]
async fn a_person_at_a_browser_sees_a_page_where_nothing_is() {
    let shop = Shop::open().await;
    let request = Request::get("/nothing").header("accept", "text/html,*/*").header("accept-language", "kk");
    let page = shop.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("<html lang=\"kk\">"));
}

#[tokio::test]
async fn a_demonstration_says_that_it_is_one() {
    let shop = Shop::with(crate::settings::Settings { demo: true, ..settings() }).await;
    assert!(shop.get("/policy/en").await.text().contains("invented"));
    assert!(!Shop::open().await.get("/policy/en").await.text().contains("class=\"demo\""));
}
