//! Are letters fetched from a real mailbox once, whatever breaks in between, and is the operator told?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use saqta_mail::imap::{
    Afterwards, Beginning, Cursor, CursorLost, Cursors, Mailbox, Pace, Trouble, Watcher, watch,
};
use saqta_mail::intake::{Extent, NotTaken, Way};
use saqta_mail::tls::Security;
use saqta_postroom::certificate::Certificate;
use saqta_postroom::cut::Scissors;
use saqta_postroom::dovecot::{Abilities, Dovecot};
use saqta_postroom::eventually;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::desk::{Desk, LONG, Letters, Mood, letter};

const USER: &str = "privacy@autoshop.example";
const PASSWORD: &str = "first \"password\"";

/// Cursors in memory, which outlives a watch as a database outlives a process.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Cursor>>);

#[async_trait]
impl Cursors for Memory {
    async fn read(&self, mailbox: &str) -> Result<Option<Cursor>, CursorLost> {
        Ok(self.0.lock().unwrap().get(mailbox).copied())
    }

    async fn keep(&self, mailbox: &str, cursor: Cursor) -> Result<(), CursorLost> {
        self.0.lock().unwrap().insert(mailbox.to_owned(), cursor);
        Ok(())
    }
}

/// What the operator is told: a trouble, or that all is well.
struct Told(UnboundedSender<Option<Trouble>>);

impl Watcher for Told {
    fn trouble(&self, _mailbox: &str, trouble: Trouble) {
        let _the_test_is_over = self.0.send(Some(trouble));
    }

    fn well(&self, _mailbox: &str) {
        let _the_test_is_over = self.0.send(None);
    }
}

struct News(UnboundedReceiver<Option<Trouble>>);

impl News {
    /// Waits until this is told, whatever else is told before.
    async fn hear(&mut self, wanted: Option<Trouble>) {
        let hear = async { while self.0.recv().await.expect("the watch goes on") != wanted {} };
        tokio::time::timeout(LONG, hear).await.unwrap_or_else(|_| panic!("never told: {wanted:?}"));
    }
}

struct Post {
    dovecot: Dovecot,
    certificate: Certificate,
    cursors: Arc<Memory>,
}

impl Post {
    fn new(abilities: Abilities) -> Self {
        let certificate = Certificate::new();
        let dovecot = Dovecot::start(&[(USER, PASSWORD)], &certificate, abilities);
        Self { dovecot, certificate, cursors: Arc::default() }
    }

    /// A wait for news is long, so that a test ends only if the news itself wakes the watch; troubles are waited out shortly.
    fn mailbox(&self) -> Mailbox {
        Mailbox {
            name: "shop".to_owned(),
            host: "localhost".to_owned(),
            port: self.dovecot.tls_port,
            security: Security::Tls,
            authorities: Some(self.certificate.pem.clone()),
            user: USER.to_owned(),
            password: PASSWORD.to_owned(),
            folder: "INBOX".to_owned(),
            afterwards: Afterwards::MoveTo("Өңделген".to_owned()),
            beginning: Beginning::All,
            letter: 1024 * 1024,
            pace: Pace {
                poll: Duration::from_millis(50),
                idle: Duration::from_secs(300),
                answer: Duration::from_secs(20),
                first_wait: Duration::from_millis(20),
                longest_wait: Duration::from_millis(100),
            },
        }
    }

    fn watch(&self, mailbox: Mailbox, moods: &[Mood]) -> (Letters, News, JoinHandle<()>) {
        let (desk, letters) = Desk::new(moods);
        let (told, news) = unbounded_channel();
        let cursors: Arc<Memory> = Arc::clone(&self.cursors);
        let work = tokio::spawn(watch(mailbox, desk, cursors, Arc::new(Told(told)), std::future::pending()));
        (letters, News(news), work)
    }

    fn deliver(&self, numbers: std::ops::Range<usize>) {
        self.dovecot.deliver(USER, numbers.map(letter));
    }

    fn in_folder(&self, folder: &str) -> usize {
        self.dovecot.letters(USER, folder).len()
    }
}

/// `Өңделген` on the wire, as Dovecot names its folder.
const FILED: &str = "&BOgEowQ0BDUEOwQzBDUEPQ-";

fn number(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lay_there_before_the_first_look_is_left_to_people() {
    let post = Post::new(Abilities::All);
    post.deliver(0..3);
    let mailbox = Mailbox { beginning: Beginning::New, ..post.mailbox() };
    let (mut letters, mut news, work) = post.watch(mailbox.clone(), &[]);
    news.hear(None).await;
    post.deliver(3..4);
    assert_eq!(number(&letters.next().await.bytes), 3);
    eventually("it is moved", || post.in_folder(FILED) == 1);
    work.abort();
    // What comes while nobody watches is not lost: the place to go on from is kept.
    post.deliver(4..5);
    let (mut letters, _news, _work) = post.watch(mailbox, &[]);
    assert_eq!(number(&letters.next().await.bytes), 4);
    eventually("the first three lie where they lay", || post.in_folder("INBOX") == 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_letter_wakes_the_watch_and_is_moved_when_it_is_filed() {
    let post = Post::new(Abilities::All);
    post.deliver(0..1);
    let (mut letters, mut news, _work) = post.watch(post.mailbox(), &[]);
    let first = letters.next().await;
    assert_eq!((number(&first.bytes), first.extent), (0, Extent::Whole));
    assert_eq!(first.way, Way::Mailbox("shop".to_owned()));
    assert!(first.bytes.ends_with(letter(0).as_bytes()));
    news.hear(None).await;
    // Nobody asks for five minutes now; the server has to say it.
    for later in 1..4 {
        post.deliver(later..later + 1);
        assert_eq!(number(&letters.next().await.bytes), later);
    }
    eventually("all are moved", || post.in_folder("INBOX") == 0 && post.in_folder(FILED) == 4);
    assert!(
        post.dovecot.letters(USER, FILED).iter().all(|(marks, _)| marks == "S"),
        "and are marked as read"
    );
    assert!(letters.further().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_server_is_asked_and_its_letters_are_moved_all_the_same() {
    let post = Post::new(Abilities::Few);
    let mailbox =
        Mailbox { security: Security::StartTls, port: post.dovecot.starttls_port, ..post.mailbox() };
    let (mut letters, mut news, _work) = post.watch(mailbox, &[]);
    news.hear(None).await;
    post.deliver(0..3);
    for expected in 0..3 {
        assert_eq!(number(&letters.next().await.bytes), expected);
    }
    eventually("copies lie in the folder", || post.in_folder(FILED) == 3);
    // What cannot be taken away alone stays, marked as deleted.
    eventually("the originals are marked", || {
        post.dovecot.letters(USER, "INBOX").iter().filter(|(marks, _)| marks == "ST").count() == 3
    });
    assert!(letters.further().is_empty(), "and does not come again");
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_stay_are_marked_and_not_fetched_again() {
    let post = Post::new(Abilities::All);
    let mailbox = Mailbox { afterwards: Afterwards::Keep, ..post.mailbox() };
    post.deliver(0..2);
    let (mut letters, mut news, work) = post.watch(mailbox.clone(), &[]);
    news.hear(None).await;
    assert_eq!(letters.further().len(), 2);
    work.abort();
    post.deliver(2..3);
    let (mut letters, mut news, _work) = post.watch(mailbox, &[]);
    news.hear(None).await;
    let fetched: Vec<usize> = letters.further().iter().map(|letter| number(&letter.bytes)).collect();
    assert_eq!(fetched, [2]);
    let marked = |(marks, _): &(String, Vec<u8>)| marks.starts_with('S') && marks.len() == 2;
    eventually("all are marked", || post.dovecot.letters(USER, "INBOX").iter().all(marked));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_letters_come_once_each_although_the_line_breaks_in_the_middle() {
    let post = Post::new(Abilities::All);
    post.deliver(0..1000);
    let scissors = Scissors::before(post.dovecot.tls_port).await;
    let mailbox = Mailbox { port: scissors.port, ..post.mailbox() };
    scissors.cut_after(20_000);
    let (mut letters, mut news, _work) = post.watch(mailbox, &[]);
    let mut came = BTreeMap::new();
    let mut twice = 0;
    while came.len() < 1000 {
        let arrived = letters.next().await;
        let number = number(&arrived.bytes);
        if let Some(before) = came.insert(number, arrived.bytes.clone()) {
            assert!(before == arrived.bytes, "what comes twice is the same");
            twice += 1;
        }
        if came.len() % 200 == 0 {
            scissors.cut_after(5_000);
        }
    }
    news.hear(Some(Trouble::Unreachable)).await;
    eventually("all are moved", || post.in_folder("INBOX") == 0);
    assert_eq!(post.in_folder(FILED), 1000, "none is lost and none doubled");
    assert!(scissors.cuts() >= 2, "the line did break: {}", scissors.cuts());
    assert!(twice <= scissors.cuts(), "only a letter at the cut may come twice: {twice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_between_filing_and_marking_brings_the_same_letter_again() {
    let post = Post::new(Abilities::All);
    post.deliver(0..1);
    // The desk takes the letter and the process dies before it hears so.
    let (mut letters, _news, work) = post.watch(post.mailbox(), &[Mood::FallsSilent]);
    let first = letters.next().await;
    work.abort();
    assert!(work.await.unwrap_err().is_cancelled());
    assert_eq!((post.in_folder("INBOX"), post.in_folder(FILED)), (1, 0), "it was not touched");
    assert!(post.dovecot.letters(USER, "INBOX").iter().all(|(marks, _)| marks.is_empty()));

    let (mut letters, mut news, _work) = post.watch(post.mailbox(), &[]);
    assert!(letters.next().await.bytes == first.bytes);
    news.hear(None).await;
    eventually("it is moved", || post.in_folder(FILED) == 1);
    assert!(letters.further().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_cannot_be_filed_stays_until_it_can() {
    let post = Post::new(Abilities::All);
    post.deliver(0..3);
    let later = Mood::Declines(NotTaken::Later);
    let (mut letters, mut news, _work) = post.watch(post.mailbox(), &[Mood::Files, later, later]);
    news.hear(Some(Trouble::CannotFile)).await;
    news.hear(None).await;
    let order: Vec<usize> = letters.further().iter().map(|letter| number(&letter.bytes)).collect();
    assert_eq!(order, [0, 1, 1, 1, 2]);
    eventually("all are moved", || post.in_folder(FILED) == 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_is_told_and_nothing_is_lost_meanwhile() {
    let post = Post::new(Abilities::All);
    post.dovecot.set_passwords(&[(USER, "another one")]);
    post.deliver(0..1);
    let (mut letters, mut news, work) = post.watch(post.mailbox(), &[]);
    news.hear(Some(Trouble::WrongPassword)).await;
    assert!(letters.further().is_empty());
    work.abort();
    let mailbox = Mailbox { password: "another one".to_owned(), ..post.mailbox() };
    let (mut letters, mut news, _work) = post.watch(mailbox, &[]);
    news.hear(None).await;
    assert_eq!(number(&letters.next().await.bytes), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_server_is_told_by_its_name() {
    let mut post = Post::new(Abilities::All);
    let check = async |post: &Post, mailbox: Mailbox, trouble| {
        let (_letters, mut news, work) = post.watch(mailbox, &[]);
        news.hear(Some(trouble)).await;
        work.abort();
    };
    let other = Certificate::new().pem;
    check(&post, Mailbox { authorities: Some(other), ..post.mailbox() }, Trouble::Certificate).await;
    check(&post, Mailbox { authorities: None, ..post.mailbox() }, Trouble::Certificate).await;
    let missing = Mailbox { folder: "Nowhere".to_owned(), ..post.mailbox() };
    check(&post, missing, Trouble::FolderMissing).await;
    let in_the_open =
        Mailbox { security: Security::NoneOnThisMachine, host: "192.0.2.7".to_owned(), ..post.mailbox() };
    check(&post, in_the_open, Trouble::Settings).await;
    let no_tls = Mailbox { port: post.dovecot.lmtp_port, security: Security::StartTls, ..post.mailbox() };
    check(&post, no_tls, Trouble::Protocol).await;

    let (mut letters, mut news, _work) = post.watch(post.mailbox(), &[]);
    news.hear(None).await;
    post.dovecot.pause();
    news.hear(Some(Trouble::Unreachable)).await;
    post.dovecot.resume();
    news.hear(None).await;
    post.deliver(0..1);
    assert_eq!(number(&letters.next().await.bytes), 0, "and goes on by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_numbered_anew_is_read_again() {
    let mut post = Post::new(Abilities::All);
    let mailbox = Mailbox { afterwards: Afterwards::Keep, ..post.mailbox() };
    post.deliver(0..2);
    let (mut letters, mut news, work) = post.watch(mailbox.clone(), &[]);
    news.hear(None).await;
    let first: BTreeSet<Vec<u8>> = letters.further().into_iter().map(|letter| letter.bytes).collect();
    work.abort();
    let _aborted = work.await;
    let before = *post.cursors.0.lock().unwrap().get("shop").unwrap();

    post.dovecot.pause();
    post.dovecot.renumber(USER);
    post.dovecot.resume();
    let (mut letters, mut news, _work) = post.watch(mailbox, &[]);
    news.hear(Some(Trouble::Renumbered)).await;
    news.hear(None).await;
    let again: BTreeSet<Vec<u8>> = letters.further().into_iter().map(|letter| letter.bytes).collect();
    assert!(again == first, "with the same bytes, so that they are known");
    let after = *post.cursors.0.lock().unwrap().get("shop").unwrap();
    assert_ne!(before.uid_validity, after.uid_validity);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_too_large_or_refused_stays_and_the_next_one_comes() {
    let post = Post::new(Abilities::All);
    let large = format!("Subject: 7\r\nTo: {USER}\r\n\r\n{}\r\n", "x".repeat(40_000));
    post.dovecot.deliver(USER, [large]);
    post.deliver(0..2);
    let mailbox = Mailbox { letter: 10_000, ..post.mailbox() };
    let moods = [Mood::Files, Mood::Declines(NotTaken::Refused)];
    let (mut letters, mut news, _work) = post.watch(mailbox, &moods);
    news.hear(Some(Trouble::TooLarge { uid: 1 })).await;
    news.hear(Some(Trouble::Refused { uid: 2 })).await;
    news.hear(None).await;
    let came = letters.further();
    assert_eq!(came.iter().map(|letter| number(&letter.bytes)).collect::<Vec<_>>(), [7, 0, 1]);
    let Extent::HeadersOnly { size } = came[0].extent else { panic!("it is not whole") };
    assert!(size > 40_000 && came[0].bytes.ends_with(b"\r\n\r\n") && came[0].bytes.len() < 2000);
    eventually("one is moved", || post.in_folder(FILED) == 1);
    let staying = post.dovecot.letters(USER, "INBOX");
    assert!(
        staying.len() == 2 && staying.iter().all(|(marks, _)| marks == "F"),
        "the others stay, with a flag"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn several_mailboxes_are_watched_beside_each_other() {
    let mut post = Post::new(Abilities::All);
    let other = "info@autoshop.example";
    post.dovecot.set_passwords(&[(USER, PASSWORD), (other, "second")]);
    let second = Mailbox {
        name: "info".to_owned(),
        user: other.to_owned(),
        password: "second".to_owned(),
        ..post.mailbox()
    };
    let (mut one, mut news_of_one, _first) = post.watch(post.mailbox(), &[]);
    let (mut two, mut news_of_two, _second) = post.watch(second, &[]);
    news_of_one.hear(None).await;
    news_of_two.hear(None).await;
    post.dovecot.deliver(other, [letter(2)]);
    post.dovecot.deliver(USER, [letter(1)]);
    let (one, two) = (one.next().await, two.next().await);
    assert_eq!((number(&one.bytes), one.way), (1, Way::Mailbox("shop".to_owned())));
    assert_eq!((number(&two.bytes), two.way), (2, Way::Mailbox("info".to_owned())));
    post.dovecot.pause();
}
