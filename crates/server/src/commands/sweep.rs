//! `saqta sweep`: what has come to its end, and is it gone?

use clap::Args;
use serde_json::json;

use crate::config::Installation;
use crate::exit::Exit;
use crate::out::Out;

/// Destroy what has come to its end, or say what would be.
#[derive(Args)]
pub struct Sweep {
    #[command(flatten)]
    installation: Installation,
    /// Only say what is due, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Sweep {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let app = self.installation.open_existing().await?;
        let report = app.sweep(self.dry_run).await;
        app.close().await;
        let report = report?;
        let answer = json!({
            "dry_run": self.dry_run,
            "due": report.due,
            "destroyed": report.destroyed,
            "depersonalised": report.depersonalised,
            "held_back": report.held_back,
            "receipts": report.receipts,
        });
        out.answer(&answer, |_| {
            let (verb, tense) = if self.dry_run { ("would be destroyed", "Nothing was changed.") } else { ("destroyed", "") };
            format!(
                "records due           {:>6}\n{verb:<21} {:>6}\n  of these in part kept without a tie to the person {}\nheld back by a block or hold {}\n{tense}",
                report.due, report.destroyed, report.depersonalised, report.held_back,
            )
        });
        Ok(Exit::Done)
    }
}
