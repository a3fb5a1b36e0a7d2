//! What is left of people's requests when the process dies between any two steps of theirs?
//!
//! The child takes in two requests of one person, for a copy and for destruction, and carries them out; it dies after one of its
//! commits. The parent goes on from what it left: what was promised happens, once.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use jiff::Timestamp;
use saqta_app::act::{Caller, Channel, Who};
use saqta_app::error::Error;
use saqta_app::evidence::verify;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::operations::collect::{Answer, Collect, Part};
use saqta_app::operations::retrieve::Retrieve;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::file::Filing;
use saqta_app::requests::holder::Seen;
use saqta_app::requests::identity::applicant;
use saqta_app::requests::letters::Post;
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::{Actor, Role, Scope};
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Intake, Matter, Outcome};
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_policy::folder::Folder;
use saqta_store::testing::Faults;
use saqta_testkit::office::{HERE, staff};
use saqta_testkit::shop::{example_files, system};

use crate::{FOLDER, STEP, say, told};

const PHONE: &str = "+77000010001";
const MINUTE: i64 = 60_000_000;

/// A shop whose clock is moved by hand.
struct Shop {
    app: App,
    clock: Arc<AtomicI64>,
    folder: std::path::PathBuf,
}

impl Shop {
    async fn open(folder: &Path, faults: Faults) -> Self {
        let noon: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
        let clock = Arc::new(AtomicI64::new(noon.as_microsecond()));
        let hands = Arc::clone(&clock);
        let now = Clock::new(move || Timestamp::from_microsecond(hands.load(Ordering::SeqCst)).unwrap());
        let data = folder.join("data");
        let app =
            App::open(Location { data, postgres: None, root_key: None, faults }, now, Limits::default());
        let app = app.await.unwrap();
        let letters = folder.join("letters");
        fs::create_dir_all(&letters).unwrap();
        app.set_post(Post { public_url: "http://127.0.0.1".to_owned(), folder: Some(letters) });
        Self { app, clock, folder: folder.to_owned() }
    }

    async fn wait(&self, minutes: i64) {
        self.clock.fetch_add(minutes * MINUTE, Ordering::SeqCst);
        self.app.run_jobs().await.unwrap();
    }

    async fn files(&self, matter: Matter) -> (u64, String) {
        let mut filing = Filing::new(matter, Intake::Portal, Language::Russian);
        (filing.contact, filing.from) = (PHONE.to_owned(), HERE.to_owned());
        let filed = self.app.file_request(&applicant(Language::Russian), &filing).await.unwrap();
        (filed.number, filed.secret)
    }

    async fn confirms(&self, secret: &str) {
        self.app.run_jobs().await.unwrap();
        for file in fs::read_dir(self.folder.join("letters")).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            fs::remove_file(path).unwrap();
            let code = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
            if let Some(code) = code {
                self.app.confirm_code(secret, code, HERE, Language::Russian).await.unwrap();
            }
        }
    }
}

fn destruction() -> Matter {
    Matter::Destruction { ground: None, purposes: Default::default() }
}

fn purpose(name: &str) -> PurposeName {
    PurposeName::new(name).unwrap()
}

fn clerk() -> Caller {
    let scope = Scope {
        purposes: ["service_book", "order"].map(purpose).into(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("7 of 2026-01-12".into()),
    };
    Caller {
        actor: Actor::Key { id: "clerk".into(), scope }.into(),
        channel: Channel::Cli,
        language: Language::English,
        idempotency: None,
        ahead: Default::default(),
    }
}

/// Somebody with a service book and an open order.
async fn customer(app: &App) -> SubjectId {
    let values = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| (AttributeName::new(name).unwrap(), (*value).to_owned())).collect()
    };
    let terms = app.versions().pop().unwrap().policy.purposes.get("service_book").unwrap().consent.clone();
    let book = Part {
        purpose: purpose("service_book"),
        reference: String::new(),
        source: Source::Subject,
        values: values(&[("car_plate", "777ABC02"), ("car_vin", "XTA210990Y2766389")]),
        answers: vec![Answer {
            channel: None,
            given: true,
            text_digest: terms.unwrap().digests[1],
            language: Language::Russian,
            evidence: "form".into(),
            by: Default::default(),
            given_at: None,
        }],
    };
    let order = Part {
        purpose: purpose("order"),
        reference: "A-1".to_owned(),
        source: Source::Subject,
        values: values(&[
            ("full_name", "Айгерим Сапарова"),
            ("phone", PHONE),
            ("email", "aigerim1@mail.example"),
        ]),
        answers: Vec::new(),
    };
    let collect = Collect { subject: None, parts: vec![book, order] };
    let done = app.collect(&clerk(), &collect).await.unwrap();
    SubjectId::from_hex(&done.outcome.subject).unwrap()
}

/// What the child does. It dies after so many commits, counted from when the first request comes in.
async fn work(folder: &Path, times: usize) {
    let (armed, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let watching = Arc::clone(&armed);
    let faults = Faults::at(move |reached| {
        let counts = reached == "commit:after" && watching.load(Ordering::SeqCst);
        if counts && seen.fetch_add(1, Ordering::SeqCst) + 1 == times {
            std::process::abort();
        }
        Ok(())
    });
    let shop = Shop::open(folder, faults).await;
    shop.app.publish(&system(), Folder::from_files(example_files()), "The director").await.unwrap();
    let subject = customer(&shop.app).await;
    say(folder, &format!("customer {subject}"));
    armed.store(true, Ordering::SeqCst);
    let (_, secret) = shop.files(Matter::Access).await;
    say(folder, &format!("access {secret}"));
    shop.confirms(&secret).await;
    say(folder, "copied");
    let (number, secret) = shop.files(destruction()).await;
    say(folder, &format!("destruction {secret}"));
    shop.confirms(&secret).await;
    for id in [1, 2] {
        shop.app.do_deed(&staff(id, Role::Clerk), number, &Deed::Approve).await.unwrap();
        say(folder, "approved");
    }
    shop.wait(61).await;
    shop.wait(13 * 60).await;
    shop.app.close().await;
    say(folder, "finished");
}

/// Does nothing unless a parent asks for it.
#[test]
fn the_child_of_the_crash_tests() {
    let (Some(step), Some(folder)) = (told(STEP), told(FOLDER)) else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(work(Path::new(&folder), step.parse().unwrap()));
}

/// Lets a child die after its commit of that number and goes on from what it left. False, when the child got through.
fn dies_after(commit: usize) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "requests::the_child_of_the_crash_tests", "--nocapture", "--test-threads=1"])
        .env(STEP, commit.to_string())
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = fs::read_to_string(folder.path().join("said")).unwrap_or_default();
    let died = !said.ends_with("finished\n");
    assert_ne!(child.status.success(), died, "commit {commit}: {said}");
    tokio::runtime::Runtime::new().unwrap().block_on(goes_on(folder.path(), &said, commit));
    died
}

async fn goes_on(folder: &Path, said: &str, commit: usize) {
    let shop = Shop::open(folder, Faults::default()).await;
    let told = |word: &str| said.lines().find_map(|line| line.strip_prefix(word)).map(str::trim);
    let approvals = said.lines().filter(|line| *line == "approved").count();
    let approved = approvals == 2;
    shop.wait(62).await;
    shop.wait(13 * 60).await;
    shop.wait(10).await;
    if let Some(secret) = told("destruction ").filter(|_| approved) {
        let seen = shop.app.request_seen(secret).await.unwrap();
        assert_eq!(seen.state, RequestState::Answered(Outcome::Partly), "commit {commit}: the order stays");
        assert_eq!(count(&seen, Paper::DestructionAct), 1, "commit {commit}");
        assert_eq!(count(&seen, Paper::DestructionAnswer), 1, "commit {commit}");
        let subject = SubjectId::from_hex(told("customer ").unwrap()).unwrap();
        let attributes = [AttributeName::new("car_vin").unwrap()].into();
        let ask = Retrieve { who: Who::Subject(subject), purpose: purpose("service_book"), attributes };
        assert!(shop.app.retrieve(&clerk(), &ask).await.is_err(), "commit {commit}: it came back");
    }
    if let Some(secret) = told("access ") {
        match shop.app.request_seen(secret).await {
            // It ended with the data it told of: the second approval may have been kept and not yet said.
            Err(Error::Request(_)) => assert!(approvals >= 1, "commit {commit}: a request is lost"),
            seen => {
                let seen = seen.unwrap();
                let copies = count(&seen, Paper::AccessAnswer);
                let copied = said.contains("copied");
                assert!(copies == 1 || (!copied && copies == 0), "commit {commit}: {copies} copies");
                assert_eq!(count(&seen, Paper::Acknowledgement), 1, "commit {commit}");
            }
        }
    }
    // No number was lost, whatever was on its way.
    let (number, _) = shop.files(Matter::Access).await;
    let came = said.lines().filter(|line| line.starts_with("access") || line.starts_with("destruction"));
    let came = u64::try_from(came.count()).unwrap();
    assert!(number == came + 1 || number == came + 2, "commit {commit}: number {number} after {came}");
    let export = folder.join("export");
    let log = shop.app.logs().await.unwrap()[0];
    shop.app.export_ledger(log, &export, &mut |_| {}).await.unwrap();
    let verified = verify(&export, Vec::new(), Some(shop.app.verifier_key(log).unwrap()), &mut |_| {});
    assert!(verified.ok, "commit {commit}: {:?}", verified.failure);
    shop.app.close().await;
}

fn count(seen: &Seen, paper: Paper) -> usize {
    seen.papers.iter().filter(|one| one.paper == paper).count()
}

#[test]
fn a_death_after_any_commit_of_a_request_does_nothing_twice_and_leaves_nothing_out() {
    let mut commit = 1;
    while dies_after(commit) {
        commit += 1;
        assert!(commit < 90, "the child never gets through");
    }
    assert!(commit > 10, "the child has to have commits to die after, and had {commit}");
}
