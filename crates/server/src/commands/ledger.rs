//! `saqta ledger export`: how is the ledger taken out, so that an inspector can verify it elsewhere?

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::config::Installation;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Take the ledger out for an inspector.
#[derive(Subcommand)]
pub enum Ledger {
    /// Write the ledger with its signed checkpoints into a new folder that `saqta verify` reads anywhere.
    Export {
        #[command(flatten)]
        installation: Installation,
        /// Which log; one installation on the embedded database has one.
        #[arg(long, default_value_t = 1)]
        log: i64,
        /// The folder to write; it must be new or empty.
        #[arg(value_name = "OUT_DIR")]
        folder: PathBuf,
    },
}

impl Ledger {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let Self::Export { installation, log, folder } = self;
        if std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Failure::not_ready(
                format!("the folder `{}` is not empty", folder.display()),
                "name a new folder; an export never overwrites another",
            )
            .into());
        }
        let app = installation.open_existing().await?;
        let bar = out.bar(None, "exporting");
        let logs = app.logs().await?;
        let exported = if logs.contains(&log) {
            app.export_ledger(log, &folder, &mut |done| bar.set_position(done)).await
        } else {
            Err(saqta_app::error::Error::NotFound)
        };
        bar.finish_and_clear();
        let key = app.verifier_key(log);
        app.close().await;
        if !logs.contains(&log) {
            let known: Vec<String> = logs.iter().map(i64::to_string).collect();
            let todo = format!("the logs here are: {}", known.join(", "));
            return Err(Failure::not_ready(format!("there is no log {log}"), todo).into());
        }
        let (entries, key) = (exported?, key?);
        let answer = json!({ "log": log, "entries": entries, "folder": folder, "verifier_key": key });
        out.answer(&answer, |_| {
            format!(
                "{entries} entries of log {log} are in {folder}\nThe log's public key, to be kept apart from the export:\n  {key}\nVerify it anywhere with:\n  saqta verify {folder} --key '{key}'",
                folder = folder.display(),
            )
        });
        Ok(Exit::Done)
    }
}
