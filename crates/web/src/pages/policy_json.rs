//! What does a program read of the policy in force: its clauses, its purposes, and the consent texts with their digests?

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use data_encoding::HEXLOWER;
use saqta_app::instance::View;
use saqta_domain::terms::names::{Language, Wording};
use saqta_domain::terms::purpose::{ConsentTerms, Purpose};
use serde::Serialize;

use super::tagged;
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Serialize)]
struct PolicyTold {
    version: u32,
    effective_from: String,
    digest: String,
    jurisdictions: Vec<String>,
    operator: OperatorTold,
    texts: BTreeMap<&'static str, TextTold>,
    purposes: Vec<PurposeTold>,
    attributes: Vec<AttributeTold>,
}

#[derive(Serialize)]
struct OperatorTold {
    name: WordingTold,
    bin: String,
    address: WordingTold,
    sites: Vec<String>,
    email: String,
}

#[derive(Serialize)]
struct TextTold {
    title: String,
    clauses: Vec<ClauseTold>,
}

#[derive(Serialize)]
struct ClauseTold {
    number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    markdown: String,
}

#[derive(Serialize)]
struct PurposeTold {
    name: String,
    title: WordingTold,
    basis: Option<&'static str>,
    needs: Vec<String>,
    may: Vec<String>,
    operations: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep: Option<KeepTold>,
    then: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<ConsentTold>,
    clauses: Vec<String>,
}

#[derive(Serialize)]
struct KeepTold {
    term: String,
    because: String,
}

#[derive(Serialize)]
struct ConsentTold {
    term: String,
    channels: Vec<String>,
    /// By language: the text to be shown, and the digest that an answer to it names.
    texts: BTreeMap<&'static str, ConsentText>,
}

#[derive(Serialize)]
struct ConsentText {
    text: String,
    digest: String,
}

#[derive(Serialize)]
struct AttributeTold {
    name: String,
    label: WordingTold,
    kind: &'static str,
    findable: bool,
}

#[derive(Serialize)]
struct WordingTold {
    kk: String,
    ru: String,
    en: String,
}

impl From<&Wording> for WordingTold {
    fn from(wording: &Wording) -> Self {
        Self { kk: wording.kk.clone(), ru: wording.ru.clone(), en: wording.en.clone() }
    }
}

/// The policy in force.
pub(super) async fn handler(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let body = serde_json::to_string(&told(&view)).map_err(|_| Failure::Broken("the policy as JSON"))?;
    Ok(tagged(&headers, "application/json", body))
}

fn told(view: &View) -> PolicyTold {
    let policy = &view.version.policy;
    let operator = &policy.operator;
    PolicyTold {
        version: policy.version,
        effective_from: policy.effective_from.to_string(),
        digest: HEXLOWER.encode(&policy.digest),
        jurisdictions: policy.jurisdictions.clone(),
        operator: OperatorTold {
            name: (&operator.name).into(),
            bin: operator.bin.clone(),
            address: (&operator.address).into(),
            sites: operator.sites.clone(),
            email: operator.email.clone(),
        },
        texts: Language::ALL.into_iter().filter_map(|l| Some((l.tag(), text(view, l)?))).collect(),
        purposes: policy.purposes.values().map(purpose).collect(),
        attributes: policy
            .attributes
            .values()
            .map(|a| AttributeTold {
                name: a.name.to_string(),
                label: (&a.label).into(),
                kind: a.kind.as_str(),
                findable: a.findable,
            })
            .collect(),
    }
}

fn text(view: &View, language: Language) -> Option<TextTold> {
    let document = view.version.texts.document(language)?;
    let clauses = document.clauses.iter().map(|clause| ClauseTold {
        number: clause.number.to_string(),
        heading: clause.heading.clone(),
        markdown: clause.markdown.clone(),
    });
    Some(TextTold { title: document.title.clone(), clauses: clauses.collect() })
}

fn purpose(purpose: &Purpose) -> PurposeTold {
    PurposeTold {
        name: purpose.name.to_string(),
        title: (&purpose.title).into(),
        basis: purpose.basis.kind().map(|b| b.as_str()),
        needs: purpose.needs.iter().map(ToString::to_string).collect(),
        may: purpose.may.iter().map(ToString::to_string).collect(),
        operations: purpose.operations.iter().map(|o| o.as_str()).collect(),
        keep: purpose
            .keep
            .as_ref()
            .map(|k| KeepTold { term: k.term.to_string(), because: k.because.clone() }),
        then: purpose.then.as_str(),
        consent: purpose.consent.as_ref().map(consent),
        clauses: purpose.clauses.iter().map(ToString::to_string).collect(),
    }
}

fn consent(terms: &ConsentTerms) -> ConsentTold {
    let texts = Language::ALL.into_iter().zip(&terms.digests).map(|(language, digest)| {
        let text = terms.text.in_language(language).to_owned();
        (language.tag(), ConsentText { text, digest: HEXLOWER.encode(digest) })
    });
    ConsentTold {
        term: terms.term.to_string(),
        channels: terms.channels.iter().map(ToString::to_string).collect(),
        texts: texts.collect(),
    }
}
