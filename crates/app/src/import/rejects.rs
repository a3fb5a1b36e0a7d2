//! Which rows did not come in, and why, in the caller's language?
//!
//! The file names rows, columns and attributes. What stood in them is not in it (clause 5.6 and design: nothing personal in
//! an error), so it can be sent around.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use saqta_domain::terms::kind::KindFault;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_domain::terms::refusal::Refusal;

use super::fault::Fault;
use super::rows::Unread;
use crate::instance::{App, View};

/// What is wrong with a row.
pub(super) enum Reject {
    /// It cannot be read.
    Unread(Unread),
    /// A value is not accepted.
    Value(AttributeName, KindFault),
    /// The gate said no.
    Refused(Box<Refusal>),
    /// It has nothing by which a person could be known again.
    IdentifierMissing(AttributeName),
    /// Two identifiers point to two persons.
    IdentifiersDisagree(AttributeName),
    /// A value by which people are found belongs to somebody else.
    IdentifierTaken(Option<AttributeName>),
    /// No part of the mapping applies to it, so nothing of it has a purpose.
    NoPurpose,
    /// It cannot be carried out for another reason.
    Malformed(&'static str),
}

impl Reject {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Unread(unread) => unread.code(),
            Self::Value(_, fault) => fault.code(),
            Self::Refused(refusal) => refusal.code.as_str(),
            Self::IdentifierMissing(_) => "identifier_missing",
            Self::IdentifiersDisagree(_) => "identifiers_disagree",
            Self::IdentifierTaken(_) => "identifier_taken",
            Self::NoPurpose => "no_purpose",
            Self::Malformed(code) => code,
        }
    }

    fn attributes(&self) -> Vec<&AttributeName> {
        match self {
            Self::Value(attribute, _)
            | Self::IdentifierMissing(attribute)
            | Self::IdentifiersDisagree(attribute) => vec![attribute],
            Self::IdentifierTaken(attribute) => attribute.iter().collect(),
            Self::Refused(refusal) => refusal.attributes.iter().collect(),
            Self::Unread(_) | Self::NoPurpose | Self::Malformed(_) => Vec::new(),
        }
    }

    fn reason(&self, app: &App, view: &View, language: Language) -> String {
        let words = app.words();
        match self {
            Self::Value(attribute, fault) => match view.version.policy.attribute(attribute) {
                Some(declared) => words.value_fault(declared, *fault, language),
                None => words.kind_fault(*fault, language),
            },
            Self::Refused(refusal) => {
                let told = words.refusal(refusal, language);
                format!("{} {}", told.what, told.needs)
            }
            own => told(own.code(), language).unwrap_or_else(|| words.word("problem-malformed", language)),
        }
    }
}

/// The reasons that no rule and no kind of value gives.
fn told(code: &str, language: Language) -> Option<String> {
    let (kk, ru, en) = match code {
        "row_malformed" => (
            "Жол оқылмайды: тырнақша жабылмаған немесе өрістер саны басқа.",
            "Строка не читается: не закрыта кавычка или другое число полей.",
            "The row cannot be read: a quote is not closed, or the number of fields differs.",
        ),
        "row_too_long" => ("Жол тым ұзын.", "Строка слишком длинная.", "The row is too long."),
        "row_encoding" => (
            "Жолда файлдың кодтауына жатпайтын байттар бар.",
            "В строке есть байты, которых нет в кодировке файла.",
            "The row has bytes that are no text in the file's encoding.",
        ),
        "identifier_missing" => (
            "Адамды тануға болатын мән жоқ.",
            "Нет значения, по которому узнают человека.",
            "There is no value by which the person could be known again.",
        ),
        "identifiers_disagree" => (
            "Мәндер екі түрлі адамға нұсқайды; жазбалар біріктірілмейді.",
            "Значения указывают на двух разных людей; записи не объединяются.",
            "The values point to two different persons; their records are not merged.",
        ),
        "identifier_taken" => (
            "Бұл мәнмен басқа адам белгілі.",
            "Под этим значением известен другой человек.",
            "Another person is known under this value.",
        ),
        "no_purpose" => (
            "Бұл жолдағы деректердің мақсаты да, келісімі де жоқ; ештеңе алынбады.",
            "Для данных этой строки нет ни цели, ни согласия; ничего не взято.",
            "There is neither a purpose nor a consent for the data of this row; nothing was taken.",
        ),
        _ => return None,
    };
    let text = match language {
        Language::Kazakh => kk,
        Language::Russian => ru,
        Language::English => en,
    };
    Some(text.to_owned())
}

/// One line of the rejects.
pub(super) struct Place<'a> {
    pub(super) row: u64,
    pub(super) line: u64,
    /// From which columns an attribute came.
    pub(super) columns: &'a dyn Fn(&AttributeName) -> String,
}

/// The rejects on disk.
pub(super) struct Rejects {
    path: PathBuf,
    file: File,
    language: Language,
    length: u64,
    pending: csv::Writer<Vec<u8>>,
}

impl Rejects {
    /// Begins the file, or goes on after that many bytes of it.
    pub(super) fn open(path: &Path, after: u64, language: Language) -> Result<Self, Fault> {
        let options = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(Fault::file(path))?;
        if file.metadata().map_err(Fault::file(path))?.len() < after {
            return Err(Fault::StateUnreadable);
        }
        file.set_len(after).and_then(|()| file.seek(SeekFrom::End(0))).map_err(Fault::file(path))?;
        let mut rejects = Self { path: path.to_owned(), file, language, length: after, pending: empty() };
        if after == 0 {
            rejects.record(&["row", "line", "code", "purpose", "attribute", "column", "reason"])?;
            rejects.flush()?;
        }
        Ok(rejects)
    }

    fn record(&mut self, fields: &[&str]) -> Result<(), Fault> {
        self.pending.write_record(fields).map_err(|e| Fault::file(&self.path)(e.into()))
    }

    pub(super) fn add(
        &mut self,
        app: &App,
        view: &View,
        place: &Place<'_>,
        reject: &Reject,
    ) -> Result<(), Fault> {
        let purpose = match reject {
            Reject::Refused(refusal) => refusal.purpose.as_ref().map_or("", |p| p.as_str()),
            _ => "",
        };
        let attributes = reject.attributes();
        let columns: Vec<String> =
            attributes.iter().map(|a| (place.columns)(a)).filter(|c| !c.is_empty()).collect();
        let attributes: Vec<&str> = attributes.iter().map(|a| a.as_str()).collect();
        let reason = reject.reason(app, view, self.language);
        let (row, line) = (place.row.to_string(), place.line.to_string());
        let (attributes, columns) = (attributes.join(" "), columns.join(" "));
        self.record(&[&row, &line, reject.code(), purpose, &attributes, &columns, &reason])
    }

    /// Brings what was added to disk; gives the length of the file.
    pub(super) fn flush(&mut self) -> Result<u64, Fault> {
        let failed = Fault::file(&self.path);
        let pending = std::mem::replace(&mut self.pending, empty());
        let written = pending.into_inner().map_err(csv::IntoInnerError::into_error).and_then(|bytes| {
            if !bytes.is_empty() {
                self.file.write_all(&bytes).and_then(|()| self.file.sync_data())?;
            }
            Ok(bytes.len() as u64)
        });
        self.length += written.map_err(failed)?;
        Ok(self.length)
    }
}

fn empty() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().flexible(true).from_writer(Vec::new())
}
