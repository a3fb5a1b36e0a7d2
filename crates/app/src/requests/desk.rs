//! What do staff see of requests, and what can they do about one (clauses 3.2, 7.1, 10)?
//!
//! A list says who waits and until when, without a value of anybody. Opening a request is a look at a person, and on record. What
//! somebody may do next is asked of the same rule that decides when they do it, so that a page offers nothing that is refused.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use saqta_documents::sheet_html::sheet_article;
use saqta_domain::rules::may_move::may_move;
use saqta_domain::rules::must_answer::{Due, Lateness};
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::age::OF_AGE;
use saqta_domain::terms::law::Adds;
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::request::Matter;
use saqta_domain::terms::request::course::Request;
use saqta_domain::terms::request::event::RequestEvent;

use super::OpenCase;
use super::certificate::ConsentNamed;
use super::deeds::first_event;
use super::holder::{PaperSeen, seen};
use super::kept::Undelivered;
use super::record::{AuthorityLetter, Change, Contact, Fate, Note, RepresentativeSeen};
use crate::act::{Caller, Entry, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::mail::seen::LetterSeen;

/// A request in a list.
pub struct Listed {
    /// What happened to it.
    pub request: Request,
    /// By when it must be answered.
    pub due: Due,
    /// Whether it is late.
    pub lateness: Lateness,
    /// The zone in which its days are counted.
    pub zone: TimeZone,
    /// Who asked, as far as a list shows it: a name, a masked contact, or an authority.
    pub who: String,
}

/// A request that was opened.
pub struct Shown {
    /// What happened to it.
    pub request: Request,
    /// What happened, in its order: when, and the stable word of it with what belongs to it.
    pub history: Vec<(Timestamp, Happened)>,
    /// By when it must be answered.
    pub due: Due,
    /// Whether it is late.
    pub lateness: Lateness,
    /// The zone in which its days are counted.
    pub zone: TimeZone,
    /// What the applicant calls themselves.
    pub name: String,
    /// The contact that was named.
    pub contact: Option<String>,
    /// Where the answer goes, where that is another contact.
    pub answer_to: Option<String>,
    /// What was asked, in the applicant's words.
    pub text: String,
    /// How many persons are on file under the contact.
    pub on_file: usize,
    /// How old the person is, where a date of birth is held: years, and only below eighteen.
    pub minor: Option<u8>,
    /// Whose authority was seen.
    pub representative: Option<RepresentativeSeen>,
    /// The letter of an authority.
    pub letter: Option<AuthorityLetter>,
    /// What supporting documents were seen.
    pub evidence: String,
    /// Values as they stand and as they are said to be right.
    pub compared: Vec<Compared>,
    /// What would end and what would stay, purpose by purpose, while a plan is being made.
    pub plan: Vec<Planned>,
    /// What became of each purpose.
    pub fates: Vec<Fate>,
    /// What was corrected.
    pub changes: Vec<Change>,
    /// What staff wrote down.
    pub notes: Vec<Note>,
    /// The letters that came by e-mail, the first of them the one it began with.
    pub letters: Vec<LetterSeen>,
    /// Letters of ours that did not arrive.
    pub undelivered: Vec<Undelivered>,
    /// The papers that were issued.
    pub papers: Vec<PaperSeen>,
    /// The consents of the person that can be certified.
    pub consents: BTreeSet<ConsentNamed>,
    /// What the caller may do now.
    pub may: BTreeSet<DeedKind>,
    /// For which reasons its term may stand still or be made longer: pack, reason, and what it adds.
    pub reasons: Vec<(String, String, String)>,
}

/// What happened, for people to read.
pub struct Happened {
    /// The stable word, such as `filed`.
    pub word: &'static str,
    /// The key of the words for what belongs to it: a rung, an effect, an outcome, a relation.
    pub detail: Option<String>,
    /// The account of the member of staff who did it, where one did and it says so.
    pub by: Option<String>,
}

/// A value beside what it should be.
pub struct Compared {
    /// The attribute.
    pub attribute: String,
    /// The purpose in whose data it stands.
    pub purpose: Option<String>,
    /// What stands there; nothing where none is held.
    pub now: Option<String>,
    /// What is said to be right.
    pub proposed: String,
}

/// What a destruction would do to one compartment of somebody.
pub struct Planned {
    /// Attributes whose values end.
    pub ends: Vec<String>,
    /// Purposes that stay, with the ground and the end.
    pub stays: Vec<Fate>,
    /// Why nothing ends there, as a code of a refusal.
    pub refused: Option<&'static str>,
}

/// What a member of staff does about a request.
#[derive(Clone, Debug)]
pub enum Deed {
    /// They checked facts about an order and called a known contact back.
    IdentifyByFacts,
    /// They saw the authority of somebody who acts for the person.
    IdentifyRepresentative(RepresentativeSeen),
    /// They found the person on file under another contact.
    FindPerson {
        /// The contact.
        contact: String,
    },
    /// They saw supporting documents, and say what these were.
    SeeDocuments {
        /// What they were. No copy is kept.
        evidence: String,
    },
    /// They write something down.
    Note {
        /// What.
        text: String,
    },
    /// It wants something else than it was taken for.
    Reclassify {
        /// What it wants.
        matter: Matter,
        /// The values that are said to be right; where none is named, those that were named before stay.
        proposed: Vec<(AttributeName, String)>,
    },
    /// They stand for the plan of a destruction.
    Approve,
    /// The destruction begins: the data are blocked, and destroyed when the time to call it off is over.
    Schedule,
    /// They call a destruction off.
    Undo,
    /// They put the data right as was asked.
    Rectify,
    /// They lift the blocks.
    Lift {
        /// What was found.
        found: String,
    },
    /// A human decided anew.
    DecideAnew {
        /// What was decided and why.
        answer: String,
    },
    /// They answer in words.
    Answer {
        /// The answer.
        answer: String,
        /// What it rests on.
        basis: String,
    },
    /// They answer an authority, point by point; the pack is made with it.
    AnswerAuthority {
        /// The answers, in the order of the questions.
        answers: Vec<String>,
    },
    /// They refuse.
    Refuse {
        /// What exactly.
        refused: String,
        /// Why, in plain words.
        reason: String,
        /// The article of the law.
        article: String,
        /// What the person can do.
        can_do: String,
    },
    /// The term stands still, for a reason of the law.
    Pause {
        /// The law pack.
        pack: String,
        /// The reason.
        reason: String,
    },
    /// The term runs again.
    Resume,
    /// The term is made longer, for a reason of the law.
    Extend {
        /// The law pack.
        pack: String,
        /// The reason.
        reason: String,
    },
    /// The applicant took it back, as staff were told.
    TakeBack,
}

impl Deed {
    /// Its kind.
    pub fn kind(&self) -> DeedKind {
        match self {
            Self::IdentifyByFacts => DeedKind::IdentifyByFacts,
            Self::IdentifyRepresentative(_) => DeedKind::IdentifyRepresentative,
            Self::FindPerson { .. } => DeedKind::FindPerson,
            Self::SeeDocuments { .. } => DeedKind::SeeDocuments,
            Self::Note { .. } => DeedKind::Note,
            Self::Reclassify { .. } => DeedKind::Reclassify,
            Self::Approve => DeedKind::Approve,
            Self::Schedule => DeedKind::Schedule,
            Self::Undo => DeedKind::Undo,
            Self::Rectify => DeedKind::Rectify,
            Self::Lift { .. } => DeedKind::Lift,
            Self::DecideAnew { .. } => DeedKind::DecideAnew,
            Self::Answer { .. } => DeedKind::Answer,
            Self::AnswerAuthority { .. } => DeedKind::AnswerAuthority,
            Self::Refuse { .. } => DeedKind::Refuse,
            Self::Pause { .. } => DeedKind::Pause,
            Self::Resume => DeedKind::Resume,
            Self::Extend { .. } => DeedKind::Extend,
            Self::TakeBack => DeedKind::TakeBack,
        }
    }
}

impl DeedKind {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::IdentifyByFacts,
        Self::IdentifyRepresentative,
        Self::FindPerson,
        Self::SeeDocuments,
        Self::Note,
        Self::Reclassify,
        Self::Approve,
        Self::Schedule,
        Self::Undo,
        Self::Rectify,
        Self::Lift,
        Self::DecideAnew,
        Self::Answer,
        Self::AnswerAuthority,
        Self::Refuse,
        Self::Pause,
        Self::Resume,
        Self::Extend,
        Self::TakeBack,
    ];
}

/// The kinds of [`Deed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeedKind {
    /// [`Deed::IdentifyByFacts`].
    IdentifyByFacts,
    /// [`Deed::IdentifyRepresentative`].
    IdentifyRepresentative,
    /// [`Deed::FindPerson`].
    FindPerson,
    /// [`Deed::SeeDocuments`].
    SeeDocuments,
    /// [`Deed::Note`].
    Note,
    /// [`Deed::Reclassify`].
    Reclassify,
    /// [`Deed::Approve`].
    Approve,
    /// [`Deed::Schedule`].
    Schedule,
    /// [`Deed::Undo`].
    Undo,
    /// [`Deed::Rectify`].
    Rectify,
    /// [`Deed::Lift`].
    Lift,
    /// [`Deed::DecideAnew`].
    DecideAnew,
    /// [`Deed::Answer`].
    Answer,
    /// [`Deed::AnswerAuthority`].
    AnswerAuthority,
    /// [`Deed::Refuse`].
    Refuse,
    /// [`Deed::Pause`].
    Pause,
    /// [`Deed::Resume`].
    Resume,
    /// [`Deed::Extend`].
    Extend,
    /// [`Deed::TakeBack`].
    TakeBack,
}

/// A period of the journal.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

/// How many requests are read for one page of those that are closed.
const PAGE: u16 = 50;

/// How many open requests are read at once.
const AT_ONCE: u16 = 200;

impl App {
    /// Every open request, the soonest due first.
    pub async fn open_requests(&self, caller: &Caller) -> Result<Vec<Listed>, Error> {
        on_duty(caller)?;
        let mut listed = Vec::new();
        let mut after = 0;
        loop {
            let page = self.vault.open_cases(after, AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after = last.number();
            for case in page {
                listed.push(self.listed(OpenCase::read(case)?)?);
            }
        }
        listed.sort_by_key(|one| {
            let due = one.due.strictest().map_or(Timestamp::MAX, |clock| clock.due);
            (due, one.request.number)
        });
        Ok(listed)
    }

    /// Requests that are closed, the newest first, from before a number on.
    pub async fn answered_requests(
        &self,
        caller: &Caller,
        before: Option<u64>,
    ) -> Result<Vec<Listed>, Error> {
        on_duty(caller)?;
        let page = self.vault.answered_cases(before.unwrap_or(u64::MAX), PAGE).await?;
        page.into_iter().map(|case| self.listed(OpenCase::read(case)?)).collect()
    }

    fn listed(&self, open: OpenCase) -> Result<Listed, Error> {
        let now = self.now();
        let yard = self.yardstick(open.request.filed_at, now)?;
        let due = yard.due(&open.request);
        let particulars = &open.particulars;
        let letter = particulars.letter.as_ref().map(|letter| letter.authority.clone());
        let named = Some(particulars.name.clone()).filter(|name| !name.is_empty());
        let contact = particulars.contact.as_ref().map(Contact::masked);
        Ok(Listed {
            lateness: due.lateness(&open.request, now),
            due,
            zone: yard.zone(),
            who: letter.or(named).or(contact).unwrap_or_default(),
            request: open.request,
        })
    }

    /// Opens a request. That is a look at whoever asked, and at whoever it is about, and on record.
    pub async fn look_at_request(&self, caller: &Caller, number: u64) -> Result<Shown, Error> {
        settle!(self.look_at_request_once(caller, number))
    }

    async fn look_at_request_once(&self, caller: &Caller, number: u64) -> Result<Shown, Error> {
        on_duty(caller)?;
        let view = self.view().await?;
        let case = self.vault.case_numbered(number).await?.ok_or(Error::NotFound)?;
        let open = OpenCase::read(case)?;
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let due = yard.due(&open.request);
        let (compared, looked) = match super::holder::is_proven(&open.request) {
            true => self.compared(&view, &open.request, &open.particulars).await?,
            false => (Vec::new(), Vec::new()),
        };
        let plan = match &open.request.matter {
            Matter::Destruction { purposes, .. } if open.request.state.is_open() => {
                self.planned(&view, purposes, &open).await?
            }
            _ => Vec::new(),
        };
        let youngest = self.youngest(&view, &open.particulars.persons()?).await?;
        let consents = self.certifiable(&open).await?;
        let papers = self.vault.papers(&open.case).await?;
        let entry = Entry::administrative("request.opened").detail(number.to_string());
        let mut entries = vec![(entry, Some(open.case.tags()))];
        let mut steps = vec![open.case.unchanged_step()];
        for (entry, record) in looked.iter().map(|(entry, record)| (entry.again(), record)) {
            steps.push(record.unchanged());
            entries.push((entry, Some(record.tags())));
        }
        self.commit(
            caller,
            &view,
            Vec::new(),
            crate::act::Alongside { steps, entries, ..Default::default() },
            &(),
        )
        .await?;
        let actor = &caller.actor;
        let by = match &**actor {
            Actor::Staff { id, .. } => id.as_str(),
            Actor::Key { .. } | Actor::System(_) | Actor::Subject => "",
        };
        let may = DeedKind::ALL.into_iter().filter(|kind| {
            let event = first_event(*kind, &open, &yard, by);
            event.is_some_and(|event| may_move(&yard.measure(), actor, &open.request, &event).is_ok())
        });
        let extensions = yard.measure().laws.iter().flat_map(|law| &law.extensions);
        let reasons =
            extensions.filter(|extension| extension.covers(&open.request.matter)).map(|extension| {
                let adds = match extension.adds {
                    Adds::Pause => String::new(),
                    Adds::Time(within) => within.to_string(),
                };
                (extension.pack.clone(), extension.reason.clone(), adds)
            });
        let particulars = &open.particulars;
        Ok(Shown {
            consents,
            may: may.collect(),
            reasons: reasons.collect(),
            history: open.events.iter().map(|event| (event.at(), happened(event))).collect(),
            lateness: due.lateness(&open.request, view.now),
            due,
            zone: yard.zone(),
            name: particulars.name.clone(),
            contact: particulars.contact.as_ref().map(|contact| contact.value.clone()),
            answer_to: particulars.answer_to.as_ref().map(|contact| contact.value.clone()),
            text: particulars.text.clone(),
            on_file: particulars.subjects.len(),
            minor: youngest.filter(|age| *age < OF_AGE),
            representative: particulars.representative.clone(),
            letter: particulars.letter.clone(),
            evidence: particulars.evidence.clone(),
            compared,
            plan,
            fates: particulars.fates.clone(),
            changes: particulars.changes.clone(),
            notes: particulars.notes.clone(),
            letters: self.letters_seen(&open).await?,
            undelivered: particulars.undelivered.clone(),
            papers: papers.iter().map(seen).collect::<Result<_, _>>()?,
            request: open.request.clone(),
        })
    }

    /// A case that a member of staff opens for one thing in it; on record.
    pub(crate) async fn opened_by_staff(
        &self,
        caller: &Caller,
        number: u64,
        what: &str,
    ) -> Result<(View, OpenCase), Error> {
        on_duty(caller)?;
        let view = self.view().await?;
        let case = self.vault.case_numbered(number).await?.ok_or(Error::NotFound)?;
        let open = OpenCase::read(case)?;
        let entry = Entry::administrative("request.opened").detail(format!("{number} {what}"));
        let entries = vec![(entry, Some(open.case.tags()))];
        let alongside = crate::act::Alongside { entries, ..Default::default() };
        self.commit(caller, &view, Vec::new(), alongside, &()).await?;
        Ok((view, open))
    }

    /// A paper of a request as PDF/A.
    pub async fn paper_for_staff(&self, caller: &Caller, number: u64, paper: u64) -> Result<Vec<u8>, Error> {
        let (_, open) = self.opened_by_staff(caller, number, "paper").await?;
        let (sheet, mark) = self.paper_of(&open, paper).await?;
        self.sheet_pdf(sheet, mark).await
    }

    /// The same as HTML without a page around it.
    pub async fn paper_article_for_staff(
        &self,
        caller: &Caller,
        number: u64,
        paper: u64,
    ) -> Result<String, Error> {
        let (_, open) = self.opened_by_staff(caller, number, "paper").await?;
        let (sheet, mark) = self.paper_of(&open, paper).await?;
        Ok(sheet_article(&sheet, &mark)?)
    }
}

/// Requests are seen by staff who have accepted the undertaking, and by nobody else (clause 10).
pub(super) fn on_duty(caller: &Caller) -> Result<(), Error> {
    match &*caller.actor {
        Actor::Staff { role: Role::Clerk | Role::Responsible, undertaking: true, .. } | Actor::System(_) => {
            Ok(())
        }
        Actor::Staff { .. } | Actor::Key { .. } | Actor::Subject => Err(Error::NotAdministrator),
    }
}

fn happened(event: &RequestEvent) -> Happened {
    let detail = match event {
        RequestEvent::Identified { rung, .. } => Some(format!("request-rung-{rung}")),
        RequestEvent::Executed { what, .. } => Some(format!("request-effect-{what}")),
        RequestEvent::Answered { outcome, .. } => Some(format!("request-state-{outcome}")),
        RequestEvent::Related { relation, .. } => Some(format!("request-relation-{relation}")),
        RequestEvent::Reclassified { from, .. } => Some(format!("request-kind-{from}")),
        _ => None,
    };
    let by = match event {
        RequestEvent::Reclassified { by, .. } | RequestEvent::Approved { by, .. } => Some(by.clone()),
        RequestEvent::Planned { by, .. } => by.clone(),
        _ => None,
    };
    Happened { word: event.as_str(), detail, by }
}
