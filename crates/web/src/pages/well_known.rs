//! What do programs find about the operator's privacy at the addresses where they look for it (RFC 8615)?

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use data_encoding::HEXLOWER;
use jiff::{Timestamp, ToSpan};
use saqta_app::instance::View;
use saqta_app::marks::subject_lines;
use saqta_domain::terms::law::DeadlineUnit;
use saqta_domain::terms::policy::Promise;
use saqta_domain::terms::request::RequestKind;
use serde_json::{Value, json};

use super::asked::offered;
use super::consent_texts::for_everybody;
use super::tagged;
use super::timeline::moment;
use crate::problem::Failure;
use crate::routes::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/.well-known/gpc.json", get(gpc))
        .route("/.well-known/security.txt", get(security))
        .route("/.well-known/privacy-operations.json", get(operations))
}

/// That the signal of a browser is heard (Global Privacy Control).
async fn gpc(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let told = json!({ "gpc": true, "lastUpdate": day_of(&view) });
    Ok(for_everybody(tagged(&headers, "application/json", told.to_string())))
}

/// Whom somebody tells who found a hole (RFC 9116).
async fn security(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let host = web.settings.public_url.trim_end_matches('/');
    let languages: Vec<&str> = offered(&view.version).iter().map(|language| language.tag()).collect();
    let mut lines = vec![
        format!("Contact: mailto:{}", view.version.policy.operator.email),
        format!("Expires: {}", expires(view.now)),
    ];
    lines.push(format!("Preferred-Languages: {}", languages.join(", ")));
    // The standard wants these by TLS, or not at all.
    if host.starts_with("https://") {
        lines.push(format!("Canonical: {host}/.well-known/security.txt"));
        lines.push(format!("Policy: {host}/policy"));
    }
    lines.push(String::new());
    Ok(tagged(&headers, "text/plain; charset=utf-8", lines.join("\n")))
}

/// Half a year from today: a file that nobody serves any more is not trusted for longer.
fn expires(now: Timestamp) -> Timestamp {
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).start_of_day();
    day.and_then(|day| day.checked_add(180.days())).map_or(now, |day| day.timestamp())
}

/// Read what the operator does about privacy, for programs.
///
/// Version and digest of the policy, subject lines of letters, rights, terms, and the key of consent receipts.
#[utoipa::path(get, path = "/.well-known/privacy-operations.json", operation_id = "privacy_operations", tag = "public",
    security(()), responses((status = 200, description = "What it does.")))]
pub(crate) async fn operations(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    Ok(for_everybody(tagged(&headers, "application/json", told(&web, &view).to_string())))
}

fn told(web: &Web, view: &View) -> Value {
    let (policy, host) = (&view.version.policy, web.settings.public_url.trim_end_matches('/'));
    let operator = &policy.operator;
    // What an authority asks for is no right of a person.
    let asked = policy.requests.iter().filter(|(kind, _)| **kind != RequestKind::Authority);
    let deadlines: BTreeMap<&str, Value> =
        asked.clone().filter_map(|(kind, promise)| Some((kind.as_str(), deadline(promise)?))).collect();
    let lines: BTreeMap<&str, Vec<String>> =
        subject_lines(&view.version).into_iter().map(|(kind, lines)| (kind.as_str(), lines)).collect();
    json!({
        "policy_version": policy.version,
        "policy_digest": HEXLOWER.encode(&policy.digest),
        "effective_from": day_of(view),
        "languages": offered(&view.version).iter().map(|language| language.tag()).collect::<Vec<_>>(),
        "policy": format!("{host}/policy"),
        "controller": {
            "name": { "kk": operator.name.kk, "ru": operator.name.ru, "en": operator.name.en },
            "bin": operator.bin,
        },
        "contact_email": operator.email,
        "subject_lines": lines,
        "rights": asked.map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(),
        "request_endpoint": format!("{host}/my"),
        "deadlines": deadlines,
        "receipt_keys": { "keys": [web.app.receipt_key()] },
    })
}

/// How long an answer may take by the policy; the law may give less.
fn deadline(promise: &Promise) -> Option<Value> {
    let within = promise.within?;
    let unit = match within.unit {
        DeadlineUnit::Hours => "hours",
        DeadlineUnit::WorkingDays => "working_days",
        DeadlineUnit::CalendarDays => "calendar_days",
        DeadlineUnit::Months => "months",
    };
    Some(json!({ "count": within.count, "unit": unit, "counts_from": promise.counts_from.as_str() }))
}

/// The first day of the policy in force.
fn day_of(view: &View) -> String {
    let iso = moment(view.version.policy.effective_from, &view.law.calendar.zone).iso;
    iso.get(..10).unwrap_or(&iso).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_whom_to_tell_holds_for_half_a_year() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(expires(at("2026-03-02T06:00:00Z")), at("2026-08-29T00:00:00Z"));
        assert_eq!(expires(at("2026-03-02T23:59:59Z")), at("2026-08-29T00:00:00Z"));
    }
}
