# What papers and letters about requests say, beside the names of their fields.

answer-by-system = the system, by the operator’s policy
answer-responsible = the responsible person for personal data
answer-to-page = the page of the request
answer-sent-page = on the page of the request
answer-your-request = your request
answer-refused = { $operation }: refused
answer-basis-term = a term that the policy names
answer-until-ground-ends = as long as this ground stands
answer-ground-asked = the person asked for it
answer-block-allows = storage only
answer-block-until = the block is lifted, or the data are destroyed
answer-evidence-own-word = what the person said themselves
answer-fact-identity = How it was shown who asks: { $identity }.
answer-marketing-stopped = We have stopped. You get no more advertising from us through any channel.
answer-conditions-set = Your prohibitions are set. These data are shown to nobody until you allow it.
answer-nothing-to-withdraw = We hold no consent of yours that could be taken back. Nothing is done on one.
answer-all-ended = What a law or a contract kept has ended as well. Nothing of these data is left.
answer-nothing-help = Tell us another e-mail address or phone number that you gave us, or an order number.
answer-masked-other-person = it is about another person
answer-document = document ({ $type }, { $bytes } bytes), in the file you can fetch
answer-method = by computer, with staff taking part where a purpose says so
answer-place = in databases in { $country }
answer-abroad = { $recipient }, { $country }: named in the policy, only after your consent and a notice to the authority
answer-access-staff = staff who work for the purpose and have signed the undertaking
answer-access-programs = programs of the operator, each for its own purposes
answer-measure-1 = each person’s data are sealed under a key of their own
answer-measure-2 = access by purpose and role, after a signed undertaking
answer-measure-3 = every operation stands in a signed ledger
answer-measure-4 = what has ended is destroyed together with its key
answer-actor-key = a program of the operator
answer-actor-system = the system itself
answer-actor-staff = a member of staff
answer-actor-subject = you
answer-source-subject = you
answer-source-representative = somebody acting for you
answer-source-staff = staff, from a document or a call
answer-source-import = an earlier customer base
answer-source-other = another person
answer-act-person = case { $case } of request № { $number }
answer-act-method = the keys were destroyed beyond recovery; without them no copy can be read
answer-act-reason = { $kind }, asked by the person
answer-act-system = Saqta, the operator’s personal data information system
answer-journal-ended = the case has ended
answer-pack-policy = the published policy ({ $language })
answer-pack-executed = the policy as it is executed
answer-pack-purposes = the register of purposes
answer-pack-journal = the journal of requests, without names
answer-pack-proofs = proofs that the papers stand in the signed ledger

# Letters

letter-code-subject = Code for request № { $number }
letter-code-why = Somebody asked us for this: { $kind }. The number of the request is { $number }. Show us that it is you.
letter-code-code = Your code: { $code }. It counts for 15 minutes.
letter-code-link = Or open this page and press the button. The link counts for 24 hours: { $link }
letter-code-not-you = If it was not you, do nothing. Without the code nothing is shown or changed.
letter-code-sms = Code { $code } for request № { $number }. It counts for 15 minutes.
letter-represented-subject = Request № { $number }: somebody says they act for you
letter-represented-what = Somebody says that they may act for you and filed a request in your name: { $kind }, № { $number }.
letter-represented-before = Nothing about you is told to them, and nothing is done with your data, before they have shown their authority to our staff.
letter-represented-not-you = If you know nothing of it, answer this letter or call us: we will not go on with it.
letter-represented-sms = Request № { $number } was filed in your name by somebody who says they act for you. If you know nothing of it, call the shop.
letter-answered-subject = Request № { $number } is answered
letter-answered = Your request № { $number }: { $outcome }.
letter-answered-page = Read the answer here. You need the number and the secret of the request: { $page }
letter-closing = { $operator }
    Questions about your data: { $email }

# Why a request cannot be so

request-fault-contact_missing = Type an e-mail address or a phone number.
request-fault-contact_malformed = This is neither an e-mail address nor a phone number. Check it.
request-fault-words_missing = Say in words what this is about.
request-fault-words_too_long = This is too long. Say it in at most 4000 characters.
request-fault-nothing_named = Name at least one value and what is right.
request-fault-code_wrong = The code is wrong or too old. Check it, or ask for another.
request-fault-secret_wrong = The number or the secret is wrong.
request-fault-nobody_on_file = Nobody is on file under this contact.
request-fault-authority_missing = Name the document, its number and its last day. It must still hold.
request-fault-day_malformed = Write the day as 2026-03-24. It must not lie in the future.
request-fault-nothing_to_do = Nothing can be done here now: nothing of this is held, or all of it is still needed.
request-fault-proof_over = It has to be shown once more who asks: enter a code.
