//! Which of its promises does the law know differently, and which of the two binds the operator more?

use crate::reading::finding::{Findings, Stricter, Told};
use crate::reading::pack::Lists;
use crate::reading::text::Hit;

pub(super) fn check(lists: &Lists, findings: &mut Findings<'_>) {
    let text = findings.text;
    for promise in &lists.promises {
        let hits: Vec<Hit> = text
            .find_all(&promise.says)
            .filter(|hit| !text.clause_says(&promise.unless, hit.sentence))
            .collect();
        let Some(first) = hits.first() else { continue };
        let said = text.quote_hit(first);
        let law = promise.law.in_language(findings.told_in).to_owned();
        let key = match promise.stricter {
            Stricter::Law => "promise-law",
            Stricter::Policy => "promise-policy",
        };
        let args = [("said", said.as_str()), ("law", law.as_str())];
        let own = findings.own(key, promise.severity, promise.weight, first.span.clone(), &args);
        let hint = promise.todo.in_language(findings.told_in).to_owned();
        let told = Told { message: own.message, source: promise.source.clone(), hint };
        let mut finding =
            findings.told(&promise.code, promise.severity, promise.weight, first.span.clone(), told);
        finding.said = Some(said.clone());
        finding.law = Some(law.clone());
        finding.stricter = Some(promise.stricter);
        finding.also = findings.lines(hits.get(1..).unwrap_or_default());
        findings.push(finding);
    }
}
