//! In which language was a page asked for, and how does the answer say which one it is in?

use axum::http::header::{CONTENT_LANGUAGE, CONTENT_LOCATION, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use saqta_app::error::Error;
use saqta_app::instance::Version;
use saqta_domain::terms::names::Language;
use serde::Deserialize;

use super::tagged;
use crate::language::language_of;
use crate::problem::Failure;

/// What an address may end with; without it the browser's preference decides.
#[derive(Deserialize)]
pub(super) struct Tag {
    pub language: Option<String>,
}

/// What somebody asked for.
pub(super) struct Asked {
    headers: HeaderMap,
    /// The language the address names.
    tag: Option<String>,
    /// The language to answer in.
    pub language: Language,
}

impl Asked {
    /// Chooses among the languages a page is offered in.
    pub(super) fn choose(
        headers: HeaderMap,
        tag: Option<String>,
        offered: &[Language],
    ) -> Result<Self, Failure> {
        let wanted = match &tag {
            Some(tag) => offered.iter().find(|l| l.tag() == tag),
            None => {
                let preferred = language_of(&headers);
                offered.iter().find(|l| **l == preferred).or(offered.first())
            }
        };
        let language = *wanted.ok_or(Error::NotFound)?;
        Ok(Self { headers, tag, language })
    }

    /// The answer. Where the address named no language, caches are told what it depends on.
    pub(super) fn answered(&self, base: &str, html: String) -> Response {
        let mut response = tagged(&self.headers, "text/html; charset=utf-8", html);
        let headers = response.headers_mut();
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(self.language.tag()));
        if self.tag.is_none() {
            headers.insert(VARY, HeaderValue::from_static("accept-language"));
            if let Ok(here) = HeaderValue::from_str(&format!("{base}/{}", self.language.tag())) {
                headers.insert(CONTENT_LOCATION, here);
            }
        }
        response
    }
}

/// The languages the text of a version exists in.
pub(super) fn offered(version: &Version) -> Vec<Language> {
    Language::ALL.into_iter().filter(|l| version.texts.document(*l).is_some()).collect()
}
