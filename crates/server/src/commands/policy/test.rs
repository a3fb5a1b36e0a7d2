//! `saqta policy test`: does a policy answer the operator's own cases as they mean it to?

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use saqta_app::console::cases::{Language, Tested, test_policy};
use serde_json::json;

use crate::exit::Exit;
use crate::out::Out;

/// Ask a policy the cases in its cases.toml, like tests of a program.
#[derive(Args)]
pub struct Test {
    /// The folder that holds policy.toml, the published texts and cases.toml.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Only the cases that have this text in their names.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// The language of the answer.
    #[arg(long, value_enum, default_value = "en")]
    language: Tongue,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    Kk,
    Ru,
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Kk => Self::Kazakh,
            Tongue::Ru => Self::Russian,
            Tongue::En => Self::English,
        }
    }
}

impl Test {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let directory = self.directory.display().to_string();
        match test_policy(&self.directory, self.filter.as_deref(), self.language.into())? {
            Tested::Unusable { problems, shown } => {
                let answer = json!({ "ok": false, "findings": problems });
                let hint =
                    format!("No case was asked. `saqta policy check {directory}` checks the policy alone.");
                out.answer(&answer, |_| format!("{shown}{hint}"));
                Ok(Exit::NotReady)
            }
            Tested::Nothing(why) => {
                let answer = json!({ "ok": false, "cases": [], "why": why });
                out.answer(&answer, |_| why.clone());
                Ok(Exit::NotReady)
            }
            Tested::Asked { cases, silent, shown } => {
                let failed = cases.iter().filter(|case| !case.passed).count();
                let answer = json!({
                    "ok": failed == 0,
                    "passed": cases.len() - failed,
                    "failed": failed,
                    "cases": cases,
                    "clauses_without_a_case": silent,
                });
                out.answer(&answer, |_| shown);
                Ok(if failed == 0 { Exit::Done } else { Exit::Refused })
            }
        }
    }
}
