//! What can be done with the system: one file for each operation, and one door they all go through.
//!
//! [`act`] is the door: it loads the facts, asks the rules, and commits the deed together with its leaf. Nothing here
//! speaks HTTP, and no SQL is written here.

pub mod instance;

pub mod act;

mod facts;

pub mod ahead;

pub mod operations;

pub mod import;

pub mod jobs;

pub mod leaf;

pub mod admission;

pub mod staff;

pub mod requests;

pub mod publication;

pub mod drafts;

pub mod version_life;

pub mod comparison;
pub mod figures;
pub mod paper;

pub mod evidence;

pub mod receipts;

pub mod mail;
pub mod marks;

pub mod explanation;

pub mod error;

pub mod console;

mod looks;
mod together;
