//! What can happen to a person's standing, and what does each event change?

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::basis::BasisKind;
use super::consent::{Consent, ConsentState};
use super::names::{AttributeName, ChannelName, PurposeName};
use super::standing::{Ended, Ground, Held, Hold, Restriction, Source, Standing, Stop};
use super::subject::ThingId;

/// One entry of a person's append-only history in a compartment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandingEvent {
    /// Values were collected for a purpose.
    Collected {
        /// For what.
        purpose: PurposeName,
        /// Which.
        attributes: BTreeSet<AttributeName>,
        /// From whom.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// Values were replaced by right ones.
    Rectified {
        /// Which.
        attributes: BTreeSet<AttributeName>,
        /// From whom.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// A correction was accepted and waits for the end of a block.
    RectificationAwaits {
        /// Of which values.
        attributes: BTreeSet<AttributeName>,
        /// When it was accepted.
        at: Timestamp,
    },
    /// Values were confirmed to be right (clause 5.6).
    Confirmed {
        /// Which.
        attributes: BTreeSet<AttributeName>,
        /// When.
        at: Timestamp,
    },
    /// The person answered a consent text.
    ConsentAnswered(Consent),
    /// The person took a consent back; without a channel, for every channel.
    ConsentWithdrawn {
        /// For what.
        purpose: PurposeName,
        /// Through which channel, or all.
        channel: Option<ChannelName>,
        /// When.
        at: Timestamp,
    },
    /// A ground other than consent came to be.
    GroundOpened {
        /// For what.
        purpose: PurposeName,
        /// Which.
        basis: BasisKind,
        /// Its evidence.
        reference: String,
        /// When.
        at: Timestamp,
    },
    /// A ground ended.
    GroundEnded {
        /// For what.
        purpose: PurposeName,
        /// Which one.
        reference: String,
        /// How.
        ended: Ended,
    },
    /// Data were blocked.
    Restricted(Restriction),
    /// A block was lifted.
    Unrestricted {
        /// Which.
        id: ThingId,
        /// When.
        at: Timestamp,
    },
    /// A hold was placed.
    HoldPlaced(Hold),
    /// A hold was lifted.
    HoldLifted {
        /// Which.
        id: ThingId,
        /// When.
        at: Timestamp,
    },
    /// All processing was stopped.
    Stopped {
        /// When.
        at: Timestamp,
    },
    /// A declared basis allowed another record of the same person to be joined with this one (clause 1.2).
    Linked {
        /// For what.
        purpose: PurposeName,
        /// When.
        at: Timestamp,
    },
    /// Values, and what is known of purposes that are over, left use for good.
    Erased {
        /// Which values.
        attributes: BTreeSet<AttributeName>,
        /// Of which purposes the grounds and consents are forgotten.
        purposes: BTreeSet<PurposeName>,
        /// When.
        at: Timestamp,
    },
}

impl StandingEvent {
    /// Changes the standing as the event says. The version is counted by [`Standing::after`].
    pub(super) fn fold_into(&self, standing: &mut Standing) {
        match self {
            Self::Collected { purpose, attributes, source, at } => {
                let alone = Arc::new(BTreeSet::from([purpose.clone()]));
                for attribute in attributes {
                    let held = standing.held.entry(attribute.clone()).or_insert_with(|| Held {
                        purposes: Arc::clone(&alone),
                        source: *source,
                        recorded_at: *at,
                        confirmed_at: *at,
                        version: 0,
                    });
                    if !held.purposes.contains(purpose) {
                        Arc::make_mut(&mut held.purposes).insert(purpose.clone());
                    }
                    held.source = *source;
                    held.recorded_at = *at;
                    held.confirmed_at = *at;
                    held.version += 1;
                }
            }
            Self::Rectified { attributes, source, at } => {
                for attribute in attributes {
                    standing.waiting.remove(attribute);
                    if let Some(held) = standing.held.get_mut(attribute) {
                        held.source = *source;
                        held.recorded_at = *at;
                        held.confirmed_at = *at;
                        held.version += 1;
                    }
                }
            }
            Self::RectificationAwaits { attributes, .. } => {
                standing.waiting.extend(attributes.iter().cloned());
            }
            Self::Confirmed { attributes, at } => {
                for attribute in attributes {
                    if let Some(held) = standing.held.get_mut(attribute) {
                        held.confirmed_at = *at;
                    }
                }
            }
            Self::ConsentAnswered(consent) => {
                let same = |c: &Consent| c.purpose == consent.purpose && c.channel == consent.channel;
                let before = standing.consents.iter().find(|c| same(c)).map(|c| c.state);
                standing.consents.retain(|c| !same(c));
                let mut answer = consent.clone();
                // A no after a yes takes the yes back: what was collected under it ends then, not as if it had never begun.
                if let (ConsentState::Refused { at }, Some(before)) = (consent.state, before) {
                    answer.state = match before {
                        ConsentState::Given { .. } => withdrawn(before, at),
                        ConsentState::Withdrawn { .. } => before,
                        ConsentState::Refused { .. } => consent.state,
                    };
                }
                // Whoever says yes after having stopped everything begins anew; what the stop ended stays ended.
                if let (ConsentState::Given { at, .. }, Some(stop)) = (answer.state, standing.stop)
                    && stop.at < at
                {
                    standing.stop = None;
                }
                standing.consents.push(answer);
            }
            Self::ConsentWithdrawn { purpose, channel, at } => {
                for consent in &mut standing.consents {
                    let meant = &consent.purpose == purpose
                        && channel.as_ref().is_none_or(|c| consent.channel.as_ref() == Some(c));
                    if meant {
                        consent.state = withdrawn(consent.state, *at);
                    }
                }
            }
            Self::GroundOpened { purpose, basis, reference, at } => {
                standing.grounds.push(Ground {
                    purpose: purpose.clone(),
                    basis: *basis,
                    reference: reference.clone(),
                    since: *at,
                    ended: None,
                });
            }
            Self::GroundEnded { purpose, reference, ended } => {
                for ground in &mut standing.grounds {
                    if &ground.purpose == purpose && &ground.reference == reference && ground.ended.is_none()
                    {
                        ground.ended = Some(*ended);
                    }
                }
            }
            Self::Restricted(restriction) => standing.restrictions.push(restriction.clone()),
            Self::Unrestricted { id, .. } => standing.restrictions.retain(|r| &r.id != id),
            Self::HoldPlaced(hold) => standing.holds.push(hold.clone()),
            Self::HoldLifted { id, .. } => standing.holds.retain(|h| &h.id != id),
            Self::Stopped { at } => standing.stop = Some(Stop { at: *at }),
            Self::Linked { .. } => {}
            Self::Erased { attributes, purposes, .. } => {
                // Both are in order: one pass, however many they are.
                let mut erased = attributes.iter().peekable();
                standing.held.retain(|name, _| {
                    while erased.next_if(|erased| *erased < name).is_some() {}
                    erased.next_if_eq(&name).is_none()
                });
                standing.waiting.retain(|name| !attributes.contains(name));
                // For what a value was collected stays known: a compatible purpose may still need it.
                standing.grounds.retain(|g| !purposes.contains(&g.purpose));
                standing.consents.retain(|c| !purposes.contains(&c.purpose));
            }
        }
    }
}

/// A consent that was taken back. One whose term was over ended with its term.
fn withdrawn(state: ConsentState, taken_back: Timestamp) -> ConsentState {
    match state {
        ConsentState::Given { at, until } => {
            ConsentState::Withdrawn { given_at: at, at: taken_back.min(until) }
        }
        other => other,
    }
}
