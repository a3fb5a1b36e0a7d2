//! Which sentences about the rules are true in every world?

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::prelude::*;

use saqta_domain::rules::Ask;
use saqta_domain::rules::may_collect::may_collect;
use saqta_domain::rules::may_destroy::may_destroy;
use saqta_domain::rules::may_disclose::may_disclose;
use saqta_domain::rules::may_inspect::may_inspect;
use saqta_domain::rules::may_read::{may_read, may_use};
use saqta_domain::rules::may_rectify::{Rectification, may_rectify};
use saqta_domain::rules::may_restrict::must_lift;
use saqta_domain::rules::may_withdraw::may_withdraw;
use saqta_domain::rules::must_destroy::{Life, life, must_destroy, next_due};
use saqta_domain::rules::must_stop::must_stop;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::standing::{Restriction, RestrictionReason, RestrictionScope, Standing};
use saqta_domain::terms::subject::ThingId;

use super::agree::{ask, reason};
use super::config;
use super::world::{World, folded, undeclared, worlds};

const SYSTEM: Actor = Actor::System("test");

/// Every value that some purpose can take out now, with that purpose, each asked for alone.
fn readable(world: &World, standing: &Standing) -> BTreeSet<(PurposeName, AttributeName)> {
    let mut pairs = BTreeSet::new();
    for purpose in world.policy.purposes.keys() {
        for attribute in world.policy.attributes.keys() {
            let attributes = BTreeSet::from([attribute.clone()]);
            let ask = Ask { actor: &SYSTEM, purpose, attributes: &attributes };
            let (situation, known) = (world.situation(), Some(standing));
            let read = may_read(&situation, &ask, known).is_ok_and(|p| p.attributes().contains(attribute));
            let used =
                may_use(&situation, &ask, known, None).is_ok_and(|p| p.attributes().contains(attribute));
            if read || used {
                pairs.insert((purpose.clone(), attribute.clone()));
            }
        }
    }
    pairs
}

fn done(ending: &saqta_domain::rules::must_destroy::Ending, at: Timestamp) -> StandingEvent {
    StandingEvent::Erased {
        attributes: ending.destroy.union(&ending.release).cloned().collect(),
        purposes: ending.purposes.clone(),
        at,
    }
}

/// Whether something that lifts only by hand keeps everything as it is.
fn frozen(world: &World, standing: &Standing) -> bool {
    standing.holds.iter().any(|h| h.until.is_none())
        || (world.law.block_freezes_destruction && standing.restrictions.iter().any(|r| r.until.is_none()))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_permit_covers_what_was_asked_for_and_needed_and_held((world, questions) in worlds()) {
        let (situation, standing) = (world.situation(), world.standing());
        for question in &questions {
            let ask = ask(question);
            let known = question.known.then_some(&standing);
            let mut permits = Vec::new();
            permits.extend(may_read(&situation, &ask, known).map(|p| (p.attributes().clone(), true)));
            permits.extend(
                may_use(&situation, &ask, known, question.channel.as_ref())
                    .map(|p| (p.attributes().clone(), true)),
            );
            permits.extend(may_collect(&situation, &ask, &standing).map(|p| (p.attributes().clone(), false)));
            permits.extend(may_rectify(&situation, &ask, known).map(|when| match when {
                Rectification::Now(p) => (p.attributes().clone(), true),
                Rectification::AfterTheBlock(p) => (p.attributes().clone(), true),
            }));
            for (attributes, from_the_store) in permits {
                for attribute in &attributes {
                    prop_assert!(question.attributes.contains(attribute));
                    prop_assert!(world.policy.purposes[&question.purpose].uses(attribute));
                    prop_assert!(!from_the_store || standing.held.contains_key(attribute));
                }
            }
        }
    }

    #[test]
    fn what_nobody_declared_is_refused((world, questions) in worlds()) {
        let (situation, standing) = (world.situation(), world.standing());
        for question in &questions {
            let mut question = question.clone();
            if world.policy.purposes.contains_key(&question.purpose) {
                question.attributes.insert(undeclared());
            }
            let (ask, known) = (ask(&question), question.known.then_some(&standing));
            prop_assert!(may_read(&situation, &ask, known).is_err());
            prop_assert!(may_use(&situation, &ask, known, question.channel.as_ref()).is_err());
            prop_assert!(may_collect(&situation, &ask, &standing).is_err());
            prop_assert!(may_rectify(&situation, &ask, known).is_err());
            prop_assert!(may_disclose(&situation, &ask, known, &question.recipient, question.channel.as_ref()).is_err());
        }
    }

    #[test]
    fn a_refusal_that_needs_no_look_at_the_person_is_the_same_for_everybody((world, questions) in worlds()) {
        let (situation, standing) = (world.situation(), world.standing());
        let stranger = folded(&[]);
        for question in &questions {
            let everybody = [None, Some(&stranger), Some(&standing)];
            let used = everybody.map(|somebody| {
                may_use(&situation, &ask(question), somebody, question.channel.as_ref()).err().map(|r| r.code)
            });
            let provided = everybody.map(|somebody| {
                may_disclose(&situation, &ask(question), somebody, &question.recipient, question.channel.as_ref()).err().map(|r| r.code)
            });
            let told = everybody.map(|somebody| {
                may_inspect(&situation, &question.actor, &question.purpose, somebody).err().map(|r| r.code)
            });
            for codes in [used, provided, told] {
                if codes.into_iter().flatten().any(|code| !code.is_about_the_person()) {
                    prop_assert!(codes[0] == codes[1] && codes[1] == codes[2], "{codes:?} {question:?}");
                }
            }
        }
    }

    #[test]
    fn of_whatever_may_be_read_it_is_told_that_it_is_held((world, questions) in worlds()) {
        let (situation, standing) = (world.situation(), world.standing());
        for question in &questions {
            let Ok(read) = may_read(&situation, &ask(question), Some(&standing)) else { continue };
            let told = may_inspect(&situation, &question.actor, &question.purpose, Some(&standing));
            let covers = told.is_ok_and(|(permit, told)| {
                told.now.is_ok() && read.attributes().is_subset(permit.attributes())
            });
            prop_assert!(covers, "{question:?}");
        }
    }

    #[test]
    fn a_standing_counts_every_event((world, _) in worlds()) {
        prop_assert_eq!(usize::try_from(world.standing().version).ok(), Some(world.history.len()));
    }

    #[test]
    fn what_narrows_never_turns_a_refusal_into_a_permit((world, _) in worlds(), held_at in any::<bool>()) {
        let standing = world.standing();
        let before = readable(&world, &standing);
        let at = world.now;
        let mut narrower: Vec<_> = world
            .policy
            .purposes
            .keys()
            .map(|p| StandingEvent::ConsentWithdrawn { purpose: p.clone(), channel: None, at })
            .collect();
        narrower.push(StandingEvent::Stopped { at });
        narrower.push(StandingEvent::Restricted(Restriction {
            id: ThingId::new([u8::from(held_at); 16]),
            scope: RestrictionScope::Everything,
            reason: RestrictionReason::Ordered,
            since: at,
            until: held_at.then_some(Timestamp::MAX),
        }));
        for event in narrower {
            let after = readable(&world, &standing.clone().after(&event));
            prop_assert!(after.is_subset(&before), "{event:?}");
            if matches!(event, StandingEvent::Stopped { .. } | StandingEvent::Restricted(_)) {
                prop_assert!(after.is_empty(), "{event:?}");
            }
        }
    }

    #[test]
    fn the_next_due_instant_is_never_too_late((world, _) in worlds()) {
        let standing = world.standing();
        let due = next_due(&world.situation(), &standing);
        let first = world
            .instants()
            .into_iter()
            .filter(|t| *t >= world.now)
            .chain([world.now])
            .filter(|t| must_destroy(&world.at(*t), &standing).is_some())
            .min();
        if let Some(first) = first
            && !frozen(&world, &standing)
        {
            prop_assert!(due.is_some_and(|due| due <= first), "due {due:?}, but {first} already ends something");
        }
    }

    #[test]
    fn who_is_due_has_something_to_end((world, _) in worlds()) {
        let standing = world.standing();
        if next_due(&world.situation(), &standing).is_some_and(|due| due <= world.now) {
            let lifts = !must_lift(&world.situation(), &standing).is_empty();
            prop_assert!(lifts || must_destroy(&world.situation(), &standing).is_some());
        }
    }

    #[test]
    fn what_must_be_destroyed_can_be_read_for_no_purpose((world, _) in worlds()) {
        let standing = world.standing();
        let Some((_, ending)) = must_destroy(&world.situation(), &standing) else { return Ok(()) };
        for (purpose, attribute) in readable(&world, &standing) {
            prop_assert!(!ending.destroy.contains(&attribute), "{purpose} still reads {attribute}");
            prop_assert!(!ending.release.contains(&attribute), "{purpose} still reads {attribute}");
            prop_assert!(!ending.purposes.contains(&purpose), "{purpose} is over and reads {attribute}");
        }
    }

    #[test]
    fn ending_what_must_end_takes_nothing_else_along((world, _) in worlds()) {
        let standing = world.standing();
        let Some((_, ending)) = must_destroy(&world.situation(), &standing) else { return Ok(()) };
        let before = readable(&world, &standing);
        let after = standing.after(&done(&ending, world.now));
        prop_assert_eq!(readable(&world, &after), before);
        let again = must_destroy(&world.situation(), &after).map(|(_, ending)| ending);
        prop_assert_eq!(again, None);
    }

    #[test]
    fn whoever_withdraws_first_can_have_as_much_destroyed((world, _) in worlds()) {
        let (situation, standing) = (world.situation(), world.standing());
        for purpose in world.policy.purposes.values().filter(|p| p.consent.is_some()).map(|p| &p.name) {
            if may_withdraw(&situation, &SYSTEM, purpose, None, Some(&standing)).is_err() {
                continue;
            }
            let Ok((at_once, _)) = may_destroy(&situation, &SYSTEM, purpose, Some(&standing), Operation::Destruction) else { continue };
            let withdrawn = standing.clone().after(&StandingEvent::ConsentWithdrawn {
                purpose: purpose.clone(),
                channel: None,
                at: world.now,
            });
            let later = may_destroy(&situation, &SYSTEM, purpose, Some(&withdrawn), Operation::Destruction)
                .map(|(permit, _)| permit.attributes().clone())
                .map_err(reason);
            prop_assert_eq!(later, Ok(at_once.attributes().clone()));
        }
    }

    #[test]
    fn a_stop_leaves_nothing_readable_and_destroys_nothing_a_law_still_needs((world, _) in worlds()) {
        let (situation, standing) = (world.situation(), world.standing());
        let before = must_destroy(&situation, &standing).map(|(p, _)| p.attributes().clone()).unwrap_or_default();
        let (_, changes) = must_stop(&situation, &Actor::Subject, &standing).unwrap();
        let stopped = changes.iter().fold(standing.clone(), Standing::after);
        prop_assert!(readable(&world, &stopped).is_empty());
        let Some((permit, _)) = must_destroy(&situation, &stopped) else { return Ok(()) };
        for purpose in world.policy.purposes.values() {
            let Life::Open(BasisKind::Law | BasisKind::Justice | BasisKind::PublicationRequired) =
                life(&situation, purpose, &standing)
            else {
                continue;
            };
            if standing.grounds.iter().any(|g| g.purpose == purpose.name && Some(g.basis) != purpose.basis.kind()) {
                continue;
            }
            for attribute in permit.attributes().difference(&before) {
                let collected_for = &standing.held[attribute].purposes;
                let serves = collected_for.contains(&purpose.name)
                    || !purpose.compatible_with.is_disjoint(collected_for);
                prop_assert!(!(serves && purpose.uses(attribute)), "{} needs {attribute}", purpose.name);
            }
        }
    }
}

/// The properties mean something only if the worlds reach every answer they speak of.
#[test]
fn the_worlds_reach_every_answer() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut codes = BTreeSet::new();
    let (mut asked, mut permitted, mut ended, mut released, mut provided) = (0, 0, 0, 0, 0);
    for _ in 0..1_500 {
        let (world, questions) = worlds().new_tree(&mut runner).unwrap().current();
        let (situation, standing) = (world.situation(), world.standing());
        if let Some((_, ending)) = must_destroy(&situation, &standing) {
            ended += usize::from(!ending.destroy.is_empty());
            released += usize::from(!ending.release.is_empty());
        }
        for question in &questions {
            let (ask, known) = (ask(question), question.known.then_some(&standing));
            let answers = [
                may_use(&situation, &ask, known, question.channel.as_ref()).map(|p| p.attributes().len()),
                may_collect(&situation, &ask, &standing).map(|p| p.attributes().len()),
                may_rectify(&situation, &ask, known).map(|_| 1),
                may_destroy(&situation, ask.actor, ask.purpose, known, Operation::Destruction).map(|_| 1),
            ];
            match may_disclose(&situation, &ask, known, &question.recipient, question.channel.as_ref()) {
                Ok(permit) => provided += usize::from(!permit.attributes().is_empty()),
                Err(refusal) => drop(codes.insert(refusal.code)),
            }
            for answer in answers {
                asked += 1;
                match answer {
                    Ok(touched) => permitted += usize::from(touched > 0),
                    Err(refusal) => drop(codes.insert(refusal.code)),
                }
            }
        }
    }
    assert!(permitted * 20 > asked, "{permitted} permits for {asked} questions");
    assert!(ended > 100 && released > 20, "{ended} destroyed, {released} released");
    assert!(provided > 20, "{provided} provided");
    use RefusalCode::*;
    for code in [
        RecipientUnknown,
        RecipientNotNamed,
        RecipientGetsNoSuchData,
        NoAgreement,
        NoticeMissing,
        NotAuthorised,
        NoUndertaking,
        PurposeUnknown,
        OperationNotDeclared,
        AttributeUnknown,
        AttributeNotNeeded,
        NoPersonalData,
        AttributeMissing,
        BasisNotInLaw,
        PurposeStopped,
        NoRecord,
        SubjectStopped,
        Blocked,
        NoConsent,
        ConsentRefused,
        ConsentWithdrawn,
        ConsentExpired,
        ConsentOutgrown,
        ChannelUnknown,
        NoGround,
        PurposeReached,
        Incompatible,
        NotHeld,
        Held,
        StillNeeded,
    ] {
        assert!(codes.contains(&code), "no world was refused with {code}");
    }
}
