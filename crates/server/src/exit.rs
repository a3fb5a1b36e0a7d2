//! With which status does the program end, and what is said about a failure?

use saqta_app::console::{Kind, explain};
use serde::Serialize;

/// How a command ended. The numbers are stable: scripts decide by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It was done.
    Done,
    /// Something broke.
    Failed,
    /// Something is missing or wrong in what was given.
    NotReady,
    /// The policy said no, or a verification found a fault.
    Refused,
}

impl Exit {
    /// The number. Wrong usage, 2, is told by the reader of the command line.
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::NotReady => 3,
            Self::Refused => 4,
        }
    }
}

/// Why a command could not be carried out: what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{what}")]
pub struct Failure {
    /// The status to end with.
    #[serde(skip)]
    pub exit: Exit,
    /// What happened, and where.
    pub what: String,
    /// What to do about it.
    pub todo: String,
}

impl Failure {
    /// Something is missing or wrong in what was given.
    pub fn not_ready(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { exit: Exit::NotReady, what: what.into(), todo: todo.into() }
    }

    /// Something broke.
    pub fn failed(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, ..Self::not_ready(what, todo) }
    }

    /// The words for any error that a command came back with.
    pub fn of(error: &anyhow::Error) -> Self {
        if let Some(failure) = error.downcast_ref::<Self>() {
            return failure.clone();
        }
        let Some(app) = error.downcast_ref::<saqta_app::error::Error>() else {
            return Self::failed(format!("{error:#}"), "check what the message names, and try again");
        };
        let told = explain(app);
        let exit = match told.kind {
            Kind::Failed => Exit::Failed,
            Kind::NotReady => Exit::NotReady,
            Kind::Refused => Exit::Refused,
        };
        Self { exit, what: told.what, todo: told.todo }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_rooms_below_keeps_its_status_through_context() {
        let error = anyhow::Error::from(saqta_app::error::Error::NoPolicy).context("while starting");
        assert_eq!(Failure::of(&error).exit, Exit::NotReady);
        let error = anyhow::Error::from(Failure::not_ready("a", "b")).context("c");
        assert_eq!(Failure::of(&error), Failure::not_ready("a", "b"));
        assert_eq!(Failure::of(&anyhow::anyhow!("x").context("y")).what, "y: x");
    }
}
