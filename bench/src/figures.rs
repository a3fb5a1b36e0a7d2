//! In which form is a measurement kept, and what is said of several rounds of it?

use serde::Serialize;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Saqta on its embedded database.
    Saqta,
    /// The same HTTP server and SQLite without any protection.
    Floor,
    /// PostgreSQL with indexes, without audit and encryption.
    Postgres,
    /// PostgreSQL with an audit row in each transaction, reads included.
    PostgresAudit,
    /// The same with columns encrypted by pgcrypto.
    PostgresPgcrypto,
    /// One Saqta process on PostgreSQL.
    SaqtaOnPostgres,
    /// Two Saqta processes that share a PostgreSQL.
    TwoSaqtaOnPostgres,
}

impl System {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Saqta => "saqta",
            Self::Floor => "floor",
            Self::Postgres => "postgres",
            Self::PostgresAudit => "postgres + audit",
            Self::PostgresPgcrypto => "postgres + audit + pgcrypto",
            Self::SaqtaOnPostgres => "saqta on postgres",
            Self::TwoSaqtaOnPostgres => "two saqta on postgres",
        }
    }
}

/// One round.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// Operations that were answered rightly.
    pub operations: u64,
    /// How long the round took.
    pub seconds: f64,
    /// Processor time of the server's processes alone.
    pub cpu_seconds: f64,
    /// Half of the answers came within so many microseconds.
    pub p50_us: f64,
    /// All but one in a hundred came within so many microseconds.
    pub p99_us: f64,
}

impl Sample {
    /// Operations in a second.
    pub fn rate(&self) -> f64 {
        quotient(self.operations as f64, self.seconds)
    }

    /// Processor time of the server for one operation, in milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        quotient(self.cpu_seconds * 1000.0, self.operations as f64)
    }
}

/// Every round of one workload on one system.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// Which workload.
    pub workload: &'static str,
    /// On which system.
    pub system: System,
    /// How many people were held.
    pub people: u64,
    /// How many connections asked at the same time.
    pub connections: u16,
    /// The rounds.
    pub samples: Vec<Sample>,
}

impl Cell {
    /// Operations in a second.
    pub fn rate(&self) -> Spread {
        Spread::of(self.samples.iter().map(Sample::rate))
    }

    /// Processor time of the server for one operation, in milliseconds.
    pub fn cpu_ms(&self) -> Spread {
        Spread::of(self.samples.iter().map(Sample::cpu_ms))
    }
}

/// The least, the middle and the greatest of several figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// The least.
    pub min: f64,
    /// The middle; of an even number, the mean of the two in the middle.
    pub median: f64,
    /// The greatest.
    pub max: f64,
}

impl Spread {
    /// Of no figures at all it is zero.
    pub fn of(figures: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = figures.collect();
        sorted.sort_by(f64::total_cmp);
        let (Some(min), Some(max)) = (sorted.first().copied(), sorted.last().copied()) else {
            return Self::default();
        };
        let half = sorted.len() / 2;
        let upper = sorted.get(half).copied().unwrap_or(max);
        let lower =
            if sorted.len().is_multiple_of(2) { sorted.get(half.saturating_sub(1)).copied() } else { None };
        Self { min, median: lower.map_or(upper, |lower| (lower + upper) / 2.0), max }
    }
}

/// What was measured, to be looked up.
#[derive(Debug, Default)]
pub struct Cells(Vec<Cell>);

impl Cells {
    /// Adds a round to its cell.
    pub fn add(
        &mut self,
        workload: &'static str,
        system: System,
        people: u64,
        connections: u16,
        sample: Sample,
    ) {
        let cell = self.0.iter_mut().find(|cell| {
            cell.workload == workload
                && cell.system == system
                && cell.people == people
                && cell.connections == connections
        });
        match cell {
            Some(cell) => cell.samples.push(sample),
            None => self.0.push(Cell { workload, system, people, connections, samples: vec![sample] }),
        }
    }

    /// The cell, if it was measured.
    pub fn find(&self, workload: &str, system: System, people: u64, connections: u16) -> Option<&Cell> {
        self.0.iter().find(|cell| {
            cell.workload == workload
                && cell.system == system
                && cell.people == people
                && cell.connections == connections
        })
    }

    /// Throughput of one system as a multiple of another's, from the middle rounds.
    pub fn ratio(
        &self,
        workload: &str,
        one: System,
        other: System,
        people: u64,
        connections: u16,
    ) -> Option<f64> {
        let one = self.find(workload, one, people, connections)?.rate().median;
        let other = self.find(workload, other, people, connections)?.rate().median;
        (other > 0.0).then(|| one / other)
    }

    /// All of them in the order in which they were first measured.
    pub fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.0.iter()
    }
}

/// A quotient that is zero where nothing was measured.
pub fn quotient(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(operations: u64) -> Sample {
        Sample { operations, seconds: 2.0, cpu_seconds: 1.0, p50_us: 1.0, p99_us: 2.0 }
    }

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        let spread = |figures: &[f64]| Spread::of(figures.iter().copied());
        assert_eq!(spread(&[3.0, 1.0, 2.0]), Spread { min: 1.0, median: 2.0, max: 3.0 });
        assert_eq!(spread(&[4.0, 1.0, 2.0, 3.0]).median, 2.5);
        assert_eq!(spread(&[]), Spread::default());
    }

    #[test]
    fn rounds_of_one_cell_come_together_and_ratios_compare_their_middles() {
        let mut cells = Cells::default();
        for operations in [100, 300, 200] {
            cells.add("retrieve", System::Saqta, 10, 64, sample(operations));
        }
        cells.add("retrieve", System::Floor, 10, 64, sample(400));
        assert_eq!(cells.iter().count(), 2);
        assert_eq!(cells.ratio("retrieve", System::Saqta, System::Floor, 10, 64), Some(0.5));
        assert_eq!(cells.ratio("retrieve", System::Saqta, System::Postgres, 10, 64), None);
        assert_eq!(sample(500).cpu_ms(), 2.0);
    }
}
