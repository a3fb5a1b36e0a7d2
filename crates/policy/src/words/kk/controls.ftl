# What stands behind each clause.

coverage-title = Әр тармақтың артында не тұр
coverage-enforced = орындалады
coverage-partly = ішінара орындалады
coverage-not_yet = әзірге орындалмайды
coverage-unbacked = бақылауы жоқ уәде
coverage-explains = тек түсіндірме
coverage-head-clause = Тармақ
coverage-head-state = Күйі
coverage-head-declarations = Жариялаулар
coverage-head-rules = Ережелер
coverage-head-tests = Тексерулер
coverage-no-rules = мұны әзірге ештеңе орындамайды
coverage-clauses = { $count ->
   *[other] { $count } тармақ
 }
