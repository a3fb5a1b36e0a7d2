//! Is every fault of a policy found, with its place and a way out, and is a sound policy read as it was meant?

#[cfg(test)]
mod tests {
    use std::path::Path;

    use saqta_domain::terms::basis::LegalBasis;
    use saqta_domain::terms::names::{Clause, Language, PurposeName, RecipientName};
    use saqta_domain::terms::policy::Policy;
    use saqta_domain::terms::purpose::Automation;
    use saqta_policy::carry_over::carry_over;
    use saqta_policy::coverage::CoverageState;
    use saqta_policy::diff::side::{Declared, Side};
    use saqta_policy::folder::Folder;
    use saqta_policy::load::{Loaded, load};
    use saqta_policy::problem::render;

    const POLICY: &str = r#"format = 1
version = 3
effective_from = 2026-01-12
jurisdictions = ["kz"]

[operator]
name = "Example"
bin = "990140000017"
address = "Almaty"
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

[purpose.order]
title = { kk = "Тапсырыс", ru = "Заказ", en = "Order" }
basis = "justice"
needs = ["email"]
may = ["iin"]
space = "trade"
operations = ["collection", "retrieval"]
ends = "order.closed"
keep = { for = "P3Y", because = "limitation", as = "locked" }
staff = ["clerk"]
automated = "manual"
clauses = ["2.2"]

[purpose.news]
title = { kk = "Жаңалық", ru = "Новости", en = "News" }
basis = "consent"
may = ["email"]
space = "marketing"
operations = ["collection", "use"]
channels = ["email"]
clauses = ["2.2"]

[purpose.news.consent]
term = "P2Y"
per = "channel"
text = { kk = "Келісемін, БСН 990140000017", ru = "Согласен, БИН 990140000017", en = "I agree, BIN 990140000017" }

[explains]
clauses = ["1.1"]
"#;

    const TEXT: &str =
        "# Policy\n\n## 1. GENERAL\n\nWho we are.\n\n1.1. Why.\n\n## 2. DATA\n\n2.1. What.\n\n2.2. Why.\n";

    fn folder(policy: &str) -> Folder {
        Folder::from_files([
            ("policy.toml", policy),
            ("text.kk.md", TEXT),
            ("text.ru.md", TEXT),
            ("text.en.md", TEXT),
        ])
    }

    /// The sound policy with some of its lines replaced.
    #[track_caller]
    fn changed(changes: &[(&str, &str)]) -> String {
        changes.iter().fold(POLICY.to_owned(), |policy, (from, to)| {
            assert!(policy.contains(from), "{from} is not in the policy");
            policy.replacen(from, to, 1)
        })
    }

    fn good(changes: &[(&str, &str)]) -> Loaded {
        let folder = folder(&changed(changes));
        load(&folder).unwrap_or_else(|problems| panic!("{}", render(&problems, &folder)))
    }

    /// Code and place of every problem.
    fn codes(folder: &Folder) -> Vec<String> {
        let problems = load(folder).err().unwrap_or_default();
        problems.iter().map(|p| format!("{} {}:{}:{}", p.code, p.file, p.line, p.column)).collect()
    }

    #[track_caller]
    fn check(changes: &[(&str, &str)], expected: &[&str]) {
        assert_eq!(codes(&folder(&changed(changes))), expected);
    }

    fn purpose<'a>(policy: &'a Policy, name: &str) -> &'a saqta_domain::terms::purpose::Purpose {
        policy.purpose(&PurposeName::new(name).unwrap()).unwrap()
    }

    #[test]
    fn a_sound_policy_is_read_as_it_was_written() {
        let loaded = good(&[]);
        assert_eq!(loaded.warnings, []);
        let policy = &loaded.policy;
        assert_eq!(policy.version, 3);
        // Midnight in Almaty.
        assert_eq!(policy.effective_from.to_string(), "2026-01-11T19:00:00Z");
        let order = purpose(policy, "order");
        assert_eq!(order.basis, LegalBasis::Justice);
        assert_eq!(order.automation, Automation::Manual);
        assert_eq!(order.keep.as_ref().map(|k| k.because.ru.as_str()), Some("limitation"));
        let consent = purpose(policy, "news").consent.as_ref().unwrap();
        assert_eq!(consent.covered_since, 3);
        assert_eq!(consent.channels.len(), 1);
        let digest =
            aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, "Келісемін, БСН 990140000017".as_bytes());
        assert_eq!(consent.digests[0], digest.as_ref());
        assert_eq!(loaded.texts.document(Language::Kazakh).unwrap().clauses.len(), 5);
    }

    #[test]
    fn all_faults_of_a_file_are_told_at_once() {
        let folder = folder(&changed(&[
            ("effective_from = 2026-01-12\n", ""),
            ("jurisdictions = [\"kz\"]", "jurisdictions = [\"kz\", \"xx\"]"),
            ("bin = \"990140000017\"", "bin = \"990140000018\""),
            ("kind = \"email\"", "kind = \"e-mail\""),
            ("sensitivity = \"restricted\"", "sensitivty = \"restricted\""),
            ("basis = \"justice\"", "basis = \"agreement\""),
            ("needs = [\"email\"]", "needs = [\"email\", \"phone\"]"),
            ("operations = [\"collection\", \"retrieval\"]", "operations = [\"collecting\", \"delete\"]"),
            ("for = \"P3Y\"", "for = \"3 years\""),
            ("clauses = [\"2.2\"]", "clauses = [\"2.9\"]"),
            (", en = \"I agree, BIN 990140000017\"", ""),
        ]));
        let problems = load(&folder).unwrap_err();
        insta::assert_snapshot!(render(&problems, &folder));
    }

    #[test]
    fn broken_toml_names_each_broken_line_and_guesses_nothing_else() {
        let folder = folder(&changed(&[
            ("version = 3", "version = three"),
            ("[attribute.iin]", "[attribute.iin"),
            ("bin = \"990140000017\"", "bin = \"990140000018\""),
            ("space = \"trade\"", "space = \"trade\"\nspace = \"other\""),
        ]));
        let problems = load(&folder).unwrap_err();
        insta::assert_snapshot!(render(&problems, &folder));
    }

    #[test]
    fn a_fault_is_the_same_for_machines() {
        let folder = folder(&changed(&[("find = true", "find = \"yes\"")]));
        let problems = load(&folder).unwrap_err();
        insta::assert_snapshot!(serde_json::to_string_pretty(&problems).unwrap());
    }

    #[test]
    fn files_that_are_missing_or_no_utf8() {
        assert_eq!(codes(&Folder::default()), ["file-missing policy.toml:1:1"]);
        let windows_1251 = Folder::from_files([("policy.toml", b"format = 1\nx = \"\xcf\xee\"".to_vec())]);
        assert_eq!(codes(&windows_1251), ["not-utf8 policy.toml:2:6"]);
        let texts = Folder::from_files([
            ("policy.toml", POLICY.as_bytes().to_vec()),
            ("text.kk.md", TEXT.as_bytes().to_vec()),
            ("text.ru.md", b"# \xcf".to_vec()),
        ]);
        assert_eq!(codes(&texts), ["text-missing policy.toml:1:1", "not-utf8 text.ru.md:1:3"]);
    }

    #[test]
    fn what_is_missing_or_of_the_wrong_type() {
        check(&[("format = 1\n", "")], &["key-missing policy.toml:1:1"]);
        check(&[("[\"kz\"]", "[]")], &["key-missing policy.toml:1:1"]);
        check(&[("format = 1", "format = 2")], &["unknown-format policy.toml:1:10"]);
        check(&[("version = 3", "version = 0")], &["bad-value policy.toml:2:11"]);
        check(&[("2026-01-12", "\"2026-01-12\"")], &["wrong-type policy.toml:3:18"]);
        check(&[("2026-01-12", "2026-01-12T00:00:00Z")], &["wrong-type policy.toml:3:18"]);
        check(&[("needs = [\"email\"]", "needs = \"email\"")], &["wrong-type policy.toml:30:9"]);
        check(&[("clauses = [\"1\"]\n", "")], &["key-missing policy.toml:6:2"]);
        check(&[("clauses = [\"1\"]", "clauses = [\"one\"]")], &["bad-clause policy.toml:12:12"]);
        check(&[("title = { kk = \"Тапсырыс\", ", "title = { ")], &["language-missing policy.toml:28:1"]);
        check(&[("space = \"trade\"\n", "")], &["key-missing policy.toml:27:10"]);
    }

    #[test]
    fn names_are_well_formed_and_stand_once() {
        check(
            &[("[attribute.iin]", "[attribute.Iin]"), ("may = [\"iin\"]\n", "")],
            &["bad-name policy.toml:21:12"],
        );
        check(&[("[\"clerk\"]", "[\"clerk\", \"clerk\"]")], &["duplicate-name policy.toml:36:19"]);
        check(&[("may = [\"iin\"]", "may = [\"iin\", \"email\"]")], &["needs-and-may policy.toml:31:15"]);
        check(&[("[explains]", "[attribute.iin]\n[explains]")], &["duplicate-name policy.toml:54:12"]);
    }

    #[test]
    fn every_purpose_stands_on_one_ground_and_ends() {
        check(&[("ends = \"order.closed\"\nkeep", "# keep")], &["purpose-endless policy.toml:27:10"]);
        check(&[("\"justice\"", "\"none\"")], &["attributes-without-basis policy.toml:30:10"]);
        check(&[("\"justice\"", "\"law\"")], &["basis-incomplete policy.toml:29:9"]);
        check(&[("\"justice\"", "{ law = \"Tax Code\" }")], &["key-missing policy.toml:29:1"]);
        check(&[("\"justice\"", "\"legitimate_interest\"")], &["basis-incomplete policy.toml:29:9"]);
        check(&[("\"justice\"", "\"consent\"")], &["consent-terms-missing policy.toml:29:1"]);
        check(&[("\"consent\"", "\"justice\"")], &["consent-terms-unused policy.toml:49:15"]);
        check(&[("channels = [\"email\"]\n", "")], &["channels-missing policy.toml:40:10"]);
        check(&[("term = \"P2Y\"", "term = \"PT2H\"")], &["bad-term policy.toml:50:8"]);
    }

    #[test]
    fn compartments_keep_purposes_apart() {
        let lend = |to: &str| format!("staff = [\"clerk\"]\ncompatible_with = [\"{to}\"]");
        let staff = "staff = [\"clerk\"]";
        check(&[(staff, &lend("news"))], &["across-compartments policy.toml:37:20"]);
        check(&[(staff, &lend("nws"))], &["unknown-purpose policy.toml:37:20"]);
        check(&[(staff, &lend("order"))], &["compatibility-cycle policy.toml:37:20"]);
        check(
            &[
                ("space = \"marketing\"", "space = \"trade\"\ncompatible_with = [\"order\"]"),
                (staff, &lend("news")),
            ],
            &["compatibility-cycle policy.toml:46:20"],
        );
    }

    #[test]
    fn links_recipients_and_requests_lead_somewhere() {
        let with = |block: &str| format!("{block}\nclauses = [\"2.1\"]\n[explains]");
        let link = with("[[link]]\nfrom = \"news\"\nto = \"ordr\"");
        check(&[("[explains]", &link)], &["unknown-purpose policy.toml:56:6"]);
        let itself = with("[[link]]\nfrom = \"news\"\nto = \"news\"");
        check(&[("[explains]", &itself)], &["link-to-itself policy.toml:56:6"]);
        let twice = with(
            "[[link]]\nfrom = \"news\"\nto = \"order\"\nclauses = [\"1\"]\n[[link]]\nfrom = \"news\"\nto = \"order\"",
        );
        check(&[("[explains]", &twice)], &["duplicate-name policy.toml:59:8"]);
        let abroad = with(
            "[recipient.post]\ntitle = \"Post\"\ncountry = \"Kazakhstan\"\ngets = { order = [\"phone\"] }",
        );
        check(
            &[("[explains]", &abroad)],
            &[
                "bad-value policy.toml:56:11",
                "recipient-not-named policy.toml:57:10",
                "attribute-not-needed policy.toml:57:19",
            ],
        );
        check(&[("staff = [\"clerk\"]", "to = [\"post\"]")], &["unknown-recipient policy.toml:36:7"]);
        let request = with("[request.acess]\nanswer_within = \"3 days\"");
        check(
            &[("[explains]", &request)],
            &["unknown-request policy.toml:54:10", "bad-term policy.toml:55:17"],
        );
    }

    #[test]
    fn the_texts_have_the_same_clauses_each_once() {
        let with = |text: &str| {
            Folder::from_files([
                ("policy.toml", POLICY),
                ("text.kk.md", TEXT),
                ("text.ru.md", text),
                ("text.en.md", TEXT),
            ])
        };
        assert_eq!(
            codes(&with(&TEXT.replace("2.2.", "2.1."))),
            ["clause-twice text.ru.md:13:1", "clauses-differ text.ru.md:13:1",]
        );
        assert_eq!(
            codes(&with(&format!("{TEXT}\n2.3. More.\n"))),
            ["clauses-differ text.en.md:13:1", "clauses-differ text.kk.md:13:1",]
        );
        assert_eq!(codes(&with("# Policy\n\nNo numbers.\n"))[0], "text-without-clauses text.ru.md:1:1");
    }

    #[test]
    fn findings_do_not_keep_a_policy_from_being_used() {
        let changes = [
            ("jurisdictions = [\"kz\"]", "jurisdictions = [\"kz\"]\nstrict = true"),
            ("storage = \"KZ\"", "storage = \"DE\""),
            ("basis = \"justice\"", "basis = \"contract\""),
            ("may = [\"iin\"]\n", ""),
            ("ru = \"Согласен, БИН 990140000017\"", "ru = \"Согласен\""),
            ("[explains]", "[request.access]\nanswer_within = \"10d\"\nclauses = [\"2.1\"]\n[explains]"),
            ("clauses = [\"1\"]", "clauses = [\"2\"]"),
        ];
        let loaded = good(&changes);
        let folder = folder(&changed(&changes));
        insta::assert_snapshot!(render(&loaded.warnings, &folder));
        assert!(loaded.policy.strict);
    }

    #[test]
    fn an_attribute_said_to_be_many_is_told_to_be_kept_once() {
        let told =
            |changes: &[(&str, &str)]| good(changes).warnings.iter().any(|w| w.code == "one-value-kept");
        assert!(told(&[("[attribute.iin]", "[attribute.iin]\nmany = true")]));
        assert!(!told(&[]));
    }

    #[test]
    fn a_heading_without_words_promises_nothing_and_speaks_for_what_is_under_it() {
        use CoverageState::{Enforced, Explains};
        let rows = |changes: &[(&str, &str)]| -> Vec<(String, usize, CoverageState)> {
            let of = good(changes).coverage;
            of.into_iter().map(|c| (c.clause.to_string(), c.backing.len(), c.state)).collect()
        };
        let row = |clause: &str, cited, state| (clause.to_owned(), cited, state);
        assert_eq!(
            rows(&[]),
            [
                row("1", 1, Enforced),
                row("1.1", 0, Explains),
                row("2.1", 2, Enforced),
                row("2.2", 2, Enforced)
            ]
        );
        let section = [("clauses = [\"1\"]", "clauses = [\"1\", \"2\"]")];
        assert_eq!(rows(&section)[2..], [row("2.1", 3, Enforced), row("2.2", 3, Enforced)]);
    }

    /// The sound policy of a newcomer who has one text.
    fn in_russian_alone(changes: &[(&str, &str)]) -> Folder {
        let mut all = vec![
            ("[operator]", "[texts]\nru = \"text.ru.md\"\n\n[operator]"),
            ("label = { kk = \"Пошта\", ru = \"Почта\", en = \"E-mail\" }", "label = \"Почта\""),
            ("title = { kk = \"Тапсырыс\", ru = \"Заказ\", en = \"Order\" }", "title = { ru = \"Заказ\" }"),
            ("text = { kk = \"Келісемін, БСН 990140000017\", ru", "text = { ru"),
            (", en = \"I agree, BIN 990140000017\" }", " }"),
        ];
        all.extend_from_slice(changes);
        Folder::from_files([("policy.toml", changed(&all)), ("text.ru.md", TEXT.to_owned())])
    }

    #[test]
    fn a_policy_with_one_text_says_everything_in_its_language() {
        let folder = in_russian_alone(&[]);
        let loaded = load(&folder).unwrap_or_else(|problems| panic!("{}", render(&problems, &folder)));
        let codes: Vec<_> = loaded.warnings.iter().map(|w| (w.code, w.line)).collect();
        assert_eq!(codes, [("language-unpublished", 6)]);
        let order = purpose(&loaded.policy, "order");
        assert_eq!((order.title.kk.as_str(), order.title.en.as_str()), ("Заказ", "Заказ"));
        let consent = purpose(&loaded.policy, "news").consent.as_ref().unwrap();
        assert_eq!(consent.text.kk, "Согласен, БИН 990140000017");
        assert_eq!(consent.digests[0], consent.digests[1]);
        assert_eq!(consent.digests[2], consent.digests[1]);
        assert!(loaded.texts.document(Language::Kazakh).is_none());
        // Words that were written all the same are kept.
        assert_eq!(purpose(&loaded.policy, "news").title.en, "News");
    }

    #[test]
    fn a_policy_with_one_text_lacks_what_is_missing_in_its_language() {
        let codes = |changes: &[(&str, &str)]| codes(&in_russian_alone(changes));
        assert_eq!(
            codes(&[("title = { ru = \"Заказ\" }", "title = { en = \"Order\" }")]),
            ["language-missing policy.toml:31:1", "language-unpublished policy.toml:6:2"]
        );
        assert_eq!(codes(&[("title = { ru = \"Заказ\" }", "title = 5")])[0], "wrong-type policy.toml:31:9");
        assert_eq!(
            codes(&[("ru = \"text.ru.md\"\n", "de = \"text.de.md\"\n")])[..2],
            ["key-missing policy.toml:6:2", "unknown-key policy.toml:7:1"]
        );
        // In two languages a wording is a table with both.
        let two = codes(&[("ru = \"text.ru.md\"", "ru = \"text.ru.md\"\nen = \"text.ru.md\"")]);
        assert_eq!(
            two[..3],
            [
                "wrong-type policy.toml:21:9",
                "language-missing policy.toml:32:1",
                "language-missing policy.toml:56:1"
            ]
        );
    }

    #[test]
    fn a_clause_is_enforced_as_far_as_the_blocks_behind_it_are() {
        let state = |changes: &[(&str, &str)], clause: &'static str| {
            let rows = good(changes).coverage;
            rows.into_iter().find(|c| c.clause == Clause::fixed(clause)).unwrap()
        };
        let carrier = |clause: &str| {
            format!("[recipient.carrier]\ntitle = \"C\"\ncountry = \"KZ\"\nclauses = [\"{clause}\"]\n")
        };
        let partly = state(&[("[explains]", &format!("{}[explains]", carrier("2.2")))], "2.2");
        assert_eq!(partly.state, CoverageState::Partly);
        let named: Vec<_> = partly.backing.iter().map(|b| (b.declaration.as_str(), b.rules)).collect();
        assert_eq!(
            named.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["purpose.news", "purpose.order", "recipient.carrier"]
        );
        assert!(named[0].1.contains(&"consent_holds") && !named[1].1.contains(&"consent_holds"));
        assert!(named[1].1.contains(&"may_advance") && named[2].1.is_empty());
        // A request is enforced, whatever else its clause says.
        let request = "[request.access]\nanswer_within = \"3wd\"\nclauses = [\"2.2\"]\n[explains]";
        let enforced = state(&[("[explains]", request)], "2.2");
        assert_eq!(enforced.state, CoverageState::Enforced);
        assert!(
            enforced
                .backing
                .iter()
                .any(|b| b.rules.contains(&"must_answer") && b.rules.contains(&"may_copy"))
        );
        // A clause of its own for a recipient: nothing enforces it yet, and that is not the same as nobody speaking of it.
        let own = carrier("1.1");
        let alone = [("[explains]\nclauses = [\"1.1\"]", own.as_str())];
        assert_eq!(state(&alone, "1.1").state, CoverageState::NotYet);
        let letters =
            "[mailbox.\"privacy@shop.example\"]\nmark.withdrawal = [\"Withdrawal\"]\nclauses = [\"1.1\"]";
        let alone = [("[explains]\nclauses = [\"1.1\"]", letters)];
        assert_eq!(state(&alone, "1.1").state, CoverageState::Enforced);
        let nothing = [("[explains]\nclauses = [\"1.1\"]", "")];
        assert_eq!(state(&nothing, "1.1").state, CoverageState::Unbacked);
        let none = [
            ("\"justice\"", "\"none\""),
            ("needs = [\"email\"]", "needs = []"),
            ("may = [\"iin\"]", "may = []"),
            ("[attribute.email]", "[attribute.mail]"),
            ("may = [\"email\"]", "may = [\"mail\"]"),
        ];
        let empty = state(&none, "2.2");
        let rules: Vec<_> = empty.backing.iter().map(|b| b.rules).collect();
        assert_eq!(rules[1], ["may_act", "may_collect"]);
    }

    #[test]
    fn the_digest_changes_with_every_byte_of_policy_and_texts() {
        let digest = |folder: &Folder| load(folder).unwrap().policy.digest;
        let plain = digest(&folder(POLICY));
        assert_eq!(plain, digest(&folder(POLICY)));
        assert_ne!(plain, digest(&folder(&format!("{POLICY}\n"))));
        let files = |text: &str| {
            Folder::from_files([
                ("policy.toml", POLICY.to_owned()),
                ("text.kk.md", TEXT.to_owned()),
                ("text.ru.md", text.to_owned()),
                ("text.en.md", TEXT.to_owned()),
                ("notes.md", text.to_owned()),
            ])
        };
        assert_eq!(plain, digest(&files(TEXT)));
        assert_ne!(plain, digest(&files(&TEXT.replace("What.", "What!"))));
    }

    #[test]
    fn a_consent_is_carried_over_unless_the_purpose_widens() {
        let since = |changes: &[(&str, &str)]| {
            let mut all = vec![("version = 3", "version = 4")];
            all.extend_from_slice(changes);
            let mut next = good(&all).policy;
            let before = good(&[]);
            let side = Side::new(&before.policy, &folder(&changed(&[])));
            carry_over(&side, &mut next, &Declared::default());
            purpose(&next, "news").consent.as_ref().unwrap().covered_since
        };
        assert_eq!(since(&[]), 3);
        assert_eq!(since(&[("term = \"P2Y\"", "term = \"P1Y\"")]), 3);
        assert_eq!(since(&[("term = \"P2Y\"", "term = \"P24M\"")]), 3);
        assert_eq!(since(&[("[\"collection\", \"use\"]", "[\"use\"]")]), 3);
        assert_eq!(since(&[("term = \"P2Y\"", "term = \"P3Y\"")]), 4);
        assert_eq!(since(&[("may = [\"email\"]", "may = [\"email\", \"iin\"]")]), 4);
        assert_eq!(since(&[("[\"collection\", \"use\"]", "[\"collection\", \"use\", \"provision\"]")]), 4);
        assert_eq!(since(&[("channels = [\"email\"]", "channels = [\"email\", \"sms\"]")]), 4);
        assert_eq!(since(&[("Согласен,", "Согласна,")]), 4);
        assert_eq!(since(&[("per = \"channel\"\n", "")]), 4);
    }

    const SENT: &str = r#"channels = ["email"]
to = ["sms.one"]"#;

    /// A recipient in the country that gets e-mail addresses for the news.
    const RECIPIENT: &str = r#"[recipient."sms.one"]
title = "One"
country = "KZ"
role = "messages"
agreement = { no = "7/26", from = 2026-01-12, until = 2028-01-12, confidentiality = true }
gets = { news = ["email"] }
clauses = ["2.2"]

[explains]"#;

    #[test]
    fn a_recipient_is_read_with_its_agreement_and_what_it_gets() {
        let policy = good(&[("channels = [\"email\"]", SENT), ("[explains]", RECIPIENT)]).policy;
        let name = RecipientName::new("sms.one").unwrap();
        assert!(purpose(&policy, "news").to.contains(&name));
        let recipient = policy.recipient(&name).unwrap();
        assert_eq!((recipient.country.as_str(), recipient.role.as_str()), ("KZ", "messages"));
        assert_eq!(recipient.clauses, [Clause::fixed("2.2")]);
        let gets = recipient.gets_for(&PurposeName::new("news").unwrap()).unwrap();
        assert_eq!(gets.iter().map(|a| a.as_str()).collect::<Vec<_>>(), ["email"]);
        let agreement = recipient.agreement.as_ref().unwrap();
        assert_eq!(agreement.no, "7/26");
        assert!(agreement.keeps_confidential_on(jiff::civil::date(2028, 1, 12)));
        assert!(!agreement.keeps_confidential_on(jiff::civil::date(2028, 1, 13)));
        let undated = RECIPIENT.replace("from = 2026-01-12, ", "");
        check(
            &[("channels = [\"email\"]", SENT), ("[explains]", &undated)],
            &["key-missing policy.toml:59:1"],
        );
    }

    #[test]
    fn a_consent_is_outgrown_when_more_goes_to_a_recipient_or_to_another_country() {
        let more = RECIPIENT.replace("gets = { news = [\"email\"] }", "gets = { news = [] }");
        let abroad = RECIPIENT.replace("country = \"KZ\"", "country = \"DE\"");
        let elsewhere = RECIPIENT.replace("country = \"KZ\"", "country = \"TR\"");
        let files = |(version, to, recipient): (&str, &str, &str)| {
            let changes =
                [("version = 3", version), ("channels = [\"email\"]", to), ("[explains]", recipient)];
            folder(&changed(&changes))
        };
        let covered_since = |before, after| {
            let (before, after) = (files(before), files(after));
            let old = load(&before).unwrap().policy;
            let mut next = load(&after).unwrap().policy;
            carry_over(&Side::new(&old, &before), &mut next, &Declared::read(&after));
            purpose(&next, "news").consent.as_ref().unwrap().covered_since
        };
        for (before, after, covered) in [
            (RECIPIENT, RECIPIENT, 3),
            (RECIPIENT, &more, 3),
            (&more, RECIPIENT, 4),
            (RECIPIENT, &abroad, 4),
            (&abroad, RECIPIENT, 3),
            (&abroad, &abroad, 3),
            (&abroad, &elsewhere, 4),
        ] {
            let since = covered_since(("version = 3", SENT, before), ("version = 4", SENT, after));
            assert_eq!(since, covered, "{after}");
        }
        let nobody = "channels = [\"email\"]";
        let nothing = RECIPIENT.replace("gets = { news = [\"email\"] }", "gets = {}");
        for (before, after, covered) in [(nobody, SENT, 4), (SENT, nobody, 3)] {
            let since = covered_since(("version = 3", before, &nothing), ("version = 4", after, &nothing));
            assert_eq!(since, covered, "{after}");
        }
    }

    #[test]
    fn the_example_shop_has_a_sound_policy() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
        let folder = Folder::read(&directory).unwrap();
        let loaded = load(&folder).unwrap_or_else(|problems| panic!("{}", render(&problems, &folder)));
        let mut codes: Vec<&str> = loaded.warnings.iter().map(|w| w.code).collect();
        codes.dedup();
        assert_eq!(codes, ["basis-not-in-law"], "{}", render(&loaded.warnings, &folder));
        let state =
            |clause| loaded.coverage.iter().find(|c| c.clause == Clause::fixed(clause)).map(|c| c.state);
        assert_eq!(state("5.3"), Some(CoverageState::Enforced));
        assert_eq!(state("2.14"), Some(CoverageState::Enforced));
        assert_eq!(state("7.3"), Some(CoverageState::Enforced));
        assert_eq!(state("9.1"), Some(CoverageState::NotYet));
        assert_eq!(state("2.8"), Some(CoverageState::Explains));
        assert_eq!(loaded.policy.links.len(), 1);
        for language in Language::ALL {
            let html = loaded.texts.to_html(language).unwrap();
            for anchor in ["id=\"c-1\"", "id=\"c-5.2\"", "id=\"c-11.3\""] {
                assert!(html.contains(anchor), "{anchor} in {language:?}");
            }
        }
    }
}
