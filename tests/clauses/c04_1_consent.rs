//! Clause 4.1: nobody is written to without a prior consent to that channel, and taking it back is as easy as giving it.

use saqta_testkit::shop::on_both;
use serde_json::{Value, json};

use crate::acts::{about, agrees_to_marketing};

fn through(subject: &str, channel: &str) -> Value {
    about(subject, "marketing", json!({ "channel": channel }))
}

#[test]
fn a_consent_covers_its_own_channel_and_no_other() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/use", through(&subject, "email")).await.refused("no_record", "5.3");
        agrees_to_marketing(shop, &key, &subject, "email").await;
        assert_eq!(shop.post(&key, "/v1/use", through(&subject, "email")).await.done()["allowed"], true);
        shop.post(&key, "/v1/use", through(&subject, "sms")).await.refused("no_consent", "6.1");
        shop.post(&key, "/v1/use", through(&subject, "fax")).await.refused("channel_unknown", "4.1");
    });
}

#[test]
fn an_unticked_box_is_on_record_as_a_no() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        let no = json!({ "consents": [shop.answer_to("marketing", Some("sms"), false)] });
        shop.post(&key, "/v1/consents", about(&subject, "marketing", no)).await.done();
        shop.post(&key, "/v1/use", through(&subject, "sms")).await.refused("consent_refused", "4.1");
    });
}

#[test]
fn a_withdrawal_asks_for_less_than_the_consent_did() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "email").await;
        agrees_to_marketing(shop, &key, &subject, "sms").await;
        let click = shop.key_with(&["marketing"], &[], None).await;
        let yes = json!({ "consents": [shop.answer_to("marketing", Some("sms"), true)] });
        let refused = shop.post(&click, "/v1/consents", about(&subject, "marketing", yes)).await;
        refused.refused("not_authorised", "7.1");

        shop.post(&click, "/v1/withdraw", through(&subject, "sms")).await.done();
        shop.post(&key, "/v1/use", through(&subject, "sms")).await.refused("consent_withdrawn", "7.10");
        shop.post(&key, "/v1/use", through(&subject, "email")).await.done();
        let all = about(&subject, "marketing", json!({}));
        shop.post(&click, "/v1/withdraw", all.clone()).await.done();
        shop.post(&key, "/v1/use", through(&subject, "email")).await.refused("consent_withdrawn", "7.10");
        shop.post(&click, "/v1/withdraw", all).await.refused("nothing_to_withdraw", "7.4");
    });
}

#[test]
fn a_channel_without_a_consent_has_nothing_to_withdraw() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "email").await;
        let refused = shop.post(&key, "/v1/withdraw", through(&subject, "sms")).await;
        refused.refused("nothing_to_withdraw", "7.4");
        shop.post(&key, "/v1/use", through(&subject, "email")).await.done();
    });
}

#[test]
fn a_consent_names_the_published_text_and_a_declared_channel() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        let mut other = shop.answer_to("marketing", Some("sms"), true);
        other["text_digest"] = "0".repeat(64).into();
        let other = about(&subject, "marketing", json!({ "consents": [other] }));
        shop.post(&key, "/v1/consents", other).await.refused("text_unknown", "6.1");
        let fax = json!({ "consents": [shop.answer_to("marketing", Some("fax"), true)] });
        let refused = shop.post(&key, "/v1/consents", about(&subject, "marketing", fax)).await;
        refused.refused("channel_unknown", "4.1");
    });
}
