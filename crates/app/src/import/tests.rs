//! Does an import bring in what it should, and nothing else?

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;

use jiff::Timestamp;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{AttributeName, ChannelName, Language, PurposeName};
use saqta_policy::folder::Folder;
use saqta_store::testing::Faults;
use tempfile::TempDir;

use super::fault::Fault;
use super::run::run;
use super::{Import, Progress, Summary};
use crate::act::{Caller, Channel, Who};
use crate::instance::{App, Clock, Limits, Location};
use crate::operations::retrieve::Retrieve;

#[path = "../../../../xtask/src/sample_imports.rs"]
mod sample_imports;

const NOW: &str = "2026-11-02T09:00:00Z";

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop")
}

fn caller(language: Language) -> Caller {
    Caller {
        actor: Actor::System("test").into(),
        channel: Channel::Cli,
        language,
        idempotency: None,
        ahead: Default::default(),
    }
}

/// An installation with the example's policy, and a folder for files.
struct Shop {
    app: App,
    /// How many transactions were committed.
    commits: Arc<AtomicU64>,
    folder: TempDir,
}

impl Shop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let commits = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&commits);
        let faults = Faults::at(move |step| {
            if step == "commit:after" {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            Ok(())
        });
        let place = Location { data: folder.path().join("data"), postgres: None, root_key: None, faults };
        let now: Timestamp = NOW.parse().unwrap();
        let app = App::open(place, Clock::new(move || now), Limits::default()).await.unwrap();
        app.publish(&caller(Language::English), Folder::read(&example()).unwrap(), "The director")
            .await
            .unwrap();
        Self { app, commits, folder }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, bytes: impl AsRef<[u8]>, mapping: &str) -> Import {
        let rejects = self.folder.path().join("rejects.csv");
        Import {
            file: self.file("base.csv", bytes),
            mapping: self.file("mapping.toml", mapping),
            state: Import::state_beside(&rejects),
            rejects,
            dry_run: false,
            stop_after: None,
        }
    }

    async fn run(&self, import: &Import) -> Result<Summary, Fault> {
        run(&self.app, &caller(Language::English), import, &mut |_| {}).await
    }

    async fn leaves(&self) -> i64 {
        self.app.checkpoint().await.unwrap().map_or(0, |c| c.size)
    }

    fn rejects(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("rejects.csv")).unwrap()
    }

    /// The row, code, attribute and column of every reject.
    fn reasons(&self) -> Vec<[String; 4]> {
        let mut reader = csv::Reader::from_path(self.folder.path().join("rejects.csv")).unwrap();
        let records = reader.records().map(|r| r.unwrap());
        records.map(|r| [0, 2, 4, 5].map(|i| r[i].to_owned())).collect()
    }

    /// Whether somebody is found by an e-mail address for a purpose.
    async fn knows(&self, purpose: &str, email: &str) -> bool {
        let attribute = AttributeName::new("email").unwrap();
        let purpose = PurposeName::new(purpose).unwrap();
        self.app.look_up(&caller(Language::English), &purpose, &attribute, email).await.is_ok()
    }
}

fn mapping(name: &str) -> String {
    std::fs::read_to_string(example().join("imports").join(name)).unwrap()
}

/// Orders with a tick for letters, and nothing else.
const ORDERS: &str = r#"
[source]
format = "csv"
[identify]
attribute = ["email", "phone"]
[[part]]
purpose = "order"
reference = "{id}"
when = { column = "id", filled = true }
[part.columns]
full_name = ["last", " ", "first"]
phone = "phone"
email = "email"
[[part]]
purpose = "marketing"
channel = "email"
[part.consent]
given_when = { column = "news", is = ["1", "да"] }
evidence = "order {id}, ticked {date}"
given_at = "{date}"
language = "ru"
[part.columns]
email = "email"
"#;

fn orders(rows: &[&str]) -> String {
    format!("id,first,last,phone,email,news,date,note\n{}\n", rows.join("\n"))
}

fn counts(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
    pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[tokio::test]
async fn each_kind_of_dirt_is_rejected_by_row_column_and_code() {
    let shop = Shop::open().await;
    let file = orders(&[
        "A-1,Ерлан,Сеитов,+7 700 000 00 01,erlan@mail.example,1,2025-01-01,x",
        "A-2,Ерлан,Сеитов, 8 (700) 000 0001 ,erlan@MAIL.example,да,2025-02-01,",
        "A-3,Ольга,Ким,12345,olga(at)mail.example,,,",
        "A-4,,,87000000002,noname@mail.example,1,2025-01-01,",
        "A-5,Марат,\"Ким,87000000003,marat@mail.example,,,",
        "A-6,Марат,Ким,87000000004,,,,",
        ",Анна,Ли,87000000005,anna@mail.example,0,,",
        ",Анна,Ли,87000000005,anna@mail.example,1,,",
        "A-7,Анна,Ли,87000000001,anna@mail.example,,,",
        "A-8,Анна,Ли,,,,,",
        "A-9,Ерлан,Сеитов,7000000001,,,,",
    ]);
    let import = shop.import(file, ORDERS);
    let summary = shop.run(&import).await.unwrap();
    let found = shop.reasons();
    let expected = [
        ["3", "value_malformed", "email", "email"],
        ["3", "value_malformed", "phone", "phone"],
        ["4", "attribute_missing", "full_name", "first last"],
        ["5", "row_malformed", "", ""],
        ["6", "attribute_missing", "email", "email"],
        ["7", "no_purpose", "", ""],
        ["8", "no_purpose", "", ""],
        ["9", "identifiers_disagree", "email", "email"],
        ["10", "identifier_missing", "email", "email"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    assert_eq!((summary.rows, summary.persons_new, summary.persons_known), (11, 1, 2));
    assert_eq!(summary.consents, 1);
    let rejected = counts(&[
        ("value_malformed", 1),
        ("attribute_missing", 2),
        ("row_malformed", 1),
        ("no_purpose", 2),
        ("identifiers_disagree", 1),
        ("identifier_missing", 1),
    ]);
    assert_eq!(summary.rejected, rejected);
    assert_eq!(summary.dropped, ["note"]);
    assert!(summary.finished && !import.state.exists());
    let letters = counts(&[("consent_not_given", 2), ("evidence_missing", 1)]);
    assert_eq!(summary.skipped.get("marketing/email"), Some(&letters));
    assert!(shop.knows("marketing", "erlan@mail.example").await);
    assert!(!shop.knows("order", "anna@mail.example").await);
    assert!(!shop.knows("marketing", "anna@mail.example").await);
}

#[tokio::test]
async fn the_rejects_and_the_state_hold_no_value_and_speak_the_callers_language() {
    let shop = Shop::open().await;
    let file = orders(&[
        "A-1,Планта,Planted,12345678,planted(at)mail.example,,,secret",
        "A-2,Планта,\"Planted,87000000003,planted@mail.example,,,secret",
    ]);
    let mut import = shop.import(file, ORDERS);
    import.stop_after = Some(2);
    for (language, word) in
        [(Language::Russian, "Телефон"), (Language::Kazakh, "тырнақша"), (Language::English, "quote")]
    {
        let _ = std::fs::remove_file(&import.state);
        run(&shop.app, &caller(language), &import, &mut |_| {}).await.unwrap();
        let written = shop.rejects() + &std::fs::read_to_string(&import.state).unwrap();
        assert!(written.contains(word), "{written}");
        for planted in ["Планта", "Planted", "planted", "12345678", "secret", "87000000003"] {
            assert!(!written.contains(planted), "{planted} in {written}");
        }
    }
}

#[tokio::test]
async fn a_dry_run_counts_like_the_import_and_writes_nothing() {
    let shop = Shop::open().await;
    let sample = sample_imports::bitrix(300);
    let mut import = shop.import(&sample.bytes, &mapping("bitrix.toml"));
    import.dry_run = true;
    let before = shop.leaves().await;
    let rehearsed = shop.run(&import).await.unwrap();
    let rejects = shop.rejects();
    assert_eq!(shop.leaves().await, before);
    assert!(!import.state.exists());
    import.dry_run = false;
    let done = shop.run(&import).await.unwrap();
    assert_eq!(rehearsed, done);
    assert_eq!(rejects, shop.rejects());
    assert!(shop.leaves().await > before);
}

#[tokio::test]
async fn an_interrupted_import_goes_on_and_neither_loses_nor_doubles() {
    let sample = sample_imports::woocommerce(400);
    let whole = Shop::open().await;
    let import = whole.import(&sample.bytes, &mapping("woocommerce.toml"));
    let expected = whole.run(&import).await.unwrap();

    let cut = Shop::open().await;
    let mut import = cut.import(&sample.bytes, &mapping("woocommerce.toml"));
    import.stop_after = Some(33);
    let mut runs = 0;
    let summary = loop {
        runs += 1;
        let summary = cut.run(&import).await.unwrap();
        if summary.finished {
            break summary;
        }
        assert_eq!(summary.rows, 33 * runs);
    };
    assert!(runs > 10);
    assert_eq!(summary, expected);
    assert_eq!(cut.rejects(), whole.rejects());
    assert_eq!(cut.leaves().await, whole.leaves().await);
}

#[tokio::test]
async fn an_import_that_dies_in_the_middle_of_a_batch_goes_on_and_neither_loses_nor_doubles() {
    let sample = sample_imports::bitrix(300);
    let whole = Shop::open().await;
    let import = whole.import(&sample.bytes, &mapping("bitrix.toml"));
    let expected = whole.run(&import).await.unwrap();
    let refused = expected.rejected.get("attribute_missing").copied().unwrap_or(0);

    let cut = Shop::open().await;
    let import = cut.import(&sample.bytes, &mapping("bitrix.toml"));
    let (before, all) = (cut.leaves().await, whole.leaves().await);
    let mut died = 0;
    let summary = loop {
        let as_system = caller(Language::English);
        let mut quiet = |_: Progress| {};
        let mut import = Box::pin(run(&cut.app, &as_system, &import, &mut quiet));
        // It dies once something was committed, while other rows are on their way.
        let commits = cut.commits.load(Ordering::SeqCst);
        let ended = poll_fn(|context| match import.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if died < 3 && cut.commits.load(Ordering::SeqCst) > commits => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        });
        if let Some(done) = ended.await {
            break done.unwrap();
        }
        drop(import);
        died += 1;
        if died == 1 {
            let left = cut.leaves().await;
            assert!(before < left && left < all, "{before} {left} {all}");
        }
    };
    assert!(died > 0);
    assert_eq!(summary, expected);
    assert_eq!(cut.rejects(), whole.rejects());
    // A refusal has a leaf too, and may be asked for again; what came in came in once.
    let left = cut.leaves().await;
    assert!(left >= all && left <= all + died * i64::try_from(refused).unwrap(), "{left} {all}");
}

#[tokio::test]
async fn the_sample_files_come_in_as_their_makers_say() {
    for (sample, name) in
        [(sample_imports::woocommerce(500), "woocommerce.toml"), (sample_imports::bitrix(500), "bitrix.toml")]
    {
        let shop = Shop::open().await;
        let import = shop.import(&sample.bytes, &mapping(name));
        let mut last = None;
        let summary = run(&shop.app, &caller(Language::Russian), &import, &mut |p| last = Some(p)).await;
        let summary = summary.unwrap();
        let expected = &sample.expected;
        let rejected: Vec<(&str, u64)> = expected.rejected.iter().map(|(c, n)| (*c, *n)).collect();
        assert_eq!(summary.rejected, counts(&rejected), "{name}\n{}", shop.rejects());
        assert_eq!(
            (summary.rows, summary.persons_new, summary.persons_known, summary.consents),
            (expected.rows, expected.new, expected.known, expected.consents),
            "{name}"
        );
        let mut skipped: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for (part, reasons) in &summary.skipped {
            skipped.extend(reasons.iter().map(|(why, count)| ((part.as_str(), why.as_str()), *count)));
        }
        assert_eq!(skipped, expected.skipped, "{name}");
        let size = sample.bytes.len() as u64;
        assert_eq!(last.map(|p| (p.bytes, p.total, p.rows)), Some((size, size, 500)), "{name}");
    }
}

#[tokio::test]
async fn the_old_encoding_is_found_and_letters_come_in_right() {
    let shop = Shop::open().await;
    let file = orders(&["A-1,Сергей,Корнеев,87000000001,sergey@mail.example,,,"]);
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&file);
    let import = shop.import(&bytes, ORDERS);
    assert_eq!(shop.run(&import).await.unwrap().persons_new, 1);
    let who = Who::Identifier {
        attribute: AttributeName::new("email").unwrap(),
        value: "sergey@mail.example".to_owned(),
    };
    let name = AttributeName::new("full_name").unwrap();
    let wanted =
        Retrieve { who, purpose: PurposeName::new("order").unwrap(), attributes: [name.clone()].into() };
    let found = shop.app.retrieve(&caller(Language::English), &wanted).await.unwrap().outcome;
    assert_eq!(found.values[&name].reveal(&found.permit), "Корнеев Сергей");
}

#[tokio::test]
async fn objects_one_a_line_come_in_with_their_nested_columns() {
    let shop = Shop::open().await;
    let mapping = ORDERS
        .replace("\"csv\"", "\"ndjson\"")
        .replace("\"phone\"\nemail", "\"billing.phone\"\nemail")
        .replace(
            "\"email\"\n[[part]]\npurpose = \"marketing\"",
            "\"billing.email\"\n[[part]]\npurpose = \"marketing\"",
        )
        .replace("columns]\nemail = \"email\"", "columns]\nemail = \"billing.email\"");
    let file = [
        r#"{"id":7,"first":"Ольга","last":"Ким","billing":{"phone":"87000000001","email":"o@mail.example"},"news":true,"date":null,"tags":["x"]}"#,
        r#"{"id":8,"first":"Ольга""#,
    ];
    let import = shop.import(file.join("\n"), &mapping);
    let summary = shop.run(&import).await.unwrap();
    assert_eq!((summary.persons_new, summary.rejected), (1, counts(&[("row_malformed", 1)])));
    assert_eq!(summary.dropped, ["tags[]"]);
    assert!(shop.knows("order", "o@mail.example").await);
}

#[tokio::test]
async fn an_old_export_does_not_overrule_what_a_person_said_here() {
    let shop = Shop::open().await;
    let file = orders(&["A-1,Ольга,Ким,87000000001,olga@mail.example,1,2025-01-01,"]);
    let import = shop.import(&file, ORDERS);
    assert_eq!(shop.run(&import).await.unwrap().consents, 1);
    let marketing = PurposeName::new("marketing").unwrap();
    let who = Who::Identifier {
        attribute: AttributeName::new("email").unwrap(),
        value: "olga@mail.example".to_owned(),
    };
    let channel = ChannelName::new("email").unwrap();
    shop.app.withdraw(&caller(Language::English), &who, &marketing, Some(&channel)).await.unwrap();
    // Another order of the same person, and the tick of long ago.
    let import = shop.import(file.replace("A-1", "A-2"), ORDERS);
    let summary = shop.run(&import).await.unwrap();
    assert_eq!((summary.persons_known, summary.consents), (1, 0));
    assert_eq!(summary.skipped.get("marketing/email"), Some(&counts(&[("own_answer_stands", 1)])));
    let view = shop.app.view().await.unwrap();
    let record = shop.app.facts(&view, &marketing, &who).await.unwrap();
    assert!(record.is_none_or(|r| {
        r.standing()
            .consents
            .iter()
            .all(|c| matches!(c.state, saqta_domain::terms::consent::ConsentState::Withdrawn { .. }))
    }));
}

#[tokio::test]
async fn the_term_of_a_consent_began_on_the_day_it_was_given() {
    let shop = Shop::open().await;
    let file = orders(&[
        "A-1,Ольга,Ким,87000000001,olga@mail.example,1,2020-01-31 12:00,",
        "A-2,Марат,Оспанов,87000000002,marat@mail.example,1,soon,",
        "A-3,Дарья,Ли,87000000003,darya@mail.example,1,03.02.2026,",
    ]);
    let summary = shop.run(&shop.import(&file, ORDERS)).await.unwrap();
    // Two years after the first tick it covers nothing any more; a day that is no day proves nothing.
    assert_eq!(summary.rejected, counts(&[("consent_expired", 1)]));
    assert_eq!(summary.skipped.get("marketing/email"), Some(&counts(&[("consent_date_missing", 1)])));
    assert_eq!(summary.consents, 1);
}

#[tokio::test]
async fn everything_wrong_with_a_mapping_is_told_with_its_place_before_anything_is_written() {
    let shop = Shop::open().await;
    let before = shop.leaves().await;
    let file = orders(&["A-1,Ольга,Ким,87000000001,olga@mail.example,1,2025-01-01,"]);
    let cases: &[(&str, &str, &str, usize, usize)] = &[
        ("full_name = [\"last\"", "full_name = [\"Last_\"", "column-unknown", 11, 14),
        ("phone = \"phone\"", "telephone = \"phone\"", "attribute_unknown", 12, 1),
        ("phone = \"phone\"", "phone = \"phone\"\niin = \"note\"", "attribute_not_needed", 13, 1),
        ("purpose = \"order\"", "purpose = \"warranty\"", "purpose_unknown", 7, 11),
        ("reference = \"{id}\"\n", "", "no_ground", 7, 11),
        ("channel = \"email\"", "channel = \"pigeon\"", "channel_unknown", 16, 11),
        ("\"email\", \"phone\"", "\"email\", \"full_name\"", "attribute_not_findable", 5, 23),
        ("full_name = [\"last\", \" \", \"first\"]\n", "", "attribute_missing", 7, 11),
        ("language = \"ru\"", "language = \"de\"", "wrong-type", 21, 12),
        ("evidence = \"order {id}, ticked {date}\"\n", "", "key-missing", 17, 7),
        ("given_at = \"{date}\"\n", "", "key-missing", 17, 7),
        ("format = \"csv\"", "format = \"csv\"\nquote = \"x\"", "key-unknown", 4, 1),
        ("format = \"csv\"", "format = csv", "toml", 3, 10),
    ];
    for (old, new, code, line, column) in cases {
        let mapping = ORDERS.replacen(old, new, 1);
        assert_ne!(mapping, ORDERS, "{old}");
        let import = shop.import(&file, &mapping);
        let Err(fault) = shop.run(&import).await else { panic!("{code} was let through") };
        let Fault::Mapping { problems, .. } = &fault else { panic!("{code}: {fault}") };
        let places: Vec<_> = problems.iter().map(|p| (p.code, p.line, p.column)).collect();
        assert!(places.contains(&(*code, *line, *column)), "{code}: {places:?}");
        let rendered = fault.rendered().unwrap();
        assert!(rendered.contains("mapping.toml") && !rendered.contains("olga"), "{rendered}");
        assert!(!import.state.exists());
    }
    assert_eq!(shop.leaves().await, before);
}

#[tokio::test]
async fn an_import_is_not_resumed_with_another_file_or_mapping() {
    let shop = Shop::open().await;
    let file = orders(&[
        "A-1,Ольга,Ким,87000000001,olga@mail.example,1,2025-01-01,",
        "A-2,Павел,Ким,87000000002,pavel@mail.example,1,2025-01-01,",
    ]);
    let mut import = shop.import(&file, ORDERS);
    import.stop_after = Some(1);
    assert!(!shop.run(&import).await.unwrap().finished);
    let import = shop.import(file.replace("A-2", "A-3"), ORDERS);
    assert!(matches!(shop.run(&import).await, Err(Fault::OtherFile)));
    let import = shop.import(&file, &format!("{ORDERS}\n"));
    assert!(matches!(shop.run(&import).await, Err(Fault::OtherMapping)));
    let mut import = shop.import(&file, ORDERS);
    import.dry_run = true;
    assert!(matches!(shop.run(&import).await, Err(Fault::UnderWay)));
    import.dry_run = false;
    let summary = shop.run(&import).await.unwrap();
    assert_eq!((summary.rows, summary.persons_new, summary.finished), (2, 2, true));
}
