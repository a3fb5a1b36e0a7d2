//! Recorded reads: three attributes for a purpose, and the decision for an advertisement by e-mail address.

use std::io::Write;
use std::rc::Rc;

use anyhow::{Result, ensure};
use rand::RngExt;

use super::{Share, about, holds, names};
use crate::http::Answer;
use crate::load::{Call, Script};
use crate::people::{READ, value};
use crate::world::{Held, Id, World};

/// Takes three attributes of a random person out.
pub struct Retrieve {
    share: Share,
    asked: Option<Held>,
}

impl Retrieve {
    /// For one connection.
    pub fn new(world: &Rc<World>, seed: u64, connection: u16) -> Self {
        Self { share: Share::new(world, seed, connection), asked: None }
    }
}

impl Script for Retrieve {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let place = self.share.chance.random_range(0..self.share.world.len());
        let asked = self.share.world.person(place).ok()?;
        about_for(body, &asked.id);
        self.asked = Some(asked);
        Some(Call { path: "/v1/retrieve" })
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)?;
        if let Some(asked) = self.asked
            && self.share.looks()
        {
            holds(answer, READ.iter().map(|name| (*name, value(name, asked.number, asked.edition))))?;
        }
        Ok(())
    }
}

fn about_for(body: &mut Vec<u8>, id: &Id) {
    about(body, id);
    body.extend_from_slice(b",\"purpose\":\"club\",\"attributes\":");
    names(body, &READ);
    body.push(b'}');
}

/// Asks whether a person with a certain e-mail address may be sent an advertisement now.
pub struct Decide {
    share: Share,
    asked: Option<Held>,
}

impl Decide {
    /// For one connection.
    pub fn new(world: &Rc<World>, seed: u64, connection: u16) -> Self {
        Self { share: Share::new(world, seed, connection), asked: None }
    }
}

impl Script for Decide {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let place = self.share.chance.random_range(0..self.share.world.len());
        let asked = self.share.world.person(place).ok()?;
        // Writing into memory cannot fail.
        let _ = write!(
            body,
            "{{\"subject\":{{\"attribute\":\"email\",\"value\":\"{}\"}},\"purpose\":\"news\",\"attributes\":[\"email\"]}}",
            value("email", asked.number, 0)
        );
        self.asked = Some(asked);
        Some(Call { path: "/v1/use" })
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)?;
        if let Some(asked) = self.asked
            && self.share.looks()
        {
            ensure!(Id::of(answer)? == asked.id, "somebody else was found");
        }
        Ok(())
    }
}
