//! Do the rules and the second interpreter give the same answer, and name the same reason?

use std::collections::BTreeSet;

use proptest::prelude::*;

use saqta_domain::rules::basis_stands::basis_stands;
use saqta_domain::rules::consent_holds::consent_holds;
use saqta_domain::rules::may_collect::may_collect;
use saqta_domain::rules::may_destroy::may_destroy;
use saqta_domain::rules::may_disclose::may_disclose;
use saqta_domain::rules::may_inspect::{KnownConsentState, may_inspect};
use saqta_domain::rules::may_read::{may_read, may_use};
use saqta_domain::rules::may_rectify::{Rectification, may_rectify};
use saqta_domain::rules::must_destroy::{Ending, Life, held_back, life, must_destroy};
use saqta_domain::rules::{Ask, Permit};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::Purpose;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::standing::Standing;

use super::config;
use super::replay::{Gone, No, Replay, Stage};
use super::world::{Question, World, worlds};

pub fn ask(question: &Question) -> Ask<'_> {
    Ask { actor: &question.actor, purpose: &question.purpose, attributes: &question.attributes }
}

pub fn reason(refusal: Refusal) -> No {
    (refusal.code, refusal.clause.to_string())
}

fn gone(ending: Ending) -> Gone {
    Gone { purposes: ending.purposes, destroy: ending.destroy, release: ending.release }
}

fn stage(world: &World, purpose: &Purpose, standing: &Standing) -> Stage {
    match life(&world.situation(), purpose, standing) {
        Life::Open(basis) => Stage::Lives([basis].into()),
        Life::KeptUntil(until, _) => Stage::Kept(until),
        Life::Over(_) => Stage::Over,
        Life::Unborn => Stage::NeverBegan,
    }
}

fn touched<Op>(permit: &Permit<Op>) -> BTreeSet<saqta_domain::terms::names::AttributeName> {
    permit.attributes().clone()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn reading_and_using_are_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for question in &questions {
            let known = question.known.then_some(&standing);
            let read = may_read(&world.situation(), &ask(question), known)
                .map(|p| (touched(&p), p.reason().law_knows))
                .map_err(reason);
            prop_assert_eq!(read, replay.take_out(question, Operation::Retrieval, None), "read {:?}", question);
            let channel = question.channel.as_ref();
            let used = may_use(&world.situation(), &ask(question), known, channel)
                .map(|p| (touched(&p), p.reason().law_knows))
                .map_err(reason);
            prop_assert_eq!(used, replay.take_out(question, Operation::Use, channel), "use {:?}", question);
        }
    }

    #[test]
    fn what_is_told_of_a_person_is_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for question in &questions {
            let known = question.known.then_some(&standing);
            let answer = may_inspect(&world.situation(), &question.actor, &question.purpose, known);
            let told = match answer {
                Err(refusal) => {
                    prop_assert_eq!(Err(reason(refusal)), replay.known_of(question), "{:?}", question);
                    continue;
                }
                Ok((permit, told)) => {
                    prop_assert_eq!(Ok(touched(&permit)), replay.known_of(question), "{:?}", question);
                    prop_assert!(permit.attributes().iter().eq(told.held.keys()));
                    told
                }
            };
            let with = |attributes| Question { attributes, ..question.clone() };
            let now = told.now.map(|r| r.law_knows).map_err(reason);
            let second = replay.take_out(&with(BTreeSet::new()), Operation::Retrieval, None);
            prop_assert_eq!(now, second.map(|(_, law_knows)| law_knows), "now {:?}", question);
            for (attribute, value) in &told.held {
                prop_assert_eq!(value.blocked, replay.blocked(&with([attribute.clone()].into())), "{}", attribute);
            }
            let purpose = &world.policy.purposes[&question.purpose];
            let agreed = told.consents.iter().any(|c| c.state == KnownConsentState::InForce);
            if purpose.consent.is_some() {
                prop_assert_eq!(agreed, replay.consent_covers(purpose, None).is_ok(), "{:?}", question);
            }
            match replay.stage(purpose) {
                Stage::Lives(bases) => prop_assert!(told.grounds.iter().all(|g| bases.contains(&g.basis))),
                Stage::Kept(until) => prop_assert_eq!((told.kept_until, told.grounds.len()), (Some(until), 0)),
                Stage::Over => prop_assert!(told.kept_until.is_some_and(|end| end <= world.now)),
                Stage::NeverBegan => prop_assert_eq!((told.kept_until, told.grounds.len()), (None, 0)),
            }
        }
    }

    #[test]
    fn providing_is_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for question in &questions {
            let known = question.known.then_some(&standing);
            let (recipient, channel) = (&question.recipient, question.channel.as_ref());
            let verdict = may_disclose(&world.situation(), &ask(question), known, recipient, channel)
                .map(|p| (p.recipient().cloned(), touched(&p), p.reason().law_knows))
                .map_err(reason);
            let second = replay
                .provide(question)
                .map(|(held, law_knows)| (Some(question.recipient.clone()), held, law_knows));
            prop_assert_eq!(verdict, second, "provide {:?}", question);
        }
    }

    #[test]
    fn collecting_is_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for question in &questions {
            let verdict =
                may_collect(&world.situation(), &ask(question), &standing).map(|p| touched(&p)).map_err(reason);
            prop_assert_eq!(verdict, replay.collect(question), "{:?}", question);
        }
    }

    #[test]
    fn correcting_is_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for question in &questions {
            let known = question.known.then_some(&standing);
            let verdict = may_rectify(&world.situation(), &ask(question), known)
                .map(|when| matches!(when, Rectification::Now(_)))
                .map_err(reason);
            prop_assert_eq!(verdict, replay.rectify(question), "{:?}", question);
        }
    }

    #[test]
    fn consents_are_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for purpose in world.policy.purposes.values() {
            let Some(terms) = &purpose.consent else { continue };
            let channels = questions.iter().map(|q| q.channel.as_ref()).chain([None]);
            for channel in channels.chain(terms.channels.iter().map(Some)) {
                let verdict = consent_holds(purpose, terms, &standing, channel, world.now);
                prop_assert_eq!(
                    verdict.map(drop).map_err(reason),
                    replay.consent_covers(purpose, channel),
                    "{} {:?}", purpose.name, channel
                );
            }
        }
    }

    #[test]
    fn every_purpose_is_found_as_far_along((world, _) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for purpose in world.policy.purposes.values() {
            match (stage(&world, purpose, &standing), replay.stage(purpose)) {
                // The rule names one of the open grounds.
                (Stage::Lives(one), Stage::Lives(any)) => {
                    prop_assert!(one.is_subset(&any), "{} {one:?} of {any:?}", purpose.name);
                }
                (one, other) => prop_assert_eq!(one, other, "{}", purpose.name),
            }
            // What stands is not over.
            if basis_stands(&world.situation(), purpose, &standing, None).is_ok() {
                prop_assert!(matches!(replay.stage(purpose), Stage::Lives(_)), "{}", purpose.name);
            }
        }
    }

    #[test]
    fn the_same_things_come_to_their_end((world, _) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        prop_assert_eq!(held_back(&world.situation(), &standing), replay.held_back());
        let ended = must_destroy(&world.situation(), &standing);
        if let Some((permit, ending)) = &ended {
            let both: BTreeSet<_> = ending.destroy.union(&ending.release).cloned().collect();
            prop_assert_eq!(permit.attributes(), &both);
        }
        prop_assert_eq!(ended.map(|(_, ending)| gone(ending)), replay.must_end());
    }

    #[test]
    fn destruction_on_demand_is_judged_alike((world, questions) in worlds()) {
        let (standing, replay) = (world.standing(), Replay::of(&world));
        for question in &questions {
            let known = question.known.then_some(&standing);
            for operation in [Operation::Erasure, Operation::Destruction, Operation::Depersonalisation] {
                let (actor, purpose) = (&question.actor, &question.purpose);
                let verdict = may_destroy(&world.situation(), actor, purpose, known, operation)
                    .map(|(_, plan)| {
                        let kept = plan.kept.into_iter().map(|(purpose, _)| purpose).collect();
                        (gone(plan.ending), kept)
                    })
                    .map_err(reason);
                prop_assert_eq!(verdict, replay.destroy_on_demand(question, operation), "{:?}", question);
            }
        }
    }
}
