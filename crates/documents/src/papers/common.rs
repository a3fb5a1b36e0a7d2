//! What do the papers have in common: who speaks, about which request, whom one can complain to, and who signs?

use jiff::Zoned;
use jiff::civil::Date;

use crate::compose::{Composer, Fact, any, day, may, moment, must};
use crate::error::Error;
use crate::label::Label;

/// What stands at the head of every paper. Its place in the ledger and its digest come with the mark at the foot.
#[derive(Clone)]
pub struct Header {
    /// The number of the paper. Numbers have no gaps and begin with 1.
    pub number: u64,
    /// The day of its date.
    pub dated: Date,
    /// Who issues it.
    pub operator: Operator,
    /// Under which edition of the policy.
    pub edition: Edition,
    /// Which program wrote it, with its version.
    pub program: String,
}

/// The operator of the policy.
#[derive(Clone)]
pub struct Operator {
    /// The full name.
    pub name: String,
    /// The number in the register: BIN or IIN.
    pub registration: String,
    /// The address.
    pub address: String,
    /// Where letters about personal data go.
    pub contact: String,
}

/// An edition of the policy.
#[derive(Clone)]
pub struct Edition {
    /// Its number, from 1.
    pub number: u32,
    /// Since when it is in force.
    pub since: Date,
}

/// The request that a paper answers or rests on.
#[derive(Clone)]
pub struct Request {
    /// The number in the journal, from 1.
    pub number: u64,
    /// When it was received.
    pub received: Zoned,
    /// What kind of request it is, in words.
    pub kind: String,
    /// By which way it came, in words.
    pub channel: String,
    /// Who asked: a name or another designation.
    pub person: String,
}

/// Somebody who asks for another person. The authority was seen and not copied.
#[derive(Clone)]
pub struct Representative {
    /// What the authority is, in words: a power of attorney, a birth certificate.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// How long it holds.
    pub until: Date,
}

/// A date by which something is owed.
#[derive(Clone)]
pub struct Term {
    /// What is owed.
    pub duty: String,
    /// Its last day.
    pub last_day: Date,
    /// Why this day, in words: the promise or the article.
    pub because: String,
}

/// Somebody outside who had got the data and was told.
#[derive(Clone)]
pub struct Told {
    /// Who.
    pub recipient: String,
    /// When they were told.
    pub at: Zoned,
    /// When they confirmed; nothing until they do.
    pub confirmed: Option<Zoned>,
}

/// Data that stay although the rest goes.
#[derive(Clone)]
pub struct Kept {
    /// Which data, by their categories.
    pub what: String,
    /// On which ground, with its article or contract.
    pub basis: String,
    /// Until when, a day or an event.
    pub until: String,
}

/// Where to complain.
#[derive(Clone)]
pub struct Remedy {
    /// The authority or court.
    pub body: String,
    /// How to reach it.
    pub address: String,
    /// Its page, where it has one.
    pub link: Option<String>,
}

/// Who signs.
#[derive(Clone)]
pub struct Signatory {
    /// The name.
    pub name: String,
    /// The post.
    pub post: String,
    /// The account the deed was done with.
    pub account: String,
    /// When it was signed.
    pub at: Zoned,
}

/// Somebody who processes data for the operator.
#[derive(Clone)]
pub struct Processor {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
}

impl Request {
    /// The facts of a request that every answer repeats.
    pub(crate) fn facts(&self, composer: &Composer<'_>) -> Vec<Fact> {
        vec![
            must(Label::RequestNumber, composer.cited(self.number)),
            must(Label::Received, moment(&self.received)),
            must(Label::Kind, &*self.kind),
            must(Label::Channel, &*self.channel),
            must(Label::Person, &*self.person),
        ]
    }
}

impl Representative {
    /// One line that says what was seen.
    pub(crate) fn line(&self, composer: &Composer<'_>) -> Result<String, Error> {
        if self.kind.trim().is_empty() || self.number.trim().is_empty() {
            return Err(composer.missing(Label::Representative));
        }
        let arguments =
            [("kind", self.kind.as_str()), ("number", self.number.as_str()), ("day", &day(self.until))];
        Ok(composer.told(Label::RepresentativeSeen, &arguments))
    }
}

impl Processor {
    /// Name and address in one line.
    pub(crate) fn line(&self, composer: &Composer<'_>) -> Result<String, Error> {
        if self.name.trim().is_empty() || self.address.trim().is_empty() {
            return Err(composer.missing(Label::Processors));
        }
        Ok(format!("{}, {}", self.name, self.address))
    }
}

impl Composer<'_> {
    /// Which request is answered, and who asked.
    pub(crate) fn answered(
        &mut self,
        request: &Request,
        representative: Option<&Representative>,
    ) -> Result<(), Error> {
        let mut facts = request.facts(self);
        facts.push(self.representative(representative)?);
        self.fields(facts)
    }

    /// Who answered, and not before it was asked.
    pub(crate) fn decided(&mut self, request: &Request, signatory: &Signatory) -> Result<(), Error> {
        self.in_order(&request.received, &signatory.at, Label::SignedAt)?;
        self.sign(&[(Label::SignedAnswered, signatory)])
    }

    /// Which representative asked, or that none did.
    pub(crate) fn representative(&self, representative: Option<&Representative>) -> Result<Fact, Error> {
        let line = representative.map(|representative| representative.line(self)).transpose()?;
        Ok(may(Label::Representative, line))
    }

    /// Who processes for the operator, or that nobody does.
    pub(crate) fn processors(&self, processors: &[Processor]) -> Result<Fact, Error> {
        let lines: Result<Vec<String>, Error> =
            processors.iter().map(|processor| processor.line(self)).collect();
        Ok(any(Label::Processors, lines?))
    }

    /// The dates by which something is owed; there is always one.
    pub(crate) fn terms(&mut self, terms: &[Term]) -> Result<(), Error> {
        let rows = terms.iter().map(|term| {
            vec![
                must(Label::TermDuty, &*term.duty),
                must(Label::TermDay, day(term.last_day)),
                must(Label::TermBecause, &*term.because),
            ]
        });
        self.table(Label::Terms, rows.collect())
    }

    /// Who outside was told, or that nobody had to be.
    pub(crate) fn notified(&mut self, told: &[Told]) -> Result<(), Error> {
        let rows = told.iter().map(|told| {
            vec![
                must(Label::ToldWho, &*told.recipient),
                must(Label::ToldAt, moment(&told.at)),
                must(
                    Label::ToldConfirmed,
                    told.confirmed.as_ref().map_or_else(|| self.word(Label::ToldWaiting), moment),
                ),
            ]
        });
        let rows = rows.collect();
        self.table_or(Label::ToldHeading, Label::ToldNobody, rows)
    }

    /// Which data stay, why and until when, or that none do.
    pub(crate) fn kept(&mut self, kept: &[Kept]) -> Result<(), Error> {
        let rows = kept.iter().map(|kept| {
            vec![
                must(Label::KeptWhat, &*kept.what),
                must(Label::KeptBasis, &*kept.basis),
                must(Label::KeptUntil, &*kept.until),
            ]
        });
        self.table_or(Label::KeptHeading, Label::KeptNothing, rows.collect())
    }

    /// Where to complain; there is always somewhere.
    pub(crate) fn remedies(&mut self, remedies: &[Remedy]) -> Result<(), Error> {
        if remedies.is_empty() {
            return Err(self.missing(Label::RemedyHeading));
        }
        self.heading(Label::RemedyHeading);
        self.say(Label::RemedyRight, &[]);
        for remedy in remedies {
            let address = must(Label::RemedyAddress, &*remedy.address);
            let mut facts = vec![must(Label::RemedyBody, &*remedy.body), address];
            if let Some(link) = &remedy.link {
                facts.push(must(Label::RemedyPage, &**link).leading(link));
            }
            self.fields(facts)?;
        }
        Ok(())
    }
}
