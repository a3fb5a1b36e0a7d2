//! Whose name does a letter give?

use super::candidates::Candidate;

/// Words with a capital that are no name.
const NO_NAMES: &[&str] = &[
    "здравствуйте",
    "добрый",
    "доброе",
    "уважаемый",
    "уважаемая",
    "уважаемые",
    "прошу",
    "мой",
    "моя",
    "мои",
    "меня",
    "я",
    "спасибо",
    "отзыв",
    "актуализация",
    "республика",
    "республики",
    "казахстан",
    "казахстана",
    "закон",
    "закона",
    "ул",
    "ооо",
    "тоо",
    "ип",
    "ао",
    "hello",
    "dear",
    "please",
    "my",
    "i",
    "the",
    "thank",
    "thanks",
    "best",
    "kind",
    "regards",
    "good",
    "hi",
    "republic",
    "of",
    "сәлеметсіз",
    "құрметті",
    "менің",
    "қазақстан",
    "жшс",
    "жк",
    "рахмет",
    "дербес",
    "деректерді",
    "қайырлы",
    "sir",
    "madam",
    "team",
    "personal",
    "data",
    "с",
    "уважением",
    "заранее",
    "құрметпен",
    "привет",
    "update",
    "please",
    "фио",
    "иин",
];

/// Endings of patronymics.
const PATRONYMICS: &[&str] = &[
    "вич", "вна", "ична", "ұлы", "улы", "қызы", "кызы", "уулу", "оглы", "кизи", "vich", "vna", "uly", "kyzy",
    "qyzy",
];

/// Runs of two to four words with capitals. Those with a patronymic, and those behind «ФИО» or "my name is", weigh more.
pub fn find(text: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        in_line(line, at, &mut found);
        at += line.len();
    }
    found.retain(|candidate| candidate.weight > 0);
    found
}

/// The name below a closing formula.
pub fn signed(signature: &str) -> Option<String> {
    let lines = signature.lines().take(6);
    lines
        .flat_map(|line| {
            let mut found = Vec::new();
            in_line(line, 0, &mut found);
            found
        })
        .next()
        .map(|candidate| candidate.value)
}

fn in_line(line: &str, offset: usize, found: &mut Vec<Candidate>) {
    let mut run: Vec<(usize, usize, &str)> = Vec::new();
    let mut at = 0;
    for piece in
        line.split_inclusive(|ch: char| ch.is_whitespace() || matches!(ch, ',' | ':' | ';' | '(' | '«' | '"'))
    {
        let word = piece.trim_matches(|ch: char| !ch.is_alphanumeric());
        let from = at + piece.find(word).unwrap_or_default();
        at += piece.len();
        if is_name_word(word) {
            run.push((offset + from, offset + from + word.len(), word));
        }
        let ends = !is_name_word(word)
            || piece
                .chars()
                .any(|ch| !ch.is_alphanumeric() && !ch.is_whitespace() && !matches!(ch, '-' | '\''));
        if ends {
            finish(&mut run, line, offset, found);
        }
    }
    finish(&mut run, line, offset, found);
}

fn finish(run: &mut Vec<(usize, usize, &str)>, line: &str, offset: usize, found: &mut Vec<Candidate>) {
    let words = std::mem::take(run);
    let (Some((from, ..)), Some((_, to, last))) = (words.first(), words.last()) else { return };
    if !(2..=4).contains(&words.len()) {
        return;
    }
    let lowered = last.to_lowercase();
    let is_full = words.iter().any(|(.., word)| {
        let word = word.to_lowercase();
        PATRONYMICS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    }) && !lowered.is_empty();
    let before = line.get(..from.saturating_sub(offset)).unwrap_or_default().to_lowercase();
    let introduced = [
        "зовут",
        "фио",
        "имя",
        "фамили",
        "name is",
        "name:",
        "name to",
        "surname",
        "я,",
        "есімім",
        "атым",
        "аты-жөн",
        "тегі",
        "тегім",
        "аты",
    ]
    .iter()
    .any(|cue| before.contains(cue));
    let value = words.iter().map(|(.., word)| *word).collect::<Vec<_>>().join(" ");
    found.push(Candidate {
        value,
        from: *from,
        to: *to,
        weight: i32::from(is_full) * 2 + i32::from(introduced),
    });
}

fn is_name_word(word: &str) -> bool {
    let mut characters = word.chars();
    let Some(first) = characters.next() else { return false };
    let rest: Vec<char> = characters.collect();
    first.is_uppercase()
        && !rest.is_empty()
        && rest.iter().all(|ch| ch.is_alphabetic() || matches!(ch, '-' | '\''))
        && rest.iter().any(|ch| ch.is_lowercase())
        && !NO_NAMES.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::extract::candidates::best;

    #[test]
    fn names_are_found_where_somebody_gives_one() {
        for (text, name) in [
            ("Здравствуйте! Меня зовут Анна Ким.", "Анна Ким"),
            ("Я сменила фамилию: была Ким Анна Сергеевна, теперь Цой Анна Сергеевна", "Цой Анна Сергеевна"),
            ("Атым дұрыс емес: Асқар Бекзат Ерұлы", "Асқар Бекзат Ерұлы"),
            ("My name is John Smith and I moved", "John Smith"),
        ] {
            assert_eq!(best(text, find(text)).as_deref(), Some(name), "{text}");
        }
        assert!(find("Прошу Удалить Данные из Базы").is_empty());
        assert_eq!(signed("С уважением,\nКим Анна\n+7 700 000 00 11").as_deref(), Some("Ким Анна"));
    }
}
