//! Does every column of every table have a class, a term and a fate?

use std::collections::{BTreeMap, BTreeSet};

use saqta_store::COLUMNS;
use saqta_store::db::value::Value;
use saqta_store::db::{Db, Place};

use super::{Ground, on_both, rows};

const SQLITE: &str = "
select t.name, c.name
from sqlite_schema t, pragma_table_info(t.name) c
where t.type = 'table' and t.name not like 'sqlite%'";

const POSTGRES: &str = "
select table_name::text, column_name::text
from information_schema.columns
where table_schema = 'public'";

async fn found(db: &Db, place: Place, sql: &'static str) -> BTreeSet<(String, String)> {
    let rows = rows(db, place, sql, Vec::<Value>::new()).await;
    rows.iter().map(|row| (row.text(0).unwrap().to_owned(), row.text(1).unwrap().to_owned())).collect()
}

fn registered(place: Option<&str>) -> BTreeSet<(String, String)> {
    let tables: BTreeMap<String, toml::Value> = toml::from_str(COLUMNS).unwrap();
    let mut columns = BTreeSet::new();
    for (name, table) in tables {
        let lies = table["place"].as_str().unwrap();
        assert!(["data", "keys", "both"].contains(&lies), "{name} lies nowhere");
        if place.is_some_and(|place| lies != place && lies != "both") {
            continue;
        }
        for column in table["columns"].as_table().unwrap().keys() {
            columns.insert((name.clone(), column.clone()));
        }
    }
    columns
}

#[test]
fn no_column_is_missing_from_the_register_and_none_in_it_is_stale() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        if ground.is_embedded() {
            assert_eq!(found(&db, Place::Data, SQLITE).await, registered(Some("data")));
            assert_eq!(found(&db, Place::Keys, SQLITE).await, registered(Some("keys")));
        } else {
            assert_eq!(found(&db, Place::Data, POSTGRES).await, registered(None));
        }
        db.close().await;
    });
}

#[test]
fn every_registered_column_has_a_known_class_a_term_and_a_fate() {
    let tables: BTreeMap<String, toml::Value> = toml::from_str(COLUMNS).unwrap();
    for (name, table) in &tables {
        for (column, said) in table["columns"].as_table().unwrap() {
            let word = |key: &str| said[key].as_str().unwrap();
            let class = word("class");
            let classes = ["key", "subject", "personal", "sealed", "reference", "operational"];
            assert!(classes.contains(&class), "{name}.{column} has no class");
            let terms = ["policy", "proof", "custody", "restore", "call", "always"];
            assert!(terms.contains(&word("retain")), "{name}.{column} has no term");
            let fate = word("on_destruction");
            assert!(["delete", "keep", "shred"].contains(&fate), "{name}.{column} has no fate");
            assert!(class != "personal" || fate == "delete", "{name}.{column} would outlive its person");
            assert!(class != "sealed" || fate != "keep", "{name}.{column} is sealed and kept");
        }
    }
}
