//! Which letters go out about a request, and how do they leave the house?
//!
//! A letter is put in the queue by the deed that it tells of, sealed under the key of its case, and ends with it. The job takes it
//! from there. Until there is a way to send mail of its own, this system puts letters into a folder, from which the operator's
//! mail and SMS programs take them; without a folder they wait. Subjects name the number of the request and nothing of the person.
//! A letter to a contact that nobody is on file under is written and dropped, so that filing costs the same.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Outcome, Rung};
use saqta_domain::terms::subject::ThingId;
use saqta_store::requests::DueLetter;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::CaseDraft;
use super::record::Contact;
use crate::error::Error;
use crate::instance::App;

/// How letters leave the house, and under which address people find the pages they name.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Under which address people reach this server, such as `https://privacy.shop.example`.
    pub public_url: String,
    /// The folder from which letters are taken; none where nothing takes them.
    pub folder: Option<PathBuf>,
}

/// How long to wait after a letter could not be put down, times the number of tries.
const WAIT: SignedDuration = SignedDuration::from_mins(5);

/// How many letters one round takes.
const PAGE: u16 = 100;

/// A letter. It holds data of people.
#[derive(Serialize, Deserialize, Zeroize)]
pub(crate) struct Letter {
    email: bool,
    to: String,
    /// Whether it goes out: a letter to a contact that is not on file does not.
    goes: bool,
    subject: String,
    text: String,
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
        }
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
        }
    }

    /// That a request was answered, or that an answer in part is now whole.
    pub fn answered(app: &App, draft: &CaseDraft<'_>, outcome: Outcome) -> Option<Self> {
        let language = draft.request.language;
        let own = draft.particulars.answer_to.as_ref();
        let proven = draft.request.proof.is_some_and(|proof| proof.rung != Rung::Nothing);
        // Nothing is told to a contact that nobody is on file under, and of which nobody showed that it is theirs.
        let on_file = !draft.particulars.subjects.is_empty() || proven;
        let contact = own.or(draft.particulars.contact.as_ref())?;
        let number = draft.request.number.0.to_string();
        let told = |key: &str, args: &[(&str, &str)]| app.words.told(key, language, args);
        let outcome = app.words.word(&format!("request-state-{outcome}"), language);
        let page = app.address(&format!("/my/{}/status", language.tag()));
        let text = told("letter-answered", &[("number", &number), ("outcome", &outcome)]);
        let paragraphs = match contact.is_email() {
            true => vec![text, told("letter-answered-page", &[("page", &page)]), app.closing(language)],
            false => vec![text],
        };
        Some(Self {
            email: contact.is_email(),
            to: contact.value.clone(),
            goes: on_file,
            subject: told("letter-answered-subject", &[("number", &number)]),
            text: paragraphs.join("\n\n"),
        })
    }
}

impl<'a> CaseDraft<'a> {
    /// Lets a letter go out with the deed.
    pub fn letter(&mut self, app: &App, letter: &Letter) -> Result<(), Error> {
        let id = app.vault.draw_id()?;
        let mut bytes = serde_json::to_vec(letter).map_err(|_| Error::Unreadable)?;
        let step = self.open.case.letter_step(&id, self.yard.now.as_microsecond(), &bytes);
        bytes.zeroize();
        self.step(step?);
        Ok(())
    }
}

impl App {
    /// Says how letters leave the house from now on.
    pub fn set_post(&self, post: Post) {
        self.post.store(post.into());
    }

    /// Whether letters leave the house at all.
    pub fn has_post(&self) -> bool {
        self.post.load().folder.is_some()
    }

    /// A path of this server as people outside reach it.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.post.load().public_url.trim_end_matches('/'))
    }

    fn closing(&self, language: Language) -> String {
        let operator = self.view_as_known().map(|view| {
            let operator = &view.version.policy.operator;
            (operator.name.in_language(language).to_owned(), operator.email.clone())
        });
        let (name, email) = operator.unwrap_or_default();
        self.words.told("letter-closing", language, &[("operator", &name), ("email", &email)])
    }

    /// Puts down the letters that have to go out; gives their number.
    pub(crate) async fn send_letters(&self) -> Result<u64, Error> {
        let post = self.post.load_full();
        let Some(folder) = &post.folder else { return Ok(0) };
        let mut sent = 0;
        loop {
            let now = self.now();
            let page = self.vault.db().letters_due(now.as_microsecond(), PAGE).await?;
            if page.is_empty() {
                return Ok(sent);
            }
            for due in &page {
                match self.put_down(folder, due, now).await {
                    Ok(went) => {
                        self.vault.db().forget_letter(due).await?;
                        sent += u64::from(went);
                    }
                    Err(error) => {
                        tracing::error!(%error, "a letter was not put down, and is tried again later");
                        let wait = i32::try_from(due.tries.saturating_add(1).min(12)).unwrap_or(12);
                        let later = now.checked_add(WAIT * wait).unwrap_or(now);
                        self.vault.db().put_off_letter(due, later.as_microsecond()).await?;
                    }
                }
            }
        }
    }

    /// Puts one letter down; says whether it went out. One to nobody, or of a case that has ended, does not.
    async fn put_down(&self, folder: &Path, due: &DueLetter, now: Timestamp) -> Result<bool, Error> {
        let Some(bytes) = self.vault.open_letter(due).await? else { return Ok(false) };
        let letter: Letter = serde_json::from_slice(&bytes).map_err(|_| Error::Unreadable)?;
        if !letter.goes {
            return Ok(false);
        }
        let from = self.view().await?.version.policy.operator.email.clone();
        let written = write(folder, ThingId::new(due.id), &letter, &from, now.as_second());
        written.map(|()| true).map_err(Error::Letter)
    }
}

/// Writes a letter under a name of its own, so that nobody takes half of one. Written twice it is the same file.
fn write(folder: &Path, id: ThingId, letter: &Letter, from: &str, at: i64) -> Result<(), std::io::Error> {
    let (bytes, ending) = match letter.email {
        true => (message(letter, from, id, at)?, "eml"),
        false => (format!("To: {}\n\n{}\n", letter.to, letter.text).into_bytes(), "sms"),
    };
    std::fs::create_dir_all(folder)?;
    let (name, half) = (folder.join(format!("{id}.{ending}")), folder.join(format!(".{id}.half")));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(&half)?;
    file.write_all(&bytes)?;
    // The queue forgets the letter next, so it has to be on the disk.
    file.sync_all()?;
    std::fs::rename(half, name)
}

fn message(letter: &Letter, from: &str, id: ThingId, at: i64) -> Result<Vec<u8>, std::io::Error> {
    let mailbox = |address: &str| {
        address.parse::<Mailbox>().map_err(|_| std::io::Error::other("an address of a letter is malformed"))
    };
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at).unwrap_or(0));
    let message = lettre::Message::builder()
        .from(mailbox(from)?)
        .to(mailbox(&letter.to)?)
        .subject(letter.subject.clone())
        .date(date)
        .message_id(Some(format!("<{id}@{domain}>")))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .map_err(|_| std::io::Error::other("a letter cannot be written as a message"))?;
    Ok(message.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &str) -> Letter {
        Letter {
            email: to.contains('@'),
            to: to.to_owned(),
            goes: true,
            subject: "Сұрау № 14".into(),
            text: "Сіздің кодыңыз: 123456".into(),
        }
    }

    #[test]
    fn a_letter_is_a_message_with_its_letters_intact_and_the_same_when_written_twice() {
        let folder = tempfile::tempdir().unwrap();
        let id = ThingId::new([7; 16]);
        for _ in 0..2 {
            write(folder.path(), id, &letter("a@mail.example"), "privacy@shop.example", 1_772_424_000)
                .unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(folder.path().join(format!("{id}.eml"))).unwrap();
        assert!(text.contains("To: a@mail.example") && text.contains("Date: Mon, 02 Mar 2026"), "{text}");
        assert!(text.contains("charset=utf-8"), "{text}");
    }

    #[test]
    fn nothing_in_a_letter_becomes_a_header() {
        let folder = tempfile::tempdir().unwrap();
        let mut forged = letter("a@mail.example");
        forged.subject = "№ 14\r\nBcc: b@mail.example".into();
        forged.text = "Bcc: c@mail.example".into();
        write(folder.path(), ThingId::new([8; 16]), &forged, "privacy@shop.example", 0).unwrap();
        let name = folder.path().join(format!("{}.eml", ThingId::new([8; 16])));
        let text = std::fs::read_to_string(name).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc:")), "{head}");
        let to = Letter { to: "a@mail.example\r\nBcc: d@mail.example".into(), ..letter("a@mail.example") };
        assert!(write(folder.path(), ThingId::new([9; 16]), &to, "privacy@shop.example", 0).is_err());
    }

    #[test]
    fn a_number_gets_a_short_message() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), ThingId::new([7; 16]), &letter("+77000000001"), "privacy@shop.example", 0)
            .unwrap();
        let name = folder.path().join(format!("{}.sms", ThingId::new([7; 16])));
        assert!(std::fs::read_to_string(name).unwrap().starts_with("To: +77000000001\n\n"));
    }
}
