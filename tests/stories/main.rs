//! Does a right of a person go its whole way, from a page in a real browser to the paper that says what was done?
//!
//! Each story is told in every language of the example: people in one browser, staff in others, letters in a folder, days that
//! pass when the story says so, and papers read as they are printed.

#![cfg(test)]

mod access_beside_a_recipient;
mod authority_and_a_holiday;
mod blocking_then_destruction;
mod full_withdrawal;
mod rectification_with_a_document;
mod stage;
mod subject_who_is_a_child;
mod withdrawal_with_an_open_order;
