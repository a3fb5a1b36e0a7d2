//! How does a destruction that a person asked for go, and what holds it back or calls it off?

use std::collections::BTreeSet;

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::{Deed, DeedKind};
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Matter, Outcome};
use saqta_testkit::office::{deed, file, file_and_confirm, from_page, post, seen, staff};
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::shop::{PHONE, birth_certificate, child, destruction, driver, of_a_representative};

#[test]
fn a_destruction_blocks_can_be_called_off_needs_two_people_and_leaves_an_act() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = driver(shop).await;
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
        let (key, subject) = driver(shop).await;
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
fn a_destruction_that_something_came_before_is_refused_and_its_block_ends() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = driver(shop).await;
        let filed = file_and_confirm(shop, letters.path(), &from_page(destruction(), PHONE)).await;
        let (clerk, responsible) = (staff(1, Role::Clerk), staff(2, Role::Responsible));
        deed(shop, &clerk, filed.number, Deed::Approve).await;
        deed(shop, &responsible, filed.number, Deed::Approve).await;
        // While it can be called off, the person has the data blocked for a reason of their own: now they are needed.
        let block = Matter::Restriction { ground: None, attributes: BTreeSet::new() };
        let block = file_and_confirm(shop, letters.path(), &from_page(block, PHONE)).await;
        shop.wait(2.hours()).await;
        let state = seen(shop, &filed).await.state;
        if let RequestState::Undoable { .. } = state {
            let refusal = Deed::Refuse {
                refused: "уничтожение".into(),
                reason: "вы попросили заблокировать данные".into(),
                article: "п. 4.1".into(),
                can_do: "снять блокирование".into(),
            };
            let by_clerk = shop.app().do_deed(&clerk, filed.number, &refusal).await;
            assert!(matches!(by_clerk, Err(Error::Refused(_))));
            deed(shop, &responsible, filed.number, refusal).await;
            assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Refused));
            // The block of the person stands, that of the destruction is gone.
            let lift = file_and_confirm(shop, letters.path(), &from_page(Matter::Unrestriction, PHONE)).await;
            deed(shop, &clerk, lift.number, Deed::Lift { found: "данные верны".into() }).await;
            let there = shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;
            assert_eq!(there.status, 200, "{:?}", there.body);
        } else {
            panic!("{state:?} {:?}", seen(shop, &block).await.state);
        }
    });
}

#[test]
fn a_destruction_called_off_by_staff_does_not_begin_again_by_itself() {
    on_both(async |shop| {
        let letters = post(shop);
        driver(shop).await;
        let filed = file_and_confirm(shop, letters.path(), &from_page(destruction(), PHONE)).await;
        let (clerk, responsible) = (staff(1, Role::Clerk), staff(2, Role::Responsible));
        deed(shop, &clerk, filed.number, Deed::Approve).await;
        deed(shop, &responsible, filed.number, Deed::Approve).await;
        assert!(matches!(seen(shop, &filed).await.state, RequestState::Undoable { .. }));
        deed(shop, &responsible, filed.number, Deed::Undo).await;
        shop.wait(2.hours()).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::InProgress);
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        assert!(shown.may.contains(&DeedKind::Approve), "people plan it anew, or do not");
    });
}

#[test]
fn what_is_destroyed_is_in_no_copy_that_was_made_before() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["service_book", "marketing"]).await;
        let body = json!({ "parts": [
            { "purpose": "service_book", "values": { "car_plate": "777ABC02", "car_vin": "XTA210990Y2766389" },
              "consents": [shop.answer_to("service_book", None, true)] },
            { "purpose": "marketing", "values": { "phone": PHONE },
              "consents": [shop.answer_to("marketing", Some("sms"), true)] },
        ] });
        shop.post(&key, "/v1/collect", body).await.done();
        let copy = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        let filed = file_and_confirm(shop, letters.path(), &from_page(destruction(), PHONE)).await;
        deed(shop, &staff(1, Role::Clerk), filed.number, Deed::Approve).await;
        deed(shop, &staff(2, Role::Clerk), filed.number, Deed::Approve).await;
        shop.wait(1.hours()).await;
        shop.wait(13.hours()).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
        let gone = shop.app().request_seen(&copy.secret).await;
        assert!(matches!(gone, Err(Error::Request(RequestFault::SecretWrong))));
        let journal = saqta_app::requests::desk::Period {
            from: "2026-03-01".parse().unwrap(),
            until: "2026-03-31".parse().unwrap(),
        };
        let language = saqta_domain::terms::names::Language::Russian;
        let files = shop.app().journal(&staff(2, Role::Responsible), journal, language).await.unwrap();
        let csv = String::from_utf8(files.csv).unwrap();
        let rows = csv.lines().filter(|line| line.starts_with("\"1\"") || line.starts_with("\"2\""));
        assert_eq!(rows.count(), 1, "of the first only the number is left: {csv}");
    });
}

#[test]
fn a_copy_that_was_asked_for_later_is_made_before_the_data_are_gone() {
    on_both(async |shop| {
        let letters = post(shop);
        child(shop).await;
        let parents = file(shop, &of_a_representative(destruction())).await;
        shop.app().run_jobs().await.unwrap();
        let (clerk, other) = (staff(1, Role::Clerk), staff(2, Role::Responsible));
        deed(shop, &clerk, parents.number, birth_certificate()).await;
        deed(shop, &clerk, parents.number, Deed::Approve).await;
        deed(shop, &other, parents.number, Deed::Approve).await;
        assert!(matches!(seen(shop, &parents).await.state, RequestState::Undoable { .. }));
        // The child asks for a copy meanwhile, which waits for a parent.
        let copy = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        assert_eq!(seen(shop, &copy).await.state, RequestState::InProgress);
        shop.wait(2.hours()).await;
        assert!(matches!(seen(shop, &parents).await.state, RequestState::Undoable { .. }));
        shop.app().take_back_request(&copy.secret, seen(shop, &copy).await.language).await.unwrap();
        shop.wait(10.minutes()).await;
        assert_eq!(seen(shop, &parents).await.state, RequestState::InProgress, "the data are destroyed");
    });
}
