//! Clause 8.1: what each clause permitted and refused is counted from the record of operations, and is the same however and by
//! whomever it is counted.

use std::collections::BTreeMap;

use jiff::ToSpan;
use saqta_app::figures::ClauseFigures;
use saqta_app::instance::{App, Limits};
use saqta_app::leaf::Leaf;
use saqta_testkit::shop::{Key, Shop, Store, on_both};
use serde_json::json;

use crate::acts::about;

/// What a reader of the whole ledger counts.
async fn counted_by_hand(app: &App) -> BTreeMap<String, ClauseFigures> {
    let mut counted: BTreeMap<String, ClauseFigures> = BTreeMap::new();
    let db = app.vault().db();
    for log in db.logs().await.unwrap() {
        for leaf in db.leaves(log, 0, u32::MAX).await.unwrap() {
            let leaf = Leaf::decode(&leaf).unwrap();
            let Some(clause) = leaf.clause else { continue };
            let figures = counted.entry(clause).or_default();
            if leaf.permitted {
                figures.permitted += 1;
            } else {
                figures.refused += 1;
            }
            let at = jiff::Timestamp::from_microsecond(leaf.at).unwrap();
            figures.last = figures.last.max(Some(at));
        }
    }
    counted
}

async fn are_right(app: &App) {
    let figures = app.all_clause_figures().await.unwrap();
    assert_eq!(figures.not_counted, 0);
    assert_eq!(figures.by_clause, counted_by_hand(app).await);
}

async fn trades(shop: &Shop, key: &Key, number: u16) {
    let subject = shop.customer(key, number).await;
    shop.retrieve(key, &subject, "order", &["phone"]).await.done();
    shop.retrieve(key, &subject, "order", &["iin"]).await;
    shop.post(key, "/v1/use", about(&subject, "marketing", json!({ "channel": "sms" }))).await;
}

#[test]
fn the_figures_are_those_of_the_whole_ledger_before_and_after_they_are_kept_and_after_a_restart() {
    for store in [Store::Sqlite, Store::Postgres] {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let Some(mut shop) = Shop::open(store, Limits::default()).await else { return };
            let key = shop.key(&["order", "marketing"]).await;
            trades(&shop, &key, 1).await;
            are_right(shop.app()).await;
            shop.wait(1.minutes()).await;
            are_right(shop.app()).await;
            trades(&shop, &key, 2).await;
            are_right(shop.app()).await;
            shop = shop.restart().await;
            are_right(shop.app()).await;
            let another = shop.another().await;
            let other = another.as_ref().unwrap_or(shop.app());
            for number in 3..6 {
                let counting =
                    async || (shop.app().run_jobs().await.unwrap(), other.run_jobs().await.unwrap());
                tokio::join!(counting(), counting(), trades(&shop, &key, number));
                are_right(shop.app()).await;
                are_right(other).await;
            }
            other.run_jobs().await.unwrap();
            assert_eq!(shop.app().run_jobs().await.unwrap().counted, 0, "nothing is counted twice");
            are_right(shop.app()).await;
            if let Some(another) = another {
                another.close().await;
            }
            shop.close().await;
        });
    }
}

#[test]
fn an_administrator_reads_every_clause_with_its_figures_and_a_clerk_does_not() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order", "marketing"]).await, shop.administrator().await);
        trades(shop, &key, 1).await;
        let expected = counted_by_hand(shop.app()).await;
        let told = shop.get(Some(&administrator), "/v1/clauses").await.done();
        assert_eq!(told["not_counted"], 0);
        let clauses = told["clauses"].as_array().unwrap();
        for (clause, figures) in &expected {
            let line = clauses.iter().find(|c| c["clause"] == clause.as_str()).unwrap();
            assert_eq!(
                (&line["permitted"], &line["refused"]),
                (&json!(figures.permitted), &json!(figures.refused))
            );
            assert_eq!(line["last_at"], figures.last.unwrap().to_string());
        }
        let silent = clauses.iter().find(|c| c["clause"] == "11.3").unwrap();
        assert_eq!((&silent["permitted"], &silent["last_at"]), (&json!(0), &serde_json::Value::Null));
        assert!(clauses.len() > expected.len());
        shop.get(Some(&key), "/v1/clauses").await.problem(403, "not_administrator");
        shop.get(None, "/v1/clauses").await.problem(401, "unknown_key");
    });
}
