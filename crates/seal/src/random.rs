//! Where do keys and nonces come from?
//!
//! This is the only place in the crate that draws random bytes.

use std::cell::RefCell;

use aws_lc_rs::rand;
use zeroize::Zeroize;

use crate::error::Error;

pub(crate) const NONCE: usize = 12;

/// Nonces drawn at once, so that the cost of asking the generator is shared by many values.
const POOLED: usize = 128 * NONCE;

/// Fills `bytes` from the generator; used for keys, which never come out of the pool.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    rand::fill(bytes).map_err(|_| Error::NoRandomness)
}

/// Sixteen random bytes: an id that nobody can guess.
pub fn id() -> Result<[u8; 16], Error> {
    let mut id = [0; 16];
    fill(&mut id)?;
    Ok(id)
}

/// Thirty-two random bytes: a secret to be handed out once.
pub fn secret() -> Result<zeroize::Zeroizing<[u8; 32]>, Error> {
    let mut secret = zeroize::Zeroizing::new([0; 32]);
    fill(secret.as_mut())?;
    Ok(secret)
}

/// A fresh nonce. A forked or snapshotted process could draw the same pooled nonces twice; the cipher is
/// misuse resistant, so that this would show no more than that two equal values are equal.
pub(crate) fn nonce() -> Result<[u8; NONCE], Error> {
    // The pool is gone while its thread ends; the generator itself serves the last few.
    POOL.try_with(|pool| pool.try_borrow_mut().ok().map(|mut pool| pool.take()))
        .ok()
        .flatten()
        .unwrap_or_else(|| {
            let mut nonce = [0; NONCE];
            fill(&mut nonce).map(|()| nonce)
        })
}

thread_local! {
    static POOL: RefCell<Pool> = const { RefCell::new(Pool { bytes: [0; POOLED], used: POOLED }) };
}

struct Pool {
    bytes: [u8; POOLED],
    used: usize,
}

impl Pool {
    fn take(&mut self) -> Result<[u8; NONCE], Error> {
        if self.used >= POOLED {
            fill(&mut self.bytes)?;
            self.used = 0;
        }
        let mut nonce = [0; NONCE];
        for (drawn, pooled) in nonce.iter_mut().zip(self.bytes.iter_mut().skip(self.used)) {
            *drawn = *pooled;
            // A nonce that was handed out must not lie in memory for a second use.
            *pooled = 0;
        }
        self.used += NONCE;
        Ok(nonce)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nonces_do_not_repeat_within_a_thread_or_across_threads() {
        let draw = || (0..1000).map(|_| nonce().unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(draw)).collect();
        let mut all: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        all.extend(draw());
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 5000);
        assert!(!all.contains(&[0; NONCE]));
    }

    #[test]
    fn a_used_nonce_is_wiped_from_the_pool() {
        let mut pool = Pool { bytes: [0; POOLED], used: POOLED };
        pool.take().unwrap();
        pool.take().unwrap();
        assert_eq!(pool.bytes[..2 * NONCE], [0; 2 * NONCE]);
        assert_ne!(pool.bytes[2 * NONCE..], [0; POOLED - 2 * NONCE]);
    }
}
