//! What is wrong with a published text, read alone?
//!
//! Any operator's text in Kazakh, Russian or English is split into its numbered clauses and read by rules. What the rules of
//! a law are stands in its pack ([`pack`]); what every text needs stands in `general.toml`. Whatever a rule finds it tells
//! with its place, its source and a way out. Nothing here decides what may be done with data: a text that passes is not
//! therefore kept.

mod finding;
mod general;
mod matcher;
mod number;
mod pack;
mod rules;
mod scan;
mod show;
mod source;
mod text;
mod tokens;

use jiff::civil::Date;
use saqta_domain::terms::names::Language;
use serde::Serialize;

use crate::fault::Fault;
use crate::wording::Words;

pub use finding::{Finding, Severity, Stricter};
pub use source::TEXT_LIMIT;

use finding::Findings;
use general::General;
use pack::Pack;
use source::{Source, Unreadable, language_of};
use text::Text;

/// How a text is to be read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The law pack it is compared with.
    pub law: String,
    /// The day on which the law is asked.
    pub on: Date,
    /// The language it is written in; by its letters where none is named.
    pub written_in: Option<Language>,
    /// The language the findings are told in.
    pub told_in: Language,
}

/// A numbered clause of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseOfText {
    /// Its number, such as `7.3`.
    pub number: String,
    /// The number as written, such as `Статья 7` or `IV`.
    pub label: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// Its heading or its first words.
    pub words: String,
    /// Its sub-points.
    pub points: Vec<PointOfText>,
}

/// An entry of a list within a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointOfText {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// Its mark, such as `-`, `a)` or `2.`.
    pub mark: String,
    /// Its first words.
    pub words: String,
}

/// A text with what was found in it.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// The language the text is written in, as a tag.
    pub language: &'static str,
    /// The law pack it was compared with.
    pub law: String,
    /// The edition of that law in force on the day asked for.
    pub edition: String,
    /// Its clauses in the order of the text.
    pub clauses: Vec<ClauseOfText>,
    /// What was found: errors first, the heavier first, then by place.
    pub findings: Vec<Finding>,
    #[serde(skip)]
    told_in: Language,
    #[serde(skip)]
    text: String,
}

impl Reading {
    /// How many findings are of that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }

    /// Everything that was found, with its lines, for a terminal; `name` is what the file is called.
    pub fn shown(&self, words: &Words, name: &str) -> String {
        show::shown(self, words, name)
    }
}

/// Reads the bytes of a text. Only a law that is unknown, or damaged words, keep a text from being read: whatever is wrong
/// with the text itself is a finding.
pub fn read(bytes: &[u8], asked: &Asked, words: &Words) -> Result<Reading, Fault> {
    let (source, unreadable) = match Source::read(bytes) {
        Ok(source) => (source, None),
        Err(why) => (Source::before(bytes, why), Some(why)),
    };
    let language = asked.written_in.unwrap_or_else(|| language_of(&source.text));
    let general = General::new(language)?;
    let pack = Pack::read(&asked.law, language, asked.on)?;
    let text = Text::read(source, &general);
    let mut findings = Findings::new(&text, words, asked.told_in);
    match unreadable {
        Some(why) => findings.unreadable(why),
        None => rules::check(&general, &pack, &mut findings),
    }
    let findings = findings.into_ranked();
    Ok(Reading {
        language: language.tag(),
        law: pack.edition.pack.clone(),
        edition: pack.edition.edition.to_string(),
        clauses: clauses(&text),
        findings,
        told_in: asked.told_in,
        text: text.source.text,
    })
}

/// The day it is at an instant where the law of a pack holds.
pub fn day_in(law: &str, at: jiff::Timestamp) -> Result<Date, Fault> {
    Ok(at.to_zoned(crate::law::law(law)?.zone().clone()).date())
}

fn clauses(text: &Text) -> Vec<ClauseOfText> {
    let place = |at: usize| text.source.place(at);
    let clause = |found: &scan::Found| {
        let (line, column) = place(found.at);
        let point = |point: &scan::Point| {
            let (line, column) = place(point.at);
            PointOfText { line, column, mark: point.mark.clone(), words: text.quote(point.words.clone()) }
        };
        ClauseOfText {
            number: found.head.number.to_string(),
            label: found.head.label.clone(),
            line,
            column,
            words: text.quote(found.title.clone()),
            points: found.points.iter().map(point).collect(),
        }
    };
    text.clauses.iter().map(clause).collect()
}

impl Findings<'_> {
    /// A file that is no text in UTF-8: the one finding there is.
    fn unreadable(&mut self, why: Unreadable) {
        let end = self.text.source.text.len();
        let code = match why {
            Unreadable::CodePage { .. } => "text-not-utf8",
            Unreadable::Utf16 => "text-utf16",
            Unreadable::Binary => "text-binary",
        };
        self.say(code, Severity::Error, 1_000, end..end, &[]);
    }
}
