//! Who signs in, and who is signed in?
//!
//! Each try is counted before anything is looked at, for the account at its place, for the account and for the place. Then the
//! same is done for a name that somebody has and for one that nobody has: a record is opened, a password is hashed, a code is
//! computed, a leaf is written. The answer to every failure is the same, so that nobody learns which names there are.

use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;
use saqta_store::guesses::Allowance;
use saqta_store::staff::{SessionRow, StaffRow, close_session_step, close_sessions_step, open_session_step};
use saqta_store::writer::Step;

use super::codes::{Proof, prove};
use super::{Body, Member, id_of, password};
use crate::act::{Caller, Channel, Done, Entry, is_stale};
use crate::error::Error;
use crate::instance::{App, View};

const MINUTE: i64 = 60_000_000;

/// For one account, from one address.
const AT_ITS_PLACE: Allowance = Allowance { window: 15 * MINUTE, limit: 10 };

/// For one account, from everywhere.
const ACCOUNT: Allowance = Allowance { window: 60 * MINUTE, limit: 60 };

/// From one address, for every account: a whole office may come in at nine.
const PLACE: Allowance = Allowance { window: 15 * MINUTE, limit: 100 };

/// How long a session lasts without being used.
pub const IDLE: i64 = 30 * MINUTE;

/// How long it lasts in any case.
pub const WHOLE: i64 = 12 * 60 * MINUTE;

/// How often it is noted that a session is used.
const NOTED: i64 = MINUTE;

/// What somebody shows who wants to sign in.
pub struct Attempt<'a> {
    /// The name to sign in with.
    pub sign_in: &'a str,
    /// The password.
    pub password: &'a str,
    /// The code of the second device, or one on paper.
    pub code: &'a str,
    /// From where, as far as it is known.
    pub from: &'a str,
}

/// A session that has just begun.
pub struct NewSession {
    /// What the browser has to show from now on. Only a digest of it is kept.
    pub secret: String,
    /// Whose it is.
    pub member: Member,
}

/// A session that goes on.
pub struct Session {
    digest: [u8; 32],
    /// Whose it is.
    pub member: Member,
}

/// Somebody who is not known yet.
fn nobody(language: Language) -> Caller {
    let actor = Actor::System("sign-in").into();
    Caller { actor, channel: Channel::Console, language, idempotency: None, ahead: Default::default() }
}

impl App {
    /// Begins a session, or says no in one way for whatever was wrong.
    pub async fn sign_in(&self, attempt: &Attempt<'_>, language: Language) -> Result<NewSession, Error> {
        let view = self.view().await?;
        let name = self.desk.name_digest(attempt.sign_in);
        self.count_guess(&view, &name, attempt.from).await?;
        let found = self.vault.db().staff_by_sign_in(&name).await?.filter(|row| row.ended_at.is_none());
        let row = found.as_ref().unwrap_or(&self.desk.decoy.0);
        let body = self.desk.open(row)?;
        let secrets = body.secrets.as_ref().unwrap_or(&self.desk.decoy.1);
        let right = password::is_right(&self.desk.hashing, attempt.password, &secrets.password).await?;
        let seconds = self.devices.now().as_second();
        let proof = prove(secrets, &self.desk.recovery, attempt.code, seconds, row.totp_step);
        let proof = proof.filter(|_| right && found.is_some());
        if let Some(proof) = proof {
            match self.admit_member(&view, row, body, proof, language).await {
                // The same code came twice at once, or the account has just changed: then it was not proven.
                Err(error) if is_stale(&error) => {}
                settled => return settled,
            }
        }
        let who = found.as_ref().map_or_else(|| "unknown".to_owned(), id_of);
        let entry = Entry::administrative("staff.sign_in_failed").detail(who);
        self.record_administration(&nobody(language), &view, entry, Vec::new()).await?;
        Err(Error::NotSignedIn)
    }

    async fn admit_member(
        &self,
        view: &View,
        row: &StaffRow,
        mut body: Body,
        proof: Proof,
        language: Language,
    ) -> Result<NewSession, Error> {
        let by_paper = matches!(proof, Proof::Paper(_));
        let proven = self.spend(row, &mut body, proof)?;
        let member = body.member(row)?;
        let (secret, opened) = self.begin_session(view, row)?;
        let how = if by_paper { "recovery code" } else { "code" };
        let entry = Entry::administrative("staff.signed_in").detail(how);
        let steps = vec![proven, opened];
        self.record_administration(&member.caller(language), view, entry, steps).await?;
        Ok(NewSession { secret, member })
    }

    /// What the browser has to show in a session that begins now, and the statement that begins it.
    pub(super) fn begin_session(&self, view: &View, row: &StaffRow) -> Result<(String, Step), Error> {
        let now = view.now.as_microsecond();
        let secret = self.draw_cookie()?;
        let session = SessionRow {
            digest: self.desk.sessions.digest(secret.as_bytes()),
            staff: row.id,
            created_at: now,
            seen_at: now,
            ends_at: now.saturating_add(WHOLE),
        };
        Ok((secret, open_session_step(session)))
    }

    /// The statement by which a proof counts once.
    fn spend(&self, row: &StaffRow, body: &mut Body, proof: Proof) -> Result<Step, Error> {
        match proof {
            Proof::Step(step) => Ok(row.spend_step_step(step)),
            Proof::Paper(digest) => {
                if let Some(secrets) = &mut body.secrets {
                    secrets.recovery.retain(|kept| *kept != digest);
                }
                Ok(row.change_step(row.totp_step, self.desk.seal(row, body)?))
            }
        }
    }

    /// Counts a try, or refuses it until enough time has passed.
    pub(super) async fn count_guess(&self, view: &View, name: &[u8; 32], from: &str) -> Result<(), Error> {
        let now = view.now.as_microsecond();
        let bucket = |what: &str, name: &[u8], from: &str| {
            self.desk.guesses.digest(&[what.as_bytes(), &[0], name, &[0], from.as_bytes()].concat())
        };
        let buckets = [
            (bucket("account at its place", name, from), AT_ITS_PLACE),
            (bucket("account", name, ""), ACCOUNT),
            (bucket("place", &[], from), PLACE),
        ];
        if self.vault.db().may_guess(&buckets, now).await? {
            return Ok(());
        }
        let mut until = now;
        for (bucket, allowance) in &buckets {
            if self.vault.db().guesses_left(bucket, now, *allowance).await? == 0 {
                until = until.max(allowance.ends(now));
            }
        }
        let minutes = until.saturating_sub(now).div_euclid(MINUTE).saturating_add(1);
        Err(Error::TooManyGuesses { minutes })
    }

    /// The session that a browser shows; nothing when there is none, it is over, or its account was ended.
    pub async fn session(&self, secret: &str) -> Result<Option<Session>, Error> {
        let digest = self.desk.sessions.digest(secret.as_bytes());
        let Some(session) = self.vault.db().session(&digest).await? else { return Ok(None) };
        let now = self.clock.now().as_microsecond();
        if now >= session.ends_at || now.saturating_sub(session.seen_at) >= IDLE {
            return Ok(None);
        }
        let account = self.vault.db().staff_by_id(&session.staff).await?;
        let Some(row) = account.filter(|row| row.ended_at.is_none()) else { return Ok(None) };
        let member = self.desk.open(&row)?.member(&row)?;
        if now.saturating_sub(session.seen_at) >= NOTED {
            self.vault.db().session_seen(&digest, now).await?;
        }
        Ok(Some(Session { digest, member }))
    }

    /// Somebody who opens a link to an account.
    pub fn at_a_link(&self, language: Language) -> Caller {
        Caller { actor: Actor::System("setup").into(), ..nobody(language) }
    }

    /// Ends the session.
    pub async fn sign_out(&self, session: &Session, language: Language) -> Result<Done<()>, Error> {
        let step = close_session_step(&session.digest);
        self.record_own(session, language, "staff.signed_out", vec![step]).await
    }

    /// Ends every session of the account, this one included.
    pub async fn sign_out_everywhere(
        &self,
        session: &Session,
        language: Language,
    ) -> Result<Done<()>, Error> {
        let (row, _) = self.account_of(session).await?;
        let step = close_sessions_step(&row.id, None);
        self.record_own(session, language, "staff.signed_out_everywhere", vec![step]).await
    }

    /// The statement that ends every other session of the account.
    pub(super) fn close_others(session: &Session, row: &StaffRow) -> Step {
        close_sessions_step(&row.id, Some(&session.digest))
    }

    /// The account of a session, as it is now.
    pub(super) async fn account_of(&self, session: &Session) -> Result<(StaffRow, Body), Error> {
        let id = super::people::id_from(&session.member.id)?;
        let row = self.vault.db().staff_by_id(&id).await?;
        let row = row.filter(|row| row.ended_at.is_none()).ok_or(Error::NotSignedIn)?;
        let body = self.desk.open(&row)?;
        Ok((row, body))
    }

    /// Records what somebody did about their own account.
    pub(super) async fn record_own(
        &self,
        session: &Session,
        language: Language,
        operation: &'static str,
        steps: Vec<Step>,
    ) -> Result<Done<()>, Error> {
        let view = self.view().await?;
        let caller = session.member.caller(language);
        let entry = Entry::administrative(operation);
        let receipt = self.record_administration(&caller, &view, entry, steps).await?;
        Ok(Done { receipt, outcome: () })
    }
}
