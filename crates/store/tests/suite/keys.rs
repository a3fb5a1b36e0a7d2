//! Does a deleted key leave the files?

use std::collections::HashSet;
use std::path::Path;

use saqta_store::db::{Db, Place};
use saqta_store::error::Error;
use saqta_store::writer::Step;

use super::{Ground, adding, id, on_both, on_sqlite, rows};

const ADD: &str = "
insert into subject_keys (subject, key, compartment, epoch, wrapped)
values ($1, $1, 'shop', 1, $2)";

const DESTROY: &str = "
delete from subject_keys
where subject = $1";

/// Bytes that lie nowhere else; different in each row from the first byte on.
fn wrapped(number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes = Vec::new();
    while bytes.len() < 72 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_be_bytes());
    }
    bytes
}

/// A subject whose place in the tree has nothing to do with the order in which it came.
fn subject(number: u64) -> [u8; 16] {
    wrapped(number.wrapping_add(1_000_000))[..16].try_into().unwrap()
}

async fn add_keys(db: &Db, numbers: impl Iterator<Item = u64>) {
    let steps = numbers.map(|n| Step::one(ADD, vec![subject(n).into(), wrapped(n).into()])).collect();
    db.commit_keys(steps).await.unwrap();
}

async fn destroy_keys(db: &Db, numbers: impl Iterator<Item = u64>) {
    let steps = numbers.map(|number| Step::one(DESTROY, vec![subject(number).into()])).collect();
    db.commit_keys(steps).await.unwrap();
}

fn lies_in(folder: &Path, needle: &[u8]) -> Vec<String> {
    ["keys.db", "keys.db-wal"]
        .into_iter()
        .filter(|name| {
            let content = std::fs::read(folder.join(name)).unwrap();
            content.windows(needle.len()).any(|window| window == needle)
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_destroyed_key_lies_neither_in_the_file_nor_in_the_log_beside_it() {
    on_sqlite(async |ground: &Ground| {
        let db = ground.open().await;
        let folder = ground.target();
        let folder = Path::new(&folder);
        add_keys(&db, 0..3).await;
        let key = wrapped(1);
        assert_eq!(lies_in(folder, &key), ["keys.db-wal"], "the search has to find what is there");
        db.truncate_keys_wal().await.unwrap();
        assert_eq!(lies_in(folder, &key), ["keys.db"]);
        destroy_keys(&db, [1].into_iter()).await;
        db.truncate_keys_wal().await.unwrap();
        assert_eq!(lies_in(folder, &key), [""; 0]);
        assert_eq!(lies_in(folder, &wrapped(2)), ["keys.db"]);
        db.close().await;
    });
}

#[test]
fn keys_destroyed_among_many_others_leave_no_bytes_behind_once_the_file_is_compacted() {
    on_sqlite(async |ground: &Ground| {
        let db = ground.open().await;
        let folder = ground.target();
        let folder = Path::new(&folder);
        // Many rounds of adding and destroying make the tree move rows from page to page.
        let lives = |number: u64| number % 5 > 1;
        for part in (0..30_000).step_by(1_000) {
            add_keys(&db, part..part + 1_000).await;
            destroy_keys(&db, (part..part + 1_000).filter(|number| number % 5 == 0)).await;
        }
        destroy_keys(&db, (0..30_000).filter(|number| number % 5 == 1)).await;
        db.compact_keys().await.unwrap();
        assert_eq!(std::fs::metadata(folder.join("keys.db-wal")).unwrap().len(), 0);
        let content = std::fs::read(folder.join("keys.db")).unwrap();
        let found: HashSet<&[u8]> = content.windows(8).collect();
        for number in 0..30_000 {
            let (key, subject) = (wrapped(number), subject(number));
            assert_eq!(found.contains(&key[..8]), lives(number), "the beginning of key {number}");
            assert_eq!(found.contains(&key[64..]), lives(number), "the end of key {number}");
            assert_eq!(found.contains(&subject[..8]), lives(number), "the subject of key {number}");
        }
        db.close().await;
    });
}

#[test]
fn a_reader_in_the_way_of_the_truncation_is_told() {
    on_sqlite(async |ground: &Ground| {
        let db = ground.open().await;
        add_keys(&db, 0..3).await;
        let reader = rusqlite::Connection::open(Path::new(&ground.target()).join("keys.db")).unwrap();
        reader.execute_batch("begin; select count(*) from subject_keys").unwrap();
        destroy_keys(&db, 0..1).await;
        assert!(matches!(db.truncate_keys_wal().await, Err(Error::WalBusy(Place::Keys))));
        reader.execute_batch("commit").unwrap();
        db.truncate_keys_wal().await.unwrap();
        db.close().await;
    });
}

#[test]
fn keys_and_data_are_written_each_in_their_place_and_both_logs_can_be_emptied() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        add_keys(&db, 0..5).await;
        db.commit(adding(1)).await.unwrap();
        let found = rows(
            &db,
            Place::Keys,
            "select wrapped from subject_keys where subject = $1",
            vec![subject(4).into()],
        )
        .await;
        assert_eq!(found[0].bytes(0).unwrap(), wrapped(4));
        db.truncate_keys_wal().await.unwrap();
        db.truncate_data_wal().await.unwrap();
        let again = Step::one(ADD, vec![subject(4).into(), id(4).into()]);
        assert!(db.commit_keys(vec![again]).await.is_err());
        db.close().await;
    });
}
