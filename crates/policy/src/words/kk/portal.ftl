# Деректер кім туралы болса, сол адамдарға арналған беттер.

portal-nav = Деректеріңіз
portal-home = Деректеріңіз
portal-home-why = Не істейтінімізді таңдаңыз. Тіркелу қажет емес: бұл сіз екеніңізді код көрсетеді.
portal-home-other = Сіз басқа адамның атынан жүгініп отырсыз. Не істейтінімізді таңдаңыз.
portal-within = Жауап беру мерзімі: { $term }.
portal-more = Тағы
portal-others = Басқа құқықтар
portal-status = Өтінішім қай кезеңде екенін көру
portal-for-other = Мен өкілмін
portal-for-myself = Мен өз атымнан жүгінемін
portal-policy = Саясатымызды оқу
portal-help = Көмек керек пе?
portal-help-write = Бізге жазыңыз:
portal-back = Өтінішке оралу

# Не істеуге болады, әрқайсысы бір сөйлеммен

portal-do-see = Не сақтайтынымызды және оны кім қарағанын түгел көрсетеміз.
portal-do-correct = Несі дұрыс емес екенін айтыңыз. Түзетіп, деректі алғандарға хабарлаймыз.
portal-do-stop-advertising = Жарнаманы бірден тоқтатамыз. Код қажет емес.
portal-do-withdraw = Келісімдерді таңдаңыз. Соларға сүйенген істі бірден тоқтатамыз.
portal-do-block = Деректер сақталады, бірақ оларды пайдаланбаймыз.
portal-do-destroy = Заңға не шартқа қажет емес деректің бәрін жоямыз.
portal-do-unblock = Бұғатты алып, деректерді қайта пайдаланамыз.
portal-do-stop-all = Бәрін тоқтатамыз. Заң талап ететіні ғана жалғасады.
portal-do-automated = Сіз туралы бағдарлама шешім шығарды ма? Енді адам қайта шешеді.
portal-do-show-conditions = Кейбір дерегіңіз жұрттың бәріне көріне ме? Тыйым салыңыз немесе шарт қойыңыз.
portal-do-question = Түсініксіз жерін сұраңыз. Қарапайым тілмен жауап береміз.
portal-do-complaint = Не болғанын жазыңыз. Тексеріп, жауап береміз.

# Пішіндер

portal-send = Жіберу
portal-contact = Поштаңыз немесе телефоныңыз
portal-contact-hint-code = Бізге бұрын бергеніңізді жазыңыз. Ол бізде болса, соған код жібереміз.
portal-contact-hint-find = Жарнама қайда келсе, соны жазыңыз.
portal-contact-hint-answer = Жауабымыз соған барады.
portal-contact-other = Кімнің атынан жүгінсеңіз, соның поштасы немесе телефоны
portal-contact-other-hint = Сол адам бізге бергенін жазыңыз. Деректі сол бойынша табамыз.
portal-name = Атыңыз (міндетті емес)
portal-name-hint = Хатта сізге осылай жүгінеміз.
portal-authority = Алдымен осы адамның атынан әрекет ете алатыныңызды көрсетіңіз. Қалай екенін өзіңізге жазамыз. Құжаттың көшірмесін сақтамаймыз.
portal-words = Өз сөзіңізбен (міндетті емес)
portal-words-hint = Құжат нөмірлері мен құпиясөздерді жазбаңыз.
portal-question = Сұрағыңыз
portal-complaint = Не болды
portal-automated = Қандай шешім және онымен неге келіспейсіз?
portal-conditions = Шарттарыңыз (міндетті емес)
portal-conditions-hint = Бос қалдырсаңыз, бұл деректерді ешкімге көрсетпейміз.
portal-ground = Несі дұрыс емес?
portal-rows = Қай деректер?
portal-rows-hint = Әр дерекке бір жол. Ол бізде мүлде болмауы керек болса, дұрысын жазбаңыз.
portal-row-which = { $row }-дерек
portal-row-value = { $row }-деректің дұрысы
portal-choose = Таңдаңыз
portal-consents-which = Қай келісімдерді қайтарып аласыз?
portal-consents-all = Бәрін қайтарып алу үшін ештеңе белгілемеңіз.
portal-values-which = Қай деректер?
portal-values-all = Бәрі болса, ештеңе белгілемеңіз.
portal-destroy-stays = Заңға не шартқа қажеті өз күніне дейін қалады. Ненің, неге, қай күнге дейін қалғанын айтамыз.
portal-destroy-undo = Алдымен деректерді бұғаттаймыз. Тағы { $term } ішінде ойдан қайтуға болады. Одан кейін оларды ешкім қайтара алмайды.

# Несі дұрыс емес

portal-fault = Әлі жіберілген жоқ
portal-minutes = { $minutes ->
    [one] Тым көп әрекет жасалды. { $minutes } минуттан кейін қайталаңыз.
   *[other] Тым көп әрекет жасалды. { $minutes } минуттан кейін қайталаңыз.
}
portal-refused = Өтінішпен енді бұлай істеуге болмайды.
portal-fault-contact_missing = Пошта мекенжайын немесе телефон нөмірін жазыңыз.
portal-fault-contact_malformed = Мекенжайды name@mail.example, ал нөмірді +7 700 000 00 00 үлгісімен жазыңыз.
portal-fault-words_missing = Бірер сөз жазыңыз.
portal-fault-words_too_long = Қысқарақ жазыңыз: 4000 таңбадан аспасын.
portal-fault-nothing_named = Қай дерек қате екенін таңдаңыз.
portal-fault-code_wrong = Код қате немесе ескірген. Оны тексеріңіз немесе жаңасын сұраңыз.
portal-fault-secret_wrong = Нөмір немесе құпия сөз қате.
portal-fault-nobody_on_file = Бұған сай дерек табылмады.
portal-fault-authority_missing = Өкілеттік жоқ немесе мерзімі өткен.
portal-fault-day_malformed = Бүгінгі не өткен күнді жазыңыз.
portal-fault-nothing_to_do = Мұны істеуге болмайды: деректер қажет.
portal-fault-proof_over = Бұл сіз екеніңізді тағы бір рет көрсетіңіз: кодты енгізіңіз.
portal-fault-ground_missing = Несі дұрыс емес екенін таңдаңыз.
portal-fault-value_missing = Дұрысын жазыңыз.
portal-fault-data_missing = Бұл қай дерек екенін таңдаңыз.

# Пішін жіберілгеннен кейін

portal-filed = Өтінішіңіз қабылданды
portal-filed-keep = Нөмір мен құпия сөзді жазып алыңыз. Өтінішті олар кез келген құрылғыда ашады.
portal-filed-once = Құпия сөзді тек қазір көрсетеміз.
portal-number = Өтініштің нөмірі
portal-secret = Құпия сөз
portal-secret-hint = Әріптер мен цифрлардың үш тобы.
portal-filed-confirm = Енді бұл сіз екеніңізді көрсетіңіз: біз жіберген кодты жазыңыз.
portal-filed-authority = Енді хатымызды күтіңіз. Осы адамның атынан әрекет ете алатыныңызды қалай көрсету керегі сонда айтылады.
portal-filed-nothing = Басқа ештеңе істеудің қажеті жоқ.
portal-filed-go = Жазып алдым. Әрі қарай

# Өтініштің беті

portal-request = № { $number } өтініш
portal-about-request = № { $number } өтініш туралы:
portal-asked = Не жаздыңыз
portal-code-title = Бұл сіз екеніңізді көрсетіңіз
portal-code-why = Егер { $contact } бізде болса, код соған кетті.
portal-code = Код
portal-code-hint = Алты цифр. 15 минут жарайды. Көшіріп қоюға болады.
portal-code-button = Растау
portal-code-again = Басқа код жіберу
portal-code-lost = Код келмеді ме?
portal-code-wait = Бірнеше минут күтіп, спам қалтасын қараңыз.
portal-code-other = Өтінішті бізге берген басқа байланысыңызбен қайта жіберіңіз.
portal-code-ask = Бізге сұрақ қойыңыз: басқа жолын табамыз.
portal-code-call = Немесе бізге қоңырау шалыңыз. Өзіміздегі нөмірге қайта хабарласамыз.
portal-undo = Деректерімді жоймаңыз
portal-undo-why = Осы уақытқа дейін ойдан қайтуға болады: { $until }.
portal-papers = Құжаттар
portal-pdf = PDF
portal-copy = Көшірмеңіз
portal-copy-why = Не сақтайтынымызды және оны кім қарағанын көріңіз. Өзіңізбен алып кетіңіз.
portal-copy-read = Осы бетте оқу
portal-copy-zip = Бәрі бір файлда (ZIP)
portal-copy-json = Бағдарламаларға арналған (JSON)
portal-fate-stopped = тоқтатылды
portal-fate-kept = тоқтатылды, деректер құлыптаулы
portal-consents = Келісімдеріңіз
portal-consent-given = Берілген күні: { $since }. Соңғы күні: { $until }.
portal-consent-ended = Күшін жойған күні: { $since }.
portal-consent-none = Берілмеген.
portal-consent-text = Мәтінін оқу
portal-consent-give = Осы келісімді беру
portal-consent-take-back = Осы келісімді қайтарып алу
portal-consent-certify = Осы келісім туралы анықтама алу
portal-anew-title = Бұл сіз екеніңізді тағы бір рет көрсетіңіз
portal-anew-why = Қауіпсіздік үшін деректеріңіз бен келісімдеріңіз код расталған соң 30 минут қана ашық. «Басқа код жіберу» түймесін басып, кодты енгізіңіз.
portal-channel-email = пошта
portal-channel-sms = SMS
portal-channel-phone = қоңырау
portal-channel-post = қағаз хат
portal-take-back = Өтінішті қайтарып алу
portal-take-back-why = Онда ол бойынша ештеңе істемейміз.
portal-case-file = Іс материалдарын жинау
portal-case-file-why = Органға немесе сотқа: журнал жазбаларымен бірге не болғанының бәрі.
portal-complain = Осы өтініш бойынша шағымдану
portal-close = Осы құрылғыда жабу
portal-close-why = Құрылғыны басқалар да пайдаланса, жабыңыз. Нөмір мен құпия сөз оны қайта ашады.
portal-done-confirmed = Рақмет. Енді бұл сіз екеніңізді білеміз.
portal-done-code-sent = Бұл байланыс бізде болса, оған басқа код кетті. Бұрынғысы енді жарамайды.
portal-done-consent-on = Келісім берілді.
portal-done-consent-off = Келісім қайтарып алынды. Оған сүйенген іс тоқтады.
portal-done-taken-back = Сіз өтінішті қайтарып алдыңыз.
portal-done-undone = Деректеріңізді жоймаймыз.

# Өтінішке қайта келу

portal-status-why = Жазып алған нөмір мен құпия сөзді енгізіңіз.
portal-status-button = Ашу
portal-status-lost = Құпия сөзді жоғалттыңыз ба? Өтінішті тағы бір рет жіберіңіз: жаңа нөмір мен құпия сөз аласыз.
portal-status-here = Осы құрылғыда ашылған өтінішке өту
portal-none-open = Бұл құрылғыда ашық өтініш жоқ.

# Хаттағы сілтеме

portal-confirm = Бұл сіз бе?
portal-confirm-why = Бізге деректеріңіз туралы өтініш келді: № { $number }, «{ $kind }». Оны сіз жіберсеңіз, түймені басыңыз. Сонда оның бетін тек сіз аша аласыз.
portal-confirm-button = Иә, бұл мен
portal-confirm-not-you = Сіз емес пе? Бетті жабыңыз. Онда ештеңе болмайды.
portal-link-done = Рақмет. Енді бұл сіз екеніңізді білеміз
portal-link-handed-over = Өтініш енді осы жерде, жаңа құпия сөзбен ашық. Бұрынғысы жарамсыз.
portal-link-over = Сілтеме жұмыс істемейді
portal-unsubscribe = Жарнамадан бас тарту
portal-unsubscribe-why = Түймені басыңыз, сонда біз сізге ешбір арна арқылы жарнама жібермейміз. Тапсырыстарыңыз туралы хаттар келе береді.
portal-unsubscribe-button = Жарнама жібермеу
portal-unsubscribed = Жарнама тоқтатылды
portal-unsubscribed-why = Осы сәттен бастап сізге жарнама жібермейміз. Қалаған уақытта оған қайта келісім бере аласыз.
portal-link-over-why = Ол пайдаланылған немесе ескірген. Өтінішті ашып, жаңасын сұраңыз.
