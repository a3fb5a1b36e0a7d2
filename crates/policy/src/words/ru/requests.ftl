# О чём просят, что с этим и когда будет ответ.

# О чём можно просить: название и действие словами человека

request-kind-access = доступ к данным
request-kind-rectification = исправление
request-kind-restriction = блокирование
request-kind-unrestriction = снятие блокирования
request-kind-destruction = уничтожение
request-kind-withdrawal = отзыв согласия
request-kind-stop = прекращение всей обработки
request-kind-objection = возражение
request-kind-dissemination = условия распространения
request-kind-explanation = вопрос
request-kind-complaint = жалоба
request-kind-authority = запрос органа
request-do-access = Посмотреть, что вы обо мне храните
request-do-rectification = Исправить мои данные
request-do-restriction = Временно заблокировать мои данные
request-do-unrestriction = Снять блокирование
request-do-destruction = Уничтожить мои данные
request-do-withdrawal = Отозвать согласие
request-do-stop = Прекратить всю обработку моих данных
request-do-objection = Возразить
request-do-dissemination = Задать условия показа моих данных
request-do-explanation = Задать вопрос
request-do-complaint = Пожаловаться
request-do-authority = Внести запрос органа
request-objection-marketing = Прекратить рассылки
request-objection-automated_decision = Пусть решение примет человек

# Что не так с данными

request-ground-incomplete = Данные неполные
request-ground-out_of_date = Данные устарели
request-ground-inaccurate = Данные неверны
request-ground-unlawfully_obtained = Данные получены незаконно
request-ground-not_needed = Эти данные вам не нужны

# Как пришло и кто просит

request-intake-portal = страница для людей
request-intake-api = интерфейс для программ
request-intake-mail = электронная почта
request-intake-phone = звонок
request-intake-paper = письмо на бумаге
request-applicant-subject = сам человек
request-applicant-representative = представитель
request-applicant-authority = орган

# Как установлено, кто просит

request-rung-nothing = не требуется
request-rung-secret = номер и секрет обращения
request-rung-contact_code = код или ссылка на известный контакт
request-rung-shop_token = вход в магазине
request-rung-order_facts = факты о заказе и обратный звонок
request-rung-representative = полномочие увидено, копия не хранится

# Что с обращением, словами для людей

request-accepted = Принято: { $number }, { $date }.
request-state-awaiting_identity = Ждём подтверждения, что это вы
request-state-in_progress = В работе
request-state-undoable = В работе: данные заблокированы, ещё можно передумать
request-state-done = Готово
request-state-partly = Готово частично
request-state-refused = Отказ
request-state-taken_back = Отозвано вами
request-state-lapsed = Закрыто: никто не подтвердил, кто обратился

# Чем ему приходится другое обращение

request-relation-duplicate = то же, присланное дважды
request-relation-repeats = то же, снова после ответа
request-relation-together = решать вместе
request-relation-same_letter = просьба из того же письма

# Что произошло

request-event-filed = получено
request-event-identified = установлено, кто обратился
request-event-identity_failed = проверка личности не прошла
request-event-documents_seen = документы увидены
request-event-paused = срок стоит
request-event-resumed = срок снова идёт
request-event-extended = срок продлён
request-event-reclassified = раньше понято иначе
request-event-related = связано с другим обращением
request-event-planned = план составлен
request-event-approved = план одобрен
request-event-scheduled = назначено, можно отменить
request-event-undone = отменено
request-event-executed = исполнено
request-event-answered = дан ответ
request-event-taken_back = отозвано
request-event-lapsed = закрыто без подтверждения
request-event-noted = заметка

# Что сделано

request-effect-marketing_stopped = реклама прекращена
request-effect-consents_withdrawn = согласия отозваны
request-effect-processing_stopped = вся обработка прекращена
request-effect-restricted = данные заблокированы
request-effect-unrestricted = блокирование снято
request-effect-rectified = данные исправлены
request-effect-copy_made = копия готова
request-effect-conditions_set = условия заданы
request-effect-decided_anew = решение принял человек
request-effect-destroyed = данные уничтожены
request-effect-nothing_held = данных уже не было
request-effect-destruction_verified = уничтожение проверено
request-effect-recipients_told = получатели уведомлены
request-effect-pack_made = пакет для органа готов

# К какому дню и почему

request-due-letter = { $by }: этот день назван в письме органа.
request-due-law = { $by }: закон даёт { $term }, чтобы { $label } ({ $source }).
request-due-promise = { $by }: пункт { $clause } нашей политики обещает ответ за { $term }.
request-due-none = Даты нет: ни политика, ни закон не называют срока.
request-days-off-unknown = Выходные { $year } года ещё неизвестны: верная дата может быть позже.
request-term-paused = Срок сейчас стоит.
request-overdue = Просрочено: последним днём было { $date }.
request-was-late = Ответ опоздал: последним днём было { $date }.
request-past-target = Прошло больше половины срока.
request-term-none = своего срока нет
request-keep-none = пока по закону можно предъявить требование
request-counts-from-filed = с поступления
request-counts-from-identified = с момента, когда известно, кто обратился
request-counts-from-documents = с подтверждающих документов
request-term-h = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
    }
request-term-wd = { $count ->
    [one] { $count } рабочий день
    [few] { $count } рабочих дня
   *[other] { $count } рабочих дней
    }
request-term-d = { $count ->
    [one] { $count } календарный день
    [few] { $count } календарных дня
   *[other] { $count } календарных дней
    }
request-term-m = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
   *[other] { $count } месяцев
    }

# Дни

date-at = { $date }, { $time }
date-1 = { $day } января { $year } года
date-2 = { $day } февраля { $year } года
date-3 = { $day } марта { $year } года
date-4 = { $day } апреля { $year } года
date-5 = { $day } мая { $year } года
date-6 = { $day } июня { $year } года
date-7 = { $day } июля { $year } года
date-8 = { $day } августа { $year } года
date-9 = { $day } сентября { $year } года
date-10 = { $day } октября { $year } года
date-11 = { $day } ноября { $year } года
date-12 = { $day } декабря { $year } года
date-by-1 = Не позднее { $day } января { $year } года
date-by-2 = Не позднее { $day } февраля { $year } года
date-by-3 = Не позднее { $day } марта { $year } года
date-by-4 = Не позднее { $day } апреля { $year } года
date-by-5 = Не позднее { $day } мая { $year } года
date-by-6 = Не позднее { $day } июня { $year } года
date-by-7 = Не позднее { $day } июля { $year } года
date-by-8 = Не позднее { $day } августа { $year } года
date-by-9 = Не позднее { $day } сентября { $year } года
date-by-10 = Не позднее { $day } октября { $year } года
date-by-11 = Не позднее { $day } ноября { $year } года
date-by-12 = Не позднее { $day } декабря { $year } года
