//! Do these words stand in this sentence?
//!
//! A phrase is written as in `переда* .. треть* лиц*`: words parted by spaces. `*` ends a stem, so that any ending matches;
//! `a|b` is one word or another; `#` is any number; `..` lets up to eight words stand in between. Case, `ё` and the kind of
//! space do not matter, and a phrase never reaches over the end of a sentence. That is all there is: a lawyer can read it.

use std::ops::Range;

use super::tokens::{Token, folded};

const GAP: usize = 8;

/// A phrase to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Word(Vec<Stem>),
    Number,
    Gap,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Stem {
    text: String,
    open: bool,
}

impl Phrase {
    /// Reads a phrase, or says what is wrong with it.
    pub(super) fn read(written: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        for word in written.split_whitespace() {
            parts.push(match word {
                ".." => Part::Gap,
                "#" => Part::Number,
                _ => Part::Word(word.split('|').map(|w| stem(w, written)).collect::<Result<_, _>>()?),
            });
        }
        let gap = |part: Option<&Part>| matches!(part, Some(Part::Gap) | None);
        if gap(parts.first()) || gap(parts.last()) {
            return Err(format!("`{written}` does not begin and end with a word"));
        }
        Ok(Self(parts))
    }

    /// Where it first stands among these tokens, of which `words` are the ones that count: the first and the last of them.
    pub(super) fn find(&self, tokens: &[Token], words: &[usize]) -> Option<Range<usize>> {
        (0..words.len()).find_map(|start| {
            let end = matched(&self.0, tokens, words, start)?;
            Some(start..end)
        })
    }
}

fn stem(word: &str, written: &str) -> Result<Stem, String> {
    let (text, open) = match word.strip_suffix('*') {
        Some(text) => (text, true),
        None => (word, false),
    };
    if text.is_empty() || !text.chars().all(char::is_alphanumeric) {
        return Err(format!("`{word}` in `{written}` is neither a word nor a stem"));
    }
    Ok(Stem { text: folded(text), open })
}

/// The index behind the last word of a match that begins at `at`.
fn matched(parts: &[Part], tokens: &[Token], words: &[usize], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    if *part == Part::Gap {
        return (0..=GAP).find_map(|skipped| matched(rest, tokens, words, at + skipped));
    }
    let token = tokens.get(*words.get(at)?)?;
    let fits = match part {
        Part::Word(stems) => stems.iter().any(|stem| stem.fits(&token.folded)),
        _ => token.folded.starts_with(|c: char| c.is_ascii_digit()),
    };
    if fits { matched(rest, tokens, words, at + 1) } else { None }
}

impl Stem {
    fn fits(&self, word: &str) -> bool {
        if self.open { word.starts_with(&self.text) } else { word == self.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tokens::tokens;

    fn finds(phrase: &str, text: &str) -> Option<String> {
        let tokens = tokens(text, std::slice::from_ref(&(0..text.len())));
        let words: Vec<usize> =
            tokens.iter().enumerate().filter(|(_, t)| t.is_word()).map(|(i, _)| i).collect();
        let found = Phrase::read(phrase).unwrap().find(&tokens, &words)?;
        let first = tokens.get(*words.get(found.start)?)?.span.start;
        let last = tokens.get(*words.get(found.end - 1)?)?.span.end;
        Some(text.get(first..last)?.to_owned())
    }

    #[test]
    fn a_stem_takes_any_ending_and_a_word_takes_none() {
        assert_eq!(finds("треть* лиц*", "ТРЕТЬИМ  лицам").as_deref(), Some("ТРЕТЬИМ  лицам"));
        assert_eq!(finds("срок", "сроки"), None);
        assert_eq!(finds("учет*", "на учёте").as_deref(), Some("учёте"));
        assert_eq!(finds("ни|никогда не", "никогда не").as_deref(), Some("никогда не"));
        assert_eq!(finds("# дней", "в течение 10 дней").as_deref(), Some("10 дней"));
    }

    #[test]
    fn commas_and_emphasis_do_not_part_a_phrase_and_too_many_words_do() {
        assert_eq!(finds("a .. c", "**a**, (b) c").as_deref(), Some("a**, (b) c"));
        assert_eq!(finds("a .. c", "a 1 2 3 4 5 6 7 8 c").as_deref(), Some("a 1 2 3 4 5 6 7 8 c"));
        assert_eq!(finds("a .. c", "a 1 2 3 4 5 6 7 8 9 c"), None);
        assert_eq!(finds("a b", "a x a b").as_deref(), Some("a b"));
        assert_eq!(finds("a .. b c", "a b x b c").as_deref(), Some("a b x b c"));
    }

    #[test]
    fn a_phrase_that_cannot_match_is_refused() {
        for bad in ["", "..", "a ..", ".. a", "a,b", "*", "a**"] {
            assert!(Phrase::read(bad).is_err(), "{bad}");
        }
    }
}
