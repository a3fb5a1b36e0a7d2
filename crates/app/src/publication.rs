//! How does a policy come into force (clauses 11.2, 11.3)?
//!
//! A version is checked, gets its number and the instant from which it holds, and is recorded in the ledger. What was in force
//! before stays in force until then, and every version stays readable for ever. Consents that a widened purpose has outgrown
//! no longer cover it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use saqta_policy::carry_over::carry_over;
use saqta_policy::diff::side::{Declared, Side};
use saqta_policy::folder::Folder;
use saqta_policy::load::load;
use saqta_policy::problem::Problem;
use saqta_seal::index::InstanceKey;
use saqta_store::registry::{PolicyRow, publish_steps};
use saqta_store::vault::Vault;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Entry, store};
use crate::error::Error;
use crate::instance::{App, Version, View, version_of};

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number.
    pub version: u32,
    /// From when it is in force.
    pub effective_from: String,
    /// SHA-256 of its files, in hexadecimal.
    pub digest: String,
}

impl App {
    /// The same as [`App::publish`], for files that came as text by their names.
    pub async fn publish_files(
        &self,
        caller: &Caller,
        files: BTreeMap<String, String>,
    ) -> Result<Done<Published>, Error> {
        self.publish(caller, Folder::from_files(files)).await
    }

    fn policy_sealing(&self) -> Result<InstanceKey, Error> {
        self.vault.keyring().custody().derive_instance(SEALING).map_err(store)
    }

    /// Publishes a version. The first one takes effect at once, whatever instant it names; later ones from the instant they
    /// name, which must not be past.
    pub async fn publish(&self, caller: &Caller, folder: Folder) -> Result<Done<Published>, Error> {
        crate::admission::administers(caller)?;
        let now = self.clock.now();
        let loaded = load(&folder).map_err(Error::Policy)?;
        let known = self.versions();
        let first = known.is_empty();
        let version = loaded.policy.version;
        if known.last().is_some_and(|last| last.policy.version >= version) {
            return Err(Error::Version("number_not_higher"));
        }
        if known.last().is_some_and(|last| loaded.policy.effective_from <= last.policy.effective_from) {
            return Err(Error::Version("not_after_the_last"));
        }
        if !first && loaded.policy.effective_from < now {
            return Err(Error::Version("effective_in_the_past"));
        }
        let effective_from =
            if first { loaded.policy.effective_from.min(now) } else { loaded.policy.effective_from };
        let digest = loaded.policy.digest;
        let row = PolicyRow {
            version: i64::from(version),
            digest,
            effective_from: effective_from.as_microsecond(),
            published_at: now.as_microsecond(),
            body: Vec::new(),
        };
        let body = self.policy_sealing()?.seal(&place(&row), &bytes(&folder)?).map_err(store)?;
        let row = PolicyRow { body, ..row };
        let law = saqta_policy::law::in_force(&loaded.policy.jurisdictions, now)?;
        let view = View {
            version: version_of(loaded, now, folder),
            law: std::sync::Arc::new(law),
            stops: self.state.load().stops.clone(),
            now,
        };
        let entry = Entry::administrative("policy.published").detail(format!("version {version}"));
        let receipt = match self.record_administration(caller, &view, entry, publish_steps(row)).await {
            Err(error) if crate::act::is_stale(&error) => {
                return Err(Error::Version("effective_at_the_same_instant"));
            }
            Err(error) => return self.taken(caller, error).await.map_err(|_| Error::Version("number_taken")),
            Ok(receipt) => receipt,
        };
        self.reload().await?;
        let outcome = Published {
            version,
            effective_from: effective_from.to_string(),
            digest: data_encoding::HEXLOWER.encode(&digest),
        };
        Ok(Done { receipt, outcome })
    }
}

/// Every published version, compiled: each consent purpose covered since the version that last widened it.
pub(crate) async fn versions(vault: &Vault) -> Result<Vec<Version>, Error> {
    let sealing = vault.keyring().custody().derive_instance(SEALING).map_err(store)?;
    let mut versions: Vec<Version> = Vec::new();
    for row in vault.db().policies().await? {
        let body = sealing.open(&place(&row), &row.body).map_err(store)?;
        let files: BTreeMap<String, String> = serde_json::from_slice(&body).map_err(|_| Error::Unreadable)?;
        let folder = Folder::from_files(files);
        let mut loaded = load(&folder).map_err(Error::Policy)?;
        if loaded.policy.digest != row.digest {
            return Err(Error::Unreadable);
        }
        let time = |micros| Timestamp::from_microsecond(micros).map_err(|_| Error::Unreadable);
        loaded.policy.effective_from = time(row.effective_from)?;
        if let Some(previous) = versions.last() {
            let side = Side::new(&previous.policy, &previous.folder);
            carry_over(&side, &mut loaded.policy, &Declared::read(&folder));
        }
        versions.push(version_of(loaded, time(row.published_at)?, folder));
    }
    Ok(versions)
}

const SEALING: &str = "published policy";

/// What a version is sealed to, so that whoever can write to the database can neither change one nor move it in time.
fn place(row: &PolicyRow) -> Vec<u8> {
    let mut place = row.digest.to_vec();
    for number in [row.version, row.effective_from, row.published_at] {
        place.extend(number.to_be_bytes());
    }
    place
}

/// What is wrong with a folder, and what somebody should look at; nothing is published.
pub fn check(folder: &Folder) -> Result<Vec<Problem>, Vec<Problem>> {
    load(folder).map(|loaded| loaded.warnings)
}

fn bytes(folder: &Folder) -> Result<Vec<u8>, Error> {
    let text = |name: &str| String::from_utf8(folder.file(name).unwrap_or_default().to_vec());
    let files: Result<BTreeMap<String, String>, _> =
        folder.names().map(|name| text(name).map(|t| (name.to_owned(), t))).collect();
    serde_json::to_vec(&files.map_err(|_| Error::Malformed("file_is_not_text"))?)
        .map_err(|_| Error::Unreadable)
}
