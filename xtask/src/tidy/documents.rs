//! Do the documents agree with each other: both READMEs, and the decision records with their index?

use std::collections::BTreeMap;

use super::{Finding, Tree, numbered};

const README: &str = "README.md";
const README_RU: &str = "README.ru.md";
const DECISIONS: &str = "docs/adr/";
const INDEX: &str = "docs/adr/README.md";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = readmes(tree);
    findings.extend(decisions(tree));
    findings
}

fn readmes(tree: &Tree) -> Vec<Finding> {
    let (Some(english), Some(russian)) = (tree.text(README), tree.text(README_RU)) else {
        let hint = "write it; the two say the same to two readers";
        return [README, README_RU]
            .into_iter()
            .filter(|path| tree.text(path).is_none())
            .map(|path| Finding::failure(path, 1, "the file is missing", hint))
            .collect();
    };
    let (english, russian) = (commands(english), commands(russian));
    let same = english.iter().map(|(_, command)| command).eq(russian.iter().map(|(_, command)| command));
    if same {
        return Vec::new();
    }
    // The first difference is enough: what follows it usually differs because of it.
    let at = english.iter().zip(&russian).take_while(|((_, a), (_, b))| a == b).count();
    let shown =
        |list: &[(usize, String)]| list.get(at).map_or("nothing".to_owned(), |(_, it)| format!("`{it}`"));
    let line = russian.get(at).or(russian.last()).map_or(1, |(line, _)| *line);
    let message = format!("says {} where {README} says {}", shown(&russian), shown(&english));
    vec![Finding::failure(README_RU, line, message, "give both files the same commands in the same order")]
}

/// The `cargo` commands in fenced code, without a prompt before and a remark behind.
fn commands(markdown: &str) -> Vec<(usize, String)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (number, line) in numbered(markdown) {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            inside = !inside;
            continue;
        }
        let command = line.strip_prefix("$ ").unwrap_or(line).split(" #").next().unwrap_or_default().trim();
        if inside && command.starts_with("cargo ") {
            found.push((number, command.to_owned()));
        }
    }
    found
}

fn decisions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(index) = tree.text(INDEX) else {
        return vec![Finding::failure(INDEX, 1, "the index of decisions is missing", "write it")];
    };
    let mut numbers: BTreeMap<&str, &str> = BTreeMap::new();
    for name in
        tree.iter().filter_map(|(path, _)| path.strip_prefix(DECISIONS)).filter(|name| is_record(name))
    {
        let path = format!("{DECISIONS}{name}");
        if !index.contains(&format!("({name})")) {
            let message = "the decision is not in the index";
            findings.push(Finding::failure(&path, 1, message, "add its line to docs/adr/README.md"));
        }
        let number = name.get(..4).unwrap_or_default();
        if let Some(other) = numbers.insert(number, name) {
            let message = format!("the number {number} is taken by {other}");
            findings.push(Finding::failure(&path, 1, message, "take the next free number"));
        }
    }
    for (number, line) in numbered(index) {
        for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if is_record(target) && tree.text(&format!("{DECISIONS}{target}")).is_none() {
                let message = format!("`{target}` does not exist");
                findings.push(Finding::failure(INDEX, number, message, "mend the link or write the record"));
            }
        }
    }
    findings
}

/// `0007-name.md`, as opposed to the index and the template.
fn is_record(name: &str) -> bool {
    let Some((number, rest)) = name.split_once('-') else { return false };
    number.len() == 4
        && number.chars().all(|c| c.is_ascii_digit())
        && rest.ends_with(".md")
        && !rest.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readme_findings(english: &str, russian: &str) -> usize {
        readmes(&Tree::of(&[(README, english), (README_RU, russian)])).len()
    }

    #[test]
    fn equal_commands_pass_whatever_is_said_around_them() {
        let english = "Try:\n```sh\n$ cargo run -- demo   # a day\n```\ncargo is a tool\n";
        let russian = "Попробуйте:\n```sh\ncargo run -- demo # день\n```\n";
        assert_eq!(readme_findings(english, russian), 0);
    }

    #[test]
    fn a_command_that_one_readme_lacks_or_changes_is_found() {
        let two = "```\ncargo run -- demo\ncargo xtask test\n```\n";
        assert_eq!(readme_findings(two, "```\ncargo run -- demo\n```\n"), 1);
        assert_eq!(readme_findings(two, "```\ncargo xtask test\ncargo run -- demo\n```\n"), 1);
        assert_eq!(readme_findings("```\ncargo run -- demo\n```\n", two), 1);
    }

    #[test]
    fn a_missing_readme_is_found() {
        assert_eq!(readmes(&Tree::of(&[(README, "x\n")])).len(), 1);
        assert_eq!(readmes(&Tree::of(&[])).len(), 2);
    }

    #[test]
    fn records_and_index_are_compared_both_ways() {
        let index = "- [0001 One](0001-one.md)\n- [0003 Three](0003-three.md)\n- [template](template.md)\n";
        let tree = Tree::of(&[
            (INDEX, index),
            ("docs/adr/template.md", ""),
            ("docs/adr/0001-one.md", ""),
            ("docs/adr/0002-two.md", ""),
        ]);
        let files: Vec<String> = decisions(&tree).into_iter().map(|finding| finding.file).collect();
        assert_eq!(files, ["docs/adr/0002-two.md", INDEX]);
    }

    #[test]
    fn a_number_given_twice_is_found() {
        let tree = Tree::of(&[
            (INDEX, "[a](0001-a.md) [b](0001-b.md)\n"),
            ("docs/adr/0001-a.md", ""),
            ("docs/adr/0001-b.md", ""),
        ]);
        assert_eq!(decisions(&tree).len(), 1);
    }
}
