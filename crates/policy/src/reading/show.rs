//! How does a terminal show what was found in a text?

use super::finding::{Finding, Severity};
use super::{Reading, Stricter};
use crate::wording::Words;

/// Characters of a line shown before the place a finding is about, and in all.
const BEFORE: usize = 30;
const SHOWN: usize = 96;

pub(super) fn shown(reading: &Reading, words: &Words, name: &str) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let found: Vec<&Finding> = reading.findings.iter().filter(|f| f.severity == severity).collect();
        if found.is_empty() {
            continue;
        }
        let count = u64::try_from(found.len()).unwrap_or(u64::MAX);
        let title = words.counted(heading(severity), reading.told_in, &[], &[("count", count)]);
        out.push_str(&format!("{title}\n\n"));
        for finding in found {
            out.push_str(&one(finding, reading, words, name));
            out.push('\n');
        }
    }
    out.push_str(&clauses(reading, words));
    out
}

fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "findings-errors",
        Severity::Warning => "findings-warnings",
        Severity::Note => "findings-notes",
    }
}

fn one(finding: &Finding, reading: &Reading, words: &Words, name: &str) -> String {
    let told = |key: &str, args: &[(&str, &str)]| words.told(key, reading.told_in, args);
    let mark = match finding.severity {
        Severity::Error => "×",
        Severity::Warning => "!",
        Severity::Note => "·",
    };
    let whole = finding.span.is_empty() && finding.line == 1;
    let place = if whole { name.to_owned() } else { format!("{name}:{}:{}", finding.line, finding.column) };
    let clause = finding.clause.as_deref().filter(|_| !whole);
    let clause = clause.map_or(String::new(), |c| format!(", {}", told("clause", &[("clause", c)])));
    let mut out = format!("{mark} {}  {place}{clause}\n", finding.code);
    push_wrapped(&mut out, "  ", &finding.message);
    if !whole {
        out.push_str(&excerpt(finding, &reading.text));
    }
    push_wrapped(&mut out, "  → ", &finding.hint);
    let mut last = told("findings-source", &[("source", &finding.source)]);
    if let Some(stricter) = finding.stricter {
        let key = match stricter {
            Stricter::Law => "findings-stricter-law",
            Stricter::Policy => "findings-stricter-policy",
        };
        last.push_str(&format!("; {}", told(key, &[])));
    }
    if !finding.also.is_empty() {
        let lines: Vec<String> = finding.also.iter().take(12).map(ToString::to_string).collect();
        last.push_str(&format!("; {}", told("findings-also", &[("lines", &lines.join(", "))])));
    }
    push_wrapped(&mut out, "  ", &last);
    out
}

/// The part of the line a finding is about, with a mark under it.
fn excerpt(finding: &Finding, text: &str) -> String {
    let start = text.get(..finding.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let row = text.get(start..).and_then(|t| t.lines().next()).unwrap_or_default();
    let column = finding.column.saturating_sub(1);
    let skipped = column.saturating_sub(BEFORE);
    let part: String = row.chars().skip(skipped).take(SHOWN).collect();
    let cut = |at_start: bool| if at_start { skipped > 0 } else { row.chars().count() > skipped + SHOWN };
    let (head, tail) = (if cut(true) { "…" } else { "" }, if cut(false) { "…" } else { "" });
    let number = finding.line.to_string();
    let margin = " ".repeat(number.len());
    let marked = text.get(finding.span.clone()).unwrap_or_default();
    let length = marked.lines().next().unwrap_or_default().chars().count();
    let room = part.chars().count().saturating_sub(column - skipped);
    let carets = "^".repeat(length.clamp(1, room.max(1)));
    let indent = " ".repeat(column - skipped + head.chars().count());
    let part = part.replace('\t', " ");
    format!("  {number} │ {head}{part}{tail}\n  {margin} │ {indent}{carets}\n")
}

const WIDTH: usize = 110;

fn push_wrapped(out: &mut String, lead: &str, text: &str) {
    let indent = " ".repeat(lead.chars().count());
    let mut line = lead.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = indent.clone();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

fn clauses(reading: &Reading, words: &Words) -> String {
    let count = u64::try_from(reading.clauses.len()).unwrap_or(u64::MAX);
    let mut out = words.counted("findings-clauses", reading.told_in, &[], &[("count", count)]);
    out.push('\n');
    let row = |c: &super::ClauseOfText| match c.points.len() {
        0 => format!("{} ({})", c.label, c.line),
        points => format!("{} ({}, +{points})", c.label, c.line),
    };
    let list: Vec<String> = reading.clauses.iter().map(row).collect();
    if !list.is_empty() {
        push_wrapped(&mut out, "  ", &list.join("  "));
    }
    out
}
