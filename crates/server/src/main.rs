//! The binary `saqta`: which command was asked for, and with which status does it end?

mod clock;
mod commands;
mod config;
mod exit;
mod logging;
mod out;
mod remote;
mod serving;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Most of what a request costs beside the database is memory taken and given back; this allocator does that in half the time.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Keeps personal data by a policy that is executed, not only published: every operation passes one gate and leaves a proof.
#[derive(Parser)]
#[command(name = "saqta", version, propagate_version = true, after_help = EXITS)]
struct Cli {
    /// Answer in JSON, for programs.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: commands::Command,
}

const EXITS: &str = "Exit status: 0 done, 1 failed, 2 wrong usage, 3 not ready or invalid input, 4 refused by the policy or not verified.";

fn main() -> ExitCode {
    let cli = Cli::parse();
    let out = Out::new(cli.json);
    let ended = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(commands::run(cli.command, &out)));
    let exit = match ended {
        Ok(exit) => exit,
        Err(error) => {
            let failure = Failure::of(&error);
            out.failure(&failure);
            failure.exit
        }
    };
    exit.into()
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}
