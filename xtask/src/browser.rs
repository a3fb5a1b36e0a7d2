//! How do the tests of pages get a browser and the checker that looks through it?
//!
//! Chromium and its driver are Debian's. The checker, axe-core, is fetched in the version and with the digest that
//! `tests/pages/package-lock.json` names, into `target/`: it is used by tests, and is no part of Saqta.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::machine;

/// The programs that have to answer `--version`, and the package each is in.
const PROGRAMS: [(&str, &str); 4] =
    [("chromium", "chromium"), ("chromedriver", "chromium-driver"), ("node", "nodejs"), ("npm", "npm")];

const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];

/// Installs what is missing on the machine, and fetches the checker where the lock file changed since the last time.
pub fn prepare(root: &Path) -> Result<()> {
    install()?;
    fetch_axe(root)
}

fn install() -> Result<()> {
    let missing: Vec<&str> =
        PROGRAMS.iter().filter(|(program, _)| !answers(program)).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("==> installing Debian's packages for the tests of pages: {}", missing.join(", "));
    machine::install(&missing)?;
    for (program, package) in PROGRAMS {
        ensure!(answers(program), "`{package}` was installed, but `{program}` does not run");
    }
    Ok(())
}

/// npm compares what it fetches with the digest in the lock file, and fails where they differ.
fn fetch_axe(root: &Path) -> Result<()> {
    let (wanted, folder) = (root.join("tests/pages"), root.join("target/axe"));
    if folder.join("node_modules/axe-core/axe.min.js").is_file() && same(&wanted, &folder) {
        return Ok(());
    }
    println!("==> fetching axe-core for the tests of pages");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for name in MANIFESTS {
        fs::copy(wanted.join(name), folder.join(name)).with_context(|| format!("cannot copy {name}"))?;
    }
    let status = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .status()
        .context("cannot run npm")?;
    ensure!(status.success(), "`npm ci` failed in {}", folder.display());
    Ok(())
}

fn same(one: &Path, other: &Path) -> bool {
    let read = |folder: &Path| -> Option<Vec<Vec<u8>>> {
        MANIFESTS.iter().map(|name| fs::read(PathBuf::from(folder).join(name)).ok()).collect()
    };
    read(one).is_some_and(|files| read(other) == Some(files))
}

fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_the_same_only_where_both_are_there_and_equal() {
        let folder = |version: &str| {
            let folder = tempfile::tempdir().unwrap();
            for name in MANIFESTS {
                fs::write(folder.path().join(name), version).unwrap();
            }
            folder
        };
        let (one, other, later) = (folder("1"), folder("1"), folder("2"));
        assert!(same(one.path(), other.path()));
        assert!(!same(one.path(), later.path()));
        fs::remove_file(other.path().join("package.json")).unwrap();
        assert!(!same(one.path(), other.path()) && !same(other.path(), other.path()));
    }
}
