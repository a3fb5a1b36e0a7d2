//! How fast is what a shop would pick instead: PostgreSQL, with an audit row in each transaction, with columns sealed by pgcrypto?
//!
//! The three lie in schemas of their own in one database, hold the same invented people and do the same operations, written as
//! a competent engineer would: one prepared statement, one transaction and one round trip for each, an index for each question.
//! Their load comes from pgbench. Latencies are those of single transactions, from its logs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::figures::{Sample, System};

mod cpu;
mod output;
mod programs;
mod workloads;

use output::{Nothing, Summary, Transactions};
use programs::{Database, Run, Until, Variable};
use workloads::{Stock, Tally, Workload};

const RECORDS: u64 = 100_000;
/// Records belong to so many people at the most, ten to each.
const OWNERS: u64 = 10_000;
/// So many people have a thousand values each.
const LONG: u64 = 20;
/// Connections that are opened to learn what opening one costs.
const OPENED: u16 = 64;
/// Attempts of a round that used up its stock.
const ATTEMPTS: u32 = 4;

const PLAIN: Schema = Schema {
    name: "plain",
    tables: include_str!("schema/plain_tables.sql"),
    people: include_str!("schema/plain_people.sql"),
    more: include_str!("schema/plain_more.sql"),
};
const AUDIT: Schema = Schema { name: "audit", people: include_str!("schema/audit_people.sql"), ..PLAIN };
const PGCRYPTO: Schema = Schema {
    name: "pgcrypto",
    tables: include_str!("schema/pgcrypto_tables.sql"),
    people: include_str!("schema/pgcrypto_people.sql"),
    more: include_str!("schema/pgcrypto_more.sql"),
};

/// One of the three, and what fills it.
struct Schema {
    name: &'static str,
    tables: &'static str,
    people: &'static str,
    more: &'static str,
}

/// How much is held.
#[derive(Clone, Copy, Debug)]
struct Size {
    people: u64,
    records: u64,
    long: u64,
}

/// What opening one connection costs. It is no part of an operation, because a shop keeps its connections.
#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    /// Seconds of processor time in PostgreSQL, closing included.
    cpu_seconds: f64,
    /// Seconds that pass.
    seconds: f64,
}

/// The three systems, filled and ready to be measured.
#[derive(Debug)]
pub struct Competitors {
    database: Database,
    cluster: cpu::Cluster,
    size: Size,
    seed: u64,
    opening: Opening,
    rounds: AtomicU64,
    /// How many operations a second were seen at most.
    pace: Mutex<BTreeMap<(&'static str, &'static str, u16), f64>>,
    /// The schemas that nothing was changed in since they were cleaned.
    clean: Mutex<BTreeSet<String>>,
}

/// Makes an empty database beside the one of an address, and gives its address. One of that name is dropped.
pub fn another(url: &str, name: &str) -> Result<String> {
    let (server, _) = url.rsplit_once('/').context("the address names no database")?;
    let database = Database::at(url)?;
    database.ask("public", &[], &format!("drop database if exists {name} with (force);"))?;
    database.ask("public", &[], &format!("create database {name};"))?;
    Ok(format!("{server}/{name}"))
}

impl Competitors {
    /// Makes the three schemas anew (`plain`, `audit` and `pgcrypto`, whatever they held) with so many people, 100,000 records
    /// and 100 purposes. The address has to be that of a PostgreSQL on this machine, and its user must be allowed everything.
    pub fn prepare(url: &str, people: u64, seed: u64) -> Result<Self> {
        Self::of_size(url, Size { people, records: RECORDS, long: LONG.min(people) }, seed)
    }

    fn of_size(url: &str, size: Size, seed: u64) -> Result<Self> {
        ensure!(size.people > 0, "there is nobody to ask about");
        let database = Database::at(url)?;
        let postmaster = database.ask("public", &[], "select pg_read_file('postmaster.pid')")?;
        let postmaster = postmaster.lines().next().unwrap_or_default().trim();
        let cluster = cpu::Cluster::of(postmaster.parse().context("the number of PostgreSQL's process")?)?;
        let mut competitors = Self {
            database,
            cluster,
            size,
            seed,
            opening: Opening::default(),
            rounds: AtomicU64::new(0),
            pace: Mutex::default(),
            clean: Mutex::default(),
        };
        competitors.database.ask(
            "public",
            &[],
            "create extension if not exists pgcrypto schema public;
            drop schema if exists plain, audit, pgcrypto cascade;",
        )?;
        competitors.fill(&PLAIN)?;
        // The other two are made from the first, each by itself.
        thread::scope(|scope| {
            let audit = scope.spawn(|| competitors.fill(&AUDIT));
            let pgcrypto = competitors.fill(&PGCRYPTO);
            audit.join().map_err(|_| anyhow!("filling ended early"))?.and(pgcrypto)
        })?;
        competitors.opening = competitors.cost_of_opening()?;
        Ok(competitors)
    }

    /// Measures one round of a workload on one of the three. Rounds take whole seconds. Fails when a single
    /// transaction failed, an operation found nobody, or the tables afterwards are not what the operations make of them.
    pub fn measure(
        &self,
        system: System,
        workload: &'static str,
        connections: u16,
        length: Duration,
    ) -> Result<Sample> {
        // pgbench counts the time of opening the connections in.
        let opening = Duration::from_secs_f64(self.opening.seconds * f64::from(connections));
        let seconds = (length + opening).as_secs_f64().round().max(1.0) as u64;
        self.round(system, workload, connections, Until::Seconds(seconds))
            .with_context(|| format!("{workload} on {} over {connections} connections", system.as_str()))
    }

    fn fill(&self, schema: &Schema) -> Result<()> {
        let statements = [
            "begin;",
            // What is put in here keeps to the references by itself, and checking each row would take longer than filling.
            "set local session_replication_role = replica;",
            &format!("create schema {};", schema.name),
            schema.tables,
            schema.people,
            schema.more,
            include_str!("schema/rounds.sql"),
            "commit; vacuum (analyze);",
        ]
        .join("\n");
        self.database
            .ask(schema.name, &self.variables(0), &statements)
            .map(drop)
            .with_context(|| format!("the schema `{}`", schema.name))
    }

    /// What scripts and schemas may name. The keys are no secret: they seal invented people.
    fn variables(&self, round: u64) -> [Variable<'static>; 9] {
        let owners = self.size.people.min(OWNERS);
        [
            ("seed", self.seed.to_string()),
            ("round", round.to_string()),
            ("n", "0".to_owned()),
            ("people", self.size.people.to_string()),
            ("owners", owners.to_string()),
            ("records", self.size.records.to_string()),
            ("long", self.size.long.to_string()),
            ("key", "sealing key of the benchmark, thirty-two bytes and more".to_owned()),
            ("digest_key", "digest key of the benchmark, thirty-two bytes and more".to_owned()),
        ]
    }

    fn cost_of_opening(&self) -> Result<Opening> {
        let folder = tempfile::tempdir()?;
        let script = folder.path().join("idle.sql");
        fs::write(&script, "\\set idle 1\n")?;
        let begin = self.cluster.read()?;
        let said = self.database.bench(&Run {
            schema: PLAIN.name,
            connections: OPENED,
            until: Until::Transactions(1),
            seed: self.seed,
            scripts: &[(script, 1)],
            log: folder.path(),
            variables: &[],
        })?;
        let cpu_seconds = self.cluster.since(&begin)? / f64::from(OPENED);
        let seconds = Summary::parse(&said)?.opening / 1000.0 / f64::from(OPENED);
        Ok(Opening { cpu_seconds, seconds })
    }

    /// A round that used up its stock measured deeds that found nobody, so it is done again with a larger one; a round in which
    /// nothing was done yet, with more time.
    fn round(
        &self,
        system: System,
        workload: &'static str,
        connections: u16,
        mut until: Until,
    ) -> Result<Sample> {
        let schema = match system {
            System::Postgres => PLAIN.name,
            System::PostgresAudit => AUDIT.name,
            System::PostgresPgcrypto => PGCRYPTO.name,
            other => bail!("{} is not driven by pgbench", other.as_str()),
        };
        let workload = Workload::named(workload)?;
        let key = (schema, workload.name, connections);
        // A first guess: so much is done by no machine with few connections.
        let guess = f64::from(connections.saturating_add(1).min(8)) * 1500.0;
        for _ in 0..ATTEMPTS {
            let pace = self.paces().get(&key).copied().unwrap_or(guess);
            let last = self.stock(schema, workload, wanted(workload, pace, until))?;
            let measured = self.attempt(schema, workload, connections, until);
            if let (Err(error), Until::Seconds(seconds)) = (&measured, until)
                && error.is::<Nothing>()
            {
                until = Until::Seconds(seconds * 3);
                continue;
            }
            let pace = match &measured {
                Ok(sample) => sample.rate() * 1.5,
                Err(_) if self.used_up(schema, workload.stock, last)? => pace * 4.0,
                Err(_) => return measured,
            };
            self.paces().insert(key, pace);
            if measured.is_ok() {
                return measured;
            }
        }
        bail!("the people and records to be used up never lasted for a round")
    }

    fn paces(&self) -> std::sync::MutexGuard<'_, BTreeMap<(&'static str, &'static str, u16), f64>> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes ready what a round will use up, cleans the tables as the server would by and by, if anything was changed in them, and
    /// gives the number of the last that is ready.
    fn stock(&self, schema: &str, workload: &Workload, wanted: u64) -> Result<Option<i64>> {
        let statements = match workload.stock {
            Stock::Nothing => "",
            Stock::Withdrawing => "select stock_people('withdrawing', 1000000000, :wanted);",
            Stock::Leaving => "select stock_people('leaving', 2000000000, :wanted);",
            Stock::Dropping => "select stock_records(:wanted);",
            Stock::Records => "select restore_records();",
        };
        let mut clean = self.clean.lock().unwrap_or_else(PoisonError::into_inner);
        if workload.reads {
            if !clean.insert(schema.to_owned()) {
                return Ok(None);
            }
        } else {
            clean.remove(schema);
        }
        drop(clean);
        let statements = format!("{statements} vacuum (analyze) persons, consents, records, audit;");
        let answer = self.database.ask(schema, &[("wanted", wanted.to_string())], &statements)?;
        Ok(answer.trim().parse().ok())
    }

    fn used_up(&self, schema: &str, stock: Stock, last: Option<i64>) -> Result<bool> {
        let question = match stock {
            Stock::Nothing | Stock::Records => return Ok(false),
            Stock::Withdrawing => "select last_value from withdrawing",
            Stock::Leaving => "select last_value from leaving",
            Stock::Dropping => "select last_value from dropping",
        };
        let reached: i64 = self.database.ask(schema, &[], question)?.trim().parse()?;
        Ok(last.is_some_and(|last| reached > last))
    }

    fn attempt(
        &self,
        schema: &'static str,
        workload: &Workload,
        connections: u16,
        until: Until,
    ) -> Result<Sample> {
        let folder = tempfile::tempdir()?;
        let log = folder.path().join("log");
        fs::create_dir(&log)?;
        let mut scripts: Vec<(PathBuf, u32)> = Vec::new();
        for (number, script) in workload.scripts.iter().enumerate() {
            let file = folder.path().join(format!("{number}.sql"));
            fs::write(&file, script.version(schema)?)?;
            scripts.push((file, script.weight));
        }
        let round = self.rounds.fetch_add(1, Ordering::Relaxed);
        let run = Run {
            schema,
            connections,
            until,
            seed: self.seed.wrapping_add(round) & 0xffff_ffff,
            scripts: &scripts,
            log: &log,
            variables: &self.variables(round),
        };
        let before = self.tally(schema)?;
        let begin = self.cluster.read()?;
        let said = self.database.bench(&run)?;
        let cpu_seconds = self.cluster.since(&begin)?;
        let summary = Summary::parse(&said)?;
        let transactions = Transactions::read(&log)?;
        ensure!(summary.failed == 0, "{} transactions failed", summary.failed);
        ensure!(summary.per_second > 0.0, "nothing was done");
        ensure!(summary.transactions == transactions.count(), "the logs of pgbench lack transactions");
        let expected = expected(before, schema, workload, &transactions.runs);
        let after = self.tally(schema)?;
        ensure!(after == expected, "the tables hold {after:?} and should hold {expected:?}");
        Ok(Sample {
            operations: summary.transactions,
            seconds: summary.transactions as f64 / summary.per_second,
            cpu_seconds: (cpu_seconds - self.opening.cpu_seconds * f64::from(connections)).max(0.0),
            p50_us: transactions.percentile(50),
            p99_us: transactions.percentile(99),
        })
    }

    fn tally(&self, schema: &str) -> Result<Tally> {
        Tally::parse(&self.database.ask(schema, &[], include_str!("schema/tally.sql"))?)
    }
}

/// How much of the stock a round may take.
fn wanted(workload: &Workload, pace: f64, until: Until) -> u64 {
    let operations = match until {
        Until::Seconds(seconds) => pace * seconds as f64,
        // More connections than this the server does not take.
        Until::Transactions(each) => each as f64 * 200.0,
    };
    // Each connection may be inside one more transaction when the time is over.
    (operations * workload.share()) as u64 + 200
}

/// What the tables must hold after each script ran so often: with an audit, one row for each transaction.
fn expected(before: Tally, schema: &str, workload: &Workload, runs: &[u64]) -> Tally {
    let audited = i64::from(schema != PLAIN.name);
    let runs = runs.iter().map(|runs| i64::try_from(*runs).unwrap_or(i64::MAX));
    workload.scripts.iter().zip(runs).fold(before, |tally, (script, runs)| {
        tally.plus(script.effect, runs).plus(Tally { audit: audited, ..Tally::default() }, runs)
    })
}

#[cfg(test)]
mod tests {
    use super::workloads::WORKLOADS;
    use super::*;

    const SMALL: Size = Size { people: 50, records: 500, long: 2 };

    #[test]
    fn every_workload_runs_rightly_on_all_three() {
        let Some(server) = std::env::var_os("SAQTA_TEST_PGURL") else {
            println!("the competitors were not tried: SAQTA_TEST_PGURL is not set");
            return;
        };
        // Other tests share the server, so this one has a database to itself.
        let server = server.into_string().unwrap();
        let name = format!("saqta_bench_{}", std::process::id());
        let say = |statement: String| Database::at(&server).unwrap().ask("public", &[], &statement).unwrap();
        say(format!("create database {name}"));
        let (address, _) = server.rsplit_once('/').unwrap();
        let competitors = Competitors::of_size(&format!("{address}/{name}"), SMALL, 7).unwrap();
        for workload in WORKLOADS.iter().map(|workload| workload.name) {
            for system in [System::Postgres, System::PostgresAudit, System::PostgresPgcrypto] {
                let sample = competitors.round(system, workload, 3, Until::Transactions(8)).unwrap();
                assert_eq!(sample.operations, 24, "{workload}");
                assert!(sample.p99_us >= sample.p50_us, "{workload}");
            }
        }
        assert!(competitors.round(System::Floor, "retrieve", 1, Until::Transactions(1)).is_err());
        say(format!("drop database {name} with (force)"));
    }

    #[test]
    fn an_audit_has_one_more_row_for_each_transaction_and_plain_none() {
        let collect = Workload::named("collect").unwrap();
        let after = |schema| expected(Tally::default(), schema, collect, &[4]);
        assert_eq!(after("plain"), Tally { people: 4, consents: 8, ..Tally::default() });
        assert_eq!(after("pgcrypto"), Tally { people: 4, consents: 8, audit: 4, ..Tally::default() });
    }
}
