//! What is left of a letter when the process dies between any two steps of taking it in?
//!
//! The child takes in a letter that asks for two things, and does what follows by itself; it dies after one of its commits. Whoever
//! brought the letter still has it, and brings it to the parent a second time: it is two requests, once, and each is answered once.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::Timestamp;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::mail::take::{Brought, Fate};
use saqta_app::requests::sending::Post;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::{Relation, RequestKind};
use saqta_policy::folder::Folder;
use saqta_store::testing::Faults;
use saqta_testkit::office::{staff, words};
use saqta_testkit::shop::{example_files, system};

use crate::{FOLDER, STEP, say, told};

const LETTER: &str = "From: aigerim1@mail.example\r\nTo: privacy@shop.example\r\nMessage-ID: <1@mail.example>\r\n\
    Subject: Отзыв согласия на обработку персональных данных\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
    Отзываю согласие. Удалите все мои персональные данные.\r\n";

async fn open(folder: &Path, faults: Faults) -> App {
    let noon: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
    let place = Location { data: folder.join("data"), postgres: None, root_key: None, faults };
    let app = App::open(place, Clock::new(move || noon), Limits::default()).await.unwrap();
    let letters = Some(folder.join("letters"));
    app.set_post(Post { public_url: "http://127.0.0.1".to_owned(), folder: letters, server: None });
    app
}

async fn takes(app: &App) -> Fate {
    app.take_letter(&Brought::whole(LETTER.as_bytes())).await.unwrap()
}

/// What the child does. It dies after so many commits, counted from when the letter comes in.
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
    let app = open(folder, faults).await;
    app.publish(&system(), Folder::from_files(example_files()), "The director").await.unwrap();
    armed.store(true, Ordering::SeqCst);
    takes(&app).await;
    app.run_jobs().await.unwrap();
    app.close().await;
    say(folder, "finished");
}

/// Does nothing unless a parent asks for it.
#[test]
fn the_child_of_the_letters() {
    let (Some(step), Some(folder)) = (told(STEP), told(FOLDER)) else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(work(Path::new(&folder), step.parse().unwrap()));
}

/// Lets a child die after its commit of that number and brings the letter again. False, when the child got through.
fn dies_after(commit: usize) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "letters::the_child_of_the_letters", "--nocapture", "--test-threads=1"])
        .env(STEP, commit.to_string())
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = fs::read_to_string(folder.path().join("said")).unwrap_or_default();
    let died = !said.ends_with("finished\n");
    assert_ne!(child.status.success(), died, "commit {commit}: {said}");
    tokio::runtime::Runtime::new().unwrap().block_on(comes_again(folder.path(), commit));
    died
}

async fn comes_again(folder: &Path, commit: usize) {
    let app = open(folder, Faults::default()).await;
    let Fate::Filed(numbers) = takes(&app).await else { panic!("commit {commit}: it is a request") };
    app.run_jobs().await.unwrap();
    assert_eq!(numbers.len(), 2, "commit {commit}");
    let clerk = staff(1, Role::Clerk);
    let open = app.open_requests(&clerk).await.unwrap();
    assert_eq!(open.len(), 2, "commit {commit}: nothing is filed twice");
    let mut kinds = Vec::new();
    for (number, other) in [(numbers[0], numbers[1]), (numbers[1], numbers[0])] {
        let seen = app.look_at_request(&clerk, number).await.unwrap();
        kinds.push(seen.request.matter.kind());
        assert_eq!(seen.letters.len(), 1, "commit {commit}");
        let related =
            seen.request.related.iter().any(|(n, how)| n.0 == other && *how == Relation::SameLetter);
        assert!(related, "commit {commit}: № {number} knows № {other}");
        assert_eq!(answers(folder, number), 1, "commit {commit}: № {number} is answered once");
    }
    kinds.sort();
    assert_eq!(kinds, [RequestKind::Destruction, RequestKind::Withdrawal], "commit {commit}");
    app.close().await;
}

/// How many letters say that a request came in.
fn answers(folder: &Path, number: u64) -> usize {
    let files = fs::read_dir(folder.join("letters")).unwrap().map(|file| file.unwrap().path());
    let letters = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
    letters.filter(|path| words(path).contains(&format!("обращение № {number}:"))).count()
}

#[test]
fn a_letter_is_two_requests_once_after_whatever_commit_the_process_dies() {
    let mut commit = 1;
    while dies_after(commit) {
        commit += 1;
    }
    assert!(commit > 4, "the child makes more commits than that: {commit}");
}
