//! What stands in a TOML file, where exactly, and does it have the shape that is asked for?
//!
//! A [`Block`] is one table. Whoever reads it asks for its keys one by one; what nobody asked for is refused at the end, so
//! that a misspelt key never passes for an absent one.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use saqta_domain::terms::names::{Language, Wording};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::problem::Report;

/// Something read, with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

impl<T> At<T> {
    pub(crate) fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span }
    }
}

/// One table of the file, and which of its keys were asked for.
#[derive(Debug)]
pub(crate) struct Block<'t, 'i> {
    table: &'t DeTable<'i>,
    /// Where its name stands, for problems about the block as a whole.
    pub(crate) span: Range<usize>,
    /// Its name from the top of the file, such as `purpose.order`.
    pub(crate) path: String,
    asked: Vec<&'static str>,
    /// The languages that every wording is asked for.
    spoken: [bool; 3],
}

impl<'t, 'i> Block<'t, 'i> {
    pub(crate) fn top(table: &'t DeTable<'i>) -> Self {
        Self { table, span: 0..0, path: String::new(), asked: Vec::new(), spoken: [true; 3] }
    }

    /// Asks for wordings in these languages alone, in this block and those that are read from it later; in all where none
    /// is known.
    pub(crate) fn speak(&mut self, languages: &[Language]) {
        self.spoken = Language::ALL.map(|language| languages.is_empty() || languages.contains(&language));
    }

    fn spoken(&self) -> impl Iterator<Item = Language> {
        Language::ALL.into_iter().zip(self.spoken).filter_map(|(language, spoken)| spoken.then_some(language))
    }

    fn within(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn ask(&mut self, key: &'static str) -> Option<(Range<usize>, &'t Spanned<DeValue<'i>>)> {
        self.asked.push(key);
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((name.span(), value))
    }

    /// Whether the key is written, without reading it.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.keys().any(|name| name.get_ref() == key)
    }

    /// Reports that something must be written here and is not.
    pub(crate) fn missing(&self, report: &mut Report<'_>, key: &str, hint: &str) {
        let place = if self.path.is_empty() { "the policy".to_owned() } else { format!("`{}`", self.path) };
        report.error("key-missing", self.span.clone(), format!("{place} lacks `{key}`"), hint);
    }

    fn wrong(
        &self,
        report: &mut Report<'_>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        hint: &str,
    ) {
        let found = value.get_ref().type_str();
        let message = format!("`{}` must be {wanted}, not {}", self.within(key), article(found));
        report.error("wrong-type", value.span(), message, hint);
    }

    /// A text that is not empty.
    pub(crate) fn text(&mut self, report: &mut Report<'_>, key: &'static str) -> Option<At<String>> {
        let (_, value) = self.ask(key)?;
        match value.get_ref() {
            DeValue::String(text) if self.placeholder(report, key, text, value.span()) => None,
            DeValue::String(text) if !text.trim().is_empty() => {
                Some(At::new(text.as_ref().to_owned(), value.span()))
            }
            DeValue::String(_) => {
                let message = format!("`{}` is empty", self.within(key));
                report.error("empty", value.span(), message, "write the text, or leave the key out");
                None
            }
            _ => {
                self.wrong(report, key, value, "a text", &format!("write it in quotes: {key} = \"…\""));
                None
            }
        }
    }

    /// Whether a draft's `<write the legal name>` still stands where a text should; what it asks for is the way out.
    fn placeholder(&self, report: &mut Report<'_>, key: &str, text: &str, span: Range<usize>) -> bool {
        let Some(todo) = text.trim().strip_prefix('<').and_then(|t| t.strip_suffix('>')) else {
            return false;
        };
        report.error("placeholder", span, format!("`{}` is still to be written", self.within(key)), todo);
        true
    }

    /// A text that must be there.
    pub(crate) fn must_text(
        &mut self,
        report: &mut Report<'_>,
        key: &'static str,
        hint: &str,
    ) -> Option<At<String>> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(report, key, hint);
            return None;
        }
        self.text(report, key)
    }

    /// A yes or no; no when it is not written.
    pub(crate) fn flag(&mut self, report: &mut Report<'_>, key: &'static str) -> bool {
        let Some((_, value)) = self.ask(key) else { return false };
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.wrong(report, key, value, "true or false", "write true or false, without quotes");
            return false;
        };
        *flag
    }

    /// A whole number that is not negative.
    pub(crate) fn number(&mut self, report: &mut Report<'_>, key: &'static str) -> Option<At<u64>> {
        let (_, value) = self.ask(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(digits) => u64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(report, key, value, "a whole number from 0", "write digits alone, without quotes");
        }
        Some(At::new(number?, value.span()))
    }

    /// A calendar date.
    pub(crate) fn date(&mut self, report: &mut Report<'_>, key: &'static str) -> Option<At<Date>> {
        let (_, value) = self.ask(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(at) if at.time.is_none() => at.date.and_then(|date| {
                let (year, month, day) =
                    (i16::try_from(date.year).ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?);
                Date::new(year, month, day).ok()
            }),
            _ => None,
        };
        if date.is_none() {
            self.wrong(
                report,
                key,
                value,
                "a date",
                "write it as 2026-01-12, without quotes and without a time",
            );
        }
        Some(At::new(date?, value.span()))
    }

    /// A list of texts; empty when it is not written. A text that stands in it twice is reported.
    pub(crate) fn texts(&mut self, report: &mut Report<'_>, key: &'static str) -> Vec<At<String>> {
        let Some((_, value)) = self.ask(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(report, key, value, "a list of texts", &format!("write {key} = [\"…\", \"…\"]"));
            return Vec::new();
        };
        let mut found: Vec<At<String>> = Vec::new();
        for item in items.iter() {
            let DeValue::String(text) = item.get_ref() else {
                self.wrong(report, key, item, "a list of texts", "put every entry in quotes");
                continue;
            };
            if found.iter().any(|f| f.value == text.as_ref()) {
                let message = format!("`{text}` stands twice in `{}`", self.within(key));
                report.error("duplicate-name", item.span(), message, "delete one of the two");
                continue;
            }
            found.push(At::new(text.as_ref().to_owned(), item.span()));
        }
        found
    }

    /// A text in each language; one text alone serves for all of them where `one_is_enough`.
    pub(crate) fn wording(
        &mut self,
        report: &mut Report<'_>,
        key: &'static str,
        one_is_enough: bool,
    ) -> Option<At<Wording>> {
        let (span, value) = self.ask(key)?;
        // Of a text in one language a wording is a text as well.
        let one_is_enough = one_is_enough || self.spoken().count() == 1;
        match value.get_ref() {
            DeValue::String(text) if self.placeholder(report, key, text, value.span()) => None,
            DeValue::String(text) if one_is_enough && !text.trim().is_empty() => {
                Some(At::new(Wording::same(text), value.span()))
            }
            DeValue::Table(table) => {
                let path = self.within(key);
                let mut block =
                    Block { table, span: span.clone(), path, asked: Vec::new(), spoken: self.spoken };
                let written = Language::ALL.map(|l| block.text(report, l.tag()).map(|t| t.value));
                let absent: Vec<&str> = self.spoken().map(Language::tag).filter(|t| !block.has(t)).collect();
                if !absent.is_empty() {
                    let message = format!("`{}` is missing in: {}", block.path, absent.join(", "));
                    let hint = format!("say it in {}", self.tags());
                    report.error("language-missing", span.clone(), message, hint);
                }
                block.finish(report);
                // What is published in no other language is read in the first one it is written in.
                let first = Language::ALL.into_iter().zip(self.spoken).zip(&written);
                let first = first.filter(|((_, spoken), _)| *spoken).find_map(|(_, text)| text.clone())?;
                let complete =
                    self.spoken.into_iter().zip(&written).all(|(spoken, text)| !spoken || text.is_some());
                let [kk, ru, en] = written.map(|text| text.unwrap_or_else(|| first.clone()));
                complete.then(|| At::new(Wording { kk, ru, en }, span))
            }
            _ => {
                let tables: Vec<String> = self.spoken().map(|l| format!("{} = \"…\"", l.tag())).collect();
                let hint = match one_is_enough {
                    true => format!("write {key} = \"…\""),
                    false => format!("write {key} = {{ {} }}", tables.join(", ")),
                };
                self.wrong(report, key, value, "a text in each language", &hint);
                None
            }
        }
    }

    /// The languages of the text in a row, such as `kk, ru and en`.
    fn tags(&self) -> String {
        let mut tags: Vec<&str> = self.spoken().map(Language::tag).collect();
        match tags.pop() {
            Some(last) if !tags.is_empty() => format!("{} and {last}", tags.join(", ")),
            last => last.unwrap_or_default().to_owned(),
        }
    }

    /// A wording that must be there.
    pub(crate) fn must_wording(
        &mut self,
        report: &mut Report<'_>,
        key: &'static str,
        one_is_enough: bool,
        hint: &str,
    ) -> Option<At<Wording>> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(report, key, hint);
            return None;
        }
        self.wording(report, key, one_is_enough)
    }

    /// Whether the value is a table, where it may also be a text.
    pub(crate) fn is_table(&self, key: &str) -> bool {
        self.table.iter().any(|(name, value)| name.get_ref() == key && value.get_ref().is_table())
    }

    /// A table inside this one.
    pub(crate) fn block(&mut self, report: &mut Report<'_>, key: &'static str) -> Option<Block<'t, 'i>> {
        let (span, value) = self.ask(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(report, key, value, "a block", &format!("write [{}]", self.within(key)));
            return None;
        };
        Some(Block { table, span, path: self.within(key), asked: Vec::new(), spoken: self.spoken })
    }

    /// Tables inside a table, by the names the operator gave them.
    pub(crate) fn named(
        &mut self,
        report: &mut Report<'_>,
        key: &'static str,
    ) -> Vec<(At<String>, Block<'t, 'i>)> {
        let Some(outer) = self.block(report, key) else { return Vec::new() };
        let mut blocks = Vec::new();
        for (name, value) in outer.table.iter() {
            let path = outer.within(name.get_ref());
            let DeValue::Table(table) = value.get_ref() else {
                let message =
                    format!("`{path}` must be a block, not {}", article(value.get_ref().type_str()));
                report.error(
                    "wrong-type",
                    value.span(),
                    message,
                    format!("write [{key}.name] and its keys below"),
                );
                continue;
            };
            let block = Block { table, span: name.span(), path, asked: Vec::new(), spoken: self.spoken };
            blocks.push((At::new(name.get_ref().as_ref().to_owned(), name.span()), block));
        }
        blocks
    }

    /// A list of tables, such as `[[link]]` or `[{ … }, { … }]`.
    pub(crate) fn listed(&mut self, report: &mut Report<'_>, key: &'static str) -> Vec<Block<'t, 'i>> {
        let Some((name, value)) = self.ask(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(report, key, value, "a list of blocks", &format!("write [[{}]]", self.within(key)));
            return Vec::new();
        };
        self.blocks_of(report, key, name, items)
    }

    fn blocks_of(
        &self,
        report: &mut Report<'_>,
        key: &str,
        name: Range<usize>,
        items: &'t DeArray<'i>,
    ) -> Vec<Block<'t, 'i>> {
        let mut blocks = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong(report, key, item, "a list of blocks", "put each entry in { … }");
                continue;
            };
            // A header's span covers its own line; the block's first key is nearer to what is wrong than the list's name.
            let span = table.keys().map(Spanned::span).min_by_key(|s| s.start).unwrap_or(name.clone());
            let path = format!("{}[{index}]", self.within(key));
            blocks.push(Block { table, span, path, asked: Vec::new(), spoken: self.spoken });
        }
        blocks
    }

    /// All keys with lists of texts as values, whatever their names.
    pub(crate) fn lists_by_name(&self, report: &mut Report<'_>) -> BTreeMap<String, Vec<At<String>>> {
        let mut lists = BTreeMap::new();
        for (name, value) in self.table.iter() {
            let DeValue::Array(items) = value.get_ref() else {
                self.wrong(report, name.get_ref(), value, "a list of texts", "write it as [\"…\", \"…\"]");
                continue;
            };
            let mut texts = Vec::new();
            for item in items.iter() {
                match item.get_ref() {
                    DeValue::String(text) => texts.push(At::new(text.as_ref().to_owned(), item.span())),
                    _ => self.wrong(
                        report,
                        name.get_ref(),
                        item,
                        "a list of texts",
                        "put every entry in quotes",
                    ),
                }
            }
            lists.insert(name.get_ref().as_ref().to_owned(), texts);
        }
        lists
    }

    /// Where a key's name stands.
    pub(crate) fn place(&self, key: &str) -> Range<usize> {
        let name = self.table.keys().find(|name| name.get_ref() == key);
        name.map_or(self.span.clone(), Spanned::span)
    }

    /// Refuses every key that nobody asked for.
    pub(crate) fn finish(self, report: &mut Report<'_>) {
        for name in self.table.keys() {
            let key = name.get_ref().as_ref();
            if self.asked.contains(&key) {
                continue;
            }
            let message = format!("`{}` is not a key of this format", self.within(key));
            report.error("unknown-key", name.span(), message, nearest(key, &self.asked));
        }
    }
}

fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// The word that was probably meant, or all that are known.
pub(crate) fn nearest(word: &str, known: &[&str]) -> String {
    let close = known.iter().map(|k| (distance(word, k), k)).min();
    if let Some((steps, meant)) = close
        && steps <= 1 + word.chars().count() / 4
    {
        return format!("did you mean `{meant}`?");
    }
    if known.is_empty() {
        return "nothing of this sort is declared".to_owned();
    }
    let mut known: Vec<&str> = known.to_vec();
    known.sort_unstable();
    known.dedup();
    format!("known here: {}", known.join(", "))
}

/// How many letters must be added, dropped or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, pair), left) in other.iter().zip(row.windows(2)).zip(0..) {
            let [above_left, above] = pair else { continue };
            let beside = next.get(left).copied().unwrap_or(usize::MAX);
            next.push((above_left + usize::from(a != *b)).min(above + 1).min(beside.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_the_one_that_was_meant() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(nearest("basys", &["basis", "keep"]), "did you mean `basis`?");
        assert_eq!(nearest("zzz", &["keep", "basis"]), "known here: basis, keep");
    }
}
