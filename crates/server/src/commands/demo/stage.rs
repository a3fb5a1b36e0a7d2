//! How is one step of the story played, compared with what was expected, and told in a line?
//!
//! A step is a request over HTTP. What its line says of it, verdict, clause, basis and index, is read back from the ledger.

use std::time::Duration;

use anyhow::{Context, ensure};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use reqwest::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::clock::StoryClock;
use crate::out::Out;

/// What a step is expected to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A yes.
    Permitted,
    /// A no, for this reason.
    Refused(&'static str),
}

/// Which of several entries a line speaks of; the first one, when none is like that.
#[derive(Clone, Debug, PartialEq, Eq)]
enum About {
    First,
    Purpose(String),
    Operation(&'static str),
}

/// One line of the story.
#[derive(Debug, Serialize)]
struct Line<'a> {
    at: String,
    operation: &'a str,
    verdict: &'a str,
    code: Option<&'a str>,
    clause: Option<&'a str>,
    basis: Option<&'a str>,
    purpose: Option<&'a str>,
    ledger: [i64; 2],
    told: &'a str,
    as_expected: bool,
}

/// The server under play, and the account that is kept of it.
pub struct Stage {
    out: Out,
    client: reqwest::Client,
    url: String,
    clock: StoryClock,
    zone: TimeZone,
    /// The key by which the ledger is read back, and which administers.
    pub admin: String,
    next_leaf: i64,
    sent: u32,
    /// How many steps were played.
    pub steps: u32,
    /// What went otherwise than expected.
    pub surprises: Vec<String>,
}

impl Stage {
    /// A stage before a server that nobody has a key of yet.
    pub fn new(out: Out, url: String, clock: StoryClock, zone: TimeZone) -> anyhow::Result<Self> {
        Ok(Self {
            out,
            client: reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?,
            url,
            clock,
            zone,
            admin: String::new(),
            next_leaf: 0,
            sent: 0,
            steps: 0,
            surprises: Vec::new(),
        })
    }

    /// The heading of a chapter, and the moment it begins.
    pub fn chapter(&mut self, begins: &str, heading: &str) -> anyhow::Result<()> {
        self.at(begins)?;
        let day = self.clock.now().to_zoned(self.zone.clone()).strftime("%-d %B %Y").to_string();
        self.out.say(&format!("\n{}", self.strong(&format!("{heading}  ·  {day}"))));
        Ok(())
    }

    /// Moves the clock to a moment of local time.
    pub fn at(&self, local: &str) -> anyhow::Result<()> {
        let instant = local.parse::<DateTime>()?.to_zoned(self.zone.clone())?.timestamp();
        self.clock.move_to(instant);
        Ok(())
    }

    /// Moves the clock on by some minutes.
    pub fn minutes(&self, minutes: i64) {
        let on = self.clock.now().saturating_add(jiff::SignedDuration::from_mins(minutes));
        self.clock.move_to(on.unwrap_or(Timestamp::MAX));
    }

    /// A step that has to be permitted; gives its answer.
    pub async fn yes(&mut self, key: &str, path: &str, body: Value, told: &str) -> anyhow::Result<Value> {
        self.step(key, path, body, Expected::Permitted, told).await
    }

    /// A step that has to be refused for the named reason.
    pub async fn no(
        &mut self,
        key: &str,
        path: &str,
        body: Value,
        code: &'static str,
        told: &str,
    ) -> anyhow::Result<()> {
        self.step(key, path, body, Expected::Refused(code), told).await.map(drop)
    }

    /// Several requests of one kind, told in one line; each has to be permitted.
    pub async fn all(
        &mut self,
        key: &str,
        path: &str,
        bodies: Vec<Value>,
        told: &str,
    ) -> anyhow::Result<Vec<Value>> {
        let mut answers = Vec::with_capacity(bodies.len());
        let about = bodies.first().map_or(About::First, |body| about(path, body));
        for body in bodies {
            let (status, answer) = self.post(key, path, &body).await?;
            if !status.is_success() {
                self.surprises.push(format!("{path} answered {status}: {}", reason(&answer)));
            }
            answers.push(answer);
        }
        self.account(Expected::Permitted, &about, told).await?;
        Ok(answers)
    }

    async fn step(
        &mut self,
        key: &str,
        path: &str,
        body: Value,
        expected: Expected,
        told: &str,
    ) -> anyhow::Result<Value> {
        let (status, answer) = self.post(key, path, &body).await?;
        let got = answer.get("code").and_then(Value::as_str);
        let fits = match expected {
            Expected::Permitted => status.is_success(),
            Expected::Refused(code) => status == StatusCode::FORBIDDEN && got == Some(code),
        };
        if !fits {
            self.surprises.push(format!("{path} answered {status}: {} ({told})", reason(&answer)));
        }
        self.account(expected, &about(path, &body), told).await?;
        Ok(answer)
    }

    /// Prints the line of what the ledger has grown by, for steps that are no single request about a person.
    pub async fn tell(&mut self, told: &str) -> anyhow::Result<()> {
        self.account(Expected::Permitted, &About::First, told).await
    }

    async fn account(&mut self, expected: Expected, about: &About, told: &str) -> anyhow::Result<()> {
        self.steps += 1;
        let first = self.next_leaf;
        let leaves = self.new_leaves().await?;
        let is =
            |leaf: &Value, field: &str, word: &str| leaf.get(field).and_then(Value::as_str) == Some(word);
        let wanted = |leaf: &&Value| match about {
            About::First => true,
            About::Purpose(purpose) => is(leaf, "purpose", purpose),
            About::Operation(operation) => is(leaf, "operation", operation),
        };
        let permitted = expected == Expected::Permitted;
        let fitting = |leaf: &&Value| leaf.get("permitted").and_then(Value::as_bool) == Some(permitted);
        let shown = leaves.iter().filter(wanted).find(fitting).or(leaves.iter().find(wanted));
        let Some(shown) = shown.or(leaves.first()) else {
            self.expect(false, &format!("the ledger has an entry for: {told}"));
            return Ok(());
        };
        let word = |field: &str| shown.get(field).and_then(Value::as_str);
        let permitted = shown.get("permitted").and_then(Value::as_bool).unwrap_or_default();
        let as_expected = match expected {
            Expected::Permitted => permitted,
            Expected::Refused(code) => !permitted && word("code") == Some(code),
        };
        if !as_expected {
            self.surprises.push(format!("entry {first} of the ledger is not what was expected: {told}"));
        }
        let now = self.clock.now().to_zoned(self.zone.clone());
        self.line(&Line {
            at: now.strftime("%Y-%m-%dT%H:%M%:z").to_string(),
            operation: word("operation").unwrap_or("?"),
            verdict: if permitted { "permitted" } else { "refused" },
            code: word("code"),
            clause: word("clause"),
            basis: word("basis"),
            purpose: word("purpose"),
            ledger: [first, self.next_leaf - 1],
            told,
            as_expected,
        });
        Ok(())
    }

    fn line(&self, line: &Line<'_>) {
        if self.out.json() {
            self.out.document(line);
            return;
        }
        let at = self.clock.now().to_zoned(self.zone.clone()).strftime("%d %b %H:%M").to_string();
        let permitted = line.verdict == "permitted";
        let verdict = self.coloured(
            if permitted { "32" } else { "31" },
            &format!("{} {:<9}", if permitted { '✓' } else { '✗' }, line.verdict),
        );
        let basis = match line.basis {
            Some("legitimate_interest") => "interest".to_owned(),
            Some(basis) => basis.replace('_', " "),
            None => "–".to_owned(),
        };
        let [first, last] = line.ledger;
        let ledger = if first == last { format!("#{first}") } else { format!("#{first}–{last}") };
        let told = match line.code {
            Some(code) => format!("{code}: {}", line.told),
            None => line.told.to_owned(),
        };
        let surprise = if line.as_expected { "" } else { "   ← NOT AS EXPECTED" };
        self.out.say(&format!(
            "{at}  {:<17} {verdict} {:<5} {basis:<9} {ledger:<9} {told}{surprise}",
            line.operation,
            line.clause.unwrap_or("–"),
        ));
    }

    /// The columns' names.
    pub fn heading(&self) {
        self.out.say(&self.strong(&format!(
            "{:<12}  {:<17} {:<11} {:<5} {:<9} {:<9} {}",
            "story clock", "operation", "verdict", "cl.", "basis", "ledger", "what happened"
        )));
    }

    /// A line that belongs to the step above it.
    pub fn below(&self, text: &str) {
        self.out.say(&format!("{:<14}{text}", ""));
    }

    /// Something that has to hold beside the verdict.
    pub fn expect(&mut self, holds: bool, what: &str) {
        if !holds {
            self.surprises.push(what.to_owned());
            self.out.say(&format!("              NOT AS EXPECTED: {what}"));
        }
    }

    fn strong(&self, text: &str) -> String {
        self.coloured("1", text)
    }

    fn coloured(&self, code: &str, text: &str) -> String {
        if self.out.colour() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Entries that were added since the last look.
    async fn new_leaves(&mut self) -> anyhow::Result<Vec<Value>> {
        let mut leaves = Vec::new();
        loop {
            let path = format!("/v1/decisions/1-{}", self.next_leaf);
            let (status, leaf) = self.get(&path).await?;
            if status == StatusCode::NOT_FOUND {
                return Ok(leaves);
            }
            ensure!(status.is_success(), "{path} answered {status}: {}", reason(&leaf));
            leaves.push(leaf);
            self.next_leaf += 1;
        }
    }

    /// The index of the newest entry.
    pub fn newest_leaf(&self) -> i64 {
        self.next_leaf - 1
    }

    /// Asks for something with the administrator's key.
    pub async fn get(&self, path: &str) -> anyhow::Result<(StatusCode, Value)> {
        let (status, text) = self.text(path).await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The same, as text.
    pub async fn text(&self, path: &str) -> anyhow::Result<(StatusCode, String)> {
        let request = self.client.get(format!("{}{path}", self.url)).bearer_auth(&self.admin);
        let response = request.header("accept-language", "en").send().await?;
        Ok((response.status(), response.text().await?))
    }

    /// Sends a request with a key.
    pub async fn post(&mut self, key: &str, path: &str, body: &Value) -> anyhow::Result<(StatusCode, Value)> {
        self.sent += 1;
        let response = self
            .client
            .request(Method::POST, format!("{}{path}", self.url))
            .bearer_auth(key)
            .header("accept-language", "en")
            .header("idempotency-key", format!("demo-{}", self.sent))
            .json(body)
            .send()
            .await
            .with_context(|| format!("the demo's own server gave no answer to {path}"))?;
        let status = response.status();
        let text = response.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// Makes a key for a part of the shop.
    pub async fn key(&mut self, label: &str, scope: Value) -> anyhow::Result<String> {
        let body = json!({ "label": label, "scope": scope });
        let admin = self.admin.clone();
        let (status, answer) = self.post(&admin, "/v1/keys", &body).await?;
        ensure!(status.is_success(), "no key for {label}: {}", reason(&answer));
        answer.get("key").and_then(Value::as_str).map(str::to_owned).context("the answer has no key")
    }
}

fn about(path: &str, body: &Value) -> About {
    if path == "/v1/link" {
        return About::Operation("systematisation");
    }
    let part = body.get("parts").and_then(|parts| parts.get(0)).unwrap_or(body);
    match part.get("purpose").and_then(Value::as_str) {
        Some(purpose) => About::Purpose(purpose.to_owned()),
        None => About::First,
    }
}

fn reason(answer: &Value) -> String {
    let word = |field: &str| answer.get(field).and_then(Value::as_str);
    word("code").or(word("detail")).or(word("title")).unwrap_or("no reason given").to_owned()
}
