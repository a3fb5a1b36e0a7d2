# Что говорит система, по-русски. Каждое сообщение есть на трёх языках с одними и теми же переменными.

# Refusals: what happened, and what would be needed

not_authorised = Ключ не допущен к этому действию для этой цели.
    .needs = Нужен ключ, в области которого названы и действие, и цель.
no_undertaking = Владелец ключа не подписал обязательство о неразглашении.
    .needs = Подпишите обязательство; его номер и дату вносят к ключу.
purpose_unknown = В политике нет такой цели.
    .needs = Назовите цель, объявленную в политике.
operation_not_declared = Политика не предусматривает такого действия для цели «{ $purpose }».
    .needs = Действие нужно объявить для этой цели в новой редакции политики.
attribute_unknown = В политике нет таких сведений: { $attributes }.
    .needs = Передавайте только сведения, объявленные в политике.
attribute_not_needed = Для цели «{ $purpose }» не нужны: { $attributes }.
    .needs = Уберите эти сведения.
no_personal_data = Цель «{ $purpose }» обходится без персональных данных.
    .needs = Не передавайте для неё персональных данных.
attribute_missing = Не хватает сведений, без которых цели не достичь: { $attributes }.
    .needs = Добавьте их.
basis_not_in_law = Действующий закон не знает основания, на котором стоит эта цель.
    .needs = Нужно основание, которое закон знает, например согласие.
purpose_stopped = Вся обработка для цели «{ $purpose }» остановлена.
    .needs = Возобновить её может только администратор.
no_record = Там, куда эта цель может смотреть, об этом человеке ничего нет.
    .needs = Сначала соберите данные для этой цели или укажите нужного человека.
subject_stopped = Человек потребовал прекратить всю обработку.
    .needs = Ничего не поможет: продолжается лишь то, чего требует закон или неисполненное обязательство.
blocked = Данные заблокированы.
    .needs = Дождитесь конца блокирования или попросите его снять.
no_consent = Согласия человека нет.
    .needs = Попросите согласие на эту цель, показав опубликованный текст.
consent_refused = Человек ответил отказом.
    .needs = Не спрашивайте снова: человек может согласиться сам.
consent_withdrawn = Человек отозвал согласие.
    .needs = Нужно новое добровольное согласие.
consent_expired = Срок согласия истёк.
    .needs = Нужно новое согласие.
consent_outgrown = После согласия политика расширилась, и нынешнюю обработку оно не охватывает.
    .needs = Попросите согласие по действующей редакции.
channel_unknown = Для этого канала политика согласия не предусматривает.
    .needs = Назовите канал, объявленный для цели.
text_unknown = Согласие ссылается на текст, которого в политике нет.
    .needs = Покажите опубликованный текст и передайте его контрольную сумму.
parent_missing = Лицу нет 18 лет: согласие действует, если его дают вместе с родителем, а до 14 лет — если его даёт родитель.
    .needs = Спросите родителя и укажите это: given_by together с 14 лет, representative до 14.
no_ground = Нет подтверждения основания.
    .needs = Назовите его: номер заказа, номер акта, место публикации.
purpose_reached = Цель достигнута; то, что ещё хранится, заперто.
    .needs = Нужно новое основание: сохранённое после конца цели не используют.
incompatible = Эти сведения собраны для другой цели, не объявленной совместимой: { $attributes }.
    .needs = Соберите их для этой цели или объявите цели совместимыми в новой редакции политики.
not_held = Этих сведений у нас нет: { $attributes }.
    .needs = Сначала соберите их.
held = Действует запрет на уничтожение.
    .needs = Запрет должен закончиться или быть снят.
still_needed = Основание хранить данные ещё действует.
    .needs = Дождитесь его окончания.
link_not_declared = Нет объявленного основания, чтобы связать эти записи.
    .needs = Связь двух целей нужно объявить в политике.
nothing_to_lift = Такого блокирования или запрета нет.
    .needs = Укажите то, что действует.
nothing_to_withdraw = Отзывать нечего: согласия нет.
    .needs = Ничего не нужно: согласие на эту цель не действует.
recipient_unknown = В политике нет такого получателя.
    .needs = Назовите получателя, объявленного в политике.
recipient_not_named = Для цели «{ $purpose }» этому получателю ничего не предоставляют.
    .needs = Получателя нужно назвать для этой цели в новой редакции политики и сообщить о ней людям.
recipient_gets_no_such_data = Для цели «{ $purpose }» этот получатель не получает: { $attributes }.
    .needs = Уберите эти сведения или объявите в новой редакции политики, что получатель их получает.
no_agreement = В этот день нет действующего договора, который обязывает получателя хранить тайну.
    .needs = Нужен действующий договор с обязанностью хранить тайну, внесённый в политику.
notice_missing = Получатель находится за границей, а уведомления уполномоченного органа о передаче нет.
    .needs = Нужно уведомление с номером, датой и распиской. Эта версия программы ещё не умеет его учитывать, поэтому всякая передача за границу отклоняется.
event_unknown = В политике нет такого события.
    .needs = Назовите событие, которое начинает или завершает цель.
too_many_persons = Прочитаны данные большего числа людей, чем позволяет предел ключа.
    .needs = Подождите, запросите меньше или попросите поднять предел.
request_closed = Обращение закрыто.
    .needs = Новое обращение; к этому можно добавить только заметку.
out_of_turn = По ходу обращения сейчас этого сделать нельзя.
    .needs = Посмотрите, где обращение, и сделайте то, что следует дальше.
identity_not_proven = Не показано достаточным способом, кто обратился.
    .needs = Код на известный контакт, токен магазина, факты о заказе или увиденное полномочие.
term_stands = По этой причине или настолько срок изменить нельзя.
    .needs = Ответьте вовремя; срок растёт только до своего конца и по причине из пакета права.
plan_missing = Заранее не записано, что будет сделано.
    .needs = План: что прекращается, что остаётся, почему и до какого дня.
second_person_missing = Нужно слово второго сотрудника.
    .needs = Одобрение не того, кто составил план.
undo_running = Время, когда это можно отменить, не вышло.
    .needs = Назначьте исполнение и дождитесь конца этого времени.
undo_over = Время, когда это можно было отменить, вышло.
    .needs = Ничего не поможет: это уже исполняется.
not_yet = Ещё не время.
    .needs = Подождите или поправьте часы.

# Where a refusal comes from

clause = пункт { $clause }

# Operations (clauses 2.6 and 8.1)

operation-collection = сбор
operation-recording = запись
operation-systematisation = систематизация
operation-accumulation = накопление
operation-storage = хранение
operation-rectification = уточнение
operation-updating = обновление
operation-alteration = изменение
operation-retrieval = извлечение
operation-use = использование
operation-transfer = передача
operation-dissemination = распространение
operation-provision = предоставление
operation-access = доступ
operation-depersonalisation = обезличивание
operation-blocking = блокирование
operation-erasure = удаление
operation-destruction = уничтожение

# Grounds (clause 6)

basis-consent = согласие
basis-law = закон
basis-justice = правосудие
basis-contract = договор
basis-legitimate_interest = законный интерес
basis-made_public = данные, которые человек открыл сам
basis-publication_required = обязательная публикация
basis-none = без персональных данных

# Ends of processing (clause 7.10)

end-purpose_reached = цель достигнута
end-consent_expired = срок согласия истёк
end-consent_withdrawn = согласие отозвано
end-stop_demanded = поступило требование прекратить обработку
end-unlawful = обработка незаконна

# Reasons for a block (clause 4.1)

reason-incomplete = данные неполны
reason-out_of_date = данные устарели
reason-inaccurate = данные неточны
reason-unlawfully_obtained = данные получены незаконно
reason-not_needed = данные не нужны для цели
reason-ordered = так предписал уполномоченный орган

# What happens at the end of a term (clause 5.7)

then-destroy = уничтожение
then-depersonalise = обезличивание

# How data are processed (clause 2.1)

automation-automated = автоматизированная
automation-manual = ручная
automation-mixed = автоматизированная и ручная

# Who supplied a value (clauses 4.2, 4.3)

source-subject = сам человек
source-representative = представитель
source-staff = сотрудник
source-import = прежняя база клиентов
source-other = другой человек

# Kinds of values (clause 5.6)

kind-text = текст
kind-name = имя
kind-email = адрес электронной почты
kind-phone = номер телефона
kind-iin = ИИН
kind-bin = БИН
kind-date = дата
kind-address = адрес
kind-plate = номер автомобиля
kind-vin = VIN
kind-money = денежная сумма
kind-document = документ

# What is wrong with a value (clause 5.6)

fault-value_empty = Значение пустое.
fault-value_too_long = Значение слишком длинное.
fault-value_has_control_characters = В значении есть переносы строк или управляющие символы.
fault-value_malformed = Значение записано неправильно.
fault-check_digit_wrong = Контрольная цифра не сходится: есть неверная цифра или две переставлены.
fault-value_is_a_document = Документ загружают файлом, а не передают значением.

# Answers of the API that are no refusals

problem-malformed = Запрос не удалось разобрать.
problem-unknown-key = Ключ API не указан, неизвестен или отозван.
problem-idempotency-conflict = Этот ключ идемпотентности уже использован для другого запроса.
problem-too-large = Запрос слишком большой.
problem-rate-limited = Слишком много запросов; попробуйте позже.
problem-not-found = Здесь ничего нет.
problem-not-ready = Система ещё не готова; попробуйте позже.
problem-internal = На нашей стороне сбой; ничего не сделано.
problem-value = Значение «{ $attribute }» не принято.
problem-media-type = Тип содержимого не тот, который нужен.
problem-method = Этот адрес не отвечает на такой метод.
problem-timed-out = Ответ занял слишком много времени. Отправьте тот же запрос с тем же ключом идемпотентности, чтобы узнать, выполнен ли он.
problem-busy = Слишком много изменений одной записи сразу; повторите запрос.
problem-no-policy = Политика ещё не введена в действие.
problem-not-administrator = Это доступно только ключам администраторов.
problem-identifier-taken = Под этим значением уже известен другой человек.
problem-policy = В политике есть ошибки, она не опубликована.
problem-version = С этой редакцией политики так поступить нельзя.
problem-setup-over = Ссылка для первой настройки неверна, уже использована или устарела.
problem-form-over = Страница устарела. Вернитесь, загрузите её снова и отправьте форму ещё раз.
problem-too-many-guesses = Слишком много попыток. Подождите и повторите.
problem-link-over = Ссылка неверна, уже использована или устарела. Попросите новую.
problem-not-signed-in = Имя, пароль или код неверны.
problem-not-responsible = Это может сделать только ответственное лицо.

# Why something cannot be done with a version (clause 11.2)

version-number_not_higher = Номер должен быть больше номера последней редакции.
version-approver_missing = Назовите, кто утверждает новую редакцию.
version-purpose_moved = Цель с этим именем раньше лежала в другом отделении: дайте ей новое имя, и прежняя завершится.
version-not_after_the_last = Она должна вступить в силу позже последней редакции.
version-effective_in_the_past = Момент вступления в силу уже прошёл.
version-already_published = Она уже опубликована.
version-draft_changed = Черновик изменился с тех пор, как его читали: прочтите его снова и утвердите то, что в нём сейчас.
version-already_effective = Она действует или вступит в силу в течение минуты: опубликуйте редакцию с большим номером.
version-already_cancelled = Она уже отменена.
version-older_in_force = Снова действует прежняя редакция, и по ней ничего не прекращается: поправьте часы или восстановите недостающие редакции.

# What is wrong with a request

malformed-json = Тело запроса не тот JSON, который нужен: строка { $line }, столбец { $column }.
malformed-body_incomplete = Тело запроса оборвалось.
malformed-path_malformed = Адрес составлен неверно.
malformed-query_malformed = Часть адреса после вопросительного знака составлена неверно.
malformed-form_malformed = В форме должны быть часть «request» и за ней часть «file», по одной.
malformed-idempotency_key_malformed = Ключ идемпотентности: от 1 до 128 видимых знаков ASCII.
malformed-subject_malformed = Назовите человека через «id» (32 шестнадцатеричные цифры) или через «attribute» и «value».
malformed-id_malformed = Идентификатор состоит из 32 шестнадцатеричных цифр.
malformed-receipt_malformed = Квитанция пишется как номер журнала и номер записи, например 1-42.
malformed-purpose_malformed = Так цель называться не может.
malformed-attribute_malformed = Так атрибут называться не может.
malformed-channel_malformed = Так канал называться не может.
malformed-event_malformed = Так событие называться не может.
malformed-cursor_malformed = Такой курсор система не выдавала.
malformed-digest_malformed = Контрольная сумма состоит из 64 шестнадцатеричных цифр.
malformed-language_unknown = Язык: kk, ru или en.
malformed-given_by_unknown = given_by: subject, together или representative.
malformed-source_unknown = Источник: subject, representative, staff, import или other.
malformed-reason_unknown = Причина: incomplete, out_of_date, inaccurate, unlawfully_obtained, not_needed или ordered.
malformed-no_pack = Это не пакет Saqta.
malformed-request_kind_unknown = Вид обращения: access, rectification, restriction, unrestriction, destruction, withdrawal, stop, objection, dissemination, explanation или complaint.
malformed-ground_unknown = Основание: incomplete, out_of_date, inaccurate, unlawfully_obtained или not_needed.
malformed-objection_unknown = Возражение: marketing или automated_decision.
malformed-time_malformed = Время пишется по RFC 3339, например 2026-03-01T00:00:00Z.
malformed-until_is_past = Срок окончания уже прошёл.
malformed-reference_missing = Ссылка на основание не указана или длиннее 200 байт.
malformed-nothing_to_collect = Собирать нечего.
malformed-nothing_to_do = Делать нечего.
malformed-too_many_parts = Слишком много частей.
malformed-attribute_twice = Атрибут назван дважды.
malformed-attribute_not_findable = Политика не разрешает искать людей по этому атрибуту.
malformed-attribute_is_no_document = Этот атрибут не документ.
malformed-media_type_not_accepted = Документы принимаются в виде PDF, JPEG, PNG или простого текста.
malformed-same_subject = Запись нельзя объединить с самой собой.
malformed-label_missing = Название не указано или длиннее 100 знаков.
malformed-purpose_unknown = В политике нет такой цели.
malformed-operation_unknown = Такого действия нет в пункте 8.1.
malformed-sizes_out_of_order = Сначала указывается меньший размер, не меньше 1.
malformed-index_negative = Номер записи не бывает отрицательным.
malformed-hash_is_not_32_bytes = Хеш состоит из 32 байт.
malformed-attribute_not_of_purpose = Ни одна цель этого запроса не использует атрибут, по которому назван человек.
malformed-nothing_to_block = Для блокирования не назван ни один атрибут.
malformed-visitor_has_documents = В записи посетителя есть документы, а они не переходят в другую запись.
malformed-file_is_not_text = Файл политики не является текстом в UTF-8.
malformed-approver_malformed = Имя утвердившего — от 1 до 200 знаков, без управляющих символов.

# Decisions that were no refusals

decision-done = Выполнено по разрешению: { $operation }.
