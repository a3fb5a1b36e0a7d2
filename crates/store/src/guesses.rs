//! How often has somebody guessed already: a password, a code, a number?
//!
//! A guess is counted before it is looked at, so that a process that dies in between has given nothing away. Counters lie in the
//! keys place: a restored backup of the data does not set them back. Within a window a counter only grows, and a window that a
//! clock put back would begin again does not begin: the later one goes on.

use crate::db::value::Value;
use crate::db::{Db, Place, Query};
use crate::error::{Conflict, Error};
use crate::writer::Step;

/// How many counters are forgotten in one transaction.
const PAGE: i64 = 256;

const GUESS: &str = "
insert into guesses (bucket, began, used, ends_at)
values ($1, $2, 1, $3)
on conflict (bucket) do update
set used = case when excluded.began > guesses.began then 1 else guesses.used + 1 end,
  ends_at = case when excluded.began > guesses.began then excluded.ends_at else guesses.ends_at end,
  began = case when excluded.began > guesses.began then excluded.began else guesses.began end
where excluded.began > guesses.began or guesses.used < $4";

const USED: &str = "
select used
from guesses
where bucket = $1 and began >= $2";

const OVER: &str = "
select bucket
from guesses
where ends_at <= $1
order by ends_at, bucket
limit $2";

const FORGET: &str = "
delete from guesses
where bucket = $1 and ends_at <= $2
returning used";

/// How many guesses are free in how long a time. All instants are microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// How long a window is.
    pub window: i64,
    /// How many guesses it has.
    pub limit: i64,
}

impl Allowance {
    /// When the window began that an instant lies in.
    fn began(self, now: i64) -> i64 {
        now.saturating_sub(now.rem_euclid(self.window.max(1)))
    }

    /// When that window is over, and guessing is free again.
    pub fn ends(self, now: i64) -> i64 {
        self.began(now).saturating_add(self.window.max(1))
    }
}

/// Counts one guess for the bucket that a keyed digest names; where none is left it is `Conflict::Stale`, and nothing that was
/// committed with it is counted either. For [`Db::commit_keys`].
pub fn guess_step(bucket: &[u8; 32], now: i64, allowance: Allowance) -> Step {
    let row: Vec<Value> = vec![
        bucket.into(),
        allowance.began(now).into(),
        allowance.ends(now).into(),
        allowance.limit.max(1).into(),
    ];
    Step::one(GUESS, row)
}

impl Db {
    /// Counts one guess in every bucket, or in none where one of them has none left; says whether it may be made.
    pub async fn may_guess(&self, buckets: &[([u8; 32], Allowance)], now: i64) -> Result<bool, Error> {
        let mut steps: Vec<_> = buckets.iter().map(|(bucket, allowance)| (bucket, *allowance)).collect();
        // In one order everywhere, so that two guesses never wait for each other.
        steps.sort_by_key(|(bucket, _)| **bucket);
        let steps = steps.into_iter().map(|(bucket, allowance)| guess_step(bucket, now, allowance));
        match self.commit_keys(steps.collect()).await {
            Ok(_) => Ok(true),
            Err(Error::Conflict(Conflict::Stale)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The same for a guess that may be begun again, after a death in its midst: its mark, a keyed digest too, makes it count once in
    /// the longest window of its buckets.
    pub async fn may_guess_once(
        &self,
        mark: &[u8; 32],
        buckets: &[([u8; 32], Allowance)],
        now: i64,
    ) -> Result<bool, Error> {
        let window = buckets.iter().map(|(_, allowance)| allowance.window).max().unwrap_or(1);
        let once = Allowance { window, limit: 1 };
        let all = [buckets, &[(*mark, once)]].concat();
        // Where a bucket had nothing left, nothing was counted, and the mark is free still.
        Ok(self.may_guess(&all, now).await? || self.guesses_left(mark, now, once).await? == 0)
    }

    /// How many guesses a bucket has left.
    pub async fn guesses_left(
        &self,
        bucket: &[u8; 32],
        now: i64,
        allowance: Allowance,
    ) -> Result<i64, Error> {
        let query = Query::new(USED, vec![bucket.into(), allowance.began(now).into()]);
        let rows = self.query(Place::Keys, query).await?;
        let used = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(allowance.limit.max(1).saturating_sub(used).max(0))
    }

    /// Forgets every counter whose window is over at `now`, page by page, and says how many there were.
    pub async fn forget_guesses(&self, now: i64) -> Result<u64, Error> {
        let mut forgotten = 0_u64;
        loop {
            let page = self.query(Place::Keys, Query::new(OVER, vec![now.into(), PAGE.into()])).await?;
            if page.is_empty() {
                return Ok(forgotten);
            }
            let mut steps = Vec::with_capacity(page.len());
            for row in &page {
                steps.push(Step::any(FORGET, vec![row.bytes(0)?.into(), now.into()]));
            }
            let removed = self.commit_keys(steps).await?;
            let removed = removed.iter().filter(|rows| !rows.is_empty()).count();
            forgotten = forgotten.saturating_add(u64::try_from(removed).unwrap_or(u64::MAX));
        }
    }
}
