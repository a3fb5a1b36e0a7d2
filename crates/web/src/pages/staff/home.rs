//! Where does somebody begin who has signed in: who waits, and what is due?

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::requests::letters::{MailTroubles, mail_troubles};
use super::requests::list::{Count, board};
use super::{Frame, HOME, role_words};
use crate::pages::door::{FormToken, OnDuty};
use crate::pages::layout::Layout;
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "staff/home.html")]
struct HomePage {
    layout: Layout,
    form: FormToken,
    hello: String,
    mail: Option<MailTroubles>,
    board_title: String,
    board: Vec<Count>,
    role_label: String,
    role: String,
    sign_out: String,
}

/// The page.
pub(super) async fn page(State(web): State<Web>, OnDuty(by): OnDuty) -> Result<Response, Failure> {
    let listed = web.app.open_requests(&by.caller()).await?;
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, by.speech, HOME);
    let member = by.member();
    let page = HomePage {
        layout: frame.layout("staff-home", Some(member)),
        form: by.form(&web),
        hello: frame.told("staff-home-hello", &[("name", &member.name)]),
        mail: mail_troubles(&frame),
        board_title: frame.word("desk-requests"),
        board: board(&frame, &listed),
        role_label: frame.word("staff-home-role"),
        role: role_words(&frame, member.role.as_str()),
        sign_out: frame.word("staff-sign-out"),
    };
    frame.answer(StatusCode::OK, &page)
}
