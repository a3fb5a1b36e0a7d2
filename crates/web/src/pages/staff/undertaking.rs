//! What does somebody promise before they see personal data (clause 10)?

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, HOME, UNDERTAKING, go};
use crate::pages::door::{Confirmed, FormToken, Pressed, SignedIn};
use crate::pages::layout::Layout;
use crate::problem::Failure;
use crate::routes::Web;

/// How many sentences the undertaking has.
const SENTENCES: u8 = 5;

#[derive(Template)]
#[template(path = "staff/undertaking.html")]
struct UndertakingPage {
    layout: Layout,
    form: FormToken,
    why: String,
    sentences: Vec<String>,
    button: String,
    sign_out: String,
}

/// The page.
pub(super) async fn page(State(web): State<Web>, by: SignedIn) -> Result<Response, Failure> {
    if by.member().undertaking {
        return Ok(go(HOME));
    }
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, by.speech, UNDERTAKING);
    let page = UndertakingPage {
        layout: frame.layout("staff-undertaking", Some(by.member())),
        form: by.form(&web),
        why: frame.word("staff-undertaking-why"),
        sentences: (1..=SENTENCES).map(|n| frame.word(&format!("staff-undertaking-{n}"))).collect(),
        button: frame.word("staff-undertaking-button"),
        sign_out: frame.word("staff-sign-out"),
    };
    frame.answer(StatusCode::OK, &page)
}

/// The button.
pub(super) async fn accept(
    State(web): State<Web>,
    Confirmed { by, .. }: Confirmed<SignedIn, Pressed>,
) -> Result<Response, Failure> {
    web.app.accept_undertaking(&by.session, by.speech.language).await?;
    Ok(go(HOME))
}
