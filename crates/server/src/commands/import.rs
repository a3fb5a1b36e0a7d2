//! `saqta import`: how does an existing customer base come in through the gate?
//!
//! For a server that is stopped. What did not come in stands in the rejects file, row by row, with the reason and no value.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use saqta_app::console::at_the_machine;
use saqta_app::import::fault::Fault;
use saqta_app::import::{Import as Asked, Summary, run};

use crate::config::Installation;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Bring an existing customer base in through the gate, row by row.
#[derive(Args)]
pub struct Import {
    /// The file to import: CSV, or one JSON object a line.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which column is which attribute, for which purpose, on which evidence.
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
    #[command(flatten)]
    installation: Installation,
    /// Decide every row and import none; only the rejects are written.
    #[arg(long)]
    dry_run: bool,
    /// Where the reasons are written for rows that did not come in; beside the imported file, unless said otherwise.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Go on with an import that was interrupted.
    #[arg(long, conflicts_with = "dry_run")]
    resume: bool,
}

impl Import {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let rejects = self.rejects.clone().unwrap_or_else(|| beside(&self.file));
        let state = Asked::state_beside(&rejects);
        if state.exists() && !self.resume {
            return Err(Failure::not_ready(
                format!("an import was interrupted; `{}` says how far it came", state.display()),
                "add --resume to go on with it, or remove that file to begin anew",
            )
            .into());
        }
        let app = self.installation.open_existing().await?;
        let asked = Asked {
            file: self.file,
            mapping: self.mapping,
            rejects: rejects.clone(),
            state,
            dry_run: self.dry_run,
            stop_after: None,
        };
        let bar = out.bar(Some(0), "importing");
        let told = run::run(&app, &at_the_machine(), &asked, &mut |progress| {
            bar.set_length(progress.total);
            bar.set_position(progress.bytes);
            bar.set_message(format!("{} rows, {} rejected,", progress.rows, progress.rejected));
        })
        .await;
        bar.finish_and_clear();
        app.close().await;
        let summary = told.map_err(|fault| explained(fault, &asked.state, out))?;
        out.answer(&summary, |summary| words(summary, &rejects, asked.dry_run));
        Ok(Exit::Done)
    }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".rejects.csv");
    PathBuf::from(name)
}

fn words(summary: &Summary, rejects: &Path, dry_run: bool) -> String {
    let mut text = String::new();
    let would = if dry_run { "would come in" } else { "came in" };
    // Writing into a string does not fail.
    let _ = writeln!(
        text,
        "{} rows: {} {would}, {} did not",
        summary.rows,
        summary.accepted(),
        summary.rejected_rows()
    );
    let _ = writeln!(
        text,
        "  {} people were new, {} known already; {} consents taken",
        summary.persons_new, summary.persons_known, summary.consents,
    );
    for (code, count) in &summary.rejected {
        let _ = writeln!(text, "  rejected  {count:>7}  {code}");
    }
    for (part, reasons) in &summary.skipped {
        for (reason, count) in reasons {
            let _ = writeln!(text, "  skipped   {count:>7}  {part}: {reason}");
        }
    }
    if !summary.dropped.is_empty() {
        let _ = writeln!(
            text,
            "  columns that the mapping does not name were kept nowhere: {}",
            summary.dropped.join(", ")
        );
    }
    if summary.rejected_rows() > 0 {
        let _ = writeln!(text, "The reasons, row by row, are in {}", rejects.display());
    }
    if dry_run {
        let _ = writeln!(text, "Nothing was imported: this was a dry run.");
    }
    text
}

fn explained(fault: Fault, state: &Path, out: &Out) -> anyhow::Error {
    let fault = match fault {
        Fault::App(error) => {
            let failure = Failure::of(&error.into());
            let todo = format!("{}; then add --resume to go on from the last batch", failure.todo);
            return Failure { todo, ..failure }.into();
        }
        other => other,
    };
    let todo = match &fault {
        Fault::Mapping { problems, .. } => {
            if let Some(shown) = fault.rendered() {
                out.note(&shown);
            }
            let first = problems.first().map_or_else(String::new, |problem| {
                format!("line {}, column {}: {}; ", problem.line, problem.column, problem.hint)
            });
            format!("{first}nothing was imported")
        }
        Fault::Unsupported(_) => "save it as CSV with a heading, or as one JSON object a line".to_owned(),
        Fault::OtherFile | Fault::OtherMapping | Fault::StateUnreadable => {
            format!("go on with the same file and mapping, or remove `{}` to begin anew", state.display())
        }
        Fault::UnderWay => "finish that import with --resume, or name another file by --rejects".to_owned(),
        Fault::File { .. } | Fault::App(_) => {
            "check that the file is there and that this user may use it".to_owned()
        }
    };
    Failure::not_ready(format!("{:#}", anyhow::Error::from(fault)), todo).into()
}
