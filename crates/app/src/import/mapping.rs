//! Which column is which attribute, for which purpose, on which evidence?
//!
//! The mapping is a TOML file:
//!
//! ```toml
//! [source]
//! format    = "csv"                    # or "ndjson"
//! delimiter = ","                      # found when it is not set
//! encoding  = "utf-8"                  # or "windows-1251"; found when it is not set
//!
//! [identify]
//! attribute = ["email", "phone"]       # who is the same person: the first one that is filled and known decides
//!
//! [[part]]
//! purpose   = "order"
//! reference = "{order_id}"             # the evidence of the ground; columns stand in braces
//! when      = { column = "status", is = ["completed", "processing"] }
//! [part.columns]
//! full_name = ["first_name", " ", "last_name"]
//! phone     = "billing_phone"
//!
//! [[part]]
//! purpose   = "marketing"
//! channel   = "email"
//! [part.consent]
//! given_when = { column = "newsletter", is = ["1", "yes"] }
//! evidence   = "shop export of 2026-11-01, order {order_id}"
//! given_at   = "{newsletter_date}"      # the day it was given: its term began then
//! language   = "ru"
//! [part.columns]
//! email     = "billing_email"
//! ```
//!
//! In a list of pieces, a piece without a letter or digit is written as it stands, between two columns that are filled.
//! `when` takes one condition or a list of them, and `filled = true` in the place of `is`.

use std::ops::Range;

use saqta_domain::terms::names::{AttributeName, ChannelName, Language, PurposeName};
use saqta_domain::terms::standing::Source;
use saqta_policy::problem::{Problem, Severity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::rows::{Format, Row};
use super::source::Encoding;

/// Something with its place in the mapping.
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// What a mapping says.
pub(super) struct Mapping {
    pub(super) format: Format,
    pub(super) delimiter: Option<u8>,
    pub(super) encoding: Option<Encoding>,
    /// Who is the same person, the most telling attribute first.
    pub(super) identify: Vec<At<AttributeName>>,
    pub(super) parts: Vec<PartMap>,
}

/// What is collected from a row for one purpose.
pub(super) struct PartMap {
    pub(super) span: Range<usize>,
    pub(super) purpose: At<PurposeName>,
    pub(super) channel: Option<At<ChannelName>>,
    pub(super) reference: Option<At<Text>>,
    pub(super) source: Source,
    pub(super) when: Vec<Condition>,
    pub(super) consent: Option<ConsentMap>,
    pub(super) columns: Vec<(At<AttributeName>, Text)>,
}

impl PartMap {
    /// What the part is called in counts: its purpose, and its channel if it has one.
    pub(super) fn name(&self) -> String {
        match &self.channel {
            Some(channel) => format!("{}/{}", self.purpose.value, channel.value),
            None => self.purpose.value.to_string(),
        }
    }
}

/// When a row proves a consent, and how.
pub(super) struct ConsentMap {
    pub(super) span: Range<usize>,
    pub(super) given_when: Vec<Condition>,
    pub(super) evidence: At<Text>,
    pub(super) given_at: At<Text>,
    pub(super) language: Language,
}

/// A condition on one column.
pub(super) struct Condition {
    pub(super) column: At<String>,
    pub(super) test: Test,
}

pub(super) enum Test {
    Filled,
    Is(Vec<String>),
}

impl Condition {
    /// Whether it holds; the case of letters does not matter.
    pub(super) fn holds(&self, row: &Row) -> bool {
        let value = row.value(&self.column.value);
        match &self.test {
            Test::Filled => !value.is_empty(),
            Test::Is(words) => words.iter().any(|word| word.to_lowercase() == value.to_lowercase()),
        }
    }
}

/// A text made of columns.
pub(super) struct Text(pub(super) Vec<Piece>);

pub(super) enum Piece {
    Column(At<String>),
    Literal(String),
}

impl Text {
    pub(super) fn columns(&self) -> impl Iterator<Item = &At<String>> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(column) => Some(column),
            Piece::Literal(_) => None,
        })
    }

    /// The columns that are filled, with what stands between two of them.
    pub(super) fn joined(&self, row: &Row) -> String {
        let mut text = String::new();
        let mut between = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => between.push_str(literal),
                Piece::Column(column) => {
                    let value = row.value(&column.value);
                    if value.is_empty() {
                        continue;
                    }
                    if !text.is_empty() {
                        text.push_str(&between);
                    }
                    text.push_str(value);
                    between.clear();
                }
            }
        }
        text
    }

    /// The text with every column in its place; nothing when one of them is empty.
    pub(super) fn filled(&self, row: &Row) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            let part = match piece {
                Piece::Literal(literal) => literal,
                Piece::Column(column) => row.value(&column.value),
            };
            if part.is_empty() {
                return None;
            }
            text.push_str(part);
        }
        Some(text)
    }

    pub(super) fn reads_the_same(&self, other: &Self) -> bool {
        let words = |text: &Self| -> Vec<String> {
            let word = |piece: &Piece| match piece {
                Piece::Column(column) => format!("{{{}", column.value),
                Piece::Literal(literal) => literal.clone(),
            };
            text.0.iter().map(word).collect()
        };
        words(self) == words(other)
    }
}

/// Reads a mapping, or says everything that is wrong with its shape.
pub(super) fn read(file: &str, text: &str) -> Result<Mapping, Vec<Problem>> {
    let mut reader = Reader { findings: Findings::new(file, text) };
    let mapping = match DeTable::parse(text) {
        Ok(table) => reader.mapping(table.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            reader.findings.add("toml", span, error.message(), "mend the spelling of the file");
            None
        }
    };
    match mapping {
        Some(mapping) if reader.findings.found.is_empty() => Ok(mapping),
        _ => Err(reader.findings.found),
    }
}

/// Collects what is wrong with a mapping, each with its place.
pub(super) struct Findings<'a> {
    file: &'a str,
    text: &'a str,
    pub(super) found: Vec<Problem>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    pub(super) fn add(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let begins = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text.get(begins..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        self.found.push(Problem {
            severity: Severity::Error,
            code,
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(begins..).unwrap_or_default().chars().count() + 1,
            message: message.into(),
            hint: hint.into(),
            excerpt: line.trim_end().chars().take(120).collect(),
            span,
        });
    }
}

struct Reader<'a> {
    findings: Findings<'a>,
}

type Entry<'t, 'i> = (Range<usize>, &'t Spanned<DeValue<'i>>);

impl Reader<'_> {
    /// The entries of a table in the order of `known`, and a finding for every other one.
    fn entries<'t, 'i, const N: usize>(
        &mut self,
        table: &'t DeTable<'i>,
        known: [&str; N],
    ) -> [Option<Entry<'t, 'i>>; N] {
        for name in table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let message = format!("`{}` means nothing here", name.get_ref());
            self.findings.add(
                "key-unknown",
                name.span(),
                message,
                format!("known here: {}", known.join(", ")),
            );
        }
        known.map(|key| {
            let found = table.iter().find(|(name, _)| name.get_ref() == key);
            found.map(|(name, value)| (name.span(), value))
        })
    }

    fn wrong(&mut self, span: Range<usize>, wanted: &str) {
        self.findings.add(
            "wrong-type",
            span,
            format!("this must be {wanted}"),
            "write it as the guide shows",
        );
    }

    fn missing(&mut self, span: &Range<usize>, key: &str, hint: &str) {
        self.findings.add("key-missing", span.clone(), format!("`{key}` is missing"), hint);
    }

    fn text(&mut self, entry: Option<Entry<'_, '_>>) -> Option<At<String>> {
        let (_, value) = entry?;
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => {
                Some(At { value: text.as_ref().to_owned(), span: value.span() })
            }
            _ => {
                self.wrong(value.span(), "a text in quotes");
                None
            }
        }
    }

    /// A text, or a list of texts.
    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        if items.is_empty() {
            self.wrong(value.span(), "a text or a list of texts, and not empty");
        }
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => {
                    texts.push(At { value: text.as_ref().to_owned(), span: item.span() });
                }
                _ => self.wrong(item.span(), "a text in quotes"),
            }
        }
        texts
    }

    fn table<'t, 'i>(&mut self, entry: Option<Entry<'t, 'i>>) -> Option<(Range<usize>, &'t DeTable<'i>)> {
        let (span, value) = entry?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(value.span(), "a table");
            return None;
        };
        Some((span, table))
    }

    fn name<T, E>(&mut self, text: At<String>, read: fn(&str) -> Result<T, E>) -> Option<At<T>> {
        match read(&text.value) {
            Ok(value) => Some(At { value, span: text.span }),
            Err(_) => {
                let message = format!("`{}` is no name that a policy could declare", text.value);
                let hint = "names are lower-case Latin letters, digits, `_` and `.`";
                self.findings.add("name-malformed", text.span, message, hint);
                None
            }
        }
    }

    fn mapping(&mut self, top: &DeTable<'_>) -> Option<Mapping> {
        let [source, identify, part] = self.entries(top, ["source", "identify", "part"]);
        if source.is_none() {
            self.missing(&(0..0), "source", "write [source] with format = \"csv\" or \"ndjson\"");
        }
        if identify.is_none() {
            self.missing(&(0..0), "identify", "write [identify] with attribute = \"email\"");
        }
        let source = self.table(source).and_then(|(span, table)| self.source(&span, table));
        let identify = self.table(identify).map(|(span, table)| {
            let [attribute] = self.entries(table, ["attribute"]);
            if attribute.is_none() {
                self.missing(&span, "attribute", "name the attribute by which a person is known again");
            }
            let texts = attribute.map(|(_, value)| self.texts(value)).unwrap_or_default();
            texts.into_iter().filter_map(|text| self.name(text, AttributeName::new)).collect()
        });
        let mut parts = Vec::new();
        match part.map(|(_, value)| (value.span(), value.get_ref())) {
            Some((_, DeValue::Array(items))) if !items.is_empty() => {
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(table) => parts.extend(self.part(item.span(), table)),
                        _ => self.wrong(item.span(), "a table under [[part]]"),
                    }
                }
            }
            Some((span, _)) => self.wrong(span, "tables under [[part]]"),
            None => self.missing(&(0..0), "part", "write a [[part]] for each purpose"),
        }
        let (format, delimiter, encoding) = source?;
        Some(Mapping { format, delimiter, encoding, identify: identify?, parts })
    }

    fn source(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'_>,
    ) -> Option<(Format, Option<u8>, Option<Encoding>)> {
        let [format, delimiter, encoding] = self.entries(table, ["format", "delimiter", "encoding"]);
        if format.is_none() {
            self.missing(span, "format", "write format = \"csv\" or \"ndjson\"");
        }
        let format = self.text(format).and_then(|text| match text.value.as_str() {
            "csv" => Some(Format::Csv),
            "ndjson" => Some(Format::Ndjson),
            _ => {
                self.wrong(text.span, "`csv` or `ndjson`");
                None
            }
        });
        let delimiter = self.text(delimiter).and_then(|text| match text.value.as_bytes() {
            [one @ (b',' | b';' | b'\t' | b'|')] => Some(*one),
            _ => {
                self.wrong(text.span, "a comma, a semicolon, a tab or `|`");
                None
            }
        });
        let encoding = self.text(encoding).and_then(|text| {
            let encoding = Encoding::from_word(&text.value);
            if encoding.is_none() {
                self.wrong(text.span, "`utf-8` or `windows-1251`");
            }
            encoding
        });
        Some((format?, delimiter, encoding))
    }

    fn part(&mut self, span: Range<usize>, table: &DeTable<'_>) -> Option<PartMap> {
        let [purpose, channel, reference, source, when, consent, columns] =
            self.entries(table, ["purpose", "channel", "reference", "source", "when", "consent", "columns"]);
        if purpose.is_none() {
            self.missing(&span, "purpose", "name the purpose for which the values are collected");
        }
        let purpose = self.text(purpose).and_then(|text| self.name(text, PurposeName::new));
        let channel = self.text(channel).and_then(|text| self.name(text, ChannelName::new));
        let reference = self.text(reference).and_then(|text| self.template(text));
        let source = match self.text(source) {
            None => Source::Import,
            Some(word) => Source::from_word(&word.value).unwrap_or_else(|| {
                self.wrong(word.span, "`import`, `subject`, `representative`, `staff` or `other`");
                Source::Import
            }),
        };
        let when = when.map(|entry| self.conditions(entry.1)).unwrap_or_default();
        let consent = self.table(consent).and_then(|(span, table)| self.consent(span, table));
        let mut mapped = Vec::new();
        if let Some((_, table)) = self.table(columns) {
            for (name, value) in table.iter() {
                let text = At { value: name.get_ref().as_ref().to_owned(), span: name.span() };
                let attribute = self.name(text, AttributeName::new);
                let pieces = self.texts(value).into_iter().map(piece).collect();
                let pieces = Text(pieces);
                if pieces.columns().next().is_none() {
                    self.wrong(value.span(), "a column, or a list with a column in it");
                }
                mapped.extend(attribute.map(|attribute| (attribute, pieces)));
            }
        }
        if mapped.is_empty() && consent.is_none() {
            self.missing(&span, "columns", "say which attribute comes from which column");
        }
        Some(PartMap { span, purpose: purpose?, channel, reference, source, when, consent, columns: mapped })
    }

    fn consent(&mut self, span: Range<usize>, table: &DeTable<'_>) -> Option<ConsentMap> {
        let [given, evidence, given_at, language] =
            self.entries(table, ["given_when", "evidence", "given_at", "language"]);
        if given.is_none() {
            let hint = "name the column that proves the consent, and what stands in it when it was given";
            self.missing(&span, "given_when", hint);
        }
        if evidence.is_none() {
            self.missing(&span, "evidence", "say where the proof lies, such as the form and its date");
        }
        if given_at.is_none() {
            let hint = "name the column with the day the consent was given: its term began then";
            self.missing(&span, "given_at", hint);
        }
        if language.is_none() {
            self.missing(&span, "language", "say in which language the text was shown: kk, ru or en");
        }
        let given_when = given.map(|entry| self.conditions(entry.1));
        let evidence = self.text(evidence).and_then(|text| self.template(text));
        let given_at = self.text(given_at).and_then(|text| self.template(text));
        let language = self.text(language).and_then(|text| {
            let language = Language::from_tag(&text.value);
            if language.is_none() {
                self.wrong(text.span, "`kk`, `ru` or `en`");
            }
            language
        });
        Some(ConsentMap {
            span,
            given_when: given_when?,
            evidence: evidence?,
            given_at: given_at?,
            language: language?,
        })
    }

    fn conditions(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Condition> {
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut conditions = Vec::new();
        for item in items {
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong(item.span(), "a condition such as { column = \"newsletter\", is = [\"1\"] }");
                continue;
            };
            let [column, is, filled] = self.entries(table, ["column", "is", "filled"]);
            let test = match (is, filled.map(|(_, value)| value.get_ref())) {
                (Some((_, value)), None) => {
                    Test::Is(self.texts(value).into_iter().map(|text| text.value.trim().to_owned()).collect())
                }
                (None, Some(DeValue::Boolean(true))) => Test::Filled,
                _ => {
                    self.wrong(item.span(), "a condition with either `is` or `filled = true`");
                    continue;
                }
            };
            match self.text(column) {
                Some(column) => conditions.push(Condition { column, test }),
                None => self.missing(&item.span(), "column", "name the column that is looked at"),
            }
        }
        conditions
    }

    /// Text with columns in braces.
    fn template(&mut self, text: At<String>) -> Option<At<Text>> {
        let mut pieces = Vec::new();
        let mut rest = text.value.as_str();
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((column, after)) = after.split_once('}') else {
                self.wrong(text.span, "a text in which every { is closed by a }");
                return None;
            };
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.to_owned()));
            }
            pieces.push(Piece::Column(At { value: column.trim().to_owned(), span: text.span.clone() }));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        Some(At { value: Text(pieces), span: text.span })
    }
}

fn piece(text: At<String>) -> Piece {
    if text.value.chars().any(char::is_alphanumeric) {
        Piece::Column(text)
    } else {
        Piece::Literal(text.value)
    }
}
