//! Can staff work on requests in a real browser: by keyboard, at every width, in every language, however they see or hear?

use jiff::ToSpan;
use saqta_app::act::{Caller, Channel};
use saqta_app::console::staff::Seated;
use saqta_app::mail::letterbox::Letterbox;
use saqta_app::mail::take::{Brought, Fate};
use saqta_app::requests::certificate::ConsentNamed;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::file::Filing;
use saqta_app::requests::record::AuthorityLetter;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::request::{Applicant, CorrectionGround, Intake, Matter, Objection};
use saqta_mail::imap::{Trouble, Watcher};
use saqta_mail::trust::{Policy, Trust, Verdict};
use saqta_testkit::shop::{Shop, system};
use serde_json::json;

use crate::browser::Browser;
use crate::in_a_browser::{EVERYTHING_OPEN, LOOK, axe};
use crate::shop::LANGUAGES;
use crate::staff::{ENTER, NAME, TAB, first_button, sign_in, with_somebody};

/// How often the tab key is pressed before somebody gives up.
const PATIENCE: usize = 60;

/// A member of staff who enters what the tests look at.
fn clerk() -> Caller {
    let actor = Actor::Staff { id: "7".repeat(32), role: Role::Clerk, undertaking: true };
    let (channel, language) = (Channel::Console, Language::Russian);
    Caller { actor: actor.into(), channel, language, idempotency: None, ahead: Default::default() }
}

fn call(matter: Matter, contact: &str) -> Filing {
    Filing {
        contact: contact.to_owned(),
        name: "Айгерим Сапарова".to_owned(),
        text: "Здравствуйте! Прошу ответить мне как можно скорее.".to_owned(),
        ..Filing::new(matter, Intake::Phone, Language::Russian)
    }
}

/// A shop with requests of several kinds: some open, some late.
async fn with_requests(shop: &Shop) -> u64 {
    let key = shop.key(&["order", "service_book"]).await;
    let subject = shop.customer(&key, 1).await;
    let car = json!({ "subject": { "id": subject }, "parts": [{
        "purpose": "service_book",
        "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
        "consents": [shop.answer_to("service_book", None, true)],
    }] });
    shop.post(&key, "/v1/collect", car).await.done();
    let known = "aigerim1@mail.example";
    let phone = AttributeName::new("phone").unwrap();
    let ground = CorrectionGround::OutOfDate;
    let rectification = Matter::Rectification { ground, attributes: [phone.clone()].into() };
    let proposed = vec![(phone, "+77000019999".to_owned())];
    let letter = AuthorityLetter {
        authority: "Комитет по информационной безопасности".to_owned(),
        number: "12-3/45".to_owned(),
        dated: "2026-02-27".to_owned(),
        questions: vec!["Какие данные?".to_owned(), "На каком основании?".to_owned()],
        answers: Vec::new(),
    };
    let authority = Filing {
        by: Applicant::Authority,
        letter: Some(letter),
        ..Filing::new(Matter::Authority { letter_due: None }, Intake::Paper, Language::Russian)
    };
    let filings = [
        call(Matter::Explanation, known),
        call(Matter::Access, known),
        Filing { proposed, ..call(rectification, known) },
        call(Matter::Destruction { ground: None, purposes: Default::default() }, known),
        call(Matter::Objection(Objection::Marketing), known),
        call(Matter::Complaint, "nobody@mail.example"),
        authority,
    ];
    let mut last = 0;
    for filing in filings {
        last = shop.app().file_request(&clerk(), &filing).await.unwrap().number;
    }
    for number in [3, 4] {
        shop.app().do_deed(&clerk(), number, &Deed::IdentifyByFacts).await.unwrap();
    }
    shop.app().do_deed(&clerk(), 4, &Deed::Approve).await.unwrap();
    let text = "Перезвонить после обеда.".to_owned();
    shop.app().do_deed(&clerk(), 4, &Deed::Note { text }).await.unwrap();
    last
}

/// A letter with everything that a page shows of one, and words as long as somebody can make them.
fn letter() -> Vec<u8> {
    format!(
        "From: Ержан Әбдірахманұлы <erzhan.{long}@mail.example>\r\n\
         Subject: Уточнение данных и {long}\r\n\
         Message-ID: <2@mail.example>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=here\r\n\
         \r\n\
         --here\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         \r\n\
         Сәлеметсіз бе! Менің деректерімді жойыңыздар.\r\n\
         \r\n\
         {long}\r\n\
         \r\n\
         01.03.2026 10:00, Магазин пишет:\r\n\
         > Ваш заказ в пути\r\n\
         --here\r\n\
         Content-Type: application/pdf\r\n\
         Content-Disposition: attachment; filename=\"power-of-attorney.pdf\"\r\n\
         \r\n\
         %PDF-1.7\r\n\
         --here\r\n\
         Content-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"{long}.exe\"\r\n\
         \r\n\
         MZ\r\n\
         --here--\r\n",
        long = "oqys".repeat(13),
    )
    .into_bytes()
}

/// A mailbox with trouble, and three letters: one that its domain confirms, one that it denies, one of which nothing is known.
/// Gives the last request.
async fn with_mail(shop: &Shop) -> u64 {
    Letterbox::new(shop.app().clone(), None).trouble("privacy@shop.example", Trouble::WrongPassword);
    let mut filed = 0;
    for dmarc in [Some(Verdict::Pass), Some(Verdict::Fail), None] {
        let trust = dmarc.map(|dmarc| Trust {
            dkim: dmarc,
            spf: Verdict::None,
            dmarc,
            arc: Verdict::TempError,
            domain: Some("mail.example".to_owned()),
            signed_by: (dmarc == Verdict::Pass).then(|| "mail.example".to_owned()),
            policy: Policy::Reject,
            reported: false,
        });
        let mut raw = letter();
        // Another letter, or it would be known already.
        raw.extend_from_slice(format!("{dmarc:?}").as_bytes());
        let fate = shop.app().take_letter(&Brought { trust, ..Brought::whole(&raw) }).await.unwrap();
        let Fate::Filed(numbers) = fate else { panic!("a letter begins a request: {fate:?}") };
        filed = *numbers.last().unwrap();
    }
    filed
}

/// Somebody in a browser, signed in and on duty.
async fn on_duty(browser: &Browser, shop: &Shop, who: &Seated) {
    sign_in(browser, shop, who).await;
    browser.until("action=\"/staff/undertaking\"").await;
    first_button(browser).await;
    browser.until("class=\"board\"").await;
}

/// Presses the tab key until that element has the focus.
async fn tab_to(browser: &Browser, element: &str) {
    for _ in 0..PATIENCE {
        browser.press(TAB).await;
        let found = browser.run(&format!("return document.activeElement.matches('{element}');")).await;
        if found.as_bool() == Some(true) {
            return;
        }
    }
    panic!("the tab key does not lead to {element}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_answers_a_question_by_keyboard() {
    let (shop, _) = with_somebody().await;
    with_requests(&shop).await;
    let seated = shop.app().seat("Ерлан Сапаров", "erlan@shop.example", "Shop").await.unwrap();
    let people = shop.app().people(&system()).await.unwrap();
    let erlan = people.iter().find(|person| person.sign_in == "erlan@shop.example").unwrap();
    shop.app().change_role(&system(), &erlan.id, Role::Clerk).await.unwrap();
    shop.wait(1.minutes()).await;
    let browser = Browser::start().await;
    on_duty(&browser, &shop, &seated).await;
    browser.open(&format!("{}/staff/requests?language=ru", shop.base())).await;
    tab_to(&browser, "a[href=\"/staff/requests/1\"]").await;
    browser.press(ENTER).await;
    browser.until("id=\"answer\"").await;
    assert!(!browser.html().await.contains("id=\"refuse\""), "a clerk is not offered a refusal");
    tab_to(&browser, "#answer-answer").await;
    browser.write("Заказы возит CDEK.").await;
    tab_to(&browser, "#answer-basis").await;
    browser.write("пункт 7.2").await;
    tab_to(&browser, "#answer button").await;
    browser.press(ENTER).await;
    browser.until("role=\"status\"").await;
    browser.open(&format!("{}/staff/requests/answered", shop.base())).await;
    assert!(browser.html().await.contains("/staff/requests/1\""));
    shop.close().await;
}

/// What is wrong with the page that stands in the browser now, for whoever reads it.
async fn look(browser: &Browser, axe: &str, page: &str) -> Vec<String> {
    browser.run(EVERYTHING_OPEN).await;
    let sizes = browser.run("return [document.documentElement.scrollWidth, window.innerWidth];").await;
    assert!(sizes[0].as_u64() <= sizes[1].as_u64(), "{page}: {sizes}");
    browser.run(axe).await;
    let violations = browser.run_later(LOOK).await;
    violations.as_array().unwrap().iter().map(|violation| format!("{page}: {violation}")).collect()
}

/// Light and small, dark and wide.
const LOOKS: [(u32, &str); 2] = [(320, "light"), (1440, "dark")];

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_requests_can_be_read_by_everybody_and_fit_every_width() {
    let (shop, seated) = with_somebody().await;
    let last = with_requests(&shop).await;
    let last_letter = with_mail(&shop).await;
    shop.wait(4.days()).await;
    let (browser, axe) = (Browser::start().await, axe());
    on_duty(&browser, &shop, &seated).await;
    let home = browser.html().await;
    assert!(home.contains(NAME) && home.contains("privacy@shop.example: "), "{home}");
    for (number, [confirmed, denied]) in [(last + 1, [1, 0]), (last + 2, [0, 2]), (last_letter, [0, 0])] {
        browser.open(&format!("{}/staff/requests/{number}?language=en", shop.base())).await;
        let html = browser.html().await;
        assert_eq!(html.matches("domain confirms this letter").count(), confirmed, "{number}: {html}");
        // On top of the page, and beside the letter.
        assert_eq!(html.matches("This letter was probably forged").count(), denied, "{number}: {html}");
    }
    browser.open(&format!("{}/staff/requests/{last}", shop.base())).await;
    let html = browser.html().await;
    let paper = html.split("href=\"/staff/requests/").find(|rest| rest.contains("/paper/")).unwrap();
    let paper = format!("/requests/{}", paper.split('"').next().unwrap());
    // The widest paper there is: every entry with its digest, and the signed state.
    let file = shop.app().make_case_file(&system(), last).await.unwrap();
    let file = format!("/requests/{last}/paper/{file}");
    let named = ConsentNamed { purpose: PurposeName::new("service_book").unwrap(), channel: None };
    let certificate = shop.app().certify_consent(&system(), 3, &named).await.unwrap();
    let certificate = format!("/requests/3/paper/{certificate}");
    let fixed = ["", "/requests", "/requests?show=overdue", "/requests/answered", "/requests/journal"];
    let forms =
        ["/requests/new", "/requests/new/authority", "/requests/journal?as=csv&from=2026-03-02&until=x"];
    let cases = (1..=last_letter).map(|number| format!("/requests/{number}"));
    let paths: Vec<String> = fixed
        .into_iter()
        .chain(forms)
        .map(str::to_owned)
        .chain(cases)
        .chain([paper, file, certificate])
        .collect();
    let mut found = Vec::new();
    for (width, scheme) in LOOKS {
        browser.width(width).await;
        browser.scheme(scheme).await;
        for path in &paths {
            for language in LANGUAGES {
                let sign = if path.contains('?') { '&' } else { '?' };
                browser.open(&format!("{}/staff{path}{sign}language={language}", shop.base())).await;
                assert!(browser.html().await.contains(&format!("<html lang=\"{language}\"")), "{path}");
                found.extend(look(&browser, &axe, &format!("{path} at {width}, {scheme}, {language}")).await);
            }
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_a_form_can_be_read_by_everybody() {
    let (shop, seated) = with_somebody().await;
    with_requests(&shop).await;
    let (browser, axe) = (Browser::start().await, axe());
    on_duty(&browser, &shop, &seated).await;
    let mut found = Vec::new();
    for (width, scheme) in LOOKS {
        browser.width(width).await;
        browser.scheme(scheme).await;
        for language in LANGUAGES {
            for kind in ["rectification", "withdrawal"] {
                browser.open(&format!("{}/staff/requests/new?language={language}", shop.base())).await;
                browser.run(&format!("document.querySelector('#new-kind').value = '{kind}';")).await;
                found.extend(look(&browser, &axe, &format!("{kind} at {width}, {scheme}, {language}")).await);
            }
            for (contact, then) in
                [("neither of both", "aria-invalid"), ("aigerim1@mail.example", "class=\"secret\"")]
            {
                browser
                    .run(&format!(
                        "document.querySelector('#new-contact').value = '{contact}';
                        document.querySelector('main form').submit();"
                    ))
                    .await;
                browser.until(then).await;
                found.extend(look(&browser, &axe, &format!("{then} at {width}, {scheme}, {language}")).await);
            }
            browser.open(&format!("{}/staff/requests/4?language={language}", shop.base())).await;
            browser.run("document.querySelector('#note form').submit();").await;
            browser.until("id=\"note-note-fault\"").await;
            found.extend(look(&browser, &axe, &format!("a note at {width}, {scheme}, {language}")).await);
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    shop.close().await;
}
