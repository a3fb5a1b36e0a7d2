//! Can people use their pages in a real browser: by keyboard, without a script, at every width, however they see or hear?

use std::path::Path;

use jiff::ToSpan;
use saqta_app::requests::sending::Post;
use saqta_testkit::office::{token, words};
use saqta_testkit::shop::{Shop, Store};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::in_a_browser::{EVERYTHING_OPEN, LOOK, axe};
use crate::shop::LANGUAGES;

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

/// The parts of the pages that are passed by with the keyboard: the skip link, three languages and four sections.
const BEFORE: usize = 8;

/// What a page may weigh when it is opened for the first time, its styles included, before any compression.
const LARGEST: usize = 50_000;

/// The phone and the e-mail address of the customer.
const PHONE: &str = "+77000010001";
const EMAIL: &str = "aigerim1@mail.example";

const ACTIONS: [&str; 12] = [
    "see",
    "correct",
    "stop-advertising",
    "withdraw",
    "block",
    "destroy",
    "unblock",
    "stop-all",
    "automated",
    "show-conditions",
    "question",
    "complaint",
];

/// A shop with a customer, whose letters lie in a folder.
async fn with_letters() -> (Shop, TempDir) {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let key = shop.key(&["order"]).await;
    shop.customer(&key, 1).await;
    let folder = tempfile::tempdir().unwrap();
    let (public_url, place) = (shop.base().to_owned(), Some(folder.path().to_owned()));
    shop.app().set_post(Post { public_url, folder: place, server: None });
    (shop, folder)
}

/// The text of the letters with that ending, which it takes away.
async fn letters(shop: &Shop, folder: &Path, ending: &str) -> String {
    shop.app().run_jobs().await.unwrap();
    let mut found = String::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == ending) {
            let text = match ending {
                "eml" => words(&path),
                _ => std::fs::read_to_string(&path).unwrap(),
            };
            found.push_str(&text);
        }
        std::fs::remove_file(&path).unwrap();
    }
    found
}

fn code_in(letters: &str) -> String {
    let mut runs = letters.split(|c: char| !c.is_ascii_digit());
    runs.find(|run| run.len() == 6).unwrap_or_else(|| panic!("no code in {letters}")).to_owned()
}

/// Moves to the first thing of the page that can be used.
async fn first(browser: &Browser) {
    pass(browser, BEFORE).await;
}

/// Moves past so many things.
async fn pass(browser: &Browser, things: usize) {
    for _ in 0..=things {
        browser.press(TAB).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_files_and_confirms_a_request_by_keyboard_and_without_a_script() {
    let ((shop, folder), browser) = (with_letters().await, Browser::start().await);
    browser.scripts(false).await;
    browser.open(&format!("{}/my/kk", shop.base())).await;
    first(&browser).await;
    browser.press(ENTER).await;
    browser.until("name=\"contact\"").await;
    first(&browser).await;
    browser.write(PHONE).await;
    browser.press(ENTER).await;
    browser.until("<code class=\"secret\">").await;
    // What this page shows, it shows once: no language is offered on it.
    pass(&browser, BEFORE - LANGUAGES.len()).await;
    browser.press(ENTER).await;
    browser.until("autocomplete=\"one-time-code\"").await;
    let code = code_in(&letters(&shop, folder.path(), "sms").await);
    first(&browser).await;
    browser.write(&code).await;
    browser.press(ENTER).await;
    browser.until("Енді бұл сіз екеніңізді білеміз").await;
    assert!(!browser.html().await.contains("one-time-code"));
    let console = browser.console().await;
    assert!(console.is_empty(), "{console:?}");
    shop.close().await;
}

/// Looks at the page that is open in every width and scheme; gives what is wrong with it.
async fn look(browser: &Browser, axe: &str, what: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (width, scheme) in [(320, "light"), (1440, "dark")] {
        browser.width(width).await;
        browser.scheme(scheme).await;
        browser.run(EVERYTHING_OPEN).await;
        let sizes = browser.run("return [document.documentElement.scrollWidth, window.innerWidth];").await;
        assert!(sizes[0].as_u64() <= sizes[1].as_u64(), "{what} at {width}: {sizes}");
        let small = browser.run(SMALL).await;
        assert!(small.as_array().unwrap().is_empty(), "{what} at {width}, hard to hit: {small}");
        browser.run(axe).await;
        let violations = browser.run_later(LOOK).await;
        let told = violations.as_array().unwrap().iter();
        found.extend(told.map(|v| format!("{what} at {width}, {scheme}: {}", v.as_str().unwrap_or("?"))));
    }
    found
}

/// Buttons and fields that a thumb would miss.
const SMALL: &str = "return [...document.querySelectorAll('main button, main input:not([type=hidden]), main select, main textarea, main a.button, .offers a, .ways a, summary')]
    .filter(e => { const r = (e.closest('label.pick, .offers li') || e).getBoundingClientRect(); return r.width && r.height < 43.5; })
    .map(e => e.outerHTML.slice(0, 120));";

/// Presses the first button of the page's own part.
const PRESS: &str = "document.querySelector('main form button').click();";

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_for_people_can_be_read_by_everybody_and_fit_every_width() {
    let ((shop, folder), browser, axe) = (with_letters().await, Browser::start().await, axe());
    let mut found = Vec::new();
    for language in LANGUAGES {
        let at = |rest: &str| format!("{}/my/{language}{rest}", shop.base());
        for rest in ["", "?for=other", "/status", "/request", "/ask/see?for=other"] {
            browser.open(&at(rest)).await;
            found.extend(look(&browser, &axe, &at(rest)).await);
        }
        for action in ACTIONS {
            let address = at(&format!("/ask/{action}"));
            browser.open(&address).await;
            found.extend(look(&browser, &axe, &address).await);
            browser.run(PRESS).await;
            browser.until("id=\"contact-fault\"").await;
            found.extend(look(&browser, &axe, &format!("{address} with faults")).await);
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    drop(folder);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_request_can_be_read_by_everybody_from_its_beginning_to_its_end() {
    let ((shop, folder), browser, axe) = (with_letters().await, Browser::start().await, axe());
    let mut found = Vec::new();
    let everywhere = async |rest: &str, found: &mut Vec<String>| {
        for language in LANGUAGES {
            let address = format!("{}/my/{language}{rest}", shop.base());
            browser.open(&address).await;
            assert!(browser.html().await.contains(&format!("<html lang=\"{language}\"")), "{address}");
            found.extend(look(&browser, &axe, &address).await);
        }
    };
    browser.open(&format!("{}/my/ru/ask/see", shop.base())).await;
    browser.run(&format!("document.querySelector('#contact').value = '{EMAIL}'; {PRESS}")).await;
    browser.until("<code class=\"secret\">").await;
    found.extend(look(&browser, &axe, "the page with the secret").await);
    everywhere("/request", &mut found).await;
    let token = token(&letters(&shop, folder.path(), "eml").await);
    everywhere(&format!("/confirm?token={token}"), &mut found).await;
    browser.run(PRESS).await;
    browser.until("/my/en/paper/").await;
    everywhere("/request", &mut found).await;
    everywhere("/confirm?token=nothing", &mut found).await;
    browser.open(&format!("{}/my/en/request", shop.base())).await;
    let paper = browser.run("return document.querySelector('a[href*=\"/paper/\"]').pathname.slice(6);").await;
    everywhere(paper.as_str().unwrap(), &mut found).await;
    shop.wait(31.minutes()).await;
    everywhere("/request", &mut found).await;
    assert!(
        !browser.html().await.contains("/request/consent\""),
        "consents are shown to whoever just proved who they are"
    );
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    shop.close().await;
}

#[tokio::test]
async fn every_page_for_people_weighs_less_than_fifty_kilobytes_when_it_is_opened_first() {
    let (shop, _folder) = with_letters().await;
    let get = async |address: &str| {
        let answer = reqwest::get(format!("{}{address}", shop.base())).await.unwrap();
        answer.text().await.unwrap()
    };
    let rests = ["".to_owned(), "/status".to_owned()].into_iter();
    for rest in rests.chain(ACTIONS.map(|action| format!("/ask/{action}"))) {
        for language in LANGUAGES {
            let page = get(&format!("/my/{language}{rest}")).await;
            let mut weight = page.len();
            for style in page.split("rel=\"stylesheet\" href=\"").skip(1) {
                weight += get(style.split('"').next().unwrap()).await.len();
            }
            assert!(weight < LARGEST, "{language}{rest} weighs {weight} bytes");
        }
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_an_answer_is_late_is_said_plainly() {
    let ((shop, _folder), browser) = (with_letters().await, Browser::start().await);
    browser.open(&format!("{}/my/en/ask/question", shop.base())).await;
    let filled = format!(
        "document.querySelector('#contact').value = '{EMAIL}'; document.querySelector('#text').value = 'Why?';"
    );
    browser.run(&format!("{filled} {PRESS}")).await;
    browser.until("<code class=\"secret\">").await;
    browser.open(&format!("{}/my/en/request", shop.base())).await;
    assert!(browser.html().await.contains("By 5 March 2026"), "{}", browser.html().await);
    shop.wait(6.days()).await;
    browser.open(&format!("{}/my/en/request", shop.base())).await;
    browser.until("Overdue: the last day was 5 March 2026.").await;
    shop.close().await;
}
