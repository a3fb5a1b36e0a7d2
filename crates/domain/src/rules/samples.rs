//! Which invented policy and persons do the rules' own tests speak of?

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, Timestamp, ToSpan};

use super::Situation;
use crate::terms::actor::{Actor, Scope};
use crate::terms::attribute::{Attribute, Depersonalise, Sensitivity};
use crate::terms::basis::{BasisKind, LegalBasis};
use crate::terms::calendar::{Calendar, Counting};
use crate::terms::consent::{Consent, ConsentState};
use crate::terms::event::StandingEvent;
use crate::terms::kind::Kind;
use crate::terms::law::{Certainty, LawBasis, LawEdition};
use crate::terms::names::{
    AttributeName, ChannelName, Clause, CompartmentName, EventName, Language, PurposeName, RecipientName,
    Wording,
};
use crate::terms::operation::Operation;
use crate::terms::policy::{Link, Operator, Policy};
use crate::terms::purpose::{Automation, ConsentTerms, EndAction, Keep, Purpose};
use crate::terms::recipient::{Agreement, Recipient};
use crate::terms::standing::{
    EndCause, Ended, Restriction, RestrictionReason, RestrictionScope, Source, Standing, Stop,
};
use crate::terms::subject::{SubjectId, ThingId};

/// A whole situation to ask in; tests bend what they need.
pub(crate) struct Case {
    pub policy: Policy,
    pub law: LawEdition,
    pub stops: BTreeMap<PurposeName, Stop>,
    pub now: Timestamp,
}

/// Midnight in Almaty, so many days from the day of the tests.
pub(crate) fn day(offset: i64) -> Timestamp {
    let zero: Timestamp = "2026-06-30T19:00:00Z".parse().unwrap();
    zero + (offset * 24).hours()
}

pub(crate) fn wording(text: &str) -> Wording {
    Wording { kk: text.into(), ru: text.into(), en: text.into() }
}

/// A key that may do everything for orders and deliveries, and nothing else.
pub(crate) fn clerk() -> Actor {
    let mut scope = scope(&["order", "delivery", "promo"]);
    scope.operations.remove(&Operation::Dissemination);
    Actor::Key { id: "0badc0de".into(), scope }
}

fn scope(purposes: &[&str]) -> Scope {
    Scope {
        purposes: purposes.iter().map(|p| Case::purpose(p)).collect(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("7 of 2026-01-12".into()),
    }
}

impl Case {
    pub fn new() -> Self {
        let attributes = [
            ("full_name", Kind::Name, Depersonalise::Destroy),
            ("phone", Kind::Phone, Depersonalise::Destroy),
            ("email", Kind::Email, Depersonalise::Destroy),
            ("iin", Kind::Iin, Depersonalise::Destroy),
            ("city", Kind::Text, Depersonalise::Keep),
            ("car_plate", Kind::Plate, Depersonalise::Destroy),
            ("visitor_id", Kind::Text, Depersonalise::Destroy),
        ];
        let contract = LegalBasis::Contract;
        let interest = LegalBasis::LegitimateInterest { balancing: wording("weighed") };
        let mut purposes: BTreeMap<PurposeName, Purpose> = [
            purpose("order", contract.clone(), &["full_name", "phone"], &["email"], "trade"),
            purpose("delivery", contract, &["phone"], &["city"], "trade"),
            purpose("marketing", LegalBasis::Consent, &["email"], &[], "marketing"),
            purpose("service_book", LegalBasis::Consent, &["car_plate"], &[], "trade"),
            purpose("site_visit", interest, &["visitor_id"], &[], "visits"),
            purpose("promo", LegalBasis::NoPersonalData, &[], &[], "promo"),
        ]
        .into_iter()
        .map(|p| (p.name.clone(), p))
        .collect();
        let order = purposes.get_mut("order").unwrap();
        order.starts = EventName::new("order.created").ok();
        order.ends = EventName::new("order.closed").ok();
        order.keep = Some(Keep { term: Span::new().years(3), because: wording("claims") });
        order.operations.remove(&Operation::Dissemination);
        let delivery = purposes.get_mut("delivery").unwrap();
        delivery.ends = EventName::new("order.delivered").ok();
        delivery.compatible_with = [Self::purpose("order")].into();
        delivery.to = ["carrier", "foreign"].map(Self::recipient).into();
        delivery.then = EndAction::Depersonalise;
        purposes.get_mut("promo").unwrap().operations.clear();
        purposes.get_mut("site_visit").unwrap().keep =
            Some(Keep { term: Span::new().days(30), because: wording("security") });
        let channels = ["email", "sms"].iter().map(|c| ChannelName::new(c).unwrap()).collect();
        purposes.get_mut("marketing").unwrap().consent = Some(consent_terms(channels));
        purposes.get_mut("service_book").unwrap().consent = Some(consent_terms(BTreeSet::new()));
        Self {
            policy: Policy {
                version: 1,
                digest: [0; 32],
                effective_from: day(-300),
                operator: Operator {
                    name: wording("operator"),
                    bin: "171040010072".into(),
                    address: wording("address"),
                    sites: vec![],
                    email: "privacy@shop.example".into(),
                    storage: "KZ".into(),
                },
                jurisdictions: vec!["kz".into()],
                strict: false,
                attributes: attributes
                    .into_iter()
                    .map(|(name, kind, depersonalise)| {
                        let name = AttributeName::new(name).unwrap();
                        (name.clone(), attribute(name, kind, depersonalise))
                    })
                    .collect(),
                purposes,
                recipients: [
                    recipient("carrier", "KZ", &[("delivery", &["phone"])], "7.2"),
                    recipient("foreign", "DE", &[("delivery", &["city"])], "7.2"),
                    recipient("wash", "KZ", &[], "5.8"),
                ]
                .into_iter()
                .map(|r| (r.name.clone(), r))
                .collect(),
                requests: BTreeMap::new(),
                links: vec![Link {
                    from: Self::purpose("site_visit"),
                    to: Self::purpose("order"),
                    clauses: vec![],
                }],
                explains: BTreeSet::new(),
            },
            law: law(),
            stops: BTreeMap::new(),
            now: day(0),
        }
    }

    pub fn situation(&self) -> Situation<'_> {
        Situation { policy: &self.policy, law: &self.law, stops: &self.stops, now: self.now }
    }

    pub fn stop(&mut self, purpose: &str) {
        self.stops.insert(Self::purpose(purpose), Stop { at: self.now });
    }

    pub fn purpose(name: &str) -> PurposeName {
        PurposeName::new(name).unwrap()
    }

    pub fn recipient(name: &str) -> RecipientName {
        RecipientName::new(name).unwrap()
    }

    pub fn attributes(names: &[&str]) -> BTreeSet<AttributeName> {
        names.iter().map(|n| AttributeName::new(n).unwrap()).collect()
    }

    pub fn person(&self) -> Standing {
        Standing::new(SubjectId::new([7; 16]), day(-300))
    }

    pub fn everything_for(purposes: &[&str]) -> Actor {
        Actor::Key { id: "0badc0de".into(), scope: scope(purposes) }
    }

    pub fn collects(purpose: &str, attributes: &[&str], at: Timestamp) -> StandingEvent {
        StandingEvent::Collected {
            purpose: Self::purpose(purpose),
            attributes: Self::attributes(attributes),
            source: Source::Subject,
            at,
        }
    }

    pub fn opens(purpose: &str, basis: BasisKind, reference: &str, at: Timestamp) -> StandingEvent {
        StandingEvent::GroundOpened {
            purpose: Self::purpose(purpose),
            basis,
            reference: reference.into(),
            at,
        }
    }

    pub fn ends(purpose: &str, reference: &str, at: Timestamp, keep_until: Timestamp) -> StandingEvent {
        StandingEvent::GroundEnded {
            purpose: Self::purpose(purpose),
            reference: reference.into(),
            ended: Ended { at, cause: EndCause::PurposeReached, keep_until },
        }
    }

    pub fn consents(
        purpose: &str,
        channel: Option<&str>,
        at: Timestamp,
        until: Timestamp,
        policy_version: u32,
    ) -> StandingEvent {
        Self::answers(purpose, channel, ConsentState::Given { at, until }, policy_version)
    }

    pub fn refuses(purpose: &str, channel: Option<&str>, at: Timestamp) -> StandingEvent {
        Self::answers(purpose, channel, ConsentState::Refused { at }, 1)
    }

    fn answers(
        purpose: &str,
        channel: Option<&str>,
        state: ConsentState,
        policy_version: u32,
    ) -> StandingEvent {
        StandingEvent::ConsentAnswered(Consent {
            purpose: Self::purpose(purpose),
            channel: channel.map(|c| ChannelName::new(c).unwrap()),
            policy_version,
            text_digest: [2; 32],
            language: Language::Russian,
            evidence: "form 1".into(),
            by: Default::default(),
            state,
        })
    }

    pub fn withdraws(purpose: &str, channel: Option<&str>, at: Timestamp) -> StandingEvent {
        StandingEvent::ConsentWithdrawn {
            purpose: Self::purpose(purpose),
            channel: channel.map(|c| ChannelName::new(c).unwrap()),
            at,
        }
    }

    pub fn blocks(until: Option<Timestamp>, since: Timestamp) -> StandingEvent {
        StandingEvent::Restricted(Restriction {
            id: ThingId::new([5; 16]),
            scope: RestrictionScope::Everything,
            reason: RestrictionReason::Inaccurate,
            since,
            until,
        })
    }
}

fn attribute(name: AttributeName, kind: Kind, depersonalise: Depersonalise) -> Attribute {
    Attribute {
        label: wording(name.as_str()),
        name,
        kind,
        findable: false,
        about: crate::terms::attribute::About::Subject,
        sensitivity: Sensitivity::Ordinary,
        confirm_every: None,
        depersonalise,
        max_bytes: 0,
        clauses: vec![],
    }
}

fn purpose(name: &str, basis: LegalBasis, needs: &[&str], may: &[&str], compartment: &str) -> Purpose {
    Purpose {
        name: Case::purpose(name),
        title: wording(name),
        basis,
        needs: Case::attributes(needs),
        may: Case::attributes(may),
        compartment: CompartmentName::new(compartment).unwrap(),
        operations: Operation::ALL.into_iter().collect(),
        compatible_with: BTreeSet::new(),
        to: BTreeSet::new(),
        starts: None,
        ends: None,
        keep: None,
        then: EndAction::Destroy,
        consent: None,
        staff: BTreeSet::new(),
        automation: Automation::Automated,
        clauses: vec![],
    }
}

fn recipient(name: &str, country: &str, gets: &[(&str, &[&str])], clause: &'static str) -> Recipient {
    Recipient {
        name: Case::recipient(name),
        title: wording(name),
        country: country.into(),
        role: "third party".into(),
        agreement: Some(Agreement {
            no: "12/26".into(),
            from: jiff::civil::date(2026, 1, 12),
            until: None,
            confidentiality: true,
        }),
        gets: gets.iter().map(|(p, a)| (Case::purpose(p), Case::attributes(a))).collect(),
        clauses: vec![Clause::fixed(clause), Clause::fixed("7.5")],
    }
}

fn consent_terms(channels: BTreeSet<ChannelName>) -> ConsentTerms {
    ConsentTerms {
        term: Span::new().years(2),
        channels,
        text: wording("yes?"),
        digests: [[1; 32], [2; 32], [3; 32]],
        covered_since: 1,
    }
}

fn law() -> LawEdition {
    let bases = BasisKind::ALL
        .into_iter()
        .map(|basis| {
            let known = !matches!(basis, BasisKind::Contract | BasisKind::LegitimateInterest);
            (basis, LawBasis { known, source: "invented".into(), certainty: Certainty::Text })
        })
        .collect();
    LawEdition {
        pack: "kz".into(),
        law: wording("law"),
        edition: jiff::civil::date(2026, 1, 18),
        made_by: "invented".into(),
        certainty: Certainty::Text,
        verified_until: jiff::civil::date(2027, 1, 1),
        bases,
        block_freezes_change: true,
        block_freezes_destruction: true,
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
