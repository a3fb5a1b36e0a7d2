//! Which requests came in a period, what was done about each, and by when (clause 3.2)?
//!
//! The journal is for whoever answers for the processing: on paper, as rows for spreadsheets, and, without anybody's name, for an
//! authority. No number is left out; one whose case has ended stands there as that.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use saqta_documents::papers::Paper;
use saqta_documents::papers::journal::{Answered, Journal, JournalEntry, Measure};
use saqta_documents::sheet::Sheet;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::event::RequestEvent;
use saqta_store::requests::KeptPaper;

use super::OpenCase;
use super::desk::Period;
use super::holder::mark;
use super::papers::Desk;
use crate::act::{Caller, Entry};
use crate::error::Error;
use crate::instance::App;

/// How many days a period has at the most.
const LONGEST: i32 = 370;

/// The journal of a period, in the forms in which it leaves the house.
pub struct JournalFiles {
    /// On paper.
    pub pdf: Vec<u8>,
    /// As comma-separated text.
    pub csv: Vec<u8>,
    /// As a workbook.
    pub xlsx: Vec<u8>,
}

impl App {
    /// The journal of a period. Making it is on record, and so is the digest of its sheet.
    pub async fn journal(
        &self,
        caller: &Caller,
        period: Period,
        language: Language,
    ) -> Result<JournalFiles, Error> {
        responsible(caller)?;
        let view = self.view().await?;
        let yard = self.yardstick(view.now, view.now)?;
        let zone = yard.zone();
        let (first, after) = days(period, &zone)?;
        let desk = self.papers_for(caller, &view, &yard, language).await?;
        let (mut open, mut ended) = (Vec::new(), Vec::new());
        for number in 1..self.vault.db().next_request_number().await? {
            match self.vault.case_numbered(number).await? {
                Some(case) => open.push(OpenCase::read(case)?),
                None => ended.push(number),
            }
        }
        // From the first to the last number that was received in the period: what lies between them and was entered late is there too.
        let came = |open: &&OpenCase| (first..after).contains(&open.request.filed_at);
        let numbers = open.iter().filter(came).map(|open| open.request.number.0);
        let range = numbers.clone().min().unwrap_or(1)..=numbers.max().unwrap_or(0);
        ended.retain(|number| range.contains(number));
        let mut entries = Vec::new();
        for open in open.iter().filter(|open| range.contains(&open.request.number.0)) {
            entries.push(self.entry(caller, &view, open, language).await?);
        }
        let number = self.vault.db().next_paper_number().await?;
        let journal = Journal {
            header: desk.header(number),
            from: period.from,
            until: period.until,
            entries,
            ended,
            signed: desk.signed(),
        };
        let sheet: Sheet = desk.sheet(|words| journal.sheet(words))?;
        let rows = desk.sheet_rows(|words| journal.spreadsheet(words))?;
        let bytes = sheet.bytes()?;
        let digest = data_encoding::HEXLOWER.encode(&crate::admission::sha256(&bytes));
        let detail = format!("{} {number} {digest}", Paper::Journal);
        let entry = Entry::administrative("paper.issued").detail(detail);
        let taken = vec![saqta_store::requests::take_paper_step(number)?];
        let receipt = self.record_administration(caller, &view, entry, taken).await?;
        let kept = KeptPaper { number, sheet: bytes.into(), log_id: receipt.log, index: receipt.index };
        Ok(JournalFiles {
            csv: rows.csv()?,
            xlsx: rows.xlsx()?,
            pdf: self.sheet_pdf(sheet, mark(&kept)?).await?,
        })
    }

    async fn entry(
        &self,
        caller: &Caller,
        view: &crate::instance::View,
        open: &OpenCase,
        language: Language,
    ) -> Result<JournalEntry, Error> {
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let desk = self.papers_for(caller, view, &yard, language).await?;
        let OpenCase { request, particulars, events, .. } = open;
        let due = yard.due(request);
        let (last_day, because) = match due.strictest() {
            Some(clock) => (clock.last_day, self.words.clock(clock, &yard.zone(), language)),
            None => (desk.zoned(request.filed_at).date(), self.words.word("request-due-none", language)),
        };
        let papers = self.vault.papers(&open.case).await?;
        let act = papers.iter().find_map(|kept| {
            let sheet = Sheet::read(&kept.sheet).ok()?;
            (sheet.paper() == Paper::DestructionAct).then_some(kept.number)
        });
        let answered = match request.state {
            RequestState::Answered(outcome) => answering(&papers).map(|paper| Answered {
                outcome: desk.word(&format!("request-state-{outcome}")),
                basis: desk.clause(request.matter.kind()),
                at: desk.zoned(request.closed_at.unwrap_or(request.last_at)),
                number: paper.number,
                sent: desk.word("answer-sent-page"),
                account: last_hand(events).unwrap_or_else(|| "system".to_owned()),
            }),
            _ => None,
        };
        let contact = particulars.answer_to.as_ref().or(particulars.contact.as_ref());
        let measures = request.effects.iter().map(|(effect, at)| Measure {
            what: desk.word(&format!("request-effect-{effect}")),
            at: desk.zoned(*at),
        });
        Ok(JournalEntry {
            number: request.number.0,
            received: desk.zoned(request.filed_at),
            channel: desk.word(&format!("request-intake-{}", request.intake)),
            person: desk.person(request, particulars),
            representative: desk.representative(particulars)?,
            contact: contact.map_or_else(|| desk.word("answer-to-page"), |contact| contact.value.clone()),
            kind: desk.kind(&request.matter),
            summary: desk.summary(request, particulars),
            identity: desk.identity(request),
            due: last_day,
            due_because: because,
            responsible: desk.word("answer-responsible"),
            measures: measures.collect(),
            told: Vec::new(),
            answered,
            act,
        })
    }

    /// The journal of everything that is there, without names, contacts or words of anybody; and how many rows it has.
    pub(super) async fn journal_without_names(&self, desk: &Desk<'_>) -> Result<(Vec<u8>, u64), Error> {
        let broken = |_| Error::Unreadable;
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let head =
            ["number", "received", "channel", "kind", "identity", "last_day", "state", "closed", "late"];
        writer.write_record(head).map_err(broken)?;
        let mut rows = 0;
        for number in 1..self.vault.db().next_request_number().await? {
            rows += 1;
            let Some(case) = self.vault.case_numbered(number).await? else {
                let ended = desk.word("answer-journal-ended");
                writer
                    .write_record([&*number.to_string(), "", "", "", "", "", &ended, "", ""])
                    .map_err(broken)?;
                continue;
            };
            let request = OpenCase::read(case)?.request;
            let yard = self.yardstick(request.filed_at, desk.view.now)?;
            let due = yard.due(&request);
            let last = due.strictest().map_or_else(String::new, |clock| clock.last_day.to_string());
            let closed =
                request.closed_at.map_or_else(String::new, |at| at.to_zoned(yard.zone()).to_string());
            let late =
                self.words.lateness(due.lateness(&request, desk.view.now), &yard.zone(), desk.language);
            writer
                .write_record([
                    &*number.to_string(),
                    &request.filed_at.to_zoned(yard.zone()).to_string(),
                    &desk.word(&format!("request-intake-{}", request.intake)),
                    &desk.kind(&request.matter),
                    &desk.identity(&request),
                    &last,
                    &desk.word(&format!("request-state-{}", request.state.as_str())),
                    &closed,
                    &late.unwrap_or_default(),
                ])
                .map_err(broken)?;
        }
        Ok((writer.into_inner().map_err(|_| Error::Unreadable)?, rows))
    }
}

/// The paper that answered: files and certificates can be made of a case at any time after it.
fn answering(papers: &[KeptPaper]) -> Option<&KeptPaper> {
    let answers = |kept: &&KeptPaper| {
        let kind = Sheet::read(&kept.sheet).ok().map(|sheet| sheet.paper());
        !matches!(kind, Some(Paper::CaseFile | Paper::ConsentCertificate))
    };
    papers.iter().rev().find(answers)
}

/// The account of the last member of staff whom the history names.
fn last_hand(events: &[RequestEvent]) -> Option<String> {
    events.iter().rev().find_map(|event| match event {
        RequestEvent::Approved { by, .. } | RequestEvent::Reclassified { by, .. } => Some(by.clone()),
        RequestEvent::Planned { by, .. } => by.clone(),
        _ => None,
    })
}

fn days(period: Period, zone: &jiff::tz::TimeZone) -> Result<(Timestamp, Timestamp), Error> {
    let malformed = || Error::Request(super::RequestFault::DayMalformed);
    let length = period.from.until(period.until).map_err(|_| malformed())?.get_days();
    if !(0..=LONGEST).contains(&length) {
        return Err(malformed());
    }
    let begins =
        |day: Date| day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp()).map_err(|_| malformed());
    let next = period.until.checked_add(1.day()).map_err(|_| malformed())?;
    Ok((begins(period.from)?, begins(next)?))
}

/// The journal names everybody who asked: it is for whoever answers for the processing.
fn responsible(caller: &Caller) -> Result<(), Error> {
    match &*caller.actor {
        Actor::Staff { role: Role::Responsible, undertaking: true, .. } | Actor::System(_) => Ok(()),
        Actor::Staff { .. } | Actor::Key { .. } | Actor::Subject => Err(Error::NotAdministrator),
    }
}
