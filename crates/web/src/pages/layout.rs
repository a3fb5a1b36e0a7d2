//! What do all pages have in common?

use saqta_app::instance::View;
use saqta_domain::terms::names::Language;

use super::asked::offered;
use crate::routes::Web;

/// The frame of a page.
pub(super) struct Layout {
    pub language: &'static str,
    pub title: String,
    pub style: String,
    /// The style of forms, for the pages that have some.
    pub forms: String,
    /// The style of the pages on which staff work.
    pub desk: String,
    pub skip: String,
    pub demo: Option<String>,
    /// Whose page it is; empty where there is no policy.
    pub operator: String,
    pub sections_label: String,
    pub sections: Vec<Tab>,
    pub switch_label: String,
    pub switch: Vec<Tongue>,
    /// The address under which search engines should know the page.
    pub canonical: Option<String>,
    pub relations: Vec<Relation>,
}

/// A part of the public pages.
pub(super) struct Tab {
    pub name: String,
    pub href: String,
    pub current: bool,
}

/// A language the page exists in.
pub(super) struct Tongue {
    pub tag: &'static str,
    pub name: &'static str,
    pub href: String,
    pub current: bool,
}

/// A page that stands in a relation to this one, such as `next`.
pub(super) struct Relation {
    pub relation: &'static str,
    pub href: String,
}

/// The parts of the public pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Policy,
    Portal,
    Versions,
    Clauses,
}

impl Section {
    const ALL: [Self; 4] = [Self::Policy, Self::Portal, Self::Versions, Self::Clauses];

    fn key(self) -> &'static str {
        match self {
            Self::Policy => "page-nav-policy",
            Self::Portal => "portal-nav",
            Self::Versions => "page-nav-versions",
            Self::Clauses => "page-nav-clauses",
        }
    }

    /// Where it begins.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Policy => "/policy",
            Self::Portal => "/my",
            Self::Versions => "/policy/versions",
            Self::Clauses => "/policy/clauses",
        }
    }

    /// Its address in a language; where the policy in force does not speak it, the browser decides. The pages for
    /// people speak every language.
    pub(super) fn address(self, language: Language, known: bool) -> String {
        match known || self == Self::Portal {
            true => format!("{}/{}", self.path(), language.tag()),
            false => self.path().to_owned(),
        }
    }
}

impl Layout {
    pub(super) fn new(web: &Web, language: Language, title: String) -> Self {
        let word = |key: &str| web.app.words().word(key, language);
        Self {
            language: language.tag(),
            title,
            style: web.pages.style.clone(),
            forms: web.pages.forms.clone(),
            desk: web.pages.desk.clone(),
            skip: word("page-skip"),
            demo: web.settings.demo.then(|| word("page-demo")),
            operator: String::new(),
            sections_label: word("page-nav"),
            sections: Vec::new(),
            switch_label: word("page-language"),
            switch: Vec::new(),
            canonical: None,
            relations: Vec::new(),
        }
    }

    /// A page of the operator's policy, with links to its parts. The current part is marked; a page inside a part marks none.
    pub(super) fn of_policy(
        mut self,
        web: &Web,
        view: &View,
        language: Language,
        at: Option<Section>,
    ) -> Self {
        let known = offered(&view.version).contains(&language);
        self.operator = view.version.policy.operator.name.in_language(language).to_owned();
        self.sections = Section::ALL
            .into_iter()
            .map(|section| Tab {
                name: web.app.words().word(section.key(), language),
                href: section.address(language, known),
                current: at == Some(section),
            })
            .collect();
        self
    }

    /// Offers the same page in the given languages, each under its own address, and names that address as the lasting one.
    pub(super) fn offered_in(mut self, web: &Web, languages: &[Language], base: &str) -> Self {
        self.switch = languages
            .iter()
            .map(|language| Tongue {
                tag: language.tag(),
                name: name(*language),
                href: format!("{base}/{}", language.tag()),
                current: language.tag() == self.language,
            })
            .collect();
        let host = web.settings.public_url.trim_end_matches('/');
        self.canonical = Some(format!("{host}{base}/{}", self.language));
        self
    }
}

pub(super) fn name(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "Қазақша",
        Language::Russian => "Русский",
        Language::English => "English",
    }
}
