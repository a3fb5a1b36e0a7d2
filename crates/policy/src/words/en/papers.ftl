# Papers that are issued: acknowledgements, answers, acts, certificates.

# Every paper: title, header, foot.

paper-title-acknowledgement = Request received. Acknowledgement No. { $number }
paper-title-refusal = Reasoned refusal No. { $number }
paper-title-destruction-act = Act of destruction of personal data No. { $number }
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
