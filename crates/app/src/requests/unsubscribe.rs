//! How does one click in an advertisement end all of them (clause 4.1; RFC 8058)?
//!
//! The shop puts the address that came with the permission to write into its letters. What it carries is sealed under a key of the
//! installation: nobody reads a person's id from it, nor makes one up for somebody else. It holds as long as the installation
//! does, for letters are opened years later. Pressing it is an objection like any other, with a number and an answer. Where there is
//! nothing left to end nothing is filed, and the answer is the same: whether somebody is on file is told to nobody.

use data_encoding::BASE64URL_NOPAD;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Intake, Matter, Objection};
use saqta_domain::terms::subject::SubjectId;
use saqta_seal::index::InstanceKey;

use super::effects::is_marketing;
use super::file::Filing;
use super::identity::applicant;
use crate::act::store;
use crate::error::Error;
use crate::instance::App;

/// What a token is sealed for.
const TOKEN: &[u8] = b"unsubscribe";

impl App {
    /// The address by which a person ends all advertising, for the header `List-Unsubscribe` of a letter to them.
    pub fn unsubscribe_address(&self, subject: SubjectId, language: Language) -> Result<String, Error> {
        let sealed = self.unsubscribing()?.seal(TOKEN, subject.bytes()).map_err(store)?;
        let token = BASE64URL_NOPAD.encode(&sealed);
        Ok(self.address(&format!("/my/{}/unsubscribe/{token}", language.tag())))
    }

    fn unsubscribing(&self) -> Result<InstanceKey, Error> {
        self.vault.keyring().custody().derive_instance("unsubscribe").map_err(store)
    }

    /// Whose token it is, if we gave it away.
    fn unsubscriber(&self, token: &str) -> Result<SubjectId, Error> {
        let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| Error::LinkOver)?;
        let opened = self.unsubscribing()?.open(TOKEN, &sealed).map_err(|_| Error::LinkOver)?;
        opened.as_slice().try_into().map(SubjectId::new).map_err(|_| Error::LinkOver)
    }

    /// Whether we gave that token away.
    pub fn knows_unsubscribe(&self, token: &str) -> Result<(), Error> {
        self.unsubscriber(token).map(drop)
    }

    /// Ends all advertising to the person of that token.
    pub async fn unsubscribe(&self, token: &str, language: Language) -> Result<(), Error> {
        let subject = self.unsubscriber(token)?;
        let view = self.view().await?;
        let mut agreed = false;
        for record in self.records_of(&[subject]).await? {
            let standing = record.standing();
            let purposes = standing.consents.iter().map(|consent| &consent.purpose);
            agreed |= purposes
                .filter(|purpose| is_marketing(&view, purpose))
                .any(|purpose| standing.consents_in_force(purpose, view.now).next().is_some());
        }
        if !agreed {
            return Ok(());
        }
        let filing = Filing {
            subject: Some(subject),
            ..Filing::new(Matter::Objection(Objection::Marketing), Intake::Portal, language)
        };
        self.file_request(&applicant(language), &filing).await.map(drop)
    }
}
