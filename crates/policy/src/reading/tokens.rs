//! Of which words, numbers, addresses and marks does a stretch of text consist?
//!
//! Markup is left out: emphasis, tags, the targets of links. What is left keeps its place in the source.

use std::ops::Range;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    /// A web address, a bare domain or a mail address.
    Link,
    Mark,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// The bytes of the source it stands in.
    pub(super) span: Range<usize>,
    /// It in lower case, with `е` for `ё`; of a link the address itself.
    pub(super) folded: String,
    /// Whether it begins with an upper-case letter.
    pub(super) upper: bool,
    /// Whether no space stands before it.
    pub(super) glued: bool,
    /// Whether it is the target of a link, which a reader does not see.
    pub(super) hidden: bool,
}

impl Token {
    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark && self.folded.chars().eq(std::iter::once(mark))
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }
}

/// Lower case, with `е` for `ё`, as words are compared.
pub(super) fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// The tokens of some stretches of one source, in order.
pub(super) fn tokens(text: &str, stretches: &[Range<usize>]) -> Vec<Token> {
    let mut reader = Reader { text, at: 0, end: 0, glued: false, found: Vec::new() };
    for stretch in stretches {
        reader.at = stretch.start;
        reader.end = stretch.end;
        reader.glued = false;
        reader.stretch();
    }
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    glued: bool,
    found: Vec<Token>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn stretch(&mut self) {
        while let Some(first) = self.rest().chars().next() {
            if first.is_whitespace() || matches!(first, '\u{feff}' | '\u{200b}' | '\u{ad}') {
                self.glued = false;
                self.at += first.len_utf8();
            } else if let Some(length) = tag(self.rest()).or_else(|| entity(self.rest())) {
                self.at += length;
            } else if let Some(length) = address(self.rest()) {
                self.push(TokenKind::Link, length, false);
            } else if first.is_alphanumeric() {
                self.word();
            } else {
                self.mark(first);
            }
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let other = |c: char| !c.is_alphanumeric() || c.is_ascii_digit() != digits;
        let length = rest.find(other).unwrap_or(rest.len());
        self.push(if digits { TokenKind::Number } else { TokenKind::Word }, length, false);
    }

    fn mark(&mut self, first: char) {
        match first {
            '*' | '_' | '`' | '\\' | '#' | '~' => self.at += first.len_utf8(),
            '(' if self.glued && self.found.last().is_some_and(|t| t.is(']')) => {
                let target = self.rest().find(')').unwrap_or(self.rest().len());
                self.at += 1;
                let address = target.saturating_sub(1);
                if address > 0 {
                    self.push(TokenKind::Link, address, true);
                }
                self.at += usize::from(self.rest().starts_with(')'));
                self.glued = true;
            }
            _ => self.push(TokenKind::Mark, first.len_utf8(), false),
        }
    }

    fn push(&mut self, kind: TokenKind, length: usize, hidden: bool) {
        let span = self.at..self.at + length;
        let written = self.text.get(span.clone()).unwrap_or_default();
        let upper = written.chars().next().is_some_and(char::is_uppercase);
        self.at = span.end;
        self.found.push(Token { kind, folded: folded(written), upper, glued: self.glued, hidden, span });
        self.glued = true;
    }
}

/// The length of a tag such as `<b>` or of a comment that the text begins with.
pub(super) fn tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    if inside.starts_with("!--") {
        return Some(text.find("-->").map_or(text.len(), |at| at + 3));
    }
    let named = inside.strip_prefix('/').unwrap_or(inside);
    let end = text.find(['>', '\n'])?;
    let name = named.find(|c: char| !c.is_ascii_alphanumeric())?;
    let after = named.get(name..)?.chars().next()?;
    (text.get(end..)?.starts_with('>')
        && named.starts_with(|c: char| c.is_ascii_alphabetic())
        && (after == '>' || after == '/' || after.is_whitespace()))
    .then_some(end + 1)
}

fn entity(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('&')?;
    let end = inside.find(';').filter(|end| (2..=8).contains(end))?;
    inside.get(..end)?.chars().all(|c| c.is_ascii_alphanumeric() || c == '#').then_some(end + 2)
}

/// The length of an address that the text begins with: `https://…`, `www.…`, `name@host`, or a bare domain.
fn address(text: &str) -> Option<usize> {
    let stops = |c: char| c.is_whitespace() || "<>()[]«»“”\"'`|,;*".contains(c);
    let run = text.get(..text.find(stops).unwrap_or(text.len()))?;
    let run = run.trim_end_matches(['.', ':', '!', '?', '…']);
    let bare = run.strip_prefix("mailto:").unwrap_or(run);
    let good = match bare.split_once('@') {
        Some((name, host)) => !name.is_empty() && domain(host),
        None => bare.contains("://") || bare.starts_with("www.") || domain(bare.split('/').next()?),
    };
    (good && run.starts_with(char::is_alphanumeric)).then_some(run.len())
}

/// Letters of which a country's own top domain may be written.
const OWN_SCRIPT: [&str; 4] = ["рф", "қаз", "бел", "укр"];

fn domain(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let Some((top, rest)) = labels.split_last() else { return false };
    let label = |l: &&str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-');
    let good_top = OWN_SCRIPT.contains(top)
        || (2..=12).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_lowercase());
    let ascii = host.is_ascii() || OWN_SCRIPT.contains(top);
    !rest.is_empty()
        && good_top
        && ascii
        && rest.iter().all(label)
        && host.chars().any(char::is_alphabetic)
        && rest.iter().any(|l| l.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(TokenKind, String)> {
        tokens(text, std::slice::from_ref(&(0..text.len()))).into_iter().map(|t| (t.kind, t.folded)).collect()
    }

    fn words(text: &str) -> Vec<String> {
        read(text).into_iter().filter(|(k, _)| *k != TokenKind::Mark).map(|(_, t)| t).collect()
    }

    #[test]
    fn markup_is_no_part_of_the_words() {
        assert_eq!(words("**Ёлка**, <b class=\"x\">Два</b>&nbsp;три\u{a0}_4_"), ["елка", "два", "три", "4"]);
        assert_eq!(words("a <!-- hidden --> b"), ["a", "b"]);
        assert_eq!(words("x < y, 5 > 3"), ["x", "y", "5", "3"]);
    }

    #[test]
    fn addresses_are_one_piece_and_words_with_dots_are_none() {
        let links = |text: &str| -> Vec<String> {
            read(text).into_iter().filter(|(k, _)| *k == TokenKind::Link).map(|(_, t)| t).collect()
        };
        assert_eq!(
            links("see <https://shop.example/a>, or mail info@shop.example."),
            ["https://shop.example/a", "info@shop.example"]
        );
        assert_eq!(links("[shop.example](https://shop.example)"), ["shop.example", "https://shop.example"]);
        assert_eq!(links("т.д. и т.п., e.g. 4.1. г.Алматы 01.02.2025 94-V"), Vec::<String>::new());
        assert_eq!(links("дүкен.қаз, магазин.рф"), ["дүкен.қаз", "магазин.рф"]);
    }

    #[test]
    fn a_place_is_that_of_the_source() {
        let text = "а **б** в";
        let found = tokens(text, std::slice::from_ref(&(0..text.len())));
        let places: Vec<_> = found.iter().map(|t| text.get(t.span.clone()).unwrap()).collect();
        assert_eq!(places, ["а", "б", "в"]);
    }
}
