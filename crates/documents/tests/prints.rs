//! Does a printed policy say what it was given, with every letter, always in the same bytes?

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use saqta_documents::error::Error;
    use saqta_documents::frame::{Day, Frame, Language};
    use saqta_documents::policy::{Clause, Particular, PolicyDocument, policy_pdf};
    use saqta_documents::text::{Block, Link, Span, Text};

    const KAZAKH: &str =
        "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя";
    const LATIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789";
    const LATIN_KAZAKH: &str = "ÄäĞğÑñÖöŞşŪūÜüÝýÇç İı";
    const SIGNS: &str = "№ § « » „ “ ” ‘ ’ – — … · ₸ € % & @ # $ * _ ~ ` ^ \\ / | < > { } [ ] ( ) + = ≤ ≥ ×";

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { spans: vec![Span::plain(text)] }
    }

    fn clause(number: &str, heading: Option<&str>, blocks: Vec<Block>) -> Clause {
        Clause { number: number.into(), heading: heading.map(Into::into), blocks }
    }

    fn policy(clauses: Vec<Clause>) -> PolicyDocument {
        PolicyDocument {
            frame: Frame {
                language: Language::Kazakh,
                title: "Дербес деректерді өңдеу саясаты".into(),
                author: "«Жол Авто» ЖШС".into(),
                dated: Day { year: 2026, month: 1, day: 12 },
                foot: "3-редакция · 12.01.2026 күнінен бастап қолданылады".into(),
                page: "{pages} беттің {page}-беті".into(),
                mark_label: "Саясаттың SHA-256 мәні:".into(),
                mark: "0123456789abcdef".repeat(4).into(),
            },
            particulars: vec![Particular {
                label: "Жарияланған жері".into(),
                value: "https://shop.example/policy/v/3/kk".into(),
                link: Link::read("https://shop.example/policy/v/3/kk"),
            }],
            opening: Vec::new(),
            contents: "Мазмұны".into(),
            clauses,
        }
    }

    /// Asks a program of poppler about a print.
    fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
        let mut asked = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{program} ({error}): install poppler-utils, as `cargo xtask test` does")
            });
        let mut stdin = asked.stdin.take().unwrap();
        let bytes = pdf.to_vec();
        let writing = std::thread::spawn(move || stdin.write_all(&bytes));
        let output = asked.wait_with_output().unwrap();
        writing.join().unwrap().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    }

    fn text(pdf: &[u8]) -> String {
        poppler("pdftotext", &["-layout", "-", "-"], pdf)
    }

    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_letter_of_the_three_languages_comes_out_as_it_went_in() {
        for line in [KAZAKH, LATIN, LATIN_KAZAKH, SIGNS] {
            assert_eq!(Text::from(line).as_str().replace('\u{200b}', ""), line);
        }
        let blocks = [KAZAKH, LATIN, LATIN_KAZAKH, SIGNS].map(|line| {
            let spans =
                [(false, false), (true, false), (false, true), (true, true)].map(|(strong, emphasis)| {
                    Span::Words { text: line.into(), strong, emphasis, code: false, link: None }
                });
            let code =
                Span::Words { text: line.into(), strong: false, emphasis: false, code: true, link: None };
            Block::Paragraph {
                spans: spans.into_iter().chain([code]).flat_map(|span| [span, Span::Break]).collect(),
            }
        });
        let pdf = policy_pdf(&policy(vec![clause("1", Some(KAZAKH), blocks.to_vec())])).unwrap();
        let found = text(&pdf).replace('\u{200b}', "");
        let letters: String = found.split_whitespace().collect();
        for line in [KAZAKH, LATIN, LATIN_KAZAKH, SIGNS] {
            let line: String = line.split_whitespace().collect();
            assert!(letters.matches(&line).count() >= 5, "{line}\n{found}");
        }
    }

    #[test]
    fn words_that_look_like_commands_are_words() {
        let hostile = [
            "#eval(\"1+1\") #read(\"/etc/passwd\") #panic() #import \"@preview/x:1.0.0\": y",
            "$x^2$ @label <label> *star* _under_ `tick` = heading - item + item / term: x",
            "\\u{48} \\ // comment /* comment */ ]) }; \"); #pagebreak()",
            "{page} of {pages} <script>alert(1)</script> ~ -- --- ...",
        ];
        let mut document = policy(vec![]);
        document.frame.title = hostile[0].into();
        document.frame.author = hostile[1].into();
        document.contents = hostile[2].into();
        document.opening = hostile.map(paragraph).to_vec();
        for (number, line) in ["1", "2", "3", "#4"].into_iter().zip(hostile) {
            let table = Block::Table {
                header: vec![vec![Span::plain(line)]],
                rows: vec![vec![vec![Span::plain(line)]]],
            };
            let code = Block::Code { lines: vec![line.into()] };
            document.clauses.push(clause(number, Some(line), vec![paragraph(line), table, code]));
        }
        let pdf = policy_pdf(&document).unwrap();
        let found = words(&poppler("pdftotext", &["-raw", "-", "-"], &pdf));
        for line in hostile {
            let times = found.matches(&words(line)).count();
            assert!(times >= 3, "{times} times {line}\n{found}");
        }
        assert!(found.contains("#4."));
    }

    #[test]
    fn letters_that_turn_the_line_round_or_have_no_shape_are_named() {
        let line = Text::from("a\u{202e}b\u{2066}c\u{e000}d\u{1f9ff}e\u{0}f\u{ad}g\u{feff}h\ti\nj");
        assert_eq!(line.as_str(), "a[U+202E]b[U+2066]c[U+E000]d[U+1F9FF]e[U+0000]fgh i j");
        let strange =
            "\u{202e}gnp.exe \u{1f9ff} 漢字 \u{fffd} \u{300} \u{10ffff} \u{e0001} שלום سلام ไทย \u{200d}";
        let pdf = policy_pdf(&policy(vec![clause("1", Some(strange), vec![paragraph(strange)])])).unwrap();
        let found = text(&pdf);
        assert!(found.contains("[U+202E]gnp.exe [U+1F9FF]") && found.contains("[U+6F22]"), "{found}");
    }

    #[test]
    fn every_assigned_letter_can_be_printed_or_is_named() {
        let all: String = ('\u{1}'..='\u{ffff}').collect();
        let letters: Vec<char> = all.chars().collect();
        let blocks = letters.chunks(400).map(|some| paragraph(&some.iter().collect::<String>())).collect();
        assert!(policy_pdf(&policy(vec![clause("1", None, blocks)])).is_ok());
    }

    #[test]
    fn the_file_tells_its_title_language_standard_and_pages() {
        let body = (1..=120).map(|n| clause(&format!("1.{n}"), None, vec![paragraph(&KAZAKH.repeat(2))]));
        let head = clause("1", Some("ЖАЛПЫ ЕРЕЖЕЛЕР"), vec![]);
        let pdf = policy_pdf(&policy(std::iter::once(head).chain(body).collect())).unwrap();
        let told = poppler("pdfinfo", &["-"], &pdf);
        let line = |name: &str| {
            let line =
                told.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}\n{told}"));
            line.trim_start_matches(name).trim().to_owned()
        };
        assert_eq!(line("Title:"), "Дербес деректерді өңдеу саясаты");
        assert_eq!(line("Author:"), "«Жол Авто» ЖШС");
        assert_eq!(line("Tagged:"), "yes");
        assert_eq!(line("JavaScript:"), "no");
        assert!(line("Page size:").contains("A4"));
        assert!(line("CreationDate:").contains("2026"), "{told}");
        let pages: usize = line("Pages:").parse().unwrap();
        assert!(pages > 3);
        let found = text(&pdf);
        assert!(found.contains(&format!("{pages} беттің 1-беті")));
        assert!(found.contains(&format!("{pages} беттің {pages}-беті")));
        assert_eq!(found.matches("0123456789abcdef0123456789abcdef").count(), pages);
        let source = String::from_utf8_lossy(&pdf);
        for part in [
            "/Lang(kk)",
            "/MarkInfo",
            "/StructTreeRoot",
            "/Outlines",
            "<pdfaid:part>2",
            "<pdfaid:conformance>A",
            "<pdfuaid:part>1",
        ] {
            assert!(source.contains(part), "{part}");
        }
    }

    #[test]
    fn the_same_policy_gives_the_same_bytes_and_another_one_others() {
        let print =
            |text: &str| policy_pdf(&policy(vec![clause("1", Some("A"), vec![paragraph(text)])])).unwrap();
        let first = print("Бір");
        let between = print("Екі");
        assert!(first == print("Бір") && first != between);
        let printers: Vec<_> = (0..4).map(|_| std::thread::spawn(move || print("Бір"))).collect();
        assert!(printers.into_iter().all(|printer| printer.join().unwrap() == first));
    }

    #[test]
    fn links_lead_to_pages_and_clauses_and_nowhere_else() {
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "/policy",
            "data:text/html,x",
            "#c-",
            "https://a b",
            "x",
        ] {
            assert_eq!(Link::read(bad), None, "{bad}");
        }
        assert_eq!(Link::read(&format!("https://{}", "a".repeat(3_000))), None);
        let linked = |to: &str| Span::Words {
            text: to.into(),
            strong: false,
            emphasis: false,
            code: false,
            link: Link::read(to),
        };
        let spans =
            ["https://shop.example/a", "mailto:privacy@shop.example", "#c-2", "#c-9", "#c-1"].map(linked);
        let one = clause("1", Some("One"), vec![Block::Paragraph { spans: spans.to_vec() }]);
        let pdf = policy_pdf(&policy(vec![
            one,
            clause("2", None, vec![]),
            clause("2", Some("Twice"), vec![]),
            clause("2.1.1", Some("Deep"), vec![]),
            clause("", Some(""), vec![]),
        ]));
        let source = String::from_utf8_lossy(&pdf.unwrap()).into_owned();
        assert!(source.contains("https://shop.example/a") && source.contains("mailto:privacy@shop.example"));
    }

    #[test]
    fn odd_shapes_are_printed_too() {
        let item = || {
            vec![paragraph("x"), Block::List { first: Some(0), items: vec![vec![], vec![paragraph("y")]] }]
        };
        let blocks = vec![
            Block::List { first: None, items: vec![] },
            Block::List { first: Some(u32::MAX), items: vec![item(), item()] },
            Block::Quote { blocks: vec![Block::Quote { blocks: vec![] }, paragraph("z")] },
            Block::Table { header: vec![], rows: vec![] },
            Block::Table {
                header: vec![vec![], vec![Span::plain("head")]],
                rows: vec![vec![], vec![vec![]; 4]],
            },
            Block::Code { lines: vec![] },
            Block::Code { lines: vec!["".into(), "x".repeat(500).into()] },
            Block::Heading { spans: vec![] },
            Block::Paragraph { spans: vec![] },
            Block::Paragraph { spans: vec![Span::Break, Span::Break] },
            Block::Rule,
        ];
        let long = "9.".repeat(100);
        for first in blocks.clone() {
            let clauses = vec![clause("1", None, vec![first]), clause(&long, None, blocks.clone())];
            policy_pdf(&policy(clauses)).unwrap();
        }
        let mut document = policy(vec![]);
        document.particulars.clear();
        document.frame.dated = Day { year: 2026, month: 2, day: 28 };
        policy_pdf(&document).unwrap();
    }

    #[test]
    fn what_is_too_large_is_refused_before_it_is_set() {
        let too_large =
            |document: &PolicyDocument| matches!(policy_pdf(document), Err(Error::TooLarge { .. }));
        assert!(too_large(&policy(vec![clause("1", None, vec![]); 1_001])));
        assert!(too_large(&policy(vec![clause("1", None, vec![paragraph(&"а".repeat(1_000_000))])])));
        assert!(too_large(&policy(vec![clause("1", None, vec![Block::Rule; 10_001])])));
        let wide = Block::Table { header: vec![vec![]; 13], rows: vec![] };
        assert!(too_large(&policy(vec![clause("1", None, vec![wide])])));
        let deep = (0..9).fold(paragraph("x"), |inner, _| Block::Quote { blocks: vec![inner] });
        assert!(too_large(&policy(vec![clause("1", None, vec![deep])])));
        assert!(too_large(&policy(vec![clause(&"1".repeat(2_000), None, vec![])])));
        // A paragraph and a word that fill the limit are no reason to hang.
        let full = policy(vec![clause("1", None, vec![paragraph(&"сөз ".repeat(50_000))])]);
        assert!(policy_pdf(&full).is_ok());
        let word = policy(vec![clause("1", None, vec![paragraph(&"ө".repeat(20_000))])]);
        assert!(policy_pdf(&word).is_ok());
    }
}
