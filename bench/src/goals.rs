//! Which goals are set, and does what was measured reach them?

use std::collections::BTreeMap;

use serde::Serialize;

use crate::figures::{Cells, Spread, System};
use crate::workloads::roles::Role;

/// What was measured apart from the workloads, by name.
pub type Facts = BTreeMap<&'static str, f64>;

/// One line of the table.
#[derive(Debug, Serialize)]
pub struct Goal {
    /// What is measured.
    pub name: String,
    /// What came out; nothing, if it was not measured in this run.
    pub value: Option<f64>,
    /// What is to be reached.
    pub target: String,
    /// Whether it is.
    pub ok: Option<bool>,
}

#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

struct Table {
    goals: Vec<Goal>,
}

impl Table {
    fn add(&mut self, name: impl Into<String>, value: Option<f64>, bound: Bound, unit: &str) {
        let (sign, limit) = match bound {
            Bound::AtMost(limit) => ("≤", limit),
            Bound::AtLeast(limit) => ("≥", limit),
        };
        let value = value.filter(|value| value.is_finite());
        let ok = value.map(|value| match bound {
            Bound::AtMost(limit) => value <= limit,
            Bound::AtLeast(limit) => value >= limit,
        });
        self.goals.push(Goal { name: name.into(), value, target: format!("{sign} {limit}{unit}"), ok });
    }
}

/// The whole table for a smaller and a greater population; without a greater one nothing is said of it.
pub fn goals(cells: &Cells, facts: &Facts, few: u64, many: u64) -> Vec<Goal> {
    use Bound::{AtLeast, AtMost};
    let mut table = Table { goals: Vec::new() };
    let cpu = |workload, people, connections| {
        cells.find(workload, System::Saqta, people, connections).map(|cell| cell.cpu_ms().median)
    };
    let over = |workload, other, people| cells.ratio(workload, System::Saqta, other, people, 64);
    let fact = |name: &str| facts.get(name).copied();
    let quotient = |one: Option<f64>, other: Option<f64>| {
        one.zip(other).filter(|(_, other)| *other > 0.0).map(|(one, other)| one / other)
    };
    let and_many = |what: &str| format!("{what}, {many} people as a multiple of {few}");

    for connections in [16, 64] {
        let name = format!("recorded retrieve, server CPU at {connections} connections");
        table.add(name, cpu("retrieve", few, connections), AtMost(0.045), " ms");
    }
    for (workload, people, least) in [("retrieve", few, 0.5), ("scale:retrieve", many, 0.4)] {
        if people > 0 {
            let name = format!(
                "recorded retrieve, throughput as a multiple of the floor, 64 connections, {people} people"
            );
            table.add(name, over(workload, System::Floor, people), AtLeast(least), "×");
        }
    }
    let name = "collect, throughput as a multiple of the floor, 64 connections";
    table.add(name, over("collect", System::Floor, few), AtLeast(4.0), "×");
    for (_, role) in Role::ALL {
        for (other, least) in [(System::Postgres, 1.0), (System::PostgresPgcrypto, 3.0)] {
            let name = format!(
                "GDPRbench {}, throughput as a multiple of {}",
                role.trim_start_matches("role:"),
                other.as_str()
            );
            table.add(name, over(role, other, few), AtLeast(least), "×");
        }
    }
    table.add("change of a purpose for everybody, leaves written", fact("everybody_leaves"), AtMost(1.0), "");
    let name = format!("change of a purpose for everybody, time with {few} people as a multiple of 100");
    table.add(name, quotient(fact("everybody_many_ms"), fact("everybody_few_ms")), AtMost(1.5), "×");
    let leaves = ["retrieve", "decide"]
        .iter()
        .filter_map(|workload| cells.find(workload, System::Saqta, few, 64).map(|cell| cell.rate().median));
    let leaves = Spread::of(leaves).max;
    table.add(
        "durable leaves through HTTP at 64 connections",
        Some(leaves).filter(|l| *l > 0.0),
        AtLeast(30_000.0),
        "/s",
    );
    let name = "destroy, time with 10000 values as a multiple of 10";
    table.add(name, quotient(fact("destroy_10000_ms"), fact("destroy_10_ms")), AtMost(1.5), "×");
    if many > 0 {
        for (workload, what) in [
            ("scale:destroy", "destroy, server CPU"),
            ("scale:retrieve", "recorded retrieve, server CPU"),
            ("scale:look-up", "look-up, server CPU"),
            ("scale:decide", "decision, server CPU"),
        ] {
            let ratio = quotient(cpu(workload, many, 64), cpu(workload, few, 64));
            table.add(and_many(what), ratio, AtMost(1.5), "×");
        }
        let name = and_many("sweep of 1000 due, time");
        table.add(name, quotient(fact("sweep_many_s"), fact("sweep_few_s")), AtMost(1.5), "×");
        table.add(format!("memory with {many} people"), fact("many_mb"), AtMost(150.0), " MiB");
    }
    table.add("offline verification on one processor", fact("verify_per_second"), AtLeast(1_000_000.0), "/s");
    table.add("proof of one leaf", fact("proof_ms"), AtMost(1.0), " ms");
    table.add(
        "space at values of 96 bytes, as a multiple of the personal data",
        fact("space_96"),
        AtMost(2.95),
        "×",
    );
    let beyond = fact("space_1000").map(|space| (space - 1.0) * 100.0);
    table.add("space beyond the personal data at values of 1000 bytes", beyond, AtMost(20.0), " %");
    table.add("size of the program", fact("binary_mb"), AtMost(70.0), " MB");
    table.add("idle memory", fact("idle_mb"), AtMost(50.0), " MiB");
    table.add("first answer on an empty folder", fact("first_answer_ms"), AtMost(300.0), " ms");
    table.goals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Sample;

    #[test]
    fn a_goal_is_reached_missed_or_not_measured() {
        let mut cells = Cells::default();
        for (system, operations) in [(System::Saqta, 400), (System::Floor, 1_000)] {
            let sample = Sample { operations, seconds: 1.0, cpu_seconds: 0.01, p50_us: 1.0, p99_us: 1.0 };
            cells.add("retrieve", system, 10_000, 64, sample);
        }
        let facts = Facts::from([("proof_ms", 0.5)]);
        let goals = goals(&cells, &facts, 10_000, 1_000_000);
        let ok = |part: &str| goals.iter().find(|goal| goal.name.contains(part)).unwrap().ok;
        assert_eq!(ok("server CPU at 64"), Some(true));
        assert_eq!(ok("multiple of the floor, 64 connections, 10000"), Some(false));
        assert_eq!(ok("proof of one leaf"), Some(true));
        assert_eq!(ok("offline verification"), None);
        assert_eq!(ok("memory with 1000000"), None);
        let without = super::goals(&cells, &facts, 10_000, 0);
        assert!(without.iter().all(|goal| !goal.name.contains(" 0 people")), "{without:?}");
    }
}
