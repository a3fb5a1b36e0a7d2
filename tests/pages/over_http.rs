//! What do the public pages answer: how large, under which headers, and with which links between the versions?

use reqwest::header::HeaderMap;
use saqta_testkit::shop::Shop;
use serde_json::Value;

use crate::shop::{LANGUAGES, PAGES, addresses, with_three_versions};

/// What a page may weigh, its style included, before any compression.
const LARGEST: usize = 50_000;

struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn get(shop: &Shop, path: &str, language: &str) -> Answer {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client.get(format!("{}{path}", shop.base())).header("accept-language", language);
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}

/// The value of the first attribute that follows.
fn after<'a>(text: &'a str, what: &str) -> &'a str {
    let found = text.split(what).nth(1).unwrap_or_else(|| panic!("no `{what}`"));
    found.split('"').next().unwrap()
}

#[tokio::test]
async fn every_page_with_its_style_weighs_less_than_fifty_kilobytes() {
    let shop = with_three_versions().await;
    let mut weights = Vec::new();
    for (address, language) in addresses() {
        let page = get(&shop, &address, language).await;
        assert_eq!(page.status, 200, "{address}");
        let style = get(&shop, after(&page.text, "rel=\"stylesheet\" href=\""), language).await;
        assert_eq!(style.status, 200);
        weights.push((page.text.len() + style.text.len(), address));
    }
    weights.sort();
    println!("{weights:#?}");
    let (heaviest, address) = weights.last().unwrap();
    assert!(*heaviest < LARGEST, "{address} weighs {heaviest} bytes");
    shop.close().await;
}

#[tokio::test]
async fn every_page_names_its_language_its_lasting_address_and_its_other_languages() {
    let shop = with_three_versions().await;
    for (address, language) in addresses() {
        let page = get(&shop, &address, "de").await;
        assert_eq!(page.header("content-language"), language, "{address}");
        assert_eq!(page.header("vary"), "", "{address}");
        assert!(!page.header("etag").is_empty(), "{address}");
        assert!(page.text.contains(&format!("<html lang=\"{language}\">")), "{address}");
        assert!(after(&page.text, "rel=\"canonical\" href=\"").ends_with(&address), "{address}");
        for other in LANGUAGES {
            assert!(page.text.contains(&format!("rel=\"alternate\" hreflang=\"{other}\"")), "{address}");
        }
        for forbidden in ["<script", " style=", " src=", "onclick", "http-equiv"] {
            assert!(!page.text.contains(forbidden), "{address} {forbidden}");
        }
    }
    for page in PAGES {
        let chosen = get(&shop, page, "kk-KZ, ru;q=0.5").await;
        assert_eq!(chosen.header("content-language"), "kk", "{page}");
        assert_eq!(chosen.header("vary"), "accept-language", "{page}");
        assert_eq!(chosen.header("content-location"), format!("{page}/kk"));
        assert_eq!(get(&shop, &format!("{page}/de"), "en").await.status, 404, "{page}");
    }
    shop.close().await;
}

#[tokio::test]
async fn every_answer_says_where_the_policy_stands() {
    let shop = with_three_versions().await;
    for path in ["/policy", "/policy.json", "/docs", "/healthz", "/v1/keys", "/nothing", "/assets/style.css"]
    {
        let link = get(&shop, path, "en").await;
        assert_eq!(link.header("link"), "</policy>; rel=\"privacy-policy\"", "{path}");
    }
    let known = get(&shop, "/.well-known/privacy-policy", "en").await;
    assert_eq!((known.status, known.header("location")), (302, "/policy"));
    shop.close().await;
}

#[tokio::test]
async fn a_version_stays_at_its_own_address_and_says_whether_it_holds() {
    let shop = with_three_versions().await;
    let page = async |path: &str| get(&shop, path, "en").await.text;
    let in_force = page("/policy/en").await;
    assert!(in_force.contains("Version 2, in force since 04.03.2026"));
    assert!(
        in_force.contains("href=\"/policy/diff/1/2/en\"")
            && in_force.contains("href=\"/policy/v/2/policy.json\"")
    );
    let first = page("/policy/v/1/en").await;
    assert!(first.contains("was in force until 04.03.2026. Version 2 has replaced it."));
    assert!(first.contains("id=\"c-2.10\"") && !first.contains("id=\"c-11.4\""));
    assert!(first.contains("rel=\"next\" href=\"/policy/v/2\"") && !first.contains("rel=\"prev\""));
    let third = page("/policy/v/3/en").await;
    assert!(third.contains("not in force yet. It will hold from 01.09.2026."));
    assert!(!page("/policy/v/2/en").await.contains("class=\"note"));
    let list = page("/policy/versions/en").await;
    for state in ["In force", "Not in force yet", "Replaced"] {
        assert!(list.contains(&format!("\">{state}</span>")), "{state}");
    }
    for version in 1..=3 {
        let json = get(&shop, &format!("/policy/v/{version}/policy.json"), "en").await;
        // One that has not begun may still be called off, so nobody keeps it.
        assert_eq!(json.header("cache-control").contains("max-age"), version < 3);
        let json: Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(json["version"], version);
        let digest = json["digest"].as_str().unwrap();
        assert!(list.contains(digest));
        assert!(page(&format!("/policy/v/{version}/en")).await.contains(digest));
    }
    for nothing in
        ["/policy/v/4", "/policy/v/0/en", "/policy/v/x", "/policy/v/4/policy.json", "/policy/diff/1/9"]
    {
        assert_eq!(get(&shop, nothing, "en").await.status, 404, "{nothing}");
    }
    shop.close().await;
}

#[tokio::test]
async fn the_difference_marks_words_that_came_and_went_and_leaves_out_what_stayed() {
    let shop = with_three_versions().await;
    let page = get(&shop, "/policy/diff/1/2/en", "en").await.text;
    assert!(page.contains("4 clauses differ."));
    assert!(page.contains(
        "<del><span class=\"vh\">removed: </span>3</del><ins><span class=\"vh\">added: </span>2</ins>"
    ));
    assert!(page.contains("new clause") && page.contains("removed clause"));
    assert!(!page.contains("id=\"c-11.3\""));
    let swapped = get(&shop, "/policy/diff/2/1/en", "en").await;
    assert_eq!((swapped.status, swapped.header("location")), (308, "/policy/diff/1/2/en"));
    let same = get(&shop, "/policy/diff/2/2/en", "en").await.text;
    assert!(same.contains("the same version: nothing differs"));
    shop.close().await;
}

#[tokio::test]
async fn the_page_of_clauses_has_every_clause_once_and_promises_nobody_enforces_first() {
    let shop = with_three_versions().await;
    let page = get(&shop, "/policy/clauses/en", "en").await.text;
    assert!(page.contains("1 promise nobody enforces</strong> <a href=\"#c-11.4\">11.4</a>"));
    for clause in ["1.1", "5.2", "7.10", "9.1", "11.4"] {
        assert_eq!(page.matches(&format!("id=\"c-{clause}\"")).count(), 1, "{clause}");
    }
    assert!(page.contains("94-V art. 7(1), 8"));
    assert!(page.contains("Edition of") && !page.contains("has to be checked again"));
    shop.wait(jiff::ToSpan::months(15)).await;
    let later = get(&shop, "/policy/clauses/en", "en").await.text;
    assert!(later.contains("trusted until 22.05.2027") && later.contains("has to be checked again"));
    shop.close().await;
}
