//! What does whoever filed a request see of it, and what can they still do (clauses 3.2, 4.1)?
//!
//! The number and the secret of a request open its page, and no account does. The secret opens how it stands and the papers that
//! answer it; what is held about somebody it opens only once it was shown who asks, and for a while after that.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use saqta_documents::papers::Paper;
use saqta_documents::sheet::{Mark, Sheet};
use saqta_documents::sheet_html::sheet_article;
use saqta_domain::rules::may_move::may_move;
use saqta_domain::rules::must_answer::{Due, Lateness};
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::course::{Request, RequestState};
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::request::{Applicant, Matter, Rung};
use saqta_store::guesses::Allowance;
use saqta_store::requests::KeptPaper;
use zeroize::Zeroizing;

use super::identity::applicant;
use super::record::Fate;
use super::{CaseDraft, OpenCase, RequestFault, operation};
use crate::act::settle;
use crate::error::Error;
use crate::instance::App;

const MINUTE: i64 = 60_000_000;

/// How many numbers and secrets may be tried from one place.
const FROM_A_PLACE: Allowance = Allowance { window: 15 * MINUTE, limit: 20 };

/// How long after it was shown who asks what is held is shown on pages.
pub(crate) const AT_HAND: SignedDuration = SignedDuration::from_mins(30);

/// The file of the copy that a person asked for.
pub(crate) const COPY: &str = "copy.json";

/// A request as its holder sees it.
pub struct Seen {
    /// Its number.
    pub number: u64,
    /// What it wants.
    pub matter: Matter,
    /// Who asked.
    pub by: Applicant,
    /// The language it is answered in.
    pub language: Language,
    /// When it was received.
    pub filed_at: Timestamp,
    /// Where it is.
    pub state: RequestState,
    /// By when it is answered, and why by then.
    pub due: Due,
    /// Whether it is late.
    pub lateness: Lateness,
    /// The zone in which its days are counted.
    pub zone: TimeZone,
    /// What was asked, in the applicant's words.
    pub text: String,
    /// The contact a code went to if somebody is on file under it, masked.
    pub contact: Option<String>,
    /// What became of each purpose, so far as it was decided.
    pub fates: Vec<Fate>,
    /// The papers that were issued to them.
    pub papers: Vec<PaperSeen>,
    /// Whether the copy that was asked for can be fetched.
    pub copy_ready: bool,
    /// Whether what is held, and the consents, can be shown now: it was shown lately who asks.
    pub at_hand: bool,
    /// Whether it was ever shown who asks.
    pub proven: bool,
    /// Whether it can be taken back.
    pub can_take_back: bool,
    /// Whether a destruction can be called off.
    pub can_undo: bool,
}

/// A paper as its holder sees it.
pub struct PaperSeen {
    /// Its number.
    pub number: u64,
    /// Its kind.
    pub paper: Paper,
    /// Its title, in its own language.
    pub title: String,
}

impl App {
    /// Whether the number and the secret belong together. Every wrong pair is answered in one way, and each try is counted first.
    pub async fn opens_request(&self, number: u64, secret: &str, from: &str) -> Result<(), Error> {
        let bucket = |what: String| self.registry.guesses.digest(what.as_bytes());
        self.count_tries(&[(bucket(format!("status from {from}")), FROM_A_PLACE)]).await?;
        let open = self.by_secret(secret).await?;
        if open.request.number.0 == number { Ok(()) } else { Err(Error::Request(RequestFault::SecretWrong)) }
    }

    /// The request that a secret opens.
    pub async fn request_seen(&self, secret: &str) -> Result<Seen, Error> {
        let open = self.by_secret(secret).await?;
        let now = self.now();
        let yard = self.yardstick(open.request.filed_at, now)?;
        let due = yard.due(&open.request);
        let caller = applicant(open.request.language);
        let may = |event| may_move(&yard.measure(), &caller.actor, &open.request, &event).is_ok();
        let papers = self.vault.papers(&open.case).await?;
        let papers = papers.iter().map(seen).collect::<Result<Vec<_>, _>>()?;
        let copy = self.vault.case_file(&open.case, COPY, now.as_microsecond()).await?;
        let OpenCase { request, particulars, .. } = &open;
        Ok(Seen {
            number: request.number.0,
            matter: request.matter.clone(),
            by: request.by,
            language: request.language,
            filed_at: request.filed_at,
            state: request.state,
            lateness: due.lateness(request, now),
            due,
            zone: yard.zone(),
            text: particulars.text.clone(),
            contact: particulars.contact.as_ref().map(super::record::Contact::masked),
            fates: particulars.fates.clone(),
            papers: papers.into_iter().filter(|paper| is_for_holder(paper.paper)).collect(),
            copy_ready: copy.is_some(),
            at_hand: self.proven_lately(&open, AT_HAND),
            proven: request.proof.is_some_and(|proof| proof.rung != Rung::Nothing),
            can_take_back: may(RequestEvent::TakenBack { at: now }),
            can_undo: may(RequestEvent::Undone { at: now }),
        })
    }

    /// Takes a request back.
    pub async fn take_back_request(&self, secret: &str, language: Language) -> Result<(), Error> {
        settle!(self.holder_moves(secret, language, |at| vec![RequestEvent::TakenBack { at }]))
    }

    /// Calls a destruction off while that can be done, and takes the request back with it. The block that was placed for it is
    /// lifted.
    pub async fn undo_request(&self, secret: &str, language: Language) -> Result<(), Error> {
        let called_off = |at| vec![RequestEvent::Undone { at }, RequestEvent::TakenBack { at }];
        settle!(self.holder_moves(secret, language, called_off))?;
        let open = self.by_secret(secret).await?;
        self.carry_on(open.case.id()).await
    }

    async fn holder_moves(
        &self,
        secret: &str,
        language: Language,
        events: impl Fn(Timestamp) -> Vec<RequestEvent>,
    ) -> Result<(), Error> {
        let (view, open) = (self.view().await?, self.by_secret(secret).await?);
        let caller = applicant(language);
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, &open);
        for event in events(view.now) {
            let name = operation(&event);
            if let Err(refusal) = draft.happen(event) {
                return Err(self.refuse_move(&caller, &view, Some(&open), name, refusal).await);
            }
        }
        draft.wake_at = Some(view.now);
        self.commit_case(draft, &view, Vec::new()).await.map(drop)
    }

    /// A paper of the request as HTML without a page around it.
    pub async fn paper_article(&self, secret: &str, number: u64) -> Result<String, Error> {
        let (sheet, mark) = self.holders_paper(secret, number).await?;
        Ok(sheet_article(&sheet, &mark)?)
    }

    /// The same as PDF/A.
    pub async fn paper_pdf(&self, secret: &str, number: u64) -> Result<Vec<u8>, Error> {
        let (sheet, mark) = self.holders_paper(secret, number).await?;
        self.sheet_pdf(sheet, mark).await
    }

    async fn holders_paper(&self, secret: &str, number: u64) -> Result<(Sheet, Mark), Error> {
        let open = self.by_secret(secret).await?;
        let (sheet, mark) = self.paper_of(&open, number).await?;
        if tells_values(sheet.paper()) {
            self.holder_is_here(&open)?;
        }
        if is_for_holder(sheet.paper()) { Ok((sheet, mark)) } else { Err(Error::NotFound) }
    }

    /// What is held about somebody is not opened by a secret that somebody else may have found.
    pub(super) fn holder_is_here(&self, open: &OpenCase) -> Result<(), Error> {
        match self.proven_lately(open, AT_HAND) {
            true => Ok(()),
            false => Err(Error::Request(RequestFault::ProofOver)),
        }
    }

    /// A paper of a case.
    pub(super) async fn paper_of(&self, open: &OpenCase, number: u64) -> Result<(Sheet, Mark), Error> {
        let papers = self.vault.papers(&open.case).await?;
        let kept = papers.iter().find(|paper| paper.number == number).ok_or(Error::NotFound)?;
        Ok((Sheet::read(&kept.sheet)?, mark(kept)?))
    }

    /// The copy that was asked for, as JSON, while it can be fetched.
    pub async fn copy_of(&self, secret: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let open = self.by_secret(secret).await?;
        self.holder_is_here(&open)?;
        let now = self.now().as_microsecond();
        self.vault.case_file(&open.case, COPY, now).await?.ok_or(Error::NotFound)
    }
}

/// Papers on which values of the person stand, or all that was done and said about them.
fn tells_values(paper: Paper) -> bool {
    matches!(
        paper,
        Paper::AccessAnswer | Paper::RectificationAnswer | Paper::CaseFile | Paper::ConsentCertificate
    )
}

/// The mark at the foot of a paper.
pub(super) fn mark(kept: &KeptPaper) -> Result<Mark, Error> {
    Ok(Mark {
        log: kept.log_id.to_string(),
        index: u64::try_from(kept.index).map_err(|_| Error::Unreadable)?,
        digest: data_encoding::HEXLOWER.encode(&crate::admission::sha256(&kept.sheet)),
    })
}

pub(super) fn seen(kept: &KeptPaper) -> Result<PaperSeen, Error> {
    let sheet = Sheet::read(&kept.sheet)?;
    Ok(PaperSeen { number: kept.number, paper: sheet.paper(), title: sheet.title().to_owned() })
}

/// Papers for the house alone are not shown to the holder: a journal, the cover of a pack, an extract.
pub(super) fn is_for_holder(paper: Paper) -> bool {
    !matches!(paper, Paper::Journal | Paper::AuthorityCover | Paper::LedgerExtract)
}

/// Whether the person a request is about has been shown to be the one who asks.
pub(super) fn is_proven(request: &Request) -> bool {
    request.proof.is_some() && request.state != RequestState::AwaitingIdentity
}
