//! What stands on the papers of a request, in the language it is answered in?
//!
//! Facts come from the case, words from the vocabulary; the papers themselves know what is mandatory and do not come into being
//! with a hole. A paper is made in the deed that it tells of and recorded with it.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use saqta_documents::papers::acknowledgement::Acknowledgement;
use saqta_documents::papers::common::{
    Edition, Header, Kept, Operator, Remedy, Representative, Request as Asked, Signatory, Term,
};
use saqta_documents::papers::destruction_act::{DestructionAct, Electronic, Means};
use saqta_documents::papers::destruction_answer::DestructionAnswer;
use saqta_documents::papers::rectification_answer::{self, RectificationAnswer};
use saqta_documents::papers::refusal::Refusal;
use saqta_documents::papers::reply::Reply;
use saqta_documents::papers::restriction_answer::{BlockEnd, RestrictionAnswer};
use saqta_documents::papers::withdrawal_answer::{Fate as PaperFate, PurposeFate, WithdrawalAnswer};
use saqta_documents::sheet::Sheet;
use saqta_domain::rules::must_answer::ClockSource;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::request::course::Request;
use saqta_domain::terms::request::{CorrectionGround, Effect, Matter, RequestKind};
use saqta_domain::terms::subject::ThingId;

use super::record::{Ending, Fate, Particulars};
use super::{CaseDraft, Yardstick};
use crate::act::Caller;
use crate::error::Error;
use crate::instance::{App, View};

/// What papers of one request are made with.
pub(super) struct Desk<'a> {
    pub app: &'a App,
    pub view: &'a View,
    pub yard: &'a Yardstick,
    pub language: Language,
    signed: Signatory,
}

impl App {
    /// Papers of a request, signed by the caller.
    pub(super) async fn papers_for<'a>(
        &'a self,
        caller: &Caller,
        view: &'a View,
        yard: &'a Yardstick,
        language: Language,
    ) -> Result<Desk<'a>, Error> {
        let at = yard.now.to_zoned(yard.zone());
        let system = || Signatory {
            name: view.version.policy.operator.name.in_language(language).to_owned(),
            post: self.words.word("answer-by-system", language),
            account: "system".to_owned(),
            at: at.clone(),
        };
        let signed = match &*caller.actor {
            Actor::Staff { id, role, .. } => {
                let row = match ThingId::from_hex(id) {
                    Some(id) => self.vault.db().staff_by_id(id.bytes()).await?,
                    None => None,
                };
                let name = row.map(|row| self.name_of_staff(&row)).transpose()?;
                Signatory {
                    name: name.unwrap_or_else(|| id.clone()),
                    post: self.words.word(&format!("staff-role-{}", role.as_str()), language),
                    account: id.clone(),
                    at: at.clone(),
                }
            }
            Actor::System(_) | Actor::Subject | Actor::Key { .. } => system(),
        };
        Ok(Desk { app: self, view, yard, language, signed })
    }
}

impl Desk<'_> {
    pub fn word(&self, key: &str) -> String {
        self.app.words.word(key, self.language)
    }

    pub fn told(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.app.words.told(key, self.language, args)
    }

    pub fn zoned(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.yard.zone())
    }

    pub fn moment(&self, micros: i64) -> Result<Zoned, Error> {
        Timestamp::from_microsecond(micros).map(|at| self.zoned(at)).map_err(|_| Error::Unreadable)
    }

    /// The wording of papers.
    fn wording(&self) -> impl saqta_documents::label::Wording + '_ {
        self.app.wording(self.language)
    }

    pub fn signed(&self) -> Signatory {
        self.signed.clone()
    }

    pub fn header(&self, number: u64) -> Header {
        let version = &self.view.version.policy;
        let operator = &version.operator;
        Header {
            number,
            dated: self.zoned(self.yard.now).date(),
            operator: Operator {
                name: operator.name.in_language(self.language).to_owned(),
                registration: operator.bin.clone(),
                address: operator.address.in_language(self.language).to_owned(),
                contact: operator.email.clone(),
            },
            edition: Edition { number: version.version, since: self.zoned(version.effective_from).date() },
            program: concat!("Saqta ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// What the request is called in words.
    pub fn kind(&self, matter: &Matter) -> String {
        match matter {
            Matter::Objection(sort) => self.word(&format!("request-objection-{sort}")),
            matter => self.word(&format!("request-kind-{}", matter.kind())),
        }
    }

    pub fn asked(&self, request: &Request, particulars: &Particulars) -> Asked {
        Asked {
            number: request.number.0,
            received: self.zoned(request.filed_at),
            kind: self.kind(&request.matter),
            channel: self.word(&format!("request-intake-{}", request.intake)),
            person: self.person(request, particulars),
        }
    }

    /// How the applicant is called on a paper: by the name they gave, by the contact, or as an authority.
    pub fn person(&self, request: &Request, particulars: &Particulars) -> String {
        let letter = particulars.letter.as_ref().map(|letter| letter.authority.clone());
        let named = Some(particulars.name.clone()).filter(|name| !name.is_empty());
        let contact = particulars.contact.as_ref().map(|contact| contact.value.clone());
        letter
            .or(named)
            .or(contact)
            .unwrap_or_else(|| self.word(&format!("request-applicant-{}", request.by)))
    }

    pub fn representative(&self, particulars: &Particulars) -> Result<Option<Representative>, Error> {
        let Some(seen) = &particulars.representative else { return Ok(None) };
        let until: Date = seen.until.parse().map_err(|_| Error::Unreadable)?;
        Ok(Some(Representative { kind: seen.kind.clone(), number: seen.number.clone(), until }))
    }

    pub fn remedies(&self) -> Vec<Remedy> {
        let state = self.app.state.load();
        let named = |name: &String| state.packs.iter().find(|pack| pack.name == *name);
        let packs = self.yard.version.policy.jurisdictions.iter().filter_map(named);
        let remedies = packs.flat_map(|pack| pack.remedies(pack.day_of(self.yard.now)));
        remedies
            .map(|remedy| Remedy {
                body: remedy.body.in_language(self.language).to_owned(),
                address: remedy.address.in_language(self.language).to_owned(),
                link: remedy.link,
            })
            .collect()
    }

    /// How it was shown who asks.
    pub fn identity(&self, request: &Request) -> String {
        match request.proof {
            Some(proof) => self.word(&format!("request-rung-{}", proof.rung)),
            None => self.word("request-state-awaiting_identity"),
        }
    }

    /// What was asked, in short: in the applicant's words, or in ours where they used none.
    pub fn summary(&self, request: &Request, particulars: &Particulars) -> String {
        if particulars.text.is_empty() { self.kind(&request.matter) } else { particulars.text.clone() }
    }

    /// The dates by which something is owed.
    pub fn terms(&self, request: &Request) -> Vec<Term> {
        let zone = self.yard.zone();
        let due = self.yard.due(request);
        let terms = due.clocks.iter().map(|clock| Term {
            duty: match &clock.source {
                ClockSource::Law { label, .. } => label.in_language(self.language).to_owned(),
                ClockSource::Letter | ClockSource::Promise { .. } => self.kind(&request.matter),
            },
            last_day: clock.last_day,
            because: self.app.words.clock(clock, &zone, self.language),
        });
        terms.collect()
    }

    /// A purpose in words.
    pub fn purpose(&self, name: &str) -> String {
        let versions = self.app.versions();
        let declared = PurposeName::new(name).ok().and_then(|name| {
            versions.iter().rev().find_map(|v| v.policy.purpose(&name).map(|p| p.title.clone()))
        });
        declared.map_or_else(|| name.to_owned(), |title| title.in_language(self.language).to_owned())
    }

    /// An attribute in words.
    pub fn attribute(&self, name: &str) -> String {
        let versions = self.app.versions();
        let declared = AttributeName::new(name).ok().and_then(|name| {
            versions.iter().rev().find_map(|v| v.policy.attribute(&name).map(|a| a.label.clone()))
        });
        declared.map_or_else(|| name.to_owned(), |label| label.in_language(self.language).to_owned())
    }

    fn basis(&self, fate: &Fate) -> String {
        let kind =
            fate.basis.as_deref().and_then(|word| BasisKind::ALL.into_iter().find(|b| b.as_str() == word));
        let because = PurposeName::new(&fate.purpose).ok().and_then(|name| {
            let keep = self.view.version.policy.purpose(&name)?.keep.as_ref()?;
            Some(keep.because.in_language(self.language).to_owned())
        });
        match (kind, because) {
            (Some(kind), _) if fate.state == "continues" => self.app.words.basis(Some(kind), self.language),
            (_, Some(because)) => because,
            (Some(kind), None) => self.app.words.basis(Some(kind), self.language),
            (None, None) => self.word("answer-basis-term"),
        }
    }

    fn until(&self, fate: &Fate) -> Result<String, Error> {
        Ok(match fate.until {
            Some(micros) => self.app.words.date(self.moment(micros)?.date(), self.language),
            None => self.word("answer-until-ground-ends"),
        })
    }

    /// What stays, why, and until when.
    pub fn stays(&self, fates: &[Fate]) -> Result<Vec<Kept>, Error> {
        let stays = fates.iter().filter(|fate| fate.state != "stopped");
        stays
            .map(|fate| {
                Ok(Kept {
                    what: self.purpose(&fate.purpose),
                    basis: self.basis(fate),
                    until: self.until(fate)?,
                })
            })
            .collect()
    }

    /// That a request was received, and by when it is answered; nothing while no term runs.
    pub fn acknowledgement(&self, number: u64, draft: &CaseDraft<'_>) -> Result<Option<Sheet>, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let terms = self.terms(request);
        if terms.is_empty() {
            return Ok(None);
        }
        let contact = particulars.answer_to.as_ref().or(particulars.contact.as_ref());
        let stopped = request.did(Effect::MarketingStopped);
        let paper = Acknowledgement {
            header: self.header(number),
            request: self.asked(request, particulars),
            summary: self.summary(request, particulars),
            representative: self.representative(particulars)?,
            answer_to: contact.map_or_else(|| self.word("answer-to-page"), |contact| contact.value.clone()),
            identity: self.identity(request),
            terms,
            done_already: stopped
                .then(|| self.word("request-effect-marketing_stopped"))
                .into_iter()
                .collect(),
            status_page: self.app.address(&format!("/my/{}/status", self.language.tag())),
            responsible: self.word("answer-responsible"),
            remedies: self.remedies(),
        };
        Ok(Some(paper.sheet(&self.wording())?))
    }

    /// The answer to a withdrawal or a demand to stop.
    pub fn withdrawal(&self, number: u64, draft: &CaseDraft<'_>) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let fate = |fate: &Fate| -> Result<PurposeFate, Error> {
            let told = match fate.state.as_str() {
                "stopped" => PaperFate::Stopped {
                    since: match fate.since {
                        Some(micros) => self.moment(micros)?,
                        None => self.zoned(self.yard.now),
                    },
                },
                _ => PaperFate::Continues { basis: self.basis(fate), until: self.until(fate)? },
            };
            Ok(PurposeFate { purpose: self.purpose(&fate.purpose), fate: told })
        };
        let paper = WithdrawalAnswer {
            header: self.header(number),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            purposes: particulars.fates.iter().map(fate).collect::<Result<_, _>>()?,
            blocked_since: None,
            destroyed_by: None,
            told: Vec::new(),
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok(paper.sheet(&self.wording())?)
    }

    /// An answer in words.
    pub fn reply(
        &self,
        number: u64,
        draft: &CaseDraft<'_>,
        answer: String,
        basis: String,
    ) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let paper = Reply {
            header: self.header(number),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            summary: self.summary(request, particulars),
            answer,
            basis,
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok(paper.sheet(&self.wording())?)
    }

    /// The clause that promises an answer to such a request.
    pub fn clause(&self, kind: RequestKind) -> String {
        let promise = self.yard.version.policy.requests.get(&kind);
        let clause = promise.map_or_else(|| "3.2".to_owned(), |promise| promise.clause.to_string());
        self.told("clause", &[("clause", &clause)])
    }

    /// The answer to a request to block data, or to lift a block.
    pub fn restriction(
        &self,
        number: u64,
        draft: &CaseDraft<'_>,
        attributes: &[String],
        lifted: Option<&str>,
    ) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let ground = match &request.matter {
            Matter::Restriction { ground, .. } => *ground,
            _ => None,
        };
        let blocked = self.zoned(self.yard.now);
        let paper = RestrictionAnswer {
            header: self.header(number),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            categories: attributes.iter().map(|name| self.attribute(name)).collect(),
            blocked: blocked.clone(),
            reason: self.ground(ground),
            allowed: vec![self.word("answer-block-allows")],
            end: match lifted {
                Some(found) => BlockEnd::Lifted { at: blocked, found: found.to_owned() },
                None => BlockEnd::Holds { until: self.word("answer-block-until") },
            },
            told: Vec::new(),
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok(paper.sheet(&self.wording())?)
    }

    fn ground(&self, ground: Option<CorrectionGround>) -> String {
        match ground {
            Some(ground) => self.word(&format!("request-ground-{ground}")),
            None => self.word("answer-ground-asked"),
        }
    }

    /// The answer to a request to put data right.
    pub fn rectification(&self, number: u64, draft: &CaseDraft<'_>) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let ground = match &request.matter {
            Matter::Rectification { ground, .. } => Some(*ground),
            _ => None,
        };
        let evidence = match particulars.evidence.is_empty() {
            true => self.word("answer-evidence-own-word"),
            false => particulars.evidence.clone(),
        };
        let change = |change: &super::record::Change| -> Result<rectification_answer::Change, Error> {
            Ok(rectification_answer::Change {
                field: self.attribute(&change.attribute),
                before: change.before.clone(),
                after: change.after.clone(),
                at: self.moment(change.at)?,
            })
        };
        let paper = RectificationAnswer {
            header: self.header(number),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            ground: self.ground(ground),
            changes: particulars.changes.iter().map(change).collect::<Result<_, _>>()?,
            evidence,
            blocked_since: None,
            told: Vec::new(),
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok(paper.sheet(&self.wording())?)
    }

    /// A refusal with its reasons.
    pub fn refusal(
        &self,
        number: u64,
        draft: &CaseDraft<'_>,
        (refused, reason, article, can_do): (&str, &str, &str, &str),
    ) -> Result<Sheet, Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let paper = Refusal {
            header: self.header(number),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            summary: self.summary(request, particulars),
            refused: refused.to_owned(),
            reason: reason.to_owned(),
            clause: self.clause(request.matter.kind()),
            article: article.to_owned(),
            facts: vec![self.told("answer-fact-identity", &[("identity", &self.identity(request))])],
            can_do: vec![can_do.to_owned()],
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok(paper.sheet(&self.wording())?)
    }

    /// The act of a destruction, and the answer that names it.
    pub fn destruction(
        &self,
        numbers: (u64, u64),
        draft: &CaseDraft<'_>,
        times: &Times,
    ) -> Result<(Sheet, Sheet), Error> {
        let (request, particulars) = (&draft.request, &draft.particulars);
        let ending = particulars.ending.as_ref().ok_or(Error::Unreadable)?;
        let categories: Vec<String> = ending.attributes.iter().map(|name| self.attribute(name)).collect();
        let kept = self.stays(&particulars.fates)?;
        let destroyed = self.zoned(times.copies_ended);
        let act = DestructionAct {
            header: self.header(numbers.0),
            request: Some(self.asked(request, particulars)),
            processors: Vec::new(),
            persons: vec![self.destroyed_of(request)],
            categories: categories.clone(),
            means: Means::Automated(self.electronic(ending, times)?),
            method: self.word("answer-act-method"),
            reason: self.destroyed_because(request),
            destroyed: destroyed.clone(),
            kept: kept.clone(),
            told: Vec::new(),
            destroyed_by: self.signed(),
            approved_by: None,
        };
        let answer = DestructionAnswer {
            header: self.header(numbers.1),
            request: self.asked(request, particulars),
            representative: self.representative(particulars)?,
            categories,
            destroyed,
            act: numbers.0,
            kept,
            told: Vec::new(),
            remedies: self.remedies(),
            signed: self.signed(),
        };
        Ok((act.sheet(&self.wording())?, answer.sheet(&self.wording())?))
    }

    /// Whose data were destroyed: the act is kept when the name is not.
    pub fn destroyed_of(&self, request: &Request) -> String {
        let (number, case) = (request.number.0.to_string(), request.case.to_string());
        let case = case.get(..12).unwrap_or_default();
        self.told("answer-act-person", &[("number", &number), ("case", case)])
    }

    /// Why they were destroyed.
    pub fn destroyed_because(&self, request: &Request) -> String {
        self.told("answer-act-reason", &[("kind", &self.kind(&request.matter))])
    }

    fn electronic(&self, ending: &Ending, times: &Times) -> Result<Electronic, Error> {
        Ok(Electronic {
            systems: vec![self.word("answer-act-system")],
            removed: self.moment(ending.at)?,
            keys_destroyed: self.zoned(times.keys_destroyed),
            copies_ended: self.zoned(times.copies_ended),
            records_before: ending.records,
            records_after: ending.left,
            ledger: times.leaves.iter().map(|(log, index)| format!("{log}/{index}")).collect(),
        })
    }

    /// A sheet of any other kind, made with the wording of papers.
    pub fn sheet<E>(
        &self,
        make: impl FnOnce(&dyn saqta_documents::label::Wording) -> Result<Sheet, E>,
    ) -> Result<Sheet, E> {
        make(&self.wording())
    }
}

impl Desk<'_> {
    /// The same as rows for spreadsheets.
    pub fn sheet_rows<E>(
        &self,
        make: impl FnOnce(&dyn saqta_documents::label::Wording) -> Result<saqta_documents::rows::Rows, E>,
    ) -> Result<saqta_documents::rows::Rows, E> {
        make(&self.wording())
    }
}

/// When a destruction came how far, by its journal.
pub(super) struct Times {
    pub keys_destroyed: Timestamp,
    pub copies_ended: Timestamp,
    pub leaves: Vec<(i64, i64)>,
}
