//! Why was a letter read as it was, in a form that can be told in three languages?

use crate::letter::automation::Sign;

use super::{Language, LetterKind};

/// Where in a letter something stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the subject.
    Subject,
    /// In the writer's own words.
    Body,
    /// In a letter that was passed on without own words.
    Forwarded,
    /// In the sender's name or address.
    Sender,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Subject, Self::Body, Self::Forwarded, Self::Sender];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Body => "body",
            Self::Forwarded => "forwarded",
            Self::Sender => "sender",
        }
    }
}

/// One reason. It names lines of the policy and of the vocabulary, never the writer's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A mark of the policy stands in it.
    Mark {
        /// What the mark asks for.
        kind: LetterKind,
        /// The mark as the policy writes it.
        mark: String,
        /// Where it stands.
        place: Place,
    },
    /// It demands something in free words.
    Demand {
        /// What.
        kind: LetterKind,
        /// The line of the vocabulary that was met.
        phrase: &'static str,
        /// What that line means, in words.
        example: &'static str,
        /// The table of that line.
        language: Language,
        /// Where it stands.
        place: Place,
    },
    /// A state body names itself, and demands something.
    Authority {
        /// Where the body's name stands.
        place: Place,
        /// Whether a law or a case is named.
        reference: bool,
        /// Whether the letter has a number of its own.
        number: bool,
    },
    /// Something says that a machine sent it.
    Machine {
        /// What.
        sign: Sign,
        /// Whether that alone is enough.
        strong: bool,
    },
    /// We sent it ourselves.
    OwnMail,
    /// Nothing stands in it but what is quoted from older letters.
    OnlyQuoted,
    /// Nothing stands in it.
    Empty,
    /// Nothing in it was recognised.
    Unclear,
}

impl Reason {
    /// The stable code under which its wording is found.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Mark { .. } => "mark",
            Self::Demand { .. } => "demand",
            Self::Authority { .. } => "authority",
            Self::Machine { strong: true, .. } => "machine",
            Self::Machine { strong: false, .. } => "machine_perhaps",
            Self::OwnMail => "own_mail",
            Self::OnlyQuoted => "only_quoted",
            Self::Empty => "empty",
            Self::Unclear => "unclear",
        }
    }

    /// What its wording speaks of.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        match self {
            Self::Mark { kind, mark, place } => vec![
                ("kind", kind.as_str().to_owned()),
                ("mark", mark.clone()),
                ("place", place.as_str().to_owned()),
            ],
            Self::Demand { kind, phrase, example, language, place } => vec![
                ("kind", kind.as_str().to_owned()),
                ("phrase", (*phrase).to_owned()),
                ("example", (*example).to_owned()),
                ("language", language.as_str().to_owned()),
                ("place", place.as_str().to_owned()),
            ],
            Self::Authority { place, reference, number } => vec![
                ("place", place.as_str().to_owned()),
                ("reference", yes_no(*reference)),
                ("number", yes_no(*number)),
            ],
            Self::Machine { sign, .. } => vec![("sign", sign.as_str().to_owned())],
            Self::OwnMail | Self::OnlyQuoted | Self::Empty | Self::Unclear => Vec::new(),
        }
    }

    /// What was found to be asked for, if this is such a reason.
    pub fn kind(&self) -> Option<LetterKind> {
        match self {
            Self::Mark { kind, .. } | Self::Demand { kind, .. } => Some(*kind),
            Self::Authority { .. } => Some(LetterKind::AuthorityRequest),
            _ => None,
        }
    }
}
