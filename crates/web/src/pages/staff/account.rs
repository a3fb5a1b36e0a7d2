//! What can somebody change about their own account?
//!
//! A password and codes on paper are changed by whoever shows the present password and a code again: a browser that was left
//! open is not enough.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use saqta_app::staff::own::Again;
use serde::Deserialize;

use super::{ACCOUNT, Frame, fault, role_words};
use crate::pages::door::{Confirmed, FormToken, OnDuty, SignedIn};
use crate::pages::layout::Layout;
use crate::problem::Failure;
use crate::routes::Web;

/// A new password.
#[derive(Deserialize)]
pub(super) struct NewPassword {
    present: String,
    code: String,
    password: String,
    again: String,
}

/// New codes on paper.
#[derive(Deserialize)]
pub(super) struct NewPapers {
    present: String,
    code: String,
}

#[derive(Template)]
#[template(path = "staff/account.html")]
struct AccountPage {
    layout: Layout,
    form: FormToken,
    fault: Option<String>,
    done: Option<String>,
    recovery: Vec<String>,
    recovery_why: String,
    name_label: String,
    name: String,
    sign_in_label: String,
    sign_in: String,
    role_label: String,
    role: String,
    password_title: String,
    present: String,
    code: String,
    code_hint: String,
    new: String,
    hint: String,
    again: String,
    change: String,
    papers_title: String,
    papers: String,
    renew: String,
    everywhere: String,
    everywhere_why: String,
    sign_out: String,
}

/// What came of a change.
#[derive(Default)]
struct Came {
    fault: Option<String>,
    done: Option<String>,
    recovery: Vec<String>,
}

/// The page.
pub(super) async fn page(State(web): State<Web>, OnDuty(by): OnDuty) -> Result<Response, Failure> {
    show(&web, &by, StatusCode::OK, Came::default()).await
}

/// Takes another password.
pub(super) async fn change_password(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, NewPassword>,
) -> Result<Response, Failure> {
    let shown = Again { password: &said.present, code: &said.code, from: &by.from };
    let new = (said.password.as_str(), said.again.as_str());
    let changed = web.app.change_password(&by.session, &shown, new, by.speech.language).await;
    came(&web, &by, changed.map(|()| (Some("staff-account-changed"), Vec::new()))).await
}

/// Gives new codes on paper.
pub(super) async fn renew_recovery(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, NewPapers>,
) -> Result<Response, Failure> {
    let shown = Again { password: &said.present, code: &said.code, from: &by.from };
    let renewed = web.app.renew_recovery(&by.session, &shown, by.speech.language).await;
    came(&web, &by, renewed.map(|codes| (None, codes))).await
}

async fn came(
    web: &Web,
    by: &SignedIn,
    done: Result<(Option<&'static str>, Vec<String>), saqta_app::error::Error>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, by.speech, ACCOUNT);
    let (status, came) = match done {
        Ok((done, recovery)) => {
            (StatusCode::OK, Came { done: done.map(|key| frame.word(key)), recovery, fault: None })
        }
        Err(error) => {
            let (status, words) = fault(&frame, error)?;
            (status, Came { fault: Some(words), ..Came::default() })
        }
    };
    show(web, by, status, came).await
}

async fn show(web: &Web, by: &SignedIn, status: StatusCode, came: Came) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, by.speech, ACCOUNT);
    let member = by.member();
    let left = if came.recovery.is_empty() { member.recovery_left } else { came.recovery.len() };
    let papers = web.app.words().counted(
        "staff-account-papers",
        by.speech.language,
        &[],
        &[("left", u64::try_from(left).unwrap_or(0))],
    );
    let page = AccountPage {
        layout: frame.layout("staff-account", Some(member)),
        form: by.form(web),
        fault: came.fault,
        done: came.done,
        recovery: came.recovery,
        recovery_why: frame.word("staff-recovery-why"),
        name_label: frame.word("staff-name"),
        name: member.name.clone(),
        sign_in_label: frame.word("staff-sign-in-name"),
        sign_in: member.sign_in.clone(),
        role_label: frame.word("staff-home-role"),
        role: role_words(&frame, member.role.as_str()),
        password_title: frame.word("staff-account-password"),
        present: frame.word("staff-account-present"),
        code: frame.word("staff-code"),
        code_hint: frame.word("staff-code-hint"),
        new: frame.word("staff-account-new"),
        hint: frame.word("staff-password-hint"),
        again: frame.word("staff-again"),
        change: frame.word("staff-account-change"),
        papers_title: frame.word("staff-recovery"),
        papers,
        renew: frame.word("staff-account-renew"),
        everywhere: frame.word("staff-account-everywhere"),
        everywhere_why: frame.word("staff-account-everywhere-why"),
        sign_out: frame.word("staff-sign-out"),
    };
    frame.answer(status, &page)
}
