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
fn a_strict_policy_refuses_a_contract_under_one_law_and_permits_it_under_another() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let administrator = shop.administrator().await;
        let subject = shop.customer(&key, 1).await;
        let [number, day] = SECOND_VERSION;
        let strict = ("strict         = false", "strict         = true");
        let version = policy_with(&[number, day, strict]);
        shop.post(&administrator, "/v1/policies", version).await.done();
        let third = [
            ("version        = 1", "version        = 3"),
            ("effective_from = 2026-01-12", "effective_from = 2026-03-10"),
            strict,
            ("jurisdictions  = [\"kz\"]", "jurisdictions  = [\"eu\"]"),
        ];
        shop.post(&administrator, "/v1/policies", policy_with(&third)).await.done();
        let fourth = [
            ("version        = 1", "version        = 4"),
            ("effective_from = 2026-01-12", "effective_from = 2026-03-20"),
            strict,
            ("jurisdictions  = [\"kz\"]", "jurisdictions  = [\"kz\", \"eu\"]"),
        ];
        shop.post(&administrator, "/v1/policies", policy_with(&fourth)).await.done();

        shop.wait(3.days()).await;
        let refused =
            shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("basis_not_in_law", "6.4");
        let why = decision(shop, &key, &refused).await;
        assert_eq!(why["explanation"]["law"]["knows"], false, "{why}");
        assert_eq!(why["explanation"]["basis"], "contract");

        shop.wait(7.days()).await;
        let read = shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        let why = decision(shop, &key, &read).await;
        assert_eq!((&why["law"], &why["law_knows"]), (&"eu@2018-05-25".into(), &true.into()));
        assert_eq!(why["explanation"]["law"]["certainty"], "T", "{why}");

        shop.wait(10.days()).await;
        let refused =
            shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("basis_not_in_law", "6.4");
        assert_eq!(decision(shop, &key, &refused).await["law"], "kz+eu@2026-01-18");
    });
}

#[test]
fn a_decision_says_that_nobody_had_compared_the_law_pack_in_time() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let read = shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        let before = decision(shop, &key, &read).await;
        assert_eq!(
            (&before["law_verified_until"], &before["law_verified"]),
            (&"2027-05-22".into(), &true.into())
        );

        assert_eq!(shop.get(None, "/readyz").await.done(), "ready\n");
        shop.wait(15.months()).await;
        let ready = shop.get(None, "/readyz").await.done();
        assert!(ready.as_str().unwrap().starts_with("ready\nthe law pack `kz` was trusted until"), "{ready}");
        let read = shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        let late = decision(shop, &key, &read).await;
        assert_eq!(late["law_verified"], false, "{late}");
        let sentences = late["told"]["sentences"].as_array().unwrap();
        assert!(sentences.iter().any(|s| s.as_str().unwrap().contains("2027-05-22")), "{late}");
        let again = decision(shop, &key, &serde_json::json!({ "receipt": before["receipt"] })).await;
        assert_eq!(again["law_verified"], true, "what was decided in time stays so");
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
