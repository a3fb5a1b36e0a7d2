//! Does every Rust file say what it is for, stay short, and test honestly?

use super::rust_text::RustText;
use super::{Finding, Tree, numbered};

const LONG: usize = 600;
const TOO_LONG: usize = 900;
const RULES: &str = "crates/domain/src/rules/";

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust().flat_map(|(path, text)| file(path, text)).collect()
}

fn file(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !text.starts_with("//!") {
        findings.push(Finding::failure(
            path,
            1,
            "the file does not say which question it answers",
            "begin it with one sentence after `//!`",
        ));
    }
    findings.extend(length(path, text.lines().count()));

    let read = RustText::read(text);
    let tests_from = if is_test(path) { Some(1) } else { read.tests_from() };
    for (number, line) in numbered(&read.code) {
        let tested = tests_from.is_some_and(|from| number >= from);
        if line.contains("#[ignore") {
            findings.push(Finding::failure(path, number, "a test is switched off", "mend it or remove it"));
        }
        if tested && calls(line, "sleep") {
            findings.push(Finding::failure(
                path,
                number,
                "a test sleeps",
                "move the clock by hand, or wait for the event itself",
            ));
        }
    }
    if is_rule(path) && tests_from.is_none() {
        findings.push(Finding::failure(
            path,
            1,
            "the rule has no table of cases",
            "end the file with `#[cfg(test)] mod tests` and one row for each answer the rule can give",
        ));
    }
    findings
}

fn length(path: &str, lines: usize) -> Option<Finding> {
    if lines <= LONG {
        return None;
    }
    let message = format!("{lines} lines are more than the {LONG} a reader can hold");
    let hint = "move a part that answers a question of its own into a file of its own";
    if lines <= TOO_LONG {
        return Some(Finding::warning(path, LONG + 1, message, hint));
    }
    Some(Finding::failure(path, TOO_LONG + 1, message, hint))
}

/// Files that hold nothing but tests and what they stand on.
pub fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// The files of `rules/` that answer a question; what they share lies beside them under other names.
fn is_rule(path: &str) -> bool {
    path.strip_prefix(RULES).filter(|name| !name.ends_with("/samples.rs")).is_some_and(|name| {
        name.starts_with("may_") || name.starts_with("must_") || name == "consent_holds.rs"
    })
}

/// Whether a line calls a function of exactly this name.
fn calls(line: &str, function: &str) -> bool {
    line.match_indices(function).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + function.len()..).unwrap_or_default();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_') && after.starts_with('(')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, text: &str) -> Vec<(usize, String)> {
        file(path, text).into_iter().map(|finding| (finding.line, finding.message)).collect()
    }

    #[test]
    fn a_file_without_its_question_is_found() {
        assert_eq!(messages("crates/app/src/a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(messages("crates/app/src/a.rs", "//! What is a?\nfn a() {}\n"), []);
    }

    #[test]
    fn a_long_file_warns_and_a_longer_one_fails() {
        assert_eq!(length("a.rs", 600), None);
        assert!(length("a.rs", 601).unwrap().severity == crate::tidy::Severity::Warning);
        assert!(length("a.rs", 901).unwrap().severity == crate::tidy::Severity::Failure);
    }

    #[test]
    fn sleeping_is_found_in_tests_and_nowhere_else() {
        let test =
            "//! Q\nfn a() { sleep(1) }\n#[cfg(test)]\nmod tests {\n fn b() { std::thread::sleep(d) }\n}\n";
        assert_eq!(messages("crates/app/src/a.rs", test), [(5, "a test sleeps".to_owned())]);
        assert_eq!(messages("tests/clauses/c01.rs", "//! Q\nfn a() { sleep(1) }\n").len(), 1);
        assert_eq!(messages("tests/clauses/c01.rs", "//! Q sleep(1)\nfn a() { asleep(1) }\n"), []);
    }

    #[test]
    fn a_test_that_is_switched_off_is_found() {
        assert_eq!(messages("crates/app/src/a.rs", "//! Q\n#[ignore = \"slow\"]\nfn a() {}\n").len(), 1);
    }

    #[test]
    fn a_rule_without_cases_is_found_and_its_neighbours_are_not() {
        assert_eq!(messages("crates/domain/src/rules/may_read.rs", "//! Q\n").len(), 1);
        assert_eq!(
            messages("crates/domain/src/rules/may_read.rs", "//! Q\n#[cfg(test)]\nmod tests {}\n"),
            []
        );
        assert_eq!(messages("crates/domain/src/rules/facts.rs", "//! Q\n"), []);
    }
}
