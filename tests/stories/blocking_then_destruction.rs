//! Somebody has their data blocked, then asks to destroy them, thinks better of it, and asks again: two people stand for it, an hour
//! passes, and an act says what is gone.

use jiff::ToSpan;
use saqta_domain::terms::actor::Role;
use serde_json::json;

use saqta_documents::papers::Paper;

use crate::stage::{EMAIL, NAME, PHONE, Stage, in_every_language, paper_with};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_blocked_is_destroyed_when_two_people_stand_for_it_and_nobody_takes_it_back() {
    in_every_language(story).await;
}

async fn story(stage: &Stage) {
    let shop = &stage.shop;
    let key = shop.key(&["service_book", "order"]).await;
    let body = json!({ "parts": [
        { "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
          "consents": [shop.answer_to("service_book", None, true)] },
        { "purpose": "order", "reference": "A-1", "values": { "full_name": NAME, "phone": PHONE, "email": EMAIL } },
    ] });
    let subject = shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
    let book = async || shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;

    stage.asks_and_confirms("block", &[("contact", PHONE)]).await;
    stage.stands("done").await;
    assert_eq!(book().await.body["code"], "blocked");

    let (clerk, responsible) =
        (stage.staff("Yerlan", Role::Clerk).await, stage.staff("Saule", Role::Responsible).await);
    let first = stage.asks_and_confirms("destroy", &[("contact", PHONE)]).await;
    clerk.does(first.number, "approve", &[]).await;
    assert!(!clerk.is_offered(first.number, "approve").await, "one person stands for it once");
    stage.stands("in_progress").await;
    responsible.does(first.number, "approve", &[]).await;
    stage.stands("undoable").await;
    stage.presses("undo").await;
    stage.stands("taken_back").await;
    stage.wait(2.hours()).await;
    assert_eq!(book().await.body["code"], "blocked", "the block they asked for stands, and nothing is gone");

    let second = stage.asks_and_confirms("destroy", &[("contact", PHONE)]).await;
    for one in [&clerk, &responsible] {
        stage.comes_to_work(one).await;
    }
    clerk.does(second.number, "approve", &[]).await;
    responsible.does(second.number, "approve", &[]).await;
    stage.stands("undoable").await;
    stage.wait(1.hours()).await;
    assert_eq!(book().await.status, 403);
    stage.stands("in_progress").await;
    // The last epoch that could open an old copy is over before the answer is late.
    stage.wait(1.days()).await;
    stage.stands("partly").await;
    let kept = shop.retrieve(&key, &subject, "order", &["phone"]).await;
    assert_eq!(kept.body["code"], "blocked", "what the order needs stays, and stays blocked as they asked");
    let (order, vin) = (stage.purpose("order"), stage.attribute("car_vin"));
    let prints = stage.prints(&second).await;
    let number = stage.cited(second.number);
    let act = stage.title(Paper::DestructionAct);
    paper_with(&prints, &[&act, &number, &vin, &stage.word("answer-act-method"), "990140000017"]);
    paper_with(
        &prints,
        &[&stage.title(Paper::DestructionAnswer), &number, &order, &stage.word("basis-contract")],
    );
    assert!(
        !prints.iter().any(|print| print.contains("XTA210990Y2766389")),
        "no paper has what was destroyed"
    );
}
