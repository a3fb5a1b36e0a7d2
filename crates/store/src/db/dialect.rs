//! Where do the two databases differ, by name?
//!
//! Everything else is one SQL text. Four things are different: how a parameter is marked, how a few words of the
//! schema are spelt, whether a row that was read must be locked, and how each tells that a unique key was taken.

use rusqlite::ffi;
use tokio_postgres::error::SqlState;

use crate::error::{Conflict, Error};

/// Which SQL is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL, also as a Citus cluster.
    Postgres,
}

/// The schema in one dialect: `BYTES`, `bigint` and the ends `{TABLE}` and `{CLUSTERED}` are the only words that differ.
///
/// SQLite tables are strict, so that a wrong type is refused there as it is by PostgreSQL. `{CLUSTERED}` keeps the row
/// in its primary key, where that key is random bytes and the table would otherwise be two trees.
pub(crate) fn schema(text: &str, dialect: Dialect) -> String {
    let (bytes, integer, table, clustered) = match dialect {
        Dialect::Sqlite => ("blob", "integer", " strict", " strict, without rowid"),
        Dialect::Postgres => ("bytea", "bigint", "", ""),
    };
    let text = text.replace(" {TABLE}", table).replace(" {CLUSTERED}", clustered);
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        match word.as_str() {
            "BYTES" => out.push_str(bytes),
            "bigint" => out.push_str(integer),
            other => out.push_str(other),
        }
        word.clear();
        out.push(letter);
    }
    out
}

/// The statement with `$1` written as `?1`: SQLite takes `$1` for a name and would count it by first appearance. A last line
/// `for share` is left out: where there is one writer, nobody else can change the row before the commit.
pub(crate) fn numbered(sql: &str) -> String {
    let sql = sql.strip_suffix("\nfor share").unwrap_or(sql);
    let mut out = String::with_capacity(sql.len());
    let mut quoted = false;
    for letter in sql.chars() {
        if letter == '\'' {
            quoted = !quoted;
        }
        out.push(if letter == '$' && !quoted { '?' } else { letter });
    }
    out
}

/// What an error of SQLite means for a deed.
pub(crate) fn sqlite(error: rusqlite::Error) -> Error {
    if let rusqlite::Error::SqliteFailure(failure, _) = &error
        && matches!(
            failure.extended_code,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID
        )
    {
        return Error::Conflict(Conflict::Taken);
    }
    Error::Sqlite(error)
}

/// What an error of PostgreSQL means for a deed; decided by the code alone, never by text or constraint name.
pub(crate) fn postgres(error: &tokio_postgres::Error) -> Error {
    let Some(refused) = error.as_db_error() else {
        return Error::Connection(error.to_string());
    };
    let code = refused.code();
    // Of two processes that make one table at once, PostgreSQL tells the later any of these.
    if [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_OBJECT, SqlState::DUPLICATE_TABLE].contains(code) {
        return Error::Conflict(Conflict::Taken);
    }
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE]
        .contains(code)
    {
        return Error::Retry;
    }
    // Class 22 speaks of the data themselves, so its message may repeat a value.
    let message = if code.code().starts_with("22") { String::new() } else { refused.message().to_owned() };
    Error::Postgres { sqlstate: code.code().to_owned(), message }
}

/// Whether an error at COMMIT leaves open if the commit happened: a lost connection, or a node of a cluster that fell away.
pub(crate) fn leaves_outcome_open(error: &Error) -> bool {
    connection_ended(error) || matches!(error, Error::Postgres { sqlstate, .. } if sqlstate == "XX000")
}

/// Whether the connection was lost, or the server ended it.
pub(crate) fn connection_ended(error: &Error) -> bool {
    match error {
        Error::Connection(_) => true,
        Error::Postgres { sqlstate, .. } => sqlstate.starts_with("08") || sqlstate.starts_with("57P"),
        _ => false,
    }
}

/// Whether a statement touches one row whenever it succeeds, so that nothing has to be counted.
pub(crate) fn adds_one_row(sql: &str) -> bool {
    sql.trim_start().starts_with("insert into ")
        && sql.contains("\nvalues (")
        && !sql.contains("\non conflict ")
}

/// The statement for PostgreSQL in a form that fails where it does not touch or find exactly so many rows: a transaction in which
/// a statement failed cannot be committed, so its COMMIT need not wait for the count. What it returns is lost.
pub(crate) fn insisting(sql: &str, rows: u64) -> String {
    let told = if sql.trim_start().starts_with("select") { "" } else { "\nreturning 1" };
    format!("with told as ({sql}{told})\nselect 1 / case count(*) when {rows} then 1 else 0 end from told")
}

/// Whether a statement in that form failed because it did not touch so many rows: by nothing else of ours is divided.
pub(crate) fn insisted(error: &Error) -> bool {
    matches!(error, Error::Postgres { sqlstate, .. } if sqlstate == SqlState::DIVISION_BY_ZERO.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_keeps_its_number_and_a_quoted_dollar_stays() {
        assert_eq!(
            numbered("select a from t where b = $2 and c = '$1' and d = $1"),
            "select a from t where b = ?2 and c = '$1' and d = ?1"
        );
    }

    #[test]
    fn a_schema_word_is_replaced_only_where_it_stands_alone() {
        let text = "create table t (a BYTES, b_BYTES bigint, primary key (a)) {CLUSTERED};\ncreate table u (a text) {TABLE};";
        assert_eq!(
            schema(text, Dialect::Sqlite).trim_end(),
            "create table t (a blob, b_BYTES integer, primary key (a)) strict, without rowid;\ncreate table u (a text) strict;"
        );
        assert_eq!(
            schema(text, Dialect::Postgres).trim_end(),
            "create table t (a bytea, b_BYTES bigint, primary key (a));\ncreate table u (a text);"
        );
    }
}
