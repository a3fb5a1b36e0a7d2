//! Can these bytes be read as a text, and in which line does a place of it stand?

use saqta_domain::terms::names::Language;

/// More than any published policy.
pub const TEXT_LIMIT: usize = 4 * 1024 * 1024;

/// A text with the places of its lines.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) text: String,
    starts: Vec<usize>,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Two bytes for each letter, as some editors save "Unicode".
    Utf16,
    /// Not UTF-8 from this byte on; most likely an old one-byte code page.
    CodePage { at: usize },
    /// Not a text at all.
    Binary,
}

impl Source {
    /// Reads bytes; a byte order mark is left out, and single carriage returns end lines as they once did.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(Unreadable::Utf16);
        }
        if bytes.contains(&0) {
            return Err(Unreadable::Binary);
        }
        let text =
            std::str::from_utf8(bytes).map_err(|fault| Unreadable::CodePage { at: fault.valid_up_to() })?;
        Ok(Self::of(text))
    }

    /// What can be read before the byte at which bytes cease to be text.
    pub(super) fn before(bytes: &[u8], why: Unreadable) -> Self {
        let readable = match why {
            Unreadable::CodePage { at } => bytes.get(..at).and_then(|good| std::str::from_utf8(good).ok()),
            Unreadable::Utf16 | Unreadable::Binary => None,
        };
        Self::of(readable.unwrap_or_default())
    }

    fn of(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains('\n') { text.to_owned() } else { text.replace('\r', "\n") };
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The lines with the byte each begins at, without what ends them.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches(['\n', '\r'])))
        })
    }

    /// Line and character of a byte, both from 1.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied().unwrap_or_default();
        (line.max(1), self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1)
    }

    /// The bytes between two places.
    pub(super) fn slice(&self, span: std::ops::Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }
}

/// The language of a text by its letters: Kazakh has nine that Russian has not. A few of them in a Russian text, as in the
/// number of an order, make it no Kazakh one.
pub(super) fn language_of(text: &str) -> Language {
    let (mut kazakh, mut cyrillic, mut latin) = (0_usize, 0_usize, 0_usize);
    for letter in text.chars() {
        match letter {
            'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і' | 'Ә' | 'Ғ' | 'Қ' | 'Ң' | 'Ө' | 'Ұ' | 'Ү'
            | 'Һ' | 'І' => {
                kazakh += 1;
            }
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => cyrillic += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ => {}
        }
    }
    let cyrillic = cyrillic + kazakh;
    if kazakh * 33 > cyrillic && kazakh > 1 {
        Language::Kazakh
    } else if cyrillic > latin {
        Language::Russian
    } else {
        Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_leaves_the_mark_of_byte_order_out() {
        let source = Source::read("\u{feff}ab\r\nжв\r\n".as_bytes()).unwrap();
        assert_eq!(source.place(0), (1, 1));
        assert_eq!(source.place("ab\r\nж".len()), (2, 2));
        assert_eq!(source.lines().map(|(_, line)| line).collect::<Vec<_>>(), ["ab", "жв"]);
        assert_eq!(Source::read(b"a\rb").unwrap().place(2), (2, 1));
        assert_eq!(Source::read(b"").unwrap().place(0), (1, 1));
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert_eq!(Source::read(b"\xff\xfe1\0").unwrap_err(), Unreadable::Utf16);
        assert_eq!(Source::read(b"ab\xcf\xee").unwrap_err(), Unreadable::CodePage { at: 2 });
        assert_eq!(Source::read(b"PK\0\0").unwrap_err(), Unreadable::Binary);
    }

    #[test]
    fn a_language_is_known_by_its_letters() {
        assert_eq!(language_of("Дербес деректерді өңдеу саясаты"), Language::Kazakh);
        assert_eq!(language_of("Политика по правилам № 395/НҚ от 21 октября"), Language::Russian);
        assert_eq!(language_of("A policy of ТОО"), Language::English);
        assert_eq!(language_of(""), Language::English);
    }
}
