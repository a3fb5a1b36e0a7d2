//! Which papers are there, one file each?
//!
//! A file says in one place what stands in its paper. What is written there as mandatory is checked when the sheet is made: a
//! paper with a hole in it does not come into being.

use serde::{Deserialize, Serialize};

use crate::label::Label;

pub mod common;

pub mod acknowledgement;
pub mod refusal;

pub mod destruction_act;

/// The kinds of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// That a request was received, and by when it is answered.
    Acknowledgement,
    /// Why something that was asked is not done.
    Refusal,
    /// That data were destroyed.
    DestructionAct,
}

impl Paper {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Acknowledgement, Self::Refusal, Self::DestructionAct];

    /// The stable word for rows, file names and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::Refusal => "refusal",
            Self::DestructionAct => "destruction_act",
        }
    }

    /// The message that is its title.
    pub const fn title(self) -> Label {
        match self {
            Self::Acknowledgement => Label::TitleAcknowledgement,
            Self::Refusal => Label::TitleRefusal,
            Self::DestructionAct => Label::TitleDestructionAct,
        }
    }
}

impl std::fmt::Display for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
