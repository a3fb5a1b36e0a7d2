//! Does a line begin with the number of a clause, and how is it written?
//!
//! Published texts write `4.1.`, `4.1`, `**4.1**`, `1)`, `§ 5`, `Статья 5.`, `5-тармақ`, `Article 5` and `IV.`; they also begin
//! lines with amounts, dates and numbers of laws. This file reads one line alone; whether the number fits where it stands is
//! for [`scan`](super::scan) to say.

use std::fmt;

use super::tokens::{folded, tag};

/// The number of a clause, group by group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(pub(super) Vec<u16>);

/// To which row of numbers a clause belongs: a chapter 2 and an article 2 are two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Series {
    Chapter,
    Article,
    Plain,
}

/// What follows or precedes the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Bare,
    Dot,
    Parenthesis,
    Word,
    Roman,
}

/// A number at the head of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) number: Number,
    /// The number as written, with its word.
    pub(super) label: String,
    pub(super) series: Series,
    pub(super) style: Style,
    /// Where in the line the number begins, in bytes.
    pub(super) from: usize,
    /// Where in the line the words after it begin, in bytes.
    pub(super) to: usize,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&groups.join("."))
    }
}

impl Number {
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// Everything but the last group.
    pub(super) fn parent(&self) -> &[u16] {
        self.0.split_last().map_or(&[], |(_, parent)| parent)
    }

    pub(super) fn last(&self) -> u16 {
        self.0.last().copied().unwrap_or_default()
    }

    /// Whether this number may follow another: its first child, its next sibling, or the next sibling of one above it.
    pub(super) fn follows(&self, before: &Self) -> bool {
        let child = self.parent() == before.0 && self.last() == 1;
        let above = (1..=before.depth()).any(|depth| {
            let Some((last, parent)) = before.0.get(..depth).and_then(<[u16]>::split_last) else {
                return false;
            };
            self.parent() == parent && self.last() == last.saturating_add(1)
        });
        child || above
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let groups: Vec<&str> = text.split('.').collect();
        let good = |g: &&str| {
            (1..=3).contains(&g.len()) && !g.starts_with('0') && g.bytes().all(|b| b.is_ascii_digit())
        };
        if groups.len() > 4 || !groups.iter().all(good) {
            return None;
        }
        groups.iter().map(|g| g.parse().ok()).collect::<Option<_>>().map(Self)
    }
}

const CHAPTERS: [&str; 8] = ["глава", "раздел", "часть", "chapter", "part", "тарау", "бөлім", "бөлік"];
const ARTICLES: [&str; 10] =
    ["статья", "ст", "пункт", "article", "section", "clause", "paragraph", "бап", "тармақ", "параграф"];

/// Words after a number that make it an amount, a term or a date.
const UNITS: [&str; 50] = [
    "дн",
    "день",
    "рабоч",
    "календар",
    "год",
    "лет",
    "месяц",
    "час",
    "минут",
    "процент",
    "тенге",
    "тг",
    "руб",
    "млн",
    "млрд",
    "тыс",
    "мрп",
    "шт",
    "кг",
    "км",
    "январ",
    "феврал",
    "март",
    "апрел",
    "мая",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
    "day",
    "working",
    "business",
    "calendar",
    "hour",
    "month",
    "year",
    "percent",
    "tenge",
    "kzt",
    "usd",
    "жұмыс күн",
    "күн",
    "жыл",
    "теңге",
    "сағат",
    "пайыз",
    "күнтізбелік",
];

/// The number a line begins with; `heading` says that the line is a heading, where a bare number is one too.
pub(super) fn head(line: &str, heading: bool) -> Option<Head> {
    let text = unwrapped(line);
    let from = line.len() - text.len();
    let (label, number, series, style, rest) =
        worded(text, heading).or_else(|| decimal(text, heading)).or_else(|| roman_head(text, heading))?;
    let to = line.len() - unwrapped(rest).len();
    Some(Head { number, label, series, style, from, to })
}

type Read<'a> = (String, Number, Series, Style, &'a str);

/// Without the spaces, emphasis, tags and backslashes it begins with.
pub(super) fn unwrapped(mut text: &str) -> &str {
    loop {
        let next = text.trim_start_matches(|c: char| c.is_whitespace() || "*_\\\u{feff}\u{200b}".contains(c));
        let next = tag(next).and_then(|length| next.get(length..)).unwrap_or(next);
        if next.len() == text.len() {
            return text;
        }
        text = next;
    }
}

fn decimal(text: &str, heading: bool) -> Option<Read<'_>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '\\').unwrap_or(text.len());
    let (raw, rest) = text.split_at_checked(end)?;
    let written = raw.replace('\\', "");
    let mut dotted = written.ends_with('.');
    let number = Number::read(written.strip_suffix('.').unwrap_or(&written))?;
    if let Some(read) = kazakh(&number, rest, heading) {
        return Some(read);
    }
    let rest = rest.trim_start_matches(['*', '_']);
    let (rest, closed) = match rest.strip_prefix(')').or_else(|| rest.strip_prefix("\\)")) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let rest = rest.trim_start_matches(['*', '_']);
    let rest = match rest.strip_prefix('.') {
        Some(after) if !dotted => {
            dotted = true;
            after
        }
        _ => rest,
    };
    let spaced = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '<');
    let joined = (dotted || closed) && rest.starts_with(|c: char| c.is_uppercase() || c == '«');
    let counts = amount(rest);
    let bare = !dotted && !closed;
    if !(spaced || joined) || bare && (number.depth() == 1 && !heading || counts) {
        return None;
    }
    let style = match (closed, dotted) {
        (true, _) => Style::Parenthesis,
        (_, true) => Style::Dot,
        _ => Style::Bare,
    };
    Some((number.to_string(), number, Series::Plain, style, rest))
}

fn amount(rest: &str) -> bool {
    let rest = folded(unwrapped(rest));
    rest.starts_with(['%', '$', '€', '₸', '₽', '+', '=', '/'])
        || UNITS.iter().any(|unit| rest.starts_with(unit))
}

/// `5-тармақ` and `2-тарау`, where the word stands behind.
fn kazakh<'a>(number: &Number, rest: &'a str, heading: bool) -> Option<Read<'a>> {
    let behind = rest.strip_prefix('-')?;
    let end = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    let (word, rest) = behind.split_at_checked(end)?;
    let series = series(word)?;
    closes(rest, heading)
        .then(|| (format!("{number}-{word}"), number.clone(), series, Style::Word, past(rest)))
}

fn worded(text: &str, heading: bool) -> Option<Read<'_>> {
    let (word, behind) = match text.strip_prefix('§') {
        Some(behind) => ("§", behind),
        None => text.split_at_checked(text.find(|c: char| !c.is_alphabetic())?)?,
    };
    let series = if word == "§" { Series::Article } else { series(word)? };
    let behind = behind.strip_prefix('.').unwrap_or(behind).trim_start();
    let end = behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != 'І' && c != 'Х');
    let (raw, rest) = behind.split_at_checked(end.unwrap_or(behind.len()))?;
    let plain = raw.trim_end_matches('.');
    let number = Number::read(plain).or_else(|| roman(plain).map(|n| Number(vec![n])))?;
    let rest = if raw.ends_with('.') { behind.get(raw.len() - 1..)? } else { rest };
    let rest = rest.trim_start_matches(['*', '_']);
    (word == "§" || closes(rest, heading))
        .then(|| (format!("{word} {plain}"), number, series, Style::Word, past(rest)))
}

fn series(word: &str) -> Option<Series> {
    let word = folded(word);
    if CHAPTERS.contains(&word.as_str()) {
        Some(Series::Chapter)
    } else {
        ARTICLES.contains(&word.as_str()).then_some(Series::Article)
    }
}

/// Whether a number with its word ends here: `Article 5.` and `Статья 5 Общие` do, `Article 5 of the Law` does not.
fn closes(rest: &str, heading: bool) -> bool {
    let words = rest.trim_start();
    heading
        || words.is_empty()
        || rest.starts_with(['.', ':', ')', '—', '–'])
        || words.starts_with(['—', '–'])
        || words.starts_with(char::is_uppercase)
}

fn past(rest: &str) -> &str {
    rest.trim_start().trim_start_matches(['.', ':', ')', '—', '–'])
}

fn roman_head(text: &str, heading: bool) -> Option<Read<'_>> {
    let end = text.find(|c: char| !"IVXІХ".contains(c))?;
    let (raw, rest) = text.split_at_checked(end)?;
    let number = roman(raw)?;
    let marked = rest.starts_with(['.', ')']);
    let rest = past(rest);
    let spaced = rest.starts_with(|c: char| c.is_whitespace() || c == '*');
    (spaced && (marked || heading))
        .then(|| (raw.to_owned(), Number(vec![number]), Series::Chapter, Style::Roman, rest))
}

fn roman(text: &str) -> Option<u16> {
    let mut sum = 0_u16;
    let mut before = 0_u16;
    for letter in text.chars().rev() {
        let value = match letter {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            _ => return None,
        };
        sum = if value < before { sum.checked_sub(value)? } else { sum.checked_add(value)? };
        before = before.max(value);
    }
    (sum > 0 && sum < 40 && text.chars().count() <= 7).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, Style, String)> {
        let head = head(line, false)?;
        Some((head.number.to_string(), head.style, line.get(head.to..)?.to_owned()))
    }

    #[test]
    fn the_ways_to_number_a_clause_are_read() {
        let cases = [
            ("4.1. Words", "4.1", Style::Dot, "Words"),
            ("4.1 Words", "4.1", Style::Bare, "Words"),
            ("**4.1** Words", "4.1", Style::Bare, "Words"),
            ("**4.1.** Words", "4.1", Style::Dot, "Words"),
            ("**4.1. Words**", "4.1", Style::Dot, "Words**"),
            ("4\\.1\\. Words", "4.1", Style::Dot, "Words"),
            ("4.1.Слова", "4.1", Style::Dot, "Слова"),
            ("\u{a0}4.1.\u{a0}Words", "4.1", Style::Dot, "Words"),
            ("1) words", "1", Style::Parenthesis, "words"),
            ("12.3.4.5 Words", "12.3.4.5", Style::Bare, "Words"),
            ("§ 5 Words", "5", Style::Word, "Words"),
            ("Статья 5. Слова", "5", Style::Word, "Слова"),
            ("СТАТЬЯ 5", "5", Style::Word, ""),
            ("5-тармақ. Сөз", "5", Style::Word, "Сөз"),
            ("5.1-тармақ. Сөз", "5.1", Style::Word, "Сөз"),
            ("Article 5: Words", "5", Style::Word, "Words"),
            ("Глава IV. Слова", "4", Style::Word, "Слова"),
            ("IV. Words", "4", Style::Roman, "Words"),
            ("<b>4.1.</b> Words", "4.1", Style::Dot, "Words"),
        ];
        for (line, number, style, rest) in cases {
            assert_eq!(read(line), Some((number.to_owned(), style, rest.to_owned())), "{line}");
        }
    }

    #[test]
    fn amounts_dates_and_laws_are_no_clauses() {
        for line in [
            "01.09.2025 г. вступает",
            "1.9.2025 г.",
            "94-V",
            "10 дней",
            "2025 год",
            "2013 жылғы",
            "3.5 млн тенге",
            "1.5% суммы",
            "21 мая 2013 года",
            "5.7-тармақта көрсетілген",
            "Article 5 of the Law says",
            "Статья 8 закона гласит",
            "I agree",
            "1.2.3.4.5. x",
            "12,5 км",
            "4.1x",
            "0.5. x",
            "Section 5 applies",
            "10:30",
            "VIN",
            "8 (727) 000",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
        assert!(head("5 Words", true).is_some());
        assert!(head("21 мая 2013 года", true).is_none());
    }

    #[test]
    fn a_number_follows_another_as_a_reader_would_count() {
        let follows = |a: &str, b: &str| Number::read(b).unwrap().follows(&Number::read(a).unwrap());
        for (a, b) in
            [("1", "1.1"), ("1.1", "1.2"), ("1.9", "1.10"), ("1.2.3", "2"), ("1.2.3", "1.3"), ("4", "5")]
        {
            assert!(follows(a, b), "{a} {b}");
        }
        for (a, b) in [("1", "3"), ("1.1", "1.3"), ("1.2", "2.5"), ("2", "1"), ("1.1", "1.1")] {
            assert!(!follows(a, b), "{a} {b}");
        }
    }
}
