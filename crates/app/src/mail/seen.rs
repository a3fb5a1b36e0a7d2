//! What does a member of staff see of a letter that came by e-mail?
//!
//! Its words as plain text, who wrote it, what was recognised in it and why, and what is known about the sender. Nothing of it is
//! rendered, and nothing is fetched from anywhere. Attachments are named; one that is not barred can be taken out as a file, and
//! that is on record.

use jiff::Timestamp;
use saqta_mail::letter::Letter;
use serde_json::Value;

use crate::act::Caller;
use crate::error::Error;
use crate::instance::App;
use crate::requests::OpenCase;
use crate::requests::record::{LetterKept, Why};

/// A letter as staff see it.
pub struct LetterSeen {
    /// When it was received.
    pub at: Timestamp,
    /// The address it came from; empty where there is none, or more than one.
    pub from: String,
    /// What the sender calls themselves.
    pub name: String,
    /// Its subject.
    pub subject: String,
    /// The writer's own words.
    pub own: String,
    /// What was passed on.
    pub forwarded: String,
    /// What is quoted from older letters, and what follows the signature.
    pub quoted: String,
    /// What is attached.
    pub attachments: Vec<AttachmentSeen>,
    /// What it was taken to ask for, as stable words.
    pub kinds: Vec<String>,
    /// Why.
    pub reasons: Vec<Why>,
    /// What was found out about the sender: the check, and how it ended.
    pub trust: Vec<(String, String)>,
    /// Whether it can be read at all.
    pub readable: bool,
}

/// An attachment.
pub struct AttachmentSeen {
    /// Its name.
    pub name: String,
    /// What it says it is.
    pub declared: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// Why it is not given out, as a stable word.
    pub barred: Option<&'static str>,
}

/// The checks that are told of.
const CHECKS: [&str; 4] = ["dkim", "spf", "dmarc", "arc"];

impl App {
    /// The letters of a request.
    pub(crate) async fn letters_seen(&self, open: &OpenCase) -> Result<Vec<LetterSeen>, Error> {
        let mut seen = Vec::new();
        for kept in &open.particulars.letters {
            let raw = self.vault.case_file(&open.case, &kept.file, 0).await?;
            let letter = raw.and_then(|raw| Letter::read(&raw).ok());
            seen.push(of(kept, letter.as_ref())?);
        }
        Ok(seen)
    }

    /// An attachment of a letter, as a file, with its name. Fetching it is on record.
    pub async fn letter_attachment(
        &self,
        caller: &Caller,
        number: u64,
        letter: usize,
        attachment: usize,
    ) -> Result<(String, Vec<u8>), Error> {
        let (_, open) = self.opened_by_staff(caller, number, "attachment").await?;
        let kept = open.particulars.letters.get(letter).ok_or(Error::NotFound)?;
        let raw = self.vault.case_file(&open.case, &kept.file, 0).await?.ok_or(Error::NotFound)?;
        let letter = Letter::read(&raw).map_err(|_| Error::NotFound)?;
        let found = letter.attachments.get(attachment).filter(|found| found.barred.is_none());
        let found = found.ok_or(Error::NotFound)?;
        Ok((found.name.clone(), found.content.to_vec()))
    }
}

fn of(kept: &LetterKept, letter: Option<&Letter>) -> Result<LetterSeen, Error> {
    let trust: Value = serde_json::from_str(&kept.trust).unwrap_or_default();
    let checked =
        CHECKS.iter().filter_map(|check| Some(((*check).to_owned(), trust.get(check)?.as_str()?.to_owned())));
    let attachments = letter.into_iter().flat_map(|letter| &letter.attachments);
    let words = letter.map(|letter| &letter.words);
    let quoted = words.map(|words| [&**words.signature, &**words.quoted].join("\n\n").trim().to_owned());
    Ok(LetterSeen {
        at: Timestamp::from_microsecond(kept.at).map_err(|_| Error::Unreadable)?,
        from: kept.from.clone(),
        name: letter.and_then(|letter| letter.from.first()?.name.clone()).unwrap_or_default(),
        subject: letter.map_or_else(String::new, |letter| letter.subject.to_string()),
        own: words.map_or_else(String::new, |words| words.own.to_string()),
        forwarded: words.map_or_else(String::new, |words| words.forwarded.to_string()),
        quoted: quoted.unwrap_or_default(),
        attachments: attachments
            .map(|one| AttachmentSeen {
                name: one.name.clone(),
                declared: one.declared.clone(),
                bytes: one.size(),
                barred: one.barred.map(|barred| barred.as_str()),
            })
            .collect(),
        kinds: kept.kinds.clone(),
        reasons: kept.reasons.clone(),
        trust: checked.collect(),
        readable: letter.is_some(),
    })
}
