//! What did the server answer, and is that what the test wants?

use serde_json::Value;

/// An answer of the server.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body; text that is no JSON becomes a string.
    pub body: Value,
}

impl Answer {
    /// The body, when it was done.
    #[track_caller]
    pub fn done(self) -> Value {
        assert!((200..300).contains(&self.status), "expected success, got {}: {}", self.status, self.body);
        self.body
    }

    /// The body of a refusal with this code and clause.
    #[track_caller]
    pub fn refused(self, code: &str, clause: &str) -> Value {
        assert_eq!(self.status, 403, "expected a refusal, got {}: {}", self.status, self.body);
        assert_eq!(
            (self.body["code"].as_str(), self.body["clause"].as_str()),
            (Some(code), Some(clause)),
            "{}",
            self.body
        );
        assert!(self.body["receipt"]["index"].is_i64(), "a refusal is on record: {}", self.body);
        self.body
    }

    /// The body of an error that is no refusal.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.body);
        self.body
    }
}
