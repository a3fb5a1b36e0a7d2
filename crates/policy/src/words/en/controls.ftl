# What stands behind each clause.

coverage-title = What stands behind each clause
coverage-enforced = enforced
coverage-partly = partly enforced
coverage-not_yet = not enforced yet
coverage-unbacked = promise without a control
coverage-explains = explanation only
coverage-head-clause = Clause
coverage-head-state = State
coverage-head-declarations = Declarations
coverage-head-rules = Rules
coverage-head-tests = Tests
coverage-no-rules = nothing enforces it yet
coverage-clauses = { $count ->
    [one] { $count } clause
   *[other] { $count } clauses
 }
