//! Does the policy decide as its operator means it to: their own cases, in their own words, asked like tests of a program?
//!
//! `cases.toml` lies beside `policy.toml` and belongs to nobody but the operator: it is no part of the policy's digest. A case
//! says what is given, who does what, and which answer the policy must give by which clause. [`read`] reads the file and
//! names every fault with its place; [`run`] tells the same events to the same [`Standing`](saqta_domain::terms::standing::Standing)
//! and asks the same rules as the server does, under the law in force on the day of the case.

mod ask;
mod given;
mod happened;
mod told;
mod written;

use std::collections::BTreeSet;

use saqta_domain::rules::Reason;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{
    AttributeName, ChannelName, Clause, EventName, Language, PurposeName, RecipientName,
};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::{Refusal, RefusalCode};
use toml::de::DeTable;

use crate::fault::Fault;
use crate::folder::Folder;
use crate::load::{Loaded, syntax, utf8};
use crate::problem::{Problem, Report, sort};
use ask::Asker;
use given::Given;

pub use told::report;

/// The file of an operator's own cases, beside the policy.
pub const CASES_FILE: &str = "cases.toml";

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The rules give a permit.
    Permitted,
    /// They refuse.
    Refused,
}

impl Verdict {
    /// The word in `expect`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Permitted => "permitted",
            Self::Refused => "refused",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Permitted, Self::Refused].into_iter().find(|v| v.as_str() == word)
    }
}

/// What a case demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Yes or no.
    pub verdict: Verdict,
    /// The clause that decides it.
    pub clause: Clause,
    /// Why it is refused, where the case says it.
    pub code: Option<RefusalCode>,
}

/// What the rules answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// A permit.
    Permitted {
        /// Why.
        reason: Reason,
        /// Values that were asked for and are not held: the permit does not cover them.
        not_held: BTreeSet<AttributeName>,
    },
    /// A refusal.
    Refused(Refusal),
    /// The data are to be ended by the system itself, which is no refusal of anybody's question.
    MustEnd(Reason),
}

impl Got {
    /// Yes or no.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Permitted { .. } => Verdict::Permitted,
            Self::Refused(_) | Self::MustEnd(_) => Verdict::Refused,
        }
    }

    /// The clause that decided it.
    pub fn clause(&self) -> &Clause {
        match self {
            Self::Permitted { reason, .. } | Self::MustEnd(reason) => &reason.clause,
            Self::Refused(refusal) => &refusal.clause,
        }
    }

    /// Why it was refused.
    pub fn code(&self) -> Option<RefusalCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::Permitted { .. } | Self::MustEnd(_) => None,
        }
    }

    /// The rule that decided it: the name of its file.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Permitted { reason, .. } | Self::MustEnd(reason) => reason.rule,
            Self::Refused(refusal) => refusal.rule,
        }
    }

    fn meets(&self, expected: &Expected) -> bool {
        let whole = !matches!(self, Self::Permitted { not_held, .. } if !not_held.is_empty());
        self.verdict() == expected.verdict
            && self.clause() == &expected.clause
            && expected.code.is_none_or(|code| self.code() == Some(code))
            && whole
    }
}

/// One case that was read and can be asked.
#[derive(Clone, Debug)]
pub struct Case {
    /// The sentence that names it.
    pub name: String,
    /// The line of `cases.toml` it begins in, from 1.
    pub line: usize,
    /// What it demands.
    pub expected: Expected,
    /// Other clauses that it is about.
    pub also: Vec<Clause>,
    pub(crate) given: Given,
    pub(crate) question: Question,
}

/// Who does what in a case. Its names may be unknown on purpose: that is refused as well.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) actor: Actor,
    pub(crate) asked: Asked,
}

/// What is done.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// An event of the business is recorded; it names its purposes itself.
    Event { event: EventName, reference: String },
    /// Something is done for a purpose.
    Deed {
        deed: Deed,
        purpose: PurposeName,
        attributes: BTreeSet<AttributeName>,
        channel: Option<ChannelName>,
    },
}

/// The deeds of `do` that are done for a purpose.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Collect,
    Consent {
        says_no: bool,
        older_wording: bool,
    },
    Retrieve,
    Inspect,
    Use,
    Rectify,
    Confirm,
    Disclose {
        recipient: RecipientName,
    },
    Withdraw,
    Block,
    Hold {
        ground: String,
    },
    /// Destruction, erasure or depersonalisation on demand.
    Destroy {
        operation: Operation,
    },
    /// The visitor's record of the purpose goes over into a customer's.
    Link {
        into: PurposeName,
    },
    Stop,
    /// Permitted while nothing makes the system end the data by itself.
    Keep,
}

/// A case that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The sentence that names it.
    pub name: String,
    /// The line of `cases.toml` it begins in, from 1.
    pub line: usize,
    /// The blocks of `policy.toml` that it asks about, such as `purpose.order`: where to mend what is declared wrongly.
    pub about: Vec<String>,
    /// What it demands.
    pub expected: Expected,
    /// What the rules answered.
    pub got: Got,
}

impl Outcome {
    /// Whether the rules answered as the case demands, for everything it asks for.
    pub fn passed(&self) -> bool {
        self.got.meets(&self.expected)
    }
}

/// Reads the cases that lie beside a sound policy, or says everything that is wrong with them. No file is no case.
pub fn read(folder: &Folder, loaded: &Loaded) -> Result<Vec<Case>, Vec<Problem>> {
    let Some(bytes) = folder.file(CASES_FILE) else { return Ok(Vec::new()) };
    let text = String::from_utf8_lossy(bytes);
    let mut report = Report::new(CASES_FILE, &text);
    if !utf8(bytes, &mut report) {
        return Err(report.into_problems());
    }
    let (table, faults) = DeTable::parse_recoverable(&text);
    for fault in &faults {
        syntax(fault, &text, &mut report);
    }
    let mut cases = Vec::new();
    // What a broken file meant to say cannot be known: then its broken lines are told alone.
    if faults.is_empty() {
        cases = written::read(table.get_ref(), &text, loaded, &mut report);
    }
    let mut problems = report.into_problems();
    if problems.iter().any(Problem::is_error) {
        sort(&mut problems);
        return Err(problems);
    }
    Ok(cases)
}

/// Asks the rules, case by case.
pub fn run(cases: &[Case], loaded: &Loaded) -> Result<Vec<Outcome>, Fault> {
    let asker = Asker::new(loaded)?;
    cases
        .iter()
        .map(|case| {
            Ok(Outcome {
                name: case.name.clone(),
                line: case.line,
                about: about(case, loaded),
                expected: case.expected.clone(),
                got: asker.ask(case)?,
            })
        })
        .collect()
}

/// Where in the policy the names of a case are declared.
fn about(case: &Case, loaded: &Loaded) -> Vec<String> {
    let policy = &loaded.policy;
    match &case.question.asked {
        Asked::Event { event, .. } => policy
            .opened_by(event)
            .chain(policy.ended_by(event))
            .map(|p| format!("purpose.{}", p.name))
            .collect(),
        Asked::Deed { deed, purpose, .. } => {
            let mut blocks: Vec<String> =
                policy.purpose(purpose).map(|p| format!("purpose.{}", p.name)).into_iter().collect();
            match deed {
                Deed::Disclose { recipient } if policy.recipient(recipient).is_some() => {
                    blocks.push(format!("recipient.\"{recipient}\""));
                }
                Deed::Link { into } => blocks.push(format!("purpose.{into}")),
                _ => {}
            }
            blocks
        }
    }
}

/// The clauses of the text that promise something and that no case is about.
pub fn silent(cases: &[Case], loaded: &Loaded) -> Vec<Clause> {
    let spoken: BTreeSet<&Clause> =
        cases.iter().flat_map(|case| case.also.iter().chain([&case.expected.clause])).collect();
    let documents = Language::ALL.iter().filter_map(|l| loaded.texts.document(*l));
    let promises: BTreeSet<&Clause> = documents
        .flat_map(|d| &d.clauses)
        .filter(|c| !c.markdown.is_empty() && !loaded.policy.explains.contains(&c.number))
        .map(|c| &c.number)
        .collect();
    promises.difference(&spoken).map(|clause| (*clause).clone()).collect()
}
