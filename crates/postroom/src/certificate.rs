//! With which certificate do the servers of a test show themselves?

/// A certificate for `localhost` that nobody believes but who is told to, and its key.
pub struct Certificate {
    /// The certificate, to be believed.
    pub pem: String,
    /// Its key.
    pub key: String,
}

impl Certificate {
    /// Makes one that no other test knows.
    ///
    /// # Panics
    /// Panics if the machine has no randomness.
    pub fn new() -> Self {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).expect("a certificate can be made");
        Self { pem: made.cert.pem(), key: made.signing_key.serialize_pem() }
    }
}

impl Default for Certificate {
    fn default() -> Self {
        Self::new()
    }
}
