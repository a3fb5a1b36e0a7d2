//! How does a law pack stand in its files? Every line has its source, its certainty and the days it holds from and to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::calendar::{Counting, FirstDay, LastDay};
use saqta_domain::terms::law::{
    Adds, AnswerTerm, Certainty, ConsentField, Deadline, Extension, LawBasis, Within,
};
use saqta_domain::terms::names::Wording;
use saqta_domain::terms::request::{CountsFrom, RequestMark};
use serde::Deserialize;
use toml::value::Datetime;

use super::lines::Frozen;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub(super) format: u16,
    pub(super) pack: String,
    pub(super) zone: String,
    pub(super) weekend: Vec<String>,
    pub(super) storage: Option<String>,
    pub(super) verified_on: Datetime,
    pub(super) verified_until: Datetime,
    pub(super) law: Words,
    pub(super) counting: Counted,
    pub(super) edition: Vec<Changed>,
    #[serde(default)]
    pub(super) basis: Vec<Basis>,
    #[serde(default)]
    pub(super) block_freezes: Vec<Freezes>,
    #[serde(default)]
    pub(super) deadline: Vec<Term>,
    #[serde(default)]
    pub(super) extension: Vec<Longer>,
    #[serde(default)]
    pub(super) consent_field: Vec<Field>,
    #[serde(default)]
    pub(super) says: Vec<Says>,
    #[serde(default)]
    pub(super) remedy: Vec<Complaint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    kk: String,
    ru: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counted {
    first_day: String,
    last_day: String,
    source: String,
    certainty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changed {
    from: Datetime,
    by: String,
    certainty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Basis {
    kind: String,
    known: bool,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Freezes {
    what: String,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    duty: String,
    label: Words,
    within: String,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
    #[serde(default)]
    requests: Vec<String>,
    counts_from: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Longer {
    reason: String,
    label: Words,
    adds: String,
    requests: Vec<String>,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    code: String,
    label: Words,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
    contains: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Says {
    code: String,
    words: Words,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Complaint {
    code: String,
    body: Words,
    address: Words,
    link: Option<String>,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    pub(super) first_year: i16,
    pub(super) last_year: i16,
    #[serde(default)]
    pub(super) holiday: Vec<Holiday>,
    #[serde(default)]
    pub(super) movable: Vec<Movable>,
    #[serde(default)]
    pub(super) extra_days_off: Vec<Datetime>,
    #[serde(default)]
    pub(super) working_weekends: Vec<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    pub(super) name: String,
    pub(super) days: Vec<String>,
    pub(super) transfers: bool,
    pub(super) from_year: Option<i16>,
    pub(super) to_year: Option<i16>,
    pub(super) source: String,
    pub(super) certainty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Movable {
    pub(super) name: String,
    pub(super) day: Datetime,
    pub(super) transfers: bool,
    pub(super) source: String,
    pub(super) certainty: String,
}

/// A line of the pack with the days it holds on.
#[derive(Clone, Debug)]
pub(super) struct Line<T> {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) says: T,
}

impl<T> Line<T> {
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The first day on which both hold, if there is one.
    pub(super) fn meets(&self, other: &Self) -> Option<Date> {
        let first = self.from.max(other.from).unwrap_or(Date::MIN);
        (self.holds_on(first) && other.holds_on(first)).then_some(first)
    }
}

fn line<T>(from: Option<Datetime>, to: Option<Datetime>, says: T) -> Result<Line<T>, String> {
    let (from, to) = (from.map(date).transpose()?, to.map(date).transpose()?);
    match (from, to) {
        (Some(from), Some(to)) if to < from => {
            Err(format!("a line ends on {to}, before it begins on {from}"))
        }
        _ => Ok(Line { from, to, says }),
    }
}

impl Words {
    pub(super) fn wording(self) -> Result<Wording, String> {
        if [&self.kk, &self.ru, &self.en].iter().any(|words| words.trim().is_empty()) {
            return Err("words are missing in one of the languages".to_owned());
        }
        Ok(Wording { kk: self.kk, ru: self.ru, en: self.en })
    }
}

impl Counted {
    pub(super) fn read(self) -> Result<Counting, String> {
        sourced(self.source)?;
        certainty(&self.certainty)?;
        let first_day = match self.first_day.as_str() {
            "next" => FirstDay::NextDay,
            "same" => FirstDay::SameDay,
            other => return Err(format!("`{other}` is no first day of a term: next or same")),
        };
        let last_day = match self.last_day.as_str() {
            "next_working_day" => LastDay::NextWorkingDay,
            "stands" => LastDay::Stands,
            other => return Err(format!("`{other}` is no last day of a term: next_working_day or stands")),
        };
        Ok(Counting { first_day, last_day })
    }
}

/// The day from which the law reads as an act made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its first day.
    pub from: Date,
    /// The act, and what it changed.
    pub by: String,
    /// How sure the pack is of both.
    pub certainty: Certainty,
}

impl Changed {
    pub(super) fn read(self) -> Result<Edition, String> {
        if self.by.trim().is_empty() {
            return Err("an edition does not say what made it".to_owned());
        }
        Ok(Edition { from: date(self.from)?, by: self.by, certainty: certainty(&self.certainty)? })
    }
}

impl Basis {
    pub(super) fn read(self) -> Result<Line<(BasisKind, LawBasis)>, String> {
        let kind = BasisKind::from_word(&self.kind).ok_or(format!("there is no basis `{}`", self.kind))?;
        let certainty = certainty(&self.certainty)?;
        let says = LawBasis { known: self.known, source: sourced(self.source)?, certainty };
        line(self.from, self.to, (kind, says))
    }
}

/// What a block stops beside the use of data, and where the law says so.
#[derive(Clone, Debug)]
pub(super) struct Freeze {
    pub(super) what: Frozen,
    pub(super) source: String,
    pub(super) certainty: Certainty,
}

impl Freezes {
    pub(super) fn read(self) -> Result<Line<Freeze>, String> {
        let what = Frozen::from_word(&self.what).ok_or(format!("a block cannot freeze `{}`", self.what))?;
        let certainty = certainty(&self.certainty)?;
        line(self.from, self.to, Freeze { what, source: sourced(self.source)?, certainty })
    }
}

/// A deadline, the duty it is for, and the requests it answers.
#[derive(Clone, Debug)]
pub(super) struct Duty {
    pub(super) name: String,
    pub(super) label: Wording,
    pub(super) deadline: Deadline,
    /// The requests, as the pack writes them.
    pub(super) requests: Vec<String>,
    pub(super) marks: BTreeSet<RequestMark>,
    pub(super) counts_from: CountsFrom,
}

impl Duty {
    /// The term for answering requests that it is, if it is one.
    pub(super) fn answer(&self, pack: &str) -> Option<AnswerTerm> {
        (!self.marks.is_empty()).then(|| AnswerTerm {
            pack: pack.to_owned(),
            duty: self.name.clone(),
            label: self.label.clone(),
            requests: self.marks.clone(),
            counts_from: self.counts_from,
            deadline: self.deadline.clone(),
        })
    }
}

impl Term {
    pub(super) fn read(self) -> Result<Line<Duty>, String> {
        let read = Within::from_word(&self.within);
        let Within { count, unit } = read.ok_or(format!("`{}` is not a deadline", self.within))?;
        let certainty = certainty(&self.certainty)?;
        let deadline = Deadline { count, unit, source: sourced(self.source)?, certainty };
        let label = self.label.wording()?;
        let marks = marks(&self.requests)?;
        let counts_from = match self.counts_from.as_deref() {
            None => CountsFrom::Filed,
            Some(word) => CountsFrom::from_word(word).ok_or(format!("a term cannot count from `{word}`"))?,
        };
        if marks.is_empty() && self.counts_from.is_some() {
            return Err(format!("`{}` answers no request, so it counts from none", self.duty));
        }
        let (name, requests) = (self.duty, self.requests);
        line(self.from, self.to, Duty { name, label, deadline, requests, marks, counts_from })
    }
}

fn marks(requests: &[String]) -> Result<BTreeSet<RequestMark>, String> {
    let one = |word: &String| RequestMark::from_word(word).ok_or(format!("there is no request `{word}`"));
    requests.iter().map(one).collect()
}

impl Longer {
    pub(super) fn read(self) -> Result<Line<Extension>, String> {
        let adds = match self.adds.as_str() {
            "pause" => Adds::Pause,
            term => Adds::Time(Within::from_word(term).ok_or(format!("`{term}` is no term and no pause"))?),
        };
        let requests = marks(&self.requests)?;
        if requests.is_empty() {
            return Err(format!("`{}` touches the term of no request", self.reason));
        }
        let extension = Extension {
            // The pack that is read gives its name to it.
            pack: String::new(),
            reason: self.reason,
            label: self.label.wording()?,
            adds,
            requests,
            source: sourced(self.source)?,
            certainty: certainty(&self.certainty)?,
        };
        line(self.from, self.to, extension)
    }
}

/// A thing a consent must say, and what of the operator its text must contain for it.
#[derive(Clone, Debug)]
pub(super) struct ConsentLine {
    pub(super) field: ConsentField,
    /// Whether the text must contain the operator's business identification number.
    pub(super) operators_number: bool,
}

impl Field {
    pub(super) fn read(self) -> Result<Line<ConsentLine>, String> {
        let operators_number = match self.contains.as_deref() {
            None => false,
            Some("operator.bin") => true,
            Some(other) => return Err(format!("a text cannot be searched for `{other}`")),
        };
        let certainty = certainty(&self.certainty)?;
        let label = self.label.wording()?;
        let field = ConsentField { code: self.code, label, source: sourced(self.source)?, certainty };
        line(self.from, self.to, ConsentLine { field, operators_number })
    }
}

/// A fact that the law states and nothing computes with: a definition, a ban, a duty without a number.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub(super) code: String,
    pub(super) words: Wording,
    pub(super) source: String,
    pub(super) certainty: Certainty,
}

/// Where somebody can complain about an operator (clause 4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The stable word for it.
    pub code: String,
    /// The authority or court.
    pub body: Wording,
    /// How to reach it.
    pub address: Wording,
    /// Its page, where it has one.
    pub link: Option<String>,
    /// Where the law says so.
    pub source: String,
    /// How sure the pack is.
    pub certainty: Certainty,
}

impl Says {
    pub(super) fn read(self) -> Result<Line<Saying>, String> {
        let certainty = certainty(&self.certainty)?;
        let (words, source) = (self.words.wording()?, sourced(self.source)?);
        line(self.from, self.to, Saying { code: self.code, words, source, certainty })
    }
}

impl Complaint {
    pub(super) fn read(self) -> Result<Line<Remedy>, String> {
        let certainty = certainty(&self.certainty)?;
        let (body, address) = (self.body.wording()?, self.address.wording()?);
        let link = self.link.filter(|link| !link.trim().is_empty());
        let source = sourced(self.source)?;
        line(self.from, self.to, Remedy { code: self.code, body, address, link, source, certainty })
    }
}

fn sourced(source: String) -> Result<String, String> {
    if source.trim().is_empty() { Err("a line has no source".to_owned()) } else { Ok(source) }
}

pub(super) fn certainty(mark: &str) -> Result<Certainty, String> {
    Certainty::from_mark(mark).ok_or_else(|| format!("`{mark}` is not a mark of certainty"))
}

pub(super) fn date(at: Datetime) -> Result<Date, String> {
    let read = at.date.and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    match read {
        Some(date) if at.time.is_none() => Ok(date),
        _ => Err(format!("`{at}` is not a date")),
    }
}

pub(super) fn weekday(word: &str) -> Result<Weekday, String> {
    let days = BTreeMap::from([
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ]);
    days.get(word).copied().ok_or_else(|| format!("`{word}` is no day of the week"))
}
