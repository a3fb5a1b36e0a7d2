//! What does a new version change, and how many people does that touch here (clauses 11.2, 11.3)?
//!
//! The words come from the policy room. The numbers come from a walk over the records, page by page, asking the rules of the
//! gate twice, under the version in force and under the new one, for the instant at which the new one begins. Only numbers
//! leave the walk: nobody is named, and no value is opened. The walk changes nothing and leaves one leaf, without the numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use saqta_domain::rules::Situation;
use saqta_domain::rules::consent_holds::consent_holds;
use saqta_domain::rules::must_destroy::{Ending, Life, held_back, life, must_destroy, next_due};
use saqta_domain::terms::law::LawEdition;
use saqta_domain::terms::names::{AttributeName, CompartmentName, Language, PurposeName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::standing::Standing;
use saqta_policy::carry_over::carry_over;
use saqta_policy::folder::Folder;
use saqta_policy::load::load;
use saqta_policy::texts::Texts;

pub use saqta_policy::diff::side::Side;
pub use saqta_policy::diff::texts::{ClauseChange, ClauseChangeKind, Piece, PieceKind, texts};
pub use saqta_policy::diff::{Change, ChangeKind, Consequence, ConsequenceKind, compare};

use crate::act::{Caller, Entry, Receipt};
use crate::admission::administers;
use crate::error::Error;
use crate::instance::{App, Version, View};

const PAGE: u16 = 200;

/// What a new version changes.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The number of the version before.
    pub before: u32,
    /// The number of the version after.
    pub after: u32,
    /// The first day of the version after, as written in it.
    pub day: String,
    /// What is declared differently, the widest first.
    pub changes: Vec<Change>,
    /// Which clauses read differently, by language.
    pub texts: BTreeMap<Language, Vec<ClauseChange>>,
    /// How many people it touches, where records were looked at.
    pub counts: Option<Counts>,
}

/// How many people and records a new version touches. Numbers alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that were looked at; a person has one in each compartment.
    pub records: u64,
    /// Records of which something falls due on the first day that would have stayed under the version before.
    pub due_at_once: u64,
    /// Records that fall due within thirty days after it, and would have stayed longer.
    pub due_soon: u64,
    /// Records of which something is over, but a hold or a block keeps it.
    pub held_back: u64,
    /// Records that could not be read, and are in no other number.
    pub unreadable: u64,
    /// By purpose, of the version before and of the new one.
    pub purposes: BTreeMap<PurposeName, PurposeCounts>,
}

/// How many people of one purpose a new version touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurposeCounts {
    /// People of whom anything is held or known for it.
    pub people: u64,
    /// Consents that cover it on the first day, under the version before.
    pub consents: u64,
    /// Of these, consents that do not cover it any more under the new one.
    pub consents_ending: u64,
    /// People who must be asked again: they have a consent that the purpose has outgrown.
    pub ask_again: u64,
    /// Consents on the first day by channel, where they are given by channel.
    pub channels: BTreeMap<String, u64>,
    /// People for whom it is open under the version before.
    pub open: u64,
    /// People of whom a value collected for it falls due on the first day because of the new version.
    pub due_at_once: u64,
    /// The same by attribute.
    pub values_due: BTreeMap<AttributeName, u64>,
}

impl Comparison {
    /// How many people a consequence touches; nothing, where that is not counted, or nobody counted.
    pub fn touched(&self, consequence: &Consequence) -> Option<u64> {
        let counts = self.counts.as_ref()?;
        let purpose = counts.purposes.get(consequence.purpose.as_ref()?).cloned().unwrap_or_default();
        Some(match consequence.kind {
            ConsequenceKind::AskAgain => purpose.ask_again,
            ConsequenceKind::ConsentsIdle => purpose.consents_ending,
            ConsequenceKind::FallDue | ConsequenceKind::DueEarlier => purpose.due_at_once,
            ConsequenceKind::ValuesFallDue => {
                let attribute = consequence.attribute.as_ref()?;
                purpose.values_due.get(attribute).copied().unwrap_or_default()
            }
            ConsequenceKind::GroundAnew => purpose.open,
            ConsequenceKind::CollectAnew => purpose.people,
            ConsequenceKind::TellPeople
            | ConsequenceKind::TellRecipients
            | ConsequenceKind::TellAuthority
            | ConsequenceKind::Nothing => return None,
        })
    }

    /// A consequence in words, with the number of people where it was counted.
    pub fn told(
        &self,
        consequence: &Consequence,
        words: &saqta_policy::wording::Words,
        language: Language,
    ) -> String {
        match self.touched(consequence) {
            Some(count) => consequence.told_of(count, words, language),
            None => consequence.told(words, language),
        }
    }
}

/// Compares two folders that were checked, without looking at anybody.
pub fn compare_folders(before: &Folder, after: &Folder) -> Result<Comparison, Error> {
    let old = load(before).map_err(Error::Policy)?;
    let new = load(after).map_err(Error::Policy)?;
    Ok(comparison(
        (&Side::new(&old.policy, before), &old.texts),
        (&Side::new(&new.policy, after), &new.texts),
    ))
}

fn comparison(before: (&Side<'_>, &Texts), after: (&Side<'_>, &Texts)) -> Comparison {
    let differing = |language: Language| {
        let (old, new) = (before.1.document(language)?, after.1.document(language)?);
        Some((language, texts(old, new)))
    };
    Comparison {
        before: before.0.policy.version,
        after: after.0.policy.version,
        day: after.0.declared.day.clone(),
        changes: compare(before.0, after.0),
        texts: Language::ALL.into_iter().filter_map(differing).collect(),
        counts: None,
    }
}

fn side(version: &Version) -> Side<'_> {
    Side::new(&version.policy, &version.folder)
}

impl App {
    /// Compares two published versions, without looking at anybody.
    pub fn compare_versions(&self, before: u32, after: u32) -> Result<Comparison, Error> {
        let versions = self.versions();
        let numbered = |number| versions.iter().find(|v| v.policy.version == number).ok_or(Error::NotFound);
        let (old, new) = (numbered(before)?, numbered(after)?);
        Ok(comparison((&side(old), &old.texts), (&side(new), &new.texts)))
    }

    /// The same as [`App::compare_with`], for files that came as text by their names.
    pub async fn compare_with_files(
        &self,
        caller: &Caller,
        files: BTreeMap<String, String>,
    ) -> Result<(Comparison, Receipt), Error> {
        self.compare_with(caller, Folder::from_files(files)).await
    }

    /// Compares a folder with the version in force, and counts whom the difference touches on the folder's first day, or now,
    /// when that day is past.
    pub async fn compare_with(
        &self,
        caller: &Caller,
        folder: Folder,
    ) -> Result<(Comparison, Receipt), Error> {
        administers(caller)?;
        let view = self.view().await?;
        let mut loaded = load(&folder).map_err(Error::Policy)?;
        let before = side(&view.version);
        let after = Side::new(&loaded.policy, &folder);
        let mut comparison = comparison((&before, &view.version.texts), (&after, &loaded.texts));
        let declared = after.declared.clone();
        carry_over(&before, &mut loaded.policy, &declared);
        // One that was published already is covered by more than the two versions say.
        let published = self.versions().into_iter().find(|v| v.policy.digest == loaded.policy.digest);
        let policy = published.map_or_else(|| Arc::new(loaded.policy), |version| version.policy);
        let counts = self.count(&view, &policy).await?;
        comparison.counts = Some(counts);
        let entry = Entry::administrative("policy.compared").detail(format!("version {}", policy.version));
        let receipt = self.record_administration(caller, &view, entry, Vec::new()).await?;
        Ok((comparison, receipt))
    }

    /// Walks all records of all compartments that any version had.
    async fn count(&self, view: &View, after: &Policy) -> Result<Counts, Error> {
        let at = after.effective_from.max(view.now);
        let before = &view.version.policy;
        let (old_law, new_law) = (law(before, at)?, law(after, at)?);
        let old = Situation { policy: before, law: &old_law, stops: &view.stops, now: at };
        let new = Situation { policy: after, law: &new_law, stops: &view.stops, now: at };
        let compartments: BTreeSet<CompartmentName> =
            self.versions().iter().flat_map(|v| v.policy.compartments()).cloned().collect();
        let mut counts = Counts::default();
        for compartment in &compartments {
            let mut last = None;
            loop {
                let page = self.vault.page(compartment, last, PAGE).await?;
                for pseudonym in &page {
                    match self.vault.outline_of(compartment, *pseudonym).await {
                        Ok(Some(record)) if !record.is_released() => {
                            counts.add(&old, &new, compartment, record.standing());
                        }
                        // What lost its tie is about nobody.
                        Ok(_) => {}
                        Err(error) => {
                            tracing::error!(%error, "a record was not counted");
                            counts.unreadable += 1;
                        }
                    }
                }
                last = page.last().copied().or(last);
                if page.len() < usize::from(PAGE) {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        Ok(counts)
    }
}

fn law(policy: &Policy, at: Timestamp) -> Result<LawEdition, Error> {
    Ok(saqta_policy::law::in_force(&policy.jurisdictions, at)?)
}

impl Counts {
    fn add(
        &mut self,
        old: &Situation<'_>,
        new: &Situation<'_>,
        compartment: &CompartmentName,
        standing: &Standing,
    ) {
        self.records += 1;
        let names: BTreeSet<&PurposeName> =
            old.policy.purposes.keys().chain(new.policy.purposes.keys()).collect();
        for name in names {
            let lies_here =
                |policy: &Policy| policy.purpose(name).is_some_and(|p| &p.compartment == compartment);
            if lies_here(old.policy) || lies_here(new.policy) {
                self.add_purpose(old, new, compartment, name, standing);
            }
        }
        self.add_ends(old, new, standing);
    }

    fn add_purpose(
        &mut self,
        old: &Situation<'_>,
        new: &Situation<'_>,
        compartment: &CompartmentName,
        name: &PurposeName,
        standing: &Standing,
    ) {
        let known = standing.held.values().any(|h| h.purposes.contains(name))
            || standing.grounds.iter().any(|g| &g.purpose == name)
            || standing.consents.iter().any(|c| &c.purpose == name);
        let counts = self.purposes.entry(name.clone()).or_default();
        counts.people += u64::from(known);
        let Some(purpose) = old.policy.purpose(name) else { return };
        counts.open += u64::from(matches!(life(old, purpose, standing), Life::Open(_)));
        let Some(terms) = &purpose.consent else {
            // A purpose that comes to stand on consent has nobody's: whoever it is open for must be asked.
            let asks = new.policy.purpose(name).is_some_and(|p| p.consent.is_some());
            counts.ask_again += u64::from(asks && matches!(life(old, purpose, standing), Life::Open(_)));
            return;
        };
        let now = new.policy.purpose(name).filter(|p| &p.compartment == compartment);
        let goes_on = new.policy.purpose(name).is_some_and(|p| p.consent.is_some());
        let mut outgrown = false;
        for consent in standing.consents_in_force(name, old.now) {
            let channel = consent.channel.as_ref();
            // Each consent is asked about alone, so that one through another channel does not speak for it.
            let alone =
                Standing { consents: vec![consent.clone()], ..Standing::new(standing.id, standing.since) };
            if consent_holds(purpose, terms, &alone, channel, old.now).is_err() {
                continue;
            }
            counts.consents += 1;
            if let Some(channel) = channel {
                *counts.channels.entry(channel.to_string()).or_default() += 1;
            }
            let covers = now.is_some_and(|now| {
                let terms = now.consent.as_ref();
                terms.is_some_and(|terms| consent_holds(now, terms, &alone, channel, new.now).is_ok())
            });
            counts.consents_ending += u64::from(!covers);
            // Through a channel that is gone nobody is asked again.
            let asked = now.and_then(|now| now.consent.as_ref()).is_none_or(|terms| {
                channel.is_none_or(|c| terms.channels.is_empty() || terms.channels.contains(c))
            });
            outgrown |= !covers && goes_on && asked;
        }
        counts.ask_again += u64::from(outgrown);
    }

    /// What ends under the new version that would have stayed under the one before.
    fn add_ends(&mut self, old: &Situation<'_>, new: &Situation<'_>, standing: &Standing) {
        let ending = |situation: &Situation<'_>| must_destroy(situation, standing).map(|(_, ending)| ending);
        let values = |ending: Option<Ending>| {
            ending.map(|e| e.destroy.union(&e.release).cloned().collect::<BTreeSet<_>>()).unwrap_or_default()
        };
        let before = values(ending(old));
        let after = ending(new);
        let over = after.as_ref().is_some_and(|e| !e.purposes.is_empty() && ending(old).is_none());
        let more: BTreeSet<AttributeName> = values(after).difference(&before).cloned().collect();
        if more.is_empty() && !over {
            let due = |situation: &Situation<'_>| next_due(situation, standing);
            let horizon =
                new.now.to_zoned(new.law.calendar.zone.clone()).saturating_add(30.days()).timestamp();
            let soon = due(new).filter(|due| *due <= horizon);
            self.due_soon += u64::from(soon.is_some_and(|soon| due(old).is_none_or(|due| soon < due)));
            self.held_back += u64::from(held_back(new, standing));
            return;
        }
        self.due_at_once += 1;
        let mut touched: BTreeSet<&PurposeName> = BTreeSet::new();
        for (attribute, held) in standing.held.iter().filter(|(attribute, _)| more.contains(*attribute)) {
            for purpose in held.purposes.iter() {
                touched.insert(purpose);
                let counts = self.purposes.entry(purpose.clone()).or_default();
                *counts.values_due.entry(attribute.clone()).or_default() += 1;
            }
        }
        for purpose in touched {
            self.purposes.entry(purpose.clone()).or_default().due_at_once += 1;
        }
    }
}
