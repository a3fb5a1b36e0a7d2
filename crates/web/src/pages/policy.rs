//! How do people read the policy in force (clauses 1, 11.3)?

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_LOCATION, LINK, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use saqta_app::error::Error;
use saqta_app::instance::View;
use saqta_domain::terms::names::Language;

use super::layout::Layout;
use super::tagged;
use crate::language::language_of;
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "policy.html")]
struct PolicyPage {
    layout: Layout,
    contents_label: String,
    contents: Vec<Entry>,
    text: String,
    operator_label: String,
    operator: String,
    version_label: String,
    version: u32,
    effective_label: String,
    effective: String,
    effective_iso: String,
    bin_label: String,
    bin: String,
    address_label: String,
    address: String,
    email_label: String,
    email: String,
    machine_label: String,
}

/// A line of the table of contents.
struct Entry {
    number: String,
    heading: String,
}

/// In the language that the browser prefers.
pub(super) async fn by_header(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let wanted = language_of(&headers);
    let language = offered(&view).into_iter().find(|l| *l == wanted);
    let language = language.or_else(|| offered(&view).into_iter().next()).ok_or(Error::NotFound)?;
    let mut response = page(&web, &view, &headers, language)?;
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
    if let Ok(here) = HeaderValue::from_str(&format!("/policy/{}", language.tag())) {
        response.headers_mut().insert(CONTENT_LOCATION, here);
    }
    Ok(response)
}

/// In the language that the address names.
pub(super) async fn by_path(
    State(web): State<Web>,
    Path(tag): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let language = Language::ALL.into_iter().find(|l| l.tag() == tag).ok_or(Error::NotFound)?;
    page(&web, &web.app.view().await?, &headers, language)
}

/// The languages the text exists in.
pub(super) fn offered(view: &View) -> Vec<Language> {
    let texts = &view.version.texts;
    Language::ALL.into_iter().filter(|l| texts.document(*l).is_some()).collect()
}

fn page(web: &Web, view: &View, headers: &HeaderMap, language: Language) -> Result<Response, Failure> {
    let page = written(web, view, language).ok_or(Error::NotFound)?;
    let html = page.render().map_err(|_| Failure::Broken("the policy page"))?;
    let mut response = tagged(headers, "text/html; charset=utf-8", html);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(LINK, HeaderValue::from_static("</policy>; rel=\"privacy-policy\""));
    Ok(response)
}

fn written(web: &Web, view: &View, language: Language) -> Option<PolicyPage> {
    let document = view.version.texts.document(language)?;
    let (policy, zone) = (&view.version.policy, &view.law.calendar.zone);
    let word = |key: &str| web.app.words().word(key, language);
    let day = policy.effective_from.to_zoned(zone.clone()).date();
    let headed = document.clauses.iter().filter_map(|c| Some((c.number.to_string(), c.heading.clone()?)));
    Some(PolicyPage {
        layout: Layout::new(web, language, document.title.clone()).offered_in(&offered(view), "/policy"),
        contents_label: word("page-contents"),
        contents: headed.map(|(number, heading)| Entry { number, heading }).collect(),
        text: document.to_html(),
        operator_label: word("page-operator"),
        operator: policy.operator.name.in_language(language).to_owned(),
        version_label: word("page-version"),
        version: policy.version,
        effective_label: word("page-effective"),
        effective: format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
        effective_iso: day.to_string(),
        bin_label: word("page-bin"),
        bin: policy.operator.bin.clone(),
        address_label: word("page-address"),
        address: policy.operator.address.in_language(language).to_owned(),
        email_label: word("page-email"),
        email: policy.operator.email.clone(),
        machine_label: word("page-machine"),
    })
}
