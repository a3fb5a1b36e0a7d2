//! Which rows make up a log, whose is it, and how is it continued after a restart?
//!
//! A log is written by one process at a time. Embedded there is one, and it belongs to whoever holds the folder. On
//! PostgreSQL each process claims one for itself and renews its lease with every commit, inside that commit, so that a
//! process which has lost its log commits nothing. No clock decides about correctness: a lease that ends too early costs a change
//! of log, not a leaf.

use std::collections::BTreeMap;
use std::ops::Range;

use saqta_ledger::hash::Hash;
use saqta_ledger::tiles::{Tile, TileId};
use saqta_ledger::tree::{Appender, Edge, ResumePlan, resume_plan};

use crate::db::value::{LeafPosition, Row};
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::Step;

const LEAF: &str = "
insert into leaves (log_id, idx, leaf)
values ($1, $2, $3)";

const TILE: &str = "
insert into tiles (log_id, level, idx, hashes)
values ($1, $2, $3, $4)";

const RENEW: &str = "
update logs
set claimed_at = $3
where log_id = $1 and holder = $2";

/// The statements of the writer itself.
pub(crate) const WRITES: [&str; 3] = [LEAF, TILE, RENEW];

const SEIZE: &str = "
insert into logs (log_id, holder, claimed_at)
values ($1, $2, $3)
on conflict (log_id) do update
set holder = excluded.holder, claimed_at = excluded.claimed_at";

const NEW: &str = "
insert into logs (log_id, holder, claimed_at)
values ($1, $2, $3)";

const TAKE: &str = "
update logs
set holder = $2, claimed_at = $3
where log_id = $1 and holder = $4 and claimed_at = $5";

const ALL: &str = "
select log_id, holder, claimed_at
from logs
order by log_id";

const LAST: &str = "
select idx
from leaves
where log_id = $1
order by idx desc
limit 1";

const LEAVES: &str = "
select idx, leaf
from leaves
where log_id = $1 and idx >= $2 and idx < $3
order by idx";

const TILES: &str = "
select idx, hashes
from tiles
where log_id = $1 and level = $2 and idx >= $3 and idx < $4
order by idx";

/// Where a log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The log.
    pub log_id: i64,
    /// How many leaves it has.
    pub size: i64,
    /// The root over all of them.
    pub root: Hash,
}

/// A log that this process continues.
#[derive(Clone)]
pub(crate) struct OpenLog {
    log_id: i64,
    appender: Appender,
}

impl OpenLog {
    pub(crate) fn head(&self) -> Head {
        Head { log_id: self.log_id, size: signed(self.appender.size()), root: self.appender.root() }
    }

    /// The log and its right edge.
    pub(crate) fn edge(&self) -> (i64, Edge) {
        (self.log_id, self.appender.edge())
    }

    /// Where the leaves of the next deed go; nowhere if it has none.
    pub(crate) fn position(&self, leaves: &[Vec<u8>]) -> Option<LeafPosition> {
        let position = LeafPosition {
            log_id: self.log_id,
            first_index: signed(self.appender.size()),
            count: leaves.len(),
        };
        (position.count > 0).then_some(position)
    }

    /// Gives each leaf its index, and the statements that keep them.
    pub(crate) fn append(&mut self, leaves: &[Vec<u8>]) -> Vec<Step> {
        let mut steps = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            let index = signed(self.appender.append(leaf));
            steps.push(Step::one(LEAF, vec![self.log_id.into(), index.into(), leaf.as_slice().into()]));
        }
        steps
    }

    /// The statements that keep the tiles which have become full.
    pub(crate) fn take_full_tiles(&mut self) -> Vec<Step> {
        let tiles = self.appender.take_full_tiles();
        let keep = |tile: &Tile| {
            let TileId { level, index } = tile.id();
            let id = [self.log_id, i64::from(level), signed(index)];
            let mut params: Vec<_> = id.into_iter().map(Into::into).collect();
            params.push(tile.to_bytes().into());
            Step::one(TILE, params)
        };
        tiles.iter().map(keep).collect()
    }

    /// Keeps the log until `now` plus the lease; touches no row if it is no longer ours.
    pub(crate) fn renew(&self, holder: [u8; 16], now: i64) -> Step {
        Step::one(RENEW, vec![self.log_id.into(), holder.into(), now.into()])
    }
}

/// Takes a log that nobody else can hold.
pub(crate) fn seize(log_id: i64, holder: [u8; 16], now: i64) -> Step {
    Step::one(SEIZE, vec![log_id.into(), holder.into(), now.into()])
}

/// All logs and who holds them.
pub(crate) fn all() -> Query {
    Query::new(ALL, Vec::new())
}

/// Our own log, else the lowest whose lease has ended, else a new one; and the guarded statement that takes it.
pub(crate) fn choose(logs: &[Row], holder: [u8; 16], now: i64, lease: i64) -> Result<(i64, Step), Error> {
    let mut free = None;
    let mut highest = 0;
    for row in logs {
        let (log_id, by, since) = (row.int(0)?, row.array::<16>(1)?, row.int(2)?);
        highest = log_id.max(highest);
        let ours = by == holder;
        if ours || (free.is_none() && since.saturating_add(lease) <= now) {
            free = Some((log_id, by, since));
        }
        if ours {
            break;
        }
    }
    let Some((log_id, by, since)) = free else {
        let log_id = highest.saturating_add(1);
        return Ok((log_id, Step::one(NEW, vec![log_id.into(), holder.into(), now.into()])));
    };
    let params = vec![log_id.into(), holder.into(), now.into(), by.into(), since.into()];
    Ok((log_id, Step::one(TAKE, params)))
}

/// The last leaf of a log.
pub(crate) fn last(log_id: i64) -> Query {
    Query::new(LAST, vec![log_id.into()])
}

/// What has to be read before a log can be continued.
pub(crate) struct Resume {
    size: u64,
    pieces: PiecePlan,
}

impl Resume {
    /// From the answer to [`last`].
    pub(crate) fn plan(log_id: i64, last: &[Row]) -> Result<Self, Error> {
        let size = match last.first() {
            Some(row) => unsigned(row.int(0)?.saturating_add(1)),
            None => 0,
        };
        let ResumePlan { tiles, leaves } = resume_plan(size);
        Ok(Self { size, pieces: PiecePlan { log_id, tiles, leaves } })
    }

    pub(crate) fn queries(&self) -> Vec<Query> {
        self.pieces.queries()
    }

    pub(crate) fn finish(self, answers: Vec<Vec<Row>>) -> Result<OpenLog, Error> {
        let log_id = self.pieces.log_id;
        let Pieces { tiles, leaves } = self.pieces.gather(answers)?;
        let appender = Appender::resume(self.size, tiles, leaves)
            .map_err(|source| Error::BrokenLog { log_id, source })?;
        Ok(OpenLog { log_id, appender })
    }
}

/// What was asked for of a log; what is not stored is not in it, and the ledger says so.
struct Pieces {
    tiles: BTreeMap<TileId, Tile>,
    leaves: Vec<Vec<u8>>,
}

/// Full tiles and single leaves of a log, as the plans of the ledger name them.
struct PiecePlan {
    log_id: i64,
    tiles: Vec<TileId>,
    leaves: Range<u64>,
}

impl PiecePlan {
    /// One statement for the leaves, and one for each run of neighbouring tiles.
    fn queries(&self) -> Vec<Query> {
        let leaves = [self.log_id, signed(self.leaves.start), signed(self.leaves.end)];
        let mut queries = vec![Query::new(LEAVES, leaves.into_iter().map(Into::into).collect())];
        for (level, run) in self.runs() {
            let tiles = [self.log_id, i64::from(level), signed(run.start), signed(run.end)];
            queries.push(Query::new(TILES, tiles.into_iter().map(Into::into).collect()));
        }
        queries
    }

    fn runs(&self) -> Vec<(u8, Range<u64>)> {
        let mut runs: Vec<(u8, Range<u64>)> = Vec::new();
        for tile in &self.tiles {
            match runs.last_mut() {
                Some((level, run)) if *level == tile.level && run.end == tile.index => {
                    run.end = tile.index.saturating_add(1);
                }
                _ => runs.push((tile.level, tile.index..tile.index.saturating_add(1))),
            }
        }
        runs
    }

    fn gather(&self, answers: Vec<Vec<Row>>) -> Result<Pieces, Error> {
        let mut answers = answers.into_iter();
        let mut leaves = Vec::new();
        for (index, mut row) in self.leaves.clone().zip(answers.next().unwrap_or_default()) {
            if unsigned(row.int(0)?) != index {
                return Err(Error::LeafMissing { log_id: self.log_id, index: signed(index) });
            }
            leaves.push(row.take_bytes(1)?);
        }
        let mut tiles = BTreeMap::new();
        for ((level, _), rows) in self.runs().into_iter().zip(answers) {
            for row in rows {
                let id = TileId { level, index: unsigned(row.int(0)?) };
                let tile = Tile::from_bytes(id, row.bytes(1)?)
                    .map_err(|source| Error::BrokenLog { log_id: self.log_id, source })?;
                tiles.insert(id, tile);
            }
        }
        Ok(Pieces { tiles, leaves })
    }
}

impl Db {
    /// How many leaves a log has, also one that another process writes.
    pub async fn log_size(&self, log_id: i64) -> Result<i64, Error> {
        let rows = self.query(Place::Data, last(log_id)).await?;
        rows.first().map_or(Ok(0), |row| row.int(0).map(|index| index.saturating_add(1)))
    }

    /// Reads what a plan of the ledger (`InclusionPlan::needs`, `ConsistencyPlan::needs`) asks for: full tiles, which never
    /// change, and single leaves.
    pub async fn log_pieces(
        &self,
        log_id: i64,
        tiles: Vec<TileId>,
        leaves: Range<u64>,
    ) -> Result<(BTreeMap<TileId, Tile>, Vec<Vec<u8>>), Error> {
        let pieces = PiecePlan { log_id, tiles, leaves };
        let answers = self.read(Place::Data, &pieces.queries()).await?;
        let Pieces { tiles, leaves } = pieces.gather(answers)?;
        Ok((tiles, leaves))
    }
}

/// Sizes and indexes of a log; 2^63 leaves are out of reach.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::value::Value;

    fn log(log_id: i64, holder: u8, since: i64) -> Row {
        Row::new(vec![log_id.into(), [holder; 16].into(), since.into()])
    }

    fn chosen(logs: &[Row]) -> (i64, bool) {
        let (log_id, step) = choose(logs, [9; 16], 1_000, 100).unwrap();
        (log_id, step.sql == NEW)
    }

    #[test]
    fn a_process_takes_its_own_log_then_the_lowest_free_one_then_a_new_one() {
        assert_eq!(chosen(&[]), (1, true));
        assert_eq!(chosen(&[log(1, 1, 950)]), (2, true));
        assert_eq!(chosen(&[log(1, 1, 950), log(2, 2, 900), log(3, 3, 0)]), (2, false));
        assert_eq!(chosen(&[log(1, 1, 0), log(2, 9, 990)]), (2, false));
    }

    #[test]
    fn neighbouring_tiles_are_read_by_one_statement() {
        let tiles = [(0, 4), (0, 5), (1, 0), (0, 6)].map(|(level, index)| TileId { level, index }).to_vec();
        let pieces = PiecePlan { log_id: 1, tiles, leaves: 0..0 };
        assert_eq!(pieces.runs(), [(0, 4..6), (1, 0..1), (0, 6..7)]);
    }

    #[test]
    fn a_skipped_leaf_is_noticed() {
        let pieces = PiecePlan { log_id: 1, tiles: Vec::new(), leaves: 0..2 };
        let row = |index: i64| Row::new(vec![index.into(), Value::Bytes(vec![1])]);
        assert!(pieces.gather(vec![vec![row(0), row(1)]]).is_ok());
        assert!(matches!(
            pieces.gather(vec![vec![row(0), row(2)]]),
            Err(Error::LeafMissing { index: 1, .. })
        ));
    }
}
