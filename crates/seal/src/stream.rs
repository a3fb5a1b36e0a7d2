//! How is a document sealed part by part, so that it never has to lie in memory whole?
//!
//! A chunk is algorithm (1 byte) ‖ key id (8) ‖ last flag (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16). Beside its
//! [`Binding`] it is tied to the document, to its own number and to whether it is the last. So chunks that are
//! left out, doubled, reordered or taken from another document do not open, and a document that was cut off is
//! noticed by [`StreamOpener::finish`].

use std::borrow::Borrow;

use zeroize::Zeroizing;

use crate::cipher::{Context, TAG, after_algorithm};
use crate::envelope::{Binding, after_key_id, header};
use crate::error::Error;
use crate::keys::{DataKey, KEY_ID};
use crate::random::NONCE;

/// Plaintext bytes in every chunk but the last.
pub const CHUNK: usize = 64 * 1024;

/// One sealed part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedChunk {
    /// Its place, counted from zero.
    pub number: u64,
    /// Whether the document ends here.
    pub last: bool,
    /// What has to be stored.
    pub bytes: Vec<u8>,
}

/// Seals a document as its bytes arrive and holds back no more than one chunk.
pub struct StreamSealer<'k> {
    key: &'k DataKey,
    document: Context,
    limit: u64,
    taken: u64,
    number: u64,
    held: Zeroizing<Vec<u8>>,
    // INVARIANT (whole): once bytes were offered and not taken, no last chunk is made.
    spoiled: bool,
}

impl<'k> StreamSealer<'k> {
    /// Begins a document of at most `limit` bytes.
    pub fn new(key: &'k DataKey, binding: &Binding<'_>, document_id: [u8; 16], limit: u64) -> Self {
        Self {
            key,
            document: document(key, binding, &document_id),
            limit,
            taken: 0,
            number: 0,
            // All the room it will need: a growing vector would leave plaintext where it lay before.
            held: Zeroizing::new(Vec::with_capacity(CHUNK)),
            spoiled: false,
        }
    }

    /// Takes in more bytes and gives back the chunks that became full. When the limit is passed nothing of
    /// `bytes` is kept, and the document can no longer be finished.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<SealedChunk>, Error> {
        let chunks = self.take(bytes);
        self.spoiled |= chunks.is_err();
        chunks
    }

    /// Seals what is held back as the last chunk; an empty document has one empty chunk.
    pub fn finish(mut self) -> Result<SealedChunk, Error> {
        // INVARIANT (whole) is relied on by whoever opens the document later.
        if self.spoiled {
            return Err(Error::Unfinished);
        }
        self.seal(true)
    }

    fn take(&mut self, mut bytes: &[u8]) -> Result<Vec<SealedChunk>, Error> {
        let taken = self.taken.saturating_add(bytes.len() as u64);
        if taken > self.limit {
            return Err(Error::TooLarge { limit: self.limit });
        }
        if self.spoiled {
            return Err(Error::Unfinished);
        }
        let mut chunks = Vec::new();
        while !bytes.is_empty() {
            // A full chunk waits until more comes, because it may turn out to be the last.
            if self.held.len() == CHUNK {
                chunks.push(self.seal(false)?);
            }
            let room = CHUNK - self.held.len();
            let (now, later) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        self.taken = taken;
        Ok(chunks)
    }

    fn seal(&mut self, last: bool) -> Result<SealedChunk, Error> {
        let number = self.number;
        let [algorithm, id @ ..] = header(self.key);
        let mut header = [u8::from(last); HEADER];
        for (place, byte) in header.iter_mut().zip([algorithm].into_iter().chain(id)) {
            *place = byte;
        }
        let bytes = self.key.cipher().seal(&header, &part(&self.document, number, last), &self.held)?;
        self.held.clear();
        self.number += 1;
        Ok(SealedChunk { number, last, bytes })
    }
}

/// Opens the chunks of a document in their order.
///
/// What [`push`](Self::push) gives is genuine, but only a beginning until [`finish`](Self::finish) agreed:
/// whoever hands the parts on before has to be able to say later that the rest is missing.
pub struct StreamOpener<K> {
    key: K,
    document: Context,
    number: u64,
    ended: bool,
}

impl<K: Borrow<DataKey>> StreamOpener<K> {
    /// Begins to open a document in its place, with a key that is lent or given away.
    pub fn new(key: K, binding: &Binding<'_>, document_id: [u8; 16]) -> Self {
        let document = document(key.borrow(), binding, &document_id);
        Self { key, document, number: 0, ended: false }
    }

    /// Opens the next chunk.
    pub fn push(&mut self, chunk: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        if self.ended {
            return Err(Error::AfterEnd);
        }
        if chunk.len() > HEADER + NONCE + CHUNK + TAG {
            return Err(Error::TooLarge { limit: CHUNK as u64 });
        }
        let rest = after_key_id(self.key.borrow(), after_algorithm(chunk)?)?;
        let (last, sealed) = rest.split_first().ok_or(Error::Truncated)?;
        let last = match last {
            0 => false,
            1 => true,
            _ => return Err(Error::NotAuthentic),
        };
        let plaintext = self.key.borrow().cipher().open(&part(&self.document, self.number, last), sealed)?;
        self.number += 1;
        self.ended = last;
        Ok(plaintext)
    }

    /// Confirms that the document is whole.
    pub fn finish(self) -> Result<(), Error> {
        if !self.ended {
            return Err(Error::Unfinished);
        }
        Ok(())
    }
}

/// Algorithm, key id and last flag.
const HEADER: usize = 1 + KEY_ID + 1;

fn document(key: &DataKey, binding: &Binding<'_>, document_id: &[u8; 16]) -> Context {
    binding.context("saqta/chunk/1", key).with(document_id)
}

fn part(document: &Context, number: u64, last: bool) -> Context {
    document.clone().with(&number.to_be_bytes()).with(&[u8::from(last)])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::SubjectKeys;

    const HERE: Binding<'_> =
        Binding { subject: &[5; 16], compartment: "shop", attribute: "scan", version: 1 };
    const ID: [u8; 16] = [9; 16];

    fn sealed(key: &DataKey, id: [u8; 16], plaintext: &[u8], step: usize) -> Vec<SealedChunk> {
        let mut sealer = StreamSealer::new(key, &HERE, id, u64::MAX);
        let mut chunks = Vec::new();
        for piece in plaintext.chunks(step) {
            chunks.extend(sealer.push(piece).unwrap());
        }
        chunks.push(sealer.finish().unwrap());
        chunks
    }

    fn opened<'a>(
        key: &DataKey,
        chunks: impl IntoIterator<Item = &'a SealedChunk>,
    ) -> Result<Vec<u8>, Error> {
        let mut opener = StreamOpener::new(key, &HERE, ID);
        let mut plaintext = Vec::new();
        for chunk in chunks {
            plaintext.extend_from_slice(&opener.push(&chunk.bytes)?);
        }
        opener.finish()?;
        Ok(plaintext)
    }

    fn key() -> DataKey {
        SubjectKeys::generate().unwrap().data
    }

    /// Four chunks whose contents differ.
    fn long() -> Vec<u8> {
        (0..3 * CHUNK + 100).map(|at| (at / 97) as u8).collect()
    }

    #[test]
    fn a_document_opens_whole_however_its_bytes_arrived() {
        let key = key();
        for (length, chunks) in
            [(0, 1), (1, 1), (CHUNK - 1, 1), (CHUNK, 1), (CHUNK + 1, 2), (2 * CHUNK, 2), (2 * CHUNK + 7, 3)]
        {
            let plaintext = &long()[..length];
            for step in [1000, CHUNK, CHUNK + 1, usize::MAX] {
                let sealed = sealed(&key, ID, plaintext, step);
                assert_eq!(sealed.len(), chunks, "{length} bytes in steps of {step}");
                assert!(sealed.iter().enumerate().all(|(at, chunk)| chunk.number == at as u64));
                assert_eq!(sealed.iter().filter(|chunk| chunk.last).count(), 1);
                assert_eq!(opened(&key, &sealed).unwrap(), plaintext);
            }
        }
    }

    #[test]
    fn a_document_cut_after_any_chunk_is_unfinished() {
        let key = key();
        let chunks = sealed(&key, ID, &long(), 5000);
        for kept in 0..chunks.len() {
            assert!(matches!(opened(&key, &chunks[..kept]), Err(Error::Unfinished)), "{kept} kept");
        }
    }

    #[test]
    fn left_out_doubled_and_reordered_chunks_are_refused() {
        let key = key();
        let chunks = sealed(&key, ID, &long(), 5000);
        for order in [&[0, 2, 3][..], &[1, 2, 3], &[0, 0, 1, 2, 3], &[0, 2, 1, 3], &[3], &[0, 3]] {
            let refused = opened(&key, order.iter().map(|at| &chunks[*at]));
            assert!(matches!(refused, Err(Error::NotAuthentic)), "{order:?}");
        }
        assert!(matches!(opened(&key, chunks.iter().chain(&chunks[3..])), Err(Error::AfterEnd)));
    }

    #[test]
    fn chunks_of_another_document_cannot_be_spliced_in() {
        let key = key();
        let (mine, other) = (sealed(&key, ID, &long(), 5000), sealed(&key, [8; 16], &long(), 5000));
        let spliced = [&mine[0], &other[1], &mine[2], &mine[3]];
        assert!(matches!(opened(&key, spliced), Err(Error::NotAuthentic)));
    }

    #[test]
    fn a_middle_chunk_cannot_be_relabelled_as_the_last() {
        let key = key();
        let mut chunks = sealed(&key, ID, &long(), 5000);
        chunks[1].bytes[HEADER - 1] = 1;
        assert!(matches!(opened(&key, &chunks[..2]), Err(Error::NotAuthentic)));
    }

    #[test]
    fn a_value_and_a_chunk_do_not_pass_for_each_other() {
        let key = key();
        let chunk = sealed(&key, ID, b"short", 5).remove(0);
        assert!(matches!(crate::envelope::open(&key, &HERE, &chunk.bytes), Err(Error::NotAuthentic)));
        let value = crate::envelope::seal(&key, &HERE, b"a value").unwrap();
        assert!(StreamOpener::new(&key, &HERE, ID).push(&value).is_err());
    }

    #[test]
    fn the_limit_is_met_before_more_is_held() {
        let key = key();
        let mut sealer = StreamSealer::new(&key, &HERE, ID, 10);
        sealer.push(&[1; 10]).unwrap();
        assert!(matches!(sealer.push(&[1]), Err(Error::TooLarge { limit: 10 })));
        assert_eq!(sealer.held.len(), 10);
        assert!(matches!(sealer.push(b""), Err(Error::Unfinished)));
        assert!(matches!(sealer.finish(), Err(Error::Unfinished)));
    }

    #[test]
    fn a_document_of_exactly_the_limit_is_taken() {
        let key = key();
        let mut sealer = StreamSealer::new(&key, &HERE, ID, CHUNK as u64);
        assert!(sealer.push(&[0; CHUNK]).unwrap().is_empty());
        assert_eq!(opened(&key, [&sealer.finish().unwrap()]).unwrap().len(), CHUNK);
    }

    proptest! {
        #[test]
        fn any_changed_bit_of_a_chunk_is_refused(plaintext: Vec<u8>, at: usize, bit in 0..8u8) {
            let key = key();
            let mut chunks = sealed(&key, ID, &plaintext, 64);
            let at = at % chunks[0].bytes.len();
            chunks[0].bytes[at] ^= 1 << bit;
            prop_assert!(opened(&key, &chunks).is_err());
        }
    }
}
