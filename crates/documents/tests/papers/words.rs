//! How do these tests say the words of papers without the crate that reads them all?

use std::collections::BTreeMap;

use saqta_documents::frame::Language;
use saqta_documents::label::{Label, Wording};

const KAZAKH: &str = include_str!("../../../policy/src/words/kk/papers.ftl");
const RUSSIAN: &str = include_str!("../../../policy/src/words/ru/papers.ftl");
const ENGLISH: &str = include_str!("../../../policy/src/words/en/papers.ftl");

/// The real words of one language, read line by line: they have no forms that depend on numbers.
pub struct Spoken(Language, BTreeMap<&'static str, &'static str>);

impl Spoken {
    pub fn of(language: Language) -> Self {
        let file = match language {
            Language::Kazakh => KAZAKH,
            Language::Russian => RUSSIAN,
            Language::English => ENGLISH,
        };
        Self(language, file.lines().filter_map(|line| line.split_once(" = ")).collect())
    }

    pub fn all() -> [Self; 3] {
        [Language::Kazakh, Language::Russian, Language::English].map(Self::of)
    }
}

impl Wording for Spoken {
    fn language(&self) -> Language {
        self.0
    }

    fn told(&self, label: Label, arguments: &[(&str, &str)]) -> String {
        let mut words = self.1.get(label.key()).unwrap_or_else(|| panic!("no word for {label}")).to_string();
        for (name, value) in arguments {
            words = words.replace(&format!("{{ ${name} }}"), value);
        }
        assert!(!words.contains("{ $"), "{label} lacks an argument: {words}");
        words
    }
}
