//! Does a crate use only the rooms below it?

use toml::{Table, Value};

use super::{Finding, Tree};

/// Which of our crates each crate may use. This is the drawing in ARCHITECTURE.md as a table: a new arrow changes both.
/// `postroom` and those that are absent here (`testkit`, `tests`, `bench`, `xtask`) serve development; `bench` and `postroom` use none
/// of ours: they start programs and drive them over the wire.
const ARROWS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("seal", &[]),
    ("ledger", &[]),
    ("documents", &[]),
    ("policy", &["domain"]),
    ("mail", &["domain"]),
    ("store", &["domain", "seal", "ledger"]),
    ("app", &["store", "policy", "documents", "mail", "domain", "seal", "ledger"]),
    ("web", &["app", "domain"]),
    ("server", &["web", "app"]),
    ("postroom", &[]),
];

/// Crates that any crate may test with.
const FOR_TESTS: [&str; 2] = ["testkit", "postroom"];
const PREFIX: &str = "saqta-";
const DEPENDENCY_TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.iter() {
        let Some(folder) = path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        let Ok(manifest) = text.parse::<Table>() else {
            findings.push(Finding::failure(
                path,
                1,
                "the manifest is not TOML",
                "`cargo metadata` says where",
            ));
            continue;
        };
        if folder == "testkit" {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == folder) else {
            findings.push(Finding::failure(
                path,
                1,
                format!("the crate `{folder}` has no place in the house"),
                "draw it in ARCHITECTURE.md and add it to the table in xtask/src/tidy/arrows.rs",
            ));
            continue;
        };
        for (table, used) in ours(&manifest) {
            let testing = table == "dev-dependencies" && FOR_TESTS.contains(&used.as_str());
            if !testing && !allowed.contains(&used.as_str()) {
                findings.push(Finding::failure(
                    path,
                    line_of(text, &used),
                    format!("`{folder}` uses `{used}`, and no arrow leads there"),
                    "let the room above call both, or move what is shared down into a room both may use",
                ));
            }
        }
    }
    findings
}

/// Our crates among the dependencies, also in the tables of single platforms and under another name.
fn ours(manifest: &Table) -> Vec<(&'static str, String)> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let mut found = Vec::new();
    for owner in platforms.filter_map(Value::as_table).chain([manifest]) {
        for table in DEPENDENCY_TABLES {
            for (name, about) in owner.get(table).and_then(Value::as_table).into_iter().flatten() {
                let package = about.get("package").and_then(Value::as_str).unwrap_or(name);
                if let Some(used) = package.strip_prefix(PREFIX) {
                    found.push((table, used.to_owned()));
                }
            }
        }
    }
    found
}

fn line_of(manifest: &str, used: &str) -> usize {
    let package = format!("{PREFIX}{used}");
    super::numbered(manifest).find(|(_, line)| line.contains(&package)).map_or(1, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(folder: &str, manifest: &str) -> Vec<Finding> {
        check(&Tree::of(&[(&format!("crates/{folder}/Cargo.toml"), manifest)]))
    }

    #[test]
    fn arrows_of_the_house_pass() {
        let manifest = "[dependencies]\nsaqta-domain.workspace = true\nsaqta-seal = { path = '../seal' }\n";
        assert_eq!(findings("store", manifest), []);
        assert_eq!(findings("web", "[dev-dependencies]\nsaqta-testkit.workspace = true\n"), []);
        assert_eq!(findings("testkit", "[dependencies]\nsaqta-server.workspace = true\n"), []);
    }

    #[test]
    fn an_arrow_upwards_is_found_with_its_line() {
        let found = findings("domain", "[package]\n\n[dependencies]\nsaqta-store.workspace = true\n");
        assert_eq!(found.first().map(|finding| finding.line), Some(4));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn an_arrow_hidden_behind_a_platform_or_a_new_name_is_found() {
        assert_eq!(
            findings("seal", "[target.'cfg(unix)'.dependencies]\nsaqta-ledger.workspace = true\n").len(),
            1
        );
        assert_eq!(
            findings("seal", "[dependencies]\ntree = { package = 'saqta-ledger', path = 'x' }\n").len(),
            1
        );
        assert_eq!(findings("seal", "[dependencies]\nsaqta-testkit.workspace = true\n").len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert_eq!(findings("attic", "[package]\n").len(), 1);
    }
}
