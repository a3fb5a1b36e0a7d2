//! What was found in a text, how grave is it, and where does it stand?

use std::ops::Range;

use saqta_domain::terms::law::Certainty;
use saqta_domain::terms::names::Language;
use serde::Serialize;

use super::text::{Hit, Text};
use crate::wording::Words;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The text cannot stand as it is: it contradicts the law or itself, or lacks what a consent must say.
    Error,
    /// Somebody should look: a reader will stumble, or a duty is not told.
    Warning,
    /// Worth knowing; the text can stay.
    Note,
}

/// Which of the two binds the operator more where text and law differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stricter {
    /// The law: the text promises less, or what the law does not know.
    Law,
    /// The text: the operator has promised more than the law asks for.
    Policy,
}

/// One thing found in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable word for what was found.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The number of the clause it stands in; nothing before the first one and for the text as a whole.
    pub clause: Option<String>,
    /// What was found.
    pub message: String,
    /// The article with the mark of its certainty, or `own:` with the name of our own rule.
    pub source: String,
    /// What to do about it.
    pub hint: String,
    /// The words it is about, in one line.
    pub excerpt: String,
    /// What the text says, where the law says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// What the law says, where the text says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// Which of the two is the stricter one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stricter: Option<Stricter>,
    /// Other lines in which the same stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<usize>,
    /// The bytes of the text it is about.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Of two findings of one severity the heavier comes first.
    #[serde(skip)]
    pub weight: u16,
}

/// The words of a finding.
pub(super) struct Told {
    pub(super) message: String,
    pub(super) source: String,
    pub(super) hint: String,
}

/// Collects what the rules find in one text.
pub(super) struct Findings<'a> {
    pub(super) text: &'a Text,
    pub(super) words: &'a Words,
    /// The language the findings are told in.
    pub(super) told_in: Language,
    found: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(text: &'a Text, words: &'a Words, told_in: Language) -> Self {
        Self { text, words, told_in, found: Vec::new() }
    }

    /// A finding of one of our own rules; its words have its code for a name.
    pub(super) fn own(
        &self,
        code: &str,
        severity: Severity,
        weight: u16,
        span: Range<usize>,
        args: &[(&str, &str)],
    ) -> Finding {
        let message = self.words.told(&format!("finding-{code}"), self.told_in, args);
        let hint = self.words.told(&format!("finding-{code}-todo"), self.told_in, args);
        let told = Told { message, source: format!("own: {code}"), hint };
        self.told(code, severity, weight, span, told)
    }

    /// A finding whose words and source are at hand.
    pub(super) fn told(
        &self,
        code: &str,
        severity: Severity,
        weight: u16,
        span: Range<usize>,
        told: Told,
    ) -> Finding {
        let (line, column) = self.text.source.place(span.start);
        Finding {
            code: code.to_owned(),
            severity,
            line,
            column,
            clause: self.text.clause_at(span.start).map(|c| c.head.number.to_string()),
            message: told.message,
            source: told.source,
            hint: told.hint,
            excerpt: self.text.quote(span.clone()),
            said: None,
            law: None,
            stricter: None,
            also: Vec::new(),
            span,
            weight,
        }
    }

    /// Adds a finding of one of our own rules as it is.
    pub(super) fn say(
        &mut self,
        code: &str,
        severity: Severity,
        weight: u16,
        span: Range<usize>,
        args: &[(&str, &str)],
    ) {
        let finding = self.own(code, severity, weight, span, args);
        self.push(finding);
    }

    /// Adds a finding. Its own line is none of the others.
    pub(super) fn push(&mut self, mut finding: Finding) {
        let line = finding.line;
        finding.also.retain(|other| *other != line);
        finding.also.dedup();
        self.found.push(finding);
    }

    /// The other lines in which the same stands.
    pub(super) fn lines(&self, hits: &[Hit]) -> Vec<usize> {
        let mut lines: Vec<usize> = hits.iter().map(|h| self.text.source.place(h.span.start).0).collect();
        lines.dedup();
        lines
    }

    /// The line a place stands in, as an argument of a message.
    pub(super) fn line(&self, at: usize) -> String {
        self.text.source.place(at).0.to_string()
    }

    /// Everything found: errors first, the heavier first, then by place.
    pub(super) fn into_ranked(mut self) -> Vec<Finding> {
        self.found.sort_by(|a, b| {
            (a.severity, b.weight, a.span.start, &a.code).cmp(&(b.severity, a.weight, b.span.start, &b.code))
        });
        self.found
    }
}

/// A source with the mark of its certainty, as it is told.
pub(super) fn marked(source: &str, certainty: Certainty) -> String {
    format!("{source} [{}]", certainty.mark())
}
