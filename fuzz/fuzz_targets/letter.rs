//! Is there a letter that cannot be read without falling over?
#![no_main]

use libfuzzer_sys::fuzz_target;
use saqta_mail::letter::{Letter, bounds};

fuzz_target!(|bytes: &[u8]| {
    let Ok(letter) = Letter::read(bytes) else { return };
    assert!(letter.attachments.len() <= bounds::MAX_PARTS);
    assert!(letter.subject.chars().count() <= bounds::MAX_LINE);
    assert!(!letter.subject.chars().any(char::is_control));
});
