//! How is what a member of staff does about a request carried out (clauses 3.2, 7.1, 10)?
//!
//! Each deed becomes events that [`may_move`](saqta_domain::rules::may_move) permits to that member of staff, with what it does to
//! data and the papers that tell of it, in one transaction. What the rules refuse is refused here, whatever a page offered.

use jiff::civil::Date;
use saqta_domain::rules::must_answer::undo_until;
use saqta_domain::rules::must_identify::is_enough;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::law::Adds;
use saqta_domain::terms::request::event::{Identity, RequestEvent};
use saqta_domain::terms::request::{Applicant, Effect, Matter, Objection, Outcome, RequestKind, Rung};
use saqta_domain::terms::standing::RestrictionReason;

use super::carry_on::called_off;
use super::desk::Deed;
use super::effects::Effects;
use super::file::{said, values_in_bounds};
use super::record::{Contact, Note, Proposed, RepresentativeSeen};
use super::{CaseDraft, OpenCase, RequestFault, Yardstick};
use crate::act::{Caller, is_taken, settle};
use crate::error::Error;
use crate::instance::{App, View};

/// How much a member of staff may write into one field.
const LONGEST: usize = 4_000;

impl App {
    /// Does something about a request, or refuses.
    pub async fn do_deed(&self, caller: &Caller, number: u64, deed: &Deed) -> Result<(), Error> {
        check(deed).map_err(Error::Request)?;
        let case = match settle!(self.do_deed_once(caller, number, deed)) {
            // A corrected value that is findable belongs to somebody else already.
            Err(error) if is_taken(&error) => return Err(Error::IdentifierTaken),
            done => done?,
        };
        if let Err(error) = self.carry_on(case).await {
            tracing::error!(%error, "a request is left for the next round");
        }
        Ok(())
    }

    async fn do_deed_once(
        &self,
        caller: &Caller,
        number: u64,
        deed: &Deed,
    ) -> Result<saqta_domain::terms::subject::CaseId, Error> {
        let view = self.view().await?;
        let case = self.vault.case_numbered(number).await?.ok_or(Error::NotFound)?;
        let open = OpenCase::read(case)?;
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(caller, &yard, &open);
        // What cannot be offered for such a request is not done because somebody forged the form.
        if first_event(deed.kind(), &open, &yard, "").is_none() {
            return Err(Error::Request(RequestFault::NothingToDo));
        }
        let effects = self.drafted(caller, &view, &yard, &open, &mut draft, deed).await?;
        if let Some(refusal) = draft.denied.take() {
            return Err(self.refuse_move(caller, &view, Some(&open), "request.deed", refusal).await);
        }
        draft.wake_at = Some(view.now);
        self.commit_case(draft, &view, effects.drafted).await?;
        Ok(open.case.id())
    }

    async fn drafted<'v>(
        &'v self,
        caller: &Caller,
        view: &'v View,
        yard: &Yardstick,
        open: &OpenCase,
        draft: &mut CaseDraft<'_>,
        deed: &Deed,
    ) -> Result<Effects<'v>, Error> {
        let at = view.now;
        let by = match &*caller.actor {
            Actor::Staff { id, .. } => id.clone(),
            Actor::Key { .. } | Actor::System(_) | Actor::Subject => String::new(),
        };
        let desk = self.papers_for(caller, view, yard, open.request.language).await?;
        let number = self.vault.db().next_paper_number().await?;
        let persons = open.particulars.persons()?;
        let mut effects = Effects::default();
        match deed {
            Deed::IdentifyByFacts => {
                on_file(open)?;
                draft.then(RequestEvent::Identified { rung: Rung::OrderFacts, at });
            }
            Deed::IdentifyRepresentative(seen) => {
                let until: Date =
                    seen.until.parse().map_err(|_| Error::Request(RequestFault::DayMalformed))?;
                if until < at.to_zoned(yard.zone()).date() {
                    return Err(Error::Request(RequestFault::AuthorityMissing));
                }
                on_file(open)?;
                draft.particulars.representative = Some(seen.clone());
                draft.then(RequestEvent::Identified { rung: Rung::Representative, at });
            }
            Deed::FindPerson { contact } => {
                let contact = Contact::read(contact).map_err(Error::Request)?;
                let found = self.persons_under(view, &contact).await?;
                if found.is_empty() {
                    return Err(Error::Request(RequestFault::NobodyOnFile));
                }
                for person in &found {
                    draft.found_by(self.registry.persons.digest(person.bytes()));
                }
                // A code that was sent before shows that somebody else's contact is theirs.
                draft.particulars.code = None;
                draft.particulars.subjects = found.iter().map(ToString::to_string).collect();
                draft.particulars.was_on_file = false;
                draft.then(RequestEvent::Noted { at });
            }
            Deed::SeeDocuments { evidence } => {
                draft.particulars.evidence = evidence.trim().to_owned();
                draft.then(RequestEvent::DocumentsSeen { at });
            }
            Deed::Note { text } => {
                let note = Note { at: at.as_microsecond(), by, text: text.trim().to_owned() };
                draft.particulars.notes.push(note);
                draft.then(RequestEvent::Noted { at });
            }
            Deed::Reclassify { matter, proposed } => {
                let known = open.request.proof.map(|proof| proof.rung);
                let enough = known.filter(|rung| is_enough(*rung, matter, open.request.by));
                let free = is_enough(Rung::Nothing, matter, open.request.by).then_some(Rung::Nothing);
                let identity = enough.or(free).map_or(Identity::Awaited, Identity::Proven);
                let from = open.request.matter.kind();
                if !proposed.is_empty() {
                    draft.particulars.proposed = proposed.iter().map(Proposed::of).collect();
                }
                draft.then(RequestEvent::Reclassified { from, to: matter.clone(), identity, by, at });
                let alone = open.request.by != Applicant::Representative;
                if identity == Identity::Awaited && alone && draft.denied.is_none() {
                    let on_file = self.is_theirs(view, &draft.request, &open.particulars).await?;
                    self.send_code(draft, on_file)?;
                }
            }
            Deed::Approve => draft.then(match &open.request.plan {
                Some(_) => RequestEvent::Approved { by, at },
                None => RequestEvent::Planned { by: Some(by), at },
            }),
            Deed::Schedule => {
                let until = undo_until(&yard.measure(), &open.request);
                draft.then(RequestEvent::Scheduled { until, at });
                if draft.denied.is_none() {
                    let everything = std::collections::BTreeSet::new();
                    effects =
                        self.restricting(view, &persons, &everything, RestrictionReason::NotNeeded).await?;
                    draft.particulars.blocks.append(&mut effects.blocks);
                    draft.then(RequestEvent::Executed { what: Effect::Restricted, at });
                }
            }
            Deed::Undo => draft.then(RequestEvent::Undone { at }),
            Deed::Rectify => {
                effects = self.rectifying(view, &open.request, &open.particulars).await?;
                if effects.drafted.is_empty() {
                    return Err(Error::Request(RequestFault::NothingToDo));
                }
                draft.then(RequestEvent::Executed { what: Effect::Rectified, at });
                draft.particulars.changes.clone_from(&effects.changes);
                let sheet = desk.rectification(number, draft)?;
                self.answer(draft, &sheet, Outcome::Done)?;
            }
            Deed::Lift { found } => {
                effects = self.lifting(view, &persons, None).await?;
                if effects.drafted.is_empty() {
                    return Err(Error::Request(RequestFault::NothingToDo));
                }
                draft.then(RequestEvent::Executed { what: Effect::Unrestricted, at });
                let names: Vec<String> = effects.ends.iter().map(|name| name.as_str().to_owned()).collect();
                let sheet = desk.restriction(number, draft, &names, Some(found.trim()))?;
                self.answer(draft, &sheet, Outcome::Done)?;
            }
            Deed::DecideAnew { answer } => {
                draft.then(RequestEvent::Executed { what: Effect::DecidedAnew, at });
                let basis = desk.clause(RequestKind::Objection);
                let sheet = desk.reply(number, draft, answer.trim().to_owned(), basis)?;
                self.answer(draft, &sheet, Outcome::Done)?;
            }
            Deed::Answer { answer, basis } => {
                let basis = match basis.trim() {
                    "" => desk.clause(open.request.matter.kind()),
                    basis => basis.to_owned(),
                };
                let sheet = desk.reply(number, draft, answer.trim().to_owned(), basis)?;
                draft.said = Some(answer.trim().to_owned());
                self.answer(draft, &sheet, Outcome::Done)?;
            }
            Deed::AnswerAuthority { answers } => {
                if let Some(letter) = &mut draft.particulars.letter {
                    letter.answers = answers.iter().map(|answer| answer.trim().to_owned()).collect();
                }
                draft.then(RequestEvent::Executed { what: Effect::PackMade, at });
                let (pack, sheet) = self.make_pack(&desk, number, draft).await?;
                // The pack ends with its case.
                draft.step(open.case.file_step(super::pack::NAME, &pack, i64::MAX)?);
                self.answer(draft, &sheet, Outcome::Done)?;
            }
            Deed::Refuse { refused, reason, article, can_do } => {
                let said = (refused.trim(), reason.trim(), article.trim(), can_do.trim());
                let sheet = desk.refusal(number, draft, said)?;
                self.answer(draft, &sheet, Outcome::Refused)?;
            }
            Deed::Pause { pack, reason } => {
                let (pack, reason) = (pack.clone(), reason.clone());
                draft.then(RequestEvent::Paused { pack, reason, at });
            }
            Deed::Resume => draft.then(RequestEvent::Resumed { at }),
            Deed::Extend { pack, reason } => {
                let adds = yard.measure().laws.iter().flat_map(|law| &law.extensions).find_map(|extension| {
                    let named = extension.pack == *pack && extension.reason == *reason;
                    match extension.adds {
                        Adds::Time(within) if named => Some(within),
                        Adds::Time(_) | Adds::Pause => None,
                    }
                });
                let adds = adds.ok_or(Error::Request(RequestFault::NothingNamed))?;
                let (pack, reason) = (pack.clone(), reason.clone());
                draft.then(RequestEvent::Extended { pack, reason, adds, at });
            }
            Deed::TakeBack => draft.then(RequestEvent::TakenBack { at }),
        }
        Ok(effects)
    }
}

/// Nothing is shown of somebody who is not on file.
fn on_file(open: &OpenCase) -> Result<(), Error> {
    match open.particulars.subjects.is_empty() {
        true => Err(Error::Request(RequestFault::NobodyOnFile)),
        false => Ok(()),
    }
}

/// What can be said of a deed by itself.
fn check(deed: &Deed) -> Result<(), RequestFault> {
    let words = |texts: &[&str]| match texts {
        texts if texts.iter().any(|text| said(text).is_empty()) => Err(RequestFault::WordsMissing),
        texts if texts.iter().any(|text| text.chars().count() > LONGEST) => Err(RequestFault::WordsTooLong),
        _ => Ok(()),
    };
    match deed {
        Deed::IdentifyRepresentative(RepresentativeSeen { kind, number, .. }) => {
            words(&[kind, number]).map_err(|_| RequestFault::AuthorityMissing)
        }
        Deed::SeeDocuments { evidence } => words(&[evidence]),
        Deed::Note { text } => words(&[text]),
        Deed::Lift { found } => words(&[found]),
        Deed::DecideAnew { answer } | Deed::Answer { answer, .. } => words(&[answer]),
        Deed::AnswerAuthority { answers } => {
            let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
            words(&answers)
        }
        Deed::Refuse { refused, reason, article, can_do } => words(&[refused, reason, article, can_do]),
        Deed::Reclassify { matter: Matter::Rectification { attributes, .. }, .. }
            if attributes.is_empty() =>
        {
            Err(RequestFault::NothingNamed)
        }
        Deed::Reclassify { proposed, .. } => values_in_bounds(proposed),
        Deed::IdentifyByFacts
        | Deed::FindPerson { .. }
        | Deed::Approve
        | Deed::Schedule
        | Deed::Undo
        | Deed::Rectify
        | Deed::Pause { .. }
        | Deed::Resume
        | Deed::Extend { .. }
        | Deed::TakeBack => Ok(()),
    }
}

/// What is asked of the rules to learn whether a deed may be offered: the event it would bring first.
pub(super) fn first_event(
    kind: super::desk::DeedKind,
    open: &OpenCase,
    yard: &Yardstick,
    by: &str,
) -> Option<RequestEvent> {
    use super::desk::DeedKind as K;
    let (at, by) = (yard.now, by.to_owned());
    let request = &open.request;
    let executed = |what: Effect| Some(RequestEvent::Executed { what, at });
    let reason = |pause: bool| {
        let measure = yard.measure();
        let found =
            measure.laws.iter().flat_map(|law| &law.extensions).find(|extension| {
                extension.covers(&request.matter) && (extension.adds == Adds::Pause) == pause
            });
        found.cloned()
    };
    match kind {
        K::IdentifyByFacts => Some(RequestEvent::Identified { rung: Rung::OrderFacts, at }),
        K::IdentifyRepresentative => Some(RequestEvent::Identified { rung: Rung::Representative, at }),
        K::FindPerson if request.by == Applicant::Authority => None,
        K::FindPerson
            if !request.state.is_open() || request.proof.is_some_and(|p| p.rung != Rung::Nothing) =>
        {
            None
        }
        K::FindPerson | K::Note => Some(RequestEvent::Noted { at }),
        K::SeeDocuments => Some(RequestEvent::DocumentsSeen { at }),
        K::Reclassify => {
            let to = match request.matter {
                Matter::Explanation => Matter::Complaint,
                _ => Matter::Explanation,
            };
            let identity = Identity::Proven(Rung::Nothing);
            Some(RequestEvent::Reclassified { from: request.matter.kind(), to, identity, by, at })
        }
        K::Approve if request.matter.kind() == RequestKind::Destruction => match request.plan {
            Some(_) => Some(RequestEvent::Approved { by, at }),
            None if called_off(open) => Some(RequestEvent::Planned { by: Some(by), at }),
            None => None,
        },
        K::Approve => None,
        K::Schedule => Some(RequestEvent::Scheduled { until: undo_until(&yard.measure(), request), at }),
        K::Undo => Some(RequestEvent::Undone { at }),
        K::Rectify if request.matter.kind() == RequestKind::Rectification => executed(Effect::Rectified),
        K::Lift if request.matter.kind() == RequestKind::Unrestriction => executed(Effect::Unrestricted),
        K::DecideAnew if matches!(request.matter, Matter::Objection(Objection::AutomatedDecision)) => {
            executed(Effect::DecidedAnew)
        }
        K::AnswerAuthority if request.matter.kind() == RequestKind::Authority => executed(Effect::PackMade),
        K::Rectify | K::Lift | K::DecideAnew | K::AnswerAuthority => None,
        K::Answer if matches!(request.matter, Matter::Explanation | Matter::Complaint) => {
            Some(RequestEvent::Answered { outcome: Outcome::Done, at })
        }
        K::Answer => None,
        K::Refuse => Some(RequestEvent::Answered { outcome: Outcome::Refused, at }),
        K::Pause => {
            let extension = reason(true)?;
            Some(RequestEvent::Paused { pack: extension.pack, reason: extension.reason, at })
        }
        K::Resume => Some(RequestEvent::Resumed { at }),
        K::Extend => {
            let extension = reason(false)?;
            let Adds::Time(adds) = extension.adds else { return None };
            Some(RequestEvent::Extended { pack: extension.pack, reason: extension.reason, adds, at })
        }
        K::TakeBack => Some(RequestEvent::TakenBack { at }),
    }
}
