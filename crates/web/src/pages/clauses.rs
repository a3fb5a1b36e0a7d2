//! Which clause of the policy is kept, by what, and how often was it applied (clause 1)?

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::tz::TimeZone;
use saqta_app::figures::{ClauseFigures, CoverageState};
use saqta_app::instance::View;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::policy::Policy;

use super::asked::{Asked, Tag, offered};
use super::clause_sources::{BY_URGENCY, Known, file_of, known};
use super::layout::{Layout, Section};
use super::timeline::{Moment, day_shown, moment};
use crate::problem::Failure;
use crate::routes::Web;

/// How much of a clause is shown, in characters.
const OPENING: usize = 48;

/// Numbers are shown in steps of this size: an exact one would tell an observer of every single deed.
const STEP: u64 = 5;

#[derive(Template)]
#[template(path = "clauses.html")]
struct ClausesPage {
    layout: Layout,
    about: String,
    version_line: String,
    policy_address: String,
    summary_label: String,
    /// How many promises nobody enforces, and which.
    alarm: String,
    unbacked: Vec<String>,
    counts: Vec<Count>,
    law_label: String,
    law: String,
    edition_label: String,
    edition: Moment,
    verified_label: String,
    verified: Moment,
    expired: Option<String>,
    bases_label: String,
    unknown_label: String,
    bases: Vec<BasisTold>,
    grounds_label: String,
    few_note: String,
    chapters: Vec<Chapter>,
    maintainers: Option<Maintainers>,
}

/// Where somebody who works on the program finds what keeps a clause.
struct Maintainers {
    label: String,
    rules_label: String,
    /// Clauses that the same rules keep, and these rules.
    rules: Vec<(String, String)>,
    files_label: String,
    files: Vec<InFolder>,
    tests_label: String,
    tests: Vec<InFolder>,
}

/// Files of one folder, each with what it stands for.
struct InFolder {
    path: &'static str,
    files: Vec<(String, &'static str)>,
}

/// How many clauses are in one state.
struct Count {
    cover: &'static str,
    label: String,
    clauses: usize,
}

/// What the law says of a ground.
struct BasisTold {
    code: &'static str,
    name: String,
    known: bool,
    source: String,
    certainty: String,
}

struct Chapter {
    number: String,
    heading: String,
    rows: Vec<Row>,
}

struct Row {
    number: String,
    opening: String,
    cover: &'static str,
    cover_label: String,
    declared: Vec<(String, String)>,
    /// What they are called, and where the law has them.
    grounds: Vec<(String, String)>,
    figures: String,
}

/// Every clause of the version in force.
pub(super) async fn every(
    State(web): State<Web>,
    tag: Result<Path<Tag>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let tag = tag.ok().and_then(|Path(tag)| tag.language);
    let asked = Asked::choose(headers, tag, &offered(&view.version))?;
    let page = written(&web, &view, &known(&web, &view).await?, asked.language);
    let html = page.render().map_err(|_| Failure::Broken("the page of clauses"))?;
    Ok(asked.answered(Section::Clauses.path(), html))
}

fn written(web: &Web, view: &View, known: &[Known], language: Language) -> ClausesPage {
    let words = web.app.words();
    let word = |key: &str| words.word(key, language);
    let (law, zone) = (&view.law, &view.law.calendar.zone);
    let number = view.version.policy.version.to_string();
    let from = moment(view.version.policy.effective_from, zone);
    let named = words.told("page-version-number", language, &[("version", &number)]);
    let since = words.told("page-since", language, &[("from", &from.shown)]);
    let unbacked: Vec<String> =
        known.iter().filter(|k| k.cover == CoverageState::Unbacked).map(|k| k.number.clone()).collect();
    let verified = day_shown(law.verified_until);
    let expired = law.is_unverified(view.now);
    let layout = Layout::new(web, language, word("page-clauses"));
    ClausesPage {
        layout: layout.of_policy(web, view, language, Some(Section::Clauses)).offered_in(
            web,
            &offered(&view.version),
            Section::Clauses.path(),
        ),
        about: word("page-clauses-about"),
        version_line: format!("{named}, {since}"),
        policy_address: Section::Policy.address(language, true),
        summary_label: word("page-summary"),
        alarm: words.counted("page-promises", language, &[], &[("count", number_of(unbacked.len()))]),
        unbacked,
        counts: counts(web, known, language),
        law_label: word("page-law"),
        law: law.law.in_language(language).to_owned(),
        edition_label: word("page-law-edition"),
        edition: Moment { shown: day_shown(law.edition), iso: law.edition.to_string() },
        verified_label: word("page-law-verified"),
        verified: Moment { shown: verified.clone(), iso: law.verified_until.to_string() },
        expired: expired.then(|| words.told("page-law-expired", language, &[("until", &verified)])),
        bases_label: word("page-law-bases"),
        unknown_label: word("page-law-unknown"),
        bases: bases(web, view, language),
        grounds_label: word("page-grounds"),
        few_note: word("page-figures-about"),
        chapters: chapters(web, view, known, language),
        maintainers: maintainers(web, known, language),
    }
}

/// Rules and tests by clause. Many clauses are kept by the same rules, so each set of rules stands there once.
fn maintainers(web: &Web, known: &[Known], language: Language) -> Option<Maintainers> {
    let word = |key: &str| web.app.words().word(key, language);
    let mut sets: BTreeMap<&BTreeSet<&'static str>, Vec<&str>> = BTreeMap::new();
    for clause in known.iter().filter(|clause| !clause.rules.is_empty()) {
        sets.entry(&clause.rules).or_default().push(&clause.number);
    }
    let tests = known.iter().flat_map(|k| k.tests.iter().map(|test| (k.number.clone(), *test)));
    let tests = by_folder(tests);
    let mut sets: Vec<_> = sets.into_iter().collect();
    sets.sort_by_key(|(_, clauses)| std::cmp::Reverse(clauses.len()));
    let named: BTreeSet<&'static str> = known.iter().flat_map(|k| k.rules.iter().copied()).collect();
    let list = |rules: &BTreeSet<&str>| rules.iter().copied().collect::<Vec<_>>().join(", ");
    let rules: Vec<_> = sets.into_iter().map(|(set, clauses)| (clauses.join(", "), list(set))).collect();
    (!rules.is_empty() || !tests.is_empty()).then(|| Maintainers {
        label: word("page-maintainers"),
        rules_label: word("page-rules"),
        rules,
        files_label: word("page-rule-files"),
        files: by_folder(named.into_iter().filter_map(|rule| Some((rule.to_owned(), file_of(rule)?)))),
        tests_label: word("page-tests"),
        tests,
    })
}

/// Files by the folders they lie in: the way to each folder stands there once.
fn by_folder(files: impl Iterator<Item = (String, &'static str)>) -> Vec<InFolder> {
    let mut folders: Vec<InFolder> = Vec::new();
    for (stands_for, file) in files {
        let (path, name) = file.rsplit_once('/').unwrap_or((".", file));
        match folders.iter_mut().find(|folder| folder.path == path) {
            Some(folder) => folder.files.push((stands_for, name)),
            None => folders.push(InFolder { path, files: vec![(stands_for, name)] }),
        }
    }
    folders
}

fn number_of(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn counts(web: &Web, known: &[Known], language: Language) -> Vec<Count> {
    let count = |cover: CoverageState| Count {
        cover: cover.as_str(),
        label: web.app.words().word(&format!("page-cover-{}", cover.as_str()), language),
        clauses: known.iter().filter(|k| k.cover == cover).count(),
    };
    BY_URGENCY.into_iter().map(count).filter(|count| count.clauses > 0).collect()
}

/// The grounds that the policy stands on, as the law in force sees them.
fn bases(web: &Web, view: &View, language: Language) -> Vec<BasisTold> {
    let used: BTreeSet<BasisKind> =
        view.version.policy.purposes.values().filter_map(|p| p.basis.kind()).collect();
    let told = |(kind, basis): (&BasisKind, &saqta_domain::terms::law::LawBasis)| BasisTold {
        code: kind.as_str(),
        name: web.app.words().basis(Some(*kind), language),
        known: basis.known,
        source: basis.source.clone(),
        certainty: web.app.words().word(&format!("page-certainty-{}", basis.certainty.mark()), language),
    };
    view.law.bases.iter().filter(|(kind, _)| used.contains(kind)).map(told).collect()
}

/// The clauses in the order of the text, under the headings they stand under.
fn chapters(web: &Web, view: &View, known: &[Known], language: Language) -> Vec<Chapter> {
    let Some(document) = view.version.texts.document(language) else { return Vec::new() };
    let by_number: BTreeMap<&str, &Known> = known.iter().map(|k| (k.number.as_str(), k)).collect();
    let mut chapters: Vec<Chapter> = Vec::new();
    for clause in &document.clauses {
        let (number, words) = (clause.number.to_string(), clause.words());
        let body = match &clause.heading {
            Some(heading) => {
                chapters.push(Chapter { number: number.clone(), heading: heading.clone(), rows: Vec::new() });
                words.strip_prefix(heading.as_str()).unwrap_or(&words).trim_start()
            }
            None => &words,
        };
        if chapters.is_empty() {
            chapters.push(Chapter { number: String::new(), heading: String::new(), rows: Vec::new() });
        }
        let row = by_number.get(number.as_str()).map(|known| row(web, view, known, body, language));
        if let Some(chapter) = chapters.last_mut() {
            chapter.rows.extend(row);
        }
    }
    chapters.retain(|chapter| !chapter.rows.is_empty());
    chapters
}

fn row(web: &Web, view: &View, known: &Known, words: &str, language: Language) -> Row {
    let policy = &view.version.policy;
    Row {
        number: known.number.clone(),
        opening: opening(words),
        cover: known.cover.as_str(),
        cover_label: web.app.words().word(&format!("page-cover-{}", known.cover.as_str()), language),
        declared: declared(web, policy, &known.declarations, language),
        grounds: grounds(web, view, &known.declarations, language),
        figures: figures_told(web, known.figures, &view.law.calendar.zone, language),
    }
}

/// The first words of a clause, ending with a whole word.
fn opening(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default().trim();
    let mut shown = String::new();
    for word in line.split_whitespace() {
        if shown.chars().count() + word.chars().count() > OPENING {
            return format!("{}…", shown.trim_end_matches([',', ';', ':', '.', ' ']));
        }
        shown.push_str(word);
        shown.push(' ');
    }
    shown.trim_end().to_owned()
}

/// The declarations by their kinds, under the names people know them by where they have such names.
fn declared(web: &Web, policy: &Policy, paths: &[String], language: Language) -> Vec<(String, String)> {
    let mut kinds: BTreeMap<(u8, &str), BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        let (kind, name) = path.split_once('.').unwrap_or((path, path));
        let (kind, name) = match kind {
            "purpose" => {
                let title = policy.purposes.get(name).map(|p| p.title.in_language(language));
                ((0, "page-declared-purpose"), title.unwrap_or(name).to_owned())
            }
            "attribute" => {
                let label = policy.attributes.get(name).map(|a| a.label.in_language(language));
                ((1, "page-declared-attribute"), label.unwrap_or(name).to_owned())
            }
            "recipient" => ((2, "page-declared-recipient"), name.to_owned()),
            "request" => {
                let key = format!("page-request-{name}");
                let known = Some(web.app.words().word(&key, language)).filter(|word| *word != key);
                ((3, "page-declared-request"), known.unwrap_or_else(|| name.to_owned()))
            }
            "operator" => ((4, "page-declared-other"), web.app.words().word("page-operator", language)),
            link if link.starts_with("link[") => {
                ((4, "page-declared-other"), web.app.words().word("page-declared-link", language))
            }
            _ => ((4, "page-declared-other"), path.clone()),
        };
        kinds.entry(kind).or_default().insert(name);
    }
    let list = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
    kinds.into_iter().map(|((_, key), names)| (web.app.words().word(key, language), list(names))).collect()
}

/// The grounds of the purposes among the declarations, with the article of the law that each stands in.
fn grounds(web: &Web, view: &View, paths: &[String], language: Language) -> Vec<(String, String)> {
    let policy = &view.version.policy;
    let purposes = paths.iter().filter_map(|path| policy.purposes.get(path.strip_prefix("purpose.")?));
    let kinds: BTreeSet<BasisKind> = purposes.filter_map(|p| p.basis.kind()).collect();
    let article = |kind: BasisKind| {
        let basis = view.law.bases.get(&kind)?;
        match basis.known {
            true => Some(format!("{}, {}", basis.source.split(':').next()?, basis.certainty.mark())),
            false => Some(web.app.words().word("page-law-not", language)),
        }
    };
    kinds
        .into_iter()
        .map(|kind| (web.app.words().basis(Some(kind), language), article(kind).unwrap_or_default()))
        .collect()
}

/// How often and when last, in a form that points at nobody.
fn figures_told(web: &Web, figures: ClauseFigures, zone: &TimeZone, language: Language) -> String {
    let word = |key: &str| web.app.words().word(key, language);
    let number = |count: u64| match count {
        0 => "0".to_owned(),
        few if few < STEP => word("page-few"),
        many => format!("{}+", many - many % STEP),
    };
    let mut told = format!(
        "{} {}, {} {}",
        word("page-permitted"),
        number(figures.permitted),
        word("page-refused"),
        number(figures.refused)
    );
    if let Some(last) = figures.last {
        let day = day_shown(last.to_zoned(zone.clone()).date());
        told.push_str(&format!(", {} {day}", word("page-last")));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::STYLE;
    use crate::tests::shop::{Shop, settings};

    const RULES: [&str; 13] = [
        "may_act",
        "may_collect",
        "may_read",
        "may_repurpose",
        "basis_stands",
        "may_take_consent",
        "consent_holds",
        "may_withdraw",
        "may_restrict",
        "may_hold",
        "may_destroy",
        "must_destroy",
        "envelope",
    ];

    #[tokio::test]
    async fn the_page_stays_small_when_every_clause_has_rules_a_test_and_figures() {
        let shop = Shop::open().await;
        let web = Web::new(shop.app.clone(), settings());
        let view = shop.app.view().await.unwrap();
        let last = Some(view.now);
        let known: Vec<Known> = known(&web, &view).await.unwrap();
        let known: Vec<Known> = known
            .into_iter()
            .map(|known| Known {
                rules: RULES.into(),
                tests: vec!["tests/clauses/c07_10_five_ends_of_processing.rs"],
                figures: ClauseFigures { permitted: 120_431, refused: 3, last },
                ..known
            })
            .collect();
        for language in Language::ALL {
            let page = written(&web, &view, &known, language).render().unwrap();
            let weight = page.len() + STYLE.len();
            println!("{} {weight}", language.tag());
            assert!(weight < 50_000, "{} {weight}", language.tag());
        }
    }

    #[tokio::test]
    async fn small_numbers_are_not_told_exactly_and_the_last_time_is_a_day() {
        let shop = Shop::open().await;
        let web = Web::new(shop.app.clone(), settings());
        let told = |permitted, refused, last: Option<&str>| {
            let figures = ClauseFigures { permitted, refused, last: last.map(|at| at.parse().unwrap()) };
            figures_told(&web, figures, &TimeZone::UTC, Language::English)
        };
        assert_eq!(told(0, 0, None), "permitted 0, refused 0");
        let last = Some("2026-03-02T06:07:08Z");
        assert_eq!(told(1, 4, last), "permitted fewer than 5, refused fewer than 5, last 02.03.2026");
        assert_eq!(told(5, 1234, last), "permitted 5+, refused 1230+, last 02.03.2026");
    }

    #[test]
    fn a_clause_is_opened_with_whole_words() {
        assert_eq!(opening("Short words."), "Short words.");
        let long =
            "We keep what we promise, and we say so in words of one line, which is not long at all, we hope.";
        assert_eq!(opening(long), "We keep what we promise, and we say so in words…");
    }
}
