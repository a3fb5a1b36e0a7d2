# Papers that are issued: acknowledgements, answers, acts, certificates.

# Every paper: title, header, foot.

paper-title-acknowledgement = Обращение принято. Подтверждение № { $number }
paper-title-refusal = Мотивированный отказ № { $number }
paper-title-destruction-act = Акт об уничтожении персональных данных № { $number }
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
