# What stands behind each clause.

coverage-title = Что стоит за каждым пунктом
coverage-enforced = исполняется
coverage-partly = исполняется частично
coverage-not_yet = пока не исполняется
coverage-unbacked = обещание без контроля
coverage-explains = только пояснение
coverage-head-clause = Пункт
coverage-head-state = Состояние
coverage-head-declarations = Объявления
coverage-head-rules = Правила
coverage-head-tests = Проверки
coverage-no-rules = пока ничто этого не исполняет
coverage-clauses = { $count ->
    [one] { $count } пункт
    [few] { $count } пункта
   *[other] { $count } пунктов
 }
