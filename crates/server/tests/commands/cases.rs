//! Does `saqta policy test` end with the status it promises, and does it tell enough to mend what failed?

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn run(arguments: &[&str]) -> (i32, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_saqta"))
        .args(["policy", "test"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(told).unwrap())
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop")
}

/// A copy of the example in which one file is written differently; without its cases where `cases` is false.
fn copy(folder: &Path, file: &str, from: &str, to: &str, cases: bool) -> PathBuf {
    let copy = folder.join("policy");
    std::fs::create_dir_all(&copy).unwrap();
    let texts = ["policy.toml", "text.ru.md", "text.kk.md", "text.en.md"];
    for name in texts.into_iter().chain(cases.then_some("cases.toml")) {
        let whole = std::fs::read_to_string(example().join(name)).unwrap();
        let changed = if name == file { whole.replacen(from, to, 1) } else { whole };
        std::fs::write(copy.join(name), changed).unwrap();
    }
    copy
}

#[test]
fn the_example_passes_and_the_clauses_without_a_case_are_named() {
    let (status, told) = run(&[example().to_str().unwrap()]);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains(" passed, 0 failed."), "{told}");
    assert!(told.contains("No case speaks of these clauses: "), "{told}");
}

#[test]
fn a_policy_that_forgets_an_attribute_fails_with_the_line_of_the_case() {
    let folder = tempfile::tempdir().unwrap();
    let needs = r#"needs      = ["full_name", "phone", "email"]"#;
    let directory = copy(folder.path(), "policy.toml", needs, r#"needs      = ["full_name"]"#, true);
    let directory = directory.to_str().unwrap();
    let (status, told) = run(&[directory, "--filter", "E-MAIL FOR AN ORDER"]);
    assert_eq!(status, 4, "{told}");
    for part in
        ["FAILED  collect", "cases.toml:", "expected", "permitted by clause 6.4", "attribute_not_needed"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let (status, told) = run(&[directory, "--filter", "e-mail for an order", "--json"]);
    assert_eq!(status, 4);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["ok"], json!(false));
    let failed = &told["cases"][0];
    assert_eq!(failed["expected"], json!({ "verdict": "permitted", "clause": "6.4", "code": null }));
    assert_eq!(failed["got"]["code"], json!("attribute_not_needed"));
    assert_eq!(told["clauses_without_a_case"], Value::Null);
    let (status, told) = run(&[directory, "--filter", "e-mail for an order", "--language", "ru"]);
    assert_eq!(status, 4);
    assert!(told.contains("НЕВЕРНО"), "{told}");
}

#[test]
fn without_a_case_or_with_a_faulty_one_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let none = copy(folder.path(), "", "", "", false);
    let (status, told) = run(&[none.to_str().unwrap()]);
    assert_eq!(status, 3);
    assert!(told.contains("cases.toml"), "{told}");
    let (status, told) = run(&[example().to_str().unwrap(), "--filter", "no such case"]);
    assert_eq!(status, 3);
    assert!(told.contains("no such case"), "{told}");
    let folder = tempfile::tempdir().unwrap();
    let from = r#"purpose    = "order""#;
    let faulty = copy(folder.path(), "cases.toml", from, r#"purpose    = "ordr""#, true);
    let (status, told) = run(&[faulty.to_str().unwrap()]);
    assert_eq!(status, 3);
    assert!(told.contains("did you mean `order`?") && told.contains("cases.toml:"), "{told}");
}
