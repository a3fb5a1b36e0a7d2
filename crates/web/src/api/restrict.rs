//! How are data blocked for a time, and the block lifted (clauses 2.2, 4.1)?

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::restrict::Restrict;
use saqta_domain::terms::standing::{RestrictionReason, RestrictionScope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Recorded, Subject, attributes, errand, instant, purpose, thing_id};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// A block to be placed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestrictBody {
    /// Whose data.
    subject: Subject,
    /// In which purpose's data.
    #[schema(example = "order")]
    purpose: String,
    /// Why: `incomplete`, `out_of_date`, `inaccurate`, `unlawfully_obtained`, `not_needed` or `ordered`.
    #[schema(example = "inaccurate")]
    reason: String,
    /// Until when, if an end is set (RFC 3339).
    #[schema(example = "2026-03-01T00:00:00Z")]
    until: Option<String>,
    /// What of them; everything, when nothing is said.
    scope: Option<BlockScope>,
}

impl About for RestrictBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// What a block covers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BlockScope {
    /// All that is held in the compartment of the purpose.
    Everything,
    /// What is used for one purpose.
    Purpose(String),
    /// Some attributes.
    Attributes(Vec<String>),
}

/// The block that was placed.
#[derive(Serialize, ToSchema)]
pub(crate) struct RestrictAnswer {
    /// Its id, by which it is lifted.
    restriction: String,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// The block to be lifted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnrestrictBody {
    /// Whose data.
    subject: Subject,
    /// In which purpose's data.
    purpose: String,
    /// The block's id.
    restriction: String,
}

impl About for UnrestrictBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

fn scope(scope: Option<BlockScope>) -> Result<RestrictionScope, Failure> {
    Ok(match scope {
        None | Some(BlockScope::Everything) => RestrictionScope::Everything,
        Some(BlockScope::Purpose(name)) => RestrictionScope::Purpose(purpose(&name)?),
        Some(BlockScope::Attributes(names)) => RestrictionScope::Attributes(attributes(&names)?),
    })
}

/// Block data.
#[utoipa::path(post, path = "/v1/restrict", operation_id = "restrict", tag = "rights", request_body = RestrictBody,
    responses((status = 200, description = "They are blocked.", body = RestrictAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<RestrictBody>,
) -> Result<Json<RestrictAnswer>, Failure> {
    let reason = RestrictionReason::from_word(&body.reason).ok_or(Failure::Malformed("reason_unknown"))?;
    let request = Restrict {
        who: body.subject.who()?,
        purpose: purpose(&body.purpose)?,
        scope: scope(body.scope)?,
        reason,
        until: instant(body.until.as_deref())?,
    };
    let done = web.app.restrict(&caller, &request).await?;
    Ok(Json(RestrictAnswer { restriction: done.outcome.restriction, receipt: done.receipt.into() }))
}

/// Lift a block.
///
/// Corrections that waited for it are applied.
#[utoipa::path(post, path = "/v1/unrestrict", operation_id = "unrestrict", tag = "rights", request_body = UnrestrictBody,
    responses((status = 200, description = "The block is lifted.", body = Recorded)))]
pub(crate) async fn lift(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<UnrestrictBody>,
) -> Result<Json<Recorded>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let done = web.app.unrestrict(&caller, &who, &purpose, thing_id(&body.restriction)?).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_a_word_or_names_what_it_covers() {
        let check =
            |json: &str| serde_json::from_str::<BlockScope>(json).ok().and_then(|s| scope(Some(s)).ok());
        assert_eq!(check("\"everything\""), Some(RestrictionScope::Everything));
        assert!(matches!(check(r#"{"purpose": "order"}"#), Some(RestrictionScope::Purpose(_))));
        assert!(matches!(check(r#"{"attributes": ["phone"]}"#), Some(RestrictionScope::Attributes(_))));
        assert_eq!(check(r#"{"purpose": "Order!"}"#), None);
        assert_eq!(check("\"nothing\""), None);
    }
}
