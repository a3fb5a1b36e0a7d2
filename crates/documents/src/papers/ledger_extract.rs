//! What does the ledger say about a destruction, so that the act does not stand alone?
//!
//! The fields are those of point 5 of the same order that the act follows; to them come the period, the filter and the digest
//! of every entry, so that an inspector can look each one up.

use jiff::Zoned;

use crate::compose::{Composer, Fact, each, instant, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::case_file::Checkpoint;
use crate::papers::common::{Header, Signatory};
use crate::rows::Rows;
use crate::sheet::Sheet;

/// An extract of the ledger.
pub struct LedgerExtract {
    /// Number, date, operator.
    pub header: Header,
    /// The act it belongs to; none where it stands alone.
    pub act: Option<u64>,
    /// Whose data: a name or another designation.
    pub persons: Vec<String>,
    /// The categories of the data.
    pub categories: Vec<String>,
    /// The systems they lay in.
    pub systems: Vec<String>,
    /// Why they were destroyed.
    pub reason: String,
    /// When they were destroyed.
    pub destroyed: Zoned,
    /// From when on entries were looked at.
    pub from: Zoned,
    /// Until when.
    pub until: Zoned,
    /// By what entries were chosen.
    pub filter: String,
    /// The entries.
    pub entries: Vec<Entry>,
    /// The state of the ledger.
    pub checkpoint: Checkpoint,
    /// Who made the extract.
    pub signed: Signatory,
}

/// One entry of the ledger.
pub struct Entry {
    /// Log and index, such as `1/42`.
    pub place: String,
    /// When it was decided.
    pub at: Zoned,
    /// The operation, in words.
    pub what: String,
    /// Which data, by their names.
    pub data: Vec<String>,
    /// Who did it.
    pub who: String,
    /// The SHA-256 of the entry.
    pub digest: String,
}

const COLUMNS: [Label; 6] =
    [Label::RowPlace, Label::RowAt, Label::RowWhat, Label::RowData, Label::RowWho, Label::RowDigest];

impl LedgerExtract {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::LedgerExtract, &self.header, words)?;
        sheet.widen();
        sheet.in_order(&self.from, &self.until, Label::ExtractUntil)?;
        sheet.fields(vec![
            may(Label::ActNumber, self.act.map(|act| sheet.cited(act))),
            each(Label::ActPersons, self.persons.clone()),
            each(Label::ActCategories, self.categories.clone()),
            each(Label::ActSystems, self.systems.clone()),
            must(Label::ActReason, &*self.reason),
            must(Label::ActDestroyed, moment(&self.destroyed)),
            must(Label::ExtractFrom, moment(&self.from)),
            must(Label::ExtractUntil, moment(&self.until)),
            must(Label::ExtractFilter, &*self.filter),
        ])?;
        let rows = self.rows(&sheet)?;
        sheet.table(Label::ExtractEntries, rows)?;
        self.checkpoint.compose(&mut sheet)?;
        sheet.in_order(&self.destroyed, &self.signed.at, Label::SignedAt)?;
        sheet.sign(&[(Label::SignedExtracted, &self.signed)])?;
        Ok(sheet.finish())
    }

    /// The entries as rows for other programs. What cannot be issued as a paper is no file either.
    pub fn spreadsheet(&self, words: &dyn Wording) -> Result<Rows, Error> {
        self.sheet(words)?;
        let sheet = Composer::begin(Paper::LedgerExtract, &self.header, words)?;
        let rows = self.rows(&sheet)?;
        sheet.rows(&COLUMNS, rows)
    }

    fn rows(&self, sheet: &Composer<'_>) -> Result<Vec<Vec<Fact>>, Error> {
        let mut rows = Vec::new();
        for entry in &self.entries {
            // An entry from outside the period would show that the filter is another one than the paper says.
            sheet.in_order(&self.from, &entry.at, Label::RowAt)?;
            sheet.in_order(&entry.at, &self.until, Label::ExtractUntil)?;
            rows.push(vec![
                must(Label::RowPlace, &*entry.place),
                must(Label::RowAt, instant(&entry.at)),
                must(Label::RowWhat, &*entry.what),
                may(Label::RowData, (!entry.data.is_empty()).then(|| entry.data.join(", "))),
                must(Label::RowWho, &*entry.who),
                must(Label::RowDigest, &*entry.digest),
            ]);
        }
        Ok(rows)
    }
}
