# Құқық пакеті не айтады.

# Пакет жолдары

law-ground-known = { $ground }: заң бұл негізді біледі
law-ground-unknown = { $ground }: заң бұл негізді білмейді
law-block-change = бұғаттау өзгертуді тоқтатады: түзету оның алынуын күтеді
law-block-destruction = бұғаттау жоюды тоқтатады: жою оның алынуын күтеді
law-within-h = { $count } сағат ішінде
law-within-wd = { $count } жұмыс күні ішінде
law-within-d = { $count } күнтізбелік күн ішінде
law-within-m = { $count } ай ішінде
law-counts-from-identified = кім өтінгені белгілі болған сәттен саналады
law-counts-from-documents = растайтын құжаттардан саналады
law-adds-pause = сол кезге дейін мерзім тұрады
law-adds-h = тағы { $count } сағат
law-adds-wd = тағы { $count } жұмыс күні
law-adds-d = тағы { $count } күнтізбелік күн
law-adds-m = тағы { $count } ай

# Жолдар топтары

law-group-grounds = Өңдеу негіздері
law-group-deadlines = Мерзімдер
law-group-extensions = Мерзім қашан ұзартылуы мүмкін
law-group-block = Бұғаттау деректерді пайдаланудан басқа нені тоқтатады
law-group-consent = Келісімде не болуы керек
law-group-says = Заң тағы не айтады

# Пакет қаншалықты сенімді

law-mark-T = заң мәтінінен оқылды
law-mark-S = басқа дереккөзден оқылды
law-mark-I = мәтіннен қорытылды
law-mark-M = жадтан, заңгер қарауы керек
law-marks = Пакет қаншалықты сенімді

# Белгілі бір күнгі пакет

law-packs = Осы бағдарламадағы құқық пакеттері
law-on = { $day } күнгі күйі
law-edition = { $edition } редакциясы, енгізген: { $by }
law-storage = Дерекқорлар орналасатын ел: { $country }.
law-no-storage = Заң дерекқорлардың орнын талап етпейді.
law-verified = Дереккөздермен { $on } салыстырылған, { $until } дейін жарамды.
law-expired = НАЗАР АУДАРЫҢЫЗ: бұл пакет дереккөздермен { $on } салыстырылған және тек { $until } дейін жарамды болған. Ол күн өтті: заң өзгерген болуы мүмкін.
law-unverified = `{ $pack }` құқық пакеті тек { $until } дейін жарамды болған, ол күн өтті: оны дереккөздермен салыстыру керек
law-from = { $day } бастап
law-to = { $day } дейін

# Екі күн арасында не өзгерді

law-between = { $before } мен { $after } аралығында
law-editions = Күшіне енген редакциялар
law-came = Жаңа
law-went = Енді күшінде емес
law-changed = Өзгерді
law-was = бұрын
law-is = енді
law-same = Пакет білетін ештеңе өзгермеді.

# Шешім неге қабылданды

explain-asked = { $day } сұралды: { $operation }.
explain-purpose = Мақсат: «{ $purpose }».
explain-attributes = Қандай деректер туралы: { $attributes }.
explain-permitted = { $clause }-тармақ бойынша рұқсат етілді.
explain-refused = { $clause }-тармақ бойынша бас тартылды: { $why }
explain-refused-bare = { $clause }-тармақ бойынша бас тартылды.
explain-administration = Бұл басқару әрекеті, оны әкімші жасай алады.
explain-stands = Негізі: «{ $basis }» ({ $clause }-тармақ).
explain-declared = Саясат бұл мақсатты «{ $basis }» негізіне қояды ({ $clause }-тармақ).
explain-law = Сол күнгі заң: { $law }, { $edition } редакциясы.
explain-law-unknown = Сол күнгі заң: { $law }. Осы бағдарламаның пакетінде мұндай редакция енді жоқ, сондықтан келтірілмейді.
explain-law-knows = Бұл заң мұндай негізді біледі: { $source } ({ $certainty }).
explain-law-knows-not = Бұл заң мұндай негізді білмейді: { $source } ({ $certainty }).
explain-law-unverified = Құқық пакеті дереккөздермен уақытында салыстырылмаған: ол { $until } дейін жарамды болған.
explain-version = Шешім саясаттың { $version } редакциясы бойынша қабылданды.
explain-needs = Не қажет: { $needs }

# Words that are explained

explain-what = Бұл нені білдіреді
explain-what-needs = Не қажет
explain-clause-heading = Тақырып: не уәде етілгенін оның тармақтары айтады.
