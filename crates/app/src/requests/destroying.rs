//! What would a destruction that a person asks for do to what is held of them, and how is it done (clauses 2.14, 4.1)?
//!
//! What a contract or a law keeps stays. A block for which the same person asked before does not keep their data from ending, and
//! what stays is blocked again: their last word counts, and the one before it as far as it can.

use std::collections::BTreeSet;

use saqta_domain::rules::may_destroy::may_destroy;
use saqta_domain::rules::may_restrict::{may_restrict, may_unrestrict};
use saqta_domain::terms::names::{CompartmentName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::Purpose;
use saqta_domain::terms::request::Matter;
use saqta_domain::terms::standing::{RestrictionScope, Standing};
use saqta_domain::terms::subject::ThingId;
use saqta_store::draft::Draft;

use super::OpenCase;
use super::desk::Planned;
use super::effects::{DEMANDED, Effects, fates};
use super::record::{Fate, PlacedBlock};
use crate::act::{Drafted, Entry};
use crate::error::Error;
use crate::instance::{App, View};

impl App {
    /// What a destruction would do, compartment by compartment, as if the blocks placed for the request were lifted already.
    pub(super) async fn planned(
        &self,
        view: &View,
        purposes: &BTreeSet<PurposeName>,
        open: &OpenCase,
    ) -> Result<Vec<Planned>, Error> {
        let blocks = self.demanded_blocks(open).await?;
        let particulars = &open.particulars;
        let mut plans = Vec::new();
        for record in self.records_of(&particulars.persons()?).await? {
            let Some(purpose) = destroying(view, record.compartment(), purposes) else { continue };
            let standing = without(record.standing(), &blocks.all());
            let answer = may_destroy(
                &view.situation(),
                &DEMANDED,
                &purpose.name,
                Some(&standing),
                Operation::Destruction,
            );
            plans.push(match answer {
                Ok((_, plan)) => Planned {
                    ends: plan.ending.destroy.iter().map(|a| a.as_str().to_owned()).collect(),
                    stays: kept(view, &standing, &plan.kept.iter().map(|(p, _)| p.clone()).collect()),
                    refused: None,
                },
                Err(refusal) => Planned {
                    ends: Vec::new(),
                    stays: fates(view, &standing)
                        .into_iter()
                        .filter(|fate| fate.state != "stopped")
                        .collect(),
                    refused: Some(refusal.code.as_str()),
                },
            });
        }
        Ok(plans)
    }

    /// Whether anything is held still, or may be, of what the request speaks of: a term or another request may have ended it.
    pub(super) async fn holds_any(
        &self,
        view: &View,
        purposes: &BTreeSet<PurposeName>,
        open: &OpenCase,
    ) -> Result<bool, Error> {
        let persons = open.particulars.persons()?;
        if let Some(contact) = &open.particulars.contact
            && self.persons_under(view, contact).await?.iter().any(|found| !persons.contains(found))
        {
            // The contact leads to somebody else by now, or to the same person anew: people have to look.
            return Ok(true);
        }
        let records = self.records_of(&persons).await?;
        let declared = &view.version.policy.purposes;
        // Where a purpose lay that the policy in force names no more is not known here.
        let is_named = |compartment: &CompartmentName| {
            let lies_there = |name: &PurposeName| {
                declared.get(name.as_str()).is_none_or(|purpose| purpose.compartment == *compartment)
            };
            purposes.is_empty() || purposes.iter().any(lies_there)
        };
        Ok(records.iter().any(|record| !record.standing().held.is_empty() && is_named(record.compartment())))
    }

    /// The blocks that do not keep the person's own data from being destroyed when they ask for it: those that were placed for this
    /// request, and those for which they asked before it. Their last word counts.
    async fn demanded_blocks(&self, open: &OpenCase) -> Result<DemandedBlocks, Error> {
        let mut blocks = DemandedBlocks { own: open.particulars.blocks.clone(), earlier: Vec::new() };
        for person in open.particulars.persons()? {
            let digest = self.registry.persons.digest(person.bytes());
            for id in self.vault.cases_under(&digest).await? {
                let Some(other) = self.case_of(id).await? else { continue };
                let asks =
                    matches!(other.request.matter, Matter::Restriction { .. } | Matter::Dissemination { .. });
                if asks && other.request.number < open.request.number {
                    blocks.earlier.extend(other.particulars.blocks.iter().cloned());
                }
            }
        }
        Ok(blocks)
    }

    /// Destroys what can be, after lifting the blocks that do not keep it, in one deed. What stays is blocked again as the person
    /// asked before.
    pub(super) async fn destroying<'v>(
        &'v self,
        view: &'v View,
        purposes: &BTreeSet<PurposeName>,
        open: &OpenCase,
    ) -> Result<Effects<'v>, Error> {
        let mut effects = Effects::default();
        let situation = view.situation();
        let blocks = self.demanded_blocks(open).await?;
        for record in self.records_of(&open.particulars.persons()?).await? {
            let Some(purpose) = destroying(view, record.compartment(), purposes) else { continue };
            let name = &purpose.name;
            let lifted = without(record.standing(), &blocks.all());
            let planned = may_destroy(&situation, &DEMANDED, name, Some(&lifted), Operation::Destruction);
            let Ok((_, plan)) = planned else {
                effects.fates.extend(fates(view, &lifted).into_iter().filter(|fate| fate.state != "stopped"));
                continue;
            };
            let placed: Vec<ThingId> = placed_in(record.standing(), &blocks.all());
            let asked_before = placed_in(record.standing(), &blocks.earlier);
            let before = record.standing().restrictions.clone();
            let record = self.vault.with_what_stays(record, &plan.ending).await?;
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            let mut entries = Vec::new();
            for id in placed {
                let found = may_unrestrict(&situation, &DEMANDED, name, Some(draft.standing()), id);
                let Ok(permit) = found.map(|(permit, _)| permit) else { continue };
                entries.push(Entry::permitted(Operation::Blocking, &permit).detail("lifted"));
                draft.unrestrict(permit, id, view.now)?;
            }
            let answer =
                may_destroy(&situation, &DEMANDED, name, Some(draft.standing()), Operation::Destruction);
            let Ok((permit, plan)) = answer else { continue };
            entries.push(Entry::permitted(Operation::Erasure, &permit).detail(plan.ending.cause.as_str()));
            effects.ends.extend(plan.ending.destroy.iter().cloned());
            let stays = plan.kept.iter().map(|(purpose, _)| purpose.clone()).collect();
            effects.fates.extend(kept(view, draft.standing(), &stays));
            draft.destroy(permit, &plan.ending, view.now)?;
            for mut block in before.into_iter().filter(|block| asked_before.contains(&block.id)) {
                if let RestrictionScope::Attributes(names) = &mut block.scope {
                    names.retain(|name| draft.standing().held.contains_key(name));
                    if names.is_empty() {
                        continue;
                    }
                }
                let again = may_restrict(&situation, &DEMANDED, name, Some(draft.standing()));
                let Ok(permit) = again else { continue };
                entries.push(Entry::permitted(Operation::Blocking, &permit).detail(block.reason.as_str()));
                draft.restrict(permit, block)?;
            }
            effects.drafted.push(Drafted { draft, entries });
        }
        Ok(effects)
    }
}

/// The same for a destruction that may be limited to some purposes.
fn destroying<'v>(
    view: &'v View,
    compartment: &CompartmentName,
    purposes: &BTreeSet<PurposeName>,
) -> Option<&'v Purpose> {
    let mut there = view.version.policy.purposes.values().filter(|purpose| {
        purpose.compartment == *compartment && purpose.operations.contains(&Operation::Destruction)
    });
    there.find(|purpose| purposes.is_empty() || purposes.contains(&purpose.name))
}

/// Blocks that are there because the person asked.
struct DemandedBlocks {
    /// Placed for the request itself.
    own: Vec<PlacedBlock>,
    /// Asked for before it.
    earlier: Vec<PlacedBlock>,
}

impl DemandedBlocks {
    fn all(&self) -> Vec<PlacedBlock> {
        [self.own.as_slice(), self.earlier.as_slice()].concat()
    }
}

/// The blocks in force on somebody that were placed for the request.
fn placed_in(standing: &Standing, blocks: &[PlacedBlock]) -> Vec<ThingId> {
    let mine = |id: &ThingId| blocks.iter().any(|block| block.restriction == id.to_string());
    standing.restrictions.iter().map(|restriction| restriction.id).filter(mine).collect()
}

/// Somebody's standing as if those blocks were lifted.
fn without(standing: &Standing, blocks: &[PlacedBlock]) -> Standing {
    let placed = placed_in(standing, blocks);
    let mut lifted = standing.clone();
    lifted.restrictions.retain(|restriction| !placed.contains(&restriction.id));
    lifted
}

fn kept(view: &View, standing: &Standing, purposes: &BTreeSet<PurposeName>) -> Vec<Fate> {
    fates(view, standing)
        .into_iter()
        .filter(|fate| fate.state != "stopped" && purposes.iter().any(|p| p.as_str() == fate.purpose))
        .collect()
}
