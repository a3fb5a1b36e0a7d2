//! With what are consent receipts signed, and how does anybody verify one?
//!
//! A receipt is a JSON Web Signature in its compact form (RFC 7515) with Ed25519 (RFC 8037). The key comes from the root key, so
//! every process of an installation signs with the same one and nothing about it is stored. It signs receipts and nothing else.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use data_encoding::BASE64URL_NOPAD;
use saqta_seal::custody::Custody;
use saqta_seal::index::signing_seed;
use serde::{Deserialize, Serialize};

use crate::act::store;
use crate::error::Error;
use crate::instance::App;

/// What the key is derived for; another name is another key.
const NAME: &str = "consent receipts";

/// The public half of the key, as a JSON Web Key (RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicKey {
    kty: &'static str,
    crv: &'static str,
    /// The key itself, base64url.
    pub x: String,
    /// Its thumbprint (RFC 7638), by which receipts name it.
    pub kid: String,
    #[serde(rename = "use")]
    usage: &'static str,
    alg: &'static str,
}

/// What stands before the signed document.
#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    cty: String,
    kid: String,
}

const ALGORITHM: &str = "EdDSA";
const CURVE: &str = "Ed25519";
const CONTENT: &str = "ld+json";

impl PublicKey {
    fn new(public: &[u8]) -> Self {
        let x = BASE64URL_NOPAD.encode(public);
        // The members that are required, in the order of their names, without a space.
        let thumbed = format!(r#"{{"crv":"{CURVE}","kty":"OKP","x":"{x}"}}"#);
        let kid = BASE64URL_NOPAD.encode(digest(&SHA256, thumbed.as_bytes()).as_ref());
        Self { kty: "OKP", crv: CURVE, x, kid, usage: "sig", alg: ALGORITHM }
    }
}

/// The key that receipts are signed with.
pub(crate) struct ReceiptKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

impl ReceiptKey {
    pub(crate) fn of(custody: &Custody) -> Result<Self, Error> {
        let seed = signing_seed(custody, NAME).map_err(store)?;
        Self::from_seed(seed.as_ref())
    }

    fn from_seed(seed: &[u8]) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Error::Unreadable)?;
        let public = PublicKey::new(pair.public_key().as_ref());
        Ok(Self { pair, public })
    }

    fn sign(&self, document: &[u8]) -> Result<String, Error> {
        let header =
            Header { alg: ALGORITHM.to_owned(), cty: CONTENT.to_owned(), kid: self.public.kid.clone() };
        let header = serde_json::to_vec(&header).map_err(|_| Error::Unreadable)?;
        self.signed(&header, document)
    }

    fn signed(&self, header: &[u8], payload: &[u8]) -> Result<String, Error> {
        let said = format!("{}.{}", BASE64URL_NOPAD.encode(header), BASE64URL_NOPAD.encode(payload));
        let signature = self.pair.try_sign(said.as_bytes()).map_err(|_| Error::Unreadable)?;
        Ok(format!("{said}.{}", BASE64URL_NOPAD.encode(signature.as_ref())))
    }
}

impl App {
    /// The key that receipts are verified with, for everybody.
    pub fn receipt_key(&self) -> &PublicKey {
        &self.receipts.public
    }

    /// Signs a receipt.
    pub fn sign_receipt(&self, document: &[u8]) -> Result<String, Error> {
        self.receipts.sign(document)
    }
}

/// The document of a receipt, if the key signed it; nothing for whatever else it is.
pub fn verified(receipt: &str, x: &str) -> Option<Vec<u8>> {
    let (said, signature) = receipt.rsplit_once('.')?;
    let (header, payload) = said.split_once('.')?;
    let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).ok();
    let header: Header = serde_json::from_slice(&decode(header)?).ok()?;
    // A receipt does not choose how it is verified: neither the way nor the key.
    if header.alg != ALGORITHM || header.kid != PublicKey::new(&decode(x)?).kid {
        return None;
    }
    UnparsedPublicKey::new(&ED25519, decode(x)?).verify(said.as_bytes(), &decode(signature)?).ok()?;
    decode(payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 8037, appendix A.
    fn published() -> ReceiptKey {
        let seed = BASE64URL_NOPAD.decode(b"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        ReceiptKey::from_seed(&seed).unwrap()
    }

    #[test]
    fn key_thumbprint_and_signature_are_those_of_the_standard() {
        let key = published();
        assert_eq!(key.public.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(key.public.kid, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let signed = key.signed(br#"{"alg":"EdDSA"}"#, b"Example of Ed25519 signing").unwrap();
        assert_eq!(
            signed,
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    #[test]
    fn a_receipt_verifies_with_its_key_and_not_when_anything_was_changed() {
        let key = published();
        let receipt = key.sign(b"{\"a\":1}").unwrap();
        assert_eq!(verified(&receipt, &key.public.x).unwrap(), b"{\"a\":1}");
        let other = ReceiptKey::from_seed(&[7; 32]).unwrap();
        assert_eq!(verified(&receipt, &other.public.x), None);
        for at in 0..receipt.len() {
            let mut changed = receipt.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(verified(&String::from_utf8(changed).unwrap(), &key.public.x), None, "byte {at}");
        }
        for header in [r#"{"alg":"none","cty":"ld+json","kid":"k"}"#, r#"{"alg":"EdDSA"}"#] {
            let signed = key.signed(header.as_bytes(), b"{}").unwrap();
            assert_eq!(verified(&signed, &key.public.x), None, "{header}");
        }
    }
}
