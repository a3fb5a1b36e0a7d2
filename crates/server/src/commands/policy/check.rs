//! `saqta policy check`: what is wrong with a policy, where, and what would make it right?
//!
//! A folder is checked as the policy that the gate would decide by. A file is read as somebody's published text, whatever its
//! numbering and language, and compared with a law.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use saqta_app::console::law::language;
use saqta_app::console::{Checked, CheckedText, TextAsked, check_policy_at, check_text};
use serde_json::json;

use crate::clock::now;
use crate::config::{LAW, Speech};
use crate::exit::Exit;
use crate::out::Out;

/// Check a policy folder, or a published text alone.
#[derive(Args)]
#[command(after_help = EXITS)]
pub struct Check {
    /// The folder that holds policy.toml and the published texts, or a file with a published text.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Of a folder: count promises that nothing in the policy backs as errors, as a build should.
    #[arg(long)]
    strict: bool,
    /// The law pack a text is compared with; a folder names its own.
    #[arg(long, value_name = "PACK", default_value = LAW)]
    law: String,
    /// The day on which the law is asked for a text, as in 2026-01-18; today if none is named.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The language a text is written in; known by its letters if none is named.
    #[arg(long, value_name = "LANGUAGE", value_parser = ["kk", "ru", "en"])]
    text_language: Option<String>,
    #[command(flatten)]
    speech: Speech,
}

const EXITS: &str = "Exit status: 0 no errors (warnings and notes may stand), 2 wrong usage, 3 errors, or a file that cannot be read.";

impl Check {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        if is_text(&self.path) {
            return self.text(out);
        }
        let checked = check_policy_at(&self.path, now())?;
        let checked = if self.strict { checked.strictly() } else { checked };
        report(&checked, &self.speech, out)?;
        Ok(if checked.errors() == 0 { Exit::Done } else { Exit::NotReady })
    }

    fn text(self, out: &Out) -> anyhow::Result<Exit> {
        let asked = TextAsked {
            law: self.law,
            on: self.on,
            now: now(),
            written_in: self.text_language.as_deref().map(language),
            told_in: self.speech.language(),
        };
        let checked = check_text(&self.path, &asked)?;
        out.answer(&checked.reading, |_| checked.shown.clone());
        Ok(status(&checked))
    }
}

/// A file, or a name that ends as texts do; so a missing text is not told to be a missing folder.
fn is_text(path: &Path) -> bool {
    let named =
        path.extension().and_then(|e| e.to_str()).is_some_and(|e| matches!(e, "md" | "txt" | "markdown"));
    path.is_file() || named && !path.is_dir()
}

fn status(checked: &CheckedText) -> Exit {
    if checked.errors() == 0 { Exit::Done } else { Exit::NotReady }
}

fn report(checked: &Checked, speech: &Speech, out: &Out) -> anyhow::Result<()> {
    let table = checked.coverage_table(speech.language(), out.colour())?;
    let answer = json!({
        "ok": checked.errors() == 0,
        "version": checked.version.as_ref().map(|(number, _)| number),
        "effective_from": checked.version.as_ref().map(|(_, from)| from),
        "errors": checked.errors(),
        "warnings": checked.warnings(),
        "findings": checked.problems,
        "coverage": checked.coverage(),
    });
    out.answer(&answer, |_| {
        let parts = [checked.shown.as_str(), table.as_str(), &summary(checked)];
        parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// One line that says whether the policy can be used.
pub fn summary(checked: &Checked) -> String {
    let (errors, warnings) = (checked.errors(), checked.warnings());
    let findings = match (errors, warnings) {
        (0, 0) => "nothing to mend".to_owned(),
        (0, 1) => "1 finding to look at".to_owned(),
        (0, n) => format!("{n} findings to look at"),
        (1, 0) => "1 error".to_owned(),
        (e, 0) => format!("{e} errors"),
        (e, n) => format!("{e} errors, {n} more findings to look at"),
    };
    match &checked.version {
        Some((version, from)) if errors == 0 => {
            format!("The policy can be used: version {version}, in force from {from}; {findings}.")
        }
        Some(_) => format!("The policy can be used, but not passed as strict: {findings}."),
        None => format!("The policy cannot be used: {findings}."),
    }
}
