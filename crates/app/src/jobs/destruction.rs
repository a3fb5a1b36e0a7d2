//! Destructions that were begun go on: after an erasure that did not wait for them, after a crash, after a busy reader
//! (clause 2.14).

use saqta_store::destruction::{DestructionState, Shred};

use crate::act::Receipt;
use crate::error::Error;
use crate::instance::App;
use crate::jobs::system;

impl App {
    /// Destroys the keys of everything that was erased, and marks what no copy can bring back any more; gives the number of keys
    /// that were destroyed.
    pub(crate) async fn resume_destructions(&self) -> Result<u64, Error> {
        let caller = system("destruction");
        let mut resumed = 0;
        loop {
            let open = self.vault.destructions(DestructionState::Erased, None).await?;
            if open.is_empty() {
                break;
            }
            let ended: Vec<(Shred, Receipt)> = open
                .into_iter()
                .map(|line| {
                    let erased = Receipt { log: line.leaf.0, index: line.leaf.1 };
                    (Shred { subject: line.subject, keys: vec![line.key] }, erased)
                })
                .collect();
            self.shred(&caller, &ended).await?;
            resumed += u64::try_from(ended.len()).unwrap_or(u64::MAX);
        }
        self.vault.complete_destructions(self.clock.now()).await?;
        Ok(resumed)
    }
}
