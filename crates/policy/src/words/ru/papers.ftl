# Papers that are issued: acknowledgements, answers, acts, certificates.

# Every paper: title, header, foot.

paper-title-acknowledgement = Обращение принято. Подтверждение № { $number }
paper-title-refusal = Мотивированный отказ № { $number }
paper-title-destruction-act = Акт об уничтожении персональных данных № { $number }
paper-title-access-answer = Ответ на запрос о персональных данных № { $number }
paper-title-rectification-answer = Ответ об исправлении данных № { $number }
paper-title-restriction-answer = Ответ о блокировании данных № { $number }
paper-title-withdrawal-answer = Ответ об отзыве согласия и прекращении обработки № { $number }
paper-title-destruction-answer = Ответ об уничтожении данных № { $number }
paper-title-reply = Ответ на обращение № { $number }
paper-title-ledger-extract = Выгрузка из журнала событий № { $number }
paper-title-journal = Журнал учёта обращений субъектов № { $number }
paper-title-consent-certificate = Справка о согласии № { $number }
paper-title-case-file = Материалы обращения № { $number }
paper-title-authority-cover = Сопроводительное письмо на запрос органа № { $number }
paper-foot = { $title } · { $day }
paper-page = страница { $page } из { $pages }
paper-mark = Запись журнала { $log }/{ $index } · SHA-256 листа:
paper-number = Номер документа
paper-dated = Дата
paper-operator = Оператор
paper-registration = БИН/ИИН
paper-operator-address = Адрес оператора
paper-operator-contact = Почта для обращений
paper-edition = Редакция политики
paper-edition-of = { $number }, действует с { $day }
paper-language = Язык
paper-language-name = русский
paper-program = Документ составила
paper-nothing = нет

# The request that a paper answers.

paper-request-number = Номер обращения
paper-request-cited = № { $number }
paper-received = Получено
paper-kind = Вид обращения
paper-channel = Как пришло
paper-person = Кто обратился
paper-representative = Представитель
paper-representative-seen = { $kind }, № { $number }, действует до { $day }. Документ видели, копию не сняли.
paper-asked = О чём просили
paper-answer-to = Куда придёт ответ
paper-identity = Как установлена личность
paper-responsible = Ответственный за персональные данные

# Dates by which something is owed.

paper-terms = Сроки
paper-term-duty = Что сделаем
paper-term-day = Последний день
paper-term-because = Почему этот день
paper-terms-none = Ни один срок не идёт.

# Who outside was told.

paper-told-heading = Кому сообщили
paper-told-who = Получатель
paper-told-at = Сообщили
paper-told-confirmed = Подтвердил
paper-told-waiting = ждём подтверждения
paper-told-nobody = Эти данные никому не передавали. Сообщать было некому.

# Data that stay.

paper-kept-heading = Что остаётся
paper-kept-what = Данные
paper-kept-basis = Основание
paper-kept-until = До какого времени
paper-kept-nothing = Ничего не осталось.

# Where to complain.

paper-remedy-heading = Куда жаловаться
paper-remedy-right = Если вы не согласны, пожалуйтесь в уполномоченный орган или в суд.
paper-remedy-body = Орган
paper-remedy-address = Адрес
paper-remedy-page = Страница

# Signatures.

paper-signed = Подписи
paper-signed-decided = Решение принял
paper-signed-destroyed = Уничтожил
paper-signed-approved = Уничтожение одобрил
paper-signed-name = ФИО
paper-signed-post = Должность
paper-signed-account = Учётная запись
paper-signed-at = Время подписи
paper-signed-ink = подпись

# Acknowledgement.

paper-acknowledgement-opening = Мы записали ваше обращение под № { $number }. Ответим не позднее { $day }.
paper-done-already = Что уже сделано
paper-status-heading = Как узнать, что с обращением
paper-status-how = Откройте страницу, введите № { $number } и секрет, который вам дали отдельно.
paper-status-page = Страница

# Reasoned refusal.

paper-refusal-opening = По обращению № { $number } мы не можем сделать всё, о чём просили. Ниже причина.
paper-refused-what = В чём отказываем
paper-refused-why = Почему
paper-clause = Пункт политики
paper-article = Статья закона
paper-facts = На чём основан отказ
paper-can-do = Что вы можете сделать

# Act of destruction.

paper-act-opening = Этот акт подтверждает: персональные данные ниже уничтожены безвозвратно.
paper-processors = Кто обрабатывал по поручению
paper-act-persons = Чьи данные
paper-act-request = Обращение
paper-act-request-of = № { $number }, получено { $moment }
paper-act-categories = Категории уничтоженных данных
paper-act-method = Способ уничтожения
paper-act-reason = Причина уничтожения
paper-act-destroyed = Дата уничтожения
paper-act-electronic = В информационных системах
paper-act-systems = Информационная система персональных данных
paper-act-removed = Удалены из рабочих таблиц
paper-act-keys = Ключи уничтожены
paper-act-copies = Копии больше не открываются
paper-act-before = Записей до уничтожения
paper-act-after = Записей после уничтожения
paper-act-ledger = Записи журнала событий
paper-act-carriers = Уничтоженные носители
paper-act-carrier = Носитель
paper-act-sheets = Число листов

# Answers to withdrawal and stop.

paper-fates = Цели: что остановлено, что продолжается
paper-fate-purpose = Цель
paper-fate-state = Что с ней
paper-fate-stopped = остановлено с { $moment }
paper-fate-continues = продолжается
paper-fate-basis = Основание продолжать
paper-fate-until = До какого времени
paper-blocked-since = Заблокированы с
paper-destroyed-by = Будут уничтожены до

# Answers to correction.

paper-change-ground = Что было не так
paper-change-evidence = Что видели (копию не сняли)
paper-changes = Что исправлено
paper-change-field = Данные
paper-change-before = Было
paper-change-after = Стало
paper-change-at = Когда исправлено

# Answers to blocking and unblocking.

paper-block-holds = Данные ниже заблокированы. Мы не используем их ни для чего, кроме указанного.
paper-block-lifted = Мы сняли блокирование данных ниже.
paper-block-categories = Категории данных
paper-block-reason = Причина блокирования
paper-block-allowed = Что разрешено во время блокирования
paper-block-until = До какого времени
paper-block-lifted-at = Снято
paper-block-found = Что показала проверка

# Answers to destruction.

paper-destroyed-for-good = Мы безвозвратно уничтожили ваши данные, указанные ниже.
paper-act-number = Номер акта

# Answers in words.

paper-reply-answer = Ответ
paper-reply-basis = Основание
paper-signed-answered = Ответил

# Access answer.

paper-access-confirmed = Подтверждаем: мы обрабатываем ваши персональные данные. Все они ниже.
paper-access-nothing = Мы не можем связать ваше обращение ни с одной записью.
paper-access-help = Что поможет
paper-held-purposes = Цели, основания, сроки
paper-held-purpose = Цель
paper-held-basis = Основание
paper-held-until = Срок хранения
paper-held-methods = Способы обработки
paper-held-place = Где хранятся данные
paper-held-access = Кто имеет доступ
paper-held-abroad = Трансграничная передача
paper-held-measures = Меры защиты
paper-held-data = Ваши данные
paper-datum-label = Данные
paper-datum-value = Значение
paper-datum-source = Источник
paper-datum-since = С какого времени
paper-held-recipients = Кто получил ваши данные
paper-recipient-name = Получатель
paper-recipient-country = Страна
paper-recipient-what = Что передано
paper-recipient-purpose = Цель
paper-recipient-at = Когда
paper-held-operations = Что делали с вашими данными
paper-row-at = Время
paper-row-what = Действие
paper-row-who = Кто
paper-row-purpose = Цель
paper-row-place = Запись журнала
paper-row-digest = SHA-256 записи
paper-row-data = Данные
paper-masked = Что скрыто
paper-masked-what = Что
paper-masked-why = Почему
paper-masked-nothing = Ничего не скрыто.
paper-access-rights = Ваши права
paper-access-rights-are = Попросите исправить, заблокировать или уничтожить данные. Отзовите согласие в любое время.
paper-access-free = Этот ответ бесплатный.

# Certificate of consent.

paper-consent-person = Кто дал согласие
paper-consent-given-by = Кто дал согласие за него
paper-consent-state = Действует ли
paper-consent-holds = действует на { $moment }
paper-consent-withdrawn = отозвано { $moment }
paper-consent-expired = срок истёк { $moment }
paper-consent-outgrown = не распространяется на то, что делается с версии политики { $version }
paper-consent-given = Когда дано
paper-consent-place = Где дано
paper-consent-deed = Как дано
paper-consent-evidence = Чем подтверждено
paper-consent-covers = На что дано согласие
paper-consent-purposes = Цели
paper-consent-data = Данные
paper-consent-actions = Действия с данными
paper-consent-third-persons = Передача третьим лицам
paper-consent-abroad = Трансграничная передача
paper-consent-public = Распространение в общедоступных источниках
paper-consent-until = Срок согласия
paper-consent-withdrawal = Как отозвать
paper-consent-shown = Что показали: полный текст
paper-consent-version = Версия текста
paper-consent-digest = SHA-256 текста
paper-consent-language = Язык текста
paper-enquiries = Когда согласие проверяли
paper-enquiry-decision = Решение
paper-enquiry-who = Кто спросил
paper-enquiry-at = Когда
paper-enquiry-answer = Ответ
paper-enquiries-none = Это согласие ещё никто не проверял.
paper-enquiries-earlier = Проверок до этих: { $count }.
paper-signed-certified = Подтвердил

# Cover of the pack for an authority.

paper-cover-authority = Орган
paper-cover-letter = Номер запроса органа
paper-cover-letter-dated = Дата запроса органа
paper-cover-disclosed-on = Основание раскрыть персональные данные
paper-points = Ответы по пунктам
paper-point-number = №
paper-point-question = Вопрос
paper-point-answer = Ответ
paper-files = Что в пакете
paper-file-name = Файл
paper-file-what = Что это
paper-file-bytes = Байт
paper-file-rows = Строк журнала
paper-file-digest = SHA-256
paper-verify-heading = Как проверить пакет
paper-verify-how = Выполните без сети: saqta verify пакет.zip. Программа покажет, что изменено.
paper-verify-what = Значения SHA-256 можно сравнить с указанными в этом документе.

# Case file.

paper-signed-compiled = Материалы собрал
paper-outcome = Результат
paper-case-events = Что происходило
paper-issued-papers = Выданные документы
paper-issued-title = Документ
paper-issued-at = Выдан
paper-issued-sent = Как отправлен
paper-issued-digest = SHA-256
paper-issued-none = Документы не выдавали.
paper-checkpoint = Состояние журнала
paper-checkpoint-origin = Чей журнал
paper-checkpoint-size = Число записей
paper-checkpoint-root = Корень (SHA-256)
paper-checkpoint-note = Подписанное состояние, как оно подписано
paper-checkpoint-key = Ключ подписи

# Extract of the ledger.

paper-extract-from = Начало периода
paper-extract-until = Конец периода
paper-extract-filter = Как отобраны записи
paper-extract-entries = Записи журнала
paper-signed-extracted = Выгрузку сделал

# Journal of requests.

paper-journal-from = Начало периода
paper-journal-until = Конец периода
paper-journal-count = Число обращений
paper-journal-open = Из них без ответа
paper-journal-ended = Номера, дела по которым уничтожены
paper-journal-entries = Обращения
paper-journal-none = В этом периоде обращений не было.
paper-journal-arrived = № и приём
paper-journal-who = Кто
paper-journal-what = О чём
paper-journal-term = Срок и ответственный
paper-journal-deeds = Меры
paper-journal-end = Результат
paper-journal-answer = Ответ
paper-entry-number = №
paper-entry-received = Получено
paper-entry-channel = Канал
paper-entry-person = Заявитель
paper-entry-representative = Представитель
paper-entry-contact = Контакт для ответа
paper-entry-kind = Вид
paper-entry-summary = Краткое содержание
paper-entry-identity = Как установлена личность и результат
paper-entry-due = Срок
paper-entry-due-because = Основание срока
paper-entry-responsible = Ответственный
paper-entry-measures = Принятые меры
paper-entry-told = Третьи лица уведомлены
paper-entry-outcome = Результат
paper-entry-basis = Основание результата
paper-entry-answered = Дата ответа
paper-entry-answer = Номер ответа
paper-entry-sent = Способ отправки
paper-entry-signed = Учётная запись
paper-entry-act = Акт
paper-entry-waiting = в работе
paper-signed-journal = Журнал ведёт
