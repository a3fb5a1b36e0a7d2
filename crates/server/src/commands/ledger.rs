//! `saqta ledger export`: how is the ledger taken out, so that an inspector can verify it elsewhere?

use std::path::{Path, PathBuf};

use clap::Subcommand;
use saqta_app::instance::App;
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
        /// All logs, each into a folder below the named one, so that they can be verified together.
        #[arg(long, conflicts_with = "log")]
        all: bool,
        /// The folder to write; it must be new or empty.
        #[arg(value_name = "OUT_DIR")]
        folder: PathBuf,
    },
}

impl Ledger {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let Self::Export { installation, log, all, folder } = self;
        if std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Failure::not_ready(
                format!("the folder `{}` is not empty", folder.display()),
                "name a new folder; an export never overwrites another",
            )
            .into());
        }
        let app = installation.open_existing().await?;
        let bar = out.bar(None, "exporting");
        if all {
            let exported = app.export_ledgers(&folder, &mut |done| bar.set_position(done)).await;
            bar.finish_and_clear();
            let keys = exported.as_ref().map_or_else(|_| Ok(Vec::new()), |logs| keys(&app, logs));
            app.close().await;
            let (exported, keys) = (exported?, keys?);
            return Ok(told_all(&exported, &keys, &folder, out));
        }
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

fn keys(app: &App, logs: &[(i64, u64)]) -> Result<Vec<String>, saqta_app::error::Error> {
    logs.iter().map(|(log, _)| app.verifier_key(*log)).collect()
}

fn told_all(exported: &[(i64, u64)], keys: &[String], folder: &Path, out: &Out) -> Exit {
    let each = exported.iter().zip(keys);
    let logs: Vec<_> = each
        .map(|((log, entries), key)| {
            json!({ "log": log, "entries": entries, "folder": folder.join(log.to_string()), "verifier_key": key })
        })
        .collect();
    out.answer(&json!({ "logs": logs }), |_| {
        let mut lines: Vec<String> = exported
            .iter()
            .zip(keys)
            .map(|((log, entries), key)| {
                format!(
                    "{entries} entries of log {log} are in {}\n  {key}",
                    folder.join(log.to_string()).display()
                )
            })
            .collect();
        lines.push(
            "Keep the public keys apart from the exports, and verify all folders anywhere at once:"
                .to_owned(),
        );
        lines.push(format!("  saqta verify {}/*", folder.display()));
        lines.join("\n")
    });
    Exit::Done
}
