# What the system says, in English. Every message stands in all three languages with the same variables.

# Refusals: what happened, and what would be needed

not_authorised = The key is not admitted to this operation for this purpose.
    .needs = A key whose scope names both the operation and the purpose.
no_undertaking = The holder of the key has not signed the confidentiality undertaking.
    .needs = A signed undertaking whose number and date are entered for the key.
purpose_unknown = The policy declares no such purpose.
    .needs = Name a purpose that the policy declares.
operation_not_declared = The policy provides for no such operation for the purpose “{ $purpose }”.
    .needs = The operation has to be declared for this purpose in a new version of the policy.
attribute_unknown = The policy declares no such data: { $attributes }.
    .needs = Send only data that the policy declares.
attribute_not_needed = The purpose “{ $purpose }” has no use for: { $attributes }.
    .needs = Leave these data out.
no_personal_data = The purpose “{ $purpose }” uses no personal data at all.
    .needs = Send no personal data for it.
attribute_missing = Data that the purpose cannot do without are missing: { $attributes }.
    .needs = Supply them.
basis_not_in_law = The law in force does not know the ground this purpose stands on.
    .needs = A ground that the law knows, such as consent.
purpose_stopped = All processing for the purpose “{ $purpose }” is stopped.
    .needs = The operator has to resume it.
no_record = Nothing about this person is held where this purpose may look.
    .needs = Collect the data for this purpose first, or name the right person.
subject_stopped = The person demanded an end to all processing.
    .needs = Nothing helps: only what the law or an open obligation demands goes on.
blocked = The data are blocked.
    .needs = Wait for the end of the block, or have it lifted.
no_consent = The person has not consented.
    .needs = Ask for consent to this purpose with the published wording.
consent_refused = The person said no.
    .needs = Do not ask again: the person may consent of their own accord.
consent_withdrawn = The person withdrew the consent.
    .needs = A new consent, freely given.
consent_expired = The term of the consent is over.
    .needs = A new consent.
consent_outgrown = The policy has widened since the consent was given, which does not cover what is done today.
    .needs = Ask for consent to the version in force.
channel_unknown = The policy asks for no consent through this channel.
    .needs = Name a channel that the purpose declares.
text_unknown = The consent names a wording that the policy does not publish.
    .needs = Show the published wording and send its digest.
parent_missing = The person is under 18: a yes counts when a parent gives it with them, or for them below 14.
    .needs = Ask a parent, and say so: given_by together from 14 on, representative below.
no_ground = The evidence of the ground is missing.
    .needs = Name it: the number of an order, the number of an act, the place of publication.
purpose_reached = The purpose was reached; what is still kept is locked.
    .needs = A new ground: what is kept after the end is used for nothing.
incompatible = These data were collected for another purpose that is not declared compatible: { $attributes }.
    .needs = Collect them for this purpose, or declare the purposes compatible in a new version of the policy.
not_held = These data are not held: { $attributes }.
    .needs = Collect them first.
held = A hold forbids destruction.
    .needs = The hold has to end or be lifted.
still_needed = A ground still demands that the data be kept.
    .needs = Wait until it ends.
link_not_declared = No declared basis allows these records to be joined.
    .needs = The policy has to declare the link between the two purposes.
nothing_to_lift = There is no such block or hold.
    .needs = Name one that is in force.
nothing_to_withdraw = There is no consent to withdraw.
    .needs = Nothing: no consent to this purpose is in force.
recipient_unknown = The policy names no such recipient.
    .needs = Name a recipient that the policy declares.
recipient_not_named = For the purpose “{ $purpose }” nothing is provided to this recipient.
    .needs = The purpose has to name the recipient in a new version of the policy, of which people are told.
recipient_gets_no_such_data = For the purpose “{ $purpose }” this recipient does not get: { $attributes }.
    .needs = Leave these data out, or declare in a new version of the policy that the recipient gets them.
no_agreement = No agreement with a duty of confidentiality binds the recipient on this day.
    .needs = An agreement in force that contains the duty of confidentiality, entered in the policy.
notice_missing = The recipient is abroad, and no notice of the transfer to the authority is on record.
    .needs = The notice with its number, date and receipt. This version of the program cannot record one yet, so every transfer abroad is refused.
event_unknown = The policy declares no such event.
    .needs = Name an event that starts or ends a purpose.
too_many_persons = More persons were read than the limit of the key allows.
    .needs = Wait, ask for fewer, or have the limit raised.
request_closed = The request is closed.
    .needs = A new request; this one takes notes only.
out_of_turn = This does not come next in the course of the request.
    .needs = Look at where the request is, and do what comes next.
identity_not_proven = It was not shown, in a way that is enough, who asks.
    .needs = A code to a contact on file, the shop’s token, facts about an order, or authority that was seen.
term_stands = The term cannot be changed for that reason, or so far.
    .needs = Answer in time; a term grows only before its end, for a reason in the law pack.
plan_missing = It was not written down before what would be done.
    .needs = A plan: what ends, what stays, why and until when.
second_person_missing = A second member of staff has to stand for it.
    .needs = The approval of somebody else than who made the plan.
undo_running = The time in which this can be called off is not over.
    .needs = Schedule it, and wait until that time is over.
undo_over = The time in which this could be called off is over.
    .needs = Nothing helps: it is being carried out.
not_yet = Its time has not come.
    .needs = Wait, or set the clock right.

# Where a refusal comes from

clause = clause { $clause }

# Operations (clauses 2.6 and 8.1)

operation-collection = collection
operation-recording = recording
operation-systematisation = systematisation
operation-accumulation = accumulation
operation-storage = storage
operation-rectification = rectification
operation-updating = updating
operation-alteration = alteration
operation-retrieval = retrieval
operation-use = use
operation-transfer = transfer
operation-dissemination = dissemination
operation-provision = provision
operation-access = access
operation-depersonalisation = depersonalisation
operation-blocking = blocking
operation-erasure = erasure
operation-destruction = destruction

# Grounds (clause 6)

basis-consent = consent
basis-law = law
basis-justice = justice
basis-contract = contract
basis-legitimate_interest = legitimate interest
basis-made_public = data the person made public
basis-publication_required = publication required by law
basis-none = no personal data

# Ends of processing (clause 7.10)

end-purpose_reached = the purpose was reached
end-consent_expired = the term of the consent is over
end-consent_withdrawn = the consent was withdrawn
end-stop_demanded = an end to processing was demanded
end-unlawful = the processing was unlawful

# Reasons for a block (clause 4.1)

reason-incomplete = the data are incomplete
reason-out_of_date = the data are out of date
reason-inaccurate = the data are inaccurate
reason-unlawfully_obtained = the data were obtained unlawfully
reason-not_needed = the purpose does not need the data
reason-ordered = an authority ordered it

# What happens at the end of a term (clause 5.7)

then-destroy = destroyed
then-depersonalise = depersonalised

# How data are processed (clause 2.1)

automation-automated = automated
automation-manual = manual
automation-mixed = automated and manual

# Who supplied a value (clauses 4.2, 4.3)

source-subject = the person
source-representative = a representative
source-staff = staff
source-import = an earlier customer base
source-other = another person

# Kinds of values (clause 5.6)

kind-text = text
kind-name = name
kind-email = e-mail address
kind-phone = phone number
kind-iin = IIN
kind-bin = BIN
kind-date = date
kind-address = address
kind-plate = number plate
kind-vin = VIN
kind-money = amount of money
kind-document = document

# What is wrong with a value (clause 5.6)

fault-value_empty = The value is empty.
fault-value_too_long = The value is too long.
fault-value_has_control_characters = The value has line breaks or control characters.
fault-value_malformed = The value does not look like its kind.
fault-check_digit_wrong = The check digit does not fit: a digit is wrong or two are swapped.
fault-value_is_a_document = A document is uploaded, not sent as a value.

# Answers of the API that are no refusals

problem-malformed = The request could not be understood.
problem-unknown-key = The API key is missing, unknown or revoked.
problem-idempotency-conflict = The same idempotency key was already used for another request.
problem-too-large = The request is too large.
problem-rate-limited = Too many requests; try again later.
problem-not-found = There is nothing here.
problem-not-ready = The system is not ready yet; try again later.
problem-internal = Something failed on our side; nothing was done.
problem-value = The value of “{ $attribute }” was not accepted.
problem-media-type = The content type is not the one that is wanted.
problem-method = This address does not answer to this method.
problem-timed-out = It took too long. Send the same request again under the same idempotency key to learn whether it was done.
problem-busy = Too many changes of the same record at once; try again.
problem-no-policy = No policy is in force yet.
problem-not-administrator = This is for administrators’ keys only.
problem-identifier-taken = Another person is already known under this value.
problem-policy = The policy has errors and was not published.
problem-version = This cannot be done with that version of the policy.
problem-setup-over = The set-up link is wrong, used or out of date.
problem-form-over = This page has expired. Go back, load it again and send the form once more.
problem-too-many-guesses = Too many tries. Wait a while and try again.
problem-link-over = This link is wrong, used or out of date. Ask for a new one.
problem-not-signed-in = The name, the password or the code is wrong.
problem-not-responsible = Only the responsible person may do this.

# Why something cannot be done with a version (clause 11.2)

version-number_not_higher = Its number has to be higher than that of the last version.
version-approver_missing = Name who approves the new version.
version-purpose_moved = A purpose of that name lay in another compartment before: give it a new name, and the old one will end.
version-not_after_the_last = It has to take effect after the last version.
version-effective_in_the_past = The moment from which it holds is past.
version-already_published = It is published already.
version-draft_changed = The draft was changed since it was read: read it again, and approve what it says now.
version-already_effective = It is in force, or will be within a minute: publish a version with a higher number instead.
version-already_cancelled = It was called off before.
version-older_in_force = An older version is in force again, and nothing is ended under it: set the clock right, or restore the versions that are missing.

# What is wrong with a request

malformed-json = The body is not the JSON that is wanted: line { $line }, column { $column }.
malformed-body_incomplete = The body ended before its end.
malformed-path_malformed = The address is not well formed.
malformed-query_malformed = What stands after the question mark in the address is not well formed.
malformed-form_malformed = The form has to have one part “request” and one part “file”, in this order.
malformed-idempotency_key_malformed = The idempotency key is 1 to 128 visible ASCII characters.
malformed-subject_malformed = Name the person by “id” (32 hexadecimal digits), or by “attribute” and “value”.
malformed-id_malformed = An id is 32 hexadecimal digits.
malformed-receipt_malformed = A receipt is written as log and index, such as 1-42.
malformed-purpose_malformed = This cannot be the name of a purpose.
malformed-attribute_malformed = This cannot be the name of an attribute.
malformed-channel_malformed = This cannot be the name of a channel.
malformed-event_malformed = This cannot be the name of an event.
malformed-cursor_malformed = The cursor is not one that this system gave out.
malformed-digest_malformed = A digest is 64 hexadecimal digits.
malformed-language_unknown = The language is kk, ru or en.
malformed-given_by_unknown = given_by is subject, together or representative.
malformed-source_unknown = The source is subject, representative, staff, import or other.
malformed-reason_unknown = The reason is incomplete, out_of_date, inaccurate, unlawfully_obtained, not_needed or ordered.
malformed-no_pack = This is no pack of Saqta.
malformed-request_kind_unknown = The kind of a request is access, rectification, restriction, unrestriction, destruction, withdrawal, stop, objection, dissemination, explanation or complaint.
malformed-ground_unknown = The ground is incomplete, out_of_date, inaccurate, unlawfully_obtained or not_needed.
malformed-objection_unknown = The objection is marketing or automated_decision.
malformed-time_malformed = A time is written by RFC 3339, such as 2026-03-01T00:00:00Z.
malformed-until_is_past = The end lies in the past.
malformed-reference_missing = The reference is missing or longer than 200 bytes.
malformed-nothing_to_collect = Nothing is there to be collected.
malformed-nothing_to_do = Nothing is there to be done.
malformed-too_many_parts = There are too many parts.
malformed-attribute_twice = An attribute is named twice.
malformed-attribute_not_findable = The policy does not let persons be found by this attribute.
malformed-attribute_is_no_document = This attribute is no document.
malformed-media_type_not_accepted = Documents are taken in as PDF, JPEG, PNG or plain text.
malformed-same_subject = A record cannot be joined with itself.
malformed-label_missing = The label is missing or longer than 100 characters.
malformed-purpose_unknown = The policy declares no such purpose.
malformed-operation_unknown = There is no such operation in clause 8.1.
malformed-sizes_out_of_order = The smaller size has to come first and be at least 1.
malformed-index_negative = An index is not negative.
malformed-hash_is_not_32_bytes = A hash is 32 bytes.
malformed-attribute_not_of_purpose = No purpose of this request uses the attribute the person is named by.
malformed-nothing_to_block = The block names no attribute.
malformed-visitor_has_documents = The visitor’s record has documents, which cannot go over into another record.
malformed-file_is_not_text = A file of the policy is not text in UTF-8.
malformed-approver_malformed = The name of who approves has 1 to 200 characters, none of them a control character.

# Decisions that were no refusals

decision-done = Done as permitted: { $operation }.
