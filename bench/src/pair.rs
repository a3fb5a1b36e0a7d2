//! What do two server processes do that share one PostgreSQL, and do their ledgers fit together afterwards?

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::figures::System;
use crate::postgres;
use crate::run::{Run, Turn};
use crate::schedule::ROUNDS;
use crate::shop::Shop;

/// What is asked of them: a read, a write, and a question.
const WORKLOADS: [(&str, &str); 3] =
    [("pair:retrieve", "retrieve"), ("pair:collect", "collect"), ("pair:decide", "decide")];

/// How often an export is tried until both logs were signed; a server signs every minute at the latest.
const TRIES: u32 = 40;
const BETWEEN_TRIES: Duration = Duration::from_secs(2);

impl Run<'_> {
    /// The same requests to one process and to two, each over 64 connections in all; then both ledgers verified together.
    pub fn pair(&mut self) -> Result<()> {
        let url = self.plan.postgres.as_deref().context("there is no PostgreSQL")?;
        let few = self.plan.few;
        let (one_url, two_url) = (postgres::another(url, "saqta_one")?, postgres::another(url, "saqta_two")?);
        let (_, one) = self.club(&self.folder("one-process"), few, Some(&one_url))?;
        let (shop, two) = self.club(&self.folder("two-processes"), few, Some(&two_url))?;
        let two = two.beside(shop.start(&self.load)?);
        self.tell(&format!("{few} people are in both databases"));
        for round in 0..ROUNDS {
            for (name, workload) in WORKLOADS {
                let system = System::SaqtaOnPostgres;
                let turn = Turn { name, workload, system, people: few, connections: 64, round };
                self.one(&one, turn)?;
                self.one(&two, Turn { system: System::TwoSaqtaOnPostgres, ..turn })?;
                self.tell(&self.line(name, 64));
            }
        }
        one.end()?;
        two.end()?;
        // An export goes as far as a log was signed. Who takes a log up signs it, so both are started once more.
        let (first, second) = (shop.start(&self.load)?, shop.start(&self.load)?);
        let mut tries = 0;
        let (entries, together) = loop {
            tries += 1;
            let (entries, together) = self.verified(&shop, &self.folder(&format!("exports-{tries}")))?;
            if entries.len() > 1 {
                break (entries, together);
            }
            ensure!(tries < TRIES, "two processes left signed leaves in {} logs", entries.len());
            thread::sleep(BETWEEN_TRIES);
        };
        first.end()?;
        second.end()?;
        self.fact("pair_leaves", entries.iter().sum::<u64>() as f64);
        self.fact("pair_verifies", f64::from(u8::from(together)));
        self.tell(if together {
            "checkpoints verify together"
        } else {
            "checkpoints do not verify together"
        });
        Ok(())
    }
    /// How many leaves each log has that has any, and whether all of them fit together.
    fn verified(&self, shop: &Shop, exports: &Path) -> Result<(Vec<u64>, bool)> {
        let output = shop.command(["ledger", "export", "--all"]).arg(exports).output()?;
        ensure!(output.status.success(), "the export failed: {}", String::from_utf8_lossy(&output.stderr));
        let mut logs = Vec::new();
        for entry in std::fs::read_dir(exports)? {
            logs.push(entry?.path());
        }
        let output = Command::new(&self.plan.saqta).args(["verify", "--json"]).args(&logs).output()?;
        let told: Value = serde_json::from_slice(&output.stdout)?;
        let entries = told.get("exports").and_then(Value::as_array).into_iter().flatten();
        let entries = entries.filter_map(|export| export.get("entries").and_then(Value::as_u64));
        let together = output.status.success() && told.get("ok").and_then(Value::as_bool) == Some(true);
        Ok((entries.filter(|entries| *entries > 0).collect(), together))
    }
}
