//! Can every table be spread over machines by the column that the register names?

use std::collections::{BTreeMap, BTreeSet};

use saqta_store::COLUMNS;
use saqta_store::db::value::Value;
use saqta_store::db::{Db, Place};
use saqta_store::distribution::{Manner, spreads};
use saqta_store::writer::{Housekeeping, Step};

use super::{Ground, on_both, rows};

// A primary key of one number is the row itself, and has no index.
const SQLITE: &str = r#"
select t.name, i.name, 0, c.name
from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
where t.type = 'table' and i."unique" = 1
union all
select t.name, 'the primary key', 1, c.name
from sqlite_schema t, pragma_table_info(t.name) c
where t.type = 'table' and c.pk > 0"#;

const POSTGRES: &str = "
select c.relname::text, x.relname::text, case when i.indisprimary then 1 else 0 end, a.attname::text
from pg_index i
join pg_class c on c.oid = i.indrelid
join pg_class x on x.oid = i.indexrelid
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
where i.indisunique and c.relnamespace = 'public'::regnamespace";

/// A unique index, whether it is the primary key, and its columns.
#[derive(Default)]
struct Unique {
    primary: bool,
    columns: BTreeSet<String>,
}

type Uniques = BTreeMap<String, BTreeMap<String, Unique>>;

/// The unique indexes of each table, as the databases themselves tell them.
async fn uniques(ground: &Ground, db: &Db) -> Uniques {
    let (places, sql): (&[Place], _) =
        if ground.is_embedded() { (&[Place::Data, Place::Keys], SQLITE) } else { (&[Place::Data], POSTGRES) };
    let mut found = Uniques::new();
    for place in places {
        for row in rows(db, *place, sql, Vec::<Value>::new()).await {
            let table = found.entry(row.text(0).unwrap().to_owned()).or_default();
            let index = table.entry(row.text(1).unwrap().to_owned()).or_default();
            index.primary = row.int(2).unwrap() == 1;
            index.columns.insert(row.text(3).unwrap().to_owned());
        }
    }
    found
}

/// What keeps a table from being spread by its column.
fn faults(uniques: &Uniques) -> Vec<String> {
    let mut faults = Vec::new();
    for spread in spreads().unwrap() {
        let Some(indexes) = uniques.get(&spread.table) else {
            faults.push(format!("{} has no unique index", spread.table));
            continue;
        };
        if !indexes.values().any(|index| index.primary) {
            faults.push(format!("{} has no primary key", spread.table));
        }
        let Some(column) = spread.manner.column() else { continue };
        for (name, index) in indexes {
            if !index.columns.contains(column) {
                faults.push(format!("{name} of {} lacks {column}", spread.table));
            }
        }
    }
    faults
}

#[test]
fn every_unique_key_of_every_spread_table_has_its_distribution_column() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        assert_eq!(faults(&uniques(ground, &db).await), Vec::<String>::new());
        db.close().await;
    });
}

#[test]
fn a_unique_index_that_no_machine_could_keep_alone_is_found() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let index = Step::any("create unique index documents_by_id on documents (id)", vec![]);
        db.commit_housekeeping(vec![index], Housekeeping::Settings).await.unwrap();
        assert_eq!(faults(&uniques(ground, &db).await), ["documents_by_id of documents lacks subject"]);
        db.close().await;
    });
}

#[test]
fn a_table_with_personal_data_is_spread_and_never_copied_to_each_machine() {
    let tables: BTreeMap<String, toml::Value> = toml::from_str(COLUMNS).unwrap();
    let mut personal = 0;
    for spread in spreads().unwrap() {
        let columns = tables[&spread.table]["columns"].as_table().unwrap();
        let classes: BTreeSet<&str> = columns.values().map(|said| said["class"].as_str().unwrap()).collect();
        if ["subject", "personal", "sealed"].iter().any(|class| classes.contains(class)) {
            assert_ne!(spread.manner, Manner::Copied, "{}", spread.table);
            personal += 1;
        }
    }
    assert!(personal >= 8, "only {personal} tables were looked at");
}

#[test]
fn everything_under_a_subject_lies_with_its_row() {
    for spread in spreads().unwrap() {
        if spread.manner.column() == Some("subject") && spread.table != "vault" {
            let with = Manner::With { column: "subject".into(), leader: "vault".into() };
            assert_eq!(spread.manner, with, "{}", spread.table);
        }
    }
}
