//! Can a letter make its reader fall over, run on, or hold more than it should?

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use saqta_mail::bounce;
use saqta_mail::letter::{Letter, LetterFault, ReturnPath, bounds};
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{LetterKind, OwnAddresses, understand};

static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/mail/letters");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "eml"));
    paths.sort();
    let letters = paths.iter().map(|path| fs::read(path).unwrap());
    letters.chain([REPORT.as_bytes().to_vec()]).collect()
});
/// A report of a mail server, to be broken like the letters.
const REPORT: &str = "From: MAILER-DAEMON@mx.people.example\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
    --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.people.example\r\n\r\n\
    Final-Recipient: rfc822; a@people.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
    --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <17@shop.example>\r\nSubject: a\r\n\r\nbody\r\n\r\n--b--\r\n";
static MARKS: LazyLock<Marks> = LazyLock::new(Marks::common);
static OWN: LazyLock<OwnAddresses> = LazyLock::new(|| OwnAddresses::new(["privacy@shop.example"]));

/// Reads and understands bytes, and holds what was read against the bounds.
fn survive(bytes: &[u8]) {
    if let Some(bounce) = bounce::read(bytes) {
        let values = bounce.recipients.iter().flat_map(|one| [&one.address, &one.status]);
        let values = values.chain(bounce.message_id.as_ref());
        assert!(values.into_iter().all(|value| value.len() <= 320 && !value.chars().any(char::is_control)));
        assert!(!bounce.recipients.is_empty());
    }
    let Ok(letter) = Letter::read(bytes) else { return };
    assert!(letter.attachments.len() <= bounds::MAX_PARTS);
    assert!(letter.from.len() <= bounds::MAX_ADDRESSES && letter.references.len() <= bounds::MAX_IDS);
    let lines =
        letter.attachments.iter().map(|attachment| attachment.name.as_str()).chain([letter.subject.as_str()]);
    for line in lines {
        assert!(line.chars().count() <= bounds::MAX_LINE && !line.chars().any(char::is_control));
    }
    for address in letter.from.iter().chain(&letter.reply_to) {
        assert!(!address.address.chars().any(|ch| ch.is_control() || ch == ' '));
    }
    let read = understand(&letter, &MARKS, &OWN);
    assert!(!read.kinds.is_empty());
    assert_eq!(read.files, !read.kinds.contains(&LetterKind::None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..4096)) {
        survive(&bytes);
    }

    #[test]
    fn letters_with_any_bytes_in_them_are_survived(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..64,
        put in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let letter = which.get(&CORPUS);
        let begin = at.index(letter.len());
        let end = (begin + cut).min(letter.len());
        survive(&[&letter[..begin], &put, &letter[end..]].concat());
    }

    #[test]
    fn letters_spliced_into_one_another_are_survived(
        left in any::<prop::sample::Index>(),
        right in any::<prop::sample::Index>(),
        cut_left in any::<prop::sample::Index>(),
        cut_right in any::<prop::sample::Index>(),
    ) {
        let (left, right) = (left.get(&CORPUS), right.get(&CORPUS));
        survive(&[&left[..cut_left.index(left.len())], &right[cut_right.index(right.len())..]].concat());
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,160}", subject in "[^\\r\\n]{0,120}") {
        survive(format!("Subject: {subject}\r\nFrom: {subject}\r\n\r\n{text}").as_bytes());
        survive(format!("Content-Type: text/html; charset=utf-8\r\n\r\n<p>{text}</p>").as_bytes());
    }
}

#[test]
fn every_letter_of_the_corpus_is_survived_cut_at_any_place() {
    for letter in CORPUS.iter() {
        let step = (letter.len() / 12).max(1);
        for end in (0..letter.len()).step_by(step) {
            survive(&letter[..end]);
        }
    }
}

fn fault(letter: &[u8]) -> Option<LetterFault> {
    Letter::read(letter).err()
}

#[test]
fn bombs_are_faults() {
    let multiparts: String = (0..10_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    assert_eq!(fault(multiparts.as_bytes()), Some(LetterFault::TooDeep));

    let letters = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    assert_eq!(fault(letters.as_bytes()), Some(LetterFault::TooDeep));

    let parts =
        format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(100_000));
    assert_eq!(fault(parts.as_bytes()), Some(LetterFault::TooManyParts));

    let huge = [b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n".to_vec(), vec![b'A'; 100_000_000]]
        .concat();
    assert_eq!(fault(&huge), Some(LetterFault::TooLarge));

    let field = format!("Subject: {}\r\n\r\n", "x".repeat(10_000_000));
    assert_eq!(fault(field.as_bytes()), Some(LetterFault::HeaderTooLong));

    let fields = format!("{}\r\n", "X: y\r\n".repeat(20_000));
    assert_eq!(fault(fields.as_bytes()), Some(LetterFault::TooManyFields));

    assert_eq!(fault(b""), Some(LetterFault::NotALetter));
    assert_eq!(fault(b"no letter at all"), Some(LetterFault::NotALetter));
}

#[test]
fn letters_packed_in_letters_are_unpacked_only_so_often() {
    let mut letter = b"Subject: x\r\n\r\ninnermost".to_vec();
    for _ in 0..4 {
        let packed = data_encoding::BASE64.encode(&letter);
        let header = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        letter = format!("{header}{packed}").into_bytes();
    }
    assert_eq!(fault(&letter), Some(LetterFault::TooDeep));
}

#[test]
fn the_largest_letters_within_the_bounds_are_read() {
    let line = "слово дела и ещё, ".repeat(200_000);
    survive(format!("Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{line}").as_bytes());
    let html = "<div><b>удалите</b><br>".repeat(400_000);
    survive(format!("Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}").as_bytes());
    survive(format!("Subject: x\r\n\r\n{}", "> ".repeat(4_000_000)).as_bytes());
    survive(format!("Subject: x\r\n\r\n{}", "a:\r\n".repeat(2_000_000)).as_bytes());
    survive(format!("Subject: {}\r\n\r\nx", "=?utf-8?B?".repeat(6_000)).as_bytes());
    survive(format!("From: {}\r\n\r\nx", "(".repeat(60_000)).as_bytes());
    survive(format!("From: {}\r\n\r\nx", "a@b.example,".repeat(5_000)).as_bytes());
    survive(format!("Content-Type: {}\r\n\r\nx", "text/plain; a*0*=b;".repeat(3_000)).as_bytes());
}

#[test]
fn fields_cannot_be_smuggled_in() {
    let letter =
        b"From: \"A\r\n B\" <a@b.example>\r\nSubject: =?utf-8?B?eA0KQmNjOiB4QHkuZXhhbXBsZQ0KDQpib2R5?=\r\n\
        Return-Path: <a@b.example>\r\n\r\ntext";
    let letter = Letter::read(letter).ok().unwrap();
    assert_eq!(*letter.subject, "x Bcc: x@y.example body");
    assert_eq!(letter.from[0].name.as_deref(), Some("A B"));
    assert!(letter.return_path == ReturnPath::Address("a@b.example".to_owned()));
}
