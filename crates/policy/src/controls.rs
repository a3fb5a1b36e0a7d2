//! Which parts of the program make a kind of declaration true, and which tests hold a clause to it?
//!
//! What a declaration makes happen depends on its kind and on what it says, never on the number of the clause it cites.
//! A kind without a control is read and checked, and nothing acts by it yet; a clause that rests on such declarations
//! alone is a promise that the program does not keep.

use saqta_domain::terms::names::{Clause, PurposeName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::purpose::Purpose;

/// A part of the program that enforces declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// The name it is called by, such as `may_read`.
    pub name: &'static str,
    /// The file in which it can be read, from the top of the repository.
    pub file: &'static str,
}

/// Every control there is.
pub const CONTROLS: [Control; 33] = [
    rule("act", "crates/app/src/act.rs"),
    rule("basis_stands", "crates/domain/src/rules/basis_stands.rs"),
    rule("blind_index", "crates/seal/src/index.rs"),
    rule("consent_holds", "crates/domain/src/rules/consent_holds.rs"),
    rule("documents", "crates/app/src/operations/keep_document.rs"),
    rule("envelope", "crates/seal/src/envelope.rs"),
    rule("kinds", "crates/domain/src/terms/kind/mod.rs"),
    rule("leaf", "crates/app/src/leaf.rs"),
    rule("letters", "crates/app/src/mail/take.rs"),
    rule("may_act", "crates/domain/src/rules/may_act.rs"),
    rule("may_advance", "crates/domain/src/rules/may_advance.rs"),
    rule("may_certify", "crates/domain/src/rules/may_certify.rs"),
    rule("may_collect", "crates/domain/src/rules/may_collect.rs"),
    rule("may_copy", "crates/domain/src/rules/may_copy.rs"),
    rule("may_destroy", "crates/domain/src/rules/may_destroy.rs"),
    rule("may_hold", "crates/domain/src/rules/may_hold.rs"),
    rule("may_inspect", "crates/domain/src/rules/may_inspect.rs"),
    rule("may_link", "crates/domain/src/rules/may_link.rs"),
    rule("may_list", "crates/domain/src/rules/may_list.rs"),
    rule("may_move", "crates/domain/src/rules/may_move.rs"),
    rule("may_read", "crates/domain/src/rules/may_read.rs"),
    rule("may_rectify", "crates/domain/src/rules/may_rectify.rs"),
    rule("may_repurpose", "crates/domain/src/rules/may_repurpose.rs"),
    rule("may_restrict", "crates/domain/src/rules/may_restrict.rs"),
    rule("may_take_consent", "crates/domain/src/rules/may_take_consent.rs"),
    rule("may_withdraw", "crates/domain/src/rules/may_withdraw.rs"),
    rule("must_answer", "crates/domain/src/rules/must_answer.rs"),
    rule("must_destroy", "crates/domain/src/rules/must_destroy.rs"),
    rule("must_forget", "crates/domain/src/rules/must_forget.rs"),
    rule("must_identify", "crates/domain/src/rules/must_identify.rs"),
    rule("must_stop", "crates/domain/src/rules/must_stop.rs"),
    rule("public_page", "crates/web/src/pages/policy.rs"),
    rule("publication", "crates/app/src/publication.rs"),
];

const fn rule(name: &'static str, file: &'static str) -> Control {
    Control { name, file }
}

/// The control of that name.
pub fn control(name: &str) -> Option<&'static Control> {
    CONTROLS.iter().find(|control| control.name == name)
}

/// What the operator's own block sets in motion, whatever else the policy says: every operation goes through one door, is
/// on record, and is sealed; a caller is admitted or refused; what is known of a person can be told; versions are published.
const OPERATOR: &[&str] = &[
    "act",
    "leaf",
    "may_act",
    "may_inspect",
    "may_list",
    "must_stop",
    "envelope",
    "publication",
    "public_page",
];

/// A purpose on a ground of its own: an event opens it and ends it.
const PURPOSE: &[&str] = &[
    "may_act",
    "may_collect",
    "may_read",
    "may_repurpose",
    "basis_stands",
    "may_advance",
    "may_restrict",
    "may_hold",
    "may_destroy",
    "must_destroy",
];

/// A purpose on consent: the person's answer opens it, and the person or the term ends it.
const CONSENT_PURPOSE: &[&str] = &[
    "may_act",
    "may_collect",
    "may_read",
    "may_repurpose",
    "basis_stands",
    "may_take_consent",
    "consent_holds",
    "may_withdraw",
    "may_certify",
    "may_restrict",
    "may_hold",
    "may_destroy",
    "must_destroy",
];

/// A purpose without personal data: whatever is offered for it is refused.
const EMPTY_PURPOSE: &[&str] = &["may_act", "may_collect"];

const ATTRIBUTE: &[&str] =
    &["kinds", "may_collect", "may_read", "may_rectify", "may_repurpose", "must_destroy", "envelope"];
const FINDABLE_ATTRIBUTE: &[&str] = &[
    "kinds",
    "may_collect",
    "may_read",
    "may_rectify",
    "may_repurpose",
    "must_destroy",
    "envelope",
    "blind_index",
];
const DOCUMENT: &[&str] = &["documents", "may_collect", "may_repurpose", "must_destroy", "envelope"];

/// A letter that comes in is a request by itself.
const MAILBOX: &[&str] = &["act", "letters", "may_move"];

/// What people may ask: by when it is answered, what is enough to show who asks, and what may come next.
const REQUEST: &[&str] = &["act", "may_move", "must_answer", "must_forget", "must_identify"];
const REQUEST_FOR_A_COPY: &[&str] =
    &["act", "may_copy", "may_move", "must_answer", "must_forget", "must_identify"];

/// The controls that enforce a declaration, named by its path such as `purpose.order`; empty where nothing acts by it yet.
/// Recipients and tariffs are read and checked, and no operation uses them.
pub(crate) fn rules_of(declaration: &str, policy: &Policy) -> &'static [&'static str] {
    if declaration == "operator" {
        return OPERATOR;
    }
    if declaration.starts_with("mailbox.") {
        return MAILBOX;
    }
    if declaration.starts_with("link[") {
        return &["may_link"];
    }
    if let Some(name) = declaration.strip_prefix("purpose.") {
        let purpose = PurposeName::new(name).ok().and_then(|name| policy.purpose(&name));
        return purpose.map_or(&[], rules_of_purpose);
    }
    if let Some(kind) = declaration.strip_prefix("request.") {
        return if matches!(kind, "access" | "rectification") { REQUEST_FOR_A_COPY } else { REQUEST };
    }
    let Some(name) = declaration.strip_prefix("attribute.") else { return &[] };
    let Some(attribute) = policy.attributes.get(name) else { return &[] };
    match attribute.kind {
        saqta_domain::terms::kind::Kind::Document => DOCUMENT,
        _ if attribute.findable => FINDABLE_ATTRIBUTE,
        _ => ATTRIBUTE,
    }
}

fn rules_of_purpose(purpose: &Purpose) -> &'static [&'static str] {
    match (purpose.basis.kind(), &purpose.consent) {
        (None, _) => EMPTY_PURPOSE,
        (Some(_), Some(_)) => CONSENT_PURPOSE,
        (Some(_), None) => PURPOSE,
    }
}

/// The tests that hold the running server to single clauses, by the number in their name.
pub const TESTS: [&str; 39] = [
    "tests/clauses/c01_1_every_visitor_is_a_subject.rs",
    "tests/clauses/c01_2_links_on_a_declared_basis.rs",
    "tests/clauses/c01_decisions_name_the_law.rs",
    "tests/clauses/c02_14_destruction.rs",
    "tests/clauses/c02_1_automated_or_manual.rs",
    "tests/clauses/c02_2_blocking.rs",
    "tests/clauses/c02_5_depersonalisation.rs",
    "tests/clauses/c02_6_operations.rs",
    "tests/clauses/c03_1_documents_and_what_goes_on.rs",
    "tests/clauses/c03_2_answers_in_time.rs",
    "tests/clauses/c03_2_what_is_known.rs",
    "tests/clauses/c04_1_consent.rs",
    "tests/clauses/c04_1_rights.rs",
    "tests/clauses/c05_1_no_basis_no_deed.rs",
    "tests/clauses/c05_2_purposes.rs",
    "tests/clauses/c05_3_no_merging.rs",
    "tests/clauses/c05_4_needed_data.rs",
    "tests/clauses/c05_5_no_excess.rs",
    "tests/clauses/c05_6_accuracy.rs",
    "tests/clauses/c05_7_retention.rs",
    "tests/clauses/c06_1_consent.rs",
    "tests/clauses/c06_2_law.rs",
    "tests/clauses/c06_3_justice.rs",
    "tests/clauses/c06_4_contract.rs",
    "tests/clauses/c06_5_legitimate_interest.rs",
    "tests/clauses/c06_6_made_public.rs",
    "tests/clauses/c06_7_publication_required.rs",
    "tests/clauses/c07_10_five_ends.rs",
    "tests/clauses/c07_1_access.rs",
    "tests/clauses/c07_4_withdrawal.rs",
    "tests/clauses/c07_9_kept_but_locked.rs",
    "tests/clauses/c08_1_figures.rs",
    "tests/clauses/c08_1_operations_on_record.rs",
    "tests/clauses/c08_2_channels.rs",
    "tests/clauses/c10_confidentiality.rs",
    "tests/clauses/c11_1_questions.rs",
    "tests/clauses/c11_2_life_of_a_version.rs",
    "tests/clauses/c11_2_new_versions.rs",
    "tests/clauses/c11_3_public_page.rs",
];

/// The tests of one clause, as paths from the top of the repository. They are written to the numbers of the model text.
pub fn tests_of(clause: &Clause) -> Vec<&'static str> {
    TESTS.into_iter().filter(|path| number_in(path).as_ref() == Some(clause)).collect()
}

/// `tests/clauses/c05_3_no_merging.rs` is about clause 5.3, `c10_confidentiality.rs` about clause 10.
fn number_in(path: &str) -> Option<Clause> {
    let (_, name) = path.rsplit_once("/c")?;
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> =
        name.split('_').take_while(digits).map(|group| group.trim_start_matches('0')).collect();
    Clause::new(&groups.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_that_is_named_exists() {
        let named = [
            OPERATOR,
            PURPOSE,
            CONSENT_PURPOSE,
            EMPTY_PURPOSE,
            ATTRIBUTE,
            FINDABLE_ATTRIBUTE,
            DOCUMENT,
            REQUEST,
            REQUEST_FOR_A_COPY,
            MAILBOX,
            &["may_link"],
        ];
        for name in named.concat() {
            assert!(control(name).is_some(), "{name}");
        }
        for control in CONTROLS {
            assert!(named.concat().contains(&control.name), "{} enforces nothing", control.name);
        }
    }

    #[test]
    fn a_test_is_found_by_the_clause_in_its_name() {
        let of = |number: &'static str| tests_of(&Clause::fixed(number));
        assert_eq!(of("5.3"), ["tests/clauses/c05_3_no_merging.rs"]);
        assert_eq!(of("10"), ["tests/clauses/c10_confidentiality.rs"]);
        assert_eq!(of("7.10"), ["tests/clauses/c07_10_five_ends.rs"]);
        assert_eq!(of("1"), ["tests/clauses/c01_decisions_name_the_law.rs"]);
        assert!(of("9.1").is_empty());
    }
}
