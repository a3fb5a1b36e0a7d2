//! What do the connections ask for in each workload?
//!
//! Saqta and the floor take the same requests and give the same answers, so one script serves both. The scripts of one run share
//! a [`World`]; each writes to people of its own, so that no two of them change the same person.

use std::io::Write;
use std::rc::Rc;

use anyhow::{Result, ensure};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde_json::Value;

use crate::http::Answer;
use crate::world::World;

pub mod collect;
pub mod enrol;
pub mod file;
pub mod reads;
pub mod roles;
pub mod writes;

/// How often a whole answer is looked at; of the others the status alone.
pub const LOOKED_AT: u64 = 64;

/// The part of the people that one connection asks for.
pub struct Share {
    /// Whom the server holds.
    pub world: Rc<World>,
    /// This connection's own chance.
    pub chance: SmallRng,
    /// How many answers came so far.
    pub answers: u64,
}

impl Share {
    /// Connection `connection` of a run; the same seed gives the same requests.
    pub fn new(world: &Rc<World>, seed: u64, connection: u16) -> Self {
        let chance =
            SmallRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(u64::from(connection)));
        Self { world: Rc::clone(world), chance, answers: u64::from(connection) }
    }

    /// Whether this answer is one of those that are looked at as a whole.
    pub fn looks(&mut self) -> bool {
        self.answers += 1;
        self.answers.is_multiple_of(LOOKED_AT)
    }
}

/// Writes the beginning of a request about one person.
pub fn about(body: &mut Vec<u8>, id: &crate::world::Id) {
    body.extend_from_slice(b"{\"subject\":{\"id\":\"");
    body.extend_from_slice(id.as_bytes());
    body.extend_from_slice(b"\"}");
}

/// Writes a list of names.
pub fn names(body: &mut Vec<u8>, names: &[&str]) {
    body.push(b'[');
    for (place, name) in names.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        // Writing into memory cannot fail.
        let _ = write!(body, "{comma}\"{name}\"");
    }
    body.push(b']');
}

/// Fails unless an answer holds exactly these values.
pub fn holds<'a>(answer: &Answer<'_>, expected: impl Iterator<Item = (&'a str, String)>) -> Result<()> {
    let told: Value = answer.json()?;
    let values = told.get("values").and_then(Value::as_object);
    let mut count = 0;
    for (name, value) in expected {
        let held = values.and_then(|values| values.get(name)).and_then(Value::as_str);
        ensure!(held == Some(value.as_str()), "`{name}` is {held:?} instead of {value:?}");
        count += 1;
    }
    ensure!(values.is_some_and(|values| values.len() == count), "more values came than were asked for");
    Ok(())
}
