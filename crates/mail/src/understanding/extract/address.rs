//! Which postal address does a letter give?

/// Words that name a street, a quarter or their likes.
const STREETS: &[&str] = &[
    "ул",
    "улица",
    "улице",
    "улицу",
    "пр",
    "пр-т",
    "просп",
    "проспект",
    "проспекте",
    "пр-кт",
    "мкр",
    "мкрн",
    "микрорайон",
    "микрорайоне",
    "пер",
    "переулок",
    "бульвар",
    "бул",
    "шоссе",
    "тракт",
    "квартал",
    "жк",
    "көшесі",
    "көш",
    "кошеси",
    "даңғылы",
    "дангылы",
    "шағынауданы",
    "ықшамаудан",
    "тұйығы",
    "street",
    "str",
    "avenue",
    "ave",
    "road",
    "rd",
    "lane",
    "boulevard",
    "blvd",
    "microdistrict",
];

/// Words that name a house, a flat or their likes.
const HOUSES: &[&str] = &[
    "д",
    "дом",
    "кв",
    "квартира",
    "корп",
    "корпус",
    "офис",
    "оф",
    "стр",
    "подъезд",
    "этаж",
    "үй",
    "уй",
    "пәтер",
    "патер",
    "apt",
    "apartment",
    "flat",
    "house",
    "building",
    "office",
];

/// Words that name a town or a region.
const TOWNS: &[&str] = &[
    "г",
    "гор",
    "город",
    "городе",
    "қ",
    "қаласы",
    "каласы",
    "обл",
    "область",
    "облысы",
    "район",
    "р-н",
    "ауданы",
    "пос",
    "с",
    "село",
    "ауылы",
    "city",
    "индекс",
];

/// The address of a text: the pieces between commas around the one that names a street, as far as they belong to it.
pub fn find(text: &str) -> Option<String> {
    let joined = joined_lines(text);
    let found: Vec<(bool, String)> = joined.lines().flat_map(in_line).collect();
    let fresh = found.iter().find(|(is_old, _)| !is_old).or(found.first());
    fresh.map(|(_, address)| address.clone())
}

/// A line that ends in a comma goes on in the next, and «на» leads from the old address to the new one.
fn joined_lines(text: &str) -> String {
    let mut joined = text.replace(",\n", ", ");
    for place in ["ул", "пр", "г.", "мкр", "бул", "микр"] {
        joined = joined.replace(&format!(" на {place}"), &format!("\n{place}"));
    }
    joined
}

fn in_line(line: &str) -> Vec<(bool, String)> {
    let pieces: Vec<&str> = line.split(',').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if !pieces.get(at).is_some_and(|piece| names(piece, STREETS)) {
            at += 1;
            continue;
        }
        let mut first = at;
        while first > 0 && at - first < 3 && pieces.get(first - 1).is_some_and(|piece| may_precede(piece)) {
            first -= 1;
        }
        let mut last = at;
        while !ends_sentence(pieces.get(last).copied().unwrap_or_default())
            && pieces.get(last + 1).is_some_and(|piece| may_follow(piece))
        {
            last += 1;
        }
        // A town may stand at the end instead of the beginning.
        let town = pieces.get(last + 1).filter(|piece| first == at && is_town_alone(piece));
        if town.is_some() && !ends_sentence(pieces.get(last).copied().unwrap_or_default()) {
            last += 1;
        }
        let mut parts: Vec<String> = pieces
            .get(first..=last)
            .unwrap_or_default()
            .iter()
            .map(|piece| piece.trim().to_owned())
            .collect();
        let is_old = pieces.get(first).is_some_and(|piece| is_old(piece));
        if let Some(head) = parts.first_mut() {
            *head = without_lead(head);
        }
        if let Some(tail) = parts.last_mut() {
            *tail = until_sentence_end(tail);
        }
        let address = parts.join(", ");
        if address.chars().any(|ch| ch.is_ascii_digit()) && address.chars().count() <= 200 {
            found.push((is_old, address));
        }
        at = last + 1;
    }
    found
}

fn words(piece: &str) -> impl Iterator<Item = String> {
    piece
        .split(|ch: char| !(ch.is_alphanumeric() || ch == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn names(piece: &str, list: &[&str]) -> bool {
    words(piece).any(|word| list.contains(&word.as_str()))
}

fn is_old(piece: &str) -> bool {
    let old = [
        "старый",
        "старого",
        "прежний",
        "прежнего",
        "был",
        "вместо",
        "с",
        "со",
        "old",
        "previous",
        "from",
        "ескі",
        "бұрынғы",
    ];
    names(piece, &old)
}

/// The tail of the piece before may be a town: it ends in a name with a capital, a postcode or a word for a town.
fn may_precede(piece: &str) -> bool {
    let Some(last) = piece.split_whitespace().next_back() else { return false };
    let bare = last.trim_matches(|ch: char| !ch.is_alphanumeric());
    names(last, TOWNS)
        || bare.chars().next().is_some_and(char::is_uppercase)
        || (bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_digit()))
}

fn may_follow(piece: &str) -> bool {
    let few = piece.split_whitespace().count() <= 6 || piece.contains('.');
    let opening: Vec<String> = words(piece).take(3).collect();
    let has = |list: &[&str]| opening.iter().any(|word| list.contains(&word.as_str()));
    let digit = opening.first().is_some_and(|word| word.starts_with(|ch: char| ch.is_ascii_digit()));
    few && (digit || has(HOUSES) || has(TOWNS) || has(STREETS))
}

/// One or two words with capitals and nothing else, up to the end of the sentence.
fn is_town_alone(piece: &str) -> bool {
    let town = until_sentence_end(piece);
    let named = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    (1..=2).contains(&town.split_whitespace().count()) && town.split_whitespace().all(named)
}

fn ends_sentence(piece: &str) -> bool {
    until_sentence_end(piece).len() < piece.trim().trim_end_matches(['.', '!']).len()
}

/// Leaves out what leads to the address: all before a colon, and words in small letters that name no place.
fn without_lead(piece: &str) -> String {
    let piece = piece.rsplit([':', '–', '—', '=']).next().unwrap_or(piece).trim();
    let all: Vec<&str> = piece.split_whitespace().collect();
    let belongs = |word: &&str| {
        let bare = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        let known = bare.to_lowercase();
        bare.chars().next().is_some_and(|ch| ch.is_uppercase() || ch.is_ascii_digit())
            || [STREETS, TOWNS, HOUSES].iter().any(|list| list.contains(&known.as_str()) && known != "с")
    };
    let begin = all.iter().rposition(|word| !belongs(word)).map_or(0, |at| at + 1);
    all.get(begin..).unwrap_or_default().join(" ")
}

/// Cuts at a full stop after a number or a longer word.
fn until_sentence_end(piece: &str) -> String {
    let piece = piece.trim();
    for (at, ch) in piece.char_indices() {
        let before = piece.get(..at).unwrap_or_default();
        let word = before.rsplit([' ', '.']).next().unwrap_or_default();
        let after = piece.get(at + ch.len_utf8()..).unwrap_or_default();
        let short = word.chars().count() <= 4 && !word.chars().any(|ch| ch.is_ascii_digit());
        if matches!(ch, '!' | ';' | '(' | ')')
            || (ch == '.' && !short && (after.is_empty() || after.starts_with(' ')))
        {
            return before.trim().to_owned();
        }
    }
    piece.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_whole_and_nothing_else() {
        for (text, address) in [
            (
                "Мой новый адрес: г. Алматы, ул. Абая, д. 10, кв. 5. Спасибо!",
                "г. Алматы, ул. Абая, д. 10, кв. 5",
            ),
            (
                "Я переехал в Алматы, улица Сатпаева, дом 3, кв. 7, прошу исправить",
                "Алматы, улица Сатпаева, дом 3, кв. 7",
            ),
            ("Мой адрес: ул. Сатпаева 22, кв. 5, Алматы.", "ул. Сатпаева 22, кв. 5, Алматы"),
            ("Я переехала с ул. Абая, д. 1 на ул. Сатпаева, д. 22, кв. 5.", "ул. Сатпаева, д. 22, кв. 5"),
            ("I moved to Almaty, Abay Ave 10, apt 5. Please update it.", "Almaty, Abay Ave 10, apt 5"),
            (
                "Жаңа мекенжайым: Алматы қ., Абай даңғылы, 10-үй, 5-пәтер.",
                "Алматы қ., Абай даңғылы, 10-үй, 5-пәтер",
            ),
        ] {
            assert_eq!(find(text).as_deref(), Some(address), "{text}");
        }
        assert_eq!(find("Когда привезут заказ, который я ждал?"), None);
    }
}
