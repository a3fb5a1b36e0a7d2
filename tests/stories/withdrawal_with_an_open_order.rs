//! Somebody whose parcel is on its way takes back what they agreed to: advertising ends, the order goes on, and the page says until when.

use jiff::ToSpan;
use serde_json::json;

use saqta_documents::papers::Paper;

use crate::stage::{PHONE, Stage, in_every_language, paper_with};

#[tokio::test(flavor = "multi_thread")]
async fn what_the_order_needs_goes_on_and_is_said_to() {
    in_every_language(story).await;
}

async fn story(stage: &Stage) {
    let shop = &stage.shop;
    let key = shop.key(&["order", "marketing"]).await;
    let subject = shop.customer(&key, 1).await;
    stage.agrees_to_advertising(&key, &subject).await;

    let asked = stage.asks("withdraw", &[("contact", PHONE)]).await;
    assert!(!stage.may_advertise(&key, &subject).await);
    stage.confirms().await;
    stage.stands("partly").await;
    let (order, marketing) = (stage.purpose("order"), stage.purpose("marketing"));
    let fates = stage.fates().await;
    let beside = |title: &str| fates.iter().find(|(shown, _)| shown == title).unwrap().1.clone();
    assert!(beside(&order).contains(&stage.word("paper-fate-continues")), "{fates:?}");
    assert!(beside(&order).contains(&stage.word("basis-contract")), "because of what: {fates:?}");
    assert!(!beside(&marketing).contains(&stage.word("paper-fate-continues")), "{fates:?}");
    let prints = stage.prints(&asked).await;
    paper_with(
        &prints,
        &[&stage.title(Paper::WithdrawalAnswer), &order, &marketing, &stage.word("basis-contract")],
    );
    assert_eq!(shop.retrieve(&key, &subject, "order", &["phone"]).await.status, 200);

    // The order is over: what was kept for it is locked, and nobody uses it any more.
    let closed = json!({ "subject": { "id": subject }, "event": "order.closed", "reference": "A-1" });
    shop.post(&key, "/v1/events", closed).await.done();
    stage.wait(1.days()).await;
    assert_eq!(shop.retrieve(&key, &subject, "order", &["phone"]).await.status, 403);
    // Its term lasts longer than the three years for which the request itself is kept.
    stage.wait(1.years()).await;
    stage.stands("partly").await;
    let fates = stage.fates().await;
    assert!(fates.iter().any(|(shown, _)| *shown == order), "{fates:?}");
}
