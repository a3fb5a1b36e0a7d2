//! How is a version worked on before anybody approves it (clause 11.2)?
//!
//! A draft lies sealed beside the published versions and decides nothing. It is replaced and let go at will; what is wrong with it
//! is found anew whenever somebody looks, so that a newer program says what it finds. Its approval is in [`crate::publication`].

use std::collections::BTreeMap;

use saqta_policy::folder::Folder;
use saqta_policy::load::{load, version_in};
use saqta_seal::index::InstanceKey;
use saqta_store::policies::{DraftRow, drop_draft_step, keep_draft_steps};

use crate::act::{Caller, Done, Entry, is_stale, store};
use crate::admission::administers;
use crate::error::Error;
use crate::instance::App;
use crate::publication::{files_of, in_zone, time};
use crate::version_life::{VersionListed, VersionState};

/// A version that is worked on.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What the list says of it.
    pub listed: VersionListed,
    /// Its files as text by their names.
    pub files: BTreeMap<String, String>,
}

impl App {
    /// Keeps files as the draft of the number they bear, in place of an earlier one. Files that bear no number are no draft:
    /// the error says what is wrong with them.
    pub async fn keep_draft(
        &self,
        caller: &Caller,
        files: BTreeMap<String, String>,
    ) -> Result<Done<Draft>, Error> {
        administers(caller)?;
        self.reload().await?;
        let folder = Folder::from_files(files);
        let Some(version) = version_in(&folder) else {
            return Err(Error::Policy(load(&folder).err().unwrap_or_default()));
        };
        if self.state.load().published.last().is_some_and(|last| last.policy.version >= version) {
            return Err(Error::Version("number_not_higher"));
        }
        let view = self.view().await?;
        let row = DraftRow {
            version: i64::from(version),
            digest: folder.digest(folder.names()),
            kept_at: view.now.as_microsecond(),
            body: Vec::new(),
        };
        let body = serde_json::to_vec(&files_of(&folder)?).map_err(|_| Error::Unreadable)?;
        let body = self.draft_sealing()?.seal(&place(&row), &body).map_err(store)?;
        let row = DraftRow { body, ..row };
        let outcome = shown(&row, &folder)?;
        let entry = Entry::administrative("policy.drafted").detail(format!("version {version}"));
        let receipt = match self.record_administration(caller, &view, entry, keep_draft_steps(row)).await {
            Err(error) if is_stale(&error) => return Err(Error::Version("number_not_higher")),
            recorded => recorded?,
        };
        Ok(Done { receipt, outcome })
    }

    /// Every draft by its number.
    pub async fn drafts(&self, caller: &Caller) -> Result<Vec<Draft>, Error> {
        administers(caller)?;
        let mut drafts = Vec::new();
        for row in self.vault.db().policy_drafts().await? {
            // One that was kept in the moment in which its number was published is nothing any more.
            if u32::try_from(row.version).is_ok_and(|number| self.version(number).is_none()) {
                drafts.push(shown(&row, &self.open_draft(&row)?)?);
            }
        }
        Ok(drafts)
    }

    /// The draft of a number.
    pub async fn draft(&self, caller: &Caller, version: u32) -> Result<Draft, Error> {
        administers(caller)?;
        let row = self.vault.db().policy_draft(i64::from(version)).await?;
        let row = row.filter(|_| self.version(version).is_none()).ok_or(Error::NotFound)?;
        shown(&row, &self.open_draft(&row)?)
    }

    /// Lets the draft of a number go.
    pub async fn drop_draft(&self, caller: &Caller, version: u32) -> Result<Done<()>, Error> {
        administers(caller)?;
        let view = self.view().await?;
        let step = drop_draft_step(i64::from(version));
        let entry = Entry::administrative("policy.draft_dropped").detail(format!("version {version}"));
        let receipt = match self.record_administration(caller, &view, entry, vec![step]).await {
            Err(error) if is_stale(&error) => return Err(Error::NotFound),
            recorded => recorded?,
        };
        Ok(Done { receipt, outcome: () })
    }

    pub(crate) fn open_draft(&self, row: &DraftRow) -> Result<Folder, Error> {
        let body = self.draft_sealing()?.open(&place(row), &row.body).map_err(store)?;
        let files: BTreeMap<String, String> = serde_json::from_slice(&body).map_err(|_| Error::Unreadable)?;
        Ok(Folder::from_files(files))
    }

    fn draft_sealing(&self) -> Result<InstanceKey, Error> {
        self.vault.keyring().custody().derive_instance("policy draft").map_err(store)
    }
}

/// What a draft is sealed to.
fn place(row: &DraftRow) -> Vec<u8> {
    let mut place = row.digest.to_vec();
    for number in [row.version, row.kept_at] {
        place.extend(number.to_be_bytes());
    }
    place
}

fn shown(row: &DraftRow, folder: &Folder) -> Result<Draft, Error> {
    let version = u32::try_from(row.version).map_err(|_| Error::Unreadable)?;
    let (policy, findings) = match load(folder) {
        Ok(loaded) => (Some(loaded.policy), loaded.warnings),
        Err(problems) => (None, problems),
    };
    let zoned = policy.as_ref().map(|p| in_zone(p, p.effective_from)).transpose()?;
    let listed = VersionListed {
        version,
        state: if policy.is_some() { VersionState::Checked } else { VersionState::Draft },
        digest: policy.as_ref().map(|p| data_encoding::HEXLOWER.encode(&p.digest)),
        approved_by: None,
        approved_at: None,
        effective_from: policy.as_ref().map(|p| p.effective_from),
        effective_in_zone: zoned,
        effective_until: None,
        receipt: None,
        cancelled_at: None,
        cancelled_by: None,
        kept_at: Some(time(row.kept_at)?),
        findings,
    };
    Ok(Draft { listed, files: files_of(folder)? })
}
