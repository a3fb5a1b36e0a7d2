//! Do letters of ours leave by a real mail server, and are they what they say when they arrive?

use saqta_mail::bounce;
use saqta_mail::intake::{Arrival, NotTaken};
use saqta_mail::outgoing::{Message, Nature, Outgoing, Post, SendFault, dkim};
use saqta_mail::tls::Security;
use saqta_mail::trust::{Examiner, Verdict};
use saqta_postroom::certificate::Certificate;
use saqta_postroom::exim::{self, Exim, Route, Target};
use saqta_postroom::names::{NameServer, Record};

use crate::desk::{Desk, Letters, Mood, OpenDoor};

struct Office {
    exim: Exim,
    certificate: Certificate,
    letters: Letters,
    _door: OpenDoor,
}

impl Office {
    /// The mail server brings letters of both domains to one desk.
    async fn new(moods: &[Mood]) -> Self {
        let (desk, letters) = Desk::new(moods);
        let door = OpenDoor::new(desk, &["aigul@people.example", "privacy@autoshop.example"]).await;
        let certificate = Certificate::new();
        let routes = ["people.example", "autoshop.example"].map(|domain| Route {
            domain,
            to: Target::Port(door.port),
            signature: None,
        });
        Self { exim: Exim::start(&routes, &certificate), certificate, letters, _door: door }
    }

    fn settings(&self) -> Outgoing {
        Outgoing {
            host: "localhost".to_owned(),
            port: self.exim.port,
            security: Security::StartTls,
            authorities: Some(self.certificate.pem.clone()),
            login: Some((exim::USER.to_owned(), exim::PASSWORD.to_owned())),
            from: "Автосалон <privacy@autoshop.example>".to_owned(),
            signature: None,
            instance: "instance-1".to_owned(),
        }
    }
}

fn message(to: &str) -> Message {
    Message {
        to: to.to_owned(),
        subject: "Ваш запрос № 17 принят / Сұрау салу қабылданды".to_owned(),
        text: "Здравствуйте!\n\nӘ Ғ Қ Ң Ө Ұ Ү Һ І.\n.\nFrom the shop\n".to_owned(),
        html: Some("<p>Здравствуйте!</p>".to_owned()),
        message_id: "17.abc@autoshop.example".to_owned(),
        in_reply_to: Some("1@people.example".to_owned()),
        references: vec!["1@people.example".to_owned()],
        date: "2026-11-30T05:00:00Z".parse().unwrap(),
        nature: Nature::Answer,
        unsubscribe: Some("https://autoshop.example/u/abc".to_owned()),
    }
}

fn ed25519() -> String {
    let der = mail_auth::common::crypto::Ed25519Key::generate_pkcs8().unwrap();
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        data_encoding::BASE64.encode(&der)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_arrives_signed_by_either_kind_of_key() {
    let mut office = Office::new(&[]).await;
    for key in [dkim::new_key().unwrap(), ed25519()] {
        let names = NameServer::start(&[
            Record::Text("s1._domainkey.autoshop.example", &dkim::record(&key).unwrap()),
            Record::Text("_dmarc.autoshop.example", "v=DMARC1; p=reject; adkim=s"),
        ]);
        for security in [Security::StartTls, Security::Tls] {
            let port = if security == Security::Tls { office.exim.tls_port } else { office.exim.port };
            let signature = dkim::Settings {
                domain: "autoshop.example".to_owned(),
                selector: "s1".to_owned(),
                key: key.clone(),
            };
            let settings = Outgoing { security, port, signature: Some(signature), ..office.settings() };
            let post = Post::new(settings).unwrap();
            let composed = post.compose(&message("aigul@people.example")).unwrap();
            post.hand_over(&composed).await.unwrap();

            let arrived = office.letters.next().await;
            let (sent, came) = (composed.bytes.trim_ascii_end(), arrived.bytes.trim_ascii_end());
            assert!(came.ends_with(sent), "the server put its own on top and changed nothing");
            assert_eq!(arrived.arrival.mail_from.as_deref(), Some("privacy@autoshop.example"));
            let examiner = Examiner::asking(&[names.address()]).unwrap();
            let trust = examiner.examine(&arrived.bytes, &Arrival::default()).await;
            assert_eq!((trust.dkim, trust.dmarc), (Verdict::Pass, Verdict::Pass));
            assert!(trust.sender_domain_is_proven());
            // A second sender on top is noticed by every reader of signatures, for ours is named twice.
            let forged = [b"From: boss@autoshop.example\r\n".as_slice(), &arrived.bytes].concat();
            assert_eq!(examiner.examine(&forged, &Arrival::default()).await.dkim, Verdict::Fail);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_the_settings_are_told_apart_from_those_of_the_server() {
    let office = Office::new(&[]).await;
    let send = async |settings: Outgoing, to: &str| match Post::new(settings) {
        Ok(post) => post.send(&message(to)).await,
        Err(fault) => Err(fault),
    };
    let known = "aigul@people.example";
    let wrong = ("saqta".to_owned(), "wrong".to_owned());
    let fault = send(Outgoing { login: Some(wrong), ..office.settings() }, known).await;
    assert_eq!(fault, Err(SendFault::Password));
    let fault =
        send(Outgoing { authorities: Some(Certificate::new().pem), ..office.settings() }, known).await;
    assert!(matches!(fault, Err(SendFault::Settings(_))), "{fault:?}");
    let fault = send(Outgoing { authorities: Some("nothing".to_owned()), ..office.settings() }, known).await;
    assert!(matches!(fault, Err(SendFault::Settings(_))), "{fault:?}");
    // Without TLS the server offers no way to log in.
    let in_the_open = Outgoing { security: Security::NoneOnThisMachine, ..office.settings() };
    assert!(matches!(send(in_the_open.clone(), known).await, Err(SendFault::Settings(_))));
    let elsewhere = Outgoing { host: "mx.people.example".to_owned(), ..in_the_open.clone() };
    assert!(matches!(send(elsewhere, known).await, Err(SendFault::Settings(_))));
    let fault = send(Outgoing { from: "nobody".to_owned(), ..office.settings() }, known).await;
    assert!(matches!(fault, Err(SendFault::Settings(_))), "{fault:?}");

    // The server does not carry letters of strangers to strangers.
    let fault = send(Outgoing { login: None, ..in_the_open.clone() }, "a@elsewhere.example").await;
    let Err(SendFault::Permanent(Some(reply))) = fault else { panic!("{fault:?}") };
    assert_eq!(reply.code, 550);
    assert!(send(Outgoing { login: None, ..in_the_open }, known).await.is_ok(), "but to those it knows");

    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let fault = send(Outgoing { port: closed, ..office.settings() }, known).await;
    assert_eq!(fault, Err(SendFault::Temporary(None)));
    let fault = send(office.settings(), "no address").await;
    assert!(matches!(fault, Err(SendFault::Letter(_))), "{fault:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_comes_back_is_read() {
    let mut office = Office::new(&[Mood::Declines(NotTaken::Refused)]).await;
    let post = Post::new(office.settings()).unwrap();
    let sent = post.send(&message("aigul@people.example")).await.unwrap();
    assert!(sent.answer.contains("OK id="), "a server that took it has promised to try");
    let refused = office.letters.next().await;
    assert!(bounce::read(&refused.bytes).is_none(), "the letter itself is no report");

    let unknown = format!("{}@people.example", exim::UNKNOWN);
    post.send(&message(&unknown)).await.unwrap();
    let mut reports = Vec::new();
    for _ in 0..2 {
        let report = office.letters.next().await;
        assert_eq!(report.arrival.mail_from.as_deref(), Some(""), "a report has no sender to answer");
        assert_eq!(report.recipients, ["privacy@autoshop.example"]);
        let bounce = bounce::read(&report.bytes).unwrap();
        assert_eq!(bounce.message_id.as_deref(), Some("17.abc@autoshop.example"));
        let [one] = bounce.recipients.as_slice() else { panic!("one recipient is named") };
        assert!(one.permanent && one.status.starts_with("5."));
        reports.push(one.address.clone());
    }
    reports.sort();
    assert_eq!(reports, ["aigul@people.example".to_owned(), unknown]);
}
