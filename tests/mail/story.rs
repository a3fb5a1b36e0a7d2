//! A letter of withdrawal and destruction, from its arrival by SMTP at a real mail server to the last answer in a real mailbox.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use saqta_app::instance::Limits;
use saqta_app::mail::room::MailRoom;
use saqta_app::mail::seen::Standing;
use saqta_app::mail::settings::MailSettings;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::sending::Post;
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Effect, Outcome, RequestKind};
use saqta_mail::letter::Letter;
use saqta_mail::outgoing::dkim;
use saqta_postroom::certificate::Certificate;
use saqta_postroom::dovecot::{Abilities, Dovecot};
use saqta_postroom::eventually;
use saqta_postroom::exim::{self, Exim, Route, Signature, Target};
use saqta_postroom::names::{NameServer, Record};
use saqta_testkit::browser::Browser;
use saqta_testkit::office::{deed, staff};
use saqta_testkit::shop::{Shop, Store};
use serde_json::json;
use tokio::sync::watch;

use crate::letters::CUSTOMER;

/// The mail servers of the shop and of its customer, and where the shop takes letters.
struct PostOffice {
    exim: Exim,
    dovecot: Dovecot,
    stop: watch::Sender<bool>,
    room: tokio::task::JoinHandle<()>,
    _names: NameServer,
    _place: tempfile::TempDir,
}

impl PostOffice {
    async fn open(shop: &Shop) -> Self {
        let place = tempfile::tempdir().unwrap();
        let door = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let certificate = Certificate::new();
        let dovecot = Dovecot::start(&[(CUSTOMER, "mailbox")], &certificate, Abilities::All);
        let key = dkim::new_key().unwrap();
        let names = NameServer::start(&[
            Record::Text("s1._domainkey.mail.example", &dkim::record(&key).unwrap()),
            Record::Text("_dmarc.mail.example", "v=DMARC1; p=reject"),
        ]);
        let routes = [
            Route {
                domain: "shop.example",
                to: Target::Port(door.port()),
                signature: Some(Signature { domain: "mail.example", selector: "s1", key }),
            },
            Route { domain: "mail.example", to: Target::Port(dovecot.lmtp_port), signature: None },
        ];
        let exim = Exim::start(&routes, &certificate);
        let settings = format!(
            "[smtp]\nhost = \"localhost\"\nport = {}\nsecurity = \"starttls\"\ncertificates_file = \"authority.pem\"\n\
             user = \"{}\"\npassword_file = \"password\"\n[lmtp]\nlisten = \"{door}\"\n\
             [senders]\nname_servers = [\"{}\"]\n",
            exim.port,
            exim::USER,
            names.address(),
        );
        let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
        write("mail.toml", &settings);
        write("authority.pem", &certificate.pem);
        write("password", exim::PASSWORD);
        let secret = place.path().join("password");
        std::fs::set_permissions(secret, std::fs::Permissions::from_mode(0o600)).unwrap();
        let (stop, room) = Self::take_letters(shop, place.path()).await;
        Self { exim, dovecot, stop, room, _names: names, _place: place }
    }

    async fn take_letters(shop: &Shop, place: &Path) -> (watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let settings = MailSettings::read(&place.join("mail.toml")).unwrap();
        let post = Post { public_url: shop.base().to_owned(), folder: None, server: None };
        let room = MailRoom::open(Arc::clone(shop.app()), settings, post).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        (stop, tokio::spawn(room.run(stopped)))
    }

    /// The letters in the customer's mailbox, once so many are there.
    async fn mailbox(&self, shop: &Shop, letters: usize) -> Vec<Letter> {
        shop.app().run_jobs().await.unwrap();
        eventually("the letters are in the mailbox", || {
            self.dovecot.letters(CUSTOMER, "INBOX").len() >= letters
        });
        let came = self.dovecot.letters(CUSTOMER, "INBOX");
        came.iter().map(|(_, bytes)| Letter::read(bytes).unwrap()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_becomes_a_withdrawal_and_a_destruction_and_both_are_answered() {
    let shop = Shop::open(Store::Sqlite, Limits::default()).await.unwrap();
    let key = shop.key(&["service_book", "marketing"]).await;
    let body = json!({ "parts": [
        { "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
          "consents": [shop.answer_to("service_book", None, true)] },
        { "purpose": "marketing", "values": { "email": CUSTOMER },
          "consents": [shop.answer_to("marketing", Some("email"), true)] },
    ] });
    let subject = shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
    let office = PostOffice::open(&shop).await;
    let letter = format!(
        "From: Айгерим <{CUSTOMER}>\r\nTo: privacy@shop.example\r\nSubject: Re: Отзыв согласия на обработку персональных данных\r\n\
         Message-ID: <story@mail.example>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0500\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         Здравствуйте! Отзываю согласие. Прошу удалить все мои персональные данные.\r\n"
    );
    // Sent twice, as impatient programs do.
    for _ in 0..2 {
        office.exim.submit(CUSTOMER, &[PRIVACY], &letter);
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
    let use_it = json!({ "subject": { "id": subject }, "purpose": "marketing", "channel": "email", "attributes": ["email"] });
    assert_eq!(shop.post(&key, "/v1/use", use_it).await.status, 403, "advertising stops at once");
    let book = async || shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await.status;
    assert_eq!(book().await, 200, "nothing that cannot be undone happens on a letter alone");

    // The customer reads their mail: each request says that it came, and brings a link whose page has a button.
    let mail = office.mailbox(&shop, 4).await;
    let tokens: Vec<String> = mail
        .iter()
        .flat_map(|letter| letter.words.own.split_whitespace())
        .filter_map(|word| Some(word.split_once("/confirm?token=")?.1.to_owned()))
        .collect();
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
    let mail = office.mailbox(&shop, 6).await;
    for number in numbers {
        let answered = |letter: &&Letter| letter.subject.contains(&format!("№ {number}"));
        assert!(mail.iter().filter(answered).count() >= 3, "№ {number}");
    }
    for letter in &mail {
        assert!(!letter.words.own.contains("XTA210990Y2766389") && !letter.subject.contains('@'));
    }
    office.stop.send_replace(true);
    office.room.await.unwrap();
    shop.close().await;
}

/// The shop's address for such letters.
const PRIVACY: &str = "privacy@shop.example";
