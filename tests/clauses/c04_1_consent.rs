//! Clause 4.1: nobody is written to without a prior consent to that channel, and taking it back is as easy as giving it.

use jiff::ToSpan;
use saqta_testkit::shop::{Key, Shop, on_both};
use serde_json::{Value, json};

use crate::acts::{SECOND_VERSION, about, agrees_to_marketing, decision, policy_with};

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

/// What is on record of somebody's answers about advertising: what they said, and how it stands.
async fn on_record(shop: &Shop, key: &Key, subject: &str) -> (Vec<Value>, Value) {
    let told = shop.post(key, "/v1/consents/record", about(subject, "marketing", json!({}))).await.done();
    let statuses = told["document"]["dpv:hasConsentStatus"].as_array().unwrap();
    (statuses.iter().map(|status| status["@type"].clone()).collect(), told)
}

#[test]
fn every_answer_is_on_record_for_whoever_asks_for_proof_and_so_is_the_question() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        let answers = |given: bool| {
            let mut answer = shop.answer_to("marketing", Some("email"), given);
            answer["gpc"] = true.into();
            about(&subject, "marketing", json!({ "consents": [answer] }))
        };
        let taken = shop.post(&key, "/v1/consents", answers(false)).await.done();
        let (said, told) = on_record(shop, &key, &subject).await;
        assert_eq!(said, ["dpv:ConsentRefused"]);
        assert_eq!(taken["consents"][0]["record"], told["document"]["dct:identifier"]);
        let leaf = decision(shop, &key, &told).await;
        assert_eq!((&leaf["operation"], &leaf["detail"]), (&json!("retrieval"), &json!("consent_record")));
        assert_eq!((&leaf["clause"], &leaf["attributes"]), (&json!("3.2"), &json!([])));

        shop.wait(1.hour()).await;
        shop.post(&key, "/v1/consents", answers(true)).await.done();
        shop.wait(1.hour()).await;
        shop.post(&key, "/v1/withdraw", through(&subject, "email")).await.done();
        let (said, told) = on_record(shop, &key, &subject).await;
        assert_eq!(said, ["dpv:ConsentRefused", "dpv:ConsentGiven", "dpv:ConsentWithdrawn"]);
        assert!(!told.to_string().contains(&subject) && !told.to_string().contains("mail.example"));

        shop.wait(3.years()).await;
        shop.post(&key, "/v1/consents", answers(true)).await.done();
        shop.wait(3.years()).await;
        // What has ended is forgotten, as the policy says: nobody can be asked to prove it any more.
        shop.post(&key, "/v1/consents/record", about(&subject, "marketing", json!({})))
            .await
            .refused("no_record", "5.3");
        let other = shop.key(&["order"]).await;
        let refused = shop.post(&other, "/v1/consents/record", about(&subject, "marketing", json!({}))).await;
        refused.refused("not_authorised", "7.1");
    });
}

#[test]
fn a_text_of_an_earlier_version_or_another_language_is_not_the_one_that_is_asked_for() {
    on_both(async |shop| {
        let (key, administrator) =
            (shop.key(&["order", "marketing", "service_book"]).await, shop.administrator().await);
        let subject = shop.customer(&key, 1).await;
        let answered =
            |purpose: &str, answer: &Value| about(&subject, purpose, json!({ "consents": [answer] }));
        let earlier = shop.answer_to("marketing", Some("sms"), true);
        let unchanged = shop.answer_to("service_book", None, true);
        let mut other = earlier.clone();
        other["language"] = "kk".into();
        let refused = shop.post(&key, "/v1/consents", answered("marketing", &other)).await;
        refused.refused("text_unknown", "6.1");

        agrees_to_marketing(shop, &key, &subject, "email").await;

        let [number, day] = SECOND_VERSION;
        let reworded = ("по этому каналу, не больше 4 сообщений", "по этому каналу, не более 4 сообщений");
        shop.post(&administrator, "/v1/policies", policy_with(&[number, day, reworded])).await.done();
        shop.wait(3.days()).await;
        let refused = shop.post(&key, "/v1/consents", answered("marketing", &earlier)).await;
        refused.refused("text_unknown", "6.1");
        // A no to the earlier text is no answer to this one either.
        let mut no = earlier.clone();
        no["given"] = false.into();
        shop.post(&key, "/v1/consents", answered("marketing", &no)).await.refused("text_unknown", "6.1");
        shop.post(&key, "/v1/use", through(&subject, "sms")).await.refused("no_consent", "6.1");
        let today = shop.answer_to("marketing", Some("email"), true);
        shop.post(&key, "/v1/consents", answered("marketing", &today)).await.done();
        let (said, told) = on_record(shop, &key, &subject).await;
        assert_eq!(said, ["dpv:ConsentGiven", "dpv:RenewedConsentGiven"]);
        for (number, words) in ["не больше 4 сообщений", "не более 4 сообщений"].into_iter().enumerate()
        {
            let notice = &told["document"]["dpv:hasConsentStatus"][number]["dpv:hasNotice"];
            assert!(notice["dct:description"]["@value"].as_str().unwrap().contains(words), "{notice}");
        }
        // A text that the new version has as it was is the text in force.
        shop.post(&key, "/v1/consents", answered("service_book", &unchanged)).await.done();
        let book = about(&subject, "service_book", json!({}));
        let told = shop.post(&key, "/v1/consents/record", book).await.done();
        assert_eq!(told["document"]["dpv:hasConsentStatus"][0]["dpv:hasNotice"]["saqta:policyVersion"], 2);
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

/// RFC 8058: the permission to write brings the address that ends it, and one POST of a mail program ends all of it.
#[test]
fn one_click_in_an_advertisement_ends_all_of_them() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        for channel in ["email", "sms"] {
            agrees_to_marketing(shop, &key, &subject, channel).await;
        }
        let allowed = shop.post(&key, "/v1/use", through(&subject, "email")).await.done();
        let path = allowed["unsubscribe"].as_str().unwrap();
        let address = match path.strip_prefix('/') {
            Some(_) => format!("{}{path}", shop.base()),
            None => path.to_owned(),
        };
        let click = async |address: &str| {
            let body = "List-Unsubscribe=One-Click";
            reqwest::Client::new().post(address).body(body).send().await.unwrap().status().as_u16()
        };
        // Opening alone ends nothing, and a token that we did not give away is none.
        assert_eq!(reqwest::get(&address).await.unwrap().status(), 200);
        let (before, token) = address.rsplit_once('/').unwrap();
        let forged = format!("{before}/{}", token.chars().rev().collect::<String>());
        assert_ne!(click(&forged).await, 200);
        shop.post(&key, "/v1/use", through(&subject, "sms")).await.done();

        assert_eq!(click(&address).await, 200);
        for channel in ["email", "sms"] {
            let refused = shop.post(&key, "/v1/use", through(&subject, channel)).await;
            refused.refused("consent_withdrawn", "7.10");
        }
        assert_eq!(click(&address).await, 200, "a second click finds nothing to end");
        // Who agrees again can end it again.
        agrees_to_marketing(shop, &key, &subject, "email").await;
        shop.post(&key, "/v1/use", through(&subject, "email")).await.done();
        assert_eq!(click(&address).await, 200);
        let refused = shop.post(&key, "/v1/use", through(&subject, "email")).await;
        refused.refused("consent_withdrawn", "7.10");
    });
}
