//! How does a request stand, in words for whoever asked (clauses 3.2, 4.1)?
//!
//! What became of each purpose is shown only where it was shown who asks: it tells that somebody is on file.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use saqta_app::requests::consents::ConsentSwitch;
use saqta_app::requests::holder::Seen;
use saqta_domain::rules::must_answer::Lateness;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Applicant, Outcome};

use super::action::title_of;
use super::request::Done;
use super::{Foot, FormToken, Frame, Person};
use crate::pages::layout::Layout;
use crate::pages::policy::Leading;
use crate::problem::Failure;
use crate::routes::Web;

/// What has to be said above the page.
pub(super) enum Notice {
    Nothing,
    /// What was done just before.
    Done(Done),
    /// Why something was not done.
    Fault(String),
    /// What is wrong with the code.
    Code(String),
}

#[derive(Template)]
#[template(path = "portal/request.html")]
struct RequestPage {
    layout: Layout,
    foot: Foot,
    form: FormToken,
    base: String,
    title: String,
    what: String,
    fault: Option<String>,
    done: Option<String>,
    standing: &'static str,
    state: String,
    accepted: String,
    dates: Vec<String>,
    late: Option<String>,
    waits: Option<String>,
    code: Option<CodeForm>,
    undo: Option<Deed>,
    papers_label: String,
    papers: Vec<PaperLink>,
    pdf: String,
    copy: Option<Copy>,
    fates_label: String,
    fates_head: [String; 2],
    fates: Vec<FateRow>,
    consents_label: String,
    consents: Vec<SwitchForm>,
    consent_text: String,
    text_label: String,
    text: String,
    more_label: String,
    take_back: Option<Deed>,
    case_file: Option<Deed>,
    complain: Leading,
    close: Deed,
}

/// The form for the code.
struct CodeForm {
    title: String,
    why: String,
    label: String,
    hint: String,
    fault: Option<String>,
    button: String,
    again: String,
    lost: String,
    wait: String,
    other: Leading,
    ask: Leading,
    call: String,
}

/// A button and what it does.
struct Deed {
    button: String,
    why: String,
}

struct PaperLink {
    title: String,
    page: String,
    pdf: String,
}

/// Where the copy can be had.
struct Copy {
    label: String,
    why: String,
    links: Vec<Leading>,
}

/// What became of a purpose.
struct FateRow {
    purpose: String,
    state: String,
    because: Option<String>,
    until: Option<String>,
}

struct SwitchForm {
    purpose: String,
    channel: String,
    digest: String,
    on: bool,
    title: String,
    standing: String,
    text: String,
    button: String,
    certify: Option<String>,
}

/// The page.
pub(super) async fn write(
    web: &Web,
    person: &Person,
    seen: &Seen,
    switches: Vec<ConsentSwitch>,
    status: StatusCode,
    notice: Notice,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, person.language);
    let (form, cookie) = person.visitor.form(web)?;
    let (fault, done, code_fault) = match notice {
        Notice::Nothing => (None, None, None),
        Notice::Done(done) => (None, Some(frame.word(&format!("portal-done-{}", done.word()))), None),
        Notice::Fault(words) => (Some(words), None, None),
        Notice::Code(words) => (None, None, Some(words)),
    };
    let words = web.app.words();
    let number = seen.number.to_string();
    let title = frame.told("portal-request", &[("number", &number)]);
    let fault_label = frame.word("portal-fault");
    let wrong = fault.is_some() || code_fault.is_some();
    let shown = if wrong { format!("{fault_label}: {title}") } else { title.clone() };
    let awaits = seen.state == RequestState::AwaitingIdentity;
    // What became of the purposes, and that there are any, is told to nobody who has not shown who they are.
    let proven = seen.proven;
    let first = awaits && seen.by == Applicant::Subject;
    let anew = proven && !seen.at_hand && seen.by != Applicant::Authority;
    let filed = frame.day(seen.filed_at, &seen.zone);
    let leading = |key: &str, rest: &str| Leading { words: frame.word(key), href: frame.at(rest) };
    let page = RequestPage {
        layout: frame.layout(shown, "/request"),
        foot: frame.foot(),
        form,
        base: frame.at("/request"),
        what: frame.word(&title_of(&seen.matter)),

        fault,
        done,
        standing: standing(seen.state),
        state: frame.word(&format!("request-state-{}", seen.state.as_str())),
        accepted: frame.told("request-accepted", &[("number", &format!("№ {number}")), ("date", &filed)]),
        dates: if seen.state.is_open() {
            words.due(&seen.due, &seen.zone, frame.language)
        } else {
            Vec::new()
        },
        late: late(&frame, seen),
        waits: (awaits && seen.by == Applicant::Representative).then(|| frame.word("portal-authority")),
        code: (first || anew).then(|| code_form(&frame, seen, code_fault)),
        undo: undo(&frame, seen),
        papers_label: frame.word("portal-papers"),
        papers: papers(&frame, seen),
        pdf: frame.word("portal-pdf"),
        copy: copy(&frame, seen),
        fates_label: frame.word("paper-fates"),
        fates_head: [frame.word("paper-fate-purpose"), frame.word("paper-fate-state")],
        fates: if proven { fates(&frame, seen) } else { Vec::new() },
        consents_label: frame.word("portal-consents"),
        consents: switches.into_iter().map(|one| switch(&frame, one, &seen.zone)).collect(),
        consent_text: frame.word("portal-consent-text"),
        text_label: frame.word("portal-asked"),
        text: seen.text.clone(),
        more_label: frame.word("portal-more"),
        take_back: seen.can_take_back.then(|| deed(&frame, "portal-take-back")),
        case_file: seen.at_hand.then(|| deed(&frame, "portal-case-file")),
        complain: leading("portal-complain", "/ask/complaint?about=request"),
        close: deed(&frame, "portal-close"),
        title,
    };
    frame.answer(status, &page, cookie)
}

fn standing(state: RequestState) -> &'static str {
    match state {
        RequestState::AwaitingIdentity
        | RequestState::Undoable { .. }
        | RequestState::Answered(Outcome::Partly) => "scheduled",
        RequestState::Answered(Outcome::Done) => "effective",
        RequestState::Answered(Outcome::Refused) => "unbacked",
        RequestState::InProgress | RequestState::TakenBack | RequestState::Lapsed => "open",
    }
}

/// That it is late, or was. How much of the time is over is for those who work on it.
fn late(frame: &Frame<'_>, seen: &Seen) -> Option<String> {
    match seen.lateness {
        Lateness::InTime | Lateness::PastTarget => None,
        late => frame.web.app.words().lateness(late, &seen.zone, frame.language),
    }
}

fn deed(frame: &Frame<'_>, key: &str) -> Deed {
    Deed { button: frame.word(key), why: frame.word(&format!("{key}-why")) }
}

fn code_form(frame: &Frame<'_>, seen: &Seen, fault: Option<String>) -> CodeForm {
    let contact = seen.contact.clone().unwrap_or_default();
    let leading = |key: &str, rest: &str| Leading { words: frame.word(key), href: frame.at(rest) };
    CodeForm {
        title: frame.word(if seen.proven { "portal-anew-title" } else { "portal-code-title" }),
        why: match seen.proven {
            true => frame.word("portal-anew-why"),
            false => frame.told("portal-code-why", &[("contact", &contact)]),
        },
        label: frame.word("portal-code"),
        hint: frame.word("portal-code-hint"),
        fault,
        button: frame.word("portal-code-button"),
        again: frame.word("portal-code-again"),
        lost: frame.word("portal-code-lost"),
        wait: frame.word("portal-code-wait"),
        other: leading("portal-code-other", ""),
        ask: leading("portal-code-ask", "/ask/question"),
        call: frame.word("portal-code-call"),
    }
}

fn undo(frame: &Frame<'_>, seen: &Seen) -> Option<Deed> {
    let RequestState::Undoable { until } = seen.state else { return None };
    let until = frame.minute(until, &seen.zone);
    let why = frame.told("portal-undo-why", &[("until", &until)]);
    seen.can_undo.then(|| Deed { button: frame.word("portal-undo"), why })
}

fn papers(frame: &Frame<'_>, seen: &Seen) -> Vec<PaperLink> {
    let link = |number: u64, title: &str| {
        let page = frame.at(&format!("/paper/{number}"));
        PaperLink { title: title.to_owned(), pdf: format!("{page}/pdf"), page }
    };
    seen.papers.iter().map(|paper| link(paper.number, &paper.title)).collect()
}

fn copy(frame: &Frame<'_>, seen: &Seen) -> Option<Copy> {
    let answer = seen.papers.iter().rev().find(|paper| paper.paper.as_str() == "access_answer");
    let leading = |key: &str, rest: &str| Leading { words: frame.word(key), href: frame.at(rest) };
    let mut links = Vec::new();
    links.extend(answer.map(|paper| leading("portal-copy-read", &format!("/paper/{}", paper.number))));
    if seen.copy_ready {
        links.push(leading("portal-copy-zip", "/copy.zip"));
        links.push(leading("portal-copy-json", "/copy.json"));
    }
    let (label, why) = (frame.word("portal-copy"), frame.word("portal-copy-why"));
    (!links.is_empty()).then_some(Copy { label, why, links })
}

fn fates(frame: &Frame<'_>, seen: &Seen) -> Vec<FateRow> {
    let day = |micros: Option<i64>| {
        let at = Timestamp::from_microsecond(micros?).ok()?;
        Some(frame.day(at, &seen.zone))
    };
    let rows = seen.fates.iter().map(|fate| {
        let purpose = frame.view.version.policy.purposes.get(fate.purpose.as_str());
        let title = purpose.map(|purpose| purpose.title.in_language(frame.language).to_owned());
        let since = day(fate.since);
        let state = match (fate.state.as_str(), since) {
            ("stopped", Some(since)) => frame.told("paper-fate-stopped", &[("moment", &since)]),
            ("continues", _) => frame.word("paper-fate-continues"),
            ("kept", _) => frame.word("portal-fate-kept"),
            _ => frame.word("portal-fate-stopped"),
        };
        let because = fate.basis.as_ref().map(|basis| {
            format!("{}: {}", frame.word("paper-fate-basis"), frame.word(&format!("basis-{basis}")))
        });
        FateRow {
            purpose: title.unwrap_or_else(|| fate.purpose.clone()),
            state,
            because,
            until: day(fate.until).map(|day| format!("{}: {day}", frame.word("paper-fate-until"))),
        }
    });
    rows.collect()
}

fn switch(frame: &Frame<'_>, one: ConsentSwitch, zone: &TimeZone) -> SwitchForm {
    let day = |at: Option<Timestamp>| at.map_or_else(String::new, |at| frame.day(at, zone));
    let standing = match (one.on, one.since) {
        (true, _) => {
            let args = [("since", day(one.since)), ("until", day(one.until))];
            let args = args.each_ref().map(|(name, text)| (*name, text.as_str()));
            frame.told("portal-consent-given", &args)
        }
        (false, Some(_)) => frame.told("portal-consent-ended", &[("since", &day(one.since))]),
        (false, None) => frame.word("portal-consent-none"),
    };
    let title = match &one.channel {
        Some(channel) => format!("{}: {}", one.title, channel_name(frame, channel.as_str())),
        None => one.title,
    };
    SwitchForm {
        purpose: one.purpose.to_string(),
        channel: one.channel.map_or_else(String::new, |channel| channel.to_string()),
        digest: one.digest,
        button: frame.word(if one.on { "portal-consent-take-back" } else { "portal-consent-give" }),
        certify: one.certifiable.then(|| frame.word("portal-consent-certify")),
        on: one.on,
        title,
        standing,
        text: one.text,
    }
}

/// What people call a channel; its own name where nobody has put it in words.
fn channel_name(frame: &Frame<'_>, channel: &str) -> String {
    let key = format!("portal-channel-{channel}");
    let told = frame.word(&key);
    if told == key { channel.to_owned() } else { told }
}
