//! The roles on Saqta: how is a server with registers filled, and what does one round of a role do?

use std::path::Path;
use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::figures::Sample;
use crate::load::{Load, Until};
use crate::policy::{REGISTERS, Subject};
use crate::process::Server;
use crate::shop::{SEEDING, Shop};
use crate::workloads::enrol::{Enrol, Object};
use crate::workloads::roles::{Acting, Common, Role};
use crate::world::{Held, Shape};

/// Destructions that regulators can ask about from the beginning.
const DESTROYED: u64 = 256;

/// A server with people in registers.
pub struct Registers {
    /// The server.
    pub server: Server,
    /// What its scripts know in common.
    common: Rc<Common>,
}

impl Registers {
    /// Sets one up with so many people, ten records each.
    pub fn filled(
        load: &Load,
        program: &Path,
        folder: &Path,
        people: u64,
        postgres: Option<&str>,
    ) -> Result<Self> {
        let (shop, server) = Shop::found(load, program, folder, Subject::Registers, postgres)?;
        let world = shop.world(load, &server, Shape::Customer)?;
        let digests: Result<Vec<String>> =
            (0..REGISTERS).map(|number| shop.digest(&format!("register_{number}"))).collect();
        let (digests, account) = (digests?, shop.digest("account")?);
        let seeding = Common::new(&world, digests.clone(), account.clone());
        let (_, scripts) =
            load.run(&world.target, Enrol::shared(&seeding, people, SEEDING), Until::Done, || Ok(0.0))?;
        let mut enrolled: Vec<Held> = scripts.into_iter().flat_map(|script| script.enrolled).collect();
        enrolled.sort_by_key(|person| person.number);
        *world.people.borrow_mut() = enrolled;
        let this = Self { server, common: Common::new(&world, digests, account) };
        this.run(load, Object::shared(&this.common, SEEDING))?;
        let somebody = this.common.world.person(0)?.id.to_string();
        let probe = json!({ "subject": { "id": somebody }, "purpose": "account" }).to_string();
        let (status, _) = load.ask(&this.common.world.target, "POST", "/v1/inspect", probe.as_bytes())?;
        this.common.inspects.set(status == 200);
        // Somebody has to be gone before a regulator can ask whether they are.
        let gone = this.stock(load, DESTROYED)?;
        this.run(load, Acting::destroying(&this.common, &gone, SEEDING))?;
        Ok(this)
    }

    /// Whether metadata are told by an operation of their own.
    pub fn inspects(&self) -> bool {
        self.common.inspects.get()
    }

    /// One round: so many operations, shared out between the connections.
    pub fn round(
        &self,
        load: &Load,
        role: Role,
        connections: u16,
        operations: u64,
        seed: u64,
    ) -> Result<Sample> {
        let leaving = self.stock(load, role.uses_up(operations))?;
        let scripts = Acting::shared(&self.common, role, seed, operations, &leaving, connections);
        let cpu = || self.server.cpu_seconds();
        let (sample, _) = load.run(&self.common.world.target, scripts, Until::Done, cpu)?;
        for register in self.common.take_stopped() {
            let path = format!("/v1/purposes/register_{register}/resume");
            let (status, _) = load.ask(&self.common.world.target, "POST", &path, b"")?;
            ensure!(status == 200, "register {register} was not resumed: {status}");
        }
        Ok(sample)
    }

    fn stock(&self, load: &Load, people: u64) -> Result<Vec<Held>> {
        let scripts = Enrol::shared(&self.common, people, SEEDING);
        let (_, scripts) = load.run(&self.common.world.target, scripts, Until::Done, || Ok(0.0))?;
        Ok(scripts.into_iter().flat_map(|script| script.enrolled).collect())
    }

    fn run<S: crate::load::Script>(&self, load: &Load, scripts: Vec<S>) -> Result<()> {
        load.run(&self.common.world.target, scripts, Until::Done, || Ok(0.0)).map(drop)
    }
}
