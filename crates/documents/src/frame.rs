//! What do all documents have in common?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The language of a document: for programs that read it aloud, and for the typesetter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Қазақша.
    #[serde(rename = "kk")]
    Kazakh,
    /// Русский.
    #[serde(rename = "ru")]
    Russian,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The year, such as 2026.
    pub year: i16,
    /// The month, from 1 to 12.
    pub month: i8,
    /// The day of the month, from 1 to 31.
    pub day: i8,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

/// What surrounds a document: the title, what the file tells about itself, and the foot of every page.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// In which language the document is written.
    pub language: Language,
    /// Its title, on the first page, at the head of the others and in the file.
    pub title: Text,
    /// Who speaks in it.
    pub author: Text,
    /// The day it is dated.
    pub dated: Day,
    /// What stands at the foot on the left: which document this is.
    pub foot: Text,
    /// What stands at the foot on the right: the page and how many there are, at the places of `{page}` and `{pages}`.
    pub page: Text,
    /// The last line of the foot: what the digest or number after it is of.
    pub mark_label: Text,
    /// The digest or number.
    pub mark: Text,
}
