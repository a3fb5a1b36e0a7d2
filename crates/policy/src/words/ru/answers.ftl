# Что говорят документы и письма по обращениям, кроме названий полей.

answer-by-system = система, по политике оператора
answer-responsible = ответственный за персональные данные
answer-to-page = страница обращения
answer-sent-page = на странице обращения
answer-your-request = ваше обращение
answer-refused = { $operation }: отказано
answer-basis-term = срок, названный в политике
answer-until-ground-ends = пока действует это основание
answer-ground-asked = об этом попросил человек
answer-block-allows = только хранение
answer-block-until = блокирование снимут или данные уничтожат
answer-evidence-own-word = слова самого человека
answer-fact-identity = Как подтверждено, кто обратился: { $identity }.
answer-marketing-stopped = Мы прекратили. Рекламы от нас больше не будет ни по одному каналу.
answer-conditions-set = Ваши запреты установлены. Эти данные никому не показываем, пока вы не разрешите.
answer-nothing-to-withdraw = У нас нет вашего согласия, которое можно отозвать. По согласию ничего не делается.
answer-all-ended = То, что хранилось по закону или договору, тоже закончилось. От этих данных ничего не осталось.
answer-nothing-help = Назовите другой адрес почты или телефон, который вы нам давали, или номер заказа.
answer-masked-other-person = это данные другого человека
answer-document = документ ({ $type }, { $bytes } байт), приложен к копии в файле
answer-method = на компьютере; сотрудники участвуют там, где это указано в цели
answer-place = в базах данных, страна: { $country }
answer-abroad = { $recipient }, { $country }: назван в политике; только после вашего согласия и уведомления органа
answer-access-staff = сотрудники, которые работают для этой цели и подписали обязательство
answer-access-programs = программы оператора, каждая для своих целей
answer-measure-1 = данные каждого человека зашифрованы его собственным ключом
answer-measure-2 = доступ по цели и роли, после подписанного обязательства
answer-measure-3 = каждая операция записана в подписанный журнал
answer-measure-4 = что закончилось, уничтожается вместе с ключом
answer-actor-key = программа оператора
answer-actor-system = сама система
answer-actor-staff = сотрудник
answer-actor-subject = вы
answer-source-subject = вы
answer-source-representative = ваш представитель
answer-source-staff = сотрудник, из документа или звонка
answer-source-import = прежняя база покупателей
answer-source-other = другой человек
answer-act-person = дело { $case }, обращение № { $number }
answer-act-method = ключи уничтожены без возможности восстановления; без них ни одну копию нельзя прочитать
answer-act-reason = { $kind } по обращению человека
answer-act-system = Saqta, информационная система персональных данных оператора
answer-journal-ended = дело уничтожено
answer-pack-policy = опубликованная политика ({ $language })
answer-pack-executed = политика в исполняемом виде
answer-pack-purposes = реестр целей
answer-pack-journal = журнал обращений без имён
answer-pack-proofs = доказательства, что документы стоят в подписанном журнале

# Письма

letter-code-subject = Код по обращению № { $number }
letter-code-why = У нас попросили: { $kind }. Номер обращения { $number }. Подтвердите, что это вы.
letter-code-code = Ваш код: { $code }. Он действует 15 минут.
letter-code-link = Или откройте страницу и нажмите кнопку. Ссылка действует 24 часа: { $link }
letter-code-not-you = Если это были не вы, ничего не делайте. Без кода ничего не покажем и не изменим.
letter-code-sms = Код { $code } по обращению № { $number }. Действует 15 минут.
letter-represented-subject = Обращение № { $number }: кто-то говорит, что действует за вас
letter-represented-what = Кто-то говорит, что вправе действовать за вас, и подал от вашего имени обращение: { $kind }, № { $number }.
letter-represented-before = Пока этот человек не покажет нашим сотрудникам свои полномочия, ему ничего о вас не сообщат и с вашими данными ничего не сделают.
letter-represented-not-you = Если вы об этом не знаете, ответьте на это письмо или позвоните нам: мы остановим обращение.
letter-represented-sms = От вашего имени подано обращение № { $number }: кто-то говорит, что действует за вас. Если вы об этом не знаете, позвоните в магазин.
letter-answered-subject = Ответ по обращению № { $number } готов
letter-answered = Ваше обращение № { $number }: { $outcome }.
letter-answered-page = Прочитайте ответ здесь. Нужны номер и секрет обращения: { $page }
letter-closing = { $operator }
    Вопросы о ваших данных: { $email }

# Почему обращение так принять нельзя

request-fault-contact_missing = Напишите адрес почты или номер телефона.
request-fault-contact_malformed = Это не похоже ни на адрес почты, ни на телефон. Проверьте.
request-fault-words_missing = Напишите словами, о чём речь.
request-fault-words_too_long = Слишком длинно. Уложитесь в 4000 знаков.
request-fault-nothing_named = Назовите хотя бы одно значение и как правильно.
request-fault-code_wrong = Код неверный или устарел. Проверьте или запросите другой.
request-fault-secret_wrong = Номер или секрет неверны.
request-fault-nobody_on_file = По этому контакту у нас никого нет.
request-fault-authority_missing = Назовите документ, его номер и последний день. Он должен ещё действовать.
request-fault-day_malformed = Напишите день так: 2026-03-24. Он не может быть в будущем.
request-fault-nothing_to_do = Сейчас здесь нечего сделать: этого у нас нет или всё ещё нужно.
request-fault-proof_over = Сначала нужно снова показать, кто обращается: введите код.
