# Жүйенің қазақша сөздері. Әр хабар үш тілде, бірдей айнымалылармен жазылған.

# Refusals: what happened, and what would be needed

not_authorised = Кілтке осы мақсат үшін бұл әрекетке рұқсат берілмеген.
    .needs = Рұқсат аясында осы әрекет те, осы мақсат та аталған кілт қажет.
no_undertaking = Кілт иесі жария етпеу туралы міндеттемеге қол қоймаған.
    .needs = Міндеттемеге қол қойыңыз; оның нөмірі мен күні кілтке енгізіледі.
purpose_unknown = Саясатта мұндай мақсат жоқ.
    .needs = Саясатта жарияланған мақсатты көрсетіңіз.
operation_not_declared = Саясатта «{ $purpose }» мақсаты үшін мұндай әрекет көзделмеген.
    .needs = Әрекетті осы мақсат үшін саясаттың жаңа редакциясында жариялау керек.
attribute_unknown = Саясатта мұндай мәліметтер жоқ: { $attributes }.
    .needs = Тек саясатта жарияланған мәліметтерді жіберіңіз.
attribute_not_needed = «{ $purpose }» мақсатына мыналар қажет емес: { $attributes }.
    .needs = Бұл мәліметтерді алып тастаңыз.
no_personal_data = «{ $purpose }» мақсаты дербес деректерді мүлде пайдаланбайды.
    .needs = Ол үшін дербес деректерді жібермеңіз.
attribute_missing = Мақсатқа жету үшін керек мәліметтер жетіспейді: { $attributes }.
    .needs = Оларды қосыңыз.
basis_not_in_law = Қолданыстағы заңда бұл мақсаттың негізі көзделмеген.
    .needs = Заң білетін негіз қажет, мысалы келісім.
purpose_stopped = «{ $purpose }» мақсаты үшін бүкіл өңдеу тоқтатылған.
    .needs = Оны тек әкімші қайта бастай алады.
no_record = Осы мақсат қарай алатын жерде бұл адам туралы ештеңе жоқ.
    .needs = Алдымен осы мақсат үшін деректерді жинаңыз немесе керекті адамды көрсетіңіз.
subject_stopped = Адам бүкіл өңдеуді тоқтатуды талап етті.
    .needs = Ештеңе көмектеспейді: заң немесе орындалмаған міндеттеме талап ететіні ғана жалғасады.
blocked = Деректер бұғатталған.
    .needs = Бұғаттаудың аяқталуын күтіңіз немесе оны алып тастауды сұраңыз.
no_consent = Адам келісім бермеген.
    .needs = Жарияланған мәтінді көрсетіп, осы мақсатқа келісім сұраңыз.
consent_refused = Адам келісуден бас тартты.
    .needs = Қайта сұрамаңыз: адам өзі қаласа келісім береді.
consent_withdrawn = Адам келісімін кері қайтарып алды.
    .needs = Өз еркімен берілген жаңа келісім қажет.
consent_expired = Келісімнің мерзімі өтіп кетті.
    .needs = Жаңа келісім қажет.
consent_outgrown = Келісім берілгеннен кейін саясат кеңейді, ол бүгінгі өңдеуді қамтымайды.
    .needs = Қолданыстағы редакция бойынша келісім сұраңыз.
channel_unknown = Саясатта бұл арна бойынша келісім көзделмеген.
    .needs = Мақсат үшін жарияланған арнаны көрсетіңіз.
text_unknown = Келісім саясатта жарияланбаған мәтінге сілтейді.
    .needs = Жарияланған мәтінді көрсетіп, оның бақылау сомасын жіберіңіз.
parent_missing = Адам 18 жасқа толмаған: келісім ата-анасымен бірге берілсе, ал 14 жасқа дейін ата-анасы берсе ғана жарамды.
    .needs = Ата-анасынан сұраңыз да, соны көрсетіңіз: 14 жастан given_by together, 14-ке дейін representative.
no_ground = Негіздің растамасы жоқ.
    .needs = Оны көрсетіңіз: тапсырыстың нөмірі, актінің нөмірі, жарияланған жері.
purpose_reached = Мақсатқа жеттік; әлі сақтаулы тұрғаны құлыптаулы.
    .needs = Жаңа негіз қажет: мақсат аяқталған соң сақталғаны пайдаланылмайды.
incompatible = Бұл мәліметтер үйлесімді деп жарияланбаған басқа мақсат үшін жиналған: { $attributes }.
    .needs = Оларды осы мақсат үшін жинаңыз немесе саясаттың жаңа редакциясында мақсаттарды үйлесімді деп жариялаңыз.
not_held = Бұл мәліметтер бізде жоқ: { $attributes }.
    .needs = Алдымен оларды жинаңыз.
held = Жоюға тыйым салынған.
    .needs = Тыйымның мерзімі бітуі немесе ол алынуы керек.
still_needed = Деректерді сақтау негізі әлі қолданыста.
    .needs = Оның аяқталуын күтіңіз.
link_not_declared = Бұл жазбаларды байланыстыруға жарияланған негіз жоқ.
    .needs = Екі мақсаттың байланысын саясатта жариялау керек.
nothing_to_lift = Мұндай бұғаттау немесе тыйым жоқ.
    .needs = Қолданыстағысын көрсетіңіз.
nothing_to_withdraw = Кері қайтарып алатын келісім жоқ.
    .needs = Ештеңе қажет емес: бұл мақсатқа қолданыстағы келісім жоқ.
recipient_unknown = Саясатта мұндай алушы жоқ.
    .needs = Саясатта жарияланған алушыны атаңыз.
recipient_not_named = «{ $purpose }» мақсаты үшін бұл алушыға ештеңе ұсынылмайды.
    .needs = Алушы саясаттың жаңа редакциясында осы мақсат үшін аталып, адамдарға хабарлануға тиіс.
recipient_gets_no_such_data = «{ $purpose }» мақсаты үшін бұл алушыға мыналар берілмейді: { $attributes }.
    .needs = Бұл деректерді алып тастаңыз немесе алушыға берілетінін саясаттың жаңа редакциясында жариялаңыз.
no_agreement = Бұл күні алушыны құпияны сақтауға міндеттейтін қолданыстағы шарт жоқ.
    .needs = Құпияны сақтау міндеті бар, саясатқа енгізілген қолданыстағы шарт керек.
notice_missing = Алушы шетелде, ал деректерді беру туралы уәкілетті органға жіберілген хабарлама жоқ.
    .needs = Нөмірі, күні және қолхаты бар хабарлама керек. Бағдарламаның бұл нұсқасы оны әлі есепке ала алмайды, сондықтан шетелге берудің бәрінен бас тартылады.
event_unknown = Саясатта мұндай оқиға жоқ.
    .needs = Мақсатты бастайтын немесе аяқтайтын оқиғаны көрсетіңіз.
too_many_persons = Кілттің шегінен көп адамның деректері оқылды.
    .needs = Күте тұрыңыз, азырақ сұраңыз немесе шекті көтеруді өтініңіз.
request_closed = Өтініш жабылды.
    .needs = Жаңа өтініш беріңіз; бұған тек белгі қосуға болады.
out_of_turn = Өтініштің қазіргі кезеңінде бұлай жасауға болмайды.
    .needs = Өтініштің қай кезеңде екенін қарап, келесі қадамды жасаңыз.
identity_not_proven = Кім өтінгені жеткілікті түрде көрсетілмеді.
    .needs = Белгілі байланысқа жіберілген код, дүкен токені, тапсырыс туралы фактілер немесе көрілген өкілеттік.
term_stands = Бұл себеппен немесе осыншаға мерзімді өзгертуге болмайды.
    .needs = Уақытында жауап беріңіз; мерзім бітпей тұрып, құқық пакетіндегі себеппен ғана ұзарады.
plan_missing = Не істелетіні алдын ала жазылмады.
    .needs = Жоспар: не тоқтайды, не қалады, неге және қай күнге дейін.
second_person_missing = Екінші қызметкердің сөзі қажет.
    .needs = Жоспарды жасаған адамнан басқа біреудің мақұлдауы.
undo_running = Мұны болдырмауға болатын уақыт әлі бітпеді.
    .needs = Орындауды тағайындап, сол уақыттың бітуін күтіңіз.
undo_over = Мұны болдырмауға болатын уақыт бітті.
    .needs = Енді ештеңе көмектеспейді: ол орындалып жатыр.
not_yet = Оның уақыты келген жоқ.
    .needs = Күтіңіз немесе сағатты түзетіңіз.

# Where a refusal comes from

clause = { $clause }-тармақ

# Operations (clauses 2.6 and 8.1)

operation-collection = жинау
operation-recording = жазу
operation-systematisation = жүйелеу
operation-accumulation = жинақтау
operation-storage = сақтау
operation-rectification = нақтылау
operation-updating = жаңарту
operation-alteration = өзгерту
operation-retrieval = іздеп алу
operation-use = пайдалану
operation-transfer = беру
operation-dissemination = тарату
operation-provision = ұсыну
operation-access = қолжетімділік
operation-depersonalisation = иесіздендіру
operation-blocking = бұғаттау
operation-erasure = өшіру
operation-destruction = жою

# Grounds (clause 6)

basis-consent = келісім
basis-law = заң
basis-justice = сот төрелігі
basis-contract = шарт
basis-legitimate_interest = заңды мүдде
basis-made_public = адам өзі жария еткен деректер
basis-publication_required = міндетті жариялау
basis-none = дербес деректерсіз

# Ends of processing (clause 7.10)

end-purpose_reached = мақсатқа қол жеткізілді
end-consent_expired = келісімнің мерзімі өтті
end-consent_withdrawn = келісім кері қайтарып алынды
end-stop_demanded = өңдеуді тоқтату талап етілді
end-unlawful = өңдеу заңсыз болып шықты

# Reasons for a block (clause 4.1)

reason-incomplete = деректер толық емес
reason-out_of_date = деректер ескірген
reason-inaccurate = деректер дәл емес
reason-unlawfully_obtained = деректер заңсыз алынған
reason-not_needed = деректер мақсатқа қажет емес
reason-ordered = уәкілетті орган солай ұйғарды

# What happens at the end of a term (clause 5.7)

then-destroy = жойылады
then-depersonalise = иесіздендіріледі

# How data are processed (clause 2.1)

automation-automated = автоматтандырылған
automation-manual = қолмен
automation-mixed = автоматтандырылған және қолмен

# Who supplied a value (clauses 4.2, 4.3)

source-subject = адамның өзі
source-representative = өкілі
source-staff = қызметкер
source-import = бұрынғы тұтынушылар базасы
source-other = басқа адам

# Kinds of values (clause 5.6)

kind-text = мәтін
kind-name = аты-жөні
kind-email = электрондық пошта мекенжайы
kind-phone = телефон нөмірі
kind-iin = ЖСН
kind-bin = БСН
kind-date = күн
kind-address = мекенжай
kind-plate = автомобиль нөмірі
kind-vin = VIN коды
kind-money = ақша сомасы
kind-document = құжат

# What is wrong with a value (clause 5.6)

fault-value_empty = Мән бос.
fault-value_too_long = Мән тым ұзын.
fault-value_has_control_characters = Мәнде жол ауыстыру немесе басқару таңбалары бар.
fault-value_malformed = Мән дұрыс жазылмаған.
fault-check_digit_wrong = Бақылау цифры сәйкес келмейді: бір цифр қате немесе екеуі ауысып кеткен.
fault-value_is_a_document = Құжат мән ретінде жіберілмейді, файл ретінде жүктеледі.

# Answers of the API that are no refusals

problem-malformed = Сұрауды түсіну мүмкін болмады.
problem-unknown-key = API кілті көрсетілмеген, белгісіз немесе кері қайтарылған.
problem-idempotency-conflict = Бұл идемпотенттілік кілті басқа сұрауға пайдаланылып қойған.
problem-too-large = Сұрау тым үлкен.
problem-rate-limited = Сұраулар тым көп; кейінірек қайталап көріңіз.
problem-not-found = Мұнда ештеңе жоқ.
problem-not-ready = Жүйе әлі дайын емес; кейінірек қайталап көріңіз.
problem-internal = Біздің тарапта ақау болды; ештеңе орындалған жоқ.
problem-value = «{ $attribute }» мәні қабылданбады.
problem-media-type = Мазмұн түрі қажеттісі емес.
problem-method = Бұл мекенжай мұндай әдіске жауап бермейді.
problem-timed-out = Жауап тым ұзаққа созылды. Орындалғанын білу үшін дәл сол сұрауды сол идемпотенттілік кілтімен қайта жіберіңіз.
problem-busy = Бір жазба бір мезгілде тым көп өзгертілуде; сұрауды қайталаңыз.
problem-no-policy = Саясат әлі күшіне енген жоқ.
problem-not-administrator = Бұл тек әкімшілердің кілттеріне қолжетімді.
problem-identifier-taken = Бұл мәнмен басқа адам тіркелген.
problem-policy = Саясатта қателер бар, ол жарияланған жоқ.
problem-version = Саясаттың бұл редакциясымен олай істеуге болмайды.
problem-setup-over = Бастапқы баптау сілтемесі қате, пайдаланылған немесе ескірген.
problem-form-over = Беттің мерзімі өтті. Артқа қайтып, бетті жаңартып, пішінді тағы жіберіңіз.
problem-too-many-guesses = Тым көп әрекет жасалды. Біраз күтіп, қайталаңыз.
problem-link-over = Сілтеме қате, пайдаланылған немесе ескірген. Жаңасын сұраңыз.
problem-not-signed-in = Аты, құпиясөз немесе код қате.
problem-not-responsible = Мұны тек жауапты тұлға жасай алады.

# Why something cannot be done with a version (clause 11.2)

version-number_not_higher = Нөмірі соңғы редакция нөмірінен үлкен болуы керек.
version-approver_missing = Жаңа редакцияны кім бекітетінін атаңыз.
version-purpose_moved = Осы атаумен мақсат бұрын басқа бөлімде тұрған: оған жаңа атау беріңіз, сонда бұрынғысы аяқталады.
version-not_after_the_last = Ол соңғы редакциядан кейін күшіне енуі керек.
version-effective_in_the_past = Күшіне ену сәті өтіп кеткен.
version-already_published = Ол жарияланып қойған.
version-draft_changed = Жоба оқылғаннан бері өзгерді: оны қайта оқып, қазіргі мәтінін бекітіңіз.
version-already_effective = Ол күшіне енген немесе бір минут ішінде енеді: орнына нөмірі үлкенірек редакцияны жариялаңыз.
version-already_cancelled = Оның күші бұрын жойылған.
version-older_in_force = Бұрынғы редакция қайта күшіне енді, ол бойынша ештеңе тоқтатылмайды: сағатты түзетіңіз немесе жетіспейтін редакцияларды қалпына келтіріңіз.

# What is wrong with a request

malformed-json = Сұрау мәтіні қажетті JSON емес: { $line }-жол, { $column }-баған.
malformed-body_incomplete = Сұрау мәтіні үзіліп қалды.
malformed-path_malformed = Мекенжай қате құрылған.
malformed-query_malformed = Мекенжайдың сұрақ белгісінен кейінгі бөлігі қате құрылған.
malformed-form_malformed = Нысанда «request» бөлігі, одан кейін «file» бөлігі бір-бірден болуы керек.
malformed-idempotency_key_malformed = Идемпотенттілік кілті: 1-ден 128-ге дейін көрінетін ASCII таңбасы.
malformed-subject_malformed = Адамды «id» (32 он алтылық цифр) немесе «attribute» мен «value» арқылы көрсетіңіз.
malformed-id_malformed = Сәйкестендіргіш 32 он алтылық цифрдан тұрады.
malformed-receipt_malformed = Түбіртек журнал мен жазба нөмірі түрінде жазылады, мысалы 1-42.
malformed-purpose_malformed = Мақсат бұлай аталмайды.
malformed-attribute_malformed = Атрибут бұлай аталмайды.
malformed-channel_malformed = Арна бұлай аталмайды.
malformed-event_malformed = Оқиға бұлай аталмайды.
malformed-cursor_malformed = Жүйе мұндай курсор бермеген.
malformed-digest_malformed = Бақылау сомасы 64 он алтылық цифрдан тұрады.
malformed-language_unknown = Тіл: kk, ru немесе en.
malformed-given_by_unknown = given_by: subject, together немесе representative.
malformed-source_unknown = Дереккөз: subject, representative, staff, import немесе other.
malformed-reason_unknown = Себеп: incomplete, out_of_date, inaccurate, unlawfully_obtained, not_needed немесе ordered.
malformed-no_pack = Бұл Saqta дестесі емес.
malformed-request_kind_unknown = Өтініштің түрі: access, rectification, restriction, unrestriction, destruction, withdrawal, stop, objection, dissemination, explanation немесе complaint.
malformed-ground_unknown = Негізі: incomplete, out_of_date, inaccurate, unlawfully_obtained немесе not_needed.
malformed-objection_unknown = Қарсылық: marketing немесе automated_decision.
malformed-time_malformed = Уақыт RFC 3339 бойынша жазылады, мысалы 2026-03-01T00:00:00Z.
malformed-until_is_past = Аяқталу мерзімі өтіп кеткен.
malformed-reference_missing = Негізге сілтеме көрсетілмеген немесе 200 байттан ұзын.
malformed-nothing_to_collect = Жинайтын ештеңе жоқ.
malformed-nothing_to_do = Орындайтын ештеңе жоқ.
malformed-too_many_parts = Бөліктер тым көп.
malformed-attribute_twice = Атрибут екі рет аталған.
malformed-attribute_not_findable = Саясат адамдарды бұл атрибут бойынша іздеуге рұқсат бермейді.
malformed-attribute_is_no_document = Бұл атрибут құжат емес.
malformed-media_type_not_accepted = Құжаттар PDF, JPEG, PNG немесе қарапайым мәтін түрінде қабылданады.
malformed-same_subject = Жазбаны өзімен біріктіруге болмайды.
malformed-label_missing = Атауы көрсетілмеген немесе 100 таңбадан ұзын.
malformed-purpose_unknown = Саясатта мұндай мақсат жоқ.
malformed-operation_unknown = 8.1-тармақта мұндай әрекет жоқ.
malformed-sizes_out_of_order = Алдымен кіші өлшем көрсетіледі, ол 1-ден кем болмауы керек.
malformed-index_negative = Жазба нөмірі теріс болмайды.
malformed-hash_is_not_32_bytes = Хеш 32 байттан тұрады.
malformed-attribute_not_of_purpose = Бұл сұраудың бірде-бір мақсаты адам аталған атрибутты пайдаланбайды.
malformed-nothing_to_block = Бұғаттауға бірде-бір атрибут аталмаған.
malformed-visitor_has_documents = Келушінің жазбасында құжаттар бар, олар басқа жазбаға көшпейді.
malformed-file_is_not_text = Саясат файлы UTF-8 мәтіні емес.
malformed-approver_malformed = Бекітушінің аты 1–200 таңбадан тұрады, басқару таңбаларынсыз.

# Decisions that were no refusals

decision-done = Рұқсат бойынша орындалды: { $operation }.
