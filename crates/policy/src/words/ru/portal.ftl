# Страницы для людей, о которых эти данные.

portal-nav = Ваши данные
portal-home = Ваши данные
portal-home-why = Выберите, что сделать. Учётная запись не нужна: что это вы, покажет код.
portal-home-other = Вы обращаетесь за другого человека. Выберите, что сделать.
portal-within = Ответим за { $term }.
portal-more = Ещё
portal-others = Другие права
portal-status = Проверить, что с обращением
portal-for-other = Я представитель
portal-for-myself = Я обращаюсь за себя
portal-policy = Прочитать нашу политику
portal-help = Нужна помощь?
portal-help-write = Напишите нам:
portal-back = Назад к обращению

# Что можно сделать, по одному предложению

portal-do-see = Покажем всё, что храним, и кто это смотрел.
portal-do-correct = Скажите, что не так. Исправим и сообщим тем, кто получил данные.
portal-do-stop-advertising = Прекратим рекламу сразу. Код не нужен.
portal-do-withdraw = Выберите согласия. То, что на них держится, остановим сразу.
portal-do-block = Сохраним данные, но не будем их использовать.
portal-do-destroy = Уничтожим всё, что не нужно по закону или договору.
portal-do-unblock = Снимем блокирование и снова будем использовать данные.
portal-do-stop-all = Остановим всё. Продолжим только то, чего требует закон.
portal-do-automated = О вас решила программа? Человек решит заново.
portal-do-show-conditions = Какие-то ваши данные видны всем? Запретите это или задайте условия.
portal-do-question = Спросите, что непонятно. Ответим простыми словами.
portal-do-complaint = Напишите, что случилось. Разберёмся и ответим.

# Формы

portal-send = Отправить
portal-contact = Ваша почта или телефон
portal-contact-hint-code = Укажите то, что давали нам раньше. Если это у нас есть, пришлём туда код.
portal-contact-hint-find = Укажите то, куда приходит реклама.
portal-contact-hint-answer = Туда придёт наш ответ.
portal-contact-other = Почта или телефон того, за кого вы обращаетесь
portal-contact-other-hint = Укажите то, что этот человек давал нам. По этому найдём данные.
portal-name = Ваше имя (не обязательно)
portal-name-hint = Так мы обратимся к вам в письме.
portal-authority = Сначала покажите, что можете действовать за этого человека. Мы напишем вам как. Копию документа не храним.
portal-words = Своими словами (не обязательно)
portal-words-hint = Не пишите номера документов и пароли.
portal-question = Ваш вопрос
portal-complaint = Что случилось
portal-automated = Какое это решение и почему вы не согласны?
portal-conditions = Ваши условия (не обязательно)
portal-conditions-hint = Оставьте пустым, и мы не покажем эти данные никому.
portal-ground = Что не так?
portal-rows = Какие данные?
portal-rows-hint = Одна строка на одно значение. Если его не должно быть у нас вовсе, верное не пишите.
portal-row-which = Данные { $row }
portal-row-value = Верное значение { $row }
portal-choose = Выберите
portal-consents-which = Какие согласия отозвать?
portal-consents-all = Ничего не отмечайте, чтобы отозвать все.
portal-values-which = Какие данные?
portal-values-all = Ничего не отмечайте, чтобы назвать все.
portal-destroy-stays = Нужное по закону или договору останется до своего дня. Скажем, что, почему и до какого дня.
portal-destroy-undo = Сначала заблокируем данные. Ещё { $term } можно передумать. Потом их никто не вернёт.

# Что не так

portal-fault = Ещё не отправлено
portal-minutes = { $minutes ->
    [one] Слишком много попыток. Повторите через { $minutes } минуту.
    [few] Слишком много попыток. Повторите через { $minutes } минуты.
   *[other] Слишком много попыток. Повторите через { $minutes } минут.
}
portal-refused = С обращением этого уже не сделать.
portal-fault-contact_missing = Введите адрес почты или номер телефона.
portal-fault-contact_malformed = Введите адрес вида name@mail.example или номер вида +7 700 000 00 00.
portal-fault-words_missing = Напишите несколько слов.
portal-fault-words_too_long = Напишите короче: не больше 4000 знаков.
portal-fault-nothing_named = Выберите, какие данные неверны.
portal-fault-code_wrong = Код неверен или устарел. Проверьте его или запросите новый.
portal-fault-secret_wrong = Номер или секрет неверен.
portal-fault-nobody_on_file = Данных для этого не нашлось.
portal-fault-authority_missing = Полномочия нет, или оно закончилось.
portal-fault-day_malformed = Введите день, который уже наступил.
portal-fault-nothing_to_do = Сделать это нельзя: данные нужны.
portal-fault-proof_over = Покажите ещё раз, что это вы: введите код.
portal-fault-ground_missing = Выберите, что не так.
portal-fault-value_missing = Введите верное значение.
portal-fault-data_missing = Выберите, к каким данным это значение.

# Когда форма отправлена

portal-filed = Обращение принято
portal-filed-keep = Запишите номер и секрет. Они откроют обращение на любом устройстве.
portal-filed-once = Секрет показываем только сейчас.
portal-number = Номер обращения
portal-secret = Секрет
portal-secret-hint = Три группы букв и цифр.
portal-filed-confirm = Теперь покажите, что это вы: введите код, который мы пришлём.
portal-filed-authority = Теперь ждите нашего письма. В нём сказано, как показать, что вы можете действовать за этого человека.
portal-filed-nothing = Больше ничего делать не нужно.
portal-filed-go = Всё записано, дальше

# Страница обращения

portal-request = Обращение № { $number }
portal-about-request = Об обращении № { $number }:
portal-asked = Что вы написали
portal-code-title = Покажите, что это вы
portal-code-why = Если у нас есть { $contact }, код ушёл туда.
portal-code = Код
portal-code-hint = Шесть цифр. Действуют 15 минут. Можно вставить.
portal-code-button = Подтвердить
portal-code-again = Прислать другой код
portal-code-lost = Код не пришёл?
portal-code-wait = Подождите несколько минут и загляните в спам.
portal-code-other = Отправьте обращение заново с другим контактом, который вы нам давали.
portal-code-ask = Задайте вопрос: найдём другой способ.
portal-code-call = Или позвоните нам. Перезвоним на номер, который у нас есть.
portal-undo = Не уничтожать мои данные
portal-undo-why = Можно передумать до: { $until }.
portal-papers = Документы
portal-pdf = PDF
portal-copy = Ваша копия
portal-copy-why = Посмотрите, что мы храним и кто это смотрел. Заберите с собой.
portal-copy-read = Прочитать на странице
portal-copy-zip = Всё в одном файле (ZIP)
portal-copy-json = Для программ (JSON)
portal-fate-stopped = остановлено
portal-fate-kept = остановлено, данные лежат под замком
portal-consents = Ваши согласия
portal-consent-given = Дано { $since }. Действует до { $until }.
portal-consent-ended = Не действует с { $since }.
portal-consent-none = Не дано.
portal-consent-text = Прочитать текст
portal-consent-give = Дать это согласие
portal-consent-take-back = Отозвать это согласие
portal-consent-certify = Получить справку об этом согласии
portal-anew-title = Покажите ещё раз, что это вы
portal-anew-why = Ради безопасности ваши данные и согласия открыты 30 минут после кода. Нажмите «Прислать другой код» и введите его.
portal-channel-email = почта
portal-channel-sms = SMS
portal-channel-phone = звонки
portal-channel-post = письма на бумаге
portal-take-back = Отозвать обращение
portal-take-back-why = Больше ничего по нему не сделаем.
portal-case-file = Собрать материалы обращения
portal-case-file-why = Для органа или суда: всё, что происходило, с записями журнала.
portal-complain = Пожаловаться на это обращение
portal-close = Закрыть на этом устройстве
portal-close-why = Закройте, если устройством пользуются другие. Номер и секрет откроют снова.
portal-done-confirmed = Спасибо. Теперь мы знаем, что это вы.
portal-done-code-sent = Если такой контакт у нас есть, туда ушёл другой код. Прежний больше не действует.
portal-done-consent-on = Согласие дано.
portal-done-consent-off = Согласие отозвано. То, что на нём держалось, остановлено.
portal-done-taken-back = Вы отозвали обращение.
portal-done-undone = Мы не уничтожаем ваши данные.

# Вернуться к обращению

portal-status-why = Введите номер и секрет, которые вы записали.
portal-status-button = Открыть
portal-status-lost = Потеряли секрет? Отправьте обращение ещё раз: получите новый номер и секрет.
portal-status-here = Открыть обращение, которое помнит это устройство
portal-none-open = На этом устройстве обращение не открыто.

# Ссылка в письме

portal-confirm = Это вы?
portal-confirm-why = Нас спросили о ваших данных: обращение № { $number }, «{ $kind }». Если это вы, нажмите кнопку. Тогда его страницу откроете только вы.
portal-confirm-button = Да, это я
portal-confirm-not-you = Не вы? Закройте страницу. Тогда ничего не случится.
portal-link-done = Спасибо. Теперь мы знаем, что это вы
portal-link-handed-over = Обращение теперь открыто здесь, под новым секретом. Прежний больше не действует.
portal-link-over = Ссылка не действует
portal-unsubscribe = Отказ от рекламы
portal-unsubscribe-why = Нажмите кнопку, и мы больше не будем присылать вам рекламу ни по одному каналу. Письма о ваших заказах приходить будут.
portal-unsubscribe-button = Не присылать рекламу
portal-unsubscribed = Реклама остановлена
portal-unsubscribed-why = С этой минуты мы не присылаем вам рекламу. Согласиться на неё снова можно в любое время.
portal-link-over-why = Она уже использована или устарела. Откройте обращение и запросите новую.
