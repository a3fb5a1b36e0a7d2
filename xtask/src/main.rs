//! How does somebody who works on Saqta test it, check the rules of the house and renew generated files?

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a development tool talks to its terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

mod bench;
mod browser;
mod dependencies;
mod generate;
mod machine;
mod mail;
mod postgres;
mod retention;
mod sample_imports;
mod samples;
mod test;
mod tidy;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Development tasks of Saqta", disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run everything that has to be green before a change lands, and install what it needs
    Test(test::Options),
    /// Measure Saqta beside what one would use instead, and write docs/benchmarks.md
    Bench {
        /// One round of the main figures in two minutes; writes nothing
        #[arg(long)]
        quick: bool,
    },
    /// Check the rules of the house that a machine can check
    Tidy,
    /// Write the generated files, or with --check say which ones are stale
    Gen {
        /// Change nothing; fail when a committed file differs from what would be written
        #[arg(long)]
        check: bool,
    },
    /// Install the browser of the tests of pages, and fetch the checker that looks through it
    Browser,
    /// Write two invented customer bases, as WooCommerce and 1C-Bitrix would export them, into a folder
    SampleImports {
        /// The folder; it is made where it is missing
        folder: PathBuf,
        /// Rows of each
        #[arg(long, default_value_t = sample_imports::MOST, value_parser = clap::value_parser!(u64).range(1..=sample_imports::MOST))]
        rows: u64,
    },
    /// Run a command beside a throw-away PostgreSQL: `cargo xtask with-postgres cargo test -p saqta-store`
    WithPostgres {
        /// The command and its arguments; it finds the address in SAQTA_TEST_PGURL
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    let root = root()?;
    match task {
        Task::Test(options) => test::run(&root, &options),
        Task::Bench { quick } => bench::run(&root, quick),
        Task::Tidy => Ok(verdict(tidy::run(&root)?)),
        Task::Gen { check } => Ok(verdict(generate::run(&root, check)?)),
        Task::Browser => browser::prepare(&root).map(|()| ExitCode::SUCCESS),
        Task::SampleImports { folder, rows } => samples::run(&folder, rows).map(verdict),
        Task::WithPostgres { command } => test::with_postgres(&root, &command),
    }
}

/// The top folder of the repository: the parent of the folder this crate was compiled in.
fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_path_buf).context("xtask does not lie inside a repository")
}

fn verdict(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
