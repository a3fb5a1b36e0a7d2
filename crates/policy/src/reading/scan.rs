//! Where are the clauses of a text, their sub-points, its headings and paragraphs?
//!
//! There are two readers of clauses. [`Document::parse`](crate::texts::Document::parse) reads the text of a policy that is
//! loaded: it is strict, because anchors, citations and receipts rest on its numbers, and a text it cannot read is refused.
//! This one reads what somebody has published somewhere: it takes every way of numbering that is in use, keeps numbers that
//! come twice, and is only ever used to say what is wrong with a text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::number::{Head, Number, Series, Style, head, unwrapped};
use super::source::Source;
use super::tokens::tag;

/// A clause as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) head: Head,
    /// The byte its number stands at.
    pub(super) at: usize,
    /// The depth of the heading its number stands in, if it stands in one.
    pub(super) heading: Option<usize>,
    /// The words of that heading, or those after the number in its line.
    pub(super) title: Range<usize>,
    /// Its sub-points.
    pub(super) points: Vec<Point>,
    /// The clause it belongs to when numbers of this row begin anew in every chapter.
    pub(super) chapter: Option<usize>,
}

/// A bulleted, lettered or numbered entry of a list within a clause.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) mark: String,
    pub(super) at: usize,
    pub(super) words: Range<usize>,
}

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading(usize),
    Paragraph,
    Item,
    Row,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// The words of each line, without numbers and marks of lists.
    pub(super) lines: Vec<Range<usize>>,
    /// Which clause it stands in.
    pub(super) clause: Option<usize>,
    /// Whether the number of a clause stands at its head.
    pub(super) opens: bool,
}

impl Block {
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.lines.first().map_or(0, |l| l.start);
        start..self.lines.last().map_or(start, |l| l.end)
    }
}

/// A text in its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    pub(super) clauses: Vec<Found>,
    pub(super) blocks: Vec<Block>,
}

/// One line as it looks without its surroundings.
struct Row<'a> {
    /// The byte at which `body` begins.
    at: usize,
    indent: usize,
    body: &'a str,
    kind: RowKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowKind {
    Blank,
    /// A line that parts blocks, or the inside of a fenced block, which is no text of the policy.
    Apart,
    /// A line that makes the one before it a heading.
    Underline(usize),
    Heading(usize),
    /// An entry of a list; its mark has this many bytes.
    Item(usize),
    Cells,
    Text,
}

/// Splits a text.
pub(super) fn scan(source: &Source) -> Scan {
    let rows = rows(source);
    let mut scanner = Scanner {
        source,
        facts: facts(&rows),
        out: Scan::default(),
        open: None,
        fresh: true,
        seen: Seen::default(),
    };
    for (index, row) in rows.iter().enumerate() {
        let under = rows.get(index + 1).and_then(|next| match next.kind {
            RowKind::Underline(depth) if row.kind == RowKind::Text => Some(depth),
            _ => None,
        });
        scanner.row(row, under);
    }
    scanner.out
}

fn rows(source: &Source) -> Vec<Row<'_>> {
    let mut fenced = false;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (start, line) in source.lines() {
        let body = line
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '\u{feff}' | '\u{200b}'));
        let indent =
            line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let fence = body.starts_with("```") || body.starts_with("~~~");
        fenced ^= fence;
        let after_text = rows.last().is_some_and(|r| r.kind == RowKind::Text);
        let kind = if fence || fenced { RowKind::Apart } else { kind_of(body, after_text) };
        rows.push(Row { at: start + line.len() - body.len(), indent, body, kind });
    }
    rows
}

fn kind_of(body: &str, after_text: bool) -> RowKind {
    let body = body.trim_end();
    if body.is_empty() {
        return RowKind::Blank;
    }
    if after_text && body.len() > 1 && (body.bytes().all(|b| b == b'=') || body.bytes().all(|b| b == b'-')) {
        return RowKind::Underline(if body.starts_with('=') { 1 } else { 2 });
    }
    if body.len() > 2
        && ["-", "*", "_"].iter().any(|mark| body.replace([' ', '\t'], "").replace(mark, "").is_empty())
    {
        return RowKind::Apart;
    }
    let hashes = body.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && body.len() > hashes {
        return RowKind::Heading(hashes);
    }
    if let Some(depth) = html_heading(body) {
        return RowKind::Heading(depth);
    }
    if body.starts_with('|') {
        return RowKind::Cells;
    }
    item_mark(body).map_or(RowKind::Text, RowKind::Item)
}

fn html_heading(body: &str) -> Option<usize> {
    let depth = body.strip_prefix("<h").or_else(|| body.strip_prefix("<H"))?.chars().next()?.to_digit(10)?;
    tag(body).and((1..=6).contains(&depth).then_some(usize::try_from(depth).ok()?))
}

/// The length of the mark of a bulleted or lettered entry. Numbers are read apart: they may be those of clauses.
fn item_mark(body: &str) -> Option<usize> {
    let first = body.chars().next()?;
    let behind = body.get(first.len_utf8()..)?;
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    if matches!(first, '-' | '*' | '+' | '•' | '–' | '—' | '·' | '●' | '▪' | '◦' | '‣' | '■')
        && spaced(behind)
    {
        return Some(first.len_utf8());
    }
    if first.is_lowercase() && behind.starts_with(')') && spaced(behind.get(1..)?) {
        return Some(first.len_utf8() + 1);
    }
    let inside = body.strip_prefix('(')?;
    let end = inside.find(')')?;
    let label = inside.get(..end)?;
    let good = label.chars().count() <= 3 && label.chars().all(char::is_alphanumeric);
    (good && spaced(inside.get(end + 1..)?)).then_some(end + 2)
}

/// What the numbers of the whole text look like, by which a single number is judged.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    /// Sections in headings, numbers of several groups, or numbers with a word: single numbers may be entries of lists.
    structured: bool,
    /// Single numbers with a dot outside headings: then single numbers with a parenthesis are entries.
    dotted: bool,
    /// How far in the outermost of them stand.
    outermost: Option<usize>,
}

fn facts(rows: &[Row<'_>]) -> Facts {
    let mut facts = Facts::default();
    for row in rows {
        let heading = matches!(row.kind, RowKind::Heading(_));
        if !heading && !matches!(row.kind, RowKind::Text | RowKind::Item(_)) {
            continue;
        }
        let Some(head) = head(words_of(row), heading) else { continue };
        if head.style == Style::Roman && !heading {
            continue;
        }
        if heading || head.number.depth() > 1 || head.series != Series::Plain {
            facts.structured = true;
        } else {
            facts.dotted |= head.style == Style::Dot;
            facts.outermost = Some(facts.outermost.map_or(row.indent, |i| i.min(row.indent)));
        }
    }
    facts
}

/// A line without hashes and without the mark of a list.
fn words_of<'a>(row: &Row<'a>) -> &'a str {
    match row.kind {
        RowKind::Heading(_) => row.body.trim_start_matches('#'),
        RowKind::Item(length) => row.body.get(length..).unwrap_or_default(),
        _ => row.body,
    }
}

enum Role {
    Clause,
    Point,
    Text,
}

struct Scanner<'a> {
    source: &'a Source,
    facts: Facts,
    out: Scan,
    /// The block that the next line may continue.
    open: Option<usize>,
    /// Whether a paragraph may begin here without a blank line.
    fresh: bool,
    seen: Seen,
}

/// What is known of the clauses so far, so that a long text is read once.
#[derive(Debug, Default)]
struct Seen {
    /// The last number of each row.
    last: BTreeMap<Series, Number>,
    /// The last clause that others may belong to, by row.
    holder: BTreeMap<Series, usize>,
    /// The last plain number of one group, and whether it stands in a heading.
    section: Option<(u16, bool)>,
    /// A number of several groups was there.
    many: bool,
    /// A number with a word, or a roman one, was there.
    worded: bool,
    /// A plain number in a heading was there.
    in_headings: bool,
}

impl Scanner<'_> {
    fn row(&mut self, row: &Row<'_>, under: Option<usize>) {
        match row.kind {
            RowKind::Blank | RowKind::Apart | RowKind::Underline(_) => {
                self.open = None;
                self.fresh = true;
            }
            RowKind::Cells => {
                self.begin(BlockKind::Row, row.at..row.at + row.body.len(), false);
                self.open = None;
            }
            RowKind::Heading(depth) => self.heading(row, depth),
            RowKind::Text | RowKind::Item(_) => match under {
                Some(depth) => self.heading(row, depth),
                None => self.text(row),
            },
        }
    }

    fn heading(&mut self, row: &Row<'_>, depth: usize) {
        let words = words_of(row);
        let from = row.at + row.body.len() - words.len();
        let head = head(words, true);
        let to = head.as_ref().map_or(words.len() - unwrapped(words).len(), |h| h.to);
        let trimmed = words.trim_end().trim_end_matches(['#', '*', '_']).trim_end();
        let span = from + to..from + trimmed.len().max(to);
        let numbered = head.is_some();
        if let Some(head) = head {
            self.clause(head, from, Some(depth), span.clone());
        }
        self.begin(BlockKind::Heading(depth), span, numbered);
        self.open = None;
        self.fresh = true;
    }

    fn text(&mut self, row: &Row<'_>) {
        let words = words_of(row);
        let from = row.at + row.body.len() - words.len();
        let item = matches!(row.kind, RowKind::Item(_));
        let head = head(words, false);
        let role = head.as_ref().map_or(Role::Text, |head| self.role(head, row, item));
        let end = row.at + row.body.trim_end().len();
        match (head, role) {
            (Some(head), Role::Clause) => {
                let span = from + head.to..end.max(from + head.to);
                self.clause(head, from, None, span.clone());
                self.begin(BlockKind::Paragraph, span, true);
            }
            (Some(head), Role::Point) => {
                let span = from + head.to..end.max(from + head.to);
                let mark = self.source.slice(from + head.from..span.start).trim().to_owned();
                self.point(mark, from + head.from, span);
            }
            _ if item => {
                let mark = row.body.get(..row.body.len() - words.len()).unwrap_or_default().to_owned();
                let start = from + words.len() - unwrapped(words).len();
                self.point(mark, row.at, start.min(end)..end);
            }
            _ => {
                let span = row.at..end;
                match self.open.and_then(|open| self.out.blocks.get_mut(open)) {
                    Some(block) => block.lines.push(span),
                    None => self.begin(BlockKind::Paragraph, span, false),
                }
            }
        }
        self.fresh = false;
    }

    /// Whether the number at the head of a line outside headings is that of a clause.
    fn role(&self, head: &Head, row: &Row<'_>, item: bool) -> Role {
        let ended = self.line_before_ended();
        let fresh = self.fresh || item || self.open.is_none();
        let rest = words_of(row).get(head.to..).unwrap_or_default();
        let before = self.seen.last.get(&head.series);
        let plausible = before.map_or(head.number.last() == 1, |before| head.number.follows(before));
        if head.style == Style::Roman {
            let title = title_like(rest);
            return if fresh && title && plausible { Role::Clause } else { Role::Text };
        }
        if head.series != Series::Plain {
            return if fresh || ended && plausible { Role::Clause } else { Role::Text };
        }
        if head.number.depth() > 1 {
            let capital =
                rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase() || "«\"“[".contains(c));
            let marked = head.style == Style::Dot || head.style == Style::Parenthesis;
            return match fresh {
                true if marked || capital || plausible => Role::Clause,
                false if ended && plausible && head.style != Style::Parenthesis => Role::Clause,
                _ => Role::Text,
            };
        }
        self.single(head, row, rest, fresh || ended)
    }

    /// The same for a number of one group, which may as well be an entry of a list.
    fn single(&self, head: &Head, row: &Row<'_>, rest: &str, begins: bool) -> Role {
        let in_list = self.open.is_some_and(|open| {
            self.out.blocks.get(open).is_some_and(|b| b.kind == BlockKind::Item || b.opens)
        });
        if !begins && !in_list {
            return Role::Text;
        }
        let list = head.style == Style::Parenthesis;
        let Some(last) = self.out.clauses.last() else {
            return if head.number.last() == 1 || !list { Role::Clause } else { Role::Text };
        };
        if !self.facts.structured {
            let outermost = self.facts.outermost.is_none_or(|i| row.indent < i + 2);
            return if outermost && !(list && self.facts.dotted) { Role::Clause } else { Role::Point };
        }
        let continues = last
            .points
            .last()
            .and_then(|p| head_number(&p.mark))
            .is_some_and(|n| n + 1 == head.number.last());
        let Seen { section, many, worded, in_headings, .. } = self.seen;
        let running = section.map_or(head.number.last() == 1, |(n, _)| n + 1 == head.number.last());
        let restarts = head.number.last() == 1 && last.head.series != Series::Plain && last.points.is_empty();
        if worded && !many && !list && (running || restarts) && !in_headings {
            return Role::Clause;
        }
        let sections = section.is_none_or(|(_, heading)| !heading);
        if running && sections && !list && !continues && title_like(rest) {
            Role::Clause
        } else {
            Role::Point
        }
    }

    /// Whether the line before this one ended a sentence, and not with the stop of an abbreviation.
    fn line_before_ended(&self) -> bool {
        let Some(line) = self.out.blocks.last().and_then(|b| b.lines.last()) else { return true };
        let text = self.source.slice(line.clone()).trim_end_matches(['*', '_', '"', '»', ')', ' ']);
        let word = text.trim_end_matches('.').rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let short = text.ends_with('.') && word.chars().count() <= 2 && !word.is_empty();
        text.ends_with(['.', ';', ':', '!', '?']) && !short
    }

    fn clause(&mut self, head: Head, from: usize, heading: Option<usize>, title: Range<usize>) {
        let at = from + head.from;
        let holders = self.seen.holder.range(..head.series);
        let chapter = holders.map(|(_, index)| *index).max();
        let plain = head.series == Series::Plain;
        let single = head.number.depth() == 1;
        self.seen.last.insert(head.series, head.number.clone());
        if plain && single {
            self.seen.section = Some((head.number.last(), heading.is_some()));
        }
        if !plain {
            self.seen.holder.insert(head.series, self.out.clauses.len());
        }
        self.seen.many |= !single;
        self.seen.worded |= !plain;
        self.seen.in_headings |= plain && heading.is_some();
        self.out.clauses.push(Found { head, at, heading, title, points: Vec::new(), chapter });
    }

    fn point(&mut self, mark: String, at: usize, words: Range<usize>) {
        if let Some(clause) = self.out.clauses.last_mut() {
            clause.points.push(Point { mark, at, words: words.clone() });
        }
        self.begin(BlockKind::Item, words, false);
    }

    fn begin(&mut self, kind: BlockKind, line: Range<usize>, opens: bool) {
        let clause = self.out.clauses.len().checked_sub(1);
        self.out.blocks.push(Block { kind, lines: vec![line], clause, opens });
        self.open = Some(self.out.blocks.len() - 1);
    }
}

fn head_number(mark: &str) -> Option<u16> {
    Number::read(mark.trim_matches(|c: char| !c.is_ascii_digit())).map(|n| n.last())
}

/// Whether words look like the title of a section: few, and no entry of a list.
fn title_like(rest: &str) -> bool {
    let rest = rest.trim_end().trim_end_matches(['*', '_']);
    let letters: Vec<char> = rest.chars().filter(|c| c.is_alphabetic()).collect();
    let shouted = letters.len() > 3 && letters.iter().all(|c| c.is_uppercase());
    !rest.ends_with([';', ',']) && (shouted || rest.split_whitespace().count() <= 8) && !rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        let source = Source::read(text.as_bytes()).unwrap();
        scan(&source)
            .clauses
            .iter()
            .map(|c| {
                let (line, column) = source.place(c.at);
                let points =
                    if c.points.is_empty() { String::new() } else { format!(" +{}", c.points.len()) };
                format!("{}@{line}:{column}{points}", c.head.number)
            })
            .collect()
    }

    #[test]
    fn headings_of_any_depth_and_paragraphs_hold_clauses() {
        let text = "# Title\n\n## 1. A\n\nWords.\n\n##### 1.1. B:\n\n- one;\n- two.\n\n**1.2** Bold\n\n1.3 Bare\n\n\
                    #2 C\n\n3. D\n----\n\n   3.1. Indented\n\n    3.2. More\n";
        assert_eq!(
            numbers(text),
            ["1@3:4", "1.1@7:7 +2", "1.2@12:3", "1.3@14:1", "2@16:2", "3@18:1", "3.1@21:4", "3.2@23:5"]
        );
    }

    #[test]
    fn a_number_at_the_head_of_a_wrapped_line_is_no_clause() {
        let text = "## 1. A\r\n\r\n1.1. Changes hold from\r\n01.09.2025 and under\r\n94-V within\r\n10 days, see clause\r\n\
                    9.4. of the annex, and pay\r\n1.5 million.\r\n1.2. Next.\r\n";
        assert_eq!(numbers(text), ["1@1:4", "1.1@3:1", "1.2@9:1"]);
    }

    #[test]
    fn an_ordered_list_is_a_text_of_clauses_and_lists_within_it_are_points() {
        let text = "Policy\n\n1. First clause is here.\n2. Second:\n   1. a;\n   2. b.\n3. Third:\n   - c\n\n4) odd\n";
        assert_eq!(numbers(text), ["1@3:1", "2@4:1 +2", "3@7:1 +2"]);
        assert_eq!(numbers("1) A b.\n2) C d.\n"), ["1@1:1", "2@2:1"]);
    }

    #[test]
    fn lists_beneath_sections_are_points_whatever_their_numbers() {
        let text = "## 1. A\n\n1. One thing.\n2. Two things.\n\n## 2. B\n\n1) x;\n2) y.\n\na) z\n(b) w\n";
        assert_eq!(numbers(text), ["1@1:4 +2", "2@6:4 +4"]);
        let text = "1. ALL\n\n1.1. List:\n\n1. One;\n2. Two;\n\n2. NEXT\n\n2.1. Words.\n";
        assert_eq!(numbers(text), ["1@1:1", "1.1@3:1 +2", "2@8:1", "2.1@10:1"]);
    }

    #[test]
    fn chapters_and_articles_are_rows_of_their_own() {
        let text = "I. GENERAL\n\n1. We sell.\n\n2. You buy.\n\nII. DATA\n\n3. We keep.\n";
        assert_eq!(numbers(text), ["1@1:1", "1@3:1", "2@5:1", "2@7:1", "3@9:1"]);
        let text =
            "Глава 1. Общее\n\nСтатья 1. Кто мы\n\nСлова.\n\nСтатья 2. Что берём\n\n1) имя;\n2) телефон.\n";
        assert_eq!(numbers(text), ["1@1:1", "1@3:1", "2@7:1 +2"]);
        assert_eq!(numbers("1-тармақ. Сөз.\n\n2-тармақ. Сөз.\n"), ["1@1:1", "2@3:1"]);
    }

    #[test]
    fn what_is_fenced_or_a_table_holds_no_clause() {
        assert_eq!(numbers("```\n1.1. x\n```\n\n| 1.1 | y |\n\n---\n\n1.1. z\n"), ["1.1@9:1"]);
    }
}
