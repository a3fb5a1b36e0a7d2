# Что говорит пакет права.

# Строки пакета

law-ground-known = { $ground }: закон знает это основание
law-ground-unknown = { $ground }: закон не знает этого основания
law-block-change = блокирование останавливает изменение: исправление ждёт его снятия
law-block-destruction = блокирование останавливает уничтожение: оно ждёт его снятия
law-within-h = { $count ->
    [one] в течение { $count } часа
   *[other] в течение { $count } часов
    }
law-within-wd = { $count ->
    [one] в течение { $count } рабочего дня
   *[other] в течение { $count } рабочих дней
    }
law-within-d = { $count ->
    [one] в течение { $count } календарного дня
   *[other] в течение { $count } календарных дней
    }
law-within-m = { $count ->
    [one] в течение { $count } месяца
   *[other] в течение { $count } месяцев
    }
law-counts-from-identified = считается с момента, когда известно, кто обратился
law-counts-from-documents = считается с подтверждающих документов
law-adds-pause = до этого срок стоит
law-adds-h = { $count ->
    [one] ещё { $count } час
    [few] ещё { $count } часа
   *[other] ещё { $count } часов
    }
law-adds-wd = { $count ->
    [one] ещё { $count } рабочий день
    [few] ещё { $count } рабочих дня
   *[other] ещё { $count } рабочих дней
    }
law-adds-d = { $count ->
    [one] ещё { $count } календарный день
    [few] ещё { $count } календарных дня
   *[other] ещё { $count } календарных дней
    }
law-adds-m = { $count ->
    [one] ещё { $count } месяц
    [few] ещё { $count } месяца
   *[other] ещё { $count } месяцев
    }

# Группы строк

law-group-grounds = Основания обработки
law-group-deadlines = Сроки
law-group-extensions = Когда срок может быть длиннее
law-group-block = Что останавливает блокирование, кроме использования данных
law-group-consent = Что должно быть в согласии
law-group-says = Что ещё говорит закон

# Насколько пакет уверен

law-mark-T = прочитано в тексте закона
law-mark-S = прочитано в другом источнике
law-mark-I = выведено из текста
law-mark-M = по памяти, нужна проверка юриста
law-marks = Насколько пакет уверен

# Пакет на день

law-packs = Пакеты права в этой программе
law-on = Как действует { $day }
law-edition = Редакция от { $edition }, чем введена: { $by }
law-storage = Базы данных находятся в стране { $country }.
law-no-storage = Закон не требует места, где должны находиться базы данных.
law-verified = Сверено с источниками { $on }, годно до { $until }.
law-expired = ВНИМАНИЕ: этот пакет сверен с источниками { $on } и годен был лишь до { $until }. Этот день прошёл: закон мог измениться.
law-unverified = пакет права `{ $pack }` годен был лишь до { $until }, этот день прошёл: его нужно сверить с источниками
law-from = с { $day }
law-to = по { $day }

# Что изменилось между двумя днями

law-between = Между { $before } и { $after }
law-editions = Вступившие в силу редакции
law-came = Новое
law-went = Больше не действует
law-changed = Изменилось
law-was = было
law-is = стало
law-same = Ничего из того, что знает пакет, не изменилось.

# Почему принято решение

explain-asked = Запрошено { $day }: { $operation }.
explain-purpose = Цель: «{ $purpose }».
explain-attributes = О каких данных речь: { $attributes }.
explain-permitted = Разрешено по пункту { $clause }.
explain-refused = Отказано по пункту { $clause }: { $why }
explain-refused-bare = Отказано по пункту { $clause }.
explain-administration = Это действие управления, оно доступно администратору.
explain-stands = Основание: «{ $basis }» (пункт { $clause }).
explain-declared = Политика ставит эту цель на основание «{ $basis }» (пункт { $clause }).
explain-law = Закон в тот день: { $law }, редакция от { $edition }.
explain-law-unknown = Закон в тот день: { $law }. В пакете этой программы такой редакции больше нет, поэтому она не приводится.
explain-law-knows = Этот закон знает такое основание: { $source } ({ $certainty }).
explain-law-knows-not = Этот закон не знает такого основания: { $source } ({ $certainty }).
explain-law-unverified = Пакет права вовремя не сверили с источниками: он был годен до { $until }.
explain-version = Решение принято по редакции { $version } политики.
explain-needs = Что нужно: { $needs }

# Words that are explained

explain-what = Что это значит
explain-what-needs = Что нужно
explain-clause-heading = Заголовок: что обещано, говорят его пункты.
