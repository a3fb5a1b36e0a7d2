//! Does every SQL text of the store keep the rules of a cluster, where each statement goes to the one machine that has its rows?
//!
//! A parser reads the statements, the register of columns says by which column each table is spread, and the migrations say
//! which its primary key is. What asks all machines has to be on a list, with the reason for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sqlparser::ast::{CreateTable, Statement, TableConstraint};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

mod rules;

use rules::judge;

use super::rust_text::RustText;
use super::sources::is_test;
use super::sql::is_sql;
use super::{Finding, Tree};

const ROOM: &str = "crates/store/";
const REGISTER: &str = "crates/store/columns.toml";

/// Speaks to Citus itself, about the catalogue and never about rows.
const CITUS: &str = "crates/store/src/db/citus.rs";

/// Words of Citus and of what does not work alike on a cluster; they are at home in [`CITUS`] alone.
const CITUS_WORDS: [&str; 5] =
    ["pg_dist_", "create_distributed_table", "create_reference_table", "run_command_on", "citus."];

/// The statements that go to all machines, and why that is right. Each reads a page or a handful of rows, and none writes.
const EVERYWHERE: [(&str, &str, &str); 21] = [
    ("destruction.rs", "OPEN", "a page of the destructions that are not finished, by their index"),
    ("destruction.rs", "OF_LEAF", "the destructions of one leaf, asked for by an administrator"),
    ("destruction.rs", "REGISTERED", "a page of the register, read once at the start after a restore"),
    ("epoch.rs", "OLDER", "a page of the keys that the turn of an epoch has still to wrap, by their index"),
    ("epoch.rs", "COUNT", "the length of the bar while an epoch turns"),
    ("figures.rs", "FIGURES", "the counters of all logs, one row for each clause"),
    ("figures.rs", "POSITIONS", "how far each log is counted, one row for each log"),
    ("figures.rs", "LOGS", "all logs, one row for each"),
    ("guesses.rs", "OVER", "a page of the counters whose window is over, by their index"),
    ("idempotency.rs", "OVER", "a page of the calls that may be forgotten, by their index"),
    ("ledger.rs", "LOGS", "all logs, one row for each"),
    ("ledger.rs", "CHECKPOINT_SIZES", "where each log stands, when all are taken out for an inspector"),
    ("log.rs", "ALL", "all logs, one row for each, when a process looks for its own"),
    (
        "remains.rs",
        "NEXT",
        "a page of those whose remains wait to be swept; the work is then done person by person",
    ),
    ("vault.rs", "DUE", "a page of what is due, by its index; the work is then done person by person"),
    ("requests.rs", "ANSWERED_ONES", "a page of the requests that were answered, by its index, for staff"),
    ("requests.rs", "LAST_NUMBER", "the newest number of a request, at the end of its key"),
    ("requests.rs", "LAST_PAPER", "the newest number of a paper, at the end of its key"),
    ("requests.rs", "LETTERS_DUE", "a page of what has to go out, by its index"),
    (
        "requests.rs",
        "OPEN_ONES",
        "a page of the requests that are open, by its index: people wait for each of them",
    ),
    (
        "requests.rs",
        "WATCHED",
        "a page of what has to be looked at, by its index; the work is then done case by case",
    ),
];

/// The same for a list that somebody pages through.
const PAGES: [(&str, &str, &str); 1] =
    [("vault.rs", "PAGE", "a page of the persons of a compartment, by its index")];

#[derive(Deserialize)]
struct Table {
    distribution: String,
    with: Option<String>,
}

/// What is known of the tables.
struct Schema {
    tables: BTreeMap<String, Table>,
    primary: BTreeMap<String, BTreeSet<String>>,
}

impl Schema {
    /// The column by which a table is spread; nothing where each machine has all of it.
    fn column(&self, table: &str) -> Option<&str> {
        let column = self.tables.get(table)?.distribution.as_str();
        (column != "reference").then_some(column)
    }

    /// The table whose shards a spread table lies in.
    fn group<'a>(&'a self, table: &'a str) -> &'a str {
        self.tables.get(table).and_then(|table| table.with.as_deref()).unwrap_or(table)
    }
}

/// One statement with the name of its constant and where it stands.
struct Text<'a> {
    file: &'a str,
    line: usize,
    name: String,
    sql: String,
}

impl Text<'_> {
    fn reason(&self) -> Option<&'static str> {
        let mut listed = EVERYWHERE.iter().chain(&PAGES);
        let named = |(file, name, _): &&(&str, &str, &str)| {
            self.file.rsplit('/').next() == Some(*file) && self.name == *name
        };
        listed.find(named).map(|(_, _, reason)| *reason)
    }
}

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |file: &str, line: usize, message: String| {
        findings.push(Finding::failure(file, line, message, "keep the rules for statements on a cluster"));
    };
    let (schema, wrong) = schema(tree);
    for message in wrong {
        say(ROOM, 1, message);
    }
    let texts = texts(tree);
    for text in &texts {
        for message in judge(text, &schema) {
            say(text.file, text.line, message);
        }
    }
    for (file, name, _) in EVERYWHERE.iter().chain(&PAGES) {
        let known = |text: &&Text<'_>| text.file.rsplit('/').next() == Some(*file) && text.name == *name;
        if texts.iter().filter(known).count() != 1 {
            say(file, 1, format!("`{name}` is listed as going to all machines and is not there once"));
        }
    }
    for (path, text) in tree.rust().filter(|(path, _)| path.starts_with("crates/") && *path != CITUS) {
        let read = RustText::read(text);
        let tests = read.tests_from().unwrap_or(usize::MAX);
        for literal in read.literals.iter().filter(|literal| !is_test(path) && literal.line < tests) {
            if CITUS_WORDS.iter().any(|word| literal.text.contains(word)) && path.starts_with(ROOM) {
                say(path, literal.line, "Citus is spoken to outside its file".to_owned());
            }
        }
    }
    findings
}

fn texts(tree: &Tree) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    for (file, source) in tree.rust().filter(|(path, _)| path.starts_with(ROOM)) {
        // The one is read for its words below; the other makes the schema, which is read as such.
        if is_test(file) || file == CITUS || file.ends_with("/dialect.rs") {
            continue;
        }
        let read = RustText::read(source);
        let tests = read.tests_from().unwrap_or(usize::MAX);
        for literal in read.literals.iter().filter(|literal| literal.line < tests && is_sql(&literal.text)) {
            let name = literal.before.rsplit_once("const").map_or("", |(_, after)| after);
            let name = name.split(':').next().unwrap_or_default().to_owned();
            texts.push(Text { file, line: literal.line, name, sql: literal.text.clone() });
        }
    }
    texts
}

/// The migrations as PostgreSQL reads them, and what in them would not go on a cluster.
fn schema(tree: &Tree) -> (Schema, Vec<String>) {
    let tables = toml::from_str(tree.text(REGISTER).unwrap_or_default());
    let mut wrong = Vec::new();
    let tables: BTreeMap<String, Table> = match tables {
        Ok(tables) => tables,
        Err(error) => {
            return (Schema { tables: BTreeMap::new(), primary: BTreeMap::new() }, vec![error.to_string()]);
        }
    };
    let mut primary = BTreeMap::new();
    let versions = texts(tree).into_iter().filter(|text| text.name == "VERSIONS").map(|text| text.sql);
    let files =
        tree.iter().filter(|(path, _)| path.starts_with(ROOM) && path.ends_with(".sql") && !is_test(path));
    for text in files.map(|(_, text)| text.to_owned()).chain(versions) {
        let text = text.replace(" {TABLE}", "").replace(" {CLUSTERED}", "").replace("BYTES", "bytea");
        let statements = match Parser::parse_sql(&PostgreSqlDialect {}, &text) {
            Ok(statements) => statements,
            Err(error) => return (Schema { tables, primary }, vec![error.to_string()]),
        };
        for statement in statements {
            match statement {
                Statement::CreateTable(CreateTable { name, columns, constraints, .. }) => {
                    for column in &columns {
                        let kind = column.data_type.to_string().to_lowercase();
                        if !["bytea", "bigint", "text"].contains(&kind.as_str()) {
                            wrong.push(format!("`{name}` has a column of type {kind}"));
                        }
                        let plain = |option: &str| option.eq_ignore_ascii_case("not null");
                        if !column.options.iter().all(|option| plain(&option.option.to_string())) {
                            wrong.push(format!("`{}` of `{name}` is more than a type", column.name));
                        }
                    }
                    for constraint in constraints {
                        let TableConstraint::PrimaryKey(key) = constraint else {
                            wrong.push(format!("`{name}` has a constraint besides its primary key"));
                            continue;
                        };
                        let columns = key.columns.iter().map(|column| column.column.expr.to_string());
                        primary.insert(name.to_string(), columns.collect());
                    }
                }
                Statement::CreateIndex(_) => {}
                other => wrong.push(format!("a migration does more than make tables and indexes: {other}")),
            }
        }
    }
    (Schema { tables, primary }, wrong)
}

fn small() -> Schema {
    let tree = Tree::of(&[
        (
            REGISTER,
            "[people]\ndistribution = 'subject'\n[events]\ndistribution = 'subject'\nwith = 'people'\n\
             [digests]\ndistribution = 'digest'\n[names]\ndistribution = 'reference'\n",
        ),
        (
            "crates/store/migrations/1.sql",
            "create table people (subject BYTES not null, version bigint not null, primary key (subject)) {TABLE};\n\
             create table events (subject BYTES not null, at bigint not null, primary key (subject, at)) {TABLE};\n\
             create table digests (digest BYTES not null, subject BYTES not null, primary key (digest)) {TABLE};\n\
             create table names (name text not null, primary key (name)) {TABLE};",
        ),
    ]);
    let (schema, wrong) = schema(&tree);
    assert_eq!(wrong, Vec::<String>::new());
    schema
}

fn faults(sql: &str) -> Vec<String> {
    judge(&Text { file: "crates/store/src/a.rs", line: 1, name: "A".into(), sql: sql.into() }, &small())
}

#[test]
fn every_statement_of_the_store_keeps_the_rules() {
    let tree = Tree::read(&crate::root().unwrap()).unwrap();
    let read = texts(&tree);
    assert!(read.len() > 80, "only {} statements were found", read.len());
    assert!(read.iter().all(|text| !text.name.is_empty()), "each statement is a constant with a name");
    let findings = check(&tree);
    let told: Vec<String> =
        findings.iter().map(|f| format!("{}:{}: {}", f.file, f.line, f.message)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn statements_that_one_machine_can_answer_pass() {
    for sql in [
        "select version from people where subject = $1",
        "select p.version from people p join events e on p.subject = e.subject where p.subject = $1 and e.subject = $1",
        "select at from events where subject = $1 and at > $2 order by at limit $3",
        "select version from people where subject = $1 and version = $2 for share",
        "select at from events where subject = $1 and at in ($2, $3)",
        "insert into people (subject, version) values ($1, 1) on conflict (subject) do update set version = people.version + 1",
        "update people set version = $3 where subject = $1 and version = $2",
        "delete from digests where digest = $1 and subject = $2",
        "select name from names order by name",
        "select version from people where subject = $1 union all select at from events where subject = $1",
    ] {
        assert_eq!(faults(sql), Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn each_broken_rule_is_found() {
    for sql in [
        "select version from people",
        "select version from people where subject = $1 or version = $2",
        "select version from people where subject > $1",
        "select at from events where subject in ($1, $2)",
        "select at from events where subject = $1 and at in ($2, now())",
        "select version from people where version = $1 and subject = $2",
        "select version from people where subject = $1 union all select at from events",
        "select version from people where subject in (select subject from digests where digest = $1)",
        "select version from people where subject = $1 and version = (select max(at) from events where events.subject = people.subject)",
        "with e as (select at from events) select version from people where subject = $1",
        "select p.version from people p join digests d on d.subject = p.subject where p.subject = $1 and d.digest = $2",
        "select at from events where subject = $1 limit $2",
        "select at from events where subject = $1 order by at limit 10 offset 20",
        "select subject from digests where digest = $1 order by subject limit $2 offset $3",
        "select name from names for update",
        "select pg_advisory_xact_lock($2) from people where subject = $1",
        "select ctid from people where subject = $1",
        "select version from people tablesample system (1) where subject = $1",
        "insert into people (subject, version) values ($1, now())",
        "insert into people (subject, version) values ($1, (select 1))",
        "insert into people (version) values ($1)",
        "insert into people (subject, version) select subject, at from events where subject = $1",
        "insert into people (subject, version) values ($1, $2) on conflict on constraint people_pkey do nothing",
        "insert into people (subject, version) values ($1, $2) on conflict (subject) do update set subject = excluded.subject",
        "insert into people (subject, version) values ($1, $2) on conflict (subject) do update set version = random()",
        "update people set subject = $2 where subject = $1",
        "update people set version = $1",
        "update people set version = clock_timestamp() where subject = $1",
        "update people set version = e.at from events e where e.subject = people.subject and people.subject = $1",
        "delete from people where version = $1",
        "delete from people using events where people.subject = $1",
        "select x from elsewhere where subject = $1",
        "listen changes",
        "create trigger t before update on people execute function f()",
    ] {
        assert!(!faults(sql).is_empty(), "{sql}");
    }
}

#[test]
fn a_migration_with_more_than_tables_and_indexes_is_found() {
    for sql in [
        "create table a (id bigserial, primary key (id));",
        "create table a (id bigint not null default 1, primary key (id));",
        "create table a (id bigint references b (id), primary key (id));",
        "create table a (id bigint not null, primary key (id), foreign key (id) references b (id));",
        "create sequence a;",
        "create view a as select 1;",
    ] {
        let tree = Tree::of(&[("crates/store/migrations/1.sql", sql)]);
        assert!(!schema(&tree).1.is_empty(), "{sql}");
    }
}
