//! Which shapes do several requests and answers share, and how are their words read?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use saqta_app::act::Who;
use saqta_app::ahead::Errand;
use saqta_app::operations::withdraw::Line;
use saqta_domain::rules::Reason;
use saqta_domain::terms::names::{AttributeName, ChannelName, EventName, PurposeName};
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::{SubjectId, ThingId};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::problem::Failure;

/// Where a deed stands in the ledger.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    /// The log.
    #[schema(example = 1, minimum = 0)]
    pub log: i64,
    /// The index of the leaf in it.
    #[schema(example = 42, minimum = 0)]
    pub index: i64,
}

impl From<saqta_app::act::Receipt> for Receipt {
    fn from(receipt: saqta_app::act::Receipt) -> Self {
        Self { log: receipt.log, index: receipt.index }
    }
}

impl From<Receipt> for saqta_app::act::Receipt {
    fn from(receipt: Receipt) -> Self {
        Self { log: receipt.log, index: receipt.index }
    }
}

/// Whom a request is about: either `id`, or `attribute` and `value` of an attribute that the policy lets look up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Subject {
    /// The id that this system gave the person: 32 hexadecimal digits.
    #[schema(example = "a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7")]
    id: Option<String>,
    /// The attribute the person is known by.
    attribute: Option<String>,
    /// Its value.
    value: Option<String>,
}

impl Subject {
    /// As the operations want to have it.
    pub(crate) fn who(self) -> Result<Who, Failure> {
        match (self.id, self.attribute, self.value) {
            (Some(id), None, None) => Ok(Who::Subject(subject_id(&id)?)),
            (None, Some(name), Some(value)) => Ok(Who::Identifier { attribute: attribute(&name)?, value }),
            _ => Err(Failure::Malformed("subject_malformed")),
        }
    }
}

/// What a request asks about somebody for a purpose, as far as both can be read.
pub(crate) fn errand(subject: &Subject, name: &str) -> Option<Errand> {
    let who = match (&subject.id, &subject.attribute, &subject.value) {
        (Some(id), None, None) => Who::Subject(subject_id(id).ok()?),
        (None, Some(name), Some(value)) => {
            Who::Identifier { attribute: attribute(name).ok()?, value: value.clone() }
        }
        _ => return None,
    };
    Some(Errand::For { purpose: purpose(name).ok()?, who })
}

/// The same of somebody who is named by id.
pub(crate) fn errand_by_id(subject: &SubjectById, name: &str) -> Option<Errand> {
    Some(Errand::For { purpose: purpose(name).ok()?, who: Who::Subject(subject.id().ok()?) })
}

/// A person by the id that this system gave them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubjectById {
    /// 32 hexadecimal digits.
    #[schema(example = "a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7")]
    id: String,
}

impl SubjectById {
    /// As the operations want to have it.
    pub(crate) fn id(&self) -> Result<SubjectId, Failure> {
        subject_id(&self.id)
    }
}

/// Values by attribute, in the order in which they came. One that comes twice is kept twice, so that it is refused instead of
/// losing one of them.
#[derive(Default)]
pub(crate) struct Values(Vec<(String, String)>);

impl Values {
    /// As the operations want to have them.
    pub(crate) fn named(self) -> Result<Vec<(AttributeName, String)>, Failure> {
        self.0.into_iter().map(|(name, value)| Ok((attribute(&name)?, value))).collect()
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Values;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by attribute")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Values(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// What becomes of a purpose after a withdrawal, a demand to stop or a destruction.
#[derive(Serialize, ToSchema)]
pub(crate) struct GoesOn {
    /// The purpose.
    #[schema(example = "marketing")]
    purpose: String,
    /// `stopped`, `continues` or `kept`.
    #[schema(example = "kept")]
    state: String,
    /// The ground on which it continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// The end of the term for which data are kept, locked away from use.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl From<Line> for GoesOn {
    fn from(line: Line) -> Self {
        Self { purpose: line.purpose, state: line.state, basis: line.basis, until: line.until }
    }
}

/// Nothing but where the deed stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Recorded {
    /// Where the deed stands in the ledger.
    pub receipt: Receipt,
}

/// The clause and ground of a yes.
pub(crate) fn clause_and_basis(reason: &Reason) -> (String, Option<String>) {
    (reason.clause.to_string(), reason.basis.map(|b| b.as_str().to_owned()))
}

/// Reads a purpose's name.
pub(crate) fn purpose(text: &str) -> Result<PurposeName, Failure> {
    PurposeName::new(text).map_err(|_| Failure::Malformed("purpose_malformed"))
}

/// Reads an attribute's name.
pub(crate) fn attribute(text: &str) -> Result<AttributeName, Failure> {
    AttributeName::new(text).map_err(|_| Failure::Malformed("attribute_malformed"))
}

/// Reads the names of attributes.
pub(crate) fn attributes(texts: &[String]) -> Result<BTreeSet<AttributeName>, Failure> {
    texts.iter().map(|text| attribute(text)).collect()
}

/// Reads a channel's name, if there is one.
pub(crate) fn channel(text: Option<&str>) -> Result<Option<ChannelName>, Failure> {
    text.map(ChannelName::new).transpose().map_err(|_| Failure::Malformed("channel_malformed"))
}

/// Reads an event's name.
pub(crate) fn event(text: &str) -> Result<EventName, Failure> {
    EventName::new(text).map_err(|_| Failure::Malformed("event_malformed"))
}

/// Reads who supplied a value; the person, where nothing is said.
pub(crate) fn source(text: Option<&str>) -> Result<Source, Failure> {
    text.map_or(Some(Source::Subject), Source::from_word).ok_or(Failure::Malformed("source_unknown"))
}

/// Reads the id of a block, a hold or a document.
pub(crate) fn thing_id(text: &str) -> Result<ThingId, Failure> {
    ThingId::from_hex(text).ok_or(Failure::Malformed("id_malformed"))
}

/// Reads an instant, if there is one.
pub(crate) fn instant(text: Option<&str>) -> Result<Option<Timestamp>, Failure> {
    text.map(|t| t.parse().map_err(|_| Failure::Malformed("time_malformed"))).transpose()
}

/// Sixteen bytes in the form of a UUID of the kind that everybody makes in their own way (RFC 9562, version 8).
pub(crate) fn uuid(bytes: [u8; 16]) -> String {
    const OWN: u128 = !((0xF << 76) | (0x3 << 62));
    const MARKS: u128 = (0x8 << 76) | (0x2 << 62);
    let digits = format!("{:032x}", (u128::from_be_bytes(bytes) & OWN) | MARKS);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Reads a receipt as it stands in a path.
pub(crate) fn receipt(text: &str) -> Result<saqta_app::act::Receipt, Failure> {
    let read = |text: &str| text.parse::<i64>().ok().filter(|n| *n >= 0 && text.len() <= 19);
    text.split_once('-')
        .and_then(|(log, index)| Some(saqta_app::act::Receipt { log: read(log)?, index: read(index)? }))
        .ok_or(Failure::Malformed("receipt_malformed"))
}

fn subject_id(text: &str) -> Result<SubjectId, Failure> {
    SubjectId::from_hex(text).ok_or(Failure::Malformed("subject_malformed"))
}

/// Values that were revealed, by attribute.
pub(crate) fn revealed(retrieved: &saqta_app::operations::retrieve::Retrieved) -> BTreeMap<String, String> {
    let permit = &retrieved.permit;
    retrieved.values.iter().map(|(name, value)| (name.to_string(), value.reveal(permit).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_named_in_one_way_and_not_in_two() {
        let check = |json: &str| serde_json::from_str::<Subject>(json).unwrap().who().is_ok();
        assert!(check(r#"{"id": "a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7"}"#));
        assert!(check(r#"{"attribute": "email", "value": "a@b.example"}"#));
        assert!(!check("{}"));
        assert!(!check(r#"{"attribute": "email"}"#));
        assert!(!check(r#"{"id": "a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7", "value": "x"}"#));
        assert!(!check(r#"{"id": "7"}"#));
    }

    #[test]
    fn a_value_that_comes_twice_is_kept_twice() {
        let values: Values = serde_json::from_str(r#"{"email": "a", "email": "b"}"#).unwrap();
        assert_eq!(values.named().unwrap().len(), 2);
    }

    #[test]
    fn an_id_is_written_as_a_uuid_of_version_eight() {
        assert_eq!(uuid([0xFF; 16]), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-8000-8000-000000000000");
    }

    #[test]
    fn a_receipt_in_a_path_is_two_numbers() {
        assert_eq!(receipt("1-42").ok().map(|r| (r.log, r.index)), Some((1, 42)));
        for bad in ["", "1", "1-", "-1-2", "1--2", "1-2-3", "a-b", "1-99999999999999999999"] {
            assert!(receipt(bad).is_err(), "{bad}");
        }
    }
}
