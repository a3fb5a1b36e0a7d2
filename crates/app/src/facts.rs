//! Who is meant, and what is known of them before anything is decided?

use saqta_domain::rules::may_repurpose::may_repurpose;
use saqta_domain::terms::kind::{KindFault, Plain};
use saqta_domain::terms::names::{AttributeName, CompartmentName, PurposeName};
use saqta_domain::terms::purpose::Purpose;
use saqta_store::recall::Known;
use saqta_store::vault::Record;

use crate::act::Who;
use crate::error::Error;
use crate::instance::{App, View};

impl App {
    /// The record a purpose looks at for somebody; nothing, when the purpose is unknown or nobody is found.
    pub(crate) async fn facts(
        &self,
        view: &View,
        purpose: &PurposeName,
        who: &Who,
    ) -> Result<Option<Record>, Error> {
        let Some(purpose) = view.version.policy.purpose(purpose) else { return Ok(None) };
        recognises(view, purpose, who)?;
        let found = self.facts_in(view, &purpose.compartment, who).await?;
        Ok(found.filter(|record| serves(view, purpose, who, record)))
    }

    /// The same without the values of somebody who is named, as long as nobody asks for them: a decision needs none.
    pub(crate) async fn outline(
        &self,
        view: &View,
        purpose: &PurposeName,
        who: &Who,
    ) -> Result<Option<Record>, Error> {
        match (view.version.policy.purpose(purpose), who) {
            (Some(purpose), Who::Subject(id)) => {
                Ok(self.vault.outline(&purpose.compartment, *id, view.ahead()).await?)
            }
            _ => self.facts(view, purpose, who).await,
        }
    }

    /// The same for a look, which may be at a record that was read before.
    pub(crate) async fn facts_for_look(
        &self,
        view: &View,
        purpose: &PurposeName,
        who: &Who,
    ) -> Result<Option<Known>, Error> {
        let Some(purpose) = view.version.policy.purpose(purpose) else { return Ok(None) };
        recognises(view, purpose, who)?;
        let compartment = &purpose.compartment;
        let found = match who {
            Who::Subject(id) => self.vault.recall(compartment, *id, view.ahead()).await?,
            Who::Identifier { attribute, value } => {
                let value = sought(view, attribute, value)?;
                self.vault.recall_by(compartment, attribute, &value, view.ahead()).await?
            }
        };
        let Some(found) = found else { return Ok(None) };
        if serves(view, purpose, who, &found) {
            return Ok(Some(found));
        }
        if found.is_remembered() {
            self.vault.forget(found.pseudonym());
            return Ok(self.facts(view, &purpose.name, who).await?.map(Known::from));
        }
        Ok(None)
    }

    /// The record of somebody in a compartment.
    pub(crate) async fn facts_in(
        &self,
        view: &View,
        compartment: &CompartmentName,
        who: &Who,
    ) -> Result<Option<Record>, Error> {
        match who {
            Who::Subject(id) => Ok(self.vault.record_ahead(compartment, *id, view.ahead()).await?),
            Who::Identifier { attribute, value } => {
                let value = sought(view, attribute, value)?;
                Ok(self.vault.find(compartment, attribute, &value, view.ahead()).await?)
            }
        }
    }

    /// Checks and normalises values; those of unknown attributes are left to the gate, which refuses them.
    pub(crate) fn normalise(
        &self,
        view: &View,
        raw: &[(AttributeName, String)],
    ) -> Result<Vec<(AttributeName, Plain)>, Error> {
        let mut values = Vec::with_capacity(raw.len());
        for (attribute, text) in raw {
            let kind = view.version.policy.attribute(attribute).map(|a| a.kind);
            let fault = |fault: KindFault| Error::Value { attribute: attribute.clone(), fault };
            if let Some(kind) = kind {
                values.push((attribute.clone(), kind.normalise(text).map_err(fault)?));
            }
        }
        Ok(values)
    }
}

/// Refuses to recognise anybody by a value that the purpose has no use for (clause 5.5).
fn recognises(view: &View, purpose: &Purpose, who: &Who) -> Result<(), Error> {
    if let Who::Identifier { attribute, .. } = who
        && view.version.policy.attribute(attribute).is_some_and(|a| a.findable)
        && !purpose.uses(attribute)
    {
        return Err(Error::Malformed("attribute_not_of_purpose"));
    }
    Ok(())
}

/// Whether the record may be found for the purpose by what the caller named.
fn serves(view: &View, purpose: &Purpose, who: &Who, record: &Record) -> bool {
    match who {
        Who::Subject(_) => true,
        Who::Identifier { attribute, .. } => {
            may_repurpose(&view.situation(), purpose, record.standing(), attribute).is_ok()
        }
    }
}

/// A value by which somebody is looked for, as it is kept.
pub(crate) fn sought(view: &View, attribute: &AttributeName, value: &str) -> Result<Plain, Error> {
    let Some(declared) = view.version.policy.attribute(attribute).filter(|a| a.findable) else {
        return Err(Error::Malformed("attribute_not_findable"));
    };
    declared.kind.normalise(value).map_err(|fault| Error::Value { attribute: attribute.clone(), fault })
}
