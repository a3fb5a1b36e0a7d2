//! Which entries of the ledger tell of a case or a person, what do they say in words, and which signed state has them?
//!
//! Every entry that is filed under the case or the person is found, also one that tells of a look or of something refused: a paper
//! made from them leaves nothing out. Each is named by log and index and by the SHA-256 of its bytes, so that whoever has an
//! export of the ledger finds it there.

use jiff::Timestamp;
use saqta_documents::papers::Paper;
use saqta_documents::papers::case_file::Checkpoint;
use saqta_domain::terms::operation::Operation;
use saqta_ledger::checkpoint::Checkpoint as Promise;
use saqta_seal::keys::TagKey;

use super::papers::Desk;
use crate::admission::sha256;
use crate::error::Error;
use crate::instance::{App, ledger};
use crate::leaf::Leaf;

/// How many places of a trail are read at once.
const PAGE: u32 = 500;

/// How much of the id of an account or key stands on a paper: enough to tell two apart.
const SHORT: usize = 8;

/// An entry of the ledger.
pub(super) struct Placed {
    /// Log and index.
    pub place: (i64, i64),
    /// What it says.
    pub leaf: Leaf,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
}

impl Placed {
    pub fn read(place: (i64, i64), bytes: &[u8]) -> Result<Self, Error> {
        let leaf = Leaf::decode(bytes).ok_or(Error::Unreadable)?;
        Ok(Self { place, leaf, digest: data_encoding::HEXLOWER.encode(&sha256(bytes)) })
    }

    /// Log and index, as papers name them.
    pub fn named(&self) -> String {
        format!("{}/{}", self.place.0, self.place.1)
    }

    pub fn at(&self) -> Result<Timestamp, Error> {
        Timestamp::from_microsecond(self.leaf.at).map_err(|_| Error::Unreadable)
    }

    /// Time, log and index: the order in which papers list entries.
    pub fn order(&self) -> (i64, (i64, i64)) {
        (self.leaf.at, self.place)
    }

    /// Of a paper that was issued: its kind.
    pub fn issued(&self) -> Option<Paper> {
        let word = self.leaf.detail.as_deref()?.split(' ').next()?;
        let found = Paper::ALL.into_iter().find(|paper| paper.as_str() == word);
        found.filter(|_| self.leaf.operation == "paper.issued")
    }
}

impl App {
    /// Every entry that is filed under the owner of a tag key, the oldest first.
    pub(super) async fn entries_under(&self, tags: &TagKey) -> Result<Vec<Placed>, Error> {
        let db = self.vault.db();
        let mut found = Vec::new();
        let mut before = None;
        loop {
            let places = db.trail(&tags.trail_id(), before, PAGE).await?;
            let Some(last) = places.last().copied() else { break };
            let leaves = db.leaves_at(&places).await?;
            for place in &places {
                let Some(bytes) = leaves.get(place) else { continue };
                let placed = Placed::read(*place, bytes)?;
                let salt: Result<[u8; 16], _> = placed.leaf.salt.as_slice().try_into();
                // A place that somebody filed under the owner, and that is not theirs.
                if salt.is_ok_and(|salt| tags.tag(&salt).as_slice() == placed.leaf.tag) {
                    found.push(placed);
                }
            }
            before = Some(last);
        }
        found.sort_by_key(Placed::order);
        Ok(found)
    }

    /// The state of the ledger as it is signed now. Where this process has written nothing yet, the last one that was signed of the log
    /// named.
    pub(super) async fn signed_state(&self, log: i64) -> Result<Checkpoint, Error> {
        let signed = match self.checkpoint().await? {
            Some(signed) => signed,
            None => self.checkpoint_of(log).await?.ok_or(Error::NotFound)?,
        };
        let signer = self.signer(signed.log_id)?;
        let key = signer.verifier_key();
        let promise = Promise::open(&signed.note, key).map_err(ledger)?;
        Ok(Checkpoint {
            origin: promise.origin,
            size: promise.size,
            root: promise.root.to_string(),
            note: signed.note.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            key: key.to_string(),
        })
    }
}

impl Desk<'_> {
    /// What an entry says was done, in words.
    pub fn what(&self, placed: &Placed) -> String {
        let leaf = &placed.leaf;
        let done = match leaf.operation.split_once('.') {
            Some(("request", "opened")) => self.word("answer-entry-opened"),
            Some(("request", "deed")) => self.word("answer-entry-deed"),
            Some(("request", event)) => self.happened(event, leaf.detail.as_deref()),
            Some(("paper", "issued")) => self.paper_issued(placed),
            _ => self.operation(leaf),
        };
        match self.app.refusal_told(leaf, self.language) {
            Some(told) => format!("{}. {}", self.told("answer-refused", &[("operation", &done)]), told.what),
            None if !leaf.permitted => self.told("answer-refused", &[("operation", &done)]),
            None => done,
        }
    }

    fn operation(&self, leaf: &Leaf) -> String {
        let detail = leaf.detail.as_deref().unwrap_or_default();
        match Operation::from_word(&leaf.operation) {
            Some(Operation::Blocking) if detail == "lifted" => self.word("request-effect-unrestricted"),
            Some(Operation::Destruction) if detail.ends_with(" key_destroyed") => {
                self.word("answer-entry-keys")
            }
            Some(operation) => self.app.words.operation(operation, self.language),
            None => leaf.operation.clone(),
        }
    }

    /// An event of a request. Behind its number and kind stands what belongs to it.
    fn happened(&self, event: &str, detail: Option<&str>) -> String {
        let key = format!("request-event-{event}");
        let told = self.word(&key);
        let told = if told == key { event.to_owned() } else { told };
        let more = detail.and_then(|detail| detail.split(' ').nth(2)).and_then(|word| match event {
            "identified" => Some(format!("request-rung-{word}")),
            "executed" => Some(format!("request-effect-{word}")),
            "answered" => Some(format!("request-state-{word}")),
            "related" => Some(format!("request-relation-{word}")),
            _ => None,
        });
        more.map_or_else(|| told.clone(), |more| format!("{told}: {}", self.word(&more)))
    }

    fn paper_issued(&self, placed: &Placed) -> String {
        let number = placed.leaf.detail.as_deref().and_then(|detail| detail.split(' ').nth(1));
        let title = placed
            .issued()
            .map(|paper| self.told(paper.title().key(), &[("number", number.unwrap_or_default())]));
        // One that was refused has no number.
        let title = title.unwrap_or_else(|| self.word("desk-paper"));
        self.told("answer-entry-paper", &[("title", &title)])
    }

    /// Who did what an entry tells of: the kind of actor, and enough of the account or the key to tell two apart.
    pub fn who(&self, leaf: &Leaf) -> String {
        let (kind, id) = leaf.actor.split_once(':').unwrap_or((&leaf.actor, ""));
        let id: String = id.chars().take(SHORT).collect();
        match kind {
            "staff" => self.told("answer-entry-staff", &[("id", &id)]),
            "key" => self.told("answer-entry-key", &[("id", &id)]),
            "subject" => self.word("answer-entry-subject"),
            _ => self.word("answer-actor-system"),
        }
    }
}
