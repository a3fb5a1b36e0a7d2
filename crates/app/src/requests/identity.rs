//! How does somebody show that they are the person a request is about (clauses 3.2, 10), without collecting more (clause 5.5)?
//!
//! By a code of six digits or a link, sent to the contact that is on file, never to one that was typed and is not. A code counts
//! fifteen minutes and five tries; each try is counted before it is looked at, in the keys place, so that neither a restart nor a
//! restored backup gives anybody their tries back. A link opens a page with a button: whatever opens links on its own proves
//! nothing. Where nobody is on file the same happens, and no code is ever right.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::attribute::About;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_domain::terms::request::course::{Request, RequestState};
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::request::{Applicant, Matter, Rung};
use saqta_domain::terms::subject::{CaseId, SubjectId};
use saqta_store::guesses::Allowance;

use super::letters::Letter;
use super::record::{Particulars, SentCode};
use super::{CaseDraft, OpenCase, RequestFault, operation};
use crate::act::{Caller, Channel, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::staff::codes::drawn;

const MINUTE: i64 = 60_000_000;

/// How long a code counts.
const CODE_COUNTS: i64 = 15 * MINUTE;

/// How long a link counts: a letter may be read the next morning.
const LINK_COUNTS: i64 = 24 * 60 * MINUTE;

/// How many tries one code has.
const TRIES: Allowance = Allowance { window: 30 * 24 * 60 * MINUTE, limit: 5 };

/// How many tries may come from one place, whatever the codes.
const FROM_A_PLACE: Allowance = Allowance { window: 15 * MINUTE, limit: 30 };

/// How many tries one request has in a day, whatever the codes and the places.
const FOR_A_REQUEST: Allowance = Allowance { window: 24 * 60 * MINUTE, limit: 20 };

/// How many codes are sent for one request in an hour.
const SENDINGS: Allowance = Allowance { window: 60 * MINUTE, limit: 4 };

/// Somebody at the page of a request.
pub fn applicant(language: Language) -> Caller {
    Caller {
        actor: Actor::Subject.into(),
        channel: Channel::Portal,
        language,
        idempotency: None,
        ahead: Default::default(),
    }
}

/// A link that was taken.
pub struct Linked {
    /// The number of the request.
    pub number: u64,
    /// The new secret of the request, where it was not open in the browser in which the button was pressed. It is shown now and never
    /// again.
    pub secret: Option<String>,
}

impl App {
    /// Draws a code and a link, and lets them go out to the contact on file.
    pub(super) fn send_code(&self, draft: &mut CaseDraft<'_>, on_file: bool) -> Result<(), Error> {
        let own = &draft.particulars;
        // A representative shows that the answer comes to them, not to the person they act for.
        let contact = own.answer_to.as_ref().filter(|_| draft.request.by == Applicant::Representative);
        let Some(contact) = contact.or(own.contact.as_ref()).cloned() else { return Ok(()) };
        let now = draft.now().as_microsecond();
        let digits = u128::from_be_bytes(self.vault.draw_id()?) % 1_000_000;
        let code = format!("{digits:06}");
        let token = self.draw_cookie()?;
        let link = self.registry.links.digest(token.as_bytes());
        // Where nobody is on file the code goes nowhere, and the link leads nowhere: both are digests of what was never given away.
        let sent = SentCode {
            code: self.code_digest(draft.request.case, &code).to_vec(),
            code_until: now.saturating_add(CODE_COUNTS),
            link: link.to_vec(),
            link_until: now.saturating_add(LINK_COUNTS),
        };
        draft.particulars.code = Some(sent);
        draft.found_by(link);
        let letter = Letter::code(self, draft, &contact, &code, &token, on_file);
        draft.letter(self, letter)
    }

    fn code_digest(&self, case: CaseId, code: &str) -> [u8; 32] {
        self.registry.codes.digest(&[case.bytes().as_slice(), code.as_bytes()].concat())
    }

    /// Sends another code for a request; the one before counts no more. The same happens whether or not anybody is on file.
    pub async fn send_code_again(&self, secret: &str, from: &str, language: Language) -> Result<(), Error> {
        let open = self.by_secret(secret).await?;
        let bucket = self.bucket("code sent", &open);
        let place = self.registry.guesses.digest(format!("code sent from {from}").as_bytes());
        self.count_tries(&[(bucket, SENDINGS), (place, FROM_A_PLACE)]).await?;
        settle!(self.send_again_once(secret, language))
    }

    async fn send_again_once(&self, secret: &str, language: Language) -> Result<(), Error> {
        let (view, open) = (self.view().await?, self.by_secret(secret).await?);
        if open.request.by == Applicant::Authority {
            return Ok(());
        }
        let caller = applicant(language);
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, &open);
        if let Err(refusal) = draft.happen(RequestEvent::Noted { at: view.now }) {
            return Err(self.refuse_move(&caller, &view, Some(&open), "request.noted", refusal).await);
        }
        let on_file = self.is_theirs(&view, &open.request, &open.particulars).await?;
        self.send_code(&mut draft, on_file)?;
        self.commit_case(draft, &view, Vec::new()).await.map(drop)
    }

    /// Whether a code may go to the contact that was given: it leads to the persons the request is about and nobody else, or it did
    /// when the request came and leads to nobody now, or it was shown by other means that whoever gave it is who they say. A contact
    /// that was only typed is never enough.
    pub(super) async fn is_theirs(
        &self,
        view: &View,
        request: &Request,
        particulars: &Particulars,
    ) -> Result<bool, Error> {
        let found = match &particulars.contact {
            Some(contact) => self.persons_under(view, contact).await?,
            None => Default::default(),
        };
        let persons: BTreeSet<SubjectId> = particulars.persons()?.into_iter().collect();
        let proven = request.proof.is_some_and(|proof| proof.rung != Rung::Nothing);
        let represented = request.by == Applicant::Representative;
        let leads_there = match found.is_empty() {
            // Only where it ended with everything of its kind: one that was put right is somebody else's now.
            true => particulars.was_on_file && !self.is_reached_otherwise(view, particulars).await?,
            false => found == persons,
        };
        Ok(proven || (!represented && leads_there))
    }

    /// Whether the persons of a request have another contact of the kind that was given.
    async fn is_reached_otherwise(&self, view: &View, particulars: &Particulars) -> Result<bool, Error> {
        let Some(contact) = &particulars.contact else { return Ok(false) };
        let policy = &view.version.policy;
        let is_such = |name: &AttributeName| {
            policy.attribute(name).is_none_or(|attribute| {
                attribute.kind.as_str() == contact.kind && attribute.about == About::Subject
            })
        };
        let records = self.records_of(&particulars.persons()?).await?;
        Ok(records.iter().any(|record| record.standing().held.keys().any(is_such)))
    }

    /// Takes the code that somebody typed. Every wrong one is answered in one way.
    pub async fn confirm_code(
        &self,
        secret: &str,
        code: &str,
        from: &str,
        language: Language,
    ) -> Result<(), Error> {
        let open = self.by_secret(secret).await?;
        let sent = open.particulars.code.as_ref().map_or_else(Vec::new, |sent| sent.code.clone());
        let of_code = [b"tries of ".as_slice(), &sent].concat();
        let place = self.registry.guesses.digest(format!("code from {from}").as_bytes());
        let tries = [
            (self.registry.guesses.digest(&of_code), TRIES),
            (self.bucket("code tried", &open), FOR_A_REQUEST),
            (place, FROM_A_PLACE),
        ];
        self.count_tries(&tries).await?;
        let code: String = code.chars().filter(char::is_ascii_digit).take(12).collect();
        let digest = self.code_digest(open.case.id(), &code);
        let now = self.now().as_microsecond();
        let kept = open.particulars.code.as_ref();
        let right = kept.is_some_and(|sent| sent.code == digest && now < sent.code_until);
        let right = right && !open.particulars.subjects.is_empty();
        let shown = right.then_some(sent.as_slice());
        settle!(self.checked_once(open.case.id(), shown, None, language))?;
        if !right {
            return Err(Error::Request(RequestFault::CodeWrong));
        }
        self.go_on(open.case.id()).await
    }

    /// The number of the request that a link belongs to, and what it wants. Opening a link changes nothing.
    pub async fn look_at_link(&self, token: &str) -> Result<(u64, Matter), Error> {
        self.by_link(token).await.map(|open| (open.request.number.0, open.request.matter))
    }

    /// Takes the link whose button was pressed. Whoever pressed it has the contact, and whoever filed the request may be somebody
    /// else: unless the request is open in the same browser, it is handed over to them under a new secret.
    pub async fn confirm_link(
        &self,
        token: &str,
        held: Option<&str>,
        language: Language,
    ) -> Result<Linked, Error> {
        let open = self.by_link(token).await?;
        let (id, number) = (open.case.id(), open.request.number.0);
        let same = match held {
            Some(held) => self.by_secret(held).await.is_ok_and(|own| own.case.id() == id),
            None => false,
        };
        let secret = if same { None } else { Some(drawn()?) };
        let digest = secret.as_deref().map(|secret| self.secret_digest(secret));
        let sent = open.particulars.code.as_ref().map_or_else(Vec::new, |sent| sent.code.clone());
        let taken = settle!(self.checked_once(id, Some(&sent), digest, language));
        taken.map_err(|error| match error {
            Error::Request(RequestFault::CodeWrong) => Error::LinkOver,
            other => other,
        })?;
        self.go_on(id).await?;
        Ok(Linked { number, secret })
    }

    async fn by_link(&self, token: &str) -> Result<OpenCase, Error> {
        let digest = self.registry.links.digest(token.as_bytes());
        let now = self.now().as_microsecond();
        for id in self.vault.cases_under(&digest).await? {
            let Some(open) = self.case_of(id).await? else { continue };
            let sent = open.particulars.code.as_ref();
            let counts = sent.is_some_and(|sent| sent.link == digest && now < sent.link_until);
            if counts && !open.particulars.subjects.is_empty() {
                return Ok(open);
            }
        }
        Err(Error::LinkOver)
    }

    /// Records a try. `shown` is what was sent and shown, as it was when it was looked at; where it was taken or replaced since, it
    /// shows nothing any more.
    async fn checked_once(
        &self,
        id: CaseId,
        shown: Option<&[u8]>,
        secret: Option<[u8; 32]>,
        language: Language,
    ) -> Result<(), Error> {
        let view = self.view().await?;
        let open = self.case_of(id).await?.ok_or(Error::Request(RequestFault::SecretWrong))?;
        let kept = open.particulars.code.as_ref().map(|sent| sent.code.as_slice());
        if shown.is_some() && shown != kept {
            return Err(Error::Request(RequestFault::CodeWrong));
        }
        let (at, right) = (view.now, shown.is_some());
        let awaited = open.request.state == RequestState::AwaitingIdentity;
        let event = match (awaited, right) {
            (true, true) => RequestEvent::Identified { rung: Rung::ContactCode, at },
            (true, false) => RequestEvent::IdentityFailed { at },
            // It is known already who asks; that they are still there is shown anew.
            (false, _) => RequestEvent::Noted { at },
        };
        let caller = applicant(language);
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, &open);
        let name = operation(&event);
        if let Err(refusal) = draft.happen(event) {
            return Err(self.refuse_move(&caller, &view, Some(&open), name, refusal).await);
        }
        if right {
            draft.wake_at = Some(at);
            // What was sent counts once.
            draft.particulars.code = None;
            if open.request.proof.is_some_and(|proof| proof.rung != Rung::Nothing) {
                draft.particulars.shown_at = Some(at.as_microsecond());
            }
            if let Some(secret) = secret {
                draft.hand_over(secret);
            }
        }
        self.commit_case(draft, &view, Vec::new()).await.map(drop)
    }

    /// Does what needs nobody, now that it is known who asks. What fails is left to the jobs.
    async fn go_on(&self, id: CaseId) -> Result<(), Error> {
        if let Err(error) = self.carry_on(id).await {
            tracing::error!(%error, "a request is left for the next round");
        }
        Ok(())
    }

    pub(super) fn bucket(&self, what: &str, open: &OpenCase) -> [u8; 32] {
        self.registry.guesses.digest(&[what.as_bytes(), open.case.id().bytes()].concat())
    }

    /// The digest of a secret, however somebody wrote it: with blanks, without hyphens, in capitals.
    pub(super) fn secret_digest(&self, secret: &str) -> [u8; 32] {
        let plain: String = secret.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(64).collect();
        self.registry.secrets.digest(plain.as_bytes())
    }

    /// The case that a secret opens.
    pub(super) async fn by_secret(&self, secret: &str) -> Result<OpenCase, Error> {
        let digest = self.secret_digest(secret);
        for id in self.vault.cases_under(&digest).await? {
            // The index is open to whoever can write to the database: the sealed body is believed.
            if let Some(open) = self.case_of(id).await?.filter(|open| open.particulars.secret == digest) {
                return Ok(open);
            }
        }
        Err(Error::Request(RequestFault::SecretWrong))
    }

    /// Whether it was shown lately who asks, by a code or a link or the shop at which they are signed in.
    pub(crate) fn proven_lately(&self, open: &OpenCase, within: SignedDuration) -> bool {
        let proof = open.request.proof.filter(|p| matches!(p.rung, Rung::ContactCode | Rung::ShopToken));
        let anew = open.particulars.shown_at.and_then(|at| Timestamp::from_microsecond(at).ok());
        // A clock that was set back makes nothing fresh.
        let fresh = |at: Timestamp| (0..within.as_secs()).contains(&self.now().duration_since(at).as_secs());
        [proof.map(|proof| proof.at), anew].into_iter().flatten().any(fresh)
    }
}
