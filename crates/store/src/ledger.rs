//! What can be read, proved, signed and taken away of a log, and which leaves speak of whom?
//!
//! Leaves and full tiles never change once they are committed, so everything here may run beside the writer. Nothing here
//! adds a leaf; that is the writer's part alone.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use saqta_ledger::checkpoint::{Checkpoint, Named, Signer, VerifierKey};
use saqta_ledger::error::Error as Wrong;
use saqta_ledger::export::{ExportWriter, Exported};
use saqta_ledger::hash::leaf_hash;
use saqta_ledger::proof::{ConsistencyPlan, InclusionPlan, Proof, verify_consistency};

use crate::db::value::{Row, Value};
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::log::Head;
use crate::writer::{Housekeeping, Step};

/// How many leaves an export reads at once.
const PAGE: u32 = 512;

/// How many leaves one statement names.
const AT_ONCE: usize = 100;

const LEAF: &str = "
select leaf
from leaves
where log_id = $1 and idx = $2";

const LEAVES: &str = "
select idx, leaf
from leaves
where log_id = $1 and idx >= $2
order by idx
limit $3";

// A statement is one text: it has a hundred places, and those that are left over name the last leaf again.
const NAMED: &str = "
select idx, leaf
from leaves
where log_id = $1 and idx in (
  $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
  $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46,
  $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68,
  $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83, $84, $85, $86, $87, $88, $89, $90,
  $91, $92, $93, $94, $95, $96, $97, $98, $99, $100, $101
)";

const LOGS: &str = "
select log_id
from logs
order by log_id";

const NEWEST_CHECKPOINT: &str = "
select size, note
from checkpoints
where log_id = $1
order by size desc
limit 1";

const CHECKPOINTS: &str = "
select size, note
from checkpoints
where log_id = $1
order by size";

const CHECKPOINT_SIZES: &str = "
select log_id, max(size)
from checkpoints
group by log_id
order by log_id";

// Two processes that sign one state sign one root; the note of the first is kept.
const KEEP_CHECKPOINT: &str = "
insert into checkpoints (log_id, size, note)
values ($1, $2, $3)
on conflict (log_id, size) do nothing";

const TRAIL: &str = "
select log_id, idx
from trail
where trail = $1 and (log_id, idx) < ($2, $3)
order by log_id desc, idx desc
limit $4";

const FILE_UNDER: &str = "
insert into trail (trail, log_id, idx)
values ($1, $2, $3)";

/// A checkpoint that was signed and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// The log it speaks of.
    pub log_id: i64,
    /// How many leaves it covers.
    pub size: i64,
    /// The signed note, to be given away as it is.
    pub note: String,
}

impl SignedCheckpoint {
    fn from_row(log_id: i64, row: &Row) -> Result<Self, Error> {
        Ok(Self { log_id, size: row.int(0)?, note: row.text(1)?.to_owned() })
    }

    /// What it promises, or nothing where another key signed it: the log's key was changed since.
    fn open(&self, key: &VerifierKey) -> Result<Option<Checkpoint>, Error> {
        match Checkpoint::open(&self.note, key) {
            Ok(promise) if i64::try_from(promise.size) == Ok(self.size) => Ok(Some(promise)),
            // The row says another size than the note that it keeps.
            Ok(Checkpoint { size, .. }) => Err(broken(self.log_id)(Wrong::CheckpointMismatch { size })),
            Err(Wrong::NotSigned(_)) => Ok(None),
            Err(error) => Err(broken(self.log_id)(error)),
        }
    }
}

/// Files the deed's leaf number `leaf_number`, counted from zero, under a tag that only the person's key can make.
pub fn trail_step(trail_id: &[u8; 16], leaf_number: u32) -> Step {
    let params = vec![trail_id.into(), Value::LogId, Value::LeafIndexPlus(leaf_number)];
    Step::append(FILE_UNDER, params)
}

impl Db {
    /// One leaf, if the log is that long.
    pub async fn leaf(&self, log_id: i64, index: i64) -> Result<Option<Vec<u8>>, Error> {
        let mut rows = self.query(Place::Data, Query::new(LEAF, vec![log_id.into(), index.into()])).await?;
        rows.pop().map(|mut row| row.take_bytes(0)).transpose()
    }

    /// The leaves that follow each other from an index on, fewer than the limit only where the log ends.
    pub async fn leaves(&self, log_id: i64, from: i64, limit: u32) -> Result<Vec<Vec<u8>>, Error> {
        let params = vec![log_id.into(), from.into(), i64::from(limit).into()];
        let rows = self.query(Place::Data, Query::new(LEAVES, params)).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for (index, mut row) in (from..).zip(rows) {
            if row.int(0)? != index {
                return Err(Error::LeafMissing { log_id, index });
            }
            leaves.push(row.take_bytes(1)?);
        }
        Ok(leaves)
    }

    /// The leaves that are named by log and index, as of one instant; those that are not there are left out. A log costs one
    /// statement for each hundred of its leaves.
    pub async fn leaves_at(&self, places: &[(i64, i64)]) -> Result<BTreeMap<(i64, i64), Vec<u8>>, Error> {
        let mut logs: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (log_id, index) in places {
            logs.entry(*log_id).or_default().push(*index);
        }
        let mut asked = Vec::new();
        let mut queries = Vec::new();
        for (log_id, indexes) in &logs {
            for named in indexes.chunks(AT_ONCE) {
                let mut params: Vec<Value> = vec![(*log_id).into()];
                let over = named.iter().chain(named.last().into_iter().cycle());
                params.extend(over.take(AT_ONCE).map(|index| Value::from(*index)));
                asked.push(*log_id);
                queries.push(Query::new(NAMED, params));
            }
        }
        if queries.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut leaves = BTreeMap::new();
        for (log_id, rows) in asked.into_iter().zip(self.read(Place::Data, &queries).await?) {
            for mut row in rows {
                leaves.insert((log_id, row.int(0)?), row.take_bytes(1)?);
            }
        }
        Ok(leaves)
    }

    /// Every log of this installation, those of other processes too.
    pub async fn logs(&self) -> Result<Vec<i64>, Error> {
        let rows = self.query(Place::Data, Query::new(LOGS, Vec::new())).await?;
        rows.iter().map(|row| row.int(0)).collect()
    }

    /// Proves that the leaf at an index is under the root that the log had at a size.
    pub async fn inclusion_proof(&self, log_id: i64, index: i64, size: i64) -> Result<Proof, Error> {
        let (Ok(at), Ok(whole)) = (u64::try_from(index), u64::try_from(size)) else {
            return Err(Error::LeafMissing { log_id, index });
        };
        // With the edge of our own log a tile for each level is read, and without it all tiles that no tile above names yet.
        let plan = match self.edge().await? {
            Some((ours, edge)) if ours == log_id && edge.size() >= whole => {
                InclusionPlan::with_edge(at, whole, edge)
            }
            _ => InclusionPlan::new(at, whole),
        };
        let plan = plan.map_err(|_| Error::LeafMissing { log_id, index })?;
        self.prove(log_id, size, Plan::Inclusion(plan)).await
    }

    /// Proves that the log at the newer size begins with what it was at the older.
    pub async fn consistency_proof(&self, log_id: i64, old: i64, new: i64) -> Result<Proof, Error> {
        let (Ok(before), Ok(after)) = (u64::try_from(old), u64::try_from(new)) else {
            return Err(Error::LeafMissing { log_id, index: old.min(new) });
        };
        let plan = ConsistencyPlan::new(before, after).map_err(broken(log_id))?;
        self.prove(log_id, new, Plan::Consistency(plan)).await
    }

    async fn prove(&self, log_id: i64, size: i64, plan: Plan) -> Result<Proof, Error> {
        let (tiles, tail) = match &plan {
            Plan::Inclusion(plan) => plan.needs(),
            Plan::Consistency(plan) => plan.needs(),
        };
        let (tiles, tail) = self.log_pieces(log_id, tiles, tail).await?;
        let tail: Vec<_> = tail.iter().map(|leaf| leaf_hash(leaf)).collect();
        let proved = match &plan {
            Plan::Inclusion(plan) => plan.prove(&tiles, &tail),
            Plan::Consistency(plan) => plan.prove(&tiles, &tail),
        };
        let error = match proved {
            Ok(proof) => return Ok(proof),
            Err(error) => error,
        };
        // Either rows are damaged, or the log was never of that size; the caller has to be told which.
        let last = size.saturating_sub(1);
        match self.leaf(log_id, last).await? {
            Some(_) => Err(broken(log_id)(error)),
            None => Err(Error::LeafMissing { log_id, index: last }),
        }
    }

    /// Signs where this process's log stands and keeps the note; answers with the newest one, or with nothing while the
    /// process has no log.
    ///
    /// Nothing is signed that contradicts an earlier checkpoint of the same key: the log is proved to begin with what
    /// that one covers. A log that has not grown keeps the checkpoint it has. Where several processes write, each
    /// log needs a signer with an origin of its own, or two logs would look like two stories of one.
    ///
    /// `others` are the keys of the other logs. What each of them signed last is named in the new checkpoint, so that one signed
    /// text fixes all logs; and one of them that went back behind what was named before, or tells another story, is not named again
    /// but reported.
    pub async fn sign_checkpoint(
        &self,
        signer: &Signer,
        others: &[(i64, VerifierKey)],
    ) -> Result<Option<SignedCheckpoint>, Error> {
        let Some(Head { log_id, size, root }) = self.head() else { return Ok(None) };
        let earlier = self.checkpoint(log_id).await?;
        let mut named_before = Vec::new();
        if let Some(earlier) = earlier {
            if earlier.size > size {
                return self.covered(earlier).await.map(Some);
            }
            if let Some(promise) = earlier.open(signer.verifier_key())? {
                let proof = self.consistency_proof(log_id, earlier.size, size).await?;
                let (old, new) = (unsigned(earlier.size), unsigned(size));
                verify_consistency(old, new, &proof, &promise.root, &root).map_err(broken(log_id))?;
                named_before = promise.named();
            }
            if earlier.size == size {
                return Ok(Some(earlier));
            }
        }
        let origin = signer.verifier_key().name().to_owned();
        let mut extensions = Vec::with_capacity(others.len());
        for (other, key) in others.iter().filter(|(other, _)| *other != log_id) {
            let before = named_before.iter().find(|named| named.origin == key.name());
            extensions.extend(self.named(*other, key, before).await?.map(|named| named.line()));
        }
        let promise = Checkpoint { origin, size: unsigned(size), root, extensions };
        let note = signer.sign(&promise).map_err(broken(log_id))?;
        let params = vec![log_id.into(), size.into(), note.as_str().into()];
        self.commit_housekeeping(vec![Step::any(KEEP_CHECKPOINT, params)], Housekeeping::Checkpoint).await?;
        Ok(Some(SignedCheckpoint { log_id, size, note }))
    }

    /// Where another log stands by its own newest checkpoint, which must go on from what was named of it before.
    async fn named(
        &self,
        log_id: i64,
        key: &VerifierKey,
        before: Option<&Named>,
    ) -> Result<Option<Named>, Error> {
        let newest = self.checkpoint(log_id).await?;
        let promise = newest.as_ref().map(|newest| newest.open(key)).transpose()?.flatten();
        let Some(Checkpoint { origin, size, root, .. }) = promise else {
            let Some(before) = before.filter(|before| before.size > 0) else { return Ok(None) };
            return Err(Error::LeafMissing { log_id, index: signed(before.size).saturating_sub(1) });
        };
        if let Some(before) = before.filter(|before| before.size > 0) {
            if before.size > size {
                return Err(Error::LeafMissing { log_id, index: signed(before.size).saturating_sub(1) });
            }
            let proof = self.consistency_proof(log_id, signed(before.size), signed(size)).await?;
            verify_consistency(before.size, size, &proof, &before.root, &root).map_err(broken(log_id))?;
        }
        Ok(Some(Named { origin, size, root }))
    }

    /// A checkpoint beyond our head is right where another process has the log by now, and a sign of loss where the
    /// leaves that it covers are gone.
    async fn covered(&self, newer: SignedCheckpoint) -> Result<SignedCheckpoint, Error> {
        let SignedCheckpoint { log_id, size, .. } = newer;
        let last = size.saturating_sub(1);
        match self.leaf(log_id, last).await? {
            Some(_) => Ok(newer),
            None => Err(Error::LeafMissing { log_id, index: last }),
        }
    }

    /// The newest checkpoint of a log.
    pub async fn checkpoint(&self, log_id: i64) -> Result<Option<SignedCheckpoint>, Error> {
        let rows = self.query(Place::Data, Query::new(NEWEST_CHECKPOINT, vec![log_id.into()])).await?;
        rows.first().map(|row| SignedCheckpoint::from_row(log_id, row)).transpose()
    }

    /// All checkpoints of a log, the smallest first.
    pub async fn checkpoints(&self, log_id: i64) -> Result<Vec<SignedCheckpoint>, Error> {
        let rows = self.query(Place::Data, Query::new(CHECKPOINTS, vec![log_id.into()])).await?;
        rows.iter().map(|row| SignedCheckpoint::from_row(log_id, row)).collect()
    }

    /// The size of the newest checkpoint of every log that has one, as of one instant: what one of these checkpoints names of
    /// another log is then not more than that log is given here.
    pub async fn checkpoint_sizes(&self) -> Result<Vec<(i64, i64)>, Error> {
        let rows = self.query(Place::Data, Query::new(CHECKPOINT_SIZES, Vec::new())).await?;
        rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
    }

    /// Writes a log as a folder for the inspector, up to the newest checkpoint of the key, or to the newest that is not larger than
    /// `most`; `progress` hears, page by page, how many leaves are written.
    ///
    /// Checkpoints that an earlier key signed stay behind, because nobody could check them with this one. Memory does not
    /// grow with the log. If the process dies on the way, the folder has no checkpoint and does not verify.
    pub async fn export(
        &self,
        log_id: i64,
        key: &VerifierKey,
        most: Option<i64>,
        dir: &Path,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Exported, Error> {
        let mut notes = Vec::new();
        let mut size = None;
        let within = |kept: &SignedCheckpoint| most.is_none_or(|most| kept.size <= most);
        for checkpoint in self.checkpoints(log_id).await?.into_iter().filter(within) {
            if checkpoint.open(key)?.is_some() {
                size = Some(checkpoint.size);
                notes.push(checkpoint.note);
            }
        }
        let Some(size) = size else {
            return Err(broken(log_id)(Wrong::NotSigned(key.name().to_owned())));
        };
        let refused = |error| export_refused(log_id, dir, error);
        let mut writer = ExportWriter::new(dir, key).map_err(refused)?;
        let mut written = 0;
        while written < size {
            let wanted = u32::try_from(size.saturating_sub(written)).unwrap_or(PAGE).min(PAGE);
            let page = self.leaves(log_id, written, wanted).await?;
            if page.is_empty() {
                return Err(Error::LeafMissing { log_id, index: written });
            }
            for leaf in page {
                writer.push(&leaf).map_err(refused)?;
                written = written.saturating_add(1);
            }
            progress(unsigned(written));
            // Embedded reads never wait, so a long export would keep this thread from everybody else.
            tokio::task::yield_now().await;
        }
        writer.finish(&notes).map_err(refused)
    }

    /// Where the leaves under a tag lie, those of the highest log and index first; `before` continues after the last one of
    /// the page before.
    pub async fn trail(
        &self,
        trail_id: &[u8; 16],
        before: Option<(i64, i64)>,
        limit: u32,
    ) -> Result<Vec<(i64, i64)>, Error> {
        let (log_id, index) = before.unwrap_or((i64::MAX, i64::MAX));
        let params = vec![trail_id.into(), log_id.into(), index.into(), i64::from(limit).into()];
        let rows = self.query(Place::Data, Query::new(TRAIL, params)).await?;
        rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
    }
}

/// The two proofs differ in their plan alone.
enum Plan {
    Inclusion(InclusionPlan),
    Consistency(ConsistencyPlan),
}

fn broken(log_id: i64) -> impl Fn(Wrong) -> Error {
    move |source| Error::BrokenLog { log_id, source }
}

/// An export fails for the folder's sake or for the log's.
fn export_refused(log_id: i64, dir: &Path, error: Wrong) -> Error {
    match error {
        Wrong::Io { file, source } => Error::File { path: dir.join(file), source },
        Wrong::ExportNotEmpty => {
            Error::File { path: dir.to_owned(), source: io::ErrorKind::DirectoryNotEmpty.into() }
        }
        other => broken(log_id)(other),
    }
}

/// 2^63 leaves are out of reach.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Sizes in the database are never negative.
fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
