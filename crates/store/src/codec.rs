//! How are a person's standing and its events written as bytes, before they are sealed?
//!
//! Every record begins with a version byte, so that a later program reads what an earlier one wrote. Names are written out:
//! a policy may drop an attribute, and what is still held under it must remain readable. What repeats itself is written once:
//! names of attributes follow each other in order and leave out the letters they share, values that were recorded alike share
//! their marks, and instants count from the one at which the record began.

mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::consent::{Consent, ConsentState, GivenBy};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{ChannelName, Language, PurposeName};
use saqta_domain::terms::standing::{
    EndCause, Ended, Ground, Held, Hold, Restriction, RestrictionReason, RestrictionScope, Source, Standing,
    Stop,
};
use saqta_domain::terms::subject::{SubjectId, ThingId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use self::names::{Following, Lengthening, Shortening, attributes, shortened};
use crate::error::Error;

const VERSION: u8 = 1;

pub(crate) fn encode_standing(standing: &Standing) -> Result<Zeroizing<Vec<u8>>, Error> {
    encode(&StandingRecord::of(standing), |length| length)
}

pub(crate) fn decode_standing(bytes: &[u8]) -> Result<Standing, Error> {
    decode::<StandingRecord<'_>>(bytes)?.into_standing().ok_or(Error::Unreadable)
}

/// The events of one deed, in a record that began at `since`.
pub(crate) fn encode_events(since: Timestamp, events: &[StandingEvent]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let clock = Clock::from(since);
    encode(&events.iter().map(|event| EventRecord::of(clock, event)).collect::<Vec<_>>(), |length| length)
}

pub(crate) fn decode_events(since: Timestamp, bytes: &[u8]) -> Result<Vec<StandingEvent>, Error> {
    let clock = Clock::from(since);
    let events = decode::<Vec<EventRecord<'_>>>(bytes)?.into_iter().map(|event| event.into_event(clock));
    events.collect::<Option<_>>().ok_or(Error::Unreadable)
}

/// Bytes of a record, followed by as many zeroes as it takes to become `padded` long.
pub(crate) fn encode<T: Serialize>(
    record: &T,
    padded: impl FnOnce(usize) -> usize,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let length = postcard::experimental::serialized_size(record).map_err(|_| Error::Unreadable)?;
    // The room is taken at once: a growing vector would leave plaintext behind where it lay before.
    let mut bytes = Zeroizing::new(vec![0; padded(length.saturating_add(1))]);
    let Some((version, rest)) = bytes.split_first_mut() else { return Err(Error::Unreadable) };
    *version = VERSION;
    postcard::to_slice(record, rest).map_err(|_| Error::Unreadable)?;
    Ok(bytes)
}

/// Reads a record back; what follows it is padding.
pub(crate) fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, Error> {
    let Some((&VERSION, rest)) = bytes.split_first() else { return Err(Error::Unreadable) };
    postcard::from_bytes(rest).map_err(|_| Error::Unreadable)
}

/// Instants in microseconds since the record began.
#[derive(Clone, Copy)]
struct Clock(i64);

impl From<Timestamp> for Clock {
    fn from(since: Timestamp) -> Self {
        Self(since.as_microsecond())
    }
}

impl Clock {
    fn reads(self, at: Timestamp) -> i64 {
        at.as_microsecond().wrapping_sub(self.0)
    }

    fn time(self, reading: i64) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.0.wrapping_add(reading)).ok()
    }

    /// `None` inside means that there is no instant; outside, that the bytes name none.
    fn maybe_time(self, reading: Option<i64>) -> Option<Option<Timestamp>> {
        reading.map_or(Some(None), |reading| self.time(reading).map(Some))
    }
}

#[derive(Serialize, Deserialize)]
struct StandingRecord<'a> {
    id: [u8; 16],
    since: i64,
    version: u32,
    #[serde(borrow)]
    marks: Vec<HeldRecord<'a>>,
    /// With the place of its marks.
    held: Vec<(Following<'a>, u32)>,
    grounds: Vec<GroundRecord<'a>>,
    consents: Vec<ConsentRecord<'a>>,
    restrictions: Vec<RestrictionRecord<'a>>,
    holds: Vec<HoldRecord<'a>>,
    stop: Option<i64>,
    waiting: Vec<Following<'a>>,
}

#[derive(Serialize, Deserialize)]
struct HeldRecord<'a> {
    #[serde(borrow)]
    purposes: Vec<&'a str>,
    source: u8,
    recorded_at: i64,
    confirmed_at: i64,
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct GroundRecord<'a> {
    purpose: &'a str,
    basis: u8,
    reference: &'a str,
    since: i64,
    ended: Option<EndedRecord>,
}

#[derive(Serialize, Deserialize)]
struct EndedRecord {
    at: i64,
    cause: u8,
    keep_until: i64,
}

#[derive(Serialize, Deserialize)]
struct ConsentRecord<'a> {
    purpose: &'a str,
    channel: Option<&'a str>,
    policy_version: u32,
    text_digest: [u8; 32],
    language: u8,
    evidence: &'a str,
    state: ConsentStateRecord,
}

#[derive(Serialize, Deserialize)]
enum ConsentStateRecord {
    Given {
        at: i64,
        until: i64,
    },
    Refused {
        at: i64,
    },
    Withdrawn {
        given_at: i64,
        at: i64,
    },
    /// A yes that somebody else gave, or gave along.
    GivenBy {
        by: u8,
        at: i64,
        until: i64,
    },
    /// The same, taken back.
    WithdrawnOf {
        by: u8,
        given_at: i64,
        at: i64,
    },
}

#[derive(Serialize, Deserialize)]
struct RestrictionRecord<'a> {
    id: [u8; 16],
    #[serde(borrow)]
    scope: ScopeRecord<'a>,
    reason: u8,
    since: i64,
    until: Option<i64>,
}

#[derive(Serialize, Deserialize)]
enum ScopeRecord<'a> {
    Everything,
    Purpose(&'a str),
    Attributes(#[serde(borrow)] Vec<Following<'a>>),
}

#[derive(Serialize, Deserialize)]
struct HoldRecord<'a> {
    id: [u8; 16],
    ground: &'a str,
    since: i64,
    until: Option<i64>,
}

#[derive(Serialize, Deserialize)]
enum EventRecord<'a> {
    Collected { purpose: &'a str, attributes: Vec<Following<'a>>, source: u8, at: i64 },
    Rectified { attributes: Vec<Following<'a>>, source: u8, at: i64 },
    RectificationAwaits { attributes: Vec<Following<'a>>, at: i64 },
    Confirmed { attributes: Vec<Following<'a>>, at: i64 },
    ConsentAnswered(#[serde(borrow)] ConsentRecord<'a>),
    ConsentWithdrawn { purpose: &'a str, channel: Option<&'a str>, at: i64 },
    GroundOpened { purpose: &'a str, basis: u8, reference: &'a str, at: i64 },
    GroundEnded { purpose: &'a str, reference: &'a str, ended: EndedRecord },
    Restricted(RestrictionRecord<'a>),
    Unrestricted { id: [u8; 16], at: i64 },
    HoldPlaced(HoldRecord<'a>),
    HoldLifted { id: [u8; 16], at: i64 },
    Stopped { at: i64 },
    Linked { purpose: &'a str, at: i64 },
    Erased { attributes: Vec<Following<'a>>, purposes: Vec<&'a str>, at: i64 },
}

/// The place of a value in the list of all of its kind: lists only grow at their end.
fn place<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|v| v == value).and_then(|i| u8::try_from(i).ok()).unwrap_or(u8::MAX)
}

fn at_place<T: Copy>(all: &[T], place: u8) -> Option<T> {
    all.get(usize::from(place)).copied()
}

fn purpose(name: &str) -> Option<PurposeName> {
    PurposeName::new(name).ok()
}

fn purposes(names: &[&str]) -> Option<BTreeSet<PurposeName>> {
    names.iter().map(|name| purpose(name)).collect()
}

fn channel(name: Option<&str>) -> Option<Option<ChannelName>> {
    name.map_or(Some(None), |name| ChannelName::new(name).ok().map(Some))
}

/// What two values that were recorded alike have in common.
type Marks<'a> = (&'a BTreeSet<PurposeName>, Source, Timestamp, Timestamp, u32);

fn marks_of(held: &Held) -> Marks<'_> {
    (&held.purposes, held.source, held.recorded_at, held.confirmed_at, held.version)
}

impl<'a> StandingRecord<'a> {
    fn of(standing: &'a Standing) -> Self {
        let clock = Clock::from(standing.since);
        let (mut marks, mut places, mut last) = (Vec::new(), BTreeMap::new(), None);
        let mut shortening = Shortening::default();
        let held = standing.held.iter().map(|(name, held)| {
            let own = marks_of(held);
            let place = match last {
                Some((marks, place)) if marks == own => place,
                _ => *places.entry(own).or_insert_with(|| {
                    marks.push(HeldRecord::of(clock, held));
                    u32::try_from(marks.len() - 1).unwrap_or(u32::MAX)
                }),
            };
            last = Some((own, place));
            (shortening.next(name), place)
        });
        let held = held.collect();
        Self {
            id: *standing.id.bytes(),
            since: standing.since.as_microsecond(),
            version: standing.version,
            marks,
            held,
            grounds: standing.grounds.iter().map(|ground| GroundRecord::of(clock, ground)).collect(),
            consents: standing.consents.iter().map(|consent| ConsentRecord::of(clock, consent)).collect(),
            restrictions: standing.restrictions.iter().map(|r| RestrictionRecord::of(clock, r)).collect(),
            holds: standing.holds.iter().map(|hold| HoldRecord::of(clock, hold)).collect(),
            stop: standing.stop.map(|stop| clock.reads(stop.at)),
            waiting: shortened(&standing.waiting),
        }
    }

    fn into_standing(self) -> Option<Standing> {
        let clock = Clock(self.since);
        let marks: Vec<Held> =
            self.marks.into_iter().map(|held| held.into_held(clock)).collect::<Option<_>>()?;
        let mut lengthening = Lengthening::default();
        let held = self.held.iter().map(|(name, place)| {
            Some((lengthening.next(name)?, marks.get(usize::try_from(*place).ok()?)?.clone()))
        });
        Some(Standing {
            id: SubjectId::new(self.id),
            since: clock.time(0)?,
            version: self.version,
            held: held.collect::<Option<_>>()?,
            grounds: self.grounds.into_iter().map(|g| g.into_ground(clock)).collect::<Option<_>>()?,
            consents: self.consents.into_iter().map(|c| c.into_consent(clock)).collect::<Option<_>>()?,
            restrictions: self
                .restrictions
                .into_iter()
                .map(|r| r.into_restriction(clock))
                .collect::<Option<_>>()?,
            holds: self.holds.into_iter().map(|h| h.into_hold(clock)).collect::<Option<_>>()?,
            stop: clock.maybe_time(self.stop)?.map(|at| Stop { at }),
            waiting: attributes(&self.waiting)?,
        })
    }
}

impl<'a> HeldRecord<'a> {
    fn of(clock: Clock, held: &'a Held) -> Self {
        Self {
            purposes: held.purposes.iter().map(PurposeName::as_str).collect(),
            source: place(&Source::ALL, &held.source),
            recorded_at: clock.reads(held.recorded_at),
            confirmed_at: clock.reads(held.confirmed_at),
            version: held.version,
        }
    }

    fn into_held(self, clock: Clock) -> Option<Held> {
        Some(Held {
            purposes: Arc::new(purposes(&self.purposes)?),
            source: at_place(&Source::ALL, self.source)?,
            recorded_at: clock.time(self.recorded_at)?,
            confirmed_at: clock.time(self.confirmed_at)?,
            version: self.version,
        })
    }
}

impl<'a> GroundRecord<'a> {
    fn of(clock: Clock, ground: &'a Ground) -> Self {
        Self {
            purpose: ground.purpose.as_str(),
            basis: place(&BasisKind::ALL, &ground.basis),
            reference: &ground.reference,
            since: clock.reads(ground.since),
            ended: ground.ended.as_ref().map(|ended| EndedRecord::of(clock, ended)),
        }
    }

    fn into_ground(self, clock: Clock) -> Option<Ground> {
        Some(Ground {
            purpose: purpose(self.purpose)?,
            basis: at_place(&BasisKind::ALL, self.basis)?,
            reference: self.reference.to_owned(),
            since: clock.time(self.since)?,
            ended: match self.ended {
                Some(ended) => Some(ended.into_ended(clock)?),
                None => None,
            },
        })
    }
}

impl EndedRecord {
    fn of(clock: Clock, ended: &Ended) -> Self {
        Self {
            at: clock.reads(ended.at),
            cause: place(&EndCause::ALL, &ended.cause),
            keep_until: clock.reads(ended.keep_until),
        }
    }

    fn into_ended(self, clock: Clock) -> Option<Ended> {
        Some(Ended {
            at: clock.time(self.at)?,
            cause: at_place(&EndCause::ALL, self.cause)?,
            keep_until: clock.time(self.keep_until)?,
        })
    }
}

impl<'a> ConsentRecord<'a> {
    fn of(clock: Clock, consent: &'a Consent) -> Self {
        Self {
            purpose: consent.purpose.as_str(),
            channel: consent.channel.as_ref().map(ChannelName::as_str),
            policy_version: consent.policy_version,
            text_digest: consent.text_digest,
            language: place(&Language::ALL, &consent.language),
            evidence: &consent.evidence,
            state: match (consent.state, consent.by) {
                (ConsentState::Given { at, until }, GivenBy::Subject) => {
                    ConsentStateRecord::Given { at: clock.reads(at), until: clock.reads(until) }
                }
                (ConsentState::Given { at, until }, by) => ConsentStateRecord::GivenBy {
                    by: place(&GivenBy::ALL, &by),
                    at: clock.reads(at),
                    until: clock.reads(until),
                },
                (ConsentState::Refused { at }, _) => ConsentStateRecord::Refused { at: clock.reads(at) },
                (ConsentState::Withdrawn { given_at, at }, GivenBy::Subject) => {
                    ConsentStateRecord::Withdrawn { given_at: clock.reads(given_at), at: clock.reads(at) }
                }
                (ConsentState::Withdrawn { given_at, at }, by) => ConsentStateRecord::WithdrawnOf {
                    by: place(&GivenBy::ALL, &by),
                    given_at: clock.reads(given_at),
                    at: clock.reads(at),
                },
            },
        }
    }

    fn into_consent(self, clock: Clock) -> Option<Consent> {
        let by = match &self.state {
            ConsentStateRecord::GivenBy { by, .. } | ConsentStateRecord::WithdrawnOf { by, .. } => {
                at_place(&GivenBy::ALL, *by)?
            }
            _ => GivenBy::Subject,
        };
        Some(Consent {
            purpose: purpose(self.purpose)?,
            channel: channel(self.channel)?,
            policy_version: self.policy_version,
            text_digest: self.text_digest,
            language: at_place(&Language::ALL, self.language)?,
            evidence: self.evidence.to_owned(),
            by,
            state: match self.state {
                ConsentStateRecord::Given { at, until } | ConsentStateRecord::GivenBy { at, until, .. } => {
                    ConsentState::Given { at: clock.time(at)?, until: clock.time(until)? }
                }
                ConsentStateRecord::Refused { at } => ConsentState::Refused { at: clock.time(at)? },
                ConsentStateRecord::Withdrawn { given_at, at }
                | ConsentStateRecord::WithdrawnOf { given_at, at, .. } => {
                    ConsentState::Withdrawn { given_at: clock.time(given_at)?, at: clock.time(at)? }
                }
            },
        })
    }
}

impl<'a> RestrictionRecord<'a> {
    fn of(clock: Clock, restriction: &'a Restriction) -> Self {
        Self {
            id: *restriction.id.bytes(),
            scope: match &restriction.scope {
                RestrictionScope::Everything => ScopeRecord::Everything,
                RestrictionScope::Purpose(name) => ScopeRecord::Purpose(name.as_str()),
                RestrictionScope::Attributes(names) => ScopeRecord::Attributes(shortened(names)),
            },
            reason: place(&RestrictionReason::ALL, &restriction.reason),
            since: clock.reads(restriction.since),
            until: restriction.until.map(|until| clock.reads(until)),
        }
    }

    fn into_restriction(self, clock: Clock) -> Option<Restriction> {
        Some(Restriction {
            id: ThingId::new(self.id),
            scope: match self.scope {
                ScopeRecord::Everything => RestrictionScope::Everything,
                ScopeRecord::Purpose(name) => RestrictionScope::Purpose(purpose(name)?),
                ScopeRecord::Attributes(names) => RestrictionScope::Attributes(attributes(&names)?),
            },
            reason: at_place(&RestrictionReason::ALL, self.reason)?,
            since: clock.time(self.since)?,
            until: clock.maybe_time(self.until)?,
        })
    }
}

impl<'a> HoldRecord<'a> {
    fn of(clock: Clock, hold: &'a Hold) -> Self {
        Self {
            id: *hold.id.bytes(),
            ground: &hold.ground,
            since: clock.reads(hold.since),
            until: hold.until.map(|until| clock.reads(until)),
        }
    }

    fn into_hold(self, clock: Clock) -> Option<Hold> {
        Some(Hold {
            id: ThingId::new(self.id),
            ground: self.ground.to_owned(),
            since: clock.time(self.since)?,
            until: clock.maybe_time(self.until)?,
        })
    }
}

impl<'a> EventRecord<'a> {
    fn of(clock: Clock, event: &'a StandingEvent) -> Self {
        use StandingEvent as E;
        match event {
            E::Collected { purpose, attributes, source, at } => Self::Collected {
                purpose: purpose.as_str(),
                attributes: shortened(attributes),
                source: place(&Source::ALL, source),
                at: clock.reads(*at),
            },
            E::Rectified { attributes, source, at } => Self::Rectified {
                attributes: shortened(attributes),
                source: place(&Source::ALL, source),
                at: clock.reads(*at),
            },
            E::RectificationAwaits { attributes, at } => {
                Self::RectificationAwaits { attributes: shortened(attributes), at: clock.reads(*at) }
            }
            E::Confirmed { attributes, at } => {
                Self::Confirmed { attributes: shortened(attributes), at: clock.reads(*at) }
            }
            E::ConsentAnswered(consent) => Self::ConsentAnswered(ConsentRecord::of(clock, consent)),
            E::ConsentWithdrawn { purpose, channel, at } => Self::ConsentWithdrawn {
                purpose: purpose.as_str(),
                channel: channel.as_ref().map(ChannelName::as_str),
                at: clock.reads(*at),
            },
            E::GroundOpened { purpose, basis, reference, at } => Self::GroundOpened {
                purpose: purpose.as_str(),
                basis: place(&BasisKind::ALL, basis),
                reference,
                at: clock.reads(*at),
            },
            E::GroundEnded { purpose, reference, ended } => Self::GroundEnded {
                purpose: purpose.as_str(),
                reference,
                ended: EndedRecord::of(clock, ended),
            },
            E::Restricted(restriction) => Self::Restricted(RestrictionRecord::of(clock, restriction)),
            E::Unrestricted { id, at } => Self::Unrestricted { id: *id.bytes(), at: clock.reads(*at) },
            E::HoldPlaced(hold) => Self::HoldPlaced(HoldRecord::of(clock, hold)),
            E::HoldLifted { id, at } => Self::HoldLifted { id: *id.bytes(), at: clock.reads(*at) },
            E::Stopped { at } => Self::Stopped { at: clock.reads(*at) },
            E::Linked { purpose, at } => Self::Linked { purpose: purpose.as_str(), at: clock.reads(*at) },
            E::Erased { attributes, purposes, at } => Self::Erased {
                attributes: shortened(attributes),
                purposes: purposes.iter().map(PurposeName::as_str).collect(),
                at: clock.reads(*at),
            },
        }
    }

    fn into_event(self, clock: Clock) -> Option<StandingEvent> {
        use StandingEvent as E;
        Some(match self {
            Self::Collected { purpose: name, attributes: names, source, at } => E::Collected {
                purpose: purpose(name)?,
                attributes: attributes(&names)?,
                source: at_place(&Source::ALL, source)?,
                at: clock.time(at)?,
            },
            Self::Rectified { attributes: names, source, at } => E::Rectified {
                attributes: attributes(&names)?,
                source: at_place(&Source::ALL, source)?,
                at: clock.time(at)?,
            },
            Self::RectificationAwaits { attributes: names, at } => {
                E::RectificationAwaits { attributes: attributes(&names)?, at: clock.time(at)? }
            }
            Self::Confirmed { attributes: names, at } => {
                E::Confirmed { attributes: attributes(&names)?, at: clock.time(at)? }
            }
            Self::ConsentAnswered(consent) => E::ConsentAnswered(consent.into_consent(clock)?),
            Self::ConsentWithdrawn { purpose: name, channel: through, at } => E::ConsentWithdrawn {
                purpose: purpose(name)?,
                channel: channel(through)?,
                at: clock.time(at)?,
            },
            Self::GroundOpened { purpose: name, basis, reference, at } => E::GroundOpened {
                purpose: purpose(name)?,
                basis: at_place(&BasisKind::ALL, basis)?,
                reference: reference.to_owned(),
                at: clock.time(at)?,
            },
            Self::GroundEnded { purpose: name, reference, ended } => E::GroundEnded {
                purpose: purpose(name)?,
                reference: reference.to_owned(),
                ended: ended.into_ended(clock)?,
            },
            Self::Restricted(restriction) => E::Restricted(restriction.into_restriction(clock)?),
            Self::Unrestricted { id, at } => E::Unrestricted { id: ThingId::new(id), at: clock.time(at)? },
            Self::HoldPlaced(hold) => E::HoldPlaced(hold.into_hold(clock)?),
            Self::HoldLifted { id, at } => E::HoldLifted { id: ThingId::new(id), at: clock.time(at)? },
            Self::Stopped { at } => E::Stopped { at: clock.time(at)? },
            Self::Linked { purpose: name, at } => E::Linked { purpose: purpose(name)?, at: clock.time(at)? },
            Self::Erased { attributes: names, purposes: ended, at } => E::Erased {
                attributes: attributes(&names)?,
                purposes: purposes(&ended)?,
                at: clock.time(at)?,
            },
        })
    }
}
