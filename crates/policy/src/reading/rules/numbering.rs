//! Do the numbers of the clauses run as a reader counts: each once, without gaps, forwards, under their own section?

use std::collections::BTreeMap;

use crate::reading::finding::{Findings, Severity};
use crate::reading::number::{Number, Series, Style};
use crate::reading::scan::Found;

/// A row of numbers: those of one kind within one chapter, where they begin anew in each.
type Row = (Series, Option<usize>);

pub(super) fn check(findings: &mut Findings<'_>) {
    let clauses = &findings.text.clauses;
    let anew = begins_anew(clauses);
    let row = |c: &Found| -> Row {
        let scoped = anew && c.head.series != Series::Chapter && c.head.number.depth() == 1;
        (c.head.series, c.chapter.filter(|_| scoped))
    };
    twice(clauses, &row, findings);
    order(clauses, &row, findings);
    parents(clauses, findings);
    headings(clauses, findings);
    formats(clauses, findings);
}

/// Whether single numbers begin with 1 right behind more than one chapter.
fn begins_anew(clauses: &[Found]) -> bool {
    let starts = clauses.windows(2).filter(|pair| match pair {
        [chapter, first] => {
            chapter.head.series < first.head.series
                && first.head.number.depth() == 1
                && first.head.number.last() == 1
        }
        _ => false,
    });
    starts.count() > 1
}

fn twice(clauses: &[Found], row: &dyn Fn(&Found) -> Row, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<(Row, &Number), usize> = BTreeMap::new();
    for clause in clauses {
        if let Some(first) = seen.insert((row(clause), &clause.head.number), clause.at) {
            let line = findings.line(first);
            let args = [("number", clause.head.label.as_str()), ("line", line.as_str())];
            findings.say("clause-twice", Severity::Error, 850, span(clause), &args);
        }
    }
}

/// Gaps and steps back. A number that was there before is told as such, and not as a step back.
fn order(clauses: &[Found], row: &dyn Fn(&Found) -> Row, findings: &mut Findings<'_>) {
    let mut highest: BTreeMap<(Row, Vec<u16>), (u16, String)> = BTreeMap::new();
    let mut seen: BTreeMap<(Row, &Number), ()> = BTreeMap::new();
    for clause in clauses {
        let number = &clause.head.number;
        let again = seen.insert((row(clause), number), ()).is_some();
        let key = (row(clause), number.parent().to_vec());
        let (before, label) = highest.get(&key).cloned().unwrap_or((0, String::new()));
        let at = number.last();
        if again {
            continue;
        }
        if at < before {
            let args = [("number", clause.head.label.as_str()), ("before", label.as_str())];
            findings.say("clause-backwards", Severity::Warning, 420, span(clause), &args);
        } else {
            if at > before + 1 {
                let missing = missing(number, before + 1);
                let args = [("number", clause.head.label.as_str()), ("missing", missing.as_str())];
                findings.say("clause-gap", Severity::Warning, 430, span(clause), &args);
            }
            highest.insert(key, (at, clause.head.label.clone()));
        }
    }
}

fn missing(number: &Number, first: u16) -> String {
    let of = |last: u16| {
        let mut groups = number.parent().to_vec();
        groups.push(last);
        Number(groups).to_string()
    };
    let last = number.last() - 1;
    if first == last { of(first) } else { format!("{}–{}", of(first), of(last)) }
}

/// A clause 3.2 under section 4.
fn parents(clauses: &[Found], findings: &mut Findings<'_>) {
    let mut section: Option<&Found> = None;
    let sections: Vec<&Found> = clauses.iter().filter(|c| c.head.number.depth() == 1).collect();
    if sections.is_empty() {
        return;
    }
    let mut told = Vec::new();
    for clause in clauses {
        let number = &clause.head.number;
        if number.depth() == 1 {
            section = Some(clause);
            continue;
        }
        let Some(section) = section else { continue };
        let other = number.0.first() != section.head.number.0.first();
        let known = sections.iter().any(|s| s.head.number.0.first() == number.0.first());
        // The first one under a wrong section tells of all that stand there.
        let place = (section.at, number.0.first().copied());
        if other && !told.contains(&place) {
            told.push(place);
            let code = if known { "clause-wrong-parent" } else { "clause-without-section" };
            let args = [("number", clause.head.label.as_str()), ("section", section.head.label.as_str())];
            findings.say(code, Severity::Warning, 425, span(clause), &args);
        }
    }
}

/// Sections of one depth stand in headings of one level, and so do clauses, or none of them does.
fn headings(clauses: &[Found], findings: &mut Findings<'_>) {
    let mut levels: BTreeMap<(Series, usize), Vec<&Found>> = BTreeMap::new();
    for clause in clauses {
        levels.entry((clause.head.series, clause.head.number.depth())).or_default().push(clause);
    }
    for ((_, depth), row) in levels {
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        row.iter().for_each(|c| *counts.entry(c.heading).or_default() += 1);
        let Some((usual, _)) = counts.iter().max_by_key(|(level, count)| (**count, **level)) else {
            continue;
        };
        let others: Vec<&Found> = row.iter().copied().filter(|c| c.heading != *usual).collect();
        let Some(first) = others.first() else { continue };
        let shown = |level: Option<usize>| level.map_or("—".to_owned(), |level| "#".repeat(level));
        let (level, usual) = (shown(first.heading), shown(*usual));
        let numbers: Vec<&str> = others.iter().map(|c| c.head.label.as_str()).collect();
        let numbers = numbers.join(", ");
        let args = [("numbers", numbers.as_str()), ("level", level.as_str()), ("usual", usual.as_str())];
        let code = if depth == 1 { "heading-levels" } else { "clause-headings-mixed" };
        let mut finding = findings.own(code, Severity::Note, 90, span(first), &args);
        finding.also = others.iter().skip(1).map(|c| findings.text.source.place(c.at).0).collect();
        findings.push(finding);
    }
}

/// `4.1.`, `4.1` and `4.1)` in one text.
fn formats(clauses: &[Found], findings: &mut Findings<'_>) {
    let mut rows: BTreeMap<(bool, usize), BTreeMap<Style, Vec<&Found>>> = BTreeMap::new();
    for clause in clauses.iter().filter(|c| c.head.series == Series::Plain) {
        let place = (clause.heading.is_some(), clause.head.number.depth());
        rows.entry(place).or_default().entry(clause.head.style).or_default().push(clause);
    }
    for styles in rows.into_values().filter(|styles| styles.len() > 1) {
        let usual = styles.iter().max_by_key(|(_, c)| c.len()).map(|(style, _)| *style);
        let others: Vec<&Found> = styles
            .iter()
            .filter(|(style, _)| Some(**style) != usual)
            .flat_map(|(_, c)| c.iter().copied())
            .collect();
        let (Some(first), Some(example)) =
            (others.first(), usual.and_then(|style| styles.get(&style)).and_then(|c| c.first()))
        else {
            continue;
        };
        let (number, usual) = (written(first), written(example));
        let args = [("number", number.as_str()), ("usual", usual.as_str())];
        let mut finding = findings.own("number-formats", Severity::Note, 80, span(first), &args);
        finding.also = others.iter().skip(1).map(|c| findings.text.source.place(c.at).0).collect();
        findings.push(finding);
    }
}

fn written(clause: &Found) -> String {
    let end = match clause.head.style {
        Style::Dot => ".",
        Style::Parenthesis => ")",
        _ => "",
    };
    format!("{}{end}", clause.head.label)
}

fn span(clause: &Found) -> std::ops::Range<usize> {
    clause.at..clause.title.end.max(clause.at + 1)
}
