//! Does a consent given under the policy before still cover what a purpose does under the next one (clause 11.2)?
//!
//! It does when the purpose was not widened: no attribute, operation, channel or purpose to draw data from was added, nobody
//! new gets the data and nobody gets more of them, the consent and the keeping afterwards last no longer, and the wording
//! people saw is the same to the letter in every language. [`widenings`] is the one place that says so: the gate reads it
//! through [`carry_over`], and the comparison of two versions words each of its answers.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use jiff::{Span, SpanRelativeTo};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::purpose::{ConsentTerms, Keep, Purpose};

use crate::diff::side::{Declared, Side};

/// Any day will do to compare terms, as long as it is the same one: this one begins a common year.
const DAY: Date = date(2001, 1, 1);

/// One way in which a purpose came to be more than what people agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Widening {
    /// It uses an attribute more.
    Attributes,
    /// Something more may be done for it.
    Operations,
    /// It draws on the data of a purpose more.
    Compatible,
    /// Somebody more gets the data, or more of them, or in another country.
    Recipients,
    /// The consent text reads differently.
    Wording,
    /// A channel more, or another question: one consent for all channels, or one for each.
    Channels,
    /// The consent lasts longer.
    ConsentTerm,
    /// The data are kept longer after the end.
    KeepTerm,
    /// Its data lie in another compartment, where no consent was ever recorded.
    Compartment,
    /// It did not stand on consent before.
    Basis,
}

/// Lets consents given under `previous` cover the purposes of `next` that were not widened.
pub fn carry_over(previous: &Side<'_>, next: &mut Policy, declared: &Declared) {
    let version = next.version;
    for purpose in next.purposes.values_mut() {
        let before = previous.policy.purposes.get(&purpose.name);
        let carried = before
            .filter(|before| widenings(before, &previous.declared, purpose, declared).is_empty())
            .and_then(|before| before.consent.as_ref())
            .map(|terms| terms.covered_since);
        if let Some(consent) = &mut purpose.consent {
            consent.covered_since = carried.unwrap_or(version);
        }
    }
}

/// In which ways a purpose was widened; nothing, where consents given before still cover it. Of a purpose that stands on
/// consent neither before nor now this says nothing.
pub fn widenings(
    before: &Purpose,
    declared_before: &Declared,
    now: &Purpose,
    declared: &Declared,
) -> BTreeSet<Widening> {
    let Some(new) = now.consent.as_ref() else { return BTreeSet::new() };
    let Some(old) = before.consent.as_ref() else { return BTreeSet::from([Widening::Basis]) };
    let found = [
        (Widening::Attributes, now.needs.iter().chain(&now.may).any(|a| !before.uses(a))),
        (Widening::Operations, !now.operations.is_subset(&before.operations)),
        (Widening::Compatible, !now.compatible_with.is_subset(&before.compatible_with)),
        (
            Widening::Recipients,
            !now.to.is_subset(&before.to) || declared.hands_out_more(declared_before, now.name.as_str()),
        ),
        (Widening::Wording, new.digests != old.digests),
        (Widening::Channels, !same_question(old, new)),
        (Widening::ConsentTerm, !no_longer(&new.term, &old.term)),
        (Widening::KeepTerm, !kept_no_longer(now.keep.as_ref(), before.keep.as_ref())),
        (Widening::Compartment, now.compartment != before.compartment),
    ];
    found.into_iter().filter(|(_, widened)| *widened).map(|(widening, _)| widening).collect()
}

fn same_question(old: &ConsentTerms, new: &ConsentTerms) -> bool {
    // From one consent for all to one per channel, or back, the person answered another question.
    old.channels.is_empty() == new.channels.is_empty() && new.channels.is_subset(&old.channels)
}

fn kept_no_longer(now: Option<&Keep>, before: Option<&Keep>) -> bool {
    match (now, before) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(now), Some(before)) => no_longer(&now.term, &before.term),
    }
}

/// Whether a term is at most as long as another; of two that cannot be compared, neither is.
pub(crate) fn no_longer(now: &Span, before: &Span) -> bool {
    now.compare((*before, SpanRelativeTo::from(DAY))).is_ok_and(|order| order.is_le())
}
