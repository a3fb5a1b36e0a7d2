# Requests on the pages of staff.

# The list and the start

desk-requests = Requests
desk-answered = Closed
desk-journal = Journal of requests
desk-new = New request
desk-new-authority = Request of an authority
desk-filters = Which requests to show
desk-filter = { $words } ({ $count })
desk-show-all = All open
desk-show-today = Due today
desk-show-overdue = Overdue
desk-show-identity = Waiting for identity
desk-show-second = Waiting for a second person
desk-show-open = Open
desk-board-all = open
desk-board-today = due today
desk-board-overdue = overdue
desk-board-second = waiting for a second person
desk-nothing = There are no such requests.
desk-earlier = Show earlier ones
desk-nameless = no name
desk-closed = Closed on { $day }
desk-overdue = Overdue
desk-half = Half of the time is over
desk-was-late = Answered late

# Where a request is, in words for staff

desk-state-awaiting_identity = waiting until the applicant shows who they are
desk-state-in_progress = in progress
desk-state-undoable = the data are blocked, destruction on { $until }
desk-state-done = done
desk-state-partly = done in part
desk-state-refused = refused
desk-state-taken_back = taken back by the applicant
desk-state-lapsed = closed: nobody showed who asked
desk-objection-marketing = end of advertising
desk-objection-automated_decision = decision to be made anew by a human
desk-due-awaiting = The time begins when it is known who asks.

# The page of a request

desk-trouble = Not done
desk-done = Done. It is on record.
desk-refused = { $told } Refused by { $clause }. Entry of the ledger: { $place }.
desk-minor = Age of the person: { $years }. This is a minor: check who may act for them.
desk-nobody = Nobody is on file under this contact. Find the person by another contact, or answer that there is no record.
desk-related = A request that has to do with this one: { $relation },
desk-due-title = When to answer
desk-began = Counted from { $began }
desk-holds = this one holds
desk-asked-title = What is asked
desk-every-purpose = all purposes
desk-who-title = Who asks
desk-identity = Identity
desk-proven = shown on { $at }: { $rung }
desk-unproven = not shown yet
desk-failed = Failed checks
desk-representative = Representative
desk-on-file = People with this contact
desk-compared-title = Now, and as it should be
desk-now = Now
desk-proposed = As it should be
desk-not-held = no value
desk-plan-title = Plan of the destruction
desk-plan-ends = Will be destroyed: { $attributes }
desk-plan-refused = Nothing is destroyed here. { $why }
desk-plan-by = Plan made by: { $name }
desk-plan-approved = Plan approved by: { $name }
desk-plan-waits = One more member of staff has to approve. Nobody can destroy data alone.
desk-system = the system
desk-account = colleague { $id }
desk-fate-stopped = { $purpose }: stopped
desk-fate-stopped-since = { $purpose }: stopped on { $since }
desk-fate-continues = { $purpose }: goes on. Ground: { $basis }
desk-fate-continues-until = { $purpose }: goes on until { $until }. Ground: { $basis }
desk-fate-kept = { $purpose }: the data are kept. Ground: { $basis }
desk-fate-kept-until = { $purpose }: the data are kept until { $until }. Ground: { $basis }
desk-deeds-title = What you can do
desk-no-deeds = There is nothing to do here now.
desk-fates-title = What became of the purposes
desk-changes-title = What was corrected
desk-before = Before
desk-after = After
desk-changed-at = Corrected on { $at }
desk-changed-later = Will be corrected when the block is lifted
desk-papers-title = Papers
desk-paper = Paper
desk-paper-of = Paper No. { $paper } of request No. { $number }
desk-back = To request No. { $number }
desk-pdf = Download PDF
desk-pack = Download the pack for the authority (ZIP)
desk-notes-title = Notes
desk-history-title = What happened
desk-longer = { $label }: { $term } longer

# Deeds: the name on the button, and what happens

desk-do-identify_by_facts = Confirm identity by facts about an order
desk-about-identify_by_facts = Compare the order number and two more facts that we hold already. Call back the contact that was known before. Copy nothing, and ask for no document.
desk-do-identify_representative = Accept the representative’s authority
desk-about-identify_representative = Look at the document and write down what it is. Keep no copy.
desk-do-rectify = Correct the data
desk-about-rectify = The values on the right replace the present ones. Recipients are told, and the applicant gets the answer.
desk-do-approve = Approve the plan of destruction
desk-about-approve = You confirm that the plan is right. It is recorded under your name.
desk-do-schedule = Begin the destruction
desk-about-schedule = The data are blocked at once. Until the time to call it off is over they can come back. Then they are destroyed for good.
desk-do-undo = Call the destruction off
desk-about-undo = The block is lifted and the data stay. The plan has to be made again.
desk-do-lift = Lift the block
desk-about-lift = The data can be used again. The applicant hears what the check found.
desk-do-decide_anew = Decide anew
desk-about-decide_anew = A human decides, not a program. The applicant gets the decision and the reasons.
desk-do-answer_authority = Answer the authority
desk-about-answer_authority = Answer each point. The system makes the pack of documents, which you download on this page.
desk-do-answer = Answer
desk-about-answer = The applicant gets this answer, and the request is closed.
desk-do-refuse = Refuse
desk-about-refuse = The applicant gets the refusal with its reason and hears where to complain. The request is closed.
desk-do-find_person = Find the person by another contact
desk-about-find_person = If nobody is on file under the contact that was named, type another one that we may hold.
desk-do-see_documents = Record that documents were seen
desk-about-see_documents = Write down which documents back the applicant’s words. Keep no copies.
desk-do-note = Add a note
desk-about-note = Staff see it, the applicant does not. Write no more data than needed.
desk-do-reclassify = Understand it differently
desk-about-reclassify = If something else is asked for, choose what. A date that was missed stays missed.
desk-do-pause = Let the time stand still
desk-about-pause = The time stands still as long as a reason named in the law lasts.
desk-do-resume = Let the time run again
desk-about-resume = The time runs again from this minute.
desk-do-extend = Make the time longer
desk-about-extend = The law permits this once for each reason.
desk-do-take_back = Close: the applicant took it back
desk-about-take_back = Only if the applicant said so. The request is closed without an answer.

# Fields of forms

desk-optional = { $label } (optional)
desk-none = not said
desk-facts = The order number and two facts match, and I called the known contact back
desk-seen_kind = Which document it is
desk-seen_kind-hint = For example: a power of attorney, a birth certificate.
desk-seen_number = Number of the document
desk-seen_until = Its last day
desk-evidence = Which documents were seen
desk-note = Note
desk-found = What the check found
desk-decision = The decision and its reasons
desk-answer = Answer
desk-answer-hint = Short sentences, plain words.
desk-basis = What the answer rests on
desk-basis-hint = A clause of the policy or an article of the law.
desk-refused_part = What exactly is refused
desk-reason = Why, in plain words
desk-article = Article of the law
desk-can_do = What the applicant can do
desk-pause_reason = Reason
desk-extend_reason = Reason
desk-kind = What is asked
desk-objection = What they object to
desk-ground = What is wrong with the data
desk-attribute = Which data
desk-attribute-hint = Nothing ticked: all data.
desk-purpose = For which purposes
desk-purpose-hint = Nothing ticked: all purposes.
desk-channel = Through which channel
desk-channel-email = e-mail
desk-channel-sms = SMS
desk-row-attribute = What to correct, { $row }
desk-row-value = Right value, { $row }
desk-intake = How it came
desk-received = Received
desk-by = Who asks
desk-name = Name of the applicant
desk-contact = Contact of the person the data are about
desk-contact-hint = An e-mail address, or a phone number with the country code, such as +77000000000.
desk-answer_to = The representative’s contact for the answer
desk-language = Language of the answer
desk-text = What the applicant said, in their words
desk-authority = Authority
desk-letter_number = Number of the letter
desk-letter_dated = Date of the letter
desk-letter_due = Last day named in the letter
desk-questions = Questions
desk-questions-hint = Each question on a line of its own.
desk-from = From
desk-until = Until

# A new request, and the journal

desk-new-about = Enter a call or a letter. From here on it goes the same way as a request from the page for people.
desk-new-button = Register the request
desk-authority-about = Enter the letter of an authority. The system counts the time and reminds you of it.
desk-authority-button = Register the letter
desk-filed = The request is registered
desk-filed-about = Tell the applicant the number and the secret, or print this page. The secret is shown once.
desk-filed-go = Open the request
desk-secret = Secret
desk-status-page = Where to see how it stands
desk-slip-keep = Keep the number and the secret. They open the answer.
desk-slip-identity = Now show that it is you. A code went to the contact of yours that we know.
desk-slip-authority = Now show us the document of your authority. We keep no copy.
desk-journal-about = The journal of a period: who asked, for what, until when, and what was done. Each download is on record.
desk-journal-pdf = Download PDF
desk-journal-xlsx = Download XLSX
desk-journal-csv = Download CSV

# What is wrong

desk-fault-empty = Fill in this field.
desk-fault-tick = Compare the facts first, then tick this.
desk-fault-period = The last day is before the first.
desk-fault-contact_missing = Type a contact: an e-mail address or a phone number.
desk-fault-contact_malformed = This is neither an e-mail address nor a phone number. Example: +77000000000.
desk-fault-words_missing = Say what it is about: words are needed here.
desk-fault-words_too_long = Too long. Make the text shorter.
desk-fault-nothing_named = Name at least one value that is to be corrected.
desk-fault-code_wrong = The code is wrong or out of date.
desk-fault-secret_wrong = The number or the secret is wrong.
desk-fault-nobody_on_file = Nobody is on file under this contact.
desk-fault-authority_missing = The authority to act is missing, incomplete or over.
desk-fault-day_malformed = Check the day: it is whole, and not in the future.
desk-fault-nothing_to_do = Nothing can be done: all that is left is still needed by law or contract.
