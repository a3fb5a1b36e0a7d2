//! What does whoever stands at the machine need to publish a version, to see where each one stands, and to start with a folder?

use std::collections::BTreeMap;

use saqta_policy::load::load;

use super::{Checked, Kind, Trouble, trouble};
use crate::act::Caller;
use crate::error::Error;
use crate::instance::App;
use crate::publication::{Published, files_of};

/// What became of a checked folder at a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// It is a new version, and is published.
    Published(Published),
    /// It is a published version.
    Known(u32),
    /// It bears the number of a published version, but says something else; what was published stays in force.
    Differs(u32),
    /// It was published and called off.
    Cancelled(u32),
    /// It is older than the last published version, which stays in force.
    Older {
        /// The folder's version.
        folder: u32,
        /// The last one published.
        last: u32,
    },
}

/// Who approves the first version when nobody is named: whoever starts the server on the machine.
const AT_THE_CONSOLE: &str = "console";

impl App {
    /// Publishes a checked folder, approved by whoever is named; only a first version needs no name, when its number is higher than any published before.
    pub async fn adopt(
        &self,
        caller: &Caller,
        checked: Checked,
        approved_by: Option<&str>,
    ) -> Result<Adopted, Error> {
        let Some((version, _)) = checked.version else { return Err(Error::Policy(checked.problems)) };
        let last = self.state.load().published.last().map(|last| last.policy.version);
        let Some(last) = last.filter(|last| version <= *last) else {
            let by = match (approved_by, last) {
                (Some(name), _) => name,
                (None, None) => AT_THE_CONSOLE,
                (None, Some(_)) => return Err(Error::Version("approver_missing")),
            };
            let done = self.publish(caller, checked.folder, by).await?;
            return Ok(Adopted::Published(done.outcome));
        };
        if version < last {
            return Ok(Adopted::Older { folder: version, last });
        }
        let digest = load(&checked.folder).map_err(Error::Policy)?.policy.digest;
        Ok(match self.version(version) {
            Some(known) if known.cancelled.is_some() => Adopted::Cancelled(version),
            Some(known) if known.policy.digest == digest => Adopted::Known(version),
            _ => Adopted::Differs(version),
        })
    }

    /// The number of the version in force; nothing, when none is.
    pub async fn version_in_force(&self) -> Result<Option<u32>, Error> {
        match self.view().await {
            Ok(view) => Ok(Some(view.version.policy.version)),
            Err(Error::NoPolicy) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The files of a policy folder as text by their names, to be sent to a running server.
impl Checked {
    /// Its files by their names, as they were when they were checked.
    pub fn files(&self) -> Result<BTreeMap<String, String>, Error> {
        files_of(&self.folder)
    }
}

/// Words for what cannot be done with a version.
pub(super) fn explain_version(why: &str) -> Trouble {
    let (what, todo) = match why {
        "effective_in_the_past" => (
            "the new version would take effect in the past",
            "set `effective_from` in policy.toml to a moment that is still to come",
        ),
        "approver_missing" => (
            "the folder holds a new version, and nobody is named who approves it",
            "name them: --approved-by NAME, or `saqta policy publish DIR --approved-by NAME`",
        ),
        "purpose_moved" => (
            "a purpose lies in another compartment than under a version before",
            "give it a new name in policy.toml: the old one then ends, and what it collected with it",
        ),
        "number_not_higher" => (
            "a version of that number or a higher one is published already",
            "give the new version a higher `version` in policy.toml",
        ),
        "already_published" => (
            "this version is published already",
            "see `saqta policy versions`; for a change, raise `version` in policy.toml",
        ),
        "draft_changed" => {
            ("the draft was changed since it was read", "read it again, and approve what it says now")
        }
        "already_effective" => (
            "the version is in force, or will be within a minute",
            "publish a version with a higher number that says what should hold instead",
        ),
        "older_in_force" => (
            "an older version is in force again, and nothing is ended under it",
            "set the machine's clock right, or restore the versions that are missing from the database",
        ),
        "already_cancelled" => {
            ("the version was called off before", "publish what should hold under a higher number")
        }
        _ => (
            "another version takes effect at the same instant or later",
            "set `effective_from` in policy.toml after that of the last version, or call that one off with `saqta policy cancel`",
        ),
    };
    trouble(Kind::NotReady, what, todo)
}
