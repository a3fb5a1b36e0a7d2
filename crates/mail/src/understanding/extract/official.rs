//! What does an authority's letter say of itself: who writes, under which number, and by when is an answer wanted?

use jiff::civil::Date;

use crate::letter::Letter;
use crate::understanding::authority;
use crate::understanding::text::{Latin, words};

use super::Extract;

/// Takes out what an authority's letter says of itself.
pub fn take(letter: &Letter, extract: &mut Extract) {
    extract.authority = authority::named(letter).map(|(_, line)| name(line));
    extract.letter_number = letter_number(letter);
    let text = format!("{}\n{}", *letter.subject, super::head(authority::body_text(letter)));
    extract.letter_date = dates(&text).into_iter().find(|found| found.after_number).map(|found| found.date);
    extract.answer_by = dates(&text).into_iter().find(|found| found.is_term).map(|found| found.date);
    extract.answer_within_days = days(&text).map(|days| days.to_string());
}

/// The name of the body in a line: without an address, a number or what the body does.
fn name(line: &str) -> String {
    let line = line.split(['\t', '|', ';', ',']).next().unwrap_or(line);
    let mut kept: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let bare = word.trim_matches(|ch: char| !ch.is_alphanumeric()).to_lowercase();
        if word.starts_with('№') || VERBS.iter().any(|verb| bare == *verb) {
            break;
        }
        kept.push(word);
    }
    kept.join(" ")
        .trim_matches(|ch: char| {
            matches!(ch, '.' | ',' | ':' | '-' | '–' | '—' | ' ' | '"' | '«' | '»' | '“' | '”')
        })
        .to_owned()
}

const VERBS: &[&str] = &[
    "просит",
    "просим",
    "требует",
    "направляет",
    "сообщает",
    "запрашивает",
    "предписывает",
    "рассматривает",
    "проводит",
    "осуществляет",
    "в",
    "на",
    "requests",
    "hereby",
    "has",
    "is",
    "requires",
    "orders",
    "demands",
    "conducts",
    "examines",
    "сізден",
    "сұрайды",
    "талап",
    "жүргізеді",
    "қарайды",
    "хабарлайды",
    "проводится",
];

/// The number of a letter: what follows «исх. №», "Ref.", «№» in the head of the letter or the subject.
pub fn letter_number(letter: &Letter) -> Option<String> {
    let text = super::head(authority::body_text(letter));
    let lines =
        || text.lines().filter(|line| !line.trim().is_empty()).take(12).chain([letter.subject.as_str()]);
    [Wanted::Own, Wanted::Likely, Wanted::Any]
        .into_iter()
        .find_map(|wanted| lines().find_map(|line| number_in(line, wanted)))
}

/// How sure it must be that a number is that of the letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// It stands behind a word that says so.
    Own,
    /// It does not stand behind the word for a law, an order or the like.
    Likely,
    /// It has the sign of a number.
    Any,
}

fn number_in(line: &str, wanted: Wanted) -> Option<String> {
    let pieces: Vec<&str> = line.split_whitespace().collect();
    for (at, piece) in pieces.iter().enumerate() {
        let lowered = piece.to_lowercase();
        let bare = lowered.trim_matches(|ch: char| !ch.is_alphanumeric() && ch != '№');
        let outgoing = ["исх", "исходящий", "ref", "reference", "шығ", "шығыс", "our"].iter().any(|word| {
            bare == *word || bare.starts_with(&format!("{word}.")) || bare.starts_with(&format!("{word}№"))
        });
        let signed = piece.contains('№') || matches!(bare, "no" | "number" | "нөмірі");
        let before = at
            .checked_sub(1)
            .and_then(|at| pieces.get(at))
            .map(|word| word.to_lowercase())
            .unwrap_or_default();
        let others = [
            "закон",
            "приказ",
            "стать",
            "ст.",
            "дел",
            "заказ",
            "law",
            "order",
            "act",
            "заң",
            "тапсырыс",
            "бұйрық",
            "договор",
            "нк",
            "case",
            "іс",
        ];
        let is_other = || wanted == Wanted::Likely && others.iter().any(|word| before.starts_with(word));
        if !outgoing && (!signed || wanted == Wanted::Own || is_other()) {
            continue;
        }
        let inside = piece.rsplit(['№', ':']).next().unwrap_or_default();
        let following = pieces.iter().skip(at + 1).take(3).copied();
        let number = [inside].into_iter().filter(|_| piece.contains('№')).chain(following).find_map(|word| {
            let word = word.trim_start_matches('№').trim_matches(|ch: char| !ch.is_alphanumeric());
            (word.chars().any(|ch| ch.is_ascii_digit())
                && !word.is_empty()
                && date_of(word).is_none()
                && word.len() <= 60)
                .then(|| word.to_owned())
        });
        if number.is_some() {
            return number;
        }
    }
    None
}

struct FoundDate {
    date: Date,
    after_number: bool,
    is_term: bool,
}

fn dates(text: &str) -> Vec<FoundDate> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let spelled = || {
            let month = pieces.get(at + 1).and_then(|word| month(word))?;
            let year =
                pieces.get(at + 2).and_then(|word| word.get(..4)).and_then(|year| year.parse().ok())?;
            let day = piece.trim_matches(|ch: char| !ch.is_ascii_digit()).parse().ok()?;
            Date::new(year, month, day).ok()
        };
        let Some(date) = date_of(piece).or_else(spelled) else { continue };
        let before: Vec<String> = pieces
            .iter()
            .take(at)
            .rev()
            .take(3)
            .map(|word| word.trim_matches(|ch: char| !ch.is_alphanumeric()).to_lowercase())
            .collect();
        let near = |words: &[&str]| before.iter().take(2).any(|word| words.contains(&word.as_str()));
        let is_term = near(&["до", "позднее", "by", "than", "before", "кешіктірмей"]);
        let after_number = !is_term && near(&["от", "dated", "of", "date", "дата", "күні"]);
        found.push(FoundDate { date, after_number, is_term });
    }
    found
}

/// `02.03.2026`, `2026-03-02`.
fn date_of(word: &str) -> Option<Date> {
    let word = word.trim_matches(|ch: char| !ch.is_ascii_digit());
    if let Ok(date) = word.parse::<Date>() {
        return Some(date);
    }
    let mut parts = word.split(['.', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [[&str; 3]; 12] = [
        ["янв", "jan", "қаң"],
        ["фев", "feb", "ақп"],
        ["мар", "mar", "нау"],
        ["апр", "apr", "сәу"],
        ["мая", "may", "мам"],
        ["июн", "jun", "мау"],
        ["июл", "jul", "шіл"],
        ["авг", "aug", "там"],
        ["сен", "sep", "қыр"],
        ["окт", "oct", "қаз"],
        ["ноя", "nov", "қар"],
        ["дек", "dec", "жел"],
    ];
    let lowered = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.iter().any(|name| lowered.starts_with(name)))?;
    i8::try_from(at + 1).ok()
}

/// «в течение 10 дней», "within ten days", «он күн ішінде»: a number, a word for days near, and a word that makes it a term.
fn days(text: &str) -> Option<u32> {
    let words = words(text, Latin::Kept);
    let is = |word: &String, stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    words.iter().enumerate().find_map(|(at, word)| {
        let number = numeral(word)?;
        let day = words
            .iter()
            .skip(at + 1)
            .take(4)
            .position(|word| is(word, &["дн", "ден", "дни", "сут", "dai", "day", "кун"]))?;
        let from = at.saturating_sub(6);
        let near =
            words.get(from..at).unwrap_or_default().iter().chain(words.iter().skip(at + day + 1).take(4));
        let is_term = near.into_iter().any(|word| {
            is(
                word,
                &["течени", "позд", "срок", "within", "later", "ишинд", "мерзим", "кешиктир", "deadline"],
            )
        });
        is_term.then_some(number)
    })
}

/// A number in digits or, up to thirty, in words; all folded.
fn numeral(word: &str) -> Option<u32> {
    if let Ok(number) = word.parse::<u32>() {
        return (1..=365).contains(&number).then_some(number);
    }
    const NUMERALS: &[(u32, &[&str])] = &[
        (1, &["одного", "one", "бир"]),
        (2, &["двух", "two", "еки"]),
        (3, &["трех", "three", "уш", "тре"]),
        (5, &["пяти", "five", "бес"]),
        (7, &["семи", "seven", "жети"]),
        (10, &["десяти", "ten", "он"]),
        (14, &["четырнадцати", "fourteen"]),
        (15, &["пятнадцати", "fifteen", "онбес"]),
        (20, &["двадцати", "twenty", "жиирма"]),
        (30, &["тридцати", "thirty", "отиз"]),
    ];
    NUMERALS
        .iter()
        .find(|(_, names)| {
            names.iter().any(|name| crate::understanding::text::fold(name, Latin::Kept) == word)
        })
        .map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_in_three_languages() {
        assert_eq!(days("просим предоставить в течение 5 (пяти) рабочих дней"), Some(5));
        assert_eq!(days("в десятидневный срок, в течение десяти дней"), Some(10));
        assert_eq!(days("within fourteen (14) days of receipt"), Some(14));
        assert_eq!(days("хатты алған күннен бастап 3 жұмыс күні ішінде"), Some(3));
        assert_eq!(days("прошло 5 дней"), None);
    }

    #[test]
    fn numbers_and_dates_are_told_apart() {
        assert_eq!(number_in("Исх. № 14-2/318-И от 02.03.2026", Wanted::Own).as_deref(), Some("14-2/318-И"));
        assert_eq!(number_in("02.03.2026 № 7527-26", Wanted::Likely).as_deref(), Some("7527-26"));
        assert_eq!(number_in("Our ref: SDPI-2026/0415", Wanted::Own).as_deref(), Some("SDPI-2026/0415"));
        assert_eq!(number_in("по закону № 94-V", Wanted::Likely), None);
        let found = dates("№ 1 от 02.03.2026, ответ до 6 апреля 2026 года");
        assert_eq!(found[0].date.to_string(), "2026-03-02");
        assert!(found[0].after_number && found[1].is_term);
        assert_eq!(found[1].date.to_string(), "2026-04-06");
    }
}
