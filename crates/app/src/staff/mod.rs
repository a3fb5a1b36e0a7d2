//! Who of the operator's staff may sign in, and what is known of them (clauses 7.1, 10)?
//!
//! An account is found by a keyed digest of the name somebody signs in with; what is known of them lies sealed to that digest and
//! to the account's id, so that whoever can write to the database can neither add an account that opens nor give one another
//! role. In leaves stands the id alone. There is no default password: an account begins with a link that works once.

pub mod codes;
pub mod links;
pub mod own;
pub mod password;
pub mod people;
pub mod sign_in;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::Language;
use saqta_domain::terms::subject::ThingId;
use saqta_seal::custody::Custody;
use saqta_seal::index::{IndexKey, InstanceKey};
use saqta_store::staff::StaffRow;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::act::{Caller, Channel, store};
use crate::error::Error;
use crate::instance::App;

/// How many passwords are looked at side by side: each takes nineteen megabytes while it lasts.
const SIDE_BY_SIDE: usize = 4;

/// What is wrong with what somebody wants of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffFault {
    /// There is no full name, or it is too long.
    #[error("the full name is missing or too long")]
    NameMissing,
    /// The name to sign in with is missing, too long, or has blanks in it.
    #[error("the sign-in name is malformed")]
    SignInMalformed,
    /// Somebody else signs in with that name.
    #[error("the sign-in name is taken")]
    SignInTaken,
    /// The password is too short.
    #[error("the password is too short")]
    PasswordShort,
    /// The password is too long.
    #[error("the password is too long")]
    PasswordLong,
    /// The password is the name.
    #[error("the password is the name")]
    PasswordIsName,
    /// The two passwords differ.
    #[error("the two passwords differ")]
    PasswordsDiffer,
    /// The present password or code is not right.
    #[error("the present password or code is wrong")]
    NotProven,
    /// The code of the new secret is not right.
    #[error("the code does not belong to the new secret")]
    CodeWrong,
    /// Without this person nobody would be responsible.
    #[error("nobody responsible would be left")]
    LastResponsible,
}

impl StaffFault {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::NameMissing,
        Self::SignInMalformed,
        Self::SignInTaken,
        Self::PasswordShort,
        Self::PasswordLong,
        Self::PasswordIsName,
        Self::PasswordsDiffer,
        Self::NotProven,
        Self::CodeWrong,
        Self::LastResponsible,
    ];

    /// A stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::SignInMalformed => "sign_in_malformed",
            Self::SignInTaken => "sign_in_taken",
            Self::PasswordShort => "password_short",
            Self::PasswordLong => "password_long",
            Self::PasswordIsName => "password_is_name",
            Self::PasswordsDiffer => "passwords_differ",
            Self::NotProven => "not_proven",
            Self::CodeWrong => "code_wrong",
            Self::LastResponsible => "last_responsible",
        }
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Member {
    /// What leaves call them.
    pub id: String,
    /// What documents and colleagues call them.
    pub name: String,
    /// What they sign in with.
    pub sign_in: String,
    /// What they answer for.
    pub role: Role,
    /// Whether they accepted the confidentiality undertaking.
    pub undertaking: bool,
    /// How many recovery codes they have left.
    pub recovery_left: usize,
}

impl Member {
    /// They, asking for something in a language.
    pub fn caller(&self, language: Language) -> Caller {
        let actor =
            Actor::Staff { id: self.id.clone(), role: self.role, undertaking: self.undertaking }.into();
        Caller { actor, channel: Channel::Console, language, idempotency: None, ahead: Default::default() }
    }
}

/// What is known of an account; kept sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Body {
    name: String,
    sign_in: String,
    role: String,
    /// When they accepted the confidentiality undertaking, in microseconds.
    undertaking: Option<i64>,
    /// Nothing, once the account was ended.
    secrets: Option<Secrets>,
}

/// What somebody proves that they are themselves with.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secrets {
    password: password::Kept,
    totp: [u8; codes::SECRET],
    /// Digests of the codes that were not used yet.
    recovery: Vec<[u8; 32]>,
}

impl Body {
    fn role(&self) -> Result<Role, Error> {
        Role::from_word(&self.role).ok_or(Error::Unreadable)
    }

    fn member(&self, row: &StaffRow) -> Result<Member, Error> {
        Ok(Member {
            id: id_of(row),
            name: self.name.clone(),
            sign_in: self.sign_in.clone(),
            role: self.role()?,
            undertaking: self.undertaking.is_some(),
            recovery_left: self.secrets.as_ref().map_or(0, |s| s.recovery.len()),
        })
    }
}

/// What the accounts of staff need at hand.
pub(crate) struct Desk {
    names: IndexKey,
    sessions: IndexKey,
    links: IndexKey,
    guesses: IndexKey,
    recovery: IndexKey,
    forms: IndexKey,
    bodies: InstanceKey,
    hashing: Arc<Semaphore>,
    /// What is looked at where there is no account, so that the same is done for a name that nobody has.
    decoy: (StaffRow, Secrets),
}

impl Desk {
    pub(crate) fn new(custody: &Custody) -> Result<Self, Error> {
        let index = |what: &str| IndexKey::derive(custody, "staff", what).map_err(store);
        let bodies = custody.derive_instance("staff").map_err(store)?;
        let draw = || saqta_seal::random::id().map_err(store);
        let secrets = Secrets {
            password: password::Kept::decoy(draw()?),
            totp: codes::secret()?,
            recovery: vec![[0; 32]; codes::RECOVERY],
        };
        let body = Body {
            name: "nobody".repeat(4),
            sign_in: "nobody@shop.example".to_owned(),
            role: Role::Clerk.as_str().to_owned(),
            undertaking: Some(0),
            secrets: Some(secrets.clone()),
        };
        let mut row = StaffRow {
            sign_in: [0; 32],
            id: draw()?,
            version: 1,
            totp_step: i64::MAX,
            body: Vec::new(),
            created_at: 0,
            ended_at: None,
        };
        row.body = sealed(&bodies, &row.sign_in, &row.id, &body)?;
        Ok(Self {
            names: index("sign-in")?,
            sessions: index("session")?,
            links: index("link")?,
            guesses: index("guess")?,
            recovery: index("recovery")?,
            forms: index("form")?,
            bodies,
            hashing: Arc::new(Semaphore::new(SIDE_BY_SIDE)),
            decoy: (row, secrets),
        })
    }

    fn open(&self, row: &StaffRow) -> Result<Body, Error> {
        let place = place(&row.sign_in, &row.id);
        let bytes = self.bodies.open(&place, &row.body).map_err(store)?;
        serde_json::from_slice(&bytes).map_err(|_| Error::Unreadable)
    }

    fn seal(&self, row: &StaffRow, body: &Body) -> Result<Vec<u8>, Error> {
        sealed(&self.bodies, &row.sign_in, &row.id, body)
    }

    fn name_digest(&self, sign_in: &str) -> [u8; 32] {
        self.names.digest(spelled(sign_in).as_bytes())
    }
}

impl App {
    /// The token without which a form of this browser is not taken. The secret is what the browser shows in its cookie.
    pub fn form_token(&self, secret: &str) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.desk.forms.digest(secret.as_bytes()))
    }

    /// Whether a form came from a page that was given to this browser. What is compared are digests, so that the time it takes
    /// says nothing about the token.
    pub fn is_form_token(&self, secret: &str, token: &str) -> bool {
        let digest = |text: &str| crate::admission::sha256(text.as_bytes());
        digest(&self.form_token(secret)) == digest(token)
    }

    /// What documents call the member of staff of an account.
    pub(crate) fn name_of_staff(&self, row: &StaffRow) -> Result<String, Error> {
        Ok(self.desk.open(row)?.name.clone())
    }

    /// Draws what a browser shows in a cookie.
    pub fn draw_cookie(&self) -> Result<String, Error> {
        Ok(data_encoding::BASE64URL_NOPAD.encode(self.vault.draw_secret()?.as_ref()))
    }
}

fn sealed(key: &InstanceKey, sign_in: &[u8; 32], id: &[u8; 16], body: &Body) -> Result<Vec<u8>, Error> {
    let bytes = Zeroizing::new(serde_json::to_vec(body).map_err(|_| Error::Unreadable)?);
    key.seal(&place(sign_in, id), &bytes).map_err(store)
}

fn place(sign_in: &[u8; 32], id: &[u8; 16]) -> Vec<u8> {
    [sign_in.as_slice(), id.as_slice()].concat()
}

/// The role of a word.
pub fn role(word: &str) -> Option<Role> {
    Role::from_word(word)
}

/// A password that nobody chose.
pub(crate) fn password_drawn() -> Result<String, Error> {
    codes::drawn()
}

/// One spelling for each name: people do not remember whether they began with a capital.
fn spelled(sign_in: &str) -> String {
    sign_in.trim().to_lowercase()
}

pub(crate) fn id_of(row: &StaffRow) -> String {
    ThingId::new(row.id).to_string()
}
