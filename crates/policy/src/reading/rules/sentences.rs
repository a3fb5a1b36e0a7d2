//! Is every sentence whole: a verb, a capital letter, an end, and nothing torn apart between two paragraphs?

use crate::reading::finding::{Findings, Severity};
use crate::reading::general::General;
use crate::reading::scan::BlockKind;
use crate::reading::text::{Sentence, Text};
use crate::reading::tokens::{Token, TokenKind};

/// Fewer words than these may stand without a verb: a name, an address, an answer.
const SHORT: usize = 5;

pub(super) fn check(general: &General, findings: &mut Findings<'_>) {
    torn(findings);
    let starts_large = mostly_large(findings.text);
    // Terms of the text that begin with a small letter are told of by the rule of terms.
    let terms = super::terms::defined(findings.text);
    for index in 0..findings.text.sentences.len() {
        let Some(sentence) = findings.text.sentences.get(index) else { continue };
        if !matches!(findings.text.kind(sentence), BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        without_verb(sentence, general, findings);
        small_letter(index, sentence, starts_large, &terms, findings);
    }
}

/// A paragraph that ends in the middle of a sentence which the next one goes on with, and a clause that just ends.
fn torn(findings: &mut Findings<'_>) {
    let text = findings.text;
    for (index, block) in text.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let tokens = text.block_tokens(index);
        let Some(last) = tokens.last() else { continue };
        let words = tokens.iter().filter(|t| t.is_word()).count();
        let closed = ended(tokens);
        let next = text.blocks.get(index + 1);
        let goes_on = next.is_some_and(|n| n.kind == BlockKind::Paragraph && !n.opens)
            && text.block_tokens(index + 1).first().is_some_and(|t| t.kind == TokenKind::Word && !t.upper);
        let span = last_words(tokens);
        if goes_on && !closed {
            let line = text.blocks.get(index + 1).map_or(0, |n| n.span().start);
            let line = findings.line(line);
            findings.say("sentence-torn", Severity::Warning, 480, span, &[("line", line.as_str())]);
        } else if !closed
            && words > SHORT
            && last.kind != TokenKind::Link
            && !title(text, index)
            && block.clause.is_some()
        {
            findings.say("clause-unfinished", Severity::Note, 100, span, &[]);
        }
    }
}

fn ended(tokens: &[Token]) -> bool {
    let mut back = tokens.iter().rev().filter(|t| !t.hidden && !")]»”\"'".chars().any(|c| t.is(c)));
    back.next().is_some_and(|t| t.kind == TokenKind::Mark && ".;:!?…,—–-".contains(t.folded.as_str()))
}

/// The last three words of a block, to point at.
fn last_words(tokens: &[Token]) -> std::ops::Range<usize> {
    let from = tokens.iter().rev().filter(|t| t.is_word()).nth(2).or(tokens.first());
    let start = from.map_or(0, |t| t.span.start);
    start..tokens.last().map_or(start, |t| t.span.end)
}

/// Whether a numbered line is the title of a section: clauses of its own follow it.
fn title(text: &Text, block: usize) -> bool {
    let Some(clause) = text.blocks.get(block).filter(|b| b.opens).and_then(|b| b.clause) else {
        return false;
    };
    let Some(found) = text.clauses.get(clause) else { return false };
    text.clauses.get(clause + 1).is_some_and(|next| next.head.number.parent() == found.head.number.0)
        || text
            .source
            .slice(found.title.clone())
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase)
        || found.head.series != crate::reading::number::Series::Plain
}

/// A sentence of some length no word of which can be a verb, and that is no definition with a dash.
fn without_verb(sentence: &Sentence, general: &General, findings: &mut Findings<'_>) {
    let text = findings.text;
    let tokens = text.sentence_tokens(sentence);
    let words: Vec<&Token> = text.words(sentence).filter(|t| t.kind == TokenKind::Word).collect();
    let whole = tokens.last().is_some_and(|t| t.is('.') || t.is('!'));
    let begins = tokens.iter().find(|t| t.is_word() || t.kind == TokenKind::Link).is_some_and(|t| t.upper);
    let defines = tokens.iter().any(|t| t.is('—') || t.is('–') || t.is('-') && !t.glued || t.is(':'));
    let list = text.kind(sentence) == BlockKind::Item;
    if words.len() < SHORT || !whole || !begins || defines || list || tokens.iter().any(|t| t.is('№')) {
        return;
    }
    // An address or a line of requisites is no sentence.
    let numbers = tokens.iter().filter(|t| t.kind == TokenKind::Number).count();
    if numbers > 2 || words.iter().any(|w| general.verbs.is_verb(&w.folded)) {
        return;
    }
    findings.say("sentence-without-verb", Severity::Warning, 490, text.span(sentence), &[]);
}

/// A sentence that begins with a small letter after the end of another, or at the head of a clause where others do not.
fn small_letter(
    index: usize,
    sentence: &Sentence,
    starts_large: bool,
    terms: &[String],
    findings: &mut Findings<'_>,
) {
    let text = findings.text;
    let tokens = text.sentence_tokens(sentence);
    let Some(first) = tokens.iter().find(|t| !t.hidden).filter(|t| t.kind == TokenKind::Word && !t.upper)
    else {
        return;
    };
    let before =
        index.checked_sub(1).and_then(|i| text.sentences.get(i)).filter(|b| b.block == sentence.block);
    let after_stop = before.is_some_and(|b| {
        text.sentence_tokens(b).last().is_some_and(|t| t.is('.') || t.is('!') || t.is('?') || t.is('»'))
    });
    let opens = before.is_none()
        && starts_large
        && text.blocks.get(sentence.block).is_some_and(|b| b.opens && b.kind == BlockKind::Paragraph)
        && tokens.last().is_some_and(|t| t.is('.') || t.is(':'));
    let letter = first.folded.chars().all(|c| c.is_alphabetic());
    if (after_stop || opens) && letter && !terms.contains(&first.folded) {
        let word = text.source.slice(first.span.clone());
        findings.say("sentence-small-letter", Severity::Note, 130, first.span.clone(), &[("word", word)]);
    }
}

/// Whether clauses of this text begin with a capital letter.
fn mostly_large(text: &Text) -> bool {
    let (mut large, mut small) = (0_usize, 0_usize);
    for (index, _) in
        text.blocks.iter().enumerate().filter(|(_, b)| b.opens && b.kind == BlockKind::Paragraph)
    {
        match text.block_tokens(index).first() {
            Some(first) if first.upper => large += 1,
            Some(first) if first.kind == TokenKind::Word => small += 1,
            _ => {}
        }
    }
    large > small * 3
}
