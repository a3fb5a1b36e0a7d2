//! How does a sheet become a file that can be printed and kept in an archive?

use serde::Serialize;

use crate::error::Error;
use crate::frame::Frame;
use crate::press::print;
use crate::sheet::{Field, Mark, Part, Sheet};
use crate::text::{Block, Link, Measure, Span, Text};

/// The sheet as PDF/A-2a with its place in the ledger on every foot. The same sheet and mark give the same bytes; a sheet that
/// is too large for the press gives [`Error::TooLarge`] and costs nothing.
pub fn sheet_pdf(sheet: &Sheet, mark: &Mark) -> Result<Vec<u8>, Error> {
    mark.checked()?;
    let layout = laid_out(sheet, mark);
    measure(&layout)?;
    let identity = format!("{} {} {:?} {}", sheet.paper, sheet.number, sheet.language, mark.digest);
    print("sheet.typ", &layout, identity)
}

/// What the template reads.
#[derive(Serialize)]
struct Layout {
    frame: Frame,
    wide: bool,
    head: Vec<Line>,
    parts: Vec<Laid>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Laid {
    Heading { words: Text },
    Fields { fields: Vec<Line> },
    Signatures { ink: Text, signatures: Vec<Signature> },
    Table { title: Text, blocks: Vec<Block> },
    Blocks { blocks: Vec<Block> },
}

#[derive(Serialize)]
struct Line {
    label: Text,
    lines: Vec<Text>,
    link: Option<Link>,
}

#[derive(Serialize)]
struct Signature {
    role: Text,
    lines: Vec<Text>,
}

fn laid_out(sheet: &Sheet, mark: &Mark) -> Layout {
    Layout {
        frame: Frame {
            language: sheet.language,
            title: sheet.title.as_str().into(),
            author: sheet.author.as_str().into(),
            dated: sheet.dated,
            foot: sheet.foot.as_str().into(),
            page: sheet.page.as_str().into(),
            mark_label: mark.told(&sheet.mark).into(),
            mark: mark.digest.as_str().into(),
        },
        wide: sheet.wide,
        head: sheet.head.iter().map(line).collect(),
        parts: sheet.parts.iter().map(laid).collect(),
    }
}

fn laid(part: &Part) -> Laid {
    match part {
        Part::Heading { words } => Laid::Heading { words: words.as_str().into() },
        Part::Paragraph { words } => Laid::Blocks { blocks: vec![paragraph(words)] },
        Part::List { items } => {
            let items = items.iter().map(|item| vec![paragraph(item)]).collect();
            Laid::Blocks { blocks: vec![Block::List { first: None, items }] }
        }
        Part::Fields { fields } => Laid::Fields { fields: fields.iter().map(line).collect() },
        Part::Table { title, header, rows } => {
            let table = Block::Table {
                header: header.iter().map(|word| vec![Span::plain(word.as_str())]).collect(),
                rows: rows.iter().map(|row| row.iter().map(|cell| spans(cell)).collect()).collect(),
            };
            Laid::Table { title: title.as_str().into(), blocks: vec![table] }
        }
        Part::Signatures { ink, signatures } => Laid::Signatures {
            ink: ink.as_str().into(),
            signatures: signatures
                .iter()
                .map(|signed| Signature {
                    role: signed.role.as_str().into(),
                    lines: signed.lines.iter().map(|line| line.as_str().into()).collect(),
                })
                .collect(),
        },
    }
}

fn line(field: &Field) -> Line {
    Line {
        label: field.label.as_str().into(),
        lines: field.lines.iter().map(|line| line.as_str().into()).collect(),
        link: field.link.as_deref().and_then(Link::read),
    }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph { spans: vec![Span::plain(words)] }
}

/// The lines of a cell, one below the other.
fn spans(lines: &[String]) -> Vec<Span> {
    let mut spans = Vec::new();
    for line in lines {
        if !spans.is_empty() {
            spans.push(Span::Break);
        }
        spans.push(Span::plain(Text::narrow(line)));
    }
    spans
}

fn measure(layout: &Layout) -> Result<(), Error> {
    let mut measure = Measure::default();
    let frame = &layout.frame;
    for text in [&frame.title, &frame.author, &frame.foot, &frame.page, &frame.mark_label, &frame.mark] {
        measure.text(text)?;
    }
    measure.fields(&layout.head)?;
    for part in &layout.parts {
        match part {
            Laid::Heading { words } => measure.part(words)?,
            Laid::Fields { fields } => measure.fields(fields)?,
            Laid::Signatures { signatures, .. } => {
                for signature in signatures {
                    measure.part(&signature.role)?;
                    signature.lines.iter().try_for_each(|line| measure.text(line))?;
                }
            }
            Laid::Table { title, blocks } => {
                measure.part(title)?;
                measure.blocks(blocks)?;
            }
            Laid::Blocks { blocks } => measure.blocks(blocks)?,
        }
    }
    Ok(())
}

impl Measure {
    fn fields(&mut self, fields: &[Line]) -> Result<(), Error> {
        for field in fields {
            self.part(&field.label)?;
            field.lines.iter().try_for_each(|line| self.text(line))?;
        }
        Ok(())
    }
}
