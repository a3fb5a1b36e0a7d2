//! Which words stand in a text, however they were typed?
//!
//! People type Kazakh without its letters, Russian with Latin ones, double a letter or forget one, and hide words behind look-alike
//! letters. So words are compared in a folded form, which the vocabulary goes through as well: in it, whatever is commonly
//! mistaken for one another is the same. The folded form is for comparing only and is never shown.

use unicode_normalization::UnicodeNormalization;

use crate::letter::shortened;

/// Sentences of a text that are looked at. A letter that has not come to the point by then is read by staff.
const MOST_SENTENCES: usize = 400;
/// Words of one sentence that are looked at together. A longer one is taken in pieces.
const LONGEST_SENTENCE: usize = 120;

/// How Latin letters are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Latin {
    /// As they stand.
    Kept,
    /// As Russian in Latin letters.
    Russian,
    /// As Kazakh in Latin letters.
    Kazakh,
}

/// One word.
pub struct Token {
    /// Its folded form.
    pub word: String,
    /// Whether a comma, a dash or a break stands before it.
    pub begins_clause: bool,
}

/// Words up to a full stop.
pub struct Sentence {
    /// Its words.
    pub tokens: Vec<Token>,
    /// Whether it ends with a question mark.
    pub asks: bool,
}

/// Takes a text into sentences.
pub fn sentences(text: &str, latin: Latin) -> Vec<Sentence> {
    let mut reader = Reader { latin, sentences: Vec::new(), tokens: Vec::new(), begins_clause: true };
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if reader.sentences.len() >= MOST_SENTENCES {
            break;
        }
        for chunk in line.split_whitespace() {
            reader.chunk(chunk);
        }
        let ends = line.is_empty()
            || lines.peek().is_none_or(|next| {
                !next.chars().next().is_some_and(|ch| ch.is_lowercase() || matches!(ch, '(' | '"' | '«'))
            });
        if ends && !(is_short_word(line)) {
            reader.end(false);
        }
    }
    reader.end(false);
    reader.sentences
}

/// Folded words of a text in one row, without sentences.
pub fn words(text: &str, latin: Latin) -> Vec<String> {
    sentences(text, latin).into_iter().flat_map(|sentence| sentence.tokens).map(|token| token.word).collect()
}

struct Reader {
    latin: Latin,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    begins_clause: bool,
}

impl Reader {
    fn chunk(&mut self, chunk: &str) {
        let chunk = shortened(chunk);
        if chunk.contains('@') || chunk.contains("://") || chunk.starts_with("www.") {
            self.word("addr");
            if chunk.ends_with([',', ';', '.', '!', '?']) {
                self.mark(chunk.chars().next_back().unwrap_or(','), "addr", true);
            }
            return;
        }
        let mut word = String::new();
        let mut characters = chunk.chars().peekable();
        while let Some(ch) = characters.next() {
            let joins = matches!(ch, '\'' | '’' | '`' | 'ʼ')
                || (ch == '-' && matches!(word.as_str(), "e" | "E" | "е" | "Е"))
                || (ch == '\u{301}');
            if ch.is_alphanumeric() || ch == '№' {
                word.push(ch);
            } else if !joins {
                let last = std::mem::take(&mut word);
                self.word(&last);
                self.mark(ch, &last, characters.peek().is_none_or(|next| !next.is_alphanumeric()));
            }
        }
        self.word(&word);
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let word = fold(word, self.latin);
        if word.is_empty() {
            return;
        }
        let begins_clause = std::mem::take(&mut self.begins_clause);
        self.tokens.push(Token { word, begins_clause });
        if self.tokens.len() >= LONGEST_SENTENCE {
            self.end(false);
        }
    }

    fn mark(&mut self, ch: char, before: &str, at_end: bool) {
        match ch {
            '?' => self.end(true),
            '!' | ';' => self.end(false),
            '…' => self.end(false),
            '.' if at_end && !is_short_word(before) => self.end(false),
            ',' | ':' | '(' | ')' | '–' | '—' | '"' | '«' | '»' => self.begins_clause = true,
            '-' if before.is_empty() => self.begins_clause = true,
            _ => {}
        }
    }

    fn end(&mut self, asks: bool) {
        self.begins_clause = true;
        if self.tokens.is_empty() {
            if asks && let Some(last) = self.sentences.last_mut() {
                last.asks = true;
            }
            return;
        }
        self.sentences.push(Sentence { tokens: std::mem::take(&mut self.tokens), asks });
    }
}

/// Whether a full stop behind this shortens a word rather than ending a sentence.
fn is_short_word(before: &str) -> bool {
    let before = before.trim_end_matches('.').to_lowercase();
    let last = before.rsplit([' ', '.']).next().unwrap_or_default();
    let known = [
        "ст", "ул", "др", "пр", "кв", "гл", "пп", "пл", "st", "no", "nr", "mr", "тел", "стр", "обл", "мкр",
        "апр", "исх", "вх", "перс", "соб", "наст", "моб", "көш", "ауд", "mr", "mrs", "ms", "tel", "apt",
        "dept", "art",
    ];
    !last.is_empty()
        && (last.chars().count() == 1 && last.chars().all(char::is_alphabetic) || known.contains(&last))
}

/// The form in which words are compared.
pub fn fold(word: &str, latin: Latin) -> String {
    let composed: String = word.nfkc().flat_map(char::to_lowercase).collect();
    let has = |test: fn(char) -> bool| composed.chars().any(test);
    let (has_cyrillic, has_latin) = (has(is_cyrillic), has(is_latin));
    let cyrillic: String = if has_cyrillic && has_latin {
        composed.chars().map(look_alike).collect()
    } else if has_latin && latin != Latin::Kept {
        spelled_out(&composed, latin)
    } else {
        composed
    };
    let mut folded = String::with_capacity(cyrillic.len());
    for ch in cyrillic.chars() {
        let before = folded.chars().next_back();
        let mut put = |ch: char| {
            if before != Some(ch) || ch.is_ascii_digit() {
                folded.push(ch);
            }
        };
        match ch {
            'ъ' | 'ь' => {}
            'ю' => {
                put('и');
                folded.push('у');
            }
            'я' => {
                put('и');
                folded.push('а');
            }
            'ц' => {
                put('т');
                folded.push('с');
            }
            _ => put(match ch {
                'ё' | 'э' | 'є' => 'е',
                'ә' => 'а',
                'ғ' | 'ґ' => 'г',
                'қ' | 'ќ' => 'к',
                'ң' => 'н',
                'ө' => 'о',
                'ұ' | 'ү' | 'ў' => 'у',
                'һ' => 'х',
                'і' | 'ї' | 'ы' | 'й' | 'ј' => 'и',
                'щ' => 'ш',
                other => other,
            }),
        }
    }
    folded
}

fn is_cyrillic(ch: char) -> bool {
    matches!(ch, '\u{400}'..='\u{52f}')
}

fn is_latin(ch: char) -> bool {
    ch.is_ascii_alphabetic() || matches!(ch, '\u{c0}'..='\u{24f}')
}

/// The Cyrillic letter that a Latin one looks like, in a word that has both.
fn look_alike(ch: char) -> char {
    match ch {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' | 'ı' => 'і',
        'k' => 'к',
        'm' => 'м',
        'n' => 'п',
        'o' => 'о',
        'p' => 'р',
        'r' => 'г',
        't' => 'т',
        'u' => 'и',
        'x' => 'х',
        'y' => 'у',
        other => other,
    }
}

/// A word in Latin letters, as it would be written in Cyrillic ones.
fn spelled_out(word: &str, latin: Latin) -> String {
    const DIGRAPHS: [(&str, &str); 9] = [
        ("shch", "щ"),
        ("sch", "щ"),
        ("sh", "ш"),
        ("ch", "ч"),
        ("zh", "ж"),
        ("kh", "х"),
        ("gh", "г"),
        ("ts", "ц"),
        ("yo", "ё"),
    ];
    let mut out = String::with_capacity(word.len() * 2);
    let mut rest = word;
    while let Some(ch) = rest.chars().next() {
        if latin == Latin::Kazakh
            && let Some(after) = rest.strip_prefix("ng")
        {
            out.push('ң');
            rest = after;
            continue;
        }
        if let Some((after, cyrillic)) =
            DIGRAPHS.iter().find_map(|(latin, cyrillic)| Some((rest.strip_prefix(latin)?, cyrillic)))
        {
            out.push_str(cyrillic);
            rest = after;
            continue;
        }
        out.push_str(match ch {
            'a' | 'ä' | 'á' => "а",
            'b' => "б",
            'c' => "ц",
            'd' => "д",
            'e' | 'é' => "е",
            'f' => "ф",
            'g' | 'ğ' => "г",
            'h' | 'x' => "х",
            'i' | 'ı' | 'y' => "и",
            'j' if latin == Latin::Kazakh => "ж",
            'j' => "й",
            'k' | 'q' => "к",
            'l' => "л",
            'm' => "м",
            'n' | 'ñ' | 'ń' => "н",
            'o' | 'ö' | 'ó' => "о",
            'p' => "п",
            'r' => "р",
            's' => "с",
            'ş' => "ш",
            't' => "т",
            'u' | 'ü' | 'ū' | 'ú' => "у",
            'v' => "в",
            'w' if latin == Latin::Kazakh => "у",
            'w' => "в",
            'z' => "з",
            _ => "",
        });
        if ch.is_ascii_digit() {
            out.push(ch);
        }
        rest = rest.get(ch.len_utf8()..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mistaken_for_one_another_folds_alike() {
        let same = |words: &[(&str, Latin)]| {
            let folded: std::collections::BTreeSet<String> =
                words.iter().map(|(word, latin)| fold(word, *latin)).collect();
            assert_eq!(folded.len(), 1, "{folded:?}");
        };
        same(&[
            ("Удалить", Latin::Kept),
            ("udalit", Latin::Russian),
            ("удaлить", Latin::Kept),
            ("УДАЛИТЬ", Latin::Kept),
        ]);
        same(&[
            ("жойыңыз", Latin::Kept),
            ("жойыныз", Latin::Kept),
            ("zhoiynyz", Latin::Kazakh),
            ("joyyngyz", Latin::Kazakh),
        ]);
        same(&[("аккаунт", Latin::Kept), ("акаунт", Latin::Kept)]);
        same(&[
            ("информация", Latin::Kept),
            ("informatsiya", Latin::Russian),
            ("informacija", Latin::Russian),
        ]);
        same(&[("деректерімді", Latin::Kept), ("деректеримди", Latin::Kept)]);
    }

    #[test]
    fn sentences_and_clauses_are_found() {
        let found = sentences(
            "Здравствуйте!\nУдалите, пожалуйста, данные\nпо ст. 8 закона. Как это сделать?",
            Latin::Kept,
        );
        let counts: Vec<_> = found.iter().map(|sentence| (sentence.tokens.len(), sentence.asks)).collect();
        assert_eq!(counts, [(1, false), (7, false), (3, true)]);
        assert!(found[1].tokens[1].begins_clause);
        assert_eq!(words("don't e-mail a@b.example", Latin::Kept), ["dont", "email", "adr"]);
    }
}
