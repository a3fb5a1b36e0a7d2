//! Did this key sign this checkpoint (signed-note and tlog-checkpoint, read by the inspector's own code)?

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};

use super::tree::sha256;

/// A public key of the form `name+id+key`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: String,
    id: Vec<u8>,
    public: Vec<u8>,
}

/// What a checkpoint says when its signature holds.
#[derive(Debug)]
pub(super) struct Promise {
    pub(super) size: u64,
    pub(super) root: [u8; 32],
    pub(super) others: Vec<Other>,
}

/// What it says of another log.
#[derive(Debug)]
pub(super) struct Other {
    pub(super) log: String,
    pub(super) size: u64,
    pub(super) root: [u8; 32],
}

impl Key {
    /// Reads the text form and recomputes the id from name and key.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once('+')?;
        let (id_text, blob_text) = rest.split_once('+')?;
        if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let blob = base64(blob_text)?;
        let (kind, public) = blob.split_first()?;
        if *kind != 1 || public.len() != 32 {
            return None;
        }
        let mut message = name.as_bytes().to_vec();
        message.push(b'\n');
        message.extend_from_slice(&blob);
        let id: Vec<u8> = sha256(&message).into_iter().take(4).collect();
        let id_hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        (id_hex == id_text).then(|| Self { name: name.to_owned(), id, public: public.to_vec() })
    }

    /// Reads a checkpoint, or says why it cannot be believed.
    pub(super) fn open(&self, note: &str) -> Result<Promise, &'static str> {
        let end = note.rfind("\n\n").ok_or("it has no signature lines")?;
        let (body, signatures) = note.split_at_checked(end + 1).ok_or("it has no signature lines")?;
        let signatures = signatures.trim_start_matches('\n');
        if !signatures.ends_with('\n') {
            return Err("its last line does not end");
        }
        self.check(body, signatures)?;
        self.promise(body)
    }

    fn check(&self, body: &str, signatures: &str) -> Result<(), &'static str> {
        let public = UnparsedPublicKey::new(&ED25519, &self.public);
        let mut own = 0_usize;
        for line in signatures.lines().take(1000) {
            let mut words = line.split(' ');
            let (Some("\u{2014}"), Some(name), Some(text), None) =
                (words.next(), words.next(), words.next(), words.next())
            else {
                return Err("a signature line is malformed");
            };
            let blob = base64(text).ok_or("a signature is not base64")?;
            let Some(signature) = blob.strip_prefix(self.id.as_slice()).filter(|_| name == self.name) else {
                continue;
            };
            public.verify(body.as_bytes(), signature).map_err(|_| "its signature is wrong")?;
            own += 1;
        }
        if own > 0 { Ok(()) } else { Err("the key of the log has not signed it") }
    }

    fn promise(&self, body: &str) -> Result<Promise, &'static str> {
        let mut lines = body.split('\n');
        if lines.next() != Some(self.name.as_str()) {
            return Err("it is of another log");
        }
        let size = number(lines.next().unwrap_or_default())?;
        let root = base64(lines.next().unwrap_or_default()).and_then(|bytes| bytes.try_into().ok());
        let root = root.ok_or("its root is not a hash")?;
        let others: Result<Vec<Other>, _> =
            lines.filter_map(|line| line.strip_prefix("log ")).map(other).collect();
        Ok(Promise { size, root, others: others? })
    }
}

fn number(text: &str) -> Result<u64, &'static str> {
    if text.is_empty()
        || !text.bytes().all(|c| c.is_ascii_digit())
        || (text.len() > 1 && text.starts_with('0'))
    {
        return Err("its size is not a plain number");
    }
    text.parse().map_err(|_| "its size is too large")
}

/// Name, size and root of another log, as a line of the signed text has them.
fn other(line: &str) -> Result<Other, &'static str> {
    let mut words = line.split(' ');
    let (Some(log), Some(size), Some(root), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err("it names another log in a way that cannot be read");
    };
    let root = base64(root).and_then(|bytes| bytes.try_into().ok());
    Ok(Other {
        log: log.to_owned(),
        size: number(size)?,
        root: root.ok_or("the root of another log is not a hash")?,
    })
}

/// Standard base64 with padding; only the one spelling that an encoder writes is accepted.
fn base64(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let padding = text.bytes().rev().take_while(|c| *c == b'=').count();
    if padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for c in text.bytes().take(text.len() - padding) {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    // Bits that fill no byte must be zero and must be as many as the padding says.
    (bits == 0 && held as usize == 2 * padding).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_takes_the_published_vectors_and_no_second_spelling() {
        for (text, plain) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(base64(text).unwrap(), plain.as_bytes());
        }
        for bad in ["Zg", "Zg=", "Zh==", "Zm9=", "Z===", "Zg==Zg==", "Zm 9", "Zm9v\n", "===="] {
            assert!(base64(bad).is_none(), "{bad}");
        }
    }
}
