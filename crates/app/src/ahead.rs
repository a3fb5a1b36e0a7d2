//! How is all that a request needs to know read in the one round trip in which its key is looked up?
//!
//! Only on PostgreSQL, where each look into the database is a way there and back. Whom a key belonged to when this process last
//! looked is *presumed*: by that the server knows whose request it reads and what to ask for, and nothing else. The row of the key
//! is read anew with every request, together with what the request asks about; before that row has said that the key still opens,
//! nobody is admitted, nothing is decided and nothing is told. What was read ahead serves the first try of the deed alone.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{EventName, Language, PurposeName};
use saqta_domain::terms::subject::SubjectId;
use saqta_store::ahead::{Ahead, Wanted};
use saqta_store::db::Db;
use saqta_store::idempotency::Remembered;

use crate::act::{Caller, Channel, Idempotency, Who};
use crate::error::Error;
use crate::facts::sought;
use crate::instance::{App, View};

/// How many keys are presumed; more than that, and it begins again.
const PRESUMED: usize = 4096;

/// What a request asks about.
pub enum Errand {
    /// Somebody, for a purpose.
    For {
        /// For what.
        purpose: PurposeName,
        /// Whom.
        who: Who,
    },
    /// Somebody, wherever the event means something.
    Event {
        /// What happened.
        event: EventName,
        /// To whom.
        subject: SubjectId,
    },
    /// Somebody, wherever anything may be held.
    Everywhere(SubjectId),
}

/// Whom a key belonged to when this process last looked. It opens nothing.
#[derive(Clone)]
pub struct Presumed {
    digest: [u8; 32],
    sealed: Vec<u8>,
    actor: Arc<Actor>,
}

impl Presumed {
    pub(crate) fn new(digest: [u8; 32], sealed: Vec<u8>, actor: Arc<Actor>) -> Self {
        Self { digest, sealed, actor }
    }

    /// Whose key it was: a key keeps its id for ever.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// Whom keys belonged to.
#[derive(Default)]
pub(crate) struct Presumptions(RwLock<HashMap<[u8; 32], Presumed>>);

impl Presumptions {
    pub(crate) fn keep(&self, presumed: Presumed) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= PRESUMED {
            known.clear();
        }
        known.insert(presumed.digest, presumed);
    }

    fn find(&self, digest: &[u8; 32]) -> Option<Presumed> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    fn drop(&self, digest: &[u8; 32]) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(digest);
    }
}

/// What was read together with the key of a request, until the first try of the deed takes it.
#[derive(Clone, Default)]
pub struct ReadAhead(Option<Arc<Mutex<Option<Ahead>>>>);

/// Says nothing of what was read.
impl fmt::Debug for ReadAhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadAhead")
    }
}

impl ReadAhead {
    pub(crate) fn take(&self) -> Option<Ahead> {
        self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn take_answered(&self, digest: &[u8; 32]) -> Option<Option<Remembered>> {
        self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).as_mut()?.take_answered(digest)
    }
}

impl App {
    /// Whether each look into the database is a way there and back, so that it is worth presuming.
    pub fn presumes(&self) -> bool {
        matches!(self.vault().db(), Db::Postgres(_))
    }

    /// Whose request this seems to be; nobody, where that has to be looked up first, or where looking is no way.
    pub fn presume(&self, secret: &str) -> Option<Presumed> {
        self.presumptions().find(&self.digest_of(secret))
    }

    /// Who the key belongs to now, with what the errands ask about; [`App::admit`] for a presumed key.
    pub async fn admit_with(
        &self,
        presumed: Presumed,
        language: Language,
        idempotency: Option<Idempotency>,
        errands: &[Errand],
    ) -> Result<Caller, Error> {
        let Presumed { digest, sealed, actor } = presumed;
        let mut wanted = Wanted::default();
        wanted.key(digest);
        if let Some(idempotency) = &idempotency {
            wanted.answered(idempotency.digest);
        }
        self.want(&mut wanted, errands)?;
        let mut ahead = self.vault().ahead(&wanted).await?.ok_or(Error::UnknownKey)?;
        let Some(row) = ahead.take_key().filter(|row| row.revoked_at.is_none()) else {
            self.presumptions().drop(&digest);
            return Err(Error::UnknownKey);
        };
        // The scope is sealed to the digest: the same bytes say the same.
        let actor = if row.scope == sealed { actor } else { self.actor_of(&row)? };
        let ahead = ReadAhead(Some(Arc::new(Mutex::new(Some(ahead)))));
        Ok(Caller { actor, channel: Channel::Api, language, idempotency, ahead })
    }

    /// What of the errands can be asked for already, under the versions that this process knows. Where they tell nothing, or
    /// something wrong, the deed will see it and ask for itself.
    fn want(&self, wanted: &mut Wanted, errands: &[Errand]) -> Result<(), Error> {
        if errands.is_empty() {
            return Ok(());
        }
        let Ok(view) = self.view_as_known() else { return Ok(()) };
        for errand in errands {
            match errand {
                Errand::For { purpose, who } => self.want_for(wanted, &view, purpose, who)?,
                Errand::Event { event, subject } => {
                    for compartment in self.named_compartments(&view, event) {
                        self.vault().want_person(wanted, &compartment, *subject)?;
                    }
                }
                Errand::Everywhere(subject) => {
                    let versions = self.versions();
                    let everywhere: BTreeSet<_> =
                        versions.iter().flat_map(|v| v.policy.compartments()).collect();
                    for compartment in everywhere {
                        self.vault().want_person(wanted, compartment, *subject)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn want_for(
        &self,
        wanted: &mut Wanted,
        view: &View,
        purpose: &PurposeName,
        who: &Who,
    ) -> Result<(), Error> {
        let Some(purpose) = view.version.policy.purpose(purpose) else { return Ok(()) };
        let compartment = &purpose.compartment;
        match who {
            Who::Subject(id) => self.vault().want_person(wanted, compartment, *id)?,
            Who::Identifier { attribute, value } => {
                if let Ok(value) = sought(view, attribute, value) {
                    self.vault().want_found(wanted, compartment, attribute, &value)?;
                }
            }
        }
        Ok(())
    }
}
