//! How is it recorded that many persons were looked at?
//!
//! Each has a leaf of their own, which is filed under them, so that everybody can see who looked at them. All leaves are one
//! deed: if anything happened to one of the persons since they were read, nothing is recorded, and all of them are read again.

use std::collections::BTreeSet;

use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::Refusal;
use saqta_store::recall::Known;
use saqta_store::registry::not_stopped_step;
use saqta_store::vault::Record;
use saqta_store::writer::{Deed, Recorded};

use crate::act::{Caller, Entry};
use crate::error::Error;
use crate::instance::{App, View};

/// A look at one person, or the refusal of one.
pub(crate) enum Look {
    /// What was looked at, and in which record.
    Permitted(Entry, Known),
    /// What was refused, and why; the record was just read, where there is one.
    Refused(Operation, Refusal, Option<Known>),
}

impl App {
    /// Records looks for one purpose, all or none.
    pub(crate) async fn record_looks(
        &self,
        caller: &Caller,
        view: &View,
        looks: &[Look],
    ) -> Result<(), Error> {
        let (mut guards, mut trails, mut leaves) = (Vec::new(), Vec::new(), Vec::new());
        let (mut purposes, mut permitted) = (BTreeSet::new(), 0);
        for (number, look) in (0..).zip(looks) {
            let (leaf, trail) = match look {
                Look::Permitted(entry, record) => {
                    guards.push(record.unchanged());
                    purposes.extend(entry.purpose.as_ref().filter(|_| entry.needs_purpose));
                    permitted += 1;
                    self.leaf(caller, view, entry, None, Some(record.tags()), number)?
                }
                Look::Refused(operation, refusal, known) => {
                    let entry = Entry::refused(*operation, refusal, view);
                    let record: Option<&Record> = known.as_deref();
                    self.leaf(caller, view, &entry, Some(refusal), record.map(Record::tags), number)?
                }
            };
            leaves.push(leaf);
            trails.extend(trail);
        }
        let mut leaves = leaves.into_iter();
        let Some(first) = leaves.next() else { return Ok(()) };
        guards.extend(purposes.into_iter().map(|purpose| not_stopped_step(purpose.as_str())));
        let deed =
            leaves.fold(Deed::new().steps(guards).steps(trails).record(first), Deed::<Recorded>::record);
        let committed = self.commit_leaf(deed).await;
        if committed.is_err() {
            // It may be that one of the records has changed; the next try reads them.
            for look in looks {
                if let Look::Permitted(_, record) = look {
                    self.vault.forget(record.pseudonym());
                }
            }
        }
        committed?;
        self.count_persons(caller, view, permitted);
        Ok(())
    }
}
