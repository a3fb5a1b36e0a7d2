//! How do tests get a mail server, a mailbox and a name server of their own, real ones, that nobody else uses?
//!
//! Each is a program of Debian's (Exim, Dovecot, dnsmasq), started by the test that needs it in a folder and on ports of its own
//! on 127.0.0.1, without any rights, and ended when it is dropped. The servers of the machine, if it has any, are never touched.
//! `cargo xtask test` installs the programs. This crate uses nothing of ours, so that any crate may test with it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "this crate serves tests alone: whatever goes wrong in it must end the test, loudly"
)]

pub mod certificate;
pub mod cut;
pub mod dovecot;
pub mod exim;
pub mod lmtp;
pub mod names;
mod place;

pub use place::eventually;
