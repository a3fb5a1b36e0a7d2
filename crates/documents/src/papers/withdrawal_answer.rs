//! What does somebody get who withdrew a consent or demanded a stop: purpose by purpose, what has ended and what goes on?

use jiff::Zoned;
use jiff::civil::Date;

use crate::compose::{Composer, day, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Signatory, Told};
use crate::sheet::Sheet;

/// The answer to a withdrawal or a demand to stop.
pub struct WithdrawalAnswer {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// Every purpose that the request touches.
    pub purposes: Vec<PurposeFate>,
    /// Since when the data are blocked, where they are.
    pub blocked_since: Option<Zoned>,
    /// By when the data are destroyed, where they are.
    pub destroyed_by: Option<Date>,
    /// Who outside was told.
    pub told: Vec<Told>,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who answers.
    pub signed: Signatory,
}

/// What becomes of one purpose.
pub struct PurposeFate {
    /// The purpose, in words.
    pub purpose: String,
    /// Whether it goes on.
    pub fate: Fate,
}

/// Whether the processing for a purpose goes on.
pub enum Fate {
    /// It has ended.
    Stopped {
        /// Since when.
        since: Zoned,
    },
    /// It goes on, since another ground covers it.
    Continues {
        /// The ground, with its article, contract or order.
        basis: String,
        /// Until when, a day or an event.
        until: String,
    },
}

impl WithdrawalAnswer {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::WithdrawalAnswer, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        let rows = self.purposes.iter().map(|purpose| {
            let (state, basis, until) = match &purpose.fate {
                Fate::Stopped { since } => {
                    let said = sheet.told(Label::FateStopped, &[("moment", &moment(since))]);
                    (said, may(Label::FateBasis, None), may(Label::FateUntil, None))
                }
                Fate::Continues { basis, until } => (
                    sheet.word(Label::FateContinues),
                    must(Label::FateBasis, &**basis),
                    must(Label::FateUntil, &**until),
                ),
            };
            vec![must(Label::FatePurpose, &*purpose.purpose), must(Label::FateState, state), basis, until]
        });
        let rows = rows.collect();
        sheet.table(Label::Fates, rows)?;
        sheet.fields(vec![
            may(Label::BlockedSince, self.blocked_since.as_ref().map(moment)),
            may(Label::DestroyedBy, self.destroyed_by.map(day)),
        ])?;
        sheet.notified(&self.told)?;
        sheet.remedies(&self.remedies)?;
        sheet.decided(&self.request, &self.signed)?;
        Ok(sheet.finish())
    }
}
