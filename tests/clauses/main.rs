//! Does the running server keep every clause of the policy? One file for each clause, each with what is allowed and what is refused.

#![cfg(test)]

mod acts;
mod c01_1_every_visitor_is_a_subject;
mod c01_2_links_on_a_declared_basis;
mod c01_decisions_name_the_law;
mod c02_14_destruction;
mod c02_1_automated_or_manual;
mod c02_2_blocking;
mod c02_5_depersonalisation;
mod c02_6_operations;
mod c03_1_documents_and_what_goes_on;
mod c03_2_answers_in_time;
mod c03_2_what_is_known;
mod c04_1_consent;
mod c04_1_rights;
mod c05_1_no_basis_no_deed;
mod c05_2_purposes;
mod c05_3_no_merging;
mod c05_4_needed_data;
mod c05_5_no_excess;
mod c05_6_accuracy;
mod c05_7_retention;
mod c06_1_consent;
mod c06_2_law;
mod c06_3_justice;
mod c06_4_contract;
mod c06_5_legitimate_interest;
mod c06_6_made_public;
mod c06_7_publication_required;
mod c07_10_five_ends;
mod c07_1_access;
mod c07_4_withdrawal;
mod c07_9_kept_but_locked;
mod c08_1_figures;
mod c08_1_operations_on_record;
mod c08_2_channels;
mod c10_confidentiality;
mod c11_1_questions;
mod c11_2_life_of_a_version;
mod c11_2_new_versions;
mod c11_3_public_page;
