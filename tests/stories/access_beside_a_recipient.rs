//! A buyer whose parcel goes to somebody else sees all about themselves, and of the other one only that there is something.

use std::io::{Cursor, Read};

use saqta_testkit::browser::Browser;
use serde_json::{Value, json};

use saqta_documents::papers::Paper;

use crate::stage::{Asked, EMAIL, NAME, PHONE, Stage, in_every_language, letters, paper_with};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_all_about_the_buyer_and_nothing_about_the_recipient() {
    in_every_language(story).await;
}

const OTHER: [&str; 3] = ["Нурлан Оспанов", "+77000020002", "улица Семи Ветров"];

async fn story(stage: &Stage) {
    let shop = &stage.shop;
    let key = shop.key(&["order", "delivery"]).await;
    let body = json!({ "parts": [
        { "purpose": "order", "reference": "A-1", "values": { "full_name": NAME, "phone": PHONE, "email": EMAIL } },
        { "purpose": "delivery", "reference": "A-1", "source": "other", "values": {
            "recipient_name": OTHER[0], "recipient_phone": OTHER[1], "delivery_address": "Шымкент, улица Семи Ветров, 7" } },
    ] });
    shop.post(&key, "/v1/collect", body).await.done();

    // Somebody else asks in their name, and the link goes to the person, who opens it in a browser of their own.
    let asked = stage.asks("see", &[("contact", EMAIL)]).await;
    let own = Browser::start().await;
    stage.follows_the_link(&own).await;
    let shown = own.run("return [...document.querySelectorAll('code.secret')].map(c => c.innerText);").await;
    assert_eq!(shown[0].as_str().unwrap(), asked.number.to_string());
    let mine = Asked { number: asked.number, secret: shown[1].as_str().unwrap().to_owned() };
    stage.looks().await;
    stage.says("portal-none-open").await;

    // The person asked after all: they open it by what only they were shown.
    let asked = mine;
    stage.returns_to(&asked).await;
    stage.stands("done").await;
    let prints = stage.prints(&asked).await;
    let (order, delivery) = (stage.purpose("order"), stage.purpose("delivery"));
    let masked = stage.word("answer-masked-other-person");
    paper_with(&prints, &[&stage.title(Paper::AccessAnswer), NAME, PHONE, EMAIL, &order, &delivery, &masked]);
    for about_another in OTHER {
        assert!(
            !prints.iter().any(|print| print.contains(&letters(about_another))),
            "{about_another} is printed"
        );
    }

    let zip = stage.fetches(&asked, &stage.at("/copy.zip")).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_end(&mut bytes).unwrap();
        bytes
    };
    let manifest: Value = serde_json::from_slice(&read("manifest.json")).unwrap();
    let files = manifest["files"].as_array().unwrap();
    assert!(files.len() >= 2, "{manifest}");
    for file in files {
        let name = file["name"].as_str().unwrap();
        let bytes = read(name);
        for about_another in OTHER {
            let there = bytes.windows(about_another.len()).any(|part| part == about_another.as_bytes());
            assert!(!there, "{about_another} is in {name}");
        }
    }
    let copy = stage.fetches(&asked, &stage.at("/copy.json")).await;
    let copy: Value = serde_json::from_slice(&copy).unwrap();
    assert_eq!(
        copy["records"][0]["left_out"].as_array().unwrap().len(),
        3,
        "that something is left out is said"
    );
}
