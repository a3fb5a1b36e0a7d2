//! Which programs do the tests need beside a Rust toolchain, and how do they get onto this machine?

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// What reads a print again, to see whether its letters came through.
const POPPLER: [&str; 2] = ["pdftotext", "pdfinfo"];

/// Installs what reads PDF where it is missing.
pub fn provide_poppler() -> Result<()> {
    if POPPLER.iter().all(|program| on_path(program)) {
        return Ok(());
    }
    println!("==> pdftotext is not installed: installing Debian's package `poppler-utils`");
    install(&["poppler-utils"])
}

/// Installs packages of Debian, by sudo where this is not root.
pub fn install(packages: &[&str]) -> Result<()> {
    apt(packages, &["update", "-q"])?;
    apt(packages, &[&["install", "-q", "-y", "--no-install-recommends"], packages].concat())
}

/// Whether this is the user that may do everything.
pub fn is_root() -> Result<bool> {
    let output = Command::new("id").arg("-u").output().context("cannot run `id`")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim() == "0")
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder: PathBuf| folder.join(program)).any(|file| file.is_file())
}

fn apt(packages: &[&str], arguments: &[&str]) -> Result<()> {
    let mut command = if is_root()? {
        Command::new("apt-get")
    } else {
        let mut command = Command::new("sudo");
        command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    };
    let status = command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()
        .with_context(|| {
            let packages = packages.join(" ");
            format!("cannot run apt-get; install {packages} by hand, so that the programs are on the PATH")
        })?;
    ensure!(status.success(), "`apt-get {}` failed", arguments.join(" "));
    Ok(())
}
