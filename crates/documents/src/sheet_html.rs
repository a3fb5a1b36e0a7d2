//! How does a sheet become a page that is read on a screen?
//!
//! It says the same as the print, from the same sheet. Every word is escaped by the template engine; there is no program in it,
//! and nothing is fetched from anywhere.

use askama::Template;

use crate::error::Error;
use crate::frame::Language;
use crate::sheet::{Mark, Part, Sheet};

/// How the page looks. It stands inside the page so that the page can be kept as one file; whoever serves it under a strict
/// policy for contents allows this text by its digest.
pub const STYLE: &str = include_str!("templates/sheet.css");

/// The sheet as a whole page.
pub fn sheet_html(sheet: &Sheet, mark: &Mark) -> Result<String, Error> {
    mark.checked()?;
    Ok(Page { style: STYLE, sheet, language: tag(sheet.language), place: mark.told(&sheet.mark), mark }
        .render()?)
}

/// The sheet without a page around it, for pages that have their own.
pub fn sheet_article(sheet: &Sheet, mark: &Mark) -> Result<String, Error> {
    mark.checked()?;
    Ok(Article { sheet, language: tag(sheet.language), place: mark.told(&sheet.mark), mark }.render()?)
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    style: &'static str,
    sheet: &'a Sheet,
    language: &'static str,
    place: String,
    mark: &'a Mark,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct Article<'a> {
    sheet: &'a Sheet,
    language: &'static str,
    place: String,
    mark: &'a Mark,
}

fn tag(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "kk",
        Language::Russian => "ru",
        Language::English => "en",
    }
}
