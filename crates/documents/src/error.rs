//! Why was a document not printed?

use crate::label::Label;
use crate::papers::Paper;

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
    /// Something that must stand in the paper is empty, so there is no such paper.
    #[error("`{paper}` lacks its mandatory field `{field}`")]
    Missing {
        /// Which paper.
        paper: Paper,
        /// What it lacks.
        field: Label,
    },
    /// Two facts of the paper cannot both be true.
    #[error("in `{paper}` the field `{field}` contradicts another one")]
    Contradiction {
        /// Which paper.
        paper: Paper,
        /// The later one of the two.
        field: Label,
    },
    /// The place in the ledger or the digest is missing.
    #[error("the paper has no place in the ledger or no digest")]
    Unmarked,
    /// These bytes are no sheet of a shape that this program knows.
    #[error("the bytes are not those of a sheet")]
    Unreadable,
    /// The document could not be handed to the typesetter.
    #[error("the document cannot be written as data")]
    Data(#[from] serde_json::Error),
    /// A template has a fault.
    #[error("the template failed at `{at}`")]
    Template {
        /// Its file and line.
        at: String,
    },
    /// The page could not be written.
    #[error("the page cannot be written")]
    Page(#[from] askama::Error),
    /// The table could not become a file of rows.
    #[error("the rows cannot be written as a file")]
    Rows,
    /// The pages could not become a file that is fit for archives.
    #[error("the pages cannot be written as PDF/A")]
    Export,
}
