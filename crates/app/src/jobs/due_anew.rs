//! A new version of the policy is in force: on which day must each record be looked at now (clauses 5.7, 7.9, 11.2)?
//!
//! A record's day was set under the version that was in force when something last happened to it. Once another version is in
//! force, every record is looked at once and its day set by that version, page by page and some pages a round, so that what
//! ends sooner ends on its day, and what was collected for a purpose that is gone falls due. The place in the walk is kept, and
//! a start after a crash goes on there; a record that is looked at twice gets the same day twice. Nothing is destroyed here:
//! that is left to the sweep, which asks the rule again.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use saqta_domain::rules::must_destroy::next_due;
use saqta_domain::terms::names::CompartmentName;
use saqta_domain::terms::subject::Pseudonym;
use saqta_store::db::Place;
use saqta_store::error::Error as StoreError;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::instance::{App, View};

const SETTING: &str = "due_anew";
const PAGE: u16 = 200;
/// Ten thousand records a round: the sweep behind this one is not kept waiting.
const PAGES_A_ROUND: u32 = 50;
/// How long after its first instant a version is walked for: a deed that was decided under the version before, here or by
/// another process whose clock is behind, has its day by then.
const SETTLED: SignedDuration = SignedDuration::from_mins(5);

/// How far the walk has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    /// For which version.
    version: u32,
    /// The compartment that is walked; none, when the walk is over.
    compartment: Option<String>,
    /// Where in it: the beginning of a pseudonym, too short to name anybody.
    after: u32,
}

impl Walk {
    fn over(version: u32) -> Self {
        Self { version, compartment: None, after: 0 }
    }

    /// The place in an order of pseudonyms from which the walk goes on; some records before it are looked at twice.
    fn place(&self) -> Pseudonym {
        let mut bytes = [0; 16];
        for (byte, part) in bytes.iter_mut().zip(self.after.to_be_bytes()) {
            *byte = part;
        }
        Pseudonym::new(bytes)
    }
}

fn beginning(of: Pseudonym) -> u32 {
    of.bytes().iter().take(4).fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

impl App {
    /// Goes on with the walk, if the version in force has not been walked for; gives the number of records that were looked at.
    pub(crate) async fn make_due_anew(&self) -> Result<u64, Error> {
        let view = match self.view().await {
            Ok(view) => view,
            Err(Error::NoPolicy) => return Ok(0),
            Err(error) => return Err(error),
        };
        self.not_before_the_walk(&view).await?;
        let version = view.version.policy.version;
        let versions = self.versions();
        if view.now.duration_since(view.version.policy.effective_from) < SETTLED {
            return Ok(0);
        }
        if versions.first().is_some_and(|first| first.policy.version == version) {
            // Every record was made under it.
            return Ok(0);
        }
        let compartments: BTreeSet<CompartmentName> =
            versions.iter().flat_map(|v| v.policy.compartments()).cloned().collect();
        let mut walk = match self.walk_kept().await? {
            Some(walk) if walk.version == version => walk,
            _ => Walk { version, compartment: compartments.first().map(ToString::to_string), after: 0 },
        };
        let mut looked_at = 0;
        let mut pages = 0;
        while let Some(current) = walk.compartment.clone() {
            let compartment = CompartmentName::new(&current).map_err(|_| Error::Unreadable)?;
            let mut after = Some(walk.place());
            let ended = loop {
                let page = self.vault.page(&compartment, after, PAGE).await?;
                looked_at += self.set_days(&compartment, &page).await?;
                pages += 1;
                after = page.last().copied().or(after);
                if page.len() < usize::from(PAGE) {
                    break true;
                }
                if pages >= PAGES_A_ROUND {
                    break false;
                }
                tokio::task::yield_now().await;
            };
            if ended {
                let next = compartments.iter().find(|c| c.as_str() > current.as_str());
                walk = Walk { version, compartment: next.map(ToString::to_string), after: 0 };
            } else {
                walk.after = after.map_or(0, beginning);
            }
            if pages >= PAGES_A_ROUND {
                break;
            }
        }
        let kept = if walk.compartment.is_none() { Walk::over(version) } else { walk };
        if self.walk_kept().await?.as_ref() != Some(&kept) {
            let bytes = serde_json::to_vec(&kept).map_err(|_| Error::Unreadable)?;
            self.vault.db().set_setting(Place::Data, SETTING, bytes).await?;
        }
        Ok(looked_at)
    }

    /// Refuses to end anything while the version in force is older than one that was walked for: a clock went back, or
    /// versions are missing from the database. What the newer one opened would look as if nobody had declared it.
    pub(crate) async fn not_before_the_walk(&self, view: &View) -> Result<(), Error> {
        let walked = self.walk_kept().await?.map_or(0, |walk| walk.version);
        if view.version.policy.version < walked {
            tracing::error!(walked, "an older version is in force again: nothing is ended under it");
            return Err(Error::Version("older_in_force"));
        }
        Ok(())
    }

    async fn walk_kept(&self) -> Result<Option<Walk>, Error> {
        let kept = self.vault.db().setting(Place::Data, SETTING).await?;
        // What cannot be read was not written by this job: the walk begins anew.
        Ok(kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Sets the day of each record of a page. One that changes meanwhile gets its day from that change.
    async fn set_days(&self, compartment: &CompartmentName, page: &[Pseudonym]) -> Result<u64, Error> {
        let view = self.view().await?;
        let mut steps = Vec::with_capacity(page.len());
        for pseudonym in page {
            match self.vault.outline_of(compartment, *pseudonym).await {
                Ok(Some(record)) if !record.is_released() => {
                    steps.push(record.due_step(next_due(&view.situation(), record.standing())));
                }
                Ok(_) => {}
                // One record that is damaged must not keep all others from their day; whoever asks for it meets the same error.
                Err(
                    error @ (StoreError::Unreadable
                    | StoreError::PutBack
                    | StoreError::Seal(_)
                    | StoreError::Column { .. }),
                ) => tracing::error!(%error, "a record was not looked at under the new version"),
                // Anything else may pass: the walk goes on from its kept place.
                Err(error) => return Err(error.into()),
            }
        }
        let looked_at = u64::try_from(steps.len()).unwrap_or(u64::MAX);
        if !steps.is_empty() {
            self.vault.set_due_of_all(steps).await?;
        }
        Ok(looked_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_that_is_kept_is_never_past_the_record_it_was_taken_from() {
        for bytes in [[0; 16], [0xff; 16], [0x12; 16]] {
            let at = Pseudonym::new(bytes);
            let walk = Walk { version: 2, compartment: Some("trade".to_owned()), after: beginning(at) };
            assert!(walk.place() <= at);
            assert_eq!(walk.place().bytes().first(), bytes.first());
        }
    }
}
