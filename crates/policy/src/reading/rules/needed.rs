//! Does the text say what the law asks a consent and a policy to say, and are the numbers in it real ones?

use std::collections::BTreeMap;
use std::ops::Range;

use saqta_domain::terms::kind::Kind;

use crate::reading::finding::{Findings, Severity, Told};
use crate::reading::general::General;
use crate::reading::pack::{By, Lists, Needed};
use crate::reading::text::Text;
use crate::reading::tokens::{Token, TokenKind};

pub(super) fn check(general: &General, lists: &Lists, findings: &mut Findings<'_>) {
    let text = findings.text;
    if text.source.text.trim().is_empty() {
        return;
    }
    let numbers = numbers(text, lists);
    for needed in &lists.needed {
        let said = match needed.by {
            By::Phrases => says(text, needed),
            By::LegalForm => operator_named(text, general, lists, &numbers),
            // A number that is wrong is told of below; it is not missing.
            By::Identifier => !numbers.is_empty(),
        };
        if said {
            continue;
        }
        let name = needed.name.in_language(findings.told_in);
        let own = findings.own("needed", needed.severity, needed.weight, 0..0, &[("name", name)]);
        let hint = needed.todo.in_language(findings.told_in).to_owned();
        let told = Told { message: own.message, source: needed.source.clone(), hint };
        let code = format!("lacks-{}", needed.code);
        let finding = findings.told(&code, needed.severity, needed.weight, 0..0, told);
        findings.push(finding);
    }
    let source = lists.needed.iter().find(|n| n.by == By::Identifier).map(|n| n.source.clone());
    for number in numbers.iter().filter(|n| !n.sound) {
        let digits = text.source.slice(number.span.clone()).to_owned();
        let args = [("number", digits.as_str())];
        let mut finding = findings.own("identifier-wrong", Severity::Error, 830, number.span.clone(), &args);
        finding.source = source.clone().unwrap_or(finding.source);
        findings.push(finding);
    }
    recipients_unnamed(general, lists, findings);
}

/// Whether enough of the phrases stand in one clause, with one of the words that must stand beside them.
fn says(text: &Text, needed: &Needed) -> bool {
    let mut clauses: BTreeMap<Option<usize>, (Vec<bool>, bool)> = BTreeMap::new();
    for (index, sentence) in text.sentences.iter().enumerate() {
        let seen = clauses
            .entry(text.clause_of(sentence))
            .or_insert_with(|| (vec![false; needed.found.len()], needed.with.is_empty()));
        for (phrase, seen) in needed.found.iter().zip(&mut seen.0) {
            *seen = *seen || text.find_in(std::slice::from_ref(phrase), index).is_some();
        }
        seen.1 = seen.1 || text.find_in(&needed.with, index).is_some();
    }
    clauses.values().any(|(found, with)| *with && found.iter().filter(|f| **f).count() >= needed.at_least)
}

/// A number that calls itself an identification number, or is one.
struct Identifier {
    span: Range<usize>,
    sound: bool,
}

fn numbers(text: &Text, lists: &Lists) -> Vec<Identifier> {
    let mut found = Vec::new();
    for tokens in &text.tokens {
        for (index, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Number) {
            let named = tokens
                .get(..index)
                .unwrap_or_default()
                .iter()
                .rev()
                .take(3)
                .any(|t| t.kind == TokenKind::Word && lists.number_names.contains(&t.folded));
            let continues =
                index.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.kind == TokenKind::Number);
            if continues {
                continue;
            }
            let run: Vec<&Token> =
                tokens.iter().skip(index).take_while(|t| t.kind == TokenKind::Number).take(6).collect();
            let digits: String = run.iter().map(|t| t.folded.as_str()).collect();
            let sound = Kind::Bin.normalise(&digits).is_ok() || Kind::Iin.normalise(&digits).is_ok();
            // Other numbers of twelve digits, such as those of accounts, are nobody's business here.
            if named && digits.len() >= 8 || sound && digits.len() == 12 {
                let end = run.last().map_or(token.span.end, |t| t.span.end);
                found.push(Identifier { span: token.span.start..end, sound });
            }
        }
    }
    found
}

/// Whether a sentence names a legal person or an entrepreneur and says that it is the operator.
fn operator_named(text: &Text, general: &General, lists: &Lists, numbers: &[Identifier]) -> bool {
    text.find_all(&lists.legal_forms).any(|hit| {
        let Some(sentence) = text.sentences.get(hit.sentence) else { return false };
        let span = text.blocks.get(sentence.block).map_or(0..0, |b| b.span());
        let numbered = numbers.iter().any(|n| span.contains(&n.span.start));
        numbered
            || text.find_in(&general.defines, hit.sentence).is_some()
            || text.find_in(&lists.operator_words, hit.sentence).is_some()
    })
}

/// Couriers, payment services and the like without a single name.
fn recipients_unnamed(general: &General, lists: &Lists, findings: &mut Findings<'_>) {
    let text = findings.text;
    let hits: Vec<_> = text.find_all(&general.recipients).collect();
    let named = hits.iter().any(|hit| {
        let clause = text.sentences.get(hit.sentence).map(|s| text.clause_of(s));
        text.find_all(&lists.legal_forms).any(|form| {
            form.sentence != 0 && text.sentences.get(form.sentence).map(|s| text.clause_of(s)) == clause
        })
    });
    let Some(first) = hits.first().filter(|_| !named) else { return };
    let said = text.quote(first.span.clone());
    let mut finding = findings.own(
        "recipients-unnamed",
        Severity::Warning,
        475,
        first.span.clone(),
        &[("said", said.as_str())],
    );
    finding.also = findings.lines(hits.get(1..).unwrap_or_default());
    findings.push(finding);
}
