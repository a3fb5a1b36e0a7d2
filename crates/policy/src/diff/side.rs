//! What of a version can be compared with another?
//!
//! The terms the gate decides by come compiled. What a policy declares beside them, whom data go to and from which day it
//! holds, is read from its files: those of a folder that was checked, or those that were published.

use std::collections::{BTreeMap, BTreeSet};

use saqta_domain::terms::names::{Clause, Wording};
use saqta_domain::terms::policy::Policy;
use toml::{Table, Value};

use crate::folder::{Folder, POLICY_FILE, sha256};

/// One of two versions that are compared.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// What the gate decides by.
    pub policy: &'a Policy,
    /// What the files declare beside it.
    pub declared: Declared,
}

/// What a policy declares beside the terms of the gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The first day on which it holds, as written.
    pub day: String,
    /// Two-letter code of the country in which the operator's databases stand.
    pub storage: String,
    /// Whom data may go to, by name.
    pub recipients: BTreeMap<String, Recipient>,
}

/// Somebody data may go to, as far as two versions are compared by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The legal name.
    pub title: Wording,
    /// Two-letter code of its country.
    pub country: String,
    /// What it is to the operator, in the policy's words.
    pub role: String,
    /// Number, first and last day of the agreement, as far as written.
    pub agreement: String,
    /// What it gets: attributes by purpose.
    pub gets: BTreeMap<String, BTreeSet<String>>,
    /// SHA-256 of the wording of the consent to hand data to it, where it has one of its own.
    pub consent: Option<[u8; 32]>,
    /// The clauses it makes true.
    pub clauses: Vec<Clause>,
}

impl<'a> Side<'a> {
    /// A compiled version and the files it was compiled from.
    pub fn new(policy: &'a Policy, folder: &Folder) -> Self {
        Self { policy, declared: Declared::read(folder) }
    }
}

impl Declared {
    /// Reads the files of a policy that was found sound. Of one that was not, this may be less than what was meant.
    pub fn read(folder: &Folder) -> Self {
        let text = String::from_utf8_lossy(folder.file(POLICY_FILE).unwrap_or_default());
        let Ok(table) = text.parse::<Table>() else { return Self::default() };
        let recipients = table.get("recipient").and_then(Value::as_table).into_iter().flatten();
        Self {
            day: table.get("effective_from").map(plain).unwrap_or_default(),
            storage: table.get("operator").and_then(|o| o.get("storage")).map(plain).unwrap_or_default(),
            recipients: recipients
                .filter_map(|(name, block)| Some((name.clone(), recipient(block.as_table()?))))
                .collect(),
        }
    }

    /// Whether more goes out for a purpose than under `before`: to somebody more, more of the data, or to another country abroad.
    pub fn hands_out_more(&self, before: &Self, purpose: &str) -> bool {
        self.recipients.iter().any(|(name, now)| {
            let Some(gets) = now.gets.get(purpose).filter(|gets| !gets.is_empty()) else { return false };
            let known = before.recipients.get(name);
            let no_farther = |old: &Recipient| old.country == now.country || now.country == before.storage;
            let same = known.filter(|old| old.title == now.title && no_farther(old));
            !same.and_then(|old| old.gets.get(purpose)).is_some_and(|had| gets.is_subset(had))
        })
    }

    /// Whether anybody gets data for the purpose.
    pub fn hands_out(&self, purpose: &str) -> bool {
        self.recipients.values().any(|r| r.gets.get(purpose).is_some_and(|gets| !gets.is_empty()))
    }
}

fn recipient(block: &Table) -> Recipient {
    let text = |key: &str| block.get(key).map(plain).unwrap_or_default();
    let agreement = block.get("agreement").and_then(Value::as_table);
    let agreement = ["no", "from", "until"].iter().filter_map(|key| agreement?.get(*key)).map(plain);
    let gets = block.get("gets").and_then(Value::as_table).into_iter().flatten();
    let consent = block.get("consent").and_then(Value::as_table).and_then(|c| c.get("text"));
    Recipient {
        title: wording(block.get("title")),
        country: text("country"),
        role: text("role"),
        agreement: agreement.collect::<Vec<_>>().join(" – "),
        gets: gets.map(|(purpose, listed)| (purpose.clone(), texts(listed).collect())).collect(),
        consent: consent.map(|text| {
            let Wording { kk, ru, en } = wording(Some(text));
            sha256([kk, ru, en].join("\0").as_bytes())
        }),
        clauses: block
            .get("clauses")
            .map(|listed| texts(listed).filter_map(|c| Clause::new(&c)).collect())
            .unwrap_or_default(),
    }
}

fn texts(listed: &Value) -> impl Iterator<Item = String> {
    listed.as_array().into_iter().flatten().map(plain)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One text for all languages, or one for each.
fn wording(value: Option<&Value>) -> Wording {
    let one = |language: &str| match value {
        Some(Value::Table(table)) => table.get(language).map(plain).unwrap_or_default(),
        Some(other) => plain(other),
        None => String::new(),
    };
    Wording { kk: one("kk"), ru: one("ru"), en: one("en") }
}
