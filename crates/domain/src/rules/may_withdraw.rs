//! May a consent be taken back, and what goes on all the same (clauses 3.1, 4.1, 7.4; law, article 8(2))?
//!
//! A withdrawal is never refused for lack of a reason: whoever gave a consent takes it back as easily. It ends the purposes
//! that stand on it, at once. Purposes that stand on another ground go on, and the person is told which, why, and until
//! when. Only when no consent is in force is there nothing to take back.

use jiff::Timestamp;

use super::must_destroy::{Life, life};
use super::{Permit, Reason, Situation, Withdraw, declared};
use crate::terms::actor::Actor;
use crate::terms::basis::BasisKind;
use crate::terms::consent::Consent;
use crate::terms::names::{ChannelName, Clause, PurposeName};
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_withdraw";

/// A permit to record the withdrawal.
///
/// A key needs to be admitted to the purpose, but to no particular operation: a shop that may ask for consent can pass on
/// its withdrawal.
pub fn may_withdraw(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    channel: Option<&ChannelName>,
    standing: Option<&Standing>,
) -> Result<Permit<Withdraw>, Refusal> {
    let speaks_for = match actor {
        Actor::Key { scope, .. } => scope.purposes.contains(purpose),
        Actor::Staff { .. } => false,
        Actor::System(_) | Actor::Subject => true,
    };
    if !speaks_for {
        return Err(Refusal::new(RULE, RefusalCode::NotAuthorised, "7.1"));
    }
    declared(RULE, situation, purpose)?;
    let nothing = || Refusal::new(RULE, RefusalCode::NothingToWithdraw, "7.4").purpose(purpose);
    let standing = standing.ok_or_else(nothing)?;
    let meant = |c: &&Consent| channel.is_none() || c.channel.as_ref() == channel;
    if !standing.consents_in_force(purpose, situation.now).any(|c| meant(&c)) {
        return Err(nothing());
    }
    let reason =
        Reason { rule: RULE, clause: Clause::fixed("7.4"), basis: Some(BasisKind::Consent), law_knows: true };
    Ok(Permit::new(standing.id, Some(purpose), Default::default(), reason))
}

/// What a person is told about one purpose after a withdrawal or a demand to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoesOn {
    /// The purpose.
    pub purpose: PurposeName,
    /// Whether anything of it goes on.
    pub state: GoesOnState,
}

/// Whether a purpose goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesOnState {
    /// Nothing is done for it any more.
    Stopped,
    /// It stands on another ground, which is open.
    Continues(BasisKind),
    /// Its data are kept, locked away from use, until then.
    Kept(Timestamp),
    /// Its data are kept, locked away from use, for as long as a law or an order needs them.
    Locked(BasisKind),
}

/// The table of purposes a person has anything to do with in this compartment.
pub fn what_goes_on(situation: &Situation<'_>, standing: &Standing) -> Vec<GoesOn> {
    let mut table = Vec::new();
    for purpose in situation.policy.purposes.values() {
        let touched = standing.consents.iter().any(|c| c.purpose == purpose.name)
            || standing.grounds.iter().any(|g| g.purpose == purpose.name);
        if !touched {
            continue;
        }
        let state = match (standing.stop, life(situation, purpose, standing)) {
            (None, Life::Open(basis)) => GoesOnState::Continues(basis),
            (Some(_), Life::Open(basis)) => GoesOnState::Locked(basis),
            (_, Life::KeptUntil(until, _)) => GoesOnState::Kept(until),
            _ => GoesOnState::Stopped,
        };
        table.push(GoesOn { purpose: purpose.name.clone(), state });
    }
    table
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;
    use crate::rules::samples::{Case, clerk, day};
    use crate::terms::purpose::Keep;

    #[test]
    fn what_was_given_can_be_taken_back_once() {
        let case = Case::new();
        let marketing = Case::purpose("marketing");
        let actor = Case::everything_for(&["marketing"]);
        let given = case.person().after(&Case::consents("marketing", Some("email"), day(-1), day(100), 1));
        assert!(may_withdraw(&case.situation(), &actor, &marketing, None, Some(&given)).is_ok());
        let taken = given.clone().after(&Case::withdraws("marketing", None, day(0)));
        for standing in [Some(&taken), None] {
            let refusal = may_withdraw(&case.situation(), &actor, &marketing, None, standing).unwrap_err();
            assert_eq!((refusal.code, refusal.clause.as_str()), (RefusalCode::NothingToWithdraw, "7.4"));
        }
        let outsider = may_withdraw(&case.situation(), &clerk(), &marketing, None, Some(&given)).unwrap_err();
        assert_eq!(outsider.code, RefusalCode::NotAuthorised);
    }

    #[test]
    fn an_open_contract_goes_on_and_an_ended_one_is_kept() {
        let mut case = Case::new();
        let delivery = case.policy.purposes.get_mut("delivery").unwrap();
        delivery.keep = Some(Keep { term: 3.months(), because: crate::rules::samples::wording("claims") });
        let standing = case
            .person()
            .after(&Case::consents("service_book", None, day(-1), day(100), 1))
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::opens("delivery", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::ends("delivery", "A-1", day(0), day(30)))
            .after(&Case::withdraws("service_book", None, day(0)));
        let table = what_goes_on(&case.situation(), &standing);
        let state = |name: &str| table.iter().find(|row| row.purpose.as_str() == name).unwrap().state;
        assert_eq!(state("service_book"), GoesOnState::Stopped);
        assert_eq!(state("order"), GoesOnState::Continues(BasisKind::Contract));
        assert_eq!(state("delivery"), GoesOnState::Kept(day(30)));
    }
}
