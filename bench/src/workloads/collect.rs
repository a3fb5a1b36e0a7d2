//! Collect of a new person: all their values and consents in one deed.

use std::io::Write;
use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::Share;
use crate::http::Answer;
use crate::load::{Call, Script};
use crate::people::value;
use crate::world::{Held, Id, Shape, World};

/// Collects new people.
pub struct Collect {
    share: Share,
    number: u64,
    left: Option<u64>,
    /// Whom it collected.
    pub collected: Vec<Held>,
}

impl Collect {
    /// As many as come within the time, or so many.
    pub fn new(world: &Rc<World>, connection: u16, left: Option<u64>) -> Self {
        Self { share: Share::new(world, 0, connection), number: 0, left, collected: Vec::new() }
    }

    /// Shares so many new people out between connections.
    pub fn shared(world: &Rc<World>, people: u64, connections: u16) -> Vec<Self> {
        let all = u64::from(connections.max(1));
        (0..connections)
            .map(|connection| {
                let more = u64::from(u64::from(connection) < people % all);
                Self::new(world, connection, Some(people / all + more))
            })
            .collect()
    }
}

impl Script for Collect {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        if let Some(left) = &mut self.left {
            *left = left.checked_sub(1)?;
        }
        self.number = self.share.world.draw_number();
        let world = &self.share.world;
        write(body, self.number, world.shape, &world.digests);
        Some(Call::post("/v1/collect"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(201)?;
        self.collected.push(Held { id: Id::of(answer)?, number: self.number, edition: 0 });
        if self.share.looks() {
            let told: Value = answer.json()?;
            ensure!(told.get("new") == Some(&Value::Bool(true)), "a new person was taken for a known one");
        }
        Ok(())
    }
}

fn write(body: &mut Vec<u8>, number: u64, shape: Shape, digests: &[String]) {
    body.extend_from_slice(b"{\"parts\":[");
    for ((place, (purpose, attributes)), digest) in shape.parts().iter().enumerate().zip(digests) {
        let comma = if place == 0 { "" } else { "," };
        // Writing into memory cannot fail.
        let _ = write!(body, "{comma}{{\"purpose\":\"{purpose}\",\"values\":{{");
        for (place, attribute) in attributes.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let _ = write!(body, "{comma}\"{attribute}\":\"{}\"", value(attribute, number, 0));
        }
        let _ = write!(
            body,
            "}},\"consents\":[{{\"given\":true,\"text_digest\":\"{digest}\",\"language\":\"en\",\"evidence\":\"form {number}\"}}]}}"
        );
    }
    body.extend_from_slice(b"]}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_has_eight_values_and_two_consents_and_a_card_four_and_one() {
        for (shape, values, consents) in [(Shape::Customer, 8, 2), (Shape::Card, 4, 1)] {
            let mut body = Vec::new();
            write(&mut body, 7, shape, &["aa".repeat(32), "bb".repeat(32)]);
            let said: Value = serde_json::from_slice(&body).unwrap();
            let parts = said["parts"].as_array().unwrap();
            let count = |what: &str| -> usize {
                let length = |part: &Value| {
                    part[what].as_object().map_or(0, |o| o.len()) + part[what].as_array().map_or(0, Vec::len)
                };
                parts.iter().map(length).sum()
            };
            assert_eq!((count("values"), count("consents")), (values, consents));
            assert_eq!(parts.last().unwrap()["values"]["email"], "person7@post.example");
        }
    }
}
