//! Who stands at the door of the pages with forms: nobody known, somebody signed in, somebody who may go on?
//!
//! A session is a cookie that no script reads and that no other site sends along. A form has a token that belongs to the cookie
//! of the browser it was given to: the session, or before that a cookie which stands for nothing else. Over plain HTTP, which is
//! for trying on one machine, browsers keep no `__Host-` cookie, so there it has another name.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Form, FromRequest, FromRequestParts, Request};
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use saqta_app::act::Caller;
use saqta_app::staff::Member;
use saqta_app::staff::sign_in::Session;
use saqta_domain::terms::names::Language;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::staff::{SIGN_IN, UNDERTAKING};
use crate::language::language_of;
use crate::limits::network;
use crate::problem::Failure;
use crate::routes::Web;

/// The session.
const SESSION: &str = "staff";

/// What a form belongs to before there is a session.
const FORM: &str = "form";

/// The request that is open in the browser.
const REQUEST: &str = "request";

/// The language somebody chose.
const LANGUAGE: &str = "language";

/// In which language somebody is spoken to.
#[derive(Clone, Copy)]
pub(super) struct Speech {
    pub language: Language,
    /// Whether the address names it, so that it is to be remembered.
    pub chosen: bool,
}

impl Speech {
    fn of(web: &Web, headers: &HeaderMap, uri: &Uri) -> Self {
        let named = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let named = named.filter(|(key, _)| *key == "language").find_map(|(_, tag)| Language::from_tag(tag));
        match named {
            Some(language) => Self { language, chosen: true },
            None => Self { language: language_chosen(web, headers), chosen: false },
        }
    }
}

/// The language that was chosen before, or else what the browser asks for.
pub(crate) fn language_chosen(web: &Web, headers: &HeaderMap) -> Language {
    let chosen = cookie(web, headers, LANGUAGE).and_then(|tag| Language::from_tag(&tag));
    chosen.unwrap_or_else(|| language_of(headers))
}

/// Why somebody does not come in: a page they are sent to, or a failure.
pub(crate) enum Turned {
    Away(&'static str),
    Failed(Failure),
}

impl From<Failure> for Turned {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<saqta_app::error::Error> for Turned {
    fn from(error: saqta_app::error::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::Away(to) => Redirect::to(to).into_response(),
            Self::Failed(failure) => failure.into_response(),
        }
    }
}

/// What a form carries so that it is taken. A page that has a form cannot be written without one.
pub(super) struct FormToken(String);

impl std::fmt::Display for FormToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A browser that a form can belong to.
pub(super) trait Browser: FromRequestParts<Web, Rejection = Turned> + Send {
    /// What it shows in its cookie; nothing, when it shows none.
    fn secret(&self) -> Option<&str>;
}

/// Somebody who need not be known.
pub(super) struct Visitor {
    pub speech: Speech,
    /// From where, as far as it counts for guesses.
    pub from: String,
    secret: Option<String>,
}

impl Visitor {
    /// The token of the form on a page for them, and the cookie it belongs to where they have none yet.
    pub(super) fn form(&self, web: &Web) -> Result<(FormToken, Option<HeaderValue>), Failure> {
        if let Some(secret) = &self.secret {
            return Ok((FormToken(web.app.form_token(secret)), None));
        }
        let secret = web.app.draw_cookie()?;
        let token = FormToken(web.app.form_token(&secret));
        Ok((token, Some(set(web, FORM, &secret)?)))
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Turned> {
        Ok(Self {
            speech: Speech::of(web, &parts.headers, &parts.uri),
            from: from(parts),
            secret: cookie(web, &parts.headers, FORM),
        })
    }
}

impl Browser for Visitor {
    fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }
}

/// Somebody who is signed in, and may not have accepted the undertaking yet.
pub(super) struct SignedIn {
    pub session: Session,
    pub speech: Speech,
    /// From where, as far as it counts for guesses.
    pub from: String,
    secret: String,
}

impl SignedIn {
    /// Who.
    pub(super) fn member(&self) -> &Member {
        &self.session.member
    }

    /// They, asking for something.
    pub(super) fn caller(&self) -> Caller {
        self.session.member.caller(self.speech.language)
    }

    /// The token of a form on a page for them.
    pub(super) fn form(&self, web: &Web) -> FormToken {
        FormToken(web.app.form_token(&self.secret))
    }
}

impl FromRequestParts<Web> for SignedIn {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Turned> {
        let secret = cookie(web, &parts.headers, SESSION).ok_or(Turned::Away(SIGN_IN))?;
        let session = web.app.session(&secret).await?.ok_or(Turned::Away(SIGN_IN))?;
        let speech = Speech::of(web, &parts.headers, &parts.uri);
        Ok(Self { session, speech, from: from(parts), secret })
    }
}

impl Browser for SignedIn {
    fn secret(&self) -> Option<&str> {
        Some(&self.secret)
    }
}

/// Somebody who is signed in and has accepted the undertaking (clause 10).
pub(super) struct OnDuty(pub SignedIn);

impl FromRequestParts<Web> for OnDuty {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Turned> {
        let signed_in = SignedIn::from_request_parts(parts, web).await?;
        if !signed_in.member().undertaking {
            return Err(Turned::Away(UNDERTAKING));
        }
        Ok(Self(signed_in))
    }
}

impl Browser for OnDuty {
    fn secret(&self) -> Option<&str> {
        self.0.secret()
    }
}

/// What somebody says in a form that came from a page this browser was given.
pub(super) struct Confirmed<W, T> {
    /// Who.
    pub by: W,
    /// What.
    pub said: T,
}

#[derive(Deserialize)]
struct WithToken<T> {
    #[serde(rename = "form")]
    token: String,
    #[serde(flatten)]
    said: T,
}

impl<W: Browser, T: DeserializeOwned> FromRequest<Web> for Confirmed<W, T> {
    type Rejection = Turned;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Turned> {
        let (mut parts, body) = request.into_parts();
        let by = W::from_request_parts(&mut parts, web).await?;
        // Browsers that say where a request comes from are believed when they say it comes from elsewhere.
        let elsewhere = parts.headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin");
        let form = Form::<WithToken<T>>::from_request(Request::from_parts(parts, body), web).await;
        let Form(WithToken { token, said }) = form.map_err(|_| Failure::FormOver)?;
        let belongs = by.secret().is_some_and(|secret| web.app.is_form_token(secret, &token));
        if !belongs || elsewhere {
            return Err(Failure::FormOver.into());
        }
        Ok(Self { by, said })
    }
}

/// A form that says nothing but that its button was pressed.
#[derive(Deserialize)]
pub(super) struct Pressed {}

/// The cookie of a session that has begun.
pub(super) fn session_cookie(web: &Web, secret: &str) -> Result<HeaderValue, Failure> {
    set(web, SESSION, secret)
}

/// The cookie that ends a session in the browser.
pub(super) fn no_session_cookie(web: &Web) -> Result<HeaderValue, Failure> {
    written(format!("{}; Max-Age=0", text(web, SESSION, "")))
}

/// The secret of the request that is open in this browser.
pub(super) fn open_request(web: &Web, headers: &HeaderMap) -> Option<String> {
    cookie(web, headers, REQUEST)
}

/// The cookie of a request that was opened. It ends with the browser.
pub(super) fn request_cookie(web: &Web, secret: &str) -> Result<HeaderValue, Failure> {
    set(web, REQUEST, secret)
}

/// The cookie that closes the request in the browser.
pub(super) fn no_request_cookie(web: &Web) -> Result<HeaderValue, Failure> {
    written(format!("{}; Max-Age=0", text(web, REQUEST, "")))
}

/// The cookie of a language that was chosen. It says nothing of anybody.
pub(super) fn language_cookie(web: &Web, tag: &str) -> Result<HeaderValue, Failure> {
    written(format!("{}; Max-Age=31536000", text(web, LANGUAGE, tag)))
}

fn set(web: &Web, what: &str, value: &str) -> Result<HeaderValue, Failure> {
    written(text(web, what, value))
}

fn text(web: &Web, what: &str, value: &str) -> String {
    let secure = if is_secure(web) { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}", named(web, what))
}

fn written(text: String) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(&text).map_err(|_| Failure::Broken("a cookie"))
}

fn is_secure(web: &Web) -> bool {
    web.settings.public_url.starts_with("https://")
}

fn named(web: &Web, what: &str) -> String {
    let prefix = if is_secure(web) { "__Host-" } else { "" };
    format!("{prefix}saqta-{what}")
}

fn cookie(web: &Web, headers: &HeaderMap, what: &str) -> Option<String> {
    let name = named(web, what);
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty())
}

/// From which network somebody comes, as far as that counts for limits. A proxy on the same machine says for whom it asks; nobody
/// else is believed.
fn from(parts: &Parts) -> String {
    let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else {
        return "unknown".to_owned();
    };
    let named = || {
        let mut lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        // The last one was written by that proxy, those before it by whoever asked.
        lines.next_back()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let client = if peer.ip().is_loopback() { named() } else { None };
    network(client.unwrap_or(peer.ip())).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(peer: &str, forwarded: &[&str]) -> String {
        let mut request = axum::http::Request::builder();
        for line in forwarded {
            request = request.header("x-forwarded-for", *line);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4_000)));
        from(&parts)
    }

    #[test]
    fn only_a_proxy_on_the_same_machine_says_for_whom_it_asks() {
        let direct = place("198.51.100.7", &[]);
        assert_eq!(place("198.51.100.7", &["203.0.113.9"]), direct, "a stranger names nobody else");
        assert_eq!(place("127.0.0.1", &["198.51.100.7"]), direct);
        assert_eq!(
            place("127.0.0.1", &["203.0.113.9, 198.51.100.7"]),
            direct,
            "what the client wrote is first"
        );
        assert_eq!(place("127.0.0.1", &["203.0.113.9", "198.51.100.7"]), direct);
        assert_eq!(place("127.0.0.1", &["nonsense"]), place("127.0.0.1", &[]));
    }
}
