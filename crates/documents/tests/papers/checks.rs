//! How is a print read back?

use std::io::Write;
use std::process::{Command, Stdio};

use saqta_documents::sheet::{Mark, Sheet};
use saqta_documents::sheet_html::sheet_html;
use saqta_documents::sheet_pdf::sheet_pdf;

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
