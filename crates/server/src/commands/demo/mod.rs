//! `saqta demo`: what does all this look like when it runs?
//!
//! A throw-away installation with the policy of an invented shop and twelve invented people. A day and some years are played
//! through the HTTP interface, on a clock moved by hand; each step is compared with what it has to come to. Nothing is ever
//! sent out, and the folder is gone when the program ends.

mod clock;
mod day;
mod people;
mod proof;
mod stage;
mod years;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use saqta_app::console::inbox::Inbox;
use saqta_app::console::staff::Seated;
use saqta_app::console::{at_the_machine, check_policy_files, location};
use saqta_app::instance::{App, Limits};
use saqta_web::settings::Settings;
use saqta_web::setup_token::SetupToken;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use self::clock::StoryClock;
use self::people::{People, Texts};
use self::stage::Stage;
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::serving::{self, Serving};

macro_rules! embedded {
    ($($path:literal),+) => {
        [$(($path, include_str!(concat!("../../../../../examples/autoshop/", $path)))),+]
    };
}

/// The example shop, so that the demo needs nothing but the program.
const EXAMPLE: [(&str, &str); 5] =
    embedded!["policy.toml", "text.ru.md", "text.kk.md", "text.en.md", "story/people.toml"];

/// Where the shop keeps its clocks.
const ZONE: &str = "Asia/Almaty";
const BEGINS: &str = "2026-08-17T04:00:00Z";

/// Start a throw-away instance, play a day of an invented shop in it, and leave it open for trying.
#[derive(Args)]
pub struct Demo {
    /// End after the story, with status 0 when every step came to what it had to.
    #[arg(long)]
    exit: bool,
    /// The address to listen on; a free port is taken when it is in use.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
}

/// The keys of the shop's programs and people.
pub struct Keys {
    /// The shop itself, for everything it does.
    pub shop: String,
    /// The mailing tool, for advertising alone.
    pub mailing: String,
    /// The courier desk, which reads what a delivery needs.
    pub courier: String,
    /// A trainee who has not signed the confidentiality undertaking.
    pub trainee: String,
}

impl Demo {
    /// Carries it out.
    pub async fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let folder = tempfile::Builder::new()
            .prefix("saqta-demo-")
            .tempdir()
            .context("no throw-away folder can be made")?;
        out.say(BANNER);
        let clock = StoryClock::held_at(BEGINS.parse()?);
        let place = location(folder.path().join("data"), None, None);
        let app = App::open(place, clock.shared(), Limits::default()).await?;
        // Phones show codes by their own time, not by that of the story.
        let app = Arc::new(app.with_devices_by(crate::clock::system()));
        let listener = match TcpListener::bind(self.listen).await {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind((self.listen.ip(), 0)).await.context("no port is free")?,
        };
        let checked = check_policy_files(policy_files());
        ensure!(checked.errors() == 0, "the example policy has errors:\n{}", checked.shown);
        app.adopt(&at_the_machine(), checked, Some("The director of the invented shop")).await?;
        let (secret, token) = SetupToken::issue(&app)?;
        let url = format!("http://{}", listener.local_addr()?);
        let settings = Settings {
            public_url: url.clone(),
            setup: Some(Arc::new(token)),
            requests_per_second: NonZeroU32::MAX,
            demo: true,
            ..Settings::default()
        };
        let mut serving = serving::begin(Arc::clone(&app), listener, settings)?;
        let stage = Stage::new(*out, url.clone(), clock.clone(), TimeZone::get(ZONE)?)?;
        let told = tokio::select! {
            told = tell(stage, &app, &secret, folder.path()) => told.map(Some),
            asked = serving.until_asked() => asked.map(|()| None),
        };
        let exit = match told {
            Ok(Some(played)) => {
                let letters = folder.path().join("letters");
                let shop = Shop { app: &app, url: &url, clock: &clock, letters: &letters };
                self.after(played, &shop, &mut serving, out).await
            }
            Ok(None) => {
                Err(Failure::failed("the story was broken off", "start it again to see its end").into())
            }
            Err(error) => Err(error),
        };
        serving.end().await;
        exit
    }

    async fn after(
        &self,
        (stage, keys): (Stage, Keys),
        shop: &Shop<'_>,
        serving: &mut Serving,
        out: &Out,
    ) -> anyhow::Result<Exit> {
        let Shop { app, url, clock, letters } = *shop;
        let good = stage.surprises.is_empty();
        let ending = if good {
            format!("\nAll {} steps came to what they had to.", stage.steps)
        } else {
            format!(
                "\n{} things went otherwise than they had to:\n  {}",
                stage.surprises.len(),
                stage.surprises.join("\n  ")
            )
        };
        out.say(&ending);
        let seated = app.seat("Сауле Ермекова", "saule@shop.example", "Saqta demo").await?;
        let filled = fill(shop, &seated).await?;
        if out.json() {
            out.document(&json!({
                "steps": stage.steps, "surprises": stage.surprises, "url": url,
                "admin_key": stage.admin, "shop_key": keys.shop, "letters": letters,
                "requests": filled.count,
                "request": { "number": filled.number, "secret": filled.secret },
                "staff": {
                    "sign_in": seated.sign_in, "password": seated.password, "authenticator_key": seated.key,
                    "recovery_codes": seated.recovery,
                },
            }));
        }
        if self.exit {
            return Ok(if good { Exit::Done } else { Exit::Failed });
        }
        clock.run();
        serving.run_jobs();
        out.say(&invitation(url, &stage.admin, &keys.shop, &seated, &filled, letters));
        serving.until_asked().await?;
        Ok(if good { Exit::Done } else { Exit::Failed })
    }
}

/// The shop after its story.
#[derive(Clone, Copy)]
struct Shop<'a> {
    app: &'a App,
    url: &'a str,
    clock: &'a StoryClock,
    letters: &'a Path,
}

/// Requests of every kind, some of which came six days ago.
async fn fill(shop: &Shop<'_>, staff: &Seated) -> anyhow::Result<Inbox> {
    let Shop { app, url, clock, letters } = *shop;
    app.begin_inbox(staff, url, letters).await?;
    let later = clock.now().to_zoned(TimeZone::UTC).checked_add(6.days())?;
    clock.move_to(later.timestamp());
    Ok(app.fill_inbox(letters).await?)
}

const BANNER: &str = "\
┌─ DEMO ─────────────────────────────────────────────────────────────────────────────┐
│ The shop, its people and their orders are invented. Nothing is ever sent out.      │
│ Everything lies in a throw-away folder, and is gone when this program ends.        │
│ Each line is a request over HTTP; its verdict is read back from the signed ledger, │
│ and `cl.` is the clause of the shop's published policy that decides.               │
└────────────────────────────────────────────────────────────────────────────────────┘";

fn invitation(url: &str, admin: &str, shop: &str, staff: &Seated, filled: &Inbox, letters: &Path) -> String {
    let Seated { sign_in, password, key, recovery, .. } = staff;
    let Inbox { number, secret, count } = filled;
    let letters = letters.display();
    let recovery = recovery.join("  ");
    format!(
        "
The shop stays open, and its clock runs from here. Try it by hand (Ctrl-C ends it and removes everything):

  {url}/policy        the policy as people read it, in three languages
  {url}/my            the page on which people ask what they have a right to
  {url}/staff         the pages of staff
  {url}/docs          the API, to be read
  {url}/openapi.json  the same, for programs

  administrator's key  {admin}
  the shop's key       {shop}

The inbox holds {count} requests. One is answered: open {url}/my/kk/status with number {number} and secret {secret}
Letters that would go out lie in {letters}

Sign in at {url}/staff as the invented responsible person:

  sign-in name         {sign_in}
  password             {password}
  authenticator key    {key}   (type it into an authenticator app, which then shows a code)
  recovery codes       {recovery}
                       (without an app: each works once in the place of a code)

Whom may the shop call about an order? Ask for what the order needs:

  curl -s {url}/v1/retrieve -H 'Authorization: Bearer {shop}' \\
    -H 'Content-Type: application/json' -H 'Accept-Language: en' \\
    -d '{{\"subject\":{{\"attribute\":\"email\",\"value\":\"irina@mail.example\"}},\"purpose\":\"order\",\"attributes\":[\"full_name\",\"phone\"]}}'

and then for something it does not need: put \"birth_date\" in the place of \"phone\"."
    )
}

async fn tell(mut stage: Stage, app: &App, secret: &str, folder: &Path) -> anyhow::Result<(Stage, Keys)> {
    let mut people = People::read(example("story/people.toml")?)?;
    let texts = texts(&stage).await?;
    stage.heading();
    let keys = opening(&mut stage, secret).await?;
    day::play(&mut stage, &keys, &mut people, &texts).await?;
    years::play(&mut stage, &keys, &people, &texts).await?;
    proof::play(&mut stage, app, folder).await?;
    Ok((stage, keys))
}

/// The first key is claimed by the one-time link, and makes the others.
async fn opening(stage: &mut Stage, secret: &str) -> anyhow::Result<Keys> {
    let (status, claimed) = stage.post("", "/v1/setup", &json!({ "token": secret })).await?;
    ensure!(status.is_success(), "the one-time link was not accepted: {status}");
    stage.admin = claimed.get("key").and_then(Value::as_str).context("no key came of the link")?.to_owned();
    stage.chapter("2026-08-17T09:00", "The shop opens")?;
    stage.tell("the policy is in force; the one-time link gives the first key").await?;
    stage.minutes(5);
    let everything =
        ["order", "invoice", "delivery", "service_book", "marketing", "recall_notice", "site_visit", "promo"];
    let operations = [
        "collection",
        "recording",
        "systematisation",
        "accumulation",
        "storage",
        "rectification",
        "updating",
        "retrieval",
        "use",
        "access",
        "depersonalisation",
        "blocking",
        "erasure",
        "destruction",
    ];
    let signed = "7 of 2026-01-12";
    let keys = Keys {
        shop: stage
            .key("shop", json!({ "purposes": everything, "operations": operations, "undertaking": signed }))
            .await?,
        mailing: stage
            .key(
                "mailing tool",
                json!({
                    "purposes": ["marketing"], "operations": ["retrieval", "use"], "undertaking": signed,
                }),
            )
            .await?,
        courier: stage
            .key(
                "courier desk",
                json!({
                    "purposes": ["delivery"], "operations": ["retrieval", "use"], "undertaking": signed,
                }),
            )
            .await?,
        trainee: stage.key("trainee", json!({ "purposes": ["order"], "operations": ["retrieval"] })).await?,
    };
    stage.tell("four keys, each for its own purposes: shop, mailing, couriers, trainee").await?;
    Ok(keys)
}

/// A text of the example.
pub fn example(path: &str) -> anyhow::Result<&'static str> {
    let found = EXAMPLE.iter().find(|(name, _)| *name == path);
    found.map(|(_, text)| *text).with_context(|| format!("the example has no `{path}`"))
}

/// The files that make up the example's policy.
fn policy_files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let policy = EXAMPLE.iter().filter(|(name, _)| !name.contains('/'));
    policy.map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
}

/// The digests of the consent texts, as the published policy tells them to every shop.
async fn texts(stage: &Stage) -> anyhow::Result<Texts> {
    let (status, policy) = stage.get("/policy.json").await?;
    ensure!(status.is_success(), "/policy.json answered {status}");
    let mut texts = BTreeMap::new();
    for purpose in policy.get("purposes").and_then(Value::as_array).into_iter().flatten() {
        let name = purpose.get("name").and_then(Value::as_str).unwrap_or_default();
        let shown = purpose.get("consent").and_then(|consent| consent.get("texts"));
        for (language, text) in shown.and_then(Value::as_object).into_iter().flatten() {
            if let Some(digest) = text.get("digest").and_then(Value::as_str) {
                texts.insert((name.to_owned(), language.clone()), digest.to_owned());
            }
        }
    }
    ensure!(!texts.is_empty(), "/policy.json shows no consent text");
    Ok(texts)
}
