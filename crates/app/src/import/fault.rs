//! Why did an import not begin, or not go on?
//!
//! A row that does not come in is no fault: it stands in the rejects.

use std::path::Path;

use saqta_policy::folder::Folder;
use saqta_policy::problem::{Problem, render};

use crate::error::Error;

/// Why an import came to a halt. What was committed before stays, and the state file says how far it came.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The mapping does not fit itself, the file or the policy; nothing was imported.
    #[error("the mapping has {} faults", problems.len())]
    Mapping {
        /// Each with its place.
        problems: Vec<Problem>,
        /// The mapping's file, as it was read.
        text: Folder,
    },
    /// The file is in no shape that can be read.
    #[error("the file cannot be imported: `{0}`")]
    Unsupported(&'static str),
    /// The state file belongs to an import of another file.
    #[error("the state file belongs to the import of another file, or this one was changed since")]
    OtherFile,
    /// The state file belongs to an import by another mapping.
    #[error("the state file belongs to an import by another mapping, or this one was changed since")]
    OtherMapping,
    /// A dry run would overwrite the rejects of an import that is under way.
    #[error("an import is under way with this state file; finish it, or name another rejects file")]
    UnderWay,
    /// The state file or the rejects beside it were changed by something else.
    #[error("the state file cannot be read; remove it to begin anew")]
    StateUnreadable,
    /// A file could not be read or written.
    #[error("cannot use `{path}`")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The installation failed, not the row.
    #[error(transparent)]
    App(#[from] Error),
}

impl Fault {
    pub(super) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::File { path, source }
    }

    /// The faults of the mapping with the lines they are about, for a terminal.
    pub fn rendered(&self) -> Option<String> {
        let Self::Mapping { problems, text } = self else { return None };
        Some(render(problems, text))
    }
}
