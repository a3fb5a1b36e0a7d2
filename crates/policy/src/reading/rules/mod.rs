//! By which rules is a text read? One file for each.

mod contacts;
mod contradictions;
mod editions;
mod form;
mod needed;
mod numbering;
mod promises;
mod references;
mod repeats;
mod sentences;
mod terms;
mod times;

use super::finding::Findings;
use super::general::General;
use super::pack::Pack;

/// Reads the text by all of them.
pub(super) fn check(general: &General, pack: &Pack, findings: &mut Findings<'_>) {
    form::check(findings);
    numbering::check(findings);
    references::check(general, findings);
    sentences::check(general, findings);
    repeats::check(findings);
    terms::check(findings);
    contacts::check(general, pack, findings);
    contradictions::check(general, findings);
    editions::check(general, pack, findings);
    if let Some(lists) = &pack.lists {
        needed::check(general, lists, findings);
        promises::check(lists, findings);
        times::check(general, lists, &pack.edition, findings);
    }
}
