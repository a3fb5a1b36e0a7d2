//! `saqta key`: how do the keys stand under which data are sealed, and how does their epoch end?

use std::convert::Infallible;
use std::time::Duration;

use clap::Subcommand;
use indicatif::ProgressBar;
use saqta_app::console::KeyState;
use serde_json::{Value, json};

use crate::config::{Installation, StoppedOrRunning};
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Look after the keys under which data are sealed.
#[derive(Subcommand)]
pub enum Key {
    /// End the epoch: wrap every living key anew and destroy the old epoch's key, so that old copies open nothing.
    Rotate(StoppedOrRunning),
    /// Show the fingerprint of the root key, the epochs, and how many destructions wait for the epoch's end.
    Status {
        #[command(flatten)]
        installation: Installation,
    },
}

impl Key {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match self {
            Self::Status { installation } => status(&installation, out).await,
            Self::Rotate(StoppedOrRunning { url: Some(url), api_key: Some(key), .. }) => {
                ask(&url, &key, out).await
            }
            Self::Rotate(StoppedOrRunning { data: Some(data), postgres, root_key, .. }) => {
                rotate(&Installation { data, postgres, root_key }, out).await
            }
            Self::Rotate(_) => Err(Failure::not_ready(
                "neither a data folder nor a running server was named",
                "give --data DIR, or --url URL and --api-key KEY",
            )
            .into()),
        }
    }
}

async fn status(installation: &Installation, out: &Out) -> anyhow::Result<Exit> {
    let app = installation.open_existing().await?;
    let state = app.key_state().await;
    app.close().await;
    out.answer(&state?, words);
    Ok(Exit::Done)
}

fn words(state: &KeyState) -> String {
    let living: Vec<String> = state.living_epochs.iter().map(u32::to_string).collect();
    format!(
        "root key              {}\nepoch                 {} (living: {})\nturns a day after     {}\ndestructions waiting  {}\nledger key            {}",
        state.root_key,
        state.epoch,
        living.join(", "),
        state.counted_since.as_deref().unwrap_or("the first start of a server"),
        state.destructions_waiting,
        state.ledger_key,
    )
}

async fn rotate(installation: &Installation, out: &Out) -> anyhow::Result<Exit> {
    let app = installation.open_existing().await.map_err(|error| {
        let failure = Failure::of(&error);
        if failure.what.contains("in use by another") {
            let todo = "ask the running server: `saqta key rotate --url http://ADDRESS --api-key KEY` (POST /v1/epochs)";
            return anyhow::Error::from(Failure { todo: todo.to_owned(), ..failure });
        }
        error
    })?;
    let bar = out.bar(Some(0), "wrapping keys anew");
    let turned = app
        .turn_epoch(|done, of| {
            bar.set_length(of);
            bar.set_position(done);
        })
        .await;
    bar.finish_and_clear();
    let noted = app.count_epoch_from_now().await;
    app.close().await;
    let (turned, ()) = (turned?, noted?);
    let answer =
        json!({ "epoch": turned.epoch, "rewrapped": turned.rewrapped, "completed": turned.completed.len() });
    tell(&answer, out);
    Ok(Exit::Done)
}

async fn ask(url: &str, key: &str, out: &Out) -> anyhow::Result<Exit> {
    let todo =
        "check the address and that the server runs; this command speaks plain HTTP on the machine itself";
    let unreachable = |error: reqwest::Error| {
        Failure::not_ready(format!("the server at {url} gave no answer: {}", error.without_url()), todo)
    };
    let bar = out.bar(Some(0), "the server wraps keys anew");
    let address = format!("{}/v1/epochs", url.trim_end_matches('/'));
    let client = reqwest::Client::new();
    let turn = client.post(&address).bearer_auth(key).json(&json!({})).send();
    let sent = tokio::select! {
        sent = turn => sent,
        never = watch(&client, &address, key, &bar) => match never {},
    };
    bar.finish_and_clear();
    let response = sent.map_err(unreachable)?;
    let status = response.status();
    let body: Value = response.json().await.map_err(unreachable)?;
    if !status.is_success() {
        let detail = ["detail", "title"]
            .iter()
            .find_map(|field| body.get(field)?.as_str())
            .unwrap_or("no reason given");
        let exit = if status.as_u16() == 403 { Exit::Refused } else { Exit::NotReady };
        let what = format!("the server answered {}: {detail}", status.as_u16());
        let todo = "an epoch is turned by a key that administers".to_owned();
        return Err(Failure { exit, what, todo }.into());
    }
    tell(&body, out);
    Ok(Exit::Done)
}

/// Shows how far the turn has come, for as long as nobody stops it.
async fn watch(client: &reqwest::Client, address: &str, key: &str, bar: &ProgressBar) -> Infallible {
    let mut every = tokio::time::interval(Duration::from_millis(300));
    loop {
        every.tick().await;
        // What cannot be asked now is asked again; the answer to the turn itself says what went wrong.
        let Ok(response) = client.get(address).bearer_auth(key).send().await else { continue };
        let Ok(state) = response.json::<Value>().await else { continue };
        let number = |field: &str| state.get(field).and_then(Value::as_u64).unwrap_or_default();
        if state.get("living").and_then(Value::as_array).is_some_and(|living| living.len() > 1) {
            bar.set_length(number("of"));
            bar.set_position(number("done"));
        }
    }
}

fn tell(answer: &Value, out: &Out) {
    let number = |field: &str| answer.get(field).and_then(Value::as_u64).unwrap_or_default();
    out.answer(answer, |_| {
        format!(
            "epoch {} lives now; {} keys were wrapped anew, {} destructions are final in every old copy",
            number("epoch"),
            number("rewrapped"),
            number("completed"),
        )
    });
}
