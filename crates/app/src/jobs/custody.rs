//! The epoch turns, so that wrapped keys in old copies open nothing any more (clause 2.14).

use saqta_store::epoch::Turned;

use crate::act::Entry;
use crate::error::Error;
use crate::instance::App;
use crate::jobs::system;

impl App {
    /// Ends the epoch while requests are answered. `progress` hears how many keys are done, and of how many.
    pub async fn turn_epoch(&self, progress: impl FnMut(u64, u64) + Send) -> Result<Turned, Error> {
        let turned = self.vault.turn_epoch(self.clock.now(), progress).await?;
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
}
