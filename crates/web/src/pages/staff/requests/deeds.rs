//! Which form does each deed have, and what does a form that was sent want done?

use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::{Deed, DeedKind, Shown};
use saqta_app::requests::record::RepresentativeSeen;
use saqta_domain::terms::law::Within;

use super::Trouble;
use super::fields::{Asking, Field, Said};
use super::matter;
use crate::pages::staff::Frame;

/// All deeds by their stable words, in the order in which they are offered. What moves the request on comes first.
const ORDER: [(DeedKind, &str); 19] = [
    (DeedKind::IdentifyByFacts, "identify_by_facts"),
    (DeedKind::IdentifyRepresentative, "identify_representative"),
    (DeedKind::Rectify, "rectify"),
    (DeedKind::Approve, "approve"),
    (DeedKind::Schedule, "schedule"),
    (DeedKind::Undo, "undo"),
    (DeedKind::Lift, "lift"),
    (DeedKind::DecideAnew, "decide_anew"),
    (DeedKind::AnswerAuthority, "answer_authority"),
    (DeedKind::Answer, "answer"),
    (DeedKind::Refuse, "refuse"),
    (DeedKind::FindPerson, "find_person"),
    (DeedKind::SeeDocuments, "see_documents"),
    (DeedKind::Note, "note"),
    (DeedKind::Reclassify, "reclassify"),
    (DeedKind::Pause, "pause"),
    (DeedKind::Resume, "resume"),
    (DeedKind::Extend, "extend"),
    (DeedKind::TakeBack, "take_back"),
];

/// Deeds that move a request on: the first that is offered stands open.
const MAIN: [DeedKind; 10] = [
    DeedKind::IdentifyByFacts,
    DeedKind::IdentifyRepresentative,
    DeedKind::Rectify,
    DeedKind::Approve,
    DeedKind::Schedule,
    DeedKind::Undo,
    DeedKind::Lift,
    DeedKind::DecideAnew,
    DeedKind::AnswerAuthority,
    DeedKind::Answer,
];

/// A deed as a page offers it.
pub(super) struct DeedForm {
    pub word: &'static str,
    pub title: String,
    /// What happens when the button is pressed.
    pub about: String,
    pub fields: Vec<Field>,
    pub main: bool,
    pub open: bool,
}

/// What somebody wanted done, and why it was not.
pub(super) struct Tried {
    pub kind: DeedKind,
    pub said: Said,
    pub trouble: Trouble,
}

/// The deed of a stable word.
pub(super) fn kind_of(word: &str) -> Option<DeedKind> {
    ORDER.into_iter().find(|(_, known)| *known == word).map(|(kind, _)| kind)
}

/// Its stable word.
pub(super) fn word_of(kind: DeedKind) -> &'static str {
    ORDER.into_iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word)
}

/// The forms for what the caller may do. The one that was tried comes back open, with what was typed.
pub(super) fn forms(frame: &Frame<'_>, shown: &Shown, tried: Option<&Tried>) -> Vec<DeedForm> {
    let nothing = Said::default();
    let offered = ORDER.into_iter().filter(|(kind, _)| shown.may.contains(kind));
    let first = offered.clone().map(|(kind, _)| kind).find(|kind| MAIN.contains(kind));
    let form = |(kind, word): (DeedKind, &'static str)| {
        let mine = tried.filter(|tried| tried.kind == kind);
        let said = mine.map_or(&nothing, |tried| &tried.said);
        let asking = Asking { frame, form: word, said, trouble: mine.map(|tried| &tried.trouble) };
        DeedForm {
            word,
            title: frame.word(&format!("desk-do-{word}")),
            about: frame.word(&format!("desk-about-{word}")),
            fields: fields(&asking, kind, shown),
            main: MAIN.contains(&kind) || kind == DeedKind::Refuse,
            open: match tried {
                Some(_) => mine.is_some(),
                None => first == Some(kind),
            },
        }
    };
    offered.map(form).collect()
}

fn fields(asking: &Asking<'_>, kind: DeedKind, shown: &Shown) -> Vec<Field> {
    match kind {
        DeedKind::IdentifyByFacts => vec![asking.tick("facts")],
        DeedKind::IdentifyRepresentative => vec![
            asking.line("seen_kind", true),
            asking.line("seen_number", true),
            asking.day("seen_until", true, None),
        ],
        DeedKind::FindPerson => vec![asking.line("contact", true)],
        DeedKind::SeeDocuments => vec![asking.words("evidence", true)],
        DeedKind::Note => vec![asking.words("note", true)],
        DeedKind::Reclassify => matter::fields(asking),
        DeedKind::Lift => vec![asking.words("found", true)],
        DeedKind::DecideAnew => vec![asking.words("decision", true)],
        DeedKind::Answer => vec![asking.words("answer", true), asking.line("basis", true)],
        DeedKind::AnswerAuthority => questions(shown)
            .zip(1..)
            .map(|(question, point): (&String, usize)| {
                asking.called(question.clone(), asking.words(&format!("answer-{point}"), true))
            })
            .collect(),
        DeedKind::Refuse => vec![
            asking.words("refused_part", true),
            asking.words("reason", true),
            asking.line("article", true),
            asking.words("can_do", true),
        ],
        DeedKind::Pause => vec![asking.choice("pause_reason", true, reasons(asking.frame, shown, false))],
        DeedKind::Extend => vec![asking.choice("extend_reason", true, reasons(asking.frame, shown, true))],
        DeedKind::Approve
        | DeedKind::Schedule
        | DeedKind::Undo
        | DeedKind::Rectify
        | DeedKind::Resume
        | DeedKind::TakeBack => Vec::new(),
    }
}

fn questions(shown: &Shown) -> impl Iterator<Item = &String> {
    shown.letter.iter().flat_map(|letter| &letter.questions)
}

/// The reasons that make a term longer, or those that let it stand still, in the words of their law.
fn reasons(frame: &Frame<'_>, shown: &Shown, longer: bool) -> Vec<(String, String)> {
    let language = frame.speech.language;
    let told = |(pack, reason, adds): &(String, String, String)| {
        let within = Within::from_word(adds);
        if within.is_some() != longer {
            return None;
        }
        let mut known = frame.view.law.extensions.iter();
        let known = known.find(|known| known.pack == *pack && known.reason == *reason);
        let label = known.map_or(reason.as_str(), |known| known.label.in_language(language));
        let words = match within {
            Some(within) => {
                let term = frame.web.app.words().term(within, language);
                frame.told("desk-longer", &[("label", label), ("term", &term)])
            }
            None => label.to_owned(),
        };
        Some((format!("{pack}/{reason}"), words))
    };
    shown.reasons.iter().filter_map(told).collect()
}

/// What the form wants done, or which of its fields is not filled in.
pub(super) fn read(frame: &Frame<'_>, kind: DeedKind, said: &Said) -> Result<Deed, Trouble> {
    let need = |name: &str| said.need(frame, name);
    let reason = |name: &str| -> Result<(String, String), Trouble> {
        let chosen = need(name)?;
        let (pack, reason) = chosen.split_once('/').unwrap_or_default();
        Ok((pack.to_owned(), reason.to_owned()))
    };
    Ok(match kind {
        DeedKind::IdentifyByFacts => match said.ticked("facts") {
            true => Deed::IdentifyByFacts,
            false => return Err(Trouble::of(frame, "facts", "desk-fault-tick")),
        },
        DeedKind::IdentifyRepresentative => {
            let (kind, number) = (need("seen_kind")?, need("seen_number")?);
            need("seen_until")?;
            let until = said.day(frame, "seen_until")?.map_or_else(String::new, |day| day.to_string());
            Deed::IdentifyRepresentative(RepresentativeSeen { kind, number, until })
        }
        DeedKind::FindPerson => Deed::FindPerson { contact: need("contact")? },
        DeedKind::SeeDocuments => Deed::SeeDocuments { evidence: need("evidence")? },
        DeedKind::Note => Deed::Note { text: need("note")? },
        DeedKind::Reclassify => {
            Deed::Reclassify { matter: matter::read(frame, said)?, proposed: matter::proposed(said) }
        }
        DeedKind::Approve => Deed::Approve,
        DeedKind::Schedule => Deed::Schedule,
        DeedKind::Undo => Deed::Undo,
        DeedKind::Rectify => Deed::Rectify,
        DeedKind::Lift => Deed::Lift { found: need("found")? },
        DeedKind::DecideAnew => Deed::DecideAnew { answer: need("decision")? },
        DeedKind::Answer => Deed::Answer { answer: need("answer")?, basis: need("basis")? },
        DeedKind::AnswerAuthority => {
            let points = (1..).map(|point| format!("answer-{point}"));
            let there = points.take_while(|name| said.has(name));
            let answers = there.map(|name| need(&name)).collect::<Result<Vec<_>, _>>()?;
            Deed::AnswerAuthority { answers }
        }
        DeedKind::Refuse => Deed::Refuse {
            refused: need("refused_part")?,
            reason: need("reason")?,
            article: need("article")?,
            can_do: need("can_do")?,
        },
        DeedKind::Pause => {
            let (pack, reason) = reason("pause_reason")?;
            Deed::Pause { pack, reason }
        }
        DeedKind::Resume => Deed::Resume,
        DeedKind::Extend => {
            let (pack, reason) = reason("extend_reason")?;
            Deed::Extend { pack, reason }
        }
        DeedKind::TakeBack => Deed::TakeBack,
    })
}

/// The field that a fault of the application is about.
pub(super) fn field_of(kind: DeedKind, fault: RequestFault) -> Option<&'static str> {
    match (kind, fault) {
        (DeedKind::FindPerson, _) => Some("contact"),
        (DeedKind::IdentifyRepresentative, RequestFault::DayMalformed) => Some("seen_until"),
        (DeedKind::IdentifyRepresentative, _) => Some("seen_kind"),
        (DeedKind::SeeDocuments, _) => Some("evidence"),
        (DeedKind::Note, _) => Some("note"),
        (DeedKind::Lift, _) => Some("found"),
        (DeedKind::DecideAnew, _) => Some("decision"),
        (DeedKind::Answer, RequestFault::WordsMissing | RequestFault::WordsTooLong) => Some("answer"),
        (DeedKind::AnswerAuthority, RequestFault::WordsMissing | RequestFault::WordsTooLong) => {
            Some("answer-1")
        }
        (DeedKind::Refuse, RequestFault::WordsMissing | RequestFault::WordsTooLong) => Some("refused_part"),
        (DeedKind::Reclassify, RequestFault::NothingNamed) => Some("attribute"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use saqta_domain::terms::names::Language;

    use super::*;

    #[test]
    fn every_deed_has_a_word_that_leads_back_to_it() {
        for (kind, word) in ORDER {
            assert_eq!((kind_of(word), word_of(kind)), (Some(kind), word));
        }
        assert_eq!(kind_of("erase_everything"), None);
        let known = |kind: &DeedKind| ORDER.iter().any(|(known, _)| known == kind);
        assert!(DeedKind::ALL.iter().all(known));
        assert!(MAIN.iter().all(known));
    }

    #[tokio::test]
    async fn every_deed_fault_and_state_is_told_in_every_language() {
        let (app, _folder) = crate::tests::shop::empty_app().await;
        let deeds =
            ORDER.iter().flat_map(|(_, word)| [format!("desk-do-{word}"), format!("desk-about-{word}")]);
        let faults = RequestFault::ALL.iter().map(|fault| format!("desk-fault-{}", fault.code()));
        let states = [
            "awaiting_identity",
            "in_progress",
            "undoable",
            "done",
            "partly",
            "refused",
            "taken_back",
            "lapsed",
        ];
        let states = states.iter().map(|state| format!("desk-state-{state}"));
        for key in deeds.chain(faults).chain(states) {
            for language in Language::ALL {
                assert_ne!(app.words().word(&key, language), key, "{language:?}");
            }
        }
    }
}
