//! What did pgbench say of a round?

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

/// What pgbench wrote to its output.
#[derive(Debug, PartialEq)]
pub struct Summary {
    /// Transactions that ended well.
    pub transactions: u64,
    /// Transactions that were given up.
    pub failed: u64,
    /// Transactions in a second, from the moment on in which all connections stood.
    pub per_second: f64,
    /// How long it took until all connections stood, in milliseconds.
    pub opening: f64,
}

/// The time was over before any transaction was, as on a machine that has much else to do.
#[derive(Debug)]
pub struct Nothing;

impl std::fmt::Display for Nothing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("pgbench ended before any transaction did")
    }
}

impl std::error::Error for Nothing {}

impl Summary {
    /// Reads the output of a run that reached its end.
    pub fn parse(output: &str) -> Result<Self> {
        let after = |label: &str| -> Result<&str> {
            output
                .lines()
                .find_map(|line| line.strip_prefix(label))
                .and_then(|rest| rest.split_whitespace().next())
                .with_context(|| format!("pgbench did not say its `{label}`"))
        };
        // A run by number of transactions says "8/8".
        let transactions = after("number of transactions actually processed:")?;
        let transactions = transactions.split('/').next().unwrap_or(transactions);
        let transactions: u64 = transactions.parse().context("the number of transactions")?;
        if transactions == 0 {
            return Err(Nothing.into());
        }
        Ok(Self {
            transactions,
            failed: after("number of failed transactions:")?.parse().context("the failed transactions")?,
            per_second: after("tps =")?.parse().context("the transactions per second")?,
            opening: after("initial connection time =")?.parse().context("the time of connecting")?,
        })
    }
}

/// Every transaction of a round, from the logs of pgbench.
#[derive(Debug, Default)]
pub struct Transactions {
    /// How long each took, in microseconds, ascending.
    micros: Vec<u64>,
    /// How often each script ran, by its number.
    pub runs: Vec<u64>,
}

impl Transactions {
    /// Reads every log in a folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut all = Self::default();
        for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let text = fs::read_to_string(entry?.path()).context("cannot read a log of pgbench")?;
            all.add(&text)?;
        }
        all.micros.sort_unstable();
        Ok(all)
    }

    /// A line says client, number, microseconds, script, and more that is of no interest here.
    fn add(&mut self, text: &str) -> Result<()> {
        for line in text.lines() {
            let mut words = line.split_whitespace().skip(2);
            let (Some(micros), Some(script)) = (words.next(), words.next()) else {
                bail!("a line of the log of pgbench is too short");
            };
            self.micros.push(micros.parse().with_context(|| format!("a transaction ended as `{micros}`"))?);
            let script: usize = script.parse().context("the number of a script")?;
            ensure!(script < 100, "pgbench names a script that it was not given");
            if self.runs.len() <= script {
                self.runs.resize(script.saturating_add(1), 0);
            }
            if let Some(runs) = self.runs.get_mut(script) {
                *runs = runs.saturating_add(1);
            }
        }
        Ok(())
    }

    /// How many there were.
    pub fn count(&self) -> u64 {
        u64::try_from(self.micros.len()).unwrap_or(u64::MAX)
    }

    /// Within how many microseconds so many in a hundred ended; zero when there were none.
    pub fn percentile(&self, hundredths: usize) -> f64 {
        let rank = self.micros.len().saturating_mul(hundredths).div_ceil(100);
        self.micros.get(rank.saturating_sub(1)).map_or(0.0, |micros| *micros as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_of_pgbench_is_understood() {
        let output = "transaction type: x\nnumber of transactions actually processed: 1234\n\
            number of failed transactions: 2 (0.162%)\nlatency average = 0.1 ms\n\
            initial connection time = 3.2 ms\ntps = 617.25 (without initial connection time)\n";
        let summary = Summary::parse(output).unwrap();
        assert_eq!(summary, Summary { transactions: 1234, failed: 2, per_second: 617.25, opening: 3.2 });
        assert_eq!(Summary::parse(&output.replace("1234", "40/40")).unwrap().transactions, 40);
        assert!(Summary::parse(&output.replace("1234", "0")).is_err());
        assert!(Summary::parse("pgbench: error").is_err());
    }

    #[test]
    fn transactions_are_counted_by_script_and_ordered_by_length() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("one.1"), "0 1 300 0 1 2 0\n0 2 100 2 1 2 0\n").unwrap();
        fs::write(folder.path().join("one.2"), "1 1 200 0 1 2 0\n").unwrap();
        let all = Transactions::read(folder.path()).unwrap();
        assert_eq!((all.count(), all.runs.as_slice()), (3, [2, 0, 1].as_slice()));
        assert_eq!((all.percentile(50), all.percentile(99)), (200.0, 300.0));
        assert_eq!(Transactions::default().percentile(99), 0.0);
    }

    #[test]
    fn a_transaction_that_failed_is_no_latency() {
        assert!(Transactions::default().add("0 1 failed 0 1 2 0\n").is_err());
        assert!(Transactions::default().add("0 1\n").is_err());
    }
}
