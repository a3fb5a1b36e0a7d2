//! What does the `given` of a case say?
//!
//! Every entry is a short line: a purpose, what it is about, and where needed `on` a day, `until` a day. Without a day it
//! happens on the day of the case.

use std::ops::Range;

use jiff::civil::Date;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::names::{ChannelName, PurposeName};
use saqta_domain::terms::purpose::Purpose;
use saqta_domain::terms::standing::RestrictionScope;

use super::given::{Given, Happening, What};
use super::written::Known;
use crate::problem::Report;
use crate::read::{At, Block, nearest};

/// Nothing at all: the person is not known.
pub(super) fn nothing(day: Date) -> Given {
    Given { day, happened: Vec::new(), stopped: Default::default() }
}

/// Reads the block. `on` is the day of the case, `day` that of its question, which may be later.
pub(super) fn read(
    mut block: Block<'_, '_>,
    on: Date,
    day: Date,
    known: &Known<'_>,
    report: &mut Report<'_>,
) -> Given {
    let mut told = Told { on, day, given: nothing(day) };
    for at in block.texts(report, "grounds") {
        ground(&at, known, report, &mut told);
    }
    for at in block.texts(report, "consents") {
        told.consent(&at, known, report, |purpose, channel, older| What::Consented {
            purpose,
            channel,
            older,
        });
    }
    for at in block.texts(report, "refused") {
        told.consent(&at, known, report, |purpose, channel, _| What::SaidNo { purpose, channel });
    }
    held(&mut block, known, report, &mut told);
    for at in block.texts(report, "ended") {
        ended(&at, known, report, &mut told);
    }
    for at in block.texts(report, "withdrawn") {
        withdrawn(&at, known, report, &mut told);
    }
    for at in block.texts(report, "blocked") {
        blocked(&at, known, report, &mut told);
    }
    for at in block.texts(report, "holds") {
        if let Some(line) = told.line(&at, report) {
            told.add(&line, What::Held { ground: line.words.join(" "), until: line.until });
        }
    }
    if let Some(at) = block.date(report, "stop_demanded") {
        let line = Line { words: Vec::new(), on: at.value, until: None, older: false, span: at.span };
        if told.in_time(&line, report) {
            told.add(&line, What::StopDemanded);
        }
    }
    let stopped = block.texts(report, "stopped");
    told.given.stopped = stopped.iter().filter_map(|at| known.purpose(at, report)).collect();
    block.finish(report);
    told.given
}

/// What was told so far.
struct Told {
    on: Date,
    day: Date,
    given: Given,
}

/// One entry, taken apart.
struct Line<'a> {
    words: Vec<&'a str>,
    on: Date,
    until: Option<Date>,
    older: bool,
    span: Range<usize>,
}

impl Line<'_> {
    fn first(&self) -> At<String> {
        At::new(self.words.first().copied().unwrap_or_default().to_owned(), self.span.clone())
    }

    fn rest(&self) -> String {
        self.words.get(1..).unwrap_or_default().join(" ")
    }
}

const OLDER: [&str; 4] = ["under", "an", "older", "version"];

impl Told {
    /// The words of an entry without the days at its end.
    fn line<'a>(&self, at: &'a At<String>, report: &mut Report<'_>) -> Option<Line<'a>> {
        let words: Vec<&str> = at.value.split_whitespace().collect();
        let mut line = Line { words, on: self.on, until: None, older: false, span: at.span.clone() };
        loop {
            if let Some(before) = line.words.strip_suffix(&OLDER) {
                (line.words, line.older) = (before.to_vec(), true);
                continue;
            }
            let [before @ .., key @ ("on" | "until"), day] = line.words.as_slice() else { break };
            let Ok(date) = day.parse::<Date>() else {
                let message = format!("`{day}` is not a day");
                report.error(
                    "bad-value",
                    at.span.clone(),
                    message,
                    "write it as in \"order A-1 on 2026-03-01\"",
                );
                return None;
            };
            match *key {
                "on" => line.on = date,
                _ => line.until = Some(date),
            }
            line.words = before.to_vec();
        }
        if line.words.is_empty() {
            report.error("empty", at.span.clone(), "nothing is said here", "write what is given");
            return None;
        }
        if line.until.is_some_and(|until| until < line.on) {
            let hint = "swap the days or correct one";
            report.error("bad-value", at.span.clone(), "this ends before it begins", hint);
            return None;
        }
        self.in_time(&line, report).then_some(line)
    }

    fn in_time(&self, line: &Line<'_>, report: &mut Report<'_>) -> bool {
        if line.on <= self.day {
            return true;
        }
        let message = format!("this happens after the question, which is asked on {}", self.day);
        let hint = "ask later (`on`, `after`), or let it happen earlier";
        report.error("after-the-question", line.span.clone(), message, hint);
        false
    }

    fn add(&mut self, line: &Line<'_>, what: What) {
        self.given.happened.push(Happening { on: line.on, what });
    }

    fn consent(
        &mut self,
        at: &At<String>,
        known: &Known<'_>,
        report: &mut Report<'_>,
        what: fn(PurposeName, Option<ChannelName>, bool) -> What,
    ) {
        let Some(line) = self.line(at, report) else { return };
        if !line.rest().is_empty() || line.until.is_some() {
            let hint = "write it as \"marketing/email on 2026-03-01\", or add `under an older version`";
            report.error("bad-value", at.span.clone(), "this is not how a consent is written", hint);
            return;
        }
        let Some((purpose, channel)) = consented(&line.first(), known, report, true) else { return };
        self.add(&line, what(purpose, channel, line.older));
    }
}

/// `purpose`, or `purpose/channel` where it is agreed to channel by channel.
fn consented(
    at: &At<String>,
    known: &Known<'_>,
    report: &mut Report<'_>,
    each: bool,
) -> Option<(PurposeName, Option<ChannelName>)> {
    let (name, channel) = match at.value.split_once('/') {
        Some((name, channel)) => (name, Some(channel)),
        None => (at.value.as_str(), None),
    };
    let name = known.purpose(&At::new(name.to_owned(), at.span.clone()), report)?;
    let Some(terms) = known.policy.purpose(&name).and_then(|p| p.consent.as_ref()) else {
        let message = format!("`{name}` does not stand on consent");
        let hint = format!("write what it stands on under `grounds`: \"{name} …\"");
        report.error("not-a-consent", at.span.clone(), message, hint);
        return None;
    };
    let channels: Vec<&str> = terms.channels.iter().map(ChannelName::as_str).collect();
    match channel {
        None if channels.is_empty() || !each => Some((name, None)),
        None => {
            let message = format!("`{name}` is agreed to channel by channel");
            let one = channels.first().copied().unwrap_or_default();
            report.error("channel-missing", at.span.clone(), message, format!("write \"{name}/{one}\""));
            None
        }
        Some(channel) => match ChannelName::new(channel).ok().filter(|c| terms.channels.contains(c)) {
            Some(channel) => Some((name, Some(channel))),
            None => {
                let message = format!("`{name}` has no channel `{channel}`");
                report.error("unknown-channel", at.span.clone(), message, nearest(channel, &channels));
                None
            }
        },
    }
}

/// `purpose evidence`.
fn evidence<'k>(
    line: &Line<'_>,
    known: &Known<'k>,
    report: &mut Report<'_>,
) -> Option<(&'k Purpose, String)> {
    let name = known.purpose(&line.first(), report)?;
    let purpose = known.policy.purpose(&name)?;
    let fault = match purpose.basis.kind() {
        None => Some((format!("`{name}` needs no ground: it uses no personal data"), "delete it".to_owned())),
        Some(BasisKind::Consent) => {
            let hint = format!("write it under `consents`: \"{name}\"");
            Some((format!("`{name}` stands on consent"), hint))
        }
        Some(_) if line.rest().is_empty() => {
            let hint = format!("name it, such as \"{name} A-1\"");
            Some((format!("the evidence of the ground of `{name}` is missing"), hint))
        }
        Some(_) => None,
    };
    if let Some((message, hint)) = fault {
        report.error("bad-ground", line.span.clone(), message, hint);
        return None;
    }
    Some((purpose, line.rest()))
}

fn ground(at: &At<String>, known: &Known<'_>, report: &mut Report<'_>, told: &mut Told) {
    let Some(line) = told.line(at, report) else { return };
    let Some((purpose, reference)) = evidence(&line, known, report) else { return };
    told.add(&line, What::Opened { purpose: purpose.name.clone(), reference });
}

fn ended(at: &At<String>, known: &Known<'_>, report: &mut Report<'_>, told: &mut Told) {
    let Some(line) = told.line(at, report) else { return };
    let Some((purpose, reference)) = evidence(&line, known, report) else { return };
    let opened = told.given.happened.iter().any(|h| {
        matches!(&h.what, What::Opened { purpose: p, reference: r } if *p == purpose.name && *r == reference)
    });
    if !opened {
        let message = format!("no ground `{} {reference}` is given that could end", purpose.name);
        let hint = format!("add it: grounds = [\"{} {reference}\"]", purpose.name);
        report.error("nothing-to-end", at.span.clone(), message, hint);
        return;
    }
    told.add(&line, What::Ended { purpose: purpose.name.clone(), reference });
}

fn withdrawn(at: &At<String>, known: &Known<'_>, report: &mut Report<'_>, told: &mut Told) {
    let Some(line) = told.line(at, report) else { return };
    let Some((purpose, channel)) = consented(&line.first(), known, report, false) else { return };
    let given = told.given.happened.iter().any(|h| match &h.what {
        What::Consented { purpose: p, channel: c, .. } => {
            *p == purpose && (channel.is_none() || *c == channel)
        }
        _ => false,
    });
    if !given {
        let message = format!("no consent `{}` is given that could be taken back", line.first().value);
        let hint = format!("add it: consents = [\"{}\"]", line.first().value);
        report.error("nothing-to-end", at.span.clone(), message, hint);
        return;
    }
    told.add(&line, What::Withdrew { purpose, channel });
}

/// `held = { order = ["phone"] }`: what was collected for which purpose.
fn held(block: &mut Block<'_, '_>, known: &Known<'_>, report: &mut Report<'_>, told: &mut Told) {
    let Some(values) = block.block(report, "held") else { return };
    for (purpose, attributes) in values.lists_by_name(report) {
        let span = values.place(&purpose);
        let purpose = known.purpose(&At::new(purpose, span.clone()), report);
        let attributes = attributes.iter().filter_map(|at| known.attribute(at, report)).collect();
        let Some(purpose) = purpose else { continue };
        let line = Line { words: Vec::new(), on: told.on, until: None, older: false, span };
        told.add(&line, What::Collected { purpose, attributes });
    }
}

/// `everything`, `purpose order` or `attribute phone`.
fn blocked(at: &At<String>, known: &Known<'_>, report: &mut Report<'_>, told: &mut Told) {
    let Some(line) = told.line(at, report) else { return };
    let named = |word: &str| At::new(word.to_owned(), at.span.clone());
    let scope = match line.words.as_slice() {
        ["everything"] => Some(RestrictionScope::Everything),
        ["purpose", name] => known.purpose(&named(name), report).map(RestrictionScope::Purpose),
        ["attribute", name] => {
            known.attribute(&named(name), report).map(|a| RestrictionScope::Attributes([a].into()))
        }
        _ => {
            let hint = "write \"everything\", \"purpose order\" or \"attribute phone\"";
            report.error("bad-value", at.span.clone(), "this is not how a block is written", hint);
            None
        }
    };
    if let Some(scope) = scope {
        told.add(&line, What::Blocked { scope, until: line.until });
    }
}
