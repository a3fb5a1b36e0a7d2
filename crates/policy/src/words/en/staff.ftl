# The pages of staff.

staff-nav = Pages for staff
staff-nav-home = Start
staff-nav-people = People
staff-nav-account = My account
staff-role-clerk = Clerk
staff-role-responsible = Responsible person
staff-sign-out = Sign out
staff-minutes = { $minutes ->
    [one] Too many tries. Try again in { $minutes } minute.
   *[other] Too many tries. Try again in { $minutes } minutes.
}

staff-sign-in = Sign in
staff-sign-in-name = Sign-in name
staff-password = Password
staff-code = Code
staff-code-hint = Open your authenticator app and type the six digits. Or type one of your recovery codes.
staff-sign-in-button = Sign in
staff-sign-in-wrong = The name, the password or the code is wrong. Each code works once: wait for the next one.
staff-sign-in-lost = Lost your password or your phone? Ask the responsible person for a new link.
staff-signed-out = You are signed out.
staff-go-on = I am signed in already

staff-setup = Set up this installation
staff-setup-why = Nobody has an account yet. Make the first one: it belongs to the responsible person.
staff-join = Make your account
staff-join-why = You were invited. Make your account here.
staff-reset = Set a new password
staff-reset-why = Set a new password and connect your phone again. The old ones then stop working.
staff-step-you = 1. About you
staff-step-password = 2. A password
staff-step-device = 3. A second device
staff-name = Full name
staff-name-hint = Colleagues see it, and it stands in documents.
staff-sign-in-hint = For example your work e-mail. No blanks.
staff-password-hint = At least 12 characters. A few words are easy to remember.
staff-again = The same password again
staff-device-why = Scan the picture with an authenticator app. Then type the six digits that it shows.
staff-device-by-hand = Or type this key into the app:
staff-device-picture = Picture with the key for the authenticator app
staff-setup-button = Make the account
staff-reset-button = Save
staff-joined = The account is ready
staff-joined-go = I have kept them. Go on
staff-joined-sign-in = Your sign-in name
staff-recovery = Recovery codes
staff-recovery-why = Print these codes and keep them in a safe place. Each works once, when your phone is lost. They are not shown again.
staff-key = Administrator’s key
staff-key-why = This key is for programs: it publishes policies and makes further keys. Keep it now: it is not shown again.
staff-key-id = Its id in the ledger

staff-fault = The account was not saved
staff-fault-name_missing = Type your full name, up to 100 characters.
staff-fault-sign_in_malformed = Type a sign-in name without blanks, up to 100 characters.
staff-fault-sign_in_taken = Somebody else has this sign-in name. Choose another.
staff-fault-password_short = The password is too short. Take at least 12 characters.
staff-fault-password_long = The password is too long. Take fewer characters.
staff-fault-password_is_name = The password is your name. Choose another.
staff-fault-passwords_differ = The two passwords differ. Type them again.
staff-fault-not_proven = The present password or the code is wrong. Each code works once.
staff-fault-code_wrong = The six digits are wrong. Type those that the app shows now.
staff-fault-last_responsible = Somebody has to be responsible. Name another responsible person first.

staff-undertaking = Confidentiality undertaking
staff-undertaking-why = You will see personal data. Read this and accept it before you go on (clause 10 of the policy).
staff-undertaking-1 = I use personal data only for my work, and only as the policy allows.
staff-undertaking-2 = I give them to nobody without consent or a duty by law.
staff-undertaking-3 = I tell nobody my password and my codes.
staff-undertaking-4 = I report every leak at once to the responsible person.
staff-undertaking-5 = This also holds after my work here has ended.
staff-undertaking-button = Accept

staff-home = Start
staff-home-hello = You are signed in as { $name }.
staff-home-role = Your role

staff-people = People
staff-people-about = Everybody who may sign in. Every change is recorded in the ledger.
staff-people-since = accepted the undertaking on { $day }
staff-people-no-undertaking = has not accepted the undertaking yet
staff-people-ended = Ended on { $day }
staff-people-you = you
staff-people-make = Change the role to: { $role }
staff-people-end = End the account
staff-people-end-why = The person is signed out at once and cannot come back with this account. The name stays in the list.
staff-people-reset = Make a link for a new password
staff-people-reset-why = For a lost password or phone.
staff-people-change = Change
staff-invite = Invite somebody
staff-invite-role = Role
staff-invite-button = Make a link
staff-link-made = The link is ready
staff-link-why = Give it to the person yourself. It works once, until { $until }. It is not shown again.
staff-links = Links that were not used yet
staff-link-somebody = for somebody new: { $role }
staff-link-account = for { $name }
staff-link-until = until { $until }
staff-link-drop = Take back

staff-account = My account
staff-account-password = Change the password
staff-account-new = New password
staff-account-present = Present password
staff-account-change = Change
staff-account-changed = The password is changed. Every other session has ended.
staff-account-papers = { $left ->
    [0] No recovery code is left.
    [one] { $left } recovery code is left.
   *[other] { $left } recovery codes are left.
}
staff-account-renew = Make new recovery codes
staff-account-everywhere = Sign out everywhere
staff-account-everywhere-why = Every session of yours ends, on this device too.
