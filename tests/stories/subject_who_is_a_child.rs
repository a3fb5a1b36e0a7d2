//! A child of twelve asks for a copy: nobody is sent away, and nothing is given before a parent has shown that they may ask.

use saqta_domain::terms::actor::Role;
use serde_json::json;

use saqta_documents::papers::Paper;

use crate::stage::{EMAIL, NAME, PHONE, Stage, in_every_language, paper_with};

#[tokio::test(flavor = "multi_thread")]
async fn a_child_gets_a_copy_through_a_parent() {
    in_every_language(story).await;
}

async fn story(stage: &Stage) {
    let shop = &stage.shop;
    let key = shop.key(&["order", "service_book"]).await;
    let mut consent = shop.answer_to("service_book", None, true);
    consent["given_by"] = "representative".into();
    let body = json!({ "parts": [
        { "purpose": "service_book",
          "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389", "birth_date": "2013-05-01" },
          "consents": [consent] },
        { "purpose": "order", "reference": "A-1", "values": { "full_name": NAME, "phone": PHONE, "email": EMAIL } },
    ] });
    shop.post(&key, "/v1/collect", body).await.done();
    let child = stage.asks_and_confirms("see", &[("contact", PHONE)]).await;
    stage.stands("in_progress").await;
    let prints = stage.prints(&child).await;
    assert!(
        !prints.iter().any(|print| print.contains("XTA210990Y2766389")),
        "nothing is given to a child alone"
    );

    let parents = stage
        .asks(
            "see?for=other",
            &[("contact", PHONE), ("answer_to", "+77000017777"), ("name", "Оспан Сапаров")],
        )
        .await;
    stage.stands("awaiting_identity").await;
    stage.says("portal-authority").await;
    let clerk = stage.staff("Yerlan", Role::Clerk).await;
    let case = clerk.opens(&format!("/requests/{}", child.number)).await;
    assert!(case.contains("12"), "how old the child is stands there: {case}");
    let authority = |until: &'static str| {
        [("seen_kind", "свидетельство о рождении"), ("seen_number", "0123456"), ("seen_until", until)]
    };
    clerk.opens(&format!("/requests/{}", parents.number)).await;
    clerk.fills("#identify_representative form", &authority("2025-05-01")).await;
    stage.stands("awaiting_identity").await;
    clerk.does(parents.number, "identify_representative", &authority("2031-05-01")).await;
    stage.stands("done").await;
    // The parent shows by a code of their own that the answer comes to them.
    stage.shows_anew().await;
    let prints = stage.prints(&parents).await;
    paper_with(&prints, &[&stage.title(Paper::AccessAnswer), NAME, "XTA210990Y2766389"]);
}
