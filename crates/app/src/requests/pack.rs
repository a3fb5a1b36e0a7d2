//! What is in the pack that an authority gets, and how is it checked without this system (clause 3.2)?
//!
//! A ZIP file: the policy in force when the letter came, in every language and as it is executed, the register of purposes, the
//! journal of requests without anybody's name, and the proofs that every paper issued here stands in the signed ledger. The
//! manifest names each file with its digest; the sheet of the cover lists the same, and its digest stands in the ledger, with the proof
//! beside it: nobody who changes a file can make the manifest fit. `saqta verify` checks all of it on any machine.

use std::io::{Cursor, Read, Write};

use saqta_documents::papers::Paper;
use saqta_documents::papers::authority_cover::{AuthorityCover, PackFile, Point};
use saqta_documents::sheet::Sheet;
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::CaseDraft;
use super::papers::Desk;
use crate::act::{Caller, Receipt};
use crate::admission::sha256;
use crate::error::Error;
use crate::evidence::{InclusionProof, verify_proof};
use crate::instance::App;
use crate::leaf::Leaf;

/// The file of the pack in its case.
pub(super) const NAME: &str = "pack.zip";

/// The largest file that is read from a pack.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The print of the cover, for people.
const COVER: &str = "cover.pdf";

/// The sheet of the cover, which lists the files of the manifest.
const COVER_SHEET: &str = "cover.json";

/// The proof that the digest of that sheet is in the ledger. No manifest names these three: they are made after it.
const COVER_PROOF: &str = "cover.proof.json";

/// What a pack for an authority is made for.
const FOR_AUTHORITY: &str = "authority";

pub(super) const MANIFEST: &str = "manifest.json";
const PROOFS: &str = "proofs.json";

/// What is in a pack.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this shape: 1.
    pub format: u8,
    /// What it was made for: `authority`, or `copy` for a person.
    pub made_for: String,
    /// The number of the request.
    pub request: u64,
    /// When it was made.
    pub at: String,
    /// The files, but for the manifest itself.
    pub files: Vec<ManifestFile>,
}

/// A file of a pack.
#[derive(Clone, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
}

impl ManifestFile {
    pub(super) fn of(name: &str, what: String, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            what,
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: data_encoding::HEXLOWER.encode(&sha256(bytes)),
        }
    }
}

/// What a check of a pack found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackVerified {
    /// Whether everything fits.
    pub ok: bool,
    /// The number of the request it was made for.
    pub request: u64,
    /// How many files have the digest that the manifest names.
    pub files: usize,
    /// How many proofs lead to a signed checkpoint.
    pub proofs: usize,
    /// What is wrong, file by file.
    pub failures: Vec<String>,
}

/// Files on their way into a ZIP.
pub(super) struct Packing {
    files: Vec<(ManifestFile, Vec<u8>)>,
}

impl Packing {
    pub fn new() -> Self {
        Self { files: Vec::new() }
    }

    pub fn add(&mut self, name: &str, what: String, bytes: Vec<u8>) {
        self.files.push((ManifestFile::of(name, what, &bytes), bytes));
    }

    /// The ZIP, its manifest first.
    pub fn zip(self, made_for: &str, request: u64, at: String) -> Result<Vec<u8>, Error> {
        let files = self.files.iter().map(|(file, _)| file.clone()).collect();
        let manifest = Manifest { format: 1, made_for: made_for.to_owned(), request, at, files };
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(|_| Error::Unreadable)?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        // Without a date of its own a file would bear the hour at which it was written.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let parts = std::iter::once((MANIFEST, manifest.as_slice()))
            .chain(self.files.iter().map(|(file, bytes)| (file.name.as_str(), bytes.as_slice())));
        for (name, bytes) in parts {
            writer.start_file(name, options).map_err(|_| Error::Unreadable)?;
            writer.write_all(bytes).map_err(|_| Error::Unreadable)?;
        }
        Ok(writer.finish().map_err(|_| Error::Unreadable)?.into_inner())
    }
}

impl App {
    /// The pack, and the cover that lists what is in it.
    pub(super) async fn make_pack(
        &self,
        desk: &Desk<'_>,
        number: u64,
        draft: &CaseDraft<'_>,
    ) -> Result<(Vec<u8>, Sheet), Error> {
        let request = &draft.request;
        let letter = draft.particulars.letter.as_ref().ok_or(Error::Unreadable)?;
        let mut packing = Packing::new();
        let policy = &desk.yard.version;
        let address = self.address(&format!("/policy/v/{}", policy.policy.version));
        for language in saqta_domain::terms::names::Language::ALL {
            if policy.texts.document(language).is_none() {
                continue;
            }
            let print = self.policy_pdf(policy.policy.version, language, &address).await?;
            let what = desk.told("answer-pack-policy", &[("language", language.tag())]);
            packing.add(&format!("policy.{}.pdf", language.tag()), what, print.to_vec());
        }
        for name in policy.folder.names() {
            let bytes = policy.folder.file(name).unwrap_or_default().to_vec();
            packing.add(&format!("policy/{name}"), desk.word("answer-pack-executed"), bytes);
        }
        packing.add("purposes.csv", desk.word("answer-pack-purposes"), purposes(desk)?);
        let journal = self.journal_without_names(desk).await?;
        let rows = journal.1;
        packing.add("journal.csv", desk.word("answer-pack-journal"), journal.0);
        let proofs = self.proofs_of_papers().await?;
        let bytes = serde_json::to_vec_pretty(&proofs).map_err(|_| Error::Unreadable)?;
        packing.add(PROOFS, desk.word("answer-pack-proofs"), bytes);
        let due = desk.yard.due(request);
        let clock = due.strictest().ok_or(Error::Unreadable)?;
        let files = packing.files.iter().map(|(file, _)| PackFile {
            name: file.name.clone(),
            what: file.what.clone(),
            bytes: file.bytes,
            digest: file.sha256.clone(),
            rows: (file.name == "journal.csv").then_some(rows),
        });
        let points = letter
            .questions
            .iter()
            .zip(letter.answers.iter().cloned().chain(std::iter::repeat(String::new())));
        let cover = AuthorityCover {
            header: desk.header(number),
            authority: letter.authority.clone(),
            letter: letter.number.clone(),
            letter_dated: letter.dated.parse().map_err(|_| Error::Unreadable)?,
            request: request.number.0,
            received: desk.zoned(request.filed_at),
            last_day: clock.last_day,
            because: self.words.clock(clock, &desk.yard.zone(), desk.language),
            answers: points.map(|(question, answer)| Point { question: question.clone(), answer }).collect(),
            files: files.collect(),
            disclosed_on: None,
            responsible: desk.word("answer-responsible"),
            signed: desk.signed(),
        };
        let sheet = desk.sheet(|words| cover.sheet(words))?;
        let zip = packing.zip(FOR_AUTHORITY, request.number.0, desk.view.now.to_string())?;
        Ok((zip, sheet))
    }

    /// The pack of an authority's request, with the print of its cover. Fetching it is on record.
    pub async fn authority_pack(&self, caller: &Caller, number: u64) -> Result<Vec<u8>, Error> {
        let (view, open) = self.opened_by_staff(caller, number, "pack").await?;
        let now = view.now.as_microsecond();
        let pack = self.vault.case_file(&open.case, NAME, now).await?.ok_or(Error::NotFound)?;
        let papers = self.vault.papers(&open.case).await?;
        let mut covers = papers.iter().rev().filter_map(|kept| Some((Sheet::read(&kept.sheet).ok()?, kept)));
        let cover = covers.find(|(sheet, _)| sheet.paper() == Paper::AuthorityCover);
        let (sheet, kept) = cover.ok_or(Error::NotFound)?;
        let print = self.sheet_pdf(sheet, super::holder::mark(kept)?).await?;
        self.checkpoint().await?;
        let issued = Receipt { log: kept.log_id, index: kept.index };
        let proof = self.prove(&crate::jobs::system("requests"), issued).await?;
        let proof = serde_json::to_vec_pretty(&proof).map_err(|_| Error::Unreadable)?;
        let broken = |_| Error::Unreadable;
        let mut writer = ZipWriter::new_append(Cursor::new(pack.to_vec())).map_err(broken)?;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in [(COVER_SHEET, &kept.sheet[..]), (COVER_PROOF, &proof), (COVER, &print)] {
            writer.start_file(name, options).map_err(broken)?;
            writer.write_all(bytes).map_err(|_| Error::Unreadable)?;
        }
        Ok(writer.finish().map_err(broken)?.into_inner())
    }

    /// The proofs that the leaves of all papers are in the ledger, as far as it is signed.
    async fn proofs_of_papers(&self) -> Result<Vec<InclusionProof>, Error> {
        self.checkpoint().await?;
        let caller = crate::jobs::system("requests");
        let mut proofs = Vec::new();
        for number in 1..self.vault.db().next_request_number().await? {
            let Some(case) = self.vault.case_numbered(number).await? else { continue };
            for paper in self.vault.papers(&case).await? {
                let receipt = Receipt { log: paper.log_id, index: paper.index };
                match self.prove(&caller, receipt).await {
                    Ok(proof) => proofs.push(proof),
                    // What was issued a moment ago is signed in the next round.
                    Err(Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(proofs)
    }
}

/// The register of purposes, a row each.
fn purposes(desk: &Desk<'_>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let broken = |_| Error::Unreadable;
    let head = ["name", "title", "basis", "attributes", "recipients", "kept", "automation", "clauses"];
    writer.write_record(head).map_err(broken)?;
    for purpose in desk.yard.version.policy.purposes.values() {
        let attributes: Vec<&str> = purpose.needs.union(&purpose.may).map(|a| a.as_str()).collect();
        let recipients: Vec<String> = purpose.to.iter().map(ToString::to_string).collect();
        let clauses: Vec<String> = purpose.clauses.iter().map(ToString::to_string).collect();
        let kept = purpose.keep.as_ref().map_or_else(String::new, |keep| keep.term.to_string());
        let basis = desk.app.words.basis(purpose.basis.kind(), desk.language);
        writer
            .write_record([
                purpose.name.as_str(),
                purpose.title.in_language(desk.language),
                &basis,
                &attributes.join(" "),
                &recipients.join(" "),
                &kept,
                purpose.automation.as_str(),
                &clauses.join(" "),
            ])
            .map_err(broken)?;
    }
    writer.into_inner().map_err(|_| Error::Unreadable)
}

/// Checks a pack with nothing but what is in it, and the public key where one is known from elsewhere.
pub fn verify_pack(bytes: &[u8], key: Option<&str>) -> Result<PackVerified, Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::Malformed("no_pack"))?;
    let manifest = entry(&mut archive, MANIFEST).ok_or(Error::Malformed("no_pack"))?;
    let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|_| Error::Malformed("no_pack"))?;
    let mut found =
        PackVerified { ok: false, request: manifest.request, files: 0, proofs: 0, failures: Vec::new() };
    for file in &manifest.files {
        match entry(&mut archive, &file.name) {
            None => found.failures.push(format!("{}: missing", file.name)),
            Some(bytes) if data_encoding::HEXLOWER.encode(&sha256(&bytes)) != file.sha256 => {
                found.failures.push(format!("{}: changed", file.name));
            }
            Some(bytes) => {
                found.files += 1;
                if file.name == PROOFS {
                    proofs(&bytes, key, &mut found);
                }
            }
        }
    }
    for index in 0..archive.len() {
        let named = archive.by_index(index).ok().and_then(|file| Some(file.name().ok()?.into_owned()));
        let name = named.unwrap_or_else(|| format!("entry {index}"));
        let beside = [MANIFEST, COVER, COVER_SHEET, COVER_PROOF].contains(&name.as_str());
        if !beside && !manifest.files.iter().any(|file| file.name == name) {
            found.failures.push(format!("{name}: not in the manifest"));
        }
    }
    if manifest.made_for == FOR_AUTHORITY {
        cover(&mut archive, &manifest, key, &mut found);
    }
    found.ok = found.failures.is_empty();
    Ok(found)
}

/// The sheet of the cover lists every file of the manifest, and the ledger has its digest.
fn cover(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    manifest: &Manifest,
    key: Option<&str>,
    found: &mut PackVerified,
) {
    let [print, sheet, proof] = [COVER, COVER_SHEET, COVER_PROOF].map(|name| {
        let bytes = entry(archive, name);
        if bytes.is_none() {
            found.failures.push(format!("{name}: missing"));
        }
        bytes
    });
    let (Some(_), Some(sheet), Some(proof)) = (print, sheet, proof) else { return };
    // Long words are divided for print by a mark without a width.
    let listed = String::from_utf8_lossy(&sheet).replace('\u{200b}', "");
    for file in &manifest.files {
        if !listed.contains(&file.sha256) {
            found.failures.push(format!("{}: not on the cover", file.name));
        }
    }
    let proof = serde_json::from_slice::<InclusionProof>(&proof).ok();
    let named = proof.as_ref().is_some_and(|proof| names(proof, &sheet));
    match proof {
        Some(proof) if key.is_some_and(|key| key.trim() != proof.verifier_key.trim()) => {
            found.failures.push(format!("{COVER_PROOF}: signed by another key"));
        }
        Some(proof) if named && verify_proof(&proof).is_ok() => found.proofs += 1,
        _ => found.failures.push(format!("{COVER_PROOF}: does not hold")),
    }
}

/// Whether the leaf of a proof says that this sheet was issued.
fn names(proof: &InclusionProof, sheet: &[u8]) -> bool {
    let leaf = data_encoding::BASE64.decode(proof.leaf.as_bytes()).ok().and_then(|leaf| Leaf::decode(&leaf));
    let digest = data_encoding::HEXLOWER.encode(&sha256(sheet));
    leaf.is_some_and(|leaf| {
        leaf.operation == "paper.issued" && leaf.detail.is_some_and(|said| said.ends_with(&digest))
    })
}

fn proofs(bytes: &[u8], key: Option<&str>, found: &mut PackVerified) {
    let Ok(proofs) = serde_json::from_slice::<Vec<InclusionProof>>(bytes) else {
        found.failures.push(format!("{PROOFS}: unreadable"));
        return;
    };
    for (number, proof) in proofs.iter().enumerate() {
        if key.is_some_and(|key| key.trim() != proof.verifier_key.trim()) {
            found.failures.push(format!("{PROOFS}: proof {number} is signed by another key"));
            continue;
        }
        match verify_proof(proof) {
            Ok(_) => found.proofs += 1,
            Err(_) => found.failures.push(format!("{PROOFS}: proof {number} does not hold")),
        }
    }
}

fn entry(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let file = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut packing = Packing::new();
        packing.add("journal.csv", "journal".into(), b"number\n1\n".to_vec());
        packing.add(PROOFS, "proofs".into(), b"[]".to_vec());
        packing.zip("copy", 7, "2026-03-11T05:00:00Z".into()).unwrap()
    }

    #[test]
    fn a_pack_verifies_as_it_was_made() {
        let found = verify_pack(&packed(), None).unwrap();
        assert_eq!((found.ok, found.request, found.files, found.proofs), (true, 7, 2, 0));
        assert!(matches!(verify_pack(b"no zip", None), Err(Error::Malformed("no_pack"))));
    }

    #[test]
    fn a_file_that_was_changed_added_or_left_out_is_named() {
        let with = |files: &[(&str, &[u8])]| {
            let mut archive = ZipArchive::new(Cursor::new(packed())).unwrap();
            let mut manifest = Vec::new();
            archive.by_name(MANIFEST).unwrap().read_to_end(&mut manifest).unwrap();
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            let parts = [(MANIFEST, manifest.as_slice())].into_iter().chain(files.iter().copied());
            for (name, bytes) in parts {
                writer.start_file(name, SimpleFileOptions::default()).unwrap();
                writer.write_all(bytes).unwrap();
            }
            verify_pack(&writer.finish().unwrap().into_inner(), None).unwrap().failures
        };
        let good: (&str, &[u8]) = (PROOFS, b"[]");
        assert_eq!(with(&[("journal.csv", b"number\n2\n"), good]), ["journal.csv: changed"]);
        assert_eq!(with(&[good]), ["journal.csv: missing"]);
        let bare = Packing::new().zip(FOR_AUTHORITY, 7, String::new()).unwrap();
        let bare = verify_pack(&bare, None).unwrap().failures;
        assert_eq!(bare, ["cover.pdf: missing", "cover.json: missing", "cover.proof.json: missing"]);
        let more = with(&[("journal.csv", b"number\n1\n"), good, ("more.txt", b"x")]);
        assert_eq!(more, ["more.txt: not in the manifest"]);
    }
}
