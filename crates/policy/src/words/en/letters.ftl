# Letters that came by e-mail, as staff see them, and letters of ours that did not arrive.

mail-title = Letters
mail-safe = You see the text of the letters alone: nothing in them was opened, run or loaded from anywhere.
mail-wrongly = Was it understood wrongly? Say what it asks for:
mail-letter = Letter of { $at }
mail-from = From
mail-nobody = no sender is named
mail-several = The letter names several senders. An honest program writes one.
mail-subject = Subject
mail-without-subject = no subject
mail-words = The writer’s own words
mail-no-own-words = The writer wrote nothing of their own.
mail-original = Download the original
mail-original-why = It is the letter as it came, with everything attached to it. Open it only where nothing can run.
mail-head-only = Only the head of this letter is here: with { $size } it was too large. Read it in the mailbox, where it is flagged.
mail-name-address = The sender’s name shows another e-mail address than the one it came from. Look at the address alone.
mail-looks_like-letters = The sender’s domain { $domain } looks like { $known }, and is written with other letters: this is how letters are forged. Do nothing before you have asked the person by a contact that was known before.
mail-looks_like-slip = The sender’s domain { $domain } differs from { $known } by one letter. Look whether that is a slip, or somebody who wants to be taken for another.
mail-cut = The text is too long; its end is left out here.
mail-forwarded = Forwarded text
mail-quoted = Quoted text and signature
mail-attachments = Attachments
mail-declared = { $type }, { $size }
mail-download = Download
mail-size-bytes = { $size } bytes
mail-size-kb = { $size } KB
mail-size-mb = { $whole }.{ $tenth } MB

# Why a file is not given out

mail-barred-runs_by_name = Not given out: by its name it is a program, or can start one.
mail-barred-runs_by_content = Not given out: inside it is a program, whatever its name says.
mail-barred-not_accepted = Not given out: files of this type are not accepted. Ask for a PDF or a picture.

# What was recognised, and why

mail-understood = What was recognised
mail-kind-access = { request-kind-access }
mail-kind-rectification = { request-kind-rectification }
mail-kind-withdrawal = { request-kind-withdrawal }
mail-kind-destruction = { request-kind-destruction }
mail-kind-blocking = { request-kind-restriction }
mail-kind-marketing_stop = { desk-objection-marketing }
mail-kind-question = { request-kind-explanation }
mail-kind-complaint = { request-kind-complaint }
mail-kind-authority_request = { request-kind-authority }
mail-kind-none = nothing
mail-place-subject = in the subject
mail-place-body = in the writer’s own words
mail-place-forwarded = in the forwarded text
mail-place-sender = in the name or the address of the sender
mail-language-ru = Russian
mail-language-kk = Kazakh
mail-language-en = English
mail-reason-mark = The mark “{ $mark }” of the policy stands { $place }: { $kind }.
mail-reason-demand = A demand stands { $place }: { $kind }. It is asked in words such as “{ $example }” ({ $language }).
mail-reason-authority = A state body names itself { $place }, and demands something.
mail-reason-authority-reference = A law or a case is named.
mail-reason-authority-number = The letter has a number of its own.
mail-reason-machine = A machine sent it: { $sign }.
mail-reason-machine_perhaps = A machine may have sent it: { $sign }.
mail-reason-own_mail = We sent it ourselves.
mail-reason-only_quoted = Nothing stands in it but quotations from older letters.
mail-reason-empty = Nothing stands in it.
mail-reason-unclear = Nothing in it was recognised, so it is a question for staff.
mail-reason-unreadable = It cannot be read: { $fault }. It is a question for staff, who look at the original.
mail-sign-own_loop = it carries the mark of our own letters
mail-sign-auto_submitted = it says so itself
mail-sign-precedence = it was sent to many at once
mail-sign-mailing_list = it came through a mailing list
mail-sign-auto_reply_field = it is an automatic answer
mail-sign-report = it is a report of a mail program
mail-sign-no_return_path = it names no address to return to
mail-sign-mail_server = its sender is a mail server
mail-sign-subject_of_machine = its subject is that of an automatic answer
mail-sign-suppresses_answers = it asks programs not to answer
mail-sign-no_reply = its sender reads no answers

# What is known about the sender

mail-sender = What is known about the sender
mail-standing-confirmed = The sender’s domain confirms this letter.
mail-standing-denied = This letter was probably forged: the sender’s domain denies it. Do nothing before you have asked the person by a contact that was known before.
mail-standing-unknown = Nothing shows who sent this letter.
mail-unchecked = The sender was not checked.
mail-check-dmarc = Rule of the sender’s domain (DMARC)
mail-check-dkim = Signature of a domain (DKIM)
mail-check-spf = The server that sent it (SPF)
mail-check-arc = Those who passed it on (ARC)
mail-verdict-pass = confirmed
mail-verdict-fail = does not agree
mail-verdict-neutral = proves nothing
mail-verdict-none = nothing to check
mail-verdict-temperror = not checked: nobody answered
mail-verdict-permerror = not checked: it is written wrongly
mail-signed-by = { $verdict }, signed by { $domain }

# Letters of ours that did not arrive

mail-undelivered = Our letter did not arrive. Known on { $at }. { $why } Status: { $status }.
mail-undelivered-permanent = It will not arrive. Check the address, and reach the applicant by another contact, by phone or on paper.
mail-undelivered-perhaps = It may still arrive. If the applicant says nothing, reach them by another contact, by phone or on paper.
mail-status-1 = There is no such address.
mail-status-2 = The mailbox takes nothing: it is full or closed.
mail-status-4 = The recipient’s server could not be reached.
mail-status-7 = The recipient’s server refused the letter as unwanted.
mail-status-other = The recipient’s server gave no clear reason.
mail-status-none = not named

# What is wrong with mailboxes, and what to do

mail-troubles = Letters do not come in as they should
mail-trouble-wrong_password = The server refuses the name or the password. Enter the new password in the settings.
mail-trouble-unreachable = The server cannot be reached. The program tries again; check the network and the name of the server.
mail-trouble-certificate = The server’s certificate is not trusted. Check the name of the server, or add the certificate of its authority.
mail-trouble-settings = Without encryption only a server on this machine is called. Choose TLS or STARTTLS in the settings.
mail-trouble-folder_missing = The mailbox has no such folder as the one to watch. Make it, or name another in the settings.
mail-trouble-target_missing = The folder for filed letters is not there and cannot be made. Make it in the mailbox.
mail-trouble-renumbered = The server numbered its letters anew. They are read again, and none is filed twice. There is nothing to do.
mail-trouble-cannot_file = Letters cannot be filed now; they stay in the mailbox. Check the disk and the database.
mail-trouble-cannot_mark = A letter is filed, but the server does not let it be marked or moved. Check the rights in the mailbox.
mail-trouble-too_large = A letter is too large. Only its head is filed; read the letter in the mailbox.
mail-trouble-refused = A letter was not taken over and stays in the mailbox. Read it there, and enter the request by hand.
mail-trouble-unreadable = The server does not give out a letter. Read it in the mailbox, and enter the request by hand.
mail-trouble-protocol = The server does not answer as a mailbox (IMAP) does. Check its name and its port in the settings.
