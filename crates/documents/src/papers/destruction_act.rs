//! How is it put on record that data of a person exist no longer?
//!
//! The fields are those of the order of Roskomnadzor No. 179 of 28 October 2022, point 3, the strictest form in use: no Kazakh
//! order names fields for such an act. To them come the three times at which data ended in a system, what stays and why, and
//! the entries of the ledger.

use jiff::Zoned;

use crate::compose::{Composer, each, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Kept, Processor, Request, Signatory, Told};
use crate::sheet::Sheet;

/// An act of destruction.
pub struct DestructionAct {
    /// Number, date, operator.
    pub header: Header,
    /// The request it rests on; none where a term ran out.
    pub request: Option<Request>,
    /// Who processed for the operator.
    pub processors: Vec<Processor>,
    /// Whose data: by default the case and a keyed digest, since the act is kept when the name is not.
    pub persons: Vec<String>,
    /// The categories of the data.
    pub categories: Vec<String>,
    /// Where they lay.
    pub means: Means,
    /// In which way they were destroyed.
    pub method: String,
    /// Why.
    pub reason: String,
    /// When nothing was left of them.
    pub destroyed: Zoned,
    /// What stays, why and until when.
    pub kept: Vec<Kept>,
    /// Who outside was told to destroy what they had got.
    pub told: Vec<Told>,
    /// Who destroyed.
    pub destroyed_by: Signatory,
    /// Who approved, where two have to.
    pub approved_by: Option<Signatory>,
}

/// Where the data lay.
pub enum Means {
    /// In information systems.
    Automated(Electronic),
    /// On carriers such as paper.
    Manual(Vec<Carrier>),
    /// In both.
    Mixed(Electronic, Vec<Carrier>),
}

/// How data ended in information systems.
pub struct Electronic {
    /// The names of the systems.
    pub systems: Vec<String>,
    /// When the data left use.
    pub removed: Zoned,
    /// When their keys were destroyed.
    pub keys_destroyed: Zoned,
    /// From when on no copy can be opened.
    pub copies_ended: Zoned,
    /// How many records there were.
    pub records_before: u64,
    /// How many there are.
    pub records_after: u64,
    /// The entries of the ledger, such as `1/42`.
    pub ledger: Vec<String>,
}

/// A carrier of data.
pub struct Carrier {
    /// What it is.
    pub name: String,
    /// How many sheets it had.
    pub sheets: u32,
}

impl DestructionAct {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::DestructionAct, &self.header, words)?;
        sheet.say(Label::ActOpening, &[]);
        let request = self.request.as_ref().map(|request| {
            let arguments =
                [("number", &*request.number.to_string()), ("moment", &*moment(&request.received))];
            sheet.told(Label::ActRequestOf, &arguments)
        });
        let processors = sheet.processors(&self.processors)?;
        sheet.fields(vec![
            processors,
            each(Label::ActPersons, self.persons.clone()),
            may(Label::ActRequest, request),
            each(Label::ActCategories, self.categories.clone()),
            must(Label::ActMethod, &*self.method),
            must(Label::ActReason, &*self.reason),
            must(Label::ActDestroyed, moment(&self.destroyed)),
        ])?;
        match &self.means {
            Means::Automated(electronic) => self.electronic(&mut sheet, electronic)?,
            Means::Manual(carriers) => manual(&mut sheet, carriers)?,
            Means::Mixed(electronic, carriers) => {
                self.electronic(&mut sheet, electronic)?;
                manual(&mut sheet, carriers)?;
            }
        }
        sheet.kept(&self.kept)?;
        sheet.notified(&self.told)?;
        if let Some(request) = &self.request {
            sheet.in_order(&request.received, &self.destroyed, Label::ActDestroyed)?;
        }
        sheet.in_order(&self.destroyed, &self.destroyed_by.at, Label::SignedAt)?;
        let mut signatures = vec![(Label::SignedDestroyed, &self.destroyed_by)];
        if let Some(second) = &self.approved_by {
            signatures.push((Label::SignedApproved, second));
        }
        sheet.sign(&signatures)?;
        Ok(sheet.finish())
    }

    /// The three times, each after the one before. Only after the last of them are data destroyed and not merely out of use.
    fn electronic(&self, sheet: &mut Composer<'_>, electronic: &Electronic) -> Result<(), Error> {
        sheet.in_order(&electronic.removed, &electronic.keys_destroyed, Label::ActKeys)?;
        sheet.in_order(&electronic.keys_destroyed, &electronic.copies_ended, Label::ActCopies)?;
        sheet.in_order(&electronic.copies_ended, &self.destroyed, Label::ActDestroyed)?;
        sheet.heading(Label::ActElectronic);
        sheet.fields(vec![
            each(Label::ActSystems, electronic.systems.clone()),
            must(Label::ActRemoved, moment(&electronic.removed)),
            must(Label::ActKeys, moment(&electronic.keys_destroyed)),
            must(Label::ActCopies, moment(&electronic.copies_ended)),
            must(Label::ActBefore, electronic.records_before.to_string()),
            must(Label::ActAfter, electronic.records_after.to_string()),
            each(Label::ActLedger, electronic.ledger.clone()),
        ])
    }
}

fn manual(sheet: &mut Composer<'_>, carriers: &[Carrier]) -> Result<(), Error> {
    let rows = carriers.iter().map(|carrier| {
        let sheets = if carrier.sheets == 0 { String::new() } else { carrier.sheets.to_string() };
        vec![must(Label::ActCarrier, &*carrier.name), must(Label::ActSheets, sheets)]
    });
    sheet.table(Label::ActCarriers, rows.collect())
}
