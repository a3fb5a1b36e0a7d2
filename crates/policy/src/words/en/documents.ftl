# Documents for print.

document-policy-foot = Version { $version } · in force from { $day }
document-page = page { $page } of { $pages }
document-policy-mark = SHA-256 of the policy:
document-policy-version = { $version }, in force from { $day }
document-published-at = Published at
