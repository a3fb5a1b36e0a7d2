//! Is anything left of a person after their data were destroyed (clause 2.14)?

#![cfg(test)]

mod cases;
mod erased;
mod meanwhile;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aho_corasick::AhoCorasick;
use data_encoding::{BASE64, HEXLOWER, HEXUPPER};
use jiff::Timestamp;
use saqta_app::act::{Caller, Channel, Who};
use saqta_app::error::Error;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::operations::collect::{Answer, Collect, Part};
use saqta_app::operations::destroy::End;
use saqta_app::operations::retrieve::Retrieve;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_policy::folder::Folder;
use saqta_testkit::shop::{example_files, system};

const VALUES: usize = 1_000;

/// The example policy with a purpose that holds a thousand values of one person.
fn policy() -> Folder {
    let mut files = example_files();
    let policy = &mut files.iter_mut().find(|(name, _)| name == "policy.toml").unwrap().1;
    let mut names = Vec::new();
    let mut more = String::from("\n");
    for i in 0..VALUES {
        let name = format!("diary_{i:04}");
        let label = format!("ru = \"Запись {i}\", kk = \"Жазба {i}\", en = \"Entry {i}\"");
        let find = if i % 100 == 0 { "find = true\n" } else { "" };
        more += &format!(
            "[attribute.{name}]\nkind = \"text\"\nlabel = {{ {label} }}\n{find}clauses = [\"5.4\"]\n"
        );
        names.push(format!("\"{name}\""));
    }
    more += &format!(
        r#"
[purpose.diary]
title = {{ ru = "Дневник", kk = "Күнделік", en = "Diary" }}
basis = "consent"
needs = []
may = [{}]
space = "diary"
operations = ["collection", "recording", "storage", "retrieval", "use", "erasure", "destruction"]
ends = "diary.closed"
then = "destroy"
staff = ["clerk"]
automated = "automated"
clauses = ["6.1"]
[purpose.diary.consent]
term = "P1Y"
[purpose.diary.consent.text]
ru = "Разрешаю ТОО «Жол Авто» (БИН 990140000017) хранить мой дневник 1 год."
kk = "«Жол Авто» ЖШС-не (БСН 990140000017) күнделігімді 1 жыл сақтауға рұқсат беремін."
en = "I allow Zhol Avto LLP (BIN 990140000017) to keep my diary for 1 year."
"#,
        names.join(", ")
    );
    policy.extend_from_slice(more.as_bytes());
    Folder::from_files(files)
}

fn value(i: usize) -> String {
    format!("planted value {i:04} of Әйгерім № {}", (i * 7_919 + 13) % 1_000_003)
}

async fn open(data: &Path, clock: &Arc<AtomicI64>) -> Result<App, Error> {
    let hands = Arc::clone(clock);
    let clock = Clock::new(move || Timestamp::from_microsecond(hands.load(Ordering::SeqCst)).unwrap());
    let location =
        Location { data: data.to_owned(), postgres: None, root_key: None, faults: Default::default() };
    App::open(location, clock, Limits::default()).await
}

fn keeper() -> Caller {
    let scope = Scope {
        purposes: [PurposeName::new("diary").unwrap()].into(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("7 of 2026-01-12".into()),
    };
    Caller {
        actor: Actor::Key { id: "keeper".into(), scope }.into(),
        channel: Channel::Cli,
        language: Language::English,
        idempotency: None,
        ahead: Default::default(),
    }
}

async fn plant(app: &App) -> SubjectId {
    let version = app.versions().pop().unwrap();
    let terms = version.policy.purposes.get("diary").unwrap().consent.clone().unwrap();
    let part = Part {
        purpose: PurposeName::new("diary").unwrap(),
        reference: String::new(),
        source: Source::Subject,
        values: (0..VALUES)
            .map(|i| (AttributeName::new(&format!("diary_{i:04}")).unwrap(), value(i)))
            .collect(),
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
    let done = app.collect(&keeper(), &Collect { subject: None, parts: vec![part] }).await.unwrap();
    SubjectId::from_hex(&done.outcome.subject).unwrap()
}

async fn readable(app: &App, subject: SubjectId) -> usize {
    let request = Retrieve {
        who: Who::Subject(subject),
        purpose: PurposeName::new("diary").unwrap(),
        attributes: (0..VALUES).map(|i| AttributeName::new(&format!("diary_{i:04}")).unwrap()).collect(),
    };
    match app.retrieve(&keeper(), &request).await {
        Ok(done) => done.outcome.values.len(),
        Err(_) => 0,
    }
}

/// How often any of the planted values lies in the files below a folder, in any of the usual spellings.
fn found(folder: &Path) -> usize {
    let planted: Vec<String> = (0..VALUES).map(value).collect();
    found_of(folder, &planted)
}

/// The same for other values.
fn found_of(folder: &Path, planted: &[impl AsRef<str>]) -> usize {
    let mut content = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                content.extend(fs::read(path).unwrap());
            }
        }
    }
    let needles: Vec<Vec<u8>> = planted.iter().flat_map(|value| spellings(value.as_ref())).collect();
    let search = AhoCorasick::new(&needles).unwrap();
    search.find_overlapping_iter(&content).count()
}

fn spellings(value: &str) -> Vec<Vec<u8>> {
    let bytes = value.as_bytes();
    let little: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = value.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let base64 = BASE64.encode(bytes);
    vec![
        bytes.to_vec(),
        HEXLOWER.encode(bytes).into_bytes(),
        HEXUPPER.encode(bytes).into_bytes(),
        base64.trim_end_matches('=').as_bytes().to_vec(),
        little,
        big,
    ]
}

fn copy(from: &Path, to: &Path, names: &[&str]) {
    for name in names {
        for suffix in ["", "-wal", "-shm"] {
            let file = from.join(format!("{name}{suffix}"));
            let target = to.join(format!("{name}{suffix}"));
            if file.exists() {
                fs::copy(file, target).unwrap();
            } else {
                drop(fs::remove_file(target));
            }
        }
    }
}

fn copy_custody(from: &Path, to: &Path) {
    drop(fs::remove_dir_all(to.join("custody")));
    fs::create_dir_all(to.join("custody")).unwrap();
    for entry in fs::read_dir(from.join("custody")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join("custody").join(path.file_name().unwrap())).unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(to.join("custody"), fs::Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(to, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_destroyed_person_is_left_or_comes_back() {
    let clock =
        Arc::new(AtomicI64::new("2026-03-02T04:00:00Z".parse::<Timestamp>().unwrap().as_microsecond()));
    let place = tempfile::tempdir().unwrap();
    let old = tempfile::tempdir().unwrap();
    let app = open(place.path(), &clock).await.unwrap();
    app.publish(&system(), policy(), "The director").await.unwrap();
    let subject = plant(&app).await;
    assert_eq!(readable(&app, subject).await, VALUES, "what was planted is there");
    assert_eq!(found(place.path()), 0, "values are sealed from the start");
    copy(place.path(), old.path(), &["saqta.db", "keys.db"]);

    let diary = PurposeName::new("diary").unwrap();
    app.destroy(&keeper(), &Who::Subject(subject), &diary, End::Destroy).await.unwrap();
    assert_eq!(readable(&app, subject).await, 0);
    assert_eq!(found(place.path()), 0);
    app.close().await;

    // A backup of the data, opened with the keys of today.
    let restored = tempfile::tempdir().unwrap();
    copy(old.path(), restored.path(), &["saqta.db"]);
    copy(place.path(), restored.path(), &["keys.db"]);
    copy_custody(place.path(), restored.path());
    let again = open(restored.path(), &clock).await.unwrap();
    assert_eq!(
        readable(&again, subject).await,
        0,
        "a restored backup of the data does not bring anybody back"
    );
    assert_eq!(again.run_jobs().await.unwrap().swept, 1, "what the backup brought back is swept");
    again.close().await;

    // Until the epoch turns, a copy of both still opens: that is why it turns.
    let both = tempfile::tempdir().unwrap();
    copy(old.path(), both.path(), &["saqta.db", "keys.db"]);
    copy_custody(place.path(), both.path());
    let again = open(both.path(), &clock).await.unwrap();
    assert_eq!(readable(&again, subject).await, VALUES);
    again.close().await;

    let app = open(place.path(), &clock).await.unwrap();
    app.turn_epoch(|_, _| {}).await.unwrap();
    assert_eq!(found(place.path()), 0);
    app.close().await;
    let both = tempfile::tempdir().unwrap();
    copy(old.path(), both.path(), &["saqta.db", "keys.db"]);
    copy_custody(place.path(), both.path());
    let survivors = match open(both.path(), &clock).await {
        Ok(again) => {
            let readable = readable(&again, subject).await;
            again.close().await;
            readable
        }
        Err(_) => 0,
    };
    assert_eq!(survivors, 0, "after the epoch turned, not even a copy of both files opens");
}
