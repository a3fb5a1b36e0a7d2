//! What every story stands on: a shop, somebody in a browser, staff in others, and the letters that came.

use std::path::Path;
use std::process::Command;

use jiff::{Span, ToSpan};
use saqta_app::console::staff::Seated;
use saqta_app::staff::codes::shown_by;
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_testkit::browser::Browser;
use saqta_testkit::office;
use saqta_testkit::shop::{Key, Shop, Store, system};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The phone of the customer.
pub const PHONE: &str = "+77000010001";
/// Their e-mail address.
pub const EMAIL: &str = "aigerim1@mail.example";
/// Their name.
pub const NAME: &str = "Айгерим Сапарова";

/// A shop, and somebody who opens its pages in a language.
pub struct Stage {
    pub shop: Shop,
    pub browser: Browser,
    pub language: Language,
    letters: TempDir,
}

/// A request, as whoever filed it knows it.
pub struct Asked {
    pub number: u64,
    pub secret: String,
}

/// A member of staff who signed in, in a browser of their own.
pub struct Desk {
    browser: Browser,
    base: String,
    seated: Seated,
}

/// Tells a story in each language of the example.
pub async fn in_every_language(story: impl AsyncFn(&Stage)) {
    for language in Language::ALL {
        let stage = Stage::open(language).await;
        story(&stage).await;
        let Stage { shop, browser, .. } = stage;
        drop(browser);
        shop.close().await;
    }
}

impl Stage {
    async fn open(language: Language) -> Self {
        let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
        let letters = office::post(&shop);
        // Somebody answers for the processing in every shop.
        shop.app().seat("Director", "director@shop.example", "Shop").await.unwrap();
        Self { shop, browser: Browser::start().await, language, letters }
    }

    /// Somebody agrees to advertising by SMS, beside an order of theirs.
    pub async fn agrees_to_advertising(&self, key: &Key, subject: &str) {
        let body = json!({ "subject": { "id": subject }, "parts": [{
            "purpose": "marketing", "values": { "phone": PHONE },
            "consents": [self.shop.answer_to("marketing", Some("sms"), true)],
        }] });
        self.shop.post(key, "/v1/collect", body).await.done();
    }

    /// Whether the shop may still send it.
    pub async fn may_advertise(&self, key: &Key, subject: &str) -> bool {
        let body = json!({
            "subject": { "id": subject }, "purpose": "marketing", "channel": "sms", "attributes": ["phone"],
        });
        self.shop.post(key, "/v1/use", body).await.status == 200
    }

    /// Fills the form of the portal and sends it; gives what the page shows once.
    pub async fn asks(&self, form: &str, fields: &[(&str, &str)]) -> Asked {
        self.browser.open(&self.at(&format!("/ask/{form}"))).await;
        fill(&self.browser, "main form", fields).await;
        let shown =
            self.browser.run("return [...document.querySelectorAll('code.secret')].map(c => c.innerText);");
        let shown = shown.await;
        let text =
            |place: usize| shown[place].as_str().unwrap_or_else(|| panic!("nothing was filed: {shown}"));
        Asked { number: text(0).parse().unwrap(), secret: text(1).to_owned() }
    }

    /// The same, and shows who asks by the code that came.
    pub async fn asks_and_confirms(&self, form: &str, fields: &[(&str, &str)]) -> Asked {
        let asked = self.asks(form, fields).await;
        self.confirms().await;
        asked
    }

    /// Shows who asks by the code that came.
    pub async fn confirms(&self) {
        self.looks().await;
        let code =
            office::code(&self.shop, self.letters.path()).await.expect("a code came to the contact on file");
        fill(&self.browser, "form[action$='/code']", &[("code", &code)]).await;
        self.says("portal-done-confirmed").await;
    }

    /// Opens the link of the letter that came in a browser, and presses its button.
    pub async fn follows_the_link(&self, browser: &Browser) {
        self.shop.app().run_jobs().await.unwrap();
        let files = std::fs::read_dir(self.letters.path()).unwrap().map(|file| file.unwrap().path());
        let letter = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).last();
        let token = office::token(&office::words(&letter.expect("a letter came")));
        browser.open(&self.at(&format!("/confirm?token={token}"))).await;
        fill(browser, "form[action$='/confirm']", &[]).await;
    }

    /// Shows by another code that they are still there.
    pub async fn shows_anew(&self) {
        self.looks().await;
        self.presses("code-again").await;
        self.confirms().await;
    }

    /// Opens the page of the request that the browser remembers.
    pub async fn looks(&self) {
        self.browser.open(&self.at("/request")).await;
    }

    /// Opens a request by its number and secret, as on another device.
    pub async fn returns_to(&self, asked: &Asked) {
        self.browser.open(&self.at("/status")).await;
        let number = asked.number.to_string();
        fill(&self.browser, "main form", &[("number", &number), ("secret", &asked.secret)]).await;
    }

    /// Presses the button of a form of the request's page.
    pub async fn presses(&self, deed: &str) {
        fill(&self.browser, &format!("form[action$='/{deed}']"), &[]).await;
    }

    /// The page has these words.
    pub async fn says(&self, key: &str) {
        let words = self.word(key);
        let page = self.text().await;
        assert!(page.contains(&words), "{:?}: the page does not say `{words}`:\n{page}", self.language);
    }

    /// The state on the page of the request, as it stands when it is opened now.
    pub async fn stands(&self, state: &str) {
        self.looks().await;
        let shown =
            self.browser.run("return document.querySelector('.note:last-of-type strong').innerText;").await;
        let words = self.word(&format!("request-state-{state}"));
        assert_eq!(shown.as_str(), Some(words.as_str()), "{:?}", self.language);
    }

    /// What stands on the page.
    pub async fn text(&self) -> String {
        self.browser
            .run("return document.querySelector('main').innerText;")
            .await
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The rows of the table that says what became of each purpose: its title, and the words beside it.
    pub async fn fates(&self) -> Vec<(String, String)> {
        let rows = self.browser.run(
            "return [...document.querySelectorAll('table.fates tbody tr')].map(r => [r.children[0].innerText, r.children[1].innerText]);",
        );
        let rows = rows.await;
        let cell = |row: &Value, place: usize| row[place].as_str().unwrap().to_owned();
        rows.as_array().unwrap().iter().map(|row| (cell(row, 0), cell(row, 1))).collect()
    }

    /// The title of a purpose of the policy.
    pub fn purpose(&self, name: &str) -> String {
        let version = self.shop.app().versions().pop().unwrap();
        version.policy.purposes.get(name).unwrap().title.in_language(self.language).to_owned()
    }

    /// What an attribute of the policy is called.
    pub fn attribute(&self, name: &str) -> String {
        let version = self.shop.app().versions().pop().unwrap();
        let attribute = version.policy.attribute(&AttributeName::new(name).unwrap()).unwrap();
        attribute.label.in_language(self.language).to_owned()
    }

    /// The papers on the page, each as its PDF prints it, without line ends.
    pub async fn prints(&self, asked: &Asked) -> Vec<String> {
        let links = self
            .browser
            .run("return [...document.querySelectorAll('a[href$=\"/pdf\"]')].map(a => a.href);")
            .await;
        let mut prints = Vec::new();
        for link in links.as_array().unwrap() {
            let pdf = self.fetches(asked, link.as_str().unwrap()).await;
            prints.push(printed(self.letters.path(), &pdf));
        }
        prints
    }

    /// Fetches an address of this site with what the browser remembers of the request.
    pub async fn fetches(&self, asked: &Asked, address: &str) -> Vec<u8> {
        let request = reqwest::Client::new().get(address);
        let answer =
            request.header("cookie", format!("saqta-request={}", asked.secret)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{address}");
        answer.bytes().await.unwrap().to_vec()
    }

    /// An address of the portal in the language of the story.
    pub fn at(&self, rest: &str) -> String {
        format!("{}/my/{}{rest}", self.shop.base(), self.language.tag())
    }

    /// Words of the interface in the language of the story.
    pub fn word(&self, key: &str) -> String {
        self.shop.app().words().word(key, self.language)
    }

    /// How the title of a paper begins.
    pub fn title(&self, paper: Paper) -> String {
        let key = format!("paper-title-{}", paper.as_str().replace('_', "-"));
        let told = self.shop.app().words().told(&key, self.language, &[("number", "@")]);
        told.split('@').next().unwrap().to_owned()
    }

    /// How papers name a request.
    pub fn cited(&self, number: u64) -> String {
        let number = number.to_string();
        self.shop.app().words().told("paper-request-cited", self.language, &[("number", &number)])
    }

    /// A new member of staff, who signs in and goes on duty.
    pub async fn staff(&self, name: &str, role: Role) -> Desk {
        let sign_in = format!("{}@shop.example", name.to_lowercase());
        let app = self.shop.app();
        let seated = app.seat(name, &sign_in, "Shop").await.unwrap();
        if role != Role::Responsible {
            let people = app.people(&system()).await.unwrap();
            let person = people.iter().find(|person| person.sign_in == sign_in).unwrap();
            app.change_role(&system(), &person.id, role).await.unwrap();
        }
        let desk = Desk { browser: Browser::start().await, base: self.shop.base().to_owned(), seated };
        self.comes_to_work(&desk).await;
        desk
    }

    /// A member of staff signs in, and undertakes what clause 10 demands where they have not yet.
    pub async fn comes_to_work(&self, desk: &Desk) {
        // A code of the authenticator is taken once.
        self.shop.wait(1.minutes()).await;
        let Seated { sign_in, password, key, .. } = &desk.seated;
        desk.browser.open(&format!("{}/staff/sign-in?language={}", desk.base, self.language.tag())).await;
        let code = shown_by(key, self.shop.now().as_second()).unwrap();
        let fields = [("sign_in", sign_in.as_str()), ("password", password), ("code", &code)];
        fill(&desk.browser, "main form", &fields).await;
        let undertaking = "form[action='/staff/undertaking']";
        if desk.has(undertaking).await {
            fill(&desk.browser, undertaking, &[]).await;
        }
    }

    /// Lets time pass, and does what became due.
    pub async fn wait(&self, span: Span) {
        self.shop.wait(span).await;
    }
}

impl Desk {
    /// Opens a page of staff.
    pub async fn opens(&self, path: &str) -> String {
        self.browser.open(&format!("{}/staff{path}", self.base)).await;
        self.text().await
    }

    /// What stands on the page.
    pub async fn text(&self) -> String {
        self.browser
            .run("return document.querySelector('main').innerText;")
            .await
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Fills a form of the page that is open and sends it.
    pub async fn fills(&self, form: &str, fields: &[(&str, &str)]) {
        fill(&self.browser, form, fields).await;
    }

    /// Opens a request and does something to it.
    pub async fn does(&self, asked: u64, deed: &str, fields: &[(&str, &str)]) {
        self.opens(&format!("/requests/{asked}")).await;
        fill(&self.browser, &format!("#{deed} form"), fields).await;
        let done = self.browser.run("return document.querySelector('[role=status]') !== null;").await;
        assert_eq!(done.as_bool(), Some(true), "{deed}: {}", self.text().await);
    }

    async fn has(&self, element: &str) -> bool {
        let script = format!("return document.querySelector({}) !== null;", json!(element));
        self.browser.run(&script).await.as_bool().unwrap()
    }

    /// Whether that is offered to them.
    pub async fn is_offered(&self, asked: u64, deed: &str) -> bool {
        self.opens(&format!("/requests/{asked}")).await;
        self.browser
            .run(&format!("return document.querySelector('#{deed}') !== null;"))
            .await
            .as_bool()
            .unwrap()
    }

    /// Fetches an address with the session of this browser.
    pub async fn fetches(&self, path: &str) -> Vec<u8> {
        let cookies = self.browser.cookies().await;
        let request =
            reqwest::Client::new().get(format!("{}/staff{path}", self.base)).header("cookie", cookies);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.bytes().await.unwrap().to_vec()
    }
}

/// Fills the fields of a form by their names, presses its button, and waits for the page that comes next.
async fn fill(browser: &Browser, form: &str, fields: &[(&str, &str)]) {
    let script = format!(
        "const form = document.querySelector({});
        if (!form) throw new Error('no such form on ' + document.querySelector('main').innerText);
        for (const [name, text] of {}) {{
            const named = [...form.elements].filter(e => e.name === name);
            const box = named.find(e => ['radio', 'checkbox'].includes(e.type) && e.value === text);
            if (box) box.checked = true;
            else if (named.length) named[0].value = text;
            else throw new Error('no field ' + name);
        }}
        form.querySelector('button').click();",
        json!(form),
        json!(fields),
    );
    browser.follow(&script).await;
}

/// What a print says, without line ends.
fn printed(folder: &Path, pdf: &[u8]) -> String {
    let file = folder.join("print.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output();
    let read = read.unwrap_or_else(|error| {
        panic!("pdftotext ({error}): install poppler-utils, as `cargo xtask test` does")
    });
    std::fs::remove_file(&file).unwrap();
    assert!(read.status.success());
    letters(&String::from_utf8(read.stdout).unwrap())
}

/// Letters without spaces, line ends and places for division: how lines are broken is no part of what is said.
pub fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// The paper that has all of this on it, of several.
pub fn paper_with(prints: &[String], said: &[&str]) {
    let has = |print: &&String| said.iter().all(|words| print.contains(&letters(words)));
    assert!(
        prints.iter().any(|print| has(&print)),
        "no paper says all of {said:?}:\n{}",
        prints.join("\n\n")
    );
}
