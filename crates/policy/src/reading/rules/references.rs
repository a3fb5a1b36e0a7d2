//! Does every clause that the text refers to exist?

use std::collections::BTreeSet;
use std::ops::Range;

use crate::reading::finding::{Findings, Severity};
use crate::reading::general::General;
use crate::reading::number::{Number, Series};
use crate::reading::text::{Sentence, Text};
use crate::reading::tokens::{Token, TokenKind};

pub(super) fn check(general: &General, findings: &mut Findings<'_>) {
    let text = findings.text;
    if text.clauses.is_empty() {
        return;
    }
    let known: BTreeSet<&Number> = text.clauses.iter().map(|c| &c.head.number).collect();
    // Where clauses are no articles, an article is one of a law.
    let articles = text.clauses.iter().any(|c| c.head.series == Series::Article);
    for sentence in &text.sentences {
        for (number, span) in referred(text, sentence, general, articles) {
            if known.contains(&number) {
                continue;
            }
            let number = number.to_string();
            findings.say("reference-missing", Severity::Error, 700, span, &[("number", number.as_str())]);
        }
    }
}

/// The numbers of clauses that a sentence refers to.
fn referred(
    text: &Text,
    sentence: &Sentence,
    general: &General,
    articles: bool,
) -> Vec<(Number, Range<usize>)> {
    let tokens = text.sentence_tokens(sentence);
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Number {
            continue;
        }
        let before = tokens.get(..index).unwrap_or_default();
        // The second group of a number is no number of its own.
        let inner = before.last().is_some_and(|t| t.is('.') && t.glued) && token.glued;
        if inner {
            continue;
        }
        let (written, used) = number(tokens.get(index..).unwrap_or_default());
        let behind = tokens.get(index + used..).unwrap_or_default();
        let Some(number) = Number::read(&written) else { continue };
        let named = word_before(before).is_some_and(|word| is(&general.references, word, articles));
        let suffixed = behind.first().is_some_and(|t| t.is('-'))
            && behind.get(1).is_some_and(|word| is(&general.references, word, articles));
        if !named && !suffixed {
            continue;
        }
        // Words behind the number say whose it is: "clause 4 of article 8 of the Law".
        let near = behind
            .iter()
            .filter(|t| t.is_word() || t.kind == TokenKind::Link)
            .skip(usize::from(suffixed))
            .take(5);
        let foreign = near.clone().any(|w| is(&general.foreign_references, w, true));
        let of_another = near.take(2).any(|w| is(&general.references, w, true));
        // In Kazakh the law stands before its article.
        let law_first = suffixed
            && before
                .iter()
                .rev()
                .filter(|t| t.is_word())
                .take(4)
                .any(|w| is(&general.foreign_references, w, true));
        if foreign || of_another || law_first {
            continue;
        }
        let end = tokens.get(index + used - 1).map_or(token.span.end, |t| t.span.end);
        found.push((number, token.span.start..end));
    }
    found
}

/// A number of several groups from its tokens, and how many they are.
fn number(tokens: &[Token]) -> (String, usize) {
    let mut written = String::new();
    let mut used = 0;
    for pair in tokens.chunks(2) {
        let [digits, rest @ ..] = pair else { break };
        if digits.kind != TokenKind::Number || used > 0 && !digits.glued {
            break;
        }
        if used > 0 {
            written.push('.');
        }
        written.push_str(&digits.folded);
        used += if used > 0 { 2 } else { 1 };
        if !rest.first().is_some_and(|t| t.is('.') && t.glued) {
            break;
        }
    }
    (written, used)
}

/// The word before a number, past a stop that shortens it: "п. 9.4".
fn word_before(before: &[Token]) -> Option<&Token> {
    let mut behind = before.iter().rev().filter(|t| !t.is('.') && !t.is('№'));
    behind.next().filter(|t| t.kind == TokenKind::Word)
}

fn is(phrases: &[crate::reading::matcher::Phrase], word: &Token, articles: bool) -> bool {
    const ARTICLES: [&str; 4] = ["ст", "стать", "article", "бап"];
    let article = ARTICLES.iter().any(|a| word.folded.starts_with(a));
    (articles || !article) && phrases.iter().any(|p| p.find(std::slice::from_ref(word), &[0]).is_some())
}
