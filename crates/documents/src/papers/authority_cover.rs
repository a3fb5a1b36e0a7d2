//! What lies on top of what an authority is sent: which letter it answers, point by point, and what is in the pack?

use jiff::Zoned;
use jiff::civil::Date;

use crate::compose::{Composer, day, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Signatory};
use crate::sheet::Sheet;

/// The cover of the answer to an authority.
pub struct AuthorityCover {
    /// Number, date, operator.
    pub header: Header,
    /// The authority.
    pub authority: String,
    /// The number its letter bears.
    pub letter: String,
    /// The date its letter bears.
    pub letter_dated: Date,
    /// The number of the request in the journal.
    pub request: u64,
    /// When the letter was received.
    pub received: Zoned,
    /// The last day for the answer.
    pub last_day: Date,
    /// Why this day.
    pub because: String,
    /// The answers, point by point.
    pub answers: Vec<Point>,
    /// The files in the pack.
    pub files: Vec<PackFile>,
    /// On which ground personal data are disclosed, where there are any in the pack.
    pub disclosed_on: Option<String>,
    /// Who answers for personal data, and how to reach them.
    pub responsible: String,
    /// Who answers.
    pub signed: Signatory,
}

/// One point of the letter.
pub struct Point {
    /// What was asked.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// One file of the pack.
pub struct PackFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256.
    pub digest: String,
    /// How many entries of the ledger lie in it, where any do.
    pub rows: Option<u64>,
}

impl AuthorityCover {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::AuthorityCover, &self.header, words)?;
        sheet.fields(vec![
            must(Label::CoverAuthority, &*self.authority),
            must(Label::CoverLetter, &*self.letter),
            must(Label::CoverLetterDated, day(self.letter_dated)),
            must(Label::RequestNumber, sheet.cited(self.request)),
            must(Label::Received, moment(&self.received)),
            must(Label::TermDay, day(self.last_day)),
            must(Label::TermBecause, &*self.because),
            may(Label::CoverDisclosedOn, self.disclosed_on.clone()),
            must(Label::Responsible, &*self.responsible),
        ])?;
        let answers = self.answers.iter().zip(1_u32..).map(|(point, number)| {
            vec![
                must(Label::PointNumber, number.to_string()),
                must(Label::PointQuestion, &*point.question),
                must(Label::PointAnswer, &*point.answer),
            ]
        });
        sheet.table(Label::Points, answers.collect())?;
        let files = self.files.iter().map(|file| {
            vec![
                must(Label::FileName, &*file.name),
                must(Label::FileWhat, &*file.what),
                must(Label::FileBytes, file.bytes.to_string()),
                may(Label::FileRows, file.rows.map(|rows| rows.to_string())),
                must(Label::FileDigest, &*file.digest),
            ]
        });
        sheet.table(Label::Files, files.collect())?;
        sheet.heading(Label::VerifyHeading);
        sheet.say(Label::VerifyHow, &[]);
        sheet.say(Label::VerifyWhat, &[]);
        sheet.in_order(&self.received, &self.signed.at, Label::SignedAt)?;
        sheet.sign(&[(Label::SignedAnswered, &self.signed)])?;
        Ok(sheet.finish())
    }
}
