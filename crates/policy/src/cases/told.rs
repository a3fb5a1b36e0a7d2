//! How are the answers to the cases told to whoever wrote them?
//!
//! One line for each case, then a block for each that failed: where it stands, what it demands, what came, why, and the words
//! of the published text that decide it.

use saqta_domain::terms::names::{Clause, Language};

use super::{CASES_FILE, Expected, Got, Outcome, Verdict};
use crate::folder::POLICY_FILE;
use crate::load::Loaded;
use crate::wording::Words;

/// At most so many characters of a clause are shown.
const EXCERPT: usize = 240;
const WIDTH: usize = 100;

impl Outcome {
    /// What the case demands, such as `permitted by clause 6.4`.
    pub fn expected_told(&self, words: &Words, language: Language) -> String {
        let Expected { verdict, clause, code } = &self.expected;
        answer(*verdict, clause, code.map(|c| c.as_str()), words, language)
    }

    /// What the rules answered, in the same form.
    pub fn got_told(&self, words: &Words, language: Language) -> String {
        let got = &self.got;
        answer(got.verdict(), got.clause(), got.code().map(|c| c.as_str()), words, language)
    }

    /// Why the rules answered so, a sentence or two.
    pub fn why(&self, words: &Words, language: Language) -> String {
        match &self.got {
            Got::Refused(refusal) => words.refusal(refusal, language).what,
            Got::MustEnd(_) => words.word("case-must-end", language),
            Got::Permitted { reason, not_held } if not_held.is_empty() => match reason.basis {
                Some(basis) => {
                    let basis = words.basis(Some(basis), language);
                    words.told("case-ground-stands", language, &[("basis", basis.as_str())])
                }
                None => words.word("case-nothing-against", language),
            },
            Got::Permitted { not_held, .. } => {
                let names: Vec<&str> = not_held.iter().map(|a| a.as_str()).collect();
                words.told("case-not-held", language, &[("attributes", names.join(", ").as_str())])
            }
        }
    }

    /// What would be needed for a yes, where the rules said no.
    pub fn needs(&self, words: &Words, language: Language) -> Option<String> {
        match &self.got {
            Got::Refused(refusal) => Some(words.refusal(refusal, language).needs),
            Got::Permitted { .. } | Got::MustEnd(_) => None,
        }
    }
}

fn answer(
    verdict: Verdict,
    clause: &Clause,
    code: Option<&str>,
    words: &Words,
    language: Language,
) -> String {
    let args = [("clause", clause.as_str()), ("code", code.unwrap_or_default())];
    let key = match (verdict, code) {
        (Verdict::Permitted, _) => "case-permitted",
        (Verdict::Refused, None) => "case-refused",
        (Verdict::Refused, Some(_)) => "case-refused-code",
    };
    words.told(key, language, &args)
}

/// The whole report for a terminal. `silent` is left out where only some of the cases were asked.
pub fn report(
    outcomes: &[Outcome],
    silent: Option<&[Clause]>,
    loaded: &Loaded,
    words: &Words,
    language: Language,
) -> String {
    let word = |key: &str| words.word(key, language);
    let (ok, failed) = (word("case-ok"), word("case-failed"));
    let width = ok.chars().count().max(failed.chars().count());
    let mut out = String::new();
    for outcome in outcomes {
        let mark = if outcome.passed() { &ok } else { &failed };
        out.push_str(&format!("{}  {}\n", padded(mark, width), outcome.name));
    }
    for outcome in outcomes.iter().filter(|o| !o.passed()) {
        out.push_str(&block(outcome, loaded, words, language));
    }
    let count = |passed: bool| outcomes.iter().filter(|o| o.passed() == passed).count() as u64;
    let counts = [("total", outcomes.len() as u64), ("passed", count(true)), ("failed", count(false))];
    out.push_str(&format!("\n{}\n", words.counted("case-summary", language, &[], &counts)));
    if let Some(silent) = silent {
        let clauses: Vec<&str> = silent.iter().map(Clause::as_str).collect();
        let line = match clauses.is_empty() {
            true => word("case-silent-none"),
            false => words.told("case-silent", language, &[("clauses", clauses.join(", ").as_str())]),
        };
        out.push_str(&wrapped(&line, ""));
    }
    out
}

/// Everything somebody needs to mend one failed case, or the policy.
fn block(outcome: &Outcome, loaded: &Loaded, words: &Words, language: Language) -> String {
    let label = |key: &str| words.word(key, language);
    let (expected, got) = (&outcome.expected.clause, outcome.got.clause());
    let mut rows = vec![
        (label("case-expected"), outcome.expected_told(words, language)),
        (label("case-got"), outcome.got_told(words, language)),
        (label("case-why"), outcome.why(words, language)),
    ];
    if let Some(needs) = outcome.needs(words, language).filter(|needs| !needs.is_empty()) {
        rows.push((label("case-needs"), needs));
    }
    if !outcome.about.is_empty() {
        let blocks: Vec<String> = outcome.about.iter().map(|block| format!("[{block}]")).collect();
        rows.push((label("case-about"), format!("{POLICY_FILE} {}", blocks.join(" "))));
    }
    for clause in if expected == got { vec![got] } else { vec![expected, got] } {
        if let Some(text) = excerpt(loaded, clause, language) {
            rows.push((words.clause(clause, language), text));
        }
    }
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    let mut out = format!("\n── {}\n   {CASES_FILE}:{}\n", outcome.name, outcome.line);
    for (label, text) in rows {
        let first = format!("   {}  ", padded(&label, width));
        out.push_str(&wrapped(&text, &first));
    }
    out
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}

/// Breaks a text between words; `first` stands before its first line, blanks of the same width before the others.
fn wrapped(text: &str, first: &str) -> String {
    let indent = first.chars().count();
    let mut out = first.to_owned();
    let mut column = indent;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > indent && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

/// The beginning of a clause in the language, or in another where the text is not published in it.
fn excerpt(loaded: &Loaded, clause: &Clause, language: Language) -> Option<String> {
    let languages = std::iter::once(language).chain(Language::ALL);
    let text = languages.filter_map(|l| loaded.texts.document(l)?.clause(clause)).next()?;
    let whole = match (&text.heading, text.markdown.is_empty()) {
        (Some(heading), true) => heading.as_str(),
        _ => text.markdown.as_str(),
    };
    let mut shown = String::new();
    for word in whole.split_whitespace() {
        if shown.chars().count() + word.chars().count() > EXCERPT {
            shown.push_str(" …");
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    Some(shown)
}
