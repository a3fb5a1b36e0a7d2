//! `saqta policy publish`: how does a checked folder become the version that will be in force, and who approved it?
//!
//! Also where each version stands (`policy versions`), and how one is called off before its day (`policy cancel`). All three
//! work on a stopped installation or ask a running server.

use std::path::PathBuf;

use clap::Args;
use saqta_app::console::{at_the_machine, check_policy_at};
use saqta_app::instance::App;
use saqta_app::version_life::VersionListed;
use serde_json::{Value, json};

use crate::clock::now;
use crate::config::{Installation, StoppedOrRunning};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::remote::Remote;

/// Check a policy folder, approve it in somebody's name, and publish it.
#[derive(Args)]
pub struct Publish {
    /// The folder that holds policy.toml and the published texts.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Who approves this version, such as "A. Sarsenova, director"; kept sealed with it.
    #[arg(long, value_name = "NAME", env = "SAQTA_APPROVED_BY")]
    approved_by: String,
    /// The address under which people reach the server, for the address of the published text.
    #[arg(long, value_name = "URL", env = "SAQTA_PUBLIC_URL")]
    public_url: Option<String>,
    #[command(flatten)]
    place: StoppedOrRunning,
}

/// List every version with its state.
#[derive(Args)]
pub struct Versions {
    #[command(flatten)]
    place: StoppedOrRunning,
}

/// Call a published version off before its day comes.
#[derive(Args)]
pub struct Cancel {
    /// The number of the version.
    #[arg(value_name = "VERSION")]
    number: u32,
    /// Who calls it off; kept sealed with it.
    #[arg(long, value_name = "NAME")]
    cancelled_by: String,
    #[command(flatten)]
    place: StoppedOrRunning,
}

impl Publish {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let checked = check_policy_at(&self.directory, now())?;
        if !checked.problems.is_empty() {
            out.note(&checked.shown);
        }
        if checked.errors() > 0 {
            return Err(Failure::not_ready(
                super::summary(&checked),
                "mend what `saqta policy check DIR` names; nothing was published",
            )
            .into());
        }
        let files = checked.files()?;
        let answer = match self.place.door()? {
            Door::Running { url, key } => {
                let body = json!({ "files": files, "approved_by": self.approved_by });
                Remote::new(&url, &key).post("/v1/policies", &body).await?
            }
            Door::Stopped(installation) => {
                let app = open(&installation).await?;
                let done = app.publish_files(&at_the_machine(), files, &self.approved_by).await;
                app.close().await;
                let done = done?;
                let base = self.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
                json!({
                    "version": done.outcome.version,
                    "state": done.outcome.state,
                    "effective_from": done.outcome.effective_from,
                    "effective_in_zone": done.outcome.effective_in_zone,
                    "digest": done.outcome.digest,
                    "public": format!("{base}/policy/v/{}", done.outcome.version),
                    "receipt": done.receipt,
                })
            }
        };
        out.answer(&answer, published);
        Ok(Exit::Done)
    }
}

impl Versions {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let answer = match self.place.door()? {
            Door::Running { url, key } => Remote::new(&url, &key).get("/v1/policies").await?,
            Door::Stopped(installation) => {
                let app = open(&installation).await?;
                let versions = app.list_versions(&at_the_machine()).await;
                app.close().await;
                json!({ "versions": versions?.iter().map(listed).collect::<Vec<_>>() })
            }
        };
        out.answer(&answer, table);
        Ok(Exit::Done)
    }
}

impl Cancel {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let answer = match self.place.door()? {
            Door::Running { url, key } => {
                let path = format!("/v1/policies/{}/cancellation", self.number);
                Remote::new(&url, &key).post(&path, &json!({ "cancelled_by": self.cancelled_by })).await?
            }
            Door::Stopped(installation) => {
                let app = open(&installation).await?;
                let done = app.cancel_version(&at_the_machine(), self.number, &self.cancelled_by).await;
                app.close().await;
                json!({ "receipt": done?.receipt })
            }
        };
        out.answer(&answer, |answer| {
            format!(
                "version {} is called off and will never be in force (entry {} of the ledger)",
                self.number,
                text(answer.pointer("/receipt/index"))
            )
        });
        Ok(Exit::Done)
    }
}

/// Where the versions are.
enum Door {
    Running { url: String, key: String },
    Stopped(Installation),
}

impl StoppedOrRunning {
    fn door(&self) -> anyhow::Result<Door> {
        match self.clone() {
            Self { url: Some(url), api_key: Some(key), .. } => Ok(Door::Running { url, key }),
            Self { data: Some(data), postgres, root_key, .. } => {
                Ok(Door::Stopped(Installation { data, postgres, root_key }))
            }
            _ => Err(Failure::not_ready(
                "neither a data folder nor a running server was named",
                "give --data DIR, or --url URL and --api-key KEY",
            )
            .into()),
        }
    }
}

async fn open(installation: &Installation) -> anyhow::Result<App> {
    installation.open_existing().await.map_err(|error| {
        let failure = Failure::of(&error);
        if failure.what.contains("in use by another") {
            let todo = "ask the running server: add --url http://ADDRESS --api-key KEY";
            return Failure { todo: todo.to_owned(), ..failure }.into();
        }
        error
    })
}

fn published(answer: &Value) -> String {
    let field = |name: &str| text(answer.get(name));
    format!(
        "version {} is published\n  state      {}\n  in force   from {}\n  digest     {}\n  receipt    {}-{}\n  public     {}",
        field("version"),
        field("state"),
        field("effective_in_zone"),
        field("digest"),
        text(answer.pointer("/receipt/log")),
        text(answer.pointer("/receipt/index")),
        field("public"),
    )
}

/// A version in the words of the HTTP interface.
fn listed(version: &VersionListed) -> Value {
    let at = |time: Option<jiff::Timestamp>| time.map(|t| t.to_string());
    let all = json!({
        "version": version.version,
        "state": version.state,
        "in_force": version.state == saqta_app::version_life::VersionState::Effective,
        "digest": version.digest,
        "effective_from": at(version.effective_from),
        "effective_in_zone": version.effective_in_zone,
        "effective_until": at(version.effective_until),
        "approved_by": version.approved_by,
        "approved_at": at(version.approved_at),
        "receipt": version.receipt,
        "cancelled_at": at(version.cancelled_at),
        "cancelled_by": version.cancelled_by,
        "kept_at": at(version.kept_at),
        "findings": version.findings,
    });
    let said = |(name, value): (&String, &Value)| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        (!empty).then(|| (name.clone(), value.clone()))
    };
    all.as_object().into_iter().flatten().filter_map(said).collect::<serde_json::Map<_, _>>().into()
}

fn table(answer: &Value) -> String {
    let versions = answer.get("versions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if versions.is_empty() {
        return "No version has been published yet.".to_owned();
    }
    let lines = versions.iter().map(|version| {
        let field = |name: &str| text(version.get(name));
        let by = match (version.get("approved_by"), version.get("findings").and_then(Value::as_array)) {
            (Some(by), _) => format!("approved by {}", text(Some(by))),
            (None, Some(found)) => format!("{} findings", found.len()),
            (None, None) => String::new(),
        };
        let line = format!(
            "{:>4}  {:<10}  {:<44}  {by}",
            field("version"),
            field("state"),
            field("effective_in_zone")
        );
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(value) if !value.is_null() => value.to_string(),
        _ => "—".to_owned(),
    }
}
