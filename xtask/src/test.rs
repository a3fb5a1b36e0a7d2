//! What has to be green before a change lands, and in which order is it run?

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::postgres::{Cluster, Durability, URL_VARIABLE};
use crate::{browser, dependencies, generate, machine, mail, tidy, verdict};

/// What `cargo xtask test` understands.
#[derive(Args)]
pub struct Options {
    /// Run these steps only, in the usual order
    #[arg(long, value_delimiter = ',', value_name = "STEP,...")]
    only: Vec<Step>,
    /// Install cargo-deny when it is missing (takes minutes) instead of using the small check built in
    #[arg(long)]
    with_deny: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Every file is formatted
    Fmt,
    /// The rules of the house hold
    Tidy,
    /// Everything is built, and no lint speaks
    Clippy,
    /// Every test passes, on SQLite and on PostgreSQL; pages are looked at in Chromium, letters pass real mail servers
    Tests,
    /// The committed generated files are up to date
    Gen,
    /// Licences and sources of all dependencies are accepted
    Deny,
}

/// Cheap steps first, so that a slip shows before minutes of building.
const ORDER: [Step; 6] = [Step::Fmt, Step::Tidy, Step::Clippy, Step::Tests, Step::Gen, Step::Deny];

/// Runs the chosen steps and stops at the first that fails, with its exit code.
pub fn run(root: &Path, options: &Options) -> Result<ExitCode> {
    let chosen = |step: &Step| options.only.is_empty() || options.only.contains(step);
    for step in ORDER.into_iter().filter(chosen) {
        println!("==> {}", step.title());
        let code = step.run(root, options)?;
        if code != ExitCode::SUCCESS {
            println!("==> failed: {}", step.title());
            return Ok(code);
        }
    }
    println!("==> all steps passed");
    Ok(ExitCode::SUCCESS)
}

/// Runs one command beside a fresh cluster, for work on a single crate.
pub fn with_postgres(root: &Path, command: &[String]) -> Result<ExitCode> {
    let (program, arguments) = command.split_first().context("no command given")?;
    let (url, _cluster) = database()?;
    // A person may have called from a folder below; the command runs where they are.
    let here = std::env::current_dir().unwrap_or_else(|_| root.to_path_buf());
    let status = Command::new(program)
        .args(arguments)
        .current_dir(here)
        .env(URL_VARIABLE, url)
        .status()
        .with_context(|| format!("cannot run `{program}`"))?;
    Ok(exit_code(status.code()))
}

impl Step {
    fn title(self) -> &'static str {
        match self {
            Self::Fmt => "fmt: every file is formatted",
            Self::Tidy => "tidy: the rules of the house hold",
            Self::Clippy => "clippy: everything is built, and no lint speaks",
            Self::Tests => "tests: all crates, on SQLite and PostgreSQL, pages in a browser",
            Self::Gen => "gen: generated files are up to date",
            Self::Deny => "deny: licences and sources of dependencies",
        }
    }

    fn run(self, root: &Path, options: &Options) -> Result<ExitCode> {
        match self {
            Self::Fmt => {
                component(root, "fmt", "rustfmt")?;
                cargo(root, &["fmt", "--all", "--check"])
            }
            Self::Tidy => Ok(verdict(tidy::run(root)?)),
            Self::Clippy => {
                let status = linted(root, &["test", "--workspace", "--no-run"])?.status()?;
                Ok(exit_code(status.code()))
            }
            Self::Tests => tests(root),
            Self::Gen => Ok(verdict(generate::run(root, true)?)),
            Self::Deny => deny(root, options.with_deny),
        }
    }
}

fn tests(root: &Path) -> Result<ExitCode> {
    machine::provide_poppler()?;
    browser::prepare(root)?;
    mail::provide()?;
    // The cluster is bound to a name so that it lives until the tests have ended, and stops however they end.
    let (url, _cluster) = database()?;
    let status = linted(root, &["test", "--workspace"])?.env(URL_VARIABLE, url).status()?;
    Ok(exit_code(status.code()))
}

/// A database that somebody set already wins; else a cluster is started that ends when it is dropped.
fn database() -> Result<(String, Option<Cluster>)> {
    if let Some(url) = std::env::var_os(URL_VARIABLE).filter(|url| !url.is_empty()) {
        println!("==> PostgreSQL: taking the one {URL_VARIABLE} names");
        return Ok((url.to_string_lossy().into_owned(), None));
    }
    let cluster = Cluster::start(Durability::None)?;
    println!("==> PostgreSQL: a throw-away cluster at {} in {}", cluster.url(), cluster.folder().display());
    Ok((cluster.url(), Some(cluster)))
}

fn deny(root: &Path, install: bool) -> Result<ExitCode> {
    if !answers(root, &["deny", "--version"]) {
        if !install {
            println!(
                "cargo-deny is not installed (`--with-deny` installs it): checking licences, bans and sources"
            );
            println!("against deny.toml here; advisories are skipped.");
            return Ok(verdict(dependencies::run(root)?));
        }
        let code = cargo(root, &["install", "--locked", "cargo-deny"])?;
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
    }
    cargo(root, &["deny", "--workspace", "check"])
}

/// A minimal toolchain lacks these two components; rustup can add them.
fn component(root: &Path, subcommand: &str, name: &str) -> Result<()> {
    if answers(root, &[subcommand, "--version"]) {
        return Ok(());
    }
    println!("==> adding the toolchain component `{name}`");
    let status = Command::new("rustup").args(["component", "add", name]).current_dir(root).status();
    status.with_context(|| {
        format!("`cargo {subcommand}` is missing, and rustup is not there to add `{name}`")
    })?;
    Ok(())
}

/// Cargo that compiles our crates with Clippy's driver, for which a lint is an error. So the tests run what Clippy has looked at, and the
/// crates of others are compiled once: `cargo clippy` would check all of them a second time, for minutes.
pub fn linted(root: &Path, arguments: &[&str]) -> Result<Command> {
    component(root, "clippy", "clippy")?;
    let mut command = quiet(root, arguments);
    // As `cargo clippy -- -D warnings` sets them.
    command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    command.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    Ok(command)
}

fn answers(root: &Path, arguments: &[&str]) -> bool {
    quiet(root, arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<ExitCode> {
    Ok(exit_code(quiet(root, arguments).status()?.code()))
}

/// Cargo without a keyboard, and without colours where a machine reads along.
pub fn quiet(root: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root).stdin(Stdio::null());
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_TERM_COLOR", "never").env("TERM", "dumb");
    }
    command
}

/// A step that a signal ended has no code of its own and counts as failed.
pub fn exit_code(code: Option<i32>) -> ExitCode {
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_killed_by_a_signal_counts_as_failed() {
        assert_eq!(exit_code(None), ExitCode::FAILURE);
        assert_eq!(exit_code(Some(0)), ExitCode::SUCCESS);
        assert_eq!(exit_code(Some(101)), ExitCode::from(101));
    }

    #[test]
    fn every_step_has_its_place_in_the_order() {
        assert!(Step::value_variants().iter().all(|step| ORDER.contains(step)));
    }
}
