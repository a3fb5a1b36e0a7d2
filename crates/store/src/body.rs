//! How do the values of one person lie together in their row, and when is that opened?
//!
//! Each value is sealed on its own, and all of them once more together. Names and versions stand in the standing and are not
//! repeated: the values follow the order of what is held there, and the version that a value was sealed for must be the one
//! that is held, or it does not open.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::standing::Standing;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::codec;
use crate::error::Error;

/// The values of one person in one compartment: by attribute the version and what is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// Values in use.
    pub values: BTreeMap<AttributeName, (u32, Vec<u8>)>,
    /// Corrections that wait for the end of a block.
    pub waiting: BTreeMap<AttributeName, (u32, Vec<u8>)>,
}

/// A body that is opened when somebody first asks for a value. What is decided by the standing alone never opens it.
#[derive(Debug, Default)]
pub(crate) struct Values {
    // As it was read; nothing, where the row was read without it, or there is no row.
    sealed: Option<Vec<u8>>,
    opened: OnceLock<Body>,
}

impl From<Body> for Values {
    fn from(body: Body) -> Self {
        Self { sealed: None, opened: OnceLock::from(body) }
    }
}

impl Values {
    /// As they lie in the row.
    pub(crate) fn sealed(bytes: Vec<u8>) -> Self {
        Self { sealed: Some(bytes), opened: OnceLock::new() }
    }

    /// Whether they were left behind when the row was read.
    pub(crate) fn are_missing(&self) -> bool {
        self.sealed.is_none() && self.opened.get().is_none()
    }

    /// The opened body; `open` is asked the first time.
    pub(crate) fn opened(&self, open: impl FnOnce(&[u8]) -> Result<Body, Error>) -> Result<&Body, Error> {
        if let Some(body) = self.opened.get() {
            return Ok(body);
        }
        let sealed = self.sealed.as_deref().ok_or(Error::Unreadable)?;
        let body = open(sealed)?;
        Ok(self.opened.get_or_init(|| body))
    }

    /// The body, if it was opened.
    pub(crate) fn opened_mut(&mut self) -> Option<&mut Body> {
        self.opened.get_mut()
    }

    /// How much memory they take, about.
    pub(crate) fn weight(&self) -> u64 {
        // Opened later, they take as much again.
        self.sealed.as_ref().map_or(0, |sealed| sealed.len() as u64).saturating_mul(2)
    }
}

#[derive(Serialize, Deserialize)]
struct BodyRecord<'a> {
    /// In the order of what is held; empty where no value lies here, as with documents.
    #[serde(borrow)]
    values: Vec<&'a [u8]>,
    /// In the order of what waits, each with its version.
    waiting: Vec<(u32, &'a [u8])>,
}

/// Lengths of bodies differ by whole steps only, by this or by a 64th of the length, whichever is more.
const STEP: usize = 128;

fn padded(length: usize) -> usize {
    let step = length.checked_ilog2().map_or(0, |log| (1_usize << log) / 64).max(STEP);
    length.checked_next_multiple_of(step).unwrap_or(length)
}

/// Bytes of a body beside its standing, padded.
pub(crate) fn encode(body: &Body, standing: &Standing) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut values = Vec::with_capacity(standing.held.len());
    for (name, held) in &standing.held {
        values.push(match body.values.get(name) {
            None => [].as_slice(),
            Some((version, sealed)) if *version == held.version => sealed,
            Some(_) => return Err(Error::Unreadable),
        });
    }
    let waiting =
        |name| body.waiting.get(name).map_or((0, [].as_slice()), |(version, sealed)| (*version, sealed));
    let record = BodyRecord { values, waiting: standing.waiting.iter().map(waiting).collect() };
    let placed = |sealed: &&[u8]| !sealed.is_empty();
    let all = record.values.iter().filter(|sealed| placed(sealed)).count() == body.values.len()
        && record.waiting.iter().filter(|(_, sealed)| placed(sealed)).count() == body.waiting.len();
    // What the standing does not know would be lost.
    if !all {
        return Err(Error::Unreadable);
    }
    codec::encode(&record, padded)
}

/// Reads them back beside the same standing.
pub(crate) fn decode(bytes: &[u8], standing: &Standing) -> Result<Body, Error> {
    let record: BodyRecord<'_> = codec::decode(bytes)?;
    if record.values.len() != standing.held.len() || record.waiting.len() != standing.waiting.len() {
        return Err(Error::Unreadable);
    }
    let values = standing.held.iter().zip(record.values).filter(|(_, sealed)| !sealed.is_empty());
    let waiting = standing.waiting.iter().zip(record.waiting).filter(|(_, (_, sealed))| !sealed.is_empty());
    Ok(Body {
        values: values
            .map(|((name, held), sealed)| (name.clone(), (held.version, sealed.to_vec())))
            .collect(),
        waiting: waiting
            .map(|(name, (version, sealed))| (name.clone(), (version, sealed.to_vec())))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;
    use saqta_domain::terms::event::StandingEvent;
    use saqta_domain::terms::names::PurposeName;
    use saqta_domain::terms::standing::Source;
    use saqta_domain::terms::subject::SubjectId;

    use super::*;

    fn name(text: &str) -> AttributeName {
        AttributeName::new(text).unwrap()
    }

    fn standing(attributes: &[&str]) -> Standing {
        let at = Timestamp::from_second(1_770_000_000).unwrap();
        let attributes: BTreeSet<_> = attributes.iter().map(|a| name(a)).collect();
        let purpose = PurposeName::new("order").unwrap();
        Standing::new(SubjectId::new([7; 16]), at)
            .after(&StandingEvent::Collected {
                purpose,
                attributes: attributes.clone(),
                source: Source::Staff,
                at,
            })
            .after(&StandingEvent::RectificationAwaits { attributes, at })
    }

    #[test]
    fn values_find_their_names_again() {
        let standing = standing(&["address", "phone", "scan"]);
        let mut body = Body::default();
        body.values.insert(name("address"), (1, vec![1; 40]));
        body.values.insert(name("phone"), (1, vec![2; 30]));
        body.waiting.insert(name("phone"), (2, vec![3; 30]));
        let bytes = encode(&body, &standing).unwrap();
        assert_eq!(bytes.len(), 128);
        assert_eq!(decode(&bytes, &standing).unwrap(), body);
    }

    #[test]
    fn a_body_beside_another_standing_is_not_read_or_written() {
        let mut body = Body::default();
        body.values.insert(name("phone"), (1, vec![2; 30]));
        let bytes = encode(&body, &standing(&["phone"])).unwrap();
        assert!(decode(&bytes, &standing(&["address", "phone"])).is_err());
        assert!(encode(&body, &standing(&["address"])).is_err(), "the value would be lost");
        body.values.insert(name("phone"), (2, vec![2; 30]));
        assert!(encode(&body, &standing(&["phone"])).is_err(), "the standing holds another version");
    }

    #[test]
    fn lengths_differ_by_steps_that_grow() {
        for (length, expected) in [
            (0, 0),
            (1, 128),
            (128, 128),
            (129, 256),
            (1_003, 1_024),
            (8_244, 8_320),
            (16_385, 16_640),
            (1_048_577, 1_064_960),
        ] {
            assert_eq!(padded(length), expected, "{length}");
        }
    }
}
