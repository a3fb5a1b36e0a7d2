//! Which promises of the published text does the program keep, and which are words alone?

use std::collections::BTreeSet;

use saqta_domain::terms::names::{Clause, Language};
use saqta_domain::terms::policy::Policy;

use crate::controls::rules_of;
use crate::texts::Texts;

/// One clause of the text and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCoverage {
    /// The clause.
    pub clause: Clause,
    /// Whether the program keeps it.
    pub state: CoverageState,
    /// The declarations that cite it, sorted by their names.
    pub backing: Vec<Backing>,
}

/// A declaration that stands behind a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backing {
    /// The declaration's path in the policy, such as `purpose.order`.
    pub declaration: String,
    /// The names of the controls that enforce it; empty where no part of the program does yet.
    pub rules: &'static [&'static str],
}

/// How far the program keeps a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageState {
    /// Declarations stand behind it, and controls enforce every one of them.
    Enforced,
    /// Controls enforce some of its declarations, and nothing the others.
    Partly,
    /// Declarations stand behind it, and nothing enforces any of them yet.
    NotYet,
    /// Nothing stands behind it at all: a promise without a control.
    Unbacked,
    /// The policy says that it only explains.
    Explains,
}

impl CoverageState {
    /// All of them, from kept to explained.
    pub const ALL: [Self; 5] = [Self::Enforced, Self::Partly, Self::NotYet, Self::Unbacked, Self::Explains];

    /// A stable word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::Partly => "partly",
            Self::NotYet => "not_yet",
            Self::Unbacked => "unbacked",
            Self::Explains => "explains",
        }
    }

    fn of(backing: &[Backing], explained: bool) -> Self {
        let enforced = backing.iter().filter(|b| !b.rules.is_empty()).count();
        match (backing.len(), enforced) {
            (0, _) if explained => Self::Explains,
            (0, _) => Self::Unbacked,
            (_, 0) => Self::NotYet,
            (all, some) if all == some => Self::Enforced,
            _ => Self::Partly,
        }
    }
}

/// A block and a clause it cites.
#[derive(Clone, Debug)]
pub(crate) struct Cited {
    pub(crate) clause: Clause,
    pub(crate) by: String,
}

/// Every clause of the text in the order of its numbers. A heading without words of its own promises nothing and is left
/// out; a block that cites such a heading stands behind all clauses under it.
pub(crate) fn coverage(policy: &Policy, texts: &Texts, cited: &[Cited]) -> Vec<ClauseCoverage> {
    let documents: Vec<_> = Language::ALL.iter().filter_map(|l| texts.document(*l)).collect();
    let mut speaking = BTreeSet::new();
    let mut silent = BTreeSet::new();
    for clause in documents.iter().flat_map(|d| &d.clauses) {
        let wordless =
            clause.markdown.is_empty() && documents.iter().any(|d| d.within(&clause.number).count() > 0);
        if wordless { &mut silent } else { &mut speaking }.insert(clause.number.clone());
    }
    let mut rows = Vec::new();
    for clause in speaking {
        let speaks_for = |cited: &Clause| {
            cited == &clause || silent.contains(cited) && clause.as_str().starts_with(&format!("{cited}."))
        };
        let declarations: BTreeSet<&str> = cited
            .iter()
            .filter(|c| c.by != "explains" && speaks_for(&c.clause))
            .map(|c| c.by.as_str())
            .collect();
        let backing: Vec<Backing> = declarations
            .into_iter()
            .map(|name| Backing { declaration: name.to_owned(), rules: rules_of(name, policy) })
            .collect();
        let state = CoverageState::of(&backing, policy.explains.iter().any(speaks_for));
        rows.push(ClauseCoverage { clause, state, backing });
    }
    rows
}
