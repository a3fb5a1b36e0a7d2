//! The words of clause 2 of the policy, and what the other clauses speak of, as types.

pub mod actor;
pub mod age;
pub mod attribute;
pub mod basis;
pub mod calendar;
pub mod consent;
pub mod event;
pub mod kind;
pub mod law;
pub mod names;
pub mod operation;
pub mod policy;
pub mod purpose;
pub mod recipient;
pub mod refusal;
pub mod request;
pub mod standing;
pub mod subject;
