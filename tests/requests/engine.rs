//! What becomes of each kind of request, on both databases?

use std::collections::BTreeSet;

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::{Deed, DeedKind};
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{CorrectionGround, Matter, Objection, Outcome};
use saqta_testkit::office::{HERE, code, deed, file, file_and_confirm, from_page, post, seen, staff};
use saqta_testkit::shop::{Shop, on_both};
use serde_json::json;

const PHONE: &str = "+77000010001";

fn withdrawal() -> Matter {
    Matter::Withdrawal { purposes: BTreeSet::new(), channel: None }
}

fn destruction() -> Matter {
    Matter::Destruction { ground: None, purposes: BTreeSet::new() }
}

/// A customer with an open order who agreed to advertising by SMS.
async fn customer(shop: &Shop) -> (saqta_testkit::shop::Key, String) {
    let key = shop.key(&["order", "marketing", "delivery", "service_book"]).await;
    let subject = shop.customer(&key, 1).await;
    let body = json!({ "subject": { "id": subject }, "parts": [{
        "purpose": "marketing", "values": { "phone": PHONE },
        "consents": [shop.answer_to("marketing", Some("sms"), true)],
    }] });
    shop.post(&key, "/v1/collect", body).await.done();
    (key, subject)
}

async fn may_advertise(shop: &Shop, key: &saqta_testkit::shop::Key, subject: &str) -> bool {
    let body = json!({ "subject": { "id": subject }, "purpose": "marketing", "channel": "sms", "attributes": ["phone"] });
    shop.post(key, "/v1/use", body).await.status == 200
}

#[test]
fn a_copy_is_made_without_staff_once_it_is_known_who_asks_and_not_before() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        assert!(filed.awaits_identity && filed.number == 1);
        let waiting = seen(shop, &filed).await;
        assert_eq!(waiting.state, RequestState::AwaitingIdentity);
        assert!(matches!(shop.app().copy_of(&filed.secret).await, Err(Error::NotFound)));
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
        // A copy is fetched for two weeks and no longer.
        shop.wait(15.days()).await;
        assert!(matches!(shop.app().copy_of(&filed.secret).await, Err(Error::NotFound)));
    });
}

#[test]
fn whether_somebody_is_on_file_shows_nowhere() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let known = file(shop, &from_page(Matter::Access, PHONE)).await;
        let unknown = file(shop, &from_page(Matter::Access, "+77000019999")).await;
        assert_eq!(known.awaits_identity, unknown.awaits_identity);
        let (one, other) = (seen(shop, &known).await, seen(shop, &unknown).await);
        assert_eq!((one.state, one.papers.len()), (other.state, other.papers.len()));
        assert_eq!((one.can_take_back, one.at_hand), (other.can_take_back, other.at_hand));
        // One letter went out, and no code opens what belongs to nobody.
        let sent = code(shop, letters.path()).await.unwrap();
        let tried = shop.app().confirm_code(&unknown.secret, &sent, HERE, one.language).await;
        assert!(matches!(tried, Err(Error::Request(RequestFault::CodeWrong))));
        assert!(code(shop, letters.path()).await.is_none());
    });
}

#[test]
fn a_code_has_five_tries_and_a_restart_gives_none_back() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        let sent = code(shop, letters.path()).await.unwrap();
        let wrong = if sent == "123456" { "123457" } else { "123456" };
        let language = seen(shop, &filed).await.language;
        for _ in 0..5 {
            let tried = shop.app().confirm_code(&filed.secret, wrong, HERE, language).await;
            assert!(matches!(tried, Err(Error::Request(RequestFault::CodeWrong))));
        }
        // Now not even the right one counts, from nowhere.
        let tried = shop.app().confirm_code(&filed.secret, &sent, "198.51.100.1", language).await;
        assert!(matches!(tried, Err(Error::TooManyGuesses { .. })));
        // A new one does.
        shop.app().send_code_again(&filed.secret, HERE, language).await.unwrap();
        let again = code(shop, letters.path()).await.unwrap();
        shop.app().confirm_code(&filed.secret, &again, HERE, language).await.unwrap();
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
    });
}

#[test]
fn a_code_is_over_after_a_quarter_of_an_hour() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        let sent = code(shop, letters.path()).await.unwrap();
        shop.wait(15.minutes()).await;
        let language = seen(shop, &filed).await.language;
        let tried = shop.app().confirm_code(&filed.secret, &sent, HERE, language).await;
        assert!(matches!(tried, Err(Error::Request(RequestFault::CodeWrong))));
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
fn a_destruction_blocks_can_be_called_off_needs_two_people_and_leaves_an_act() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["service_book", "order"]).await;
        let body = json!({ "parts": [{
            "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
            "consents": [shop.answer_to("service_book", None, true)],
        }, { "purpose": "order", "reference": "A-1", "values": {
            "full_name": "Айгерим Сапарова", "phone": PHONE, "email": "aigerim1@mail.example" } }] });
        let subject =
            shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
        let filed = file_and_confirm(shop, letters.path(), &from_page(destruction(), PHONE)).await;
        let (clerk, other) = (staff(1, Role::Clerk), staff(2, Role::Responsible));
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        assert!(shown.plan.iter().any(|plan| plan.ends.iter().any(|name| name == "car_vin")));
        assert!(shown.plan.iter().flat_map(|plan| &plan.stays).any(|fate| fate.purpose == "order"));
        assert!(shown.may.contains(&DeedKind::Approve) && !shown.may.contains(&DeedKind::Schedule));
        deed(shop, &clerk, filed.number, Deed::Approve).await;
        let twice = shop.app().do_deed(&clerk, filed.number, &Deed::Approve).await;
        let Err(Error::Refused(refused)) = twice else { panic!("one person stands for it once") };
        assert_eq!(refused.refusal.code, RefusalCode::SecondPersonMissing);
        deed(shop, &other, filed.number, Deed::Approve).await;
        // Enough people stand for it: the data are blocked, and nothing is destroyed for an hour.
        assert!(matches!(seen(shop, &filed).await.state, RequestState::Undoable { .. }));
        let blocked = shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;
        assert_eq!((blocked.status, blocked.body["code"].as_str()), (403, Some("blocked")));
        shop.wait(59.minutes()).await;
        assert!(matches!(seen(shop, &filed).await.state, RequestState::Undoable { .. }));
        shop.wait(1.minutes()).await;
        let gone = shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;
        assert_eq!(gone.status, 403);
        assert_eq!(seen(shop, &filed).await.state, RequestState::InProgress, "an old copy may hold the key");
        // The answer is due tomorrow, so the epoch does not wait for its day.
        shop.wait(13.hours()).await;
        let answered = seen(shop, &filed).await;
        assert_eq!(answered.state, RequestState::Answered(Outcome::Partly), "the order stays");
        let kinds: Vec<Paper> = answered.papers.iter().map(|paper| paper.paper).collect();
        assert!(
            kinds.contains(&Paper::DestructionAct) && kinds.contains(&Paper::DestructionAnswer),
            "{kinds:?}"
        );
        let stays = shop.retrieve(&key, &subject, "order", &["phone"]).await;
        assert_eq!(stays.status, 200, "the block went with the destruction: {:?}", stays.body);
    });
}

#[test]
fn a_destruction_that_was_called_off_destroys_nothing_and_lifts_its_block() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["service_book", "order"]).await;
        let body = json!({ "parts": [{
            "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
            "consents": [shop.answer_to("service_book", None, true)],
        }, { "purpose": "order", "reference": "A-1", "values": {
            "full_name": "Айгерим Сапарова", "phone": PHONE, "email": "aigerim1@mail.example" } }] });
        let subject =
            shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
        let filed = file_and_confirm(shop, letters.path(), &from_page(destruction(), PHONE)).await;
        deed(shop, &staff(1, Role::Clerk), filed.number, Deed::Approve).await;
        deed(shop, &staff(2, Role::Clerk), filed.number, Deed::Approve).await;
        let waiting = seen(shop, &filed).await;
        assert!(waiting.can_undo);
        shop.app().undo_request(&filed.secret, waiting.language).await.unwrap();
        let after = seen(shop, &filed).await;
        assert_eq!(after.state, RequestState::TakenBack);
        shop.wait(2.hours()).await;
        let there = shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;
        assert_eq!(there.status, 200, "{:?}", there.body);
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
fn an_authority_is_answered_with_a_pack_that_anybody_can_check() {
    on_both(async |shop| {
        let _letters = post(shop);
        let clerk = staff(1, Role::Clerk);
        let mut filing = saqta_app::requests::file::Filing::new(
            Matter::Authority { letter_due: None },
            saqta_domain::terms::request::Intake::Paper,
            saqta_domain::terms::names::Language::Russian,
        );
        filing.by = saqta_domain::terms::request::Applicant::Authority;
        filing.letter = Some(saqta_app::requests::record::AuthorityLetter {
            authority: "Комитет по информационной безопасности".into(),
            number: "12-3/45".into(),
            dated: "2026-02-27".into(),
            questions: vec!["Сколько обращений поступило?".into(), "Где хранятся данные?".into()],
            answers: Vec::new(),
        });
        let app = shop.app();
        let filed = app.file_request(&clerk, &filing).await.unwrap();
        let shown = app.look_at_request(&clerk, filed.number).await.unwrap();
        // Received on 2 March: ten calendar days.
        assert_eq!(shown.due.strictest().unwrap().last_day.to_string(), "2026-03-12");
        let answers = vec!["Одно.".to_owned(), "В Казахстане.".to_owned()];
        let deed_of_clerk =
            app.do_deed(&clerk, filed.number, &Deed::AnswerAuthority { answers: answers.clone() }).await;
        assert!(matches!(deed_of_clerk, Err(Error::Refused(_))), "a clerk does not answer an authority");
        let responsible = staff(2, Role::Responsible);
        deed(shop, &responsible, filed.number, Deed::AnswerAuthority { answers }).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
        let pack = app.authority_pack(&responsible, filed.number).await.unwrap();
        let found = saqta_app::requests::pack::verify_pack(&pack, None).unwrap();
        assert!(found.ok && found.files >= 6 && found.request == filed.number, "{found:?}");
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

#[test]
fn a_child_does_not_ask_alone() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["order", "service_book"]).await;
        let body = json!({ "parts": [{
            "purpose": "service_book",
            "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389", "birth_date": "2013-05-01" },
            "consents": [shop.answer_to("service_book", None, true)],
        }, { "purpose": "order", "reference": "A-1", "values": {
            "full_name": "Айгерим Сапарова", "phone": PHONE, "email": "aigerim1@mail.example" } }] });
        shop.post(&key, "/v1/collect", body).await.done();
        let filed = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::InProgress, "staff have to look");
        let shown = shop.app().look_at_request(&staff(1, Role::Clerk), filed.number).await.unwrap();
        assert_eq!(shown.minor, Some(12));
        // A parent asks: their authority is seen, and the copy is made.
        let mut filing = from_page(Matter::Access, PHONE);
        filing.by = saqta_domain::terms::request::Applicant::Representative;
        filing.answer_to = "+77000017777".to_owned();
        let parents = file(shop, &filing).await;
        let seen_paper = saqta_app::requests::record::RepresentativeSeen {
            kind: "свидетельство о рождении".into(),
            number: "0123456".into(),
            until: "2031-05-01".into(),
        };
        deed(shop, &staff(1, Role::Clerk), parents.number, Deed::IdentifyRepresentative(seen_paper)).await;
        assert_eq!(seen(shop, &parents).await.state, RequestState::Answered(Outcome::Done));
    });
}
