//! How is a person told by when their request is answered, and why by then?
//!
//! A date, never a number of days: whoever reads it should not have to count. The clock itself is decided by
//! [`must_answer`](saqta_domain::rules::must_answer).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use saqta_domain::rules::must_answer::{Clock, ClockSource, Due, Lateness};
use saqta_domain::terms::law::{DeadlineUnit, Within};
use saqta_domain::terms::names::Language;

use crate::wording::Words;

impl Words {
    /// A day, such as `24 March 2026`.
    pub fn date(&self, day: Date, language: Language) -> String {
        self.dated("date", day, language)
    }

    /// The last day on which something is in time, such as `By 24 March 2026`.
    pub fn by_date(&self, day: Date, language: Language) -> String {
        self.dated("date-by", day, language)
    }

    /// A term, such as `3 working days`.
    pub fn term(&self, within: Within, language: Language) -> String {
        let count = [("count", u64::from(within.count))];
        self.counted(&format!("request-term-{}", within.unit.mark()), language, &[], &count)
    }

    /// By when a clock ends, and why: one sentence. The zone is the one in which the operator's days are counted.
    pub fn clock(&self, clock: &Clock, zone: &TimeZone, language: Language) -> String {
        let mut by = self.by_date(clock.last_day, language);
        if clock.within.is_some_and(|within| within.unit == DeadlineUnit::Hours) {
            let time = clock.due.to_zoned(zone.clone()).strftime("%H:%M").to_string();
            by = self.told("date-at", language, &[("date", &by), ("time", &time)]);
        }
        let term = clock.within.map_or_else(String::new, |within| self.term(within, language));
        match &clock.source {
            ClockSource::Letter => self.told("request-due-letter", language, &[("by", &by)]),
            ClockSource::Law { label, source, .. } => {
                // English labels begin with `to`, as does what they stand in.
                let label = label.in_language(language);
                let args = [("by", by.as_str()), ("term", &term), ("label", label), ("source", source)];
                self.told("request-due-law", language, &args)
            }
            ClockSource::Promise { clause } => {
                let args = [("by", by.as_str()), ("term", &term), ("clause", clause.as_str())];
                self.told("request-due-promise", language, &args)
            }
        }
    }

    /// By when a request is answered: the strictest clock, and what else has to be said of it.
    pub fn due(&self, due: &Due, zone: &TimeZone, language: Language) -> Vec<String> {
        let Some(clock) = due.strictest() else { return vec![self.word("request-due-none", language)] };
        let mut told = vec![self.clock(clock, zone, language)];
        if clock.paused {
            told.push(self.word("request-term-paused", language));
        }
        if let Some(year) = clock.unknown {
            told.push(self.told("request-days-off-unknown", language, &[("year", &year.to_string())]));
        }
        told
    }

    /// Whether a request is late; nothing where there is time enough.
    pub fn lateness(&self, lateness: Lateness, zone: &TimeZone, language: Language) -> Option<String> {
        let (key, since) = match lateness {
            Lateness::InTime => return None,
            Lateness::PastTarget => return Some(self.word("request-past-target", language)),
            Lateness::Overdue { since } => ("request-overdue", since),
            Lateness::WasLate { since, .. } => ("request-was-late", since),
        };
        let date = self.date(last_day(since, zone), language);
        Some(self.told(key, language, &[("date", &date)]))
    }

    fn dated(&self, prefix: &str, day: Date, language: Language) -> String {
        let args = [("day", &day.day().to_string()), ("year", &day.year().to_string())];
        let args = args.each_ref().map(|(name, text)| (*name, text.as_str()));
        self.told(&format!("{prefix}-{}", day.month()), language, &args)
    }
}

/// The day that ends at an instant: 24:00 of a day is not yet the next one.
fn last_day(due: Timestamp, zone: &TimeZone) -> Date {
    let just_before = due.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap_or(due);
    just_before.to_zoned(zone.clone()).date()
}
