//! Is anything left of a request after it ended (clause 5.7)?

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use saqta_app::instance::App;
use saqta_app::requests::file::Filing;
use saqta_app::requests::identity::applicant;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Intake, Matter};
use saqta_policy::folder::Folder;
use saqta_testkit::shop::{example_files, system};

use crate::{copy, copy_custody, found_of, open};

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// What somebody said, and how they can be reached.
const SAID: [&str; 3] = ["Мен Әйгеріммін, маған жауап беріңіз", "+77000017777", "Әйгерім Оспанқызы"];

async fn opens(app: &App, secret: &str) -> bool {
    app.request_seen(secret).await.is_ok()
}

async fn opens_at(place: &Path, clock: &Arc<AtomicI64>, secret: &str) -> bool {
    let Ok(app) = open(place, clock).await else { return false };
    let opened = opens(&app, secret).await;
    app.close().await;
    opened
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_request_is_left_or_comes_back_after_its_end() {
    let began: Timestamp = "2026-03-02T04:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(began.as_microsecond()));
    let (place, old) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = open(place.path(), &clock).await.unwrap();
    app.publish(&system(), Folder::from_files(example_files()), "The director").await.unwrap();
    let mut filing = Filing::new(Matter::Access, Intake::Portal, Language::Kazakh);
    (filing.text, filing.contact, filing.name) = (SAID[0].to_owned(), SAID[1].to_owned(), SAID[2].to_owned());
    let secret = app.file_request(&applicant(Language::Kazakh), &filing).await.unwrap().secret;
    assert!(opens(&app, &secret).await);
    assert_eq!(found_of(place.path(), &SAID), 0, "what was said is sealed from the start");
    copy(place.path(), old.path(), &["saqta.db", "keys.db"]);

    // Nobody shows who they are: it lapses in time, and ends thirty days later.
    for _ in 0..40 {
        clock.fetch_add(DAY, Ordering::SeqCst);
        app.run_jobs().await.unwrap();
    }
    assert!(!opens(&app, &secret).await, "it has ended");
    app.close().await;

    let restored = tempfile::tempdir().unwrap();
    copy(old.path(), restored.path(), &["saqta.db"]);
    copy(place.path(), restored.path(), &["keys.db"]);
    copy_custody(place.path(), restored.path());
    assert!(!opens_at(restored.path(), &clock, &secret).await, "a restored backup does not bring it back");

    let app = open(place.path(), &clock).await.unwrap();
    app.turn_epoch(|_, _| {}).await.unwrap();
    app.close().await;
    let both = tempfile::tempdir().unwrap();
    copy(old.path(), both.path(), &["saqta.db", "keys.db"]);
    copy_custody(place.path(), both.path());
    assert!(
        !opens_at(both.path(), &clock, &secret).await,
        "nor does a copy of both files, once the epoch turned"
    );
    assert_eq!(found_of(place.path(), &SAID), 0);
}
