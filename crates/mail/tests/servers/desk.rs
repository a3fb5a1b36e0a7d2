//! Who takes the letters of a test over?

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use saqta_mail::intake::{Arrived, Intake, NotTaken, Taken};
use saqta_mail::lmtp::{Address, Bounds, Door, Listener};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Longest wait for something that is certain to come; it ends a test that would hang.
pub const LONG: Duration = Duration::from_secs(60);

/// Takes letters as it is told, and shows each to the test.
pub struct Desk {
    shown: UnboundedSender<Arrived>,
    moods: Mutex<VecDeque<Mood>>,
}

/// What becomes of the next letter; of all further ones, when there is nothing said, they are filed.
#[derive(Clone, Copy)]
pub enum Mood {
    /// It is filed.
    Files,
    /// It is not taken.
    Declines(NotTaken),
    /// Nobody ever answers.
    FallsSilent,
}

/// The letters that were handed over.
pub struct Letters(UnboundedReceiver<Arrived>);

impl Desk {
    pub fn new(moods: &[Mood]) -> (Arc<Self>, Letters) {
        let (shown, letters) = unbounded_channel();
        (Arc::new(Self { shown, moods: Mutex::new(moods.iter().copied().collect()) }), Letters(letters))
    }
}

#[async_trait]
impl Intake for Desk {
    async fn take(&self, letter: Arrived) -> Result<Taken, NotTaken> {
        let mood = self.moods.lock().unwrap().pop_front().unwrap_or(Mood::Files);
        let _the_test_is_over = self.shown.send(letter);
        match mood {
            Mood::Files => Ok(Taken::Filed),
            Mood::Declines(why) => Err(why),
            Mood::FallsSilent => std::future::pending().await,
        }
    }
}

impl Letters {
    pub async fn next(&mut self) -> Arrived {
        tokio::time::timeout(LONG, self.0.recv()).await.expect("a letter comes").expect("the desk is open")
    }

    /// What has come and was not looked at.
    pub fn further(&mut self) -> Vec<Arrived> {
        std::iter::from_fn(|| self.0.try_recv().ok()).collect()
    }
}

/// A door that is open until it is dropped.
pub struct OpenDoor {
    pub port: u16,
    stop: Option<oneshot::Sender<()>>,
    work: JoinHandle<()>,
}

impl OpenDoor {
    pub async fn at(address: Address, desk: Arc<Desk>, recipients: &[&str], bounds: Bounds) -> Self {
        let listener = Listener::open(Door {
            address,
            hostname: "autoshop.example".to_owned(),
            recipients: recipients.iter().map(|&address| address.to_owned()).collect(),
            peers: Vec::new(),
            bounds,
        })
        .await
        .unwrap();
        let port = listener.port().unwrap_or_default();
        let (stop, stopped) = oneshot::channel::<()>();
        let work = tokio::spawn(listener.serve(desk, async move {
            let _dropped = stopped.await;
        }));
        Self { port, stop: Some(stop), work }
    }

    pub async fn new(desk: Arc<Desk>, recipients: &[&str]) -> Self {
        Self::at(Address::Tcp("127.0.0.1:0".parse().unwrap()), desk, recipients, Bounds::default()).await
    }

    /// Ends it as a crash would: in the middle of whatever it does.
    pub async fn crash(self) {
        self.work.abort();
        let _aborted = self.work.await;
    }

    /// Ends it as an operator would.
    pub async fn close(mut self) {
        drop(self.stop.take());
        self.work.await.unwrap();
    }
}

pub fn letter(number: usize) -> String {
    format!(
        "From: Aigul <aigul{number}@people.example>\r\nTo: privacy@autoshop.example\r\n\
         Message-ID: <{number}@people.example>\r\nSubject: {number}\r\n\r\nLetter number {number}.\r\n"
    )
}
