//! How is Saqta measured beside what one would use instead, with one command?
//!
//! The programs are built for use, not for development, and PostgreSQL runs durable. What is measured, and against what,
//! is the matter of `bench/`, which only talks to programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, ensure};

use crate::postgres::{Cluster, Durability};
use crate::test::{exit_code, quiet};

/// The server first: it is what takes long, and `saqta-bench` needs little beside.
const BUILDS: [&[&str]; 2] =
    [&["build", "--release", "--locked"], &["build", "--release", "--locked", "-p", "saqta-bench"]];

/// Builds, starts a durable PostgreSQL, measures, and stops it however the measuring ends.
pub fn run(root: &Path, quick: bool) -> Result<ExitCode> {
    on_a_disk(&std::env::temp_dir())?;
    for arguments in BUILDS {
        println!("==> cargo {}", arguments.join(" "));
        let code = exit_code(quiet(root, arguments).status()?.code());
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
    }
    println!("==> the programs are there; what follows is told with its time");
    let programs = target(root)?.join("release");
    let cluster = Cluster::start(Durability::Full)?;
    println!("==> PostgreSQL: a durable throw-away cluster in {}", cluster.folder().display());
    let mut command = Command::new(programs.join("saqta-bench"));
    command.arg("--saqta").arg(programs.join("saqta"));
    command.args(["--postgres", &cluster.socket_url()]).arg("--out").arg(root.join("docs"));
    if quick {
        command.arg("--quick");
    }
    let status = command.current_dir(root).stdin(Stdio::null()).status().context("cannot run saqta-bench")?;
    Ok(exit_code(status.code()))
}

/// Where cargo puts what it builds; somebody may have moved it.
fn target(root: &Path) -> Result<PathBuf> {
    let output = quiet(root, &["metadata", "--format-version=1", "--no-deps", "--locked"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run `cargo metadata`")?;
    ensure!(output.status.success(), "`cargo metadata` failed");
    let about: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let folder = about.get("target_directory").and_then(|folder| folder.as_str());
    Ok(PathBuf::from(folder.context("`cargo metadata` names no target folder")?))
}

/// In memory a commit costs nothing, and whoever waits least for the disk would look no better than the others.
fn on_a_disk(folder: &Path) -> Result<()> {
    let folder = fs::canonicalize(folder).with_context(|| format!("{}", folder.display()))?;
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let system = file_system(&mounts, &folder).unwrap_or_default();
    ensure!(
        !["tmpfs", "ramfs"].contains(&system),
        "{} lies in memory, where nothing is durable: set TMPDIR to a folder on a disk",
        folder.display()
    );
    Ok(())
}

/// The kind of file system that holds a folder: of those mounted above it, the nearest, and of these the last.
fn file_system<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((Path::new(words.next()?), words.next()?))
        })
        .filter(|(point, _)| folder.starts_with(point))
        .max_by_key(|(point, _)| point.components().count())
        .map(|(_, system)| system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mounted_file_system_holds_a_folder() {
        let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/vdb /tmp/disk xfs rw 0 0\n";
        let kind = |folder| file_system(mounts, Path::new(folder));
        assert_eq!(kind("/var/a"), Some("ext4"));
        assert_eq!(kind("/tmp/b"), Some("tmpfs"));
        assert_eq!(kind("/tmp/disk/c"), Some("xfs"));
        assert_eq!(kind("/tmpfoo"), Some("ext4"));
        assert_eq!(file_system("", Path::new("/")), None);
    }
}
