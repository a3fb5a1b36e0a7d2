//! The file of one person with many values: taken out at once, and destroyed at once.

use std::io::Write;
use std::rc::Rc;

use anyhow::{Result, ensure};
use rand::RngExt;
use serde_json::Value;

use super::{Share, about, holds, names};
use crate::http::Answer;
use crate::load::{Call, Load, Script};
use crate::people::value;
use crate::world::{Held, Id, World};

/// The names of so many entries.
pub fn entries(count: u32) -> Vec<String> {
    (0..count).map(|number| format!("e{number}")).collect()
}

/// Takes somebody in whose file has so many entries.
pub fn collect(load: &Load, world: &World, digest: &str, count: u32) -> Result<Held> {
    let number = world.draw_number();
    let mut body = Vec::new();
    body.extend_from_slice(b"{\"parts\":[{\"purpose\":\"file\",\"values\":{");
    for (place, entry) in entries(count).iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        write!(body, "{comma}\"{entry}\":\"{}\"", value(entry, number, 0))?;
    }
    write!(
        body,
        "}},\"consents\":[{{\"given\":true,\"text_digest\":\"{digest}\",\"language\":\"en\",\"evidence\":\"form {number}\"}}]}}]}}"
    )?;
    let (status, body) = load.ask(&world.target, "POST", "/v1/collect", &body)?;
    let answer = Answer { status, body: &body };
    answer.expect(201)?;
    Ok(Held { id: Id::of(&answer)?, number, edition: 0 })
}

/// Takes the whole file of a random person out.
pub struct Report {
    share: Share,
    people: Rc<Vec<Held>>,
    entries: Rc<Vec<String>>,
    asked: Option<Held>,
}

impl Report {
    /// For one connection.
    pub fn new(
        world: &Rc<World>,
        connection: u16,
        people: &Rc<Vec<Held>>,
        entries: &Rc<Vec<String>>,
    ) -> Self {
        let share = Share::new(world, 5, connection);
        Self { share, people: Rc::clone(people), entries: Rc::clone(entries), asked: None }
    }
}

impl Script for Report {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let place = self.share.chance.random_range(0..self.people.len());
        let asked = self.people.get(place).copied()?;
        about(body, &asked.id);
        body.extend_from_slice(b",\"purpose\":\"file\",\"attributes\":");
        let entries: Vec<&str> = self.entries.iter().map(String::as_str).collect();
        names(body, &entries);
        body.push(b'}');
        self.asked = Some(asked);
        Some(Call::post("/v1/retrieve"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)?;
        if let Some(asked) = self.asked
            && self.share.looks()
        {
            holds(answer, self.entries.iter().map(|name| (name.as_str(), value(name, asked.number, 0))))?;
        }
        Ok(())
    }
}

/// Destroys people's files one after the other.
pub struct Shred {
    /// Whose.
    pub people: std::vec::IntoIter<Held>,
}

impl Script for Shred {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        about(body, &self.people.next()?.id);
        body.extend_from_slice(b",\"purpose\":\"file\"}");
        Some(Call::post("/v1/destroy"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)?;
        let told: Value = answer.json()?;
        ensure!(told.get("anything_left") == Some(&Value::Bool(false)), "something is left");
        Ok(())
    }
}
