//! How is a server kept busy by a number of connections, and each of its answers checked?
//!
//! All connections live on one thread, so that they take one of two processors at the most. Each sends its next request as soon
//! as the answer to the one before is there.

use std::borrow::Cow;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use tokio::runtime::Runtime;
use tokio::sync::Barrier;
use tokio::task::LocalSet;

use crate::figures::Sample;
use crate::http::{Answer, Connection, Target};

/// What one connection asks for.
#[derive(Clone, Debug)]
pub struct Call {
    /// By which method.
    pub method: &'static str,
    /// Under which path.
    pub path: Cow<'static, str>,
}

impl Call {
    /// A request with a body, under a path that is always the same.
    pub fn post(path: &'static str) -> Self {
        Self { method: "POST", path: Cow::Borrowed(path) }
    }
}

/// What one connection does: it makes requests and judges the answers.
pub trait Script: 'static {
    /// Writes the next request's body, which comes empty; none, when there is nothing left to ask.
    fn next(&mut self, body: &mut Vec<u8>) -> Option<Call>;

    /// Fails when the answer is wrong.
    fn check(&mut self, answer: &Answer<'_>) -> Result<()>;
}

/// When the connections stop.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After so long, or when nobody has anything left to ask.
    Passed(Duration),
    /// When nobody has anything left to ask.
    Done,
}

/// The connections' thread.
pub struct Load {
    runtime: Runtime,
}

impl Load {
    /// Makes it.
    pub fn new() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the load generator has no runtime")?;
        Ok(Self { runtime })
    }

    /// Asks once, outside of any measurement.
    pub fn ask(&self, target: &Target, method: &str, path: &str, body: &[u8]) -> Result<(u16, Vec<u8>)> {
        self.runtime.block_on(async {
            let mut connection = Connection::open(target).await?;
            let answer = connection.ask(method, path, body).await?;
            Ok((answer.status, answer.body.to_vec()))
        })
    }

    /// Runs one script on each connection, and gives the scripts back. `cpu` tells the server's processor time so far, in
    /// seconds.
    pub fn run<S: Script>(
        &self,
        target: &Target,
        scripts: Vec<S>,
        until: Until,
        cpu: impl Fn() -> Result<f64>,
    ) -> Result<(Sample, Vec<S>)> {
        self.spread(std::slice::from_ref(target), scripts, until, cpu)
    }

    /// The same at several servers: the connections go to them in turn.
    pub fn spread<S: Script>(
        &self,
        targets: &[Target],
        scripts: Vec<S>,
        until: Until,
        cpu: impl Fn() -> Result<f64>,
    ) -> Result<(Sample, Vec<S>)> {
        let local = LocalSet::new();
        local.block_on(&self.runtime, async {
            let mut connections = Vec::new();
            for (_, target) in scripts.iter().zip(targets.iter().cycle()) {
                connections.push(Connection::open(target).await?);
            }
            let ready = Rc::new(Barrier::new(scripts.len()));
            let before = cpu()?;
            let begun = Instant::now();
            let deadline = match until {
                Until::Passed(length) => begun.checked_add(length),
                Until::Done => None,
            };
            let tasks: Vec<_> = connections
                .into_iter()
                .zip(scripts)
                .map(|(connection, script)| {
                    let ready = Rc::clone(&ready);
                    tokio::task::spawn_local(async move {
                        ready.wait().await;
                        drive(connection, script, deadline).await
                    })
                })
                .collect();
            let mut latencies = latencies_of_none()?;
            let mut scripts = Vec::new();
            for task in tasks {
                let (script, own) = task.await.context("a connection broke off")??;
                latencies.add(&own)?;
                scripts.push(script);
            }
            let sample = Sample {
                operations: latencies.len(),
                seconds: begun.elapsed().as_secs_f64(),
                cpu_seconds: cpu()? - before,
                p50_us: micros(&latencies, 0.5),
                p99_us: micros(&latencies, 0.99),
            };
            Ok((sample, scripts))
        })
    }
}

async fn drive<S: Script>(
    mut connection: Connection,
    mut script: S,
    deadline: Option<Instant>,
) -> Result<(S, Histogram<u64>)> {
    let mut latencies = latencies_of_none()?;
    let mut body = Vec::with_capacity(1024);
    let mut now = Instant::now();
    while deadline.is_none_or(|deadline| now < deadline) {
        body.clear();
        let Some(call) = script.next(&mut body) else { break };
        let asked = now;
        let answer =
            connection.ask(call.method, &call.path, &body).await.with_context(|| call.path.clone())?;
        script.check(&answer).with_context(|| format!("{} {} {}", call.method, call.path, shown(&body)))?;
        now = Instant::now();
        latencies.saturating_record(u64::try_from(now.duration_since(asked).as_nanos()).unwrap_or(u64::MAX));
    }
    Ok((script, latencies))
}

/// From a tenth of a microsecond to a minute, in nanoseconds, to three digits.
fn latencies_of_none() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(100, 60_000_000_000, 3)?)
}

fn micros(latencies: &Histogram<u64>, quantile: f64) -> f64 {
    latencies.value_at_quantile(quantile) as f64 / 1000.0
}

fn shown(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    struct Three(u32);

    impl Script for Three {
        fn next(&mut self, body: &mut Vec<u8>) -> Option<Call> {
            self.0 += 1;
            body.extend_from_slice(b"{}");
            (self.0 <= 3).then(|| Call::post("/x"))
        }

        fn check(&mut self, answer: &Answer<'_>) -> Result<()> {
            answer.expect(200)?;
            anyhow::ensure!(answer.body == b"right");
            Ok(())
        }
    }

    /// Answers every request of one connection with the same body.
    fn server(body: &'static str) -> Target {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut room = [0; 4096];
            while stream.read(&mut room).is_ok_and(|read| read > 0) {
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Target { address, key: String::new() }
    }

    #[test]
    fn every_answer_is_counted_and_a_wrong_one_fails_the_run() {
        let load = Load::new().unwrap();
        let run = |body| load.run(&server(body), vec![Three(0)], Until::Done, || Ok(0.0));
        let (sample, scripts) = run("right").unwrap();
        assert_eq!((sample.operations, scripts.len()), (3, 1));
        assert!(sample.p50_us > 0.1 && sample.p50_us <= sample.p99_us, "{sample:?}");
        assert!(run("wrong").is_err());
    }
}
