//! What happens to each letter in the folder, and in which order?

use async_imap::error::Error;
use async_imap::types::Fetch;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use tokio::time::timeout;

use super::connection::{Open, of_error, within};
use super::names::on_the_wire;
use super::{Afterwards, Beginning, Cursor, KEYWORD, Memory, Trouble, Watch};
use crate::intake::{Arrival, Arrived, Extent, NotTaken, Way};

/// Letters whose sizes are asked for at once.
const BATCH: usize = 50;
/// Bytes of headers that are taken of a letter that is too large.
const HEADERS: u32 = 256 * 1024;
/// How often the server is asked for a letter that it does not give out.
const TRIES: u32 = 3;

/// What became of one letter.
enum Outcome {
    Filed,
    /// It stays in the folder, and the operator is told why.
    Stays(Trouble),
    Gone,
}

impl Watch<'_> {
    /// Opens the folder and finds the place to go on from.
    pub(super) async fn enter(&self, open: &mut Open, memory: &mut Memory) -> Result<Cursor, Trouble> {
        let pace = self.mailbox.pace;
        if let Afterwards::MoveTo(target) = &self.mailbox.afterwards {
            self.find_or_make(open, &on_the_wire(target)).await?;
        }
        let folder = on_the_wire(&self.mailbox.folder);
        let selected = match timeout(pace.answer, open.session.select(&folder)).await {
            Ok(Err(Error::No(_))) => return Err(Trouble::FolderMissing),
            Ok(selected) => selected.map_err(|error| of_error(&error))?,
            Err(_late) => return Err(Trouble::Unreachable),
        };
        // Without this number letters have none that last (RFC 3501, 2.3.1.1).
        let uid_validity = selected.uid_validity.ok_or(Trouble::Protocol)?;
        let kept = self.cursors.read(&self.mailbox.name).await.map_err(|_lost| Trouble::CannotFile)?;
        match kept {
            Some(cursor) if cursor.uid_validity == uid_validity => return Ok(cursor),
            Some(_) => {
                self.watcher.trouble(&self.mailbox.name, Trouble::Renumbered);
                memory.told = Some(Trouble::Renumbered);
                memory.stuck = None;
                memory.well = false;
            }
            None if self.mailbox.beginning == Beginning::New => {
                let uid = selected.uid_next.map_or(0, |next| next.saturating_sub(1));
                let cursor = Cursor { uid_validity, uid };
                let kept = self.cursors.keep(&self.mailbox.name, cursor).await;
                kept.map_err(|_lost| Trouble::CannotFile)?;
                return Ok(cursor);
            }
            None => {}
        }
        Ok(Cursor { uid_validity, uid: 0 })
    }

    async fn find_or_make(&self, open: &mut Open, target: &str) -> Result<(), Trouble> {
        let bound = self.mailbox.pace.answer;
        let status = timeout(bound, open.session.status(target, "(UIDVALIDITY)")).await;
        match status.map_err(|_late| Trouble::Unreachable)? {
            Ok(_) => return Ok(()),
            Err(Error::No(_)) => {}
            Err(error) => return Err(of_error(&error)),
        }
        match timeout(bound, open.session.create(target)).await.map_err(|_late| Trouble::Unreachable)? {
            Ok(()) => Ok(()),
            Err(Error::No(_) | Error::Bad(_)) => Err(Trouble::TargetMissing),
            Err(error) => Err(of_error(&error)),
        }
    }

    /// Takes over whatever lies behind the cursor, and looks again until nothing does.
    pub(super) async fn take_all(
        &self,
        mut open: Open,
        cursor: &mut Cursor,
        memory: &mut Memory,
    ) -> Result<Open, Trouble> {
        loop {
            open.forget_what_was_said();
            let query = format!("UID {}:*", cursor.uid.saturating_add(1));
            let found = within(self.mailbox.pace.answer, open.session.uid_search(query)).await?;
            // `n:*` names the last letter even where its number is below n.
            let mut waiting: Vec<u32> = found.into_iter().filter(|uid| *uid > cursor.uid).collect();
            if waiting.is_empty() {
                return Ok(open);
            }
            waiting.sort_unstable();
            for batch in waiting.chunks(BATCH) {
                for (uid, size) in self.sizes(&mut open, batch).await? {
                    self.take_one(&mut open, uid, size, memory).await?;
                    *cursor = Cursor { uid, ..*cursor };
                    let kept = self.cursors.keep(&self.mailbox.name, *cursor).await;
                    kept.map_err(|_lost| Trouble::CannotFile)?;
                }
            }
        }
    }

    /// The letters of a batch with their sizes; one that is gone by now has none.
    async fn sizes(&self, open: &mut Open, batch: &[u32]) -> Result<Vec<(u32, Option<u32>)>, Trouble> {
        let set = batch.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let answers = match self.fetch(open, &set, "(UID RFC822.SIZE)").await {
            // One bad letter must not hide the others of its batch: each is asked for by itself, and no more of it than may be.
            Err(Trouble::Protocol) => return Ok(batch.iter().map(|uid| (*uid, Some(0))).collect()),
            answers => answers?,
        };
        let size_of = |uid| answers.iter().find(|answer| answer.uid == Some(uid)).map(|answer| answer.size);
        Ok(batch.iter().map(|uid| (*uid, size_of(*uid).map(|size| size.unwrap_or(0)))).collect())
    }

    async fn fetch(&self, open: &mut Open, set: &str, what: &str) -> Result<Vec<Fetch>, Trouble> {
        let fetch = async { open.session.uid_fetch(set, what).await?.try_collect().await };
        // A letter may take its time; what makes it late is a line on which nothing comes.
        within(self.mailbox.pace.answer.saturating_mul(5), fetch).await
    }

    async fn take_one(
        &self,
        open: &mut Open,
        uid: u32,
        size: Option<u32>,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let outcome = match size {
            None => Outcome::Gone,
            Some(size) => match self.hand_over(open, uid, size).await {
                // The server answers, but not with this letter.
                Err(Trouble::Protocol) => {
                    let tries =
                        memory.stuck.filter(|(stuck, _)| *stuck == uid).map_or(1, |(_, tries)| tries + 1);
                    memory.stuck = Some((uid, tries));
                    if tries < TRIES {
                        return Err(Trouble::Protocol);
                    }
                    Outcome::Stays(Trouble::Unreadable { uid })
                }
                outcome => outcome?,
            },
        };
        match outcome {
            Outcome::Gone => Ok(()),
            Outcome::Filed => self.put_away(open, uid).await,
            Outcome::Stays(trouble) => {
                self.tell(trouble);
                // The mark is for whoever looks into the mailbox; without it the operator was told all the same.
                self.mark(open, uid, "\\Flagged").await.map(|_marked| ())
            }
        }
    }

    async fn hand_over(&self, open: &mut Open, uid: u32, size: u32) -> Result<Outcome, Trouble> {
        let bound = self.mailbox.letter;
        let too_large = size > bound;
        // A server that lied about the size sends one byte more than may be, and not a gigabyte.
        let what = if too_large {
            format!("(UID INTERNALDATE BODY.PEEK[HEADER]<0.{HEADERS}>)")
        } else {
            format!("(UID INTERNALDATE BODY.PEEK[]<0.{}>)", bound.saturating_add(1))
        };
        let answers = self.fetch(open, &uid.to_string(), &what).await?;
        let Some(answer) = answers.iter().find(|answer| answer.uid == Some(uid)) else {
            return Ok(Outcome::Gone);
        };
        let bytes = if too_large { answer.header() } else { answer.body() }.ok_or(Trouble::Protocol)?;
        let cut = !too_large && bytes.len() > usize::try_from(bound).unwrap_or(usize::MAX);
        let extent = if too_large || cut {
            Extent::HeadersOnly { size: u64::from(size).max(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) }
        } else {
            Extent::Whole
        };
        let letter = Arrived {
            way: Way::Mailbox(self.mailbox.name.clone()),
            arrival: Arrival::default(),
            recipients: Vec::new(),
            received: answer.internal_date().and_then(|at| Timestamp::from_second(at.timestamp()).ok()),
            bytes: if cut { headers(bytes).to_vec() } else { bytes.to_vec() },
            extent,
        };
        drop(answers);
        match self.intake.take(letter).await {
            Ok(_taken) if extent == Extent::Whole => Ok(Outcome::Filed),
            Ok(_) | Err(NotTaken::TooLarge) => Ok(Outcome::Stays(Trouble::TooLarge { uid })),
            Err(NotTaken::Refused) => Ok(Outcome::Stays(Trouble::Refused { uid })),
            Err(NotTaken::Later) => Err(Trouble::CannotFile),
        }
    }

    /// The letter lies safe. If we die here, it comes once more with the same bytes.
    async fn put_away(&self, open: &mut Open, uid: u32) -> Result<(), Trouble> {
        let done = match &self.mailbox.afterwards {
            Afterwards::Keep => {
                // Some servers let nobody make keywords; the letter is marked as read at least.
                self.mark(open, uid, &format!("\\Seen {KEYWORD}")).await?
                    || self.mark(open, uid, "\\Seen").await?
            }
            Afterwards::MoveTo(target) => {
                self.mark(open, uid, "\\Seen").await?;
                self.relocate(open, uid, &on_the_wire(target)).await?
            }
        };
        if !done {
            self.tell(Trouble::CannotMark { uid });
        }
        Ok(())
    }

    /// False where the server says no.
    async fn relocate(&self, open: &mut Open, uid: u32, target: &str) -> Result<bool, Trouble> {
        let (bound, number) = (self.mailbox.pace.answer, uid.to_string());
        if open.can_move {
            return agreed(timeout(bound, open.session.uid_mv(&number, target)).await);
        }
        // Without MOVE a copy is made, and the original marked as deleted. Only where that one letter can be taken away alone
        // is it done: a bare EXPUNGE would take away what others have marked too.
        if !agreed(timeout(bound, open.session.uid_copy(&number, target)).await)? {
            return Ok(false);
        }
        if !self.mark(open, uid, "\\Deleted").await? {
            return Ok(false);
        }
        if open.can_expunge_one {
            let expunge =
                async { open.session.uid_expunge(&number).await?.try_collect::<Vec<_>>().await.map(|_| ()) };
            return agreed(timeout(bound, expunge).await);
        }
        Ok(true)
    }

    async fn mark(&self, open: &mut Open, uid: u32, flags: &str) -> Result<bool, Trouble> {
        let store = async {
            let query = format!("+FLAGS.SILENT ({flags})");
            open.session.uid_store(uid.to_string(), query).await?.try_collect::<Vec<_>>().await.map(|_| ())
        };
        agreed(timeout(self.mailbox.pace.answer, store).await)
    }

    fn tell(&self, trouble: Trouble) {
        self.watcher.trouble(&self.mailbox.name, trouble);
    }
}

/// A no of the server is an answer; anything else that is wrong ends the connection.
fn agreed(answer: Result<Result<(), Error>, tokio::time::error::Elapsed>) -> Result<bool, Trouble> {
    match answer {
        Ok(Ok(())) => Ok(true),
        Ok(Err(Error::No(_) | Error::Bad(_))) => Ok(false),
        Ok(Err(error)) => Err(of_error(&error)),
        Err(_late) => Err(Trouble::Unreachable),
    }
}

/// A letter up to the empty line.
fn headers(letter: &[u8]) -> &[u8] {
    let end = letter.windows(4).position(|window| window == b"\r\n\r\n").map_or(letter.len(), |at| at + 4);
    letter.get(..end).unwrap_or(letter)
}
