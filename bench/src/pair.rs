//! What do two server processes do that share one PostgreSQL, and do their ledgers fit together afterwards?

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::figures::System;
use crate::postgres;
use crate::run::{Run, Turn};
use crate::schedule::ROUNDS;

/// What is asked of them: a read, a write, and a question.
const WORKLOADS: [(&str, &str); 3] =
    [("pair:retrieve", "retrieve"), ("pair:collect", "collect"), ("pair:decide", "decide")];

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
        let exports = self.folder("exports");
        let output = shop.command(["ledger", "export", "--all"]).arg(&exports).output()?;
        ensure!(output.status.success(), "the export failed: {}", String::from_utf8_lossy(&output.stderr));
        let mut logs = Vec::new();
        for entry in std::fs::read_dir(&exports)? {
            logs.push(entry?.path());
        }
        let output = Command::new(&self.plan.saqta).args(["verify", "--json"]).args(&logs).output()?;
        let told: Value = serde_json::from_slice(&output.stdout)?;
        let entries: Vec<u64> = told
            .get("exports")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|export| export.get("entries").and_then(Value::as_u64))
            .filter(|entries| *entries > 0)
            .collect();
        ensure!(entries.len() > 1, "two processes left leaves in {} logs", entries.len());
        let together = output.status.success() && told.get("ok").and_then(Value::as_bool) == Some(true);
        self.fact("pair_leaves", entries.iter().sum::<u64>() as f64);
        self.fact("pair_verifies", f64::from(u8::from(together)));
        self.tell(if together {
            "checkpoints verify together"
        } else {
            "checkpoints do not verify together"
        });
        Ok(())
    }
}
