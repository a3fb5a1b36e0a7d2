//! Which rules of the house does the tree break, where, and how is each break mended?
//!
//! Every check looks at the files git knows or would add, held in memory, so that a check is a function from a tree to
//! findings and its test needs no disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

mod arrows;
#[cfg(test)]
mod cluster;
mod countries;
mod documents;
mod rust_text;
mod sources;
mod sql;
mod words;

/// The checks in the order of their findings.
const CHECKS: [fn(&Tree) -> Vec<Finding>; 6] =
    [arrows::check, countries::check, sources::check, sql::check, words::check, documents::check];

/// Prints each finding as `file:line: message; hint` and says whether nothing failed.
pub fn run(root: &Path) -> Result<bool> {
    let tree = Tree::read(root)?;
    let mut failures = 0;
    let mut warnings = 0;
    for finding in CHECKS.iter().flat_map(|check| check(&tree)) {
        let Finding { file, line, message, hint, severity } = finding;
        let label = match severity {
            Severity::Failure => {
                failures += 1;
                ""
            }
            Severity::Warning => {
                warnings += 1;
                "warning: "
            }
        };
        println!("{file}:{line}: {label}{message}; {hint}");
    }
    println!("tidy: {} files, {failures} failures, {warnings} warnings", tree.files.len());
    Ok(failures == 0)
}

/// The text files of the repository by their path from its top; files that are not UTF-8 are absent.
#[derive(Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    fn read(root: &Path) -> Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("cannot run git")?;
        ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
        let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
        // A file may be known to git and gone from the disk; it has nothing left to check.
        let files = names
            .split_terminator('\0')
            .filter_map(|name| Some((name.to_owned(), std::fs::read_to_string(root.join(name)).ok()?)))
            .collect();
        Ok(Self { files })
    }

    /// A tree for a test.
    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(path, _)| path.ends_with(".rs"))
    }
}

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    file: String,
    line: usize,
    message: String,
    hint: &'static str,
    severity: Severity,
}

#[derive(Debug, PartialEq, Eq)]
enum Severity {
    Failure,
    Warning,
}

impl Finding {
    fn failure(file: &str, line: usize, message: impl Into<String>, hint: &'static str) -> Self {
        Self { file: file.to_owned(), line, message: message.into(), hint, severity: Severity::Failure }
    }

    fn warning(file: &str, line: usize, message: impl Into<String>, hint: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::failure(file, line, message, hint) }
    }
}

/// The lines of a text with their numbers, which begin at one.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().zip(1..).map(|(line, number)| (number, line))
}
