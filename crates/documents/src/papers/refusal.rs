//! What does somebody get when what they asked is not done: why, by which article, and what they can do?

use crate::compose::{Composer, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Signatory};
use crate::sheet::Sheet;

/// A refusal with its reasons.
pub struct Refusal {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// What was asked, in short.
    pub summary: String,
    /// What exactly is refused: all of it or a part.
    pub refused: String,
    /// Why, in plain words.
    pub reason: String,
    /// The clause of the policy.
    pub clause: String,
    /// The article of the law.
    pub article: String,
    /// The facts it rests on.
    pub facts: Vec<String>,
    /// What the person can do now.
    pub can_do: Vec<String>,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who decided.
    pub signed: Signatory,
}

impl Refusal {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::Refusal, &self.header, words)?;
        sheet.say(Label::RefusalOpening, &[("number", &self.request.number.to_string())]);
        sheet.answered(&self.request, self.representative.as_ref())?;
        sheet.tell(Label::Asked, &self.summary)?;
        sheet.tell(Label::RefusedWhat, &self.refused)?;
        sheet.tell(Label::RefusedWhy, &self.reason)?;
        sheet.fields(vec![must(Label::Clause, &*self.clause), must(Label::Article, &*self.article)])?;
        sheet.list(Label::Facts, &self.facts)?;
        sheet.list(Label::CanDo, &self.can_do)?;
        sheet.remedies(&self.remedies)?;
        sheet.in_order(&self.request.received, &self.signed.at, Label::SignedAt)?;
        sheet.sign(&[(Label::SignedDecided, &self.signed)])?;
        Ok(sheet.finish())
    }
}
