//! How do rows become files for spreadsheets in which no word of anybody becomes a command?
//!
//! A spreadsheet takes a cell of a text file that begins with `=`, `+`, `-` or `@` for a formula, and a formula can send what
//! stands beside it to somebody. In the text file such a cell gets an apostrophe before it; in the workbook every cell is
//! written as a text, which no program computes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::error::Error;
use crate::frame::Day;

/// The most rows a workbook can have below its head.
const MOST_ROWS: usize = 1_048_575;
/// The most characters a cell can have.
const LONGEST_CELL: usize = 32_767;

/// Rows under their names.
pub struct Rows {
    /// What the rows are.
    pub(crate) title: String,
    /// The day of their date.
    pub(crate) dated: Day,
    /// The names of the columns.
    pub(crate) header: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Rows {
    /// The rows as text: UTF-8 with its mark, which tells spreadsheets the encoding, commas between cells and quotes around
    /// each (RFC 4180).
    pub fn csv(&self) -> Result<Vec<u8>, Error> {
        let mut writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::Always)
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(|_| Error::Rows)?;
        }
        writer.into_inner().map_err(|_| Error::Rows)
    }

    /// The rows as a workbook with one sheet, its head fixed and every cell a text. The same rows give the same bytes.
    pub fn xlsx(&self) -> Result<Vec<u8>, Error> {
        crate::text::limited(self.rows.len(), MOST_ROWS, "rows")?;
        for cell in self.rows.iter().flatten() {
            crate::text::limited(cell.encode_utf16().count(), LONGEST_CELL, "letters in a cell")?;
        }
        self.workbook().map_err(|_| Error::Rows)
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // Without a date of our own the workbook would bear the hour at which it was written.
        let year = u16::try_from(self.dated.year).unwrap_or(1900);
        let [month, day] = [self.dated.month, self.dated.day].map(|part| u8::try_from(part).unwrap_or(1));
        let dated = ExcelDateTime::from_ymd(year, month, day)?;
        workbook.set_properties(&DocProperties::new().set_title(&self.title).set_creation_datetime(&dated));
        let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        // Marked as quoted, so that a text stays one when somebody edits the cell.
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_quote_prefix();
        let sheet = workbook.add_worksheet();
        for (name, column) in self.header.iter().zip(0_u16..) {
            sheet.write_string_with_format(0, column, name, &bold)?;
            sheet.set_column_width(column, 24)?;
        }
        for (cells, row) in self.rows.iter().zip(1_u32..) {
            for (cell, column) in cells.iter().zip(0_u16..) {
                sheet.write_string_with_format(row, column, cell, &plain)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        workbook.save_to_buffer()
    }
}

/// A cell that no spreadsheet takes for a formula. Spaces before the sign do not stop every program, and neither do the wide
/// forms of the signs.
fn harmless(cell: &str) -> String {
    let first = cell.trim_start().chars().next();
    let formula = first
        .is_some_and(|sign| matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%'));
    if formula { format!("'{cell}") } else { cell.to_owned() }
}
