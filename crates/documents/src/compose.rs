//! How does a kind of paper become a sheet, and what happens when something that must stand in it is empty?
//!
//! Each kind lists what stands in it by these few functions. Whatever is added by [`must`] or [`each`] is mandatory: when it is
//! empty there is no sheet, only [`Error::Missing`] with the name of the field. What may truly be nothing is added by [`may`]
//! or [`any`], and the paper then says in words that there is nothing, so that no reader wonders whether it was forgotten.

use jiff::Zoned;
use jiff::civil::Date;

use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Signatory};
use crate::rows::Rows;
use crate::sheet::{Cell, FORMAT, Field, Part, Sheet, Signed};
use crate::text::{Link, Text};

/// A sheet in the making.
pub(crate) struct Composer<'a> {
    words: &'a dyn Wording,
    sheet: Sheet,
}

/// A fact for a field or a cell, not yet checked.
pub(crate) struct Fact {
    label: Label,
    lines: Vec<String>,
    mandatory: bool,
    link: Option<String>,
}

/// A fact that must be there.
pub(crate) fn must(label: Label, text: impl Into<String>) -> Fact {
    Fact { label, lines: vec![text.into()], mandatory: true, link: None }
}

/// A list that must have entries, none of them empty.
pub(crate) fn each(label: Label, texts: impl IntoIterator<Item = String>) -> Fact {
    Fact { label, lines: texts.into_iter().collect(), mandatory: true, link: None }
}

/// A fact that may be nothing, which is then said.
pub(crate) fn may(label: Label, text: Option<String>) -> Fact {
    any(label, text)
}

/// A list that may be empty, which is then said.
pub(crate) fn any(label: Label, texts: impl IntoIterator<Item = String>) -> Fact {
    Fact { label, lines: texts.into_iter().collect(), mandatory: false, link: None }
}

impl Fact {
    /// The same fact, leading somewhere.
    pub(crate) fn leading(mut self, to: &str) -> Self {
        self.link = matches!(Link::read(to), Some(Link::Address(_))).then(|| to.to_owned());
        self
    }
}

impl<'a> Composer<'a> {
    /// Begins a paper with its title, its header and its foot.
    pub(crate) fn begin(paper: Paper, header: &Header, words: &'a dyn Wording) -> Result<Self, Error> {
        let number = header.number.to_string();
        let day = day(header.dated);
        let title = shown(&words.told(paper.title(), &[("number", &number)]));
        let foot = words.told(Label::Foot, &[("title", &title), ("day", &day)]);
        let mut composer = Self {
            words,
            sheet: Sheet {
                format: FORMAT,
                paper,
                language: words.language(),
                number: header.number,
                dated: header.dated.into(),
                title,
                author: shown(&header.operator.name),
                foot: shown(&foot),
                page: words.told(Label::Page, &[("page", "{page}"), ("pages", "{pages}")]),
                mark: words.told(Label::Mark, &[("log", "{log}"), ("index", "{index}")]),
                wide: false,
                head: Vec::new(),
                parts: Vec::new(),
            },
        };
        let given = if header.number == 0 { String::new() } else { number };
        let edition =
            [("number", &*header.edition.number.to_string()), ("day", &*self::day(header.edition.since))];
        let edition =
            if header.edition.number == 0 { String::new() } else { words.told(Label::EditionOf, &edition) };
        composer.sheet.head = composer.checked(vec![
            must(Label::Number, given),
            must(Label::Dated, day),
            must(Label::Operator, &*header.operator.name),
            must(Label::Registration, &*header.operator.registration),
            must(Label::OperatorAddress, &*header.operator.address),
            must(Label::OperatorContact, &*header.operator.contact),
            must(Label::Edition, edition),
            must(Label::Language, composer.word(Label::LanguageName)),
            must(Label::Program, &*header.program),
        ])?;
        Ok(composer)
    }

    /// Turns the page on its long side.
    pub(crate) fn widen(&mut self) {
        self.sheet.wide = true;
    }

    /// A heading.
    pub(crate) fn heading(&mut self, label: Label) {
        let words = self.word(label);
        self.sheet.parts.push(Part::Heading { words });
    }

    /// A sentence of ours.
    pub(crate) fn say(&mut self, label: Label, arguments: &[(&str, &str)]) {
        let words = shown(&self.words.told(label, arguments));
        self.sheet.parts.push(Part::Paragraph { words });
    }

    /// A text from outside that must be there, paragraph by paragraph, under a heading that names it.
    pub(crate) fn tell(&mut self, label: Label, text: &str) -> Result<(), Error> {
        let paragraphs: Vec<String> = text.lines().map(shown).filter(|line| !blank(line)).collect();
        if paragraphs.is_empty() {
            return Err(self.missing(label));
        }
        self.heading(label);
        self.sheet.parts.extend(paragraphs.into_iter().map(|words| Part::Paragraph { words }));
        Ok(())
    }

    /// A list that must have entries, under a heading that names it.
    pub(crate) fn list(&mut self, label: Label, items: &[String]) -> Result<(), Error> {
        let items: Vec<String> = items.iter().map(|item| shown(item)).collect();
        if items.is_empty() || items.iter().any(|item| blank(item)) {
            return Err(self.missing(label));
        }
        self.heading(label);
        self.sheet.parts.push(Part::List { items });
        Ok(())
    }

    /// Facts with their names.
    pub(crate) fn fields(&mut self, facts: Vec<Fact>) -> Result<(), Error> {
        let fields = self.checked(facts)?;
        self.sheet.parts.push(Part::Fields { fields });
        Ok(())
    }

    /// A table under its heading, which must have rows. Each row names its columns by the labels of its facts.
    pub(crate) fn table(&mut self, title: Label, rows: Vec<Vec<Fact>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Err(self.missing(title));
        }
        let header = rows.first().into_iter().flatten().map(|fact| self.word(fact.label)).collect();
        let rows: Result<Vec<Vec<Cell>>, Error> = rows
            .into_iter()
            .map(|row| Ok(self.checked(row)?.into_iter().map(|field| field.lines).collect()))
            .collect();
        let title = self.word(title);
        self.sheet.parts.push(Part::Table { title, header, rows: rows? });
        Ok(())
    }

    /// A table that may have no rows; then a sentence says so.
    pub(crate) fn table_or(
        &mut self,
        title: Label,
        otherwise: Label,
        rows: Vec<Vec<Fact>>,
    ) -> Result<(), Error> {
        if !rows.is_empty() {
            return self.table(title, rows);
        }
        self.heading(title);
        self.say(otherwise, &[]);
        Ok(())
    }

    /// A table in which several facts of a row share a column: so many of them under each name.
    pub(crate) fn grouped(
        &mut self,
        title: Label,
        otherwise: Label,
        groups: &[(Label, usize)],
        rows: Vec<Vec<Fact>>,
    ) -> Result<(), Error> {
        if rows.is_empty() {
            return self.table_or(title, otherwise, rows);
        }
        let mut table = Vec::new();
        for row in rows {
            let mut fields = self.checked(row)?.into_iter();
            let cell = |(_, many): &(Label, usize)| {
                let named = |(index, field): (usize, Field)| {
                    let label = field.label;
                    let name = move |line: String| if index == 0 { line } else { format!("{label}: {line}") };
                    field.lines.into_iter().map(name).collect::<Vec<_>>()
                };
                fields.by_ref().take(*many).enumerate().flat_map(named).collect::<Cell>()
            };
            table.push(groups.iter().map(cell).collect());
        }
        let header = groups.iter().map(|(label, _)| self.word(*label)).collect();
        let title = self.word(title);
        self.sheet.parts.push(Part::Table { title, header, rows: table });
        Ok(())
    }

    /// Checked rows for a file of rows.
    pub(crate) fn rows(self, columns: &[Label], rows: Vec<Vec<Fact>>) -> Result<Rows, Error> {
        let mut lines = Vec::new();
        for row in rows {
            lines.push(self.checked(row)?.into_iter().map(|field| field.lines.join("; ")).collect());
        }
        let header = columns.iter().map(|label| self.word(*label)).collect();
        Ok(Rows { title: self.sheet.title, dated: self.sheet.dated, header, rows: lines })
    }

    /// Who signed. There must be somebody, and each with name, post and account.
    pub(crate) fn sign(&mut self, signatories: &[(Label, &Signatory)]) -> Result<(), Error> {
        let Some(_) = signatories.first() else { return Err(self.missing(Label::Signed)) };
        let mut signatures = Vec::new();
        for (role, signatory) in signatories {
            let lines = self.checked(vec![
                must(Label::SignedName, &*signatory.name),
                must(Label::SignedPost, &*signatory.post),
                must(Label::SignedAccount, &*signatory.account),
                must(Label::SignedAt, moment(&signatory.at)),
            ])?;
            let lines = lines.into_iter().map(|field| format!("{}: {}", field.label, field.lines.join(", ")));
            signatures.push(Signed { role: self.word(*role), lines: lines.collect() });
        }
        let ink = self.word(Label::SignedInk);
        self.sheet.parts.push(Part::Signatures { ink, signatures });
        Ok(())
    }

    /// Refuses a paper in which something happened before what it follows.
    pub(crate) fn in_order(&self, earlier: &Zoned, later: &Zoned, field: Label) -> Result<(), Error> {
        if earlier <= later { Ok(()) } else { Err(self.contradicted(field)) }
    }

    /// That two facts cannot both be true.
    pub(crate) fn contradicted(&self, field: Label) -> Error {
        Error::Contradiction { paper: self.sheet.paper, field }
    }

    /// The number of a request or a paper as it is cited; nothing for a number that was never given.
    pub(crate) fn cited(&self, number: u64) -> String {
        if number == 0 {
            String::new()
        } else {
            self.told(Label::RequestCited, &[("number", &number.to_string())])
        }
    }

    /// A word of ours.
    pub(crate) fn word(&self, label: Label) -> String {
        shown(&self.words.told(label, &[]))
    }

    /// A sentence of ours for a field or a cell.
    pub(crate) fn told(&self, label: Label, arguments: &[(&str, &str)]) -> String {
        self.words.told(label, arguments)
    }

    /// That something mandatory is empty.
    pub(crate) fn missing(&self, field: Label) -> Error {
        Error::Missing { paper: self.sheet.paper, field }
    }

    /// The sheet.
    pub(crate) fn finish(self) -> Sheet {
        self.sheet
    }

    fn checked(&self, facts: Vec<Fact>) -> Result<Vec<Field>, Error> {
        facts.into_iter().map(|fact| self.field(fact)).collect()
    }

    fn field(&self, fact: Fact) -> Result<Field, Error> {
        let lines: Vec<String> = fact.lines.iter().map(|line| shown(line)).collect();
        let empty = lines.is_empty() || lines.iter().any(|line| blank(line));
        if empty && fact.mandatory {
            return Err(self.missing(fact.label));
        }
        let lines: Vec<String> = lines.into_iter().filter(|line| !blank(line)).collect();
        let lines = if lines.is_empty() { vec![self.word(Label::Nothing)] } else { lines };
        Ok(Field { label: self.word(fact.label), lines, link: fact.link })
    }
}

/// What can be read of a text, with nothing in it that hides or turns letters.
pub(crate) fn shown(text: &str) -> String {
    Text::from(text).undivided()
}

/// Whether there is nothing to read. A line of spaces is nothing.
fn blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// A day as it stands on paper in all three languages.
pub(crate) fn day(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// A moment with its offset, so that two papers can be laid side by side.
pub(crate) fn moment(at: &Zoned) -> String {
    format!("{} {:02}:{:02} ({})", day(at.date()), at.hour(), at.minute(), offset(at))
}

/// A moment to the second, for rows whose order matters.
pub(crate) fn instant(at: &Zoned) -> String {
    format!("{} {:02}:{:02}:{:02} ({})", day(at.date()), at.hour(), at.minute(), at.second(), offset(at))
}

fn offset(at: &Zoned) -> String {
    let minutes = at.offset().seconds() / 60;
    let (hours, rest) = ((minutes / 60).abs(), (minutes % 60).abs());
    let sign = if minutes < 0 { '−' } else { '+' };
    if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") }
}
