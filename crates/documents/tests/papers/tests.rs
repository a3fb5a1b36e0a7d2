//! Do papers at the beginning and the end of a case say everything, and does every paper keep the rules of all?

use saqta_documents::error::Error;
use saqta_documents::frame::Language;
use saqta_documents::label::{Label, Wording};
use saqta_documents::papers::Paper;
use saqta_documents::papers::destruction_act::Means;
use saqta_documents::sheet::{Mark, Sheet};
use saqta_documents::sheet_html::{sheet_article, sheet_html};
use saqta_documents::sheet_pdf::sheet_pdf;

use crate::checks::{
    HEAD, KEPT, REMEDIES, REQUEST, SIGNED, TOLD, all, lacks, letters, mark, printed, says, shown, words_of,
};
use crate::samples;
use crate::words::Spoken;

#[test]
fn an_acknowledgement_says_what_was_asked_and_by_when_it_is_answered() {
    let given = [
        "41",
        "Перестаньте слать рекламу.",
        "<b>+7 700 000 00 01</b>",
        "сенімхат",
        "77-К",
        "31.05.2027",
        "м•••@mail.example",
        "код на почту из карточки, подтверждён",
        "ответить",
        "30.03.2026",
        "обещание, пункт 3.2 политики",
        "13.04.2026",
        "94-V, статья 8, пункт 7",
        "реклама остановлена",
        "https://shop.example/privacy/status",
    ];
    let paper = samples::acknowledgement();
    says(
        Paper::Acknowledgement,
        false,
        |words| paper.sheet(words),
        &all(&[&HEAD, &REQUEST, &REMEDIES, &given]),
    );
    let words = Spoken::of(Language::English);
    let soonest = words_of(&paper.sheet(&words).unwrap());
    assert!(
        soonest
            .contains(&"We registered your request as No. 14. We answer by 30.03.2026 at the latest.".into())
    );
}

#[test]
fn an_acknowledgement_without_a_date_or_a_place_to_complain_does_not_exist() {
    lacks(
        samples::acknowledgement,
        |paper, words| paper.sheet(words),
        &[
            (Label::Number, |p| p.header.number = 0),
            (Label::Operator, |p| p.header.operator.name.clear()),
            (Label::Registration, |p| p.header.operator.registration = "  ".into()),
            (Label::OperatorAddress, |p| p.header.operator.address = "\u{200b}\u{feff}".into()),
            (Label::OperatorContact, |p| p.header.operator.contact.clear()),
            (Label::Edition, |p| p.header.edition.number = 0),
            (Label::Program, |p| p.header.program.clear()),
            (Label::RequestNumber, |p| p.request.number = 0),
            (Label::Kind, |p| p.request.kind.clear()),
            (Label::Channel, |p| p.request.channel.clear()),
            (Label::Person, |p| p.request.person.clear()),
            (Label::Asked, |p| p.summary = " \n ".into()),
            (Label::Representative, |p| p.representative.as_mut().unwrap().number.clear()),
            (Label::AnswerTo, |p| p.answer_to.clear()),
            (Label::Identity, |p| p.identity.clear()),
            (Label::Terms, |p| p.terms.clear()),
            (Label::TermBecause, |p| p.terms[1].because.clear()),
            (Label::StatusPage, |p| p.status_page.clear()),
            (Label::Responsible, |p| p.responsible.clear()),
            (Label::RemedyHeading, |p| p.remedies.clear()),
            (Label::RemedyBody, |p| p.remedies[1].body.clear()),
        ],
    );
}

#[test]
fn a_refusal_says_why_by_which_article_and_what_one_can_do() {
    let given = [
        "42",
        "Уничтожьте все мои данные.",
        "уничтожение счёта по заказу № 118",
        "Счёт нужен для налоговой проверки.",
        "Мы храним его отдельно.",
        "3.1",
        "94-V, статья 8, пункт 2",
        "заказ № 118 оплачен 11.03.2026",
        "срок хранения счёта: пять лет",
        "попросить блокирование",
        "спросить снова после 31.12.2031",
    ];
    let paper = samples::refusal();
    let given = all(&[&HEAD, &REQUEST, &REMEDIES, &SIGNED, &given]);
    says(Paper::Refusal, false, |words| paper.sheet(words), &given);
    lacks(
        samples::refusal,
        |paper, words| paper.sheet(words),
        &[
            (Label::Asked, |p| p.summary.clear()),
            (Label::RefusedWhat, |p| p.refused.clear()),
            (Label::RefusedWhy, |p| p.reason.clear()),
            (Label::Clause, |p| p.clause.clear()),
            (Label::Article, |p| p.article.clear()),
            (Label::Facts, |p| p.facts.clear()),
            (Label::CanDo, |p| p.can_do.push(String::new())),
            (Label::RemedyHeading, |p| p.remedies.clear()),
            (Label::SignedName, |p| p.signed.name.clear()),
            (Label::SignedPost, |p| p.signed.post.clear()),
            (Label::SignedAccount, |p| p.signed.account.clear()),
        ],
    );
}

#[test]
fn an_act_of_destruction_has_every_field_of_the_strictest_form() {
    let given = [
        "43",
        "ТОО «Хостинг Үлгі», Қарағанды, 5",
        "ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12",
        "телефон",
        "адрес доставки",
        "Saqta",
        "магазин shop.example",
        "23.03.2026 10:20 (UTC+5)",
        "24.03.2026 09:00 (UTC+5)",
        "24.03.2026 09:01 (UTC+5)",
        "24.03.2026 12:00 (UTC+5)",
        "311",
        "7/1040",
        "7/1041",
        "договор на бумаге",
        "19",
        "уничтожение ключей шифрования; измельчение бумаги",
        "согласие отозвано",
        "Мұрат Мысалұлы",
    ];
    let paper = samples::destruction_act();
    let given = all(&[&HEAD, &REQUEST[..2], &SIGNED, &TOLD, &KEPT, &given]);
    says(Paper::DestructionAct, false, |words| paper.sheet(words), &given);
    lacks(
        samples::destruction_act,
        |paper, words| paper.sheet(words),
        &[
            (Label::Processors, |p| p.processors[0].address.clear()),
            (Label::ActPersons, |p| p.persons.clear()),
            (Label::ActCategories, |p| p.categories.clear()),
            (Label::ActMethod, |p| p.method.clear()),
            (Label::ActReason, |p| p.reason.clear()),
            (Label::ActSystems, |p| {
                let mut systems = samples::electronic();
                systems.systems.clear();
                p.means = Means::Automated(systems);
            }),
            (Label::ActLedger, |p| {
                let mut systems = samples::electronic();
                systems.ledger.clear();
                p.means = Means::Automated(systems);
            }),
            (Label::ActCarriers, |p| p.means = Means::Manual(vec![])),
            (Label::ActSheets, |p| {
                let Means::Mixed(_, carriers) = &mut p.means else { panic!("a mixed one") };
                carriers[0].sheets = 0;
            }),
            (Label::KeptUntil, |p| p.kept[0].until.clear()),
            (Label::SignedName, |p| p.approved_by.as_mut().unwrap().name.clear()),
        ],
    );
}

#[test]
fn an_act_is_not_signed_before_nothing_is_left() {
    let words = Spoken::of(Language::Russian);
    let contradicted = |field: Label, change: fn(&mut samples::Act)| {
        let mut paper = samples::destruction_act();
        change(&mut paper);
        let Err(error) = paper.sheet(&words) else { panic!("{field}") };
        assert!(matches!(error, Error::Contradiction { field: found, .. } if found == field), "{error}");
    };
    contradicted(Label::SignedAt, |p| p.destroyed_by.at = samples::at(24, 11, 0));
    contradicted(Label::ActDestroyed, |p| p.destroyed = samples::at(24, 8, 0));
    contradicted(Label::ActKeys, |p| {
        let mut systems = samples::electronic();
        systems.removed = samples::at(24, 11, 0);
        p.means = Means::Automated(systems);
    });
    contradicted(Label::ActCopies, |p| {
        let mut systems = samples::electronic();
        systems.copies_ended = samples::at(23, 11, 0);
        p.means = Means::Automated(systems);
    });
    contradicted(Label::ActDestroyed, |p| p.request.as_mut().unwrap().received = samples::at(25, 0, 0));
}

#[test]
fn what_may_be_nothing_is_said_to_be_nothing() {
    let mut paper = samples::destruction_act();
    (paper.request, paper.processors, paper.kept, paper.told) = (None, vec![], vec![], vec![]);
    let words = Spoken::of(Language::Russian);
    let said = words_of(&paper.sheet(&words).unwrap());
    assert_eq!(said.iter().filter(|word| *word == "нет").count(), 2);
    assert!(said.contains(&"Ничего не осталось.".into()));
    assert!(said.contains(&"Эти данные никому не передавали. Сообщать было некому.".into()));
}

#[test]
fn a_sheet_is_the_same_bytes_each_time_and_comes_back_from_them() {
    for words in Spoken::all() {
        let sheet = samples::refusal().sheet(&words).unwrap();
        let bytes = sheet.bytes().unwrap();
        assert_eq!(bytes, samples::refusal().sheet(&words).unwrap().bytes().unwrap());
        let source = sheet_pdf(&sheet, &mark()).unwrap();
        let source = String::from_utf8_lossy(&source);
        let language = match words.language() {
            Language::Kazakh => "/Lang(kk)",
            Language::Russian => "/Lang(ru)",
            Language::English => "/Lang(en)",
        };
        for part in
            [language, "/StructTreeRoot", "<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1"]
        {
            assert!(source.contains(part), "{part}");
        }
        let again = Sheet::read(&bytes).unwrap();
        assert!(again == sheet);
        assert!(sheet_pdf(&again, &mark()).unwrap() == sheet_pdf(&sheet, &mark()).unwrap());
        assert_eq!(sheet_html(&again, &mark()).unwrap(), sheet_html(&sheet, &mark()).unwrap());
        let later = String::from_utf8(bytes).unwrap().replacen("\"format\":1", "\"format\":2", 1);
        assert!(matches!(Sheet::read(later.as_bytes()), Err(Error::Unreadable)));
    }
    assert!(matches!(Sheet::read(b"{}"), Err(Error::Unreadable)));
}

#[test]
fn no_paper_leaves_without_its_place_in_the_ledger() {
    let words = Spoken::of(Language::English);
    let sheet = samples::refusal().sheet(&words).unwrap();
    for bad in [
        Mark { digest: String::new(), ..mark() },
        Mark { digest: "0".repeat(63), ..mark() },
        Mark { digest: "G".repeat(64), ..mark() },
        Mark { log: " ".into(), ..mark() },
    ] {
        assert!(matches!(sheet_pdf(&sheet, &bad), Err(Error::Unmarked)));
        assert!(matches!(sheet_html(&sheet, &bad), Err(Error::Unmarked)));
        assert!(matches!(sheet_article(&sheet, &bad), Err(Error::Unmarked)));
    }
}

#[test]
fn words_of_people_are_words_in_print_and_on_the_page() {
    let hostile = "<script>alert(1)</script> \" onload=x #eval(1) $x$ {page} \u{202e}gnp.exe";
    let mut paper = samples::acknowledgement();
    paper.summary = hostile.into();
    paper.request.person = hostile.into();
    paper.status_page = "javascript:alert(1)".into();
    paper.remedies[0].link = Some("data:text/html,x".into());
    for words in Spoken::all() {
        let sheet = paper.sheet(&words).unwrap();
        let page = sheet_html(&sheet, &mark()).unwrap();
        assert!(
            !page.contains("<script") && !page.contains('\u{202e}') && !page.contains("href=\"javascript")
        );
        assert!(!page.contains("href=\"data:"));
        let (body, _) = printed(&sheet, false);
        let seen = letters("<script>alert(1)</script> \" onload=x #eval(1) $x$ {page} [U+202E]gnp.exe");
        assert!(body.contains(&seen) && shown(&sheet).contains(&seen), "{body}");
        assert!(!format!("{sheet:?}").contains("script"));
    }
}

#[test]
fn a_paper_that_never_ends_is_refused_before_it_is_set() {
    let mut paper = samples::refusal();
    paper.facts = vec!["факт".into(); 20_000];
    let sheet = paper.sheet(&Spoken::of(Language::Russian)).unwrap();
    assert!(matches!(sheet_pdf(&sheet, &mark()), Err(Error::TooLarge { .. })));
}
