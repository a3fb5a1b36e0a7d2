//! How is a text read that was pasted from a page, without the marks of Markdown?
//!
//! Three things are common there: sections in capitals without a mark, numbers without a space after them, and no empty lines
//! between paragraphs. They are mended before the text is split, and no word is changed.

use crate::texts::Document;

/// Splits a text into clauses. Lines are counted as in the text that was given.
pub(super) fn parse(text: &str) -> Document {
    let titled = text.lines().any(|line| line.starts_with("# "));
    let mut first = !titled;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = mended(line);
        let begins = first && !line.trim().is_empty();
        first &= !begins;
        lines.push(if begins && title(&line) { format!("# {}", line.trim()) } else { line });
    }
    let document = Document::parse(&lines.join("\n"));
    let found = document.clauses.iter().filter(|c| c.number.as_str().contains('.')).count();
    if found * 4 >= 3 * lines.iter().filter(|line| starts_clause(line)).count() {
        return document;
    }
    // Every line is a paragraph here, because no empty line parts them.
    let mut document = Document::parse(&lines.join("\n\n"));
    for clause in &mut document.clauses {
        clause.line = clause.line.div_ceil(2);
    }
    document
}

/// A short first line that is no clause.
fn title(line: &str) -> bool {
    line.chars().count() < 120 && !line.starts_with('#') && !line.starts_with(|c: char| c.is_ascii_digit())
}

fn starts_clause(line: &str) -> bool {
    number(line).is_some_and(|(number, _)| number.trim_end_matches('.').contains('.'))
}

/// The digits and dots at the beginning of a line, and the rest of it.
fn number(line: &str) -> Option<(&str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = line.split_at_checked(end)?;
    (number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with('.')).then_some((number, rest))
}

/// A section in capitals gets its mark, and a number the space that parts it from its words.
fn mended(line: &str) -> String {
    let Some((number, rest)) = number(line.trim_start()) else { return line.to_owned() };
    let words = rest.trim();
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    if !number.trim_end_matches('.').contains('.') {
        let capitals = letters().count() > 3 && letters().all(char::is_uppercase);
        return if capitals { format!("## {number} {words}") } else { line.to_owned() };
    }
    if rest.starts_with(char::is_alphabetic) {
        format!("{number} {rest}")
    } else {
        line.trim_start().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASTED: &str = "Политика\n1. ОБЩИЕ ПОЛОЖЕНИЯ\n1.1.Кто мы.\n1.2. Зачем:\n1) первое;\n2. ЦЕЛИ\n2.1. Цели.\n2.2.Сроки.\n";

    fn numbers(text: &str) -> Vec<(String, usize)> {
        parse(text).clauses.iter().map(|c| (c.number.to_string(), c.line)).collect()
    }

    #[test]
    fn a_pasted_text_has_its_sections_and_clauses() {
        let expected = [("1", 2), ("1.1", 3), ("1.2", 4), ("2", 6), ("2.1", 7), ("2.2", 8)]
            .map(|(n, l)| (n.to_owned(), l));
        assert_eq!(numbers(PASTED), expected);
        let document = parse(PASTED);
        assert_eq!(document.title, "Политика");
        let texts: Vec<_> = document.clauses.iter().map(|c| c.markdown.as_str()).collect();
        assert_eq!(texts, ["", "Кто мы.", "Зачем:\n\n1) первое;", "", "Цели.", "Сроки."]);
    }

    #[test]
    fn what_is_no_clause_stays_what_it_is() {
        let text = "# P\n\n1.1. See:\n\n1. first\n2. SMS\n\nOn 12.05.2026 and\n2.5. percent.\n\n1.2. More.\n\n1.3. And more.\n";
        assert_eq!(numbers(text).iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(), ["1.1", "1.2", "1.3"]);
        assert_eq!(mended("2. SMS"), "2. SMS");
        assert_eq!(mended("12.05.2026г."), "12.05.2026г.");
    }
}
