//! Clause 2.1: of every purpose it is known whether computers, people or both do the processing.

use saqta_testkit::shop::on_both;

use crate::acts::{SECOND_VERSION, policy_with};

#[test]
fn the_published_policy_says_it_of_every_purpose_with_personal_data() {
    on_both(async |shop| {
        let policy = shop.get(None, "/policy.json").await.done();
        let purposes = policy["purposes"].as_array().unwrap();
        let of = |name: &str| purposes.iter().find(|p| p["name"] == name).unwrap()["automated"].clone();
        assert_eq!(of("site_visit"), "automated");
        assert_eq!(of("court_orders"), "manual");
        assert_eq!(of("order"), "mixed");
    });
}

#[test]
fn a_policy_that_says_something_else_is_not_published() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        let [number, day] = SECOND_VERSION;
        let vague = ("automated  = \"manual\"", "automated  = \"sometimes\"");
        let request = policy_with(&[number, day, vague]);
        let refused = shop.post(&administrator, "/v1/policies", request).await.problem(422, "policy");
        assert_eq!(refused["findings"][0]["severity"], "error", "{refused}");
    });
}
