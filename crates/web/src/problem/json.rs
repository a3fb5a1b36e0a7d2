//! What is wrong with a body that is not the JSON that is wanted, without repeating a word of it?

use serde::de::DeserializeOwned;

use crate::problem::Failure;

/// Reads the body, or says where it is wrong and what was wanted there.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|error| Failure::Json {
        line: error.line(),
        column: error.column(),
        wanted: if error.is_data() { wanted(&error.to_string()) } else { None },
    })
}

/// Only the part of the message that names fields of the interface. What the caller wrote stands before it and is left out.
fn wanted(message: &str) -> Option<String> {
    let (message, _) = message.rsplit_once(" at line ")?;
    if message.starts_with("missing field `") || message.starts_with("duplicate field `") {
        return Some(message.to_owned());
    }
    message.rsplit_once(", expected ").map(|(_, wanted)| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its name and type matter")]
        count: u8,
    }

    fn told(body: &[u8]) -> (usize, usize, String) {
        match read_json::<Sample>(body) {
            Err(Failure::Json { line, column, wanted }) => (line, column, wanted.unwrap_or_default()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fault_is_named_by_its_place_and_by_what_was_wanted() {
        assert_eq!(told(b"{\n\"count\": }"), (2, 10, String::new()));
        assert_eq!(told(b"{}"), (1, 2, "missing field `count`".to_owned()));
        assert_eq!(told(b"{\"secret\": 1}"), (1, 9, "`count`".to_owned()));
        assert_eq!(told(b"{\"count\": \"a@b.example, expected x\"}").2, "u8");
        assert_eq!(told(b"{\"count\": 1, \"count\": 2}").2, "duplicate field `count`");
    }

    #[test]
    fn no_word_of_the_body_is_repeated() {
        for body in [
            "{\"count\": \"secret\"}",
            "{\"secret\": 1}",
            "{\"count\": 3000, secret",
            "{\"secret`, expected secret\": 1}",
            "\"secret\"",
        ] {
            let (_, _, wanted) = told(body.as_bytes());
            assert!(!wanted.contains("secret"), "{body}: {wanted}");
        }
        assert!(!told(b"{\"count\": \"\xff\"}").2.contains('\u{fffd}'));
    }
}
