//! Do answers to people say what was done, what was not, why, and where to complain?

use jiff::civil::date;
use saqta_documents::error::Error;
use saqta_documents::frame::Language;
use saqta_documents::label::Label;
use saqta_documents::papers::Paper;
use saqta_documents::papers::access_answer::*;
use saqta_documents::papers::common::Processor;
use saqta_documents::papers::destruction_answer::DestructionAnswer;
use saqta_documents::papers::rectification_answer::{Change, RectificationAnswer};
use saqta_documents::papers::reply::Reply;
use saqta_documents::papers::restriction_answer::{BlockEnd, RestrictionAnswer};
use saqta_documents::papers::withdrawal_answer::{Fate, PurposeFate, WithdrawalAnswer};

use crate::checks::{HEAD, KEPT, REMEDIES, REQUEST, SIGNED, TOLD, all, lacks, says, words_of};
use crate::samples::{at, header, kept, remedies, representative, request, signatory, told};
use crate::words::Spoken;

fn withdrawal() -> WithdrawalAnswer {
    WithdrawalAnswer {
        header: header(51),
        request: request(),
        representative: representative(),
        purposes: vec![
            PurposeFate { purpose: "рассылка".into(), fate: Fate::Stopped { since: at(23, 10, 3) } },
            PurposeFate {
                purpose: "расчёты по заказу № 118".into(),
                fate: Fate::Continues {
                    basis: "договор № 118, пункт 6.4".into(),
                    until: "оплата счёта, не позже 01.04.2026".into(),
                },
            },
        ],
        blocked_since: Some(at(23, 10, 20)),
        destroyed_by: Some(date(2026, 4, 13)),
        told: told(),
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn an_answer_to_a_withdrawal_tells_purpose_by_purpose_what_ends_and_what_goes_on() {
    let given = [
        "51",
        "сенімхат",
        "рассылка",
        "23.03.2026 10:03 (UTC+5)",
        "расчёты по заказу № 118",
        "договор № 118, пункт 6.4",
        "оплата счёта, не позже 01.04.2026",
        "23.03.2026 10:20 (UTC+5)",
        "13.04.2026",
    ];
    let paper = withdrawal();
    let given = all(&[&HEAD, &REQUEST, &TOLD, &REMEDIES, &SIGNED, &given]);
    says(Paper::WithdrawalAnswer, false, |words| paper.sheet(words), &given);
    lacks(
        withdrawal,
        |paper, words| paper.sheet(words),
        &[
            (Label::Fates, |p| p.purposes.clear()),
            (Label::FatePurpose, |p| p.purposes[0].purpose.clear()),
            (Label::FateBasis, |p| {
                p.purposes[1].fate = Fate::Continues { basis: String::new(), until: "x".into() };
            }),
            (Label::FateUntil, |p| {
                p.purposes[1].fate = Fate::Continues { basis: "x".into(), until: " ".into() };
            }),
            (Label::RemedyHeading, |p| p.remedies.clear()),
            (Label::SignedName, |p| p.signed.name.clear()),
            (Label::RequestNumber, |p| p.request.number = 0),
        ],
    );
}

fn rectification() -> RectificationAnswer {
    RectificationAnswer {
        header: header(52),
        request: request(),
        representative: None,
        ground: "данные устарели".into(),
        changes: vec![
            Change {
                field: "телефон".into(),
                before: Some("+7 700 000 00 01".into()),
                after: Some("+7 700 000 00 02".into()),
                at: at(24, 9, 30),
            },
            Change {
                field: "второй адрес".into(),
                before: None,
                after: Some("Үлгі көшесі, 7".into()),
                at: at(24, 9, 31),
            },
        ],
        evidence: "договор связи, показан на экране".into(),
        blocked_since: Some(at(23, 10, 20)),
        told: told(),
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn an_answer_to_a_correction_shows_old_and_new_side_by_side() {
    let given = [
        "52",
        "данные устарели",
        "телефон",
        "+7 700 000 00 01",
        "+7 700 000 00 02",
        "24.03.2026 09:30 (UTC+5)",
        "Үлгі көшесі, 7",
        "договор связи, показан на экране",
    ];
    let paper = rectification();
    let given = all(&[&HEAD, &REQUEST, &TOLD, &REMEDIES, &SIGNED, &given]);
    says(Paper::RectificationAnswer, false, |words| paper.sheet(words), &given);
    lacks(
        rectification,
        |paper, words| paper.sheet(words),
        &[
            (Label::ChangeGround, |p| p.ground.clear()),
            (Label::ChangeEvidence, |p| p.evidence.clear()),
            (Label::Changes, |p| p.changes.clear()),
            (Label::ChangeField, |p| p.changes[0].field.clear()),
            (Label::ChangeAfter, |p| p.changes[1].after = None),
        ],
    );
    let mut early = rectification();
    early.changes[0].at = at(22, 0, 0);
    let refused = early.sheet(&Spoken::of(Language::English)).err();
    assert!(matches!(refused, Some(Error::Contradiction { field: Label::ChangeAt, .. })));
}

fn restriction(end: BlockEnd) -> RestrictionAnswer {
    RestrictionAnswer {
        header: header(53),
        request: request(),
        representative: None,
        categories: vec!["адрес доставки".into()],
        blocked: at(23, 10, 20),
        reason: "данные неточны".into(),
        allowed: vec!["хранение".into(), "уточнение".into()],
        end,
        told: told(),
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn an_answer_about_a_block_says_what_is_blocked_since_when_and_how_it_ends() {
    let common =
        ["53", "адрес доставки", "23.03.2026 10:20 (UTC+5)", "данные неточны", "хранение", "уточнение"];
    let holds = || restriction(BlockEnd::Holds { until: "конец проверки".into() });
    let paper = holds();
    let given = all(&[&HEAD, &REQUEST, &TOLD, &REMEDIES, &SIGNED, &common, &["конец проверки"]]);
    says(Paper::RestrictionAnswer, false, |words| paper.sheet(words), &given);
    let lifted =
        || restriction(BlockEnd::Lifted { at: at(24, 11, 0), found: "данные верны".into() });
    let paper = lifted();
    let given = all(&[&common, &["24.03.2026 11:00 (UTC+5)", "данные верны"]]);
    says(Paper::RestrictionAnswer, false, |words| paper.sheet(words), &given);
    lacks(
        holds,
        |paper, words| paper.sheet(words),
        &[
            (Label::BlockCategories, |p| p.categories.clear()),
            (Label::BlockReason, |p| p.reason.clear()),
            (Label::BlockAllowed, |p| p.allowed.clear()),
            (Label::BlockUntil, |p| p.end = BlockEnd::Holds { until: String::new() }),
            (Label::BlockFound, |p| p.end = BlockEnd::Lifted { at: at(24, 0, 0), found: String::new() }),
        ],
    );
    let early = restriction(BlockEnd::Lifted { at: at(23, 0, 0), found: "x".into() });
    let refused = early.sheet(&Spoken::of(Language::English)).err();
    assert!(matches!(refused, Some(Error::Contradiction { field: Label::BlockLiftedAt, .. })));
}

fn destruction() -> DestructionAnswer {
    DestructionAnswer {
        header: header(54),
        request: request(),
        representative: None,
        categories: vec!["телефон".into(), "адрес доставки".into()],
        destroyed: at(24, 12, 0),
        act: 43,
        kept: kept(),
        told: told(),
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn an_answer_about_a_destruction_says_what_is_gone_and_what_stays_until_when() {
    let given = ["54", "телефон", "адрес доставки", "24.03.2026 12:00 (UTC+5)", "43"];
    let paper = destruction();
    let given = all(&[&HEAD, &REQUEST, &KEPT, &TOLD, &REMEDIES, &SIGNED, &given]);
    says(Paper::DestructionAnswer, false, |words| paper.sheet(words), &given);
    lacks(
        destruction,
        |paper, words| paper.sheet(words),
        &[
            (Label::ActCategories, |p| p.categories.clear()),
            (Label::ActNumber, |p| p.act = 0),
            (Label::KeptBasis, |p| p.kept[0].basis.clear()),
            (Label::ToldWho, |p| p.told[1].recipient.clear()),
        ],
    );
}

#[test]
fn a_reply_answers_and_says_what_it_rests_on() {
    let reply = || Reply {
        header: header(55),
        request: request(),
        representative: None,
        summary: "Зачем вам мой адрес?".into(),
        answer: "Чтобы доставить заказ.\nБольше ни для чего.".into(),
        basis: "пункты 5.2 и 7.8 политики".into(),
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    };
    let paper = reply();
    let given = [
        "Зачем вам мой адрес?",
        "Чтобы доставить заказ.",
        "Больше ни для чего.",
        "пункты 5.2 и 7.8 политики",
    ];
    let given = all(&[&HEAD, &REQUEST, &REMEDIES, &SIGNED, &given]);
    says(Paper::Reply, false, |words| paper.sheet(words), &given);
    lacks(
        reply,
        |paper, words| paper.sheet(words),
        &[
            (Label::Asked, |p| p.summary.clear()),
            (Label::ReplyAnswer, |p| p.answer.clear()),
            (Label::ReplyBasis, |p| p.basis.clear()),
        ],
    );
}

fn held() -> Held {
    Held {
        purposes: vec![PurposeHeld {
            purpose: "доставка".into(),
            basis: "договор".into(),
            until: "три года после заказа".into(),
        }],
        methods: vec!["автоматизированная обработка".into()],
        place: "Алматы, Казахстан".into(),
        data: vec![
            Datum {
                label: "Телефон".into(),
                value: "+7 700 000 00 01".into(),
                source: "сам человек".into(),
                since: at(1, 9, 0),
            },
            Datum {
                label: "Отчество".into(),
                value: String::new(),
                source: "сам человек".into(),
                since: at(1, 9, 1),
            },
        ],
        access: vec!["служба заказов".into()],
        recipients: vec![Recipient {
            name: "ТОО «Дәл Жеткізу»".into(),
            country: "Казахстан".into(),
            what: "адрес и телефон".into(),
            purpose: "перевозка".into(),
            at: at(11, 16, 45),
        }],
        processors: vec![Processor {
            name: "ТОО «Хостинг Үлгі»".into(), address: "Қарағанды, 5".into()
        }],
        abroad: vec![],
        measures: vec!["шифрование каждого значения".into()],
        operations: vec![Operation {
            at: at(11, 16, 45),
            what: "предоставление".into(),
            who: "магазин".into(),
            purpose: "доставка".into(),
            place: "7/900".into(),
        }],
    }
}

fn access(holding: Holding) -> AccessAnswer {
    AccessAnswer {
        header: header(56),
        request: request(),
        representative: None,
        holding,
        masked: vec![Masked {
            what: "имя получателя посылки".into(), why: "другой человек".into()
        }],
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn an_answer_about_access_has_all_that_is_held_and_all_that_is_masked() {
    let given = [
        "56",
        "доставка",
        "договор",
        "три года после заказа",
        "автоматизированная обработка",
        "Алматы, Казахстан",
        "+7 700 000 00 01",
        "сам человек",
        "01.03.2026 09:00 (UTC+5)",
        "служба заказов",
        "ТОО «Дәл Жеткізу»",
        "адрес и телефон",
        "перевозка",
        "11.03.2026 16:45 (UTC+5)",
        "ТОО «Хостинг Үлгі», Қарағанды, 5",
        "шифрование каждого значения",
        "предоставление",
        "11.03.2026 16:45:07 (UTC+5)",
        "7/900",
        "имя получателя посылки",
        "другой человек",
    ];
    let paper = access(Holding::Data(Box::new(held())));
    let given = all(&[&HEAD, &REQUEST, &REMEDIES, &SIGNED, &given]);
    says(Paper::AccessAnswer, false, |words| paper.sheet(words), &given);
    lacks(
        held,
        |held, words| access(Holding::Data(Box::new(held.clone()))).sheet(words),
        &[
            (Label::HeldPurposes, |h| h.purposes.clear()),
            (Label::HeldBasis, |h| h.purposes[0].basis.clear()),
            (Label::HeldUntil, |h| h.purposes[0].until.clear()),
            (Label::HeldMethods, |h| h.methods.clear()),
            (Label::HeldPlace, |h| h.place.clear()),
            (Label::HeldData, |h| h.data.clear()),
            (Label::DatumSource, |h| h.data[0].source.clear()),
            (Label::HeldAccess, |h| h.access.clear()),
            (Label::RecipientCountry, |h| h.recipients[0].country.clear()),
            (Label::HeldMeasures, |h| h.measures.clear()),
            (Label::HeldOperations, |h| h.operations.clear()),
        ],
    );
}

#[test]
fn an_answer_where_nothing_is_found_says_what_would_help() {
    let paper = access(Holding::Nothing { help: "Назовите номер заказа.".into() });
    says(Paper::AccessAnswer, false, |words| paper.sheet(words), &["Назовите номер заказа."]);
    let said = words_of(&paper.sheet(&Spoken::of(Language::English)).unwrap());
    assert!(said.contains(&"We cannot link your request to any record.".into()));
    assert!(!said.contains(&"Your data".into()));
}
