//! How does a demonstration get an account that a stranger can sign in with?

use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::Language;

use super::at_the_machine;
use crate::error::Error;
use crate::instance::App;
use crate::staff::links::Chosen;
use crate::staff::{codes, password_drawn};

/// What somebody signs in with who was given an account.
pub struct Seated {
    /// What leaves call the account.
    pub id: String,
    /// The name to sign in with.
    pub sign_in: String,
    /// The password.
    pub password: String,
    /// The key for an authenticator program, to be typed in.
    pub key: String,
    /// Codes that each work once, for whoever has no such program.
    pub recovery: Vec<String>,
}

impl App {
    /// Makes an account for a person that is invented, by an invitation as for anybody else. The password is drawn.
    pub async fn seat(&self, name: &str, sign_in: &str, issuer: &str) -> Result<Seated, Error> {
        let token = self.invite(&at_the_machine(), Role::Responsible).await?.outcome.token;
        let enrolment = self.begin_enrolment(&token, issuer, sign_in)?;
        let password = password_drawn()?;
        let code = codes::shown_by(&enrolment.written, self.devices.now().as_second())?;
        let chosen = Chosen {
            name,
            sign_in,
            password: &password,
            again: &password,
            code: &code,
            kept: &enrolment.kept,
        };
        let joined = self.join(&self.at_a_link(Language::English), &token, &chosen).await?.outcome;
        let key = enrolment.written.to_string();
        Ok(Seated { id: joined.id, sign_in: joined.sign_in, password, key, recovery: joined.recovery })
    }
}
