//! Who is let in: keys, what each is admitted to, and the one-time set-up (clauses 7.1, 10).
//!
//! A key is shown once. What is kept is a digest under a key of the installation, and its scope sealed to that digest: whoever
//! can write to the database can neither add a key that opens nor widen one. A key opens the purposes and operations it names,
//! and nobody reads under it before its holder has signed the confidentiality undertaking.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::digest;
use data_encoding::BASE64URL_NOPAD;
use saqta_domain::terms::actor::{Actor, Role, Scope};
use saqta_domain::terms::names::{Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::ThingId;
use saqta_seal::custody::Custody;
use saqta_seal::index::{IndexKey, InstanceKey};
use saqta_store::admission::{KeyRow, insert_key_step, revoke_key_step};
use saqta_store::db::Db;
use saqta_store::writer::Step;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Channel, Done, Entry, store};
use crate::ahead::{Presumed, Presumptions, ReadAhead};
use crate::error::Error;
use crate::instance::{App, View};

const PREFIX: &str = "saqta_";

/// What a key is admitted to, as it is asked for and kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyScope {
    /// Purposes it may work for.
    pub purposes: Vec<String>,
    /// Operations it may do.
    pub operations: Vec<String>,
    /// Whether it may publish policies, make keys and stop purposes.
    #[serde(default)]
    pub administers: bool,
    /// Number and date of the confidentiality undertaking its holder signed.
    #[serde(default)]
    pub undertaking: Option<String>,
}

/// A key as an administrator sees it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyShown {
    /// Its id: what stands in the ledger.
    pub id: String,
    /// What it is for, in the administrator's words.
    pub label: String,
    /// What it is admitted to.
    pub scope: KeyScope,
    /// Whether it still opens anything.
    pub revoked: bool,
}

/// A key that was just made.
pub struct NewKey {
    /// Its id.
    pub id: String,
    /// The secret. It is shown now and never again.
    pub secret: String,
}

/// How many keys are remembered as admitted; more than that, and everything is read again.
const REMEMBERED: usize = 4096;

/// What admitting needs at hand: the keys by which digests are made and scopes opened, and whom it let in lately.
pub(crate) struct Door {
    digests: IndexKey,
    scopes: InstanceKey,
    admitted: RwLock<Admitted>,
    presumed: Presumptions,
}

/// Whom the keys of this installation belong to, as far as they were asked for. Only the process that holds the embedded
/// database remembers: nobody else can revoke a key there. What was read before a revocation is not remembered after it.
#[derive(Default)]
struct Admitted {
    revocations: u64,
    actors: HashMap<[u8; 32], Arc<Actor>>,
}

impl Door {
    pub(crate) fn new(custody: &Custody) -> Result<Self, Error> {
        Ok(Self {
            digests: IndexKey::derive(custody, "access", "key").map_err(store)?,
            scopes: custody.derive_instance("access scope").map_err(store)?,
            admitted: RwLock::default(),
            presumed: Presumptions::default(),
        })
    }

    fn digest(&self, secret: &str) -> [u8; 32] {
        self.digests.digest(secret.as_bytes())
    }

    fn open_scope(&self, row: &KeyRow) -> Result<KeyScope, Error> {
        let scope = self.scopes.open(&row.digest, &row.scope).map_err(store)?;
        serde_json::from_slice(&scope).map_err(|_| Error::Unreadable)
    }

    /// Whom the digest belongs to, and how many revocations that takes into account.
    fn known(&self, digest: &[u8; 32]) -> (Option<Arc<Actor>>, u64) {
        let admitted = self.admitted.read().unwrap_or_else(PoisonError::into_inner);
        (admitted.actors.get(digest).cloned(), admitted.revocations)
    }

    fn remember(&self, digest: [u8; 32], actor: &Arc<Actor>, revocations: u64) {
        let mut admitted = self.admitted.write().unwrap_or_else(PoisonError::into_inner);
        if admitted.revocations != revocations {
            return;
        }
        if admitted.actors.len() >= REMEMBERED {
            admitted.actors.clear();
        }
        admitted.actors.insert(digest, Arc::clone(actor));
    }

    fn forget_all(&self) {
        let mut admitted = self.admitted.write().unwrap_or_else(PoisonError::into_inner);
        admitted.revocations += 1;
        admitted.actors.clear();
    }
}

impl App {
    /// Who a key belongs to.
    pub async fn admit(&self, secret: &str, language: Language) -> Result<Caller, Error> {
        let digest = self.door.digest(secret);
        let (known, revocations) = self.door.known(&digest);
        let actor = match known {
            Some(actor) => actor,
            None => {
                let row = self.vault.db().key_by_digest(&digest).await?;
                let row = row.filter(|row| row.revoked_at.is_none()).ok_or(Error::UnknownKey)?;
                let actor = self.actor_of(&row)?;
                match self.vault.db() {
                    Db::Sqlite(_) => self.door.remember(digest, &actor, revocations),
                    Db::Postgres(_) => {
                        self.door.presumed.keep(Presumed::new(digest, row.scope, Arc::clone(&actor)));
                    }
                }
                actor
            }
        };
        Ok(Caller { actor, channel: Channel::Api, language, idempotency: None, ahead: ReadAhead::default() })
    }

    pub(crate) fn actor_of(&self, row: &KeyRow) -> Result<Arc<Actor>, Error> {
        let scope = scope(&self.door.open_scope(row)?)?;
        Ok(Arc::new(Actor::Key { id: key_id(row), scope }))
    }

    pub(crate) fn digest_of(&self, secret: &str) -> [u8; 32] {
        self.door.digest(secret)
    }

    pub(crate) fn presumptions(&self) -> &Presumptions {
        &self.door.presumed
    }

    /// Makes a key.
    pub async fn create_key(
        &self,
        caller: &Caller,
        label: &str,
        wanted: &KeyScope,
    ) -> Result<Done<NewKey>, Error> {
        administers(caller)?;
        let view = self.view().await?;
        let (key, step) = self.draft_key(&view, label, wanted)?;
        let entry = Entry::administrative("key.created").detail(key.id.clone());
        let receipt = self.record_administration(caller, &view, entry, vec![step]).await?;
        Ok(Done { receipt, outcome: key })
    }

    /// A key, and the statement that keeps it.
    pub(crate) fn draft_key(
        &self,
        view: &View,
        label: &str,
        wanted: &KeyScope,
    ) -> Result<(NewKey, Step), Error> {
        let label = label.trim();
        if label.is_empty() || label.chars().count() > 100 {
            return Err(Error::Malformed("label_missing"));
        }
        let parsed = scope(wanted)?;
        if parsed.purposes.iter().any(|p| view.version.policy.purpose(p).is_none()) {
            return Err(Error::Malformed("purpose_unknown"));
        }
        let secret = self.vault.draw_secret()?;
        let secret = format!("{PREFIX}{}", BASE64URL_NOPAD.encode(secret.as_ref()));
        let digest = self.door.digest(&secret);
        let scope = serde_json::to_vec(wanted).map_err(|_| Error::Unreadable)?;
        let row = KeyRow {
            digest,
            id: self.vault.draw_id()?,
            label: label.to_owned(),
            scope: self.door.scopes.seal(&digest, &scope).map_err(store)?,
            created_at: view.now.as_microsecond(),
            revoked_at: None,
        };
        Ok((NewKey { id: key_id(&row), secret }, insert_key_step(row)))
    }

    /// Every key, without its secret.
    pub async fn keys(&self, caller: &Caller) -> Result<Vec<KeyShown>, Error> {
        administers(caller)?;
        let rows = self.vault.db().keys().await?;
        rows.iter()
            .map(|row| {
                let scope = self.door.open_scope(row)?;
                let revoked = row.revoked_at.is_some();
                Ok(KeyShown { id: key_id(row), label: row.label.clone(), scope, revoked })
            })
            .collect()
    }

    /// Ends a key at once.
    pub async fn revoke_key(&self, caller: &Caller, id: &str) -> Result<Done<()>, Error> {
        administers(caller)?;
        let view = self.view().await?;
        let rows = self.vault.db().keys().await?;
        let row =
            rows.iter().find(|row| key_id(row) == id && row.revoked_at.is_none()).ok_or(Error::NotFound)?;
        let step = revoke_key_step(&row.digest, view.now.as_microsecond());
        let entry = Entry::administrative("key.revoked").detail(id.to_owned());
        let revoked = self.record_administration(caller, &view, entry, vec![step]).await;
        // Also when it is not known whether that happened: whoever still may comes in again.
        self.door.forget_all();
        Ok(Done { receipt: revoked?, outcome: () })
    }

    /// Whether nobody has a key or an account yet: then a one-time set-up link is given out.
    pub async fn unclaimed(&self) -> Result<bool, Error> {
        Ok(self.vault.db().keys().await?.is_empty() && self.vault.db().staff().await?.is_empty())
    }
}

/// Refuses whoever may not administer.
pub fn administers(caller: &Caller) -> Result<(), Error> {
    match &*caller.actor {
        Actor::System(_) => Ok(()),
        Actor::Key { scope, .. } if scope.administers => Ok(()),
        Actor::Staff { role: Role::Responsible, undertaking: true, .. } => Ok(()),
        Actor::Key { .. } | Actor::Staff { .. } | Actor::Subject => Err(Error::NotAdministrator),
    }
}

fn scope(kept: &KeyScope) -> Result<Scope, Error> {
    let purposes = kept.purposes.iter().map(|p| PurposeName::new(p)).collect::<Result<_, _>>();
    let operations: Option<_> = kept.operations.iter().map(|o| Operation::from_word(o)).collect();
    Ok(Scope {
        purposes: purposes.map_err(|_| Error::Malformed("purpose_unknown"))?,
        operations: operations.ok_or(Error::Malformed("operation_unknown"))?,
        administers: kept.administers,
        undertaking: kept.undertaking.clone().filter(|u| !u.trim().is_empty()),
    })
}

fn key_id(row: &KeyRow) -> String {
    ThingId::new(row.id).to_string()
}

/// SHA-256, for telling requests apart.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut result = [0; 32];
    let hashed = digest::digest(&digest::SHA256, bytes);
    for (place, byte) in result.iter_mut().zip(hashed.as_ref()) {
        *place = *byte;
    }
    result
}
