//! Under which pseudonym, index digest and keys does a person lie in a compartment?

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::subject::{Pseudonym, SubjectId};
use saqta_seal::custody::Custody;
use saqta_seal::index::{IndexKey, PseudonymKey};
use saqta_seal::keys::{KEY_ID, SubjectKeys};

use crate::db::value::Row;
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::Step;

const KEYS_OF: &str = "
select key
from subject_keys
where subject = $1";

const KEY_ROWS: &str = "
select key, epoch, wrapped
from subject_keys
where subject = $1";

const KEY_OF: &str = "
select key, epoch, wrapped
from subject_keys
where subject = $1 and key = $2";

const REMOVE_KEY: &str = "
delete from subject_keys
where subject = $1 and key = $2";

const ADD_KEY: &str = "
insert into subject_keys (subject, key, compartment, epoch, wrapped)
values ($1, $2, $3, $4, $5)";

/// A key that is kept before the deed that needs it, and taken back when that deed is not done.
#[derive(Clone, Debug)]
pub struct NewKey {
    pub(crate) subject: Pseudonym,
    pub(crate) keep: Step,
    pub(crate) undo: Step,
}

/// The keys of the installation: the custody of those that wrap, and the ones derived for names and look-ups.
pub struct Keyring {
    custody: Custody,
    pseudonyms: RwLock<BTreeMap<CompartmentName, Arc<PseudonymKey>>>,
    indexes: RwLock<BTreeMap<(CompartmentName, AttributeName), Arc<IndexKey>>>,
}

impl Keyring {
    /// A keyring over the custody files.
    pub fn new(custody: Custody) -> Self {
        Self { custody, pseudonyms: RwLock::default(), indexes: RwLock::default() }
    }

    /// The custody, for turning epochs and for instance keys.
    pub fn custody(&self) -> &Custody {
        &self.custody
    }

    /// What the person is called in the compartment (clause 5.3).
    pub fn pseudonym(&self, compartment: &CompartmentName, id: SubjectId) -> Result<Pseudonym, Error> {
        let key = cached(&self.pseudonyms, compartment, || {
            PseudonymKey::derive(&self.custody, compartment.as_str())
        })?;
        Ok(Pseudonym::new(key.pseudonym(id.bytes())))
    }

    /// Under which digest a value is looked up; without the key nobody can tell which value it was.
    pub fn digest(
        &self,
        compartment: &CompartmentName,
        attribute: &AttributeName,
        value: &Plain,
    ) -> Result<[u8; 32], Error> {
        let key = cached(&self.indexes, &(compartment.clone(), attribute.clone()), || {
            IndexKey::derive(&self.custody, compartment.as_str(), attribute.as_str())
        })?;
        Ok(key.digest(value.to_be_sealed()))
    }

    /// The statements that keep wrapped keys, and take them back.
    pub(crate) fn add_key(
        &self,
        compartment: &CompartmentName,
        subject: Pseudonym,
        keys: &SubjectKeys,
    ) -> Result<NewKey, Error> {
        let wrapped = self.custody.wrap(keys, subject.bytes(), compartment.as_str())?;
        let row = vec![
            subject.bytes().into(),
            keys.data.id().into(),
            compartment.as_str().into(),
            i64::from(wrapped.epoch).into(),
            wrapped.bytes.into(),
        ];
        let name = vec![subject.bytes().into(), keys.data.id().into()];
        Ok(NewKey { subject, keep: Step::one(ADD_KEY, row), undo: Step::any(REMOVE_KEY, name) })
    }

    /// The keys under which an envelope of the subject was sealed; none, when they were destroyed.
    pub(crate) async fn keys_for(
        &self,
        db: &Db,
        compartment: &CompartmentName,
        subject: Pseudonym,
        key: &[u8],
    ) -> Result<Option<SubjectKeys>, Error> {
        let query = Query::new(KEY_OF, vec![subject.bytes().into(), key.into()]);
        let Some(row) = db.query(Place::Keys, query).await?.pop() else { return Ok(None) };
        self.unwrap(compartment, subject, &row).map(Some)
    }

    /// The same for many subjects with a key each, in their order, read at once.
    pub(crate) async fn keys_for_all(
        &self,
        db: &Db,
        compartment: &CompartmentName,
        named: Vec<(Pseudonym, [u8; KEY_ID])>,
    ) -> Result<Vec<Option<SubjectKeys>>, Error> {
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let query = |(subject, key): &(Pseudonym, [u8; KEY_ID])| {
            Query::new(KEY_OF, vec![subject.bytes().into(), key.into()])
        };
        let queries: Vec<Query> = named.iter().map(query).collect();
        let answers = db.read(Place::Keys, &queries).await?;
        let open = |((subject, _), rows): (&(Pseudonym, _), Vec<Row>)| {
            rows.first().map(|row| self.unwrap(compartment, *subject, row)).transpose()
        };
        named.iter().zip(answers).map(open).collect()
    }

    /// The same from all keys of the subject, as they were read together with the envelope.
    pub(crate) fn keys_among(
        &self,
        rows: &[Row],
        compartment: &CompartmentName,
        subject: Pseudonym,
        key: &[u8],
    ) -> Result<Option<SubjectKeys>, Error> {
        for row in rows {
            if row.bytes(0)? == key {
                return self.unwrap(compartment, subject, row).map(Some);
            }
        }
        Ok(None)
    }

    /// The names of all keys of a subject.
    pub(crate) async fn key_names(&self, db: &Db, subject: Pseudonym) -> Result<Vec<[u8; KEY_ID]>, Error> {
        names_of_keys(&db.query(Place::Keys, key_names_query(subject)).await?)
    }

    fn unwrap(
        &self,
        compartment: &CompartmentName,
        subject: Pseudonym,
        row: &Row,
    ) -> Result<SubjectKeys, Error> {
        let epoch = u32::try_from(row.int(1)?).map_err(|_| Error::Unreadable)?;
        Ok(self.custody.unwrap(epoch, row.bytes(2)?, subject.bytes(), compartment.as_str())?)
    }
}

pub(crate) fn key_names_query(subject: Pseudonym) -> Query {
    Query::new(KEYS_OF, vec![subject.bytes().into()])
}

pub(crate) fn names_of_keys(rows: &[Row]) -> Result<Vec<[u8; KEY_ID]>, Error> {
    rows.iter().map(|row| row.bytes(0)?.try_into().map_err(|_| Error::Unreadable)).collect()
}

pub(crate) fn key_rows_query(subject: Pseudonym) -> Query {
    Query::new(KEY_ROWS, vec![subject.bytes().into()])
}

fn cached<K: Ord + Clone, V>(
    cache: &RwLock<BTreeMap<K, Arc<V>>>,
    name: &K,
    derive: impl FnOnce() -> Result<V, saqta_seal::error::Error>,
) -> Result<Arc<V>, Error> {
    if let Ok(known) = cache.read()
        && let Some(key) = known.get(name)
    {
        return Ok(Arc::clone(key));
    }
    let key = Arc::new(derive()?);
    if let Ok(mut known) = cache.write() {
        known.insert(name.clone(), Arc::clone(&key));
    }
    Ok(key)
}
