//! What does somebody change about their own account?

use saqta_domain::terms::names::Language;

use super::sign_in::Session;
use super::{StaffFault, codes, password};
use crate::act::{Entry, is_stale};
use crate::error::Error;
use crate::instance::App;

/// What somebody shows again before they change what they prove themselves with.
pub struct Again<'a> {
    /// The password they have now.
    pub password: &'a str,
    /// The code of the second device, or one on paper.
    pub code: &'a str,
    /// From where, as far as it is known.
    pub from: &'a str,
}

impl App {
    /// They accept the confidentiality undertaking (clause 10); whoever has accepted it before, has.
    pub async fn accept_undertaking(&self, session: &Session, language: Language) -> Result<(), Error> {
        let (row, mut body) = self.account_of(session).await?;
        if body.undertaking.is_some() {
            return Ok(());
        }
        body.undertaking = Some(self.clock.now().as_microsecond());
        let step = row.change_step(row.totp_step, self.desk.seal(&row, &body)?);
        self.record_own(session, language, "staff.undertaking_accepted", vec![step]).await.map(drop)
    }

    /// Takes another password, and ends every other session.
    pub async fn change_password(
        &self,
        session: &Session,
        shown: &Again<'_>,
        (password, again): (&str, &str),
        language: Language,
    ) -> Result<(), Error> {
        let member = &session.member;
        if let Some(fault) = password::fault(password, again, [&member.name, &member.sign_in]) {
            return Err(Error::Staff(fault));
        }
        let salt = self.vault.draw_id()?;
        let kept = password::keep(&self.desk.hashing, password, salt).await?;
        self.change_secrets(session, shown, "staff.password_changed", language, |secrets| {
            secrets.password = kept;
        })
        .await
    }

    /// Gives new codes on paper; those from before count no more.
    pub async fn renew_recovery(
        &self,
        session: &Session,
        shown: &Again<'_>,
        language: Language,
    ) -> Result<Vec<String>, Error> {
        let (papers, digests) = codes::papers(&self.desk.recovery)?;
        self.change_secrets(session, shown, "staff.recovery_renewed", language, |secrets| {
            secrets.recovery = digests;
        })
        .await?;
        Ok(papers)
    }

    async fn change_secrets(
        &self,
        session: &Session,
        shown: &Again<'_>,
        operation: &'static str,
        language: Language,
        change: impl FnOnce(&mut super::Secrets),
    ) -> Result<(), Error> {
        let view = self.view().await?;
        let (row, mut body) = self.account_of(session).await?;
        self.count_guess(&view, &row.sign_in, shown.from).await?;
        let secrets = body.secrets.as_ref().ok_or(Error::NotSignedIn)?;
        let right = password::is_right(&self.desk.hashing, shown.password, &secrets.password).await?;
        let seconds = self.devices.now().as_second();
        let proof = codes::prove(secrets, &self.desk.recovery, shown.code, seconds, row.totp_step);
        let caller = session.member.caller(language);
        let Some(proof) = proof.filter(|_| right) else {
            let entry = Entry::administrative("staff.sign_in_failed").detail(session.member.id.clone());
            self.record_administration(&caller, &view, entry, Vec::new()).await?;
            return Err(Error::Staff(StaffFault::NotProven));
        };
        let mut used = row.totp_step;
        if let Some(secrets) = &mut body.secrets {
            match proof {
                codes::Proof::Step(step) => used = step,
                codes::Proof::Paper(digest) => secrets.recovery.retain(|kept| *kept != digest),
            }
            change(secrets);
        }
        let steps =
            vec![row.change_step(used, self.desk.seal(&row, &body)?), Self::close_others(session, &row)];
        match self.record_administration(&caller, &view, Entry::administrative(operation), steps).await {
            Err(error) if is_stale(&error) => Err(Error::Staff(StaffFault::NotProven)),
            recorded => recorded.map(drop),
        }
    }
}
