//! What does a text say of whoever published it: site, address for letters, name, number?

use std::collections::BTreeMap;

use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::Language;

/// What could be read; nothing is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) name: Option<String>,
    pub(super) bin: Option<String>,
    pub(super) address: Option<String>,
    pub(super) site: Option<String>,
    pub(super) email: Option<String>,
}

/// Reads the whole text.
pub(super) fn read(text: &str) -> Facts {
    Facts {
        name: name(text),
        bin: number(text),
        address: address(text),
        site: most(sites(text)),
        email: most(emails(text)),
    }
}

/// The language by its letters: Kazakh has nine of its own, and neither of the others has both alphabets.
pub(super) fn language(text: &str) -> Language {
    let (mut cyrillic, mut latin, mut kazakh) = (0_usize, 0_usize, 0_usize);
    for letter in text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()) {
        match letter {
            'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і' => kazakh += 1,
            'а'..='я' | 'ё' => cyrillic += 1,
            'a'..='z' => latin += 1,
            _ => {}
        }
    }
    match () {
        () if kazakh * 50 > kazakh + cyrillic + latin => Language::Kazakh,
        () if latin > cyrillic => Language::English,
        () => Language::Russian,
    }
}

/// What stands most often, of equals what stands first.
fn most(found: Vec<String>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &found {
        *counts.entry(one).or_default() += 1;
    }
    let highest = counts.values().max().copied()?;
    found.iter().find(|one| counts.get(one.as_str()) == Some(&highest)).cloned()
}

/// Every web address as its scheme and host.
fn sites(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for scheme in ["https://", "http://"] {
        for (_, rest) in
            text.match_indices(scheme).filter_map(|(at, _)| text.split_at_checked(at + scheme.len()))
        {
            let host: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':')).collect();
            let host = host.trim_end_matches(['.', '-', ':']).to_lowercase();
            // The state's own sites are cited as sources of law.
            let of_the_state =
                [".gov.kz", "adilet.zan.kz", "zan.kz", "egov.kz"].iter().any(|s| host.ends_with(s));
            if host.contains('.') && !of_the_state {
                found.push(format!("{scheme}{host}"));
            }
        }
    }
    found
}

/// Every e-mail address.
pub(super) fn emails(text: &str) -> Vec<String> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+');
    text.split(|c: char| !part(c))
        .map(|word| word.trim_matches(['.', '-', '_', '+']))
        .filter(|word| word.contains('@') && Kind::Email.normalise(word).is_ok())
        .map(str::to_lowercase)
        .collect()
}

/// Twelve digits with a right check digit, near the word for them.
fn number(text: &str) -> Option<String> {
    let words = ["БИН", "ИИН", "БСН", "ЖСН", "BIN", "IIN"];
    let mut after = words.iter().flat_map(|word| text.match_indices(word).map(|(at, w)| at + w.len()));
    after.find_map(|at| {
        let near: String = text.get(at..)?.chars().take(40).collect();
        let digits = near.split(|c: char| !c.is_ascii_digit()).find(|d| d.len() == 12)?;
        let sound = Kind::Bin.normalise(digits).is_ok() || Kind::Iin.normalise(digits).is_ok();
        sound.then(|| digits.to_owned())
    })
}

/// A legal form and the name in quotes after it, or before it as Kazakh has it.
fn name(text: &str) -> Option<String> {
    let forms = [
        "товарищество с ограниченной ответственностью",
        "Товарищество с ограниченной ответственностью",
        "Индивидуальный предприниматель",
        "индивидуальный предприниматель",
        "ТОО",
        "АО",
        "ИП",
    ];
    for form in forms {
        for (at, _) in text.match_indices(form) {
            let whole = text.get(..at).is_none_or(|before| !before.ends_with(char::is_alphanumeric));
            let Some(rest) = text.get(at + form.len()..).filter(|_| whole) else { continue };
            if let Some(quoted) = quoted(rest.trim_start()) {
                return Some(format!("{form} {quoted}"));
            }
        }
    }
    for form in ["ЖШС", "АҚ", "ЖК"] {
        for (at, _) in text.match_indices(form) {
            let before = text.get(..at)?.trim_end();
            let Some(start) = before.strip_suffix('»').and_then(|b| b.rfind('«')) else { continue };
            let quoted = before.get(start..).filter(|q| q.chars().count() < 100 && !q.contains('\n'))?;
            return Some(format!("{quoted} {form}"));
        }
    }
    None
}

/// What stands in quotes at the very beginning, quotes and all.
pub(super) fn quoted(text: &str) -> Option<String> {
    let open = text.chars().next()?;
    let close = match open {
        '«' => '»',
        '“' => '”',
        '„' => '“',
        '"' => '"',
        _ => return None,
    };
    let inner = text.get(open.len_utf8()..)?;
    let inner = inner.get(..inner.find(close)?)?;
    let short = !inner.is_empty() && inner.chars().count() < 100 && !inner.contains('\n');
    short.then(|| format!("{open}{inner}{close}"))
}

/// What follows the words for a postal address, to the end of the line or of the remark.
fn address(text: &str) -> Option<String> {
    let words = ["ридический адрес:", "очтовый адрес:", "Адрес:", "аңды мекенжайы:", "Мекенжайы:", "ddress:"];
    words.iter().find_map(|word| {
        let (_, rest) = text.split_once(word)?;
        let line = rest.lines().next()?.split([';', ')']).next()?.trim().trim_end_matches(['.', ',']);
        let postal = !line.contains('@') && !line.contains("://");
        (postal && line.chars().count() > 8).then(|| line.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_who_published_it() {
        let facts = read(
            "Оператор: ТОО «Жол Авто», БИН 990140000017. Юридический адрес: 050000, Алматы, улица Ста Дорог, 12.\n\
             Сайт https://shop.example/about и <https://shop.example>, закон: https://adilet.zan.kz/rus.\n\
             Письма: [privacy@shop.example](mailto:privacy@shop.example).\n",
        );
        assert_eq!(facts.name.as_deref(), Some("ТОО «Жол Авто»"));
        assert_eq!(facts.bin.as_deref(), Some("990140000017"));
        assert_eq!(facts.address.as_deref(), Some("050000, Алматы, улица Ста Дорог, 12"));
        assert_eq!(facts.site.as_deref(), Some("https://shop.example"));
        assert_eq!(facts.email.as_deref(), Some("privacy@shop.example"));
        assert_eq!(name("«Жол Авто» ЖШС деректерді өңдейді").as_deref(), Some("«Жол Авто» ЖШС"));
    }

    #[test]
    fn what_a_text_does_not_say_is_not_guessed() {
        let facts =
            read("Пишите на адрес: info@. БИН 990140000018. Закон от 21 мая 2013 года № 94-V. САО «x».");
        assert_eq!(facts, Facts::default());
    }

    #[test]
    fn letters_tell_the_language() {
        assert_eq!(language("Дербес деректерді өңдеу саясаты қолданылады"), Language::Kazakh);
        assert_eq!(language("Политика на сайте shop.example"), Language::Russian);
        assert_eq!(language("Privacy policy of «Жол»"), Language::English);
    }
}
