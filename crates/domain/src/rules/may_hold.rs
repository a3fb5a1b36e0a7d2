//! May a hold be placed on a person's data, or be lifted (clauses 5.7, 6.3)?
//!
//! A hold stops destruction while a dispute or an order lasts, so it needs its ground written down. It lets nobody read
//! anything. Only the hold that exists can be lifted.

use super::may_act::may_act;
use super::{Hold, Permit, Reason, Situation};
use crate::terms::actor::Actor;
use crate::terms::names::{Clause, PurposeName};
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;
use crate::terms::subject::ThingId;

const RULE: &str = "may_hold";

/// A permit to place a hold that rests on `ground`, or to lift the one named.
pub fn may_hold(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    standing: Option<&Standing>,
    change: HoldChange<'_>,
) -> Result<Permit<Hold>, Refusal> {
    may_act(situation, actor, purpose, Operation::Storage)?;
    let Some(standing) = standing else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(purpose));
    };
    match change {
        HoldChange::Place { ground } if ground.trim().is_empty() => {
            return Err(Refusal::new(RULE, RefusalCode::NoGround, "5.7").purpose(purpose));
        }
        HoldChange::Lift { id } if !standing.holds.iter().any(|h| h.id == id) => {
            return Err(Refusal::new(RULE, RefusalCode::NothingToLift, "5.7").purpose(purpose));
        }
        HoldChange::Place { .. } | HoldChange::Lift { .. } => {}
    }
    let reason = Reason { rule: RULE, clause: Clause::fixed("5.7"), basis: None, law_knows: true };
    Ok(Permit::new(standing.id, Some(purpose), Default::default(), reason))
}

/// What is to happen to a hold.
#[derive(Clone, Copy, Debug)]
pub enum HoldChange<'a> {
    /// A new one.
    Place {
        /// The act or dispute it rests on.
        ground: &'a str,
    },
    /// The end of one.
    Lift {
        /// Which.
        id: ThingId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk};

    #[test]
    fn a_hold_names_its_ground_and_is_lifted_by_its_name() {
        let case = Case::new();
        let order = Case::purpose("order");
        let person = case.person();
        let ask = |change| may_hold(&case.situation(), &clerk(), &order, Some(&person), change);
        assert!(ask(HoldChange::Place { ground: "court case 7" }).is_ok());
        assert_eq!(ask(HoldChange::Place { ground: " " }).unwrap_err().code, RefusalCode::NoGround);
        let id = ThingId::new([1; 16]);
        assert_eq!(ask(HoldChange::Lift { id }).unwrap_err().code, RefusalCode::NothingToLift);
    }
}
