//! Which operations are there over HTTP? One file for each, named like the operation it calls.

pub(crate) mod wire;

pub(crate) mod advance;
pub(crate) mod clauses;
pub(crate) mod collect;
pub(crate) mod comparison;
pub(crate) mod confirm;
pub(crate) mod consent_record;
pub(crate) mod decide_use;
pub(crate) mod decisions;
pub(crate) mod destroy;
pub(crate) mod hold;
pub(crate) mod inspect;
pub(crate) mod jobs;
pub(crate) mod keep_document;
pub(crate) mod keys;
pub(crate) mod ledger;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod look_up;
pub(crate) mod policies;
pub(crate) mod purposes;
pub(crate) mod rectify;
pub(crate) mod requests;
pub(crate) mod restrict;
pub(crate) mod retrieve;
pub(crate) mod setup;
pub(crate) mod stop;
pub(crate) mod take_consents;
pub(crate) mod withdraw;
