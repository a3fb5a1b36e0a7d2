//! Does everybody get the papers that show what was done, with everything on them, and nobody else?

use std::collections::BTreeSet;

use data_encoding::{BASE64, HEXLOWER};
use jiff::ToSpan;
use saqta_app::act::{Caller, Receipt};
use saqta_app::admission::sha256;
use saqta_app::error::Error;
use saqta_app::evidence::verify_proof;
use saqta_app::requests::RequestFault;
use saqta_app::requests::certificate::ConsentNamed;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::file::Filed;
use saqta_documents::papers::Paper;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::{ChannelName, Language, PurposeName};
use saqta_domain::terms::refusal::RefusalCode;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Matter, Outcome};
use saqta_testkit::office::{HERE, code, deed, file, file_and_confirm, from_page, post, seen, staff};
use saqta_testkit::shop::{Shop, on_both};
use serde_json::json;

use crate::shop::{PHONE, customer, destruction, driver, may_advertise};

/// What can be read of a paper, without its markup.
fn read(article: &str) -> String {
    let mut words = String::new();
    let mut outside = true;
    for letter in article.chars() {
        match letter {
            '<' => outside = false,
            '>' => {
                outside = true;
                words.push(' ');
            }
            '\u{ad}' | '\u{200b}' => {}
            letter if outside => words.push(letter),
            _ => {}
        }
    }
    let words = words.replace("&#39;", "'").replace("&#34;", "\"").replace("&amp;", "&");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn paper(shop: &Shop, who: &Caller, request: u64, number: u64) -> String {
    let print = shop.app().paper_for_staff(who, request, number).await.unwrap();
    assert!(print.starts_with(b"%PDF-"));
    read(&shop.app().paper_article_for_staff(who, request, number).await.unwrap())
}

fn says(paper: &str, words: &[&str]) {
    for word in words {
        assert!(paper.contains(word), "{word} is not on the paper: {paper}");
    }
}

/// Every entry that a paper names: log, index and digest.
fn entries(paper: &str) -> Vec<(Receipt, String)> {
    let words: Vec<&str> = paper.split(' ').collect();
    let place = |word: &str| {
        let (log, index) = word.trim_end_matches(',').split_once('/')?;
        Some(Receipt { log: log.parse().ok()?, index: index.parse().ok()? })
    };
    let digest = |word: &&&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        // The mark at the foot names the entry of the paper itself, and the digest of its sheet.
        let mark = words.get(at + 1) == Some(&"·");
        if let Some(receipt) = place(word).filter(|_| !mark)
            && let Some(digest) = words[at + 1..].iter().take_while(|word| place(word).is_none()).find(digest)
        {
            found.push((receipt, (*digest).to_owned()));
        }
    }
    found
}

/// The ledger has every entry that the paper names, with that digest; gives what they say was done.
async fn stand_in_the_ledger(shop: &Shop, paper: &str) -> BTreeSet<String> {
    let system = saqta_testkit::shop::system();
    let mut operations = BTreeSet::new();
    for (receipt, digest) in entries(paper) {
        let proof = shop.app().prove(&system, receipt).await.unwrap();
        assert!(verify_proof(&proof).is_ok());
        let leaf = BASE64.decode(proof.leaf.as_bytes()).unwrap();
        assert_eq!(HEXLOWER.encode(&sha256(&leaf)), digest, "{receipt:?}");
        operations.insert(saqta_app::leaf::Leaf::decode(&leaf).unwrap().operation);
    }
    operations
}

/// Shows for the first time who asks.
async fn confirm(shop: &Shop, letters: &std::path::Path, filed: &Filed) {
    let sent = code(shop, letters).await.unwrap();
    shop.app().confirm_code(&filed.secret, &sent, HERE, Language::Russian).await.unwrap();
}

fn sms() -> ConsentNamed {
    ConsentNamed {
        purpose: PurposeName::new("marketing").unwrap(),
        channel: Some(ChannelName::new("sms").unwrap()),
    }
}

/// A member of staff who has not accepted the undertaking, and a program.
fn without_the_right() -> [Caller; 2] {
    let (mut newcomer, mut program) = (staff(3, Role::Clerk), staff(3, Role::Clerk));
    newcomer.actor = Actor::Staff { id: "03".repeat(16), role: Role::Clerk, undertaking: false }.into();
    program.actor = Actor::Key { id: "0badc0de".into(), scope: Default::default() }.into();
    [newcomer, program]
}

#[test]
fn a_case_file_has_everything_that_happened_with_its_entry_of_the_ledger() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let mut asked = from_page(Matter::Withdrawal { purposes: BTreeSet::new(), channel: None }, PHONE);
        asked.name = "Айгерим Сапарова".into();
        asked.text = "Уберите меня из рассылки.".into();
        let filed = file_and_confirm(shop, letters.path(), &asked).await;
        let clerk = staff(1, Role::Clerk);
        deed(shop, &clerk, filed.number, Deed::Note { text: "позвонили".into() }).await;
        let number = shop.app().make_case_file(&clerk, filed.number).await.unwrap();
        let told = paper(shop, &clerk, filed.number, number).await;
        says(
            &told,
            &[
                "Материалы обращения",
                "Айгерим Сапарова",
                "Уберите меня из рассылки.",
                "код или ссылка на известный контакт",
                "исполнено частично",
                "получено",
                "установлено, кто обратился",
                "исполнено: реклама прекращена",
                "исполнено: согласия отозваны",
                "выдан документ",
                "сотрудник, учётная запись 01010101",
                "тот, кто обратился",
                "сама система",
                "на странице обращения",
                "Состояние журнала",
                "Подписанное состояние",
            ],
        );
        let key = shop.app().verifier_key(1).unwrap();
        says(&told, &[&key]);
        let operations = stand_in_the_ledger(shop, &told).await;
        let all = [
            "paper.issued",
            "request.answered",
            "request.executed",
            "request.filed",
            "request.identified",
            "request.noted",
        ];
        assert_eq!(operations.iter().map(String::as_str).collect::<Vec<_>>(), all);
        // Every event has its row.
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        let papers = shown.papers.iter().filter(|paper| paper.paper != Paper::CaseFile).count();
        assert_eq!(entries(&told).len(), shown.history.len() + papers);
        // As long as nothing happens, it is the same file; then it is another.
        assert_eq!(shop.app().make_case_file(&clerk, filed.number).await.unwrap(), number);
        deed(shop, &clerk, filed.number, Deed::Note { text: "ещё раз".into() }).await;
        let later = shop.app().make_case_file(&clerk, filed.number).await.unwrap();
        assert_eq!(later, number + 1, "no number is left out");
        for nobody in without_the_right() {
            let refused = shop.app().make_case_file(&nobody, filed.number).await;
            assert!(matches!(refused, Err(Error::NotAdministrator)));
        }
        let elsewhere = shop.app().make_case_file(&clerk, filed.number + 7).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)));
    });
}

#[test]
fn a_person_gets_the_file_of_their_own_case_once_they_have_shown_who_they_are() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let (app, language) = (shop.app(), Language::Russian);
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        let early = app.make_own_case_file(&filed.secret, language).await;
        assert!(matches!(early, Err(Error::Request(RequestFault::ProofOver))));
        confirm(shop, letters.path(), &filed).await;
        let number = app.make_own_case_file(&filed.secret, language).await.unwrap();
        assert_eq!(app.make_own_case_file(&filed.secret, language).await.unwrap(), number);
        let told = read(&app.paper_article(&filed.secret, number).await.unwrap());
        says(&told, &["Материалы обращения", "копия готова", "исполнено", "система, по политике оператора"]);
        stand_in_the_ledger(shop, &told).await;
        assert!(app.paper_pdf(&filed.secret, number).await.unwrap().starts_with(b"%PDF-"));
        // Half an hour later it has to be shown anew who reads it.
        shop.wait(31.minutes()).await;
        for over in [
            app.paper_article(&filed.secret, number).await.map(drop),
            app.paper_pdf(&filed.secret, number).await.map(drop),
            app.make_own_case_file(&filed.secret, language).await.map(drop),
        ] {
            assert!(matches!(over, Err(Error::Request(RequestFault::ProofOver))));
        }
        // Another's request has no such paper.
        let other = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        let theirs = app.paper_article(&other.secret, number).await;
        assert!(matches!(theirs, Err(Error::NotFound)));
        // A file can be asked for as often as somebody needs it, and no program burns numbers with it.
        let mut refused = false;
        for _ in 0..25 {
            let again = app.make_own_case_file(&other.secret, language).await;
            refused |= matches!(again, Err(Error::TooManyGuesses { .. }));
        }
        assert!(refused);
    });
}

/// A destruction that went its way.
async fn destroyed(shop: &Shop, letters: &std::path::Path) -> Filed {
    driver(shop).await;
    let filed = file_and_confirm(shop, letters, &from_page(destruction(), PHONE)).await;
    deed(shop, &staff(1, Role::Clerk), filed.number, Deed::Approve).await;
    deed(shop, &staff(2, Role::Responsible), filed.number, Deed::Approve).await;
    shop.wait(1.hours()).await;
    shop.wait(13.hours()).await;
    assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Partly));
    filed
}

#[test]
fn an_act_of_destruction_comes_with_what_the_ledger_says_about_it() {
    on_both(async |shop| {
        let letters = post(shop);
        let filed = destroyed(shop, letters.path()).await;
        let clerk = staff(1, Role::Clerk);
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        let number = |kind: Paper| shown.papers.iter().find(|paper| paper.paper == kind).unwrap().number;
        let (act, extract) = (number(Paper::DestructionAct), number(Paper::LedgerExtract));
        assert_eq!((extract, number(Paper::DestructionAnswer)), (act + 1, act + 2));
        let told = paper(shop, &clerk, filed.number, extract).await;
        says(
            &told,
            &[
                &format!("№ {act}"),
                &format!("обращение № {}", filed.number),
                "VIN",
                "Saqta, информационная система персональных данных оператора",
                "по обращению человека",
                "все записи действия, которым данные уничтожены, и запись об уничтожении их ключей",
                "блокирование снято",
                "удаление",
                "исполнено: данные уничтожены",
                "ключи уничтожены",
                "сама система",
                "Состояние журнала",
            ],
        );
        let operations = stand_in_the_ledger(shop, &told).await;
        for operation in ["erasure", "request.executed", "destruction"] {
            assert!(operations.contains(operation), "{operations:?}");
        }
        // What the act names is on the extract.
        let act = paper(shop, &clerk, filed.number, act).await;
        let place = |(receipt, _): &(Receipt, String)| format!("{}/{}", receipt.log, receipt.index);
        let listed: Vec<String> = entries(&told).iter().map(place).collect();
        assert!(listed.iter().any(|place| act.contains(place)), "{listed:?} {act}");
        let rows = shop.app().extract_csv(&clerk, filed.number, extract).await.unwrap();
        let rows = String::from_utf8(rows).unwrap();
        assert_eq!(rows.lines().count(), listed.len() + 1);
        assert!(listed.iter().all(|place| rows.contains(&format!("\"{place}\""))), "{rows}");
        // Only an extract has rows, only staff have them, and the person reads the act's answer instead.
        let none = shop.app().extract_csv(&clerk, filed.number, extract + 1).await;
        assert!(matches!(none, Err(Error::NotFound)));
        for nobody in without_the_right() {
            let refused = shop.app().extract_csv(&nobody, filed.number, extract).await;
            assert!(matches!(refused, Err(Error::NotAdministrator)));
        }
        let theirs = shop.app().paper_article(&filed.secret, extract).await;
        assert!(matches!(theirs, Err(Error::NotFound)));
    });
}

#[test]
fn a_certificate_shows_the_words_that_were_agreed_to_and_who_asked_about_it() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, subject) = customer(shop).await;
        assert!(may_advertise(shop, &key, &subject).await);
        let filed = file_and_confirm(shop, letters.path(), &from_page(Matter::Access, PHONE)).await;
        let clerk = staff(1, Role::Clerk);
        let shown = shop.app().look_at_request(&clerk, filed.number).await.unwrap();
        assert!(shown.consents.contains(&sms()), "{:?}", shown.consents);
        let number = shop.app().certify_consent(&clerk, filed.number, &sms()).await.unwrap();
        let told = paper(shop, &clerk, filed.number, number).await;
        let view = shop.app().view().await.unwrap();
        let purpose = view.version.policy.purpose(&sms().purpose).unwrap().clone();
        let terms = purpose.consent.as_ref().unwrap();
        let text = terms.text.in_language(Language::Russian).split_whitespace().collect::<Vec<_>>().join(" ");
        says(
            &told,
            &[
                "Справка о согласии",
                PHONE,
                &format!("Обращение № {}, как подтверждено", filed.number),
                "действует на",
                &text,
                &HEXLOWER.encode(&terms.digests[1]),
                "версия политики 1",
                "русский",
                &format!("{}: SMS", purpose.title.in_language(Language::Russian)),
                "использование",
                "в любое время, без объяснения причин",
                "ответ передала программа оператора",
                "запись о согласии",
                "дано: запись журнала",
                "программа оператора, ключ",
                "можно",
            ],
        );
        let operations = stand_in_the_ledger(shop, &told).await;
        assert!(operations.contains("collection") || operations.contains("accumulation"), "{operations:?}");
        // The decision that the gate gave is named, and looks at the record are not.
        let asked = told.split("Когда согласие проверяли").nth(1).unwrap();
        assert_eq!(asked.matches("программа оператора, ключ").count(), 1, "{asked}");
        // Taken back by the person, it is certified as that.
        let (app, language) = (shop.app(), Language::Russian);
        let (purpose, channel) = (sms().purpose, sms().channel);
        app.switch_consent(&filed.secret, &purpose, channel.as_ref(), false, "", language).await.unwrap();
        assert!(!may_advertise(shop, &key, &subject).await);
        let own = app.certify_own_consent(&filed.secret, &sms(), language).await.unwrap();
        let told = read(&app.paper_article(&filed.secret, own).await.unwrap());
        says(&told, &["отозвано", "отозвано: запись журнала", "нельзя:", "система, по политике оператора"]);
        stand_in_the_ledger(shop, &told).await;
        // The journal still names the answer and not what was made after it.
        let period = saqta_app::requests::desk::Period {
            from: jiff::civil::date(2026, 3, 1),
            until: jiff::civil::date(2026, 3, 31),
        };
        let journal = app.journal(&staff(2, Role::Responsible), period, language).await.unwrap();
        let answer = seen(shop, &filed).await.papers.into_iter().find(|p| p.paper == Paper::AccessAnswer);
        let csv = String::from_utf8(journal.csv).unwrap();
        assert!(csv.contains(&format!("№ {}", answer.unwrap().number)), "{csv}");
    });
}

#[test]
fn nobody_gets_a_certificate_before_it_was_shown_whose_consent_it_is() {
    on_both(async |shop| {
        let letters = post(shop);
        let (key, _) = customer(shop).await;
        let (app, language) = (shop.app(), Language::Russian);
        let clerk = staff(1, Role::Clerk);
        let filed = file(shop, &from_page(Matter::Access, PHONE)).await;
        assert!(app.look_at_request(&clerk, filed.number).await.unwrap().consents.is_empty());
        let Err(Error::Refused(refused)) = app.certify_consent(&clerk, filed.number, &sms()).await else {
            panic!("it is not known whose request this is")
        };
        assert_eq!(refused.refusal.code, RefusalCode::IdentityNotProven);
        let early = app.certify_own_consent(&filed.secret, &sms(), language).await;
        assert!(matches!(early, Err(Error::Request(RequestFault::ProofOver))));
        confirm(shop, letters.path(), &filed).await;
        // What was never agreed to, and what nobody declared, is not there; and who may not see the case gets nothing.
        for (purpose, channel) in [("marketing", Some("email")), ("service_book", None), ("nothing", None)] {
            let named = ConsentNamed {
                purpose: PurposeName::new(purpose).unwrap(),
                channel: channel.map(|channel| ChannelName::new(channel).unwrap()),
            };
            let none = app.certify_own_consent(&filed.secret, &named, language).await;
            assert!(matches!(none, Err(Error::NotFound)), "{purpose}");
        }
        for nobody in without_the_right() {
            let refused = app.certify_consent(&nobody, filed.number, &sms()).await;
            assert!(matches!(refused, Err(Error::NotAdministrator)));
        }
        let elsewhere = app.certify_consent(&clerk, filed.number + 7, &sms()).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)));
        // A request that was never theirs to prove: an objection to advertising needs nobody's proof.
        let objection = Matter::Objection(saqta_domain::terms::request::Objection::Marketing);
        let free = file(shop, &from_page(objection, PHONE)).await;
        let Err(Error::Refused(refused)) = app.certify_consent(&clerk, free.number, &sms()).await else {
            panic!("nobody showed who asks")
        };
        assert_eq!(refused.refusal.code, RefusalCode::IdentityNotProven);
        // Somebody else's consents are not in this request.
        let body = json!({ "parts": [{ "purpose": "service_book",
            "values": { "car_plate": "778ABC02", "car_vin": "XTA210990Y2766390" },
            "consents": [shop.answer_to("service_book", None, true)] }] });
        shop.post(&shop.key(&["service_book"]).await, "/v1/collect", body).await.done();
        let named = ConsentNamed { purpose: PurposeName::new("service_book").unwrap(), channel: None };
        let theirs = app.certify_consent(&clerk, filed.number, &named).await;
        assert!(matches!(theirs, Err(Error::NotFound)));
        drop(key);
    });
}

#[test]
fn the_papers_speak_the_language_of_the_request() {
    on_both(async |shop| {
        let letters = post(shop);
        customer(shop).await;
        let clerk = staff(1, Role::Clerk);
        for (language, file_title, certificate_title) in [
            (Language::Kazakh, "іс материалдары", "Келісім туралы"),
            (Language::English, "Case file No.", "Certificate of consent No."),
        ] {
            let mut asked = from_page(Matter::Access, PHONE);
            asked.language = language;
            let filed = file_and_confirm(shop, letters.path(), &asked).await;
            let made = shop.app().make_case_file(&clerk, filed.number).await.unwrap();
            let told = paper(shop, &clerk, filed.number, made).await;
            assert!(told.to_lowercase().contains(&file_title.to_lowercase()), "{told}");
            let made = shop.app().certify_consent(&clerk, filed.number, &sms()).await.unwrap();
            let told = paper(shop, &clerk, filed.number, made).await;
            says(&told, &[certificate_title]);
        }
    });
}
