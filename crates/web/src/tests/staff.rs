//! Do the pages of staff keep out whoever guesses, replays, forges or shares?

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use jiff::Timestamp;
use saqta_app::console::staff::Seated;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::staff::codes::shown_by;
use tempfile::TempDir;

use super::shop::{Answer, NOW, publish, send, settings, system};
use crate::settings::Settings;
use crate::setup_token::SetupToken;

const SIGN_IN: &str = "saule@shop.example";
const NAME: &str = "Сауле Ермекова";
const MINUTE: i64 = 60;

/// An installation whose clock is moved by hand.
pub(super) struct House {
    pub app: Arc<App>,
    pub router: Router,
    clock: Arc<AtomicI64>,
    folder: TempDir,
}

impl House {
    pub async fn open() -> Self {
        Self::with(settings()).await
    }

    async fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now: Timestamp = NOW.parse().unwrap();
        let clock = Arc::new(AtomicI64::new(now.as_second()));
        let app = Self::app(&folder, &clock).await;
        publish(&app).await;
        let router = crate::router(Arc::clone(&app), settings);
        Self { app, router, clock, folder }
    }

    async fn app(folder: &TempDir, clock: &Arc<AtomicI64>) -> Arc<App> {
        let (data, faults) = (folder.path().to_owned(), Default::default());
        let place = Location { data, postgres: None, root_key: None, faults };
        let clock = Arc::clone(clock);
        let clock = Clock::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        Arc::new(App::open(place, clock, Limits::default()).await.unwrap())
    }

    async fn restarted(self) -> Self {
        let Self { app, router, clock, folder } = self;
        drop(router);
        app.close().await;
        drop(app);
        let app = Self::app(&folder, &clock).await;
        let router = crate::router(Arc::clone(&app), settings());
        Self { app, router, clock, folder }
    }

    fn wait(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    /// What the second device shows, after the next half minute has begun.
    pub fn next_code(&self, key: &str) -> String {
        self.wait(30);
        self.code(key)
    }

    pub fn code(&self, key: &str) -> String {
        shown_by(key, self.clock.load(Ordering::Relaxed)).unwrap()
    }

    pub async fn seat(&self) -> Seated {
        self.app.seat(NAME, SIGN_IN, "Shop").await.unwrap()
    }

    pub async fn leaves(&self) -> i64 {
        self.app.checkpoint().await.unwrap().map_or(0, |c| c.size)
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// A browser in which somebody has signed in and accepted the undertaking.
    pub async fn on_duty(&self, who: &Seated) -> Browser {
        let mut browser = self.browser();
        let code = self.next_code(&who.key);
        let answer = browser.sign_in(&who.sign_in, &who.password, &code).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/staff"), "{}", answer.text());
        let page = browser.get("/staff/undertaking").await;
        if page.status == 200 {
            browser.press(&page, "/staff/undertaking", &[]).await;
        }
        browser
    }
}

/// Somebody's browser: it keeps cookies, and sends the forms it was given.
#[derive(Clone)]
pub struct Browser {
    pub router: Router,
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let request = request.header("cookie", cookies.join("; ")).header("accept", "text/html");
        let request = request.header("accept-language", "en");
        let answer = send(&self.router, request.body(body).unwrap()).await;
        for line in answer.headers.get_all("set-cookie") {
            let (pair, _) = line.to_str().unwrap().split_once(';').unwrap();
            let (key, value) = pair.split_once('=').unwrap();
            self.cookies.insert(key.to_owned(), value.to_owned());
        }
        answer
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(encoded(fields))).await
    }

    /// Sends a form of a page, with what the page hid in it.
    pub async fn press(&mut self, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = hidden(page, "form");
        self.post(path, &[&[("form", token.as_str())], fields].concat()).await
    }

    pub async fn sign_in(&mut self, name: &str, password: &str, code: &str) -> Answer {
        let page = self.get("/staff/sign-in").await;
        let said = [("sign_in", name), ("password", password), ("code", code)];
        self.press(&page, "/staff/sign-in", &said).await
    }
}

pub fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let found = text.split(&format!("name=\"{name}\" value=\"")).nth(1);
    found.unwrap_or_else(|| panic!("no `{name}` in {text}")).split('"').next().unwrap().to_owned()
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let plain = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    fields.iter().map(|(key, value)| format!("{}={}", plain(key), plain(value))).collect::<Vec<_>>().join("&")
}

/// The key for the second device, as the page shows it.
pub(super) fn shown_key(page: &Answer) -> String {
    page.text().split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// A page without what is drawn anew for each.
fn without_tokens(page: &Answer) -> String {
    page.text().replace(&hidden(page, "form"), "")
}

#[tokio::test]
async fn the_one_time_link_makes_the_responsible_person_and_the_first_key() {
    let mut house = House::open().await;
    let (secret, token) = SetupToken::issue(&house.app).unwrap();
    let setup = Some(Arc::new(token));
    house.router = crate::router(Arc::clone(&house.app), Settings { setup, ..settings() });
    let mut browser = house.browser();
    let before = house.leaves().await;
    let link = format!("/staff/setup?token={secret}");
    let page = browser.get(&link).await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"));
    assert!(page.text().contains("<svg class=\"qr\""));
    assert_eq!(house.leaves().await, before, "opening the link changes nothing");
    let (kept, code) = (hidden(&page, "kept"), house.code(&shown_key(&page)));
    let form = |password, code| {
        [
            ("token", secret.as_str()),
            ("kept", kept.as_str()),
            ("name", NAME),
            ("sign_in", SIGN_IN),
            ("password", password),
            ("again", password),
            ("code", code),
        ]
    };
    let short = browser.press(&page, "/staff/setup", &form("short", &code)).await;
    assert_eq!(short.status, 422);
    assert!(short.text().contains("too short") && short.text().contains(NAME), "{}", short.text());
    assert_eq!(shown_key(&short), shown_key(&page), "the phone keeps its key");
    let wrong = browser.press(&page, "/staff/setup", &form("four plain words", "000000")).await;
    assert_eq!(wrong.status, 422);
    let made = browser.press(&page, "/staff/setup", &form("four plain words", &code)).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let key = shown_key(&made);
    assert!(key.starts_with("saqta_"));
    assert_eq!(made.text().matches("<li><code>").count(), 10);
    let keys = Request::get("/v1/keys").header("authorization", format!("Bearer {key}"));
    assert_eq!(send(&house.router, keys.body(Body::empty()).unwrap()).await.status, 200);
    assert_eq!(browser.get("/staff").await.header("location"), "/staff/undertaking");
    for again in [browser.get(&link).await, browser.press(&page, "/staff/setup", &form("x", &code)).await] {
        assert_eq!(again.status, 403);
        assert!(!again.text().contains("saqta_"));
    }
    assert!(!house.app.unclaimed().await.unwrap());
}

#[tokio::test]
async fn nobody_learns_which_names_there_are() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut browser = house.browser();
    let mut pages = Vec::new();
    let code = house.next_code(&seated.key);
    for (name, password, code) in [
        ("nobody@shop.example", seated.password.as_str(), code.as_str()),
        (SIGN_IN, "not the password", code.as_str()),
        (SIGN_IN, seated.password.as_str(), "000000"),
        (SIGN_IN, "", ""),
    ] {
        let before = house.leaves().await;
        let answer = browser.sign_in(name, password, code).await;
        assert_eq!(answer.status, 403);
        assert_eq!(house.leaves().await, before + 1, "every failure is on record once");
        pages.push(without_tokens(&answer).replace(name, ""));
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]));
    assert!(!browser.cookies.contains_key("saqta-staff"));
}

#[tokio::test]
async fn a_code_counts_once_and_a_recovery_code_too() {
    let house = House::open().await;
    let seated = house.seat().await;
    let (mut first, mut second) = (house.browser(), house.browser());
    let code = house.next_code(&seated.key);
    assert_eq!(first.sign_in("Saule@Shop.Example", &seated.password, &code).await.status, 303);
    assert_eq!(second.sign_in(SIGN_IN, &seated.password, &code).await.status, 403);
    let paper = seated.recovery[0].to_uppercase().replace('-', " ");
    assert_eq!(second.sign_in(SIGN_IN, &seated.password, &paper).await.status, 303);
    assert_eq!(house.browser().sign_in(SIGN_IN, &seated.password, &paper).await.status, 403);
    let next = house.next_code(&seated.key);
    assert_eq!(house.browser().sign_in(SIGN_IN, &seated.password, &next).await.status, 303);
}

#[tokio::test]
async fn guesses_run_out_for_the_right_password_too_and_a_restart_gives_none_back() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut browser = house.browser();
    for _ in 0..10 {
        assert_eq!(browser.sign_in(SIGN_IN, "not the password", "000000").await.status, 403);
    }
    let house = house.restarted().await;
    let mut browser = house.browser();
    let (code, before) = (house.next_code(&seated.key), house.leaves().await);
    let answer = browser.sign_in(SIGN_IN, &seated.password, &code).await;
    assert_eq!(answer.status, 429);
    assert!(answer.text().contains("Try again in 15 minutes"), "{}", answer.text());
    // Others are let in, and whoever does not exist runs out in the same way.
    for tries in 1..=11 {
        let answer = browser.sign_in("nobody@shop.example", "x", "x").await;
        assert_eq!(answer.status, if tries > 10 { 429 } else { 403 });
    }
    assert_eq!(house.leaves().await, before + 10, "what is not looked at leaves nothing behind");
    house.wait(15 * MINUTE);
    let code = house.code(&seated.key);
    assert_eq!(browser.sign_in(SIGN_IN, &seated.password, &code).await.status, 303);
}

#[tokio::test]
async fn a_form_is_taken_only_from_the_browser_it_was_given_to() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    let page = saule.get("/staff/people").await;
    let before = house.leaves().await;
    let mut thief = house.browser();
    let foreign = hidden(&thief.get("/staff/sign-in").await, "form");
    for token in ["", "x", foreign.as_str()] {
        let fields: &[(&str, &str)] = &[("form", token), ("role", "responsible")];
        assert_eq!(saule.post("/staff/people/invite", fields).await.status, 403);
    }
    assert_eq!(saule.post("/staff/people/invite", &[("role", "responsible")]).await.status, 403);
    let token = hidden(&page, "form");
    let forged = Request::post("/staff/people/invite")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let body = Body::from(encoded(&[("form", &token), ("role", "responsible")]));
    assert_eq!(saule.send(forged, body).await.status, 403);
    // Without the session the token is worth nothing.
    let answer = thief.post("/staff/people/invite", &[("form", &token), ("role", "responsible")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/staff/sign-in"));
    assert_eq!(house.leaves().await, before);
    let made = saule.press(&page, "/staff/people/invite", &[("role", "clerk")]).await;
    assert!(made.text().contains("/staff/setup?token="), "{}", made.text());
}

#[tokio::test]
async fn a_session_ends_by_itself_by_the_button_and_everywhere() {
    let house = House::open().await;
    let seated = house.seat().await;
    let open = async |browser: &Browser| browser.clone().get("/staff").await.status == 200;
    let idle = house.on_duty(&seated).await;
    house.wait(29 * MINUTE);
    assert!(open(&idle).await);
    house.wait(30 * MINUTE);
    assert!(!open(&idle).await, "half an hour without a sign of life");
    let busy = house.on_duty(&seated).await;
    for _ in 0..12 * 3 - 1 {
        house.wait(20 * MINUTE);
        assert!(open(&busy).await);
    }
    house.wait(20 * MINUTE);
    assert!(!open(&busy).await, "twelve hours");
    let (mut one, two) = (house.on_duty(&seated).await, house.on_duty(&seated).await);
    let page = one.get("/staff").await;
    let kept = one.clone();
    assert_eq!(one.press(&page, "/staff/sign-out", &[]).await.header("location"), "/staff/sign-in");
    assert_eq!(one.cookies["saqta-staff"], "");
    assert!(!open(&kept).await && open(&two).await, "a cookie that was kept opens nothing");
    let (mut three, page) = (house.on_duty(&seated).await, two.clone().get("/staff/account").await);
    two.clone().press(&page, "/staff/sign-out-everywhere", &[]).await;
    assert!(!open(&two).await && !open(&three).await);
    assert_eq!(three.get("/staff/people").await.header("location"), "/staff/sign-in");
}

#[tokio::test]
async fn nothing_is_shown_before_the_undertaking_is_accepted() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut browser = house.browser();
    let code = house.next_code(&seated.key);
    browser.sign_in(SIGN_IN, &seated.password, &code).await;
    for path in ["/staff", "/staff/people", "/staff/account"] {
        assert_eq!(browser.get(path).await.header("location"), "/staff/undertaking", "{path}");
    }
    let page = browser.get("/staff/undertaking").await;
    assert!(page.text().contains("clause 10") && !page.text().contains(NAME));
    let answer = browser.press(&page, "/staff/people/invite", &[("role", "clerk")]).await;
    assert_eq!(answer.header("location"), "/staff/undertaking");
    let before = house.leaves().await;
    assert_eq!(browser.press(&page, "/staff/undertaking", &[]).await.header("location"), "/staff");
    assert_eq!(house.leaves().await, before + 1);
    assert!(browser.get("/staff").await.text().contains(NAME));
}

#[tokio::test]
async fn a_clerk_comes_by_a_link_that_works_once_and_lets_nobody_in() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    let page = saule.get("/staff/people").await;
    let made = saule.press(&page, "/staff/people/invite", &[("role", "clerk")]).await;
    let link = shown_key(&made).split_once("/staff/").map(|(_, rest)| format!("/staff/{rest}")).unwrap();
    let token = link.split_once("token=").unwrap().1.to_owned();
    assert!(!saule.get("/staff/people").await.text().contains(&token), "a link is shown once");
    let mut clerk = house.browser();
    let page = clerk.get(&link).await;
    let key = shown_key(&page);
    let (kept, code) = (hidden(&page, "kept"), house.code(&key));
    let form = |sign_in| {
        [
            ("token", token.as_str()),
            ("kept", kept.as_str()),
            ("name", "Ерлан Сапаров"),
            ("sign_in", sign_in),
            ("password", "four plain words"),
            ("again", "four plain words"),
            ("code", code.as_str()),
        ]
    };
    let taken = clerk.press(&page, "/staff/setup", &form("SAULE@shop.example")).await;
    assert_eq!(taken.status, 422);
    let joined = clerk.press(&page, "/staff/setup", &form("erlan@shop.example")).await;
    assert!(joined.status == 200 && !joined.text().contains("saqta_"), "{}", joined.text());
    assert_eq!(clerk.get(&link).await.status, 403);
    let page = clerk.get("/staff/undertaking").await;
    clerk.press(&page, "/staff/undertaking", &[]).await;
    assert!(!clerk.get("/staff").await.text().contains("/staff/people"));
    assert_eq!(clerk.get("/staff/people").await.status, 403);
    let page = clerk.get("/staff").await;
    for path in ["/staff/people/invite", "/staff/people/role", "/staff/people/end", "/staff/people/reset"] {
        let id = "0".repeat(32);
        let answer = clerk.press(&page, path, &[("id", &id), ("role", "responsible")]).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    // An account that is ended is out at once; the last who is responsible stays.
    let people = house.app.people(&system()).await.unwrap();
    let page = saule.get("/staff/people").await;
    let refused = saule.press(&page, "/staff/people/end", &[("id", &people[0].id)]).await;
    assert!(refused.status == 422 && refused.text().contains("responsible"), "{}", refused.text());
    let ended = saule.press(&page, "/staff/people/end", &[("id", &people[1].id)]).await;
    assert_eq!(ended.header("location"), "/staff/people");
    assert_eq!(clerk.get("/staff").await.header("location"), "/staff/sign-in");
    let code = house.next_code(&key);
    let answer = house.browser().sign_in("erlan@shop.example", "four plain words", &code).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn a_link_that_is_old_or_was_taken_back_opens_nothing() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    let old = house.app.reset_link_by_name(&system(), SIGN_IN).await.unwrap().outcome.token;
    let page = saule.get("/staff/people").await;
    let text = page.text();
    let form = text.split("drop-link").nth(1).unwrap();
    let id = form.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let link = format!("/staff/setup?token={old}");
    assert_eq!(house.browser().get(&link).await.status, 200);
    saule.press(&page, "/staff/people/drop-link", &[("id", &id)]).await;
    assert_eq!(house.browser().get(&link).await.status, 403);
    let next = house.app.reset_link_by_name(&system(), SIGN_IN).await.unwrap().outcome.token;
    house.wait(72 * 60 * MINUTE);
    assert_eq!(house.browser().get(&format!("/staff/setup?token={next}")).await.status, 403);
}

#[tokio::test]
async fn who_is_locked_out_sets_a_new_password_and_every_session_ends() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut before = house.on_duty(&seated).await;
    let token = house.app.reset_link_by_name(&system(), SIGN_IN).await.unwrap().outcome.token;
    let mut browser = house.browser();
    let page = browser.get(&format!("/staff/setup?token={token}")).await;
    assert!(!page.text().contains("name=\"sign_in\""));
    house.wait(30);
    let (kept, code) = (hidden(&page, "kept"), house.code(&shown_key(&page)));
    let chosen = [
        ("token", token.as_str()),
        ("kept", &kept),
        ("password", "quite another one"),
        ("again", "quite another one"),
        ("code", &code),
    ];
    // The secret of one link is no good for another.
    let other = house.app.reset_link_by_name(&system(), SIGN_IN).await.unwrap().outcome.token;
    let swapped = [&[("token", other.as_str())], &chosen[1..]].concat();
    assert_eq!(browser.press(&page, "/staff/setup", &swapped).await.status, 403);
    assert_eq!(browser.press(&page, "/staff/setup", &chosen).await.status, 200);
    assert_eq!(before.get("/staff").await.header("location"), "/staff/sign-in");
    assert_eq!(browser.get("/staff").await.status, 200, "who had accepted the undertaking has");
    let old = house.next_code(&seated.key);
    assert_eq!(house.browser().sign_in(SIGN_IN, &seated.password, &old).await.status, 403);
    let new = house.next_code(&shown_key(&page));
    assert_eq!(house.browser().sign_in(SIGN_IN, "quite another one", &new).await.status, 303);
}

#[tokio::test]
async fn a_browser_left_open_is_not_enough_to_change_the_password() {
    let house = House::open().await;
    let seated = house.seat().await;
    let (mut saule, mut other) = (house.on_duty(&seated).await, house.on_duty(&seated).await);
    let page = saule.get("/staff/account").await;
    let code = house.next_code(&seated.key);
    let form = |present, code| {
        [
            ("present", present),
            ("code", code),
            ("password", "quite another one"),
            ("again", "quite another one"),
        ]
    };
    for wrong in [form("not the password", &code), form(&seated.password, "000000")] {
        assert_eq!(saule.press(&page, "/staff/account/password", &wrong).await.status, 422);
    }
    let right = form(&seated.password, &code);
    let changed = saule.press(&page, "/staff/account/password", &right).await;
    assert!(changed.text().contains("The password is changed"), "{}", changed.text());
    assert_eq!(other.get("/staff").await.header("location"), "/staff/sign-in");
    let code = house.next_code(&seated.key);
    let new = [("present", "quite another one"), ("code", code.as_str())];
    let renewed = saule.press(&page, "/staff/account/recovery", &new).await;
    assert_eq!(renewed.text().matches("<li><code>").count(), 10);
    let old = &seated.recovery[3];
    assert_eq!(house.browser().sign_in(SIGN_IN, "quite another one", old).await.status, 403);
}

#[tokio::test]
async fn cookies_are_for_this_host_alone_and_no_script_reads_them() {
    let secure = Settings { public_url: "https://privacy.shop.example".to_owned(), ..settings() };
    let house = House::with(secure).await;
    let seated = house.seat().await;
    let mut browser = house.browser();
    let page = browser.get("/staff/sign-in").await;
    assert!(page.header("set-cookie").starts_with("__Host-saqta-form="));
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let code = house.next_code(&seated.key);
    let said = [("sign_in", SIGN_IN), ("password", seated.password.as_str()), ("code", code.as_str())];
    let answer = browser.press(&page, "/staff/sign-in", &said).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-saqta-staff="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    let secret = &browser.cookies["__Host-saqta-staff"];
    assert_eq!(secret.len(), 43, "256 bits");
}

#[tokio::test]
async fn every_page_speaks_three_languages_and_remembers_the_one_that_was_chosen() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    for (tag, word) in [("kk", "Адамдар"), ("ru", "Люди"), ("en", "People")] {
        let page = saule.get(&format!("/staff/people?language={tag}")).await;
        assert!(page.text().contains(&format!("<h1>{word}</h1>")), "{}", page.text());
        for path in ["/staff", "/staff/people", "/staff/account", "/staff/sign-in"] {
            let page = saule.get(path).await;
            assert_eq!((page.status.as_u16(), page.header("content-language")), (200, tag), "{path}");
            let text = page.text();
            assert!(!text.contains(">staff-"), "{path}: a word is missing");
            for foreign in ["<script", " style=", " src=", "onclick", "http-equiv"] {
                assert!(!text.contains(foreign), "{path} {foreign}");
            }
        }
    }
}
