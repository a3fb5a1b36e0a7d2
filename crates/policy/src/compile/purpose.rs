//! What does one purpose declare?

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Span;
use saqta_domain::terms::basis::{BasisKind, LegalBasis};
use saqta_domain::terms::names::{
    AttributeName, ChannelName, Clause, CompartmentName, EventName, PurposeName, RecipientName, RoleName,
    Wording,
};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::{Automation, ConsentTerms, EndAction, Keep, Purpose};

use super::{Draft, checked_name, clauses, names, one_of, period, word};
use crate::folder::sha256;
use crate::problem::Report;
use crate::read::{At, Block};

/// A purpose as written, before the names in it were looked up.
#[derive(Debug)]
pub(crate) struct PurposeDraft {
    pub(crate) name: At<PurposeName>,
    pub(crate) title: Option<Wording>,
    pub(crate) basis: Option<At<LegalBasis>>,
    pub(crate) needs: Vec<At<AttributeName>>,
    pub(crate) may: Vec<At<AttributeName>>,
    pub(crate) space: Option<CompartmentName>,
    pub(crate) operations: BTreeSet<Operation>,
    pub(crate) compatible_with: Vec<At<PurposeName>>,
    pub(crate) to: Vec<At<String>>,
    pub(crate) starts: Option<EventName>,
    pub(crate) ends: Option<EventName>,
    /// Whether any end is written, soundly or not.
    pub(crate) has_end: bool,
    pub(crate) keep: Option<Keep>,
    pub(crate) then: EndAction,
    /// Where the block of its consent stands, if there is one.
    pub(crate) consent_place: Option<Range<usize>>,
    pub(crate) consent: Option<ConsentDraft>,
    pub(crate) channels: Vec<At<ChannelName>>,
    pub(crate) staff: BTreeSet<RoleName>,
    pub(crate) automation: Automation,
    pub(crate) clauses: Vec<Clause>,
}

/// What a consent block says.
#[derive(Debug)]
pub(crate) struct ConsentDraft {
    pub(crate) term: Span,
    pub(crate) per_channel: bool,
    pub(crate) text: At<Wording>,
}

pub(super) fn read(name: At<String>, mut block: Block<'_, '_>, report: &mut Report<'_>, draft: &mut Draft) {
    let name = checked_name(&name, report, PurposeName::new);
    let title =
        block.must_wording(report, "title", false, "say what people read, in every language of the text");
    let basis = basis(&mut block, report);
    let needs = names(&mut block, report, "needs", AttributeName::new);
    let may = names(&mut block, report, "may", AttributeName::new);
    let space = block.must_text(report, "space", "name its compartment: space = \"trade\"");
    let space = space.and_then(|at| checked_name(&at, report, CompartmentName::new)).map(|at| at.value);
    let nothing = matches!(&basis, Some(At { value: LegalBasis::NoPersonalData, .. }));
    let operations = operations(&mut block, report, nothing);
    let compatible_with = names(&mut block, report, "compatible_with", PurposeName::new);
    let to = block.texts(report, "to");
    let starts = event(&mut block, report, "starts");
    let ends = event(&mut block, report, "ends");
    let keep = keep(&mut block, report);
    let then = one_of(
        &mut block,
        report,
        "then",
        EndAction::Destroy,
        &[("destroy", EndAction::Destroy), ("depersonalise", EndAction::Depersonalise)],
    );
    let consent_place = block.has("consent").then(|| block.place("consent"));
    let consent = block.block(report, "consent").and_then(|b| consent(b, report));
    if let Some(own) = block.block(report, "dissemination") {
        // Showing data to everybody asks for a consent of its own (clause 2.9), whatever the purpose stands on.
        self::consent(own, report);
    }
    let channels = names(&mut block, report, "channels", ChannelName::new);
    let staff = names(&mut block, report, "staff", RoleName::new).into_iter().map(|at| at.value).collect();
    let automation = one_of(
        &mut block,
        report,
        "automated",
        Automation::Mixed,
        &[("automated", Automation::Automated), ("manual", Automation::Manual), ("mixed", Automation::Mixed)],
    );
    block.text(report, "at_most");
    tokens(&mut block, report);
    let clauses = clauses(&mut block, report, &mut draft.citations);
    let has_end = ["ends", "keep", "consent"].iter().any(|key| block.has(key));
    block.finish(report);
    let Some(name) = name else { return };
    draft.purposes.push(PurposeDraft {
        name,
        title: title.map(|at| at.value),
        basis,
        needs,
        may,
        space,
        operations,
        compatible_with,
        to,
        starts,
        ends,
        has_end,
        keep,
        then,
        consent_place,
        consent,
        channels,
        staff,
        automation,
        clauses,
    });
}

impl PurposeDraft {
    /// The purpose, once nothing in it is wrong. `version` is the policy's own: what a consent covers alone.
    pub(crate) fn build(self, version: u32) -> Option<Purpose> {
        let channels: BTreeSet<ChannelName> = self.channels.into_iter().map(|at| at.value).collect();
        let consent = self.consent.map(|consent| {
            let Wording { kk, ru, en } = &consent.text.value;
            let digests = [kk, ru, en].map(|text| sha256(text.as_bytes()));
            let channels = if consent.per_channel { channels } else { BTreeSet::new() };
            ConsentTerms {
                term: consent.term,
                channels,
                text: consent.text.value,
                digests,
                covered_since: version,
            }
        });
        Some(Purpose {
            name: self.name.value,
            title: self.title?,
            basis: self.basis?.value,
            needs: self.needs.into_iter().map(|at| at.value).collect(),
            may: self.may.into_iter().map(|at| at.value).collect(),
            compartment: self.space?,
            operations: self.operations,
            compatible_with: self.compatible_with.into_iter().map(|at| at.value).collect(),
            to: self.to.iter().filter_map(|at| RecipientName::new(&at.value).ok()).collect(),
            starts: self.starts,
            ends: self.ends,
            keep: self.keep,
            then: self.then,
            consent,
            staff: self.staff,
            automation: self.automation,
            clauses: self.clauses,
        })
    }
}

fn basis(block: &mut Block<'_, '_>, report: &mut Report<'_>) -> Option<At<LegalBasis>> {
    const KNOWN: [&str; 8] = [
        "consent",
        "contract",
        "legitimate_interest",
        "justice",
        "made_public",
        "{ law = …, article = … }",
        "{ publication = …, article = … }",
        "none",
    ];
    let place = block.place("basis");
    let balancing = block.wording(report, "balancing", true);
    if block.is_table("basis") {
        let inner = block.block(report, "basis")?;
        return article(inner, report).map(|basis| At::new(basis, place));
    }
    let hint = format!("say on what ground: {}", KNOWN.join(", "));
    let at = block.must_text(report, "basis", &hint)?;
    if at.value == "none" {
        return Some(At::new(LegalBasis::NoPersonalData, place));
    }
    let kind = word(&at, report, "unknown-basis", "basis", &KNOWN, BasisKind::from_word)?;
    let incomplete = |report: &mut Report<'_>, message: &str, hint: &str| {
        report.error("basis-incomplete", at.span.clone(), message, hint);
        None
    };
    let basis = match kind {
        BasisKind::Consent => LegalBasis::Consent,
        BasisKind::Justice => LegalBasis::Justice,
        BasisKind::Contract => LegalBasis::Contract,
        BasisKind::MadePublic => LegalBasis::MadePublic,
        BasisKind::LegitimateInterest => match balancing {
            Some(balancing) => LegalBasis::LegitimateInterest { balancing: balancing.value },
            None if block.has("balancing") => return None,
            None => {
                let message = "a legitimate interest needs its balancing test";
                return incomplete(
                    report,
                    message,
                    "say why the person's rights do not outweigh it: balancing = …",
                );
            }
        },
        BasisKind::Law => {
            let message = "the law and its article are not named";
            return incomplete(report, message, "write basis = { law = \"…\", article = \"…\" }");
        }
        BasisKind::PublicationRequired => {
            let message = "the law that requires publication is not named";
            return incomplete(report, message, "write basis = { publication = \"…\", article = \"…\" }");
        }
    };
    if kind != BasisKind::LegitimateInterest && block.has("balancing") {
        let hint = "delete it, or write basis = \"legitimate_interest\"";
        report.error(
            "balancing-unused",
            block.place("balancing"),
            "only a legitimate interest is balanced",
            hint,
        );
    }
    Some(At::new(basis, place))
}

/// `{ law = …, article = … }` or `{ publication = …, article = … }`.
fn article(mut block: Block<'_, '_>, report: &mut Report<'_>) -> Option<LegalBasis> {
    let law = block.text(report, "law");
    let publication = block.text(report, "publication");
    let article = block.must_text(report, "article", "name the article");
    if block.has("law") == block.has("publication") {
        let message =
            "a ground in law names one law: `law`, or `publication` where the law requires publication";
        report.error(
            "basis-incomplete",
            block.span.clone(),
            message,
            "write { law = \"…\", article = \"…\" }",
        );
    }
    block.finish(report);
    let article = article?.value;
    match (law, publication) {
        (Some(law), None) => Some(LegalBasis::Law { law: law.value, article }),
        (None, Some(law)) => Some(LegalBasis::PublicationRequired { law: law.value, article }),
        _ => None,
    }
}

fn operations(block: &mut Block<'_, '_>, report: &mut Report<'_>, nothing: bool) -> BTreeSet<Operation> {
    let known = Operation::ALL.map(Operation::as_str);
    let listed = block.texts(report, "operations");
    if listed.is_empty() && !block.has("operations") && !nothing {
        block.missing(
            report,
            "operations",
            &format!("say what may be done for it, of: {}", known.join(", ")),
        );
    }
    listed
        .iter()
        .filter_map(|at| word(at, report, "unknown-operation", "operation", &known, Operation::from_word))
        .collect()
}

fn event(block: &mut Block<'_, '_>, report: &mut Report<'_>, key: &'static str) -> Option<EventName> {
    let at = block.text(report, key)?;
    checked_name(&at, report, EventName::new).map(|at| at.value)
}

fn keep(block: &mut Block<'_, '_>, report: &mut Report<'_>) -> Option<Keep> {
    let mut keep = block.block(report, "keep")?;
    let term = period(&mut keep, report, "for");
    if !keep.has("for") {
        keep.missing(report, "for", "say how long after the end: for = \"P3Y\"");
    }
    let because =
        keep.must_wording(report, "because", true, "tell people why: because = \"limitation period\"");
    one_of(&mut keep, report, "as", (), &[("locked", ())]);
    keep.finish(report);
    Some(Keep { term: term?.value, because: because?.value })
}

/// The term, the wording and the reach of a consent.
pub(super) fn consent(mut block: Block<'_, '_>, report: &mut Report<'_>) -> Option<ConsentDraft> {
    let term = period(&mut block, report, "term");
    if !block.has("term") {
        block.missing(report, "term", "a consent has a term: term = \"P2Y\"");
    }
    let per_channel = one_of(&mut block, report, "per", false, &[("channel", true), ("person", false)]);
    let text = block.must_wording(
        report,
        "text",
        false,
        "write the exact wording shown, in every language of the text",
    );
    block.finish(report);
    Some(ConsentDraft { term: term?.value, per_channel, text: text? })
}

fn tokens(block: &mut Block<'_, '_>, report: &mut Report<'_>) {
    let Some(mut tokens) = block.block(report, "tokens") else { return };
    tokens.must_text(report, "campaign", "name the campaign");
    one_of(&mut tokens, report, "once_per", (), &[("person", ()), ("order", ())]);
    tokens.flag(report, "unlinkable");
    tokens.finish(report);
}
