//! Letters as people write them, and what a shop answers.

use std::path::Path;

use saqta_app::mail::take::{Brought, Fate};
use saqta_testkit::shop::Shop;

/// The address of the customer number 1.
pub const CUSTOMER: &str = "aigerim1@mail.example";

/// A letter in Russian, plain text.
pub fn letter(from: &str, subject: &str, text: &str) -> String {
    let id = text.len() + subject.len() * 1_000;
    with(&format!("Message-ID: <{id}.{}@mail.example>\r\n", from.len()), from, subject, text)
}

/// The same with lines of its own in the head.
pub fn with(head: &str, from: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: privacy@shop.example\r\nSubject: {subject}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0500\r\n\
         {head}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    )
}

/// Takes a letter in, as one of which nothing is known but itself.
pub async fn takes(shop: &Shop, letter: &str) -> Fate {
    takes_with(shop, letter, None).await
}

/// The same with what was found out about its sender.
pub async fn takes_with(shop: &Shop, letter: &str, trust: Option<saqta_mail::trust::Trust>) -> Fate {
    let brought = Brought { trust, ..Brought::whole(letter.as_bytes()) };
    shop.app().take_letter(&brought).await.unwrap()
}

/// The number of the one request that was filed.
pub fn filed(fate: &Fate) -> u64 {
    match fate {
        Fate::Filed(numbers) if numbers.len() == 1 => numbers[0],
        other => panic!("one request should have been filed: {other:?}"),
    }
}

/// A letter of the shop, decoded.
pub struct Answer {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub raw: String,
}

/// The letters that went out since the last look, the oldest names first.
pub async fn sent(shop: &Shop, folder: &Path) -> Vec<Answer> {
    shop.app().run_jobs().await.unwrap();
    let mut answers = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "eml") {
            continue;
        }
        let raw = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let read = saqta_mail::letter::Letter::read(&raw).unwrap();
        answers.push(Answer {
            to: read.to[0].address.clone(),
            subject: read.subject.to_string(),
            text: read.words.own.to_string(),
            raw: String::from_utf8_lossy(&raw).into_owned(),
        });
    }
    answers
}

/// The address of the page whose button confirms, in a letter.
pub fn link(answers: &[Answer]) -> String {
    let words = answers.iter().flat_map(|answer| answer.text.split_whitespace());
    words
        .filter(|word| word.contains("/confirm?token="))
        .map(str::to_owned)
        .next()
        .expect("a link to confirm")
}

/// The token of that page.
pub fn token(answers: &[Answer]) -> String {
    link(answers).rsplit_once("token=").unwrap().1.to_owned()
}
