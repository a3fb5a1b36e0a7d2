//! How many decisions did each clause make, without reading the whole ledger again?
//!
//! Each log is counted up to a position, which is kept in the commit that adds what was counted. If the process dies before
//! that commit, nothing was counted and the same leaves are counted next time; if it dies after it, the position is past them.
//! Where two processes count the same leaves, the position of the later one is no longer right and nothing of it is kept.

use std::collections::BTreeMap;

use crate::db::{Db, Place, Query};
use crate::error::{Conflict, Error};
use crate::writer::{Housekeeping, Step};

const FIGURES: &str = "
select clause, permitted, refused, last_at
from clause_figures
order by clause, log_id";

const POSITIONS: &str = "
select log_id, position
from clause_positions";

const LOGS: &str = "
select log_id
from logs
order by log_id";

const BEGIN: &str = "
insert into clause_positions (log_id, position)
values ($1, $2)";

const MOVE: &str = "
update clause_positions
set position = $3
where log_id = $1 and position = $2";

const ADD: &str = "
insert into clause_figures (log_id, clause, permitted, refused, last_at)
values ($1, $2, $3, $4, $5)
on conflict (log_id, clause) do update
set permitted = clause_figures.permitted + excluded.permitted,
  refused = clause_figures.refused + excluded.refused,
  last_at = case when excluded.last_at > clause_figures.last_at then excluded.last_at else clause_figures.last_at end";

/// What one clause decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// How often it permitted something.
    pub permitted: i64,
    /// How often it refused something.
    pub refused: i64,
    /// When it last decided, in microseconds.
    pub last_at: i64,
}

impl Figure {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            permitted: self.permitted.saturating_add(other.permitted),
            refused: self.refused.saturating_add(other.refused),
            last_at: self.last_at.max(other.last_at),
        }
    }
}

/// What was counted of all logs, as of one instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// By clause, over all logs.
    pub by_clause: BTreeMap<String, Figure>,
    /// Of each log, how many of its leaves were counted.
    pub positions: BTreeMap<i64, i64>,
}

impl Db {
    /// What was counted so far.
    pub async fn figures(&self) -> Result<Figures, Error> {
        let queries = [FIGURES, POSITIONS, LOGS].map(|sql| Query::new(sql, Vec::new()));
        let mut answers = self.read(Place::Data, &queries).await?.into_iter();
        let mut figures = Figures::default();
        for row in answers.next().unwrap_or_default() {
            let figure = Figure { permitted: row.int(1)?, refused: row.int(2)?, last_at: row.int(3)? };
            let so_far = figures.by_clause.entry(row.text(0)?.to_owned()).or_default();
            *so_far = so_far.and(figure);
        }
        let positions = answers.next().unwrap_or_default();
        for row in answers.next().unwrap_or_default() {
            figures.positions.insert(row.int(0)?, 0);
        }
        for row in positions {
            figures.positions.insert(row.int(0)?, row.int(1)?);
        }
        Ok(figures)
    }

    /// Keeps what the leaves of a log from one position up to another came to. False, when the log is no longer counted up to
    /// where the caller began: somebody else counted these leaves, and nothing is kept of what the caller brought.
    pub async fn add_figures(
        &self,
        log_id: i64,
        from: i64,
        to: i64,
        counted: &BTreeMap<String, Figure>,
    ) -> Result<bool, Error> {
        let mut steps = vec![match from {
            0 => Step::one(BEGIN, vec![log_id.into(), to.into()]),
            from => Step::one(MOVE, vec![log_id.into(), from.into(), to.into()]),
        }];
        for (clause, figure) in counted {
            let Figure { permitted, refused, last_at } = *figure;
            let row =
                vec![log_id.into(), clause.as_str().into(), permitted.into(), refused.into(), last_at.into()];
            steps.push(Step::one(ADD, row));
        }
        match self.commit_housekeeping(steps, Housekeeping::ClauseFigures).await {
            Ok(_) => Ok(true),
            Err(Error::Conflict(Conflict::Stale | Conflict::Taken) | Error::Retry) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
