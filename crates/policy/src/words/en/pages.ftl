# The public pages.

page-skip = Skip to the text
page-policy = Personal data policy
page-contents = Contents
page-language = Language
page-version = Version
page-effective = In force since
page-operator = Operator
page-bin = BIN
page-address = Address
page-email = Write to
page-machine = The same for programs
page-demo = This is a demonstration: the shop and everybody in it are invented.
page-setup = First key
page-setup-why = Nobody has a key yet. The button makes the first administrator’s key. This works once.
page-setup-button = Make the key
page-setup-done = This is the key. Keep it in a safe place now: it is not shown again.
page-setup-id = Its id in the ledger
page-back = To the policy

page-nav = Sections
page-nav-policy = Policy
page-nav-versions = All versions
page-nav-clauses = How each clause is kept
page-version-number = Version { $version }
page-since = in force since { $from }
page-from = will be in force from { $from }
page-until = was in force from { $from } until { $until }
page-this-version = About this version
page-changes-since = What changed since version { $version }
page-lasting = Lasting address of this version
page-pdf = PDF
page-json = For programs (JSON)
page-digest = SHA-256 of its files
page-published = Published
page-banner-superseded = This version was in force until { $from }. Version { $version } has replaced it.
page-banner-scheduled = This version is not in force yet. It will hold from { $from }.
page-banner-link = Read the version in force: { $version }
page-versions = All versions of the policy
page-versions-about = Every version stays at its own address for ever. A consent stays bound to the version it was given under. The SHA-256 shows that a version has not been changed since.
page-state-effective = In force
page-state-scheduled = Not in force yet
page-state-superseded = Replaced
page-in-force-from = In force from
page-in-force-until = until
page-open-end = until replaced
page-read = Read
page-difference-to = Difference to version { $version }
page-diff = What changed from version { $before } to version { $after }
page-diff-same = These are the same version: nothing differs.
page-diff-no-text = The text has not changed in this language.
page-diff-one-text = One of the two versions has no text in this language.
page-diff-means = What it means
page-diff-wider = Wider
page-diff-narrower = Narrower
page-diff-new = New
page-diff-gone = Gone
page-diff-other = Other changes
page-diff-text = The text, clause by clause
page-diff-key = Added words are underlined, removed words are struck through. Clauses that stayed the same are left out.
page-diff-clauses = { $count ->
    [one] { $count } clause differs.
   *[other] { $count } clauses differ.
}
page-diff-clause-added = new clause
page-diff-clause-removed = removed clause
page-diff-clause-changed = changed
page-diff-added = added:
page-diff-removed = removed:
page-diff-other-pair = Other comparisons
page-clauses = How each clause of the policy is kept
page-clauses-about = The policy is not only read by people: a program decides by it. For every clause this page says what in the program keeps it, and how often it was applied.
page-law = The law
page-law-edition = Edition of
page-law-verified = Compared with the sources; holds until
page-law-expired = The comparison with the sources was trusted until { $until }. What is said here about the law has to be checked again.
page-law-bases = Grounds, and where the law has them
page-law-unknown = The law does not know this ground
page-certainty-T = T: read in the text of the law
page-certainty-S = S: from a secondary source
page-certainty-I = I: inferred from the text
page-certainty-M = M: from memory, a lawyer must look
page-promises = { $count ->
    [0] There is no promise that nobody enforces.
    [one] { $count } promise nobody enforces
   *[other] { $count } promises nobody enforces
}
page-summary = Summary
page-cover-enforced = Enforced
page-cover-partly = Partly
page-cover-not_yet = Not yet enforced
page-cover-unbacked = Promise without a control
page-cover-explains = Explanation only
page-declared-purpose = Purposes
page-declared-attribute = Data
page-declared-recipient = Recipients
page-declared-request = Requests
page-declared-other = Also
page-grounds = Grounds
page-permitted = permitted
page-refused = refused
page-last = last
page-few = fewer than 5
page-figures-about = Numbers from 1 to 4 are shown as “fewer than 5”, so that nobody can be recognised by them.
page-maintainers = For maintainers
page-rule-files = Where the rules stand
