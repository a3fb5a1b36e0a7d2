//! Does the form of a shop on another host ask for consent as it should: in a real browser, by keyboard, without a script, and
//! when the server is away?

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use data_encoding::HEXLOWER;
use saqta_app::admission::sha256;
use saqta_testkit::shop::{Key, Shop, Store};
use serde_json::{Map, Value, json};

use crate::browser::Browser;
use crate::in_a_browser::{LOOK, axe};
use crate::shop::LANGUAGES;

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const SPACE: char = '\u{e00d}';

/// What an operator copies from the document.
const DOCUMENT: &str = include_str!("../../docs/consent-snippet.md");

/// The shop's own server: one page, one form, and the orders that came.
struct Checkout {
    base: String,
    orders: Arc<Mutex<Vec<String>>>,
}

impl Checkout {
    /// Serves a form with this inside; the policy of the page allows what the document says, and nothing else.
    fn serve(saqta: &str, head: &str, inside: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let orders = Arc::new(Mutex::new(Vec::new()));
        let (taken, head, inside) = (Arc::clone(&orders), head.to_owned(), inside.to_owned());
        let policy =
            format!("default-src 'none'; script-src {saqta}; connect-src {saqta}; form-action 'self'");
        std::thread::spawn(move || {
            for line in listener.incoming() {
                let Ok(mut line) = line else { return };
                let Some((path, body)) = request(&mut line) else { continue };
                let page = if path == "/order" {
                    taken.lock().unwrap().push(body);
                    "<!doctype html><html lang=\"en\"><title>Done</title><main><h1>order taken</h1></main></html>".to_owned()
                } else {
                    page(path.trim_start_matches('/'), &head, &inside)
                };
                let _ = write!(
                    line,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {policy}\r\n\
                     Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
                    page.len()
                );
            }
        });
        Self { base, orders }
    }

    /// With the two lines of the document.
    fn with_script(saqta: &str, purposes: &str) -> Self {
        let lines = block("<script");
        let (script, place) = lines.trim().split_once('\n').unwrap();
        let script =
            script.replace("S/w/v1.js", &format!("{saqta}/w/v1.js")).replace("\"F\"", "\"checkout\"");
        let script = script.replace("data-purpose=\"marketing\"", &format!("data-purpose=\"{purposes}\""));
        Self::serve(saqta, &script, place)
    }

    /// The consents of the last order, as a shop's server reads them, by purpose.
    fn consents(&self) -> BTreeMap<String, Vec<Value>> {
        let order = self.orders.lock().unwrap().last().cloned().unwrap();
        let order = reqwest::Url::parse(&format!("http://shop.example/?{order}")).unwrap();
        let mut found: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
        for (name, value) in order.query_pairs() {
            let Some(rest) = name.strip_prefix("consents[") else { continue };
            let (number, field) = rest.trim_end_matches(']').split_once("][").unwrap();
            let value =
                if ["given", "gpc"].contains(&field) { (value == "true").into() } else { json!(value) };
            found.entry(number.to_owned()).or_default().insert(field.to_owned(), value);
        }
        let mut by_purpose: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for mut consent in found.into_values() {
            consent.insert("evidence".to_owned(), "checkout form".into());
            consent.entry("given").or_insert(false.into());
            let purpose = consent.remove("purpose").unwrap();
            by_purpose.entry(purpose.as_str().unwrap().to_owned()).or_default().push(consent.into());
        }
        by_purpose
    }
}

/// Path and body of a request.
fn request(line: &mut TcpStream) -> Option<(String, String)> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let read = line.read(&mut part).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some((head.split(' ').nth(1)?.to_owned(), body.to_owned()));
        }
    }
}

fn page(language: &str, head: &str, inside: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Checkout</title>{head}</head>\
         <body><main><h1>Checkout</h1><form id=\"checkout\" method=\"post\" action=\"/order\">\
         <p><label>E-mail <input type=\"email\" name=\"email\" autocomplete=\"email\"></label></p>\
         {inside}<p><button>Order</button></p></form></main></body></html>"
    )
}

/// The block of HTML in the document that begins so.
fn block(begins: &str) -> &'static str {
    let blocks = DOCUMENT.split("```html\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.into_iter().find(|block| block.starts_with(begins)).unwrap()
}

async fn shop() -> Shop {
    Shop::open(Store::Sqlite, Default::default()).await.unwrap()
}

/// Sends the answers on, as the shop's server does, and gives the person.
async fn send_on(shop: &Shop, key: &Key, checkout: &Checkout) -> String {
    let subject = shop.customer(key, 1).await;
    for (purpose, consents) in checkout.consents() {
        let body = json!({ "subject": { "id": subject }, "purpose": purpose, "consents": consents });
        let taken = shop.post(key, "/v1/consents", body).await.done();
        assert_eq!(taken["consents"].as_array().unwrap().len(), consents.len());
    }
    subject
}

async fn presses(browser: &Browser, keys: &[char]) {
    for key in keys {
        browser.press(*key).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_in_force_are_drawn_unticked_and_everybody_can_read_them() {
    let (shop, browser, axe) = (shop().await, Browser::start().await, axe());
    let checkout = Checkout::with_script(shop.base(), "marketing,service_book");
    let mut found = Vec::new();
    for (width, scheme) in [(320, "light"), (1440, "dark")] {
        browser.width(width).await;
        browser.scheme(scheme).await;
        for language in LANGUAGES {
            browser.open(&format!("{}/{language}", checkout.base)).await;
            browser.until("saqta-box").await;
            let drawn = browser
                .run(
                    "const all = (what) => [...document.querySelectorAll(what)];
                    return { boxes: all('input[type=checkbox]').map(b => [b.checked, b.closest('label').textContent.trim()]),
                        given: all('input[name$=\"[given]\"]').map(g => g.value),
                        texts: all('fieldset').map(f => f.querySelector('.saqta-text').textContent),
                        legends: all('legend').map(l => l.textContent), languages: all('[lang]').map(l => l.lang),
                        digests: all('fieldset').map(f => f.querySelector('[name$=\"[text_digest]\"]').value),
                        inside: document.querySelector('[data-saqta] .saqta-consents') !== null,
                        gpc: all('.saqta-gpc').length, kept: [document.cookie, localStorage.length, sessionStorage.length],
                        wide: document.documentElement.scrollWidth - window.innerWidth };",
                )
                .await;
            let boxes = drawn["boxes"].as_array().unwrap();
            assert_eq!(boxes.len(), 3, "{drawn}");
            assert!(
                boxes.iter().all(|shown| shown[0] == false && !shown[1].as_str().unwrap().is_empty()),
                "{drawn}"
            );
            assert_eq!(drawn["given"], json!(["false", "false", "false"]));
            assert_eq!(drawn["kept"], json!(["", 0, 0]));
            assert_eq!((&drawn["inside"], &drawn["gpc"]), (&json!(true), &json!(0)));
            assert!(drawn["wide"].as_i64().unwrap() <= 0, "{drawn}");
            assert_eq!(drawn["languages"], json!([language, language]));
            let shown = drawn["texts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|t| HEXLOWER.encode(&sha256(t.as_str().unwrap().as_bytes())));
            assert_eq!(
                json!(shown.collect::<Vec<_>>()),
                drawn["digests"],
                "what is shown is what the digest is of"
            );
            browser.run(&axe).await;
            let violations = browser.run_later(LOOK).await;
            found.extend(
                violations
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|v| format!("{language} at {width}, {scheme}: {v}")),
            );
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    assert!(browser.console().await.is_empty());
    let asked = browser.requests().await;
    let known = |address: &String| {
        address.starts_with(shop.base())
            || address.starts_with(&checkout.base)
            || address.starts_with("data:")
            || address.starts_with("chrome:")
    };
    assert!(asked.iter().all(known), "{asked:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_ticks_by_keyboard_and_the_answers_hold() {
    let (shop, browser) = (shop().await, Browser::start().await);
    let key = shop.key(&["order", "marketing", "service_book"]).await;
    let checkout = Checkout::with_script(shop.base(), "marketing,service_book");
    browser.open(&format!("{}/ru", checkout.base)).await;
    browser.until("saqta-box").await;
    // The e-mail field and the first box; then the second box, the link, the third box, the link, the button.
    presses(&browser, &[TAB, TAB, SPACE]).await;
    let focus = "const e = document.activeElement; return [e.type, e.checked, getComputedStyle(e).outlineStyle !== 'none'];";
    assert_eq!(browser.run(focus).await, json!(["checkbox", true, true]));
    presses(&browser, &[TAB, SPACE, SPACE, TAB, TAB, TAB, TAB, ENTER]).await;
    browser.until("order taken").await;
    let consents = checkout.consents();
    assert_eq!(consents["marketing"].iter().map(|c| c["given"].clone()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(consents["service_book"][0]["given"], false);
    let subject = send_on(&shop, &key, &checkout).await;
    let through =
        |channel: &str| json!({ "subject": { "id": subject }, "purpose": "marketing", "channel": channel });
    shop.post(&key, "/v1/use", through("email")).await.done();
    shop.post(&key, "/v1/use", through("sms")).await.refused("consent_refused", "4.1");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signal_of_a_browser_is_heard_and_passed_on() {
    let (shop, browser) = (shop().await, Browser::start().await);
    let key = shop.key(&["order", "marketing"]).await;
    let checkout = Checkout::with_script(shop.base(), "marketing");
    browser
        .before_every_page("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });")
        .await;
    browser.open(&format!("{}/en", checkout.base)).await;
    browser.until("Your browser asks us not to use your data").await;
    let ticked = browser.run("return document.querySelectorAll('input:checked').length;").await;
    assert_eq!(ticked, 0);
    presses(&browser, &[TAB, TAB, SPACE, TAB, TAB, TAB, ENTER]).await;
    browser.until("order taken").await;
    assert!(checkout.consents()["marketing"].iter().all(|consent| consent["gpc"] == true));
    let subject = send_on(&shop, &key, &checkout).await;
    let record = json!({ "subject": { "id": subject }, "purpose": "marketing" });
    let record = shop.post(&key, "/v1/consents/record", record).await.done();
    let said = record["document"]["dpv:hasConsentStatus"].as_array().unwrap();
    assert!(said.len() == 2 && said.iter().all(|status| status["saqta:gpc"] == true), "{said:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checkout_goes_on_when_the_server_is_away_or_has_no_text() {
    let (shop, browser) = (shop().await, Browser::start().await);
    // A port that nobody listens at any more.
    let away = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    for (saqta, purpose) in [(away.as_str(), "marketing"), (shop.base(), "order")] {
        let checkout = Checkout::with_script(saqta, purpose);
        browser.open(&format!("{}/kk", checkout.base)).await;
        presses(&browser, &[TAB, TAB, ENTER]).await;
        browser.until("order taken").await;
        assert!(checkout.consents().is_empty(), "{saqta}: no box is no consent");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_the_document_works_without_a_script() {
    let (shop, browser) = (shop().await, Browser::start().await);
    let key = shop.key(&["order", "marketing"]).await;
    let told = shop.get(None, "/w/consents.json?purpose=marketing&language=kk").await.done();
    let (text, first) = (&told["consents"][0], &told["consents"][0]["boxes"][0]);
    let mut form = block("<fieldset").to_owned();
    for (name, value) in [
        ("{language}", &told["language"]),
        ("{title}", &text["title"]),
        ("{text}", &text["text"]),
        ("{purpose}", &text["purpose"]),
        ("{digest}", &text["digest"]),
        ("{channel}", &first["channel"]),
        ("{label}", &first["label"]),
    ] {
        form = form.replace(name, value.as_str().unwrap());
    }
    assert!(!form.contains('{'), "{form}");
    let checkout = Checkout::serve(shop.base(), "", &form);
    browser.scripts(false).await;
    for (keys, given) in [(&[TAB, TAB, TAB, ENTER][..], false), (&[TAB, TAB, SPACE, TAB, ENTER][..], true)] {
        browser.open(&format!("{}/kk", checkout.base)).await;
        presses(&browser, keys).await;
        browser.until("order taken").await;
        assert_eq!(checkout.consents()["marketing"][0]["given"], given);
    }
    send_on(&shop, &key, &checkout).await;
    shop.close().await;
}
