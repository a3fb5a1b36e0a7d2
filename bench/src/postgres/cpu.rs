//! How much processor time has a PostgreSQL taken, its ended processes included?
//!
//! A process that ended leaves its time with the one that started it, down to the nanosecond; what a living process shows is
//! cut to hundredths of a second. So the time is read when the connections of a round have ended.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// What a tick of `/proc` is: Linux shows hundredths of a second to every program, whatever its own clock is.
const TICKS_IN_A_SECOND: f64 = 100.0;
const POLLS: u32 = 1000;
const BETWEEN_POLLS: Duration = Duration::from_millis(2);

/// A PostgreSQL on this machine, by its first process.
#[derive(Debug)]
pub struct Cluster {
    postmaster: u32,
}

/// What had been used at one moment, and which processes lived then.
#[derive(Debug)]
pub struct Reading {
    seconds: f64,
    living: BTreeSet<u32>,
}

impl Cluster {
    /// Fails when no PostgreSQL runs here under this number.
    pub fn of(postmaster: u32) -> Result<Self> {
        let about = stat(postmaster).context("PostgreSQL has to run on this machine to be measured")?;
        ensure!(about.name.starts_with("postgres"), "process {postmaster} is no PostgreSQL");
        Ok(Self { postmaster })
    }

    /// The processor time until now.
    pub fn read(&self) -> Result<Reading> {
        loop {
            let before = stat(self.postmaster).context("PostgreSQL has ended")?;
            let children = self.children()?;
            let after = stat(self.postmaster).context("PostgreSQL has ended")?;
            // A child that ended in between would be counted twice or not at all.
            if before.ended == after.ended {
                let ticks = children.iter().map(|(_, about)| about.own).sum::<u64>();
                let ticks = ticks.saturating_add(after.own).saturating_add(after.ended);
                let living = children.into_iter().map(|(process, _)| process).collect();
                return Ok(Reading { seconds: ticks as f64 / TICKS_IN_A_SECOND, living });
            }
        }
    }

    /// The processor time since a reading, when every process that has come since is gone again. A process that stays,
    /// such as one that cleans tables by itself, is waited for two seconds at most.
    pub fn since(&self, begin: &Reading) -> Result<f64> {
        for _ in 0..POLLS {
            if self.children()?.iter().all(|(process, _)| begin.living.contains(process)) {
                break;
            }
            thread::sleep(BETWEEN_POLLS);
        }
        Ok((self.read()?.seconds - begin.seconds).max(0.0))
    }

    fn children(&self) -> Result<Vec<(u32, Stat)>> {
        let mut children = Vec::new();
        for entry in fs::read_dir("/proc").context("cannot read /proc")?.flatten() {
            let Some(process) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            if let Some(about) = stat(process).filter(|about| about.parent == self.postmaster) {
                children.push((process, about));
            }
        }
        Ok(children)
    }
}

#[derive(Debug, PartialEq)]
struct Stat {
    name: String,
    parent: u32,
    /// Ticks of its own.
    own: u64,
    /// Ticks of its children that have ended.
    ended: u64,
}

/// None when there is no such process any more.
fn stat(process: u32) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

/// The name stands in brackets and may hold anything, so the fields are counted from the last bracket on.
fn parse(line: &str) -> Option<Stat> {
    let (head, fields) = line.rsplit_once(')')?;
    let (_, name) = head.split_once('(')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |first: usize| -> Option<u64> {
        let user: u64 = fields.get(first)?.parse().ok()?;
        let system: u64 = fields.get(first.checked_add(1)?)?.parse().ok()?;
        user.checked_add(system)
    };
    Some(Stat {
        name: name.to_owned(),
        parent: fields.get(1)?.parse().ok()?,
        own: ticks(11)?,
        ended: ticks(13)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kernel_is_read_whatever_the_process_is_called() {
        let line = "42 (a (b) c) S 7 42 42 0 -1 4194560 100 0 0 0 150 50 30 20 20 0 1 0 12345";
        let expected = Stat { name: "a (b) c".to_owned(), parent: 7, own: 200, ended: 50 };
        assert_eq!(parse(line), Some(expected));
        assert_eq!(parse("42 (short) S 7"), None);
    }

    #[test]
    fn a_process_that_is_no_postgresql_is_refused() {
        assert!(Cluster::of(std::process::id()).is_err());
        assert!(Cluster::of(u32::MAX).is_err());
    }
}
