//! Are the blocks that other parts of the system read well formed: recipients, tariffs, mailboxes and requests?

use std::ops::Range;

use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::law::Within;
use saqta_domain::terms::names::{Clause, RecipientName};
use saqta_domain::terms::policy::Promise;
use saqta_domain::terms::recipient::{Agreement, Recipient};
use saqta_domain::terms::request::{CountsFrom, RequestKind};

use super::{Citation, Draft, checked_name, clauses, country, one_of, purpose};
use crate::problem::Report;
use crate::read::{At, Block, nearest};

/// What a recipient gets for a purpose.
#[derive(Debug)]
pub(crate) struct Gets {
    pub(crate) recipient: String,
    pub(crate) purpose: String,
    pub(crate) place: Range<usize>,
    pub(crate) attributes: Vec<At<String>>,
}

/// What the operator promises for a kind of request, with the places that the law is held against.
#[derive(Debug)]
pub(crate) struct PromiseDraft {
    pub(crate) kind: RequestKind,
    pub(crate) promise: Promise,
    pub(crate) answer_within: Option<Range<usize>>,
    pub(crate) counts_from: Range<usize>,
}

pub(super) fn read(top: &mut Block<'_, '_>, report: &mut Report<'_>, draft: &mut Draft) {
    for (name, block) in top.named(report, "recipient") {
        recipient(name, block, report, draft);
    }
    for (name, block) in top.named(report, "tariff") {
        tariff(block, report, &mut draft.citations);
        draft.tariffs.push(name);
    }
    for (name, block) in top.named(report, "mailbox") {
        mailbox(&name, block, report, &mut draft.citations);
    }
    for (name, block) in top.named(report, "request") {
        request(name, block, report, draft);
    }
}

fn recipient(name: At<String>, mut block: Block<'_, '_>, report: &mut Report<'_>, draft: &mut Draft) {
    let own_name = checked_name(&name, report, RecipientName::new);
    if own_name.is_some() {
        draft.recipients.insert(name.value.clone(), name.span.clone());
    }
    let title = block.must_wording(report, "title", true, "write the recipient's legal name");
    let country = block
        .must_text(report, "country", "write its country: country = \"KZ\"")
        .and_then(|at| country(at, report));
    let role = block.text(report, "role").map_or_else(String::new, |at| at.value);
    let agreement = block.block(report, "agreement").and_then(|block| agreement(block, report));
    if let Some(mut policy) = block.block(report, "policy") {
        policy.must_text(report, "url", "write where its own policy can be read");
        policy.date(report, "seen");
        policy.finish(report);
    }
    if let Some(gets) = block.block(report, "gets") {
        for (purpose, attributes) in gets.lists_by_name(report) {
            let place = gets.place(&purpose);
            draft.gets.push(Gets { recipient: name.value.clone(), purpose, place, attributes });
        }
    }
    if let Some(mut abroad) = block.block(report, "cross_border") {
        abroad.date(report, "information_obtained");
        abroad.date(report, "authority_notified");
        abroad.flag(report, "consent");
        abroad.finish(report);
    }
    if let Some(consent) = block.block(report, "consent") {
        purpose::consent(consent, report);
    }
    let clauses = clauses(&mut block, report, &mut draft.citations);
    block.finish(report);
    let (Some(name), Some(title), Some(country)) = (own_name, title, country) else { return };
    // What it gets is added once it is known that the purposes exist.
    let (name, title, gets) = (name.value, title.value, Default::default());
    draft.declared.push(Recipient { name, title, country, role, agreement, gets, clauses });
}

fn agreement(mut block: Block<'_, '_>, report: &mut Report<'_>) -> Option<Agreement> {
    let no = block.must_text(report, "no", "write the number of the agreement");
    let (from, until) = (block.date(report, "from"), block.date(report, "until"));
    if !block.has("from") {
        block.missing(report, "from", "write its first day: from = 2026-01-12");
    }
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        let hint = "swap the dates or correct one";
        report.error("bad-value", until.span.clone(), "the agreement ends before it begins", hint);
    }
    let confidentiality = block.flag(report, "confidentiality");
    block.finish(report);
    Some(Agreement { no: no?.value, from: from?.value, until: until.map(|at| at.value), confidentiality })
}

fn tariff(mut block: Block<'_, '_>, report: &mut Report<'_>, citations: &mut Vec<Citation>) {
    block.must_text(report, "from", "write where parcels start");
    block.must_text(report, "currency", "write the currency: currency = \"KZT\"");
    block.number(report, "base");
    block.number(report, "volumetric");
    for mut zone in block.listed(report, "zones") {
        for key in ["up_to_km", "per_kg"] {
            if zone.number(report, key).is_none() && !zone.has(key) {
                zone.missing(report, key, "a zone is { up_to_km = 50, per_kg = 60 }");
            }
        }
        zone.finish(report);
    }
    clauses(&mut block, report, citations);
    block.finish(report);
}

fn mailbox(
    name: &At<String>,
    mut block: Block<'_, '_>,
    report: &mut Report<'_>,
    citations: &mut Vec<Citation>,
) {
    if let Err(fault) = Kind::Email.normalise(&name.value) {
        let hint = "name the block after the address: [mailbox.\"privacy@shop.example\"]";
        report.error("bad-value", name.span.clone(), fault.to_string(), hint);
    }
    if let Some(mark) = block.block(report, "mark") {
        for (kind, texts) in mark.lists_by_name(report) {
            known_request(&kind, mark.place(&kind), report);
            if texts.is_empty() {
                let message = format!("`{}.{kind}` has no mark", mark.path);
                report.error("empty", mark.place(&kind), message, "write the subject lines that mean it");
            }
        }
    }
    clauses(&mut block, report, citations);
    block.finish(report);
}

fn known_request(kind: &str, place: Range<usize>, report: &mut Report<'_>) -> Option<RequestKind> {
    let found = RequestKind::from_word(kind);
    if found.is_none() {
        let known: Vec<&str> = RequestKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let message = format!("there is no kind of request `{kind}`");
        report.error("unknown-request", place, message, nearest(kind, &known));
    }
    found
}

fn request(name: At<String>, mut block: Block<'_, '_>, report: &mut Report<'_>, draft: &mut Draft) {
    let kind = known_request(&name.value, name.span, report);
    let within = block.text(report, "answer_within").and_then(|at| term(&at, report));
    let warn_at: Vec<At<Within>> =
        block.texts(report, "warn_at").iter().filter_map(|at| term(at, report)).collect();
    let target = block.text(report, "target").and_then(|at| term(&at, report));
    let undo = block.text(report, "undo").and_then(|at| term(&at, report));
    let words: Vec<(&str, CountsFrom)> = CountsFrom::ALL.iter().map(|from| (from.as_str(), *from)).collect();
    let counts_from = one_of(&mut block, report, "counts_from", CountsFrom::Filed, &words);
    let four_eyes = block.flag(report, "four_eyes");
    let keep = super::period(&mut block, report, "keep");
    let counts_from_place = block.place("counts_from");
    let clauses = clauses(&mut block, report, &mut draft.citations);
    block.finish(report);
    let Some(kind) = kind else { return };
    let value = |at: &At<Within>| at.value;
    draft.promises.push(PromiseDraft {
        kind,
        answer_within: within.as_ref().map(|at| at.span.clone()),
        counts_from: counts_from_place,
        promise: Promise {
            within: within.as_ref().map(value),
            counts_from,
            target: target.as_ref().map(value),
            warn_at: warn_at.iter().map(value).collect(),
            undo: undo.as_ref().map(value),
            four_eyes,
            keep: keep.map(|at| at.value.fieldwise()),
            clause: answering(&clauses),
            clauses,
        },
    });
}

/// A request is answered by clause 3.2 where its block cites that, whatever else it makes true.
fn answering(clauses: &[Clause]) -> Clause {
    let duty = Clause::fixed("3.2");
    if clauses.contains(&duty) { duty } else { clauses.first().cloned().unwrap_or(duty) }
}

fn term(at: &At<String>, report: &mut Report<'_>) -> Option<At<Within>> {
    let term = Within::from_word(&at.value);
    if term.is_none() {
        let message = format!("`{}` is not a time", at.value);
        let hint = "working days \"3wd\", calendar days \"10d\", months \"1m\" or hours \"1h\"";
        report.error("bad-term", at.span.clone(), message, hint);
    }
    Some(At::new(term?, at.span.clone()))
}
