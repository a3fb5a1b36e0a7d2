//! Which invented requests and promises do the tests of the rules about requests speak of?

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::rules::must_answer::Measure;
use crate::rules::samples::{Case, wording};
use crate::terms::actor::{Actor, Role};
use crate::terms::law::{Adds, AnswerTerm, Certainty, Deadline, Extension, LawEdition, Within};
use crate::terms::names::{Clause, Language};
use crate::terms::policy::{Policy, Promise};
use crate::terms::request::course::Request;
use crate::terms::request::event::{Identity, RequestEvent};
use crate::terms::request::{
    Applicant, CountsFrom, Intake, Matter, RequestKind, RequestMark, RequestNumber, Rung,
};
use crate::terms::subject::CaseId;

/// A policy and a law for requests; tests bend what they need.
pub(crate) struct Office {
    pub policy: Policy,
    pub laws: Vec<LawEdition>,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn within(word: &str) -> Within {
    Within::from_word(word).unwrap()
}

pub(crate) fn promise(word: &str) -> Promise {
    Promise {
        within: Some(within(word)),
        counts_from: CountsFrom::Filed,
        target: None,
        warn_at: vec![],
        undo: None,
        four_eyes: false,
        keep: None,
        clause: Clause::fixed("4.1"),
        clauses: vec![Clause::fixed("4.1")],
    }
}

impl Office {
    /// Working days are Monday to Friday; three of them are promised for access, and a law gives five.
    pub fn new() -> Self {
        let case = Case::new();
        let mut office = Self { policy: case.policy, laws: vec![case.law] };
        office.promise(RequestKind::Access, promise("3wd"));
        office.law("subject_info", "access", "5wd", CountsFrom::Filed);
        office
    }

    pub fn promise(&mut self, kind: RequestKind, promise: Promise) {
        self.policy.requests.insert(kind, promise);
    }

    pub fn law(&mut self, duty: &str, request: &str, term: &str, counts_from: CountsFrom) {
        let Within { count, unit } = within(term);
        self.laws[0].answers.push(AnswerTerm {
            pack: "kz".into(),
            duty: duty.into(),
            label: wording("to answer"),
            requests: BTreeSet::from([RequestMark::from_word(request).unwrap()]),
            counts_from,
            deadline: Deadline { count, unit, source: "art. 1".into(), certainty: Certainty::Text },
        });
    }

    pub fn extension(&mut self, reason: &str, request: &str, adds: Adds) {
        self.laws[0].extensions.push(Extension {
            pack: "kz".into(),
            reason: reason.into(),
            label: wording("because"),
            adds,
            requests: BTreeSet::from([RequestMark::from_word(request).unwrap()]),
            source: "art. 2".into(),
            certainty: Certainty::Text,
        });
    }

    pub fn at(&self, now: Timestamp) -> Measure<'_> {
        Measure { policy: &self.policy, laws: &self.laws, now }
    }
}

pub(crate) fn staff(id: &str, role: Role) -> Actor {
    Actor::Staff { id: id.into(), role, undertaking: true }
}

pub(crate) const CASE: CaseId = CaseId::new([4; 16]);

pub(crate) fn filing(matter: Matter, identity: Identity, when: Timestamp) -> RequestEvent {
    let by = if matter.kind() == RequestKind::Authority { Applicant::Authority } else { Applicant::Subject };
    RequestEvent::Filed { matter, intake: Intake::Portal, by, identity, language: Language::Kazakh, at: when }
}

/// A request of somebody who proved who they are when it came.
pub(crate) fn request(matter: Matter, when: Timestamp) -> Request {
    let first = filing(matter, Identity::Proven(Rung::ContactCode), when);
    Request::begin(CASE, RequestNumber(14), &first).unwrap()
}

pub(crate) fn awaiting(matter: Matter, when: Timestamp) -> Request {
    Request::begin(CASE, RequestNumber(15), &filing(matter, Identity::Awaited, when)).unwrap()
}

pub(crate) fn destruction() -> Matter {
    Matter::Destruction { ground: None, purposes: BTreeSet::new() }
}
