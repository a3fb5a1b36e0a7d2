//! What becomes dearer when there are a hundred times as many people?
//!
//! Both populations leave the same of themselves, so that the number of people is all that differs. The greater one is taken in by
//! the server like any other; while it is, its folder lies in memory, for a million commits that wait for a disk would take
//! longer than everything else. It is stopped, copied to the disk, and started there before anything is measured.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::common::Place;
use crate::figures::{System, quotient};
use crate::policy::Subject;
use crate::run::{Run, Turn};
use crate::schedule::ROUNDS;
use crate::shop::{Shop, seed};
use crate::single;
use crate::world::Shape;

/// Names of the cells, and what is asked in them.
const CELLS: [(&str, &str); 4] = [
    ("scale:retrieve", "retrieve"),
    ("scale:look-up", "look-up"),
    ("scale:decide", "decide"),
    ("scale:destroy", "destroy"),
];

/// The sweep is measured with so many people who are due.
const DUE: u64 = 1_000;

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// How folders of a run begin there; the number of its process follows.
const PREFIX: &str = "saqta-bench-";

/// What the files of one person take at most, with those beside them.
const BYTES_FOR_EACH: u64 = 4_000;

/// What has to stay free for everything else.
const BYTES_BESIDE: u64 = 2_000_000_000;

impl Run<'_> {
    /// Few and many people, measured in turn.
    pub fn scale(&mut self) -> Result<()> {
        let (few, many) = (self.plan.few, self.plan.many);
        let (few_shop, few_place) = self.cards("few-cards", few)?;
        let (many_shop, many_place) = self.cards("many-cards", many)?;
        self.tell(&format!("{many} people are on the disk"));
        let floor = Place::floor(&self.folder("many-floor"), &self.load, Shape::Card, many)?;
        self.tell(&format!("{many} people are on the floor"));
        for round in 0..ROUNDS {
            for (name, workload) in CELLS {
                let turn =
                    Turn { name, workload, system: System::Saqta, people: few, connections: 64, round };
                self.one(&few_place, turn)?;
                self.one(&many_place, Turn { people: many, ..turn })?;
                if workload == "retrieve" {
                    self.one(&floor, Turn { people: many, system: System::Floor, ..turn })?;
                }
                self.tell(&self.line(name, 64));
            }
        }
        floor.end()?;
        let resident = many_place.server.resident_bytes()? as f64 / (1024.0 * 1024.0);
        self.fact("many_mb", resident);
        for (name, shop, place) in
            [("sweep_few_s", few_shop, few_place), ("sweep_many_s", many_shop, many_place)]
        {
            let (server, world) = place.into_parts()?;
            let swept = single::sweep(&self.load, &shop, server, &world, DUE)?;
            self.fact(name, swept);
        }
        Ok(())
    }

    /// A shop that keeps cards of so many people, on the disk and started there.
    fn cards(&mut self, name: &str, people: u64) -> Result<(Shop, Place)> {
        let begun = Instant::now();
        let memory = in_memory(people)?;
        let in_memory = memory.is_some();
        let seat = memory.as_ref().map_or_else(|| self.folder(&format!("{name}-seat")), |m| m.path().into());
        let (shop, server) = Shop::found(&self.load, &self.plan.saqta, &seat, Subject::Card, None)?;
        let world = shop.world(&self.load, &server, Shape::Card)?;
        seed(&self.load, &world, people, &|line| self.tell(line))?;
        let cpu = server.cpu_seconds()?;
        server.end()?;
        let took = begun.elapsed().as_secs_f64();
        let shop = shop.moved(&self.folder(name))?;
        remove(memory, &seat)?;
        let (server, resident) = single::resident_after_start(&self.load, &shop)?;
        if people == self.plan.many {
            self.fact("many_seeded_s", took);
            self.fact("many_seeded_cpu_ms", quotient(cpu * 1000.0, people as f64));
            self.fact("many_on_the_disk_s", begun.elapsed().as_secs_f64());
            self.fact("many_idle_mb", resident);
            self.fact("many_in_memory", f64::from(u8::from(in_memory)));
        }
        Ok((shop, Place::moved(server, &world)))
    }
}

fn remove(memory: Option<tempfile::TempDir>, seat: &Path) -> Result<()> {
    match memory {
        Some(memory) => memory.close(),
        None => std::fs::remove_dir_all(seat),
    }
    .with_context(|| format!("cannot remove {}", seat.display()))
}

/// A folder in memory, where there is enough of it.
fn in_memory(people: u64) -> Result<Option<tempfile::TempDir>> {
    let wanted = people * BYTES_FOR_EACH + BYTES_BESIDE;
    if free(MEMORY).unwrap_or(0) < wanted || available().unwrap_or(0) < wanted {
        return Ok(None);
    }
    clear_leftovers();
    let prefix = format!("{PREFIX}{}-", std::process::id());
    Ok(Some(tempfile::Builder::new().prefix(&prefix).tempdir_in(PathBuf::from(MEMORY))?))
}

/// A run that was killed could not clear away what it had in memory.
fn clear_leftovers() {
    for entry in std::fs::read_dir(MEMORY).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split('-').next());
        if let Some(process) = process.and_then(|process| process.parse::<u32>().ok())
            && !Path::new("/proc").join(process.to_string()).exists()
        {
            // What belongs to somebody else stays.
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

/// Bytes that a file system has left.
fn free(folder: &str) -> Option<u64> {
    let output = Command::new("df").args(["--block-size=1", "--output=avail", folder]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).lines().nth(1)?.trim().parse().ok()
}

/// Bytes of memory that nobody needs.
fn available() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    kibibytes.checked_mul(1024)
}
