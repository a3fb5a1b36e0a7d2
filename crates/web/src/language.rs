//! In which language does a caller want to be answered?

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use saqta_domain::terms::names::Language;

/// The best of our languages by `Accept-Language`; Russian where it names none of them.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut best: Option<(u16, Language)> = None;
    for part in wanted.split(',').take(20) {
        let mut pieces = part.split(';');
        let Some(language) = pieces.next().and_then(|tag| Language::from_tag(tag.trim())) else { continue };
        let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1000), thousandths);
        let Some(weight) = weight.filter(|w| *w > 0) else { continue };
        if best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, language));
        }
    }
    best.map_or(Language::Russian, |(_, language)| language)
}

fn thousandths(weight: &str) -> Option<u16> {
    let number: f32 = weight.trim().parse().ok()?;
    (0.0..=1.0).contains(&number).then_some((number * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_greatest_weight_wins_and_russian_is_the_default() {
        let check = |header: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
            language_of(&headers)
        };
        assert_eq!(check("kk-KZ,kk;q=0.9,ru;q=0.8"), Language::Kazakh);
        assert_eq!(check("de, en;q=0.5, kk;q=0.7"), Language::Kazakh);
        assert_eq!(check("en;q=0, fr"), Language::Russian);
        assert_eq!(check("en;q=nonsense"), Language::Russian);
        assert_eq!(language_of(&HeaderMap::new()), Language::Russian);
    }
}
