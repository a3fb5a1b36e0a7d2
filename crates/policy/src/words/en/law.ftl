# What a law pack says.

# Lines of a pack

law-ground-known = { $ground }: the law knows this ground
law-ground-unknown = { $ground }: the law does not know this ground
law-block-change = a block freezes changes: a correction waits for its end
law-block-destruction = a block freezes destruction, which waits for its end
law-within-h = { $count ->
    [one] within { $count } hour
   *[other] within { $count } hours
    }
law-within-wd = { $count ->
    [one] within { $count } working day
   *[other] within { $count } working days
    }
law-within-d = { $count ->
    [one] within { $count } calendar day
   *[other] within { $count } calendar days
    }
law-within-m = { $count ->
    [one] within { $count } month
   *[other] within { $count } months
    }
law-counts-from-identified = counted from the moment it is known who asks
law-counts-from-documents = counted from supporting documents
law-adds-pause = the term stands still until then
law-adds-h = { $count ->
    [one] { $count } hour more
   *[other] { $count } hours more
    }
law-adds-wd = { $count ->
    [one] { $count } working day more
   *[other] { $count } working days more
    }
law-adds-d = { $count ->
    [one] { $count } calendar day more
   *[other] { $count } calendar days more
    }
law-adds-m = { $count ->
    [one] { $count } month more
   *[other] { $count } months more
    }

# Groups of lines

law-group-grounds = Grounds of processing
law-group-deadlines = Deadlines
law-group-extensions = When a term may be longer
law-group-block = What a block stops beside the use of data
law-group-consent = What a consent must say
law-group-says = What else the law says

# How sure a pack is

law-mark-T = read in the text of the law
law-mark-S = read in a secondary source
law-mark-I = inferred from the text
law-mark-M = from memory, a lawyer must look
law-marks = How sure the pack is

# A pack on a day

law-packs = Law packs of this program
law-on = As it stands on { $day }
law-edition = Edition of { $edition }, made by { $by }
law-storage = The databases stand in { $country }.
law-no-storage = The law asks for no place where the databases must stand.
law-verified = Compared with the sources on { $on }, trusted until { $until }.
law-expired = ATTENTION: this pack was compared with its sources on { $on } and trusted until { $until } only. That day has passed: the law may read differently by now.
law-unverified = the law pack `{ $pack }` was trusted until { $until } only, and that day has passed: have it compared with its sources
law-from = from { $day }
law-to = until { $day }

# What changed between two days

law-between = Between { $before } and { $after }
law-editions = Editions that began
law-came = New
law-went = Gone
law-changed = Changed
law-was = was
law-is = is
law-same = Nothing that this pack knows of changed.

# Why a decision was made

explain-asked = Asked for on { $day }: { $operation }.
explain-purpose = Purpose: “{ $purpose }”.
explain-attributes = Data it was about: { $attributes }.
explain-permitted = It was permitted by clause { $clause }.
explain-refused = It was refused by clause { $clause }: { $why }
explain-refused-bare = It was refused by clause { $clause }.
explain-administration = It was an act of administration, which an administrator may do.
explain-stands = It stands on the ground “{ $basis }” (clause { $clause }).
explain-declared = The policy puts this purpose on the ground “{ $basis }” (clause { $clause }).
explain-law = The law that day: { $law }, edition of { $edition }.
explain-law-unknown = The law that day: { $law }. The pack of this program has no such edition any more, so it is not quoted.
explain-law-knows = That law knows the ground: { $source } ({ $certainty }).
explain-law-knows-not = That law does not know the ground: { $source } ({ $certainty }).
explain-law-unverified = Nobody had compared the law pack with its sources in time: it was trusted until { $until }.
explain-version = It was decided under version { $version } of the policy.
explain-needs = What would be needed: { $needs }

# Words that are explained

explain-what = What it says
explain-what-needs = What would be needed
explain-clause-heading = A heading: its clauses say what is promised.
