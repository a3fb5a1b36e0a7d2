//! What stands in a law pack on a day, line by line, and what came, went or changed between two days?

use std::collections::BTreeMap;

use jiff::civil::Date;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::law::{Adds, Certainty, DeadlineUnit};
use saqta_domain::terms::names::{Language, Wording};
use saqta_domain::terms::request::CountsFrom;

use super::written::{Edition, Line};
use super::{LawPack, holding};
use crate::wording::Words;

/// One line of a pack, with where it was read, how sure that is, and the days it holds on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawLine {
    /// What it says.
    pub content: Content,
    /// The article or the act.
    pub source: String,
    /// How sure the pack is.
    pub certainty: Certainty,
    /// Its first day; none where the pack knows of no day before it.
    pub from: Option<Date>,
    /// Its last day; none where no end is known.
    pub to: Option<Date>,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Whether the law knows a ground.
    Ground {
        /// Which of clauses 6.1 to 6.7.
        kind: BasisKind,
        /// Whether the law knows it.
        known: bool,
    },
    /// Within which term something must be done.
    Deadline {
        /// A stable word for the duty.
        duty: String,
        /// What is to be done, in words.
        label: Wording,
        /// How many.
        count: u16,
        /// Of what.
        unit: DeadlineUnit,
        /// The kinds of request it is the term of.
        requests: Vec<String>,
        /// From which instant it is counted, where it is the term of any.
        counts_from: CountsFrom,
    },
    /// For which reason such a term may stand still or be made longer.
    Extension {
        /// A stable word for the reason.
        reason: String,
        /// The reason, in words.
        label: Wording,
        /// What it does to the term.
        adds: Adds,
        /// The kinds of request whose term it touches.
        requests: Vec<String>,
    },
    /// What a block stops beside the use of data.
    Block(Frozen),
    /// What a consent must say.
    Consent {
        /// A stable word.
        code: String,
        /// What it is, in words.
        label: Wording,
    },
    /// A fact that the law states.
    Says {
        /// A stable word.
        code: String,
        /// The fact, in words of our own.
        words: Wording,
    },
}

/// What a block stops beside the use of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frozen {
    /// A correction waits for the end of the block.
    Change,
    /// Destruction waits for it.
    Destruction,
}

impl Frozen {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Change, Self::Destruction];

    /// The word used in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Destruction => "destruction",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == word)
    }
}

/// The groups in which lines are shown, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LawGroup {
    /// Which grounds the law knows.
    Grounds,
    /// Within which terms things must be done.
    Deadlines,
    /// For which reasons a term may stand still or be made longer.
    Extensions,
    /// What a block stops.
    Block,
    /// What a consent must say.
    Consent,
    /// What else the law says.
    Says,
}

impl LawGroup {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Grounds, Self::Deadlines, Self::Extensions, Self::Block, Self::Consent, Self::Says];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grounds => "grounds",
            Self::Deadlines => "deadlines",
            Self::Extensions => "extensions",
            Self::Block => "block",
            Self::Consent => "consent",
            Self::Says => "says",
        }
    }
}

impl LawLine {
    /// Where it is shown.
    pub fn group(&self) -> LawGroup {
        match self.content {
            Content::Ground { .. } => LawGroup::Grounds,
            Content::Deadline { .. } => LawGroup::Deadlines,
            Content::Extension { .. } => LawGroup::Extensions,
            Content::Block(_) => LawGroup::Block,
            Content::Consent { .. } => LawGroup::Consent,
            Content::Says { .. } => LawGroup::Says,
        }
    }

    /// The stable word it is known by in its group. On one day there is one line of that name.
    pub fn name(&self) -> &str {
        match &self.content {
            Content::Ground { kind, .. } => kind.as_str(),
            Content::Deadline { duty, .. } => duty,
            Content::Extension { reason, .. } => reason,
            Content::Block(frozen) => frozen.as_str(),
            Content::Consent { code, .. } | Content::Says { code, .. } => code,
        }
    }

    /// What it says, in words.
    pub fn told(&self, words: &Words, language: Language) -> String {
        match &self.content {
            Content::Ground { kind, known } => {
                let key = if *known { "law-ground-known" } else { "law-ground-unknown" };
                words.told(key, language, &[("ground", &words.basis(Some(*kind), language))])
            }
            Content::Deadline { label, count, unit, counts_from, .. } => {
                let within = within(*count, *unit, words, language);
                let told = format!("{}: {within}", label.in_language(language));
                match counts_from {
                    CountsFrom::Filed => told,
                    later => format!("{told}, {}", words.word(&format!("law-counts-from-{later}"), language)),
                }
            }
            Content::Extension { label, adds, .. } => {
                let adds = match adds {
                    Adds::Pause => words.word("law-adds-pause", language),
                    Adds::Time(more) => {
                        let count = [("count", u64::from(more.count))];
                        words.counted(&format!("law-adds-{}", more.unit.mark()), language, &[], &count)
                    }
                };
                format!("{}: {adds}", label.in_language(language))
            }
            Content::Block(frozen) => words.word(&format!("law-block-{}", frozen.as_str()), language),
            Content::Consent { label, .. } => label.in_language(language).to_owned(),
            Content::Says { words, .. } => words.in_language(language).to_owned(),
        }
    }
}

/// A term in words, such as `3 working days`.
pub fn within(count: u16, unit: DeadlineUnit, words: &Words, language: Language) -> String {
    words.counted(&format!("law-within-{}", unit.mark()), language, &[], &[("count", u64::from(count))])
}

/// What is different between two days of one pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawDifference {
    /// The editions that began after the first day, up to the second.
    pub editions: Vec<Edition>,
    /// Lines that stand on the second day alone.
    pub came: Vec<LawLine>,
    /// Lines that stand on the first day alone.
    pub went: Vec<LawLine>,
    /// Lines that stand on both days and say something else: before and after.
    pub changed: Vec<(LawLine, LawLine)>,
}

impl LawPack {
    /// Every line that holds on a day, by group and in the order of the pack.
    pub fn lines(&self, day: Date) -> Vec<LawLine> {
        let mut lines: Vec<LawLine> = Vec::new();
        lines.extend(holding(&self.bases, day).map(|line| {
            let (kind, basis) = &line.says;
            let content = Content::Ground { kind: *kind, known: basis.known };
            shown(line, content, &basis.source, basis.certainty)
        }));
        lines.extend(holding(&self.duties, day).map(|line| {
            let duty = &line.says;
            let content = Content::Deadline {
                duty: duty.name.clone(),
                label: duty.label.clone(),
                count: duty.deadline.count,
                unit: duty.deadline.unit,
                requests: duty.requests.clone(),
                counts_from: duty.counts_from,
            };
            shown(line, content, &duty.deadline.source, duty.deadline.certainty)
        }));
        lines.extend(holding(&self.extensions, day).map(|line| {
            let extension = &line.says;
            let content = Content::Extension {
                reason: extension.reason.clone(),
                label: extension.label.clone(),
                adds: extension.adds,
                requests: extension.requests.iter().map(ToString::to_string).collect(),
            };
            shown(line, content, &extension.source, extension.certainty)
        }));
        lines.extend(
            holding(&self.freezes, day).map(|line| {
                shown(line, Content::Block(line.says.what), &line.says.source, line.says.certainty)
            }),
        );
        lines.extend(holding(&self.consent_fields, day).map(|line| {
            let field = &line.says.field;
            let content = Content::Consent { code: field.code.clone(), label: field.label.clone() };
            shown(line, content, &field.source, field.certainty)
        }));
        lines.extend(holding(&self.says, day).map(|line| {
            let says = &line.says;
            let content = Content::Says { code: says.code.clone(), words: says.words.clone() };
            shown(line, content, &says.source, says.certainty)
        }));
        lines
    }

    /// What is different between two days, the earlier one first.
    pub fn between(&self, before: Date, after: Date) -> LawDifference {
        let by_name = |day: Date| -> BTreeMap<(LawGroup, String), LawLine> {
            self.lines(day).into_iter().map(|l| ((l.group(), l.name().to_owned()), l)).collect()
        };
        let (mut old, new) = (by_name(before), by_name(after));
        let mut difference = LawDifference {
            editions: self.editions.iter().filter(|e| before < e.from && e.from <= after).cloned().collect(),
            came: Vec::new(),
            went: Vec::new(),
            changed: Vec::new(),
        };
        for (name, line) in new {
            match old.remove(&name) {
                None => difference.came.push(line),
                Some(was) if was != line => difference.changed.push((was, line)),
                Some(_) => {}
            }
        }
        difference.went.extend(old.into_values());
        difference
    }
}

fn shown<T>(line: &Line<T>, content: Content, source: &str, certainty: Certainty) -> LawLine {
    LawLine { content, source: source.to_owned(), certainty, from: line.from, to: line.to }
}

/// On no day do two lines of one name hold: nobody could say which of them is meant.
pub(super) fn no_two_on_one_day<T>(lines: &[Line<T>], name: impl Fn(&T) -> String) -> Result<(), String> {
    for (index, one) in lines.iter().enumerate() {
        for other in lines.iter().skip(index + 1).filter(|other| name(&other.says) == name(&one.says)) {
            if let Some(day) = one.meets(other) {
                return Err(format!("two lines say something about `{}` on {day}", name(&one.says)));
            }
        }
    }
    Ok(())
}
