//! `saqta policy`: the life of a policy, from a published text to clauses that run. One file for each command.

mod check;
mod diff;

use clap::Subcommand;

use crate::exit::Exit;
use crate::out::Out;

pub use check::summary;

/// Work with policies.
#[derive(Subcommand)]
pub enum Policy {
    /// Check a policy folder and name every fault with its file, line, column and a way out.
    Check(check::Check),
    /// Say in plain words what a new version changes, whose consents it outgrows and which data fall due.
    Diff(diff::Diff),
}

impl Policy {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match self {
            Self::Check(check) => check.run(out),
            Self::Diff(diff) => diff.run(out).await,
        }
    }
}
