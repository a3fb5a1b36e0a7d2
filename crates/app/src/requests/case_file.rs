//! How does somebody get the file of a case for the authority or a court: everything that happened, and how it is checked?
//!
//! The file lists every entry that the ledger has of the case, with its place and digest, the papers that were issued, the dates,
//! how it stands, and the signed state of the ledger. It is a paper of the case like any other: issuing it is on record, and as long
//! as nothing happens to the request after it, the same file is given again.

use saqta_documents::papers::Paper;
use saqta_documents::papers::case_file::{CaseEvent, CaseFile, Checkpoint, Issued};
use saqta_documents::sheet::Sheet;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::course::RequestState;
use saqta_store::guesses::Allowance;
use saqta_store::requests::KeptPaper;

use super::desk::on_duty;
use super::entries::Placed;
use super::holder::{is_for_holder, mark};
use super::identity::applicant;
use super::papers::Desk;
use super::{CaseDraft, OpenCase};
use crate::act::{Caller, settle};
use crate::error::Error;
use crate::instance::App;

/// How often whoever filed a request may have its file made.
const BY_HOLDER: Allowance = Allowance { window: 24 * 60 * 60_000_000, limit: 20 };

impl App {
    /// Makes the file of a case for a member of staff; gives its number among the papers.
    pub async fn make_case_file(&self, caller: &Caller, number: u64) -> Result<u64, Error> {
        on_duty(caller)?;
        settle!(self.make_case_file_once(caller, number))
    }

    async fn make_case_file_once(&self, caller: &Caller, number: u64) -> Result<u64, Error> {
        let case = self.vault.case_numbered(number).await?.ok_or(Error::NotFound)?;
        self.case_file(caller, &OpenCase::read(case)?).await
    }

    /// The same for whoever filed the request, while it was shown lately who that is.
    pub async fn make_own_case_file(&self, secret: &str, language: Language) -> Result<u64, Error> {
        let open = self.by_secret(secret).await?;
        self.holder_is_here(&open)?;
        self.count_tries(&[(self.bucket("case file", &open), BY_HOLDER)]).await?;
        let caller = applicant(language);
        settle!(self.make_own_case_file_once(&caller, secret))
    }

    async fn make_own_case_file_once(&self, caller: &Caller, secret: &str) -> Result<u64, Error> {
        let open = self.by_secret(secret).await?;
        self.holder_is_here(&open)?;
        self.case_file(caller, &open).await
    }

    async fn case_file(&self, caller: &Caller, open: &OpenCase) -> Result<u64, Error> {
        let view = self.view().await?;
        let entries = self.entries_under(open.case.tags()).await?;
        let papers = self.vault.papers(&open.case).await?;
        if let Some(number) = still_whole(&entries, &papers) {
            return Ok(number);
        }
        let newest = entries.last().ok_or(Error::Unreadable)?;
        let state = self.signed_state(newest.place.0).await?;
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let desk = self.papers_for(caller, &view, &yard, open.request.language).await?;
        let number = self.vault.db().next_paper_number().await?;
        let mut draft = CaseDraft::new(caller, &yard, open);
        draft.issue(&desk.case_file(number, &draft, &entries, &papers, state)?)?;
        // Whatever was to be looked at soon still is.
        draft.wake_at = Some(view.now);
        self.commit_case(draft, &view, Vec::new()).await?;
        Ok(number)
    }
}

/// The last file of the case, unless something happened since: that somebody opened the case is no event of it.
fn still_whole(entries: &[Placed], papers: &[KeptPaper]) -> Option<u64> {
    let is_file = |entry: &&Placed| entry.issued() == Some(Paper::CaseFile);
    let last = entries.iter().rev().find(is_file)?;
    let later = entries.iter().filter(|entry| entry.order() > last.order());
    let quiet = later.into_iter().all(|entry| entry.leaf.operation == "request.opened");
    let kept = papers.iter().find(|kept| (kept.log_id, kept.index) == last.place)?;
    quiet.then_some(kept.number)
}

impl Desk<'_> {
    fn case_file(
        &self,
        number: u64,
        draft: &CaseDraft<'_>,
        entries: &[Placed],
        papers: &[KeptPaper],
        checkpoint: Checkpoint,
    ) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let event = |entry: &Placed| -> Result<CaseEvent, Error> {
            Ok(CaseEvent {
                at: self.zoned(entry.at()?),
                what: self.what(entry),
                who: self.who(&entry.leaf),
                place: entry.named(),
                digest: entry.digest.clone(),
            })
        };
        let paper = CaseFile {
            header: self.header(number),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            summary: self.summary(request, particulars),
            identity: self.identity(request),
            outcome: self.standing(request.state),
            basis: self.clause(request.matter.kind()),
            terms: self.terms(request),
            events: entries.iter().map(event).collect::<Result<_, _>>()?,
            papers: papers.iter().map(|kept| self.issued(kept, entries)).collect::<Result<_, _>>()?,
            checkpoint,
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok(self.sheet(|words| paper.sheet(words))?)
    }

    fn issued(&self, kept: &KeptPaper, entries: &[Placed]) -> Result<Issued, Error> {
        let sheet = Sheet::read(&kept.sheet)?;
        let entry = entries.iter().find(|entry| entry.place == (kept.log_id, kept.index));
        let at = entry.ok_or(Error::Unreadable)?.at()?;
        Ok(Issued {
            title: sheet.title().to_owned(),
            at: self.zoned(at),
            sent: is_for_holder(sheet.paper()).then(|| self.word("answer-sent-page")),
            digest: mark(kept)?.digest,
        })
    }

    /// How a request stands, as it is said about somebody and not to them.
    fn standing(&self, state: RequestState) -> String {
        let key = format!("desk-state-{}", state.as_str());
        match state {
            RequestState::Undoable { until } => {
                let until = self.zoned(until).strftime("%d.%m.%Y %H:%M").to_string();
                self.told(&key, &[("until", &until)])
            }
            _ => self.word(&key),
        }
    }
}
