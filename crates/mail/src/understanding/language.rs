//! In which language did somebody write?
//!
//! The writer's own words decide, then the subject. Kazakh is known by its letters, and where they were not at hand, by its
//! frequent words; Russian and Kazakh in Latin letters likewise. Without any words it is Russian.

use crate::letter::Letter;

use super::Language;
use super::demands::frequent_words;
use super::text::{Latin, sentences};

/// The language of a letter's own words.
pub fn of(letter: &Letter) -> Language {
    let words = &letter.words;
    let subject: Vec<&str> = letter.subject.split_whitespace().filter(|word| !word.ends_with(':')).collect();
    let subject = subject.join(" ");
    let texts = [words.own.as_str(), &subject, &words.forwarded, &words.signature];
    texts.into_iter().find_map(of_text).unwrap_or(Language::Ru)
}

fn of_text(text: &str) -> Option<Language> {
    let text = &without_addresses(text);
    let letters = text.chars().filter(|ch| ch.is_alphabetic()).count();
    if letters < 2 {
        return None;
    }
    let cyrillic = text.chars().filter(|ch| matches!(ch, '\u{400}'..='\u{52f}')).count();
    let kazakh = text.chars().filter(|ch| is_kazakh(*ch)).count();
    if cyrillic * 2 < letters {
        return Some(in_latin_letters(text));
    }
    // One name in a Russian letter has a Kazakh letter or two; a Kazakh text has one in every second word.
    if kazakh * 100 >= cyrillic * 5 {
        return Some(Language::Kk);
    }
    let [(_, russian), (_, kazakh_words), _] = frequent_words(&sentences(text, Latin::Kept));
    let kazakh_words = kazakh_words + usize::from(kazakh * 100 >= cyrillic * 3);
    Some(if kazakh_words > russian { Language::Kk } else { Language::Ru })
}

fn in_latin_letters(text: &str) -> Language {
    let count = |latin: Latin| frequent_words(&sentences(text, latin));
    let [_, _, (_, english)] = count(Latin::Kept);
    let [(_, russian), _, _] = count(Latin::Russian);
    let [_, (_, kazakh), _] = count(Latin::Kazakh);
    if english >= russian && english >= kazakh {
        Language::En
    } else if kazakh > russian {
        Language::Kk
    } else {
        Language::Ru
    }
}

fn is_kazakh(ch: char) -> bool {
    "әғқңөұүһіӘҒҚҢӨҰҮҺІ".contains(ch)
}

fn without_addresses(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .filter(|word| !word.contains('@') && !word.contains("://"))
        .collect()
}
