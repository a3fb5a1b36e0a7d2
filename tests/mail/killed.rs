//! The same letter, in a shop that dies at every step and is started again: it ends the same.
//!
//! The mail servers, the customer and their browser live in the parent. The shop is a child: it looks at what is to be done next,
//! does it, and dies. By turns it dies just before its next deed is kept, or just after; and between the moment at which a letter
//! of it left and the one at which that is crossed off. The next child goes on from what it left. A letter that was not crossed off
//! leaves twice, as the same letter; everything else happens once.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use saqta_app::act::Caller;
use saqta_app::evidence::verify;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::requests::desk::{Deed, DeedKind};
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Effect, Outcome, Relation, RequestKind};
use saqta_postroom::eventually;
use saqta_store::testing::Faults;
use saqta_testkit::browser::Browser;
use saqta_testkit::office::staff;
use saqta_testkit::shop::{Shop, Store, serve};
use serde_json::{Value, json};

use crate::letters::CUSTOMER;
use crate::post_office::{PRIVACY, PostOffice, Taking, tokens};
use crate::story::{VIN, customer, letter, may_advertise};

/// Names the folder in which parent and child tell each other what they do.
const FOLDER: &str = "SAQTA_STORY_FOLDER";

/// More children than the story has steps: a story that never ends fails.
const MOST: usize = 200;

/// What has to be done next, and by whom.
enum Next {
    /// The letter has not come yet, or not all of it is filed.
    Letter,
    /// The customer presses the button for the request of this number.
    Confirmation(u64),
    /// A member of staff approves the destruction.
    Approval(Caller),
    /// The shop goes on by itself, now or after some time.
    Work,
    /// Nobody: time has to pass.
    Time,
    /// Both requests are answered.
    Nothing,
}

/// The numbers of the two requests.
const WITHDRAWAL: u64 = 1;
const DESTRUCTION: u64 = 2;

impl Next {
    fn words(&self) -> String {
        match self {
            Self::Letter => "letter".to_owned(),
            Self::Confirmation(number) => format!("confirmation {number}"),
            Self::Approval(_) => "approval".to_owned(),
            Self::Work => "work".to_owned(),
            Self::Time => "time".to_owned(),
            Self::Nothing => "nothing".to_owned(),
        }
    }

    /// The destruction is confirmed and approved first: what the withdrawal ends would leave nothing to destroy.
    async fn in_shop(app: &App) -> Self {
        if app.vault().case_numbered(DESTRUCTION).await.unwrap().is_none() {
            return Self::Letter;
        }
        let clerk = staff(1, Role::Clerk);
        for eyes in [&clerk, &staff(2, Role::Responsible)] {
            if app.look_at_request(eyes, DESTRUCTION).await.unwrap().may.contains(&DeedKind::Approve) {
                return Self::Approval(eyes.clone());
            }
        }
        let open = app.open_requests(&clerk).await.unwrap();
        for number in [DESTRUCTION, WITHDRAWAL] {
            let state =
                open.iter().find(|listed| listed.request.number.0 == number).map(|one| one.request.state);
            match state {
                Some(RequestState::AwaitingIdentity) => return Self::Confirmation(number),
                Some(RequestState::InProgress) => return Self::Work,
                _ => {}
            }
        }
        if open.is_empty() { Self::Nothing } else { Self::Time }
    }
}

/// The shop, until it dies.
async fn run_shop(folder: &Path) {
    let orders: Value = serde_json::from_slice(&fs::read(folder.join("orders")).unwrap()).unwrap();
    let text = |name: &str| orders[name].as_str().unwrap().to_owned();
    let armed = Arc::new(AtomicBool::new(false));
    let (is_armed, dies_at) = (Arc::clone(&armed), text("dies_at"));
    let faults = Faults::at(move |reached| {
        if dies_at.split(' ').any(|step| step == reached) && is_armed.load(Ordering::SeqCst) {
            std::process::abort();
        }
        Ok(())
    });
    let now: Timestamp = text("now").parse().unwrap();
    let location = Location { data: text("data").into(), postgres: None, root_key: None, faults };
    let app = App::open(location, Clock::new(move || now), Limits::default()).await.unwrap();
    let app = Arc::new(app);
    let next = Next::in_shop(&app).await;
    let (base, _serving) = serve(Arc::clone(&app), &text("address")).await;
    let _taking = Taking::begin(&app, &base, Path::new(&text("settings"))).await;
    armed.store(true, Ordering::SeqCst);
    tell(folder, "next", &next.words());
    if let Next::Approval(eyes) = next {
        app.do_deed(&eyes, DESTRUCTION, &Deed::Approve).await.unwrap();
    }
    let mut rounds = tokio::time::interval(Duration::from_millis(25));
    loop {
        for _ in 0..12 {
            app.run_jobs().await.unwrap();
            rounds.tick().await;
        }
        tell(folder, "idle", "");
    }
}

/// Does nothing unless a parent asks for it.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_of_the_story() {
    if let Some(folder) = parent() {
        run_shop(Path::new(&folder)).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "the parent tells its child by the environment where to work")]
fn parent() -> Option<String> {
    std::env::var(FOLDER).ok()
}

/// Tells the other side something: all of it, or nothing.
fn tell(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(format!("{name}.half")), text).unwrap();
    fs::rename(folder.join(format!("{name}.half")), folder.join(name)).unwrap();
}

/// A shop that runs; it ends with this.
struct Running(Child);

impl Running {
    fn start(folder: &Path) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::the_child_of_the_story", "--test-threads=1"])
            .env(FOLDER, folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }

    fn is_dead(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_dies_at_every_step_of_the_story_ends_it_as_any_other() {
    let shop = Shop::open(Store::Sqlite, Limits::default()).await.unwrap();
    let (key, subject) = customer(&shop).await;
    assert!(may_advertise(&shop, &key, &subject).await);
    let mut now = shop.now();
    let data = shop.leave().await;
    let (office, browser, talk) = (PostOffice::open(), Browser::start().await, tempfile::tempdir().unwrap());
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (mut deaths, mut was_sent, mut ended, mut course) = (0, false, false, Vec::new());
    for child in 0..MOST {
        for name in ["next", "idle"] {
            let _ = fs::remove_file(talk.path().join(name));
        }
        let orders = json!({
            "data": data.path(), "settings": office.settings(), "address": address, "now": now.to_string(),
            "dies_at": if child % 2 == 0 { "deeds:before letter:left" } else { "deeds:after" },
        });
        tell(talk.path(), "orders", &orders.to_string());
        let mut running = Running::start(talk.path());
        eventually("the shop is open", || running.is_dead() || talk.path().join("next").exists());
        let next = fs::read_to_string(talk.path().join("next")).expect("it opens without dying");
        match next.split_once(' ') {
            None if next == "letter" && !was_sent => {
                // Sent twice, as impatient programs do.
                for _ in 0..2 {
                    office.exim.submit(CUSTOMER, &[PRIVACY], &letter());
                }
                was_sent = true;
            }
            Some((_, number)) => {
                let mut mail = office.mailbox();
                mail.retain(|letter| letter.subject.contains(&format!("№ {number}")));
                for token in tokens(&mail) {
                    let page = format!("http://{address}/my/ru/confirm?token={token}");
                    browser.try_to_press(&page, "form[action$='/confirm'] button").await;
                }
            }
            None => {}
        }
        let _ = fs::remove_file(talk.path().join("idle"));
        let mut died = false;
        eventually("the shop dies, or has nothing to do", || {
            died = running.is_dead();
            died || (office.exim.waiting() == 0 && talk.path().join("idle").exists())
        });
        deaths += usize::from(died);
        course.push(format!("{next}{}", if died { " †" } else { "" }));
        if !died && ["work", "time"].contains(&&*next) {
            now = now.checked_add(13.hours()).unwrap();
        }
        ended = next == "nothing" && !died;
        if ended {
            break;
        }
    }
    assert!(ended, "the story has an end: {course:?}");
    assert!(deaths > 25, "the shop died at every step: {course:?}");
    let shop = Shop::back(data, now).await;
    ends_as_any_other(&shop).await;
    assert!(!may_advertise(&shop, &key, &subject).await);
    assert_eq!(shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await.status, 403);
    letters_came(&office);
    shop.close().await;
}

async fn ends_as_any_other(shop: &Shop) {
    let clerk = staff(1, Role::Clerk);
    assert!(shop.app().open_requests(&clerk).await.unwrap().is_empty());
    assert!(shop.app().vault().case_numbered(3).await.unwrap().is_none(), "nothing is filed twice");
    let mut kinds = Vec::new();
    for (number, other) in [(1, 2), (2, 1)] {
        let seen = shop.app().look_at_request(&clerk, number).await.unwrap();
        let kind = seen.request.matter.kind();
        assert_eq!(seen.request.state, RequestState::Answered(Outcome::Done), "{kind}");
        assert_eq!(seen.letters.len(), 1, "{kind}");
        let related = |(n, how): &(_, Relation)| {
            *n == saqta_domain::terms::request::RequestNumber(other) && *how == Relation::SameLetter
        };
        assert!(seen.request.related.iter().any(related), "{kind}");
        let papers = |paper: Paper| seen.papers.iter().filter(|one| one.paper == paper).count();
        if kind == RequestKind::Destruction {
            assert!(seen.request.did(Effect::DestructionVerified));
            assert_eq!((papers(Paper::DestructionAct), papers(Paper::DestructionAnswer)), (1, 1));
        } else {
            assert_eq!(papers(Paper::WithdrawalAnswer), 1);
        }
        kinds.push(kind);
    }
    kinds.sort();
    assert_eq!(kinds, [RequestKind::Destruction, RequestKind::Withdrawal]);
    let export = tempfile::tempdir().unwrap();
    let folder = export.path().join("export");
    let log = shop.app().logs().await.unwrap()[0];
    shop.app().export_ledger(log, &folder, &mut |_| {}).await.unwrap();
    let verified = verify(&folder, Vec::new(), Some(shop.app().verifier_key(log).unwrap()), &mut |_| {});
    assert!(verified.ok, "{:?}", verified.failure);
}

/// For each request: that it came, the link, the answer. One that left twice is the same letter.
fn letters_came(office: &PostOffice) {
    let mut letters: Vec<_> = office
        .mailbox()
        .into_iter()
        .map(|letter| {
            assert!(!letter.words.own.contains(VIN) && !letter.subject.contains('@'));
            (letter.message_id.unwrap(), letter.subject.to_string(), letter.words.own.to_string())
        })
        .collect();
    letters.sort();
    letters.dedup();
    assert_eq!(letters.len(), 6, "{letters:?}");
    for number in [1, 2] {
        let about = letters.iter().filter(|(_, subject, _)| subject.contains(&format!("№ {number}")));
        assert_eq!(about.count(), 3, "№ {number}");
    }
}
