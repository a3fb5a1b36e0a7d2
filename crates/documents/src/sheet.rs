//! What stands on a paper, before anybody decides how it looks?
//!
//! A sheet is made by one of the kinds under `papers/`, which checks that nothing mandatory is missing. Print, page and data are
//! all written from it: `sheet_pdf.rs`, `sheet_html.rs`, and [`Sheet::bytes`], whose digest the ledger records.
//!
//! The place in the ledger is known only when the leaf with that digest is written, so it is no part of the sheet: it comes to
//! the printer as a [`Mark`].

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::frame::{Day, Language};
use crate::papers::Paper;
use crate::rows::Rows;

/// Everything that stands on one paper, in one language.
///
/// It holds data of people: it has no `Debug` that shows them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The version of this shape.
    pub(crate) format: u8,
    /// Which kind of paper it is.
    pub(crate) paper: Paper,
    /// In which language it is written.
    pub(crate) language: Language,
    /// Its number among the papers.
    pub(crate) number: u64,
    /// The day of its date.
    pub(crate) dated: Day,
    /// The title.
    pub(crate) title: String,
    /// Who speaks in it.
    pub(crate) author: String,
    /// The foot on the left.
    pub(crate) foot: String,
    /// The foot on the right, with places for `{page}` and `{pages}`.
    pub(crate) page: String,
    /// What stands before the digest, with places for `{log}` and `{index}`.
    pub(crate) mark: String,
    /// Whether its tables need the long side of the page.
    pub(crate) wide: bool,
    /// What stands between the title and the first part.
    pub(crate) head: Vec<Field>,
    /// The parts in their order.
    pub(crate) parts: Vec<Part>,
}

/// A part of a sheet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub(crate) enum Part {
    /// A heading.
    Heading { words: String },
    /// A paragraph.
    Paragraph { words: String },
    /// A list of short texts.
    List { items: Vec<String> },
    /// Facts with their names.
    Fields { fields: Vec<Field> },
    /// A table. One without rows is never made: a sentence says that there is nothing.
    Table { title: String, header: Vec<String>, rows: Vec<Vec<Cell>> },
    /// Who signed, and room for a signature in ink.
    Signatures { ink: String, signatures: Vec<Signed> },
}

/// The lines of one cell.
pub(crate) type Cell = Vec<String>;

/// A fact with its name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Field {
    /// What it tells.
    pub(crate) label: String,
    /// The telling, one line or several.
    pub(crate) lines: Vec<String>,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) link: Option<String>,
}

/// One signature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signed {
    /// As what somebody signs.
    pub(crate) role: String,
    /// Name, post, account and time, a line each.
    pub(crate) lines: Vec<String>,
}

/// Where a paper stands in the ledger, and the digest of its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The log, by its number or name.
    pub log: String,
    /// The index of the leaf in that log.
    pub index: u64,
    /// SHA-256 of [`Sheet::bytes`], in hexadecimal.
    pub digest: String,
}

impl Sheet {
    /// The sheet as data: JSON, the same bytes for the same sheet. Its SHA-256 is what the ledger records of the paper.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Reads what [`Sheet::bytes`] wrote. Whether a sheet is a true one shows its digest, not its shape.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let sheet: Self = serde_json::from_slice(bytes).map_err(|_| Error::Unreadable)?;
        if sheet.format == FORMAT { Ok(sheet) } else { Err(Error::Unreadable) }
    }

    /// The rows of its first table, for other programs; none where it has no table.
    pub fn rows(&self) -> Option<Rows> {
        self.parts.iter().find_map(|part| match part {
            Part::Table { header, rows, .. } => Some(Rows {
                title: self.title.clone(),
                dated: self.dated,
                header: header.clone(),
                rows: rows.iter().map(|row| row.iter().map(|cell| cell.join("; ")).collect()).collect(),
            }),
            _ => None,
        })
    }

    /// Which kind of paper it is.
    pub fn paper(&self) -> Paper {
        self.paper
    }

    /// Its number among the papers.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// In which language it is written.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Its title, as it stands on the paper.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// The version of the shape that this program writes.
pub(crate) const FORMAT: u8 = 1;

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet")
            .field("paper", &self.paper)
            .field("number", &self.number)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Mark {
    /// A paper leaves the house only with its place in the ledger.
    pub(crate) fn checked(&self) -> Result<(), Error> {
        let hexadecimal =
            self.digest.len() == 64 && self.digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hexadecimal && !self.log.trim().is_empty() { Ok(()) } else { Err(Error::Unmarked) }
    }

    /// The words before the digest.
    pub(crate) fn told(&self, words: &str) -> String {
        words.replace("{index}", &self.index.to_string()).replace("{log}", &self.log)
    }
}
