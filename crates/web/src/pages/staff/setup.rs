//! How does somebody begin with a link they were given: the first of all, a new colleague, or one who lost something?
//!
//! Opening the link changes nothing: previews of links and scanners of letters open them as well. The button does it. The first
//! account comes with the first administrator's key, for the programs of the shop.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use saqta_app::admission::NewKey;
use saqta_app::error::Error;
use saqta_app::staff::links::{Chosen, Enrolment, Joined, LinkFor};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Frame, HOME, SETUP, fault, qr};
use crate::pages::door::{Confirmed, FormToken, Visitor, session_cookie};
use crate::pages::layout::Layout;
use crate::problem::Failure;
use crate::routes::Web;

/// What the link carries.
#[derive(Deserialize)]
pub(super) struct Token {
    token: String,
}

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Setup {
    token: String,
    kept: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    sign_in: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    code: String,
}

/// What a link is for.
enum Kind {
    First,
    New,
    Again { sign_in: String },
}

impl Kind {
    /// The words of the page begin with this.
    fn key(&self) -> &'static str {
        match self {
            Self::First => "staff-setup",
            Self::New => "staff-join",
            Self::Again { .. } => "staff-reset",
        }
    }
}

struct AboutYou {
    title: String,
    name: String,
    name_hint: String,
    name_said: String,
    sign_in: String,
    sign_in_hint: String,
    sign_in_said: String,
}

#[derive(Template)]
#[template(path = "staff/setup.html")]
struct SetupPage {
    layout: Layout,
    form: FormToken,
    token: String,
    kept: String,
    why: String,
    fault_label: String,
    fault: Option<String>,
    you: Option<AboutYou>,
    /// The name that password programs keep the new password under, where it is known already.
    account: String,
    password_title: String,
    password: String,
    password_hint: String,
    again: String,
    device_title: String,
    device_why: String,
    by_hand: String,
    picture_label: String,
    picture: Option<qr::Picture>,
    written: Zeroizing<String>,
    code: String,
    button: String,
}

struct FirstKey {
    title: String,
    why: String,
    id_label: String,
    id: String,
    key: String,
}

#[derive(Template)]
#[template(path = "staff/joined.html")]
struct JoinedPage {
    layout: Layout,
    sign_in_label: String,
    sign_in: String,
    recovery_title: String,
    recovery_why: String,
    recovery: Vec<String>,
    key: Option<FirstKey>,
    go: String,
    go_to: &'static str,
}

/// The page with the form.
pub(super) async fn ask(
    State(web): State<Web>,
    visitor: Visitor,
    token: Result<Query<Token>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(Token { token }) = token.map_err(|_| Failure::SetupOver)?;
    let kind = kind_of(&web, &token).await?;
    let enrolment = {
        let view = web.app.view().await?;
        let frame = Frame::new(&web, &view, visitor.speech, SETUP);
        web.app.begin_enrolment(&token, &frame.operator(), &account(&kind))?
    };
    let said = Setup::empty(token);
    show(&web, &visitor, &kind, said, enrolment, None).await
}

/// The button.
pub(super) async fn make(
    State(web): State<Web>,
    Confirmed { by, said }: Confirmed<Visitor, Setup>,
) -> Result<Response, Failure> {
    let kind = kind_of(&web, &said.token).await?;
    let chosen = Chosen {
        name: &said.name,
        sign_in: &said.sign_in,
        password: &said.password,
        again: &said.again,
        code: &said.code,
        kept: &said.kept,
    };
    let caller = web.app.at_a_link(by.speech.language);
    let made = match (&kind, &web.settings.setup) {
        (Kind::First, Some(setup)) => {
            let claimed = setup.claim_account(&web.app, &said.token, &caller, &chosen).await;
            claimed.map(|done| (done.0, Some(done.1)))
        }
        (Kind::First, None) => Err(Error::LinkOver),
        (Kind::New | Kind::Again { .. }, _) => {
            web.app.join(&caller, &said.token, &chosen).await.map(|done| (done.outcome, None))
        }
    };
    match made {
        Ok((joined, key)) => finished(&web, &by, joined, key).await,
        Err(error) => {
            let view = web.app.view().await?;
            let frame = Frame::new(&web, &view, by.speech, SETUP);
            let (status, words) = fault(&frame, error)?;
            let enrolment =
                web.app.repeat_enrolment(&said.token, &frame.operator(), &account(&kind), &said.kept)?;
            show(&web, &by, &kind, said, enrolment, Some((status, words))).await
        }
    }
}

/// What the link is for; a wrong one is told no more than that it is over.
async fn kind_of(web: &Web, token: &str) -> Result<Kind, Failure> {
    if let Some(setup) = &web.settings.setup
        && setup.opens(&web.app, token)
    {
        return if web.app.unclaimed().await? { Ok(Kind::First) } else { Err(Failure::SetupOver) };
    }
    match web.app.open_link(token).await? {
        LinkFor::Somebody { .. } => Ok(Kind::New),
        LinkFor::Account { sign_in, .. } => Ok(Kind::Again { sign_in }),
    }
}

/// What the account is called in an authenticator program, where it is known already.
fn account(kind: &Kind) -> String {
    match kind {
        Kind::First | Kind::New => "Saqta".to_owned(),
        Kind::Again { sign_in } => sign_in.clone(),
    }
}

impl Setup {
    fn empty(token: String) -> Self {
        Self {
            token,
            kept: String::new(),
            name: String::new(),
            sign_in: String::new(),
            password: String::new(),
            again: String::new(),
            code: String::new(),
        }
    }
}

async fn show(
    web: &Web,
    visitor: &Visitor,
    kind: &Kind,
    said: Setup,
    enrolment: Enrolment,
    fault: Option<(StatusCode, String)>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let mut frame = Frame::new(web, &view, visitor.speech, SETUP);
    // The token is what we drew: letters, digits, `-` and `_`.
    frame.said = format!("token={}&", said.token);
    let (form, cookie) = visitor.form(web)?;
    let key = kind.key();
    let is_new = !matches!(kind, Kind::Again { .. });
    let (status, fault) = fault.map_or((StatusCode::OK, None), |(status, words)| (status, Some(words)));
    let page = SetupPage {
        layout: frame.layout(key, None),
        form,
        token: said.token,
        kept: enrolment.kept,
        why: frame.word(&format!("{key}-why")),
        fault_label: frame.word("staff-fault"),
        fault,
        account: account(kind),
        you: is_new.then(|| AboutYou {
            title: frame.word("staff-step-you"),
            name: frame.word("staff-name"),
            name_hint: frame.word("staff-name-hint"),
            name_said: said.name,
            sign_in: frame.word("staff-sign-in-name"),
            sign_in_hint: frame.word("staff-sign-in-hint"),
            sign_in_said: said.sign_in,
        }),
        password_title: frame.word("staff-step-password"),
        password: frame.word("staff-password"),
        password_hint: frame.word("staff-password-hint"),
        again: frame.word("staff-again"),
        device_title: frame.word("staff-step-device"),
        device_why: frame.word("staff-device-why"),
        by_hand: frame.word("staff-device-by-hand"),
        picture_label: frame.word("staff-device-picture"),
        picture: qr::picture(&enrolment.address),
        written: enrolment.written,
        code: frame.word("staff-code"),
        button: frame.word(if is_new { "staff-setup-button" } else { "staff-reset-button" }),
    };
    let mut response = frame.answer(status, &page)?;
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn finished(
    web: &Web,
    visitor: &Visitor,
    joined: Joined,
    key: Option<NewKey>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, visitor.speech, SETUP);
    let mut layout = frame.layout("staff-joined", None);
    // What this page shows, it shows once: in another language there would be nothing.
    layout.switch = Vec::new();
    let page = JoinedPage {
        layout,
        sign_in_label: frame.word("staff-joined-sign-in"),
        sign_in: joined.sign_in,
        recovery_title: frame.word("staff-recovery"),
        recovery_why: frame.word("staff-recovery-why"),
        recovery: joined.recovery,
        key: key.map(|key| FirstKey {
            title: frame.word("staff-key"),
            why: frame.word("staff-key-why"),
            id_label: frame.word("staff-key-id"),
            id: key.id,
            key: key.secret,
        }),
        go: frame.word("staff-joined-go"),
        go_to: HOME,
    };
    let mut response = frame.answer(StatusCode::OK, &page)?;
    response.headers_mut().append(SET_COOKIE, session_cookie(web, &joined.session)?);
    Ok(response)
}
