//! How does a customer base that existed before come in through the gate (clauses 4.1, 5.2, 5.3, 5.5, 6)?
//!
//! A file is read row by row; a mapping says which column is which attribute, for which purpose, on which evidence. Each row
//! goes through [`App::collect`](crate::instance::App::collect) like any other collection, so nothing comes in that the gate
//! would refuse from a shop. What the mapping does not name is dropped, a consent that the file does not prove is not taken,
//! and an answer that a person gave here is not overruled by an old export.
//!
//! If the process dies, the state file tells where the next batch begins; rows of the batch that was under way are told
//! apart by their idempotency keys, so that no row is lost and none comes in twice.

pub mod run;

pub mod mapping;

mod check;

mod source;

mod rows;

mod person;

mod rehearsal;

mod rejects;

mod state;

pub mod fault;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What is imported, by which mapping, and where its traces go.
#[derive(Clone, Debug)]
pub struct Import {
    /// The customer base.
    pub file: PathBuf,
    /// The mapping, TOML.
    pub mapping: PathBuf,
    /// Where the reasons go for rows that did not come in; they name columns and never values.
    pub rejects: PathBuf,
    /// Where it is kept how far the import has come; gone once it is done.
    pub state: PathBuf,
    /// Decide everything and write nothing but the rejects.
    pub dry_run: bool,
    /// Stop after that many rows, as an interruption would; the next run goes on from there.
    pub stop_after: Option<u64>,
}

impl Import {
    /// Where the state lies when nobody says otherwise: beside the rejects.
    pub fn state_beside(rejects: &Path) -> PathBuf {
        let mut name = rejects.as_os_str().to_owned();
        name.push(".state");
        PathBuf::from(name)
    }
}

/// How far the import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that are dealt with.
    pub bytes: u64,
    /// Bytes of the file.
    pub total: u64,
    /// Rows that are dealt with.
    pub rows: u64,
    /// Rows that came in.
    pub accepted: u64,
    /// Rows that did not.
    pub rejected: u64,
}

/// What an import came to. Names and numbers, nothing personal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows that were dealt with.
    pub rows: u64,
    /// Rows that came in and brought a person who was not known.
    pub persons_new: u64,
    /// Rows that came in and joined a person who was known.
    pub persons_known: u64,
    /// Consents that were taken.
    pub consents: u64,
    /// Parts that did not apply to a row, by purpose (with its channel) and reason.
    pub skipped: BTreeMap<String, BTreeMap<String, u64>>,
    /// Rows that did not come in, by the code of the first thing that was wrong.
    pub rejected: BTreeMap<String, u64>,
    /// Columns that the mapping does not name: they were read past and kept nowhere (clause 5.5).
    pub dropped: Vec<String>,
    /// Whether the end of the file was reached.
    pub finished: bool,
}

impl Summary {
    /// Rows that came in.
    pub fn accepted(&self) -> u64 {
        self.persons_new + self.persons_known
    }

    /// Rows that did not come in.
    pub fn rejected_rows(&self) -> u64 {
        self.rejected.values().sum()
    }
}
