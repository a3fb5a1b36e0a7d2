//! What is filed for a letter that was understood?

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use saqta_domain::terms::attribute::About;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::request::{Applicant, CorrectionGround, Intake, Matter, Objection};
use saqta_mail::letter::Letter;
use saqta_mail::understanding::extract::Extract;
use saqta_mail::understanding::{self, LetterKind, Understanding};

use crate::instance::{App, View};
use crate::requests::file::{Filing, LONGEST_TEXT};
use crate::requests::record::{AuthorityLetter, Contact};

/// The language a letter is answered in.
pub(super) fn language(understood: &Understanding) -> Language {
    match understood.language {
        understanding::Language::Kk => Language::Kazakh,
        understanding::Language::Ru => Language::Russian,
        understanding::Language::En => Language::English,
    }
}

/// What a letter asks for, a request each. A withdrawal ends advertising anyway.
pub(super) fn kinds(understood: &Understanding) -> BTreeSet<LetterKind> {
    let mut kinds = understood.kinds.clone();
    kinds.remove(&LetterKind::None);
    if kinds.contains(&LetterKind::Withdrawal) {
        kinds.remove(&LetterKind::MarketingStop);
    }
    if kinds.is_empty() {
        kinds.insert(LetterKind::Question);
    }
    kinds
}

impl App {
    /// The request for one thing that a letter asks. `contact` is by whom the person is looked for.
    pub(super) fn filing_of(
        &self,
        view: &View,
        kind: LetterKind,
        letter: &Letter,
        understood: &Understanding,
        received: Timestamp,
    ) -> Filing {
        let language = language(understood);
        let extract = &understood.extract;
        let day = view.law.calendar.day_of(received);
        let proposed = match kind {
            LetterKind::Rectification => proposed(&view.version.policy, extract, &letter.words.own),
            _ => Vec::new(),
        };
        let matter = match kind {
            LetterKind::Rectification => Matter::Rectification {
                ground: CorrectionGround::OutOfDate,
                attributes: proposed.iter().map(|(name, _)| name.clone()).collect(),
            },
            LetterKind::Withdrawal => Matter::Withdrawal { purposes: BTreeSet::new(), channel: None },
            LetterKind::Access => Matter::Access,
            LetterKind::Destruction => Matter::Destruction { ground: None, purposes: BTreeSet::new() },
            LetterKind::Blocking => Matter::Restriction { ground: None, attributes: BTreeSet::new() },
            LetterKind::MarketingStop => Matter::Objection(Objection::Marketing),
            LetterKind::Complaint => Matter::Complaint,
            LetterKind::AuthorityRequest => Matter::Authority { letter_due: wanted_by(extract, day) },
            LetterKind::Question | LetterKind::None => Matter::Explanation,
        };
        let text = self.words_of(letter, language);
        let authority = (kind == LetterKind::AuthorityRequest).then(|| AuthorityLetter {
            authority: body(letter, extract)
                .unwrap_or_else(|| self.words.word("mail-unnamed-authority", language)),
            number: extract
                .letter_number
                .clone()
                .unwrap_or_else(|| self.words.word("mail-unnumbered", language)),
            dated: extract.letter_date.filter(|date| *date <= day).unwrap_or(day).to_string(),
            questions: vec![text.clone()],
            answers: Vec::new(),
        });
        let sender = letter.from.first();
        Filing {
            by: if authority.is_some() { Applicant::Authority } else { Applicant::Subject },
            name: sender
                .and_then(|sender| sender.name.clone())
                .unwrap_or_default()
                .chars()
                .take(200)
                .collect(),
            text: if authority.is_some() { String::new() } else { text },
            proposed,
            letter: authority,
            received: Some(received),
            ..Filing::new(matter, Intake::Mail, language)
        }
    }

    /// What the writer says, as far as a page of a request shows it: the original has the rest.
    fn words_of(&self, letter: &Letter, language: Language) -> String {
        let said = [&letter.words.own, &letter.words.forwarded, &letter.subject];
        let said = said.into_iter().find(|text| text.chars().any(char::is_alphanumeric));
        match said {
            Some(text) => text.trim().chars().take(LONGEST_TEXT).collect(),
            None => self.words.word("mail-without-words", language),
        }
    }

    /// By whom the person is looked for: the sender, or where nobody is on file under that, a contact that the letter names.
    /// A code goes to a contact on file alone, so a stranger who names somebody's number gets nothing by it.
    pub(super) async fn looked_for(
        &self,
        view: &View,
        kind: LetterKind,
        sender: Option<&Contact>,
        extract: &Extract,
    ) -> Result<Option<Contact>, crate::error::Error> {
        if kind == LetterKind::AuthorityRequest {
            return Ok(sender.cloned());
        }
        // What a letter says is the new value is on file for nobody yet, or for somebody else; and what is answered in words, without
        // a proof, is answered to whoever wrote and about nobody else.
        let named = match kind {
            LetterKind::Rectification | LetterKind::Question | LetterKind::Complaint => [None, None],
            _ => [extract.email.as_deref(), extract.phone.as_deref()],
        };
        let named = named.into_iter().flatten().filter_map(|text| Contact::read(text).ok());
        let mut found = sender.cloned();
        for contact in sender.cloned().into_iter().chain(named) {
            if !self.persons_under(view, &contact).await?.is_empty() {
                return Ok(Some(contact));
            }
            found.get_or_insert(contact);
        }
        Ok(found)
    }
}

/// The day by which an authority's letter wants its answer, where it names one, or a number of days.
fn wanted_by(extract: &Extract, received: Date) -> Option<Date> {
    let days = extract.answer_within_days.as_deref().and_then(|days| days.parse::<i64>().ok());
    let counted = days.and_then(|days| received.checked_add(Span::new().try_days(days).ok()?).ok());
    [extract.answer_by, counted].into_iter().flatten().filter(|day| *day >= received).min()
}

/// Who writes: as the letter says, or as the sender is called.
fn body(letter: &Letter, extract: &Extract) -> Option<String> {
    let sender = letter.from.first();
    let named = extract.authority.clone().or_else(|| sender.and_then(|sender| sender.name.clone()));
    let named = named.or_else(|| sender.map(|sender| sender.address.clone()));
    named.map(|name| name.chars().take(300).collect::<String>()).filter(|name| !name.trim().is_empty())
}

/// The values that a letter names, each for the attributes of the person that are of its kind and may be put right. How its writer is
/// called in the head or below it says who wrote, and is no new value.
fn proposed(policy: &Policy, extract: &Extract, own: &str) -> Vec<(AttributeName, String)> {
    let named = [
        (Kind::Phone, extract.phone.as_deref()),
        (Kind::Email, extract.email.as_deref()),
        (Kind::Name, extract.name.as_deref().filter(|name| own.contains(*name))),
        (Kind::Address, extract.address.as_deref()),
    ];
    let correctable: BTreeSet<&AttributeName> = policy
        .purposes
        .values()
        .filter(|purpose| purpose.operations.contains(&Operation::Rectification))
        .flat_map(|purpose| purpose.needs.iter().chain(&purpose.may))
        .collect();
    let mut proposed = Vec::new();
    for (kind, value) in named {
        let Some(value) = value else { continue };
        let fits = |name: &&&AttributeName| {
            policy
                .attribute(name)
                .is_some_and(|a| a.kind == kind && (a.about == About::Subject || kind == Kind::Address))
        };
        proposed.extend(correctable.iter().filter(fits).map(|name| ((*name).clone(), value.to_owned())));
    }
    proposed
}
