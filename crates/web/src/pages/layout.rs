//! What do all pages have in common?

use saqta_domain::terms::names::Language;

use crate::routes::Web;

/// The frame of a page.
pub(super) struct Layout {
    pub language: &'static str,
    pub title: String,
    pub style: String,
    pub skip: String,
    pub demo: Option<String>,
    pub switch_label: String,
    pub switch: Vec<Tongue>,
}

/// A language the page exists in.
pub(super) struct Tongue {
    pub tag: &'static str,
    pub name: &'static str,
    pub href: String,
    pub current: bool,
}

impl Layout {
    pub(super) fn new(web: &Web, language: Language, title: String) -> Self {
        let word = |key: &str| web.app.words().word(key, language);
        Self {
            language: language.tag(),
            title,
            style: web.pages.style.clone(),
            skip: word("page-skip"),
            demo: web.settings.demo.then(|| word("page-demo")),
            switch_label: word("page-language"),
            switch: Vec::new(),
        }
    }

    /// Offers the same page in the given languages, each under its own address.
    pub(super) fn offered_in(mut self, languages: &[Language], base: &str) -> Self {
        self.switch = languages
            .iter()
            .map(|language| Tongue {
                tag: language.tag(),
                name: name(*language),
                href: format!("{base}/{}", language.tag()),
                current: language.tag() == self.language,
            })
            .collect();
        self
    }
}

fn name(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "Қазақша",
        Language::Russian => "Русский",
        Language::English => "English",
    }
}
