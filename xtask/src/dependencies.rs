//! Does every dependency have a licence, a name and a source that `deny.toml` accepts?
//!
//! This is the part of cargo-deny that can be had without building it for minutes: the same file is read, and what it
//! forbids is found here too. Security advisories are absent; they need cargo-deny and its database.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::test::quiet;

const OWN_INDEX: &str = concat!("registry+https://github.com/rust-lang/crates", ".io-index");

/// Prints each finding and says whether there were none.
pub fn run(root: &Path) -> Result<bool> {
    let rules = std::fs::read_to_string(root.join("deny.toml")).context("cannot read deny.toml")?;
    let rules: Rules = toml::from_str(&rules).context("deny.toml")?;
    let mut arguments = vec!["metadata", "--format-version=1", "--locked", "--all-features"];
    for target in &rules.graph.targets {
        arguments.extend(["--filter-platform", target]);
    }
    let output = quiet(root, &arguments).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "`cargo metadata --locked` failed");
    let graph: Metadata = serde_json::from_slice(&output.stdout).context("cannot read `cargo metadata`")?;
    let findings = judge(&rules, &graph.packages);
    for finding in &findings {
        println!("deny.toml: {finding}");
    }
    println!("{} packages, {} findings", graph.packages.len(), findings.len());
    Ok(findings.is_empty())
}

fn judge(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in packages {
        let name = format!("{} {}", package.name, package.version);
        if rules.bans.deny.iter().any(|ban| ban.name == package.name) {
            findings.push(format!("{name} is banned"));
        }
        // A package without a source is one of the workspace.
        let Some(source) = &package.source else { continue };
        if source != OWN_INDEX {
            findings.push(format!("{name} comes from {source}, which is no known registry"));
        }
        match &package.license {
            None => findings.push(format!("{name} names no licence")),
            Some(expression) if !acceptable(expression, &rules.licenses.allow) => {
                findings.push(format!("{name} is under `{expression}`, which the list does not accept"));
            }
            Some(_) => {}
        }
    }
    findings
}

/// Whether somebody who accepts only `allowed` may use a package under this SPDX expression.
/// `AND` binds closer than `OR`; old packages write `/` for `OR`. What cannot be read is not accepted.
fn acceptable(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let answer = reader.either();
    answer == Some(true) && reader.words.is_empty()
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl Reader<'_> {
    fn either(&mut self) -> Option<bool> {
        let mut answer = self.both()?;
        while self.takes("OR") {
            answer |= self.both()?;
        }
        Some(answer)
    }

    fn both(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.takes("AND") {
            answer &= self.one()?;
        }
        Some(answer)
    }

    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let answer = self.either()?;
            return self.takes(")").then_some(answer);
        }
        let mut licence = self.next()?.to_owned();
        if self.takes("WITH") {
            licence = format!("{licence} WITH {}", self.next()?);
        }
        Some(self.allowed.contains(&licence))
    }

    fn takes(&mut self, word: &str) -> bool {
        let taken = self.words.first() == Some(&word);
        if taken {
            self.next();
        }
        taken
    }

    fn next(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }
}

#[derive(Deserialize)]
struct Rules {
    graph: Graph,
    licenses: Licences,
    bans: Bans,
}

#[derive(Deserialize)]
struct Graph {
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(expression: &str) -> bool {
        acceptable(expression, &["MIT", "ISC", "X WITH Y"].map(String::from))
    }

    #[test]
    fn one_accepted_choice_is_enough_and_every_joined_part_is_needed() {
        assert!(accepts("MIT"));
        assert!(accepts("GPL-3.0 OR MIT"));
        assert!(accepts("GPL-3.0/MIT"));
        assert!(accepts("(MIT OR GPL-3.0) AND ISC"));
        assert!(accepts("GPL-3.0 AND BSD OR MIT"));
        assert!(accepts("X WITH Y"));
        assert!(!accepts("GPL-3.0"));
        assert!(!accepts("MIT AND GPL-3.0"));
        assert!(!accepts("X"));
    }

    #[test]
    fn an_expression_that_cannot_be_read_is_not_accepted() {
        for broken in ["", "MIT OR", "(MIT", "MIT)", "AND MIT", "MIT MIT"] {
            assert!(!accepts(broken), "{broken}");
        }
    }

    #[test]
    fn a_ban_a_foreign_source_and_a_missing_licence_are_each_found() {
        let rules: Rules = toml::from_str(
            "graph.targets = []\nlicenses.allow = ['MIT']\nbans.deny = [{ crate = 'openssl', reason = 'none' }]",
        )
        .unwrap();
        let package = |name: &str, license: Option<&str>, source: Option<&str>| Package {
            name: name.into(),
            version: "1.0.0".into(),
            license: license.map(Into::into),
            source: source.map(Into::into),
        };
        let packages = [
            package("ours", None, None),
            package("good", Some("MIT"), Some(OWN_INDEX)),
            package("openssl", Some("MIT"), Some(OWN_INDEX)),
            package("foreign", Some("MIT"), Some("git+https://example.org/x")),
            package("bare", None, Some(OWN_INDEX)),
        ];
        let findings = judge(&rules, &packages);
        assert_eq!(findings.len(), 3, "{findings:?}");
        for name in ["openssl", "foreign", "bare"] {
            assert!(findings.iter().any(|finding| finding.starts_with(name)), "{name}");
        }
    }
}
