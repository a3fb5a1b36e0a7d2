//! How does an epoch end, so that wrapped keys in old copies open nothing any more?
//!
//! Living keys are wrapped anew under the next epoch while the server answers; when none is left under the old one, the old
//! epoch key is destroyed. Dying anywhere leaves two living epochs, and the turn goes on where it was.

use jiff::Timestamp;
use saqta_domain::terms::names::CompartmentName;

use crate::db::{Place, Query};
use crate::destruction::Destruction;
use crate::error::Error;
use crate::vault::{Vault, row_id};
use crate::writer::Step;

const OLDER: &str = "
select subject, key, compartment, epoch, wrapped
from subject_keys
where epoch < $1
order by epoch, subject, key
limit $2";

const COUNT: &str = "
select count(*)
from subject_keys
where epoch < $1";

const REWRAP: &str = "
update subject_keys
set epoch = $4, wrapped = $5
where subject = $1 and key = $2 and epoch = $3";

const REMOVE: &str = "
delete from subject_keys
where subject = $1 and key = $2";

const PAGE: i64 = 200;

/// What a turn of the epoch did.
#[derive(Debug)]
pub struct Turned {
    /// The epoch that lives now.
    pub epoch: u32,
    /// How many keys were wrapped anew.
    pub rewrapped: u64,
    /// Destructions that nothing can undo any more, now that their epoch is gone.
    pub completed: Vec<Destruction>,
}

impl Vault {
    /// Ends every epoch but a new one. `progress` hears how many keys are done, and of how many.
    pub async fn turn_epoch(
        &self,
        now: Timestamp,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Turned, Error> {
        let custody = self.keyring.custody();
        let epoch = custody.begin_turn()?;
        self.db.reached("epoch:begun")?;
        let total = self.older_keys(epoch).await?;
        let mut rewrapped = 0;
        // Keys wrapped by a deed that was under way when the turn began are found by asking until there is none.
        loop {
            let query = Query::new(OLDER, vec![i64::from(epoch).into(), PAGE.into()]);
            let rows = self.db.query(Place::Keys, query).await?;
            if rows.is_empty() {
                break;
            }
            let mut steps = Vec::with_capacity(rows.len());
            for row in &rows {
                let subject = row_id(row, 0)?;
                let compartment = CompartmentName::new(row.text(2)?).map_err(|_| Error::Unreadable)?;
                let old = u32::try_from(row.int(3)?).map_err(|_| Error::Unreadable)?;
                let wrapped = match custody.rewrap(old, row.bytes(4)?, &subject, compartment.as_str()) {
                    // A row that came too late for its epoch, or was put there by somebody: nothing can open it any more.
                    Err(saqta_seal::error::Error::EpochDestroyed { .. }) => {
                        steps.push(Step::any(REMOVE, vec![subject.into(), row.bytes(1)?.into()]));
                        continue;
                    }
                    wrapped => wrapped?,
                };
                let params = vec![
                    subject.into(),
                    row.bytes(1)?.into(),
                    i64::from(old).into(),
                    i64::from(wrapped.epoch).into(),
                    wrapped.bytes.into(),
                ];
                // A key that was destroyed in the meantime stays destroyed: the update then finds no row.
                steps.push(Step::any(REWRAP, params));
            }
            rewrapped += u64::try_from(rows.len()).unwrap_or(u64::MAX);
            self.db.commit_keys(steps).await?;
            self.db.reached("epoch:page")?;
            progress(rewrapped, total.max(rewrapped));
        }
        self.db.compact_keys().await?;
        self.db.reached("epoch:rewrapped")?;
        custody.finish_turn()?;
        self.db.reached("epoch:finished")?;
        let completed = self.complete_destructions(now).await?;
        Ok(Turned { epoch, rewrapped, completed })
    }

    /// Whether a turn was begun and not finished.
    pub fn turn_is_under_way(&self) -> bool {
        self.keyring.custody().living_epochs().len() > 1
    }

    async fn older_keys(&self, epoch: u32) -> Result<u64, Error> {
        let rows = self.db.query(Place::Keys, Query::new(COUNT, vec![i64::from(epoch).into()])).await?;
        let count = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
