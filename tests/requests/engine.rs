//! What becomes of each kind of request, on both databases?

use std::collections::BTreeSet;

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::Deed;
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{CorrectionGround, Matter, Objection, Outcome};
use saqta_testkit::office::{HERE, code, deed, file, file_and_confirm, from_page, post, seen, staff};
use saqta_testkit::shop::{Shop, on_both};
use serde_json::json;

use crate::shop::{PHONE, customer, may_advertise, show_anew, withdrawal};

#[test]
fn a_copy_is_made_without_staff_once_it_is_known_who_asks_and_not_before() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        assert!(filed.awaits_identity && filed.number == 1);
        let waiting = seen(shop, &filed).await;
        assert_eq!(waiting.state, RequestState::AwaitingIdentity);
        let over = |error: Error| matches!(error, Error::Request(RequestFault::ProofOver));
        assert!(over(shop.app().copy_of(&filed.secret).await.unwrap_err()));
        let sent = code(shop, letters.path()).await.unwrap();
        let wrong = if sent == "000000" { "000001" } else { "000000" };
        let refused = shop.app().confirm_code(&filed.secret, wrong, HERE, waiting.language).await;
        assert!(matches!(refused, Err(Error::Request(RequestFault::CodeWrong))));
        shop.app().confirm_code(&filed.secret, &sent, HERE, waiting.language).await.unwrap();
        let answered = seen(shop, &filed).await;
        assert_eq!(answered.state, RequestState::Answered(Outcome::Done));
        let kinds: Vec<Paper> = answered.papers.iter().map(|paper| paper.paper).collect();
        assert_eq!(kinds, [Paper::Acknowledgement, Paper::AccessAnswer]);
        let copy = String::from_utf8(shop.app().copy_of(&filed.secret).await.unwrap().to_vec()).unwrap();
        for held in ["Айгерим Сапарова", PHONE, "aigerim1@mail.example", "\"marketing\""] {
            assert!(copy.contains(held), "{held} is missing");
        }
        let print = shop.app().paper_pdf(&filed.secret, answered.papers[1].number).await.unwrap();
        assert!(print.starts_with(b"%PDF"));
        // Half an hour later the secret alone opens it no more: somebody may have found it.
        shop.wait(31.minutes()).await;
        assert!(over(shop.app().copy_of(&filed.secret).await.unwrap_err()));
        assert!(over(shop.app().paper_pdf(&filed.secret, answered.papers[1].number).await.unwrap_err()));
        assert!(shop.app().paper_pdf(&filed.secret, answered.papers[0].number).await.is_ok());
        show_anew(shop, letters.path(), &filed).await;
        shop.app().copy_of(&filed.secret).await.unwrap();
        // A copy is fetched for two weeks and no longer.
        shop.wait(15.days()).await;
        show_anew(shop, letters.path(), &filed).await;
        assert!(matches!(shop.app().copy_of(&filed.secret).await, Err(Error::NotFound)));
    });
}

#[test]
fn staff_do_to_data_only_what_a_request_is_about() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        let block = Matter::Restriction { ground: None, attributes: BTreeSet::new() };
        file_and_confirm(shop, letters.path(), &from_page(block, PHONE)).await;
        let mut filing = from_page(Matter::Complaint, PHONE);
        filing.text = "Мне не отвечают.".to_owned();
        let complaint = file(shop, &filing).await;
        let lift = Deed::Lift { found: "по жалобе".to_owned() };
        let lifted = shop.app().do_deed(&staff(1, Role::Clerk), complaint.number, &lift).await;
        assert!(lifted.is_err());
        assert_eq!(shop.retrieve(&key, &subject, "order", &["phone"]).await.body["code"], "blocked");
    });
}

#[test]
fn words_that_nobody_can_read_are_no_words_and_keep_nothing_from_going_on() {
    on_both(async |shop| {
        let mut filing = from_page(Matter::Explanation, PHONE);
        filing.text = "\u{200b}\u{feff}".to_owned();
        let refused = shop
            .app()
            .file_request(&saqta_app::requests::identity::applicant(filing.language), &filing)
            .await;
        assert!(matches!(refused, Err(Error::Request(RequestFault::WordsMissing))));
        let mut filing = from_page(Matter::Objection(Objection::Marketing), PHONE);
        (filing.text, filing.name) = ("\u{200b}".to_owned(), "\u{200b}".to_owned());
        let filed = file(shop, &filing).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
    });
}

#[test]
fn advertising_stops_at_once_and_the_rest_of_a_withdrawal_waits_for_the_person() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        assert!(may_advertise(shop, &key, &subject).await);
        let filed = file(shop, &from_page(withdrawal(), PHONE)).await;
        assert!(!may_advertise(shop, &key, &subject).await, "it stopped before anybody proved anything");
        assert_eq!(seen(shop, &filed).await.state, RequestState::AwaitingIdentity);
        let sent = code(shop, letters.path()).await.unwrap();
        let language = seen(shop, &filed).await.language;
        shop.app().confirm_code(&filed.secret, &sent, HERE, language).await.unwrap();
        // The open order goes on, and the answer says so.
        let answered = seen(shop, &filed).await;
        assert_eq!(answered.state, RequestState::Answered(Outcome::Partly));
        let state =
            |purpose: &str| answered.fates.iter().find(|f| f.purpose == purpose).unwrap().state.clone();
        assert_eq!((state("order").as_str(), state("marketing").as_str()), ("continues", "stopped"));
        // When the order is over and its term too, the answer becomes whole by itself.
        let closed = json!({ "subject": { "id": subject }, "event": "order.closed", "reference": "A-1" });
        shop.post(&key, "/v1/events", closed).await.done();
        shop.wait(2.days()).await;
        assert_eq!(
            seen(shop, &filed).await.state,
            RequestState::Answered(Outcome::Partly),
            "kept for three years"
        );
    });
}

#[test]
fn a_stop_to_advertising_needs_nobody_to_prove_anything() {
    on_both(async |shop| {
        let (key, subject) = customer(shop).await;
        let matter = Matter::Objection(Objection::Marketing);
        let filed = file(shop, &from_page(matter.clone(), PHONE)).await;
        assert!(!filed.awaits_identity && !may_advertise(shop, &key, &subject).await);
        let unknown = file(shop, &from_page(matter, "+77000018888")).await;
        let (one, other) = (seen(shop, &filed).await, seen(shop, &unknown).await);
        assert_eq!(one.state, RequestState::Answered(Outcome::Done));
        assert_eq!((one.state, one.papers.len()), (other.state, other.papers.len()));
    });
}

#[test]
fn a_request_that_a_program_sends_twice_is_filed_once() {
    on_both(async |shop| {
        let (key, subject) = customer(shop).await;
        let body = json!({ "kind": "access", "subject": { "id": subject }, "contact": PHONE });
        let once = shop.post_once(&key, "/v1/requests", body.clone(), Some("a-1")).await.done();
        let again = shop.post_once(&key, "/v1/requests", body, Some("a-1")).await.done();
        assert_eq!((&once["number"], &once["secret"]), (&again["number"], &again["secret"]));
    });
}

#[test]
fn a_correction_is_shown_beside_what_stands_there_and_told_with_both() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        let name = AttributeName::new("full_name").unwrap();
        let matter = Matter::Rectification {
            ground: CorrectionGround::Inaccurate,
            attributes: BTreeSet::from([name.clone()]),
        };
        let mut filing = from_page(matter, PHONE);
        filing.proposed = vec![(name, "Айгерім Сапарова".to_owned())];
        let filed = file_and_confirm(shop, letters.path(), &filing).await;
        let clerk = staff(1, Role::Clerk);
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        let compared = &shown.compared[0];
        assert_eq!(compared.now.as_deref(), Some("Айгерим Сапарова"));
        assert_eq!(compared.proposed, "Айгерім Сапарова");
        let evidence = "удостоверение личности, показано в магазине".to_owned();
        deed(shop, &clerk, filed.number, Deed::SeeDocuments { evidence }).await;
        deed(shop, &clerk, filed.number, Deed::Rectify).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
        let now = shop.retrieve(&key, &subject, "order", &["full_name"]).await.done();
        assert_eq!(now["values"]["full_name"], "Айгерім Сапарова");
    });
}

#[test]
fn a_block_stands_from_the_moment_it_is_known_who_asks() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        let matter = Matter::Restriction { ground: None, attributes: BTreeSet::new() };
        let filed = file_and_confirm(shop, letters.path(), &from_page(matter, PHONE)).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
        let blocked = shop.retrieve(&key, &subject, "order", &["phone"]).await;
        assert_eq!(blocked.body["code"], "blocked");
        // Lifted by staff, who say what they found.
        let lift = file_and_confirm(shop, letters.path(), &from_page(Matter::Unrestriction, PHONE)).await;
        let found = "данные верны, нарушения нет".to_owned();
        deed(shop, &staff(1, Role::Clerk), lift.number, Deed::Lift { found }).await;
        assert_eq!(shop.retrieve(&key, &subject, "order", &["phone"]).await.status, 200);
    });
}

#[test]
fn a_clerk_answers_and_only_the_responsible_refuse() {
    on_both(async |shop| {
        let mut filing = from_page(Matter::Explanation, PHONE);
        filing.text = "Сколько вы храните мой адрес?".to_owned();
        let (one, two) = (file(shop, &filing).await, file(shop, &filing).await);
        let clerk = staff(1, Role::Clerk);
        let refusal = Deed::Refuse {
            refused: "весь вопрос".into(),
            reason: "вопрос не о персональных данных".into(),
            article: "п. 3.2".into(),
            can_do: "написать в службу поддержки".into(),
        };
        let denied = shop.app().do_deed(&clerk, one.number, &refusal).await;
        assert!(matches!(denied, Err(Error::Refused(_))));
        deed(shop, &staff(2, Role::Responsible), one.number, refusal).await;
        assert_eq!(seen(shop, &one).await.state, RequestState::Answered(Outcome::Refused));
        let answer = Deed::Answer {
            answer: "Полгода после доставки.".into(), basis: String::new()
        };
        deed(shop, &clerk, two.number, answer).await;
        assert_eq!(seen(shop, &two).await.state, RequestState::Answered(Outcome::Done));
    });
}

#[test]
fn numbers_have_no_gap_and_nobody_opens_another_ones_request() {
    on_both(async |shop| {
        let filed = futures(shop).await;
        let mut numbers: Vec<u64> = filed.iter().map(|one| one.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<u64>>());
        let app = shop.app();
        assert!(app.opens_request(filed[0].number, &filed[0].secret, HERE).await.is_ok());
        let other = app.opens_request(filed[1].number, &filed[0].secret, HERE).await;
        assert!(matches!(other, Err(Error::Request(RequestFault::SecretWrong))));
    });
}

/// Eight requests that come at the same time.
async fn futures(shop: &Shop) -> Vec<saqta_app::requests::file::Filed> {
    let filings: Vec<_> = (0..8).map(|n| from_page(Matter::Access, &format!("+7700001900{n}"))).collect();
    let app = shop.app();
    let mut tasks = Vec::new();
    for filing in filings {
        let app = std::sync::Arc::clone(app);
        tasks.push(tokio::spawn(async move {
            let caller = saqta_app::requests::identity::applicant(filing.language);
            app.file_request(&caller, &filing).await.unwrap()
        }));
    }
    let mut filed = Vec::new();
    for task in tasks {
        filed.push(task.await.unwrap());
    }
    filed
}

#[test]
fn what_nobody_proved_lapses_in_time_and_is_gone_a_month_later() {
    on_both(async |shop| {
        let _letters = post(shop);
        let filed = file(shop, &from_page(Matter::Access, "+77000019999")).await;
        // Received on a Monday morning, to be answered by Thursday.
        shop.wait(3.days()).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::AwaitingIdentity);
        shop.wait(14.hours()).await;
        let lapsed = seen(shop, &filed).await;
        assert_eq!(lapsed.state, RequestState::Lapsed, "an hour before it would have been late");
        assert!(matches!(lapsed.lateness, saqta_domain::rules::must_answer::Lateness::InTime));
        shop.wait(31.days()).await;
        let gone = shop.app().request_seen(&filed.secret).await;
        assert!(matches!(gone, Err(Error::Request(RequestFault::SecretWrong))));
        // Its number is used up all the same.
        let next = file(shop, &from_page(Matter::Access, "+77000019998")).await;
        assert_eq!(next.number, filed.number + 1);
    });
}

#[test]
fn the_journal_has_every_number_of_its_period() {
    on_both(async |shop| {
        let _letters = post(shop);
        for _ in 0..3 {
            let mut filing = from_page(Matter::Explanation, PHONE);
            filing.text = "Где мои данные?".to_owned();
            file(shop, &filing).await;
        }
        let day = |text: &str| text.parse().unwrap();
        let period = saqta_app::requests::desk::Period { from: day("2026-03-01"), until: day("2026-03-31") };
        let language = saqta_domain::terms::names::Language::Russian;
        let refused = shop.app().journal(&staff(1, Role::Clerk), period, language).await;
        assert!(matches!(refused, Err(Error::NotAdministrator)));
        let files = shop.app().journal(&staff(2, Role::Responsible), period, language).await.unwrap();
        let csv = String::from_utf8(files.csv).unwrap();
        assert_eq!(csv.lines().filter(|line| line.contains("Где мои данные?")).count(), 3);
        assert!(files.pdf.starts_with(b"%PDF") && files.xlsx.starts_with(b"PK"));
    });
}
