//! Clause 10: nobody reads personal data before they signed the confidentiality undertaking, and the record says who did.

use saqta_domain::terms::operation::Operation;
use saqta_testkit::shop::on_both;

use crate::acts::decision;

#[test]
fn without_an_undertaking_nothing_is_shown() {
    on_both(async |shop| {
        let all: Vec<&str> = Operation::ALL.iter().map(|o| o.as_str()).collect();
        let signed = shop.key(&["order"]).await;
        let subject = shop.customer(&signed, 1).await;
        for undertaking in [None, Some("  ")] {
            let unsigned = shop.key_with(&["order"], &all, undertaking).await;
            let refused = shop.retrieve(&unsigned, &subject, "order", &["phone"]).await;
            refused.refused("no_undertaking", "10");
        }
        shop.retrieve(&signed, &subject, "order", &["phone"]).await.done();
    });
}

#[test]
fn two_readers_stand_in_the_record_under_their_own_names() {
    on_both(async |shop| {
        let (one, other) = (shop.key(&["order"]).await, shop.key(&["order"]).await);
        let subject = shop.customer(&one, 1).await;
        let first = shop.retrieve(&one, &subject, "order", &["phone"]).await.done();
        let second = shop.retrieve(&other, &subject, "order", &["phone"]).await.done();
        let (first, second) = (decision(shop, &one, &first).await, decision(shop, &one, &second).await);
        assert_ne!(first["actor"], second["actor"]);
        assert_eq!(first["attributes"], second["attributes"]);
    });
}
