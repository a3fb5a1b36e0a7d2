//! On which day, or at which instant, does a term end (civil code, articles 173 to 176, and what other laws have instead)?

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::law::{Deadline, DeadlineUnit, Within};

/// The working days of a country, how its terms are counted, and the zone its days are counted in.
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
    /// How days and months are counted.
    pub counting: Counting,
}

/// How a law counts days and months. Hours are counted from the instant of the event, whatever the law says of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// Which day is the first.
    pub first_day: FirstDay,
    /// What becomes of a last day that is no working day.
    pub last_day: LastDay,
}

/// Which day of a term is its first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstDay {
    /// The day after the event (article 173).
    #[default]
    NextDay,
    /// The day of the event itself.
    SameDay,
}

/// What becomes of a last day that is no working day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastDay {
    /// It moves to the next working day (article 175).
    #[default]
    NextWorkingDay,
    /// It stands where it is.
    Stands,
}

impl Counting {
    /// The way of counting under which no term ends later than under either of two.
    pub fn stricter(self, other: Self) -> Self {
        let earlier = [self.first_day, other.first_day].contains(&FirstDay::SameDay);
        let stands = [self.last_day, other.last_day].contains(&LastDay::Stands);
        Self {
            first_day: if earlier { FirstDay::SameDay } else { FirstDay::NextDay },
            last_day: if stands { LastDay::Stands } else { LastDay::NextWorkingDay },
        }
    }
}

/// A term that reaches a year whose days off the law pack does not know yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the days off of {year} are not in the law pack yet; update the pack")]
pub struct YearUnknown {
    /// The year.
    pub year: i16,
}

/// How a term ends that was counted to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Its last day.
    pub last_day: Date,
    /// The instant at which it is over.
    pub due: Timestamp,
    /// A year it reaches whose days off are not known. It was counted there as if there were none, so it ends no later than
    /// the true one, and perhaps sooner.
    pub unknown: Option<i16>,
}

/// A time during which a term stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Still {
    /// From this instant on.
    pub from: Timestamp,
    /// Until it ran again.
    pub until: Timestamp,
}

impl Calendar {
    /// How a term ends that began at an instant, whole days in which it stood still left out. There is always an answer: a
    /// year that the pack does not know yet does not keep anybody from being told a date.
    pub fn ending(&self, began: Timestamp, within: Within, stills: &[Still]) -> Ending {
        if within.unit == DeadlineUnit::Hours {
            let mut due = plus(began, SignedDuration::from_hours(i64::from(within.count)));
            for still in stills.iter().filter(|still| still.until > began) {
                let from = still.from.max(began);
                if from < due {
                    due = plus(due, still.until.duration_since(from));
                }
            }
            return Ending { last_day: self.day_of(due), due, unknown: None };
        }
        let event = self.day_of(began);
        let first = match self.counting.first_day {
            FirstDay::NextDay => ahead(event, 1),
            FirstDay::SameDay => event,
        };
        let days: Vec<(Date, Date)> = stills
            .iter()
            .map(|still| (self.day_of(still.from).max(first), self.day_of(still.until)))
            .collect();
        let mut unknown = None;
        let mut day = match within.unit {
            DeadlineUnit::WorkingDays => {
                let (mut day, mut left) = (ahead(first, -1), within.count);
                while left > 0 && day < Date::MAX {
                    day = ahead(day, 1);
                    let stands = days.iter().any(|(from, until)| *from <= day && day < *until);
                    left -= u16::from(!stands && self.works(day, &mut unknown));
                }
                day
            }
            DeadlineUnit::CalendarDays | DeadlineUnit::Hours => ahead(first, i32::from(within.count) - 1),
            DeadlineUnit::Months => {
                let months = Span::new().months(i32::from(within.count));
                ahead(first, -1).checked_add(months).unwrap_or(Date::MAX)
            }
        };
        if within.unit != DeadlineUnit::WorkingDays {
            for (from, until) in &days {
                if *from <= day && from < until {
                    day = ahead(day, from.until(*until).map_or(0, |span| span.get_days()));
                }
            }
        }
        while self.counting.last_day == LastDay::NextWorkingDay
            && day < Date::MAX
            && !self.works(day, &mut unknown)
        {
            day = ahead(day, 1);
        }
        Ending { last_day: day, due: self.end_of(day).unwrap_or(Timestamp::MAX), unknown }
    }

    /// Whether offices work on that day, as far as is known; a year of which nothing is known is noted.
    fn works(&self, day: Date, unknown: &mut Option<i16>) -> bool {
        self.is_working(day).unwrap_or_else(|fault| {
            *unknown = unknown.or(Some(fault.year));
            !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        })
    }

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

    /// The last day of a term that an event on `event` started. Of a term in hours only the day can be told here, and it is
    /// counted from the beginning of the event's day, so that nobody is told a later one than the true one;
    /// [`Calendar::due_at`] has the hour.
    pub fn due(&self, event: Date, deadline: &Deadline) -> Result<Date, YearUnknown> {
        let count = deadline.count;
        let before = match self.counting.first_day {
            FirstDay::NextDay => event,
            FirstDay::SameDay => event.yesterday().map_err(|_| unknown(event))?,
        };
        match deadline.unit {
            DeadlineUnit::Hours => later(event, Span::new().days(count / 24)),
            DeadlineUnit::WorkingDays => {
                let (mut day, mut left) = (before, count);
                while left > 0 {
                    day = next(day)?;
                    if self.is_working(day)? {
                        left -= 1;
                    }
                }
                Ok(day)
            }
            DeadlineUnit::CalendarDays => self.rolled(later(before, Span::new().days(count))?),
            DeadlineUnit::Months => self.rolled(later(before, Span::new().months(count))?),
        }
    }

    /// The instant at which a term is over that an event at `event` started: the same minute so many hours later, or 24:00
    /// of the last day.
    pub fn due_at(&self, event: Timestamp, deadline: &Deadline) -> Result<Timestamp, YearUnknown> {
        if deadline.unit == DeadlineUnit::Hours {
            let hours = SignedDuration::from_hours(i64::from(deadline.count));
            return event.checked_add(hours).map_err(|_| unknown(self.day_of(event)));
        }
        self.end_of(self.due(self.day_of(event), deadline)?)
    }

    fn rolled(&self, mut day: Date) -> Result<Date, YearUnknown> {
        while self.counting.last_day == LastDay::NextWorkingDay && !self.is_working(day)? {
            day = next(day)?;
        }
        Ok(day)
    }

    /// The instant at which a day is over: 24:00 in the calendar's zone (article 176).
    pub fn end_of(&self, day: Date) -> Result<Timestamp, YearUnknown> {
        let midnight = next(day)?.to_zoned(self.zone.clone()).map_err(|_| unknown(day))?;
        Ok(midnight.timestamp())
    }

    /// The end of a term in years, months or days that began at an instant: 24:00 of its last day (articles 173, 174).
    /// A term that leaves the calendar ends with time itself: what cannot be counted is not shortened.
    pub fn end_of_term(&self, from: Timestamp, term: Span) -> Timestamp {
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

fn plus(at: Timestamp, duration: SignedDuration) -> Timestamp {
    at.checked_add(duration).unwrap_or(Timestamp::MAX)
}

/// So many days later, or earlier; the calendar's own last day where there is none.
fn ahead(day: Date, days: i32) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(Date::MAX)
}

fn next(day: Date) -> Result<Date, YearUnknown> {
    day.tomorrow().map_err(|_| unknown(day))
}

/// A month that has no day of that number ends the term with its last day (article 174).
fn later(day: Date, term: Span) -> Result<Date, YearUnknown> {
    day.checked_add(term).map_err(|_| unknown(day))
}

fn unknown(day: Date) -> YearUnknown {
    YearUnknown { year: day.year() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::terms::law::Certainty;

    fn calendar(counting: Counting) -> Calendar {
        Calendar {
            zone: TimeZone::get("Europe/Brussels").unwrap(),
            days_off: BTreeSet::from([date(2026, 5, 1)]),
            working_weekends: BTreeSet::new(),
            years: 2026..=2027,
            counting,
        }
    }

    fn term(count: u16, unit: DeadlineUnit) -> Deadline {
        Deadline { count, unit, source: String::new(), certainty: Certainty::Text }
    }

    #[test]
    fn a_month_ends_on_the_same_number_or_on_the_last_day_and_rolls_over_days_off() {
        let calendar = calendar(Counting::default());
        for (event, months, due) in [
            (date(2026, 1, 12), 1, date(2026, 2, 12)),
            (date(2026, 10, 31), 1, date(2026, 11, 30)),
            // 28 February is a Saturday, 1 May a holiday on a Friday.
            (date(2026, 1, 31), 1, date(2026, 3, 2)),
            (date(2026, 4, 1), 1, date(2026, 5, 4)),
            (date(2026, 1, 12), 3, date(2026, 4, 13)),
        ] {
            assert_eq!(calendar.due(event, &term(months, DeadlineUnit::Months)), Ok(due), "{event}");
        }
        let outside = calendar.due(date(2027, 12, 15), &term(1, DeadlineUnit::Months));
        assert_eq!(outside, Err(YearUnknown { year: 2028 }));
    }

    #[test]
    fn hours_are_exact_over_weekends_and_the_change_of_summer_time() {
        let calendar = calendar(Counting::default());
        let event: Timestamp = "2026-03-27T17:30:00Z".parse().unwrap();
        let due = calendar.due_at(event, &term(72, DeadlineUnit::Hours)).unwrap();
        assert_eq!(due.to_string(), "2026-03-30T17:30:00Z");
        assert_eq!(calendar.due(date(2026, 3, 27), &term(72, DeadlineUnit::Hours)), Ok(date(2026, 3, 30)));
    }

    #[test]
    fn other_terms_end_at_midnight_of_their_last_day() {
        let calendar = calendar(Counting::default());
        let event: Timestamp = "2026-01-12T09:00:00Z".parse().unwrap();
        let due = calendar.due_at(event, &term(1, DeadlineUnit::Months)).unwrap();
        assert_eq!(due.to_string(), "2026-02-12T23:00:00Z");
    }

    #[test]
    fn an_ending_agrees_with_the_last_day_and_leaves_out_whole_days_that_stood_still() {
        let calendar = calendar(Counting::default());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let within = |word: &str| Within::from_word(word).unwrap();
        let began = at("2026-04-29T10:00:00Z");
        for word in ["1wd", "3wd", "15wd", "2d", "10d", "1m", "2m", "72h"] {
            let term = within(word);
            let ending = calendar.ending(began, term, &[]);
            assert_eq!(Ok(ending.due), calendar.due_at(began, &self::term(term.count, term.unit)), "{word}");
            assert_eq!(ending.unknown, None);
        }
        // Monday 4 May at noon to Thursday: three working days, and three days, are not counted.
        let still = [Still { from: at("2026-05-04T10:00:00Z"), until: at("2026-05-07T06:00:00Z") }];
        let ends = |word: &str| calendar.ending(began, within(word), &still).last_day;
        assert_eq!(ends("3wd"), date(2026, 5, 8));
        assert_eq!(ends("1wd"), date(2026, 4, 30));
        // The fifth day is 4 May itself; three more give the 7th.
        assert_eq!(ends("5d"), date(2026, 5, 7));
        assert_eq!(ends("1m"), date(2026, 6, 1));
        let hours = calendar.ending(began, within("240h"), &still).due;
        assert_eq!(hours, at("2026-05-12T06:00:00Z"));
    }

    #[test]
    fn a_year_that_nobody_knows_yet_gives_a_date_that_is_no_later_than_the_true_one() {
        let calendar = calendar(Counting::default());
        let ending =
            calendar.ending("2027-12-30T10:00:00Z".parse().unwrap(), Within::from_word("3wd").unwrap(), &[]);
        assert_eq!((ending.last_day, ending.unknown), (date(2028, 1, 4), Some(2028)));
        let end_of_time = calendar.ending(Timestamp::MAX, Within::from_word("9d").unwrap(), &[]);
        assert_eq!(end_of_time.due, Timestamp::MAX);
    }

    #[test]
    fn a_law_may_count_the_day_of_the_event_and_leave_the_last_day_where_it_is() {
        let strict = Counting { first_day: FirstDay::SameDay, last_day: LastDay::Stands };
        let mild = Counting::default();
        let (days, working) = (term(3, DeadlineUnit::CalendarDays), term(1, DeadlineUnit::WorkingDays));
        // Thursday 30 April; Friday is a holiday.
        let event = date(2026, 4, 30);
        assert_eq!(calendar(strict).due(event, &days), Ok(date(2026, 5, 2)));
        assert_eq!(calendar(mild).due(event, &days), Ok(date(2026, 5, 4)));
        assert_eq!(calendar(strict).due(event, &working), Ok(event));
        assert_eq!(mild.stricter(strict), strict);
        assert_eq!(mild.stricter(mild), mild);
    }
}
