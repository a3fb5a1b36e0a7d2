//! To which case does a letter belong?
//!
//! By the number in its subject («№ 14», "request 14") or in its own words («по обращению № 14»), and by the id of our letter that it
//! answers: `<32 hex digits@domain>`. The number alone proves nothing; whoever files asks whether the sender belongs to the case.

use crate::letter::Letter;

/// Digits that a number of a case has at most.
const LONGEST: usize = 9;

/// Words before a number that make it the number of something else.
const OTHERS: &[&str] = &[
    "заказ",
    "зак",
    "счет",
    "счёт",
    "договор",
    "накладн",
    "чек",
    "фактур",
    "посылк",
    "исх",
    "письм",
    "приказ",
    "закон",
    "order",
    "invoice",
    "parcel",
    "contract",
    "tracking",
    "тапсырыс",
    "шот",
    "шарт",
    "бұйрық",
    "сәлемдеме",
    "дело",
];

/// Words before a number that make it the number of a case.
const CASES: &[&str] = &[
    "обращени",
    "заявк",
    "запрос",
    "заявлени",
    "обр",
    "өтініш",
    "отиниш",
    "сұрау",
    "сұраныс",
    "жүгін",
    "request",
    "case",
    "ticket",
    "ref",
    "reference",
];

/// How many characters of the writer's own words are looked through.
const LOOKED_THROUGH: usize = 4000;

/// The number of the case that a letter names: in its subject, where a sign before a number is enough, or else in the writer's own
/// words, where it must be called the number of a request.
pub fn number(letter: &Letter) -> Option<String> {
    let own: String = letter.words.own.chars().take(LOOKED_THROUGH).collect();
    in_line(&letter.subject, true).or_else(|| own.lines().find_map(|line| in_line(line, false)))
}

fn in_line(line: &str, sign_is_enough: bool) -> Option<String> {
    let lowered = line.to_lowercase();
    let words: Vec<&str> = lowered
        // In the words «14-2/77» is the number of something else.
        .split(|ch: char| {
            let joins = matches!(ch, '-' | '/') && !sign_is_enough;
            !(ch.is_alphanumeric() || matches!(ch, '№' | '#') || joins)
        })
        .map(|word| word.trim_matches(['-', '/']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut last_word = "";
    let mut signed = false;
    for word in words {
        let (sign, digits) = match word.strip_prefix(['№', '#']) {
            Some(rest) => (true, rest),
            None => (signed, word),
        };
        let is_number =
            !digits.is_empty() && digits.len() <= LONGEST && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_of = |list: &[&str]| list.iter().any(|known| last_word.starts_with(known));
        if is_number
            && !is_exactly_other(last_word)
            && !is_of(OTHERS)
            && if sign_is_enough { sign || is_of(CASES) } else { sign && is_of(CASES) }
        {
            let digits = digits.trim_start_matches('0');
            return (!digits.is_empty()).then(|| digits.to_owned());
        }
        signed = (sign && digits.is_empty()) || matches!(word, "no" | "nr" | "n");
        if !signed {
            last_word = word;
        }
    }
    None
}

fn is_exactly_other(word: &str) -> bool {
    matches!(word, "кв" | "дом" | "п" | "д" | "ст")
}

/// The token of our letter that this one answers.
pub fn token(letter: &Letter) -> Option<String> {
    letter.in_reply_to.iter().chain(letter.references.iter().rev()).find_map(|id| {
        let (token, _) = id.split_once('@')?;
        let is_token = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_token.then(|| token.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_the_words_must_be_called_that_of_a_request() {
        let found = |text: &str| {
            let letter =
                format!("From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
            number(&Letter::read(letter.as_bytes()).unwrap())
        };
        for text in [
            "Здравствуйте!\r\nЕсть ли ответ по обращению № 14?",
            "Any news on request no. 14?",
            "№ 14 өтініш: өтініш №14",
        ] {
            assert_eq!(found(text).as_deref(), Some("14"), "{text}");
        }
        for text in [
            "Квартира № 14",
            "Ваш запрос № 14-2/77 получен",
            "По заказу № 14 вопрос",
            "№ 14",
            "I request 2 copies",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_cases_are_told_from_other_numbers() {
        for subject in [
            "Re: № 14",
            "RE: Обращение №14",
            "Re: request 14",
            "Re: [Request No. 14] access",
            "№ 14 өтініш бойынша",
            "№ 14-өтініш",
            "[Request-14]",
            "Re: Ваше обращение № 0014",
        ] {
            assert_eq!(in_line(subject, true).as_deref(), Some("14"), "{subject}");
        }
        for subject in
            ["Заказ № 118", "Order No. 118", "Re: 14 марта", "договор №14", "Исх. № 14", "тапсырыс № 118", ""]
        {
            assert_eq!(in_line(subject, true), None, "{subject}");
        }
    }
}
