//! Is this a way to reach somebody?

use email_address::{EmailAddress, Options};
use rlibphonenumber::{PhoneNumber, PhoneNumberFormat, enums::Region};

use super::{Kind, KindFault, Plain, keep_ends};

/// The domain is lowered; the local part is kept, because its server alone knows whether case matters.
pub(super) fn email(input: &str) -> Result<Plain, KindFault> {
    let malformed = KindFault::Malformed(Kind::Email);
    let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
    let address = EmailAddress::parse_with_options(input, options).map_err(|_| malformed)?;
    Ok(Plain::new(format!("{}@{}", address.local_part(), address.domain().to_lowercase())))
}

pub(super) fn mask_email(value: &str) -> String {
    let Some((local, domain)) = value.rsplit_once('@') else { return keep_ends(value, 1, 0) };
    format!("{}@{domain}", keep_ends(local, 1, 0))
}

/// National spellings are read as Kazakhstan's; the result is E.164.
pub(super) fn phone(input: &str) -> Result<Plain, KindFault> {
    let malformed = KindFault::Malformed(Kind::Phone);
    let number = PhoneNumber::parse(input, Some(Region::KZ)).map_err(|_| malformed)?;
    if !number.is_valid() {
        return Err(malformed);
    }
    Ok(Plain::new(number.format_as(PhoneNumberFormat::E164).to_string()))
}
