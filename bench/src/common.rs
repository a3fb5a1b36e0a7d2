//! The common workloads on Saqta and on the floor: which place is measured, and what does one round of a cell do?

use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::figures::Sample;
use crate::floor;
use crate::http::Target;
use crate::load::{Load, Until};
use crate::process::Server;
use crate::shop::seed;
use crate::workloads::collect::Collect;
use crate::workloads::file::{self, Report};
use crate::workloads::reads::{ByAddress, Question, Retrieve};
use crate::workloads::writes::{Leave, Leaving, Rectify, stock};
use crate::world::{Held, Shape, World};

/// The workloads that a plain server can do as well.
pub const WORKLOADS: [&str; 7] =
    ["retrieve", "collect", "rectify", "withdraw", "decide", "report", "destroy"];

/// Values that a report has.
pub const ENTRIES: u32 = 1_000;

/// People who have a file of that many.
const FILES: u32 = 20;

/// A server with a population.
pub struct Place {
    /// The server.
    pub server: Server,
    /// A second one beside it that holds the same people, and its address.
    second: Option<(Server, Target)>,
    /// Whom it holds.
    pub world: Rc<World>,
    /// Where reports are asked for, if not here, and of whom.
    files: Option<Files>,
}

struct Files {
    server: Option<Server>,
    world: Rc<World>,
    people: Rc<Vec<Held>>,
    entries: Rc<Vec<String>>,
}

impl Place {
    /// A server that runs, with so many new people.
    pub fn filled(load: &Load, server: Server, world: Rc<World>, people: u64) -> Result<Self> {
        seed(load, &world, people, &|_| {})?;
        Ok(Self::holding(server, world))
    }

    /// A server that runs, with the people it has.
    pub fn holding(server: Server, world: Rc<World>) -> Self {
        Self { server, second: None, world, files: None }
    }

    /// The server that protects nothing, with so many people. They are put into its table before it starts.
    pub fn floor(folder: &Path, load: &Load, shape: Shape, people: u64) -> Result<Self> {
        let held = floor::fill(folder, shape, people)?;
        let mut command = Command::new(std::env::current_exe().context("this program has no name")?);
        command.args(["floor", "--folder"]).arg(folder);
        let server = Server::start(load, command, "/healthz")?;
        let target = Target { address: server.address, key: String::new() };
        let digests = shape.parts().iter().map(|_| String::new()).collect();
        Ok(Self::holding(server, World::new(target, shape, digests).holding(held)))
    }

    /// With a second server beside it, so that half of the connections go there.
    pub fn beside(mut self, second: Server) -> Self {
        let target = Target { address: second.address, ..self.world.target.clone() };
        self.second = Some((second, target));
        self
    }

    /// Takes in people with files: at a server of their own, or here.
    pub fn with_files(mut self, load: &Load, apart: Option<(Server, Rc<World>, String)>) -> Result<Self> {
        let (server, world, digest) = match apart {
            Some((server, world, digest)) => (Some(server), world, digest),
            None => (None, Rc::clone(&self.world), String::new()),
        };
        let people: Result<Vec<Held>> =
            (0..FILES).map(|_| file::collect(load, &world, &digest, ENTRIES)).collect();
        let (people, entries) = (Rc::new(people?), Rc::new(file::entries(ENTRIES)));
        self.files = Some(Files { server, world, people, entries });
        Ok(self)
    }

    /// One round. `pace` is how many operations a second were seen before; from it follows how many people are made ready to
    /// be used up.
    pub fn round(
        &self,
        load: &Load,
        workload: &str,
        connections: u16,
        length: Duration,
        pace: Option<f64>,
        seed: u64,
    ) -> Result<Sample> {
        let until = Until::Passed(length);
        let targets: Vec<Target> = std::iter::once(&self.world.target)
            .chain(self.second.iter().map(|(_, target)| target))
            .cloned()
            .collect();
        let cpu = || {
            let second = self.second.as_ref().map_or(Ok(0.0), |(second, _)| second.cpu_seconds())?;
            Ok(self.server.cpu_seconds()? + second)
        };
        let all = 0..connections;
        let sample = match workload {
            "retrieve" => {
                let scripts = all.map(|c| Retrieve::new(&self.world, seed, c)).collect();
                load.spread(&targets, scripts, until, cpu)?.0
            }
            "decide" => {
                let scripts = all.map(|c| ByAddress::new(&self.world, Question::MayUse, seed, c)).collect();
                load.spread(&targets, scripts, until, cpu)?.0
            }
            "look-up" => {
                let scripts = all.map(|c| ByAddress::new(&self.world, Question::Whose, seed, c)).collect();
                load.spread(&targets, scripts, until, cpu)?.0
            }
            "collect" => {
                let scripts = all.map(|c| Collect::new(&self.world, c, None)).collect();
                load.spread(&targets, scripts, until, cpu)?.0
            }
            "rectify" => {
                let scripts = all.map(|c| Rectify::new(&self.world, seed, c, connections)).collect();
                load.spread(&targets, scripts, until, cpu)?.0
            }
            "withdraw" | "destroy" => {
                let news = self.world.shape.writes_for();
                let what = if workload == "withdraw" { Leaving::Withdraw(news) } else { Leaving::Destroy };
                let guess = 400.0 * f64::from(connections.min(8));
                let wanted = pace.map_or(guess, |pace| pace * 1.3) * length.as_secs_f64();
                let leaving = stock(load, &self.world, (wanted as u64).clamp(64, 60_000))?;
                load.spread(&targets, Leave::shared(&self.world, what, &leaving, connections), until, cpu)?.0
            }
            "report" => {
                let files = self.files.as_ref().context("nobody has a file here")?;
                let server = files.server.as_ref().unwrap_or(&self.server);
                let script = |c| Report::new(&files.world, c, &files.people, &files.entries);
                load.run(&files.world.target, all.map(script).collect(), until, || server.cpu_seconds())?.0
            }
            other => bail!("there is no workload `{other}`"),
        };
        Ok(sample)
    }

    /// The same people at a server that was started anew.
    pub fn moved(server: Server, world: &World) -> Self {
        let target = Target { address: server.address, ..world.target.clone() };
        Self::holding(server, world.moved(target))
    }

    /// Its server and its people, without the files and the second server.
    pub fn into_parts(self) -> Result<(Server, Rc<World>)> {
        if let Some((second, _)) = self.second {
            second.end()?;
        }
        if let Some(server) = self.files.and_then(|files| files.server) {
            server.end()?;
        }
        Ok((self.server, self.world))
    }

    /// Ends its servers.
    pub fn end(self) -> Result<()> {
        self.into_parts()?.0.end()
    }
}
