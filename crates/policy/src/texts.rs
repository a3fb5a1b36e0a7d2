//! What does the published text say, clause by clause?

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use saqta_domain::terms::names::{Clause, Language};

pub mod blocks;

/// The published policy in every language.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    documents: BTreeMap<Language, Document>,
}

/// The published policy in one language.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What stands between the title and the first clause, as Markdown.
    pub opening: String,
    /// Its clauses in the order of the text.
    pub clauses: Vec<ClauseText>,
}

/// One clause of the text.
#[derive(Clone, Debug)]
pub struct ClauseText {
    /// Its number.
    pub number: Clause,
    /// The heading, where the number stands in one.
    pub heading: Option<String>,
    /// Its words without number and heading, as Markdown; empty where a heading is followed by its first sub-clause.
    pub markdown: String,
    /// The line the number stands in, from 1.
    pub line: usize,
}

impl ClauseText {
    /// Its heading, or the first words of its text without their marks, cut between words to about so many characters.
    pub fn begins(&self, characters: usize) -> String {
        let text = match self.heading.as_deref() {
            Some(heading) if !heading.is_empty() => heading.to_owned(),
            _ => plain(&self.markdown),
        };
        let mut out = String::new();
        for word in text.split_whitespace() {
            if !out.is_empty() && out.chars().count() + word.chars().count() >= characters {
                return format!("{}…", out.trim_end_matches([',', ';', ':', '—', '.']));
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

/// The words of the first paragraph, without marks and addresses of links.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item) if !out.is_empty() => break,
            _ => {}
        }
    }
    out
}

impl Texts {
    pub(crate) fn add(&mut self, language: Language, document: Document) {
        self.documents.insert(language, document);
    }

    /// The text in one language.
    pub fn document(&self, language: Language) -> Option<&Document> {
        self.documents.get(&language)
    }

    /// The text in one language as HTML, each clause with an anchor such as `c-5.2`; nothing where that language is missing.
    pub fn to_html(&self, language: Language) -> Option<String> {
        self.documents.get(&language).map(Document::to_html)
    }
}

impl Document {
    /// Splits a text into clauses. A clause begins with a heading such as `## 5. PRINCIPLES`, or a paragraph such as
    /// `5.2. We declare`; a number alone at the head of a paragraph is an entry of a list.
    pub fn parse(text: &str) -> Self {
        let mut document = Self::default();
        let mut fenced = false;
        let mut fresh = true;
        for (index, line) in text.lines().enumerate() {
            let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
            fenced ^= fence;
            let starts = if fenced || fence { Start::Nothing } else { start_of(line, fresh) };
            fresh = line.trim().is_empty() || line.starts_with('#');
            match starts {
                Start::Title(title) if document.title.is_empty() && document.clauses.is_empty() => {
                    document.title = title;
                }
                Start::Clause { number, heading, rest } => {
                    document.clauses.push(ClauseText {
                        number,
                        heading,
                        markdown: rest.to_owned(),
                        line: index + 1,
                    });
                }
                Start::Title(_) | Start::Nothing => {
                    let body = match document.clauses.last_mut() {
                        Some(clause) => &mut clause.markdown,
                        None => &mut document.opening,
                    };
                    if !body.is_empty() {
                        body.push('\n');
                    }
                    body.push_str(line);
                }
            }
        }
        for body in
            document.clauses.iter_mut().map(|c| &mut c.markdown).chain(std::iter::once(&mut document.opening))
        {
            *body = body.trim().to_owned();
        }
        document
    }

    /// The clause of that number.
    pub fn clause(&self, number: &Clause) -> Option<&ClauseText> {
        self.clauses.iter().find(|c| &c.number == number)
    }

    /// The clauses whose number begins with that of a section, such as 9.1 and 9.2 for 9.
    pub fn within<'a>(&'a self, section: &'a Clause) -> impl Iterator<Item = &'a ClauseText> {
        let prefix = format!("{section}.");
        self.clauses.iter().filter(move |c| c.number.as_str().starts_with(&prefix))
    }

    /// The text as HTML. HTML in the source is shown, not executed; pictures, which would call another host, are left out.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        push_element(&mut out, "h1", &self.title);
        out.push_str(&self.body_to_html());
        out
    }

    /// The same without the title, for a page that sets something between the two.
    pub fn body_to_html(&self) -> String {
        let mut out = String::new();
        push_markdown(&mut out, &self.opening, None);
        for clause in &self.clauses {
            let number = &clause.number;
            let anchor = format!("<a class=\"number\" href=\"#c-{number}\">{number}.</a> ");
            out.push_str(&format!("<section class=\"clause\" id=\"c-{number}\">\n"));
            match &clause.heading {
                Some(heading) => {
                    out.push_str("<h2>");
                    out.push_str(&anchor);
                    out.push_str(&escaped(heading));
                    out.push_str("</h2>\n");
                    push_markdown(&mut out, &clause.markdown, None);
                }
                None => push_markdown(&mut out, &clause.markdown, Some(anchor)),
            }
            out.push_str("</section>\n");
        }
        out
    }
}

impl ClauseText {
    /// What it says without the marks of Markdown: heading and body, blocks parted by a line break.
    pub fn words(&self) -> String {
        let mut text = self.heading.clone().unwrap_or_default();
        for event in Parser::new_ext(&self.markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Start(
                    Tag::Paragraph
                    | Tag::Item
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::CodeBlock(_)
                    | Tag::Heading { .. }
                    | Tag::HtmlBlock,
                ) if !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
                Event::End(TagEnd::TableCell) | Event::SoftBreak | Event::HardBreak => text.push(' '),
                Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                    text.push_str(&words);
                }
                _ => {}
            }
        }
        text.trim().to_owned()
    }
}

enum Start<'a> {
    Title(String),
    Clause { number: Clause, heading: Option<String>, rest: &'a str },
    Nothing,
}

fn start_of(line: &str, fresh: bool) -> Start<'_> {
    let heading = line.trim_start_matches('#');
    let hashes = line.len() - heading.len();
    if (1..=6).contains(&hashes) && heading.starts_with(' ') {
        let heading = heading.trim().trim_end_matches('#').trim_end();
        return match numbered(heading) {
            Some((number, title)) => Start::Clause { number, heading: Some(title.to_owned()), rest: "" },
            None if hashes == 1 => Start::Title(heading.to_owned()),
            None => Start::Nothing,
        };
    }
    match numbered(line) {
        Some((number, rest)) if fresh && number.as_str().contains('.') => {
            Start::Clause { number, heading: None, rest }
        }
        _ => Start::Nothing,
    }
}

/// `5.2. We declare` or `**5.2.** We declare`: the number and what follows it.
fn numbered(text: &str) -> Option<(Clause, &str)> {
    let text = text.trim_start_matches(['*', '_']);
    let (number, rest) = text.split_at_checked(text.find(|c: char| !c.is_ascii_digit() && c != '.')?)?;
    let rest = rest.trim_start_matches(['*', '_']);
    if !rest.starts_with([' ', '\u{a0}', '\t']) {
        return None;
    }
    let dotted = number.ends_with('.') || number.contains('.');
    let number = Clause::new(number.strip_suffix('.').unwrap_or(number))?;
    dotted.then_some((number, rest.trim_start()))
}

fn push_element(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        out.push_str(&format!("<{name}>{}</{name}>\n", escaped(text)));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether a link leads where a reader expects, not into a script.
fn harmless(destination: &str) -> bool {
    let destination = destination.trim().to_ascii_lowercase();
    let schemes = ["https:", "http:", "mailto:", "tel:"];
    schemes.iter().any(|s| destination.starts_with(s)) || !destination.contains(':')
}

/// The one reading of Markdown, for pages and for print: HTML in it is text, pictures are left out, and a link that leads
/// into a script is none.
fn read(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let mut links = Vec::new();
    Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(move |event| match event {
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            let harmless = harmless(dest_url);
            links.push(harmless);
            harmless.then_some(event)
        }
        Event::End(TagEnd::Link) => (links.pop() == Some(true)).then_some(event),
        other => Some(other),
    })
}

fn push_markdown(out: &mut String, markdown: &str, mut before: Option<String>) {
    if markdown.is_empty() && before.is_none() {
        return;
    }
    let mut events = Vec::new();
    for event in read(markdown) {
        let starts_paragraph = matches!(event, Event::Start(Tag::Paragraph));
        if !starts_paragraph
            && events.is_empty()
            && let Some(anchor) = before.take()
        {
            events.push(Event::Html(CowStr::from(format!("<p>{anchor}</p>\n"))));
        }
        events.push(event);
        if starts_paragraph && let Some(anchor) = before.take() {
            events.push(Event::InlineHtml(CowStr::from(anchor)));
        }
    }
    if let Some(anchor) = before {
        events.push(Event::Html(CowStr::from(format!("<p>{anchor}</p>\n"))));
    }
    html::push_html(out, events.into_iter());
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Policy\n\nOpening.\n\n## 1. GENERAL\n\nWho we are.\n\n1.1. Your rights:\n\n- one;\n- two.\n\n\
        1. no clause\n\n**1.2.** Bold number.\n2.5. not a new paragraph\n\n## 2. TERMS\n\n2.1. A *term*.\n";

    #[test]
    fn a_text_is_split_where_its_numbers_stand() {
        let document = Document::parse(TEXT);
        assert_eq!(document.title, "Policy");
        assert_eq!(document.opening, "Opening.");
        let numbers: Vec<_> = document.clauses.iter().map(|c| (c.number.as_str(), c.line)).collect();
        assert_eq!(numbers, [("1", 5), ("1.1", 9), ("1.2", 16), ("2", 19), ("2.1", 21)]);
        let clause = |n| document.clause(&Clause::new(n).unwrap()).unwrap();
        assert_eq!(clause("1").heading.as_deref(), Some("GENERAL"));
        assert_eq!(clause("1").markdown, "Who we are.");
        assert!(clause("1.1").markdown.starts_with("Your rights:\n\n- one;"));
        assert!(clause("1.2").markdown.contains("2.5. not a new paragraph"));
        assert_eq!(clause("2").markdown, "");
        assert_eq!(document.within(&Clause::new("1").unwrap()).count(), 2);
    }

    #[test]
    fn a_clause_is_quoted_by_its_heading_or_its_first_words() {
        let document = Document::parse(
            "## 1. TERMS\n\n1.1. *A*, who visits [the site](https://shop.example), is a person: nobody else.\n\nMore.\n\n1.2. - first;\n- second.\n",
        );
        let begins: Vec<_> = document.clauses.iter().map(|c| c.begins(30)).collect();
        assert_eq!(begins, ["TERMS", "A, who visits the site, is a…", "first;"]);
    }

    #[test]
    fn every_clause_has_an_anchor_and_html_in_the_source_is_shown_as_text() {
        let html = Document::parse(
            "# A <b>\n\n## 1. B & C\n\n1.1. <script>alert(1)</script>\n\n1.2. A <b>word</b>, [a link](javascript:alert(1)), \
             [a page](https://shop.example), ![x](https://spy.example/p.png)\n\n1.3. - item\n",
        )
        .to_html();
        insta::assert_snapshot!(html);
    }

    #[test]
    fn links_into_scripts_are_not_harmless() {
        for bad in ["javascript:x", " JavaScript:x", "data:text/html,x", "vbscript:x"] {
            assert!(!harmless(bad), "{bad}");
        }
        for good in ["https://shop.example", "#c-5.2", "mailto:privacy@shop.example", "/policy"] {
            assert!(harmless(good), "{good}");
        }
    }
}
