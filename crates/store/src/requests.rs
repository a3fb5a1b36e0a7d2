//! How does a request lie in the store: its case, the papers issued in it, what was made ready for it, and its letters?
//!
//! A case has a key of its own, which lies in the keys place under the case's id as a person's does, and ends as a person's does:
//! everything that was asked, and by whom, ends with it. Beside the sealed body stand only a number and dates, by which somebody
//! finds what is due. Every change names the version that it was decided on.

use jiff::Timestamp;
use saqta_domain::terms::names::CompartmentName;
use saqta_domain::terms::subject::{CaseId, Pseudonym};
use saqta_seal::envelope;
use saqta_seal::keys::{SubjectKeys, TagKey};
use zeroize::Zeroizing;

use crate::db::value::{Row, Value};
use crate::db::{Db, Place, Query};
use crate::destruction::Shred;
use crate::error::Error;
use crate::keyring::NewKey;
use crate::vault::{Vault, bound, key_id, row_id};
use crate::writer::{Housekeeping, Step};

const INSERT: &str = "
insert into requests (subject, number, version, answered, due_at, watch_at, body)
values ($1, $2, $3, $4, $5, $6, $7)";

const CHANGE: &str = "
update requests
set version = $3, answered = $4, due_at = $5, watch_at = $6, body = $7
where subject = $1 and version = $2";

const UNCHANGED: &str = "
select version
from requests
where subject = $1 and version = $2
for share";

const CASE: &str = "
select subject, number, version, body
from requests
where subject = $1";

const OPEN_ONES: &str = "
select subject, number, version, body
from requests
where answered = 0 and number > $1
order by number, subject
limit $2";

const ANSWERED_ONES: &str = "
select subject, number, version, body
from requests
where answered = 1 and number < $1
order by number desc, subject
limit $2";

const WATCHED: &str = "
select watch_at, subject
from requests
where watch_at <= $1 and (watch_at, subject) > ($2, $3)
order by watch_at, subject
limit $4";

const FORGET: &str = "
delete from requests
where subject = $1 and version = $2";

const FORGET_KEYLESS: &str = "
delete from requests
where subject = $1";

const LAST_NUMBER: &str = "
select coalesce(max(number), 0)
from request_numbers";

const TAKE_NUMBER: &str = "
insert into request_numbers (number, subject)
values ($1, $2)
on conflict (number) do nothing";

const NUMBERED: &str = "
select subject
from request_numbers
where number = $1";

const ADD_DIGEST: &str = "
insert into request_digests (digest, subject)
values ($1, $2)
on conflict (digest, subject) do nothing";

const FORGET_DIGEST: &str = "
delete from request_digests
where digest = $1 and subject = $2";

const UNDER_DIGEST: &str = "
select subject
from request_digests
where digest = $1
order by subject";

const LAST_PAPER: &str = "
select coalesce(max(number), 0)
from paper_numbers";

const TAKE_PAPER: &str = "
insert into paper_numbers (number, subject)
values ($1, $2)
on conflict (number) do nothing";

const ADD_PAPER: &str = "
insert into request_papers (subject, number, sheet, log_id, idx)
values ($1, $2, $3, $4, $5)";

const PAPERS: &str = "
select number, sheet, log_id, idx
from request_papers
where subject = $1
order by number";

const FORGET_PAPERS: &str = "
delete from request_papers
where subject = $1";

const PUT_FILE: &str = "
insert into request_files (subject, name, ends_at, content)
values ($1, $2, $3, $4)
on conflict (subject, name) do update
set ends_at = excluded.ends_at, content = excluded.content";

const FILE: &str = "
select content
from request_files
where subject = $1 and name = $2 and ends_at > $3";

const FORGET_FILES: &str = "
delete from request_files
where subject = $1 and ends_at <= $2";

const ADD_LETTER: &str = "
insert into letters (subject, id, send_at, tries, body)
values ($1, $2, $3, 0, $4)";

const LETTERS_DUE: &str = "
select send_at, subject, id, tries, body
from letters
where send_at <= $1
order by send_at, subject, id
limit $2";

const PUT_OFF_LETTER: &str = "
update letters
set send_at = $3, tries = tries + 1
where subject = $1 and id = $2";

const FORGET_LETTER: &str = "
delete from letters
where subject = $1 and id = $2";

const FORGET_LETTERS: &str = "
delete from letters
where subject = $1";

const FORGET_TRAIL: &str = "
delete from trail
where trail = $1";

/// The compartment under which keys of cases lie. Cases have keys of their own, whatever a policy calls its compartments.
const COMPARTMENT: &str = "saqta.requests";

/// The names under which parts of a case are sealed; no policy can declare them.
const BODY: &str = "#case";
const SHEET: &str = "#sheet";
const FILED: &str = "#file/";
const LETTER: &str = "#letter/";

/// The case of a request, its body opened.
pub struct Case {
    id: CaseId,
    number: u64,
    version: u32,
    keys: SubjectKeys,
    body: Zeroizing<Vec<u8>>,
}

/// What stands beside the sealed body, for whoever looks for what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Whether it was answered, taken back, or lapsed.
    pub answered: bool,
    /// By when it must be answered, in microseconds.
    pub due_at: Option<i64>,
    /// When somebody has to look at it next, in microseconds.
    pub watch_at: Option<i64>,
}

/// A paper that was issued.
pub struct KeptPaper {
    /// Its number.
    pub number: u64,
    /// Its sheet, as bytes.
    pub sheet: Zeroizing<Vec<u8>>,
    /// The log it is recorded in.
    pub log_id: i64,
    /// The index of its leaf.
    pub index: i64,
}

/// A letter that has to go out.
pub struct DueLetter {
    /// Of which case.
    pub case: CaseId,
    /// Its id.
    pub id: [u8; 16],
    /// How often it was tried.
    pub tries: i64,
    sealed: Vec<u8>,
}

/// A place in the walk over what has to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// When it had to be, in microseconds.
    pub watch_at: i64,
    /// Which case.
    pub case: CaseId,
}

fn pseudonym(case: CaseId) -> Pseudonym {
    Pseudonym::new(*case.bytes())
}

fn compartment() -> Result<CompartmentName, Error> {
    CompartmentName::new(COMPARTMENT).map_err(|_| Error::Unreadable)
}

fn number(row: &Row, column: usize) -> Result<u64, Error> {
    u64::try_from(row.int(column)?).map_err(|_| Error::Unreadable)
}

fn bound_number(number: u64) -> Result<Value, Error> {
    i64::try_from(number).map(Value::from).map_err(|_| Error::Unreadable)
}

impl Vault {
    /// A case that nothing is written of yet. Its key has to be kept before the deed that begins it.
    pub fn fresh_case(&self, id: CaseId, number: u64) -> Result<(Case, NewKey, u32), Error> {
        let keys = SubjectKeys::generate()?;
        let epoch = self.keyring.custody().current_epoch();
        let kept = self.keyring.add_key(&compartment()?, pseudonym(id), &keys)?;
        Ok((Case { id, number, version: 0, keys, body: Zeroizing::default() }, kept, epoch))
    }

    /// The case, opened; none, when there is none or its key was destroyed.
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, Error> {
        let rows = self.db.query(Place::Data, Query::new(CASE, vec![id.bytes().into()])).await?;
        match rows.first() {
            Some(row) => self.open_case(row).await,
            None => Ok(None),
        }
    }

    async fn open_case(&self, row: &Row) -> Result<Option<Case>, Error> {
        let id = CaseId::new(row_id(row, 0)?);
        let (compartment, subject) = (compartment()?, pseudonym(id));
        let sealed = row.bytes(3)?;
        let keys = self.keyring.keys_for(&self.db, &compartment, subject, &key_id(sealed)?).await?;
        let Some(keys) = keys else { return Ok(None) };
        let version = u32::try_from(row.int(2)?).map_err(|_| Error::Unreadable)?;
        let body = envelope::open(&keys.data, &bound(&subject, &compartment, BODY, version), sealed)?;
        Ok(Some(Case { id, number: number(row, 1)?, version, keys, body }))
    }

    /// The case that has a number.
    pub async fn case_numbered(&self, number: u64) -> Result<Option<Case>, Error> {
        let query = Query::new(NUMBERED, vec![bound_number(number)?]);
        let Some(row) = self.db.query(Place::Data, query).await?.pop() else { return Ok(None) };
        self.case(CaseId::new(row_id(&row, 0)?)).await
    }

    /// The cases that are found by a keyed digest.
    pub async fn cases_under(&self, digest: &[u8; 32]) -> Result<Vec<CaseId>, Error> {
        let rows = self.db.query(Place::Data, Query::new(UNDER_DIGEST, vec![digest.into()])).await?;
        rows.iter().map(|row| row_id(row, 0).map(CaseId::new)).collect()
    }

    /// Open cases by their numbers, the oldest first, from after a number on.
    pub async fn open_cases(&self, after: u64, limit: u16) -> Result<Vec<Case>, Error> {
        self.listed(OPEN_ONES, after, limit).await
    }

    /// Cases that are no longer open, the newest first, from before a number on.
    pub async fn answered_cases(&self, before: u64, limit: u16) -> Result<Vec<Case>, Error> {
        self.listed(ANSWERED_ONES, before, limit).await
    }

    async fn listed(&self, sql: &'static str, from: u64, limit: u16) -> Result<Vec<Case>, Error> {
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let query = Query::new(sql, vec![from.into(), i64::from(limit).into()]);
        let mut cases = Vec::new();
        for row in &self.db.query(Place::Data, query).await? {
            cases.extend(self.open_case(row).await?);
        }
        Ok(cases)
    }

    /// The statements that end a case with everything in it, but for its number, and the key that has to be destroyed after that.
    pub fn end_case(&self, case: &Case, digests: &[[u8; 32]], now: Timestamp) -> (Vec<Step>, Shred) {
        let of = |sql| Step::any(sql, vec![case.id.bytes().into()]);
        let version = i64::from(case.version);
        let mut steps = vec![Step::one(FORGET, vec![case.id.bytes().into(), version.into()])];
        steps.extend(digests.iter().map(|digest| case.forget_digest_step(digest)));
        steps.extend([of(FORGET_PAPERS), of(FORGET_LETTERS), case.forget_files_step(i64::MAX)]);
        steps.push(Step::any(FORGET_TRAIL, vec![(&case.keys.tag.trail_id()).into()]));
        let shred = Shred { subject: pseudonym(case.id), keys: vec![case.keys.data.id()] };
        steps.extend(shred.journal(self.keyring.custody().current_epoch(), now));
        (steps, shred)
    }

    /// Removes what a restored data file brought back of a case whose key is gone.
    pub async fn forget_keyless_case(&self, id: CaseId) -> Result<(), Error> {
        let of = |sql| Step::any(sql, vec![id.bytes().into()]);
        let files = Step::any(FORGET_FILES, vec![id.bytes().into(), i64::MAX.into()]);
        let steps = vec![of(FORGET_KEYLESS), of(FORGET_PAPERS), of(FORGET_LETTERS), files];
        self.db.commit_housekeeping(steps, Housekeeping::Garbage).await.map(drop)
    }

    /// Opens a letter; none, when its case is gone.
    pub async fn open_letter(&self, letter: &DueLetter) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let (compartment, subject) = (compartment()?, pseudonym(letter.case));
        let key = key_id(&letter.sealed)?;
        let keys = self.keyring.keys_for(&self.db, &compartment, subject, &key).await?;
        let Some(keys) = keys else { return Ok(None) };
        let place = letter_place(&letter.id);
        envelope::open(&keys.data, &bound(&subject, &compartment, &place, 1), &letter.sealed)
            .map(Some)
            .map_err(Error::from)
    }

    /// The papers issued in a case.
    pub async fn papers(&self, case: &Case) -> Result<Vec<KeptPaper>, Error> {
        let (compartment, subject) = (compartment()?, pseudonym(case.id));
        let rows = self.db.query(Place::Data, Query::new(PAPERS, vec![case.id.bytes().into()])).await?;
        let open = |row: &Row| {
            let number = number(row, 0)?;
            let place = format!("{SHEET}/{number}");
            let sheet =
                envelope::open(&case.keys.data, &bound(&subject, &compartment, &place, 1), row.bytes(1)?)?;
            Ok(KeptPaper { number, sheet, log_id: row.int(2)?, index: row.int(3)? })
        };
        rows.iter().map(open).collect()
    }

    /// A file that was made ready and is not over.
    pub async fn case_file(
        &self,
        case: &Case,
        name: &str,
        now: i64,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let query = Query::new(FILE, vec![case.id.bytes().into(), name.into(), now.into()]);
        let Some(row) = self.db.query(Place::Data, query).await?.pop() else { return Ok(None) };
        let (compartment, subject) = (compartment()?, pseudonym(case.id));
        let place = format!("{FILED}{name}");
        let place = bound(&subject, &compartment, &place, 1);
        Ok(Some(envelope::open(&case.keys.data, &place, row.bytes(0)?)?))
    }
}

impl Db {
    /// The number that the next request gets, if no other takes it first.
    pub async fn next_request_number(&self) -> Result<u64, Error> {
        self.next_number(LAST_NUMBER).await
    }

    /// The number that the next paper gets, if no other takes it first.
    pub async fn next_paper_number(&self) -> Result<u64, Error> {
        self.next_number(LAST_PAPER).await
    }

    async fn next_number(&self, sql: &'static str) -> Result<u64, Error> {
        let rows = self.query(Place::Data, Query::new(sql, Vec::new())).await?;
        rows.first().map_or(Ok(1), |row| Ok(number(row, 0)?.saturating_add(1)))
    }

    /// The next cases that have to be looked at by now, after a place in the walk.
    pub async fn cases_watched(
        &self,
        now: i64,
        after: Option<Watched>,
        limit: u16,
    ) -> Result<Vec<Watched>, Error> {
        let (watch_at, subject) =
            after.map_or((i64::MIN, Vec::new()), |w| (w.watch_at, w.case.bytes().to_vec()));
        let params = vec![now.into(), watch_at.into(), subject.into(), i64::from(limit).into()];
        let rows = self.query(Place::Data, Query::new(WATCHED, params)).await?;
        let read = |row: &Row| Ok(Watched { watch_at: row.int(0)?, case: CaseId::new(row_id(row, 1)?) });
        rows.iter().map(read).collect()
    }

    /// The next letters that have to go out by now.
    pub async fn letters_due(&self, now: i64, limit: u16) -> Result<Vec<DueLetter>, Error> {
        let query = Query::new(LETTERS_DUE, vec![now.into(), i64::from(limit).into()]);
        let rows = self.query(Place::Data, query).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(DueLetter {
                    case: CaseId::new(row_id(&row, 1)?),
                    id: row_id(&row, 2)?,
                    tries: row.int(3)?,
                    sealed: row.take_bytes(4)?,
                })
            })
            .collect()
    }

    /// The letter went out, or never will.
    pub async fn forget_letter(&self, letter: &DueLetter) -> Result<(), Error> {
        let step = Step::any(FORGET_LETTER, vec![letter.case.bytes().into(), (&letter.id).into()]);
        self.commit_housekeeping(vec![step], Housekeeping::Jobs).await.map(drop)
    }

    /// The letter did not go out and is tried again at that time.
    pub async fn put_off_letter(&self, letter: &DueLetter, until: i64) -> Result<(), Error> {
        let params = vec![letter.case.bytes().into(), (&letter.id).into(), until.into()];
        self.commit_housekeeping(vec![Step::any(PUT_OFF_LETTER, params)], Housekeeping::Jobs).await.map(drop)
    }
}

impl Case {
    /// Its id.
    pub fn id(&self) -> CaseId {
        self.id
    }

    /// The number of its request.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What lies in it, as it was read; empty in a fresh one.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What leaves about it are tagged with.
    pub fn tags(&self) -> &TagKey {
        &self.keys.tag
    }

    fn seal(&self, place: &str, version: u32, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let (compartment, subject) = (compartment()?, pseudonym(self.id));
        Ok(envelope::seal(&self.keys.data, &bound(&subject, &compartment, place, version), bytes)?)
    }

    /// Begins it under its number; another request that took the number makes the deed stale.
    pub fn begin_steps(&self, beside: Beside, body: &[u8]) -> Result<Vec<Step>, Error> {
        let number = bound_number(self.number)?;
        let sealed = self.seal(BODY, 1, body)?;
        let row: Vec<Value> = vec![
            self.id.bytes().into(),
            number.clone(),
            1_i64.into(),
            beside.answered.into(),
            beside.due_at.into(),
            beside.watch_at.into(),
            sealed.into(),
        ];
        let taken = Step::one(TAKE_NUMBER, vec![number, self.id.bytes().into()]);
        Ok(vec![taken, Step::one(INSERT, row)])
    }

    /// Something happened in it; another change that came first makes the deed stale.
    pub fn change_step(&self, beside: Beside, body: &[u8]) -> Result<Step, Error> {
        let next = self.version.checked_add(1).ok_or(Error::Unreadable)?;
        let sealed = self.seal(BODY, next, body)?;
        let row: Vec<Value> = vec![
            self.id.bytes().into(),
            i64::from(self.version).into(),
            i64::from(next).into(),
            beside.answered.into(),
            beside.due_at.into(),
            beside.watch_at.into(),
            sealed.into(),
        ];
        Ok(Step::one(CHANGE, row))
    }

    /// A guard: the deed holds only if nothing happened in the case since it was read.
    pub fn unchanged_step(&self) -> Step {
        let params = vec![self.id.bytes().into(), i64::from(self.version).into()];
        Step::look(UNCHANGED, params, crate::writer::Expect::Rows(1))
    }

    /// The case is found by this digest from now on.
    pub fn digest_step(&self, digest: &[u8; 32]) -> Step {
        Step::any(ADD_DIGEST, vec![digest.into(), self.id.bytes().into()])
    }

    /// The case is not found by this digest any more.
    pub fn forget_digest_step(&self, digest: &[u8; 32]) -> Step {
        Step::any(FORGET_DIGEST, vec![digest.into(), self.id.bytes().into()])
    }

    /// Issues a paper; another paper that took the number makes the deed stale. `leaf` counts the leaves of the deed from zero.
    pub fn paper_steps(&self, number: u64, sheet: &[u8], leaf: u32) -> Result<Vec<Step>, Error> {
        let sealed = self.seal(&format!("{SHEET}/{number}"), 1, sheet)?;
        let number = bound_number(number)?;
        let taken = Step::one(TAKE_PAPER, vec![number.clone(), self.id.bytes().into()]);
        let row: Vec<Value> =
            vec![self.id.bytes().into(), number, sealed.into(), Value::LogId, Value::LeafIndexPlus(leaf)];
        Ok(vec![taken, Step::one(ADD_PAPER, row)])
    }

    /// Makes a file ready until it is over.
    pub fn file_step(&self, name: &str, content: &[u8], ends_at: i64) -> Result<Step, Error> {
        let sealed = self.seal(&format!("{FILED}{name}"), 1, content)?;
        Ok(Step::one(PUT_FILE, vec![self.id.bytes().into(), name.into(), ends_at.into(), sealed.into()]))
    }

    /// Removes the files that are over.
    pub fn forget_files_step(&self, now: i64) -> Step {
        Step::any(FORGET_FILES, vec![self.id.bytes().into(), now.into()])
    }

    /// Lets a letter go out at that time.
    pub fn letter_step(&self, id: &[u8; 16], send_at: i64, letter: &[u8]) -> Result<Step, Error> {
        let sealed = self.seal(&letter_place(id), 1, letter)?;
        Ok(Step::one(ADD_LETTER, vec![self.id.bytes().into(), id.into(), send_at.into(), sealed.into()]))
    }
}

/// Takes the number of a paper that belongs to no case; another paper that took it makes the deed stale.
pub fn take_paper_step(number: u64) -> Result<Step, Error> {
    Ok(Step::one(TAKE_PAPER, vec![bound_number(number)?, (&[0_u8; 16]).into()]))
}

fn letter_place(id: &[u8; 16]) -> String {
    format!("{LETTER}{}", Pseudonym::new(*id))
}
