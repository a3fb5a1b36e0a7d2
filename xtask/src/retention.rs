//! What does `docs/retention.md` say about each column of the database?

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde::Deserialize;

/// One table of `columns.toml`. Sorted maps keep the page the same on every machine.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    place: Option<String>,
    distribution: String,
    with: Option<String>,
    columns: BTreeMap<String, Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    class: String,
    retain: Option<String>,
    on_destruction: Option<String>,
}

/// The page for this register of columns.
pub fn page(register: &str) -> Result<String> {
    let tables: BTreeMap<String, Table> = toml::from_str(register).context("crates/store/columns.toml")?;
    let mut page = String::from(HEAD);
    for (name, table) in &tables {
        for (column, about) in &table.columns {
            let place = table.place.as_deref().map_or("", file_of);
            let retain = about.retain.as_deref().unwrap_or("");
            let fate = about.on_destruction.as_deref().unwrap_or("");
            writeln!(page, "| {place} | `{name}` | `{column}` | {} | {retain} | {fate} |", about.class)?;
        }
    }
    page.push_str(&summary(&tables)?);
    page.push_str(&spread(&tables)?);
    Ok(page)
}

/// Which machine of a cluster has which rows matters to whoever has to say where a person's data lie.
fn spread(tables: &BTreeMap<String, Table>) -> Result<String> {
    let mut text = String::from(SPREAD);
    for (name, table) in tables {
        let by = match table.distribution.as_str() {
            "reference" => "a copy on each machine".to_owned(),
            column => format!("by `{column}`"),
        };
        let with = table.with.as_deref().map_or_else(String::new, |leader| format!("`{leader}`"));
        writeln!(text, "| `{name}` | {by} | {with} |")?;
    }
    Ok(text)
}

/// The two files of an installation have different custody, so a reader wants the file and not the short word.
fn file_of(place: &str) -> &str {
    match place {
        "data" => "`saqta.db`",
        "keys" => "`keys.db`",
        other => other,
    }
}

fn summary(tables: &BTreeMap<String, Table>) -> Result<String> {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for column in tables.values().flat_map(|table| table.columns.values()) {
        *classes.entry(&column.class).or_default() += 1;
    }
    let mut text = String::from("\n## How many of each class\n\n| class | columns |\n| --- | --- |\n");
    for (class, count) in classes {
        writeln!(text, "| {class} | {count} |")?;
    }
    Ok(text)
}

const HEAD: &str = "\
# What is kept, how long, and what destruction does to it

<!-- Written by `cargo xtask gen` from crates/store/columns.toml. Change that file, not this one. -->

Every column of every table is here; a test of the store compares this register with both databases, so that no column
can be forgotten. The words of the columns *class*, *retain* and *on destruction* are explained at the top of
`crates/store/columns.toml`.

| file | table | column | class | retain | on destruction |
| --- | --- | --- | --- | --- | --- |
";

const SPREAD: &str = "
## Where the rows lie on a Citus cluster

What `saqta store distribute` makes of the tables. Tables that share shards have the rows of one key on one machine.

| table | rows are spread | shares shards with |
| --- | --- | --- |
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_its_row_and_the_order_does_not_depend_on_the_file() {
        let one = "[b]\nplace = 'data'\ndistribution = 'a'\n[b.columns]\n\
                   z = { class = 'sealed', retain = 'policy', on_destruction = 'shred' }\n\
                   a = { class = 'key' }\n[a]\ndistribution = 'reference'\n[a.columns]\nx = { class = 'key' }\n";
        let other = "[a]\ndistribution = 'reference'\n[a.columns]\nx = { class = 'key' }\n[b]\nplace = 'data'\n\
                     distribution = 'a'\n[b.columns]\na = { class = 'key' }\n\
                     z = { class = 'sealed', retain = 'policy', on_destruction = 'shred' }\n";
        let page = page(one).unwrap();
        assert!(page.contains("| `saqta.db` | `b` | `z` | sealed | policy | shred |"));
        assert!(page.contains("| key | 2 |"));
        assert!(page.contains("| `a` | a copy on each machine |  |\n| `b` | by `a` |  |"));
        assert_eq!(page, super::page(other).unwrap());
    }

    #[test]
    fn a_column_without_a_class_or_with_an_unknown_word_is_refused() {
        let table = "[a]\ndistribution = 'x'\n[a.columns]\n";
        assert!(page(&format!("{table}x = {{ class = 'key' }}\n")).is_ok());
        assert!(page(&format!("{table}x = {{ retain = 'policy' }}\n")).is_err());
        assert!(page(&format!("{table}x = {{ class = 'key', fate = 'keep' }}\n")).is_err());
    }

    #[test]
    fn a_table_that_says_nothing_of_its_distribution_is_refused() {
        assert!(page("[a.columns]\nx = { class = 'key' }\n").is_err());
    }
}
