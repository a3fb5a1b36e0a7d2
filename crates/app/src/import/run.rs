//! How does a whole file come in: batch by batch, many rows at once, resumable?
//!
//! Rows that share a value by which people are found go one after the other, in their order; the others go together, so that
//! their commits share one write to the disk. A batch ends before its rejects and the state are written.

use std::collections::{BTreeSet, HashMap};

use saqta_domain::terms::names::AttributeName;
use saqta_policy::folder::Folder;

use super::fault::Fault;
use super::mapping::{Findings, Mapping};
use super::person::{Desk, Intake, Mark, Outcome, intake};
use super::rehearsal::Rehearsal;
use super::rejects::{Place, Reject, Rejects};
use super::rows::{Rows, Shape, Start};
use super::source::survey;
use super::state::State;
use super::{Import, Progress, Summary, check, mapping};
use crate::act::{Caller, Channel};
use crate::admission::sha256;
use crate::instance::{App, View};
use crate::together::together;

/// Rows between two writes of the state.
const BATCH: usize = 256;
/// Bytes after which a batch ends in any case.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;

/// Imports a file, or goes on with it where an earlier run ended. Everything that is wrong with the mapping is told before
/// anything is written.
pub async fn run(
    app: &App,
    caller: &Caller,
    import: &Import,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, Fault> {
    let text = std::fs::read_to_string(&import.mapping).map_err(Fault::file(&import.mapping))?;
    let name = import.mapping.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| "mapping.toml".to_owned());
    let faulty = |problems| Fault::Mapping {
        problems,
        text: Folder::from_files([(name.clone(), text.clone().into_bytes())]),
    };
    let mapping = mapping::read(&name, &text).map_err(faulty)?;
    let survey = survey(&import.file)?;
    let shape = Shape::find(&import.file, &survey, mapping.format, mapping.encoding, mapping.delimiter)?;
    let caller = Caller { channel: Channel::Import, idempotency: None, ..caller.clone() };
    let view = app.view().await?;
    let mut findings = Findings::new(&name, &text);
    check::check(app, &caller, &view, &mapping, &shape.columns, &mut findings);
    if !findings.found.is_empty() {
        return Err(faulty(findings.found));
    }
    let by_mapping = sha256(text.as_bytes());
    let known = if !import.dry_run {
        State::read(&import.state, &survey.digest, &by_mapping)?
    } else if import.state.exists() {
        return Err(Fault::UnderWay);
    } else {
        None
    };
    let mut state = known.unwrap_or_else(|| State::begin(&survey.digest, &by_mapping, shape.start));
    state.summary.dropped = mapping.dropped(&shape.columns);
    let purposes = mapping.parts.iter().filter_map(|p| view.version.policy.purpose(&p.purpose.value));
    let compartments = purposes.map(|purpose| purpose.compartment.clone()).collect();
    let mut work = Work {
        rows: Rows::open(&import.file, shape, state.start())?,
        rejects: Rejects::open(&import.rejects, state.rejects, caller.language)?,
        desk: Desk {
            app,
            caller,
            compartments,
            import: sha256(&[survey.digest, by_mapping].concat()),
            dry_run: import.dry_run,
        },
        mapping,
        import,
        view,
        rehearsal: Rehearsal::default(),
    };
    let mut left = import.stop_after.unwrap_or(u64::MAX);
    loop {
        let batch = work.read(left, state.start())?;
        if batch.rows == 0 && left > 0 {
            break;
        }
        left -= batch.rows;
        let end = batch.end;
        work.settle(batch, &mut state.summary).await?;
        state.rejects = work.rejects.flush()?;
        state.advance(end);
        if !import.dry_run {
            state.write(&import.state)?;
        }
        progress(Progress {
            bytes: end.offset,
            total: survey.total,
            rows: state.summary.rows,
            accepted: state.summary.accepted(),
            rejected: state.summary.rejected_rows(),
        });
        if left == 0 {
            return Ok(state.summary);
        }
    }
    if !import.dry_run && import.state.exists() {
        std::fs::remove_file(&import.state).map_err(Fault::file(&import.state))?;
    }
    state.summary.finished = true;
    Ok(state.summary)
}

/// Rows that are dealt with together.
struct Batch {
    rows: u64,
    end: Start,
    intakes: Vec<Intake>,
    /// Rows that never come before the gate.
    outcomes: Vec<(u64, u64, Outcome)>,
}

struct Work<'a> {
    import: &'a Import,
    mapping: Mapping,
    /// What held when the import began; each row is decided by what holds when it comes.
    view: View,
    rows: Rows,
    rejects: Rejects,
    desk: Desk<'a>,
    rehearsal: Rehearsal,
}

impl Work<'_> {
    fn read(&mut self, limit: u64, start: Start) -> Result<Batch, Fault> {
        let mut batch = Batch { rows: 0, end: start, intakes: Vec::new(), outcomes: Vec::new() };
        let wanted = limit.min(BATCH as u64);
        while batch.rows < wanted && batch.end.offset - start.offset < BATCH_BYTES {
            let Some(numbered) = self.rows.next().map_err(Fault::file(&self.import.file))? else { break };
            batch.rows += 1;
            batch.end = Start { offset: numbered.end, line: numbered.last_line, row: numbered.row };
            let taken = match &numbered.content {
                Ok(row) => intake(&self.view, &self.mapping, row, numbered.row, numbered.line),
                Err(unread) => Err(Outcome::rejected(Reject::Unread(*unread))),
            };
            match taken {
                Ok(intake) => batch.intakes.push(intake),
                Err(outcome) => batch.outcomes.push((numbered.row, numbered.line, outcome)),
            }
        }
        Ok(batch)
    }

    /// Deals with a batch, and counts it row by row in the order of the file.
    async fn settle(&mut self, batch: Batch, summary: &mut Summary) -> Result<(), Fault> {
        let Batch { intakes, outcomes, .. } = batch;
        let mut settled: Vec<_> =
            outcomes.into_iter().map(|(row, line, outcome)| (row, line, None, outcome)).collect();
        let desk = &self.desk;
        let groups = by_person(intakes).into_iter().map(|rows| desk.in_order(rows));
        for (intake, outcome) in together(groups).await?.into_iter().flatten() {
            settled.push((intake.row, intake.line, Some(intake), outcome));
        }
        settled.sort_by_key(|(row, ..)| *row);
        for (row, line, intake, outcome) in settled {
            let outcome = match (intake, outcome) {
                (Some(intake), Outcome::Incomplete { refusal, known, consents, skipped }) => {
                    let purpose = refusal.purpose.as_ref();
                    let purpose = purpose.and_then(|name| self.view.version.policy.purpose(name));
                    let brought = purpose.is_some_and(|purpose| {
                        self.rehearsal.brought(&intake, &purpose.compartment, &refusal.attributes)
                    });
                    match brought.then(|| self.rehearsal.enter(&intake, known, &consents)) {
                        Some(Ok((known, consents))) => Counted::Accepted { known, consents, skipped },
                        Some(Err(reject)) => Counted::Rejected { rejects: vec![reject], skipped: Vec::new() },
                        None => {
                            Counted::Rejected { rejects: vec![Reject::Refused(refusal)], skipped: Vec::new() }
                        }
                    }
                }
                (Some(intake), Outcome::Accepted { known, consents, skipped }) if self.import.dry_run => {
                    match self.rehearsal.enter(&intake, known, &consents) {
                        Ok((known, consents)) => Counted::Accepted { known, consents, skipped },
                        Err(reject) => Counted::Rejected { rejects: vec![reject], skipped: Vec::new() },
                    }
                }
                (_, Outcome::Accepted { known, consents, skipped }) => {
                    Counted::Accepted { known: known.is_some(), consents: consents.len() as u64, skipped }
                }
                (_, Outcome::Rejected { rejects, skipped }) => Counted::Rejected { rejects, skipped },
                (None, Outcome::Incomplete { refusal, .. }) => {
                    Counted::Rejected { rejects: vec![Reject::Refused(refusal)], skipped: Vec::new() }
                }
            };
            self.count(row, line, outcome, summary)?;
        }
        Ok(())
    }

    fn count(&mut self, row: u64, line: u64, counted: Counted, summary: &mut Summary) -> Result<(), Fault> {
        summary.rows += 1;
        let skipped = match counted {
            Counted::Accepted { known, consents, skipped } => {
                summary.persons_known += u64::from(known);
                summary.persons_new += u64::from(!known);
                summary.consents += consents;
                skipped
            }
            Counted::Rejected { rejects, skipped } => {
                if let Some(first) = rejects.first() {
                    *summary.rejected.entry(first.code().to_owned()).or_default() += 1;
                }
                let mapping = &self.mapping;
                let columns = |attribute: &AttributeName| columns_of(mapping, attribute);
                let place = Place { row, line, columns: &columns };
                for reject in &rejects {
                    self.rejects.add(self.desk.app, &self.view, &place, reject)?;
                }
                skipped
            }
        };
        for (part, why) in skipped {
            *summary.skipped.entry(part).or_default().entry(why.to_owned()).or_default() += 1;
        }
        Ok(())
    }
}

/// What a row adds to the summary.
enum Counted {
    Accepted { known: bool, consents: u64, skipped: Vec<(String, &'static str)> },
    Rejected { rejects: Vec<Reject>, skipped: Vec<(String, &'static str)> },
}

fn columns_of(mapping: &Mapping, attribute: &AttributeName) -> String {
    let mapped = mapping.parts.iter().flat_map(|part| &part.columns);
    let texts = mapped.filter(|(name, _)| &name.value == attribute).map(|(_, text)| text);
    let names: BTreeSet<&str> = texts.flat_map(|text| text.columns()).map(|c| c.value.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

/// Rows that share a mark come to lie in one group, in their order.
fn by_person(intakes: Vec<Intake>) -> Vec<Vec<Intake>> {
    let mut groups: Vec<Vec<Intake>> = Vec::new();
    let mut group_of: HashMap<Mark, usize> = HashMap::new();
    for intake in intakes {
        let marks: BTreeSet<Mark> = intake.marks().collect();
        let joined: BTreeSet<usize> = marks.iter().filter_map(|mark| group_of.get(mark).copied()).collect();
        let mut joined = joined.into_iter();
        let target = joined.next().unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        let mut rows = vec![intake];
        for other in joined {
            rows.extend(groups.get_mut(other).map(std::mem::take).unwrap_or_default());
            group_of.values_mut().filter(|group| **group == other).for_each(|group| *group = target);
        }
        if let Some(group) = groups.get_mut(target) {
            group.extend(rows);
        }
        group_of.extend(marks.into_iter().map(|mark| (mark, target)));
    }
    groups.retain(|group| !group.is_empty());
    groups.iter_mut().for_each(|group| group.sort_by_key(|intake| intake.row));
    groups
}
