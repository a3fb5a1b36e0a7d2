//! `saqta store distribute`: how is a cluster of PostgreSQL servers made ready?

use clap::{Args, Subcommand};
use saqta_app::console::store::{Distributed, distribute};

use crate::clock;
use crate::exit::Exit;
use crate::out::Out;

/// Look after the database.
#[derive(Subcommand)]
pub enum Store {
    /// Make the tables in a Citus cluster and spread them over its machines, a person's rows always on one. Stop the servers before;
    /// what was spread already stays as it is.
    Distribute(Distribute),
}

/// What is to be spread, and how.
#[derive(Args)]
pub struct Distribute {
    /// The database on the coordinator of the cluster.
    #[arg(long, value_name = "URL", env = "SAQTA_POSTGRES", hide_env_values = true)]
    postgres: String,
    /// Into how many parts: at least as many as the cluster will ever have machines, and not many more, for what asks all parts
    /// costs by their number.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1024))]
    shards: u16,
    /// Only print the statements, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Store {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let Self::Distribute(Distribute { postgres, shards, dry_run }) = self;
        let done = distribute(&postgres, shards, dry_run, clock::system()).await?;
        out.answer(&done, words);
        for warning in &done.warnings {
            let (node, about, found) = (&warning.node, warning.about, &warning.found);
            out.note(&format!(
                "! {node}: {about} is `{found}`, wanted: {}\n    {}",
                warning.wanted, warning.why
            ));
        }
        Ok(Exit::Done)
    }
}

fn words(done: &Distributed) -> String {
    let mut lines: Vec<String> = done.statements.iter().map(|statement| format!("{statement};")).collect();
    let already = done.already.len();
    lines.push(match (done.statements.len(), done.dry_run) {
        (0, _) => format!("-- all {already} tables are spread already"),
        (_, true) => format!("-- nothing was changed; {already} tables are spread already"),
        (_, false) => format!("-- done; {already} tables were spread before"),
    });
    lines.join("\n")
}
