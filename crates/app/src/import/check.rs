//! Does a mapping fit the policy and the file, before anything is imported?

use std::collections::BTreeSet;
use std::ops::Range;

use saqta_domain::rules::may_act::may_act;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::Purpose;

use super::mapping::{At, Findings, Mapping, PartMap, Text};
use super::rows::Columns;
use crate::act::Caller;
use crate::instance::{App, View};

/// Everything that would go wrong with every row.
pub(super) fn check(
    app: &App,
    caller: &Caller,
    view: &View,
    mapping: &Mapping,
    columns: &Columns,
    findings: &mut Findings<'_>,
) {
    for part in &mapping.parts {
        self::part(app, caller, view, mapping, part, findings);
    }
    identify(view, mapping, findings);
    for column in mapping.named() {
        self::column(columns, column, findings);
    }
}

impl Mapping {
    /// Every column that the mapping names.
    pub(super) fn named(&self) -> Vec<&At<String>> {
        let mut named = Vec::new();
        for part in &self.parts {
            let consent = part.consent.as_ref();
            named.extend(part.reference.iter().flat_map(|text| text.value.columns()));
            named.extend(part.columns.iter().flat_map(|(_, text)| text.columns()));
            named.extend(part.when.iter().map(|condition| &condition.column));
            named.extend(consent.iter().flat_map(|c| c.given_when.iter().map(|condition| &condition.column)));
            named.extend(consent.iter().flat_map(|c| c.evidence.value.columns()));
            named.extend(consent.iter().flat_map(|c| c.given_at.value.columns()));
        }
        named
    }

    /// The columns of the file that the mapping does not name: they are dropped (clause 5.5).
    pub(super) fn dropped(&self, columns: &Columns) -> Vec<String> {
        let named: BTreeSet<&str> = self.named().into_iter().map(|column| column.value.as_str()).collect();
        columns.names().filter(|name| !named.contains(name)).map(str::to_owned).collect()
    }

    /// From which columns an identifying attribute is read.
    pub(super) fn text_of(&self, attribute: &AttributeName) -> Option<&Text> {
        let mut mapped = self.parts.iter().flat_map(|part| &part.columns);
        mapped.find(|(name, _)| &name.value == attribute).map(|(_, text)| text)
    }
}

fn part(
    app: &App,
    caller: &Caller,
    view: &View,
    mapping: &Mapping,
    part: &PartMap,
    findings: &mut Findings<'_>,
) {
    let admitted = may_act(&view.situation(), &caller.actor, &part.purpose.value, Operation::Collection);
    let purpose = match admitted {
        Ok(purpose) => purpose,
        Err(refusal) => {
            let told = app.words().refusal(&refusal, Language::English);
            let message = format!("`{}`: {}", part.purpose.value, told.what);
            findings.add(refusal.code.as_str(), part.purpose.span.clone(), message, told.needs);
            return;
        }
    };
    attributes(view, mapping, part, purpose, findings);
    let Some(terms) = &purpose.consent else {
        if let Some(consent) = &part.consent {
            let message = format!("`{}` does not stand on consent", purpose.name);
            findings.add("consent-needless", consent.span.clone(), message, "remove [part.consent]");
        }
        if let Some(channel) = &part.channel {
            let message = format!("`{}` asks for no consent by channel", purpose.name);
            findings.add("channel_unknown", channel.span.clone(), message, "remove `channel`");
        }
        if part.reference.is_none() {
            let message = format!("`{}` needs the evidence of its ground", purpose.name);
            let hint = "write reference = \"{column}\" with the column that has its number";
            findings.add("no_ground", part.purpose.span.clone(), message, hint);
        }
        return;
    };
    if part.consent.is_none() {
        let message = format!("`{}` stands on consent, and nothing here proves one", purpose.name);
        let hint = "write [part.consent] with given_when, evidence, given_at and language";
        findings.add("no_consent", part.purpose.span.clone(), message, hint);
    }
    if let Some(reference) = &part.reference {
        let message = format!("`{}` stands on consent and on no other evidence", purpose.name);
        findings.add("reference-needless", reference.span.clone(), message, "remove `reference`");
    }
    let channels: Vec<&str> = terms.channels.iter().map(|channel| channel.as_str()).collect();
    let wrong: Option<Range<usize>> = match &part.channel {
        Some(channel) if !terms.channels.contains(&channel.value) => Some(channel.span.clone()),
        None if !channels.is_empty() => Some(part.span.clone()),
        _ => None,
    };
    if let Some(span) = wrong {
        let message = format!("`{}` asks for a consent for each of its channels", purpose.name);
        let hint = if channels.is_empty() {
            "it has none: remove `channel`".to_owned()
        } else {
            format!("name one: {}", channels.join(", "))
        };
        findings.add("channel_unknown", span, message, hint);
    }
}

fn attributes(
    view: &View,
    mapping: &Mapping,
    part: &PartMap,
    purpose: &Purpose,
    findings: &mut Findings<'_>,
) {
    let policy = &view.version.policy;
    for (attribute, _) in &part.columns {
        let name = &attribute.value;
        match policy.attribute(name) {
            None => {
                let message = format!("the policy declares no attribute `{name}`");
                let hint = "use an attribute of the policy, or leave the column out: it is dropped then";
                findings.add("attribute_unknown", attribute.span.clone(), message, hint);
            }
            Some(_) if !purpose.uses(name) => {
                let message = format!("`{}` has no use for `{name}` (clause 5.5)", purpose.name);
                let used: Vec<&str> = purpose.needs.iter().chain(&purpose.may).map(|a| a.as_str()).collect();
                let hint = format!("it uses: {}", used.join(", "));
                findings.add("attribute_not_needed", attribute.span.clone(), message, hint);
            }
            Some(declared) if declared.kind == Kind::Document => {
                let message = format!("`{name}` is a document");
                findings.add(
                    "not_text",
                    attribute.span.clone(),
                    message,
                    "documents are uploaded one by one",
                );
            }
            Some(_) => {}
        }
    }
    // What another part of the same compartment brings is there as well.
    let beside = mapping.parts.iter().filter(|other| {
        policy.purpose(&other.purpose.value).is_some_and(|other| other.compartment == purpose.compartment)
    });
    let brought: BTreeSet<&AttributeName> =
        beside.flat_map(|other| other.columns.iter().map(|(attribute, _)| &attribute.value)).collect();
    for need in purpose.needs.iter().filter(|need| !brought.contains(need)) {
        let message = format!("`{}` cannot do without `{need}`", purpose.name);
        let hint = format!("write under [part.columns]: {need} = \"column\"");
        findings.add("attribute_missing", part.purpose.span.clone(), message, hint);
    }
}

fn identify(view: &View, mapping: &Mapping, findings: &mut Findings<'_>) {
    for attribute in &mapping.identify {
        let name = &attribute.value;
        if !view.version.policy.attribute(name).is_some_and(|declared| declared.findable) {
            let message = format!("nobody can be found by `{name}`");
            let hint = "use an attribute that the policy declares with find = true";
            findings.add("attribute_not_findable", attribute.span.clone(), message, hint);
            continue;
        }
        let Some(text) = mapping.text_of(name) else {
            let message = format!("no part says from which column `{name}` comes");
            findings.add(
                "identify-unmapped",
                attribute.span.clone(),
                message,
                "map it in a part that uses it",
            );
            continue;
        };
        let mapped = mapping.parts.iter().flat_map(|part| &part.columns);
        for (other, _) in mapped.filter(|(other, t)| &other.value == name && !t.reads_the_same(text)) {
            let message = format!("`{name}` tells who is who, and comes from two places");
            findings.add("identify-ambiguous", other.span.clone(), message, "read it from the same columns");
        }
    }
}

/// The names of a file's columns stay out of the message: a file without a header has people in their place.
fn column(columns: &Columns, column: &At<String>, findings: &mut Findings<'_>) {
    if columns.twice.contains(&column.value) {
        let message = format!("the column `{}` stands twice in the file", column.value);
        findings.add("column-twice", column.span.clone(), message, "rename one of them in the file");
    }
    if columns.has(&column.value) {
        return;
    }
    let same = |name: &&str| loosely(name) == loosely(&column.value);
    let hint = match columns.names().find(same) {
        Some(name) => format!("the file has `{name}`"),
        None => {
            "check the spelling, the delimiter, and that the file begins with the names of its columns".into()
        }
    };
    let message = format!("the file has no column `{}`", column.value);
    findings.add("column-unknown", column.span.clone(), message, hint);
}

fn loosely(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
