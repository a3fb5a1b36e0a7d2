//! Who may ask, how do they show it, and what does nobody learn meanwhile?

use jiff::ToSpan;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::desk::Deed;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Matter, Outcome};
use saqta_testkit::office::{HERE, code, deed, file, file_and_confirm, from_page, post, seen, staff};
use saqta_testkit::shop::on_both;

use crate::shop::{PHONE, birth_certificate, child, customer, destruction, of_a_representative, withdrawal};

#[test]
fn a_code_never_goes_to_a_contact_that_was_only_typed() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        // Somebody who is not on file says they lost access to the customer's telephone.
        let filed = file(shop, &from_page(Matter::Access, "+77000019999")).await;
        let language = seen(shop, &filed).await.language;
        let clerk = staff(1, Role::Clerk);
        deed(shop, &clerk, filed.number, Deed::FindPerson { contact: PHONE.to_owned() }).await;
        shop.app().send_code_again(&filed.secret, HERE, language).await.unwrap();
        assert!(code(shop, letters.path()).await.is_none(), "nobody has shown anything yet");
        // Nor when it turns out to be another kind of request.
        let mut question = from_page(Matter::Explanation, "+77000019999");
        question.text = "Что у вас есть обо мне?".to_owned();
        let question = file(shop, &question).await;
        deed(shop, &clerk, question.number, Deed::FindPerson { contact: PHONE.to_owned() }).await;
        deed(shop, &clerk, question.number, Deed::Reclassify { matter: Matter::Access, proposed: vec![] })
            .await;
        assert!(code(shop, letters.path()).await.is_none());
        assert_eq!(seen(shop, &question).await.state, RequestState::AwaitingIdentity);
    });
}

#[test]
fn a_code_of_one_person_shows_nothing_about_another() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, _) = customer(shop).await;
        shop.customer(&key, 2).await;
        let filed = file(shop, &from_page(Matter::Access, "+77000010002")).await;
        let (language, sent) = (seen(shop, &filed).await.language, code(shop, letters.path()).await.unwrap());
        let clerk = staff(1, Role::Clerk);
        deed(shop, &clerk, filed.number, Deed::FindPerson { contact: PHONE.to_owned() }).await;
        let tried = shop.app().confirm_code(&filed.secret, &sent, HERE, language).await;
        assert!(matches!(tried, Err(Error::Request(RequestFault::CodeWrong))));
        // Once it is known who asks, nobody puts another person in their place.
        let proven = file_and_confirm(shop, letters.path(), &from_page(destruction(), "+77000010002")).await;
        let found = Deed::FindPerson { contact: PHONE.to_owned() };
        let swapped = shop.app().do_deed(&clerk, proven.number, &found).await;
        assert!(matches!(swapped, Err(Error::Request(RequestFault::NothingToDo))));
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
        // Nor does what became of their consents, when a request that nobody proved is taken back.
        let known = file(shop, &from_page(withdrawal(), PHONE)).await;
        shop.app().take_back_request(&known.secret, one.language).await.unwrap();
        assert!(!seen(shop, &known).await.proven);
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
fn a_child_does_not_ask_alone() {
    on_both(async |shop| {
        let letters = post(shop);
        child(shop).await;
        let filed = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::InProgress, "staff have to look");
        let shown = shop.app().look_at_request(&staff(1, Role::Clerk), filed.number).await.unwrap();
        assert_eq!(shown.minor, Some(12));
        // A parent asks: their authority is seen, and the copy is made.
        let parents = file(shop, &of_a_representative(Matter::Access)).await;
        deed(shop, &staff(1, Role::Clerk), parents.number, birth_certificate()).await;
        assert_eq!(seen(shop, &parents).await.state, RequestState::Answered(Outcome::Done));
    });
}

#[test]
fn whoever_is_spoken_for_hears_of_it_and_nobody_else_does() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let filed = file(shop, &of_a_representative(Matter::Access)).await;
        let mut stranger = of_a_representative(Matter::Access);
        stranger.contact = "+77000090009".into();
        file(shop, &stranger).await;
        shop.app().run_jobs().await.unwrap();
        let sent: Vec<String> = std::fs::read_dir(letters.path())
            .unwrap()
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        assert_eq!(sent.len(), 1, "one letter went out, to the person who is on file");
        assert!(sent[0].starts_with(&format!("To: {PHONE}")), "{}", sent[0]);
        assert!(sent[0].contains(&format!("№ {}", filed.number)), "{}", sent[0]);
    });
}
