//! What does a check of published texts find, and what does it leave alone?

#[cfg(test)]
mod tests {
    use std::path::Path;

    use saqta_domain::terms::names::Language;
    use saqta_policy::reading::{Asked, Finding, Reading, Severity, read};
    use saqta_policy::wording::Words;

    fn asked(on: &str) -> Asked {
        Asked { law: "kz".to_owned(), on: on.parse().unwrap(), written_in: None, told_in: Language::English }
    }

    fn bytes(bytes: &[u8]) -> Reading {
        read(bytes, &asked("2026-11-22"), &Words::new().unwrap()).unwrap()
    }

    fn text(name: &str) -> Reading {
        bytes(&std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts").join(name)).unwrap())
    }

    fn find<'a>(reading: &'a Reading, code: &str) -> &'a Finding {
        let codes: Vec<_> = reading.findings.iter().map(|f| (f.code.as_str(), f.line)).collect();
        reading.findings.iter().find(|f| f.code == code).unwrap_or_else(|| panic!("no {code} in {codes:?}"))
    }

    fn has(reading: &Reading, code: &str) -> bool {
        reading.findings.iter().any(|f| f.code == code)
    }

    fn numbers(reading: &Reading) -> Vec<String> {
        reading.clauses.iter().map(|c| format!("{}@{}", c.label, c.line)).collect()
    }

    #[test]
    fn a_text_borrowed_from_elsewhere_shows_all_its_faults() {
        let reading = text("borrowed.ru.md");
        insta::assert_snapshot!(reading.shown(&Words::new().unwrap(), "borrowed.ru.md"));
    }

    #[test]
    fn findings_are_the_same_for_machines() {
        let reading = text("borrowed.ru.md");
        let json = serde_json::to_value(&reading).unwrap();
        assert_eq!(json["language"], "ru");
        let clause = &json["clauses"][9];
        assert_eq!(
            (&clause["number"], &clause["line"], &clause["column"]),
            (&"3.1".into(), &25.into(), &7.into())
        );
        assert_eq!(clause["points"].as_array().unwrap().len(), 3);
        assert_eq!(clause["points"][0]["line"], 27);
        for finding in json["findings"].as_array().unwrap() {
            for key in
                ["code", "severity", "line", "column", "clause", "message", "source", "hint", "excerpt"]
            {
                assert!(finding.get(key).is_some(), "{key} in {finding}");
            }
        }
        let block = find(&reading, "block-with-exception");
        assert_eq!(block.clause.as_deref(), Some("2.2"));
        assert!(block.said.is_some() && block.law.is_some() && block.source == "94-V art. 1(3) [T]");
    }

    #[test]
    fn errors_come_first_and_every_finding_has_words_in_every_language() {
        let file =
            std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts/borrowed.ru.md")).unwrap();
        let words = Words::new().unwrap();
        for told_in in Language::ALL {
            let reading = read(&file, &Asked { told_in, ..asked("2026-11-22") }, &words).unwrap();
            assert!(reading.findings.is_sorted_by_key(|f| f.severity));
            for finding in &reading.findings {
                for said in [&finding.message, &finding.hint] {
                    assert!(
                        !said.starts_with("finding-") && !said.contains('{') && !said.is_empty(),
                        "{said}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_good_text_has_no_errors_and_no_warnings() {
        let reading = text("good.en.md");
        let grave: Vec<_> = reading.findings.iter().filter(|f| f.severity < Severity::Note).collect();
        assert!(grave.is_empty(), "{grave:#?}");
        assert_eq!(numbers(&reading), ["1@3", "2@7", "3@11", "4@15", "5@22"]);
        assert_eq!(reading.clauses[3].points.len(), 4);
    }

    #[test]
    fn the_texts_of_the_example_have_no_errors() {
        for name in ["text.ru.md", "text.kk.md", "text.en.md"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop").join(name);
            let reading = bytes(&std::fs::read(path).unwrap());
            let errors: Vec<_> = reading.findings.iter().filter(|f| f.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
            assert_eq!(reading.clauses.len(), 64, "{name}");
        }
    }

    #[test]
    fn articles_keep_their_own_numbers_and_wrapped_numbers_are_none() {
        let reading = text("articles.ru.md");
        assert_eq!(
            numbers(&reading),
            ["Глава 1@3", "Статья 1@5", "Статья 2@13", "Статья 4@20", "Статья 4@24"]
        );
        assert_eq!(reading.clauses[2].points.len(), 3);
        assert_eq!(find(&reading, "clause-twice").line, 24);
        assert_eq!(find(&reading, "clause-gap").line, 20);
        assert!(!has(&reading, "lacks-operator-name") && !has(&reading, "lacks-operator-number"));
    }

    #[test]
    fn kazakh_chapters_with_roman_numbers_are_read() {
        let reading = text("roman.kk.md");
        assert_eq!(reading.language, "kk");
        assert_eq!(
            numbers(&reading),
            ["I@3", "1@5", "2@7", "II@9", "3@11", "5@13", "6@15", "III@17", "7@19"]
        );
        assert_eq!(find(&reading, "clause-gap").line, 13);
        assert_eq!(find(&reading, "identifier-wrong").line, 5);
        assert_eq!(find(&reading, "law-edition-stale").line, 7);
        assert_eq!(find(&reading, "never-passed-but-recipients").line, 13);
        assert_eq!(find(&reading, "deadline-longer").source, "395/НҚ p. 16; 94-V art. 25(2)(6) [S]");
        assert_eq!(find(&reading, "reference-missing").line, 19);
    }

    #[test]
    fn numbers_in_parentheses_that_go_back_are_told() {
        let reading = text("parentheses.ru.md");
        assert_eq!(numbers(&reading), ["1@3", "2@4", "3@5", "4@6", "3@7"]);
        assert_eq!(find(&reading, "clause-twice").line, 7);
        for code in ["consent-implied", "kept-forever", "access-fee", "contact-missing"] {
            find(&reading, code);
        }
    }

    #[test]
    fn sections_with_a_sign_setext_titles_and_markup_are_read() {
        let reading = text("sections.en.md");
        assert_eq!(numbers(&reading), ["§ 1@4", "§ 2@8", "§ 4@12"]);
        for code in [
            "clause-gap",
            "markup-raw",
            "stored-abroad",
            "kept-forever",
            "reference-missing",
            "mailbox-abroad",
        ] {
            find(&reading, code);
        }
    }

    #[test]
    fn numbering_that_went_wrong_is_told_and_wrapped_numbers_are_not() {
        let reading = text("wrapped.en.md");
        assert_eq!(
            numbers(&reading),
            ["1@3", "1.1@5", "1.2@10", "1.2@12", "1.5@14", "2@16", "2.2@18", "2.1@20"]
        );
        assert_eq!(find(&reading, "clause-twice").line, 12);
        assert_eq!(find(&reading, "clause-gap").line, 14);
        assert_eq!(find(&reading, "clause-backwards").line, 20);
        assert_eq!(find(&reading, "two-deadlines").line, 10);
        assert!(has(&reading, "heading-levels") && has(&reading, "number-formats"));
    }

    #[test]
    fn a_wall_of_words_has_no_clauses() {
        let reading = text("wall.ru.md");
        assert_eq!(find(&reading, "text-without-clauses").severity, Severity::Error);
        assert_eq!(find(&reading, "text-wall").line, 1);
        assert_eq!(bytes(b" \n").findings[0].code, "text-empty");
    }

    #[test]
    fn what_is_no_utf8_text_is_the_only_finding() {
        let old: Vec<u8> = b"# \xcf\xee\xeb\xe8\xf2\xe8\xea\xe0\n".to_vec();
        let reading = bytes(&old);
        assert_eq!(
            reading.findings.iter().map(|f| (f.code.as_str(), f.line, f.column)).collect::<Vec<_>>(),
            [("text-not-utf8", 1, 3)]
        );
        assert!(reading.findings[0].message.contains("windows-1251"));
        assert_eq!(bytes(b"\xff\xfe1\0").findings[0].code, "text-utf16");
        assert_eq!(bytes(b"PK\x03\x04\0").findings[0].code, "text-binary");
    }

    #[test]
    fn live_markup_is_an_error() {
        let reading = bytes(b"## 1. A\n\n1.1. Hello <script>alert(1)</script>.\n");
        assert_eq!((find(&reading, "markup-live").line, find(&reading, "markup-live").column), (3, 12));
    }

    #[test]
    fn the_law_is_asked_on_the_day_that_is_named() {
        let words = Words::new().unwrap();
        let text = "## 1. A\n\n1.1. Закон № 94-V (по состоянию на 07.01.2025).\n".as_bytes();
        let stale = |on| has(&read(text, &asked(on), &words).unwrap(), "law-edition-stale");
        assert!(!stale("2025-06-01") && stale("2026-01-18"));
        let unknown = Asked { law: "xx".to_owned(), ..asked("2026-01-18") };
        assert!(read(text, &unknown, &words).unwrap_err().to_string().contains("`xx`"));
    }

    #[test]
    fn byte_order_mark_line_ends_and_hard_spaces_change_nothing() {
        let plain = "## 1. ПОРЯДОК\n\n1.1. Мы храним данные.\n\n1.1. Дважды.\n";
        let odd = format!("\u{feff}{}", plain.replace('\n', "\r\n").replace("1.1. ", "1.1.\u{a0}"));
        let places =
            |r: &Reading| r.findings.iter().map(|f| (f.code.clone(), f.line, f.column)).collect::<Vec<_>>();
        assert_eq!(places(&bytes(plain.as_bytes())), places(&bytes(odd.as_bytes())));
    }
}
