//! How does somebody with a published text get the folder of a policy?

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use saqta_domain::terms::names::{Clause, Language};
use saqta_policy::folder::Folder;
use saqta_policy::init::{Begun, TEXT_LIMIT, begin};
use saqta_policy::law::{law, suggestion};
use saqta_policy::problem::{Problem, render};
use serde::Serialize;

use super::{Kind, Trouble, trouble};

/// What was read from a text, and written.
#[derive(Clone, Debug, Serialize)]
pub struct Drafted {
    /// The language of the text.
    pub language: &'static str,
    /// Its title.
    pub title: String,
    /// How many clauses it has.
    pub clauses: usize,
    /// The files that were written, by their names.
    pub files: Vec<String>,
    /// What the text says of the operator.
    pub found: Vec<Said>,
    /// What it does not say and must be written.
    pub missing: Vec<&'static str>,
    /// Blocks that stand ready, commented out.
    pub drafted: Vec<DraftedBlock>,
    /// Clauses that only explain.
    pub explains: Vec<String>,
    /// Clauses that no block was found for.
    pub open: Vec<String>,
}

/// A key of `[operator]` and what the text says.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// The key.
    pub key: &'static str,
    /// Its value.
    pub value: String,
}

/// A drafted block and its clauses.
#[derive(Clone, Debug, Serialize)]
pub struct DraftedBlock {
    /// Its path, such as `purpose.order`; `attribute` stands for all of them.
    pub block: String,
    /// The clauses it would make true.
    pub clauses: Vec<String>,
}

/// Why no folder was written.
#[derive(Debug)]
pub enum NotDrafted {
    /// A file or folder cannot be used.
    Trouble(Trouble),
    /// The text has faults, shown with the lines they are about.
    Faulty(Vec<Problem>, String),
}

/// Reads a text and writes the folder of a policy. The folder stands whole or not at all: it is written beside its place
/// and then given its name.
pub fn draft_policy(
    text: &Path,
    directory: &Path,
    language: Option<&str>,
    pack: &str,
    now: Timestamp,
) -> Result<Drafted, NotDrafted> {
    free(directory)?;
    let bytes = read(text)?;
    let name = text.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let pack = law(pack).map_err(|fault| not_ready(fault.to_string(), suggestion(pack)))?;
    let language = language.and_then(Language::from_tag);
    let begun = begin(&name, &bytes, language, &pack, pack.day_of(now)).map_err(|problems| {
        let shown = render(&problems, &Folder::from_files([(name.clone(), bytes.clone())]));
        NotDrafted::Faulty(problems, shown)
    })?;
    write(&begun, directory)?;
    Ok(drafted(begun))
}

fn not_ready(what: impl Into<String>, todo: impl Into<String>) -> NotDrafted {
    NotDrafted::Trouble(trouble(Kind::NotReady, what, todo))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A policy that somebody wrote is never overwritten.
fn free(directory: &Path) -> Result<(), NotDrafted> {
    let mut entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            let what = format!("cannot use `{}`: {error}", shown(directory));
            return Err(not_ready(what, "name a folder that is not there yet"));
        }
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let what = format!("`{}` is there already and not empty", shown(directory));
    Err(not_ready(what, "name a folder that is not there yet; nothing was changed"))
}

fn read(text: &Path) -> Result<Vec<u8>, NotDrafted> {
    let failed = |error: std::io::Error| {
        not_ready(
            format!("cannot read `{}`: {error}", shown(text)),
            "name the file of the published text, as Markdown or plain text",
        )
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(text).map_err(failed)?;
    file.take(TEXT_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > TEXT_LIMIT {
        let what = format!("`{}` is larger than {} mebibytes", shown(text), TEXT_LIMIT / 1024 / 1024);
        return Err(not_ready(what, "a policy is text of some pages; save it without pictures"));
    }
    Ok(bytes)
}

fn write(begun: &Begun, directory: &Path) -> Result<(), NotDrafted> {
    let failed = |error: std::io::Error| {
        not_ready(
            format!("cannot write `{}`: {error}", shown(directory)),
            "check that the folder above it exists and that this user may write there",
        )
    };
    let beside = beside(directory);
    let written = fill(begun, &beside).and_then(|()| {
        // An empty folder of that name gives way.
        match std::fs::remove_dir(directory) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        std::fs::rename(&beside, directory)
    });
    if written.is_err() {
        // What is left beside it is this program's own; if it cannot be removed, the error below is what matters.
        let _ = std::fs::remove_dir_all(&beside);
    }
    written.map_err(failed)
}

fn fill(begun: &Begun, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    for (name, text) in &begun.files {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// A name beside the folder that nobody else uses.
fn beside(directory: &Path) -> PathBuf {
    let name = directory.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    directory.with_file_name(format!(".{name}.being-written-{}", std::process::id()))
}

fn drafted(begun: Begun) -> Drafted {
    let numbers = |clauses: &[Clause]| clauses.iter().map(ToString::to_string).collect::<Vec<_>>();
    Drafted {
        language: begun.language.tag(),
        title: begun.title,
        clauses: begun.clauses,
        files: begun.files.keys().cloned().collect(),
        found: begun.found.into_iter().map(|(key, value)| Said { key, value }).collect(),
        missing: begun.missing,
        drafted: begun
            .drafted
            .iter()
            .map(|(block, clauses)| DraftedBlock { block: block.clone(), clauses: numbers(clauses) })
            .collect(),
        explains: numbers(&begun.explains),
        open: numbers(&begun.open),
    }
}
