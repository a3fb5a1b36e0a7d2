//! `saqta policy check`: what is wrong with a policy, where, and what would make it right?

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use saqta_app::console::{Checked, check_policy_at, language};
use serde_json::json;

use crate::clock::now;
use crate::exit::Exit;
use crate::out::Out;

/// Check a policy folder, or a published text alone.
#[derive(Args)]
pub struct Check {
    /// The folder that holds policy.toml and the published texts.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Count promises that nothing in the policy backs as errors, as a build should.
    #[arg(long)]
    strict: bool,
    /// The language of the table of clauses.
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = ["kk", "ru", "en"])]
    language: String,
}

impl Check {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let checked = check_policy_at(&self.directory, now())?;
        let checked = if self.strict { checked.strictly() } else { checked };
        report(&checked, &self.language, out)?;
        Ok(if checked.errors() == 0 { Exit::Done } else { Exit::NotReady })
    }
}

fn report(checked: &Checked, tag: &str, out: &Out) -> anyhow::Result<()> {
    let language = language(tag).context("the language has no words here")?;
    let table = checked.coverage_table(language, out.colour())?;
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
