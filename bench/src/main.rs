//! The binary `saqta-bench`: what does Saqta cost beside what somebody would use in its place?

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a development tool talks to its terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

mod common;
mod enrolled;
mod figures;
mod floor;
mod goals;
mod http;
mod load;
mod pair;
mod people;
mod policy;
mod postgres;
mod process;
mod report;
mod run;
mod scale;
mod schedule;
mod shop;
mod single;
mod workloads;
mod world;
mod zipf;

/// Measures Saqta beside what somebody would use in its place.
#[derive(Parser)]
#[command(name = "saqta-bench", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Task>,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Task {
    /// Run the server that protects nothing, for comparison.
    Floor(floor::Options),
}

#[derive(Args)]
struct Options {
    /// The program to be measured.
    #[arg(long, value_name = "FILE", default_value = "target/release/saqta")]
    saqta: PathBuf,
    /// A PostgreSQL of which everything may be used up, to be measured beside it.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The folder that benchmarks.md and benchmarks.json are written into, if everything is measured.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// One round of the main cells at 64 connections; nothing is written.
    #[arg(long)]
    quick: bool,
    /// Only parts or workloads whose name has this in it, such as `space`, `retrieve` or `role:customer`.
    #[arg(long, value_name = "WORKLOAD")]
    only: Option<String>,
    /// The smaller population.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    few: u64,
    /// The greater population; 0 leaves it out.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    people: u64,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Some(Task::Floor(options)) => floor::run(options, |line| println!("{line}")),
        None => measure(cli.options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: Options) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("saqta-bench-").tempdir()?;
    let circumstances = report::Circumstances::here(&options.saqta);
    let plan = run::Plan {
        saqta: options.saqta,
        folder: folder.path().to_owned(),
        postgres: options.postgres,
        quick: options.quick,
        only: options.only,
        few: options.few,
        many: options.people,
    };
    let measured = run::run(&plan, &|line| eprintln!("{line}"))?;
    let goals = goals::goals(&measured.cells, &measured.facts, plan.few, plan.many);
    // What was measured in part is told, and does not take the place of what was measured as a whole.
    let whole = !plan.quick && plan.only.is_none() && plan.many > 0 && plan.postgres.is_some();
    if let Some(out) = options.out.filter(|_| whole) {
        report::write(&out, &circumstances, &measured, &goals, &plan)?;
        eprintln!("written: {}", out.join("benchmarks.md").display());
    }
    print!("{}", report::short(&goals)?);
    Ok(())
}
