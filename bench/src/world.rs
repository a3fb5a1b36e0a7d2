//! Whom does a server hold, and what was done to them so far?

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;

use crate::http::{Answer, Target};
use crate::people::{CARD, CLUB};

/// The id that a server gave a person: 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id([u8; 32]);

impl Id {
    /// Writes sixteen bytes in digits.
    pub fn new(bytes: &[u8; 16]) -> Self {
        let mut digits = [0; 32];
        HEXLOWER.encode_mut(bytes, &mut digits);
        Self(digits)
    }

    /// Reads it out of an answer that has it under `subject`.
    pub fn of(answer: &Answer<'_>) -> Result<Self> {
        const BEFORE: &[u8] = b"\"subject\":\"";
        let at = answer.body.windows(BEFORE.len()).position(|part| part == BEFORE);
        let from = at.context("the answer names nobody")? + BEFORE.len();
        let id = answer.body.get(from..from + 32).context("the answer names nobody")?;
        ensure!(id.iter().all(u8::is_ascii_hexdigit), "the answer names nobody");
        Ok(Self(id.try_into()?))
    }

    /// Its digits.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or_default())
    }
}

/// A person who is held.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Under which id.
    pub id: Id,
    /// From which number their values follow.
    pub number: u64,
    /// How often their city was rectified.
    pub edition: u32,
}

/// What lies behind one address: whom the server there holds.
pub struct World {
    /// Where it is.
    pub target: Target,
    /// Everybody who is to stay. Scripts take turns on one thread.
    pub people: RefCell<Vec<Held>>,
    next_number: Cell<u64>,
    /// What everybody there leaves of themselves.
    pub shape: Shape,
    /// The digest that a consent to each purpose names, in the order of the shape's parts.
    pub digests: Vec<String>,
}

/// What a new person leaves of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Seven values for the club card, an e-mail address for its news, and a consent to each.
    Customer,
    /// Four values for a card, and one consent.
    Card,
}

impl Shape {
    /// Purposes, and which values are left for each.
    pub fn parts(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::Customer => &[("club", &CLUB), ("news", &["email"])],
            Self::Card => &[("club", &CARD)],
        }
    }

    /// For which purpose the e-mail address is kept.
    pub fn writes_for(self) -> &'static str {
        match self {
            Self::Customer => "news",
            Self::Card => "club",
        }
    }
}

impl World {
    /// Nobody yet.
    pub fn new(target: Target, shape: Shape, digests: Vec<String>) -> Rc<Self> {
        Rc::new(Self { target, people: RefCell::default(), next_number: Cell::new(0), shape, digests })
    }

    /// With people who are held already, numbered from zero.
    pub fn holding(self: Rc<Self>, people: Vec<Held>) -> Rc<Self> {
        self.next_number.set(people.len() as u64);
        self.people.replace(people);
        self
    }

    /// The same people behind another address.
    pub fn moved(&self, target: Target) -> Rc<Self> {
        let people = RefCell::new(self.people.take());
        let next_number = self.next_number.clone();
        Rc::new(Self { target, people, next_number, shape: self.shape, digests: self.digests.clone() })
    }

    /// A number that nobody had before.
    pub fn draw_number(&self) -> u64 {
        let number = self.next_number.get();
        self.next_number.set(number + 1);
        number
    }

    /// How many there are to stay.
    pub fn len(&self) -> usize {
        self.people.borrow().len()
    }

    /// One of them.
    pub fn person(&self, place: usize) -> Result<Held> {
        self.people.borrow().get(place).copied().context("nobody has that place")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_where_an_answer_names_somebody() {
        let read =
            |body: &str| Id::of(&Answer { status: 201, body: body.as_bytes() }).map(|id| id.to_string());
        let id = "a7".repeat(16);
        assert_eq!(read(&format!("{{\"subject\":\"{id}\",\"new\":true}}")).unwrap(), id);
        assert!(read("{\"subject\":\"a7\"}").is_err());
        assert!(read("{}").is_err());
    }
}
