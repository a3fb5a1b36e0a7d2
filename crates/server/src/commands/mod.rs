//! Which commands are there? One file for each.

mod access;
mod demo;
mod import;
mod key;
mod law;
mod ledger;
mod mail;
mod openapi;
mod policy;
mod serve;
mod staff;
mod store;
mod sweep;
mod verify;

use clap::Subcommand;

use crate::exit::Exit;
use crate::out::Out;

/// What can be asked of the program.
#[derive(Subcommand)]
pub enum Command {
    /// Start a throw-away instance, play a day of an invented shop in it, and leave it open for trying.
    Demo(demo::Demo),
    /// Check a policy folder, open or make the data folder, and answer the API.
    Serve(serve::Serve),
    /// Work with policies: check, begin, compare, test, explain, publish.
    #[command(subcommand)]
    Policy(policy::Policy),
    /// Look into the law packs of this program: what they say on a day, and what changed between two days.
    Law(law::Law),
    /// Verify an exported ledger or a single proof offline.
    Verify(verify::Verify),
    /// Take the ledger out for an inspector.
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Look after the keys under which data are sealed.
    #[command(subcommand)]
    Key(key::Key),
    /// Look after the keys by which programs and staff are let in.
    #[command(subcommand)]
    Access(access::Access),
    /// Let staff in who cannot come in by themselves: new ones, and the locked out.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Bring an existing customer base in through the gate, row by row.
    Import(import::Import),
    /// See how letters by e-mail are read, and file those that lie in files.
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Look after the database.
    #[command(subcommand)]
    Store(store::Store),
    /// Destroy what has come to its end, or say what would be.
    Sweep(sweep::Sweep),
    /// Print the description of the API.
    #[command(hide = true)]
    Openapi,
}

/// Carries out a command.
pub async fn run(command: Command, out: &Out) -> anyhow::Result<Exit> {
    match command {
        Command::Demo(demo) => demo.run(out).await,
        Command::Serve(serve) => serve.run(out).await,
        Command::Policy(policy) => policy.run(out).await,
        Command::Law(law) => law.run(out),
        Command::Verify(verify) => verify.run(out),
        Command::Ledger(ledger) => ledger.run(out).await,
        Command::Key(key) => key.run(out).await,
        Command::Access(access) => access.run(out).await,
        Command::Staff(staff) => staff.run(out).await,
        Command::Import(import) => import.run(out).await,
        Command::Mail(mail) => mail.run(out).await,
        Command::Store(store) => store.run(out).await,
        Command::Sweep(sweep) => sweep.run(out).await,
        Command::Openapi => Ok(openapi::run(out)),
    }
}
