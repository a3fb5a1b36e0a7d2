# Басып шығаруға арналған құжаттар.

document-policy-foot = { $version }-редакция · { $day } күнінен бастап қолданылады
document-page = { $pages } беттің { $page }-беті
document-policy-mark = Саясаттың SHA-256 мәні:
document-policy-version = { $version }, { $day } күнінен бастап қолданылады
document-published-at = Жарияланған жері
