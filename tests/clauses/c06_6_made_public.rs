//! Clause 6.6: what a person published may be used under the address where they did, until they take it down.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{event, values};

#[test]
fn a_review_is_used_until_its_author_removes_it() {
    on_both(async |shop| {
        let key = shop.key(&["reviews"]).await;
        let place = "https://shop.example/reviews/17, 2026-03-01";
        let review = values(None, "reviews", place, json!({ "display_name": "Айгерим С." }));
        let author = shop.post(&key, "/v1/collect", review).await.done();
        let author = author["subject"].as_str().unwrap();
        let read = shop.retrieve(&key, author, "reviews", &["display_name"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.6"), &json!("made_public")));

        shop.post(&key, "/v1/events", event(author, "review.removed", place)).await.done();
        shop.retrieve(&key, author, "reviews", &["display_name"]).await.refused("purpose_reached", "7.10");
    });
}

#[test]
fn a_name_that_was_published_nowhere_is_not_taken() {
    on_both(async |shop| {
        let key = shop.key(&["reviews"]).await;
        let nowhere = values(None, "reviews", " ", json!({ "display_name": "Айгерим С." }));
        shop.post(&key, "/v1/collect", nowhere).await.refused("no_ground", "6.6");
    });
}
