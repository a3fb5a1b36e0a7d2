//! Somebody's name changed: a clerk sees both beside each other, is shown the document, and puts it right.

use saqta_domain::terms::actor::Role;

use saqta_documents::papers::Paper;

use crate::stage::{NAME, PHONE, Stage, in_every_language, paper_with};

const RIGHT: &str = "Айгерім Оспанқызы";

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_put_right_by_a_document_that_is_seen_and_not_kept() {
    in_every_language(story).await;
}

async fn story(stage: &Stage) {
    let shop = &stage.shop;
    let key = shop.key(&["order"]).await;
    let subject = shop.customer(&key, 1).await;
    let fields =
        [("ground", "out_of_date"), ("which-1", "full_name"), ("value-1", RIGHT), ("contact", PHONE)];
    let asked = stage.asks_and_confirms("correct", &fields).await;
    stage.stands("in_progress").await;

    let clerk = stage.staff("Yerlan", Role::Clerk).await;
    let shown = clerk.opens(&format!("/requests/{}", asked.number)).await;
    assert!(shown.contains(NAME) && shown.contains(RIGHT), "old and new stand side by side: {shown}");
    let evidence = [("evidence", "свидетельство о браке, показано в магазине")];
    clerk.does(asked.number, "see_documents", &evidence).await;
    clerk.does(asked.number, "rectify", &[]).await;

    let now = shop.retrieve(&key, &subject, "order", &["full_name"]).await.done();
    assert_eq!(now["values"]["full_name"], RIGHT);
    stage.stands("done").await;
    let prints = stage.prints(&asked).await;
    paper_with(&prints, &[&stage.title(Paper::RectificationAnswer), NAME, RIGHT, "свидетельство о браке"]);
    assert!(!clerk.is_offered(asked.number, "rectify").await, "once is enough");
}
