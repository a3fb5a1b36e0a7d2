//! Clause 11.2: a new version of the policy takes effect on its day, and where it widens processing the old consent is outgrown.

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{
    SECOND_VERSION, about, agrees_to_marketing, decision, draft_with, event, opens_service_book, policy_with,
    record,
};

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

const SHORTER: (&str, &str) = (
    "keep       = { for = \"P3Y\", because = \"limitation period",
    "keep       = { for = \"P30D\", because = \"limitation period",
);
const LONGER: (&str, &str) = (SHORTER.0, "keep       = { for = \"P5Y\", because = \"limitation period");

/// The service book under another name: for the policy, one purpose is gone and another is new.
const RENAMED: (&str, &str) = ("service_book", "car_book");

#[test]
fn a_shorter_term_ends_on_its_own_day_what_was_kept_for_longer() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order"]).await, shop.administrator().await);
        let closed = shop.customer(&key, 1).await;
        let open = shop.customer(&key, 2).await;
        shop.post(&key, "/v1/events", event(&closed, "order.closed", "A-1")).await.done();
        let [number, day] = SECOND_VERSION;
        shop.post(&administrator, "/v1/policies", policy_with(&[number, day, SHORTER])).await.done();
        shop.wait(3.days()).await;
        shop.wait(26.days()).await;
        assert!(record(shop, "trade", &closed).await.is_some(), "thirty days are not over");
        shop.wait(4.days()).await;
        assert!(record(shop, "trade", &closed).await.is_none());
        assert!(record(shop, "trade", &open).await.is_some());
    });
}

#[test]
fn a_longer_term_leaves_what_has_ended_its_day_and_holds_for_what_ends_later() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order"]).await, shop.administrator().await);
        let (before, after) = (shop.customer(&key, 1).await, shop.customer(&key, 2).await);
        shop.post(&key, "/v1/events", event(&before, "order.closed", "A-1")).await.done();
        let [number, day] = SECOND_VERSION;
        shop.post(&administrator, "/v1/policies", policy_with(&[number, day, LONGER])).await.done();
        shop.wait(3.days()).await;
        shop.post(&key, "/v1/events", event(&after, "order.closed", "A-2")).await.done();
        shop.wait(1_090.days()).await;
        assert!(record(shop, "trade", &before).await.is_some(), "not before its day");
        shop.wait(5.days()).await;
        assert!(record(shop, "trade", &before).await.is_none());
        assert!(record(shop, "trade", &after).await.is_some());
        shop.wait(2.years().days(5)).await;
        assert!(record(shop, "trade", &after).await.is_none());
    });
}

#[test]
fn data_of_a_purpose_that_is_gone_fall_due_and_its_consent_can_be_taken_back_until_then() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order", "service_book"]).await, shop.administrator().await);
        let (one, other) = (shop.customer(&key, 1).await, shop.customer(&key, 2).await);
        opens_service_book(shop, &key, &one).await;
        let [number, day] = SECOND_VERSION;
        let without = policy_with(&[number, day, RENAMED, RENAMED, RENAMED, RENAMED]);
        shop.post(&administrator, "/v1/policies", without).await.done();
        let consents = async |who: &str| record(shop, "trade", who).await.unwrap().standing().consents.len();
        assert_eq!(consents(&one).await, 1);
        // Days are set to full hours: until the next one what is due lies where it lay.
        shop.wait(3.days().minutes(10)).await;
        let taken = shop.post(&key, "/v1/withdraw", about(&one, "service_book", json!({}))).await.done();
        let lines = taken["purposes"].as_array().unwrap();
        assert!(lines.iter().any(|l| l["purpose"] == "service_book" && l["state"] == "stopped"), "{lines:?}");

        shop.wait(2.hours()).await;
        let left = record(shop, "trade", &one).await.unwrap();
        let held: Vec<&str> = left.standing().held.keys().map(|a| a.as_str()).collect();
        assert_eq!(held, ["email", "full_name", "phone"], "what the order needs stays");
        assert_eq!(consents(&one).await, 0);
        shop.retrieve(&key, &other, "order", &["phone"]).await.done();
    });
}

#[test]
fn nobody_needs_to_touch_a_record_of_a_purpose_that_is_gone_for_it_to_end() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order", "service_book"]).await, shop.administrator().await);
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let [number, day] = SECOND_VERSION;
        let without = policy_with(&[number, day, RENAMED, RENAMED, RENAMED, RENAMED]);
        shop.post(&administrator, "/v1/policies", without).await.done();
        shop.wait(3.days()).await;
        shop.wait(2.hours()).await;
        let left = record(shop, "trade", &subject).await.unwrap();
        assert!(left.standing().consents.is_empty());
        assert_eq!(left.standing().held.len(), 3);
    });
}

#[test]
fn a_hold_and_a_block_can_be_lifted_after_their_purpose_left_the_policy() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order", "service_book"]).await, shop.administrator().await);
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let [number, day] = SECOND_VERSION;
        let without = policy_with(&[number, day, RENAMED, RENAMED, RENAMED, RENAMED]);
        shop.post(&administrator, "/v1/policies", without).await.done();
        let ground = json!({ "ground": "claim No. 3" });
        let held = shop.post(&key, "/v1/hold", about(&subject, "service_book", ground)).await.done();
        let reason = json!({ "reason": "inaccurate" });
        let blocked = shop.post(&key, "/v1/restrict", about(&subject, "service_book", reason)).await.done();
        shop.wait(4.days()).await;
        let again = about(&subject, "service_book", json!({ "ground": "another" }));
        shop.post(&key, "/v1/hold", again).await.refused("purpose_unknown", "5.2");
        let block = json!({ "restriction": blocked["restriction"] });
        shop.post(&key, "/v1/unrestrict", about(&subject, "service_book", block)).await.done();
        let hold = json!({ "hold": held["hold"] });
        shop.post(&key, "/v1/lift-hold", about(&subject, "service_book", hold)).await.done();
        shop.wait(2.hours()).await;
        let left = record(shop, "trade", &subject).await.unwrap();
        assert!(left.standing().consents.is_empty() && left.standing().holds.is_empty());
    });
}

#[test]
fn nothing_is_ended_while_an_older_version_is_in_force_again() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        shop.post(&administrator, "/v1/policies", policy_with(&SECOND_VERSION)).await.done();
        shop.wait(4.days()).await;
        shop.app().sweep(false).await.unwrap();
        shop.turn_back(4.days());
        for dry_run in [true, false] {
            let swept = shop.app().sweep(dry_run).await;
            assert!(matches!(swept, Err(Error::Version("older_in_force"))), "{swept:?}");
        }
        assert!(matches!(shop.app().run_jobs().await, Err(Error::Version("older_in_force"))));
        shop.wait(5.days()).await;
        shop.app().sweep(false).await.unwrap();
    });
}

#[test]
fn a_purpose_does_not_move_to_another_compartment() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        let [number, day] = SECOND_VERSION;
        let moved = policy_with(&[number, day, ("space      = \"visits\"", "space      = \"visitors\"")]);
        shop.post(&administrator, "/v1/policies", moved).await.problem(409, "purpose_moved");
    });
}

#[test]
fn what_a_version_will_do_is_counted_before_it_is_published() {
    on_both(async |shop| {
        let (key, administrator) =
            (shop.key(&["order", "marketing", "service_book"]).await, shop.administrator().await);
        let people =
            [shop.customer(&key, 1).await, shop.customer(&key, 2).await, shop.customer(&key, 3).await];
        agrees_to_marketing(shop, &key, &people[0], "sms").await;
        agrees_to_marketing(shop, &key, &people[0], "email").await;
        agrees_to_marketing(shop, &key, &people[1], "sms").await;
        opens_service_book(shop, &key, &people[2]).await;
        shop.post(&key, "/v1/events", event(&people[0], "order.closed", "A-1")).await.done();
        shop.wait(60.days()).await;

        let [number, day] = SECOND_VERSION;
        let wanted = || draft_with(&[number, day, WIDER, SHORTER, RENAMED, RENAMED, RENAMED, RENAMED]);
        shop.post(&key, "/v1/policies/compare", wanted()).await.problem(403, "not_administrator");
        let leaves = shop.leaves();
        let told = shop.post(&administrator, "/v1/policies/compare", wanted()).await.done();
        assert_eq!(shop.leaves(), leaves + 1);
        assert_eq!(decision(shop, &administrator, &told).await["operation"], "policy.compared");

        let purposes = &told["counts"]["purposes"];
        assert_eq!(purposes["marketing"]["consents"], 3);
        assert_eq!(purposes["marketing"]["consents_ending"], 3);
        assert_eq!(purposes["marketing"]["ask_again"], 2);
        assert_eq!(purposes["marketing"]["channels"], json!({ "email": 1, "sms": 2 }));
        assert_eq!(purposes["service_book"]["people"], 1);
        assert_eq!(purposes["service_book"]["due_at_once"], 1);
        assert_eq!(purposes["order"]["due_at_once"], 1);
        assert_eq!(told["counts"]["due_at_once"], 2);
        assert_eq!(told["counts"]["records"], 5, "three in trade, two in marketing");
        let said: Vec<(&str, &str, Option<u64>)> = told["changes"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|c| c["consequences"].as_array().unwrap())
            .filter(|c| c["count"].is_u64())
            .map(|c| (c["kind"].as_str().unwrap(), c["purpose"].as_str().unwrap(), c["count"].as_u64()))
            .collect();
        for expected in [
            ("ask_again", "marketing", Some(2)),
            ("due_earlier", "order", Some(1)),
            ("fall_due", "service_book", Some(1)),
        ] {
            assert!(said.contains(&expected), "{expected:?} {said:?}");
        }

        // What was announced is what happens.
        let day = (SECOND_VERSION[1].0, "effective_from = 2026-05-05");
        let published = policy_with(&[number, day, WIDER, SHORTER, RENAMED, RENAMED, RENAMED, RENAMED]);
        shop.post(&administrator, "/v1/policies", published).await.done();
        shop.wait(5.days()).await;
        shop.wait(2.hours()).await;
        assert!(record(shop, "trade", &people[0]).await.is_none());
        let used = about(&people[1], "marketing", json!({ "channel": "sms" }));
        shop.post(&key, "/v1/use", used).await.refused("consent_outgrown", "11.2");
    });
}
