//! What does a program read of a version of the policy: its clauses, its purposes, and the consent texts with their digests?

use std::collections::BTreeMap;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use data_encoding::HEXLOWER;
use saqta_app::error::Error;
use saqta_app::instance::Version;
use saqta_domain::terms::basis::LegalBasis;
use saqta_domain::terms::names::{Language, Wording};
use saqta_domain::terms::purpose::{ConsentTerms, Purpose};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::offered;
use super::tagged;
use crate::problem::Failure;
use crate::routes::Web;

/// A version of the policy.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyTold {
    /// Its number.
    version: u32,
    /// From when it is in force.
    effective_from: String,
    /// SHA-256 of its files, in hexadecimal.
    digest: String,
    /// The law packs it stands under.
    jurisdictions: Vec<String>,
    /// Who runs the system.
    operator: OperatorTold,
    /// The published text by language.
    texts: BTreeMap<&'static str, TextTold>,
    /// What data are used for.
    purposes: Vec<PurposeTold>,
    /// Which data may be held.
    attributes: Vec<AttributeTold>,
}

/// Who runs the system.
#[derive(Serialize, ToSchema)]
pub(crate) struct OperatorTold {
    /// The legal name.
    name: WordingTold,
    /// The business identification number.
    bin: String,
    /// The legal address.
    address: WordingTold,
    /// The sites the policy speaks for.
    sites: Vec<String>,
    /// Where people write to.
    email: String,
}

/// The published text in one language.
#[derive(Serialize, ToSchema)]
pub(crate) struct TextTold {
    /// Its title.
    title: String,
    /// Its clauses in order.
    clauses: Vec<ClauseTold>,
}

/// One clause.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseTold {
    /// Its number.
    number: String,
    /// Its heading, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    /// Its words, as Markdown.
    markdown: String,
}

/// Why data are processed.
#[derive(Serialize, ToSchema)]
pub(crate) struct PurposeTold {
    /// Its name.
    name: String,
    /// What people read.
    title: WordingTold,
    /// The ground it stands on; none for a purpose without personal data.
    basis: Option<&'static str>,
    /// Attributes without which it cannot be reached.
    needs: Vec<String>,
    /// Attributes it can use when they are given.
    may: Vec<String>,
    /// What may be done for it (clause 8.1).
    operations: Vec<&'static str>,
    /// Whether people take part in it: `automated`, `manual` or `mixed` (clauses 2.1, 8.2).
    automated: &'static str,
    /// How long its data are kept after its end, locked away from use.
    #[serde(skip_serializing_if = "Option::is_none")]
    keep: Option<KeepTold>,
    /// Why the person's rights do not outweigh it, where a legitimate interest is the ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    balancing: Option<WordingTold>,
    /// What happens then: `destroy` or `depersonalise`.
    then: &'static str,
    /// What is agreed to, where consent is the ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<ConsentTold>,
    /// The clauses it makes true.
    clauses: Vec<String>,
}

/// How long data outlive their purpose.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeepTold {
    /// The term (ISO 8601).
    term: String,
    /// Because of what.
    because: WordingTold,
}

/// What is agreed to.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentTold {
    /// How long a consent lasts (ISO 8601).
    term: String,
    /// Channels that are agreed to apart.
    channels: Vec<String>,
    /// By language: the text to be shown, and the digest that an answer to it names.
    texts: BTreeMap<&'static str, ConsentText>,
}

/// A consent text in one language.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentText {
    /// The exact wording to be shown.
    text: String,
    /// Its SHA-256 in hexadecimal: what an answer to it names.
    digest: String,
}

/// Data that may be held.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttributeTold {
    /// Its name.
    name: String,
    /// What people read.
    label: WordingTold,
    /// What its values are checked against.
    kind: &'static str,
    /// Whether persons are found by it.
    findable: bool,
}

/// A short text in each language.
#[derive(Serialize, ToSchema)]
pub(crate) struct WordingTold {
    /// Kazakh.
    kk: String,
    /// Russian.
    ru: String,
    /// English.
    en: String,
}

impl From<&Wording> for WordingTold {
    fn from(wording: &Wording) -> Self {
        Self { kk: wording.kk.clone(), ru: wording.ru.clone(), en: wording.en.clone() }
    }
}

/// Read the policy in force, for programs.
///
/// It has the consent texts with the digests that answers to them name.
#[utoipa::path(get, path = "/policy.json", operation_id = "policy", tag = "public", security(()),
    responses((status = 200, description = "The policy in force.", body = PolicyTold)))]
pub(crate) async fn handler(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    told(&headers, &web.app.view().await?.version)
}

/// Read one version of the policy, for programs.
///
/// It never changes: consents given under it stay bound to what stands here.
#[utoipa::path(get, path = "/policy/v/{version}/policy.json", operation_id = "policy_version", tag = "public",
    security(()),
    params(("version" = u32, Path, description = "Its number.")),
    responses((status = 200, description = "That version.", body = PolicyTold)))]
pub(crate) async fn one(
    State(web): State<Web>,
    number: Result<Path<u32>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Ok(Path(number)) = number else { return Err(Error::NotFound.into()) };
    let versions = web.app.versions();
    let version = versions.iter().find(|v| v.policy.version == number).ok_or(Error::NotFound)?;
    let mut response = told(&headers, version)?;
    if web.app.has_begun(number) {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    }
    Ok(response)
}

fn told(headers: &HeaderMap, version: &Version) -> Result<Response, Failure> {
    let body = serde_json::to_string(&policy(version)).map_err(|_| Failure::Broken("the policy as JSON"))?;
    Ok(tagged(headers, "application/json", body))
}

fn policy(version: &Version) -> PolicyTold {
    let policy = &version.policy;
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
        texts: Language::ALL.into_iter().filter_map(|l| Some((l.tag(), text(version, l)?))).collect(),
        purposes: policy.purposes.values().map(|p| purpose(p, &offered(version))).collect(),
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

fn text(version: &Version, language: Language) -> Option<TextTold> {
    let document = version.texts.document(language)?;
    let clauses = document.clauses.iter().map(|clause| ClauseTold {
        number: clause.number.to_string(),
        heading: clause.heading.clone(),
        markdown: clause.markdown.clone(),
    });
    Some(TextTold { title: document.title.clone(), clauses: clauses.collect() })
}

fn purpose(purpose: &Purpose, languages: &[Language]) -> PurposeTold {
    PurposeTold {
        name: purpose.name.to_string(),
        title: (&purpose.title).into(),
        basis: purpose.basis.kind().map(|b| b.as_str()),
        needs: purpose.needs.iter().map(ToString::to_string).collect(),
        may: purpose.may.iter().map(ToString::to_string).collect(),
        operations: purpose.operations.iter().map(|o| o.as_str()).collect(),
        automated: purpose.automation.as_str(),
        keep: purpose
            .keep
            .as_ref()
            .map(|k| KeepTold { term: k.term.to_string(), because: (&k.because).into() }),
        balancing: match &purpose.basis {
            LegalBasis::LegitimateInterest { balancing } => Some(balancing.into()),
            _ => None,
        },
        then: purpose.then.as_str(),
        consent: purpose.consent.as_ref().map(|terms| consent(terms, languages)),
        clauses: purpose.clauses.iter().map(ToString::to_string).collect(),
    }
}

/// Only a text in a language that was written can have been shown to anybody.
fn consent(terms: &ConsentTerms, languages: &[Language]) -> ConsentTold {
    let written = Language::ALL.into_iter().zip(&terms.digests).filter(|(l, _)| languages.contains(l));
    let texts = written.map(|(language, digest)| {
        let text = terms.text.in_language(language).to_owned();
        (language.tag(), ConsentText { text, digest: HEXLOWER.encode(digest) })
    });
    ConsentTold {
        term: terms.term.to_string(),
        channels: terms.channels.iter().map(ToString::to_string).collect(),
        texts: texts.collect(),
    }
}
