//! Do the operations hang together, without HTTP between?

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use saqta_app::act::{Caller, Channel, Who};
use saqta_app::error::Error;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::operations::collect::{Collect, Part};
use saqta_app::operations::destroy::End;
use saqta_app::operations::list::List;
use saqta_app::operations::retrieve::Retrieve;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_policy::folder::Folder;
use saqta_store::testing::Faults;

fn caller(actor: Actor) -> Caller {
    Caller {
        actor: actor.into(),
        channel: Channel::Cli,
        language: Language::English,
        idempotency: None,
        ahead: Default::default(),
    }
}

fn clerk() -> Caller {
    let scope = Scope {
        purposes: ["order", "delivery", "site_visit"].iter().map(|p| PurposeName::new(p).unwrap()).collect(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("7 of 2026-01-12".into()),
    };
    caller(Actor::Key { id: "clerk".into(), scope })
}

fn attribute(name: &str) -> AttributeName {
    AttributeName::new(name).unwrap()
}

async fn phone(app: &App, subject: SubjectId) -> Result<String, Error> {
    let request = Retrieve {
        who: Who::Subject(subject),
        purpose: PurposeName::new("order").unwrap(),
        attributes: [attribute("phone")].into(),
    };
    let done = app.retrieve(&clerk(), &request).await?;
    Ok(done.outcome.values[&attribute("phone")].reveal(&done.outcome.permit).to_owned())
}

async fn open(place: &Path, clock: Clock, faults: Faults) -> App {
    let location = Location { data: place.to_owned(), postgres: None, root_key: None, faults };
    let app = App::open(location, clock, Limits::default()).await.unwrap();
    let folder = Folder::read(Path::new("../../examples/autoshop")).unwrap();
    app.publish(&caller(Actor::System("test")), folder, "The director").await.unwrap();
    app
}

async fn customer(app: &App, number: u32) -> SubjectId {
    let part = Part {
        purpose: PurposeName::new("order").unwrap(),
        reference: format!("A-{number}"),
        source: Source::Subject,
        values: vec![
            (attribute("full_name"), "Айгерим Сапарова".into()),
            (attribute("phone"), format!("8 700 000 01 {number:02}")),
            (attribute("email"), format!("aigerim{number}@mail.example")),
        ],
        answers: vec![],
    };
    let done = app.collect(&clerk(), &Collect { subject: None, parts: vec![part] }).await.unwrap();
    SubjectId::from_hex(&done.outcome.subject).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_comes_is_read_found_again_and_refused_an_early_end() {
    let place = tempfile::tempdir().unwrap();
    let clock =
        Arc::new(AtomicI64::new("2026-03-02T04:00:00Z".parse::<Timestamp>().unwrap().as_microsecond()));
    let hands = Arc::clone(&clock);
    let clock = Clock::new(move || Timestamp::from_microsecond(hands.load(Ordering::SeqCst)).unwrap());
    let app = open(place.path(), clock, Faults::default()).await;
    let subject = customer(&app, 2).await;
    assert_eq!(phone(&app, subject).await.unwrap(), "+77000000102");
    let order = PurposeName::new("order").unwrap();
    let found = app.look_up(&clerk(), &order, &attribute("email"), "aigerim2@MAIL.example").await.unwrap();
    assert_eq!(found.outcome, subject);
    let refused = app.destroy(&clerk(), &Who::Subject(subject), &order, End::Destroy).await.unwrap_err();
    let Error::Refused(refused) = refused else { panic!("{refused}") };
    assert_eq!(refused.refusal.code.as_str(), "still_needed");
    let decisions = app.decisions_about(&clerk(), &Who::Subject(subject), &order, None, 200).await.unwrap();
    let decision = app.decision(&clerk(), decisions.last().unwrap().receipt).await.unwrap();
    assert_eq!(
        (decision.leaf.operation.as_str(), decision.leaf.clause.as_deref()),
        ("collection", Some("6.4"))
    );
    let turned = app.turn_epoch(|_, _| {}).await.unwrap();
    assert_eq!(turned.rewrapped, 1);
    assert_eq!(phone(&app, subject).await.unwrap(), "+77000000102");
    app.close().await;
}

/// How often each step of the store was reached.
#[derive(Clone, Default)]
struct Counted {
    read: Arc<AtomicI64>,
    committed: Arc<AtomicI64>,
}

impl Counted {
    fn hook(&self) -> Faults {
        let counted = self.clone();
        Faults::at(move |step| {
            match step {
                "read" => drop(counted.read.fetch_add(1, Ordering::SeqCst)),
                "commit:before" => drop(counted.committed.fetch_add(1, Ordering::SeqCst)),
                _ => {}
            }
            Ok(())
        })
    }

    fn now(&self) -> (i64, i64) {
        (self.read.load(Ordering::SeqCst), self.committed.load(Ordering::SeqCst))
    }
}

fn noon() -> Clock {
    Clock::new(|| "2026-03-02T07:00:00Z".parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_decisions_costs_as_many_statements_as_one_decision() {
    let (place, counted) = (tempfile::tempdir().unwrap(), Counted::default());
    let app = open(place.path(), noon(), counted.hook()).await;
    let subject = customer(&app, 1).await;
    for _ in 0..99 {
        phone(&app, subject).await.unwrap();
    }
    let order = PurposeName::new("order").unwrap();
    let statements = async |limit: u32| {
        let before = counted.now().0;
        let found = app.decisions_about(&clerk(), &Who::Subject(subject), &order, None, limit).await.unwrap();
        assert_eq!(found.len(), usize::try_from(limit).unwrap());
        counted.now().0 - before
    };
    let one = statements(1).await;
    assert!(one > 0);
    assert_eq!(statements(100).await, one);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_persons_is_one_commit_and_a_leaf_for_each() {
    let (place, counted) = (tempfile::tempdir().unwrap(), Counted::default());
    let app = open(place.path(), noon(), counted.hook()).await;
    let mut subjects = Vec::new();
    for number in 0..20 {
        subjects.push(customer(&app, number).await);
    }
    let order = PurposeName::new("order").unwrap();
    let request =
        List { purpose: order.clone(), attributes: [attribute("phone")].into(), after: None, limit: 20 };
    let (_, before) = counted.now();
    let page = app.list(&clerk(), &request).await.unwrap();
    assert_eq!((page.persons.len(), page.refused), (20, 0));
    assert_eq!(counted.now().1 - before, 1);
    let mut receipts = BTreeSet::new();
    for subject in subjects {
        let found = app.decisions_about(&clerk(), &Who::Subject(subject), &order, None, 1).await.unwrap();
        assert_eq!((found[0].leaf.operation.as_str(), &found[0].leaf.detail), ("retrieval", &None));
        receipts.insert(found[0].receipt);
    }
    assert_eq!(receipts.len(), 20);
    app.close().await;
}
