//! Which accounts are there, who changes their role, and who ends them?

use jiff::Timestamp;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::subject::ThingId;
use saqta_store::staff::{StaffRow, close_sessions_step};
use serde::Serialize;

use super::{Body, StaffFault, id_of};
use crate::act::{Caller, Done, Entry, settle};
use crate::admission::administers;
use crate::error::Error;
use crate::instance::App;

/// An account as those who answer for it see it.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// What leaves call it.
    pub id: String,
    /// What documents and colleagues call them.
    pub name: String,
    /// What they sign in with.
    pub sign_in: String,
    /// `clerk` or `responsible`.
    pub role: String,
    /// When they accepted the confidentiality undertaking.
    pub undertaking: Option<String>,
    /// Since when the account is ended.
    pub ended: Option<String>,
}

impl App {
    /// Every account that ever was, the oldest first.
    pub async fn people(&self, caller: &Caller) -> Result<Vec<Person>, Error> {
        administers(caller)?;
        let rows = self.vault.db().staff().await?;
        let shown = |row: &StaffRow| {
            let body = self.desk.open(row)?;
            Ok(Person {
                id: id_of(row),
                name: body.name.clone(),
                sign_in: body.sign_in.clone(),
                role: body.role.clone(),
                undertaking: body.undertaking.and_then(instant),
                ended: row.ended_at.and_then(instant),
            })
        };
        rows.iter().map(shown).collect()
    }

    /// Gives somebody another role. Their sessions go on under it.
    pub async fn change_role(&self, caller: &Caller, id: &str, role: Role) -> Result<Done<()>, Error> {
        administers(caller)?;
        settle!(self.change_role_once(caller, id, role))
    }

    async fn change_role_once(&self, caller: &Caller, id: &str, role: Role) -> Result<Done<()>, Error> {
        let view = self.view().await?;
        let (row, mut body) = self.account(id).await?;
        let mut steps = Vec::new();
        if role != Role::Responsible && body.role()? == Role::Responsible {
            steps.push(self.another_responsible(&row).await?.unchanged_step());
        }
        body.role = role.as_str().to_owned();
        steps.push(row.change_step(row.totp_step, self.desk.seal(&row, &body)?));
        let entry = Entry::administrative("staff.role_changed").detail(format!("{id} {}", role.as_str()));
        let receipt = self.record_administration(caller, &view, entry, steps).await?;
        Ok(Done { receipt, outcome: () })
    }

    /// Ends an account at once, with its sessions. What it proved itself with is gone; its name stays, so that the ledger can be
    /// read.
    pub async fn end_account(&self, caller: &Caller, id: &str) -> Result<Done<()>, Error> {
        administers(caller)?;
        settle!(self.end_account_once(caller, id))
    }

    async fn end_account_once(&self, caller: &Caller, id: &str) -> Result<Done<()>, Error> {
        let view = self.view().await?;
        let (row, mut body) = self.account(id).await?;
        let mut steps = Vec::new();
        if body.role()? == Role::Responsible {
            steps.push(self.another_responsible(&row).await?.unchanged_step());
        }
        body.secrets = None;
        let sealed = self.desk.seal(&row, &body)?;
        steps.push(row.end_step(sealed, view.now.as_microsecond()));
        steps.push(close_sessions_step(&row.id, None));
        let entry = Entry::administrative("staff.ended").detail(id.to_owned());
        let receipt = self.record_administration(caller, &view, entry, steps).await?;
        Ok(Done { receipt, outcome: () })
    }

    async fn account(&self, id: &str) -> Result<(StaffRow, Body), Error> {
        let row = self.vault.db().staff_by_id(&id_from(id)?).await?;
        let row = row.filter(|row| row.ended_at.is_none()).ok_or(Error::NotFound)?;
        let body = self.desk.open(&row)?;
        Ok((row, body))
    }

    /// Somebody else who is responsible, and has to be so still when this deed is done.
    async fn another_responsible(&self, but: &StaffRow) -> Result<StaffRow, Error> {
        for row in self.vault.db().staff().await? {
            if row.id != but.id
                && row.ended_at.is_none()
                && self.desk.open(&row)?.role()? == Role::Responsible
            {
                return Ok(row);
            }
        }
        Err(Error::Staff(StaffFault::LastResponsible))
    }
}

/// The bytes of an id that somebody named.
pub(super) fn id_from(id: &str) -> Result<[u8; 16], Error> {
    ThingId::from_hex(id).map(|id| *id.bytes()).ok_or(Error::NotFound)
}

fn instant(microseconds: i64) -> Option<String> {
    Timestamp::from_microsecond(microseconds).ok().map(|at| at.to_string())
}
