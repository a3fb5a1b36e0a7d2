//! Does a consent given under the policy before still cover what a purpose does under the next one (clause 11.2)?
//!
//! It does when the purpose was not widened: no attribute, operation, channel or purpose to draw data from was added, the
//! consent and the keeping afterwards last no longer, and the wording people saw is the same to the letter in every
//! language. Recipients are named in the wording, so a new recipient is a new wording.

use jiff::civil::{Date, date};
use jiff::{Span, SpanRelativeTo};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::purpose::{ConsentTerms, Keep, Purpose};

/// Any day will do to compare terms, as long as it is the same one: this one begins a common year.
const DAY: Date = date(2001, 1, 1);

/// Lets consents given under `previous` cover the purposes of `next` that were not widened.
pub fn carry_over(previous: &Policy, next: &mut Policy) {
    let version = next.version;
    for purpose in next.purposes.values_mut() {
        let carried = previous.purposes.get(&purpose.name).and_then(|before| covered_since(before, purpose));
        if let Some(consent) = &mut purpose.consent {
            consent.covered_since = carried.unwrap_or(version);
        }
    }
}

/// The first version whose consents still cover the purpose, if it was not widened since `before`.
fn covered_since(before: &Purpose, now: &Purpose) -> Option<u32> {
    let (old, new) = (before.consent.as_ref()?, now.consent.as_ref()?);
    let attributes = now.needs.iter().chain(&now.may).all(|a| before.uses(a));
    let narrower = attributes
        && now.operations.is_subset(&before.operations)
        && now.compatible_with.is_subset(&before.compatible_with)
        && same_question(old, new)
        && no_longer(&new.term, &old.term)
        && kept_no_longer(now.keep.as_ref(), before.keep.as_ref());
    narrower.then_some(old.covered_since)
}

fn same_question(old: &ConsentTerms, new: &ConsentTerms) -> bool {
    // From one consent for all to one per channel, or back, the person answered another question.
    old.digests == new.digests
        && old.channels.is_empty() == new.channels.is_empty()
        && new.channels.is_subset(&old.channels)
}

fn kept_no_longer(now: Option<&Keep>, before: Option<&Keep>) -> bool {
    match (now, before) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(now), Some(before)) => no_longer(&now.term, &before.term),
    }
}

fn no_longer(now: &Span, before: &Span) -> bool {
    now.compare((*before, SpanRelativeTo::from(DAY))).is_ok_and(|order| order.is_le())
}
