//! Is a value what it claims to be, how is it written, and how is it shown to those who need not see it (clause 5.6)?

mod contact;
mod identity_number;
mod plain;
mod vehicle;

pub use plain::Plain;

/// The kinds of values a policy can declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Free text.
    Text,
    /// A person's name.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number, kept in E.164.
    Phone,
    /// Individual identification number of Kazakhstan (ЖСН, ИИН).
    Iin,
    /// Business identification number of Kazakhstan (БСН, БИН).
    Bin,
    /// A calendar date.
    Date,
    /// A postal address in one line.
    Address,
    /// A vehicle's registration plate.
    Plate,
    /// A vehicle identification number (ISO 3779).
    Vin,
    /// An amount with its currency.
    Money,
    /// A file.
    Document,
}

/// What is wrong with a value. Never says what the value was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KindFault {
    /// Nothing is there.
    #[error("the value is empty")]
    Empty,
    /// It is longer than any such value.
    #[error("the value is longer than {limit} characters")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// It has control characters.
    #[error("the value has line breaks or control characters")]
    Control,
    /// It does not look like its kind.
    #[error("the value is not a well-formed {}", .0.as_str())]
    Malformed(Kind),
    /// Its check digit says that a digit is wrong.
    #[error("the check digit of the {} does not fit", .0.as_str())]
    CheckDigit(Kind),
    /// A document does not come as text.
    #[error("a document is uploaded, not sent as a value")]
    NotText,
}

impl KindFault {
    /// A stable word for the fault.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "value_empty",
            Self::TooLong { .. } => "value_too_long",
            Self::Control => "value_has_control_characters",
            Self::Malformed(_) => "value_malformed",
            Self::CheckDigit(_) => "check_digit_wrong",
            Self::NotText => "value_is_a_document",
        }
    }
}

const LIMIT: usize = 1_000;

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Text,
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Iin,
        Self::Bin,
        Self::Date,
        Self::Address,
        Self::Plate,
        Self::Vin,
        Self::Money,
        Self::Document,
    ];

    /// The word used in policies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Iin => "iin",
            Self::Bin => "bin",
            Self::Date => "date",
            Self::Address => "address",
            Self::Plate => "plate",
            Self::Vin => "vin",
            Self::Money => "money",
            Self::Document => "document",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == word)
    }

    /// Checks a value and brings it into the one form in which it is kept and looked up.
    pub fn normalise(self, input: &str) -> Result<Plain, KindFault> {
        let trimmed = input.trim();
        if trimmed.is_empty() {
            return Err(KindFault::Empty);
        }
        if trimmed.chars().count() > LIMIT {
            return Err(KindFault::TooLong { limit: LIMIT });
        }
        if trimmed.chars().any(|c| c.is_control() && c != '\t') {
            return Err(KindFault::Control);
        }
        match self {
            Self::Text | Self::Address => Ok(Plain::new(collapse(trimmed))),
            Self::Name => name(trimmed),
            Self::Email => contact::email(trimmed),
            Self::Phone => contact::phone(trimmed),
            Self::Iin => identity_number::iin(trimmed),
            Self::Bin => identity_number::bin(trimmed),
            Self::Date => date(trimmed),
            Self::Plate => vehicle::plate(trimmed),
            Self::Vin => vehicle::vin(trimmed),
            Self::Money => money(trimmed),
            Self::Document => Err(KindFault::NotText),
        }
    }

    /// What somebody sees who may know that the value is there, but not what it is.
    pub fn mask(self, value: &str) -> String {
        match self {
            Self::Email => contact::mask_email(value),
            Self::Phone | Self::Iin | Self::Bin | Self::Vin | Self::Plate => keep_ends(value, 2, 2),
            Self::Name => value.split(' ').map(|word| keep_ends(word, 1, 0)).collect::<Vec<_>>().join(" "),
            Self::Date => "••••-••-••".to_owned(),
            Self::Text | Self::Address | Self::Money | Self::Document => "•••".to_owned(),
        }
    }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first and last characters, and dots for the rest; short values show nothing.
fn keep_ends(value: &str, first: usize, last: usize) -> String {
    let length = value.chars().count();
    if length <= first + last {
        return "•".repeat(length);
    }
    value.chars().enumerate().map(|(i, c)| if i < first || i >= length - last { c } else { '•' }).collect()
}

/// Letters, with what joins them; no digits, so that a phone number does not end up in a name.
fn name(input: &str) -> Result<Plain, KindFault> {
    let collapsed = collapse(input);
    let good = collapsed.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
        && collapsed.chars().any(char::is_alphabetic)
        && collapsed.chars().count() <= 200;
    if good { Ok(Plain::new(collapsed)) } else { Err(KindFault::Malformed(Kind::Name)) }
}

/// `2026-01-31`, `31.01.2026` or `31/01/2026`; kept as the first.
fn date(input: &str) -> Result<Plain, KindFault> {
    let malformed = KindFault::Malformed(Kind::Date);
    let parts: Vec<&str> = input.split(['.', '/']).collect();
    let iso = match parts.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => input.to_owned(),
    };
    let date: jiff::civil::Date = iso.parse().map_err(|_| malformed)?;
    if !(1800..=2200).contains(&date.year()) || iso.len() != 10 {
        return Err(malformed);
    }
    Ok(Plain::new(date.to_string()))
}

/// `12500`, `12 500,50 KZT`, `12500.5 ₸`; kept as `12500.50 KZT`. Without a currency it is tenge.
fn money(input: &str) -> Result<Plain, KindFault> {
    let malformed = KindFault::Malformed(Kind::Money);
    let digits: String =
        input.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')).collect();
    let currency: String = input.chars().filter(|c| c.is_alphabetic() || *c == '₸').collect();
    let currency = match currency.to_uppercase().as_str() {
        "" | "₸" | "KZT" | "ТГ" | "ТЕНГЕ" => "KZT".to_owned(),
        code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => code.to_owned(),
        _ => return Err(malformed),
    };
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest.to_owned()),
        None => ("", digits),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((&digits, ""));
    let good = !whole.is_empty()
        && whole.len() <= 15
        && fraction.len() <= 2
        && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    if !good {
        return Err(malformed);
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        significant => significant,
    };
    Ok(Plain::new(format!("{sign}{whole}.{fraction:0<2} {currency}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, input: &str, expected: Result<&str, KindFault>) {
        let found = kind.normalise(input);
        match (&found, expected) {
            (Ok(plain), Ok(expected)) => assert_eq!(plain.expose(), expected, "{input}"),
            (Err(fault), Err(expected)) => assert_eq!(*fault, expected, "{input}"),
            (Ok(plain), Err(expected)) => panic!("{input} gave {}, not {expected:?}", plain.expose()),
            (Err(fault), Ok(_)) => panic!("{input} was refused: {fault}"),
        }
    }

    #[test]
    fn six_spellings_of_one_phone_number_are_one() {
        for spelling in [
            "+7 700 000 01 02",
            "8 700 000 01 02",
            "87000000102",
            "7000000102",
            "+7(700)000-01-02",
            "8 (700) 000 0102",
        ] {
            check(Kind::Phone, spelling, Ok("+77000000102"));
        }
        check(Kind::Phone, "12345", Err(KindFault::Malformed(Kind::Phone)));
        check(Kind::Phone, "+7 999 000", Err(KindFault::Malformed(Kind::Phone)));
    }

    #[test]
    fn e_mail_addresses_keep_their_local_part_and_lower_their_domain() {
        check(Kind::Email, " Aigul.B@Mail.Example ", Ok("Aigul.B@mail.example"));
        for bad in ["aigul", "a@", "@b.example", "a b@c.example", "a@b@c.example", "a@localhost"] {
            check(Kind::Email, bad, Err(KindFault::Malformed(Kind::Email)));
        }
    }

    #[test]
    fn identification_numbers_are_checked_digit_by_digit() {
        check(Kind::Iin, "900101300007", Ok("900101300007"));
        check(Kind::Iin, "900101300811", Ok("900101300811"));
        check(Kind::Iin, "900101 300007", Ok("900101300007"));
        check(Kind::Iin, "900101300008", Err(KindFault::CheckDigit(Kind::Iin)));
        for last in 0..10 {
            check(Kind::Iin, &format!("90010130080{last}"), Err(KindFault::CheckDigit(Kind::Iin)));
        }
        check(Kind::Iin, "901301300007", Err(KindFault::Malformed(Kind::Iin)));
        check(Kind::Bin, "171040010072", Ok("171040010072"));
        check(Kind::Bin, "171040010073", Err(KindFault::CheckDigit(Kind::Bin)));
        check(Kind::Bin, "900101300007", Err(KindFault::Malformed(Kind::Bin)));
    }

    #[test]
    fn dates_money_plates_and_vehicle_numbers() {
        check(Kind::Date, "31.01.1990", Ok("1990-01-31"));
        check(Kind::Date, "1990-02-30", Err(KindFault::Malformed(Kind::Date)));
        check(Kind::Money, "12 500,5 ₸", Ok("12500.50 KZT"));
        check(Kind::Money, "99.90 USD", Ok("99.90 USD"));
        check(Kind::Money, "12.345.6", Err(KindFault::Malformed(Kind::Money)));
        check(Kind::Plate, "123 abc 02", Ok("123ABC02"));
        check(Kind::Plate, "а 123 вс", Err(KindFault::Malformed(Kind::Plate)));
        check(Kind::Vin, "xw8-zzz-5ng-ag000001".replace('-', "").as_str(), Ok("XW8ZZZ5NGAG000001"));
        check(Kind::Vin, "XW8ZZZ5NGAO000001", Err(KindFault::Malformed(Kind::Vin)));
    }

    #[test]
    fn names_take_kazakh_letters_and_no_digits() {
        check(Kind::Name, "  Әйгүл   Нұрқызы ", Ok("Әйгүл Нұрқызы"));
        check(Kind::Name, "Айгуль 87000000102", Err(KindFault::Malformed(Kind::Name)));
        check(Kind::Name, "a\nb", Err(KindFault::Control));
        check(Kind::Text, &"я".repeat(1_001), Err(KindFault::TooLong { limit: 1_000 }));
    }

    #[test]
    fn masks_show_too_little_to_tell_who_it_is() {
        assert_eq!(Kind::Phone.mask("+77000000102"), "+7••••••••02");
        assert_eq!(Kind::Email.mask("aigul@mail.example"), "a••••@mail.example");
        assert_eq!(Kind::Name.mask("Әйгүл Нұрқызы"), "Ә•••• Н••••••");
        assert_eq!(Kind::Iin.mask("900101300007"), "90••••••••07");
        assert_eq!(Kind::Plate.mask("abc"), "•••");
    }
}
