//! How old is somebody, and who speaks for them (Civil Code of the Republic of Kazakhstan, articles 17, 22, 23)?

use jiff::civil::Date;

use super::consent::GivenBy;

/// The attribute under which a policy keeps a date of birth.
pub const BIRTH_DATE: &str = "birth_date";

/// From this age on somebody speaks for themselves, together with a parent; below it a parent speaks for them.
pub const SPEAKS_FOR_THEMSELVES: u8 = 14;

/// From this age on somebody speaks for themselves alone.
pub const OF_AGE: u8 = 18;

/// How many years somebody has completed on a day. Who was born on 29 February is a year older on 1 March of a common year.
/// A birthday that has not come yet counts as none.
pub fn age_on(born: Date, today: Date) -> u8 {
    let years = i32::from(today.year()) - i32::from(born.year());
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    u8::try_from(years - i32::from(before_birthday)).unwrap_or(if years < 0 { 0 } else { u8::MAX })
}

/// Whether a yes counts: below 14 only with a parent, from 14 to 17 together with one, from 18 on alone. Of whom no date of
/// birth is known, nobody asks for a parent.
pub fn may_consent(age: Option<u8>, by: GivenBy) -> bool {
    match age {
        Some(age) if age < SPEAKS_FOR_THEMSELVES => by != GivenBy::Subject,
        Some(age) if age < OF_AGE => by == GivenBy::Together,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_completed_on_the_birthday() {
        for (born, today, age) in [
            (date(2012, 3, 2), date(2026, 3, 1), 13),
            (date(2012, 3, 2), date(2026, 3, 2), 14),
            (date(2008, 2, 29), date(2026, 2, 28), 17),
            (date(2008, 2, 29), date(2026, 3, 1), 18),
            (date(2027, 1, 1), date(2026, 3, 1), 0),
            (date(1500, 1, 1), date(2026, 3, 1), u8::MAX),
        ] {
            assert_eq!(age_on(born, today), age, "{born} on {today}");
        }
    }

    #[test]
    fn a_parent_says_yes_below_14_and_with_the_person_below_18() {
        use GivenBy::{Representative, Subject, Together};
        for (age, by, counts) in [
            (None, Subject, true),
            (Some(13), Subject, false),
            (Some(13), Together, true),
            (Some(13), Representative, true),
            (Some(14), Subject, false),
            (Some(17), Representative, false),
            (Some(17), Together, true),
            (Some(18), Subject, true),
        ] {
            assert_eq!(may_consent(age, by), counts, "{age:?} {by:?}");
        }
    }
}
