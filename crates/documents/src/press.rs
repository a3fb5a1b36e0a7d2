//! How does a template with its data become the bytes of a file, always the same ones?

use std::sync::LazyLock;

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::error::Error;

/// The templates by their names. A template can import these files and no others.
const TEMPLATES: [(&str, &str); 4] = [
    ("frame.typ", include_str!("templates/frame.typ")),
    ("blocks.typ", include_str!("templates/blocks.typ")),
    ("policy.typ", include_str!("templates/policy.typ")),
    ("sheet.typ", include_str!("templates/sheet.typ")),
];

/// Under this name a template finds its data.
const DATA: &str = "data.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A serif for reading, a sans for headings, letters of one width for digests. All three know every letter of Kazakh.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [
        dejavu::serif_condensed::regular(),
        dejavu::serif_condensed::bold(),
        dejavu::serif_condensed::italic(),
        dejavu::serif_condensed::bold_italic(),
        dejavu::sans_condensed::regular(),
        dejavu::sans_condensed::bold(),
        dejavu::sans_mono::regular(),
    ]
    .into_iter()
    .filter_map(|face| Font::new(Bytes::new(face), 0))
    .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Parsed once. The typesetter keeps every file id for ever, so there are no others than these.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    TEMPLATES
        .iter()
        .filter_map(|(name, text)| Some(Source::new(file_id(name)?, (*text).to_owned())))
        .collect()
});

fn file_id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

/// Whether a letter has a shape in every face. A sign over a letter is lost where only another face has it.
pub(crate) fn has_glyph(letter: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
}

/// Prints a template with its data as PDF/A-2a, tagged for readers that speak. The identity names the document among others
/// and is the same each time it is printed; the time of printing is absent.
pub(crate) fn print(
    template: &'static str,
    data: &impl Serialize,
    identity: String,
) -> Result<Vec<u8>, Error> {
    let lost = || Error::Template { at: template.to_owned() };
    let press = Press {
        main: file_id(template).ok_or_else(lost)?,
        data_id: file_id(DATA).ok_or_else(lost)?,
        data: Bytes::new(serde_json::to_vec(data)?),
    };
    let _forgetting = Forgetting;
    let pages: PagedDocument = typst::compile(&press).output.map_err(|found| press.failed(&found))?;
    let options = PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some("Saqta".to_owned())),
        timestamp: None,
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|_| Error::Export)?,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&pages, &options).map_err(|found| {
        tell(&found);
        Error::Export
    })
}

/// The typesetter remembers what it computed, words of documents among it. What is printed is forgotten, also after a failure.
struct Forgetting;

impl Drop for Forgetting {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

/// The whole world of a template.
struct Press {
    main: FileId,
    data_id: FileId,
    data: Bytes,
}

impl Press {
    /// Where a template failed. What the typesetter says about it may repeat words of the document, and is told in tests only.
    fn failed(&self, found: &[SourceDiagnostic]) -> Error {
        tell(found);
        let at = found.first().and_then(|first| {
            let range = self.range(first.span)?;
            let id = first.span.id()?;
            let line = self.source(id).ok()?.lines().byte_to_line(range.start)?;
            Some(format!("{}:{}", id.vpath().get_without_slash(), line.saturating_add(1)))
        });
        Error::Template { at: at.unwrap_or_else(|| self.main.vpath().get_without_slash().to_owned()) }
    }
}

#[cfg(not(test))]
fn tell(_: &[SourceDiagnostic]) {}

#[cfg(test)]
fn tell(found: &[SourceDiagnostic]) {
    eprintln!("{found:#?}");
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
