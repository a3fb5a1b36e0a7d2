# Papers that are issued: acknowledgements, answers, acts, certificates.

# Every paper: title, header, foot.

paper-title-acknowledgement = Өтініш қабылданды. № { $number } растау
paper-title-refusal = Бас тарту туралы дәлелді жауап № { $number }
paper-title-destruction-act = Дербес деректерді жою туралы акт № { $number }
paper-title-access-answer = Дербес деректер туралы сұрауға жауап № { $number }
paper-title-rectification-answer = Деректерді түзету туралы жауап № { $number }
paper-title-restriction-answer = Деректерді бұғаттау туралы жауап № { $number }
paper-title-withdrawal-answer = Келісімді қайтарып алу және өңдеуді тоқтату туралы жауап № { $number }
paper-title-destruction-answer = Деректерді жою туралы жауап № { $number }
paper-title-reply = Өтінішке жауап № { $number }
paper-title-ledger-extract = Оқиғалар журналынан үзінді № { $number }
paper-title-journal = Субъектілер өтініштерін есепке алу журналы № { $number }
paper-title-consent-certificate = Келісім туралы анықтама № { $number }
paper-title-case-file = Өтініш бойынша іс материалдары № { $number }
paper-title-authority-cover = Органның сұрауына ілеспе хат № { $number }
paper-foot = { $title } · { $day }
paper-page = { $pages } беттің { $page }-беті
paper-mark = Журналдағы жазба { $log }/{ $index } · парақтың SHA-256 мәні:
paper-number = Құжаттың нөмірі
paper-dated = Күні
paper-operator = Оператор
paper-registration = БСН/ЖСН
paper-operator-address = Оператордың мекенжайы
paper-operator-contact = Хат жазатын мекенжай
paper-edition = Саясаттың редакциясы
paper-edition-of = { $number }, { $day } бастап күшінде
paper-language = Тілі
paper-language-name = қазақша
paper-program = Құжатты жасаған
paper-nothing = жоқ

# The request that a paper answers.

paper-request-number = Өтініштің нөмірі
paper-request-cited = № { $number }
paper-received = Қабылданған уақыты
paper-kind = Өтініштің түрі
paper-channel = Қалай келді
paper-person = Өтініш беруші
paper-representative = Өкіл
paper-representative-seen = { $kind }, № { $number }, { $day } дейін жарамды. Құжатты көрдік, көшірмесін алған жоқпыз.
paper-asked = Не сұралды
paper-answer-to = Жауап қайда барады
paper-identity = Жеке басты анықтау
paper-responsible = Дербес деректерге жауапты

# Dates by which something is owed.

paper-terms = Мерзімдер
paper-term-duty = Не істейміз
paper-term-day = Соңғы күні
paper-term-because = Неге осы күн
paper-terms-none = Ешбір мерзім жүріп тұрған жоқ.

# Who outside was told.

paper-told-heading = Кімге хабарладық
paper-told-who = Алушы
paper-told-at = Хабарланды
paper-told-confirmed = Растады
paper-told-waiting = растауын күтіп отырмыз
paper-told-nobody = Бұл деректер сыртқа берілген жоқ. Хабарлайтын ешкім жоқ.

# Data that stay.

paper-kept-heading = Не сақталады
paper-kept-what = Деректер
paper-kept-basis = Негізі
paper-kept-until = Қашанға дейін
paper-kept-nothing = Ештеңе сақталмайды.

# Where to complain.

paper-remedy-heading = Қайда шағымдануға болады
paper-remedy-right = Келіспесеңіз, уәкілетті органға немесе сотқа шағымданыңыз.
paper-remedy-body = Орган
paper-remedy-address = Мекенжайы
paper-remedy-page = Парақшасы

# Signatures.

paper-signed = Қолдар
paper-signed-decided = Шешім қабылдаған
paper-signed-destroyed = Жойған
paper-signed-approved = Жоюды мақұлдаған
paper-signed-name = Аты-жөні
paper-signed-post = Лауазымы
paper-signed-account = Есептік жазба
paper-signed-at = Қол қойылған уақыты
paper-signed-ink = қолы

# Acknowledgement.

paper-acknowledgement-opening = Өтінішіңізді № { $number } болып тіркедік. Жауапты { $day } дейін, сол күнді қоса, береміз.
paper-done-already = Не істеп қойдық
paper-status-heading = Барысын қалай көруге болады
paper-status-how = Парақшаны ашып, № { $number } және бөлек берілген құпия сөзді жазыңыз.
paper-status-page = Парақша

# Reasoned refusal.

paper-refusal-opening = № { $number } өтініш бойынша сұралғанды толық немесе ішінара орындай алмаймыз. Себебі төменде.
paper-refused-what = Неден бас тартамыз
paper-refused-why = Неге
paper-clause = Саясаттың тармағы
paper-article = Заңның бабы
paper-facts = Бас тарту неге сүйенеді
paper-can-do = Не істей аласыз

# Act of destruction.

paper-act-opening = Осы акт төмендегі дербес деректердің қайтарымсыз жойылғанын растайды.
paper-processors = Оператордың тапсырмасымен өңдейтін тұлға
paper-act-persons = Кімнің деректері
paper-act-request = Өтініш
paper-act-request-of = № { $number }, { $moment } қабылданған
paper-act-categories = Жойылған деректердің санаттары
paper-act-method = Жою тәсілі
paper-act-reason = Жою себебі
paper-act-destroyed = Жойылған уақыты
paper-act-electronic = Ақпараттық жүйелерде
paper-act-systems = Дербес деректердің ақпараттық жүйесі
paper-act-removed = Қолданыстан шығарылды
paper-act-keys = Кілттері жойылды
paper-act-copies = Көшірмелерді ашу мүмкін емес
paper-act-before = Жоюға дейінгі жазбалар саны
paper-act-after = Жойылғаннан кейінгі жазбалар саны
paper-act-ledger = Оқиғалар журналындағы жазбалар
paper-act-carriers = Жойылған тасымалдағыштар
paper-act-carrier = Тасымалдағыш
paper-act-sheets = Парақ саны

# Answers to withdrawal and stop.

paper-fates = Мақсаттар: не тоқтады, не жалғасады
paper-fate-purpose = Мақсат
paper-fate-state = Күйі
paper-fate-stopped = тоқтатылды: { $moment }
paper-fate-continues = жалғасады
paper-fate-basis = Жалғасу негізі
paper-fate-until = Қашанға дейін
paper-blocked-since = Қашаннан бері бұғатталған
paper-destroyed-by = Қай күнге дейін жойылады

# Answers to correction.

paper-change-ground = Не дұрыс болмады
paper-change-evidence = Нені көрдік (көшірмесін алған жоқпыз)
paper-changes = Не түзетілді
paper-change-field = Дерек
paper-change-before = Бұрын
paper-change-after = Қазір
paper-change-at = Түзетілген уақыты

# Answers to blocking and unblocking.

paper-block-holds = Төмендегі деректер бұғатталды. Оларды рұқсат етілгеннен басқаға пайдаланбаймыз.
paper-block-lifted = Төмендегі деректердің бұғатын алдық.
paper-block-categories = Деректердің санаттары
paper-block-reason = Бұғаттау себебі
paper-block-allowed = Бұғаттау кезінде не рұқсат
paper-block-until = Қашанға дейін
paper-block-lifted-at = Бұғат алынған уақыты
paper-block-found = Тексеру не көрсетті

# Answers to destruction.

paper-destroyed-for-good = Төмендегі деректеріңізді қайтарымсыз жойдық.
paper-act-number = Актінің нөмірі

# Answers in words.

paper-reply-answer = Жауап
paper-reply-basis = Негізі
paper-signed-answered = Жауап берген

# Access answer.

paper-access-confirmed = Растаймыз: біз сіздің дербес деректеріңізді өңдейміз. Олардың бәрі төменде.
paper-access-nothing = Өтінішіңізді ешбір жазбамен байланыстыра алмаймыз.
paper-access-help = Не көмектеседі
paper-held-purposes = Мақсаттар, негіздер, мерзімдер
paper-held-purpose = Мақсат
paper-held-basis = Негізі
paper-held-until = Сақтау мерзімі
paper-held-methods = Өңдеу тәсілдері
paper-held-place = Деректер қайда сақталады
paper-held-access = Деректерді кім көре алады
paper-held-abroad = Трансшекаралық беру
paper-held-measures = Қорғау шаралары
paper-held-data = Деректеріңіз
paper-datum-label = Дерек
paper-datum-value = Мәні
paper-datum-source = Дереккөзі
paper-datum-since = Қашаннан бері
paper-held-recipients = Деректеріңізді кім алды
paper-recipient-name = Алушы
paper-recipient-country = Ел
paper-recipient-what = Не берілді
paper-recipient-purpose = Мақсаты
paper-recipient-at = Уақыты
paper-held-operations = Деректеріңізбен жасалған әрекеттер
paper-row-at = Уақыты
paper-row-what = Әрекет
paper-row-who = Кім жасады
paper-row-purpose = Мақсаты
paper-row-place = Журналдағы жазба
paper-row-digest = Жазбаның SHA-256 мәні
paper-row-data = Деректер
paper-masked = Не жасырылды
paper-masked-what = Не
paper-masked-why = Неге
paper-masked-nothing = Ештеңе жасырылған жоқ.
paper-access-rights = Құқықтарыңыз
paper-access-rights-are = Деректерді түзетуді, бұғаттауды немесе жоюды сұраңыз. Келісімді кез келген уақытта қайтарып алыңыз.
paper-access-free = Бұл жауап тегін.

# Certificate of consent.

paper-consent-person = Келісім берген
paper-consent-given-by = Ол үшін келісім берген
paper-consent-state = Күшінде ме
paper-consent-holds = { $moment } кезінде күшінде
paper-consent-withdrawn = қайтарып алынды: { $moment }
paper-consent-expired = мерзімі өтті: { $moment }
paper-consent-outgrown = саясаттың { $version }-нұсқасынан бастап жасалатын істерді қамтымайды
paper-consent-given = Берілген уақыты
paper-consent-place = Қайда берілді
paper-consent-deed = Қалай берілді
paper-consent-evidence = Немен расталады
paper-consent-covers = Келісім нені қамтиды
paper-consent-purposes = Мақсаттар
paper-consent-data = Деректер
paper-consent-actions = Деректермен жасалатын әрекеттер
paper-consent-third-persons = Үшінші тұлғаларға беру
paper-consent-abroad = Трансшекаралық беру
paper-consent-public = Жалпыға қолжетімді көздерде тарату
paper-consent-until = Келісімнің мерзімі
paper-consent-withdrawal = Қалай қайтарып алуға болады
paper-consent-shown = Не көрсетілді: толық мәтін
paper-consent-version = Мәтіннің нұсқасы
paper-consent-digest = Мәтіннің SHA-256 мәні
paper-consent-language = Мәтіннің тілі
paper-enquiries = Келісім қашан тексерілді
paper-enquiry-decision = Шешім
paper-enquiry-who = Кім сұрады
paper-enquiry-at = Уақыты
paper-enquiry-answer = Жауап
paper-enquiries-none = Бұл келісімді әлі ешкім тексерген жоқ.
paper-enquiries-earlier = Бұған дейінгі тексерулер: { $count }.
paper-signed-certified = Растаған

# Cover of the pack for an authority.

paper-cover-authority = Орган
paper-cover-letter = Сұраудың нөмірі
paper-cover-letter-dated = Сұраудың күні
paper-cover-disclosed-on = Дербес деректерді ашу негізі
paper-points = Тармақтар бойынша жауаптар
paper-point-number = №
paper-point-question = Сұрақ
paper-point-answer = Жауап
paper-files = Топтамада не бар
paper-file-name = Файл
paper-file-what = Мазмұны
paper-file-bytes = Байт
paper-file-rows = Журнал жазбалары
paper-file-digest = SHA-256
paper-verify-heading = Топтаманы қалай тексеруге болады
paper-verify-how = Желісіз орындаңыз: saqta verify топтама.zip. Не өзгергенін бағдарлама көрсетеді.
paper-verify-what = SHA-256 мәндерін осы құжаттағылармен салыстыра аласыз.

# Case file.

paper-signed-compiled = Материалдарды жинаған
paper-outcome = Нәтиже
paper-case-events = Не болды
paper-issued-papers = Берілген құжаттар
paper-issued-title = Құжат
paper-issued-at = Берілген уақыты
paper-issued-sent = Қалай жіберілді
paper-issued-digest = SHA-256
paper-issued-none = Құжат берілген жоқ.
paper-checkpoint = Журналдың күйі
paper-checkpoint-origin = Кімнің журналы
paper-checkpoint-size = Жазбалар саны
paper-checkpoint-root = Түбір (SHA-256)
paper-checkpoint-note = Қол қойылған күй, қол қойылған қалпында
paper-checkpoint-key = Қолтаңба кілті

# Extract of the ledger.

paper-extract-from = Кезеңнің басы
paper-extract-until = Кезеңнің соңы
paper-extract-filter = Жазбалар қалай таңдалды
paper-extract-entries = Журнал жазбалары
paper-signed-extracted = Үзіндіні жасаған

# Journal of requests.

paper-journal-from = Кезеңнің басы
paper-journal-until = Кезеңнің соңы
paper-journal-count = Өтініштер саны
paper-journal-open = Жауап күтіп тұрғаны
paper-journal-ended = Ісі жойылған нөмірлер
paper-journal-entries = Өтініштер
paper-journal-none = Бұл кезеңде өтініш болған жоқ.
paper-journal-arrived = № және қабылдау
paper-journal-who = Кім
paper-journal-what = Не туралы
paper-journal-term = Мерзімі және жауапты
paper-journal-deeds = Шаралар
paper-journal-end = Нәтиже
paper-journal-answer = Жауап
paper-entry-number = №
paper-entry-received = Қабылданды
paper-entry-channel = Арна
paper-entry-person = Өтініш беруші
paper-entry-representative = Өкіл
paper-entry-contact = Жауап мекенжайы
paper-entry-kind = Түрі
paper-entry-summary = Қысқаша мазмұны
paper-entry-identity = Жеке басты анықтау және нәтижесі
paper-entry-due = Мерзімі
paper-entry-due-because = Мерзімнің негізі
paper-entry-responsible = Жауапты
paper-entry-measures = Қабылданған шаралар
paper-entry-told = Үшінші тұлғаларға хабарланды
paper-entry-outcome = Нәтиже
paper-entry-basis = Нәтиженің негізі
paper-entry-answered = Жауап берілген күн
paper-entry-answer = Жауаптың нөмірі
paper-entry-sent = Қалай жіберілді
paper-entry-signed = Есептік жазба
paper-entry-act = Акт
paper-entry-waiting = жұмыста
paper-signed-journal = Журналды жүргізетін
