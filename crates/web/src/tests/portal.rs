//! Do the pages for people keep secrets, tell nobody who is on file, and lose nothing that was typed?

use std::collections::BTreeMap;
use std::path::Path;

use data_encoding::BASE64_MIME_PERMISSIVE;
use saqta_app::act::Caller;
use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::sending::Post;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::Language;
use serde_json::json;
use tempfile::TempDir;

use super::shop::{Answer, EMAIL, PHONE, Shop, settings};
use super::staff::{Browser, hidden};
use crate::settings::Settings;

/// Nobody is on file under it, and masked it looks like [`PHONE`].
const STRANGE: &str = "+77000000302";

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
    let shop = Shop::open().await;
    shop.customer().await;
    let folder = tempfile::tempdir().unwrap();
    let (public_url, place) = ("http://127.0.0.1:8080".to_owned(), Some(folder.path().to_owned()));
    shop.app.set_post(Post { public_url, folder: place, server: None });
    (shop, folder)
}

fn browser(shop: &Shop) -> Browser {
    Browser { router: shop.router.clone(), cookies: BTreeMap::new() }
}

impl Browser {
    /// Files a request by the form of an action; gives the page that answers.
    async fn ask(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/my/en/ask/{action}");
        let page = self.get(&path).await;
        assert_eq!(page.status, 200, "{action}");
        self.press(&page, &path, fields).await
    }
}

/// What a page shows in its boxes for things to write down: the number and the secret.
fn kept(page: &Answer) -> (String, String) {
    let text = page.text();
    let mut boxes = text.split("<code class=\"secret\">").skip(1).map(|rest| rest.split('<').next().unwrap());
    let number = boxes.next().unwrap_or_else(|| panic!("no number: {} {text}", page.status));
    (number.to_owned(), boxes.next().unwrap().to_owned())
}

/// The text of the only letter in the folder, which it takes away.
async fn letter(shop: &Shop, folder: &Path) -> String {
    shop.app.run_jobs().await.unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let path = files.remove(0);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return text };
    if head.to_lowercase().contains("transfer-encoding: base64") {
        return String::from_utf8(BASE64_MIME_PERMISSIVE.decode(body.as_bytes()).unwrap()).unwrap();
    }
    unquoted(&body.replace("=\r\n", ""))
}

fn unquoted(text: &str) -> String {
    let mut pieces = text.split('=');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        let (code, rest) = piece.split_at(2);
        match u8::from_str_radix(code, 16) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(format!("={code}").as_bytes()),
        }
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// The six digits in a letter.
fn code_in(letter: &str) -> String {
    let text = letter.split("\n\n").last().unwrap().to_owned() + letter;
    let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    (*runs.iter().find(|run| run.len() == 6).unwrap_or_else(|| panic!("no code in {letter}"))).to_owned()
}

/// The token of the link in a letter.
fn token_in(letter: &str) -> String {
    let found = letter.split("token=").nth(1).unwrap_or_else(|| panic!("no link in {letter}"));
    found.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

#[tokio::test]
async fn the_pages_come_in_the_language_of_their_address_and_say_how_long_things_take() {
    let shop = Shop::open().await;
    let mut browser = browser(&shop);
    let first = browser.get("/my").await;
    assert_eq!((first.status.as_u16(), first.header("location")), (303, "/my/en"));
    assert_eq!(first.header("vary"), "accept-language");
    for tag in ["kk", "ru", "en"] {
        let home = browser.get(&format!("/my/{tag}")).await;
        assert_eq!((home.status.as_u16(), home.header("content-language")), (200, tag));
        let text = home.text();
        assert!(text.contains(&format!("<html lang=\"{tag}\">")));
        for action in ACTIONS {
            assert!(text.contains(&format!("href=\"/my/{tag}/ask/{action}\"")), "{tag} {action}");
            let form = browser.get(&format!("/my/{tag}/ask/{action}")).await;
            assert_eq!((form.status.as_u16(), form.header("cache-control")), (200, "no-store"), "{action}");
            for forbidden in ["<script", " style=", " src=", "onclick", "portal-", "request-do", "{ $"] {
                assert!(
                    !form.text().replace("/assets/portal-", "").contains(forbidden),
                    "{action} {forbidden}"
                );
            }
        }
        let policy = browser.get(&format!("/policy/{tag}")).await;
        assert!(policy.text().contains(&format!("href=\"/my/{tag}\"")), "{tag}");
    }
    let home = browser.get("/my/en").await.text();
    for term in ["3 working days", "1 working day.", "15 working days"] {
        assert!(home.contains(&format!("We answer within {term}")), "{term}");
    }
    let other = browser.get("/my/ru?for=other").await.text();
    assert!(other.contains("/my/ru/ask/see?for=other") && other.contains("/my/kk?for=other"));
}

#[tokio::test]
async fn every_fault_of_a_request_has_its_words() {
    let shop = Shop::open().await;
    for fault in RequestFault::ALL {
        let key = format!("portal-fault-{}", fault.code());
        for language in Language::ALL {
            assert_ne!(shop.app.words().word(&key, language), key, "{language:?}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found_in_the_language_of_the_address() {
    let shop = Shop::open().await;
    let mut browser = browser(&shop);
    for path in ["/my/de", "/my/en/ask/delete", "/my/en/nothing", "/my/de/request", "/my/de/ask/see"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    assert!(browser.get("/my/kk/nothing").await.text().contains("<html lang=\"kk\">"));
    browser.ask("see", &[("contact", PHONE)]).await;
    for path in ["/my/en/paper/99", "/my/en/paper/x", "/my/en/paper/99/pdf"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    for path in ["/my/en/copy.json", "/my/en/copy.zip"] {
        let closed = browser.get(path).await;
        assert_eq!(closed.status, 403, "{path}");
        assert!(closed.text().contains("Show once more that it is you"), "{path}");
    }
}

#[tokio::test]
async fn a_form_is_taken_only_from_the_browser_it_was_given_to() {
    let shop = Shop::open().await;
    let before = shop.leaves().await;
    let (mut mine, mut other) = (browser(&shop), browser(&shop));
    let said = [("contact", PHONE)];
    assert_eq!(mine.post("/my/en/ask/see", &said).await.status, 403);
    let page = other.get("/my/en/ask/see").await;
    assert_eq!(mine.press(&page, "/my/en/ask/see", &said).await.status, 403);
    mine.get("/my/en/ask/see").await;
    assert_eq!(mine.press(&page, "/my/en/ask/see", &said).await.status, 403);
    for deed in ["code", "code-again", "consent", "certificate", "case-file", "take-back", "undo", "close"] {
        assert_eq!(mine.post(&format!("/my/en/request/{deed}"), &said).await.status, 403, "{deed}");
    }
    assert_eq!(mine.post("/my/en/confirm", &[("token", "x")]).await.status, 403);
    assert_eq!(shop.leaves().await, before);
}

#[tokio::test]
async fn the_secret_is_shown_once_and_then_lies_in_a_cookie_that_no_script_reads() {
    let shop = Shop::open().await;
    shop.customer().await;
    let mut browser = browser(&shop);
    let filed = browser.ask("see", &[("contact", PHONE)]).await;
    assert_eq!((filed.status.as_u16(), filed.header("location")), (200, ""));
    assert_eq!(filed.header("cache-control"), "no-store");
    let (number, secret) = kept(&filed);
    assert_eq!((number.as_str(), secret.len()), ("1", 14));
    let cookie = filed.header("set-cookie");
    assert!(cookie.starts_with(&format!("saqta-request={secret}; ")), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    let page = browser.get("/my/en/request").await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"));
    assert!(page.text().contains("Request No. 1") && !page.text().contains(&secret), "{}", page.text());
    assert!(page.text().contains("By 5 March 2026"), "{}", page.text());
    let closed = browser.press(&page, "/my/en/request/close", &[]).await;
    assert_eq!((closed.status.as_u16(), closed.header("location")), (303, "/my/en"));
    assert!(closed.header("set-cookie").ends_with("; Max-Age=0"));
    let public_url = "https://privacy.shop.example".to_owned();
    let safe = Shop::with(Settings { public_url, ..settings() }).await;
    let mut browser = Browser { router: safe.router.clone(), cookies: BTreeMap::new() };
    let filed = browser.ask("see", &[("contact", PHONE)]).await;
    let cookie = filed.header("set-cookie");
    assert!(cookie.starts_with("__Host-saqta-request=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn nobody_learns_whether_somebody_is_on_file() {
    let actions: Vec<&str> = ACTIONS.into_iter().filter(|action| *action != "correct").collect();
    let mut shop = Shop::open().await;
    for (count, action) in actions.into_iter().enumerate() {
        // Nobody's mailbox is filled by others: six requests an hour may name one contact.
        if count % 5 == 0 {
            shop = Shop::open().await;
            shop.customer().await;
        }
        let mut pages = Vec::new();
        for contact in [PHONE, STRANGE] {
            let mut browser = browser(&shop);
            let said = [("contact", contact), ("text", "Where are my data?")];
            let filed = browser.ask(action, &said).await;
            let (number, secret) = kept(&filed);
            let plain = |page: &str| page.replace(&secret, "").replace(&format!(">{number}<"), "><");
            let request = browser.get("/my/en/request").await;
            let form = hidden(&request, "form");
            let request = request.text().replace(&form, "");
            // The numbers of requests and papers differ.
            let request: String = request.chars().filter(|c| !c.is_ascii_digit()).collect();
            pages.push((plain(&filed.text()), request));
        }
        assert_eq!(pages[0].0, pages[1].0, "{action}");
        assert_eq!(pages[0].1, pages[1].1, "{action}");
    }
}

#[tokio::test]
async fn a_form_that_is_not_right_comes_back_with_what_was_typed_and_says_where() {
    let shop = Shop::open().await;
    let mut browser = browser(&shop);
    let said = [
        ("ground", "out_of_date"),
        ("which-1", "phone"),
        ("value-1", "twelve"),
        ("value-2", "<b>Абай</b>"),
        ("text", "I moved \"house\""),
        ("contact", "nobody"),
    ];
    let before = shop.leaves().await;
    let back = browser.ask("correct", &said).await;
    assert_eq!((back.status.as_u16(), shop.leaves().await), (422, before));
    let text = back.text();
    for place in ["value-1", "which-2", "contact"] {
        assert!(text.contains(&format!("<a href=\"#{place}\">")), "{place}");
        assert!(text.contains(&format!("id=\"{place}-fault\"")), "{place}");
    }
    assert!(text.contains("aria-describedby=\"contact-fault contact-hint\" aria-invalid=\"true\""));
    for typed in
        ["value=\"twelve\"", "value=\"nobody\"", "value=\"phone\" selected", "value=\"out_of_date\" checked"]
    {
        assert!(text.contains(typed), "{typed}");
    }
    assert!(text.contains("Абай") && !text.contains("<b>") && text.contains("I moved"));
    assert!(text.contains("<title>Not sent yet: "));
    let empty = browser.ask("correct", &[("contact", " ")]).await.text();
    for place in ["ground", "which-1", "contact"] {
        assert!(empty.contains(&format!("<a href=\"#{place}\">")), "{place}");
    }
    let silent = browser.ask("question", &[("contact", EMAIL)]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.text().contains("<a href=\"#text\">Write a few words."));
    let long = "a".repeat(4_001);
    let long = browser.ask("complaint", &[("contact", EMAIL), ("text", &long)]).await;
    assert!(long.text().contains("id=\"text-fault\""));
    let unwanted = [("ground", "not_needed"), ("which-1", "phone"), ("contact", PHONE)];
    assert_eq!(
        browser.ask("correct", &unwanted).await.status,
        200,
        "there is no right value for what should not be there"
    );
}

#[tokio::test]
async fn a_right_code_confirms_and_a_wrong_one_says_so_beside_the_field() {
    let (shop, folder) = with_letters().await;
    let mut browser = browser(&shop);
    browser.ask("see", &[("contact", PHONE)]).await;
    let code = code_in(&letter(&shop, folder.path()).await);
    let page = browser.get("/my/en/request").await;
    assert!(page.text().contains("autocomplete=\"one-time-code\" inputmode=\"numeric\""));
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let wrong = browser.press(&page, "/my/en/request/code", &[("code", wrong)]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("id=\"code-fault\"") && wrong.text().contains("aria-invalid=\"true\""));
    let again = browser.press(&wrong, "/my/en/request/code-again", &[]).await;
    assert_eq!(again.header("location"), "/my/en/request?done=code-sent");
    let old = browser.press(&page, "/my/en/request/code", &[("code", &code)]).await;
    assert_eq!(old.status, 422, "the code before counts no more");
    let spaced = code_in(&letter(&shop, folder.path()).await);
    let (first, last) = spaced.split_at(3);
    let spaced = format!(" {first} {last}");
    let right = browser.press(&page, "/my/en/request/code", &[("code", &spaced)]).await;
    assert_eq!((right.status.as_u16(), right.header("location")), (303, "/my/en/request?done=confirmed"));
    let page = browser.get("/my/en/request?done=confirmed").await.text();
    assert!(page.contains("Now we know that it is you.") && !page.contains("one-time-code"), "{page}");
}

#[tokio::test]
async fn who_is_confirmed_reads_what_is_held_takes_a_copy_and_switches_consents() {
    let (shop, folder) = with_letters().await;
    let mut browser = browser(&shop);
    browser.ask("see", &[("contact", PHONE)]).await;
    let code = code_in(&letter(&shop, folder.path()).await);
    let page = browser.get("/my/en/request").await;
    browser.press(&page, "/my/en/request/code", &[("code", &code)]).await;
    shop.app.run_jobs().await.unwrap();
    let page = browser.get("/my/en/request").await;
    let text = page.text();
    assert!(text.contains("<strong>Done</strong>"), "{text}");
    let link = text.split("href=\"/my/en/paper/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let paper = browser.get(&format!("/my/en/paper/{link}")).await;
    assert_eq!((paper.status.as_u16(), paper.header("cache-control")), (200, "no-store"));
    assert!(paper.text().contains("<article class=\"sheet\"") && paper.text().contains(EMAIL));
    let json = browser.get("/my/en/copy.json").await;
    assert_eq!(json.header("content-disposition"), "attachment; filename=\"my-data.json\"");
    assert!(json.text().contains(EMAIL) && json.json().is_object());
    let zip = browser.get("/my/en/copy.zip").await;
    assert_eq!((zip.header("content-type"), &zip.bytes[..2]), ("application/zip", b"PK".as_slice()));
    let pdf = browser.get(&format!("/my/en/paper/{link}/pdf")).await;
    assert_eq!((pdf.header("content-type"), &pdf.bytes[..5]), ("application/pdf", b"%PDF-".as_slice()));
    for answer in [&json, &zip, &pdf] {
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let (first, on) = (hidden(&page, "purpose"), hidden(&page, "on"));
    let (channel, digest) = (hidden(&page, "channel"), hidden(&page, "digest"));
    assert_eq!(on, "yes");
    let said = [("purpose", &first), ("channel", &channel), ("digest", &digest), ("on", &on)];
    let said = said.map(|(name, text)| (name, text.as_str()));
    let given = browser.press(&page, "/my/en/request/consent", &said).await;
    assert_eq!(given.header("location"), "/my/en/request?done=consent-on", "{}", given.text());
    let page = browser.get("/my/en/request").await;
    assert_eq!((hidden(&page, "on").as_str(), hidden(&page, "purpose")), ("no", first.clone()));
    assert!(page.text().contains("Given on 2 March 2026."));
    let said = [("purpose", first.as_str()), ("channel", &channel), ("digest", &digest), ("on", "no")];
    let taken = browser.press(&page, "/my/en/request/consent", &said).await;
    assert_eq!(taken.header("location"), "/my/en/request?done=consent-off", "{}", taken.text());
    let page = browser.get("/my/en/request?done=consent-off").await;
    assert!(page.text().contains("What rests on it has stopped.") && hidden(&page, "on") == "yes");
    let unseen = [("purpose", first.as_str()), ("channel", &channel), ("digest", "00"), ("on", "yes")];
    let unseen = browser.press(&page, "/my/en/request/consent", &unseen).await;
    assert!(unseen.status.is_client_error(), "nobody agrees to a text they did not see");
}

#[tokio::test]
async fn who_is_confirmed_gets_the_file_of_the_case_and_certificates_of_consents() {
    let (shop, folder) = with_letters().await;
    let mut browser = browser(&shop);
    browser.ask("see", &[("contact", PHONE)]).await;
    let page = browser.get("/my/en/request").await;
    assert!(!page.text().contains("/request/case-file") && !page.text().contains("/request/certificate"));
    let consent = [("purpose", "marketing"), ("channel", "sms")];
    for (path, said) in [("case-file", &[][..]), ("certificate", &consent)] {
        let early = browser.press(&page, &format!("/my/en/request/{path}"), said).await;
        assert_eq!(early.status, 422, "{path}");
        assert!(early.text().contains("class=\"note unbacked\""), "{}", early.text());
    }
    let code = code_in(&letter(&shop, folder.path()).await);
    browser.press(&page, "/my/en/request/code", &[("code", &code)]).await;
    let page = browser.get("/my/en/request").await;
    let none = browser.press(&page, "/my/en/request/certificate", &consent).await;
    assert_eq!(none.status, 404, "nobody agreed to that");
    let (purpose, channel) = (hidden(&page, "purpose"), hidden(&page, "channel"));
    let digest = hidden(&page, "digest");
    let mut said =
        vec![("purpose", purpose.as_str()), ("channel", &channel), ("digest", &digest), ("on", "yes")];
    browser.press(&page, "/my/en/request/consent", &said).await;
    said.truncate(2);
    let page = browser.get("/my/en/request").await;
    assert!(page.text().contains("Get a certificate of this consent"), "{}", page.text());
    for (path, said, told) in [
        ("certificate", said.as_slice(), "the person pressed the button on the page of their request"),
        ("case-file", &[], "shown who asks: code or link"),
    ] {
        let made = browser.press(&page, &format!("/my/en/request/{path}"), said).await;
        let place = made.header("location").to_owned();
        assert!(made.status == 303 && place.starts_with("/my/en/paper/"), "{path}: {}", made.text());
        let paper = browser.get(&place).await;
        assert_eq!((paper.status.as_u16(), paper.header("cache-control")), (200, "no-store"));
        assert!(paper.text().contains(told), "{path}: {}", paper.text());
        let pdf = browser.get(&format!("{place}/pdf")).await;
        assert_eq!((pdf.header("content-type"), &pdf.bytes[..5]), ("application/pdf", b"%PDF-".as_slice()));
    }
}

#[tokio::test]
async fn opening_the_link_changes_nothing_and_its_button_confirms() {
    let (shop, folder) = with_letters().await;
    let mut browser = browser(&shop);
    let (number, _) = kept(&browser.ask("see", &[("contact", EMAIL)]).await);
    let token = token_in(&letter(&shop, folder.path()).await);
    let path = format!("/my/en/confirm?token={token}");
    let before = shop.leaves().await;
    let mut elsewhere = Browser { router: shop.router.clone(), cookies: BTreeMap::new() };
    let page = elsewhere.get(&path).await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"));
    assert!(page.text().contains(&format!("request No. {number}")));
    assert!(browser.get("/my/en/request").await.text().contains("one-time-code"));
    assert_eq!(shop.leaves().await, before, "opening the link changes nothing");
    let mine = browser.get(&path).await;
    let done = browser.press(&mine, "/my/en/confirm", &[("token", &token)]).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/my/en/request?done=confirmed"));
    assert_eq!(
        elsewhere.press(&page, "/my/en/confirm", &[("token", &token)]).await.status,
        403,
        "it works once"
    );
    let over = elsewhere.get("/my/en/confirm?token=nothing").await;
    assert_eq!(over.status, 403);
    assert!(over.text().contains("This link does not work") && !over.text().contains("<form"));
    assert_eq!(elsewhere.get("/my/en/confirm").await.status, 403);
}

#[tokio::test]
async fn the_button_of_a_link_works_on_a_device_that_knows_no_request() {
    let (shop, folder) = with_letters().await;
    let mut first = browser(&shop);
    let (number, before) = kept(&first.ask("see", &[("contact", EMAIL)]).await);
    let token = token_in(&letter(&shop, folder.path()).await);
    let mut elsewhere = browser(&shop);
    let page = elsewhere.get(&format!("/my/en/confirm?token={token}")).await;
    let done = elsewhere.press(&page, "/my/en/confirm", &[("token", &token)]).await;
    assert_eq!(done.status, 200);
    // Whoever pressed it has the contact, and whoever filed it may be somebody else: it is handed over.
    let (same, secret) = kept(&done);
    assert_eq!(same, number);
    assert_ne!(secret, before);
    assert_eq!(elsewhere.get("/my/en/copy.json").await.status, 200);
    assert!(first.get("/my/en/copy.json").await.text().contains("No request is open on this device."));
}

#[tokio::test]
async fn number_and_secret_open_the_request_on_another_device_however_they_are_written() {
    let shop = Shop::open().await;
    let (number, secret) = kept(&browser(&shop).ask("see", &[("contact", PHONE)]).await);
    let mut other = browser(&shop);
    for path in
        ["/my/en/request", "/my/en/paper/1", "/my/en/paper/1/pdf", "/my/en/copy.json", "/my/en/copy.zip"]
    {
        let closed = other.get(path).await;
        assert_eq!((closed.status.as_u16(), closed.header("cache-control")), (403, "no-store"), "{path}");
        assert!(
            closed.text().contains("No request is open on this device.")
                && closed.text().contains("id=\"secret\"")
        );
    }
    let page = other.get("/my/en/status").await;
    for (number, secret) in [(number.as_str(), "aaaa-bbbb-cccc"), ("7", secret.as_str()), ("", "")] {
        let wrong = other.press(&page, "/my/en/status", &[("number", number), ("secret", secret)]).await;
        assert_eq!((wrong.status.as_u16(), wrong.header("set-cookie")), (422, ""));
        assert!(wrong.text().contains("The number or the secret is wrong."));
    }
    let sloppy = secret.to_uppercase().replace('-', " ");
    let said = [("number", format!("№ {number}")), ("secret", sloppy)];
    let said = said.each_ref().map(|(name, text)| (*name, text.as_str()));
    let right = other.press(&page, "/my/en/status", &said).await;
    assert_eq!((right.status.as_u16(), right.header("location")), (303, "/my/en/request"));
    assert!(other.get("/my/ru/request").await.text().contains("Обращение № 1"));
    other.cookies.insert("saqta-request".into(), "aaaa-bbbb-cccc".into());
    let gone = other.get("/my/en/request").await;
    assert!(gone.header("set-cookie").ends_with("; Max-Age=0"), "a cookie that opens nothing is forgotten");
}

#[tokio::test]
async fn whoever_acts_for_somebody_gives_their_own_contact_and_waits_for_a_letter() {
    let shop = Shop::open().await;
    shop.customer().await;
    let mut browser = browser(&shop);
    let page = browser.get("/my/en/ask/see?for=other").await;
    assert!(
        page.text().contains("name=\"answer_to\"") && page.text().contains("name=\"for\" value=\"other\"")
    );
    let said = [("for", "other"), ("contact", PHONE), ("answer_to", ""), ("name", "Ержан")];
    let back = browser.press(&page, "/my/en/ask/see", &said).await;
    assert_eq!(back.status, 422);
    assert!(back.text().contains("<a href=\"#answer_to\">") && back.text().contains("value=\"Ержан\""));
    let said = [("for", "other"), ("contact", PHONE), ("answer_to", "+77001112233"), ("name", "Ержан")];
    kept(&browser.press(&page, "/my/en/ask/see", &said).await);
    let page = browser.get("/my/en/request").await.text();
    assert!(
        page.contains("First show us that you may act for this person.") && !page.contains("one-time-code")
    );
}

#[tokio::test]
async fn a_request_can_be_taken_back_and_complained_about() {
    let shop = Shop::open().await;
    let mut browser = browser(&shop);
    let (number, _) = kept(&browser.ask("see", &[("contact", PHONE)]).await);
    let page = browser.get("/my/en/request").await;
    assert!(page.text().contains("/my/en/ask/complaint?about=request"));
    let complaint = browser.get("/my/en/ask/complaint?about=request").await.text();
    assert!(complaint.contains(&format!(">About request No. {number}:</textarea>")));
    let taken = browser.press(&page, "/my/en/request/take-back", &[]).await;
    assert_eq!(taken.header("location"), "/my/en/request?done=taken-back");
    let page = browser.get("/my/en/request").await;
    assert!(
        page.text().contains("<strong>Taken back</strong>") && !page.text().contains("request/take-back")
    );
    let again = browser.press(&page, "/my/en/request/take-back", &[]).await;
    assert_eq!(again.status, 403);
    assert!(again.text().contains("role=\"alert\""));
}

#[tokio::test]
async fn what_is_asked_again_is_filed_and_not_refused() {
    let (shop, folder) = with_letters().await;
    let mut browser = browser(&shop);
    kept(&browser.ask("withdraw", &[("contact", PHONE)]).await);
    let code = code_in(&letter(&shop, folder.path()).await);
    let page = browser.get("/my/en/request").await;
    browser.press(&page, "/my/en/request/code", &[("code", &code)]).await;
    for action in ["withdraw", "destroy"] {
        kept(&browser.ask(action, &[("contact", PHONE)]).await);
    }
}

#[tokio::test]
async fn whoever_changes_their_mind_calls_the_destruction_off() {
    let (shop, folder) = with_letters().await;
    let digest = shop.digest("service_book").await;
    let agreed = json!({ "given": true, "text_digest": digest, "language": "kk", "evidence": "form" });
    let book = json!({ "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" });
    let part = json!({ "purpose": "service_book", "values": book, "consents": [agreed] });
    let order = json!({ "purpose": "order", "reference": "A-2", "values": { "phone": PHONE } });
    let known = json!({ "subject": { "attribute": "phone", "value": PHONE }, "parts": [part, order] });
    shop.post("/v1/collect", &known).await.good();
    let mut browser = browser(&shop);
    let (number, _) = kept(&browser.ask("destroy", &[("contact", PHONE)]).await);
    let code = code_in(&letter(&shop, folder.path()).await);
    let page = browser.get("/my/en/request").await;
    browser.press(&page, "/my/en/request/code", &[("code", &code)]).await;
    for id in ["01", "02"] {
        let actor = Actor::Staff { id: id.repeat(16), role: Role::Responsible, undertaking: true };
        let staff = Caller { actor: actor.into(), ..super::shop::system() };
        shop.app.do_deed(&staff, number.parse().unwrap(), &Deed::Approve).await.unwrap();
    }
    let page = browser.get("/my/en/request").await;
    assert!(page.text().contains("You can change your mind until: 2 March 2026, 12:00."), "{}", page.text());
    let undone = browser.press(&page, "/my/en/request/undo", &[]).await;
    assert_eq!(undone.header("location"), "/my/en/request?done=undone", "{}", undone.text());
    let page = browser.get("/my/en/request?done=undone").await.text();
    assert!(page.contains("We do not destroy your data.") && !page.contains("request/undo"));
}
