//! What does somebody get whose data were blocked, or are blocked no longer?

use jiff::Zoned;

use crate::compose::{Composer, each, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Signatory, Told};
use crate::sheet::Sheet;

/// The answer to a request to block data or to unblock them.
pub struct RestrictionAnswer {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// The categories of the data.
    pub categories: Vec<String>,
    /// Since when they are or were blocked.
    pub blocked: Zoned,
    /// Why they were blocked.
    pub reason: String,
    /// What goes on although they are blocked, such as storage.
    pub allowed: Vec<String>,
    /// How it ends or ended.
    pub end: BlockEnd,
    /// Who outside was told.
    pub told: Vec<Told>,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who answers.
    pub signed: Signatory,
}

/// How a block ends.
pub enum BlockEnd {
    /// It holds.
    Holds {
        /// Until when, a day or an event.
        until: String,
    },
    /// It was lifted.
    Lifted {
        /// When.
        at: Zoned,
        /// What the check of the data found.
        found: String,
    },
}

impl RestrictionAnswer {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::RestrictionAnswer, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        sheet.say(
            match self.end {
                BlockEnd::Holds { .. } => Label::BlockHolds,
                BlockEnd::Lifted { .. } => Label::BlockLifted,
            },
            &[],
        );
        let mut facts = vec![
            each(Label::BlockCategories, self.categories.clone()),
            must(Label::BlockedSince, moment(&self.blocked)),
            must(Label::BlockReason, &*self.reason),
            each(Label::BlockAllowed, self.allowed.clone()),
        ];
        match &self.end {
            BlockEnd::Holds { until } => facts.push(must(Label::BlockUntil, &**until)),
            BlockEnd::Lifted { at, found } => {
                sheet.in_order(&self.blocked, at, Label::BlockLiftedAt)?;
                facts.push(must(Label::BlockLiftedAt, moment(at)));
                facts.push(must(Label::BlockFound, &**found));
            }
        }
        sheet.fields(facts)?;
        sheet.notified(&self.told)?;
        sheet.remedies(&self.remedies)?;
        sheet.decided(&self.request, &self.signed)?;
        Ok(sheet.finish())
    }
}
