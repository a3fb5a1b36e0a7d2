//! Does a domain look like one that is known, and is another?
//!
//! A signal for whoever reads the letter. The look of letters is taken from Unicode's table of confusables (UTS 39), and beside
//! it a domain is suspicious that differs by one slip of a finger.

use serde::Serialize;
use unicode_security::confusable_detection::skeleton;

/// A shorter known domain has too many neighbours at one slip's distance.
const SHORTEST_FOR_SLIPS: usize = 6;

/// How a domain looks like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Resemblance {
    /// A reader sees the same letters.
    Letters,
    /// One letter is more, less, another, or has changed places with its neighbour.
    Slip,
}

impl Resemblance {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Letters, Self::Slip];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Slip => "slip",
        }
    }
}

/// Domains that whoever forges a letter wants to be taken for, whoever the operator is: of the mail providers that people here
/// use, and of the state. Some stand here only because they are one letter away from another and honest all the same.
const WIDELY_KNOWN: [&str; 34] = [
    "aol.com",
    "bk.ru",
    "egov.kz",
    "email.com",
    "gmail.com",
    "gmx.com",
    "gov.kz",
    "hotmail.com",
    "icloud.com",
    "inbox.eu",
    "inbox.ru",
    "internet.ru",
    "kaspi.kz",
    "list.ru",
    "live.com",
    "mail.com",
    "mail.kg",
    "mail.kz",
    "mail.ru",
    "mail.ua",
    "mail.uz",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "rambler.ru",
    "ya.ru",
    "yahoo.com",
    "yandex.by",
    "yandex.com",
    "yandex.kg",
    "yandex.kz",
    "yandex.ru",
    "yandex.uz",
    "ymail.com",
];

/// Another domain that one was made to look like, or happens to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookAlike {
    /// The known domain.
    pub domain: String,
    /// How it looks like it.
    pub by: Resemblance,
}

/// The domain that this one looks like: one of the operator's own, or one that is widely known. A known domain looks like none,
/// nor does what lies below it.
pub fn looks_like(domain: &str, own: &[String]) -> Option<LookAlike> {
    let shown = as_shown(domain);
    let known: Vec<String> =
        own.iter().map(|own| as_shown(own)).chain(WIDELY_KNOWN.map(str::to_owned)).collect();
    let is_known = |name: &String| {
        shown.strip_suffix(&**name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if known.iter().any(is_known) {
        return None;
    }
    let seen: String = skeleton(&shown).collect();
    let by_letters = known.iter().find(|name| skeleton(name).eq(seen.chars()));
    let by_slip = || known.iter().find(|name| name.len() >= SHORTEST_FOR_SLIPS && one_slip(&shown, name));
    let found = by_letters.map(|name| (name, Resemblance::Letters));
    let (domain, by) = found.or_else(|| by_slip().map(|name| (name, Resemblance::Slip)))?;
    Some(LookAlike { domain: domain.clone(), by })
}

/// As a mail program shows it: in lower case, and `xn--…` in its own letters.
fn as_shown(domain: &str) -> String {
    let (shown, _readable) = idna::domain_to_unicode(domain.trim_end_matches('.'));
    shown.to_lowercase()
}

/// Whether exactly one letter was added, left out, replaced, or swapped with the next.
fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) =
        (one.get(same_start..).unwrap_or_default(), other.get(same_start..).unwrap_or_default());
    match (one, other) {
        ([], [_]) | ([_], []) => true,
        ([_, rest @ ..], longer) if rest == longer => true,
        (shorter, [_, rest @ ..]) if shorter == rest => true,
        ([a, b, rest @ ..], [c, d, tail @ ..]) if a == d && b == c && rest == tail && a != b => true,
        ([a, rest @ ..], [b, tail @ ..]) => a != b && rest == tail,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(domain: &str) -> Option<Resemblance> {
        let own = ["autoshop.example", "mirror.example", "kz.example"].map(str::to_owned);
        looks_like(domain, &own).map(|found| found.by)
    }

    #[test]
    fn what_is_known_and_what_lies_below_it_looks_like_nothing() {
        for domain in ["autoshop.example", "AutoShop.example", "mail.autoshop.example", "other.example"] {
            assert_eq!(check(domain), None, "{domain}");
        }
    }

    #[test]
    fn the_same_look_in_other_letters_is_seen() {
        // A Cyrillic `а` and `о`, the same in Punycode, and `rn` for `m`.
        let cyrillic = "аutоshop.example";
        assert_eq!(check(cyrillic), Some(Resemblance::Letters));
        assert_eq!(check(&idna::domain_to_ascii(cyrillic).unwrap()), Some(Resemblance::Letters));
        assert_eq!(check("rnirror.example"), Some(Resemblance::Letters));
    }

    #[test]
    fn widely_known_domains_are_known_and_so_is_who_wants_to_be_taken_for_them() {
        for domain in WIDELY_KNOWN {
            assert_eq!(looks_like(domain, &[]), None, "{domain}");
        }
        let found = |domain: &str| looks_like(domain, &[]).map(|found| (found.domain, found.by));
        assert_eq!(found("gmai1.com"), Some(("gmail.com".to_owned(), Resemblance::Letters)));
        assert_eq!(found("gmaill.com"), Some(("gmail.com".to_owned(), Resemblance::Slip)));
        assert_eq!(found("adilet.gov.kz"), None);
        assert_eq!(found("шина.kz"), None);
    }

    #[test]
    fn one_slip_is_seen_and_two_are_another_name() {
        for domain in ["autoshp.example", "autoshhop.example", "autoshap.example", "atuoshop.example"] {
            assert_eq!(check(domain), Some(Resemblance::Slip), "{domain}");
        }
        for domain in ["autosap.example", "autoshop.examples.example", "autohsip.example"] {
            assert_eq!(check(domain), None, "{domain}");
        }
    }
}
