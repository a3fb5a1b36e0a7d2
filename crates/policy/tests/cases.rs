//! Are an operator's own cases read as they are written, asked of the real rules, and told so that a failure can be mended?

#[cfg(test)]
mod tests {
    use std::path::Path;

    use saqta_domain::terms::names::{Clause, Language};
    use saqta_policy::cases::{self, CASES_FILE, Case, Outcome};
    use saqta_policy::folder::{Folder, POLICY_FILE};
    use saqta_policy::load::{Loaded, load};
    use saqta_policy::problem::render;
    use saqta_policy::wording::Words;

    fn example() -> Folder {
        Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop")).unwrap()
    }

    /// The example shop with other files in place of some of its own.
    fn with(files: &[(&str, &str)]) -> (Folder, Loaded) {
        let example = example();
        let own = example.names().map(|name| (name.to_owned(), example.file(name).unwrap().to_vec()));
        let others = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let folder = Folder::from_files(own.chain(others));
        let loaded = load(&folder).unwrap_or_else(|problems| panic!("{}", render(&problems, &folder)));
        (folder, loaded)
    }

    fn read(folder: &Folder, loaded: &Loaded) -> Vec<Case> {
        cases::read(folder, loaded).unwrap_or_else(|problems| panic!("{}", render(&problems, folder)))
    }

    fn shown(outcomes: &[Outcome], loaded: &Loaded, language: Language) -> String {
        cases::report(outcomes, None, loaded, &Words::new().unwrap(), language)
    }

    /// The answer to one case, as it is told.
    fn got(case: &str) -> String {
        let text = format!("[[case]]\nname = \"one\"\nexpect = \"permitted\"\nclause = \"6.4\"\n{case}");
        let (folder, loaded) = with(&[(CASES_FILE, &text)]);
        let outcomes = cases::run(&read(&folder, &loaded), &loaded).unwrap();
        outcomes[0].got_told(&Words::new().unwrap(), Language::English)
    }

    /// Code and place of everything that is wrong with the cases.
    fn faults(text: &str) -> Vec<String> {
        let (folder, loaded) = with(&[(CASES_FILE, text)]);
        let problems = cases::read(&folder, &loaded).err().unwrap_or_default();
        problems.iter().map(|p| format!("{} {}:{}:{} {}", p.code, p.file, p.line, p.column, p.hint)).collect()
    }

    #[test]
    fn the_example_shop_answers_all_of_its_cases_as_it_means_to() {
        let (folder, loaded) = with(&[]);
        let cases = read(&folder, &loaded);
        assert!(cases.len() >= 60, "{} cases", cases.len());
        let outcomes = cases::run(&cases, &loaded).unwrap();
        let failed: Vec<Outcome> = outcomes.into_iter().filter(|o| !o.passed()).collect();
        assert!(failed.is_empty(), "{}", shown(&failed, &loaded, Language::English));
        let silent = cases::silent(&cases, &loaded);
        for decides in [
            "1.2", "2.2", "2.5", "2.14", "3.1", "4.1", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7",
            "5.8", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "7.1", "7.2", "7.4", "7.5", "7.9",
            "7.10", "8.1", "9.1", "10", "11.2",
        ] {
            assert!(!silent.contains(&Clause::fixed(decides)), "no case speaks of clause {decides}");
        }
    }

    #[test]
    fn a_case_that_no_longer_holds_is_told_with_all_that_mends_it() {
        let example = example();
        let policy = String::from_utf8(example.file(POLICY_FILE).unwrap().to_vec()).unwrap();
        let careless = policy
            .replace(
                r#""recipient_phone", "delivery_address"] }"#,
                r#""delivery_address", "purchase_total"] }"#,
            )
            .replace(
                r#"needs      = ["full_name", "phone", "email"]"#,
                r#"needs      = ["full_name", "phone"]"#,
            )
            .replace(
                r#"may        = ["full_name", "email", "phone"]"#,
                r#"may        = ["full_name", "email"]"#,
            )
            .replace(r#"gets      = { marketing = ["phone"], "#, "gets      = { ");
        let cases = String::from_utf8(example.file(CASES_FILE).unwrap().to_vec()).unwrap();
        let few = cases.split("[[case]]").filter(|case| {
            ["for an order", "value of the parcel", "SMS service"].iter().any(|part| case.contains(part))
        });
        let few: String = few.map(|case| format!("[[case]]{}\n\n", case.trim_end())).collect();
        let (folder, loaded) = with(&[(POLICY_FILE, &careless), (CASES_FILE, &few)]);
        let few = cases::run(&read(&folder, &loaded), &loaded).unwrap();
        assert!(few.iter().any(Outcome::passed) && !few.iter().all(Outcome::passed));
        insta::assert_snapshot!("failing_in_english", shown(&few, &loaded, Language::English));
        insta::assert_snapshot!("failing_in_russian", shown(&few, &loaded, Language::Russian));
        insta::assert_snapshot!("failing_in_kazakh", shown(&few, &loaded, Language::Kazakh));
    }

    #[test]
    fn an_expected_answer_is_compared_in_verdict_clause_and_code() {
        let case = |name: &str, expects: &str| {
            format!(
                "[[case]]\nname = \"{name}\"\ndo = \"collect\"\npurpose = \"order\"\nattributes = [\"phone\"]\n{expects}\n"
            )
        };
        let text = [
            case("right", "expect = \"refused\"\nclause = \"6.4\""),
            case("right with its code", "expect = \"refused\"\nclause = \"6.4\"\ncode = \"no_ground\""),
            case("another verdict", "expect = \"permitted\"\nclause = \"6.4\""),
            case("another clause", "expect = \"refused\"\nclause = \"6.1\""),
            case("another code", "expect = \"refused\"\nclause = \"6.4\"\ncode = \"blocked\""),
        ]
        .concat();
        let (folder, loaded) = with(&[(CASES_FILE, &text)]);
        let outcomes = cases::run(&read(&folder, &loaded), &loaded).unwrap();
        let passed: Vec<bool> = outcomes.iter().map(Outcome::passed).collect();
        assert_eq!(passed, [true, true, false, false, false]);
        assert_eq!(outcomes.iter().map(|o| o.line).collect::<Vec<_>>(), [2, 9, 17, 24, 31]);
    }

    #[test]
    fn what_is_not_held_is_not_permitted_by_accident() {
        let text = r#"[[case]]
name = "an order without a phone on record"
given = { grounds = ["order A-1"] }
do = "retrieve"
purpose = "order"
attributes = ["phone"]
expect = "permitted"
clause = "6.4"
"#;
        let (folder, loaded) = with(&[(CASES_FILE, text)]);
        let outcomes = cases::run(&read(&folder, &loaded), &loaded).unwrap();
        assert!(!outcomes[0].passed());
        let why = outcomes[0].why(&Words::new().unwrap(), Language::English);
        assert!(why.contains("not held") && why.contains("phone"), "{why}");
    }

    #[test]
    fn what_happened_counts_from_its_day_and_terms_are_counted_in_days_of_the_country() {
        let read = |given: &str, when: &str| {
            got(&format!(
                "{when}\ngiven = {{ {given} }}\ndo = \"retrieve\"\npurpose = \"order\"\nattributes = [\"phone\"]\n"
            ))
        };
        let open = r#"grounds = ["order A-1 on 2026-02-01"], held = { order = ["phone"] }"#;
        assert_eq!(read(open, "on = 2026-03-02"), "permitted by clause 6.4");
        let over = format!(r#"{open}, ended = ["order A-1 on 2026-03-02"]"#);
        assert_eq!(read(&over, "on = 2026-03-02"), "refused by clause 7.10, purpose_reached");
        let blocked = format!(r#"{open}, blocked = ["purpose order until 2026-03-02"]"#);
        assert_eq!(read(&blocked, "on = 2026-03-01\nafter = \"P1D\""), "refused by clause 2.2, blocked");
        assert_eq!(read(&blocked, "on = 2026-03-01\nafter = \"P2D\""), "permitted by clause 6.4");
        let stopped = format!("{open}, stop_demanded = 2026-03-02");
        assert_eq!(read(&stopped, "on = 2026-03-02"), "refused by clause 7.10, subject_stopped");
        let elsewhere = format!(r#"{open}, blocked = ["purpose marketing"], consents = ["marketing/sms"]"#);
        assert_eq!(read(&elsewhere, "on = 2026-03-02"), "permitted by clause 6.4");
    }

    #[test]
    fn every_fault_of_the_cases_has_its_place_and_a_way_out() {
        let broken = r#"[[case]]
name   = "misspelt names"
given  = { grounds = ["ordr A-1", "marketing A-1"], consents = ["marketing", "marketing/emial", "order"], held = { order = ["phne"] } }
do     = "retrive"
purpose = "ordre"
attributes = ["fone"]
expect = "allowed"
clause = "5.55"
code   = "not_authorized"

[[case]]
name   = "misspelt names"
on     = 2025-12-31
given  = { grounds = ["order"], ended = ["order A-2"], withdrawn = ["service_book"], blocked = ["phone"] }
do     = "collect"
purpose = "order"
attributes = ["phone"]
recipient = "carrier.step"
expect = "permitted"
clause = "6.4"
code   = "no_ground"

[[case]]
name   = "days and keys"
on     = 2026-03-02
given  = { grounds = ["order A-1 on yesterday", "order A-2 on 2026-03-03"], holds = ["case until 2026-03-01"], owed = 1 }
do     = "disclose"
purpose = "delivery"
attributes = ["delivery_address"]
by     = "person"
key    = { purposes = ["delivry"], operations = ["provison"] }
expect = "permitted"
clause = "6.4"
"#;
        insta::assert_snapshot!(faults(broken).join("\n"));
        assert_eq!(
            faults("[[case]]\nname = \n"),
            [
                "toml-syntax cases.toml:2:8 see https://toml.io for how a line is written; texts stand in quotes"
            ]
        );
        assert_eq!(faults(""), Vec::<String>::new());
    }

    #[test]
    fn a_name_the_policy_does_not_know_is_asked_for_where_the_case_says_so() {
        let case = |code: &str| {
            format!(
                "[[case]]\nname = \"n\"\ndo = \"collect\"\npurpose = \"scoring\"\nattributes = [\"phone\"]\nexpect = \"refused\"\nclause = \"5.2\"\n{code}"
            )
        };
        assert!(faults(&case(""))[0].starts_with("unknown-purpose cases.toml:4:11"));
        let (folder, loaded) = with(&[(CASES_FILE, &case("code = \"purpose_unknown\""))]);
        assert!(cases::run(&read(&folder, &loaded), &loaded).unwrap()[0].passed());
    }

    #[test]
    fn the_cases_are_no_part_of_the_policy() {
        let (_, one) = with(&[]);
        let (_, other) = with(&[(CASES_FILE, "")]);
        assert_eq!(one.policy.digest, other.policy.digest);
    }
}
