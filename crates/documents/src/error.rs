//! Why was a document not printed?

/// Why there is no document. No message holds a word of the document itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document is longer than what is printed in a reasonable time.
    #[error("the document has more than {limit} {what}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is printed.
        limit: usize,
    },
    /// The document could not be handed to the typesetter.
    #[error("the document cannot be written as data")]
    Data(#[from] serde_json::Error),
    /// A template has a fault.
    #[error("the template failed at `{at}`")]
    Template {
        /// Its file and line.
        at: String,
    },
    /// The pages could not become a file that is fit for archives.
    #[error("the pages cannot be written as PDF/A")]
    Export,
}
