//! Within which time does the text promise to act, is that one time, and is it the law's?

use std::collections::BTreeMap;

use saqta_domain::terms::law::{Certainty, Deadline, DeadlineUnit, LawEdition};

use crate::law::lines::within;
use crate::law::several::shorter;
use crate::reading::finding::{Findings, Severity, Stricter, Told, marked};
use crate::reading::general::General;
use crate::reading::pack::{Duty, Lists};
use crate::reading::text::{Sentence, Text};
use crate::reading::tokens::{Token, TokenKind};

/// A time that a sentence promises.
struct Promised {
    deadline: Deadline,
    span: std::ops::Range<usize>,
    said: String,
}

pub(super) fn check(general: &General, lists: &Lists, edition: &LawEdition, findings: &mut Findings<'_>) {
    let text = findings.text;
    let mut promised: BTreeMap<&str, Vec<Promised>> = BTreeMap::new();
    for (index, sentence) in text.sentences.iter().enumerate() {
        let times = times(text, sentence, general);
        // With two times in one sentence nobody but a reader knows which belongs to what.
        let [(deadline, span)] = times.as_slice() else { continue };
        for duty in &lists.duties {
            let Some(hit) = text.find_in(&duty.says, index) else { continue };
            if text.find_in(&duty.unless, index).is_some() {
                continue;
            }
            let said = text.quote_hit(&hit);
            let promise = Promised { deadline: deadline.clone(), span: span.clone(), said };
            promised.entry(&duty.code).or_default().push(promise);
        }
    }
    for duty in &lists.duties {
        let Some(all) = promised.get(duty.code.as_str()) else { continue };
        two(duty, all, findings);
        against_law(duty, all, edition, findings);
    }
}

/// The same duty with two terms.
fn two(duty: &Duty, all: &[Promised], findings: &mut Findings<'_>) {
    let Some(first) = all.first() else { return };
    let same =
        |p: &&Promised| (p.deadline.count, p.deadline.unit) == (first.deadline.count, first.deadline.unit);
    let Some(other) = all.iter().find(|p| !same(p)) else { return };
    let line = findings.line(first.span.start);
    let (name, before) = (duty.name.in_language(findings.told_in), first.said.as_str());
    let args = [("duty", name), ("said", other.said.as_str()), ("other", before), ("line", line.as_str())];
    let mut finding = findings.own("two-deadlines", Severity::Error, 660, other.span.clone(), &args);
    finding.said = Some(other.said.clone());
    findings.push(finding);
}

fn against_law(duty: &Duty, all: &[Promised], edition: &LawEdition, findings: &mut Findings<'_>) {
    // The longest of the times is the one that may be too long.
    let Some(longest) = all.iter().reduce(|a, b| if shorter(&a.deadline, &b.deadline) { b } else { a })
    else {
        return;
    };
    let law = duty.deadline.as_ref().and_then(|name| edition.deadlines.get(name));
    let name = duty.name.in_language(findings.told_in);
    let (code, severity, stricter, law_says, source) = match law {
        Some(law) => {
            let says = told(law, findings);
            let source = marked(&law.source, law.certainty);
            if shorter(law, &longest.deadline) {
                ("deadline-longer", Severity::Error, Stricter::Law, says, source)
            } else if shorter(&longest.deadline, law) {
                ("deadline-shorter", Severity::Note, Stricter::Policy, says, source)
            } else {
                return;
            }
        }
        None => {
            let Some(law) = &duty.law else { return };
            let says = law.in_language(findings.told_in).to_owned();
            ("deadline-own", Severity::Note, Stricter::Policy, says, duty.source.clone())
        }
    };
    let args = [("duty", name), ("said", longest.said.as_str()), ("law", law_says.as_str())];
    let own = findings.own(code, severity, 600, longest.span.clone(), &args);
    let words = Told { message: own.message, source, hint: own.hint };
    let mut finding = findings.told(code, severity, 600, longest.span.clone(), words);
    finding.said = Some(longest.said.clone());
    finding.law = Some(law_says.clone());
    finding.stricter = Some(stricter);
    findings.push(finding);
}

fn told(deadline: &Deadline, findings: &Findings<'_>) -> String {
    within(deadline.count, deadline.unit, findings.words, findings.told_in)
}

/// The different times of a sentence with their places.
fn times(text: &Text, sentence: &Sentence, general: &General) -> Vec<(Deadline, std::ops::Range<usize>)> {
    let words: Vec<&Token> = text.words(sentence).collect();
    let mut found: Vec<(Deadline, std::ops::Range<usize>)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some((count, used)) = count(words.get(index..).unwrap_or_default(), general) else { continue };
        // "10 (ten) calendar days": up to two words stand before the unit.
        let after: Vec<&&Token> = words.iter().skip(index + used).take(4).collect();
        let is = |token: &Token, stems: &[String]| stems.iter().any(|s| token.folded.starts_with(s.as_str()));
        let unit = after
            .iter()
            .position(|t| is(t, &general.days) || is(t, &general.hours) || is(t, &general.months_long));
        let Some(at) = unit else { continue };
        let between = after.get(..at).unwrap_or_default();
        let working = between.iter().any(|t| is(t, &general.working));
        let other_number = between.iter().any(|t| t.kind == TokenKind::Number);
        let Some(last) = after.get(at).filter(|_| !other_number) else { continue };
        let (count, unit) = if is(last, &general.days) {
            (count, if working { DeadlineUnit::WorkingDays } else { DeadlineUnit::CalendarDays })
        } else if is(last, &general.hours) {
            (count, DeadlineUnit::Hours)
        } else {
            (count, DeadlineUnit::Months)
        };
        let deadline = Deadline { count, unit, source: String::new(), certainty: Certainty::Text };
        if !found.iter().any(|(d, _)| (d.count, d.unit) == (deadline.count, deadline.unit)) {
            found.push((deadline, word.span.start..last.span.end));
        }
    }
    found
}

/// A number in digits or as a word, and how many words it takes.
fn count(words: &[&Token], general: &General) -> Option<(u16, usize)> {
    let first = words.first()?;
    if first.kind == TokenKind::Number {
        return Some((first.folded.parse().ok().filter(|n| (1..=366).contains(n))?, 1));
    }
    let second = words.get(1).map(|t| t.folded.as_str());
    general.numerals.iter().find_map(|(written, value)| {
        let mut parts = written.split(' ');
        (parts.next() == Some(first.folded.as_str())).then_some(())?;
        match parts.next() {
            None => Some((*value, 1)),
            Some(part) => (second == Some(part)).then_some((*value, 2)),
        }
    })
}
