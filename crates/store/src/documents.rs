//! How is a file kept: sealed in chunks under a key of its own, which lies sealed under the data key of the person?
//!
//! Ending the data key ends every document with it. When a part of a person's data ends, the data key is a new one: the keys of
//! the documents that stay are sealed under it, no chunk is, and those of the others end with the old one.

use saqta_domain::rules::{Collect, Permit, Read};
use saqta_domain::terms::subject::{Pseudonym, ThingId};
use saqta_seal::envelope;
use saqta_seal::keys::DataKey;
use saqta_seal::stream::{StreamOpener, StreamSealer};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::db::value::Row;
use crate::db::{Place, Query};
use crate::error::{Conflict, Error};
use crate::vault::{Record, Vault, bound, key_id, row_id};
use crate::writer::Step;

const ADD: &str = "
insert into documents (subject, id, key, header)
values ($1, $2, $3, $4)";

const ADD_CHUNK: &str = "
insert into document_chunks (subject, id, seq, sealed)
values ($1, $2, $3, $4)";

const ALL: &str = "
select id, key, header
from documents
where subject = $1
order by id";

const ONE: &str = "
select id, key, header
from documents
where subject = $1 and id = $2";

const ANY: &str = "
select id
from documents
where subject = $1
order by id
limit 1";

const CHUNK: &str = "
select sealed
from document_chunks
where subject = $1 and id = $2 and seq = $3";

const REKEY: &str = "
update documents
set key = $3
where subject = $1 and id = $2";

const FORGET: &str = "
delete from documents
where subject = $1 and id = $2";

const FORGET_CHUNKS: &str = "
delete from document_chunks
where subject = $1 and id = $2";

/// The attribute names under which headers and keys are sealed; no policy can declare them.
const HEADER: &str = "#document";
const KEY: &str = "#document-key/";

/// What is known of a document without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentHeader {
    /// Which attribute it is.
    pub attribute: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A document of a record, its key and header opened.
struct Kept {
    id: ThingId,
    key: DataKey,
    header: DocumentHeader,
}

/// A document that was opened, to be read chunk by chunk.
pub struct OpenDocument {
    /// What is known of it.
    pub header: DocumentHeader,
    subject: Pseudonym,
    id: ThingId,
    next: i64,
    /// None once the document has been read to its end.
    opener: Option<StreamOpener<DataKey>>,
}

impl OpenDocument {
    /// The next part; none once the document is whole. An error where the rest is missing: what was given before is a beginning.
    pub async fn next(&mut self, vault: &Vault) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let Some(opener) = &mut self.opener else { return Ok(None) };
        let params = vec![self.subject.bytes().into(), self.id.bytes().into(), self.next.into()];
        let row = vault.db.query(Place::Data, Query::new(CHUNK, params)).await?.pop();
        self.next += 1;
        match row {
            Some(row) => Ok(Some(opener.push(row.bytes(0)?)?)),
            None => {
                self.opener.take().map(StreamOpener::finish).transpose()?;
                Ok(None)
            }
        }
    }
}

impl Record {
    /// Seals a whole document within the limit and gives the statements that keep it, for a collection that was permitted;
    /// refused as soon as the limit is passed.
    pub fn keep_document(
        &self,
        permit: &Permit<Collect>,
        id: ThingId,
        header: &DocumentHeader,
        content: &[u8],
        limit: u64,
    ) -> Result<Vec<Step>, Error> {
        let covered = permit.attributes().iter().any(|a| a.as_str() == header.attribute);
        if permit.subject() != self.standing.id || !covered {
            return Err(Error::NotPermitted);
        }
        let key = DataKey::generate()?;
        let (subject, compartment) = (self.pseudonym, &self.compartment);
        let mut sealer =
            StreamSealer::new(&key, &bound(&subject, compartment, &header.attribute, 1), *id.bytes(), limit);
        let mut chunks = sealer.push(content)?;
        chunks.push(sealer.finish()?);
        let bytes = Zeroizing::new(postcard::to_stdvec(header).map_err(|_| Error::Unreadable)?);
        let sealed = envelope::seal(&key, &bound(&subject, compartment, HEADER, 1), &bytes)?;
        let wrapped = self.wrap_document_key(&self.keys.data, id, &key)?;
        let row = vec![subject.bytes().into(), id.bytes().into(), wrapped.into(), sealed.into()];
        let mut steps = vec![Step::one(ADD, row)];
        for chunk in chunks {
            let seq = i64::try_from(chunk.number).map_err(|_| Error::Unreadable)?;
            let params = vec![subject.bytes().into(), id.bytes().into(), seq.into(), chunk.bytes.into()];
            steps.push(Step::one(ADD_CHUNK, params));
        }
        Ok(steps)
    }

    fn wrap_document_key(&self, under: &DataKey, id: ThingId, key: &DataKey) -> Result<Vec<u8>, Error> {
        let place = format!("{KEY}{id}");
        Ok(envelope::seal_key(under, &bound(&self.pseudonym, &self.compartment, &place, 1), key)?)
    }

    /// Opens the row of a document; nothing, when its key is not sealed under the data key of this record.
    fn kept(&self, row: &Row) -> Result<Option<Kept>, Error> {
        let id = ThingId::new(row_id(row, 0)?);
        if key_id(row.bytes(1)?)? != self.keys.data.id() {
            return Ok(None);
        }
        let place = format!("{KEY}{id}");
        let place = bound(&self.pseudonym, &self.compartment, &place, 1);
        let key = envelope::open_key(&self.keys.data, &place, row.bytes(1)?)?;
        let place = bound(&self.pseudonym, &self.compartment, HEADER, 1);
        let opened = envelope::open(&key, &place, row.bytes(2)?)?;
        let header = postcard::from_bytes(&opened).map_err(|_| Error::Unreadable)?;
        Ok(Some(Kept { id, key, header }))
    }
}

impl Vault {
    /// The documents of a person that the permit covers.
    pub async fn documents(
        &self,
        record: &Record,
        permit: &Permit<Read>,
    ) -> Result<Vec<(ThingId, DocumentHeader)>, Error> {
        if permit.subject() != record.standing.id {
            return Err(Error::NotPermitted);
        }
        let mut documents = Vec::new();
        for row in self.document_rows(record).await? {
            // A key under another data key: the record has changed since it was read, which its guard will tell, or somebody
            // put back a row that opens nothing any more.
            if let Some(Kept { id, header, .. }) = record.kept(&row)?
                && permit.attributes().iter().any(|a| a.as_str() == header.attribute)
            {
                documents.push((id, header));
            }
        }
        Ok(documents)
    }

    /// Opens a document that the permit covers and reads the whole of it.
    pub async fn document(
        &self,
        record: &Record,
        permit: &Permit<Read>,
        id: ThingId,
    ) -> Result<Option<(DocumentHeader, Zeroizing<Vec<u8>>)>, Error> {
        let Some(mut open) = self.open_document(record, permit, id).await? else { return Ok(None) };
        let mut content = Zeroizing::new(Vec::new());
        while let Some(part) = open.next(self).await? {
            content.extend_from_slice(&part);
        }
        Ok(Some((open.header, content)))
    }

    /// Opens a document that the permit covers.
    pub async fn open_document(
        &self,
        record: &Record,
        permit: &Permit<Read>,
        id: ThingId,
    ) -> Result<Option<OpenDocument>, Error> {
        if permit.subject() != record.standing.id {
            return Err(Error::NotPermitted);
        }
        let subject = record.pseudonym;
        let query = Query::new(ONE, vec![subject.bytes().into(), id.bytes().into()]);
        let Some(row) = self.db.query(Place::Data, query).await?.pop() else { return Ok(None) };
        let Some(Kept { key, header, .. }) = record.kept(&row)? else {
            return Err(Error::Conflict(Conflict::Stale));
        };
        if !permit.attributes().iter().any(|a| a.as_str() == header.attribute) {
            return Err(Error::NotPermitted);
        }
        let place = bound(&subject, &record.compartment, &header.attribute, 1);
        let opener = Some(StreamOpener::new(key, &place, *id.bytes()));
        Ok(Some(OpenDocument { header, subject, id, next: 0, opener }))
    }

    /// Whether any document of the person is kept in the compartment.
    pub async fn has_documents(&self, record: &Record) -> Result<bool, Error> {
        let query = Query::new(ANY, vec![record.pseudonym.bytes().into()]);
        Ok(!self.db.query(Place::Data, query).await?.is_empty())
    }

    /// The statements that end the documents of these attributes and seal the keys of the others under the fresh data key.
    pub(crate) async fn documents_rekeyed(
        &self,
        record: &Record,
        fresh: &DataKey,
        ends: impl Fn(&str) -> bool,
    ) -> Result<Vec<Step>, Error> {
        let mut steps = Vec::new();
        for row in self.document_rows(record).await? {
            let name = vec![record.pseudonym.bytes().into(), row.bytes(0)?.into()];
            match record.kept(&row)? {
                Some(Kept { id, key, header }) if !ends(&header.attribute) => {
                    let wrapped = record.wrap_document_key(fresh, id, &key)?;
                    let params = [name, vec![wrapped.into()]].concat();
                    steps.push(Step::one(REKEY, params));
                }
                _ => {
                    steps.push(Step::any(FORGET, name.clone()));
                    steps.push(Step::any(FORGET_CHUNKS, name));
                }
            }
        }
        Ok(steps)
    }

    async fn document_rows(&self, record: &Record) -> Result<Vec<Row>, Error> {
        let query = Query::new(ALL, vec![record.pseudonym.bytes().into()]);
        self.db.query(Place::Data, query).await
    }
}
