//! Is this folder a sound policy, and what does it say?
//!
//! Every fault that can be found is reported, not only the first. Where the TOML itself is broken, what a line was meant to
//! be cannot be known: then only faults that lie inside a single value are reported beside the broken line.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::terms::names::{AttributeName, Clause, Language, PurposeName};
use saqta_domain::terms::policy::{Link, Policy};
use toml::de::DeTable;

use crate::compile::{self, Citation, Draft};
use crate::coverage::{Cited, ClauseCoverage, CoverageState, coverage};
use crate::folder::{Folder, POLICY_FILE};
use crate::law::LawPack;
use crate::problem::{Problem, Report, sort};
use crate::texts::{Document, Texts};

/// A sound policy with its published text.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the gate decides by.
    pub policy: Policy,
    /// What people read.
    pub texts: Texts,
    /// The files it consists of: those that its digest is made of.
    pub files: Vec<String>,
    /// What somebody should look at; nothing of it keeps the policy from being used.
    pub warnings: Vec<Problem>,
    /// The first day on which it holds, as written, in the zone of its first jurisdiction.
    pub effective_on: Date,
    /// What stands behind each clause of the text.
    pub coverage: Vec<ClauseCoverage>,
}

/// Faults of a single value, true whatever the rest of a broken file was meant to be.
const OF_ONE_VALUE: [&str; 9] = [
    "duplicate-name",
    "wrong-type",
    "bad-value",
    "bad-term",
    "bad-clause",
    "check-digit",
    "unknown-kind",
    "unknown-basis",
    "unknown-operation",
];

/// Reads a policy, or says everything that is wrong with it.
pub fn load(folder: &Folder) -> Result<Loaded, Vec<Problem>> {
    read(folder, None, false)
}

/// The same for a check at an instant: it also says which law packs should have been compared with their sources by then.
pub fn load_at(folder: &Folder, now: Timestamp) -> Result<Loaded, Vec<Problem>> {
    read(folder, Some(now), false)
}

/// Reads a policy that was found sound before, perhaps by an earlier program. What this program newly finds wrong stands among
/// the warnings as the error that it is, and the policy holds as it was published. Only where a declaration itself cannot be
/// read any more is there none: what it said would be lost, and the rest would mean something else.
pub fn load_published(folder: &Folder) -> Result<Loaded, Vec<Problem>> {
    read(folder, None, true)
}

/// The number that a folder's policy bears, whatever else is wrong with it.
pub fn version_in(folder: &Folder) -> Option<u32> {
    let text = std::str::from_utf8(folder.file(POLICY_FILE)?).ok()?;
    let (table, _) = DeTable::parse_recoverable(text);
    compile::read(table.get_ref(), &mut Report::new(POLICY_FILE, text)).version
}

fn read(folder: &Folder, now: Option<Timestamp>, published: bool) -> Result<Loaded, Vec<Problem>> {
    let mut problems = Vec::new();
    let Some(bytes) = folder.file(POLICY_FILE) else {
        let mut report = Report::new(POLICY_FILE, "");
        let hint = "a policy is a folder with policy.toml and the text in each language";
        report.error("file-missing", 0..0, "the folder has no `policy.toml`", hint);
        return Err(report.into_problems());
    };
    let text = String::from_utf8_lossy(bytes);
    let mut report = Report::new(POLICY_FILE, &text);
    if !utf8(bytes, &mut report) {
        return Err(report.into_problems());
    }
    let (table, faults) = DeTable::parse_recoverable(&text);
    for fault in &faults {
        syntax(fault, &text, &mut report);
    }
    let draft = compile::read(table.get_ref(), &mut report);
    let unread = report.has_errors();
    compile::checks::check(&draft, &mut report);
    let packs = compile::against_law::packs_of(&draft, &mut report);
    compile::against_law::check(&draft, &packs, &mut report);
    fewer_languages(&draft, &mut report);
    if let Some(now) = now {
        compile::against_law::unverified(&draft, &packs, now, &mut report);
    }
    let texts = read_texts(&draft, folder, &mut report, &mut problems);
    compare(&texts, &draft, &mut problems, folder);
    clauses_exist(&draft, &texts, &mut report);
    if !faults.is_empty() {
        report.retain_beside("toml-syntax", |p| OF_ONE_VALUE.contains(&p.code));
    }
    problems.extend(report.into_problems());
    let cited: Vec<Cited> = draft.citations.iter().map(Citation::without_place).collect();
    let files: Vec<String> = draft.text_files.values().map(|at| at.value.clone()).collect();
    let digest = folder.digest(files.iter().map(String::as_str).chain([POLICY_FILE]));
    let names = text_names(&draft);
    let effective_on = draft.effective_from;
    let wrong = if published { unread } else { problems.iter().any(Problem::is_error) };
    let policy = if wrong { None } else { build(draft, &packs, digest) };
    let (Some(policy), Some(effective_on)) = (policy, effective_on) else {
        sort(&mut problems);
        return Err(problems);
    };
    let coverage = coverage(&policy, &texts, &cited);
    let files = files.into_iter().chain([POLICY_FILE.to_owned()]).filter(|name| folder.file(name).is_some());
    let files = files.collect();
    let mut loaded = Loaded { policy, files, texts, warnings: problems, effective_on, coverage };
    let unbacked = unbacked(&loaded, &names, folder);
    loaded.warnings.extend(unbacked);
    sort(&mut loaded.warnings);
    Ok(loaded)
}

fn text_names(draft: &Draft) -> BTreeMap<Language, String> {
    draft.text_files.iter().map(|(language, at)| (*language, at.value.clone())).collect()
}

pub(crate) fn utf8(bytes: &[u8], report: &mut Report<'_>) -> bool {
    let Err(fault) = std::str::from_utf8(bytes) else { return true };
    let at = fault.valid_up_to();
    let hint = "save the file as UTF-8; windows-1251 is not read";
    report.error("not-utf8", at..at, "the file is not UTF-8 from here on", hint);
    false
}

pub(crate) fn syntax(fault: &toml::de::Error, text: &str, report: &mut Report<'_>) {
    let span = fault.span().unwrap_or(text.len()..text.len());
    if fault.message().contains("duplicate key") {
        let name = text.get(span.clone()).unwrap_or_default().trim();
        let message = format!("`{name}` is written twice in the same block");
        report.error("duplicate-name", span, message, "delete one of the two, or give one another name");
        return;
    }
    let hint = "see https://toml.io for how a line is written; texts stand in quotes";
    report.error("toml-syntax", span, fault.message().replace('\n', " "), hint);
}

/// A text need not be published in every language, but somebody should have wanted that.
fn fewer_languages(draft: &Draft, report: &mut Report<'_>) {
    let Some(place) = draft.texts_place.clone() else { return };
    let (published, absent): (Vec<Language>, Vec<Language>) =
        Language::ALL.into_iter().partition(|language| draft.text_files.contains_key(language));
    let (Some(first), false) = (published.first(), absent.is_empty()) else { return };
    let absent: Vec<String> = absent.into_iter().map(|l| format!("`{}`", l.tag())).collect();
    let message = format!(
        "the text is not published in {}: who reads that gets everything in `{}`",
        absent.join(" and "),
        first.tag()
    );
    let hint = "in Kazakhstan a text for the public is expected in Kazakh as well as in Russian: add a text and name it here";
    report.warning("language-unpublished", place, message, hint);
}

fn read_texts(draft: &Draft, folder: &Folder, report: &mut Report<'_>, problems: &mut Vec<Problem>) -> Texts {
    let mut texts = Texts::default();
    for (language, at) in &draft.text_files {
        let Some(bytes) = folder.file(&at.value) else {
            let message = format!("the text `{}` is missing", at.value);
            let hint = "put the published text beside policy.toml, or correct its name under [texts]";
            report.error("text-missing", at.span.clone(), message, hint);
            continue;
        };
        let text = String::from_utf8_lossy(bytes);
        let mut own = Report::new(&at.value, &text);
        if utf8(bytes, &mut own) {
            let document = Document::parse(&text);
            sound(&document, &text, &mut own);
            texts.add(*language, document);
        }
        problems.extend(own.into_problems());
    }
    texts
}

/// A text has clauses, and each only once.
pub(crate) fn sound(document: &Document, text: &str, report: &mut Report<'_>) {
    if document.clauses.is_empty() {
        let hint = "number them: a heading `## 5. …` or a paragraph `5.2. …`";
        report.error("text-without-clauses", 0..0, "the text has no numbered clauses", hint);
    }
    let mut seen: BTreeMap<&Clause, usize> = BTreeMap::new();
    for clause in &document.clauses {
        if let Some(first) = seen.insert(&clause.number, clause.line) {
            let message = format!("clause {} stands here and in line {first}", clause.number);
            report.error("clause-twice", line(text, clause.line), message, "give one of them its own number");
        }
    }
}

/// The bytes of a line, counted from 1.
fn line(text: &str, number: usize) -> Range<usize> {
    let mut start = 0;
    for (index, row) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            return start..start + row.trim_end().len();
        }
        start += row.len();
    }
    0..0
}

/// Every language has the same clauses, or people in different languages were promised different things.
fn compare(texts: &Texts, draft: &Draft, problems: &mut Vec<Problem>, folder: &Folder) {
    let of = |language| texts.document(language).map(|d| d.clauses.as_slice()).unwrap_or_default();
    for (language, at) in &draft.text_files {
        let Some(document) = texts.document(*language) else { continue };
        if document.clauses.is_empty() {
            continue;
        }
        let bytes = folder.file(&at.value).unwrap_or_default();
        let text = String::from_utf8_lossy(bytes);
        let mut report = Report::new(&at.value, &text);
        let mut told = BTreeSet::new();
        for other in Language::ALL {
            for clause in of(other) {
                if document.clause(&clause.number).is_some() || !told.insert(&clause.number) {
                    continue;
                }
                let before =
                    document.clauses.iter().filter(|c| c.number < clause.number).max_by_key(|c| &c.number);
                let place = line(&text, before.map_or(1, |c| c.line));
                let message = format!(
                    "the text in `{}` has a clause {} and this one has not",
                    other.tag(),
                    clause.number
                );
                let hint = "the texts have the same clauses in all languages: add it after this one, or delete it there";
                report.error("clauses-differ", place, message, hint);
            }
        }
        problems.extend(report.into_problems());
    }
}

/// Every clause that a block cites stands in a text.
fn clauses_exist(draft: &Draft, texts: &Texts, report: &mut Report<'_>) {
    let documents: Vec<&Document> = Language::ALL.iter().filter_map(|l| texts.document(*l)).collect();
    if documents.is_empty() {
        return;
    }
    for citation in &draft.citations {
        if documents.iter().any(|d| d.clause(&citation.clause).is_some()) {
            continue;
        }
        let message = format!("`{}` cites clause {}, and the text has none", citation.by, citation.clause);
        report.error(
            "clause-not-in-text",
            citation.span.clone(),
            message,
            "cite the clause that this block makes true",
        );
    }
}

fn unbacked(loaded: &Loaded, names: &BTreeMap<Language, String>, folder: &Folder) -> Vec<Problem> {
    let Some((file, document)) =
        names.iter().find_map(|(language, name)| Some((name, loaded.texts.document(*language)?)))
    else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(folder.file(file).unwrap_or_default());
    let mut report = Report::new(file, &text);
    for row in loaded.coverage.iter().filter(|row| row.state == CoverageState::Unbacked) {
        let place = document.clause(&row.clause).map_or(0..0, |c| line(&text, c.line));
        let message = format!("nothing in the policy makes clause {} true", row.clause);
        let hint = "cite it in the block that does, or under [explains] if it promises nothing";
        report.warning("clause-unbacked", place, message, hint);
    }
    report.into_problems()
}

/// The policy, once nothing is wrong. It comes into force at midnight in the zone of its first jurisdiction.
fn build(draft: Draft, packs: &[LawPack], digest: [u8; 32]) -> Option<Policy> {
    let version = draft.version?;
    let zone = packs.first()?.zone().clone();
    let effective_from = draft.effective_from?.to_zoned(zone).ok()?.timestamp();
    let mut purposes = BTreeMap::new();
    for purpose in draft.purposes {
        let purpose = purpose.build(version)?;
        purposes.insert(purpose.name.clone(), purpose);
    }
    let mut recipients = BTreeMap::new();
    for mut recipient in draft.declared {
        for gets in draft.gets.iter().filter(|g| g.recipient == recipient.name.as_str()) {
            let purpose = PurposeName::new(&gets.purpose).ok()?;
            let attributes: Result<_, _> =
                gets.attributes.iter().map(|at| AttributeName::new(&at.value)).collect();
            recipient.gets.insert(purpose, attributes.ok()?);
        }
        recipients.insert(recipient.name.clone(), recipient);
    }
    let links = draft
        .links
        .into_iter()
        .map(|link| Link { from: link.from.value, to: link.to.value, clauses: link.clauses })
        .collect();
    Some(Policy {
        version,
        digest,
        effective_from,
        operator: draft.operator?,
        jurisdictions: draft.jurisdictions.into_iter().map(|at| at.value).collect(),
        strict: draft.strict,
        attributes: draft.attributes,
        purposes,
        recipients,
        requests: draft.promises.into_iter().map(|draft| (draft.kind, draft.promise)).collect(),
        links,
        explains: draft.explains,
    })
}
