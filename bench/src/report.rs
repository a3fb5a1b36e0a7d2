//! How is it told what came out: in a document, in a file for programs, and in a short table?

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::json;

use crate::figures::{Cell, Spread, System, quotient};
use crate::goals::Goal;
use crate::run::{Measured, Plan};
use crate::schedule::Part;

/// Where it was measured, and with what.
pub struct Circumstances {
    /// Name and value, in the order of the document.
    pub lines: Vec<(String, String)>,
}

impl Circumstances {
    /// Looks around.
    pub fn here(saqta: &Path) -> Self {
        let first = |path: &str, key: &str| {
            let text = fs::read_to_string(path).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned);
            line.unwrap_or_default().trim_start_matches([' ', '\t', ':']).to_owned()
        };
        let said = |program: &Path, argument: &str| {
            let output = Command::new(program).arg(argument).output();
            output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
        };
        let processors = std::thread::available_parallelism().map_or(0, usize::from);
        let lines = [
            ("Processors", format!("{processors} × {}", first("/proc/cpuinfo", "model name"))),
            ("Memory", first("/proc/meminfo", "MemTotal")),
            ("Linux", first("/proc/sys/kernel/osrelease", "")),
            ("Saqta", said(saqta, "--version")),
            ("SQLite of the floor", rusqlite::version().to_owned()),
            ("PostgreSQL", said(Path::new("psql"), "--version")),
        ];
        Self { lines: lines.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
    }
}

/// Writes `benchmarks.md` and `benchmarks.json` into a folder.
pub fn write(
    folder: &Path,
    circumstances: &Circumstances,
    measured: &Measured,
    goals: &[Goal],
    plan: &Plan,
) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("benchmarks.md"), document(circumstances, measured, goals, plan)?)?;
    let cells: Vec<&Cell> = measured.cells.iter().collect();
    let lines: Vec<_> =
        circumstances.lines.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let json = json!({ "goals": goals, "facts": measured.facts, "cells": cells, "machine": lines, "parts": measured.parts });
    fs::write(folder.join("benchmarks.json"), format!("{json:#}\n"))?;
    Ok(())
}

/// The goals in lines of a terminal.
pub fn short(goals: &[Goal]) -> Result<String> {
    let mut text = String::new();
    for goal in goals {
        writeln!(text, "{:<15} {:>10} {:>14}  {}", verdict(goal), value(goal), goal.target, goal.name)?;
    }
    Ok(text)
}

fn document(
    circumstances: &Circumstances,
    measured: &Measured,
    goals: &[Goal],
    plan: &Plan,
) -> Result<String> {
    let few = plan.few;
    let mut text = String::from(HEAD);
    text.push_str("| | |\n| --- | --- |\n");
    for (name, value) in &circumstances.lines {
        writeln!(text, "| {name} | {value} |")?;
    }
    text.push_str(GOALS);
    for goal in goals {
        writeln!(text, "| {} | {} | {} | {} |", goal.name, value(goal), goal.target, verdict(goal))?;
    }
    text.push_str(RATIOS);
    ratios(&mut text, measured, few)?;
    pair(&mut text, measured, few)?;
    parts(&mut text, measured, plan)?;
    text.push_str(FIGURES);
    for cell in measured.cells.iter() {
        let p50 = Spread::of(cell.samples.iter().map(|sample| sample.p50_us));
        let p99 = Spread::of(cell.samples.iter().map(|sample| sample.p99_us));
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            cell.workload,
            cell.system.as_str(),
            cell.people,
            cell.connections,
            spread(cell.rate(), 0),
            spread(cell.cpu_ms(), 4),
            spread(p50, 0),
            spread(p99, 0),
        )?;
    }
    text.push_str("\n### Measured apart\n\n| what | figure |\n| --- | ---: |\n");
    for (name, value) in &measured.facts {
        writeln!(text, "| `{name}` | {} |", rounded(*value))?;
    }
    text.push_str(MAPPING);
    Ok(text)
}

/// For each workload, throughput of Saqta as a multiple of each other system's, and processor time as a multiple of the floor's.
fn ratios(text: &mut String, measured: &Measured, few: u64) -> Result<()> {
    const OTHERS: [System; 4] =
        [System::Floor, System::Postgres, System::PostgresAudit, System::PostgresPgcrypto];
    text.push_str("| workload | connections | ÷ floor | ÷ postgres | ÷ postgres + audit | ÷ postgres + audit + pgcrypto | on PostgreSQL ÷ embedded | on PostgreSQL ÷ postgres | CPU ÷ floor |\n");
    text.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for cell in measured.cells.iter().filter(|cell| {
        cell.system == System::Saqta && cell.people == few && !cell.workload.starts_with("scale:")
    }) {
        let over = |one, other| {
            let ratio = measured.cells.ratio(cell.workload, one, other, few, cell.connections);
            ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
        };
        write!(text, "| {} | {} |", cell.workload, cell.connections)?;
        for other in OTHERS {
            write!(text, " {} |", over(System::Saqta, other))?;
        }
        write!(text, " {} |", over(System::SaqtaOnPostgres, System::Saqta))?;
        write!(text, " {} |", over(System::SaqtaOnPostgres, System::Postgres))?;
        let floor = measured.cells.find(cell.workload, System::Floor, few, cell.connections);
        let cpu = floor.map(|floor| floor.cpu_ms().median).filter(|cpu| *cpu > 0.0);
        let cpu = cpu.map_or_else(String::new, |cpu| format!("{:.1}", cell.cpu_ms().median / cpu));
        writeln!(text, " {cpu} |")?;
    }
    Ok(())
}

/// Two processes on one PostgreSQL as a multiple of one, and whether their ledgers fit together.
fn pair(text: &mut String, measured: &Measured, few: u64) -> Result<()> {
    text.push_str(PAIR);
    for workload in ["pair:retrieve", "pair:collect", "pair:decide"] {
        let (two, one) = (System::TwoSaqtaOnPostgres, System::SaqtaOnPostgres);
        let ratio = measured.cells.ratio(workload, two, one, few, 64);
        let ratio = ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        writeln!(text, "| {} | {ratio} |", workload.trim_start_matches("pair:"))?;
    }
    let verdict = match measured.facts.get("pair_verifies") {
        Some(verifies) if *verifies > 0.0 => "checkpoints verify together",
        Some(_) => "**checkpoints do not verify together**",
        None => "not verified",
    };
    let leaves = measured.facts.get("pair_leaves").copied().unwrap_or_default();
    writeln!(
        text,
        "\nThe ledgers of both, {leaves:.0} leaves, exported and verified side by side: {verdict}."
    )?;
    Ok(())
}

/// How long each part took, and how the greater population came to be.
fn parts(text: &mut String, measured: &Measured, plan: &Plan) -> Result<()> {
    text.push_str(PARTS);
    for part in &measured.parts {
        let took = part.took.unwrap_or_default();
        writeln!(text, "| {} | {:.0} | {took:.0} |", part.name, part.planned)?;
    }
    let sum = |of: fn(&Part) -> f64| measured.parts.iter().map(of).sum::<f64>() / 60.0;
    let (planned, took) = (sum(|part| part.planned), sum(|part| part.took.unwrap_or_default()));
    writeln!(text, "| **all, in minutes** | **{planned:.1}** | **{took:.1}** |")?;
    let seconds = measured.facts.get("many_seeded_s").copied().unwrap_or_default();
    let rate = quotient(plan.many as f64, seconds);
    let memory = measured.facts.get("many_in_memory").is_some_and(|memory| *memory > 0.0);
    let place = if memory {
        "while its folder lay in memory; then it was stopped, copied to the disk and started there"
    } else {
        "on the disk, for there was too little memory for its folder"
    };
    writeln!(
        text,
        "\nThe {} people of the greater population were taken in by the server, request by request, in {seconds:.0} s ({rate:.0} a \
         second), {place}.",
        plan.many
    )?;
    Ok(())
}

fn verdict(goal: &Goal) -> &'static str {
    match goal.ok {
        Some(true) => "reached",
        Some(false) => "**not reached**",
        None => "not measured",
    }
}

fn value(goal: &Goal) -> String {
    goal.value.map_or_else(|| "–".to_owned(), rounded)
}

fn rounded(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

fn spread(spread: Spread, digits: usize) -> String {
    format!("{:.digits$} / {:.digits$} / {:.digits$}", spread.min, spread.median, spread.max)
}

const HEAD: &str = r"# Benchmarks

Made by `cargo xtask bench`: what Saqta costs beside what one would use in its place. Everything is measured in one run on one
machine, the systems in turn, over the wire, and the answers are checked. Requests, people and their order follow from one seed.
Building the programs is no part of the times below.

A machine that is shared is noisy: rates and times are worth little outside of this run, ratios more, and processor time for one
operation most.

";

const GOALS: &str = r"
## Goals

| goal | measured | to reach | |
| --- | ---: | ---: | --- |
";

const RATIOS: &str = r"
## Ratios

Throughput of Saqta on its embedded database as a multiple of the throughput of each other system, from the middle rounds. Above
1 Saqta does more in the same time. The last column is processor time of the server for one operation, as a multiple of the
floor's.

";

const PAIR: &str = r"
## Two server processes on one PostgreSQL

Throughput of two processes that share a database, as a multiple of one process; 64 connections in all, half of them to each.

| workload | two ÷ one |
| --- | ---: |
";

const PARTS: &str = r"
## How long it took

| part | planned, s | took, s |
| --- | ---: | ---: |
";

const FIGURES: &str = r"
## Every figure

Least / middle / greatest of the rounds: three at 64 connections, two at 16, one at 4 and 1; of PostgreSQL driven by pgbench, three of
the roles, two at 64 connections, one at fewer. Latencies in microseconds, processor time of the server's processes in milliseconds
for one operation.

| workload | system | people | connections | operations a second | CPU | p50 | p99 |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
";

const MAPPING: &str = r"
## What was measured how

- **The load generator** holds all connections on one thread, so it takes one processor at the most. Each connection sends the next
  request when the answer is there. Of every answer the status is checked, of every sixty-fourth the whole content. A wrong answer
  fails the run. PostgreSQL is driven by pgbench. A round lasts a third of a second, with pgbench a second.
- **The floor** is the same axum and SQLite with one unencrypted row for each person: no key, no rule, no ledger, no seal. Its reads run
  where the request came in, each write is one transaction with a full sync. It takes the same requests.
- **Saqta** runs as it is delivered, at its usual level of logging. Only the limits on requests and on persons a day are lifted.
- **retrieve** takes three attributes of a random person out; **collect** takes in somebody new with eight values and two consents;
  **rectify** replaces one value; **withdraw** takes one of two consents back; **decide** asks by e-mail address whether an advertisement may
  be sent; **look-up** asks whose an address is; **report** takes out all 1,000 values of one person in one recorded request, for there
  is no operation of its own for such a report yet; **destroy** ends everything of one person. Withdrawals and destructions use up
  people who were taken in for them before.
- **A leaf** of the ledger is written and durable before each answer of Saqta, reads included.
- **The roles of GDPRbench** (Shastri et al., VLDB 2020) have 10,000 people, 100,000 records, 100 purposes and 10,000 operations, in three
  rounds. Which of our operations stands for which of theirs is a table in `bench/src/workloads/roles.rs`. People are drawn by Zipf's
  law; where a role changes somebody, each connection draws from people of its own, so that every answer can be foretold. Deletion by
  purpose or by expiry is no request but the sweep. A read by objection is one decision, not a page of records.
- **A page of a purpose** gives a hundred people, and each of them is decided and recorded for themselves; PostgreSQL gives a hundred
  rows and records one access.
- **The greater population** (`scale:`) is compared with the smaller one on servers of their own, measured in turn. On both, and on the
  floor beside them, a person has four values and one consent. On the floor the rows were put into the table at once.
- **The sweep** is `saqta sweep` with 1,000 people due, less what it takes when nobody is. They took their consent back a moment ago and
  would be due at the next full hour; their due times were brought forward by an hour while the server was stopped.
- **Space** is what the files of a closed installation grow by for 5,000 people with eight values each, keys, index and ledger included.
- **The size of a person** is measured one destruction after the other, with the keys gone before the answer.
- **Memory** is what is resident: of the idle program a second after its first answer, with the greater population after its rounds.
";
