//! What does a person or an operator keep as proof: which record, copied when, and where is that on record?

use saqta_app::operations::consent_record::ConsentsOnRecord;
use serde_json::{Value, json};

use super::dpv;
use crate::api::wire::{Receipt, uuid};

/// The receipt: a copy of the record as it stood, and the leaf of the look by which it was made.
pub(super) fn document(told: &ConsentsOnRecord, leaf: Receipt, host: &str) -> Value {
    let id = uuid(told.drawn);
    json!({
        "@context": dpv::context(),
        "@id": format!("urn:uuid:{id}"),
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": { "@id": "https://w3id.org/dpv/schema/dpv-27560#receipt" },
        "dct:identifier": id,
        "dct:issued": told.at.to_string(),
        "saqta:ledger": { "saqta:log": leaf.log, "saqta:index": leaf.index },
        "dct:hasPart": dpv::without_context(told, host),
    })
}
