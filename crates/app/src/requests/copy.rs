//! How does a person take the copy they asked for home in one file (clause 4.1)?
//!
//! The data for programs, the same in print, and every document that is held lie side by side, with a manifest that names the
//! digest of each. The file is written while it is fetched: of a document no more than a chunk is in memory. A file that breaks off
//! has no end that a reader would accept.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest;
use saqta_documents::papers::Paper;
use saqta_documents::sheet::Sheet;
use saqta_domain::rules::may_copy::may_copy;
use saqta_domain::terms::attribute::About;
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::subject::ThingId;
use saqta_store::documents::{DocumentHeader, OpenDocument};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::holder::{COPY, mark};
use super::identity::applicant;
use super::pack::{MANIFEST, Manifest, ManifestFile};
use super::{CaseDraft, OpenCase};
use crate::act::{Entry, settle};
use crate::error::Error;
use crate::instance::App;

/// The same in print.
const PRINT: &str = "copy.pdf";

/// A copy on its way to the person.
pub struct CopyZip {
    sink: Sink,
    /// None once the file is complete.
    writer: Option<ZipWriter<StreamWriter<Sink>>>,
    files: VecDeque<(String, String, Vec<u8>)>,
    documents: VecDeque<(String, String, OpenDocument)>,
    current: Option<Current>,
    manifest: Manifest,
}

/// The document that is being written.
struct Current {
    name: String,
    what: String,
    document: OpenDocument,
    bytes: u64,
    digest: digest::Context,
}

/// What was written and not yet fetched.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Result<Vec<u8>, Error> {
        self.0.lock().map(|mut written| std::mem::take(&mut *written)).map_err(|_| Error::Unreadable)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut written = self.0.lock().map_err(|_| std::io::Error::other("the file is broken"))?;
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl CopyZip {
    /// The next part of the file; none after the last.
    pub async fn next(&mut self, app: &App) -> Result<Option<Vec<u8>>, Error> {
        loop {
            let more = self.write_on(app).await?;
            let written = self.sink.take()?;
            if !written.is_empty() || !more {
                return Ok(Some(written).filter(|written| !written.is_empty()));
            }
        }
    }

    /// Writes a little more; says whether there is anything left.
    async fn write_on(&mut self, app: &App) -> Result<bool, Error> {
        let Some(writer) = &mut self.writer else { return Ok(false) };
        let broken = |_| Error::Unreadable;
        // Without a date of its own a file would bear the hour at which it was written.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        if let Some(current) = &mut self.current {
            match current.document.next(&app.vault).await? {
                Some(part) => {
                    current.digest.update(&part);
                    current.bytes = current.bytes.saturating_add(part.len() as u64);
                    writer.write_all(&part).map_err(|_| Error::Unreadable)?;
                }
                None => self.manifest.files.extend(self.current.take().map(Current::entry)),
            }
        } else if let Some((name, what, bytes)) = self.files.pop_front() {
            writer.start_file(&*name, options).map_err(broken)?;
            writer.write_all(&bytes).map_err(|_| Error::Unreadable)?;
            self.manifest.files.push(ManifestFile::of(&name, what, &bytes));
        } else if let Some((name, what, document)) = self.documents.pop_front() {
            writer.start_file(&*name, options).map_err(broken)?;
            let digest = digest::Context::new(&digest::SHA256);
            self.current = Some(Current { name, what, document, bytes: 0, digest });
        } else {
            let manifest = serde_json::to_vec_pretty(&self.manifest).map_err(|_| Error::Unreadable)?;
            writer.start_file(MANIFEST, options).map_err(broken)?;
            writer.write_all(&manifest).map_err(|_| Error::Unreadable)?;
            if let Some(writer) = self.writer.take() {
                writer.finish().map_err(broken)?;
            }
        }
        Ok(true)
    }
}

impl Current {
    fn entry(self) -> ManifestFile {
        ManifestFile {
            name: self.name,
            what: self.what,
            bytes: self.bytes,
            sha256: data_encoding::HEXLOWER.encode(self.digest.finish().as_ref()),
        }
    }
}

impl App {
    /// The copy as a ZIP, while it can be fetched. What is opened for it is on record before the first byte leaves.
    pub async fn copy_zip(&self, secret: &str) -> Result<CopyZip, Error> {
        let (open, data) = (self.by_secret(secret).await?, self.copy_of(secret).await?);
        let language = open.request.language;
        let mut files = VecDeque::new();
        let what = self.words.word("portal-copy-json", language);
        files.push_back((COPY.to_owned(), what, data.to_vec()));
        let papers = self.vault.papers(&open.case).await?;
        let mut answers = papers.iter().rev().filter_map(|kept| Some((Sheet::read(&kept.sheet).ok()?, kept)));
        if let Some((sheet, kept)) = answers.find(|(sheet, _)| sheet.paper() == Paper::AccessAnswer) {
            let what = sheet.title().to_owned();
            files.push_back((PRINT.to_owned(), what, self.sheet_pdf(sheet, mark(kept)?).await?));
        }
        let documents = settle!(self.open_documents(&open))?;
        let sink = Sink::default();
        Ok(CopyZip {
            writer: Some(ZipWriter::new_stream(sink.clone())),
            sink,
            files,
            documents,
            current: None,
            manifest: Manifest {
                format: 1,
                made_for: "copy".to_owned(),
                request: open.request.number.0,
                at: self.now().to_string(),
                files: Vec::new(),
            },
        })
    }

    /// Every document of the persons that is still held, opened.
    async fn open_documents(
        &self,
        open: &OpenCase,
    ) -> Result<VecDeque<(String, String, OpenDocument)>, Error> {
        let view = self.view().await?;
        let (policy, request) = (&view.version.policy, &open.request);
        let (mut opened, mut looked) = (VecDeque::new(), Vec::new());
        for record in self.records_of(&open.particulars.persons()?).await? {
            let permit = may_copy(request, record.standing()).map_err(|_| Error::NotFound)?;
            let mut any = false;
            for (id, header) in self.vault.documents(&record, &permit).await? {
                if !is_theirs_to_have(policy, &header) {
                    continue;
                }
                let document = self.vault.open_document(&record, &permit, id).await?;
                let Some(document) = document else { continue };
                any = true;
                let label =
                    AttributeName::new(&header.attribute).ok().and_then(|name| policy.attribute(&name));
                let label = label.map_or_else(
                    || header.attribute.clone(),
                    |declared| declared.label.in_language(request.language).to_owned(),
                );
                opened.push_back((file_name(id, &header), label, document));
            }
            if any {
                looked
                    .push((Entry::permitted(Operation::Retrieval, &permit).detail("copy_documents"), record));
            }
        }
        if looked.is_empty() {
            return Ok(opened);
        }
        let caller = applicant(request.language);
        let yard = self.yardstick(request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, open);
        if let Err(refusal) = draft.happen(RequestEvent::Noted { at: view.now }) {
            return Err(self.refuse_move(&caller, &view, Some(open), "request.noted", refusal).await);
        }
        for (entry, record) in &looked {
            draft.step(record.unchanged());
            draft.look(entry.again(), record.tags());
        }
        self.commit_case(draft, &view, Vec::new()).await?;
        Ok(opened)
    }
}

/// Whether a document is about the person, and not about whoever receives an order.
pub(super) fn is_theirs_to_have(policy: &Policy, header: &DocumentHeader) -> bool {
    let declared = AttributeName::new(&header.attribute).ok().and_then(|name| policy.attribute(&name));
    declared.is_none_or(|declared| declared.about == About::Subject)
}

/// The name of a document in the file. Nothing of it was chosen by whoever brought the document.
pub(super) fn file_name(id: ThingId, header: &DocumentHeader) -> String {
    let ending = match header.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "text/plain" => "txt",
        _ => "bin",
    };
    format!("documents/{}-{id}.{ending}", header.attribute)
}
