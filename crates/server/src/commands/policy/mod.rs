//! `saqta policy`: the life of a policy, from a published text to clauses that run. One file for each command.

mod check;
mod diff;
mod explain;
mod init;
mod publish;
mod test;

use clap::Subcommand;

use crate::exit::Exit;
use crate::out::Out;

pub use check::summary;

/// Work with policies.
#[derive(Subcommand)]
pub enum Policy {
    /// Check a policy folder and name every fault with its file, line, column and a way out.
    Check(check::Check),
    Init(init::Init),
    /// Ask a policy the operator's own cases, like tests of a program.
    Test(test::Test),
    /// Explain a refusal, a finding, a clause, or a decision by its receipt.
    Explain(explain::Explain),
    /// Check a policy folder, approve it in somebody's name, and publish it.
    Publish(publish::Publish),
    /// List every version with its state.
    Versions(publish::Versions),
    /// Call a published version off before its day comes.
    Cancel(publish::Cancel),
    /// Say in plain words what a new version changes, whose consents it outgrows and which data fall due.
    Diff(diff::Diff),
}

impl Policy {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match self {
            Self::Check(check) => check.run(out),
            Self::Init(init) => init.run(out),
            Self::Test(test) => test.run(out),
            Self::Explain(explain) => explain.run(out).await,
            Self::Publish(publish) => publish.run(out).await,
            Self::Versions(versions) => versions.run(out).await,
            Self::Cancel(cancel) => cancel.run(out).await,
            Self::Diff(diff) => diff.run(out).await,
        }
    }
}
