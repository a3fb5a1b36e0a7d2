//! `saqta policy init`: how does a published text become the folder of a policy?

use std::path::PathBuf;

use clap::Args;
use saqta_app::console::{Drafted, NotDrafted, draft_policy};
use serde_json::json;

use crate::clock;
use crate::config::LAW;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Begin a policy folder from a published text.
///
/// Writes the text clause by clause and a policy.toml in which the block that would make each clause true stands ready,
/// commented out. What the text does not say is a placeholder, which `saqta policy check` names until it is filled in.
#[derive(Args)]
pub struct Init {
    /// The published text, as Markdown or plain text with numbered clauses.
    #[arg(long, value_name = "TEXT.md")]
    from: PathBuf,
    /// The new folder; it must not be there yet, or be empty.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// The language of the text; without it the letters tell.
    #[arg(long, value_name = "TAG", value_parser = ["kk", "ru", "en"])]
    language: Option<String>,
    /// The law pack the policy is to stand under.
    #[arg(long, value_name = "PACK", default_value = LAW)]
    law: String,
}

impl Init {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let language = self.language.as_deref();
        match draft_policy(&self.from, &self.directory, language, &self.law, clock::now()) {
            Ok(drafted) => {
                out.answer(&drafted, |drafted| self.told(drafted));
                Ok(Exit::Done)
            }
            Err(NotDrafted::Trouble(trouble)) => Err(Failure::not_ready(trouble.what, trouble.todo).into()),
            Err(NotDrafted::Faulty(problems, shown)) => {
                let answer = json!({ "ok": false, "errors": problems.len(), "findings": problems });
                out.answer(&answer, |_| {
                    format!("{shown}\nNothing was written: mend the text and try again.")
                });
                Ok(Exit::NotReady)
            }
        }
    }

    fn told(&self, drafted: &Drafted) -> String {
        let folder = self.directory.display();
        let mut lines = vec![
            format!("Read «{}»: {} clauses, language {}.", drafted.title, drafted.clauses, drafted.language),
            format!("Wrote {folder}: {}.", drafted.files.join(", ")),
            String::new(),
        ];
        if !drafted.found.is_empty() {
            lines.push("The text says:".to_owned());
            lines.extend(drafted.found.iter().map(|said| format!("  {:<8} {}", said.key, said.value)));
        }
        if !drafted.missing.is_empty() {
            lines.push(format!(
                "The text does not say, and the policy needs: {}.",
                drafted.missing.join(", ")
            ));
        }
        lines.push(String::new());
        lines.push(
            "Blocks that stand ready in policy.toml, commented out, with the clauses they would keep:"
                .to_owned(),
        );
        for block in drafted.drafted.iter().filter(|b| b.block != "operator") {
            lines.push(format!("  {:<24} {}", block.block, block.clauses.join(", ")));
        }
        lines.push(format!("Clauses that only explain: {}.", listed(&drafted.explains)));
        lines.push(format!("Clauses that no block was found for: {}.", listed(&drafted.open)));
        lines.push(String::new());
        lines.push("Next: fill in policy.toml, then".to_owned());
        lines.push(format!("  saqta policy check {folder}"));
        lines.push(format!("  saqta policy test {folder}"));
        lines.push(format!("  saqta serve --policy {folder} --data my-data"));
        lines.join("\n")
    }
}

fn listed(clauses: &[String]) -> String {
    if clauses.is_empty() { "none".to_owned() } else { clauses.join(", ") }
}
