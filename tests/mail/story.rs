//! A letter of withdrawal and destruction, from its arrival by SMTP at a real mail server to the last answer in a real mailbox.

use jiff::ToSpan;
use saqta_app::instance::Limits;
use saqta_app::mail::seen::Standing;
use saqta_app::requests::desk::Deed;
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Effect, Outcome, RequestKind};
use saqta_mail::letter::Letter;
use saqta_postroom::eventually;
use saqta_testkit::browser::Browser;
use saqta_testkit::office::{deed, staff};
use saqta_testkit::shop::{Key, Shop, Store};
use serde_json::json;

use crate::letters::CUSTOMER;
use crate::post_office::{PRIVACY, PostOffice, Taking, tokens};

/// The VIN in the customer's service book, which is to be destroyed.
pub const VIN: &str = "XTA210990Y2766389";

/// A withdrawal by its subject, and a destruction by its words.
pub fn letter() -> String {
    format!(
        "From: Айгерим <{CUSTOMER}>\r\nTo: {PRIVACY}\r\nSubject: Re: Отзыв согласия на обработку персональных данных\r\n\
         Message-ID: <story@mail.example>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0500\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         Здравствуйте! Отзываю согласие. Прошу удалить все мои персональные данные.\r\n"
    )
}

/// A customer with a service book who takes advertising; gives a key for both, and the person's id.
pub async fn customer(shop: &Shop) -> (Key, String) {
    let key = shop.key(&["service_book", "marketing"]).await;
    let body = json!({ "parts": [
        { "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": VIN },
          "consents": [shop.answer_to("service_book", None, true)] },
        { "purpose": "marketing", "values": { "email": CUSTOMER },
          "consents": [shop.answer_to("marketing", Some("email"), true)] },
    ] });
    let subject = shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
    (key, subject)
}

/// Whether the shop may advertise to the customer, as the shop asks it before each mailing.
pub async fn may_advertise(shop: &Shop, key: &Key, subject: &str) -> bool {
    let use_it = json!({ "subject": { "id": subject }, "purpose": "marketing", "channel": "email", "attributes": ["email"] });
    shop.post(key, "/v1/use", use_it).await.status == 200
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_becomes_a_withdrawal_and_a_destruction_and_both_are_answered() {
    let shop = Shop::open(Store::Sqlite, Limits::default()).await.unwrap();
    let (key, subject) = customer(&shop).await;
    let office = PostOffice::open();
    let taking = Taking::begin(shop.app(), shop.base(), office.settings()).await;
    // Sent twice, as impatient programs do.
    for _ in 0..2 {
        office.exim.submit(CUSTOMER, &[PRIVACY], &letter());
    }
    eventually("the mail server has handed both over", || office.exim.waiting() == 0);

    // Two requests, whose sender's domain stands for the letter; advertising has stopped before anybody proved anything.
    let clerk = staff(1, Role::Clerk);
    let list = shop.app().open_requests(&clerk).await.unwrap();
    assert_eq!(list.len(), 2, "one letter, two demands, and nothing twice");
    let mut numbers = [0, 0];
    for listed in &list {
        let seen = shop.app().look_at_request(&clerk, listed.request.number.0).await.unwrap();
        let sender = seen.letters[0].sender.as_ref().unwrap();
        assert_eq!(sender.standing, Standing::Confirmed, "{:?}", sender.checks);
        assert_eq!(seen.request.state, RequestState::AwaitingIdentity);
        match seen.request.matter.kind() {
            RequestKind::Withdrawal => numbers[0] = listed.request.number.0,
            RequestKind::Destruction => numbers[1] = listed.request.number.0,
            other => panic!("{other} was not asked"),
        }
    }
    assert!(!may_advertise(&shop, &key, &subject).await, "advertising stops at once");
    let book = async || shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await.status;
    assert_eq!(book().await, 200, "nothing that cannot be undone happens on a letter alone");

    // The customer reads their mail: each request says that it came, and brings a link whose page has a button.
    let mail = mailbox(&shop, &office, 4).await;
    let tokens = tokens(&mail);
    assert_eq!(tokens.len(), 2);
    assert!(
        mail.iter().all(|letter| letter.in_reply_to == ["story@mail.example"]),
        "they stay in the thread"
    );
    let browser = Browser::start().await;
    for token in &tokens {
        browser.open(&format!("{}/my/ru/confirm?token={token}", shop.base())).await;
        browser.follow("document.querySelector(\"form[action$='/confirm'] button\").click()").await;
    }

    // The withdrawal is carried out; the destruction has two people stand for it, can be called off for an hour, and leaves an act.
    assert_eq!(book().await, 403);
    for eyes in [staff(1, Role::Clerk), staff(2, Role::Responsible)] {
        deed(&shop, &eyes, numbers[1], Deed::Approve).await;
    }
    shop.wait(1.hours()).await;
    shop.wait(13.hours()).await;
    let ended = shop.app().look_at_request(&clerk, numbers[1]).await.unwrap();
    assert!(ended.request.did(Effect::DestructionVerified), "{:?}", ended.request.state);
    assert_eq!(ended.request.state, RequestState::Answered(Outcome::Done));
    assert!(ended.papers.iter().any(|paper| paper.paper == Paper::DestructionAct));

    // The last letters came; what was destroyed is in none of them.
    let mail = mailbox(&shop, &office, 6).await;
    for number in numbers {
        let answered = |letter: &&Letter| letter.subject.contains(&format!("№ {number}"));
        assert!(mail.iter().filter(answered).count() >= 3, "№ {number}");
    }
    for letter in &mail {
        assert!(!letter.words.own.contains(VIN) && !letter.subject.contains('@'));
    }
    taking.end().await;
    shop.close().await;
}

/// The letters in the customer's mailbox, once so many are there.
async fn mailbox(shop: &Shop, office: &PostOffice, letters: usize) -> Vec<Letter> {
    shop.app().run_jobs().await.unwrap();
    eventually("the letters are in the mailbox", || office.mailbox().len() >= letters);
    office.mailbox()
}
