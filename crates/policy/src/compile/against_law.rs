//! Where does the policy promise less than the law in force demands?
//!
//! These are findings, not faults: the gate refuses or keeps the shorter term whatever the policy says, and an operator
//! must know it before the people do.

use jiff::Timestamp;
use saqta_domain::terms::law::{AnswerTerm, Deadline, DeadlineUnit};

use super::shapes::PromiseDraft;
use super::{Draft, PurposeDraft};
use crate::law::several::may_end_later;
use crate::law::{LawPack, law, packs};
use crate::problem::Report;
use crate::read::nearest;

/// The packs the policy names; each unknown one is an error.
pub(crate) fn packs_of(draft: &Draft, report: &mut Report<'_>) -> Vec<LawPack> {
    let mut found = Vec::new();
    for at in &draft.jurisdictions {
        match law(&at.value) {
            Ok(pack) => found.push(pack),
            Err(fault) => {
                report.error("unknown-law", at.span.clone(), fault.to_string(), nearest(&at.value, &packs()));
            }
        }
    }
    found
}

/// Compares the draft with each pack as it stands on the day the policy comes into force.
pub(crate) fn check(draft: &Draft, packs: &[LawPack], report: &mut Report<'_>) {
    let Some(day) = draft.effective_from else { return };
    for pack in packs {
        let edition = pack.on(day);
        for purpose in &draft.purposes {
            let Some(basis) = &purpose.basis else { continue };
            let Some(kind) = basis.value.kind() else { continue };
            let says = edition.bases.get(&kind);
            if says.is_some_and(|b| b.known) {
                continue;
            }
            let source = says.map_or("the pack does not name it", |b| b.source.as_str());
            let message = format!("the law `{}` knows no ground `{}` ({source})", pack.name, kind.as_str());
            let hint = match draft.strict {
                true => "the policy is strict: everything for this purpose will be refused",
                false => "take a consent beside it, or accept the finding; strict = true refuses it",
            };
            report.warning("basis-not-in-law", basis.span.clone(), message, hint);
        }
        if pack.asks_for_operators_number(day) {
            draft.purposes.iter().for_each(|p| names_the_operator(p, draft, pack, report));
        }
        if let (Some(country), Some(operator)) = (&pack.storage, &draft.operator)
            && operator.storage != *country
        {
            let message = format!("the law `{}` wants the databases to stand in {country}", pack.name);
            let hint = "a copy elsewhere is a cross-border transfer; keep one in the country";
            report.warning("storage-abroad", draft.place_of_storage.clone(), message, hint);
        }
        for request in &draft.promises {
            for term in pack.terms_for(request.kind, day) {
                no_later(request, &term, report);
            }
        }
    }
}

/// A promise ends no later than the term of the law, and begins no later.
fn no_later(request: &PromiseDraft, term: &AnswerTerm, report: &mut Report<'_>) {
    let (legal, pack) = (&term.deadline, &term.pack);
    let promise = &request.promise;
    if let (Some(within), Some(place)) = (promise.within, &request.answer_within)
        && may_end_later(&Deadline { count: within.count, unit: within.unit, ..legal.clone() }, legal)
    {
        let unit = match legal.unit {
            DeadlineUnit::Hours => "hours",
            DeadlineUnit::WorkingDays => "working days",
            DeadlineUnit::CalendarDays => "calendar days",
            DeadlineUnit::Months => "months",
        };
        let message = format!("the law `{pack}` gives {} {unit} for this ({})", legal.count, legal.source);
        let hint = "promise no more time than that; the shorter term holds in any case";
        report.warning("later-than-law", place.clone(), message, hint);
    }
    if promise.counts_from.is_later_than(term.counts_from) {
        let message = format!(
            "the law `{pack}` counts this from `{}`, and the policy from `{}` ({})",
            term.counts_from, promise.counts_from, legal.source
        );
        let hint = format!("write counts_from = \"{}\"; the law's clock runs in any case", term.counts_from);
        report.warning("later-than-law", request.counts_from.clone(), message, hint);
    }
}

/// Says which packs nobody compared with their sources lately: what they say may be out of date by now.
pub(crate) fn unverified(draft: &Draft, packs: &[LawPack], now: Timestamp, report: &mut Report<'_>) {
    for pack in packs.iter().filter(|pack| pack.is_unverified(pack.day_of(now))) {
        let named = draft.jurisdictions.iter().find(|at| at.value == pack.name);
        let span = named.map_or(0..0, |at| at.span.clone());
        let message = format!(
            "the law pack `{}` was compared with its sources on {} and trusted until {}; today is {}",
            pack.name,
            pack.verified_on,
            pack.verified_until,
            pack.day_of(now)
        );
        let hint =
            "install a version of the program with a newer pack, and let a lawyer look at the law until then";
        report.warning("law-unverified", span, message, hint);
    }
}

/// A consent names the operator with its number, or it is not valid.
fn names_the_operator(purpose: &PurposeDraft, draft: &Draft, pack: &LawPack, report: &mut Report<'_>) {
    let (Some(consent), Some(operator)) = (&purpose.consent, &draft.operator) else { return };
    for &language in draft.text_files.keys() {
        if consent.text.value.in_language(language).contains(&operator.bin) {
            continue;
        }
        let message = format!(
            "the consent to `{}` does not name the operator's number in `{}`, as the law `{}` asks",
            purpose.name.value,
            language.tag(),
            pack.name
        );
        let hint = format!("write the number into the text: {}", operator.bin);
        report.warning("consent-without-operator", consent.text.span.clone(), message, hint);
    }
}
