//! Is the text text: has it clauses, paragraphs of a readable size, and no markup that a browser would run?

use crate::reading::finding::{Findings, Severity};
use crate::reading::scan::BlockKind;
use crate::reading::tokens::tag;

/// Characters of one paragraph beyond which nobody finds a promise in it.
const WALL: usize = 3_000;

/// What a browser would run or load from elsewhere.
const LIVE: [&str; 7] = ["<script", "<iframe", "<object", "<embed", "javascript:", "onerror=", "onclick="];

pub(super) fn check(findings: &mut Findings<'_>) {
    let text = findings.text;
    if text.source.text.trim().is_empty() {
        findings.say("text-empty", Severity::Error, 999, 0..0, &[]);
        return;
    }
    if text.clauses.is_empty() {
        findings.say("text-without-clauses", Severity::Error, 990, 0..0, &[]);
    }
    walls(findings);
    markup(findings);
}

fn walls(findings: &mut Findings<'_>) {
    let text = findings.text;
    let mut walls = text
        .blocks
        .iter()
        .filter(|b| b.kind != BlockKind::Row)
        .map(|b| b.span())
        .filter(|span| span.len() > WALL && text.source.slice(span.clone()).chars().count() > WALL);
    let Some(first) = walls.next() else { return };
    let also = walls.map(|span| text.source.place(span.start).0).collect();
    let length = text.source.slice(first.clone()).chars().count().to_string();
    let start =
        text.source.slice(first.clone()).char_indices().nth(80).map_or(first.end, |(at, _)| first.start + at);
    let mut finding =
        findings.own("text-wall", Severity::Warning, 250, first.start..start, &[("count", length.as_str())]);
    finding.also = also;
    findings.push(finding);
}

fn markup(findings: &mut Findings<'_>) {
    let text = &findings.text.source.text;
    let mut raw: Option<(usize, usize)> = None;
    let mut also = Vec::new();
    for (at, _) in text.match_indices('<') {
        let Some(length) = text.get(at..).and_then(tag) else { continue };
        match raw {
            None => raw = Some((at, length)),
            Some(_) => also.push(findings.text.source.place(at).0),
        }
    }
    let lower = text.to_ascii_lowercase();
    if let Some(at) = LIVE.iter().filter_map(|live| lower.find(live)).min() {
        let end =
            text.get(at..).and_then(|t| t.find(['>', '\n', ')'])).map_or(text.len(), |length| at + length);
        findings.say("markup-live", Severity::Error, 900, at..end, &[]);
    } else if let Some((at, length)) = raw {
        also.dedup();
        let mut finding = findings.own("markup-raw", Severity::Warning, 200, at..at + length, &[]);
        finding.also = also;
        findings.push(finding);
    }
}
