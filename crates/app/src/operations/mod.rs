//! Everything that can be done with personal data, one file for each thing a person or a program asks for.

pub mod advance;
pub mod collect;
pub mod confirm;
pub mod consent_record;
pub mod decide_use;
pub mod destroy;
pub mod hold;
pub mod inspect;
pub mod keep_document;
pub mod link;
pub mod list;
pub mod look_up;
pub mod rectify;
pub mod restrict;
pub mod retrieve;
pub mod stop;
pub mod withdraw;
