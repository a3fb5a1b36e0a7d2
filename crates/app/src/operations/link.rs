//! Join what is known of an anonymous visitor with the customer the visitor turned out to be (clauses 1.1, 1.2, 5.3).
//!
//! The visitor's record goes over into the customer's, in the visitor's compartment, and ends.

use saqta_domain::rules::may_link::may_link;
use saqta_domain::rules::must_destroy::Ending;
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::destruction::Shred;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Drafted, Entry, Receipt, Who, settle};
use crate::error::Error;
use crate::instance::App;

/// Which two records.
pub struct Link {
    /// The visitor.
    pub visitor: SubjectId,
    /// The customer.
    pub customer: SubjectId,
    /// The purpose the visitor is known under.
    pub from: PurposeName,
    /// The purpose that stands on its ground for the customer.
    pub to: PurposeName,
}

impl App {
    /// Joins, or refuses.
    pub async fn link(&self, caller: &Caller, request: &Link) -> Result<Done<()>, Error> {
        if let Some(done) = self.before(caller).await? {
            self.resume_destructions().await?;
            return Ok(done);
        }
        let (done, shreds) = match settle!(self.link_once(caller, request)) {
            Err(error) => return self.taken(caller, error).await,
            Ok(settled) => settled,
        };
        self.shred(caller, &shreds).await?;
        Ok(done)
    }

    async fn link_once(
        &self,
        caller: &Caller,
        request: &Link,
    ) -> Result<(Done<()>, Vec<(Shred, Receipt)>), Error> {
        if request.visitor == request.customer {
            return Err(Error::Malformed("same_subject"));
        }
        let view = self.view_for(caller).await?;
        let situation = view.situation();
        let visitor = self.facts(&view, &request.from, &Who::Subject(request.visitor)).await?;
        let customer = self.facts(&view, &request.to, &Who::Subject(request.customer)).await?;
        let compartment = visitor.as_ref().map(|v| v.compartment().clone());
        let known = match &compartment {
            Some(compartment) => self.vault.record_ahead(compartment, request.customer, view.ahead()).await?,
            None => None,
        };
        let ask = |visitor: Option<&Record>| {
            may_link(
                &situation,
                &caller.actor,
                &request.from,
                &request.to,
                visitor.map(Record::standing),
                customer.as_ref().map(Record::standing),
                known.as_ref().map(Record::standing),
            )
        };
        let (joins, gives_up) = match (ask(visitor.as_ref()), ask(visitor.as_ref())) {
            (Ok(joins), Ok(gives_up)) => (joins, gives_up),
            (Err(refusal), _) | (_, Err(refusal)) => {
                return Err(self
                    .refuse(caller, &view, Operation::Systematisation, refusal, visitor.as_ref())
                    .await);
            }
        };
        let (visitor, customer) = (visitor.ok_or(Error::NotFound)?, customer.ok_or(Error::NotFound)?);
        if self.vault.has_documents(&visitor).await? {
            return Err(Error::Malformed("visitor_has_documents"));
        }
        let mine = match known {
            Some(record) => record,
            None => self.vault.fresh(visitor.compartment(), request.customer, view.now)?,
        };
        let entry = Entry::permitted(Operation::Systematisation, &joins).detail("linked");
        let ended = Entry::permitted(Operation::Erasure, &gives_up).detail("linked");
        let mut draft = Draft::new(&self.vault, mine, &view.version.findable);
        draft.absorb(joins, &visitor, view.now)?;
        let ending = Ending::everything_of(visitor.standing());
        let mut leaving = Draft::new(&self.vault, visitor, &view.version.findable);
        leaving.give_up(gives_up, &ending, view.now)?;
        // The visitor's digests must be free before the customer takes them.
        let drafted =
            vec![Drafted { draft: leaving, entries: vec![ended] }, Drafted { draft, entries: vec![entry] }];
        // Where both purposes lie in one compartment, the customer's own change is guarded already.
        let apart = customer.compartment() != compartment.as_ref().unwrap_or(customer.compartment());
        let guard = if apart { vec![customer.unchanged()] } else { Vec::new() };
        let committed = self.commit(caller, &view, drafted, guard, &()).await?;
        Ok((Done { receipt: committed.receipt, outcome: () }, committed.shreds))
    }
}
