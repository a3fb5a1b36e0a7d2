//! How is a file kept: sealed in chunks under a key of its own, so that ending the key ends the file?

use saqta_domain::rules::{Collect, Permit, Read};
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::subject::{Pseudonym, ThingId};
use saqta_seal::envelope;
use saqta_seal::keys::{KEY_ID, SubjectKeys};
use saqta_seal::stream::{SealedChunk, StreamOpener, StreamSealer};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::db::{Place, Query};
use crate::error::Error;
use crate::keyring::NewKey;
use crate::vault::{Record, Vault, bound, key_id, row_id};
use crate::writer::Step;

const ADD_HEADER: &str = "
insert into documents (subject, id, header)
values ($1, $2, $3)";

const ADD_CHUNK: &str = "
insert into document_chunks (subject, id, seq, sealed)
values ($1, $2, $3, $4)";

const HEADERS: &str = "
select id, header
from documents
where subject = $1
order by id";

const CHUNK: &str = "
select sealed
from document_chunks
where subject = $1 and id = $2 and seq = $3";

const FORGET: &str = "
delete from documents
where subject = $1 and id = $2";

const FORGET_CHUNKS: &str = "
delete from document_chunks
where subject = $1 and id = $2";

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

/// A document on its way in: sealed chunk by chunk, so that no more than a chunk of it is ever open in memory.
pub struct Incoming {
    keys: SubjectKeys,
    id: ThingId,
    chunks: Vec<SealedChunk>,
}

/// A document that was taken in.
#[derive(Debug)]
pub struct Document {
    /// Its name for later requests.
    pub id: ThingId,
    /// The key, to be kept before the deed.
    pub key: NewKey,
    /// The statements of the deed.
    pub steps: Vec<Step>,
}

impl Incoming {
    /// Seals a whole document within the limit; refused as soon as it is passed.
    pub fn seal(
        record: &Record,
        attribute: &AttributeName,
        id: ThingId,
        content: &[u8],
        limit: u64,
    ) -> Result<Self, Error> {
        let keys = SubjectKeys::generate()?;
        let pseudonym = record.pseudonym();
        let place = bound(&pseudonym, record.compartment(), attribute.as_str(), 1);
        let mut sealer = StreamSealer::new(&keys.data, &place, *id.bytes(), limit);
        let mut chunks = sealer.push(content)?;
        chunks.push(sealer.finish()?);
        Ok(Self { keys, id, chunks })
    }

    /// The statements that keep it, for a collection that was permitted.
    pub fn keep(
        self,
        vault: &Vault,
        record: &Record,
        permit: &Permit<Collect>,
        header: &DocumentHeader,
    ) -> Result<Document, Error> {
        let covered = permit.attributes().iter().any(|a| a.as_str() == header.attribute);
        if permit.subject() != record.standing.id || !covered {
            return Err(Error::NotPermitted);
        }
        let subject = record.pseudonym();
        let bytes = Zeroizing::new(postcard::to_stdvec(header).map_err(|_| Error::Unreadable)?);
        let sealed =
            envelope::seal(&self.keys.data, &bound(&subject, record.compartment(), HEADER, 1), &bytes)?;
        let mut steps =
            vec![Step::one(ADD_HEADER, vec![subject.bytes().into(), self.id.bytes().into(), sealed.into()])];
        for chunk in self.chunks {
            let seq = i64::try_from(chunk.number).map_err(|_| Error::Unreadable)?;
            let params = vec![subject.bytes().into(), self.id.bytes().into(), seq.into(), chunk.bytes.into()];
            steps.push(Step::one(ADD_CHUNK, params));
        }
        let key = vault.keyring.add_key(record.compartment(), subject, &self.keys)?;
        Ok(Document { id: self.id, key, steps })
    }
}

const HEADER: &str = "#document";

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
        let mut documents = self.all_documents(record).await?;
        documents.retain(|(_, header, _)| permit.attributes().iter().any(|a| a.as_str() == header.attribute));
        Ok(documents.into_iter().map(|(id, header, _)| (id, header)).collect())
    }

    /// Opens a document that the permit covers.
    pub async fn document(
        &self,
        record: &Record,
        permit: &Permit<Read>,
        id: ThingId,
    ) -> Result<Option<(DocumentHeader, Zeroizing<Vec<u8>>)>, Error> {
        if permit.subject() != record.standing.id {
            return Err(Error::NotPermitted);
        }
        let found = self.all_documents(record).await?.into_iter().find(|(known, ..)| *known == id);
        let Some((_, header, keys)) = found else { return Ok(None) };
        if !permit.attributes().iter().any(|a| a.as_str() == header.attribute) {
            return Err(Error::NotPermitted);
        }
        let subject = record.pseudonym();
        let place = bound(&subject, record.compartment(), &header.attribute, 1);
        let mut opener = StreamOpener::new(&keys.data, &place, *id.bytes());
        let mut content = Zeroizing::new(Vec::new());
        for seq in 0.. {
            let params = vec![subject.bytes().into(), id.bytes().into(), i64::from(seq).into()];
            let Some(row) = self.db.query(Place::Data, Query::new(CHUNK, params)).await?.pop() else { break };
            content.extend_from_slice(&opener.push(row.bytes(0)?)?);
        }
        opener.finish()?;
        Ok(Some((header, content)))
    }

    /// Whether any document of the person is kept in the compartment.
    pub async fn has_documents(&self, record: &Record) -> Result<bool, Error> {
        let query = Query::new(HEADERS, vec![record.pseudonym().bytes().into()]);
        Ok(!self.db.query(Place::Data, query).await?.is_empty())
    }

    /// The statements and keys that end the documents of these attributes, or all of them.
    pub(crate) async fn documents_ending(
        &self,
        record: &Record,
        ends: impl Fn(&str) -> bool,
    ) -> Result<(Vec<Step>, Vec<[u8; KEY_ID]>), Error> {
        let subject: Pseudonym = record.pseudonym();
        let mut steps = Vec::new();
        let mut keys = Vec::new();
        for (id, _, document) in
            self.all_documents(record).await?.into_iter().filter(|(_, h, _)| ends(&h.attribute))
        {
            steps.push(Step::any(FORGET, vec![subject.bytes().into(), id.bytes().into()]));
            steps.push(Step::any(FORGET_CHUNKS, vec![subject.bytes().into(), id.bytes().into()]));
            keys.push(document.data.id());
        }
        Ok((steps, keys))
    }

    async fn all_documents(
        &self,
        record: &Record,
    ) -> Result<Vec<(ThingId, DocumentHeader, SubjectKeys)>, Error> {
        let subject = record.pseudonym();
        let rows = self.db.query(Place::Data, Query::new(HEADERS, vec![subject.bytes().into()])).await?;
        let mut documents = Vec::with_capacity(rows.len());
        for row in rows {
            let key = key_id(row.bytes(1)?)?;
            let Some(keys) = self.keyring.keys_for(&self.db, record.compartment(), subject, &key).await?
            else {
                continue;
            };
            let opened =
                envelope::open(&keys.data, &bound(&subject, record.compartment(), HEADER, 1), row.bytes(1)?)?;
            let header = postcard::from_bytes(&opened).map_err(|_| Error::Unreadable)?;
            documents.push((ThingId::new(row_id(&row, 0)?), header, keys));
        }
        Ok(documents)
    }
}
