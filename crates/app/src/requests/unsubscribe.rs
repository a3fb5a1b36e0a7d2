//! How does one click in an advertisement end all of them (clause 4.1; RFC 8058)?
//!
//! The shop puts the address that came with the permission to write into its letters. It carries the person's id and proof that we
//! gave it away, so nobody makes one up for somebody else; it holds as long as the installation does, for letters are opened years
//! later. Pressing it is an objection like any other, with a number and an answer. Where there is nothing left to end nothing is
//! filed, and the answer is the same: whether somebody is on file is told to nobody.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use data_encoding::BASE64URL_NOPAD;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Intake, Matter, Objection};
use saqta_domain::terms::subject::SubjectId;

use super::effects::is_marketing;
use super::file::Filing;
use super::identity::applicant;
use crate::error::Error;
use crate::instance::App;

/// How many bytes of a token are the id.
const ID: usize = 16;

/// How many bytes prove that it is ours.
const PROOF: usize = 16;

impl App {
    /// The address by which a person ends all advertising, for the header `List-Unsubscribe` of a letter to them.
    pub fn unsubscribe_address(&self, subject: SubjectId, language: Language) -> String {
        let mut token = subject.bytes().to_vec();
        token.extend(self.unsubscribe_proof(subject));
        self.address(&format!("/my/{}/unsubscribe/{}", language.tag(), BASE64URL_NOPAD.encode(&token)))
    }

    fn unsubscribe_proof(&self, subject: SubjectId) -> Vec<u8> {
        let digest = self.registry.unsubscribe_digest(subject.bytes());
        digest.into_iter().take(PROOF).collect()
    }

    /// Whose token it is.
    fn unsubscriber(&self, token: &str) -> Option<SubjectId> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let (id, proof) = bytes.split_at_checked(ID)?;
        let subject = SubjectId::new(id.try_into().ok()?);
        verify_slices_are_equal(&self.unsubscribe_proof(subject), proof).ok()?;
        Some(subject)
    }

    /// Whether we gave that token away.
    pub fn knows_unsubscribe(&self, token: &str) -> Result<(), Error> {
        self.unsubscriber(token).map(drop).ok_or(Error::LinkOver)
    }

    /// Ends all advertising to the person of that token.
    pub async fn unsubscribe(&self, token: &str, language: Language) -> Result<(), Error> {
        let subject = self.unsubscriber(token).ok_or(Error::LinkOver)?;
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
