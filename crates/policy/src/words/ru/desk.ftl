# Обращения на страницах сотрудников.

# Список и начало

desk-requests = Обращения
desk-answered = Закрытые
desk-journal = Журнал обращений
desk-new = Новое обращение
desk-new-authority = Запрос органа
desk-filters = Какие обращения показать
desk-filter = { $words } ({ $count })
desk-show-all = Все открытые
desk-show-today = Срок сегодня
desk-show-overdue = Просрочены
desk-show-identity = Ждут подтверждения личности
desk-show-second = Ждут второго сотрудника
desk-show-open = Открытые
desk-board-all = открыто
desk-board-today = срок сегодня
desk-board-overdue = просрочено
desk-board-second = ждут второго сотрудника
desk-nothing = Таких обращений нет.
desk-earlier = Показать более ранние
desk-nameless = без имени
desk-closed = Закрыто { $day }
desk-overdue = Просрочено
desk-half = Прошло полсрока
desk-was-late = Ответ опоздал

# Где обращение, словами для сотрудников

desk-state-awaiting_identity = ждём, пока заявитель подтвердит личность
desk-state-in_progress = в работе
desk-state-undoable = данные заблокированы, уничтожение { $until }
desk-state-done = исполнено
desk-state-partly = исполнено частично
desk-state-refused = отказано
desk-state-taken_back = отозвано заявителем
desk-state-lapsed = закрыто: личность не подтверждена
desk-objection-marketing = прекращение рассылок
desk-objection-automated_decision = пересмотр решения человеком
desk-due-awaiting = Срок начнётся, когда станет известно, кто обратился.

# Страница обращения

desk-trouble = Не сделано
desk-done = Готово. Это записано в журнал.
desk-refused = { $told } Отказано на основании: { $clause }. Запись журнала { $place }.
desk-minor = Возраст человека: { $years }. Это несовершеннолетний: проверьте, кто вправе действовать за него.
desk-nobody = По этому контакту никого нет. Найдите человека по другому контакту или ответьте, что записи нет.
desk-related = Связанное обращение: { $relation },
desk-due-title = Срок ответа
desk-began = Отсчёт начался { $began }
desk-holds = действует этот
desk-asked-title = О чём просят
desk-every-purpose = все цели
desk-who-title = Кто просит
desk-identity = Личность
desk-proven = установлена { $at }: { $rung }
desk-unproven = ещё не установлена
desk-failed = Неудачных проверок
desk-representative = Представитель
desk-on-file = Людей с этим контактом
desk-compared-title = Сейчас и как должно быть
desk-now = Сейчас
desk-proposed = Как должно быть
desk-not-held = значения нет
desk-plan-title = План уничтожения
desk-plan-ends = Будет уничтожено: { $attributes }
desk-plan-refused = Здесь ничего не уничтожается. { $why }
desk-plan-by = План составил: { $name }
desk-plan-approved = План одобрил: { $name }
desk-plan-waits = Нужно одобрение ещё одного сотрудника. Один человек уничтожить данные не может.
desk-system = система
desk-account = сотрудник { $id }
desk-fate-stopped = { $purpose }: прекращено
desk-fate-stopped-since = { $purpose }: прекращено { $since }
desk-fate-continues = { $purpose }: продолжается. Основание: { $basis }
desk-fate-continues-until = { $purpose }: продолжается до { $until }. Основание: { $basis }
desk-fate-kept = { $purpose }: данные хранятся. Основание: { $basis }
desk-fate-kept-until = { $purpose }: данные хранятся до { $until }. Основание: { $basis }
desk-deeds-title = Что можно сделать
desk-no-deeds = Сейчас здесь ничего не нужно делать.
desk-fates-title = Что стало с целями
desk-changes-title = Что исправлено
desk-before = Было
desk-after = Стало
desk-changed-at = Исправлено { $at }
desk-changed-later = Будет исправлено после снятия блокирования
desk-papers-title = Документы
desk-paper = Документ
desk-paper-of = Документ № { $paper } по обращению № { $number }
desk-back = К обращению № { $number }
desk-pdf = Скачать PDF
desk-pack = Скачать пакет для органа (ZIP)
desk-notes-title = Заметки
desk-history-title = Что происходило
desk-longer = { $label }: срок дольше на { $term }

# Действия: название на кнопке и что произойдёт

desk-do-identify_by_facts = Подтвердить личность по фактам о заказе
desk-about-identify_by_facts = Сверьте номер заказа и ещё два факта, которые у нас уже есть. Перезвоните на контакт, который был известен раньше. Ничего не копируйте и документов не просите.
desk-do-identify_representative = Принять полномочие представителя
desk-about-identify_representative = Посмотрите документ и внесите, что это. Копию не храните.
desk-do-rectify = Исправить данные
desk-about-rectify = Значения справа заменят нынешние. Получатели узнают об этом, заявитель получит ответ.
desk-do-approve = Одобрить план уничтожения
desk-about-approve = Вы подтверждаете, что план верен. Это записывается под вашим именем.
desk-do-schedule = Начать уничтожение
desk-about-schedule = Данные сразу блокируются. Пока не истекло время на отмену, их можно вернуть. Потом они уничтожаются навсегда.
desk-do-undo = Отменить уничтожение
desk-about-undo = Блокирование снимается, данные остаются. План нужно будет составить заново.
desk-do-lift = Снять блокирование
desk-about-lift = Данные снова можно использовать. Заявитель узнает, что показала проверка.
desk-do-decide_anew = Принять решение заново
desk-about-decide_anew = Решает человек, а не программа. Заявитель получит решение и причины.
desk-do-answer_authority = Ответить органу
desk-about-answer_authority = Ответьте на каждый пункт. Система соберёт пакет документов, его скачивают на этой странице.
desk-do-answer = Ответить
desk-about-answer = Заявитель получит этот ответ, обращение закроется.
desk-do-refuse = Отказать
desk-about-refuse = Заявитель получит отказ с причиной и узнает, куда жаловаться. Обращение закроется.
desk-do-find_person = Найти человека по другому контакту
desk-about-find_person = Если человека нет по названному контакту, введите другой, который может быть у нас.
desk-do-see_documents = Отметить, что документы увидены
desk-about-see_documents = Запишите, какие документы подтвердили слова заявителя. Копии не храните.
desk-do-note = Добавить заметку
desk-about-note = Её видят сотрудники, заявитель не видит. Лишних данных не пишите.
desk-do-reclassify = Понять обращение иначе
desk-about-reclassify = Если просят о другом, выберите, о чём. Пропущенный срок от этого не исчезает.
desk-do-pause = Остановить срок
desk-about-pause = Срок стоит, пока действует причина, названная в законе.
desk-do-resume = Возобновить срок
desk-about-resume = Срок снова идёт с этой минуты.
desk-do-extend = Продлить срок
desk-about-extend = Закон позволяет это один раз по каждой причине.
desk-do-take_back = Закрыть: заявитель отозвал обращение
desk-about-take_back = Только если заявитель сам сказал об этом. Обращение закроется без ответа.

# Поля форм

desk-optional = { $label } (необязательно)
desk-none = не указано
desk-facts = Номер заказа и два факта совпали, на прежний контакт я перезвонил(а)
desk-seen_kind = Какой это документ
desk-seen_kind-hint = Например: доверенность, свидетельство о рождении.
desk-seen_number = Номер документа
desk-seen_until = Последний день действия
desk-evidence = Какие документы увидены
desk-note = Заметка
desk-found = Что показала проверка
desk-decision = Решение и его причины
desk-answer = Ответ
desk-answer-hint = Короткие предложения, простые слова.
desk-basis = На чём основан ответ
desk-basis-hint = Пункт политики или статья закона.
desk-refused_part = В чём именно отказ
desk-reason = Почему, простыми словами
desk-article = Статья закона
desk-can_do = Что может сделать заявитель
desk-pause_reason = Причина
desk-extend_reason = Причина
desk-kind = О чём просят
desk-objection = Против чего возражают
desk-ground = Что не так с данными
desk-attribute = Какие данные
desk-attribute-hint = Ничего не отмечено: все данные.
desk-purpose = По каким целям
desk-purpose-hint = Ничего не отмечено: по всем целям.
desk-channel = Каким способом связи
desk-channel-email = электронная почта
desk-channel-sms = SMS
desk-row-attribute = Что исправить, { $row }
desk-row-value = Верное значение, { $row }
desk-intake = Как пришло
desk-received = Получено
desk-by = Кто обращается
desk-name = Как зовут заявителя
desk-contact = Контакт человека, о чьих данных речь
desk-contact-hint = Электронная почта или телефон с кодом страны, например +77000000000.
desk-answer_to = Контакт представителя для ответа
desk-language = Язык ответа
desk-text = Что сказал заявитель, его словами
desk-authority = Орган
desk-letter_number = Номер письма
desk-letter_dated = Дата письма
desk-letter_due = Последний день, названный в письме
desk-questions = Вопросы
desk-questions-hint = Каждый вопрос с новой строки.
desk-from = С какого дня
desk-until = По какой день

# Новое обращение и журнал

desk-new-about = Внесите звонок или письмо. Дальше всё идёт так же, как с обращением со страницы для людей.
desk-new-button = Зарегистрировать обращение
desk-authority-about = Внесите письмо органа. Система посчитает срок и напомнит о нём.
desk-authority-button = Зарегистрировать запрос
desk-filed = Обращение зарегистрировано
desk-filed-about = Назовите заявителю номер и секрет или распечатайте эту страницу. Секрет показан один раз.
desk-filed-go = Открыть обращение
desk-secret = Секрет
desk-status-page = Где узнать о состоянии
desk-slip-keep = Сохраните номер и секрет. С ними вы увидите ответ.
desk-slip-identity = Теперь нужно подтвердить, что это вы. Код отправлен на ваш известный нам контакт.
desk-slip-authority = Теперь покажите нам документ о полномочии. Копию мы не храним.
desk-journal-about = Журнал за период: кто обратился, о чём, к какому сроку и что сделано. Каждая выгрузка записывается.
desk-journal-pdf = Скачать PDF
desk-journal-xlsx = Скачать XLSX
desk-journal-csv = Скачать CSV

# Что не так

desk-fault-empty = Заполните это поле.
desk-fault-tick = Сначала сверьте факты и отметьте это.
desk-fault-period = Последний день раньше первого.
desk-fault-contact_missing = Введите контакт: почту или телефон.
desk-fault-contact_malformed = Это не похоже ни на почту, ни на телефон. Пример: +77000000000.
desk-fault-words_missing = Напишите, в чём дело: здесь нужны слова.
desk-fault-words_too_long = Слишком длинно. Сократите текст.
desk-fault-nothing_named = Назовите хотя бы одно значение, которое нужно исправить.
desk-fault-code_wrong = Код неверен или устарел.
desk-fault-secret_wrong = Номер или секрет неверны.
desk-fault-nobody_on_file = По этому контакту никого нет.
desk-fault-authority_missing = Полномочие не указано, неполно или истекло.
desk-fault-day_malformed = Проверьте день: он не в будущем и записан полностью.
desk-fault-nothing_to_do = Сделать ничего нельзя: всё, что осталось, ещё нужно по закону или договору.
