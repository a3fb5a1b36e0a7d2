//! What runs while a server takes letters in and sends them?
//!
//! A watch for each mailbox, a door for mail servers that hand letters over, and a look into a folder. Each goes on whatever happens
//! to the others, and all end when the server does; a letter that is being filed is filed before.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use saqta_mail::folder::{DropFolder, Filed};
use saqta_mail::imap;
use saqta_mail::intake::Intake;
use saqta_mail::lmtp::{Bounds, Door, Listener};
use saqta_mail::outgoing;
use saqta_mail::trust::Examiner;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::letterbox::Letterbox;
use super::settings::{MailSettings, Senders, SettingsFault};
use crate::error::Error;
use crate::instance::App;
use crate::requests::sending::Post;

/// The largest letter that is taken from a folder, in bytes.
const LARGEST: u64 = 25 * 1024 * 1024;

/// How often the folder is looked into.
const LOOKS: Duration = Duration::from_secs(5);

/// A place where letters come in, opened.
pub struct MailRoom {
    settings: MailSettings,
    letterbox: Arc<Letterbox>,
    door: Option<Listener>,
}

/// Why it could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The settings cannot be.
    #[error(transparent)]
    Settings(#[from] SettingsFault),
    /// There is no policy, or the database does not answer.
    #[error(transparent)]
    App(#[from] Error),
}

impl MailRoom {
    /// Opens what the settings name, and lets letters leave by their mail server. Nothing is fetched yet.
    pub async fn open(app: Arc<App>, settings: MailSettings, post: Post) -> Result<Self, NotOpened> {
        let version = app.view().await?.version;
        let server = match &settings.sending {
            Some(sending) => {
                let outgoing = sending.outgoing(&version.policy.operator.email, app.letter_mark());
                let server = outgoing::Post::new(outgoing).map_err(|fault| SettingsFault {
                    what: format!("letters cannot be sent as [smtp] says: {fault}"),
                    todo: "mend [smtp] in the settings of e-mail".to_owned(),
                })?;
                Some(Arc::new(server))
            }
            None => None,
        };
        app.set_post(Post { server, ..post });
        let examiner = examiner(&settings.senders)?;
        let door = match &settings.lmtp {
            Some(door) => {
                let own = || crate::marks::mailboxes(&version).into_iter().collect::<BTreeSet<_>>();
                let door = Door {
                    address: door.address.clone(),
                    hostname: door.hostname.clone().unwrap_or_else(|| "localhost".to_owned()),
                    recipients: if door.recipients.is_empty() { own() } else { door.recipients.clone() },
                    peers: door.peers.clone(),
                    bounds: Bounds::default(),
                };
                Some(Listener::open(door).await.map_err(|fault| SettingsFault {
                    what: fault.to_string(),
                    todo: "choose another `listen` or `socket` in [lmtp]".to_owned(),
                })?)
            }
            None => None,
        };
        if let Some(folder) = &settings.folder {
            std::fs::create_dir_all(folder).map_err(|error| SettingsFault {
                what: format!("the folder of letters, {}, cannot be made: {error}", folder.display()),
                todo: "name a folder that the server may write to in [folder]".to_owned(),
            })?;
        }
        let letterbox = Arc::new(Letterbox::new(app, examiner));
        Ok(Self { settings, letterbox, door })
    }

    /// The port at which letters are taken by LMTP.
    pub fn lmtp_port(&self) -> Option<u16> {
        self.door.as_ref().and_then(Listener::port)
    }

    /// Takes letters in until the server ends.
    pub async fn run(self, stopped: watch::Receiver<bool>) {
        let Self { settings, letterbox, door } = self;
        let intake: Arc<dyn Intake> = Arc::clone(&letterbox) as Arc<dyn Intake>;
        let mut work = JoinSet::new();
        for mailbox in settings.mailboxes {
            let stop = asked(stopped.clone());
            work.spawn(imap::watch(mailbox, Arc::clone(&intake), letterbox.clone(), letterbox.clone(), stop));
        }
        if let Some(door) = door {
            work.spawn(door.serve(Arc::clone(&intake), asked(stopped.clone())));
        }
        if let Some(folder) = settings.folder {
            let stop = asked(stopped.clone());
            let folder = DropFolder::new(folder, LARGEST, Filed::Removed);
            work.spawn(async move { look_again(folder, &*intake, stop).await });
        }
        while let Some(ended) = work.join_next().await {
            if ended.is_err() {
                tracing::error!("a watch for letters broke off; the others go on");
            }
        }
    }
}

/// Takes letters from a folder. A file that was taken is removed: it is data of people in the open, and lies sealed in its case.
async fn look_again(mut folder: DropFolder, intake: &dyn Intake, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        match folder.look(intake).await {
            Ok(looked) if !looked.refused.is_empty() => {
                tracing::error!(
                    files = looked.refused.len(),
                    "letters in the folder were refused, and renamed"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the folder of letters cannot be read"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOKS) => {}
        }
    }
}

/// What finds out about senders. Without a name server nothing is known about them, and that is said once.
pub(super) fn examiner(senders: &Senders) -> Result<Option<Examiner>, SettingsFault> {
    let asked = match senders.name_servers.as_slice() {
        [] => Examiner::of_this_machine(),
        servers => Examiner::asking(servers),
    };
    match asked {
        Ok(examiner) => Ok(Some(match &senders.believe {
            Some(host) => examiner.believing(host),
            None => examiner,
        })),
        Err(error) => {
            tracing::warn!("{error}");
            Ok(None)
        }
    }
}

async fn asked(mut stopped: watch::Receiver<bool>) {
    // When the sender is gone, the server is ending as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}
