//! Does the text say two things that cannot both be true?

use crate::reading::finding::{Findings, Severity};
use crate::reading::general::General;
use crate::reading::text::Hit;

pub(super) fn check(general: &General, findings: &mut Findings<'_>) {
    let text = findings.text;
    for pair in &general.contradictions {
        let free = |hit: &Hit, unless| text.find_in(unless, hit.sentence).is_none();
        let Some(one) = text.find_all(&pair.one).find(|hit| free(hit, &pair.unless)) else { continue };
        let others: Vec<Hit> = text
            .find_all(&pair.other)
            .filter(|hit| hit.sentence != one.sentence && free(hit, &pair.other_unless))
            .collect();
        let Some(other) = others.first() else { continue };
        let (said, says) = (text.quote_hit(&one), text.quote_hit(other));
        let (line, clause) = (findings.line(other.span.start), text.clause_at(other.span.start));
        let clause = clause.map_or("—".to_owned(), |c| c.head.label.clone());
        let args = [
            ("said", said.as_str()),
            ("other", says.as_str()),
            ("line", line.as_str()),
            ("clause", clause.as_str()),
        ];
        let mut finding = findings.own(&pair.code, Severity::Error, 650, one.span.clone(), &args);
        finding.said = Some(said.clone());
        finding.also = findings.lines(others.get(1..).unwrap_or_default());
        findings.push(finding);
    }
}
