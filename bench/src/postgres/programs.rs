//! How are `psql` and `pgbench` found and run against one schema of a database?

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// A value that scripts name: `:name`.
pub type Variable<'a> = (&'a str, String);

/// A database and the two programs that talk to it.
#[derive(Debug)]
pub struct Database {
    psql: PathBuf,
    pgbench: PathBuf,
    url: String,
}

/// How a run of pgbench ends.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After so many seconds.
    Seconds(u64),
    /// After so many transactions of each connection.
    Transactions(u64),
}

/// One run of pgbench.
#[derive(Debug)]
pub struct Run<'a> {
    /// In which schema.
    pub schema: &'a str,
    /// Over how many connections.
    pub connections: u16,
    /// When it ends.
    pub until: Until,
    /// What chance begins with.
    pub seed: u64,
    /// Scripts and how often each runs in comparison to the others.
    pub scripts: &'a [(PathBuf, u32)],
    /// Where one line for each transaction is written.
    pub log: &'a Path,
    /// What the scripts may name.
    pub variables: &'a [Variable<'a>],
}

impl Database {
    /// Fails when one of the programs is not on this machine.
    pub fn at(url: &str) -> Result<Self> {
        Ok(Self { psql: program("psql")?, pgbench: program("pgbench")?, url: url.to_owned() })
    }

    /// Runs statements of psql; the answer's rows stand on lines of their own, columns divided by `|`.
    pub fn ask(&self, schema: &str, variables: &[Variable<'_>], statements: &str) -> Result<String> {
        let mut command = Command::new(&self.psql);
        command.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"]);
        for (name, value) in variables {
            command.arg(format!("--set={name}={value}"));
        }
        command.args(["--file=-", "--dbname", &self.url]);
        environment(&mut command, schema);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run psql")?;
        // What psql could not read it explains itself, so a closed pipe is no error of its own.
        let _ = child.stdin.take().map(|mut stdin| stdin.write_all(statements.as_bytes()));
        answer("psql", &child.wait_with_output()?)
    }

    /// Runs pgbench and gives what it said. A deadlock is tried again, as a shop's program would; anything else that goes
    /// wrong ends the run. One thread serves all connections, so that it takes one processor at the most.
    pub fn bench(&self, run: &Run<'_>) -> Result<String> {
        let mut command = Command::new(&self.pgbench);
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=1", "--max-tries=100", "--log"]);
        command.arg(format!("--client={}", run.connections)).arg(format!("--random-seed={}", run.seed));
        command.arg(match run.until {
            Until::Seconds(seconds) => format!("--time={seconds}"),
            Until::Transactions(each) => format!("--transactions={each}"),
        });
        command.arg(format!("--log-prefix={}", run.log.join("transactions").display()));
        for (name, value) in run.variables {
            command.arg(format!("--define={name}={value}"));
        }
        for (file, weight) in run.scripts {
            command.arg(format!("--file={}@{weight}", file.display()));
        }
        command.arg(&self.url);
        environment(&mut command, run.schema);
        let output = command.stdin(Stdio::null()).output().context("cannot run pgbench")?;
        answer("pgbench", &output)
    }
}

/// What each session begins with, for one schema. Tables are found in it, functions of extensions in `public`; a page read
/// out of order costs hardly more than one in order, as on every solid-state disk; and two operations on many rows that wait
/// for each other are parted at once. The last was the quickest way of three for the controller: locking the rows in the order
/// of their keys takes twice the work, and the second that PostgreSQL waits by default stands still for long.
fn environment(command: &mut Command, schema: &str) {
    let settings = [
        &format!("search_path={schema},public"),
        "client_min_messages=warning",
        "random_page_cost=1.1",
        "deadlock_timeout=20ms",
    ];
    command
        .env("PGOPTIONS", settings.map(|setting| format!("-c {setting}")).join(" "))
        .env("PGCLIENTENCODING", "UTF8")
        .env("LC_ALL", "C");
}

fn answer(program: &str, output: &Output) -> Result<String> {
    if !output.status.success() {
        bail!("{program} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The search path comes first, then where Debian keeps its versions, newest first.
fn program(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev().map(|(_, folder)| folder));
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .with_context(|| format!("`{name}` is not on this machine; Debian's package `postgresql` brings it"))
}
