//! How does a request come in: from a person's page, a shop's program, or staff who took a call or a letter (clauses 3.2, 4.1)?
//!
//! The same is done whether or not anybody is on file under the contact: the same look-ups, one case, one letter in the queue,
//! which goes nowhere when nobody is there. Whoever filed it gets its number and a secret that opens the page of its state. What
//! was sent twice, or asked again soon after an answer, is filed as that and never dropped.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use saqta_documents::text::Text;
use saqta_domain::rules::may_move::may_file;
use saqta_domain::rules::must_identify::is_enough;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::request::course::Request;
use saqta_domain::terms::request::event::{Identity, RequestEvent};
use saqta_domain::terms::request::{
    Applicant, Intake, Matter, Objection, Relation, RequestKind, RequestNumber, Rung,
};
use saqta_domain::terms::subject::{CaseId, SubjectId};
use saqta_store::guesses::Allowance;
use serde::{Deserialize, Serialize};

use super::kept::LetterKept;
use super::letters::Letter;
use super::record::{AuthorityLetter, Contact, Particulars, Proposed};
use super::{CaseDraft, OpenCase, RequestFault, operation};
use crate::act::{Caller, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::staff::codes::drawn;

/// How much somebody may write.
pub const LONGEST_TEXT: usize = 4_000;

/// How long a name may be.
const LONGEST_NAME: usize = 200;

/// How long a value may be that is said to be right.
const LONGEST_VALUE: usize = 1_000;

const MINUTE: i64 = 60_000_000;

/// How many requests may come from one place.
const FROM_A_PLACE: Allowance = Allowance { window: 60 * MINUTE, limit: 30 };

/// How many may name one contact: nobody's mailbox is filled by others.
const FOR_A_CONTACT: Allowance = Allowance { window: 60 * MINUTE, limit: 6 };

/// How soon after an answer the same request is one that is asked again.
const AGAIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What somebody asks.
pub struct Filing {
    /// What is wanted.
    pub matter: Matter,
    /// Who asks.
    pub by: Applicant,
    /// How it came.
    pub intake: Intake,
    /// The language the answer is wanted in.
    pub language: Language,
    /// The person, where a shop says who is signed in there.
    pub subject: Option<SubjectId>,
    /// An e-mail address or telephone number by which the person is looked for.
    pub contact: String,
    /// Where the answer goes, where that is another contact: a representative's own.
    pub answer_to: String,
    /// What the applicant calls themselves.
    pub name: String,
    /// What they say.
    pub text: String,
    /// The values that are said to be right.
    pub proposed: Vec<(AttributeName, String)>,
    /// The letter of an authority.
    pub letter: Option<AuthorityLetter>,
    /// When it was received, where that was before it is entered.
    pub received: Option<Timestamp>,
    /// From where it was sent, as far as that counts for limits; empty for staff.
    pub from: String,
}

impl Filing {
    /// A request that says nothing yet but what it wants.
    pub fn new(matter: Matter, intake: Intake, language: Language) -> Self {
        Self {
            matter,
            by: Applicant::Subject,
            intake,
            language,
            subject: None,
            contact: String::new(),
            answer_to: String::new(),
            name: String::new(),
            text: String::new(),
            proposed: Vec::new(),
            letter: None,
            received: None,
            from: String::new(),
        }
    }
}

/// A request that was filed.
#[derive(Serialize, Deserialize)]
pub struct Filed {
    /// Its number.
    pub number: u64,
    /// Opens the page of its state together with the number. It is shown now and never again.
    pub secret: String,
    /// Whether it has to be shown who asks.
    pub awaits_identity: bool,
}

/// The letter that a request begins with.
pub(crate) struct LetterIn<'a> {
    /// All of it.
    pub raw: &'a [u8],
    /// What was recognised in it.
    pub kept: LetterKept,
    /// The request that the same letter began before.
    pub beside: Option<u64>,
    /// Whether a code may go to the contact: nobody's mailbox is filled by others.
    pub codes: bool,
}

/// What was checked of a filing before anything was looked up.
struct Checked {
    contact: Option<Contact>,
    particulars: Particulars,
}

impl App {
    /// Files a request, and does at once what needs nobody.
    pub async fn file_request(&self, caller: &Caller, filing: &Filing) -> Result<Filed, Error> {
        self.file_and_keep(caller, filing, None).await
    }

    /// The same with the letter that it came by.
    pub(crate) async fn file_and_keep(
        &self,
        caller: &Caller,
        filing: &Filing,
        letter: Option<&LetterIn<'_>>,
    ) -> Result<Filed, Error> {
        let checked = check(filing).map_err(Error::Request)?;
        if let Some(done) = self.before::<Filed>(caller).await? {
            return Ok(done.outcome);
        }
        self.count_filing(filing, checked.contact.as_ref()).await?;
        let secret = drawn()?;
        let (case, filed) = match settle!(self.file_once(caller, filing, &checked, &secret, letter)) {
            Err(error) => return self.taken::<Filed>(caller, error).await.map(|done| done.outcome),
            Ok(filed) => filed,
        };
        // What fails here is tried again by the jobs: the request is on record.
        if let Err(error) = self.carry_on(case).await {
            tracing::error!(%error, "a request that was filed is left for the next round");
        }
        Ok(filed)
    }

    /// Whether one more request may name a contact, and a code go there. A request of one mark counts once.
    pub(crate) async fn may_name(&self, contact: &Contact, mark: &[u8; 32]) -> Result<bool, Error> {
        let bucket = self.registry.guess_digest(&format!("file for {}", contact.value));
        let now = self.now().as_microsecond();
        Ok(self.vault.db().may_guess_once(mark, &[(bucket, FOR_A_CONTACT)], now).await?)
    }

    async fn count_filing(&self, filing: &Filing, contact: Option<&Contact>) -> Result<(), Error> {
        let mut buckets = Vec::new();
        let bucket = |what: &str, of: &str| self.registry.guesses.digest(format!("{what} {of}").as_bytes());
        if !filing.from.is_empty() {
            buckets.push((bucket("file from", &filing.from), FROM_A_PLACE));
        }
        if let Some(contact) = contact.filter(|_| filing.intake == Intake::Portal) {
            buckets.push((bucket("file for", &contact.value), FOR_A_CONTACT));
        }
        self.count_tries(&buckets).await
    }

    /// Counts one try in every bucket, or says when the next is free.
    pub(super) async fn count_tries(&self, buckets: &[([u8; 32], Allowance)]) -> Result<(), Error> {
        let now = self.now().as_microsecond();
        if buckets.is_empty() || self.vault.db().may_guess(buckets, now).await? {
            return Ok(());
        }
        let free = buckets.iter().map(|(_, allowance)| allowance.ends(now)).max().unwrap_or(now);
        let minutes = free.saturating_sub(now).saturating_add(MINUTE - 1) / MINUTE;
        Err(Error::TooManyGuesses { minutes: minutes.max(1) })
    }

    async fn file_once(
        &self,
        caller: &Caller,
        filing: &Filing,
        checked: &Checked,
        secret: &str,
        letter: Option<&LetterIn<'_>>,
    ) -> Result<(CaseId, Filed), Error> {
        let view = self.view().await?;
        let received = filing.received.unwrap_or(view.now);
        let yard = self.yardstick(received, view.now)?;
        let mut particulars = checked.particulars.clone();
        let (persons, was_on_file) = match (&checked.contact, filing.subject) {
            (_, Some(subject)) => ([subject].into(), false),
            (Some(contact), None) => match self.persons_under(&view, contact).await? {
                found if found.is_empty() => self.persons_beside(letter, contact).await?,
                found => (found, true),
            },
            (None, None) => Default::default(),
        };
        particulars.subjects = persons.iter().map(ToString::to_string).collect();
        particulars.was_on_file = was_on_file;
        let identity = self.known_already(caller, filing);
        let first = RequestEvent::Filed {
            matter: filing.matter.clone(),
            intake: filing.intake,
            by: filing.by,
            identity,
            language: filing.language,
            at: received,
        };
        let id = CaseId::new(self.vault.draw_id()?);
        let number = self.vault.db().next_request_number().await?;
        let permitted = match may_file(&yard.measure(), &caller.actor, id, &first) {
            Ok(permitted) => permitted,
            Err(refusal) => {
                return Err(self.refuse_move(caller, &view, None, operation(&first), refusal).await);
            }
        };
        let (case, key, epoch) = self.vault.fresh_case(id, number)?;
        let request = Request::begin(id, RequestNumber(number), &first).ok_or(Error::Unreadable)?;
        let open = OpenCase { case, request, events: vec![first], particulars };
        let mut draft = CaseDraft::begun(caller, &yard, &open, &permitted, (key, epoch));
        let digest = self.secret_digest(secret);
        draft.particulars.secret = digest.to_vec();
        draft.found_by(digest);
        let mut before = Vec::new();
        for person in &persons {
            let digest = self.registry.persons.digest(person.bytes());
            before.extend(self.vault.cases_under(&digest).await?);
            draft.found_by(digest);
        }
        for (other, relation) in self.related(&view, &open.request, &before).await? {
            let related = RequestEvent::Related { number: other, relation, at: view.now };
            if let Err(refusal) = draft.found_out(related) {
                return Err(self.refuse_move(caller, &view, None, "request.related", refusal).await);
            }
        }
        if let Some(letter) = letter
            && let Err(refusal) = self.begin_with(&mut draft, letter, secret)?
        {
            return Err(self.refuse_move(caller, &view, None, "request.related", refusal).await);
        }
        let codes = letter.is_none_or(|letter| letter.codes);
        if identity == Identity::Awaited && filing.by != Applicant::Representative && codes {
            let on_file = self.is_theirs(&view, &draft.request, &draft.particulars).await?;
            self.send_code(&mut draft, on_file)?;
        }
        if let (Applicant::Representative, Some(contact)) = (filing.by, &checked.contact) {
            let letter = Letter::represented(self, &draft, contact, !persons.is_empty());
            draft.letter(self, letter)?;
        }
        draft.wake_at = Some(view.now);
        let awaits_identity = identity == Identity::Awaited;
        let filed = Filed { number, secret: secret.to_owned(), awaits_identity };
        // Whoever brings a letter again does not hear the secret: it went to its writer.
        let remembered = Filed { number, secret: letter.map_or(secret, |_| "").to_owned(), awaits_identity };
        self.commit_case_as(draft, &view, Vec::new(), &remembered).await?;
        Ok((id, filed))
    }

    /// Whom another request of the same letter found under the contact when that letter came: what it asked for at once, the end of
    /// advertising, may have ended the contact before this one was filed.
    async fn persons_beside(
        &self,
        letter: Option<&LetterIn<'_>>,
        contact: &Contact,
    ) -> Result<(BTreeSet<SubjectId>, bool), Error> {
        let Some((letter, number)) = letter.and_then(|letter| Some((letter, letter.beside?))) else {
            return Ok(Default::default());
        };
        let Some(case) = self.vault.case_numbered(number).await? else { return Ok(Default::default()) };
        let beside = OpenCase::read(case)?.particulars;
        // One to which the letter was only put began on another day.
        let id = letter.kept.message_id.as_ref();
        let began =
            id.is_some() && beside.letters.first().is_some_and(|first| first.message_id.as_ref() == id);
        match began && beside.contact.as_ref() == Some(contact) && beside.was_on_file {
            true => Ok((beside.persons()?.into_iter().collect(), true)),
            false => Ok(Default::default()),
        }
    }

    /// Keeps the letter that a request begins with, and answers its writer.
    fn begin_with(
        &self,
        draft: &mut CaseDraft<'_>,
        letter: &LetterIn<'_>,
        secret: &str,
    ) -> Result<Result<(), Refusal>, Error> {
        if let Some(beside) = letter.beside {
            let (number, at) = (RequestNumber(beside), draft.now());
            let related = RequestEvent::Related { number, relation: Relation::SameLetter, at };
            if let Err(refusal) = draft.found_out(related) {
                return Ok(Err(refusal));
            }
        }
        draft.found_by(self.registry.sender_digest(&letter.kept.from));
        draft.keep_letter(letter.raw, letter.kept.clone())?;
        if letter.kept.answered {
            let taken = Letter::taken(self, draft, secret);
            taken.map(|letter| draft.letter(self, letter)).transpose()?;
        }
        Ok(Ok(()))
    }

    /// Whether it is known who asks, as far as that is needed.
    fn known_already(&self, caller: &Caller, filing: &Filing) -> Identity {
        let enough = |rung: Rung| is_enough(rung, &filing.matter, filing.by);
        match &*caller.actor {
            _ if enough(Rung::Nothing) => Identity::Proven(Rung::Nothing),
            Actor::Key { .. } if filing.subject.is_some() && enough(Rung::ShopToken) => {
                Identity::Proven(Rung::ShopToken)
            }
            _ => Identity::Awaited,
        }
    }

    /// What other requests of the same persons are to this one. What was sent twice is carried out once.
    async fn related(
        &self,
        view: &View,
        request: &Request,
        others: &[CaseId],
    ) -> Result<Vec<(RequestNumber, Relation)>, Error> {
        let mut related = Vec::new();
        for id in others {
            let Some(other) = self.case_of(*id).await? else { continue };
            let other = other.request;
            let same = other.matter == request.matter && other.by == request.by;
            let lately = other.closed_at.is_some_and(|closed| view.now.duration_since(closed) < AGAIN);
            let undoes = |one: &Request, two: &Request| {
                one.matter.kind() == RequestKind::Destruction && two.matter.kind() != RequestKind::Destruction
            };
            let relation = match other.state.is_open() {
                true if same && other.proof.is_some() => Relation::Duplicate,
                true if undoes(&other, request) || undoes(request, &other) => Relation::Together,
                false if same && lately && other.proof.is_some() => Relation::Repeats,
                _ => continue,
            };
            if !related.iter().any(|(number, _)| *number == other.number) {
                related.push((other.number, relation));
            }
        }
        Ok(related)
    }
}

/// What somebody wrote, without what no reader sees: a text of such marks alone says nothing.
pub(super) fn said(text: &str) -> String {
    let read = Text::from(text);
    if read.as_str().trim().is_empty() { String::new() } else { text.trim().to_owned() }
}

/// Whether each value that is said to be right says something, and not too much.
pub(super) fn values_in_bounds(proposed: &[(AttributeName, String)]) -> Result<(), RequestFault> {
    if proposed.iter().any(|(_, value)| value.trim().is_empty()) {
        return Err(RequestFault::NothingNamed);
    }
    match proposed.iter().any(|(_, value)| value.chars().count() > LONGEST_VALUE) {
        true => Err(RequestFault::WordsTooLong),
        false => Ok(()),
    }
}

/// What can be said of a filing by itself.
fn check(filing: &Filing) -> Result<Checked, RequestFault> {
    let kind = filing.matter.kind();
    let (text, name) = (said(&filing.text), said(&filing.name));
    let too_long = |text: &str, most: usize| text.chars().count() > most;
    if too_long(&text, LONGEST_TEXT) || too_long(&name, LONGEST_NAME) {
        return Err(RequestFault::WordsTooLong);
    }
    let needs_words = matches!(filing.matter, Matter::Explanation | Matter::Complaint)
        || matches!(filing.matter, Matter::Objection(Objection::AutomatedDecision));
    if needs_words && text.is_empty() {
        return Err(RequestFault::WordsMissing);
    }
    if let Matter::Rectification { attributes, .. } = &filing.matter
        // A letter may say that something is wrong, and not what.
        && attributes.is_empty()
        && filing.intake != Intake::Mail
    {
        return Err(RequestFault::NothingNamed);
    }
    values_in_bounds(&filing.proposed)?;
    let contact = match (filing.contact.trim().is_empty(), kind) {
        (true, RequestKind::Authority) => None,
        // A letter without a sender who can be found is heard all the same.
        (true, _) if filing.intake == Intake::Mail => None,
        (true, _) if filing.subject.is_some() => None,
        _ => Some(Contact::read(&filing.contact)?),
    };
    let answer_to = match filing.answer_to.trim().is_empty() {
        true if filing.by == Applicant::Representative && filing.intake == Intake::Portal => {
            return Err(RequestFault::ContactMissing);
        }
        true => None,
        false => Some(Contact::read(&filing.answer_to)?),
    };
    if (kind == RequestKind::Authority) != filing.letter.is_some() {
        return Err(RequestFault::AuthorityMissing);
    }
    if let Some(letter) = &filing.letter {
        if [&letter.authority, &letter.number].iter().any(|text| said(text).is_empty()) {
            return Err(RequestFault::AuthorityMissing);
        }
        if letter.questions.is_empty() || letter.questions.iter().any(|text| said(text).is_empty()) {
            return Err(RequestFault::WordsMissing);
        }
    }
    let mut particulars = Particulars::default();
    particulars.name = name;
    particulars.contact.clone_from(&contact);
    particulars.answer_to = answer_to;
    particulars.text = text;
    particulars.proposed = filing.proposed.iter().map(Proposed::of).collect();
    particulars.letter.clone_from(&filing.letter);
    Ok(Checked { contact, particulars })
}
