//! What would somebody answer who has only the text of the rules and the list of everything that happened?
//!
//! Nothing is remembered here: every question goes through the whole list again. It shares no code with the rules and no
//! folded standing, only the words of the policy. What narrows counts as soon as it stands in the list; what widens counts
//! once its time has come.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};

use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::attribute::Depersonalise;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::consent::{Consent, ConsentState};
use saqta_domain::terms::event::StandingEvent as Event;
use saqta_domain::terms::names::{AttributeName, ChannelName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::{EndAction, Purpose};
use saqta_domain::terms::refusal::RefusalCode as Code;
use saqta_domain::terms::standing::RestrictionScope;

use super::world::{Question, World};

/// A no: its code and its clause.
pub type No = (Code, String);
type Answer<T> = Result<T, No>;

fn no<T>(code: Code, clause: &str) -> Answer<T> {
    Err((code, clause.to_owned()))
}

/// How far along a purpose is, in the words of the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// On these open grounds.
    Lives(BTreeSet<BasisKind>),
    /// Until then.
    Kept(Timestamp),
    Over,
    NeverBegan,
}

/// What has come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub purposes: BTreeSet<PurposeName>,
    pub destroy: BTreeSet<AttributeName>,
    pub release: BTreeSet<AttributeName>,
}

/// A stretch of time in which a ground or a consent was open.
struct Stretch {
    basis: BasisKind,
    /// Its end and the end of the locked term after it; nothing, when no end is in sight.
    ends: Option<(Timestamp, Timestamp)>,
}

/// The evidence of one ground.
struct Evidence {
    since: Timestamp,
    basis: BasisKind,
    /// The end that was recorded, and the end of the locked term after it.
    recorded_end: Option<(Timestamp, Timestamp)>,
    /// Where no event ends the purpose: the end of its term, which runs from the beginning.
    term_end: Option<Timestamp>,
}

/// The list and the instant: all there is.
pub struct Replay<'a> {
    world: &'a World,
    now: Timestamp,
}

impl<'a> Replay<'a> {
    pub fn of(world: &'a World) -> Self {
        Self { world, now: world.now }
    }

    fn events(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Event)> + use<'a> {
        self.world.history.iter().enumerate()
    }

    fn after(&self, i: usize) -> impl Iterator<Item = &'a Event> + use<'a> {
        self.world.history.iter().skip(i + 1)
    }

    // What happened

    fn person_said_stop(&self) -> bool {
        let yes_after = |i: usize, stopped: Timestamp| {
            self.after(i).any(|e| match e {
                Event::ConsentAnswered(c) => {
                    matches!(c.state, ConsentState::Given { at, .. } if at > stopped)
                }
                _ => false,
            })
        };
        self.events().any(|(i, e)| matches!(e, Event::Stopped { at } if !yes_after(i, *at)))
    }

    /// 2.2: a block covers it that was neither lifted nor has reached its end.
    fn blocks(&self) -> impl Iterator<Item = &'a RestrictionScope> {
        self.events().filter_map(|(i, e)| {
            let Event::Restricted(block) = e else { return None };
            let lifted =
                self.after(i).any(|e| matches!(e, Event::Unrestricted { id, .. } if *id == block.id));
            let lapsed = block.until.is_some_and(|until| until <= self.now);
            (!lifted && !lapsed).then_some(&block.scope)
        })
    }

    pub fn blocked(&self, question: &Question) -> bool {
        self.blocks().any(|scope| match scope {
            RestrictionScope::Everything => true,
            RestrictionScope::Purpose(p) => *p == question.purpose,
            RestrictionScope::Attributes(set) => !set.is_disjoint(&question.attributes),
        })
    }

    fn hold(&self) -> bool {
        self.events().any(|(i, e)| {
            let Event::HoldPlaced(hold) = e else { return false };
            let lifted = self.after(i).any(|e| matches!(e, Event::HoldLifted { id, .. } if *id == hold.id));
            !lifted && hold.until.is_none_or(|until| self.now < until)
        })
    }

    /// For which purposes the value that is held was collected; nothing, when none is held.
    fn collected_for(&self, attribute: &AttributeName) -> Option<BTreeSet<&'a PurposeName>> {
        let gone = self
            .events()
            .rfind(|(_, e)| matches!(e, Event::Erased { attributes, .. } if attributes.contains(attribute)))
            .map(|(i, _)| i);
        let purposes: BTreeSet<_> = self
            .events()
            .filter(|(i, _)| gone.is_none_or(|gone| *i > gone))
            .filter_map(|(_, e)| match e {
                Event::Collected { purpose, attributes, .. } => {
                    attributes.contains(attribute).then_some(purpose)
                }
                _ => None,
            })
            .collect();
        (!purposes.is_empty()).then_some(purposes)
    }

    fn ever_named(&self) -> BTreeSet<&'a AttributeName> {
        self.events()
            .filter_map(|(_, e)| match e {
                Event::Collected { attributes, .. } => Some(attributes.iter()),
                _ => None,
            })
            .flatten()
            .collect()
    }

    /// Whether the grounds and consents of a purpose were forgotten after that entry of the list.
    fn forgotten(&self, purpose: &PurposeName, i: usize) -> bool {
        self.after(i).any(|e| matches!(e, Event::Erased { purposes, .. } if purposes.contains(purpose)))
    }

    /// The answers about a purpose, as they were given.
    fn answers(&self, purpose: &'a PurposeName) -> Vec<(usize, &'a Consent)> {
        self.events()
            .filter_map(|(i, e)| match e {
                Event::ConsentAnswered(c) if c.purpose == *purpose => Some((i, c)),
                _ => None,
            })
            .filter(|(i, _)| !self.forgotten(purpose, *i))
            .collect()
    }

    /// When a yes was taken back: by a withdrawal, or by another answer to the same question.
    fn taken_back(&self, i: usize, yes: &Consent) -> Option<Timestamp> {
        self.after(i).find_map(|e| match e {
            Event::ConsentWithdrawn { purpose, channel, at } => {
                let meant = *purpose == yes.purpose && (channel.is_none() || *channel == yes.channel);
                meant.then_some(*at)
            }
            Event::ConsentAnswered(next) if next.purpose == yes.purpose && next.channel == yes.channel => {
                match next.state {
                    ConsentState::Given { at, .. }
                    | ConsentState::Refused { at }
                    | ConsentState::Withdrawn { at, .. } => Some(at),
                }
            }
            _ => None,
        })
    }

    // Grounds

    /// 6.1, 11.2: does a consent cover the purpose, and through the channel?
    pub fn consent_covers(&self, purpose: &'a Purpose, channel: Option<&ChannelName>) -> Answer<()> {
        let terms = purpose.consent.as_ref().unwrap();
        if channel.is_some_and(|c| !terms.channels.contains(c)) {
            return no(Code::ChannelUnknown, "4.1");
        }
        let answers = self.answers(&purpose.name);
        let mut first_fault = None;
        for (i, last) in answers.iter().rev() {
            let superseded = answers.iter().any(|(j, c)| j > i && c.channel == last.channel);
            if superseded || (channel.is_some() && last.channel.as_ref() != channel) {
                continue;
            }
            let fault = match last.state {
                ConsentState::Given { at, until } => {
                    if self.taken_back(*i, last).is_some() {
                        no(Code::ConsentWithdrawn, "7.10")
                    } else if until <= self.now {
                        no(Code::ConsentExpired, "7.10")
                    } else if self.now < at {
                        no(Code::NoConsent, "6.1")
                    } else if last.policy_version < terms.covered_since {
                        no(Code::ConsentOutgrown, "11.2")
                    } else {
                        return Ok(());
                    }
                }
                // A no after a yes takes the yes back.
                ConsentState::Refused { .. } => {
                    let said_yes = answers.iter().any(|(j, c)| {
                        j < i && c.channel == last.channel && matches!(c.state, ConsentState::Given { .. })
                    });
                    if said_yes {
                        no(Code::ConsentWithdrawn, "7.10")
                    } else {
                        no(Code::ConsentRefused, "4.1")
                    }
                }
                ConsentState::Withdrawn { .. } => no(Code::ConsentWithdrawn, "7.10"),
            };
            first_fault.get_or_insert(fault);
        }
        first_fault.unwrap_or(no(Code::NoConsent, "6.1"))
    }

    /// The evidence on record for a purpose, apart from consent.
    fn evidence(&self, purpose: &'a Purpose) -> Vec<Evidence> {
        self.events()
            .filter_map(|(i, e)| {
                let Event::GroundOpened { purpose: name, basis, reference, at } = e else { return None };
                if *name != purpose.name || self.forgotten(name, i) {
                    return None;
                }
                let recorded_end = self.after(i).find_map(|e| match e {
                    Event::GroundEnded { purpose: p, reference: r, ended } if p == name && r == reference => {
                        // What the policy says today counts, unless a day that came earlier was fixed at the end.
                        let kept = purpose.keep.as_ref();
                        let today = kept.map_or(ended.at, |keep| self.end_of_term(ended.at, keep.term));
                        Some((ended.at, today.min(ended.keep_until)))
                    }
                    _ => None,
                });
                let term_end = match &purpose.keep {
                    Some(keep) if purpose.ends.is_none() => Some(self.end_of_term(*at, keep.term)),
                    _ => None,
                };
                Some(Evidence { since: *at, basis: *basis, recorded_end, term_end })
            })
            .collect()
    }

    /// 6.2 to 6.7, 7.10: is there evidence of the purpose's own kind that has not ended?
    fn evidence_stands(&self, purpose: &'a Purpose, basis: BasisKind) -> Answer<()> {
        let mut evidence = self.evidence(purpose);
        evidence.retain(|e| e.basis == basis);
        let ended = |e: &Evidence| match e.recorded_end {
            Some(_) => true,
            None => e.term_end.is_some_and(|end| end <= self.now),
        };
        if evidence.iter().any(|e| e.since <= self.now && !ended(e)) {
            return Ok(());
        }
        if evidence.iter().any(ended) {
            return no(Code::PurposeReached, "7.10");
        }
        no(Code::NoGround, basis.clause().as_str())
    }

    /// 24:00 of the last day of a term, found by walking the civil days in the country's zone.
    fn end_of_term(&self, from: Timestamp, term: jiff::Span) -> Timestamp {
        let morning = from.to_zoned(self.world.law.calendar.zone.clone()).start_of_day().unwrap();
        morning.checked_add(term).unwrap().checked_add(1.day()).unwrap().start_of_day().unwrap().timestamp()
    }

    // Who may ask at all

    fn admitted(&self, question: &Question, operation: Operation) -> Answer<&'a Purpose> {
        if let Actor::Key { scope, .. } = &question.actor {
            if !(scope.purposes.contains(&question.purpose) && scope.operations.contains(&operation)) {
                return no(Code::NotAuthorised, "7.1");
            }
            if scope.undertaking.is_none() {
                return no(Code::NoUndertaking, "10");
            }
        }
        let Some(purpose) = self.world.policy.purposes.get(&question.purpose) else {
            return no(Code::PurposeUnknown, "5.2");
        };
        if purpose.basis.kind().is_none() {
            return no(Code::NoPersonalData, "5.8");
        }
        if !purpose.operations.contains(&operation) {
            return no(Code::OperationNotDeclared, "8.1");
        }
        Ok(purpose)
    }

    fn no_excess(&self, question: &Question, purpose: &Purpose) -> Answer<()> {
        if question.attributes.iter().any(|a| !self.world.policy.attributes.contains_key(a)) {
            return no(Code::AttributeUnknown, "5.5");
        }
        if question.attributes.iter().any(|a| !purpose.needs.contains(a) && !purpose.may.contains(a)) {
            return no(Code::AttributeNotNeeded, "5.5");
        }
        Ok(())
    }

    /// What can be refused without a look at the person: a stopped purpose, a ground the law does not know, a channel
    /// nobody declared.
    fn purpose_in_order(&self, purpose: &Purpose, channel: Option<&ChannelName>) -> Answer<BasisKind> {
        let basis = purpose.basis.kind().unwrap();
        if self.world.stops.contains_key(&purpose.name) {
            return no(Code::PurposeStopped, "7.10");
        }
        if self.world.policy.strict && !self.world.law.bases[&basis].known {
            return no(Code::BasisNotInLaw, basis.clause().as_str());
        }
        let declared = purpose.consent.as_ref().map(|terms| &terms.channels);
        if channel.is_some_and(|c| declared.is_none_or(|channels| !channels.contains(c))) {
            return no(Code::ChannelUnknown, "4.1");
        }
        Ok(basis)
    }

    fn stands(&self, purpose: &'a Purpose, channel: Option<&ChannelName>) -> Answer<()> {
        match purpose.basis.kind().unwrap() {
            BasisKind::Consent => self.consent_covers(purpose, channel),
            other => self.evidence_stands(purpose, other),
        }
    }

    fn free(&self, question: &Question) -> Answer<()> {
        if self.person_said_stop() {
            return no(Code::SubjectStopped, "7.10");
        }
        if self.blocked(question) {
            return no(Code::Blocked, "2.2");
        }
        Ok(())
    }

    // The questions

    /// May it be taken out, or used through a channel? What of it, and does the law know the ground?
    pub fn take_out(
        &self,
        question: &Question,
        operation: Operation,
        channel: Option<&ChannelName>,
    ) -> Answer<(BTreeSet<AttributeName>, bool)> {
        let purpose = self.admitted(question, operation)?;
        self.no_excess(question, purpose)?;
        let basis = self.purpose_in_order(purpose, channel)?;
        if !question.known {
            return no(Code::NoRecord, "5.3");
        }
        self.free(question)?;
        self.stands(purpose, channel)?;
        let mut held = BTreeSet::new();
        for attribute in &question.attributes {
            let Some(collected_for) = self.collected_for(attribute) else { continue };
            let serves = |p: &&PurposeName| **p == purpose.name || purpose.compatible_with.contains(*p);
            if !collected_for.iter().any(serves) {
                return no(Code::Incompatible, "5.2");
            }
            held.insert(attribute.clone());
        }
        Ok((held, self.world.law.bases[&basis].known))
    }

    /// 3.2: which values that it uses are known of for the purpose? Of a person who has nothing to do with it, nothing.
    pub fn known_of(&self, question: &Question) -> Answer<BTreeSet<AttributeName>> {
        let purpose = self.admitted(question, Operation::Retrieval)?;
        let serves = |p: &&PurposeName| **p == purpose.name || purpose.compatible_with.contains(*p);
        let held = |a: &&AttributeName| self.collected_for(a).is_some_and(|c| c.iter().any(serves));
        let held: BTreeSet<_> = purpose.needs.union(&purpose.may).filter(held).cloned().collect();
        let strange = self.answers(&purpose.name).is_empty() && self.evidence(purpose).is_empty();
        if !question.known || (held.is_empty() && strange) {
            return no(Code::NoRecord, "5.3");
        }
        Ok(held)
    }

    /// 7.2, 10, 9.1: is it a recipient of these values, bound by an agreement today, in the country? And then: may they be taken
    /// out at all?
    pub fn provide(&self, question: &Question) -> Answer<(BTreeSet<AttributeName>, bool)> {
        let purpose = self.admitted(question, Operation::Provision)?;
        let Some(recipient) = self.world.policy.recipients.get(&question.recipient) else {
            return no(Code::RecipientUnknown, "7.2");
        };
        let anything: BTreeSet<_> = recipient.gets.values().flatten().collect();
        if anything.is_empty() {
            let why = recipient.clauses.first().map_or("7.2", |clause| clause.as_str());
            return no(Code::RecipientGetsNoSuchData, why);
        }
        if !purpose.to.contains(&question.recipient) {
            return no(Code::RecipientNotNamed, "7.2");
        }
        match recipient.gets.get(&question.purpose) {
            Some(gets) if question.attributes.is_subset(gets) => {}
            _ => return no(Code::RecipientGetsNoSuchData, "7.2"),
        }
        let today = self.now.to_zoned(self.world.law.calendar.zone.clone()).date();
        let bound = recipient.agreement.iter().filter(|a| a.confidentiality).any(|a| {
            let over = a.until.is_some_and(|last| last < today);
            a.from <= today && !over
        });
        if !bound {
            return no(Code::NoAgreement, "10");
        }
        if recipient.country != self.world.policy.operator.storage {
            return no(Code::NoticeMissing, "9.1");
        }
        self.take_out(question, Operation::Provision, question.channel.as_ref())
    }

    pub fn collect(&self, question: &Question) -> Answer<BTreeSet<AttributeName>> {
        let purpose = self.admitted(question, Operation::Collection)?;
        self.no_excess(question, purpose)?;
        self.purpose_in_order(purpose, None)?;
        self.free(question)?;
        self.stands(purpose, None)?;
        let there = |a: &AttributeName| question.attributes.contains(a) || self.collected_for(a).is_some();
        if !purpose.needs.iter().all(there) {
            return no(Code::AttributeMissing, "5.6");
        }
        Ok(question.attributes.clone())
    }

    /// Whether the correction takes effect now; if not, it waits for the end of the block.
    pub fn rectify(&self, question: &Question) -> Answer<bool> {
        let purpose = self.admitted(question, Operation::Rectification)?;
        self.no_excess(question, purpose)?;
        if !question.known {
            return no(Code::NoRecord, "5.3");
        }
        let all_held = question.attributes.iter().all(|a| self.collected_for(a).is_some());
        if question.attributes.is_empty() || !all_held {
            return no(Code::NotHeld, "4.1");
        }
        Ok(!(self.world.law.block_freezes_change && self.blocked(question)))
    }

    pub fn stage(&self, purpose: &'a Purpose) -> Stage {
        let stretches = self.stretches(purpose);
        let open: BTreeSet<_> = stretches
            .iter()
            .filter(|s| s.ends.is_none_or(|(end, _)| self.now < end))
            .map(|s| s.basis)
            .collect();
        if !open.is_empty() {
            return Stage::Lives(open);
        }
        match stretches.iter().filter_map(|s| s.ends).map(|(_, kept)| kept).max() {
            Some(kept) if self.now < kept => Stage::Kept(kept),
            Some(_) => Stage::Over,
            None => Stage::NeverBegan,
        }
    }

    fn stretches(&self, purpose: &'a Purpose) -> Vec<Stretch> {
        let grounds = self
            .evidence(purpose)
            .into_iter()
            .map(|e| Stretch { basis: e.basis, ends: e.recorded_end.or(e.term_end.map(|end| (end, end))) });
        let consents = self.answers(&purpose.name).into_iter().filter_map(|(i, c)| {
            let ConsentState::Given { until, .. } = c.state else { return None };
            // What is over cannot be taken back: a later withdrawal does not draw the end out.
            let end = self.taken_back(i, c).map_or(until, |at| at.min(until));
            let kept = purpose.keep.as_ref().map_or(end, |keep| self.end_of_term(end, keep.term));
            Some(Stretch { basis: BasisKind::Consent, ends: Some((end, kept)) })
        });
        grounds.chain(consents).collect()
    }

    pub fn held_back(&self) -> bool {
        self.hold() || (self.world.law.block_freezes_destruction && self.blocks().next().is_some())
    }

    pub fn must_end(&self) -> Option<Gone> {
        if self.held_back() { None } else { self.gone(&BTreeSet::new()) }
    }

    /// Purposes of which an answer or some evidence is remembered, though the policy has them no more.
    fn left_the_policy(&self) -> BTreeSet<PurposeName> {
        let remembered = self.events().filter_map(|(i, e)| match e {
            Event::GroundOpened { purpose, .. } if !self.forgotten(purpose, i) => Some(purpose),
            Event::ConsentAnswered(answer) if !self.forgotten(&answer.purpose, i) => Some(&answer.purpose),
            _ => None,
        });
        remembered.filter(|p| !self.world.policy.purposes.contains_key(*p)).cloned().collect()
    }

    fn gone(&self, given_up: &BTreeSet<&PurposeName>) -> Option<Gone> {
        let stages: Vec<_> = self.world.policy.purposes.values().map(|p| (p, self.stage(p))).collect();
        let over = |(p, stage): &&(&Purpose, Stage)| {
            *stage == Stage::Over || (given_up.contains(&p.name) && *stage != Stage::NeverBegan)
        };
        let alive = |(p, stage): &&(&Purpose, Stage)| {
            matches!(stage, Stage::Lives(_) | Stage::Kept(_)) && !given_up.contains(&p.name)
        };
        let (mut destroy, mut release) = (BTreeSet::new(), BTreeSet::new());
        for attribute in self.ever_named() {
            let Some(collected_for) = self.collected_for(attribute) else { continue };
            let carried = stages.iter().filter(alive).any(|(p, _)| {
                p.uses(attribute)
                    && collected_for.iter().any(|c| **c == p.name || p.compatible_with.contains(*c))
            });
            if carried {
                continue;
            }
            let declared = collected_for.iter().filter_map(|p| self.world.policy.purposes.get(*p));
            let policy_says = declared.into_iter().any(|p| p.then == EndAction::Depersonalise);
            let tells_nothing = self
                .world
                .policy
                .attributes
                .get(attribute)
                .is_some_and(|a| a.depersonalise == Depersonalise::Keep);
            if policy_says && tells_nothing { &mut release } else { &mut destroy }.insert(attribute.clone());
        }
        let mut purposes: BTreeSet<_> = stages.iter().filter(over).map(|(p, _)| p.name.clone()).collect();
        purposes.extend(self.left_the_policy());
        let something = !purposes.is_empty() || !destroy.is_empty() || !release.is_empty();
        something.then_some(Gone { purposes, destroy, release })
    }

    /// What is destroyed on demand, and which purposes stay.
    pub fn destroy_on_demand(
        &self,
        question: &Question,
        operation: Operation,
    ) -> Answer<(Gone, BTreeSet<PurposeName>)> {
        self.admitted(question, operation)?;
        if !question.known {
            return no(Code::NoRecord, "5.3");
        }
        if self.hold() {
            return no(Code::Held, "5.7");
        }
        if self.held_back() {
            return no(Code::Blocked, "2.2");
        }
        let of_the_will = |basis: &BasisKind| {
            matches!(basis, BasisKind::Consent | BasisKind::LegitimateInterest | BasisKind::MadePublic)
        };
        let (mut given_up, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for purpose in self.world.policy.purposes.values() {
            let person_decides = match self.stage(purpose) {
                Stage::Lives(bases) => bases.iter().all(of_the_will),
                Stage::Kept(_) => purpose.basis.kind().as_ref().is_some_and(of_the_will),
                Stage::Over | Stage::NeverBegan => continue,
            };
            // A key speaks for the person only where it was admitted to.
            let speaks_for = match &question.actor {
                Actor::Key { scope, .. } => scope.purposes.contains(&purpose.name),
                Actor::Staff { .. } => false,
                Actor::System(_) | Actor::Subject => true,
            };
            if person_decides && speaks_for {
                given_up.insert(&purpose.name);
            } else {
                kept.insert(purpose.name.clone());
            }
        }
        match self.gone(&given_up) {
            Some(gone) if operation == Operation::Depersonalisation && gone.release.is_empty() => {
                no(Code::NotHeld, "2.5")
            }
            Some(gone) => Ok((gone, kept)),
            None => no(Code::StillNeeded, "3.1"),
        }
    }
}
