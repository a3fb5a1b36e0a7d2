//! Which cells are measured how often, how long will all of it take, and how long did it take?
//!
//! What a goal speaks of is measured three times, what only shows the course of a curve once or twice. The planned times hold for two
//! slow processors with nothing else to do; they are there so that whoever waits knows for how long.

use std::time::Duration;

use serde::Serialize;

use crate::common::WORKLOADS;
use crate::figures::System;
use crate::workloads::roles::Role;

/// Over how many connections each workload is measured, and in how many rounds on a server that speaks HTTP.
pub const CELLS: [(u16, u64); 4] = [(64, 3), (16, 2), (4, 1), (1, 1)];

/// Rounds of the cells at 64 connections.
pub const ROUNDS: u64 = 3;

/// How long one round of a cell lasts on a server that speaks HTTP.
pub const LENGTH: Duration = Duration::from_millis(300);

/// Rounds of PostgreSQL, which takes a whole second for each: fewer, for no goal stands on its single workloads.
pub fn rival_rounds(workload: &str, connections: u16) -> u64 {
    match connections {
        64 if workload.starts_with("role:") => 3,
        64 => 2,
        _ => 1,
    }
}

/// Seconds that one round of PostgreSQL takes, with what is made ready before and counted afterwards.
const RIVAL_ROUND: f64 = 1.45;

/// The systems that pgbench drives.
pub const RIVALS: [System; 3] = [System::Postgres, System::PostgresAudit, System::PostgresPgcrypto];

/// A part of the run.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// What is measured.
    pub name: &'static str,
    /// Seconds that it should take.
    pub planned: f64,
    /// Seconds that it took; none, as long as it is not over.
    pub took: Option<f64>,
}

/// What was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The smaller population.
    pub few: u64,
    /// The greater one.
    pub many: u64,
    /// Whether one round at 64 connections is enough.
    pub quick: bool,
    /// Whether there is a PostgreSQL.
    pub postgres: bool,
}

/// The names of the parts, in their order.
pub const FILLING: &str = "PostgreSQL is filled";
/// Starts on empty folders.
pub const FOOTPRINT: &str = "footprint";
/// GDPRbench.
pub const ROLES: &str = "roles of GDPRbench";
/// The common workloads.
pub const COMMON: &str = "workloads";
/// Two processes on one PostgreSQL.
pub const PAIR: &str = "two servers on one PostgreSQL";
/// Proofs, verification, changes for everybody.
pub const BESIDES: &str = "ledger and changes for everybody";
/// Bytes on the disk.
pub const SPACE: &str = "space";
/// People with many values.
pub const MUCH: &str = "destruction of much";
/// The greater population.
pub const SCALE: &str = "the greater population";

/// The parts with the time they should take.
pub fn parts(asked: Asked) -> Vec<Part> {
    let thousands = |people: u64| people as f64 / 1000.0;
    let few = thousands(asked.few);
    let rounds_of = |cells: &[(u16, u64)]| cells.iter().map(|(_, rounds)| *rounds).sum::<u64>() as f64;
    let cells: &[(u16, u64)] = if asked.quick { &[(64, 1)] } else { &CELLS };
    let rivals = |workload: &str, cells: &[(u16, u64)]| {
        let rounds = cells.iter().map(|(at, rounds)| rival_rounds(workload, *at).min(*rounds)).sum::<u64>();
        if asked.postgres { rounds as f64 * RIVALS.len() as f64 * RIVAL_ROUND } else { 0.0 }
    };
    let role_cells = [(64, if asked.quick { 1 } else { ROUNDS })];
    let role = rounds_of(&role_cells) * 3.0 + rivals("role:", &role_cells);
    let http = if asked.postgres { 3.0 } else { 2.0 };
    // Connecting and summing up take a moment too.
    let round = LENGTH.as_secs_f64() + 0.1;
    let common = WORKLOADS.iter().map(|workload| rounds_of(cells) * http * round + rivals(workload, cells));
    // Two of the workloads use people up, who are taken in before.
    let stock = 2.0 * rounds_of(cells) * http * 0.8;
    let mut parts = Vec::new();
    let mut add = |name, planned: f64| parts.push(Part { name, planned, took: None });
    if asked.postgres {
        add(FILLING, 25.0);
    }
    add(FOOTPRINT, 7.0);
    add(ROLES, few * 2.0 + role * Role::ALL.len() as f64);
    add(COMMON, few * 1.5 + common.sum::<f64>() + stock);
    if asked.quick {
        return parts;
    }
    if asked.postgres {
        add(PAIR, 30.0);
    }
    add(BESIDES, 8.0 + few);
    add(SPACE, 10.0);
    add(MUCH, 15.0);
    if asked.many > 0 {
        // Taking in, copying to the disk, filling the floor; then the rounds.
        add(SCALE, thousands(asked.many) * (0.16 + 0.025 + 0.02) + few + 25.0);
    }
    parts
}

/// What is told before the beginning.
pub fn told(parts: &[Part]) -> String {
    let sum: f64 = parts.iter().map(|part| part.planned).sum();
    let mut text = format!("about {} minutes without building:", (sum / 60.0).ceil());
    for (number, part) in (1..).zip(parts) {
        text.push_str(&format!("\n{number:3}. {:<34} about {:4.0} s", part.name, part.planned));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_run_is_planned_to_take_less_than_twelve_minutes() {
        let whole = Asked { few: 10_000, many: 1_000_000, quick: false, postgres: true };
        let seconds = |asked| parts(asked).iter().map(|part| part.planned).sum::<f64>();
        assert!(seconds(whole) < 720.0, "{}", told(&parts(whole)));
        assert!(seconds(Asked { quick: true, ..whole }) < 180.0);
        assert!(seconds(Asked { many: 0, ..whole }) < seconds(whole));
    }
}
