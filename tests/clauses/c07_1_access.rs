//! Clause 7.1: whoever reads is known, admitted to that purpose and operation, and cannot copy the base.

use jiff::ToSpan;
use saqta_app::instance::Limits;
use saqta_testkit::shop::{Key, on_both, on_both_within};
use serde_json::json;

use crate::acts::{about, decisions};

#[test]
fn a_key_opens_its_own_purpose_and_operation_and_no_other() {
    on_both(async |shop| {
        let clerk = shop.key(&["order"]).await;
        let subject = shop.customer(&clerk, 1).await;
        shop.retrieve(&clerk, &subject, "delivery", &["recipient_name"])
            .await
            .refused("not_authorised", "7.1");

        let reader = shop.key_with(&["order"], &["retrieval"], Some("8 of 2026-01-13")).await;
        shop.retrieve(&reader, &subject, "order", &["phone"]).await.done();
        let used = about(&subject, "order", json!({ "attributes": ["phone"] }));
        shop.post(&reader, "/v1/use", used).await.refused("not_authorised", "7.1");
        let administrator = shop.administrator().await;
        let refused = shop.retrieve(&administrator, &subject, "order", &["phone"]).await;
        refused.refused("not_authorised", "7.1");
    });
}

#[test]
fn nobody_without_a_living_key_gets_in() {
    on_both(async |shop| {
        let clerk = shop.key(&["order"]).await;
        let subject = shop.customer(&clerk, 1).await;
        let stranger = Key::shown("saqta_nobody");
        shop.retrieve(&stranger, &subject, "order", &["phone"]).await.problem(401, "unknown_key");
        shop.get(None, "/v1/policies").await.problem(401, "unknown_key");
        shop.post(&clerk, "/v1/keys", json!({ "label": "mine", "scope": { "administers": true } }))
            .await
            .problem(403, "not_administrator");
    });
}

#[test]
fn everybody_on_a_page_finds_that_they_were_looked_at_or_refused() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let (seen, blocked) = (shop.customer(&key, 1).await, shop.customer(&key, 2).await);
        // The second page is of people who were looked at before.
        for block in [None, Some("inaccurate")] {
            if let Some(reason) = block {
                let block = about(&blocked, "order", json!({ "reason": reason }));
                shop.post(&key, "/v1/restrict", block).await.done();
            }
            let page = json!({ "purpose": "order", "attributes": ["phone"] });
            let page = shop.post(&key, "/v1/list", page).await.done();
            let both = 2 - usize::from(block.is_some());
            assert_eq!(page["persons"].as_array().unwrap().len(), both, "{page}");
            assert_eq!(page["refused"], 2 - both);
            for subject in [&seen, &blocked] {
                let latest = decisions(shop, &key, subject, "order").await.remove(0);
                let refused = block.is_some() && subject == &blocked;
                assert_eq!(
                    (&latest["operation"], &latest["permitted"]),
                    (&json!("retrieval"), &json!(!refused))
                );
                assert_eq!(latest["code"], if refused { json!("blocked") } else { json!(null) });
                assert_eq!(latest["detail"], json!(null));
            }
        }
    });
}

#[test]
fn mass_reading_is_stopped_and_goes_on_the_next_day() {
    let limits = Limits { persons_a_day: 5, ..Limits::default() };
    on_both_within(limits, async |shop| {
        let key = shop.key(&["order"]).await;
        let mut persons = Vec::new();
        for number in 0..6 {
            persons.push(shop.customer(&key, number).await);
        }
        let page = || json!({ "purpose": "order", "attributes": ["phone"], "limit": 4 });
        let first = shop.post(&key, "/v1/list", page()).await.done();
        assert_eq!(first["persons"].as_array().unwrap().len(), 4);
        shop.post(&key, "/v1/list", page()).await.refused("too_many_persons", "7.1");
        shop.retrieve(&key, &persons[0], "order", &["phone"]).await.done();
        shop.retrieve(&key, &persons[1], "order", &["phone"]).await.refused("too_many_persons", "7.1");

        let mut next = page();
        next["cursor"] = first["next_cursor"].clone();
        shop.wait(1.day()).await;
        let second = shop.post(&key, "/v1/list", next).await.done();
        assert_eq!(second["persons"].as_array().unwrap().len(), 2, "{second}");
    });
}
