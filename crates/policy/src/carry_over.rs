//! Does a consent given under the policy before still cover what a purpose does under the next one (clause 11.2)?
//!
//! It does when the purpose was not widened: no attribute, operation, channel or purpose to draw data from was added, nobody
//! new receives its data, no recipient receives more of them or in another country abroad, the consent and the keeping
//! afterwards last no longer, and the wording people saw is the same to the letter in every language.

use jiff::civil::{Date, date};
use jiff::{Span, SpanRelativeTo};
use saqta_domain::terms::names::RecipientName;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::purpose::{ConsentTerms, Keep, Purpose};

/// Any day will do to compare terms, as long as it is the same one: this one begins a common year.
const DAY: Date = date(2001, 1, 1);

/// Lets consents given under `previous` cover the purposes of `next` that were not widened.
pub fn carry_over(previous: &Policy, next: &mut Policy) {
    let carried: Vec<u32> = next
        .purposes
        .values()
        .map(|now| {
            let before = previous.purposes.get(&now.name);
            let covered = before.and_then(|before| covered_since(before, now));
            covered.filter(|_| recipients_no_wider(previous, next, now)).unwrap_or(next.version)
        })
        .collect();
    for (purpose, covered_since) in next.purposes.values_mut().zip(carried) {
        if let Some(consent) = &mut purpose.consent {
            consent.covered_since = covered_since;
        }
    }
}

/// The first version whose consents still cover the purpose, if it was not widened since `before`. Who receives its data is
/// compared apart, because what they get stands with them.
fn covered_since(before: &Purpose, now: &Purpose) -> Option<u32> {
    let (old, new) = (before.consent.as_ref()?, now.consent.as_ref()?);
    let attributes = now.needs.iter().chain(&now.may).all(|a| before.uses(a));
    let narrower = attributes
        && now.operations.is_subset(&before.operations)
        && now.compatible_with.is_subset(&before.compatible_with)
        && now.to.is_subset(&before.to)
        && same_question(old, new)
        && no_longer(&new.term, &old.term)
        && kept_no_longer(now.keep.as_ref(), before.keep.as_ref());
    narrower.then_some(old.covered_since)
}

/// Nobody gets more of the purpose's data than before, and nobody who got them in the country gets them abroad now.
fn recipients_no_wider(previous: &Policy, next: &Policy, purpose: &Purpose) -> bool {
    let no_wider = |name: &RecipientName| {
        let (Some(before), Some(now)) = (previous.recipient(name), next.recipient(name)) else {
            return false;
        };
        let gets_no_more = match (now.gets_for(&purpose.name), before.gets_for(&purpose.name)) {
            (None, _) => true,
            (Some(now), None) => now.is_empty(),
            (Some(now), Some(before)) => now.is_subset(before),
        };
        gets_no_more && (now.country == before.country || now.country == previous.operator.storage)
    };
    purpose.to.iter().all(no_wider)
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
