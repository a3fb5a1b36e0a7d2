//! What does a text consist of: clauses, blocks, sentences, and which phrase stands where?

use std::ops::Range;

use super::general::General;
use super::matcher::Phrase;
use super::scan::{Block, BlockKind, Found, Scan, scan};
use super::source::Source;
use super::tokens::{Token, TokenKind, tokens};

/// A text that was read, as the rules see it.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) clauses: Vec<Found>,
    pub(super) blocks: Vec<Block>,
    /// The pieces of each block.
    pub(super) tokens: Vec<Vec<Token>>,
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence: a run of words that a phrase never reaches beyond.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The block it stands in.
    pub(super) block: usize,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Those of its tokens that are words or numbers.
    pub(super) words: Vec<usize>,
}

/// Where a phrase was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) sentence: usize,
    /// The bytes from its first word to its last.
    pub(super) span: Range<usize>,
}

impl Text {
    pub(super) fn read(source: Source, general: &General) -> Self {
        let Scan { clauses, blocks } = scan(&source);
        let tokens: Vec<Vec<Token>> = blocks.iter().map(|b| tokens(&source.text, &b.lines)).collect();
        let mut sentences = Vec::new();
        for (block, tokens) in tokens.iter().enumerate() {
            for range in split(tokens, general) {
                let words = range.clone().filter(|i| tokens.get(*i).is_some_and(Token::is_word)).collect();
                sentences.push(Sentence { block, tokens: range, words });
            }
        }
        Self { source, clauses, blocks, tokens, sentences }
    }

    /// The tokens of a block.
    pub(super) fn block_tokens(&self, block: usize) -> &[Token] {
        self.tokens.get(block).map(Vec::as_slice).unwrap_or_default()
    }

    /// The tokens of a sentence.
    pub(super) fn sentence_tokens(&self, sentence: &Sentence) -> &[Token] {
        self.block_tokens(sentence.block).get(sentence.tokens.clone()).unwrap_or_default()
    }

    /// The words and numbers of a sentence.
    pub(super) fn words<'a>(&'a self, sentence: &'a Sentence) -> impl DoubleEndedIterator<Item = &'a Token> {
        let tokens = self.block_tokens(sentence.block);
        sentence.words.iter().filter_map(|i| tokens.get(*i))
    }

    pub(super) fn kind(&self, sentence: &Sentence) -> BlockKind {
        self.blocks.get(sentence.block).map_or(BlockKind::Paragraph, |b| b.kind)
    }

    /// The bytes a sentence takes.
    pub(super) fn span(&self, sentence: &Sentence) -> Range<usize> {
        let tokens = self.sentence_tokens(sentence);
        let start = tokens.first().map_or(0, |t| t.span.start);
        start..tokens.last().map_or(start, |t| t.span.end)
    }

    /// Which clause a sentence stands in.
    pub(super) fn clause_of(&self, sentence: &Sentence) -> Option<usize> {
        self.blocks.get(sentence.block)?.clause
    }

    /// The number of the clause a byte stands in.
    pub(super) fn clause_at(&self, at: usize) -> Option<&Found> {
        self.clauses.get(self.clauses.partition_point(|c| c.at <= at).checked_sub(1)?)
    }

    /// Where one of the phrases stands in a sentence.
    pub(super) fn find_in(&self, phrases: &[Phrase], sentence: usize) -> Option<Hit> {
        let at = self.sentences.get(sentence)?;
        let tokens = self.block_tokens(at.block);
        let found = phrases.iter().find_map(|phrase| phrase.find(tokens, &at.words))?;
        let first = tokens.get(*at.words.get(found.start)?)?.span.start;
        let last = tokens.get(*at.words.get(found.end.checked_sub(1)?)?)?.span.end;
        Some(Hit { sentence, span: first..last })
    }

    /// Where one of the phrases stands in the text, sentence by sentence; headings promise nothing and are passed over.
    pub(super) fn find_all<'a>(&'a self, phrases: &'a [Phrase]) -> impl Iterator<Item = Hit> + 'a {
        let heading =
            |s: &Sentence| matches!(self.kind(s), BlockKind::Heading(_)) && !self.opens_points(s.block);
        (0..self.sentences.len())
            .filter(move |i| self.sentences.get(*i).is_some_and(|s| !heading(s)))
            .filter_map(|i| self.find_in(phrases, i))
    }

    /// Whether a heading ends with a colon, so that the points under it complete it.
    fn opens_points(&self, block: usize) -> bool {
        self.block_tokens(block).last().is_some_and(|t| t.is(':'))
    }

    /// Whether one of the phrases stands anywhere in the clause of a sentence.
    pub(super) fn clause_says(&self, phrases: &[Phrase], sentence: usize) -> bool {
        let Some(clause) = self.sentences.get(sentence).map(|s| self.clause_of(s)) else { return false };
        let near = |i: &usize| self.sentences.get(*i).is_some_and(|s| self.clause_of(s) == clause);
        let before = (0..sentence).rev().take_while(near);
        let after = (sentence..self.sentences.len()).take_while(near);
        before.chain(after).any(|i| self.find_in(phrases, i).is_some())
    }

    /// The words of a stretch as a person would quote them: one line, without markup, shortened.
    pub(super) fn quote(&self, span: Range<usize>) -> String {
        let mut out = String::new();
        let mut apart = false;
        for token in tokens(&self.source.text, std::slice::from_ref(&span)).iter().filter(|t| !t.hidden) {
            apart |= !token.glued;
            if ["[", "]", "|", "<", ">"].contains(&token.folded.as_str()) {
                continue;
            }
            if !out.is_empty() && apart {
                out.push(' ');
            }
            apart = false;
            out.push_str(self.source.slice(token.span.clone()));
            if out.chars().count() > QUOTE {
                out = out.chars().take(QUOTE).collect::<String>().trim_end().to_owned();
                out.push('…');
                break;
            }
        }
        out
    }

    /// The sentence a hit lies in, quoted from the hit on if the whole is too long.
    pub(super) fn quote_hit(&self, hit: &Hit) -> String {
        let Some(sentence) = self.sentences.get(hit.sentence) else { return String::new() };
        let whole = self.span(sentence);
        let length = self.source.slice(whole.clone()).chars().count();
        if length <= QUOTE { self.quote(whole) } else { self.quote(hit.span.start..whole.end) }
    }
}

const QUOTE: usize = 180;

/// The sentences of a block. A stop ends one when a space follows and no abbreviation precedes it; so does a semicolon.
fn split(tokens: &[Token], general: &General) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        let last = next.is_none_or(|n| !n.glued);
        let ends = match token.kind {
            TokenKind::Mark => match token.folded.as_str() {
                ";" | "!" | "?" | "…" => last || token.is(';'),
                "." => last && !abbreviation(tokens.get(..index).unwrap_or_default(), next, general),
                // A closing quote or bracket after a stop belongs to the sentence it closes.
                "»" | "\"" | ")" | "”" => {
                    last && index > start
                        && tokens.get(index - 1).is_some_and(|t| t.is('.') || t.is('!') || t.is('?'))
                        && next.is_some_and(|n| n.upper)
                }
                _ => false,
            },
            _ => false,
        };
        if ends {
            found.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    found
}

/// Whether the stop after these tokens shortens a word and ends no sentence.
fn abbreviation(before: &[Token], next: Option<&Token>, general: &General) -> bool {
    let Some(word) = before.last() else { return true };
    if word.kind == TokenKind::Link || !word.is_word() {
        return false;
    }
    let initial = word.kind == TokenKind::Word && word.upper && word.folded.chars().count() == 1;
    let known = general.abbreviations.contains(&word.folded);
    let goes_on = next.is_some_and(|n| !n.upper && n.kind != TokenKind::Link);
    initial || known && (goes_on || general.before_names.contains(&word.folded))
}
