//! Which keyed names and seals does one installation use for as long as it lives?
//!
//! These keys come from the root key alone and outlive every epoch. What they make can be linked by whoever
//! holds the root key; it is therefore no place for anything that must end with a person's keys.

use zeroize::Zeroizing;

use crate::cipher::{ALGORITHM, Cipher, Context, after_algorithm};
use crate::custody::Custody;
use crate::error::Error;
use crate::secret::Secret;

/// Names a person differently in every compartment, so that two compartments cannot be joined by name.
#[derive(Debug)]
pub struct PseudonymKey(Secret);

impl PseudonymKey {
    /// The key of one compartment.
    pub fn derive(custody: &Custody, compartment: &str) -> Result<Self, Error> {
        custody.derive(&label("pseudonym", &[compartment])).map(Self)
    }

    /// The person's name in this compartment; without the key it leads neither back nor across.
    pub fn pseudonym(&self, id: &[u8; 16]) -> [u8; 16] {
        self.0.digest(&Context::new("saqta/pseudonym/1").with(id))
    }
}

/// Makes a value findable by equality without storing it.
#[derive(Debug)]
pub struct IndexKey(Secret);

impl IndexKey {
    /// The key of one attribute in one compartment; equal values elsewhere give other digests.
    pub fn derive(custody: &Custody, compartment: &str, attribute: &str) -> Result<Self, Error> {
        custody.derive(&label("index", &[compartment, attribute])).map(Self)
    }

    /// The digest under which a value is looked up; the caller brings equal values to one spelling first.
    pub fn digest(&self, normalised: &[u8]) -> [u8; 32] {
        self.0.digest(&Context::new("saqta/index/1").with(normalised))
    }
}

/// Seals records that belong to the installation and not to a person.
#[derive(Debug)]
pub struct InstanceKey(Cipher);

impl InstanceKey {
    pub(crate) fn new(secret: &Secret) -> Result<Self, Error> {
        Cipher::new(secret).map(Self)
    }

    /// Seals a record for the place that `aad` names.
    pub fn seal(&self, aad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        self.0.seal(&[ALGORITHM], &place(aad), plaintext)
    }

    /// Opens a record in its place.
    pub fn open(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.0.open(&place(aad), after_algorithm(sealed)?)
    }
}

/// The seed of a key pair that signs for the installation, the same for as long as the root key; the name says what it signs.
pub fn signing_seed(custody: &Custody, name: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
    let secret = custody.derive(&label("signing", &[name]))?;
    Ok(Zeroizing::new(*secret.bytes()))
}

fn place(aad: &[u8]) -> Context {
    Context::new("saqta/instance/1").with(&[ALGORITHM]).with(aad)
}

/// `kind/name/name`; a slash inside a name is escaped, so that no two lists of names share a label.
fn label(kind: &str, names: &[&str]) -> String {
    let mut label = kind.to_owned();
    for name in names {
        label.push('/');
        label.push_str(&name.replace('%', "%25").replace('/', "%2F"));
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custody(folder: &std::path::Path) -> Custody {
        Custody::create(&folder.join("root.key"), &folder.join("epochs")).unwrap()
    }

    #[test]
    fn a_person_has_one_pseudonym_in_a_compartment_and_another_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let custody = custody(folder.path());
        let of = |compartment: &str| PseudonymKey::derive(&custody, compartment).unwrap().pseudonym(&[1; 16]);
        assert_eq!(of("shop"), of("shop"));
        assert_ne!(of("shop"), of("post"));
        let shop = PseudonymKey::derive(&custody, "shop").unwrap();
        assert_ne!(shop.pseudonym(&[1; 16]), shop.pseudonym(&[2; 16]));
    }

    #[test]
    fn equal_values_are_found_in_one_place_only() {
        let folder = tempfile::tempdir().unwrap();
        let custody = custody(folder.path());
        let of = |compartment: &str, attribute: &str| {
            IndexKey::derive(&custody, compartment, attribute).unwrap().digest(b"a@example.kz")
        };
        assert_eq!(of("shop", "email"), of("shop", "email"));
        assert_ne!(of("shop", "email"), of("post", "email"));
        assert_ne!(of("shop", "email"), of("shop", "phone"));
        assert_ne!(of("a/b", "c"), of("a", "b/c"));
        assert_ne!(of("a%2Fb", "c"), of("a/b", "c"));
    }

    #[test]
    fn another_installation_gives_other_names() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let digest = |folder: &tempfile::TempDir| {
            IndexKey::derive(&custody(folder.path()), "shop", "email").unwrap().digest(b"x")
        };
        assert_ne!(digest(&here), digest(&there));
    }

    #[test]
    fn a_seed_is_the_same_for_its_name_and_installation_and_for_no_other() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (custody, other) = (custody(here.path()), custody(there.path()));
        let seed = |custody: &Custody, name: &str| *signing_seed(custody, name).unwrap();
        assert_eq!(seed(&custody, "receipts"), seed(&custody, "receipts"));
        assert_ne!(seed(&custody, "receipts"), seed(&custody, "tokens"));
        assert_ne!(seed(&custody, "receipts"), seed(&other, "receipts"));
    }

    #[test]
    fn an_instance_record_opens_in_its_place_only() {
        let folder = tempfile::tempdir().unwrap();
        let custody = custody(folder.path());
        let (key, other) = (custody.derive_instance("answers"), custody.derive_instance("signing"));
        let (key, other) = (key.unwrap(), other.unwrap());
        let sealed = key.seal(b"row 1", b"content").unwrap();
        assert_eq!(key.open(b"row 1", &sealed).unwrap().as_slice(), b"content");
        assert!(matches!(key.open(b"row 2", &sealed), Err(Error::NotAuthentic)));
        assert!(matches!(other.open(b"row 1", &sealed), Err(Error::NotAuthentic)));
        assert!(matches!(key.open(b"row 1", b""), Err(Error::Truncated)));
        assert!(matches!(key.open(b"row 1", &[2; 40]), Err(Error::UnknownAlgorithm { found: 2 })));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(b"row 1", &changed).is_err(), "byte {at}");
        }
    }
}
