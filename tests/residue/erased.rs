//! What does it cost to destroy somebody, and what is left until it is swept (clause 2.14)?

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use saqta_app::act::{Caller, Who};
use saqta_app::error::Error;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::operations::collect::{Answer, Collect, Part};
use saqta_app::operations::destroy::End;
use saqta_app::operations::keep_document::KeepDocument;
use saqta_app::operations::list::List;
use saqta_app::operations::rectify::Rectify;
use saqta_app::operations::retrieve::Retrieve;
use saqta_domain::rules::may_destroy::may_destroy;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::{AttributeName, CompartmentName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::{SubjectId, ThingId};
use saqta_policy::folder::Folder;
use saqta_store::draft::Draft;
use saqta_store::testing::Faults;
use saqta_testkit::shop::{example_files, system};

use crate::{copy, copy_custody, keeper};

/// The example policy with two purposes on consent in one compartment, each with documents.
pub(crate) fn policy() -> Folder {
    let mut files = example_files();
    let policy = &mut files.iter_mut().find(|(name, _)| name == "policy.toml").unwrap().1;
    let mut more = String::from(
        r#"
[attribute.diary_note]
kind = "text"
label = { ru = "Запись", kk = "Жазба", en = "Entry" }
find = true
clauses = ["5.4"]
"#,
    );
    for (purpose, ru, kk, en) in
        [("diary", "Дневник", "Күнделік", "Diary"), ("album", "Альбом", "Альбом", "Album")]
    {
        let may = if purpose == "diary" { "\"diary_note\", \"diary_scan\"" } else { "\"album_scan\"" };
        more += &format!(
            r#"
[attribute.{purpose}_scan]
kind = "document"
label = {{ ru = "Лист: {ru}", kk = "Парақ: {kk}", en = "Sheet: {en}" }}
many = true
max_bytes = 10485760
depersonalise = "destroy"
clauses = ["5.4"]
[purpose.{purpose}]
title = {{ ru = "{ru}", kk = "{kk}", en = "{en}" }}
basis = "consent"
needs = []
may = [{may}]
space = "diary"
operations = ["collection", "recording", "accumulation", "storage", "rectification", "retrieval", "use", "erasure", "destruction"]
ends = "{purpose}.closed"
then = "destroy"
staff = ["clerk"]
automated = "automated"
clauses = ["6.1"]
[purpose.{purpose}.consent]
term = "P1Y"
[purpose.{purpose}.consent.text]
ru = "Разрешаю ТОО «Жол Авто» (БИН 990140000017) хранить 1 год: {ru}."
kk = "«Жол Авто» ЖШС-не (БСН 990140000017) 1 жыл сақтауға рұқсат беремін: {kk}."
en = "I allow Zhol Avto LLP (BIN 990140000017) to keep this for 1 year: {en}."
"#
        );
    }
    policy.extend_from_slice(more.as_bytes());
    Folder::from_files(files)
}

pub(crate) type Steps = Arc<Mutex<Vec<&'static str>>>;

/// An installation that notes each step it reaches.
pub(crate) async fn open(data: &Path) -> (App, Steps) {
    let (app, steps) = open_or_not(data).await.unwrap();
    if app.versions().is_empty() {
        app.publish(&system(), policy(), "The director").await.unwrap();
    }
    (app, steps)
}

async fn open_or_not(data: &Path) -> Result<(App, Steps), Error> {
    let steps = Steps::default();
    let noted = Arc::clone(&steps);
    let faults = Faults::at(move |step| {
        noted.lock().unwrap().push(step);
        Ok(())
    });
    let noon: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
    let location = Location { data: data.to_owned(), postgres: None, root_key: None, faults };
    let app = App::open(location, Clock::new(move || noon), Limits::default()).await?;
    Ok((app, steps))
}

pub(crate) fn purpose(name: &str) -> PurposeName {
    PurposeName::new(name).unwrap()
}

pub(crate) fn attribute(name: &str) -> AttributeName {
    AttributeName::new(name).unwrap()
}

fn album_keeper() -> Caller {
    let scope = Scope {
        purposes: [purpose("album")].into(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("8 of 2026-01-12".into()),
    };
    Caller { actor: Actor::Key { id: "album".into(), scope }.into(), ..keeper() }
}

fn caller(purpose: &str) -> Caller {
    if purpose == "diary" { keeper() } else { album_keeper() }
}

pub(crate) async fn agrees(app: &App, who: Option<SubjectId>, name: &str, note: Option<&str>) -> SubjectId {
    let terms = app.versions().pop().unwrap().policy.purposes[&purpose(name)].consent.clone().unwrap();
    let part = Part {
        purpose: purpose(name),
        reference: String::new(),
        source: Source::Subject,
        values: note.map(|note| (attribute("diary_note"), note.to_owned())).into_iter().collect(),
        answers: vec![Answer {
            channel: None,
            given: true,
            text_digest: terms.digests[2],
            language: Language::English,
            evidence: "form".into(),
            by: Default::default(),
            given_at: None,
        }],
    };
    let request = Collect { subject: who.map(Who::Subject), parts: vec![part] };
    let done = app.collect(&caller(name), &request).await.unwrap();
    SubjectId::from_hex(&done.outcome.subject).unwrap()
}

pub(crate) async fn keeps(app: &App, who: SubjectId, name: &str, content: &[u8]) -> ThingId {
    let request = KeepDocument {
        subject: who,
        purpose: purpose(name),
        attribute: attribute(&format!("{name}_scan")),
        reference: String::new(),
        media_type: "text/plain".into(),
        content: content.to_vec().into(),
    };
    let kept = app.keep_document(&caller(name), &request).await.unwrap().outcome.document;
    ThingId::from_hex(&kept).unwrap()
}

pub(crate) async fn opens(app: &App, who: SubjectId, name: &str, id: ThingId) -> Option<Vec<u8>> {
    let attribute = attribute(&format!("{name}_scan"));
    let opened = app.open_document(&caller(name), who, &purpose(name), &attribute, id).await;
    opened.ok().map(|done| done.outcome.content.to_vec())
}

pub(crate) async fn note(app: &App, who: SubjectId) -> Option<String> {
    let attributes = [attribute("diary_note")].into();
    let request = Retrieve { who: Who::Subject(who), purpose: purpose("diary"), attributes };
    let read = app.retrieve(&keeper(), &request).await.ok()?.outcome;
    read.values.values().next().map(|value| value.reveal(&read.permit).to_owned())
}

pub(crate) async fn destroys(app: &App, who: SubjectId, end: End) {
    app.destroy(&keeper(), &Who::Subject(who), &purpose("diary"), end).await.unwrap();
}

async fn listed(app: &App) -> (usize, u64) {
    let request = List {
        purpose: purpose("diary"),
        attributes: [attribute("diary_note")].into(),
        after: None,
        limit: 100,
    };
    let page = app.list(&keeper(), &request).await.unwrap();
    (page.persons.len(), page.refused)
}

/// How many rows lie in a table.
fn rows(data: &Path, table: &str) -> i64 {
    let file = if table == "subject_keys" { "keys.db" } else { "saqta.db" };
    let database = Connection::open_with_flags(data.join(file), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    database.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

const OF_PERSONS: [&str; 8] = [
    "vault",
    "history",
    "documents",
    "document_chunks",
    "subject_digests",
    "blind_index",
    "trail",
    "remains",
];

fn left(data: &Path) -> Vec<i64> {
    OF_PERSONS.iter().map(|table| rows(data, table)).collect()
}

/// Every sealed row, digest and trail that lies openly in the database.
pub(crate) fn bytes_of(data: &Path) -> Vec<Vec<u8>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(data.join("saqta.db"), flags).unwrap();
    let mut found = Vec::new();
    for sql in [
        "select standing from vault",
        "select body from vault",
        "select event from history",
        "select key from documents",
        "select header from documents",
        "select sealed from document_chunks",
        "select digest from blind_index",
        "select trail from trail",
    ] {
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        found.extend(rows.map(Result::unwrap));
    }
    found
}

pub(crate) fn lie_in(data: &Path, needles: &[Vec<u8>]) -> usize {
    lie_in_files(data, &["saqta.db", "saqta.db-wal"], needles)
}

/// How many of these lie in any of the files.
pub(crate) fn lie_in_files(data: &Path, files: &[&str], needles: &[Vec<u8>]) -> usize {
    let content: Vec<u8> =
        files.iter().flat_map(|file| fs::read(data.join(file)).unwrap_or_default()).collect();
    let ends = |bytes: &Vec<u8>| bytes[bytes.len().saturating_sub(16)..].to_vec();
    let needles: Vec<Vec<u8>> = needles.iter().map(ends).collect();
    let search = aho_corasick::AhoCorasick::new(&needles).unwrap();
    let mut seen: Vec<usize> =
        search.find_overlapping_iter(&content).map(|hit| hit.pattern().as_usize()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_six_hundred_things_is_destroyed_in_the_same_steps_as_somebody_with_none() {
    let place = tempfile::tempdir().unwrap();
    let (app, steps) = open(place.path()).await;
    let poor = agrees(&app, None, "diary", Some("the first note of one")).await;
    let rich = agrees(&app, None, "diary", Some("the first note of another")).await;
    for number in 0..300 {
        keeps(&app, rich, "diary", format!("sheet {number}").as_bytes()).await;
        let values = vec![(attribute("diary_note"), format!("note number {number}"))];
        let who = Who::Subject(rich);
        let request = Rectify { who, purpose: purpose("diary"), values, source: Source::Subject };
        app.rectify(&keeper(), &request).await.unwrap();
    }
    let mut statements = Vec::new();
    let mut taken = Vec::new();
    for who in [poor, rich] {
        let view = app.view().await.unwrap();
        let record = app.vault().record(&CompartmentName::new("diary").unwrap(), who).await.unwrap().unwrap();
        let answer = may_destroy(
            &view.situation(),
            &keeper().actor,
            &purpose("diary"),
            Some(record.standing()),
            Operation::Destruction,
        );
        let (permit, plan) = answer.unwrap();
        let mut draft = Draft::new(app.vault(), record, &view.version.findable);
        draft.destroy(permit, &plan.ending, view.now).unwrap();
        let changes = draft.finish(None, view.now).await.unwrap();
        statements.push((changes.steps.len(), changes.keys.len(), changes.shred.unwrap().keys.len()));
        steps.lock().unwrap().clear();
        destroys(&app, who, End::Destroy).await;
        taken.push(steps.lock().unwrap().clone());
    }
    assert_eq!(statements[0], statements[1]);
    assert_eq!(statements[0].2, 1, "a person has one key, whatever they have");
    assert_eq!(taken[0], taken[1]);
    assert_eq!(left(place.path())[7], 2, "both wait for the sweep");
    assert_eq!(app.run_jobs().await.unwrap().swept, 2);
    assert_eq!(left(place.path()), [0; 8]);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn until_it_is_swept_what_is_left_is_noise_and_then_it_is_nowhere() {
    let place = tempfile::tempdir().unwrap();
    let (app, steps) = open(place.path()).await;
    let who = agrees(&app, None, "diary", Some("a note of somebody")).await;
    // More parts than one transaction of the sweep takes.
    let sheet: Vec<u8> = (0..3_000_000_u32).map(|i| b'a' + (i % 23) as u8).collect();
    let document = keeps(&app, who, "diary", &sheet).await;
    for _ in 0..20 {
        assert_eq!(note(&app, who).await.as_deref(), Some("a note of somebody"));
    }
    assert_eq!(opens(&app, who, "diary", document).await, Some(sheet));
    let planted = bytes_of(place.path());
    // A piece may lie across two pages, so that the search misses one or another.
    assert!(lie_in(place.path(), &planted) > 60, "the search has to find what is there");
    assert_eq!(listed(&app).await, (1, 0));

    destroys(&app, who, End::Destroy).await;
    assert_eq!(note(&app, who).await, None);
    assert_eq!(opens(&app, who, "diary", document).await, None);
    assert_eq!(listed(&app).await, (0, 0), "nobody is on the list, not even to be refused");
    assert_eq!(rows(place.path(), "subject_keys"), 0);
    assert_eq!((rows(place.path(), "subject_digests"), rows(place.path(), "blind_index")), (0, 0));
    assert_eq!(rows(place.path(), "vault"), 1, "the row is left, for the sweep");
    // Both files and the custody of this moment, opened by somebody else, with the mark of the erasure taken back.
    let stolen = tempfile::tempdir().unwrap();
    copy(place.path(), stolen.path(), &["saqta.db", "keys.db"]);
    copy_custody(place.path(), stolen.path());
    Connection::open(stolen.path().join("saqta.db"))
        .unwrap()
        .execute("update vault set version = abs(version)", [])
        .unwrap();
    let (thief, _) = open(stolen.path()).await;
    assert_eq!(note(&thief, who).await, None);
    assert_eq!(opens(&thief, who, "diary", document).await, None);
    thief.close().await;

    steps.lock().unwrap().clear();
    assert_eq!(app.run_jobs().await.unwrap().swept, 1);
    let pages = steps.lock().unwrap().iter().filter(|step| **step == "remains:page").count();
    assert!(pages > 1, "a transaction of the sweep is bounded");
    assert_eq!(left(place.path()), [0; 8]);
    assert_eq!(lie_in(place.path(), &planted), 0);
    assert_eq!(app.run_jobs().await.unwrap().swept, 0);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_may_come_again_before_the_sweep_and_after_it() {
    let place = tempfile::tempdir().unwrap();
    let (app, _) = open(place.path()).await;
    let who = agrees(&app, None, "diary", Some("the first life")).await;
    let first = keeps(&app, who, "diary", b"of the first life").await;
    // Erased, so that even the key still lives.
    destroys(&app, who, End::Erase).await;
    assert_eq!(note(&app, who).await, None);
    assert_eq!(agrees(&app, Some(who), "diary", Some("the second life")).await, who);
    assert_eq!(note(&app, who).await.as_deref(), Some("the second life"));
    assert_eq!(opens(&app, who, "diary", first).await, None, "nothing of the first life is taken over");
    assert_eq!((rows(place.path(), "documents"), rows(place.path(), "remains")), (0, 0));
    // The journal still ends the key of the first life, and leaves that of the second alone.
    assert_eq!(rows(place.path(), "subject_keys"), 2);
    app.run_jobs().await.unwrap();
    assert_eq!(rows(place.path(), "subject_keys"), 1);
    assert_eq!(note(&app, who).await.as_deref(), Some("the second life"));

    let second = keeps(&app, who, "diary", b"of the second life").await;
    destroys(&app, who, End::Destroy).await;
    assert_eq!(app.run_jobs().await.unwrap().swept, 1);
    assert_eq!(left(place.path()), [0; 8]);
    assert_eq!(agrees(&app, Some(who), "diary", Some("the third life")).await, who);
    assert_eq!(note(&app, who).await.as_deref(), Some("the third life"));
    assert_eq!(opens(&app, who, "diary", second).await, None);
    app.close().await;
    let (app, _) = open(place.path()).await;
    app.run_jobs().await.unwrap();
    assert_eq!(
        note(&app, who).await.as_deref(),
        Some("the third life"),
        "the register ends nobody who came again"
    );
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_ends_takes_its_documents_and_the_others_open_under_the_new_key() {
    let place = tempfile::tempdir().unwrap();
    let (app, _) = open(place.path()).await;
    let who = agrees(&app, None, "diary", Some("a note")).await;
    agrees(&app, Some(who), "album", None).await;
    let ends = keeps(&app, who, "diary", b"this sheet ends").await;
    let stays = keeps(&app, who, "album", b"this sheet stays").await;
    assert_eq!(rows(place.path(), "subject_keys"), 1, "documents have no row of keys");
    let before = tempfile::tempdir().unwrap();
    copy(place.path(), before.path(), &["saqta.db", "keys.db"]);

    destroys(&app, who, End::Destroy).await;
    assert_eq!(opens(&app, who, "diary", ends).await, None);
    assert_eq!(opens(&app, who, "album", stays).await.as_deref(), Some(&b"this sheet stays"[..]));
    assert_eq!(
        (rows(place.path(), "documents"), rows(place.path(), "subject_keys"), rows(place.path(), "remains")),
        (1, 1, 0)
    );
    app.turn_epoch(|_, _| {}).await.unwrap();
    assert_eq!(opens(&app, who, "album", stays).await.as_deref(), Some(&b"this sheet stays"[..]));
    app.close().await;

    // A backup of both files from before opens neither the one nor the other once the epoch has turned.
    copy_custody(place.path(), before.path());
    if let Ok((old, _)) = open_or_not(before.path()).await {
        assert_eq!(opens(&old, who, "diary", ends).await, None);
        assert_eq!(opens(&old, who, "album", stays).await, None);
        old.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_are_destroyed_at_once_lose_their_keys_before_any_is_answered() {
    let place = tempfile::tempdir().unwrap();
    let (app, _) = open(place.path()).await;
    let app = Arc::new(app);
    let mut persons = Vec::new();
    for number in 0..24 {
        persons.push(agrees(&app, None, "diary", Some(&format!("note of number {number}"))).await);
    }
    let wrapped = || -> Vec<Vec<u8>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let keys = Connection::open_with_flags(place.path().join("keys.db"), flags).unwrap();
        let mut statement = keys.prepare("select wrapped from subject_keys").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let wrapped = wrapped();
    assert_eq!(wrapped.len(), 24);
    let ends = persons.into_iter().map(|who| {
        let app = Arc::clone(&app);
        tokio::spawn(async move { destroys(&app, who, End::Destroy).await })
    });
    for end in ends.collect::<Vec<_>>() {
        end.await.unwrap();
    }
    for file in ["keys.db", "keys.db-wal"] {
        let content = fs::read(place.path().join(file)).unwrap();
        for key in &wrapped {
            assert!(!content.windows(key.len()).any(|window| window == key), "a key lies in {file}");
        }
    }
    assert_eq!(app.run_jobs().await.unwrap().swept, 24);
    assert_eq!(left(place.path()), [0; 8]);
    app.close().await;
}
