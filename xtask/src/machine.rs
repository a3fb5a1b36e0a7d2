//! Which programs do the tests need beside a Rust toolchain, and how do they get onto this machine?

use std::path::{Path, PathBuf};
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

/// Installs packages of servers that tests start themselves: none of these services is started, now or with the system.
pub fn install_without_starting(packages: &[&str], services: &[&str]) -> Result<()> {
    // A machine that has a policy already (a container, mostly) keeps its own.
    let policy = if Path::new(START_POLICY).exists() { None } else { Some(StartPolicy::forbid()?) };
    install(packages)?;
    drop(policy);
    for service in services {
        let status = root_command("update-rc.d")?.args([service, "disable"]).stdin(Stdio::null()).status();
        let status = status.with_context(|| format!("cannot run update-rc.d to disable `{service}`"))?;
        ensure!(
            status.success(),
            "`update-rc.d {service} disable` failed; the system would start `{service}`"
        );
    }
    Ok(())
}

/// Where Debian asks, before it starts a service, whether it may.
const START_POLICY: &str = "/usr/sbin/policy-rc.d";

/// Says no to every start until it is dropped.
struct StartPolicy;

impl StartPolicy {
    fn forbid() -> Result<Self> {
        let script = tempfile::NamedTempFile::new().context("cannot make a temporary file")?;
        std::fs::write(script.path(), "#!/bin/sh\nexit 101\n").context("cannot write a temporary file")?;
        let status =
            root_command("install")?.args(["-m", "755"]).arg(script.path()).arg(START_POLICY).status();
        ensure!(status.context("cannot run `install`")?.success(), "cannot write {START_POLICY}");
        Ok(Self)
    }
}

impl Drop for StartPolicy {
    fn drop(&mut self) {
        let removed =
            root_command("rm").and_then(|mut rm| Ok(rm.args(["-f", START_POLICY]).status()?.success()));
        if !matches!(removed, Ok(true)) {
            println!("==> remove {START_POLICY} by hand: it keeps this machine from starting services");
        }
    }
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

/// A program with all rights, by sudo where this is not root.
fn root_command(program: &str) -> Result<Command> {
    if is_root()? {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("sudo");
    command.args(["env", "DEBIAN_FRONTEND=noninteractive", program]);
    Ok(command)
}

fn apt(packages: &[&str], arguments: &[&str]) -> Result<()> {
    let status = root_command("apt-get")?
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
