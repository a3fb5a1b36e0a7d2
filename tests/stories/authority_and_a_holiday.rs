//! An authority writes; the tenth day is a holiday. The letter is answered point by point, and the pack is checked without the server.

use jiff::ToSpan;
use saqta_app::requests::pack::verify_pack;
use saqta_domain::terms::actor::Role;

use crate::stage::{Stage, in_every_language};

const QUESTIONS: &str = "Сколько обращений поступило?\nГде хранятся данные?";

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_is_answered_by_the_working_day_after_the_holidays() {
    in_every_language(story).await;
}

async fn story(stage: &Stage) {
    stage.wait(10.days()).await;
    let (clerk, responsible) =
        (stage.staff("Yerlan", Role::Clerk).await, stage.staff("Saule", Role::Responsible).await);
    clerk.opens("/requests/new/authority").await;
    // Ten days after 12 March are over on Nauryz.
    let letter = [
        ("authority", "Комитет по информационной безопасности"),
        ("letter_number", "12-3/45"),
        ("letter_dated", "2026-03-11"),
        ("received", "2026-03-12"),
        ("questions", QUESTIONS),
    ];
    clerk.fills("main form", &letter).await;
    let case = clerk.text().await;
    assert!(case.contains("26"), "{case}");
    assert!(!clerk.is_offered(1, "answer_authority").await, "a clerk does not answer an authority");

    // Nobody answers: what is late cannot be hidden.
    stage.wait(8.days()).await;
    stage.comes_to_work(&clerk).await;
    let board = clerk.opens("/requests").await;
    assert!(board.contains("Комитет") || board.contains("№ 1"), "{board}");
    let answers = [("answer-1", "Одно: это."), ("answer-2", "В Казахстане.")];
    stage.comes_to_work(&responsible).await;
    responsible.does(1, "answer_authority", &answers).await;
    let pack = responsible.fetches("/requests/1/pack").await;
    let found = verify_pack(&pack, None).unwrap();
    assert!(found.ok && found.request == 1 && found.files >= 6, "{found:?}");
    let mut spoiled = pack.clone();
    let place = spoiled.len() / 2;
    spoiled[place] ^= 1;
    assert!(!verify_pack(&spoiled, None).is_ok_and(|found| found.ok), "a byte that was changed is found");
}
