//! What would a new version of the policy change, and how many people would that touch (clause 11.2)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use saqta_app::comparison::{Change, ClauseChange, Comparison, Counts};
use saqta_domain::terms::names::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::Receipt;
use crate::caller::Ask;
use crate::problem::Failure;
use crate::routes::Web;

/// The files of a version that is not published yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompareBody {
    /// Their content by their names: `policy.toml` and the texts it names.
    files: BTreeMap<String, String>,
}

/// What it changes.
#[derive(Serialize, ToSchema)]
pub(crate) struct CompareAnswer {
    /// The version in force.
    before: u32,
    /// The number of the version that was sent.
    after: u32,
    /// Its first day.
    effective_from: String,
    /// What is declared differently, the widest first.
    changes: Vec<ChangeTold>,
    /// Which clauses read differently, by language.
    texts: BTreeMap<String, Vec<ClauseTold>>,
    /// How many people it touches. Numbers alone.
    counts: CountsTold,
    /// Where the look stands in the ledger.
    receipt: Receipt,
}

/// One thing that is not as it was.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeTold {
    /// `wider`, `narrower`, `new`, `gone` or `other`.
    kind: &'static str,
    /// The declaration it is about, such as `purpose.order`.
    about: String,
    /// The change in the language of the request.
    told: String,
    /// The clauses that the declaration makes true.
    clauses: Vec<String>,
    /// What follows.
    consequences: Vec<ConsequenceTold>,
}

/// What follows from a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsequenceTold {
    /// `ask_again`, `consents_idle`, `fall_due`, `values_fall_due`, `due_earlier`, `ground_anew`, `collect_anew`,
    /// `tell_people`, `tell_recipients`, `tell_authority` or `nothing`.
    kind: &'static str,
    /// For which purpose, where it is about one.
    purpose: Option<String>,
    /// How many people or consents it touches, where that is counted.
    count: Option<u64>,
    /// The consequence in the language of the request.
    told: String,
}

/// One clause that reads differently.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseTold {
    /// Its number.
    clause: String,
    /// `added`, `removed` or `changed`.
    kind: &'static str,
    /// Its words.
    pieces: Vec<PieceTold>,
}

/// Some words of a clause.
#[derive(Serialize, ToSchema)]
pub(crate) struct PieceTold {
    /// `kept`, `added` or `removed`.
    kind: &'static str,
    /// The words.
    text: String,
}

/// How many people and records it touches.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountsTold {
    /// Records that were looked at; a person has one in each compartment.
    records: u64,
    /// Records of which something falls due on the first day that would have stayed otherwise.
    due_at_once: u64,
    /// Records that fall due within thirty days after it and would have stayed longer.
    due_soon: u64,
    /// Records that a hold or a block keeps.
    held_back: u64,
    /// Records that could not be read, and are in no other number.
    unreadable: u64,
    /// By purpose.
    purposes: BTreeMap<String, PurposeTold>,
}

/// How many people of one purpose it touches.
#[derive(Serialize, ToSchema)]
pub(crate) struct PurposeTold {
    /// People of whom anything is held or known for it.
    people: u64,
    /// Consents in force on the first day.
    consents: u64,
    /// Of these, consents that do not cover it any more.
    consents_ending: u64,
    /// People who must be asked again.
    ask_again: u64,
    /// Consents in force by channel.
    channels: BTreeMap<String, u64>,
    /// People of whom a value falls due on the first day because of the new version.
    due_at_once: u64,
}

/// Compare a version with the one in force.
///
/// Nothing is published. The numbers are counted over all records; the look is on record, the numbers are not.
#[utoipa::path(post, path = "/v1/policies/compare", operation_id = "compare_policy", tag = "administration",
    request_body = CompareBody,
    responses((status = 200, description = "What it changes.", body = CompareAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Ask { caller, body }: Ask<CompareBody>,
) -> Result<Json<CompareAnswer>, Failure> {
    let (comparison, receipt) = web.app.compare_with_files(&caller, body.files).await?;
    let language = caller.language;
    let changes = comparison.changes.iter().map(|c| change(&web, &comparison, c, language)).collect();
    let texts = comparison.texts.iter().map(|(language, clauses)| {
        (language.tag().to_owned(), clauses.iter().map(clause).collect::<Vec<_>>())
    });
    Ok(Json(CompareAnswer {
        before: comparison.before,
        after: comparison.after,
        effective_from: comparison.day.clone(),
        changes,
        texts: texts.collect(),
        counts: counts(comparison.counts.clone().unwrap_or_default()),
        receipt: receipt.into(),
    }))
}

fn change(web: &Web, comparison: &Comparison, change: &Change, language: Language) -> ChangeTold {
    let words = web.app.words();
    let consequences = change.consequences.iter().map(|consequence| ConsequenceTold {
        kind: consequence.kind.as_str(),
        purpose: consequence.purpose.as_ref().map(ToString::to_string),
        count: comparison.touched(consequence),
        told: comparison.told(consequence, words, language),
    });
    ChangeTold {
        kind: change.kind.as_str(),
        about: change.about.clone(),
        told: change.told(words, language),
        clauses: change.clauses.iter().map(ToString::to_string).collect(),
        consequences: consequences.collect(),
    }
}

fn clause(change: &ClauseChange) -> ClauseTold {
    let pieces = change.pieces.iter().map(|p| PieceTold { kind: p.kind.as_str(), text: p.text.clone() });
    ClauseTold { clause: change.number.to_string(), kind: change.kind.as_str(), pieces: pieces.collect() }
}

fn counts(counts: Counts) -> CountsTold {
    let purposes = counts.purposes.into_iter().map(|(name, of)| {
        let told = PurposeTold {
            people: of.people,
            consents: of.consents,
            consents_ending: of.consents_ending,
            ask_again: of.ask_again,
            channels: of.channels,
            due_at_once: of.due_at_once,
        };
        (name.to_string(), told)
    });
    CountsTold {
        records: counts.records,
        due_at_once: counts.due_at_once,
        due_soon: counts.due_soon,
        held_back: counts.held_back,
        unreadable: counts.unreadable,
        purposes: purposes.collect(),
    }
}
