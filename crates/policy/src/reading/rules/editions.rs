//! Does the text follow the law as it stands today, or an edition that has been replaced?

use jiff::civil::Date;

use crate::reading::finding::{Findings, Severity, Told, marked};
use crate::reading::general::General;
use crate::reading::pack::{Edition, Pack};
use crate::reading::text::{Sentence, Text};
use crate::reading::tokens::{Token, TokenKind};

pub(super) fn check(general: &General, pack: &Pack, findings: &mut Findings<'_>) {
    let Some(lists) = &pack.lists else { return };
    let text = findings.text;
    let mut named = false;
    for (index, sentence) in text.sentences.iter().enumerate() {
        let Some(law) = text.find_in(&lists.law_names, index) else { continue };
        named = true;
        let Some(mark) = text.find_in(&general.edition_marks, index) else { continue };
        if mark.span.start < law.span.start && text.find_in(&lists.law_names, index).is_none() {
            continue;
        }
        let Some((date, span)) = date_behind(text, sentence, mark.span.end, general) else { continue };
        let since: Vec<&Edition> =
            pack.editions.iter().filter(|e| e.from > date && e.from <= pack.edition.edition).collect();
        let Some(last) = since.last() else { continue };
        let list: Vec<String> = since.iter().map(|e| format!("{} ({})", e.from, e.by)).collect();
        let (date, list, current) = (date.to_string(), list.join("; "), last.from.to_string());
        let args = [("date", date.as_str()), ("editions", list.as_str()), ("current", current.as_str())];
        let own = findings.own("law-edition-stale", Severity::Warning, 500, span.clone(), &args);
        let told = Told { message: own.message, source: marked(&last.by, last.certainty), hint: own.hint };
        let finding = findings.told("law-edition-stale", Severity::Warning, 500, span, told);
        findings.push(finding);
    }
    if !named && !text.clauses.is_empty() {
        let law = pack.edition.law.in_language(findings.told_in).to_owned();
        findings.say("law-not-named", Severity::Note, 150, 0..0, &[("law", law.as_str())]);
    }
}

/// The first date behind a place of a sentence: `07.01.2025`, `7 January 2025`, `2025 жылғы 7 қаңтар`, `January 7, 2025`.
fn date_behind(
    text: &Text,
    sentence: &Sentence,
    from: usize,
    general: &General,
) -> Option<(Date, std::ops::Range<usize>)> {
    // The stop of "г." may have ended the sentence before its date did; the block goes on.
    let tokens = text.block_tokens(sentence.block);
    // An edition's date stands behind its mark in Russian and English, and before it in Kazakh.
    let behind: Vec<&Token> =
        tokens.iter().filter(|t| t.is_word() && t.span.start >= from).take(10).collect();
    let mut before: Vec<&Token> =
        tokens.iter().rev().filter(|t| t.is_word() && t.span.start < from).take(9).collect();
    before.reverse();
    [behind, before].iter().find_map(|words| {
        (0..words.len()).find_map(|at| {
            let words = words.get(at..)?;
            let (date, used) = date(words, general)?;
            Some((date, words.first()?.span.start..words.get(used - 1)?.span.end))
        })
    })
}

fn date(words: &[&Token], general: &General) -> Option<(Date, usize)> {
    let number = |i: usize| -> Option<i16> {
        words.get(i).filter(|t| t.kind == TokenKind::Number)?.folded.parse().ok()
    };
    let month = |i: usize| -> Option<i8> {
        let word = &words.get(i)?.folded;
        let at =
            general.months.iter().position(|stems| stems.iter().any(|s| word.starts_with(s.as_str())))?;
        i8::try_from(at + 1).ok()
    };
    let make = |year: i16, month: i8, day: i16| {
        (1990..2100).contains(&year).then(|| Date::new(year, month, i8::try_from(day).ok()?).ok()).flatten()
    };
    if let (Some(a), Some(b), Some(c)) = (number(0), number(1), number(2)) {
        let month = i8::try_from(b).ok()?;
        return make(c, month, a).or_else(|| make(a, month, c)).map(|date| (date, 3));
    }
    if let (Some(day), Some(month), Some(year)) = (number(0), month(1), number(2)) {
        return Some((make(year, month, day)?, 3));
    }
    if let (Some(month), Some(day), Some(year)) = (month(0), number(1), number(2)) {
        return Some((make(year, month, day)?, 3));
    }
    let (year, day, month) = (number(0)?, number(2)?, month(3)?);
    Some((make(year, month, day)?, 4))
}
