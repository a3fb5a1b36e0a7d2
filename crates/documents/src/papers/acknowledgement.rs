//! What does somebody get in hand at once when they have asked for something?

use crate::compose::{Composer, day, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Term};
use crate::sheet::Sheet;

/// That a request was received, and by when it is answered.
///
/// The secret that opens the page of its state is not on it: the paper lies in the case, and the secret belongs to the person
/// alone.
pub struct Acknowledgement {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// What was asked, in short.
    pub summary: String,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// Where the answer goes.
    pub answer_to: String,
    /// How far the identity is known, and what is still needed.
    pub identity: String,
    /// The dates by which something is owed, with their reasons.
    pub terms: Vec<Term>,
    /// What was done at once, such as that advertising has stopped.
    pub done_already: Vec<String>,
    /// The page on which the state can be seen.
    pub status_page: String,
    /// Who answers for personal data, by name or post.
    pub responsible: String,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
}

impl Acknowledgement {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::Acknowledgement, &self.header, words)?;
        let number = self.request.number.to_string();
        let soonest = self.terms.iter().map(|term| term.last_day).min();
        let soonest = soonest.ok_or_else(|| sheet.missing(Label::Terms))?;
        sheet.say(Label::AcknowledgementOpening, &[("number", &number), ("day", &day(soonest))]);
        let mut facts = self.request.facts(&sheet);
        facts.push(sheet.representative(self.representative.as_ref())?);
        facts.push(must(Label::AnswerTo, &*self.answer_to));
        facts.push(must(Label::Identity, &*self.identity));
        facts.push(must(Label::Responsible, &*self.responsible));
        sheet.fields(facts)?;
        sheet.tell(Label::Asked, &self.summary)?;
        sheet.terms(&self.terms)?;
        if !self.done_already.is_empty() {
            sheet.list(Label::DoneAlready, &self.done_already)?;
        }
        sheet.heading(Label::StatusHeading);
        sheet.say(Label::StatusHow, &[("number", &number)]);
        sheet.fields(vec![must(Label::StatusPage, &*self.status_page).leading(&self.status_page)])?;
        sheet.remedies(&self.remedies)?;
        Ok(sheet.finish())
    }
}
