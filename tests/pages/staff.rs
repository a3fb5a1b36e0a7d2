//! Can staff sign in and work in a real browser: by keyboard, without a script, at every width, however they see or hear?

use jiff::ToSpan;
use saqta_app::console::staff::Seated;
use saqta_app::staff::codes::shown_by;
use saqta_testkit::shop::{Shop, Store, system};

use crate::browser::Browser;
use crate::in_a_browser::{EVERYTHING_OPEN, LOOK, axe};
use crate::shop::LANGUAGES;

pub const TAB: char = '\u{e004}';
pub const ENTER: char = '\u{e007}';
pub const NAME: &str = "Сауле Ермекова";

/// The parts of the pages that are passed by with the keyboard: the skip link and three languages.
const BEFORE: usize = 4;

pub async fn with_somebody() -> (Shop, Seated) {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let seated = shop.app().seat(NAME, "saule@shop.example", "Shop").await.unwrap();
    shop.wait(1.minutes()).await;
    (shop, seated)
}

/// Signs in with nothing but the keyboard.
pub async fn sign_in(browser: &Browser, shop: &Shop, who: &Seated) {
    let code = shown_by(&who.key, shop.app().now().as_second()).unwrap();
    browser.open(&format!("{}/staff", shop.base())).await;
    for _ in 0..BEFORE {
        browser.press(TAB).await;
    }
    for text in [&who.sign_in, &who.password, &code] {
        browser.press(TAB).await;
        browser.write(text).await;
    }
    browser.press(ENTER).await;
}

/// Presses the first button of the page.
pub async fn first_button(browser: &Browser) {
    for _ in 0..=BEFORE {
        browser.press(TAB).await;
    }
    browser.press(ENTER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_by_keyboard_and_without_a_script() {
    let (shop, seated) = with_somebody().await;
    let browser = Browser::start().await;
    browser.scripts(false).await;
    sign_in(&browser, &shop, &seated).await;
    browser.until("<form method=\"post\" action=\"/staff/undertaking\">").await;
    first_button(&browser).await;
    browser.until(NAME).await;
    browser.open(&format!("{}/staff/people", shop.base())).await;
    assert!(browser.html().await.contains("saule@shop.example"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_staff_can_be_read_by_everybody_and_fit_every_width() {
    let (shop, seated) = with_somebody().await;
    let (browser, axe) = (Browser::start().await, axe());
    sign_in(&browser, &shop, &seated).await;
    browser.until("action=\"/staff/undertaking\"").await;
    let token = shop.app().reset_link_by_name(&system(), "saule@shop.example").await.unwrap().outcome.token;
    let new = shop.app().invite(&system(), saqta_app::staff::role("clerk").unwrap()).await.unwrap().outcome;
    let mut found = Vec::new();
    let mut look = async |path: &str| {
        for (width, scheme) in [(320, "light"), (1440, "dark")] {
            browser.width(width).await;
            browser.scheme(scheme).await;
            for language in LANGUAGES {
                let sign = if path.contains('?') { '&' } else { '?' };
                browser.open(&format!("{}{path}{sign}language={language}", shop.base())).await;
                assert!(browser.html().await.contains(&format!("<html lang=\"{language}\"")), "{path}");
                browser.run(EVERYTHING_OPEN).await;
                let sizes =
                    browser.run("return [document.documentElement.scrollWidth, window.innerWidth];").await;
                assert!(sizes[0].as_u64() <= sizes[1].as_u64(), "{path} at {width}: {sizes}");
                browser.run(&axe).await;
                let violations = browser.run_later(LOOK).await;
                let told = violations.as_array().unwrap().iter();
                found.extend(told.map(|v| format!("{path} at {width}, {scheme}, {language}: {v}")));
            }
        }
    };
    look("/staff/undertaking").await;
    look("/staff/sign-in").await;
    look(&format!("/staff/setup?token={token}")).await;
    look(&format!("/staff/setup?token={}", new.token)).await;
    browser.open(&format!("{}/staff/undertaking", shop.base())).await;
    first_button(&browser).await;
    browser.until(NAME).await;
    for path in ["/staff", "/staff/people", "/staff/account"] {
        look(path).await;
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    let console = browser.console().await;
    assert!(console.is_empty(), "{console:?}");
    shop.close().await;
}
