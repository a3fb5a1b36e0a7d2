//! Are marks known in subjects and bodies as people write them, and demands in Latin letters and for others?

use crate::kinds;

/// What is asked for, the subject, the body.
const LETTERS: &[(&str, &str, &str)] = &[
    ("destruction", "x", "По доверенности от Ким А. С. прошу удалить её персональные данные из вашей базы."),
    ("destruction", "x", "Мой отец умер, прошу удалить его аккаунт и данные."),
    ("destruction", "x", "Прошу удалить данные моего несовершеннолетнего сына"),
    ("destruction", "x", "Анамның атынан жазып отырмын: оның деректерін жойыңызшы"),
    (
        "withdrawal",
        "x",
        "Я представляю интересы Ким А. С. и от её имени отзываю согласие на обработку персональных данных.",
    ),
    (
        "access",
        "x",
        "I am writing on behalf of my mother. Please send her a copy of the personal data you hold about her.",
    ),
    (
        "access",
        "x",
        "Как представитель по доверенности прошу предоставить копию персональных данных моей доверительницы",
    ),
    ("withdrawal", "ОТЗЫВ СОГЛАСИЯ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ!", "привет"),
    ("withdrawal", "Fwd: Re: отзыв согласия на обработку персональных данных...", "см. тему"),
    ("withdrawal", "Отзыв согласия на обраб. персональных данных", "см. тему"),
    ("withdrawal", "отзыв согласия на обработку перс. данных", "см. тему"),
    ("withdrawal", "Отозвать согласие на обработку персональных данных", "см. тему"),
    ("withdrawal", "Отзыв моего согласия на обработку персональных данных, аккаунт ivanov", "см. тему"),
    ("withdrawal", "\"Отзыв согласия на обработку персональных данных\"", "см. тему"),
    ("withdrawal", "Заявление об отзыве согласия на обработку персональных данных", "см. тему"),
    ("withdrawal", "Отзыв согласия (Ким Анна)", "см. тему"),
    ("withdrawal", "ОтзывСогласияНаОбработкуПерсональныхДанных", "см. тему"),
    ("withdrawal", "отзыв соглашения на обработку персональных данных", "см. тему"),
    ("withdrawal", "отзыв согласия на обработку персональных данный", "см. тему"),
    ("withdrawal", "Дербес деректерді өңдеуге келісімді қайтарып алу", "қараңыз"),
    ("withdrawal", "Дербес деректерди ондеуге келисимди кери кайтарып алу", "қараңыз"),
    ("withdrawal", "дербес деректерді өңдеуге берген келісімімді кері қайтарып алу туралы", "қараңыз"),
    ("withdrawal", "Withdrawal of consent to processing of personal data", "see subject"),
    ("withdrawal", "WITHDRAWAL OF CONSENT - personal data processing", "see subject"),
    ("withdrawal", "withdrawel of concent to personal data processing", "see subject"),
    ("withdrawal", "Withdraw my consent", "see subject"),
    ("rectification", "Актуализация персональных данных", "изменились"),
    ("rectification", "актуализация персональныx даных", "см."),
    ("rectification", "Aktualizaciya personalnyh dannyh", "sm"),
    ("rectification", "RE: АКТУАЛИЗАЦИЯ ПДн", "см"),
    ("rectification", "Aктуaлизaция пepcoнaльных дaнных", "см"),
    ("rectification", "Актуализация персональных данных (новый телефон)", "см"),
    ("rectification", "Персональные данные, актуализация", "см"),
    ("rectification", "Дербес деректерді өзектендіру туралы", "қараңыз"),
    ("rectification", "дербес деректерди озектендиру", "каранызщы"),
    ("rectification", "Derbes derekterdi ozektendiru", "karanyz"),
    ("rectification", "update of personal data.", "hi"),
    ("rectification", "Updating of personal data", "hi"),
    ("rectification", "Personal data update - Kim", "hi"),
    ("rectification", "Актуализация данных", "Здравствуйте"),
    (
        "rectification withdrawal",
        "Отзыв согласия на обработку персональных данных / Актуализация персональных данных",
        "см",
    ),
    ("question", "Re: Отзыв о покупке", "понравилось"),
    ("question", "Вопрос по обработке персональных данных", "Здравствуйте, где прочитать политику?"),
    ("question", "Согласие на обработку персональных данных", "Отправляю подписанное согласие"),
    ("question", "Политика обработки персональных данных", "Не открывается страница"),
    ("withdrawal", "Письмо", "Отзыв согласия на обработку персональных данных. Ким Анна."),
    ("withdrawal", "Письмо", "Добрый день! Тема: «Отзыв согласия на обработку персональных данных»"),
    ("rectification", "Вопрос", "Актуализация персональных данных: новый телефон +7 700 000 00 12"),
    (
        "rectification withdrawal",
        "Вопрос",
        "Актуализация персональных данных: почта a@b.example\r\nОтзыв согласия на обработку персональных данных: да",
    ),
    ("question", "Вопрос", "Что такое «Отзыв согласия на обработку персональных данных»?"),
    ("destruction", "Заявка", "Salam! Akkauntymdy joiyp tastanyzshy"),
    ("destruction", "Otinish", "Menin derekterimdi zhoyudy suraimyn"),
    ("marketing_stop", "Salem", "Magan zharnama zhibermenizder"),
    ("withdrawal", "Otzyv", "Ya otzyvayu svoe soglasie na obrabotku dannyh"),
    ("marketing_stop", "reklama", "Ne prisylaite mne bolshe reklamu"),
];

#[test]
fn marks_are_known_as_people_write_them() {
    for (kind, subject, text) in LETTERS {
        assert_eq!(kinds(subject, text), *kind, "{subject}: {text}");
    }
}
