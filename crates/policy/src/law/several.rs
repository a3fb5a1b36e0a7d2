//! What holds when a policy stands under several laws, and which of two terms is the shorter one?

use std::collections::BTreeMap;

use saqta_domain::terms::calendar::Calendar;
use saqta_domain::terms::law::{Deadline, DeadlineUnit, LawEdition};
use saqta_domain::terms::names::Wording;

/// One edition that demands whatever any of them demands; nothing where there is none.
///
/// A ground is known where all know it, a block freezes what any of them freezes, of two deadlines the shorter one holds,
/// a consent says what any of them asks for, and a day counts as a day off only where all rest.
pub fn stricter(editions: &[LawEdition]) -> Option<LawEdition> {
    let (first, rest) = editions.split_first()?;
    Some(rest.iter().fold(first.clone(), both))
}

fn both(mut one: LawEdition, other: &LawEdition) -> LawEdition {
    one.pack = format!("{}+{}", one.pack, other.pack);
    one.law = Wording {
        kk: format!("{}; {}", one.law.kk, other.law.kk),
        ru: format!("{}; {}", one.law.ru, other.law.ru),
        en: format!("{}; {}", one.law.en, other.law.en),
    };
    if other.edition > one.edition {
        one.edition = other.edition;
        one.made_by = other.made_by.clone();
        one.certainty = other.certainty;
    }
    one.verified_until = one.verified_until.min(other.verified_until);
    one.bases.retain(|kind, _| other.bases.contains_key(kind));
    for (kind, basis) in &mut one.bases {
        if let Some(theirs) = other.bases.get(kind)
            && !theirs.known
            && basis.known
        {
            *basis = theirs.clone();
        }
    }
    one.block_freezes_change |= other.block_freezes_change;
    one.block_freezes_destruction |= other.block_freezes_destruction;
    shorten(&mut one.deadlines, &other.deadlines);
    // Each of these runs for itself: of several clocks of one request the strictest holds.
    one.answers.extend(other.answers.iter().cloned());
    one.extensions.extend(other.extensions.iter().cloned());
    for field in &other.consent_fields {
        if !one.consent_fields.iter().any(|f| f.code == field.code) {
            one.consent_fields.push(field.clone());
        }
    }
    let (ours, theirs) = (&one.calendar, &other.calendar);
    one.calendar = Calendar {
        zone: ours.zone.clone(),
        days_off: ours.days_off.intersection(&theirs.days_off).copied().collect(),
        working_weekends: ours.working_weekends.union(&theirs.working_weekends).copied().collect(),
        years: *ours.years.start().max(theirs.years.start())..=*ours.years.end().min(theirs.years.end()),
        counting: ours.counting.stricter(theirs.counting),
    };
    one
}

fn shorten(ours: &mut BTreeMap<String, Deadline>, theirs: &BTreeMap<String, Deadline>) {
    for (duty, deadline) in theirs {
        match ours.get_mut(duty) {
            Some(known) if shorter(deadline, known) => *known = deadline.clone(),
            Some(_) => {}
            None => {
                ours.insert(duty.clone(), deadline.clone());
            }
        }
    }
}

/// Whether one deadline ends before another when no holiday is in the way.
pub(crate) fn shorter(one: &Deadline, other: &Deadline) -> bool {
    if one.unit == other.unit {
        return one.count < other.count;
    }
    hours(one) < hours(other)
}

/// Whether a promised term can end after the one that the law gives. A month of the law may have no more than 28 days, one
/// of the promise 31; a promise in days lasts until the end of its last day, which the hours of a law do not wait for.
pub(crate) fn may_end_later(promise: &Deadline, law: &Deadline) -> bool {
    use DeadlineUnit::Hours;
    if promise.unit == law.unit {
        return promise.count > law.count;
    }
    let shortest = |law: &Deadline| match law.unit {
        DeadlineUnit::Months => 28 * u32::from(law.count),
        _ => days(law),
    };
    match (promise.unit, law.unit) {
        (Hours, _) => u32::from(promise.count) > 24 * shortest(law),
        (_, Hours) => 24 * (days(promise) + 1) > u32::from(law.count),
        _ => days(promise) > shortest(law),
    }
}

fn hours(deadline: &Deadline) -> u32 {
    match deadline.unit {
        DeadlineUnit::Hours => u32::from(deadline.count),
        _ => 24 * days(deadline),
    }
}

/// Calendar days a deadline takes at most when no holiday is in the way: five working days take a week, a month 31 days.
fn days(deadline: &Deadline) -> u32 {
    let count = u32::from(deadline.count);
    match deadline.unit {
        DeadlineUnit::Hours => count.div_ceil(24),
        DeadlineUnit::CalendarDays => count,
        DeadlineUnit::WorkingDays => count + 2 * count.div_ceil(5),
        DeadlineUnit::Months => 31 * count,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use saqta_domain::terms::basis::BasisKind;
    use saqta_domain::terms::law::Certainty;

    use super::*;
    use crate::law::law;

    fn kz(day: Date) -> LawEdition {
        law("kz").unwrap().on(day)
    }

    fn term(written: &str) -> Deadline {
        let unit = DeadlineUnit::ALL
            .into_iter()
            .find(|u| written.strip_suffix(u.mark()).is_some_and(|n| n.parse::<u16>().is_ok()));
        let unit = unit.unwrap();
        let count = written.strip_suffix(unit.mark()).unwrap().parse().unwrap();
        Deadline { count, unit, source: String::new(), certainty: Certainty::Text }
    }

    #[test]
    fn terms_of_different_units_are_compared() {
        for (shorter_one, longer) in [
            ("24h", "2d"),
            ("72h", "3wd"),
            ("3wd", "1m"),
            ("29d", "1m"),
            ("4d", "3wd"),
            ("1m", "32d"),
            ("2d", "3d"),
        ] {
            let (one, other) = (term(shorter_one), term(longer));
            assert!(shorter(&one, &other) && !shorter(&other, &one), "{shorter_one} {longer}");
        }
        assert!(!shorter(&term("3wd"), &term("3wd")));
    }

    #[test]
    fn a_promise_that_can_end_after_the_law_is_seen_in_every_unit() {
        for (promise, law, late) in [
            ("30d", "1m", true),
            ("28d", "1m", false),
            ("1m", "30d", true),
            ("1m", "1m", false),
            ("2m", "1m", true),
            ("20wd", "1m", false),
            ("3d", "72h", true),
            ("72h", "72h", false),
            ("2d", "72h", false),
            ("72h", "3d", false),
            ("100h", "3d", true),
            ("3wd", "3wd", false),
            ("5wd", "3wd", true),
            ("4d", "3wd", false),
        ] {
            assert_eq!(may_end_later(&term(promise), &term(law)), late, "{promise} under {law}");
        }
    }

    #[test]
    fn of_two_laws_the_stricter_one_decides() {
        let ours = kz(date(2026, 11, 22));
        let mut theirs = ours.clone();
        theirs.pack = "xx".to_owned();
        theirs.block_freezes_change = false;
        for (kind, basis) in &mut theirs.bases {
            basis.known = *kind == BasisKind::Contract || *kind == BasisKind::Consent;
        }
        if let Some(deadline) = theirs.deadlines.get_mut("subject_info") {
            *deadline = Deadline { count: 2, unit: DeadlineUnit::CalendarDays, ..deadline.clone() };
        }
        theirs.calendar.days_off.remove(&date(2026, 12, 16));
        let both = stricter(&[ours, theirs]).unwrap();
        assert_eq!(both.pack, "kz+xx");
        let known: Vec<_> = both.bases.iter().filter(|(_, b)| b.known).map(|(k, _)| *k).collect();
        assert_eq!(known, [BasisKind::Consent]);
        assert!(both.block_freezes_change);
        assert_eq!(both.deadlines["subject_info"].count, 2);
        assert_eq!(both.calendar.is_working(date(2026, 12, 16)), Ok(true));
        assert!(stricter(&[]).is_none());
    }
}
