//! How does a person get a published policy, an answer or an act on paper?
//!
//! A version never changes, so neither does its print. It is set in type when somebody first asks, one document at a time so
//! that printing never takes all processors, and the last prints are kept in memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use saqta_documents::frame::{Day, Frame, Language as Tongue};
use saqta_documents::label::{Label, Wording};
use saqta_documents::policy::{Clause, Particular, PolicyDocument, policy_pdf};
use saqta_documents::sheet::{Mark, Sheet};
use saqta_documents::sheet_pdf::sheet_pdf;
use saqta_documents::text;
use saqta_domain::terms::names::Language;
use saqta_policy::texts::Document;
use saqta_policy::texts::blocks::{Block, Span};
use saqta_policy::wording::Words;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::instance::{App, Version};

/// How many prints are kept. One of the example has about a hundred kilobytes.
const KEPT: usize = 24;

/// Which print it is: version, language, and the address it names.
type Print = (u32, Language, String);

/// Where documents are set in type.
pub(crate) struct Printing {
    turn: Arc<Semaphore>,
    kept: Mutex<VecDeque<(Print, Arc<[u8]>)>>,
}

impl Default for Printing {
    fn default() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), kept: Mutex::default() }
    }
}

impl Printing {
    fn known(&self, print: &Print) -> Option<Arc<[u8]>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == print).map(|(_, bytes)| Arc::clone(bytes))
    }

    fn keep(&self, print: Print, bytes: &Arc<[u8]>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(KEPT.saturating_sub(1));
        kept.push_front((print, Arc::clone(bytes)));
    }
}

impl App {
    /// A published version in one language as PDF/A, which names the address it can be read at. [`Error::NotFound`] where
    /// there is no such version, or none in that language.
    pub async fn policy_pdf(
        &self,
        version: u32,
        language: Language,
        address: &str,
    ) -> Result<Arc<[u8]>, Error> {
        let published = self.versions().into_iter().find(|v| v.policy.version == version);
        let published = published.ok_or(Error::NotFound)?;
        let print = (version, language, address.to_owned());
        if let Some(bytes) = self.printing.known(&print) {
            return Ok(bytes);
        }
        let turn = Arc::clone(&self.printing.turn).acquire_owned().await.map_err(|_| Error::Busy)?;
        // Whoever had the turn before may have printed the same.
        if let Some(bytes) = self.printing.known(&print) {
            return Ok(bytes);
        }
        // Composed only when it is its turn: whoever waits holds nothing.
        let texts = Arc::clone(&published.texts);
        let text = texts.document(language).ok_or(Error::NotFound)?;
        let day = self.first_day(&published)?;
        let document = composed(&published, text, &self.words, language, day, address);
        let printed = tokio::task::spawn_blocking(move || {
            // Held inside, so that the turn ends with the work and not with a caller who hangs up.
            let _turn = turn;
            policy_pdf(&document)
        });
        let bytes: Arc<[u8]> = printed.await.map_err(|_| Error::Unreadable)??.into();
        self.printing.keep(print, &bytes);
        Ok(bytes)
    }

    /// A sheet as PDF/A, with its place in the ledger at the foot. Prints of sheets are not kept: they hold data of people.
    pub async fn sheet_pdf(&self, sheet: Sheet, mark: Mark) -> Result<Vec<u8>, Error> {
        let turn = Arc::clone(&self.printing.turn).acquire_owned().await.map_err(|_| Error::Busy)?;
        let printed = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            sheet_pdf(&sheet, &mark)
        });
        Ok(printed.await.map_err(|_| Error::Unreadable)??)
    }

    /// The words of papers in one language.
    pub fn wording(&self, language: Language) -> impl Wording + '_ {
        Spoken { words: &self.words, language }
    }

    /// The day on which a version came into force, where its first law counts days.
    fn first_day(&self, version: &Version) -> Result<Date, Error> {
        let state = self.state.load();
        let first = version.policy.jurisdictions.first();
        let pack = state.packs.iter().find(|pack| Some(&pack.name) == first).ok_or(Error::NoPolicy)?;
        Ok(version.policy.effective_from.to_zoned(pack.zone().clone()).date())
    }
}

fn composed(
    version: &Version,
    document: &Document,
    words: &Words,
    language: Language,
    day: Date,
    address: &str,
) -> PolicyDocument {
    let operator = &version.policy.operator;
    let number = version.policy.version.to_string();
    let written = format!("{:02}.{:02}.{}", day.day(), day.month(), day.year());
    let told = |key: &str| words.told(key, language, &[("version", &number), ("day", &written)]);
    let line = |key: &str, value: &str, link: Option<String>| Particular {
        label: words.word(key, language).into(),
        value: value.into(),
        link: link.and_then(|to| text::Link::read(&to)),
    };
    let particulars = vec![
        line("page-operator", operator.name.in_language(language), None),
        line("page-bin", &operator.bin, None),
        line("page-address", operator.address.in_language(language), None),
        line("page-email", &operator.email, Some(format!("mailto:{}", operator.email))),
        line("page-version", &told("document-policy-version"), None),
        line("document-published-at", address, Some(address.to_owned())),
    ];
    let clauses = document.clauses.iter().map(|clause| Clause {
        number: clause.number.as_str().into(),
        heading: clause.heading.as_deref().map(Into::into),
        blocks: clause.blocks().into_iter().map(block).collect(),
    });
    PolicyDocument {
        frame: Frame {
            language: tongue(language),
            title: document.title.as_str().into(),
            author: operator.name.in_language(language).into(),
            dated: Day { year: day.year(), month: day.month(), day: day.day() },
            foot: told("document-policy-foot").into(),
            page: words.told("document-page", language, &[("page", "{page}"), ("pages", "{pages}")]).into(),
            mark_label: told("document-policy-mark").into(),
            mark: HEXLOWER.encode(&version.policy.digest).into(),
        },
        particulars,
        opening: document.opening_blocks().into_iter().map(block).collect(),
        contents: words.word("page-contents", language).into(),
        clauses: clauses.collect(),
    }
}

fn tongue(language: Language) -> Tongue {
    match language {
        Language::Kazakh => Tongue::Kazakh,
        Language::Russian => Tongue::Russian,
        Language::English => Tongue::English,
    }
}

/// Says the words of papers.
struct Spoken<'a> {
    words: &'a Words,
    language: Language,
}

impl Wording for Spoken<'_> {
    fn language(&self) -> Tongue {
        tongue(self.language)
    }

    fn told(&self, label: Label, arguments: &[(&str, &str)]) -> String {
        self.words.told(label.key(), self.language, arguments)
    }
}

fn block(block: Block) -> text::Block {
    let blocks = |parts: Vec<Block>| parts.into_iter().map(self::block).collect::<Vec<_>>();
    match block {
        Block::Paragraph(parts) => text::Block::Paragraph { spans: spans(parts) },
        Block::Heading(parts) => text::Block::Heading { spans: spans(parts) },
        Block::List { first, items } => text::Block::List {
            first: first.map(|n| u32::try_from(n).unwrap_or(u32::MAX)),
            items: items.into_iter().map(blocks).collect(),
        },
        Block::Quote(parts) => text::Block::Quote { blocks: blocks(parts) },
        Block::Code(lines) => text::Block::Code { lines: lines.into_iter().map(Into::into).collect() },
        Block::Table { header, rows } => text::Block::Table {
            header: header.into_iter().map(spans).collect(),
            rows: rows.into_iter().map(|row| row.into_iter().map(spans).collect()).collect(),
        },
        Block::Rule => text::Block::Rule,
    }
}

fn spans(parts: Vec<Span>) -> Vec<text::Span> {
    let span = |part| match part {
        Span::Words { text: words, form, link } => text::Span::Words {
            text: words.into(),
            strong: form.strong,
            emphasis: form.emphasis,
            code: form.code,
            link: link.as_deref().and_then(text::Link::read),
        },
        Span::Break => text::Span::Break,
    };
    parts.into_iter().map(span).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ENGLISH: &str = include_str!("../../policy/src/words/en/papers.ftl");

    #[test]
    fn every_word_of_papers_is_said_in_every_language() {
        let words = Words::new().unwrap();
        for language in Language::ALL {
            let spoken = Spoken { words: &words, language };
            for label in Label::ALL {
                let said = spoken.told(*label, &[]);
                assert!(said != label.key() && !said.trim().is_empty(), "{label} {language:?}");
            }
        }
    }

    #[test]
    fn no_word_of_papers_is_written_that_no_paper_says() {
        let written: BTreeSet<&str> =
            ENGLISH.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
        let said: BTreeSet<&str> = Label::ALL.iter().map(|label| label.key()).collect();
        assert_eq!(written, said);
    }
}
