//! Does the ledger tell what staff did without saying who they are, and does nothing readable lie on the disk?

use std::path::Path;

use jiff::Timestamp;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::Language;
use saqta_policy::folder::Folder;
use saqta_store::testing::Faults;
use saqta_store::writer::Deed;
use tempfile::TempDir;

use super::StaffFault;
use super::codes::shown_by;
use super::sign_in::Attempt;
use crate::admission::administers;
use crate::console::at_the_machine;
use crate::error::Error;
use crate::instance::{App, Clock, Limits, Location};
use crate::leaf::Leaf;

const NOW: &str = "2026-11-02T09:00:15Z";
const NAME: &str = "Сауле Ермекова";
const SIGN_IN: &str = "saule@shop.example";

async fn installation() -> (App, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let place = Location {
        data: folder.path().join("data"),
        postgres: None,
        root_key: None,
        faults: Faults::default(),
    };
    let now: Timestamp = NOW.parse().unwrap();
    let app = App::open(place, Clock::new(move || now), Limits::default()).await.unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
    app.publish(&at_the_machine(), Folder::read(&example).unwrap(), "The director").await.unwrap();
    (app, folder)
}

async fn leaves(app: &App) -> Vec<Leaf> {
    let log = app.vault().db().head().unwrap().log_id;
    let leaves = app.vault().db().leaves(log, 0, 1000).await.unwrap();
    leaves.iter().map(|leaf| Leaf::decode(leaf).unwrap()).collect()
}

#[tokio::test]
async fn leaves_tell_what_staff_did_by_their_ids_alone() {
    let (app, folder) = installation().await;
    let seated = app.seat(NAME, SIGN_IN, "Shop").await.unwrap();
    let attempt = |sign_in, password, code| Attempt { sign_in, password, code, from: "192.0.2.1" };
    let failed = app.sign_in(&attempt(SIGN_IN, "x", "x"), Language::English).await;
    assert!(matches!(failed, Err(Error::NotSignedIn)));
    let unknown = app.sign_in(&attempt("nobody@shop.example", "x", "x"), Language::English).await;
    assert!(matches!(unknown, Err(Error::NotSignedIn)));
    let paper = &seated.recovery[0];
    let new = app.sign_in(&attempt(SIGN_IN, &seated.password, paper), Language::English).await.unwrap();
    let session = app.session(&new.secret).await.unwrap().unwrap();
    app.accept_undertaking(&session, Language::English).await.unwrap();
    app.accept_undertaking(&session, Language::English).await.unwrap();
    let session = app.session(&new.secret).await.unwrap().unwrap();
    app.sign_out(&session, Language::English).await.unwrap();
    let id = session.member.id.clone();
    let told: Vec<_> = leaves(&app).await.into_iter().filter(|l| l.operation.starts_with("staff.")).collect();
    let told: Vec<(&str, &str, &str, &str)> = told
        .iter()
        .map(|l| {
            (l.operation.as_str(), l.actor.as_str(), l.channel.as_str(), l.detail.as_deref().unwrap_or(""))
        })
        .collect();
    let me = format!("staff:{id}");
    assert_eq!(
        told,
        [
            ("staff.invited", "system:console", "cli", "responsible"),
            ("staff.joined", me.as_str(), "console", ""),
            ("staff.sign_in_failed", "system:sign-in", "console", id.as_str()),
            ("staff.sign_in_failed", "system:sign-in", "console", "unknown"),
            ("staff.signed_in", me.as_str(), "console", "recovery code"),
            ("staff.undertaking_accepted", me.as_str(), "console", ""),
            ("staff.signed_out", me.as_str(), "console", ""),
        ]
    );
    app.close().await;
    for place in ["data/saqta.db", "data/saqta.db-wal", "data/keys.db", "data/keys.db-wal"] {
        let Ok(bytes) = std::fs::read(folder.path().join(place)) else { continue };
        for secret in [NAME, SIGN_IN, &seated.password, paper, &new.secret, &seated.key.replace(' ', "")] {
            assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{place}");
        }
    }
}

#[tokio::test]
async fn whoever_writes_to_the_database_gives_nobody_another_account() {
    let (app, _folder) = installation().await;
    let first = app.seat(NAME, SIGN_IN, "Shop").await.unwrap();
    let second = app.seat("Ерлан Сапаров", "erlan@shop.example", "Shop").await.unwrap();
    let rows = app.vault().db().staff().await.unwrap();
    // Each gets what is known of the other.
    let swapped =
        [rows[0].change_step(0, rows[1].body.clone()), rows[1].change_step(0, rows[0].body.clone())];
    app.vault().db().commit(Deed::new().steps(swapped).record(b"tampered".to_vec())).await.unwrap();
    let seconds = app.now().as_second();
    let code = shown_by(&second.key, seconds).unwrap();
    let attempt =
        Attempt { sign_in: &first.sign_in, password: &second.password, code: &code, from: "192.0.2.1" };
    assert!(matches!(app.sign_in(&attempt, Language::English).await, Err(Error::Store(_))));
}

#[tokio::test]
async fn somebody_is_always_responsible() {
    let (app, _folder) = installation().await;
    app.seat(NAME, SIGN_IN, "Shop").await.unwrap();
    app.seat("Ерлан Сапаров", "erlan@shop.example", "Shop").await.unwrap();
    let caller = at_the_machine();
    let people = app.people(&caller).await.unwrap();
    app.change_role(&caller, &people[0].id, Role::Clerk).await.unwrap();
    let refused = app.change_role(&caller, &people[1].id, Role::Clerk).await;
    assert!(matches!(refused, Err(Error::Staff(StaffFault::LastResponsible))));
    let refused = app.end_account(&caller, &people[1].id).await;
    assert!(matches!(refused, Err(Error::Staff(StaffFault::LastResponsible))));
    app.change_role(&caller, &people[0].id, Role::Responsible).await.unwrap();
    app.end_account(&caller, &people[1].id).await.unwrap();
    assert!(matches!(app.end_account(&caller, &people[1].id).await, Err(Error::NotFound)));
    let taken = app.seat("Somebody else", "erlan@shop.example", "Shop").await;
    assert!(matches!(taken, Err(Error::Staff(StaffFault::SignInTaken))), "an ended name stays taken");
}

#[test]
fn the_responsible_administer_once_they_accepted_the_undertaking_and_clerks_never() {
    let check = |role, undertaking| {
        let actor = Actor::Staff { id: "1".to_owned(), role, undertaking }.into();
        administers(&crate::act::Caller { actor, ..at_the_machine() }).is_ok()
    };
    assert!(check(Role::Responsible, true));
    assert!(!check(Role::Responsible, false) && !check(Role::Clerk, true) && !check(Role::Clerk, false));
}
