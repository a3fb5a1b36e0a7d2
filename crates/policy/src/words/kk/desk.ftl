# Қызметкерлер беттеріндегі өтініштер.

# Тізім және бастау

desk-requests = Өтініштер
desk-answered = Жабылғандар
desk-journal = Өтініштер журналы
desk-new = Жаңа өтініш
desk-new-authority = Органның сұрау салуы
desk-filters = Қай өтініштерді көрсету керек
desk-filter = { $words } ({ $count })
desk-show-all = Барлық ашық өтініш
desk-show-today = Мерзімі бүгін
desk-show-overdue = Мерзімі өткендер
desk-show-identity = Жеке басын растауды күтетіндер
desk-show-second = Екінші қызметкерді күтетіндер
desk-show-open = Ашық өтініштер
desk-board-all = ашық
desk-board-today = мерзімі бүгін
desk-board-overdue = мерзімі өтті
desk-board-second = екінші қызметкерді күтеді
desk-nothing = Мұндай өтініш жоқ.
desk-earlier = Бұрынғыларын көрсету
desk-nameless = аты көрсетілмеген
desk-closed = { $day } жабылды
desk-overdue = Мерзімі өтті
desk-half = Мерзімнің жартысы өтті
desk-was-late = Жауап кешікті

# Өтініш қай кезеңде, қызметкерлерге арналған сөздермен

desk-state-awaiting_identity = өтініш берушінің жеке басын растауын күтеміз
desk-state-in_progress = жұмыста
desk-state-undoable = деректер бұғатталған, жойылатын уақыты: { $until }
desk-state-done = орындалды
desk-state-partly = ішінара орындалды
desk-state-refused = бас тартылды
desk-state-taken_back = өтініш беруші кері алды
desk-state-lapsed = жабылды: жеке басы расталмады
desk-objection-marketing = хат жіберуді тоқтату
desk-objection-automated_decision = шешімді адамның қайта қарауы
desk-due-awaiting = Мерзім кім өтінгені белгілі болғанда басталады.

# Өтініш беті

desk-trouble = Орындалмады
desk-done = Дайын. Бұл журналға жазылды.
desk-refused = { $told } Бас тарту негізі: { $clause }. Журнал жазбасы: { $place }.
desk-minor = Адамның жасы: { $years }. Ол кәмелетке толмаған: оның атынан кім әрекет ете алатынын тексеріңіз.
desk-nobody = Бұл байланыс бойынша ешкім жоқ. Адамды басқа байланыс арқылы табыңыз немесе жазба жоқ деп жауап беріңіз.
desk-related = Байланысты өтініш: { $relation },
desk-due-title = Жауап беру мерзімі
desk-began = Есептеу { $began } басталды
desk-holds = осы мерзім қолданылады
desk-asked-title = Не сұралады
desk-every-purpose = барлық мақсат
desk-who-title = Кім өтінеді
desk-identity = Жеке басы
desk-proven = { $at } анықталды: { $rung }
desk-unproven = әлі анықталмаған
desk-failed = Сәтсіз тексерулер
desk-representative = Өкіл
desk-on-file = Осы байланысы бар адамдар
desk-compared-title = Қазіргі мән және дұрысы
desk-now = Қазір
desk-proposed = Дұрысы
desk-not-held = мәні жоқ
desk-plan-title = Жою жоспары
desk-plan-ends = Жойылады: { $attributes }
desk-plan-refused = Мұнда ештеңе жойылмайды. { $why }
desk-plan-by = Жоспарды жасаған: { $name }
desk-plan-approved = Жоспарды мақұлдаған: { $name }
desk-plan-waits = Тағы бір қызметкердің мақұлдауы керек. Деректерді бір адам жалғыз жоя алмайды.
desk-system = жүйе
desk-account = қызметкер { $id }
desk-fate-stopped = { $purpose }: тоқтатылды
desk-fate-stopped-since = { $purpose }: { $since } тоқтатылды
desk-fate-continues = { $purpose }: жалғасады. Негізі: { $basis }
desk-fate-continues-until = { $purpose }: { $until } дейін жалғасады. Негізі: { $basis }
desk-fate-kept = { $purpose }: деректер сақталады. Негізі: { $basis }
desk-fate-kept-until = { $purpose }: деректер { $until } дейін сақталады. Негізі: { $basis }
desk-deeds-title = Не істеуге болады
desk-no-deeds = Қазір мұнда ештеңе істеу қажет емес.
desk-fates-title = Әр мақсаттың нәтижесі
desk-changes-title = Не түзетілді
desk-before = Бұрын
desk-after = Енді
desk-changed-at = { $at } түзетілді
desk-changed-later = Бұғаттау алынғаннан кейін түзетіледі
desk-papers-title = Құжаттар
desk-paper = Құжат
desk-paper-of = № { $number } өтініш бойынша № { $paper } құжат
desk-back = № { $number } өтінішке оралу
desk-pdf = PDF жүктеп алу
desk-pack = Органға арналған пакетті жүктеп алу (ZIP)
desk-notes-title = Белгілер
desk-history-title = Не болды
desk-longer = { $label }: мерзім { $term } ұзарады

# Әрекеттер: түймедегі атауы және не болатыны

desk-do-identify_by_facts = Жеке басын тапсырыс фактілерімен растау
desk-about-identify_by_facts = Тапсырыс нөмірін және бізде бар тағы екі фактіні салыстырыңыз. Бұрыннан белгілі байланысқа кері қоңырау шалыңыз. Ештеңенің көшірмесін алмаңыз, құжат сұрамаңыз.
desk-do-identify_representative = Өкілдің өкілеттігін қабылдау
desk-about-identify_representative = Құжатты қарап, оның не екенін жазыңыз. Көшірмесін сақтамаңыз.
desk-do-rectify = Деректерді түзету
desk-about-rectify = Оң жақтағы мәндер қазіргілерінің орнына жазылады. Алушыларға хабарланады, өтініш беруші жауап алады.
desk-do-approve = Жою жоспарын мақұлдау
desk-about-approve = Сіз жоспардың дұрыс екенін растайсыз. Бұл сіздің атыңызбен жазылады.
desk-do-schedule = Жоюды бастау
desk-about-schedule = Деректер бірден бұғатталады. Болдырмау уақыты біткенше оларды қайтаруға болады. Содан кейін олар біржола жойылады.
desk-do-undo = Жоюды болдырмау
desk-about-undo = Бұғаттау алынады, деректер қалады. Жоспарды қайта жасау керек болады.
desk-do-lift = Бұғаттауды алып тастау
desk-about-lift = Деректерді қайта пайдалануға болады. Тексеру не көрсеткенін өтініш беруші біледі.
desk-do-decide_anew = Шешімді қайта қабылдау
desk-about-decide_anew = Шешімді бағдарлама емес, адам қабылдайды. Өтініш беруші шешім мен оның себептерін алады.
desk-do-answer_authority = Органға жауап беру
desk-about-answer_authority = Әр тармаққа жауап беріңіз. Жүйе құжаттар пакетін жинайды, оны осы беттен жүктеп аласыз.
desk-do-answer = Жауап беру
desk-about-answer = Өтініш беруші осы жауапты алады, өтініш жабылады.
desk-do-refuse = Бас тарту
desk-about-refuse = Өтініш беруші бас тартуды себебімен алады және қайда шағымдануға болатынын біледі. Өтініш жабылады.
desk-do-find_person = Адамды басқа байланыс арқылы табу
desk-about-find_person = Аталған байланыс бойынша ешкім табылмаса, бізде болуы мүмкін басқасын енгізіңіз.
desk-do-see_documents = Құжаттар көрілгенін белгілеу
desk-about-see_documents = Өтініш берушінің сөзін қандай құжаттар растайтынын жазыңыз. Көшірмелерін сақтамаңыз.
desk-do-note = Белгі қосу
desk-about-note = Оны қызметкерлер көреді, өтініш беруші көрмейді. Артық дерек жазбаңыз.
desk-do-reclassify = Өтінішті басқаша түсіну
desk-about-reclassify = Басқа нәрсе сұралса, соны таңдаңыз. Өткізіп алған мерзім бұдан жойылмайды.
desk-do-pause = Мерзімді тоқтата тұру
desk-about-pause = Заңда аталған себеп бар кезде мерзім тұрады.
desk-do-resume = Мерзімді жалғастыру
desk-about-resume = Мерзім осы минуттан бастап қайта жүреді.
desk-do-extend = Мерзімді ұзарту
desk-about-extend = Заң мұны әр себеп бойынша бір рет қана рұқсат етеді.
desk-do-take_back = Жабу: өтініш беруші кері алды
desk-about-take_back = Тек өтініш берушінің өзі солай десе. Өтініш жауапсыз жабылады.

# Пішіндердің өрістері

desk-optional = { $label } (міндетті емес)
desk-none = көрсетілмеген
desk-facts = Тапсырыс нөмірі мен екі факт сәйкес келді, белгілі байланысқа кері қоңырау шалдым
desk-seen_kind = Бұл қандай құжат
desk-seen_kind-hint = Мысалы: сенімхат, туу туралы куәлік.
desk-seen_number = Құжаттың нөмірі
desk-seen_until = Қолданылатын соңғы күні
desk-evidence = Қандай құжаттар көрілді
desk-note = Белгі
desk-found = Тексеру не көрсетті
desk-decision = Шешім және оның себептері
desk-answer = Жауап
desk-answer-hint = Қысқа сөйлемдер, қарапайым сөздер.
desk-basis = Жауап неге негізделген
desk-basis-hint = Саясаттың тармағы немесе заңның бабы.
desk-refused_part = Нақты неден бас тартылады
desk-reason = Неге, қарапайым сөзбен
desk-article = Заңның бабы
desk-can_do = Өтініш беруші не істей алады
desk-pause_reason = Себебі
desk-extend_reason = Себебі
desk-kind = Не сұралады
desk-objection = Неге қарсы
desk-ground = Деректердің несі дұрыс емес
desk-attribute = Қандай деректер
desk-attribute-hint = Ештеңе белгіленбесе: барлық деректер.
desk-purpose = Қандай мақсаттар бойынша
desk-purpose-hint = Ештеңе белгіленбесе: барлық мақсаттар бойынша.
desk-channel = Қандай байланыс арнасы арқылы
desk-channel-email = электрондық пошта
desk-channel-sms = SMS
desk-row-attribute = Нені түзету керек, { $row }
desk-row-value = Дұрыс мәні, { $row }
desk-intake = Қалай келді
desk-received = Келген күні
desk-by = Кім өтінеді
desk-name = Өтініш берушінің аты-жөні
desk-contact = Деректері туралы сөз болып отырған адамның байланысы
desk-contact-hint = Электрондық пошта немесе ел коды бар телефон, мысалы +77000000000.
desk-answer_to = Жауап жіберілетін өкілдің байланысы
desk-language = Жауап тілі
desk-text = Өтініш беруші не айтты, өз сөзімен
desk-authority = Орган
desk-letter_number = Хаттың нөмірі
desk-letter_dated = Хаттың күні
desk-letter_due = Хатта аталған соңғы күн
desk-questions = Сұрақтар
desk-questions-hint = Әр сұрақ жаңа жолдан.
desk-from = Қай күннен бастап
desk-until = Қай күнге дейін

# Жаңа өтініш және журнал

desk-new-about = Қоңырауды немесе хатты енгізіңіз. Әрі қарай бәрі адамдарға арналған беттен келген өтініштегідей жүреді.
desk-new-button = Өтінішті тіркеу
desk-authority-about = Органның хатын енгізіңіз. Жүйе мерзімін есептеп, еске салады.
desk-authority-button = Сұрау салуды тіркеу
desk-filed = Өтініш тіркелді
desk-filed-about = Өтініш берушіге нөмірі мен құпиясын айтыңыз немесе осы бетті басып шығарыңыз. Құпия бір рет қана көрсетіледі.
desk-filed-go = Өтінішті ашу
desk-secret = Құпия
desk-status-page = Өтініштің жайын қайдан көруге болады
desk-slip-keep = Нөмірі мен құпиясын сақтаңыз. Жауапты солар арқылы көресіз.
desk-slip-identity = Енді бұл сіз екеніңізді растаңыз. Код бізге белгілі байланысыңызға жіберілді.
desk-slip-authority = Енді бізге өкілеттік туралы құжатты көрсетіңіз. Көшірмесін сақтамаймыз.
desk-journal-about = Кезең журналы: кім өтінді, не туралы, қай мерзімге дейін және не істелді. Әр жүктеп алу жазылады.
desk-journal-pdf = PDF жүктеп алу
desk-journal-xlsx = XLSX жүктеп алу
desk-journal-csv = CSV жүктеп алу

# Не дұрыс емес

desk-fault-empty = Бұл өрісті толтырыңыз.
desk-fault-tick = Алдымен фактілерді салыстырып, осыны белгілеңіз.
desk-fault-period = Соңғы күн бірінші күннен ерте.
desk-fault-contact_missing = Байланысты енгізіңіз: пошта немесе телефон.
desk-fault-contact_malformed = Бұл поштаға да, телефонға да ұқсамайды. Мысалы: +77000000000.
desk-fault-words_missing = Не туралы екенін жазыңыз: мұнда сөз керек.
desk-fault-words_too_long = Тым ұзын. Мәтінді қысқартыңыз.
desk-fault-nothing_named = Түзетілетін кемінде бір мәнді атаңыз.
desk-fault-code_wrong = Код қате немесе ескірген.
desk-fault-secret_wrong = Нөмірі немесе құпиясы қате.
desk-fault-nobody_on_file = Бұл байланыс бойынша ешкім жоқ.
desk-fault-authority_missing = Өкілеттік көрсетілмеген, толық емес немесе мерзімі өткен.
desk-fault-day_malformed = Күнді тексеріңіз: ол болашақта емес және толық жазылған болуы керек.
desk-fault-nothing_to_do = Ештеңе істеуге болмайды: қалғанының бәрі заң немесе шарт бойынша әлі қажет.
