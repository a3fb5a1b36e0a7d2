//! `saqta staff`: how does somebody of the staff come in who cannot, because they are new or locked out?
//!
//! For a server that is stopped; on PostgreSQL it may run meanwhile. The answer is a link that works once. Everything else is done
//! by the responsible person on the pages of staff.

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use saqta_app::act::Done;
use saqta_app::console::at_the_machine;
use saqta_app::staff::links::NewLink;
use serde_json::json;

use crate::config::Installation;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Let staff in who cannot come in by themselves.
#[derive(Subcommand)]
pub enum Staff {
    /// Make a one-time link by which somebody new makes their account.
    Invite {
        #[command(flatten)]
        installation: Installation,
        #[command(flatten)]
        reached: Reached,
        /// What they will answer for.
        #[arg(long, value_enum)]
        role: RoleWord,
    },
    /// Make a one-time link by which somebody sets a new password and connects their device again.
    Reset {
        #[command(flatten)]
        installation: Installation,
        #[command(flatten)]
        reached: Reached,
        /// The name they sign in with.
        #[arg(value_name = "NAME")]
        sign_in: String,
    },
    /// List every account.
    List {
        #[command(flatten)]
        installation: Installation,
    },
}

/// Where the link leads.
#[derive(Args)]
pub struct Reached {
    /// The address under which people reach the server.
    #[arg(long, value_name = "URL", env = "SAQTA_PUBLIC_URL", default_value = "http://127.0.0.1:8787")]
    public_url: String,
}

/// A role, as it is typed in.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleWord {
    /// Carries out requests.
    Clerk,
    /// Answers for the processing, and lets others in.
    Responsible,
}

impl RoleWord {
    fn word(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Responsible => "responsible",
        }
    }
}

impl Staff {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match self {
            Self::Invite { installation, reached, role } => {
                let role = saqta_app::staff::role(role.word()).context("a role without a meaning")?;
                let app = installation.open_existing().await?;
                let made = app.invite(&at_the_machine(), role).await;
                app.close().await;
                tell(&reached, &made?, out);
                Ok(Exit::Done)
            }
            Self::Reset { installation, reached, sign_in } => {
                let app = installation.open_existing().await?;
                let made = app.reset_link_by_name(&at_the_machine(), &sign_in).await;
                app.close().await;
                match made {
                    Ok(made) => tell(&reached, &made, out),
                    Err(saqta_app::error::Error::NotFound) => return Err(unknown().into()),
                    Err(error) => return Err(error.into()),
                }
                Ok(Exit::Done)
            }
            Self::List { installation } => list(&installation, out).await,
        }
    }
}

fn unknown() -> Failure {
    Failure::not_ready("nobody signs in with that name", "see `saqta staff list` for the names")
}

fn tell(reached: &Reached, made: &Done<NewLink>, out: &Out) {
    let NewLink { token, ends_at } = &made.outcome;
    let link = format!("{}/staff/setup?token={token}", reached.public_url.trim_end_matches('/'));
    let answer = json!({ "link": link, "ends_at": ends_at.to_string(), "receipt": made.receipt });
    out.answer(&answer, |_| {
        format!(
            "{link}\nIt works once, until {ends_at}, while the server runs. It is kept nowhere (entry {} of the ledger).",
            made.receipt.index,
        )
    });
}

async fn list(installation: &Installation, out: &Out) -> anyhow::Result<Exit> {
    let app = installation.open_existing().await?;
    let people = app.people(&at_the_machine()).await;
    app.close().await;
    let people = people?;
    out.answer(&json!({ "staff": people }), |_| {
        if people.is_empty() {
            return "Nobody has an account yet. `saqta staff invite` makes a link for the first.".to_owned();
        }
        let lines = people.iter().map(|person| {
            let state = if person.ended.is_some() { "ended " } else { "active" };
            let undertaking = person.undertaking.as_ref().map_or("no undertaking", |_| "undertaking");
            format!(
                "{}  {state}  {:<11}  {:<28} {}  {undertaking}",
                person.id, person.role, person.sign_in, person.name
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(Exit::Done)
}
