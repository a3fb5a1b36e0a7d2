//! What does somebody get who asked what is held about them?
//!
//! Nothing of another person may stand in it: whoever fills it masks what is another's, and each such place is listed with its
//! reason.

use jiff::Zoned;

use crate::compose::{Composer, any, each, instant, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Processor, Remedy, Representative, Request, Signatory};
use crate::sheet::Sheet;

/// The answer to a request for access.
pub struct AccessAnswer {
    /// Number, date, operator.
    pub header: Header,
    /// The request.
    pub request: Request,
    /// Who asked for the person, where it was somebody else.
    pub representative: Option<Representative>,
    /// Whether there are data at all.
    pub holding: Holding,
    /// What was left out because it is about somebody else.
    pub masked: Vec<Masked>,
    /// Where to complain.
    pub remedies: Vec<Remedy>,
    /// Who answers.
    pub signed: Signatory,
}

/// Whether there are data.
pub enum Holding {
    /// There are none, or none that can be shown to be this person's.
    Nothing {
        /// What would help to find them.
        help: String,
    },
    /// There are.
    Data(Box<Held>),
}

/// What is held and what happens to it.
#[derive(Clone)]
pub struct Held {
    /// Why, on which ground, and until when.
    pub purposes: Vec<PurposeHeld>,
    /// In which ways the data are processed.
    pub methods: Vec<String>,
    /// Where they are kept.
    pub place: String,
    /// The data with their sources.
    pub data: Vec<Datum>,
    /// Whose work lets them see the data, by role.
    pub access: Vec<String>,
    /// Who outside got data.
    pub recipients: Vec<Recipient>,
    /// Who processes for the operator.
    pub processors: Vec<Processor>,
    /// Transfers abroad that were made or are meant.
    pub abroad: Vec<String>,
    /// What protects the data.
    pub measures: Vec<String>,
    /// Every operation on the data.
    pub operations: Vec<Operation>,
}

/// A purpose.
#[derive(Clone)]
pub struct PurposeHeld {
    /// The purpose, in words.
    pub purpose: String,
    /// Its ground.
    pub basis: String,
    /// How long data are kept for it.
    pub until: String,
}

/// One value.
#[derive(Clone)]
pub struct Datum {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: String,
    /// Who gave it.
    pub source: String,
    /// Since when it is held.
    pub since: Zoned,
}

/// Somebody outside who got data.
#[derive(Clone)]
pub struct Recipient {
    /// Who.
    pub name: String,
    /// In which country.
    pub country: String,
    /// Which data.
    pub what: String,
    /// Why.
    pub purpose: String,
    /// When.
    pub at: Zoned,
}

/// One operation on the data, as the ledger has it.
#[derive(Clone)]
pub struct Operation {
    /// When.
    pub at: Zoned,
    /// Which operation, in words.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// Why.
    pub purpose: String,
    /// The entry of the ledger.
    pub place: String,
}

/// Something left out.
pub struct Masked {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

impl AccessAnswer {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::AccessAnswer, &self.header, words)?;
        sheet.answered(&self.request, self.representative.as_ref())?;
        match &self.holding {
            Holding::Nothing { help } => {
                sheet.say(Label::AccessNothing, &[]);
                sheet.tell(Label::AccessHelp, help)?;
            }
            Holding::Data(held) => held.compose(&mut sheet)?,
        }
        let masked = self
            .masked
            .iter()
            .map(|masked| vec![must(Label::MaskedWhat, &*masked.what), must(Label::MaskedWhy, &*masked.why)]);
        sheet.table_or(Label::Masked, Label::MaskedNothing, masked.collect())?;
        sheet.heading(Label::AccessRights);
        sheet.say(Label::AccessRightsAre, &[]);
        sheet.say(Label::AccessFree, &[]);
        sheet.remedies(&self.remedies)?;
        sheet.decided(&self.request, &self.signed)?;
        Ok(sheet.finish())
    }
}

impl Held {
    fn compose(&self, sheet: &mut Composer<'_>) -> Result<(), Error> {
        sheet.say(Label::AccessConfirmed, &[]);
        let purposes = self.purposes.iter().map(|purpose| {
            vec![
                must(Label::HeldPurpose, &*purpose.purpose),
                must(Label::HeldBasis, &*purpose.basis),
                must(Label::HeldUntil, &*purpose.until),
            ]
        });
        sheet.table(Label::HeldPurposes, purposes.collect())?;
        let processors = sheet.processors(&self.processors)?;
        sheet.fields(vec![
            each(Label::HeldMethods, self.methods.clone()),
            must(Label::HeldPlace, &*self.place),
            each(Label::HeldAccess, self.access.clone()),
            processors,
            any(Label::HeldAbroad, self.abroad.clone()),
            each(Label::HeldMeasures, self.measures.clone()),
        ])?;
        let data = self.data.iter().map(|datum| {
            vec![
                must(Label::DatumLabel, &*datum.label),
                may(Label::DatumValue, Some(datum.value.clone())),
                must(Label::DatumSource, &*datum.source),
                must(Label::DatumSince, moment(&datum.since)),
            ]
        });
        sheet.table(Label::HeldData, data.collect())?;
        let recipients = self.recipients.iter().map(|recipient| {
            vec![
                must(Label::RecipientName, &*recipient.name),
                must(Label::RecipientCountry, &*recipient.country),
                must(Label::RecipientWhat, &*recipient.what),
                must(Label::RecipientPurpose, &*recipient.purpose),
                must(Label::RecipientAt, moment(&recipient.at)),
            ]
        });
        sheet.table_or(Label::HeldRecipients, Label::ToldNobody, recipients.collect())?;
        let operations = self.operations.iter().map(|operation| {
            vec![
                must(Label::RowAt, instant(&operation.at)),
                must(Label::RowWhat, &*operation.what),
                must(Label::RowWho, &*operation.who),
                must(Label::RowPurpose, &*operation.purpose),
                must(Label::RowPlace, &*operation.place),
            ]
        });
        sheet.table(Label::HeldOperations, operations.collect())
    }
}
