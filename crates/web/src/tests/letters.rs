//! Do staff see a letter as harmless text, with what was recognised and why, and do attachments leave only as files to keep?

use data_encoding::BASE64;
use saqta_app::mail::take::{Brought, Fate};
use saqta_app::requests::sending::Post;

use super::shop::Answer;
use super::staff::{Browser, House};

const PDF: &[u8] = b"%PDF-1.7 a power of attorney";
const PROGRAM: &[u8] = b"MZ\x90\0 a program";

/// A letter that tries everything: markup, hidden and reversed writing, a program, a program that calls itself a scan.
fn letter() -> Vec<u8> {
    let (pdf, program) = (BASE64.encode(PDF), BASE64.encode(PROGRAM));
    format!(
        "From: =?utf-8?B?{name}?= <aigul@mail.example>\r\n\
         To: privacy@shop.example\r\n\
         Subject: =?utf-8?B?{subject}?=\r\n\
         Message-ID: <1@mail.example>\r\n\
         Date: Mon, 02 Mar 2026 10:00:00 +0500\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=here\r\n\
         \r\n\
         --here\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\
         \r\n\
         Здравствуйте! Удалите все мои данные.\r\n\
         \r\n\
         <script>alert(1)</script> <img src=\"http://far.example/a.png\">\r\n\
         На казахском: қ\u{202e}ұпия\r\n\
         \r\n\
         01.03.2026 10:00, Магазин пишет:\r\n\
         > <b>Ваш заказ</b> в пути\r\n\
         --here\r\n\
         Content-Type: application/pdf\r\n\
         Content-Disposition: attachment; filename*=UTF-8''%D0%94%D0%BE%D0%B2%D0%B5%D1%80%D0%B5%D0%BD%D0%BD%D0%BE%D1%81%D1%82%D1%8C%20%221%22.pdf\r\n\
         Content-Transfer-Encoding: base64\r\n\
         \r\n\
         {pdf}\r\n\
         --here\r\n\
         Content-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"photo.jpg.exe\"\r\n\
         Content-Transfer-Encoding: base64\r\n\
         \r\n\
         {program}\r\n\
         --here\r\n\
         Content-Type: application/pdf\r\n\
         Content-Disposition: attachment; filename=\"scan.pdf\"\r\n\
         Content-Transfer-Encoding: base64\r\n\
         \r\n\
         {program}\r\n\
         --here--\r\n",
        name = BASE64.encode("Айгүл \u{202e}<b>".as_bytes()),
        subject = BASE64.encode("Удаление <script>x</script>".as_bytes()),
    )
    .into_bytes()
}

async fn take(house: &House, raw: &[u8]) -> Fate {
    house.app.take_letter(&Brought::whole(raw)).await.unwrap()
}

async fn fetch(browser: &mut Browser, letter: &str, attachment: &str) -> Answer {
    browser.get(&format!("/staff/requests/1/letters/{letter}/attachments/{attachment}")).await
}

#[tokio::test]
async fn a_letter_is_shown_as_text_with_what_was_recognised() {
    let house = House::open().await;
    let seated = house.seat().await;
    assert_eq!(take(&house, &letter()).await, Fate::Filed(vec![1]));
    let mut saule = house.on_duty(&seated).await;
    let page = saule.get("/staff/requests/1").await.text();
    for told in [
        "Letter of 02.03.2026",
        "Айгүл &#60;b&#62; &#60;aigul@mail.example&#62;",
        "Удаление &#60;script&#62;x&#60;/script&#62;",
        "Удалите все мои данные.\n\n&#60;script&#62;alert(1)&#60;/script&#62; &#60;img src=&#34;http://far.example/a.png&#34;&#62;",
        "құпия",
        "<summary>Quoted text and signature</summary>",
        "&#60;b&#62;Ваш заказ&#60;/b&#62; в пути",
        "<p>destruction</p>",
        "A demand stands in the writer’s own words: destruction. It is asked in words such as “удалите … данные” (Russian).",
        "<a href=\"/staff/requests/1/letters/0/original\">Download the original</a>",
        "Nothing shows who sent this letter. The sender was not checked.",
        "<a href=\"#reclassify\">",
        "application/pdf, 28 bytes",
        "Not given out: by its name it is a program",
        "Not given out: inside it is a program",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    for never in ["<script", "<img", "<b>", "\u{202e}", "mail-"] {
        assert!(!page.contains(never), "{never}: {page}");
    }
    assert_eq!(page.matches("/attachments/").count(), 1, "{page}");
    for language in ["kk", "ru"] {
        let page = saule.get(&format!("/staff/requests/1?language={language}")).await.text();
        assert!(!page.contains("mail-") && page.contains("aigul@mail.example"), "{page}");
    }
}

#[tokio::test]
async fn an_attachment_leaves_as_a_file_and_a_program_does_not() {
    let house = House::open().await;
    let seated = house.seat().await;
    take(&house, &letter()).await;
    let mut saule = house.on_duty(&seated).await;
    let before = house.leaves().await;
    let file = fetch(&mut saule, "0", "0").await;
    assert_eq!((file.status.as_u16(), &*file.bytes), (200, PDF));
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"______________1_.pdf\"; filename*=UTF-8''%D0%94%D0%BE%D0%B2%D0%B5%D1%80%D0%B5%D0%BD%D0%BD%D0%BE%D1%81%D1%82%D1%8C%20_1_.pdf"
    );
    assert_eq!(house.leaves().await, before + 1, "fetching it is on record");
    for (letter, attachment) in [("0", "1"), ("0", "2"), ("0", "3"), ("1", "0"), ("0", "x"), ("-1", "0")] {
        let refused = fetch(&mut saule, letter, attachment).await;
        assert_eq!(refused.status, 404, "{letter} {attachment}");
        assert!(refused.header("content-type").starts_with("text/html"), "{letter} {attachment}");
    }
    for path in
        ["2/letters/0/attachments/0", "2/letters/0/original", "1/letters/1/original", "1/letters/x/original"]
    {
        assert_eq!(saule.get(&format!("/staff/requests/{path}")).await.status, 404, "{path}");
    }
    let original = saule.get("/staff/requests/1/letters/0/original").await;
    assert_eq!((original.status.as_u16(), &*original.bytes), (200, &*letter()));
    assert_eq!(original.header("content-type"), "application/octet-stream");
    assert!(original.header("content-disposition").contains("1-1.eml"));
}

#[tokio::test]
async fn a_domain_that_looks_like_another_is_told_on_top() {
    let house = House::open().await;
    let seated = house.seat().await;
    let raw = "From: gov@g\u{43e}v.kz\r\nSubject: x\r\n\r\nHow long do you keep receipts?\r\n";
    assert_eq!(take(&house, raw.as_bytes()).await, Fate::Filed(vec![1]));
    let mut saule = house.on_duty(&seated).await;
    let page = saule.get("/staff/requests/1").await.text();
    let told = "looks like gov.kz, and is written with other letters";
    assert_eq!(page.matches(told).count(), 2, "on top and with the letter: {page}");
}

#[tokio::test]
async fn a_letter_of_ours_that_did_not_arrive_is_told_with_what_to_do() {
    let house = House::open().await;
    let seated = house.seat().await;
    let folder = tempfile::tempdir().unwrap();
    let (public_url, place) = ("http://127.0.0.1:8080".to_owned(), Some(folder.path().to_owned()));
    house.app.set_post(Post { public_url, folder: place, server: None });
    take(&house, &letter()).await;
    house.app.run_jobs().await.unwrap();
    let sent = std::fs::read_dir(folder.path()).unwrap().next().expect("the sender is answered").unwrap();
    let sent = std::fs::read_to_string(sent.path()).unwrap();
    let id = sent.lines().find(|line| line.starts_with("Message-ID:")).unwrap();
    let report = format!(
        "From: MAILER-DAEMON@mail.example\r\n\
         Subject: Undelivered Mail Returned to Sender\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=here\r\n\
         \r\n\
         --here\r\n\
         Content-Type: message/delivery-status\r\n\
         \r\n\
         Reporting-MTA: dns; mail.example\r\n\
         \r\n\
         Final-Recipient: rfc822; aigul@mail.example\r\n\
         Action: failed\r\n\
         Status: 5.1.1\r\n\
         \r\n\
         --here\r\n\
         Content-Type: text/rfc822-headers\r\n\
         \r\n\
         {id}\r\n\
         \r\n\
         --here--\r\n"
    );
    let mut saule = house.on_duty(&seated).await;
    let page = saule.get("/staff/requests/1").await.text();
    assert!(!page.contains("did not arrive"), "{page}");
    assert_eq!(take(&house, report.as_bytes()).await, Fate::Bounced(1));
    let page = saule.get("/staff/requests/1").await.text();
    for told in
        ["Our letter did not arrive.", "There is no such address. Status: 5.1.1.", "Check the address"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
}
