//! What does the law of a country make of the words of a published text?
//!
//! A law pack may hold `reading.toml`: what a text must say and by which words that is recognised, promises which the law
//! knows differently with both sides, and duties that have a term. The engine knows none of them; a pack of another country
//! brings its own. A pack without the file is no fault: the text is then read by the general rules alone.

use jiff::civil::Date;
use saqta_domain::terms::law::{Certainty, LawEdition};
use saqta_domain::terms::names::{Language, Wording};
use serde::Deserialize;
use toml::value::Datetime;

use super::finding::{Severity, Stricter};
use super::general::Spoken;
use super::matcher::Phrase;
use crate::fault::Fault;
use crate::law;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u16,
    law_names: Spoken,
    legal_forms: Spoken,
    operator_words: Spoken,
    number_names: Spoken,
    storage: WrittenLine,
    needed: Vec<WrittenNeeded>,
    promise: Vec<WrittenPromise>,
    duty: Vec<WrittenDuty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLine {
    source: String,
    certainty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    kk: String,
    ru: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNeeded {
    code: String,
    field: Option<String>,
    source: Option<String>,
    certainty: Option<String>,
    from: Option<Datetime>,
    to: Option<Datetime>,
    severity: String,
    weight: u16,
    by: Option<String>,
    name: Said,
    todo: Said,
    #[serde(default)]
    found: Spoken,
    #[serde(default)]
    with: Spoken,
    at_least: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPromise {
    code: String,
    source: String,
    certainty: String,
    from: Option<Datetime>,
    to: Option<Datetime>,
    severity: String,
    weight: u16,
    stricter: String,
    says: Spoken,
    #[serde(default)]
    unless: Spoken,
    law: Said,
    todo: Said,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDuty {
    code: String,
    name: Said,
    deadline: Option<String>,
    #[serde(default)]
    law: Option<Said>,
    source: Option<String>,
    certainty: Option<String>,
    says: Spoken,
    #[serde(default)]
    unless: Spoken,
}

#[derive(Deserialize)]
struct Editions {
    edition: Vec<WrittenEdition>,
}

#[derive(Deserialize)]
struct WrittenEdition {
    from: Datetime,
    by: String,
    certainty: String,
}

/// A pack as texts of one language are read by it on one day.
#[derive(Clone, Debug)]
pub(super) struct Pack {
    pub(super) edition: LawEdition,
    pub(super) editions: Vec<Edition>,
    /// The country in which databases must stand.
    pub(super) country: Option<String>,
    /// The lists of `reading.toml`, where there is one.
    pub(super) lists: Option<Lists>,
}

/// One change of the law.
#[derive(Clone, Debug)]
pub(super) struct Edition {
    pub(super) from: Date,
    pub(super) by: String,
    pub(super) certainty: Certainty,
}

/// The lists of `reading.toml`.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    /// By which words the law itself is recognised.
    pub(super) law_names: Vec<Phrase>,
    pub(super) legal_forms: Vec<Phrase>,
    /// Words that say that a sentence is about the operator.
    pub(super) operator_words: Vec<Phrase>,
    /// Words before an identification number.
    pub(super) number_names: Vec<String>,
    /// The line by which a database, and so a mailbox, stands in the country.
    pub(super) storage: (String, Certainty),
    pub(super) needed: Vec<Needed>,
    pub(super) promises: Vec<Promise>,
    pub(super) duties: Vec<Duty>,
}

/// How something that a text must say is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Phrases,
    LegalForm,
    Identifier,
}

/// Something that a text must say.
#[derive(Clone, Debug)]
pub(super) struct Needed {
    pub(super) code: String,
    pub(super) source: String,
    pub(super) severity: Severity,
    pub(super) weight: u16,
    pub(super) by: By,
    pub(super) name: Wording,
    pub(super) todo: Wording,
    pub(super) found: Vec<Phrase>,
    /// Words one of which stands in the same clause.
    pub(super) with: Vec<Phrase>,
    /// So many different phrases stand in one clause.
    pub(super) at_least: usize,
}

/// A promise that the law knows differently.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    pub(super) code: String,
    pub(super) source: String,
    pub(super) severity: Severity,
    pub(super) weight: u16,
    pub(super) stricter: Stricter,
    pub(super) says: Vec<Phrase>,
    /// Words in the same clause by which the text itself says what the law says.
    pub(super) unless: Vec<Phrase>,
    pub(super) law: Wording,
    pub(super) todo: Wording,
}

/// A duty for which a text may name a term.
#[derive(Clone, Debug)]
pub(super) struct Duty {
    pub(super) code: String,
    pub(super) name: Wording,
    /// The line of the pack's deadlines.
    pub(super) deadline: Option<String>,
    /// What the law says instead, where it has no term.
    pub(super) law: Option<Wording>,
    pub(super) source: String,
    pub(super) says: Vec<Phrase>,
    pub(super) unless: Vec<Phrase>,
}

impl Pack {
    /// The built-in pack of that name.
    pub(super) fn read(name: &str, language: Language, day: Date) -> Result<Self, Fault> {
        let pack = law::law(name)?;
        let edition = pack.on(day);
        let broken = |why: String| Fault::LawBroken { pack: name.to_owned(), why };
        let own = law::file(name, "pack.toml").unwrap_or_default();
        let editions: Editions = toml::from_str(own).map_err(|e| broken(e.message().to_owned()))?;
        let editions = editions.edition.into_iter().map(WrittenEdition::read).collect::<Result<Vec<_>, _>>();
        let lists = match law::file(name, "reading.toml") {
            Some(file) => Some(
                Lists::read(file, language, &edition, day)
                    .map_err(|why| broken(format!("reading.toml: {why}")))?,
            ),
            None => None,
        };
        let mut editions = editions.map_err(broken)?;
        editions.sort_by_key(|e| e.from);
        Ok(Self { edition, editions, country: pack.storage.clone(), lists })
    }
}

impl WrittenEdition {
    fn read(self) -> Result<Edition, String> {
        Ok(Edition { from: date(self.from)?, by: self.by, certainty: certainty(&self.certainty)? })
    }
}

impl Lists {
    fn read(file: &str, language: Language, edition: &LawEdition, day: Date) -> Result<Self, String> {
        let written: Written = toml::from_str(file).map_err(|e| e.message().to_owned())?;
        if written.format != 1 {
            return Err(format!("it is format {}", written.format));
        }
        let mut lists = Self {
            law_names: written.law_names.phrases(language)?,
            legal_forms: written.legal_forms.phrases(language)?,
            operator_words: written.operator_words.phrases(language)?,
            number_names: written.number_names.in_language(language).to_vec(),
            storage: (written.storage.source, certainty(&written.storage.certainty)?),
            needed: Vec::new(),
            promises: Vec::new(),
            duties: Vec::new(),
        };
        for needed in written.needed {
            let held = holds(needed.from, needed.to, day)?;
            let needed = needed.read(language, edition)?;
            lists.needed.extend(needed.filter(|_| held));
        }
        for promise in written.promise {
            let held = holds(promise.from, promise.to, day)?;
            let promise = promise.read(language)?;
            lists.promises.extend(Some(promise).filter(|_| held));
        }
        for duty in written.duty {
            lists.duties.push(duty.read(language)?);
        }
        Ok(lists)
    }
}

impl WrittenNeeded {
    /// The line, or nothing where the consent field it rests on is not asked for on that day.
    fn read(self, language: Language, edition: &LawEdition) -> Result<Option<Needed>, String> {
        let by = match self.by.as_deref() {
            None => By::Phrases,
            Some("legal_form") => By::LegalForm,
            Some("identifier") => By::Identifier,
            Some(other) => return Err(format!("nothing is recognised by `{other}`")),
        };
        if by == By::Phrases && self.found.en.is_empty() {
            return Err(format!("`{}` is recognised by nothing", self.code));
        }
        let source = match (&self.field, self.source, self.certainty) {
            (Some(field), None, Some(mark)) => {
                let certainty = certainty(&mark)?;
                edition
                    .consent_fields
                    .iter()
                    .find(|f| f.code == *field)
                    .map(|f| super::finding::marked(&f.source, certainty))
            }
            (None, Some(source), Some(mark)) => Some(super::finding::marked(&source, certainty(&mark)?)),
            _ => {
                return Err(format!(
                    "`{}` needs either a consent field or a source, and a mark of certainty",
                    self.code
                ));
            }
        };
        let severity = severity(&self.severity)?;
        let (found, with) = (self.found.phrases(language)?, self.with.phrases(language)?);
        Ok(source.map(|source| Needed {
            code: self.code,
            source,
            severity,
            weight: self.weight,
            by,
            name: self.name.wording(),
            todo: self.todo.wording(),
            found,
            with,
            at_least: self.at_least.unwrap_or(1),
        }))
    }
}

impl WrittenPromise {
    fn read(self, language: Language) -> Result<Promise, String> {
        let stricter = match self.stricter.as_str() {
            "law" => Stricter::Law,
            "policy" => Stricter::Policy,
            other => return Err(format!("`{other}` is neither `law` nor `policy`")),
        };
        Ok(Promise {
            code: self.code,
            source: super::finding::marked(&self.source, certainty(&self.certainty)?),
            severity: severity(&self.severity)?,
            weight: self.weight,
            stricter,
            says: self.says.phrases(language)?,
            unless: self.unless.phrases(language)?,
            law: self.law.wording(),
            todo: self.todo.wording(),
        })
    }
}

impl WrittenDuty {
    fn read(self, language: Language) -> Result<Duty, String> {
        let source = match (self.source, self.certainty) {
            (Some(source), Some(mark)) => super::finding::marked(&source, certainty(&mark)?),
            (None, None) if self.deadline.is_some() => String::new(),
            _ => {
                return Err(format!(
                    "`{}` needs a deadline of the pack, or a source with its mark",
                    self.code
                ));
            }
        };
        Ok(Duty {
            code: self.code,
            name: self.name.wording(),
            deadline: self.deadline,
            law: self.law.map(Said::wording),
            source,
            says: self.says.phrases(language)?,
            unless: self.unless.phrases(language)?,
        })
    }
}

impl Said {
    fn wording(self) -> Wording {
        Wording { kk: self.kk, ru: self.ru, en: self.en }
    }
}

fn holds(from: Option<Datetime>, to: Option<Datetime>, day: Date) -> Result<bool, String> {
    let from = from.map(date).transpose()?;
    let to = to.map(date).transpose()?;
    Ok(from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
}

fn severity(word: &str) -> Result<Severity, String> {
    match word {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "note" => Ok(Severity::Note),
        other => Err(format!("`{other}` is no severity")),
    }
}

fn certainty(mark: &str) -> Result<Certainty, String> {
    Certainty::from_mark(mark).ok_or_else(|| format!("`{mark}` is not a mark of certainty"))
}

fn date(at: Datetime) -> Result<Date, String> {
    at.to_string().parse().map_err(|_| format!("`{at}` is not a date"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn kz(day: Date) -> Pack {
        Pack::read("kz", Language::Russian, day).unwrap()
    }

    #[test]
    fn every_field_of_a_consent_is_recognised_by_something() {
        let day = date(2026, 11, 22);
        let file = law::file("kz", "reading.toml").unwrap();
        let written: Written = toml::from_str(file).unwrap();
        for field in &kz(day).edition.consent_fields {
            let known = written.needed.iter().any(|n| n.field.as_deref() == Some(field.code.as_str()));
            assert!(known, "{}", field.code);
        }
    }

    #[test]
    fn every_deadline_that_a_duty_names_stands_in_the_pack() {
        let pack = kz(date(2026, 11, 22));
        for duty in pack.lists.unwrap().duties {
            let Some(deadline) = &duty.deadline else { continue };
            assert!(pack.edition.deadlines.contains_key(deadline), "{deadline}");
        }
    }

    #[test]
    fn every_line_has_words_in_every_language_and_a_code_of_its_own() {
        let file = law::file("kz", "reading.toml").unwrap();
        let written: Written = toml::from_str(file).unwrap();
        let mut codes: Vec<&str> = written.promise.iter().map(|p| p.code.as_str()).collect();
        codes.extend(written.needed.iter().map(|n| n.code.as_str()));
        codes.extend(written.duty.iter().map(|d| d.code.as_str()));
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
        for promise in &written.promise {
            for language in Language::ALL {
                assert!(!promise.says.in_language(language).is_empty(), "{} in {language:?}", promise.code);
            }
        }
        for needed in written.needed.iter().filter(|n| n.by.is_none()) {
            for language in Language::ALL {
                assert!(!needed.found.in_language(language).is_empty(), "{} in {language:?}", needed.code);
            }
        }
    }

    #[test]
    fn a_line_holds_on_its_days_only() {
        let has = |day| kz(day).lists.unwrap().needed.iter().any(|n| n.code == "automated-decisions");
        assert!(!has(date(2026, 1, 17)) && has(date(2026, 1, 18)));
        assert!(matches!(Pack::read("xx", Language::Russian, date(2026, 1, 1)), Err(Fault::LawUnknown(_))));
    }

    #[test]
    fn a_broken_file_says_what_is_wrong_with_it() {
        let edition = kz(date(2026, 11, 22)).edition;
        let read =
            |text: &str| Lists::read(text, Language::Russian, &edition, date(2026, 11, 22)).unwrap_err();
        assert!(read("format = 1").contains("missing field"));
        let file = law::file("kz", "reading.toml").unwrap();
        assert_eq!(read(&file.replacen("format = 1", "format = 2", 1)), "it is format 2");
        assert!(read(&file.replacen("\"error\"", "\"grave\"", 1)).contains("grave"));
    }
}
