# The pages of staff.

staff-nav = Қызметкерлерге арналған беттер
staff-nav-home = Басы
staff-nav-people = Адамдар
staff-nav-account = Менің тіркелгім
staff-role-clerk = Орындаушы
staff-role-responsible = Жауапты тұлға
staff-sign-out = Шығу
staff-minutes = { $minutes ->
    [one] Тым көп әрекет жасалды. { $minutes } минуттан кейін қайталаңыз.
   *[other] Тым көп әрекет жасалды. { $minutes } минуттан кейін қайталаңыз.
}

staff-sign-in = Кіру
staff-sign-in-name = Кіру аты
staff-password = Құпиясөз
staff-code = Код
staff-code-hint = Аутентификатор қолданбасын ашып, алты цифрды енгізіңіз. Немесе резервтік кодтардың бірін енгізіңіз.
staff-sign-in-button = Кіру
staff-sign-in-wrong = Аты, құпиясөз немесе код қате. Әр код бір рет жарамды: келесісін күтіңіз.
staff-sign-in-lost = Құпиясөзді ұмыттыңыз ба, телефонды жоғалттыңыз ба? Жауапты тұлғадан жаңа сілтеме сұраңыз.
staff-signed-out = Сіз шықтыңыз.
staff-go-on = Мен кіріп қойғанмын

staff-setup = Бастапқы баптау
staff-setup-why = Әзірге ешбір тіркелгі жоқ. Біріншісін жасаңыз: ол жауапты тұлғаға тиесілі.
staff-join = Тіркелгі жасаңыз
staff-join-why = Сізді шақырды. Осы жерде тіркелгіңізді жасаңыз.
staff-reset = Жаңа құпиясөз қойыңыз
staff-reset-why = Жаңа құпиясөз қойып, телефонды қайта қосыңыз. Бұрынғылары енді жарамайды.
staff-step-you = 1. Өзіңіз туралы
staff-step-password = 2. Құпиясөз
staff-step-device = 3. Екінші құрылғы
staff-name = Толық аты-жөні
staff-name-hint = Оны әріптестер көреді, ол құжаттарда тұрады.
staff-sign-in-hint = Мысалы, жұмыс поштаңыз. Бос орынсыз.
staff-password-hint = Кемінде 12 таңба. Бірнеше сөзді есте сақтау оңай.
staff-again = Сол құпиясөз тағы бір рет
staff-device-why = Суретті аутентификатор қолданбасымен сканерлеңіз. Содан кейін ол көрсеткен алты цифрды енгізіңіз.
staff-device-by-hand = Немесе қолданбаға мына кілтті енгізіңіз:
staff-device-picture = Аутентификатор қолданбасына арналған кілті бар сурет
staff-setup-button = Тіркелгі жасау
staff-reset-button = Сақтау
staff-joined = Тіркелгі дайын
staff-joined-go = Бәрін сақтадым. Әрі қарай
staff-joined-sign-in = Сіздің кіру атыңыз
staff-recovery = Резервтік кодтар
staff-recovery-why = Бұл кодтарды басып шығарып, сенімді жерде сақтаңыз. Телефон жоғалса, әрқайсысы бір рет жарайды. Олар қайта көрсетілмейді.
staff-key = Әкімшінің кілті
staff-key-why = Бұл кілт бағдарламаларға арналған: ол саясаттарды жариялайды және басқа кілттерді жасайды. Оны қазір сақтаңыз: ол қайта көрсетілмейді.
staff-key-id = Оның журналдағы нөмірі

staff-fault = Тіркелгі сақталмады
staff-fault-name_missing = Толық аты-жөніңізді енгізіңіз, 100 таңбадан аспасын.
staff-fault-sign_in_malformed = Кіру атын бос орынсыз енгізіңіз, 100 таңбадан аспасын.
staff-fault-sign_in_taken = Бұл кіру аты бос емес. Басқасын таңдаңыз.
staff-fault-password_short = Құпиясөз тым қысқа. Кемінде 12 таңба керек.
staff-fault-password_long = Құпиясөз тым ұзын. Таңба санын азайтыңыз.
staff-fault-password_is_name = Құпиясөз атыңызбен бірдей. Басқасын таңдаңыз.
staff-fault-passwords_differ = Құпиясөздер бірдей емес. Оларды қайта енгізіңіз.
staff-fault-not_proven = Қазіргі құпиясөз немесе код қате. Әр код бір рет жарамды.
staff-fault-code_wrong = Алты цифр қате. Қолданба қазір көрсетіп тұрғанын енгізіңіз.
staff-fault-last_responsible = Біреу жауапты болуы керек. Алдымен басқа жауапты тұлғаны тағайындаңыз.

staff-undertaking = Құпиялылық туралы міндеттеме
staff-undertaking-why = Сіз дербес деректерді көресіз. Жалғастыру үшін міндеттемені оқып, қабылдаңыз (саясаттың 10-тармағы).
staff-undertaking-1 = Мен дербес деректерді тек жұмыс үшін және тек саясат рұқсат еткендей пайдаланамын.
staff-undertaking-2 = Келісім болмаса немесе заң міндеттемесе, мен оларды ешкімге бермеймін.
staff-undertaking-3 = Мен құпиясөзім мен кодтарымды ешкімге айтпаймын.
staff-undertaking-4 = Деректер жария болып кетсе, жауапты тұлғаға бірден хабарлаймын.
staff-undertaking-5 = Бұл осындағы жұмысым аяқталғаннан кейін де күшінде қалады.
staff-undertaking-button = Қабылдау

staff-home = Басы
staff-home-hello = Сіз { $name } болып кірдіңіз.
staff-home-role = Сіздің рөліңіз

staff-people = Адамдар
staff-people-about = Кіре алатын барлық адам. Әр өзгеріс журналға жазылады.
staff-people-since = міндеттеме { $day } қабылданды
staff-people-no-undertaking = міндеттеме әлі қабылданбаған
staff-people-ended = { $day } жабылды
staff-people-you = бұл сіз
staff-people-make = Рөлді өзгерту: { $role }
staff-people-end = Тіркелгіні жабу
staff-people-end-why = Адам бірден шығарылады және осы тіркелгімен қайта кіре алмайды. Аты тізімде қалады.
staff-people-reset = Жаңа құпиясөзге сілтеме жасау
staff-people-reset-why = Құпиясөз немесе телефон жоғалса.
staff-people-change = Өзгерту
staff-invite = Біреуді шақыру
staff-invite-role = Рөлі
staff-invite-button = Сілтеме жасау
staff-link-made = Сілтеме дайын
staff-link-why = Оны адамға өзіңіз беріңіз. Ол бір рет, { $until } дейін жарайды. Ол қайта көрсетілмейді.
staff-links = Әлі пайдаланылмаған сілтемелер
staff-link-somebody = жаңа адамға: { $role }
staff-link-account = { $name } үшін
staff-link-until = { $until } дейін
staff-link-drop = Қайтарып алу

staff-account = Менің тіркелгім
staff-account-password = Құпиясөзді өзгерту
staff-account-new = Жаңа құпиясөз
staff-account-present = Қазіргі құпиясөз
staff-account-change = Өзгерту
staff-account-changed = Құпиясөз өзгертілді. Басқа сеанстардың бәрі аяқталды.
staff-account-papers = { $left ->
    [0] Резервтік код қалмады.
    [one] { $left } резервтік код қалды.
   *[other] { $left } резервтік код қалды.
}
staff-account-renew = Жаңа резервтік кодтар жасау
staff-account-everywhere = Барлық жерден шығу
staff-account-everywhere-why = Барлық сеансыңыз аяқталады, осы құрылғыда да.
