//! Does a letter carry one of the marks that the policy names (clauses 7.3 and 7.4)?
//!
//! A mark is known in any case, with `RE:` and quotes around it, with slips of the pen, with letters of another keyboard, and
//! with its words in another order. Every word of meaning must be there: «Согласие на обработку» is not its withdrawal.

use std::collections::BTreeMap;

use saqta_domain::terms::request::RequestKind;

use super::text::{Latin, words};

/// The lines that say what a letter asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    lines: BTreeMap<RequestKind, Vec<Mark>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    written: String,
    words: Vec<String>,
    /// A short form says less, and counts less: not inside a longer sentence.
    is_short: bool,
}

/// Words without meaning of their own in a mark.
const SMALL: &[&str] =
    &["на", "по", "о", "об", "к", "и", "of", "to", "the", "for", "my", "моих", "моеи", "в", "с"];

/// Words that stand before a mark in a subject and say nothing.
const BEFORE: &[&str] =
    &["re", "fw", "fwd", "ответ", "на", "пересл", "тема", "аскб", "отв", "кайта", "vs", "aw", "wg", "sv"];

impl Marks {
    /// The marks of a common policy in three languages, with the forms people shorten them to.
    pub fn common() -> Self {
        let mut marks = Self { lines: BTreeMap::new() };
        for (kind, full, short) in COMMON {
            for line in *full {
                marks.put(*kind, line, false);
            }
            for line in *short {
                marks.put(*kind, line, true);
            }
        }
        marks
    }

    /// Adds a line of the operator's own policy.
    #[must_use]
    pub fn with(mut self, kind: RequestKind, line: &str) -> Self {
        self.put(kind, line, false);
        self
    }

    fn put(&mut self, kind: RequestKind, line: &str, is_short: bool) {
        let words: Vec<String> =
            words(line, Latin::Kept).into_iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
        let known = self.lines.entry(kind).or_default();
        if words.is_empty() || known.iter().any(|mark| mark.words == words) {
            return;
        }
        known.push(Mark { written: line.to_owned(), words, is_short });
    }

    /// The marks in a line of a letter: each kind once, with the mark as the policy writes it.
    pub fn in_line(&self, line: &str) -> Vec<(RequestKind, &str)> {
        let has_latin = line.chars().any(|ch| ch.is_alphabetic() && ch < '\u{370}');
        let ways: &[Latin] =
            if has_latin { &[Latin::Kept, Latin::Russian, Latin::Kazakh] } else { &[Latin::Kept] };
        let readings: Vec<Vec<String>> = ways.iter().map(|latin| words(line, *latin)).collect();
        self.lines
            .iter()
            .filter_map(|(kind, marks)| {
                let mark = marks.iter().find(|mark| readings.iter().any(|words| mark.stands_in(words)))?;
                Some((*kind, mark.written.as_str()))
            })
            .collect()
    }
}

impl Mark {
    fn stands_in(&self, words: &[String]) -> bool {
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !SMALL.contains(word)).collect();
        let meaning = words.iter().filter(|word| !BEFORE.contains(word) && !is_number(word)).count();
        if self.is_short && meaning > self.words.len() + 4 {
            return false;
        }
        self.stands_together(&words) || self.runs_together(&words)
    }

    /// All words of the mark, in any order, with little between them.
    fn stands_together(&self, words: &[&str]) -> bool {
        let reach = self.words.len() + 2;
        let mut places: Vec<Vec<usize>> = Vec::with_capacity(self.words.len());
        for wanted in &self.words {
            let here: Vec<usize> = words
                .iter()
                .enumerate()
                .filter(|(_, word)| is_same(word, wanted))
                .map(|(at, _)| at)
                .collect();
            if here.is_empty() {
                return false;
            }
            places.push(here);
        }
        (0..words.len()).any(|begin| {
            let mut taken: Vec<usize> = Vec::with_capacity(places.len());
            places.iter().all(|here| {
                let free = here.iter().find(|at| (begin..begin + reach).contains(*at) && !taken.contains(at));
                taken.extend(free);
                free.is_some()
            })
        })
    }

    /// The mark with its spaces lost or torn: compared as one row of letters.
    fn runs_together(&self, words: &[&str]) -> bool {
        let wanted = self.words.concat();
        let most = wanted.chars().count() / 10;
        let letters: usize = words.iter().map(|word| word.len()).sum();
        if letters > 2 * wanted.len() + 40 {
            return false;
        }
        let said: Vec<&str> =
            words.iter().copied().filter(|word| !BEFORE.contains(word) && !is_number(word)).collect();
        let said = said.concat();
        // Small words run into the others when spaces are lost.
        [wanted.clone(), self.written_together()]
            .iter()
            .any(|wanted| said.len() < 400 && !wanted.is_empty() && distance(&said, wanted, most) <= most)
    }

    fn written_together(&self) -> String {
        words(&self.written, Latin::Kept).concat()
    }
}

fn is_number(word: &str) -> bool {
    word == "№" || word.chars().all(|ch| ch.is_ascii_digit())
}

/// Whether two folded words are the same but for an ending or slips of the pen.
fn is_same(word: &str, wanted: &str) -> bool {
    if word == wanted {
        return true;
    }
    let second = |word: &str| word.chars().nth(1);
    if word.chars().next() != wanted.chars().next() && second(word) != second(wanted) {
        return false;
    }
    let length = wanted.chars().count();
    let slips = match length {
        0..=3 => 0,
        4..=7 => 1,
        8..=11 => 2,
        _ => 3,
    };
    if distance(word, wanted, slips) <= slips {
        return true;
    }
    // Kazakh and Russian endings: a common beginning of most letters, and at most four letters of ending on either side.
    let common = word.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    length >= 6 && common * 4 >= length * 3 && word.chars().count() <= common + 4
}

/// How many letters are wrong, missing, too much or swapped with a neighbour; `most + 1` if more than `most`.
pub(super) fn distance(left: &str, right: &str, most: usize) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = Vec::with_capacity(right.len() + 1);
        row.push(i + 1);
        for (j, b) in right.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (at(&last, j + 1) + 1).min(at(&row, j) + 1).min(at(&last, j) + usize::from(a != b));
            let swapped = i > 0 && j > 0 && right.get(j - 1) == Some(a) && left.get(i - 1) == Some(b);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        if row.iter().all(|cost| *cost > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

/// Kind, full marks, short forms.
const COMMON: &[(RequestKind, &[&str], &[&str])] = &[
    (
        RequestKind::Rectification,
        &["Актуализация персональных данных", "Дербес деректерді өзектендіру", "Update of personal data"],
        &[
            "Актуализация ПД",
            "Актуализация ПДн",
            "Актуализация перс данных",
            "Актуализация личных данных",
            "Актуализация моих данных",
            "Актуализация данных",
            "Деректерді өзектендіру",
            "Жеке деректерді өзектендіру",
            "Personal data update",
            "Update personal data",
            "Updating personal data",
            "Update my data",
        ],
    ),
    (
        RequestKind::Withdrawal,
        &[
            "Отзыв согласия на обработку персональных данных",
            "Дербес деректерді өңдеуге келісімді кері қайтарып алу",
            "Withdrawal of consent to personal data processing",
        ],
        &[
            "Отзыв согласия",
            "Отзыв согласия на обработку ПД",
            "Отзыв согласия на обработку ПДн",
            "Отзыв согласия ПДн",
            "Отзыв согласия на обработку данных",
            "Отзыв персональных данных",
            "Отзыв ПД",
            "Отзыв ПДн",
            "Келісімді кері қайтарып алу",
            "Келісімді қайтарып алу",
            "Келісімді кері қайтару",
            "Келісімді кері алу",
            "Дербес деректерді өңдеуге келісімді қайтарып алу",
            "Withdrawal of consent",
            "Consent withdrawal",
            "Withdraw consent",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(line: &str) -> Vec<&'static str> {
        Marks::common().in_line(line).into_iter().map(|(kind, _)| kind.as_str()).collect()
    }

    #[test]
    fn marks_are_known_however_they_are_typed() {
        for line in [
            "Отзыв согласия на обработку персональных данных",
            "RE: FW: «отзыв согласия на обработку персональных данных».",
            "ОТЗЫВ СОГЛАСИЯ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ!!!",
            "Отызв соглсия на обраотку персанальных даных",
            "Отзыв согласия",
            "отзыв_согласия_на_обработку_персональных_данных",
            "Отзывсогласия на обработку персональныхданных",
            "Oтзыв coглacия на oбpaбoтку пepcoнaльных дaнных",
            "Otzyv soglasiya na obrabotku personalnyh dannyh",
            "Отзыв моего согласия на обработку моих персональных данных",
            "Дербес деректерди ондеуге келисимди кери кайтарып алу",
            "withdrawl of consent to personal data procesing",
        ] {
            assert_eq!(kinds(line), ["withdrawal"], "{line}");
        }
        for line in ["Дербес деректерді өзектендіру", "Актуализация ПД", "Re[2]: update of Personal Data"]
        {
            assert_eq!(kinds(line), ["rectification"], "{line}");
        }
        assert_eq!(
            kinds("Актуализация персональных данных и отзыв согласия на обработку персональных данных"),
            ["rectification", "withdrawal"]
        );
    }

    #[test]
    fn what_only_resembles_a_mark_is_none() {
        for line in [
            "Согласие на обработку персональных данных",
            "Отзыв о товаре",
            "Обработка персональных данных",
            "Consent to personal data processing",
            "Дербес деректерді өңдеуге келісім",
            "Personal data",
            "Вопрос про заказ",
        ] {
            assert!(kinds(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn an_operators_own_mark_counts() {
        let marks = Marks::common().with(RequestKind::Access, "Выписка о моих данных");
        assert_eq!(marks.in_line("re: выписка о моих данных").len(), 1);
    }

    #[test]
    fn slips_are_counted_up_to_a_bound() {
        assert_eq!(distance("отызв", "отзыв", 2), 1);
        assert_eq!(distance("абв", "где", 1), 2);
        assert_eq!(distance("", "аб", 5), 2);
    }
}
