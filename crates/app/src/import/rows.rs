//! Which lines make up a row, and what stands in each of its columns?
//!
//! Real exports have quotes that nobody closed. Such a row is rejected alone: the lines that its quote would have swallowed
//! are read again as rows of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::fault::Fault;
use super::source::{Encoding, Line, Lines, Survey};

/// A row that goes over more than this has a quote that nobody closed.
const RECORD_LIMIT: usize = 64 * 1024;
const LINES_LIMIT: usize = 200;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One row a line, or more where a quoted field has line breaks; the first one names the columns.
    Csv,
    /// One JSON object a line; a nested one gives columns such as `billing.email`.
    Ndjson,
}

/// The columns of a file, in its order.
pub(super) struct Columns {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
    /// Columns whose name stands more than once.
    pub(super) twice: BTreeSet<String>,
}

impl Columns {
    fn new(names: Vec<String>) -> Self {
        let mut places = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for (place, name) in names.iter().enumerate() {
            if places.insert(name.clone(), place).is_some() {
                twice.insert(name.clone());
            }
        }
        Self { names, places, twice }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

/// A row. It holds personal values, so it has no `Debug`.
pub(super) struct Row {
    columns: Arc<Columns>,
    values: Vec<String>,
}

impl Row {
    /// The value of a column without the spaces around it; empty where the column is.
    pub(super) fn value(&self, column: &str) -> &str {
        let place = self.columns.places.get(column);
        place.and_then(|place| self.values.get(*place)).map_or("", |value| value.trim())
    }
}

/// Why a row could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// A quote is not closed, or stands where none may, or fields are missing or too many.
    Malformed,
    /// It is longer than any row.
    TooLong,
    /// Its bytes are no text in the file's encoding.
    Encoding,
}

impl Unread {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Malformed => "row_malformed",
            Self::TooLong => "row_too_long",
            Self::Encoding => "row_encoding",
        }
    }
}

/// A row with its place in the file.
pub(super) struct Numbered {
    /// Counted from one, without the header.
    pub(super) row: u64,
    /// The line on which it begins, counted from one.
    pub(super) line: u64,
    /// The line on which it ends.
    pub(super) last_line: u64,
    /// The byte after it.
    pub(super) end: u64,
    pub(super) content: Result<Row, Unread>,
}

/// Where to begin reading.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub(super) offset: u64,
    pub(super) line: u64,
    pub(super) row: u64,
}

/// How the file is to be read, once it was surveyed.
#[derive(Clone)]
pub(super) struct Shape {
    pub(super) format: Format,
    pub(super) encoding: Encoding,
    pub(super) delimiter: u8,
    pub(super) columns: Arc<Columns>,
    /// Where the first row begins.
    pub(super) start: Start,
}

impl Shape {
    /// Finds delimiter and columns.
    pub(super) fn find(
        path: &Path,
        survey: &Survey,
        format: Format,
        encoding: Option<Encoding>,
        delimiter: Option<u8>,
    ) -> Result<Self, Fault> {
        let encoding = encoding.unwrap_or(survey.encoding);
        let mut lines = Lines::open(path, survey.begins, 0)?;
        match format {
            Format::Csv => {
                let header = loop {
                    let line = lines.next().map_err(Fault::file(path))?;
                    let line = line.ok_or(Fault::Unsupported("no_header_row"))?;
                    if !blank(&line) {
                        break line;
                    }
                };
                let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(&header.bytes));
                let fields = Splitter::whole(&header.bytes, delimiter);
                let names = fields.map(|fields| {
                    let names = fields.iter().map(|f| encoding.decode(f).map(|n| n.trim().to_owned()));
                    names.collect::<Option<Vec<String>>>()
                });
                let names = names.flatten().ok_or(Fault::Unsupported("header_row_malformed"))?;
                let start = Start { offset: header.end, line: header.number, row: 0 };
                Ok(Self { format, encoding, delimiter, columns: Arc::new(Columns::new(names)), start })
            }
            Format::Ndjson => {
                let mut names = BTreeSet::new();
                while let Some(line) = lines.next().map_err(Fault::file(path))? {
                    names.extend(fields(&line, encoding).into_iter().flat_map(BTreeMap::into_keys));
                }
                let columns = Arc::new(Columns::new(names.into_iter().collect()));
                let start = Start { offset: survey.begins, line: 0, row: 0 };
                Ok(Self { format, encoding, delimiter: b',', columns, start })
            }
        }
    }
}

/// The rows of a file from some place on.
pub(super) struct Rows {
    lines: Lines,
    shape: Shape,
    row: u64,
}

impl Rows {
    pub(super) fn open(path: &Path, shape: Shape, start: Start) -> Result<Self, Fault> {
        Ok(Self { lines: Lines::open(path, start.offset, start.line)?, shape, row: start.row })
    }

    pub(super) fn next(&mut self) -> Result<Option<Numbered>, std::io::Error> {
        let first = loop {
            match self.lines.next()? {
                None => return Ok(None),
                Some(line) if blank(&line) => {}
                Some(line) => break line,
            }
        };
        self.row += 1;
        let mut numbered = Numbered {
            row: self.row,
            line: first.number,
            last_line: first.number,
            end: first.end,
            content: Err(Unread::TooLong),
        };
        if first.too_long {
            return Ok(Some(numbered));
        }
        match self.shape.format {
            Format::Csv => self.record(first, &mut numbered)?,
            Format::Ndjson => numbered.content = self.object(&first),
        }
        Ok(Some(numbered))
    }

    fn object(&self, line: &Line) -> Result<Row, Unread> {
        let mut found = fields(line, self.shape.encoding).ok_or_else(|| {
            let text = self.shape.encoding.decode(&line.bytes);
            if text.is_none() { Unread::Encoding } else { Unread::Malformed }
        })?;
        let values = self.shape.columns.names().map(|name| found.remove(name).unwrap_or_default()).collect();
        Ok(Row { columns: Arc::clone(&self.shape.columns), values })
    }

    fn record(&mut self, first: Line, numbered: &mut Numbered) -> Result<(), std::io::Error> {
        let mut splitter = Splitter::new(self.shape.delimiter);
        splitter.feed(&first.bytes);
        let mut length = first.bytes.len();
        let mut more: Vec<Line> = Vec::new();
        while splitter.open() && length < RECORD_LIMIT && more.len() < LINES_LIMIT {
            let Some(line) = self.lines.next()? else { break };
            splitter.feed(b"\n");
            splitter.feed(&line.bytes);
            length += line.bytes.len();
            more.push(line);
        }
        let width = self.shape.columns.names.len();
        let Some(fields) = splitter.finish().filter(|fields| fields.len() == width) else {
            numbered.content = Err(Unread::Malformed);
            self.lines.give_back(more.into_iter());
            return Ok(());
        };
        if let Some(last) = more.last() {
            numbered.end = last.end;
            numbered.last_line = last.number;
        }
        let values: Option<Vec<String>> = fields.iter().map(|f| self.shape.encoding.decode(f)).collect();
        let columns = Arc::clone(&self.shape.columns);
        numbered.content = values.map(|values| Row { columns, values }).ok_or(Unread::Encoding);
        Ok(())
    }
}

fn blank(line: &Line) -> bool {
    !line.too_long && line.bytes.iter().all(u8::is_ascii_whitespace)
}

fn likely_delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: u8| header.iter().filter(|b| **b == delimiter).count();
    // Of equals the last one wins: a comma is the rule.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// The fields of a JSON object; lists are no values and are left out.
fn fields(line: &Line, encoding: Encoding) -> Option<BTreeMap<String, String>> {
    let text = encoding.decode(&line.bytes)?;
    let Value::Object(object) = serde_json::from_str(&text).ok()? else { return None };
    let mut found = BTreeMap::new();
    let mut within: Vec<(String, Value)> = object.into_iter().collect();
    while let Some((name, value)) = within.pop() {
        let value = match value {
            Value::Object(inner) => {
                within.extend(inner.into_iter().map(|(key, value)| (format!("{name}.{key}"), value)));
                continue;
            }
            Value::Array(_) => {
                found.insert(format!("{name}[]"), String::new());
                continue;
            }
            Value::Null => String::new(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text,
        };
        found.insert(name, value);
    }
    Some(found)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    FieldBegins,
    Plain,
    Quoted,
    /// After a quote inside a quoted field: the field is over, or the quote is doubled.
    QuoteSeen,
    /// A quote stands where none may.
    Broken,
}

/// Cuts a row into fields. Delimiters and quotes are plain ASCII in every encoding there is here, so it works on bytes.
struct Splitter {
    delimiter: u8,
    place: Place,
    field: Vec<u8>,
    fields: Vec<Vec<u8>>,
}

impl Splitter {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, place: Place::FieldBegins, field: Vec::new(), fields: Vec::new() }
    }

    fn whole(bytes: &[u8], delimiter: u8) -> Option<Vec<Vec<u8>>> {
        let mut splitter = Self::new(delimiter);
        splitter.feed(bytes);
        splitter.finish()
    }

    fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.place = match (self.place, *byte) {
                (Place::Broken, _) => Place::Broken,
                (Place::FieldBegins, b'"') => Place::Quoted,
                (Place::Quoted, b'"') => Place::QuoteSeen,
                (Place::Quoted, _) => {
                    self.field.push(*byte);
                    Place::Quoted
                }
                (Place::QuoteSeen, b'"') => {
                    self.field.push(b'"');
                    Place::Quoted
                }
                (_, byte) if byte == self.delimiter => {
                    self.fields.push(std::mem::take(&mut self.field));
                    Place::FieldBegins
                }
                // Spaces between the closing quote and the delimiter mean nothing.
                (Place::QuoteSeen, b' ') => Place::QuoteSeen,
                (Place::QuoteSeen, _) => Place::Broken,
                (Place::FieldBegins | Place::Plain, _) => {
                    self.field.push(*byte);
                    Place::Plain
                }
            };
        }
    }

    fn open(&self) -> bool {
        self.place == Place::Quoted
    }

    fn finish(mut self) -> Option<Vec<Vec<u8>>> {
        if matches!(self.place, Place::Quoted | Place::Broken) {
            return None;
        }
        self.fields.push(self.field);
        Some(self.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::survey;

    /// Every row as its line and its values, or as what is wrong with it.
    fn read(format: Format, bytes: &[u8]) -> Vec<(u64, Result<Vec<String>, Unread>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, bytes).unwrap();
        let shape = Shape::find(&path, &survey(&path).unwrap(), format, None, None).unwrap();
        let start = shape.start;
        let mut rows = Rows::open(&path, shape, start).unwrap();
        let mut found = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            assert_eq!(row.row as usize, found.len() + 1);
            found.push((row.line, row.content.map(|r| r.values)));
        }
        found
    }

    fn csv(text: &str) -> Vec<(u64, Result<Vec<String>, Unread>)> {
        read(Format::Csv, text.as_bytes())
    }

    #[track_caller]
    fn good(values: &[&str]) -> Result<Vec<String>, Unread> {
        Ok(values.iter().map(|v| (*v).to_owned()).collect())
    }

    #[test]
    fn delimiters_quotes_line_breaks_and_blank_lines() {
        assert_eq!(csv("\u{feff}a,b\r\n1,2\r\n"), [(2, good(&["1", "2"]))]);
        assert_eq!(csv("a;b\n\"x;y\"; \"z\n"), [(2, good(&["x;y", " \"z"]))]);
        assert_eq!(csv("a\tb\n1\t2"), [(2, good(&["1", "2"]))]);
        let noted = csv("a,b\n\n1,\"two\nlines, \"\"quoted\"\"\"\n3,4\n");
        assert_eq!(noted, [(3, good(&["1", "two\nlines, \"quoted\""])), (5, good(&["3", "4"]))]);
    }

    #[test]
    fn a_quote_that_nobody_closes_costs_its_own_row_and_no_other() {
        let found = csv("a,b\n1,\"Ail\n2,x\n3,\"y\"\n4,5,6\n7\n8,9\n");
        let bad = Err(Unread::Malformed);
        assert_eq!(
            found,
            [
                (2, bad.clone()),
                (3, good(&["2", "x"])),
                (4, good(&["3", "y"])),
                (5, bad.clone()),
                (6, bad),
                (7, good(&["8", "9"])),
            ]
        );
        let long = format!("a,b\n1,\"Ail\n{}", "2,x\n".repeat(1_000));
        assert_eq!(csv(&long).into_iter().filter(|(_, row)| row.is_ok()).count(), 1_000);
        assert_eq!(csv("a,b\n\"x\"y\",2\n"), [(2, Err(Unread::Malformed))]);
    }

    #[test]
    fn bytes_that_are_no_text_reject_their_row() {
        let mut bytes = "a,b\nҚазақша,1\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xff,2\n");
        let found = read(Format::Csv, &bytes);
        assert_eq!(found, [(2, good(&["Қазақша", "1"])), (3, Err(Unread::Encoding))]);
    }

    #[test]
    fn json_objects_give_columns_by_their_path() {
        let text = "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null},\"e\":[1]}\n[1]\n{\"a\":true}\n{\n";
        let found = read(Format::Ndjson, text.as_bytes());
        let bad = Err(Unread::Malformed);
        assert_eq!(
            found,
            [(1, good(&["1", "x", "", ""])), (2, bad.clone()), (3, good(&["true", "", "", ""])), (4, bad)]
        );
    }
}
