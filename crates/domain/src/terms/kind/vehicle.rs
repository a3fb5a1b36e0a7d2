//! Is this a vehicle's number?

use super::{Kind, KindFault, Plain};

/// Plates of Kazakhstan: `123ABC02` for persons, `123AB02` for companies, `A123BCD` of the old series. Latin letters, as on the plate.
pub(super) fn plate(input: &str) -> Result<Plain, KindFault> {
    let compact: String =
        input.chars().filter(|c| !matches!(c, ' ' | '-')).collect::<String>().to_uppercase();
    let shape: String = compact
        .chars()
        .map(|c| match c {
            '0'..='9' => '0',
            'A'..='Z' => 'A',
            _ => '?',
        })
        .collect();
    if !matches!(shape.as_str(), "000AAA00" | "000AA00" | "A000AAA" | "A000AA") {
        return Err(KindFault::Malformed(Kind::Plate));
    }
    Ok(Plain::new(compact))
}

/// Seventeen digits and Latin letters without I, O and Q. The check digit is a North American custom and is not asked for.
pub(super) fn vin(input: &str) -> Result<Plain, KindFault> {
    let compact: String =
        input.chars().filter(|c| !matches!(c, ' ' | '-')).collect::<String>().to_uppercase();
    let good = compact.len() == 17
        && compact
            .bytes()
            .all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && !matches!(b, b'I' | b'O' | b'Q')));
    if good { Ok(Plain::new(compact)) } else { Err(KindFault::Malformed(Kind::Vin)) }
}
