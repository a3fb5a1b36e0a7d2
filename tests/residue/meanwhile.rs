//! What becomes of a person who is destroyed while something else is under way (clause 2.14)?

use std::path::Path;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use jiff::Timestamp;
use saqta_app::act::Who;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::operations::destroy::End;
use saqta_app::operations::rectify::Rectify;
use saqta_domain::terms::names::CompartmentName;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::testing::Faults;
use saqta_testkit::shop::system;
use tokio::runtime::Handle;
use tokio::sync::Notify;

use crate::erased::{
    agrees, attribute, bytes_of, destroys, keeps, lie_in, lie_in_files, note, open, opens, policy, purpose,
};
use crate::keeper;

fn diary() -> CompartmentName {
    CompartmentName::new("diary").unwrap()
}

fn is_remembered(app: &App, who: SubjectId) -> bool {
    let pseudonym = app.vault().keyring().pseudonym(&diary(), who).unwrap();
    app.vault().is_remembered(pseudonym)
}

async fn rectifies(app: &App, who: SubjectId, text: &str) {
    let values = vec![(attribute("diary_note"), text.to_owned())];
    let request =
        Rectify { who: Who::Subject(who), purpose: purpose("diary"), values, source: Source::Subject };
    app.rectify(&keeper(), &request).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_opened_for_a_look_is_out_of_memory_when_a_change_or_a_destruction_is_answered() {
    let place = tempfile::tempdir().unwrap();
    let (app, _) = open(place.path()).await;
    let (one, other) = (
        agrees(&app, None, "diary", Some("of one")).await,
        agrees(&app, None, "diary", Some("of another")).await,
    );
    for who in [one, other] {
        assert!(!is_remembered(&app, who), "nobody has looked yet");
        note(&app, who).await.unwrap();
        assert!(is_remembered(&app, who));
    }
    rectifies(&app, one, "the second of one").await;
    assert!(!is_remembered(&app, one), "what it was before a change");
    assert_eq!(note(&app, one).await.as_deref(), Some("the second of one"));
    for end in [End::Erase, End::Destroy] {
        let who = if end == End::Erase { one } else { other };
        assert!(is_remembered(&app, who));
        destroys(&app, who, end).await;
        assert!(!is_remembered(&app, who), "{end:?}");
        assert_eq!(note(&app, who).await, None);
        assert!(!is_remembered(&app, who), "{end:?}: a look at nobody remembers nothing");
    }
    app.close().await;
}

fn lie_in_log(data: &Path, needles: &[Vec<u8>]) -> usize {
    lie_in_files(data, &["saqta.db-wal"], needles)
}

/// Stops whoever comes to the step next, once, until it is told to go on.
struct Stopped {
    armed: Arc<AtomicBool>,
    arrived: Arc<Notify>,
    go_on: mpsc::Sender<()>,
}

async fn open_to_be_stopped(data: &Path, at: &'static str) -> (App, Stopped) {
    let (armed, arrived) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
    let (go_on, told) = mpsc::channel();
    let (in_hook, told) = ((Arc::clone(&armed), Arc::clone(&arrived)), Mutex::new(told));
    let faults = Faults::at(move |step| {
        let (armed, arrived) = &in_hook;
        if step == at && armed.swap(false, Ordering::SeqCst) {
            arrived.notify_one();
            told.lock().unwrap().recv().unwrap();
        }
        Ok(())
    });
    let noon: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
    let location = Location { data: data.to_owned(), postgres: None, root_key: None, faults };
    let app = App::open(location, Clock::new(move || noon), Limits::default()).await.unwrap();
    app.publish(&system(), policy(), "The director").await.unwrap();
    (app, Stopped { armed, arrived, go_on })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_look_read_before_a_change_or_a_destruction_is_not_remembered_after_it() {
    let place = tempfile::tempdir().unwrap();
    let (app, stopped) = open_to_be_stopped(place.path(), "recall:read").await;
    let app = Arc::new(app);
    let who = agrees(&app, None, "diary", Some("read while it changes")).await;
    for destroyed in [false, true] {
        stopped.armed.store(true, Ordering::SeqCst);
        let (looking, runtime) = (Arc::clone(&app), Handle::current());
        let look = tokio::task::spawn_blocking(move || {
            runtime.block_on(async { looking.vault().recall(&diary(), who, None).await.unwrap().is_some() })
        });
        // The row and its key are read and opened; where they are remembered they are not yet.
        stopped.arrived.notified().await;
        if destroyed {
            destroys(&app, who, End::Destroy).await;
        } else {
            rectifies(&app, who, "the note after the change").await;
        }
        stopped.go_on.send(()).unwrap();
        assert!(look.await.unwrap(), "it was read before");
        assert!(!is_remembered(&app, who), "destroyed: {destroyed}");
    }
    assert_eq!(note(&app, who).await, None);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_destroyed_while_the_log_is_emptied_is_out_of_the_files_after_the_next_round() {
    let place = tempfile::tempdir().unwrap();
    let (app, stopped) = open_to_be_stopped(place.path(), "wal:after").await;
    let who = agrees(&app, None, "diary", Some("a note of somebody")).await;
    agrees(&app, Some(who), "album", None).await;
    let ends = keeps(&app, who, "diary", b"this sheet ends").await;
    let stays = keeps(&app, who, "album", b"this sheet stays").await;

    {
        stopped.armed.store(true, Ordering::SeqCst);
        let mut round = pin!(app.run_jobs());
        tokio::select! {
            biased;
            () = stopped.arrived.notified() => {}
            ended = &mut round => panic!("the round ended before a log was emptied: {ended:?}"),
        }
        // The log was emptied just now, and the round does not know it yet. It stands still while somebody is destroyed.
        stopped.go_on.send(()).unwrap();
        rectifies(&app, who, "a note that lies in the log alone").await;
        let planted = bytes_of(place.path());
        assert!(lie_in_log(place.path(), &planted) > 0, "the search has to find what is there");
        destroys(&app, who, End::Destroy).await;
        round.await.unwrap();
        let kept = bytes_of(place.path());
        let ended: Vec<Vec<u8>> = planted.into_iter().filter(|bytes| !kept.contains(bytes)).collect();
        assert!(lie_in(place.path(), &ended) > 0, "what was destroyed lies in a log until that is emptied");
        app.run_jobs().await.unwrap();
        assert_eq!(lie_in(place.path(), &ended), 0);
        assert_eq!(lie_in_log(place.path(), &ended), 0);
    }
    assert_eq!(opens(&app, who, "diary", ends).await, None);
    assert_eq!(opens(&app, who, "album", stays).await.as_deref(), Some(&b"this sheet stays"[..]));
    app.close().await;
}
