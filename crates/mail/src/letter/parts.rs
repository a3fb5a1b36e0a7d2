//! Which parts has a letter, and what is in them?
//!
//! The walk keeps its own stack and counts as it goes, so that no letter can make it deeper, longer or larger than the bounds,
//! whatever it says of itself. A part without an end ends where the letter ends.

use std::borrow::Cow;
use std::ops::Range;

use mail_parser::ContentType;
use zeroize::Zeroizing;

use super::attachment::Attachment;
use super::fields::{Fields, parameter};
use super::{LetterFault, bounds, charset, clean, html, transfer};

/// A letter taken into its parts.
pub struct Parts {
    /// The header of the letter itself.
    pub fields: Fields,
    /// What has no further parts, in the order of the letter.
    pub leaves: Vec<Leaf>,
    /// The headers of letters that lie in the letter.
    pub letters: Vec<Fields>,
}

/// A part without further parts.
pub struct Leaf {
    /// Its type as the letter says, in lower case: `text/plain`.
    pub declared: String,
    /// Its text, if it is to be read as text. Quoted lines of HTML begin with `>`.
    pub text: Option<Zeroizing<String>>,
    /// Whether the text was made from HTML.
    pub is_html: bool,
    /// Which group of parts that say the same in several ways it belongs to.
    pub choice: Option<usize>,
    /// Whether it belongs to a letter that lies in the letter.
    pub embedded: bool,
    attachment: Option<(Option<String>, Zeroizing<Vec<u8>>)>,
}

impl Leaf {
    /// What is in it, where it is not read as text.
    pub fn content(&self) -> Option<&[u8]> {
        self.attachment.as_ref().map(|(_name, content)| content.as_slice())
    }

    /// The attachment it is, if it is one.
    pub fn into_attachment(self) -> Option<Attachment> {
        let (name, content) = self.attachment?;
        Some(Attachment::new(name.as_deref(), &self.declared, content))
    }
}

/// Takes a letter into its parts.
pub fn walk(bytes: &[u8]) -> Result<Parts, LetterFault> {
    let mut walk = Walk { leaves: Vec::new(), letters: Vec::new(), parts: 0, choices: 0, decoded: 0 };
    let fields = walk.letter(bytes, 0, 0)?;
    Ok(Parts { fields, leaves: walk.leaves, letters: walk.letters })
}

struct Walk {
    leaves: Vec<Leaf>,
    letters: Vec<Fields>,
    parts: usize,
    choices: usize,
    decoded: usize,
}

/// A part that is still to be looked at.
struct Ahead<'a> {
    bytes: &'a [u8],
    depth: usize,
    choice: Option<usize>,
    embedded: bool,
    /// Without a type of its own it is a letter: the rule for digests.
    in_digest: bool,
    /// Whether its header is that of a letter.
    is_letter: bool,
}

impl Walk {
    /// Walks a letter, or a letter that lay encoded in another.
    fn letter(&mut self, bytes: &[u8], depth: usize, packed: usize) -> Result<Fields, LetterFault> {
        let first =
            Ahead { bytes, depth, choice: None, embedded: packed > 0, in_digest: false, is_letter: true };
        let mut ahead = vec![first];
        let mut top = None;
        while let Some(part) = ahead.pop() {
            self.parts += 1;
            if self.parts > bounds::MAX_PARTS {
                return Err(LetterFault::TooManyParts);
            }
            if part.depth > bounds::MAX_NESTING {
                return Err(LetterFault::TooDeep);
            }
            let (header, body) = split_header(part.bytes);
            let fields = Fields::read(header)?;
            let kind = Kind::of(&fields, part.in_digest);
            match kind {
                Kind::Multipart { boundary, is_choice, is_digest } => {
                    let choice = if is_choice && part.choice.is_none() {
                        self.choices += 1;
                        Some(self.choices)
                    } else {
                        part.choice
                    };
                    let depth = part.depth + 1;
                    let room = bounds::MAX_PARTS - self.parts;
                    let ranges = split_body(body, boundary.as_bytes(), room)?;
                    ahead.extend(ranges.into_iter().rev().filter_map(|range| {
                        let bytes = body.get(range)?;
                        let embedded = part.embedded;
                        Some(Ahead { bytes, depth, choice, embedded, in_digest: is_digest, is_letter: false })
                    }));
                    if ahead.len() > bounds::MAX_PARTS {
                        return Err(LetterFault::TooManyParts);
                    }
                }
                Kind::Letter => match self.unwrap(&fields, body)? {
                    Cow::Borrowed(bytes) => ahead.push(Ahead {
                        bytes,
                        depth: part.depth + 1,
                        choice: None,
                        embedded: true,
                        in_digest: false,
                        is_letter: true,
                    }),
                    Cow::Owned(_) if packed == bounds::MAX_PACKED => return Err(LetterFault::TooDeep),
                    Cow::Owned(bytes) => {
                        let before = self.letters.len();
                        let fields = self.letter(&bytes, part.depth + 1, packed + 1)?;
                        self.letters.insert(before, fields);
                    }
                },
                Kind::Leaf(content_type) => {
                    let leaf = self.leaf(&fields, content_type.as_ref(), body, &part)?;
                    self.leaves.push(leaf);
                }
            }
            match top {
                None => top = Some(fields),
                Some(_) if part.is_letter => self.letters.push(fields),
                Some(_) => {}
            }
        }
        top.ok_or(LetterFault::NotALetter)
    }

    fn unwrap<'a>(&mut self, fields: &Fields, body: &'a [u8]) -> Result<Cow<'a, [u8]>, LetterFault> {
        let bytes = transfer::unwrap(body, fields.first("content-transfer-encoding"));
        self.decoded += bytes.len();
        if self.decoded > bounds::MAX_DECODED {
            return Err(LetterFault::DecodesTooLarge);
        }
        Ok(bytes)
    }

    fn leaf(
        &mut self,
        fields: &Fields,
        content_type: Option<&ContentType<'_>>,
        body: &[u8],
        part: &Ahead<'_>,
    ) -> Result<Leaf, LetterFault> {
        let bytes = self.unwrap(fields, body)?;
        let declared = content_type.map_or_else(|| "text/plain".to_owned(), declared);
        let disposition = fields.disposition();
        let name = disposition
            .as_ref()
            .and_then(|disposition| parameter(disposition, "filename"))
            .or_else(|| content_type.and_then(|kind| parameter(kind, "name")));
        let attached = name.is_some() || disposition.is_some_and(|disposition| disposition.is_attachment());
        let is_html = declared == "text/html";
        let is_text = is_html || matches!(declared.as_str(), "text/plain" | "text/enriched" | "text");
        let (text, attachment) = if is_text && !attached {
            (Some(Zeroizing::new(read_text(&bytes, content_type, is_html))), None)
        } else {
            (None, Some((name, Zeroizing::new(bytes.into_owned()))))
        };
        Ok(Leaf { declared, text, is_html, choice: part.choice, embedded: part.embedded, attachment })
    }
}

fn read_text(bytes: &[u8], content_type: Option<&ContentType<'_>>, is_html: bool) -> String {
    let most = if is_html { bounds::MAX_HTML } else { 2 * bounds::MAX_TEXT };
    let bytes = bytes.get(..most).unwrap_or(bytes);
    let label = content_type.and_then(|kind| kind.attribute("charset"));
    let label = label.or_else(|| charset::looks_wide(bytes));
    let text = charset::decode(bytes, label);
    clean::lines(&if is_html { html::to_text(&text) } else { text })
}

fn declared(content_type: &ContentType<'_>) -> String {
    let kind = content_type.ctype().to_ascii_lowercase();
    let declared = match content_type.subtype() {
        Some(subtype) => format!("{kind}/{}", subtype.to_ascii_lowercase()),
        None => kind,
    };
    clean::line(clean::head(&declared, 127))
}

enum Kind {
    Multipart { boundary: String, is_choice: bool, is_digest: bool },
    Letter,
    Leaf(Option<ContentType<'static>>),
}

impl Kind {
    fn of(fields: &Fields, in_digest: bool) -> Self {
        let content_type = fields.content_type();
        let Some(known) = &content_type else {
            return if in_digest { Self::Letter } else { Self::Leaf(None) };
        };
        let declared = declared(known);
        if let Some(sort) = declared.strip_prefix("multipart/") {
            let boundary = known.attribute("boundary").filter(|boundary| !boundary.is_empty());
            if let Some(boundary) = boundary {
                let boundary = boundary.trim_end().to_owned();
                return Self::Multipart {
                    boundary,
                    is_choice: sort == "alternative",
                    is_digest: sort == "digest",
                };
            }
            // A letter of many parts that does not say where they end is read as one text.
            return Self::Leaf(None);
        }
        match declared.as_str() {
            "message/rfc822" | "message/global" => Self::Letter,
            _ => Self::Leaf(content_type),
        }
    }
}

/// Parts the header from the body at the first empty line.
fn split_header(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..) {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { break };
        let line = rest.get(..end).unwrap_or_default();
        at += end + 1;
        if line.is_empty() || line == b"\r" {
            return (bytes.get(..at).unwrap_or(bytes), bytes.get(at..).unwrap_or_default());
        }
    }
    (bytes, &[])
}

/// The ranges between lines that are the boundary. If there is no such line, everything is one part.
fn split_body(body: &[u8], boundary: &[u8], room: usize) -> Result<Vec<Range<usize>>, LetterFault> {
    let mut ranges = Vec::new();
    let mut begin = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let mark = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        if let Some(tail) = mark.map(<[u8]>::trim_ascii)
            && (tail.is_empty() || tail == b"--")
        {
            ranges.extend(begin.take().map(|begin| begin..at));
            if ranges.len() > room {
                return Err(LetterFault::TooManyParts);
            }
            if tail == b"--" {
                return Ok(ranges);
            }
            begin = Some(at + line.len());
        }
        at += line.len();
    }
    ranges.extend(begin.map(|begin| begin..body.len()));
    if ranges.is_empty() && !body.is_empty() {
        ranges.push(0..body.len());
    }
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart_though_the_end_is_missing() {
        let letter =
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\npreamble\r\n--x\r\n\r\none\r\n--x\r\n\
            Content-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\ntwo";
        let parts = walk(letter).unwrap();
        let texts: Vec<_> =
            parts.leaves.iter().map(|leaf| (leaf.text.as_deref().unwrap().trim(), leaf.embedded)).collect();
        assert_eq!(texts, [("one", false), ("two", true)]);
    }

    #[test]
    fn a_digest_holds_letters() {
        let letter = b"Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: a\n\nfirst\n--x--\n";
        let parts = walk(letter).unwrap();
        assert!(parts.leaves[0].embedded);
        assert_eq!(parts.leaves[0].text.as_deref().unwrap().trim(), "first");
    }
}
