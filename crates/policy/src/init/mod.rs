//! How does a published text become the beginning of a policy that runs?
//!
//! [`begin`] reads a text and drafts a folder: the same text with every clause where the program finds it, and a
//! `policy.toml` that says what the text says of the operator. For each clause that promises something the block that
//! would make it true stands ready, commented out; what nobody but the operator can know is a placeholder, which the check
//! names until it is filled in. Nothing is enforced by a draft: the operator decides which blocks to take.

mod blocks;
mod facts;
mod signs;
mod tolerant;

use std::collections::BTreeMap;

use jiff::civil::Date;
use saqta_domain::terms::names::{Clause, Language};

use crate::folder::POLICY_FILE;
use crate::law::LawPack;
use crate::load::sound;
use crate::problem::{Problem, Report};
use crate::texts::Document;
use facts::Facts;

/// The largest text that is read, in bytes.
pub const TEXT_LIMIT: u64 = 4 * 1024 * 1024;

/// The beginning of a policy.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The files of its folder by name.
    pub files: BTreeMap<String, String>,
    /// The language of the text.
    pub language: Language,
    /// The title of the text.
    pub title: String,
    /// How many clauses it has.
    pub clauses: usize,
    /// What the text says of the operator: a key of `[operator]` and its value.
    pub found: Vec<(&'static str, String)>,
    /// Keys of `[operator]` that the text says nothing of.
    pub missing: Vec<&'static str>,
    /// The blocks that were drafted, and the clauses each would make true.
    pub drafted: Vec<(String, Vec<Clause>)>,
    /// Clauses that only explain.
    pub explains: Vec<Clause>,
    /// Clauses that no block was found for.
    pub open: Vec<Clause>,
}

/// Drafts a policy from a text, to stand under a law; `name` is what the text's file is called in problems, `today` the day on
/// which it is done.
/// Without a language the letters of the text tell.
pub fn begin(
    name: &str,
    bytes: &[u8],
    language: Option<Language>,
    law: &LawPack,
    today: Date,
) -> Result<Begun, Vec<Problem>> {
    let text = String::from_utf8_lossy(bytes);
    let mut report = Report::new(name, &text);
    if crate::load::utf8(bytes, &mut report) {
        sound(&tolerant::parse(&text), &text, &mut report);
    }
    let problems = report.into_problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    let document = tolerant::parse(&text);
    let language = language.unwrap_or_else(|| facts::language(&text));
    let facts = facts::read(&text);
    let sorted = signs::sort(&document, &facts);
    let file = format!("text.{}.md", language.tag());
    let policy = blocks::written(&document, &facts, &sorted, language, law, tomorrow(today));
    let files = [(POLICY_FILE.to_owned(), policy), (file, spread(&document))].into();
    let (found, missing) = told(&facts);
    Ok(Begun {
        files,
        language,
        title: document.title.clone(),
        clauses: document.clauses.len(),
        found,
        missing,
        drafted: sorted.blocks,
        explains: sorted.explains,
        open: sorted.open,
    })
}

fn tomorrow(today: Date) -> Date {
    today.tomorrow().unwrap_or(today)
}

fn told(facts: &Facts) -> (Vec<(&'static str, String)>, Vec<&'static str>) {
    let all = [
        ("name", &facts.name),
        ("bin", &facts.bin),
        ("address", &facts.address),
        ("site", &facts.site),
        ("email", &facts.email),
    ];
    let found = all.iter().filter_map(|(key, value)| Some((*key, (*value).clone()?))).collect();
    let missing = all.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| *key).collect();
    (found, missing)
}

/// The text with each clause in a paragraph or under a heading of its own, its words unchanged.
fn spread(document: &Document) -> String {
    let mut out = String::new();
    let mut paragraph = |text: &str| {
        if !text.is_empty() {
            out.push_str(text);
            out.push_str("\n\n");
        }
    };
    if !document.title.is_empty() {
        paragraph(&format!("# {}", document.title));
    }
    paragraph(&document.opening);
    for clause in &document.clauses {
        match &clause.heading {
            Some(heading) => {
                let hashes = if clause.number.as_str().contains('.') { "###" } else { "##" };
                paragraph(&format!("{hashes} {}. {heading}", clause.number));
                paragraph(&clause.markdown);
            }
            None => paragraph(&format!("{}. {}", clause.number, clause.markdown)),
        }
    }
    let lines: Vec<&str> = out.trim_end().lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests;
