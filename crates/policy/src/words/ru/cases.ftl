# The operator's own cases.

case-ok = верно
case-failed = НЕВЕРНО
case-permitted = разрешено по пункту { $clause }
case-refused = отказано по пункту { $clause }
case-refused-code = отказано по пункту { $clause }, { $code }
case-expected = ожидалось
case-got = получено
case-why = почему
case-needs = что нужно
case-about = объявлено в
case-ground-stands = Основание действует: { $basis }.
case-nothing-against = Препятствий нет.
case-not-held = Разрешено, но этих сведений у нас нет, и разрешать нечего: { $attributes }. Добавьте их в «held» этого случая.
case-must-end = Данные больше ни для чего не нужны: система сама уничтожает их или разрывает их связь с человеком.
case-summary = { $total ->
    [one] { $total } случай
    [few] { $total } случая
   *[other] { $total } случаев
  }: верно { $passed }, неверно { $failed }.
case-silent = Ни один случай не говорит об этих пунктах: { $clauses }.
case-silent-none = Для каждого пункта, который что-то обещает, есть случай.
case-none = Случаев нет. Запишите их в cases.toml рядом с policy.toml, каждый блоком [[case]] с полями name, given, do, expect и clause.
case-none-match = Нет случая, в имени которого есть «{ $filter }».
