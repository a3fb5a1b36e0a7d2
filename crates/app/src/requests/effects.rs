//! What is done to a person's data for a request of theirs (clauses 2.2, 2.14, 3.1, 4.1, 7.4, 7.10)?
//!
//! The rules are asked as they are when the person demands something themselves: that this request was theirs, and that whoever
//! moves it may do so, was decided by [`may_move`](saqta_domain::rules::may_move) and stands in the leaf beside these. What is
//! drafted here is committed together with the event of the request, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use saqta_domain::rules::Ask;
use saqta_domain::rules::may_copy::{may_compare, of_others};
use saqta_domain::rules::may_rectify::{Rectification, may_rectify};
use saqta_domain::rules::may_restrict::{may_restrict, may_unrestrict};
use saqta_domain::rules::may_withdraw::{GoesOn, GoesOnState, may_withdraw, what_goes_on};
use saqta_domain::rules::must_stop::must_stop;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, ChannelName, CompartmentName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::purpose::Purpose;
use saqta_domain::terms::request::course::Request;
use saqta_domain::terms::standing::{Restriction, RestrictionReason, RestrictionScope, Source, Standing};
use saqta_domain::terms::subject::{SubjectId, ThingId};
use saqta_store::draft::Draft;
use saqta_store::vault::Record;

use super::desk::Compared;
use super::record::{Change, Fate, Particulars, PlacedBlock, Proposed};
use crate::act::{Drafted, Entry};
use crate::error::Error;
use crate::instance::{App, View};

pub(super) const DEMANDED: Actor = Actor::Subject;

/// What a request does to the records of persons, and what is told of it.
#[derive(Default)]
pub(super) struct Effects<'v> {
    pub drafted: Vec<Drafted<'v>>,
    /// Purpose by purpose.
    pub fates: Vec<Fate>,
    /// Blocks that were placed.
    pub blocks: Vec<PlacedBlock>,
    /// Values that were corrected.
    pub changes: Vec<Change>,
    /// Attributes whose values end.
    pub ends: BTreeSet<AttributeName>,
}

/// Which consents are taken back.
pub(super) enum Consents<'a> {
    /// Those to advertising, through this channel or all.
    Marketing,
    /// Those to these purposes, or all where none is named.
    Of(&'a BTreeSet<PurposeName>, Option<&'a ChannelName>),
}

impl App {
    /// Takes consents back, and tells what goes on all the same.
    pub(super) async fn withdrawing<'v>(
        &'v self,
        view: &'v View,
        persons: &[SubjectId],
        which: &Consents<'_>,
    ) -> Result<Effects<'v>, Error> {
        let mut effects = Effects::default();
        for record in self.records_of(persons).await? {
            let given: BTreeSet<PurposeName> =
                record.standing().consents.iter().map(|consent| consent.purpose.clone()).collect();
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            let mut entries = Vec::new();
            for purpose in &given {
                let asked = self.view_that_declares(view, purpose);
                let channel = match which {
                    Consents::Marketing if !is_marketing(&asked, purpose) => continue,
                    Consents::Marketing => None,
                    Consents::Of(purposes, _) if !purposes.is_empty() && !purposes.contains(purpose) => {
                        continue;
                    }
                    Consents::Of(_, channel) => *channel,
                };
                let standing = Some(draft.standing());
                let Ok(permit) = may_withdraw(&asked.situation(), &DEMANDED, purpose, channel, standing)
                else {
                    // Nothing of it is in force: it was never given, or taken back before.
                    continue;
                };
                entries.push(Entry::permitted(Operation::Recording, &permit).detail("consent_withdrawn"));
                draft.withdraw(permit, channel.cloned(), view.now)?;
            }
            effects.fates.extend(fates(view, draft.standing()));
            if !entries.is_empty() {
                effects.drafted.push(Drafted { draft, entries });
            }
        }
        Ok(effects)
    }

    /// Stops all processing in every compartment.
    pub(super) async fn stopping<'v>(
        &'v self,
        view: &'v View,
        persons: &[SubjectId],
    ) -> Result<Effects<'v>, Error> {
        let mut effects = Effects::default();
        for record in self.records_of(persons).await? {
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            if draft.standing().stop.is_none()
                && let Ok((permit, changes)) = must_stop(&view.situation(), &DEMANDED, draft.standing())
            {
                let entry = Entry::permitted(Operation::Blocking, &permit).detail("stop_demanded");
                draft.stop(permit, changes)?;
                effects.fates.extend(fates(view, draft.standing()));
                effects.drafted.push(Drafted { draft, entries: vec![entry] });
            } else {
                effects.fates.extend(fates(view, draft.standing()));
            }
        }
        Ok(effects)
    }

    /// Blocks data: these attributes, or everything where none is named.
    pub(super) async fn restricting<'v>(
        &'v self,
        view: &'v View,
        persons: &[SubjectId],
        attributes: &BTreeSet<AttributeName>,
        reason: RestrictionReason,
    ) -> Result<Effects<'v>, Error> {
        let mut effects = Effects::default();
        for record in self.records_of(persons).await? {
            let standing = record.standing();
            let named: BTreeSet<AttributeName> =
                attributes.iter().filter(|a| standing.held.contains_key(*a)).cloned().collect();
            if standing.held.is_empty() || (!attributes.is_empty() && named.is_empty()) {
                continue;
            }
            let scope = match attributes.is_empty() {
                true => RestrictionScope::Everything,
                false => RestrictionScope::Attributes(named.clone()),
            };
            let Some(purpose) = allowing(view, record.compartment(), Operation::Blocking, None) else {
                continue;
            };
            let permit = may_restrict(&view.situation(), &DEMANDED, &purpose.name, Some(standing));
            let Ok(permit) = permit else { continue };
            let id = ThingId::new(self.vault.draw_id()?);
            effects.ends.extend(if attributes.is_empty() {
                standing.held.keys().cloned().collect()
            } else {
                named
            });
            effects.blocks.push(PlacedBlock {
                subject: standing.id.to_string(),
                compartment: record.compartment().to_string(),
                restriction: id.to_string(),
            });
            let entry = Entry::permitted(Operation::Blocking, &permit).detail(reason.as_str());
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            draft.restrict(permit, Restriction { id, scope, reason, since: view.now, until: None })?;
            effects.drafted.push(Drafted { draft, entries: vec![entry] });
        }
        Ok(effects)
    }

    /// Lifts blocks: those that were placed for a request, or every one. Corrections that waited for their end are applied.
    pub(super) async fn lifting<'v>(
        &'v self,
        view: &'v View,
        persons: &[SubjectId],
        placed: Option<&[PlacedBlock]>,
    ) -> Result<Effects<'v>, Error> {
        let mut effects = Effects::default();
        for record in self.records_of(persons).await? {
            let Some(purpose) = allowing(view, record.compartment(), Operation::Blocking, None) else {
                continue;
            };
            let ids: Vec<ThingId> = record
                .standing()
                .restrictions
                .iter()
                .map(|restriction| restriction.id)
                .filter(|id| {
                    placed.is_none_or(|placed| placed.iter().any(|p| p.restriction == id.to_string()))
                })
                .collect();
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            let mut entries = Vec::new();
            for id in ids {
                let standing = Some(draft.standing());
                let lifted = may_unrestrict(&view.situation(), &DEMANDED, &purpose.name, standing, id);
                let Ok(permit) = lifted.map(|(permit, _)| permit) else { continue };
                entries.push(Entry::permitted(Operation::Blocking, &permit).detail("lifted"));
                draft.unrestrict(permit, id, view.now)?;
            }
            if !entries.is_empty() {
                effects.ends.extend(draft.standing().held.keys().cloned());
                effects.drafted.push(Drafted { draft, entries });
            }
        }
        Ok(effects)
    }

    /// Puts values right wherever they are held; what a block covers waits for its end.
    pub(super) async fn rectifying<'v>(
        &'v self,
        view: &'v View,
        request: &Request,
        particulars: &Particulars,
    ) -> Result<Effects<'v>, Error> {
        let proposed = self.proposed(view, &particulars.proposed)?;
        let mut effects = Effects::default();
        for record in self.records_of(&particulars.persons()?).await? {
            let permit = may_compare(request, record.standing());
            let Ok(permit) = permit else { continue };
            let before = record.read(&permit)?;
            let others = of_others(&view.version.policy, &permit, &before);
            let before = before.iter().filter(|(name, _)| !others.contains(*name));
            let before: BTreeMap<AttributeName, String> =
                before.map(|(name, value)| (name.clone(), value.reveal(&permit).to_owned())).collect();
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            let mut entries = Vec::new();
            for (attribute, text, plain) in &proposed {
                if !draft.standing().held.contains_key(attribute) {
                    continue;
                }
                let compartment = draft.record().compartment().clone();
                let purpose = allowing(view, &compartment, Operation::Rectification, Some(attribute));
                let Some(purpose) = purpose else { continue };
                let attributes = BTreeSet::from([attribute.clone()]);
                let ask = Ask { actor: &DEMANDED, purpose: &purpose.name, attributes: &attributes };
                let Ok(rectification) = may_rectify(&view.situation(), &ask, Some(draft.standing())) else {
                    continue;
                };
                let plain = Plain::from_sealed(plain.to_be_sealed()).ok_or(Error::Unreadable)?;
                let values = vec![(attribute.clone(), plain)];
                let applied = match rectification {
                    Rectification::Now(permit) => {
                        entries.push(Entry::permitted(Operation::Rectification, &permit));
                        draft.rectify(permit, values, Source::Subject, view.now)?;
                        true
                    }
                    Rectification::AfterTheBlock(permit) => {
                        let entry = Entry::permitted(Operation::Rectification, &permit);
                        entries.push(entry.detail("waits_for_the_block"));
                        draft.hold_back(permit, values, view.now)?;
                        false
                    }
                };
                effects.changes.push(Change {
                    attribute: attribute.as_str().to_owned(),
                    before: before.get(attribute).cloned(),
                    after: Some(text.clone()),
                    at: view.now.as_microsecond(),
                    applied,
                });
            }
            if !entries.is_empty() {
                effects.drafted.push(Drafted { draft, entries });
            }
        }
        // The same value may stand in several compartments: it is told once.
        let mut told = BTreeSet::new();
        effects.changes.retain(|change| told.insert(change.attribute.clone()));
        Ok(effects)
    }

    /// The values that are said to be right, checked.
    fn proposed(
        &self,
        view: &View,
        proposed: &[Proposed],
    ) -> Result<Vec<(AttributeName, String, Plain)>, Error> {
        let mut checked = Vec::new();
        for Proposed { attribute, value } in proposed {
            let name = AttributeName::new(attribute).map_err(|_| Error::Unreadable)?;
            let Some(declared) = view.version.policy.attribute(&name) else { continue };
            let fault = |fault| Error::Value { attribute: name.clone(), fault };
            let plain = declared.kind.normalise(value).map_err(fault)?;
            let text = String::from_utf8(plain.to_be_sealed().to_vec()).map_err(|_| Error::Unreadable)?;
            checked.push((name.clone(), text, plain));
        }
        Ok(checked)
    }

    /// Values as they stand beside what they should be.
    pub(super) async fn compared(
        &self,
        view: &View,
        request: &Request,
        particulars: &Particulars,
    ) -> Result<(Vec<Compared>, Vec<(Entry, Record)>), Error> {
        let mut compared: Vec<Compared> = Vec::new();
        let mut looked = Vec::new();
        for record in self.records_of(&particulars.persons()?).await? {
            let Ok(permit) = may_compare(request, record.standing()) else { continue };
            if permit.attributes().is_empty() {
                continue;
            }
            let values = record.read(&permit)?;
            for Proposed { attribute, value } in &particulars.proposed {
                let name = AttributeName::new(attribute).map_err(|_| Error::Unreadable)?;
                let Some(found) = values.get(&name) else { continue };
                let purpose = allowing(view, record.compartment(), Operation::Rectification, Some(&name));
                compared.push(Compared {
                    attribute: attribute.clone(),
                    purpose: purpose.map(|purpose| purpose.name.to_string()),
                    now: Some(found.reveal(&permit).to_owned()),
                    proposed: value.clone(),
                });
            }
            looked.push((Entry::permitted(Operation::Retrieval, &permit).detail("compared"), record));
        }
        for Proposed { attribute, value } in &particulars.proposed {
            if !compared.iter().any(|one| one.attribute == *attribute) {
                let (attribute, proposed) = (attribute.clone(), value.clone());
                compared.push(Compared { attribute, purpose: None, now: None, proposed });
            }
        }
        Ok((compared, looked))
    }
}

/// Whether a purpose is one that people are asked about channel by channel: advertising.
pub(super) fn is_marketing(view: &View, purpose: &PurposeName) -> bool {
    let declared = view.version.policy.purpose(purpose).and_then(|p| p.consent.as_ref());
    declared.is_some_and(|consent| !consent.channels.is_empty())
}

/// A purpose of a compartment for which that may be done, and which has a use for the attribute where one is named.
fn allowing<'v>(
    view: &'v View,
    compartment: &CompartmentName,
    operation: Operation,
    attribute: Option<&AttributeName>,
) -> Option<&'v Purpose> {
    view.version.policy.purposes.values().find(|purpose| {
        purpose.compartment == *compartment
            && purpose.operations.contains(&operation)
            && attribute.is_none_or(|attribute| purpose.uses(attribute))
    })
}

/// What goes on for somebody in a compartment.
pub(super) fn fates(view: &View, standing: &Standing) -> Vec<Fate> {
    what_goes_on(&view.situation(), standing).into_iter().map(|row| fate(row, view.now)).collect()
}

fn fate(GoesOn { purpose, state }: GoesOn, now: Timestamp) -> Fate {
    let (state, basis, until, since) = match state {
        GoesOnState::Stopped => ("stopped", None, None, Some(now.as_microsecond())),
        GoesOnState::Continues(basis) => ("continues", Some(basis.as_str().to_owned()), None, None),
        GoesOnState::Kept(until) => ("kept", None, Some(until.as_microsecond()), None),
        GoesOnState::Locked(basis) => ("kept", Some(basis.as_str().to_owned()), None, None),
    };
    Fate { purpose: purpose.to_string(), state: state.to_owned(), basis, until, since }
}
