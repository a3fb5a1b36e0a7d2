//! How does a caller go through the persons of a purpose, page by page (clauses 5.5, 7.1)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use saqta_app::operations::list::List;
use saqta_domain::terms::subject::Pseudonym;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{attributes, purpose, revealed};
use crate::caller::Ask;
use crate::problem::Failure;
use crate::routes::Web;

/// What is wanted, and from where on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListBody {
    /// For what.
    #[schema(example = "marketing")]
    purpose: String,
    /// What.
    #[schema(example = json!(["email"]))]
    attributes: Vec<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many persons to look at; 50 when nothing is said.
    #[schema(minimum = 1)]
    limit: Option<u16>,
}

/// One page.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListAnswer {
    /// Those whose data the purpose may use now.
    persons: Vec<ListedPerson>,
    /// How many were looked at and refused; each refusal is on record.
    refused: u64,
    /// Where the next page begins; absent after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// One person of a page.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListedPerson {
    /// Of whom.
    subject: String,
    /// The values by attribute.
    values: BTreeMap<String, String>,
}

/// Go through the persons of a purpose.
///
/// Each person on a page is decided and recorded for themselves. How many persons one key may read in a day is limited.
#[utoipa::path(post, path = "/v1/list", operation_id = "list", tag = "persons", request_body = ListBody,
    responses((status = 200, description = "One page.", body = ListAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Ask { caller, body }: Ask<ListBody>,
) -> Result<Json<ListAnswer>, Failure> {
    let cursor = body.cursor.map(|c| Pseudonym::from_hex(&c).ok_or(Failure::Malformed("cursor_malformed")));
    let request = List {
        purpose: purpose(&body.purpose)?,
        attributes: attributes(&body.attributes)?,
        after: cursor.transpose()?,
        limit: body.limit.unwrap_or(50),
    };
    let page = web.app.list(&caller, &request).await?;
    let person = |p| ListedPerson { values: revealed(p), subject: p.subject.to_string() };
    Ok(Json(ListAnswer {
        persons: page.persons.iter().map(person).collect(),
        refused: page.refused,
        next_cursor: page.next.map(|p| p.to_string()),
    }))
}
