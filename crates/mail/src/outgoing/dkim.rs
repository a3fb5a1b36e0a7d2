//! How does a letter of ours show that it comes from our domain (DKIM, RFC 6376)?

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use data_encoding::BASE64;
use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

use super::SendFault;
use crate::letter::automation::LOOP_FIELD;

/// What a signature covers. `From` is named twice: so no second one can be added on the way.
const COVERED: [&str; 18] = [
    "From",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Cc",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
    LOOP_FIELD,
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Sender",
];

const UNREADABLE: SendFault = SendFault::Settings(
    "the DKIM key is neither an RSA key of 2048 bits or more nor an Ed25519 key in PEM form",
);

/// What signs letters. It has no `Debug`: there is a key in it.
#[derive(Clone)]
pub struct Settings {
    /// The domain that signs; that of the sender, or DMARC does not count it.
    pub domain: String,
    /// The name of the key below the domain: `<selector>._domainkey.<domain>`.
    pub selector: String,
    /// The key in PEM form.
    pub key: String,
}

/// A new RSA key of 2048 bits in PEM form: still the kind that every receiver understands.
pub fn new_key() -> Result<String, SendFault> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_no_randomness| UNREADABLE)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_no_form| UNREADABLE)?;
    let body = BASE64.encode(der.as_ref());
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    Ok(format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n")))
}

/// What the domain has to publish as a text, so that others can check what this key signs.
pub fn record(key: &str) -> Result<String, SendFault> {
    if let DkimKey::Ed25519(key) = read(key)? {
        return Ok(format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(&key.public_key())));
    }
    let pair = match in_pem(key)? {
        PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
        PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
        _ => return Err(UNREADABLE),
    };
    let pair = pair.map_err(|_unreadable| UNREADABLE)?;
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().map_err(|_no_form| UNREADABLE)?;
    Ok(format!("v=DKIM1; k=rsa; p={}", BASE64.encode(public.as_ref())))
}

pub(super) struct Signer(DkimSigner<DkimKey, Done>);

impl Signer {
    pub(super) fn new(settings: &Settings) -> Result<Self, SendFault> {
        let is_name = |name: &str| {
            (1..=253).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        };
        if !is_name(&settings.domain) || !is_name(&settings.selector) {
            return Err(SendFault::Settings("the domain or the selector of the DKIM key is no name in DNS"));
        }
        let signer = DkimSigner::from_key(read(&settings.key)?)
            .domain(settings.domain.to_lowercase())
            .selector(settings.selector.clone())
            .headers(COVERED);
        Ok(Self(signer))
    }

    /// The letter with its signature on top.
    pub(super) fn sign(&self, letter: &[u8]) -> Result<Vec<u8>, SendFault> {
        let signature =
            self.0.sign(letter).map_err(|_unsigned| SendFault::Letter("the letter cannot be signed"))?;
        let mut signed = signature.to_header().into_bytes();
        signed.extend_from_slice(letter);
        Ok(signed)
    }
}

fn in_pem(pem: &str) -> Result<PrivateKeyDer<'static>, SendFault> {
    PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_unreadable| UNREADABLE)
}

fn read(pem: &str) -> Result<DkimKey, SendFault> {
    let der = in_pem(pem)?;
    if let PrivateKeyDer::Pkcs8(der) = &der
        // Keys of older programs lack the public half, which is computed then.
        && let Ok(key) = Ed25519Key::from_pkcs8_maybe_unchecked_der(der.secret_pkcs8_der())
    {
        return Ok(key.into());
    }
    RsaKey::<Sha256>::from_key_der(der).map(DkimKey::from).map_err(|_unreadable| UNREADABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_signs_and_has_a_record() {
        let key = new_key().unwrap();
        assert!(record(&key).unwrap().starts_with("v=DKIM1; k=rsa; p=MII"));
        let settings = Settings { domain: "autoshop.example".to_owned(), selector: "s1".to_owned(), key };
        let letter = "From: a@autoshop.example\r\nSubject: b\r\n\r\nc\r\n";
        let signed =
            String::from_utf8(Signer::new(&settings).unwrap().sign(letter.as_bytes()).unwrap()).unwrap();
        assert!(signed.starts_with("DKIM-Signature: ") && signed.ends_with(letter));
        let covered = signed.split("h=").nth(1).unwrap().split(';').next().unwrap();
        assert_eq!(covered.split(':').filter(|name| name.trim() == "From").count(), 2, "{covered}");
    }

    #[test]
    fn what_is_no_key_or_no_name_is_a_fault_of_the_settings() {
        assert!(record("no key").is_err());
        let key = new_key().unwrap();
        for domain in ["", "a b", "a.example; t=y", "a.example\r\nx: y"] {
            let settings =
                Settings { domain: domain.to_owned(), selector: "s1".to_owned(), key: key.clone() };
            assert!(Signer::new(&settings).is_err(), "{domain}");
        }
    }
}
