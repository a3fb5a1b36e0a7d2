# Жарияланған мәтінді тексеру не табады. Әр табылғанның сөзі және `-todo` деген шешімі бар.

finding-text-not-utf8 = Осы жерден бастап файл UTF-8 емес; windows-1251 немесе басқа ескі кодтауға ұқсайды.
finding-text-not-utf8-todo = оны UTF-8 кодтауында қайта сақтап («Басқаша сақтау», UTF-8), тағы тексеріңіз
finding-text-utf16 = Файл UTF-16 түрінде сақталған, редакторлар оны «Юникод» дейді.
finding-text-utf16-todo = оны UTF-8 кодтауында қайта сақтап, тағы тексеріңіз
finding-text-binary = Файл қарапайым мәтін емес.
finding-text-binary-todo = мәтінді құжаттан (Word, PDF) бөлек файлға көшіріңіз: Markdown немесе қарапайым мәтін
finding-text-empty = Мәтін бос.
finding-text-empty-todo = жарияланған саясат тұрған файлды атаңыз
finding-text-without-clauses = Мәтінде нөмірленген тармақ жоқ: бірде-бір уәдеге сілтеме жасау мүмкін емес.
finding-text-without-clauses-todo = нөмірлеңіз: «## 5. …» тақырыбы немесе «5.2. …» абзацы
finding-text-wall = Бір абзацта { $count } таңба бар: одан уәдені ешкім таппайды.
finding-text-wall-todo = оны нөмірі бар тармақтар мен тармақшаларға бөліңіз
finding-markup-live = Мәтінде браузер орындайтын немесе басқа жерден жүктелетін код бар.
finding-markup-live-todo = алып тастаңыз: саясат — мәтін, ал мұндай код әр кірушіні келісімнен бұрын көреді
finding-markup-raw = Мәтінде HTML тегтері бар; Markdown-ды қауіпсіз көрсететін беттер оларды әріппен шығарады.
finding-markup-raw-todo = Markdown-мен жазыңыз: тақырыпқа #, тармақшаға -, қалың қаріпке **

finding-clause-twice = { $number } тармағы осында және { $line }-жолда тұр.
finding-clause-twice-todo = біріне өз нөмірін беріңіз: оған сілтеме енді екі жерді білдіреді
finding-clause-gap = Мұнда { $number } тармағы тұр, ал одан бұрын { $missing } жоқ.
finding-clause-gap-todo = үзбей нөмірлеңіз немесе тармақ алынып тасталғанын жазыңыз
finding-clause-backwards = { $number } тармағы { $before } тармағынан кейін тұр.
finding-clause-backwards-todo = тармақтарды ретімен қойыңыз немесе келесі нөмірді беріңіз
finding-clause-wrong-parent = { $number } тармағы { $section } бөлімінде тұр.
finding-clause-wrong-parent-todo = өз бөліміне көшіріңіз немесе тұрған бөлімінің нөмірін беріңіз
finding-clause-without-section = { $number } тармағының өз бөлімі жоқ, ол { $section } бөлімінде тұр.
finding-clause-without-section-todo = оның бөлімінің тақырыбын қосыңыз немесе тұрған бөлімінің нөмірін беріңіз
finding-heading-levels = Тақырып деңгейі ({ $level }) басқа бөлімдерден ({ $usual }) өзгеше: { $numbers }.
finding-heading-levels-todo = барлық бөлімге бір деңгей беріңіз: мазмұн мен экран оқитын бағдарлама соған қарайды
finding-clause-headings-mixed = Көрші тармақтардан ({ $usual }; «—» — жай абзац) басқаша ({ $level }) басталады: { $numbers }.
finding-clause-headings-mixed-todo = тереңдігі бірдей тармақтар бірдей басталсын
finding-number-formats = Мұнда нөмір «{ $number }» деп, басқа жерде «{ $usual }» деп жазылған.
finding-number-formats-todo = тереңдігі бірдей нөмірлерді бірдей жазыңыз
finding-reference-missing = Мәтін { $number } тармағына сілтейді, ал ол жоқ.
finding-reference-missing-todo = нөмірді түзетіңіз немесе тармақты қосыңыз

finding-sentence-torn = Абзац сөйлемнің ортасында үзіліп, { $line }-жолда жалғасады.
finding-sentence-torn-todo = екі абзацты біріктіріңіз
finding-sentence-without-verb = Бұл сөйлемде баяндауыш жоқ: бір бөлігі түсіп қалған сияқты.
finding-sentence-without-verb-todo = сөйлемді аяқтаңыз: жарты уәде ешкімді міндеттемейді
finding-sentence-small-letter = Сөйлем кіші әріптен басталады: «{ $word }».
finding-sentence-small-letter-todo = бас әріппен жазыңыз немесе алдындағы сөздер түсіп қалмағанын қараңыз
finding-clause-unfinished = Тармақ нүктесіз аяқталған.
finding-clause-unfinished-todo = сөйлемді аяқтаңыз немесе түсіп қалғанын қайтарыңыз
finding-clause-repeats = Бұл сөздер { $clause } тармағында ({ $line }-жол) бұрыннан тұр.
finding-clause-repeats-todo = бір рет айтып, сілтеме жасаңыз: екі көшірменің бірі өзгеріп, бірі ұмытылады
finding-term-small-letter = «{ $term }» термині бас әріппен анықталған, ал сөйлемдер кіші әріппен басталады.
finding-term-small-letter-todo = терминді анықталғанындай жазыңыз

finding-contact-placeholder = { $address } үлгіден қалған мекенжайға ұқсайды: хат бөтен адамға түседі немесе ешкімге жетпейді.
finding-contact-placeholder-todo = өзіңіз оқитын мекенжайды қойыңыз: адамдардың өтініші мен мерзімдері содан басталады
finding-mailbox-abroad = Пошта жәшігі { $host } қызметінде, елі { $country }: сонда жіберілген әр өтініш { $storage } шегінен шығады.
finding-mailbox-abroad-todo = өтінішті { $storage } ішіндегі жәшікке қабылдаңыз немесе шекара асатынын айтып, келісім алыңыз
finding-contact-other-domain = Хаттар { $host } мекенжайына барады, ал сайт — { $site }.
finding-contact-other-domain-todo = сайттың өз доменінде жәшік ашыңыз: адам хаты кімге жететінін білуге тиіс
finding-contact-missing = Мәтінде электрондық мекенжай да, телефон да жоқ.
finding-contact-missing-todo = сұрау салуды, келісімді кері қайтаруды және шағымды қайда жіберу керегін айтыңыз

finding-never-passed-but-recipients = Мәтін деректер үшінші тұлғаларға ешқашан берілмейді дейді: «{ $said }». Ал { $clause } тармағында ({ $line }-жол) алушылар аталған: «{ $other }».
finding-never-passed-but-recipients-todo = кім, нені және не үшін алатынын айтыңыз; заң келісімде анық «иә» немесе «жоқ» деуді талап етеді
finding-never-passed-but-disseminated = Әрекеттер тізімінде тарату бар: «{ $said }». Ал { $clause } тармағында ({ $line }-жол) деректер ешқашан берілмейді делінген: «{ $other }».
finding-never-passed-but-disseminated-todo = таратуды тізімнен алып тастаңыз немесе кімге және қашан берілетінін айтыңыз
finding-visitors-only-but-recipients = Мәтін тек сайтқа кірушілер туралы: «{ $said }». Ал { $clause } тармағында ({ $line }-жол) басқалардың деректері алынады: «{ $other }».
finding-visitors-only-but-recipients-todo = деректері алынатын адамдардың бәрін атаңыз: сатып алушылар, сәлемдеме алушылар, серіктестер
finding-no-border-crossed-but-abroad = Мәтін деректер шетелге кетпейді дейді: «{ $said }». Ал { $clause } тармағында ({ $line }-жол) шетелдегі нәрсе аталған: «{ $other }».
finding-no-border-crossed-but-abroad-todo = бұл қызметтен бас тартыңыз немесе беруді, елін және оған келісімді атаңыз
finding-two-deadlines = Бір міндетке ({ $duty }) екі мерзім: мұнда «{ $said }», { $line }-жолда «{ $other }».
finding-two-deadlines-todo = бірін қалдырыңыз; оған дейін қысқарағы міндеттейді

finding-law-edition-stale = Мәтін заңның { $date } күнгі редакциясына сүйенеді. Содан бері өзгерген: { $editions }.
finding-law-edition-stale-todo = мәтінді { $current } күнгі редакциямен салыстырыңыз немесе «өңдеу күні қолданыстағы редакцияда» деп жазыңыз
finding-law-not-named = Мәтін қай заңға сүйенетінін атамайды.
finding-law-not-named-todo = атаңыз: { $law }

finding-needed = Мәтінде айтылмаған: { $name }.
finding-needed-todo = қосыңыз
finding-identifier-wrong = { $number } — мұндай сәйкестендіру нөмірі берілуі мүмкін емес: цифрлары немесе бақылау цифры келмейді.
finding-identifier-wrong-todo = он екі цифрды тіркеу құжатынан қайта көшіріңіз
finding-recipients-unnamed = Алушылардың түрі аталған («{ $said }»), ал бірде-біреуінің аты жоқ.
finding-recipients-unnamed-todo = әрқайсысын атаңыз: атауы, елі, нені және не үшін алады
finding-promise-law = Мәтін: «{ $said }». Заң: { $law }. Заң қатаңырақ, сол қолданылады.
finding-promise-law-todo = заңды ұстаныңыз
finding-promise-policy = Мәтін: «{ $said }». Заң: { $law }. Мәтін көбірек уәде етеді, ол сізді міндеттейді.
finding-promise-policy-todo = уәдені орындаңыз немесе алып тастаңыз
finding-deadline-longer = { $duty }: мәтінде «{ $said }», заң: { $law }. Заң қатаңырақ, сол қолданылады.
finding-deadline-longer-todo = мерзімді заңдағыға дейін қысқартыңыз
finding-deadline-shorter = { $duty }: мәтінде «{ $said }», заң: { $law }. Мәтін көбірек уәде етеді, ол сізді міндеттейді.
finding-deadline-shorter-todo = мерзім сақталатынына көз жеткізіңіз немесе заңнан артық уәде бермеңіз
finding-deadline-own = { $duty }: мәтінде «{ $said }». Заң: { $law }. Мәтін көбірек уәде етеді, ол сізді міндеттейді.
finding-deadline-own-todo = мерзім сақталатынына көз жеткізіңіз және жұмыс күні екенін айтыңыз

findings-errors = { $count ->
    [one] ── { $count } қате: мәтін бұл күйінде тұра алмайды ──
   *[other] ── { $count } қате: мәтін бұл күйінде тұра алмайды ──
}
findings-warnings = { $count ->
    [one] ── { $count } ескерту: қарап шығу керек ──
   *[other] ── { $count } ескерту: қарап шығу керек ──
}
findings-notes = { $count ->
    [one] ── { $count } ескертпе ──
   *[other] ── { $count } ескертпе ──
}
findings-clauses = { $count ->
    [one] { $count } тармақ табылды (жақшада жолы мен тармақшалары):
   *[other] { $count } тармақ табылды (жақшада жолы мен тармақшалары):
}
findings-source = дереккөз: { $source }
findings-stricter-law = қатаңырағы: заң
findings-stricter-policy = қатаңырағы: мәтін
findings-also = мына жолдарда да: { $lines }
findings-summary = { $name }: қате { $errors }, ескерту { $warnings }, ескертпе { $notes }. Мәтін тілі «{ $language }», «{ $law }» заңы { $edition } күнгі редакцияда.
