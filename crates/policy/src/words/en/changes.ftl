# What a new version of a policy changes.

# Purposes

change-purpose-new = New purpose “{ $purpose }”. Ground: { $basis }. Data: { $attributes }.
change-purpose-new-empty = New purpose “{ $purpose }”. It uses no personal data.
change-purpose-gone = The purpose “{ $purpose }” is gone.
change-purpose-renamed = The purpose “{ $purpose }” (`{ $name }`) is gone, and `{ $other }` with the same title or the same data is new. This looks like a renaming, but the system sees two purposes: data of the old one fall due. To go on with them, keep the name `{ $name }` and change the title alone.
change-title = The purpose “{ $before }” is now called “{ $purpose }”.
change-basis = “{ $purpose }” stands on another ground. Before: { $before }; now: { $after }.
change-basis-source = “{ $purpose }” rests on another article. Before: { $before }; now: { $after }.
change-balancing = For “{ $purpose }” the weighing of interests reads differently. Before: { $before } Now: { $after }
change-compartment = Data of “{ $purpose }” lie in another compartment. Before: `{ $before }`; now: `{ $after }`.
change-needs-added = “{ $purpose }” demands more data: { $list }.
change-may-added = “{ $purpose }” may use more data, if the person gives them: { $list }.
change-now-needed = For “{ $purpose }” these data were optional and are demanded now: { $list }.
change-now-optional = For “{ $purpose }” these data were demanded and are optional now: { $list }.
change-needs-dropped = “{ $purpose }” no longer needs: { $list }.
change-may-dropped = “{ $purpose }” no longer uses: { $list }.
change-operations-added = For “{ $purpose }” more may be done with the data: { $list }.
change-operations-dropped = For “{ $purpose }” this may no longer be done with the data: { $list }.
change-compatible-added = “{ $purpose }” may now also use data collected for: { $list }.
change-compatible-dropped = “{ $purpose }” may no longer use data collected for: { $list }.
change-consent-reworded = The consent text of “{ $purpose }” reads differently: whoever agreed, agreed to other words.
change-consent-longer = A consent to “{ $purpose }” lasts longer. Before: { $before }; now: { $after }.
change-consent-shorter = A new consent to “{ $purpose }” lasts less long. Before: { $before }; now: { $after }. Consents given before keep their own term.
change-channels-apart = Consent to “{ $purpose }” is now asked for each channel apart.
change-channels-together = Consent to “{ $purpose }” is no longer asked for each channel apart, but once for all.
change-channels-added = “{ $purpose }” may reach people through more channels: { $list }.
change-channels-dropped = “{ $purpose }” no longer reaches people through: { $list }.
change-starts = “{ $purpose }” begins with another event. Before: { $before }; now: { $after }.
change-ends = “{ $purpose }” ends with another event. Before: { $before }; now: { $after }. What is open waits for the new one.
change-no-event = no event
change-then-depersonalise = After “{ $purpose }” what identifies the person is destroyed and the rest stays without a tie to anybody. Before, everything was destroyed.
change-then-destroy = After “{ $purpose }” everything is destroyed. Before, what does not identify the person stayed.
change-keep-added = Data of “{ $purpose }” are kept after its end: { $term }. Reason: { $because }.
change-keep-dropped = Data of “{ $purpose }” are no longer kept after its end. Before: { $term }, { $because }.
change-keep-longer = Data of “{ $purpose }” are kept longer after its end. Before: { $before }; now: { $after }. What had ended before keeps its earlier day.
change-keep-shorter = Data of “{ $purpose }” are kept less long after its end. Before: { $before }; now: { $after }. This holds for what has ended already, too.
change-keep-because = Data of “{ $purpose }” are kept for another reason. Before: { $before }; now: { $after }.
change-staff-added = More staff may work for “{ $purpose }”: { $list }.
change-staff-dropped = Staff that may no longer work for “{ $purpose }”: { $list }.
change-automation = “{ $purpose }” is processed in another way. Before: { $before }; now: { $after }.

# Attributes

change-attribute-new = New data can be held: { $attribute } ({ $kind }).
change-attribute-gone = These data are no longer held for anything: { $attribute }.
change-attribute-label = “{ $before }” is now called “{ $attribute }”.
change-attribute-kind = “{ $attribute }” is checked in another way. Before: { $before }; now: { $after }. Values that are held stay as they are.
change-findable-on = People can now be looked up by “{ $attribute }”. Those who are known already are found by it once the value is given again.
change-findable-off = People can no longer be looked up by “{ $attribute }”.
change-sensitivity-ordinary = “{ $attribute }” is no longer of restricted access.
change-sensitivity-restricted = “{ $attribute }” is now of restricted access: masked on pages, never in a list.
change-confirm-every = People are asked at other intervals whether “{ $attribute }” still holds. Before: { $before }; now: { $after }.
change-never = never
change-depersonalise-keep = “{ $attribute }” stays, without a tie to the person, when data are depersonalised. Before, it was destroyed.
change-depersonalise-destroy = “{ $attribute }” is destroyed when data are depersonalised. Before, it stayed without a tie to the person.
change-max-bytes = The largest size of “{ $attribute }” is another. Before: { $before } bytes; now: { $after } bytes.

# Recipients

change-recipient-new = A new recipient: { $recipient }, { $country }. It gets: { $list }.
change-recipient-new-empty = A new partner: { $recipient }, { $country }. It gets no personal data.
change-recipient-gone = { $recipient } gets nothing any more.
change-recipient-title = The recipient “{ $before }” is now “{ $recipient }”. Another legal name may be another legal person.
change-recipient-country = { $recipient } receives data in another country. Before: { $before }; now: { $after }.
change-recipient-role = { $recipient } has another role. Before: { $before }; now: { $after }.
change-recipient-agreement = The agreement with { $recipient } is another. Before: { $before }; now: { $after }.
change-recipient-consent = The consent to hand data to { $recipient } reads differently: it must be asked for anew.
change-gets-added = { $recipient } gets more for “{ $purpose }”: { $list }.
change-gets-dropped = { $recipient } no longer gets for “{ $purpose }”: { $list }.

# Everything else

change-explains-added = These clauses only explain now, and promise nothing: { $list }.
change-explains-dropped = These clauses no longer only explain: { $list }.
change-operator-name = The operator is called differently. Before: { $before }; now: { $after }.
change-operator-bin = The operator has another BIN: before the law it is somebody else. Before: { $before }; now: { $after }.
change-operator-address = The operator's address is another. Before: { $before }; now: { $after }.
change-operator-sites = The policy holds for other sites. Before: { $before }; now: { $after }.
change-operator-email = Requests go to another address. Before: { $before }; now: { $after }.
change-operator-storage = The databases stand in another country. Before: { $before }; now: { $after }.
change-jurisdiction-added = The policy now also stands under the law pack: { $list }.
change-jurisdiction-dropped = The policy no longer stands under the law pack: { $list }.
change-strict-on = A ground that the law does not know is now refused, not only reported.
change-strict-off = A ground that the law does not know is now only reported, no longer refused.
change-link-new = Records of one person may now be joined: from “{ $from }” to “{ $to }”.
change-link-gone = Records of one person may no longer be joined: from “{ $from }” to “{ $to }”. What was joined stays so.
change-request-new = People may now ask for “{ $request }”. Time to answer: { $term }.
change-request-gone = The policy promises nothing about “{ $request }” any more.
change-request-within = “{ $request }” is answered in another time. Before: { $before }; now: { $after }.
change-request-counts-from = The time for “{ $request }” is counted otherwise. Before: { $before }; now: { $after }.
change-request-undo = “{ $request }” can be called off for another time. Before: { $before }; now: { $after }.
change-request-keep = Cases of “{ $request }” are kept for another time after they are closed. Before: { $before }; now: { $after }.
change-request-four-eyes-on = Two members of staff now stand for “{ $request }”.
change-request-four-eyes-off = One member of staff is now enough for “{ $request }”.
change-request-reminders = Staff are reminded of “{ $request }” at other times.

# What follows

consequence-ask_again = Consents given before do not cover “{ $purpose }” any more: whoever gave one must be asked again.
consequence-ask_again-counted = { $count ->
    [0] Nobody has to be asked again about “{ $purpose }”: there is no consent that it would outgrow.
    [one] { $count } person must be asked again about “{ $purpose }”: the consent given before does not cover it any more.
   *[other] { $count } people must be asked again about “{ $purpose }”: the consents given before do not cover it any more.
}
consequence-consents_idle = Consents to “{ $purpose }” through these channels are not used any more.
consequence-consents_idle-counted = { $count ->
    [0] No consent to “{ $purpose }” was given through these channels.
    [one] { $count } consent to “{ $purpose }” is not used any more.
   *[other] { $count } consents to “{ $purpose }” are not used any more.
}
consequence-fall_due = From { $day } the data collected for “{ $purpose }” are destroyed, except what another purpose still needs.
consequence-fall_due-counted = { $count ->
    [0] Nobody's data fall due because the purpose “{ $purpose }” is gone (from { $day }).
    [one] Data of { $count } person fall due on { $day } because the purpose “{ $purpose }” is gone.
   *[other] Data of { $count } people fall due on { $day } because the purpose “{ $purpose }” is gone.
}
consequence-values_fall_due = From { $day } values collected for “{ $purpose }” are destroyed, unless another purpose needs them: { $attribute }.
consequence-values_fall_due-counted = { $count ->
    [0] Nobody's values fall due on { $day }: { $attribute } (“{ $purpose }”).
    [one] Of { $count } person a value falls due on { $day }: { $attribute } (“{ $purpose }”).
   *[other] Of { $count } people a value falls due on { $day }: { $attribute } (“{ $purpose }”).
}
consequence-due_earlier = Data of “{ $purpose }” fall due earlier than before, from { $day } on.
consequence-due_earlier-counted = { $count ->
    [0] Nobody's data of “{ $purpose }” fall due on { $day } already; later ones end earlier than before.
    [one] Data of { $count } person for “{ $purpose }” fall due on { $day } already; later ones end earlier than before.
   *[other] Data of { $count } people for “{ $purpose }” fall due on { $day } already; later ones end earlier than before.
}
consequence-ground_anew = What is open for “{ $purpose }” does not stand on the new ground: its evidence must be recorded anew.
consequence-ground_anew-counted = { $count ->
    [0] For “{ $purpose }” nothing is open that would need the new ground.
    [one] For { $count } person the evidence of the new ground of “{ $purpose }” must be recorded.
   *[other] For { $count } people the evidence of the new ground of “{ $purpose }” must be recorded.
}
consequence-collect_anew = What was collected for “{ $purpose }” before is not found in the new compartment: it must be collected anew.
consequence-collect_anew-counted = { $count ->
    [0] Nothing was collected for “{ $purpose }” that the new compartment would lack.
    [one] Of { $count } person the data for “{ $purpose }” must be collected anew: the new compartment has none of them.
   *[other] Of { $count } people the data for “{ $purpose }” must be collected anew: the new compartment has none of them.
}
consequence-tell_people = People must be told of the new version.
consequence-tell_recipients = Whoever gets the data must be told what changes for them.
consequence-tell_authority = The authority must be told before the transfer abroad begins.
consequence-nothing = Nothing is to be done.

# Terms

term-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
term-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
term-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
term-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

# The report of a comparison

diff-title = Version { $before } → version { $after }, from { $day }
diff-wider = Wider
diff-narrower = Narrower
diff-new = New
diff-gone = Gone
diff-other = Different
diff-follows = What will happen
diff-texts = Words of the published text ({ $language })
diff-same = The two versions say the same.
diff-clauses = clauses { $list }
diff-clause-added = { $number } is new
diff-clause-removed = { $number } is gone
diff-clause-changed = { $number } reads differently
diff-records = { $count ->
    [one] { $count } record was looked at.
   *[other] { $count } records were looked at.
}
diff-due-at-once = { $count ->
    [one] On the first day { $count } record falls due by this version, in whole or in part.
   *[other] On the first day { $count } records fall due by this version, in whole or in part.
}
diff-due-soon = { $count ->
    [one] Within thirty days after it { $count } more record falls due earlier than before.
   *[other] Within thirty days after it { $count } more records fall due earlier than before.
}
diff-held = { $count ->
    [one] { $count } record is kept by a hold or a block until it is lifted.
   *[other] { $count } records are kept by a hold or a block until it is lifted.
}
