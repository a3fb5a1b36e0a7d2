//! What may one statement say, so that it means the same on a cluster and goes to the machine that has its rows?

use std::collections::{BTreeMap, BTreeSet};

use sqlparser::ast::{
    Assignment, AssignmentTarget, BinaryOperator, ConflictTarget, Delete, Expr, FromTable, Function,
    FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Insert, JoinConstraint, JoinOperator,
    LimitClause, ObjectName, OnConflictAction, OnInsert, OrderByKind, Query, Select, SelectItem, SetExpr,
    Statement, TableFactor, TableObject, TableWithJoins, UnaryOperator, Update, Value,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use super::{Schema, Text};

/// What a statement may call: the same answer on each machine, whatever the time and chance.
const FUNCTIONS: [&str; 6] = ["coalesce", "count", "length", "max", "min", "sum"];

/// Columns that PostgreSQL has by itself and whose content means nothing on another machine.
const HIDDEN: [&str; 5] = ["ctid", "xmin", "xmax", "cmin", "tableoid"];

/// What a statement does that it must not.
pub(super) fn judge(text: &Text<'_>, schema: &Schema) -> Vec<String> {
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
                if !bound.contains_key(column) {
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
            Expr::Nested(inner)
            | Expr::IsNull(inner)
            | Expr::IsNotNull(inner)
            | Expr::UnaryOp { op: UnaryOperator::Minus, expr: inner } => self.expr(inner),
            Expr::BinaryOp { left, right, .. } => {
                self.expr(left);
                self.expr(right);
            }
            Expr::Tuple(parts) => parts.iter().for_each(|part| self.expr(part)),
            Expr::InList { expr, list, .. } => {
                std::iter::once(&**expr).chain(list).for_each(|part| self.expr(part))
            }
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
