//! Somebody who ordered nothing takes back all they agreed to: advertising stops before anybody proved anything, the rest when they did.

use saqta_documents::papers::Paper;

use crate::stage::{PHONE, Stage, in_every_language, paper_with};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn all_that_was_agreed_to_ends() {
    in_every_language(story).await;
}

async fn story(stage: &Stage) {
    let shop = &stage.shop;
    let key = shop.key(&["service_book", "marketing"]).await;
    let body = json!({ "parts": [
        { "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
          "consents": [shop.answer_to("service_book", None, true)] },
        { "purpose": "marketing", "values": { "phone": PHONE },
          "consents": [shop.answer_to("marketing", Some("sms"), true)] },
    ] });
    let subject = shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
    assert!(stage.may_advertise(&key, &subject).await);

    let asked = stage.asks("withdraw", &[("contact", PHONE)]).await;
    assert!(
        !stage.may_advertise(&key, &subject).await,
        "advertising stops with the letter, not with the proof"
    );
    let book = async || shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await.status;
    assert_eq!(book().await, 200, "nobody has proved anything yet");
    stage.stands("awaiting_identity").await;

    stage.confirms().await;
    assert_eq!(book().await, 403);
    stage.stands("done").await;
    let fates = stage.fates().await;
    for purpose in ["service_book", "marketing"] {
        let title = stage.purpose(purpose);
        assert!(fates.iter().any(|(shown, _)| *shown == title), "{title} is not in {fates:?}");
    }
    let prints = stage.prints(&asked).await;
    let number = stage.cited(asked.number);
    let (book, marketing) = (stage.purpose("service_book"), stage.purpose("marketing"));
    paper_with(&prints, &[&stage.title(Paper::Acknowledgement), &number]);
    paper_with(&prints, &[&stage.title(Paper::WithdrawalAnswer), &number, &book, &marketing, "990140000017"]);

    // The number and the secret open it anywhere.
    stage.presses("close").await;
    stage.returns_to(&asked).await;
    stage.stands("done").await;
}
