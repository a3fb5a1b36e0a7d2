//! Does a look at somebody follow what another hand wrote a moment ago, although the record was opened before and is remembered?

use rusqlite::Connection;
use saqta_app::act::{Caller, Who};
use saqta_app::instance::App;
use saqta_app::leaf::Leaf;
use saqta_app::operations::restrict::Restrict;
use saqta_domain::terms::actor::{Actor, Scope};
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::{RestrictionReason, RestrictionScope};
use saqta_domain::terms::subject::SubjectId;
use saqta_testkit::shop::{Key, Shop, Store, on_both, system};
use serde_json::{Value, json};

/// A look, and the refusal it must come to.
struct Look {
    path: &'static str,
    body: Value,
    refusal: (&'static str, &'static str),
}

impl Look {
    async fn passes(&self, shop: &Shop, key: &Key) {
        shop.post(key, self.path, self.body.clone()).await.done();
    }

    /// Refused for the reason that holds now, with one leaf that says the same.
    async fn is_refused(&self, shop: &Shop, key: &Key) {
        let before = shop.leaves();
        let (code, clause) = self.refusal;
        let refused = shop.post(key, self.path, self.body.clone()).await.refused(code, clause);
        assert_eq!(shop.leaves(), before + 1, "{code}: a refusal leaves one leaf");
        let place = |name: &str| refused["receipt"][name].as_i64().unwrap();
        let leaves = shop.app().vault().db().leaves(place("log"), place("index"), 1).await.unwrap();
        let leaf = Leaf::decode(&leaves[0]).unwrap();
        assert_eq!((leaf.permitted, leaf.refusal.as_deref()), (false, Some(code)));
        assert_eq!(leaf.clause.as_deref(), Some(clause));
    }
}

fn who(subject: &str) -> Who {
    Who::Subject(SubjectId::from_hex(subject).unwrap())
}

fn purpose(name: &str) -> PurposeName {
    PurposeName::new(name).unwrap()
}

fn clerk() -> Caller {
    let scope = Scope {
        purposes: [purpose("order"), purpose("marketing")].into(),
        operations: Operation::ALL.into_iter().collect(),
        administers: false,
        undertaking: Some("7 of 2026-01-12".into()),
    };
    Caller { actor: Actor::Key { id: "another".into(), scope }.into(), ..system() }
}

async fn subscriber(shop: &Shop, key: &Key) -> String {
    let body = json!({ "parts": [{
        "purpose": "marketing",
        "values": { "email": "subscriber@mail.example" },
        "consents": [shop.answer_to("marketing", Some("email"), true)],
    }] });
    let done = shop.post(key, "/v1/collect", body).await.done();
    done["subject"].as_str().unwrap().to_owned()
}

fn advertising_to(subject: &str) -> Look {
    Look {
        path: "/v1/use",
        body: json!({
            "subject": { "id": subject }, "purpose": "marketing", "attributes": ["email"], "channel": "email",
        }),
        refusal: ("consent_withdrawn", "7.10"),
    }
}

fn order_of(subject: &str, refusal: (&'static str, &'static str)) -> Look {
    let body = json!({ "subject": { "id": subject }, "purpose": "order", "attributes": ["phone"] });
    Look { path: "/v1/retrieve", body, refusal }
}

async fn blocks(app: &App, subject: &str) {
    let request = Restrict {
        who: who(subject),
        purpose: purpose("order"),
        reason: RestrictionReason::Inaccurate,
        until: None,
        scope: RestrictionScope::Everything,
    };
    app.restrict(&clerk(), &request).await.unwrap();
}

#[test]
fn what_another_process_withdrew_blocked_or_stopped_is_refused_by_the_next_look() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        // An embedded database has one process, which then is the other hand as well.
        let another = shop.another().await;
        let hand = another.as_ref().unwrap_or(shop.app());

        let subject = subscriber(shop, &key).await;
        let look = advertising_to(&subject);
        look.passes(shop, &key).await;
        look.passes(shop, &key).await;
        hand.withdraw(&clerk(), &who(&subject), &purpose("marketing"), None).await.unwrap();
        look.is_refused(shop, &key).await;

        let (blocked, other) = (shop.customer(&key, 1).await, shop.customer(&key, 2).await);
        let look = order_of(&blocked, ("blocked", "2.2"));
        look.passes(shop, &key).await;
        look.passes(shop, &key).await;
        blocks(hand, &blocked).await;
        look.is_refused(shop, &key).await;

        let look = order_of(&other, ("purpose_stopped", "7.10"));
        look.passes(shop, &key).await;
        hand.stop_purpose(&system(), &purpose("order"), "letter 14 of 2026-02-02").await.unwrap();
        look.is_refused(shop, &key).await;
        hand.resume_purpose(&system(), &purpose("order")).await.unwrap();
        look.passes(shop, &key).await;
        if let Some(another) = another {
            another.close().await;
        }
    });
}

/// What the database says of persons at one moment, to be put back behind the server as if another process had written it.
struct Moments(Connection);

const OF_PERSONS: [&str; 2] = ["vault", "history"];

impl Moments {
    fn of(shop: &Shop) -> Self {
        let database = Connection::open(shop.data().join("saqta.db")).unwrap();
        database.execute_batch("attach ':memory:' as kept").unwrap();
        Self(database)
    }

    fn keep(&self, name: &str) {
        for table in OF_PERSONS {
            let sql = format!("create table kept.{table}_{name} as select * from main.{table}");
            self.0.execute_batch(&sql).unwrap();
        }
    }

    fn put_back(&self, name: &str) {
        let mut sql = String::from("begin immediate;");
        for table in OF_PERSONS {
            sql += &format!(
                "delete from main.{table}; insert into main.{table} select * from kept.{table}_{name};"
            );
        }
        self.0.execute_batch(&(sql + "commit")).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remembered_record_neither_says_yes_nor_no_after_the_database_changed_under_it() {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let key = shop.key(&["order", "marketing"]).await;
    let moments = Moments::of(&shop);
    let subject = subscriber(&shop, &key).await;
    let buyer = shop.customer(&key, 1).await;
    let (write, read) = (advertising_to(&subject), order_of(&buyer, ("blocked", "2.2")));
    write.passes(&shop, &key).await;
    read.passes(&shop, &key).await;
    moments.keep("before");
    shop.app().withdraw(&clerk(), &who(&subject), &purpose("marketing"), None).await.unwrap();
    blocks(shop.app(), &buyer).await;
    moments.keep("after");

    for look in [&write, &read] {
        moments.put_back("after");
        look.is_refused(&shop, &key).await;
        look.is_refused(&shop, &key).await;
        // Refused twice, so the record is remembered with the reason for a no; that reason is gone from the database.
        moments.put_back("before");
        look.passes(&shop, &key).await;
        look.passes(&shop, &key).await;
        // And now it is remembered without it.
        moments.put_back("after");
        look.is_refused(&shop, &key).await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_that_only_the_database_knows_lets_no_look_pass() {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let key = shop.key(&["order"]).await;
    let subject = shop.customer(&key, 1).await;
    let look = order_of(&subject, ("purpose_stopped", "7.10"));
    look.passes(&shop, &key).await;
    let database = Connection::open(shop.data().join("saqta.db")).unwrap();
    database
        .execute("insert into stops (purpose, since, reason) values ('order', 0, 'by hand')", [])
        .unwrap();
    let before = shop.leaves();
    let answer = shop.post(&key, look.path, look.body.clone()).await;
    assert_eq!(answer.status, 503, "nobody wrote such a stop through this process: {}", answer.body);
    assert_eq!(shop.leaves(), before, "nothing was done, so nothing is on record");
    // The next round of the jobs reads it, and from then on it is a refusal like any other.
    shop.app().run_jobs().await.unwrap();
    look.is_refused(&shop, &key).await;
    shop.close().await;
}
