//! Are demands in free words told from questions, from denied words and from what only sounds alike?

#![cfg(test)]

mod marked;
mod others;
mod rights;
mod unclear;

use saqta_mail::letter::Letter;
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{OwnAddresses, understand};

/// Reads a plain letter and gives its kinds in alphabetical order.
fn kinds(subject: &str, text: &str) -> String {
    let letter = format!(
        "From: Анна <anna@post.example>\r\nTo: privacy@shop.example\r\nSubject: {subject}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    let letter = Letter::read(letter.as_bytes()).ok().unwrap();
    let read = understand(&letter, &Marks::common(), &OwnAddresses::default());
    let mut kinds: Vec<&str> = read.kinds.iter().map(|kind| kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.join(" ")
}

fn check(kind: &str, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            let read = kinds("Письмо", text);
            (read != kind).then(|| format!("{text}: {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "not read as {kind}:\n{}", wrong.join("\n"));
}
