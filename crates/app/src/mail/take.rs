//! What becomes of a letter that came in (clauses 7.3, 7.4, 11.1)?
//!
//! What a machine sent is not filed, so that two machines never write to each other. A letter that answers one of ours, or names a
//! request of its sender, is put to that request; any other is a request of its own, one for each thing it asks. Each of these is
//! one deed that remembers the letter: whoever brings it a second time, after a crash or because a mailbox was numbered anew, finds
//! it done. An answer goes to whoever wrote, with the number and the day; not to a sender that was shown to be forged, and not
//! to one address or to all unproven ones together without measure.

use jiff::{SignedDuration, Timestamp};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::request::{Intake, Matter, Relation, RequestNumber};
use saqta_domain::terms::subject::CaseId;
use saqta_mail::bounce;
use saqta_mail::intake::Extent;
use saqta_mail::letter::Letter;
use saqta_mail::trust::{Trust, Verdict};
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{LetterKind, OwnAddresses, Understanding, understand};
use saqta_store::guesses::Allowance;

use super::matter::{kinds, language};
use crate::act::{Caller, Channel, Idempotency, settle};
use crate::admission::sha256;
use crate::error::Error;
use crate::instance::{App, Version, View};
use crate::requests::file::{Filed, Filing, LetterIn};
use crate::requests::kept::{LetterKept, Undelivered, Why};
use crate::requests::record::Contact;
use crate::requests::{CaseDraft, OpenCase};

const MINUTE: i64 = 60_000_000;

/// How long a letter is known again, in seconds: a mailbox that is numbered anew brings all its letters a second time.
const KNOWN_FOR: i64 = 3 * 366 * 24 * 60 * 60;

/// How many answers one address gets.
const ANSWERS: Allowance = Allowance { window: 60 * MINUTE, limit: 6 };

/// How many answers all senders together get of whom nothing shows that they wrote themselves.
const UNPROVEN_ANSWERS: Allowance = Allowance { window: 60 * MINUTE, limit: 120 };

/// How many requests one address begins; what it sends beyond that is put to one of them. Letters of which the sender's domain stands
/// proven are counted apart: whoever forges others takes nothing from them.
const BEGINNINGS: Allowance = Allowance { window: 60 * MINUTE, limit: 12 };

/// How many cases of one sender are looked through for one that is open.
const MOST_LOOKED_AT: usize = 100;

/// How far back the day may lie on which a mail server says it had the letter already.
const OLDEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// A letter as it was brought.
pub struct Brought<'a> {
    /// All of it, byte for byte.
    pub raw: &'a [u8],
    /// When the operator's mail server had it, where that is known.
    pub received: Option<Timestamp>,
    /// What was found out about the sender.
    pub trust: Option<Trust>,
    /// Whether these bytes are all of it.
    pub extent: Extent,
}

impl<'a> Brought<'a> {
    /// All of a letter of which nothing else is known.
    pub fn whole(raw: &'a [u8]) -> Self {
        Self { raw, received: None, trust: None, extent: Extent::Whole }
    }
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// These requests were filed for it, or had been when it came before.
    Filed(Vec<u64>),
    /// It was put to this request.
    Joined(u64),
    /// It says that a letter about this request did not arrive.
    Bounced(u64),
    /// A machine wrote it, or nobody waits for what it says.
    NotFiled,
}

/// A letter that was read.
struct Read<'a> {
    brought: &'a Brought<'a>,
    /// None where it cannot be read; it is filed all the same.
    letter: Option<Letter>,
    understood: Option<Understanding>,
    digest: [u8; 32],
    sender: Option<Contact>,
    received: Timestamp,
}

/// The marks of a version, beside those that are common.
pub fn marks_of(version: &Version) -> Marks {
    let lines = crate::marks::subject_lines(version);
    let lines = lines.iter().flat_map(|(kind, lines)| lines.iter().map(|line| (*kind, line)));
    lines.fold(Marks::common(), |marks, (kind, line)| marks.with(kind, line))
}

/// The addresses from which the operator writes.
pub fn own_addresses(version: &Version) -> OwnAddresses {
    let mailboxes = crate::marks::mailboxes(version);
    OwnAddresses::new(mailboxes.into_iter().chain([version.policy.operator.email.clone()]))
}

impl App {
    /// Takes a letter in. When this has returned, the letter lies safe, and coming again it changes nothing.
    pub async fn take_letter(&self, brought: &Brought<'_>) -> Result<Fate, Error> {
        let view = self.view().await?;
        let read = self.read_letter(&view, brought);
        if let (Some(understood), false) = (&read.understood, read.files()) {
            tracing::info!(signs = understood.reasons.len(), "a letter of a machine is not filed");
            return self.take_bounce(&view, &read).await;
        }
        if let Some(number) = self.joins(&view, &read).await? {
            return Ok(Fate::Joined(number));
        }
        self.file_letter(&view, &read).await
    }

    fn read_letter<'a>(&self, view: &View, brought: &'a Brought<'a>) -> Read<'a> {
        let letter = match Letter::read(brought.raw) {
            Ok(letter) => Some(letter),
            Err(fault) => {
                tracing::warn!(%fault, "a letter cannot be read; it is filed as it is");
                None
            }
        };
        let understood = letter
            .as_ref()
            .map(|letter| understand(letter, &marks_of(&view.version), &own_addresses(&view.version)));
        let sender = letter.as_ref().and_then(sender);
        let oldest = view.now.checked_sub(OLDEST).unwrap_or(view.now);
        let received = brought.received.unwrap_or(view.now).clamp(oldest, view.now);
        Read {
            brought,
            digest: self.letter_digest(brought.raw, letter.as_ref()),
            letter,
            understood,
            sender,
            received,
        }
    }

    /// By which a letter is known again. The lines that mail servers add on the way are no part of it.
    fn letter_digest(&self, raw: &[u8], letter: Option<&Letter>) -> [u8; 32] {
        let Some(letter) = letter else { return self.registry.letter_digest(&sha256(raw)) };
        let body =
            raw.windows(4).position(|four| four == b"\r\n\r\n").and_then(|at| raw.get(at..)).unwrap_or(raw);
        let mut named: Vec<&str> = vec![&letter.subject];
        named.extend(letter.message_id.as_deref());
        named.extend(letter.from.iter().map(|from| &*from.address));
        let date = letter.date.map(|date| date.to_string()).unwrap_or_default();
        named.push(&date);
        let mut bytes = Vec::new();
        for one in named {
            bytes.extend_from_slice(&sha256(one.as_bytes()));
        }
        bytes.extend_from_slice(&sha256(body));
        self.registry.letter_digest(&bytes)
    }

    /// Files one request for each thing that a letter asks.
    async fn file_letter(&self, view: &View, read: &Read<'_>) -> Result<Fate, Error> {
        let asked = read.understood.as_ref().map_or_else(|| [LetterKind::Question].into(), kinds);
        let mut numbers: Vec<u64> = Vec::new();
        for kind in asked {
            let caller = read.caller(kind.as_str());
            let known = self.before::<Filed>(&caller).await?;
            let number = match known {
                Some(done) => done.outcome.number,
                None => match self.begins_too_much(view, &caller, read, kind).await? {
                    Some(last) => self.join_letter(&caller, last, read).await?,
                    None => self.file_part(view, &caller, read, kind, numbers.first().copied()).await?,
                },
            };
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        if let [first, others @ ..] = &*numbers {
            for other in others {
                settle!(self.relate(*first, *other))?;
            }
        }
        Ok(Fate::Filed(numbers))
    }

    async fn file_part(
        &self,
        view: &View,
        caller: &Caller,
        read: &Read<'_>,
        kind: LetterKind,
        beside: Option<u64>,
    ) -> Result<u64, Error> {
        let answers = self.may_answer(caller, read).await?;
        let mut filing = match (&read.letter, &read.understood) {
            (Some(letter), Some(understood)) => self.filing_of(view, kind, letter, understood, read.received),
            _ => self.unread(read.received),
        };
        let looked_for = match &read.understood {
            Some(understood) => {
                self.looked_for(view, kind, read.sender.as_ref(), &understood.extract).await?
            }
            None => None,
        };
        filing.contact = looked_for.as_ref().map_or_else(String::new, |contact| contact.value.clone());
        if let Some(sender) = &read.sender
            && looked_for.as_ref() != Some(sender)
        {
            filing.answer_to = sender.value.clone();
        }
        let codes = match &looked_for {
            Some(contact) => self.may_name(contact, &self.mark(caller, "code")).await?,
            None => true,
        };
        let letter = LetterIn { raw: read.brought.raw, kept: kept(read, answers), beside, codes };
        self.file_and_keep(caller, &filing, Some(&letter)).await.map(|filed| filed.number)
    }

    /// Puts a letter to the request that it answers, where it asks for nothing else.
    async fn joins(&self, view: &View, read: &Read<'_>) -> Result<Option<u64>, Error> {
        let (Some(letter), Some(understood)) = (&read.letter, &read.understood) else { return Ok(None) };
        let answered = letter.in_reply_to.iter().chain(&letter.references);
        let mut found = None;
        for id in answered {
            let Some(case) = self.case_of_letter(id).await? else { continue };
            found = Some(case);
        }
        if found.is_none()
            && let Some(number) = understood.extract.case.as_deref().and_then(|number| number.parse().ok())
            && let Some(case) = self.vault.case_numbered(number).await?
        {
            let open = OpenCase::read(case)?;
            // The number alone is guessed easily: it counts from an address that the request knows.
            let known = [&open.particulars.contact, &open.particulars.answer_to];
            let theirs = read.sender.is_some() && known.iter().any(|contact| **contact == read.sender);
            found = theirs.then_some(open);
        }
        let Some(open) = found else { return Ok(None) };
        // One that was put there once stays there, however the request has gone on.
        let caller = read.caller("join");
        if let Some(done) = self.before::<Filed>(&caller).await? {
            return Ok(Some(done.outcome.number));
        }
        let own = open.request.matter.kind();
        let asks_else = kinds(understood).into_iter().any(|kind| {
            let filed = self.filing_of(view, kind, letter, understood, read.received).matter.kind();
            kind != LetterKind::Question && filed != own
        });
        if asks_else || !open.request.state.is_open() {
            return Ok(None);
        }
        self.join_letter(&caller, open.case.id(), read).await.map(Some)
    }

    async fn join_letter(&self, caller: &Caller, id: CaseId, read: &Read<'_>) -> Result<u64, Error> {
        match settle!(self.join_once(caller, id, read)) {
            Err(error) => self.taken::<Filed>(caller, error).await.map(|done| done.outcome.number),
            joined => joined,
        }
    }

    async fn join_once(&self, caller: &Caller, id: CaseId, read: &Read<'_>) -> Result<u64, Error> {
        let view = self.view().await?;
        let open = self.case_of(id).await?.ok_or(Error::NotFound)?;
        let number = open.request.number.0;
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(caller, &yard, &open);
        self.note(caller, &view, &open, &mut draft).await?;
        draft.keep_letter(read.brought.raw, kept(read, false))?;
        draft.wake_at = Some(view.now);
        let filed = Filed { number, secret: String::new(), awaits_identity: false };
        self.commit_case_as(draft, &view, Vec::new(), &filed).await?;
        Ok(number)
    }

    /// Lets two requests know that they came in one letter.
    async fn relate(&self, first: u64, second: u64) -> Result<(), Error> {
        let view = self.view().await?;
        let Some(case) = self.vault.case_numbered(first).await? else { return Ok(()) };
        let open = OpenCase::read(case)?;
        if open.request.related.iter().any(|(number, _)| number.0 == second) {
            return Ok(());
        }
        let caller = caller(open.request.language);
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, &open);
        let related = RequestEvent::Related {
            number: RequestNumber(second),
            relation: Relation::SameLetter,
            at: view.now,
        };
        if let Err(refusal) = draft.happen(related) {
            return Err(self.refuse_move(&caller, &view, Some(&open), "request.related", refusal).await);
        }
        self.commit_case(draft, &view, Vec::new()).await.map(drop)
    }

    /// Records that a letter of ours did not arrive.
    async fn take_bounce(&self, view: &View, read: &Read<'_>) -> Result<Fate, Error> {
        let Some(told) = bounce::read(read.brought.raw) else { return Ok(Fate::NotFiled) };
        let Some(id) = &told.message_id else { return Ok(Fate::NotFiled) };
        let Some(open) = self.case_of_letter(id).await? else { return Ok(Fate::NotFiled) };
        let caller = read.caller("bounce");
        if let Some(done) = self.before::<Filed>(&caller).await? {
            return Ok(Fate::Bounced(done.outcome.number));
        }
        let status = told.recipients.first().map(|one| (one.status.clone(), one.permanent));
        let (status, permanent) = status.unwrap_or_default();
        let undelivered = Undelivered { at: view.now.as_microsecond(), status, permanent };
        let number = settle!(self.bounce_once(&caller, open.case.id(), &undelivered))?;
        Ok(Fate::Bounced(number))
    }

    async fn bounce_once(
        &self,
        caller: &Caller,
        id: CaseId,
        undelivered: &Undelivered,
    ) -> Result<u64, Error> {
        let view = self.view().await?;
        let open = self.case_of(id).await?.ok_or(Error::NotFound)?;
        let number = open.request.number.0;
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(caller, &yard, &open);
        self.note(caller, &view, &open, &mut draft).await?;
        draft.particulars.undelivered.push(undelivered.clone());
        let filed = Filed { number, secret: String::new(), awaits_identity: false };
        self.commit_case_as(draft, &view, Vec::new(), &filed).await?;
        Ok(number)
    }

    /// The case that one of our letters was about.
    async fn case_of_letter(&self, message_id: &str) -> Result<Option<OpenCase>, Error> {
        let id = message_id.trim_matches(['<', '>']).split('@').next().unwrap_or_default();
        let digest = self.registry.sent_digest(&id.to_lowercase());
        for case in self.vault.cases_under(&digest).await? {
            // The index is open to whoever can write to the database: the sealed body is believed.
            if let Some(open) =
                self.case_of(case).await?.filter(|open| open.particulars.digests.contains(&digest))
            {
                return Ok(Some(open));
            }
        }
        Ok(None)
    }

    /// The request to which a letter of a sender is put who has begun too many: an open one that asks for the same, else the last open
    /// one. None while there are not too many, or where none is open any more; nor for what ends advertising, which waits for nobody.
    async fn begins_too_much(
        &self,
        view: &View,
        caller: &Caller,
        read: &Read<'_>,
        kind: LetterKind,
    ) -> Result<Option<CaseId>, Error> {
        let Some(sender) = &read.sender else { return Ok(None) };
        let whose = if read.is_proven() { "letters from" } else { "unproven letters from" };
        let bucket = self.registry.guess_digest(&format!("{whose} {}", sender.value));
        let (mark, now) = (self.mark(caller, "beginning"), view.now.as_microsecond());
        if self.vault.db().may_guess_once(&mark, &[(bucket, BEGINNINGS)], now).await? {
            return Ok(None);
        }
        let (Some(letter), Some(understood)) = (&read.letter, &read.understood) else { return Ok(None) };
        let asked = self.filing_of(view, kind, letter, understood, read.received).matter;
        let (mut same, mut last): (Option<OpenCase>, Option<OpenCase>) = (None, None);
        let cases = self.vault.cases_under(&self.registry.sender_digest(&sender.value)).await?;
        for id in cases.into_iter().take(MOST_LOOKED_AT) {
            let Some(open) = self.case_of(id).await?.filter(|open| open.request.state.is_open()) else {
                continue;
            };
            let is_same = match &asked {
                Matter::Objection(_) => open.request.matter == asked,
                asked => open.request.matter.kind() == asked.kind(),
            };
            let place = if is_same { &mut same } else { &mut last };
            if place.as_ref().is_none_or(|found| found.request.number < open.request.number) {
                *place = Some(open);
            }
        }
        let ends_advertising = matches!(kind, LetterKind::Withdrawal | LetterKind::MarketingStop);
        Ok(same.or(last.filter(|_| !ends_advertising)).map(|open| open.case.id()))
    }

    /// Whether whoever wrote gets an answer. Each one is counted.
    async fn may_answer(&self, caller: &Caller, read: &Read<'_>) -> Result<bool, Error> {
        let Some(sender) = read.sender.as_ref().filter(|sender| sender.is_email()) else { return Ok(false) };
        let trust = read.brought.trust.as_ref();
        let proven = read.is_proven();
        let denied = |trust: &Trust| trust.dmarc == Verdict::Fail || trust.spf == Verdict::Fail;
        if !proven && trust.is_some_and(denied) {
            return Ok(false);
        }
        let mut buckets =
            vec![(self.registry.guess_digest(&format!("answers to {}", sender.value)), ANSWERS)];
        if !proven {
            buckets.push((self.registry.guess_digest("answers to unproven senders"), UNPROVEN_ANSWERS));
        }
        let (mark, now) = (self.mark(caller, "answer"), self.now().as_microsecond());
        Ok(self.vault.db().may_guess_once(&mark, &buckets, now).await?)
    }

    /// Marks what is counted for one part of a letter: however often it is brought, it counts once.
    fn mark(&self, caller: &Caller, what: &str) -> [u8; 32] {
        let digest = caller.idempotency.as_ref().map(|part| data_encoding::HEXLOWER.encode(&part.digest));
        self.registry.guess_digest(&format!("{what} for {}", digest.unwrap_or_default()))
    }

    async fn note(
        &self,
        caller: &Caller,
        view: &View,
        open: &OpenCase,
        draft: &mut CaseDraft<'_>,
    ) -> Result<(), Error> {
        match draft.happen(RequestEvent::Noted { at: view.now }) {
            Ok(()) => Ok(()),
            Err(refusal) => Err(self.refuse_move(caller, view, Some(open), "request.noted", refusal).await),
        }
    }

    /// What is filed for a letter that cannot be read: staff look at it.
    fn unread(&self, received: Timestamp) -> Filing {
        let language = Language::Russian;
        Filing {
            text: self.words.word("mail-unreadable", language),
            received: Some(received),
            ..Filing::new(Matter::Explanation, Intake::Mail, language)
        }
    }
}

/// A letter as its case remembers it.
fn kept(read: &Read<'_>, answered: bool) -> LetterKept {
    let trust = read.brought.trust.as_ref().and_then(|trust| serde_json::to_string(trust).ok());
    let understood = read.understood.iter();
    LetterKept {
        file: String::new(),
        at: read.received.as_microsecond(),
        from: read.sender.as_ref().map_or_else(String::new, |sender| sender.value.clone()),
        message_id: read.letter.as_ref().and_then(|letter| letter.message_id.clone()),
        kinds: understood.clone().flat_map(|u| u.kinds.iter().map(|kind| kind.as_str().to_owned())).collect(),
        reasons: understood.flat_map(|u| u.reasons.iter().map(Why::of)).collect(),
        trust: trust.unwrap_or_default(),
        answered,
        left_behind: match read.brought.extent {
            Extent::Whole => None,
            Extent::HeadersOnly { size } => Some(size),
        },
    }
}

impl Read<'_> {
    /// Whether the sender's domain stands for it.
    fn is_proven(&self) -> bool {
        self.brought.trust.as_ref().is_some_and(Trust::sender_domain_is_proven)
    }

    fn files(&self) -> bool {
        self.understood.as_ref().is_none_or(|understood| understood.files)
    }

    /// The system, taking one part of the letter.
    fn caller(&self, part: &str) -> Caller {
        let digest = sha256(&[self.digest.as_slice(), part.as_bytes()].concat());
        let language = self.understood.as_ref().map_or(Language::Russian, language);
        Caller {
            idempotency: Some(Idempotency { digest, body_digest: digest, kept: Some(KNOWN_FOR) }),
            ..caller(language)
        }
    }
}

fn caller(language: Language) -> Caller {
    Caller {
        actor: Actor::System("mail").into(),
        channel: Channel::Mail,
        language,
        idempotency: None,
        ahead: Default::default(),
    }
}

/// Who wrote, where it is one address that can be answered.
fn sender(letter: &Letter) -> Option<Contact> {
    match &*letter.from {
        [from] => Contact::read(&from.address).ok().filter(Contact::is_email),
        _ => None,
    }
}
