//! What does the system do about a request by itself, and when (clauses 3.1, 3.2, 4.1, 7.4, 7.10)?
//!
//! Advertising stops at once, whoever asks. Once it is known who asks, a copy is made, consents are taken back, processing stops,
//! data are blocked. A destruction is planned and, when enough people stand for it, the data are blocked, destroyed when the time
//! to call it off is over, looked for again, and an act is made once no copy of the keys is left. What a law or a contract kept
//! is followed until it ends as well. A request that nobody proved to be theirs lapses before it could become late. In the end
//! the case is destroyed with everything in it. Each step is one deed; a process that dies between two of them goes on from the
//! next, and a step that finds nothing to do changes nothing.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use saqta_domain::rules::must_answer::{Due, undo_until};
use saqta_domain::rules::must_forget::case_ends;
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::request::course::{Request, RequestState};
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::request::{Effect, Matter, Objection, Outcome, Relation, RequestKind};
use saqta_domain::terms::standing::RestrictionReason;
use saqta_domain::terms::subject::CaseId;
use saqta_store::requests::{Beside, Watched};
use saqta_store::writer::Housekeeping;

use super::effects::{Consents, Effects, is_marketing};
use super::holder::COPY;
use super::letters::Letter;
use super::record::{Body, Fate, Particulars};
use super::{CaseDraft, OpenCase, Yardstick};
use crate::act::{Caller, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::jobs::system;

/// How many steps are made at once.
const STEPS: u32 = 16;

/// How many cases are walked for at once.
const PAGE: u16 = 100;

/// How long a copy can be fetched.
pub(super) const COPY_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long to wait before looking again whether keys are gone from every copy, or a copy for the person was made.
const SOON: SignedDuration = SignedDuration::from_mins(10);

/// What comes next for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Acknowledge,
    StopMarketing,
    Lapse,
    Copy,
    Withdraw,
    Stop,
    Restrict,
    SetConditions,
    Plan,
    Schedule,
    Destroy,
    Verify,
    FindNothing,
    Complete,
    LiftBlocks,
    Forget,
}

/// What became of one step.
pub(super) enum Step {
    /// Something was done; there may be more.
    Done,
    /// Nothing is to be done now.
    Rests,
    /// The data were erased; their keys are destroyed next.
    Erased,
}

impl App {
    /// Does everything about a request that needs nobody.
    pub async fn carry_on(&self, id: CaseId) -> Result<(), Error> {
        for _ in 0..STEPS {
            match settle!(self.carry_on_once(id))? {
                Step::Done => {}
                Step::Erased => drop(self.resume_destructions().await?),
                Step::Rests => return Ok(()),
            }
        }
        Ok(())
    }

    /// The same for every request that somebody has to look at by now; gives their number. One that fails is left to the next
    /// round, and does not keep the others waiting.
    pub(crate) async fn carry_on_all(&self) -> Result<u64, Error> {
        let now = self.now().as_microsecond();
        let mut after: Option<Watched> = None;
        let mut looked = 0;
        loop {
            let page = self.vault.db().cases_watched(now, after, PAGE).await?;
            let Some(last) = page.last().copied() else { return Ok(looked) };
            for watched in &page {
                looked += 1;
                if let Err(error) = self.carry_on(watched.case).await {
                    tracing::error!(%error, "a request was left for the next round");
                }
            }
            after = Some(last);
        }
    }

    async fn carry_on_once(&self, id: CaseId) -> Result<Step, Error> {
        let view = self.view().await?;
        let Some(open) = self.case_of(id).await? else {
            // Its key is gone: a restored data file brought it back.
            self.vault.forget_keyless_case(id).await?;
            return Ok(Step::Rests);
        };
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let due = yard.due(&open.request);
        let Some(next) = self.next(&view, &yard, &open, &due).await? else {
            self.rest_case(&open, &yard, &due).await?;
            return Ok(Step::Rests);
        };
        let caller = system("requests");
        match next {
            Next::Forget => self.forget_case(&caller, &view, &open).await.map(|()| Step::Rests),
            Next::Verify => {
                self.forget_copies(&caller, &view, &open.particulars).await?;
                self.step(next, &caller, &view, &yard, &open).await
            }
            Next::Destroy => self.destroy_for(&caller, &view, &yard, &open).await,
            next => self.step(next, &caller, &view, &yard, &open).await,
        }
    }

    /// What comes next, if anything does that needs nobody.
    async fn next(
        &self,
        view: &View,
        yard: &Yardstick,
        open: &OpenCase,
        due: &Due,
    ) -> Result<Option<Next>, Error> {
        let OpenCase { request, particulars, .. } = open;
        let now = view.now;
        if !request.state.is_open() && request.state != RequestState::Answered(Outcome::Partly) {
            let blocked = !particulars.blocks.is_empty() && request.matter.kind() == RequestKind::Destruction;
            return Ok(match blocked && !request.did(Effect::Destroyed) {
                true => Some(Next::LiftBlocks),
                false => (now >= case_ends(&yard.measure(), request)).then_some(Next::Forget),
            });
        }
        if request.state.is_open() && particulars.acknowledged.is_none() && due.strictest().is_some() {
            return Ok(Some(Next::Acknowledge));
        }
        match request.state {
            RequestState::AwaitingIdentity => {
                let marketing = stops_marketing(view, &request.matter) && !particulars.subjects.is_empty();
                if marketing && !request.did(Effect::MarketingStopped) {
                    return Ok(Some(Next::StopMarketing));
                }
                Ok((now >= due.lapses_at(request)).then_some(Next::Lapse))
            }
            RequestState::InProgress => self.next_in_progress(view, open).await,
            RequestState::Undoable { until } => {
                let waits = now < until || self.waits_for_another(open).await?;
                Ok((!waits).then_some(Next::Destroy))
            }
            RequestState::Answered(_) => self.next_of_partly(view, open).await,
            RequestState::TakenBack | RequestState::Lapsed => Ok(None),
        }
    }

    async fn next_in_progress(&self, view: &View, open: &OpenCase) -> Result<Option<Next>, Error> {
        let OpenCase { request, particulars, .. } = open;
        if let Matter::Objection(Objection::Marketing) = request.matter {
            return Ok(Some(Next::StopMarketing));
        }
        // Whose data it would be done with has to be known, and that a child does not ask alone.
        if particulars.subjects.is_empty() || self.asks_alone_as_a_child(view, request, particulars).await? {
            return Ok(None);
        }
        let promise = view.version.policy.requests.get(&request.matter.kind());
        let four_eyes = promise.is_some_and(|promise| promise.four_eyes);
        Ok(match &request.matter {
            Matter::Access => Some(Next::Copy),
            Matter::Withdrawal { .. } => Some(Next::Withdraw),
            Matter::Stop => Some(Next::Stop),
            Matter::Restriction { .. } => Some(Next::Restrict),
            Matter::Dissemination { .. } => Some(Next::SetConditions),
            Matter::Destruction { .. } if request.did(Effect::Destroyed) => {
                self.copies_ended(particulars).await?.map(|_| Next::Verify)
            }
            Matter::Destruction { purposes, .. } => {
                let blocked = !particulars.blocks.is_empty();
                match &request.plan {
                    _ if blocked => Some(Next::LiftBlocks),
                    // Once it was called off, people decide what becomes of it; and of two that ask the same, the first is done.
                    _ if called_off(open) || self.waits_for_twin(request).await? => None,
                    // A term or another request may have ended it. What a law or a contract keeps is for people to say.
                    _ if !self.holds_any(view, purposes, open).await? => Some(Next::FindNothing),
                    None => {
                        let ends = self.planned(view, purposes, open).await?;
                        ends.iter().any(|plan| !plan.ends.is_empty()).then_some(Next::Plan)
                    }
                    Some(plan) => (!four_eyes || plan.eyes() >= 2).then_some(Next::Schedule),
                }
            }
            Matter::Rectification { .. }
            | Matter::Unrestriction
            | Matter::Objection(_)
            | Matter::Explanation
            | Matter::Complaint
            | Matter::Authority { .. } => None,
        })
    }

    /// Whether what a law or a contract kept has ended as well.
    async fn next_of_partly(&self, view: &View, open: &OpenCase) -> Result<Option<Next>, Error> {
        if !matches!(
            open.request.matter,
            Matter::Withdrawal { .. } | Matter::Stop | Matter::Destruction { .. }
        ) {
            return Ok(None);
        }
        let now = told(&self.fates_now(view, &open.particulars).await?, &named(&open.request.matter));
        Ok(now.iter().all(|fate| fate.state == "stopped").then_some(Next::Complete))
    }

    async fn fates_now(&self, view: &View, particulars: &Particulars) -> Result<Vec<Fate>, Error> {
        let mut fates = Vec::new();
        for record in self.records_of(&particulars.persons()?).await? {
            fates.extend(super::effects::fates(view, record.standing()));
        }
        Ok(fates)
    }

    /// Whether the same was asked before and is still open.
    async fn waits_for_twin(&self, request: &Request) -> Result<bool, Error> {
        for (number, relation) in &request.related {
            if *relation != Relation::Duplicate {
                continue;
            }
            let Some(case) = self.vault.case_numbered(number.0).await? else { continue };
            if OpenCase::read(case)?.request.state.is_open() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a request that needs the data is still open, whichever came first: a copy is made before they are destroyed.
    async fn waits_for_another(&self, open: &OpenCase) -> Result<bool, Error> {
        for person in open.particulars.persons()? {
            let digest = self.registry.persons.digest(person.bytes());
            for id in self.vault.cases_under(&digest).await? {
                let Some(other) = self.case_of(id).await? else { continue };
                let wants_a_copy = other.request.matter.kind() == RequestKind::Access;
                if wants_a_copy && super::holder::is_proven(&other.request) && other.request.state.is_open() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// One step that is a deed like any other.
    async fn step(
        &self,
        next: Next,
        caller: &Caller,
        view: &View,
        yard: &Yardstick,
        open: &OpenCase,
    ) -> Result<Step, Error> {
        let desk = self.papers_for(caller, view, yard, open.request.language).await?;
        let persons = open.particulars.persons()?;
        let number = self.vault.db().next_paper_number().await?;
        let at = view.now;
        let mut looked = Vec::new();
        let mut effects = Effects::default();
        let mut draft = CaseDraft::new(caller, yard, open);
        match next {
            Next::Acknowledge => {
                draft.particulars.acknowledged = Some(number);
                match desk.acknowledgement(number, &draft)? {
                    Some(sheet) => draft.issue(&sheet)?,
                    None => return Ok(Step::Rests),
                }
                draft.then(RequestEvent::Noted { at });
            }
            Next::StopMarketing => {
                effects = self.withdrawing(view, &persons, &Consents::Marketing).await?;
                draft.then(RequestEvent::Executed { what: Effect::MarketingStopped, at });
                draft.particulars.fates = stopped_marketing(view, &effects.fates);
                if matches!(open.request.matter, Matter::Objection(Objection::Marketing)) {
                    let answer = desk.word("answer-marketing-stopped");
                    let basis = desk.clause(RequestKind::Objection);
                    let sheet = desk.reply(number, &draft, answer, basis)?;
                    self.answer(&mut draft, &sheet, Outcome::Done)?;
                }
            }
            Next::Lapse => draft.then(RequestEvent::Lapsed { at }),
            Next::Copy => {
                let report = self.report(&desk, &draft).await?;
                draft.then(RequestEvent::Executed { what: Effect::CopyMade, at });
                let until = at.checked_add(COPY_KEPT).unwrap_or(at).as_microsecond();
                draft.step(open.case.file_step(COPY, &report.answer.json()?, until)?);
                let sheet = report.answer.sheet(&desk, number, &draft)?;
                self.answer(&mut draft, &sheet, Outcome::Done)?;
                looked = report.looked;
            }
            Next::Withdraw => {
                let Matter::Withdrawal { purposes, channel } = &open.request.matter else {
                    return Ok(Step::Rests);
                };
                effects = self.withdrawing(view, &persons, &Consents::Of(purposes, channel.as_ref())).await?;
                draft.then(RequestEvent::Executed { what: Effect::ConsentsWithdrawn, at });
                draft.particulars.fates =
                    with_earlier(told(&effects.fates, purposes), &open.particulars.fates);
                self.answer_by_fates(&desk, &mut draft, number)?;
            }
            Next::Stop => {
                effects = self.stopping(view, &persons).await?;
                draft.then(RequestEvent::Executed { what: Effect::ProcessingStopped, at });
                draft.particulars.fates = with_earlier(effects.fates.clone(), &open.particulars.fates);
                self.answer_by_fates(&desk, &mut draft, number)?;
            }
            Next::Restrict => {
                let Matter::Restriction { ground, attributes } = &open.request.matter else {
                    return Ok(Step::Rests);
                };
                let reason = ground.map_or(RestrictionReason::Inaccurate, Into::into);
                effects = self.restricting(view, &persons, attributes, reason).await?;
                if effects.drafted.is_empty() {
                    return Ok(Step::Rests);
                }
                draft.then(RequestEvent::Executed { what: Effect::Restricted, at });
                draft.particulars.blocks.append(&mut effects.blocks);
                let names = names_of(&effects);
                let sheet = desk.restriction(number, &draft, &names, None)?;
                self.answer(&mut draft, &sheet, Outcome::Done)?;
            }
            Next::SetConditions => {
                let Matter::Dissemination { attributes } = &open.request.matter else {
                    return Ok(Step::Rests);
                };
                effects = self.restricting(view, &persons, attributes, RestrictionReason::NotNeeded).await?;
                if effects.drafted.is_empty() {
                    return Ok(Step::Rests);
                }
                draft.then(RequestEvent::Executed { what: Effect::ConditionsSet, at });
                draft.particulars.blocks.append(&mut effects.blocks);
                let answer = desk.word("answer-conditions-set");
                let sheet = desk.reply(number, &draft, answer, desk.clause(RequestKind::Dissemination))?;
                self.answer(&mut draft, &sheet, Outcome::Done)?;
            }
            Next::Plan => draft.then(RequestEvent::Planned { by: None, at }),
            Next::FindNothing => {
                draft.then(RequestEvent::Executed { what: Effect::NothingHeld, at });
                let answer = desk.word("answer-nothing-held");
                let sheet = desk.reply(number, &draft, answer, desk.clause(open.request.matter.kind()))?;
                self.answer(&mut draft, &sheet, Outcome::Done)?;
            }
            Next::Schedule => {
                let until = undo_until(&yard.measure(), &open.request);
                draft.then(RequestEvent::Scheduled { until, at });
                effects =
                    self.restricting(view, &persons, &BTreeSet::new(), RestrictionReason::NotNeeded).await?;
                draft.particulars.blocks.append(&mut effects.blocks);
                draft.then(RequestEvent::Executed { what: Effect::Restricted, at });
            }
            Next::Verify => {
                let Some(times) = self.copies_ended(&open.particulars).await? else { return Ok(Step::Rests) };
                let left = self.left_of(&open.particulars).await?;
                if let Some(ending) = &mut draft.particulars.ending {
                    ending.left = left;
                }
                draft.then(RequestEvent::Executed { what: Effect::DestructionVerified, at });
                let destroyed = self.entries_of_destruction(open, &times).await?;
                let [extract, answer] = [1, 2].map(|after| number.saturating_add(after));
                let extract = desk.extract((extract, number), &draft, &times, destroyed)?;
                let (act, answer) = desk.destruction((number, answer), &draft, &times)?;
                draft.issue(&act)?;
                draft.issue(&extract)?;
                let outcome = outcome_of(&draft.particulars.fates);
                self.answer(&mut draft, &answer, outcome)?;
            }
            Next::Complete => {
                let fates = self.fates_now(view, &open.particulars).await?;
                draft.particulars.fates = told(&fates, &named(&open.request.matter));
                let sheet = match draft.particulars.fates.is_empty() {
                    true => {
                        let answer = desk.word("answer-all-ended");
                        desk.reply(number, &draft, answer, desk.clause(open.request.matter.kind()))?
                    }
                    false => desk.withdrawal(number, &draft)?,
                };
                self.answer(&mut draft, &sheet, Outcome::Done)?;
            }
            Next::LiftBlocks => {
                effects = self.lifting(view, &persons, Some(&open.particulars.blocks)).await?;
                draft.particulars.blocks.clear();
                draft.then(RequestEvent::Noted { at });
            }
            Next::Destroy | Next::Forget => return Ok(Step::Rests),
        }
        if let Some(refusal) = draft.denied.take() {
            // The rules say no: somebody else came first, or has to decide.
            tracing::debug!(code = refusal.code.as_str(), "a request does not go on by itself");
            self.rest_case(open, yard, &yard.due(&open.request)).await?;
            return Ok(Step::Rests);
        }
        for (entry, record) in &looked {
            draft.step(record.unchanged());
            draft.look(entry.again(), record.tags());
        }
        draft.wake_at = Some(at);
        self.commit_case(draft, view, effects.drafted).await?;
        Ok(Step::Done)
    }

    /// Says the outcome, with the paper and a letter that tells of it.
    pub(super) fn answer(
        &self,
        draft: &mut CaseDraft<'_>,
        sheet: &saqta_documents::sheet::Sheet,
        outcome: Outcome,
    ) -> Result<(), Error> {
        draft.issue(sheet)?;
        let at = draft.now();
        draft.then(RequestEvent::Answered { outcome, at });
        match Letter::answered(self, draft, outcome) {
            Some(letter) => draft.letter(self, letter),
            None => Ok(()),
        }
    }

    fn answer_by_fates(
        &self,
        desk: &super::papers::Desk<'_>,
        draft: &mut CaseDraft<'_>,
        number: u64,
    ) -> Result<(), Error> {
        let outcome = outcome_of(&draft.particulars.fates);
        let sheet = match draft.particulars.fates.is_empty() {
            true => {
                let answer = desk.word("answer-nothing-to-withdraw");
                desk.reply(number, draft, answer, desk.clause(draft.request.matter.kind()))?
            }
            false => desk.withdrawal(number, draft)?,
        };
        self.answer(draft, &sheet, outcome)
    }

    /// Puts off the next look, where nothing is to be done now.
    pub(super) async fn rest_case(&self, open: &OpenCase, yard: &Yardstick, due: &Due) -> Result<(), Error> {
        let draft_watch = {
            let caller = system("requests");
            let mut draft = CaseDraft::new(&caller, yard, open);
            let keys_end = open.request.did(Effect::Destroyed) && open.request.state.is_open();
            let waits = matches!(open.request.state, RequestState::Undoable { until } if until <= yard.now);
            if keys_end || waits {
                draft.wake_at = yard.now.checked_add(SOON).ok();
            }
            draft.watch_at(due)
        };
        let beside = Beside {
            answered: !open.request.state.is_open(),
            due_at: due.strictest().map(|clock| clock.due.as_microsecond()),
            watch_at: Some(draft_watch.as_microsecond()),
        };
        let body = Body::write(&open.events, &open.particulars)?;
        let over = open.case.forget_files_step(yard.now.as_microsecond());
        let steps = vec![open.case.change_step(beside, &body)?, over];
        self.vault.db().commit_housekeeping(steps, Housekeeping::Jobs).await?;
        Ok(())
    }
}

/// Whether the request ends advertising whatever else it does: that harms nobody, so it waits for nothing.
fn stops_marketing(view: &View, matter: &Matter) -> bool {
    match matter {
        Matter::Objection(Objection::Marketing) | Matter::Stop => true,
        Matter::Withdrawal { purposes, .. } => {
            purposes.is_empty() || purposes.iter().any(|purpose| is_marketing(view, purpose))
        }
        _ => false,
    }
}

/// Whether a destruction was called off since it last began.
pub(super) fn called_off(open: &OpenCase) -> bool {
    let decided = |event: &&RequestEvent| {
        matches!(
            event,
            RequestEvent::Undone { .. } | RequestEvent::Planned { .. } | RequestEvent::Approved { .. }
        )
    };
    matches!(open.events.iter().rev().find(decided), Some(RequestEvent::Undone { .. }))
}

/// The purposes that a request names; none stands for all.
fn named(matter: &Matter) -> BTreeSet<PurposeName> {
    match matter {
        Matter::Withdrawal { purposes, .. } | Matter::Destruction { purposes, .. } => purposes.clone(),
        _ => BTreeSet::new(),
    }
}

/// The purposes that a withdrawal speaks of, and those that go on.
fn told(fates: &[Fate], purposes: &BTreeSet<PurposeName>) -> Vec<Fate> {
    let named = |fate: &&Fate| purposes.is_empty() || purposes.iter().any(|p| p.as_str() == fate.purpose);
    fates.iter().filter(named).cloned().collect()
}

/// Advertising that has stopped: its data may be gone before the rest is answered, and the answer tells of it all the same.
fn stopped_marketing(view: &View, fates: &[Fate]) -> Vec<Fate> {
    let marketing = |fate: &&Fate| {
        fate.state == "stopped"
            && PurposeName::new(&fate.purpose).is_ok_and(|purpose| is_marketing(view, &purpose))
    };
    fates.iter().filter(marketing).cloned().collect()
}

/// What became of the purposes now, and of those of which nothing is left to ask.
fn with_earlier(mut now: Vec<Fate>, earlier: &[Fate]) -> Vec<Fate> {
    for fate in earlier {
        if !now.iter().any(|one| one.purpose == fate.purpose) {
            now.push(fate.clone());
        }
    }
    now
}

fn outcome_of(fates: &[Fate]) -> Outcome {
    if fates.iter().all(|fate| fate.state == "stopped") { Outcome::Done } else { Outcome::Partly }
}

pub(super) fn names_of(effects: &Effects<'_>) -> Vec<String> {
    effects.ends.iter().map(|name| name.as_str().to_owned()).collect()
}
