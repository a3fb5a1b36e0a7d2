//! How do rows get to the disk and back, together with the leaf that proves why?
//!
//! The lower half of this crate is the seam: one SQL text for SQLite and PostgreSQL ([`db`]), deeds that cannot be
//! committed without a leaf and share their commits ([`writer`]), and the schema's versions ([`migrate`]). The upper half,
//! one file per aggregate, holds the SQL. Nothing here sees personal data in the clear.

pub mod admission;
pub mod ahead;
pub mod guesses;
pub mod staff;
pub mod vault;

pub mod draft;

pub mod documents;

pub mod destruction;

pub mod remains;

pub mod requests;

pub mod epoch;

pub mod keyring;

mod reading;

mod body;
mod codec;

pub mod db;
pub mod distribution;
pub mod error;
pub mod figures;
pub mod idempotency;
pub mod ledger;
pub mod log;
pub mod migrate;
pub mod policies;
pub mod recall;
pub mod registry;
pub mod testing;
pub mod writer;

/// The register of columns: the class, the term and the fate on destruction of every column of every table.
pub const COLUMNS: &str = include_str!("../columns.toml");
