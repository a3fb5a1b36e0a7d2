//! Is this an identification number that the state could have issued?

use super::{Kind, KindFault, Plain};

/// Birth date, century and sex, serial number, check digit.
pub(super) fn iin(input: &str) -> Result<Plain, KindFault> {
    let digits = twelve(input, Kind::Iin)?;
    let [y1, y2, m1, m2, d1, d2, century, ..] = digits;
    let base = match century {
        1 | 2 => 1800,
        3 | 4 => 1900,
        5 | 6 => 2000,
        // A foreigner's number names no century; any that makes the date real will do.
        0 => 2000,
        _ => return Err(KindFault::Malformed(Kind::Iin)),
    };
    let number = |tens: u8, ones: u8| i16::from(tens) * 10 + i16::from(ones);
    let day_exists = i8::try_from(number(m1, m2))
        .ok()
        .zip(i8::try_from(number(d1, d2)).ok())
        .is_some_and(|(month, day)| jiff::civil::Date::new(base + number(y1, y2), month, day).is_ok());
    if !day_exists {
        return Err(KindFault::Malformed(Kind::Iin));
    }
    checked(&digits, Kind::Iin)
}

/// Month of registration, kind of entity (4 to 6), kind of branch (0 to 3), serial number, check digit.
pub(super) fn bin(input: &str) -> Result<Plain, KindFault> {
    let digits = twelve(input, Kind::Bin)?;
    let [_, _, m1, m2, entity, branch, ..] = digits;
    let month = m1 * 10 + m2;
    if !(1..=12).contains(&month) || !(4..=6).contains(&entity) || branch > 3 {
        return Err(KindFault::Malformed(Kind::Bin));
    }
    checked(&digits, Kind::Bin)
}

fn twelve(input: &str, kind: Kind) -> Result<[u8; 12], KindFault> {
    let malformed = KindFault::Malformed(kind);
    if input.chars().any(|c| !c.is_ascii_digit() && c != ' ' && c != '-') {
        return Err(malformed);
    }
    let digits: Vec<u8> = input.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    digits.try_into().map_err(|_| malformed)
}

/// Weights 1 to 11 modulo 11; when that gives 10, weights 3 to 11, 1, 2; when that gives 10 too, no such number exists.
fn checked(digits: &[u8; 12], kind: Kind) -> Result<Plain, KindFault> {
    let [body @ .., check] = digits;
    let sum = |first: u32| -> u32 {
        body.iter().zip(0..).map(|(digit, i)| u32::from(*digit) * ((first - 1 + i) % 11 + 1)).sum::<u32>()
            % 11
    };
    let expected = match sum(1) {
        10 => sum(3),
        r => r,
    };
    if expected != u32::from(*check) {
        return Err(KindFault::CheckDigit(kind));
    }
    Ok(Plain::new(digits.iter().map(|d| char::from(b'0' + d)).collect()))
}
