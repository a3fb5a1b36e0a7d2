//! How does a shop on another host ask its visitors for consent: which texts are in force, and what draws them into a form?
//!
//! Nothing here knows who asks: no cookie is set or read, and every visitor is answered alike. The signal `Sec-GPC: 1` of a browser
//! is told back, so that the form can say that it was heard; boxes are empty with and without it.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderName, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use data_encoding::HEXLOWER;
use saqta_app::error::Error;
use saqta_app::instance::View;
use saqta_domain::terms::names::{ChannelName, Language, PurposeName};
use saqta_domain::terms::purpose::Purpose;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::offered;
use super::tagged;
use crate::api::wire::purpose;
use crate::language::language_of;
use crate::problem::Failure;
use crate::routes::Web;

/// The program that draws consent texts into a form.
const SCRIPT: &str = include_str!("../../templates/consents.js");

static RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The paths that pages of other hosts ask for.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/w/v1.js", get(script)).route("/w/consents.json", get(handler))
}

/// Which texts are wanted.
#[derive(Deserialize)]
pub(crate) struct TextsQuery {
    /// Purposes, parted by commas; all that ask for consent, where none is named.
    purpose: Option<String>,
    /// `kk`, `ru` or `en`; where the policy does not speak it, the first language that it speaks.
    language: Option<String>,
}

/// The consent texts in force, in one language.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentTexts {
    /// The version of the policy.
    version: u32,
    /// The language of the texts: an answer to them names it.
    language: &'static str,
    /// Where the policy is read.
    policy: String,
    /// Whether the browser that asked sent `Sec-GPC: 1`.
    gpc: bool,
    /// What else a form says.
    words: FormWords,
    /// The texts. A purpose that is stopped has none.
    consents: Vec<TextShown>,
}

/// What a form says beside the texts.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormWords {
    /// That nobody has to tick.
    optional: String,
    /// The words of the link to the policy.
    policy: String,
    /// That the signal of the browser was heard.
    gpc: String,
}

/// A text with its boxes.
#[derive(Serialize, ToSchema)]
pub(crate) struct TextShown {
    /// The purpose.
    purpose: String,
    /// What it is called.
    title: String,
    /// The exact wording to be shown.
    text: String,
    /// Its SHA-256 in hexadecimal: what an answer to it names.
    digest: String,
    /// How long a yes lasts (ISO 8601).
    term: String,
    /// One box for each channel; one without a channel where the policy does not part them.
    boxes: Vec<BoxShown>,
}

/// A box to tick.
#[derive(Serialize, ToSchema)]
pub(crate) struct BoxShown {
    /// The channel that an answer names.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    /// The words beside the box.
    label: String,
}

async fn script(headers: HeaderMap) -> Response {
    let mut response = tagged(&headers, "text/javascript; charset=utf-8", SCRIPT);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    for_everybody(response)
}

/// Read the consent texts in force, to be shown in a form.
///
/// Pages of any host may ask. What the person answers comes back by `/v1/consents` or `/v1/collect`.
#[utoipa::path(get, path = "/w/consents.json", operation_id = "consent_texts", tag = "public", security(()),
    params(
        ("purpose" = Option<String>, Query, description = "Purposes, parted by commas; all that ask for consent, where none is named."),
        ("language" = Option<String>, Query, description = "`kk`, `ru` or `en`; where the policy does not speak it, the first language that it speaks.")
    ),
    responses((status = 200, description = "The texts.", body = ConsentTexts)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    query: Result<Query<TextsQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Query(query) = query?;
    let view = web.app.view().await?;
    let spoken = offered(&view.version);
    let wanted = query.language.as_deref().and_then(Language::from_tag);
    let wanted = wanted.unwrap_or_else(|| language_of(&headers));
    let language = spoken.iter().find(|l| **l == wanted).or(spoken.first()).ok_or(Error::NotFound)?;
    let told = texts(&web, &view, *language, query.purpose.as_deref(), signals(&headers))?;
    let body = serde_json::to_string(&told).map_err(|_| Failure::Broken("consent texts"))?;
    let mut response = tagged(&headers, "application/json", body);
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language, sec-gpc"));
    Ok(for_everybody(response))
}

/// Whether the browser asks not to be tracked. Only the exact value counts; several equal headers are one.
fn signals(headers: &HeaderMap) -> bool {
    let mut sent = headers.get_all("sec-gpc").iter().peekable();
    sent.peek().is_some() && sent.all(|value| value.as_bytes() == b"1")
}

/// What pages of other hosts may read.
pub(super) fn for_everybody(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(&RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

fn texts(
    web: &Web,
    view: &View,
    language: Language,
    wanted: Option<&str>,
    gpc: bool,
) -> Result<ConsentTexts, Failure> {
    let purposes = &view.version.policy.purposes;
    let named: Vec<PurposeName> = match wanted {
        Some(names) => names.split(',').map(|name| purpose(name.trim())).collect::<Result<_, _>>()?,
        None => purposes.values().filter(|p| p.consent.is_some()).map(|p| p.name.clone()).collect(),
    };
    let mut consents = Vec::new();
    for name in named {
        let purpose = purposes.get(&name).ok_or(Error::NotFound)?;
        let shown = shown(web, purpose, language).ok_or(Error::NotFound)?;
        if !view.stops.contains_key(&name) {
            consents.push(shown);
        }
    }
    let word = |key: &str| web.app.words().word(key, language);
    let host = web.settings.public_url.trim_end_matches('/');
    Ok(ConsentTexts {
        version: view.version.policy.version,
        language: language.tag(),
        policy: format!("{host}/policy/{}", language.tag()),
        gpc,
        words: FormWords {
            optional: word("consent-optional"),
            policy: word("consent-policy"),
            gpc: word("consent-gpc"),
        },
        consents,
    })
}

/// The text of a purpose; nothing where it asks for no consent.
fn shown(web: &Web, purpose: &Purpose, language: Language) -> Option<TextShown> {
    let terms = purpose.consent.as_ref()?;
    let digests = Language::ALL.into_iter().zip(&terms.digests);
    let (_, digest) = digests.into_iter().find(|(l, _)| *l == language)?;
    let parted = terms
        .channels
        .iter()
        .map(|channel| BoxShown { channel: Some(channel.to_string()), label: label(web, channel, language) });
    let mut boxes: Vec<BoxShown> = parted.collect();
    if boxes.is_empty() {
        boxes.push(BoxShown { channel: None, label: web.app.words().word("consent-agree", language) });
    }
    Some(TextShown {
        purpose: purpose.name.to_string(),
        title: purpose.title.in_language(language).to_owned(),
        text: terms.text.in_language(language).to_owned(),
        digest: HEXLOWER.encode(digest),
        term: terms.term.to_string(),
        boxes,
    })
}

/// What a channel is called beside its box; a channel that has no words here is called as the policy calls it.
fn label(web: &Web, channel: &ChannelName, language: Language) -> String {
    let key = format!("consent-channel-{channel}");
    let word = web.app.words().word(&key, language);
    if word == key { channel.to_string() } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_signal_counts() {
        let check = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("sec-gpc", value.parse().unwrap());
            }
            signals(&headers)
        };
        assert!(check(&["1"]) && check(&["1", "1"]));
        for other in [&[][..], &["0"], &["true"], &["1, 1"], &["1", "0"], &["11"], &[""]] {
            assert!(!check(other), "{other:?}");
        }
    }

    #[test]
    fn the_program_is_small_and_keeps_nothing_in_the_browser() {
        assert!(SCRIPT.len() < 10_000, "{}", SCRIPT.len());
        for forbidden in
            ["cookie", "localStorage", "sessionStorage", "indexedDB", "innerHTML", "eval", "https://"]
        {
            assert!(!SCRIPT.contains(forbidden), "{forbidden}");
        }
    }
}
