//! What is a key in memory, and what is derived from it?

use std::fmt;

use aws_lc_rs::{hkdf, hmac};
use zeroize::Zeroizing;

use crate::cipher::Context;
use crate::error::Error;
use crate::random;

pub(crate) const SECRET: usize = 32;

/// Separates everything derived here from whatever else might be derived from the same bytes.
const SALT: &[u8] = b"saqta-root-key-1";

/// Key bytes, wiped when dropped. They lie on the heap, so that moving the key leaves no copy behind.
pub(crate) struct Secret(Box<Zeroizing<[u8; SECRET]>>);

impl Secret {
    pub(crate) fn random() -> Result<Self, Error> {
        let mut secret = Self::empty();
        random::fill(secret.0.as_mut_slice())?;
        Ok(secret)
    }

    pub(crate) fn copied(bytes: &[u8; SECRET]) -> Self {
        let mut secret = Self::empty();
        secret.0.copy_from_slice(bytes);
        secret
    }

    pub(crate) fn bytes(&self) -> &[u8; SECRET] {
        &self.0
    }

    /// A key for one use only, from which neither this key nor that of another use can be found (HKDF-SHA256).
    pub(crate) fn derive(&self, label: &[&str]) -> Result<Self, Error> {
        let label: Vec<&[u8]> = label.iter().map(|part| part.as_bytes()).collect();
        let mut derived = Self::empty();
        hkdf::Salt::new(hkdf::HKDF_SHA256, SALT)
            .extract(self.bytes())
            .expand(&label, hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(derived.0.as_mut_slice()))
            .map_err(|_| Error::Refused)?;
        Ok(derived)
    }

    /// HMAC-SHA256 over the labelled context, cut to its first `N` bytes.
    pub(crate) fn digest<const N: usize>(&self, context: &Context) -> [u8; N] {
        const { assert!(N <= 32, "a digest has 32 bytes") };
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, self.bytes()), context.bytes());
        let mut digest = [0; N];
        for (cut, full) in digest.iter_mut().zip(tag.as_ref()) {
            *cut = *full;
        }
        digest
    }

    fn empty() -> Self {
        Self(Box::new(Zeroizing::new([0; SECRET])))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
