//! How is a cluster prepared from the command line?

use saqta_store::db::Clock;
use saqta_store::db::citus;
use serde::Serialize;

use crate::error::Error;
use crate::instance;

/// What was done to a cluster, or would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Distributed {
    /// Whether nothing was changed.
    pub dry_run: bool,
    /// The statements, in their order.
    pub statements: Vec<String>,
    /// Tables that were spread as they should be before.
    pub already: Vec<String>,
    /// What the operator should look at.
    pub warnings: Vec<Advice>,
}

/// Something that the operator of a cluster should change or know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The machine, `coordinator` or host and port.
    pub node: String,
    /// The setting, or what else it is about.
    pub about: &'static str,
    /// What was found.
    pub found: String,
    /// What it should be.
    pub wanted: &'static str,
    /// Why.
    pub why: &'static str,
}

/// Makes or migrates the schema in a Citus cluster and spreads its tables over the machines; with `dry_run` only says how.
pub async fn distribute(
    url: &str,
    shards: u16,
    dry_run: bool,
    clock: instance::Clock,
) -> Result<Distributed, Error> {
    let clock = Clock::new(move || clock.now().as_microsecond());
    let done = citus::prepare(url, shards, dry_run, &clock).await?;
    let warnings = done.warnings.into_iter().map(|warning| {
        let citus::Warning { node, about, found, wanted, why } = warning;
        Advice { node, about, found, wanted, why }
    });
    Ok(Distributed {
        dry_run,
        statements: done.statements,
        already: done.already,
        warnings: warnings.collect(),
    })
}
