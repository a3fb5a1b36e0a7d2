//! What does HTML say to whoever sees it?
//!
//! A tokeniser reads it in one pass; no tree is built, nothing is fetched and no script or style is looked at. What the page
//! would hide is left out, and what it marks as quoted comes out with `>` before each line, as in plain text.

use std::mem;

use html5gum::{StartTag, Token, Tokenizer};

/// Depth of elements that is remembered. Deeper ones are read without it.
const MAX_DEPTH: usize = 128;

/// The text of a page.
pub fn to_text(html: &str) -> String {
    let mut page = Page::default();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => page.open(&tag),
            Token::EndTag(tag) => page.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => page.say(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.break_line();
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    line: String,
    open: Vec<Element>,
    quotes: usize,
    hidden: usize,
    preformatted: usize,
    empty_lines: usize,
}

struct Element {
    name: String,
    quotes: bool,
    hides: bool,
}

impl Page {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        match name.as_str() {
            "br" => return self.break_line(),
            "hr" => {
                self.break_line();
                self.say("----------");
                return self.break_line();
            }
            "img" | "input" | "meta" | "link" | "base" | "area" | "col" | "wbr" | "source" => return,
            "td" | "th" => self.say(" "),
            _ if is_block(&name) => self.break_line(),
            _ => {}
        }
        if name == "li" {
            self.say("- ");
        }
        if self.open.len() >= MAX_DEPTH || tag.self_closing {
            return;
        }
        let attribute = |key: &[u8]| {
            let value =
                tag.attributes.get(key).map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
            value.unwrap_or_default()
        };
        let element = Element {
            quotes: name == "blockquote" || is_quote(&attribute(b"class"), &attribute(b"id")),
            hides: is_silent(&name) || is_hidden(&attribute(b"style")),
            name,
        };
        self.quotes += usize::from(element.quotes);
        self.hidden += usize::from(element.hides);
        self.preformatted += usize::from(element.name == "pre");
        self.open.push(element);
    }

    fn close(&mut self, name: &str) {
        if is_block(name) {
            self.break_line();
        }
        if matches!(name, "p" | "tr" | "table" | "h1" | "h2" | "h3" | "blockquote" | "ul" | "ol")
            && self.hidden == 0
        {
            self.empty_lines += 1;
        }
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else { return };
        for element in self.open.split_off(at) {
            self.quotes -= usize::from(element.quotes);
            self.hidden -= usize::from(element.hides);
            self.preformatted -= usize::from(element.name == "pre");
        }
    }

    fn say(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        for ch in text.chars() {
            if ch == '\n' && self.preformatted > 0 {
                self.break_line();
            } else if !ch.is_whitespace() {
                self.line.push(ch);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    /// Ends a line. The quotes of an element that was just closed still count for it: tags break the line before they count.
    fn break_line(&mut self) {
        let line = mem::take(&mut self.line);
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if mem::take(&mut self.empty_lines) > 0 && !self.text.is_empty() {
            self.text.push('\n');
        }
        if self.quotes > 0 {
            self.text.push_str("> ");
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Elements whose content nobody sees.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "style"
            | "script"
            | "template"
            | "title"
            | "noscript"
            | "svg"
            | "math"
            | "object"
            | "select"
            | "textarea"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "tr"
            | "table"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "address"
            | "body"
            | "center"
            | "form"
            | "tbody"
            | "thead"
            | "fieldset"
            | "main"
            | "aside"
            | "nav"
    )
}

/// Containers that mail programs put around the letter that is answered.
fn is_quote(class: &str, id: &str) -> bool {
    class.split_whitespace().any(|word| {
        matches!(
            word,
            "gmail_quote"
                | "gmail_extra"
                | "yahoo_quoted"
                | "moz-cite-prefix"
                | "protonmail_quote"
                | "zmail_extra"
        )
    }) || matches!(id, "divrplyfwdmsg" | "appendonsend" | "olk_src_body_section" | "yahoo_quoted")
}

fn is_hidden(style: &str) -> bool {
    if style.is_empty() {
        return false;
    }
    let style: String = style.chars().filter(|ch| !ch.is_whitespace()).collect();
    ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|hiding| style.contains(hiding))
        || ["font-size:0", "max-height:0", "opacity:0"].iter().any(|hiding| {
            style.split(';').any(|rule| {
                rule.strip_prefix(hiding).is_some_and(|unit| matches!(unit, "" | "px" | "pt" | "em" | "%"))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_read_and_nothing_else() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><p>Прошу&nbsp;<b>уда</b>лить</p>\
            <div style='display: none'>не </div><script>alert(1)</script>мои<br>данные<table><tr><td>a<td>b</table>";
        assert_eq!(to_text(html), "Прошу удалить\n\nмои\nданные\na b\n");
    }

    #[test]
    fn quoted_lines_are_marked() {
        let html = "<div>Спасибо</div><div class=\"gmail_quote\"><div class=gmail_attr>Пн, Анна пишет:</div>\
            <blockquote>старое</blockquote></div><div>конец</div>";
        assert_eq!(to_text(html), "Спасибо\n> Пн, Анна пишет:\n> старое\n\nконец\n");
    }

    #[test]
    fn deep_and_broken_markup_is_read_in_one_pass() {
        let deep = format!("{}x{}", "<div>".repeat(100_000), "</p></blockquote>".repeat(1000));
        assert_eq!(to_text(&deep), "x\n");
        assert_eq!(to_text("<p>a < b &amp; &#1078;<"), "a < b & ж<\n");
    }
}
