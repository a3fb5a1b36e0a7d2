//! In which order is everything measured?
//!
//! Rounds go around all systems, so that what else the machine does meets all of them alike. Each part makes the people it needs,
//! so that none depends on what another left.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};

use crate::common::{ENTRIES, Place, WORKLOADS};
use crate::enrolled::Registers;
use crate::figures::{Cells, System};
use crate::goals::Facts;
use crate::load::Load;
use crate::policy::Subject;
use crate::postgres::{self, Competitors};
use crate::schedule::{self, Asked, CELLS, LENGTH, Part, RIVALS, ROUNDS, rival_rounds};
use crate::shop::Shop;
use crate::single;
use crate::workloads::roles::Role;
use crate::world::Shape;

/// What is to be measured.
pub struct Plan {
    /// The program.
    pub saqta: PathBuf,
    /// Where throw-away folders are made; a disk, not memory.
    pub folder: PathBuf,
    /// A PostgreSQL of which everything may be used up.
    pub postgres: Option<String>,
    /// Whether one round of the main cells is enough.
    pub quick: bool,
    /// Only parts and workloads whose name has this in it.
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
    /// How long each part took.
    pub parts: Vec<Part>,
}

/// From it follow all requests and their order.
pub const SEED: u64 = 20_260_112;

/// How long leaves are made for the verification.
const LEAVES: Duration = Duration::from_secs(6);

/// What the parts share.
pub struct Run<'a> {
    /// What is to be measured.
    pub plan: &'a Plan,
    /// The load generator.
    pub load: Load,
    rivals: Option<Competitors>,
    measured: Measured,
    bar: ProgressBar,
    say: &'a dyn Fn(&str),
    begun: Instant,
    /// Which part it is, of how many.
    part: (usize, usize),
    /// How many operations a second each cell was last seen at.
    pace: HashMap<(&'static str, System, u64, u16), f64>,
}

/// One round of a workload on one system.
#[derive(Clone, Copy)]
pub struct Turn {
    /// Under which name its figures are kept.
    pub name: &'static str,
    /// What is asked.
    pub workload: &'static str,
    /// On which system.
    pub system: System,
    /// Of how many people.
    pub people: u64,
    /// Over how many connections.
    pub connections: u16,
    /// The round.
    pub round: u64,
}

/// Measures all of it. `say` gets the plan, a line for each thing that is done, and how long it took.
pub fn run(plan: &Plan, say: &dyn Fn(&str)) -> Result<Measured> {
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}")?);
    let asked =
        Asked { few: plan.few, many: plan.many, quick: plan.quick, postgres: plan.postgres.is_some() };
    let mut run = Run {
        plan,
        load: Load::new()?,
        rivals: None,
        measured: Measured::default(),
        bar,
        say,
        begun: Instant::now(),
        part: (0, 0),
        pace: HashMap::new(),
    };
    let mut parts = schedule::parts(asked);
    parts.retain(|part| run.wants_part(part.name));
    say(&schedule::told(&parts));
    run.part.1 = parts.len();
    for part in parts {
        run.part.0 += 1;
        run.bar.set_message(part.name);
        let begun = Instant::now();
        run.measure(part.name).with_context(|| part.name)?;
        let took = begun.elapsed().as_secs_f64();
        run.tell(&format!("done in {took:.0} s, {:.0} s were planned", part.planned));
        run.measured.parts.push(Part { took: Some(took), ..part });
    }
    run.bar.finish_and_clear();
    say(&format!("all of it took {:.1} minutes", run.begun.elapsed().as_secs_f64() / 60.0));
    Ok(run.measured)
}

impl Run<'_> {
    fn measure(&mut self, part: &'static str) -> Result<()> {
        match part {
            schedule::FILLING => self.filling(),
            schedule::FOOTPRINT => self.footprint(),
            schedule::ROLES => self.roles(),
            schedule::COMMON => self.workloads(),
            schedule::PAIR => self.pair(),
            schedule::BESIDES => self.besides(),
            schedule::SPACE => self.space(),
            schedule::MUCH => self.destruction(),
            _ => self.scale(),
        }
    }

    /// Whether a workload is wanted; all of them are, when a whole part is.
    fn wants(&self, name: &str) -> bool {
        let parts = schedule::parts(Asked { few: 1, many: 1, quick: false, postgres: true });
        self.plan.only.as_ref().is_none_or(|only| {
            name.contains(only.as_str()) || parts.iter().any(|part| part.name.contains(only.as_str()))
        })
    }

    /// PostgreSQL is filled whenever anything is measured beside it.
    fn wants_part(&self, part: &str) -> bool {
        let Some(only) = &self.plan.only else { return true };
        let within = |names: &[&str]| names.iter().any(|name| name.contains(only.as_str()));
        let roles = Role::ALL.map(|(_, name)| name);
        let (role, common) = (
            within(&roles) || schedule::ROLES.contains(only.as_str()),
            within(&WORKLOADS) || schedule::COMMON.contains(only.as_str()),
        );
        match part {
            schedule::FILLING => role || common,
            schedule::ROLES => role,
            schedule::COMMON => common,
            other => other.contains(only.as_str()),
        }
    }

    /// Tells what was done.
    pub fn tell(&self, line: &str) {
        let (part, parts) = self.part;
        let name = self.bar.message();
        let name = name.split(':').next().unwrap_or_default();
        let line = format!("{:6.0} s  {part}/{parts} {name}: {line}", self.begun.elapsed().as_secs_f64());
        self.bar.suspend(|| (self.say)(&line));
    }

    /// A folder for one installation.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.plan.folder.join(name)
    }

    /// Keeps a figure.
    pub fn fact(&mut self, name: &'static str, value: f64) {
        self.measured.facts.insert(name, value);
    }

    fn rounds(&self) -> u64 {
        if self.plan.quick { 1 } else { ROUNDS }
    }

    fn filling(&mut self) -> Result<()> {
        let Some(url) = &self.plan.postgres else { return Ok(()) };
        self.rivals = Some(Competitors::prepare(url, self.plan.few, SEED)?);
        Ok(())
    }

    fn footprint(&mut self) -> Result<()> {
        let footprint = single::footprint(&self.load, &self.plan.saqta, &self.folder("empty"))?;
        self.fact("binary_mb", footprint.binary_mb);
        self.fact("first_answer_ms", footprint.first_answer_ms.median);
        self.fact("idle_mb", footprint.idle_mb.median);
        Ok(())
    }

    /// A shop with its club filled.
    pub fn club(&self, folder: &Path, people: u64, postgres: Option<&str>) -> Result<(Shop, Place)> {
        let (shop, server) = Shop::found(&self.load, &self.plan.saqta, folder, Subject::Club, postgres)?;
        let world = shop.world(&self.load, &server, Shape::Customer)?;
        Ok((shop, Place::filled(&self.load, server, world, people)?))
    }

    /// Gives a place people with files, whose server is one of their own: they have another policy.
    fn filed(&self, place: Place, folder: &Path, postgres: Option<&str>) -> Result<Place> {
        let subject = Subject::File(ENTRIES);
        let (files, server) = Shop::found(&self.load, &self.plan.saqta, folder, subject, postgres)?;
        let world = files.world(&self.load, &server, Shape::Customer)?;
        place.with_files(&self.load, Some((server, world, files.digest("file")?)))
    }

    /// The common workloads with few people, on every system.
    fn workloads(&mut self) -> Result<()> {
        let few = self.plan.few;
        let (_, place) = self.club(&self.folder("club"), few, None)?;
        let place = self.filed(place, &self.folder("files"), None)?;
        let floor = Place::floor(&self.folder("floor"), &self.load, Shape::Customer, few)?;
        let floor = floor.with_files(&self.load, None)?;
        let mut places = vec![(System::Saqta, place), (System::Floor, floor)];
        if let Some(postgres) = &self.plan.postgres {
            let club = postgres::another(postgres, "saqta_club")?;
            let (_, place) = self.club(&self.folder("on-postgres"), few, Some(&club))?;
            let files = postgres::another(postgres, "saqta_files")?;
            let place = self.filed(place, &self.folder("files-on-postgres"), Some(&files))?;
            places.push((System::SaqtaOnPostgres, place));
        }
        self.tell(&format!("{few} people are everywhere"));
        let cells: &[(u16, u64)] = if self.plan.quick { &[(64, 1)] } else { &CELLS };
        for round in 0..self.rounds() {
            for name in WORKLOADS.into_iter().filter(|name| self.wants(name)).collect::<Vec<_>>() {
                for (connections, _) in cells.iter().filter(|(_, rounds)| round < *rounds) {
                    let connections = *connections;
                    for (system, place) in &places {
                        let turn =
                            Turn { name, workload: name, system: *system, people: few, connections, round };
                        self.one(place, turn)?;
                    }
                    self.rivals(name, connections, round)?;
                    self.tell(&self.line(name, connections));
                }
            }
        }
        places.into_iter().try_for_each(|(_, place)| place.end())
    }

    /// One round of a workload on the systems that pgbench drives.
    fn rivals(&mut self, workload: &'static str, connections: u16, round: u64) -> Result<()> {
        let Some(rivals) = self.rivals.as_ref().filter(|_| round < rival_rounds(workload, connections))
        else {
            return Ok(());
        };
        for system in RIVALS {
            let sample = rivals.measure(system, workload, connections, LENGTH)?;
            self.measured.cells.add(workload, system, self.plan.few, connections, sample);
        }
        Ok(())
    }

    /// Proofs, verification, and changes for everybody, with few people.
    fn besides(&mut self) -> Result<()> {
        let (shop, place) = self.club(&self.folder("besides"), self.plan.few, None)?;
        let proof = single::proof(&self.load, &place.world)?;
        self.fact("proof_ms", proof);
        let everybody = single::for_everybody(&self.load, &place.world.target, "news")?;
        self.fact("everybody_leaves", everybody.leaves);
        self.fact("everybody_many_ms", everybody.milliseconds);
        let (_, hundred) = self.club(&self.folder("hundred"), 100, None)?;
        let everybody = single::for_everybody(&self.load, &hundred.world.target, "news")?;
        self.fact("everybody_few_ms", everybody.milliseconds);
        hundred.end()?;
        // So many leaves that verifying them takes longer than starting the program that does.
        place.round(&self.load, "retrieve", 64, LEAVES, None, SEED)?;
        place.end()?;
        let verified = single::verification(&shop, &self.plan.saqta, &self.plan.folder)?;
        self.fact("verify_per_second", verified.leaves_per_second);
        self.fact("verify_leaves", verified.leaves as f64);
        Ok(())
    }

    /// One round of a workload in one place.
    pub fn one(&mut self, place: &Place, turn: Turn) -> Result<()> {
        let Turn { name, workload, system, people, connections, round } = turn;
        let key = (name, system, people, connections);
        let pace = self.pace.get(&key).copied();
        let sample = place
            .round(&self.load, workload, connections, LENGTH, pace, SEED + round)
            .with_context(|| {
                let words = place.server.last_words();
                format!(
                    "{workload} on {} over {connections} connections; the server said: {words}",
                    system.as_str()
                )
            })?;
        self.pace.insert(key, sample.rate());
        self.measured.cells.add(name, system, people, connections, sample);
        Ok(())
    }

    /// What is known of a workload so far, in one line.
    pub fn line(&self, name: &str, connections: u16) -> String {
        let mut line = format!("{name} at {connections}:");
        for cell in self.measured.cells.iter() {
            if cell.workload == name && cell.connections == connections {
                line.push_str(&format!(
                    " {} {:.0}/s {:.3} ms;",
                    cell.system.as_str(),
                    cell.rate().median,
                    cell.cpu_ms().median
                ));
            }
        }
        line
    }

    fn roles(&mut self) -> Result<()> {
        let few = self.plan.few;
        let registers =
            Registers::filled(&self.load, &self.plan.saqta, &self.folder("registers"), few, None)?;
        self.tell(&format!("{few} people are in the registers"));
        self.fact("metadata_by_inspect", f64::from(u8::from(registers.inspects())));
        // As many operations as people, like the benchmark that the roles come from, over all rounds.
        let operations = few.div_ceil(ROUNDS);
        // Role by role, and the one that stops registers and deletes last: nobody asks for what another took away.
        for (role, name) in Role::ALL.into_iter().filter(|(_, name)| self.wants(name)).collect::<Vec<_>>() {
            for round in 0..self.rounds() {
                let sample = registers.round(&self.load, role, 64, operations, SEED + round).context(name)?;
                self.measured.cells.add(name, System::Saqta, few, 64, sample);
                self.rivals(name, 64, round)?;
                self.tell(&self.line(name, 64));
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
        let world = shop.world(&self.load, &server, Shape::Customer)?;
        let digest = shop.digest("file")?;
        for (milliseconds, cpu, values) in [
            ("destroy_10_ms", "destroy_10_cpu_ms", 10),
            ("destroy_1000_ms", "destroy_1000_cpu_ms", 1_000),
            ("destroy_10000_ms", "destroy_10000_cpu_ms", 10_000),
        ] {
            let sizes = single::destruction(&self.load, &server, &world, &digest, values)?;
            self.fact(milliseconds, sizes.milliseconds);
            self.fact(cpu, sizes.cpu_ms);
            self.tell(&format!("{values} values: {:.2} ms", sizes.milliseconds));
        }
        server.end()
    }
}
