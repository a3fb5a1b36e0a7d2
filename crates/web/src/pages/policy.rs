//! How do people read the policy in force, and any other version of it, for ever (clauses 1, 11.2, 11.3)?

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use saqta_app::error::Error;
use saqta_app::instance::View;
use saqta_domain::terms::names::Language;
use serde::Deserialize;

use super::asked::{Asked, Tag, offered};
use super::layout::{Layout, Relation, Section};
use super::timeline::{Placed, Standing, timeline};
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "policy.html")]
struct PolicyPage {
    layout: Layout,
    title: String,
    version_line: String,
    from_iso: String,
    digest_short: String,
    banner: Option<Banner>,
    about_label: String,
    links: Vec<Leading>,
    contents_label: String,
    contents: Vec<Entry>,
    text: String,
    operator_label: String,
    operator: String,
    bin_label: String,
    bin: String,
    address_label: String,
    address: String,
    email_label: String,
    email: String,
    digest_label: String,
    digest: String,
}

/// What stands above a version that is not the one in force.
struct Banner {
    standing: &'static str,
    words: String,
    href: String,
    link: String,
}

/// A link with its words.
pub(super) struct Leading {
    pub words: String,
    pub href: String,
}

/// A line of the table of contents.
struct Entry {
    number: String,
    heading: String,
}

/// Which version an address names.
#[derive(Deserialize)]
pub(super) struct Place {
    version: u32,
    language: Option<String>,
}

/// Where programs and browsers look for the policy of a site.
pub(super) async fn well_known() -> Response {
    (StatusCode::FOUND, [(LOCATION, Section::Policy.path())]).into_response()
}

/// The version in force.
pub(super) async fn in_force(
    State(web): State<Web>,
    tag: Result<Path<Tag>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let placed = timeline(&web, &view).into_iter().find(|p| p.standing == Standing::Effective);
    let placed = placed.ok_or(Error::NoPolicy)?;
    let asked =
        Asked::choose(headers, tag.ok().and_then(|Path(tag)| tag.language), &offered(&placed.version))?;
    answer(&web, &view, &placed, &asked, Section::Policy.path(), Some(Section::Policy))
}

/// One version at its own address.
pub(super) async fn one(
    State(web): State<Web>,
    place: Result<Path<Place>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Ok(Path(Place { version, language })) = place else { return Err(Error::NotFound.into()) };
    let view = web.app.view().await?;
    let placed = timeline(&web, &view).into_iter().find(|p| p.number() == version).ok_or(Error::NotFound)?;
    let asked = Asked::choose(headers, language, &offered(&placed.version))?;
    answer(&web, &view, &placed, &asked, &format!("/policy/v/{version}"), None)
}

fn answer(
    web: &Web,
    view: &View,
    placed: &Placed,
    asked: &Asked,
    base: &str,
    section: Option<Section>,
) -> Result<Response, Failure> {
    let page = written(web, view, placed, asked.language, base, section).ok_or(Error::NotFound)?;
    let html = page.render().map_err(|_| Failure::Broken("the policy page"))?;
    Ok(asked.answered(base, html))
}

fn written(
    web: &Web,
    view: &View,
    placed: &Placed,
    language: Language,
    base: &str,
    section: Option<Section>,
) -> Option<PolicyPage> {
    let document = placed.version.texts.document(language)?;
    let policy = &placed.version.policy;
    let word = |key: &str| web.app.words().word(key, language);
    let operator = policy.operator.name.in_language(language).to_owned();
    let number = placed.number().to_string();
    let named = web.app.words().told("page-version-number", language, &[("version", &number)]);
    let title = match section {
        Some(_) => document.title.clone(),
        None => format!("{}. {named}", document.title),
    };
    let layout = Layout::new(web, language, title).of_policy(web, view, language, section);
    let mut layout = layout.offered_in(web, &offered(&placed.version), base);
    let beside = |relation, neighbour: Option<u32>| {
        Some(Relation { relation, href: format!("/policy/v/{}", neighbour?) })
    };
    layout.relations.extend(beside("prev", placed.before));
    layout.relations.extend(beside("next", placed.after));
    let headed = document.clauses.iter().filter_map(|c| Some((c.number.to_string(), c.heading.clone()?)));
    Some(PolicyPage {
        layout,
        title: document.title.clone(),
        version_line: format!("{named}, {}", placed.term(web, language)),
        from_iso: placed.from.iso.clone(),
        digest_short: placed.short_digest().to_owned(),
        banner: banner(web, view, placed, language),
        about_label: word("page-this-version"),
        links: links(web, placed, language),
        contents_label: word("page-contents"),
        contents: headed.map(|(number, heading)| Entry { number, heading }).collect(),
        text: document.body_to_html(),
        operator_label: word("page-operator"),
        operator,
        bin_label: word("page-bin"),
        bin: policy.operator.bin.clone(),
        address_label: word("page-address"),
        address: policy.operator.address.in_language(language).to_owned(),
        email_label: word("page-email"),
        email: policy.operator.email.clone(),
        digest_label: word("page-digest"),
        digest: placed.digest.clone(),
    })
}

fn banner(web: &Web, view: &View, placed: &Placed, language: Language) -> Option<Banner> {
    let told = |key: &str, args: &[(&str, &str)]| web.app.words().told(key, language, args);
    let words = match placed.standing {
        Standing::Effective => return None,
        Standing::Scheduled => told("page-banner-scheduled", &[("from", &placed.from.shown)]),
        Standing::Superseded => {
            let next = placed.after.unwrap_or_default().to_string();
            let until = placed.until.as_ref().map_or("", |until| until.shown.as_str());
            told("page-banner-superseded", &[("version", &next), ("from", until)])
        }
    };
    let number = view.version.policy.version.to_string();
    Some(Banner {
        standing: placed.standing.as_str(),
        words,
        href: Section::Policy.address(language, offered(&view.version).contains(&language)),
        link: told("page-banner-link", &[("version", &number)]),
    })
}

fn links(web: &Web, placed: &Placed, language: Language) -> Vec<Leading> {
    let (number, tag) = (placed.number(), language.tag());
    let told =
        |key: &str, version: u32| web.app.words().told(key, language, &[("version", &version.to_string())]);
    let mut links = Vec::new();
    if let Some(before) = placed.before {
        let href = format!("/policy/diff/{before}/{number}/{tag}");
        links.push(Leading { words: told("page-changes-since", before), href });
    }
    let own = format!("/policy/v/{number}");
    links.push(Leading { words: told("page-lasting", number), href: format!("{own}/{tag}") });
    links.push(Leading { words: told("page-pdf", number), href: format!("{own}/{tag}/pdf") });
    links.push(Leading { words: told("page-json", number), href: format!("{own}/policy.json") });
    links
}
