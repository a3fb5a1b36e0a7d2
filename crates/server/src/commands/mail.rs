//! `saqta mail`: how would a letter be read, and how is one filed that lies in a file?

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use saqta_app::mail::explain::{Reading, reasons_told};
use saqta_app::mail::signing::SigningKey;
use saqta_app::mail::take::{Brought, Fate};
use serde_json::{Value, json};

use crate::config::Installation;
use crate::exit::{Exit, Failure};
use crate::out::Out;

/// What can be done with letters.
#[derive(Subcommand)]
pub enum Mail {
    /// Show how a letter would be read: what it asks for and why. Nothing is filed.
    Explain(Explain),
    /// File letters that lie in files. The server must be stopped; a running one takes them from its folder of letters.
    Take(Take),
    /// Make a key that signs letters (DKIM), and show what your domain has to publish for it.
    Dkim(Dkim),
}

/// Show how a letter would be read.
#[derive(Args)]
pub struct Explain {
    /// The letter, as a mail program saves it
    #[arg(value_name = "FILE.eml")]
    file: PathBuf,
    /// The policy folder whose marks count beside the common ones
    #[arg(long, value_name = "DIR", env = "SAQTA_POLICY")]
    policy: Option<PathBuf>,
    /// Ask no name server about the sender
    #[arg(long)]
    offline: bool,
}

/// File letters.
#[derive(Args)]
pub struct Take {
    #[command(flatten)]
    installation: Installation,
    /// The letters
    #[arg(required = true, value_name = "FILE.eml")]
    files: Vec<PathBuf>,
}

/// Make a key that signs letters.
#[derive(Args)]
pub struct Dkim {
    /// The domain of the sender, such as `shop.example`
    #[arg(value_name = "DOMAIN")]
    domain: String,
    /// The name of the key below the domain
    #[arg(long, default_value = "saqta")]
    selector: String,
    /// Where the key lies. One that is there already is kept, and what to publish for it is shown again
    #[arg(long, default_value = "dkim.key", value_name = "FILE")]
    key: PathBuf,
}

impl Mail {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match self {
            Self::Explain(explain) => explain.run(out).await,
            Self::Take(take) => take.run(out).await,
            Self::Dkim(dkim) => dkim.run(out),
        }
    }
}

impl Explain {
    async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let raw = read(&self.file)?;
        let reading = match &self.policy {
            Some(folder) => Reading::of_folder(folder)
                .with_context(|| format!("the policy in {} cannot be read", folder.display()))?,
            None => Reading::default(),
        };
        let told = reading.explain(&raw, !self.offline).await;
        out.answer(&told, words);
        Ok(Exit::Done)
    }
}

impl Take {
    async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let letters = self.files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let app = Arc::new(self.installation.open().await?);
        let mut told = Vec::new();
        for (file, raw) in self.files.iter().zip(&letters) {
            let fate = app.take_letter(&Brought::whole(raw)).await;
            let fate = match fate {
                Ok(fate) => fate,
                Err(error) => {
                    app.close().await;
                    return Err(error.into());
                }
            };
            told.push(json!({ "file": file, "became": became(&fate), "requests": numbers(&fate) }));
        }
        app.close().await;
        out.answer(&Value::from(told), |told| {
            let line = |one: &Value| {
                format!(
                    "{}: {} {}",
                    one["file"].as_str().unwrap_or_default(),
                    one["became"].as_str().unwrap_or_default(),
                    one["requests"]
                )
            };
            told.as_array().into_iter().flatten().map(line).collect::<Vec<_>>().join("\n")
        });
        Ok(Exit::Done)
    }
}

impl Dkim {
    fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let Self { domain, selector, key: file } = self;
        let made = SigningKey::make_or_read(&domain, &selector, &file)
            .map_err(|fault| Failure::not_ready(fault.what, fault.todo))?;
        let file = std::path::absolute(&file).unwrap_or(file);
        let told = json!({ "key": file, "made": made.is_new, "name": made.name, "text": made.text });
        out.answer(&told, |_| {
            // A text of DNS holds 255 characters at most, so a longer one stands in pieces.
            let pieces: Vec<String> = made
                .text
                .as_bytes()
                .chunks(255)
                .map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece)))
                .collect();
            format!(
                "{}: {}\n\nPublish in DNS:\n{}.  TXT  {}\n\nIn the settings of e-mail:\n[smtp.dkim]\ndomain = \"{domain}\"\nselector = \"{selector}\"\nkey_file = {}",
                file.display(),
                if made.is_new { "a new key, which only you may read; give it to the user of the server" } else { "the key that was there" },
                made.name,
                pieces.join(" "),
                toml::Value::from(file.to_string_lossy().into_owned()),
            )
        });
        Ok(Exit::Done)
    }
}

fn became(fate: &Fate) -> &'static str {
    match fate {
        Fate::Filed(_) => "filed",
        Fate::Joined(_) => "joined",
        Fate::Bounced(_) => "bounce",
        Fate::NotFiled => "not_filed",
    }
}

fn numbers(fate: &Fate) -> Vec<u64> {
    match fate {
        Fate::Filed(numbers) => numbers.clone(),
        Fate::Joined(number) | Fate::Bounced(number) => vec![*number],
        Fate::NotFiled => Vec::new(),
    }
}

fn read(file: &PathBuf) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        let what = format!("the letter {} cannot be read: {error}", file.display());
        Failure::not_ready(what, "name a file that a mail program saved, such as letter.eml")
    })
}

/// The same for people.
fn words(told: &Value) -> String {
    let listed = |key: &str| {
        let words = told[key].as_array().into_iter().flatten().filter_map(Value::as_str);
        words.collect::<Vec<_>>().join(", ")
    };
    let fields = |value: &Value| {
        let fields = value.as_object().into_iter().flatten();
        let told = fields.filter(|(_, value)| !value.is_null() && !value.is_object()).map(|(name, value)| {
            format!("{name} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        });
        told.collect::<Vec<_>>().join(", ")
    };
    let or = |told: String, otherwise: &str| if told.is_empty() { otherwise.to_owned() } else { told };
    let mut lines = vec![
        format!("asks for  {}", listed("kinds")),
        format!("language  {}", told["language"].as_str().unwrap_or_default()),
        format!("names     {}", or(fields(&told["extract"]), "nothing")),
        format!("sender    {}", or(fields(&told["trust"]), "not examined")),
    ];
    if let Some(known) = told.pointer("/trust/looks_like/domain").and_then(Value::as_str) {
        lines.push(format!("          its domain looks like {known}, and is another"));
    }
    lines.extend(reasons_told(told).iter().map(|reason| format!("because   {reason}")));
    if told["files"] == false {
        lines.push("A machine wrote it: nothing is filed.".to_owned());
    }
    lines.join("\n")
}
