//! By when must a request be answered, and why by then (clauses 3.2, 4.1, 7.3, 7.4)?
//!
//! Several clocks run at once: the time the policy promises, each term of the laws it stands under, and the day that an
//! authority's letter names. The earliest end is the strictest, and it holds. The policy and the laws are those of the day
//! the request came. A clock begins where its source counts from: the arrival, the moment it was known who asks, or
//! supporting documents. A law's term stands still or grows only for a reason which that law lists, and the policy's promise
//! for none. What was missed once stays missed: neither documents that come later, nor finding out that something else was
//! wanted, takes a clock away that had run out before. Where neither policy nor law names a time, no clock runs.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::terms::calendar::{Calendar, Ending, Still};
use crate::terms::law::{AnswerTerm, Certainty, DeadlineUnit, LawEdition, Within};
use crate::terms::names::{Clause, Wording};
use crate::terms::policy::{Policy, Promise};
use crate::terms::request::course::{Request, RequestState};
use crate::terms::request::{CountsFrom, Matter};

/// What a request is judged by: the policy and the laws in force on the day it came, and the instant of the question.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The laws it stands under, each as it was on that day with its own calendar; at least one.
    pub laws: &'a [LawEdition],
    /// The instant the question is asked for.
    pub now: Timestamp,
}

/// The clocks of a request, the strictest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Due {
    /// All of them.
    pub clocks: Vec<Clock>,
}

/// One time by which a request must be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The stable word of the duty: that of the law, or the kind of the request.
    pub duty: String,
    /// Who says so.
    pub source: ClockSource,
    /// How long it is, with what a law added; none where a day is named.
    pub within: Option<Within>,
    /// Since when it runs.
    pub began: Timestamp,
    /// The instant at which it is over: 24:00 of its last day, or the very hour.
    pub due: Timestamp,
    /// The last day on which an answer is in time.
    pub last_day: Date,
    /// When the work should be done inside the house: half of the term, where the policy names nothing else.
    pub target: Timestamp,
    /// When staff are to be reminded.
    pub warnings: Vec<Timestamp>,
    /// Whether it stands still now.
    pub paused: bool,
    /// A year whose days off are not known yet, counted as if it had none.
    pub unknown: Option<i16>,
}

/// Who says by when a request must be answered. Of two clocks that end together the first of these is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockSource {
    /// An authority's letter.
    Letter,
    /// A law.
    Law {
        /// Its pack.
        pack: String,
        /// What is to be done, in words.
        label: Wording,
        /// The article.
        source: String,
        /// How sure the pack is.
        certainty: Certainty,
    },
    /// The policy.
    Promise {
        /// The clause that promises it.
        clause: Clause,
    },
}

impl ClockSource {
    fn rank(&self) -> u8 {
        match self {
            Self::Letter => 0,
            Self::Law { .. } => 1,
            Self::Promise { .. } => 2,
        }
    }
}

/// Whether a request is late. It is computed from its clocks whenever somebody looks, so nobody can set it right but by answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// There is time.
    InTime,
    /// There is time, but less than half of it.
    PastTarget,
    /// It is late, and not answered.
    Overdue {
        /// Since when.
        since: Timestamp,
    },
    /// It was answered, taken back or lapsed too late.
    WasLate {
        /// Since when it was late.
        since: Timestamp,
        /// How long.
        by: SignedDuration,
    },
}

/// The clocks that run for a request.
pub fn must_answer(measure: &Measure<'_>, request: &Request) -> Due {
    let mut clocks = clocks_of(measure, request, &request.matter);
    for before in &request.taken_for {
        let missed = clocks_of(measure, request, &before.matter);
        clocks.extend(missed.into_iter().filter(|clock| clock.due <= before.until));
    }
    clocks.sort_by(|a, b| {
        (a.due, a.source.rank(), a.duty.as_str()).cmp(&(b.due, b.source.rank(), b.duty.as_str()))
    });
    clocks.dedup();
    Due { clocks }
}

/// Until when a destruction that is decided now can be called off: as long as the policy says, and never past the strictest
/// date. Where that date has come there is no time left.
pub fn undo_until(measure: &Measure<'_>, request: &Request) -> Timestamp {
    let wish = measure.policy.requests.get(&request.matter.kind()).and_then(|promise| promise.undo);
    let Some((undo, law)) = wish.zip(measure.laws.first()) else { return measure.now };
    let until = law.calendar.ending(measure.now, undo, &[]).due;
    let due = must_answer(measure, request);
    due.strictest().map_or(until, |clock| until.min(clock.due)).max(measure.now)
}

impl Due {
    /// The clock that ends first: the one that holds.
    pub fn strictest(&self) -> Option<&Clock> {
        self.clocks.first()
    }

    /// Whether the request is late.
    pub fn lateness(&self, request: &Request, now: Timestamp) -> Lateness {
        let Some(clock) = self.strictest() else { return Lateness::InTime };
        let since = clock.due;
        match request.closed_at {
            Some(closed) if closed >= since => Lateness::WasLate { since, by: closed.duration_since(since) },
            Some(_) => Lateness::InTime,
            None if now >= since => Lateness::Overdue { since },
            None if now >= clock.target => Lateness::PastTarget,
            None => Lateness::InTime,
        }
    }

    /// When a request of which nobody showed who asks is over: an hour before its strictest date, so that it never becomes
    /// late by silence, and thirty days after it came where no clock runs.
    pub fn lapses_at(&self, request: &Request) -> Timestamp {
        let last = self.strictest().and_then(|clock| {
            let before = clock.due.checked_sub(SignedDuration::from_hours(1)).ok()?;
            Some(before.max(clock.target.min(clock.due)))
        });
        last.unwrap_or_else(|| {
            let month = SignedDuration::from_hours(30 * 24);
            request.filed_at.checked_add(month).unwrap_or(Timestamp::MAX)
        })
    }

    /// The next instant at which somebody has to look at the request: a reminder, the inner target, the end of an undo
    /// window, a lapse, the date itself. None when it is closed, or when all of them have passed.
    pub fn watch_at(&self, request: &Request, now: Timestamp) -> Option<Timestamp> {
        if !request.state.is_open() {
            return None;
        }
        let own = match request.state {
            RequestState::Undoable { until } => Some(until),
            RequestState::AwaitingIdentity => Some(self.lapses_at(request)),
            _ => None,
        };
        let clocks = self.clocks.iter().flat_map(|clock| {
            clock.warnings.iter().copied().chain([clock.target, clock.due]).collect::<Vec<_>>()
        });
        clocks.chain(own).filter(|at| *at > now).min()
    }
}

fn clocks_of(measure: &Measure<'_>, request: &Request, matter: &Matter) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = Vec::new();
    for law in measure.laws {
        clocks.extend(
            law.answers
                .iter()
                .filter(|term| term.covers(matter))
                .filter_map(|term| of_law(measure, law, term, request, matter)),
        );
    }
    if let Some(promise) = measure.policy.requests.get(&matter.kind()) {
        clocks.extend(of_promise(measure, promise, request, matter));
    }
    if let (Matter::Authority { letter_due: Some(day) }, Some(law)) = (matter, measure.laws.first()) {
        clocks.push(of_letter(&law.calendar, *day, request));
    }
    clocks
}

/// Since when a term runs, given how long it is; nothing while it does not run yet.
fn began(
    request: &Request,
    counts_from: CountsFrom,
    ends: impl Fn(Timestamp) -> Timestamp,
) -> Option<Timestamp> {
    match counts_from {
        CountsFrom::Filed => Some(request.filed_at),
        CountsFrom::Identified => request.proof.map(|proof| proof.at),
        CountsFrom::Documents => {
            let known = request.proof?.at;
            let seen = request.documents_at.map_or(known, |seen| seen.max(known));
            // Documents that come after the term was missed begin no new one.
            Some(if ends(known) <= seen { known } else { seen })
        }
    }
}

fn of_law(
    measure: &Measure<'_>,
    law: &LawEdition,
    term: &AnswerTerm,
    request: &Request,
    matter: &Matter,
) -> Option<Clock> {
    let permitted = |pack: &str, reason: &str| {
        pack == term.pack
            && law.extensions.iter().any(|e| e.pack == pack && e.reason == reason && e.covers(matter))
    };
    let stills: Vec<Still> = request
        .pauses
        .iter()
        .filter(|pause| permitted(&pause.pack, &pause.reason))
        .map(|pause| Still { from: pause.from, until: pause.until.unwrap_or(measure.now).max(pause.from) })
        .collect();
    let added = request.extensions.iter().filter(|e| permitted(&e.pack, &e.reason)).map(|e| e.adds);
    let length = Length::new(term.deadline.within(), added);
    let end = |began| length.ending(&law.calendar, began, &stills);
    let began = began(request, term.counts_from, |at| end(at).due)?;
    let ending = end(began);
    Some(Clock {
        duty: term.duty.clone(),
        source: ClockSource::Law {
            pack: term.pack.clone(),
            label: term.label.clone(),
            source: term.deadline.source.clone(),
            certainty: term.deadline.certainty,
        },
        within: Some(length.first),
        began,
        due: ending.due,
        last_day: ending.last_day,
        target: half(&law.calendar, began, length.first, ending.due),
        warnings: Vec::new(),
        paused: request.paused().is_some_and(|pause| permitted(&pause.pack, &pause.reason)),
        unknown: ending.unknown,
    })
}

/// A promise is counted by the calendar under which it ends first.
fn of_promise(measure: &Measure<'_>, promise: &Promise, request: &Request, matter: &Matter) -> Option<Clock> {
    let within = promise.within?;
    let calendars = || measure.laws.iter().map(|law| &law.calendar);
    let ends = |at: Timestamp, within: Within| {
        calendars().map(|calendar| calendar.ending(at, within, &[])).min_by_key(|ending| ending.due)
    };
    let calendar = calendars().next()?;
    let began = began(request, promise.counts_from, |at| ends(at, within).map_or(at, |e| e.due))?;
    let ending = ends(began, within)?;
    let inner = |within: Within| ends(began, within).map_or(ending.due, |e| e.due.min(ending.due));
    let warning = |within: &Within| morning(calendar, inner(*within), within.unit).max(began);
    Some(Clock {
        duty: matter.kind().as_str().to_owned(),
        source: ClockSource::Promise { clause: promise.clause.clone() },
        within: Some(within),
        began,
        due: ending.due,
        last_day: ending.last_day,
        target: match promise.target {
            Some(target) => inside(inner(target), began, ending.due),
            None => half(calendar, began, within, ending.due),
        },
        warnings: promise.warn_at.iter().map(warning).collect(),
        paused: false,
        unknown: ending.unknown,
    })
}

/// The day that a letter names stands as it is. One that had passed when the letter came means the day it came.
fn of_letter(calendar: &Calendar, day: Date, request: &Request) -> Clock {
    let began = request.filed_at;
    let last_day = day.max(calendar.day_of(began));
    let due = calendar.end_of(last_day).unwrap_or(Timestamp::MAX);
    Clock {
        duty: "letter".to_owned(),
        source: ClockSource::Letter,
        within: None,
        began,
        due,
        last_day,
        target: middle(began, due),
        warnings: Vec::new(),
        paused: false,
        unknown: None,
    }
}

/// How long a law's term is with what was added to it: units that are the same are counted as one term.
struct Length {
    first: Within,
    more: Vec<Within>,
}

impl Length {
    fn new(first: Within, added: impl Iterator<Item = Within>) -> Self {
        let mut length = Self { first, more: Vec::new() };
        for one in added {
            if one.unit == first.unit {
                length.first.count = length.first.count.saturating_add(one.count);
            } else {
                length.more.push(one);
            }
        }
        length
    }

    fn ending(&self, calendar: &Calendar, began: Timestamp, stills: &[Still]) -> Ending {
        self.more.iter().fold(calendar.ending(began, self.first, stills), |ending, more| {
            // The last instant of the last day: what is added is counted from that day.
            let last = ending.due.checked_sub(SignedDuration::from_micros(1)).unwrap_or(ending.due);
            calendar.ending(last, *more, &[])
        })
    }
}

/// When half of a term is over: half of its days, fifteen days for a month.
fn half(calendar: &Calendar, began: Timestamp, within: Within, due: Timestamp) -> Timestamp {
    let count = within.count;
    let half = match within.unit {
        DeadlineUnit::Hours => return middle(began, due),
        DeadlineUnit::Months => Within { count: count.saturating_mul(15), unit: DeadlineUnit::CalendarDays },
        unit => Within { count: count.div_ceil(2), unit },
    };
    inside(calendar.ending(began, half, &[]).due, began, due)
}

/// A target that lies before the date. One that days off pushed up to it, or that a single day leaves no room for, is the
/// noon of the last day.
fn inside(target: Timestamp, began: Timestamp, due: Timestamp) -> Timestamp {
    if target < due {
        return target;
    }
    let noon = due.checked_sub(SignedDuration::from_hours(12)).unwrap_or(began);
    if noon > began { noon } else { middle(began, due) }
}

fn middle(began: Timestamp, due: Timestamp) -> Timestamp {
    began.checked_add(due.duration_since(began) / 2).unwrap_or(due)
}

/// The beginning of the day that ends then, so that a reminder comes in the morning of its day. An hour is taken as it is.
fn morning(calendar: &Calendar, end: Timestamp, unit: DeadlineUnit) -> Timestamp {
    if unit == DeadlineUnit::Hours {
        return end;
    }
    let last = end.checked_sub(SignedDuration::from_micros(1)).unwrap_or(end);
    let midnight = calendar.day_of(last).to_zoned(calendar.zone.clone());
    midnight.map_or(end, |zoned| zoned.timestamp())
}

#[cfg(test)]
pub(crate) mod samples;

#[cfg(test)]
mod tests;
