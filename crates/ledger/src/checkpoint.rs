//! What does the log promise, and who signed it (C2SP tlog-checkpoint inside a signed note)?

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use data_encoding::{BASE64, HEXLOWER};

use crate::error::Error;
use crate::hash::Hash;

/// The byte that says Ed25519 in key ids and key texts of signed notes.
const ED25519_KIND: u8 = 1;
/// What begins a signature line.
const SIGNATURE_MARK: &str = "\u{2014} ";
/// What begins an extension line about another log.
const NAMED_MARK: &str = "log ";
/// A note with more signature lines than this is refused before any is checked.
const SIGNATURES_MAX: usize = 100;

/// The promise that a log of this name has this root over its first `size` leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log; equal to the name of its key.
    pub origin: String,
    /// How many leaves are under the root.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// Further lines that are signed too and mean nothing to the tree.
    pub extensions: Vec<String>,
}

/// What a checkpoint says of another log of the same house: where that one stood when this one was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name of the other log.
    pub origin: String,
    /// How many leaves it had signed.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

impl Named {
    /// The extension line that says it.
    pub fn line(&self) -> String {
        format!("{NAMED_MARK}{} {} {}", self.origin, self.size, self.root.to_base64())
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix(NAMED_MARK)?.split(' ');
        let (origin, size, root) = (words.next()?, words.next()?, words.next()?);
        let named =
            Self { origin: origin.to_owned(), size: size.parse().ok()?, root: Hash::from_base64(root).ok()? };
        (words.next().is_none() && named.line() == line).then_some(named)
    }
}

impl Checkpoint {
    /// The other logs that it names; lines that say something else are passed over.
    pub fn named(&self) -> Vec<Named> {
        self.extensions.iter().filter_map(|line| Named::parse(line)).collect()
    }

    /// Reads a note and believes it only when the key has signed it; signatures of other keys are passed over.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, Error> {
        if note.chars().any(|c| c != '\n' && c.is_ascii_control()) {
            return Err(Error::CheckpointMalformed("control character"));
        }
        let (text, signatures) =
            note.rsplit_once("\n\n").ok_or(Error::CheckpointMalformed("no signature block"))?;
        let body = format!("{text}\n");
        key.check(&body, signatures)?;
        let checkpoint = Self::parse(&body)?;
        if checkpoint.origin != key.name {
            return Err(Error::OtherOrigin { expected: key.name.clone(), found: checkpoint.origin });
        }
        Ok(checkpoint)
    }

    fn parse(body: &str) -> Result<Self, Error> {
        let mut lines = body.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(Error::CheckpointMalformed("fewer than three lines"));
        };
        if origin.is_empty() {
            return Err(Error::CheckpointMalformed("empty origin"));
        }
        let number: u64 = size.parse().map_err(|_| Error::CheckpointMalformed("the size is not a number"))?;
        if number.to_string() != size {
            return Err(Error::CheckpointMalformed("the size is not in plain decimal"));
        }
        let root = Hash::from_base64(root)
            .map_err(|_| Error::CheckpointMalformed("the root is not a hash in base64"))?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(Error::CheckpointMalformed("empty extension line"));
        }
        Ok(Self { origin: origin.to_owned(), size: number, root, extensions })
    }

    fn body(&self) -> Result<String, Error> {
        let mut body = format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64());
        for line in &self.extensions {
            if line.is_empty() || line.chars().any(|c| c.is_ascii_control()) {
                return Err(Error::CheckpointMalformed(
                    "an extension line is empty or holds a control character",
                ));
            }
            body.push_str(line);
            body.push('\n');
        }
        Ok(body)
    }
}

/// The log's signing key. It shows nothing of itself but its public half.
pub struct Signer {
    pair: Ed25519KeyPair,
    key: VerifierKey,
}

impl Signer {
    /// The key of a log of this name from its secret seed; wiping the seed afterwards is the caller's part.
    pub fn from_seed(origin: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Error::KeyUnusable)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| Error::KeyUnusable)?;
        let key = VerifierKey::new(origin, public)?;
        Ok(Self { pair, key })
    }

    /// Makes a new key and hands out its seed for safe keeping; the one place in this crate that draws random bytes.
    pub fn generate(origin: &str) -> Result<(Self, [u8; 32]), Error> {
        let mut seed = [0; 32];
        rand::fill(&mut seed).map_err(|_| Error::KeyUnusable)?;
        Ok((Self::from_seed(origin, &seed)?, seed))
    }

    /// The public half, to be given to everyone who shall verify.
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.key
    }

    /// Signs a checkpoint of this key's own log.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<String, Error> {
        if checkpoint.origin != self.key.name {
            return Err(Error::OtherOrigin {
                expected: self.key.name.clone(),
                found: checkpoint.origin.clone(),
            });
        }
        let body = checkpoint.body()?;
        let signature = self.pair.try_sign(body.as_bytes()).map_err(|_| Error::KeyUnusable)?;
        let mut blob = self.key.id.to_vec();
        blob.extend_from_slice(signature.as_ref());
        Ok(format!("{body}\n{SIGNATURE_MARK}{} {}\n", self.key.name, BASE64.encode(&blob)))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.key)
    }
}

/// The public key of a log, written `name+id+key` as signed notes do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    // INVARIANT (id): the first four bytes of SHA-256 over name, line feed, kind and key.
    id: [u8; 4],
    public: [u8; 32],
}

impl VerifierKey {
    /// A verifier key from its raw public key.
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, Error> {
        if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+') {
            return Err(Error::KeyName);
        }
        let message = [name.as_bytes(), b"\n", &[ED25519_KIND], &public].concat();
        let mut id = [0; 4];
        for (to, from) in id.iter_mut().zip(digest(&SHA256, &message).as_ref()) {
            *to = *from;
        }
        Ok(Self { name: name.to_owned(), id, public })
    }

    /// The name of the key and of its log.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn check(&self, body: &str, signatures: &str) -> Result<(), Error> {
        if signatures.lines().count() > SIGNATURES_MAX || !signatures.ends_with('\n') {
            return Err(Error::CheckpointMalformed("the signature block does not end or is too long"));
        }
        let mut signed = false;
        for line in signatures.lines() {
            let malformed = Error::CheckpointMalformed("a signature line is malformed");
            let Some((name, text)) = line.strip_prefix(SIGNATURE_MARK).and_then(|rest| rest.split_once(' '))
            else {
                return Err(malformed);
            };
            let Ok(blob) = BASE64.decode(text.as_bytes()) else { return Err(malformed) };
            let Some((id, signature)) = blob.split_at_checked(4) else { return Err(malformed) };
            if name != self.name || id != self.id {
                continue;
            }
            UnparsedPublicKey::new(&ED25519, &self.public)
                .verify(body.as_bytes(), signature)
                .map_err(|_| Error::BadSignature(self.name.clone()))?;
            signed = true;
        }
        if signed { Ok(()) } else { Err(Error::NotSigned(self.name.clone())) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blob = vec![ED25519_KIND];
        blob.extend_from_slice(&self.public);
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&self.id), BASE64.encode(&blob))
    }
}

impl FromStr for VerifierKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(blob)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Error::KeyMalformed);
        };
        let blob = BASE64.decode(blob.as_bytes()).map_err(|_| Error::KeyMalformed)?;
        let Some((&ED25519_KIND, public)) = blob.split_first() else { return Err(Error::KeyMalformed) };
        let key = Self::new(name, public.try_into().map_err(|_| Error::KeyMalformed)?)?;
        if HEXLOWER.encode(&key.id) != id {
            return Err(Error::KeyMalformed);
        }
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::{empty_root, leaf_hash};

    fn signer(name: &str) -> Signer {
        Signer::from_seed(name, &[7; 32]).unwrap()
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            origin: "shop.example/log".into(),
            size: 42,
            root: leaf_hash(b"x"),
            extensions: Vec::new(),
        }
    }

    #[test]
    fn a_signed_checkpoint_opens_with_its_key() {
        let signer = signer("shop.example/log");
        let mut checkpoint = checkpoint();
        checkpoint.extensions = vec!["first line".into(), "— looks like a signature".into()];
        let note = signer.sign(&checkpoint).unwrap();
        assert_eq!(Checkpoint::open(&note, signer.verifier_key()).unwrap(), checkpoint);
        let key: VerifierKey = signer.verifier_key().to_string().parse().unwrap();
        assert_eq!(Checkpoint::open(&note, &key).unwrap(), checkpoint);
    }

    #[test]
    fn the_note_has_the_lines_the_format_asks_for() {
        let signer = signer("shop.example/log");
        let empty = Checkpoint { size: 0, root: empty_root(), ..checkpoint() };
        let note = signer.sign(&empty).unwrap();
        let lines: Vec<&str> = note.split('\n').collect();
        assert_eq!(lines[..4], ["shop.example/log", "0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", ""]);
        assert!(lines[4].starts_with("— shop.example/log "));
        assert_eq!(lines[5..], [""]);
    }

    #[test]
    fn a_key_pair_of_the_go_note_package_gives_the_same_key_text() {
        let seed = BASE64.decode(b"gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=").unwrap();
        let signer = Signer::from_seed("PeterNeumann", &seed.try_into().unwrap()).unwrap();
        assert_eq!(
            signer.verifier_key().to_string(),
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        );
    }

    #[test]
    fn every_flipped_byte_of_a_note_is_refused() {
        let signer = signer("shop.example/log");
        let note = signer.sign(&checkpoint()).unwrap();
        for position in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[position] ^= 1;
            let Ok(bent) = String::from_utf8(bytes) else { continue };
            assert!(Checkpoint::open(&bent, signer.verifier_key()).is_err(), "byte {position}");
        }
    }

    #[test]
    fn signatures_of_unknown_keys_are_passed_over() {
        let signer = signer("shop.example/log");
        let note = signer.sign(&checkpoint()).unwrap();
        let witness = format!("{note}— witness.example AAAAAAAA\n");
        assert!(Checkpoint::open(&witness, signer.verifier_key()).is_ok());
        let (other, _) = Signer::generate("shop.example/log").unwrap();
        assert!(matches!(Checkpoint::open(&note, other.verifier_key()), Err(Error::NotSigned(_))));
    }

    #[test]
    fn a_checkpoint_of_another_log_is_neither_signed_nor_opened() {
        let other = signer("other.example/log");
        assert!(matches!(other.sign(&checkpoint()), Err(Error::OtherOrigin { .. })));
    }

    #[test]
    fn unruly_bodies_are_refused_even_when_signed() {
        let signer = signer("log.example");
        let root = leaf_hash(b"x").to_base64();
        for body in [
            format!("log.example\n042\n{root}\n"),
            format!("log.example\n+42\n{root}\n"),
            format!("log.example\n-1\n{root}\n"),
            format!("log.example\n99999999999999999999\n{root}\n"),
            format!("log.example\n42\n{}\n", root.trim_end_matches('=')),
            format!("log.example\n42\n{root}\n\nafter\n"),
            format!("other.example\n42\n{root}\n"),
            "log.example\n42\n".to_owned(),
        ] {
            let signature = signer.pair.sign(body.as_bytes());
            let blob = [signer.key.id.as_slice(), signature.as_ref()].concat();
            let note = format!("{body}\n— log.example {}\n", BASE64.encode(&blob));
            assert!(Checkpoint::open(&note, signer.verifier_key()).is_err(), "{body}");
        }
    }

    #[test]
    fn keys_that_are_not_well_formed_are_refused() {
        let good = signer("log.example").verifier_key().to_string();
        assert!(good.parse::<VerifierKey>().is_ok());
        for bad in [String::new(), good.replace("log", "lag"), good.replacen('+', " ", 1), format!("{good}=")]
        {
            assert!(bad.parse::<VerifierKey>().is_err(), "{bad}");
        }
        for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b"] {
            assert!(matches!(Signer::from_seed(name, &[1; 32]), Err(Error::KeyName)), "{name:?}");
        }
    }

    #[test]
    fn another_log_is_named_by_a_line_that_is_read_back_and_other_lines_are_passed_over() {
        let named = Named { origin: "shop.example/2".into(), size: 7, root: leaf_hash(b"y") };
        let line = named.line();
        let extensions = vec![
            "a remark".into(),
            line.clone(),
            format!("{line} more"),
            line.replace(" 7 ", " 07 "),
            line.replace(" 7 ", " -7 "),
        ];
        let checkpoint = Checkpoint { extensions, ..checkpoint() };
        assert_eq!(checkpoint.named(), [named]);
    }

    #[test]
    fn an_extension_line_cannot_smuggle_a_line_break() {
        let signer = signer("shop.example/log");
        for line in ["", "a\nb", "tab\t"] {
            let checkpoint = Checkpoint { extensions: vec![line.into()], ..checkpoint() };
            assert!(signer.sign(&checkpoint).is_err());
        }
    }
}
