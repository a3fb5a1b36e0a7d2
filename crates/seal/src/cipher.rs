//! How is one piece of plaintext sealed, and what is it tied to?

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::{self, NONCE};
use crate::secret::Secret;

/// The byte that every sealed form begins with: AES-256-GCM-SIV with a 12-byte nonce and a 16-byte tag.
pub(crate) const ALGORITHM: u8 = 1;

pub(crate) const TAG: usize = 16;

/// What sealed bytes are tied to: a label of their kind and then each fact, every part led by its length in
/// eight bytes, so that no two different lists of parts give the same bytes.
#[derive(Clone)]
pub(crate) struct Context(Vec<u8>);

impl Context {
    pub(crate) fn new(label: &str) -> Self {
        Self(Vec::with_capacity(192)).with(label.as_bytes())
    }

    pub(crate) fn with(mut self, part: &[u8]) -> Self {
        self.0.extend_from_slice(&(part.len() as u64).to_be_bytes());
        self.0.extend_from_slice(part);
        self
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A key made ready for the cipher. The library wipes its memory when it is freed.
pub(crate) struct Cipher(LessSafeKey);

impl Cipher {
    pub(crate) fn new(key: &Secret) -> Result<Self, Error> {
        let key = UnboundKey::new(&AES_256_GCM_SIV, key.bytes()).map_err(|_| Error::Refused)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// `header` ‖ nonce ‖ ciphertext ‖ tag. What the header says has to be part of the context as well.
    pub(crate) fn seal(&self, header: &[u8], context: &Context, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        self.seal_under(random::nonce()?, header, context, plaintext)
    }

    /// Seals with a nonce of the caller's choice: exists in tests alone, for stored vectors.
    #[cfg(test)]
    pub(crate) fn seal_with(
        &self,
        nonce: [u8; NONCE],
        header: &[u8],
        context: &Context,
        plaintext: &[u8],
    ) -> Result<Vec<u8>, Error> {
        self.seal_under(nonce, header, context, plaintext)
    }

    fn seal_under(
        &self,
        nonce: [u8; NONCE],
        header: &[u8],
        context: &Context,
        plaintext: &[u8],
    ) -> Result<Vec<u8>, Error> {
        // The room is taken at once: a growing vector would leave plaintext behind where it lay before.
        let mut sealed = Vec::with_capacity(header.len() + NONCE + plaintext.len() + TAG);
        sealed.extend_from_slice(header);
        sealed.extend_from_slice(&nonce);
        let start = sealed.len();
        sealed.extend_from_slice(plaintext);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(context.bytes()),
                sealed.get_mut(start..).unwrap_or_default(),
            )
            .map_err(|_| Error::Refused)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what followed the header.
    pub(crate) fn open(&self, context: &Context, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(Error::Truncated)?;
        let (ciphertext, tag) = sealed.split_last_chunk::<TAG>().ok_or(Error::Truncated)?;
        let mut plaintext = Zeroizing::new(vec![0; ciphertext.len()]);
        self.0
            .open_separate_gather(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(context.bytes()),
                ciphertext,
                tag,
                &mut plaintext,
            )
            .map_err(|_| Error::NotAuthentic)?;
        Ok(plaintext)
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cipher(..)")
    }
}

/// Takes the algorithm byte off the front and refuses any that is not ours.
pub(crate) fn after_algorithm(sealed: &[u8]) -> Result<&[u8], Error> {
    let (algorithm, rest) = sealed.split_first().ok_or(Error::Truncated)?;
    if *algorithm != ALGORITHM {
        return Err(Error::UnknownAlgorithm { found: *algorithm });
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_of_different_parts_never_agree() {
        let parts: [&[&[u8]]; 6] =
            [&[b"ab", b"c"], &[b"a", b"bc"], &[b"abc"], &[b"abc", b""], &[b"", b"abc"], &[b"a", b"b", b"c"]];
        let built: std::collections::BTreeSet<Vec<u8>> = parts
            .iter()
            .map(|parts| parts.iter().fold(Context::new("x"), |context, part| context.with(part)).0)
            .collect();
        assert_eq!(built.len(), parts.len());
    }
}
