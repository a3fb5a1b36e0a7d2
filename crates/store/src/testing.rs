//! Where may a test make the process die, or a step fail?
//!
//! A crash test runs a child process whose hook ends it at a named step, and then opens what is left. In production the
//! hook is absent. The steps of this crate are `commit:before`, `commit:after`, `keys:commit:before`,
//! `keys:commit:after`, beside these `deeds:before` and `deeds:after` where what is committed leaves something in the ledger,
//! `wal:before`, `wal:after`, and `read` once for each statement that reads, so that a test can count
//! them; code above may name its own through [`crate::db::Db::reached`].

use std::sync::Arc;

use crate::db::Place;
use crate::error::Error;
use crate::writer::Work;

/// A hook that is told each named step; it may end the process there, or make the step fail.
#[derive(Clone, Default)]
pub struct Faults {
    hook: Option<Arc<dyn Hook>>,
}

trait Hook: Fn(&'static str) -> Result<(), Fault> + Send + Sync {}

impl<T: Fn(&'static str) -> Result<(), Fault> + Send + Sync> Hook for T {}

/// Said by a hook: the step fails here.
#[derive(Debug, Clone, Copy)]
pub struct Fault;

impl Faults {
    /// Calls the hook at every step.
    pub fn at(hook: impl Fn(&'static str) -> Result<(), Fault> + Send + Sync + 'static) -> Self {
        Self { hook: Some(Arc::new(hook)) }
    }

    /// What these write is about to be kept.
    pub(crate) fn before_commit(&self, place: Place, works: &[Work]) -> Result<(), Error> {
        if are_deeds(works) {
            self.reached("deeds:before")?;
        }
        self.reached(match place {
            Place::Data => "commit:before",
            Place::Keys => "keys:commit:before",
        })
    }

    /// What these write is kept.
    pub(crate) fn after_commit(&self, place: Place, works: &[Work]) -> Result<(), Error> {
        if are_deeds(works) {
            self.reached("deeds:after")?;
        }
        self.reached(match place {
            Place::Data => "commit:after",
            Place::Keys => "keys:commit:after",
        })
    }

    pub(crate) fn reached(&self, step: &'static str) -> Result<(), Error> {
        let Some(hook) = &self.hook else { return Ok(()) };
        hook(step).map_err(|Fault| Error::Injected(step))
    }
}

/// Whether something is written to the ledger, and not only tidied up.
fn are_deeds(works: &[Work]) -> bool {
    works.iter().any(|work| !work.leaves.is_empty())
}
