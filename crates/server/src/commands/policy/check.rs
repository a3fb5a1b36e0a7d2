//! `saqta policy check`: what is wrong with a policy, where, and what would make it right?
//!
//! A folder is checked as the policy that the gate would decide by. A file is read as somebody's published text, whatever its
//! numbering and language, and compared with a law.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use saqta_app::console::{Checked, CheckedText, Spoken, TextAsked, check_policy, check_text};
use serde_json::json;

use crate::clock;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Check a policy folder, or a published text alone.
#[derive(Args)]
#[command(after_help = EXITS)]
pub struct Check {
    /// The folder that holds policy.toml and the published texts, or a file with a published text.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The law pack a text is compared with.
    #[arg(long, value_name = "PACK", default_value = "kz")]
    law: String,
    /// The day on which the law is asked, as in 2026-01-18; today if none is named.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The language the findings of a text are told in: kk, ru or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
    /// The language a text is written in: kk, ru or en; known by its letters if none is named.
    #[arg(long, value_name = "LANGUAGE")]
    text_language: Option<String>,
}

const EXITS: &str = "Exit status: 0 no errors (warnings and notes may stand), 2 wrong usage, 3 errors, or a file that cannot be read.";

impl Check {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        if is_text(&self.path) {
            return self.text(out);
        }
        let checked = check_policy(&self.path)?;
        report(&checked, out);
        Ok(if checked.errors() == 0 { Exit::Done } else { Exit::NotReady })
    }

    fn text(self, out: &Out) -> anyhow::Result<Exit> {
        let asked = TextAsked {
            law: self.law,
            on: self.on,
            now: clock::now(),
            written_in: self.text_language.as_deref().map(language).transpose()?,
            told_in: language(&self.language)?,
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

fn language(tag: &str) -> Result<Spoken, Failure> {
    Spoken::from_tag(tag)
        .ok_or_else(|| Failure::not_ready(format!("`{tag}` is no language of saqta"), "name kk, ru or en"))
}

fn status(checked: &CheckedText) -> Exit {
    if checked.errors() == 0 { Exit::Done } else { Exit::NotReady }
}

fn report(checked: &Checked, out: &Out) {
    let answer = json!({
        "ok": checked.errors() == 0,
        "version": checked.version.as_ref().map(|(number, _)| number),
        "effective_from": checked.version.as_ref().map(|(_, from)| from),
        "errors": checked.errors(),
        "warnings": checked.warnings(),
        "findings": checked.problems,
    });
    out.answer(&answer, |_| format!("{}{}", checked.shown, summary(checked)));
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
        _ => format!("The policy cannot be used: {findings}."),
    }
}
