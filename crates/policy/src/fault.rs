//! What can go wrong before there is a place in a file to point at?

use std::path::PathBuf;

/// Why something of this crate could not be done at all. Faults inside a policy are [`Problem`](crate::problem::Problem)s.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The policy's folder cannot be read.
    #[error("the policy folder `{}` cannot be read", path.display())]
    FolderUnreadable {
        /// What was asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is larger than any policy.
    #[error("`{}` is larger than {limit} bytes", path.display())]
    FileTooLarge {
        /// Which.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// No pack of that name is built in.
    #[error("there is no law pack `{0}`")]
    LawUnknown(String),
    /// What was written where a day should stand.
    #[error("`{0}` is no day of the calendar")]
    NoSuchDay(String),
    /// A day on which the law was not in force yet.
    #[error("the law pack `{pack}` begins on {first}: on {day} there was no such law in force")]
    BeforeTheLaw {
        /// Which pack.
        pack: String,
        /// Its first day.
        first: jiff::civil::Date,
        /// The day asked for.
        day: jiff::civil::Date,
    },
    /// Two days, the later one first.
    #[error("{from} lies after {to}")]
    DaysOutOfOrder {
        /// The first one named.
        from: jiff::civil::Date,
        /// The second one named.
        to: jiff::civil::Date,
    },
    /// A policy that stands under no law at all.
    #[error("no law pack is named")]
    NoJurisdiction,
    /// A law pack contradicts itself or its format.
    #[error("the law pack `{pack}` is broken: {why}")]
    LawBroken {
        /// Which.
        pack: String,
        /// What is wrong.
        why: String,
    },
    /// A file of words does not parse.
    #[error("the words in `{language}` are broken: {why}")]
    WordsBroken {
        /// The language's tag.
        language: &'static str,
        /// What is wrong.
        why: String,
    },
}
