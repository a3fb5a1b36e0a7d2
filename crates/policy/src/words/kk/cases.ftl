# The operator's own cases.

case-ok = дұрыс
case-failed = ҚАТЕ
case-permitted = { $clause }-тармақ бойынша рұқсат етілді
case-refused = { $clause }-тармақ бойынша бас тартылды
case-refused-code = { $clause }-тармақ бойынша бас тартылды, { $code }
case-expected = күтілгені
case-got = шыққаны
case-why = себебі
case-needs = керегі
case-about = жарияланған жері
case-ground-stands = Негіз қолданылып тұр: { $basis }.
case-nothing-against = Ешқандай кедергі жоқ.
case-not-held = Рұқсат етілді, бірақ бізде бұл деректер жоқ, сондықтан рұқсат ететін нәрсе де жоқ: { $attributes }. Оларды осы жағдайдағы «held» ішіне қосыңыз.
case-must-end = Деректер енді ешнәрсеге керек емес: жүйе оларды өзі жояды немесе адаммен байланысын үзеді.
case-summary = { $total ->
    [one] { $total } жағдай
   *[other] { $total } жағдай
  }: дұрысы { $passed }, қатесі { $failed }.
case-silent = Мына тармақтар туралы бірде-бір жағдай жоқ: { $clauses }.
case-silent-none = Бірдеңені уәде ететін әр тармаққа жағдай бар.
case-none = Жағдайлар жоқ. Оларды policy.toml жанындағы cases.toml файлына жазыңыз: әрқайсысы name, given, do, expect және clause өрістері бар [[case]] блогы болсын.
case-none-match = Атында «{ $filter }» бар жағдай жоқ.
