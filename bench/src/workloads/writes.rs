//! Recorded changes of somebody who is held: a value rectified, a consent taken back, everything destroyed.

use std::io::Write;
use std::rc::Rc;
use std::vec::IntoIter;

use anyhow::{Result, ensure};
use rand::RngExt;
use serde_json::Value;

use super::collect::Collect;
use super::{Share, about};
use crate::http::Answer;
use crate::load::{Call, Load, Script, Until};
use crate::people::value;
use crate::shop::SEEDING;
use crate::world::{Held, World};

/// Replaces the town of a random person; each connection has people of its own.
pub struct Rectify {
    share: Share,
    connection: usize,
    connections: usize,
    place: usize,
}

impl Rectify {
    /// For one of so many connections.
    pub fn new(world: &Rc<World>, seed: u64, connection: u16, connections: u16) -> Self {
        let share = Share::new(world, seed, connection);
        Self { share, connection: connection.into(), connections: connections.into(), place: 0 }
    }
}

impl Script for Rectify {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let own = self.share.world.len() / self.connections;
        self.place = self.share.chance.random_range(0..own) * self.connections + self.connection;
        let asked = self.share.world.person(self.place).ok()?;
        about(body, &asked.id);
        let city = value("city", asked.number, asked.edition + 1);
        // Writing into memory cannot fail.
        let _ = write!(body, ",\"purpose\":\"club\",\"values\":{{\"city\":\"{city}\"}}}}");
        Some(Call::post("/v1/rectify"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)?;
        if let Some(person) = self.share.world.people.borrow_mut().get_mut(self.place) {
            person.edition += 1;
        }
        if self.share.looks() {
            let told: Value = answer.json()?;
            ensure!(told.get("applied") == Some(&Value::Bool(true)), "it was not applied");
        }
        Ok(())
    }
}

/// What is done to people who are used up by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// They take the consent to one purpose back.
    Withdraw(&'static str),
    /// They are destroyed.
    Destroy,
}

/// Does one thing to each of its people, once.
pub struct Leave {
    share: Share,
    what: Leaving,
    people: IntoIter<Held>,
}

impl Leave {
    /// Shares people out between connections.
    pub fn shared(world: &Rc<World>, what: Leaving, people: &[Held], connections: u16) -> Vec<Self> {
        let each = people.len().div_ceil(usize::from(connections.max(1))).max(1);
        let parts = (0..connections).zip(people.chunks(each));
        parts
            .map(|(connection, part)| Self {
                share: Share::new(world, 0, connection),
                what,
                people: Vec::from(part).into_iter(),
            })
            .collect()
    }
}

impl Script for Leave {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let person = self.people.next()?;
        about(body, &person.id);
        let (purpose, path) = match self.what {
            Leaving::Withdraw(purpose) => (purpose, "/v1/withdraw"),
            Leaving::Destroy => ("club", "/v1/destroy"),
        };
        // Writing into memory cannot fail.
        let _ = write!(body, ",\"purpose\":\"{purpose}\"}}");
        Some(Call::post(path))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)?;
        if self.what == Leaving::Destroy && self.share.looks() {
            let told: Value = answer.json()?;
            ensure!(told.get("anything_left") == Some(&Value::Bool(false)), "something is left");
        }
        Ok(())
    }
}

/// Collects people who are to be used up.
pub fn stock(load: &Load, world: &Rc<World>, people: u64) -> Result<Vec<Held>> {
    let scripts = Collect::shared(world, people, SEEDING);
    let (_, scripts) = load.run(&world.target, scripts, Until::Done, || Ok(0.0))?;
    Ok(scripts.into_iter().flat_map(|script| script.collected).collect())
}
