//! How is the whole server tested as its users meet it: a real server on a real database, a clock moved by hand, and an eye
//! on everything that is written?

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::panic,
    reason = "this crate serves tests alone: whatever goes wrong in it must end the test, loudly"
)]

pub mod shop;

pub mod answer;

pub mod office;

pub mod browser;

pub mod watch;

pub mod trips;

mod database;
