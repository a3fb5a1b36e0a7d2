//! Did a letter of ours come back, and for good?
//!
//! Mail servers report what they could not deliver in a form for programs (RFC 3464), and old ones in words alone. Anybody can
//! write either: whoever asks compares the id of the letter with those he sent, and believes nothing about others. What is only
//! said in words is for good where a number says so, and a perhaps otherwise.

use crate::letter::automation::is_mail_server;
use crate::letter::fields::Fields;
use crate::letter::parts::{self, Parts};

/// A report is short; what is longer is none.
const LONGEST_REPORT: usize = 64 * 1024;
/// Recipients in one report.
const MOST_RECIPIENTS: usize = 100;
/// Letters in a value that is kept.
const LONGEST_VALUE: usize = 320;

/// What one report says.
#[derive(Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The id of the letter that came back, without its angle brackets; absent where the report does not hold it.
    pub message_id: Option<String>,
    /// What became of it, for each recipient; at least one.
    pub recipients: Vec<Undelivered>,
}

/// What became of a letter for one recipient.
#[derive(Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// The address the letter was sent to; empty where only words say that it did not arrive.
    pub address: String,
    /// The status by number, such as `5.1.1` (RFC 3463); empty where the report names none.
    pub status: String,
    /// Whether the server gave up; otherwise it goes on trying, or does not say.
    pub permanent: bool,
}

/// Reads a report, within the bounds of letters. Any other letter is none, and so is a report of success.
pub fn read(raw: &[u8]) -> Option<Bounce> {
    let parts = parts::walk(raw).ok()?;
    match report_type(&parts.fields).as_deref() {
        None => return in_words(&parts),
        Some("delivery-status") => {}
        Some(_) => return None,
    }
    let is_status = |declared: &str| declared == "message/delivery-status";
    let status = parts.leaves.iter().find(|leaf| is_status(&leaf.declared))?.content()?;
    let status = std::str::from_utf8(status).ok().filter(|text| text.len() <= LONGEST_REPORT)?;
    let recipients = recipients(status);
    (!recipients.is_empty()).then(|| Bounce { message_id: original(&parts), recipients })
}

/// What a report is about, in lower case; nothing where a letter is no report.
fn report_type(fields: &Fields) -> Option<String> {
    let kind = fields.content_type()?;
    let is_report = kind.ctype().eq_ignore_ascii_case("multipart")
        && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"));
    is_report.then(|| kind.attribute("report-type").unwrap_or_default().to_ascii_lowercase())
}

/// What a mail server says in words, with the letter or its header below them.
fn in_words(parts: &Parts) -> Option<Bounce> {
    let from = parts.fields.addresses("from");
    let local = |address: &str| address.split('@').next().unwrap_or_default().to_lowercase();
    let is_server = from.iter().any(|from| is_mail_server(&local(&from.address)));
    if !is_server && parts.fields.first("x-failed-recipients").is_none() {
        return None;
    }
    let said = || parts.leaves.iter().filter(|leaf| !leaf.embedded).filter_map(|leaf| leaf.text.as_deref());
    let quoted = || said().flat_map(|text| text.lines()).find_map(id_in_line);
    let message_id = Some(original(parts).or_else(quoted)?);
    let number = |word: &str| {
        let word = word.trim_matches(|sign: char| !sign.is_ascii_digit());
        (word.starts_with(['4', '5']) && is_status(word)).then(|| word.to_owned())
    };
    let status = said().flat_map(|text| text.split_whitespace()).find_map(number).unwrap_or_default();
    let permanent = status.starts_with('5');
    let recipients = vec![Undelivered { address: String::new(), status, permanent }];
    Some(Bounce { message_id, recipients })
}

/// The id, where a line of a text is that field of a header.
fn id_in_line(line: &str) -> Option<String> {
    let (name, value) = line.split_once(':')?;
    let is_id = name.trim_start_matches(['>', ' ', '\t']).eq_ignore_ascii_case("message-id");
    let id = is_id.then(|| value.trim().trim_matches(['<', '>']))?;
    is_short_and_plain(id).then(|| id.to_owned())
}

/// After the fields about the whole come groups, one for a recipient, with empty lines between.
fn recipients(status: &str) -> Vec<Undelivered> {
    let text = status.replace("\r\n", "\n");
    text.split("\n\n").filter_map(undelivered).take(MOST_RECIPIENTS).collect()
}

fn undelivered(group: &str) -> Option<Undelivered> {
    let unfolded = group.replace("\n ", " ").replace("\n\t", " ");
    let field = |wanted: &str| {
        unfolded.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
        })
    };
    let permanent = match field("Action")?.to_ascii_lowercase().as_str() {
        "failed" => true,
        "delayed" => false,
        _ => return None,
    };
    // The address that we wrote comes before the one that a server on the way made of it.
    let address = field("Original-Recipient").or_else(|| field("Final-Recipient"))?;
    let (_kind, address) = address.split_once(';')?;
    let address = address.trim().trim_matches(['<', '>']).to_lowercase();
    let status = field("Status")?.split_whitespace().next()?.to_owned();
    (is_short_and_plain(&address) && is_status(&status)).then_some(Undelivered { address, status, permanent })
}

fn is_short_and_plain(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= LONGEST_VALUE
        && !value.chars().any(|sign| sign.is_control() || sign == ' ')
}

fn is_status(status: &str) -> bool {
    let numbers: Vec<&str> = status.split('.').collect();
    let is_number =
        |number: &&str| (1..=3).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number)
}

/// The letter itself lies in the report, or its header.
fn original(parts: &Parts) -> Option<String> {
    let id = |fields: &Fields| fields.ids("message-id").into_iter().next();
    let header = || {
        let leaf = parts.leaves.iter().find(|leaf| leaf.declared == "text/rfc822-headers")?;
        id(&Fields::read(leaf.content()?).ok()?)
    };
    parts.letters.first().and_then(id).or_else(header).filter(|id| is_short_and_plain(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(status: &str, letter: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.people.example\r\nTo: privacy@autoshop.example\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.people.example\r\n\r\n{status}\r\n\
             --b\r\nContent-Type: {letter}\r\n\r\n--b--\r\n"
        )
    }

    /// The id, and a line for each recipient.
    fn check(status: &str, letter: &str) -> Option<(Option<String>, Vec<String>)> {
        let bounce = read(report(status, letter).as_bytes())?;
        let about = |one: Undelivered| format!("{} {} {}", one.address, one.status, one.permanent);
        Some((bounce.message_id, bounce.recipients.into_iter().map(about).collect()))
    }

    const LETTER: &str = "message/rfc822\r\n\r\nMessage-ID: <17@autoshop.example>\r\nSubject: a\r\n\r\nbody";
    const HEADERS: &str = "text/rfc822-headers\r\n\r\nMessage-ID: <17@autoshop.example>\r\nSubject: a";

    #[test]
    fn who_did_not_get_it_and_whether_for_good_is_read() {
        let status = "Final-Recipient: rfc822; a@people.example\r\nAction: failed\r\nStatus: 5.1.1 (no such\r\n person)\r\n\r\n\
             Original-Recipient: rfc822;B@people.example\r\nFinal-Recipient: RFC822; c@people.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n";
        for letter in [LETTER, HEADERS] {
            let (id, recipients) = check(status, letter).unwrap();
            assert_eq!(id.as_deref(), Some("17@autoshop.example"));
            assert_eq!(recipients, ["a@people.example 5.1.1 true", "b@people.example 4.2.2 false"]);
        }
    }

    #[test]
    fn success_nonsense_and_other_letters_are_no_bounces() {
        assert!(
            check("Final-Recipient: rfc822; a@b.example\r\nAction: delivered\r\nStatus: 2.0.0", LETTER)
                .is_none()
        );
        assert!(
            check("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: five", LETTER).is_none()
        );
        assert!(check("Action: failed\r\nStatus: 5.0.0", LETTER).is_none());
        assert!(read(b"From: a@b.example\r\n\r\nStatus: 5.1.1\r\n").is_none());
        assert!(read(b"").is_none());
        assert!(
            read(report("", LETTER).replace("delivery-status;", "disposition-notification;").as_bytes())
                .is_none()
        );
    }

    #[test]
    fn what_an_old_server_says_in_words_counts_where_it_shows_the_letter() {
        let letter = |from: &str, text: &str| format!("From: {from}\r\nReturn-Path: <>\r\n\r\n{text}");
        let copy = "--- Below this line is a copy of the message.\r\n\r\nMessage-Id: <17@autoshop.example>\r\nSubject: a\r\n";
        let check = |from: &str, text: &str| {
            let bounce = read(letter(from, text).as_bytes())?;
            let one = &bounce.recipients[0];
            Some((bounce.message_id.unwrap(), one.status.clone(), one.permanent))
        };
        let daemon = "MAILER-DAEMON@mx.people.example";
        let told =
            |status: &str, permanent| Some(("17@autoshop.example".to_owned(), status.to_owned(), permanent));
        assert_eq!(check(daemon, &format!("mailbox is full (#5.2.2)\r\n{copy}")), told("5.2.2", true));
        assert_eq!(
            check(daemon, &format!("I go on trying: 451 4.4.1 no answer.\r\n{copy}")),
            told("4.4.1", false)
        );
        assert_eq!(check(daemon, &format!("It did not arrive, on 1.12.2026.\r\n{copy}")), told("", false));
        assert_eq!(check(daemon, "mailbox is full (#5.2.2)"), None, "nobody knows which letter");
        assert_eq!(check("a@people.example", copy), None, "a person who quotes a letter is no mail server");
    }

    #[test]
    fn a_report_that_breaks_off_anywhere_is_no_trouble() {
        let status = "Final-Recipient: rfc822; a@people.example\r\nAction: failed\r\nStatus: 5.1.1 ә\r\n\r\n";
        let whole = report(status, LETTER).into_bytes();
        assert!(read(&whole).is_some());
        for end in 0..whole.len() {
            let (start, rest) = whole.split_at(end);
            let _read_or_not = (read(start), read(rest), read(&[start, b"\xff\r\n\r\n", rest].concat()));
        }
    }

    #[test]
    fn a_report_without_the_letter_names_none() {
        let status = "Final-Recipient: rfc822; a@people.example\r\nAction: failed\r\nStatus: 5.1.1";
        assert!(check(status, "text/plain\r\n\r\nnothing").unwrap().0.is_none());
    }
}
