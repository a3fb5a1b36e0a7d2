//! In which form does a letter come in, and who says that it will not be lost?
//!
//! Whatever brings letters (a mail server by [`lmtp`](crate::lmtp), a mailbox by [`imap`](crate::imap), a folder) hands each to
//! one [`Intake`] and lets go of it only after that said it lies safe. If the process dies before, the letter is still where it
//! came from, and comes again; if it dies between the answer and the letting go, it comes a second time with the same bytes, and
//! the intake knows it by them.

use std::net::IpAddr;

use async_trait::async_trait;
use jiff::Timestamp;

/// One letter, as it came. It has no `Debug`: all of it is about people.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrived {
    /// By which way it came.
    pub way: Way,
    /// What the mail server told about the connection the letter came by.
    pub arrival: Arrival,
    /// The addresses of ours it was delivered to; empty where the way does not tell.
    pub recipients: Vec<String>,
    /// When the operator's mail server had it, where the way tells.
    pub received: Option<Timestamp>,
    /// The letter, byte for byte.
    pub bytes: Vec<u8>,
    /// Whether these bytes are all of it.
    pub extent: Extent,
}

/// By which way a letter came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Handed over by a mail server.
    Lmtp,
    /// Fetched from the mailbox that bears this name in the settings.
    Mailbox(String),
    /// Found in the folder where letters are dropped.
    Folder,
}

/// Who gave the letter to the mail server that took it from outside. What is not known is absent, never guessed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The address of the host that connected.
    pub client_ip: Option<IpAddr>,
    /// The name by which it greeted.
    pub helo: Option<String>,
    /// The sender on the envelope; an empty one is that of a bounce.
    pub mail_from: Option<String>,
}

/// How much of a letter is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// The letter was over the bound; these are its headers alone, and the letter stays where it is.
    HeadersOnly {
        /// How many bytes the letter has.
        size: u64,
    },
}

/// Takes letters over.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Answers `Ok` only when the letter will be there after a crash. The same letter may come twice.
    async fn take(&self, letter: Arrived) -> Result<Taken, NotTaken>;
}

/// The letter lies safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was filed now.
    Filed,
    /// It had come before with the same bytes; nothing was filed anew.
    Known,
}

/// The letter was not taken over, and stays where it is unless it never can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Not now: a full disk, a database that does not answer. Whoever brought it keeps it and comes again.
    #[error("the letter cannot be filed now")]
    Later,
    /// It is larger than letters may be.
    #[error("the letter is too large")]
    TooLarge,
    /// It will not be taken whenever it comes.
    #[error("the letter is refused")]
    Refused,
}
