//! How is a print read back, and how is a paper held against what it was given?

use std::io::Write;
use std::process::{Command, Stdio};

use saqta_documents::error::Error;
use saqta_documents::frame::Language;
use saqta_documents::label::{Label, Wording};
use saqta_documents::papers::Paper;
use saqta_documents::sheet::{Mark, Sheet};
use saqta_documents::sheet_html::sheet_html;
use saqta_documents::sheet_pdf::sheet_pdf;

use crate::words::Spoken;

pub fn mark() -> Mark {
    Mark { log: "7".to_owned(), index: 1042, digest: "0123456789abcdef".repeat(4) }
}

/// What `pdftotext` reads of a print.
fn read(pdf: &[u8], arguments: &[&str]) -> String {
    let mut asked = Command::new("pdftotext")
        .args(arguments)
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("pdftotext ({error}): install poppler-utils, as `cargo xtask test` does")
        });
    let mut stdin = asked.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = asked.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// Letters without spaces, line ends and places for division: how lines are broken is no part of what is said.
pub fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// What stands on the pages between head and foot, and what stands on them with both.
pub fn printed(sheet: &Sheet, wide: bool) -> (String, String) {
    let pdf = sheet_pdf(sheet, &mark()).unwrap();
    let area = if wide {
        ["-raw", "-x", "0", "-y", "62", "-W", "842", "-H", "458"]
    } else {
        ["-raw", "-x", "0", "-y", "62", "-W", "595", "-H", "705"]
    };
    (letters(&read(&pdf, &area)), letters(&read(&pdf, &["-raw"])))
}

/// What a reader of the page sees.
pub fn shown(sheet: &Sheet) -> String {
    let page = sheet_html(sheet, &mark()).unwrap();
    let (_, body) = page.split_once("<body>").unwrap();
    let mut text = String::new();
    let mut inside = true;
    for letter in body.chars() {
        match letter {
            '<' => inside = false,
            '>' => inside = true,
            _ if inside => text.push(letter),
            _ => {}
        }
    }
    let text = [("&#34;", "\""), ("&#38;", "&"), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">")]
        .iter()
        .fold(text, |text, (escaped, letter)| text.replace(escaped, letter));
    letters(&text)
}

/// Every word on a sheet, labels and values alike.
pub fn words_of(sheet: &Sheet) -> Vec<String> {
    fn walk(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => found.push(text.clone()),
            serde_json::Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
            serde_json::Value::Object(map) => {
                map.iter()
                    .filter(|(key, _)| *key != "part" && *key != "link")
                    .for_each(|(_, value)| walk(value, found));
            }
            _ => {}
        }
    }
    let whole: serde_json::Value = serde_json::from_slice(&sheet.bytes().unwrap()).unwrap();
    let mut found = Vec::new();
    for part in ["title", "head", "parts"] {
        walk(&whole[part], &mut found);
    }
    found
}

/// A paper in each language, held against what it was given.
pub fn says(paper: Paper, wide: bool, sheet: impl Fn(&dyn Wording) -> Result<Sheet, Error>, given: &[&str]) {
    for words in Spoken::all() {
        let sheet = sheet(&words).unwrap();
        assert_eq!((sheet.paper(), sheet.language()), (paper, words.language()));
        // For looking at the pages oneself: the folder is named when the tests are compiled.
        if let Some(folder) = std::option_env!("SAQTA_PAPERS_TO") {
            let name = format!("{folder}/{paper}-{:?}", words.language());
            std::fs::write(format!("{name}.pdf"), sheet_pdf(&sheet, &mark()).unwrap()).unwrap();
            std::fs::write(format!("{name}.html"), sheet_html(&sheet, &mark()).unwrap()).unwrap();
        }
        let (body, whole) = printed(&sheet, wide);
        let page = shown(&sheet);
        for word in words_of(&sheet).iter().map(String::as_str).chain(given.iter().copied()) {
            let word = letters(word);
            assert!(body.contains(&word), "{paper} {:?}: no {word} in print\n{body}", words.language());
            assert!(page.contains(&word), "{paper} {:?}: no {word} on the page\n{page}", words.language());
        }
        let place = words.told(Label::Mark, &[("log", "7"), ("index", "1042")]);
        for text in [&whole, &page] {
            assert!(text.contains(&letters(&place)) && text.contains(&mark().digest), "{text}");
        }
    }
}

/// What the head of every paper is given.
pub const HEAD: [&str; 7] = [
    "24.03.2026",
    "«Жол Авто» ЖШС",
    "990140000017",
    "050000, Алматы қаласы, Жүз жол көшесі, 12",
    "privacy@shop.example",
    "12.01.2026",
    "Saqta 0.1.0",
];

pub const REQUEST: [&str; 5] =
    ["14", "23.03.2026 10:02 (UTC+5)", "отзыв согласия", "страница обращений", crate::samples::NAME];

pub const REMEDIES: [&str; 4] = [
    "Уполномоченный орган (вымышлен)",
    "Астана, проспект Примера, 1",
    "https://authority.example/complaints",
    "Суд по месту жительства",
];

pub const SIGNED: [&str; 4] =
    ["Әсел Үлгіқызы", "ответственный за персональные данные", "staff:asel", "24.03.2026 15:40 (UTC+5)"];

pub const TOLD: [&str; 4] =
    ["ТОО «Дәл Жеткізу»", "23.03.2026 10:05 (UTC+5)", "23.03.2026 18:30 (UTC+5)", "ТОО «Платёж Пример»"];

pub const KEPT: [&str; 3] = ["счёт по заказу № 118", "налоговый закон (пример)", "31.12.2031"];

pub fn all(parts: &[&[&'static str]]) -> Vec<&'static str> {
    parts.concat()
}

/// A field with what empties it.
pub type Emptied<P> = (Label, fn(&mut P));

/// Empties one mandatory field after the other, and each time hears its name.
pub fn lacks<P>(
    whole: impl Fn() -> P,
    sheet: impl Fn(&P, &dyn Wording) -> Result<Sheet, Error>,
    emptied: &[Emptied<P>],
) {
    let words = Spoken::of(Language::Kazakh);
    assert!(sheet(&whole(), &words).is_ok());
    for (label, empty) in emptied {
        let mut paper = whole();
        empty(&mut paper);
        let Err(error) = sheet(&paper, &words) else { panic!("{label} may be empty") };
        assert!(matches!(error, Error::Missing { field, .. } if field == *label), "{label}: {error}");
    }
}
