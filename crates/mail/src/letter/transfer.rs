//! Which bytes did a mail program wrap into base64 or quoted-printable?
//!
//! Whole encodings are unwrapped by `mail-parser`; damaged ones as far as they make sense, because half a letter is still
//! somebody's demand.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};

/// Unwraps a body by its `Content-Transfer-Encoding`.
pub fn unwrap<'a>(body: &'a [u8], encoding: Option<&str>) -> Cow<'a, [u8]> {
    let encoding = encoding.map(|word| word.trim().to_ascii_lowercase());
    match encoding.as_deref() {
        Some("base64") => Cow::Owned(base64(body)),
        Some("quoted-printable") => Cow::Owned(quoted_printable(body)),
        _ => Cow::Borrowed(body),
    }
}

/// Base64; what does not belong to the alphabet is passed over.
pub fn base64(body: &[u8]) -> Vec<u8> {
    if let Some(bytes) = base64_decode(body) {
        return bytes;
    }
    let alphabet: Vec<u8> = body
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
        .collect();
    base64_decode(&alphabet).unwrap_or_default()
}

/// Quoted-printable; an `=` that begins nothing stands for itself.
pub fn quoted_printable(body: &[u8]) -> Vec<u8> {
    if let Some(bytes) = quoted_printable_decode(body) {
        return bytes;
    }
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        rest = match rest {
            [b'=', b'\r', b'\n', after @ ..] | [b'=', b'\n', after @ ..] => after,
            [b'=', high, low, after @ ..] if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.extend(hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low));
                after
            }
            [byte, after @ ..] => {
                bytes.push(*byte);
                after
            }
            [] => return bytes,
        };
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_costs_no_more_than_itself() {
        assert_eq!(quoted_printable(b"a=3Db=ZZ c=\r\nd ="), b"a=b=ZZ cd =");
        assert_eq!(base64(b"0J/R\r\n!gNC+0YjRgw=="), "Прошу".as_bytes());
        assert_eq!(base64(b"0J/RgNC+0Y"), b"\xd0\x9f\xd1\x80\xd0\xbe\xd1".to_vec());
    }
}
