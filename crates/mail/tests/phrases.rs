//! Are demands in free words told from questions, from denied words and from what only sounds alike?

use saqta_mail::letter::Letter;
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{OwnAddresses, understand};

/// Reads a plain letter and gives its kinds in alphabetical order.
fn kinds(subject: &str, text: &str) -> String {
    let letter = format!(
        "From: Анна <anna@post.example>\r\nTo: privacy@shop.example\r\nSubject: {subject}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    let letter = Letter::read(letter.as_bytes()).ok().unwrap();
    let read = understand(&letter, &Marks::common(), &OwnAddresses::default());
    let mut kinds: Vec<&str> = read.kinds.iter().map(|kind| kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.join(" ")
}

fn check(kind: &str, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            let read = kinds("Письмо", text);
            (read != kind).then(|| format!("{text}: {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "not read as {kind}:\n{}", wrong.join("\n"));
}

#[test]
fn destruction_is_demanded_in_many_words() {
    check(
        "destruction",
        &[
            "Удалите мой аккаунт.",
            "Прошу вас удалить всю информацию обо мне.",
            "Требую уничтожения моих персональных данных!",
            "Хочу, чтобы вы стёрли мои данные из базы",
            "Здравствуйте, можете удалить мой профиль? Больше не пользуюсь.",
            "закройте мой личный кабинет и сотрите историю заказов",
            "Необходимо удалить мою учетную запись",
            "Прошу произвести удаление моих персональных данных из всех систем",
            "удолите пожалуста мой акаунт",
            "Уберите мои данные с сайта",
            "Мои данные должны быть удалены",
            "Pozhaluista, udalite moi akkaunt",
            "Менің аккаунтымды жойыңыз",
            "Деректерімді базадан өшіруіңізді сұраймын",
            "Жеке мәліметтерімді жойып тастаңыздаршы",
            "Тіркелгімді өшіріп берсеңіздер екен",
            "Please delete all my personal data.",
            "I want my account deleted",
            "I would like to request erasure of my data",
            "Could you remove my profile from your system?",
            "I exercise my right to be forgotten",
            "kindly wipe my details from your database",
        ],
    );
}

#[test]
fn withdrawal_is_declared_in_many_words() {
    check(
        "withdrawal",
        &[
            "Отзываю своё согласие на обработку персональных данных.",
            "Настоящим отзываю ранее данное согласие",
            "Прошу прекратить обработку моих персональных данных",
            "Я больше не согласна на обработку моих данных",
            "Не обрабатывайте больше мои данные!",
            "запрещаю использовать мои персональные данные",
            "Хочу отозвать согласие, которое давал при регистрации",
            "Келісімімді қайтарып аламын",
            "Деректерімді өңдеуді тоқтатыңыз",
            "Мен бұрын берген келісімімнен бас тартамын",
            "Деректеримди ондеуге берген келисимимди кери кайтарып аламын",
            "I withdraw my consent to the processing of my personal data",
            "I hereby revoke the consent I gave you",
            "Stop processing my personal data immediately",
            "I no longer consent to you using my data",
        ],
    );
}

#[test]
fn access_is_asked_for_in_many_words() {
    check(
        "access",
        &[
            "Какие мои данные вы храните?",
            "Пришлите мне копию моих персональных данных",
            "Хочу знать, кому вы передавали мой номер телефона",
            "Прошу сообщить, какие персональные данные обо мне обрабатываются",
            "Откуда у вас мой номер?",
            "Предоставьте перечень моих данных и источник их получения",
            "Что вы обо мне знаете?",
            "Мен туралы қандай деректер сақтайсыздар?",
            "Деректерімнің көшірмесін жіберіңіз",
            "Телефон нөмірімді кімге бердіңіздер?",
            "What personal data do you hold about me?",
            "Please send me a copy of all the information you have on me",
            "Who did you share my details with?",
            "Where did you get my number?",
            "This is a subject access request.",
        ],
    );
}

#[test]
fn blocking_is_asked_for_in_many_words() {
    check(
        "blocking",
        &[
            "Заблокируйте мои данные на время проверки",
            "Прошу приостановить обработку моих персональных данных до выяснения",
            "Это не мои данные, кто-то указал мой номер",
            "Прошу временно ограничить использование моих данных",
            "Деректерімді уақытша бұғаттаңыз",
            "Бұл менің деректерім емес",
            "Please restrict processing of my data until this is resolved",
            "These are not my details, someone else used my email",
            "Please freeze my data while you check",
        ],
    );
}

#[test]
fn advertising_is_refused_in_many_words() {
    check(
        "marketing_stop",
        &[
            "Прекратите слать мне рекламу",
            "Отпишите меня от рассылки",
            "Уберите мой номер из рекламной рассылки",
            "Хватит спамить!",
            "не присылайте мне больше смс",
            "Я не хочу получать ваши рекламные письма",
            "отпишите пж",
            "Прошу больше не звонить мне с предложениями",
            "Отказываюсь от рекламных рассылок",
            "Маған жарнама жібермеңіз",
            "Жарнамалық хабарламаларды тоқтатыңыз",
            "Рассылкадан шығарыңыз",
            "unsubscribe me",
            "Please stop sending me newsletters",
            "No more marketing emails please",
            "take me off your mailing list",
            "I don't want to receive your offers anymore",
        ],
    );
}

#[test]
fn rectification_is_asked_for_in_many_words() {
    check(
        "rectification",
        &[
            "У меня изменился номер телефона: +7 700 000 00 12",
            "Прошу исправить ошибку в моей фамилии",
            "Мой новый адрес: г. Алматы, ул. Абая, д. 1, кв. 2",
            "Поменяйте почту на anna2@post.example",
            "В анкете неверно указана дата рождения",
            "я переехала, обновите адрес доставки",
            "Телефон нөмірім өзгерді",
            "Тегімді түзетіңіз, қате жазылған",
            "Жаңа мекенжайым: Алматы қ., Абай көшесі, 1-үй",
            "My phone number has changed to +7 700 000 00 12",
            "Please correct the spelling of my name",
            "Please update my email address",
            "The birth date in my profile is wrong, please fix it: my date of birth is 2 March",
        ],
    );
}

#[test]
fn complaints_about_data_are_told_from_complaints_about_goods() {
    check(
        "complaint",
        &[
            "Жалуюсь на утечку моих персональных данных",
            "Вы слили мой номер мошенникам!",
            "Я отозвал согласие месяц назад, а вы всё равно продолжаете звонить",
            "На моё обращение до сих пор нет ответа",
            "Менің деректерім таралып кетті, шағымданамын",
            "Өтінішіме әлі жауап жоқ",
            "I want to complain about how you handle my personal data",
            "You leaked my phone number",
            "I unsubscribed twice and you still send spam",
        ],
    );
    check(
        "question",
        &[
            "Жалоба: масло пришло протёкшее",
            "I want to complain about the tyres",
            "Тауар сынық келді, шағымым бар",
        ],
    );
}

#[test]
fn questions_and_denied_words_ask_for_nothing_else() {
    check(
        "question",
        &[
            "Как удалить аккаунт?",
            "Подскажите, пожалуйста, как отозвать согласие",
            "Когда вы удаляете данные покупателей?",
            "Не удаляйте мои данные, пожалуйста",
            "Я не прошу удалить мой аккаунт",
            "Удалять аккаунт не нужно",
            "Можно ли изменить адрес?",
            "Если я отзову согласие, что будет с заказом?",
            "Когда привезут мой заказ № 118?",
            "Подойдёт ли фильтр на Камри 2015?",
            "Спасибо, вы удалили мои данные быстро",
            "Удалите отзыв о товаре, я ошибся",
            "Аккаунтты қалай жоюға болады?",
            "Деректерімді жоймаңыз",
            "Тапсырысым қашан келеді?",
            "How do I delete my account?",
            "Do not delete my data",
            "Please don't remove my account",
            "When will my order arrive?",
            "Can I change the delivery date?",
            "What happens if I withdraw my consent?",
            "I did not ask you to delete my account",
            "Отзыв о магазине: всё понравилось",
            "Хочу оставить заказ",
        ],
    );
}

#[test]
fn two_demands_are_two_kinds() {
    check(
        "destruction withdrawal",
        &["Отзываю согласие и прошу удалить мои данные", "I withdraw my consent, please erase my data"],
    );
    check(
        "access destruction",
        &[
            "Пришлите копию моих данных, а потом удалите их",
            "Send me a copy of my data. Then delete my account.",
        ],
    );
    check(
        "marketing_stop rectification",
        &["Поменяйте мой телефон на +7 700 000 00 12 и не присылайте рекламу"],
    );
}

#[test]
fn a_subject_of_free_words_counts_when_the_body_says_nothing() {
    for (subject, kind) in [
        ("Удаление аккаунта", "destruction"),
        ("Удалить аккаунт", "destruction"),
        ("отписка от рассылки", "marketing_stop"),
        ("Deletion of my data", "destruction"),
        ("Деректерді жою", "destruction"),
        ("Запрос на доступ к данным", "access"),
        ("Смена номера телефона", "rectification"),
        ("Re: заказ", "question"),
        ("Как удалить аккаунт?", "question"),
    ] {
        assert_eq!(kinds(subject, "Здравствуйте. Анна"), kind, "{subject}");
    }
}
