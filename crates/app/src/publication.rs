//! How does a policy come into force (clauses 11.2, 11.3)?
//!
//! A version is checked, approved by somebody who is named, gets its number and the instant from which it holds, and is recorded
//! in the ledger; approval and publication are one deed. What was in force before stays in force until then, and every version
//! stays readable for ever. Consents that a widened purpose has outgrown no longer cover it.
//!
//! Versions take effect in the order of their numbers: a later one after the one before it. A version published by mistake is
//! cancelled before its day comes, and one with a higher number takes its place; from its day on it can only be followed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::purpose::Purpose;
use saqta_policy::carry_over::carry_over;
use saqta_policy::diff::side::{Declared, Side};
use saqta_policy::folder::Folder;
use saqta_policy::load::{Loaded, load, load_published};
use saqta_policy::problem::Problem;
use saqta_seal::index::InstanceKey;
use saqta_store::policies::{PolicyRow, PublishedRow, publish_steps, take_draft_step};
use saqta_store::vault::Vault;
use saqta_store::writer::Step;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Entry, Receipt, is_stale, is_taken, store};
use crate::error::Error;
use crate::instance::{App, Version, View, version_of};
use crate::version_life::{VersionState, cancelled};

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number.
    pub version: u32,
    /// Whether it is in force already.
    pub state: VersionState,
    /// From when it is in force, UTC.
    pub effective_from: String,
    /// The same in the zone of its first jurisdiction, such as `2026-03-04T00:00:00+05:00[Asia/Almaty]`.
    pub effective_in_zone: String,
    /// SHA-256 of its files, in hexadecimal.
    pub digest: String,
}

/// Who approved a version, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The name, as it was given.
    pub by: String,
    /// When; approval publishes, so it is the instant of publication too.
    pub at: Timestamp,
}

impl App {
    /// The same as [`App::publish`], for files that came as text by their names.
    pub async fn publish_files(
        &self,
        caller: &Caller,
        files: BTreeMap<String, String>,
        approved_by: &str,
    ) -> Result<Done<Published>, Error> {
        self.publish(caller, Folder::from_files(files), approved_by).await
    }

    /// Checks, approves and publishes a version in one. The first one takes effect at once, whatever instant it names; later
    /// ones from the instant they name, which must not be past. The approver's name is 1 to 200 characters.
    pub async fn publish(
        &self,
        caller: &Caller,
        folder: Folder,
        approved_by: &str,
    ) -> Result<Done<Published>, Error> {
        crate::admission::administers(caller)?;
        let by = signature(approved_by)?;
        self.reload().await?;
        let loaded = load(&folder).map_err(Error::Policy)?;
        self.enter(caller, folder, loaded, by, Vec::new()).await
    }

    /// Approves the draft of a number as it was when it had this digest, and so publishes it. A draft that was replaced since
    /// is not approved, nor one with errors.
    pub async fn approve(
        &self,
        caller: &Caller,
        version: u32,
        digest: [u8; 32],
        approved_by: &str,
    ) -> Result<Done<Published>, Error> {
        crate::admission::administers(caller)?;
        let by = signature(approved_by)?;
        self.reload().await?;
        let draft = self.vault.db().policy_draft(i64::from(version)).await?;
        if self.version(version).is_some() {
            return Err(Error::Version("already_published"));
        }
        let Some(draft) = draft else {
            // Another approval may have taken it since it was looked which versions there are.
            self.reload().await?;
            return Err(match self.version(version) {
                Some(_) => Error::Version("already_published"),
                None => Error::NotFound,
            });
        };
        let folder = self.open_draft(&draft)?;
        let loaded = load(&folder).map_err(Error::Policy)?;
        if loaded.policy.digest != digest {
            return Err(Error::Version("draft_changed"));
        }
        let take = take_draft_step(draft.version, &draft.digest);
        match self.enter(caller, folder, loaded, by, vec![take]).await {
            // Of two approvals at once, one finds that the other was there.
            Err(Error::Version("number_not_higher")) if self.version(version).is_some() => {
                Err(Error::Version("already_published"))
            }
            Err(Error::Busy) => Err(Error::Version("draft_changed")),
            entered => entered,
        }
    }

    async fn enter(
        &self,
        caller: &Caller,
        folder: Folder,
        loaded: Loaded,
        by: String,
        guards: Vec<Step>,
    ) -> Result<Done<Published>, Error> {
        // What was not checked and not approved is not kept: a note that lies in the folder is no part of the policy.
        let folder = folder.only(&loaded.files);
        let now = self.clock.now();
        let known = self.state.load_full();
        let wanted = loaded.policy.effective_from;
        may_follow(&known.published, &loaded.policy, now)?;
        let first = known.published.is_empty();
        let effective_from = if first { wanted.min(now) } else { wanted };
        let (version, digest) = (loaded.policy.version, loaded.policy.digest);
        let row = PolicyRow {
            version: i64::from(version),
            follows: known.published.last().map_or(0, |last| i64::from(last.policy.version)),
            digest,
            effective_from: effective_from.as_microsecond(),
            published_at: now.as_microsecond(),
            body: Vec::new(),
        };
        let body = Body { files: files_of(&folder)?, approved_by: by.clone() };
        let body = serde_json::to_vec(&body).map_err(|_| Error::Unreadable)?;
        let body = sealing(&self.vault)?.seal(&place(&row), &body).map_err(store)?;
        let law = saqta_policy::law::in_force(&loaded.policy.jurisdictions, now)?;
        let view = View {
            version: version_of(loaded, Approval { by, at: now }, folder),
            law: std::sync::Arc::new(law),
            stops: known.stops.clone(),
            now,
            ahead: None,
        };
        let entry = Entry::administrative("policy.published").detail(format!("version {version}"));
        let steps = guards.into_iter().chain(publish_steps(PolicyRow { body, ..row })).collect();
        let receipt = match self.record_administration(caller, &view, entry, steps).await {
            Err(error) if is_stale(&error) || is_taken(&error) => {
                // Somebody was faster. What they published says why this one cannot follow any more.
                self.reload().await?;
                may_follow(&self.state.load().published, &view.version.policy, now)?;
                return Err(Error::Busy);
            }
            recorded => recorded?,
        };
        self.reload().await?;
        let outcome = Published {
            version,
            state: if effective_from <= now { VersionState::Effective } else { VersionState::Approved },
            effective_from: effective_from.to_string(),
            effective_in_zone: in_zone(&view.version.policy, effective_from)?,
            digest: data_encoding::HEXLOWER.encode(&digest),
        };
        Ok(Done { receipt, outcome })
    }
}

/// Whether a version may follow those that were published. Numbers grow, the cancelled ones too; the days on which versions take
/// effect grow with them, the cancelled ones not counted.
fn may_follow(published: &[Version], next: &Policy, now: Timestamp) -> Result<(), Error> {
    let Some(last) = published.last() else { return Ok(()) };
    if last.policy.version >= next.version {
        return Err(Error::Version("number_not_higher"));
    }
    let before = published.iter().rev().find(|v| v.cancelled.is_none());
    if before.is_some_and(|before| next.effective_from <= before.policy.effective_from) {
        return Err(Error::Version("not_after_the_last"));
    }
    if next.effective_from < now {
        return Err(Error::Version("effective_in_the_past"));
    }
    // What was collected for it lies where it was: moved, it would find nothing there, and nothing would end what it left.
    let moved = |v: &Version| {
        let purposes = v.policy.purposes.values();
        let now_elsewhere =
            |p: &Purpose| next.purpose(&p.name).is_some_and(|moved| moved.compartment != p.compartment);
        purposes.into_iter().any(now_elsewhere)
    };
    if published.iter().any(moved) {
        return Err(Error::Version("purpose_moved"));
    }
    Ok(())
}

/// Every published version by its number, compiled: each consent purpose covered since the version that last widened it. Those
/// that are known already are not compiled again.
pub(crate) async fn published(vault: &Vault, known: &[Version]) -> Result<Vec<Version>, Error> {
    let sealing = sealing(vault)?;
    let mut versions: Vec<Version> = Vec::new();
    for row in vault.db().policies().await? {
        let follows = versions.last().map_or(0, |last| i64::from(last.policy.version));
        if row.policy.follows != follows {
            // A version between two others was taken out of the database, or put into it.
            return Err(Error::Unreadable);
        }
        // Opened each time, so that a row that was changed is noticed while the program runs.
        let body = sealing.open(&place(&row.policy), &row.policy.body).map_err(store)?;
        let mut version = match known.iter().find(|v| is(v, &row)) {
            Some(held) => held.clone(),
            None => compiled(&body, &row.policy)?,
        };
        version.receipt = Some(Receipt { log: row.log_id, index: row.idx });
        version.cancelled = cancelled(&sealing, &row)?;
        if let Some(previous) = versions.iter().rev().find(|v| v.cancelled.is_none()) {
            let mut policy = Policy::clone(&version.policy);
            let side = Side::new(&previous.policy, &previous.folder);
            carry_over(&side, &mut policy, &Declared::read(&version.folder));
            version.policy = policy.into();
        }
        versions.push(version);
    }
    Ok(versions)
}

fn is(version: &Version, row: &PublishedRow) -> bool {
    i64::from(version.policy.version) == row.policy.version
        && version.policy.digest == row.policy.digest
        && version.policy.effective_from.as_microsecond() == row.policy.effective_from
        && version.published_at.as_microsecond() == row.policy.published_at
}

fn compiled(body: &[u8], row: &PolicyRow) -> Result<Version, Error> {
    let body: Body = serde_json::from_slice(body).map_err(|_| Error::Unreadable)?;
    let folder = Folder::from_files(body.files);
    let mut loaded = match load_published(&folder) {
        Ok(loaded) => loaded,
        Err(problems) => return Err(Error::Unbuildable { version: row.version, problems }),
    };
    if loaded.policy.digest != row.digest || i64::from(loaded.policy.version) != row.version {
        return Err(Error::Unreadable);
    }
    for found in loaded.warnings.iter().filter(|p| p.is_error()) {
        let (version, code, line) = (row.version, found.code, found.line);
        tracing::warn!(version, code, line, file = %found.file, "this program finds an error in a published version; it holds as it was published");
    }
    loaded.policy.effective_from = time(row.effective_from)?;
    let approval = Approval { by: body.approved_by, at: time(row.published_at)? };
    Ok(version_of(loaded, approval, folder))
}

pub(crate) fn time(micros: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(micros).map_err(|_| Error::Unreadable)
}

/// An instant in the zone of the policy's first jurisdiction.
pub(crate) fn in_zone(policy: &Policy, at: Timestamp) -> Result<String, Error> {
    let Some(first) = policy.jurisdictions.first() else { return Ok(at.to_string()) };
    let pack = saqta_policy::law::law(first)?;
    Ok(at.to_zoned(pack.zone().clone()).to_string())
}

/// A name under an approval: 1 to 200 characters, none of which controls a terminal.
pub(crate) fn signature(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(Error::Malformed("approver_malformed"));
    }
    Ok(name.to_owned())
}

/// What lies sealed in a published version.
#[derive(Serialize, Deserialize)]
struct Body {
    files: BTreeMap<String, String>,
    approved_by: String,
}

pub(crate) fn sealing(vault: &Vault) -> Result<InstanceKey, Error> {
    vault.keyring().custody().derive_instance("published policy").map_err(store)
}

/// What a version is sealed to, so that whoever can write to the database can neither change one nor move it in time.
pub(crate) fn place(row: &PolicyRow) -> Vec<u8> {
    let mut place = row.digest.to_vec();
    for number in [row.version, row.follows, row.effective_from, row.published_at] {
        place.extend(number.to_be_bytes());
    }
    place
}

/// What is wrong with a folder, and what somebody should look at; nothing is published.
pub fn check(folder: &Folder) -> Result<Vec<Problem>, Vec<Problem>> {
    load(folder).map(|loaded| loaded.warnings)
}

/// The files of a folder as text by their names.
pub(crate) fn files_of(folder: &Folder) -> Result<BTreeMap<String, String>, Error> {
    let text = |name: &str| String::from_utf8(folder.file(name).unwrap_or_default().to_vec());
    let files: Result<BTreeMap<String, String>, _> =
        folder.names().map(|name| text(name).map(|t| (name.to_owned(), t))).collect();
    files.map_err(|_| Error::Malformed("file_is_not_text"))
}
