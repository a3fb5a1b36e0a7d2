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
            let verb = if self.dry_run { "would be destroyed" } else { "destroyed" };
            let lines = [
                ("records due", report.due),
                (verb, report.destroyed),
                ("  sums and the like kept without a tie", report.depersonalised),
                ("held back by a block or a hold", report.held_back),
            ];
            let mut text: String =
                lines.iter().map(|(what, count)| format!("{what:<40} {count:>7}\n")).collect();
            if self.dry_run {
                text.push_str("Nothing was changed.");
            }
            text
        });
        Ok(Exit::Done)
    }
}
