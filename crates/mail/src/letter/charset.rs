//! Which characters do these bytes stand for, when the label is wrong or absent?
//!
//! Mail programs label texts wrongly every day: windows-1251 as koi8-r, UTF-8 as ISO-8859-1, or nothing at all. The label is
//! believed unless the bytes speak against it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, IBM866, ISO_8859_5, KOI8_U, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252,
};

/// Bytes that the guess looks at. More would not make it better.
const LOOKED_AT: usize = 16 * 1024;

/// Decodes bytes under a label.
pub fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(|label| label.trim().trim_matches(['"', '\'']).to_ascii_lowercase());
    if label.as_deref().is_some_and(is_kazakh_1048) && std::str::from_utf8(bytes).is_err() {
        return kz_1048(bytes);
    }
    let labelled = label.as_deref().and_then(labelled);
    if let Some(wide) = labelled.filter(|encoding| !encoding.is_ascii_compatible()) {
        return wide.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return encoding.decode(bytes).0.into_owned();
    }
    let believed = labelled.filter(|encoding| *encoding != UTF_8 && *encoding != WINDOWS_1252);
    if labelled == Some(UTF_8) && is_nearly_utf8(bytes) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let guessed = guess(bytes);
    let encoding = match believed {
        None => guessed,
        Some(believed) if believed == guessed => believed,
        Some(believed) => {
            let rival = strangeness(&guessed.decode_without_bom_handling(head(bytes)).0);
            let own = strangeness(&believed.decode_without_bom_handling(head(bytes)).0);
            if own > 2 * rival + 2 { guessed } else { believed }
        }
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn labelled(label: &str) -> Option<&'static Encoding> {
    let known = match label {
        "cp-1251" | "win-1251" | "win1251" | "windows1251" | "ansi-1251" | "windows-cp1251" => WINDOWS_1251,
        "koi8r" | "koi-8" | "koi-8r" | "koi8u" | "koi8-ru" => KOI8_U,
        "cp-866" | "dos-866" | "alt" => IBM866,
        "utf-16" | "unicode" => UTF_16LE,
        "utf8mb4" | "utf_8" => UTF_8,
        _ => return Encoding::for_label(label.as_bytes()),
    };
    Some(known)
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..LOOKED_AT).unwrap_or(bytes)
}

/// The likeliest encoding: the detector's, or a Cyrillic one whose text looks less strange. The detector was made for pages and
/// errs on a subject of two words.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head(bytes), true);
    let mut best = detector.guess(None, Utf8Detection::Deny);
    let mut least = strangeness(&best.decode_without_bom_handling(head(bytes)).0);
    for rival in [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5] {
        let strange = strangeness(&rival.decode_without_bom_handling(head(bytes)).0);
        if strange * 2 < least {
            (best, least) = (rival, strange);
        }
    }
    best
}

/// How little a text looks like Russian, Kazakh or English: capitals inside words, letters of other alphabets, drawing signs,
/// and rare letters where common ones belong.
fn strangeness(text: &str) -> usize {
    let mut strange = 0;
    let mut last = ' ';
    for ch in text.chars() {
        strange += match ch {
            '\u{fffd}' => 4,
            _ if ch.is_ascii() => 0,
            _ if ch.is_uppercase() && last.is_lowercase() => 2,
            'ъ' | 'щ' | 'ш' | 'э' | 'ю' | 'ф' | 'х' | 'ц' | 'Ъ' | 'Щ' | 'Ш' | 'Э' | 'Ю' | 'Ф' | 'Х' | 'Ц' => {
                1
            }
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => 0,
            'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і' | 'Ә' | 'Ғ' | 'Қ' | 'Ң' | 'Ө' | 'Ұ' | 'Ү'
            | 'Һ' | 'І' => 0,
            '«' | '»' | '—' | '–' | '№' | '“' | '”' | '„' | '’' | '…' | '\u{a0}' => 0,
            '\u{80}'..='\u{9f}' | '\u{2500}'..='\u{25ff}' => 3,
            _ => 2,
        };
        last = ch;
    }
    strange
}

/// A text cut in the middle of a character, or with a few broken ones, is still UTF-8.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head(bytes));
    let broken = text.chars().filter(|ch| *ch == '\u{fffd}').count();
    let whole = text.chars().filter(|ch| !ch.is_ascii() && *ch != '\u{fffd}').count();
    broken <= 2 + whole / 8 && whole > 0
}

fn is_kazakh_1048(label: &str) -> bool {
    matches!(label, "kz-1048" | "kz1048" | "rk1048" | "rk-1048" | "strk1048-2002" | "cskz1048" | "ptcp154")
}

/// The Kazakh relative of windows-1251 (STRK 1048), which the table of web encodings does not know.
fn kz_1048(bytes: &[u8]) -> String {
    WINDOWS_1251
        .decode_without_bom_handling(bytes)
        .0
        .chars()
        .map(|ch| match ch {
            'Ќ' => 'Қ',
            'Ћ' => 'Һ',
            'ќ' => 'қ',
            'ћ' => 'һ',
            'Ў' => 'Ұ',
            'ў' => 'ұ',
            'Ј' => 'Ә',
            'Ґ' => 'Ө',
            'Є' => 'Ғ',
            'Ї' => 'Ү',
            'ґ' => 'ө',
            'є' => 'ғ',
            'ј' => 'ә',
            'Ѕ' => 'Ң',
            'ѕ' => 'ң',
            'ї' => 'ү',
            other => other,
        })
        .collect()
}

/// Whether a text in UTF-16 hides behind a missing label: every second byte is zero.
pub fn looks_wide(bytes: &[u8]) -> Option<&'static str> {
    let looked = bytes.get(..64).unwrap_or(bytes);
    let zeros = |from: usize| looked.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = looked.len() / 2;
    match half >= 8 {
        true if zeros(1) * 4 > half * 3 => Some(UTF_16LE.name()),
        true if zeros(0) * 4 > half * 3 => Some(UTF_16BE.name()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Прошу удалить мои персональные данные";

    #[test]
    fn the_right_label_is_believed() {
        for encoding in [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5] {
            assert_eq!(decode(&encoding.encode(WORDS).0, Some(encoding.name())), WORDS);
        }
    }

    #[test]
    fn a_wrong_or_missing_label_is_seen_through() {
        for encoding in [WINDOWS_1251, KOI8_U, IBM866] {
            let bytes = encoding.encode(WORDS).0;
            for label in [None, Some("iso-8859-1"), Some("us-ascii"), Some("utf-8"), Some("nonsense")] {
                assert_eq!(decode(&bytes, label), WORDS, "{} as {label:?}", encoding.name());
            }
        }
        assert_eq!(decode(&WINDOWS_1251.encode(WORDS).0, Some("koi8-r")), WORDS);
        assert_eq!(decode(&KOI8_U.encode(WORDS).0, Some("windows-1251")), WORDS);
        assert_eq!(decode(WORDS.as_bytes(), Some("windows-1251")), WORDS);
    }

    #[test]
    fn kazakh_letters_are_read_from_their_own_code_page() {
        let bytes = [0x8d, 0xe0, 0xe7, 0xe0, 0x9d, 0x20, 0xb4, 0xb3, 0xbe];
        assert_eq!(decode(&bytes, Some("kz-1048")), "Қазақ өің");
    }

    #[test]
    fn a_text_cut_inside_a_character_stays_readable() {
        let bytes = WORDS.as_bytes();
        let cut = bytes.get(..bytes.len() - 1).unwrap();
        assert!(decode(cut, Some("utf-8")).starts_with("Прошу удалить"));
    }
}
