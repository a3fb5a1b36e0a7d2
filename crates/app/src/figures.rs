//! How often did each clause permit something, and how often did it refuse (clauses 3.2, 11.2)?
//!
//! The ledger is the only source. A job counts new leaves page by page and keeps the sums with the position they reach to; whoever
//! asks gets the sums and what came since. Nothing here is a decision: were the sums lost, they would be counted again.

use std::collections::BTreeMap;

use jiff::Timestamp;
pub use saqta_policy::controls::{control, tests_of};
pub use saqta_policy::coverage::CoverageState;
use saqta_store::figures::Figure;

use crate::error::Error;
use crate::instance::App;
use crate::leaf::Leaf;
use crate::publication::time;

/// Leaves that are counted in one transaction.
const PAGE: u32 = 1_000;

/// Pages that one round of the jobs counts at most, so that the other jobs have their turn.
const PAGES_A_ROUND: u32 = 200;

/// Pages that are read for one question at most; what is behind them waits for the job.
const PAGES_A_QUESTION: u32 = 4;

/// What one clause decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseFigures {
    /// How often it permitted something.
    pub permitted: u64,
    /// How often it refused something.
    pub refused: u64,
    /// When it last decided.
    pub last: Option<Timestamp>,
}

/// What all clauses decided, and whether that is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllFigures {
    /// By the number of the clause.
    pub by_clause: BTreeMap<String, ClauseFigures>,
    /// How many leaves were left out, because the job has not counted them yet; 0 where the figures are exact.
    pub not_counted: u64,
}

fn figures(counted: BTreeMap<String, Figure>) -> Result<BTreeMap<String, ClauseFigures>, Error> {
    let figures = |(clause, figure): (String, Figure)| {
        let Figure { permitted, refused, last_at } = figure;
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let last = Some(time(last_at)?);
        Ok((clause, ClauseFigures { permitted: number(permitted), refused: number(refused), last }))
    };
    counted.into_iter().map(figures).collect()
}

impl App {
    /// What each clause decided since the first day, by its number. After a large import the last minutes may be missing; see
    /// [`App::all_clause_figures`].
    pub async fn clause_figures(&self) -> Result<BTreeMap<String, ClauseFigures>, Error> {
        self.all_clause_figures().await.map(|figures| figures.by_clause)
    }

    /// What the job has counted, without what came since: for whoever may not see each deed as it happens.
    pub async fn kept_clause_figures(&self) -> Result<BTreeMap<String, ClauseFigures>, Error> {
        figures(self.vault.db().figures().await?.by_clause)
    }

    /// The same as [`App::clause_figures`], with the number of leaves that are not in it yet.
    pub async fn all_clause_figures(&self) -> Result<AllFigures, Error> {
        let db = self.vault.db();
        let kept = db.figures().await?;
        let mut counted = kept.by_clause;
        let mut pages = PAGES_A_QUESTION;
        let mut not_counted = 0;
        for (log, mut position) in kept.positions {
            while pages > 0 {
                let leaves = db.leaves(log, position, PAGE).await?;
                if leaves.is_empty() {
                    break;
                }
                pages -= 1;
                position += i64::try_from(leaves.len()).unwrap_or(i64::MAX);
                count(&leaves, &mut counted);
            }
            let size = db.log_size(log).await?;
            not_counted += u64::try_from(size.saturating_sub(position)).unwrap_or(0);
        }
        Ok(AllFigures { by_clause: figures(counted)?, not_counted })
    }

    /// Counts what is new in every log; gives the number of leaves. What another process counts at the same time is left to it.
    pub(crate) async fn count_clauses(&self) -> Result<u64, Error> {
        let db = self.vault.db();
        let mut pages = PAGES_A_ROUND;
        let mut done = 0;
        for (log, mut position) in db.figures().await?.positions {
            while pages > 0 {
                let leaves = db.leaves(log, position, PAGE).await?;
                let read = i64::try_from(leaves.len()).unwrap_or(i64::MAX);
                if read == 0 {
                    break;
                }
                pages -= 1;
                let mut counted = BTreeMap::new();
                count(&leaves, &mut counted);
                db.reached("figures:counted")?;
                if !db.add_figures(log, position, position + read, &counted).await? {
                    break;
                }
                position += read;
                done += u64::try_from(read).unwrap_or(0);
            }
        }
        Ok(done)
    }
}

/// Adds what the leaves decided. A leaf that this program cannot read names no clause.
fn count(leaves: &[Vec<u8>], counted: &mut BTreeMap<String, Figure>) {
    for leaf in leaves.iter().filter_map(|bytes| Leaf::decode(bytes)) {
        let Some(clause) = leaf.clause else { continue };
        let (permitted, refused) = if leaf.permitted { (1, 0) } else { (0, 1) };
        let so_far = counted.entry(clause).or_default();
        *so_far = so_far.and(Figure { permitted, refused, last_at: leaf.at });
    }
}
