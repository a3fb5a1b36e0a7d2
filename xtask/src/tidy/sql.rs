//! Is every SQL text of the store a fixed one that SQLite, PostgreSQL and Citus understand alike?
//!
//! `dialect.rs` is the one file that may differ by database; tests may make databases of any name.

use super::rust_text::RustText;
use super::sources::is_test;
use super::{Finding, Tree, numbered};

const ROOM: &str = "crates/store/";

const NOT_PORTABLE: [(&str, &str); 13] = [
    ("now()", "bind the time; the app's clock knows it"),
    ("current_timestamp", "bind the time; the app's clock knows it"),
    ("strftime(", "keep time as integer microseconds and compute it in Rust"),
    ("datetime(", "keep time as integer microseconds and compute it in Rust"),
    ("random()", "bind chance; the app's source of randomness gives it"),
    ("randomblob(", "bind chance; the app's source of randomness gives it"),
    ("gen_random_uuid(", "bind chance; the app's source of randomness gives it"),
    ("serial", "bind the key; no counter of the database is shared between machines"),
    ("autoincrement", "bind the key; no counter of the database is shared between machines"),
    ("::", "bind a value of the right type instead of casting"),
    ("cast(", "bind a value of the right type instead of casting"),
    ("||", "join texts in Rust"),
    ("json_extract(", "JSON is text here; give the part a column of its own"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| path.starts_with(ROOM)) {
        if path.ends_with("/dialect.rs") || is_test(path) {
            continue;
        }
        if path.ends_with(".sql") {
            findings.extend(portable(path, 1, text));
        } else if path.ends_with(".rs") {
            findings.extend(rust(path, text));
        }
    }
    findings
}

fn rust(path: &str, text: &str) -> Vec<Finding> {
    let read = RustText::read(text);
    let tests_from = read.tests_from().unwrap_or(usize::MAX);
    let mut findings = Vec::new();
    for literal in read.literals.iter().filter(|literal| literal.line < tests_from) {
        if !is_sql(&literal.text) {
            continue;
        }
        if ["format!(", "format_args!("].iter().any(|call| literal.before.ends_with(call)) {
            findings.push(Finding::failure(
                path,
                literal.line,
                "SQL is put together while running",
                "write the whole text in one literal and bind the values",
            ));
        }
        findings.extend(portable(path, literal.line, &literal.text));
    }
    findings
}

/// Whether a text is a statement; a sentence may begin with the same verb, but goes on differently.
pub(super) fn is_sql(text: &str) -> bool {
    let text = text.replace("\\n", " ").replace('\\', " ").to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let second = words.get(1).copied().unwrap_or_default();
    match words.first().copied().unwrap_or_default() {
        "select" => {
            words.contains(&"from")
                || second.starts_with(|c: char| c.is_ascii_digit())
                || second.contains('(')
        }
        "insert" => second == "into",
        "update" => words.contains(&"set"),
        "delete" => second == "from",
        "create" | "alter" | "drop" => ["table", "index", "unique", "view", "trigger"].contains(&second),
        "with" => words.contains(&"as"),
        _ => false,
    }
}

fn portable(path: &str, first_line: usize, sql: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in numbered(sql) {
        let line = line.split("--").next().unwrap_or_default().to_lowercase();
        for (word, hint) in NOT_PORTABLE {
            if occurs(&line, word) {
                let message = format!("`{word}` in SQL is not portable or not repeatable");
                findings.push(Finding::failure(path, first_line + number - 1, message, hint));
            }
        }
    }
    findings
}

/// A word of letters counts only as a whole or as the end of one (`bigserial`); a sign counts anywhere.
fn occurs(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let after = line.get(at + word.len()..).and_then(|after| after.chars().next());
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let letters = word.chars().all(char::is_alphabetic);
        let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
        if letters {
            return !after.is_some_and(part_of_name) && before != Some('_');
        }
        !word.starts_with(char::is_alphabetic) || !before.is_some_and(part_of_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(source: &str) -> usize {
        check(&Tree::of(&[("crates/store/src/a.rs", source)])).len()
    }

    #[test]
    fn portable_sql_passes() {
        let source = r#"fn a() { tx.query("select id from subjects where id = $1"); tx.query("
            insert into leaves (log, serial_no) values ($1, $2)
            on conflict (log, serial_no) do nothing"); }"#;
        assert_eq!(count(source), 0);
    }

    #[test]
    fn each_word_that_is_not_portable_is_found() {
        for sql in [
            "select id from a where at < now()",
            "insert into a (b) values (random())",
            "create table a (id bigserial primary key)",
            "create table a (id integer primary key autoincrement)",
            "select b::text from a",
            "select cast(b as text) from a",
            "update a set b = b || 'x'",
            "with x as (select current_timestamp) select * from x",
        ] {
            assert_eq!(count(&format!("fn a() {{ q(\"{sql}\") }}")), 1, "{sql}");
        }
    }

    #[test]
    fn the_line_of_a_finding_lies_inside_the_literal() {
        let tree = Tree::of(&[(
            "crates/store/src/a.rs",
            "\nconst A: &str = \"\nselect a\nfrom b where c = now()\";\n",
        )]);
        assert_eq!(check(&tree).first().map(|finding| finding.line), Some(4));
    }

    #[test]
    fn sql_put_together_while_running_is_found() {
        assert_eq!(count("fn a() { tx.query(&format!(\"select {column} from a\")) }"), 1);
        assert_eq!(count("fn a() { tx.query(&format!(\n  \"delete from {table}\")) }"), 1);
    }

    #[test]
    fn sentences_code_and_tests_are_no_sql() {
        assert_eq!(
            count("fn a() { e(\"update of `{0}` failed: std::io\"); e(\"create a folder || b\") }"),
            0
        );
        assert_eq!(count("fn a() { Vec::<u8>::new() }"), 0);
        assert_eq!(count("#[cfg(test)]\nmod tests { fn a() { q(&format!(\"drop table {x}\")) } }"), 0);
        let dialect = Tree::of(&[("crates/store/src/dialect.rs", "fn a() { q(\"select now() from a\") }")]);
        assert_eq!(check(&dialect), []);
    }

    #[test]
    fn migration_files_are_read_too_and_their_remarks_are_not() {
        let sql = "-- never now()\ncreate table a (id bytea default gen_random_uuid());\n";
        let tree = Tree::of(&[("crates/store/migrations/0001.sql", sql)]);
        assert_eq!(check(&tree).iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
    }
}
