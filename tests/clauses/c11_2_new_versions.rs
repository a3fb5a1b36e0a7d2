//! Clause 11.2: a new version of the policy takes effect on its day, and where it widens processing the old consent is outgrown.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{SECOND_VERSION, about, agrees_to_marketing, decision, opens_service_book, policy_with};

const WIDER: (&str, &str) = (
    "may        = [\"full_name\", \"email\", \"phone\"]",
    "may        = [\"full_name\", \"email\", \"phone\", \"birth_date\"]",
);

#[test]
fn a_consent_to_what_was_widened_is_outgrown_and_one_to_what_was_not_still_covers() {
    on_both(async |shop| {
        let (key, administrator) =
            (shop.key(&["order", "marketing", "service_book"]).await, shop.administrator().await);
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "sms").await;
        opens_service_book(shop, &key, &subject).await;
        let [number, day] = SECOND_VERSION;
        shop.post(&administrator, "/v1/policies", policy_with(&[number, day, WIDER])).await.done();

        let used = || about(&subject, "marketing", json!({ "channel": "sms" }));
        let before = shop.post(&key, "/v1/use", used()).await.done();
        assert_eq!(decision(shop, &key, &before).await["policy_version"], 1, "its day has not come");
        shop.wait(3.days()).await;
        let refused = shop.post(&key, "/v1/use", used()).await.refused("consent_outgrown", "11.2");
        assert_eq!(decision(shop, &key, &refused).await["policy_version"], 2);
        shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await.done();

        agrees_to_marketing(shop, &key, &subject, "sms").await;
        shop.post(&key, "/v1/use", used()).await.done();
    });
}

#[test]
fn a_change_that_widens_nothing_leaves_every_consent_in_force() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order", "marketing"]).await, shop.administrator().await);
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "sms").await;
        shop.post(&administrator, "/v1/policies", policy_with(&SECOND_VERSION)).await.done();
        shop.wait(3.days()).await;
        let used =
            shop.post(&key, "/v1/use", about(&subject, "marketing", json!({ "channel": "sms" }))).await;
        assert_eq!(decision(shop, &key, &used.done()).await["policy_version"], 2);
    });
}

#[test]
fn a_version_takes_a_new_number_and_a_day_to_come() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        let publish = async |changes: &[(&str, &str)]| {
            shop.post(&administrator, "/v1/policies", policy_with(changes)).await
        };
        let [number, day] = SECOND_VERSION;
        publish(&[day]).await.problem(409, "number_not_higher");
        let past = ("effective_from = 2026-01-12", "effective_from = 2026-02-01");
        publish(&[number, past]).await.problem(409, "effective_in_the_past");
        publish(&[number, day]).await.done();
        publish(&[number, day]).await.problem(409, "number_not_higher");

        let versions = shop.get(Some(&administrator), "/v1/policies").await.done();
        let found: Vec<(u64, bool)> = versions["versions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| (v["version"].as_u64().unwrap(), v["in_force"].as_bool().unwrap()))
            .collect();
        assert_eq!(found, [(1, true), (2, false)]);
    });
}
