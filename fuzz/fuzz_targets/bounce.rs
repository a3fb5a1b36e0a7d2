//! Is there a report of a mail server that cannot be read without falling over?
#![no_main]

use libfuzzer_sys::fuzz_target;
use saqta_mail::bounce;

fuzz_target!(|bytes: &[u8]| {
    let Some(bounce) = bounce::read(bytes) else { return };
    assert!(!bounce.recipients.is_empty());
    let values = bounce.recipients.iter().flat_map(|one| [&one.address, &one.status]);
    for value in values.chain(bounce.message_id.as_ref()) {
        assert!(value.len() <= 320 && !value.chars().any(char::is_control));
    }
});
