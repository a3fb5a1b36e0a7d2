//! The epoch turns, so that wrapped keys in old copies open nothing any more (clause 2.14).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use saqta_store::epoch::Turned;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::act::Entry;
use crate::error::Error;
use crate::instance::App;
use crate::jobs::system;

/// The turn that is under way in this process, if any, and how far it has come.
#[derive(Default)]
pub(crate) struct Turning {
    one_at_a_time: Mutex<()>,
    done: AtomicU64,
    of: AtomicU64,
}

/// Which epochs live, and how far a turn has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochState {
    /// The epoch that new keys are wrapped under.
    pub epoch: u32,
    /// Every epoch that lives; more than one while a turn is under way.
    pub living: Vec<u32>,
    /// Keys that were wrapped anew so far.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

impl App {
    /// Ends the epoch while requests are answered. `progress` hears how many keys are done, and of how many.
    pub async fn turn_epoch(&self, mut progress: impl FnMut(u64, u64) + Send) -> Result<Turned, Error> {
        let _turn = self.turning.one_at_a_time.lock().await;
        let hear = |done, of| {
            self.turning.done.store(done, Ordering::Relaxed);
            self.turning.of.store(of, Ordering::Relaxed);
            progress(done, of);
        };
        let turned = self.vault.turn_epoch(self.clock.now(), hear).await?;
        let entry = Entry::administrative("epoch.turned").detail(format!(
            "epoch {}, {} destructions completed",
            turned.epoch,
            turned.completed.len()
        ));
        match self.view().await {
            Ok(view) => {
                self.record_administration(&system("custody"), &view, entry, Vec::new()).await?;
            }
            // Before the first policy there is nobody whose keys could have been wrapped.
            Err(Error::NoPolicy) => {}
            Err(error) => return Err(error),
        }
        Ok(turned)
    }

    /// The same in a task of its own: whoever asked may hang up, and the turn goes on.
    pub fn turn_epoch_apart(self: &Arc<Self>) -> JoinHandle<Result<Turned, Error>> {
        let app = Arc::clone(self);
        tokio::spawn(async move { app.turn_epoch(|_, _| {}).await })
    }

    /// Which epochs live, and how far a turn has come.
    pub fn epoch_state(&self) -> EpochState {
        let custody = self.vault.keyring().custody();
        EpochState {
            epoch: custody.current_epoch(),
            living: custody.living_epochs(),
            done: self.turning.done.load(Ordering::Relaxed),
            of: self.turning.of.load(Ordering::Relaxed),
        }
    }
}
