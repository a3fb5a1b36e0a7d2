//! Which words of the published text are not as they were, clause by clause?

use std::collections::BTreeSet;

use saqta_domain::terms::names::Clause;
use similar::{ChangeTag, TextDiff};

use crate::texts::{ClauseText, Document};

/// One clause that reads differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseChange {
    /// Its number.
    pub number: Clause,
    /// What became of it.
    pub kind: ClauseChangeKind,
    /// Its words, each kept, added or removed; put together without what was added they are the old clause.
    pub pieces: Vec<Piece>,
}

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It reads differently.
    Changed,
}

impl ClauseChangeKind {
    /// The word used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// Some words of a clause, one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub kind: PieceKind,
    /// The words, with the spaces between them.
    pub text: String,
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// They stand as before.
    Kept,
    /// They are new.
    Added,
    /// They are gone.
    Removed,
}

impl PieceKind {
    /// The word used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// The clauses that differ, in the order of their numbers. Only the layout of lines is not a difference.
pub fn texts(before: &Document, after: &Document) -> Vec<ClauseChange> {
    let numbers: BTreeSet<&Clause> = before.clauses.iter().chain(&after.clauses).map(|c| &c.number).collect();
    let mut changes = Vec::new();
    for number in numbers {
        let (old, new) = (before.clause(number).map(words), after.clause(number).map(words));
        let (kind, pieces) = match (old, new) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => (ClauseChangeKind::Changed, pieces(&old, &new)),
            (None, Some(new)) => (ClauseChangeKind::Added, whole(PieceKind::Added, new)),
            (Some(old), None) => (ClauseChangeKind::Removed, whole(PieceKind::Removed, old)),
            (None, None) => continue,
        };
        changes.push(ClauseChange { number: number.clone(), kind, pieces });
    }
    changes
}

/// Heading and words of a clause as they are read: paragraphs stay apart, the lines within one do not.
fn words(clause: &ClauseText) -> String {
    let heading = clause.heading.iter().map(String::as_str);
    let paragraphs = clause.markdown.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
    let joined = heading.chain(paragraphs).map(|p| {
        let lines = p.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        // An item of a list begins a line of its own.
        lines.reduce(|text, line| {
            let item =
                line.starts_with(['-', '*', '+', '|']) || line.starts_with(|c: char| c.is_ascii_digit());
            format!("{text}{}{line}", if item { "\n" } else { " " })
        })
    });
    joined.flatten().collect::<Vec<_>>().join("\n\n")
}

fn whole(kind: PieceKind, text: String) -> Vec<Piece> {
    if text.is_empty() { Vec::new() } else { vec![Piece { kind, text }] }
}

/// Words one after another that changed are told together, with the spaces between them: first what is gone, then what is new.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_words(old, new);
    let mut pieces = Vec::new();
    let (mut gone, mut fresh, mut space) = (String::new(), String::new(), String::new());
    for change in diff.iter_all_changes() {
        let text = change.value();
        let changing = !gone.is_empty() || !fresh.is_empty();
        match change.tag() {
            ChangeTag::Equal if changing && text.trim().is_empty() => space.push_str(text),
            ChangeTag::Equal => {
                settle(&mut pieces, &mut gone, &mut fresh);
                keep(&mut pieces, &std::mem::take(&mut space));
                keep(&mut pieces, text);
            }
            tag => {
                for side in [&mut gone, &mut fresh] {
                    side.push_str(&space);
                }
                space.clear();
                if tag == ChangeTag::Delete { &mut gone } else { &mut fresh }.push_str(text);
            }
        }
    }
    settle(&mut pieces, &mut gone, &mut fresh);
    keep(&mut pieces, &space);
    pieces
}

fn settle(pieces: &mut Vec<Piece>, gone: &mut String, fresh: &mut String) {
    for (kind, text) in [(PieceKind::Removed, gone), (PieceKind::Added, fresh)] {
        pieces.extend(whole(kind, std::mem::take(text)));
    }
}

fn keep(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.kind == PieceKind::Kept => last.text.push_str(text),
        _ => pieces.push(Piece { kind: PieceKind::Kept, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str =
        "# P\n\n## 1. GENERAL\n\n1.1. We keep data\nfor three years.\n\n1.2. Gone.\n\n1.3. Same.\n";
    const NEW: &str =
        "# P\n\n## 1. GENERAL\n\n1.1. We keep data for one year.\n\n1.3.   Same.\n\n1.10. New words.\n";

    fn shown(old: &str, new: &str) -> Vec<String> {
        let changes = texts(&Document::parse(old), &Document::parse(new));
        let mark = |piece: &Piece| match piece.kind {
            PieceKind::Kept => piece.text.clone(),
            PieceKind::Added => format!("[+{}]", piece.text),
            PieceKind::Removed => format!("[-{}]", piece.text),
        };
        changes
            .iter()
            .map(|c| {
                let words: String = c.pieces.iter().map(mark).collect();
                format!("{} {}: {words}", c.number, c.kind.as_str())
            })
            .collect()
    }

    #[test]
    fn a_clause_shows_the_words_that_changed_and_no_others() {
        assert_eq!(
            shown(OLD, NEW),
            [
                "1.1 changed: We keep data for [-three years.][+one year.]",
                "1.2 removed: [-Gone.]",
                "1.10 added: [+New words.]"
            ]
        );
    }

    #[test]
    fn without_what_was_added_the_old_clause_is_left_and_without_what_was_removed_the_new_one() {
        let (old, new) = (Document::parse(OLD), Document::parse(NEW));
        for change in texts(&old, &new) {
            let without = |kind| -> String {
                change.pieces.iter().filter(|p| p.kind != kind).map(|p| p.text.as_str()).collect()
            };
            let of = |document: &Document| document.clause(&change.number).map(words).unwrap_or_default();
            assert_eq!(without(PieceKind::Added), of(&old));
            assert_eq!(without(PieceKind::Removed), of(&new));
        }
    }

    #[test]
    fn a_text_that_was_only_laid_out_anew_is_the_same() {
        assert_eq!(
            shown("## 1. A\n\nOne two\nthree.\n", "## 1. A\n\nOne  two three.\n"),
            Vec::<String>::new()
        );
        assert_eq!(shown("## 1. A\n\n- one\n- two\n", "## 1. A\n\n- one\n- two\n"), Vec::<String>::new());
        assert_eq!(shown("## 1. A\n", "## 1. B\n"), ["1 changed: [-A][+B]"]);
    }
}
