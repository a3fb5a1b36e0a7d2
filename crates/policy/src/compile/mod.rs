//! What does `policy.toml` declare, block by block?
//!
//! Reading makes a [`Draft`]: everything that could be read, each name with its place. Whether the names lead anywhere is
//! asked afterwards, in [`checks`], so that one misspelt name does not hide the next.

pub(crate) mod against_law;
pub(crate) mod checks;
mod purpose;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;
use saqta_domain::terms::attribute::{About, Attribute, Depersonalise, Sensitivity};
use saqta_domain::terms::kind::{Kind, KindFault};
use saqta_domain::terms::names::{AttributeName, BadName, Clause, Language, PurposeName};
use saqta_domain::terms::policy::Operator;
use saqta_domain::terms::recipient::Recipient;
use toml::de::DeTable;

use crate::coverage::Cited;
use crate::law::packs;
use crate::problem::Report;
use crate::read::{At, Block, nearest};
pub(crate) use purpose::PurposeDraft;

const DOCUMENT_LIMIT: u64 = 2 * 1024 * 1024 * 1024;

/// Everything in the file that could be read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) version: Option<u32>,
    pub(crate) effective_from: Option<Date>,
    pub(crate) jurisdictions: Vec<At<String>>,
    pub(crate) strict: bool,
    /// The texts that are published, by language.
    pub(crate) text_files: BTreeMap<Language, At<String>>,
    /// Where `[texts]` stands, if it is written.
    pub(crate) texts_place: Option<Range<usize>>,
    pub(crate) operator: Option<Operator>,
    pub(crate) place_of_storage: Range<usize>,
    /// Names of attributes that were declared, soundly or not.
    pub(crate) attribute_names: BTreeMap<AttributeName, Range<usize>>,
    pub(crate) attributes: BTreeMap<AttributeName, Attribute>,
    pub(crate) purposes: Vec<PurposeDraft>,
    /// Names of recipients that were declared, soundly or not.
    pub(crate) recipients: BTreeMap<String, Range<usize>>,
    /// The recipients that were read soundly, without what they get.
    pub(crate) declared: Vec<Recipient>,
    pub(crate) gets: Vec<shapes::Gets>,
    pub(crate) tariffs: Vec<At<String>>,
    pub(crate) promises: Vec<shapes::PromiseDraft>,
    pub(crate) links: Vec<LinkDraft>,
    pub(crate) explains: BTreeSet<Clause>,
    pub(crate) citations: Vec<Citation>,
}

/// A declared join of records, before its purposes were looked up.
#[derive(Debug)]
pub(crate) struct LinkDraft {
    pub(crate) from: At<PurposeName>,
    pub(crate) to: At<PurposeName>,
    pub(crate) clauses: Vec<Clause>,
}

/// A block that says it makes a clause true, or explains it.
#[derive(Clone, Debug)]
pub(crate) struct Citation {
    pub(crate) clause: Clause,
    pub(crate) by: String,
    pub(crate) span: Range<usize>,
}

impl Citation {
    /// What coverage needs to know of it.
    pub(crate) fn without_place(&self) -> Cited {
        Cited { clause: self.clause.clone(), by: self.by.clone() }
    }
}

/// Reads the whole file.
pub(crate) fn read(table: &DeTable<'_>, report: &mut Report<'_>) -> Draft {
    let mut draft = Draft::default();
    let mut top = Block::top(table);
    draft.texts_place = top.has("texts").then(|| top.place("texts"));
    draft.text_files = text_files(&mut top, report);
    // Every wording below is asked for in the languages of the text.
    top.speak(&draft.text_files.keys().copied().collect::<Vec<_>>());
    format(&mut top, report);
    draft.version = version(&mut top, report);
    draft.effective_from = match top.has("effective_from") {
        true => top.date(report, "effective_from").map(|at| at.value),
        false => {
            top.date(report, "effective_from");
            top.missing(
                report,
                "effective_from",
                "write the first day it is in force: effective_from = 2026-01-12",
            );
            None
        }
    };
    draft.jurisdictions = top.texts(report, "jurisdictions");
    if draft.jurisdictions.is_empty() {
        let hint =
            format!("name the law packs it stands under, of {}: jurisdictions = [\"…\"]", packs().join(", "));
        top.missing(report, "jurisdictions", &hint);
    }
    draft.strict = top.flag(report, "strict");
    match top.block(report, "operator") {
        Some(block) => {
            draft.place_of_storage = block.place("storage");
            draft.operator = operator(block, report, &mut draft.citations);
        }
        None if !top.has("operator") => {
            top.missing(
                report,
                "operator",
                "say who answers for the data: [operator] with name, bin, address",
            );
        }
        None => {}
    }
    for (name, block) in top.named(report, "attribute") {
        attribute(name, block, report, &mut draft);
    }
    for (name, block) in top.named(report, "purpose") {
        purpose::read(name, block, report, &mut draft);
    }
    for block in top.listed(report, "link") {
        link(block, report, &mut draft);
    }
    shapes::read(&mut top, report, &mut draft);
    if let Some(mut block) = top.block(report, "explains") {
        let clauses = clauses(&mut block, report, &mut draft.citations);
        draft.explains = clauses.into_iter().collect();
        block.finish(report);
    }
    top.finish(report);
    draft
}

fn format(top: &mut Block<'_, '_>, report: &mut Report<'_>) {
    if !top.has("format") {
        top.missing(report, "format", "begin the file with format = 1");
    }
    if let Some(format) = top.number(report, "format")
        && format.value != 1
    {
        let message = format!("format {} is not known to this version", format.value);
        report.error("unknown-format", format.span, message, "write format = 1, or use the newer program");
    }
}

fn version(top: &mut Block<'_, '_>, report: &mut Report<'_>) -> Option<u32> {
    if !top.has("version") {
        top.missing(report, "version", "number your editions from 1: version = 1");
    }
    let version = top.number(report, "version")?;
    match u32::try_from(version.value) {
        Ok(number) if number > 0 => Some(number),
        _ => {
            report.error(
                "bad-value",
                version.span,
                "versions count from 1",
                "write version = 1 in the first one",
            );
            None
        }
    }
}

/// The texts named under `[texts]`, and in no other language; without that block one of the standard name in each language.
fn text_files(top: &mut Block<'_, '_>, report: &mut Report<'_>) -> BTreeMap<Language, At<String>> {
    let standard = |language: Language| At::new(format!("text.{}.md", language.tag()), 0..0);
    if !top.has("texts") {
        return Language::ALL.into_iter().map(|language| (language, standard(language))).collect();
    }
    let Some(mut block) = top.block(report, "texts") else { return BTreeMap::new() };
    let mut files = BTreeMap::new();
    let mut named = false;
    for language in Language::ALL {
        named |= block.has(language.tag());
        if let Some(file) = block.text(report, language.tag()) {
            files.insert(language, file);
        }
    }
    if !named {
        let message = "`texts` names no text";
        report.error("key-missing", block.span.clone(), message, "write one at least: ru = \"text.ru.md\"");
    }
    block.finish(report);
    files
}

fn operator(
    mut block: Block<'_, '_>,
    report: &mut Report<'_>,
    citations: &mut Vec<Citation>,
) -> Option<Operator> {
    let name = block.must_wording(report, "name", true, "write the legal name, as registered");
    let bin = block.must_text(report, "bin", "write the twelve digits of the BIN (ИИН of a sole proprietor)");
    let address = block.must_wording(report, "address", true, "write the legal address");
    let sites = block.texts(report, "site");
    let email = block.must_text(report, "email", "write the address that people send their requests to");
    block.text(report, "responsible");
    let storage = block.must_text(report, "storage", "write the country of the databases: storage = \"KZ\"");
    clauses(&mut block, report, citations);
    block.finish(report);
    let bin = bin.and_then(|at| identification_number(at, report));
    let email = email.and_then(|at| match Kind::Email.normalise(&at.value) {
        Ok(_) => Some(at.value),
        Err(fault) => {
            report.error("bad-value", at.span, format!("`operator.email`: {fault}"), "write one address");
            None
        }
    });
    let storage = storage.and_then(|at| country(at, report));
    Some(Operator {
        name: name?.value,
        bin: bin?,
        address: address?.value,
        sites: sites.into_iter().map(|s| s.value).collect(),
        email: email?,
        storage: storage?,
    })
}

/// The operator's BIN; a sole proprietor has an IIN in its place.
fn identification_number(at: At<String>, report: &mut Report<'_>) -> Option<String> {
    let fault = match Kind::Bin.normalise(&at.value) {
        Ok(_) => return Some(at.value),
        Err(fault) => fault,
    };
    match Kind::Iin.normalise(&at.value) {
        Ok(_) => return Some(at.value),
        Err(KindFault::CheckDigit(_)) => {}
        Err(_) if !matches!(fault, KindFault::CheckDigit(_)) => {
            let hint = "twelve digits, as in the certificate of registration";
            report.error("bad-value", at.span, format!("`operator.bin`: {fault}"), hint);
            return None;
        }
        Err(_) => {}
    }
    let hint = "compare it with the certificate of registration: a digit is wrong or two are swapped";
    report.error("check-digit", at.span, "`operator.bin`: the check digit does not fit", hint);
    None
}

/// Two letters for a country.
pub(crate) fn country(at: At<String>, report: &mut Report<'_>) -> Option<String> {
    if at.value.len() == 2 && at.value.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(at.value);
    }
    let message = format!("`{}` is not a country code", at.value);
    report.error("bad-value", at.span, message, "two capital letters, such as KZ");
    None
}

fn attribute(name: At<String>, mut block: Block<'_, '_>, report: &mut Report<'_>, draft: &mut Draft) {
    let name = checked_name(&name, report, AttributeName::new);
    if let Some(name) = &name {
        draft.attribute_names.insert(name.value.clone(), name.span.clone());
    }
    let kinds = Kind::ALL.map(Kind::as_str);
    let kind = block.must_text(report, "kind", &format!("one of: {}", kinds.join(", ")));
    let kind = kind.and_then(|at| word(&at, report, "unknown-kind", "kind", &kinds, Kind::from_word));
    let label =
        block.must_wording(report, "label", false, "say what people read, in every language of the text");
    let findable = block.flag(report, "find");
    let sensitivity = one_of(
        &mut block,
        report,
        "sensitivity",
        Sensitivity::Ordinary,
        &[
            ("ordinary", Sensitivity::Ordinary),
            ("public", Sensitivity::Ordinary),
            ("restricted", Sensitivity::Restricted),
        ],
    );
    let confirm_every = period(&mut block, report, "confirm_every").map(|at| at.value);
    let depersonalise = one_of(
        &mut block,
        report,
        "depersonalise",
        Depersonalise::Destroy,
        &[("destroy", Depersonalise::Destroy), ("keep", Depersonalise::Keep)],
    );
    let many = block.flag(report, "many");
    if many && kind.is_some_and(|kind| kind != Kind::Document) {
        let message = "of this attribute one value a person is kept, and a new one replaces it";
        report.warning(
            "one-value-kept",
            block.place("many"),
            message,
            "only documents may be many; delete `many`",
        );
    }
    let about = one_of(
        &mut block,
        report,
        "about",
        About::Subject,
        &[("subject", About::Subject), ("recipient", About::Recipient)],
    );
    let max_bytes = block.number(report, "max_bytes");
    if let (Some(limit), Some(kind)) = (&max_bytes, kind) {
        if kind != Kind::Document {
            let hint = "delete it: only documents are files";
            report.error("bad-value", limit.span.clone(), "`max_bytes` is for documents alone", hint);
        } else if limit.value == 0 || limit.value > DOCUMENT_LIMIT {
            let message = format!("`max_bytes` must be from 1 to {DOCUMENT_LIMIT}");
            report.error("bad-value", limit.span.clone(), message, "10485760 are ten mebibytes");
        }
    } else if kind == Some(Kind::Document) && !block.has("max_bytes") {
        block.missing(report, "max_bytes", "limit the size of the file: max_bytes = 10485760");
    }
    if findable && kind == Some(Kind::Document) {
        let message = "a document cannot be looked up by its content";
        report.error("bad-value", block.place("find"), message, "delete `find`");
    }
    let clauses = clauses(&mut block, report, &mut draft.citations);
    block.finish(report);
    let (Some(name), Some(kind), Some(label)) = (name, kind, label) else { return };
    draft.attributes.insert(
        name.value.clone(),
        Attribute {
            name: name.value,
            kind,
            label: label.value,
            findable,
            about,
            sensitivity,
            confirm_every,
            depersonalise,
            max_bytes: max_bytes.map_or(0, |at| at.value),
            clauses,
        },
    );
}

fn link(mut block: Block<'_, '_>, report: &mut Report<'_>, draft: &mut Draft) {
    let from = block.must_text(report, "from", "name the purpose the visitor is known under");
    let to = block.must_text(report, "to", "name the purpose that stands on a ground for the customer");
    let clauses = clauses(&mut block, report, &mut draft.citations);
    block.finish(report);
    let from = from.and_then(|at| checked_name(&at, report, PurposeName::new));
    let to = to.and_then(|at| checked_name(&at, report, PurposeName::new));
    let (Some(from), Some(to)) = (from, to) else { return };
    if from.value == to.value {
        let hint = "records of one purpose are one record already";
        report.error("link-to-itself", to.span, "a link joins two different purposes", hint);
        return;
    }
    if draft.links.iter().any(|l| l.from.value == from.value && l.to.value == to.value) {
        let message = format!("`{}` and `{}` are linked twice", from.value, to.value);
        report.error("duplicate-name", from.span, message, "delete one of the two");
        return;
    }
    draft.links.push(LinkDraft { from, to, clauses });
}

/// The clauses a block makes true; every block names at least one, or nobody could say why it is there.
pub(crate) fn clauses(
    block: &mut Block<'_, '_>,
    report: &mut Report<'_>,
    citations: &mut Vec<Citation>,
) -> Vec<Clause> {
    let listed = block.texts(report, "clauses");
    if listed.is_empty() && !block.has("clauses") {
        block.missing(
            report,
            "clauses",
            "name the clauses of the text that it makes true: clauses = [\"5.2\"]",
        );
    }
    let mut clauses = Vec::new();
    for at in listed {
        let Some(clause) = Clause::new(&at.value) else {
            let message = format!("`{}` is not the number of a clause", at.value);
            report.error("bad-clause", at.span, message, "digits parted by dots, such as 5.2");
            continue;
        };
        citations.push(Citation { clause: clause.clone(), by: block.path.clone(), span: at.span });
        clauses.push(clause);
    }
    clauses
}

/// A name of the policy, if it is well formed.
pub(crate) fn checked_name<T>(
    at: &At<String>,
    report: &mut Report<'_>,
    make: fn(&str) -> Result<T, BadName>,
) -> Option<At<T>> {
    match make(&at.value) {
        Ok(name) => Some(At::new(name, at.span.clone())),
        Err(BadName) => {
            let message = format!("`{}` is no name", at.value);
            report.error("bad-name", at.span.clone(), message, BadName.to_string());
            None
        }
    }
}

/// A list of names, those that are well formed.
pub(crate) fn names<T>(
    block: &mut Block<'_, '_>,
    report: &mut Report<'_>,
    key: &'static str,
    make: fn(&str) -> Result<T, BadName>,
) -> Vec<At<T>> {
    block.texts(report, key).iter().filter_map(|at| checked_name(at, report, make)).collect()
}

/// A word of a closed vocabulary.
pub(crate) fn word<T>(
    at: &At<String>,
    report: &mut Report<'_>,
    code: &'static str,
    noun: &str,
    known: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let found = read(&at.value);
    if found.is_none() {
        let message = format!("there is no {noun} `{}`", at.value);
        report.error(code, at.span.clone(), message, nearest(&at.value, known));
    }
    found
}

/// A word of a closed vocabulary with a meaning for its absence.
pub(crate) fn one_of<T: Copy>(
    block: &mut Block<'_, '_>,
    report: &mut Report<'_>,
    key: &'static str,
    absent: T,
    known: &[(&str, T)],
) -> T {
    let Some(at) = block.text(report, key) else { return absent };
    let words: Vec<&str> = known.iter().map(|(w, _)| *w).collect();
    let read = |text: &str| known.iter().find(|(w, _)| *w == text).map(|(_, meaning)| *meaning);
    word(&at, report, "unknown-word", &format!("`{key}`"), &words, read).unwrap_or(absent)
}

/// A term in years, months, weeks and days.
pub(crate) fn period(
    block: &mut Block<'_, '_>,
    report: &mut Report<'_>,
    key: &'static str,
) -> Option<At<Span>> {
    let at = block.text(report, key)?;
    let written = at.value.starts_with('P') && !at.value.contains('T');
    match at.value.parse::<Span>() {
        Ok(span) if written && span.is_positive() => Some(At::new(span, at.span)),
        _ => {
            let message = format!("`{}` is not a term", at.value);
            let hint = "years, months, weeks or days in ISO 8601: P3Y, P6M, P2W, P30D";
            report.error("bad-term", at.span, message, hint);
            None
        }
    }
}
