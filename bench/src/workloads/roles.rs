//! The four roles of GDPRbench (Shastri et al., VLDB 2020) on Saqta: which of our operations does each of their queries become?
//!
//! There are 10,000 people with ten records each, every record in one of a hundred registers, and every register a purpose.
//!
//! | role | query | share | operation |
//! | --- | --- | --- | --- |
//! | customer | read own data | 20 | `retrieve` of all ten records for the own account |
//! | customer | read metadata | 20 | `inspect` of one register |
//! | customer | update data | 20 | `rectify` of one record |
//! | customer | update metadata | 20 | `restrict` of one register, and at the next time `unrestrict` |
//! | customer | delete | 20 | `destroy` of somebody whom nobody else asks for |
//! | processor | read by key | 80 | `retrieve` of one record |
//! | processor | read by purpose | 10 | `list`, a page of a hundred people of one register, each decided and recorded |
//! | processor | read by objection | 10 | decision of use; a tenth of the people has objected, and for them the answer is no |
//! | regulator | metadata of a person | 46 | `inspect` of one register |
//! | regulator | log entries | 31 | `decisions` about a person, the latest hundred |
//! | regulator | verify a deletion | 23 | the decision of a destruction's receipt, which says how far the destruction has come |
//! | controller | create | 25 | `collect` of a new person with one record |
//! | controller | delete | 25 | `destroy` of a person with ten records |
//! | controller | update metadata by purpose | 25 | `stop` or `resume` of a register for everybody: one write |
//! | controller | update metadata by person | 25 | `restrict` or `unrestrict` of one register |
//!
//! Deletion by purpose and by expiry has no request of its own: the sweep does it, and is measured apart.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::Write;
use std::rc::Rc;
use std::vec::IntoIter;

use anyhow::{Context, Result, ensure};
use rand::RngExt;
use serde_json::Value;

use super::enrol::{RECORDS, STOPPED, enrol, objects, register, restrict};
use super::{Share, about, holds};
use crate::http::Answer;
use crate::load::{Call, Script};
use crate::people::value;
use crate::policy::REGISTERS;
use crate::world::{Held, World};
use crate::zipf::Zipf;

/// People on a page of a list, and entries of a log that are asked for at once.
const PAGE: u32 = 100;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A person about themselves.
    Customer,
    /// Whoever works with the data.
    Processor,
    /// Whoever watches over them.
    Regulator,
    /// Whoever answers for them.
    Controller,
}

impl Role {
    /// All of them with the names of their workloads.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Customer, "role:customer"),
        (Self::Processor, "role:processor"),
        (Self::Regulator, "role:regulator"),
        (Self::Controller, "role:controller"),
    ];

    /// How many people are used up by so many operations: the deletions, with room for chance.
    pub fn uses_up(self, operations: u64) -> u64 {
        match self {
            Self::Customer => operations * 20 / 100 * 13 / 10 + 64,
            Self::Controller => operations * 25 / 100 * 13 / 10 + 64,
            Self::Processor | Self::Regulator => 0,
        }
    }
}

/// What the scripts of all connections know in common.
pub struct Common {
    /// Whom the server holds.
    pub world: Rc<World>,
    /// The digest of each register's consent text.
    pub digests: Vec<String>,
    /// The digest of the account's.
    pub account: String,
    /// Receipts of destructions, as they stand in a path.
    pub destroyed: RefCell<Vec<String>>,
    /// The block of each person that was placed by a role and not lifted yet.
    blocks: RefCell<HashMap<usize, String>>,
    editions: RefCell<HashMap<(usize, u32), u32>>,
    stopped: RefCell<HashMap<u32, bool>>,
    people: Zipf,
    registers: Zipf,
    /// Whether the server can tell how somebody stands with a purpose. One that cannot is asked whether their data may be used.
    pub inspects: Cell<bool>,
}

impl Common {
    /// For a world that is seeded.
    pub fn new(world: &Rc<World>, digests: Vec<String>, account: String) -> Rc<Self> {
        Rc::new(Self {
            world: Rc::clone(world),
            digests,
            account,
            destroyed: RefCell::default(),
            blocks: RefCell::default(),
            editions: RefCell::default(),
            stopped: RefCell::default(),
            people: Zipf::new(world.len()),
            registers: Zipf::new(usize::try_from(REGISTERS).unwrap_or(1)),
            inspects: Cell::new(true),
        })
    }

    /// Registers that are stopped now; they are forgotten, for whoever asks lets them go on.
    pub fn take_stopped(&self) -> Vec<u32> {
        let stopped = self.stopped.take();
        stopped.into_iter().filter_map(|(register, stopped)| stopped.then_some(register)).collect()
    }

    fn edition(&self, place: usize, register: u32) -> u32 {
        self.editions.borrow().get(&(place, register)).copied().unwrap_or_default()
    }
}

enum Doing {
    Nothing,
    Account(usize),
    Metadata,
    Rectify(usize, u32),
    Restrict(usize),
    Unrestrict(usize),
    Destroy,
    Record(usize, u32),
    Page,
    Use(bool),
    Log,
    Deletion,
    Create,
    Stop(u32, bool),
}

/// One connection of a role.
pub struct Acting {
    share: Share,
    common: Rc<Common>,
    role: Role,
    left: u64,
    connection: usize,
    connections: usize,
    leaving: IntoIter<Held>,
    own: Zipf,
    destroys_only: bool,
    doing: Doing,
}

impl Acting {
    /// Shares so many operations, and the people they use up, out between connections.
    pub fn shared(
        common: &Rc<Common>,
        role: Role,
        seed: u64,
        operations: u64,
        leaving: &[Held],
        connections: u16,
    ) -> Vec<Self> {
        let each = leaving.len().div_ceil(usize::from(connections.max(1))).max(1);
        let mut parts = leaving.chunks(each);
        let own = common.world.len() / usize::from(connections.max(1));
        (0..connections)
            .map(|connection| Self {
                share: Share::new(&common.world, seed, connection),
                common: Rc::clone(common),
                role,
                left: operations / u64::from(connections.max(1)),
                connection: connection.into(),
                connections: connections.into(),
                leaving: Vec::from(parts.next().unwrap_or_default()).into_iter(),
                own: Zipf::new(own),
                destroys_only: false,
                doing: Doing::Nothing,
            })
            .collect()
    }

    /// Destroys people, and does nothing else.
    pub fn destroying(common: &Rc<Common>, leaving: &[Held], connections: u16) -> Vec<Self> {
        let mut scripts = Self::shared(common, Role::Customer, 0, 0, leaving, connections);
        for script in &mut scripts {
            script.left = u64::MAX;
            script.destroys_only = true;
        }
        scripts
    }

    /// Somebody of whom this connection alone changes anything.
    fn own(&mut self) -> usize {
        self.own.draw(&mut self.share.chance) * self.connections + self.connection
    }

    /// Anybody. Ranks are scattered, so that the frequent ones are not those who were taken in first.
    fn anybody(&mut self) -> usize {
        self.common.people.draw(&mut self.share.chance) * 7_919 % self.share.world.len().max(1)
    }

    fn customer(&mut self, body: &mut Vec<u8>, turn: u32) -> Option<Call> {
        match turn {
            0..20 => {
                let place = self.own();
                let person = self.share.world.person(place).ok()?;
                about(body, &person.id);
                body.extend_from_slice(b",\"purpose\":\"account\",\"attributes\":[");
                for record in 0..RECORDS {
                    let comma = if record == 0 { "" } else { "," };
                    // Writing into memory cannot fail, here and below.
                    let _ = write!(body, "{comma}\"item_{}\"", register(person.number, record));
                }
                body.extend_from_slice(b"]}");
                self.doing = Doing::Account(place);
                Some(Call::post("/v1/retrieve"))
            }
            20..40 => {
                let place = self.own();
                self.metadata(body, place)
            }
            40..60 => {
                let place = self.own();
                let person = self.share.world.person(place).ok()?;
                let register = register(person.number, self.share.chance.random_range(1..7));
                let next = value(
                    &format!("item_{register}"),
                    person.number,
                    self.common.edition(place, register) + 1,
                );
                about(body, &person.id);
                let _ = write!(
                    body,
                    ",\"purpose\":\"register_{register}\",\"values\":{{\"item_{register}\":\"{next}\"}}}}"
                );
                self.doing = Doing::Rectify(place, register);
                Some(Call::post("/v1/rectify"))
            }
            60..80 => self.block(body),
            _ => self.delete(body),
        }
    }

    fn processor(&mut self, body: &mut Vec<u8>, turn: u32) -> Option<Call> {
        match turn {
            0..80 => {
                let place = self.anybody();
                let person = self.share.world.person(place).ok()?;
                let register = register(person.number, self.share.chance.random_range(1..7));
                about(body, &person.id);
                let _ = write!(
                    body,
                    ",\"purpose\":\"register_{register}\",\"attributes\":[\"item_{register}\"]}}"
                );
                self.doing = Doing::Record(place, register);
                Some(Call::post("/v1/retrieve"))
            }
            80..90 => {
                let register = self.common.registers.draw(&mut self.share.chance);
                let _ = write!(
                    body,
                    "{{\"purpose\":\"register_{register}\",\"attributes\":[\"item_{register}\"],\"limit\":{PAGE}}}"
                );
                self.doing = Doing::Page;
                Some(Call::post("/v1/list"))
            }
            _ => {
                let place = self.anybody();
                let person = self.share.world.person(place).ok()?;
                let register = register(person.number, 0);
                about(body, &person.id);
                let _ = write!(
                    body,
                    ",\"purpose\":\"register_{register}\",\"attributes\":[\"item_{register}\"]}}"
                );
                self.doing = Doing::Use(!objects(&person));
                Some(Call::post("/v1/use"))
            }
        }
    }

    fn regulator(&mut self, body: &mut Vec<u8>, turn: u32) -> Option<Call> {
        match turn {
            0..46 => {
                let place = self.anybody();
                self.metadata(body, place)
            }
            46..77 => {
                let place = self.anybody();
                let person = self.share.world.person(place).ok()?;
                about(body, &person.id);
                let _ = write!(body, ",\"purpose\":\"account\",\"limit\":{PAGE}}}");
                self.doing = Doing::Log;
                Some(Call::post("/v1/decisions"))
            }
            _ => {
                let destroyed = self.common.destroyed.borrow();
                let place = self.share.chance.random_range(0..destroyed.len().max(1));
                let path = format!("/v1/decisions/{}", destroyed.get(place)?);
                self.doing = Doing::Deletion;
                Some(Call { method: "GET", path: Cow::Owned(path) })
            }
        }
    }

    fn controller(&mut self, body: &mut Vec<u8>, turn: u32) -> Option<Call> {
        match turn {
            0..25 => {
                enrol(body, &self.common, self.share.world.draw_number(), 1);
                self.doing = Doing::Create;
                Some(Call::post("/v1/collect"))
            }
            25..50 => self.delete(body),
            50..75 => {
                // Each connection has a register of its own to stop; those of new records are none of these.
                let register = u32::try_from(self.connection).unwrap_or(0) % STOPPED;
                let stopped = self.common.stopped.borrow().get(&register).copied().unwrap_or_default();
                self.doing = Doing::Stop(register, !stopped);
                let verb = if stopped { "resume" } else { "stop" };
                if !stopped {
                    body.extend_from_slice(b"{\"reason\":\"inventory of the year\"}");
                }
                Some(Call {
                    method: "POST",
                    path: Cow::Owned(format!("/v1/purposes/register_{register}/{verb}")),
                })
            }
            _ => self.block(body),
        }
    }

    fn metadata(&mut self, body: &mut Vec<u8>, place: usize) -> Option<Call> {
        let person = self.share.world.person(place).ok()?;
        let register = register(person.number, self.share.chance.random_range(1..7));
        about(body, &person.id);
        let _ = write!(body, ",\"purpose\":\"register_{register}\"}}");
        self.doing = Doing::Metadata;
        Some(Call::post(if self.common.inspects.get() { "/v1/inspect" } else { "/v1/use" }))
    }

    fn block(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        let place = self.own();
        let person = self.share.world.person(place).ok()?;
        let register = register(person.number, 8);
        if let Some(block) = self.common.blocks.borrow().get(&place) {
            about(body, &person.id);
            let _ = write!(body, ",\"purpose\":\"register_{register}\",\"restriction\":\"{block}\"}}");
            self.doing = Doing::Unrestrict(place);
            return Some(Call::post("/v1/unrestrict"));
        }
        restrict(body, &person, register);
        self.doing = Doing::Restrict(place);
        Some(Call::post("/v1/restrict"))
    }

    fn delete(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        about(body, &self.leaving.next()?.id);
        body.extend_from_slice(b",\"purpose\":\"account\"}");
        self.doing = Doing::Destroy;
        Some(Call::post("/v1/destroy"))
    }
}

impl Script for Acting {
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
        self.left = self.left.checked_sub(1)?;
        if self.destroys_only {
            return self.delete(body);
        }
        let turn = self.share.chance.random_range(0..100);
        match self.role {
            Role::Customer => self.customer(body, turn),
            Role::Processor => self.processor(body, turn),
            Role::Regulator => self.regulator(body, turn),
            Role::Controller => self.controller(body, turn),
        }
    }

    fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
        let looks = self.share.looks();
        match std::mem::replace(&mut self.doing, Doing::Nothing) {
            Doing::Nothing | Doing::Metadata | Doing::Log | Doing::Page => answer.expect(200),
            Doing::Create => answer.expect(201),
            Doing::Use(allowed) => answer.expect(if allowed { 200 } else { 403 }),
            Doing::Account(place) => {
                answer.expect(200)?;
                self.expect_values(looks, answer, place, 0..RECORDS)
            }
            Doing::Record(place, wanted) => {
                answer.expect(200)?;
                let person = self.share.world.person(place)?;
                let record = (0..RECORDS).find(|record| register(person.number, *record) == wanted);
                let record = record.context("nobody has that record")?;
                self.expect_values(looks, answer, place, record..record + 1)
            }
            Doing::Rectify(place, register) => {
                answer.expect(200)?;
                *self.common.editions.borrow_mut().entry((place, register)).or_default() += 1;
                Ok(())
            }
            Doing::Restrict(place) => {
                answer.expect(200)?;
                let told: Value = answer.json()?;
                let block = told.get("restriction").and_then(Value::as_str).context("the block has no id")?;
                self.common.blocks.borrow_mut().insert(place, block.to_owned());
                Ok(())
            }
            Doing::Unrestrict(place) => {
                answer.expect(200)?;
                self.common.blocks.borrow_mut().remove(&place);
                Ok(())
            }
            Doing::Destroy => {
                answer.expect(200)?;
                let told: Value = answer.json()?;
                let part = |name: &str| told.pointer(name).and_then(Value::as_i64);
                let (log, index) =
                    part("/receipt/log").zip(part("/receipt/index")).context("there is no receipt")?;
                self.common.destroyed.borrow_mut().push(format!("{log}-{index}"));
                Ok(())
            }
            Doing::Deletion => {
                answer.expect(200)?;
                let told: Value = answer.json()?;
                let state = told.get("destruction").and_then(Value::as_str);
                ensure!(matches!(state, Some("key_destroyed" | "completed")), "the deletion is {state:?}");
                Ok(())
            }
            Doing::Stop(register, stopped) => {
                answer.expect(200)?;
                self.common.stopped.borrow_mut().insert(register, stopped);
                Ok(())
            }
        }
    }
}

impl Acting {
    fn expect_values(
        &self,
        looks: bool,
        answer: &Answer<'_>,
        place: usize,
        records: std::ops::Range<u32>,
    ) -> Result<()> {
        if !looks {
            return Ok(());
        }
        let person = self.share.world.person(place)?;
        let expected: Vec<(String, String)> = records
            .map(|record| {
                let register = register(person.number, record);
                let name = format!("item_{register}");
                let value = value(&name, person.number, self.common.edition(place, register));
                (name, value)
            })
            .collect();
        holds(answer, expected.iter().map(|(name, value)| (name.as_str(), value.clone())))
    }
}
