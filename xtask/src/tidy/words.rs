//! Does a committed file carry somebody's machine, a package registry, or spaces nobody sees?

use super::{Finding, Tree, numbered};

/// Top folders of developers' machines, written in two halves so that this file does not find itself.
const PRIVATE_FOLDERS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];

const REGISTRIES: [&str; 8] = [
    concat!("crates", ".io"),
    concat!("registry.npmjs", ".org"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("repo.maven", ".apache.org"),
    concat!("repo1.maven", ".org"),
    concat!("proxy.golang", ".org"),
    concat!("deb.debian", ".org"),
];

/// Files that others wrote or tools write, and files whose spaces are content.
const FOREIGN: [&str; 3] = ["Cargo.lock", "fuzz/Cargo.lock", "LICENSE"];
const TEXT_ENDINGS: [&str; 11] =
    [".rs", ".toml", ".md", ".html", ".css", ".js", ".sql", ".ftl", ".sh", ".yml", ".ci/run"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| !FOREIGN.contains(path)) {
        let trimmed = TEXT_ENDINGS.iter().any(|ending| path.ends_with(ending));
        for (number, line) in numbered(text) {
            if let Some(folder) = PRIVATE_FOLDERS.iter().find(|folder| absolute(line, folder)) {
                let message = format!("a path of one machine (`{folder}`)");
                findings.push(Finding::failure(
                    path,
                    number,
                    message,
                    "write it from the top of the repository",
                ));
            }
            if let Some(host) = REGISTRIES.iter().find(|host| line.contains(*host)) {
                let message = format!("the package registry `{host}` is named");
                findings.push(Finding::failure(path, number, message, "name the package alone"));
            }
            if trimmed && line.ends_with([' ', '\t', '\r']) {
                findings.push(Finding::failure(path, number, "spaces at the end of the line", "remove them"));
            }
        }
        if trimmed && !text.is_empty() && !text.ends_with('\n') {
            let last = text.lines().count();
            findings.push(Finding::failure(
                path,
                last,
                "the last line is not ended",
                "end the file with one line break",
            ));
        }
    }
    findings
}

/// Whether a path begins here, and is not the middle of a longer one or of a web address.
fn absolute(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || "._-~}])>*$".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_path_of_one_machine_is_found_and_a_part_of_another_path_is_not() {
        for folder in PRIVATE_FOLDERS {
            assert_eq!(count("a.md", &format!("see `{folder}me/notes`\n")), 1, "{folder}");
            assert_eq!(count("a.md", &format!("see https://example.org{folder}me\n")), 0, "{folder}");
            assert_eq!(count("a.md", &format!("see ..{folder}me\n")), 0, "{folder}");
        }
    }

    #[test]
    fn a_registry_is_found_everywhere_but_in_the_lock_file() {
        for host in REGISTRIES {
            assert_eq!(count("a.md", &format!("from https://{host}/x\n")), 1, "{host}");
            assert_eq!(count("Cargo.lock", &format!("from https://{host}/x\n")), 0, "{host}");
        }
    }

    #[test]
    fn unseen_spaces_are_found_in_texts_and_left_alone_in_data() {
        assert_eq!(count("a.rs", "a \nb\t\nc\n"), 2);
        assert_eq!(count("a.csv", "a \n"), 0);
        assert_eq!(count("a.md", "no line break"), 1);
    }
}
