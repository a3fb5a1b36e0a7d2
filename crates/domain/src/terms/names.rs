//! What are the things a policy declares called, and which names are well formed?

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

/// A name that is not lower-case Latin letters, digits, `_` and `.`, starting with a letter, at most 64 characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a name is lower-case Latin letters, digits, `_` and `.`, starts with a letter, and has at most 64 characters"
)]
pub struct BadName;

fn well_formed(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'.')
}

macro_rules! name {
    ($(#[$doc:meta])* $Name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(Arc<str>);

        impl $Name {
            /// Reads a name, refusing what is not well formed.
            pub fn new(text: &str) -> Result<Self, BadName> {
                if well_formed(text) { Ok(Self(Arc::from(text))) } else { Err(BadName) }
            }

            /// The name as written in the policy.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $Name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name!(
    /// The name of an [`Attribute`](super::attribute::Attribute), such as `email`.
    AttributeName
);
name!(
    /// The name of a [`Purpose`](super::purpose::Purpose), such as `delivery`.
    PurposeName
);
name!(
    /// The name of a compartment: purposes in different compartments never see each other's data (clause 5.3).
    CompartmentName
);
name!(
    /// A thing that happens in the operator's business and starts or ends a purpose, such as `order.created` (clause 7.10).
    EventName
);
name!(
    /// A way to reach a person for which consent is given apart, such as `sms` (clause 4.1).
    ChannelName
);
name!(
    /// The name of a [`Recipient`](super::recipient::Recipient), such as `carrier.steppe` (clause 7.2).
    RecipientName
);
name!(
    /// A role of the operator's staff, such as `clerk` (clause 7.1).
    RoleName
);

/// The number of a clause of the published policy, such as `5.2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause(Cow<'static, str>);

impl Clause {
    /// A clause that a rule of this crate speaks for.
    pub const fn fixed(number: &'static str) -> Self {
        Self(Cow::Borrowed(number))
    }

    /// Reads a clause number: groups of digits parted by single dots.
    pub fn new(number: &str) -> Option<Self> {
        let groups: Vec<&str> = number.split('.').collect();
        let good = groups.len() <= 4
            && groups.iter().all(|g| !g.is_empty() && g.len() <= 3 && g.bytes().all(|b| b.is_ascii_digit()));
        good.then(|| Self(Cow::Owned(number.to_owned())))
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn key(&self) -> Vec<u16> {
        self.0.split('.').map(|g| g.parse().unwrap_or(u16::MAX)).collect()
    }
}

impl PartialOrd for Clause {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Clause {
    /// By number, so that 5.10 comes after 5.9.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The languages every text of the system exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Қазақша.
    Kazakh,
    /// Русский.
    Russian,
    /// English.
    English,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Kazakh, Self::Russian, Self::English];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Kazakh => "kk",
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    /// Reads a BCP 47 tag; the region does not matter.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Self::ALL.into_iter().find(|l| l.tag().eq_ignore_ascii_case(primary))
    }
}

/// A short text in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Wording {
    /// The same words in every language, where they are written in one alone.
    pub fn same(text: &str) -> Self {
        Self { kk: text.to_owned(), ru: text.to_owned(), en: text.to_owned() }
    }

    /// The text in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Kazakh => &self.kk,
            Language::Russian => &self.ru,
            Language::English => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_refuse_what_could_be_read_two_ways() {
        for good in ["email", "order.created", "a1_b"] {
            assert!(AttributeName::new(good).is_ok(), "{good}");
        }
        for bad in ["", "E-mail", "1a", "почта", "a b", &"a".repeat(65)] {
            assert!(AttributeName::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn clauses_sort_by_number() {
        let mut clauses: Vec<_> = ["5.10", "10", "5.2", "5"].iter().filter_map(|n| Clause::new(n)).collect();
        clauses.sort();
        assert_eq!(clauses.iter().map(Clause::as_str).collect::<Vec<_>>(), ["5", "5.2", "5.10", "10"]);
        assert_eq!(Clause::new("5..1"), None);
        assert_eq!(Clause::new("5.a"), None);
    }
}
