//! What is left when the process dies between any two steps?
//!
//! A child process does the work and aborts at a named step; the parent opens what it left. Whatever the child said was done is
//! there, whatever was destroyed stays destroyed, and the ledger is whole.

#![cfg(test)]

mod letters;
mod requests;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use saqta_app::act::{Caller, Channel, Who};
use saqta_app::drafts::Draft;
use saqta_app::evidence::verify;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::leaf::Leaf;
use saqta_app::operations::collect::{Collect, Part};
use saqta_app::operations::destroy::End;
use saqta_app::operations::retrieve::Retrieve;
use saqta_app::version_life::VersionState;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_policy::folder::Folder;
use saqta_store::testing::Faults;
use saqta_testkit::shop::{example_files, system};

const STEP: &str = "SAQTA_CRASH_STEP";
const FOLDER: &str = "SAQTA_CRASH_FOLDER";

#[expect(clippy::disallowed_methods, reason = "the parent tells its child by the environment what to do")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

async fn open(data: &Path, faults: Faults) -> App {
    let noon: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
    let location = Location { data: data.to_owned(), postgres: None, root_key: None, faults };
    App::open(location, Clock::new(move || noon), Limits::default()).await.unwrap()
}

fn clerk() -> Caller {
    let scope = Scope {
        purposes: ["site_visit", "order"].iter().map(|p| PurposeName::new(p).unwrap()).collect(),
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

fn visit() -> PurposeName {
    PurposeName::new("site_visit").unwrap()
}

async fn visitor(app: &App, number: usize) -> SubjectId {
    let part = Part {
        purpose: visit(),
        reference: format!("visit {number}"),
        source: Source::Subject,
        values: vec![(AttributeName::new("visitor_id").unwrap(), format!("visitor number {number}"))],
        answers: Vec::new(),
    };
    let done = app.collect(&clerk(), &Collect { subject: None, parts: vec![part] }).await.unwrap();
    SubjectId::from_hex(&done.outcome.subject).unwrap()
}

async fn known(app: &App, subject: SubjectId) -> bool {
    let attributes = [AttributeName::new("visitor_id").unwrap()].into();
    let request = Retrieve { who: Who::Subject(subject), purpose: visit(), attributes };
    app.retrieve(&clerk(), &request).await.is_ok_and(|done| done.outcome.values.len() == 1)
}

fn say(folder: &Path, line: &str) {
    let mut said = fs::OpenOptions::new().create(true).append(true).open(folder.join("said")).unwrap();
    writeln!(said, "{line}").unwrap();
    said.sync_all().unwrap();
}

/// The files of a second version of the policy.
fn second_version() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (name, bytes) in example_files() {
        let text = String::from_utf8(bytes).unwrap();
        let text = text.replacen("version        = 1", "version        = 2", 1);
        files.insert(name, text.replacen("effective_from = 2026-01-12", "effective_from = 2026-03-04", 1));
    }
    files
}

fn digest_of(draft: &Draft) -> [u8; 32] {
    let digest = draft.listed.digest.as_ref().unwrap();
    data_encoding::HEXLOWER.decode(digest.as_bytes()).unwrap().try_into().unwrap()
}

/// What the child does: a second version drafted and approved, three visitors, the first of them destroyed, the epoch turned, a
/// fourth visitor, and a round of the jobs.
async fn work(folder: &Path, step: &str) {
    let (step, times) = step.rsplit_once('#').unwrap();
    let (step, times): (String, usize) = (step.to_owned(), times.parse().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let faults = Faults::at(move |reached| {
        if reached == step && seen.fetch_add(1, Ordering::SeqCst) + 1 == times {
            std::process::abort();
        }
        Ok(())
    });
    let app = open(&folder.join("data"), faults).await;
    app.publish(&system(), Folder::from_files(example_files()), "The director").await.unwrap();
    let draft = app.keep_draft(&system(), second_version()).await.unwrap().outcome;
    say(folder, "drafted");
    app.approve(&system(), 2, digest_of(&draft), "The director").await.unwrap();
    say(folder, "approved");
    let mut visitors = Vec::new();
    for number in 0..3 {
        let visitor = visitor(&app, number).await;
        say(folder, &format!("kept {visitor}"));
        visitors.push(visitor);
    }
    say(folder, &format!("destroying {}", visitors[0]));
    app.destroy(&clerk(), &Who::Subject(visitors[0]), &visit(), End::Destroy).await.unwrap();
    say(folder, &format!("destroyed {}", visitors[0]));
    app.turn_epoch(|_, _| {}).await.unwrap();
    let last = visitor(&app, 3).await;
    say(folder, &format!("kept {last}"));
    app.run_jobs().await.unwrap();
    app.close().await;
    say(folder, "finished");
}

/// Does nothing unless a parent asks for it.
#[test]
fn the_child_of_the_crash_tests() {
    let (Some(step), Some(folder)) = (told(STEP), told(FOLDER)) else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(work(Path::new(&folder), &step));
}

/// Lets a child die at the step and looks at what it left. False, when the child never came to that step so often.
fn dies_at(step: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_child_of_the_crash_tests", "--nocapture", "--test-threads=1"])
        .env(STEP, step)
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = fs::read_to_string(folder.path().join("said")).unwrap_or_default();
    if said.ends_with("finished\n") {
        return false;
    }
    assert!(!child.status.success(), "the child must have died at {step}");
    tokio::runtime::Runtime::new().unwrap().block_on(looks_right(folder.path(), &said, step));
    true
}

async fn looks_right(folder: &Path, said: &str, step: &str) {
    let app = open(&folder.join("data"), Faults::default()).await;
    if app.versions().is_empty() {
        assert_eq!(said, "", "{step}: something was acknowledged before there was a policy");
        return;
    }
    the_second_version_is_whole(&app, said, step).await;
    figures_are_those_of_the_ledger(&app, step).await;
    app.run_jobs().await.unwrap();
    figures_are_those_of_the_ledger(&app, step).await;
    let subjects = |word: &str| -> Vec<SubjectId> {
        said.lines()
            .filter_map(|l| l.strip_prefix(word))
            .filter_map(|id| SubjectId::from_hex(id.trim()))
            .collect()
    };
    let (destroying, destroyed) = (subjects("destroying "), subjects("destroyed "));
    for subject in subjects("kept ") {
        if destroyed.contains(&subject) {
            assert!(!known(&app, subject).await, "{step}: what was destroyed came back");
        } else if !destroying.contains(&subject) {
            assert!(known(&app, subject).await, "{step}: what was acknowledged is lost");
        }
    }
    // A destruction that was under way either did not begin, and then everything is there, or it ends.
    app.turn_epoch(|_, _| {}).await.unwrap();
    assert!(!app.vault().turn_is_under_way(), "{step}");
    for state in [
        saqta_store::destruction::DestructionState::Erased,
        saqta_store::destruction::DestructionState::KeyDestroyed,
    ] {
        let open = app.vault().destructions(state, None).await.unwrap();
        assert!(open.is_empty(), "{step}: a destruction hangs in {state:?}");
    }
    // What the erased left is swept by the next round, wherever the sweep was interrupted.
    app.run_jobs().await.unwrap();
    nothing_is_left_of_the_erased(&folder.join("data"), step);
    let export = folder.join("export");
    let log = app.logs().await.unwrap()[0];
    let entries = app.export_ledger(log, &export, &mut |_| {}).await.unwrap();
    let verified = verify(&export, Vec::new(), Some(app.verifier_key(log).unwrap()), &mut |_| {});
    assert!(verified.ok, "{step}: {:?}", verified.failure);
    assert_eq!(verified.entries, entries, "{step}");
    app.close().await;
}

fn nothing_is_left_of_the_erased(data: &Path, step: &str) {
    let database =
        Connection::open_with_flags(data.join("saqta.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    for sql in [
        "select count(*) from remains",
        "select count(*) from vault where version < 0",
        "select count(*) from history where subject not in (select subject from vault)",
        "select max(0, count(distinct trail) - (select count(*) from vault)) from trail",
    ] {
        let left: i64 = database.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{step}: {sql}");
    }
}

/// Either it is a draft that can be approved, or it is published and its draft is gone; what was acknowledged is there.
async fn the_second_version_is_whole(app: &App, said: &str, step: &str) {
    let drafts = app.drafts(&system()).await.unwrap();
    let published = app.version(2).is_some();
    assert!(drafts.is_empty() || !published, "{step}: it is both");
    assert!(published || !said.contains("approved"), "{step}: an approval is lost");
    assert!(published || !drafts.is_empty() || !said.contains("drafted"), "{step}: a draft is lost");
    if let Some(draft) = drafts.first() {
        assert_eq!(draft.listed.state, VersionState::Checked, "{step}");
        app.approve(&system(), 2, digest_of(draft), "The director").await.unwrap();
    }
}

async fn figures_are_those_of_the_ledger(app: &App, step: &str) {
    let mut counted: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for log in app.logs().await.unwrap() {
        for leaf in app.vault().db().leaves(log, 0, u32::MAX).await.unwrap() {
            let leaf = Leaf::decode(&leaf).unwrap();
            let Some(clause) = leaf.clause else { continue };
            let (permitted, refused) = counted.entry(clause).or_default();
            *(if leaf.permitted { permitted } else { refused }) += 1;
        }
    }
    let kept = app.clause_figures().await.unwrap();
    let kept: BTreeMap<String, (u64, u64)> =
        kept.into_iter().map(|(clause, f)| (clause, (f.permitted, f.refused))).collect();
    assert_eq!(kept, counted, "{step}");
}

/// Every step is tried the first time it is reached, and then each further time until the child gets through.
fn dies_at_every(step: &str) {
    let mut times = 1;
    while dies_at(&format!("{step}#{times}")) {
        times += 1;
        assert!(times < 60, "{step} is reached for ever");
    }
    assert!(times > 1, "{step} is never reached");
}

#[test]
fn a_death_before_or_after_any_commit_loses_nothing_acknowledged() {
    dies_at_every("commit:before");
    dies_at_every("commit:after");
}

#[test]
fn a_death_while_clauses_are_counted_counts_nothing_twice() {
    dies_at_every("figures:counted");
}

#[test]
fn a_death_around_the_commit_of_keys_loses_nothing_acknowledged() {
    dies_at_every("keys:commit:before");
    dies_at_every("keys:commit:after");
    dies_at_every("deed:keys_kept");
}

#[test]
fn a_death_in_any_step_of_a_destruction_is_made_good() {
    for step in [
        "destruction:erased",
        "destruction:keys_deleted",
        "destruction:keys_truncated",
        "destruction:journalled",
        "remains:page",
        "remains:swept",
    ] {
        dies_at_every(step);
    }
}

#[test]
fn a_death_in_any_step_of_the_turn_of_an_epoch_is_made_good() {
    for step in ["epoch:begun", "epoch:page", "epoch:rewrapped", "epoch:finished"] {
        dies_at_every(step);
    }
}
