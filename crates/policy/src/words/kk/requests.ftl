# Не сұралады, ол қай кезеңде және жауап қашан беріледі.

# Не сұрауға болады: атауы және адам сөзімен әрекет

request-kind-access = деректерге қол жеткізу
request-kind-rectification = түзету
request-kind-restriction = бұғаттау
request-kind-unrestriction = бұғаттауды алып тастау
request-kind-destruction = жою
request-kind-withdrawal = келісімді кері қайтарып алу
request-kind-stop = барлық өңдеуді тоқтату
request-kind-objection = қарсылық
request-kind-dissemination = тарату шарттары
request-kind-explanation = сұрақ
request-kind-complaint = шағым
request-kind-authority = органның сұрау салуы
request-do-access = Мен туралы не сақтайтыныңызды көру
request-do-rectification = Деректерімді түзету
request-do-restriction = Деректерімді уақытша бұғаттау
request-do-unrestriction = Бұғаттауды алып тастау
request-do-destruction = Деректерімді жою
request-do-withdrawal = Келісімді кері қайтарып алу
request-do-stop = Деректерімді өңдеуді толық тоқтату
request-do-objection = Қарсылық білдіру
request-do-dissemination = Деректерімді көрсету шарттарын қою
request-do-explanation = Сұрақ қою
request-do-complaint = Шағымдану
request-do-authority = Органның сұрау салуын енгізу
request-objection-marketing = Хат жіберуді тоқтату
request-objection-automated_decision = Шешімді адам қайта қабылдасын

# Деректердің несі дұрыс емес

request-ground-incomplete = Деректер толық емес
request-ground-out_of_date = Деректер ескірген
request-ground-inaccurate = Деректер қате
request-ground-unlawfully_obtained = Деректер заңсыз алынған
request-ground-not_needed = Бұл деректер сізге қажет емес

# Қалай келді және кім сұрайды

request-intake-portal = адамдарға арналған бет
request-intake-api = бағдарламаларға арналған интерфейс
request-intake-mail = электрондық пошта
request-intake-phone = қоңырау
request-intake-paper = қағаз хат
request-applicant-subject = адамның өзі
request-applicant-representative = өкіл
request-applicant-authority = орган

# Кім өтінгені қалай көрсетілді

request-rung-nothing = қажет емес
request-rung-secret = өтініштің нөмірі мен құпиясы
request-rung-contact_code = белгілі байланысқа жіберілген код немесе сілтеме
request-rung-shop_token = дүкенге кіру
request-rung-order_facts = тапсырыс туралы фактілер және кері қоңырау
request-rung-representative = өкілеттік көрілді, көшірмесі сақталмайды

# Өтініш қай кезеңде, адамдар оқитын сөздермен

request-accepted = Қабылданды: { $number }, { $date }.
request-state-awaiting_identity = Бұл сіз екеніңізді растауыңызды күтеміз
request-state-in_progress = Жұмыста
request-state-undoable = Жұмыста: деректер бұғатталған, әлі де ойдан қайтуға болады
request-state-done = Орындалды
request-state-partly = Ішінара орындалды
request-state-refused = Бас тартылды
request-state-taken_back = Сіз кері алдыңыз
request-state-lapsed = Жабылды: кім өтінгенін ешкім растамады

# Басқа өтініш оған кім

request-relation-duplicate = екі рет жіберілген дәл сол өтініш
request-relation-repeats = жауаптан кейін қайта берілген дәл сол өтініш
request-relation-together = бірге шешілетін өтініш
request-relation-same_letter = сол хаттағы өтініш

# Не болды

request-event-filed = қабылданды
request-event-identified = кім өтінгені анықталды
request-event-identity_failed = жеке басын тексеру сәтсіз болды
request-event-documents_seen = құжаттар көрілді
request-event-paused = мерзім тұр
request-event-resumed = мерзім қайта жүр
request-event-extended = мерзім ұзартылды
request-event-reclassified = бұрын басқаша түсінілген
request-event-related = басқа өтінішпен байланысты
request-event-planned = жоспар жасалды
request-event-approved = жоспар мақұлданды
request-event-scheduled = тағайындалды, болдырмауға болады
request-event-undone = болдырылмады
request-event-executed = орындалды
request-event-answered = жауап берілді
request-event-taken_back = кері алынды
request-event-lapsed = растаусыз жабылды
request-event-noted = белгі

# Не істелді

request-effect-marketing_stopped = жарнама тоқтатылды
request-effect-consents_withdrawn = келісімдер кері қайтарылды
request-effect-processing_stopped = барлық өңдеу тоқтатылды
request-effect-restricted = деректер бұғатталды
request-effect-unrestricted = бұғаттау алынды
request-effect-rectified = деректер түзетілді
request-effect-copy_made = көшірме дайын
request-effect-conditions_set = шарттар қойылды
request-effect-decided_anew = шешімді адам қабылдады
request-effect-destroyed = деректер жойылды
request-effect-nothing_held = деректер қалмаған
request-effect-destruction_verified = жою тексерілді
request-effect-recipients_told = алушыларға хабарланды
request-effect-pack_made = органға арналған пакет дайын

# Қай күнге дейін және неге

request-due-letter = { $by }: бұл күн органның хатында аталған.
request-due-law = { $by }: заң бойынша «{ $label }» мерзімі { $term } ({ $source }).
request-due-promise = { $by }: саясатымыздың { $clause }-тармағы бойынша жауап мерзімі { $term }.
request-due-none = Күні жоқ: саясат та, заң да мерзім атамайды.
request-days-off-unknown = { $year } жылдың демалыс күндері әлі белгісіз: нақты күн кейінірек болуы мүмкін.
request-term-paused = Мерзім қазір тұр.
request-overdue = Мерзімі өтті: соңғы күні { $date } еді.
request-was-late = Жауап кешікті: соңғы күні { $date } еді.
request-past-target = Мерзімнің жартысынан көбі өтті.
request-term-none = өз мерзімі жоқ
request-keep-none = заң бойынша талап қоюға болатын уақыт
request-counts-from-filed = келген сәттен
request-counts-from-identified = кім өтінгені белгілі болған сәттен
request-counts-from-documents = растайтын құжаттардан
request-term-h = { $count } сағат
request-term-wd = { $count } жұмыс күні
request-term-d = { $count } күнтізбелік күн
request-term-m = { $count } ай

# Күндер

date-at = { $date }, { $time }
date-1 = { $year } жылғы { $day } қаңтар
date-2 = { $year } жылғы { $day } ақпан
date-3 = { $year } жылғы { $day } наурыз
date-4 = { $year } жылғы { $day } сәуір
date-5 = { $year } жылғы { $day } мамыр
date-6 = { $year } жылғы { $day } маусым
date-7 = { $year } жылғы { $day } шілде
date-8 = { $year } жылғы { $day } тамыз
date-9 = { $year } жылғы { $day } қыркүйек
date-10 = { $year } жылғы { $day } қазан
date-11 = { $year } жылғы { $day } қараша
date-12 = { $year } жылғы { $day } желтоқсан
date-by-1 = { $year } жылғы { $day } қаңтардан кешіктірмей
date-by-2 = { $year } жылғы { $day } ақпаннан кешіктірмей
date-by-3 = { $year } жылғы { $day } наурыздан кешіктірмей
date-by-4 = { $year } жылғы { $day } сәуірден кешіктірмей
date-by-5 = { $year } жылғы { $day } мамырдан кешіктірмей
date-by-6 = { $year } жылғы { $day } маусымнан кешіктірмей
date-by-7 = { $year } жылғы { $day } шілдеден кешіктірмей
date-by-8 = { $year } жылғы { $day } тамыздан кешіктірмей
date-by-9 = { $year } жылғы { $day } қыркүйектен кешіктірмей
date-by-10 = { $year } жылғы { $day } қазаннан кешіктірмей
date-by-11 = { $year } жылғы { $day } қарашадан кешіктірмей
date-by-12 = { $year } жылғы { $day } желтоқсаннан кешіктірмей
