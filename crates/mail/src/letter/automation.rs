//! What says that a letter was sent by a machine?
//!
//! A strong sign alone is enough for a letter never to be filed. A weak one only says that nobody reads an answer: people's
//! letters carry it too, when they come through a form or an office system.

use std::collections::BTreeSet;

use super::fields::Fields;
use super::parts::Leaf;
use super::{Address, encoded_words};

/// The field that every letter of ours carries. A letter that has it comes from here, and is never filed or answered.
pub const LOOP_FIELD: &str = "X-Saqta-Instance";

macro_rules! signs {
    ($($(#[$about:meta])* $Variant:ident = $word:literal, $strong:literal;)+) => {
        /// Something that says a machine sent it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sign { $($(#[$about])* $Variant),+ }

        impl Sign {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $word),+ }
            }

            /// Whether it alone is enough.
            pub fn is_strong(self) -> bool {
                match self { $(Self::$Variant => $strong),+ }
            }
        }
    };
}

signs! {
    /// It carries our own [`LOOP_FIELD`].
    OwnLoop = "own_loop", true;
    /// `Auto-Submitted` says so (RFC 3834).
    AutoSubmitted = "auto_submitted", true;
    /// `Precedence` is bulk, junk, list or auto_reply.
    Precedence = "precedence", true;
    /// It went to a mailing list, or can be unsubscribed from.
    MailingList = "mailing_list", true;
    /// A field that programs answering by themselves write.
    AutoReplyField = "auto_reply_field", true;
    /// It is a report of a mail server, or of a mail program that it was shown.
    Report = "report", true;
    /// It would be returned to nobody.
    NoReturnPath = "no_return_path", true;
    /// Its sender is a mail server.
    MailServer = "mail_server", true;
    /// Its subject is that of an automatic answer or of a report.
    SubjectOfMachine = "subject_of_machine", true;
    /// It asks other machines not to answer.
    SuppressesAnswers = "suppresses_answers", false;
    /// Its sender reads no answers.
    NoReply = "no_reply", false;
}

/// All signs of a letter.
pub(super) fn signs(fields: &Fields, from: &[Address], subject: &str, leaves: &[Leaf]) -> BTreeSet<Sign> {
    let mut signs = BTreeSet::new();
    let mut when = |met: bool, sign: Sign| {
        if met {
            signs.insert(sign);
        }
    };
    let word = |name: &str| {
        fields
            .first(name)
            .map(|value| value.trim().split([';', ' ']).next().unwrap_or_default().to_ascii_lowercase())
    };
    when(fields.first(&LOOP_FIELD.to_ascii_lowercase()).is_some(), Sign::OwnLoop);
    when(word("auto-submitted").is_some_and(|word| word != "no" && !word.is_empty()), Sign::AutoSubmitted);
    when(
        word("precedence").is_some_and(|word| {
            matches!(word.as_str(), "bulk" | "junk" | "list" | "auto_reply" | "auto-reply")
        }),
        Sign::Precedence,
    );
    let list = ["list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list", "feedback-id"];
    when(list.iter().any(|name| fields.first(name).is_some()), Sign::MailingList);
    let answers = [
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply",
        "x-mail-autoreply",
        "x-autoreply-from",
    ];
    when(answers.iter().any(|name| word(name).is_some_and(|word| word != "no")), Sign::AutoReplyField);
    let content_type = fields.first("content-type").unwrap_or_default().trim().to_ascii_lowercase();
    let is_report = content_type.starts_with("multipart/report")
        || fields.first("x-failed-recipients").is_some()
        || leaves.iter().any(|leaf| {
            !leaf.embedded
                && matches!(
                    leaf.declared.as_str(),
                    "message/delivery-status" | "message/disposition-notification"
                )
        });
    when(is_report, Sign::Report);
    let returned = fields.first("return-path").map(|path| path.split_whitespace().collect::<String>());
    when(returned.is_some_and(|path| path == "<>"), Sign::NoReturnPath);
    let locals =
        || from.iter().map(|address| address.address.split('@').next().unwrap_or_default().to_lowercase());
    when(locals().any(|local| is_mail_server(&local)), Sign::MailServer);
    when(locals().any(|local| is_no_reply(&local)), Sign::NoReply);
    when(is_subject_of_machine(subject), Sign::SubjectOfMachine);
    let suppress =
        fields.first("x-auto-response-suppress").map(|value| encoded_words::read(value.as_bytes()));
    when(suppress.is_some_and(|value| !value.trim().eq_ignore_ascii_case("none")), Sign::SuppressesAnswers);
    signs
}

pub(crate) fn is_mail_server(local: &str) -> bool {
    matches!(
        local,
        "mailer-daemon" | "mailerdaemon" | "postmaster" | "mail-daemon" | "mailer" | "bounce" | "bounces"
    ) || local.starts_with("bounce-")
        || local.starts_with("bounces+")
}

fn is_no_reply(local: &str) -> bool {
    let letters: String = local.chars().filter(|ch| ch.is_alphanumeric()).collect();
    ["noreply", "donotreply", "dontreply", "nereply", "notreply"].iter().any(|word| letters.contains(word))
}

/// How automatic answers and reports begin their subjects. A human who answers one keeps it behind `Re:`, which is not looked
/// through here.
fn is_subject_of_machine(subject: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "автоответ",
        "автоматический ответ",
        "автоматическое уведомление об отсутствии",
        "отсутствую на работе",
        "нет на рабочем месте",
        "вне офиса",
        "автожауап",
        "автоматты жауап",
        "автоматты түрде жауап",
        "жұмыста жоқпын",
        "automatic reply",
        "auto-reply",
        "autoreply",
        "auto reply",
        "auto response",
        "autoresponse",
        "out of office",
        "out of the office",
        "ooo:",
        "undelivered mail",
        "undeliverable",
        "не удается доставить",
        "недоставленное сообщение",
        "сообщение не доставлено",
        "жеткізілмеген хат",
        "mail delivery failed",
        "mail delivery failure",
        "mail delivery system",
        "mail delivery subsystem",
        "delivery status notification",
        "delivery failure",
        "returned mail",
        "failure notice",
        "delivery has failed",
        "delayed mail",
        "warning: message",
        "read receipt",
        "прочитано:",
        "прочтено:",
        "оқылды:",
        "read:",
        "уведомление о прочтении",
        "disposition notification",
    ];
    let subject = subject.to_lowercase();
    let subject = subject.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    BEGINNINGS.iter().any(|beginning| subject.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use crate::letter::Letter;

    use super::*;

    fn signs_of(header: &str) -> Vec<&'static str> {
        let letter = Letter::read(format!("{header}\r\n\r\ntext").as_bytes()).unwrap();
        letter.signs.into_iter().map(Sign::as_str).collect()
    }

    #[test]
    fn machines_are_told_from_people() {
        for (header, sign) in [
            ("Auto-Submitted: auto-replied (vacation)", "auto_submitted"),
            ("Precedence: Bulk", "precedence"),
            ("List-Unsubscribe: <mailto:x@y.example>", "mailing_list"),
            ("X-Autoreply: yes", "auto_reply_field"),
            ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "report"),
            ("Return-Path: <>", "no_return_path"),
            ("From: Mail Delivery System <MAILER-DAEMON@mx.example>", "mail_server"),
            ("From: no-reply@shop.example", "no_reply"),
            ("Subject: Автоответ: Отзыв согласия", "subject_of_machine"),
            ("X-Auto-Response-Suppress: All", "suppresses_answers"),
            ("X-Saqta-Instance: 1", "own_loop"),
        ] {
            assert_eq!(signs_of(header), [sign], "{header}");
        }
        let human = "From: Анна <anna@post.example>\r\nReturn-Path: <anna@post.example>\r\nAuto-Submitted: no\r\n\
                     Precedence: normal\r\nSubject: Re: Автоответ";
        assert!(signs_of(human).is_empty());
    }
}
