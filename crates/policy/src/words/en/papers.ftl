# Papers that are issued: acknowledgements, answers, acts, certificates.

# Every paper: title, header, foot.

paper-title-acknowledgement = Request received. Acknowledgement No. { $number }
paper-title-refusal = Reasoned refusal No. { $number }
paper-title-destruction-act = Act of destruction of personal data No. { $number }
paper-title-access-answer = Answer to a request for access No. { $number }
paper-title-rectification-answer = Answer about the correction of data No. { $number }
paper-title-restriction-answer = Answer about the blocking of data No. { $number }
paper-title-withdrawal-answer = Answer about withdrawal and stop of processing No. { $number }
paper-title-destruction-answer = Answer about the destruction of data No. { $number }
paper-title-reply = Answer to a request No. { $number }
paper-title-ledger-extract = Extract of the ledger No. { $number }
paper-title-journal = Journal of requests No. { $number }
paper-title-consent-certificate = Certificate of consent No. { $number }
paper-title-case-file = Case file No. { $number }
paper-title-authority-cover = Cover letter to an authority No. { $number }
paper-foot = { $title } · { $day }
paper-page = page { $page } of { $pages }
paper-mark = Ledger entry { $log }/{ $index } · SHA-256 of the sheet:
paper-number = Number of the paper
paper-dated = Date
paper-operator = Operator
paper-registration = BIN/IIN
paper-operator-address = Operator’s address
paper-operator-contact = Where to write
paper-edition = Edition of the policy
paper-edition-of = { $number }, in force since { $day }
paper-language = Language
paper-language-name = English
paper-program = Made by
paper-nothing = none

# The request that a paper answers.

paper-request-number = Number of the request
paper-request-cited = No. { $number }
paper-received = Received
paper-kind = Kind of request
paper-channel = Came by
paper-person = Who asked
paper-representative = Representative
paper-representative-seen = { $kind }, No. { $number }, valid until { $day }. We saw it and took no copy.
paper-asked = What was asked
paper-answer-to = Where the answer goes
paper-identity = How identity was checked
paper-responsible = Responsible for personal data

# Dates by which something is owed.

paper-terms = Dates
paper-term-duty = What we do
paper-term-day = Last day
paper-term-because = Why this day
paper-terms-none = No term runs.

# Who outside was told.

paper-told-heading = Whom we told
paper-told-who = Recipient
paper-told-at = Told
paper-told-confirmed = Confirmed
paper-told-waiting = not yet
paper-told-nobody = These data were given to nobody. There was nobody to tell.

# Data that stay.

paper-kept-heading = What stays
paper-kept-what = Data
paper-kept-basis = Ground
paper-kept-until = Until
paper-kept-nothing = Nothing stays.

# Where to complain.

paper-remedy-heading = Where to complain
paper-remedy-right = If you disagree, complain to the authority or to a court.
paper-remedy-body = Body
paper-remedy-address = Address
paper-remedy-page = Page

# Signatures.

paper-signed = Signatures
paper-signed-decided = Decided by
paper-signed-destroyed = Destroyed by
paper-signed-approved = Destruction approved by
paper-signed-name = Name
paper-signed-post = Post
paper-signed-account = Account
paper-signed-at = Signed at
paper-signed-ink = signature

# Acknowledgement.

paper-acknowledgement-opening = We registered your request as No. { $number }. We answer by { $day } at the latest.
paper-done-already = What is done already
paper-status-heading = How to see the state
paper-status-how = Open the page. Enter No. { $number } and the secret you were given apart.
paper-status-page = Page

# Reasoned refusal.

paper-refusal-opening = We cannot do all that was asked in request No. { $number }. The reason stands below.
paper-refused-what = What we refuse
paper-refused-why = Why
paper-clause = Clause of the policy
paper-article = Article of the law
paper-facts = Facts it rests on
paper-can-do = What you can do

# Act of destruction.

paper-act-opening = This act confirms that the personal data below were destroyed for good.
paper-processors = Who processed for the operator
paper-act-persons = Whose data
paper-act-request = Request
paper-act-request-of = No. { $number }, received { $moment }
paper-act-categories = Categories of the destroyed data
paper-act-method = Method of destruction
paper-act-reason = Reason for destruction
paper-act-destroyed = Destroyed on
paper-act-electronic = In information systems
paper-act-systems = Information system
paper-act-removed = Taken out of use
paper-act-keys = Keys destroyed
paper-act-copies = Copies cannot be opened since
paper-act-before = Records before
paper-act-after = Records after
paper-act-ledger = Entries of the ledger
paper-act-carriers = Destroyed carriers
paper-act-carrier = Carrier
paper-act-sheets = Sheets

# Answers to withdrawal and stop.

paper-fates = Purposes: what has stopped, what goes on
paper-fate-purpose = Purpose
paper-fate-state = State
paper-fate-stopped = stopped since { $moment }
paper-fate-continues = goes on
paper-fate-basis = Ground to go on
paper-fate-until = Until
paper-blocked-since = Blocked since
paper-destroyed-by = To be destroyed by

# Answers to correction.

paper-change-ground = What was wrong
paper-change-evidence = What we saw, without a copy
paper-changes = What was corrected
paper-change-field = Data
paper-change-before = Before
paper-change-after = Now
paper-change-at = Corrected at

# Answers to blocking and unblocking.

paper-block-holds = The data below are blocked. We use them for nothing but what is named.
paper-block-lifted = We lifted the block of the data below.
paper-block-categories = Categories of data
paper-block-reason = Reason for the block
paper-block-allowed = What is allowed during the block
paper-block-until = Until
paper-block-lifted-at = Lifted
paper-block-found = What the check found

# Answers to destruction.

paper-destroyed-for-good = We destroyed the data below for good.
paper-act-number = Number of the act

# Answers in words.

paper-reply-answer = Answer
paper-reply-basis = What it rests on
paper-signed-answered = Answered by

# Access answer.

paper-access-confirmed = We confirm: we process personal data about you. All of them stand below.
paper-access-nothing = We cannot link your request to any record.
paper-access-help = What would help
paper-held-purposes = Purposes, grounds, terms
paper-held-purpose = Purpose
paper-held-basis = Ground
paper-held-until = Kept until
paper-held-methods = Ways of processing
paper-held-place = Where data are kept
paper-held-access = Who has access
paper-held-abroad = Transfers abroad
paper-held-measures = Measures of protection
paper-held-data = Your data
paper-datum-label = Data
paper-datum-value = Value
paper-datum-source = Source
paper-datum-since = Held since
paper-held-recipients = Who got your data
paper-recipient-name = Recipient
paper-recipient-country = Country
paper-recipient-what = What
paper-recipient-purpose = Purpose
paper-recipient-at = When
paper-held-operations = What was done with your data
paper-row-at = Time
paper-row-what = Deed
paper-row-who = Who
paper-row-purpose = Purpose
paper-row-place = Ledger entry
paper-row-digest = SHA-256 of the entry
paper-row-data = Data
paper-masked = What is masked
paper-masked-what = What
paper-masked-why = Why
paper-masked-nothing = Nothing is masked.
paper-access-rights = Your rights
paper-access-rights-are = Ask us to correct, block or destroy data. Withdraw consent at any time.
paper-access-free = This answer is free of charge.

# Certificate of consent.

paper-consent-person = Who consented
paper-consent-given-by = Who consented for them
paper-consent-state = Whether it holds
paper-consent-holds = holds at { $moment }
paper-consent-withdrawn = withdrawn { $moment }
paper-consent-expired = expired { $moment }
paper-consent-outgrown = covers nothing that is done since version { $version } of the policy
paper-consent-given = Given
paper-consent-place = Where
paper-consent-deed = How
paper-consent-evidence = Evidence
paper-consent-covers = What it covers
paper-consent-purposes = Purposes
paper-consent-data = Data
paper-consent-actions = Operations
paper-consent-third-persons = Third persons
paper-consent-abroad = Transfers abroad
paper-consent-public = Making public
paper-consent-until = Term
paper-consent-withdrawal = How to withdraw
paper-consent-shown = What was shown: the whole text
paper-consent-version = Version of the text
paper-consent-digest = SHA-256 of the text
paper-consent-language = Language of the text
paper-enquiries = When it was checked
paper-enquiry-decision = Decision
paper-enquiry-who = Who asked
paper-enquiry-at = When
paper-enquiry-answer = Answer
paper-enquiries-none = Nobody has checked this consent yet.
paper-enquiries-earlier = Checked before those: { $count } times.
paper-signed-certified = Certified by

# Cover of the pack for an authority.

paper-cover-authority = Authority
paper-cover-letter = Number of its letter
paper-cover-letter-dated = Date of its letter
paper-cover-disclosed-on = Ground to disclose personal data
paper-points = Answers point by point
paper-point-number = No.
paper-point-question = Question
paper-point-answer = Answer
paper-files = What is in the pack
paper-file-name = File
paper-file-what = What it is
paper-file-bytes = Bytes
paper-file-rows = Ledger entries
paper-file-digest = SHA-256
paper-verify-heading = How to check the pack
paper-verify-how = Run offline: saqta verify pack.zip. The program shows what was changed.
paper-verify-what = You can compare the SHA-256 values with those on this paper.

# Case file.

paper-signed-compiled = Compiled by
paper-outcome = Outcome
paper-case-events = What happened
paper-issued-papers = Papers issued
paper-issued-title = Paper
paper-issued-at = Issued
paper-issued-sent = Sent by
paper-issued-digest = SHA-256
paper-issued-none = No paper was issued.
paper-checkpoint = State of the ledger
paper-checkpoint-origin = Whose ledger
paper-checkpoint-size = Entries
paper-checkpoint-root = Root (SHA-256)
paper-checkpoint-note = Signed state, as it was signed
paper-checkpoint-key = Key of the signature

# Extract of the ledger.

paper-extract-from = From
paper-extract-until = Until
paper-extract-filter = How entries were chosen
paper-extract-entries = Entries of the ledger
paper-signed-extracted = Extracted by

# Journal of requests.

paper-journal-from = From
paper-journal-until = Until
paper-journal-count = Requests
paper-journal-open = Of these unanswered
paper-journal-ended = Numbers whose cases have ended
paper-journal-entries = Requests
paper-journal-none = There were no requests in this period.
paper-journal-arrived = No. and receipt
paper-journal-who = Who
paper-journal-what = About
paper-journal-term = Date and responsible
paper-journal-deeds = Measures
paper-journal-end = Outcome
paper-journal-answer = Answer
paper-entry-number = No.
paper-entry-received = Received
paper-entry-channel = Channel
paper-entry-person = Who asked
paper-entry-representative = Representative
paper-entry-contact = Contact
paper-entry-kind = Kind
paper-entry-summary = Summary
paper-entry-identity = Identity check and result
paper-entry-due = Due
paper-entry-due-because = Why then
paper-entry-responsible = Responsible
paper-entry-measures = Measures taken
paper-entry-told = Third persons told
paper-entry-outcome = Outcome
paper-entry-basis = Ground of the outcome
paper-entry-answered = Answered
paper-entry-answer = Answer No.
paper-entry-sent = Sent by
paper-entry-signed = Account
paper-entry-act = Act
paper-entry-waiting = in progress
paper-signed-journal = Journal kept by
