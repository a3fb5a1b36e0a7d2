//! `saqta access`: which programs and staff are let in, for what, and who no longer is (clauses 7.1, 10)?
//!
//! For a server that is stopped; a running one is asked over `/v1/keys`.

use clap::{Args, Subcommand};
use saqta_app::admission::KeyScope;
use saqta_app::console::at_the_machine;
use serde_json::json;

use crate::config::Installation;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Look after the keys by which programs and staff are let in.
#[derive(Subcommand)]
pub enum Access {
    /// Make a key for a program or a person, and show it once.
    Create(Create),
    /// List every key without its secret.
    List {
        #[command(flatten)]
        installation: Installation,
    },
    /// End a key at once.
    Revoke {
        #[command(flatten)]
        installation: Installation,
        /// The key's id, as `access list` shows it.
        id: String,
    },
}

/// Make a key for a program or a person.
#[derive(Args)]
pub struct Create {
    #[command(flatten)]
    installation: Installation,
    /// What the key is for, in your own words.
    #[arg(long)]
    label: String,
    /// The purposes it may work for, as the policy names them.
    #[arg(long, value_delimiter = ',', value_name = "PURPOSE,…")]
    purposes: Vec<String>,
    /// The operations it may do, in the policy's words.
    #[arg(long, value_delimiter = ',', value_name = "OPERATION,…")]
    operations: Vec<String>,
    /// Number and date of the confidentiality undertaking its holder signed; nothing is read under a key without one.
    #[arg(long, value_name = "\"№ of DATE\"")]
    undertaking: Option<String>,
    /// Let it publish policies, make keys and stop purposes.
    #[arg(long)]
    administers: bool,
}

impl Access {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match self {
            Self::Create(create) => create.run(out).await,
            Self::List { installation } => list(&installation, out).await,
            Self::Revoke { installation, id } => revoke(&installation, &id, out).await,
        }
    }
}

impl Create {
    async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        if !self.administers && (self.purposes.is_empty() || self.operations.is_empty()) {
            return Err(Failure::not_ready(
                "a key without purposes and operations opens nothing",
                "add --purposes and --operations, or --administers",
            )
            .into());
        }
        let app = self.installation.open_existing().await?;
        let scope = KeyScope {
            purposes: self.purposes,
            operations: self.operations,
            administers: self.administers,
            undertaking: self.undertaking,
        };
        let made = app.create_key(&at_the_machine(), &self.label, &scope).await;
        app.close().await;
        let made = made?;
        let answer = json!({ "id": made.outcome.id, "key": made.outcome.secret, "receipt": made.receipt });
        out.answer(&answer, |_| {
            format!(
                "key {}  (entry {} of the ledger)\n  {}\nIt is shown this once and kept nowhere.",
                made.outcome.id, made.receipt.index, made.outcome.secret,
            )
        });
        Ok(Exit::Done)
    }
}

async fn list(installation: &Installation, out: &Out) -> anyhow::Result<Exit> {
    let app = installation.open_existing().await?;
    let keys = app.keys(&at_the_machine()).await;
    app.close().await;
    let keys = keys?;
    out.answer(&json!({ "keys": keys }), |_| {
        if keys.is_empty() {
            return "No key has been made yet.".to_owned();
        }
        let lines: Vec<String> = keys
            .iter()
            .map(|key| {
                let state = if key.revoked { "revoked" } else { "valid  " };
                let admin = if key.scope.administers { "administers" } else { "" };
                let undertaking = key.scope.undertaking.as_deref().unwrap_or("no undertaking");
                format!(
                    "{}  {state}  {:<24} {}  {undertaking} {admin}",
                    key.id,
                    key.label,
                    key.scope.purposes.join(","),
                )
            })
            .collect();
        lines.join("\n")
    });
    Ok(Exit::Done)
}

async fn revoke(installation: &Installation, id: &str, out: &Out) -> anyhow::Result<Exit> {
    let app = installation.open_existing().await?;
    let revoked = app.revoke_key(&at_the_machine(), id).await;
    app.close().await;
    let receipt = match revoked {
        Ok(done) => done.receipt,
        Err(saqta_app::error::Error::NotFound) => {
            return Err(Failure::not_ready(
                format!("there is no valid key `{id}`"),
                "see `saqta access list` for the ids",
            )
            .into());
        }
        Err(error) => return Err(error.into()),
    };
    out.answer(&json!({ "id": id, "receipt": receipt }), |_| {
        format!("key {id} opens nothing any more (entry {} of the ledger)", receipt.index)
    });
    Ok(Exit::Done)
}
