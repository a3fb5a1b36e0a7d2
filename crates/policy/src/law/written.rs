//! How does a law pack stand in its files? Every line has its source, its certainty and the days it holds from and to.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::law::{Certainty, ConsentField, Deadline, DeadlineUnit, LawBasis};
use saqta_domain::terms::names::Wording;
use serde::Deserialize;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub(super) format: u16,
    pub(super) pack: String,
    pub(super) zone: String,
    pub(super) weekend: Vec<String>,
    pub(super) storage: String,
    pub(super) verified_on: Datetime,
    pub(super) verified_until: Datetime,
    pub(super) law: Words,
    pub(super) edition: Vec<Edition>,
    pub(super) basis: Vec<Basis>,
    pub(super) block_freezes: Vec<Freeze>,
    pub(super) deadline: Vec<Term>,
    pub(super) consent_field: Vec<Field>,
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
pub(super) struct Edition {
    pub(super) from: Datetime,
    pub(super) by: String,
    pub(super) certainty: String,
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
pub(super) struct Freeze {
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
    within: String,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
    #[serde(default)]
    requests: Vec<String>,
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    pub(super) first_year: i16,
    pub(super) last_year: i16,
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
    from: Option<Date>,
    to: Option<Date>,
    pub(super) says: T,
}

impl<T> Line<T> {
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

fn line<T>(from: Option<Datetime>, to: Option<Datetime>, says: T) -> Result<Line<T>, String> {
    Ok(Line { from: from.map(date).transpose()?, to: to.map(date).transpose()?, says })
}

impl Words {
    pub(super) fn wording(self) -> Wording {
        Wording { kk: self.kk, ru: self.ru, en: self.en }
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

/// What a block stops beside the use of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frozen {
    Change,
    Destruction,
}

impl Freeze {
    pub(super) fn read(self) -> Result<Line<Frozen>, String> {
        certainty(&self.certainty)?;
        sourced(self.source)?;
        let what = match self.what.as_str() {
            "change" => Frozen::Change,
            "destruction" => Frozen::Destruction,
            other => return Err(format!("a block cannot freeze `{other}`")),
        };
        line(self.from, self.to, what)
    }
}

/// A deadline, the duty it is for, and the requests it answers.
#[derive(Clone, Debug)]
pub(super) struct Duty {
    pub(super) name: String,
    pub(super) deadline: Deadline,
    pub(super) requests: Vec<String>,
}

impl Term {
    pub(super) fn read(self) -> Result<Line<Duty>, String> {
        let (count, unit) = match (self.within.strip_suffix("wd"), self.within.strip_suffix('d')) {
            (Some(count), _) => (count, DeadlineUnit::WorkingDays),
            (None, Some(count)) => (count, DeadlineUnit::CalendarDays),
            (None, None) => return Err(format!("`{}` is not a deadline", self.within)),
        };
        let count = count.parse().map_err(|_| format!("`{}` is not a deadline", self.within))?;
        let certainty = certainty(&self.certainty)?;
        let deadline = Deadline { count, unit, source: sourced(self.source)?, certainty };
        line(self.from, self.to, Duty { name: self.duty, deadline, requests: self.requests })
    }
}

impl Field {
    pub(super) fn read(self) -> Result<Line<ConsentField>, String> {
        certainty(&self.certainty)?;
        let says =
            ConsentField { code: self.code, label: self.label.wording(), source: sourced(self.source)? };
        line(self.from, self.to, says)
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
