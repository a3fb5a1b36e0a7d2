//! Which keys does one person have in one compartment?

use zeroize::Zeroizing;

use crate::cipher::{Cipher, Context};
use crate::error::Error;
use crate::random;
use crate::secret::{SECRET, Secret};

/// Bytes in the name of a data key.
pub const KEY_ID: usize = 8;

/// What is wrapped as one for each person and compartment: destroying it ends values and tags together.
///
/// There is no `Clone`: a cache that shares keys holds them in an `Arc`, so that each has one place to be wiped.
#[derive(Debug)]
pub struct SubjectKeys {
    /// Seals the values.
    pub data: DataKey,
    /// Makes the tags by which records point at the person.
    pub tag: TagKey,
}

impl SubjectKeys {
    /// Fresh keys for a person who has none in this compartment.
    pub fn generate() -> Result<Self, Error> {
        Ok(Self { data: DataKey::generate()?, tag: TagKey(Secret::random()?) })
    }

    /// The same tag key with a fresh data key: after re-sealing what is to stay, all else under the old key is
    /// gone, while records still point at the person.
    pub fn with_new_data_key(&self) -> Result<Self, Error> {
        Ok(Self { data: DataKey::generate()?, tag: TagKey(Secret::copied(self.tag.0.bytes())) })
    }

    /// The bytes that are wrapped: key id ‖ data key ‖ tag key.
    pub(crate) fn payload(&self) -> Zeroizing<Vec<u8>> {
        let mut payload = Zeroizing::new(Vec::with_capacity(PAYLOAD));
        payload.extend_from_slice(&self.data.id);
        payload.extend_from_slice(self.data.secret.bytes());
        payload.extend_from_slice(self.tag.0.bytes());
        payload
    }

    pub(crate) fn from_payload(payload: &[u8]) -> Result<Self, Error> {
        let (id, rest) = payload.split_first_chunk::<KEY_ID>().ok_or(Error::Truncated)?;
        let (data, rest) = rest.split_first_chunk::<SECRET>().ok_or(Error::Truncated)?;
        let tag: &[u8; SECRET] = rest.try_into().map_err(|_| Error::Truncated)?;
        Ok(Self { data: DataKey::of(*id, Secret::copied(data))?, tag: TagKey(Secret::copied(tag)) })
    }
}

/// Key id, data key and tag key.
const PAYLOAD: usize = KEY_ID + 2 * SECRET;

/// Seals the values of one person in one compartment; its id stands openly in every envelope.
#[derive(Debug)]
pub struct DataKey {
    id: [u8; KEY_ID],
    secret: Secret,
    cipher: Cipher,
}

impl DataKey {
    /// The name under which envelopes refer to this key; it tells nothing about the key.
    pub fn id(&self) -> [u8; KEY_ID] {
        self.id
    }

    /// A key from known bytes. Meant for stored test vectors; a key that protects someone comes from
    /// [`SubjectKeys::generate`].
    pub fn from_bytes(id: [u8; KEY_ID], key: &[u8; SECRET]) -> Result<Self, Error> {
        Self::of(id, Secret::copied(key))
    }

    /// A fresh key for one thing of a person, to be sealed under their own data key and to end with it.
    pub fn generate() -> Result<Self, Error> {
        let mut id = [0; KEY_ID];
        random::fill(&mut id)?;
        Self::of(id, Secret::random()?)
    }

    pub(crate) fn cipher(&self) -> &Cipher {
        &self.cipher
    }

    /// The bytes that are sealed under another key: key id ‖ data key.
    pub(crate) fn payload(&self) -> Zeroizing<Vec<u8>> {
        let mut payload = Zeroizing::new(Vec::with_capacity(KEY_ID + SECRET));
        payload.extend_from_slice(&self.id);
        payload.extend_from_slice(self.secret.bytes());
        payload
    }

    pub(crate) fn from_payload(payload: &[u8]) -> Result<Self, Error> {
        let (id, key) = payload.split_first_chunk::<KEY_ID>().ok_or(Error::Truncated)?;
        let key: &[u8; SECRET] = key.try_into().map_err(|_| Error::Truncated)?;
        Self::of(*id, Secret::copied(key))
    }

    fn of(id: [u8; KEY_ID], secret: Secret) -> Result<Self, Error> {
        let cipher = Cipher::new(&secret)?;
        Ok(Self { id, secret, cipher })
    }
}

/// Makes pointers to a person that nobody can follow any more once this key is destroyed.
#[derive(Debug)]
pub struct TagKey(Secret);

impl TagKey {
    /// The pointer for one record; with a salt of its own for each, two records show no common person.
    pub fn tag(&self, salt: &[u8; 16]) -> [u8; 16] {
        self.0.digest(&Context::new("saqta/tag/1").with(salt))
    }

    /// The one stable name under which this person's own records are found again.
    pub fn trail_id(&self) -> [u8; 16] {
        self.0.digest(&Context::new("saqta/trail/1"))
    }

    /// A key from known bytes. Meant for stored test vectors, as [`DataKey::from_bytes`].
    pub fn from_bytes(key: &[u8; SECRET]) -> Self {
        Self(Secret::copied(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_data_key_keeps_the_tag_key() {
        let old = SubjectKeys::generate().unwrap();
        let new = old.with_new_data_key().unwrap();
        assert_ne!(old.data.id(), new.data.id());
        assert_ne!(old.data.secret.bytes(), new.data.secret.bytes());
        assert_eq!(old.tag.tag(&[7; 16]), new.tag.tag(&[7; 16]));
        assert_eq!(old.tag.trail_id(), new.tag.trail_id());
    }

    #[test]
    fn tags_differ_by_person_by_salt_and_from_the_trail() {
        let (one, other) = (SubjectKeys::generate().unwrap(), SubjectKeys::generate().unwrap());
        assert_ne!(one.tag.tag(&[1; 16]), other.tag.tag(&[1; 16]));
        assert_ne!(one.tag.tag(&[1; 16]), one.tag.tag(&[2; 16]));
        assert_ne!(one.tag.tag(&[0; 16]), one.tag.trail_id());
        assert_ne!(one.tag.trail_id(), other.tag.trail_id());
    }

    #[test]
    fn debug_text_shows_no_key_byte() {
        let keys = SubjectKeys {
            data: DataKey::from_bytes([0x11; 8], &[0xAB; 32]).unwrap(),
            tag: TagKey::from_bytes(&[0xCD; 32]),
        };
        let text = format!("{keys:?}").to_lowercase();
        for shown in ["171", "205", "ab, ", "cd, ", "0xab", "abab", "cdcd"] {
            assert!(!text.contains(shown), "`{shown}` in {text}");
        }
    }

    #[test]
    fn a_payload_of_any_other_length_is_refused() {
        let payload = SubjectKeys::generate().unwrap().payload();
        assert!(SubjectKeys::from_payload(&payload).is_ok());
        assert!(SubjectKeys::from_payload(&payload[1..]).is_err());
        assert!(SubjectKeys::from_payload(&[&payload[..], &[0]].concat()).is_err());
    }
}
