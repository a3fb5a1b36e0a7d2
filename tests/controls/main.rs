//! Does everything that the coverage of a policy names exist where it says?

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use saqta_policy::controls::{CONTROLS, TESTS, tests_of};
    use saqta_policy::folder::Folder;
    use saqta_policy::load::load;

    fn top() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn every_control_stands_in_the_file_that_is_named() {
        for control in CONTROLS {
            let path = top().join(control.file);
            assert!(path.is_file(), "{}: there is no {}", control.name, control.file);
        }
    }

    /// Asked by an operator's own cases alone, until an operation hands data over.
    const IDLE: [&str; 1] = ["may_disclose"];

    #[test]
    fn every_rule_of_the_domain_is_a_control() {
        let rules = std::fs::read_dir(top().join("crates/domain/src/rules")).unwrap();
        for rule in rules {
            let name = rule.unwrap().file_name().into_string().unwrap();
            let Some(name) = name.strip_suffix(".rs").filter(|n| !matches!(*n, "mod" | "samples")) else {
                continue;
            };
            let enforces = CONTROLS.iter().any(|c| c.name == name);
            assert_ne!(
                enforces,
                IDLE.contains(&name),
                "no coverage can name the rule {name}, or it is idle no more"
            );
        }
    }

    #[test]
    fn every_test_of_a_clause_is_named_and_exists() {
        let files = std::fs::read_dir(top().join("tests/clauses")).unwrap();
        let there: BTreeSet<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('c') && name.as_bytes().get(1).is_some_and(u8::is_ascii_digit))
            .map(|name| format!("tests/clauses/{name}"))
            .collect();
        let named: BTreeSet<String> = TESTS.iter().map(ToString::to_string).collect();
        assert_eq!(named, there);
    }

    #[test]
    fn every_test_is_about_a_clause_of_the_example() {
        let folder = Folder::read(&top().join("examples/autoshop")).unwrap();
        let rows = load(&folder).unwrap().coverage;
        let found: usize = rows.iter().map(|row| tests_of(&row.clause).len()).sum();
        assert_eq!(found, TESTS.len());
    }
}
