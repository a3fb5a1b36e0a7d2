//! Is there a letter that is read and cannot be understood without falling over, or is understood as nothing?
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use saqta_mail::letter::Letter;
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{LetterKind, OwnAddresses, understand};

static MARKS: LazyLock<Marks> = LazyLock::new(Marks::common);
static OWN: LazyLock<OwnAddresses> = LazyLock::new(|| OwnAddresses::new(["privacy@shop.example"]));

fuzz_target!(|bytes: &[u8]| {
    let Ok(letter) = Letter::read(bytes) else { return };
    let read = understand(&letter, &MARKS, &OWN);
    assert!(!read.kinds.is_empty());
    assert_eq!(read.files, !read.kinds.contains(&LetterKind::None));
});
