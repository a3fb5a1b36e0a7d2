//! Who are the invented people, and which values belong to whom?
//!
//! Everything follows from a person's number, so any answer can be checked without remembering what was sent.

use std::fmt::Write;

/// The attributes of a customer, in the purpose `club`.
pub const CLUB: [&str; 7] = ["full_name", "phone", "address", "city", "birth_date", "car", "tyres"];

/// The attributes of somebody who has a card and nothing else.
pub const CARD: [&str; 4] = ["full_name", "phone", "city", "email"];

/// What a recorded read takes out.
pub const READ: [&str; 3] = ["full_name", "phone", "city"];

/// A person's value of an attribute. `edition` counts how often the city was rectified.
pub fn value(attribute: &str, number: u64, edition: u32) -> String {
    let mut text = String::new();
    let written = match attribute {
        "full_name" => write!(text, "Aigul {}", letters(number)),
        // Only the last four digits of an invented number are free.
        "phone" => write!(text, "+7700000{:04}", number % 10_000),
        "email" => write!(text, "person{number}@post.example"),
        "address" => write!(text, "{} Hundred Roads Street, flat {}", 1 + number % 300, 1 + number % 97),
        "city" => write!(text, "Town {} of the steppe, edition {edition}", number % 1_000),
        "birth_date" => {
            write!(text, "19{:02}-{:02}-{:02}", 50 + number % 50, 1 + number % 12, 1 + number % 28)
        }
        "car" => write!(text, "Model {} of {}", number % 40, 2000 + number % 25),
        "tyres" => write!(
            text,
            "{} inches, {}",
            13 + number % 9,
            if number.is_multiple_of(2) { "summer" } else { "winter" }
        ),
        other => write!(text, "{other} of {number}, edition {edition}"),
    };
    // Writing into a text cannot fail.
    let _ = written;
    text
}

/// A value of so many bytes that compress badly; different for each person and attribute.
pub fn long_value(attribute: u32, number: u64, bytes: usize) -> String {
    let mut state =
        number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(attribute).wrapping_mul(0xd1b5_4a32_d192_ed03);
    let letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap_or(0))
    };
    std::iter::repeat_with(letter).take(bytes).collect()
}

/// A number in letters, as names take no digits.
fn letters(mut number: u64) -> String {
    let mut text = String::from("S");
    loop {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
        if number == 0 {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn different_people_have_different_names_and_addresses_of_mail() {
        for attribute in ["full_name", "email"] {
            let values: BTreeSet<String> = (0..2_000).map(|number| value(attribute, number, 0)).collect();
            assert_eq!(values.len(), 2_000, "{attribute}");
        }
        assert!(value("full_name", 1_000, 0).chars().all(|c| c.is_alphabetic() || c == ' '));
    }

    #[test]
    fn a_long_value_has_its_length_and_belongs_to_one_person() {
        assert_eq!(long_value(1, 7, 96).len(), 96);
        assert_ne!(long_value(1, 7, 96), long_value(1, 8, 96));
        assert_eq!(long_value(1, 7, 96), long_value(1, 7, 96));
    }
}
