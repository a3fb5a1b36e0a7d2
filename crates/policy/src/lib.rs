//! What does an operator's policy say, is it sound, and what does the law in force say beside it?
//!
//! A policy is a folder: `policy.toml` and the published text in each language. [`load::load`] reads it into the terms of
//! the domain, or reports every fault with its place. A law pack is data with sources and effective dates; [`law::law`]
//! reads one. [`wording::Words`] says refusals and the vocabulary in Kazakh, Russian and English.
//!
//! Nothing here talks to a database or a network, and the only files read are those of a policy's folder.

pub mod carry_over;
pub mod cases;
pub mod clocks;
mod compile;
pub mod controls;
pub mod coverage;
pub mod diff;
pub mod fault;
pub mod finding_codes;
pub mod folder;
pub mod init;
pub mod law;
pub mod load;
pub mod problem;
mod read;
pub mod reading;
pub mod texts;
pub mod wording;
