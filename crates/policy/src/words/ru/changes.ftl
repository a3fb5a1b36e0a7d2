# What a new version of a policy changes.

# Purposes

change-purpose-new = Новая цель «{ $purpose }». Основание: { $basis }. Сведения: { $attributes }.
change-purpose-new-empty = Новая цель «{ $purpose }». Персональных данных не использует.
change-purpose-gone = Цели «{ $purpose }» больше нет.
change-purpose-renamed = Цели «{ $purpose }» (`{ $name }`) больше нет, а цель `{ $other }` с тем же названием или с теми же сведениями новая. Похоже на переименование, но для системы это две разные цели: данные прежней подлежат уничтожению. Чтобы они остались, сохраните имя `{ $name }` и измените только название.
change-title = Цель «{ $before }» теперь называется «{ $purpose }».
change-basis = У цели «{ $purpose }» другое основание. Было: { $before }; стало: { $after }.
change-basis-source = Цель «{ $purpose }» опирается на другую норму. Было: { $before }; стало: { $after }.
change-balancing = Для цели «{ $purpose }» интересы взвешены иначе. Было: { $before } Стало: { $after }
change-compartment = Данные цели «{ $purpose }» лежат в другом разделе. Было: `{ $before }`; стало: `{ $after }`.
change-needs-added = Для цели «{ $purpose }» теперь обязательны новые сведения: { $list }.
change-may-added = Для цели «{ $purpose }» можно использовать новые сведения, если человек их даст: { $list }.
change-now-needed = Для цели «{ $purpose }» эти сведения были по желанию, а стали обязательными: { $list }.
change-now-optional = Для цели «{ $purpose }» эти сведения были обязательными, а стали по желанию: { $list }.
change-needs-dropped = Для цели «{ $purpose }» больше не нужны: { $list }.
change-may-dropped = Для цели «{ $purpose }» больше не используются: { $list }.
change-operations-added = Для цели «{ $purpose }» разрешены новые действия с данными: { $list }.
change-operations-dropped = Для цели «{ $purpose }» больше не разрешены действия: { $list }.
change-compatible-added = Для цели «{ $purpose }» теперь можно использовать и данные, собранные для целей: { $list }.
change-compatible-dropped = Для цели «{ $purpose }» больше нельзя использовать данные, собранные для целей: { $list }.
change-consent-reworded = Текст согласия на цель «{ $purpose }» изменился: прежнее согласие дано на другие слова.
change-consent-longer = Согласие на цель «{ $purpose }» действует дольше. Было: { $before }; стало: { $after }.
change-consent-shorter = Новое согласие на цель «{ $purpose }» действует меньше. Было: { $before }; стало: { $after }. У данных прежде согласий срок остаётся прежним.
change-channels-apart = Согласие на цель «{ $purpose }» теперь спрашивают отдельно для каждого канала.
change-channels-together = Согласие на цель «{ $purpose }» больше не спрашивают отдельно для каждого канала: оно одно на все.
change-channels-added = Для цели «{ $purpose }» добавлены каналы связи: { $list }.
change-channels-dropped = Для цели «{ $purpose }» больше не используются каналы связи: { $list }.
change-starts = Цель «{ $purpose }» начинается с другого события. Было: { $before }; стало: { $after }.
change-ends = Цель «{ $purpose }» заканчивается другим событием. Было: { $before }; стало: { $after }. Всё, что сейчас открыто, ждёт нового события.
change-no-event = события нет
change-then-depersonalise = После цели «{ $purpose }» данные обезличивают: остаётся то, что не указывает на человека. Раньше уничтожали всё.
change-then-destroy = После цели «{ $purpose }» уничтожают всё. Раньше оставалось то, что не указывает на человека.
change-keep-added = Данные цели «{ $purpose }» теперь хранят и после её окончания: { $term }. Причина: { $because }.
change-keep-dropped = Данные цели «{ $purpose }» после её окончания больше не хранят. Было: { $term }, { $because }.
change-keep-longer = Данные цели «{ $purpose }» после её окончания хранят дольше. Было: { $before }; стало: { $after }. Для того, что закончилось раньше, остаётся прежний день.
change-keep-shorter = Данные цели «{ $purpose }» после её окончания хранят меньше. Было: { $before }; стало: { $after }. Это касается и того, что уже закончилось.
change-keep-because = Данные цели «{ $purpose }» хранят по другой причине. Было: { $before }; стало: { $after }.
change-staff-added = Для цели «{ $purpose }» с данными могут работать и другие сотрудники: { $list }.
change-staff-dropped = Для цели «{ $purpose }» с данными больше не работают: { $list }.
change-automation = Обработка для цели «{ $purpose }» ведётся иначе. Было: { $before }; стало: { $after }.

# Attributes

change-attribute-new = Можно хранить новые сведения: { $attribute } ({ $kind }).
change-attribute-gone = Эти сведения больше ни для чего не хранят: { $attribute }.
change-attribute-label = «{ $before }» теперь называется «{ $attribute }».
change-attribute-kind = «{ $attribute }» проверяется иначе. Было: { $before }; стало: { $after }. Уже сохранённые значения не меняются.
change-findable-on = По сведению «{ $attribute }» теперь можно найти человека. Тех, кто известен давно, находят по нему после того, как значение укажут заново.
change-findable-off = По сведению «{ $attribute }» человека больше не найти.
change-sensitivity-ordinary = «{ $attribute }» больше не относится к сведениям ограниченного доступа.
change-sensitivity-restricted = «{ $attribute }» теперь относится к сведениям ограниченного доступа: на страницах скрыто, в списки не попадает.
change-confirm-every = О том, верно ли ещё «{ $attribute }», спрашивают в другой срок. Было: { $before }; стало: { $after }.
change-never = никогда
change-depersonalise-keep = «{ $attribute }» при обезличивании остаётся без связи с человеком. Раньше уничтожалось.
change-depersonalise-destroy = «{ $attribute }» при обезличивании уничтожается. Раньше оставалось без связи с человеком.
change-max-bytes = Изменился наибольший размер: «{ $attribute }». Было, байт: { $before }; стало: { $after }.

# Recipients

change-recipient-new = Новый получатель: { $recipient }, { $country }. Получает: { $list }.
change-recipient-new-empty = Новый партнёр: { $recipient }, { $country }. Персональных данных не получает.
change-recipient-gone = { $recipient } больше не получает данных.
change-recipient-title = Получатель «{ $before }» теперь называется «{ $recipient }». За другим наименованием может стоять другое юридическое лицо.
change-recipient-country = { $recipient } получает данные в другой стране. Было: { $before }; стало: { $after }.
change-recipient-role = Роль получателя изменилась: { $recipient }. Было: { $before }; стало: { $after }.
change-recipient-agreement = Изменился договор с получателем: { $recipient }. Было: { $before }; стало: { $after }.
change-recipient-consent = Изменился текст согласия на передачу данных, получатель: { $recipient }. Такое согласие нужно получить заново.
change-gets-added = { $recipient } для цели «{ $purpose }» получает больше: { $list }.
change-gets-dropped = { $recipient } для цели «{ $purpose }» больше не получает: { $list }.

# Everything else

change-explains-added = Эти пункты теперь только поясняют и ничего не обещают: { $list }.
change-explains-dropped = Эти пункты больше не только поясняют: { $list }.
change-operator-name = Изменилось наименование оператора. Было: { $before }; стало: { $after }.
change-operator-bin = У оператора другой БИН: для закона это другое лицо. Было: { $before }; стало: { $after }.
change-operator-address = Изменился адрес оператора. Было: { $before }; стало: { $after }.
change-operator-sites = Политика действует для других сайтов. Было: { $before }; стало: { $after }.
change-operator-email = Обращения принимают по другому адресу. Было: { $before }; стало: { $after }.
change-operator-storage = Базы данных находятся в другой стране. Было: { $before }; стало: { $after }.
change-jurisdiction-added = Политика теперь учитывает и законы пакета: { $list }.
change-jurisdiction-dropped = Политика больше не учитывает законы пакета: { $list }.
change-strict-on = Основание, которого закон не знает, теперь не только отмечают: по нему отказывают.
change-strict-off = Основание, которого закон не знает, теперь только отмечают, по нему больше не отказывают.
change-link-new = Теперь записи об одном человеке можно связать: из цели «{ $from }» с целью «{ $to }».
change-link-gone = Записи об одном человеке больше нельзя связать: из цели «{ $from }» с целью «{ $to }». Уже связанное остаётся связанным.
change-request-new = Теперь можно обратиться: «{ $request }». Время на ответ: { $term }.
change-request-gone = Политика больше ничего не обещает об обращении «{ $request }».
change-request-within = Изменилось время ответа: «{ $request }». Было: { $before }; стало: { $after }.
change-request-counts-from = Время ответа считают иначе: «{ $request }». Было: { $before }; стало: { $after }.
change-request-undo = Изменилось время на отмену: «{ $request }». Было: { $before }; стало: { $after }.
change-request-keep = Изменился срок хранения закрытых дел «{ $request }». Было: { $before }; стало: { $after }.
change-request-four-eyes-on = За «{ $request }» теперь отвечают двое сотрудников.
change-request-four-eyes-off = Для «{ $request }» теперь хватит одного сотрудника.
change-request-reminders = Сотрудникам напоминают о «{ $request }» в другое время.

# What follows

consequence-ask_again = Прежние согласия на цель «{ $purpose }» больше её не охватывают: тех, кто их дал, нужно спросить заново.
consequence-ask_again-counted = { $count ->
    [0] Спрашивать заново о цели «{ $purpose }» некого: согласий, которые она переросла бы, нет.
    [one] О цели «{ $purpose }» нужно заново спросить { $count } человека: прежнее согласие её больше не охватывает.
   *[other] О цели «{ $purpose }» нужно заново спросить { $count } человек: прежние согласия её больше не охватывают.
}
consequence-consents_idle = Согласия на цель «{ $purpose }» через эти каналы больше не используются.
consequence-consents_idle-counted = { $count ->
    [0] Согласий на цель «{ $purpose }» через эти каналы никто не давал.
    [one] Больше не используется { $count } согласие на цель «{ $purpose }».
    [few] Больше не используются { $count } согласия на цель «{ $purpose }».
   *[other] Больше не используются { $count } согласий на цель «{ $purpose }».
}
consequence-fall_due = С { $day } данные, собранные для цели «{ $purpose }», уничтожаются, кроме нужных другой цели.
consequence-fall_due-counted = { $count ->
    [0] Цели «{ $purpose }» с { $day } нет, но уничтожать из-за этого ничьи данные не придётся.
    [one] Данные { $count } человека подлежат уничтожению { $day }, потому что цели «{ $purpose }» больше нет.
   *[other] Данные { $count } человек подлежат уничтожению { $day }, потому что цели «{ $purpose }» больше нет.
}
consequence-values_fall_due = С { $day } уничтожаются значения, собранные для цели «{ $purpose }», если они не нужны другой цели: { $attribute }.
consequence-values_fall_due-counted = { $count ->
    [0] { $day } ничьи значения уничтожать не придётся: { $attribute } («{ $purpose }»).
    [one] У { $count } человека { $day } подлежит уничтожению значение: { $attribute } («{ $purpose }»).
   *[other] У { $count } человек { $day } подлежит уничтожению значение: { $attribute } («{ $purpose }»).
}
consequence-due_earlier = Данные цели «{ $purpose }» подлежат уничтожению раньше прежнего, начиная с { $day }.
consequence-due_earlier-counted = { $count ->
    [0] Уже { $day } ничьи данные цели «{ $purpose }» уничтожать не придётся; следующие закончатся раньше прежнего.
    [one] Уже { $day } подлежат уничтожению данные { $count } человека (цель «{ $purpose }»); следующие закончатся раньше прежнего.
   *[other] Уже { $day } подлежат уничтожению данные { $count } человек (цель «{ $purpose }»); следующие закончатся раньше прежнего.
}
consequence-ground_anew = Открытое для цели «{ $purpose }» не опирается на новое основание: подтверждение нужно внести заново.
consequence-ground_anew-counted = { $count ->
    [0] По цели «{ $purpose }» нет ничего открытого, чему понадобилось бы новое основание.
    [one] По цели «{ $purpose }» для { $count } человека нужно внести подтверждение нового основания.
   *[other] По цели «{ $purpose }» для { $count } человек нужно внести подтверждение нового основания.
}
consequence-collect_anew = Собранное раньше для цели «{ $purpose }» в новом разделе не найти: данные нужно собрать заново.
consequence-collect_anew-counted = { $count ->
    [0] Для цели «{ $purpose }» ещё ничего не собрано, переносить нечего.
    [one] Для цели «{ $purpose }» нужно заново собрать данные { $count } человека: в новом разделе их нет.
   *[other] Для цели «{ $purpose }» нужно заново собрать данные { $count } человек: в новом разделе их нет.
}
consequence-tell_people = О новой редакции нужно известить людей.
consequence-tell_recipients = Получателей данных нужно известить о том, что для них меняется.
consequence-tell_authority = До начала передачи за границу нужно уведомить уполномоченный орган.
consequence-nothing = Делать ничего не нужно.

# Terms

term-years = { $count ->
    [one] { $count } год
    [few] { $count } года
   *[other] { $count } лет
}
term-months = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
   *[other] { $count } месяцев
}
term-weeks = { $count ->
    [one] { $count } неделя
    [few] { $count } недели
   *[other] { $count } недель
}
term-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}

# The report of a comparison

diff-title = Редакция { $before } → редакция { $after }, с { $day }
diff-wider = Шире
diff-narrower = Уже
diff-new = Новое
diff-gone = Исчезло
diff-other = Иначе
diff-follows = Что произойдёт
diff-texts = Слова опубликованного текста ({ $language })
diff-same = Обе редакции говорят одно и то же.
diff-clauses = пункты { $list }
diff-clause-added = пункт { $number } новый
diff-clause-removed = пункта { $number } больше нет
diff-clause-changed = пункт { $number } изменён
diff-records = { $count ->
    [one] Просмотрена { $count } запись.
    [few] Просмотрены { $count } записи.
   *[other] Просмотрено { $count } записей.
}
diff-due-at-once = { $count ->
    [one] В первый же день по этой редакции подлежит уничтожению, целиком или частью, { $count } запись.
    [few] В первый же день по этой редакции подлежат уничтожению, целиком или частью, { $count } записи.
   *[other] В первый же день по этой редакции подлежат уничтожению, целиком или частью, { $count } записей.
}
diff-due-soon = { $count ->
    [one] Ещё { $count } запись подлежит уничтожению в следующие тридцать дней, раньше прежнего.
    [few] Ещё { $count } записи подлежат уничтожению в следующие тридцать дней, раньше прежнего.
   *[other] Ещё { $count } записей подлежат уничтожению в следующие тридцать дней, раньше прежнего.
}
diff-held = { $count ->
    [one] { $count } запись остаётся, пока не снят запрет на уничтожение или блокирование.
    [few] { $count } записи остаются, пока не снят запрет на уничтожение или блокирование.
   *[other] { $count } записей остаются, пока не снят запрет на уничтожение или блокирование.
}
