//! Do letters reach the operator: at its own domain, in the country where the data must stay, at an address that exists?

use std::collections::BTreeMap;
use std::ops::Range;

use crate::reading::finding::{Findings, Severity, marked};
use crate::reading::general::General;
use crate::reading::pack::Pack;
use crate::reading::text::Text;
use crate::reading::tokens::TokenKind;

pub(super) fn check(general: &General, pack: &Pack, findings: &mut Findings<'_>) {
    let text = findings.text;
    let site = site(text, general);
    let mailboxes = mailboxes(text);
    for (address, places) in &mailboxes {
        let Some((name, host)) = address.split_once('@') else { continue };
        let Some(first) = places.first() else { continue };
        let provider = general.mail.iter().find(|(h, _)| h == host);
        let mut found = Vec::new();
        let dummy_host = general.placeholder_hosts.contains(host);
        if dummy_host || provider.is_some() && general.placeholder_names.contains(name) {
            let args = [("address", address.as_str())];
            found.push(findings.own("contact-placeholder", Severity::Error, 640, first.clone(), &args));
        }
        if let Some((host, country)) =
            provider.filter(|(_, country)| pack.country.as_ref().is_some_and(|own| own != country))
        {
            let args = [
                ("host", host.as_str()),
                ("country", country.as_str()),
                ("storage", pack.country.as_deref().unwrap_or_default()),
            ];
            let mut finding = findings.own("mailbox-abroad", Severity::Warning, 470, first.clone(), &args);
            if let Some(lists) = &pack.lists {
                finding.source = marked(&lists.storage.0, lists.storage.1);
            }
            found.push(finding);
        }
        if let Some(site) = &site
            && own_domain(host, general) != *site
        {
            let args = [("host", host), ("site", site.as_str())];
            found.push(findings.own("contact-other-domain", Severity::Warning, 460, first.clone(), &args));
        }
        for mut finding in found {
            finding.also = places.iter().skip(1).map(|p| text.source.place(p.start).0).collect();
            finding.also.dedup();
            findings.push(finding);
        }
    }
    if mailboxes.is_empty() && !telephone(text) && !text.clauses.is_empty() {
        findings.say("contact-missing", Severity::Warning, 450, 0..0, &[]);
    }
}

/// Every mail address with its places; the target of a link stands for the words of that link.
fn mailboxes(text: &Text) -> BTreeMap<String, Vec<Range<usize>>> {
    let mut found: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for token in text.tokens.iter().flatten().filter(|t| t.kind == TokenKind::Link) {
        let address = token.folded.trim_start_matches("mailto:").split('?').next().unwrap_or_default();
        if !address.contains('@') || address.contains("//") {
            continue;
        }
        let places = found.entry(address.to_owned()).or_default();
        let line = text.source.place(token.span.start).0;
        if places.last().is_none_or(|p| text.source.place(p.start).0 != line) {
            places.push(token.span.clone());
        }
    }
    found
}

/// The domain the text names most often, which is that of the site.
fn site(text: &Text, general: &General) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for token in text.tokens.iter().flatten().filter(|t| t.kind == TokenKind::Link && !t.folded.contains('@'))
    {
        let address = token.folded.split_once("://").map_or(token.folded.as_str(), |(_, rest)| rest);
        let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
        if !host.is_empty() {
            *counts.entry(own_domain(host, general)).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(host, _)| host)
}

/// The part of a host that somebody registers: the last two labels, or three below `com.kz`.
fn own_domain(host: &str, general: &General) -> String {
    let labels: Vec<&str> = host.trim_start_matches("www.").split('.').collect();
    let tail = |count: usize| labels.get(labels.len().saturating_sub(count)..).unwrap_or_default().join(".");
    if general.two_level_domains.contains(&tail(2)) { tail(3) } else { tail(2) }
}

/// Whether the text holds a telephone number: eleven digits behind a `+`, or an 8 at the head.
fn telephone(text: &Text) -> bool {
    text.tokens.iter().any(|tokens| {
        tokens.iter().enumerate().any(|(index, token)| {
            let plus = index.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.is('+'));
            if token.kind != TokenKind::Number || !(plus || token.folded == "8") {
                return false;
            }
            let run = tokens.iter().skip(index).take(9);
            let run = run.take_while(|t| t.kind == TokenKind::Number || "()-–".chars().any(|c| t.is(c)));
            run.filter(|t| t.kind == TokenKind::Number).map(|t| t.folded.len()).sum::<usize>() >= 10
        })
    })
}
