# What a new version of a policy changes.

# Purposes

change-purpose-new = Жаңа мақсат: «{ $purpose }». Негізі: { $basis }. Деректер: { $attributes }.
change-purpose-new-empty = Жаңа мақсат: «{ $purpose }». Дербес деректерді пайдаланбайды.
change-purpose-gone = «{ $purpose }» мақсаты алып тасталды.
change-purpose-renamed = «{ $purpose }» мақсаты (`{ $name }`) алып тасталды, ал атауы немесе деректері дәл сондай `{ $other }` мақсаты жаңадан қосылды. Бұл атын өзгертуге ұқсайды, бірақ жүйе үшін олар екі бөлек мақсат: бұрынғысының деректері жойылуға тиіс. Деректер қалсын десеңіз, `{ $name }` атын сақтап, тек атауын өзгертіңіз.
change-title = «{ $before }» мақсаты енді «{ $purpose }» деп аталады.
change-basis = «{ $purpose }» мақсатының негізі өзгерді. Бұрын: { $before }; енді: { $after }.
change-basis-source = «{ $purpose }» мақсаты басқа құқық нормасына сүйенеді. Бұрын: { $before }; енді: { $after }.
change-balancing = «{ $purpose }» мақсаты үшін мүдделер басқаша таразыланды. Бұрын: { $before } Енді: { $after }
change-compartment = «{ $purpose }» мақсатының деректері басқа бөлімде сақталады. Бұрын: `{ $before }`; енді: `{ $after }`.
change-needs-added = «{ $purpose }» мақсатына жаңа міндетті деректер керек болды: { $list }.
change-may-added = «{ $purpose }» мақсаты үшін, адам өзі берсе, жаңа деректерді пайдалануға болады: { $list }.
change-now-needed = «{ $purpose }» мақсаты үшін бұл деректер бұрын адамның қалауынша берілетін, енді міндетті болды: { $list }.
change-now-optional = «{ $purpose }» мақсаты үшін бұл деректер бұрын міндетті еді, енді адамның қалауынша беріледі: { $list }.
change-needs-dropped = «{ $purpose }» мақсатына енді қажет емес: { $list }.
change-may-dropped = «{ $purpose }» мақсаты үшін енді пайдаланылмайды: { $list }.
change-operations-added = «{ $purpose }» мақсаты үшін деректермен жаңа әрекеттер жасауға рұқсат берілді: { $list }.
change-operations-dropped = «{ $purpose }» мақсаты үшін мына әрекеттерге енді рұқсат жоқ: { $list }.
change-compatible-added = «{ $purpose }» мақсаты үшін енді мына мақсаттарға жиналған деректерді де пайдалануға болады: { $list }.
change-compatible-dropped = «{ $purpose }» мақсаты үшін мына мақсаттарға жиналған деректерді енді пайдалануға болмайды: { $list }.
change-consent-reworded = «{ $purpose }» мақсатына берілетін келісімнің мәтіні өзгерді: бұрынғы келісім басқа сөздерге берілген.
change-consent-longer = «{ $purpose }» мақсатына берілген келісім ұзағырақ қолданылады. Бұрын: { $before }; енді: { $after }.
change-consent-shorter = «{ $purpose }» мақсатына берілетін жаңа келісімнің мерзімі қысқарды. Бұрын: { $before }; енді: { $after }. Бұған дейін берілген келісімдердің мерзімі өзгермейді.
change-channels-apart = «{ $purpose }» мақсатына келісім енді әр арна бойынша бөлек сұралады.
change-channels-together = «{ $purpose }» мақсатына келісім енді әр арна бойынша бөлек емес, бәріне бір рет сұралады.
change-channels-added = «{ $purpose }» мақсаты үшін жаңа байланыс арналары қосылды: { $list }.
change-channels-dropped = «{ $purpose }» мақсаты үшін мына байланыс арналары енді пайдаланылмайды: { $list }.
change-starts = «{ $purpose }» мақсаты басқа оқиғадан басталады. Бұрын: { $before }; енді: { $after }.
change-ends = «{ $purpose }» мақсаты басқа оқиғамен аяқталады. Бұрын: { $before }; енді: { $after }. Қазір ашық тұрғандары жаңа оқиғаны күтеді.
change-no-event = оқиға жоқ
change-then-depersonalise = «{ $purpose }» мақсатынан кейін деректер иесіздендіріледі: адамды көрсетпейтіні ғана қалады. Бұрын бәрі жойылатын.
change-then-destroy = «{ $purpose }» мақсатынан кейін бәрі жойылады. Бұрын адамды көрсетпейтін деректер қалатын.
change-keep-added = «{ $purpose }» мақсатының деректері ол аяқталған соң да сақталады: { $term }. Себебі: { $because }.
change-keep-dropped = «{ $purpose }» мақсатының деректері ол аяқталған соң енді сақталмайды. Бұрын: { $term }, { $because }.
change-keep-longer = «{ $purpose }» мақсатының деректері ол аяқталған соң ұзағырақ сақталады. Бұрын: { $before }; енді: { $after }. Бұған дейін аяқталғандары үшін бұрынғы күн қалады.
change-keep-shorter = «{ $purpose }» мақсатының деректері ол аяқталған соң азырақ сақталады. Бұрын: { $before }; енді: { $after }. Бұл бұрын аяқталғандарға да қатысты.
change-keep-because = «{ $purpose }» мақсатының деректері басқа себеппен сақталады. Бұрын: { $before }; енді: { $after }.
change-staff-added = «{ $purpose }» мақсаты үшін деректермен басқа қызметкерлер де жұмыс істей алады: { $list }.
change-staff-dropped = «{ $purpose }» мақсаты үшін деректермен енді жұмыс істемейтіндер: { $list }.
change-automation = «{ $purpose }» мақсаты үшін өңдеу тәсілі өзгерді. Бұрын: { $before }; енді: { $after }.

# Attributes

change-attribute-new = Жаңа деректерді сақтауға болады: { $attribute } ({ $kind }).
change-attribute-gone = Бұл деректер енді ешбір мақсат үшін сақталмайды: { $attribute }.
change-attribute-label = «{ $before }» енді «{ $attribute }» деп аталады.
change-attribute-kind = «{ $attribute }» басқаша тексеріледі. Бұрын: { $before }; енді: { $after }. Сақталып тұрған мәндер өзгермейді.
change-findable-on = «{ $attribute }» бойынша енді адамды табуға болады. Бұрыннан белгілі адамдар ол дерек қайта берілгеннен кейін табылады.
change-findable-off = «{ $attribute }» бойынша енді адамды табуға болмайды.
change-sensitivity-ordinary = «{ $attribute }» енді қолжетімділігі шектеулі деректерге жатпайды.
change-sensitivity-restricted = «{ $attribute }» енді қолжетімділігі шектеулі деректерге жатады: беттерде жасырылады, тізімдерге енбейді.
change-confirm-every = «{ $attribute }» әлі дұрыс па деп басқа мерзімде сұралады. Бұрын: { $before }; енді: { $after }.
change-never = ешқашан
change-depersonalise-keep = «{ $attribute }» иесіздендіру кезінде адаммен байланыссыз қалады. Бұрын жойылатын.
change-depersonalise-destroy = «{ $attribute }» иесіздендіру кезінде жойылады. Бұрын адаммен байланыссыз қалатын.
change-max-bytes = «{ $attribute }» үшін ең үлкен көлем өзгерді. Бұрын, байт: { $before }; енді: { $after }.

# Recipients

change-recipient-new = Жаңа алушы: { $recipient }, { $country }. Алатыны: { $list }.
change-recipient-new-empty = Жаңа серіктес: { $recipient }, { $country }. Дербес деректер алмайды.
change-recipient-gone = { $recipient } енді деректер алмайды.
change-recipient-title = «{ $before }» алушысының орнында енді «{ $recipient }» тұр. Атауы басқа болса, бұл басқа заңды тұлға болуы мүмкін.
change-recipient-country = { $recipient } деректерді басқа елде алады. Бұрын: { $before }; енді: { $after }.
change-recipient-role = Алушының рөлі өзгерді: { $recipient }. Бұрын: { $before }; енді: { $after }.
change-recipient-agreement = Алушымен жасалған шарт өзгерді: { $recipient }. Бұрын: { $before }; енді: { $after }.
change-recipient-consent = Деректерді беруге келісімнің мәтіні өзгерді, алушы: { $recipient }. Мұндай келісімді қайта алу керек.
change-gets-added = { $recipient } «{ $purpose }» мақсаты үшін көбірек дерек алады: { $list }.
change-gets-dropped = { $recipient } «{ $purpose }» мақсаты үшін енді алмайды: { $list }.

# Everything else

change-explains-added = Бұл тармақтар енді тек түсіндіреді, ештеңе уәде етпейді: { $list }.
change-explains-dropped = Бұл тармақтар енді тек түсіндірме емес: { $list }.
change-operator-name = Оператордың атауы өзгерді. Бұрын: { $before }; енді: { $after }.
change-operator-bin = Оператордың БСН-і басқа: заң алдында бұл басқа тұлға. Бұрын: { $before }; енді: { $after }.
change-operator-address = Оператордың мекенжайы өзгерді. Бұрын: { $before }; енді: { $after }.
change-operator-sites = Саясат басқа сайттарға қолданылады. Бұрын: { $before }; енді: { $after }.
change-operator-email = Өтініштер басқа мекенжайға қабылданады. Бұрын: { $before }; енді: { $after }.
change-operator-storage = Дерекқорлар басқа елде орналасқан. Бұрын: { $before }; енді: { $after }.
change-jurisdiction-added = Саясат енді мына пакеттің заңдарын да ескереді: { $list }.
change-jurisdiction-dropped = Саясат енді мына пакеттің заңдарын ескермейді: { $list }.
change-strict-on = Заң білмейтін негіз енді тек ескертілмейді, ол бойынша бас тартылады.
change-strict-off = Заң білмейтін негіз енді тек ескертіледі, ол бойынша бас тартылмайды.
change-link-new = Енді бір адам туралы жазбаларды байланыстыруға болады: «{ $from }» мақсатынан «{ $to }» мақсатына.
change-link-gone = Бір адам туралы жазбаларды енді байланыстыруға болмайды: «{ $from }» мақсатынан «{ $to }» мақсатына. Бұрын байланысқандары солай қалады.
change-request-new = Енді мынаны сұрауға болады: «{ $request }». Жауап мерзімі: { $term }.
change-request-gone = Саясат «{ $request }» туралы енді ештеңе уәде етпейді.
change-request-within = «{ $request }» бойынша жауап мерзімі өзгерді. Бұрын: { $before }; енді: { $after }.
change-request-counts-from = «{ $request }» мерзімі басқаша саналады. Бұрын: { $before }; енді: { $after }.
change-request-undo = «{ $request }» болдырмау мерзімі өзгерді. Бұрын: { $before }; енді: { $after }.
change-request-keep = Жабылған «{ $request }» істерін сақтау мерзімі өзгерді. Бұрын: { $before }; енді: { $after }.
change-request-four-eyes-on = «{ $request }» үшін енді екі қызметкер жауап береді.
change-request-four-eyes-off = «{ $request }» үшін енді бір қызметкер жеткілікті.
change-request-reminders = Қызметкерлерге «{ $request }» туралы басқа уақытта ескертіледі.

# What follows

consequence-ask_again = Бұрынғы келісімдер «{ $purpose }» мақсатын енді қамтымайды: келісім бергендерден қайта сұрау керек.
consequence-ask_again-counted = { $count ->
    [0] «{ $purpose }» мақсаты бойынша қайта сұрайтын ешкім жоқ: күшін жоғалтатын келісім берілмеген.
   *[other] «{ $purpose }» мақсаты бойынша { $count } адамнан қайта келісім сұрау керек: бұрынғы келісім оны енді қамтымайды.
}
consequence-consents_idle = «{ $purpose }» мақсатына осы арналар бойынша берілген келісімдер енді пайдаланылмайды.
consequence-consents_idle-counted = { $count ->
    [0] «{ $purpose }» мақсатына осы арналар бойынша ешкім келісім бермеген.
   *[other] «{ $purpose }» мақсатына берілген { $count } келісім енді пайдаланылмайды.
}
consequence-fall_due = { $day } күнінен бастап «{ $purpose }» мақсаты үшін жиналған деректер жойылады, тек басқа мақсатқа керегі қалады.
consequence-fall_due-counted = { $count ->
    [0] «{ $purpose }» мақсаты { $day } күнінен бастап жоқ, бірақ бұдан ешкімнің дерегі жойылмайды.
   *[other] «{ $purpose }» мақсаты алып тасталғандықтан, { $count } адамның деректері { $day } күні жойылуға тиіс.
}
consequence-values_fall_due = { $day } күнінен бастап «{ $purpose }» мақсаты үшін жиналған мәндер, басқа мақсатқа керек болмаса, жойылады: { $attribute }.
consequence-values_fall_due-counted = { $count ->
    [0] { $day } күні ешкімнің мәні жойылмайды: { $attribute } («{ $purpose }»).
   *[other] { $day } күні { $count } адамның мына мәні жойылуға тиіс: { $attribute } («{ $purpose }»).
}
consequence-due_earlier = «{ $purpose }» мақсатының деректері { $day } күнінен бастап бұрынғыдан ертерек жойылуға тиіс.
consequence-due_earlier-counted = { $count ->
    [0] { $day } күні «{ $purpose }» мақсаты бойынша ешкімнің дерегі жойылмайды; кейінгілері бұрынғыдан ертерек аяқталады.
   *[other] { $day } күні-ақ «{ $purpose }» мақсаты бойынша { $count } адамның деректері жойылуға тиіс; кейінгілері бұрынғыдан ертерек аяқталады.
}
consequence-ground_anew = «{ $purpose }» мақсаты бойынша ашық тұрғандары жаңа негізге сүйенбейді: растайтын құжатты қайта енгізу керек.
consequence-ground_anew-counted = { $count ->
    [0] «{ $purpose }» мақсаты бойынша жаңа негіз керек болатын ашық ештеңе жоқ.
   *[other] «{ $purpose }» мақсаты бойынша { $count } адам үшін жаңа негіздің растауын енгізу керек.
}
consequence-collect_anew = «{ $purpose }» мақсаты үшін бұрын жиналған деректер жаңа бөлімде табылмайды: оларды қайта жинау керек.
consequence-collect_anew-counted = { $count ->
    [0] «{ $purpose }» мақсаты үшін әлі ештеңе жиналмаған, көшіретін ештеңе жоқ.
   *[other] «{ $purpose }» мақсаты үшін { $count } адамның деректерін қайта жинау керек: жаңа бөлімде олар жоқ.
}
consequence-tell_people = Жаңа редакция туралы адамдарға хабарлау керек.
consequence-tell_recipients = Деректерді алушыларға олар үшін не өзгеретінін хабарлау керек.
consequence-tell_authority = Шетелге бере бастағанға дейін уәкілетті органға хабарлау керек.
consequence-nothing = Ештеңе істеу қажет емес.

# Terms

term-years = { $count } жыл
term-months = { $count } ай
term-weeks = { $count } апта
term-days = { $count } күн

# The report of a comparison

diff-title = { $before }-редакция → { $after }-редакция, { $day } күнінен бастап
diff-wider = Кеңейді
diff-narrower = Тарылды
diff-new = Жаңа
diff-gone = Алып тасталды
diff-other = Өзгерді
diff-follows = Не болады
diff-texts = Жарияланған мәтіннің сөздері ({ $language })
diff-same = Екі редакция бірдей.
diff-clauses = { $list }-тармақтар
diff-clause-added = { $number }-тармақ жаңа
diff-clause-removed = { $number }-тармақ алып тасталды
diff-clause-changed = { $number }-тармақ өзгерді
diff-records = { $count } жазба қаралды.
diff-due-at-once = Осы редакция бойынша бірінші күні-ақ { $count } жазба толық не ішінара жойылуға тиіс.
diff-due-soon = Одан кейінгі отыз күнде тағы { $count } жазба бұрынғыдан ертерек жойылуға тиіс.
diff-held = { $count } жазба жоюға тыйым не бұғаттау алынғанша сақталады.
