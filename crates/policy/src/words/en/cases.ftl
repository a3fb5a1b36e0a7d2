# The operator's own cases.

case-ok = ok
case-failed = FAILED
case-permitted = permitted by clause { $clause }
case-refused = refused by clause { $clause }
case-refused-code = refused by clause { $clause }, { $code }
case-expected = expected
case-got = got
case-why = why
case-needs = needed
case-about = declared in
case-ground-stands = Its ground stands: { $basis }.
case-nothing-against = Nothing stands in the way.
case-not-held = It is permitted, but these data are not held, so there is nothing to permit: { $attributes }. Add them to “held” in the case.
case-must-end = Nothing needs the data any more: the system destroys them, or takes away their tie to the person, by itself.
case-summary = { $total ->
    [one] 1 case
   *[other] { $total } cases
  }: { $passed } passed, { $failed } failed.
case-silent = No case speaks of these clauses: { $clauses }.
case-silent-none = Every clause that promises something has a case.
case-none = There are no cases. Write them in cases.toml beside policy.toml, each as a block [[case]] with name, given, do, expect and clause.
case-none-match = No case has “{ $filter }” in its name.
