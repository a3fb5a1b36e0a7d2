//! Which words can stand in a document, and in which shapes?

use serde::Serialize;

use crate::error::Error;
use crate::press::has_glyph;

/// How many letters stand side by side before a line may be broken between them.
const LONGEST_WORD: usize = 40;
/// Words of people are shorter.
const LONGEST_SPOKEN: usize = 28;
/// How much of a longer one stands in one piece in a table.
const LONGEST_NARROW_WORD: usize = 16;
const LONGEST_ADDRESS: usize = 2_000;
/// Two of them are a letter of Kazakh or Russian.
const MOST_BYTES: usize = 800_000;
const MOST_BLOCKS: usize = 10_000;
const MOST_COLUMNS: usize = 12;
const DEEPEST: usize = 8;

/// A line of text that can be printed.
///
/// Every letter in it has a shape in the fonts. One that has none, or that would turn the order of the letters round, is
/// written by its number, such as `[U+202E]`, so that a reader sees that something stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Text(String);

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::divided(text, LONGEST_WORD)
    }
}

impl Text {
    /// A text for a narrow column, in which what is longer than a word of people, such as a digest, may be divided more often.
    pub(crate) fn narrow(text: &str) -> Self {
        let words = text.split_inclusive(char::is_whitespace);
        let divided = words.map(|word| {
            let longest =
                if word.chars().count() > LONGEST_SPOKEN { LONGEST_NARROW_WORD } else { LONGEST_WORD };
            Self::divided(word, longest).0
        });
        Self(divided.collect())
    }

    fn divided(text: &str, longest: usize) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut unbroken = 0;
        for letter in text.chars() {
            match letter {
                // Shy hyphens and marks without a width are for screens.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {
                    continue;
                }
                '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
                _ if printable(letter) => out.push(letter),
                _ => out.push_str(&format!("[U+{:04X}]", u32::from(letter))),
            }
            unbroken = if letter.is_whitespace() || letter == '-' { 0 } else { unbroken + 1 };
            if unbroken == longest {
                // A line may end here, and nothing shows where it does not.
                out.push('\u{200b}');
                unbroken = 0;
            }
        }
        Self(out)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl Text {
    /// The text as it will be printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without the places at which a long word may be divided: for screens and for programs.
    pub fn undivided(&self) -> String {
        self.0.replace('\u{200b}', "")
    }
}

fn printable(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // No two programs agree on what a letter for private use is, and archives refuse them.
    let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    !turns && !private && !letter.is_control() && has_glyph(letter)
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "to", rename_all = "snake_case")]
pub enum Link {
    /// To a page, a letter box or a telephone.
    Address(String),
    /// To a clause of the same document, by its number.
    Clause(Text),
}

impl Link {
    /// Reads a link such as `https://shop.example` or `#c-5.2`; none for one that means nothing on paper or hides a script.
    pub fn read(destination: &str) -> Option<Self> {
        if let Some(number) = destination.strip_prefix("#c-") {
            return (!number.is_empty()).then(|| Self::Clause(number.into()));
        }
        let (scheme, _) = destination.split_once(':')?;
        let known = ["https", "http", "mailto", "tel"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
        let plain = !destination.contains(|c: char| c.is_whitespace() || c.is_control());
        (known && plain && destination.len() <= LONGEST_ADDRESS)
            .then(|| Self::Address(destination.to_owned()))
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Span {
    /// Words in one form.
    Words {
        /// The words.
        text: Text,
        /// Whether they are set bold.
        strong: bool,
        /// Whether they are set sloping.
        emphasis: bool,
        /// Whether they are set with letters of one width.
        code: bool,
        /// Where they lead.
        link: Option<Link>,
    },
    /// The line ends here.
    Break,
}

impl Span {
    /// Words in no special form.
    pub fn plain(text: impl Into<Text>) -> Self {
        Self::Words { text: text.into(), strong: false, emphasis: false, code: false, link: None }
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its words.
        spans: Vec<Span>,
    },
    /// A heading inside a clause, which has no number and no place in the contents.
    Heading {
        /// Its words.
        spans: Vec<Span>,
    },
    /// A list.
    List {
        /// The number of its first entry; none where entries have dashes.
        first: Option<u32>,
        /// Its entries.
        items: Vec<Vec<Block>>,
    },
    /// What somebody else said.
    Quote {
        /// The text.
        blocks: Vec<Block>,
    },
    /// Lines kept as they are.
    Code {
        /// The lines.
        lines: Vec<Text>,
    },
    /// A table; rows may be shorter than its head.
    Table {
        /// The head of each column.
        header: Vec<Vec<Span>>,
        /// The rows.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A line between two thoughts.
    Rule,
}

/// Counts what a document consists of, and stops at the first thing there is too much of.
#[derive(Default)]
pub(crate) struct Measure {
    bytes: usize,
    blocks: usize,
}

impl Measure {
    pub(crate) fn text(&mut self, text: &Text) -> Result<(), Error> {
        self.bytes = self.bytes.saturating_add(text.0.len());
        limited(self.bytes, MOST_BYTES, "bytes of text")
    }

    /// One more part of a text, with its words.
    pub(crate) fn part(&mut self, text: &Text) -> Result<(), Error> {
        self.blocks = self.blocks.saturating_add(1);
        limited(self.blocks, MOST_BLOCKS, "parts of a text")?;
        self.text(text)
    }

    pub(crate) fn blocks(&mut self, blocks: &[Block]) -> Result<(), Error> {
        self.nested(blocks, DEEPEST)
    }

    fn nested(&mut self, blocks: &[Block], deeper: usize) -> Result<(), Error> {
        let Some(deeper) = deeper.checked_sub(1) else {
            return Err(Error::TooLarge { what: "texts within texts", limit: DEEPEST });
        };
        for block in blocks {
            self.blocks = self.blocks.saturating_add(1);
            limited(self.blocks, MOST_BLOCKS, "parts of a text")?;
            match block {
                Block::Paragraph { spans } | Block::Heading { spans } => self.spans(spans)?,
                Block::List { items, .. } => items.iter().try_for_each(|item| self.nested(item, deeper))?,
                Block::Quote { blocks } => self.nested(blocks, deeper)?,
                Block::Code { lines } => lines.iter().try_for_each(|line| self.text(line))?,
                Block::Table { header, rows } => {
                    for row in std::iter::once(header).chain(rows) {
                        limited(row.len(), MOST_COLUMNS, "columns of a table")?;
                        self.blocks = self.blocks.saturating_add(1);
                        limited(self.blocks, MOST_BLOCKS, "parts of a text")?;
                        row.iter().try_for_each(|cell| self.spans(cell))?;
                    }
                }
                Block::Rule => {}
            }
        }
        Ok(())
    }

    fn spans(&mut self, spans: &[Span]) -> Result<(), Error> {
        spans.iter().try_for_each(|span| match span {
            Span::Words { text, .. } => self.text(text),
            Span::Break => Ok(()),
        })
    }
}

pub(crate) fn limited(found: usize, limit: usize, what: &'static str) -> Result<(), Error> {
    if found > limit { Err(Error::TooLarge { what, limit }) } else { Ok(()) }
}
