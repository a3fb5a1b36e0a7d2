//! What does the ledger say about a destruction, beside the act of it (order of Roskomnadzor No. 179, point 5)?
//!
//! The extract is issued with the act and names it. It lists the entries of the deed by which the data were destroyed, from its first
//! to the event of the request, and the entry that their keys were destroyed. All of them were written before the paper, so the
//! checkpoint that is signed for it covers those of this process's log. The rows for a spreadsheet come from the sheet that was issued.

use saqta_documents::papers::Paper;
use saqta_documents::papers::case_file::Checkpoint;
use saqta_documents::papers::ledger_extract::{self, LedgerExtract};
use saqta_documents::sheet::Sheet;
use saqta_domain::terms::request::Effect;

use super::entries::Placed;
use super::papers::{Desk, Times};
use super::{CaseDraft, OpenCase};
use crate::act::Caller;
use crate::error::Error;
use crate::instance::App;

/// How many entries are read at once.
const PAGE: u32 = 500;

/// How many entries after the deed are looked through for the end of the keys, which follows within moments.
const LOOKED_THROUGH: i64 = 20_000;

/// The most entries that one deed has.
const ONE_DEED: i64 = 10_000;

/// What the ledger has of a destruction.
pub(super) struct Destroyed {
    entries: Vec<Placed>,
    /// Whether the end of every key is among them.
    with_keys: bool,
    checkpoint: Checkpoint,
}

impl App {
    /// Gathers the entries of a destruction, and the signed state that has them.
    pub(super) async fn entries_of_destruction(
        &self,
        open: &OpenCase,
        times: &Times,
    ) -> Result<Destroyed, Error> {
        let db = self.vault.db();
        let of_case = self.entries_under(open.case.tags()).await?;
        let told = |entry: &&Placed| {
            let detail = entry.leaf.detail.as_deref().unwrap_or_default();
            entry.leaf.operation == "request.executed"
                && detail.split(' ').nth(2) == Some(Effect::Destroyed.as_str())
        };
        let told: Vec<(i64, i64)> = of_case.iter().filter(told).map(|entry| entry.place).collect();
        let mut entries = Vec::new();
        let mut with_keys = true;
        for (log, first) in &times.leaves {
            // The leaves of one deed lie beside each other, that of the event last.
            let last = told
                .iter()
                .filter(|(of, index)| of == log && (*first..first.saturating_add(ONE_DEED)).contains(index));
            let last = last.map(|(_, index)| *index).min().unwrap_or(*first);
            let many = u32::try_from(last.saturating_sub(*first).saturating_add(1))
                .map_err(|_| Error::Unreadable)?;
            for (index, bytes) in (*first..).zip(db.leaves(*log, *first, many).await?) {
                entries.push(Placed::read((*log, index), &bytes)?);
            }
            let keys = self.end_of_keys((*log, *first), last.saturating_add(1)).await?;
            with_keys &= keys.is_some();
            entries.extend(keys);
        }
        entries.sort_by_key(Placed::order);
        let newest = entries.last().ok_or(Error::Unreadable)?;
        let checkpoint = self.signed_state(newest.place.0).await?;
        Ok(Destroyed { entries, with_keys, checkpoint })
    }

    /// The entry that the keys of what a deed erased were destroyed. Where another process did that, it lies in another log, and the
    /// extract says that it is not listed.
    async fn end_of_keys(&self, (log, first): (i64, i64), from: i64) -> Result<Option<Placed>, Error> {
        let wanted = format!("{log}/{first} key_destroyed");
        let mut next = from;
        while next < from.saturating_add(LOOKED_THROUGH) {
            let page = self.vault.db().leaves(log, next, PAGE).await?;
            if page.is_empty() {
                return Ok(None);
            }
            for bytes in page {
                let placed = Placed::read((log, next), &bytes)?;
                if placed.leaf.detail.as_deref() == Some(&wanted) {
                    return Ok(Some(placed));
                }
                next = next.saturating_add(1);
            }
        }
        Ok(None)
    }

    /// The entries of an extract as rows for a spreadsheet. Taking them out is on record.
    pub async fn extract_csv(&self, caller: &Caller, number: u64, paper: u64) -> Result<Vec<u8>, Error> {
        let (_, open) = self.opened_by_staff(caller, number, "extract").await?;
        let (sheet, _) = self.paper_of(&open, paper).await?;
        let rows = sheet.rows().filter(|_| sheet.paper() == Paper::LedgerExtract);
        Ok(rows.ok_or(Error::NotFound)?.csv()?)
    }
}

impl Desk<'_> {
    /// The extract that belongs to an act.
    pub fn extract(
        &self,
        (number, act): (u64, u64),
        draft: &CaseDraft<'_>,
        times: &Times,
        destroyed: Destroyed,
    ) -> Result<Sheet, Error> {
        let ending = draft.particulars.ending.as_ref().ok_or(Error::Unreadable)?;
        let entry = |entry: &Placed| -> Result<ledger_extract::Entry, Error> {
            Ok(ledger_extract::Entry {
                place: entry.named(),
                at: self.zoned(entry.at()?),
                what: self.what(entry),
                data: entry.leaf.attributes.iter().map(|name| self.attribute(name)).collect(),
                who: self.who(&entry.leaf),
                digest: entry.digest.clone(),
            })
        };
        let entries = destroyed.entries.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let (first, last) = entries.first().zip(entries.last()).ok_or(Error::Unreadable)?;
        // A clock that was set back tells of an entry from after now.
        let until = last.at.clone().max(self.zoned(self.yard.now));
        let filter = if destroyed.with_keys { "answer-extract-filter" } else { "answer-extract-filter-deed" };
        let paper = LedgerExtract {
            header: self.header(number),
            act: Some(act),
            persons: vec![self.destroyed_of(&draft.request)],
            categories: ending.attributes.iter().map(|name| self.attribute(name)).collect(),
            systems: vec![self.word("answer-act-system")],
            reason: self.destroyed_because(&draft.request),
            destroyed: self.zoned(times.copies_ended),
            from: first.at.clone(),
            until,
            filter: self.word(filter),
            entries,
            checkpoint: destroyed.checkpoint,
            signed: self.signed(),
        };
        Ok(self.sheet(|words| paper.sheet(words))?)
    }
}
