# What people ask for, where it stands, and by when it is answered.

# What can be asked for: the name, and the action in the person's own words

request-kind-access = access to the data
request-kind-rectification = correction
request-kind-restriction = blocking
request-kind-unrestriction = lifting of a block
request-kind-destruction = destruction
request-kind-withdrawal = withdrawal of consent
request-kind-stop = stop of all processing
request-kind-objection = objection
request-kind-dissemination = conditions for showing data to everybody
request-kind-explanation = question
request-kind-complaint = complaint
request-kind-authority = request of an authority
request-do-access = See what you hold about me
request-do-rectification = Correct my data
request-do-restriction = Block my data for a time
request-do-unrestriction = Lift the block
request-do-destruction = Destroy my data
request-do-withdrawal = Take back my consent
request-do-stop = Stop all processing of my data
request-do-objection = Object
request-do-dissemination = Set conditions for showing my data
request-do-explanation = Ask a question
request-do-complaint = Complain
request-do-authority = Enter the request of an authority
request-objection-marketing = Stop sending me advertising
request-objection-automated_decision = Let a human decide anew

# What is wrong with data

request-ground-incomplete = Part of the data is missing
request-ground-out_of_date = The data are out of date
request-ground-inaccurate = The data are wrong
request-ground-unlawfully_obtained = The data were obtained unlawfully
request-ground-not_needed = You do not need these data

# How it came in, and who asks

request-intake-portal = page for people
request-intake-api = interface for programs
request-intake-mail = e-mail
request-intake-phone = phone call
request-intake-paper = letter on paper
request-applicant-subject = the person
request-applicant-representative = a representative
request-applicant-authority = an authority

# How it was shown who asks

request-rung-nothing = not needed
request-rung-secret = number and secret of the request
request-rung-contact_code = code or link to a contact on file
request-rung-shop_token = signed in at the shop
request-rung-order_facts = facts about an order, with a call back
request-rung-representative = authority seen, no copy kept

# Where it stands, as people read it

request-accepted = Accepted: { $number }, { $date }.
request-state-awaiting_identity = Waiting for you to confirm that it is you
request-state-in_progress = In progress
request-state-undoable = In progress: the data are blocked, you can still change your mind
request-state-done = Done
request-state-partly = Done in part
request-state-refused = Refused
request-state-taken_back = Taken back
request-state-lapsed = Closed: nobody confirmed who asked

# What another request is to it

request-relation-duplicate = the same, sent twice
request-relation-repeats = the same, asked again after the answer
request-relation-together = to be decided together
request-relation-same_letter = asked in the same letter

# What happened

request-event-filed = received
request-event-identified = shown who asks
request-event-identity_failed = a check of who asks failed
request-event-documents_seen = documents seen
request-event-paused = the term stands still
request-event-resumed = the term runs again
request-event-extended = the term was made longer
request-event-reclassified = taken for something else before
request-event-related = another request has to do with it
request-event-planned = plan made
request-event-approved = plan approved
request-event-scheduled = scheduled, can be undone
request-event-undone = called off
request-event-executed = carried out
request-event-answered = answered
request-event-taken_back = taken back
request-event-lapsed = lapsed
request-event-noted = note

# What was done

request-effect-marketing_stopped = advertising stopped
request-effect-consents_withdrawn = consents withdrawn
request-effect-processing_stopped = all processing stopped
request-effect-restricted = data blocked
request-effect-unrestricted = block lifted
request-effect-rectified = data corrected
request-effect-copy_made = copy ready
request-effect-conditions_set = conditions set
request-effect-decided_anew = decided anew by a human
request-effect-destroyed = data destroyed
request-effect-nothing_held = nothing was held any more
request-effect-destruction_verified = destruction checked
request-effect-recipients_told = recipients told
request-effect-pack_made = pack for the authority ready

# By when, and why by then

request-due-letter = { $by }: the authority’s letter names this day.
request-due-law = { $by }: the law gives { $term } { $label } ({ $source }).
request-due-promise = { $by }: clause { $clause } of our policy promises an answer in { $term }.
request-due-none = No date: neither the policy nor the law names a term.
request-days-off-unknown = The days off of { $year } are not known yet: the true date may be later.
request-term-paused = The term stands still now.
request-overdue = Overdue: the last day was { $date }.
request-was-late = The answer was late: the last day was { $date }.
request-past-target = More than half of the time is over.
request-term-none = no time of its own
request-keep-none = as long as the law lets claims be made
request-counts-from-filed = from the arrival
request-counts-from-identified = from the moment it is known who asks
request-counts-from-documents = from supporting documents
request-term-h = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }
request-term-wd = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
    }
request-term-d = { $count ->
    [one] { $count } calendar day
   *[other] { $count } calendar days
    }
request-term-m = { $count ->
    [one] { $count } month
   *[other] { $count } months
    }

# Days

date-at = { $date }, { $time }
date-1 = { $day } January { $year }
date-2 = { $day } February { $year }
date-3 = { $day } March { $year }
date-4 = { $day } April { $year }
date-5 = { $day } May { $year }
date-6 = { $day } June { $year }
date-7 = { $day } July { $year }
date-8 = { $day } August { $year }
date-9 = { $day } September { $year }
date-10 = { $day } October { $year }
date-11 = { $day } November { $year }
date-12 = { $day } December { $year }
date-by-1 = By { $day } January { $year }
date-by-2 = By { $day } February { $year }
date-by-3 = By { $day } March { $year }
date-by-4 = By { $day } April { $year }
date-by-5 = By { $day } May { $year }
date-by-6 = By { $day } June { $year }
date-by-7 = By { $day } July { $year }
date-by-8 = By { $day } August { $year }
date-by-9 = By { $day } September { $year }
date-by-10 = By { $day } October { $year }
date-by-11 = By { $day } November { $year }
date-by-12 = By { $day } December { $year }
