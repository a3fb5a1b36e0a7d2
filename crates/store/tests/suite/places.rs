//! Is a data folder closed to others, and are settings kept where they belong?

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use saqta_store::db::value::Value;
use saqta_store::db::{Db, Place, Query};
use saqta_store::error::Error;

use super::{Ground, adding, on_both, on_sqlite, people};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn only_the_owner_may_read_the_folder_and_its_files() {
    on_sqlite(async |ground: &Ground| {
        let db = ground.open().await;
        db.commit(adding(1)).await.unwrap();
        let folder = ground.target();
        let folder = Path::new(&folder);
        assert_eq!(mode(folder), 0o700);
        let mut files = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap();
            assert_eq!(mode(&file.path()), 0o600, "{:?}", file.file_name());
            files.push(file.file_name().into_string().unwrap());
        }
        assert!(
            ["saqta.db", "saqta.db-wal", "keys.db"].iter().all(|name| files.contains(&(*name).to_owned()))
        );
        db.close().await;
    });
}

#[test]
fn a_folder_in_use_is_not_opened_twice_and_is_free_when_closed() {
    on_sqlite(async |ground: &Ground| {
        let db = ground.open().await;
        assert!(matches!(Db::open(ground.options(2)).await, Err(Error::InUse(_))));
        db.close().await;
        let again = Db::open(ground.options(2)).await.unwrap();
        assert_eq!(people(&again).await, 0);
        again.close().await;
    });
}

#[test]
fn a_closed_database_neither_reads_nor_commits() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        assert_eq!(people(&db).await, 0);
        db.close().await;
        assert!(matches!(db.commit(adding(1)).await, Err(Error::Closed)));
        let read = db.query(Place::Data, Query::new("select 1 where 1 = $1", vec![1.into()])).await;
        assert!(matches!(read, Err(Error::Closed)));
    });
}

#[test]
fn a_reopened_database_is_read_through_a_new_connection() {
    on_sqlite(async |ground: &Ground| {
        let db = ground.open().await;
        db.commit(adding(1)).await.unwrap();
        assert_eq!(people(&db).await, 1);
        db.close().await;
        // Another file at the same path: an old connection would still see the person.
        std::fs::remove_dir_all(ground.target()).unwrap();
        let db = ground.open().await;
        assert_eq!(people(&db).await, 0);
        db.close().await;
    });
}

#[test]
fn a_setting_is_kept_in_its_place_and_replaced() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        for place in [Place::Data, Place::Keys] {
            assert_eq!(db.setting(place, "colour").await.unwrap(), None);
            db.set_setting(place, "colour", vec![1]).await.unwrap();
            db.set_setting(place, "colour", place.name().into()).await.unwrap();
        }
        db.close().await;
        let db = ground.open().await;
        for place in [Place::Data, Place::Keys] {
            let kept = db.setting(place, "colour").await.unwrap();
            assert_eq!(kept.as_deref(), Some(place.name().as_bytes()));
        }
        db.close().await;
    });
}

#[test]
fn every_kind_of_value_comes_back_as_it_went_in() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let add = "insert into api_keys (digest, id, label, scope, created_at, revoked_at) values ($1, $2, $3, $4, $6, $5)";
        let params = vec![
            vec![0u8, 255].into(),
            super::id(1).into(),
            "ключ 'қ' $1".into(),
            Vec::new().into(),
            Value::Null,
            i64::MIN.into(),
        ];
        let step = saqta_store::writer::Step::one(add, params);
        let why = saqta_store::writer::Housekeeping::Settings;
        db.commit_housekeeping(vec![step], why).await.unwrap();
        let query = "select digest, label, scope, created_at, revoked_at from api_keys where label <> '$1' and id = $1";
        let row = &super::rows(&db, Place::Data, query, vec![super::id(1).into()]).await[0];
        assert_eq!(row.bytes(0).unwrap(), [0, 255]);
        assert_eq!(row.text(1).unwrap(), "ключ 'қ' $1");
        assert_eq!(row.bytes(2).unwrap(), [0u8; 0]);
        assert_eq!(row.int(3).unwrap(), i64::MIN);
        assert_eq!(row.opt_int(4).unwrap(), None);
        db.close().await;
    });
}
