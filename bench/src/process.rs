//! How is a server started and ended, and what does it take of the machine?

use std::fs;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::http::Target;
use crate::load::Load;

const POLLS_FOR_THE_END: u32 = 600;

/// Linux counts processor time for programs in hundredths of a second on every machine.
const TICKS_PER_SECOND: f64 = 100.0;
const BETWEEN_POLLS: Duration = Duration::from_millis(50);

/// A server that was started here; dropping it kills it.
pub struct Server {
    child: Child,
    complaints: fs::File,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it said when it had started.
    pub said: Value,
    /// From its start to its first answer.
    pub first_answer: Duration,
}

impl Server {
    /// Starts a program that says in one line of JSON, under `listening`, where it listens, and waits for its first answer.
    pub fn start(load: &Load, mut command: Command, probe: &str) -> Result<Self> {
        let mut complaints = tempfile::tempfile()?;
        let begun = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(complaints.try_clone()?)
            .spawn()
            .with_context(|| format!("cannot start {command:?}"))?;
        let mut said = BufReader::new(child.stdout.take().context("its output cannot be read")?);
        let mut line = String::new();
        said.read_line(&mut line)?;
        let Ok(said) = serde_json::from_str::<Value>(&line) else {
            let _ = child.kill();
            let _ = child.wait();
            bail!("{command:?} did not start: {}", last_words(&mut complaints)?);
        };
        let listening =
            said.get("listening").and_then(Value::as_str).context("it does not say where it listens")?;
        let address = listening.parse()?;
        let (status, _) = load.ask(&Target { address, key: String::new() }, "GET", probe, b"")?;
        ensure!(status == 200, "{command:?} answers {status} at {probe}");
        Ok(Self { child, complaints, address, said, first_answer: begun.elapsed() })
    }

    /// Processor time of the process so far, in seconds.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        Ok(cpu_ticks(&stat)? as f64 / TICKS_PER_SECOND)
    }

    /// Memory that is resident now, in bytes.
    pub fn resident_bytes(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes: u64 = line
            .and_then(|line| line.split_whitespace().next())
            .context("the system does not say how much memory a process has")?
            .parse()?;
        Ok(kibibytes * 1024)
    }

    /// What it complained of last, for a message: a server that broke off says why.
    pub fn last_words(&self) -> String {
        let words = self.complaints.try_clone().map_err(anyhow::Error::from);
        words.and_then(|mut complaints| last_words(&mut complaints)).unwrap_or_default()
    }

    /// Asks it to end, and waits until it did.
    pub fn end(mut self) -> Result<()> {
        let asked = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", self.child.id())).status()?;
        ensure!(asked.success(), "the server cannot be asked to end");
        for _ in 0..POLLS_FOR_THE_END {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(BETWEEN_POLLS);
        }
        bail!("the server did not end when it was asked to")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already is only waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// User and system time from a line of `/proc/PID/stat`; the program's name before them may hold anything.
fn cpu_ticks(stat: &str) -> Result<u64> {
    let (_, fields) = stat.rsplit_once(')').context("the system says nothing of a process's time")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let mut ticks = 0;
    for place in [11, 12] {
        ticks +=
            fields.get(place).context("the system says too little of a process's time")?.parse::<u64>()?;
    }
    Ok(ticks)
}

/// The end of what a program complained of.
fn last_words(complaints: &mut fs::File) -> Result<String> {
    const SHOWN: u64 = 4096;
    let length = complaints.metadata()?.len();
    complaints.seek(SeekFrom::Start(length.saturating_sub(SHOWN)))?;
    let mut words = Vec::new();
    complaints.read_to_end(&mut words)?;
    Ok(String::from_utf8_lossy(&words).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_a_name_with_spaces_and_brackets() {
        let stat = "42 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0";
        assert_eq!(cpu_ticks(stat).unwrap(), 200);
        assert!(cpu_ticks("42").is_err());
    }

    #[test]
    fn a_program_that_does_not_start_says_why() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo no luck >&2; exit 3"]);
        let error = Server::start(&Load::new().unwrap(), command, "/").map(drop).unwrap_err();
        assert!(error.to_string().contains("no luck"), "{error}");
    }
}
