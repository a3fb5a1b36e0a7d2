# Өтініштер бойынша құжаттар мен хаттардың сөздері, өріс атауларынан басқа.

answer-by-system = жүйе, оператордың саясаты бойынша
answer-responsible = дербес деректерге жауапты адам
answer-to-page = өтініштің беті
answer-sent-page = өтініштің бетінде
answer-your-request = сіздің өтінішіңіз
answer-refused = { $operation }: бас тартылды
answer-basis-term = саясатта көрсетілген мерзім
answer-until-ground-ends = осы негіз күшінде тұрғанда
answer-ground-asked = адамның өзі сұраған
answer-block-allows = тек сақтау
answer-block-until = бұғаттау алынады немесе деректер жойылады
answer-evidence-own-word = адамның өз сөзі
answer-fact-identity = Кім өтініш бергені қалай расталды: { $identity }.
answer-marketing-stopped = Тоқтаттық. Бізден ешбір арна арқылы жарнама келмейді.
answer-conditions-set = Тыйымдарыңыз қойылды. Өзіңіз рұқсат бермейінше бұл деректер ешкімге көрсетілмейді.
answer-nothing-to-withdraw = Кері қайтарып алатын келісіміңіз бізде жоқ. Келісім бойынша ештеңе жасалмайды.
answer-all-ended = Заң немесе шарт бойынша сақталғаны да аяқталды. Бұл деректерден ештеңе қалған жоқ.
answer-nothing-help = Бізге берген басқа поштаңызды, телефоныңызды немесе тапсырыс нөмірін айтыңыз.
answer-masked-other-person = бұл басқа адамның деректері
answer-document = құжат ({ $type }, { $bytes } байт), көшірме файлына қоса берілген
answer-method = компьютерде; мақсатта көрсетілген жерде қызметкерлер қатысады
answer-place = дерекқорларда, ел: { $country }
answer-abroad = { $recipient }, { $country }: саясатта аталған; тек келісіміңізден және органға хабарлағаннан кейін
answer-access-staff = осы мақсатта жұмыс істейтін, міндеттемеге қол қойған қызметкерлер
answer-access-programs = оператордың бағдарламалары, әрқайсысы өз мақсаты үшін
answer-measure-1 = әр адамның деректері оның өз кілтімен шифрланған
answer-measure-2 = қолжетімділік мақсат пен рөл бойынша, міндеттемеге қол қойылғаннан кейін
answer-measure-3 = әр әрекет қол қойылған журналға жазылады
answer-measure-4 = аяқталған деректер кілтімен бірге жойылады
answer-actor-key = оператордың бағдарламасы
answer-actor-system = жүйенің өзі
answer-actor-staff = қызметкер
answer-actor-subject = сіз
answer-source-subject = сіз
answer-source-representative = сіздің өкіліңіз
answer-source-staff = қызметкер, құжаттан немесе қоңыраудан
answer-source-import = сатып алушылардың бұрынғы базасы
answer-source-other = басқа адам
answer-act-person = { $case } ісі, № { $number } өтініш
answer-act-method = кілттер қалпына келтірілмейтіндей жойылды; оларсыз бірде-бір көшірмені оқу мүмкін емес
answer-act-reason = { $kind }, адамның өтініші бойынша
answer-act-system = Saqta, оператордың дербес деректер ақпараттық жүйесі
answer-journal-ended = іс жойылды
answer-pack-policy = жарияланған саясат ({ $language })
answer-pack-executed = саясаттың орындалатын түрі
answer-pack-purposes = мақсаттар тізілімі
answer-pack-journal = есімсіз өтініштер журналы
answer-pack-proofs = құжаттардың қол қойылған журналда тұрғанының дәлелдері

# Хаттар

letter-code-subject = № { $number } өтініштің коды
letter-code-why = Бізден сұрады: { $kind }. Өтініштің нөмірі { $number }. Бұл сіз екеніңізді растаңыз.
letter-code-code = Сіздің кодыңыз: { $code }. Ол 15 минут жарамды.
letter-code-link = Немесе бетті ашып, түймені басыңыз. Сілтеме 24 сағат жарамды: { $link }
letter-code-not-you = Бұл сіз болмасаңыз, ештеңе істемеңіз. Кодсыз ештеңе көрсетпейміз және өзгертпейміз.
letter-code-sms = № { $number } өтініштің коды: { $code }. 15 минут жарамды.
letter-represented-subject = № { $number } өтініш: біреу сіздің атыңыздан әрекет етемін дейді
letter-represented-what = Біреу сіздің атыңыздан әрекет етуге құқығым бар деп, сіздің атыңыздан өтініш берді: { $kind }, № { $number }.
letter-represented-before = Ол өз өкілеттігін қызметкерлерімізге көрсеткенше, оған сіз туралы ештеңе айтылмайды және деректеріңізбен ештеңе жасалмайды.
letter-represented-not-you = Бұл туралы білмесеңіз, осы хатқа жауап беріңіз немесе бізге қоңырау шалыңыз: өтінішті тоқтатамыз.
letter-represented-sms = Сіздің атыңыздан № { $number } өтініш берілді: біреу сіздің атыңыздан әрекет етемін дейді. Бұл туралы білмесеңіз, дүкенге қоңырау шалыңыз.
letter-answered-subject = № { $number } өтінішке жауап дайын
letter-answered = Сіздің № { $number } өтінішіңіз: { $outcome }.
letter-answered-page = Жауапты осы жерден оқыңыз. Өтініштің нөмірі мен құпиясы керек: { $page }
letter-closing = { $operator }
    Деректеріңіз туралы сұрақтар: { $email }

# Өтініш неге бұлай қабылданбайды

request-fault-contact_missing = Пошта мекенжайын немесе телефон нөмірін жазыңыз.
request-fault-contact_malformed = Бұл пошта мекенжайына да, телефонға да ұқсамайды. Тексеріңіз.
request-fault-words_missing = Не туралы екенін сөзбен жазыңыз.
request-fault-words_too_long = Тым ұзақ. 4000 таңбадан асырмаңыз.
request-fault-nothing_named = Кемінде бір мәнді және оның дұрысын жазыңыз.
request-fault-code_wrong = Код қате немесе ескірген. Тексеріңіз немесе жаңасын сұраңыз.
request-fault-secret_wrong = Нөмір немесе құпия қате.
request-fault-nobody_on_file = Бұл байланыс бойынша бізде ешкім жоқ.
request-fault-authority_missing = Құжатты, оның нөмірін және соңғы күнін жазыңыз. Ол әлі күшінде болуы керек.
request-fault-day_malformed = Күнді былай жазыңыз: 2026-03-24. Ол болашақта болмауы керек.
request-fault-nothing_to_do = Қазір мұнда істейтін ештеңе жоқ: бізде бұл жоқ немесе бәрі әлі керек.
request-fault-proof_over = Алдымен кім өтініш бергенін қайта көрсету керек: кодты енгізіңіз.
