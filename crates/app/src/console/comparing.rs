//! How is a comparison of two versions laid out for whoever reads it at a terminal, or as JSON?

use std::path::Path;

use saqta_domain::terms::names::Language;
use saqta_policy::folder::Folder;
use saqta_policy::wording::Words;
use serde::{Deserialize, Serialize};

use crate::comparison::{ChangeKind, ClauseChange, Comparison, PieceKind, compare_folders};
use crate::console::{Checked, at_the_machine};
use crate::error::Error;
use crate::instance::App;

/// How many words around a changed one are shown.
const AROUND: usize = 6;

/// A comparison in one language. A running server answers the same shape, and more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Compared {
    /// The number of the version before.
    pub before: u32,
    /// The number of the version after.
    pub after: u32,
    /// The first day of the version after.
    pub effective_from: String,
    /// What is declared differently, the widest first.
    pub changes: Vec<Line>,
    /// Which clauses read differently, by language.
    pub texts: std::collections::BTreeMap<String, Vec<ClauseLine>>,
    /// How many records it touches, where they were looked at.
    pub counts: Option<Numbers>,
}

/// One change in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// `wider`, `narrower`, `new`, `gone` or `other`.
    pub kind: String,
    /// The declaration.
    pub about: String,
    /// The sentence.
    pub told: String,
    /// The clauses that the declaration makes true.
    pub clauses: Vec<String>,
    /// What follows.
    pub consequences: Vec<Follows>,
}

/// What follows, in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Follows {
    /// Which consequence.
    pub kind: String,
    /// For which purpose.
    pub purpose: Option<String>,
    /// How many it touches, where that was counted.
    pub count: Option<u64>,
    /// The sentence.
    pub told: String,
}

/// One clause that reads differently.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClauseLine {
    /// Its number.
    pub clause: String,
    /// `added`, `removed` or `changed`.
    pub kind: String,
    /// Its words.
    pub pieces: Vec<PieceLine>,
}

/// Some words of a clause.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PieceLine {
    /// `kept`, `added` or `removed`.
    pub kind: String,
    /// The words.
    pub text: String,
}

/// The numbers of all records together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Numbers {
    /// Records that were looked at.
    pub records: u64,
    /// Records of which something falls due on the first day.
    pub due_at_once: u64,
    /// Records that fall due earlier than before, within thirty days after it.
    pub due_soon: u64,
    /// Records that a hold or a block keeps.
    pub held_back: u64,
}

/// Compares two checked folders, without looking at anybody.
pub fn compare_checked(before: &Checked, after: &Checked, language: Language) -> Result<Compared, Error> {
    let comparison = compare_folders(&before.folder, &after.folder)?;
    Ok(laid_out(&comparison, &Words::new()?, language))
}

/// The files of a folder as text, to be sent to a running server.
pub fn files_of(directory: &Path) -> Result<std::collections::BTreeMap<String, String>, Error> {
    let folder = Folder::read(directory)?;
    let text = |name: &str| String::from_utf8(folder.file(name).unwrap_or_default().to_vec());
    let files = folder.names().map(|name| Ok((name.to_owned(), text(name)?)));
    files.collect::<Result<_, std::string::FromUtf8Error>>().map_err(|_| Error::Malformed("file_is_not_text"))
}

impl App {
    /// Compares a checked folder with the version in force, and counts whom it touches.
    pub async fn compare_at_the_machine(
        &self,
        after: &Checked,
        language: Language,
    ) -> Result<Compared, Error> {
        let (comparison, _) = self.compare_with(&at_the_machine(), after.folder.clone()).await?;
        Ok(laid_out(&comparison, self.words(), language))
    }
}

fn laid_out(comparison: &Comparison, words: &Words, language: Language) -> Compared {
    let changes = comparison.changes.iter().map(|change| Line {
        kind: change.kind.as_str().to_owned(),
        about: change.about.clone(),
        told: change.told(words, language),
        clauses: change.clauses.iter().map(ToString::to_string).collect(),
        consequences: change
            .consequences
            .iter()
            .map(|consequence| Follows {
                kind: consequence.kind.as_str().to_owned(),
                purpose: consequence.purpose.as_ref().map(ToString::to_string),
                count: comparison.touched(consequence),
                told: comparison.told(consequence, words, language),
            })
            .collect(),
    });
    let clause = |change: &ClauseChange| ClauseLine {
        clause: change.number.to_string(),
        kind: change.kind.as_str().to_owned(),
        pieces: change
            .pieces
            .iter()
            .map(|p| PieceLine { kind: p.kind.as_str().to_owned(), text: p.text.clone() })
            .collect(),
    };
    let texts = comparison
        .texts
        .iter()
        .map(|(language, clauses)| (language.tag().to_owned(), clauses.iter().map(clause).collect()));
    Compared {
        before: comparison.before,
        after: comparison.after,
        effective_from: comparison.day.clone(),
        changes: changes.collect(),
        texts: texts.collect(),
        counts: comparison.counts.as_ref().map(|counts| Numbers {
            records: counts.records,
            due_at_once: counts.due_at_once,
            due_soon: counts.due_soon,
            held_back: counts.held_back,
        }),
    }
}

impl Compared {
    /// The report: changes by their direction, then what will happen, then the words of the text.
    pub fn shown(&self, language: Language) -> Result<String, Error> {
        let words = Words::new()?;
        let (before, after) = (self.before.to_string(), self.after.to_string());
        let args =
            [("before", before.as_str()), ("after", after.as_str()), ("day", self.effective_from.as_str())];
        let mut out = format!("{}\n", words.told("diff-title", language, &args));
        let clauses = self.texts.get(language.tag()).map(Vec::as_slice).unwrap_or_default();
        if self.changes.is_empty() && clauses.is_empty() {
            out.push_str(&format!("\n{}\n", words.word("diff-same", language)));
        }
        for kind in ChangeKind::ALL {
            let lines: Vec<&Line> = self.changes.iter().filter(|l| l.kind == kind.as_str()).collect();
            if lines.is_empty() {
                continue;
            }
            out.push_str(&format!("\n{}\n", words.word(&format!("diff-{}", kind.as_str()), language)));
            for line in lines {
                let list = line.clauses.join(", ");
                let cited = if list.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", words.told("diff-clauses", language, &[("list", &list)]))
                };
                out.push_str(&format!("  - {}{cited}\n    {}\n", line.told, line.about));
            }
        }
        out.push_str(&self.follows(&words, language));
        out.push_str(&texts_shown(clauses, &words, language));
        Ok(out)
    }

    /// Each consequence once, those that touch data and consents first.
    fn follows(&self, words: &Words, language: Language) -> String {
        let mut told: Vec<&str> = Vec::new();
        let all = self.changes.iter().flat_map(|line| &line.consequences);
        let (duties, data): (Vec<&Follows>, Vec<&Follows>) =
            all.filter(|f| f.kind != "nothing").partition(|f| f.kind.starts_with("tell_"));
        for follows in data.into_iter().chain(duties) {
            if !told.contains(&follows.told.as_str()) {
                told.push(&follows.told);
            }
        }
        let nothing = words.word("consequence-nothing", language);
        if told.is_empty() && !self.changes.is_empty() {
            told.push(&nothing);
        }
        let numbers = self.counts.as_ref().map(|counts| {
            [
                ("diff-records", counts.records),
                ("diff-due-at-once", counts.due_at_once),
                ("diff-due-soon", counts.due_soon),
                ("diff-held", counts.held_back),
            ]
        });
        let mut lines: Vec<String> = told.into_iter().map(str::to_owned).collect();
        for (key, count) in numbers.into_iter().flatten().filter(|(key, n)| *n > 0 || *key == "diff-records")
        {
            lines.push(words.counted(key, language, &[], &[("count", count)]));
        }
        if lines.is_empty() {
            return String::new();
        }
        let lines: String = lines.iter().map(|line| format!("  - {line}\n")).collect();
        format!("\n{}\n{lines}", words.word("diff-follows", language))
    }
}

fn texts_shown(clauses: &[ClauseLine], words: &Words, language: Language) -> String {
    if clauses.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", words.told("diff-texts", language, &[("language", language.tag())]));
    for clause in clauses {
        let key = format!("diff-clause-{}", clause.kind);
        let head = words.told(&key, language, &[("number", &clause.clause)]);
        out.push_str(&format!("  - {head}: {}\n", short(clause)));
    }
    out
}

/// The words that changed, with some around them: `… for [-three years-]{+one year+} after …`.
fn short(clause: &ClauseLine) -> String {
    let last = clause.pieces.len().saturating_sub(1);
    let shown = clause.pieces.iter().enumerate().map(|(index, piece)| {
        let text = piece.text.split_whitespace().collect::<Vec<_>>();
        if piece.kind == PieceKind::Added.as_str() {
            return format!("{{+{}+}}", cut(&text, usize::MAX, 4 * AROUND));
        }
        if piece.kind == PieceKind::Removed.as_str() {
            return format!("[-{}-]", cut(&text, usize::MAX, 4 * AROUND));
        }
        match index {
            0 => cut(&text, AROUND, 0),
            _ if index == last => cut(&text, 0, AROUND),
            _ => cut(&text, AROUND, AROUND),
        }
    });
    shown.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// At most so many words of the end and of the beginning, in their order.
fn cut(words: &[&str], end: usize, beginning: usize) -> String {
    if end == usize::MAX {
        let some: Vec<&str> = words.iter().take(beginning).copied().collect();
        return if words.len() > beginning { format!("{} …", some.join(" ")) } else { some.join(" ") };
    }
    if words.len() <= end + beginning {
        return words.join(" ");
    }
    let first: Vec<&str> = words.iter().take(beginning).copied().collect();
    let rest: Vec<&str> = words.iter().skip(words.len() - end).copied().collect();
    format!("{} … {}", first.join(" "), rest.join(" ")).trim().to_owned()
}
