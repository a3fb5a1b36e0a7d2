//! On which days does a country not work, transfers included?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use saqta_domain::terms::calendar::{Calendar, Counting};

use super::written::{Holiday, Year, certainty, date};

/// Computes the calendar of all years the pack knows.
///
/// A holiday that transfers and falls on the weekend gives the next working day after it; holidays that follow each other
/// queue up, so that two of them on one weekend give two days.
pub(super) fn compute(
    year: Year,
    weekend: &[Weekday],
    zone: TimeZone,
    counting: Counting,
) -> Result<Calendar, String> {
    let years = year.first_year..=year.last_year;
    // Whether a day off is transferred when it falls on the weekend.
    let mut holidays: BTreeMap<Date, bool> = BTreeMap::new();
    for holiday in &year.holiday {
        certainty(&holiday.certainty)?;
        if holiday.source.trim().is_empty() {
            return Err(format!("`{}` has no source", holiday.name));
        }
        let first = holiday.from_year.unwrap_or(*years.start()).max(*years.start());
        let last = holiday.to_year.unwrap_or(*years.end()).min(*years.end());
        for year in first..=last {
            for day in days_in(holiday, year)? {
                holidays.insert(day, holiday.transfers);
            }
        }
    }
    for movable in year.movable {
        certainty(&movable.certainty)?;
        if movable.source.trim().is_empty() {
            return Err(format!("`{}` has no source", movable.name));
        }
        holidays.entry(date(movable.day)?).or_insert(movable.transfers);
    }
    let mut days_off: BTreeSet<Date> = holidays.keys().copied().collect();
    for extra in year.extra_days_off {
        days_off.insert(date(extra)?);
    }
    let mut working_weekends = BTreeSet::new();
    for day in year.working_weekends {
        working_weekends.insert(date(day)?);
    }
    let transferred =
        holidays.iter().filter(|(day, transfers)| **transfers && weekend.contains(&day.weekday()));
    for (holiday, _) in transferred {
        let mut day = *holiday;
        loop {
            day = day.tomorrow().map_err(|e| e.to_string())?;
            let weekend = weekend.contains(&day.weekday()) && !working_weekends.contains(&day);
            if !weekend && !days_off.contains(&day) {
                break;
            }
        }
        days_off.insert(day);
    }
    let mut calendar = Calendar { zone, days_off, working_weekends, years, counting };
    other_weekend(&mut calendar, weekend)?;
    Ok(calendar)
}

fn days_in(holiday: &Holiday, year: i16) -> Result<Vec<Date>, String> {
    let mut days = Vec::new();
    for day in &holiday.days {
        let read = format!("{year:04}-{day}").parse::<Date>();
        days.push(read.map_err(|_| format!("`{day}` of `{}` is no day of {year}", holiday.name))?);
    }
    Ok(days)
}

/// The domain's calendar rests on Saturday and Sunday. Where a country rests on other days, they become days off, and a
/// Saturday or Sunday it works on becomes a working weekend.
fn other_weekend(calendar: &mut Calendar, weekend: &[Weekday]) -> Result<(), String> {
    let usual = [Weekday::Saturday, Weekday::Sunday];
    let mut day = Date::new(*calendar.years.start(), 1, 1).map_err(|e| e.to_string())?;
    while day.year() <= *calendar.years.end() {
        let (rests, rests_usually) = (weekend.contains(&day.weekday()), usual.contains(&day.weekday()));
        if rests && !rests_usually && !calendar.working_weekends.contains(&day) {
            calendar.days_off.insert(day);
        }
        if !rests && rests_usually && !calendar.days_off.contains(&day) {
            calendar.working_weekends.insert(day);
        }
        day = day.tomorrow().map_err(|e| e.to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use saqta_domain::terms::law::{Certainty, Deadline, DeadlineUnit};

    use super::*;
    use crate::law::law;

    fn calendar() -> Calendar {
        law("kz").unwrap().on(date(2026, 3, 1)).calendar
    }

    /// Days off that are no Saturday and no Sunday.
    fn weekdays_off(year: i16) -> Vec<String> {
        let weekend = [Weekday::Saturday, Weekday::Sunday];
        let calendar = calendar();
        let off = calendar.days_off.iter().filter(|d| d.year() == year && !weekend.contains(&d.weekday()));
        off.map(|d| d.strftime("%m-%d").to_string()).collect()
    }

    #[test]
    fn the_days_off_of_three_years_are_the_published_ones() {
        assert_eq!(
            weekdays_off(2025).join(" "),
            "01-01 01-02 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16"
        );
        assert_eq!(
            weekdays_off(2026).join(" "),
            "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16"
        );
        assert_eq!(
            weekdays_off(2027).join(" "),
            "01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16"
        );
    }

    #[track_caller]
    fn check(event: Date, count: u16, unit: DeadlineUnit, due: Date) {
        let deadline = Deadline { count, unit, source: String::new(), certainty: Certainty::Text };
        assert_eq!(calendar().due(event, &deadline), Ok(due), "{event} + {count} {unit:?}");
    }

    #[test]
    fn working_days_are_counted_over_holidays_and_their_transfers() {
        for (event, count, due) in [
            (date(2026, 3, 20), 1, date(2026, 3, 26)),
            (date(2026, 3, 20), 3, date(2026, 3, 30)),
            (date(2026, 5, 8), 1, date(2026, 5, 12)),
            (date(2026, 5, 26), 1, date(2026, 5, 28)),
            (date(2026, 10, 23), 1, date(2026, 10, 27)),
            (date(2026, 10, 24), 1, date(2026, 10, 27)),
            (date(2026, 10, 23), 10, date(2026, 11, 9)),
            (date(2026, 3, 6), 15, date(2026, 4, 2)),
        ] {
            check(event, count, DeadlineUnit::WorkingDays, due);
        }
    }

    #[test]
    fn ten_calendar_days_roll_over_a_day_off_at_their_end() {
        check(date(2026, 3, 11), 10, DeadlineUnit::CalendarDays, date(2026, 3, 26));
        check(date(2026, 10, 15), 10, DeadlineUnit::CalendarDays, date(2026, 10, 27));
    }

    #[test]
    fn a_year_the_pack_does_not_know_gives_no_date() {
        let deadline = Deadline {
            count: 15,
            unit: DeadlineUnit::WorkingDays,
            source: String::new(),
            certainty: Certainty::Text,
        };
        assert_eq!(calendar().due(date(2027, 12, 30), &deadline).map_err(|e| e.year), Err(2028));
    }

    #[test]
    fn a_country_may_rest_on_friday_and_saturday() {
        let year: Year = toml::from_str(
            "first_year = 2026\nlast_year = 2026\nworking_weekends = [2026-01-09]\n[[holiday]]\nname = \"Day\"\n\
             days = [\"01-02\"]\ntransfers = true\nsource = \"x\"\ncertainty = \"T\"",
        )
        .unwrap();
        let calendar =
            compute(year, &[Weekday::Friday, Weekday::Saturday], TimeZone::UTC, Counting::default()).unwrap();
        let works = |day| calendar.is_working(date(2026, 1, day)).unwrap();
        // Friday the 2nd is a holiday and moves to Sunday the 4th; Friday the 9th is worked on by decree.
        assert_eq!((1..=12).filter(|d| works(*d)).collect::<Vec<_>>(), [1, 5, 6, 7, 8, 9, 11, 12]);
    }
}
