//! Does a mail server keep a letter until it lies safe here, and can nobody smuggle one in?

use std::os::unix::net::UnixStream;
use std::sync::Arc;

use saqta_mail::intake::NotTaken;
use saqta_mail::lmtp::{Address, Bounds};
use saqta_postroom::certificate::Certificate;
use saqta_postroom::eventually;
use saqta_postroom::exim::{Exim, Route, Target};
use saqta_postroom::lmtp::{Hand, Talk};

use crate::desk::{Desk, Letters, Mood, OpenDoor, letter};

const PRIVACY: &str = "privacy@autoshop.example";
const INFO: &str = "info@autoshop.example";

fn exim(port: u16) -> Exim {
    let route = Route { domain: "autoshop.example", to: Target::Port(port), signature: None };
    Exim::start(&[route], &Certificate::new())
}

async fn open(moods: &[Mood]) -> (OpenDoor, Letters) {
    let (desk, letters) = Desk::new(moods);
    (OpenDoor::new(desk, &[PRIVACY, INFO]).await, letters)
}

async fn open_within(bounds: Bounds) -> (OpenDoor, Letters) {
    let (desk, letters) = Desk::new(&[]);
    let address = Address::Tcp("127.0.0.1:0".parse().unwrap());
    (OpenDoor::at(address, desk, &[PRIVACY, INFO], bounds).await, letters)
}

/// The conversations block their thread, as those of other programs do.
async fn talk<T: Send + 'static>(words: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(words).await.unwrap()
}

fn greet(port: u16) -> Talk<std::net::TcpStream> {
    let mut talk = Talk::to(port);
    assert!(talk.say("LHLO mx.people.example").contains("PIPELINING"));
    assert!(talk.say("MAIL FROM:<a@people.example>").starts_with("250"));
    talk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_hands_letters_over_by_a_port() {
    let (door, mut letters) = open(&[]).await;
    let exim = exim(door.port);
    exim.submit("aigul@people.example", &[PRIVACY, INFO], &letter(1));
    let mut recipients = Vec::new();
    // Exim may send one letter to both, or one to each.
    while recipients.len() < 2 {
        let arrived = letters.next().await;
        assert_eq!(arrived.arrival.mail_from.as_deref(), Some("aigul@people.example"));
        assert!(
            arrived.bytes.ends_with(letter(1).as_bytes()),
            "below what the server put on top, nothing changed"
        );
        recipients.extend(arrived.recipients);
    }
    recipients.sort();
    assert_eq!(recipients, [INFO, PRIVACY]);
    eventually("the queue is empty", || exim.waiting() == 0);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_hands_letters_over_by_a_socket() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let socket = folder.path().join("lmtp");
    // A process that died left its socket behind.
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    let (desk, mut letters) = Desk::new(&[]);
    let door =
        OpenDoor::at(Address::Unix(socket.clone()), Arc::clone(&desk), &[PRIVACY], Bounds::default()).await;
    let route = Route { domain: "autoshop.example", to: Target::Socket(socket.clone()), signature: None };
    let exim = Exim::start(&[route], &Certificate::new());
    exim.submit("aigul@people.example", &[PRIVACY], &letter(1));
    assert!(letters.next().await.bytes.ends_with(letter(1).as_bytes()));
    door.close().await;
    assert!(!socket.exists() && UnixStream::connect(&socket).is_err(), "nothing is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_cannot_be_filed_now_stays_in_the_queue_and_comes_again() {
    let (door, mut letters) = open(&[Mood::Declines(NotTaken::Later), Mood::Declines(NotTaken::Later)]).await;
    let exim = exim(door.port);
    exim.submit("aigul@people.example", &[PRIVACY], &letter(1));
    let first = letters.next().await;
    assert_eq!(exim.waiting(), 1, "it is kept");
    for _ in 0..2 {
        assert!(letters.next().await.bytes == first.bytes, "it comes again as it was");
    }
    eventually("the queue is empty", || exim.waiting() == 0);
    assert!(exim.log().contains("451 4.3.0"));
    assert!(letters.further().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_on_its_way_when_the_process_dies_comes_again() {
    let (door, mut letters) = open(&[Mood::FallsSilent]).await;
    let port = door.port;
    let exim = exim(port);
    exim.submit("aigul@people.example", &[PRIVACY], &letter(1));
    let first = letters.next().await;
    door.crash().await;
    assert_eq!(exim.waiting(), 1, "nothing was promised");

    let (desk, mut letters) = Desk::new(&[]);
    let address = Address::Tcp(([127, 0, 0, 1], port).into());
    let _door = OpenDoor::at(address, desk, &[PRIVACY], Bounds::default()).await;
    assert!(letters.next().await.bytes == first.bytes);
    eventually("the queue is empty", || exim.waiting() == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_in_a_hurry_loses_nothing() {
    let (door, mut letters) = open_within(Bounds { connections: 2, ..Bounds::default() }).await;
    let exim = exim(door.port);
    let sent = 200;
    talk({
        let port = exim.port;
        move || {
            let mut talk = Talk::to(port);
            talk.say("EHLO client.people.example");
            for number in 0..sent {
                talk.say("MAIL FROM:<aigul@people.example>");
                talk.say(&format!("RCPT TO:<{PRIVACY}>"));
                talk.say("DATA");
                assert!(talk.say(&format!("{}.", letter(number))).starts_with("250"));
            }
        }
    })
    .await;
    let mut subjects = std::collections::BTreeSet::new();
    while subjects.len() < sent {
        let text = String::from_utf8(letters.next().await.bytes).unwrap();
        subjects.insert(text.lines().find(|line| line.starts_with("Subject: ")).unwrap().to_owned());
    }
    eventually("the queue is empty", || exim.waiting() == 0);
    assert!(letters.further().is_empty(), "none came twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_letters_at_once_are_taken_once_each() {
    let (door, mut letters) = open(&[]).await;
    let hands = (0..4).map(|hand| {
        let port = door.port;
        talk(move || {
            let mut server = Hand::to(port);
            for number in (hand..10_000).step_by(4) {
                let answers = server.deliver("a@people.example", &[PRIVACY], letter(number).as_bytes());
                assert_eq!(answers, ["250 2.0.0 Filed"]);
            }
        })
    });
    futures_util::future::join_all(hands).await;
    let came = letters.further();
    let different: std::collections::BTreeSet<Vec<u8>> =
        came.iter().map(|letter| letter.bytes.clone()).collect();
    assert_eq!((came.len(), different.len()), (10_000, 10_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_recipient_is_asked_about_and_has_an_answer_of_its_own() {
    let (door, mut letters) = open(&[Mood::Files, Mood::Declines(NotTaken::Refused)]).await;
    let port = door.port;
    talk(move || {
        let mut talk = greet(port);
        assert!(talk.say("RCPT TO:<somebody@autoshop.example>").starts_with("550 5.1.1"));
        assert!(talk.say("DATA").starts_with("503"), "nobody would get it");
        assert!(talk.say("RCPT TO:<Privacy@AutoShop.example>").starts_with("250"));
        assert!(talk.say(&format!("RCPT TO:<{INFO}>")).starts_with("250"));
        assert!(talk.say("DATA").starts_with("354"));
        assert!(talk.say("Subject: a\r\n\r\n..dot\r\n.").starts_with("250"));
        assert!(talk.hear().starts_with("250"), "the second recipient");
        let answers = Hand::to(port).deliver("", &[PRIVACY], b"Subject: b\r\n\r\n");
        assert_eq!(answers, ["554 5.7.1 The letter is refused"]);
    })
    .await;
    let first = letters.next().await;
    assert_eq!(first.recipients, [INFO, PRIVACY]);
    assert_eq!(first.bytes, b"Subject: a\r\n\r\n.dot\r\n");
    assert_eq!(letters.next().await.arrival.mail_from.as_deref(), Some(""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_letter_cannot_be_smuggled_into_the_first() {
    let (door, mut letters) = open(&[]).await;
    let port = door.port;
    let inner =
        "MAIL FROM:<boss@autoshop.example>\r\nRCPT TO:<privacy@autoshop.example>\r\nDATA\r\nforged\r\n";
    let ends = ["\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r\n\0.\r\n"];
    for end in ends {
        let letter = format!("Subject: a\r\n\r\nbody{end}{inner}");
        let sent = letter.clone();
        talk(move || {
            let mut talk = greet(port);
            talk.say(&format!("RCPT TO:<{PRIVACY}>"));
            talk.say("DATA");
            assert!(talk.say(&format!("{sent}.")).starts_with("250"));
            assert!(talk.say("QUIT").starts_with("221"), "what follows is heard as it was said");
        })
        .await;
        let arrived = letters.next().await;
        assert_eq!(arrived.arrival.mail_from.as_deref(), Some("a@people.example"));
        // A dot at the start of a line is the sender's own stuffing, and taken away there.
        let kept = letter.replace("\r\n.\n", "\r\n\n").replace("\r\n.\r", "\r\n\r");
        assert_eq!(String::from_utf8(arrived.bytes).unwrap(), kept, "{end:?}");
    }
    assert!(letters.further().is_empty());

    talk(move || {
        let mut talk = greet(port);
        assert!(
            talk.say(&format!("RCPT TO:<{PRIVACY}>\nDATA")).starts_with("500"),
            "a bare end of line ends all"
        );
        assert_eq!(talk.hear(), "");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused_and_the_next_letter_is_taken() {
    let (door, mut letters) = open_within(Bounds { letter: 1000, ..Bounds::default() }).await;
    let port = door.port;
    talk(move || {
        let mut talk = Talk::to(port);
        assert!(talk.say("LHLO a").ends_with("SIZE 1000"));
        assert!(talk.say("MAIL FROM:<a@people.example> SIZE=1001").starts_with("552"));
        assert!(talk.say("MAIL FROM:<a@people.example> SIZE=10 BODY=8BITMIME").starts_with("250"));
        talk.say(&format!("RCPT TO:<{PRIVACY}>"));
        talk.say("DATA");
        let large = format!("Subject: a\r\n\r\n{}\r\n.", "x".repeat(100_000));
        assert!(talk.say(&large).starts_with("552"), "whatever was promised");

        talk.say("MAIL FROM:<a@people.example>");
        talk.say(&format!("RCPT TO:<{PRIVACY}>"));
        talk.send(format!("BDAT 600\r\n{}BDAT 600 LAST\r\n{0}", "y".repeat(600)).as_bytes());
        assert!(talk.hear().starts_with("250"));
        assert!(talk.hear().starts_with("552"));

        // Exactly as much as may be, by both ways.
        let exact = "z".repeat(998);
        talk.send(format!("MAIL FROM:<a@people.example>\r\nRCPT TO:<{PRIVACY}>\r\nDATA\r\n").as_bytes());
        for start in ["250", "250", "354"] {
            assert!(talk.hear().starts_with(start));
        }
        assert!(talk.say(&format!("{exact}\r\n.")).starts_with("250"));
        talk.send(format!("MAIL FROM:<a@people.example>\r\nRCPT TO:<{PRIVACY}>\r\nBDAT 998\r\n{exact}RCPT TO:<{INFO}>\r\nBDAT 2 LAST\r\n\r\n").as_bytes());
        for start in ["250", "250", "250", "503 5.5.1 The letter has begun", "250"] {
            assert!(talk.hear().starts_with(start));
        }
    })
    .await;
    let (first, second) = (letters.next().await, letters.next().await);
    assert_eq!(first.bytes.len(), 1000);
    assert!(first.bytes == second.bytes);
    assert!(letters.further().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_letters_and_odd_words_are_answered() {
    let (door, mut letters) = open_within(Bounds { connections: 2, ..Bounds::default() }).await;
    let port = door.port;
    talk(move || {
        let mut talk = Talk::to(port);
        assert!(talk.say("EHLO a").starts_with("500"), "this is not SMTP");
        assert!(talk.say("MAIL FROM:<a@people.example>").starts_with("503"), "nobody greeted");
        assert!(talk.say("LHLO a").starts_with("250"));
        assert!(
            talk.say("XFORWARD ADDR=192.0.2.7 HELO=client.people.example NAME=[UNAVAILABLE]")
                .starts_with("250")
        );
        assert!(talk.say("RCPT TO:<a@b.example>").starts_with("503"));
        assert!(talk.say("MAIL FROM:<әйгүл@people.example> SMTPUTF8").starts_with("250"));
        assert!(talk.say("MAIL FROM:<b@people.example>").starts_with("503"));
        assert!(talk.say("NOOP").starts_with("250"));
        talk.send(b"BDAT 6 LAST\r\nNOOP\r\n");
        assert!(talk.hear().starts_with("503"), "its bytes are no commands");
        talk.say(&format!("RCPT TO:<{PRIVACY}>"));
        talk.say("DATA");
        assert!(talk.say(".").starts_with("250"), "an empty letter is one");
        assert!(talk.say("STARTTLS").starts_with("502"));

        let mut second = Talk::to(port);
        assert!(second.say("LHLO b").starts_with("250"));
        let (_, turned_away) = Talk::over(std::net::TcpStream::connect(("127.0.0.1", port)).unwrap());
        assert!(turned_away.starts_with("421"), "{turned_away}");
        assert!(second.say(&format!("LHLO {}", "b".repeat(5000))).starts_with("500"));

        let mut answers = (0..30).map(|_| talk.say("nonsense"));
        assert!(answers.any(|answer| answer.starts_with("421")), "patience ends");
    })
    .await;
    let arrived = letters.next().await;
    assert!(arrived.bytes.is_empty());
    assert_eq!(arrived.arrival.mail_from.as_deref(), Some("әйгүл@people.example"));
    assert_eq!(arrived.arrival.client_ip, Some("192.0.2.7".parse().unwrap()));
    assert_eq!(arrived.arrival.helo.as_deref(), Some("client.people.example"));
}
