//! Do two clauses say the same in the same words, so that one can be changed and the other forgotten?

use std::collections::BTreeMap;

use crate::reading::finding::{Findings, Severity};
use crate::reading::scan::BlockKind;

/// So many words in a row are no coincidence; a list of operations, which texts repeat with reason, is shorter.
const RUN: usize = 22;

pub(super) fn check(findings: &mut Findings<'_>) {
    let text = findings.text;
    let mut seen: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut told = Vec::new();
    for (index, block) in text.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        let words: Vec<_> = text.block_tokens(index).iter().filter(|t| t.is_word()).collect();
        for run in words.windows(RUN) {
            let key: Vec<&str> = run.iter().map(|t| t.folded.as_str()).collect();
            let before = *seen.entry(key).or_insert(index);
            let Some(first) = text.blocks.get(before).filter(|b| b.clause != block.clause) else { continue };
            if told.contains(&(first.clause, block.clause)) {
                continue;
            }
            told.push((first.clause, block.clause));
            let start = run.first().map_or(0, |t| t.span.start);
            let end = run.last().map_or(start, |t| t.span.end);
            let line = findings.line(first.span().start);
            let number =
                first.clause.and_then(|c| text.clauses.get(c)).map_or("—", |c| c.head.label.as_str());
            let args = [("line", line.as_str()), ("clause", number)];
            findings.say("clause-repeats", Severity::Note, 110, start..end, &args);
        }
    }
}
