//! Do the operations hang together, without HTTP between?

#![cfg(test)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use saqta_app::act::{Caller, Channel, Who};
use saqta_app::error::Error;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_app::operations::collect::{Collect, Part};
use saqta_app::operations::destroy::End;
use saqta_app::operations::retrieve::Retrieve;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_policy::folder::Folder;

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

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_comes_is_read_found_again_and_refused_an_early_end() {
    let place = tempfile::tempdir().unwrap();
    let clock =
        Arc::new(AtomicI64::new("2026-03-02T04:00:00Z".parse::<Timestamp>().unwrap().as_microsecond()));
    let hands = Arc::clone(&clock);
    let location = Location {
        data: place.path().to_owned(),
        postgres: None,
        root_key: None,
        faults: Default::default(),
    };
    let app = App::open(
        location,
        Clock::new(move || Timestamp::from_microsecond(hands.load(Ordering::SeqCst)).unwrap()),
        Limits::default(),
    )
    .await
    .unwrap();
    let folder = Folder::read(Path::new("../../examples/autoshop")).unwrap();
    app.publish(&caller(Actor::System("test")), folder, "The director").await.unwrap();
    let part = Part {
        purpose: PurposeName::new("order").unwrap(),
        reference: "A-1".into(),
        source: Source::Subject,
        values: vec![
            (attribute("full_name"), "Айгерим Сапарова".into()),
            (attribute("phone"), "8 700 000 01 02".into()),
            (attribute("email"), "aigerim@mail.example".into()),
        ],
        answers: vec![],
    };
    let done = app.collect(&clerk(), &Collect { subject: None, parts: vec![part] }).await.unwrap();
    let subject = SubjectId::from_hex(&done.outcome.subject).unwrap();
    assert_eq!(phone(&app, subject).await.unwrap(), "+77000000102");
    let order = PurposeName::new("order").unwrap();
    let found = app.look_up(&clerk(), &order, &attribute("email"), "aigerim@MAIL.example").await.unwrap();
    assert_eq!(found.outcome, subject);
    let refused = app.destroy(&clerk(), &Who::Subject(subject), &order, End::Destroy).await.unwrap_err();
    let Error::Refused(refused) = refused else { panic!("{refused}") };
    assert_eq!(refused.refusal.code.as_str(), "still_needed");
    let decision = app.decision(&clerk(), done.receipt).await.unwrap();
    assert_eq!(
        (decision.leaf.operation.as_str(), decision.leaf.clause.as_deref()),
        ("collection", Some("6.4"))
    );
    let turned = app.turn_epoch(|_, _| {}).await.unwrap();
    assert_eq!(turned.rewrapped, 1);
    assert_eq!(phone(&app, subject).await.unwrap(), "+77000000102");
    app.close().await;
}
