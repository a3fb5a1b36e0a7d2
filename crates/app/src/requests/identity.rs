//! How does somebody show that they are the person a request is about (clauses 3.2, 10), without collecting more (clause 5.5)?
//!
//! By a code of six digits or a link, sent to the contact that is on file, never to one that was typed and is not. A code counts
//! fifteen minutes and five tries; each try is counted before it is looked at, in the keys place, so that neither a restart nor a
//! restored backup gives anybody their tries back. A link opens a page with a button: whatever opens links on its own proves
//! nothing. Where nobody is on file the same happens, and no code is ever right.

use jiff::Timestamp;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::Rung;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::subject::CaseId;
use saqta_store::guesses::Allowance;

use super::letters::Letter;
use super::record::SentCode;
use super::{CaseDraft, OpenCase, RequestFault, operation};
use crate::act::{Caller, Channel, settle};
use crate::error::Error;
use crate::instance::App;

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

impl App {
    /// Draws a code and a link, and lets them go out to the contact on file.
    pub(super) fn send_code(&self, draft: &mut CaseDraft<'_>, on_file: bool) -> Result<(), Error> {
        let Some(contact) = draft.particulars.contact.clone() else { return Ok(()) };
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
        draft.letter(self, &letter)
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
        if open.request.state != RequestState::AwaitingIdentity {
            return Ok(());
        }
        let caller = applicant(language);
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, &open);
        if let Err(refusal) = draft.happen(RequestEvent::Noted { at: view.now }) {
            return Err(self.refuse_move(&caller, &view, Some(&open), "request.noted", refusal).await);
        }
        let on_file = !open.particulars.subjects.is_empty();
        self.send_code(&mut draft, on_file)?;
        self.commit_case(draft, &view, Vec::new()).await.map(drop)
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
        if open.request.state != RequestState::AwaitingIdentity {
            return Ok(());
        }
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
        settle!(self.checked_once(open.case.id(), right, language))?;
        if !right {
            return Err(Error::Request(RequestFault::CodeWrong));
        }
        self.go_on(open.case.id()).await
    }

    /// The number of the request that a link belongs to. Opening a link changes nothing.
    pub async fn look_at_link(&self, token: &str) -> Result<u64, Error> {
        self.by_link(token).await.map(|open| open.request.number.0)
    }

    /// Takes the link whose button was pressed.
    pub async fn confirm_link(&self, token: &str, language: Language) -> Result<u64, Error> {
        let open = self.by_link(token).await?;
        let number = open.request.number.0;
        if open.request.state == RequestState::AwaitingIdentity {
            settle!(self.checked_once(open.case.id(), true, language))?;
            self.go_on(open.case.id()).await?;
        }
        Ok(number)
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

    async fn checked_once(&self, id: CaseId, right: bool, language: Language) -> Result<(), Error> {
        let view = self.view().await?;
        let open = self.case_of(id).await?.ok_or(Error::Request(RequestFault::SecretWrong))?;
        let at = view.now;
        let event = match right {
            true => RequestEvent::Identified { rung: Rung::ContactCode, at },
            false => RequestEvent::IdentityFailed { at },
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

    /// How long ago it was shown who asks, where it was shown by a code or a link lately enough to go on by it.
    pub(crate) fn proven_lately(&self, open: &OpenCase, within: jiff::SignedDuration) -> Option<Timestamp> {
        let proof = open.request.proof?;
        let fresh = self.now().duration_since(proof.at) < within;
        (fresh && matches!(proof.rung, Rung::ContactCode | Rung::ShopToken)).then_some(proof.at)
    }
}
