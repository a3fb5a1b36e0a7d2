//! `saqta serve`: how does an installation begin, with whose policy, and who may reach it?
//!
//! The policy folder is checked before anything is opened. A folder with errors changes nothing: it is told loudly, and what is in
//! force stays in force; where nothing is in force yet, nothing begins. Until somebody has claimed the installation by the one-time link, nobody outside this machine can reach the server.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use saqta_app::console::{Adopted, Checked, at_the_machine, check_policy_at};
use saqta_app::instance::{App, Limits};
use saqta_app::mail::room::{MailRoom, NotOpened};
use saqta_app::mail::settings::{MailSettings, SettingsFault};
use saqta_app::requests::sending::Post;
use saqta_web::settings::Settings;
use saqta_web::setup_token::SetupToken;
use serde_json::json;
use tokio::net::TcpListener;

use crate::commands::policy::summary;
use crate::config::{Allowance, Installation, Listening};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::{clock, logging, serving};

/// Check a policy folder, open or make the data folder, and answer the API.
#[derive(Args)]
pub struct Serve {
    /// The folder that holds policy.toml and the published texts; needed until a version is published.
    #[arg(long, value_name = "DIR", env = "SAQTA_POLICY")]
    policy: Option<PathBuf>,
    /// Who approves the version in that folder. A first version is approved by whoever starts the server; a later one is not
    /// adopted without a name.
    #[arg(long, value_name = "NAME", env = "SAQTA_APPROVED_BY")]
    approved_by: Option<String>,
    #[command(flatten)]
    installation: Installation,
    #[command(flatten)]
    listening: Listening,
    #[command(flatten)]
    allowance: Allowance,
}

impl Serve {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let (checked, why_not) =
            match self.policy.as_deref().map(|folder| check_policy_at(folder, clock::now())) {
                None => (None, Some(no_folder())),
                Some(Err(error)) => (None, Some(Failure::of(&error.into()))),
                Some(Ok(checked)) => {
                    if !checked.problems.is_empty() {
                        out.note(&checked.shown);
                    }
                    match checked.errors() {
                        0 => (Some(checked), None),
                        _ => (None, Some(unusable(&checked))),
                    }
                }
            };
        if let Some(checked) = &checked {
            out.note(&summary(checked));
        }
        if let Some(failure) = &why_not
            && !self.installation.may_be_there()
        {
            return Err(failure.clone().into());
        }
        logging::begin(self.listening.log, self.listening.log_level);
        let limits = Limits { persons_a_day: self.allowance.persons_a_day, ..Limits::default() };
        let app = Arc::new(self.installation.open_within(limits).await?);
        match self.opened(checked, why_not, Arc::clone(&app), out).await {
            Ok(exit) => Ok(exit),
            Err(error) => {
                app.close().await;
                Err(error)
            }
        }
    }

    /// Publishes a new version, or says why the one before goes on; without one before there is nothing to go on under.
    async fn adopt(
        &self,
        checked: Option<Checked>,
        why_not: Option<Failure>,
        app: &App,
        out: &Out,
    ) -> anyhow::Result<Policy> {
        let in_force = app.version_in_force().await?;
        let refused = match checked {
            Some(checked) => {
                let first_day = checked.version.as_ref().map(|(_, day)| day.clone()).unwrap_or_default();
                match app.adopt(&at_the_machine(), checked, self.approved_by.as_deref()).await {
                    Ok(adopted) => return Ok(Policy { told: told(&adopted, &first_day), fault: None }),
                    Err(error @ saqta_app::error::Error::Version(_)) => Some(Failure::of(&error.into())),
                    Err(error) => return Err(error.into()),
                }
            }
            None => why_not,
        };
        let (Some(version), Some(failure)) = (in_force, &refused) else {
            return Err(refused.unwrap_or_else(no_folder).into());
        };
        if self.policy.is_none() {
            return Ok(Policy { told: format!("version {version}, published before"), fault: None });
        }
        let line = format!("The folder is NOT what is in force: {}\n  → {}", failure.what, failure.todo);
        out.note(&line);
        tracing::error!("the policy folder was not adopted; version {version} stays in force");
        let told = format!("version {version} stays in force; the folder was NOT adopted: {}", failure.what);
        Ok(Policy { told, fault: refused })
    }

    async fn opened(
        &self,
        checked: Option<Checked>,
        why_not: Option<Failure>,
        app: Arc<App>,
        out: &Out,
    ) -> anyhow::Result<Exit> {
        let unclaimed = app.unclaimed().await?;
        let listen = self.listening.listen;
        if unclaimed && !listen.ip().is_loopback() {
            return Err(Failure::not_ready(
                format!("nobody has claimed this installation yet, and {listen} can be reached by others"),
                "start it once on 127.0.0.1, open the one-time link there, and then start it with this address",
            )
            .into());
        }
        let policy = self.adopt(checked, why_not, &app, out).await?;
        if let Some(warning) = app.law_unverified().await {
            out.note(&warning);
        }
        let listener = TcpListener::bind(listen).await.map_err(|error| {
            Failure::not_ready(
                format!("cannot listen on {listen}: {error}"),
                "choose another address with --listen, such as 127.0.0.1:8788",
            )
        })?;
        let address = listener.local_addr().context("the listening address cannot be read")?;
        let url = self.listening.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let (secret, token) = if unclaimed {
            let (secret, token) = SetupToken::issue(&app)?;
            (Some(secret), Some(Arc::new(token)))
        } else {
            (None, None)
        };
        let post = Post { public_url: url.clone(), folder: self.listening.letters.clone(), server: None };
        let room = match &self.listening.mail {
            Some(file) => Some(mail_room(Arc::clone(&app), file, post).await?),
            None => {
                app.set_post(post);
                None
            }
        };
        if !app.has_post() {
            out.note("Letters to people wait: name a mail server in the settings of --mail FILE, or a folder with --letters DIR.");
        }
        let settings = Settings {
            public_url: url.clone(),
            setup: token,
            requests_per_second: self.allowance.requests_per_second,
            ..Settings::default()
        };
        let mut serving = serving::begin(Arc::clone(&app), listener, settings)?;
        serving.run_jobs();
        let lmtp = room.as_ref().and_then(MailRoom::lmtp_port);
        if let Some(room) = room {
            serving.take_letters(room);
        }
        let link = secret.map(|secret| format!("http://{address}/staff/setup?token={secret}"));
        let answer = json!({
            "url": url,
            "listening": address.to_string(),
            "policy": policy.told,
            "policy_fault": policy.fault,
            "root_key": app.fingerprint(),
            "setup_link": link,
            "lmtp_port": lmtp,
        });
        out.answer(&answer, |_| self.words(&url, &policy.told, &app.fingerprint(), link.as_deref()));
        let ended = serving.until_asked().await;
        out.note("Stopping: answers that are under way are finished.");
        serving.end().await;
        ended?;
        Ok(Exit::Done)
    }

    fn words(&self, url: &str, policy: &str, fingerprint: &str, link: Option<&str>) -> String {
        let mut lines = vec![
            format!("Saqta answers at {url}"),
            format!("  policy    {policy}"),
            format!("  public    {url}/policy"),
            format!("  people    {url}/my"),
            format!("  staff     {url}/staff"),
            format!("  API       {url}/docs"),
            format!(
                "  root key  {fingerprint} (keep a copy of it apart from the data: without it they are gone)"
            ),
        ];
        if let Some(link) = link {
            lines.push(String::new());
            lines.push("Nobody has an account yet. Open this link within 30 minutes to make the first one; it works once:".to_owned());
            lines.push(format!("  {link}"));
            lines.push(
                "Until then only this machine can reach the server. A restart shows a new link.".to_owned(),
            );
        }
        lines.join("\n")
    }
}

/// Opens what the settings of e-mail name.
async fn mail_room(app: Arc<App>, file: &Path, post: Post) -> anyhow::Result<MailRoom> {
    let fault = |fault: SettingsFault| Failure::not_ready(fault.what, fault.todo);
    let settings = MailSettings::read(file).map_err(fault)?;
    match MailRoom::open(app, settings, post).await {
        Ok(room) => Ok(room),
        Err(NotOpened::Settings(wrong)) => Err(fault(wrong).into()),
        Err(NotOpened::App(error)) => Err(error.into()),
    }
}

/// What is said of the policy at the start.
struct Policy {
    told: String,
    /// Why the folder was not adopted.
    fault: Option<Failure>,
}

fn no_folder() -> Failure {
    Failure::not_ready(
        "no policy has been published here yet, and no folder was named",
        "name the folder that holds policy.toml: --policy DIR; `saqta policy check DIR` checks one",
    )
}

fn unusable(checked: &Checked) -> Failure {
    let errors = checked.errors();
    let first = checked.problems.iter().find(|p| p.is_error()).map_or_else(String::new, |p| {
        format!("; the first is in {} line {}, column {}: {}", p.file, p.line, p.column, p.message)
    });
    let them = if errors == 1 { "an error".to_owned() } else { format!("{errors} errors") };
    Failure::not_ready(
        format!("the policy has {them}{first}"),
        "mend what is named; the version that is in force, if there is one, stays in force",
    )
}

/// What became of the folder. `first_day` is the day it names: the first version does not wait for it.
fn told(adopted: &Adopted, first_day: &str) -> String {
    match adopted {
        Adopted::Published(new) => {
            let waits = new.effective_from.parse::<Timestamp>().is_ok_and(|from| from > clock::now());
            let from = if waits { format!("in force from {first_day}") } else { "in force now".to_owned() };
            format!("version {} published, {from}", new.version)
        }
        Adopted::Known(version) => format!("version {version}, published before"),
        Adopted::Differs(version) => format!(
            "version {version} as published before; the folder says something else under that number: raise `version` to publish it"
        ),
        Adopted::Cancelled(version) => format!(
            "version {version} was called off; the version before it stays in force until the folder holds a higher one"
        ),
        Adopted::Older { folder, last } => {
            format!("version {last} as published before; the folder holds the older version {folder}")
        }
    }
}
