//! What does the ledger say about a deed?
//!
//! A leaf is a CBOR map (RFC 8949) with small integer keys, the meaning of which stands at the fields below and in
//! `docs/leaf.md`. It holds names of purposes and attributes, never a value. The person appears as a tag that is different in
//! each leaf: whoever has the person's tag key can tell that the leaf is theirs, and once that key is destroyed nobody can.

use minicbor::{Decode, Encode};

use crate::error::Error;

/// One entry of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Leaf {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// When, in microseconds since 1970 UTC.
    #[n(1)]
    pub at: i64,
    /// What was to be done: an operation of clause 8.1, or an act of administration such as `policy.published`.
    #[n(2)]
    pub operation: String,
    /// Whether it was permitted.
    #[n(3)]
    pub permitted: bool,
    /// The code of the refusal.
    #[n(4)]
    pub refusal: Option<String>,
    /// The rule that answered.
    #[n(5)]
    pub rule: Option<String>,
    /// The clause it answered by.
    #[n(6)]
    pub clause: Option<String>,
    /// The ground it stands on.
    #[n(7)]
    pub basis: Option<String>,
    /// Present and false, when the law in force does not know the ground.
    #[n(8)]
    pub law_knows: Option<bool>,
    /// For which purpose.
    #[n(9)]
    pub purpose: Option<String>,
    /// With which attributes.
    #[n(10)]
    pub attributes: Vec<String>,
    /// Who did it: a key, the system, or the person.
    #[n(11)]
    pub actor: String,
    /// Through which channel: `api`, `cli`, `import`, `job`.
    #[n(12)]
    pub channel: String,
    /// The version of the policy it was decided under.
    #[n(13)]
    pub policy_version: u32,
    /// The first eight bytes of that version's digest.
    #[n(14)]
    #[cbor(with = "minicbor::bytes")]
    pub policy_digest: Vec<u8>,
    /// The edition of the law, such as `kz@2026-08-25`.
    #[n(15)]
    pub law: String,
    /// Drawn for this leaf alone.
    #[n(16)]
    #[cbor(with = "minicbor::bytes")]
    pub salt: Vec<u8>,
    /// The tag of the person; empty when there is none.
    #[n(17)]
    #[cbor(with = "minicbor::bytes")]
    pub tag: Vec<u8>,
    /// More about the deed in a word of a fixed vocabulary: an event, a cause, the place of another leaf.
    #[n(18)]
    pub detail: Option<String>,
}

impl Leaf {
    /// The bytes that are hashed and kept.
    pub fn encode(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::with_capacity(256);
        minicbor::encode(self, &mut bytes).map_err(|_| Error::Unreadable)?;
        Ok(bytes)
    }

    /// Reads the bytes back.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_reads_back_what_it_wrote_and_is_small() {
        let leaf = Leaf {
            format: 1,
            at: 1_766_000_000_000_000,
            operation: "retrieval".into(),
            permitted: true,
            rule: Some("may_read".into()),
            clause: Some("6.4".into()),
            basis: Some("contract".into()),
            law_knows: Some(false),
            purpose: Some("delivery".into()),
            attributes: vec!["delivery_address".into(), "recipient_phone".into()],
            actor: "key:0badc0de".into(),
            channel: "api".into(),
            policy_version: 1,
            policy_digest: vec![1; 8],
            law: "kz@2026-08-25".into(),
            salt: vec![2; 16],
            tag: vec![3; 16],
            ..Leaf::default()
        };
        let bytes = leaf.encode().unwrap();
        assert_eq!(Leaf::decode(&bytes), Some(leaf));
        assert!(bytes.len() < 256, "{} bytes", bytes.len());
        assert_eq!(Leaf::decode(&bytes[1..]), None);
    }
}
