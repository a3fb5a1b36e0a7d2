//! What stands in a letter of ours, and what can never stand there?
//!
//! Every value is checked before it goes into a header: an end of line in an address or a subject would begin a header of its
//! own. A subject is read by everybody on the way and on locked screens, so nothing that looks like an address or a number of
//! a person may be in it.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::SendFault;
use crate::letter::automation::LOOP_FIELD;

/// Letters of a subject.
const LONGEST_SUBJECT: usize = 150;
/// Earlier letters that a thread names.
const MOST_REFERENCES: usize = 20;
/// Bytes of an id or an address in the web.
const LONGEST_WORD: usize = 500;
/// Digits in a row (spaces, signs and brackets between them do not matter) that could be a telephone or an ИИН.
const DIGITS_OF_A_PERSON: usize = 11;

/// A letter to be sent.
#[derive(Clone)]
pub struct Message {
    /// The one recipient.
    pub to: String,
    /// The subject, without anything about a person.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML, for readers who prefer it.
    pub html: Option<String>,
    /// Its id, without angle brackets; it comes back in a bounce and in an answer.
    pub message_id: String,
    /// The id of the letter that it answers.
    pub in_reply_to: Option<String>,
    /// The ids of the letters before, the oldest first.
    pub references: Vec<String>,
    /// When it was written.
    pub date: Timestamp,
    /// Why it is sent.
    pub nature: Nature,
    /// An `https` address that ends these letters by a POST without a further question (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Why a letter is sent. Programs do not answer either (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Of itself: a notice, a reminder.
    Notice,
    /// Because of a letter that came in.
    Answer,
}

impl Message {
    pub(super) fn build(&self, from: &Mailbox, instance: &str) -> Result<lettre::Message, SendFault> {
        let to: Address =
            self.to.parse().map_err(|_no_address| SendFault::Letter("the recipient is no e-mail address"))?;
        check_subject(&self.subject, &to)?;
        let mut builder = lettre::Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .date(SystemTime::from(self.date))
            .subject(&self.subject)
            .message_id(Some(bracketed(&self.message_id)?));
        if let Some(id) = &self.in_reply_to {
            builder = builder.in_reply_to(bracketed(id)?);
        }
        if !self.references.is_empty() {
            // The first letter of a thread and the last ones are what readers sort by.
            let skipped = self.references.len().saturating_sub(MOST_REFERENCES);
            let named = self.references.iter().take(1).chain(self.references.iter().skip(1 + skipped));
            let ids: Result<Vec<String>, SendFault> = named.map(|id| bracketed(id)).collect();
            builder = builder.references(ids?.join(" "));
        }
        let submitted = match self.nature {
            Nature::Notice => "auto-generated",
            Nature::Answer => "auto-replied",
        };
        builder = builder.raw_header(raw("Auto-Submitted", submitted)).raw_header(raw(LOOP_FIELD, instance));
        if let Some(url) = &self.unsubscribe {
            if !is_plain(url) || !url.starts_with("https://") || url.contains(['<', '>', ',']) {
                return Err(SendFault::Letter("the address to unsubscribe at is not a plain https address"));
            }
            builder = builder
                .raw_header(raw("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let text = SinglePart::plain(self.text.clone());
        let built = match &self.html {
            None => builder.singlepart(text),
            Some(html) => builder.multipart(
                MultiPart::alternative()
                    .boundary(self.boundary())
                    .singlepart(text)
                    .singlepart(SinglePart::html(html.clone())),
            ),
        };
        built.map_err(|_incomplete| SendFault::Letter("the letter cannot be put together"))
    }

    /// The same letter has the same boundary, so that it can be compared with itself. Its id is made for it alone, so nobody
    /// could write this line into its text beforehand.
    fn boundary(&self) -> String {
        let id: String = self.message_id.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
        format!("=_saqta_{id}")
    }
}

/// A word that may stand in a header as it is.
pub(super) fn is_token(word: &str) -> bool {
    (1..=100).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

fn is_plain(word: &str) -> bool {
    (1..=LONGEST_WORD).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_graphic())
}

fn bracketed(id: &str) -> Result<String, SendFault> {
    let id = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let halves = id.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty());
    if !halves || !is_plain(id) || id.contains(['<', '>']) {
        return Err(SendFault::Letter("the id of a letter is not of the form `left@right`"));
    }
    Ok(format!("<{id}>"))
}

fn check_subject(subject: &str, to: &Address) -> Result<(), SendFault> {
    if subject.chars().any(char::is_control) {
        return Err(SendFault::Letter("the subject has more than one line"));
    }
    if subject.trim().is_empty() || subject.chars().count() > LONGEST_SUBJECT {
        return Err(SendFault::Letter("the subject is empty or too long"));
    }
    let is_telling = subject.contains('@')
        || subject.contains(to.user()) && to.user().len() > 2
        || has_long_number(subject);
    if is_telling {
        return Err(SendFault::Letter("the subject holds an address or a number of a person"));
    }
    Ok(())
}

fn has_long_number(subject: &str) -> bool {
    let mut digits = 0;
    subject.chars().any(|sign| {
        if sign.is_numeric() {
            digits += 1;
        } else if !matches!(sign, ' ' | '-' | '(' | ')' | '+' | '\u{a0}') {
            digits = 0;
        }
        digits >= DIGITS_OF_A_PERSON
    })
}

/// For names and values that were checked or are ours: nothing in them needs encoding or could end the line.
fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.to_owned(),
        value.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        Message {
            to: "aigul@people.example".to_owned(),
            subject: "Ваш запрос № 2026-17 / Сұрау салуыңыз".to_owned(),
            text: "Здравствуйте!\n\nӘ Ғ Қ Ң Ө Ұ Ү Һ І\n.\n".to_owned(),
            html: None,
            message_id: "17@autoshop.example".to_owned(),
            in_reply_to: None,
            references: Vec::new(),
            date: "2026-11-30T05:00:00Z".parse().unwrap(),
            nature: Nature::Notice,
            unsubscribe: None,
        }
    }

    fn build(change: impl FnOnce(&mut Message)) -> Result<String, SendFault> {
        let mut message = message();
        change(&mut message);
        let from: Mailbox = "Авто <privacy@autoshop.example>".parse().unwrap();
        let bytes = message.build(&from, "instance-1")?.formatted();
        assert!(bytes.is_ascii(), "everything is encoded for old servers");
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_letter_tells_programs_what_it_is() {
        let letter = build(|message| {
            message.nature = Nature::Answer;
            message.in_reply_to = Some("<a@people.example>".to_owned());
            message.references = (0..30).map(|number| format!("{number}@people.example")).collect();
            message.unsubscribe = Some("https://autoshop.example/u/abc?d=1".to_owned());
        })
        .unwrap();
        for line in [
            "Message-ID: <17@autoshop.example>\r\n",
            "In-Reply-To: <a@people.example>\r\n",
            "Auto-Submitted: auto-replied\r\n",
            "X-Saqta-Instance: instance-1\r\n",
            "List-Unsubscribe: <https://autoshop.example/u/abc?d=1>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "Date: Mon, 30 Nov 2026 05:00:00 +0000\r\n",
            "References: <0@people.example> <11@people.example>",
        ] {
            assert!(letter.contains(line), "{line} in {letter}");
        }
    }

    #[test]
    fn the_same_letter_has_the_same_bytes() {
        let with_html = || build(|message| message.html = Some("<p>Здравствуйте!</p>".to_owned())).unwrap();
        assert!(with_html().contains("multipart/alternative"));
        assert_eq!(with_html(), with_html());
    }

    #[test]
    fn nothing_begins_a_header_of_its_own() {
        let line = "x\r\nBcc: everybody@people.example";
        assert!(build(|message| message.to = format!("aigul@people.example{line}")).is_err());
        assert!(build(|message| message.to = "a@b.example, c@d.example".to_owned()).is_err());
        assert!(build(|message| message.subject = line.to_owned()).is_err());
        assert!(build(|message| message.subject = "a\nb".to_owned()).is_err());
        assert!(build(|message| message.message_id = format!("17@{line}")).is_err());
        assert!(build(|message| message.in_reply_to = Some(format!("<17@{line}>"))).is_err());
        assert!(build(|message| message.references = vec!["a b@c".to_owned()]).is_err());
        assert!(build(|message| message.unsubscribe = Some(format!("https://a.example/{line}"))).is_err());
        assert!(build(|message| message.unsubscribe = Some("http://a.example/".to_owned())).is_err());
    }

    #[test]
    fn a_subject_says_nothing_about_a_person() {
        for subject in
            ["Your request, a@people.example", "Dear aigul", "Call +7 (700) 000-00-00", "ИИН 900101300017"]
        {
            assert!(build(|message| message.subject = subject.to_owned()).is_err(), "{subject}");
        }
        assert!(build(|message| message.subject = "№ 2026-000017 от 30.11.2026".to_owned()).is_ok());
    }
}
