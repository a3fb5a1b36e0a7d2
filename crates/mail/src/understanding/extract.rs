//! Which values and numbers does a letter name?
//!
//! They are proposals. A new telephone is confirmed by staff or the person before it is used, for anybody can write anything.

pub mod official;

mod address;
mod candidates;
mod name;

use std::collections::BTreeSet;

use email_address::{EmailAddress, Options};
use jiff::civil::Date;
use rlibphonenumber::{PhoneNumber, PhoneNumberFormat, enums::Region};
use serde::Serialize;

use crate::letter::Letter;

use super::{LetterKind, authority, cases};
use candidates::Candidate;

/// What a letter names. No `Debug`: these are people's data.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct Extract {
    /// A telephone number, as E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The number of the case that the letter says it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The token of our letter that it answers: 32 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_token: Option<String>,
    /// The state body that demands something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The number of its letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_number: Option<String>,
    /// The date of its letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_date: Option<Date>,
    /// In how many days it wants an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_within_days: Option<String>,
    /// By which day it wants an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
}

/// Characters of the text in which values are looked for.
const MOST_TEXT: usize = 32 * 1024;

/// Takes out what a letter names.
pub fn take(letter: &Letter, kinds: &BTreeSet<LetterKind>) -> Extract {
    let text = head(authority::body_text(letter));
    let signature = head(&letter.words.signature);
    let mut extract =
        Extract { case: cases::number(letter), reply_token: cases::token(letter), ..Extract::default() };
    if kinds.contains(&LetterKind::AuthorityRequest) {
        official::take(letter, &mut extract);
        return extract;
    }
    let corrects = kinds.contains(&LetterKind::Rectification);
    let is_ours =
        |address: &str| letter.to.iter().chain(&letter.cc).any(|to| to.address.eq_ignore_ascii_case(address));
    // A signature names what its writer has always had, so it proposes nothing new.
    let signed = || if corrects { "" } else { signature };
    let from_text_or_signature = |find: &dyn Fn(&str) -> Vec<Candidate>| {
        candidates::best(text, find(text)).or_else(|| candidates::best(signed(), find(signed())))
    };
    extract.phone = from_text_or_signature(&phones)
        .or_else(|| candidates::best(&letter.subject, phones(&letter.subject)));
    let emails = |text: &str| -> Vec<Candidate> {
        let mut found = emails(text);
        found.retain(|candidate| !is_ours(&candidate.value));
        found
    };
    extract.email = from_text_or_signature(&emails);
    extract.address = address::find(text);
    extract.name =
        candidates::best(text, name::find(text)).or_else(|| name::signed(signature)).or_else(|| {
            letter
                .from
                .first()
                .and_then(|from| from.name.clone())
                .filter(|name| name.split_whitespace().count() >= 2)
        });
    extract
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(MOST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Telephone numbers of a text, as E.164. National spellings are read as Kazakhstan's.
fn phones(text: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut begin = None;
    let belongs =
        |ch: char| ch.is_ascii_digit() || matches!(ch, '+' | '(' | ')' | '-' | '–' | ' ' | '\u{a0}');
    for (at, ch) in text.char_indices().chain([(text.len(), '\n')]) {
        if begin.is_none() && (ch.is_ascii_digit() || ch == '+' || ch == '(') {
            begin = Some(at);
        }
        let Some(from) = begin else { continue };
        let restarts = ch == '+' && at > from;
        if belongs(ch) && !restarts {
            continue;
        }
        found.extend(phone(text, from, at));
        begin = (restarts || ch.is_ascii_digit()).then_some(at);
    }
    found
}

fn phone(text: &str, from: usize, to: usize) -> Option<Candidate> {
    let written = text.get(from..to)?;
    let digits = written.chars().filter(char::is_ascii_digit).count();
    if !(10..=15).contains(&digits) || written.len() > 40 {
        return None;
    }
    let cleaned: String = written.chars().filter(|ch| ch.is_ascii_digit() || *ch == '+').collect();
    let number = PhoneNumber::parse(&cleaned, Some(Region::KZ)).ok().filter(PhoneNumber::is_valid)?;
    let value = number.format_as(PhoneNumberFormat::E164).to_string();
    Some(Candidate { value, from, to: from + written.trim_end().len(), weight: 0 })
}

/// E-mail addresses of a text.
fn emails(text: &str) -> Vec<Candidate> {
    let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let belongs = |ch: char| ch.is_alphanumeric() || matches!(ch, '.' | '-' | '_' | '+');
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        let from = before
            .char_indices()
            .rev()
            .take_while(|(_, ch)| belongs(*ch))
            .last()
            .map_or(at, |(from, _)| from);
        let length: usize = after.chars().take_while(|ch| belongs(*ch)).take(255).map(char::len_utf8).sum();
        let written = text.get(from..at + 1 + length).unwrap_or_default().trim_matches(['.', '-', '_']);
        let Ok(address) = EmailAddress::parse_with_options(written, options) else { continue };
        let value = format!("{}@{}", address.local_part(), address.domain().to_lowercase());
        found.push(Candidate { value, from, to: from + written.len(), weight: 0 });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone_of(text: &str) -> Option<String> {
        candidates::best(text, phones(text))
    }

    #[test]
    fn the_new_number_is_taken_not_the_old_one() {
        for text in [
            "Мой телефон 8 (700) 000-00-12",
            "Был +7 700 000 00 11, стал +7 700 000 00 12.",
            "Смените номер с 87000000011 на 87000000012",
            "Новый номер: +77000000012 (старый +77000000011)",
            "Телефон: 87000000011 -> 87000000012",
            "+77000000011 нөмірін +77000000012 нөміріне ауыстырыңыз",
            "My number is +7-700-000-00-12 instead of +7-700-000-00-11",
            "Ескі нөмірім 87000000011 емес, жаңа нөмірім 87000000012",
        ] {
            assert_eq!(phone_of(text).as_deref(), Some("+77000000012"), "{text}");
        }
        for text in ["Заказ 118, ИИН 123456789012", "2026-03-02 10:00", ""] {
            assert_eq!(phone_of(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_read_out_of_sentences() {
        let found = emails("Пишите на anna.k@Post.EXAMPLE, а не на old@post.example.");
        assert_eq!(candidates::best("", found).as_deref(), Some("anna.k@post.example"));
        assert!(emails("@@ a@ @b a@b").is_empty());
    }
}
