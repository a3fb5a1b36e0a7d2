//! Is this the password?
//!
//! What is kept is its Argon2id hash with a salt, at the cost that OWASP asks for. Hashing takes time and memory on purpose, so it
//! is done off the async threads and only a few at a time: whoever sends many passwords waits for themselves.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::StaffFault;
use crate::error::Error;

/// How many characters a password has at least.
pub const SHORTEST: usize = 12;

/// How many bytes are looked at; a longer one is refused, not cut.
const LONGEST: usize = 256;

/// Memory in kibibytes, passes and lanes: OWASP's first recommendation for Argon2id with one lane.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// A password as it is kept, with the cost at which it was hashed, so that a later program may ask for more.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Kept {
    cost: (u32, u32, u32),
    salt: [u8; 16],
    hash: [u8; 32],
}

impl Kept {
    /// One that no password opens.
    pub(super) fn decoy(salt: [u8; 16]) -> Self {
        Self { cost: COST, salt, hash: [0; 32] }
    }
}

/// What is wrong with a password that somebody chose.
pub(super) fn fault(password: &str, again: &str, names: [&str; 2]) -> Option<StaffFault> {
    let plain = password.trim().to_lowercase();
    if password.chars().count() < SHORTEST {
        return Some(StaffFault::PasswordShort);
    }
    if password.len() > LONGEST {
        return Some(StaffFault::PasswordLong);
    }
    if names.iter().any(|name| name.trim().to_lowercase() == plain) {
        return Some(StaffFault::PasswordIsName);
    }
    (password != again).then_some(StaffFault::PasswordsDiffer)
}

/// Hashes a new password.
pub(super) async fn keep(turns: &Arc<Semaphore>, password: &str, salt: [u8; 16]) -> Result<Kept, Error> {
    let hash = hashed(turns, password, salt, COST).await?;
    Ok(Kept { cost: COST, salt, hash })
}

/// Whether it is the password that was kept.
pub(super) async fn is_right(turns: &Arc<Semaphore>, password: &str, kept: &Kept) -> Result<bool, Error> {
    // A longer one is never right, but takes as long.
    let whole = password.len() <= LONGEST;
    let password = if whole { password } else { "" };
    let found = hashed(turns, password, kept.salt, kept.cost).await?;
    // Digests of the hashes are compared, so that the time it takes says nothing about them.
    let equal = crate::admission::sha256(&found) == crate::admission::sha256(&kept.hash);
    Ok(equal && whole)
}

async fn hashed(
    turns: &Arc<Semaphore>,
    password: &str,
    salt: [u8; 16],
    (memory, passes, lanes): (u32, u32, u32),
) -> Result<[u8; 32], Error> {
    let turn = Arc::clone(turns).acquire_owned().await.map_err(|_| Error::Busy)?;
    let password = Zeroizing::new(password.as_bytes().to_vec());
    let work = tokio::task::spawn_blocking(move || {
        // Held inside, so that the turn ends with the work and not with a caller who hangs up.
        let _turn = turn;
        let params = Params::new(memory, passes, lanes, Some(32)).ok()?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut hash = [0; 32];
        argon.hash_password_into(&password, &salt, &mut hash).ok()?;
        Some(hash)
    });
    work.await.ok().flatten().ok_or(Error::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let turns = Arc::new(Semaphore::new(1));
        let kept = keep(&turns, "correct horse battery", [7; 16]).await.unwrap();
        assert!(is_right(&turns, "correct horse battery", &kept).await.unwrap());
        for other in ["correct horse batterY", "", &"x".repeat(1000)] {
            assert!(!is_right(&turns, other, &kept).await.unwrap());
        }
        let other_salt = keep(&turns, "correct horse battery", [8; 16]).await.unwrap();
        assert_ne!(kept.hash, other_salt.hash);
    }

    #[tokio::test]
    async fn the_hash_is_argon2id_at_the_stated_cost() {
        // Computed by the reference implementation in C, with the same inputs.
        let turns = Arc::new(Semaphore::new(1));
        let kept = keep(&turns, "correct horse battery", *b"saltsaltsaltsalt").await.unwrap();
        assert_eq!(kept.cost, (19_456, 2, 1));
        assert_eq!(data_encoding::HEXLOWER.encode(&kept.hash), REFERENCE);
    }

    const REFERENCE: &str = "88f390e5fd8edb516c8e706fa3502215c0ee4977220a7294ad714efb27e03683";

    #[test]
    fn short_long_unequal_passwords_and_names_are_not_taken() {
        let check = |password: &str, again: &str| fault(password, again, ["aigul@shop.example", "Айгүл Ж."]);
        assert_eq!(check("elevenchars", "elevenchars"), Some(StaffFault::PasswordShort));
        assert_eq!(check("twelve chars", "twelve chars"), None);
        assert_eq!(check("құпиясөз бар", "құпиясөз бар"), None);
        assert_eq!(check(&"x".repeat(257), &"x".repeat(257)), Some(StaffFault::PasswordLong));
        assert_eq!(check("Aigul@shop.example", "Aigul@shop.example"), Some(StaffFault::PasswordIsName));
        assert_eq!(check("twelve chars", "twelve Chars"), Some(StaffFault::PasswordsDiffer));
    }
}
