//! How is one value sealed so that it opens only where it was put?
//!
//! An envelope is algorithm (1 byte) ‖ key id (8) ‖ nonce (12) ‖ ciphertext ‖ tag (16). It is tied to its
//! [`Binding`]: carried to another person, compartment, attribute or version it does not open.

use zeroize::Zeroizing;

use crate::cipher::{ALGORITHM, Context, after_algorithm};
use crate::error::Error;
use crate::keys::{DataKey, KEY_ID};

/// The one place where a sealed value belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding<'a> {
    /// Whose value it is.
    pub subject: &'a [u8; 16],
    /// The compartment it lies in.
    pub compartment: &'a str,
    /// Which attribute of the person it is.
    pub attribute: &'a str,
    /// Counts the values this attribute had, so that an old one cannot be put back.
    pub version: u32,
}

impl Binding<'_> {
    /// What the cipher authenticates for this place; `label` keeps kinds of sealed bytes apart.
    pub(crate) fn context(&self, label: &str, key: &DataKey) -> Context {
        Context::new(label)
            .with(&[ALGORITHM])
            .with(&key.id())
            .with(self.subject)
            .with(self.compartment.as_bytes())
            .with(self.attribute.as_bytes())
            .with(&self.version.to_be_bytes())
    }
}

/// Seals a value for its place.
pub fn seal(key: &DataKey, binding: &Binding<'_>, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
    key.cipher().seal(&header(key), &binding.context(LABEL, key), plaintext)
}

/// Opens a value in its place; any other place, key or byte is refused.
pub fn open(key: &DataKey, binding: &Binding<'_>, envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let sealed = after_key_id(key, after_algorithm(envelope)?)?;
    key.cipher().open(&binding.context(LABEL, key), sealed)
}

/// Seals a value that lies inside an envelope of the same key: nonce (12) ‖ ciphertext ‖ tag (16). The envelope around it says
/// algorithm and key id, and the value is tied to both.
pub fn seal_within(key: &DataKey, binding: &Binding<'_>, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
    key.cipher().seal(&[], &binding.context(LABEL_WITHIN, key), plaintext)
}

/// Opens what [`seal_within`] sealed, in its place.
pub fn open_within(key: &DataKey, binding: &Binding<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    key.cipher().open(&binding.context(LABEL_WITHIN, key), sealed)
}

/// Seals a key for its place under another one: whoever destroys that one destroys this one too.
pub fn seal_key(key: &DataKey, binding: &Binding<'_>, inner: &DataKey) -> Result<Vec<u8>, Error> {
    seal(key, binding, &inner.payload())
}

/// Opens a key that was sealed in its place by [`seal_key`].
pub fn open_key(key: &DataKey, binding: &Binding<'_>, envelope: &[u8]) -> Result<DataKey, Error> {
    DataKey::from_payload(&open(key, binding, envelope)?)
}

const LABEL: &str = "saqta/value/1";
const LABEL_WITHIN: &str = "saqta/within/1";

pub(crate) fn header(key: &DataKey) -> [u8; 1 + KEY_ID] {
    let mut header = [ALGORITHM; 1 + KEY_ID];
    for (place, byte) in header.iter_mut().skip(1).zip(key.id()) {
        *place = byte;
    }
    header
}

/// Takes the key id off the front; another id has an error of its own, because a re-key explains it.
pub(crate) fn after_key_id<'a>(key: &DataKey, sealed: &'a [u8]) -> Result<&'a [u8], Error> {
    let (id, rest) = sealed.split_first_chunk::<KEY_ID>().ok_or(Error::Truncated)?;
    if *id != key.id() {
        return Err(Error::WrongKey);
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::keys::SubjectKeys;

    const HERE: Binding<'_> =
        Binding { subject: &[5; 16], compartment: "shop", attribute: "phone", version: 3 };

    #[test]
    fn a_value_opens_where_it_was_put() {
        let key = SubjectKeys::generate().unwrap().data;
        for plaintext in [&b""[..], b"x", b"+7 701 000 00 00", &[0; 100_000]] {
            let sealed = seal(&key, &HERE, plaintext).unwrap();
            assert_eq!(sealed.len(), 1 + 8 + 12 + plaintext.len() + 16);
            assert_eq!(open(&key, &HERE, &sealed).unwrap().as_slice(), plaintext);
            let within = seal_within(&key, &HERE, plaintext).unwrap();
            assert_eq!(within.len(), 12 + plaintext.len() + 16);
            assert_eq!(open_within(&key, &HERE, &within).unwrap().as_slice(), plaintext);
            assert!(matches!(open_within(&key, &HERE, &sealed[9..]), Err(Error::NotAuthentic)));
        }
    }

    #[test]
    fn a_key_sealed_under_another_opens_in_its_place_and_what_it_sealed_opens_with_it() {
        let (outer, inner) = (DataKey::generate().unwrap(), DataKey::generate().unwrap());
        let wrapped = seal_key(&outer, &HERE, &inner).unwrap();
        let sealed = seal(&inner, &HERE, b"page one").unwrap();
        let again = open_key(&outer, &HERE, &wrapped).unwrap();
        assert_eq!(again.id(), inner.id());
        assert_eq!(open(&again, &HERE, &sealed).unwrap().as_slice(), b"page one");
        let elsewhere = Binding { attribute: "email", ..HERE };
        assert!(matches!(open_key(&outer, &elsewhere, &wrapped), Err(Error::NotAuthentic)));
        let value = seal(&outer, &HERE, b"no key").unwrap();
        assert!(matches!(open_key(&outer, &HERE, &value), Err(Error::Truncated)));
    }

    #[test]
    fn the_same_value_never_looks_the_same_twice() {
        let key = SubjectKeys::generate().unwrap().data;
        assert_ne!(seal(&key, &HERE, b"same").unwrap(), seal(&key, &HERE, b"same").unwrap());
    }

    #[test]
    fn a_key_of_the_same_name_with_other_bytes_does_not_open() {
        let (key, forged) = (DataKey::from_bytes([1; 8], &[2; 32]), DataKey::from_bytes([1; 8], &[3; 32]));
        let sealed = seal(&key.unwrap(), &HERE, b"value").unwrap();
        assert!(matches!(open(&forged.unwrap(), &HERE, &sealed), Err(Error::NotAuthentic)));
    }

    #[test]
    fn text_moved_between_compartment_and_attribute_does_not_open() {
        let key = SubjectKeys::generate().unwrap().data;
        let sealed = seal(&key, &Binding { compartment: "ab", attribute: "c", ..HERE }, b"value").unwrap();
        let moved = Binding { compartment: "a", attribute: "bc", ..HERE };
        assert!(matches!(open(&key, &moved, &sealed), Err(Error::NotAuthentic)));
    }

    /// Sealing the inputs of the stored vectors has to give their bytes exactly: the format is frozen.
    #[test]
    fn sealing_gives_the_stored_vectors() {
        #[derive(Deserialize)]
        struct Vectors {
            good: Vec<Good>,
        }
        #[derive(Deserialize)]
        struct Good {
            key: String,
            key_id: String,
            nonce: String,
            subject: String,
            compartment: String,
            attribute: String,
            version: u32,
            plaintext: String,
            envelope: String,
        }
        fn hex<const N: usize>(text: &str) -> [u8; N] {
            HEXLOWER.decode(text.as_bytes()).unwrap().try_into().unwrap()
        }
        let vectors: Vectors = serde_json::from_str(include_str!("../tests/vectors/value.json")).unwrap();
        assert!(!vectors.good.is_empty());
        for good in vectors.good {
            let key = DataKey::from_bytes(hex(&good.key_id), &hex(&good.key)).unwrap();
            let binding = Binding {
                subject: &hex(&good.subject),
                compartment: &good.compartment,
                attribute: &good.attribute,
                version: good.version,
            };
            let plaintext = HEXLOWER.decode(good.plaintext.as_bytes()).unwrap();
            let context = binding.context(LABEL, &key);
            let sealed =
                key.cipher().seal_with(hex(&good.nonce), &header(&key), &context, &plaintext).unwrap();
            assert_eq!(HEXLOWER.encode(&sealed), good.envelope);
        }
    }

    proptest! {
        #[test]
        fn any_changed_bit_of_the_envelope_is_refused(plaintext: Vec<u8>, at: usize, bit in 0..8u8) {
            let key = SubjectKeys::generate().unwrap().data;
            let mut sealed = seal(&key, &HERE, &plaintext).unwrap();
            let at = at % sealed.len();
            sealed[at] ^= 1 << bit;
            let refused = open(&key, &HERE, &sealed).unwrap_err();
            let expected = match at {
                0 => matches!(refused, Error::UnknownAlgorithm { .. }),
                1..=8 => matches!(refused, Error::WrongKey),
                _ => matches!(refused, Error::NotAuthentic),
            };
            prop_assert!(expected, "byte {}: {}", at, refused);
        }

        #[test]
        fn any_changed_bit_of_the_binding_is_refused(
            subject: [u8; 16], version: u32, part in 0..4, at in 0..16usize, bit in 0..7u8, plaintext: Vec<u8>,
            compartment in "[a-z]{1,16}", attribute in "[a-z]{1,16}",
        ) {
            let flip = |text: &str| {
                let mut bytes = text.as_bytes().to_vec();
                let at = at % bytes.len();
                bytes[at] ^= 1 << bit;
                String::from_utf8(bytes).unwrap()
            };
            let key = SubjectKeys::generate().unwrap().data;
            let here = Binding { subject: &subject, compartment: &compartment, attribute: &attribute, version };
            let sealed = seal(&key, &here, &plaintext).unwrap();

            let (mut other_subject, other_compartment, other_attribute) =
                (subject, flip(&compartment), flip(&attribute));
            other_subject[at] ^= 1 << bit;
            let elsewhere = match part {
                0 => Binding { subject: &other_subject, ..here },
                1 => Binding { compartment: &other_compartment, ..here },
                2 => Binding { attribute: &other_attribute, ..here },
                _ => Binding { version: version ^ (1 << (at * 2)), ..here },
            };
            prop_assert!(matches!(open(&key, &elsewhere, &sealed), Err(Error::NotAuthentic)));
            let opened = open(&key, &here, &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
        }

        #[test]
        fn any_cut_is_refused(plaintext: Vec<u8>, kept: usize) {
            let key = SubjectKeys::generate().unwrap().data;
            let sealed = seal(&key, &HERE, &plaintext).unwrap();
            prop_assert!(open(&key, &HERE, &sealed[..kept % sealed.len()]).is_err());
        }

        #[test]
        fn random_bytes_neither_open_nor_crash(bytes: Vec<u8>) {
            let key = SubjectKeys::generate().unwrap().data;
            prop_assert!(open(&key, &HERE, &bytes).is_err());
        }
    }
}
