//! How does a document become a page that can be printed, with every letter intact?
//!
//! Each kind of document is one file here that says what goes in, and one template under `templates` that says how it looks.
//! All of them share a frame (`templates/frame.typ`), the blocks of a text (`templates/blocks.typ`) and one press, in which
//! the typesetter reaches no file, no network, no package and no clock.
//!
//! A paper that is issued to somebody goes another way: its kind under `papers/` makes a sheet of it, or says what it lacks, and
//! from the one sheet come the print and the page.
//!
//! Texts reach a template as data, never as source, so nothing in them can be a command. The same document gives the same bytes.

pub mod policy;

pub mod papers;

pub mod sheet;
pub mod sheet_html;
pub mod sheet_pdf;

pub mod rows;

pub mod label;

mod compose;

pub mod frame;

pub mod text;

mod press;

pub mod error;
