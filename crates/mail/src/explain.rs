//! How is a letter read, told as JSON? This is what `saqta mail explain` prints.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::understanding::extract::Extract;
use crate::understanding::reason::Reason;
use crate::understanding::{Language, LetterKind, Understanding};

/// How a letter was read, as it is shown.
#[derive(Serialize)]
pub struct Explanation<'a> {
    kinds: Vec<LetterKind>,
    language: Language,
    extract: &'a Extract,
    #[serde(skip_serializing_if = "Option::is_none")]
    trust: Option<Value>,
    reasons: Vec<Told>,
    files: bool,
}

#[derive(Serialize)]
struct Told {
    code: &'static str,
    #[serde(flatten)]
    arguments: BTreeMap<&'static str, String>,
}

/// Tells how a letter was read; `trust` is whatever is known about its sender.
pub fn explain(understanding: &Understanding, trust: Option<Value>) -> Explanation<'_> {
    let told =
        |reason: &Reason| Told { code: reason.code(), arguments: reason.arguments().into_iter().collect() };
    Explanation {
        kinds: understanding.kinds.iter().copied().collect(),
        language: understanding.language,
        extract: &understanding.extract,
        trust,
        reasons: understanding.reasons.iter().map(told).collect(),
        files: understanding.files,
    }
}
