//! On which day does a term end (civil code, articles 173 to 176)?

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::law::{Deadline, DeadlineUnit};

/// The working days of a country, and the zone its days are counted in.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The zone.
    pub zone: TimeZone,
    /// Days off that are no weekend, transfers included.
    pub days_off: BTreeSet<Date>,
    /// Weekend days on which work is done by decree.
    pub working_weekends: BTreeSet<Date>,
    /// The first and the last year for which days off are known. Outside of them no term can be promised.
    pub years: std::ops::RangeInclusive<i16>,
}

/// A term that reaches a year whose days off the law pack does not know yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the days off of {year} are not in the law pack yet; update the pack")]
pub struct YearUnknown {
    /// The year.
    pub year: i16,
}

impl Calendar {
    /// Whether offices work on that day.
    pub fn is_working(&self, day: Date) -> Result<bool, YearUnknown> {
        if !self.years.contains(&day.year()) {
            return Err(YearUnknown { year: day.year() });
        }
        if self.working_weekends.contains(&day) {
            return Ok(true);
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(!weekend && !self.days_off.contains(&day))
    }

    /// The last day of a term that an event on `event` started: counting begins the day after (article 173), and a last
    /// day that is not a working day moves to the next that is (article 175).
    pub fn due(&self, event: Date, deadline: &Deadline) -> Result<Date, YearUnknown> {
        let mut day = event;
        match deadline.unit {
            DeadlineUnit::WorkingDays => {
                let mut left = deadline.count;
                while left > 0 {
                    day = next(day)?;
                    if self.is_working(day)? {
                        left -= 1;
                    }
                }
                Ok(day)
            }
            DeadlineUnit::CalendarDays => {
                for _ in 0..deadline.count {
                    day = next(day)?;
                }
                while !self.is_working(day)? {
                    day = next(day)?;
                }
                Ok(day)
            }
        }
    }

    /// The instant at which a day is over: 24:00 in the calendar's zone (article 176).
    pub fn end_of(&self, day: Date) -> Result<Timestamp, YearUnknown> {
        let unknown = YearUnknown { year: day.year() };
        let midnight = next(day)?.to_zoned(self.zone.clone()).map_err(|_| unknown)?;
        Ok(midnight.timestamp())
    }

    /// The end of a term in years, months or days that began at an instant: 24:00 of its last day (articles 173, 174).
    /// A term that leaves the calendar ends with time itself: what cannot be counted is not shortened.
    pub fn end_of_term(&self, from: Timestamp, term: jiff::Span) -> Timestamp {
        let midnight = self
            .day_of(from)
            .checked_add(term)
            .and_then(Date::tomorrow)
            .and_then(|day| day.to_zoned(self.zone.clone()));
        midnight.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// The day an instant falls on.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }
}

fn next(day: Date) -> Result<Date, YearUnknown> {
    day.tomorrow().map_err(|_| YearUnknown { year: day.year() })
}
