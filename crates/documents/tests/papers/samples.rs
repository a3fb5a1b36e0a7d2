//! One example of every paper, about invented people of an invented shop.

use jiff::Zoned;
use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use saqta_documents::papers::acknowledgement::Acknowledgement;
use saqta_documents::papers::common::*;
use saqta_documents::papers::destruction_act::{Carrier, DestructionAct, Electronic, Means};
use saqta_documents::papers::refusal::Refusal;

/// Every letter that Kazakh has and Russian has not, in a name of nobody.
pub const NAME: &str = "Әңғүқһөұі Үмітқызы ӘҢҒҮҚҺӨҰІ";

pub fn at(day: i8, hour: i8, minute: i8) -> Zoned {
    let zone = TimeZone::fixed(Offset::constant(5));
    date(2026, 3, day).at(hour, minute, 7, 0).to_zoned(zone).unwrap()
}

pub fn header(number: u64) -> Header {
    Header {
        number,
        dated: date(2026, 3, 24),
        operator: Operator {
            name: "«Жол Авто» ЖШС".into(),
            registration: "990140000017".into(),
            address: "050000, Алматы қаласы, Жүз жол көшесі, 12".into(),
            contact: "privacy@shop.example".into(),
        },
        edition: Edition { number: 3, since: date(2026, 1, 12) },
        program: "Saqta 0.1.0".into(),
    }
}

pub fn request() -> Request {
    Request {
        number: 14,
        received: at(23, 10, 2),
        kind: "отзыв согласия".into(),
        channel: "страница обращений".into(),
        person: NAME.into(),
    }
}

pub fn representative() -> Option<Representative> {
    let until = date(2027, 5, 31);
    Some(Representative { kind: "сенімхат".into(), number: "77-К".into(), until })
}

pub fn remedies() -> Vec<Remedy> {
    vec![
        Remedy {
            body: "Уполномоченный орган (вымышлен)".into(),
            address: "Астана, проспект Примера, 1".into(),
            link: Some("https://authority.example/complaints".into()),
        },
        Remedy {
            body: "Суд по месту жительства".into(), address: "Алматы".into(), link: None
        },
    ]
}

pub fn signatory(name: &str) -> Signatory {
    Signatory {
        name: name.into(),
        post: "ответственный за персональные данные".into(),
        account: "staff:asel".into(),
        at: at(24, 15, 40),
    }
}

pub fn told() -> Vec<Told> {
    vec![
        Told {
            recipient: "ТОО «Дәл Жеткізу»".into(), at: at(23, 10, 5), confirmed: Some(at(23, 18, 30))
        },
        Told { recipient: "ТОО «Платёж Пример»".into(), at: at(23, 10, 6), confirmed: None },
    ]
}

pub fn kept() -> Vec<Kept> {
    vec![Kept {
        what: "счёт по заказу № 118".into(),
        basis: "налоговый закон (пример)".into(),
        until: "31.12.2031".into(),
    }]
}

pub fn terms() -> Vec<Term> {
    vec![
        Term {
            duty: "ответить".into(),
            last_day: date(2026, 3, 30),
            because: "обещание, пункт 3.2 политики".into(),
        },
        Term {
            duty: "прекратить обработку".into(),
            last_day: date(2026, 4, 13),
            because: "94-V, статья 8, пункт 7".into(),
        },
    ]
}

pub fn acknowledgement() -> Acknowledgement {
    Acknowledgement {
        header: header(41),
        request: request(),
        summary: "Перестаньте слать рекламу.\nУдалите мой номер <b>+7 700 000 00 01</b>.".into(),
        representative: representative(),
        answer_to: "м•••@mail.example".into(),
        identity: "код на почту из карточки, подтверждён".into(),
        terms: terms(),
        done_already: vec!["реклама остановлена 23.03.2026 10:02".into()],
        status_page: "https://shop.example/privacy/status".into(),
        responsible: "Әсел Үлгіқызы".into(),
        remedies: remedies(),
    }
}

pub fn refusal() -> Refusal {
    Refusal {
        header: header(42),
        request: request(),
        representative: None,
        summary: "Уничтожьте все мои данные.".into(),
        refused: "уничтожение счёта по заказу № 118".into(),
        reason: "Счёт нужен для налоговой проверки.\nМы храним его отдельно.".into(),
        clause: "3.1".into(),
        article: "94-V, статья 8, пункт 2".into(),
        facts: vec!["заказ № 118 оплачен 11.03.2026".into(), "срок хранения счёта: пять лет".into()],
        can_do: vec!["попросить блокирование".into(), "спросить снова после 31.12.2031".into()],
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

/// The act, by a short name.
pub type Act = DestructionAct;

pub fn electronic() -> Electronic {
    Electronic {
        systems: vec!["Saqta".into(), "магазин shop.example".into()],
        removed: at(23, 10, 20),
        keys_destroyed: at(24, 9, 0),
        copies_ended: at(24, 9, 1),
        records_before: 311,
        records_after: 7,
        ledger: vec!["7/1040".into(), "7/1041".into()],
    }
}

pub fn destruction_act() -> DestructionAct {
    DestructionAct {
        header: header(43),
        request: Some(request()),
        processors: vec![Processor {
            name: "ТОО «Хостинг Үлгі»".into(), address: "Қарағанды, 5".into()
        }],
        persons: vec![format!("обращение № 14, отпечаток {}", "ab12".repeat(16))],
        categories: vec!["телефон".into(), "адрес доставки".into()],
        means: Means::Mixed(electronic(), vec![Carrier { name: "договор на бумаге".into(), sheets: 19 }]),
        method: "уничтожение ключей шифрования; измельчение бумаги".into(),
        reason: "согласие отозвано".into(),
        destroyed: at(24, 12, 0),
        kept: kept(),
        told: told(),
        destroyed_by: signatory("Әсел Үлгіқызы"),
        approved_by: Some(signatory("Мұрат Мысалұлы")),
    }
}
