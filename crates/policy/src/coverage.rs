//! Which promises of the published text does the policy make true, and which are words alone?

use std::collections::BTreeSet;

use saqta_domain::terms::names::{Clause, Language};

use crate::load::Loaded;

/// One clause of the text and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCoverage {
    /// The clause.
    pub clause: Clause,
    /// The blocks that make it true, such as `purpose.order`.
    pub cited_by: Vec<String>,
    /// Whether the policy says that it only explains.
    pub explains: bool,
}

/// A block and a clause it cites.
#[derive(Clone, Debug)]
pub(crate) struct Cited {
    pub(crate) clause: Clause,
    pub(crate) by: String,
}

/// Every clause of the text in the order of its numbers. A heading without words of its own promises nothing and is left
/// out; a block that cites such a heading stands behind all clauses under it.
pub fn coverage(loaded: &Loaded) -> Vec<ClauseCoverage> {
    let documents: Vec<_> = Language::ALL.iter().filter_map(|l| loaded.texts.document(*l)).collect();
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
        let cited_by: BTreeSet<&str> = loaded
            .cited
            .iter()
            .filter(|c| c.by != "explains" && speaks_for(&c.clause))
            .map(|c| c.by.as_str())
            .collect();
        let explains = loaded.policy.explains.iter().any(speaks_for);
        rows.push(ClauseCoverage {
            cited_by: cited_by.into_iter().map(str::to_owned).collect(),
            explains,
            clause,
        });
    }
    rows
}
