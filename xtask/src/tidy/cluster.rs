//! Does every SQL text of the store keep the rules of a cluster, where each statement goes to the one machine that has its rows?
//!
//! A parser reads the statements, the register of columns says by which column each table is spread, and the migrations say
//! which its primary key is. What asks all machines has to be on a list, with the reason for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sqlparser::ast::{
    Assignment, AssignmentTarget, BinaryOperator, ConflictTarget, CreateTable, Delete, Expr, FromTable,
    Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Insert, JoinConstraint,
    JoinOperator, LimitClause, ObjectName, OnConflictAction, OnInsert, OrderByKind, Query, Select,
    SelectItem, SetExpr, Statement, TableConstraint, TableFactor, TableObject, TableWithJoins, Update, Value,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

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

/// What a statement may call: the same answer on each machine, whatever the time and chance.
const FUNCTIONS: [&str; 6] = ["coalesce", "count", "length", "max", "min", "sum"];

/// Columns that PostgreSQL has by itself and whose content means nothing on another machine.
const HIDDEN: [&str; 5] = ["ctid", "xmin", "xmax", "cmin", "tableoid"];

/// The statements that go to all machines, and why that is right. Each reads a page or a handful of rows, and none writes.
const EVERYWHERE: [(&str, &str, &str); 13] = [
    ("destruction.rs", "OPEN", "a page of the destructions that are not finished, by their index"),
    ("destruction.rs", "OF_LEAF", "the destructions of one leaf, asked for by an administrator"),
    ("destruction.rs", "REGISTERED", "a page of the register, read once at the start after a restore"),
    ("epoch.rs", "OLDER", "a page of the keys that the turn of an epoch has still to wrap, by their index"),
    ("epoch.rs", "COUNT", "the length of the bar while an epoch turns"),
    ("figures.rs", "FIGURES", "the counters of all logs, one row for each clause"),
    ("figures.rs", "POSITIONS", "how far each log is counted, one row for each log"),
    ("figures.rs", "LOGS", "all logs, one row for each"),
    ("idempotency.rs", "OVER", "a page of the calls that may be forgotten, by their index"),
    ("ledger.rs", "LOGS", "all logs, one row for each"),
    ("ledger.rs", "CHECKPOINT_SIZES", "where each log stands, when all are taken out for an inspector"),
    ("log.rs", "ALL", "all logs, one row for each, when a process looks for its own"),
    ("vault.rs", "DUE", "a page of what is due, by its index; the work is then done person by person"),
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

/// What a statement does that it must not.
fn judge(text: &Text<'_>, schema: &Schema) -> Vec<String> {
    if text.name == "VERSIONS" {
        return Vec::new();
    }
    let statements = match Parser::parse_sql(&PostgreSqlDialect {}, &text.sql) {
        Ok(statements) => statements,
        Err(error) => return vec![format!("cannot be read: {error}")],
    };
    let [statement] = statements.as_slice() else { return vec!["is not one statement".to_owned()] };
    let mut rules = Rules {
        schema,
        listed: text.reason().is_some(),
        unkeyed: false,
        tables: BTreeSet::new(),
        wrong: Vec::new(),
    };
    match statement {
        Statement::Query(query) => rules.query(query),
        Statement::Insert(insert) => rules.insert(insert),
        Statement::Update(update) => rules.update(update),
        Statement::Delete(delete) => rules.delete(delete),
        _ => rules.say("is neither a reading nor a writing of rows"),
    }
    let groups: BTreeSet<&str> = rules
        .tables
        .iter()
        .filter(|table| schema.column(table).is_some())
        .map(|table| schema.group(table))
        .collect();
    if groups.len() > 1 {
        rules.say("joins tables that lie on different machines");
    }
    if rules.listed && !rules.unkeyed {
        rules.say("is listed as going to all machines, and names its key");
    }
    rules.wrong
}

/// Walks through a statement with everything nested in it.
struct Rules<'a> {
    schema: &'a Schema,
    listed: bool,
    unkeyed: bool,
    tables: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Rules<'_> {
    fn say(&mut self, what: &str) {
        self.wrong.push(what.to_owned());
    }

    /// Each branch, in whatever depth, names the key of each table that it reads.
    fn branch(&mut self, select: &Select) {
        let bound = bound(select.selection.as_ref());
        for from in &select.from {
            for factor in factors(from) {
                let Some(table) = name_of(factor) else { continue };
                let Some(column) = self.schema.column(&table) else { continue };
                if bound.get(column).is_none() {
                    self.unkeyed = true;
                    if !self.listed {
                        self.say(&format!("reads `{table}` without `{column} = $n`"));
                    }
                } else if column == "subject" && bound.get(column).is_some_and(|value| value != "$1") {
                    self.say("names the subject, but not as `$1`, by which a read finds its machine");
                }
            }
        }
        if select.distinct.is_some() || select.into.is_some() || select.having.is_some() {
            self.say("has a `distinct`, `into` or `having`");
        }
    }

    fn ordered(&mut self, query: &Query) {
        let limited = matches!(
            &query.limit_clause,
            Some(LimitClause::LimitOffset { limit: Some(_), offset: None, .. })
        );
        if query.limit_clause.is_none() {
            return;
        }
        if !limited || query.fetch.is_some() {
            self.say("pages otherwise than by its keys and a limit");
        }
        let SetExpr::Select(select) = query.body.as_ref() else {
            return self.say("limits more than one branch at once");
        };
        let mut fixed: BTreeSet<String> = bound(select.selection.as_ref()).into_keys().collect();
        if let Some(OrderByKind::Expressions(by)) = query.order_by.as_ref().map(|order| &order.kind) {
            fixed.extend(by.iter().filter_map(|by| column_of(&by.expr)));
        }
        for table in select.from.iter().flat_map(factors).filter_map(name_of) {
            if !self.schema.primary.get(&table).is_some_and(|key| key.is_subset(&fixed)) {
                self.say(&format!("limits `{table}` in an order that does not end in its primary key"));
            }
        }
    }

    fn insert(&mut self, insert: &Insert) {
        let TableObject::TableName(table) = &insert.table else { return self.say("inserts into no table") };
        self.table(table);
        let table = table.to_string();
        let columns: Vec<String> = insert.columns.iter().map(ToString::to_string).collect();
        let rows = match insert.source.as_ref().map(|source| source.body.as_ref()) {
            Some(SetExpr::Values(values)) => &values.rows,
            _ => return self.say("inserts something else than values"),
        };
        for row in rows {
            if row.content.iter().any(|value| !matches!(value, Expr::Value(_))) {
                self.say("inserts a value that is neither bound nor written down");
            }
            let Some(column) = self.schema.column(&table) else { continue };
            let place = columns.iter().position(|name| name == column);
            let value = place.and_then(|place| row.content.get(place));
            if value.and_then(parameter).is_none() {
                self.say(&format!("inserts into `{table}` without a bound `{column}`"));
            }
        }
        let Some(OnInsert::OnConflict(conflict)) = &insert.on else { return };
        match &conflict.conflict_target {
            Some(ConflictTarget::Columns(of)) => {
                let of: BTreeSet<String> = of.iter().map(ToString::to_string).collect();
                if self.schema.column(&table).is_some_and(|column| !of.contains(column)) {
                    self.say("meets a conflict outside the machine of its key");
                }
            }
            _ => self.say("does not say by its columns which conflict it meets"),
        }
        let OnConflictAction::DoUpdate(update) = &conflict.action else { return };
        self.assigned(&table, &update.assignments);
        if let Some(condition) = &update.selection {
            self.expr(condition);
        }
    }

    fn update(&mut self, update: &Update) {
        if update.from.is_some() || !update.table.joins.is_empty() {
            self.say("updates from another table");
        }
        self.source(&update.table);
        let Some(table) = name_of(&update.table.relation) else { return self.say("updates no table") };
        self.assigned(&table, &update.assignments);
        self.written(&table, update.selection.as_ref());
    }

    fn delete(&mut self, delete: &Delete) {
        if delete.using.is_some() {
            self.say("deletes by another table");
        }
        let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
        from.iter().for_each(|from| self.source(from));
        for table in from.iter().flat_map(factors).filter_map(name_of) {
            self.written(&table, delete.selection.as_ref());
        }
    }

    fn assigned(&mut self, table: &str, assignments: &[Assignment]) {
        for Assignment { target, value } in assignments {
            self.expr(value);
            let AssignmentTarget::ColumnName(name) = target else {
                self.say("assigns several columns as one");
                continue;
            };
            if self.schema.column(table) == Some(name.to_string().as_str()) {
                self.say(&format!("moves a row of `{table}` to another machine by `{name}`"));
            }
        }
    }

    /// A writing always names its key: there is no list for it.
    fn written(&mut self, table: &str, selection: Option<&Expr>) {
        if let Some(condition) = selection {
            self.expr(condition);
        }
        if let Some(column) = self.schema.column(table)
            && !bound(selection).contains_key(column)
        {
            self.say(&format!("writes `{table}` without `{column} = $n`"));
        }
    }
}

/// The walk through everything nested in a statement. What it does not know is refused, for nobody has said yet that it is harmless.
impl Rules<'_> {
    fn query(&mut self, query: &Query) {
        if query.with.is_some() {
            self.say("has a `with`");
        }
        self.ordered(query);
        if !query.locks.is_empty() {
            self.locked(&query.body);
        }
        self.body(&query.body);
        if let Some(OrderByKind::Expressions(by)) = query.order_by.as_ref().map(|order| &order.kind) {
            by.iter().for_each(|by| self.expr(&by.expr));
        }
        if let Some(LimitClause::LimitOffset { limit: Some(limit), .. }) = &query.limit_clause {
            self.expr(limit);
        }
    }

    fn body(&mut self, body: &SetExpr) {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::Query(query) => self.query(query),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left);
                self.body(right);
            }
            SetExpr::Values(values) => {
                values.rows.iter().flat_map(|row| &row.content).for_each(|value| self.expr(value))
            }
            _ => self.say("reads in a way that is not known here"),
        }
    }

    fn select(&mut self, select: &Select) {
        self.branch(select);
        for from in &select.from {
            self.source(from);
        }
        for item in &select.projection {
            match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => self.expr(expr),
                _ => self.say("does not name the columns that it reads"),
            }
        }
        if let Some(condition) = &select.selection {
            self.expr(condition);
        }
        match &select.group_by {
            GroupByExpr::Expressions(by, sets) if sets.is_empty() => by.iter().for_each(|by| self.expr(by)),
            _ => self.say("groups otherwise than by columns"),
        }
    }

    fn source(&mut self, from: &TableWithJoins) {
        for factor in factors(from) {
            match factor {
                TableFactor::Table { name, args: None, sample: None, .. } => self.table(name),
                TableFactor::Derived { lateral: false, subquery, sample: None, .. } => self.query(subquery),
                _ => self.say("reads from something else than a table"),
            }
        }
        for join in &from.joins {
            match &join.join_operator {
                JoinOperator::Join(JoinConstraint::On(on))
                | JoinOperator::Inner(JoinConstraint::On(on))
                | JoinOperator::Left(JoinConstraint::On(on)) => self.expr(on),
                _ => self.say("joins in a way that is not known here"),
            }
        }
    }

    fn table(&mut self, name: &ObjectName) {
        let table = name.to_string();
        if !self.schema.tables.contains_key(&table) {
            self.say(&format!("names `{table}`, which is no table of the register"));
        }
        self.tables.insert(table);
    }

    fn locked(&mut self, body: &SetExpr) {
        let SetExpr::Select(select) = body else { return self.say("locks the rows of several branches") };
        let bound = bound(select.selection.as_ref());
        let keyed =
            |table: &String| self.schema.column(table).is_some_and(|column| bound.contains_key(column));
        if !select.from.iter().flat_map(factors).filter_map(name_of).all(|table| keyed(&table)) {
            self.say("locks rows without naming their key");
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Value(_) | Expr::CompoundIdentifier(_) => {}
            Expr::Identifier(name) => {
                if HIDDEN.contains(&name.value.to_lowercase().as_str()) {
                    self.say(&format!("reads the hidden column `{name}`"));
                }
            }
            Expr::Nested(inner) | Expr::IsNull(inner) | Expr::IsNotNull(inner) => self.expr(inner),
            Expr::BinaryOp { left, right, .. } => {
                self.expr(left);
                self.expr(right);
            }
            Expr::Tuple(parts) => parts.iter().for_each(|part| self.expr(part)),
            Expr::Case { operand: None, conditions, else_result, .. } => {
                for when in conditions {
                    self.expr(&when.condition);
                    self.expr(&when.result);
                }
                if let Some(otherwise) = else_result {
                    self.expr(otherwise);
                }
            }
            Expr::Subquery(query) | Expr::Exists { subquery: query, .. } => self.query(query),
            Expr::InSubquery { expr, subquery, .. } => {
                self.expr(expr);
                self.query(subquery);
            }
            Expr::Function(call) => self.call(call),
            other => self.say(&format!("says something that is not known here: `{other}`")),
        }
    }

    fn call(&mut self, call: &Function) {
        let name = call.name.to_string().to_lowercase();
        if !FUNCTIONS.contains(&name.as_str()) || call.over.is_some() || call.filter.is_some() {
            self.say(&format!("calls `{name}`"));
        }
        let FunctionArguments::List(given) = &call.args else { return self.say("calls without a list") };
        for given in &given.args {
            match given {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => self.expr(expr),
                FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => {}
                _ => self.say("calls with something that is not known here"),
            }
        }
    }
}

fn factors(from: &TableWithJoins) -> impl Iterator<Item = &TableFactor> {
    std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation))
}

fn name_of(factor: &TableFactor) -> Option<String> {
    match factor {
        TableFactor::Table { name, .. } => Some(name.to_string()),
        _ => None,
    }
}

/// The columns that a condition sets equal to a parameter, whatever else it demands, each with the parameter.
fn bound(selection: Option<&Expr>) -> BTreeMap<String, String> {
    let mut bound = BTreeMap::new();
    let mut open: Vec<&Expr> = selection.into_iter().collect();
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Nested(inner) => open.push(inner),
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => open.extend([left.as_ref(), right]),
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
                if let (Some(column), Some(parameter)) = (column_of(left), parameter(right)) {
                    bound.insert(column, parameter);
                }
            }
            _ => {}
        }
    }
    bound
}

fn column_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Identifier(name) => Some(name.value.clone()),
        Expr::CompoundIdentifier(parts) => parts.last().map(|name| name.value.clone()),
        _ => None,
    }
}

fn parameter(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::Placeholder(name) => Some(name.clone()),
            _ => None,
        },
        _ => None,
    }
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
