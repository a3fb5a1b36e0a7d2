//! When does the case of a request end, with everything in it but its number (clauses 5.7, 7.9)?
//!
//! After as long as the policy keeps such a case, counted from its close; where the policy says nothing, as long as a claim about
//! it can be made (Civil Code of the Republic of Kazakhstan, article 178). A case of which nobody showed who asked, though that
//! was needed, is kept only so long that its state can still be seen.

use jiff::{Span, Timestamp};

use super::must_answer::Measure;
use crate::terms::request::course::Request;

/// How many years a case is kept of which the policy says nothing.
const YEARS: i64 = 3;

/// How many days a case is kept that nobody proved to be theirs.
const DAYS_UNPROVEN: i64 = 30;

/// The end of a case that is closed. `measure` is the policy and the law of the day it came.
pub fn case_ends(measure: &Measure<'_>, request: &Request) -> Timestamp {
    let closed = request.closed_at.unwrap_or(request.last_at);
    let promised = measure.policy.requests.get(&request.matter.kind()).and_then(|promise| promise.keep);
    let term = match (request.proof, promised) {
        (None, _) => Span::new().days(DAYS_UNPROVEN),
        (Some(_), Some(keep)) => keep.0,
        (Some(_), None) => Span::new().years(YEARS),
    };
    // Without a law nobody can count days, and nothing ends.
    measure.laws.first().map_or(Timestamp::MAX, |law| law.calendar.end_of_term(closed, term))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;
    use crate::rules::must_answer::samples::{Office, at, awaiting, promise, request};
    use crate::terms::policy::Promise;
    use crate::terms::request::{Matter, RequestKind};

    const CAME: &str = "2026-03-02T04:00:00Z";

    #[test]
    fn a_case_ends_when_the_policy_says_or_else_with_the_time_for_claims() {
        let mut office = Office::new();
        let ends = |office: &Office, request: &Request| {
            let measure = office.at(at(CAME));
            let end = case_ends(&measure, request);
            end.to_zoned(measure.laws[0].calendar.zone.clone()).date().to_string()
        };
        let proven = request(Matter::Access, at(CAME));
        assert_eq!(ends(&office, &proven), "2029-03-03");
        office.promise(RequestKind::Access, Promise { keep: Some(1.year().fieldwise()), ..promise("3wd") });
        assert_eq!(ends(&office, &proven), "2027-03-03");
        assert_eq!(ends(&office, &awaiting(Matter::Access, at(CAME))), "2026-04-02");
    }
}
