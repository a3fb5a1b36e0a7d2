//! What is wrong with a policy, where, and what would make it right?

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde::Serialize;

use crate::folder::Folder;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The policy cannot be used.
    Error,
    /// The policy can be used; somebody should look.
    Warning,
}

/// One fault of a policy, with its place and a way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A stable word for this kind of fault.
    pub code: &'static str,
    /// The file, as named in the folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The line itself, shortened.
    pub excerpt: String,
    /// The bytes of the file it is about.
    pub span: Range<usize>,
}

impl Problem {
    /// Whether the policy cannot be used because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

const EXCERPT: usize = 120;

/// Collects the faults of one file and knows where its lines begin.
pub(crate) struct Report<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<Problem>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Error, code, span, message.into(), hint.into());
    }

    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Warning, code, span, message.into(), hint.into());
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Range<usize>,
        message: String,
        hint: String,
    ) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let row = self.text.get(start..).and_then(|t| t.lines().next()).unwrap_or_default();
        self.found.push(Problem {
            severity,
            code,
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(start..).unwrap_or_default().chars().count() + 1,
            message,
            hint,
            excerpt: row.trim_end().chars().take(EXCERPT).collect(),
            span,
        });
    }

    /// Keeps, beside those of one kind, only the problems of other kinds that do not lie in the same place.
    pub(crate) fn retain_beside(&mut self, root: &str, keep: impl Fn(&Problem) -> bool) {
        let roots: Vec<Range<usize>> =
            self.found.iter().filter(|p| p.code == root).map(|p| p.span.clone()).collect();
        let hidden = |p: &Problem| roots.iter().any(|r| r.start < p.span.end && p.span.start < r.end);
        self.found.retain(|p| p.code == root || keep(p) && !hidden(p));
    }

    /// Whether anything found so far keeps the policy from being used.
    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(Problem::is_error)
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.found
    }
}

/// Errors first, then by place: the order in which people mend them.
pub fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| {
        (a.severity, &a.file, a.span.start, a.code).cmp(&(b.severity, &b.file, b.span.start, b.code))
    });
}

/// All problems with the lines they are about, as plain text for a terminal.
pub fn render(problems: &[Problem], folder: &Folder) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(110)
        .with_context_lines(1)
        .with_links(false);
    let mut out = String::new();
    for problem in problems {
        if !out.is_empty() {
            out.push('\n');
        }
        let bytes = folder.file(&problem.file).unwrap_or_default();
        let source = NamedSource::new(&problem.file, String::from_utf8_lossy(bytes).into_owned());
        let shown = Shown { problem, source: (!bytes.is_empty()).then_some(source) };
        // Writing into a string fails only if the handler does; then the bare message is better than nothing.
        if handler.render_report(&mut out, &shown).is_err() {
            out.push_str(&format!("{}:{}:{}: {problem}\n", problem.file, problem.line, problem.column));
        }
    }
    out
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A problem beside the text it is about, as the renderer wants it.
#[derive(Debug)]
struct Shown<'a> {
    problem: &'a Problem,
    source: Option<NamedSource<String>>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.problem.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.problem.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.problem.hint))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let span = self.problem.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new(None, span.start, span.len()))))
    }
}
