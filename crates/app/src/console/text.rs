//! What is wrong with a published text that is no policy folder, only a text?

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::terms::names::Language;
use saqta_policy::fault::Fault;
use saqta_policy::reading::{Asked, Reading, Severity, TEXT_LIMIT, day_in, read};
use saqta_policy::wording::Words;

use crate::error::Error;

/// How a text is to be checked.
#[derive(Clone, Debug)]
pub struct TextAsked {
    /// The law pack it is compared with, such as `kz`.
    pub law: String,
    /// The day on which the law is asked, as `2026-01-18`; today where the law holds, if none is named.
    pub on: Option<Date>,
    /// What time it is.
    pub now: Timestamp,
    /// The language the text is written in; by its letters where none is named.
    pub written_in: Option<Language>,
    /// The language the findings are told in.
    pub told_in: Language,
}

/// A text that was read and checked.
pub struct CheckedText {
    /// What was found.
    pub reading: Reading,
    /// The same for a terminal, with the lines it is about and a summary.
    pub shown: String,
}

impl CheckedText {
    /// How many of the findings are errors.
    pub fn errors(&self) -> usize {
        self.reading.count(Severity::Error)
    }
}

/// Reads a file and says what is wrong with the text in it.
pub fn check_text(path: &Path, asked: &TextAsked) -> Result<CheckedText, Error> {
    let unreadable = |source| Error::File { path: path.display().to_string(), source };
    let limit = u64::try_from(TEXT_LIMIT).unwrap_or(u64::MAX);
    if std::fs::metadata(path).map_err(unreadable)?.len() > limit {
        return Err(Fault::FileTooLarge { path: path.to_owned(), limit }.into());
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let on = match asked.on {
        Some(day) => day,
        None => day_in(&asked.law, asked.now)?,
    };
    let words = Words::new()?;
    let how = Asked { law: asked.law.clone(), on, written_in: asked.written_in, told_in: asked.told_in };
    let reading = read(&bytes, &how, &words)?;
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let count = |severity| reading.count(severity).to_string();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let args = [
        ("name", name.as_str()),
        ("errors", errors.as_str()),
        ("warnings", warnings.as_str()),
        ("notes", notes.as_str()),
        ("language", reading.language),
        ("law", reading.law.as_str()),
        ("edition", reading.edition.as_str()),
    ];
    let summary = words.told("findings-summary", asked.told_in, &args);
    let shown = format!("{}\n{summary}", reading.shown(&words, &name));
    Ok(CheckedText { reading, shown })
}
