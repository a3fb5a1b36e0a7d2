//! Does the program say what is wrong with a policy, a text or a law, and how to go on?

use serde_json::json;

use crate::support::{Server, answer, example, files, policy_with, run, status, stderr, stdout, text};

#[test]
fn a_policy_that_can_be_used_is_told_with_what_to_look_at() {
    let output = run(&["policy", "check", text(&example())]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    // The day as written, not the instant at which it begins somewhere else.
    assert!(stdout(&output).contains("The policy can be used: version 1, in force from 2026-01-12;"));
}

#[test]
fn a_policy_is_told_clause_by_clause_and_a_promise_without_a_control_fails_a_strict_check() {
    let told = stdout(&run(&["policy", "check", "--strict", "--language", "ru", text(&example())]));
    assert!(told.contains("Что стоит за каждым пунктом"), "{told}");
    assert!(told.contains("purpose.marketing → may_act, may_collect,"), "{told}");
    assert!(told.contains("recipient.carrier.foreign → пока ничто этого не исполняет"), "{told}");
    assert!(told.contains("обещание без контроля: 0;") && !told.contains('\u{1b}'), "{told}");

    let folder = tempfile::tempdir().unwrap();
    let bare = policy_with(folder.path(), "\"2.8\", \"2.10\"", "\"2.8\"");
    let output = run(&["policy", "check", text(&bare)]);
    assert_eq!(status(&output), 0);
    assert!(stdout(&output).contains("! 2.10    PROMISE WITHOUT A CONTROL"), "{}", stdout(&output));
    let output = run(&["policy", "check", "--strict", "--json", text(&bare)]);
    assert_eq!(status(&output), 3);
    let told = answer(&output);
    assert_eq!((&told["ok"], &told["errors"]), (&json!(false), &json!(1)));
    let rows = told["coverage"].as_array().unwrap();
    let row = |clause: &str| rows.iter().find(|r| r["clause"] == clause).unwrap();
    assert_eq!(row("2.10"), &json!({ "clause": "2.10", "state": "unbacked", "declarations": [] }));
    assert_eq!(row("9.1")["state"], "not_yet");
    assert_eq!(row("5.8")["declarations"][0]["name"], "purpose.promo");
    assert_eq!(status(&run(&["policy", "check", "--language", "de", text(&bare)])), 2);
}

const PUBLISHED: &str =
    "# Политика\n\n## 1. ОБЩИЕ\n\n1.1. Наша почта privacy@shop.example.\n\n1.2. Для исполнения договора.\n";

#[test]
fn a_published_text_becomes_a_folder_that_says_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let (source, new) = (folder.path().join("published.md"), folder.path().join("policy"));
    std::fs::write(&source, PUBLISHED).unwrap();
    let output = run(&["policy", "init", "--from", text(&source), text(&new)]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("3 clauses, language ru") && told.contains("privacy@shop.example"), "{told}");
    assert!(told.contains("needs: name, bin, address, site.") && told.contains("purpose.order"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside the folder");

    let checked = run(&["policy", "check", "--json", text(&new)]);
    assert_eq!(status(&checked), 3);
    let findings = answer(&checked)["findings"].as_array().unwrap().clone();
    let errors: Vec<_> = findings.iter().filter(|f| f["severity"] == "error").collect();
    assert!(errors.iter().all(|f| f["code"] == "placeholder"), "{errors:?}");
    assert_eq!(errors.len(), 3);

    // What somebody wrote is never overwritten.
    let before = files(&new);
    let again = run(&["policy", "init", "--from", text(&source), text(&new)]);
    assert_eq!(status(&again), 3);
    assert!(stderr(&again).contains("not empty"), "{}", stderr(&again));
    assert_eq!(files(&new), before);
    // An empty folder is as good as none.
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let output = run(&["policy", "init", "--json", "--from", text(&source), text(&empty)]);
    assert_eq!((status(&output), &answer(&output)["missing"][1]), (0, &json!("bin")));
}

#[test]
fn a_text_that_cannot_begin_a_policy_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (source, new) = (folder.path().join("published.md"), folder.path().join("policy"));
    let tried = |bytes: Option<&[u8]>| {
        match bytes {
            Some(bytes) => std::fs::write(&source, bytes).unwrap(),
            None => drop(std::fs::remove_file(&source)),
        }
        let output = run(&["policy", "init", "--from", text(&source), text(&new)]);
        assert_eq!(status(&output), 3);
        assert!(!new.exists());
        format!("{}{}", stdout(&output), stderr(&output))
    };
    assert!(tried(None).contains("cannot read"));
    assert!(tried(Some(b"1.1. \xcf\xee")).contains("not-utf8"));
    assert!(tried(Some(b"")).contains("text-without-clauses"));
    assert!(tried(Some("1.1. А\n\n1.1. Б\n".as_bytes())).contains("clause-twice"));
    assert!(tried(Some(&vec![b'x'; 10 * 1024 * 1024])).contains("larger than 4 mebibytes"));
    let output = run(&["policy", "init", "--from", text(folder.path()), text(&new)]);
    assert_eq!(status(&output), 3);
    std::fs::write(&source, PUBLISHED).unwrap();
    let nowhere = folder.path().join("none/policy");
    let output = run(&["policy", "init", "--from", text(&source), text(&nowhere)]);
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("folder above"), "{}", stderr(&output));
}

#[test]
fn a_broken_policy_is_told_by_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let broken = policy_with(folder.path(), "kind          = \"phone\"", "kind          = \"fone\"");
    let output = run(&["policy", "check", text(&broken)]);
    assert_eq!(status(&output), 3);
    let line = std::fs::read_to_string(broken.join("policy.toml"))
        .unwrap()
        .lines()
        .position(|line| line.contains("\"fone\""))
        .unwrap()
        + 1;
    assert!(stdout(&output).contains(&format!("policy.toml:{line}:")), "{}", stdout(&output));
    assert!(stdout(&output).contains("cannot be used"));

    let output = run(&["policy", "check", "--json", text(&broken)]);
    assert_eq!(status(&output), 3);
    let told = answer(&output);
    assert_eq!(told["ok"], json!(false));
    assert_eq!(told["findings"][0]["line"], json!(line));
    assert!(told["findings"][0]["column"].as_u64().unwrap() > 0);
}

#[test]
fn a_folder_that_is_not_there_is_told_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("mistyped");
    for command in [&["sweep"] as &[&str], &["key", "status"], &["key", "rotate"], &["access", "list"]] {
        let arguments = [command, &["--data", text(&data)]].concat();
        let output = run(&arguments);
        assert_eq!(status(&output), 3, "{command:?}");
        assert!(stderr(&output).contains("no installation"), "{command:?}");
    }
    assert!(!data.exists());
    let output = run(&["policy", "check", text(&folder.path().join("none"))]);
    assert_eq!(status(&output), 3);
}

#[test]
fn a_law_is_shown_on_a_day_and_compared_with_another() {
    let listed = answer(&run(&["--json", "law"]));
    assert_eq!(listed["packs"].as_array().unwrap().len(), 2);
    let shown = run(&["--json", "law", "show", "kz", "--on", "2025-01-07"]);
    assert_eq!((status(&shown), &answer(&shown)["edition"]["from"]), (0, &json!("2025-01-07")));
    let people = stdout(&run(&["law", "show", "eu", "--language", "kk"]));
    assert!(people.contains("72 сағат ішінде"), "{people}");
    let changed = stdout(&run(&["law", "diff", "kz", "2026-01-17", "2026-01-18"]));
    assert!(changed.contains("+ [T] to stop processing after a withdrawal"), "{changed}");
    for (arguments, what, todo) in [
        (vec!["law", "show", "kx"], "there is no law pack `kx`", "did you mean `kz`?"),
        (vec!["law", "show", "kz", "--on", "soon"], "`soon` is no day", "write it like"),
        (vec!["law", "show", "kz", "--on", "2001-01-01"], "begins on 2013-11-25", "ask for 2013-11-25"),
        (vec!["law", "diff", "kz", "2026-02-01", "2026-01-01"], "lies after", "the earlier day first"),
    ] {
        let failed = run(&arguments);
        assert_eq!(status(&failed), 3);
        assert!(stderr(&failed).contains(what) && stderr(&failed).contains(todo), "{}", stderr(&failed));
    }
    assert_eq!(status(&run(&["law", "show", "kz", "--language", "de"])), 2);
}

#[test]
fn codes_clauses_and_receipts_are_explained() {
    let finding = answer(&run(&["--json", "policy", "explain", "purpose-endless"]));
    assert_eq!((&finding["kind"], &finding["code"]), (&json!("finding"), &json!("purpose-endless")));
    let refusal = stdout(&run(&["policy", "explain", "no_consent", "--language", "ru"]));
    assert!(refusal.contains("Что нужно"), "{refusal}");
    let unknown = run(&["policy", "explain", "no_consnt"]);
    assert_eq!(status(&unknown), 3);
    assert!(stderr(&unknown).contains("did you mean `no_consent`?"), "{}", stderr(&unknown));
    let clause = run(&["policy", "explain", "5.2", "--policy", text(&example())]);
    assert!(stdout(&clause).starts_with("5.2"), "{}", stderr(&clause));
    assert_eq!(status(&run(&["policy", "explain", "99.9", "--policy", text(&example())])), 3);
    assert_eq!(status(&run(&["policy", "explain", "5.2"])), 3);

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let (_, claimed) = server.claim();
    let key = claimed["key"].as_str().unwrap();
    let over_http = run(&["policy", "explain", "1-0", "--url", server.url(), "--api-key", key]);
    assert_eq!(status(&over_http), 0, "{}", stderr(&over_http));
    let missing = run(&["policy", "explain", "1-999", "--url", server.url(), "--api-key", key]);
    assert_eq!(status(&missing), 3, "{}", stderr(&missing));
    assert_eq!(server.stop(), 0);
    let at_the_machine = run(&["policy", "explain", "1-0", "--data", text(&data)]);
    assert_eq!(status(&at_the_machine), 0, "{}", stderr(&at_the_machine));
    assert_eq!(stdout(&over_http), stdout(&at_the_machine));
    assert!(stdout(&over_http).contains("version 1 of the policy"), "{}", stdout(&over_http));
    assert_eq!(status(&run(&["policy", "explain", "1-0"])), 3);
}

#[test]
fn a_text_alone_is_checked_and_its_errors_end_with_three() {
    let folder = tempfile::tempdir().unwrap();
    let good = run(&["--json", "policy", "check", text(&example().join("text.en.md"))]);
    assert_eq!(status(&good), 0);
    assert_eq!(answer(&good)["clauses"].as_array().unwrap().len(), 64);
    let file = folder.path().join("short.md");
    std::fs::write(&file, "## 1. A\n\n1.1. Hello.\n\n1.1. Again.\n").unwrap();
    let bad = run(&["policy", "check", "--language", "ru", "--on", "2026-11-22", text(&file)]);
    assert_eq!(status(&bad), 3);
    assert!(stdout(&bad).contains("clause-twice") && stdout(&bad).contains("Пункт 1.1"));
    std::fs::write(&file, vec![b'a'; 10 * 1024 * 1024]).unwrap();
    let large = run(&["policy", "check", text(&file)]);
    assert_eq!(status(&large), 3);
    assert!(stderr(&large).contains("larger than"), "{}", stderr(&large));
    let missing = run(&["policy", "check", text(&folder.path().join("no.md"))]);
    assert_eq!(status(&missing), 3);
    assert!(stderr(&missing).contains("no.md"));
}
