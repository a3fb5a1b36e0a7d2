//! What does the ledger prove, to whom: decisions explained, proofs, checkpoints, exports, and their verification offline?

use std::path::Path;

use jiff::Timestamp;
use saqta_domain::rules::Ask;
use saqta_domain::rules::may_read::may_look_back;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_ledger::verify::{Report, TogetherOptions, VerifyOptions, verify_export};
use saqta_store::destruction::DestructionState;
use saqta_store::ledger::SignedCheckpoint;
use saqta_store::vault::Record;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Entry, Receipt, Who};
use crate::error::Error;
use crate::instance::{App, ledger};
use crate::leaf::Leaf;

/// A past decision, and why it was so.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Where it stands.
    pub receipt: Receipt,
    /// When.
    pub at: Timestamp,
    /// What the ledger says.
    pub leaf: Leaf,
    /// How far the destruction that it recorded has come, when it recorded one.
    pub destruction: Option<DestructionState>,
}

/// A proof that a leaf is in the log that a checkpoint names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InclusionProof {
    /// The leaf's bytes, base64.
    pub leaf: String,
    /// Its index.
    pub index: i64,
    /// The hashes, base64, from the leaf up (RFC 6962).
    pub hashes: Vec<String>,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The key it is signed with, in the signed-note format.
    pub verifier_key: String,
}

/// What an offline verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Whether everything fits.
    pub ok: bool,
    /// How many entries were read and found in their place.
    pub entries: u64,
    /// The root over them, in hexadecimal.
    pub root: Option<String>,
    /// How many checkpoints were compared.
    pub checkpoints: u64,
    /// The name of the log.
    pub log: Option<String>,
    /// The other logs that its newest checkpoint names, each with the number of its entries then.
    pub names: Vec<NamedLog>,
    /// How often the checkpoints of other logs spoke of this one; only where several were verified together.
    pub named_by_others: u64,
    /// The first wrong entry, when something is wrong and it can be named.
    pub first_wrong_entry: Option<u64>,
    /// What is wrong.
    pub failure: Option<String>,
}

/// Another log that a checkpoint names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLog {
    /// Its name.
    pub log: String,
    /// How many entries it had signed then.
    pub entries: u64,
}

/// What an offline verification of several logs found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedTogether {
    /// Whether everything fits.
    pub ok: bool,
    /// What was found of each, in the order in which they were given.
    pub exports: Vec<Verified>,
    /// The newest checkpoint that names all of the others, by the name of its log.
    pub names_all: Option<String>,
    /// Logs that a checkpoint names and that were not given.
    pub not_given: Vec<NamedLog>,
}

impl App {
    /// One decision. A key sees those for its own purposes; an administrator sees all.
    pub async fn decision(&self, caller: &Caller, receipt: Receipt) -> Result<Decision, Error> {
        let bytes = self.vault.db().leaf(receipt.log, receipt.index).await?.ok_or(Error::NotFound)?;
        let leaf = Leaf::decode(&bytes).ok_or(Error::Unreadable)?;
        if !may_see(caller, leaf.purpose.as_deref()) {
            return Err(Error::NotFound);
        }
        let journal = self.vault.destructions_of(receipt.log, receipt.index).await?;
        Ok(Decision {
            receipt,
            at: Timestamp::from_microsecond(leaf.at).map_err(|_| Error::Unreadable)?,
            leaf,
            destruction: journal.iter().map(|d| d.state).min(),
        })
    }

    /// The decisions about a person in a purpose's compartment, the latest first.
    pub async fn decisions_about(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        before: Option<Receipt>,
        limit: u32,
    ) -> Result<Vec<Decision>, Error> {
        let view = self.view().await?;
        let nothing = std::collections::BTreeSet::new();
        let ask = Ask { actor: &caller.actor, purpose, attributes: &nothing };
        let record = self.facts(&view, purpose, who).await?;
        let looked = may_look_back(&view.situation(), &ask, record.as_ref().map(Record::standing));
        let permit = match looked {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, record.as_ref()).await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let entry = Entry::permitted(Operation::Retrieval, &permit).detail("decisions");
        let look = self.record_look(caller, &view, Entry { needs_purpose: false, ..entry }, &record).await?;
        let before = before.map(|r| (r.log, r.index));
        let mut places = self.vault.db().trail(&record.trail(), before, limit.min(200) + 1).await?;
        // The look itself is on record by now, and not what was asked for.
        places.retain(|place| *place != (look.log, look.index));
        places.truncate(usize::try_from(limit.min(200)).unwrap_or(0));
        let mut decisions = Vec::with_capacity(places.len());
        for (log, index) in places {
            match self.decision(caller, Receipt { log, index }).await {
                Ok(decision) if belongs(&record, &decision.leaf) => decisions.push(decision),
                // A decision for a purpose that the caller may not see, or one whose tag says it is about somebody else.
                Ok(_) | Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(decisions)
    }

    /// The proof of one leaf against a checkpoint that has it.
    pub async fn prove(&self, caller: &Caller, receipt: Receipt) -> Result<InclusionProof, Error> {
        let db = self.vault.db();
        let leaf = db.leaf(receipt.log, receipt.index).await?.ok_or(Error::NotFound)?;
        let purpose = Leaf::decode(&leaf).ok_or(Error::Unreadable)?.purpose;
        if !may_see(caller, purpose.as_deref()) {
            return Err(Error::NotFound);
        }
        let mut checkpoint = db.checkpoint(receipt.log).await?;
        if checkpoint.as_ref().is_none_or(|c| c.size <= receipt.index) {
            checkpoint = self.checkpoint().await?.filter(|c| c.log_id == receipt.log);
        }
        let checkpoint = checkpoint.filter(|c| c.size > receipt.index).ok_or(Error::NotFound)?;
        let proof = db.inclusion_proof(receipt.log, receipt.index, checkpoint.size).await?;
        Ok(InclusionProof {
            leaf: data_encoding::BASE64.encode(&leaf),
            index: receipt.index,
            hashes: proof.hashes.iter().map(|h| h.to_base64()).collect(),
            checkpoint: checkpoint.note,
            verifier_key: self.verifier_key(receipt.log)?,
        })
    }

    /// The hashes that prove that the log of one size goes on from that of a smaller one, base64.
    pub async fn prove_consistency(&self, log: i64, old: i64, new: i64) -> Result<Vec<String>, Error> {
        if old < 1 || new < old {
            return Err(Error::Malformed("sizes_out_of_order"));
        }
        let size = self.vault.db().checkpoint(log).await?.map_or(0, |c| c.size);
        if new > size {
            return Err(Error::NotFound);
        }
        let proof = self.vault.db().consistency_proof(log, old, new).await?;
        Ok(proof.hashes.iter().map(|h| h.to_base64()).collect())
    }

    /// Signs what the log holds now, and what the other logs signed last: one checkpoint names all logs.
    pub async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, Error> {
        let db = self.vault.db();
        let Some(head) = db.head() else { return Ok(None) };
        let mut others = Vec::new();
        for log in db.logs().await? {
            if log != head.log_id {
                others.push((log, self.signer(log)?.verifier_key().clone()));
            }
        }
        Ok(db.sign_checkpoint(&self.signer(head.log_id)?, &others).await?)
    }

    /// The latest signed checkpoint of any log, also of one that another process writes.
    pub async fn checkpoint_of(&self, log: i64) -> Result<Option<SignedCheckpoint>, Error> {
        Ok(self.vault.db().checkpoint(log).await?)
    }

    /// The key that the checkpoints of a log are verified with, in the signed-note format.
    pub fn verifier_key(&self, log: i64) -> Result<String, Error> {
        Ok(self.signer(log)?.verifier_key().to_string())
    }

    /// Writes a log with its checkpoints into a folder that can be verified anywhere.
    pub async fn export_ledger(
        &self,
        log: i64,
        folder: &Path,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<u64, Error> {
        self.checkpoint().await?;
        let signer = self.signer(log)?;
        let exported = self.vault.db().export(log, signer.verifier_key(), None, folder, progress).await?;
        Ok(exported.entries)
    }

    /// Writes every log that ever signed into a folder of its own below this one, named by its number, so that they verify
    /// together: each up to where it stood when the first was begun. Gives the number of entries of each.
    pub async fn export_ledgers(
        &self,
        folder: &Path,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Vec<(i64, u64)>, Error> {
        self.checkpoint().await?;
        let mut written = Vec::new();
        let mut before = 0;
        for (log, most) in self.vault.db().checkpoint_sizes().await? {
            let (signer, below) = (self.signer(log)?, folder.join(log.to_string()));
            let mut further = |done: u64| progress(before + done);
            let exported =
                self.vault.db().export(log, signer.verifier_key(), Some(most), &below, &mut further).await?;
            before += exported.entries;
            written.push((log, exported.entries));
        }
        Ok(written)
    }

    /// Every log there is.
    pub async fn logs(&self) -> Result<Vec<i64>, Error> {
        Ok(self.vault.db().logs().await?)
    }
}

/// Verifies an exported folder, with nothing but what lies in it and what the inspector kept.
pub fn verify(
    folder: &Path,
    trusted_checkpoints: Vec<String>,
    expected_key: Option<String>,
    progress: &mut dyn FnMut(u64),
) -> Verified {
    let options = VerifyOptions { trusted_checkpoints, expected_vkey: expected_key };
    verified(verify_export(folder, &options, progress))
}

/// Verifies the exported folders of several logs, each by itself and by what the checkpoints of the others say of it.
pub fn verify_together(
    folders: &[&Path],
    trusted_checkpoints: Vec<String>,
    expected_keys: Vec<String>,
    progress: &mut dyn FnMut(u64),
) -> VerifiedTogether {
    let options = TogetherOptions { trusted_checkpoints, expected_vkeys: expected_keys };
    let answers = saqta_ledger::verify::verify_together(folders, &options, progress);
    let exports: Vec<Verified> = answers.into_iter().map(verified).collect();
    let given = |log: &str| exports.iter().any(|export| export.log.as_deref() == Some(log));
    let named = |by: &Verified, log: &Option<String>| {
        by.log == *log || by.names.iter().any(|named| Some(&named.log) == log.as_ref())
    };
    let names_all = exports.iter().find(|by| exports.iter().all(|export| named(by, &export.log)));
    let mut not_given: Vec<NamedLog> = Vec::new();
    for named in exports.iter().flat_map(|export| &export.names).filter(|named| !given(&named.log)) {
        match not_given.iter_mut().find(|known| known.log == named.log) {
            Some(known) => known.entries = known.entries.max(named.entries),
            None => not_given.push(named.clone()),
        }
    }
    let ok = exports.iter().all(|export| export.ok);
    let names_all = names_all.and_then(|by| by.log.clone()).filter(|_| ok);
    VerifiedTogether { ok, exports, names_all, not_given }
}

fn verified(answer: Result<Report, saqta_ledger::error::Failure>) -> Verified {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    match answer {
        Ok(report) => Verified {
            ok: true,
            entries: report.entries,
            root: Some(report.root_hex()),
            checkpoints: count(report.checkpoints_checked),
            named_by_others: count(report.said_by_others),
            names: report
                .named
                .into_iter()
                .map(|named| NamedLog { log: named.log, entries: named.size })
                .collect(),
            log: Some(report.origin),
            first_wrong_entry: None,
            failure: None,
        },
        Err(failure) => Verified {
            ok: false,
            entries: 0,
            root: None,
            checkpoints: 0,
            named_by_others: 0,
            names: Vec::new(),
            log: None,
            first_wrong_entry: failure.first_entry(),
            failure: Some(failure.to_string()),
        },
    }
}

/// Verifies the proof of one leaf; gives the size of the log it was proved against.
pub fn verify_proof(proof: &InclusionProof) -> Result<u64, Error> {
    let leaf = data_encoding::BASE64.decode(proof.leaf.as_bytes()).map_err(ledger)?;
    let hashes: Result<Vec<[u8; 32]>, Error> = proof
        .hashes
        .iter()
        .map(|h| {
            let bytes = data_encoding::BASE64.decode(h.as_bytes()).map_err(ledger)?;
            bytes.try_into().map_err(|_| Error::Malformed("hash_is_not_32_bytes"))
        })
        .collect();
    let index = u64::try_from(proof.index).map_err(|_| Error::Malformed("index_negative"))?;
    saqta_ledger::verify::verify_receipt(&leaf, index, &hashes?, &proof.checkpoint, &proof.verifier_key)
        .map_err(ledger)
}

fn may_see(caller: &Caller, purpose: Option<&str>) -> bool {
    match &*caller.actor {
        Actor::System(_) => true,
        Actor::Key { scope, .. } => {
            scope.administers || purpose.is_some_and(|p| scope.purposes.iter().any(|s| s.as_str() == p))
        }
        Actor::Staff { role, undertaking, .. } => *role == Role::Responsible && *undertaking,
        Actor::Subject => false,
    }
}

/// Whether the leaf's tag is one that only this person's key makes.
fn belongs(record: &Record, leaf: &Leaf) -> bool {
    let salt: Result<[u8; 16], _> = leaf.salt.as_slice().try_into();
    salt.is_ok_and(|salt| record.tag(&salt).as_slice() == leaf.tag)
}
