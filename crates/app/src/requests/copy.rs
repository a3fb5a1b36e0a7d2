//! How does a person take the copy they asked for home in one file (clause 4.1)?
//!
//! The data for programs and the same in print lie side by side, under a manifest that names the digest of each.

use saqta_documents::papers::Paper;
use saqta_documents::sheet::Sheet;

use super::holder::{COPY, mark};
use super::pack::Packing;
use crate::error::Error;
use crate::instance::App;

/// The same in print.
const PRINT: &str = "copy.pdf";

impl App {
    /// The copy as a ZIP, while it can be fetched.
    pub async fn copy_zip(&self, secret: &str) -> Result<Vec<u8>, Error> {
        let (open, data) = (self.by_secret(secret).await?, self.copy_of(secret).await?);
        let mut packing = Packing::new();
        let what = self.words.word("portal-copy-json", open.request.language);
        packing.add(COPY, what, data.to_vec());
        let papers = self.vault.papers(&open.case).await?;
        let mut answers = papers.iter().rev().filter_map(|kept| Some((Sheet::read(&kept.sheet).ok()?, kept)));
        if let Some((sheet, kept)) = answers.find(|(sheet, _)| sheet.paper() == Paper::AccessAnswer) {
            let what = sheet.title().to_owned();
            let print = self.sheet_pdf(sheet, mark(kept)?).await?;
            packing.add(PRINT, what, print);
        }
        packing.zip("copy", open.request.number.0, self.now().to_string())
    }
}
