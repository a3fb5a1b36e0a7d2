//! Is a term that the text defines always written as it was defined?

use crate::reading::finding::{Findings, Severity};
use crate::reading::text::Text;
use crate::reading::tokens::TokenKind;

/// A term that stands with a small letter at the head of a sentence: it is a role of this text, not a word of the language.
pub(super) fn check(findings: &mut Findings<'_>) {
    let text = findings.text;
    for term in defined(text) {
        let mut places = Vec::new();
        for (index, sentence) in text.sentences.iter().enumerate() {
            let tokens = text.sentence_tokens(sentence);
            let Some(first) = tokens.iter().find(|t| !t.hidden) else { continue };
            let same = index
                .checked_sub(1)
                .and_then(|i| text.sentences.get(i))
                .filter(|b| b.block == sentence.block);
            let stopped = same.is_some_and(|b| text.sentence_tokens(b).last().is_some_and(|t| t.is('.')));
            let opens = same.is_none() && text.blocks.get(sentence.block).is_some_and(|b| b.opens);
            if first.kind == TokenKind::Word && !first.upper && first.folded == term && (stopped || opens) {
                places.push(first.span.clone());
            }
        }
        let Some(first) = places.first().cloned() else { continue };
        let args = [("term", term.as_str())];
        let mut finding = findings.own("term-small-letter", Severity::Note, 140, first, &args);
        finding.also = places.iter().skip(1).map(|s| text.source.place(s.start).0).collect();
        findings.push(finding);
    }
}

/// Words that the text defines in clauses such as `2.7. Administrator — …`.
pub(super) fn defined(text: &Text) -> Vec<String> {
    let mut terms = Vec::new();
    for (index, _) in text.blocks.iter().enumerate().filter(|(_, b)| b.opens) {
        let [first, second, ..] = text.block_tokens(index) else { continue };
        let dash = second.is('—') || second.is('–') || second.is('-') && !second.glued;
        if dash && first.upper && first.folded.chars().count() > 3 {
            terms.push(first.folded.clone());
        }
    }
    terms
}
