//! Clause 1: every decision names the law it was made under and its edition, and a policy under a law nobody knows is refused.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;

use crate::acts::{SECOND_VERSION, decision, policy_with};

#[test]
fn a_decision_names_the_law_pack_and_the_edition_in_force_that_day() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let read = shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        assert_eq!(decision(shop, &key, &read).await["law"], "kz@2026-01-18");

        shop.wait(5.months()).await;
        let read = shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        assert_eq!(decision(shop, &key, &read).await["law"], "kz@2026-07-12");
    });
}

#[test]
fn a_refusal_names_the_law_as_well() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let refused =
            shop.retrieve(&key, &subject, "order", &["iin"]).await.refused("attribute_not_needed", "5.5");
        assert_eq!(decision(shop, &key, &refused).await["law"], "kz@2026-01-18");
    });
}

#[test]
fn a_policy_under_an_unknown_law_is_not_published() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        let [number, day] = SECOND_VERSION;
        let unknown = ("jurisdictions  = [\"kz\"]", "jurisdictions  = [\"atlantis\"]");
        let request = policy_with(&[number, day, unknown]);
        let refused = shop.post(&administrator, "/v1/policies", request).await.problem(422, "policy");
        assert_eq!(refused["findings"][0]["code"], "unknown-law", "{refused}");

        shop.post(&administrator, "/v1/policies", policy_with(&[number, day])).await.done();
    });
}
