//! Of what parts is the page of one request made?

use std::collections::BTreeMap;

use jiff::Timestamp;
use saqta_app::requests::certificate::ConsentNamed;
use saqta_app::requests::desk::{Compared, Planned, Shown};
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::{Proof, RequestState};
use saqta_domain::terms::request::{Applicant, CorrectionGround, Matter, Rung};

use super::case::{Making, PaperLink};
use super::case_path;
use super::fields::{Asking, Said};
use super::papers::word_of;
use super::telling::{self, Fact, Link, Tag};
use crate::pages::door::SignedIn;
use crate::pages::layout::name as language_name;
use crate::pages::staff::Frame;
use crate::pages::timeline::{Moment, day_shown, moment};
use crate::problem::Failure;
use crate::routes::Web;

/// What has to be seen before anything is done.
pub(super) struct Warning {
    pub words: String,
    pub class: &'static str,
    pub link: Option<Link>,
}

/// One time by which it must be answered.
pub(super) struct ClockShown {
    pub words: String,
    pub more: Vec<String>,
    /// Set for the one that holds.
    pub holds: Option<String>,
    pub class: &'static str,
}

/// A question of an authority, and the answer once there is one.
pub(super) struct Point {
    pub question: String,
    pub answer: Option<String>,
}

/// Two values side by side.
pub(super) struct Pair {
    pub title: String,
    pub now: String,
    pub proposed: String,
    pub more: String,
}

/// What a destruction would do in one place.
pub(super) struct Part {
    pub ends: Option<String>,
    pub stays: Vec<String>,
    pub refused: Option<String>,
}

/// Something staff wrote down.
pub(super) struct Note {
    pub words: String,
    pub about: String,
}

/// Something that happened.
pub(super) struct Step {
    pub at: Moment,
    pub words: String,
}

/// What the accounts of staff are called. Only whoever answers for the processing may read the list of them; a clerk knows
/// their own.
pub(super) struct Accounts(BTreeMap<String, String>);

impl Accounts {
    pub(super) async fn of(web: &Web, by: &SignedIn) -> Result<Self, Failure> {
        let member = by.member();
        let mut names = BTreeMap::from([(member.id.clone(), member.name.clone())]);
        if member.role == Role::Responsible {
            let people = web.app.people(&by.caller()).await?;
            names.extend(people.into_iter().map(|person| (person.id, person.name)));
        }
        Ok(Self(names))
    }

    /// The name of an account, or that it is a colleague's.
    fn name(&self, frame: &Frame<'_>, id: &str) -> String {
        let short: String = id.chars().take(6).collect();
        self.0.get(id).cloned().unwrap_or_else(|| frame.told("desk-account", &[("id", &short)]))
    }
}

fn fact(frame: &Frame<'_>, key: &str, words: impl Into<String>) -> Fact {
    Fact { label: frame.word(key), words: words.into() }
}

/// A minor, nobody on file, and requests that have to do with this one.
pub(super) fn warnings(frame: &Frame<'_>, shown: &Shown) -> Vec<Warning> {
    let request = &shown.request;
    let plain = |words, class| Warning { words, class, link: None };
    let mut warnings = Vec::new();
    if let Some(years) = shown.minor {
        let words = frame.told("desk-minor", &[("years", &years.to_string())]);
        warnings.push(plain(words, "scheduled"));
    }
    if shown.on_file == 0 && request.by != Applicant::Authority && request.state.is_open() {
        warnings.push(plain(frame.word("desk-nobody"), "scheduled"));
    }
    if request.paused().is_some() {
        warnings.push(plain(frame.word("request-term-paused"), "scheduled"));
    }
    warnings.extend(request.related.iter().map(|(number, relation)| Warning {
        words:
            frame.told("desk-related", &[("relation", &frame.word(&format!("request-relation-{relation}")))]),
        class: "superseded",
        link: Some(Link { href: case_path(number.0), words: number.to_string() }),
    }));
    warnings
}

/// All clocks, the strictest first, with why it holds.
pub(super) fn clocks(frame: &Frame<'_>, shown: &Shown) -> Vec<ClockShown> {
    let (words, language) = (frame.web.app.words(), frame.speech.language);
    if shown.due.clocks.is_empty() {
        let told = telling::due(frame, &shown.request, &shown.due, &shown.zone).join(" ");
        return vec![ClockShown { words: told, more: Vec::new(), holds: None, class: "" }];
    }
    let class = telling::lateness(frame, shown.lateness).map_or("enforced", |Tag { class, .. }| class);
    let told =
        shown.due.clocks.iter().enumerate().map(|(place, clock)| {
            let began = telling::when(clock.began, &shown.zone);
            let mut more = vec![frame.told("desk-began", &[("began", &began)])];
            more.extend(clock.paused.then(|| frame.word("request-term-paused")));
            more.extend(clock.unknown.map(|year| {
                words.told("request-days-off-unknown", language, &[("year", &year.to_string())])
            }));
            ClockShown {
                words: words.clock(clock, &shown.zone, language),
                more,
                holds: (place == 0 && shown.due.clocks.len() > 1).then(|| frame.word("desk-holds")),
                class: if place == 0 { class } else { "" },
            }
        });
    told.collect()
}

/// What it is about, beside the applicant's words.
pub(super) fn asked(frame: &Frame<'_>, shown: &Shown) -> Vec<Fact> {
    let mut facts = Vec::new();
    let ground =
        |ground: &CorrectionGround| fact(frame, "desk-ground", frame.word(&format!("reason-{ground}")));
    let attributes = |names: &std::collections::BTreeSet<saqta_domain::terms::names::AttributeName>| {
        let told = telling::attributes(frame, names.iter().map(|name| name.as_str()));
        (!told.is_empty()).then(|| fact(frame, "desk-attribute", told))
    };
    let purposes = |names: &std::collections::BTreeSet<saqta_domain::terms::names::PurposeName>| {
        let told: Vec<_> = names.iter().map(|name| telling::purpose(frame, name.as_str())).collect();
        let told = if told.is_empty() { frame.word("desk-every-purpose") } else { told.join(", ") };
        fact(frame, "desk-purpose", told)
    };
    match &shown.request.matter {
        Matter::Rectification { ground: wrong, attributes: named } => {
            facts.push(ground(wrong));
            facts.extend(attributes(named));
        }
        Matter::Restriction { ground: wrong, attributes: named } => {
            facts.extend(wrong.as_ref().map(ground));
            facts.extend(attributes(named));
        }
        Matter::Destruction { ground: wrong, purposes: named } => {
            facts.extend(wrong.as_ref().map(ground));
            facts.push(purposes(named));
        }
        Matter::Withdrawal { purposes: named, channel } => {
            facts.push(purposes(named));
            facts.extend(channel.as_ref().map(|channel| {
                fact(frame, "desk-channel", telling::one_of(frame, &["desk-channel"], channel.as_str()))
            }));
        }
        Matter::Dissemination { attributes: named } => facts.extend(attributes(named)),
        Matter::Authority { letter_due } => {
            facts.extend(letter_due.map(|day| fact(frame, "desk-letter_due", day_shown(day))));
        }
        Matter::Access
        | Matter::Unrestriction
        | Matter::Stop
        | Matter::Objection(_)
        | Matter::Explanation
        | Matter::Complaint => {}
    }
    if let Some(letter) = &shown.letter {
        facts.push(fact(frame, "desk-letter_number", letter.number.clone()));
        facts.push(fact(frame, "desk-letter_dated", telling::day(&letter.dated)));
    }
    if !shown.evidence.is_empty() {
        facts.push(fact(frame, "desk-evidence", shown.evidence.clone()));
    }
    facts
}

/// The questions of an authority's letter.
pub(super) fn points(shown: &Shown) -> Vec<Point> {
    let Some(letter) = &shown.letter else { return Vec::new() };
    let answers = letter.answers.iter().cloned().map(Some).chain(std::iter::repeat(None));
    let questions = letter.questions.iter().cloned();
    questions.zip(answers).map(|(question, answer)| Point { question, answer }).collect()
}

/// Who asks, how they are reached, and how it was shown who they are.
pub(super) fn who(frame: &Frame<'_>, shown: &Shown) -> Vec<Fact> {
    let (request, zone) = (&shown.request, &shown.zone);
    let mut facts = Vec::new();
    let mut told = |key: &str, words: Option<String>| {
        facts.extend(words.filter(|words| !words.is_empty()).map(|words| fact(frame, key, words)));
    };
    told("desk-authority", shown.letter.as_ref().map(|letter| letter.authority.clone()));
    told("desk-name", Some(shown.name.clone()));
    told("desk-by", Some(frame.word(&format!("request-applicant-{}", request.by))));
    told("desk-contact", shown.contact.clone());
    told("desk-answer_to", shown.answer_to.clone());
    told("desk-intake", Some(frame.word(&format!("request-intake-{}", request.intake))));
    told("desk-received", Some(telling::when(request.filed_at, zone)));
    told("desk-language", Some(language_name(request.language).to_owned()));
    let proof = match &request.proof {
        Some(Proof { rung: Rung::Nothing, .. }) => frame.word("request-rung-nothing"),
        Some(proof) => {
            let rung = frame.word(&format!("request-rung-{}", proof.rung));
            frame.told("desk-proven", &[("rung", &rung), ("at", &telling::when(proof.at, zone))])
        }
        None => frame.word("desk-unproven"),
    };
    told("desk-identity", Some(proof));
    if request.failed_checks > 0 {
        told("desk-failed", Some(request.failed_checks.to_string()));
    }
    told(
        "desk-representative",
        shown.representative.as_ref().map(|seen| {
            let until = telling::day(&seen.until);
            frame.told(
                "paper-representative-seen",
                &[("kind", &seen.kind), ("number", &seen.number), ("day", &until)],
            )
        }),
    );
    if request.by != Applicant::Authority {
        told("desk-on-file", Some(shown.on_file.to_string()));
    }
    facts
}

/// Values as they stand and as they should be.
pub(super) fn compared(frame: &Frame<'_>, shown: &Shown) -> Vec<Pair> {
    let pair = |one: &Compared| {
        let label = telling::attribute(frame, &one.attribute);
        let purpose = one.purpose.as_deref().map(|name| telling::purpose(frame, name));
        Pair {
            title: purpose.map_or_else(|| label.clone(), |purpose| format!("{label} ({purpose})")),
            now: one.now.clone().unwrap_or_else(|| frame.word("desk-not-held")),
            proposed: one.proposed.clone(),
            more: String::new(),
        }
    };
    shown.compared.iter().map(pair).collect()
}

/// What was corrected.
pub(super) fn changes(frame: &Frame<'_>, shown: &Shown) -> Vec<Pair> {
    let blank = |value: &Option<String>| value.clone().unwrap_or_else(|| frame.word("desk-not-held"));
    let changed = shown.changes.iter().map(|change| {
        let at = telling::micros(change.at, &shown.zone);
        let key = if change.applied { "desk-changed-at" } else { "desk-changed-later" };
        Pair {
            title: telling::attribute(frame, &change.attribute),
            now: blank(&change.before),
            proposed: blank(&change.after),
            more: frame.told(key, &[("at", &at)]),
        }
    });
    changed.collect()
}

/// What a destruction would end and leave.
pub(super) fn plan(frame: &Frame<'_>, shown: &Shown) -> Vec<Part> {
    let part = |part: &Planned| {
        let ends = telling::attributes(frame, part.ends.iter().map(String::as_str));
        Part {
            ends: (!ends.is_empty()).then(|| frame.told("desk-plan-ends", &[("attributes", &ends)])),
            stays: part.stays.iter().map(|fate| telling::fate(frame, fate, &shown.zone).words).collect(),
            refused: part
                .refused
                .map(|code| frame.told("desk-plan-refused", &[("why", &telling::refusal(frame, code))])),
        }
    };
    shown.plan.iter().map(part).collect()
}

/// Who stands for the plan, and whether that is enough.
pub(super) fn eyes(frame: &Frame<'_>, shown: &Shown, accounts: &Accounts) -> Vec<String> {
    let request = &shown.request;
    let Some(plan) = &request.plan else { return Vec::new() };
    let name = |id: &String| accounts.name(frame, id);
    let made = plan.by.as_ref().map_or_else(|| frame.word("desk-system"), name);
    let mut lines = vec![frame.told("desk-plan-by", &[("name", &made)])];
    lines.extend(plan.approved.iter().map(|id| frame.told("desk-plan-approved", &[("name", &name(id))])));
    let promise = frame.view.version.policy.requests.get(&request.matter.kind());
    let wanted = promise.is_some_and(|promise| promise.four_eyes);
    if wanted && plan.eyes() < 2 && request.state == RequestState::InProgress {
        lines.push(frame.word("desk-plan-waits"));
    }
    lines
}

/// The papers that were issued.
pub(super) fn papers(shown: &Shown) -> Vec<PaperLink> {
    let path = case_path(shown.request.number.0);
    let link = |paper: &saqta_app::requests::holder::PaperSeen| PaperLink {
        title: paper.title.clone(),
        page: format!("{path}/paper/{}", paper.number),
        rows: (paper.paper.as_str() == "ledger_extract")
            .then(|| format!("{path}/paper/{}/csv", paper.number)),
    };
    shown.papers.iter().map(link).collect()
}

/// The file of the case, and a certificate of each consent of the person.
pub(super) fn making(frame: &Frame<'_>, shown: &Shown) -> Vec<Making> {
    let path = case_path(shown.request.number.0);
    let nothing = Said::default();
    let asking = Asking { frame, form: "certificate", said: &nothing, trouble: None };
    let named = |consent: &ConsentNamed| {
        let purpose = telling::purpose(frame, consent.purpose.as_str());
        let words = match &consent.channel {
            Some(channel) => {
                let channel = telling::one_of(frame, &["desk-channel", "portal-channel"], channel.as_str());
                format!("{purpose}: {channel}")
            }
            None => purpose,
        };
        (word_of(consent), words)
    };
    let consents: Vec<_> = shown.consents.iter().map(named).collect();
    let made = |action: &str, fields| Making {
        action: format!("{path}/{action}"),
        title: frame.word(&format!("desk-{action}")),
        about: frame.word(&format!("desk-{action}-why")),
        fields,
    };
    let certificate =
        (!consents.is_empty()).then(|| made("certificate", vec![asking.choice("consent", true, consents)]));
    std::iter::once(made("case-file", Vec::new())).chain(certificate).collect()
}

/// What staff wrote down.
pub(super) fn notes(frame: &Frame<'_>, shown: &Shown, accounts: &Accounts) -> Vec<Note> {
    let note = |note: &saqta_app::requests::record::Note| Note {
        words: note.text.clone(),
        about: format!("{} · {}", telling::micros(note.at, &shown.zone), accounts.name(frame, &note.by)),
    };
    shown.notes.iter().map(note).collect()
}

/// What happened, in its order.
pub(super) fn history(frame: &Frame<'_>, shown: &Shown, accounts: &Accounts) -> Vec<Step> {
    let step = |(at, happened): &(Timestamp, saqta_app::requests::desk::Happened)| {
        let mut words = frame.word(&format!("request-event-{}", happened.word));
        if let Some(detail) = &happened.detail {
            words = format!("{words}: {}", frame.word(detail));
        }
        if let Some(id) = &happened.by {
            words = format!("{words} · {}", accounts.name(frame, id));
        }
        Step { at: moment(*at, &shown.zone), words }
    };
    shown.history.iter().map(step).collect()
}
