//! How does an account begin, or begin again?
//!
//! By a link that works once and is over soon. It is made for a role, or for an account whose password or device was lost. Opening
//! it changes nothing: previews of links and scanners of letters open them as well. Whoever sends the form chooses a password,
//! proves that the second device knows the new secret, gets codes on paper, and is signed in. The new secret travels through the form sealed
//! to the link, so that nothing is kept of those who only looked.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::subject::ThingId;
use saqta_store::staff::{
    LinkRow, StaffRow, claim_step, close_sessions_step, drop_link_step, insert_link_step, insert_staff_step,
    use_link_step,
};
use saqta_store::writer::Step;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Body, Secrets, StaffFault, codes, id_of, password, people, spelled};
use crate::act::{Caller, Done, Entry, is_taken, store};
use crate::admission::{KeyScope, NewKey, administers, sha256};
use crate::error::Error;
use crate::instance::{App, View};

/// How long a link can be used: over a weekend.
const LIFE: i64 = 72 * 3_600_000_000;

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFor {
    /// Somebody new, in this role.
    Somebody {
        /// The role.
        role: String,
    },
    /// Somebody whose password or device was lost.
    Account {
        /// The account's id.
        id: String,
        /// The name they sign in with.
        sign_in: String,
    },
}

/// A link that was just made.
pub struct NewLink {
    /// What the link carries. It is shown now and never again.
    pub token: String,
    /// Until when it can be used.
    pub ends_at: Timestamp,
}

/// A link that can still be used, without what it carries.
pub struct OpenLink {
    /// What it is called when it is taken back.
    pub id: String,
    /// What it is for.
    pub meant: LinkFor,
    /// Until when it can be used.
    pub ends_at: Timestamp,
}

/// A new secret for a second device, as it is shown.
pub struct Enrolment {
    /// To be typed in.
    pub written: Zeroizing<String>,
    /// To be scanned.
    pub address: Zeroizing<String>,
    /// To come back with the form: the secret, sealed to the link.
    pub kept: String,
}

/// What somebody chose in the form.
pub struct Chosen<'a> {
    /// What documents and colleagues call them.
    pub name: &'a str,
    /// What they sign in with.
    pub sign_in: &'a str,
    /// Their password.
    pub password: &'a str,
    /// The same again.
    pub again: &'a str,
    /// What the second device shows.
    pub code: &'a str,
    /// [`Enrolment::kept`].
    pub kept: &'a str,
}

/// An account that has just begun.
pub struct Joined {
    /// What leaves call it.
    pub id: String,
    /// What it signs in with.
    pub sign_in: String,
    /// Codes for a lost device. They are shown now and never again.
    pub recovery: Vec<String>,
    /// What the browser has to show from now on: whoever has just proven themselves is signed in.
    pub session: String,
}

/// A row that is ready to be kept, and what is told of it.
struct Made {
    row: StaffRow,
    joined: Joined,
    /// The statement that begins the session.
    opened: Step,
}

impl App {
    /// Draws a secret for a second device. The token is what the link carries.
    pub fn begin_enrolment(&self, token: &str, issuer: &str, account: &str) -> Result<Enrolment, Error> {
        let secret = Zeroizing::new(codes::secret()?);
        self.enrolment(token, issuer, account, &secret)
    }

    /// The same secret again, for a form that has to be shown once more.
    pub fn repeat_enrolment(
        &self,
        token: &str,
        issuer: &str,
        account: &str,
        kept: &str,
    ) -> Result<Enrolment, Error> {
        self.enrolment(token, issuer, account, &*self.enrolled(token, kept)?)
    }

    fn enrolment(
        &self,
        token: &str,
        issuer: &str,
        account: &str,
        secret: &[u8; codes::SECRET],
    ) -> Result<Enrolment, Error> {
        let sealed = self.desk.bodies.seal(&sha256(token.as_bytes()), secret).map_err(store)?;
        Ok(Enrolment {
            written: codes::written(secret),
            address: codes::address(secret, issuer, account),
            kept: BASE64URL_NOPAD.encode(&sealed),
        })
    }

    fn enrolled(&self, token: &str, kept: &str) -> Result<Zeroizing<[u8; codes::SECRET]>, Error> {
        // A form that was changed or belongs to another link is no form of ours.
        let sealed = BASE64URL_NOPAD.decode(kept.as_bytes()).map_err(|_| Error::LinkOver)?;
        let opened =
            self.desk.bodies.open(&sha256(token.as_bytes()), &sealed).map_err(|_| Error::LinkOver)?;
        let secret: [u8; codes::SECRET] = opened.as_slice().try_into().map_err(|_| Error::LinkOver)?;
        Ok(Zeroizing::new(secret))
    }

    /// The first account, which is responsible, and the first administrator's key, in one deed. Whoever calls this has checked the
    /// token of the set-up link.
    pub async fn claim(
        &self,
        caller: &Caller,
        token: &str,
        chosen: &Chosen<'_>,
    ) -> Result<Done<(Joined, NewKey)>, Error> {
        if !self.unclaimed().await? {
            return Err(Error::LinkOver);
        }
        let view = self.view().await?;
        let made = self.make(&view, token, chosen, Role::Responsible).await?;
        let scope = KeyScope { administers: true, ..KeyScope::default() };
        let (key, step) = self.draft_key(&view, "first administrator", &scope)?;
        let entries = [
            Entry::administrative("staff.joined").detail(made.joined.id.clone()),
            Entry::administrative("key.created").detail(key.id.clone()),
        ];
        let steps = vec![claim_step(&made.row.id), insert_staff_step(made.row), step, made.opened];
        let receipt = self.record_together(caller, &view, entries, steps).await;
        let receipt = receipt.map_err(|e| if is_taken(&e) { Error::LinkOver } else { e })?;
        Ok(Done { receipt, outcome: (made.joined, key) })
    }

    /// The first administrator's key alone, for an installation that begins without a browser.
    pub async fn claim_key(&self, caller: &Caller) -> Result<Done<NewKey>, Error> {
        if !self.unclaimed().await? {
            return Err(Error::LinkOver);
        }
        let view = self.view().await?;
        let scope = KeyScope { administers: true, ..KeyScope::default() };
        let (key, step) = self.draft_key(&view, "first administrator", &scope)?;
        let entry = Entry::administrative("key.created").detail(key.id.clone());
        let steps = vec![claim_step(&people::id_from(&key.id)?), step];
        let receipt = self.record_administration(caller, &view, entry, steps).await;
        let receipt = receipt.map_err(|e| if is_taken(&e) { Error::LinkOver } else { e })?;
        Ok(Done { receipt, outcome: key })
    }

    /// Makes a link for somebody new.
    pub async fn invite(&self, caller: &Caller, role: Role) -> Result<Done<NewLink>, Error> {
        administers(caller)?;
        let meant = LinkFor::Somebody { role: role.as_str().to_owned() };
        self.make_link(caller, meant, "staff.invited", role.as_str().to_owned()).await
    }

    /// Makes a link for somebody whose password or device was lost; they are named by the account's id.
    pub async fn reset_link(&self, caller: &Caller, id: &str) -> Result<Done<NewLink>, Error> {
        administers(caller)?;
        let row = self.vault.db().staff_by_id(&people::id_from(id)?).await?;
        self.link_for(caller, row).await
    }

    /// The same by the name they sign in with, for whoever stands at the machine.
    pub async fn reset_link_by_name(&self, caller: &Caller, sign_in: &str) -> Result<Done<NewLink>, Error> {
        administers(caller)?;
        let row = self.vault.db().staff_by_sign_in(&self.desk.name_digest(sign_in)).await?;
        self.link_for(caller, row).await
    }

    async fn link_for(&self, caller: &Caller, row: Option<StaffRow>) -> Result<Done<NewLink>, Error> {
        let row = row.filter(|row| row.ended_at.is_none()).ok_or(Error::NotFound)?;
        let (id, sign_in) = (id_of(&row), self.desk.open(&row)?.sign_in.clone());
        let meant = LinkFor::Account { id: id.clone(), sign_in };
        self.make_link(caller, meant, "staff.reset_link_made", id).await
    }

    async fn make_link(
        &self,
        caller: &Caller,
        meant: LinkFor,
        operation: &'static str,
        detail: String,
    ) -> Result<Done<NewLink>, Error> {
        let view = self.view().await?;
        let token = BASE64URL_NOPAD.encode(self.vault.draw_secret()?.as_ref());
        let digest = self.desk.links.digest(token.as_bytes());
        let body = serde_json::to_vec(&meant).map_err(|_| Error::Unreadable)?;
        let ends_at = view.now.as_microsecond().saturating_add(LIFE);
        let row = LinkRow {
            digest,
            body: self.desk.bodies.seal(&digest, &body).map_err(store)?,
            ends_at,
            used_at: None,
        };
        let entry = Entry::administrative(operation).detail(detail);
        let receipt = self.record_administration(caller, &view, entry, vec![insert_link_step(row)]).await?;
        Ok(Done { receipt, outcome: NewLink { token, ends_at: instant(ends_at)? } })
    }

    /// What the link is for that carries this.
    pub async fn open_link(&self, token: &str) -> Result<LinkFor, Error> {
        let digest = self.desk.links.digest(token.as_bytes());
        let row = self.vault.db().staff_link(&digest).await?.ok_or(Error::LinkOver)?;
        if row.used_at.is_some() || self.clock.now().as_microsecond() >= row.ends_at {
            return Err(Error::LinkOver);
        }
        self.meant(&row)
    }

    fn meant(&self, row: &LinkRow) -> Result<LinkFor, Error> {
        let body = self.desk.bodies.open(&row.digest, &row.body).map_err(store)?;
        serde_json::from_slice(&body).map_err(|_| Error::Unreadable)
    }

    /// The links that can still be used.
    pub async fn open_links(&self, caller: &Caller) -> Result<Vec<OpenLink>, Error> {
        administers(caller)?;
        let rows = self.vault.db().staff_links(self.clock.now().as_microsecond()).await?;
        let shown = |row: &LinkRow| {
            let (id, ends_at) = (ThingId::new(link_id(row)).to_string(), instant(row.ends_at)?);
            Ok(OpenLink { id, meant: self.meant(row)?, ends_at })
        };
        rows.iter().map(shown).collect()
    }

    /// Takes a link back that nobody has used.
    pub async fn drop_link(&self, caller: &Caller, id: &str) -> Result<Done<()>, Error> {
        administers(caller)?;
        let view = self.view().await?;
        let wanted = people::id_from(id)?;
        let rows = self.vault.db().staff_links(view.now.as_microsecond()).await?;
        let row = rows.iter().find(|row| link_id(row) == wanted).ok_or(Error::NotFound)?;
        let entry = Entry::administrative("staff.link_dropped");
        let step = drop_link_step(&row.digest);
        let receipt = self.record_administration(caller, &view, entry, vec![step]).await?;
        Ok(Done { receipt, outcome: () })
    }

    /// Begins the account that the link is for, or begins it again.
    pub async fn join(
        &self,
        caller: &Caller,
        token: &str,
        chosen: &Chosen<'_>,
    ) -> Result<Done<Joined>, Error> {
        let meant = self.open_link(token).await?;
        let view = self.view().await?;
        let used = use_link_step(&self.desk.links.digest(token.as_bytes()), view.now.as_microsecond());
        let (operation, joined, role, undertaking, steps) = match meant {
            LinkFor::Somebody { role } => {
                let role = Role::from_word(&role).ok_or(Error::Unreadable)?;
                let Made { row, joined, opened } = self.make(&view, token, chosen, role).await?;
                ("staff.joined", joined, role, false, vec![used, insert_staff_step(row), opened])
            }
            LinkFor::Account { id, .. } => {
                let row = self.vault.db().staff_by_id(&people::id_from(&id)?).await?;
                let row = row.filter(|row| row.ended_at.is_none()).ok_or(Error::LinkOver)?;
                let mut body = self.desk.open(&row)?;
                let names = [body.name.clone(), body.sign_in.clone()];
                let (secrets, recovery, step) = self.secrets(token, chosen, [&names[0], &names[1]]).await?;
                body.secrets = Some(secrets);
                let change = row.change_step(step.max(row.totp_step), self.desk.seal(&row, &body)?);
                let (role, undertaking) = (body.role()?, body.undertaking.is_some());
                let (session, opened) = self.begin_session(&view, &row)?;
                let joined = Joined { id, sign_in: body.sign_in.clone(), recovery, session };
                let steps = vec![used, change, close_sessions_step(&row.id, None), opened];
                ("staff.reset", joined, role, undertaking, steps)
            }
        };
        let actor = Actor::Staff { id: joined.id.clone(), role, undertaking };
        let caller = Caller { actor: actor.into(), ..caller.clone() };
        let receipt = self.joined(&caller, &view, Entry::administrative(operation), steps).await?;
        Ok(Done { receipt, outcome: joined })
    }

    async fn joined(
        &self,
        caller: &Caller,
        view: &View,
        entry: Entry,
        steps: Vec<Step>,
    ) -> Result<crate::act::Receipt, Error> {
        match self.record_administration(caller, view, entry, steps).await {
            // Somebody took the name since it was looked at.
            Err(error) if is_taken(&error) => Err(Error::Staff(StaffFault::SignInTaken)),
            // Somebody used the link meanwhile.
            Err(error) if crate::act::is_stale(&error) => Err(Error::LinkOver),
            recorded => recorded,
        }
    }

    async fn make(&self, view: &View, token: &str, chosen: &Chosen<'_>, role: Role) -> Result<Made, Error> {
        let (name, sign_in) = (chosen.name.trim(), spelled(chosen.sign_in));
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Error::Staff(StaffFault::NameMissing));
        }
        let odd = |c: char| c.is_whitespace() || c.is_control();
        if sign_in.is_empty() || sign_in.chars().count() > 100 || sign_in.chars().any(odd) {
            return Err(Error::Staff(StaffFault::SignInMalformed));
        }
        let digest = self.desk.name_digest(&sign_in);
        if self.vault.db().staff_by_sign_in(&digest).await?.is_some() {
            return Err(Error::Staff(StaffFault::SignInTaken));
        }
        let (secrets, recovery, totp_step) = self.secrets(token, chosen, [name, &sign_in]).await?;
        let body = Body {
            name: name.to_owned(),
            sign_in: sign_in.clone(),
            role: role.as_str().to_owned(),
            undertaking: None,
            secrets: Some(secrets),
        };
        let mut row = StaffRow {
            sign_in: digest,
            id: self.vault.draw_id()?,
            version: 1,
            totp_step,
            body: Vec::new(),
            created_at: view.now.as_microsecond(),
            ended_at: None,
        };
        row.body = self.desk.seal(&row, &body)?;
        let (session, opened) = self.begin_session(view, &row)?;
        let joined = Joined { id: id_of(&row), sign_in, recovery, session };
        Ok(Made { row, joined, opened })
    }

    /// The secrets that somebody chose, their codes on paper, and the step of the code by which they showed that the device works.
    async fn secrets(
        &self,
        token: &str,
        chosen: &Chosen<'_>,
        names: [&str; 2],
    ) -> Result<(Secrets, Vec<String>, i64), Error> {
        let secret = self.enrolled(token, chosen.kept)?;
        if let Some(fault) = password::fault(chosen.password, chosen.again, names) {
            return Err(Error::Staff(fault));
        }
        let step = codes::step_of(&secret, chosen.code, self.devices.now().as_second());
        let step = step.ok_or(Error::Staff(StaffFault::CodeWrong))?;
        let password = password::keep(&self.desk.hashing, chosen.password, self.vault.draw_id()?).await?;
        let (recovery, digests) = codes::papers(&self.desk.recovery)?;
        Ok((Secrets { password, totp: *secret, recovery: digests }, recovery, step))
    }
}

fn link_id(row: &LinkRow) -> [u8; 16] {
    row.digest.first_chunk::<16>().copied().unwrap_or_default()
}

fn instant(microseconds: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(microseconds).map_err(|_| Error::Unreadable)
}
