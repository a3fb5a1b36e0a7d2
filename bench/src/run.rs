//! In which order is everything measured?
//!
//! Rounds go around all systems, so that what else the machine does meets all of them alike.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};

use crate::common::{Place, WORKLOADS};
use crate::enrolled::Registers;
use crate::figures::{Cells, Sample, System};
use crate::goals::Facts;
use crate::load::Load;
use crate::policy::Subject;
use crate::shop::Shop;
use crate::single;
use crate::workloads::roles::Role;

/// A system that brings its own load generator.
pub trait Rival {
    /// One round of a workload.
    fn measure(
        &self,
        system: System,
        workload: &'static str,
        connections: u16,
        length: Duration,
    ) -> Result<Sample>;
}

impl Rival for crate::postgres::Competitors {
    fn measure(
        &self,
        system: System,
        workload: &'static str,
        connections: u16,
        length: Duration,
    ) -> Result<Sample> {
        Self::measure(self, system, workload, connections, length)
    }
}

/// The systems that a [`Rival`] measures.
pub const RIVALS: [System; 3] = [System::Postgres, System::PostgresAudit, System::PostgresPgcrypto];

/// What is to be measured.
pub struct Plan {
    /// The program.
    pub saqta: PathBuf,
    /// Where throw-away folders are made; a disk, not memory.
    pub folder: PathBuf,
    /// A PostgreSQL for Saqta on PostgreSQL.
    pub postgres: Option<String>,
    /// Whether one round of the main cells is enough.
    pub quick: bool,
    /// Only workloads whose name has this in it.
    pub only: Option<String>,
    /// The smaller population.
    pub few: u64,
    /// The greater population; zero leaves it out.
    pub many: u64,
}

/// What came out.
#[derive(Default)]
pub struct Measured {
    /// The workloads.
    pub cells: Cells,
    /// The rest.
    pub facts: Facts,
}

/// From it follow all requests and their order.
pub const SEED: u64 = 20_260_112;

struct Run<'a> {
    plan: &'a Plan,
    load: Load,
    rivals: Option<&'a dyn Rival>,
    measured: Measured,
    bar: ProgressBar,
    begun: Instant,
    /// How many operations a second each cell was last seen at.
    pace: HashMap<(&'static str, System, u64, u16), f64>,
}

/// Measures all of it. `say` gets a line for each thing that is done.
pub fn run(plan: &Plan, rivals: Option<&dyn Rival>, say: &dyn Fn(&str)) -> Result<Measured> {
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}")?);
    let mut run = Run {
        plan,
        load: Load::new()?,
        rivals,
        measured: Measured::default(),
        bar,
        begun: Instant::now(),
        pace: HashMap::new(),
    };
    if run.wants("footprint") {
        run.step(say, "footprint", Run::footprint)?;
    }
    // The roles come first: they choose among records of people whom the workloads destroy.
    if run.wants("role:") {
        run.step(say, "roles", |run| run.roles(say))?;
    }
    if WORKLOADS.into_iter().chain(["look-up", "besides"]).any(|name| run.wants(name)) {
        run.step(say, "workloads", |run| run.workloads(say))?;
    }
    if !plan.quick && run.wants("space") {
        run.step(say, "space", Run::space)?;
    }
    if !plan.quick && run.wants("much") {
        run.step(say, "destruction of much", Run::destruction)?;
    }
    if !plan.quick && plan.many > 0 && run.wants("many") {
        run.step(say, "the greater population", |run| run.many(say))?;
    }
    run.bar.finish_and_clear();
    Ok(run.measured)
}

impl Run<'_> {
    fn wants(&self, name: &str) -> bool {
        self.plan.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    fn step(
        &mut self,
        say: &dyn Fn(&str),
        name: &str,
        step: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.bar.set_message(name.to_owned());
        step(self).with_context(|| name.to_owned())?;
        self.tell(say, &format!("{name}: done"));
        Ok(())
    }

    fn tell(&self, say: &dyn Fn(&str), line: &str) {
        let line = format!("{:7.1} s  {line}", self.begun.elapsed().as_secs_f64());
        self.bar.suspend(|| say(&line));
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.plan.folder.join(name)
    }

    fn rounds(&self) -> u64 {
        if self.plan.quick { 1 } else { 3 }
    }

    fn length(&self) -> Duration {
        Duration::from_millis(if self.plan.quick { 300 } else { 500 })
    }

    fn fact(&mut self, name: &'static str, value: f64) {
        self.measured.facts.insert(name, value);
    }

    fn footprint(&mut self) -> Result<()> {
        let footprint = single::footprint(&self.load, &self.plan.saqta, &self.folder("empty"))?;
        self.fact("binary_mb", footprint.binary_mb);
        self.fact("first_answer_ms", footprint.first_answer_ms.median);
        self.fact("idle_mb", footprint.idle_mb.median);
        Ok(())
    }

    /// A shop with its club filled, and with files at a server beside it.
    fn club(&self, folder: &Path, people: u64, postgres: Option<&str>) -> Result<(Shop, Place)> {
        let (shop, server) = Shop::found(&self.load, &self.plan.saqta, folder, Subject::Club, postgres)?;
        let world = shop.world(&self.load, &server)?;
        Ok((shop, Place::filled(&self.load, server, world, people)?))
    }

    /// The common workloads with few people, on every system; then what the same installation is good for besides.
    fn workloads(&mut self, say: &dyn Fn(&str)) -> Result<()> {
        let (shop, place) = self.club(&self.folder("club"), self.plan.few, None)?;
        let (files, files_server) = Shop::found(
            &self.load,
            &self.plan.saqta,
            &self.folder("files"),
            Subject::File(crate::common::ENTRIES),
            None,
        )?;
        let world = files.world(&self.load, &files_server)?;
        let place = place.with_files(&self.load, Some((files_server, world, files.digest("file")?)))?;
        let floor =
            Place::floor(&self.load, &self.folder("floor"), self.plan.few)?.with_files(&self.load, None)?;
        self.tell(say, "the few are in the club and on the floor");
        let mut places = vec![(System::Saqta, place), (System::Floor, floor)];
        if let Some(postgres) = self.plan.postgres.clone() {
            places.push((
                System::SaqtaOnPostgres,
                self.club(&self.folder("on-postgres"), self.plan.few, Some(&postgres))?.1,
            ));
        }
        for round in 0..self.rounds() {
            for workload in WORKLOADS.into_iter().filter(|name| self.wants(name)).collect::<Vec<_>>() {
                for connections in self.connections(round) {
                    self.around(&places, workload, connections, round, self.plan.few)?;
                    self.tell(say, &self.line(workload, connections, self.plan.few));
                }
            }
        }
        let mut places = places.into_iter().map(|(_, place)| place);
        let place = places.next().context("Saqta was not measured")?;
        if self.wants("look-up") {
            for round in 0..self.rounds() {
                self.one(&place, System::Saqta, "look-up", 64, round, self.plan.few)?;
            }
        }
        for other in places {
            other.end()?;
        }
        if !self.plan.quick && self.wants("besides") {
            return self.besides(&shop, place);
        }
        place.end()
    }

    /// Proofs, verification, changes for everybody, and the sweep, with few people.
    fn besides(&mut self, shop: &Shop, place: Place) -> Result<()> {
        let proof = single::proof(&self.load, &place.world)?;
        self.fact("proof_ms", proof);
        let everybody = single::for_everybody(&self.load, &place.world.target, "news")?;
        self.fact("everybody_leaves", everybody.leaves);
        self.fact("everybody_many_ms", everybody.milliseconds);
        let (_, few) = self.club(&self.folder("hundred"), 100, None)?;
        let everybody = single::for_everybody(&self.load, &few.world.target, "news")?;
        self.fact("everybody_few_ms", everybody.milliseconds);
        few.end()?;
        place.end()?;
        let verified = single::verification(shop, &self.plan.saqta, &self.plan.folder)?;
        self.fact("verify_per_second", verified.leaves_per_second);
        self.fact("verify_leaves", verified.leaves as f64);
        let (shop, place) = self.club(&self.folder("swept"), self.plan.few, None)?;
        let (server, world) = place.into_parts()?;
        let swept = single::sweep(&self.load, &shop, server, &world, 1_000)?;
        self.fact("sweep_few_s", swept);
        Ok(())
    }

    /// In each round at 64 connections, and at fewer in the first alone.
    fn connections(&self, round: u64) -> Vec<u16> {
        if self.plan.quick {
            return vec![64];
        }
        if round == 0 { vec![1, 4, 16, 64] } else { vec![64] }
    }

    /// One round of a workload on one system after the other.
    fn around(
        &mut self,
        places: &[(System, Place)],
        workload: &'static str,
        connections: u16,
        round: u64,
        people: u64,
    ) -> Result<()> {
        for (system, place) in places {
            // On PostgreSQL the cells at 64 connections say what there is to say.
            if *system == System::SaqtaOnPostgres && (connections != 64 || workload == "report") {
                continue;
            }
            self.one(place, *system, workload, connections, round, people)?;
        }
        let Some(rivals) = self.rivals else { return Ok(()) };
        for system in RIVALS {
            let sample = rivals.measure(system, workload, connections, self.length())?;
            self.measured.cells.add(workload, system, people, connections, sample);
        }
        Ok(())
    }

    fn one(
        &mut self,
        place: &Place,
        system: System,
        workload: &'static str,
        connections: u16,
        round: u64,
        people: u64,
    ) -> Result<()> {
        self.bar.set_message(format!("{workload} on {} over {connections} connections", system.as_str()));
        let key = (workload, system, people, connections);
        let pace = self.pace.get(&key).copied();
        let sample = place
            .round(&self.load, workload, connections, self.length(), pace, SEED + round)
            .with_context(|| {
                let words = place.server.last_words();
                format!(
                    "{workload} on {} over {connections} connections; the server said: {words}",
                    system.as_str()
                )
            })?;
        self.pace.insert(key, sample.rate());
        self.measured.cells.add(workload, system, people, connections, sample);
        Ok(())
    }

    fn line(&self, workload: &str, connections: u16, people: u64) -> String {
        let mut line = format!("{workload} at {connections}:");
        for cell in self.measured.cells.iter() {
            if cell.workload == workload && cell.connections == connections && cell.people == people {
                let rate = cell.rate().median;
                line.push_str(&format!(
                    " {} {rate:.0}/s {:.4} ms;",
                    cell.system.as_str(),
                    cell.cpu_ms().median
                ));
            }
        }
        line
    }

    fn roles(&mut self, say: &dyn Fn(&str)) -> Result<()> {
        let registers =
            Registers::filled(&self.load, &self.plan.saqta, &self.folder("registers"), self.plan.few, None)?;
        self.tell(say, "the few are in the registers");
        self.fact("metadata_by_inspect", f64::from(u8::from(registers.inspects())));
        // As many operations as people, like the benchmark that the roles come from.
        let operations = if self.plan.quick { self.plan.few / 5 } else { self.plan.few };
        // Role by role, not round by round: what the controller deletes in one round the customer would ask for in the next.
        for (role, name) in Role::ALL.into_iter().filter(|(_, name)| self.wants(name)).collect::<Vec<_>>() {
            for round in 0..self.rounds() {
                self.bar.set_message(name);
                let sample = registers.round(&self.load, role, 64, operations, SEED + round).context(name)?;
                self.measured.cells.add(name, System::Saqta, self.plan.few, 64, sample);
                if let Some(rivals) = self.rivals {
                    for system in RIVALS {
                        let sample = rivals.measure(system, name, 64, self.length())?;
                        self.measured.cells.add(name, system, self.plan.few, 64, sample);
                    }
                }
                self.tell(say, &self.line(name, 64, self.plan.few));
            }
        }
        registers.server.end()
    }

    fn space(&mut self) -> Result<()> {
        for (name, bytes) in [("space_96", 96), ("space_1000", 1_000)] {
            let value = single::space(&self.load, &self.plan.saqta, &self.folder(name), 5_000, bytes)?;
            self.fact(name, value);
        }
        Ok(())
    }

    fn destruction(&mut self) -> Result<()> {
        let folder = self.folder("much");
        let (shop, server) = Shop::found(&self.load, &self.plan.saqta, &folder, Subject::File(10_000), None)?;
        let world = shop.world(&self.load, &server)?;
        let digest = shop.digest("file")?;
        for (milliseconds, cpu, values) in [
            ("destroy_10_ms", "destroy_10_cpu_ms", 10),
            ("destroy_1000_ms", "destroy_1000_cpu_ms", 1_000),
            ("destroy_10000_ms", "destroy_10000_cpu_ms", 10_000),
        ] {
            let sizes = single::destruction(&self.load, &server, &world, &digest, values)?;
            self.fact(milliseconds, sizes.milliseconds);
            self.fact(cpu, sizes.cpu_ms);
        }
        server.end()
    }

    fn many(&mut self, say: &dyn Fn(&str)) -> Result<()> {
        let many = self.plan.many;
        let begun = Instant::now();
        let (shop, place) = self.club(&self.folder("many"), many, None)?;
        self.fact("many_seeded_s", begun.elapsed().as_secs_f64());
        self.tell(say, &format!("{many} people are in the club"));
        let floor = Place::floor(&self.load, &self.folder("many-floor"), many)?;
        self.tell(say, &format!("{many} people are on the floor"));
        let (server, world) = place.into_parts()?;
        server.end()?;
        let (server, resident) = single::resident_after_start(&self.load, &shop)?;
        self.fact("many_idle_mb", resident);
        let place = Place::moved(server, &world);
        for round in 0..self.rounds() {
            for workload in ["retrieve", "look-up", "decide", "destroy"] {
                self.one(&place, System::Saqta, workload, 64, round, many)?;
                if workload == "retrieve" {
                    self.one(&floor, System::Floor, workload, 64, round, many)?;
                }
                self.tell(say, &self.line(workload, 64, many));
            }
        }
        let resident = place.server.resident_bytes()? as f64 / (1024.0 * 1024.0);
        self.fact("many_mb", resident);
        floor.end()?;
        let (server, world) = place.into_parts()?;
        let swept = single::sweep(&self.load, &shop, server, &world, 1_000)?;
        self.fact("sweep_many_s", swept);
        Ok(())
    }
}
