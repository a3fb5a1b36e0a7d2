//! How is somebody at a terminal told, clause by clause, what the program makes of a published text?

use std::collections::BTreeMap;

use saqta_domain::terms::names::Language;
use saqta_policy::coverage::{ClauseCoverage, CoverageState};
use saqta_policy::texts::Texts;
use saqta_policy::wording::Words;
use serde::Serialize;

/// One clause, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageRow {
    /// Its number.
    pub clause: String,
    /// The word of its state, such as `not_yet`.
    pub state: &'static str,
    /// What stands behind it.
    pub declarations: Vec<DeclarationRow>,
}

/// A declaration behind a clause, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeclarationRow {
    /// Its path in the policy, such as `purpose.order`.
    pub name: String,
    /// The controls that enforce it; empty where nothing does yet.
    pub rules: &'static [&'static str],
}

impl From<&ClauseCoverage> for CoverageRow {
    fn from(row: &ClauseCoverage) -> Self {
        let declarations = row
            .backing
            .iter()
            .map(|b| DeclarationRow { name: b.declaration.clone(), rules: b.rules })
            .collect();
        Self { clause: row.clause.to_string(), state: row.state.as_str(), declarations }
    }
}

const WIDTH: usize = 108;
const INDENT: usize = 10;
/// How much of a clause is quoted, in characters.
const QUOTED: usize = 72;
const RED: &str = "\u{1b}[1;31m";
const PLAIN: &str = "\u{1b}[0m";

/// The table for a terminal, and under it how many clauses are in each state.
pub(super) fn table(
    rows: &[ClauseCoverage],
    texts: &Texts,
    words: &Words,
    language: Language,
    colour: bool,
) -> String {
    let word = |key: &str| words.word(key, language);
    let mut out = format!("{}\n\n", word("coverage-title"));
    let document = std::iter::once(language).chain(Language::ALL).find_map(|l| texts.document(l));
    for row in rows {
        let begins = document.and_then(|d| d.clause(&row.clause)).map(|c| c.begins(QUOTED));
        let state = word(&format!("coverage-{}", row.state.as_str()));
        let line = format!("{:<7} {state:<24} {}", row.clause.as_str(), begins.unwrap_or_default());
        if row.state == CoverageState::Unbacked {
            // Whoever reads without colour sees the mark and the capitals.
            let line = line.replacen(&state, &state.to_uppercase(), 1);
            let (on, off) = if colour { (RED, PLAIN) } else { ("", "") };
            out.push_str(&format!("{on}! {line}{off}\n"));
        } else {
            out.push_str(&format!("  {line}\n"));
        }
        out.push_str(&behind(row, &word("coverage-no-rules")));
    }
    out.push('\n');
    out.push_str(&summary(rows, words, language));
    out
}

/// The declarations behind a clause, those that the same controls enforce together.
fn behind(row: &ClauseCoverage, nothing: &str) -> String {
    let mut groups: Vec<(&[&str], Vec<&str>)> = Vec::new();
    for backing in &row.backing {
        match groups.iter_mut().find(|(rules, _)| *rules == backing.rules) {
            Some((_, names)) => names.push(&backing.declaration),
            None => groups.push((backing.rules, vec![&backing.declaration])),
        }
    }
    let mut out = String::new();
    for (rules, names) in groups {
        let rules = if rules.is_empty() { nothing.to_owned() } else { rules.join(", ") };
        out.push_str(&wrapped(&format!("{} → {rules}", names.join(", "))));
    }
    out
}

/// Lines of at most [`WIDTH`] characters, those after the first a little further in.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut line = " ".repeat(INDENT);
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = " ".repeat(INDENT + 2);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(&line);
    out.push('\n');
    out
}

/// How many clauses are in each state, in one line.
fn summary(rows: &[ClauseCoverage], words: &Words, language: Language) -> String {
    let mut counts: BTreeMap<CoverageState, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.state).or_default() += 1;
    }
    let told = CoverageState::ALL.map(|state| {
        let count = counts.get(&state).copied().unwrap_or_default();
        let name = words.word(&format!("coverage-{}", state.as_str()), language);
        format!("{name}: {count}")
    });
    let all = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let all = words.counted("coverage-clauses", language, &[], &[("count", all)]);
    format!("{all}: {}.\n", told.join("; "))
}

#[cfg(test)]
mod tests {
    use saqta_domain::terms::names::Clause;
    use saqta_policy::coverage::Backing;

    use super::*;

    fn row(
        clause: &'static str,
        state: CoverageState,
        backing: &[(&str, &'static [&'static str])],
    ) -> ClauseCoverage {
        let backing =
            backing.iter().map(|(name, rules)| Backing { declaration: (*name).into(), rules }).collect();
        ClauseCoverage { clause: Clause::fixed(clause), state, backing }
    }

    fn told(language: Language, colour: bool) -> String {
        const RULES: &[&str] = &["may_act", "may_read"];
        let rows = [
            row("1", CoverageState::Enforced, &[("purpose.a", RULES), ("purpose.b", RULES)]),
            row("2", CoverageState::Partly, &[("purpose.a", RULES), ("recipient.x", &[])]),
            row("3.1", CoverageState::Unbacked, &[]),
        ];
        table(&rows, &Texts::default(), &Words::new().unwrap(), language, colour)
    }

    #[test]
    fn declarations_under_the_same_rules_stand_together_and_what_nothing_enforces_says_so() {
        let told = told(Language::English, false);
        assert!(told.contains("purpose.a, purpose.b → may_act, may_read\n"), "{told}");
        assert!(told.contains("recipient.x → nothing enforces it yet\n"), "{told}");
        assert!(told.ends_with(
            "3 clauses: enforced: 1; partly enforced: 1; not enforced yet: 0; promise without a control: 1; explanation only: 0.\n"
        ));
    }

    #[test]
    fn a_promise_without_a_control_stands_out_with_and_without_colour() {
        assert!(told(Language::English, false).contains("! 3.1     PROMISE WITHOUT A CONTROL"));
        assert!(!told(Language::English, false).contains('\u{1b}'));
        assert!(told(Language::English, true).contains("\u{1b}[1;31m! 3.1"));
        assert!(told(Language::Russian, false).contains("ОБЕЩАНИЕ БЕЗ КОНТРОЛЯ"));
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let long = wrapped(&vec!["purpose.with_a_long_name,"; 20].join(" "));
        assert!(long.lines().count() > 4);
        assert!(long.lines().all(|l| l.chars().count() <= WIDTH && l.starts_with("          ")));
    }
}
