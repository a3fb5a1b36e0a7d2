//! What does somebody get whose data were corrected: what stood there, what stands there now, and who was told?

use jiff::Zoned;

use crate::compose::{Composer, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Signatory, Told};
use crate::sheet::Sheet;

/// The answer to a request to correct data.
pub struct RectificationAnswer {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// Why the data were wrong, in words: incomplete, out of date, inaccurate.
    pub ground: String,
    /// What was corrected.
    pub changes: Vec<Change>,
    /// What was seen as evidence; no copy is kept.
    pub evidence: String,
    /// Since when the data were blocked while this was checked, where they were.
    pub blocked_since: Option<Zoned>,
    /// Who outside was told.
    pub told: Vec<Told>,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who answers.
    pub signed: Signatory,
}

/// One correction.
pub struct Change {
    /// What was corrected.
    pub field: String,
    /// What stood there; nothing where it was empty.
    pub before: Option<String>,
    /// What stands there; nothing where it was taken out.
    pub after: Option<String>,
    /// When.
    pub at: Zoned,
}

impl RectificationAnswer {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::RectificationAnswer, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        sheet.fields(vec![
            must(Label::ChangeGround, &*self.ground),
            must(Label::ChangeEvidence, &*self.evidence),
            may(Label::BlockedSince, self.blocked_since.as_ref().map(moment)),
        ])?;
        let mut rows = Vec::new();
        for change in &self.changes {
            // A change from nothing to nothing is none.
            if change.before.is_none() && change.after.is_none() {
                return Err(sheet.missing(Label::ChangeAfter));
            }
            sheet.in_order(&self.request.received, &change.at, Label::ChangeAt)?;
            rows.push(vec![
                must(Label::ChangeField, &*change.field),
                may(Label::ChangeBefore, change.before.clone()),
                may(Label::ChangeAfter, change.after.clone()),
                must(Label::ChangeAt, moment(&change.at)),
            ]);
        }
        sheet.table(Label::Changes, rows)?;
        sheet.notified(&self.told)?;
        sheet.remedies(&self.remedies)?;
        sheet.decided(&self.request, &self.signed)?;
        Ok(sheet.finish())
    }
}
