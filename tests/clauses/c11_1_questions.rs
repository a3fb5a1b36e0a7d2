//! Clause 11.1: a question about the processing is taken from anybody, answered in words, and nobody's data are opened for it.

use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::{Deed, DeedKind};
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Matter, Outcome};
use saqta_testkit::office::{deed, file, from_page, post, seen, staff};
use saqta_testkit::shop::on_both;

#[test]
fn a_question_needs_no_proof_and_is_answered_on_a_paper() {
    on_both(async |shop| {
        let _letters = post(shop);
        let mut filing = from_page(Matter::Explanation, "+77000018001");
        filing.text = "Сколько вы храните адрес доставки?".to_owned();
        let filed = file(shop, &filing).await;
        assert!(!filed.awaits_identity);
        let clerk = staff(1, Role::Clerk);
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        assert!(shown.may.contains(&DeedKind::Answer) && shown.compared.is_empty());
        let answer = Deed::Answer {
            answer: "Полгода после доставки.".into(), basis: "пункт 7.9".into()
        };
        deed(shop, &clerk, filed.number, answer).await;
        let answered = seen(shop, &filed).await;
        assert_eq!(answered.state, RequestState::Answered(Outcome::Done));
        let paper = answered.papers.last().unwrap().number;
        let article = shop.app().paper_article(&filed.secret, paper).await.unwrap();
        assert!(article.contains("Полгода после доставки.") && article.contains("пункт 7.9"));
    });
}

#[test]
fn a_question_without_words_and_an_answer_without_words_are_refused() {
    on_both(async |shop| {
        let empty = from_page(Matter::Explanation, "+77000018001");
        let caller = saqta_app::requests::identity::applicant(empty.language);
        let refused = shop.app().file_request(&caller, &empty).await;
        assert!(matches!(refused, Err(Error::Request(RequestFault::WordsMissing))));
        let mut filing = from_page(Matter::Explanation, "+77000018001");
        filing.text = "Кто отвечает за данные?".to_owned();
        let filed = file(shop, &filing).await;
        let silent = Deed::Answer { answer: "  ".into(), basis: String::new() };
        let refused = shop.app().do_deed(&staff(1, Role::Clerk), filed.number, &silent).await;
        assert!(matches!(refused, Err(Error::Request(RequestFault::WordsMissing))));
        assert_eq!(seen(shop, &filed).await.state, RequestState::InProgress);
    });
}
