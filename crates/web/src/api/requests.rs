//! How does a shop pass on what somebody who is signed in there asks (clauses 3.2, 4.1)?

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use saqta_app::requests::file::Filing;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{CorrectionGround, Intake, Matter, Objection, RequestKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{SubjectById, Values, attributes, channel, purpose};
use crate::caller::Ask;
use crate::problem::Failure;
use crate::routes::Web;

/// What somebody asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestBody {
    /// Whose data, where the shop knows who is signed in. The key must be admitted to the operation `access`.
    subject: Option<SubjectById>,
    /// An e-mail address or telephone number by which the person is looked for, where the shop does not know.
    contact: Option<String>,
    /// `access`, `rectification`, `restriction`, `unrestriction`, `destruction`, `withdrawal`, `stop`, `objection`,
    /// `dissemination`, `explanation` or `complaint`.
    #[schema(example = "access")]
    kind: String,
    /// Of an objection: `marketing` or `automated_decision`.
    objection: Option<String>,
    /// What is wrong with the data: `incomplete`, `out_of_date`, `inaccurate`, `unlawfully_obtained` or `not_needed`.
    ground: Option<String>,
    /// Which attributes it is about; all of them, when nothing is said.
    #[serde(default)]
    attributes: Vec<String>,
    /// Which purposes it is about; all of them, when nothing is said.
    #[serde(default)]
    purposes: Vec<String>,
    /// Of a withdrawal: through which channel.
    channel: Option<String>,
    /// Of a rectification: the right values.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    values: Values,
    /// In the person's own words.
    #[serde(default)]
    text: String,
    /// The language the answer is wanted in: `kk`, `ru` or `en`; that of the call, when nothing is said.
    language: Option<String>,
}

/// A request that was filed.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestAnswer {
    /// Its number in the journal.
    #[schema(example = 14)]
    number: u64,
    /// Opens the page of the request together with the number. Hand it to the person; it is not shown again.
    #[schema(example = "h7kq-3mzp-x4wd")]
    secret: String,
    /// Whether the person has to show who they are by a code.
    awaits_identity: bool,
    /// The page on which the person sees how it stands.
    #[schema(example = "/my/ru/status")]
    page: String,
}

/// File a request of a person.
#[utoipa::path(post, path = "/v1/requests", operation_id = "file_request", tag = "rights", request_body = RequestBody,
    responses((status = 201, description = "It is filed.", body = RequestAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Ask { caller, body }: Ask<RequestBody>,
) -> Result<(StatusCode, Json<RequestAnswer>), Failure> {
    let language = match &body.language {
        Some(tag) => Language::from_tag(tag).ok_or(Failure::Malformed("language_unknown"))?,
        None => caller.language,
    };
    let proposed = body.values.named()?;
    let named =
        attributes(&body.attributes)?.into_iter().chain(proposed.iter().map(|(name, _)| name.clone()));
    let wanted = Wanted {
        ground: body.ground,
        objection: body.objection,
        attributes: named.collect(),
        purposes: body.purposes.iter().map(|name| purpose(name)).collect::<Result<_, _>>()?,
        channel: channel(body.channel.as_deref())?,
    };
    let mut filing = Filing::new(wanted.matter(&body.kind)?, Intake::Api, language);
    filing.subject = body.subject.map(|subject| subject.id()).transpose()?;
    filing.contact = body.contact.unwrap_or_default();
    filing.text = body.text;
    filing.proposed = proposed;
    let filed = web.app.file_request(&caller, &filing).await?;
    let answer = RequestAnswer {
        number: filed.number,
        secret: filed.secret,
        awaits_identity: filed.awaits_identity,
        page: format!("/my/{}/status", language.tag()),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// The details of a request, as they were named.
struct Wanted {
    ground: Option<String>,
    objection: Option<String>,
    attributes: BTreeSet<saqta_domain::terms::names::AttributeName>,
    purposes: BTreeSet<saqta_domain::terms::names::PurposeName>,
    channel: Option<saqta_domain::terms::names::ChannelName>,
}

impl Wanted {
    fn matter(self, kind: &str) -> Result<Matter, Failure> {
        let unknown = || Failure::Malformed("request_kind_unknown");
        let ground = match &self.ground {
            Some(word) => {
                Some(CorrectionGround::from_word(word).ok_or(Failure::Malformed("ground_unknown"))?)
            }
            None => None,
        };
        Ok(match RequestKind::from_word(kind).ok_or_else(unknown)? {
            RequestKind::Access => Matter::Access,
            RequestKind::Rectification => Matter::Rectification {
                ground: ground.ok_or(Failure::Malformed("ground_unknown"))?,
                attributes: self.attributes,
            },
            RequestKind::Restriction => Matter::Restriction { ground, attributes: self.attributes },
            RequestKind::Unrestriction => Matter::Unrestriction,
            RequestKind::Destruction => Matter::Destruction { ground, purposes: self.purposes },
            RequestKind::Withdrawal => Matter::Withdrawal { purposes: self.purposes, channel: self.channel },
            RequestKind::Stop => Matter::Stop,
            RequestKind::Objection => {
                let sort = self.objection.as_deref().and_then(Objection::from_word);
                Matter::Objection(sort.ok_or(Failure::Malformed("objection_unknown"))?)
            }
            RequestKind::Dissemination => Matter::Dissemination { attributes: self.attributes },
            RequestKind::Explanation => Matter::Explanation,
            RequestKind::Complaint => Matter::Complaint,
            // What an authority asks comes to the operator by letter, and staff enter it.
            RequestKind::Authority => Matter::Authority { letter_due: None::<Date> },
        })
    }
}
