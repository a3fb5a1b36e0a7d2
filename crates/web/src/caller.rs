//! Who asks, and what does the request say?
//!
//! [`authenticate`] stands before every route, inside [`crate::edge::pass`]. Without a valid key everything under `/v1` answers 401, whether it exists or not,
//! so that probing teaches nothing. The handlers' extractors refuse a second time when no caller was admitted.
//!
//! On PostgreSQL a request about a person whose key this process has seen goes on to its handler before the key is looked up, so
//! that [`AskAbout`] asks for the key and for the person in one round trip. Until then there is no caller; and whatever is wrong
//! with the request is said only to whom the key still admits.

use std::net::{IpAddr, SocketAddr};

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use saqta_app::act::{Caller, Idempotency};
use saqta_app::admission::sha256;
use saqta_app::ahead::{Errand, Presumed};
use saqta_app::error::Error;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;
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

/// The paths whose handlers take [`AskAbout`].
pub(crate) const ABOUT_A_PERSON: [&str; 21] = [
    "/v1/collect",
    "/v1/consents",
    "/v1/consents/record",
    "/v1/look-up",
    "/v1/retrieve",
    "/v1/inspect",
    "/v1/use",
    "/v1/events",
    "/v1/link",
    "/v1/rectify",
    "/v1/confirm",
    "/v1/restrict",
    "/v1/unrestrict",
    "/v1/withdraw",
    "/v1/stop",
    "/v1/hold",
    "/v1/lift-hold",
    "/v1/erase",
    "/v1/destroy",
    "/v1/depersonalise",
    "/v1/documents/open",
];

/// Somebody who shows a key that is not looked up yet.
#[derive(Clone)]
struct Arriving {
    web: Web,
    presumed: Presumed,
    language: Language,
    address: Option<IpAddr>,
}

impl Arriving {
    /// Looks the key up, and reads what the errands ask about.
    async fn admit(self, idempotency: Option<Idempotency>, errands: &[Errand]) -> Result<Caller, Failure> {
        match self.web.app.admit_with(self.presumed, self.language, idempotency, errands).await {
            Ok(caller) => Ok(caller),
            Err(error) => {
                self.web.limits.address(self.address)?;
                Err(Failure::from(error))
            }
        }
    }
}

/// Who stands before a route.
enum Shown {
    /// Nobody needs to show a key here.
    Nothing,
    Caller(Caller),
    Arriving(Arriving),
}

/// The id of the key that was admitted, for the log.
#[derive(Clone)]
pub(crate) struct KeyId(pub String);

/// Lets in whoever shows a valid key, and everybody where no key is needed.
pub(crate) async fn authenticate(web: &Web, mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let (method, path) = (request.method(), request.uri().path());
    let about_a_person = web.app.presumes() && method == Method::POST && ABOUT_A_PERSON.contains(&path);
    let shown = match shown(web, path, request.headers(), address, about_a_person).await {
        Ok(shown) => shown,
        Err(failure) => return failure.into_response(),
    };
    let key = match &shown {
        Shown::Nothing => None,
        Shown::Caller(caller) => key_id(&caller.actor),
        Shown::Arriving(arriving) => key_id(arriving.presumed.actor()),
    };
    match shown {
        Shown::Nothing => {}
        Shown::Caller(caller) => drop(request.extensions_mut().insert(caller)),
        Shown::Arriving(arriving) => drop(request.extensions_mut().insert(arriving)),
    }
    let mut response = next.run(request).await;
    // A key that turned out to open nothing any more has no place in the log.
    if let Some(key) = key.filter(|_| response.status() != StatusCode::UNAUTHORIZED) {
        response.extensions_mut().insert(KeyId(key));
    }
    response
}

fn key_id(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Key { id, .. } => Some(id.clone()),
        Actor::Staff { .. } | Actor::System(_) | Actor::Subject => None,
    }
}

async fn shown(
    web: &Web,
    path: &str,
    headers: &HeaderMap,
    address: Option<IpAddr>,
    about_a_person: bool,
) -> Result<Shown, Failure> {
    let guarded = path == "/v1" || path.starts_with("/v1/");
    if !guarded || OPEN.contains(&path) {
        web.limits.address(address)?;
        return Ok(Shown::Nothing);
    }
    let Some(secret) = bearer(headers) else {
        web.limits.address(address)?;
        return Err(Failure::from(Error::UnknownKey));
    };
    let language = language_of(headers);
    if about_a_person && let Some(presumed) = web.app.presume(secret) {
        if let Actor::Key { id, .. } = presumed.actor() {
            web.limits.key(id)?;
        }
        return Ok(Shown::Arriving(Arriving { web: web.clone(), presumed, language, address }));
    }
    match web.app.admit(secret, language).await {
        Ok(caller) => {
            if let Actor::Key { id, .. } = &*caller.actor {
                web.limits.key(id)?;
            }
            Ok(Shown::Caller(caller))
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
        let bound = |digest| Idempotency { digest, body_digest: body_digest(), kept: None };
        self.caller.idempotency = self.named.map(bound);
        self.caller
    }
}

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Admitted(caller) = Admitted::from_request_parts(parts, state).await?;
        let named = named(parts, &caller.actor)?;
        Ok(Self { caller, named })
    }
}

/// The name under which a request happens once: that of its sender, its route and its idempotency key together.
fn named(parts: &Parts, actor: &Actor) -> Result<Option<[u8; 32]>, Failure> {
    let Some(key) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = key.as_bytes();
    if key.is_empty() || key.len() > 128 || !key.iter().all(u8::is_ascii_graphic) {
        return Err(Failure::Malformed("idempotency_key_malformed"));
    }
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    Ok(Some(sha256(&[actor.label().as_bytes(), &[0], route.as_bytes(), &[0], key].concat())))
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

/// Whom a body asks about, as far as that can be told before anything is decided; what cannot be read is left to the handler.
pub(crate) trait About {
    /// The errands.
    fn about(&self) -> Vec<Errand>;
}

/// The same as [`Ask`], of a request about a person.
pub(crate) struct AskAbout<T>(pub Ask<T>);

impl<T: DeserializeOwned + About + Send, S: Send + Sync> FromRequest<S> for AskAbout<T> {
    type Rejection = Failure;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Failure> {
        let Some(arriving) = request.extensions_mut().remove::<Arriving>() else {
            return Ask::from_request(request, state).await.map(Self);
        };
        let said = async {
            let (parts, body) = request.into_parts();
            let named = named(&parts, arriving.presumed.actor())?;
            let (bytes, body) = json_body::<T>(Request::from_parts(parts, body)).await?;
            let bound = |digest| Idempotency { digest, body_digest: sha256(&bytes), kept: None };
            Ok((named.map(bound), body))
        };
        match said.await {
            Ok((idempotency, body)) => {
                let errands = body.about();
                let caller = arriving.admit(idempotency, &errands).await?;
                Ok(Self(Ask { caller, body }))
            }
            Err(failure) => {
                arriving.admit(None, &[]).await?;
                Err(failure)
            }
        }
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
