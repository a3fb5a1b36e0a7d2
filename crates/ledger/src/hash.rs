//! How are leaves and nodes hashed (RFC 6962, section 2.1)?

use std::fmt;

use aws_lc_rs::digest::{Context, Digest, SHA256, digest};
use data_encoding::{BASE64, HEXLOWER};

use crate::error::Error;

/// A leaf hash is over this byte and the leaf, so that no leaf can pass for a node.
const LEAF_PREFIX: u8 = 0;
/// A node hash is over this byte and its two children.
const NODE_PREFIX: u8 = 1;

/// The hash of a leaf as the tree holds it.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    let mut message = [LEAF_PREFIX; 256];
    // Leaves are short as a rule; one call on the stack is twice as fast as a context that must be allocated.
    if let Some(message) = message.get_mut(..leaf.len().saturating_add(1)) {
        if let Some(body) = message.get_mut(1..) {
            body.copy_from_slice(leaf);
        }
        return Hash::of(&digest(&SHA256, message));
    }
    let mut context = Context::new(&SHA256);
    context.update(&[LEAF_PREFIX]);
    context.update(leaf);
    Hash::of(&context.finish())
}

/// The hash of an inner node over its two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut message = [NODE_PREFIX; 65];
    message[1..33].copy_from_slice(&left.0);
    message[33..65].copy_from_slice(&right.0);
    Hash::of(&digest(&SHA256, &message))
}

/// The root of a tree without leaves: the hash of nothing.
pub fn empty_root() -> Hash {
    Hash::of(&digest(&SHA256, &[]))
}

/// The root of the tree over these node hashes, split as RFC 6962 splits leaves.
pub(crate) fn root_over(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(more.len().next_power_of_two() / 2);
            node_hash(&root_over(left), &root_over(right))
        }
    }
}

/// A SHA-256 value in the tree; shown as hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Takes the bytes as they are.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a hash from storage, where its length has to be checked.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Error> {
        bytes.try_into().map(Self).map_err(|_| Error::HashMalformed)
    }

    /// Reads the base64 form that checkpoints use.
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_| Error::HashMalformed)?;
        Self::from_slice(&bytes)
    }

    /// Reads the hexadecimal form that `Display` writes.
    pub fn from_hex(text: &str) -> Result<Self, Error> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| Error::HashMalformed)?;
        Self::from_slice(&bytes)
    }

    /// The base64 form that checkpoints use.
    pub fn to_base64(&self) -> String {
        BASE64.encode(&self.0)
    }

    /// The raw bytes, as tiles hold them.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn of(digest: &Digest) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest.as_ref());
        Self(bytes)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_tree_and_empty_leaf_hash_to_the_published_values() {
        assert_eq!(
            empty_root().to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            leaf_hash(b"").to_string(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
    }

    #[test]
    fn long_and_short_leaves_are_hashed_alike() {
        for length in [0, 1, 254, 255, 256, 257, 70_000] {
            let leaf = vec![7; length];
            let message: Vec<u8> = [0].into_iter().chain(leaf.iter().copied()).collect();
            assert_eq!(leaf_hash(&leaf).as_bytes(), digest(&SHA256, &message).as_ref(), "{length}");
        }
    }

    #[test]
    fn texts_of_a_hash_read_back() {
        let hash = leaf_hash(b"x");
        assert_eq!(Hash::from_hex(&hash.to_string()).unwrap(), hash);
        assert_eq!(Hash::from_base64(&hash.to_base64()).unwrap(), hash);
        assert!(Hash::from_base64("AAAA").is_err());
        assert!(Hash::from_slice(&[0; 31]).is_err());
    }
}
