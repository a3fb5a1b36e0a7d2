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

/// A quotient that is zero where nothing was measured.
pub fn quotient(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
