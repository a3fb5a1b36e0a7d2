//! May this caller go through many persons for a purpose (clauses 5.5, 7.1)?
//!
//! An admitted caller may, up to the number of persons a day that the operator allows for one key, so that nobody walks off
//! with the whole base. Each person on a page is then asked for with [`may_read`](super::may_read) and recorded.

use super::Situation;
use super::may_act::may_act;
use crate::terms::actor::Actor;
use crate::terms::names::PurposeName;
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};

const RULE: &str = "may_list";

/// Nothing, when `wanted` more persons may be read after the `read` of the last day.
pub fn may_list(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    read: u64,
    wanted: u64,
    limit: u64,
) -> Result<(), Refusal> {
    may_act(situation, actor, purpose, Operation::Retrieval)?;
    if read.saturating_add(wanted) > limit {
        return Err(Refusal::new(RULE, RefusalCode::TooManyPersons, "7.1").purpose(purpose));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk};

    #[test]
    fn the_base_is_not_copied_page_by_page() {
        let case = Case::new();
        let order = Case::purpose("order");
        for (read, wanted, allowed) in
            [(0, 100, true), (900, 100, true), (901, 100, false), (u64::MAX, 1, false)]
        {
            let answer = may_list(&case.situation(), &clerk(), &order, read, wanted, 1_000);
            assert_eq!(answer.is_ok(), allowed, "{wanted} after {read}");
        }
    }
}
