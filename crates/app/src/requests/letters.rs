//! Which letters go out about a request, and what stands in them?
//!
//! A letter is put in the queue by the deed that it tells of, sealed under the key of its case, and ends with it; [`sending`](super::sending)
//! takes it from there. Subjects name the number of the request and nothing of the person. A letter to a contact that nobody is on
//! file under is written and dropped, so that filing costs the same.

use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Intake, Matter, Objection, Outcome, RequestKind, Rung};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::CaseDraft;
use super::record::Contact;
use crate::error::Error;
use crate::instance::App;

/// A letter. It holds data of people.
#[derive(Serialize, Deserialize, Zeroize)]
pub(crate) struct Letter {
    pub email: bool,
    pub to: String,
    /// Whether it goes out: a letter to a contact that is not on file does not.
    pub goes: bool,
    pub subject: String,
    pub text: String,
    /// The tag of the language it is written in.
    #[serde(default)]
    pub language: String,
    /// The id of the letter that it answers.
    #[serde(default)]
    pub answers: Option<String>,
}

impl Letter {
    /// The code and the link by which somebody shows that the contact is theirs.
    pub fn code(
        app: &App,
        draft: &CaseDraft<'_>,
        contact: &Contact,
        code: &str,
        token: &str,
        on_file: bool,
    ) -> Self {
        let language = draft.request.language;
        let number = draft.request.number.0.to_string();
        let told = |key: &str, args: &[(&str, &str)]| app.words.told(key, language, args);
        let link = app.address(&format!("/my/{}/confirm?token={token}", language.tag()));
        let kind = app.words.word(&format!("request-kind-{}", draft.request.matter.kind()), language);
        let paragraphs = match contact.is_email() {
            true => vec![
                told("letter-code-why", &[("number", &number), ("kind", &kind)]),
                told("letter-code-code", &[("code", code)]),
                told("letter-code-link", &[("link", &link)]),
                told("letter-code-not-you", &[]),
                app.closing(language),
            ],
            false => vec![told("letter-code-sms", &[("number", &number), ("code", code)])],
        };
        Self {
            email: contact.is_email(),
            to: contact.value.clone(),
            goes: on_file,
            subject: told("letter-code-subject", &[("number", &number)]),
            text: paragraphs.join("\n\n"),
            language: language.tag().to_owned(),
            answers: None,
        }
    }

    /// That a letter came in and is a request now: its number, the day of the answer, and the page of its state. The same is written
    /// whether or not anybody is on file.
    pub fn taken(app: &App, draft: &CaseDraft<'_>, secret: &str) -> Option<Self> {
        let own = &draft.particulars;
        let contact = own.answer_to.as_ref().or(own.contact.as_ref()).filter(|contact| contact.is_email())?;
        let request = &draft.request;
        let language = request.language;
        let number = request.number.0.to_string();
        let told = |key: &str, args: &[(&str, &str)]| app.words.told(key, language, args);
        let kind = match &request.matter {
            Matter::Objection(sort) => app.words.word(&format!("request-objection-{sort}"), language),
            matter => app.words.word(&format!("request-kind-{}", matter.kind()), language),
        };
        let mut paragraphs = vec![told("letter-taken-what", &[("number", &number), ("kind", &kind)])];
        let stops = [RequestKind::Withdrawal, RequestKind::Stop].contains(&request.matter.kind());
        if stops || request.matter == Matter::Objection(Objection::Marketing) {
            paragraphs.push(told("letter-taken-marketing", &[]));
        }
        if let Some(clock) = draft.due().strictest() {
            let day = app.words.date(clock.last_day, language);
            paragraphs.push(told("letter-taken-due", &[("day", &day)]));
        }
        if request.proof.is_none() {
            paragraphs.push(told("letter-taken-confirm", &[]));
        }
        let page = app.address(&format!("/my/{}/status", language.tag()));
        let state = [("page", &*page), ("number", &*number), ("secret", secret)];
        paragraphs.extend([told("letter-taken-status", &state), app.closing(language)]);
        Some(Self {
            email: true,
            to: contact.value.clone(),
            goes: true,
            subject: told("letter-taken-subject", &[("number", &number)]),
            text: paragraphs.join("\n\n"),
            language: language.tag().to_owned(),
            answers: None,
        })
    }

    /// That somebody says they act for the person: whoever is spoken for hears of it (clause 3.2).
    pub fn represented(app: &App, draft: &CaseDraft<'_>, contact: &Contact, on_file: bool) -> Self {
        let language = draft.request.language;
        let number = draft.request.number.0.to_string();
        let told = |key: &str, args: &[(&str, &str)]| app.words.told(key, language, args);
        let kind = app.words.word(&format!("request-kind-{}", draft.request.matter.kind()), language);
        let paragraphs = match contact.is_email() {
            true => vec![
                told("letter-represented-what", &[("number", &number), ("kind", &kind)]),
                told("letter-represented-before", &[]),
                told("letter-represented-not-you", &[]),
                app.closing(language),
            ],
            false => vec![told("letter-represented-sms", &[("number", &number)])],
        };
        Self {
            email: contact.is_email(),
            to: contact.value.clone(),
            goes: on_file,
            subject: told("letter-represented-subject", &[("number", &number)]),
            text: paragraphs.join("\n\n"),
            language: language.tag().to_owned(),
            answers: None,
        }
    }

    /// That a request was answered, or that an answer in part is now whole.
    pub fn answered(app: &App, draft: &CaseDraft<'_>, outcome: Outcome) -> Option<Self> {
        let language = draft.request.language;
        let own = draft.particulars.answer_to.as_ref();
        let proven = draft.request.proof.is_some_and(|proof| proof.rung != Rung::Nothing);
        // Nothing is told to a contact that nobody is on file under, and of which nobody showed that it is theirs; whoever wrote by
        // e-mail is answered there.
        let wrote = draft.particulars.letters.iter().any(|letter| letter.answered);
        let on_file = !draft.particulars.subjects.is_empty() || proven || wrote;
        let contact = own.or(draft.particulars.contact.as_ref())?;
        let number = draft.request.number.0.to_string();
        let told = |key: &str, args: &[(&str, &str)]| app.words.told(key, language, args);
        let outcome = app.words.word(&format!("request-state-{outcome}"), language);
        let page = app.address(&format!("/my/{}/status", language.tag()));
        let text = told("letter-answered", &[("number", &number), ("outcome", &outcome)]);
        // A question that came by e-mail is answered by e-mail; what is held about somebody never stands in a letter.
        let asked = matches!(draft.request.matter, Matter::Explanation | Matter::Complaint);
        let said = draft.said.clone().filter(|_| asked && draft.request.intake == Intake::Mail);
        let paragraphs: Vec<String> = match contact.is_email() {
            true => {
                let page = told("letter-answered-page", &[("page", &page)]);
                [text].into_iter().chain(said).chain([page, app.closing(language)]).collect()
            }
            false => vec![text],
        };
        Some(Self {
            email: contact.is_email(),
            to: contact.value.clone(),
            goes: on_file,
            subject: told("letter-answered-subject", &[("number", &number)]),
            text: paragraphs.join("\n\n"),
            language: language.tag().to_owned(),
            answers: None,
        })
    }
}

impl CaseDraft<'_> {
    /// Lets a letter go out with the deed. Whoever answers it is found by its id.
    pub fn letter(&mut self, app: &App, letter: Letter) -> Result<(), Error> {
        let id = app.vault.draw_id()?;
        let answers = self.particulars.letters.last().and_then(|letter| letter.message_id.clone());
        let mut letter = Letter { answers, ..letter };
        let bytes = serde_json::to_vec(&letter);
        letter.zeroize();
        let mut bytes = bytes.map_err(|_| Error::Unreadable)?;
        let step = self.open.case.letter_step(&id, self.yard.now.as_microsecond(), &bytes);
        bytes.zeroize();
        self.step(step?);
        self.found_by(app.registry.sent_digest(&data_encoding::HEXLOWER.encode(&id)));
        Ok(())
    }
}

impl App {
    pub(super) fn closing(&self, language: Language) -> String {
        let operator = self.view_as_known().map(|view| {
            let operator = &view.version.policy.operator;
            (operator.name.in_language(language).to_owned(), operator.email.clone())
        });
        let (name, email) = operator.unwrap_or_default();
        self.words.told("letter-closing", language, &[("operator", &name), ("email", &email)])
    }
}
