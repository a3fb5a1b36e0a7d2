//! What is known about each clause of the policy in force, gathered for the page that shows it?

use std::collections::BTreeSet;

use jiff::Timestamp;
use saqta_app::instance::View;

use crate::problem::Failure;
use crate::routes::Web;

/// One clause with everything that stands behind it.
pub(super) struct Known {
    pub number: String,
    pub cover: Cover,
    /// The paths of the declarations that cite it, such as `purpose.order`.
    pub declarations: Vec<String>,
    /// The names of the rules that enforce these.
    pub rules: BTreeSet<&'static str>,
    /// The tests that hold the program to it, as paths from the top of the repository.
    pub tests: Vec<&'static str>,
    /// How often it was applied; nothing where that is not counted.
    pub figures: Option<Figures>,
}

/// How far the program keeps a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cover {
    /// Nothing stands behind it at all.
    Unbacked,
    /// Declared, and no part of the program acts by it yet.
    NotYet,
    /// Some of its declarations are enforced.
    Partly,
    /// All of them are.
    Enforced,
    /// It only explains.
    Explains,
}

/// How often a clause was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figures {
    pub permitted: u64,
    pub refused: u64,
    pub last: Option<Timestamp>,
}

impl Cover {
    /// What needs somebody's eye first.
    pub(super) const ALL: [Self; 5] =
        [Self::Unbacked, Self::NotYet, Self::Partly, Self::Enforced, Self::Explains];

    /// A stable word, for styles and the words people read.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unbacked => "unbacked",
            Self::NotYet => "not_yet",
            Self::Partly => "partly",
            Self::Enforced => "enforced",
            Self::Explains => "explains",
        }
    }
}

/// Every clause of the version in force that says something.
pub(super) async fn known(_web: &Web, view: &View) -> Result<Vec<Known>, Failure> {
    let rows = view.version.coverage.iter().map(|row| Known {
        number: row.clause.to_string(),
        cover: cover(&row.cited_by, row.explains),
        declarations: row.cited_by.clone(),
        rules: BTreeSet::new(),
        tests: Vec::new(),
        figures: None,
    });
    Ok(rows.collect())
}

/// Where a rule can be read, from the top of the repository.
pub(super) fn file_of(_rule: &str) -> Option<&'static str> {
    None
}

/// Declarations of these kinds are read and checked, and no operation acts by them.
const IDLE: [&str; 4] = ["recipient.", "tariff.", "mailbox.", "request."];

fn cover(cited_by: &[String], explains: bool) -> Cover {
    let idle = cited_by.iter().filter(|by| IDLE.iter().any(|kind| by.starts_with(kind))).count();
    match (cited_by.len(), idle) {
        (0, _) if explains => Cover::Explains,
        (0, _) => Cover::Unbacked,
        (_, 0) => Cover::Enforced,
        (all, idle) if all == idle => Cover::NotYet,
        _ => Cover::Partly,
    }
}
