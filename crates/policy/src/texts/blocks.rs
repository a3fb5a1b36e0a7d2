//! What does a clause consist of, for whoever shows it otherwise than as HTML?

use std::mem::take;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{ClauseText, Document, read};

/// How deep lists and quotations may lie in each other. What lies deeper stands beside what it lies in.
const DEEPEST: usize = 6;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A heading without a number.
    Heading(Vec<Span>),
    /// A list.
    List {
        /// The number of its first entry; none where entries are not numbered.
        first: Option<u64>,
        /// Its entries.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Lines kept as they are.
    Code(Vec<String>),
    /// A table.
    Table {
        /// The head of each column.
        header: Vec<Vec<Span>>,
        /// The rows.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A line between two parts.
    Rule,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words in one form.
    Words {
        /// The words.
        text: String,
        /// How they look.
        form: Form,
        /// Where they lead, if somewhere harmless.
        link: Option<String>,
    },
    /// The line ends here.
    Break,
}

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Bold.
    pub strong: bool,
    /// Sloping.
    pub emphasis: bool,
    /// With letters of one width.
    pub code: bool,
}

impl Document {
    /// What stands before the first clause, in parts.
    pub fn opening_blocks(&self) -> Vec<Block> {
        parts(&self.opening)
    }
}

impl ClauseText {
    /// The words of the clause in parts, without number and heading. They are read as the HTML of the page is: HTML in the
    /// source is text, pictures are left out, and a link into a script is none.
    pub fn blocks(&self) -> Vec<Block> {
        parts(&self.markdown)
    }
}

/// Something that holds parts and is not finished.
enum Open {
    Item,
    List {
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote,
    /// One that lies too deep to be told apart.
    Lost,
}

#[derive(Default)]
struct Builder {
    /// Containers from the outermost, each with what its parent had so far.
    open: Vec<(Open, Vec<Block>)>,
    /// How many lists and quotations lie around what is being read.
    depth: usize,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    strong: usize,
    emphasis: usize,
    links: Vec<String>,
    code: Option<String>,
    header: Vec<Vec<Span>>,
    rows: Vec<Vec<Vec<Span>>>,
    row: Vec<Vec<Span>>,
}

fn parts(markdown: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    for event in read(markdown) {
        builder.take_in(event);
    }
    builder.paragraph();
    builder.blocks
}

impl Builder {
    fn take_in(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.words(&text, false),
            },
            Event::Code(text) => self.words(&text, true),
            Event::SoftBreak => self.words(" ", false),
            Event::HardBreak => self.spans.push(Span::Break),
            Event::Rule => self.blocks.push(Block::Rule),
            // The reader is not asked for any of these.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.strong = self.strong.saturating_add(1),
            Tag::Emphasis => self.emphasis = self.emphasis.saturating_add(1),
            Tag::Link { dest_url, .. } => self.links.push(dest_url.trim().to_owned()),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::List(first) => self.begin(Open::List { first, items: Vec::new() }),
            Tag::Item => self.begin(Open::Item),
            Tag::BlockQuote(_) => self.begin(Open::Quote),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.paragraph(),
            TagEnd::Heading(_) => {
                let spans = take(&mut self.spans);
                self.blocks.push(Block::Heading(spans));
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.blocks.push(Block::Code(code.lines().map(str::to_owned).collect()));
            }
            TagEnd::TableCell => self.row.push(take(&mut self.spans)),
            TagEnd::TableHead => self.header = take(&mut self.row),
            TagEnd::TableRow => self.rows.push(take(&mut self.row)),
            TagEnd::Table => {
                let table = Block::Table { header: take(&mut self.header), rows: take(&mut self.rows) };
                self.blocks.push(table);
            }
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.finish(),
            _ => {}
        }
    }

    /// In a list without empty lines the words of an entry stand in no paragraph.
    fn begin(&mut self, open: Open) {
        self.paragraph();
        let within = self.open.last().map(|(open, _)| open);
        let kept = match open {
            Open::Item => matches!(within, Some(Open::List { .. })),
            _ => self.depth < DEEPEST && !matches!(within, Some(Open::Lost)),
        };
        if !kept {
            self.open.push((Open::Lost, Vec::new()));
            return;
        }
        self.depth = self.depth.saturating_add(usize::from(!matches!(open, Open::Item)));
        let before = take(&mut self.blocks);
        self.open.push((open, before));
    }

    fn finish(&mut self) {
        self.paragraph();
        let Some((open, before)) = self.open.pop() else { return };
        self.depth = self.depth.saturating_sub(usize::from(matches!(open, Open::List { .. } | Open::Quote)));
        match open {
            Open::Lost => {}
            Open::Item => {
                let item = std::mem::replace(&mut self.blocks, before);
                if let Some((Open::List { items, .. }, _)) = self.open.last_mut() {
                    items.push(item);
                }
            }
            Open::List { first, items } => {
                self.blocks = before;
                self.blocks.push(Block::List { first, items });
            }
            Open::Quote => {
                let quote = std::mem::replace(&mut self.blocks, before);
                self.blocks.push(Block::Quote(quote));
            }
        }
    }

    fn paragraph(&mut self) {
        if !self.spans.is_empty() {
            let spans = take(&mut self.spans);
            self.blocks.push(Block::Paragraph(spans));
        }
    }

    fn words(&mut self, words: &str, code: bool) {
        let form = Form { strong: self.strong > 0, emphasis: self.emphasis > 0, code };
        let link = self.links.last();
        match self.spans.last_mut() {
            Some(Span::Words { text, form: last, link: to }) if *last == form && to.as_ref() == link => {
                text.push_str(words);
            }
            _ => self.spans.push(Span::Words { text: words.to_owned(), form, link: link.cloned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Span {
        Span::Words { text: text.to_owned(), form: Form::default(), link: None }
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![plain(text)])
    }

    #[test]
    fn a_text_is_read_into_its_parts() {
        let found = parts(
            "We *keep*\nit **short**, see [the page](https://shop.example) and `saqta`.\n\n\
             - one\n  - inner\n- two\n\n3. third\n\n> said\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n---\n\n\
             ### Heading\n\n```\nfn a\n  b\n```\n\nline  \nnext",
        );
        insta::assert_debug_snapshot!(found);
    }

    #[test]
    fn html_is_text_and_pictures_and_scripts_are_left_out() {
        assert_eq!(
            parts("<b>x</b> [a](javascript:alert) ![p](https://spy.example/p.png)"),
            [paragraph("<b>x</b> a p")]
        );
        assert_eq!(parts("<script>\nalert(1)\n</script>"), [paragraph("<script>\nalert(1)\n</script>")]);
    }

    #[test]
    fn lists_that_lie_too_deep_lose_their_depth_and_no_words() {
        let deep: String = (0..2_000).map(|n| format!("{}- level{n}\n", "  ".repeat(n))).collect();
        let found = format!("{:?}", parts(&deep));
        assert!(found.contains("level1999") && found.matches("List").count() <= DEEPEST);
        let quoted = format!("{} deep", ">".repeat(50_000));
        assert!(format!("{:?}", parts(&quoted)).contains("deep"));
        let mixed = format!("{} - entry\n", "> ".repeat(DEEPEST - 1));
        assert_eq!(format!("{:?}", parts(&mixed)).matches("entry").count(), 1);
        let mixed = format!("{} - entry\n", "> ".repeat(DEEPEST));
        assert_eq!(format!("{:?}", parts(&mixed)).matches("entry").count(), 1);
    }
}
