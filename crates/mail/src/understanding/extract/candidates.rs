//! Of several values that a text names, which one is the new one?

use crate::understanding::text::{Latin, fold};

/// A value that stands in a text.
pub struct Candidate {
    /// The value, in its normal form.
    pub value: String,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What speaks for it beside its place.
    pub weight: i32,
}

/// Words before a value that say it is the new one.
const NEW: &[&str] = &[
    "новый",
    "новая",
    "новое",
    "новую",
    "новой",
    "теперь",
    "стал",
    "стало",
    "стала",
    "на",
    "нужно",
    "верный",
    "верно",
    "правильно",
    "правильный",
    "правильная",
    "сейчас",
    "действующий",
    "new",
    "now",
    "to",
    "correct",
    "current",
    "should",
    "жаңа",
    "енді",
    "қазір",
    "қазіргі",
    "дұрысы",
    "дұрыс",
];

/// Words before a value that say it is the old one.
const OLD: &[&str] = &[
    "старый",
    "старая",
    "старое",
    "старой",
    "старую",
    "старого",
    "был",
    "было",
    "была",
    "прежний",
    "прежняя",
    "прежний",
    "прежнего",
    "вместо",
    "бывший",
    "бывшая",
    "с",
    "со",
    "не",
    "раньше",
    "указан",
    "указана",
    "указано",
    "записан",
    "ошибочно",
    "неверный",
    "неверно",
    "old",
    "previous",
    "former",
    "was",
    "instead",
    "from",
    "not",
    "wrong",
    "lost",
    "ескі",
    "бұрынғы",
    "бұрын",
    "қате",
];

/// Words after a value that say it is the old one.
const OLD_AFTER: &[&str] = &[
    "емес",
    "орнына",
    "ескі",
    "ескірген",
    "больше",
    "утерян",
    "недействителен",
    "неактуален",
    "anymore",
    "old",
    "отключен",
    "болған",
];

/// Words after a value that say it is the new one: Kazakh says so with an ending.
const NEW_AFTER: &[&str] = &["нөміріне", "номеріне", "поштасына", "мекенжайына", "деп", "болуы"];

/// Words on each side that are looked at.
const REACH: usize = 5;

/// The value that is most likely meant: the new one; of several alike, the first.
pub fn best(text: &str, candidates: Vec<Candidate>) -> Option<String> {
    let mut best: Option<(i32, String)> = None;
    let mut last_end = 0;
    let begins: Vec<usize> = candidates.iter().map(|candidate| candidate.from).chain([text.len()]).collect();
    for (candidate, next) in candidates.into_iter().zip(begins.into_iter().skip(1)) {
        let before = text.get(last_end.min(candidate.from)..candidate.from).unwrap_or_default();
        let after = text.get(candidate.to.min(next)..next).unwrap_or_default();
        let weight = candidate.weight + weight_before(before) + weight_after(after);
        last_end = candidate.to;
        if best.as_ref().is_none_or(|(most, _)| weight > *most) {
            best = Some((weight, candidate.value));
        }
    }
    best.map(|(_, value)| value)
}

/// The nearest word that says something decides; an arrow leads to the new value.
fn weight_before(before: &str) -> i32 {
    if before.trim_end().ends_with(['>', '→']) {
        return 2;
    }
    let words: Vec<&str> =
        before.rsplit(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).take(REACH).collect();
    for word in words {
        if is_among(word, NEW) {
            return 2;
        }
        if is_among(word, OLD) {
            return -2;
        }
    }
    0
}

fn weight_after(after: &str) -> i32 {
    let sentence = after.split(['\n', ';', '.']).next().unwrap_or_default();
    let mut words = sentence.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    words
        .find_map(|word| {
            let new = is_among(word, NEW_AFTER).then_some(2);
            new.or_else(|| is_among(word, OLD_AFTER).then_some(-3))
        })
        .unwrap_or_default()
}

fn is_among(word: &str, list: &[&str]) -> bool {
    let folded = fold(word, Latin::Kept);
    list.iter().any(|known| fold(known, Latin::Kept) == folded)
}
