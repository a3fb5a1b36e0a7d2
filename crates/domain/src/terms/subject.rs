//! Who is a record about, without saying who it is?

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $Name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name([u8; 16]);

        impl $Name {
            /// Sixteen bytes drawn at random, or derived by a keyed function.
            pub const fn new(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Reads 32 hexadecimal digits.
            pub fn from_hex(text: &str) -> Option<Self> {
                if text.len() != 32 {
                    return None;
                }
                let mut bytes = [0; 16];
                for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    let pair = std::str::from_utf8(pair).ok()?;
                    if !pair.bytes().all(|b| b.is_ascii_hexdigit()) {
                        return None;
                    }
                    *byte = u8::from_str_radix(pair, 16).ok()?;
                }
                Some(Self(bytes))
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($Name))
            }
        }
    };
}

id!(
    /// The data subject (clause 1.2: every visitor is one) as callers of the API know them: random, and worth nothing without the keys.
    SubjectId
);
id!(
    /// What a subject is called in one compartment. Two pseudonyms of one person cannot be told to be theirs without the root key (clause 5.3).
    Pseudonym
);
id!(
    /// A restriction, hold, document or other thing that belongs to a subject and is named later.
    ThingId
);
id!(
    /// The case of a request: random, and worth nothing without the case's key.
    CaseId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints_and_nothing_else() {
        let id = SubjectId::new([0xa7; 16]);
        assert_eq!(SubjectId::from_hex(&id.to_string()), Some(id));
        for bad in ["", "a7", "+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", &"g".repeat(32), &"é".repeat(16)] {
            assert_eq!(SubjectId::from_hex(bad), None);
        }
    }
}
