//! What can an installation set about its HTTP side?

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use crate::setup_token::SetupToken;

/// What the server is told by its configuration.
#[derive(Clone)]
pub struct Settings {
    /// Under which address people reach it, such as `https://privacy.shop.example`.
    pub public_url: String,
    /// The largest document that is taken in; the policy may set less for an attribute.
    pub max_document_bytes: usize,
    /// How long an answer may take.
    pub request_timeout: Duration,
    /// How often one key, or one address without a key, may ask in a second.
    pub requests_per_second: NonZeroU32,
    /// The one-time token that makes the first key, as long as nobody has one.
    pub setup: Option<Arc<SetupToken>>,
    /// How long the answer to a form by which somebody asks takes at least: longer than anything it does.
    pub filing_takes: Duration,
    /// Whether pages say that everything here is invented.
    pub demo: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".to_owned(),
            max_document_bytes: 20 * 1024 * 1024,
            request_timeout: Duration::from_secs(30),
            requests_per_second: NonZeroU32::MIN.saturating_add(99),
            setup: None,
            filing_takes: Duration::from_millis(700),
            demo: false,
        }
    }
}
