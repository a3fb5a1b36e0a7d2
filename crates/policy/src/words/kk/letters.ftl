# Электрондық поштамен келген хаттар, қызметкерлер көретін түрінде, және жетпей қалған біздің хаттар.

mail-title = Хаттар
mail-safe = Сіз хаттардың мәтінін ғана көресіз: олардан ештеңе ашылған, іске қосылған немесе жүктелген жоқ.
mail-wrongly = Хат қате түсінілді ме? Не сұралатынын көрсетіңіз:
mail-letter = { $at } келген хат
mail-from = Кімнен
mail-nobody = жіберушісі көрсетілмеген
mail-several = Хатта бірнеше жіберуші көрсетілген. Адал бағдарлама біреуін ғана жазады.
mail-subject = Тақырыбы
mail-without-subject = тақырыпсыз
mail-words = Автордың өз сөзі
mail-no-own-words = Автор өзінен ештеңе жазбаған.
mail-original = Түпнұсқаны жүктеп алу
mail-original-why = Бұл — барлық тіркемелерімен бірге келген күйіндегі хат. Оны ештеңе іске қосылмайтын жерде ғана ашыңыз.
mail-head-only = Мұнда осы хаттың тақырыптамасы ғана бар: хаттың көлемі { $size }, бұл тым үлкен. Оны пошта жәшігінен оқыңыз, ол сонда белгіленген.
mail-name-address = Жіберушінің атында хат келген мекенжайдан басқа мекенжай тұр. Мекенжайдың өзіне ғана қараңыз.
mail-looks_like-letters = Жіберушінің { $domain } домені { $known } сияқты көрінеді, бірақ басқа әріптермен жазылған: хаттар осылай жасандыланады. Адамнан бұрыннан белгілі байланыс арқылы сұрамайынша ештеңе жасамаңыз.
mail-looks_like-slip = Жіберушінің { $domain } домені { $known } доменінен бір әріппен ғана ерекшеленеді. Бұл қате ме, әлде біреу өзін басқа адам етіп көрсетіп тұр ма, тексеріңіз.
mail-cut = Мәтін тым ұзын, соңы мұнда көрсетілмеген.
mail-forwarded = Қайта жіберілген мәтін
mail-quoted = Дәйексөздер мен қолтаңба
mail-attachments = Тіркемелер
mail-declared = { $type }, { $size }
mail-download = Жүктеп алу
mail-size-bytes = { $size } байт
mail-size-kb = { $size } КБ
mail-size-mb = { $whole },{ $tenth } МБ

# Файл неге берілмейді

mail-barred-runs_by_name = Берілмейді: атына қарағанда, бұл бағдарлама немесе оны іске қосатын файл.
mail-barred-runs_by_content = Берілмейді: аты қандай болса да, ішінде бағдарлама бар.
mail-barred-not_accepted = Берілмейді: мұндай түрдегі файлдар қабылданбайды. PDF немесе сурет сұраңыз.

# Не танылды және неге

mail-understood = Не танылды
mail-kind-access = { request-kind-access }
mail-kind-rectification = { request-kind-rectification }
mail-kind-withdrawal = { request-kind-withdrawal }
mail-kind-destruction = { request-kind-destruction }
mail-kind-blocking = { request-kind-restriction }
mail-kind-marketing_stop = { desk-objection-marketing }
mail-kind-question = { request-kind-explanation }
mail-kind-complaint = { request-kind-complaint }
mail-kind-authority_request = { request-kind-authority }
mail-kind-none = ештеңе
mail-place-subject = тақырыпта
mail-place-body = автордың өз сөзінде
mail-place-forwarded = қайта жіберілген мәтінде
mail-place-sender = жіберушінің атында немесе мекенжайында
mail-language-ru = орыс тілі
mail-language-kk = қазақ тілі
mail-language-en = ағылшын тілі
mail-reason-mark = Саясаттағы «{ $mark }» белгісі { $place } тұр: { $kind }.
mail-reason-demand = Талап { $place } айтылған: { $kind }. Ол «{ $example }» сияқты сөздермен айтылған ({ $language }).
mail-reason-authority = Мемлекеттік орган { $place } аталған және бірдеңе талап етеді.
mail-reason-authority-reference = Заңға немесе іске сілтеме бар.
mail-reason-authority-number = Хаттың өз нөмірі бар.
mail-reason-machine = Хатты бағдарлама жіберген: { $sign }.
mail-reason-machine_perhaps = Хатты бағдарлама жіберген болуы мүмкін: { $sign }.
mail-reason-own_mail = Бұл хатты өзіміз жібергенбіз.
mail-reason-only_quoted = Хатта бұрынғы хаттардан алынған дәйексөздер ғана бар.
mail-reason-empty = Хатта ештеңе жоқ.
mail-reason-unclear = Ештеңе танылмады, сондықтан бұл қызметкерлерге қойылған сұрақ.
mail-reason-unreadable = Оны оқу мүмкін емес: { $fault }. Бұл — қызметкерлерге арналған сұрақ, олар түпнұсқаны қарайды.
mail-sign-own_loop = онда біздің хаттардың белгісі бар
mail-sign-auto_submitted = хаттың өзінде солай жазылған
mail-sign-precedence = ол бірден көп адамға жіберілген
mail-sign-mailing_list = ол тарату тізімі арқылы келген
mail-sign-auto_reply_field = бұл автоматты жауап
mail-sign-report = бұл пошта бағдарламасының есебі
mail-sign-no_return_path = оның кері мекенжайы жоқ
mail-sign-mail_server = оның жіберушісі — пошта сервері
mail-sign-subject_of_machine = тақырыбы автоматты жауаптікіндей
mail-sign-suppresses_answers = ол бағдарламалардан жауап бермеуді сұрайды
mail-sign-no_reply = оның жіберушісі жауаптарды оқымайды

# Жіберуші туралы не белгілі

mail-sender = Жіберуші туралы не белгілі
mail-standing-confirmed = Жіберушінің домені бұл хатты растайды.
mail-standing-denied = Хат қолдан жасалған сияқты: жіберушінің домені оны мойындамайды. Бұрыннан белгілі байланыс арқылы адамның өзінен сұрамай, ештеңе істемеңіз.
mail-standing-unknown = Бұл хатты кім жібергенін ештеңе көрсетпейді.
mail-unchecked = Жіберуші тексерілмеді.
mail-check-dmarc = Жіберуші доменінің ережесі (DMARC)
mail-check-dkim = Доменнің қолтаңбасы (DKIM)
mail-check-spf = Оны жіберген сервер (SPF)
mail-check-arc = Оны әрі қарай өткізгендер (ARC)
mail-verdict-pass = расталды
mail-verdict-fail = сәйкес келмейді
mail-verdict-neutral = ештеңені дәлелдемейді
mail-verdict-none = тексеретін ештеңе жоқ
mail-verdict-temperror = тексерілмеді: ешкім жауап бермеді
mail-verdict-permerror = тексерілмеді: қате жазылған
mail-signed-by = { $verdict }, қол қойған { $domain }

# Жетпей қалған біздің хаттар

mail-undelivered = Біздің хат жетпеді. Белгілі болған уақыты: { $at }. { $why } Жауап коды: { $status }.
mail-undelivered-permanent = Ол жетпейді. Мекенжайды тексеріп, өтініш берушіге басқа байланыспен, телефонмен немесе қағаз хатпен хабарласыңыз.
mail-undelivered-perhaps = Ол әлі жетуі мүмкін. Өтініш беруші үндемесе, басқа байланыспен, телефонмен немесе қағаз хатпен хабарласыңыз.
mail-status-1 = Мұндай мекенжай жоқ.
mail-status-2 = Жәшік ештеңе қабылдамайды: толып қалған немесе жабылған.
mail-status-4 = Алушының сервері қолжетімсіз.
mail-status-7 = Алушының сервері хатты қажетсіз деп қабылдамады.
mail-status-other = Алушының сервері анық себебін айтпады.
mail-status-none = аталмаған

# Пошта жәшіктерінде не дұрыс емес және не істеу керек

mail-troubles = Хаттар тиісінше келіп жатқан жоқ
mail-trouble-wrong_password = Сервер атын немесе құпиясөзді қабылдамайды. Баптауларға жаңа құпиясөзді енгізіңіз.
mail-trouble-unreachable = Сервер қолжетімсіз. Бағдарлама қайта байқап көреді; желіні және сервердің атын тексеріңіз.
mail-trouble-certificate = Сервердің сертификатына сенім жоқ. Сервердің атын тексеріңіз немесе оның орталығының сертификатын қосыңыз.
mail-trouble-settings = Шифрлаусыз тек осы машинадағы серверге қосылуға болады. Баптауларда TLS немесе STARTTLS таңдаңыз.
mail-trouble-folder_missing = Жәшікте бақыланатын папка жоқ. Оны жасаңыз немесе баптауларда басқасын көрсетіңіз.
mail-trouble-target_missing = Қабылданған хаттарға арналған папка жоқ, оны жасау мүмкін болмады. Оны жәшікте жасаңыз.
mail-trouble-renumbered = Сервер хаттарды қайта нөмірледі. Олар қайта оқылады, ешқайсысы екі рет тіркелмейді. Ештеңе істеу қажет емес.
mail-trouble-cannot_file = Қазір хаттарды тіркеу мүмкін емес, олар жәшікте қалады. Дискіні және деректер базасын тексеріңіз.
mail-trouble-cannot_mark = Хат тіркелді, бірақ сервер оны белгілеуге немесе жылжытуға рұқсат бермейді. Жәшіктегі құқықтарды тексеріңіз.
mail-trouble-too_large = Хат тым үлкен. Тек тақырыбы тіркелді; хатты жәшіктен оқыңыз.
mail-trouble-refused = Хат қабылданбады, жәшікте қалды. Оны сол жерден оқып, өтінішті қолмен енгізіңіз.
mail-trouble-unreadable = Сервер хатты бермейді. Оны жәшіктен оқып, өтінішті қолмен енгізіңіз.
mail-trouble-protocol = Сервер пошта жәшігі (IMAP) сияқты жауап бермейді. Баптауларда оның аты мен портын тексеріңіз.
