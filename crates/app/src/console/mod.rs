//! What does whoever stands at the machine need: a policy checked, a version adopted, the state of the keys, and an error that
//! says what to do?
//!
//! The commands of the program speak to the rooms below through this file alone.

pub mod cases;
pub mod comparing;
mod coverage;
pub mod explain;
pub mod inbox;
mod init;
pub mod law;
mod publish;
pub mod staff;
pub mod store;
mod text;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use saqta_domain::terms::actor::Actor;
pub use saqta_domain::terms::names::Language;
use saqta_policy::coverage::ClauseCoverage;
use saqta_policy::fault::Fault;
use saqta_policy::folder::Folder;
use saqta_policy::law::{packs, suggestion};
use saqta_policy::load::{load, load_at};
use saqta_policy::problem::{Problem, Severity, render, sort};
use saqta_policy::texts::Texts;
use saqta_policy::wording::Words;
use saqta_store::db::Place;
use saqta_store::destruction::DestructionState;
use saqta_store::error::Error as StoreError;
use saqta_store::testing::Faults;
use serde::Serialize;

use crate::act::{Caller, Channel};
use crate::error::Error;
use crate::instance::{App, Location};

pub use coverage::{CoverageRow, DeclarationRow};
pub use init::{Drafted, DraftedBlock, NotDrafted, Said, draft_policy};
pub use publish::Adopted;
pub use text::{CheckedText, TextAsked, check_text};

const EPOCH_COUNTED: &str = "epoch_counted_since";
/// The finding that nothing in the policy makes a clause true.
const UNBACKED: &str = "clause-unbacked";
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// Whoever may run commands on the machine that holds the keys. What they do stands in the ledger under the channel `cli`.
pub fn at_the_machine() -> Caller {
    Caller {
        actor: Actor::System("console").into(),
        channel: Channel::Cli,
        language: Language::English,
        idempotency: None,
        ahead: Default::default(),
    }
}

/// Where an installation lies, for a program that injects no faults into it.
pub fn location(data: PathBuf, postgres: Option<String>, root_key: Option<PathBuf>) -> Location {
    Location { data, postgres, root_key, faults: Faults::default() }
}

/// A policy folder that was read and checked.
pub struct Checked {
    pub(crate) folder: Folder,
    /// Its version and the first day on which it wants to hold, as written; nothing, when it has errors.
    pub version: Option<(u32, String)>,
    /// Everything that was found, errors first.
    pub problems: Vec<Problem>,
    /// The same, with the lines they are about, for a terminal.
    pub shown: String,
    coverage: Vec<ClauseCoverage>,
    texts: Texts,
}

impl Checked {
    /// What stands behind each clause, for programs; empty when the policy has errors.
    pub fn coverage(&self) -> Vec<CoverageRow> {
        self.coverage.iter().map(CoverageRow::from).collect()
    }

    /// The same as a table for a terminal; empty when the policy has errors.
    pub fn coverage_table(&self, language: Language, colour: bool) -> Result<String, Error> {
        if self.coverage.is_empty() {
            return Ok(String::new());
        }
        let words = Words::new()?;
        Ok(coverage::table(&self.coverage, &self.texts, &words, language, colour))
    }

    /// The same check, with promises that nothing backs counted as errors.
    pub fn strictly(mut self) -> Self {
        for problem in self.problems.iter_mut().filter(|p| p.code == UNBACKED) {
            problem.severity = Severity::Error;
        }
        sort(&mut self.problems);
        self.shown = render(&self.problems, &self.folder);
        self
    }

    /// How many of the findings keep the policy from being used.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|p| p.is_error()).count()
    }

    /// How many of the findings somebody should look at.
    pub fn warnings(&self) -> usize {
        self.problems.len() - self.errors()
    }
}

/// Reads a folder and says what is wrong with it, and with the law packs it stands under, at an instant.
pub fn check_policy_at(directory: &Path, now: Timestamp) -> Result<Checked, Error> {
    Ok(checked(Folder::read(directory)?, Some(now)))
}

/// The same for files at hand.
pub fn check_policy_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Checked {
    checked(Folder::from_files(files), None)
}

fn checked(folder: Folder, now: Option<Timestamp>) -> Checked {
    let read = match now {
        Some(now) => load_at(&folder, now),
        None => load(&folder),
    };
    let (version, problems, coverage, texts) = match read {
        Ok(loaded) => {
            let version = (loaded.policy.version, loaded.effective_on.to_string());
            (Some(version), loaded.warnings, loaded.coverage, loaded.texts)
        }
        Err(problems) => (None, problems, Vec::new(), Texts::default()),
    };
    let shown = render(&problems, &folder);
    Checked { folder, version, problems, shown, coverage, texts }
}

/// The state of the keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyState {
    /// The fingerprint of the root key.
    pub root_key: String,
    /// The epoch under which new keys are wrapped.
    pub epoch: u32,
    /// Epochs of which the key lives; more than one while a turn is under way.
    pub living_epochs: Vec<u32>,
    /// Since when the day counts after which the epoch turns by itself, if the server ever ran.
    pub counted_since: Option<String>,
    /// Keys that are destroyed here, and wait for the end of the epoch to be gone from every old copy as well.
    pub destructions_waiting: u64,
    /// The public key of the ledger's checkpoints.
    pub ledger_key: String,
}

impl App {
    /// How the keys stand.
    pub async fn key_state(&self) -> Result<KeyState, Error> {
        let custody = self.vault.keyring().custody();
        let mut waiting = 0_u64;
        let mut after = None;
        loop {
            let page = self.vault.destructions(DestructionState::KeyDestroyed, after.as_ref()).await?;
            let Some(last) = page.last().cloned() else { break };
            waiting += u64::try_from(page.len()).unwrap_or(u64::MAX);
            after = Some(last);
        }
        Ok(KeyState {
            root_key: self.fingerprint(),
            epoch: custody.current_epoch(),
            living_epochs: custody.living_epochs(),
            counted_since: self.epoch_counted_since().await?.map(|at| at.to_string()),
            destructions_waiting: waiting,
            ledger_key: self.verifier_key(1)?,
        })
    }

    /// Turns the epoch when a day has passed since the last time, or since the first question; says whether it did.
    pub async fn turn_epoch_daily(&self) -> Result<bool, Error> {
        let now = self.clock.now();
        let last = self.epoch_counted_since().await?;
        if last.is_some_and(|at| now.as_microsecond() - at.as_microsecond() < DAY) {
            return Ok(false);
        }
        if last.is_some() {
            self.turn_epoch(|_, _| {}).await?;
        }
        self.count_epoch_from_now().await?;
        Ok(last.is_some())
    }

    /// Lets the day after which the epoch turns by itself begin now.
    pub async fn count_epoch_from_now(&self) -> Result<(), Error> {
        let now = self.clock.now().as_microsecond().to_string().into_bytes();
        Ok(self.vault.db().set_setting(Place::Keys, EPOCH_COUNTED, now).await?)
    }

    async fn epoch_counted_since(&self) -> Result<Option<Timestamp>, Error> {
        let kept = self.vault.db().setting(Place::Keys, EPOCH_COUNTED).await?;
        let micros = kept.and_then(|bytes| String::from_utf8(bytes).ok()).and_then(|text| text.parse().ok());
        Ok(micros.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
    }
}

/// Of what kind a failure is, for the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something broke.
    Failed,
    /// Something is missing or wrong in what was given; nothing was touched.
    NotReady,
    /// The policy said no.
    Refused,
}

/// A failure in words for whoever stands at the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Of what kind.
    pub kind: Kind,
    /// What happened, and where.
    pub what: String,
    /// What to do about it.
    pub todo: String,
}

pub(crate) fn trouble(kind: Kind, what: impl Into<String>, todo: impl Into<String>) -> Trouble {
    Trouble { kind, what: what.into(), todo: todo.into() }
}

/// Words for a failure.
pub fn explain(error: &Error) -> Trouble {
    use Kind::{Failed, NotReady, Refused};
    match error {
        Error::Store(store) => explain_store(store),
        Error::Refused(refused) => trouble(
            Refused,
            format!("the policy refuses this: {} (clause {})", refused.refusal.code, refused.refusal.clause),
            format!("the refusal is entry {} of the ledger", refused.receipt.index),
        ),
        Error::OtherRootKey { path, found, expected } => trouble(
            NotReady,
            format!(
                "the root key in `{path}` is not the one these data were sealed under (found {found}, needed {expected})"
            ),
            "nothing was touched; put the right root key there, or name its file with --root-key",
        ),
        Error::NoPolicy => trouble(
            NotReady,
            "no policy has been published here yet",
            "start `saqta serve --policy DIR` once with a policy folder",
        ),
        Error::Policy(problems) => trouble(
            NotReady,
            format!("the policy has {} findings", problems.len()),
            "run `saqta policy check DIR` and mend what it names",
        ),
        Error::Version(why) => publish::explain_version(why),
        Error::Unbuildable { version, problems } => trouble(
            NotReady,
            format!(
                "version {version} of the policy, published by an earlier program, cannot be read by this one ({} findings)",
                problems.len()
            ),
            "go back to the program it was published with, and tell its makers; nothing was touched",
        ),
        Error::Law(fault) => explain_fault(fault),
        Error::NotFound => trouble(NotReady, "there is no such thing here", "check the id that you named"),
        Error::Malformed(why) => trouble(
            NotReady,
            format!("this cannot be carried out: {}", why.replace('_', " ")),
            "check what you named against the policy in force (`saqta policy check DIR` lists nothing wrong, GET /policy.json shows its words)",
        ),
        Error::Busy => trouble(Failed, "too many changes came at once", "try again"),
        Error::File { path, source } => trouble(
            NotReady,
            format!("cannot use `{path}`: {source}"),
            "check that the folder exists and that this user may write to it",
        ),
        Error::Ledger(source) => trouble(
            Failed,
            format!("the ledger: {}", chain(source.as_ref())),
            "if this was an export, choose a new or empty folder on a disk with room",
        ),
        Error::Unreadable => trouble(
            Failed,
            "a record cannot be read: it was written by a newer program, or its bytes were changed",
            "do not go on; compare the data folder with its backup",
        ),
        other => trouble(Failed, chain(other), "see the message above it in the log"),
    }
}

fn explain_store(error: &StoreError) -> Trouble {
    use Kind::{Failed, NotReady};
    match error {
        StoreError::NewerDatabase { found, known } => trouble(
            NotReady,
            format!(
                "the database was written by a newer saqta (schema {found}, this program knows {known}); nothing was touched"
            ),
            "install the newer version, or restore the backup made before the upgrade",
        ),
        StoreError::InUse(folder) => trouble(
            NotReady,
            format!("the data folder `{}` is in use by another saqta process", folder.display()),
            "stop the server first, or ask it over HTTP",
        ),
        StoreError::Seal(seal) => trouble(
            NotReady,
            chain(seal),
            "key files lie beside the data under custody/, or where --root-key says; saqta never makes a new key for old data",
        ),
        StoreError::File { path, source } => trouble(
            NotReady,
            format!("cannot use `{}`: {source}", path.display()),
            "check that the folder exists and that this user may write to it",
        ),
        StoreError::Connection(why) => trouble(
            NotReady,
            format!("no connection to PostgreSQL: {why}"),
            "check the address in --postgres and that the database answers",
        ),
        StoreError::NoCitus => trouble(
            NotReady,
            "there is no Citus in this database",
            "install Citus on each machine, run `create extension citus` in the database, add the workers, and try again; a single PostgreSQL needs no distribution",
        ),
        StoreError::NotCoordinator => trouble(
            NotReady,
            "this server is a worker of the cluster, and tables are spread from its coordinator",
            "name the coordinator in --postgres",
        ),
        StoreError::SpreadOtherwise { .. } => trouble(
            NotReady,
            format!("{}; nothing was changed", chain(error)),
            "undo its distribution with `select undistribute_table(...)` when nobody is served, and try again",
        ),
        other => trouble(
            Failed,
            chain(other),
            "nothing was half done; try again, and keep this message if it stays",
        ),
    }
}

fn explain_fault(fault: &Fault) -> Trouble {
    let todo = match fault {
        Fault::FolderUnreadable { .. } => {
            "name a folder that holds policy.toml and the published texts".to_owned()
        }
        Fault::FileTooLarge { .. } => "a policy is text of some pages; keep other files elsewhere".to_owned(),
        Fault::LawUnknown(name) => suggestion(name),
        Fault::NoJurisdiction => {
            format!("name a law pack that is built in, of {}, in `jurisdictions`", packs().join(", "))
        }
        Fault::NoSuchDay(_) => "write it like 2026-01-18".to_owned(),
        Fault::BeforeTheLaw { first, .. } => format!("ask for {first} or a later day"),
        Fault::DaysOutOfOrder { .. } => "name the earlier day first".to_owned(),
        Fault::LawBroken { .. } | Fault::WordsBroken { .. } => {
            "this program is damaged; install it anew".to_owned()
        }
    };
    trouble(Kind::NotReady, chain(fault), todo)
}

/// A message with everything that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_folder_is_shown_with_its_places_and_has_no_version() {
        let broken = check_policy_files([("policy.toml".to_owned(), b"format = 1\nversion = \n".to_vec())]);
        assert_eq!(broken.version, None);
        assert!(broken.errors() > 0);
        assert!(broken.shown.contains("policy.toml"));
        assert_eq!(broken.problems.first().map(|p| p.line), Some(2));
    }

    #[test]
    fn what_stands_in_the_way_of_a_start_is_not_a_failure_of_the_program() {
        let newer = Error::Store(StoreError::NewerDatabase { found: 9, known: 1 });
        let used = Error::Store(StoreError::InUse(PathBuf::from("data")));
        let other = Error::OtherRootKey { path: "k".into(), found: "a".into(), expected: "b".into() };
        for error in [newer, used, other, Error::NoPolicy] {
            let told = explain(&error);
            assert_eq!(told.kind, Kind::NotReady, "{error}");
            assert!(!told.todo.is_empty());
        }
    }

    #[test]
    fn a_cause_is_told_with_what_it_caused() {
        let error = Error::File { path: "data".into(), source: std::io::Error::other("no room") };
        assert!(explain(&error).what.contains("no room"));
    }
}
