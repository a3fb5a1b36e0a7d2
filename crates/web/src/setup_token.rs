//! How does the first administrator get in?
//!
//! The server shows a token once, when it starts and nobody has a key. It makes one key, within half an hour. Only its SHA-256
//! is held in memory; a restart makes a new one.

use std::sync::atomic::{AtomicBool, Ordering};

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use saqta_app::act::{Caller, Channel};
use saqta_app::admission::{KeyScope, NewKey, sha256};
use saqta_app::error::Error;
use saqta_app::instance::App;
use saqta_domain::terms::actor::Actor;
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

    /// Makes the first administrator's key; nothing when the token is wrong, spent or too old, or somebody has a key already.
    pub(crate) async fn claim(
        &self,
        app: &App,
        secret: &str,
        language: Language,
    ) -> Result<Option<NewKey>, Error> {
        // What is compared are digests, so that the time it takes says nothing about the token.
        if sha256(secret.as_bytes()) != self.digest || app.now() > self.until || !app.unclaimed().await? {
            return Ok(None);
        }
        if self.spent.swap(true, Ordering::SeqCst) {
            return Ok(None);
        }
        let caller = Caller {
            actor: Actor::System("setup").into(),
            channel: Channel::Api,
            language,
            idempotency: None,
            ahead: Default::default(),
        };
        let scope = KeyScope { administers: true, ..KeyScope::default() };
        match app.create_key(&caller, "first administrator", &scope).await {
            Ok(done) => Ok(Some(done.outcome)),
            Err(error) => {
                // No key came of it, so the token is not used up.
                self.spent.store(false, Ordering::SeqCst);
                Err(error)
            }
        }
    }
}
