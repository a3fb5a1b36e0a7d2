# Что находит проверка опубликованного текста. У каждой находки есть слова и, с `-todo`, что делать.

finding-text-not-utf8 = С этого места файл не в UTF-8; похоже на windows-1251 или другую старую кодировку.
finding-text-not-utf8-todo = сохраните его заново в UTF-8 (в большинстве редакторов: «Сохранить как», кодировка UTF-8) и проверьте снова
finding-text-utf16 = Файл сохранён в UTF-16, который редакторы называют «Юникод».
finding-text-utf16-todo = сохраните его заново в UTF-8 и проверьте снова
finding-text-binary = Файл не простой текст.
finding-text-binary-todo = перенесите текст из документа (Word, PDF) в отдельный файл: Markdown или простой текст
finding-text-empty = Текст пуст.
finding-text-empty-todo = назовите файл с опубликованной политикой
finding-text-without-clauses = В тексте нет нумерованных пунктов: ни на одно обещание нельзя сослаться.
finding-text-without-clauses-todo = пронумеруйте его: заголовок «## 5. …» или абзац «5.2. …»
finding-text-wall = В одном абзаце { $count } знаков: обещания в нём никто не найдёт.
finding-text-wall-todo = разбейте его на пункты с номерами и на подпункты
finding-markup-live = В тексте есть код, который браузер выполнит или который грузится со стороны.
finding-markup-live-todo = уберите его: политика — текст, а такой код видит каждого посетителя до всякого согласия
finding-markup-raw = В тексте есть теги HTML; страницы, которые безопасно показывают Markdown, выводят их буквами.
finding-markup-raw-todo = пишите в Markdown: # для заголовков, - для подпунктов, ** для жирного

finding-clause-twice = Пункт { $number } стоит здесь и в строке { $line }.
finding-clause-twice-todo = дайте одному из них свой номер: ссылка на него теперь означает два разных места
finding-clause-gap = Здесь пункт { $number }, а перед ним нет { $missing }.
finding-clause-gap-todo = нумеруйте без пропуска или напишите, что пункт исключён
finding-clause-backwards = Пункт { $number } стоит после { $before }.
finding-clause-backwards-todo = расставьте пункты по порядку или дайте ему следующий номер
finding-clause-wrong-parent = Пункт { $number } стоит в разделе { $section }.
finding-clause-wrong-parent-todo = перенесите его в свой раздел или дайте номер раздела, в котором он стоит
finding-clause-without-section = У пункта { $number } нет своего раздела, он стоит в разделе { $section }.
finding-clause-without-section-todo = добавьте заголовок его раздела или дайте номер раздела, в котором он стоит
finding-heading-levels = Уровень заголовка ({ $level }) не тот, что у остальных разделов ({ $usual }): { $numbers }.
finding-heading-levels-todo = дайте всем разделам один уровень: по нему строятся оглавления и читают программы для незрячих
finding-clause-headings-mixed = Начинаются иначе ({ $level }), чем соседние пункты ({ $usual }; «—» означает простой абзац): { $numbers }.
finding-clause-headings-mixed-todo = пусть пункты одной глубины начинаются одинаково
finding-number-formats = Здесь номер написан «{ $number }», в других местах «{ $usual }».
finding-number-formats-todo = пишите номера одной глубины одинаково
finding-reference-missing = Текст ссылается на пункт { $number }, а его нет.
finding-reference-missing-todo = исправьте номер или добавьте пункт

finding-sentence-torn = Абзац обрывается посреди предложения, которое продолжается в строке { $line }.
finding-sentence-torn-todo = соедините два абзаца
finding-sentence-without-verb = В этом предложении нет сказуемого: похоже, часть его пропала.
finding-sentence-without-verb-todo = допишите предложение: половина обещания никого не обязывает
finding-sentence-small-letter = Предложение начинается со строчной буквы: «{ $word }».
finding-sentence-small-letter-todo = начните с прописной или посмотрите, не пропали ли слова перед ним
finding-clause-unfinished = Пункт кончается без точки.
finding-clause-unfinished-todo = закончите предложение или верните пропавшее
finding-clause-repeats = Эти слова уже стоят в пункте { $clause } (строка { $line }).
finding-clause-repeats-todo = скажите один раз и сошлитесь: из двух копий одну поправят, а другую забудут
finding-term-small-letter = Термин «{ $term }» определён с прописной буквы, а предложения начинаются со строчной.
finding-term-small-letter-todo = пишите термин так, как он определён

finding-contact-placeholder = { $address } похож на остаток шаблона: письма туда попадут к чужому или ни к кому.
finding-contact-placeholder-todo = поставьте адрес, который вы читаете: с него начинаются обращения людей и сроки по ним
finding-mailbox-abroad = Ящик находится у { $host }, страна { $country }: каждое обращение туда покидает { $storage }.
finding-mailbox-abroad-todo = принимайте обращения на ящик в { $storage } или скажите, что они уходят за границу, и берите согласие
finding-contact-other-domain = Письма идут на { $host }, а сайт — { $site }.
finding-contact-other-domain-todo = заведите ящик на домене сайта: человек должен знать, к кому попадёт письмо
finding-contact-missing = В тексте нет ни электронного адреса, ни телефона.
finding-contact-missing-todo = скажите, куда направлять запрос, отзыв согласия и жалобу

finding-never-passed-but-recipients = Текст говорит, что данные никогда не передаются третьим лицам: «{ $said }». А в пункте { $clause } (строка { $line }) названы те, кто их получает: «{ $other }».
finding-never-passed-but-recipients-todo = скажите, кто, что и зачем получает; закон требует в согласии прямого «да» или «нет»
finding-never-passed-but-disseminated = В перечне действий есть распространение: «{ $said }». А в пункте { $clause } (строка { $line }) сказано, что данные не передаются никогда: «{ $other }».
finding-never-passed-but-disseminated-todo = уберите распространение из перечня или скажите, кому и когда оно бывает
finding-visitors-only-but-recipients = Текст говорит только о посетителях сайта: «{ $said }». А в пункте { $clause } (строка { $line }) берутся данные других людей: «{ $other }».
finding-visitors-only-but-recipients-todo = назовите всех, чьи данные берёте: покупателей, получателей посылок, партнёров
finding-no-border-crossed-but-abroad = Текст говорит, что данные не уходят за границу: «{ $said }». А в пункте { $clause } (строка { $line }) названо то, что находится за рубежом: «{ $other }».
finding-no-border-crossed-but-abroad-todo = откажитесь от этой службы или назовите передачу, страну и согласие на неё
finding-two-deadlines = Два срока для одной обязанности ({ $duty }): здесь «{ $said }», в строке { $line } «{ $other }».
finding-two-deadlines-todo = оставьте один; до тех пор обязывает более короткий

finding-law-edition-stale = Текст следует закону по состоянию на { $date }. С тех пор изменён: { $editions }.
finding-law-edition-stale-todo = сверьте текст с редакцией от { $current } или напишите «в редакции, действующей в день обработки»
finding-law-not-named = Текст не называет закон, по которому составлен.
finding-law-not-named-todo = назовите его: { $law }

finding-needed = В тексте не сказано: { $name }.
finding-needed-todo = добавьте это
finding-identifier-wrong = { $number } — такой идентификационный номер выдать не могли: не сходятся цифры или контрольная цифра.
finding-identifier-wrong-todo = перепишите двенадцать цифр из документов о регистрации
finding-recipients-unnamed = Названы виды получателей («{ $said }»), но ни одного имени.
finding-recipients-unnamed-todo = назовите каждого: наименование, страну, что получает и для чего
finding-promise-law = Текст: «{ $said }». Закон: { $law }. Закон строже и действует.
finding-promise-law-todo = следуйте закону
finding-promise-policy = Текст: «{ $said }». Закон: { $law }. Текст обещает больше и обязывает вас.
finding-promise-policy-todo = исполняйте обещание или уберите его
finding-deadline-longer = { $duty }: в тексте «{ $said }», закон: { $law }. Закон строже и действует.
finding-deadline-longer-todo = сократите срок до законного
finding-deadline-shorter = { $duty }: в тексте «{ $said }», закон: { $law }. Текст обещает больше и обязывает вас.
finding-deadline-shorter-todo = убедитесь, что срок выдерживается, или обещайте не больше закона
finding-deadline-own = { $duty }: в тексте «{ $said }». Закон: { $law }. Текст обещает больше и обязывает вас.
finding-deadline-own-todo = убедитесь, что срок выдерживается, и скажите, рабочие ли это дни

findings-errors = { $count ->
    [one] ── { $count } ошибка: в таком виде текст держаться не может ──
    [few] ── { $count } ошибки: в таком виде текст держаться не может ──
   *[many] ── { $count } ошибок: в таком виде текст держаться не может ──
}
findings-warnings = { $count ->
    [one] ── { $count } предупреждение: стоит посмотреть ──
    [few] ── { $count } предупреждения: стоит посмотреть ──
   *[many] ── { $count } предупреждений: стоит посмотреть ──
}
findings-notes = { $count ->
    [one] ── { $count } замечание ──
    [few] ── { $count } замечания ──
   *[many] ── { $count } замечаний ──
}
findings-clauses = { $count ->
    [one] Найден { $count } пункт (в скобках строка и подпункты):
    [few] Найдено { $count } пункта (в скобках строка и подпункты):
   *[many] Найдено { $count } пунктов (в скобках строка и подпункты):
}
findings-source = источник: { $source }
findings-stricter-law = строже: закон
findings-stricter-policy = строже: текст
findings-also = также в строках { $lines }
findings-summary = { $name }: ошибок { $errors }, предупреждений { $warnings }, замечаний { $notes }. Язык текста «{ $language }», закон «{ $law }» в редакции от { $edition }.
