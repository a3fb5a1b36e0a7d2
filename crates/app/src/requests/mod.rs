//! What do people and authorities ask for, and how far has each request come (clauses 3.2, 4.1, 7.3, 7.4, 11.1)?
//!
//! A request is the fold of its events, and every event is permitted by [`may_move`] and has a leaf. What was said in it lies
//! sealed in its case, under a key of its own. Three hands move it: whoever asks ([`file`], [`identity`], [`holder`]), staff
//! ([`desk`]), and the system ([`carry_on`]), which does what needs nobody: it stops advertising at once, makes copies, carries
//! out withdrawals, keeps undo windows and ends. What is done to data goes through the same rules and the same door as any
//! other deed, in one transaction with the event that says so.

pub mod carry_on;
mod case_file;
pub mod certificate;
pub mod consents;
mod copy;
mod deeds;
pub mod desk;
mod destroying;
mod effects;
mod endings;
mod entries;
mod extract;
pub mod file;
pub mod holder;
pub mod identity;
pub mod journal;
pub mod kept;
pub mod letters;
pub mod pack;
mod papers;
mod persons;
pub mod record;
mod report;
pub mod sending;
pub mod unsubscribe;

use jiff::{SignedDuration, Timestamp};
use saqta_domain::rules::may_move::{Move, may_move};
use saqta_domain::rules::must_answer::{Due, Measure, must_answer};
use saqta_domain::rules::must_forget::case_ends;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::law::LawEdition;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::request::course::{Request, RequestState};
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::request::{Matter, Outcome, RequestNumber};
use saqta_domain::terms::subject::CaseId;
use saqta_seal::custody::Custody;
use saqta_seal::index::IndexKey;
use saqta_store::keyring::NewKey;
use saqta_store::requests::{Beside, Case};
use saqta_store::writer::{Deed, Step};

use crate::act::{Alongside, Caller, Committed, Drafted, Entry, store};
use crate::error::{Error, Refused};
use crate::instance::{App, Version, View};
use kept::LetterKept;
use record::{Body, Particulars};

/// How often it is looked whether what a law or a contract kept has ended as well.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_hours(24);

/// What is wrong with what somebody asks, or wants done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// No contact was given by which the person could be found or answered.
    #[error("the contact is missing")]
    ContactMissing,
    /// The contact is neither an e-mail address nor a telephone number.
    #[error("the contact is malformed")]
    ContactMalformed,
    /// Nothing was said where words are needed.
    #[error("the words are missing")]
    WordsMissing,
    /// Too much was said.
    #[error("the words are too long")]
    WordsTooLong,
    /// No value was named that is to be put right.
    #[error("no value is named")]
    NothingNamed,
    /// The code is wrong or over.
    #[error("the code is wrong or over")]
    CodeWrong,
    /// There is no request with this number and secret.
    #[error("the number or the secret is wrong")]
    SecretWrong,
    /// Nobody is on file under the contact, so there is nothing to do it with.
    #[error("nobody is on file")]
    NobodyOnFile,
    /// The authority to act for somebody is missing, incomplete or over.
    #[error("the authority is missing or over")]
    AuthorityMissing,
    /// The day is missing or malformed, or lies in the future.
    #[error("the day is malformed")]
    DayMalformed,
    /// Nothing of it can be done: what stays is needed.
    #[error("nothing can be done")]
    NothingToDo,
    /// It was shown too long ago who asks, or was never shown by a code.
    #[error("it has to be shown again who asks")]
    ProofOver,
}

impl RequestFault {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::ContactMissing,
        Self::ContactMalformed,
        Self::WordsMissing,
        Self::WordsTooLong,
        Self::NothingNamed,
        Self::CodeWrong,
        Self::SecretWrong,
        Self::NobodyOnFile,
        Self::AuthorityMissing,
        Self::DayMalformed,
        Self::NothingToDo,
        Self::ProofOver,
    ];

    /// A stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::ContactMissing => "contact_missing",
            Self::ContactMalformed => "contact_malformed",
            Self::WordsMissing => "words_missing",
            Self::WordsTooLong => "words_too_long",
            Self::NothingNamed => "nothing_named",
            Self::CodeWrong => "code_wrong",
            Self::SecretWrong => "secret_wrong",
            Self::NobodyOnFile => "nobody_on_file",
            Self::AuthorityMissing => "authority_missing",
            Self::DayMalformed => "day_malformed",
            Self::NothingToDo => "nothing_to_do",
            Self::ProofOver => "proof_over",
        }
    }
}

/// The keys by which cases are found and guesses are counted.
pub(crate) struct Registry {
    secrets: IndexKey,
    links: IndexKey,
    codes: IndexKey,
    persons: IndexKey,
    guesses: IndexKey,
    letters: IndexKey,
}

impl Registry {
    pub(crate) fn new(custody: &Custody) -> Result<Self, Error> {
        let index = |what: &str| IndexKey::derive(custody, "requests", what).map_err(store);
        Ok(Self {
            secrets: index("secret")?,
            links: index("link")?,
            codes: index("code")?,
            persons: index("person")?,
            guesses: index("guess")?,
            letters: index("letter")?,
        })
    }

    /// By which a letter that came in is known again.
    pub(crate) fn letter_digest(&self, bytes: &[u8]) -> [u8; 32] {
        self.letters.digest(&[b"came ".as_slice(), bytes].concat())
    }

    /// By which the case of a letter that went out is found when it is answered or comes back.
    pub(crate) fn sent_digest(&self, id: &str) -> [u8; 32] {
        self.letters.digest(format!("sent {id}").as_bytes())
    }

    /// By which the requests are found that an address began.
    pub(crate) fn sender_digest(&self, address: &str) -> [u8; 32] {
        self.letters.digest(format!("from {address}").as_bytes())
    }

    /// A counter of tries.
    pub(crate) fn guess_digest(&self, what: &str) -> [u8; 32] {
        self.guesses.digest(what.as_bytes())
    }
}

/// The policy and the laws of the day a request came, by which it is judged whenever that is.
pub(crate) struct Yardstick {
    pub version: Version,
    laws: Vec<LawEdition>,
    pub now: Timestamp,
}

impl Yardstick {
    pub fn measure(&self) -> Measure<'_> {
        Measure { policy: &self.version.policy, laws: &self.laws, now: self.now }
    }

    /// The clocks of a request.
    pub fn due(&self, request: &Request) -> Due {
        must_answer(&self.measure(), request)
    }

    /// The zone in which the days of its first law are counted.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        self.laws.first().map_or(jiff::tz::TimeZone::UTC, |law| law.calendar.zone.clone())
    }
}

/// A case that was read.
pub(crate) struct OpenCase {
    pub case: Case,
    pub request: Request,
    pub events: Vec<RequestEvent>,
    pub particulars: Particulars,
}

impl OpenCase {
    pub fn read(case: Case) -> Result<Self, Error> {
        let (events, particulars) = Body::read(case.body())?;
        let (first, later) = events.split_first().ok_or(Error::Unreadable)?;
        let number = RequestNumber(case.number());
        let request = Request::begin(case.id(), number, first).ok_or(Error::Unreadable)?;
        let request = later.iter().fold(request, Request::after);
        Ok(Self { case, request, events, particulars })
    }
}

impl App {
    /// The policy and laws for a request that came at an instant.
    pub(crate) fn yardstick(&self, filed_at: Timestamp, now: Timestamp) -> Result<Yardstick, Error> {
        let state = self.state.load_full();
        let mut known = state.published.iter().filter(|v| v.cancelled.is_none());
        let then = known.clone().rev().find(|v| v.policy.effective_from <= filed_at);
        let version = then.or_else(|| known.next()).ok_or(Error::NoPolicy)?.clone();
        let pack = |name: &String| state.packs.iter().find(|pack| pack.name == *name);
        let laws = version.policy.jurisdictions.iter().filter_map(pack);
        let laws = laws.map(|pack| pack.on(pack.day_of(filed_at))).collect();
        Ok(Yardstick { version, laws, now })
    }

    /// A case by its id.
    pub(crate) async fn case_of(&self, id: CaseId) -> Result<Option<OpenCase>, Error> {
        self.vault.case(id).await?.map(OpenCase::read).transpose()
    }

    /// Records that something was not to happen to a request, and gives the refusal as the error it is.
    pub(crate) async fn refuse_move(
        &self,
        caller: &Caller,
        view: &View,
        open: Option<&OpenCase>,
        operation: &'static str,
        refusal: Refusal,
    ) -> Error {
        let entry = Entry::administrative(operation);
        let tags = open.map(|open| open.case.tags());
        match self.leaf(caller, view, &entry, Some(&refusal), tags, 0) {
            Ok((leaf, trail)) => match self.commit_leaf(Deed::new().steps(trail).record(leaf)).await {
                Ok(receipt) => Error::Refused(Box::new(Refused { refusal, receipt })),
                Err(error) => error,
            },
            Err(error) => error,
        }
    }

    /// Commits what happened to a request together with what it did to records of persons.
    pub(crate) async fn commit_case(
        &self,
        draft: CaseDraft<'_>,
        view: &View,
        drafted: Vec<Drafted<'_>>,
    ) -> Result<Committed, Error> {
        self.commit_case_as(draft, view, drafted, &()).await
    }

    /// The same with what a caller is answered who sends the same again.
    pub(crate) async fn commit_case_as<T: serde::Serialize>(
        &self,
        draft: CaseDraft<'_>,
        view: &View,
        drafted: Vec<Drafted<'_>>,
        outcome: &T,
    ) -> Result<Committed, Error> {
        let before = drafted.iter().map(|one| one.entries.len()).sum();
        let caller = draft.caller;
        let alongside = draft.finish(before)?;
        self.commit(caller, view, drafted, alongside, outcome).await
    }
}

/// A request to which something happens.
pub(crate) struct CaseDraft<'a> {
    caller: &'a Caller,
    yard: &'a Yardstick,
    open: &'a OpenCase,
    pub request: Request,
    pub particulars: Particulars,
    events: Vec<RequestEvent>,
    entries: Vec<(Entry, Option<&'a saqta_seal::keys::TagKey>)>,
    papers: Vec<IssuedPaper>,
    steps: Vec<Step>,
    fresh: Option<(NewKey, u32)>,
    /// Set when somebody has to look at it sooner than its clocks say.
    pub wake_at: Option<Timestamp>,
    /// The first refusal of an event that was to follow; a draft that was denied is not committed.
    pub denied: Option<Refusal>,
    /// The words of an answer, for whoever asked by e-mail.
    pub said: Option<String>,
}

struct IssuedPaper {
    number: u64,
    sheet: Vec<u8>,
    entry: usize,
}

impl<'a> CaseDraft<'a> {
    pub fn new(caller: &'a Caller, yard: &'a Yardstick, open: &'a OpenCase) -> Self {
        Self {
            caller,
            yard,
            open,
            request: open.request.clone(),
            particulars: open.particulars.clone(),
            events: open.events.clone(),
            entries: Vec::new(),
            papers: Vec::new(),
            steps: Vec::new(),
            fresh: None,
            wake_at: None,
            denied: None,
            said: None,
        }
    }

    /// One whose first event has just been permitted; its key is kept before the deed.
    pub fn begun(
        caller: &'a Caller,
        yard: &'a Yardstick,
        open: &'a OpenCase,
        first: &Move,
        key: (NewKey, u32),
    ) -> Self {
        let mut draft = Self { fresh: Some(key), ..Self::new(caller, yard, open) };
        draft.entries.push((entry_of(first, &draft.request), Some(open.case.tags())));
        draft
    }

    pub fn now(&self) -> Timestamp {
        self.yard.now
    }

    /// The clocks as they run now.
    pub fn due(&self) -> Due {
        self.yard.due(&self.request)
    }

    /// Lets an event follow, or says why it may not.
    pub fn happen(&mut self, event: RequestEvent) -> Result<(), Refusal> {
        let caller = self.caller;
        self.happen_by(&caller.actor, event)
    }

    /// The same for what the system finds out by itself, whoever asks.
    pub fn found_out(&mut self, event: RequestEvent) -> Result<(), Refusal> {
        self.happen_by(&Actor::System("requests"), event)
    }

    fn happen_by(&mut self, actor: &Actor, event: RequestEvent) -> Result<(), Refusal> {
        let permitted = may_move(&self.yard.measure(), actor, &self.request, &event)?;
        self.request = self.request.clone().after(&event);
        self.entries.push((entry_of(&permitted, &self.request), Some(self.open.case.tags())));
        self.events.push(event);
        Ok(())
    }

    /// Lets an event follow, unless an earlier one was refused; the refusal is kept for whoever commits.
    pub fn then(&mut self, event: RequestEvent) {
        if self.denied.is_none() {
            self.denied = self.happen(event).err();
        }
    }

    /// Adds a statement.
    pub fn step(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Adds the leaf of a look at a person, which is filed under that person.
    pub fn look(&mut self, entry: Entry, tags: &'a saqta_seal::keys::TagKey) {
        self.entries.push((entry, Some(tags)));
    }

    /// Lets the case be found by a digest.
    pub fn found_by(&mut self, digest: [u8; 32]) {
        self.particulars.digests.push(digest);
        self.steps.push(self.open.case.digest_step(&digest));
    }

    /// Keeps a letter that came by e-mail, as long as the case is kept.
    pub fn keep_letter(&mut self, raw: &[u8], mut kept: LetterKept) -> Result<(), Error> {
        let file = format!("letter-{}.eml", self.particulars.letters.len() + 1);
        self.steps.push(self.open.case.file_step(&file, raw, i64::MAX)?);
        kept.file = file;
        self.particulars.letters.push(kept);
        Ok(())
    }

    /// Gives the request another secret: the one before opens nothing any more.
    pub fn hand_over(&mut self, secret: [u8; 32]) {
        let before = std::mem::replace(&mut self.particulars.secret, secret.to_vec());
        if let Ok(before) = <[u8; 32]>::try_from(before) {
            self.particulars.digests.retain(|digest| *digest != before);
            self.steps.push(self.open.case.forget_digest_step(&before));
        }
        self.found_by(secret);
    }

    /// Issues a paper: its leaf names its kind, its number and the digest of its sheet.
    pub fn issue(&mut self, sheet: &saqta_documents::sheet::Sheet) -> Result<(), Error> {
        let bytes = sheet.bytes()?;
        let digest = data_encoding::HEXLOWER.encode(&crate::admission::sha256(&bytes));
        let number = sheet.number();
        let detail = format!("{} {number} {digest}", sheet.paper());
        let entry = Entry::administrative("paper.issued").detail(detail);
        self.papers.push(IssuedPaper { number, sheet: bytes, entry: self.entries.len() });
        self.entries.push((entry, Some(self.open.case.tags())));
        Ok(())
    }

    /// The statements and leaves, after so many leaves about persons.
    fn finish(self, leaves_before: usize) -> Result<Alongside<'a>, Error> {
        let due = self.yard.due(&self.request);
        let micros = |at: Timestamp| at.as_microsecond();
        let beside = Beside {
            answered: !self.request.state.is_open(),
            due_at: due.strictest().map(|clock| micros(clock.due)),
            watch_at: Some(micros(self.watch_at(&due))),
        };
        let body = Body::write(&self.events, &self.particulars)?;
        let case = &self.open.case;
        let mut steps = match &self.fresh {
            Some(_) => case.begin_steps(beside, &body)?,
            None => vec![case.change_step(beside, &body)?],
        };
        for paper in &self.papers {
            let leaf = u32::try_from(leaves_before + paper.entry).map_err(|_| Error::Unreadable)?;
            steps.extend(case.paper_steps(paper.number, &paper.sheet, leaf)?);
        }
        steps.extend(self.steps);
        let (keys, epoch) = self.fresh.map_or((Vec::new(), None), |(key, epoch)| (vec![key], Some(epoch)));
        Ok(Alongside { steps, entries: self.entries, keys, epoch })
    }

    fn watch_at(&self, due: &Due) -> Timestamp {
        let now = self.yard.now;
        let after = |from: Timestamp, by: SignedDuration| from.checked_add(by).unwrap_or(Timestamp::MAX);
        let by_clock = match self.request.state {
            RequestState::Answered(Outcome::Partly) => after(now, BETWEEN_LOOKS),
            state if state.is_open() => {
                due.watch_at(&self.request, now).unwrap_or_else(|| after(now, BETWEEN_LOOKS))
            }
            _ => copy_ends_at(&self.request)
                .filter(|end| *end > now)
                .unwrap_or_else(|| case_ends(&self.yard.measure(), &self.request)),
        };
        self.wake_at.map_or(by_clock, |wake| wake.min(by_clock))
    }
}

/// When the copy that was made for a closed request is over; none where none is made. Other files end with their case.
fn copy_ends_at(request: &Request) -> Option<Timestamp> {
    let made = request.matter == Matter::Access;
    let closed = request.closed_at.unwrap_or(request.last_at);
    made.then(|| closed.checked_add(carry_on::COPY_KEPT).ok()).flatten()
}

/// What the leaf of an event says: the number of the request, what it is about, and what happened; nothing that was said in it.
fn entry_of(permitted: &Move, request: &Request) -> Entry {
    let (number, kind) = (request.number.0, request.matter.kind());
    let detail = match permitted.event() {
        RequestEvent::Identified { rung, .. } => format!("{number} {kind} {rung}"),
        RequestEvent::Executed { what, .. } => format!("{number} {kind} {what}"),
        RequestEvent::Answered { outcome, .. } => format!("{number} {kind} {outcome}"),
        RequestEvent::Related { number: other, relation, .. } => {
            format!("{number} {kind} {relation} {}", other.0)
        }
        _ => format!("{number} {kind}"),
    };
    let reason = Some(permitted.reason().clone());
    Entry { reason, ..Entry::administrative(operation(permitted.event())) }.detail(detail)
}

/// The operation that the leaf of an event names.
pub(crate) fn operation(event: &RequestEvent) -> &'static str {
    match event {
        RequestEvent::Filed { .. } => "request.filed",
        RequestEvent::Identified { .. } => "request.identified",
        RequestEvent::IdentityFailed { .. } => "request.identity_failed",
        RequestEvent::DocumentsSeen { .. } => "request.documents_seen",
        RequestEvent::Paused { .. } => "request.paused",
        RequestEvent::Resumed { .. } => "request.resumed",
        RequestEvent::Extended { .. } => "request.extended",
        RequestEvent::Reclassified { .. } => "request.reclassified",
        RequestEvent::Related { .. } => "request.related",
        RequestEvent::Planned { .. } => "request.planned",
        RequestEvent::Approved { .. } => "request.approved",
        RequestEvent::Scheduled { .. } => "request.scheduled",
        RequestEvent::Undone { .. } => "request.undone",
        RequestEvent::Executed { .. } => "request.executed",
        RequestEvent::Answered { .. } => "request.answered",
        RequestEvent::TakenBack { .. } => "request.taken_back",
        RequestEvent::Lapsed { .. } => "request.lapsed",
        RequestEvent::Noted { .. } => "request.noted",
    }
}
