//! How is a change told in Kazakh, Russian and English?

use jiff::Span;
use saqta_domain::terms::law::Within;
use saqta_domain::terms::names::{Language, Wording};

use crate::diff::{Change, Consequence};
use crate::wording::Words;

/// What a message is filled with, before a language was chosen.
#[derive(Clone, Debug)]
pub enum Said {
    /// The same in every language: names, numbers, dates.
    Plain(String),
    /// What people read, as the policy words it.
    Worded(Wording),
    /// A word of the vocabulary, such as `operation-use`.
    Word(String),
    /// A term in years, months, weeks and days.
    Term(Span),
    /// A term in working days, days, hours or months, in which requests are answered.
    Within(Within),
    /// Several, one after another.
    List(Vec<Said>),
}

impl PartialEq for Said {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain(a), Self::Plain(b)) | (Self::Word(a), Self::Word(b)) => a == b,
            (Self::Worded(a), Self::Worded(b)) => a == b,
            (Self::Term(a), Self::Term(b)) => a.fieldwise() == b.fieldwise(),
            (Self::Within(a), Self::Within(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Said {}

impl Said {
    fn told(&self, words: &Words, language: Language) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Worded(wording) => wording.in_language(language).to_owned(),
            Self::Word(key) => words.word(key, language),
            Self::Term(span) => term(*span, words, language),
            Self::Within(within) => words.term(*within, language),
            Self::List(several) => {
                several.iter().map(|said| said.told(words, language)).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// A term as people say it: `3 years`, `1 year 6 months`.
fn term(span: Span, words: &Words, language: Language) -> String {
    let units = [
        ("term-years", i64::from(span.get_years())),
        ("term-months", i64::from(span.get_months())),
        ("term-weeks", i64::from(span.get_weeks())),
        ("term-days", i64::from(span.get_days())),
    ];
    let told = units
        .iter()
        .filter(|(_, count)| *count != 0)
        .map(|(key, count)| words.counted(key, language, &[], &[("count", count.unsigned_abs())]));
    told.collect::<Vec<_>>().join(" ")
}

fn filled(args: &[(&'static str, Said)], words: &Words, language: Language) -> Vec<(&'static str, String)> {
    args.iter().map(|(name, said)| (*name, said.told(words, language))).collect()
}

fn borrowed<'a>(args: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    args.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

impl Change {
    /// The change in one sentence or two.
    pub fn told(&self, words: &Words, language: Language) -> String {
        let args = filled(&self.args, words, language);
        words.told(&format!("change-{}", self.key), language, &borrowed(&args))
    }
}

impl Consequence {
    /// What follows, in a sentence, when nobody counted how many people it touches.
    pub fn told(&self, words: &Words, language: Language) -> String {
        let args = filled(&self.args, words, language);
        words.told(&format!("consequence-{}", self.kind.as_str()), language, &borrowed(&args))
    }

    /// The same for so many people.
    pub fn told_of(&self, count: u64, words: &Words, language: Language) -> String {
        if !self.kind.is_counted() {
            return self.told(words, language);
        }
        let args = filled(&self.args, words, language);
        let key = format!("consequence-{}-counted", self.kind.as_str());
        words.counted(&key, language, &borrowed(&args), &[("count", count)])
    }
}
