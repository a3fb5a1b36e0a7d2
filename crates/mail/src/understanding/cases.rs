//! To which case does a letter belong?
//!
//! By the number in its subject («№ 14», "request 14") and by the id of our letter that it answers: `<32 hex digits@domain>`.
//! The number alone proves nothing; whoever files asks whether the sender belongs to the case.

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

/// The number of a case in a subject.
pub fn number(subject: &str) -> Option<String> {
    let lowered = subject.to_lowercase();
    let words: Vec<&str> = lowered
        .split(|ch: char| !(ch.is_alphanumeric() || matches!(ch, '№' | '#')))
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
        if is_number && !is_exactly_other(last_word) && !is_of(OTHERS) && (sign || is_of(CASES)) {
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
    fn numbers_of_cases_are_told_from_other_numbers() {
        for subject in [
            "Re: № 14",
            "RE: Обращение №14",
            "Re: request 14",
            "Re: [Request No. 14] access",
            "№ 14 өтініш бойынша",
            "Re: Ваше обращение № 0014",
        ] {
            assert_eq!(number(subject).as_deref(), Some("14"), "{subject}");
        }
        for subject in
            ["Заказ № 118", "Order No. 118", "Re: 14 марта", "договор №14", "Исх. № 14", "тапсырыс № 118", ""]
        {
            assert_eq!(number(subject), None, "{subject}");
        }
    }
}
