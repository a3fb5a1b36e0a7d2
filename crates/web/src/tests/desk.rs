//! Do staff see who waits and until when, and can nobody do more with a request than their role allows?

use axum::body::Body;
use axum::http::Request;
use data_encoding::HEXLOWER;
use saqta_app::admission::KeyScope;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::operation::Operation;
use serde_json::{Value, json};

use super::shop::{Answer, EMAIL, NAME, order, send, system};
use super::staff::{Browser, House, hidden, shown_key};

const PAGES: [&str; 5] = [
    "/staff/requests",
    "/staff/requests/answered",
    "/staff/requests/journal",
    "/staff/requests/new",
    "/staff/requests/new/authority",
];

/// Somebody who is on file.
async fn customer(house: &House) {
    collect(house, &order()).await;
}

/// Somebody with an open order, and with a service book that ends when they ask for it.
async fn customer_with_a_car(house: &House) {
    let view = house.app.view().await.unwrap();
    let declared = view.version.policy.purposes.values().find(|p| p.name.as_str() == "service_book").unwrap();
    let digest = HEXLOWER.encode(&declared.consent.as_ref().unwrap().digests[1]);
    let mut body = order();
    body["parts"].as_array_mut().unwrap().push(json!({
        "purpose": "service_book",
        "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
        "consents": [{ "given": true, "text_digest": digest, "language": "ru", "evidence": "checkout form" }],
    }));
    collect(house, &body).await;
}

async fn collect(house: &House, body: &Value) {
    let view = house.app.view().await.unwrap();
    let scope = KeyScope {
        purposes: view.version.policy.purposes.keys().map(ToString::to_string).collect(),
        operations: Operation::ALL.iter().map(ToString::to_string).collect(),
        administers: false,
        undertaking: Some("No. 12 of 2026-01-12".to_owned()),
    };
    let key = house.app.create_key(&system(), "shop", &scope).await.unwrap().outcome.secret;
    let request = Request::post("/v1/collect").header("content-type", "application/json");
    let request = request.header("authorization", format!("Bearer {key}"));
    let answer = send(&house.router, request.body(Body::from(body.to_string())).unwrap()).await;
    assert!(answer.status.is_success(), "{}", answer.text());
}

/// A clerk who has accepted the undertaking.
async fn clerk(house: &House) -> Browser {
    let token = house.app.invite(&system(), Role::Clerk).await.unwrap().outcome.token;
    let mut clerk = house.browser();
    let page = clerk.get(&format!("/staff/setup?token={token}")).await;
    let (kept, code) = (hidden(&page, "kept"), house.code(&shown_key(&page)));
    let key = shown_key(&page);
    let form = [
        ("token", token.as_str()),
        ("kept", &kept),
        ("name", "Ерлан Сапаров"),
        ("sign_in", "erlan@shop.example"),
        ("password", "four plain words"),
        ("again", "four plain words"),
        ("code", &code),
    ];
    let joined = clerk.press(&page, "/staff/setup", &form).await;
    assert_eq!(joined.status, 200, "{}", joined.text());
    let code = house.next_code(&key);
    clerk.sign_in("erlan@shop.example", "four plain words", &code).await;
    let page = clerk.get("/staff/undertaking").await;
    clerk.press(&page, "/staff/undertaking", &[]).await;
    clerk
}

/// What is typed for a call.
fn call<'a>(kind: &'a str, contact: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("intake", "phone"),
        ("received", "2026-03-02"),
        ("by", "subject"),
        ("name", NAME),
        ("contact", contact),
        ("language", "en"),
        ("kind", kind),
        ("text", text),
    ]
}

/// Enters a call and gives the answer.
async fn file(browser: &mut Browser, said: &[(&str, &str)]) -> Answer {
    let page = browser.get("/staff/requests/new").await;
    browser.press(&page, "/staff/requests/new", said).await
}

async fn press_deed(browser: &mut Browser, number: u64, deed: &str, said: &[(&str, &str)]) -> Answer {
    let page = browser.get(&format!("/staff/requests/{number}")).await;
    let said = [&[("deed", deed)], said].concat();
    browser.press(&page, &format!("/staff/requests/{number}/do"), &said).await
}

#[tokio::test]
async fn nobody_sees_a_request_who_is_not_signed_in_or_has_not_accepted_the_undertaking() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut browser = house.browser();
    let more = [
        "/staff/requests/1",
        "/staff/requests/1/paper/1",
        "/staff/requests/1/paper/1/csv",
        "/staff/requests/1/letters/0/attachments/0",
        "/staff/requests/1/pack",
    ];
    for path in PAGES.into_iter().chain(more) {
        assert_eq!(browser.get(path).await.header("location"), "/staff/sign-in", "{path}");
    }
    let code = house.next_code(&seated.key);
    browser.sign_in(&seated.sign_in, &seated.password, &code).await;
    for path in PAGES.into_iter().chain(more) {
        assert_eq!(browser.get(path).await.header("location"), "/staff/undertaking", "{path}");
    }
    let page = browser.get("/staff/undertaking").await;
    for path in ["new", "1/case-file", "1/certificate"] {
        let path = format!("/staff/requests/{path}");
        let refused = browser.press(&page, &path, &call("access", EMAIL, "")).await;
        assert_eq!(refused.header("location"), "/staff/undertaking", "{path}");
    }
}

#[tokio::test]
async fn a_form_that_no_page_gave_out_does_nothing() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    let before = house.leaves().await;
    let paths = ["new", "new/authority", "1/do", "1/case-file", "1/certificate"];
    for path in paths.map(|path| format!("/staff/requests/{path}")) {
        let path = path.as_str();
        assert_eq!(saule.post(path, &call("access", EMAIL, "")).await.status, 403, "{path}");
        let forged = [&[("form", "AAAA")], call("access", EMAIL, "").as_slice()].concat();
        assert_eq!(saule.post(path, &forged).await.status, 403, "{path}");
    }
    assert_eq!(house.leaves().await, before);
}

#[tokio::test]
async fn a_call_is_entered_and_its_number_and_secret_are_shown_once() {
    let house = House::open().await;
    customer(&house).await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    let filed = file(&mut saule, &call("access", EMAIL, "What do you hold about me?")).await;
    assert_eq!((filed.status.as_u16(), filed.header("cache-control")), (200, "no-store"), "{}", filed.text());
    let text = filed.text();
    let shown: Vec<&str> = text.split("<code class=\"secret\">").skip(1).collect();
    let shown: Vec<&str> = shown.iter().map(|rest| rest.split('<').next().unwrap()).collect();
    let [number, secret] = shown[..] else { panic!("{text}") };
    assert!(number == "1" && secret.len() > 10);
    let case = saule.get("/staff/requests/1").await;
    assert!(case.status == 200 && !case.text().contains(secret), "{}", case.text());
    for told in ["№ 1: access to the data", "What do you hold about me?", NAME, EMAIL, "phone call"] {
        assert!(case.text().contains(told), "{told}: {}", case.text());
    }
    let list = saule.get("/staff/requests?show=identity").await;
    assert!(list.text().contains("/staff/requests/1\""), "{}", list.text());
    assert!(!list.text().contains(secret) && !list.text().contains(EMAIL), "{}", list.text());
    let home = saule.get("/staff").await.text();
    assert!(home.contains("<strong>1</strong> open"), "{home}");
}

#[tokio::test]
async fn a_form_with_a_fault_comes_back_with_what_was_typed() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    for (said, field) in [
        (call("access", "neither of both", "Please"), "new-contact"),
        (call("access", "", "Please"), "new-contact"),
        (call("rectification", EMAIL, "Please"), "new-ground"),
        (call("nonsense", EMAIL, "Please"), "new-kind"),
        ([call("access", EMAIL, "Please"), vec![("received", "2026-03-03")]].concat(), "new-received"),
    ] {
        let back = file(&mut saule, &said).await;
        let text = back.text();
        assert_eq!(back.status, 422, "{text}");
        assert!(
            text.contains(&format!("href=\"#{field}\"")) && text.contains(&format!("id=\"{field}-fault\"")),
            "{text}"
        );
        assert!(text.contains("Please</textarea>") && text.contains(NAME), "{text}");
    }
    assert!(saule.get("/staff/requests").await.text().contains("There are no such requests"));
}

#[tokio::test]
async fn a_clerk_answers_and_cannot_refuse() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    file(&mut saule, &call("explanation", EMAIL, "Who is your carrier?")).await;
    let mut clerk = clerk(&house).await;
    let page = clerk.get("/staff/requests/1").await.text();
    assert!(page.contains("value=\"answer\"") && !page.contains("value=\"refuse\""), "{page}");
    assert!(saule.get("/staff/requests/1").await.text().contains("value=\"refuse\""));
    let why = [("refused_part", "All"), ("reason", "No time"), ("article", "25"), ("can_do", "Ask again")];
    let forced = press_deed(&mut clerk, 1, "refuse", &why).await;
    assert_eq!(forced.status, 403);
    assert!(forced.text().contains("Only the responsible person"), "{}", forced.text());
    let empty = press_deed(&mut clerk, 1, "answer", &[("answer", "It is CDEK."), ("basis", " ")]).await;
    assert_eq!(empty.status, 422);
    let text = empty.text();
    assert!(text.contains("It is CDEK.</textarea>") && text.contains("href=\"#answer-basis\""), "{text}");
    let said = [("answer", "It is CDEK."), ("basis", "clause 7.2")];
    let done = press_deed(&mut clerk, 1, "answer", &said).await;
    assert_eq!(
        (done.status.as_u16(), done.header("location")),
        (303, "/staff/requests/1?done=answer"),
        "{}",
        done.text()
    );
    assert!(clerk.get("/staff/requests").await.text().contains("There are no such requests"));
    assert!(clerk.get("/staff/requests/answered").await.text().contains("/staff/requests/1\""));
    let page = clerk.get("/staff/requests/1").await.text();
    let link = page.rsplit("href=\"/staff/requests/1/paper/").nth(1).unwrap();
    let paper = link.split('"').next().unwrap();
    let article = clerk.get(&format!("/staff/requests/1/paper/{paper}")).await;
    assert!(article.text().contains("It is CDEK."), "{}", article.text());
    let pdf = clerk.get(&format!("/staff/requests/1/paper/{paper}/pdf")).await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.header("content-disposition").starts_with("attachment"));
}

#[tokio::test]
async fn the_letter_of_an_authority_shows_the_day_it_names() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    let page = saule.get("/staff/requests/new/authority").await;
    let said = [
        ("authority", "Committee for Information Security"),
        ("letter_number", "12-3/45"),
        ("letter_dated", "2026-02-27"),
        ("received", "2026-03-02"),
        ("letter_due", "2026-03-06"),
        ("questions", "Which data?\n\nOn which ground?"),
    ];
    let empty = saule.press(&page, "/staff/requests/new/authority", &said[..4]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("id=\"letter-questions-fault\""), "{}", empty.text());
    let filed = saule.press(&page, "/staff/requests/new/authority", &said).await;
    assert_eq!(filed.header("location"), "/staff/requests/1?done=filed", "{}", filed.text());
    let case = saule.get("/staff/requests/1").await.text();
    assert!(case.contains("By 6 March 2026: the authority’s letter names this day."), "{case}");
    for told in ["<li>Which data?", "<li>On which ground?", "12-3/45", "27.02.2026", "this one holds"] {
        assert!(case.contains(told), "{told}: {case}");
    }
}

#[tokio::test]
async fn the_journal_of_a_period_is_taken_along_as_a_file() {
    let house = House::open().await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    file(&mut saule, &call("explanation", EMAIL, "Who is your carrier?")).await;
    for (shape, content_type) in [
        ("csv", "text/csv; charset=utf-8"),
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ] {
        let path = format!("/staff/requests/journal?from=2026-03-01&until=2026-03-02&as={shape}");
        let journal = saule.get(&path).await;
        assert_eq!((journal.status.as_u16(), journal.header("content-type")), (200, content_type));
        let name = format!("attachment; filename=\"journal-2026-03-01-2026-03-02.{shape}\"");
        assert_eq!(journal.header("content-disposition"), name);
        assert_eq!(journal.header("cache-control"), "no-store");
        assert!(!journal.bytes.is_empty());
    }
    let back = saule.get("/staff/requests/journal?from=2026-03-02&until=2026-03-01&as=csv").await;
    assert_eq!(back.status, 422);
    assert!(back.text().contains("The last day is before the first."), "{}", back.text());
    let mut clerk = clerk(&house).await;
    assert!(!clerk.get("/staff/requests").await.text().contains("/staff/requests/journal"));
    let path = "/staff/requests/journal?from=2026-03-01&until=2026-03-02&as=csv";
    assert_eq!(clerk.get(path).await.status, 403);
}

#[tokio::test]
async fn the_pages_of_requests_speak_three_languages_and_run_nothing() {
    let house = House::open().await;
    customer(&house).await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    for kind in ["access", "explanation", "destruction", "withdrawal", "objection", "stop"] {
        let said = [call(kind, EMAIL, "Please"), vec![("objection", "marketing")]].concat();
        assert_eq!(file(&mut saule, &said).await.status, 200, "{kind}");
    }
    let paths = PAGES.into_iter().map(str::to_owned).chain((1..=6).map(|n| format!("/staff/requests/{n}")));
    for path in paths {
        for tag in ["kk", "ru", "en"] {
            let page = saule.get(&format!("{path}?language={tag}")).await;
            assert_eq!((page.status.as_u16(), page.header("content-language")), (200, tag), "{path}");
            let text = page.text();
            for missing in [">desk-", ">request-", " desk-", " request-", ">reason-"] {
                let found = text.split(missing).nth(1).map(|rest| rest.chars().take(40).collect::<String>());
                assert_eq!(found, None, "{path} {tag}: a word is missing after `{missing}`");
            }
            for foreign in ["<script", " style=", " src=", "onclick", "http-equiv"] {
                assert!(!text.contains(foreign), "{path} {foreign}");
            }
        }
    }
    assert_eq!(saule.get("/staff/requests/99").await.status, 404);
    assert_eq!(saule.get("/staff/requests/first").await.status, 404);
}

#[tokio::test]
async fn who_asks_is_shown_by_facts_that_were_compared_and_a_refusal_says_why() {
    let house = House::open().await;
    customer(&house).await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    file(&mut saule, &call("restriction", EMAIL, "Block my phone")).await;
    let unticked = press_deed(&mut saule, 1, "identify_by_facts", &[]).await;
    assert_eq!(unticked.status, 422);
    assert!(unticked.text().contains("id=\"identify_by_facts-facts-fault\""), "{}", unticked.text());
    let ticked = press_deed(&mut saule, 1, "identify_by_facts", &[("facts", "yes")]).await;
    assert_eq!(ticked.header("location"), "/staff/requests/1?done=identify_by_facts", "{}", ticked.text());
    let case = saule.get("/staff/requests/1?done=identify_by_facts").await.text();
    for told in ["role=\"status\"", "facts about an order, with a call back", "data blocked"] {
        assert!(case.contains(told), "{told}: {case}");
    }
    assert!(!case.contains("value=\"identify_by_facts\""), "what is done is not offered again");
    let again = press_deed(&mut saule, 1, "identify_by_facts", &[("facts", "yes")]).await;
    assert_eq!(again.status, 403);
    assert!(again.text().contains("Entry of the ledger: 1/"), "{}", again.text());
    file(&mut saule, &call("access", EMAIL, "Everything")).await;
    let other = [("kind", "objection"), ("objection", "automated_decision")];
    let other = press_deed(&mut saule, 2, "reclassify", &other).await;
    assert_eq!(other.status, 303, "{}", other.text());
    assert!(saule.get("/staff/requests/2").await.text().contains("№ 2: decision to be made anew by a human"));
    let why = [
        ("refused_part", "A new decision"),
        ("reason", "No program decided anything about you."),
        ("article", "Article 25"),
        ("can_do", "Write to us what you mean."),
    ];
    let refused = press_deed(&mut saule, 2, "refuse", &why).await;
    assert_eq!(refused.status, 303, "{}", refused.text());
    let case = saule.get("/staff/requests/2").await.text();
    assert!(case.contains("<span class=\"tag \">refused</span>"), "{case}");
    assert!(saule.get("/staff/requests/answered").await.text().contains("/staff/requests/2\""));
}

#[tokio::test]
async fn a_destruction_shows_what_stays_waits_for_a_second_person_and_can_be_called_off() {
    let house = House::open().await;
    customer_with_a_car(&house).await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    file(&mut saule, &call("destruction", EMAIL, "Destroy everything")).await;
    press_deed(&mut saule, 1, "identify_by_facts", &[("facts", "yes")]).await;
    let case = saule.get("/staff/requests/1").await.text();
    let ends = case.split("Will be destroyed: ").nth(1).unwrap_or_else(|| panic!("{case}"));
    assert!(ends.split('<').next().unwrap().contains("Vehicle VIN"), "{case}");
    assert!(case.contains("Order: goes on. Ground: contract"), "{case}");
    assert!(case.contains("One more member of staff has to approve."), "{case}");
    assert!(saule.get("/staff").await.text().contains("<strong>1</strong> waiting for a second person"));
    assert_eq!(press_deed(&mut saule, 1, "approve", &[]).await.status, 303);
    let case = saule.get("/staff/requests/1").await.text();
    assert!(
        case.contains("Plan approved by: Сауле Ермекова") && !case.contains("value=\"schedule\""),
        "{case}"
    );
    let alone = press_deed(&mut saule, 1, "approve", &[]).await;
    assert_eq!(alone.status, 403);
    assert!(alone.text().contains("A second member of staff has to stand for it."), "{}", alone.text());
    let mut clerk = clerk(&house).await;
    assert!(clerk.get("/staff/requests?show=second").await.text().contains("/staff/requests/1\""));
    assert_eq!(press_deed(&mut clerk, 1, "approve", &[]).await.status, 303);
    let case = clerk.get("/staff/requests/1").await.text();
    assert!(case.contains("the data are blocked, destruction on 02.03.2026"), "{case}");
    assert_eq!(press_deed(&mut clerk, 1, "undo", &[]).await.status, 303);
    let case = clerk.get("/staff/requests/1").await.text();
    assert!(
        case.contains("<span class=\"tag \">in progress</span>") && case.contains("called off"),
        "{case}"
    );
}

#[tokio::test]
async fn the_file_of_a_case_and_a_certificate_are_made_by_a_button_and_shown() {
    let house = House::open().await;
    customer_with_a_car(&house).await;
    let seated = house.seat().await;
    let mut saule = house.on_duty(&seated).await;
    file(&mut saule, &call("access", EMAIL, "Everything")).await;
    let page = saule.get("/staff/requests/1").await;
    assert!(page.text().contains("action=\"/staff/requests/1/case-file\""), "{}", page.text());
    assert!(!page.text().contains("/certificate\""), "it is not known yet whose request it is");
    press_deed(&mut saule, 1, "identify_by_facts", &[("facts", "yes")]).await;
    let page = saule.get("/staff/requests/1").await;
    assert!(page.text().contains("<option value=\"service_book\">Service book</option>"), "{}", page.text());
    let made = saule.press(&page, "/staff/requests/1/case-file", &[]).await;
    let place = made.header("location").to_owned();
    assert!(made.status == 303 && place.starts_with("/staff/requests/1/paper/"), "{}", made.text());
    let paper = saule.get(&place).await.text();
    assert!(paper.contains("What happened") && paper.contains("Signed state"), "{paper}");
    let again = saule.press(&page, "/staff/requests/1/case-file", &[]).await;
    assert_eq!(again.header("location"), place, "nothing happened since");
    let made = saule.press(&page, "/staff/requests/1/certificate", &[("consent", "service_book")]).await;
    let place = made.header("location").to_owned();
    assert_eq!(made.status, 303, "{}", made.text());
    let paper = saule.get(&place).await.text();
    assert!(paper.contains("What was shown: the whole text") && paper.contains("checkout form"), "{paper}");
    for nothing in ["marketing/sms", "marketing/", "Nothing at all", ""] {
        let none = saule.press(&page, "/staff/requests/1/certificate", &[("consent", nothing)]).await;
        assert_eq!(none.status, 404, "{nothing}");
    }
    assert_eq!(saule.get(&format!("{place}/csv")).await.status, 404, "only an extract has rows");
    for path in ["/staff/requests/9/case-file", "/staff/requests/first/case-file"] {
        assert_eq!(saule.press(&page, path, &[]).await.status, 404, "{path}");
    }
}
