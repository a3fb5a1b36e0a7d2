//! How does the first administrator get in?
//!
//! The server shows a token once, when it starts and nobody has an account or a key. Within half an hour it makes the first
//! account together with the first key, or for a program the first key alone. Only its SHA-256
//! is held in memory; a restart makes a new one.

use std::sync::atomic::{AtomicBool, Ordering};

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use saqta_app::act::{Caller, Channel, Done};
use saqta_app::admission::{NewKey, sha256};
use saqta_app::error::Error;
use saqta_app::instance::App;
use saqta_app::staff::links::{Chosen, Joined};
use saqta_domain::terms::names::Language;

const LIFE: SignedDuration = SignedDuration::from_mins(30);

/// A token that can be used once.
pub struct SetupToken {
    digest: [u8; 32],
    until: Timestamp,
    spent: AtomicBool,
}

impl SetupToken {
    /// Draws a token; gives the text that is shown, and what is kept of it.
    pub fn issue(app: &App) -> Result<(String, Self), Error> {
        let drawn = app.vault().draw_secret()?;
        let secret = BASE64URL_NOPAD.encode(drawn.as_ref());
        let token = Self::new(&secret, app.now());
        Ok((secret, token))
    }

    /// The state of a token that was drawn at an instant.
    pub fn new(secret: &str, now: Timestamp) -> Self {
        let until = now.saturating_add(LIFE).unwrap_or(now);
        Self { digest: sha256(secret.as_bytes()), until, spent: AtomicBool::new(false) }
    }

    /// Whether this is the token, and it is neither spent nor too old. What is compared are digests, so that the time it takes
    /// says nothing about the token.
    pub(crate) fn opens(&self, app: &App, secret: &str) -> bool {
        let right = sha256(secret.as_bytes()) == self.digest;
        right && app.now() <= self.until && !self.spent.load(Ordering::SeqCst)
    }

    /// Makes the first administrator's key, for a program; nothing when the token does not open.
    pub(crate) async fn claim(
        &self,
        app: &App,
        secret: &str,
        language: Language,
    ) -> Result<Option<NewKey>, Error> {
        let caller = Caller { channel: Channel::Api, ..app.at_a_link(language) };
        match self.once(app, secret, app.claim_key(&caller)).await {
            Ok(done) => Ok(Some(done.outcome)),
            Err(Error::LinkOver) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes the first account, which is responsible, and the first administrator's key.
    pub(crate) async fn claim_account(
        &self,
        app: &App,
        secret: &str,
        caller: &Caller,
        chosen: &Chosen<'_>,
    ) -> Result<(Joined, NewKey), Error> {
        Ok(self.once(app, secret, app.claim(caller, secret, chosen)).await?.outcome)
    }

    async fn once<T>(
        &self,
        app: &App,
        secret: &str,
        claim: impl Future<Output = Result<Done<T>, Error>>,
    ) -> Result<Done<T>, Error> {
        if !self.opens(app, secret) || self.spent.swap(true, Ordering::SeqCst) {
            return Err(Error::LinkOver);
        }
        let claimed = claim.await;
        if claimed.is_err() {
            // Nothing came of it, so the token is not used up.
            self.spent.store(false, Ordering::SeqCst);
        }
        claimed
    }
}
