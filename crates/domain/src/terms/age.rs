//! How old is somebody, and who speaks for them (Civil Code of the Republic of Kazakhstan, articles 17, 22, 23)?

use jiff::civil::Date;

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
}
