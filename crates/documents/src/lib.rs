//! How does a document become a page that can be printed, with every letter intact?
//!
//! Each kind of document is one file here that says what goes in, and one template under `templates` that says how it looks.
//! All of them share a frame (`templates/frame.typ`), the blocks of a text (`templates/blocks.typ`) and one press, in which
//! the typesetter reaches no file, no network, no package and no clock.
//!
//! Texts reach a template as data, never as source, so nothing in them can be a command. The same document gives the same bytes.

pub mod policy;

pub mod frame;

pub mod text;

mod press;

pub mod error;
