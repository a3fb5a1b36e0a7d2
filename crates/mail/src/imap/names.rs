//! How is the name of a folder spelt on the wire?
//!
//! In a UTF-7 of its own (RFC 3501, 5.1.3): letters outside ASCII stand as base64 of UTF-16 between `&` and `-`.

use data_encoding::BASE64_NOPAD;

/// The name of a folder as the server knows it.
pub(super) fn on_the_wire(name: &str) -> String {
    let mut wire = String::new();
    let mut foreign = String::new();
    for sign in name.chars() {
        if matches!(sign, ' '..='~') {
            flush(&mut foreign, &mut wire);
            wire.push(sign);
            if sign == '&' {
                wire.push('-');
            }
        } else {
            foreign.push(sign);
        }
    }
    flush(&mut foreign, &mut wire);
    wire
}

fn flush(foreign: &mut String, wire: &mut String) {
    if foreign.is_empty() {
        return;
    }
    let bytes: Vec<u8> = foreign.encode_utf16().flat_map(u16::to_be_bytes).collect();
    wire.push('&');
    wire.push_str(&BASE64_NOPAD.encode(&bytes).replace('/', ","));
    wire.push('-');
    foreign.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_as_servers_spell_them() {
        assert_eq!(on_the_wire("INBOX"), "INBOX");
        assert_eq!(on_the_wire("Закрыто"), "&BBcEMAQ6BEAESwRCBD4-");
        assert_eq!(on_the_wire("A & Ә"), "A &- &BNg-");
    }
}
