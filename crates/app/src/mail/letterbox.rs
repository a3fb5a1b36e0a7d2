//! What do mail servers and mailboxes hand letters to, and how does the operator hear that one of them has trouble?

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use saqta_mail::imap::{Cursor, CursorLost, Cursors, Trouble, Watcher};
use saqta_mail::intake::{Arrived, Intake, NotTaken, Taken};
use saqta_mail::trust::Examiner;
use saqta_store::db::Place;

use super::take::{Brought, Fate};
use crate::instance::App;

/// The setting under which the position in a mailbox is kept.
const CURSOR: &str = "mailbox_position/";

/// The place that staff are told of when letters cannot be filed, by whichever way they come.
const FILING: &str = "E-mail";

/// How long name servers may take to say who sent a letter.
const EXAMINED_WITHIN: Duration = Duration::from_secs(5);

/// Takes letters in for an installation.
pub struct Letterbox {
    app: Arc<App>,
    /// What finds out about senders; none where no name server can be asked.
    examiner: Option<Examiner>,
}

impl Letterbox {
    /// One for that installation.
    pub fn new(app: Arc<App>, examiner: Option<Examiner>) -> Self {
        Self { app, examiner }
    }
}

#[async_trait]
impl Intake for Letterbox {
    async fn take(&self, letter: Arrived) -> Result<Taken, NotTaken> {
        let trust = match &self.examiner {
            Some(examiner) => {
                let examined = examiner.examine(&letter.bytes, &letter.arrival);
                // A name server that does not answer keeps no letter from being filed.
                tokio::time::timeout(EXAMINED_WITHIN, examined).await.ok()
            }
            None => None,
        };
        let brought = Brought { raw: &letter.bytes, received: letter.received, trust, extent: letter.extent };
        match self.app.take_letter(&brought).await {
            Ok(Fate::Filed(_) | Fate::Joined(_) | Fate::Bounced(_) | Fate::NotFiled) => {
                self.app.troubles.say(FILING, None);
                Ok(Taken::Filed)
            }
            Err(error) => {
                tracing::error!(%error, "a letter cannot be filed now; whoever brought it keeps it");
                self.app.troubles.say(FILING, Some(Trouble::CannotFile.code()));
                Err(NotTaken::Later)
            }
        }
    }
}

#[async_trait]
impl Cursors for Letterbox {
    async fn read(&self, mailbox: &str) -> Result<Option<Cursor>, CursorLost> {
        let kept = self.app.vault.db().setting(Place::Data, &format!("{CURSOR}{mailbox}")).await;
        let kept = kept.map_err(|error| lost(&error))?;
        let Some(kept) = kept.and_then(|bytes| String::from_utf8(bytes).ok()) else { return Ok(None) };
        let halves =
            kept.split_once(' ').and_then(|(life, uid)| Some((life.parse().ok()?, uid.parse().ok()?)));
        Ok(halves.map(|(uid_validity, uid)| Cursor { uid_validity, uid }))
    }

    async fn keep(&self, mailbox: &str, cursor: Cursor) -> Result<(), CursorLost> {
        let value = format!("{} {}", cursor.uid_validity, cursor.uid).into_bytes();
        let kept = self.app.vault.db().set_setting(Place::Data, &format!("{CURSOR}{mailbox}"), value).await;
        kept.map_err(|error| lost(&error))
    }
}

fn lost(error: &saqta_store::error::Error) -> CursorLost {
    tracing::error!(%error, "the position in a mailbox can neither be read nor kept");
    CursorLost
}

impl Watcher for Letterbox {
    fn trouble(&self, mailbox: &str, trouble: Trouble) {
        tracing::error!(mailbox, "{trouble}");
        self.app.troubles.say(mailbox, Some(trouble.code()));
    }

    fn well(&self, mailbox: &str) {
        tracing::info!(mailbox, "the mailbox is watched");
        self.app.troubles.say(mailbox, None);
    }
}

/// What is wrong with mailboxes and mail servers, by their names, until it is well again: the stable code of each.
#[derive(Default)]
pub(crate) struct Troubles(Mutex<BTreeMap<String, &'static str>>);

impl Troubles {
    pub fn say(&self, place: &str, trouble: Option<&'static str>) {
        let Ok(mut known) = self.0.lock() else { return };
        match trouble {
            Some(trouble) => drop(known.insert(place.to_owned(), trouble)),
            None => drop(known.remove(place)),
        }
    }

    pub fn all(&self) -> Vec<(String, &'static str)> {
        let known = self.0.lock();
        known.map(|known| known.clone().into_iter().collect()).unwrap_or_default()
    }
}

impl App {
    /// What is wrong with the mail now, for the operator: the place, and the code under which the words `mail-trouble-` say what
    /// to do.
    pub fn mail_troubles(&self) -> Vec<(String, &'static str)> {
        self.troubles.all()
    }
}
