//! How are letters fetched from a mailbox (IMAP), so that none is lost and none is filed twice?
//!
//! One [`watch`] looks after one mailbox. For each letter, in this order: it is fetched without touching its flags; the
//! [`Intake`] says that it lies safe; it is marked as read and moved (or marked with [`KEYWORD`]); the cursor is kept. Wherever
//! the process dies, the letter is either still in the mailbox behind the cursor and comes again with the same bytes, or was
//! taken over. Nothing is ever deleted by us.
//!
//! New letters announce themselves (IDLE); a server without that is asked from time to time. When something is wrong the
//! operator is told, and the watch goes on trying, ever more slowly.

mod connection;
mod names;
mod round;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::intake::Intake;
use crate::tls::{self, Security};

/// Marks what was taken over, where letters are not moved.
pub const KEYWORD: &str = "$Saqta";

/// A mailbox and how it is reached.
#[derive(Clone)]
pub struct Mailbox {
    /// What the operator calls it; told with each letter and each trouble.
    pub name: String,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: Security,
    /// Certificates in PEM form that are believed beside those of the operating system.
    pub authorities: Option<String>,
    /// Who logs in.
    pub user: String,
    /// With which password.
    pub password: String,
    /// The folder that is watched; mostly `INBOX`.
    pub folder: String,
    /// What happens to a letter that was taken over.
    pub afterwards: Afterwards,
    /// What is taken at the very first look.
    pub beginning: Beginning,
    /// Bytes of the largest letter that is fetched whole. Of a larger one only the headers are handed over, and it stays.
    pub letter: u32,
    /// How often to look and to try again.
    pub pace: Pace,
}

/// What happens in the mailbox to a letter that was taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// It is moved to this folder, which is made if it is missing.
    MoveTo(String),
    /// It stays, marked as read and with [`KEYWORD`].
    Keep,
}

/// What is taken at the very first look into a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// What comes from now on: the letters that lie there were dealt with by people.
    New,
    /// Everything.
    All,
}

/// How often to look and to try again.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How often a server without IDLE is asked.
    pub poll: Duration,
    /// How long one IDLE lasts; routers forget connections on which nothing is said.
    pub idle: Duration,
    /// How long to wait for an answer.
    pub answer: Duration,
    /// The first wait after trouble; each further is twice as long, with some chance in it.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(60),
            idle: Duration::from_secs(10 * 60),
            answer: Duration::from_secs(60),
            first_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(5 * 60),
        }
    }
}

/// How far a mailbox was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The server's number for this life of the folder; with another one all its letters have new numbers.
    pub uid_validity: u32,
    /// All letters up to this one are taken over.
    pub uid: u32,
}

/// Keeps cursors through a crash.
#[async_trait]
pub trait Cursors: Send + Sync {
    /// The cursor of a mailbox, if it has one.
    async fn read(&self, mailbox: &str) -> Result<Option<Cursor>, CursorLost>;
    /// Keeps it; it is read again after the next start.
    async fn keep(&self, mailbox: &str, cursor: Cursor) -> Result<(), CursorLost>;
}

/// The place where cursors are kept does not answer.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the position in the mailbox can neither be read nor kept")]
pub struct CursorLost;

/// Hears how a mailbox is doing, so that the operator can be told: when it changes, not with every try, and once for a letter.
pub trait Watcher: Send + Sync {
    /// Something is wrong.
    fn trouble(&self, mailbox: &str, trouble: Trouble);
    /// It is connected, and what was there is taken over.
    fn well(&self, mailbox: &str);
}

/// What can be wrong with a mailbox. None of it says anything about a letter but its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The password was refused: somebody changed it, or the provider wants one made for programs.
    #[error("the server refuses the user or the password; enter the new password in the settings")]
    WrongPassword,
    /// Nobody answers, or the connection broke off.
    #[error("the server cannot be reached, or the connection broke off; trying again")]
    Unreachable,
    /// The certificate is not believed.
    #[error(
        "the server's certificate is not believed; check the host's name, or add the certificate of its authority"
    )]
    Certificate,
    /// The settings forbid themselves.
    #[error("without TLS a server is called only on this machine; choose TLS or STARTTLS")]
    Settings,
    /// The watched folder is not there.
    #[error("the folder to watch does not exist in the mailbox")]
    FolderMissing,
    /// The folder for letters taken over is not there and cannot be made.
    #[error("the folder for filed letters does not exist in the mailbox and cannot be created")]
    TargetMissing,
    /// The server counts anew; all letters in the folder come again, and known ones are told apart by their bytes.
    #[error("the server has numbered the mailbox anew; its letters are read again")]
    Renumbered,
    /// Letters cannot be filed here: a full disk, a database that does not answer. They stay in the mailbox.
    #[error("letters cannot be filed at the moment; they stay in the mailbox")]
    CannotFile,
    /// A letter was taken over, and cannot be marked or moved. It is not taken over again.
    #[error("letter {uid} is filed, but the server does not let it be marked or moved")]
    CannotMark {
        /// Its number in the folder.
        uid: u32,
    },
    /// A letter is over the bound. Its headers were handed over, and it stays in the mailbox.
    #[error("letter {uid} is too large; only its headers were taken, the letter stays in the mailbox")]
    TooLarge {
        /// Its number in the folder.
        uid: u32,
    },
    /// A letter was refused; it stays in the mailbox and is not asked about again.
    #[error("letter {uid} was refused; it stays in the mailbox")]
    Refused {
        /// Its number in the folder.
        uid: u32,
    },
    /// The server does not give a letter out, also not at the third try. It stays in the mailbox.
    #[error("the server does not give out letter {uid}; it stays in the mailbox, look at it there")]
    Unreadable {
        /// Its number in the folder.
        uid: u32,
    },
    /// The server says something that nobody understands.
    #[error("the server does not speak IMAP as expected")]
    Protocol,
}

impl Trouble {
    /// The stable code under which its wording for staff is found.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong_password",
            Self::Unreachable => "unreachable",
            Self::Certificate => "certificate",
            Self::Settings => "settings",
            Self::FolderMissing => "folder_missing",
            Self::TargetMissing => "target_missing",
            Self::Renumbered => "renumbered",
            Self::CannotFile => "cannot_file",
            Self::CannotMark { .. } => "cannot_mark",
            Self::TooLarge { .. } => "too_large",
            Self::Refused { .. } => "refused",
            Self::Unreadable { .. } => "unreadable",
            Self::Protocol => "protocol",
        }
    }
}

/// Looks after a mailbox until `stop` is there. It ends before only where the settings forbid it to begin.
pub async fn watch(
    mailbox: Mailbox,
    intake: Arc<dyn Intake>,
    cursors: Arc<dyn Cursors>,
    watcher: Arc<dyn Watcher>,
    stop: impl Future<Output = ()>,
) {
    let watch = Watch { mailbox: &mailbox, intake: &*intake, cursors: &*cursors, watcher: &*watcher };
    tokio::select! {
        () = stop => {}
        () = watch.for_ever() => {}
    }
}

/// What one watch works with.
struct Watch<'all> {
    mailbox: &'all Mailbox,
    intake: &'all dyn Intake,
    cursors: &'all dyn Cursors,
    watcher: &'all dyn Watcher,
}

/// What is remembered from one connection to the next.
#[derive(Default)]
struct Memory {
    /// The trouble that was told last, for as long as it lasts.
    told: Option<Trouble>,
    /// Whether it was told that all is well.
    well: bool,
    /// A letter that the server did not give out, and how often.
    stuck: Option<(u32, u32)>,
    failures: u32,
}

impl Watch<'_> {
    async fn for_ever(&self) {
        let mut memory = Memory::default();
        let mailbox = self.mailbox;
        if mailbox.security == Security::NoneOnThisMachine && !tls::is_this_machine(&mailbox.host) {
            return self.watcher.trouble(&mailbox.name, Trouble::Settings);
        }
        loop {
            let trouble = match self.attend(&mut memory).await {
                Ok(never) => match never {},
                Err(trouble) => trouble,
            };
            if memory.told != Some(trouble) {
                self.watcher.trouble(&mailbox.name, trouble);
                memory.told = Some(trouble);
            }
            memory.well = false;
            if trouble == Trouble::WrongPassword {
                // Providers lock an account at which somebody tries often.
                memory.failures = u32::MAX;
            }
            tokio::time::sleep(mailbox.pace.wait(memory.failures)).await;
            memory.failures = memory.failures.saturating_add(1);
        }
    }

    /// One connection, as long as it lasts.
    async fn attend(&self, memory: &mut Memory) -> Result<std::convert::Infallible, Trouble> {
        let mut session = connection::open(self.mailbox).await?;
        let mut cursor = self.enter(&mut session, memory).await?;
        loop {
            session = self.take_all(session, &mut cursor, memory).await?;
            if !memory.well {
                self.watcher.well(&self.mailbox.name);
            }
            *memory = Memory { well: true, ..Memory::default() };
            session = session.wait_for_news(self.mailbox.pace).await?;
        }
    }
}

impl Pace {
    /// Between half and the whole of a time that doubles: many programs that lost one server do not come back in step.
    fn wait(&self, failures: u32) -> Duration {
        let whole =
            self.first_wait.saturating_mul(2_u32.saturating_pow(failures.min(16))).min(self.longest_wait);
        let mut chance = [0_u8; 1];
        // Without chance the wait is the longer one, and still right.
        let chance = aws_lc_rs::rand::fill(&mut chance).map_or(u8::MAX, |()| chance[0]);
        whole / 2 + whole.mul_f64(f64::from(chance) / 510.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_over_the_wire_reaches_no_log() {
        // The client writes every command into its log at the finest level, the password among them.
        assert!(log::STATIC_MAX_LEVEL < log::LevelFilter::Trace);
    }

    #[test]
    fn waits_grow_to_a_bound_and_are_never_none() {
        let pace = Pace::default();
        for failures in [0, 1, 5, 1000, u32::MAX] {
            let wait = pace.wait(failures);
            assert!(wait >= pace.first_wait / 2 && wait <= pace.longest_wait, "{failures}: {wait:?}");
        }
        assert!(pace.wait(u32::MAX) >= pace.longest_wait / 2);
    }
}
