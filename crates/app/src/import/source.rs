//! What is in the file: which encoding, which columns, which lines?
//!
//! The file is never held in memory. It is read once to take its digest and learn its encoding and columns, and once more,
//! line by line, to import it; every line knows its place, so that a reader can begin in the middle.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};

use super::fault::Fault;

/// Longer lines are no rows of a customer base: they are read past and rejected.
const LINE_LIMIT: usize = 256 * 1024;
const CHUNK: usize = 64 * 1024;

/// How letters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Windows1251,
}

impl Encoding {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "windows-1251" | "cp1251" => Some(Self::Windows1251),
            _ => None,
        }
    }

    /// The text; nothing, where the bytes are none in this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::Windows1251 => {
                Some(encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0.into_owned())
            }
        }
    }
}

/// What one pass over the whole file tells.
pub(super) struct Survey {
    /// SHA-256 of the file: another file, or a changed one, is not resumed.
    pub(super) digest: [u8; 32],
    /// Its size.
    pub(super) total: u64,
    /// The encoding that fits it.
    pub(super) encoding: Encoding,
    /// Where its text begins: after a byte-order mark, if it has one.
    pub(super) begins: u64,
}

/// Reads the file once.
pub(super) fn survey(path: &Path) -> Result<Survey, Fault> {
    let mut file = File::open(path).map_err(Fault::file(path))?;
    let mut context = Context::new(&SHA256);
    let mut letters = Letters::default();
    let mut total = 0_u64;
    let mut begins = 0_u64;
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk).map_err(Fault::file(path))?;
        let Some(bytes) = chunk.get(..read).filter(|b| !b.is_empty()) else { break };
        if total == 0 {
            if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                return Err(Fault::Unsupported("utf16_save_it_as_utf8"));
            }
            begins = if bytes.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
        }
        context.update(bytes);
        letters.count(bytes);
        total += read as u64;
    }
    let mut digest = [0; 32];
    for (place, byte) in digest.iter_mut().zip(context.finish().as_ref()) {
        *place = *byte;
    }
    Ok(Survey { digest, total, encoding: letters.encoding(), begins })
}

/// Counts what is UTF-8 and what is not. One broken byte in a file of good letters is a broken row; a file in which
/// hardly a letter is UTF-8 was written in the old Cyrillic encoding.
#[derive(Default)]
struct Letters {
    good: u64,
    broken: u64,
    rest: Vec<u8>,
}

impl Letters {
    fn count(&mut self, chunk: &[u8]) {
        let mut held = std::mem::take(&mut self.rest);
        held.extend_from_slice(chunk);
        let mut bytes = held.as_slice();
        loop {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.good += wide(text.as_bytes());
                    return;
                }
                Err(error) => {
                    let (good, bad) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
                    self.good += wide(good);
                    let Some(length) = error.error_len() else {
                        self.rest = bad.to_vec();
                        return;
                    };
                    self.broken += 1;
                    bytes = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn encoding(&self) -> Encoding {
        let broken = self.broken + u64::from(!self.rest.is_empty());
        if broken > self.good { Encoding::Windows1251 } else { Encoding::Utf8 }
    }
}

/// Letters of more than one byte.
fn wide(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b >= 0xc0).count() as u64
}

/// One physical line, without its end.
pub(super) struct Line {
    pub(super) bytes: Vec<u8>,
    /// Counted from one.
    pub(super) number: u64,
    /// The byte after it.
    pub(super) end: u64,
    /// Set when it was longer than any row; its bytes are not kept then.
    pub(super) too_long: bool,
}

/// The lines of a file from some place on; lines that were taken too early can be given back.
pub(super) struct Lines {
    reader: BufReader<File>,
    given_back: VecDeque<Line>,
    number: u64,
    offset: u64,
}

impl Lines {
    /// Begins at a byte, which begins the line after the numbered one.
    pub(super) fn open(path: &Path, offset: u64, number: u64) -> Result<Self, Fault> {
        let mut file = File::open(path).map_err(Fault::file(path))?;
        file.seek(SeekFrom::Start(offset)).map_err(Fault::file(path))?;
        let reader = BufReader::with_capacity(CHUNK, file);
        Ok(Self { reader, given_back: VecDeque::new(), number, offset })
    }

    pub(super) fn give_back(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        lines.rev().for_each(|line| self.given_back.push_front(line));
    }

    pub(super) fn next(&mut self) -> Result<Option<Line>, std::io::Error> {
        if let Some(line) = self.given_back.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let mut length = 0_u64;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let found = buffer.iter().position(|b| *b == b'\n').map(|at| at + 1);
            let taken = found.unwrap_or(buffer.len());
            if bytes.len() <= LINE_LIMIT {
                bytes.extend_from_slice(buffer.get(..taken).unwrap_or_default());
            }
            self.reader.consume(taken);
            length += taken as u64;
            if found.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.offset += length;
        let too_long = bytes.len() > LINE_LIMIT;
        if too_long {
            bytes = Vec::new();
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Line { bytes, number: self.number, end: self.offset, too_long }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(chunks: &[&[u8]]) -> Encoding {
        let mut letters = Letters::default();
        chunks.iter().for_each(|c| letters.count(c));
        letters.encoding()
    }

    #[test]
    fn the_encoding_is_told_by_what_most_letters_are() {
        let russian = "Қазақша, Русский".as_bytes();
        assert_eq!(encoding(&[b"plain"]), Encoding::Utf8);
        assert_eq!(encoding(&[russian]), Encoding::Utf8);
        // A letter cut in two by the end of a chunk is no broken one.
        let (one, two) = russian.split_at(1);
        assert_eq!(encoding(&[one, two]), Encoding::Utf8);
        let (old, _, _) = encoding_rs::WINDOWS_1251.encode("Корнеев Сергей");
        assert_eq!(encoding(&[&old]), Encoding::Windows1251);
        assert_eq!(encoding(&[russian, b"\xff\n"]), Encoding::Utf8);
    }

    #[test]
    fn lines_know_their_place_and_a_giant_one_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let giant = "x".repeat(LINE_LIMIT + 2 * CHUNK);
        std::fs::write(&path, format!("a\r\n{giant}\nb")).unwrap();
        let mut lines = Lines::open(&path, 0, 0).unwrap();
        let first = lines.next().unwrap().unwrap();
        assert_eq!((first.bytes.as_slice(), first.number, first.end), (b"a".as_slice(), 1, 3));
        let second = lines.next().unwrap().unwrap();
        assert!(second.too_long && second.bytes.is_empty());
        let third = lines.next().unwrap().unwrap();
        assert_eq!((third.bytes.as_slice(), third.number), (b"b".as_slice(), 3));
        lines.give_back([third].into_iter());
        assert_eq!(lines.next().unwrap().unwrap().number, 3);
        assert!(lines.next().unwrap().is_none());
        let mut again = Lines::open(&path, second.end, second.number).unwrap();
        assert_eq!(again.next().unwrap().unwrap().number, 3);
    }
}
