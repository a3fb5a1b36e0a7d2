//! How fast is a PostgreSQL that a shop would use instead?

#![expect(clippy::print_stdout, reason = "a benchmark talks to its terminal")]

use std::time::Duration;

use anyhow::Result;
use clap::Parser;

#[expect(dead_code, reason = "only the systems on PostgreSQL are driven here so far")]
mod figures;
mod postgres;

use figures::System;

/// Runs each workload once on the three, and prints what came out.
#[derive(Parser)]
struct Cli {
    /// The address of a PostgreSQL that may be filled
    #[arg(long)]
    postgres: String,
    /// How many people
    #[arg(long, default_value_t = 10_000)]
    people: u64,
    /// How many connections, each number by itself
    #[arg(long, value_delimiter = ',', default_values_t = [1, 64])]
    connections: Vec<u16>,
    /// Only workloads whose name begins so
    #[arg(long, default_value = "")]
    only: String,
    /// Seconds of each round
    #[arg(long, default_value_t = 1)]
    seconds: u64,
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let begun = std::time::Instant::now();
    let competitors = postgres::Competitors::prepare(&cli.postgres, cli.people, 7)?;
    println!("prepared in {:.1} s", begun.elapsed().as_secs_f64());
    for workload in postgres::names().filter(|name| name.starts_with(&cli.only)) {
        for &connections in &cli.connections {
            for system in [System::Postgres, System::PostgresAudit, System::PostgresPgcrypto] {
                let length = Duration::from_secs(cli.seconds);
                let sample = competitors.measure(system, workload, connections, length)?;
                println!(
                    "{workload:16} {connections:2} {:28} {:8.0}/s {:8.4} ms cpu {:8.0} us p50 {:8.0} us p99",
                    system.as_str(),
                    sample.rate(),
                    sample.cpu_ms(),
                    sample.p50_us,
                    sample.p99_us,
                );
            }
        }
    }
    Ok(())
}
