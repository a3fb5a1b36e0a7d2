//! Which requests came, what was done about each, and by when?
//!
//! One list of columns makes both forms: on paper several columns stand in one, since no page is wide enough; in files for
//! spreadsheets each stands alone.

use jiff::Zoned;
use jiff::civil::Date;

use crate::compose::{Composer, Fact, any, day, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Representative, Signatory, Told};
use crate::rows::Rows;
use crate::sheet::Sheet;

/// The journal of requests for a period.
pub struct Journal {
    /// Number, date, operator.
    pub header: Header,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The requests, each number after the one before it: a journal has no gaps.
    pub entries: Vec<JournalEntry>,
    /// Numbers in the period whose cases have ended with all that was in them.
    pub ended: Vec<u64>,
    /// Who keeps it.
    pub signed: Signatory,
}

/// One request.
pub struct JournalEntry {
    /// Its number.
    pub number: u64,
    /// When it was received.
    pub received: Zoned,
    /// By which way, in words.
    pub channel: String,
    /// Who asked: a name or another designation.
    pub person: String,
    /// Who asked for them, where somebody did.
    pub representative: Option<Representative>,
    /// Where the answer goes.
    pub contact: String,
    /// What kind of request, in words.
    pub kind: String,
    /// What was asked, in short.
    pub summary: String,
    /// How identity was checked, and what came out.
    pub identity: String,
    /// The last day for the answer.
    pub due: Date,
    /// Why this day.
    pub due_because: String,
    /// Who answers for it.
    pub responsible: String,
    /// What was done, and when.
    pub measures: Vec<Measure>,
    /// Who outside was told.
    pub told: Vec<Told>,
    /// How it was answered; nothing while it is open.
    pub answered: Option<Answered>,
    /// The number of the act, where there is one.
    pub act: Option<u64>,
}

/// Something done about a request.
pub struct Measure {
    /// What.
    pub what: String,
    /// When.
    pub at: Zoned,
}

/// How a request was answered.
pub struct Answered {
    /// Done, partly, refused: in words.
    pub outcome: String,
    /// What that rests on.
    pub basis: String,
    /// When.
    pub at: Zoned,
    /// The number of the answer.
    pub number: u64,
    /// How it was sent.
    pub sent: String,
    /// With which account it was signed.
    pub account: String,
}

/// Which columns stand together on paper.
const ON_PAPER: [(Label, usize); 7] = [
    (Label::JournalArrived, 3),
    (Label::JournalWho, 3),
    (Label::JournalWhat, 3),
    (Label::JournalTerm, 3),
    (Label::JournalDeeds, 2),
    (Label::JournalEnd, 2),
    (Label::JournalAnswer, 5),
];

const COLUMNS: [Label; 21] = [
    Label::EntryNumber,
    Label::EntryReceived,
    Label::EntryChannel,
    Label::EntryPerson,
    Label::EntryRepresentative,
    Label::EntryContact,
    Label::EntryKind,
    Label::EntrySummary,
    Label::EntryIdentity,
    Label::EntryDue,
    Label::EntryDueBecause,
    Label::EntryResponsible,
    Label::EntryMeasures,
    Label::EntryTold,
    Label::EntryOutcome,
    Label::EntryBasis,
    Label::EntryAnswered,
    Label::EntryAnswer,
    Label::EntrySent,
    Label::EntrySigned,
    Label::EntryAct,
];

impl Journal {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::Journal, &self.header, words)?;
        sheet.widen();
        let open = self.entries.iter().filter(|entry| entry.answered.is_none()).count();
        let mut facts = vec![
            must(Label::JournalFrom, day(self.from)),
            must(Label::JournalUntil, day(self.until)),
            must(Label::JournalCount, self.entries.len().to_string()),
            must(Label::JournalOpen, open.to_string()),
        ];
        if !self.ended.is_empty() {
            facts.push(any(Label::JournalEnded, self.ended.iter().map(ToString::to_string)));
        }
        sheet.fields(facts)?;
        let rows = self.rows(&sheet)?;
        sheet.grouped(Label::JournalEntries, Label::JournalNone, &ON_PAPER, rows)?;
        sheet.sign(&[(Label::SignedJournal, &self.signed)])?;
        Ok(sheet.finish())
    }

    /// The same as rows for spreadsheets. What cannot be issued as a paper is no file either.
    pub fn spreadsheet(&self, words: &dyn Wording) -> Result<Rows, Error> {
        self.sheet(words)?;
        let sheet = Composer::begin(Paper::Journal, &self.header, words)?;
        let rows = self.rows(&sheet)?;
        sheet.rows(&COLUMNS, rows)
    }

    fn rows(&self, sheet: &Composer<'_>) -> Result<Vec<Vec<Fact>>, Error> {
        if self.until < self.from {
            return Err(sheet.contradicted(Label::JournalUntil));
        }
        // No number is missing: each has its entry, or its case has ended.
        let mut numbers: Vec<u64> =
            self.entries.iter().map(|entry| entry.number).chain(self.ended.iter().copied()).collect();
        numbers.sort_unstable();
        let in_order = self.entries.is_sorted_by_key(|entry| entry.number);
        let whole = numbers.windows(2).all(|pair| match pair {
            [one, next] => one.checked_add(1) == Some(*next),
            _ => true,
        });
        if !whole || !in_order {
            return Err(sheet.contradicted(Label::EntryNumber));
        }
        self.entries.iter().map(|entry| entry.facts(sheet)).collect()
    }
}

impl JournalEntry {
    /// The columns of one request, in their order.
    fn facts(&self, sheet: &Composer<'_>) -> Result<Vec<Fact>, Error> {
        let representative = self.representative.as_ref().map(|found| found.line(sheet)).transpose()?;
        let mut measures = Vec::new();
        for measure in &self.measures {
            if measure.what.trim().is_empty() {
                return Err(sheet.missing(Label::EntryMeasures));
            }
            measures.push(format!("{}: {}", moment(&measure.at), measure.what));
        }
        let mut told = Vec::new();
        for recipient in &self.told {
            if recipient.recipient.trim().is_empty() {
                return Err(sheet.missing(Label::EntryTold));
            }
            told.push(format!("{}: {}", moment(&recipient.at), recipient.recipient));
        }
        let mut facts = vec![
            must(Label::EntryNumber, if self.number == 0 { String::new() } else { self.number.to_string() }),
            must(Label::EntryReceived, moment(&self.received)),
            must(Label::EntryChannel, &*self.channel),
            must(Label::EntryPerson, &*self.person),
            may(Label::EntryRepresentative, representative),
            must(Label::EntryContact, &*self.contact),
            must(Label::EntryKind, &*self.kind),
            must(Label::EntrySummary, &*self.summary),
            must(Label::EntryIdentity, &*self.identity),
            must(Label::EntryDue, day(self.due)),
            must(Label::EntryDueBecause, &*self.due_because),
            must(Label::EntryResponsible, &*self.responsible),
            any(Label::EntryMeasures, measures),
            any(Label::EntryTold, told),
        ];
        facts.extend(match &self.answered {
            None => vec![
                must(Label::EntryOutcome, sheet.word(Label::EntryWaiting)),
                may(Label::EntryBasis, None),
                may(Label::EntryAnswered, None),
                may(Label::EntryAnswer, None),
                may(Label::EntrySent, None),
                may(Label::EntrySigned, None),
            ],
            Some(answered) => {
                sheet.in_order(&self.received, &answered.at, Label::EntryAnswered)?;
                vec![
                    must(Label::EntryOutcome, &*answered.outcome),
                    must(Label::EntryBasis, &*answered.basis),
                    must(Label::EntryAnswered, moment(&answered.at)),
                    must(Label::EntryAnswer, sheet.cited(answered.number)),
                    must(Label::EntrySent, &*answered.sent),
                    must(Label::EntrySigned, &*answered.account),
                ]
            }
        });
        facts.push(may(Label::EntryAct, self.act.map(|act| sheet.cited(act))));
        Ok(facts)
    }
}
