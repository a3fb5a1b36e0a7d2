//! How are a person's standing, its events and its values written as bytes, before they are sealed?
//!
//! Every record begins with a version byte, so that a later program reads what an earlier one wrote. Names are written out:
//! a policy may drop an attribute, and what is still held under it must remain readable.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::consent::{Consent, ConsentState};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{AttributeName, ChannelName, Language, PurposeName};
use saqta_domain::terms::standing::{
    EndCause, Ended, Ground, Held, Hold, Restriction, RestrictionReason, RestrictionScope, Source, Standing,
    Stop,
};
use saqta_domain::terms::subject::{SubjectId, ThingId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::Error;

const VERSION: u8 = 1;

/// The values of one person in one compartment, each sealed on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Body {
    /// Values in use: attribute, version, envelope.
    pub values: BTreeMap<String, (u32, Vec<u8>)>,
    /// Corrections that wait for the end of a block.
    pub waiting: BTreeMap<String, (u32, Vec<u8>)>,
    /// Zeroes up to the next full step of length.
    padding: Vec<u8>,
}

/// Lengths of bodies differ by whole steps only.
const STEP: usize = 256;

/// Bytes of a body, padded.
pub(crate) fn encode_body(body: &Body) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = encode(&(&body.values, &body.waiting))?;
    // The length of the padding is written as well, in one byte or two.
    let padding = (bytes.len() + 3).next_multiple_of(STEP) - bytes.len() - 3;
    bytes.extend_from_slice(&postcard::to_stdvec(&vec![0_u8; padding]).map_err(|_| Error::Unreadable)?);
    Ok(bytes)
}

pub(crate) fn decode_body(bytes: &[u8]) -> Result<Body, Error> {
    decode(bytes)
}

pub(crate) fn encode_standing(standing: &Standing) -> Result<Zeroizing<Vec<u8>>, Error> {
    encode(&StandingRecord::from(standing))
}

pub(crate) fn decode_standing(bytes: &[u8]) -> Result<Standing, Error> {
    decode::<StandingRecord>(bytes)?.into_standing().ok_or(Error::Unreadable)
}

pub(crate) fn encode_event(event: &StandingEvent) -> Result<Zeroizing<Vec<u8>>, Error> {
    encode(&EventRecord::from(event))
}

pub(crate) fn decode_event(bytes: &[u8]) -> Result<StandingEvent, Error> {
    decode::<EventRecord>(bytes)?.into_event().ok_or(Error::Unreadable)
}

fn encode<T: Serialize>(record: &T) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(vec![VERSION]);
    bytes.extend_from_slice(&Zeroizing::new(postcard::to_stdvec(record).map_err(|_| Error::Unreadable)?));
    Ok(bytes)
}

fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, Error> {
    let Some((&VERSION, rest)) = bytes.split_first() else { return Err(Error::Unreadable) };
    postcard::from_bytes(rest).map_err(|_| Error::Unreadable)
}

#[derive(Serialize, Deserialize)]
struct StandingRecord {
    id: [u8; 16],
    since: i64,
    version: u32,
    held: Vec<(String, HeldRecord)>,
    grounds: Vec<GroundRecord>,
    consents: Vec<ConsentRecord>,
    restrictions: Vec<RestrictionRecord>,
    holds: Vec<HoldRecord>,
    stop: Option<i64>,
    waiting: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct HeldRecord {
    purposes: Vec<String>,
    source: u8,
    recorded_at: i64,
    confirmed_at: i64,
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct GroundRecord {
    purpose: String,
    basis: u8,
    reference: String,
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
struct ConsentRecord {
    purpose: String,
    channel: Option<String>,
    policy_version: u32,
    text_digest: [u8; 32],
    language: u8,
    evidence: String,
    state: ConsentStateRecord,
}

#[derive(Serialize, Deserialize)]
enum ConsentStateRecord {
    Given { at: i64, until: i64 },
    Refused { at: i64 },
    Withdrawn { given_at: i64, at: i64 },
}

#[derive(Serialize, Deserialize)]
struct RestrictionRecord {
    id: [u8; 16],
    scope: ScopeRecord,
    reason: u8,
    since: i64,
    until: Option<i64>,
}

#[derive(Serialize, Deserialize)]
enum ScopeRecord {
    Everything,
    Purpose(String),
    Attributes(Vec<String>),
}

#[derive(Serialize, Deserialize)]
struct HoldRecord {
    id: [u8; 16],
    ground: String,
    since: i64,
    until: Option<i64>,
}

#[derive(Serialize, Deserialize)]
enum EventRecord {
    Collected { purpose: String, attributes: Vec<String>, source: u8, at: i64 },
    Rectified { attributes: Vec<String>, source: u8, at: i64 },
    RectificationAwaits { attributes: Vec<String>, at: i64 },
    Confirmed { attributes: Vec<String>, at: i64 },
    ConsentAnswered(ConsentRecord),
    ConsentWithdrawn { purpose: String, channel: Option<String>, at: i64 },
    GroundOpened { purpose: String, basis: u8, reference: String, at: i64 },
    GroundEnded { purpose: String, reference: String, ended: EndedRecord },
    Restricted(RestrictionRecord),
    Unrestricted { id: [u8; 16], at: i64 },
    HoldPlaced(HoldRecord),
    HoldLifted { id: [u8; 16], at: i64 },
    Stopped { at: i64 },
    Linked { purpose: String, at: i64 },
    Erased { attributes: Vec<String>, purposes: Vec<String>, at: i64 },
}

fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

fn time(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}

/// `None` inside means that there is no instant; outside, that the bytes name none.
fn maybe_time(micros: Option<i64>) -> Option<Option<Timestamp>> {
    micros.map_or(Some(None), |m| time(m).map(Some))
}

/// The place of a value in the list of all of its kind: lists only grow at their end.
fn place<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|v| v == value).and_then(|i| u8::try_from(i).ok()).unwrap_or(u8::MAX)
}

fn at_place<T: Copy>(all: &[T], place: u8) -> Option<T> {
    all.get(usize::from(place)).copied()
}

fn texts<'a, T: ToString + 'a>(names: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    names.into_iter().map(ToString::to_string).collect()
}

fn purpose(name: &str) -> Option<PurposeName> {
    PurposeName::new(name).ok()
}

fn purposes(names: &[String]) -> Option<BTreeSet<PurposeName>> {
    names.iter().map(|n| purpose(n)).collect()
}

fn attributes(names: &[String]) -> Option<BTreeSet<AttributeName>> {
    names.iter().map(|n| AttributeName::new(n).ok()).collect()
}

fn channel(name: Option<&String>) -> Option<Option<ChannelName>> {
    name.map_or(Some(None), |n| ChannelName::new(n).ok().map(Some))
}

impl From<&Standing> for StandingRecord {
    fn from(standing: &Standing) -> Self {
        Self {
            id: *standing.id.bytes(),
            since: micros(standing.since),
            version: standing.version,
            held: standing.held.iter().map(|(name, held)| (name.to_string(), held.into())).collect(),
            grounds: standing.grounds.iter().map(Into::into).collect(),
            consents: standing.consents.iter().map(Into::into).collect(),
            restrictions: standing.restrictions.iter().map(Into::into).collect(),
            holds: standing.holds.iter().map(Into::into).collect(),
            stop: standing.stop.map(|s| micros(s.at)),
            waiting: texts(&standing.waiting),
        }
    }
}

impl StandingRecord {
    fn into_standing(self) -> Option<Standing> {
        Some(Standing {
            id: SubjectId::new(self.id),
            since: time(self.since)?,
            version: self.version,
            held: self
                .held
                .into_iter()
                .map(|(name, held)| Some((AttributeName::new(&name).ok()?, held.into_held()?)))
                .collect::<Option<_>>()?,
            grounds: self.grounds.into_iter().map(GroundRecord::into_ground).collect::<Option<_>>()?,
            consents: self.consents.into_iter().map(ConsentRecord::into_consent).collect::<Option<_>>()?,
            restrictions: self
                .restrictions
                .into_iter()
                .map(RestrictionRecord::into_restriction)
                .collect::<Option<_>>()?,
            holds: self.holds.into_iter().map(HoldRecord::into_hold).collect::<Option<_>>()?,
            stop: maybe_time(self.stop)?.map(|at| Stop { at }),
            waiting: attributes(&self.waiting)?,
        })
    }
}

impl From<&Held> for HeldRecord {
    fn from(held: &Held) -> Self {
        Self {
            purposes: texts(&held.purposes),
            source: place(&Source::ALL, &held.source),
            recorded_at: micros(held.recorded_at),
            confirmed_at: micros(held.confirmed_at),
            version: held.version,
        }
    }
}

impl HeldRecord {
    fn into_held(self) -> Option<Held> {
        Some(Held {
            purposes: purposes(&self.purposes)?,
            source: at_place(&Source::ALL, self.source)?,
            recorded_at: time(self.recorded_at)?,
            confirmed_at: time(self.confirmed_at)?,
            version: self.version,
        })
    }
}

impl From<&Ground> for GroundRecord {
    fn from(ground: &Ground) -> Self {
        Self {
            purpose: ground.purpose.to_string(),
            basis: place(&BasisKind::ALL, &ground.basis),
            reference: ground.reference.clone(),
            since: micros(ground.since),
            ended: ground.ended.as_ref().map(Into::into),
        }
    }
}

impl GroundRecord {
    fn into_ground(self) -> Option<Ground> {
        Some(Ground {
            purpose: purpose(&self.purpose)?,
            basis: at_place(&BasisKind::ALL, self.basis)?,
            reference: self.reference,
            since: time(self.since)?,
            ended: match self.ended {
                Some(ended) => Some(ended.into_ended()?),
                None => None,
            },
        })
    }
}

impl From<&Ended> for EndedRecord {
    fn from(ended: &Ended) -> Self {
        Self {
            at: micros(ended.at),
            cause: place(&EndCause::ALL, &ended.cause),
            keep_until: micros(ended.keep_until),
        }
    }
}

impl EndedRecord {
    fn into_ended(self) -> Option<Ended> {
        Some(Ended {
            at: time(self.at)?,
            cause: at_place(&EndCause::ALL, self.cause)?,
            keep_until: time(self.keep_until)?,
        })
    }
}

impl From<&Consent> for ConsentRecord {
    fn from(consent: &Consent) -> Self {
        Self {
            purpose: consent.purpose.to_string(),
            channel: consent.channel.as_ref().map(ToString::to_string),
            policy_version: consent.policy_version,
            text_digest: consent.text_digest,
            language: place(&Language::ALL, &consent.language),
            evidence: consent.evidence.clone(),
            state: match consent.state {
                ConsentState::Given { at, until } => {
                    ConsentStateRecord::Given { at: micros(at), until: micros(until) }
                }
                ConsentState::Refused { at } => ConsentStateRecord::Refused { at: micros(at) },
                ConsentState::Withdrawn { given_at, at } => {
                    ConsentStateRecord::Withdrawn { given_at: micros(given_at), at: micros(at) }
                }
            },
        }
    }
}

impl ConsentRecord {
    fn into_consent(self) -> Option<Consent> {
        Some(Consent {
            purpose: purpose(&self.purpose)?,
            channel: channel(self.channel.as_ref())?,
            policy_version: self.policy_version,
            text_digest: self.text_digest,
            language: at_place(&Language::ALL, self.language)?,
            evidence: self.evidence,
            state: match self.state {
                ConsentStateRecord::Given { at, until } => {
                    ConsentState::Given { at: time(at)?, until: time(until)? }
                }
                ConsentStateRecord::Refused { at } => ConsentState::Refused { at: time(at)? },
                ConsentStateRecord::Withdrawn { given_at, at } => {
                    ConsentState::Withdrawn { given_at: time(given_at)?, at: time(at)? }
                }
            },
        })
    }
}

impl From<&Restriction> for RestrictionRecord {
    fn from(restriction: &Restriction) -> Self {
        Self {
            id: *restriction.id.bytes(),
            scope: match &restriction.scope {
                RestrictionScope::Everything => ScopeRecord::Everything,
                RestrictionScope::Purpose(name) => ScopeRecord::Purpose(name.to_string()),
                RestrictionScope::Attributes(names) => ScopeRecord::Attributes(texts(names)),
            },
            reason: place(&RestrictionReason::ALL, &restriction.reason),
            since: micros(restriction.since),
            until: restriction.until.map(micros),
        }
    }
}

impl RestrictionRecord {
    fn into_restriction(self) -> Option<Restriction> {
        Some(Restriction {
            id: ThingId::new(self.id),
            scope: match self.scope {
                ScopeRecord::Everything => RestrictionScope::Everything,
                ScopeRecord::Purpose(name) => RestrictionScope::Purpose(purpose(&name)?),
                ScopeRecord::Attributes(names) => RestrictionScope::Attributes(attributes(&names)?),
            },
            reason: at_place(&RestrictionReason::ALL, self.reason)?,
            since: time(self.since)?,
            until: maybe_time(self.until)?,
        })
    }
}

impl From<&Hold> for HoldRecord {
    fn from(hold: &Hold) -> Self {
        Self {
            id: *hold.id.bytes(),
            ground: hold.ground.clone(),
            since: micros(hold.since),
            until: hold.until.map(micros),
        }
    }
}

impl HoldRecord {
    fn into_hold(self) -> Option<Hold> {
        Some(Hold {
            id: ThingId::new(self.id),
            ground: self.ground,
            since: time(self.since)?,
            until: maybe_time(self.until)?,
        })
    }
}

impl From<&StandingEvent> for EventRecord {
    fn from(event: &StandingEvent) -> Self {
        use StandingEvent as E;
        match event {
            E::Collected { purpose, attributes, source, at } => Self::Collected {
                purpose: purpose.to_string(),
                attributes: texts(attributes),
                source: place(&Source::ALL, source),
                at: micros(*at),
            },
            E::Rectified { attributes, source, at } => Self::Rectified {
                attributes: texts(attributes),
                source: place(&Source::ALL, source),
                at: micros(*at),
            },
            E::RectificationAwaits { attributes, at } => {
                Self::RectificationAwaits { attributes: texts(attributes), at: micros(*at) }
            }
            E::Confirmed { attributes, at } => {
                Self::Confirmed { attributes: texts(attributes), at: micros(*at) }
            }
            E::ConsentAnswered(consent) => Self::ConsentAnswered(consent.into()),
            E::ConsentWithdrawn { purpose, channel, at } => Self::ConsentWithdrawn {
                purpose: purpose.to_string(),
                channel: channel.as_ref().map(ToString::to_string),
                at: micros(*at),
            },
            E::GroundOpened { purpose, basis, reference, at } => Self::GroundOpened {
                purpose: purpose.to_string(),
                basis: place(&BasisKind::ALL, basis),
                reference: reference.clone(),
                at: micros(*at),
            },
            E::GroundEnded { purpose, reference, ended } => Self::GroundEnded {
                purpose: purpose.to_string(),
                reference: reference.clone(),
                ended: ended.into(),
            },
            E::Restricted(restriction) => Self::Restricted(restriction.into()),
            E::Unrestricted { id, at } => Self::Unrestricted { id: *id.bytes(), at: micros(*at) },
            E::HoldPlaced(hold) => Self::HoldPlaced(hold.into()),
            E::HoldLifted { id, at } => Self::HoldLifted { id: *id.bytes(), at: micros(*at) },
            E::Stopped { at } => Self::Stopped { at: micros(*at) },
            E::Linked { purpose, at } => Self::Linked { purpose: purpose.to_string(), at: micros(*at) },
            E::Erased { attributes, purposes, at } => {
                Self::Erased { attributes: texts(attributes), purposes: texts(purposes), at: micros(*at) }
            }
        }
    }
}

impl EventRecord {
    fn into_event(self) -> Option<StandingEvent> {
        use StandingEvent as E;
        Some(match self {
            Self::Collected { purpose: name, attributes: names, source, at } => E::Collected {
                purpose: purpose(&name)?,
                attributes: attributes(&names)?,
                source: at_place(&Source::ALL, source)?,
                at: time(at)?,
            },
            Self::Rectified { attributes: names, source, at } => E::Rectified {
                attributes: attributes(&names)?,
                source: at_place(&Source::ALL, source)?,
                at: time(at)?,
            },
            Self::RectificationAwaits { attributes: names, at } => {
                E::RectificationAwaits { attributes: attributes(&names)?, at: time(at)? }
            }
            Self::Confirmed { attributes: names, at } => {
                E::Confirmed { attributes: attributes(&names)?, at: time(at)? }
            }
            Self::ConsentAnswered(consent) => E::ConsentAnswered(consent.into_consent()?),
            Self::ConsentWithdrawn { purpose: name, channel: through, at } => E::ConsentWithdrawn {
                purpose: purpose(&name)?,
                channel: channel(through.as_ref())?,
                at: time(at)?,
            },
            Self::GroundOpened { purpose: name, basis, reference, at } => E::GroundOpened {
                purpose: purpose(&name)?,
                basis: at_place(&BasisKind::ALL, basis)?,
                reference,
                at: time(at)?,
            },
            Self::GroundEnded { purpose: name, reference, ended } => {
                E::GroundEnded { purpose: purpose(&name)?, reference, ended: ended.into_ended()? }
            }
            Self::Restricted(restriction) => E::Restricted(restriction.into_restriction()?),
            Self::Unrestricted { id, at } => E::Unrestricted { id: ThingId::new(id), at: time(at)? },
            Self::HoldPlaced(hold) => E::HoldPlaced(hold.into_hold()?),
            Self::HoldLifted { id, at } => E::HoldLifted { id: ThingId::new(id), at: time(at)? },
            Self::Stopped { at } => E::Stopped { at: time(at)? },
            Self::Linked { purpose: name, at } => E::Linked { purpose: purpose(&name)?, at: time(at)? },
            Self::Erased { attributes: names, purposes: ended, at } => {
                E::Erased { attributes: attributes(&names)?, purposes: purposes(&ended)?, at: time(at)? }
            }
        })
    }
}
