# Papers that are issued: acknowledgements, answers, acts, certificates.

# Every paper: title, header, foot.

paper-title-acknowledgement = Өтініш қабылданды. № { $number } растау
paper-title-refusal = Уәжді бас тарту № { $number }
paper-title-destruction-act = Дербес деректерді жою туралы акт № { $number }
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
