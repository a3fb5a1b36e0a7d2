//! How does an ordinary e-mail become a request by itself, and how does the operator hear when letters cannot come in (clauses
//! 7.3, 7.4, 11.1)?
//!
//! [`letterbox`] is what mail servers and mailboxes hand letters to; [`take`] decides what becomes of one: a request, a word in a
//! request that is open, the news that a letter of ours did not arrive, or nothing. Nothing that cannot be undone happens on a
//! letter alone: advertising stops at once, and the rest waits until whoever is on file has pressed the button of a page whose link
//! went to the contact on file. The letter itself lies sealed in its case and ends with it.

pub mod explain;
pub mod letterbox;
mod matter;
pub mod room;
pub mod seen;
pub mod settings;
pub mod signing;
pub mod take;
