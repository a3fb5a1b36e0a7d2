//! What does somebody get whose data were destroyed: what is gone, what stays, why and until when?

use jiff::Zoned;

use crate::compose::{Composer, each, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Kept, Remedy, Representative, Request, Signatory, Told};
use crate::sheet::Sheet;

/// The answer to a request to destroy data.
pub struct DestructionAnswer {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// The categories of what was destroyed.
    pub categories: Vec<String>,
    /// When nothing was left of it.
    pub destroyed: Zoned,
    /// The number of the act.
    pub act: u64,
    /// What stays.
    pub kept: Vec<Kept>,
    /// Who outside was told.
    pub told: Vec<Told>,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who answers.
    pub signed: Signatory,
}

impl DestructionAnswer {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::DestructionAnswer, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        sheet.say(Label::DestroyedForGood, &[]);
        sheet.fields(vec![
            each(Label::ActCategories, self.categories.clone()),
            must(Label::ActDestroyed, moment(&self.destroyed)),
            must(Label::ActNumber, sheet.cited(self.act)),
        ])?;
        sheet.kept(&self.kept)?;
        sheet.notified(&self.told)?;
        sheet.remedies(&self.remedies)?;
        sheet.in_order(&self.request.received, &self.destroyed, Label::ActDestroyed)?;
        sheet.in_order(&self.destroyed, &self.signed.at, Label::SignedAt)?;
        sheet.decided(&self.request, &self.signed)?;
        Ok(sheet.finish())
    }
}
