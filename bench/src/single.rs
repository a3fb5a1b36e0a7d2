//! What is measured apart from the workloads: footprint, space, destruction of much, changes for everybody, sweep, verification?

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::figures::{Spread, quotient};
use crate::http::{Answer, Target};
use crate::load::{Call, Load, Script, Until};
use crate::people::long_value;
use crate::policy::{PLAIN_TEXTS, Subject};
use crate::process::Server;
use crate::shop::{SEEDING, Shop};
use crate::workloads::file::{self, Shred};
use crate::workloads::writes::{Leave, Leaving, stock};
use crate::world::{Shape, World};

const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// Size of the program in MB, and of three starts on empty folders the first answer in ms and the idle memory in MB.
pub struct Footprint {
    /// The program.
    pub binary_mb: f64,
    /// From the start to the first answer.
    pub first_answer_ms: Spread,
    /// A second after the first answer.
    pub idle_mb: Spread,
}

/// Measures it.
pub fn footprint(load: &Load, program: &Path, folder: &Path) -> Result<Footprint> {
    let (mut answers, mut idle) = (Vec::new(), Vec::new());
    for start in 0..3 {
        let (_, server) =
            Shop::found(load, program, &folder.join(format!("empty{start}")), Subject::Club, None)?;
        thread::sleep(Duration::from_secs(1));
        answers.push(server.first_answer.as_secs_f64() * 1000.0);
        idle.push(server.resident_bytes()? as f64 / MEBIBYTE);
        server.end()?;
    }
    Ok(Footprint {
        binary_mb: fs::metadata(program)?.len() as f64 / 1e6,
        first_answer_ms: Spread::of(answers.into_iter()),
        idle_mb: Spread::of(idle.into_iter()),
    })
}

/// Bytes on the disk for each byte of personal data, when people have eight values of one length. What an empty installation
/// takes is no part of it.
pub fn space(load: &Load, program: &Path, folder: &Path, people: u64, bytes: usize) -> Result<f64> {
    let (shop, server) = Shop::found(load, program, folder, Subject::Notes, None)?;
    server.end()?;
    let empty = size_of(shop.data())?;
    let server = shop.start(load)?;
    let world = shop.world(load, &server, Shape::Customer)?;
    let digest = shop.digest("notes")?;
    let share = |connection: u16| Notes {
        world: Rc::clone(&world),
        digest: digest.clone(),
        bytes,
        left: people / u64::from(SEEDING) + u64::from(u64::from(connection) < people % u64::from(SEEDING)),
    };
    load.run(&world.target, (0..SEEDING).map(share).collect(), Until::Done, || Ok(0.0))?;
    server.end()?;
    let data = people * u64::from(PLAIN_TEXTS) * bytes as u64;
    Ok(quotient(size_of(shop.data())?.saturating_sub(empty) as f64, data as f64))
}

struct Notes {
    world: Rc<World>,
    digest: String,
    bytes: usize,
    left: u64,
}

impl Script for Notes {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        self.left = self.left.checked_sub(1)?;
        let number = self.world.draw_number();
        let texts = (0..PLAIN_TEXTS)
            .map(|text| (format!("plain_{text}"), json!(long_value(text, number, self.bytes))));
        let consent = json!({ "given": true, "text_digest": self.digest, "language": "en", "evidence": format!("form {number}") });
        let values: serde_json::Map<String, Value> = texts.collect();
        let part = json!({ "purpose": "notes", "values": values, "consents": [consent] });
        body.extend_from_slice(json!({ "parts": [part] }).to_string().as_bytes());
        Some(Call::post("/v1/collect"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(201)
    }
}

/// Sizes of all files below a folder. What a database wrote ahead is brought into its place first: it is reused, and no part of
/// anybody.
fn size_of(folder: &Path) -> Result<u64> {
    for name in ["saqta.db", "keys.db"] {
        if folder.join(name).is_file() {
            let database = rusqlite::Connection::open(folder.join(name))?;
            database.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
        }
    }
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        let (entry, about) = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)))?;
        size += if about.is_dir() { size_of(&entry)? } else { about.len() };
    }
    Ok(size)
}

/// Milliseconds that the destruction of one person takes, who has so many values; one after the other.
pub fn destruction(
    load: &Load,
    server: &Server,
    world: &Rc<World>,
    digest: &str,
    values: u32,
) -> Result<Sizes> {
    let people: Result<Vec<_>> = (0..TRIES).map(|_| file::collect(load, world, digest, values)).collect();
    let script = Shred { people: people?.into_iter() };
    let (sample, _) = load.run(&world.target, vec![script], Until::Done, || server.cpu_seconds())?;
    Ok(Sizes { milliseconds: sample.p50_us / 1000.0, cpu_ms: sample.cpu_ms() })
}

const TRIES: u32 = 15;

/// What one destruction takes.
pub struct Sizes {
    /// From request to answer, the middle one.
    pub milliseconds: f64,
    /// Processor time of the server.
    pub cpu_ms: f64,
}

/// What the change of a purpose for everybody takes.
pub struct ForEverybody {
    /// Leaves that one change adds to the ledger.
    pub leaves: f64,
    /// From request to answer, the middle one, in milliseconds.
    pub milliseconds: f64,
}

/// Stops and resumes a purpose a few times.
pub fn for_everybody(load: &Load, administrator: &Target, purpose: &str) -> Result<ForEverybody> {
    let change = |verb: &str, body: &[u8]| -> Result<i64> {
        let (status, body) =
            load.ask(administrator, "POST", &format!("/v1/purposes/{purpose}/{verb}"), body)?;
        let answer = Answer { status, body: &body };
        answer.expect(200)?;
        answer
            .json::<Value>()?
            .pointer("/receipt/index")
            .and_then(Value::as_i64)
            .context("there is no receipt")
    };
    let mut took = Vec::new();
    let (mut first, mut last) = (None, 0);
    for _ in 0..TRIES {
        for (verb, body) in [("stop", b"{\"reason\":\"inventory\"}".as_slice()), ("resume", b"".as_slice())] {
            let begun = Instant::now();
            last = change(verb, body)?;
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
            first.get_or_insert(last);
        }
    }
    let leaves = quotient((last - first.unwrap_or(last)) as f64, (took.len() - 1) as f64);
    Ok(ForEverybody { leaves, milliseconds: Spread::of(took.into_iter()).median })
}

/// Seconds that the sweep of so many people takes who are due, without what a sweep takes that finds nobody. Returns the shop
/// stopped.
///
/// People are due when they took every consent back, at the next full hour. The benchmark does not wait for it: with the server
/// stopped it brings the due times of these people forward by an hour. Whether they have to be destroyed is decided anew by the
/// rule, from what is sealed.
pub fn sweep(load: &Load, shop: &Shop, server: Server, world: &Rc<World>, due: u64) -> Result<f64> {
    let people = stock(load, world, due)?;
    for (purpose, _) in world.shape.parts() {
        let scripts = Leave::shared(world, Leaving::Withdraw(purpose), &people, SEEDING);
        load.run(&world.target, scripts, Until::Done, || Ok(0.0))?;
    }
    server.end()?;
    let nothing: Result<Vec<f64>> = (0..3).map(|_| swept(shop, 0)).collect();
    let nothing = Spread::of(nothing?.into_iter()).median;
    let database = rusqlite::Connection::open(shop.data().join("saqta.db"))?;
    // Everybody else is due in years.
    let moved = database.execute(
        "update vault set due_at = due_at - ?1 where due_at < (select min(due_at) from vault) + ?2",
        rusqlite::params![2 * HOUR, 24 * HOUR],
    )?;
    ensure!(u64::try_from(moved)? == due, "{moved} people are due instead of {due}");
    drop(database);
    Ok((swept(shop, due)? - nothing).max(0.0))
}

/// In microseconds, as times are kept.
const HOUR: i64 = 3_600_000_000;

fn swept(shop: &Shop, expected: u64) -> Result<f64> {
    let begun = Instant::now();
    let output = shop.command(["sweep", "--json"]).output()?;
    let took = begun.elapsed().as_secs_f64();
    ensure!(output.status.success(), "the sweep failed: {}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let destroyed = told.get("destroyed").and_then(Value::as_u64);
    ensure!(destroyed == Some(expected), "{destroyed:?} people were swept instead of {expected}");
    Ok(took)
}

/// How fast an exported ledger is verified.
pub struct Verification {
    /// Leaves a second, on one processor.
    pub leaves_per_second: f64,
    /// How many there were.
    pub leaves: u64,
}

/// Exports the ledger of a stopped installation, and verifies it as an inspector would.
pub fn verification(shop: &Shop, program: &Path, folder: &Path) -> Result<Verification> {
    let export: PathBuf = folder.join("export");
    let output = shop.command(["ledger", "export"]).arg(&export).output()?;
    ensure!(output.status.success(), "the export failed: {}", String::from_utf8_lossy(&output.stderr));
    let begun = Instant::now();
    let output = std::process::Command::new(program).args(["verify", "--json"]).arg(&export).output()?;
    let took = begun.elapsed().as_secs_f64();
    ensure!(output.status.success(), "the verification failed: {}", String::from_utf8_lossy(&output.stdout));
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let leaves = told.get("entries").and_then(Value::as_u64).context("nothing was verified")?;
    Ok(Verification { leaves_per_second: quotient(leaves as f64, took), leaves })
}

/// Milliseconds until the proof of one leaf is there, the middle of many, over one connection.
pub fn proof(load: &Load, world: &World) -> Result<f64> {
    let person = world.person(0)?;
    let body =
        json!({ "subject": { "id": person.id.to_string() }, "purpose": "club", "limit": 1 }).to_string();
    let (status, body) = load.ask(&world.target, "POST", "/v1/decisions", body.as_bytes())?;
    let answer = Answer { status, body: &body };
    answer.expect(200)?;
    let told: Value = answer.json()?;
    let receipt = |part| told.pointer(&format!("/decisions/0/receipt/{part}")).and_then(Value::as_i64);
    let (log, index) = receipt("log").zip(receipt("index")).context("nothing was decided about anybody")?;
    let script = Proofs { path: format!("/v1/ledger/proof/{log}-{index}"), left: 500 };
    let (sample, _) = load.run(&world.target, vec![script], Until::Done, || Ok(0.0))?;
    ensure!(sample.operations > 0, "nothing was proved");
    Ok(sample.p50_us / 1000.0)
}

struct Proofs {
    path: String,
    left: u32,
}

impl Script for Proofs {
    fn next(&mut self, _: &mut Vec<u8>) -> Option<Call> {
        self.left = self.left.checked_sub(1)?;
        Some(Call { method: "GET", path: self.path.clone().into() })
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)
    }
}

/// Memory of a server that has just started over a filled folder, in MB.
pub fn resident_after_start(load: &Load, shop: &Shop) -> Result<(Server, f64)> {
    let server = shop.start(load)?;
    thread::sleep(Duration::from_secs(1));
    let resident = server.resident_bytes()? as f64 / MEBIBYTE;
    Ok((server, resident))
}
