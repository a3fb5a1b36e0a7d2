# The pages for the people the data are about.

portal-nav = Your data
portal-home = Your data
portal-home-why = Choose what we should do. You need no account: a code shows that it is you.
portal-home-other = You act for somebody else. Choose what we should do.
portal-within = We answer within { $term }.
portal-more = More
portal-others = Other rights
portal-status = See how my request stands
portal-for-other = I act for somebody
portal-for-myself = I ask for myself
portal-policy = Read our policy
portal-help = Need help?
portal-help-write = Write to us:
portal-back = Back to the request

# What can be done, one sentence each

portal-do-see = We show everything we hold, and who looked at it.
portal-do-correct = Say what is wrong. We put it right and tell whoever got the data.
portal-do-stop-advertising = We stop advertising at once. You need no code.
portal-do-withdraw = Choose the consents. What rests on them, we stop at once.
portal-do-block = We keep the data, but do not use them.
portal-do-destroy = We destroy everything that no law and no contract makes us keep.
portal-do-unblock = We lift the block and use the data again.
portal-do-stop-all = We stop everything. Only what a law demands goes on.
portal-do-automated = A program decided about you? A human decides anew.
portal-do-show-conditions = Everybody can see some of your data? Forbid it, or say how.
portal-do-question = Ask what is not clear. We answer in plain words.
portal-do-complaint = Write what happened. We look into it and answer.

# The forms

portal-send = Send
portal-contact = Your e-mail or phone number
portal-contact-hint-code = Give one that you gave us before. If we hold it, a code goes there.
portal-contact-hint-find = Give the one that advertising comes to.
portal-contact-hint-answer = Our answer goes there.
portal-contact-other = E-mail or phone number of the person you act for
portal-contact-other-hint = Give one that this person gave us. We find the data by it.
portal-name = Your name (optional)
portal-name-hint = We write to you by this name.
portal-authority = First show us that you may act for this person. We write to you how. We keep no copy of the paper.
portal-words = In your own words (optional)
portal-words-hint = Write no document numbers and no passwords.
portal-question = Your question
portal-complaint = What happened
portal-automated = Which decision was it, and why do you disagree?
portal-conditions = Your conditions (optional)
portal-conditions-hint = Leave it empty, and we show these data to nobody.
portal-ground = What is wrong?
portal-rows = Which data?
portal-rows-hint = One row for one value. Leave the right value empty if we should not have it at all.
portal-row-which = Data { $row }
portal-row-value = Right value { $row }
portal-choose = Choose
portal-consents-which = Which consents do you take back?
portal-consents-all = Tick none to take back all.
portal-values-which = Which data?
portal-values-all = Tick none to name all.
portal-destroy-stays = What a law or a contract needs stays until its day. We tell you what, why and until when.
portal-destroy-undo = We block the data first. For { $term } you can change your mind. Then nobody can bring them back.

# What is wrong

portal-fault = Not sent yet
portal-minutes = { $minutes ->
    [one] Too many tries. Try again in { $minutes } minute.
   *[other] Too many tries. Try again in { $minutes } minutes.
}
portal-refused = This can no longer be done with the request.
portal-fault-contact_missing = Type an e-mail address or a phone number.
portal-fault-contact_malformed = Type an address like name@mail.example, or a number like +7 700 000 00 00.
portal-fault-words_missing = Write a few words.
portal-fault-words_too_long = Write less: at most 4000 characters.
portal-fault-nothing_named = Choose which data are wrong.
portal-fault-code_wrong = The code is wrong or too old. Check it, or let us send another.
portal-fault-secret_wrong = The number or the secret is wrong.
portal-fault-nobody_on_file = We find no data for this.
portal-fault-authority_missing = The authority to act for somebody is missing or has ended.
portal-fault-day_malformed = Type a day that is not in the future.
portal-fault-nothing_to_do = Nothing of this can be done: the data are needed.
portal-fault-proof_over = Show once more that it is you: enter a code.
portal-fault-ground_missing = Choose what is wrong.
portal-fault-value_missing = Type the right value.
portal-fault-data_missing = Choose which data this value is for.

# After the form was sent

portal-filed = We have your request
portal-filed-keep = Write down the number and the secret. They open your request on any device.
portal-filed-once = We show the secret only now.
portal-number = Number of the request
portal-secret = Secret
portal-secret-hint = Three groups of letters and digits.
portal-filed-confirm = Next, show that it is you: type the code we send.
portal-filed-authority = Next, wait for our letter. It says how to show that you may act for this person.
portal-filed-nothing = You need to do nothing more.
portal-filed-go = I have written them down. Go on

# The page of a request

portal-request = Request No. { $number }
portal-about-request = About request No. { $number }:
portal-asked = What you wrote
portal-code-title = Show that it is you
portal-code-why = If we hold { $contact }, a code went there.
portal-code = Code
portal-code-hint = Six digits. They count 15 minutes. You can paste them.
portal-code-button = Confirm
portal-code-again = Send another code
portal-code-lost = The code did not come?
portal-code-wait = Wait a few minutes, and look among the unwanted mail.
portal-code-other = Send the request anew with another contact that you gave us.
portal-code-ask = Ask us a question: we find another way.
portal-code-call = Or call us. We call you back on a number that we hold.
portal-undo = Do not destroy my data
portal-undo-why = You can change your mind until: { $until }.
portal-papers = Papers
portal-pdf = PDF
portal-copy = Your copy
portal-copy-why = See what we hold and who looked at it. Take it with you.
portal-copy-read = Read on this page
portal-copy-zip = Everything in one file (ZIP)
portal-copy-json = For programs (JSON)
portal-fate-stopped = stopped
portal-fate-kept = stopped, the data stay locked away
portal-consents = Your consents
portal-consent-given = Given on { $since }. Ends on { $until }.
portal-consent-ended = Not given since { $since }.
portal-consent-none = Not given.
portal-consent-text = Read the text
portal-consent-give = Give this consent
portal-consent-take-back = Take this consent back
portal-consent-certify = Get a certificate of this consent
portal-anew-title = Show once more that it is you
portal-anew-why = For your safety your data and consents are open for 30 minutes after the code. Press “Send another code” and enter it.
portal-channel-email = e-mail
portal-channel-sms = SMS
portal-channel-phone = phone calls
portal-channel-post = letters
portal-take-back = Take the request back
portal-take-back-why = We then do nothing more for it.
portal-case-file = Make the case file
portal-case-file-why = For an authority or a court: everything that happened, with its entries in the ledger.
portal-complain = Complain about this request
portal-close = Close on this device
portal-close-why = Do it on a device that others use. The number and the secret open it again.
portal-done-confirmed = Thank you. Now we know that it is you.
portal-done-code-sent = If we hold this contact, another code went there. The old one counts no more.
portal-done-consent-on = The consent is given.
portal-done-consent-off = The consent is taken back. What rests on it has stopped.
portal-done-taken-back = You have taken the request back.
portal-done-undone = We do not destroy your data.

# Coming back

portal-status-why = Type the number and the secret that you wrote down.
portal-status-button = Open
portal-status-lost = Lost the secret? Send the request once more: you get a new number and a new secret.
portal-status-here = Open the request that this device remembers
portal-none-open = No request is open on this device.

# The link in the letter

portal-confirm = Is it you?
portal-confirm-why = Somebody asked us about your data: request No. { $number }, “{ $kind }”. If it was you, press the button. Then nobody but you opens its page.
portal-confirm-button = Yes, it was me
portal-confirm-not-you = It was not you? Close this page. Nothing happens then.
portal-link-done = Thank you. Now we know that it is you
portal-link-handed-over = The request is now open here, under a new secret. The one before counts no more.
portal-link-over = This link does not work
portal-unsubscribe = Stop advertising
portal-unsubscribe-why = Press the button, and we send you no advertising any more, through no channel. Letters about your orders still come.
portal-unsubscribe-button = Stop all advertising
portal-unsubscribed = Advertising is stopped
portal-unsubscribed-why = From now on we send you no advertising. You can agree to it again whenever you want.
portal-link-over-why = It was used already, or it is too old. Open the request and let us send another.
