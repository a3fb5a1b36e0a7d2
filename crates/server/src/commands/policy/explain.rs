//! `saqta policy explain`: what does a refusal, a finding, a clause or a past decision mean, and what would be needed?

use std::path::PathBuf;

use clap::Args;
use saqta_app::act::Receipt;
use saqta_app::console::explain::{Asked, explain_clause, explain_code, told_decision};
use saqta_app::console::law::Told;
use serde_json::Value;

use crate::config::{Installation, Somewhere, Speech};
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Explain the code of a refusal or a finding, a clause, or a decision by its receipt.
#[derive(Args)]
pub struct Explain {
    /// A code such as attribute_not_needed or purpose-endless, a clause such as 5.2, or a receipt such as 1-42.
    #[arg(value_name = "CODE|CLAUSE|RECEIPT")]
    what: String,
    /// The folder of the policy whose clause is meant.
    #[arg(long, value_name = "DIR", env = "SAQTA_POLICY")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    somewhere: Somewhere,
    #[command(flatten)]
    speech: Speech,
}

impl Explain {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let language = self.speech.language();
        let told = match Asked::read(&self.what) {
            Asked::Code(code) => explain_code(&code, language)?.map_err(|hint| {
                Failure::not_ready(format!("there is no code, clause or receipt `{code}`"), hint)
            })?,
            Asked::Clause(clause) => {
                let Some(folder) = &self.policy else {
                    return Err(Failure::not_ready(
                        format!("clause {clause} of which policy?"),
                        "name its folder: --policy DIR",
                    )
                    .into());
                };
                explain_clause(folder, &clause, language)?.ok_or_else(|| {
                    Failure::not_ready(
                        format!("the text in `{}` has no clause {clause}", folder.display()),
                        "`saqta policy check DIR` lists the clauses with what makes them true",
                    )
                })?
            }
            Asked::Decision(receipt) => self.decision(receipt).await?,
        };
        out.answer(&told.answer, |_| told.text);
        Ok(Exit::Done)
    }

    async fn decision(&self, receipt: Receipt) -> anyhow::Result<Told> {
        let Somewhere { data, postgres, root_key, url, api_key } = self.somewhere.clone();
        match (url, api_key, data) {
            (Some(url), Some(key), _) => ask(&url, &key, receipt, &self.speech.language).await,
            (_, _, Some(data)) => {
                let app = Installation { data, postgres, root_key }.open_existing().await?;
                let told = app.explain_receipt(receipt, self.speech.language()).await;
                app.close().await;
                Ok(told?)
            }
            _ => Err(Failure::not_ready(
                "neither a data folder nor a running server was named",
                "give --data DIR, or --url URL and --api-key KEY",
            )
            .into()),
        }
    }
}

async fn ask(url: &str, key: &str, receipt: Receipt, language: &str) -> anyhow::Result<Told> {
    let todo = "check the address and that the server runs";
    let unreachable = |error: reqwest::Error| {
        Failure::not_ready(format!("the server at {url} gave no answer: {}", error.without_url()), todo)
    };
    let named = format!("{}-{}", receipt.log, receipt.index);
    let address = format!("{}/v1/decisions/{named}", url.trim_end_matches('/'));
    let asked = reqwest::Client::new().get(&address).bearer_auth(key).header("accept-language", language);
    let response = asked.send().await.map_err(unreachable)?;
    let status = response.status();
    let answer: Value = response.json().await.map_err(unreachable)?;
    if !status.is_success() {
        let reason = ["detail", "title"].iter().find_map(|field| answer.get(field)?.as_str());
        let what =
            format!("the server answered {}: {}", status.as_u16(), reason.unwrap_or("no reason given"));
        let exit = if status.as_u16() == 403 { Exit::Refused } else { Exit::NotReady };
        let todo = "check the receipt; a key sees decisions for its own purposes alone".to_owned();
        return Err(Failure { exit, what, todo }.into());
    }
    let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str);
    let sentences = answer.pointer("/told/sentences").and_then(Value::as_array);
    let sentences: Vec<String> =
        sentences.into_iter().flatten().filter_map(|s| Some(s.as_str()?.to_owned())).collect();
    let clause = text("/explanation/clause/number").zip(text("/explanation/clause/text"));
    Ok(Told { text: told_decision(&named, &sentences, clause), answer })
}
