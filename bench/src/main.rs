//! The binary `saqta-bench`: what does Saqta cost beside what somebody would use in its place?

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a development tool talks to its terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

mod figures;
mod floor;
mod http;
mod load;
mod people;
mod policy;
mod process;
mod shop;
mod workloads;
mod world;

/// Measures Saqta beside what somebody would use in its place.
#[derive(Parser)]
#[command(name = "saqta-bench", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    drive: Drive,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server that protects nothing, for comparison.
    Floor(floor::Options),
}

#[derive(Args)]
struct Drive {
    /// The program to be measured.
    #[arg(long, value_name = "FILE", default_value = "target/release/saqta")]
    saqta: PathBuf,
    /// How many people are held.
    #[arg(long, default_value_t = 10_000)]
    people: u64,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Some(Command::Floor(options)) => floor::run(options, |line| println!("{line}")),
        None => drive(&cli.drive),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn drive(options: &Drive) -> Result<()> {
    let load = load::Load::new()?;
    let folder = tempfile::tempdir()?;
    let (shop, server) = shop::Shop::found(&load, &options.saqta, folder.path(), None)?;
    let world = shop.club(&load, &server)?;
    let begun = std::time::Instant::now();
    shop::seed(&load, &world, options.people)?;
    println!("seeded {} in {:.1?}", world.len(), begun.elapsed());
    for connections in [1_u16, 4, 16, 64] {
        for _ in 0..3 {
            let scripts = (0..connections).map(|c| workloads::reads::Retrieve::new(&world, 1, c)).collect();
            let length = load::Until::Passed(std::time::Duration::from_secs(1));
            let (sample, _) = load.run(&world.target, scripts, length, || server.cpu_seconds())?;
            println!(
                "retrieve at {connections:2}: {:8.0}/s, {:.4} ms CPU, p50 {:.0} us, p99 {:.0} us",
                sample.rate(), sample.cpu_ms(), sample.p50_us, sample.p99_us
            );
        }
    }
    server.end()
}
