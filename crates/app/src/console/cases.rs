//! Do an operator's own cases come out as they should under a policy folder?

use std::path::Path;

use saqta_domain::terms::names::Clause;
pub use saqta_domain::terms::names::Language;
use saqta_policy::cases::{self, CASES_FILE, Outcome};
use saqta_policy::folder::Folder;
use saqta_policy::load::load;
use saqta_policy::problem::{Problem, render};
use saqta_policy::wording::Words;
use serde::Serialize;

use crate::error::Error;

/// What became of the cases of a folder.
pub enum Tested {
    /// They could not be asked: the policy or the cases have faults.
    Unusable {
        /// The faults.
        problems: Vec<Problem>,
        /// The same, with the lines they are about, for a terminal.
        shown: String,
    },
    /// There is no case, or none that was meant; the words for it.
    Nothing(String),
    /// They were asked.
    Asked {
        /// What came of each.
        cases: Vec<TestedCase>,
        /// Clauses that promise something and that no case speaks of; only where all cases were asked.
        silent: Option<Vec<String>>,
        /// The same for a terminal.
        shown: String,
    },
}

/// One case that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestedCase {
    /// The sentence that names it.
    pub name: String,
    /// The file it stands in.
    pub file: &'static str,
    /// The line it begins in, from 1.
    pub line: usize,
    /// Whether the rules answered as it demands.
    pub passed: bool,
    /// The blocks of `policy.toml` that it asks about.
    pub about: Vec<String>,
    /// What it demands.
    pub expected: Answer,
    /// What the rules answered.
    pub got: Answer,
    /// The rule that decided it: the name of its file.
    pub rule: &'static str,
    /// Why, in words.
    pub why: String,
    /// What would be needed for a yes, where it was refused.
    pub needs: Option<String>,
}

/// A yes or a no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// `permitted` or `refused`.
    pub verdict: &'static str,
    /// The clause that decides it.
    pub clause: String,
    /// The refusal's code, where it has one.
    pub code: Option<&'static str>,
}

/// Reads a folder with its cases and asks those that have `filter` in their names, whatever the letters' case.
pub fn test_policy(directory: &Path, filter: Option<&str>, language: Language) -> Result<Tested, Error> {
    let folder = Folder::read(directory)?;
    let words = Words::new()?;
    let unusable = |problems: Vec<Problem>| {
        let shown = render(&problems, &folder);
        Tested::Unusable { problems, shown }
    };
    let loaded = match load(&folder) {
        Ok(loaded) => loaded,
        Err(problems) => return Ok(unusable(problems)),
    };
    let mut all = match cases::read(&folder, &loaded) {
        Ok(all) => all,
        Err(problems) => return Ok(unusable(problems)),
    };
    if all.is_empty() {
        return Ok(Tested::Nothing(words.word("case-none", language)));
    }
    let silent = filter.is_none().then(|| cases::silent(&all, &loaded));
    if let Some(filter) = filter {
        let wanted = filter.to_lowercase();
        all.retain(|case| case.name.to_lowercase().contains(&wanted));
        if all.is_empty() {
            return Ok(Tested::Nothing(words.told("case-none-match", language, &[("filter", filter)])));
        }
    }
    let outcomes = cases::run(&all, &loaded)?;
    let shown = cases::report(&outcomes, silent.as_deref(), &loaded, &words, language);
    Ok(Tested::Asked {
        cases: outcomes.iter().map(|outcome| tested(outcome, &words, language)).collect(),
        silent: silent.map(|clauses| clauses.iter().map(Clause::to_string).collect()),
        shown,
    })
}

fn tested(outcome: &Outcome, words: &Words, language: Language) -> TestedCase {
    let (expected, got) = (&outcome.expected, &outcome.got);
    let answer = |verdict: cases::Verdict, clause: &Clause, code: Option<&'static str>| Answer {
        verdict: verdict.as_str(),
        clause: clause.to_string(),
        code,
    };
    TestedCase {
        name: outcome.name.clone(),
        file: CASES_FILE,
        line: outcome.line,
        passed: outcome.passed(),
        about: outcome.about.clone(),
        expected: answer(expected.verdict, &expected.clause, expected.code.map(|c| c.as_str())),
        got: answer(got.verdict(), got.clause(), got.code().map(|c| c.as_str())),
        rule: got.rule(),
        why: outcome.why(words, language),
        needs: outcome.needs(words, language),
    }
}
