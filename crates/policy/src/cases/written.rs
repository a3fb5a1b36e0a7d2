//! What does `cases.toml` say, and where does it say something that cannot be?
//!
//! A name that the policy does not declare is a mistake, unless the case expects to be refused for just that. A key that the
//! deed has no use for is one as well: whoever wrote it meant something that would not be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::{
    AttributeName, BadName, ChannelName, Clause, EventName, Language, PurposeName, RecipientName,
};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::refusal::RefusalCode;
use toml::de::DeTable;

use super::{Asked, Case, Deed, Expected, Question, Verdict, happened};
use crate::compile::{checked_name, one_of, period, word};
use crate::law::law;
use crate::load::Loaded;
use crate::problem::Report;
use crate::read::{At, Block, nearest};

/// The words of `do`, and which keys each of them needs or may have beside `purpose`.
const DEEDS: [(&str, &[&str], &[&str]); 18] = [
    ("collect", &["purpose", "attributes"], &[]),
    ("consent", &["purpose"], &["channel", "answer", "wording"]),
    ("retrieve", &["purpose", "attributes"], &[]),
    ("inspect", &["purpose"], &[]),
    ("use", &["purpose"], &["attributes", "channel"]),
    ("rectify", &["purpose", "attributes"], &[]),
    ("confirm", &["purpose", "attributes"], &[]),
    ("disclose", &["purpose", "attributes", "recipient"], &["channel"]),
    ("withdraw", &["purpose"], &["channel"]),
    ("block", &["purpose"], &[]),
    ("hold", &["purpose"], &["ground"]),
    ("destroy", &["purpose"], &[]),
    ("erase", &["purpose"], &[]),
    ("depersonalise", &["purpose"], &[]),
    ("link", &["purpose", "into"], &[]),
    ("advance", &["event", "ground"], &[]),
    ("stop", &["purpose"], &[]),
    ("keep", &["purpose"], &["attributes"]),
];

/// Keys of the question, of which a deed uses some.
const OF_A_DEED: [&str; 9] =
    ["purpose", "attributes", "channel", "recipient", "into", "event", "ground", "answer", "wording"];

/// The names a policy declares, for whoever misspells one.
pub(super) struct Known<'a> {
    pub(super) policy: &'a Policy,
    purposes: Vec<&'a str>,
    attributes: Vec<&'a str>,
    recipients: Vec<&'a str>,
    events: Vec<&'a str>,
    channels: Vec<&'a str>,
}

impl<'a> Known<'a> {
    fn of(policy: &'a Policy) -> Self {
        let events = policy.purposes.values().flat_map(|p| p.starts.iter().chain(&p.ends));
        let channels = policy.purposes.values().filter_map(|p| p.consent.as_ref()).flat_map(|t| &t.channels);
        Self {
            policy,
            purposes: policy.purposes.keys().map(PurposeName::as_str).collect(),
            attributes: policy.attributes.keys().map(AttributeName::as_str).collect(),
            recipients: policy.recipients.keys().map(RecipientName::as_str).collect(),
            events: events.map(EventName::as_str).collect(),
            channels: channels.map(ChannelName::as_str).collect(),
        }
    }

    /// A purpose that the policy declares.
    pub(super) fn purpose(&self, at: &At<String>, report: &mut Report<'_>) -> Option<PurposeName> {
        name(at, report, "unknown-purpose", "purpose", &self.purposes, true, PurposeName::new)
    }

    /// An attribute that the policy declares.
    pub(super) fn attribute(&self, at: &At<String>, report: &mut Report<'_>) -> Option<AttributeName> {
        name(at, report, "unknown-attribute", "attribute", &self.attributes, true, AttributeName::new)
    }
}

fn name<T>(
    at: &At<String>,
    report: &mut Report<'_>,
    code: &'static str,
    noun: &str,
    known: &[&str],
    must_exist: bool,
    make: fn(&str) -> Result<T, BadName>,
) -> Option<T> {
    if must_exist {
        return word(at, report, code, noun, known, |w| make(w).ok().filter(|_| known.contains(&w)));
    }
    checked_name(at, report, make).map(|at| at.value)
}

/// Reads the whole file.
pub(super) fn read(table: &DeTable<'_>, text: &str, loaded: &Loaded, report: &mut Report<'_>) -> Vec<Case> {
    let known = Known::of(&loaded.policy);
    let mut top = Block::top(table);
    if let Some(format) = top.number(report, "format")
        && format.value != 1
    {
        let message = format!("format {} is not known to this version", format.value);
        report.error("unknown-format", format.span, message, "write format = 1, or use the newer program");
    }
    let mut names = BTreeMap::new();
    let mut cases = Vec::new();
    for block in top.listed(report, "case") {
        let line = text.get(..block.span.start).unwrap_or_default().matches('\n').count() + 1;
        let Some((case, place)) = case(block, line, &known, loaded, report) else { continue };
        if let Some(first) = names.insert(case.name.clone(), line) {
            let message = format!("a case of this name begins in line {first}");
            report.error("duplicate-name", place, message, "give each case a sentence of its own");
        }
        cases.push(case);
    }
    top.finish(report);
    cases
}

fn case(
    mut block: Block<'_, '_>,
    line: usize,
    known: &Known<'_>,
    loaded: &Loaded,
    report: &mut Report<'_>,
) -> Option<(Case, Range<usize>)> {
    let name = block.must_text(report, "name", "say in a sentence what must be allowed or refused");
    let expected = expected(&mut block, loaded, report);
    let also = block.texts(report, "also");
    let also = also.iter().filter_map(|at| clause(at, loaded, report)).collect();
    let first = first_day(known.policy);
    let on = block.date(report, "on").map_or(first, |at| at.value);
    let after = period(&mut block, report, "after");
    let day = day_of_question(&block, on, after, first, report);
    let given = match block.has("given") {
        true => block.block(report, "given").map(|b| happened::read(b, on, day, known, report)),
        false => Some(happened::nothing(day)),
    };
    let code = expected.as_ref().and_then(|e| e.code);
    let asked = asked(&mut block, code, known, report);
    let actor = actor(&mut block, known, report, asked.as_ref());
    block.finish(report);
    let name = name?;
    let question = Question { actor, asked: asked? };
    let case = Case { name: name.value, line, expected: expected?, also, given: given?, question };
    Some((case, name.span))
}

fn expected(block: &mut Block<'_, '_>, loaded: &Loaded, report: &mut Report<'_>) -> Option<Expected> {
    let verdict = block.must_text(report, "expect", "write expect = \"permitted\" or \"refused\"");
    let verdict = verdict.and_then(|at| {
        word(&at, report, "unknown-word", "verdict", &["permitted", "refused"], Verdict::from_word)
    });
    let clause_at = block.must_text(report, "clause", "name the clause that decides it: clause = \"6.4\"");
    let clause = clause_at.and_then(|at| clause(&at, loaded, report));
    let codes: Vec<&str> = RefusalCode::ALL.iter().map(|c| c.as_str()).collect();
    let code = block.text(report, "code").and_then(|at| {
        let read = |w: &str| RefusalCode::ALL.iter().copied().find(|c| c.as_str() == w);
        word(&at, report, "unknown-code", "refusal", &codes, read)
    });
    if code.is_some() && verdict == Some(Verdict::Permitted) {
        let hint = "delete it, or write expect = \"refused\"";
        report.error("code-unused", block.place("code"), "what is permitted has no refusal code", hint);
    }
    Some(Expected { verdict: verdict?, clause: clause?, code })
}

/// A clause that stands in the text.
fn clause(at: &At<String>, loaded: &Loaded, report: &mut Report<'_>) -> Option<Clause> {
    let Some(clause) = Clause::new(&at.value) else {
        let message = format!("`{}` is not the number of a clause", at.value);
        report.error("bad-clause", at.span.clone(), message, "digits parted by dots, such as 5.2");
        return None;
    };
    let documents = Language::ALL.iter().filter_map(|l| loaded.texts.document(*l));
    if documents.clone().any(|d| d.clause(&clause).is_some()) {
        return Some(clause);
    }
    let numbers: BTreeSet<&str> = documents.flat_map(|d| &d.clauses).map(|c| c.number.as_str()).collect();
    let numbers: Vec<&str> = numbers.into_iter().collect();
    let message = format!("the text has no clause {clause}");
    report.error("clause-not-in-text", at.span.clone(), message, nearest(clause.as_str(), &numbers));
    None
}

/// The first day of the policy, where its days begin.
fn first_day(policy: &Policy) -> Date {
    let zone = policy.jurisdictions.first().and_then(|name| law(name).ok()).map(|pack| pack.zone().clone());
    policy.effective_from.to_zoned(zone.unwrap_or(jiff::tz::TimeZone::UTC)).date()
}

fn day_of_question(
    block: &Block<'_, '_>,
    on: Date,
    after: Option<At<Span>>,
    first: Date,
    report: &mut Report<'_>,
) -> Date {
    if on < first {
        let message = format!("the policy is in force from {first} on");
        report.error("not-in-force", block.place("on"), message, "ask on that day or later");
    }
    let Some(after) = after else { return on };
    on.checked_add(after.value).unwrap_or_else(|_| {
        let message = "this leads beyond the calendar";
        report.error("bad-term", after.span, message, "write a shorter term, such as P3Y");
        on
    })
}

fn asked(
    block: &mut Block<'_, '_>,
    code: Option<RefusalCode>,
    known: &Known<'_>,
    report: &mut Report<'_>,
) -> Option<Asked> {
    let words = DEEDS.map(|(word, ..)| word);
    let at = block.must_text(report, "do", &format!("say what is done, one of: {}", words.join(", ")));
    let shape = at.and_then(|at| {
        word(&at, report, "unknown-deed", "deed", &words, |w| DEEDS.into_iter().find(|(d, ..)| *d == w))
    });
    let expects = |wanted| code == Some(wanted);
    let purpose = block.text(report, "purpose").and_then(|at| {
        let must = !expects(RefusalCode::PurposeUnknown);
        name(&at, report, "unknown-purpose", "purpose", &known.purposes, must, PurposeName::new)
    });
    let attributes = block.texts(report, "attributes");
    let attributes = attributes.iter().filter_map(|at| {
        let must = !expects(RefusalCode::AttributeUnknown);
        name(at, report, "unknown-attribute", "attribute", &known.attributes, must, AttributeName::new)
    });
    let attributes = attributes.collect();
    let channel = block.text(report, "channel").and_then(|at| {
        let must = !expects(RefusalCode::ChannelUnknown);
        name(&at, report, "unknown-channel", "channel", &known.channels, must, ChannelName::new)
    });
    let recipient = block.text(report, "recipient").and_then(|at| {
        let must = !expects(RefusalCode::RecipientUnknown);
        name(&at, report, "unknown-recipient", "recipient", &known.recipients, must, RecipientName::new)
    });
    let into = block.text(report, "into").and_then(|at| known.purpose(&at, report));
    let event = block.text(report, "event").and_then(|at| {
        let must = !expects(RefusalCode::EventUnknown);
        name(&at, report, "unknown-event", "event", &known.events, must, EventName::new)
    });
    let ground = block.text(report, "ground").map_or_else(String::new, |at| at.value);
    let says_no = one_of(block, report, "answer", false, &[("yes", false), ("no", true)]);
    let older_wording = one_of(block, report, "wording", false, &[("published", false), ("older", true)]);
    let (deed, needs, may) = shape?;
    for key in needs.iter().filter(|key| !block.has(key)) {
        block.missing(report, key, &format!("`{deed}` needs it"));
    }
    for key in OF_A_DEED.into_iter().filter(|key| block.has(key)) {
        if !needs.contains(&key) && !may.contains(&key) {
            let message = format!("`{deed}` has no use for `{key}`");
            let hint = format!("delete it; `{deed}` has: {}", [needs, may].concat().join(", "));
            report.error("unused-key", block.place(key), message, hint);
        }
    }
    let destroy = |operation| Some(Deed::Destroy { operation });
    let done = match deed {
        "advance" => return Some(Asked::Event { event: event?, reference: ground }),
        "collect" => Some(Deed::Collect),
        "consent" => Some(Deed::Consent { says_no, older_wording }),
        "retrieve" => Some(Deed::Retrieve),
        "inspect" => Some(Deed::Inspect),
        "use" => Some(Deed::Use),
        "rectify" => Some(Deed::Rectify),
        "confirm" => Some(Deed::Confirm),
        "disclose" => Some(Deed::Disclose { recipient: recipient? }),
        "withdraw" => Some(Deed::Withdraw),
        "block" => Some(Deed::Block),
        "hold" => Some(Deed::Hold { ground }),
        "destroy" => destroy(Operation::Destruction),
        "erase" => destroy(Operation::Erasure),
        "depersonalise" => destroy(Operation::Depersonalisation),
        "link" => Some(Deed::Link { into: into? }),
        "stop" => Some(Deed::Stop),
        "keep" => Some(Deed::Keep),
        _ => None,
    };
    Some(Asked::Deed { deed: done?, purpose: purpose?, attributes, channel })
}

/// Who asks: a key admitted to everything, unless the case says less of it; the person; or the system itself.
fn actor(
    block: &mut Block<'_, '_>,
    known: &Known<'_>,
    report: &mut Report<'_>,
    asked: Option<&Asked>,
) -> Actor {
    const KEY: u8 = 0;
    let who = one_of(block, report, "by", KEY, &[("key", KEY), ("person", 1), ("system", 2)]);
    let asked_for = match asked {
        Some(Asked::Deed { purpose, .. }) => Some(purpose.clone()),
        Some(Asked::Event { .. }) | None => None,
    };
    let mut scope = Scope {
        purposes: known.policy.purposes.keys().cloned().chain(asked_for).collect(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("cases.toml".to_owned()),
    };
    if block.has("key") && who != KEY {
        let hint = "delete one of the two: only a key has a scope";
        report.error("unused-key", block.place("key"), "the case says that no key asks", hint);
    }
    if let Some(mut key) = block.block(report, "key") {
        let purposes = key.texts(report, "purposes");
        if key.has("purposes") {
            scope.purposes = purposes.iter().filter_map(|at| known.purpose(at, report)).collect();
        }
        let operations = key.texts(report, "operations");
        if key.has("operations") {
            let words = Operation::ALL.map(Operation::as_str);
            let read = |at: &At<String>| {
                word(at, report, "unknown-operation", "operation", &words, Operation::from_word)
            };
            scope.operations = operations.iter().filter_map(read).collect();
        }
        let undertaking = key.flag(report, "undertaking");
        if key.has("undertaking") && !undertaking {
            scope.undertaking = None;
        }
        key.finish(report);
    }
    match who {
        KEY => Actor::Key { id: "case".to_owned(), scope },
        1 => Actor::Subject,
        _ => Actor::System("case"),
    }
}
