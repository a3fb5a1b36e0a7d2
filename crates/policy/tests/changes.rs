//! Is every change between two versions found, told in three languages, and followed by what the gate will do?

#[cfg(test)]
mod tests {
    use saqta_domain::terms::names::Language;
    use saqta_policy::carry_over::carry_over;
    use saqta_policy::diff::side::Side;
    use saqta_policy::diff::{Change, ChangeKind, ConsequenceKind, compare};
    use saqta_policy::folder::Folder;
    use saqta_policy::load::{Loaded, load};
    use saqta_policy::problem::render;
    use saqta_policy::wording::Words;

    const POLICY: &str = r#"format = 1
version = 1
effective_from = 2026-01-12
jurisdictions = ["kz"]

[operator]
name = { kk = "«Үлгі» ЖШС", ru = "ТОО «Пример»", en = "Example LLP" }
bin = "990140000017"
address = "Almaty"
site = ["https://shop.example"]
email = "privacy@shop.example"
storage = "KZ"
clauses = ["1"]

[attribute.email]
kind = "email"
find = true
label = { kk = "Пошта", ru = "Почта", en = "E-mail" }
confirm_every = "P1Y"
clauses = ["2.1"]

[attribute.iin]
kind = "iin"
label = { kk = "ЖСН", ru = "ИИН", en = "IIN" }
sensitivity = "restricted"
clauses = ["2.1"]

[attribute.total]
kind = "money"
label = { kk = "Сома", ru = "Сумма", en = "Total" }
depersonalise = "keep"
clauses = ["2.1"]

[attribute.scan]
kind = "document"
max_bytes = 1000
label = { kk = "Скан", ru = "Скан", en = "Scan" }
clauses = ["2.1"]

[purpose.order]
title = { kk = "Тапсырыс", ru = "Заказ", en = "Order" }
basis = "justice"
needs = ["email"]
may = ["iin", "scan"]
space = "trade"
operations = ["collection", "retrieval"]
starts = "order.created"
ends = "order.closed"
keep = { for = "P3Y", because = "limitation", as = "locked" }
staff = ["clerk"]
automated = "manual"
clauses = ["2.2"]

[purpose.visit]
title = { kk = "Кіру", ru = "Посещение", en = "Visit" }
basis = "consent"
needs = ["total"]
space = "trade"
operations = ["collection"]
clauses = ["2.2"]

[purpose.visit.consent]
term = "P1Y"
text = { kk = "Кіруге келісемін, БСН 990140000017", ru = "Посещение, БИН 990140000017", en = "A visit, BIN 990140000017" }

[purpose.news]
title = { kk = "Жаңалық", ru = "Новости", en = "News" }
basis = "consent"
may = ["email", "total"]
space = "marketing"
operations = ["collection", "use"]
channels = ["email", "sms"]
to = ["sms"]
keep = { for = "P6M", because = "proof", as = "locked" }
clauses = ["2.2"]

[purpose.news.consent]
term = "P2Y"
per = "channel"
text = { kk = "Келісемін, БСН 990140000017", ru = "Согласен, БИН 990140000017", en = "I agree, BIN 990140000017" }

[recipient."sms"]
title = "Dala"
country = "KZ"
role = "third party"
agreement = { no = "7/26", from = 2026-01-12, until = 2028-01-12 }
gets = { news = ["email"] }
clauses = ["2.2"]

[[link]]
from = "visit"
to = "order"
clauses = ["2.2"]

[request.destruction]
answer_within = "1wd"
undo = "1h"
clauses = ["2.2"]

[explains]
clauses = ["1.1"]
"#;

    const TEXT: &str =
        "# Policy\n\n## 1. GENERAL\n\nWho we are.\n\n1.1. Why.\n\n## 2. DATA\n\n2.1. What.\n\n2.2. Why.\n";

    const NEW_PURPOSE: &str = r#"
[purpose.survey]
title = { kk = "Сауалнама", ru = "Опрос", en = "Survey" }
basis = "consent"
may = ["email"]
space = "survey"
operations = ["collection"]
clauses = ["2.2"]

[purpose.survey.consent]
term = "P1Y"
text = { kk = "Сауалнама, БСН 990140000017", ru = "Опрос, БИН 990140000017", en = "A survey, BIN 990140000017" }

[explains]"#;

    const PROMO: &str = r#"
[purpose.promo]
title = { kk = "Промокод", ru = "Промокод", en = "Promo code" }
basis = "none"
space = "promo"
ends = "promo.over"
clauses = ["2.2"]

[explains]"#;

    const COURIER: &str = r#"
[recipient."courier"]
title = "Steppe"
country = "DE"
role = "third party"
gets = { news = ["total"] }
clauses = ["2.2"]

[explains]"#;

    const PARTNER: &str = r#"
[recipient."partner"]
title = "Wash"
country = "KZ"
gets = {}
clauses = ["2.2"]

[explains]"#;

    const REQUEST: &str = r#"
[request.access]
answer_within = "3wd"
clauses = ["2.2"]

[explains]"#;

    const CONSENT_TO_DALA: &str = r#"
[recipient."sms".consent]
term = "P1Y"
text = { kk = "Берсін, БСН 990140000017", ru = "Передавайте, БИН 990140000017", en = "Hand it over, BIN 990140000017" }

[[link]]"#;

    type Edit = (&'static str, &'static str);

    const NEWS_GETS: &str = "gets = { news = [\"email\"] }";
    const NEWS_TO: &str = "to = [\"sms\"]";
    const NEWS_MAY: &str = "may = [\"email\", \"total\"]";
    const NEWS_TERM: &str = "term = \"P2Y\"";
    const NEWS_KEEP: &str = "keep = { for = \"P6M\", because = \"proof\", as = \"locked\" }\n";

    /// A name for each change, and the words that make it.
    const EDITS: [(&str, &[Edit]); 75] = [
        ("title", &[("en = \"Order\"", "en = \"Purchase\"")]),
        ("a purpose more", &[("\n[explains]", NEW_PURPOSE)]),
        ("a purpose without data", &[("\n[explains]", PROMO)]),
        (
            "a purpose renamed",
            &[("[purpose.order]", "[purpose.buying]"), ("to = \"order\"", "to = \"buying\"")],
        ),
        (
            "a purpose gone",
            &[
                ("purpose.news", "purpose.letters"),
                ("purpose.news", "purpose.letters"),
                ("en = \"News\"", "en = \"Letters\""),
                (NEWS_MAY, "may = [\"iin\"]"),
                (NEWS_GETS, "gets = {}"),
                (NEWS_TO, "to = []"),
            ],
        ),
        ("needs more", &[("needs = [\"total\"]", "needs = [\"total\", \"iin\"]")]),
        ("needs less", &[("needs = [\"email\"]", "needs = []")]),
        ("may more", &[(NEWS_MAY, "may = [\"email\", \"total\", \"iin\"]")]),
        ("may less", &[(NEWS_MAY, "may = [\"email\"]")]),
        ("optional becomes needed", &[(NEWS_MAY, "needs = [\"email\"]\nmay = [\"total\"]")]),
        (
            "needed becomes optional",
            &[("needs = [\"email\"]\nmay = [\"iin\", \"scan\"]", "may = [\"email\", \"iin\", \"scan\"]")],
        ),
        ("more operations", &[("[\"collection\", \"use\"]", "[\"collection\", \"use\", \"provision\"]")]),
        ("fewer operations", &[("[\"collection\", \"use\"]", "[\"use\"]")]),
        ("another ground", &[("basis = \"justice\"", "basis = \"contract\"")]),
        ("on a law", &[("basis = \"justice\"", "basis = { law = \"Tax Code\", article = \"1\" }")]),
        ("another compartment", &[("space = \"marketing\"", "space = \"letters\"")]),
        (
            "compatible with more",
            &[(
                "may = [\"email\", \"total\"]\nspace = \"marketing\"",
                "may = [\"email\", \"total\"]\ncompatible_with = [\"order\"]\nspace = \"trade\"",
            )],
        ),
        ("consent reworded", &[("Согласен,", "Согласна,")]),
        ("consent longer", &[(NEWS_TERM, "term = \"P3Y\"")]),
        ("consent shorter", &[(NEWS_TERM, "term = \"P18M\"")]),
        ("consent the same, written in months", &[(NEWS_TERM, "term = \"P24M\"")]),
        ("one consent for all channels", &[("per = \"channel\"\n", "")]),
        ("a channel more", &[("[\"email\", \"sms\"]", "[\"email\", \"sms\", \"push\"]")]),
        ("a channel less", &[("[\"email\", \"sms\"]", "[\"email\"]")]),
        ("another beginning", &[("starts = \"order.created\"", "starts = \"order.paid\"")]),
        ("no beginning", &[("starts = \"order.created\"\n", "")]),
        ("another end", &[("ends = \"order.closed\"", "ends = \"order.done\"")]),
        ("kept longer", &[(NEWS_KEEP, "keep = { for = \"P1Y\", because = \"proof\" }\n")]),
        ("kept shorter", &[("for = \"P3Y\"", "for = \"P1Y6M\"")]),
        ("not kept", &[(NEWS_KEEP, "")]),
        (
            "kept at all",
            &[("[purpose.visit]", "[purpose.visit]\nkeep = { for = \"P30D\", because = \"attacks\" }")],
        ),
        ("kept for another reason", &[("\"limitation\"", "\"disputes\"")]),
        ("depersonalised at the end", &[("[purpose.order]", "[purpose.order]\nthen = \"depersonalise\"")]),
        ("more staff", &[("[\"clerk\"]", "[\"clerk\", \"driver\"]")]),
        ("other staff", &[("[\"clerk\"]", "[\"driver\"]")]),
        ("by computer", &[("\"manual\"", "\"automated\"")]),
        (
            "an attribute more",
            &[(
                "[purpose.order]",
                "[attribute.note]\nkind = \"text\"\nlabel = { kk = \"Жазба\", ru = \"Заметка\", en = \"Note\" }\nclauses = [\"2.1\"]\n\n[purpose.order]",
            )],
        ),
        (
            "an attribute gone",
            &[("[attribute.iin]", "[attribute.code]"), ("may = [\"iin\", \"scan\"]", "may = [\"scan\"]")],
        ),
        ("an attribute called differently", &[("en = \"E-mail\"", "en = \"Mail\"")]),
        ("an attribute of another kind", &[("kind = \"iin\"", "kind = \"bin\"")]),
        ("not findable", &[("find = true\n", "")]),
        ("findable", &[("kind = \"iin\"", "kind = \"iin\"\nfind = true")]),
        ("not restricted", &[("sensitivity = \"restricted\"\n", "")]),
        ("restricted", &[("kind = \"money\"", "kind = \"money\"\nsensitivity = \"restricted\"")]),
        ("confirmed less often", &[("\"P1Y\"\nclauses", "\"P2Y\"\nclauses")]),
        ("never confirmed", &[("confirm_every = \"P1Y\"\n", "")]),
        ("destroyed when depersonalised", &[("depersonalise = \"keep\"\n", "")]),
        ("kept when depersonalised", &[("kind = \"iin\"", "kind = \"iin\"\ndepersonalise = \"keep\"")]),
        ("larger documents", &[("max_bytes = 1000", "max_bytes = 2000")]),
        ("a recipient more", &[(NEWS_TO, "to = [\"sms\", \"courier\"]"), ("\n[explains]", COURIER)]),
        ("a partner without data", &[("\n[explains]", PARTNER)]),
        (
            "a recipient gone",
            &[
                ("[recipient.\"sms\"]", "[recipient.\"nobody\"]"),
                (NEWS_GETS, "gets = {}"),
                (NEWS_TO, "to = []"),
            ],
        ),
        ("a recipient called differently", &[("\"Dala\"", "\"Dala Plus\"")]),
        ("a recipient abroad", &[("country = \"KZ\"", "country = \"DE\"")]),
        ("a recipient in another role", &[("\"third party\"", "\"processor\"")]),
        ("another agreement", &[("7/26", "8/26")]),
        ("a consent to hand over", &[("\n[[link]]", CONSENT_TO_DALA)]),
        ("a recipient gets more", &[(NEWS_GETS, "gets = { news = [\"email\", \"total\"] }")]),
        ("a recipient gets less", &[(NEWS_GETS, "gets = {}"), (NEWS_TO, "to = []")]),
        ("no link", &[("\n[[link]]\nfrom = \"visit\"\nto = \"order\"\nclauses = [\"2.2\"]\n", "")]),
        ("a clause only explains", &[("clauses = [\"1.1\"]", "clauses = [\"1.1\", \"2.1\"]")]),
        (
            "another operator",
            &[
                ("en = \"Example LLP\"", "en = \"Example Group LLP\""),
                ("\"Almaty\"", "\"Astana\""),
                ("privacy@shop", "data@shop"),
                ("https://shop.example", "https://cars.example"),
            ],
        ),
        (
            "another BIN",
            &[
                ("bin = \"990140000017\"", "bin = \"050140000100\""),
                ("990140000017", "050140000100"),
                ("990140000017", "050140000100"),
                ("990140000017", "050140000100"),
                ("990140000017", "050140000100"),
                ("990140000017", "050140000100"),
                ("990140000017", "050140000100"),
            ],
        ),
        ("a kind of request more", &[("\n[explains]", REQUEST)]),
        ("answered later", &[("answer_within = \"1wd\"", "answer_within = \"2wd\"")]),
        ("no time for an answer", &[("answer_within = \"1wd\"\n", "")]),
        ("counted from documents", &[("undo = \"1h\"", "undo = \"1h\"\ncounts_from = \"documents\"")]),
        ("no undoing", &[("undo = \"1h\"\n", "")]),
        ("cases kept longer", &[("undo = \"1h\"", "undo = \"1h\"\nkeep = \"P5Y\"")]),
        ("two members of staff", &[("undo = \"1h\"", "undo = \"1h\"\nfour_eyes = true")]),
        ("staff reminded", &[("undo = \"1h\"", "undo = \"1h\"\nwarn_at = [\"1h\"]\ntarget = \"5h\"")]),
        ("databases abroad", &[("storage = \"KZ\"", "storage = \"DE\"")]),
        ("strict", &[("jurisdictions", "strict = true\njurisdictions")]),
        (
            "consent no longer the ground",
            &[
                ("basis = \"consent\"\nneeds = [\"total\"]", "basis = \"justice\"\nneeds = [\"total\"]"),
                (
                    "\n[purpose.visit.consent]\nterm = \"P1Y\"\ntext = { kk = \"Кіруге келісемін, БСН 990140000017\", ru = \"Посещение, БИН 990140000017\", en = \"A visit, BIN 990140000017\" }\n",
                    "",
                ),
                (
                    "space = \"trade\"\noperations = [\"collection\"]",
                    "space = \"trade\"\nends = \"visit.over\"\noperations = [\"collection\"]",
                ),
            ],
        ),
        (
            "consent becomes the ground",
            &[(
                "basis = \"justice\"",
                "basis = \"consent\"\nconsent = { term = \"P1Y\", text = { kk = \"Тапсырысқа келісемін, БСН 990140000017\", ru = \"Заказ, БИН 990140000017\", en = \"An order, BIN 990140000017\" } }",
            )],
        ),
    ];

    fn folder(policy: &str) -> Folder {
        Folder::from_files([
            ("policy.toml", policy),
            ("text.kk.md", TEXT),
            ("text.ru.md", TEXT),
            ("text.en.md", TEXT),
        ])
    }

    /// The second version: the first one with a later number and day, and these words replaced.
    fn second<'a>(name: &str, edits: impl IntoIterator<Item = &'a Edit>) -> Option<Folder> {
        let mut policy =
            POLICY.replacen("version = 1", "version = 2", 1).replacen("2026-01-12", "2026-03-04", 1);
        for (from, to) in edits {
            if !policy.contains(from) {
                assert!(name.contains(" and "), "{name}: `{from}` is not in the policy");
                return None;
            }
            policy = policy.replacen(from, to, 1);
        }
        Some(folder(&policy))
    }

    fn good(name: &str, folder: &Folder) -> Option<Loaded> {
        match load(folder) {
            Ok(loaded) => Some(loaded),
            Err(problems) => {
                assert!(name.contains(" and "), "{name}: {}", render(&problems, folder));
                None
            }
        }
    }

    fn changes(before: &Folder, after: &Folder) -> Vec<Change> {
        let (old, new) = (load(before).unwrap(), load(after).unwrap());
        compare(&Side::new(&old.policy, before), &Side::new(&new.policy, after))
    }

    #[test]
    fn every_change_is_told_in_three_languages() {
        let words = Words::new().unwrap();
        let before = folder(POLICY);
        let mut shown = String::new();
        for (name, edits) in EDITS {
            let after = second(name, edits).unwrap();
            good(name, &after);
            shown.push_str(&format!("== {name}\n"));
            for change in changes(&before, &after) {
                let clauses: Vec<&str> = change.clauses.iter().map(|c| c.as_str()).collect();
                shown.push_str(&format!(
                    "{} {} [{}]\n",
                    change.kind.as_str(),
                    change.about,
                    clauses.join(" ")
                ));
                for language in Language::ALL {
                    let told = change.told(&words, language);
                    assert!(!told.contains("change-") && !told.contains('$'), "{name}: {told}");
                    shown.push_str(&format!("  {told}\n"));
                    for consequence in &change.consequences {
                        let told = consequence.told(&words, language);
                        assert!(!told.contains("consequence-") && !told.contains('$'), "{name}: {told}");
                        shown.push_str(&format!("    → {told}\n"));
                    }
                }
            }
        }
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn every_message_of_a_change_is_used_by_one() {
        let before = folder(POLICY);
        let mut used = std::collections::BTreeSet::new();
        for (name, edits) in EDITS {
            let after = second(name, edits).unwrap();
            used.extend(changes(&before, &after).into_iter().map(|c| c.key));
            // Read backwards, what was added is dropped.
            used.extend(changes(&after, &before).into_iter().map(|c| c.key));
        }
        let written = include_str!("../src/words/en/changes.ftl");
        let keys =
            written.lines().filter_map(|l| l.strip_prefix("change-")?.split_once(" =").map(|(k, _)| k));
        // Words inside other sentences, and what no pair of policies above makes.
        let elsewhere =
            ["no-event", "never", "balancing", "basis-source", "jurisdiction-added", "jurisdiction-dropped"];
        for key in keys.filter(|k| !elsewhere.contains(k)) {
            assert!(used.contains(key), "{key} is never told");
        }
    }

    #[test]
    fn counts_are_told_with_the_right_form_of_the_words() {
        let words = Words::new().unwrap();
        let before = folder(POLICY);
        let mut shown = String::new();
        let mut told = std::collections::BTreeSet::new();
        for (name, edits) in EDITS {
            for change in changes(&before, &second(name, edits).unwrap()) {
                for consequence in change.consequences.iter().filter(|c| c.kind.is_counted()) {
                    if !told.insert(consequence.kind) {
                        continue;
                    }
                    for (language, count) in
                        Language::ALL.into_iter().flat_map(|l| [0, 1, 2, 5, 21].map(|n| (l, n)))
                    {
                        shown.push_str(&format!("{}\n", consequence.told_of(count, &words, language)));
                    }
                }
            }
        }
        assert_eq!(told.len(), ConsequenceKind::ALL.iter().filter(|k| k.is_counted()).count());
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn two_versions_that_say_the_same_do_not_differ() {
        let after = second("nothing", &[]).unwrap();
        assert_eq!(changes(&folder(POLICY), &after), []);
    }

    /// The gate and the words: each purpose of which consents are outgrown is said to be asked for again, and no other.
    #[test]
    fn people_are_asked_again_exactly_where_the_gate_lets_no_old_consent_cover() {
        let before = folder(POLICY);
        let old = load(&before).unwrap();
        let mut outgrown = 0;
        let mut tried = 0;
        for (at, (name, edits)) in EDITS.iter().enumerate() {
            // Each change alone, and each together with every sixth of the others.
            let others = EDITS.iter().enumerate().filter(|(other, _)| *other == at || (at + other) % 6 == 0);
            for (other, (second_name, more)) in others {
                let both: Vec<&Edit> =
                    if other == at { edits.iter().collect() } else { edits.iter().chain(*more).collect() };
                let name = if other == at { (*name).to_owned() } else { format!("{name} and {second_name}") };
                let Some(after) = second(&name, both) else { continue };
                let Some(loaded) = good(&name, &after) else { continue };
                tried += 1;
                let side = Side::new(&old.policy, &before);
                let mut next = loaded.policy.clone();
                let told = compare(&side, &Side::new(&loaded.policy, &after));
                let declared = Side::new(&loaded.policy, &after).declared;
                carry_over(&side, &mut next, &declared);
                for purpose in next.purposes.values().filter(|p| old.policy.purposes.contains_key(&p.name)) {
                    let Some(terms) = &purpose.consent else { continue };
                    let asked = told.iter().flat_map(|c| &c.consequences).any(|c| {
                        c.kind == ConsequenceKind::AskAgain && c.purpose.as_ref() == Some(&purpose.name)
                    });
                    assert_eq!(asked, terms.covered_since == 2, "{name}: {}", purpose.name);
                    outgrown += u32::from(asked);
                }
            }
        }
        assert!(tried > 250 && outgrown > 60, "{tried} {outgrown}");
    }

    #[test]
    fn what_is_wider_one_way_is_never_wider_both_ways() {
        let before = folder(POLICY);
        let swapped = [
            "another compartment",
            "consent reworded",
            "one consent for all channels",
            "a recipient called differently",
            "a recipient abroad",
            "other staff",
            "compatible with more",
            "another operator",
            "another BIN",
            "databases abroad",
            "a purpose gone",
        ];
        for (name, edits) in EDITS.iter().filter(|(name, _)| !swapped.contains(name)) {
            let after = second(name, *edits).unwrap();
            let wider = |changes: &[Change]| changes.iter().any(|c| c.kind == ChangeKind::Wider);
            let both = wider(&changes(&before, &after)) && wider(&changes(&after, &before));
            assert!(!both, "{name}");
        }
    }
}
