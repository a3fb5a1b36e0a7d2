//! Whom does a contact lead to, and what is held of somebody in all compartments together?
//!
//! Only the person's own request may bring compartments together (clause 5.3). The same is looked for whether or not anybody is
//! found, in every compartment and under every findable attribute of the contact's kind, so that neither answer nor time tells.

use std::collections::BTreeSet;

use saqta_domain::terms::age::{SPEAKS_FOR_THEMSELVES, age_on};
use saqta_domain::terms::attribute::About;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::request::Applicant;
use saqta_domain::terms::request::course::Request;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::vault::Record;

use super::RequestFault;
use super::record::{Contact, Particulars};
use crate::error::Error;
use crate::instance::{App, View};

/// The longest contact that is looked at.
const LONGEST: usize = 254;

impl Contact {
    /// An e-mail address or a telephone number, in the one spelling in which it is kept.
    pub fn read(text: &str) -> Result<Self, RequestFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(RequestFault::ContactMissing);
        }
        if text.len() > LONGEST {
            return Err(RequestFault::ContactMalformed);
        }
        let kind = if text.contains('@') { Kind::Email } else { Kind::Phone };
        let plain = kind.normalise(text).map_err(|_| RequestFault::ContactMalformed)?;
        let value = String::from_utf8(plain.to_be_sealed().to_vec());
        let value = value.map_err(|_| RequestFault::ContactMalformed)?;
        Ok(Self { kind: kind.as_str().to_owned(), value })
    }

    /// Whether it is an e-mail address.
    pub fn is_email(&self) -> bool {
        self.kind == Kind::Email.as_str()
    }

    /// The contact as somebody is shown it who knows it already.
    pub fn masked(&self) -> String {
        Kind::from_word(&self.kind).map_or_else(String::new, |kind| kind.mask(&self.value))
    }
}

impl App {
    /// Everybody who is on file under a contact, in whatever compartment.
    pub(crate) async fn persons_under(
        &self,
        view: &View,
        contact: &Contact,
    ) -> Result<BTreeSet<SubjectId>, Error> {
        let policy = &view.version.policy;
        let kind = Kind::from_word(&contact.kind).ok_or(Error::Unreadable)?;
        let plain = kind.normalise(&contact.value).map_err(|_| Error::Unreadable)?;
        let attributes: Vec<AttributeName> = policy
            .attributes
            .values()
            // What tells of somebody else does not lead to the person.
            .filter(|attribute| {
                attribute.findable && attribute.kind == kind && attribute.about == About::Subject
            })
            .map(|attribute| attribute.name.clone())
            .collect();
        let mut found = BTreeSet::new();
        for compartment in self.every_compartment() {
            for attribute in &attributes {
                let record = self.vault.find(&compartment, attribute, &plain, None).await?;
                found.extend(record.map(|record| record.standing().id));
            }
        }
        Ok(found)
    }

    /// All that is held of these persons, compartment by compartment.
    pub(crate) async fn records_of(&self, persons: &[SubjectId]) -> Result<Vec<Record>, Error> {
        let mut records = Vec::new();
        for compartment in self.every_compartment() {
            for person in persons {
                records.extend(self.vault.record(&compartment, *person).await?);
            }
        }
        Ok(records)
    }

    /// The compartments of every version: data may lie in one that the policy in force names no more.
    pub(crate) fn every_compartment(&self) -> BTreeSet<CompartmentName> {
        self.versions()
            .iter()
            .flat_map(|v| v.policy.compartments().into_iter().cloned().collect::<Vec<_>>())
            .collect()
    }

    /// Whether the person is a child whom somebody else has to speak for (Civil Code, articles 22 and 23).
    pub(super) async fn asks_alone_as_a_child(
        &self,
        view: &View,
        request: &Request,
        particulars: &Particulars,
    ) -> Result<bool, Error> {
        if request.by != Applicant::Subject {
            return Ok(false);
        }
        let age = self.youngest(view, &particulars.persons()?).await?;
        Ok(age.is_some_and(|age| age < SPEAKS_FOR_THEMSELVES))
    }

    /// The age of the youngest of these persons of whom a date of birth is held.
    pub(super) async fn youngest(&self, view: &View, persons: &[SubjectId]) -> Result<Option<u8>, Error> {
        let mut youngest: Option<u8> = None;
        let zone = self.yardstick(view.now, view.now)?.zone();
        let today = view.now.to_zoned(zone).date();
        for record in self.records_of(persons).await? {
            let born = record.birth_date()?;
            let age = born.map(|born| age_on(born, today));
            youngest = [youngest, age].into_iter().flatten().min();
        }
        Ok(youngest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_or_a_number_in_one_spelling() {
        let read = |text: &str| Contact::read(text).map(|c| (c.kind.clone(), c.value.clone()));
        assert_eq!(read(" +7 700 000 00 01 "), Ok(("phone".into(), "+77000000001".into())));
        assert_eq!(read("8 700 000 00 01"), Ok(("phone".into(), "+77000000001".into())));
        let (kind, value) = read("Aliya@Mail.example").unwrap();
        assert_eq!((kind.as_str(), value.to_lowercase().as_str()), ("email", "aliya@mail.example"));
        assert_eq!(read("  "), Err(RequestFault::ContactMissing));
        for bad in ["aliya", "aliya@", "12", &format!("{}@mail.example", "a".repeat(300))] {
            assert_eq!(read(bad), Err(RequestFault::ContactMalformed), "{bad}");
        }
    }

    #[test]
    fn a_masked_contact_does_not_tell_the_whole() {
        let contact = Contact::read("aliya@mail.example").unwrap();
        assert!(!contact.masked().contains("aliya"), "{}", contact.masked());
    }
}
