//! `saqta policy check`: what is wrong with a policy, where, and what would make it right?

use std::path::PathBuf;

use clap::Args;
use saqta_app::console::{Checked, check_policy_at};
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
}

impl Check {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let checked = check_policy_at(&self.directory, now())?;
        report(&checked, out);
        Ok(if checked.errors() == 0 { Exit::Done } else { Exit::NotReady })
    }
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
