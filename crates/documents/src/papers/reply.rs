//! What does somebody get who asked a question, complained or objected?

use crate::compose::{Composer, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Signatory};
use crate::sheet::Sheet;

/// An answer in words.
pub struct Reply {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// What was asked, in short.
    pub summary: String,
    /// The answer.
    pub answer: String,
    /// What it rests on: clauses, articles, facts.
    pub basis: String,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who answers.
    pub signed: Signatory,
}

impl Reply {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::Reply, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        sheet.tell(Label::Asked, &self.summary)?;
        sheet.tell(Label::ReplyAnswer, &self.answer)?;
        sheet.fields(vec![must(Label::ReplyBasis, &*self.basis)])?;
        sheet.remedies(&self.remedies)?;
        sheet.decided(&self.request, &self.signed)?;
        Ok(sheet.finish())
    }
}
