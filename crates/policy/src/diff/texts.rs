//! Which words of the published text differ between two versions, clause by clause?

use saqta_domain::terms::names::Clause;
use similar::{ChangeTag, TextDiff};

use crate::texts::{ClauseText, Document};

/// One clause that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseChange {
    /// Its number.
    pub number: Clause,
    /// In which way it differs.
    pub kind: ClauseChangeKind,
    /// Its words in order, heading first: what stayed, what came, what went.
    pub pieces: Vec<Piece>,
}

/// In which way a clause differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseChangeKind {
    /// Only the later text has it.
    Added,
    /// Only the earlier text has it.
    Removed,
    /// Both have it, in different words.
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

/// Some words of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whether they stayed.
    pub kind: PieceKind,
    /// The words, with the spaces around them.
    pub text: String,
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Both texts have them.
    Kept,
    /// Only the later text has them.
    Added,
    /// Only the earlier text has them.
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

/// Every clause that differs, in the order of the later text; clauses that are gone follow the one they stood after.
/// What only changed its marks, such as bold or the ends of lines, is no difference.
pub fn texts(before: &Document, after: &Document) -> Vec<ClauseChange> {
    let gone = |number: &Clause| after.clause(number).is_none();
    let mut changes = Vec::new();
    changes.extend(
        before.clauses.iter().take_while(|c| gone(&c.number)).map(|c| whole(c, ClauseChangeKind::Removed)),
    );
    for clause in &after.clauses {
        match before.clause(&clause.number) {
            None => changes.push(whole(clause, ClauseChangeKind::Added)),
            Some(old) => {
                changes.extend(changed(old, clause));
                let behind = before.clauses.iter().skip_while(|c| c.number != clause.number).skip(1);
                let behind = behind.take_while(|c| gone(&c.number));
                changes.extend(behind.map(|c| whole(c, ClauseChangeKind::Removed)));
            }
        }
    }
    changes
}

fn whole(clause: &ClauseText, kind: ClauseChangeKind) -> ClauseChange {
    let piece = match kind {
        ClauseChangeKind::Added => PieceKind::Added,
        ClauseChangeKind::Removed | ClauseChangeKind::Changed => PieceKind::Removed,
    };
    let pieces = vec![Piece { kind: piece, text: clause.words() }];
    ClauseChange { number: clause.number.clone(), kind, pieces }
}

/// A clause this long, both texts together in bytes, is shown whole: comparing words takes the square of their number.
const COMPARED_BY_WORDS: usize = 64 * 1024;

fn changed(before: &ClauseText, after: &ClauseText) -> Option<ClauseChange> {
    let (old, new) = (before.words(), after.words());
    if old == new {
        return None;
    }
    if old.len() + new.len() > COMPARED_BY_WORDS {
        let piece = |kind, text| Piece { kind, text };
        let pieces = vec![piece(PieceKind::Removed, old), piece(PieceKind::Added, new)];
        return Some(ClauseChange { number: after.number.clone(), kind: ClauseChangeKind::Changed, pieces });
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(&old, &new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => PieceKind::Kept,
            ChangeTag::Insert => PieceKind::Added,
            ChangeTag::Delete => PieceKind::Removed,
        };
        match pieces.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.text.push_str(change.value()),
            None => pieces.push(Piece { kind, text: change.value().to_owned() }),
        }
    }
    Some(ClauseChange {
        number: after.number.clone(),
        kind: ClauseChangeKind::Changed,
        pieces: joined(pieces),
    })
}

/// Joins changes that a mere space parts, so that a rewritten phrase reads as one.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let amid = !removed.is_empty() || !added.is_empty();
        match piece.kind {
            PieceKind::Removed => removed.push_str(&piece.text),
            PieceKind::Added => added.push_str(&piece.text),
            PieceKind::Kept if amid && piece.text.trim().is_empty() && pieces.peek().is_some() => {
                removed.push_str(&piece.text);
                added.push_str(&piece.text);
            }
            PieceKind::Kept => {
                flush(&mut out, &mut removed, &mut added);
                out.push(piece);
            }
        }
    }
    flush(&mut out, &mut removed, &mut added);
    out
}

fn flush(out: &mut Vec<Piece>, removed: &mut String, added: &mut String) {
    for (kind, text) in
        [(PieceKind::Removed, std::mem::take(removed)), (PieceKind::Added, std::mem::take(added))]
    {
        if !text.is_empty() {
            out.push(Piece { kind, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let changes = texts(&Document::parse(before), &Document::parse(after));
        let piece = |piece: &Piece| match piece.kind {
            PieceKind::Kept => piece.text.clone(),
            PieceKind::Added => format!("[+{}]", piece.text),
            PieceKind::Removed => format!("[-{}]", piece.text),
        };
        let words = |change: &ClauseChange| change.pieces.iter().map(piece).collect::<String>();
        changes.iter().map(|c| format!("{} {:?}: {}", c.number, c.kind, words(c))).collect()
    }

    #[test]
    fn words_that_changed_stand_between_words_that_stayed() {
        let before = "## 1. GENERAL\n\n1.1. We keep data for 3 years.\n\n1.2. Nothing else.\n";
        let after = "## 1. GENERAL\n\n1.1. We keep data for 5 years.\n\n1.2. Nothing else.\n";
        assert_eq!(told(before, after), ["1.1 Changed: We keep data for [-3][+5] years."]);
    }

    #[test]
    fn a_rewritten_phrase_is_one_change() {
        let before = "## 1. A\n\n1.1. We ask for name and phone at once.\n";
        let after = "## 1. A\n\n1.1. We ask for e-mail alone at once.\n";
        assert_eq!(
            told(before, after),
            ["1.1 Changed: We ask for [-name and phone][+e-mail alone] at once."]
        );
    }

    #[test]
    fn new_clauses_come_in_the_order_of_the_text_and_gone_ones_where_they_stood() {
        let before = "## 1. A\n\n1.1. One.\n\n1.2. Two.\n\n1.3. Three.\n";
        let after = "## 1. A\n\n1.1. One.\n\n1.3. Three.\n\n1.4. Four.\n";
        assert_eq!(told(before, after), ["1.2 Removed: [-Two.]", "1.4 Added: [+Four.]"]);
        assert_eq!(told("## 1. A\n\n1.1. One.\n", "## 2. B\n\n2.1. One.\n").len(), 4);
    }

    #[test]
    fn marks_and_line_ends_are_no_difference_and_a_heading_is() {
        let before = "## 1. A\n\n1.1. A **bold** word\nand a line:\n\n- one;\n- two.\n";
        let after = "## 1. A\n\n1.1. A bold word and a line:\n\n* one;\n* two.\n";
        assert_eq!(told(before, after), Vec::<String>::new());
        assert_eq!(told("## 1. OLD NAME\n", "## 1. NEW NAME\n"), ["1 Changed: [-OLD][+NEW] NAME"]);
        let lists =
            told("## 1. A\n\n1.1. List:\n\n- one;\n- two.\n", "## 1. A\n\n1.1. List:\n\n- one;\n- three.\n");
        assert_eq!(lists, ["1.1 Changed: List:\none;\n[-two.][+three.]"]);
    }
}
