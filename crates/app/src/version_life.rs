//! Where does each version of the policy stand: draft, checked, approved, effective, superseded, or cancelled (clause 11.2)?
//!
//! The state is never kept: it follows from what was published, from what was cancelled, and from the clock.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use saqta_domain::terms::actor::{Actor, Role};
pub use saqta_policy::problem::Problem;
use saqta_seal::index::InstanceKey;
use saqta_store::policies::{PublishedRow, cancel_step};
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Entry, Receipt, is_stale, store};
use crate::error::Error;
use crate::instance::{App, Version};
use crate::publication::{files_of, in_zone, place, signature, time};

/// Where a version stands on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionState {
    /// It is worked on, and has errors.
    Draft,
    /// It is worked on, and has no errors: it may be approved.
    Checked,
    /// It is published, and its day has not come.
    Approved,
    /// It is in force.
    Effective,
    /// It was in force until another one took its place.
    Superseded,
    /// It was published and called off before its day came; it never was in force and never will be.
    Cancelled,
}

impl VersionState {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Approved => "approved",
            Self::Effective => "effective",
            Self::Superseded => "superseded",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Who called a version off, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// The name, as it was given.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A version as it is listed.
#[derive(Clone, Debug)]
pub struct VersionListed {
    /// Its number.
    pub version: u32,
    /// Where it stands.
    pub state: VersionState,
    /// SHA-256 of its files, in hexadecimal; nothing for a draft with errors, which cannot be approved by it.
    pub digest: Option<String>,
    /// Who approved it; told to administrators alone.
    pub approved_by: Option<String>,
    /// When it was approved and so published.
    pub approved_at: Option<Timestamp>,
    /// From when it is, was or wants to be in force.
    pub effective_from: Option<Timestamp>,
    /// The same in the zone of its first jurisdiction.
    pub effective_in_zone: Option<String>,
    /// When the next one takes, or took, its place.
    pub effective_until: Option<Timestamp>,
    /// Where its publication stands in the ledger.
    pub receipt: Option<Receipt>,
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
    /// Who called it off; told to administrators alone.
    pub cancelled_by: Option<String>,
    /// When a draft was kept.
    pub kept_at: Option<Timestamp>,
    /// What is wrong with a draft, and what somebody should look at.
    pub findings: Vec<Problem>,
}

/// So near to its day a version is not called off any more: a decision under it may be on its way.
const TOO_NEAR: SignedDuration = SignedDuration::from_mins(1);

impl App {
    /// Every version by its number. Drafts and the names of people are for administrators.
    pub async fn list_versions(&self, caller: &Caller) -> Result<Vec<VersionListed>, Error> {
        let administers = administers(caller);
        let (published, now) = (self.refresh().await?.0.published.clone(), self.clock.now());
        let mut listed = Vec::with_capacity(published.len());
        for version in &published {
            let until = effective_until(&published, version);
            let named = |name: &String| Some(name.clone()).filter(|_| administers);
            listed.push(VersionListed {
                version: version.policy.version,
                state: state(&published, version, now),
                digest: Some(data_encoding::HEXLOWER.encode(&version.policy.digest)),
                approved_by: named(&version.approved_by),
                approved_at: Some(version.approved_at),
                effective_from: Some(version.policy.effective_from),
                effective_in_zone: Some(in_zone(&version.policy, version.policy.effective_from)?),
                effective_until: until,
                receipt: version.receipt,
                cancelled_at: version.cancelled.as_ref().map(|c| c.at),
                cancelled_by: version.cancelled.as_ref().and_then(|c| named(&c.by)),
                kept_at: None,
                findings: Vec::new(),
            });
        }
        if administers {
            listed.extend(self.drafts(caller).await?.into_iter().map(|draft| draft.listed));
            listed.sort_by_key(|v| v.version);
        }
        Ok(listed)
    }

    /// A published version by its number, also one that was called off.
    pub fn version(&self, number: u32) -> Option<Version> {
        self.state.load().published.iter().find(|v| v.policy.version == number).cloned()
    }

    /// The files of a published version as text by their names.
    pub fn version_files(&self, number: u32) -> Result<BTreeMap<String, String>, Error> {
        files_of(&self.version(number).ok_or(Error::NotFound)?.folder)
    }

    /// Where a published version stands now.
    pub fn state_of(&self, version: &Version) -> VersionState {
        state(&self.state.load().published, version, self.clock.now())
    }

    /// When the next version takes, or took, the place of a published one.
    pub fn effective_until(&self, version: &Version) -> Option<Timestamp> {
        effective_until(&self.state.load().published, version)
    }

    /// Calls a published version off before its day comes. It stays readable, and its number is used up. From a minute before
    /// its day on it can only be followed by another one.
    pub async fn cancel_version(
        &self,
        caller: &Caller,
        version: u32,
        cancelled_by: &str,
    ) -> Result<Done<()>, Error> {
        crate::admission::administers(caller)?;
        let by = signature(cancelled_by)?;
        self.reload().await?;
        let view = self.view().await?;
        let found = self.version(version).ok_or(Error::NotFound)?;
        if found.cancelled.is_some() {
            return Err(Error::Version("already_cancelled"));
        }
        if view.now.checked_add(TOO_NEAR).is_ok_and(|soon| found.policy.effective_from <= soon) {
            return Err(Error::Version("already_effective"));
        }
        let rows = self.vault.db().policies().await?;
        let row = rows.iter().find(|row| row.policy.version == i64::from(version)).ok_or(Error::NotFound)?;
        let cancelled = Body { cancelled_by: by, at: view.now.as_microsecond() };
        let cancelled = serde_json::to_vec(&cancelled).map_err(|_| Error::Unreadable)?;
        let sealed = crate::publication::sealing(&self.vault)?
            .seal(&place_of_cancellation(row), &cancelled)
            .map_err(store)?;
        let step = cancel_step(i64::from(version), sealed);
        let entry = Entry::administrative("policy.cancelled").detail(format!("version {version}"));
        let receipt = match self.record_administration(caller, &view, entry, vec![step]).await {
            Err(error) if is_stale(&error) => {
                self.reload().await?;
                return Err(Error::Version("already_cancelled"));
            }
            recorded => recorded?,
        };
        self.reload().await?;
        Ok(Done { receipt, outcome: () })
    }
}

fn administers(caller: &Caller) -> bool {
    match &*caller.actor {
        Actor::System(_) => true,
        Actor::Key { scope, .. } => scope.administers,
        Actor::Staff { role, undertaking, .. } => *role == Role::Responsible && *undertaking,
        Actor::Subject => false,
    }
}

fn state(published: &[Version], version: &Version, now: Timestamp) -> VersionState {
    if version.cancelled.is_some() {
        return VersionState::Cancelled;
    }
    if version.policy.effective_from > now {
        return VersionState::Approved;
    }
    match effective_until(published, version) {
        Some(until) if until <= now => VersionState::Superseded,
        _ => VersionState::Effective,
    }
}

/// Versions take effect in the order of their numbers.
fn effective_until(published: &[Version], version: &Version) -> Option<Timestamp> {
    if version.cancelled.is_some() {
        return None;
    }
    let next =
        published.iter().find(|v| v.cancelled.is_none() && v.policy.version > version.policy.version)?;
    Some(next.policy.effective_from)
}

/// Whether and by whom a version was called off, as it lies sealed in its row.
pub(crate) fn cancelled(sealing: &InstanceKey, row: &PublishedRow) -> Result<Option<Cancelled>, Error> {
    let Some(sealed) = &row.cancelled else { return Ok(None) };
    let opened = sealing.open(&place_of_cancellation(row), sealed).map_err(store)?;
    let body: Body = serde_json::from_slice(&opened).map_err(|_| Error::Unreadable)?;
    Ok(Some(Cancelled { by: body.cancelled_by, at: time(body.at)? }))
}

/// What lies sealed in a version that was called off.
#[derive(Serialize, Deserialize)]
struct Body {
    cancelled_by: String,
    at: i64,
}

fn place_of_cancellation(row: &PublishedRow) -> Vec<u8> {
    let mut place = place(&row.policy);
    place.extend(b"cancelled");
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_states_are_those_of_the_answers() {
        for state in [
            VersionState::Draft,
            VersionState::Checked,
            VersionState::Approved,
            VersionState::Effective,
            VersionState::Superseded,
            VersionState::Cancelled,
        ] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
    }
}
