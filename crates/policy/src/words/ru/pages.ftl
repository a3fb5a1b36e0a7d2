# The public pages.

page-skip = Перейти к тексту
page-contents = Содержание
page-language = Язык
page-version = Редакция
page-operator = Оператор
page-bin = БИН
page-address = Адрес
page-email = Почта для обращений
page-demo = Это демонстрация: магазин и все люди в нём вымышлены.
page-back = К политике

page-nav = Разделы
page-nav-policy = Политика
page-nav-versions = Все редакции
page-nav-clauses = Как исполняется каждый пункт
page-version-number = Редакция { $version }
page-since = действует с { $from }
page-from = вступит в силу { $from }
page-until = действовала с { $from } до { $until }
page-this-version = Об этой редакции
page-changes-since = Что изменилось после редакции { $version }
page-lasting = Постоянный адрес этой редакции
page-pdf = PDF
page-json = Для программ (JSON)
page-digest = SHA-256 файлов редакции
page-published = Опубликована
page-banner-superseded = Эта редакция действовала до { $from }. Её сменила редакция { $version }.
page-banner-scheduled = Эта редакция ещё не действует. Она вступит в силу { $from }.
page-banner-link = Читать действующую редакцию: { $version }
page-versions = Все редакции политики
page-versions-about = Каждая редакция навсегда остаётся по своему адресу. Согласие остаётся связанным с той редакцией, при которой его дали. SHA-256 показывает, что редакцию с тех пор не меняли.
page-state-effective = Действует
page-state-scheduled = Ещё не действует
page-state-superseded = Заменена
page-in-force-from = Действует с
page-read = Читать
page-difference-to = Отличия от редакции { $version }
page-diff = Что изменилось с редакции { $before } до редакции { $after }
page-diff-same = Это одна и та же редакция: отличий нет.
page-diff-no-text = Текст на этом языке не изменился.
page-diff-one-text = У одной из двух редакций нет текста на этом языке.
page-diff-means = Что это значит
page-diff-wider = Шире
page-diff-narrower = Уже
page-diff-new = Новое
page-diff-gone = Больше нет
page-diff-other = Другие изменения
page-diff-text = Текст по пунктам
page-diff-key = Добавленные слова подчёркнуты, удалённые зачёркнуты. Пункты без изменений не показаны.
page-diff-clauses = { $count ->
    [one] Отличается { $count } пункт.
    [few] Отличаются { $count } пункта.
   *[other] Отличаются { $count } пунктов.
}
page-diff-clause-added = новый пункт
page-diff-clause-removed = удалённый пункт
page-diff-clause-changed = изменён
page-diff-added = добавлено:
page-diff-removed = удалено:
page-diff-other-pair = Другие сравнения
page-clauses = Как исполняется каждый пункт политики
page-clauses-about = Политику читают не только люди: по ней принимает решения программа. Для каждого пункта здесь сказано, что в программе его исполняет и как часто он применялся.
page-law = Закон
page-law-edition = Редакция от
page-law-verified = Сверено с источниками; действительно до
page-law-expired = Сверке с источниками можно было доверять до { $until }. Сказанное здесь о законе нужно проверить заново.
page-law-bases = Основания и где они в законе
page-law-unknown = Закон не знает этого основания
page-certainty-T = T: прочитано в тексте закона
page-certainty-S = S: из вторичного источника
page-certainty-I = I: выведено из текста
page-certainty-M = M: по памяти, нужна проверка юриста
page-promises = { $count ->
    [0] Обещаний, которые никто не исполняет, нет.
    [one] { $count } обещание никто не исполняет
    [few] { $count } обещания никто не исполняет
   *[other] { $count } обещаний никто не исполняет
}
page-summary = Итог
page-cover-enforced = Исполняется
page-cover-partly = Частично
page-cover-not_yet = Ещё не исполняется
page-cover-unbacked = Обещание без контроля
page-cover-explains = Только пояснение
page-declared-purpose = Цели
page-declared-attribute = Данные
page-declared-recipient = Получатели
page-declared-request = Обращения
page-declared-other = Блок
page-grounds = Основания
page-permitted = разрешено
page-refused = отказано
page-last = последний раз
page-few = меньше 5
page-figures-about = Счёт обновляется раз в минуту и округлён вниз до пяти, чтобы по числам никого нельзя было узнать.
page-maintainers = Для разработчиков
page-rule-files = Где находятся правила
page-in-force-until = Действует до
page-open-end = замены другой редакцией
page-law-not = нет в законе
page-declared-link = Объединение записей
page-request-access = доступ
page-request-rectification = исправление
page-request-restriction = блокирование
page-request-unrestriction = снятие блокирования
page-request-destruction = уничтожение
page-request-withdrawal = отзыв согласия
page-request-stop = прекращение обработки
page-request-objection = возражение
page-request-dissemination = условия распространения
page-request-complaint = жалоба
page-request-explanation = разъяснение
page-request-authority = запрос госоргана
page-rules = Какие правила исполняют какие пункты
page-tests = Какой тест проверяет пункт
