//! In which small worlds did the rules and their words once part?

use std::collections::BTreeMap;

use jiff::{Span, Timestamp, ToSpan};

use saqta_domain::rules::basis_stands::basis_stands;
use saqta_domain::rules::may_advance::may_advance;
use saqta_domain::rules::may_destroy::may_destroy;
use saqta_domain::rules::may_link::may_link;
use saqta_domain::rules::may_read::{may_read, may_use};
use saqta_domain::rules::may_rectify::may_confirm;
use saqta_domain::rules::may_take_consent::may_take_consent;
use saqta_domain::rules::must_destroy::{Life, life, must_destroy, next_due};
use saqta_domain::rules::must_stop::must_stop;
use saqta_domain::rules::{Ask, Permit};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::basis::{BasisKind, LegalBasis};
use saqta_domain::terms::consent::{Consent, ConsentState};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{ChannelName, EventName, Language, Wording};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::Link;
use saqta_domain::terms::purpose::{Keep, Purpose};
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::standing::{
    EndCause, Ended, Hold, Restriction, RestrictionReason, RestrictionScope, Source, Standing, Stop,
};
use saqta_domain::terms::subject::ThingId;

use super::world::{World, attribute_name, channel_name, folded, law, policy, purpose, purpose_name, start};

const SYSTEM: Actor = Actor::System("test");

fn day(offset: i64) -> Timestamp {
    start() + (offset * 24).hours()
}

fn days(count: i32) -> Option<Keep> {
    Some(Keep { term: Span::new().days(count), because: Wording::same("claims") })
}

fn event(name: &str) -> Option<EventName> {
    EventName::new(name).ok()
}

/// Purposes `p0`, `p1`, … over the attributes `a0` and `a1`; blocks freeze change and destruction.
fn world(purposes: Vec<Purpose>, now: Timestamp, history: Vec<StandingEvent>) -> World {
    World {
        policy: policy(purposes, 2, u8::MAX, false),
        law: law(0, true, true),
        stops: BTreeMap::new(),
        history,
        now,
    }
}

fn of_law() -> LegalBasis {
    LegalBasis::Law { law: "law".into(), article: "article".into() }
}

fn collects(purpose: usize, attributes: &[usize], at: Timestamp) -> StandingEvent {
    StandingEvent::Collected {
        purpose: purpose_name(purpose),
        attributes: attributes.iter().map(|a| attribute_name(*a)).collect(),
        source: Source::Subject,
        at,
    }
}

fn opens(purpose: usize, basis: BasisKind, reference: &str, at: Timestamp) -> StandingEvent {
    StandingEvent::GroundOpened { purpose: purpose_name(purpose), basis, reference: reference.into(), at }
}

fn ends(purpose: usize, reference: &str, at: Timestamp, keep_until: Timestamp) -> StandingEvent {
    StandingEvent::GroundEnded {
        purpose: purpose_name(purpose),
        reference: reference.into(),
        ended: Ended { at, cause: EndCause::PurposeReached, keep_until },
    }
}

fn answer(purpose: usize, channel: Option<usize>, state: ConsentState) -> Consent {
    Consent {
        purpose: purpose_name(purpose),
        channel: channel.map(channel_name),
        policy_version: 2,
        text_digest: [2; 32],
        language: Language::Russian,
        evidence: "form".into(),
        by: Default::default(),
        state,
    }
}

fn yes(purpose: usize, channel: Option<usize>, at: Timestamp, until: Timestamp) -> StandingEvent {
    StandingEvent::ConsentAnswered(answer(purpose, channel, ConsentState::Given { at, until }))
}

fn refuses(purpose: usize, at: Timestamp) -> StandingEvent {
    StandingEvent::ConsentAnswered(answer(purpose, None, ConsentState::Refused { at }))
}

fn withdraws(purpose: usize, channel: Option<usize>, at: Timestamp) -> StandingEvent {
    StandingEvent::ConsentWithdrawn { purpose: purpose_name(purpose), channel: channel.map(channel_name), at }
}

fn blocks(scope: RestrictionScope, until: Option<Timestamp>) -> StandingEvent {
    let (id, reason) = (ThingId::new([1; 16]), RestrictionReason::Inaccurate);
    StandingEvent::Restricted(Restriction { id, scope, reason, since: start(), until })
}

fn holds(until: Option<Timestamp>) -> StandingEvent {
    StandingEvent::HoldPlaced(Hold {
        id: ThingId::new([2; 16]),
        ground: "dispute".into(),
        since: start(),
        until,
    })
}

fn reads(world: &World, standing: &Standing, purpose: usize, attribute: usize) -> Result<bool, RefusalCode> {
    let (purpose, attributes) = (purpose_name(purpose), [attribute_name(attribute)].into());
    let ask = Ask { actor: &SYSTEM, purpose: &purpose, attributes: &attributes };
    may_read(&world.situation(), &ask, Some(standing)).map(|p| !p.attributes().is_empty()).map_err(|r| r.code)
}

fn ended(world: &World, standing: &Standing) -> usize {
    must_destroy(&world.situation(), standing).map_or(0, |(permit, _)| permit.attributes().len())
}

fn touched<Op>(answer: &Permit<Op>) -> usize {
    answer.attributes().len()
}

/// 5.7: an invoice needs the name that was taken for the order for two years longer than the order does.
#[test]
fn ending_one_purpose_leaves_a_compatible_one_what_it_needs() {
    let mut invoice = purpose(1, of_law(), &[0], &[]);
    invoice.compatible_with = [purpose_name(0)].into();
    invoice.ends = event("invoice.issued");
    let mut order = purpose(0, LegalBasis::Contract, &[0, 1], &[]);
    order.ends = event("order.closed");
    let world = world(
        vec![order, invoice],
        day(30),
        vec![
            opens(0, BasisKind::Contract, "A-1", day(0)),
            collects(0, &[0, 1], day(0)),
            opens(1, BasisKind::Law, "A-1", day(1)),
            ends(0, "A-1", day(2), day(30)),
        ],
    );
    let standing = world.standing();
    assert_eq!(reads(&world, &standing, 1, 0), Ok(true));
    let (_, ending) = must_destroy(&world.situation(), &standing).unwrap();
    assert_eq!(ending.destroy, [attribute_name(1)].into());
    let after = standing.after(&StandingEvent::Erased {
        attributes: ending.destroy,
        purposes: ending.purposes,
        at: day(30),
    });
    assert_eq!(ended(&world, &after), 0);
    assert_eq!(reads(&world, &after, 1, 0), Ok(true));
}

/// 5.7, 7.10: the term of a purpose that no event ends is its end for reading, not only for destruction.
#[test]
fn a_purpose_whose_term_ran_out_reads_nothing() {
    let mut visit = purpose(0, LegalBasis::LegitimateInterest { balancing: Wording::same("") }, &[0], &[]);
    visit.keep = days(30);
    let history = vec![opens(0, BasisKind::LegitimateInterest, "v", day(0)), collects(0, &[0], day(0))];
    let world = world(vec![visit], day(31), history);
    assert_eq!(ended(&world, &world.standing()), 1);
    assert_eq!(reads(&world, &world.standing(), 0, 0), Err(RefusalCode::PurposeReached));
}

/// 5.7, 7.4: a person who said yes and then no is looked at again, and what was declared to be kept is kept.
#[test]
fn a_no_after_a_yes_ends_the_purpose_like_a_withdrawal() {
    let mut book = purpose(0, LegalBasis::Consent, &[0], &[]);
    let history = vec![yes(0, None, day(0), day(300)), collects(0, &[0], day(0)), refuses(0, day(5))];
    let at_once = world(vec![book.clone()], day(5), history.clone());
    assert_eq!(ended(&at_once, &at_once.standing()), 1);
    assert_eq!(next_due(&at_once.situation(), &at_once.standing()), Some(day(5)));
    book.keep = days(30);
    let kept = world(vec![book.clone()], day(6), history);
    let (standing, situation) = (kept.standing(), kept.situation());
    let expected = Life::KeptUntil(day(36), EndCause::ConsentWithdrawn);
    assert_eq!(life(&situation, &book, &standing), expected);
    assert_eq!(ended(&kept, &standing), 0);
}

/// 5.7: what no purpose carries any more is due, even when no purpose ever comes to an end.
#[test]
fn a_value_that_the_policy_has_no_use_for_any_more_is_due_at_once() {
    let order = purpose(0, LegalBasis::Contract, &[0], &[]);
    let history = vec![opens(0, BasisKind::Contract, "A-1", day(0)), collects(0, &[0, 1], day(0))];
    let world = world(vec![order], day(1), history);
    assert_eq!(ended(&world, &world.standing()), 1);
    let due = next_due(&world.situation(), &world.standing());
    assert!(due.is_some_and(|due| due <= day(1)), "{due:?}");
}

/// 5.7: where a block does not freeze destruction, it does not put it off either.
#[test]
fn a_block_that_freezes_nothing_does_not_put_off_the_end_of_a_hold() {
    for until in [None, Some(day(50))] {
        let mut order = purpose(0, LegalBasis::Contract, &[0], &[]);
        order.ends = event("order.closed");
        let mut world = world(
            vec![order],
            day(5),
            vec![
                opens(0, BasisKind::Contract, "A-1", day(0)),
                collects(0, &[0], day(0)),
                ends(0, "A-1", day(1), day(2)),
                holds(Some(day(9))),
                blocks(RestrictionScope::Everything, until),
            ],
        );
        world.law.block_freezes_destruction = false;
        assert_eq!(next_due(&world.situation(), &world.standing()), Some(day(9)));
        world.now = day(9);
        assert_eq!(ended(&world, &world.standing()), 1);
    }
}

/// 7.10: one channel taken back in the morning does not close the purpose that another channel keeps open till evening.
#[test]
fn a_purpose_lives_while_any_of_its_consents_is_open() {
    let mut marketing = purpose(0, LegalBasis::Consent, &[], &[0]);
    marketing.keep = days(30);
    marketing.consent.as_mut().unwrap().channels = [channel_name(0), channel_name(1)].into();
    let noon = day(5) + 12.hours();
    let world = world(
        vec![marketing.clone()],
        noon,
        vec![
            yes(0, Some(0), day(0), day(300)),
            yes(0, Some(1), day(0), day(5) + 18.hours()),
            withdraws(0, Some(0), day(5) + 10.hours()),
        ],
    );
    let (situation, standing) = (world.situation(), world.standing());
    assert!(basis_stands(&situation, &marketing, &standing, None).is_ok());
    assert_eq!(life(&situation, &marketing, &standing), Life::Open(BasisKind::Consent));
}

/// 4.1, 5.7: whoever withdraws before demanding destruction gets no less than whoever does not.
#[test]
fn what_was_locked_after_a_withdrawal_is_destroyed_on_demand() {
    let mut book = purpose(0, LegalBasis::Consent, &[0], &[]);
    book.keep = days(30);
    let given = vec![yes(0, None, day(0), day(300)), collects(0, &[0], day(0))];
    let taken = given.iter().cloned().chain([withdraws(0, None, day(4))]).collect();
    for history in [given, taken] {
        let world = world(vec![book.clone()], day(5), history);
        let (situation, standing) = (world.situation(), world.standing());
        let answer =
            may_destroy(&situation, &SYSTEM, &purpose_name(0), Some(&standing), Operation::Destruction);
        assert_eq!(answer.map(|(permit, _)| touched(&permit)).map_err(|r| r.code), Ok(1));
    }
}

/// 3.2, 7.10: a stop locks what a law requires; it does not let it be destroyed before its term.
#[test]
fn a_stop_does_not_end_what_a_law_requires() {
    let mut recall = purpose(0, of_law(), &[0], &[]);
    recall.ends = event("recall.window_closed");
    let history = vec![opens(0, BasisKind::Law, "V-1", day(0)), collects(0, &[0], day(0))];
    let world = world(vec![recall], day(5), history);
    let standing = world.standing();
    let (_, changes) = must_stop(&world.situation(), &Actor::Subject, &standing).unwrap();
    let stopped = changes.iter().fold(standing, Standing::after);
    assert_eq!(reads(&world, &stopped, 0, 0), Err(RefusalCode::SubjectStopped));
    assert_eq!(ended(&world, &stopped), 0);
}

/// 7.10: an end is always recorded, also when the same event would open a purpose that is stopped.
#[test]
fn an_event_that_may_open_nothing_still_ends_what_it_ends() {
    let mut delivery = purpose(0, LegalBasis::Contract, &[0], &[]);
    delivery.ends = event("order.delivered");
    let mut warranty = purpose(1, LegalBasis::Contract, &[0], &[]);
    warranty.starts = event("order.delivered");
    let mut world =
        world(vec![delivery, warranty], day(5), vec![opens(0, BasisKind::Contract, "A-1", day(0))]);
    world.stops.insert(purpose_name(1), Stop { at: day(1) });
    let delivered = event("order.delivered").unwrap();
    let changes = may_advance(&world.situation(), &SYSTEM, &world.standing(), &delivered, "A-1")
        .map(|(_, changes)| changes.len())
        .map_err(|r| r.code);
    assert_eq!(changes, Ok(1));
}

/// 5.5, 7.1: a caller whose question has no answer for anybody does not learn how this person stands.
#[test]
fn a_channel_nobody_declared_is_refused_before_the_person_is_looked_at() {
    let world = world(vec![purpose(0, LegalBasis::Consent, &[], &[0])], day(5), vec![]);
    let pigeon = ChannelName::new("pigeon").unwrap();
    let (purpose, attributes) = (purpose_name(0), Default::default());
    let ask = Ask { actor: &SYSTEM, purpose: &purpose, attributes: &attributes };
    let nobody = None;
    let stopped = folded(&[StandingEvent::Stopped { at: day(1) }]);
    for standing in [nobody, Some(&stopped)] {
        let code = may_use(&world.situation(), &ask, standing, Some(&pigeon)).unwrap_err().code;
        assert_eq!(code, RefusalCode::ChannelUnknown);
    }
}

/// 5.1: the same, where a strict policy does not accept the ground at all.
#[test]
fn a_ground_the_law_does_not_know_is_refused_before_the_person_is_looked_at() {
    let mut world = world(vec![purpose(0, LegalBasis::Contract, &[], &[0])], day(5), vec![]);
    world.policy.strict = true;
    world.law = law(u8::MAX, true, true);
    let stopped = folded(&[StandingEvent::Stopped { at: day(1) }]);
    assert_eq!(reads(&world, &stopped, 0, 0), Err(RefusalCode::BasisNotInLaw));
}

/// 6.4: a ground that has not begun has not been reached either.
#[test]
fn a_ground_that_begins_later_is_no_ground_yet() {
    let history = vec![opens(0, BasisKind::Contract, "A-1", day(5))];
    let world = world(vec![purpose(0, LegalBasis::Contract, &[], &[0])], day(4), history);
    assert_eq!(reads(&world, &world.standing(), 0, 0), Err(RefusalCode::NoGround));
}

/// 2.2, 3.2, 7.10: joining two records is processing for both purposes.
#[test]
fn records_are_not_joined_for_a_purpose_that_is_stopped_or_blocked() {
    let visit = purpose(0, LegalBasis::LegitimateInterest { balancing: Wording::same("") }, &[0], &[]);
    let order = purpose(1, LegalBasis::Contract, &[1], &[]);
    let history = vec![opens(1, BasisKind::Contract, "A-1", day(0))];
    let mut world = world(vec![visit, order], day(5), history);
    let (from, to) = (purpose_name(0), purpose_name(1));
    world.policy.links = vec![Link { from: from.clone(), to: to.clone(), clauses: vec![] }];
    let (visitor, customer) = (folded(&[]), world.standing());
    let blocked = customer.clone().after(&blocks(RestrictionScope::Purpose(to.clone()), None));
    let joined = |world: &World, customer: &Standing| {
        may_link(&world.situation(), &SYSTEM, &from, &to, Some(&visitor), Some(customer), None)
            .map(drop)
            .map_err(|r| r.code)
    };
    assert_eq!(joined(&world, &customer), Ok(()));
    assert_eq!(joined(&world, &blocked), Err(RefusalCode::Blocked));
    for stopped in [&from, &to] {
        world.stops = [(stopped.clone(), Stop { at: day(1) })].into();
        assert_eq!(joined(&world, &customer), Err(RefusalCode::PurposeStopped));
    }
}

/// 6.1, 7.10: a demand to stop refuses the consents from before it, not those that the person gives after it.
#[test]
fn a_consent_given_after_a_stop_is_taken_and_an_older_one_is_not() {
    let book = purpose(0, LegalBasis::Consent, &[0], &[]);
    let world = world(vec![book], day(5), vec![StandingEvent::Stopped { at: day(2) }]);
    for (at, expected) in [(day(1), Err(RefusalCode::SubjectStopped)), (day(3), Ok(()))] {
        let answer = answer(0, None, ConsentState::Given { at, until: day(300) });
        let verdict = may_take_consent(&world.situation(), &SYSTEM, &world.standing(), &answer, None);
        assert_eq!(verdict.map(drop).map_err(|r| r.code), expected);
        // Taken, it ends the stop; written down all the same, an older one does not.
        let after = world.standing().after(&StandingEvent::ConsentAnswered(answer));
        assert_eq!(reads(&world, &after, 0, 0).map(drop), expected);
    }
}

/// 2.2: confirming is clarifying, which goes on during a block unless the law freezes changes.
#[test]
fn a_blocked_value_can_be_confirmed_where_the_law_lets_it_be_changed() {
    let history = vec![collects(0, &[0], day(0)), blocks(RestrictionScope::Everything, None)];
    let mut world = world(vec![purpose(0, LegalBasis::Contract, &[0], &[])], day(5), history);
    let (purpose, attributes) = (purpose_name(0), [attribute_name(0)].into());
    let ask = Ask { actor: &SYSTEM, purpose: &purpose, attributes: &attributes };
    for (frozen, expected) in [(true, Err(RefusalCode::Blocked)), (false, Ok(()))] {
        world.law.block_freezes_change = frozen;
        let verdict = may_confirm(&world.situation(), &ask, Some(&world.standing()));
        assert_eq!(verdict.map(drop).map_err(|r| r.code), expected);
    }
}

/// 5.7: a withdrawal of what had run out already does not count the locked term anew.
#[test]
fn a_withdrawal_after_the_end_does_not_draw_the_end_out() {
    let mut book = purpose(0, LegalBasis::Consent, &[0], &[]);
    book.keep = days(30);
    let history = vec![yes(0, None, day(0), day(5)), collects(0, &[0], day(0)), withdraws(0, None, day(20))];
    let world = world(vec![book], day(36), history);
    assert_eq!(ended(&world, &world.standing()), 1);
}
