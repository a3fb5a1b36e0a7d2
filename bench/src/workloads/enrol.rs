//! People with records in registers: how are they taken in, and how does a tenth of them object?

use std::io::Write;
use std::rc::Rc;
use std::vec::IntoIter;

use anyhow::Result;

use super::about;
use super::roles::Common;
use crate::http::Answer;
use crate::load::{Call, Script};
use crate::people::value;
use crate::policy::REGISTERS;
use crate::world::{Held, Id};

/// How many records each person has.
pub const RECORDS: u32 = 10;

/// Of so many people one has objected.
const OBJECTING: u64 = 10;

/// The register of a person's record.
pub fn register(number: u64, record: u32) -> u32 {
    let all = u64::from(REGISTERS);
    u32::try_from((number + u64::from(record * REGISTERS / RECORDS)) % all).unwrap_or(0)
}

/// Registers that controllers stop and resume; nobody is taken in there while they do.
pub const STOPPED: u32 = 64;

/// Takes in people with records in registers.
pub struct Enrol {
    common: Rc<Common>,
    left: u64,
    number: u64,
    /// Who was taken in.
    pub enrolled: Vec<Held>,
}

impl Enrol {
    /// Shares so many people out between connections.
    pub fn shared(common: &Rc<Common>, people: u64, connections: u16) -> Vec<Self> {
        let all = u64::from(connections.max(1));
        let left = |connection: u16| people / all + u64::from(u64::from(connection) < people % all);
        (0..connections)
            .map(|connection| Self {
                common: Rc::clone(common),
                left: left(connection),
                number: 0,
                enrolled: Vec::new(),
            })
            .collect()
    }
}

impl Script for Enrol {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        self.left = self.left.checked_sub(1)?;
        self.number = self.common.world.draw_number();
        enrol(body, &self.common, self.number, RECORDS);
        Some(Call::post("/v1/collect"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(201)?;
        self.enrolled.push(Held { id: Id::of(answer)?, number: self.number, edition: 0 });
        Ok(())
    }
}

/// Objects on behalf of every tenth person: their first register may not be used.
pub struct Object {
    people: IntoIter<Held>,
}

impl Object {
    /// Shares the objections out between connections.
    pub fn shared(common: &Common, connections: u16) -> Vec<Self> {
        let people = common.world.people.borrow();
        let objecting: Vec<Held> = people.iter().filter(|p| objects(p)).copied().collect();
        let each = objecting.len().div_ceil(usize::from(connections.max(1))).max(1);
        objecting.chunks(each).map(|part| Self { people: Vec::from(part).into_iter() }).collect()
    }
}

impl Script for Object {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let person = self.people.next()?;
        restrict(body, &person, register(person.number, 0));
        Some(Call::post("/v1/restrict"))
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        answer.expect(200)
    }
}

/// Whether a person has objected to the use of their first record.
pub fn objects(person: &Held) -> bool {
    person.number.is_multiple_of(OBJECTING)
}

/// Writes the block of one register of a person.
pub fn restrict(body: &mut Vec<u8>, person: &Held, register: u32) {
    about(body, &person.id);
    let _ = write!(
        body,
        ",\"purpose\":\"register_{register}\",\"reason\":\"inaccurate\",\"scope\":{{\"purpose\":\"register_{register}\"}}}}"
    );
}

/// A person's records, each with the consent of its register, and the consent to the account.
pub fn enrol(body: &mut Vec<u8>, common: &Common, number: u64, records: u32) {
    body.extend_from_slice(b"{\"parts\":[");
    for record in 0..records {
        // A single record goes into a register that nobody stops.
        let register = if records == 1 {
            STOPPED + u32::try_from(number % 36).unwrap_or(0)
        } else {
            register(number, record)
        };
        let item = format!("item_{register}");
        let digest = usize::try_from(register).ok().and_then(|place| common.digests.get(place));
        let _ = write!(
            body,
            "{{\"purpose\":\"register_{register}\",\"values\":{{\"{item}\":\"{}\"}},\"consents\":[{}]}},",
            value(&item, number, 0),
            consent(digest.map_or("", String::as_str), number),
        );
    }
    let _ =
        write!(body, "{{\"purpose\":\"account\",\"consents\":[{}]}}]}}", consent(&common.account, number));
}

fn consent(digest: &str, number: u64) -> String {
    format!(
        "{{\"given\":true,\"text_digest\":\"{digest}\",\"language\":\"en\",\"evidence\":\"form {number}\"}}"
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ten_records_of_a_person_lie_in_ten_registers_and_a_tenth_of_the_people_in_each() {
        let registers: BTreeSet<u32> = (0..RECORDS).map(|record| register(57, record)).collect();
        assert_eq!(registers.len(), 10);
        let held = |wanted| {
            (0..10_000).filter(|n| (0..RECORDS).any(|record| register(*n, record) == wanted)).count()
        };
        assert_eq!((held(0), held(99)), (1_000, 1_000));
    }
}
