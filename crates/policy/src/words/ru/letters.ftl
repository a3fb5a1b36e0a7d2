# Письма, пришедшие по электронной почте, глазами сотрудников, и наши письма, которые не дошли.

mail-title = Письма
mail-safe = Вы видите только текст писем: ничего из них не открывалось, не запускалось и не загружалось.
mail-wrongly = Письмо понято неверно? Укажите, о чём просят:
mail-letter = Письмо от { $at }
mail-from = От кого
mail-nobody = отправитель не указан
mail-several = В письме указано несколько отправителей. Честная программа пишет одного.
mail-subject = Тема
mail-without-subject = без темы
mail-words = Слова автора
mail-no-own-words = От себя автор ничего не написал.
mail-original = Скачать оригинал
mail-original-why = Это письмо в том виде, в каком оно пришло, со всеми вложениями. Открывайте его только там, где ничто не запустится.
mail-head-only = Здесь только заголовок этого письма: объём письма { $size }, это слишком много. Прочитайте его в почтовом ящике, оно там отмечено флажком.
mail-name-address = В имени отправителя стоит другой адрес, чем тот, с которого письмо пришло. Смотрите только на адрес.
mail-looks_like-letters = Домен отправителя { $domain } выглядит как { $known }, но написан другими буквами: так подделывают письма. Ничего не делайте, пока не спросите человека по контакту, который был известен раньше.
mail-looks_like-slip = Домен отправителя { $domain } отличается от { $known } одной буквой. Проверьте, описка это или кто-то выдаёт себя за другого.
mail-cut = Текст слишком длинный, конец здесь не показан.
mail-forwarded = Пересланный текст
mail-quoted = Цитаты и подпись
mail-attachments = Вложения
mail-declared = { $type }, { $size }
mail-download = Скачать
mail-size-bytes = { $size } байт
mail-size-kb = { $size } КБ
mail-size-mb = { $whole },{ $tenth } МБ

# Почему файл не выдаётся

mail-barred-runs_by_name = Не выдаётся: судя по имени, это программа или файл, который её запускает.
mail-barred-runs_by_content = Не выдаётся: внутри программа, что бы ни говорило имя.
mail-barred-not_accepted = Не выдаётся: файлы этого типа не принимаются. Попросите PDF или снимок.

# Что распознано и почему

mail-understood = Что распознано
mail-kind-access = { request-kind-access }
mail-kind-rectification = { request-kind-rectification }
mail-kind-withdrawal = { request-kind-withdrawal }
mail-kind-destruction = { request-kind-destruction }
mail-kind-blocking = { request-kind-restriction }
mail-kind-marketing_stop = { desk-objection-marketing }
mail-kind-question = { request-kind-explanation }
mail-kind-complaint = { request-kind-complaint }
mail-kind-authority_request = { request-kind-authority }
mail-kind-none = ничего
mail-place-subject = в теме
mail-place-body = в словах автора
mail-place-forwarded = в пересланном тексте
mail-place-sender = в имени или адресе отправителя
mail-language-ru = русский
mail-language-kk = казахский
mail-language-en = английский
mail-reason-mark = Пометка «{ $mark }» из политики стоит { $place }: { $kind }.
mail-reason-demand = Просьба стоит { $place }: { $kind }. Она высказана словами вроде «{ $example }» ({ $language }).
mail-reason-authority = Государственный орган назван { $place } и чего-то требует.
mail-reason-authority-reference = Есть ссылка на закон или дело.
mail-reason-authority-number = У письма есть свой номер.
mail-reason-machine = Письмо отправила программа: { $sign }.
mail-reason-machine_perhaps = Возможно, письмо отправила программа: { $sign }.
mail-reason-own_mail = Это письмо отправили мы сами.
mail-reason-only_quoted = В письме только цитаты из прежних писем.
mail-reason-empty = В письме ничего нет.
mail-reason-unclear = Ничего не распознано, поэтому это вопрос к сотрудникам.
mail-reason-unreadable = Его нельзя прочитать: { $fault }. Это вопрос для сотрудников, они смотрят оригинал.
mail-sign-own_loop = на нём пометка наших писем
mail-sign-auto_submitted = так сказано в самом письме
mail-sign-precedence = оно разослано многим сразу
mail-sign-mailing_list = оно пришло через список рассылки
mail-sign-auto_reply_field = это автоматический ответ
mail-sign-report = это отчёт почтовой программы
mail-sign-no_return_path = у него нет обратного адреса
mail-sign-mail_server = его отправитель — почтовый сервер
mail-sign-subject_of_machine = тема как у автоматического ответа
mail-sign-suppresses_answers = оно просит программы не отвечать
mail-sign-no_reply = его отправитель не читает ответов

# Что известно об отправителе

mail-sender = Что известно об отправителе
mail-standing-confirmed = Домен отправителя подтверждает это письмо.
mail-standing-denied = Вероятно, письмо подделано: домен отправителя его не признаёт. Ничего не делайте, пока не спросите человека по контакту, известному раньше.
mail-standing-unknown = Ничто не показывает, кто отправил это письмо.
mail-unchecked = Отправитель не проверялся.
mail-check-dmarc = Правило домена отправителя (DMARC)
mail-check-dkim = Подпись домена (DKIM)
mail-check-spf = Сервер, который его отправил (SPF)
mail-check-arc = Те, кто его передал (ARC)
mail-verdict-pass = подтверждено
mail-verdict-fail = не сходится
mail-verdict-neutral = ничего не доказывает
mail-verdict-none = проверять нечего
mail-verdict-temperror = не проверено: никто не ответил
mail-verdict-permerror = не проверено: записано неверно
mail-signed-by = { $verdict }, подписал { $domain }

# Наши письма, которые не дошли

mail-undelivered = Наше письмо не дошло. Стало известно { $at }. { $why } Код ответа: { $status }.
mail-undelivered-permanent = Оно не дойдёт. Проверьте адрес и свяжитесь с заявителем по другому контакту, по телефону или на бумаге.
mail-undelivered-perhaps = Оно ещё может дойти. Если заявитель молчит, свяжитесь с ним по другому контакту, по телефону или на бумаге.
mail-status-1 = Такого адреса нет.
mail-status-2 = Ящик ничего не принимает: он полон или закрыт.
mail-status-4 = Сервер получателя недоступен.
mail-status-7 = Сервер получателя отклонил письмо как нежелательное.
mail-status-other = Сервер получателя не назвал ясной причины.
mail-status-none = не назван

# Что не так с почтовыми ящиками и что делать

mail-troubles = Письма приходят не так, как должны
mail-trouble-wrong_password = Сервер не принимает имя или пароль. Введите новый пароль в настройках.
mail-trouble-unreachable = Сервер недоступен. Программа пробует снова; проверьте сеть и имя сервера.
mail-trouble-certificate = Сертификату сервера нет доверия. Проверьте имя сервера или добавьте сертификат его центра.
mail-trouble-settings = Без шифрования можно обращаться только к серверу на этой машине. Выберите в настройках TLS или STARTTLS.
mail-trouble-folder_missing = В ящике нет папки, за которой нужно следить. Создайте её или укажите в настройках другую.
mail-trouble-target_missing = Папки для принятых писем нет, и создать её не удалось. Создайте её в ящике.
mail-trouble-renumbered = Сервер заново пронумеровал письма. Они читаются ещё раз, дважды ни одно не регистрируется. Делать ничего не нужно.
mail-trouble-cannot_file = Сейчас письма не удаётся зарегистрировать, они остаются в ящике. Проверьте диск и базу данных.
mail-trouble-cannot_mark = Письмо зарегистрировано, но сервер не даёт его отметить или переместить. Проверьте права в ящике.
mail-trouble-too_large = Письмо слишком большое. Зарегистрирован только его заголовок; прочитайте письмо в ящике.
mail-trouble-refused = Письмо не принято и осталось в ящике. Прочитайте его там и внесите обращение вручную.
mail-trouble-unreadable = Сервер не отдаёт письмо. Прочитайте его в ящике и внесите обращение вручную.
mail-trouble-protocol = Сервер отвечает не так, как почтовый ящик (IMAP). Проверьте в настройках его имя и порт.
