//! How does somebody ask why a thing was done or refused (clauses 3.2, 8.1)?

use std::collections::HashMap;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use data_encoding::HEXLOWER;
use saqta_app::act::Caller;
use saqta_app::evidence::Decision;
use saqta_app::explanation::Explanation;
use saqta_app::leaf::Leaf;
use saqta_domain::terms::names::{Clause, Language};
use saqta_domain::terms::operation::Operation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, purpose, receipt};
use crate::caller::{Admitted, Ask};
use crate::problem::Failure;
use crate::routes::Web;

/// About whom, and how far back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionsBody {
    /// About whom.
    subject: Subject,
    /// In which purpose's compartment.
    #[schema(example = "order")]
    purpose: String,
    /// Only what stands before this: the receipt of the last decision of the page before.
    before: Option<Receipt>,
    /// How many; 50 when nothing is said, and never more than 200.
    #[schema(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Decisions, the latest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionsAnswer {
    /// The decisions.
    decisions: Vec<DecisionAnswer>,
}

/// One decision, and why it was so.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionAnswer {
    /// Where it stands in the ledger.
    receipt: Receipt,
    /// When.
    #[schema(example = "2026-01-12T09:30:00Z")]
    at: String,
    /// What was to be done.
    #[schema(example = "retrieval")]
    operation: String,
    /// Whether it was permitted.
    permitted: bool,
    /// Why it was refused: a stable word.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The rule that answered: the name of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// The clause it was decided by.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// The ground it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// Whether the law in force knew that ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_knows: Option<bool>,
    /// For what.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    /// With which attributes.
    attributes: Vec<String>,
    /// Who did it.
    actor: String,
    /// Through what: `api`, `cli`, `import` or `job`.
    channel: String,
    /// The version of the policy it was decided under.
    policy_version: u32,
    /// The first eight bytes of that version's SHA-256, in hexadecimal.
    policy_digest: String,
    /// The law it was decided under.
    law: String,
    /// The day until which the makers of the law pack answer for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2027-05-22")]
    law_verified_until: Option<String>,
    /// Whether that day had not passed when the decision was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_verified: Option<bool>,
    /// What else the ledger says.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// How far a destruction has come: `erased`, `key_destroyed` or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    destruction: Option<String>,
    /// The same in words, in the caller's language.
    told: DecisionTold,
    /// Why it was so, quoted; only where one decision is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationTold>,
}

/// A decision in words.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct DecisionTold {
    /// What happened.
    what: String,
    /// What would have been needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<String>,
    /// All of it in sentences; only where one decision is asked about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sentences: Vec<String>,
}

/// What a decision was made by, as it stood then.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExplanationTold {
    /// The clause, in the words of the version it was decided under.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<ClauseQuoted>,
    /// The ground in words: the one it stands on or, of a refusal, the one the policy declares for the purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// The version of the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<PolicyNamed>,
    /// The law.
    law: LawQuoted,
}

/// A clause as people could read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseQuoted {
    /// Its number.
    #[schema(example = "6.4")]
    number: String,
    /// Its heading, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    /// Its words, as Markdown.
    text: String,
    /// The language of the words: the caller's, if the text exists in it.
    language: &'static str,
}

/// A version of the policy, and where to read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyNamed {
    /// Its number.
    version: u32,
    /// SHA-256 of its files, in hexadecimal.
    digest: String,
    /// Its public address.
    #[schema(example = "https://shop.example/policy/v/1")]
    url: String,
}

/// What the law said on that day.
#[derive(Serialize, ToSchema)]
pub(crate) struct LawQuoted {
    /// The law pack; several are joined by a plus sign.
    pack: String,
    /// The day from which the edition holds.
    edition: String,
    /// The law's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The act that made the edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<String>,
    /// Whether it knows the ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    knows: Option<bool>,
    /// Where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// How sure the pack is of that: `T` read in the text, `S` in a secondary source, `I` inferred, `M` from memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<&'static str>,
}

fn quoted(web: &Web, explanation: Explanation) -> (ExplanationTold, Vec<String>) {
    let (clause, law) = (explanation.clause, explanation.law);
    let base = web.settings.public_url.trim_end_matches('/');
    let told = ExplanationTold {
        clause: clause.map(|clause| ClauseQuoted {
            number: clause.number,
            heading: clause.heading,
            text: clause.text,
            language: clause.language,
        }),
        basis: explanation.basis,
        policy: explanation.policy.map(|policy| PolicyNamed {
            version: policy.version,
            digest: policy.digest,
            url: format!("{base}{}", policy.address),
        }),
        law: LawQuoted {
            pack: law.pack,
            edition: law.edition,
            name: law.name,
            made_by: law.made_by,
            knows: law.knows,
            source: law.source,
            certainty: law.certainty,
        },
    };
    (told, explanation.told)
}

/// What a decision is told by: two that agree in it are told in the same words.
#[derive(PartialEq, Eq, Hash)]
struct Gist<'a> {
    operation: &'a str,
    refusal: Option<&'a str>,
    clause: Option<&'a str>,
    purpose: Option<&'a str>,
    attributes: &'a [String],
}

impl<'a> From<&'a Leaf> for Gist<'a> {
    fn from(leaf: &'a Leaf) -> Self {
        // Who was refused what stands in the words of a refusal alone.
        let refused = leaf.refusal.is_some();
        Self {
            operation: &leaf.operation,
            refusal: leaf.refusal.as_deref(),
            clause: leaf.clause.as_deref(),
            purpose: leaf.purpose.as_deref().filter(|_| refused),
            attributes: if refused { &leaf.attributes } else { &[] },
        }
    }
}

/// Many decisions for one caller: what is said of several is put into words once.
fn answers(web: &Web, caller: &Caller, decisions: Vec<Decision>) -> Vec<DecisionAnswer> {
    let mut said: HashMap<Gist<'_>, DecisionTold> = HashMap::new();
    let all: Vec<DecisionTold> = decisions
        .iter()
        .map(|Decision { leaf, .. }| {
            said.entry(leaf.into()).or_insert_with(|| told(web, leaf, caller.language)).clone()
        })
        .collect();
    decisions.into_iter().zip(all).map(|(decision, told)| answer(web, decision, told)).collect()
}

fn answer(web: &Web, decision: Decision, told: DecisionTold) -> DecisionAnswer {
    let verified = web.app.law_verified(&decision);
    let leaf = decision.leaf;
    DecisionAnswer {
        told,
        receipt: decision.receipt.into(),
        at: decision.at.to_string(),
        operation: leaf.operation,
        permitted: leaf.permitted,
        code: leaf.refusal,
        rule: leaf.rule,
        clause: leaf.clause,
        basis: leaf.basis,
        law_knows: leaf.law_knows,
        purpose: leaf.purpose,
        attributes: leaf.attributes,
        actor: leaf.actor,
        channel: leaf.channel,
        policy_version: leaf.policy_version,
        policy_digest: HEXLOWER.encode(&leaf.policy_digest),
        law: leaf.law,
        law_verified_until: verified.map(|(until, _)| until.to_string()),
        law_verified: verified.map(|(_, verified)| verified),
        explanation: None,
        detail: leaf.detail,
        destruction: decision.destruction.map(|d| d.as_str().to_owned()),
    }
}

fn told(web: &Web, leaf: &Leaf, language: Language) -> DecisionTold {
    let words = web.app.words();
    if let Some(told) = web.app.refusal_told(leaf, language) {
        return DecisionTold { what: told.what, needs: Some(told.needs), sentences: Vec::new() };
    }
    let operation = match Operation::from_word(&leaf.operation) {
        Some(operation) => words.operation(operation, language),
        None => leaf.operation.clone(),
    };
    let what = words.told("decision-done", language, &[("operation", operation.as_str())]);
    let clause = leaf.clause.as_deref().and_then(Clause::new);
    let clause = clause.map(|c| format!(" ({})", words.clause(&c, language))).unwrap_or_default();
    DecisionTold { what: format!("{what}{clause}"), needs: None, sentences: Vec::new() }
}

/// Ask what was decided about a person.
#[utoipa::path(post, path = "/v1/decisions", operation_id = "decisions", tag = "evidence", request_body = DecisionsBody,
    responses((status = 200, description = "The decisions, the latest first.", body = DecisionsAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Ask { caller, body }: Ask<DecisionsBody>,
) -> Result<Json<DecisionsAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let (before, limit) = (body.before.map(Into::into), body.limit.unwrap_or(50));
    let found = web.app.decisions_about(&caller, &who, &purpose, before, limit).await?;
    Ok(Json(DecisionsAnswer { decisions: answers(&web, &caller, found) }))
}

/// Ask about one decision, and why it was so.
///
/// The clause is quoted from the version of the policy it was decided under, the law from the edition of that day.
#[utoipa::path(get, path = "/v1/decisions/{receipt}", operation_id = "decision", tag = "evidence",
    params(("receipt" = String, Path, description = "Log and index of a receipt, such as `1-42`.", example = "1-42")),
    responses((status = 200, description = "The decision.", body = DecisionAnswer)))]
pub(crate) async fn one(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<DecisionAnswer>, Failure> {
    let decision = web.app.decision(&caller, receipt(&path?.0)?).await?;
    let (explanation, sentences) = quoted(&web, web.app.explain(&decision, caller.language));
    let told = told(&web, &decision.leaf, caller.language);
    let mut answer = answer(&web, decision, told);
    answer.explanation = Some(explanation);
    answer.told.sentences = sentences;
    Ok(Json(answer))
}
