//! How is it told how a person stands with a purpose, without any value (clauses 3.2, 5.2, 7.1)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use data_encoding::HEXLOWER;
use saqta_domain::rules::Reason;
use saqta_domain::rules::may_inspect::{Known, KnownConsent, KnownValue};
use saqta_domain::rules::must_destroy::Life;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::standing::{Restriction, RestrictionScope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::restrict::BlockScope;
use crate::api::wire::{Receipt, Subject, clause_and_basis, errand, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;
use saqta_app::ahead::Errand;

/// Whose standing, with what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InspectBody {
    /// Whose.
    subject: Subject,
    /// With which purpose.
    #[schema(example = "order")]
    purpose: String,
}

impl About for InspectBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// How the person stands with the purpose. No value is in it, no number of an order or act, and nothing of other purposes.
#[derive(Serialize, ToSchema)]
pub(crate) struct InspectAnswer {
    /// Of whom; left out where the person was named by a value that the purpose may not use now.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// Whether processing may go on at this moment.
    now: NowAllowed,
    /// What is held that the purpose uses, by attribute. Documents are named like values; how many there are, a retrieve tells.
    held: BTreeMap<String, ValueHeld>,
    /// The latest answer to its consent text, one for each channel.
    consents: Vec<ConsentHeld>,
    /// The other grounds that are open.
    grounds: Vec<GroundOpen>,
    /// The blocks in force that touch it.
    restrictions: Vec<RestrictionInForce>,
    /// The holds in force.
    holds: Vec<HoldInForce>,
    /// When the person's demand to end all processing took effect, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_at: Option<String>,
    /// Until when its data are kept.
    kept: Keeping,
    /// The clause by which this is told.
    #[schema(example = "3.2")]
    clause: String,
    /// Where the look stands in the ledger.
    receipt: Receipt,
}

/// Whether values that are not blocked may be taken out for the purpose at this moment.
#[derive(Serialize, ToSchema)]
pub(crate) struct NowAllowed {
    /// Whether they may.
    allowed: bool,
    /// The clause that says so.
    #[schema(example = "6.4")]
    clause: String,
    /// The ground it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "contract")]
    basis: Option<String>,
    /// Whether the law in force knows that ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_knows: Option<bool>,
    /// Why they may not: the code of the refusal that a retrieve would get.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "consent_withdrawn")]
    code: Option<&'static str>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// What would be needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<String>,
}

/// What is known of a value that is held.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueHeld {
    /// When this value was recorded.
    recorded_at: String,
    /// When it was last confirmed to be right.
    confirmed_at: String,
    /// Who supplied it: `subject`, `representative`, `staff`, `import` or `other`.
    #[schema(example = "subject")]
    source: &'static str,
    /// Grows with each new value.
    version: u32,
    /// Whether it is blocked.
    blocked: bool,
    /// Whether a correction of it waits for the end of a block.
    correction_waits: bool,
}

/// An answer to a consent text.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentHeld {
    /// For which channel, where consent is given per channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "email")]
    channel: Option<String>,
    /// `in_force`, `not_yet`, `outgrown` (the policy has widened since), `expired`, `withdrawn` or `refused`.
    #[schema(example = "withdrawn")]
    state: &'static str,
    /// When the person said yes, or no.
    answered_at: String,
    /// The end of its term.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<String>,
    /// The version of the policy whose text was shown.
    policy_version: u32,
    /// SHA-256 of the text shown, in hexadecimal.
    text_digest: String,
    /// The language it was shown in: `kk`, `ru` or `en`.
    language: &'static str,
}

/// An open ground other than consent.
#[derive(Serialize, ToSchema)]
pub(crate) struct GroundOpen {
    /// Which.
    #[schema(example = "contract")]
    basis: &'static str,
    /// Since when.
    since: String,
}

/// A block in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct RestrictionInForce {
    /// Its id, by which it is lifted.
    restriction: String,
    /// What it covers; of single attributes those that the purpose uses.
    scope: BlockScope,
    /// Why: `incomplete`, `out_of_date`, `inaccurate`, `unlawfully_obtained`, `not_needed` or `ordered`.
    #[schema(example = "inaccurate")]
    reason: &'static str,
    /// Since when.
    since: String,
    /// Its end, if one was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// A hold in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct HoldInForce {
    /// Its id, by which it is lifted.
    hold: String,
    /// Since when.
    since: String,
    /// Its end, if one was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// How long the purpose's data are kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct Keeping {
    /// `open` while a ground or a consent of it is, `kept` for a term after that, `over` when they are to be destroyed, or
    /// `not_begun` when it never had a ground or a consent.
    #[schema(example = "kept")]
    state: &'static str,
    /// The ground that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    /// What ended it: `purpose_reached`, `consent_expired`, `consent_withdrawn`, `stop_demanded` or `unlawful`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_by: Option<&'static str>,
    /// The end of keeping as things stand now; left out while none is in sight.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// The term for which they are kept (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "P3Y")]
    term: Option<String>,
    /// Why they are kept for that term.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    /// Whether a block or a hold keeps everything as it is, past that end too.
    held_back: bool,
}

/// Ask how a person stands with a purpose.
///
/// What is held, on which consents and grounds, until when, and whether processing may go on: all that is known without
/// opening a value. Neither a withdrawal, a block nor a stop stands in the way of the question. The look is on record, and counts
/// among the persons that a key may read in a day.
#[utoipa::path(post, path = "/v1/inspect", operation_id = "inspect", tag = "persons", request_body = InspectBody,
    responses((status = 200, description = "How the person stands with the purpose.", body = InspectAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<InspectBody>,
) -> Result<Json<InspectAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let done = web.app.inspect(&caller, &who, &purpose).await?;
    let (known, language) = (done.outcome.known, caller.language);
    let now = match &known.now {
        Ok(reason) => NowAllowed::yes(reason),
        Err(refusal) => NowAllowed::no(refusal, &web, language),
    };
    let grounds = known.grounds.iter();
    let holds = known.holds.iter();
    Ok(Json(InspectAnswer {
        subject: done.outcome.subject.map(|id| id.to_string()),
        now,
        held: known.held.iter().map(|(name, value)| (name.to_string(), value.into())).collect(),
        consents: known.consents.iter().map(ConsentHeld::from).collect(),
        grounds: grounds
            .map(|g| GroundOpen { basis: g.basis.as_str(), since: g.since.to_string() })
            .collect(),
        restrictions: known.restrictions.iter().map(RestrictionInForce::from).collect(),
        holds: holds
            .map(|h| HoldInForce {
                hold: h.id.to_string(),
                since: h.since.to_string(),
                until: h.until.map(|until| until.to_string()),
            })
            .collect(),
        stopped_at: known.stop.map(|stop| stop.at.to_string()),
        kept: keeping(&known, language),
        clause: done.outcome.clause.to_string(),
        receipt: done.receipt.into(),
    }))
}

impl NowAllowed {
    fn yes(reason: &Reason) -> Self {
        let (clause, basis) = clause_and_basis(reason);
        let law_knows = basis.as_ref().map(|_| reason.law_knows);
        Self { allowed: true, clause, basis, law_knows, code: None, why: None, needs: None }
    }

    fn no(refusal: &Refusal, web: &Web, language: Language) -> Self {
        let told = web.app.words().refusal(refusal, language);
        Self {
            allowed: false,
            clause: refusal.clause.to_string(),
            basis: None,
            law_knows: None,
            code: Some(refusal.code.as_str()),
            why: Some(told.what),
            needs: Some(told.needs),
        }
    }
}

impl From<&KnownValue> for ValueHeld {
    fn from(value: &KnownValue) -> Self {
        Self {
            recorded_at: value.recorded_at.to_string(),
            confirmed_at: value.confirmed_at.to_string(),
            source: value.source.as_str(),
            version: value.version,
            blocked: value.blocked,
            correction_waits: value.waiting,
        }
    }
}

impl From<&KnownConsent> for ConsentHeld {
    fn from(consent: &KnownConsent) -> Self {
        Self {
            channel: consent.channel.as_ref().map(ToString::to_string),
            state: consent.state.as_str(),
            answered_at: consent.answered_at.to_string(),
            until: consent.until.map(|until| until.to_string()),
            withdrawn_at: consent.withdrawn_at.map(|at| at.to_string()),
            policy_version: consent.policy_version,
            text_digest: HEXLOWER.encode(&consent.text_digest),
            language: consent.language.tag(),
        }
    }
}

impl From<&Restriction> for RestrictionInForce {
    fn from(restriction: &Restriction) -> Self {
        let scope = match &restriction.scope {
            RestrictionScope::Everything => BlockScope::Everything,
            RestrictionScope::Purpose(name) => BlockScope::Purpose(name.to_string()),
            RestrictionScope::Attributes(names) => {
                BlockScope::Attributes(names.iter().map(ToString::to_string).collect())
            }
        };
        Self {
            restriction: restriction.id.to_string(),
            scope,
            reason: restriction.reason.as_str(),
            since: restriction.since.to_string(),
            until: restriction.until.map(|until| until.to_string()),
        }
    }
}

fn keeping(known: &Known, language: Language) -> Keeping {
    let (state, basis, ended_by) = match known.life {
        Life::Open(basis) => ("open", Some(basis.as_str()), None),
        Life::KeptUntil(_, cause) => ("kept", None, Some(cause.as_str())),
        Life::Over(cause) => ("over", None, Some(cause.as_str())),
        Life::Unborn => ("not_begun", None, None),
    };
    Keeping {
        state,
        basis,
        ended_by,
        until: known.kept_until.map(|until| until.to_string()),
        term: known.keep.as_ref().map(|keep| keep.term.to_string()),
        because: known.keep.as_ref().map(|keep| keep.because.in_language(language).to_owned()),
        held_back: known.held_back,
    }
}
