//! Take in a document of a person: a file, sealed in chunks, typed and limited in size (clause 3.1).

use saqta_domain::rules::Ask;
use saqta_domain::rules::may_advance::opening;
use saqta_domain::rules::may_collect::may_collect;
use saqta_domain::rules::may_read::may_read;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::{SubjectId, ThingId};
use saqta_store::documents::DocumentHeader;
use saqta_store::draft::Draft;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::act::{Caller, Done, Drafted, Entry, Receipt, once, settle};
use crate::error::Error;
use crate::instance::App;

/// A document on its way in.
pub struct KeepDocument {
    /// Whose it is.
    pub subject: SubjectId,
    /// For what.
    pub purpose: PurposeName,
    /// Which attribute it is.
    pub attribute: AttributeName,
    /// The evidence of the ground, where it is not consent.
    pub reference: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Zeroizing<Vec<u8>>,
}

/// The media types that are taken in; nothing is ever run or shown inside a page.
pub const MEDIA_TYPES: [&str; 4] = ["application/pdf", "image/jpeg", "image/png", "text/plain"];

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDocument {
    /// The document's id, in hexadecimal.
    pub document: String,
}

/// A document that was opened.
pub struct OpenedDocument {
    /// What it is.
    pub header: DocumentHeader,
    /// Its bytes.
    pub content: Zeroizing<Vec<u8>>,
}

impl App {
    /// Keeps a document, or refuses.
    pub async fn keep_document(
        &self,
        caller: &Caller,
        request: &KeepDocument,
    ) -> Result<Done<KeptDocument>, Error> {
        once!(self, caller, self.keep_document_once(caller, request))
    }

    async fn keep_document_once(
        &self,
        caller: &Caller,
        request: &KeepDocument,
    ) -> Result<Done<KeptDocument>, Error> {
        let view = self.view_for(caller).await?;
        let situation = view.situation();
        let attributes = [request.attribute.clone()].into();
        let ask = Ask { actor: &caller.actor, purpose: &request.purpose, attributes: &attributes };
        let compartment = view.version.policy.purpose(&request.purpose).map(|p| p.compartment.clone());
        let record = match &compartment {
            Some(compartment) => self.vault.record(compartment, request.subject).await?,
            None => None,
        };
        let Some(record) = record else {
            let refused = may_read(&situation, &ask, None).err();
            let refusal = refused.ok_or(Error::NotFound)?;
            return Err(self.refuse(caller, &view, Operation::Collection, refusal, None).await);
        };
        let opening = opening(&situation, record.standing(), &request.purpose, request.reference.trim());
        let proposed = match &opening {
            Some(event) => record.standing().clone().after(event),
            None => record.standing().clone(),
        };
        let permit = match may_collect(&situation, &ask, &proposed) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Collection, refusal, Some(&record)).await);
            }
        };
        let declared = view.version.policy.attribute(&request.attribute).filter(|a| a.kind == Kind::Document);
        let declared = declared.ok_or(Error::Malformed("attribute_is_no_document"))?;
        if !MEDIA_TYPES.contains(&request.media_type.as_str()) {
            return Err(Error::Malformed("media_type_not_accepted"));
        }
        let id = ThingId::new(self.vault.draw_id()?);
        let header = DocumentHeader {
            attribute: request.attribute.to_string(),
            media_type: request.media_type.clone(),
            bytes: u64::try_from(request.content.len()).unwrap_or(u64::MAX),
        };
        let kept = record.keep_document(&permit, id, &header, &request.content, declared.max_bytes)?;
        let entry = Entry::permitted(Operation::Collection, &permit).detail("document");
        let mut draft = Draft::new(&self.vault, record, &view.version.findable);
        draft.collect_document(permit, opening, Source::Subject, view.now)?;
        let outcome = KeptDocument { document: id.to_string() };
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, kept, &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }

    /// Opens a document for a purpose, or refuses.
    pub async fn open_document(
        &self,
        caller: &Caller,
        subject: SubjectId,
        purpose: &PurposeName,
        attribute: &AttributeName,
        id: ThingId,
    ) -> Result<Done<OpenedDocument>, Error> {
        settle!(self.open_document_once(caller, subject, purpose, attribute, id))
    }

    async fn open_document_once(
        &self,
        caller: &Caller,
        subject: SubjectId,
        purpose: &PurposeName,
        attribute: &AttributeName,
        id: ThingId,
    ) -> Result<Done<OpenedDocument>, Error> {
        let view = self.view_for(caller).await?;
        let attributes = [attribute.clone()].into();
        let ask = Ask { actor: &caller.actor, purpose, attributes: &attributes };
        let record = self.facts(&view, purpose, &crate::act::Who::Subject(subject)).await?;
        let permit = match may_read(&view.situation(), &ask, record.as_ref().map(|r| r.standing())) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, record.as_ref()).await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let (header, content) = self.vault.document(&record, &permit, id).await?.ok_or(Error::NotFound)?;
        let entry = Entry::permitted(Operation::Retrieval, &permit).detail("document");
        let receipt: Receipt = self.record_look(caller, &view, entry, &record).await?;
        Ok(Done { receipt, outcome: OpenedDocument { header, content } })
    }
}
