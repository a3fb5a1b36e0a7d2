//! In which words is a request told to staff: what it wants, where it is, by when, and what becomes of what?

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use saqta_app::requests::record::Fate;
use saqta_domain::rules::must_answer::{Due, Lateness};
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::request::Matter;
use saqta_domain::terms::request::course::{Request, RequestState};

use crate::pages::staff::Frame;
use crate::pages::timeline::{day_shown, moment};

/// An address with the words of its link.
pub(super) struct Link {
    pub href: String,
    pub words: String,
}

/// A thing with its name.
pub(super) struct Fact {
    pub label: String,
    pub words: String,
}

/// A tag: words, and a class for its colour.
pub(super) struct Tag {
    pub words: String,
    pub class: &'static str,
}

/// What is wanted.
pub(super) fn matter(frame: &Frame<'_>, matter: &Matter) -> String {
    match matter {
        Matter::Objection(sort) => frame.word(&format!("desk-objection-{sort}")),
        other => frame.word(&format!("request-kind-{}", other.kind())),
    }
}

/// The heading of a request: its number and what it wants.
pub(super) fn title(frame: &Frame<'_>, request: &Request) -> String {
    format!("{}: {}", request.number, matter(frame, &request.matter))
}

/// Where it is.
pub(super) fn state(frame: &Frame<'_>, state: RequestState, zone: &TimeZone) -> String {
    match state {
        RequestState::Undoable { until } => {
            frame.told("desk-state-undoable", &[("until", &when(until, zone))])
        }
        other => frame.word(&format!("desk-state-{}", other.as_str())),
    }
}

/// By when it is answered, and why; while nobody knows who asks, that the time may not run yet.
pub(super) fn due(frame: &Frame<'_>, request: &Request, due: &Due, zone: &TimeZone) -> Vec<String> {
    if due.strictest().is_none() && request.state == RequestState::AwaitingIdentity {
        return vec![frame.word("desk-due-awaiting")];
    }
    frame.web.app.words().due(due, zone, frame.speech.language)
}

/// Whether it is late: a short tag beside whole sentences.
pub(super) fn lateness(frame: &Frame<'_>, lateness: Lateness) -> Option<Tag> {
    let (key, class) = match lateness {
        Lateness::InTime => return None,
        Lateness::PastTarget => ("desk-half", "partly"),
        Lateness::Overdue { .. } => ("desk-overdue", "unbacked"),
        Lateness::WasLate { .. } => ("desk-was-late", "partly"),
    };
    Some(Tag { words: frame.word(key), class })
}

/// An instant as it is written.
pub(super) fn when(at: Timestamp, zone: &TimeZone) -> String {
    moment(at, zone).shown
}

/// The same, of microseconds.
pub(super) fn micros(at: i64, zone: &TimeZone) -> String {
    Timestamp::from_microsecond(at).map_or_else(|_| String::new(), |at| when(at, zone))
}

/// A day that is kept as `2027-01-31`.
pub(super) fn day(written: &str) -> String {
    written.parse::<Date>().map_or_else(|_| written.to_owned(), day_shown)
}

/// What a purpose is called in the policy.
pub(super) fn purpose(frame: &Frame<'_>, name: &str) -> String {
    let declared = PurposeName::new(name).ok();
    let declared = declared.and_then(|name| frame.view.version.policy.purposes.get(&name));
    declared.map_or_else(|| name.to_owned(), |p| p.title.in_language(frame.speech.language).to_owned())
}

/// What an attribute is called in the policy.
pub(super) fn attribute(frame: &Frame<'_>, name: &str) -> String {
    let declared = AttributeName::new(name).ok();
    let declared = declared.and_then(|name| frame.view.version.policy.attributes.get(&name));
    declared.map_or_else(|| name.to_owned(), |a| a.label.in_language(frame.speech.language).to_owned())
}

/// The names of several attributes, in a row.
pub(super) fn attributes<'a>(frame: &Frame<'_>, names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| attribute(frame, name)).collect::<Vec<_>>().join(", ")
}

/// What became of a purpose, why, and until when.
pub(super) fn fate(frame: &Frame<'_>, fate: &Fate, zone: &TimeZone) -> Tag {
    let known = |at: Option<i64>| at.map(|at| micros(at, zone));
    let (key, class) = match (fate.state.as_str(), fate.until, fate.since) {
        ("stopped", _, Some(_)) => ("desk-fate-stopped-since", "unbacked"),
        ("stopped", _, None) => ("desk-fate-stopped", "unbacked"),
        ("continues", None, _) => ("desk-fate-continues", "enforced"),
        ("continues", Some(_), _) => ("desk-fate-continues-until", "enforced"),
        (_, Some(_), _) => ("desk-fate-kept-until", "partly"),
        (_, None, _) => ("desk-fate-kept", "partly"),
    };
    let basis = fate
        .basis
        .as_deref()
        .map_or_else(|| frame.word("desk-none"), |basis| one_of(frame, &["basis"], basis));
    let (until, since) = (known(fate.until).unwrap_or_default(), known(fate.since).unwrap_or_default());
    let purpose = purpose(frame, &fate.purpose);
    let args = [("purpose", purpose.as_str()), ("basis", &basis), ("until", &until), ("since", &since)];
    Tag { words: frame.told(key, &args), class }
}

/// Why something does not happen, by the code of the refusal.
pub(super) fn refusal(frame: &Frame<'_>, code: &str) -> String {
    let known = RefusalCode::ALL.iter().find(|known| known.as_str() == code);
    known.map_or_else(
        || code.to_owned(),
        |code| frame.web.app.words().refusal_code(*code, frame.speech.language).what,
    )
}

/// A stable word in the words of the first vocabulary that has it; itself, where none has.
pub(super) fn one_of(frame: &Frame<'_>, vocabularies: &[&str], word: &str) -> String {
    let keys = vocabularies.iter().map(|vocabulary| format!("{vocabulary}-{word}"));
    keys.map(|key| (frame.word(&key), key))
        .find(|(told, key)| told != key)
        .map_or_else(|| word.to_owned(), |(told, _)| told)
}
