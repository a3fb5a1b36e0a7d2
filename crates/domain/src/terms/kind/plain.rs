//! How does a personal value travel through the program without leaving a trace?

use zeroize::Zeroizing;

use crate::rules::Permit;

/// A personal value in memory: wiped when dropped, and without `Debug`, `Display` or `Serialize`, so that it gets into no
/// log and no error. Handing it out takes a permit.
#[derive(Clone)]
pub struct Plain(Zeroizing<String>);

impl Plain {
    pub(super) fn new(value: String) -> Self {
        Self(Zeroizing::new(value))
    }

    /// A value that was sealed in its normal form and has just been opened.
    pub fn from_sealed(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(std::str::from_utf8(bytes).ok()?.to_owned())))
    }

    /// The value, for a deed that was permitted.
    pub fn reveal<Op>(&self, _permit: &Permit<Op>) -> &str {
        &self.0
    }

    /// The bytes to be sealed or turned into a keyed digest; never to be sent or logged.
    pub fn to_be_sealed(&self) -> &[u8] {
        self.0.as_bytes()
    }

    #[cfg(test)]
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}
