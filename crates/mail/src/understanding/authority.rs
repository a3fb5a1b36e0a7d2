//! Does a state body or a court write, and demand something (clause 3.2)?
//!
//! Both must be plain: the body names itself, as the sender, in the head of the letter or below it, and the letter demands
//! something and points to a law, a case or its own number. Whoever only threatens with the prosecutor is a private person. That
//! the letter really comes from that body is not known here: staff look at the sender.

use crate::letter::{Address, Letter};

use super::extract::official;
use super::reason::{Place, Reason};
use super::text::{Latin, sentences};
use super::vocabulary::{Meaning, VOCABULARY};

/// Lines at the top that are a letterhead or the first sentence.
const HEAD_LINES: usize = 8;
/// Words of a line that names a body; a longer one speaks about it.
const LONGEST_NAME: usize = 18;
/// Words at the beginning of a longer line in which a body names itself, before it goes on to what it wants.
const OPENING: usize = 7;

/// The reason why a letter is an authority's, if it is one.
pub fn recognise(letter: &Letter) -> Option<Reason> {
    let text = body_text(letter);
    let place = named(letter)?.0;
    let reference = says(text, Meaning::Reference);
    let number = official::letter_number(letter).is_some();
    let private = says(text, Meaning::Private);
    (!private && says(text, Meaning::Demand) && (reference || number)).then_some(Reason::Authority {
        place,
        reference,
        number,
    })
}

/// Where a body names itself, and the line that does.
pub fn named(letter: &Letter) -> Option<(Place, &str)> {
    let text = body_text(letter);
    let head = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES);
    let foot = letter.words.signature.lines();
    let mut lines = head.chain(foot).map(str::trim);
    if let Some(line) = lines.find(|line| names_body(line)) {
        return Some((Place::Body, line));
    }
    let names = letter.from.iter().chain(&letter.sender).filter_map(|address| address.name.as_deref());
    let named = names.into_iter().find(|name| names_body(name));
    let of_state = || letter.from.iter().find(|from| is_of_state(from));
    // Officials write as people too; a letter of the office has a number of its own.
    let by_domain = || {
        let from = of_state().filter(|_| official::letter_number(letter).is_some())?;
        Some(from.name.as_deref().unwrap_or(&from.address))
    };
    named.or_else(by_domain).map(|name| (Place::Sender, name))
}

/// Whether an address lies in the part of a country's names that is the state's, such as `kgd.gov.kz`.
fn is_of_state(from: &Address) -> bool {
    from.domain().is_some_and(|domain| domain.split('.').rev().nth(1) == Some("gov"))
}

/// What is looked at: the writer's own words, or those that were passed on without any.
pub fn body_text(letter: &Letter) -> &str {
    let words = &letter.words;
    if words.own.trim().is_empty() { &words.forwarded } else { &words.own }
}

fn names_body(line: &str) -> bool {
    let named = match line.split_whitespace().count() {
        0..=LONGEST_NAME => says(line, Meaning::Body),
        _ => says(&line.split_whitespace().take(OPENING).collect::<Vec<_>>().join(" "), Meaning::Body),
    };
    named && !says(line, Meaning::Private)
}

fn says(text: &str, meaning: Meaning) -> bool {
    sentences(text, Latin::Kept).iter().take(300).any(|sentence| {
        let seen = VOCABULARY.see(sentence, false);
        VOCABULARY.likely(&seen).any(|phrase| phrase.meaning == meaning && !phrase.find(&seen).is_empty())
    })
}
