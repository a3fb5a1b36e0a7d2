//! What is known about each clause of the policy in force, gathered for the page that shows it?

use std::collections::BTreeSet;

use saqta_app::figures::{ClauseFigures, CoverageState, control, tests_of};
use saqta_app::instance::View;

use crate::problem::Failure;
use crate::routes::Web;

/// One clause with everything that stands behind it.
pub(super) struct Known {
    pub number: String,
    pub cover: CoverageState,
    /// The paths of the declarations that cite it, such as `purpose.order`.
    pub declarations: Vec<String>,
    /// The names of the rules that enforce these.
    pub rules: BTreeSet<&'static str>,
    /// The tests that hold the program to it, as paths from the top of the repository.
    pub tests: Vec<&'static str>,
    /// How often it was applied.
    pub figures: ClauseFigures,
}

/// What needs somebody's eye first.
pub(super) const BY_URGENCY: [CoverageState; 5] = [
    CoverageState::Unbacked,
    CoverageState::NotYet,
    CoverageState::Partly,
    CoverageState::Enforced,
    CoverageState::Explains,
];

/// Every clause of the version in force that says something.
pub(super) async fn known(web: &Web, view: &View) -> Result<Vec<Known>, Failure> {
    let figures = web.app.kept_clause_figures().await?;
    let rows = view.version.coverage.iter().map(|row| Known {
        number: row.clause.to_string(),
        cover: row.state,
        declarations: row.backing.iter().map(|backing| backing.declaration.clone()).collect(),
        rules: row.backing.iter().flat_map(|backing| backing.rules.iter().copied()).collect(),
        tests: tests_of(&row.clause),
        figures: figures.get(row.clause.as_str()).copied().unwrap_or_default(),
    });
    Ok(rows.collect())
}

/// Where a rule can be read, from the top of the repository.
pub(super) fn file_of(rule: &str) -> Option<&'static str> {
    control(rule).map(|control| control.file)
}
