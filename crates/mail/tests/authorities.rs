//! Is a state body told from somebody who only speaks of one?

#![cfg(test)]

use saqta_mail::letter::Letter;
use saqta_mail::understanding::extract::Extract;
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{LetterKind, OwnAddresses, understand};

fn read(from: &str, subject: &str, text: &str) -> (bool, Extract) {
    let letter = format!(
        "From: {from}\r\nTo: privacy@shop.example\r\nSubject: {subject}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    let letter = Letter::read(letter.as_bytes()).ok().unwrap();
    let read = understand(&letter, &Marks::common(), &OwnAddresses::default());
    (read.kinds.contains(&LetterKind::AuthorityRequest), read.extract)
}

#[test]
fn bodies_that_demand_are_known() {
    let police = "Департамент полиции города Шымкент\nСледственное управление\nИсх. № 3-5/77 от 04.05.2026\n\n\
        В производстве находится уголовное дело. На основании статьи 185 УПК прошу в срок до 15.05.2026 представить \
        сведения о получателе заказа.\n\nСледователь К. Асанов";
    let (is_authority, extract) = read("\"Асанов К.\" <k.asanov@police.gov.example>", "Запрос", police);
    assert!(is_authority);
    assert_eq!(extract.authority.as_deref(), Some("Департамент полиции города Шымкент"));
    assert_eq!(extract.letter_number.as_deref(), Some("3-5/77"));
    assert_eq!(extract.letter_date.unwrap().to_string(), "2026-05-04");
    assert_eq!(extract.answer_by.unwrap().to_string(), "2026-05-15");

    let bailiff = "Частный судебный исполнитель Ким А. Б.\nисх. 118\n\nВ соответствии со ст. 126 Закона об исполнительном \
        производстве прошу в течение трёх рабочих дней сообщить адрес должника.";
    let (is_authority, extract) =
        read("chsi@bailiffs.example", "Запрос по исполнительному производству", bailiff);
    assert!(is_authority);
    assert_eq!(extract.answer_within_days.as_deref(), Some("3"));

    let ministry = "ҚР Цифрлық даму министрлігі Ақпараттық қауіпсіздік комитеті\n№ 7-1/90\n\nЗаңның 27-бабы негізінде \
        5 жұмыс күні ішінде ақпарат ұсынуыңызды сұраймыз.";
    let (is_authority, extract) = read("Комитет <kib@gov.example>", "Сұрау", ministry);
    assert!(is_authority);
    assert_eq!(extract.answer_within_days.as_deref(), Some("5"));

    let regulator = "Office of the Information Commissioner\nRef: IC-77/2026\n\nUnder section 12 of the Act you are required \
        to provide the record of processing no later than 1 June 2026.";
    let (is_authority, extract) = read("casework@ic.example", "Information notice", regulator);
    assert!(is_authority);
    assert_eq!(extract.letter_number.as_deref(), Some("IC-77/2026"));
    assert_eq!(extract.answer_by.unwrap().to_string(), "2026-06-01");
}

#[test]
fn a_letter_of_an_office_is_known_by_the_domain_of_the_state_and_a_number_of_its_own() {
    let text = "Исх. № 12-3/45\n\nНа основании статьи 27-1 Закона просим в течение 5 рабочих дней представить сведения.";
    assert!(read("sed@mdai.gov.example", "Запрос", text).0);
    for from in ["sed@gov.people.example", "sed@mdai.example"] {
        assert!(!read(from, "Запрос", text).0, "{from}");
    }
    let official = "Прошу удалить сведения обо мне на основании статьи 8 закона в течение 3 дней.";
    assert!(!read("aidar@edu.gov.example", "Просьба", official).0);
}

#[test]
fn who_only_speaks_of_a_body_is_none() {
    for text in [
        "Если не удалите мои данные, обращусь в прокуратуру и в суд по статье 79 КоАП!",
        "Прокуратура уже в курсе. Требую удалить мои данные по ст. 8 закона.",
        "Здравствуйте, я работаю в министерстве, подскажите по заказу № 118",
        "Вчера был суд, поэтому не смог забрать заказ. Прошу продлить срок хранения до 05.05.2026.",
        "Мы коллекторское агентство по взысканию. На основании закона требуем сообщить адрес должника. Исх. № 5",
        "Полиция деректерімді сұрады ма? Заң бойынша жауап беріңіз",
        "The police said you must provide my data. I demand it under article 15.",
        "My lawyer will go to court. Please provide my account history within 5 days.",
    ] {
        assert!(!read("Анна <anna@post.example>", "Письмо", text).0, "{text}");
    }
}
