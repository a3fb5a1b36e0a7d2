//! Which versions of the policy have there been, and which will come (clause 11.2)?

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use saqta_app::instance::View;
use saqta_domain::terms::names::Language;

use super::asked::{Asked, Tag, offered};
use super::layout::{Layout, Section};
use super::policy::Leading;
use super::timeline::{Moment, Placed, timeline};
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "versions.html")]
struct VersionsPage {
    layout: Layout,
    about: String,
    from_label: String,
    until_label: String,
    open_end: String,
    published_label: String,
    digest_label: String,
    /// The latest first.
    versions: Vec<Row>,
}

struct Row {
    name: String,
    address: String,
    standing: &'static str,
    standing_label: String,
    from: Moment,
    until: Option<Moment>,
    published: Moment,
    digest: String,
    links: Vec<Leading>,
}

/// The list of all versions.
pub(super) async fn list(
    State(web): State<Web>,
    tag: Result<Path<Tag>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let tag = tag.ok().and_then(|Path(tag)| tag.language);
    let asked = Asked::choose(headers, tag, &offered(&view.version))?;
    let page = written(&web, &view, asked.language);
    let html = page.render().map_err(|_| Failure::Broken("the page of versions"))?;
    Ok(asked.answered(Section::Versions.path(), html))
}

fn written(web: &Web, view: &View, language: Language) -> VersionsPage {
    let word = |key: &str| web.app.words().word(key, language);
    let layout = Layout::new(web, language, word("page-versions"));
    VersionsPage {
        layout: layout.of_policy(web, view, language, Some(Section::Versions)).offered_in(
            web,
            &offered(&view.version),
            Section::Versions.path(),
        ),
        about: word("page-versions-about"),
        from_label: word("page-in-force-from"),
        until_label: word("page-in-force-until"),
        open_end: word("page-open-end"),
        published_label: word("page-published"),
        digest_label: word("page-digest"),
        versions: timeline(web, view).iter().rev().map(|placed| row(web, placed, language)).collect(),
    }
}

fn row(web: &Web, placed: &Placed, language: Language) -> Row {
    let told =
        |key: &str, version: u32| web.app.words().told(key, language, &[("version", &version.to_string())]);
    let (number, tag) = (placed.number(), language.tag());
    let address = placed.address(language);
    let mut links = vec![Leading { words: told("page-read", number), href: address.clone() }];
    if placed.version.texts.document(language).is_some() {
        links.push(Leading { words: told("page-pdf", number), href: format!("{address}/pdf") });
    }
    links.push(Leading { words: told("page-json", number), href: format!("/policy/v/{number}/policy.json") });
    if let Some(before) = placed.before {
        let href = format!("/policy/diff/{before}/{number}/{tag}");
        links.push(Leading { words: told("page-difference-to", before), href });
    }
    Row {
        name: told("page-version-number", number),
        address,
        standing: placed.standing.as_str(),
        standing_label: web.app.words().word(&format!("page-state-{}", placed.standing.as_str()), language),
        from: placed.from.clone(),
        until: placed.until.clone(),
        published: placed.published.clone(),
        digest: placed.digest.clone(),
        links,
    }
}
