//! How are values kept unreadable without their key, and how does a key end?
//!
//! A value is sealed under the data key of one person in one compartment ([`envelope`], [`stream`]). Data keys
//! lie wrapped beside the data; the epoch key that opens the wrapping lies in a custody file apart from it
//! ([`custody`]). Turning the epoch destroys that key, and with it every old copy of every wrapped key.
//!
//! What is absent on purpose: storage, time, the meaning of any value, and a way to print a key.

pub mod envelope;

pub mod stream;

pub mod keys;

pub mod custody;

pub mod index;

pub mod error;

pub mod random;

mod cipher;
mod epochs;
mod files;

mod secret;
