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
            "I insist that you destroy the copy of my ID",
            "I no longer want to be your customer. Erase my details.",
            "Delete my number from your database please",
            "Please have all my information removed from your systems",
            "Could you please get my account erased?",
            "Аккаунт удалить етіңізші",
            "Деректеримди ошириниздер",
            "Менің телефон нөмірімді базаңыздан өшіріңіздер",
            "Ұлымның тіркелгісін жойып беріңіздерші",
            "Я против того, чтобы мои данные у вас лежали. Удалите.",
            "прошу убрать мою анкету",
            "Сотрите пожалуйста мой телефон и емейл из вашей системы, спасибо",
            "Больше не хочу быть у вас зарегистрирован, удалите регистрацию",
            "Требую в течение трех дней уничтожить все сведения, которые у вас обо мне имеются",
            "Прошу вас оперативно удалить мою страницу и все контакты",
            "Добрый день. Я больше не являюсь вашим клиентом, поэтому прошу стереть всё, что у вас есть обо мне.",
            "Снесите мой акк плиз",
            "Ликвидируйте мою учётку, данные тоже уничтожьте",
            "Я хочу удалиться из вашей базы",
            "Удалите меня из вашей базы данных",
            "Настаиваю на полном удалении моей анкеты",
            "Деактивируйте мой аккаунт и сотрите номер телефона",
            "Заявление на удаление персональных данных. Прошу удалить фамилию, телефон и адрес.",
            "Прошу уничтожить скан моего удостоверения личности",
            "Udalite menya iz bazy dannyh",
            "Мен туралы барлық мәліметті өшіріп тастаңыздар",
            "Профилімді жойып жіберіңізші",
            "Базадан менің деректерімді алып тастаңыз",
            "Дербес деректерімді жоюды талап етемін",
            "Аккаунтымды өшіріңіз, қолданбаймын",
            "Get rid of all the data you have on me",
            "Close my account and delete everything",
            "My account should be deleted, please",
            "Erase every record of me",
            "I request the deletion of my profile and order history",
            "Pls del my acc and all data",
            "I want to be removed from your database",
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
            "I do not consent to my data being processed anymore",
            "Consent withdrawn. Please confirm.",
            "I withdraw permission for you to process my details",
            "my consent is hereby revoked",
            "Деректерімді өңдеуге рұқсатымды қайтарып аламын",
            "Бұдан былай деректерімді өңдеуге келісім бермеймін",
            "Келісімімді кері аламын",
            "Не даю больше согласия на обработку",
            "Больше не разрешаю вам пользоваться моими данными",
            "требую прекращения обработки персональных данных",
            "Я забираю назад разрешение на обработку моих данных",
            "Считайте моё согласие недействительным",
            "Прошу принять отзыв моего согласия",
            "Согласие на обработку персональных данных отзываю полностью",
            "Аннулируйте моё согласие на обработку ПД",
            "Забираю своё согласие на обработку данных назад",
            "Прошу считать моё согласие на обработку персональных данных отозванным",
            "Уведомляю об отзыве согласия на обработку персональных данных",
            "Я передумал и не даю согласия на обработку своих данных",
            "Отменяю разрешение на использование моих персональных данных",
            "прекратите использовать мои данные",
            "Согласие на обработку данных, данное мной 5 мая, отзываю",
            "Otzyvayu soglasie na obrabotku personalnyh dannyh",
            "Деректерімді өңдеуге берген келісімімді жойыңыз",
            "Менің деректерімді бұдан былай өңдемеңіздер",
            "Келісімімді қайтарғым келеді",
            "Дербес деректерімді пайдалануды тоқтатыңыздар",
            "Өз келісімімді кері шақырамын",
            "Please consider my consent withdrawn",
            "I am withdrawing the permission to process my data",
            "I'd like to take back my consent for data processing",
            "Cease processing of my personal information",
            "You may no longer process my data",
            "Do not use my personal data any more",
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
            "Has my data been shared with anyone? Who received it?",
            "Kindly provide a list of the personal data you process about me",
            "I want to see everything you have stored about me",
            "How did you get my email?",
            "Сақталған деректерімнің толық көшірмесін алғым келеді",
            "Менің деректерім кімдерге берілді?",
            "Мен туралы не білесіздер?",
            "В соответствии с законом о персональных данных прошу предоставить сведения о том, какие мои данные обрабатываются",
            "Прошу сообщить источник получения моих персональных данных",
            "С кем вы делились моей информацией?",
            "Прошу выслать копии всех документов с моими данными",
            "Есть ли у вас мои персональные данные и какие?",
            "Хочу получить выписку о моих персональных данных",
            "Вышлите всё, что у вас на меня есть",
            "Кто имел доступ к моим данным?",
            "Прошу подтвердить, обрабатываете ли вы мои персональные данные, и какие именно",
            "Дайте список компаний, которым вы передали мои данные",
            "Прошу предоставить информацию об обработке моих персональных данных",
            "Интересует, какая информация обо мне у вас сохранена",
            "Kakie moi dannye u vas est?",
            "Менің қандай деректерім сіздерде бар?",
            "Сіздерде мен туралы не сақталған?",
            "Деректерімді кімдерге жібергеніңізді айтыңызшы",
            "Менің нөмірім сізге қайдан келді?",
            "Өзім туралы мәліметтердің тізімін бергеніңізді сұраймын",
            "Under the law I request access to my personal data",
            "Tell me which third parties received my address",
            "I'd like to know what information you keep about me",
            "Can I get an export of my data?",
            "Can you tell me what data you store on me?",
            "Provide all personal data concerning me",
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
            "That order isn't mine, you have the wrong person",
            "Put a temporary block on my data, please",
            "Тексеру аяқталғанша менің мәліметтерімді бұғаттауды сұраймын",
            "Деректерімді пайдалануды уақытша тоқтатып тұрыңыз",
            "Заказ оформлен на меня по ошибке, я ничего не заказывала, данные чужие",
            "Прошу наложить блокировку на мои персональные данные",
            "До решения спора прошу не использовать мои данные и заблокировать их",
            "Приостановите использование моих данных, пока я не разберусь",
            "Вы мне звоните по чужому заказу, данные в нём не мои",
            "Прошу заблокировать мои персональные данные, так как они неверны",
            "Заморозьте мой аккаунт до окончания проверки",
            "Оформили заказ на моё имя, но это не я",
            "Деректерімді тексергенше бұғаттап тұрыңыздар",
            "Тексеру біткенше деректерімді пайдалануды тоқтата тұрыңыз",
            "Мен тапсырыс берген жоқпын, бұл нөмір менікі, бірақ деректер басқа адамдікі",
            "Suspend the use of my data pending the check",
            "Someone else registered with my email, this is not my account",
            "Block my personal data until you verify it",
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
            "Do not send me any promotional SMS",
            "Stop calling me with offers",
            "I'd like to unsubscribe from your newsletter",
            "Enough with the ads",
            "Хабарландыру жіберуді тоқтатсаңыздар",
            "Жарнамалық қоңыраулар шалмаңыздар",
            "Маған смс жіберуді қойыңыздар",
            "спам надоел, отпишите",
            "Снимите меня с рассылки",
            "Отключите рассылку",
            "Прошу прекратить рекламные звонки на мой номер",
            "не пишите мне больше в вотсап с акциями",
            "Больше не хочу видеть вашу рекламу",
            "Достали со своими акциями, удалите меня из списка рассылки",
            "Прошу исключить мой адрес из списка получателей новостей",
            "не надо больше слать скидки",
            "Больше никаких звонков с предложениями!",
            "Отключите уведомления об акциях",
            "СТОП РЕКЛАМА",
            "Не звоните мне с рекламой",
            "Мне ваши рассылки не нужны",
            "otpishite menya ot rassylki",
            "Ватсапқа жарнама жібермеңіздерші",
            "Акциялар туралы хабарлама келмесін",
            "Мені жарнама тізімінен алып тастаңыз",
            "Енді жарнама алғым келмейді",
            "Қоңырау шалып мазаламаңыздар",
            "Remove my email from the promo list",
            "Stop spamming me!",
            "please opt me out of all marketing",
            "Stop texting me about discounts",
            "Quit sending ads",
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
            "Kindly amend my surname",
            "Could you change my email to anna2@post.example?",
            "I have a new phone number: +7 700 000 00 12",
            "My address is wrong in your system",
            "Мекенжайымды өзгертіңіз: Алматы қ., Абай көшесі, 1-үй",
            "Есімімде қате бар, түзетіп беріңіз",
            "Номерім өзгерді, жаңасы 8 700 000 00 12",
            "Я поменяла паспорт, обновите данные",
            "Прошу заменить номер в карточке клиента",
            "В договоре моё имя написано с ошибкой",
            "Прошу внести изменения: телефон +7 700 000 00 12",
            "Сменился адрес электронной почты, запишите новый: anna2@post.example",
            "Смените, пожалуйста, мою фамилию на Цой",
            "Номер телефона устарел, новый +7 700 000 00 12",
            "Вышла замуж, теперь моя фамилия Ким",
            "В имени опечатка: должно быть Анна, а не Ана",
            "Мой e-mail теперь anna2@post.example",
            "Адрес у вас старый, я живу теперь на ул. Абая, 1",
            "Внесите изменения в мои данные: отчество Сергеевна",
            "pomenyajte moj nomer na +7 700 000 00 12",
            "Телефонымды ауыстырдым, жаңасы +7 700 000 00 12",
            "Атым қате жазылған, дұрысы Айгүл",
            "Поштамды жаңартыңызшы: anna2@post.example",
            "Мекенжайым ауысты",
            "Туған күнім дұрыс көрсетілмеген",
            "I got married, my surname is now Kim",
            "You have my name spelled wrong",
            "Please replace my old number with +7 700 000 00 12",
            "We moved: the new address is Almaty, Abay Ave 1",
            "Email in my profile is outdated, use anna2@post.example",
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
            "I asked you a month ago to delete my data and never got an answer",
            "My data was leaked from your website",
            "Сұрағыма әлі күнге дейін жауап бермедіңіздер",
            "Деректерім интернетте жарияланып кетіпті",
            "Запрос отправил 10 дней назад, реакции никакой, срок нарушен",
            "Я просил не звонить, согласие отозвано, а звонки продолжаются",
            "Ваш сотрудник передал мои данные знакомым, буду жаловаться",
            "Возмущена! Мой адрес увидели другие покупатели",
            "Мои данные попали к посторонним людям, это безобразие",
            "Вы передали мой телефон третьим лицам без моего согласия",
            "Прошло две недели, а ответа на мой запрос о данных нет",
            "Претензия: нарушен порядок обработки персональных данных",
            "Несмотря на отзыв согласия, мне опять пришла смс",
            "Сіздер менің нөмірімді рұқсатымсыз бөтен адамға бердіңіздер",
            "Келісімімді қайтарып алсам да әлі қоңырау шалып жатырсыздар",
            "A month has passed and I still have no reply to my data request",
            "You gave my data to a third party without my consent",
            "I withdrew my consent in May and you are still calling me",
            "Your courier showed my address to strangers, this is a privacy breach",
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
        &["Жалоба: масло пришло протёкшее", "I want to complain about the tyres", "Тауар сынық келді, шағымым бар"],
    );
}

#[test]
fn questions_and_denied_words_ask_for_nothing_else() {
    check(
        "question",
        &[
            "Do you sell winter tyres?",
            "I want to cancel my order",
            "Please send me the invoice",
            "Why do you need my phone number?",
            "How long do you keep my data?",
            "Тауарды қайтарғым келеді",
            "Деректерім қанша уақыт сақталады?",
            "Тапсырысты өзгертуге бола ма?",
            "Где посмотреть согласие, которое я давал?",
            "Хочу изменить заказ",
            "Курьер не приехал, я возмущён!",
            "Удалите, пожалуйста, второй товар из заказа",
            "Не надо ничего удалять и менять, всё верно",
            "Прошу отправить копию чека",
            "Пришлите счет на оплату",
            "Зачем вам мой адрес?",
            "Почему вы просите ИИН?",
            "Мне пришло письмо про новую политику, надо ли что-то делать?",
            "Что будет с моими бонусами, если закрыть аккаунт?",
            "Сколько вы храните персональные данные?",
            "Где находится ваша политика конфиденциальности?",
            "Нужно ли согласие для доставки?",
            "Пока не отзываю согласие, просто уточняю порядок",
            "Прошу не удалять мою учётную запись",
            "Согласие не отзываю.",
            "Спасибо, номер получил",
            "Хочу вернуть товар и деньги",
            "Измените время доставки",
            "Подскажите, какое масло лить",
            "Рекламу оставьте, мне интересно",
            "От рассылки отписываться не хочу",
            "Келісімді қалай қайтарып алуға болады?",
            "Менің тапсырысым қайда?",
            "Жарнаманы тоқтатпаңыздар, маған ұнайды",
            "Рахмет, бәрі дұрыс",
            "Do you transfer data abroad?",
            "Where can I find your privacy policy?",
            "I don't want to withdraw my consent, just asking",
            "Please keep sending me the newsletter",
            "Please do not erase anything yet",
            "How can I change my address?",
            "Is it possible to return the tyres?",
            "ok",
            "👍",
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
    check("destruction withdrawal", &["Отзываю согласие и прошу удалить мои данные", "I withdraw my consent, please erase my data"]);
    check("access destruction", &["Пришлите копию моих данных, а потом удалите их", "Send me a copy of my data. Then delete my account."]);
    check("marketing_stop rectification", &["Поменяйте мой телефон на +7 700 000 00 12 и не присылайте рекламу"]);
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
