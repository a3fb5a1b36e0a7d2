//! What does a real browser make of the public pages, and can people read them who see, hear or move differently?
//!
//! `axe-core` is fetched by `cargo xtask test` as its lock file says; it is no part of the repository.

use std::path::Path;

use serde_json::Value;

use crate::browser::Browser;
use crate::shop::{LANGUAGES, PAGES, addresses, with_three_versions};

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

/// Closed parts are opened first: what is hidden is not looked at.
pub const EVERYTHING_OPEN: &str = "document.querySelectorAll('details').forEach(d => d.open = true);";

/// What axe finds on the page.
pub const LOOK: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'], preload: false,
    }).then(
        found => done(found.passes.length < 10 ? ['axe did not look'] : found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary}`))),
        error => done([String(error)]),
    );";

/// The program that looks for what somebody cannot read.
pub fn axe() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/axe/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&folder).unwrap_or_else(|error| {
        panic!("axe-core is not at `target/axe`: {error}; `cargo xtask browser` fetches it")
    })
}

/// The pages in the language of the interface alone, and one where nothing is.
fn others() -> impl Iterator<Item = String> {
    ["/docs", "/docs/shapes", "/docs/shapes/2", "/nothing"].into_iter().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_page_in_any_language_in_light_and_dark() {
    let (shop, browser, axe) = (with_three_versions().await, Browser::start().await, axe());
    let mut found = Vec::new();
    for (width, scheme) in [(360, "light"), (1440, "light"), (1440, "dark")] {
        browser.width(width).await;
        browser.scheme(scheme).await;
        // Colours are the same in every language.
        let told = |language: &str| scheme == "light" || language == "ru";
        let pages = addresses().filter(|(_, language)| told(language)).map(|(address, _)| address);
        for address in pages.chain(others()) {
            browser.open(&format!("{}{address}", shop.base())).await;
            browser.run(EVERYTHING_OPEN).await;
            browser.run(&axe).await;
            let violations = browser.run_later(LOOK).await;
            let told = violations.as_array().unwrap().iter();
            found.extend(
                told.map(|v| format!("{address} at {width}, {scheme}: {}", v.as_str().unwrap_or("?"))),
            );
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_scrolls_sideways_complains_or_asks_another_host() {
    let (shop, browser) = (with_three_versions().await, Browser::start().await);
    browser.requests().await;
    for width in [320, 360, 1440] {
        browser.width(width).await;
        for address in addresses().map(|(address, _)| address).chain(others()) {
            browser.open(&format!("{}{address}", shop.base())).await;
            browser.run(EVERYTHING_OPEN).await;
            let sizes =
                browser.run("return [document.documentElement.scrollWidth, window.innerWidth];").await;
            assert!(sizes[0].as_u64() <= sizes[1].as_u64(), "{address} at {width}: {sizes}");
            let console = browser.console().await;
            // A browser reports the status of a page that is not there; that is what it was asked for.
            assert!(
                console.iter().all(|line| address == "/nothing" && line.contains("404")),
                "{address}: {console:?}"
            );
        }
    }
    let asked = browser.requests().await;
    assert!(asked.len() > PAGES.len() * LANGUAGES.len());
    // The browser's own empty page comes first, from inside of it.
    for address in asked.iter().filter(|address| !address.starts_with("chrome:")) {
        assert!(address.starts_with(shop.base()) || address.starts_with("data:"), "{address}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_the_same_without_scripts() {
    let (shop, browser) = (with_three_versions().await, Browser::start().await);
    for address in PAGES.map(|page| format!("{}{page}/ru", shop.base())) {
        browser.scripts(true).await;
        browser.open(&address).await;
        let with = browser.html().await;
        browser.scripts(false).await;
        browser.open(&address).await;
        let without = browser.html().await;
        assert!(without.contains("<main id=\"main\""), "{address}");
        assert_eq!(with, without, "{address}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_key_leads_past_the_navigation_and_the_focus_is_seen() {
    let (shop, browser) = (with_three_versions().await, Browser::start().await);
    let focus = "const e = document.activeElement, s = getComputedStyle(e);
        return [e.className, e.getAttribute('href'), e.id, s.outlineStyle, e.getBoundingClientRect().left >= 0];";
    for page in PAGES {
        browser.open(&format!("{}{page}/kk", shop.base())).await;
        browser.press(TAB).await;
        let first = browser.run(focus).await;
        assert_eq!((&first[0], &first[1]), (&Value::from("skip"), &Value::from("#main")), "{page}");
        assert_eq!((&first[3], &first[4]), (&Value::from("solid"), &Value::from(true)), "{page}: {first}");
        browser.press(ENTER).await;
        assert_eq!(browser.run(focus).await[2], "main", "{page}");
        browser.press(TAB).await;
        let inside =
            browser.run("return document.querySelector('main').contains(document.activeElement);").await;
        assert_eq!(inside, true, "{page}");
    }
    shop.close().await;
}
