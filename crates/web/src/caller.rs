//! Who asks, and what does the request say?
//!
//! [`authenticate`] stands before every route, inside [`crate::edge::pass`]. Without a valid key everything under `/v1` answers 401, whether it exists or not,
//! so that probing teaches nothing. The handlers' extractors refuse a second time when no caller was admitted.

use std::net::{IpAddr, SocketAddr};

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use saqta_app::act::{Caller, Idempotency};
use saqta_app::admission::sha256;
use saqta_app::error::Error;
use saqta_domain::terms::actor::Actor;
use serde::de::DeserializeOwned;

use crate::language::language_of;
use crate::problem::Failure;
use crate::problem::json::read_json;
use crate::routes::Web;

/// Paths under `/v1` that answer without a key.
pub(crate) const OPEN: [&str; 4] =
    ["/v1/setup", "/v1/ledger/checkpoint", "/v1/ledger/key", "/v1/ledger/consistency"];

/// The header by which the same request, sent twice, happens once.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The id of the key that was admitted, for the log.
#[derive(Clone)]
pub(crate) struct KeyId(pub String);

/// Lets in whoever shows a valid key, and everybody where no key is needed.
pub(crate) async fn authenticate(web: &Web, mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let caller = match admitted(web, request.uri().path(), request.headers(), address).await {
        Ok(caller) => caller,
        Err(failure) => return failure.into_response(),
    };
    let key = caller.as_ref().and_then(|c| match &*c.actor {
        Actor::Key { id, .. } => Some(KeyId(id.clone())),
        Actor::Staff { .. } | Actor::System(_) | Actor::Subject => None,
    });
    if let Some(caller) = caller {
        request.extensions_mut().insert(caller);
    }
    let mut response = next.run(request).await;
    if let Some(key) = key {
        response.extensions_mut().insert(key);
    }
    response
}

async fn admitted(
    web: &Web,
    path: &str,
    headers: &HeaderMap,
    address: Option<IpAddr>,
) -> Result<Option<Caller>, Failure> {
    let guarded = path == "/v1" || path.starts_with("/v1/");
    if !guarded || OPEN.contains(&path) {
        web.limits.address(address)?;
        return Ok(None);
    }
    let Some(secret) = bearer(headers) else {
        web.limits.address(address)?;
        return Err(Failure::from(Error::UnknownKey));
    };
    match web.app.admit(secret, language_of(headers)).await {
        Ok(caller) => {
            if let Actor::Key { id, .. } = &*caller.actor {
                web.limits.key(id)?;
            }
            Ok(Some(caller))
        }
        Err(error) => {
            web.limits.address(address)?;
            Err(Failure::from(error))
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim()).filter(|s| !s.is_empty())
}

/// A caller who was admitted.
pub(crate) struct Admitted(pub Caller);

impl<S: Sync> FromRequestParts<S> for Admitted {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Caller>().cloned().map(Self).ok_or_else(|| Failure::from(Error::UnknownKey))
    }
}

/// A caller who was admitted, with the idempotency key they sent, not yet bound to what the request says.
pub(crate) struct Sender {
    caller: Caller,
    named: Option<[u8; 32]>,
}

impl Sender {
    /// The caller, with the request's name bound to its content.
    pub(crate) fn saying(mut self, body_digest: impl FnOnce() -> [u8; 32]) -> Caller {
        let bound = |digest| Idempotency { digest, body_digest: body_digest() };
        self.caller.idempotency = self.named.map(bound);
        self.caller
    }
}

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Admitted(caller) = Admitted::from_request_parts(parts, state).await?;
        let Some(key) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(Self { caller, named: None }) };
        let key = key.as_bytes();
        if key.is_empty() || key.len() > 128 || !key.iter().all(u8::is_ascii_graphic) {
            return Err(Failure::Malformed("idempotency_key_malformed"));
        }
        let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let named = sha256(&[caller.actor.label().as_bytes(), &[0], route.as_bytes(), &[0], key].concat());
        Ok(Self { caller, named: Some(named) })
    }
}

/// A caller who was admitted, and what they say in JSON.
pub(crate) struct Ask<T> {
    /// Who.
    pub caller: Caller,
    /// What.
    pub body: T,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Ask<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let sender = Sender::from_request_parts(&mut parts, state).await?;
        let request = Request::from_parts(parts, body);
        let (bytes, body) = json_body(request).await?;
        Ok(Self { caller: sender.saying(|| sha256(&bytes)), body })
    }
}

/// What somebody without a key says in JSON.
pub(crate) struct Said<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Said<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        json_body(request).await.map(|(_, body)| Self(body))
    }
}

async fn json_body<T: DeserializeOwned>(request: Request) -> Result<(Bytes, T), Failure> {
    let content_type = request.headers().get(CONTENT_TYPE).cloned();
    let bytes = Bytes::from_request(request, &()).await.map_err(unreadable)?;
    let said: &[u8] = match content_type {
        // Where everything is optional, nothing may be said.
        None if bytes.is_empty() => b"{}",
        Some(value) if is_json(value.as_bytes()) => &bytes,
        _ => return Err(Failure::MediaType),
    };
    let read = read_json(said)?;
    Ok((bytes, read))
}

fn is_json(content_type: &[u8]) -> bool {
    let essence = content_type.split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
    essence.eq_ignore_ascii_case(b"application/json")
}

/// A body that is too long, or that ended before its end.
pub(crate) fn unreadable(rejection: BytesRejection) -> Failure {
    match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => Failure::TooLarge,
        _ => Failure::Malformed("body_incomplete"),
    }
}
