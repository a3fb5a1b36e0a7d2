//! `saqta policy diff`: what does a new version change, for whom, and what will happen?

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use saqta_app::console::comparing::{Compared, compare_checked, files_of};
use saqta_app::console::{Checked, Language, check_policy_at};
use serde_json::{Value, json};

use crate::clock::now;
use crate::commands::policy::summary;
use crate::config::Installation;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Compare two policy folders, or one folder with the version in force, in plain words.
#[derive(Args)]
pub struct Diff {
    /// The folder of the version before, or, with --data or --url, of the new version.
    #[arg(value_name = "A")]
    first: PathBuf,
    /// The folder of the new version.
    #[arg(value_name = "B", conflicts_with_all = ["data", "url"], required_unless_present_any = ["data", "url"])]
    second: Option<PathBuf>,
    /// The data folder of a server that is stopped: A is compared with its version in force, and people are counted.
    #[arg(long, value_name = "DIR", conflicts_with = "url")]
    data: Option<PathBuf>,
    /// A PostgreSQL database to use instead of the embedded one.
    #[arg(long, value_name = "URL", env = "SAQTA_POSTGRES", hide_env_values = true, requires = "data")]
    postgres: Option<String>,
    /// The file of the root key, when it does not lie in the data folder.
    #[arg(long, value_name = "FILE", env = "SAQTA_ROOT_KEY", requires = "data")]
    root_key: Option<PathBuf>,
    /// The address of a running server, such as http://127.0.0.1:8787: A is compared with its version in force.
    #[arg(long, value_name = "URL", requires = "api_key")]
    url: Option<String>,
    /// An administrator's key for that server.
    #[arg(long, value_name = "KEY", env = "SAQTA_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
    /// The language of the report.
    #[arg(long, value_enum, default_value_t = Tongue::En)]
    language: Tongue,
}

/// A language of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// Қазақша.
    Kk,
    /// Русский.
    Ru,
    /// English.
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

impl Diff {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let language = Language::from(self.language);
        let Some(first) = sound(&self.first, out)? else { return Ok(Exit::NotReady) };
        if let Some(url) = &self.url {
            let files = files_of(&self.first)?;
            let answer = ask(url, self.api_key.as_deref().unwrap_or_default(), &files, language).await?;
            let compared: Compared = serde_json::from_value(answer.clone())?;
            let shown = compared.shown(language)?;
            out.answer(&answer, |_| shown);
            return Ok(Exit::Done);
        }
        let compared = if let Some(data) = self.data {
            let place = Installation { data, postgres: self.postgres, root_key: self.root_key };
            let app = place.open_existing().await?;
            let compared = app.compare_at_the_machine(&first, language).await;
            app.close().await;
            compared?
        } else {
            let second = self.second.unwrap_or_default();
            let Some(second) = sound(&second, out)? else { return Ok(Exit::NotReady) };
            compare_checked(&first, &second, language)?
        };
        let shown = compared.shown(language)?;
        out.answer(&compared, |_| shown);
        Ok(Exit::Done)
    }
}

/// A folder without errors; of one with errors, its findings are told.
fn sound(directory: &Path, out: &Out) -> anyhow::Result<Option<Checked>> {
    let checked = check_policy_at(directory, now())?;
    if checked.errors() == 0 {
        return Ok(Some(checked));
    }
    let answer = json!({
        "ok": false,
        "folder": directory.display().to_string(),
        "errors": checked.errors(),
        "findings": checked.problems,
    });
    out.answer(&answer, |_| format!("{}\n{}{}", directory.display(), checked.shown, summary(&checked)));
    Ok(None)
}

async fn ask(
    url: &str,
    key: &str,
    files: &std::collections::BTreeMap<String, String>,
    language: Language,
) -> anyhow::Result<Value> {
    let todo =
        "check the address and that the server runs; this command speaks plain HTTP on the machine itself";
    let unreachable = |error: reqwest::Error| {
        Failure::not_ready(format!("the server at {url} gave no answer: {}", error.without_url()), todo)
    };
    let address = format!("{}/v1/policies/compare", url.trim_end_matches('/'));
    let request = reqwest::Client::new()
        .post(&address)
        .bearer_auth(key)
        .header("accept-language", language.tag())
        .json(&json!({ "files": files }));
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    let body: Value = response.json().await.map_err(unreachable)?;
    if status.is_success() {
        return Ok(body);
    }
    let detail = ["detail", "title"].iter().find_map(|field| body.get(field)?.as_str());
    let exit = if status.as_u16() == 403 { Exit::Refused } else { Exit::NotReady };
    let what = format!("the server answered {}: {}", status.as_u16(), detail.unwrap_or("no reason given"));
    let todo = "versions are compared by a key that administers".to_owned();
    Err(Failure { exit, what, todo }.into())
}
