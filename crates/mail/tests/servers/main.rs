//! Do letters come in and go out with real servers: Dovecot, Exim and a name server, each started by the test that needs it?

#![cfg(test)]

mod desk;
mod dropping;
mod fetching;
mod handing_over;
mod sending;
mod trusting;
