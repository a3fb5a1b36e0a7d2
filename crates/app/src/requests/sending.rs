//! How do letters leave the house?
//!
//! By the operator's mail server where one is set; else into a folder, from which their mail program takes them. Short messages for
//! telephones go into the folder always. Without either they wait. What cannot go now is tried again, later each time; what a
//! mail server refuses for good is put on record in its case, so that staff find another way. A letter bears the id it has in the
//! queue, so one that was sent and not yet crossed off goes out as the same letter.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use askama::Template;
use jiff::{SignedDuration, Timestamp};
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::subject::ThingId;
use saqta_mail::imap::Trouble;
use saqta_mail::outgoing::{self, Message, Nature, Outgoing, SendFault};
use saqta_mail::tls::Security;
use saqta_store::requests::DueLetter;

use super::CaseDraft;
use super::kept::Undelivered;
use super::letters::Letter;
use crate::act::settle;
use crate::error::Error;
use crate::instance::App;
use crate::jobs::system;

/// How letters leave the house, and under which address people find the pages they name.
#[derive(Clone, Default)]
pub struct Post {
    /// Under which address people reach this server, such as `https://privacy.shop.example`.
    pub public_url: String,
    /// The folder from which letters are taken; none where nothing takes them.
    pub folder: Option<PathBuf>,
    /// The mail server that takes letters; none where they go into the folder.
    pub server: Option<Arc<outgoing::Post>>,
}

/// How long to wait after a letter could not leave, times the number of tries.
const WAIT: SignedDuration = SignedDuration::from_mins(5);

/// How many letters one round takes.
const PAGE: u16 = 100;

/// The place that staff are told of when letters do not leave.
const SMTP: &str = "SMTP";

/// What is wrong with the mail server, by the code under which its wording for staff is found.
fn trouble(fault: &SendFault) -> &'static str {
    match fault {
        SendFault::Password => Trouble::WrongPassword.code(),
        SendFault::Settings(_) => Trouble::Settings.code(),
        SendFault::Temporary(_) | SendFault::Permanent(_) | SendFault::Letter(_) => {
            Trouble::Unreachable.code()
        }
    }
}

/// What became of a letter.
enum Left {
    /// It went out.
    Went,
    /// It goes to nobody, or its case has ended.
    Nowhere,
    /// It waits: there is no way out for its kind.
    Waits,
    /// The mail server refuses it for good.
    Refused(Option<outgoing::Reply>),
}

impl App {
    /// Says how letters leave the house from now on.
    pub fn set_post(&self, post: Post) {
        self.post.store(post.into());
    }

    /// Whether letters leave the house at all.
    pub fn has_post(&self) -> bool {
        let post = self.post.load();
        post.folder.is_some() || post.server.is_some()
    }

    /// A path of this server as people outside reach it.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.post.load().public_url.trim_end_matches('/'))
    }

    /// The name by which this installation knows its own letters when they come back.
    pub fn letter_mark(&self) -> String {
        let digest = crate::admission::sha256(format!("letters of {}", self.fingerprint()).as_bytes());
        data_encoding::HEXLOWER.encode(digest.get(..8).unwrap_or_default())
    }

    /// Sends the letters that have to go out; gives their number.
    pub(crate) async fn send_letters(&self) -> Result<u64, Error> {
        if !self.has_post() {
            return Ok(0);
        }
        let mut sent = 0;
        loop {
            let now = self.now();
            let page = self.vault.db().letters_due(now.as_microsecond(), PAGE).await?;
            if page.is_empty() {
                return Ok(sent);
            }
            for due in &page {
                match self.send_letter(due, now).await {
                    Ok(Left::Went) => {
                        self.vault.db().reached("letter:left")?;
                        self.vault.db().forget_letter(due).await?;
                        sent += 1;
                    }
                    Ok(Left::Nowhere) => self.vault.db().forget_letter(due).await?,
                    Ok(Left::Refused(reply)) => {
                        let status = reply.map_or_else(String::new, |reply| reply.code.to_string());
                        settle!(self.refused_letter(due, &status))?;
                        self.vault.db().forget_letter(due).await?;
                    }
                    Ok(Left::Waits) => self.put_off(due, now).await?,
                    Err(error) => {
                        tracing::error!(%error, "a letter did not leave, and is tried again later");
                        self.put_off(due, now).await?;
                    }
                }
            }
        }
    }

    async fn put_off(&self, due: &DueLetter, now: Timestamp) -> Result<(), Error> {
        let wait = i32::try_from(due.tries.saturating_add(1).min(12)).unwrap_or(12);
        let later = now.checked_add(WAIT * wait).unwrap_or(now);
        Ok(self.vault.db().put_off_letter(due, later.as_microsecond()).await?)
    }

    async fn send_letter(&self, due: &DueLetter, now: Timestamp) -> Result<Left, Error> {
        let Some(bytes) = self.vault.open_letter(due).await? else { return Ok(Left::Nowhere) };
        let letter: Letter = serde_json::from_slice(&bytes).map_err(|_| Error::Unreadable)?;
        if !letter.goes {
            return Ok(Left::Nowhere);
        }
        let post = self.post.load_full();
        let id = ThingId::new(due.id);
        let broken = |error| Error::Letter(std::io::Error::other(error));
        match (&post.server, &post.folder) {
            (Some(server), _) if letter.email => {
                let message = message(&letter, id, self.sender_domain().await?, now)?;
                match server.send(&message).await {
                    Ok(_) => {
                        self.troubles.say(SMTP, None);
                        Ok(Left::Went)
                    }
                    Err(SendFault::Permanent(reply)) => Ok(Left::Refused(reply)),
                    Err(SendFault::Letter(_)) => Ok(Left::Refused(None)),
                    Err(fault) => {
                        self.troubles.say(SMTP, Some(trouble(&fault)));
                        Err(broken(fault))
                    }
                }
            }
            (_, Some(folder)) if letter.email => {
                let message = message(&letter, id, self.sender_domain().await?, now)?;
                let composed = self.composer().await?.compose(&message).map_err(broken)?;
                put_down(folder, id, &composed.bytes, "eml").map_err(Error::Letter)?;
                Ok(Left::Went)
            }
            (_, Some(folder)) => {
                let text = format!("To: {}\n\n{}\n", letter.to, letter.text);
                put_down(folder, id, text.as_bytes(), "sms").map_err(Error::Letter)?;
                Ok(Left::Went)
            }
            (_, None) => Ok(Left::Waits),
        }
    }

    /// What writes letters as the mail server would send them, for the folder.
    async fn composer(&self) -> Result<outgoing::Post, Error> {
        let settings = Outgoing {
            host: "localhost".to_owned(),
            port: 25,
            security: Security::NoneOnThisMachine,
            authorities: None,
            login: None,
            from: self.view().await?.version.policy.operator.email.clone(),
            signature: None,
            instance: self.letter_mark(),
        };
        outgoing::Post::new(settings).map_err(|fault| Error::Letter(std::io::Error::other(fault)))
    }

    async fn sender_domain(&self) -> Result<String, Error> {
        let email = self.view().await?.version.policy.operator.email.clone();
        Ok(email.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned())
    }

    /// Puts on record that a letter about a request will not arrive.
    async fn refused_letter(&self, due: &DueLetter, status: &str) -> Result<(), Error> {
        let view = self.view().await?;
        let Some(open) = self.case_of(due.case).await? else { return Ok(()) };
        let caller = system("requests");
        let yard = self.yardstick(open.request.filed_at, view.now)?;
        let mut draft = CaseDraft::new(&caller, &yard, &open);
        if let Err(refusal) = draft.happen(RequestEvent::Noted { at: view.now }) {
            return Err(self.refuse_move(&caller, &view, Some(&open), "request.noted", refusal).await);
        }
        let at = view.now.as_microsecond();
        draft.particulars.undelivered.push(Undelivered { at, status: status.to_owned(), permanent: true });
        self.commit_case(draft, &view, Vec::new()).await.map(drop)
    }
}

fn message(letter: &Letter, id: ThingId, domain: String, now: Timestamp) -> Result<Message, Error> {
    let html = Page::of(letter).render().map_err(|_| Error::Unreadable)?;
    Ok(Message {
        to: letter.to.clone(),
        subject: letter.subject.clone(),
        text: letter.text.clone(),
        html: Some(html),
        message_id: format!("{id}@{domain}"),
        in_reply_to: letter.answers.clone(),
        references: letter.answers.iter().cloned().collect(),
        date: now,
        nature: if letter.answers.is_some() { Nature::Answer } else { Nature::Notice },
        unsubscribe: None,
    })
}

/// A letter for readers who prefer HTML: the same words, with their links.
#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'a> {
    language: &'a str,
    paragraphs: Vec<Vec<Piece<'a>>>,
}

enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

impl<'a> Page<'a> {
    fn of(letter: &'a Letter) -> Self {
        let piece = |word: &'a str| match word.starts_with("https://") || word.starts_with("http://") {
            true => Piece::Link(word.trim_end_matches(['.', ','])),
            false => Piece::Words(word),
        };
        let paragraphs = letter.text.split("\n\n");
        let paragraphs = paragraphs.map(|text| text.split_whitespace().map(piece).collect()).collect();
        Self { language: &letter.language, paragraphs }
    }
}

/// Writes a letter under a name of its own, so that nobody takes half of one. Written twice it is the same file.
fn put_down(folder: &Path, id: ThingId, bytes: &[u8], ending: &str) -> Result<(), std::io::Error> {
    std::fs::create_dir_all(folder)?;
    let (name, half) = (folder.join(format!("{id}.{ending}")), folder.join(format!(".{id}.half")));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(&half)?;
    file.write_all(bytes)?;
    // The queue forgets the letter next, so it has to be on the disk.
    file.sync_all()?;
    std::fs::rename(half, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &str) -> Letter {
        Letter {
            email: true,
            to: to.to_owned(),
            goes: true,
            subject: "Сұрау № 14".into(),
            text: "Сіздің кодыңыз: 123456 <b>\n\nhttps://shop.example/my?a=1&b=2.".into(),
            language: "kk".into(),
            answers: Some("17@mail.example".into()),
        }
    }

    fn composed(letter: &Letter) -> Result<String, SendFault> {
        let settings = Outgoing {
            host: "localhost".into(),
            port: 25,
            security: Security::NoneOnThisMachine,
            authorities: None,
            login: None,
            from: "privacy@shop.example".into(),
            signature: None,
            instance: "one".into(),
        };
        let at = Timestamp::from_second(1_772_424_000).unwrap();
        let message = message(letter, ThingId::new([7; 16]), "shop.example".into(), at).unwrap();
        let composed = outgoing::Post::new(settings).unwrap().compose(&message)?;
        Ok(String::from_utf8(composed.bytes).unwrap())
    }

    #[tokio::test]
    async fn a_letter_answers_in_its_thread_and_is_the_same_when_written_twice() {
        let text = composed(&letter("a@mail.example")).unwrap();
        assert_eq!(text, composed(&letter("a@mail.example")).unwrap());
        for line in ["To: a@mail.example", "In-Reply-To: <17@mail.example>", "Auto-Submitted: auto-replied"] {
            assert!(text.contains(line), "{line}: {text}");
        }
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            put_down(folder.path(), ThingId::new([7; 16]), text.as_bytes(), "eml").unwrap();
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn words_stay_words_and_addresses_become_links() {
        let html = Page::of(&letter("a@mail.example")).render().unwrap();
        assert!(html.contains("lang=\"kk\"") && !html.contains("<b>"), "{html}");
        assert!(html.contains("href=\"https://shop.example/my?a=1&#38;b=2\""), "{html}");
    }

    #[tokio::test]
    async fn nothing_in_a_letter_becomes_a_header() {
        let forged = Letter { subject: "№ 14\r\nBcc: b@mail.example".into(), ..letter("a@mail.example") };
        assert!(matches!(composed(&forged), Err(SendFault::Letter(_))));
        assert!(composed(&letter("a@mail.example\r\nBcc: d@mail.example")).is_err());
    }
}
