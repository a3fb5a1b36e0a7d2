//! What does somebody take to the authority or to a court: what was asked, what was done, when, and how it can be checked?

use jiff::Zoned;

use crate::compose::{Composer, each, instant, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Remedy, Representative, Request, Signatory, Term};
use crate::sheet::Sheet;

/// The file of one case.
pub struct CaseFile {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// What was asked.
    pub summary: String,
    /// How identity was checked, and what came out.
    pub identity: String,
    /// How it stands or ended, in words.
    pub outcome: String,
    /// What that rests on.
    pub basis: String,
    /// The dates by which something was owed; none while no term runs.
    pub terms: Vec<Term>,
    /// What happened, in its order.
    pub events: Vec<CaseEvent>,
    /// The papers that were issued.
    pub papers: Vec<Issued>,
    /// The state of the ledger that the proofs lead to.
    pub checkpoint: Checkpoint,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who made the file.
    pub signed: Signatory,
}

/// One step of a case.
pub struct CaseEvent {
    /// When.
    pub at: Zoned,
    /// What happened.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// The entry of the ledger.
    pub place: String,
    /// The SHA-256 of that entry.
    pub digest: String,
}

/// A paper that was issued.
pub struct Issued {
    /// Its title.
    pub title: String,
    /// When it was issued.
    pub at: Zoned,
    /// In which way it was sent; nothing where it only lies in the case.
    pub sent: Option<String>,
    /// The SHA-256 of its sheet.
    pub digest: String,
}

/// A signed state of the ledger.
#[derive(Clone)]
pub struct Checkpoint {
    /// Whose ledger.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root over all of them, in hexadecimal.
    pub root: String,
    /// The signed note itself, line by line, as `saqta verify` and any other program for such notes reads it.
    pub note: Vec<String>,
    /// The key it is signed with, in the signed-note format.
    pub key: String,
}

impl Checkpoint {
    /// Origin, size and root as fields, then the note as it was signed.
    pub(crate) fn compose(&self, sheet: &mut Composer<'_>) -> Result<(), Error> {
        sheet.heading(Label::Checkpoint);
        sheet.fields(vec![
            must(Label::CheckpointOrigin, &*self.origin),
            must(Label::CheckpointSize, self.size.to_string()),
            must(Label::CheckpointRoot, &*self.root),
            each(Label::CheckpointNote, self.note.clone()),
            must(Label::CheckpointKey, &*self.key),
        ])
    }
}

impl CaseFile {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::CaseFile, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        sheet.tell(Label::Asked, &self.summary)?;
        sheet.fields(vec![
            must(Label::Identity, &*self.identity),
            must(Label::Outcome, &*self.outcome),
            must(Label::ReplyBasis, &*self.basis),
        ])?;
        match self.terms.is_empty() {
            true => sheet.table_or(Label::Terms, Label::TermsNone, Vec::new())?,
            false => sheet.terms(&self.terms)?,
        }
        for pair in self.events.windows(2) {
            if let [earlier, later] = pair {
                sheet.in_order(&earlier.at, &later.at, Label::RowAt)?;
            }
        }
        let events = self.events.iter().map(|event| {
            vec![
                must(Label::RowAt, instant(&event.at)),
                must(Label::RowWhat, &*event.what),
                must(Label::RowWho, &*event.who),
                must(Label::RowPlace, &*event.place),
                must(Label::RowDigest, &*event.digest),
            ]
        });
        sheet.table(Label::CaseEvents, events.collect())?;
        let papers = self.papers.iter().map(|paper| {
            vec![
                must(Label::IssuedTitle, &*paper.title),
                must(Label::IssuedAt, moment(&paper.at)),
                may(Label::IssuedSent, paper.sent.clone()),
                must(Label::IssuedDigest, &*paper.digest),
            ]
        });
        sheet.table_or(Label::IssuedPapers, Label::IssuedNone, papers.collect())?;
        self.checkpoint.compose(&mut sheet)?;
        sheet.say(Label::VerifyWhat, &[]);
        sheet.remedies(&self.remedies)?;
        sheet.in_order(&self.request.received, &self.signed.at, Label::SignedAt)?;
        sheet.sign(&[(Label::SignedCompiled, &self.signed)])?;
        Ok(sheet.finish())
    }
}
