//! Clause 3.2: how a person stands with a purpose is told whatever has ended, without a value, and to nobody without a right to ask.

use jiff::ToSpan;
use saqta_app::instance::Limits;
use saqta_testkit::shop::{Key, Shop, on_both, on_both_within};
use serde_json::{Value, json};

use crate::acts::{about, agrees_to_marketing, decision, event, opens_service_book};

async fn known(shop: &Shop, key: &Key, subject: &str, purpose: &str) -> Value {
    shop.post(key, "/v1/inspect", about(subject, purpose, json!({}))).await.done()
}

fn by_email(number: u16, purpose: &str) -> Value {
    let who = json!({ "attribute": "email", "value": format!("aigerim{number}@mail.example") });
    json!({ "subject": who, "purpose": purpose })
}

fn names(held: &Value) -> Vec<&str> {
    held.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn what_is_held_is_told_by_name_and_time_and_the_look_is_on_record() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let since = shop.now().to_string();
        shop.wait(1.hour()).await;
        let correction = json!({ "values": { "phone": "+77000012222" }, "source": "staff" });
        shop.post(&key, "/v1/rectify", about(&subject, "order", correction)).await.done();

        let leaves = shop.leaves();
        let told = known(shop, &key, &subject, "order").await;
        assert_eq!(shop.leaves(), leaves + 1);
        assert_eq!(names(&told["held"]), ["email", "full_name", "phone"], "nothing of the service book");
        let value = |recorded: &str, source: &str, version: u32| {
            json!({
                "recorded_at": recorded, "confirmed_at": recorded, "source": source, "version": version,
                "blocked": false, "correction_waits": false,
            })
        };
        assert_eq!(told["held"]["email"], value(&since, "subject", 1));
        assert_eq!(told["held"]["phone"], value(&shop.now().to_string(), "staff", 2));
        assert_eq!(told["grounds"], json!([{ "basis": "contract", "since": since }]));
        let now = json!({ "allowed": true, "clause": "6.4", "basis": "contract", "law_knows": false });
        assert_eq!(told["now"], now);
        let term = json!({
            "state": "open", "basis": "contract", "term": "P3Y",
            "because": "limitation period, Civil Code art. 178", "held_back": false,
        });
        assert_eq!(told["kept"], term);
        assert_eq!((&told["subject"], &told["clause"]), (&json!(subject), &json!("3.2")));
        let text = told.to_string();
        for never in ["A-1", "+7700", "mail.example", "Айгерим"] {
            assert!(!text.contains(never), "{never} in {text}");
        }

        let leaf = decision(shop, &key, &told).await;
        assert_eq!((&leaf["operation"], &leaf["rule"]), (&json!("retrieval"), &json!("may_inspect")));
        assert_eq!(leaf["attributes"], json!(["email", "full_name", "phone"]));
        let found = shop.post(&key, "/v1/inspect", by_email(1, "order")).await.done();
        assert_eq!((&found["subject"], &found["held"]), (&told["subject"], &told["held"]));
    });
}

#[test]
fn a_withdrawal_and_an_end_are_told_where_nothing_may_be_read_any_more() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "email").await;
        let email = json!({
            "subject": { "id": subject },
            "parts": [{ "purpose": "marketing", "values": { "email": "aigerim1@mail.example" } }],
        });
        shop.post(&key, "/v1/collect", email).await.done();
        let given = shop.now().to_string();
        let told = shop.post(&key, "/v1/inspect", by_email(1, "marketing")).await.done();
        assert_eq!((&told["now"]["basis"], &told["subject"]), (&json!("consent"), &json!(subject)));
        assert_eq!(told["consents"][0]["state"], "in_force");
        assert_eq!(told["kept"]["until"], told["consents"][0]["until"]);

        shop.wait(1.minute()).await;
        shop.post(&key, "/v1/withdraw", about(&subject, "marketing", json!({}))).await.done();
        shop.retrieve(&key, &subject, "marketing", &["email"]).await.refused("consent_withdrawn", "7.10");
        let told = shop.post(&key, "/v1/inspect", by_email(1, "marketing")).await.done();
        assert!(told.get("subject").is_none(), "nobody is found by a value that may not be used: {told}");
        let consent = json!({
            "channel": "email", "state": "withdrawn", "answered_at": given,
            "withdrawn_at": shop.now().to_string(), "policy_version": 1, "language": "ru",
            "text_digest": shop.answer_to("marketing", None, true)["text_digest"],
        });
        assert_eq!(told["consents"], json!([consent]));
        let (now, kept) = (&told["now"], &told["kept"]);
        assert_eq!((&now["allowed"], &now["code"]), (&json!(false), &json!("consent_withdrawn")));
        assert_eq!(now["clause"], "7.10");
        assert!(now["why"].is_string() && now["needs"].is_string(), "{now}");
        assert_eq!((&kept["state"], &kept["ended_by"]), (&json!("over"), &json!("consent_withdrawn")));
        assert_eq!(names(&told["held"]), ["email"]);
        shop.wait(1.day()).await;
        let gone = about(&subject, "marketing", json!({}));
        shop.post(&key, "/v1/inspect", gone).await.refused("no_record", "5.3");

        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        let told = known(shop, &key, &subject, "order").await;
        assert_eq!(
            (&told["kept"]["state"], &told["now"]["code"]),
            (&json!("kept"), &json!("purpose_reached"))
        );
        assert!(told["kept"]["until"].as_str().unwrap().starts_with("2029-03-0"), "{told}");
        assert_eq!(told["grounds"], json!([]));
    });
}

#[test]
fn blocks_holds_and_stops_are_told_and_stand_in_nobodys_way() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let block = json!({ "reason": "inaccurate", "scope": { "attributes": ["phone"] } });
        let block = shop.post(&key, "/v1/restrict", about(&subject, "order", block)).await.done();
        let hold = json!({ "ground": "court order 7514-26" });
        let hold = shop.post(&key, "/v1/hold", about(&subject, "order", hold)).await.done();
        let since = shop.now().to_string();
        let told = known(shop, &key, &subject, "order").await;
        let blocks = json!([{
            "restriction": block["restriction"], "scope": { "attributes": ["phone"] }, "reason": "inaccurate",
            "since": since,
        }]);
        assert_eq!(told["restrictions"], blocks);
        assert_eq!(told["holds"], json!([{ "hold": hold["hold"], "since": since }]));
        assert!(!told.to_string().contains("7514"), "what a hold rests on is not told: {told}");
        let blocked = |name: &str| told["held"][name]["blocked"] == true;
        assert_eq!(
            (blocked("phone"), blocked("email"), &told["now"]["allowed"]),
            (true, false, &json!(true))
        );
        assert_eq!(told["kept"]["held_back"], true);

        let administrator = shop.administrator().await;
        shop.post(&administrator, "/v1/purposes/order/stop", json!({ "reason": "audit" })).await.done();
        let told = known(shop, &key, &subject, "order").await;
        assert_eq!(told["now"]["code"], "purpose_stopped");
        shop.post(&administrator, "/v1/purposes/order/resume", json!({ "reason": "audit" })).await.done();
        shop.post(&key, "/v1/stop", json!({ "subject": { "id": subject } })).await.done();
        let told = known(shop, &key, &subject, "order").await;
        assert_eq!((&told["now"]["code"], &told["stopped_at"]), (&json!("subject_stopped"), &json!(since)));
    });
}

#[test]
fn who_may_not_ask_learns_nothing_and_of_a_stranger_there_is_nothing_to_learn() {
    on_both(async |shop| {
        let clerk = shop.key(&["order", "service_book", "marketing"]).await;
        let subject = shop.customer(&clerk, 1).await;
        let stranger = "a7".repeat(16);
        let delivery = shop.key(&["delivery"]).await;
        let user = shop.key_with(&["order"], &["use"], Some("8 of 2026-01-13")).await;
        let unsigned = shop.key_with(&["order"], &["retrieval"], None).await;
        for (key, code, clause) in [
            (&delivery, "not_authorised", "7.1"),
            (&user, "not_authorised", "7.1"),
            (&unsigned, "no_undertaking", "10"),
        ] {
            for somebody in [subject.as_str(), stranger.as_str()] {
                let question = about(somebody, "order", json!({}));
                shop.post(key, "/v1/inspect", question).await.refused(code, clause);
            }
        }
        // Nobody, somebody of whom the purpose knows nothing, and somebody known in another compartment alone.
        for question in [
            about(&stranger, "order", json!({})),
            about(&subject, "service_book", json!({})),
            about(&subject, "marketing", json!({})),
            by_email(2, "order"),
            by_email(1, "marketing"),
        ] {
            shop.post(&clerk, "/v1/inspect", question).await.refused("no_record", "5.3");
        }
        let by_phone = json!({ "attribute": "phone", "value": "+77000010001" });
        let by_phone = json!({ "subject": by_phone, "purpose": "service_book" });
        let refused = shop.post(&clerk, "/v1/inspect", by_phone).await;
        refused.problem(400, "attribute_not_of_purpose");
    });
}

#[test]
fn looking_at_many_counts_as_reading_many() {
    let limits = Limits { persons_a_day: 2, ..Limits::default() };
    on_both_within(limits, async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        known(shop, &key, &subject, "order").await;
        known(shop, &key, &subject, "order").await;
        let question = about(&subject, "order", json!({}));
        shop.post(&key, "/v1/inspect", question).await.refused("too_many_persons", "7.1");
    });
}
