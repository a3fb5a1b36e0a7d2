//! How is a published policy printed?

use std::collections::BTreeSet;

use serde::Serialize;

use crate::error::Error;
use crate::frame::Frame;
use crate::press::print;
use crate::text::{Block, Link, Measure, Text, limited};

const MOST_CLAUSES: usize = 1_000;
const LONGEST_LINE: usize = 1_000;
const DEEPEST_HEADING: usize = 3;

/// A published policy in one language.
#[derive(Clone, Debug)]
pub struct PolicyDocument {
    /// Title, language and foot.
    pub frame: Frame,
    /// What stands under the title: who speaks, which version, since when, where it is published.
    pub particulars: Vec<Particular>,
    /// What stands before the first clause.
    pub opening: Vec<Block>,
    /// The heading of the table of contents.
    pub contents: Text,
    /// The clauses in the order of the text.
    pub clauses: Vec<Clause>,
}

/// One line under the title.
#[derive(Clone, Debug, Serialize)]
pub struct Particular {
    /// What it tells.
    pub label: Text,
    /// The telling.
    pub value: Text,
    /// Where it leads.
    pub link: Option<Link>,
}

/// One clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its number, without a full stop at its end.
    pub number: Text,
    /// Its heading, where it has one.
    pub heading: Option<Text>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The policy as PDF/A-2a. The same policy gives the same bytes; one that is too large for the press gives
/// [`Error::TooLarge`] and costs nothing.
pub fn policy_pdf(document: &PolicyDocument) -> Result<Vec<u8>, Error> {
    measure(document)?;
    let identity = format!("policy {:?} {}", document.frame.language, document.frame.mark.as_str());
    print("policy.typ", &laid_out(document), identity)
}

fn measure(document: &PolicyDocument) -> Result<(), Error> {
    let frame = &document.frame;
    let mut measure = Measure::default();
    limited(document.clauses.len(), MOST_CLAUSES, "clauses")?;
    limited(document.particulars.len(), MOST_CLAUSES, "particulars")?;
    for line in [&frame.title, &frame.author, &frame.foot, &frame.page, &frame.mark_label, &frame.mark] {
        limited(line.as_str().len(), LONGEST_LINE, "bytes in a line of the frame")?;
    }
    for particular in &document.particulars {
        measure.text(&particular.label)?;
        measure.text(&particular.value)?;
    }
    measure.blocks(&document.opening)?;
    for clause in &document.clauses {
        for line in std::iter::once(&clause.number).chain(&clause.heading) {
            limited(line.as_str().len(), LONGEST_LINE, "bytes in a heading")?;
            measure.text(line)?;
        }
        measure.blocks(&clause.blocks)?;
    }
    Ok(())
}

/// What the template reads.
#[derive(Serialize)]
struct Layout<'a> {
    frame: &'a Frame,
    particulars: &'a [Particular],
    opening: &'a [Block],
    contents: &'a Text,
    clauses: Vec<LaidOut<'a>>,
    /// The numbers that links can lead to.
    targets: BTreeSet<&'a str>,
}

#[derive(Serialize)]
struct LaidOut<'a> {
    number: &'a Text,
    heading: Option<&'a Text>,
    /// How deep its heading lies. No level is left out, or readers that speak lose their way.
    level: usize,
    /// Whether links to this number lead here: only to the first clause of a number.
    target: bool,
    blocks: &'a [Block],
}

fn laid_out(document: &PolicyDocument) -> Layout<'_> {
    let mut targets = BTreeSet::new();
    let mut above: usize = 0;
    let mut clauses = Vec::with_capacity(document.clauses.len());
    for clause in &document.clauses {
        let number = clause.number.as_str();
        let dots = number.matches('.').count();
        let level = dots.saturating_add(1).min(above.saturating_add(1)).min(DEEPEST_HEADING);
        // One without words would be an empty line among the bookmarks.
        let heading = clause.heading.as_ref().filter(|heading| !heading.as_str().trim().is_empty());
        if heading.is_some() {
            above = level;
        }
        clauses.push(LaidOut {
            number: &clause.number,
            heading,
            level,
            target: targets.insert(number),
            blocks: &clause.blocks,
        });
    }
    Layout {
        frame: &document.frame,
        particulars: &document.particulars,
        opening: &document.opening,
        contents: &document.contents,
        clauses,
        targets,
    }
}
