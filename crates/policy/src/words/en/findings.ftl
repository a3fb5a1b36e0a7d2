# What a check of a published text finds. Every finding has its words and, with `-todo`, the way out.

finding-text-not-utf8 = The file is not UTF-8 from here on; it looks like windows-1251 or another old code page.
finding-text-not-utf8-todo = save it again as UTF-8 (in most editors: “Save as”, encoding UTF-8), then check it
finding-text-utf16 = The file is saved as UTF-16, which editors call “Unicode”.
finding-text-utf16-todo = save it again as UTF-8, then check it
finding-text-binary = The file is no plain text.
finding-text-binary-todo = take the text out of the document (Word, PDF) into a file of its own, in Markdown or plain text
finding-text-empty = The text is empty.
finding-text-empty-todo = name a file that holds the published policy
finding-text-without-clauses = The text has no numbered clauses, so nobody can refer to a promise of it.
finding-text-without-clauses-todo = number it: a heading “## 5. …” or a paragraph “5.2. …”
finding-text-wall = One paragraph has { $count } characters: nobody finds a promise in it.
finding-text-wall-todo = split it into clauses with a number each, and into points
finding-markup-live = The text holds code that a browser would run, or that loads from elsewhere.
finding-markup-live-todo = take it out: a policy is text, and this code sees every visitor before any consent
finding-markup-raw = The text holds HTML tags; pages that show Markdown safely print them as letters.
finding-markup-raw-todo = write it in Markdown: # for headings, - for points, ** for bold

finding-clause-twice = Clause { $number } stands here and in line { $line }.
finding-clause-twice-todo = give one of them a number of its own: a reference to it now means two things
finding-clause-gap = Clause { $number } comes here, and { $missing } is missing before it.
finding-clause-gap-todo = number on without a gap, or write that the clause was taken out
finding-clause-backwards = Clause { $number } comes after { $before }.
finding-clause-backwards-todo = put the clauses in order, or give it the next number
finding-clause-wrong-parent = Clause { $number } stands in section { $section }.
finding-clause-wrong-parent-todo = move it into its own section, or number it after the section it stands in
finding-clause-without-section = Clause { $number } has no section of its own and stands in section { $section }.
finding-clause-without-section-todo = add the heading of its section, or number it after the section it stands in
finding-heading-levels = In headings of another level ({ $level }) than the other sections ({ $usual }): { $numbers }.
finding-heading-levels-todo = give all sections one level: tables of contents and screen readers go by it
finding-clause-headings-mixed = Beginning otherwise ({ $level }) than their neighbours ({ $usual }; “—” is a plain paragraph): { $numbers }.
finding-clause-headings-mixed-todo = let clauses of one depth begin in one way
finding-number-formats = Here a number is written “{ $number }”, elsewhere “{ $usual }”.
finding-number-formats-todo = write all numbers of one depth in one way
finding-reference-missing = The text refers to clause { $number }, and has none.
finding-reference-missing-todo = correct the number, or add the clause

finding-sentence-torn = The paragraph ends in the middle of a sentence that goes on in line { $line }.
finding-sentence-torn-todo = join the two paragraphs
finding-sentence-without-verb = This sentence has no verb: something seems to be missing from it.
finding-sentence-without-verb-todo = finish the sentence; nobody can be held to half of one
finding-sentence-small-letter = A sentence begins with a small letter: “{ $word }”.
finding-sentence-small-letter-todo = write it with a capital letter, or see whether the words before it were cut off
finding-clause-unfinished = The clause ends without a full stop.
finding-clause-unfinished-todo = end the sentence, or restore what was cut off
finding-clause-repeats = These words stand in clause { $clause } (line { $line }) already.
finding-clause-repeats-todo = say it once and refer to it: of two copies one gets changed and the other forgotten
finding-term-small-letter = The text defines “{ $term }” with a capital letter, and begins sentences with a small one.
finding-term-small-letter-todo = write the term as it was defined

finding-contact-placeholder = { $address } looks like a left-over of a template: letters to it reach a stranger or nobody.
finding-contact-placeholder-todo = put in the address that you read; people's requests and their terms begin there
finding-mailbox-abroad = The mailbox lies at { $host }, in { $country }: every request sent there leaves { $storage }.
finding-mailbox-abroad-todo = take requests at a mailbox in { $storage }, or say that they cross the border and take consent for it
finding-contact-other-domain = Letters go to { $host }, and the site is { $site }.
finding-contact-other-domain-todo = use a mailbox of the site's own domain, so that a person knows whom the letter reaches
finding-contact-missing = The text names neither a mail address nor a telephone number.
finding-contact-missing-todo = say where a request, a withdrawal and a complaint are sent

finding-never-passed-but-recipients = The text says that data never go to third parties: “{ $said }”. In clause { $clause } (line { $line }) it names those who get them: “{ $other }”.
finding-never-passed-but-recipients-todo = say who receives what and why; the law asks for a plain yes or no in the consent
finding-never-passed-but-disseminated = The list of operations contains dissemination: “{ $said }”. Clause { $clause } (line { $line }) says that data are never passed on: “{ $other }”.
finding-never-passed-but-disseminated-todo = take dissemination out of the list, or say to whom and when it happens
finding-visitors-only-but-recipients = The text covers visitors of the site alone: “{ $said }”. Clause { $clause } (line { $line }) takes data of others: “{ $other }”.
finding-visitors-only-but-recipients-todo = name everyone whose data are taken: buyers, recipients of parcels, partners
finding-no-border-crossed-but-abroad = The text says that no data cross the border: “{ $said }”. Clause { $clause } (line { $line }) names what lies abroad: “{ $other }”.
finding-no-border-crossed-but-abroad-todo = drop the service, or name the transfer, its country and the consent for it
finding-two-deadlines = Two times for one duty ({ $duty }): here “{ $said }”, in line { $line } “{ $other }”.
finding-two-deadlines-todo = keep one of them; until then the shorter one binds

finding-law-edition-stale = The text follows the law as of { $date }. Changed since: { $editions }.
finding-law-edition-stale-todo = compare the text with the edition of { $current }, or write “in the edition in force on the day of processing”
finding-law-not-named = The text does not name the law it stands under.
finding-law-not-named-todo = name it: { $law }

finding-needed = The text does not say: { $name }.
finding-needed-todo = add it
finding-identifier-wrong = { $number } is no identification number that could have been issued: its digits or its check digit do not fit.
finding-identifier-wrong-todo = copy the twelve digits from the registration again
finding-recipients-unnamed = The text names kinds of recipients (“{ $said }”), and not one by name.
finding-recipients-unnamed-todo = name each: legal name, country, what it gets and what for
finding-promise-law = The text: “{ $said }”. The law: { $law }. The law is stricter, and holds.
finding-promise-law-todo = follow the law
finding-promise-policy = The text: “{ $said }”. The law: { $law }. The text promises more, and binds you.
finding-promise-policy-todo = keep the promise, or take it out
finding-deadline-longer = { $duty }: the text says “{ $said }”, the law says: { $law }. The law is stricter, and holds.
finding-deadline-longer-todo = shorten the time to that of the law
finding-deadline-shorter = { $duty }: the text says “{ $said }”, the law says: { $law }. The text promises more, and binds you.
finding-deadline-shorter-todo = make sure that it is kept, or promise no more than the law
finding-deadline-own = { $duty }: the text says “{ $said }”. The law: { $law }. The text promises more, and binds you.
finding-deadline-own-todo = make sure that it is kept; say whether working days are meant

findings-errors = { $count ->
    [one] ── One error: the text cannot stand as it is ──
   *[other] ── { $count } errors: the text cannot stand as it is ──
}
findings-warnings = { $count ->
    [one] ── One warning: somebody should look ──
   *[other] ── { $count } warnings: somebody should look ──
}
findings-notes = { $count ->
    [one] ── One note ──
   *[other] ── { $count } notes ──
}
findings-clauses = { $count ->
    [one] One clause found (its line, and its points):
   *[other] { $count } clauses found (each with its line, and its points):
}
findings-source = source: { $source }
findings-stricter-law = stricter: the law
findings-stricter-policy = stricter: the text
findings-also = also in lines { $lines }
findings-summary = { $name }: errors { $errors }, warnings { $warnings }, notes { $notes }. Text in “{ $language }”, law “{ $law }” as of { $edition }.
