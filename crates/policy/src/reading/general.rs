//! Which words does every text use whatever law it stands under: terms, months, mail providers, abbreviations, contradictions?
//!
//! They stand in `general.toml` beside this file. What a law knows differently stands in its pack.

use std::collections::BTreeSet;

use saqta_domain::terms::names::Language;
use serde::Deserialize;

use super::matcher::Phrase;
use crate::fault::Fault;

/// Words in each language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Spoken {
    pub(super) kk: Vec<String>,
    pub(super) ru: Vec<String>,
    pub(super) en: Vec<String>,
}

impl Spoken {
    pub(super) fn in_language(&self, language: Language) -> &[String] {
        match language {
            Language::Kazakh => &self.kk,
            Language::Russian => &self.ru,
            Language::English => &self.en,
        }
    }

    /// The phrases of one language. All languages are read, so that a fault shows whatever text is checked.
    pub(super) fn phrases(&self, language: Language) -> Result<Vec<Phrase>, String> {
        for other in Language::ALL {
            for phrase in self.in_language(other) {
                Phrase::read(phrase)?;
            }
        }
        self.in_language(language).iter().map(|p| Phrase::read(p)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    abbreviations: Vec<String>,
    before_names: Vec<String>,
    references: Spoken,
    foreign_references: Spoken,
    months: Spoken,
    edition_marks: Spoken,
    working: Spoken,
    days: Spoken,
    hours: Spoken,
    months_long: Spoken,
    defines: Spoken,
    recipients: Spoken,
    verbs: WrittenVerbs,
    numerals: Vec<WrittenNumeral>,
    mail: Vec<WrittenMail>,
    placeholder_names: Vec<String>,
    placeholder_hosts: Vec<String>,
    two_level_domains: Vec<String>,
    contradiction: Vec<WrittenPair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVerbs {
    endings: Spoken,
    words: Spoken,
    never: Spoken,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNumeral {
    value: u16,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMail {
    country: String,
    hosts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPair {
    code: String,
    one: Spoken,
    #[serde(default)]
    unless: Spoken,
    other: Spoken,
    #[serde(default)]
    other_unless: Spoken,
}

/// What every text is read with.
#[derive(Clone, Debug)]
pub(super) struct General {
    /// Short words whose stop ends no sentence when a small letter follows.
    pub(super) abbreviations: BTreeSet<String>,
    /// Those of them that stand before names, so that a capital letter may follow as well.
    pub(super) before_names: BTreeSet<String>,
    /// Words before the number of a clause that is referred to.
    pub(super) references: Vec<Phrase>,
    /// Words near a number which say that the clause is one of another document.
    pub(super) foreign_references: Vec<Phrase>,
    /// The months of all languages as stems, January first.
    pub(super) months: Vec<Vec<String>>,
    /// Words before the date of a law's edition.
    pub(super) edition_marks: Vec<Phrase>,
    pub(super) working: Vec<String>,
    pub(super) days: Vec<String>,
    pub(super) hours: Vec<String>,
    pub(super) months_long: Vec<String>,
    /// Words by which a sentence gives a name to somebody: "hereinafter".
    pub(super) defines: Vec<Phrase>,
    /// Those to whom a shop passes data.
    pub(super) recipients: Vec<Phrase>,
    pub(super) verbs: Verbs,
    /// Numbers written as words, the longer ones first.
    pub(super) numerals: Vec<(String, u16)>,
    /// Providers of free mailboxes: host and country.
    pub(super) mail: Vec<(String, String)>,
    pub(super) placeholder_names: BTreeSet<String>,
    pub(super) placeholder_hosts: BTreeSet<String>,
    pub(super) two_level_domains: BTreeSet<String>,
    pub(super) contradictions: Vec<Pair>,
}

/// How a verb is recognised.
#[derive(Clone, Debug)]
pub(super) struct Verbs {
    pub(super) endings: Vec<String>,
    pub(super) words: BTreeSet<String>,
    /// Words that end like a verb and are none.
    pub(super) never: Vec<String>,
}

/// Two things that a text cannot say both.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) code: String,
    pub(super) one: Vec<Phrase>,
    pub(super) unless: Vec<Phrase>,
    pub(super) other: Vec<Phrase>,
    pub(super) other_unless: Vec<Phrase>,
}

impl General {
    /// Reads the built-in file for texts of one language.
    pub(super) fn new(language: Language) -> Result<Self, Fault> {
        let broken = |why: String| Fault::WordsBroken { language: language.tag(), why };
        let written: Written =
            toml::from_str(include_str!("general.toml")).map_err(|e| broken(e.message().to_owned()))?;
        Self::compile(written, language).map_err(broken)
    }

    fn compile(written: Written, language: Language) -> Result<Self, String> {
        let set = |words: Vec<String>| words.into_iter().collect::<BTreeSet<_>>();
        let spoken = |words: &Spoken| words.in_language(language).to_vec();
        let mut months = vec![Vec::new(); 12];
        for l in Language::ALL {
            for (month, stem) in months.iter_mut().zip(written.months.in_language(l)) {
                month.push(stem.clone());
            }
        }
        let numeral = |n: WrittenNumeral| n.words.into_iter().map(move |w| (w, n.value)).collect::<Vec<_>>();
        let mut numerals: Vec<(String, u16)> = written.numerals.into_iter().flat_map(numeral).collect();
        numerals.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let hosts =
            |m: WrittenMail| m.hosts.into_iter().map(move |h| (h, m.country.clone())).collect::<Vec<_>>();
        let pair = |p: WrittenPair| -> Result<Pair, String> {
            Ok(Pair {
                code: p.code,
                one: p.one.phrases(language)?,
                unless: p.unless.phrases(language)?,
                other: p.other.phrases(language)?,
                other_unless: p.other_unless.phrases(language)?,
            })
        };
        Ok(Self {
            abbreviations: set(written.abbreviations),
            before_names: set(written.before_names),
            references: written.references.phrases(language)?,
            foreign_references: written.foreign_references.phrases(language)?,
            months,
            edition_marks: written.edition_marks.phrases(language)?,
            working: spoken(&written.working),
            days: spoken(&written.days),
            hours: spoken(&written.hours),
            months_long: spoken(&written.months_long),
            defines: written.defines.phrases(language)?,
            recipients: written.recipients.phrases(language)?,
            verbs: Verbs {
                endings: spoken(&written.verbs.endings),
                words: set(spoken(&written.verbs.words)),
                never: spoken(&written.verbs.never),
            },
            numerals,
            mail: written.mail.into_iter().flat_map(hosts).collect(),
            placeholder_names: set(written.placeholder_names),
            placeholder_hosts: set(written.placeholder_hosts),
            two_level_domains: set(written.two_level_domains),
            contradictions: written.contradiction.into_iter().map(pair).collect::<Result<_, _>>()?,
        })
    }
}

impl Verbs {
    /// Whether a word may be a verb, or stand for one. It errs on the side of yes: a sentence is told to lack a verb only
    /// when no word of it can be one.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        if self.words.contains(word) {
            return true;
        }
        let never = self.never.iter().any(|n| match n.strip_prefix('-') {
            Some(ending) => word.ends_with(ending),
            None => word == n,
        });
        let short = word.chars().count() < 4;
        !never && !short && self.endings.iter().any(|e| word.ends_with(e.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_general_words_are_sound_in_every_language() {
        for language in Language::ALL {
            let general = General::new(language).unwrap();
            assert_eq!(general.months.iter().map(Vec::len).sum::<usize>(), 36);
            for pair in &general.contradictions {
                assert!(!pair.one.is_empty() && !pair.other.is_empty(), "{} in {language:?}", pair.code);
            }
            assert!(!general.references.is_empty() && !general.days.is_empty());
        }
    }

    #[test]
    fn a_word_that_may_be_a_verb_is_taken_for_one() {
        let verbs = General::new(Language::Russian).unwrap().verbs;
        for verb in ["осуществляется", "обязан", "хранятся", "вправе", "переданы", "хранит", "было", "вести"]
        {
            assert!(verbs.is_verb(verb), "{verb}");
        }
        for other in
            ["субъект", "персональных", "документами", "или", "зависимости", "цены", "массы", "удаленности"]
        {
            assert!(!verbs.is_verb(other), "{other}");
        }
    }
}
