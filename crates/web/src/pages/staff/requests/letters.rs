//! What do staff see of the letters of a request, of letters of ours that did not arrive, and of mailboxes with trouble?
//!
//! A letter is told as text and never rendered. What it says of itself stands apart from what was found out about it. Attachments
//! leave as files that no browser opens by itself; what could run is named, with the reason why it is not given out.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::tz::TimeZone;
use saqta_app::error::Error;
use saqta_app::mail::seen::{AttachmentSeen, LetterSeen, SenderSeen, Standing, WriterSeen};
use saqta_app::requests::desk::{DeedKind, Shown};
use saqta_app::requests::kept::Undelivered;

use super::case_parts::Warning;
use super::telling::{self, Fact, Link};
use super::{case_path, deeds, file_named};
use crate::pages::door::OnDuty;
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

/// The letters of a request.
pub(super) struct Letters {
    pub title: String,
    pub safe: String,
    pub wrongly: String,
    /// The form by which staff say that it wants something else.
    pub reclassify: Option<Link>,
    pub all: Vec<LetterShown>,
}

/// One letter.
pub(super) struct LetterShown {
    pub title: String,
    /// What is wrong with it as a whole.
    pub notes: Vec<String>,
    pub from_label: String,
    /// Each name with its address; a word where nobody is named.
    pub from: Vec<String>,
    pub subject_label: String,
    pub subject: String,
    pub words_label: String,
    /// Empty where the writer wrote nothing; then `no_words` says so.
    pub words: String,
    pub no_words: String,
    /// What is shut at first: a title and a text.
    pub more: Vec<Fact>,
    pub attachments_label: String,
    pub attachments: Vec<AttachmentShown>,
    /// The letter as it came, as a file.
    pub original: Link,
    pub original_why: String,
    pub understood_label: String,
    pub kinds: String,
    pub reasons: Vec<String>,
    pub sender_label: String,
    pub standing: String,
    pub standing_class: &'static str,
    pub checks: Vec<Fact>,
}

/// One attachment.
pub(super) struct AttachmentShown {
    pub name: String,
    pub about: String,
    /// How it is fetched; none where it is barred.
    pub download: Option<Link>,
    pub barred: Option<String>,
}

/// The letters; none where none came.
pub(super) fn letters(frame: &Frame<'_>, shown: &Shown) -> Option<Letters> {
    if shown.letters.is_empty() {
        return None;
    }
    let path = case_path(shown.request.number.0);
    let reclassify = shown.may.contains(&DeedKind::Reclassify).then(|| {
        let word = deeds::word_of(DeedKind::Reclassify);
        Link { href: format!("#{word}"), words: frame.word(&format!("desk-do-{word}")) }
    });
    let letter = |(place, seen)| letter(frame, seen, &format!("{path}/letters/{place}"), &shown.zone);
    Some(Letters {
        title: frame.word("mail-title"),
        safe: frame.word("mail-safe"),
        wrongly: frame.word("mail-wrongly"),
        reclassify,
        all: shown.letters.iter().enumerate().map(letter).collect(),
    })
}

fn letter(frame: &Frame<'_>, seen: &LetterSeen, path: &str, zone: &TimeZone) -> LetterShown {
    let unreadable = (!seen.readable).then_some("mail-unreadable");
    let several = (seen.from.len() > 1).then_some("mail-several");
    let cut = seen.cut.then_some("mail-cut");
    let named = seen.from.iter().any(WriterSeen::shows_another_address).then_some("mail-name-address");
    let head_only = seen.left_behind.map(|bytes| {
        let size = size(frame, usize::try_from(bytes).unwrap_or(usize::MAX));
        frame.told("mail-head-only", &[("size", &size)])
    });
    let notes = [unreadable, several, named, cut].into_iter().flatten().map(|key| frame.word(key));
    let folded = [("mail-forwarded", &seen.forwarded), ("mail-quoted", &seen.quoted)];
    let folded = folded.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let attachments = seen.attachments.iter().enumerate();
    let kinds: Vec<_> = seen.kinds.iter().map(|kind| kind_words(frame, kind)).collect();
    let sender = seen.sender.as_ref();
    let (words, language) = (frame.web.app.words(), frame.speech.language);
    LetterShown {
        title: frame.told("mail-letter", &[("at", &telling::when(seen.at, zone))]),
        notes: looks_like(frame, seen).into_iter().chain(notes).chain(head_only).collect(),
        from_label: frame.word("mail-from"),
        from: match &*seen.from {
            [] => vec![frame.word("mail-nobody")],
            writers => writers.iter().map(writer).collect(),
        },
        subject_label: frame.word("mail-subject"),
        subject: match &*seen.subject {
            "" => frame.word("mail-without-subject"),
            subject => subject.to_owned(),
        },
        words_label: frame.word("mail-words"),
        words: seen.own.clone(),
        no_words: frame.word("mail-no-own-words"),
        more: folded.map(|(key, text)| Fact { label: frame.word(key), words: text.clone() }).collect(),
        attachments_label: frame.word("mail-attachments"),
        attachments: attachments.map(|(place, one)| attachment(frame, one, path, place)).collect(),
        original: Link { href: format!("{path}/original"), words: frame.word("mail-original") },
        original_why: frame.word("mail-original-why"),
        understood_label: frame.word("mail-understood"),
        kinds: kinds.join(", "),
        reasons: seen.reasons.iter().map(|why| why.told(words, language)).collect(),
        sender_label: frame.word("mail-sender"),
        standing: match sender {
            Some(sender) => frame.word(&format!("mail-standing-{}", sender.standing.as_str())),
            None => format!("{} {}", frame.word("mail-standing-unknown"), frame.word("mail-unchecked")),
        },
        standing_class: match sender.map(|sender| sender.standing) {
            Some(Standing::Confirmed) => "effective",
            Some(Standing::Denied) => "unbacked",
            Some(Standing::Unknown) | None => "scheduled",
        },
        checks: sender.map(|sender| checks(frame, sender)).unwrap_or_default(),
    }
}

/// That the sender's domain is made to look like another, or happens to.
fn looks_like(frame: &Frame<'_>, seen: &LetterSeen) -> Option<String> {
    let (domain, found) = seen.looks_like.as_ref()?;
    let key = format!("mail-looks_like-{}", found.by.as_str());
    Some(frame.told(&key, &[("domain", domain), ("known", &found.domain)]))
}

fn writer(writer: &WriterSeen) -> String {
    match &*writer.name {
        "" => writer.address.clone(),
        name => format!("{name} <{}>", writer.address),
    }
}

fn attachment(frame: &Frame<'_>, seen: &AttachmentSeen, path: &str, place: usize) -> AttachmentShown {
    let size = size(frame, seen.bytes);
    let href = || format!("{path}/attachments/{place}");
    AttachmentShown {
        name: seen.name.clone(),
        about: frame.told("mail-declared", &[("type", &seen.declared), ("size", &size)]),
        download: seen.barred.is_none().then(|| Link { href: href(), words: frame.word("mail-download") }),
        barred: seen.barred.map(|why| frame.word(&format!("mail-barred-{why}"))),
    }
}

fn size(frame: &Frame<'_>, bytes: usize) -> String {
    const KB: usize = 1024;
    const MB: usize = KB * KB;
    let told = |key, size: usize| frame.told(key, &[("size", &size.to_string())]);
    match bytes {
        0..KB => told("mail-size-bytes", bytes),
        KB..MB => told("mail-size-kb", bytes.div_ceil(KB)),
        MB.. => {
            let (whole, tenth) = (bytes / MB, bytes % MB * 10 / MB);
            let parts = [("whole", &*whole.to_string()), ("tenth", &*tenth.to_string())];
            frame.told("mail-size-mb", &parts)
        }
    }
}

fn kind_words(frame: &Frame<'_>, kind: &str) -> String {
    telling::one_of(frame, &["mail-kind"], kind)
}

/// A line for each check of the sender.
fn checks(frame: &Frame<'_>, sender: &SenderSeen) -> Vec<Fact> {
    let line = |(check, verdict): &(&str, &str)| {
        let words = frame.word(&format!("mail-verdict-{verdict}"));
        let words = match &sender.signed_by {
            Some(domain) if *check == "dkim" => {
                frame.told("mail-signed-by", &[("verdict", &words), ("domain", domain)])
            }
            _ => words,
        };
        Fact { label: frame.word(&format!("mail-check-{check}")), words }
    };
    sender.checks.iter().map(line).collect()
}

/// What has to be seen before anything is done: a letter that was probably forged, one from a domain that looks like another, and
/// letters of ours that did not arrive.
pub(super) fn alarms(frame: &Frame<'_>, shown: &Shown) -> Vec<Warning> {
    let is_denied =
        |seen: &LetterSeen| seen.sender.as_ref().is_some_and(|found| found.standing == Standing::Denied);
    let warning = |words| Warning {
        words,
        class: "unbacked",
        link: Some(Link { href: "#letters".to_owned(), words: frame.word("mail-title") }),
    };
    let denied = shown.letters.iter().any(is_denied).then(|| warning(frame.word("mail-standing-denied")));
    let alike = shown.letters.iter().find_map(|seen| looks_like(frame, seen)).map(warning);
    denied.into_iter().chain(alike).chain(undelivered(frame, shown)).collect()
}

/// Since when it is known that a letter of ours did not arrive, why, and what to do.
fn undelivered(frame: &Frame<'_>, shown: &Shown) -> Vec<Warning> {
    let one = |one: &Undelivered| {
        // The second number of a status says what it is about (RFC 3463).
        let about = one.status.split('.').nth(1).unwrap_or_default();
        let why = match about {
            "1" | "2" | "4" | "7" => format!("mail-status-{about}"),
            _ => "mail-status-other".to_owned(),
        };
        let status = match &*one.status {
            "" => frame.word("mail-status-none"),
            status => status.to_owned(),
        };
        let (at, why) = (telling::micros(one.at, &shown.zone), frame.word(&why));
        let told = frame.told("mail-undelivered", &[("at", &at), ("why", &why), ("status", &status)]);
        let todo = if one.permanent { "mail-undelivered-permanent" } else { "mail-undelivered-perhaps" };
        Warning { words: format!("{told} {}", frame.word(todo)), class: "unbacked", link: None }
    };
    shown.undelivered.iter().map(one).collect()
}

/// Mailboxes out of which letters do not come as they should.
pub(in crate::pages::staff) struct MailTroubles {
    pub title: String,
    /// Each mailbox, with what is wrong and what to do.
    pub lines: Vec<String>,
}

/// What is wrong with mailboxes now; none while all is well.
pub(in crate::pages::staff) fn mail_troubles(frame: &Frame<'_>) -> Option<MailTroubles> {
    let line =
        |(place, code): (String, &str)| format!("{place}: {}", frame.word(&format!("mail-trouble-{code}")));
    let lines: Vec<_> = frame.web.app.mail_troubles().into_iter().map(line).collect();
    (!lines.is_empty()).then(|| MailTroubles { title: frame.word("mail-troubles"), lines })
}

/// A letter as it came, to keep.
pub(super) async fn original(
    State(web): State<Web>,
    Path((number, letter)): Path<(String, String)>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let letter = letter.parse().map_err(|_| Error::NotFound)?;
    let (name, bytes) = web.app.letter_original(&by.caller(), number, letter).await?;
    Ok(file_named(bytes, &name))
}

/// An attachment, to keep. One that is barred is nowhere.
pub(super) async fn fetch(
    State(web): State<Web>,
    Path((number, letter, attachment)): Path<(String, String, String)>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let place = |text: String| text.parse::<usize>().map_err(|_| Error::NotFound);
    let (letter, attachment) = (place(letter)?, place(attachment)?);
    let (name, bytes) = web.app.letter_attachment(&by.caller(), number, letter, attachment).await?;
    Ok(file_named(bytes, &name))
}
