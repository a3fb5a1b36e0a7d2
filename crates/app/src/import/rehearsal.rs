//! Who would be known by the time a row comes, when nothing is written?
//!
//! A dry run keeps marks of the values that the rows before would have left behind, so that it counts duplicates, and rows
//! that are complete only thanks to an earlier one, as the import will.

use std::collections::{HashMap, HashSet};

use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::subject::SubjectId;

use super::person::{Intake, Mark};
use super::rejects::Reject;

/// The rows so far.
#[derive(Default)]
pub(super) struct Rehearsal {
    people: HashMap<Mark, u64>,
    subjects: HashMap<SubjectId, u64>,
    held: HashMap<u64, HashSet<(CompartmentName, AttributeName)>>,
    consents: HashSet<(u64, String)>,
    last: u64,
}

impl Rehearsal {
    /// Lets a row in after those before it: whether its person was known, and how many of its consents are new.
    pub(super) fn enter(
        &mut self,
        intake: &Intake,
        known: Option<SubjectId>,
        consents: &[String],
    ) -> Result<(bool, u64), Reject> {
        let before = match known {
            Some(subject) => self.subjects.get(&subject).copied(),
            None => self.find(intake)?,
        };
        let person = before.unwrap_or(self.last + 1);
        for (_, attribute, _, mark) in &intake.findable {
            if self.people.get(mark).is_some_and(|other| *other != person) {
                return Err(Reject::IdentifierTaken(Some(attribute.clone())));
            }
        }
        self.last = self.last.max(person);
        if let Some(subject) = known {
            self.subjects.insert(subject, person);
        }
        self.people.extend(intake.findable.iter().map(|(_, _, _, mark)| (*mark, person)));
        let brought = intake.brings().map(|(compartment, name)| (compartment.clone(), name.clone()));
        self.held.entry(person).or_default().extend(brought);
        let new = consents.iter().filter(|name| self.consents.insert((person, (*name).clone()))).count();
        Ok((known.is_some() || before.is_some(), new as u64))
    }

    /// Whether the rows before brought all of that for the same person to the same compartment.
    pub(super) fn brought(
        &self,
        intake: &Intake,
        compartment: &CompartmentName,
        attributes: &[AttributeName],
    ) -> bool {
        let Ok(Some(person)) = self.find(intake) else { return false };
        let Some(held) = self.held.get(&person) else { return false };
        attributes.iter().all(|name| held.contains(&(compartment.clone(), name.clone())))
    }

    fn find(&self, intake: &Intake) -> Result<Option<u64>, Reject> {
        for (place, (_, _, mark)) in intake.identifiers.iter().enumerate() {
            let Some(person) = self.people.get(mark) else { continue };
            let mut earlier = intake.identifiers.iter().take(place).map(|(earlier, _, _)| earlier);
            let holds = |name: &AttributeName| {
                self.held.get(person).is_some_and(|held| held.iter().any(|(_, held)| held == name))
            };
            if let Some(other) = earlier.find(|earlier| holds(earlier)) {
                return Err(Reject::IdentifiersDisagree(other.clone()));
            }
            return Ok(Some(*person));
        }
        Ok(None)
    }
}
