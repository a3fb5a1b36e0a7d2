//! Is this the code that the second device shows now, or one of the codes on paper (RFC 6238)?
//!
//! A code counts in its own half minute and in the ones beside it, and never again: the last step whose code was used is kept.
//! Codes on paper are for a lost device; each counts once, and only digests of them are kept.

use data_encoding::{BASE32_NOPAD, Specification};
use saqta_seal::index::IndexKey;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use super::Secrets;
use crate::act::store;
use crate::error::Error;

/// The bytes of a secret: as many as the RFC recommends.
pub(crate) const SECRET: usize = 20;

/// How many codes on paper somebody gets.
pub const RECOVERY: usize = 10;

/// How long a code counts, in seconds.
const STEP: u64 = 30;

/// How a code on paper is written: letters and digits that nobody takes for one another.
const PAPER: &str = "abcdefghijkmnpqrstuvwxyz23456789";

/// By what somebody proved to have the second device, or the paper.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// By the code of this step of the clock.
    Step(i64),
    /// By the code on paper with this digest.
    Paper([u8; 32]),
}

/// A new secret.
pub(super) fn secret() -> Result<[u8; SECRET], Error> {
    let drawn = saqta_seal::random::secret().map_err(store)?;
    drawn.first_chunk::<SECRET>().copied().ok_or(Error::Unreadable)
}

/// The secret as somebody types it in, in groups of four.
pub(super) fn written(secret: &[u8; SECRET]) -> Zeroizing<String> {
    let plain = Zeroizing::new(BASE32_NOPAD.encode(secret));
    let mut grouped = String::with_capacity(40);
    for (place, letter) in plain.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    Zeroizing::new(grouped)
}

/// The address that the picture holds, as authenticator programs read it.
pub(super) fn address(secret: &[u8; SECRET], issuer: &str, account: &str) -> Zeroizing<String> {
    let (issuer, account) = (percent(issuer), percent(account));
    Zeroizing::new(format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP}",
        BASE32_NOPAD.encode(secret)
    ))
}

/// Everything but letters, digits and a few marks by its bytes in UTF-8.
fn percent(text: &str) -> String {
    let mut safe = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => safe.push(char::from(byte)),
            other => safe.push_str(&format!("%{other:02X}")),
        }
    }
    safe
}

/// What the secret's device shows at an instant, in seconds.
fn shown(secret: &[u8; SECRET], seconds: i64) -> String {
    clock(secret).generate(u64::try_from(seconds).unwrap_or(0)).to_string()
}

/// The same by the secret as it is written for people, for a device that somebody types it into.
pub fn shown_by(written: &str, seconds: i64) -> Result<String, Error> {
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let secret = Zeroizing::new(BASE32_NOPAD.decode(plain.as_bytes()).map_err(|_| Error::Unreadable)?);
    let secret = secret.as_slice().try_into().map_err(|_| Error::Unreadable)?;
    Ok(shown(secret, seconds))
}

/// The step whose code this is: now, half a minute ago or half a minute ahead.
pub(super) fn step_of(secret: &[u8; SECRET], code: &str, seconds: i64) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = clock(secret).check(&code, u64::try_from(seconds).ok()?)?;
    i64::try_from(step).ok()
}

fn clock(secret: &[u8; SECRET]) -> Totp {
    // Six digits by SHA-1, because many authenticator programs quietly do nothing else.
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP)
        .with_secret(*secret)
        .build_noncompliant()
}

/// What the code proves, if anything. Both ways are tried, whichever of them it is.
pub(super) fn prove(secrets: &Secrets, key: &IndexKey, code: &str, seconds: i64, used: i64) -> Option<Proof> {
    let step = step_of(&secrets.totp, code, seconds).filter(|step| *step > used);
    let digest = paper_digest(key, code);
    let paper = secrets.recovery.iter().fold(false, |found, kept| found | (*kept == digest));
    match step {
        Some(step) => Some(Proof::Step(step)),
        None => paper.then_some(Proof::Paper(digest)),
    }
}

/// New codes on paper, and their digests.
pub(super) fn papers(key: &IndexKey) -> Result<(Vec<String>, Vec<[u8; 32]>), Error> {
    let codes: Vec<String> = (0..RECOVERY).map(|_| drawn()).collect::<Result<_, _>>()?;
    let digests = codes.iter().map(|code| paper_digest(key, code)).collect();
    Ok((codes, digests))
}

/// Three groups of four letters and digits: sixty bits that nobody guesses.
pub(crate) fn drawn() -> Result<String, Error> {
    let mut specification = Specification::new();
    specification.symbols.push_str(PAPER);
    let alphabet = specification.encoding().map_err(|_| Error::Unreadable)?;
    let letters: Vec<char> = alphabet.encode(&saqta_seal::random::id().map_err(store)?).chars().collect();
    let groups: Vec<String> = letters.chunks_exact(4).take(3).map(String::from_iter).collect();
    Ok(groups.join("-"))
}

/// However somebody wrote the code: with blanks, without hyphens, in capitals.
fn paper_digest(key: &IndexKey, code: &str) -> [u8; 32] {
    let plain: String = code.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(64).collect();
    key.digest(plain.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B: the last six of the eight digits.
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shown(secret, seconds), code);
            assert_eq!(step_of(secret, code, seconds), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_counts_in_its_step_and_the_two_beside_it() {
        let secret = b"12345678901234567890";
        for (seconds, counts) in
            [(1, false), (29, false), (30, true), (59, true), (90, true), (119, true), (120, false)]
        {
            assert_eq!(step_of(secret, "359152", seconds).is_some(), counts, "{seconds}");
        }
        assert_eq!(step_of(secret, " 287 082 ", 59), Some(1));
        for wrong in ["", "28708", "2870820", "abcdef", "287083"] {
            assert_eq!(step_of(secret, wrong, 59), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_holds_what_authenticator_programs_ask_for() {
        let address = address(b"12345678901234567890", "Дүкен & Co", "staff");
        assert_eq!(
            address.as_str(),
            "otpauth://totp/%D0%94%D2%AF%D0%BA%D0%B5%D0%BD%20%26%20Co:staff?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%D0%94%D2%AF%D0%BA%D0%B5%D0%BD%20%26%20Co&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(written(b"12345678901234567890").as_str(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
