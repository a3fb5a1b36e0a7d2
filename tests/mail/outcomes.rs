//! What becomes of each sort of letter, and what never does.

use jiff::ToSpan;
use saqta_app::mail::seen::Standing;
use saqta_app::mail::take::{Brought, Fate};
use saqta_app::requests::desk::{Deed, Shown};
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Effect, Matter, Outcome, Relation, RequestKind};
use saqta_mail::intake::Extent;
use saqta_mail::trust::lookalike::Resemblance;
use saqta_mail::trust::{Policy, Trust, Verdict};
use saqta_testkit::office::{deed, post, staff};
use saqta_testkit::shop::{Key, Shop, on_both};
use serde_json::json;

use crate::letters::{CUSTOMER, filed, letter, sent, takes, takes_with, token, with};

const WITHDRAWAL: &str = "Отзыв согласия на обработку персональных данных";

async fn customer(shop: &Shop) -> (Key, String) {
    let key = shop.key(&["order", "marketing", "delivery", "service_book"]).await;
    let subject = shop.customer(&key, 1).await;
    let body = json!({ "subject": { "id": subject }, "parts": [{
        "purpose": "marketing", "values": { "email": CUSTOMER },
        "consents": [shop.answer_to("marketing", Some("email"), true)],
    }] });
    shop.post(&key, "/v1/collect", body).await.done();
    (key, subject)
}

async fn may_advertise(shop: &Shop, key: &Key, subject: &str) -> bool {
    let body = json!({ "subject": { "id": subject }, "purpose": "marketing", "channel": "email", "attributes": ["email"] });
    shop.post(key, "/v1/use", body).await.status == 200
}

async fn shown(shop: &Shop, number: u64) -> Shown {
    shop.app().look_at_request(&staff(1, Role::Clerk), number).await.unwrap()
}

fn found(dmarc: Verdict) -> Trust {
    Trust {
        dkim: if dmarc == Verdict::Pass { Verdict::Pass } else { Verdict::None },
        spf: Verdict::None,
        dmarc,
        arc: Verdict::None,
        domain: Some("mail.example".to_owned()),
        signed_by: None,
        policy: Policy::Reject,
        reported: false,
    }
}

/// Clause 7.4: the mark makes it a withdrawal; advertising stops at once, and the rest waits for the link that went to the contact on file.
#[test]
fn a_withdrawal_stops_advertising_at_once_and_the_rest_when_the_link_is_confirmed() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        assert!(may_advertise(shop, &key, &subject).await);
        let fate = takes(shop, &letter(CUSTOMER, WITHDRAWAL, "Прошу прекратить обработку.")).await;
        let number = filed(&fate);
        assert!(!may_advertise(shop, &key, &subject).await, "advertising waits for nothing");
        let seen = shown(shop, number).await;
        assert_eq!(seen.request.state, RequestState::AwaitingIdentity);
        assert_eq!(seen.request.matter.kind(), RequestKind::Withdrawal);
        let answers = sent(shop, letters.path()).await;
        assert_eq!(answers.len(), 2, "one says it came, one brings the link");
        assert!(answers.iter().all(|answer| answer.to == CUSTOMER));
        assert!(answers.iter().all(|answer| answer.subject.contains(&format!("№ {number}"))));
        assert!(
            answers.iter().all(|answer| answer.raw.contains("In-Reply-To: <")),
            "they stay in the thread"
        );
        shop.app().confirm_link(&token(&answers), None, Language::Russian).await.unwrap();
        let state = shown(shop, number).await.request.state;
        assert!(matches!(state, RequestState::Answered(_)), "{state:?}");
    });
}

/// Clause 7.3: a correction is filed with the value it names, and nothing is changed by a letter alone.
#[test]
fn a_new_number_is_proposed_and_never_applied_unseen() {
    on_both(async |shop| {
        let _letters = post(shop);
        let (key, subject) = customer(shop).await;
        let text = "Здравствуйте! Мой новый номер телефона: +7 700 000 55 66.";
        let writer = format!("Сапарова Айгерим <{CUSTOMER}>");
        let number = filed(&takes(shop, &letter(&writer, "Актуализация персональных данных", text)).await);
        let seen = shown(shop, number).await;
        let Matter::Rectification { attributes, .. } = &seen.request.matter else { panic!("a correction") };
        let names: Vec<_> = attributes.iter().map(|name| name.as_str()).collect();
        assert_eq!(names, ["phone"], "how its writer is called is no new value");
        assert!(seen.compared.is_empty(), "nothing is shown before it is known who asks");
        let read = shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        assert_eq!(read["values"]["phone"], "+77000010001");
        let one = &seen.letters[0];
        assert_eq!(
            (one.from[0].address.as_str(), one.kinds.as_slice()),
            (CUSTOMER, &["rectification".to_owned()][..])
        );
        assert!(one.own.contains("+7 700 000 55 66") && one.reasons.iter().any(|why| why.code == "mark"));
    });
}

#[test]
fn both_marks_make_two_requests_that_know_each_other() {
    on_both(async |shop| {
        let _letters = post(shop);
        customer(shop).await;
        let subject = "Отзыв согласия на обработку персональных данных, Актуализация персональных данных";
        let fate = takes(shop, &letter(CUSTOMER, subject, "Телефон: +7 700 000 55 66")).await;
        let Fate::Filed(numbers) = &fate else { panic!("{fate:?}") };
        assert_eq!(numbers.len(), 2);
        for (one, other) in [(numbers[0], numbers[1]), (numbers[1], numbers[0])] {
            let related = shown(shop, one).await.request.related;
            assert!(
                related.iter().any(|(n, how)| n.0 == other && *how == Relation::SameLetter),
                "{related:?}"
            );
        }
    });
}

/// Whoever brings a letter again, after a crash or because the mailbox was numbered anew, finds it done.
#[test]
fn a_letter_that_comes_twice_is_filed_once_and_another_with_its_id_is_another() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let head = "Message-ID: <1@mail.example>\r\n";
        let first = with(head, CUSTOMER, "Вопрос", "Когда вы удалите мой старый заказ?");
        let number = filed(&takes(shop, &first).await);
        let again = format!("Received: from another.example\r\n{first}");
        assert_eq!(filed(&takes(shop, &again).await), number, "lines added on the way change nothing");
        assert_eq!(sent(shop, letters.path()).await.len(), 1, "it is answered once");
        let other = with(head, CUSTOMER, "Вопрос", "И ещё: кто видел мои данные?");
        assert_ne!(filed(&takes(shop, &other).await), number);
    });
}

/// No oracle: whoever is not on file gets the same first answer, and no code is ever right.
#[test]
fn a_stranger_gets_the_same_first_answer_and_nothing_more() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let text = "Какие мои данные у вас хранятся? Пришлите копию.";
        takes(shop, &letter(CUSTOMER, "Запрос", text)).await;
        let known = sent(shop, letters.path()).await;
        let number = filed(&takes(shop, &letter("nobody@mail.example", "Запрос", text)).await);
        let unknown = sent(shop, letters.path()).await;
        assert_eq!((known.len(), unknown.len()), (2, 1), "the link goes to contacts on file alone");
        let came = |answers: &[crate::letters::Answer]| {
            let one = answers.iter().find(|answer| !answer.text.contains("token=")).unwrap();
            // The number and the secret differ, and nothing else.
            one.text.split_whitespace().count()
        };
        assert_eq!(came(&known), came(&unknown));
        shop.wait(40.days()).await;
        let state = shown(shop, number).await.request.state;
        assert_eq!(state, RequestState::Lapsed);
    });
}

/// A forged letter is looked at by staff; whoever it is said to come from is not written to by the letter's own address, and the
/// link still goes to the contact on file alone.
#[test]
fn a_forged_sender_is_not_answered_and_gets_nothing() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        let text = "Удалите все мои данные немедленно.";
        let forged = letter(CUSTOMER, "Требование", text);
        let number = filed(&takes_with(shop, &forged, Some(found(Verdict::Fail))).await);
        let answers = sent(shop, letters.path()).await;
        assert_eq!(answers.len(), 1, "nothing but the link to the contact on file");
        assert!(answers[0].text.contains("token="));
        let seen = shown(shop, number).await;
        assert_eq!(seen.request.state, RequestState::AwaitingIdentity);
        let sender = seen.letters[0].sender.as_ref().unwrap();
        assert!(sender.standing == Standing::Denied && sender.checks.contains(&("dmarc", "fail")));
        assert_eq!(
            shop.retrieve(&key, &subject, "order", &["phone"]).await.status,
            200,
            "nothing is destroyed"
        );
    });
}

#[test]
fn machines_are_not_answered_and_not_filed() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        for head in
            ["Auto-Submitted: auto-replied\r\n", "List-Id: <news.mail.example>\r\nPrecedence: bulk\r\n"]
        {
            let fate = takes(shop, &with(head, CUSTOMER, WITHDRAWAL, "Меня нет на месте.")).await;
            assert_eq!(fate, Fate::NotFiled, "{head}");
        }
        let own = takes(shop, &letter("privacy@shop.example", WITHDRAWAL, "Прошу прекратить.")).await;
        assert_eq!(own, Fate::NotFiled, "our own mail");
        assert!(sent(shop, letters.path()).await.is_empty());
    });
}

/// A reply is found by the id of the letter that it answers; the number alone counts from an address that the request knows.
#[test]
fn a_reply_joins_its_request_and_is_not_answered_again() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let number = filed(&takes(shop, &letter(CUSTOMER, "Вопрос", "Сколько вы храните чеки?")).await);
        let answers = sent(shop, letters.path()).await;
        let id = answers[0].raw.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().trim();
        let head = format!("In-Reply-To: {id}\r\n");
        let reply = with(&head, CUSTOMER, &format!("RE: Обращение № {number}"), "Спасибо, буду ждать.");
        assert_eq!(takes(shop, &reply).await, Fate::Joined(number));
        assert!(sent(shop, letters.path()).await.is_empty(), "two machines never write to each other");
        assert_eq!(shown(shop, number).await.letters.len(), 2);
        let by_number =
            letter(CUSTOMER, &format!("RE: Обращение № {number}"), "Забыл спросить про гарантию.");
        assert_eq!(takes(shop, &by_number).await, Fate::Joined(number));
        let stranger =
            letter("nobody@mail.example", &format!("RE: Обращение № {number}"), "А что ответили ей?");
        assert_ne!(filed(&takes(shop, &stranger).await), number, "a number is guessed easily");
        // One that comes a second time is known, also when the request was answered meanwhile.
        let answer = Deed::Answer { answer: "Пять лет.".into(), basis: String::new() };
        deed(shop, &staff(1, Role::Clerk), number, answer).await;
        assert_eq!(takes(shop, &reply).await, Fate::Joined(number));
        assert_eq!(shown(shop, number).await.letters.len(), 3);
        // A reply that asks for something else is a request of its own.
        let more = with(&head, CUSTOMER, "RE: Обращение", "Удалите, пожалуйста, все мои данные.");
        let other = filed(&takes(shop, &more).await);
        assert_eq!(shown(shop, other).await.request.matter.kind(), RequestKind::Destruction);
    });
}

/// Clause 11.1: a question by e-mail is answered by e-mail.
#[test]
fn a_question_is_answered_by_staff_in_the_letter_itself() {
    on_both(async |shop| {
        let letters = post(shop);
        let number =
            filed(&takes(shop, &letter("nobody@mail.example", "Вопрос", "Зачем вам мой телефон?")).await);
        sent(shop, letters.path()).await;
        let answer = Deed::Answer {
            answer: "Чтобы курьер мог вас найти.".into(), basis: String::new()
        };
        deed(shop, &staff(1, Role::Clerk), number, answer).await;
        let answers = sent(shop, letters.path()).await;
        assert_eq!(answers.len(), 1);
        assert!(answers[0].text.contains("Чтобы курьер мог вас найти."), "{}", answers[0].text);
        assert_eq!(answers[0].to, "nobody@mail.example");
        assert_eq!(shown(shop, number).await.request.state, RequestState::Answered(Outcome::Done));
    });
}

#[test]
fn a_letter_that_did_not_arrive_is_told_to_staff() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let number = filed(&takes(shop, &letter(CUSTOMER, "Вопрос", "Сколько вы храните чеки?")).await);
        let answers = sent(shop, letters.path()).await;
        let id = answers[0].raw.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().trim();
        let bounce = format!(
            "From: MAILER-DAEMON@mail.example\r\nTo: privacy@shop.example\r\nSubject: Undelivered\r\nAuto-Submitted: auto-replied\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\nMIME-Version: 1.0\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mail.example\r\n\r\nFinal-Recipient: rfc822; {CUSTOMER}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\n\r\n--b--\r\n"
        );
        assert_eq!(takes(shop, &bounce).await, Fate::Bounced(number));
        assert_eq!(takes(shop, &bounce).await, Fate::Bounced(number));
        let told = shown(shop, number).await.undelivered;
        assert_eq!(
            told.iter().map(|one| (one.status.as_str(), one.permanent)).collect::<Vec<_>>(),
            [("5.1.1", true)]
        );
    });
}

#[test]
fn one_address_cannot_bury_the_desk_and_loses_nothing() {
    on_both(async |shop| {
        let letters = post(shop);
        let mut numbers = std::collections::BTreeSet::new();
        for count in 0..40 {
            let fate =
                takes(shop, &letter("busy@mail.example", "Вопрос", &"Где мой заказ? ".repeat(count + 1)))
                    .await;
            let Fate::Filed(filed) = fate else { panic!("{fate:?}") };
            numbers.extend(filed);
        }
        assert_eq!(numbers.len(), 12, "the rest is put to the last of them");
        let mut kept = 0;
        for number in &numbers {
            kept += shown(shop, *number).await.letters.len();
        }
        assert_eq!(kept, 40, "no letter is lost");
        let last = *numbers.last().unwrap();
        let answer = Deed::Answer { answer: "В пути.".into(), basis: String::new() };
        deed(shop, &staff(1, Role::Clerk), last, answer).await;
        let more = filed(&takes(shop, &letter("busy@mail.example", "Вопрос", "А когда приедет?")).await);
        assert!(
            more != last && shown(shop, more).await.request.state.is_open(),
            "nobody looks into what is closed"
        );
        assert_eq!(sent(shop, letters.path()).await.len(), 6, "one address is not answered without measure");
    });
}

/// Whoever forges letters in somebody's name takes nothing from that person, proven or not: advertising stops, and what they ask is begun.
#[test]
fn a_flood_in_somebodys_name_does_not_keep_that_person_from_anything() {
    on_both(async |shop| {
        let _letters = post(shop);
        let (key, subject) = customer(shop).await;
        for count in 0..14 {
            let text = "Где мой заказ? ".repeat(count + 1);
            takes_with(shop, &letter(CUSTOMER, "Вопрос", &text), Some(found(Verdict::Fail))).await;
        }
        let asks = "Пришлите копию моих данных.";
        let proven = takes_with(shop, &letter(CUSTOMER, "Запрос", asks), Some(found(Verdict::Pass))).await;
        assert_eq!(shown(shop, filed(&proven)).await.request.matter.kind(), RequestKind::Access);
        assert!(may_advertise(shop, &key, &subject).await);
        let unproven = takes(shop, &letter(CUSTOMER, WITHDRAWAL, "Прошу прекратить.")).await;
        assert_eq!(shown(shop, filed(&unproven)).await.request.matter.kind(), RequestKind::Withdrawal);
        assert!(!may_advertise(shop, &key, &subject).await, "advertising waits for nobody");
        let again = takes(shop, &letter(CUSTOMER, WITHDRAWAL, "Прошу прекратить, пожалуйста.")).await;
        assert_eq!(filed(&again), filed(&unproven), "the same once more is put to it");
    });
}

/// What a letter ends at once may be the contact itself; whoever it led to can still show that they wrote.
#[test]
fn a_contact_that_ended_by_the_request_itself_still_gets_its_code() {
    on_both(async |shop| {
        let letters = post(shop);
        crate::story::customer(shop).await;
        takes(shop, &letter(CUSTOMER, WITHDRAWAL, "Прошу прекратить обработку.")).await;
        let first = sent(shop, letters.path()).await;
        let came = first.iter().find(|answer| !answer.text.contains("token=")).unwrap();
        shop.wait(1.hours()).await;
        shop.app().send_code_again(secret(came), "192.0.2.7", Language::Russian).await.unwrap();
        let second = sent(shop, letters.path()).await;
        assert_ne!(token(&first), token(&second));
        shop.app().confirm_link(&token(&second), None, Language::Russian).await.unwrap();
    });
}

/// The secret of a request, in the letter that says it came.
fn secret(came: &crate::letters::Answer) -> &str {
    came.text.split("ключ ").nth(1).unwrap().split(')').next().unwrap()
}

/// A contact that was put right is somebody else's now: no code goes there, though it was on file when the request came.
#[test]
fn a_contact_that_was_put_right_gets_no_code_any_more() {
    on_both(async |shop| {
        let letters = post(shop);
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        takes(shop, &letter(CUSTOMER, "Запрос", "Пришлите копию моих данных.")).await;
        let first = sent(shop, letters.path()).await;
        let came = first.iter().find(|answer| !answer.text.contains("token=")).unwrap();
        let correction = json!({ "subject": { "id": subject }, "purpose": "order", "values": { "email": "new@mail.example" } });
        shop.post(&key, "/v1/rectify", correction).await.done();
        shop.app().send_code_again(secret(came), "192.0.2.7", Language::Russian).await.unwrap();
        assert!(sent(shop, letters.path()).await.is_empty());
    });
}

/// Two demands of one letter, confirmed one after the other: what the first has ended is not destroyed a second time, and nobody has to
/// stand for it; the person hears that nothing is left.
#[test]
fn a_destruction_for_which_nothing_is_left_is_answered_by_itself() {
    on_both(async |shop| {
        let letters = post(shop);
        crate::story::customer(shop).await;
        let Fate::Filed(numbers) = takes(shop, &crate::story::letter()).await else { panic!("two requests") };
        let answers = sent(shop, letters.path()).await;
        for number in &numbers {
            let about = |answer: &&crate::letters::Answer| answer.subject.contains(&format!("№ {number}"));
            let own = answers.iter().filter(about).find(|answer| answer.text.contains("token=")).unwrap();
            let token = saqta_testkit::office::token(&own.text);
            shop.app().confirm_link(&token, None, Language::Russian).await.unwrap();
            shop.wait(1.minutes()).await;
        }
        let seen = shown(shop, numbers[1]).await;
        assert_eq!(seen.request.matter.kind(), RequestKind::Destruction);
        assert_eq!(seen.request.state, RequestState::Answered(Outcome::Done));
        assert!(seen.request.did(Effect::NothingHeld) && !seen.request.did(Effect::Destroyed));
        assert_eq!(seen.papers.iter().filter(|paper| paper.paper == Paper::Reply).count(), 1);
    });
}

/// A domain that looks like the shop's or a provider's, and a name that shows another address, are told to staff; the original can be
/// fetched, and that is on record.
#[test]
fn staff_are_told_of_look_alikes_and_fetch_the_original() {
    on_both(async |shop| {
        let _letters = post(shop);
        let cyrillic = "privacy@sh\u{43e}p.example";
        for (from, known, by) in [
            (cyrillic, "shop.example", Resemblance::Letters),
            ("a@gmaill.com", "gmail.com", Resemblance::Slip),
        ] {
            let raw = letter(from, "Вопрос", "Сколько вы храните чеки?");
            let number = filed(&takes(shop, &raw).await);
            let seen = shown(shop, number).await;
            let (_, found) = seen.letters[0].looks_like.as_ref().unwrap();
            assert_eq!((found.domain.as_str(), found.by), (known, by));
            let before = shop.leaves();
            let clerk = staff(1, Role::Clerk);
            let (name, bytes) = shop.app().letter_original(&clerk, number, 0).await.unwrap();
            assert_eq!((name, bytes), (format!("{number}-1.eml"), raw.into_bytes()));
            assert_eq!(shop.leaves(), before + 1, "fetching it is on record");
            assert!(shop.app().letter_original(&clerk, number, 1).await.is_err());
        }
        let named =
            letter("\"shop@bank.example\" <a@mail.example>", "Вопрос", "Сколько вы храните чеки сейчас?");
        let seen = shown(shop, filed(&takes(shop, &named).await)).await;
        assert!(seen.letters[0].from[0].shows_another_address() && seen.letters[0].looks_like.is_none());
    });
}

/// Of a letter that is too large the head is filed, and staff know that it is not all.
#[test]
fn a_head_alone_is_told_as_such() {
    on_both(async |shop| {
        let _letters = post(shop);
        let head = format!(
            "From: {CUSTOMER}\r\nTo: privacy@shop.example\r\nSubject: x\r\nMessage-ID: <9@mail.example>\r\n\r\n"
        );
        let extent = Extent::HeadersOnly { size: 40_000_000 };
        let brought = Brought { extent, ..Brought::whole(head.as_bytes()) };
        let number = filed(&shop.app().take_letter(&brought).await.unwrap());
        assert_eq!(shown(shop, number).await.letters[0].left_behind, Some(40_000_000));
    });
}

#[test]
fn a_letter_nobody_can_read_is_kept_for_staff() {
    on_both(async |shop| {
        let _letters = post(shop);
        let deep = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(10_000);
        let number = filed(&takes(shop, &format!("From: {CUSTOMER}\r\nSubject: x\r\n{deep}")).await);
        let seen = shown(shop, number).await;
        assert!(!seen.letters[0].readable && seen.request.matter == Matter::Explanation);
        let nobody = filed(&takes(shop, "Subject: \r\n\r\n").await);
        assert_eq!(
            shown(shop, nobody).await.request.matter,
            Matter::Explanation,
            "without a sender and without words"
        );
    });
}

/// Whatever a letter consists of, it is filed: one that never could be would keep every other in its mailbox waiting.
#[test]
fn a_letter_of_which_no_request_can_be_made_is_a_question_for_staff() {
    on_both(async |shop| {
        let _letters = post(shop);
        let texts = [
            "请删除我的数据",
            "😀😀😀",
            "\u{1d400}\u{1d401}",
            "ⷠⷡ ⷢ",
            "\u{200b}\u{2060}",
            "א ب ก",
            "\u{e000}\u{e001}",
            "½ ² Ⅷ",
        ];
        for (count, text) in texts.into_iter().enumerate() {
            for subject in [text, "x"] {
                let raw = letter(&format!("{text} <a{count}@mail.example>"), subject, text);
                let number = filed(&takes(shop, &raw).await);
                assert_eq!(shown(shop, number).await.request.matter, Matter::Explanation, "{text}");
            }
        }
    });
}

#[test]
fn an_authority_is_answered_by_people_in_ten_days() {
    on_both(async |shop| {
        let _letters = post(shop);
        let text = "Комитет по информационной безопасности\r\nИсх. № 14-2/118 от 27.02.2026\r\n\r\n\
                    В соответствии со статьёй 27-1 Закона просим в течение 5 рабочих дней представить сведения о порядке \
                    обработки персональных данных покупателей.";
        let fate =
            takes(shop, &letter("office@authority.example", "Запрос о предоставлении информации", text))
                .await;
        let seen = shown(shop, filed(&fate)).await;
        assert_eq!(seen.request.matter.kind(), RequestKind::Authority);
        let letter = seen.letter.unwrap();
        assert!(letter.authority.contains("Комитет по информационной безопасности"), "{}", letter.authority);
        assert_eq!(letter.number, "14-2/118");
    });
}

/// Deleted with the case: neither the index nor a file of it is left.
#[test]
fn the_letter_ends_with_its_case() {
    on_both(async |shop| {
        let _letters = post(shop);
        let number = filed(
            &takes(shop, &letter("nobody@mail.example", "Запрос", "Пришлите копию моих данных.")).await,
        );
        assert_eq!(shown(shop, number).await.letters.len(), 1);
        for _ in 0..2 {
            shop.wait(40.days()).await;
        }
        let gone = shop.app().look_at_request(&staff(1, Role::Clerk), number).await;
        assert!(gone.is_err(), "thirty days after it lapsed nothing is left but the number");
    });
}
