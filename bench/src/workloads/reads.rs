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
        Some(Call::post("/v1/retrieve"))
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

/// What is asked of somebody who is known by an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether an advertisement may be sent now.
    MayUse,
    /// Who it is.
    Whose,
}

/// Asks about a random person by their e-mail address.
pub struct ByAddress {
    share: Share,
    question: Question,
    asked: Option<Held>,
}

impl ByAddress {
    /// For one connection.
    pub fn new(world: &Rc<World>, question: Question, seed: u64, connection: u16) -> Self {
        Self { share: Share::new(world, seed, connection), question, asked: None }
    }
}

impl Script for ByAddress {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let place = self.share.chance.random_range(0..self.share.world.len());
        let asked = self.share.world.person(place).ok()?;
        self.asked = Some(asked);
        let email = value("email", asked.number, 0);
        let purpose = self.share.world.shape.writes_for();
        // Writing into memory cannot fail.
        let _ = match self.question {
            Question::MayUse => write!(
                body,
                "{{\"subject\":{{\"attribute\":\"email\",\"value\":\"{email}\"}},\"purpose\":\"{purpose}\",\"attributes\":[\"email\"]}}"
            ),
            Question::Whose => {
                write!(body, "{{\"purpose\":\"{purpose}\",\"attribute\":\"email\",\"value\":\"{email}\"}}")
            }
        };
        Some(Call::post(if self.question == Question::MayUse { "/v1/use" } else { "/v1/look-up" }))
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
