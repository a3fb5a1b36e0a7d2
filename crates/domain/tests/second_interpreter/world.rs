//! Which policies, persons and questions are the rules and the second interpreter asked about?
//!
//! Everything is drawn from small numbers, so that names meet each other often and a failing world shrinks to a few lines.
//! Instants lie on a coarse grid, so that "now" falls on the very ends of terms again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::{Span, Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::Index;

use saqta_domain::rules::Situation;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::attribute::{Attribute, Depersonalise, Sensitivity};
use saqta_domain::terms::basis::{BasisKind, LegalBasis};
use saqta_domain::terms::calendar::{Calendar, Counting};
use saqta_domain::terms::consent::{Consent, ConsentState};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::law::{Certainty, LawBasis, LawEdition};
use saqta_domain::terms::names::{
    AttributeName, ChannelName, CompartmentName, EventName, Language, PurposeName, RecipientName, Wording,
};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::{Operator, Policy};
use saqta_domain::terms::purpose::{Automation, ConsentTerms, EndAction, Keep, Purpose};
use saqta_domain::terms::standing::{
    EndCause, Ended, Hold, Restriction, RestrictionReason, RestrictionScope, Source, Standing, Stop,
};
use saqta_domain::terms::subject::{SubjectId, ThingId};

use super::recipients::{declare, recipient_name, recipients};

/// A policy, a law, what is stopped, everything that happened to one person, and the instant of the question.
pub struct World {
    pub policy: Policy,
    pub law: LawEdition,
    pub stops: BTreeMap<PurposeName, Stop>,
    pub history: Vec<StandingEvent>,
    pub now: Timestamp,
}

/// Who asks for what; `known` says whether the person has a record at all.
#[derive(Clone, Debug)]
pub struct Question {
    pub actor: Actor,
    pub purpose: PurposeName,
    pub attributes: BTreeSet<AttributeName>,
    pub channel: Option<ChannelName>,
    pub recipient: RecipientName,
    pub known: bool,
}

impl World {
    pub fn situation(&self) -> Situation<'_> {
        self.at(self.now)
    }

    pub fn at(&self, now: Timestamp) -> Situation<'_> {
        Situation { policy: &self.policy, law: &self.law, stops: &self.stops, now }
    }

    pub fn standing(&self) -> Standing {
        folded(&self.history)
    }

    /// Every instant at which an answer could change, and those just beside it.
    pub fn instants(&self) -> BTreeSet<Timestamp> {
        let near = |t: &Timestamp| [-1, 0, 1].map(|s: i64| t.checked_add(s.seconds()).unwrap_or(*t));
        turning_points(&self.policy, &self.law, &self.history).iter().flat_map(near).collect()
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "now {} strict {}", self.now, self.policy.strict)?;
        let unknown: Vec<_> = self.law.bases.iter().filter(|(_, b)| !b.known).map(|(k, _)| k).collect();
        writeln!(
            f,
            "law: does not know {unknown:?}, a block freezes change {} destruction {}",
            self.law.block_freezes_change, self.law.block_freezes_destruction
        )?;
        writeln!(f, "stopped: {:?}", self.stops.keys().map(PurposeName::as_str).collect::<Vec<_>>())?;
        for attribute in self.policy.attributes.values() {
            writeln!(f, "attribute {} {:?}", attribute.name, attribute.depersonalise)?;
        }
        let list = |set: &BTreeSet<AttributeName>| set.iter().map(ToString::to_string).collect::<Vec<_>>();
        for p in self.policy.purposes.values() {
            let missing: Vec<_> = Operation::ALL.iter().filter(|o| !p.operations.contains(o)).collect();
            writeln!(
                f,
                "purpose {} {:?} needs {:?} may {:?} compatible {:?} ends {} keep {:?} {:?} consent {:?} not {missing:?}",
                p.name,
                p.basis.kind(),
                list(&p.needs),
                list(&p.may),
                p.compatible_with.iter().map(PurposeName::as_str).collect::<Vec<_>>(),
                p.ends.is_some(),
                p.keep.as_ref().map(|k| k.term.to_string()),
                p.then,
                p.consent.as_ref().map(|c| (c.covered_since, c.channels.len())),
            )?;
        }
        for r in self.policy.recipients.values() {
            let gets: Vec<_> = r.gets.iter().map(|(p, a)| (p.as_str(), list(a))).collect();
            let named = self.policy.purposes.values().filter(|p| p.to.contains(&r.name));
            let named: Vec<_> = named.map(|p| p.name.as_str()).collect();
            writeln!(f, "{} in {} {:?} named {named:?} gets {gets:?}", r.name, r.country, r.agreement)?;
        }
        self.history.iter().try_for_each(|event| writeln!(f, "  {event:?}"))
    }
}

pub fn folded(history: &[StandingEvent]) -> Standing {
    history.iter().fold(Standing::new(SubjectId::new([7; 16]), start()), Standing::after)
}

pub fn start() -> Timestamp {
    "2026-01-04T19:00:00Z".parse().unwrap()
}

pub fn purpose_name(i: usize) -> PurposeName {
    PurposeName::new(&format!("p{i}")).unwrap()
}

/// A purpose of an older policy: it stands in histories, and is declared no more.
pub fn retired() -> PurposeName {
    PurposeName::new("retired").unwrap()
}

pub fn attribute_name(i: usize) -> AttributeName {
    AttributeName::new(&format!("a{i}")).unwrap()
}

/// An attribute that no policy declares.
pub fn undeclared() -> AttributeName {
    AttributeName::new("shoe_size").unwrap()
}

pub fn channel_name(i: usize) -> ChannelName {
    ChannelName::new(&format!("c{i}")).unwrap()
}

pub fn wording() -> Wording {
    Wording { kk: String::new(), ru: String::new(), en: String::new() }
}

pub fn masked(mask: u8, count: usize) -> BTreeSet<AttributeName> {
    (0..count).filter(|i| mask & (1 << i) != 0).map(attribute_name).collect()
}

/// Every key, the system and the person: mostly those who are admitted to something.
fn actors(purposes: usize) -> BoxedStrategy<Actor> {
    let key = (
        any::<u8>(),
        prop_oneof![4 => Just(u32::MAX), 1 => any::<u32>()],
        proptest::bool::weighted(0.9),
        proptest::bool::weighted(0.7),
    )
        .prop_map(move |(mask, operations, undertaking, all)| Actor::Key {
            id: "key".into(),
            scope: Scope {
                purposes: (0..purposes)
                    .filter(|i| all || mask & (1 << i) != 0)
                    .map(purpose_name)
                    .chain(all.then(retired))
                    .collect(),
                operations: bits(operations),
                administers: false,
                undertaking: undertaking.then(|| "1".into()),
            },
        });
    prop_oneof![3 => key, 2 => Just(Actor::System("test")), 1 => Just(Actor::Subject)].boxed()
}

fn bits(mask: u32) -> BTreeSet<Operation> {
    Operation::ALL.into_iter().enumerate().filter(|(i, _)| mask & (1 << i) != 0).map(|(_, o)| o).collect()
}

/// A question about a world with so many purposes and attributes, sometimes about things nobody declared.
fn questions(purposes: usize, attributes: usize) -> BoxedStrategy<Question> {
    (
        actors(purposes),
        0..=purposes * 6,
        any::<u8>(),
        any::<u8>(),
        proptest::bool::weighted(0.05),
        prop_oneof![6 => Just(None), 5 => (0..3usize).prop_map(Some)],
        (proptest::bool::weighted(0.92), prop_oneof![12 => 0..3usize, 1 => Just(3)]),
    )
        .prop_map(move |(actor, purpose, one, other, odd, channel, (known, recipient))| Question {
            actor,
            purpose: if purpose == purposes * 6 { retired() } else { purpose_name(purpose % purposes) },
            attributes: masked(one & other, attributes).into_iter().chain(odd.then(undeclared)).collect(),
            channel: channel.map(channel_name),
            recipient: recipient_name(recipient),
            known,
        })
        .boxed()
}

const KEEPS: [Option<i32>; 5] = [None, None, Some(1), Some(5), Some(30)];

type PurposeDraft = ((usize, u8, u8, u8), (u32, u8, u8, bool, usize), (bool, usize, u32, bool));

fn purposes(count: usize, attributes: usize) -> impl Strategy<Value = Vec<Purpose>> {
    let one = (
        (prop_oneof![4 => Just(0usize), 8 => 1..8usize], any::<u8>(), any::<u8>(), any::<u8>()),
        (
            prop_oneof![5 => Just(u32::MAX), 1 => any::<u32>()],
            any::<u8>(),
            any::<u8>(),
            proptest::bool::weighted(0.7),
            0..KEEPS.len(),
        ),
        (any::<bool>(), 0..3usize, 1..=2u32, any::<bool>()),
    );
    proptest::collection::vec(one, count).prop_map(move |specs| {
        let build = |(i, (values, (ops, compatible, less, ends, keep), rest)): (usize, PurposeDraft)| {
            let (basis, needs, may, more) = values;
            let (loses_tie, channels, covered_since, months) = rest;
            let basis = basis_of(basis);
            let empty = basis == LegalBasis::NoPersonalData;
            let needs = if empty { 0 } else { needs & more & less };
            let may = if empty { 0 } else { (may | more) & !needs };
            let mut purpose = purpose(i, basis, &[], &[]);
            purpose.needs = masked(needs, attributes);
            purpose.may = masked(may, attributes);
            purpose.operations = bits(ops);
            purpose.compatible_with = (0..count)
                .filter(|j| *j != i && compatible & less & (1 << j) != 0)
                .map(purpose_name)
                .collect();
            purpose.ends = ends.then(|| EventName::new("ended").unwrap());
            purpose.keep = KEEPS[keep].map(|days| Keep {
                term: if months { Span::new().months(days / 5 + 1) } else { Span::new().days(days) },
                because: Wording::same("claims"),
            });
            purpose.then = if loses_tie { EndAction::Depersonalise } else { EndAction::Destroy };
            if let Some(terms) = &mut purpose.consent {
                terms.channels = (0..channels).map(channel_name).collect();
                terms.covered_since = covered_since;
            }
            purpose
        };
        specs.into_iter().enumerate().map(build).collect()
    })
}

/// A purpose that declares every operation, is opened by no event, and keeps nothing after its end.
pub fn purpose(i: usize, basis: LegalBasis, needs: &[usize], may: &[usize]) -> Purpose {
    Purpose {
        name: purpose_name(i),
        title: wording(),
        consent: (basis == LegalBasis::Consent).then(|| ConsentTerms {
            term: Span::new().years(1),
            channels: BTreeSet::new(),
            text: wording(),
            digests: [[1; 32], [2; 32], [3; 32]],
            covered_since: 1,
        }),
        basis,
        needs: needs.iter().map(|a| attribute_name(*a)).collect(),
        may: may.iter().map(|a| attribute_name(*a)).collect(),
        compartment: CompartmentName::new("one").unwrap(),
        operations: bits(u32::MAX),
        compatible_with: BTreeSet::new(),
        to: BTreeSet::new(),
        starts: None,
        ends: None,
        keep: None,
        then: EndAction::Destroy,
        staff: BTreeSet::new(),
        automation: Automation::Automated,
        clauses: vec![],
    }
}

fn basis_of(i: usize) -> LegalBasis {
    let (law, article) = ("law".to_owned(), "article".to_owned());
    match i {
        0 => LegalBasis::Consent,
        1 => LegalBasis::Law { law, article },
        2 => LegalBasis::Justice,
        3 => LegalBasis::Contract,
        4 => LegalBasis::LegitimateInterest { balancing: Wording::same("weighed") },
        5 => LegalBasis::MadePublic,
        6 => LegalBasis::PublicationRequired { law, article },
        _ => LegalBasis::NoPersonalData,
    }
}

/// What an event is made from, before it is known what the policy says.
#[derive(Clone, Debug)]
struct Draft {
    what: u8,
    purpose: usize,
    mask: u8,
    gap: usize,
    a: usize,
    b: usize,
}

const GAPS: [i64; 8] = [0, 1, 1, 6, 18, 24, 120, 720];
const TERMS: [i64; 6] = [1, 6, 24, 120, 720, 2400];

fn drafts(purposes: usize) -> impl Strategy<Value = Vec<Draft>> {
    let what = prop_oneof![
        8 => Just(0u8), // collected
        8 => Just(1),   // a consent given or a ground opened, as the purpose asks
        5 => Just(2),   // withdrawn or ended
        1 => Just(3),   // a no
        1 => Just(4),   // a consent or a ground that the purpose does not ask for
        1 => Just(5),   // blocked
        1 => Just(6),   // unblocked
        1 => Just(7),   // held
        1 => Just(8),   // released
        1 => Just(9),   // rectified, awaited, confirmed, linked
        1 => Just(10),  // erased
    ];
    let what = prop_oneof![60 => what, 1 => Just(11)]; // stopped
    let draft = (what, 0..purposes * 12 + 1, any::<u8>(), 0..GAPS.len(), 0..64usize, 0..64usize).prop_map(
        move |(what, purpose, mask, gap, a, b)| Draft {
            what,
            purpose: if purpose == purposes * 12 { purposes } else { purpose % purposes },
            mask,
            gap,
            a,
            b,
        },
    );
    proptest::collection::vec(draft, 0..22)
}

fn happened(draft: &Draft, at: Timestamp, purposes: &[Purpose], attributes: usize) -> StandingEvent {
    let declared = purposes.get(draft.purpose);
    let purpose = declared.map_or_else(retired, |p| p.name.clone());
    let later = |i: usize| at + TERMS[i % TERMS.len()].hours();
    let channel = (!draft.a.is_multiple_of(3)).then(|| channel_name(draft.a % 3 - 1));
    let reference = if draft.b.is_multiple_of(4) { "order 2" } else { "order 1" }.to_owned();
    let id = ThingId::new([u8::try_from(draft.b % 3).unwrap(); 16]);
    let until = (!draft.a.is_multiple_of(4)).then(|| later(draft.b));
    let values = masked(draft.mask, attributes);
    let kind = declared.and_then(|p| p.basis.kind());
    let answer = |state| {
        StandingEvent::ConsentAnswered(Consent {
            purpose: purpose.clone(),
            channel: match declared.and_then(|p| p.consent.as_ref()) {
                Some(terms) if !draft.b.is_multiple_of(8) => {
                    terms.channels.iter().cycle().nth(draft.a % 2).cloned()
                }
                _ => channel.clone(),
            },
            policy_version: if draft.b.is_multiple_of(5) { 1 } else { 2 },
            text_digest: [2; 32],
            language: Language::Russian,
            evidence: "form".into(),
            by: Default::default(),
            state,
        })
    };
    let opened = |basis| StandingEvent::GroundOpened {
        purpose: purpose.clone(),
        basis,
        reference: reference.clone(),
        at,
    };
    match draft.what {
        0 => {
            // Three of four times as the gate would let it: only what the purpose has a use for.
            let fits = |a: &AttributeName| draft.b.is_multiple_of(4) || declared.is_some_and(|p| p.uses(a));
            StandingEvent::Collected {
                attributes: values.into_iter().filter(fits).collect(),
                purpose,
                source: Source::ALL[draft.a % 5],
                at,
            }
        }
        1 if kind == Some(BasisKind::Consent) => answer(ConsentState::Given { at, until: later(draft.b) }),
        1 => opened(kind.unwrap_or(BasisKind::Contract)),
        2 if kind == Some(BasisKind::Consent) => StandingEvent::ConsentWithdrawn { purpose, channel, at },
        2 => StandingEvent::GroundEnded {
            purpose,
            reference,
            ended: Ended {
                at,
                cause: EndCause::ALL[draft.a % 5],
                keep_until: if draft.b.is_multiple_of(3) { at } else { later(draft.b) },
            },
        },
        3 => answer(ConsentState::Refused { at }),
        4 if draft.b.is_multiple_of(2) => answer(ConsentState::Given { at, until: later(draft.b) }),
        4 => opened(BasisKind::ALL[draft.a % 7]),
        5 => StandingEvent::Restricted(Restriction {
            id,
            scope: match draft.a % 3 {
                0 => RestrictionScope::Everything,
                1 => RestrictionScope::Purpose(purpose),
                _ => RestrictionScope::Attributes(values),
            },
            reason: RestrictionReason::Inaccurate,
            since: at,
            until,
        }),
        6 => StandingEvent::Unrestricted { id, at },
        7 => StandingEvent::HoldPlaced(Hold { id, ground: "dispute".into(), since: at, until }),
        8 => StandingEvent::HoldLifted { id, at },
        9 => match draft.a % 4 {
            0 => StandingEvent::Rectified { attributes: values, source: Source::Subject, at },
            1 => StandingEvent::RectificationAwaits { attributes: values, at },
            2 => StandingEvent::Confirmed { attributes: values, at },
            _ => StandingEvent::Linked { purpose, at },
        },
        10 => StandingEvent::Erased { attributes: values, purposes: [purpose].into(), at },
        _ => StandingEvent::Stopped { at },
    }
}

/// The instants that anything in the history, or the policy's terms counted from them, turns on.
fn turning_points(policy: &Policy, law: &LawEdition, history: &[StandingEvent]) -> BTreeSet<Timestamp> {
    let mut points = BTreeSet::from([start()]);
    for event in history {
        match event {
            StandingEvent::Collected { at, .. }
            | StandingEvent::ConsentWithdrawn { at, .. }
            | StandingEvent::GroundOpened { at, .. }
            | StandingEvent::Stopped { at }
            | StandingEvent::Erased { at, .. } => points.extend([*at]),
            StandingEvent::ConsentAnswered(consent) => match consent.state {
                ConsentState::Given { at, until } => points.extend([at, until]),
                ConsentState::Refused { at } | ConsentState::Withdrawn { at, .. } => points.extend([at]),
            },
            StandingEvent::GroundEnded { ended, .. } => points.extend([ended.at, ended.keep_until]),
            StandingEvent::Restricted(r) => points.extend([Some(r.since), r.until].into_iter().flatten()),
            StandingEvent::HoldPlaced(h) => points.extend([Some(h.since), h.until].into_iter().flatten()),
            _ => {}
        }
    }
    let terms = policy.purposes.values().filter_map(|p| p.keep.as_ref()).map(|k| k.term);
    let ends: Vec<_> =
        terms.flat_map(|term| points.iter().map(move |at| law.calendar.end_of_term(*at, term))).collect();
    points.extend(ends);
    points
}

fn operator() -> Operator {
    Operator {
        name: wording(),
        bin: String::new(),
        address: wording(),
        sites: vec![],
        email: String::new(),
        storage: "KZ".into(),
    }
}

/// A law that does not know the bases of the mask.
pub fn law(unknown: u8, change: bool, destruction: bool) -> LawEdition {
    let basis = |(i, kind): (usize, BasisKind)| {
        let known = unknown & (1 << i) == 0;
        (kind, LawBasis { known, source: String::new(), certainty: Certainty::Text })
    };
    LawEdition {
        pack: "zz".into(),
        law: wording(),
        edition: jiff::civil::date(2026, 1, 1),
        made_by: "invented".into(),
        certainty: Certainty::Text,
        verified_until: jiff::civil::date(2027, 1, 1),
        bases: BasisKind::ALL.into_iter().enumerate().map(basis).collect(),
        block_freezes_change: change,
        block_freezes_destruction: destruction,
        deadlines: BTreeMap::new(),
        answers: vec![],
        extensions: vec![],
        consent_fields: vec![],
        calendar: Calendar {
            zone: jiff::tz::TimeZone::get("Asia/Almaty").unwrap(),
            days_off: BTreeSet::new(),
            working_weekends: BTreeSet::new(),
            years: 2025..=2027,
            counting: Counting::default(),
        },
    }
}

fn attribute(i: usize, keeps: bool) -> (AttributeName, Attribute) {
    let attribute = Attribute {
        name: attribute_name(i),
        kind: Kind::Text,
        label: wording(),
        findable: false,
        about: saqta_domain::terms::attribute::About::Subject,
        sensitivity: Sensitivity::Ordinary,
        confirm_every: None,
        depersonalise: if keeps { Depersonalise::Keep } else { Depersonalise::Destroy },
        max_bytes: 0,
        clauses: vec![],
    };
    (attribute.name.clone(), attribute)
}

/// A policy with these purposes over so many attributes.
pub fn policy(purposes: Vec<Purpose>, attributes: usize, tied: u8, strict: bool) -> Policy {
    Policy {
        version: 2,
        digest: [0; 32],
        effective_from: start(),
        operator: operator(),
        jurisdictions: vec!["zz".into()],
        strict,
        attributes: (0..attributes).map(|i| attribute(i, tied & (1 << i) == 0)).collect(),
        purposes: purposes.into_iter().map(|p| (p.name.clone(), p)).collect(),
        recipients: BTreeMap::new(),
        requests: BTreeMap::new(),
        links: vec![],
        explains: BTreeSet::new(),
    }
}

/// A world, and some questions to ask in it.
pub fn worlds() -> impl Strategy<Value = (World, Vec<Question>)> {
    (2..=6usize, 3..=8usize).prop_flat_map(|(count, attributes)| {
        let surroundings = (
            proptest::bool::weighted(0.2),
            prop_oneof![2 => Just(0u8), 1 => any::<u8>()],
            any::<(bool, bool)>(),
            prop_oneof![5 => Just(0u8), 1 => any::<u8>()],
            any::<u8>(),
        );
        (
            purposes(count, attributes),
            (drafts(count), recipients()),
            surroundings,
            (any::<Index>(), -1..=1i64),
            proptest::collection::vec(questions(count, attributes), 8),
        )
            .prop_map(
                move |(purposes, (drafts, recipients), surroundings, (pick, nudge), questions)| {
                    let (strict, unknown, (change, destruction), stopped, tied) = surroundings;
                    let mut at = start();
                    let mut history = Vec::new();
                    for draft in &drafts {
                        at += GAPS[draft.gap].hours();
                        history.push(happened(draft, at, &purposes, attributes));
                    }
                    let law = law(unknown, change, destruction);
                    let mut policy = policy(purposes, attributes, tied, strict);
                    let points: Vec<_> = turning_points(&policy, &law, &history).into_iter().collect();
                    let now = *pick.get(&points) + nudge.seconds();
                    declare(&recipients, &mut policy, attributes, law.calendar.day_of(now));
                    let stops = (0..count)
                        .filter(|i| stopped & (1 << i) != 0)
                        .map(|i| (purpose_name(i), Stop { at: start() }))
                        .collect();
                    (World { policy, law, stops, history, now }, questions)
                },
            )
    })
}
