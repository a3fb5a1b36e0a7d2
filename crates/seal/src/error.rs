//! What can go wrong when something is sealed, opened or taken into custody?

use std::io;
use std::path::PathBuf;

use crate::custody::Fingerprint;

/// Every way in which sealing, opening or custody can fail; no variant carries a value or a key byte.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes do not belong to this place, or were changed, cut or put together from others.
    #[error("sealed bytes do not belong here or were changed")]
    NotAuthentic,
    /// The envelope names another data key than the one offered: after a re-key this is an old value.
    #[error("sealed under another key")]
    WrongKey,
    /// The bytes are too short to hold even an empty value.
    #[error("sealed bytes are cut short")]
    Truncated,
    /// The first byte names an algorithm which this version cannot open.
    #[error("sealed with algorithm `{found}`, which this version does not know")]
    UnknownAlgorithm {
        /// The algorithm byte as found.
        found: u8,
    },
    /// The cipher refused the input; in practice, because it is larger than the algorithm allows.
    #[error("the cipher refused the input")]
    Refused,
    /// The operating system gave no random bytes, so nothing was sealed.
    #[error("the system gave no random bytes")]
    NoRandomness,
    /// More bytes came than the caller allowed.
    #[error("larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit that was passed.
        limit: u64,
    },
    /// The last part of a document is missing, or a part could not be taken in.
    #[error("the document ends before its last part")]
    Unfinished,
    /// A part came after the one that says it is the last.
    #[error("the document goes on after its last part")]
    AfterEnd,
    /// The wrapping key is gone for good, and with it whatever was wrapped under it.
    #[error("epoch `{epoch}` was destroyed")]
    EpochDestroyed {
        /// The epoch named by the wrapped key.
        epoch: u32,
    },
    /// The epoch was never begun here: the custody file is older than the data, or belongs elsewhere.
    #[error("epoch `{epoch}` is not in custody here; is the epochs file older than the data?")]
    EpochUnknown {
        /// The epoch named by the wrapped key.
        epoch: u32,
    },
    /// The epoch numbers are used up.
    #[error("no epoch number is left")]
    NoMoreEpochs,
    /// A custody file is in the way of a new one; it is never overwritten.
    #[error("`{}` exists already; it is never overwritten", path.display())]
    Exists {
        /// The file in the way.
        path: PathBuf,
    },
    /// A custody file is not where it should be.
    #[error("`{}` is missing; put it back from where it was escrowed", path.display())]
    Missing {
        /// Where the file was looked for.
        path: PathBuf,
    },
    /// A custody file has to be a plain file and nothing else.
    #[error("`{}` is a link or not a plain file; put the file itself there", path.display())]
    NotPlain {
        /// The path that was refused.
        path: PathBuf,
    },
    /// Others than the owner could read or write a custody file.
    #[error("`{}` is open to others (mode {mode:03o}); run `chmod 600` on it", path.display())]
    Exposed {
        /// The path that was refused.
        path: PathBuf,
        /// The permission bits as found.
        mode: u32,
    },
    /// A custody file does not have its form.
    #[error("`{}` is damaged or not a custody file: {what}", path.display())]
    Malformed {
        /// The path that was refused.
        path: PathBuf,
        /// What is wrong with it and what to do, without any of its content.
        what: &'static str,
    },
    /// The epochs file belongs to another root key than the one loaded.
    #[error("`{}` belongs to root key `{expected}`, but `{found}` was loaded", path.display())]
    OtherRoot {
        /// The epochs file.
        path: PathBuf,
        /// The fingerprint that the epochs file names.
        expected: Fingerprint,
        /// The fingerprint of the root key that was loaded.
        found: Fingerprint,
    },
    /// The file system refused.
    #[error("could not {doing} `{}`", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The file or folder concerned.
        path: PathBuf,
        /// Why the system refused.
        source: io::Error,
    },
}
