//! Clause 3.2: every appeal is answered by its date, an authority within ten days, and what is late cannot be hidden.

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::file::Filing;
use saqta_app::requests::record::AuthorityLetter;
use saqta_domain::rules::must_answer::Lateness;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Applicant, Intake, Matter};
use saqta_testkit::office::{deed, file, from_page, post, seen, staff};
use saqta_testkit::shop::on_both;

const PHONE: &str = "+77000010001";

fn letter_of_authority() -> Filing {
    let mut filing = Filing::new(Matter::Authority { letter_due: None }, Intake::Paper, Language::Russian);
    filing.by = Applicant::Authority;
    filing.letter = Some(AuthorityLetter {
        authority: "Комитет по информационной безопасности".into(),
        number: "12-3/46".into(),
        dated: "2026-03-11".into(),
        questions: vec!["Где хранятся данные?".into()],
        answers: Vec::new(),
    });
    filing
}

#[test]
fn the_tenth_day_of_an_authority_moves_over_a_holiday_and_only_the_responsible_answer() {
    on_both(async |shop| {
        let _letters = post(shop);
        // Received on 11 March: the tenth day is the first of Nauryz, a Saturday, and four days off follow.
        shop.wait(9.days()).await;
        let clerk = staff(1, Role::Clerk);
        let filed = shop.app().file_request(&clerk, &letter_of_authority()).await.unwrap();
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        assert_eq!(shown.due.strictest().unwrap().last_day.to_string(), "2026-03-26");
        let answer = Deed::AnswerAuthority { answers: vec!["В Казахстане.".into()] };
        let refused = shop.app().do_deed(&clerk, filed.number, &answer).await;
        assert!(matches!(refused, Err(Error::Refused(_))));
        deed(shop, &staff(2, Role::Responsible), filed.number, answer).await;
        let answered = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        assert_eq!(answered.lateness, Lateness::InTime);
    });
}

#[test]
fn a_question_that_is_late_stays_late_after_its_answer() {
    on_both(async |shop| {
        let mut filing = from_page(Matter::Explanation, PHONE);
        filing.text = "Кому вы передаёте мой адрес?".to_owned();
        let (in_time, late) = (file(shop, &filing).await, file(shop, &filing).await);
        let answer = || Deed::Answer {
            answer: "Перевозчику, если вы согласились.".into(),
            basis: String::new(),
        };
        let clerk = staff(1, Role::Clerk);
        deed(shop, &clerk, in_time.number, answer()).await;
        shop.wait(5.days()).await;
        assert!(matches!(seen(shop, &late).await.lateness, Lateness::Overdue { .. }));
        deed(shop, &clerk, late.number, answer()).await;
        assert!(matches!(seen(shop, &late).await.lateness, Lateness::WasLate { .. }));
        assert_eq!(seen(shop, &in_time).await.lateness, Lateness::InTime);
    });
}

#[test]
fn whoever_has_not_signed_the_undertaking_sees_no_request() {
    on_both(async |shop| {
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        let mut outsider = staff(3, Role::Responsible);
        outsider.actor = saqta_domain::terms::actor::Actor::Staff {
            id: "03".repeat(16),
            role: Role::Responsible,
            undertaking: false,
        }
        .into();
        assert!(shop.app().look_at_request(&outsider, filed.number).await.is_err());
        assert!(shop.app().open_requests(&outsider).await.is_err());
        let note = Deed::Note { text: "x".into() };
        assert!(shop.app().do_deed(&outsider, filed.number, &note).await.is_err());
        let clerk = staff(1, Role::Clerk);
        assert_eq!(shop.app().open_requests(&clerk).await.unwrap().len(), 1);
    });
}
