//! What differs between two versions of the policy, for people: in plain words, and word by word (clause 11.2)?

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use saqta_app::comparison::{ClauseChange, ClauseChangeKind, PieceKind, texts};
use saqta_app::error::Error;
use saqta_app::instance::View;
use saqta_domain::terms::names::Language;
use serde::Deserialize;

use super::asked::{Asked, offered};
use super::layout::Layout;
use super::policy::Leading;
use super::timeline::{Placed, timeline};
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "difference.html")]
struct DifferencePage {
    layout: Layout,
    sides: Vec<Side>,
    /// Said instead of a difference, where there is none to show.
    same: Option<String>,
    means_label: String,
    groups: Vec<Group>,
    text_label: String,
    /// How many clauses differ, or why none is shown.
    text_line: String,
    key: String,
    clauses: Vec<ClauseTold>,
    added: String,
    removed: String,
    others_label: String,
    others: Vec<Leading>,
}

/// One of the two versions.
struct Side {
    name: String,
    address: String,
    term: String,
    digest_short: String,
}

/// Changes of one direction, each told in a sentence.
struct Group {
    direction: &'static str,
    heading: String,
    sentences: Vec<String>,
}

/// The directions a change can have, in the order in which people should hear of them.
const DIRECTIONS: [&str; 5] = ["wider", "narrower", "new", "gone", "other"];

struct ClauseTold {
    number: String,
    kind: String,
    pieces: Vec<PieceTold>,
}

struct PieceTold {
    kind: PieceKind,
    text: String,
}

/// Which versions an address names.
#[derive(Deserialize)]
pub(super) struct Pair {
    before: u32,
    after: u32,
    language: Option<String>,
}

/// The difference between two versions. An address that names the later one first leads to the one that does not.
pub(super) async fn between(
    State(web): State<Web>,
    pair: Result<Path<Pair>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Ok(Path(Pair { before, after, language })) = pair else { return Err(Error::NotFound.into()) };
    let view = web.app.view().await?;
    let all = timeline(&web, &view);
    let find = |number: u32| all.iter().find(|p| p.number() == number).ok_or(Error::NotFound);
    let (older, newer) = (find(before)?, find(after)?);
    if before > after {
        let tag = Language::ALL.into_iter().find(|l| Some(l.tag()) == language.as_deref());
        let tag = tag.map_or_else(String::new, |tag| format!("/{}", tag.tag()));
        return Ok(Redirect::permanent(&format!("/policy/diff/{after}/{before}{tag}")).into_response());
    }
    let base = format!("/policy/diff/{before}/{after}");
    let asked = Asked::choose(headers, language, &offered(&view.version))?;
    let changes = changes(&web, older, newer, asked.language)?;
    let page = written(&web, &view, &all, ([older, newer], changes), asked.language, &base);
    let html = page.render().map_err(|_| Failure::Broken("the page of differences"))?;
    Ok(asked.answered(&base, html))
}

/// What the later version changes, each change with its direction and told in a sentence.
fn changes(
    web: &Web,
    older: &Placed,
    newer: &Placed,
    language: Language,
) -> Result<Vec<(&'static str, String)>, Error> {
    let compared = web.app.compare_versions(older.number(), newer.number())?;
    let words = web.app.words();
    Ok(compared.changes.iter().map(|change| (change.kind.as_str(), change.told(words, language))).collect())
}

/// The changes by their directions; a direction without changes is left out.
fn grouped(web: &Web, changes: Vec<(&'static str, String)>, language: Language) -> Vec<Group> {
    let mut groups = DIRECTIONS.map(|direction| Group {
        direction,
        heading: web.app.words().word(&format!("page-diff-{direction}"), language),
        sentences: Vec::new(),
    });
    for (direction, sentence) in changes {
        if let Some(group) = groups.iter_mut().find(|group| group.direction == direction) {
            group.sentences.push(sentence);
        }
    }
    groups.into_iter().filter(|group| !group.sentences.is_empty()).collect()
}

fn written(
    web: &Web,
    view: &View,
    all: &[Placed],
    ([older, newer], changes): ([&Placed; 2], Vec<(&'static str, String)>),
    language: Language,
    base: &str,
) -> DifferencePage {
    let words = web.app.words();
    let word = |key: &str| words.word(key, language);
    let (before, after) = (older.number().to_string(), newer.number().to_string());
    let numbers = [("before", before.as_str()), ("after", after.as_str())];
    let layout = Layout::new(web, language, words.told("page-diff", language, &numbers));
    let same = (before == after).then(|| word("page-diff-same"));
    let documents = older.version.texts.document(language).zip(newer.version.texts.document(language));
    let differing = documents.map(|(older, newer)| texts(older, newer));
    let text_line = match &differing {
        None => word("page-diff-one-text"),
        Some(clauses) if clauses.is_empty() => word("page-diff-no-text"),
        Some(clauses) => {
            let count = u64::try_from(clauses.len()).unwrap_or(u64::MAX);
            words.counted("page-diff-clauses", language, &[], &[("count", count)])
        }
    };
    DifferencePage {
        layout: layout.of_policy(web, view, language, None).offered_in(web, &offered(&view.version), base),
        sides: [older, newer].into_iter().map(|placed| side(web, placed, language)).collect(),
        same,
        means_label: word("page-diff-means"),
        groups: grouped(web, changes, language),
        text_label: word("page-diff-text"),
        text_line,
        key: word("page-diff-key"),
        clauses: differing.unwrap_or_default().into_iter().map(|c| clause(web, c, language)).collect(),
        added: word("page-diff-added"),
        removed: word("page-diff-removed"),
        others_label: word("page-diff-other-pair"),
        others: others(web, all, (older.number(), newer.number()), language),
    }
}

fn side(web: &Web, placed: &Placed, language: Language) -> Side {
    let number = placed.number().to_string();
    Side {
        name: web.app.words().told("page-version-number", language, &[("version", &number)]),
        address: placed.address(language),
        term: placed.term(web, language),
        digest_short: placed.short_digest().to_owned(),
    }
}

fn clause(web: &Web, change: ClauseChange, language: Language) -> ClauseTold {
    let kind = match change.kind {
        ClauseChangeKind::Added => "page-diff-clause-added",
        ClauseChangeKind::Removed => "page-diff-clause-removed",
        ClauseChangeKind::Changed => "page-diff-clause-changed",
    };
    ClauseTold {
        number: change.number.to_string(),
        kind: web.app.words().word(kind, language),
        pieces: change.pieces.into_iter().map(|p| PieceTold { kind: p.kind, text: p.text }).collect(),
    }
}

/// The other differences between neighbours, the latest first.
fn others(web: &Web, all: &[Placed], shown: (u32, u32), language: Language) -> Vec<Leading> {
    let pairs = all.iter().rev().filter_map(|placed| Some((placed.before?, placed.number())));
    pairs
        .filter(|pair| *pair != shown)
        .map(|(before, after)| Leading {
            words: {
                let numbers = [("before", before.to_string()), ("after", after.to_string())];
                let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
                web.app.words().told("page-diff", language, &numbers)
            },
            href: format!("/policy/diff/{before}/{after}/{}", language.tag()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::shop::{Shop, settings};

    #[tokio::test]
    async fn changes_stand_under_their_direction_the_wider_ones_first_and_no_heading_stands_alone() {
        let web = Web::new(Shop::open().await.app, settings());
        let told = |direction, sentence: &str| (direction, sentence.to_owned());
        let changes = vec![told("gone", "A"), told("wider", "B"), told("wider", "C")];
        let groups = grouped(&web, changes, Language::English);
        let shown: Vec<_> = groups.iter().map(|g| (g.heading.as_str(), g.sentences.join(" "))).collect();
        assert_eq!(shown, [("Wider", "B C".to_owned()), ("Gone", "A".to_owned())]);
        assert!(grouped(&web, Vec::new(), Language::English).is_empty());
    }
}
