//! What is in a letter, who sent it, what does it ask, and how do letters come in and go out?
//!
//! Everything that comes in here was written by a stranger. A letter is bytes until [`letter`] has read it within its bounds;
//! nothing here keeps anything, decides anything about a person or knows a database: what becomes of a letter is decided by
//! whoever calls.

pub mod bounce;
pub mod explain;
pub mod folder;
pub mod imap;
pub mod intake;
pub mod letter;
pub mod lmtp;
pub mod outgoing;
pub mod tls;
pub mod trust;
pub mod understanding;
