//! How is it shown that somebody consented: to which words, when, where, and who asked about it since?

use jiff::Zoned;

use crate::compose::{Composer, any, each, may, moment, must};
use crate::error::Error;
use crate::label::{Label, Wording};
use crate::papers::Paper;
use crate::papers::common::{Header, Signatory};
use crate::sheet::Sheet;

/// A certificate of a consent, with what article 8(4) of the Kazakh law has every consent say.
pub struct ConsentCertificate {
    /// Number, date, operator.
    pub header: Header,
    /// Who consented: a name or another designation.
    pub person: String,
    /// Who consented for them, where somebody did.
    pub given_by: Option<String>,
    /// The purposes.
    pub purposes: Vec<String>,
    /// The data.
    pub data: Vec<String>,
    /// What may be done with them.
    pub actions: Vec<String>,
    /// Third persons who may get them.
    pub third_persons: Vec<String>,
    /// Countries they may go to.
    pub abroad: Vec<String>,
    /// Where they may be made public.
    pub public: Vec<String>,
    /// How long it holds.
    pub until: String,
    /// How it can be withdrawn.
    pub withdrawal: String,
    /// The words that were shown, all of them.
    pub shown: String,
    /// The version of those words.
    pub version: String,
    /// Their SHA-256.
    pub digest: String,
    /// In which language they were shown.
    pub language: String,
    /// When consent was given.
    pub given: Zoned,
    /// On which page or paper.
    pub place: String,
    /// By which deed: a box ticked by the person, a signature.
    pub deed: String,
    /// What shows it: the entry of the ledger, the receipt.
    pub evidence: Vec<String>,
    /// Whether it holds now.
    pub state: ConsentState,
    /// Who asked the gate about it, the latest where there are too many for a paper.
    pub asked: Vec<Enquiry>,
    /// How many asked before those.
    pub asked_before: u64,
    /// Who certifies.
    pub signed: Signatory,
}

/// Whether a consent holds.
pub enum ConsentState {
    /// It holds.
    Holds,
    /// It was withdrawn.
    Withdrawn(Zoned),
    /// Its term is over.
    Expired(Zoned),
    /// Its term runs, and it does not cover what is done since this version of the policy.
    Outgrown(u32),
}

/// A question to the gate whether the consent covers a deed.
pub struct Enquiry {
    /// The id of the decision.
    pub decision: String,
    /// Who asked.
    pub who: String,
    /// When it was asked.
    pub at: Zoned,
    /// What was answered.
    pub answer: String,
}

impl ConsentCertificate {
    /// The sheet, or what it lacks.
    pub fn sheet(&self, words: &dyn Wording) -> Result<Sheet, Error> {
        let mut sheet = Composer::begin(Paper::ConsentCertificate, &self.header, words)?;
        let state = match &self.state {
            ConsentState::Holds => sheet.told(Label::ConsentHolds, &[("moment", &moment(&self.signed.at))]),
            ConsentState::Withdrawn(at) => {
                sheet.in_order(&self.given, at, Label::ConsentState)?;
                sheet.told(Label::ConsentWithdrawn, &[("moment", &moment(at))])
            }
            ConsentState::Expired(at) => {
                sheet.in_order(&self.given, at, Label::ConsentState)?;
                sheet.told(Label::ConsentExpired, &[("moment", &moment(at))])
            }
            ConsentState::Outgrown(version) => {
                sheet.told(Label::ConsentOutgrown, &[("version", &version.to_string())])
            }
        };
        sheet.fields(vec![
            must(Label::ConsentPerson, &*self.person),
            may(Label::ConsentGivenBy, self.given_by.clone()),
            must(Label::ConsentState, state),
            must(Label::ConsentGiven, moment(&self.given)),
            must(Label::ConsentPlace, &*self.place),
            must(Label::ConsentDeed, &*self.deed),
            each(Label::ConsentEvidence, self.evidence.clone()),
        ])?;
        sheet.heading(Label::ConsentCovers);
        sheet.fields(vec![
            each(Label::ConsentPurposes, self.purposes.clone()),
            each(Label::ConsentData, self.data.clone()),
            each(Label::ConsentActions, self.actions.clone()),
            any(Label::ConsentThirdPersons, self.third_persons.clone()),
            any(Label::ConsentAbroad, self.abroad.clone()),
            any(Label::ConsentPublic, self.public.clone()),
            must(Label::ConsentUntil, &*self.until),
            must(Label::ConsentWithdrawal, &*self.withdrawal),
        ])?;
        sheet.tell(Label::ConsentShown, &self.shown)?;
        sheet.fields(vec![
            must(Label::ConsentVersion, &*self.version),
            must(Label::ConsentDigest, &*self.digest),
            must(Label::ConsentLanguage, &*self.language),
        ])?;
        let asked = self.asked.iter().map(|enquiry| {
            vec![
                must(Label::EnquiryDecision, &*enquiry.decision),
                must(Label::EnquiryWho, &*enquiry.who),
                must(Label::EnquiryAt, moment(&enquiry.at)),
                must(Label::EnquiryAnswer, &*enquiry.answer),
            ]
        });
        sheet.table_or(Label::Enquiries, Label::EnquiriesNone, asked.collect())?;
        if self.asked_before > 0 {
            sheet.say(Label::EnquiriesEarlier, &[("count", &self.asked_before.to_string())]);
        }
        sheet.in_order(&self.given, &self.signed.at, Label::SignedAt)?;
        sheet.sign(&[(Label::SignedCertified, &self.signed)])?;
        Ok(sheet.finish())
    }
}
